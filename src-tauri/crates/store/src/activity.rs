//! The append-only activity log: what changed, before → after. Undo reads it.

use std::collections::BTreeSet;

use chrono::{DateTime, SecondsFormat, Utc};
use domain::id::ActivityId;
use serde_json::Value;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::row::{from_json, parsed, to_json};
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
    /// The first of the changes it was made together with, where there are any.
    pub together: Option<ActivityId>,
}

impl Activity {
    /// The same change the other way round: what takes it back does it again.
    pub fn reversed(&self) -> Self {
        Self { before: self.after.clone(), after: self.before.clone(), ..self.clone() }
    }

    /// Fields that are not what they were; every field there is where the record came or went.
    fn changed(&self) -> BTreeSet<&str> {
        let (before, after) = (fields(&self.before), fields(&self.after));
        let names = before.into_iter().chain(after).flat_map(|fields| fields.keys().map(String::as_str));
        names.filter(|name| before.and_then(|b| b.get(*name)) != after.and_then(|a| a.get(*name))).collect()
    }

    /// Whether this edit goes on with another: the same fields of the same record, before the person paused.
    fn continues(&self, previous: &Activity) -> bool {
        self.action == "edited"
            && previous.action == "edited"
            && previous.area == self.area
            && previous.record == self.record
            && previous.after == self.before
            && (self.at - previous.at).num_milliseconds() < PAUSE
            && self.changed().is_subset(&previous.changed())
    }
}

fn fields(state: &Option<Value>) -> Option<&serde_json::Map<String, Value>> {
    state.as_ref().and_then(Value::as_object)
}

/// Milliseconds between two savings after which what is typed is another change.
const PAUSE: i64 = 3_000;

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
        together: row.try_get::<Option<&str>, _>("together")?.map(parsed).transpose()?,
    })
}

/// Newest first.
pub async fn list(connection: &mut SqliteConnection, limit: i64) -> Result<Vec<Activity>> {
    let rows =
        sqlx::query("SELECT * FROM activity ORDER BY rowid DESC LIMIT $1").bind(limit).fetch_all(connection).await?;
    rows.iter().map(from_row).collect()
}

/// Newest first, of those in force that can be taken back at all.
pub async fn undoable(connection: &mut SqliteConnection, limit: i64) -> Result<Vec<Activity>> {
    let rows = sqlx::query(
        "SELECT * FROM activity WHERE undone = 0 AND (before IS NOT NULL OR after IS NOT NULL)
         ORDER BY rowid DESC LIMIT $1",
    )
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter().map(from_row).collect()
}

/// Newest first, of a record, of its parts, and of those that name it.
pub async fn about(
    connection: &mut SqliteConnection,
    record: &str,
    parts: &[String],
    limit: i64,
) -> Result<Vec<Activity>> {
    let rows = sqlx::query(
        "SELECT * FROM activity WHERE record = $1 OR instr(before, $1) > 0 OR instr(after, $1) > 0
           OR record IN (SELECT value FROM json_each($3))
         ORDER BY rowid DESC LIMIT $2",
    )
    .bind(record)
    .bind(limit)
    .bind(to_json(&parts)?)
    .fetch_all(connection)
    .await?;
    rows.iter().map(from_row).collect()
}

/// The newest change that can still be undone.
pub async fn last(connection: &mut SqliteConnection) -> Result<Option<Activity>> {
    let row = sqlx::query("SELECT * FROM activity WHERE undone = 0 ORDER BY rowid DESC LIMIT 1")
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(from_row).transpose()
}

/// Whether a change was taken back after this one was made: what is typed then is another change.
async fn undone_since(connection: &mut SqliteConnection, id: ActivityId) -> Result<bool> {
    let since = sqlx::query_scalar(
        "SELECT EXISTS (SELECT 1 FROM activity WHERE undone_at >= (SELECT rowid FROM activity WHERE id = $1))",
    )
    .bind(id.to_string())
    .fetch_one(connection)
    .await?;
    Ok(since)
}

/// Records a change. What a person typed into one field in one go is one change: it is undone in one go, and not
/// together with what they typed after a pause.
pub async fn record(write: &mut Write, activity: &Activity) -> Result<()> {
    write.touch(Tag::ACTIVITY);
    if let Some(previous) = last(write.connection()).await?
        && activity.continues(&previous)
        && !undone_since(write.connection(), previous.id).await?
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

/// Marks changes as made together, oldest first: one is taken back with the others.
pub async fn together(write: &mut Write, ids: &[ActivityId]) -> Result<()> {
    let [first, _, ..] = ids else { return Ok(()) };
    for id in ids {
        sqlx::query("UPDATE activity SET together = $1 WHERE id = $2")
            .bind(first.to_string())
            .bind(id.to_string())
            .execute(write.connection())
            .await?;
    }
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
         WHERE activity IN (SELECT id FROM activity ORDER BY rowid DESC LIMIT $1) ORDER BY id",
    )
    .bind(limit)
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| Ok((parsed(row.try_get("activity")?)?, row.try_get("undoing")?, from_json(row.try_get("months")?)?)))
        .collect()
}

/// Marks a change as taken back, after the newest change there is and whatever was taken back before it.
pub async fn mark_undone(write: &mut Write, id: ActivityId) -> Result<()> {
    sqlx::query(
        "UPDATE activity SET undone = 1, undone_at = (SELECT max(rowid) FROM activity),
             undone_place = (SELECT coalesce(max(undone_place), 0) + 1 FROM activity)
         WHERE id = $1",
    )
    .bind(id.to_string())
    .execute(write.connection())
    .await?;
    write.touch(Tag::ACTIVITY);
    Ok(())
}

/// Marks a change that was taken back as made again; `after` is what the log keeps of it henceforth, where that is
/// something else.
pub async fn mark_redone(write: &mut Write, id: ActivityId, after: Option<&Value>) -> Result<()> {
    sqlx::query("UPDATE activity SET undone = 0, undone_at = NULL, undone_place = NULL, after = coalesce($1, after) WHERE id = $2")
        .bind(after.map(Value::to_string))
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::ACTIVITY);
    Ok(())
}

/// The change that was taken back last, where no change has been made since: anything new is made on what is there.
pub async fn last_undone(connection: &mut SqliteConnection) -> Result<Option<Activity>> {
    let row = sqlx::query(
        "SELECT * FROM activity WHERE undone = 1 AND undone_at >= coalesce((SELECT max(rowid) FROM activity
             WHERE undone = 0 AND (before IS NOT NULL OR after IS NOT NULL)), 0)
         ORDER BY undone_place DESC LIMIT 1",
    )
    .fetch_optional(connection)
    .await?;
    row.as_ref().map(from_row).transpose()
}

/// What a record that is gone was called last.
pub async fn last_subject(connection: &mut SqliteConnection, area: &str, record: &str) -> Result<Option<String>> {
    let subject =
        sqlx::query_scalar("SELECT subject FROM activity WHERE area = $1 AND record = $2 ORDER BY rowid DESC LIMIT 1")
            .bind(area)
            .bind(record)
            .fetch_optional(connection)
            .await?;
    Ok(subject)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn edit(millis: i64, record: &str, before: Value, after: Value) -> Activity {
        Activity {
            id: ActivityId(uuid::Uuid::nil()),
            at: DateTime::from_timestamp_millis(millis).unwrap(),
            area: "vendor".into(),
            action: "edited".into(),
            record: record.into(),
            subject: String::new(),
            before: Some(before),
            after: Some(after),
            undone: false,
            together: None,
        }
    }

    #[test]
    fn what_is_typed_into_one_field_without_a_pause_is_one_change() {
        let state = |name: &str, notes: &str| json!({ "name": name, "notes": notes });
        let first = edit(0, "a", state("A", ""), state("A", "Some"));
        let goes_on = |later: &Activity| later.continues(&first);
        assert!(goes_on(&edit(2_999, "a", state("A", "Some"), state("A", "Some words"))));
        assert!(!goes_on(&edit(3_000, "a", state("A", "Some"), state("A", "Some words"))), "after a pause");
        assert!(!goes_on(&edit(100, "a", state("A", "Some"), state("B", "Some"))), "another field");
        assert!(!goes_on(&edit(100, "b", state("A", "Some"), state("A", "Some words"))), "another record");
        assert!(!goes_on(&edit(100, "a", state("A", "Other"), state("A", "Other words"))), "changed in between");
    }
}
