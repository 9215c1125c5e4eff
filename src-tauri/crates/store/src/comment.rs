//! Remarks on a record of any area.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::id::CommentId;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use ts_rs::TS;

use crate::record::RecordRef;
use crate::row::parsed;
use crate::{Result, StoreError, Tag, Write};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Comment {
    pub id: CommentId,
    pub about: RecordRef,
    /// Empty where nobody said who they are.
    pub author: String,
    pub text: String,
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
}

fn comment(row: &SqliteRow) -> Result<Comment> {
    Ok(Comment {
        id: parsed(row.try_get("id")?)?,
        about: RecordRef::of(row.try_get("area")?, row.try_get::<&str, _>("record")?),
        author: row.try_get("author")?,
        text: row.try_get("text")?,
        at: parsed(row.try_get("at")?)?,
    })
}

/// The comments on a record, the newest first.
pub async fn of(connection: &mut SqliteConnection, about: &RecordRef) -> Result<Vec<Comment>> {
    let rows = sqlx::query("SELECT * FROM comment WHERE area = $1 AND record = $2 ORDER BY at DESC, id DESC")
        .bind(&about.area)
        .bind(&about.id)
        .fetch_all(connection)
        .await?;
    rows.iter().map(comment).collect()
}

/// Every comment, in the order they were made.
pub async fn all(connection: &mut SqliteConnection) -> Result<Vec<Comment>> {
    let rows = sqlx::query("SELECT * FROM comment ORDER BY at, id").fetch_all(connection).await?;
    rows.iter().map(comment).collect()
}

pub async fn get(connection: &mut SqliteConnection, id: CommentId) -> Result<Comment> {
    let row =
        sqlx::query("SELECT * FROM comment WHERE id = $1").bind(id.to_string()).fetch_optional(connection).await?;
    comment(&row.ok_or(StoreError::NotFound)?)
}

pub async fn save(write: &mut Write, comment: &Comment) -> Result<()> {
    sqlx::query(
        "INSERT INTO comment (id, area, record, author, text, at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (id) DO UPDATE SET author = excluded.author, text = excluded.text",
    )
    .bind(comment.id.to_string())
    .bind(&comment.about.area)
    .bind(&comment.about.id)
    .bind(&comment.author)
    .bind(&comment.text)
    .bind(comment.at.to_rfc3339_opts(SecondsFormat::Millis, true))
    .execute(write.connection())
    .await?;
    write.touch(Tag::RECORDS);
    Ok(())
}

pub async fn delete(write: &mut Write, id: CommentId) -> Result<()> {
    sqlx::query("DELETE FROM comment WHERE id = $1").bind(id.to_string()).execute(write.connection()).await?;
    write.touch(Tag::RECORDS);
    Ok(())
}
