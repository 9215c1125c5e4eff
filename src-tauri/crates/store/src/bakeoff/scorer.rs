//! Rules that score answers: every version of each is kept.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::bakeoff::scorer::StoredRule;
use domain::id::BakeoffId;
use sqlx::{Row, SqliteConnection};

use crate::row::{from_json, parsed, to_json};
use crate::{Result, Tag, Write};

#[derive(Debug, Clone, PartialEq)]
pub struct KeptRule {
    pub criterion: String,
    /// From 1, for each criterion.
    pub version: u32,
    pub rule: StoredRule,
    pub run_at: Option<DateTime<Utc>>,
}

/// By criterion, the newest version first.
pub async fn list(connection: &mut SqliteConnection, id: BakeoffId) -> Result<Vec<KeptRule>> {
    let rows = sqlx::query("SELECT * FROM scorer WHERE bakeoff_id = $1 ORDER BY criterion, version DESC")
        .bind(id.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            let run_at: Option<&str> = row.try_get("run_at")?;
            Ok(KeptRule {
                criterion: row.try_get("criterion")?,
                version: row.try_get("version")?,
                rule: from_json(row.try_get("rule")?)?,
                run_at: run_at.map(parsed).transpose()?,
            })
        })
        .collect()
}

/// Keeps a rule as the next version of its criterion; the same rule again is the version there is.
pub async fn add(write: &mut Write, id: BakeoffId, criterion: &str, rule: &StoredRule) -> Result<u32> {
    let kept = list(write.connection(), id).await?;
    let newest = kept.into_iter().find(|one| one.criterion == criterion);
    if let Some(same) = newest.as_ref().filter(|one| one.rule == *rule) {
        return Ok(same.version);
    }
    let version = newest.map_or(1, |one| one.version + 1);
    sqlx::query("INSERT INTO scorer (bakeoff_id, criterion, version, rule) VALUES ($1, $2, $3, $4)")
        .bind(id.to_string())
        .bind(criterion)
        .bind(version)
        .bind(to_json(rule)?)
        .execute(write.connection())
        .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(version)
}

/// Notes when a version was run.
pub async fn ran(write: &mut Write, id: BakeoffId, criterion: &str, version: u32, at: DateTime<Utc>) -> Result<()> {
    sqlx::query("UPDATE scorer SET run_at = $1 WHERE bakeoff_id = $2 AND criterion = $3 AND version = $4")
        .bind(at.to_rfc3339_opts(SecondsFormat::Millis, true))
        .bind(id.to_string())
        .bind(criterion)
        .bind(version)
        .execute(write.connection())
        .await?;
    write.touch(Tag::BAKEOFFS);
    Ok(())
}
