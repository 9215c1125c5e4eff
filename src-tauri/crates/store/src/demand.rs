//! What hours cannot tell: the minutes of each vendor's models, and how long requests took. Both stand beside the hours of
//! [`crate::usage`], import by import, and count where those count.

use std::borrow::Cow;
use std::collections::BTreeMap;

use domain::demand::HourMinutes;
use domain::hourly;
use domain::varint::Damaged;
use futures_util::TryStreamExt;
use sqlx::{QueryBuilder, Row, SqliteConnection};

use crate::seal::{open, seal};
use crate::{Result, StoreError, Tag, Write, packed};

/// What the minutes of a UTC hour saw of one vendor's model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Minutes {
    /// Epoch second the UTC hour begins at.
    pub hour: i64,
    /// The feed that tells of it.
    pub source: u32,
    /// Dimension values.
    pub vendor: u32,
    pub model: u32,
    /// As `HourMinutes::to_bytes` writes them.
    pub minutes: Vec<u8>,
}

/// How long the requests of a roll-up cell took, as `LatencySketch::to_bytes` writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Latency<'s> {
    /// Epoch second the cell begins at.
    pub hour: i64,
    pub series: u32,
    pub sketch: Cow<'s, [u8]>,
}

/// Rows of one statement: six values each stay far below SQLite's limit.
const BATCH: usize = 500;

/// Adds an import's minutes. They must be unique by (hour, source, vendor, model).
pub async fn insert_minutes(write: &mut Write, import: i64, counted: bool, minutes: &[Minutes]) -> Result<()> {
    for batch in minutes.chunks(BATCH) {
        let mut insert =
            QueryBuilder::new("INSERT INTO usage_minute (hour, source, vendor, model, import, counted, minutes) ");
        insert.push_values(batch, |mut values, one| {
            values
                .push_bind(one.hour)
                .push_bind(one.source)
                .push_bind(one.vendor)
                .push_bind(one.model)
                .push_bind(import)
                .push_bind(counted)
                .push_bind(seal(one.minutes.clone()));
        });
        insert.build().persistent(true).execute(write.connection()).await?;
    }
    write.touch(Tag::USAGE);
    Ok(())
}

/// Adds the sketches of an import's cells. They come by (hour, series), unique, an hour's all at once, and where the cells are.
pub async fn insert_latencies(
    write: &mut Write,
    (import, source): (i64, u32),
    counted: bool,
    latencies: &[Latency<'_>],
) -> Result<()> {
    let hours = latencies.chunk_by(|a, b| a.hour == b.hour);
    let packed = |hour: &[Latency<'_>]| {
        (hour[0].hour, hourly::sketches_to_bytes(hour.iter().map(|one| (one.series, one.sketch.as_ref()))))
    };
    let packed = hours.map(packed).collect();
    packed::insert(write, "usage_latency (hour, source, import, counted, sketches)", (import, source), counted, packed)
        .await
}

/// Makes minutes and sketches of an import count, or not, as its hours do.
pub(crate) async fn set_counted(write: &mut Write, import: i64, (from, to): (i64, i64), counted: bool) -> Result<()> {
    for update in [
        "UPDATE usage_minute SET counted = $1 WHERE hour BETWEEN $2 AND $3 AND import = $4 AND counted <> $1",
        "UPDATE usage_latency SET counted = $1 WHERE hour BETWEEN $2 AND $3 AND import = $4 AND counted <> $1",
    ] {
        sqlx::query(update).bind(counted).bind(from).bind(to).bind(import).execute(write.connection()).await?;
    }
    Ok(())
}

/// Removes what a feed's imports tell together, as [`crate::usage::remove_shared`] does with hours.
pub(crate) async fn remove_shared(write: &mut Write, source: u32, (from, to): (i64, i64)) -> Result<()> {
    for delete in [
        "DELETE FROM usage_minute WHERE import = 0 AND hour BETWEEN $1 AND $2 AND source = $3",
        "DELETE FROM usage_latency WHERE import = 0 AND hour BETWEEN $1 AND $2 AND source = $3",
    ] {
        sqlx::query(delete).bind(from).bind(to).bind(source).execute(write.connection()).await?;
    }
    Ok(())
}

/// Gives the sketches beside an hour of cells, by its id, the series that its cells got.
pub(crate) async fn move_latencies(write: &mut Write, hour: i64, moved: &[(u32, u32)]) -> Result<()> {
    let found = sqlx::query(
        "SELECT l.id, l.sketches FROM usage_latency l JOIN usage_hour u
           ON u.hour = l.hour AND u.source = l.source AND u.import = l.import WHERE u.id = $1",
    )
    .bind(hour)
    .fetch_optional(write.connection())
    .await?;
    let Some(row) = found else { return Ok(()) };
    let mut sketches: BTreeMap<u32, &[u8]> = BTreeMap::new();
    hourly::each_sketch(open(row.try_get(1)?)?, |series, sketch| {
        let target = moved.iter().find(|(from, _)| *from == series).map_or(series, |(_, to)| *to);
        sketches.insert(target, sketch);
        Ok(())
    })
    .map_err(damaged)?;
    sqlx::query("UPDATE usage_latency SET sketches = $1 WHERE id = $2")
        .bind(seal(hourly::sketches_to_bytes(sketches)))
        .bind(row.try_get::<i64, _>(0)?)
        .execute(write.connection())
        .await?;
    Ok(())
}

/// Hands on every hour's minutes that count and begin in `from..to`, by hour: the hour, its feed, vendor and model, and what its
/// minutes saw.
pub async fn each_minutes(
    connection: &mut SqliteConnection,
    (from, to): (i64, i64),
    mut visit: impl FnMut(i64, u32, (u32, u32), HourMinutes),
) -> Result<()> {
    let mut rows = sqlx::query(
        "SELECT hour, source, vendor, model, minutes FROM usage_minute
         WHERE hour >= $1 AND hour < $2 AND counted = 1 ORDER BY hour",
    )
    .bind(from)
    .bind(to)
    .fetch(connection);
    while let Some(row) = rows.try_next().await? {
        let minutes = HourMinutes::from_bytes(open(row.try_get(4)?)?).map_err(damaged)?;
        visit(row.try_get(0)?, row.try_get(1)?, (row.try_get(2)?, row.try_get(3)?), minutes);
    }
    Ok(())
}

/// What the imports of a feed tell of the minutes of hours `from..=to`, whether they count or not: the hour, the import, and what
/// its minutes saw of one vendor's model.
pub async fn minutes_of_feed(
    connection: &mut SqliteConnection,
    source: u32,
    (from, to): (i64, i64),
) -> Result<Vec<(i64, i64, HourMinutes)>> {
    let mut rows = sqlx::query(
        "SELECT hour, import, minutes FROM usage_minute WHERE hour BETWEEN $1 AND $2 AND source = $3 AND import <> 0",
    )
    .bind(from)
    .bind(to)
    .bind(source)
    .fetch(connection);
    let mut minutes = Vec::new();
    while let Some(row) = rows.try_next().await? {
        minutes.push((
            row.try_get(0)?,
            row.try_get(1)?,
            HourMinutes::from_bytes(open(row.try_get(2)?)?).map_err(damaged)?,
        ));
    }
    Ok(minutes)
}

/// Hands on the sketch of every cell that counts and begins in `from..to`: the epoch second it begins at, its series, the sketch.
pub async fn each_latency(
    connection: &mut SqliteConnection,
    (from, to): (i64, i64),
    mut visit: impl FnMut(i64, u32, &[u8]) -> std::result::Result<(), Damaged>,
) -> Result<()> {
    let mut rows = sqlx::query(
        "SELECT hour, sketches FROM usage_latency WHERE hour >= $1 AND hour < $2 AND counted = 1 ORDER BY hour",
    )
    .bind(from)
    .bind(to)
    .fetch(connection);
    while let Some(row) = rows.try_next().await? {
        let hour = row.try_get(0)?;
        hourly::each_sketch(open(row.try_get(1)?)?, |series, sketch| visit(hour, series, sketch)).map_err(damaged)?;
    }
    Ok(())
}

fn damaged(error: Damaged) -> StoreError {
    StoreError::Corrupt(error.to_string())
}
