//! Where a workspace's backups lie and what they are called: when and why each was made.

use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why a backup was made; each kind is rotated on its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    Migration,
    Import,
    Manual,
    Daily,
    /// The file as it was before a restore replaced it.
    Restore,
}

impl Reason {
    const ALL: [Reason; 5] = [Reason::Migration, Reason::Import, Reason::Manual, Reason::Daily, Reason::Restore];

    pub(crate) fn word(self) -> &'static str {
        match self {
            Reason::Migration => "migration",
            Reason::Import => "import",
            Reason::Manual => "manual",
            Reason::Daily => "daily",
            Reason::Restore => "restore",
        }
    }
}

/// "acme.quarterdeck" keeps its backups in "acme.quarterdeck-backups".
pub fn folder(workspace: &Path) -> PathBuf {
    let mut name = workspace.file_name().unwrap_or_default().to_owned();
    name.push("-backups");
    workspace.with_file_name(name)
}

pub(crate) fn file_name(reason: Reason, at: DateTime<Utc>) -> String {
    format!("{}_{}.quarterdeck", at.format("%Y%m%dT%H%M%S%3fZ"), reason.word())
}

/// When and why the backup of a name was made; `None` for what is no backup.
pub(crate) fn read_name(name: &str) -> Option<(DateTime<Utc>, Reason)> {
    let (at, reason) = name.strip_suffix(".quarterdeck")?.split_once('_')?;
    let at = NaiveDateTime::parse_from_str(at, "%Y%m%dT%H%M%S%3fZ").ok()?.and_utc();
    Some((at, Reason::ALL.into_iter().find(|r| r.word() == reason)?))
}
