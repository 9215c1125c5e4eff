//! Marks people gave vendors. None is replaced: the last of a dimension and a stretch of days is what stands.

use chrono::NaiveDate;
use domain::id::VendorScoreId;
use domain::scorecard::{Dimension, Mark};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::row::{from_json, from_word, parsed, to_json, word};
use crate::{Result, Tag, Write};

fn mark(row: &SqliteRow) -> Result<Mark> {
    let day: NaiveDate = parsed(row.try_get("day")?)?;
    let dimension: Dimension = from_word(row.try_get("dimension")?)?;
    Ok(Mark {
        id: parsed(row.try_get("id")?)?,
        vendor_id: parsed(row.try_get("vendor_id")?)?,
        dimension,
        day,
        mark: row.try_get::<f64, _>("score")?.round() as u8,
        author: row.try_get("author")?,
        reason: row.try_get("reason")?,
        proposed: row.try_get("proposed")?,
        evidence: from_json(row.try_get("evidence")?)?,
    })
}

/// Of every vendor, the oldest first; of one day in the order they were given.
pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<Mark>> {
    let rows =
        sqlx::query("SELECT * FROM vendor_score WHERE deleted = 0 ORDER BY day, rowid").fetch_all(connection).await?;
    rows.iter().map(mark).collect()
}

/// Adds a mark, or brings back one that was taken back.
pub async fn save(write: &mut Write, mark: &Mark) -> Result<()> {
    sqlx::query(
        "INSERT INTO vendor_score (id, vendor_id, dimension, day, score, author, reason, proposed, evidence)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (id) DO UPDATE SET deleted = 0",
    )
    .bind(mark.id.to_string())
    .bind(mark.vendor_id.to_string())
    .bind(word(&mark.dimension)?)
    .bind(mark.day.to_string())
    .bind(f64::from(mark.mark))
    .bind(&mark.author)
    .bind(&mark.reason)
    .bind(mark.proposed)
    .bind(to_json(&mark.evidence)?)
    .execute(write.connection())
    .await?;
    write.touch(Tag::SCORECARDS);
    Ok(())
}

/// Takes a mark back.
pub async fn delete(write: &mut Write, id: VendorScoreId) -> Result<()> {
    sqlx::query("UPDATE vendor_score SET deleted = 1 WHERE id = $1")
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::SCORECARDS);
    Ok(())
}
