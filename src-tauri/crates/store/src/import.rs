//! Records of imports, the feeds they came from, and the mappings remembered per header.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::id::ImportId;
use domain::overlap::{Answer, EdgeRow, SessionTrace, put_rows, put_sessions, read_rows, read_sessions};
use domain::usage::Measures;
use domain::varint::Damaged;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::row::{from_json, from_word, parsed, word};
use crate::seal::{open, seal};
use crate::{Result, StoreError, Tag, Write};

/// One import as recorded. `n` is its short number within roll-ups.
#[derive(Debug, Clone, PartialEq)]
pub struct Import {
    pub n: i64,
    pub id: ImportId,
    pub source_id: u32,
    pub source: String,
    pub format: String,
    pub name: String,
    pub sha256: String,
    pub bytes: i64,
    pub imported_at: DateTime<Utc>,
    pub rows: i64,
    pub bad: i64,
    /// Epoch seconds of the first and last hour.
    pub hours: Option<(i64, i64)>,
    /// Epoch nano-seconds of the first and the last row; `None` where no edges are known.
    pub span: Option<(i64, i64)>,
    pub sample: bool,
    pub mapping: Value,
    /// Number of the import of the same bytes in whose place this one stands.
    pub replaces: Option<i64>,
    /// What is done with hours told otherwise before.
    pub answer: Option<Answer>,
    pub reverted: bool,
}

const SELECT: &str =
    "SELECT i.*, s.name AS source, s.format FROM usage_import i JOIN usage_source s ON s.id = i.source_id";

/// Of imports that were not reverted and in whose place no other stands.
const LIVE: &str = "i.deleted = 0
    AND NOT EXISTS (SELECT 1 FROM usage_import r WHERE r.replaces = i.n AND r.deleted = 0)";

fn from_row(row: &SqliteRow) -> Result<Import> {
    let first: Option<i64> = row.try_get("first_hour")?;
    let last: Option<i64> = row.try_get("last_hour")?;
    let first_at: Option<i64> = row.try_get("first_at")?;
    let last_at: Option<i64> = row.try_get("last_at")?;
    let answer: Option<&str> = row.try_get("answer")?;
    Ok(Import {
        n: row.try_get("n")?,
        id: parsed(row.try_get("id")?)?,
        source_id: row.try_get("source_id")?,
        source: row.try_get("source")?,
        format: row.try_get("format")?,
        name: row.try_get("name")?,
        sha256: row.try_get("sha256")?,
        bytes: row.try_get("bytes")?,
        imported_at: parsed(row.try_get("imported_at")?)?,
        rows: row.try_get("rows")?,
        bad: row.try_get("bad")?,
        hours: first.zip(last),
        span: first_at.zip(last_at),
        sample: row.try_get("sample")?,
        mapping: from_json(row.try_get("mapping")?)?,
        replaces: row.try_get("replaces")?,
        answer: answer.map(from_word).transpose()?,
        reverted: row.try_get("deleted")?,
    })
}

/// Newest first.
pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<Import>> {
    let sql = format!("{SELECT} WHERE {LIVE} ORDER BY i.n DESC");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(connection).await?;
    rows.iter().map(from_row).collect()
}

/// An import, also one that was reverted.
pub async fn get(connection: &mut SqliteConnection, id: ImportId) -> Result<Import> {
    let sql = format!("{SELECT} WHERE i.id = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).fetch_optional(connection).await?;
    from_row(&row.ok_or(StoreError::NotFound)?)
}

/// An import by its number, also one that was reverted.
pub async fn by_number(connection: &mut SqliteConnection, n: i64) -> Result<Import> {
    let sql = format!("{SELECT} WHERE i.n = $1");
    let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(n).fetch_optional(connection).await?;
    from_row(&row.ok_or(StoreError::NotFound)?)
}

/// The import of exactly this file as this feed, if there was one.
pub async fn by_hash(connection: &mut SqliteConnection, sha256: &str) -> Result<Vec<Import>> {
    let sql = format!("{SELECT} WHERE i.sha256 = $1 AND {LIVE} ORDER BY i.n DESC");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(sha256).fetch_all(connection).await?;
    rows.iter().map(from_row).collect()
}

/// Inserts the record and returns its number. `n` of the argument is ignored.
pub async fn insert(write: &mut Write, import: &Import) -> Result<i64> {
    let row = sqlx::query(
        "INSERT INTO usage_import (id, source_id, name, sha256, bytes, imported_at, rows, bad, first_hour, last_hour, sample,
           mapping, first_at, last_at, replaces, answer)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) RETURNING n",
    )
    .bind(import.id.to_string())
    .bind(import.source_id)
    .bind(&import.name)
    .bind(&import.sha256)
    .bind(import.bytes)
    .bind(import.imported_at.to_rfc3339_opts(SecondsFormat::Millis, true))
    .bind(import.rows)
    .bind(import.bad)
    .bind(import.hours.map(|(first, _)| first))
    .bind(import.hours.map(|(_, last)| last))
    .bind(import.sample)
    .bind(import.mapping.to_string())
    .bind(import.span.map(|(first, _)| first))
    .bind(import.span.map(|(_, last)| last))
    .bind(import.replaces)
    .bind(import.answer.as_ref().map(word).transpose()?)
    .fetch_one(write.connection())
    .await?;
    write.touch(Tag::USAGE);
    Ok(row.try_get("n")?)
}

/// Marks an import reverted, or not any more.
pub async fn set_reverted(write: &mut Write, n: i64, reverted: bool) -> Result<()> {
    sqlx::query("UPDATE usage_import SET deleted = $1 WHERE n = $2")
        .bind(reverted)
        .bind(n)
        .execute(write.connection())
        .await?;
    write.touch(Tag::USAGE);
    Ok(())
}

/// Imports of a feed that are in force, in the order they came.
pub async fn of_feed(connection: &mut SqliteConnection, source: u32) -> Result<Vec<Import>> {
    let sql = format!("{SELECT} WHERE i.source_id = $1 AND {LIVE} ORDER BY i.n");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(source).fetch_all(connection).await?;
    rows.iter().map(from_row).collect()
}

/// Changes what is done with an import's hours that were told otherwise before.
pub async fn set_answer(write: &mut Write, n: i64, answer: Option<Answer>) -> Result<()> {
    sqlx::query("UPDATE usage_import SET answer = $1 WHERE n = $2")
        .bind(answer.as_ref().map(word).transpose()?)
        .bind(n)
        .execute(write.connection())
        .await?;
    write.touch(Tag::USAGE);
    Ok(())
}

/// Keeps the rows of an import's edge hours and the sessions near them.
pub async fn keep_edges(
    write: &mut Write,
    n: i64,
    edges: &[(i64, Vec<EdgeRow>)],
    traces: &[SessionTrace],
) -> Result<()> {
    for (hour, rows) in edges {
        sqlx::query("INSERT INTO usage_edge (import, hour, rows) VALUES ($1, $2, $3)")
            .bind(n)
            .bind(hour)
            .bind(seal(put_rows(rows)))
            .execute(write.connection())
            .await?;
    }
    if !traces.is_empty() {
        sqlx::query("INSERT INTO usage_trace (import, sessions) VALUES ($1, $2)")
            .bind(n)
            .bind(seal(put_sessions(traces)))
            .execute(write.connection())
            .await?;
    }
    Ok(())
}

/// The rows an import keeps of its edge hours, by hour.
pub async fn edges(connection: &mut SqliteConnection, n: i64) -> Result<Vec<(i64, Vec<EdgeRow>)>> {
    let rows = sqlx::query("SELECT hour, rows FROM usage_edge WHERE import = $1 ORDER BY hour")
        .bind(n)
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, read_rows(open(row.try_get(1)?)?).map_err(ledger)?))).collect()
}

pub async fn traces(connection: &mut SqliteConnection, n: i64) -> Result<Vec<SessionTrace>> {
    let bytes: Option<Vec<u8>> = sqlx::query_scalar("SELECT sessions FROM usage_trace WHERE import = $1")
        .bind(n)
        .fetch_optional(connection)
        .await?;
    bytes.map_or(Ok(Vec::new()), |bytes| read_sessions(open(&bytes)?).map_err(ledger))
}

fn ledger(error: Damaged) -> StoreError {
    StoreError::Corrupt(error.to_string())
}

/// Gives kept rows and sessions other series, as their cells got them. `target` says which; hours are whole ones.
pub async fn move_edges(write: &mut Write, target: impl Fn(u32, i64, &Measures) -> Option<u32>) -> Result<()> {
    let kept = sqlx::query("SELECT import, hour, rows FROM usage_edge").fetch_all(write.connection()).await?;
    for row in kept {
        let (import, hour): (i64, i64) = (row.try_get(0)?, row.try_get(1)?);
        let mut rows = read_rows(open(row.try_get(2)?)?).map_err(ledger)?;
        let mut changed = false;
        for row in &mut rows {
            if let Some(series) = target(row.series, hour + i64::from(row.cell), &row.measures) {
                (row.series, changed) = (series, true);
            }
        }
        if changed {
            sqlx::query("UPDATE usage_edge SET rows = $1 WHERE import = $2 AND hour = $3")
                .bind(seal(put_rows(&rows)))
                .bind(import)
                .bind(hour)
                .execute(write.connection())
                .await?;
        }
    }
    let kept = sqlx::query("SELECT import, sessions FROM usage_trace").fetch_all(write.connection()).await?;
    for row in kept {
        let import: i64 = row.try_get(0)?;
        let mut sessions = read_sessions(open(row.try_get(1)?)?).map_err(ledger)?;
        let mut changed = false;
        for session in &mut sessions {
            let at = session.hour() + i64::from(session.cell);
            if let Some(series) = target(session.series, at, &Measures::default()) {
                (session.series, changed) = (series, true);
            }
        }
        if changed {
            sqlx::query("UPDATE usage_trace SET sessions = $1 WHERE import = $2")
                .bind(seal(put_sessions(&sessions)))
                .bind(import)
                .execute(write.connection())
                .await?;
        }
    }
    Ok(())
}

/// Feeds, by id.
pub async fn sources(connection: &mut SqliteConnection) -> Result<Vec<(u32, String, String)>> {
    let rows = sqlx::query("SELECT id, name, format FROM usage_source ORDER BY id").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get(0)?, row.try_get(1)?, row.try_get(2)?))).collect()
}

/// Which of two feeds that tell of the same traffic counts; `None` is both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FeedPair {
    pub a: u32,
    pub b: u32,
    pub basis: Option<u32>,
}

pub async fn feed_pairs(connection: &mut SqliteConnection) -> Result<Vec<FeedPair>> {
    let rows = sqlx::query("SELECT first, second, basis FROM usage_feed_pair").fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let (a, b): (u32, u32) = (row.try_get(0)?, row.try_get(1)?);
            let basis = match row.try_get::<&str, _>(2)? {
                "first" => Some(a),
                "second" => Some(b),
                _ => None,
            };
            Ok(FeedPair { a, b, basis })
        })
        .collect()
}

/// Records an answer about two feeds; `None` forgets it.
pub async fn save_feed_pair(write: &mut Write, a: u32, b: u32, answer: Option<Option<u32>>) -> Result<()> {
    let (first, second) = (a.min(b), a.max(b));
    match answer {
        None => {
            sqlx::query("DELETE FROM usage_feed_pair WHERE first = $1 AND second = $2")
                .bind(first)
                .bind(second)
                .execute(write.connection())
                .await?;
        }
        Some(basis) => {
            let word = match basis {
                None => "both",
                Some(basis) if basis == first => "first",
                Some(_) => "second",
            };
            sqlx::query(
                "INSERT INTO usage_feed_pair (first, second, basis) VALUES ($1, $2, $3)
                 ON CONFLICT (first, second) DO UPDATE SET basis = excluded.basis",
            )
            .bind(first)
            .bind(second)
            .bind(word)
            .execute(write.connection())
            .await?;
        }
    }
    write.touch(Tag::USAGE);
    Ok(())
}

/// The id of a feed, if it was ever imported.
pub async fn source_id(connection: &mut SqliteConnection, name: &str, format: &str) -> Result<Option<u32>> {
    Ok(sqlx::query_scalar("SELECT id FROM usage_source WHERE name = $1 AND format = $2")
        .bind(name)
        .bind(format)
        .fetch_optional(connection)
        .await?)
}

pub async fn intern_source(write: &mut Write, name: &str, format: &str) -> Result<u32> {
    if let Some(id) = source_id(write.connection(), name, format).await? {
        return Ok(id);
    }
    let row = sqlx::query("INSERT INTO usage_source (name, format) VALUES ($1, $2) RETURNING id")
        .bind(name)
        .bind(format)
        .fetch_one(write.connection())
        .await?;
    Ok(row.try_get("id")?)
}

/// The mapping used last for files with this header.
pub async fn mapping(connection: &mut SqliteConnection, header: &str) -> Result<Option<Value>> {
    let text: Option<String> = sqlx::query_scalar("SELECT mapping FROM import_mapping WHERE header = $1")
        .bind(header)
        .fetch_optional(connection)
        .await?;
    text.as_deref().map(from_json).transpose()
}

pub async fn remember_mapping(write: &mut Write, header: &str, mapping: &Value) -> Result<()> {
    sqlx::query(
        "INSERT INTO import_mapping (header, mapping, used_at) VALUES ($1, $2, $3)
         ON CONFLICT (header) DO UPDATE SET mapping = excluded.mapping, used_at = excluded.used_at",
    )
    .bind(header)
    .bind(mapping.to_string())
    .bind(Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true))
    .execute(write.connection())
    .await?;
    Ok(())
}
