//! Two feeds that tell of the same traffic: found by vendor, model and day, and asked about once.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use domain::calendar::utc_day;
use domain::economics::{Basis, ChargeKind, DayRow, Days, Identity, Series, goes_in_a_circle};
use ingest::UsageBatch;
use store::Write;
use store::import::FeedPair;

use super::{FeedBasis, FeedOverlap};
use crate::economics::{Loaded, precedence};
use crate::identity::Identities;
use crate::view::tokens_text;
use crate::{AppError, Result};

/// What a file tells of one vendor on one day.
#[derive(Default)]
struct Told {
    /// Tokens by family of models.
    families: HashMap<u32, u64>,
    /// Some model is not recognised: it may be any of the vendor's.
    has_strangers: bool,
}

impl Told {
    /// The families that may be the same as a model of another feed; none where nothing may.
    fn like(&self, identity: &Identity) -> Vec<u32> {
        if self.has_strangers || !identity.recognised {
            return self.families.keys().copied().collect();
        }
        self.families.contains_key(&identity.family).then_some(identity.family).into_iter().collect()
    }
}

/// What a file tells, by vendor and day: as of UTC, and as of the reporting zone.
#[derive(Default)]
pub(super) struct TellsOf {
    /// It tells of whole days of the reporting zone: whatever another feed tells meets those.
    pub has_reporting_days: bool,
    utc: HashMap<(u32, NaiveDate), Told>,
    reporting: HashMap<(u32, NaiveDate), Told>,
}

impl TellsOf {
    fn of(batch: &UsageBatch, loaded: &Loaded, identities: &mut Identities<'_>) -> Result<Self> {
        let is_daily = batch.series.iter().any(|series| series.shape.is_daily);
        let mut tells =
            Self { has_reporting_days: is_daily && batch.day_zone == loaded.calendar.zone, ..Self::default() };
        // Asked once for a series and once for an hour: a file has cells by the hundred thousand, in order of time.
        let identity_of: Vec<Identity> =
            batch.series.iter().map(|series| identities.of(&series.values[0], &series.values[1])).collect();
        let mut buffer = Vec::new();
        for hour in batch.cells.hours() {
            let days = days_of(hour.hour, loaded);
            batch.cells.each(hour, &mut buffer, |series, measures| {
                let is_daily = batch.series[series as usize].shape.is_daily;
                tells.note(identity_of[series as usize], days, is_daily, measures.tokens.total());
            })?;
        }
        Ok(tells)
    }

    /// Notes tokens of a model in an hour of a day of UTC and a day of the reporting zone.
    pub(super) fn note(
        &mut self,
        identity: Identity,
        (in_utc, in_zone): (NaiveDate, NaiveDate),
        is_daily: bool,
        tokens: u64,
    ) {
        if identity.label.is_some() {
            return;
        }
        // A date is that date in either.
        let reported = if is_daily { in_utc } else { in_zone };
        for told in [
            self.utc.entry((identity.vendor, in_utc)).or_default(),
            self.reporting.entry((identity.vendor, reported)).or_default(),
        ] {
            *told.families.entry(identity.family).or_default() += tokens;
            told.has_strangers |= !identity.recognised;
        }
    }

    /// The first and the last day told of in either.
    fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        let days = || self.utc.keys().chain(self.reporting.keys()).map(|(_, day)| *day);
        Some((days().min()?, days().max()?))
    }

    fn by_date(&self, days: Days) -> bool {
        self.has_reporting_days || days == Days::Reporting
    }

    fn of_days(&self, by_date: bool) -> &HashMap<(u32, NaiveDate), Told> {
        if by_date { &self.reporting } else { &self.utc }
    }

    /// The days both tell of, with the families of models this file has on them. Whole days of the reporting zone meet reporting days;
    /// everything else meets by days of UTC, as bills and feeds are matched.
    fn meets<'s>(
        &'s self,
        row: &'s DayRow,
        series: &'s Series,
        identity: Identity,
    ) -> impl Iterator<Item = (NaiveDate, Vec<u32>)> + 's {
        let by_date = self.by_date(series.days);
        let days = if by_date { (row.day, row.day) } else { row.utc_days };
        let told = self.of_days(by_date);
        [days.0, days.1]
            .into_iter()
            .take(if days.0 == days.1 { 1 } else { 2 })
            .filter_map(move |day| Some((day, told.get(&(identity.vendor, day))?.like(&identity))))
            .filter(|(_, families)| !families.is_empty())
    }

    /// Tokens of some families, each of a vendor and day.
    fn tokens(&self, by_date: bool, families: &BTreeSet<(u32, NaiveDate, u32)>) -> u64 {
        let told = self.of_days(by_date);
        let of = |(vendor, day, family): &(u32, NaiveDate, u32)| told.get(&(*vendor, *day))?.families.get(family);
        families.iter().filter_map(of).sum()
    }
}

/// The days an hour is of: of UTC, and of the reporting zone.
pub(super) fn days_of(hour: i64, loaded: &Loaded) -> (NaiveDate, NaiveDate) {
    (utc_day(hour), loaded.calendar.day_of_seconds(hour))
}

/// What another feed tells of that the file tells of too.
#[derive(Default)]
pub(super) struct Shared {
    pub days: BTreeSet<NaiveDate>,
    /// Which models of the file, by vendor and day; of whole days of the reporting zone, and of all else.
    here: [BTreeSet<(u32, NaiveDate, u32)>; 2],
    pub vendors: BTreeSet<String>,
    /// The other feed's tokens.
    tokens: u64,
}

/// What other feeds of the same sort (metered, or bills) tell of that is told of here too, by feed.
pub(super) fn meeting(
    loaded: &Loaded,
    mine: &TellsOf,
    identities: &mut Identities<'_>,
    is_bill: bool,
    is_wanted: impl Fn(u32) -> bool,
) -> BTreeMap<u32, Shared> {
    let mut found: BTreeMap<u32, Shared> = BTreeMap::new();
    let Some((first, last)) = mine.span() else { return found };
    let identity_of: Vec<_> = loaded
        .cube
        .series()
        .iter()
        .map(|series| identities.of(loaded.names.name(series.values[0]), loaded.names.name(series.values[1])))
        .collect();
    // A reporting day reaches into the days of UTC on either side.
    let (first, last) = (first - chrono::Duration::days(1), last + chrono::Duration::days(1));
    for row in loaded.cube.rows_between(first, last) {
        let series = &loaded.cube.series()[row.series as usize];
        let identity = identity_of[row.series as usize];
        if !is_wanted(series.source) || series.is_bill() != is_bill || identity.label.is_some() {
            continue;
        }
        // Searches and storage are told beside tokens, not instead of them.
        if matches!(series.basis, Basis::Charge(kind) if kind != ChargeKind::Tokens) {
            continue;
        }
        let mut meets = mine.meets(row, series, identity).peekable();
        if meets.peek().is_none() {
            continue;
        }
        let entry = found.entry(series.source).or_default();
        for (day, families) in meets {
            entry.days.insert(day);
            let of_day = families.into_iter().map(|family| (identity.vendor, day, family));
            entry.here[usize::from(mine.by_date(series.days))].extend(of_day);
        }
        entry.vendors.insert(loaded.names.name(series.values[0]).to_owned());
        entry.tokens += row.measures.tokens.total();
    }
    found
}

/// Other feeds of the same sort (metered, or bills) that tell of a vendor, model and day the file tells of too, and about which
/// nobody has said yet which of them counts.
pub(super) fn overlaps(
    loaded: &Loaded,
    batch: &UsageBatch,
    source: Option<u32>,
    pairs: &[FeedPair],
    sources: &[(u32, String, String)],
) -> Result<Vec<FeedOverlap>> {
    if loaded.cube.span().is_none() {
        return Ok(Vec::new());
    }
    let mut identities = Identities::new(&loaded.prices.book);
    let is_bill = batch.known.reported_cost && !batch.known.tokens;
    let mine = TellsOf::of(batch, loaded, &mut identities)?;
    let answered: HashSet<u32> = pairs
        .iter()
        .filter_map(|pair| match source {
            Some(source) if pair.a == source => Some(pair.b),
            Some(source) if pair.b == source => Some(pair.a),
            _ => None,
        })
        .collect();
    let is_other = |other: u32| Some(other) != source && !answered.contains(&other);
    let found = meeting(loaded, &mine, &mut identities, is_bill, is_other);
    let overlaps = found
        .into_iter()
        .filter_map(|(id, Shared { days, here, vendors, tokens })| {
            // The same rows, cut in days of either kind.
            let [by_utc, by_date] = &here;
            let tokens_here = mine.tokens(false, by_utc).max(mine.tokens(true, by_date));
            let (_, name, _) = sources.iter().find(|(source, _, _)| *source == id)?;
            Some(FeedOverlap {
                source: name.clone(),
                source_id: id,
                vendors: vendors.iter().map(|vendor| loaded.vendors.label(vendor)).collect(),
                days: days.len() as u32,
                first: *days.first()?,
                last: *days.last()?,
                tokens_here: tokens_text(tokens_here),
                tokens_there: tokens_text(tokens),
            })
        })
        .collect();
    Ok(overlaps)
}

/// Records which of two feeds counts; "this" is `this`. An answer that makes feeds give way in a circle is refused: where all of
/// them tell of the same traffic, none would count.
pub(crate) async fn answer(write: &mut Write, this: u32, other: u32, answer: FeedBasis) -> Result<()> {
    let basis = match answer {
        FeedBasis::This => Some(this),
        FeedBasis::Other => Some(other),
        FeedBasis::Both => None,
    };
    store::import::save_feed_pair(write, this, other, Some(basis)).await?;
    let pairs = store::import::feed_pairs(write.connection()).await?;
    if goes_in_a_circle(&precedence(&pairs)) {
        return Err(AppError::refused("feeds-in-a-circle"));
    }
    Ok(())
}
