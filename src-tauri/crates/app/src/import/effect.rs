//! What an import will do to the spend, month by month, before anything is written: the cube as it is beside the cube as it will
//! be, folded by what the pages fold with.

use std::collections::{BTreeSet, HashMap};

use chrono::{Datelike, Duration, NaiveDate};
use domain::calendar::{Period, utc_day};
use domain::economics::ratios::unit_costs;
use domain::economics::{Cube, DayChange, DayRow, Series, goes_in_a_circle};
use domain::usage::Dimension;
use store::Snapshot;
use store::dimension::Names;
use store::import::{FeedPair, Import};
use store::usage::{Day, SeriesKey};

use super::merge::{self, Candidate, Which};
use super::{CommitRequest, FeedBasis, ImportEffect, MonthEffect, Planned, hours_of, planned};
use crate::economics::{EconomicsQuery, Loaded, SeriesReader, fold, load, period_label, precedence};
use crate::view::{Sense, change, money};
use crate::{AppError, Context, Result};

/// The spend of each month a planned file touches, before and after it, with the answers given. Nothing is written.
pub async fn import_effect(context: &Context, request: CommitRequest) -> Result<ImportEffect> {
    let planned = planned(context, request.plan_id).await?;
    let loaded = load(context).await?;
    let today = loaded.calendar.day_of(context.now());
    let is_there = planned.plan.already_imported.is_some();
    let answered = |id: u32| request.feeds.iter().any(|feed| feed.source_id == id);
    let undecided = !is_there
        && (!planned.conflict_hours.is_empty() && request.on_conflict.is_none()
            || planned.plan.overlaps.iter().any(|overlap| !answered(overlap.source_id)));
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let replaced = match planned.replaces {
        Some(n) => Some(store::import::by_number(&mut snapshot, n).await?),
        None => None,
    };
    let months = months(&planned, replaced.as_ref(), &loaded)?;
    let after = match months.first() {
        Some((year, month)) if !is_there => {
            let (first, _) = loaded.calendar.days(Period::Month(*year, *month));
            Some(after(&mut snapshot, &planned, &request, &loaded, (first, replaced.as_ref())).await?)
        }
        _ => None,
    };
    let currency = loaded.settings.currency;
    let months = months.into_iter().map(|(year, month)| {
        let period = Period::Month(year, month);
        let query = EconomicsQuery { period: period.to_string(), by: vec![], filters: vec![], limit: 0, grain: None };
        let spend = |loaded: &Loaded| Ok::<_, AppError>(unit_costs(&fold(loaded, &query, today)?.total).spend);
        let before = spend(&loaded)?;
        let after = after.as_ref().map_or(Ok(before), spend)?;
        Ok(MonthEffect {
            key: period.to_string(),
            label: period_label(&loaded.calendar, period, context.language),
            before: money(before, currency),
            after: money(after, currency),
            difference: money(after.map(|after| after - before.unwrap_or_default()), currency),
            change: change(after, before, Sense::Neutral, "").map(|change| change.text),
        })
    });
    Ok(ImportEffect { months: months.collect::<Result<_>>()?, undecided })
}

/// The months a file tells of, and those of the import it takes the place of, in order.
fn months(planned: &Planned, replaced: Option<&Import>, loaded: &Loaded) -> Result<BTreeSet<(i32, u32)>> {
    let mut days: BTreeSet<NaiveDate> = BTreeSet::new();
    let mut buffer = Vec::new();
    for hour in planned.batch.cells.hours() {
        let (in_utc, in_zone) = (utc_day(hour.hour), loaded.calendar.day_of_seconds(hour.hour));
        planned.batch.cells.each(hour, &mut buffer, |series, _| {
            days.insert(if planned.batch.series[series as usize].shape.is_daily { in_utc } else { in_zone });
        })?;
    }
    let mut months: BTreeSet<(i32, u32)> = days.iter().map(|day| (day.year(), day.month())).collect();
    if let Some((first, last)) = replaced.and_then(|import| import.hours) {
        let (mut day, last) = (loaded.calendar.day_of_seconds(first), loaded.calendar.day_of_seconds(last));
        while day <= last {
            months.insert((day.year(), day.month()));
            day = loaded.calendar.days(Period::Month(day.year(), day.month())).1 + Duration::days(1);
        }
    }
    Ok(months)
}

/// What the workspace will know of the days from `first` on once the file is written.
async fn after(
    snapshot: &mut Snapshot,
    planned: &Planned,
    request: &CommitRequest,
    loaded: &Loaded,
    (first, replaced): (NaiveDate, Option<&Import>),
) -> Result<Loaded> {
    let (plan, batch) = (&planned.plan, &planned.batch);
    let source = store::import::source_id(snapshot, &plan.source, plan.format.name()).await?;
    let series = SeriesAfter::of(snapshot, planned, source, loaded).await?;
    let mut hours = hours_of(batch);
    if let Some((from, to)) = replaced.and_then(|import| import.hours) {
        hours = (hours.0.min(from), hours.1.max(to));
    }
    let candidate =
        Candidate { batch, interior: &planned.interior, replaces: planned.replaces, answer: request.on_conflict };
    let resolution = merge::resolve(snapshot, source, hours, Some(&candidate)).await?;
    let mut days = DayChange::new(&loaded.calendar);
    merge::changes(snapshot, (source, hours), &resolution, &candidate, |hour, which, measures, comes| {
        let Some(place) = series.place(which) else { return };
        match comes {
            true => days.comes(hour, place, measures),
            false => days.goes(hour, place, measures),
        }
    })
    .await?;
    // A day reaches into those of UTC beside it, by which bills and feeds are matched.
    let from = first - Duration::days(3);
    let mut rows = Vec::new();
    store::usage::each_day_from(snapshot, from, |Day { day, utc_day, series: id, measures }| {
        if let Some((place, _)) = series.place(Which::Stored(id)) {
            rows.push(DayRow::new(day, utc_day, place, measures));
        }
    })
    .await?;
    let mut rows = days.on(rows);
    rows.retain(|row| row.day >= from);
    let pairs = answered(store::import::feed_pairs(snapshot).await?, request, source);
    let precedence = precedence(&pairs);
    if goes_in_a_circle(&precedence) {
        return Err(AppError::refused("feeds-in-a-circle"));
    }
    let money = (loaded.settings.currency, loaded.rates.as_slice());
    Ok(loaded.with_cube(Cube::new(series.list, rows, &precedence, money)))
}

/// Which feed gives way to which, with the answers given about this one.
fn answered(mut pairs: Vec<FeedPair>, request: &CommitRequest, source: Option<u32>) -> Vec<FeedPair> {
    let this = source.unwrap_or(NEW);
    for feed in &request.feeds {
        let other = feed.source_id;
        pairs.retain(|pair| (pair.a.min(pair.b), pair.a.max(pair.b)) != (this.min(other), this.max(other)));
        let basis = match feed.basis {
            FeedBasis::This => Some(this),
            FeedBasis::Other => Some(other),
            FeedBasis::Both => None,
        };
        pairs.push(FeedPair { a: this, b: other, basis });
    }
    pairs
}

/// The number of a feed, or of a name, that the workspace does not have yet.
const NEW: u32 = u32::MAX;

/// The workspace's series, and behind them those that the file will bring, as the commit will number them.
struct SeriesAfter {
    list: Vec<Series>,
    /// Places in the list, each with whether rows are of whole days.
    of_stored: HashMap<u32, (u32, bool)>,
    of_planned: Vec<(u32, bool)>,
}

impl SeriesAfter {
    async fn of(snapshot: &mut Snapshot, planned: &Planned, source: Option<u32>, loaded: &Loaded) -> Result<Self> {
        let names = store::dimension::names(snapshot).await?;
        let mut reader = SeriesReader::new(&loaded.prices, &loaded.calendar);
        let (mut list, mut of_stored) = (Vec::new(), HashMap::new());
        let mut known: HashMap<SeriesKey, (u32, bool)> = HashMap::new();
        for (id, key) in store::usage::series(snapshot).await? {
            let place = (list.len() as u32, key.day_zone.is_some());
            let [vendor, model, ..] = key.values;
            list.push(reader.series(&key, names.name(vendor), names.name(model)));
            of_stored.insert(id, place);
            known.insert(key, place);
        }
        let mut new_names = NewNames::default();
        let mut of_planned = Vec::with_capacity(planned.batch.series.len());
        for raw in &planned.batch.series {
            let mut values = [0; 5];
            for (dimension, (slot, value)) in Dimension::ALL.into_iter().zip(values.iter_mut().zip(&raw.values)) {
                *slot = new_names.id(&names, dimension, value);
            }
            let key = merge::key(raw, source.unwrap_or(NEW), values, &planned.batch);
            let place = *known.entry(key).or_insert_with_key(|key| {
                list.push(reader.series(key, &raw.values[0], &raw.values[1]));
                (list.len() as u32 - 1, key.day_zone.is_some())
            });
            of_planned.push(place);
        }
        Ok(Self { list, of_stored, of_planned })
    }

    fn place(&self, which: Which) -> Option<(u32, bool)> {
        match which {
            Which::Stored(id) => self.of_stored.get(&id).copied(),
            Which::Planned(at) => self.of_planned.get(at as usize).copied(),
        }
    }
}

/// Numbers for names the workspace does not have yet, from the last one down.
#[derive(Default)]
struct NewNames(HashMap<(usize, String), u32>);

impl NewNames {
    fn id(&mut self, names: &Names, dimension: Dimension, value: &str) -> u32 {
        names.id(dimension, value).unwrap_or_else(|| {
            let next = NEW - self.0.len() as u32;
            *self.0.entry((dimension.index(), value.to_owned())).or_insert(next)
        })
    }
}
