//! Rounds of blind scoring and what was judged in them. Judgements are appended; what is taken back is marked.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::bakeoff::blind::Judgement;
use domain::id::{BakeoffId, RoundId};
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::row::{from_json, parsed, to_json};
use crate::{Result, StoreError, Tag, Write};

#[derive(Debug, Clone, PartialEq)]
pub struct Round {
    pub id: RoundId,
    pub bakeoff_id: BakeoffId,
    /// What is asked, how pairs are chosen, the seed.
    pub details: Value,
    pub opened_at: DateTime<Utc>,
    pub opened_by: String,
    pub closed: Option<(DateTime<Utc>, String)>,
}

/// A judgement as it is kept: in force, with the packet it came in with.
#[derive(Debug, Clone, PartialEq)]
pub struct Kept {
    pub id: i64,
    pub judgement: Judgement,
    pub packet: String,
}

fn round(row: &SqliteRow) -> Result<Round> {
    let closed_at: Option<&str> = row.try_get("closed_at")?;
    Ok(Round {
        id: parsed(row.try_get("id")?)?,
        bakeoff_id: parsed(row.try_get("bakeoff_id")?)?,
        details: from_json(row.try_get("details")?)?,
        opened_at: parsed(row.try_get("opened_at")?)?,
        opened_by: row.try_get("opened_by")?,
        closed: match closed_at {
            Some(at) => Some((parsed(at)?, row.try_get("closed_by")?)),
            None => None,
        },
    })
}

/// Of one bake-off, the newest first.
pub async fn list(connection: &mut SqliteConnection, id: BakeoffId) -> Result<Vec<Round>> {
    let rows =
        sqlx::query("SELECT * FROM blind_round WHERE bakeoff_id = $1 AND deleted = 0 ORDER BY opened_at DESC, id DESC")
            .bind(id.to_string())
            .fetch_all(connection)
            .await?;
    rows.iter().map(round).collect()
}

/// Of one bake-off, those that were taken back with their import among them.
pub async fn every(connection: &mut SqliteConnection, id: BakeoffId) -> Result<Vec<Round>> {
    let rows = sqlx::query("SELECT * FROM blind_round WHERE bakeoff_id = $1 ORDER BY opened_at DESC, id DESC")
        .bind(id.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(round).collect()
}

/// Takes a round out of sight, or brings it back.
pub async fn set_deleted(write: &mut Write, id: RoundId, deleted: bool) -> Result<()> {
    sqlx::query("UPDATE blind_round SET deleted = $1 WHERE id = $2")
        .bind(deleted)
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(())
}

/// Every round that is open: candidates of their bake-offs have no names.
pub async fn open(connection: &mut SqliteConnection) -> Result<Vec<Round>> {
    let rows = sqlx::query(
        "SELECT r.* FROM blind_round r JOIN bakeoff b ON b.id = r.bakeoff_id
         WHERE r.closed_at IS NULL AND r.deleted = 0 ORDER BY r.opened_at, r.id",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(round).collect()
}

pub async fn get(connection: &mut SqliteConnection, id: RoundId) -> Result<Round> {
    let row =
        sqlx::query("SELECT * FROM blind_round WHERE id = $1").bind(id.to_string()).fetch_optional(connection).await?;
    round(&row.ok_or(StoreError::NotFound)?)
}

pub async fn add(write: &mut Write, round: &Round) -> Result<()> {
    sqlx::query("INSERT INTO blind_round (id, bakeoff_id, details, opened_at, opened_by) VALUES ($1, $2, $3, $4, $5)")
        .bind(round.id.to_string())
        .bind(round.bakeoff_id.to_string())
        .bind(round.details.to_string())
        .bind(round.opened_at.to_rfc3339_opts(SecondsFormat::Millis, true))
        .bind(&round.opened_by)
        .execute(write.connection())
        .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(())
}

/// Closes a round: names are shown from here on.
///
/// # Errors
/// [`StoreError::NotFound`] where it is closed already.
pub async fn close(write: &mut Write, id: RoundId, at: DateTime<Utc>, by: &str) -> Result<()> {
    let done = sqlx::query("UPDATE blind_round SET closed_at = $1, closed_by = $2 WHERE id = $3 AND closed_at IS NULL")
        .bind(at.to_rfc3339_opts(SecondsFormat::Millis, true))
        .bind(by)
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::BAKEOFFS);
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

/// Those in force, in the order they were made.
pub async fn judgements(connection: &mut SqliteConnection, id: RoundId) -> Result<Vec<Kept>> {
    let rows = sqlx::query("SELECT id, body, packet FROM judgement WHERE round_id = $1 AND withdrawn = 0 ORDER BY id")
        .bind(id.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            Ok(Kept {
                id: row.try_get("id")?,
                judgement: from_json(row.try_get("body")?)?,
                packet: row.try_get("packet")?,
            })
        })
        .collect()
}

/// Adds one; its number is the file's.
pub async fn judge(
    write: &mut Write,
    round: RoundId,
    judgement: &Judgement,
    (at, packet): (DateTime<Utc>, &str),
) -> Result<i64> {
    let id = sqlx::query_scalar(
        "INSERT INTO judgement (round_id, rater, body, at, packet) VALUES ($1, $2, $3, $4, $5) RETURNING id",
    )
    .bind(round.to_string())
    .bind(&judgement.rater)
    .bind(to_json(judgement)?)
    .bind(at.to_rfc3339_opts(SecondsFormat::Millis, true))
    .bind(packet)
    .fetch_one(write.connection())
    .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(id)
}

/// Takes a judgement back.
pub async fn withdraw(write: &mut Write, id: i64) -> Result<()> {
    sqlx::query("UPDATE judgement SET withdrawn = 1 WHERE id = $1").bind(id).execute(write.connection()).await?;
    write.touch(Tag::BAKEOFFS);
    Ok(())
}

/// Replaces what a round is: a packet went out, a dispute was settled.
pub async fn set_details(write: &mut Write, id: RoundId, details: &Value) -> Result<()> {
    sqlx::query("UPDATE blind_round SET details = $1 WHERE id = $2")
        .bind(details.to_string())
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(())
}
