//! Opening, creating and migrating a workspace file.

use std::path::Path;

use sqlx::{Connection, Row, SqliteConnection};

use crate::backup::{self, Reason};
use crate::sqlite::{BUSY, CANT_OPEN, FULL, IO, READONLY};
use crate::workspace::NewWorkspace;
use crate::{APPLICATION_ID, MIGRATIONS, Result, Store, StoreError, connect_options};

/// What a look at a file found, without changing it.
struct Header {
    application_id: i64,
    schema: i64,
}

fn newest_known() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

async fn header(path: &Path) -> Result<Header> {
    // Read-write, because a write-ahead log left by a killed process can only be recovered by a writer.
    let mut connection = SqliteConnection::connect_with(&connect_options(path)).await?;
    let application_id: i64 = sqlx::query("PRAGMA application_id").fetch_one(&mut connection).await?.try_get(0)?;
    let migrated: i64 = sqlx::query("SELECT count(*) FROM sqlite_schema WHERE name = '_sqlx_migrations'")
        .fetch_one(&mut connection)
        .await?
        .try_get(0)?;
    let schema = if migrated > 0 {
        sqlx::query("SELECT coalesce(max(version), 0) FROM _sqlx_migrations")
            .fetch_one(&mut connection)
            .await?
            .try_get(0)?
    } else {
        0
    };
    connection.close().await?;
    Ok(Header { application_id, schema })
}

impl Store {
    /// Creates a workspace file. The file appears only when it is complete.
    ///
    /// # Errors
    /// [`StoreError::Exists`] rather than overwriting anything.
    pub async fn create(path: &Path, new: &NewWorkspace) -> Result<Self> {
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)?;
        }
        let store = Store::connect(path, true).await?;
        sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA application_id = {APPLICATION_ID}")))
            .execute(&store.writer)
            .await?;
        MIGRATIONS.run(&store.writer).await.map_err(|error| StoreError::Damaged(error.to_string()))?;
        let mut write = store.write().await?;
        crate::workspace::insert(&mut write, new).await?;
        write.commit().await?;
        Ok(store)
    }

    /// Opens a workspace file, migrating it if it is older. A pending migration is preceded by `integrity_check` and a
    /// backup.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::NotAWorkspace`], [`StoreError::Newer`] or [`StoreError::Damaged`]; the file
    /// is as it was then.
    pub async fn open(path: &Path) -> Result<Self> {
        if !path.is_file() {
            return Err(StoreError::Missing(path.to_owned()));
        }
        if !looks_like_sqlite(path)? {
            return Err(StoreError::NotAWorkspace(path.to_owned()));
        }
        let header = header(path).await.map_err(damage)?;
        if header.application_id != APPLICATION_ID {
            return Err(StoreError::NotAWorkspace(path.to_owned()));
        }
        let known = newest_known();
        if header.schema > known {
            return Err(StoreError::Newer { found: header.schema, known });
        }
        let store = Store::connect(path, false).await?;
        store.quick_check().await?;
        if header.schema < known {
            store.integrity_check().await?;
            backup::take(&store, Reason::Migration).await?;
            MIGRATIONS.run(&store.writer).await.map_err(|error| StoreError::Damaged(error.to_string()))?;
        }
        // The one row every screen needs: a file without it is not usable.
        crate::workspace::settings(&mut *store.read().await?).await.map_err(damage)?;
        Ok(store)
    }

    /// SQLite's full check of pages, indexes and constraints.
    ///
    /// # Errors
    /// [`StoreError::Damaged`] with its first finding.
    pub async fn integrity_check(&self) -> Result<()> {
        self.check("PRAGMA integrity_check(1)").await?;
        let orphan = sqlx::query("PRAGMA foreign_key_check").fetch_optional(&self.writer).await?;
        match orphan {
            Some(row) => Err(StoreError::Damaged(format!("{} refers to a missing row", row.try_get::<String, _>(0)?))),
            None => Ok(()),
        }
    }

    /// Whether the schema's pages can be read at all: cheap, at every start.
    async fn quick_check(&self) -> Result<()> {
        sqlx::query("SELECT count(*) FROM sqlite_schema").execute(&self.writer).await.map_err(|e| damage(e.into()))?;
        Ok(())
    }

    async fn check(&self, pragma: &'static str) -> Result<()> {
        let row = sqlx::query(pragma).fetch_one(&self.writer).await.map_err(|e| damage(e.into()))?;
        match row.try_get::<String, _>(0)?.as_str() {
            "ok" => Ok(()),
            finding => Err(StoreError::Damaged(finding.to_owned())),
        }
    }
}

/// An empty file or anything that does not begin like a database is not a workspace; a database cut short is damaged.
fn looks_like_sqlite(path: &Path) -> Result<bool> {
    use std::io::Read;
    let mut magic = Vec::with_capacity(16);
    std::fs::File::open(path)?.take(16).read_to_end(&mut magic)?;
    Ok(magic == b"SQLite format 3\0")
}

fn damage(error: StoreError) -> StoreError {
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
