//! The minutes and latencies of an import, stored beside its cells: between the edges as the file tells them, at the edges as the
//! rows of all imports tell them together.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap};

use domain::demand::{HourMinutes, MinuteTotals, minute_of};
use domain::latency::LatencySketch;
use domain::overlap::EdgeRow;
use domain::usage::Dimension;
use ingest::{Hour, UsageBatch};
use store::Write;
use store::demand::{Latency, Minutes};
use store::usage::SHARED;

use super::merge::{Interior, SECOND};
use crate::{Context, Result};

/// Rows written at a time, between which an import can be cancelled.
const CHUNK: usize = 10_000;

/// Stores what a file tells of the hours between its edges. `ids` are the store's numbers of its series.
pub(super) async fn write_interior(
    write: &mut Write,
    context: &Context,
    (import, source, counted): (i64, u32, bool),
    (batch, interior, ids): (&UsageBatch, &Interior, &[u32]),
) -> Result<()> {
    let names = store::dimension::names(write.connection()).await?;
    // A line's names came into the store with its series.
    let id = |dimension, name: &str| names.id(dimension, name).unwrap_or_default();
    let lines: Vec<(u32, u32)> = batch
        .lines
        .iter()
        .map(|[vendor, model]| (id(Dimension::Vendor, vendor), id(Dimension::Model, model)))
        .collect();
    let minutes: Vec<Minutes> = batch
        .minutes
        .iter()
        .filter(|of_hour| !interior.is_edge(of_hour.hour))
        .map(|of_hour| {
            let (vendor, model) = lines[of_hour.line as usize];
            Minutes { hour: of_hour.hour, source, vendor, model, minutes: of_hour.minutes.to_vec() }
        })
        .collect();
    store::demand::insert_minutes(write, import, counted, &minutes).await?;
    if !batch.cells.has_sketches() {
        return Ok(());
    }
    let mut hours = interior.hours(batch).peekable();
    while hours.peek().is_some() {
        context.progress.check()?;
        let chunk = sketches_of(batch, &mut hours, ids)?;
        store::demand::insert_latencies(write, (import, source), counted, &chunk).await?;
    }
    Ok(())
}

/// The sketches of the next hours, some [`CHUNK`] of them, by (hour, series of the store).
fn sketches_of<'h>(
    batch: &UsageBatch,
    hours: &mut impl Iterator<Item = &'h Hour>,
    ids: &[u32],
) -> Result<Vec<Latency<'static>>> {
    let (mut chunk, mut buffer) = (Vec::new(), Vec::new());
    while chunk.len() < CHUNK
        && let Some(hour) = hours.next()
    {
        let first = chunk.len();
        batch.cells.each_sketch(hour, &mut buffer, |series, sketch| {
            chunk.push(Latency { hour: hour.hour, series: ids[series as usize], sketch: Cow::Owned(sketch.to_vec()) });
        })?;
        chunk[first..].sort_unstable_by_key(|one| one.series);
    }
    Ok(chunk)
}

/// Stores what the rows of edge hours tell together, each with its UTC hour. Their cells have been stored.
pub(super) async fn write_shared(write: &mut Write, source: u32, rows: &[(i64, EdgeRow)]) -> Result<()> {
    if rows.is_empty() {
        return Ok(());
    }
    let line_of: HashMap<u32, (u32, u32)> = store::usage::series(write.connection())
        .await?
        .into_iter()
        .map(|(id, key)| (id, (key.values[Dimension::Vendor.index()], key.values[Dimension::Model.index()])))
        .collect();
    let mut minutes: BTreeMap<(i64, u32, u32), HourMinutes> = BTreeMap::new();
    let mut sketches: BTreeMap<(i64, u32), LatencySketch> = BTreeMap::new();
    for (hour, row) in rows {
        if row.timing.to_the_minute {
            let (vendor, model) = line_of.get(&row.series).copied().unwrap_or_default();
            let minute = minute_of(row.at.div_euclid(SECOND));
            minutes.entry((*hour, vendor, model)).or_default().add(minute, &MinuteTotals::of(&row.measures));
        }
        for bin in row.timing.bins() {
            sketches.entry((hour + i64::from(row.cell), row.series)).or_default().add(bin, 1);
        }
    }
    let minutes: Vec<Minutes> = minutes
        .into_iter()
        .map(|((hour, vendor, model), minutes)| Minutes { hour, source, vendor, model, minutes: minutes.to_bytes() })
        .collect();
    store::demand::insert_minutes(write, SHARED, true, &minutes).await?;
    let latencies: Vec<Latency> = sketches
        .into_iter()
        .map(|((hour, series), sketch)| Latency { hour, series, sketch: sketch.to_bytes().into() })
        .collect();
    Ok(store::demand::insert_latencies(write, (SHARED, source), true, &latencies).await?)
}
