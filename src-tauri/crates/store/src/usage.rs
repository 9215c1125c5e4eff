//! Roll-ups: series, hours, and the days folded from them.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate};
use domain::calendar::ReportingCalendar;
use domain::id::PriceId;
use domain::money::Currency;
use domain::usage::{Known, Measures, TokenCounts};
use futures_util::TryStreamExt;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, SqliteConnection};

use crate::{Result, Tag, Write, parsed};

/// What makes a series one of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SeriesKey {
    pub source: u32,
    /// Dimension value ids by `Dimension::index`.
    pub values: [u32; 5],
    pub tier: String,
    pub price: Option<PriceId>,
    pub band: u32,
    pub known: Known,
    pub reported_currency: Currency,
}

/// A roll-up cell: `hour` is the epoch second its hour starts at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub hour: i64,
    pub series: u32,
    pub measures: Measures,
}

const MEASURES: &str = "requests, successes, sessions, successful_sessions, input, cache_read, cache_write_5m,
    cache_write_1h, output, reasoning, reported_nanos";

/// Columns of a roll-up row by position, from `first` on: by name would cost a lookup per value of millions.
fn measures(row: &SqliteRow, first: usize) -> Result<Measures> {
    let at = |offset: usize| -> Result<u64> { Ok(row.try_get::<i64, _>(first + offset)?.unsigned_abs()) };
    Ok(Measures {
        requests: at(0)?,
        successes: at(1)?,
        sessions: at(2)?,
        successful_sessions: at(3)?,
        tokens: TokenCounts {
            input: at(4)?,
            cache_read: at(5)?,
            cache_write_5m: at(6)?,
            cache_write_1h: at(7)?,
            output: at(8)?,
            reasoning: at(9)?,
        },
        reported_nanos: row.try_get(first + 10)?,
    })
}

/// Every series with its id, by id.
pub async fn series(connection: &mut SqliteConnection) -> Result<Vec<(u32, SeriesKey)>> {
    let rows = sqlx::query(
        "SELECT id, source_id, vendor, model, feature, tenant, environment, tier, price_id, band, known, reported_currency
         FROM usage_series ORDER BY id",
    )
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let price: Option<&str> = row.try_get("price_id")?;
            let key = SeriesKey {
                source: row.try_get("source_id")?,
                values: [
                    row.try_get("vendor")?,
                    row.try_get("model")?,
                    row.try_get("feature")?,
                    row.try_get("tenant")?,
                    row.try_get("environment")?,
                ],
                tier: row.try_get("tier")?,
                price: price.map(parsed).transpose()?,
                band: row.try_get("band")?,
                known: Known::from_bits(row.try_get("known")?),
                reported_currency: parsed(row.try_get("reported_currency")?)?,
            };
            Ok((row.try_get("id")?, key))
        })
        .collect()
}

/// The ids of series, made where new; in the order given.
pub async fn intern_series(write: &mut Write, keys: &[SeriesKey]) -> Result<Vec<u32>> {
    let mut known: HashMap<SeriesKey, u32> =
        series(write.connection()).await?.into_iter().map(|(id, key)| (key, id)).collect();
    let mut ids = Vec::with_capacity(keys.len());
    for key in keys {
        let id = match known.get(key) {
            Some(id) => *id,
            None => {
                let [vendor, model, feature, tenant, environment] = key.values;
                let row = sqlx::query(
                    "INSERT INTO usage_series (source_id, vendor, model, feature, tenant, environment, tier, price_id,
                       band, known, reported_currency)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING id",
                )
                .bind(key.source)
                .bind(vendor)
                .bind(model)
                .bind(feature)
                .bind(tenant)
                .bind(environment)
                .bind(&key.tier)
                .bind(key.price.map(|id| id.to_string()))
                .bind(key.band)
                .bind(key.known.to_bits())
                .bind(key.reported_currency.code())
                .fetch_one(write.connection())
                .await?;
                let id: u32 = row.try_get("id")?;
                known.insert(key.clone(), id);
                id
            }
        };
        ids.push(id);
    }
    Ok(ids)
}

/// Adds an import's cells, and their days. Cells must be unique by (hour, series).
pub async fn insert(write: &mut Write, calendar: &ReportingCalendar, import: i64, cells: &[Cell]) -> Result<()> {
    for batch in cells.chunks(2_000) {
        let mut insert = QueryBuilder::new(const_format_hour());
        insert.push_values(batch, |mut values, cell| {
            values.push_bind(cell.hour).push_bind(cell.series).push_bind(import);
            push_measures(&mut values, &cell.measures);
        });
        insert.build().persistent(true).execute(write.connection()).await?;
    }
    let mut days: HashMap<(i32, u32), Measures> = HashMap::new();
    let mut day_of_hour: HashMap<i64, i32> = HashMap::new();
    for cell in cells {
        let day = *day_of_hour.entry(cell.hour).or_insert_with(|| epoch_day(calendar.day_of_seconds(cell.hour)));
        days.entry((day, cell.series)).or_default().add(&cell.measures);
    }
    let mut days: Vec<_> = days.into_iter().collect();
    days.sort_by_key(|(key, _)| *key);
    for batch in days.chunks(2_000) {
        let mut insert = QueryBuilder::new("INSERT INTO usage_day (day, series, ");
        insert.push(MEASURES).push(") ");
        insert.push_values(batch, |mut values, ((day, series), measures)| {
            values.push_bind(*day).push_bind(*series);
            push_measures(&mut values, measures);
        });
        insert.push(
            " ON CONFLICT (day, series) DO UPDATE SET requests = requests + excluded.requests,
               successes = successes + excluded.successes, sessions = sessions + excluded.sessions,
               successful_sessions = successful_sessions + excluded.successful_sessions,
               input = input + excluded.input, cache_read = cache_read + excluded.cache_read,
               cache_write_5m = cache_write_5m + excluded.cache_write_5m,
               cache_write_1h = cache_write_1h + excluded.cache_write_1h, output = output + excluded.output,
               reasoning = reasoning + excluded.reasoning, reported_nanos = reported_nanos + excluded.reported_nanos",
        );
        insert.build().execute(write.connection()).await?;
    }
    write.touch(Tag::Usage);
    Ok(())
}

fn const_format_hour() -> String {
    format!("INSERT INTO usage_hour (hour, series, import, {MEASURES}) ")
}

fn push_measures(values: &mut sqlx::query_builder::Separated<'_, sqlx::Sqlite, &'static str>, measures: &Measures) {
    let tokens = &measures.tokens;
    for value in [
        measures.requests,
        measures.successes,
        measures.sessions,
        measures.successful_sessions,
        tokens.input,
        tokens.cache_read,
        tokens.cache_write_5m,
        tokens.cache_write_1h,
        tokens.output,
        tokens.reasoning,
    ] {
        values.push_bind(i64::try_from(value).unwrap_or(i64::MAX));
    }
    values.push_bind(measures.reported_nanos);
}

/// Cells of one series that belong to another: hours wholly within `from..to` whose requests are on average longer than
/// `above` and not longer than `up_to` input tokens.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellMove {
    pub series: u32,
    pub target: u32,
    /// Epoch seconds; `to` is exclusive.
    pub from: i64,
    pub to: i64,
    pub above: Option<i64>,
    pub up_to: Option<i64>,
}

/// Gives cells another series and folds their days anew, in one pass over the roll-ups. A cell whose place is taken stays.
/// Returns how many moved.
pub async fn move_cells(write: &mut Write, calendar: &ReportingCalendar, moves: &[CellMove]) -> Result<u64> {
    sqlx::query(
        "CREATE TEMP TABLE IF NOT EXISTS cell_move (series INTEGER NOT NULL, target INTEGER NOT NULL,
           first INTEGER NOT NULL, last INTEGER NOT NULL, above INTEGER, up_to INTEGER)",
    )
    .execute(write.connection())
    .await?;
    sqlx::query("CREATE INDEX IF NOT EXISTS temp.cell_move_by_series ON cell_move (series)")
        .execute(write.connection())
        .await?;
    sqlx::query("DELETE FROM temp.cell_move").execute(write.connection()).await?;
    for batch in moves.chunks(4_000) {
        let mut insert = QueryBuilder::new("INSERT INTO temp.cell_move (series, target, first, last, above, up_to) ");
        insert.push_values(batch, |mut values, one| {
            values
                .push_bind(one.series)
                .push_bind(one.target)
                .push_bind(one.from)
                .push_bind(one.to.saturating_sub(3_600))
                .push_bind(one.above)
                .push_bind(one.up_to);
        });
        insert.build().execute(write.connection()).await?;
    }
    const MATCHES: &str = "u.series = m.series AND u.hour BETWEEN m.first AND m.last
         AND (m.above IS NULL OR (u.requests > 0
              AND u.input + u.cache_read + u.cache_write_5m + u.cache_write_1h > m.above * u.requests))
         AND (m.up_to IS NULL OR u.requests = 0
              OR u.input + u.cache_read + u.cache_write_5m + u.cache_write_1h <= m.up_to * u.requests)";
    let span = format!("SELECT min(u.hour), max(u.hour) FROM usage_hour u JOIN temp.cell_move m ON {MATCHES}");
    let span: (Option<i64>, Option<i64>) =
        sqlx::query_as(sqlx::AssertSqlSafe(span)).fetch_one(write.connection()).await?;
    let (Some(from), Some(to)) = span else { return Ok(0) };
    let update =
        format!("UPDATE OR IGNORE usage_hour AS u SET series = m.target FROM temp.cell_move m WHERE {MATCHES}");
    let moved = sqlx::query(sqlx::AssertSqlSafe(update)).execute(write.connection()).await?.rows_affected();
    rebuild_days(write, calendar, from, to).await?;
    Ok(moved)
}

/// Forgets series whose cells have moved to others; cells set aside follow them.
pub async fn forget_series(write: &mut Write, moved: &[(u32, u32)]) -> Result<()> {
    for (series, target) in moved {
        sqlx::query("UPDATE OR IGNORE usage_reverted SET series = $1 WHERE series = $2")
            .bind(target)
            .bind(series)
            .execute(write.connection())
            .await?;
        sqlx::query("DELETE FROM usage_series WHERE id = $1").bind(series).execute(write.connection()).await?;
    }
    Ok(())
}

/// A source's cells within hours `from..=to`, summed over its imports.
pub async fn cells_of_source(
    connection: &mut SqliteConnection,
    source: u32,
    from: i64,
    to: i64,
) -> Result<HashMap<(i64, u32), Measures>> {
    let sql = format!(
        "SELECT hour, series, {MEASURES} FROM usage_hour
         WHERE hour BETWEEN $1 AND $2 AND series IN (SELECT id FROM usage_series WHERE source_id = $3)"
    );
    let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(from).bind(to).bind(source).fetch(connection);
    let mut cells: HashMap<(i64, u32), Measures> = HashMap::new();
    while let Some(row) = rows.try_next().await? {
        cells.entry((row.try_get(0)?, row.try_get(1)?)).or_default().add(&measures(&row, 2)?);
    }
    Ok(cells)
}

/// Removes a source's cells in the hours given, whatever import told them.
pub async fn remove_hours(write: &mut Write, calendar: &ReportingCalendar, source: u32, hours: &[i64]) -> Result<()> {
    for hour in hours {
        sqlx::query(
            "DELETE FROM usage_hour WHERE hour = $1 AND series IN (SELECT id FROM usage_series WHERE source_id = $2)",
        )
        .bind(hour)
        .bind(source)
        .execute(write.connection())
        .await?;
    }
    if let (Some(from), Some(to)) = (hours.iter().min(), hours.iter().max()) {
        rebuild_days(write, calendar, *from, *to).await?;
    }
    Ok(())
}

/// Takes an import's cells in hours `from..=to` out of the roll-ups, keeping them aside.
pub async fn set_aside(
    write: &mut Write,
    calendar: &ReportingCalendar,
    import: i64,
    (from, to): (i64, i64),
) -> Result<()> {
    for sql in [
        "INSERT INTO usage_reverted SELECT * FROM usage_hour WHERE hour BETWEEN $1 AND $2 AND import = $3",
        "DELETE FROM usage_hour WHERE hour BETWEEN $1 AND $2 AND import = $3",
    ] {
        sqlx::query(sql).bind(from).bind(to).bind(import).execute(write.connection()).await?;
    }
    rebuild_days(write, calendar, from, to).await
}

/// Puts an import's cells back that were set aside.
pub async fn put_back(
    write: &mut Write,
    calendar: &ReportingCalendar,
    import: i64,
    (from, to): (i64, i64),
) -> Result<()> {
    for sql in [
        "INSERT INTO usage_hour SELECT * FROM usage_reverted WHERE import = $1",
        "DELETE FROM usage_reverted WHERE import = $1",
    ] {
        sqlx::query(sql).bind(import).execute(write.connection()).await?;
    }
    rebuild_days(write, calendar, from, to).await
}

/// Folds the days touched by hours `from..=to` anew.
pub async fn rebuild_days(write: &mut Write, calendar: &ReportingCalendar, from: i64, to: i64) -> Result<()> {
    const DAY: i64 = 86_400;
    // A local day reaches at most a day beyond any of its hours on either side.
    let hours: Vec<i64> = sqlx::query_scalar(
        "WITH RECURSIVE h (hour) AS (
           SELECT min(hour) FROM usage_hour WHERE hour BETWEEN $1 AND $2
           UNION ALL
           SELECT (SELECT min(u.hour) FROM usage_hour u WHERE u.hour > h.hour AND u.hour <= $2) FROM h WHERE h.hour IS NOT NULL)
         SELECT hour FROM h WHERE hour IS NOT NULL",
    )
    .bind(from.saturating_sub(2 * DAY))
    .bind(to.saturating_add(2 * DAY))
    .fetch_all(write.connection())
    .await?;
    let first = epoch_day(calendar.day_of_seconds(from));
    let last = epoch_day(calendar.day_of_seconds(to));
    sqlx::query("CREATE TEMP TABLE IF NOT EXISTS hour_day (hour INTEGER PRIMARY KEY, day INTEGER NOT NULL)")
        .execute(write.connection())
        .await?;
    sqlx::query("DELETE FROM temp.hour_day").execute(write.connection()).await?;
    let pairs: Vec<(i64, i32)> = hours
        .into_iter()
        .map(|hour| (hour, epoch_day(calendar.day_of_seconds(hour))))
        .filter(|(_, day)| (first..=last).contains(day))
        .collect();
    for batch in pairs.chunks(4_000) {
        let mut insert = QueryBuilder::new("INSERT INTO temp.hour_day (hour, day) ");
        insert.push_values(batch, |mut values, (hour, day)| {
            values.push_bind(*hour).push_bind(*day);
        });
        insert.build().execute(write.connection()).await?;
    }
    sqlx::query("DELETE FROM usage_day WHERE day BETWEEN $1 AND $2")
        .bind(first)
        .bind(last)
        .execute(write.connection())
        .await?;
    let sql = format!(
        "INSERT INTO usage_day (day, series, {MEASURES})
         SELECT d.day, u.series, sum(requests), sum(successes), sum(sessions), sum(successful_sessions), sum(input),
           sum(cache_read), sum(cache_write_5m), sum(cache_write_1h), sum(output), sum(reasoning), sum(reported_nanos)
         FROM temp.hour_day d JOIN usage_hour u ON u.hour = d.hour GROUP BY d.day, u.series"
    );
    sqlx::query(sqlx::AssertSqlSafe(sql)).execute(write.connection()).await?;
    write.touch(Tag::Usage);
    Ok(())
}

/// Folds every day anew, after the workspace's zone changed.
pub async fn rebuild_all_days(write: &mut Write, calendar: &ReportingCalendar) -> Result<()> {
    sqlx::query("DELETE FROM usage_day").execute(write.connection()).await?;
    let span: (Option<i64>, Option<i64>) =
        sqlx::query_as("SELECT min(hour), max(hour) FROM usage_hour").fetch_one(write.connection()).await?;
    if let (Some(from), Some(to)) = span {
        rebuild_days(write, calendar, from, to).await?;
    }
    write.touch(Tag::Usage);
    Ok(())
}

/// Every day row: (day, series id, measures), by day.
pub async fn days(connection: &mut SqliteConnection) -> Result<Vec<(NaiveDate, u32, Measures)>> {
    let sql = format!("SELECT day, series, {MEASURES} FROM usage_day ORDER BY day, series");
    let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch(connection);
    let mut days = Vec::new();
    while let Some(row) = rows.try_next().await? {
        days.push((from_epoch_day(row.try_get(0)?), row.try_get(1)?, measures(&row, 2)?));
    }
    Ok(days)
}

/// The last hour any usage was seen in, as the epoch second it starts at.
pub async fn last_hour(connection: &mut SqliteConnection) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar("SELECT max(hour) FROM usage_hour").fetch_one(connection).await?)
}

/// Every hourly cell in order, through a callback: for exports, which must not hold them all.
pub async fn each_hour(
    connection: &mut SqliteConnection,
    mut visit: impl FnMut(i64, u32, i64, Measures) -> std::io::Result<()>,
) -> Result<()> {
    let sql = format!("SELECT hour, series, import, {MEASURES} FROM usage_hour ORDER BY hour, series, import");
    let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch(connection);
    while let Some(row) = rows.try_next().await? {
        visit(row.try_get(0)?, row.try_get(1)?, row.try_get(2)?, measures(&row, 3)?)?;
    }
    Ok(())
}

fn epoch_day(day: NaiveDate) -> i32 {
    (day - DateTime::UNIX_EPOCH.date_naive()).num_days() as i32
}

fn from_epoch_day(day: i32) -> NaiveDate {
    DateTime::UNIX_EPOCH.date_naive() + chrono::Duration::days(i64::from(day))
}
