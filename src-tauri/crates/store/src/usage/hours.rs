//! Hours as imports tell of them: one value an hour, feed and import.

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::calendar::ReportingCalendar;
use domain::hourly;
use domain::money::NANOS_PER_UNIT;
use domain::usage::Measures;
use futures_util::TryStreamExt;
use sqlx::{Row, SqliteConnection};

use super::{Cell, CellMove, Moved, StoredCell, damaged, days, rebuild_days};
use crate::seal::{open, seal};
use crate::{Result, Tag, Write, demand, packed};

/// Adds an import's cells, and their days. Cells come by (hour, series), unique, and an hour's all at once.
pub async fn insert(
    write: &mut Write,
    calendar: &ReportingCalendar,
    (import, source): (i64, u32),
    cells: &[Cell],
) -> Result<()> {
    insert_hours(write, (import, source), true, cells).await?;
    days::add(write, calendar, cells).await
}

/// Adds an import's hours without their days: for hours that may not count.
pub async fn insert_hours(
    write: &mut Write,
    (import, source): (i64, u32),
    counted: bool,
    cells: &[Cell],
) -> Result<()> {
    let hours = cells.chunk_by(|a, b| a.hour == b.hour);
    let packed =
        |hour: &[Cell]| (hour[0].hour, hourly::to_bytes(hour.iter().map(|cell| (cell.series, &cell.measures))));
    let packed = hours.map(packed).collect();
    packed::insert(write, "usage_hour (hour, source, import, counted, cells)", (import, source), counted, packed).await
}

/// An hour of one import of a feed, as it is stored.
struct StoredHour {
    id: i64,
    hour: i64,
    counted: bool,
    cells: BTreeMap<u32, Measures>,
}

/// Gives cells another series and folds their days anew, in one pass over the hours. A cell whose place is taken stays.
/// Returns the cells that count and moved.
pub async fn move_cells(write: &mut Write, calendar: &ReportingCalendar, moves: &[CellMove]) -> Result<Vec<Moved>> {
    let mut by_series: HashMap<u32, Vec<&CellMove>> = HashMap::new();
    for one in moves {
        by_series.entry(one.series).or_default().push(one);
    }
    let target = |hour: i64, series: u32, measures: &Measures| {
        let fits = |one: &&&CellMove| {
            (one.from..one.to).contains(&hour) && one.lengths.hold(measures.requests, measures.tokens.input_total())
        };
        by_series.get(&series)?.iter().find(fits).map(|one| one.target)
    };
    let from = moves.iter().map(|one| one.from).min().unwrap_or(i64::MAX);
    let to = moves.iter().map(|one| one.to).max().unwrap_or(i64::MIN);
    let mut changed: Vec<(StoredHour, Vec<(u32, u32)>)> = Vec::new();
    {
        let mut rows = sqlx::query(
            "SELECT id, hour, counted, cells FROM usage_hour WHERE hour >= $1 AND hour < $2 ORDER BY hour, id",
        )
        .bind(from)
        .bind(to)
        .fetch(write.connection());
        while let Some(row) = rows.try_next().await? {
            let hour: i64 = row.try_get(1)?;
            let mut found = Vec::new();
            let bytes = open(row.try_get(3)?)?;
            hourly::each(bytes, |series, measures| {
                found.extend(target(hour, series, &measures).map(|target| (series, target)));
            })
            .map_err(damaged)?;
            if !found.is_empty() {
                let mut cells = BTreeMap::new();
                hourly::each(bytes, |series, measures| {
                    cells.insert(series, measures);
                })
                .map_err(damaged)?;
                let stored = StoredHour { id: row.try_get(0)?, hour, counted: row.try_get(2)?, cells };
                changed.push((stored, found));
            }
        }
    }
    let mut moved = Vec::new();
    let mut span: Option<(i64, i64)> = None;
    for (mut stored, mut pairs) in changed {
        pairs.retain(|(series, target)| {
            let is_free = !stored.cells.contains_key(target);
            if let (true, Some(measures)) = (is_free, stored.cells.remove(series)) {
                stored.cells.insert(*target, measures);
                if stored.counted {
                    moved.push((stored.hour, *target, measures));
                }
            }
            is_free
        });
        if pairs.is_empty() {
            continue;
        }
        span = Some(span.map_or((stored.hour, stored.hour), |(from, to)| (from.min(stored.hour), to.max(stored.hour))));
        sqlx::query("UPDATE usage_hour SET cells = $1 WHERE id = $2")
            .bind(seal(hourly::to_bytes(stored.cells.iter().map(|(series, measures)| (*series, measures)))))
            .bind(stored.id)
            .execute(write.connection())
            .await?;
        demand::move_latencies(write, stored.id, &pairs).await?;
    }
    if let Some((from, to)) = span {
        rebuild_days(write, calendar, from, to).await?;
    }
    Ok(moved)
}

/// Forgets series whose cells have moved to others, unless some could not.
pub async fn forget_series(write: &mut Write, moved: &[u32]) -> Result<()> {
    let mut empty: HashSet<u32> = moved.iter().copied().collect();
    {
        let mut rows = sqlx::query("SELECT cells FROM usage_hour").fetch(write.connection());
        while let (false, Some(row)) = (empty.is_empty(), rows.try_next().await?) {
            hourly::each(open(row.try_get(0)?)?, |series, _| {
                empty.remove(&series);
            })
            .map_err(damaged)?;
        }
    }
    for series in empty {
        sqlx::query("DELETE FROM usage_series WHERE id = $1").bind(series).execute(write.connection()).await?;
    }
    Ok(())
}

/// What the imports of a feed tell of hours `from..=to`, counted or not, by hour.
pub async fn cells_of_feed(
    connection: &mut SqliteConnection,
    source: u32,
    (from, to): (i64, i64),
) -> Result<Vec<StoredCell>> {
    let mut rows = sqlx::query(
        "SELECT hour, import, counted, cells FROM usage_hour
         WHERE hour BETWEEN $1 AND $2 AND source = $3 AND import <> 0 ORDER BY hour",
    )
    .bind(from)
    .bind(to)
    .bind(source)
    .fetch(connection);
    let mut cells = Vec::new();
    while let Some(row) = rows.try_next().await? {
        let (hour, import, counted) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
        hourly::each(open(row.try_get(3)?)?, |series, measures| {
            cells.push(StoredCell { hour, series, import, counted, measures });
        })
        .map_err(damaged)?;
    }
    Ok(cells)
}

/// What a feed's imports tell together of hours `from..=to`.
pub async fn shared_cells(connection: &mut SqliteConnection, source: u32, (from, to): (i64, i64)) -> Result<Vec<Cell>> {
    let mut rows = sqlx::query(
        "SELECT hour, cells FROM usage_hour WHERE hour BETWEEN $1 AND $2 AND source = $3 AND import = 0 ORDER BY hour",
    )
    .bind(from)
    .bind(to)
    .bind(source)
    .fetch(connection);
    let mut cells = Vec::new();
    while let Some(row) = rows.try_next().await? {
        let hour = row.try_get(0)?;
        hourly::each(open(row.try_get(1)?)?, |series, measures| cells.push(Cell { hour, series, measures }))
            .map_err(damaged)?;
    }
    Ok(cells)
}

/// The hours of `from..=to` an import of a feed tells of between its edges, each with whether it counts; cells are not read.
pub async fn hours_of_import(
    connection: &mut SqliteConnection,
    (import, source): (i64, u32),
    (from, to): (i64, i64),
) -> Result<Vec<(i64, bool)>> {
    let sql = "SELECT hour, counted FROM usage_hour
         WHERE hour BETWEEN $1 AND $2 AND source = $3 AND import = $4 ORDER BY hour";
    Ok(sqlx::query_as(sql).bind(from).bind(to).bind(source).bind(import).fetch_all(connection).await?)
}

/// Hands on an import's cells of hours `from..=to` between its edges, counted or not, by hour: there may be millions.
pub async fn each_of_import(
    connection: &mut SqliteConnection,
    (import, source): (i64, u32),
    (from, to): (i64, i64),
    mut visit: impl FnMut(i64, u32, &Measures),
) -> Result<()> {
    let mut rows = sqlx::query(
        "SELECT hour, cells FROM usage_hour WHERE hour BETWEEN $1 AND $2 AND source = $3 AND import = $4 ORDER BY hour",
    )
    .bind(from)
    .bind(to)
    .bind(source)
    .bind(import)
    .fetch(connection);
    while let Some(row) = rows.try_next().await? {
        let hour: i64 = row.try_get(0)?;
        hourly::each(open(row.try_get(1)?)?, |series, measures| visit(hour, series, &measures)).map_err(damaged)?;
    }
    Ok(())
}

/// Says for stretches of hours of an import whether they count, minutes and latencies included; days are folded by the caller.
pub async fn set_counted(write: &mut Write, import: i64, (from, to): (i64, i64), counted: bool) -> Result<()> {
    sqlx::query("UPDATE usage_hour SET counted = $1 WHERE hour BETWEEN $2 AND $3 AND import = $4 AND counted <> $1")
        .bind(counted)
        .bind(from)
        .bind(to)
        .bind(import)
        .execute(write.connection())
        .await?;
    demand::set_counted(write, import, (from, to), counted).await?;
    write.touch(Tag::USAGE);
    Ok(())
}

/// Removes what a feed's imports tell together of hours `from..=to`; days are folded by the caller.
pub async fn remove_shared(write: &mut Write, source: u32, (from, to): (i64, i64)) -> Result<()> {
    demand::remove_shared(write, source, (from, to)).await?;
    sqlx::query("DELETE FROM usage_hour WHERE import = 0 AND hour BETWEEN $1 AND $2 AND source = $3")
        .bind(from)
        .bind(to)
        .bind(source)
        .execute(write.connection())
        .await?;
    write.touch(Tag::USAGE);
    Ok(())
}

/// The last hour any usage was seen in, as the epoch second it starts at.
pub async fn last_hour(connection: &mut SqliteConnection) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar("SELECT hour FROM usage_hour WHERE counted = 1 ORDER BY hour DESC LIMIT 1")
        .fetch_optional(connection)
        .await?)
}

/// Every hourly cell that counts, by (hour, series, import), through a callback: for exports, which must not hold them all.
pub async fn each_hour(
    connection: &mut SqliteConnection,
    mut visit: impl FnMut(i64, u32, i64, Measures) -> std::io::Result<()>,
) -> Result<()> {
    let mut rows =
        sqlx::query("SELECT hour, import, cells FROM usage_hour WHERE counted = 1 ORDER BY hour").fetch(connection);
    let mut held: (i64, Vec<(u32, i64, Measures)>) = (i64::MIN, Vec::new());
    loop {
        let row = rows.try_next().await?;
        let hour = row.as_ref().map(|row| row.try_get(0)).transpose()?;
        if hour != Some(held.0) {
            held.1.sort_unstable_by_key(|(series, import, _)| (*series, *import));
            for (series, import, measures) in held.1.drain(..) {
                visit(held.0, series, import, measures)?;
            }
        }
        let (Some(row), Some(hour)) = (row, hour) else { return Ok(()) };
        let import: i64 = row.try_get(1)?;
        held.0 = hour;
        hourly::each(open(row.try_get(2)?)?, |series, measures| held.1.push((series, import, measures)))
            .map_err(damaged)?;
    }
}

/// What counts of the hours that begin from `from` on and before `to` (epoch seconds), by hour and series.
pub async fn hours_within(
    connection: &mut SqliteConnection,
    (from, to): (i64, i64),
    mut visit: impl FnMut(i64, u32, Measures),
) -> Result<()> {
    let mut rows = sqlx::query("SELECT hour, cells FROM usage_hour WHERE counted = 1 AND hour >= $1 AND hour < $2")
        .bind(from)
        .bind(to)
        .fetch(connection);
    while let Some(row) = rows.try_next().await? {
        let hour: i64 = row.try_get(0)?;
        hourly::each(open(row.try_get(1)?)?, |series, measures| visit(hour, series, measures)).map_err(damaged)?;
    }
    Ok(())
}

/// Brings hours that a migration left as a row for each cell into their form. Nothing happens where there are none.
pub(crate) async fn pack_hours(write: &mut Write) -> Result<()> {
    const THERE: &str = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'usage_cell')";
    if !sqlx::query_scalar(THERE).fetch_one(write.connection()).await? {
        return Ok(());
    }
    let columns = Measures::COLUMNS.join(", ");
    let sql = format!(
        "SELECT u.hour, s.source_id, u.import, u.counted, u.series, {columns}, u.reported_units, u.reported_nanos
         FROM usage_cell u JOIN usage_series s ON s.id = u.series ORDER BY u.import, s.source_id, u.counted, u.hour, u.series"
    );
    type Place = (i64, u32, bool);
    let mut stretches: Vec<(Place, Vec<Cell>)> = Vec::new();
    {
        let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch(write.connection());
        while let Some(row) = rows.try_next().await? {
            let place: Place = (row.try_get(2)?, row.try_get(1)?, row.try_get(3)?);
            let mut counts = [0u64; Measures::COLUMNS.len()];
            for (offset, count) in counts.iter_mut().enumerate() {
                *count = row.try_get::<i64, _>(5 + offset)?.unsigned_abs();
            }
            let amount = |at: usize| row.try_get::<i64, _>(5 + counts.len() + at).map(i128::from);
            let measures = Measures::from_counts(counts, amount(0)? * NANOS_PER_UNIT + amount(1)?);
            let cell = Cell { hour: row.try_get(0)?, series: row.try_get(4)?, measures };
            match stretches.last_mut() {
                Some((same, cells)) if *same == place => cells.push(cell),
                _ => stretches.push((place, vec![cell])),
            }
        }
    }
    for ((import, source, counted), cells) in stretches {
        insert_hours(write, (import, source), counted, &cells).await?;
    }
    sqlx::query("DROP TABLE usage_cell").execute(write.connection()).await?;
    Ok(())
}
