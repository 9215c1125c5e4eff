//! Which files are ours, of which version, and how an older one is brought up to date.

use sqlx::SqlitePool;

use crate::{Result, StoreError};

/// Marks a SQLite file as a Quarterdeck workspace: "QDK1".
pub(crate) const APPLICATION_ID: i64 = 0x5144_4b31;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

pub(crate) fn newest_known() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// Applies the migrations a file has not seen yet.
///
/// # Errors
/// [`StoreError::Damaged`].
pub(crate) async fn migrate(writer: &SqlitePool) -> Result<()> {
    MIGRATIONS.run(writer).await.map_err(|error| StoreError::Damaged(error.to_string()))
}
