//! Good events in all events of an objective: out of usage hour by hour, or out of what files told.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::latency::{LatencySketch, Span};
use domain::money::Femtos;
use domain::slo::definition::{Indicator, Scope};
use domain::slo::{Counts, History, Point};
use domain::usage::Dimension;
use store::Snapshot;
use store::slo::Slo;

use crate::traffic::{HOUR, Traffic};
use crate::{AppError, Context, Result};

/// The dimensions a scope names, as usage has them.
fn named(scope: &Scope) -> Vec<(Dimension, BTreeSet<String>)> {
    [
        (Dimension::Vendor, &scope.vendor),
        (Dimension::Model, &scope.model),
        (Dimension::Feature, &scope.feature),
        (Dimension::Tenant, &scope.tenant),
        (Dimension::Environment, &scope.environment),
    ]
    .into_iter()
    .filter_map(|(dimension, name)| Some((dimension, BTreeSet::from([name.as_ref()?.clone()]))))
    .collect()
}

/// The events of an objective in `from..to`, whole hours where they come of usage.
pub(super) async fn events(
    context: &Context,
    snapshot: &mut Snapshot,
    slo: &Slo,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<History> {
    let minutes = |at: DateTime<Utc>| at.timestamp().div_euclid(60);
    let scope = match &slo.details.indicator {
        Indicator::Measured { .. } => {
            let points = store::slo::points(snapshot, slo.id, (minutes(from), minutes(to))).await?;
            let imports = store::slo::imports(snapshot, slo.id).await?;
            let step = imports.iter().filter(|import| !import.reverted).map(|import| import.step).max().unwrap_or(1);
            return Ok(History::new(points, step));
        }
        Indicator::Availability { scope } | Indicator::Latency { scope, .. } | Indicator::Cost { scope, .. } => scope,
    };
    let traffic = Traffic::of(context, snapshot, &named(scope)).await?;
    let span = (from.timestamp().div_euclid(HOUR) * HOUR, to.timestamp());
    let hours = match &slo.details.indicator {
        Indicator::Latency { threshold_ms, .. } => latency(snapshot, &traffic, span, threshold_ms * 1_000).await?,
        Indicator::Cost { most, .. } => cost(snapshot, &traffic, span, Femtos::from_nanos(most.nanos())).await?,
        _ => availability(snapshot, &traffic, span).await?,
    };
    let points = hours.into_iter().map(|(hour, counts)| Point { minute: hour / 60, counts }).collect();
    Ok(History::new(points, 60))
}

type Hours = BTreeMap<i64, Counts>;

/// Successful requests in all requests, where a series tells both.
async fn availability(snapshot: &mut Snapshot, traffic: &Traffic, span: (i64, i64)) -> Result<Hours> {
    let mut hours = Hours::new();
    store::usage::hours_within(snapshot, span, |hour, id, measures| {
        let Some((_, key, _)) = traffic.counted(hour, id) else { return };
        if key.known.requests && key.known.successes {
            let counts = Counts { good: measures.successes as f64, total: measures.requests as f64 };
            let sum = hours.entry(hour).or_default();
            *sum = *sum + counts;
        }
    })
    .await?;
    Ok(hours)
}

/// Requests that ended within so many microseconds, in all whose latency is known.
async fn latency(snapshot: &mut Snapshot, traffic: &Traffic, span: (i64, i64), micros: u64) -> Result<Hours> {
    let mut sketches: BTreeMap<i64, LatencySketch> = BTreeMap::new();
    store::demand::each_latency(snapshot, span, |hour, id, bytes| {
        if traffic.counted(hour, id).is_some() {
            sketches.entry(hour).or_default().merge_bytes(bytes)?;
        }
        Ok(())
    })
    .await?;
    let counted = |sketch: &LatencySketch| Counts {
        good: sketch.within(Span::EndToEnd, micros) as f64,
        total: sketch.known(Span::EndToEnd) as f64,
    };
    Ok(sketches.iter().map(|(hour, sketch)| (*hour, counted(sketch))).collect())
}

/// Hours in which a successful session cost no more than `most`, in all that had one and whose cost is known.
async fn cost(snapshot: &mut Snapshot, traffic: &Traffic, span: (i64, i64), most: Femtos) -> Result<Hours> {
    // Spend and successful sessions, of series that tell of both.
    let mut hours: BTreeMap<i64, (i128, u64)> = BTreeMap::new();
    let mut missing = None;
    store::usage::hours_within(snapshot, span, |hour, id, measures| {
        let Some((place, key, day)) = traffic.counted(hour, id) else { return };
        if !key.known.sessions {
            return;
        }
        match traffic.loaded.cube.cost_of(place, day, measures) {
            Ok(Some(cost)) => {
                let sum = hours.entry(hour).or_default();
                *sum = (sum.0 + cost.0, sum.1 + measures.successful_sessions);
            }
            Ok(None) => {}
            Err(error) => missing = Some(error),
        }
    })
    .await?;
    if let Some(error) = missing {
        return Err(AppError::from(error));
    }
    let counts = |spend: i128, sessions: u64| Counts {
        good: f64::from(u8::from(spend <= most.0.saturating_mul(i128::from(sessions)))),
        total: 1.0,
    };
    let with_success = hours.into_iter().filter(|(_, (_, sessions))| *sessions > 0);
    Ok(with_success.map(|(hour, (spend, sessions))| (hour, counts(spend, sessions))).collect())
}
