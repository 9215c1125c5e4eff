//! How a workspace file comes to be: made beside its place, checked, and named when all of it is on the disk.

use std::path::{Path, PathBuf};

use crate::place::{self, forget};
use crate::schema::{self, APPLICATION_ID};
use crate::workspace::{self, NewWorkspace};
use crate::{Result, Store, StoreError, usage};

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
        schema::migrate(&self.store.writer).await?;
        let mut write = self.store.write().await?;
        usage::pack_hours(&mut write).await?;
        workspace::insert(&mut write, new).await?;
        write.commit().await?;
        Ok(())
    }

    /// Gives the file its name and opens it.
    ///
    /// # Errors
    /// [`StoreError::Exists`] if another file took the name meanwhile; the disk's. Nothing is left then.
    pub async fn finish(self) -> Result<Store> {
        let unfinished = self.store.path().to_owned();
        let named = match self.store.settle().await {
            Ok(()) => place::give_name(&unfinished, &self.path),
            Err(error) => Err(error),
        };
        if let Err(error) = named {
            forget(&unfinished);
            return Err(error);
        }
        Store::open(&self.path).await
    }

    /// Removes what was made.
    pub async fn abandon(self) {
        self.store.close().await;
        forget(self.store.path());
    }
}

impl Store {
    /// Begins a workspace file.
    ///
    /// # Errors
    /// [`StoreError::Exists`] rather than overwriting anything.
    pub async fn create(path: &Path, new: &NewWorkspace) -> Result<Creation> {
        if path.symlink_metadata().is_ok() {
            return Err(StoreError::Exists(path.to_owned()));
        }
        let unfinished = place::unfinished(path);
        // One that was cut short earlier.
        forget(&unfinished);
        let store = Store::connect(&unfinished, true).await.inspect_err(|_| forget(&unfinished))?;
        let made = Creation { store, path: path.to_owned() };
        match made.begin(new).await {
            Ok(()) => Ok(made),
            Err(error) => {
                made.abandon().await;
                Err(error)
            }
        }
    }
}
