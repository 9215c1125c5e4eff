//! Opening, creating and migrating a workspace file.

use std::path::{Path, PathBuf};

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

/// A workspace being made. Until it is finished it lies beside its place: whatever cuts it short leaves no half workspace
/// under its name.
pub struct Creation {
    store: Store,
    path: PathBuf,
}

impl Creation {
    /// The workspace so far: its schema and its one row.
    pub fn store(&self) -> &Store {
        &self.store
    }

    async fn begin(&self, new: &NewWorkspace) -> Result<()> {
        sqlx::query(sqlx::AssertSqlSafe(format!("PRAGMA application_id = {APPLICATION_ID}")))
            .execute(&self.store.writer)
            .await?;
        MIGRATIONS.run(&self.store.writer).await.map_err(|error| StoreError::Damaged(error.to_string()))?;
        let mut write = self.store.write().await?;
        crate::workspace::insert(&mut write, new).await?;
        write.commit().await?;
        Ok(())
    }

    /// Gives the file its name and opens it.
    ///
    /// # Errors
    /// [`StoreError::Exists`] if another file took the name meanwhile; the disk's.
    pub async fn finish(self) -> Result<Store> {
        // Closing brings the write-ahead log into the file.
        self.store.close().await;
        if self.path.exists() {
            forget(self.store.path());
            return Err(StoreError::Exists(self.path));
        }
        std::fs::rename(self.store.path(), &self.path)?;
        Store::open(&self.path).await
    }

    /// Removes what was made.
    pub async fn abandon(self) {
        self.store.close().await;
        forget(self.store.path());
    }
}

/// Removes a file and its write-ahead log.
fn forget(path: &Path) {
    for suffix in ["", "-wal", "-shm"] {
        let mut name = path.as_os_str().to_owned();
        name.push(suffix);
        let _ = std::fs::remove_file(name);
    }
}

impl Store {
    /// Begins a workspace file.
    ///
    /// # Errors
    /// [`StoreError::Exists`] rather than overwriting anything.
    pub async fn create(path: &Path, new: &NewWorkspace) -> Result<Creation> {
        if path.exists() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder)?;
        }
        let mut unfinished = path.as_os_str().to_owned();
        unfinished.push(".part");
        let unfinished = PathBuf::from(unfinished);
        // One that was cut short earlier.
        forget(&unfinished);
        let store = Store::connect(&unfinished, true).await?;
        let made = Creation { store, path: path.to_owned() };
        match made.begin(new).await {
            Ok(()) => Ok(made),
            Err(error) => {
                made.abandon().await;
                Err(error)
            }
        }
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
        self.check_place()?;
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
            // Findings stand below a line of stars that names the database.
            finding => {
                let lines: Vec<&str> = finding.lines().filter(|line| !line.starts_with("***")).collect();
                Err(StoreError::Damaged(lines.join("; ")))
            }
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
