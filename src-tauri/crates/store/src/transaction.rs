//! Snapshots, of one revision each, and the writes that make the next.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use sqlx::{Sqlite, SqliteConnection, SqlitePool, Transaction};
use tokio::sync::broadcast;

use crate::place::{self, FileId};
use crate::{Result, Tag};

/// A read snapshot: everything read through it is of one revision.
pub type Snapshot = Transaction<'static, Sqlite>;

/// A write transaction. Dropped without [`Write::commit`], it leaves the file as it was.
pub struct Write {
    transaction: Transaction<'static, Sqlite>,
    path: PathBuf,
    file: FileId,
    touched: BTreeSet<Tag>,
    changes: broadcast::Sender<Vec<Tag>>,
    known_revision: Arc<AtomicI64>,
}

impl Write {
    /// Begins on the file opened at a path as `file`; waits for the transaction before it.
    ///
    /// # Errors
    /// SQLite's.
    pub(crate) async fn begin(
        writer: &SqlitePool,
        (path, file): (&Path, &FileId),
        changes: &broadcast::Sender<Vec<Tag>>,
        known_revision: &Arc<AtomicI64>,
    ) -> Result<Self> {
        Ok(Self {
            transaction: writer.begin_with("BEGIN IMMEDIATE").await?,
            path: path.to_owned(),
            file: file.clone(),
            touched: BTreeSet::new(),
            changes: changes.clone(),
            known_revision: known_revision.clone(),
        })
    }

    pub fn touch(&mut self, tag: Tag) {
        self.touched.insert(tag);
    }

    pub fn connection(&mut self) -> &mut SqliteConnection {
        &mut self.transaction
    }

    /// For what reads a snapshot: what was written so far is seen.
    pub fn snapshot(&mut self) -> &mut Snapshot {
        &mut self.transaction
    }

    /// Commits with the next revision and tells every listener which tags were touched.
    ///
    /// # Errors
    /// [`StoreError::Gone`], [`StoreError::Replaced`]; the disk's or SQLite's; nothing was written then.
    pub async fn commit(mut self) -> Result<Vec<Tag>> {
        let revision: i64 = sqlx::query_scalar("UPDATE workspace SET revision = revision + 1 RETURNING revision")
            .fetch_one(&mut *self.transaction)
            .await?;
        let touched = |tags: &[Tag]| tags.iter().any(|tag| self.touched.contains(tag));
        if touched(&[Tag::USAGE, Tag::SETTINGS, Tag::PRICES]) {
            sqlx::query("UPDATE workspace SET usage_revision = revision").execute(&mut *self.transaction).await?;
        }
        // An agreed price counts while its contract and vendor exist, for the names its vendor goes by.
        if touched(&[Tag::PRICES, Tag::CONTRACTS, Tag::VENDORS]) {
            sqlx::query("UPDATE workspace SET prices_revision = revision").execute(&mut *self.transaction).await?;
        }
        // Work may have gone on for long since the transaction began.
        place::still_there(&self.path, &self.file)?;
        self.transaction.commit().await?;
        let known = self.known_revision.fetch_max(revision, Ordering::Relaxed);
        // A gap is another process's commit, of which nobody here knows what it touched.
        let alone = known == 0 || revision <= known + 1;
        let tags: Vec<Tag> = if alone { self.touched.into_iter().collect() } else { vec![Tag::WORKSPACE] };
        // Nobody listening is fine: the command line has no window.
        let _ = self.changes.send(tags.clone());
        Ok(tags)
    }
}
