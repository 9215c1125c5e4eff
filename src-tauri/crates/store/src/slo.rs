//! Objectives, and what files told of them: a day of UTC in one value.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::id::{SloId, SloImportId};
use domain::slo::{Counts, Point, SloDetails};
use futures_util::TryStreamExt;
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::row::{from_json, parsed, to_json};
use crate::seal::{open, seal};
use crate::{Result, StoreError, Tag, Write};

/// An objective that is kept.
#[derive(Debug, Clone, PartialEq, serde::Serialize, serde::Deserialize)]
pub struct Slo {
    pub id: SloId,
    pub details: SloDetails,
}

/// A file of measurements that came in.
#[derive(Debug, Clone, PartialEq)]
pub struct SloImport {
    pub id: SloImportId,
    pub slo: SloId,
    pub name: String,
    pub sha256: String,
    pub at: DateTime<Utc>,
    pub points: u64,
    /// Minutes that each point stands for.
    pub step: u32,
    pub issues: u64,
    pub reverted: bool,
}

fn slo(row: &SqliteRow) -> Result<Slo> {
    Ok(Slo { id: parsed(row.try_get("id")?)?, details: from_json(row.try_get("details")?)? })
}

fn import(row: &SqliteRow) -> Result<SloImport> {
    Ok(SloImport {
        id: parsed(row.try_get("id")?)?,
        slo: parsed(row.try_get("slo_id")?)?,
        name: row.try_get("name")?,
        sha256: row.try_get("sha256")?,
        at: parsed(row.try_get("at")?)?,
        points: row.try_get::<i64, _>("points")?.unsigned_abs(),
        step: row.try_get("step")?,
        issues: row.try_get::<i64, _>("issues")?.unsigned_abs(),
        reverted: row.try_get("reverted")?,
    })
}

/// In the order they were made.
pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<Slo>> {
    let rows = sqlx::query("SELECT * FROM slo WHERE deleted = 0 ORDER BY created_at, id").fetch_all(connection).await?;
    rows.iter().map(slo).collect()
}

/// One; also one that was removed.
///
/// # Errors
/// [`StoreError::NotFound`].
pub async fn get(connection: &mut SqliteConnection, id: SloId) -> Result<Slo> {
    let row = sqlx::query("SELECT * FROM slo WHERE id = $1").bind(id.to_string()).fetch_optional(connection).await?;
    slo(&row.ok_or(StoreError::NotFound)?)
}

/// Inserts or replaces, bringing back one that was removed.
pub async fn save(write: &mut Write, slo: &Slo, at: DateTime<Utc>) -> Result<()> {
    sqlx::query(
        "INSERT INTO slo (id, details, created_at) VALUES ($1, $2, $3)
         ON CONFLICT (id) DO UPDATE SET details = excluded.details, deleted = 0",
    )
    .bind(slo.id.to_string())
    .bind(to_json(&slo.details)?)
    .bind(at.to_rfc3339_opts(SecondsFormat::Millis, true))
    .execute(write.connection())
    .await?;
    write.touch(Tag::SLOS);
    Ok(())
}

pub async fn delete(write: &mut Write, id: SloId) -> Result<()> {
    sqlx::query("UPDATE slo SET deleted = 1 WHERE id = $1").bind(id.to_string()).execute(write.connection()).await?;
    write.touch(Tag::SLOS);
    Ok(())
}

/// Files that came in for an objective, the newest first; those that were taken back too.
pub async fn imports(connection: &mut SqliteConnection, id: SloId) -> Result<Vec<SloImport>> {
    let rows = sqlx::query("SELECT * FROM slo_import WHERE slo_id = $1 ORDER BY at DESC, id DESC")
        .bind(id.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(import).collect()
}

pub async fn import_get(connection: &mut SqliteConnection, id: SloImportId) -> Result<SloImport> {
    let row =
        sqlx::query("SELECT * FROM slo_import WHERE id = $1").bind(id.to_string()).fetch_optional(connection).await?;
    import(&row.ok_or(StoreError::NotFound)?)
}

pub async fn import_add(write: &mut Write, import: &SloImport) -> Result<()> {
    sqlx::query(
        "INSERT INTO slo_import (id, slo_id, name, sha256, at, points, step, issues) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(import.id.to_string())
    .bind(import.slo.to_string())
    .bind(&import.name)
    .bind(&import.sha256)
    .bind(import.at.to_rfc3339_opts(SecondsFormat::Millis, true))
    .bind(import.points as i64)
    .bind(import.step)
    .bind(import.issues as i64)
    .execute(write.connection())
    .await?;
    write.touch(Tag::SLOS);
    Ok(())
}

/// Takes an import back, or brings it back.
pub async fn import_set_reverted(write: &mut Write, id: SloImportId, reverted: bool) -> Result<()> {
    sqlx::query("UPDATE slo_import SET reverted = $1 WHERE id = $2")
        .bind(reverted)
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::SLOS);
    Ok(())
}

const DAY: i64 = 24 * 60;

/// Keeps the points of one day of an import, which is days since 1970; points of other days are none of it.
pub async fn day_add(write: &mut Write, import: SloImportId, day: i64, points: &[Point]) -> Result<()> {
    sqlx::query("INSERT INTO slo_day (import_id, day, points) VALUES ($1, $2, $3)")
        .bind(import.to_string())
        .bind(day)
        .bind(seal(packed(day, points)))
        .execute(write.connection())
        .await?;
    write.touch(Tag::SLOS);
    Ok(())
}

/// What files tell of an objective in `from..to` (minutes since 1970), minute by minute: where two tell of one minute, the later
/// import does.
pub async fn points(connection: &mut SqliteConnection, id: SloId, (from, to): (i64, i64)) -> Result<Vec<Point>> {
    let mut rows = sqlx::query(
        "SELECT d.day, d.points FROM slo_day d JOIN slo_import i ON i.id = d.import_id
         WHERE i.slo_id = $1 AND i.reverted = 0 AND d.day >= $2 AND d.day <= $3 ORDER BY i.at, i.id, d.day",
    )
    .bind(id.to_string())
    .bind(from.div_euclid(DAY))
    .bind(to.div_euclid(DAY))
    .fetch(connection);
    let mut found: Vec<Point> = Vec::new();
    while let Some(row) = rows.try_next().await? {
        unpacked(row.try_get(0)?, open(row.try_get(1)?)?, &mut found)?;
    }
    // Of one minute the last that was read is the later import's: a stable sort keeps it last.
    found.sort_by_key(|point| point.minute);
    found.reverse();
    found.dedup_by_key(|point| point.minute);
    found.reverse();
    found.retain(|point| (from..to).contains(&point.minute));
    Ok(found)
}

/// Whole counts below 2³² take ten bytes a point, others eighteen; the first byte says which.
fn packed(day: i64, points: &[Point]) -> Vec<u8> {
    let is_whole = |count: f64| count.fract() == 0.0 && (0.0..4_294_967_296.0).contains(&count);
    let whole = points.iter().all(|point| is_whole(point.counts.good) && is_whole(point.counts.total));
    let mut bytes = Vec::with_capacity(1 + points.len() * if whole { 10 } else { 18 });
    bytes.push(u8::from(whole));
    for point in points.iter().filter(|point| point.minute.div_euclid(DAY) == day) {
        bytes.extend_from_slice(&(point.minute.rem_euclid(DAY) as u16).to_le_bytes());
        for count in [point.counts.good, point.counts.total] {
            if whole {
                bytes.extend_from_slice(&(count as u32).to_le_bytes());
            } else {
                bytes.extend_from_slice(&count.to_le_bytes());
            }
        }
    }
    bytes
}

fn unpacked(day: i64, bytes: &[u8], found: &mut Vec<Point>) -> Result<()> {
    let damaged = || StoreError::Corrupt("measurements of an objective are not what was written".into());
    let (form, bytes) = bytes.split_first().ok_or_else(damaged)?;
    let whole = *form == 1;
    let width = if whole { 10 } else { 18 };
    let chunks = bytes.chunks_exact(width);
    if !chunks.remainder().is_empty() {
        return Err(damaged());
    }
    for chunk in chunks {
        let (minute, counts) = chunk.split_first_chunk::<2>().ok_or_else(damaged)?;
        let (good, total) = counts.split_at(counts.len() / 2);
        let count = |bytes: &[u8]| {
            if whole {
                bytes.try_into().ok().map(|bytes| f64::from(u32::from_le_bytes(bytes)))
            } else {
                bytes.try_into().ok().map(f64::from_le_bytes)
            }
        };
        let counts = Counts { good: count(good).ok_or_else(damaged)?, total: count(total).ok_or_else(damaged)? };
        found.push(Point { minute: day * DAY + i64::from(u16::from_le_bytes(*minute)), counts });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn points_are_read_as_they_were_packed_whole_or_not() {
        let point = |minute: i64, good: f64, total: f64| Point { minute, counts: Counts { good, total } };
        for points in
            [vec![point(DAY * 3, 7.0, 9.0), point(DAY * 3 + 1_439, 0.0, 4e9)], vec![point(DAY * 3 + 5, 0.25, 1.0)]]
        {
            let mut found = Vec::new();
            unpacked(3, &packed(3, &points), &mut found).unwrap();
            assert_eq!(found, points);
        }
        assert!(unpacked(3, &[1, 0, 0], &mut Vec::new()).is_err());
    }
}
