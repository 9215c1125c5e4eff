//! Records of imports, the feeds they came from, and the mappings remembered per header.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::id::ImportId;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::{Result, StoreError, Tag, Write, from_json, parsed};

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
    pub sample: bool,
    pub mapping: Value,
}

const SELECT: &str =
    "SELECT i.*, s.name AS source, s.format FROM usage_import i JOIN usage_source s ON s.id = i.source_id";

/// Of imports that were not reverted.
const LIVE: &str = "i.deleted = 0";

fn from_row(row: &SqliteRow) -> Result<Import> {
    let first: Option<i64> = row.try_get("first_hour")?;
    let last: Option<i64> = row.try_get("last_hour")?;
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
        sample: row.try_get("sample")?,
        mapping: from_json(row.try_get("mapping")?)?,
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

/// The import of exactly this file as this feed, if there was one.
pub async fn by_hash(connection: &mut SqliteConnection, sha256: &str) -> Result<Vec<Import>> {
    let sql = format!("{SELECT} WHERE i.sha256 = $1 AND {LIVE} ORDER BY i.n DESC");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(sha256).fetch_all(connection).await?;
    rows.iter().map(from_row).collect()
}

/// Inserts the record and returns its number. `n` of the argument is ignored.
pub async fn insert(write: &mut Write, import: &Import) -> Result<i64> {
    let row = sqlx::query(
        "INSERT INTO usage_import (id, source_id, name, sha256, bytes, imported_at, rows, bad, first_hour, last_hour, sample, mapping)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING n",
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
    .fetch_one(write.connection())
    .await?;
    write.touch(Tag::Usage);
    Ok(row.try_get("n")?)
}

/// Marks an import reverted, or not any more.
pub async fn set_reverted(write: &mut Write, n: i64, reverted: bool) -> Result<()> {
    sqlx::query("UPDATE usage_import SET deleted = $1 WHERE n = $2")
        .bind(reverted)
        .bind(n)
        .execute(write.connection())
        .await?;
    write.touch(Tag::Usage);
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
