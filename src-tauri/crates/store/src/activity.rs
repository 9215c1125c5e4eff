//! The append-only activity log: what changed, before → after. Undo reads it.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::id::ActivityId;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::row::{from_json, parsed};
use crate::{Result, Tag, Write};

/// One change. `before` of `None` is a creation, `after` of `None` a deletion.
#[derive(Debug, Clone, PartialEq)]
pub struct Activity {
    pub id: ActivityId,
    pub at: DateTime<Utc>,
    /// "vendor", "contract", "price", "import", "settings", "commentary".
    pub area: String,
    /// "created", "edited", "deleted", "imported", "reverted".
    pub action: String,
    /// Id of the record within its area.
    pub record: String,
    /// The record's name, for people.
    pub subject: String,
    pub before: Option<Value>,
    pub after: Option<Value>,
    pub undone: bool,
}

fn from_row(row: &SqliteRow) -> Result<Activity> {
    let before: Option<&str> = row.try_get("before")?;
    let after: Option<&str> = row.try_get("after")?;
    Ok(Activity {
        id: parsed(row.try_get("id")?)?,
        at: parsed(row.try_get("at")?)?,
        area: row.try_get("area")?,
        action: row.try_get("action")?,
        record: row.try_get("record")?,
        subject: row.try_get("subject")?,
        before: before.map(from_json).transpose()?,
        after: after.map(from_json).transpose()?,
        undone: row.try_get("undone")?,
    })
}

/// Newest first.
pub async fn list(connection: &mut SqliteConnection, limit: i64) -> Result<Vec<Activity>> {
    let rows =
        sqlx::query("SELECT * FROM activity ORDER BY id DESC LIMIT $1").bind(limit).fetch_all(connection).await?;
    rows.iter().map(from_row).collect()
}

/// The newest change that can still be undone.
pub async fn last(connection: &mut SqliteConnection) -> Result<Option<Activity>> {
    let row = sqlx::query("SELECT * FROM activity WHERE undone = 0 ORDER BY id DESC LIMIT 1")
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// Records a change. Edits of one record that follow each other within ten seconds are one change: what a person
/// typed in one go is undone in one go.
pub async fn record(write: &mut Write, activity: &Activity) -> Result<()> {
    write.touch(Tag::ACTIVITY);
    if activity.action == "edited"
        && let Some(previous) = last(write.connection()).await?
        && previous.action == "edited"
        && previous.area == activity.area
        && previous.record == activity.record
        && (activity.at - previous.at).num_seconds() < 10
    {
        sqlx::query("UPDATE activity SET at = $1, after = $2, subject = $3 WHERE id = $4")
            .bind(activity.at.to_rfc3339_opts(SecondsFormat::Millis, true))
            .bind(activity.after.as_ref().map(Value::to_string))
            .bind(&activity.subject)
            .bind(previous.id.to_string())
            .execute(write.connection())
            .await?;
        return Ok(());
    }
    sqlx::query(
        "INSERT INTO activity (id, at, area, action, record, subject, before, after) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(activity.id.to_string())
    .bind(activity.at.to_rfc3339_opts(SecondsFormat::Millis, true))
    .bind(&activity.area)
    .bind(&activity.action)
    .bind(&activity.record)
    .bind(&activity.subject)
    .bind(activity.before.as_ref().map(Value::to_string))
    .bind(activity.after.as_ref().map(Value::to_string))
    .execute(write.connection())
    .await?;
    Ok(())
}

/// Keeps what a change, or its undoing, made of each month's spend.
pub async fn moved(write: &mut Write, id: ActivityId, undoing: bool, at: DateTime<Utc>, months: &Value) -> Result<()> {
    sqlx::query("INSERT INTO figure_moved (activity, at, undoing, months) VALUES ($1, $2, $3, $4)")
        .bind(id.to_string())
        .bind(at.to_rfc3339_opts(SecondsFormat::Millis, true))
        .bind(undoing)
        .bind(months.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::ACTIVITY);
    Ok(())
}

/// What the newest changes moved, as written by [`moved`]: by change, in the order it happened, with whether it was its undoing.
pub async fn all_moved(connection: &mut SqliteConnection, limit: i64) -> Result<Vec<(ActivityId, bool, Value)>> {
    let rows = sqlx::query(
        "SELECT activity, undoing, months FROM figure_moved
         WHERE activity IN (SELECT id FROM activity ORDER BY id DESC LIMIT $1) ORDER BY id",
    )
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| Ok((parsed(row.try_get("activity")?)?, row.try_get("undoing")?, from_json(row.try_get("months")?)?)))
        .collect()
}

pub async fn mark_undone(write: &mut Write, id: ActivityId) -> Result<()> {
    sqlx::query("UPDATE activity SET undone = 1 WHERE id = $1")
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::ACTIVITY);
    Ok(())
}
