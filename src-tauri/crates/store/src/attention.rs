//! Decisions that were put off.

use std::collections::HashMap;

use chrono::NaiveDate;
use sqlx::{Row, SqliteConnection};

use crate::row::parsed;
use crate::{Result, Tag, Write};

/// Until which day each was put off, by its key.
pub async fn snoozed(connection: &mut SqliteConnection) -> Result<HashMap<String, NaiveDate>> {
    let rows = sqlx::query("SELECT key, until FROM snooze").fetch_all(connection).await?;
    rows.iter().map(|row| Ok((row.try_get("key")?, parsed(row.try_get("until")?)?))).collect()
}

/// Puts a decision off until a day, or with `None` no longer.
pub async fn snooze(write: &mut Write, key: &str, until: Option<NaiveDate>) -> Result<()> {
    write.touch(Tag::ATTENTION);
    match until {
        Some(until) => {
            sqlx::query("INSERT INTO snooze (key, until) VALUES ($1, $2) ON CONFLICT (key) DO UPDATE SET until = excluded.until")
                .bind(key)
                .bind(until.to_string())
                .execute(write.connection())
                .await?;
        }
        None => {
            sqlx::query("DELETE FROM snooze WHERE key = $1").bind(key).execute(write.connection()).await?;
        }
    }
    Ok(())
}
