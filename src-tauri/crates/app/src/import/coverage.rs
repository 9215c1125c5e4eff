//! What an import covers: the hours it tells of, the gaps between them, what else tells of the same, and what of it counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::DateTime;
use domain::coverage::{Gap, Grain, Volume, gaps};
use domain::economics::Identity;
use domain::overlap::EdgeRow;
use domain::usage::{Dimension, Known, Measures};
use store::Snapshot;
use store::import::Import;
use store::usage::SeriesKey;

use super::feeds::{TellsOf, days_of, meeting};
use super::preview::{Counted, chart, from_epoch_day, unit};
use super::{
    CoverageGap, FeedBasis, FeedShare, ImportCoverage, ImportRef, ImportShare, InstantSpan, SECOND, instants, merge,
};
use crate::economics::{Loaded, load};
use crate::identity::Identities;
use crate::{Context, Result};

const HOUR: i64 = 3_600;

/// Gaps named.
const GAPS: usize = 20;

pub async fn import_coverage(context: &Context, input: ImportRef) -> Result<ImportCoverage> {
    let loaded = load(context).await?;
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let import = store::import::get(&mut snapshot, input.id).await?;
    let told = Told::read(&mut snapshot, &import).await?;
    let keys: HashMap<u32, SeriesKey> = store::usage::series(&mut snapshot)
        .await?
        .into_iter()
        .filter(|(_, key)| key.source == import.source_id)
        .collect();
    let mut identities = Identities::new(&loaded.prices.book);
    let detail = Detail::read(&mut snapshot, (&import, &told), &keys, &loaded, &mut identities).await?;
    let knows = |says: fn(&Known) -> bool| detail.keys(&keys).any(|key| says(&key.known));
    let known =
        Known { requests: knows(|known| known.requests), tokens: knows(|known| known.tokens), ..Known::default() };
    let is_bill = knows(|known| known.reported_cost) && !known.tokens;
    let is_daily = detail.keys(&keys).any(|key| key.day_zone.is_some());
    let currency = detail.keys(&keys).next().map_or(loaded.settings.currency, |key| key.reported_currency);
    let grain = if is_daily { Grain::Day } else { Grain::Hour };
    let units: BTreeSet<i64> = match grain {
        Grain::Hour => told.hours.keys().map(|hour| hour.div_euclid(HOUR)).collect(),
        Grain::Day => told.hours.keys().map(|hour| unit(&loaded.calendar, grain, *hour, true)).collect(),
    };
    let missing = gaps(&units);
    let shares = shares(&mut snapshot, &import, &told).await?;
    let pairs = store::import::feed_pairs(&mut snapshot).await?;
    let sources = store::import::sources(&mut snapshot).await?;
    let is_other = |other: u32| other != import.source_id;
    let met = meeting(&loaded, &detail.tells, &mut identities, is_bill, is_other);
    let feeds = met.into_iter().filter_map(|(id, shared)| {
        let (_, name, _) = sources.iter().find(|(source, ..)| *source == id)?;
        let pair = pairs.iter().find(|pair| (pair.a, pair.b) == (id.min(import.source_id), id.max(import.source_id)));
        Some(FeedShare {
            source: name.clone(),
            vendors: shared.vendors.iter().map(|vendor| loaded.vendors.label(vendor)).collect(),
            days: shared.days.len() as u32,
            first: *shared.days.first()?,
            last: *shared.days.last()?,
            basis: pair.map(|pair| match pair.basis {
                None => FeedBasis::Both,
                Some(basis) if basis == import.source_id => FeedBasis::This,
                Some(_) => FeedBasis::Other,
            }),
        })
    });
    let last_hour = told.hours.last_key_value().map(|(hour, _)| *hour);
    let volume_grain = match (told.hours.first_key_value(), last_hour) {
        (Some((first, _)), Some(last)) => Grain::of(*first, last, is_daily),
        _ => grain,
    };
    let counted = Counted::of(known, currency);
    let volume = detail.volume(&loaded, volume_grain, counted);
    let count = |counts: bool| told.hours.values().filter(|told| **told == counts).count() as u32;
    Ok(ImportCoverage {
        id: import.id,
        name: import.name.clone(),
        source: import.source.clone(),
        format: import.format.clone(),
        sha256: import.sha256.clone(),
        bytes: import.bytes,
        imported_at: import.imported_at,
        rows: import.rows,
        bad: import.bad,
        sample: import.sample,
        answer: import.answer,
        span: span(&import),
        exact: import.span.is_some(),
        daily: is_daily,
        days: units
            .first()
            .zip(units.last())
            .filter(|_| is_daily)
            .map(|(first, last)| (from_epoch_day(*first), from_epoch_day(*last))),
        told: units.len() as u32,
        missing: missing.iter().map(Gap::units).fold(0, u32::saturating_add),
        gaps: missing.iter().take(GAPS).filter_map(|gap| told_gap(gap, grain)).collect(),
        gaps_total: missing.len() as u32,
        counts: count(true),
        gives_way: count(false),
        shares,
        feeds: feeds.collect(),
        volume: volume.map(|volume| chart(context, &loaded.calendar, (volume_grain, counted), &volume)),
        mapping: serde_json::from_value(import.mapping.clone()).ok(),
    })
}

/// Its first and last row; where only the hours are known, those.
fn span(import: &Import) -> Option<InstantSpan> {
    match (import.span, import.hours) {
        (Some((first, last)), _) => instants(first.div_euclid(SECOND), last.div_euclid(SECOND)),
        (None, Some((first, last))) => instants(first, last + HOUR),
        (None, None) => None,
    }
}

fn told_gap(gap: &Gap, grain: Grain) -> Option<CoverageGap> {
    let at = |unit: i64| DateTime::from_timestamp(unit * HOUR, 0);
    Some(match grain {
        Grain::Hour => {
            let period = InstantSpan { from: at(gap.first)?, to: at(gap.last + 1)? };
            CoverageGap { units: gap.units(), period: Some(period), days: None }
        }
        Grain::Day => CoverageGap {
            units: gap.units(),
            period: None,
            days: Some((from_epoch_day(gap.first), from_epoch_day(gap.last))),
        },
    })
}

/// The UTC hours an import has rows in, each with whether what it tells of it counts within its feed.
struct Told {
    hours: BTreeMap<i64, bool>,
    edges: Vec<(i64, Vec<EdgeRow>)>,
}

impl Told {
    async fn read(snapshot: &mut Snapshot, import: &Import) -> Result<Self> {
        let mut hours = told_between_edges(snapshot, import).await?;
        let edges = store::import::edges(snapshot, import.n).await?;
        for (hour, _) in edges.iter().filter(|(_, rows)| !rows.is_empty()) {
            // Whether the rows of an edge count follows from all that tell of its hour.
            let resolution = merge::resolve(snapshot, Some(import.source_id), (*hour, *hour), None).await?;
            hours.insert(*hour, resolution.counts(*hour, import.n));
        }
        Ok(Self { hours, edges })
    }
}

async fn told_between_edges(snapshot: &mut Snapshot, import: &Import) -> Result<BTreeMap<i64, bool>> {
    let mut told = BTreeMap::new();
    let Some((first, last)) = import.hours else { return Ok(told) };
    // An hour of the zone may begin within one of UTC.
    let around = (first - HOUR, last + HOUR);
    for (hour, counts) in store::usage::hours_of_import(snapshot, (import.n, import.source_id), around).await? {
        *told.entry(merge::utc_hour(hour)).or_insert(false) |= counts;
    }
    Ok(told)
}

/// What an import's cells say, gathered as they are read: there may be millions.
#[derive(Default)]
struct Detail {
    used: BTreeSet<u32>,
    /// By hour, rows of whole days apart.
    hours: BTreeMap<(i64, bool), Measures>,
    tells: TellsOf,
}

impl Detail {
    async fn read(
        snapshot: &mut Snapshot,
        (import, told): (&Import, &Told),
        keys: &HashMap<u32, SeriesKey>,
        loaded: &Loaded,
        identities: &mut Identities<'_>,
    ) -> Result<Self> {
        let mut detail = Self::default();
        let name = |key: &SeriesKey, dimension: Dimension| loaded.names.name(key.values[dimension.index()]);
        let identity_of: HashMap<u32, Identity> = keys
            .iter()
            .map(|(id, key)| (*id, identities.of(name(key, Dimension::Vendor), name(key, Dimension::Model))))
            .collect();
        let mut days = (i64::MIN, Default::default());
        let mut note = |hour: i64, series: u32, measures: &Measures| {
            let (Some(key), Some(identity)) = (keys.get(&series), identity_of.get(&series)) else { return };
            if days.0 != hour {
                days = (hour, days_of(hour, loaded));
            }
            let is_daily = key.day_zone.is_some();
            detail.used.insert(series);
            detail.hours.entry((hour, is_daily)).or_default().add(measures);
            detail.tells.note(*identity, days.1, is_daily, measures.tokens.total());
        };
        if let Some((first, last)) = import.hours {
            let place = (import.n, import.source_id);
            store::usage::each_of_import(snapshot, place, (first - HOUR, last + HOUR), &mut note).await?;
        }
        for (hour, rows) in &told.edges {
            rows.iter().for_each(|row| note(hour + i64::from(row.cell), row.series, &row.measures));
        }
        let is_of_zone = |key: &SeriesKey| key.day_zone == Some(loaded.calendar.zone);
        let has_reporting_days = detail.keys(keys).any(is_of_zone);
        detail.tells.has_reporting_days = has_reporting_days;
        Ok(detail)
    }

    /// The series it has rows of.
    fn keys<'k>(&'k self, keys: &'k HashMap<u32, SeriesKey>) -> impl Iterator<Item = &'k SeriesKey> {
        self.used.iter().filter_map(|id| keys.get(id))
    }

    fn volume(&self, loaded: &Loaded, grain: Grain, counted: Counted) -> Option<Volume> {
        let unit = |(hour, is_daily): &(i64, bool)| unit(&loaded.calendar, grain, *hour, *is_daily);
        Volume::of(self.hours.iter().map(|(place, measures)| (unit(place), counted.count(measures))))
    }
}

/// Other imports of the feed that tell of some of the same hours, and in how many of these this one counts.
async fn shares(snapshot: &mut Snapshot, import: &Import, told: &Told) -> Result<Vec<ImportShare>> {
    let mut shares = Vec::new();
    let Some(mine) = import.hours else { return Ok(shares) };
    for other in store::import::of_feed(snapshot, import.source_id).await? {
        let meets = other.hours.is_some_and(|(first, last)| first <= mine.1 + HOUR && last + HOUR >= mine.0);
        if other.n == import.n || !meets {
            continue;
        }
        let mut hours: BTreeSet<i64> = told_between_edges(snapshot, &other).await?.into_keys().collect();
        let edges = store::import::edges(snapshot, other.n).await?;
        hours.extend(edges.into_iter().filter(|(_, rows)| !rows.is_empty()).map(|(hour, _)| hour));
        let both: Vec<i64> = told.hours.keys().copied().filter(|hour| hours.contains(hour)).collect();
        let (Some(first), Some(last)) = (both.first(), both.last()) else { continue };
        shares.extend(instants(*first, *last + HOUR).map(|period| ImportShare {
            id: other.id,
            name: other.name.clone(),
            imported_at: other.imported_at,
            hours: both.len() as u32,
            counts: both.iter().filter(|hour| told.hours.get(hour) == Some(&true)).count() as u32,
            period,
        }));
    }
    Ok(shares)
}
