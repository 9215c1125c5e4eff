//! What can go wrong with a workspace file.

use std::path::PathBuf;

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
