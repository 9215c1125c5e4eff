//! Post-mortems with their revisions, time lines and actions.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::id::{ActionId, EventId, IncidentId};
use domain::postmortem::history::Body;
use domain::postmortem::{Action, ActionDetails, Event};
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::row::{from_json, parsed, to_json};
use crate::{Result, Tag, Write};

/// What is known of a revision but for its text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revision {
    pub number: u32,
    pub at: DateTime<Utc>,
    pub author: String,
    pub hash: String,
    /// Why it was made, where it was not typed.
    pub cause: String,
}

/// A row of the time line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptEvent {
    pub id: EventId,
    pub incident_id: IncidentId,
    pub event: Event,
}

fn instant(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}

fn revision(row: &SqliteRow) -> Result<Revision> {
    Ok(Revision {
        number: row.try_get("number")?,
        at: parsed(row.try_get("at")?)?,
        author: row.try_get("author")?,
        hash: row.try_get("hash")?,
        cause: row.try_get("cause")?,
    })
}

/// What is kept of an incident's post-mortem but for its text; `None` where nobody has begun one.
pub async fn get(connection: &mut SqliteConnection, id: IncidentId) -> Result<Option<Value>> {
    let details: Option<String> = sqlx::query_scalar("SELECT details FROM postmortem WHERE incident_id = $1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    details.as_deref().map(from_json).transpose()
}

/// Every post-mortem that was begun, of incidents that are there.
pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<(IncidentId, Value)>> {
    let rows = sqlx::query(
        "SELECT p.incident_id, p.details FROM postmortem p JOIN incident i ON i.id = p.incident_id
         WHERE i.deleted = 0 ORDER BY i.number",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok((parsed(row.try_get("incident_id")?)?, from_json(row.try_get("details")?)?))).collect()
}

pub async fn save(write: &mut Write, id: IncidentId, details: &Value, at: DateTime<Utc>) -> Result<()> {
    sqlx::query(
        "INSERT INTO postmortem (incident_id, details, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (incident_id) DO UPDATE SET details = excluded.details",
    )
    .bind(id.to_string())
    .bind(details.to_string())
    .bind(instant(at))
    .execute(write.connection())
    .await?;
    write.touch(Tag::POSTMORTEMS);
    Ok(())
}

/// The newest revision.
pub async fn head(connection: &mut SqliteConnection, id: IncidentId) -> Result<Option<Revision>> {
    let row = sqlx::query(
        "SELECT number, at, author, hash, cause FROM postmortem_revision WHERE incident_id = $1 ORDER BY number DESC LIMIT 1",
    )
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(revision).transpose()
}

pub async fn revision_of(connection: &mut SqliteConnection, id: IncidentId, number: u32) -> Result<Option<Revision>> {
    let row = sqlx::query(
        "SELECT number, at, author, hash, cause FROM postmortem_revision WHERE incident_id = $1 AND number = $2",
    )
    .bind(id.to_string())
    .bind(number)
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(revision).transpose()
}

/// All revisions, the oldest first.
pub async fn revisions(connection: &mut SqliteConnection, id: IncidentId) -> Result<Vec<Revision>> {
    let rows = sqlx::query(
        "SELECT number, at, author, hash, cause FROM postmortem_revision WHERE incident_id = $1 ORDER BY number",
    )
    .bind(id.to_string())
    .fetch_all(connection)
    .await?;
    rows.iter().map(revision).collect()
}

/// What a revision is read from: the last whole text up to it, and the changes since.
pub async fn bodies(connection: &mut SqliteConnection, id: IncidentId, number: u32) -> Result<Vec<Body>> {
    let rows = sqlx::query(
        "SELECT body FROM postmortem_revision WHERE incident_id = $1 AND number <= $2 AND number >=
           (SELECT coalesce(max(number), 1) FROM postmortem_revision WHERE incident_id = $1 AND number <= $2 AND whole = 1)
         ORDER BY number",
    )
    .bind(id.to_string())
    .bind(number)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| from_json(row.try_get("body")?)).collect()
}

pub async fn append(write: &mut Write, id: IncidentId, revision: &Revision, body: &Body) -> Result<()> {
    sqlx::query(
        "INSERT INTO postmortem_revision (incident_id, number, at, author, whole, body, hash, cause)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(id.to_string())
    .bind(revision.number)
    .bind(instant(revision.at))
    .bind(&revision.author)
    .bind(matches!(body, Body::Whole { .. }))
    .bind(to_json(body)?)
    .bind(&revision.hash)
    .bind(&revision.cause)
    .execute(write.connection())
    .await?;
    write.touch(Tag::POSTMORTEM_TEXTS);
    Ok(())
}

fn event(row: &SqliteRow) -> Result<KeptEvent> {
    Ok(KeptEvent {
        id: parsed(row.try_get("id")?)?,
        incident_id: parsed(row.try_get("incident_id")?)?,
        event: from_json(row.try_get("details")?)?,
    })
}

/// The time line of an incident, in the order of time; of one instant, as they came.
pub async fn events(connection: &mut SqliteConnection, id: IncidentId) -> Result<Vec<KeptEvent>> {
    let rows = sqlx::query("SELECT * FROM incident_event WHERE incident_id = $1 AND deleted = 0 ORDER BY at, id")
        .bind(id.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(event).collect()
}

pub async fn event_get(connection: &mut SqliteConnection, id: EventId) -> Result<Option<KeptEvent>> {
    let row = sqlx::query("SELECT * FROM incident_event WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(event).transpose()
}

/// Adds or replaces a row, bringing back one that was removed.
pub async fn event_save(write: &mut Write, kept: &KeptEvent) -> Result<()> {
    sqlx::query(
        "INSERT INTO incident_event (id, incident_id, at, details) VALUES ($1, $2, $3, $4)
         ON CONFLICT (id) DO UPDATE SET at = excluded.at, details = excluded.details, deleted = 0",
    )
    .bind(kept.id.to_string())
    .bind(kept.incident_id.to_string())
    .bind(instant(kept.event.at))
    .bind(to_json(&kept.event)?)
    .execute(write.connection())
    .await?;
    write.touch(Tag::POSTMORTEMS);
    Ok(())
}

pub async fn event_delete(write: &mut Write, id: EventId) -> Result<()> {
    sqlx::query("UPDATE incident_event SET deleted = 1 WHERE id = $1")
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::POSTMORTEMS);
    Ok(())
}

fn action(row: &SqliteRow) -> Result<Action> {
    Ok(Action {
        id: parsed(row.try_get("id")?)?,
        incident_id: parsed(row.try_get("incident_id")?)?,
        details: from_json::<ActionDetails>(row.try_get("details")?)?,
    })
}

/// Actions of every incident that is there, as they were entered.
pub async fn actions(connection: &mut SqliteConnection) -> Result<Vec<Action>> {
    let rows = sqlx::query(
        "SELECT a.* FROM incident_action a JOIN incident i ON i.id = a.incident_id
         WHERE a.deleted = 0 AND i.deleted = 0 ORDER BY a.id",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(action).collect()
}

pub async fn action_get(connection: &mut SqliteConnection, id: ActionId) -> Result<Option<Action>> {
    let row = sqlx::query("SELECT * FROM incident_action WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(action).transpose()
}

/// Adds or replaces an action, bringing back one that was removed.
pub async fn action_save(write: &mut Write, action: &Action) -> Result<()> {
    sqlx::query(
        "INSERT INTO incident_action (id, incident_id, details) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET details = excluded.details, deleted = 0",
    )
    .bind(action.id.to_string())
    .bind(action.incident_id.to_string())
    .bind(to_json(&action.details)?)
    .execute(write.connection())
    .await?;
    write.touch(Tag::POSTMORTEMS);
    Ok(())
}

pub async fn action_delete(write: &mut Write, id: ActionId) -> Result<()> {
    sqlx::query("UPDATE incident_action SET deleted = 1 WHERE id = $1")
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::POSTMORTEMS);
    Ok(())
}
