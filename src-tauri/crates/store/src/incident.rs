//! Incidents.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::id::IncidentId;
use domain::incident::{Incident, IncidentDetails};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::row::{from_json, parsed, to_json};
use crate::{Result, StoreError, Tag, Write};

fn incident(row: &SqliteRow) -> Result<Incident> {
    Ok(Incident {
        id: parsed(row.try_get("id")?)?,
        number: row.try_get("number")?,
        details: from_json::<IncidentDetails>(row.try_get("details")?)?,
    })
}

/// The newest first.
pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<Incident>> {
    let rows =
        sqlx::query("SELECT * FROM incident WHERE deleted = 0 ORDER BY number DESC").fetch_all(connection).await?;
    rows.iter().map(incident).collect()
}

/// One; also one that was removed.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(connection: &mut SqliteConnection, id: IncidentId) -> Result<Incident> {
    let row =
        sqlx::query("SELECT * FROM incident WHERE id = $1").bind(id.to_string()).fetch_optional(connection).await?;
    incident(&row.ok_or(StoreError::NotFound)?)
}

/// The number the next one is called by.
pub async fn next_number(connection: &mut SqliteConnection) -> Result<u32> {
    Ok(sqlx::query_scalar("SELECT coalesce(max(number), 0) + 1 FROM incident").fetch_one(connection).await?)
}

/// Inserts or replaces, bringing back one that was removed. A number stays what it was.
pub async fn save(write: &mut Write, incident: &Incident, at: DateTime<Utc>) -> Result<()> {
    sqlx::query(
        "INSERT INTO incident (id, number, details, created_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET details = excluded.details, deleted = 0",
    )
    .bind(incident.id.to_string())
    .bind(incident.number)
    .bind(to_json(&incident.details)?)
    .bind(at.to_rfc3339_opts(SecondsFormat::Millis, true))
    .execute(write.connection())
    .await?;
    write.touch(Tag::INCIDENTS);
    Ok(())
}

pub async fn delete(write: &mut Write, id: IncidentId) -> Result<()> {
    sqlx::query("UPDATE incident SET deleted = 1 WHERE id = $1")
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::INCIDENTS);
    Ok(())
}
