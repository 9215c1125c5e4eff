//! What hours cannot tell: the minutes of each vendor's models, and how long requests took. Both stand beside the hours of
//! [`crate::usage`], import by import, and count where those count.

use domain::demand::HourMinutes;
use domain::varint::Damaged;
use futures_util::TryStreamExt;
use sqlx::{QueryBuilder, Row, SqliteConnection};

use crate::{Result, StoreError, Tag, Write};

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
pub struct Latency {
    /// Epoch second the cell begins at.
    pub hour: i64,
    pub series: u32,
    pub sketch: Vec<u8>,
}

/// Rows of one statement: six values each stay far below SQLite's limit.
const BATCH: usize = 1_000;

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
                .push_bind(one.minutes.as_slice());
        });
        insert.build().persistent(true).execute(write.connection()).await?;
    }
    write.touch(Tag::Usage);
    Ok(())
}

/// Adds the sketches of an import's cells. They must be unique by (hour, series).
pub async fn insert_latencies(write: &mut Write, import: i64, counted: bool, latencies: &[Latency]) -> Result<()> {
    for batch in latencies.chunks(BATCH) {
        let mut insert = QueryBuilder::new("INSERT INTO usage_latency (hour, series, import, counted, sketch) ");
        insert.push_values(batch, |mut values, one| {
            values
                .push_bind(one.hour)
                .push_bind(one.series)
                .push_bind(import)
                .push_bind(counted)
                .push_bind(one.sketch.as_slice());
        });
        insert.build().persistent(true).execute(write.connection()).await?;
    }
    write.touch(Tag::Usage);
    Ok(())
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
        "DELETE FROM usage_latency WHERE import = 0 AND hour BETWEEN $1 AND $2
           AND series IN (SELECT id FROM usage_series WHERE source_id = $3)",
    ] {
        sqlx::query(delete).bind(from).bind(to).bind(source).execute(write.connection()).await?;
    }
    Ok(())
}

/// Gives sketches the series their cells are about to get; `matches` says which cells `u` move by which `m`. The sketch of a cell
/// that stays, because its place is taken, stays too.
pub(crate) async fn move_latencies(write: &mut Write, matches: &str) -> Result<()> {
    let update = format!(
        "UPDATE OR IGNORE usage_latency AS l SET series = m.target FROM temp.cell_move m JOIN usage_hour u ON {matches}
         WHERE l.hour = u.hour AND l.series = u.series AND l.import = u.import AND NOT EXISTS (
           SELECT 1 FROM usage_hour t WHERE t.hour = u.hour AND t.series = m.target AND t.import = u.import)"
    );
    sqlx::query(sqlx::AssertSqlSafe(update)).execute(write.connection()).await?;
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
        let minutes = HourMinutes::from_bytes(row.try_get(4)?).map_err(damaged)?;
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
        minutes.push((row.try_get(0)?, row.try_get(1)?, HourMinutes::from_bytes(row.try_get(2)?).map_err(damaged)?));
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
        "SELECT hour, series, sketch FROM usage_latency WHERE hour >= $1 AND hour < $2 AND counted = 1 ORDER BY hour",
    )
    .bind(from)
    .bind(to)
    .fetch(connection);
    while let Some(row) = rows.try_next().await? {
        visit(row.try_get(0)?, row.try_get(1)?, row.try_get(2)?).map_err(damaged)?;
    }
    Ok(())
}

fn damaged(error: Damaged) -> StoreError {
    StoreError::Corrupt(error.to_string())
}
