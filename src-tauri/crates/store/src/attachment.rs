//! Documents kept with a record of any area.

use chrono::{DateTime, Utc};
use domain::id::AttachmentId;
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};
use ts_rs::TS;

use crate::record::RecordRef;
use crate::row::parsed;
use crate::{Result, StoreError, Tag, Write};

/// A document as listed: without its bytes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Attachment {
    pub id: AttachmentId,
    pub name: String,
    #[ts(type = "number")]
    pub bytes: i64,
    pub sha256: String,
    #[ts(type = "string")]
    pub added_at: DateTime<Utc>,
}

fn attachment(row: &SqliteRow) -> Result<Attachment> {
    Ok(Attachment {
        id: parsed(row.try_get("id")?)?,
        name: row.try_get("name")?,
        bytes: row.try_get("size")?,
        sha256: row.try_get("sha256")?,
        added_at: parsed(row.try_get("added_at")?)?,
    })
}

/// The documents of a record, the oldest first.
pub async fn of(connection: &mut SqliteConnection, about: &RecordRef) -> Result<Vec<Attachment>> {
    let rows = sqlx::query(
        "SELECT id, name, length(bytes) AS size, sha256, added_at FROM attachment
         WHERE area = $1 AND record = $2 AND deleted = 0 ORDER BY added_at, id",
    )
    .bind(&about.area)
    .bind(&about.id)
    .fetch_all(connection)
    .await?;
    rows.iter().map(attachment).collect()
}

/// Every document with the record it is of.
pub async fn all(connection: &mut SqliteConnection) -> Result<Vec<(RecordRef, Attachment)>> {
    let rows = sqlx::query(
        "SELECT area, record, id, name, length(bytes) AS size, sha256, added_at FROM attachment
         WHERE deleted = 0 ORDER BY area, record, added_at, id",
    )
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| Ok((RecordRef::of(row.try_get("area")?, row.try_get::<&str, _>("record")?), attachment(row)?)))
        .collect()
}

pub async fn add(write: &mut Write, about: &RecordRef, attachment: &Attachment, bytes: &[u8]) -> Result<()> {
    sqlx::query(
        "INSERT INTO attachment (id, area, record, name, sha256, added_at, bytes) VALUES ($1, $2, $3, $4, $5, $6, $7)",
    )
    .bind(attachment.id.to_string())
    .bind(&about.area)
    .bind(&about.id)
    .bind(&attachment.name)
    .bind(&attachment.sha256)
    .bind(attachment.added_at.to_rfc3339())
    .bind(bytes)
    .execute(write.connection())
    .await?;
    write.touch(Tag::RECORDS);
    Ok(())
}

/// A document's name and bytes.
pub async fn bytes(connection: &mut SqliteConnection, id: AttachmentId) -> Result<(String, Vec<u8>)> {
    let row = sqlx::query("SELECT name, bytes FROM attachment WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?
        .ok_or(StoreError::NotFound)?;
    Ok((row.try_get("name")?, row.try_get("bytes")?))
}

/// A document with the record it is of; also one that was removed.
pub async fn get(connection: &mut SqliteConnection, id: AttachmentId) -> Result<(RecordRef, Attachment)> {
    let row = sqlx::query(
        "SELECT area, record, id, name, length(bytes) AS size, sha256, added_at FROM attachment WHERE id = $1",
    )
    .bind(id.to_string())
    .fetch_optional(connection)
    .await?
    .ok_or(StoreError::NotFound)?;
    Ok((RecordRef::of(row.try_get("area")?, row.try_get::<&str, _>("record")?), attachment(&row)?))
}

/// Removes a document, or brings a removed one back.
pub async fn set_deleted(write: &mut Write, id: AttachmentId, deleted: bool) -> Result<()> {
    sqlx::query("UPDATE attachment SET deleted = $1 WHERE id = $2")
        .bind(deleted)
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::RECORDS);
    Ok(())
}
