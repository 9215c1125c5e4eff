//! Suites, their versions and the cases these hold. A case is kept once, however many versions hold it; a frozen version never
//! changes, which the file itself sees to.

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, Utc};
use domain::id::SuiteId;
use domain::suite::hash::{ContentHash, content, identity};
use domain::suite::{Case, SuiteKind};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, Sqlite, SqliteConnection};

use crate::row::{from_json, from_word, parsed, to_json, word};
use crate::{Result, StoreError, Tag, Write};

/// Everything a person says of a suite.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Suite {
    pub id: SuiteId,
    pub name: String,
    pub kind: SuiteKind,
    pub owner: String,
    pub purpose: String,
}

/// A version as it is listed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// The file's own number of it.
    pub id: i64,
    pub suite_id: SuiteId,
    /// From 1; unique within the suite.
    pub number: u32,
    /// Of a frozen one: over all its cases.
    pub hash: Option<ContentHash>,
    pub frozen_at: Option<DateTime<Utc>>,
    pub frozen_by: String,
    pub note: String,
    pub cases: u32,
}

/// A case with its number in the file.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredCase {
    pub id: i64,
    pub case: Case,
}

/// Bound values per statement stay under SQLite's limit.
const BATCH: usize = 2_000;

fn suite(row: &SqliteRow) -> Result<Suite> {
    Ok(Suite {
        id: parsed(row.try_get("id")?)?,
        name: row.try_get("name")?,
        kind: from_word(row.try_get("kind")?)?,
        owner: row.try_get("owner")?,
        purpose: row.try_get("purpose")?,
    })
}

/// By name.
pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<Suite>> {
    let rows = sqlx::query("SELECT * FROM suite WHERE deleted = 0 ORDER BY name, id").fetch_all(connection).await?;
    rows.iter().map(suite).collect()
}

/// A suite; also one that was removed.
pub async fn get(connection: &mut SqliteConnection, id: SuiteId) -> Result<Suite> {
    let row = sqlx::query("SELECT * FROM suite WHERE id = $1").bind(id.to_string()).fetch_optional(connection).await?;
    suite(&row.ok_or(StoreError::NotFound)?)
}

/// Inserts or replaces, bringing back one that was removed.
pub async fn save(write: &mut Write, suite: &Suite) -> Result<()> {
    sqlx::query(
        "INSERT INTO suite (id, name, kind, owner, purpose) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, kind = excluded.kind, owner = excluded.owner,
           purpose = excluded.purpose, deleted = 0",
    )
    .bind(suite.id.to_string())
    .bind(&suite.name)
    .bind(word(&suite.kind)?)
    .bind(&suite.owner)
    .bind(&suite.purpose)
    .execute(write.connection())
    .await?;
    write.touch(Tag::SUITES);
    Ok(())
}

pub async fn delete(write: &mut Write, id: SuiteId) -> Result<()> {
    sqlx::query("UPDATE suite SET deleted = 1 WHERE id = $1").bind(id.to_string()).execute(write.connection()).await?;
    write.touch(Tag::SUITES);
    Ok(())
}

fn version(row: &SqliteRow) -> Result<Version> {
    let hash: Option<&str> = row.try_get("hash")?;
    let frozen_at: Option<&str> = row.try_get("frozen_at")?;
    Ok(Version {
        id: row.try_get("id")?,
        suite_id: parsed(row.try_get("suite_id")?)?,
        number: row.try_get("number")?,
        hash: hash.map(parsed).transpose()?,
        frozen_at: frozen_at.map(parsed).transpose()?,
        frozen_by: row.try_get("frozen_by")?,
        note: row.try_get("note")?,
        cases: row.try_get("cases")?,
    })
}

const VERSIONS: &str =
    "SELECT *, (SELECT count(*) FROM version_case WHERE version = suite_version.id) AS cases FROM suite_version";

/// Of every suite, the newest first.
pub async fn versions(connection: &mut SqliteConnection) -> Result<Vec<Version>> {
    let sql = format!("{VERSIONS} ORDER BY suite_id, number DESC");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(connection).await?;
    rows.iter().map(version).collect()
}

/// One version of a suite.
pub async fn version_of(connection: &mut SqliteConnection, id: SuiteId, number: u32) -> Result<Version> {
    let sql = format!("{VERSIONS} WHERE suite_id = $1 AND number = $2");
    let row =
        sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).bind(number).fetch_optional(connection).await?;
    version(&row.ok_or(StoreError::NotFound)?)
}

/// The version that is still written, made from the newest frozen one where there is none.
pub async fn draft(write: &mut Write, id: SuiteId) -> Result<Version> {
    let newest = {
        let sql = format!("{VERSIONS} WHERE suite_id = $1 ORDER BY number DESC LIMIT 1");
        let row = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(id.to_string()).fetch_optional(write.connection()).await?;
        row.as_ref().map(version).transpose()?
    };
    if let Some(draft) = newest.as_ref().filter(|version| version.hash.is_none()) {
        return Ok(draft.clone());
    }
    let number = newest.as_ref().map_or(1, |version| version.number + 1);
    let made: i64 = sqlx::query_scalar("INSERT INTO suite_version (suite_id, number) VALUES ($1, $2) RETURNING id")
        .bind(id.to_string())
        .bind(number)
        .fetch_one(write.connection())
        .await?;
    if let Some(frozen) = newest {
        sqlx::query("INSERT INTO version_case (version, place, case_id) SELECT $1, place, case_id FROM version_case WHERE version = $2")
            .bind(made)
            .bind(frozen.id)
            .execute(write.connection())
            .await?;
    }
    write.touch(Tag::SUITES);
    version_of(write.connection(), id, number).await
}

/// Numbers of cases in the file, those that are new included, in the order given.
async fn kept(write: &mut Write, cases: &[Case]) -> Result<Vec<i64>> {
    let hashes: Vec<ContentHash> = cases.iter().map(content).collect();
    for (cases, hashes) in cases.chunks(BATCH).zip(hashes.chunks(BATCH)) {
        let mut rows = Vec::with_capacity(cases.len());
        for (case, hash) in cases.iter().zip(hashes) {
            rows.push((hash.0.to_vec(), identity(&case.messages).0.to_vec(), to_json(case)?));
        }
        QueryBuilder::<Sqlite>::new("INSERT INTO suite_case (content, identity, body) ")
            .push_values(rows, |mut row, (content, identity, body)| {
                row.push_bind(content).push_bind(identity).push_bind(body);
            })
            .push(" ON CONFLICT (content) DO NOTHING")
            .build()
            .execute(write.connection())
            .await?;
    }
    let mut numbers: HashMap<Vec<u8>, i64> = HashMap::with_capacity(cases.len());
    for hashes in hashes.chunks(BATCH) {
        let mut query = QueryBuilder::<Sqlite>::new("SELECT id, content FROM suite_case WHERE content IN (");
        let mut list = query.separated(", ");
        for hash in hashes {
            list.push_bind(hash.0.to_vec());
        }
        query.push(")");
        for row in query.build().fetch_all(write.connection()).await? {
            numbers.insert(row.try_get("content")?, row.try_get("id")?);
        }
    }
    hashes.iter().map(|hash| numbers.get(hash.0.as_slice()).copied().ok_or(StoreError::NotFound)).collect()
}

/// Makes these the cases of a version that is not frozen, in this order. Two of one content are one.
pub async fn set_cases(write: &mut Write, version: i64, cases: &[Case]) -> Result<()> {
    let mut numbers = kept(write, cases).await?;
    let mut seen = std::collections::HashSet::new();
    numbers.retain(|number| seen.insert(*number));
    set_case_numbers(write, version, &numbers).await
}

/// Makes these numbers the cases of a version that is not frozen, in this order.
pub async fn set_case_numbers(write: &mut Write, version: i64, numbers: &[i64]) -> Result<()> {
    sqlx::query("DELETE FROM version_case WHERE version = $1").bind(version).execute(write.connection()).await?;
    for (batch, numbers) in numbers.chunks(BATCH).enumerate() {
        let rows = numbers.iter().enumerate().map(|(at, number)| ((batch * BATCH + at) as i64, *number));
        QueryBuilder::<Sqlite>::new("INSERT INTO version_case (version, place, case_id) ")
            .push_values(rows, |mut row, (place, number)| {
                row.push_bind(version).push_bind(place).push_bind(number);
            })
            .build()
            .execute(write.connection())
            .await?;
    }
    write.touch(Tag::SUITES);
    Ok(())
}

/// The cases of a version, in its order.
pub async fn cases(connection: &mut SqliteConnection, version: i64) -> Result<Vec<StoredCase>> {
    let rows = sqlx::query(
        "SELECT c.id, c.body FROM version_case v JOIN suite_case c ON c.id = v.case_id WHERE v.version = $1 ORDER BY v.place",
    )
    .bind(version)
    .fetch_all(connection)
    .await?;
    rows.iter().map(|row| Ok(StoredCase { id: row.try_get("id")?, case: from_json(row.try_get("body")?)? })).collect()
}

/// One case, whichever versions hold it.
pub async fn case(connection: &mut SqliteConnection, id: i64) -> Result<StoredCase> {
    let row = sqlx::query("SELECT id, body FROM suite_case WHERE id = $1").bind(id).fetch_optional(connection).await?;
    let row = row.ok_or(StoreError::NotFound)?;
    Ok(StoredCase { id: row.try_get("id")?, case: from_json(row.try_get("body")?)? })
}

/// Freezes a version: from here on it does not change.
///
/// # Errors
/// [`StoreError::NotFound`] where it is frozen already.
pub async fn freeze(
    write: &mut Write,
    version: i64,
    (hash, at, by, note): (&ContentHash, DateTime<Utc>, &str, &str),
) -> Result<()> {
    let done = sqlx::query(
        "UPDATE suite_version SET hash = $1, frozen_at = $2, frozen_by = $3, note = $4 WHERE id = $5 AND hash IS NULL",
    )
    .bind(hash.to_string())
    .bind(at.to_rfc3339_opts(SecondsFormat::Millis, true))
    .bind(by)
    .bind(note)
    .bind(version)
    .execute(write.connection())
    .await?;
    write.touch(Tag::SUITES);
    if done.rows_affected() == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

/// Numbers of the cases of a version, in its order.
pub async fn case_numbers(connection: &mut SqliteConnection, version: i64) -> Result<Vec<i64>> {
    let numbers = sqlx::query_scalar("SELECT case_id FROM version_case WHERE version = $1 ORDER BY place")
        .bind(version)
        .fetch_all(connection)
        .await?;
    Ok(numbers)
}

/// The number of the case with this content.
pub async fn case_by_content(connection: &mut SqliteConnection, content: &ContentHash) -> Result<i64> {
    let number = sqlx::query_scalar("SELECT id FROM suite_case WHERE content = $1")
        .bind(content.0.to_vec())
        .fetch_optional(connection)
        .await?;
    number.ok_or(StoreError::NotFound)
}
