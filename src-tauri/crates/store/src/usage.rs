//! Roll-ups: series, hours, and the days folded from them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use chrono::{DateTime, NaiveDate};

use domain::calendar::{ReportingCalendar, Tz, utc_day};
use domain::daily::{self, DayPart};
use domain::economics::BasisKind;
use domain::id::PriceId;
use domain::money::{Currency, NANOS_PER_UNIT};
use domain::price::Lengths;
use domain::usage::{Known, Measures};
use domain::varint::Damaged;
use futures_util::TryStreamExt;
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, SqliteConnection};

use crate::{Result, StoreError, Tag, Write, demand, parsed};

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
    pub basis: BasisKind,
    /// The zone its whole days are cut in; `None` where its rows are instants.
    pub day_zone: Option<Tz>,
}

/// A roll-up cell: `hour` is the epoch second its hour starts at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub hour: i64,
    pub series: u32,
    pub measures: Measures,
}

/// The measures' columns, as the domain lists them; a stated amount is whole units and nano-units of one sign.
static COLUMNS: LazyLock<Vec<&str>> =
    LazyLock::new(|| Measures::COLUMNS.iter().copied().chain(["reported_units", "reported_nanos"]).collect());

static MEASURES: LazyLock<String> = LazyLock::new(|| COLUMNS.join(", "));

/// "sum(requests), sum(successes), …".
static SUMS: LazyLock<String> = LazyLock::new(|| each_column(|column| format!("sum(u.{column})")));

fn each_column(write: impl Fn(&str) -> String) -> String {
    COLUMNS.iter().map(|column| write(column)).collect::<Vec<_>>().join(", ")
}

/// Columns of a roll-up row by position, from `first` on: by name would cost a lookup per value of millions.
pub(crate) fn measures(row: &SqliteRow, first: usize) -> Result<Measures> {
    let mut counts = [0u64; Measures::COLUMNS.len()];
    for (offset, count) in counts.iter_mut().enumerate() {
        *count = row.try_get::<i64, _>(first + offset)?.unsigned_abs();
    }
    let units: i64 = row.try_get(first + counts.len())?;
    let nanos: i64 = row.try_get(first + counts.len() + 1)?;
    Ok(Measures::from_counts(counts, i128::from(units) * NANOS_PER_UNIT + i128::from(nanos)))
}

/// Every series with its id, by id.
pub async fn series(connection: &mut SqliteConnection) -> Result<Vec<(u32, SeriesKey)>> {
    let rows = sqlx::query(
        "SELECT id, source_id, vendor, model, feature, tenant, environment, tier, price_id, band, known, reported_currency, basis,
                day_zone
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
                basis: parsed(row.try_get("basis")?)?,
                day_zone: row.try_get::<Option<&str>, _>("day_zone")?.map(parsed).transpose()?,
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
                       band, known, reported_currency, basis, day_zone)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
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
                .bind(key.basis.name())
                .bind(key.day_zone.map(|zone| zone.name()))
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

/// What the imports of a feed tell together is stored under this number.
pub const SHARED: i64 = 0;

/// Adds an import's cells, and their days. Cells must be unique by (hour, series).
pub async fn insert(write: &mut Write, calendar: &ReportingCalendar, import: i64, cells: &[Cell]) -> Result<()> {
    insert_hours(write, import, true, cells).await?;
    let daily = daily_series(write).await?;
    let mut days: BTreeMap<i32, Parts> = BTreeMap::new();
    let mut day_of_hour: HashMap<i64, (i32, i32)> = HashMap::new();
    for cell in cells {
        let (reported, in_utc) = *day_of_hour
            .entry(cell.hour)
            .or_insert_with(|| (epoch_day(calendar.day_of_seconds(cell.hour)), epoch_day(utc_day(cell.hour))));
        let day = if daily.contains(&cell.series) { in_utc } else { reported };
        let part = days.entry(day).or_default().entry((cell.series, in_utc - day)).or_default();
        part.add(&cell.measures);
    }
    for (day, mut parts) in days {
        let there: Option<Vec<u8>> = sqlx::query_scalar("SELECT parts FROM usage_day WHERE day = $1")
            .bind(day)
            .fetch_optional(write.connection())
            .await?;
        for part in there.map(|bytes| daily::from_bytes(&bytes)).transpose().map_err(damaged)?.into_iter().flatten() {
            parts.entry((part.series, part.utc_step)).or_default().add(&part.measures);
        }
        put_day(write, day, &parts).await?;
    }
    Ok(())
}

/// A day's measures by series and step to the day of UTC.
type Parts = BTreeMap<(u32, i32), Measures>;

async fn put_day(write: &mut Write, day: i32, parts: &Parts) -> Result<()> {
    let parts: Vec<DayPart> = parts
        .iter()
        .map(|((series, utc_step), measures)| DayPart { series: *series, utc_step: *utc_step, measures: *measures })
        .collect();
    sqlx::query("INSERT OR REPLACE INTO usage_day (day, parts) VALUES ($1, $2)")
        .bind(day)
        .bind(daily::to_bytes(&parts))
        .execute(write.connection())
        .await?;
    Ok(())
}

fn damaged(error: Damaged) -> StoreError {
    StoreError::Corrupt(error.to_string())
}

/// Series whose rows are whole days: the day of such a row is its date, wherever it is reported.
async fn daily_series(write: &mut Write) -> Result<HashSet<u32>> {
    let ids = sqlx::query_scalar("SELECT id FROM usage_series WHERE day_zone IS NOT NULL");
    Ok(ids.fetch_all(write.connection()).await?.into_iter().collect())
}

/// Adds an import's hours without their days: for hours that may not count.
pub async fn insert_hours(write: &mut Write, import: i64, counted: bool, cells: &[Cell]) -> Result<()> {
    for batch in cells.chunks(1_000) {
        let mut insert = QueryBuilder::new("INSERT INTO usage_hour (hour, series, import, counted, ");
        insert.push(MEASURES.as_str()).push(") ");
        insert.push_values(batch, |mut values, cell| {
            values.push_bind(cell.hour).push_bind(cell.series).push_bind(import).push_bind(counted);
            push_measures(&mut values, &cell.measures);
        });
        insert.build().persistent(true).execute(write.connection()).await?;
    }
    write.touch(Tag::Usage);
    Ok(())
}

fn push_measures(values: &mut sqlx::query_builder::Separated<'_, sqlx::Sqlite, &'static str>, measures: &Measures) {
    for value in measures.counts() {
        values.push_bind(i64::try_from(value).unwrap_or(i64::MAX));
    }
    // No row states more than fits (see the reader), and no file has so many that their sum does not.
    values.push_bind(i64::try_from(measures.reported_nanos / NANOS_PER_UNIT).unwrap_or(i64::MAX));
    values.push_bind((measures.reported_nanos % NANOS_PER_UNIT) as i64);
}

/// Cells of one series that belong to another: those that start in `from..to` and whose requests are of some lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellMove {
    pub series: u32,
    pub target: u32,
    /// Epoch seconds; `to` is exclusive.
    pub from: i64,
    pub to: i64,
    pub lengths: Lengths,
}

/// A length as SQL compares it: beyond any count of tokens all are alike.
fn bound(length: u64) -> i64 {
    i64::try_from(length).unwrap_or(i64::MAX).min(1 << 40)
}

/// A cell that gets another series: the epoch second it starts at, the series it gets, and what it counts.
pub type Moved = (i64, u32, Measures);

/// Gives cells another series and folds their days anew, in one pass over the roll-ups. A cell whose place is taken stays.
/// Returns the cells that count and moved.
pub async fn move_cells(write: &mut Write, calendar: &ReportingCalendar, moves: &[CellMove]) -> Result<Vec<Moved>> {
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
                .push_bind(one.to.saturating_sub(1))
                .push_bind(one.lengths.above.map(bound))
                .push_bind(one.lengths.up_to.map(bound));
        });
        insert.build().execute(write.connection()).await?;
    }
    // `Lengths::hold`, over millions of cells at once; a test holds the two together.
    const INPUT: &str =
        "(u.input + u.cache_read + u.cache_write_5m + u.cache_write_1h + u.input_audio + u.input_image)";
    let matches = format!(
        "u.series = m.series AND u.hour BETWEEN m.first AND m.last
         AND (m.above IS NULL OR (u.requests > 0 AND {INPUT} > m.above * u.requests))
         AND (m.up_to IS NULL OR u.requests = 0 OR {INPUT} <= m.up_to * u.requests)"
    );
    let columns = each_column(|column| format!("u.{column}"));
    let found =
        format!("SELECT u.hour, m.target, u.counted, {columns} FROM temp.cell_move m JOIN usage_hour u ON {matches}");
    let mut moved = Vec::new();
    let mut span: Option<(i64, i64)> = None;
    {
        let mut rows = sqlx::query(sqlx::AssertSqlSafe(found)).fetch(write.connection());
        while let Some(row) = rows.try_next().await? {
            let hour: i64 = row.try_get(0)?;
            span = Some(span.map_or((hour, hour), |(from, to)| (from.min(hour), to.max(hour))));
            if row.try_get::<bool, _>(2)? {
                moved.push((hour, row.try_get(1)?, measures(&row, 3)?));
            }
        }
    }
    let Some((from, to)) = span else { return Ok(moved) };
    demand::move_latencies(write, &matches).await?;
    let update =
        format!("UPDATE OR IGNORE usage_hour AS u SET series = m.target FROM temp.cell_move m WHERE {matches}");
    sqlx::query(sqlx::AssertSqlSafe(update)).execute(write.connection()).await?;
    rebuild_days(write, calendar, from, to).await?;
    Ok(moved)
}

/// Forgets series whose cells have moved to others, unless some could not.
pub async fn forget_series(write: &mut Write, moved: &[u32]) -> Result<()> {
    for series in moved {
        sqlx::query(
            "DELETE FROM usage_series WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM usage_hour WHERE series = $1)",
        )
        .bind(series)
        .execute(write.connection())
        .await?;
    }
    Ok(())
}

/// A stored cell with the import it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredCell {
    pub hour: i64,
    pub series: u32,
    pub import: i64,
    pub counted: bool,
    pub measures: Measures,
}

/// What the imports of a feed tell of hours `from..=to`, counted or not, by hour.
pub async fn cells_of_feed(
    connection: &mut SqliteConnection,
    source: u32,
    (from, to): (i64, i64),
) -> Result<Vec<StoredCell>> {
    let sql = format!(
        "SELECT u.hour, u.series, u.import, u.counted, {} FROM usage_hour u
         WHERE u.hour BETWEEN $1 AND $2 AND u.import <> 0 AND u.series IN (SELECT id FROM usage_series WHERE source_id = $3)
         ORDER BY u.hour",
        each_column(|column| format!("u.{column}"))
    );
    let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(from).bind(to).bind(source).fetch(connection);
    let mut cells = Vec::new();
    while let Some(row) = rows.try_next().await? {
        cells.push(StoredCell {
            hour: row.try_get(0)?,
            series: row.try_get(1)?,
            import: row.try_get(2)?,
            counted: row.try_get(3)?,
            measures: measures(&row, 4)?,
        });
    }
    Ok(cells)
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
    write.touch(Tag::Usage);
    Ok(())
}

/// Removes what a feed's imports tell together of hours `from..=to`; days are folded by the caller.
pub async fn remove_shared(write: &mut Write, source: u32, (from, to): (i64, i64)) -> Result<()> {
    sqlx::query(
        "DELETE FROM usage_hour WHERE import = 0 AND hour BETWEEN $1 AND $2
           AND series IN (SELECT id FROM usage_series WHERE source_id = $3)",
    )
    .bind(from)
    .bind(to)
    .bind(source)
    .execute(write.connection())
    .await?;
    demand::remove_shared(write, source, (from, to)).await?;
    write.touch(Tag::Usage);
    Ok(())
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
    // The days of instants, and the dates of whole days.
    let first = epoch_day(calendar.day_of_seconds(from)).min(epoch_day(utc_day(from)));
    let last = epoch_day(calendar.day_of_seconds(to)).max(epoch_day(utc_day(to)));
    sqlx::query("CREATE TEMP TABLE IF NOT EXISTS hour_day (hour INTEGER PRIMARY KEY, day INTEGER NOT NULL, utc_day INTEGER NOT NULL)")
        .execute(write.connection())
        .await?;
    sqlx::query("DELETE FROM temp.hour_day").execute(write.connection()).await?;
    let pairs: Vec<(i64, i32)> =
        hours.into_iter().map(|hour| (hour, epoch_day(calendar.day_of_seconds(hour)))).collect();
    for batch in pairs.chunks(4_000) {
        let mut insert = QueryBuilder::new("INSERT INTO temp.hour_day (hour, day, utc_day) ");
        insert.push_values(batch, |mut values, (hour, day)| {
            values.push_bind(*hour).push_bind(*day).push_bind(epoch_day(utc_day(*hour)));
        });
        insert.build().execute(write.connection()).await?;
    }
    sqlx::query("DELETE FROM usage_day WHERE day BETWEEN $1 AND $2")
        .bind(first)
        .bind(last)
        .execute(write.connection())
        .await?;
    let sql = format!(
        "SELECT iif(s.day_zone IS NULL, d.day, d.utc_day) AS of_day, u.series, d.utc_day, {}
         FROM temp.hour_day d JOIN usage_hour u ON u.hour = d.hour LEFT JOIN usage_series s ON s.id = u.series
         WHERE u.counted = 1 AND of_day BETWEEN $1 AND $2 GROUP BY of_day, u.series, d.utc_day",
        *SUMS
    );
    let mut days: BTreeMap<i32, Parts> = BTreeMap::new();
    {
        let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(first).bind(last).fetch(write.connection());
        while let Some(row) = rows.try_next().await? {
            let (day, series, in_utc): (i32, u32, i32) = (row.try_get(0)?, row.try_get(1)?, row.try_get(2)?);
            days.entry(day).or_default().insert((series, in_utc - day), measures(&row, 3)?);
        }
    }
    for (day, parts) in &days {
        put_day(write, *day, parts).await?;
    }
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

/// What a series counts of a reporting day, as far as it lies on one day of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Day {
    pub day: NaiveDate,
    pub utc_day: NaiveDate,
    pub series: u32,
    pub measures: Measures,
}

/// Every day, in order of (day, series, day of UTC).
pub async fn days(connection: &mut SqliteConnection) -> Result<Vec<Day>> {
    let mut rows = sqlx::query("SELECT day, parts FROM usage_day ORDER BY day").fetch(connection);
    let mut days = Vec::new();
    while let Some(row) = rows.try_next().await? {
        let day: i32 = row.try_get(0)?;
        for DayPart { series, utc_step, measures } in daily::from_bytes(row.try_get(1)?).map_err(damaged)? {
            let utc_day = from_epoch_day(day + utc_step);
            days.push(Day { day: from_epoch_day(day), utc_day, series, measures });
        }
    }
    Ok(days)
}

/// The last hour any usage was seen in, as the epoch second it starts at.
pub async fn last_hour(connection: &mut SqliteConnection) -> Result<Option<i64>> {
    Ok(sqlx::query_scalar("SELECT hour FROM usage_hour WHERE counted = 1 ORDER BY hour DESC LIMIT 1")
        .fetch_optional(connection)
        .await?)
}

/// Every hourly cell that counts, in order, through a callback: for exports, which must not hold them all.
pub async fn each_hour(
    connection: &mut SqliteConnection,
    mut visit: impl FnMut(i64, u32, i64, Measures) -> std::io::Result<()>,
) -> Result<()> {
    let sql = format!(
        "SELECT hour, series, import, {} FROM usage_hour WHERE counted = 1 ORDER BY hour, series, import",
        *MEASURES
    );
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
