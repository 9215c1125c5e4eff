//! A period folded, beside the one before it.

use std::collections::{HashMap, HashSet};

use chrono::{Datelike, Duration, NaiveDate};
use domain::calendar::{Period, stands_for};
use domain::economics::{Filter, Group, Totals};
use domain::money::Femtos;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{EconomicsQuery, Loaded};
use crate::{AppError, Result};

/// A stretch of the time axis.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Bucket {
    pub first: NaiveDate,
    pub last: NaiveDate,
}

/// How long a bucket of the time axis is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Grain {
    Day,
    Week,
    Month,
}

pub(super) fn grain(first: NaiveDate, last: NaiveDate) -> Grain {
    match (last - first).num_days() {
        ..=100 => Grain::Day,
        101..=800 => Grain::Week,
        _ => Grain::Month,
    }
}

pub(super) fn buckets(first: NaiveDate, last: NaiveDate, grain: Grain) -> Vec<Bucket> {
    let mut list = Vec::new();
    let mut at = first;
    while at <= last {
        let end = match grain {
            Grain::Day => at,
            Grain::Week => at + Duration::days(6 - i64::from(at.weekday().num_days_from_monday())),
            Grain::Month => {
                let next = if at.month() == 12 { (at.year() + 1, 1) } else { (at.year(), at.month() + 1) };
                NaiveDate::from_ymd_opt(next.0, next.1, 1).map_or(last, |first| first - Duration::days(1))
            }
        };
        list.push(Bucket { first: at, last: end.min(last) });
        at = end + Duration::days(1);
    }
    list
}

/// One row before formatting.
#[derive(Debug, Clone)]
pub struct Line {
    pub keys: Vec<String>,
    pub totals: Totals,
    /// Over the whole days that are compared with the period before: all of `totals` but for a period that runs.
    pub compared: Totals,
    pub before: Totals,
    pub spend: Vec<Femtos>,
}

/// A period folded, with the one before it.
pub struct Folded {
    pub period: Period,
    /// First and last day, cut at today while the period runs.
    pub days: (NaiveDate, NaiveDate),
    pub partial: bool,
    /// Only as many days are compared as data reaches the end of.
    pub cut: bool,
    pub previous: Period,
    pub previous_days: (NaiveDate, NaiveDate),
    pub grain: Grain,
    pub buckets: Vec<Bucket>,
    /// How many of them are over: the one that runs, or that data does not reach the end of, is the last one.
    pub whole_buckets: usize,
    /// By spend, the most expensive first.
    pub lines: Vec<Line>,
    pub total: Totals,
    pub total_compared: Totals,
    pub total_before: Totals,
    /// How many days of either period are compared.
    pub compared_days: i64,
    /// The day on which the data begin, where that is too late within the period before to compare with it.
    pub uncompared: Option<NaiveDate>,
}

/// Folds the cube for a query.
///
/// # Errors
/// A period or dimension that cannot be read; a missing exchange rate.
pub fn fold(loaded: &Loaded, query: &EconomicsQuery, today: NaiveDate) -> Result<Folded> {
    let period: Period =
        query.period.parse().map_err(|_| AppError::refused("bad-period").with("period", &query.period))?;
    if query.by.len() > 2 {
        return Err(AppError::refused("too-many-dimensions"));
    }
    let (first, end) = loaded.calendar.days(period);
    let partial = today >= first && today < end;
    // A running period reaches as far as its data: compared with more days than it has, anything would seem to fall.
    let data_day = loaded.cube.span().map_or(today, |(_, last)| last);
    let last = if partial { today.min(data_day).max(first) } else { end };
    let previous = loaded.calendar.previous(period);
    let (before_first, before_end) = loaded.calendar.days(previous);
    // Only days that are over, and that data reaches the end of, are compared, with as many of the period before: four hours
    // against a day would seem to fall.
    let whole_to = loaded.whole_days_to().unwrap_or(today).min(today - Duration::days(1));
    // Nor is a period compared as a whole that is over by the calendar and whose data end within it.
    let cut = partial || (first..end).contains(&whole_to);
    let compared_last = if cut { whole_to.min(last) } else { last };
    let compared_days = (compared_last - first).num_days() + 1;
    let before_last = if cut { before_end.min(before_first + Duration::days(compared_days - 1)) } else { before_end };
    let filters: Vec<Filter> = query
        .filters
        .iter()
        .filter(|filter| !filter.values.is_empty())
        .map(|filter| Filter {
            dimension: filter.dimension,
            values: filter
                .values
                .iter()
                .filter_map(|value| loaded.names.id(filter.dimension, value))
                .collect::<HashSet<_>>(),
        })
        .collect();
    let grain = grain(first, last);
    let buckets = buckets(first, last, grain);
    let place = |day: NaiveDate| buckets.partition_point(|bucket| bucket.last < day);
    let now = loaded.cube.fold((first, last), &query.by, &filters, buckets.len(), place)?;
    // Nor is anything compared with a period of which the data know only the end.
    let known_since = loaded.cube.span().map(|(first, _)| first);
    let uncompared =
        known_since.filter(|since| *since <= before_last && !stands_for(*since, (before_first, before_last)));
    let then = match uncompared {
        None => loaded.cube.fold((before_first, before_last), &query.by, &filters, 0, |_| 0)?,
        Some(_) => Vec::new(),
    };
    let mut compared: HashMap<Vec<u32>, Totals> = if compared_last < last {
        let whole = loaded.cube.fold((first, compared_last), &query.by, &filters, 0, |_| 0)?;
        whole.into_iter().map(|group| (group.key, group.totals)).collect()
    } else {
        now.iter().map(|group| (group.key.clone(), group.totals)).collect()
    };
    let mut before: HashMap<Vec<u32>, Totals> = then.into_iter().map(|group| (group.key, group.totals)).collect();
    let name = |key: &[u32]| key.iter().map(|id| loaded.names.name(*id).to_owned()).collect::<Vec<_>>();
    let mut lines: Vec<Line> = now
        .into_iter()
        .map(|Group { key, totals, spend }| Line {
            keys: name(&key),
            totals,
            compared: compared.remove(&key).unwrap_or_default(),
            before: before.remove(&key).unwrap_or_default(),
            spend,
        })
        .collect();
    // What has vanished still explains a change.
    lines.extend(before.into_iter().map(|(key, before)| Line {
        keys: name(&key),
        totals: Totals::default(),
        compared: Totals::default(),
        before,
        spend: vec![Femtos(0); buckets.len()],
    }));
    lines.sort_by(|a, b| {
        (b.totals.spend(), b.totals.measures.tokens.total(), &a.keys).cmp(&(
            a.totals.spend(),
            a.totals.measures.tokens.total(),
            &b.keys,
        ))
    });
    let (mut total, mut total_compared, mut total_before) = Default::default();
    for line in &lines {
        Totals::add(&mut total, &line.totals);
        Totals::add(&mut total_compared, &line.compared);
        Totals::add(&mut total_before, &line.before);
    }
    // A line of nothing but charges that are told already is in the total, and nowhere else.
    lines.retain(|line| line.totals.adds() || line.compared.adds() || line.before.adds());
    // Today is not over, and days without usage behind the last known one are not known to be empty.
    let whole_buckets =
        if partial { buckets.partition_point(|bucket| bucket.last <= compared_last) } else { buckets.len() };
    Ok(Folded {
        period,
        days: (first, last),
        partial,
        cut,
        previous,
        previous_days: (before_first, before_last),
        grain,
        buckets,
        whole_buckets,
        lines,
        total,
        total_compared,
        total_before,
        compared_days,
        uncompared,
    })
}
