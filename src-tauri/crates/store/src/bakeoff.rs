//! Bake-offs and their candidates; what came in of results, what was judged blind and what was decided stand beside it.

pub mod decision;
pub mod results;
pub mod round;
pub mod scorer;

use chrono::{DateTime, SecondsFormat, Utc};
use domain::bakeoff::{Bakeoff, BakeoffDetails, Candidate, CandidateDetails, CandidateId};
use domain::id::BakeoffId;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::row::{from_json, parsed, to_json};
use crate::{Result, StoreError, Tag, Write};

fn bakeoff(row: &SqliteRow) -> Result<Bakeoff> {
    Ok(Bakeoff { id: parsed(row.try_get("id")?)?, details: from_json::<BakeoffDetails>(row.try_get("details")?)? })
}

/// The newest first.
pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<Bakeoff>> {
    let rows = sqlx::query("SELECT * FROM bakeoff WHERE deleted = 0 ORDER BY created_at DESC, id")
        .fetch_all(connection)
        .await?;
    rows.iter().map(bakeoff).collect()
}

/// A bake-off; also one that was removed.
pub async fn get(connection: &mut SqliteConnection, id: BakeoffId) -> Result<Bakeoff> {
    let row =
        sqlx::query("SELECT * FROM bakeoff WHERE id = $1").bind(id.to_string()).fetch_optional(connection).await?;
    bakeoff(&row.ok_or(StoreError::NotFound)?)
}

/// Inserts or replaces, bringing back one that was removed.
pub async fn save(write: &mut Write, bakeoff: &Bakeoff, at: DateTime<Utc>) -> Result<()> {
    sqlx::query(
        "INSERT INTO bakeoff (id, suite_id, contract_id, details, created_at) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET suite_id = excluded.suite_id, contract_id = excluded.contract_id,
           details = excluded.details, deleted = 0",
    )
    .bind(bakeoff.id.to_string())
    .bind(bakeoff.details.suite_id.to_string())
    .bind(bakeoff.details.contract_id.map(|id| id.to_string()))
    .bind(to_json(&bakeoff.details)?)
    .bind(at.to_rfc3339_opts(SecondsFormat::Millis, true))
    .execute(write.connection())
    .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(())
}

pub async fn delete(write: &mut Write, id: BakeoffId) -> Result<()> {
    sqlx::query("UPDATE bakeoff SET deleted = 1 WHERE id = $1")
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(())
}

fn candidate(row: &SqliteRow) -> Result<Candidate> {
    Ok(Candidate {
        id: CandidateId(row.try_get("id")?),
        details: from_json::<CandidateDetails>(row.try_get("details")?)?,
    })
}

/// Candidates by their names, in the order they were entered. Whoever shows them asks first whether a round is open.
pub async fn candidates(connection: &mut SqliteConnection, id: BakeoffId) -> Result<Vec<Candidate>> {
    let rows = sqlx::query("SELECT * FROM candidate WHERE bakeoff_id = $1 AND deleted = 0 ORDER BY place, id")
        .bind(id.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(candidate).collect()
}

/// A candidate with the bake-off it belongs to; also one that was removed.
pub async fn candidate_of(connection: &mut SqliteConnection, id: CandidateId) -> Result<(BakeoffId, Candidate)> {
    let row = sqlx::query("SELECT * FROM candidate WHERE id = $1").bind(id.0).fetch_optional(connection).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    Ok((parsed(row.try_get("bakeoff_id")?)?, candidate(&row)?))
}

pub async fn candidate_add(write: &mut Write, id: BakeoffId, details: &CandidateDetails) -> Result<CandidateId> {
    let made = sqlx::query_scalar(
        "INSERT INTO candidate (bakeoff_id, place, details)
         VALUES ($1, (SELECT coalesce(max(place), 0) + 1 FROM candidate WHERE bakeoff_id = $1), $2) RETURNING id",
    )
    .bind(id.to_string())
    .bind(to_json(details)?)
    .fetch_one(write.connection())
    .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(CandidateId(made))
}

/// Replaces what is said of a candidate, bringing back one that was removed.
pub async fn candidate_save(write: &mut Write, candidate: &Candidate) -> Result<()> {
    sqlx::query("UPDATE candidate SET details = $1, deleted = 0 WHERE id = $2")
        .bind(to_json(&candidate.details)?)
        .bind(candidate.id.0)
        .execute(write.connection())
        .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(())
}

pub async fn candidate_delete(write: &mut Write, id: CandidateId) -> Result<()> {
    sqlx::query("UPDATE candidate SET deleted = 1 WHERE id = $1").bind(id.0).execute(write.connection()).await?;
    write.touch(Tag::BAKEOFFS);
    Ok(())
}
