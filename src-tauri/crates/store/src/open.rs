//! Opening and migrating a workspace file.

use std::path::Path;
use std::sync::atomic::Ordering;

use sqlx::Row;

use crate::backup::{self, Reason};
use crate::look::{self, damage};
use crate::{Result, Store, StoreError, schema, seal, sqlite, usage, workspace};

/// Asked of the system by opening the file: permissions are not all that may stand in the way.
fn may_be_written(path: &Path) -> bool {
    std::fs::OpenOptions::new().write(true).open(path).is_ok()
}

fn is_refusal(error: &StoreError) -> bool {
    error.sqlite_code().is_some_and(|code| matches!(code, sqlite::READONLY | sqlite::CANT_OPEN))
}

impl Store {
    /// Opens a workspace file, migrating it if it is older. A pending migration is preceded by `integrity_check` and a
    /// backup.
    ///
    /// # Errors
    /// [`StoreError::Missing`], [`StoreError::NotAWorkspace`], [`StoreError::Newer`] or [`StoreError::Damaged`]; the file
    /// is as it was then.
    pub async fn open(path: &Path) -> Result<Self> {
        let found = look::schema(path).await?;
        let store = if may_be_written(path) {
            match Store::connect(path, false).await {
                // The folder has no room for a log: SQLite cannot open the file, or opens it for reading only.
                Err(error) if is_refusal(&error) => Store::connect_read_only(path).await?,
                other => other?,
            }
        } else {
            Store::connect_read_only(path).await?
        };
        store.quick_check().await?;
        if found < schema::newest_known() {
            store.check_writable()?;
            store.integrity_check().await?;
            backup::take(&store, Reason::Migration).await?;
            schema::migrate(&store.writer).await?;
        }
        store.finish_roll_ups().await?;
        // Read again where it was just brought up to date.
        let workspace = workspace::get(&mut *store.read().await?).await.map_err(damage)?;
        store.known_revision.store(workspace.revision, Ordering::Relaxed);
        Ok(store)
    }

    /// What SQL cannot do of a migration: hours are packed by the domain's code, and days folded from them in the workspace's
    /// zone. Asked at every opening, because a migration may be cut short before it is done.
    async fn finish_roll_ups(&self) -> Result<()> {
        const UNFINISHED: &str = "SELECT EXISTS (SELECT 1 FROM sqlite_schema WHERE name = 'usage_cell')
            OR (NOT EXISTS (SELECT 1 FROM usage_day) AND EXISTS (SELECT 1 FROM usage_hour WHERE counted = 1))";
        let unfinished: bool =
            sqlx::query_scalar(UNFINISHED).fetch_one(&mut *self.read().await?).await.map_err(|e| damage(e.into()))?;
        if !unfinished {
            return Ok(());
        }
        let mut write = self.write().await?;
        usage::pack_hours(&mut write).await?;
        let settings = workspace::settings(write.connection()).await.map_err(damage)?;
        let calendar = settings.calendar().map_err(|error| StoreError::Damaged(error.to_string()))?;
        usage::rebuild_all_days(&mut write, &calendar).await?;
        write.commit().await?;
        Ok(())
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

    /// Whether every value that SQLite cannot look into is what was written.
    ///
    /// # Errors
    /// [`StoreError::Corrupt`].
    pub async fn check_figures(&self) -> Result<()> {
        seal::check_all(&mut *self.read().await?).await
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
