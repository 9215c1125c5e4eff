//! An open workspace file: its pools, whether it still lies where it was opened, and how it is let go.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use sqlx::Row;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use tokio::sync::broadcast;

use crate::place::{self, FileId};
use crate::{Result, Snapshot, StoreError, Tag, Write, look};

/// An open workspace file: a pool of readers and one writer.
#[derive(Debug, Clone)]
pub struct Store {
    path: PathBuf,
    /// The file that was opened; another may lie at its path later.
    file: FileId,
    /// Its write-ahead log.
    log: Option<FileId>,
    read_only: bool,
    readers: SqlitePool,
    pub(crate) writer: SqlitePool,
    changes: broadcast::Sender<Vec<Tag>>,
    /// The last revision this process knows of.
    pub(crate) known_revision: Arc<AtomicI64>,
}

impl Store {
    pub fn path(&self) -> &Path {
        &self.path
    }

    pub fn changes(&self) -> broadcast::Receiver<Vec<Tag>> {
        self.changes.subscribe()
    }

    /// Whether the open file still lies at its path. What is written to a file nobody can find again is lost.
    ///
    /// # Errors
    /// [`StoreError::Gone`], [`StoreError::Replaced`]; the disk's.
    pub fn check_place(&self) -> Result<()> {
        place::still_there(&self.path, &self.file)
    }

    /// # Errors
    /// [`StoreError::ReadOnly`]
    pub fn check_writable(&self) -> Result<()> {
        if self.read_only { Err(StoreError::ReadOnly(self.path.clone())) } else { Ok(()) }
    }

    pub fn is_read_only(&self) -> bool {
        self.read_only
    }

    /// Whether a path leads to the open file.
    pub fn is_at(&self, path: &Path) -> bool {
        FileId::of(path).is_ok_and(|found| found == self.file)
    }

    /// Begins a write transaction; waits for the one before it.
    ///
    /// # Errors
    /// As [`Store::check_place`]; [`StoreError::ReadOnly`]; SQLite's.
    pub async fn write(&self) -> Result<Write> {
        self.check_place()?;
        self.check_writable()?;
        Write::begin(&self.writer, (&self.path, &self.file), &self.changes, &self.known_revision).await
    }

    /// Opens a read snapshot.
    ///
    /// # Errors
    /// As [`Store::check_place`]: what cannot be kept is not shown as if it were; SQLite's.
    pub async fn read(&self) -> Result<Snapshot> {
        self.check_place()?;
        Ok(self.readers.begin().await?)
    }

    /// Whether another process, such as the command line, has committed since this was asked last.
    ///
    /// # Errors
    /// As [`Store::check_place`]; SQLite's.
    pub async fn changed_outside(&self) -> Result<bool> {
        self.check_place()?;
        let revision: i64 = sqlx::query_scalar("SELECT revision FROM workspace").fetch_one(&self.readers).await?;
        let known = self.known_revision.fetch_max(revision, Ordering::Relaxed);
        Ok(known != 0 && revision > known)
    }

    /// Closes both pools, checkpointing the write-ahead log into the file.
    pub async fn close(&self) {
        self.readers.close().await;
        self.writer.close().await;
        // SQLite leaves the log of a file that was taken away where it is. Whatever lies there next would be given it.
        let log = place::beside(&self.path, "-wal");
        let lost = matches!(self.check_place(), Err(StoreError::Gone(_) | StoreError::Replaced(_)));
        if lost && self.log.is_some() && FileId::of(&log).ok() == self.log {
            place::set_leftovers_aside(&self.path).unwrap_or_else(|error| {
                log::error!("{} could not be moved aside: {error}", log.display());
            });
        }
    }

    /// Closes a file that is about to get its name, once all of it is in the one file and can be read from there. Closing
    /// alone would not say that the disk had no room for what the log held.
    ///
    /// # Errors
    /// The disk's or SQLite's; [`StoreError::Damaged`].
    pub(crate) async fn settle(self) -> Result<()> {
        let brought_in = self.bring_in_log().await;
        self.close().await;
        brought_in?;
        look::whole(&self.path).await
    }

    async fn bring_in_log(&self) -> Result<()> {
        let row = sqlx::query("PRAGMA wal_checkpoint(TRUNCATE)").fetch_one(&self.writer).await?;
        match row.try_get::<i64, _>(0)? {
            0 => Ok(()),
            _ => Err(std::io::Error::other("the log could not be brought into the file").into()),
        }
    }

    pub(crate) async fn connect(path: &Path, create: bool) -> Result<Self> {
        let options = connect_options(path).create_if_missing(create);
        // A connection is never made anew while the store is open: it would open whatever lies at the path by then.
        let pool = || SqlitePoolOptions::new().idle_timeout(None).max_lifetime(None);
        let writer = pool().max_connections(1).connect_with(options.clone()).await?;
        let file = FileId::of(path)?;
        // The first look makes the write-ahead log.
        sqlx::query("SELECT count(*) FROM sqlite_schema").execute(&writer).await?;
        let log = FileId::of(&place::beside(path, "-wal")).ok();
        let readers =
            pool().max_connections(4).connect_lazy_with(options.create_if_missing(false).pragma("query_only", "ON"));
        let (changes, _) = broadcast::channel(64);
        let known_revision = Arc::default();
        Ok(Self { path: path.to_owned(), file, log, read_only: false, readers, writer, changes, known_revision })
    }

    /// Opens a file that may only be read. Every look is a new one: its owner may change it meanwhile, and nobody can tell
    /// a reader that may not write its locks.
    pub(crate) async fn connect_read_only(path: &Path) -> Result<Self> {
        let options = look::unchanging(path).busy_timeout(PATIENCE).pragma("temp_store", "MEMORY");
        let pool = || SqlitePoolOptions::new().max_connections(4).before_acquire(|_, _| Box::pin(async { Ok(false) }));
        let readers = pool().connect_with(options.clone()).await?;
        let (file, writer) = (FileId::of(path)?, pool().connect_lazy_with(options));
        let (changes, _) = broadcast::channel(64);
        let known_revision = Arc::default();
        Ok(Self { path: path.to_owned(), file, log: None, read_only: true, readers, writer, changes, known_revision })
    }
}

/// How long a lock of another process is waited for.
const PATIENCE: std::time::Duration = std::time::Duration::from_secs(5);

fn connect_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .pragma("cache_size", "-32768")
        .pragma("temp_store", "MEMORY")
}
