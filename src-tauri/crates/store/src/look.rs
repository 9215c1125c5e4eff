//! A look at a file that changes nothing: neither the file nor what lies beside it.

use std::io::Read;
use std::path::Path;

use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{Connection, Row, SqliteConnection};

use crate::place::{self, HEADER};
use crate::schema::{APPLICATION_ID, newest_known};
use crate::sqlite::{BUSY, CANT_OPEN, FULL, IO, READONLY};
use crate::{Result, StoreError};

/// The schema of a workspace this version can open, newest or older. Opened for writing, SQLite rewrites even a file that
/// is refused a moment later; so whose it is, its version and whether it can be read at all are found out before.
///
/// # Errors
/// [`StoreError::Missing`], [`StoreError::NotAWorkspace`], [`StoreError::Newer`], [`StoreError::Damaged`].
pub(crate) async fn schema(path: &Path) -> Result<i64> {
    if !path.is_file() {
        return Err(StoreError::Missing(path.to_owned()));
    }
    let mut start = Vec::with_capacity(HEADER);
    std::fs::File::open(path)?.take(HEADER as u64).read_to_end(&mut start)?;
    match place::application_id(&start) {
        Some(APPLICATION_ID) => {}
        // It begins like a database and ends before it says whose.
        None if start.starts_with(place::MAGIC) => return Err(StoreError::Damaged("the file ends at once".into())),
        _ => return Err(StoreError::NotAWorkspace(path.to_owned())),
    }
    let found = read_schema(path).await.map_err(damage)?;
    let known = newest_known();
    if found > known { Err(StoreError::Newer { found, known }) } else { Ok(found) }
}

async fn read_schema(path: &Path) -> Result<i64> {
    let mut connection = SqliteConnection::connect_with(&unchanging(path)).await?;
    let migrated: i64 = sqlx::query("SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'")
        .fetch_one(&mut connection)
        .await?
        .try_get(0)?;
    let mut schema = 0;
    if migrated > 0 {
        schema = sqlx::query("SELECT coalesce(max(version), 0) FROM _sqlx_migrations")
            .fetch_one(&mut connection)
            .await?
            .try_get(0)?;
    }
    if schema == newest_known() {
        // The one row every screen needs: a file without it is not usable.
        crate::workspace::settings(&mut connection).await?;
    }
    connection.close().await?;
    Ok(schema)
}

/// SQLite's check of every page, of a file nobody has open.
///
/// # Errors
/// [`StoreError::Damaged`]
async fn every_page(path: &Path) -> Result<()> {
    let check = async {
        let mut connection = SqliteConnection::connect_with(&unchanging(path)).await?;
        let row = sqlx::query("PRAGMA quick_check(1)").fetch_one(&mut connection).await?;
        let finding: String = row.try_get(0)?;
        connection.close().await?;
        if finding == "ok" { Ok(()) } else { Err(StoreError::Damaged(finding)) }
    };
    check.await.map_err(damage)
}

/// Whether a file nobody has open can be opened and read to its end.
///
/// # Errors
/// As [`schema`]; [`StoreError::Damaged`].
pub(crate) async fn whole(path: &Path) -> Result<()> {
    schema(path).await?;
    every_page(path).await
}

/// How a file is read without leaving a trace. One without a log is all there is; one with a log, as a killed process leaves
/// it, is read together with it, by a reader that cannot bring it in.
pub(crate) fn unchanging(path: &Path) -> SqliteConnectOptions {
    let has_log = std::fs::metadata(place::beside(path, "-wal")).is_ok_and(|log| log.len() > 0);
    SqliteConnectOptions::new().filename(path).read_only(true).immutable(!has_log)
}

pub(crate) fn damage(error: StoreError) -> StoreError {
    match error {
        // A file that may not be written, or that another program holds, is not a damaged one.
        error if error.sqlite_code().is_some_and(|code| matches!(code, BUSY | READONLY | CANT_OPEN | FULL | IO)) => {
            error
        }
        StoreError::Sql(sqlx::Error::Database(error)) => StoreError::Damaged(error.to_string()),
        StoreError::Sql(sqlx::Error::RowNotFound) | StoreError::NotFound => {
            StoreError::Damaged("the workspace row is missing".into())
        }
        StoreError::Corrupt(what) => StoreError::Damaged(what),
        other => other,
    }
}
