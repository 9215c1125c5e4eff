//! Which files are ours, of which version, and how an older one is brought up to date.

use sqlx::SqlitePool;
use sqlx::migrate::MigrateError;

use crate::{Result, StoreError, sqlite};

/// Marks a SQLite file as a Quarterdeck workspace: "QDK1".
pub(crate) const APPLICATION_ID: i64 = 0x5144_4b31;

static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

pub(crate) fn newest_known() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

/// How often a file is tried that another program is bringing up to date, a fifth of a second apart.
const TRIES: usize = 50;

/// Applies the migrations a file has not seen yet. Another program may be at it at the same time: what one of the two has done
/// by then, the other finds done.
///
/// # Errors
/// SQLite's, such as a full disk or a file in use; [`StoreError::Damaged`] where the file does not fit its migrations.
pub(crate) async fn migrate(writer: &SqlitePool) -> Result<()> {
    let mut last = None;
    for attempt in 0..TRIES {
        if attempt > 0 {
            tokio::time::sleep(std::time::Duration::from_millis(200)).await;
        }
        let error = match MIGRATIONS.run(writer).await {
            Ok(()) => return Ok(()),
            Err(error) => cause(error),
        };
        let full = error.sqlite_code() == Some(sqlite::FULL);
        // A step that fails the same way three times over does not fail for somebody else's being at it.
        let goes_on = error.sqlite_code() == Some(sqlite::BUSY) || attempt < 3;
        last = Some(error);
        if full || !goes_on {
            break;
        }
    }
    Err(last.unwrap_or(StoreError::NotFound))
}

/// What the disk or another program did is no damage of the file.
fn cause(error: MigrateError) -> StoreError {
    match error {
        MigrateError::Execute(error) | MigrateError::ExecuteMigration(error, _) => {
            let error = StoreError::Sql(error);
            match error.sqlite_code() {
                Some(sqlite::BUSY | sqlite::FULL | sqlite::IO | sqlite::READONLY | sqlite::CANT_OPEN) => error,
                _ => StoreError::Damaged(error.to_string()),
            }
        }
        other => StoreError::Damaged(other.to_string()),
    }
}
