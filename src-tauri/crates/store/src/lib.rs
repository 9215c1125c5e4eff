//! One SQLite file through sqlx. Invariants:
//!
//! - Every write goes through the one writer connection, in a transaction that began with `BEGIN IMMEDIATE`, and commits
//!   together with the workspace's next revision.
//! - A pending migration is preceded by an integrity check and a backup; a newer schema is refused untouched.
//! - Rows in, rows out: what figures mean is the domain's. Cells of roll-ups, sketches and ledgers are stored as the domain
//!   writes them, an hour or a day in one value; nothing adds them up in SQL.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use serde::Serialize;
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Sqlite, SqliteConnection, Transaction};
use tokio::sync::broadcast;

pub mod activity;
pub mod attention;
pub mod backup;
pub mod commentary;
pub mod contract;
mod creation;
pub mod demand;
pub mod dimension;
pub mod fx;
pub mod import;
mod look;
mod open;
mod packed;
pub mod place;
pub mod price;
mod seal;
pub mod tag;
pub mod usage;
pub mod vendor;
pub mod workspace;

pub use creation::Creation;
pub use place::FileId;
pub use sqlx;
pub use tag::Tag;

/// Marks a SQLite file as a Quarterdeck workspace: "QDK1".
pub(crate) const APPLICATION_ID: i64 = 0x5144_4b31;

pub(crate) static MIGRATIONS: sqlx::migrate::Migrator = sqlx::migrate!();

pub(crate) fn newest_known() -> i64 {
    MIGRATIONS.iter().map(|migration| migration.version).max().unwrap_or(0)
}

#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("{} is not a Quarterdeck workspace", .0.display())]
    NotAWorkspace(PathBuf),
    #[error("{} already exists", .0.display())]
    Exists(PathBuf),
    #[error("{} does not exist", .0.display())]
    Missing(PathBuf),
    /// The open file is no longer where it was opened.
    #[error("{} is gone", .0.display())]
    Gone(PathBuf),
    /// Another file lies where the open one was opened.
    #[error("{} is another file now", .0.display())]
    Replaced(PathBuf),
    /// Open, but its file or folder may not be written by whoever runs this.
    #[error("{} can only be read", .0.display())]
    ReadOnly(PathBuf),
    #[error("the workspace was written by a newer version (schema {found}, this version knows {known})")]
    Newer { found: i64, known: i64 },
    #[error("the file is damaged: {0}")]
    Damaged(String),
    #[error("the record was not found")]
    NotFound,
    #[error("a stored value cannot be read: {0}")]
    Corrupt(String),
    #[error(transparent)]
    Sql(#[from] sqlx::Error),
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl StoreError {
    /// Whether the file itself is unreadable, so that only a backup helps.
    pub fn is_damage(&self) -> bool {
        matches!(
            self,
            StoreError::Damaged(_)
                | StoreError::Corrupt(_)
                | StoreError::Sql(sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_))
        ) || self.sqlite_code().is_some_and(|code| matches!(code, sqlite::CORRUPT | sqlite::NOT_A_DATABASE))
    }

    /// Whether the disk took no more: of what SQLite wrote, or of the room it makes beside the file for those who read. Where the
    /// disk does not say that it is full, it may also fail, or a limit be set.
    pub fn is_unwritten(&self) -> bool {
        const WRITE: i64 = sqlite::IO | 3 << 8;
        const ROOM_TO_READ: i64 = sqlite::IO | 19 << 8;
        let StoreError::Sql(sqlx::Error::Database(error)) = self else { return false };
        error.code().and_then(|code| code.parse::<i64>().ok()).is_some_and(|code| [WRITE, ROOM_TO_READ].contains(&code))
    }

    /// SQLite's primary result code, one of [`sqlite`], where the error is SQLite's.
    pub fn sqlite_code(&self) -> Option<i64> {
        match self {
            StoreError::Sql(sqlx::Error::Database(error)) => Some(error.code()?.parse::<i64>().ok()? & 0xff),
            _ => None,
        }
    }
}

/// SQLite's primary result codes that somebody acts on.
pub mod sqlite {
    pub const BUSY: i64 = 5;
    pub const READONLY: i64 = 8;
    pub const IO: i64 = 10;
    pub const CORRUPT: i64 = 11;
    pub const FULL: i64 = 13;
    pub const CANT_OPEN: i64 = 14;
    pub const CONSTRAINT: i64 = 19;
    pub const NOT_A_DATABASE: i64 = 26;
}

pub type Result<T> = std::result::Result<T, StoreError>;

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
    writer: SqlitePool,
    changes: broadcast::Sender<Vec<Tag>>,
    /// The last revision this process knows of.
    known_revision: Arc<AtomicI64>,
}

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
    pub fn touch(&mut self, tag: Tag) {
        self.touched.insert(tag);
    }

    pub fn connection(&mut self) -> &mut SqliteConnection {
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
        let transaction = self.writer.begin_with("BEGIN IMMEDIATE").await?;
        Ok(Write {
            transaction,
            path: self.path.clone(),
            file: self.file.clone(),
            touched: BTreeSet::new(),
            changes: self.changes.clone(),
            known_revision: self.known_revision.clone(),
        })
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
            backup::set_leftovers_aside(&self.path).unwrap_or_else(|error| {
                log::error!("{} could not be moved aside: {error}", log.display());
            });
        }
    }

    async fn connect(path: &Path, create: bool) -> Result<Self> {
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
    async fn connect_read_only(path: &Path) -> Result<Self> {
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

pub(crate) fn connect_options(path: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(path)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(PATIENCE)
        .pragma("cache_size", "-32768")
        .pragma("temp_store", "MEMORY")
}

/// Reads a column written by us through serde.
pub(crate) fn from_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T> {
    serde_json::from_str(text).map_err(|error| StoreError::Corrupt(error.to_string()))
}

pub(crate) fn to_json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|error| StoreError::Corrupt(error.to_string()))
}

/// Reads text with the type's own parser.
pub(crate) fn parsed<T: std::str::FromStr>(text: &str) -> Result<T> {
    text.parse().map_err(|_| StoreError::Corrupt(text.to_owned()))
}

/// The kebab-case word serde gives a plain enum value.
pub(crate) fn word<T: Serialize>(value: &T) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => Ok(word),
        other => Err(StoreError::Corrupt(format!("{other:?}"))),
    }
}

pub(crate) fn from_word<T: serde::de::DeserializeOwned>(word: &str) -> Result<T> {
    serde_json::from_value(serde_json::Value::String(word.to_owned()))
        .map_err(|error| StoreError::Corrupt(error.to_string()))
}
