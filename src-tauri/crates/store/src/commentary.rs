//! What a person wrote for a page of a report.

use serde::{Deserialize, Serialize};
use sqlx::{Row, SqliteConnection};
use ts_rs::TS;

use crate::{Result, Tag, Write};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Commentary {
    pub page: String,
    pub text: String,
}

pub async fn list(connection: &mut SqliteConnection, period: &str) -> Result<Vec<Commentary>> {
    let rows = sqlx::query("SELECT page, text FROM commentary WHERE period = $1 ORDER BY page")
        .bind(period)
        .fetch_all(connection)
        .await?;
    rows.iter().map(|row| Ok(Commentary { page: row.try_get("page")?, text: row.try_get("text")? })).collect()
}

/// Every commentary of every period, for the export.
pub async fn all(connection: &mut SqliteConnection) -> Result<Vec<(String, Commentary)>> {
    let rows =
        sqlx::query("SELECT period, page, text FROM commentary ORDER BY period, page").fetch_all(connection).await?;
    rows.iter()
        .map(|row| Ok((row.try_get("period")?, Commentary { page: row.try_get("page")?, text: row.try_get("text")? })))
        .collect()
}

/// Saves a page's text; an empty one is removed.
pub async fn save(write: &mut Write, period: &str, page: &str, text: &str) -> Result<()> {
    if text.trim().is_empty() {
        sqlx::query("DELETE FROM commentary WHERE period = $1 AND page = $2")
            .bind(period)
            .bind(page)
            .execute(write.connection())
            .await?;
    } else {
        sqlx::query(
            "INSERT INTO commentary (period, page, text) VALUES ($1, $2, $3)
             ON CONFLICT (period, page) DO UPDATE SET text = excluded.text",
        )
        .bind(period)
        .bind(page)
        .bind(text)
        .execute(write.connection())
        .await?;
    }
    write.touch(Tag::REPORTS);
    Ok(())
}
