//! What an incident took: requests that failed, sessions it reached, tokens beyond what its hours usually take, from the usage of the
//! hours it covers against the same hours of the eight weeks before.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use domain::incident::IncidentDetails;
use domain::incident::excess::{Excess, excess};
use domain::money::Femtos;
use domain::usage::{Dimension, Measures};
use report::format;
use serde::{Deserialize, Serialize};
use store::Snapshot;
use ts_rs::TS;

use crate::economics::Loaded;
use crate::traffic::{HOUR, Traffic};
use crate::{Context, Result};

/// A count of an incident's hours beside what is usual for them.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TakenView {
    /// "failed", "sessions", "requests", "tokens", "spend".
    pub id: String,
    pub label: String,
    /// "4,210".
    pub actual: String,
    /// "+3,980 beyond the usual 230 [+3,700, +4,260]".
    pub text: String,
    /// The interval leaves nothing out: it was not more than usual.
    pub within: bool,
}

const WEEKS: i64 = 8;

/// From when until when an incident lasted: from its beginning (else from being seen) to its end (else now); none of one that lasted
/// longer than a month, which is a state of things.
pub(super) fn span(details: &IncidentDetails, now: DateTime<Utc>) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
    let times = &details.times;
    let from = times.began.or(times.detected)?;
    let to = times.mitigated.or(times.resolved).unwrap_or(now).min(now);
    (to > from && to - from <= Duration::days(31)).then_some((from, to))
}

/// The hours an incident covers, as epoch seconds: from its beginning (else from being seen) to its end (else now), whole hours.
pub(super) fn hours(details: &IncidentDetails, now: DateTime<Utc>) -> Option<(i64, i64)> {
    let times = &details.times;
    let from = times.began.or(times.detected)?;
    let to = times.mitigated.or(times.resolved).unwrap_or(now).min(now);
    let (from, to) = (from.timestamp().div_euclid(HOUR) * HOUR, (to.timestamp() + HOUR - 1).div_euclid(HOUR) * HOUR);
    // Longer than a month is no incident but a state of things.
    (to > from && to - from <= Duration::days(31).num_seconds()).then_some((from, to))
}

/// The usage an incident asks for: of the features, tenants and models it names, of all where it names none.
pub(super) struct Usage(Traffic);

impl Usage {
    pub(super) async fn of(context: &Context, snapshot: &mut Snapshot, details: &IncidentDetails) -> Result<Self> {
        let named = [
            (Dimension::Feature, details.features.iter().cloned().collect()),
            (Dimension::Tenant, details.tenants.iter().cloned().collect()),
            (Dimension::Model, details.models.iter().cloned().collect()),
        ];
        Ok(Self(Traffic::of(context, snapshot, &named).await?))
    }

    pub(super) fn loaded(&self) -> &Loaded {
        &self.0.loaded
    }

    /// Counts of some hours together; each `None` where nobody knows.
    async fn counted(&self, snapshot: &mut Snapshot, span: (i64, i64)) -> Result<Counts> {
        let hours = self.hourly(snapshot, span).await?;
        Ok(hours.into_values().fold([None; 5], added))
    }

    /// Counts of each hour that has any.
    pub(super) async fn hourly(&self, snapshot: &mut Snapshot, span: (i64, i64)) -> Result<BTreeMap<i64, Counts>> {
        let mut hours: BTreeMap<i64, Counts> = BTreeMap::new();
        let mut missing = None;
        let add = |hour: i64, id: u32, measures: Measures| {
            let Some((place, key, day)) = self.0.counted(hour, id) else { return };
            let failed = measures.requests.saturating_sub(measures.successes);
            let known = &key.known;
            let counts = [
                (known.requests && known.successes).then_some(i128::from(failed)),
                known.sessions.then_some(i128::from(measures.sessions)),
                known.requests.then_some(i128::from(measures.requests)),
                known.tokens.then_some(i128::from(measures.tokens.total())),
                match self.0.loaded.cube.cost_of(place, day, measures) {
                    Ok(cost) => cost.map(|cost| cost.0),
                    Err(error) => {
                        missing = Some(error);
                        None
                    }
                },
            ];
            let sums = hours.entry(hour).or_insert([None; 5]);
            *sums = added(*sums, counts);
        };
        store::usage::hours_within(snapshot, span, add).await?;
        // An amount that cannot be converted is no amount of 0.
        if missing.is_some() {
            hours.values_mut().for_each(|sums| sums[SPEND] = None);
        }
        Ok(hours)
    }
}

/// Failed requests, sessions, requests, tokens, femto-units of spend.
pub(super) type Counts = [Option<i128>; 5];
pub(super) const FAILED: usize = 0;
pub(super) const REQUESTS: usize = 2;
pub(super) const SPEND: usize = 4;

fn added(sums: Counts, more: Counts) -> Counts {
    std::array::from_fn(|at| match (sums[at], more[at]) {
        (Some(sum), Some(count)) => Some(sum + count),
        (sum, count) => sum.or(count),
    })
}

/// What it took, in the order it is read; nothing where no usage of its hours is known.
pub(crate) async fn taken(
    context: &Context,
    snapshot: &mut Snapshot,
    details: &IncidentDetails,
) -> Result<Vec<TakenView>> {
    let Some((from, to)) = hours(details, context.now()) else { return Ok(Vec::new()) };
    let usage = Usage::of(context, snapshot, details).await?;
    let actual = usage.counted(snapshot, (from, to)).await?;
    let mut before: Vec<Counts> = Vec::new();
    for week in 1..=WEEKS {
        let back = Duration::weeks(week).num_seconds();
        before.push(usage.counted(snapshot, (from - back, to - back)).await?);
    }
    let currency = usage.loaded().settings.currency;
    let ids = ["failed", "sessions", "requests", "tokens", "spend"];
    Ok(ids
        .into_iter()
        .enumerate()
        .filter_map(|(at, id)| {
            let actual = actual[at]?;
            let weeks: Vec<f64> = before.iter().filter_map(|week| Some(week[at]? as f64)).collect();
            let write = |value: f64| match id {
                "spend" => format::money(Femtos(value.round() as i128).to_nanos(), currency.code(), context.language),
                _ => format::count(value.round() as i128),
            };
            let found = excess(actual as f64, &weeks);
            let interval = found.as_ref().and_then(|found| found.interval);
            Some(TakenView {
                id: id.to_owned(),
                label: context.text(&format!("taken-{id}"), &[]),
                actual: write(actual as f64),
                within: interval.is_some_and(|(low, high)| low <= 0.0 && high >= 0.0),
                text: said(context, found, &write),
            })
        })
        .collect())
}

fn said(context: &Context, found: Option<Excess>, write: &dyn Fn(f64) -> String) -> String {
    let Some(found) = found else { return context.text("taken-nothing-before", &[]) };
    let signed = |value: f64| {
        let text = write(value);
        if value > 0.0 { format!("+{text}") } else { text }
    };
    let mut args = vec![
        ("excess", signed(found.excess).into()),
        ("usual", write(found.usual).into()),
        ("weeks", (found.weeks as u64).into()),
    ];
    match found.interval {
        Some((low, high)) => {
            args.push(("low", signed(low).into()));
            args.push(("high", signed(high).into()));
            context.text("taken-beyond", &args)
        }
        None => context.text("taken-beyond-few", &args),
    }
}
