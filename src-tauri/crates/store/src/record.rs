//! A record of any area, and what links it to others.

use serde::{Deserialize, Serialize};
use sqlx::{Row, SqliteConnection};
use ts_rs::TS;

use crate::{Result, Tag, Write};

/// A record by its area and its id there.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
pub struct RecordRef {
    pub area: String,
    pub id: String,
}

impl RecordRef {
    pub fn of(area: &str, id: impl ToString) -> Self {
        Self { area: area.to_owned(), id: id.to_string() }
    }
}

/// What a record is linked to, whichever end it was linked from.
pub async fn linked(connection: &mut SqliteConnection, about: &RecordRef) -> Result<Vec<RecordRef>> {
    let rows = sqlx::query(
        "SELECT other_area AS area, other_record AS record FROM link WHERE area = $1 AND record = $2
         UNION ALL SELECT area, record FROM link WHERE other_area = $1 AND other_record = $2 ORDER BY 1, 2",
    )
    .bind(&about.area)
    .bind(&about.id)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok(RecordRef::of(row.try_get("area")?, row.try_get::<&str, _>("record")?))).collect()
}

/// Every link, each once.
pub async fn all_links(connection: &mut SqliteConnection) -> Result<Vec<(RecordRef, RecordRef)>> {
    let rows = sqlx::query("SELECT * FROM link ORDER BY 1, 2, 3, 4").fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            let end = |area: &str, record: &str| -> Result<RecordRef> {
                Ok(RecordRef::of(row.try_get(area)?, row.try_get::<&str, _>(record)?))
            };
            Ok((end("area", "record")?, end("other_area", "other_record")?))
        })
        .collect()
}

/// Links two records, or parts them. Answers whether that changed anything; a record is not linked to itself.
pub async fn set_linked(write: &mut Write, one: &RecordRef, other: &RecordRef, linked: bool) -> Result<bool> {
    let (first, second) = if one < other { (one, other) } else { (other, one) };
    if first == second {
        return Ok(false);
    }
    let sql = if linked {
        "INSERT INTO link (area, record, other_area, other_record) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
    } else {
        "DELETE FROM link WHERE area = $1 AND record = $2 AND other_area = $3 AND other_record = $4"
    };
    let done = sqlx::query(sql)
        .bind(&first.area)
        .bind(&first.id)
        .bind(&second.area)
        .bind(&second.id)
        .execute(write.connection())
        .await?;
    write.touch(Tag::RECORDS);
    Ok(done.rows_affected() > 0)
}
