//! Decisions: as they are written, and as they were signed, which the file itself keeps from changing.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::id::{BakeoffId, DecisionId};
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::row::{from_json, parsed};
use crate::{Result, StoreError, Tag, Write};

#[derive(Debug, Clone, PartialEq)]
pub struct Decision {
    pub id: DecisionId,
    pub bakeoff_id: BakeoffId,
    /// From 1: a decision is reopened as the next version.
    pub version: u32,
    pub content: Value,
    pub signed: Option<Signed>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Signed {
    pub at: DateTime<Utc>,
    pub by: String,
    pub hash: String,
    /// What it rests on.
    pub evidence: Value,
}

fn decision(row: &SqliteRow) -> Result<Decision> {
    let hash: Option<String> = row.try_get("hash")?;
    let signed = match hash {
        Some(hash) => Some(Signed {
            at: parsed(row.try_get("signed_at")?)?,
            by: row.try_get("signed_by")?,
            hash,
            evidence: from_json(row.try_get("evidence")?)?,
        }),
        None => None,
    };
    Ok(Decision {
        id: parsed(row.try_get("id")?)?,
        bakeoff_id: parsed(row.try_get("bakeoff_id")?)?,
        version: row.try_get("version")?,
        content: from_json(row.try_get("content")?)?,
        signed,
    })
}

/// Of one bake-off, the newest version first.
pub async fn list(connection: &mut SqliteConnection, id: BakeoffId) -> Result<Vec<Decision>> {
    let rows = sqlx::query("SELECT * FROM decision WHERE bakeoff_id = $1 ORDER BY version DESC")
        .bind(id.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(decision).collect()
}

/// Ids of all decisions of the file.
pub async fn ids(connection: &mut SqliteConnection) -> Result<Vec<String>> {
    Ok(sqlx::query_scalar("SELECT id FROM decision").fetch_all(connection).await?)
}

/// What the log holds of signatures under a name, in force: when, and the decision's id. A decision that was removed behind the
/// program's back still stands there.
pub async fn signatures(
    connection: &mut SqliteConnection,
    area: &str,
    subject: &str,
) -> Result<Vec<(DateTime<Utc>, String)>> {
    let rows = sqlx::query(
        "SELECT at, record FROM activity WHERE area = $1 AND subject = $2 AND action = 'signed' AND undone = 0 ORDER BY rowid",
    )
    .bind(area)
    .bind(subject)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok((parsed(row.try_get("at")?)?, row.try_get("record")?))).collect()
}

pub async fn get(connection: &mut SqliteConnection, id: DecisionId) -> Result<Decision> {
    let row =
        sqlx::query("SELECT * FROM decision WHERE id = $1").bind(id.to_string()).fetch_optional(connection).await?;
    decision(&row.ok_or(StoreError::NotFound)?)
}

/// Saves one that is not signed.
pub async fn save(write: &mut Write, decision: &Decision) -> Result<()> {
    sqlx::query(
        "INSERT INTO decision (id, bakeoff_id, version, content) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET content = excluded.content",
    )
    .bind(decision.id.to_string())
    .bind(decision.bakeoff_id.to_string())
    .bind(decision.version)
    .bind(decision.content.to_string())
    .execute(write.connection())
    .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(())
}

/// Forgets a draft. One that is signed stays.
pub async fn discard(write: &mut Write, id: DecisionId) -> Result<()> {
    sqlx::query("DELETE FROM decision WHERE id = $1 AND hash IS NULL")
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(())
}

/// Signs a decision with what it rests on.
///
/// # Errors
/// [`StoreError::NotFound`] where it is signed already.
pub async fn sign(write: &mut Write, id: DecisionId, signed: &Signed) -> Result<()> {
    let done = sqlx::query(
        "UPDATE decision SET evidence = $1, hash = $2, signed_at = $3, signed_by = $4 WHERE id = $5 AND hash IS NULL",
    )
    .bind(signed.evidence.to_string())
    .bind(&signed.hash)
    .bind(signed.at.to_rfc3339_opts(SecondsFormat::Millis, true))
    .bind(&signed.by)
    .bind(id.to_string())
    .execute(write.connection())
    .await?;
    write.touch(Tag::BAKEOFFS);
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}
