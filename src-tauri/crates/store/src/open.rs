//! Opening, creating and migrating a workspace file.

use std::path::{Path, PathBuf};

use sqlx::Row;

use crate::backup::{self, Reason};
use crate::look::{self, damage};
use crate::workspace::NewWorkspace;
use crate::{APPLICATION_ID, MIGRATIONS, Result, Store, StoreError, newest_known};

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
        let schema = look::schema(path).await?;
        let store = Store::connect(path, false).await?;
        store.quick_check().await?;
        if schema < newest_known() {
            store.integrity_check().await?;
            backup::take(&store, Reason::Migration).await?;
            MIGRATIONS.run(&store.writer).await.map_err(|error| StoreError::Damaged(error.to_string()))?;
        }
        // Read again where it was just brought up to date.
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
