//! Backups: complete copies beside the workspace, made by `VACUUM INTO`, rotated.

use std::path::{Path, PathBuf};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::backup_name::{file_name, read_name};
use crate::{Result, Store, StoreError, look, place};

pub use crate::backup_name::{Reason, folder};

/// Kept of each kind.
const KEEP: usize = 5;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Backup {
    pub path: String,
    #[ts(type = "string")]
    pub taken_at: DateTime<Utc>,
    #[ts(type = "number")]
    pub bytes: u64,
    pub reason: Reason,
}

/// Copies the workspace as it is now and deletes the oldest copies of the same kind beyond five.
///
/// # Errors
/// As [`Store::check_place`]; the disk's or SQLite's.
pub async fn take(store: &Store, reason: Reason) -> Result<Backup> {
    store.check_place()?;
    if reason != Reason::Manual {
        store.check_writable()?;
    }
    copy_into_folder(store, reason).await
}

/// Keeps what an open workspace held whose file is no longer at its place, among the backups.
///
/// # Errors
/// The disk's or SQLite's; [`StoreError::Gone`] where the folder went with the file.
pub async fn keep_lost(store: &Store) -> Result<Backup> {
    // A drive that was taken out must not come back with a folder of ours in its place.
    if !store.path().parent().is_some_and(|folder| folder.as_os_str().is_empty() || folder.is_dir()) {
        return Err(StoreError::Gone(store.path().to_owned()));
    }
    copy_into_folder(store, Reason::Restore).await
}

/// Writes what an open workspace holds to a new file, though its own may be gone.
///
/// # Errors
/// [`StoreError::Exists`] rather than overwriting anything; the disk's or SQLite's.
pub async fn copy_to(store: &Store, path: &Path) -> Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(StoreError::Exists(path.to_owned()));
    }
    let unfinished = place::unfinished(path);
    let copied = match copy(store, &unfinished).await {
        Ok(()) => place::give_name(&unfinished, path),
        Err(error) => Err(error),
    };
    if copied.is_err() {
        place::forget(&unfinished);
    }
    copied
}

async fn copy(store: &Store, path: &Path) -> Result<()> {
    place::forget(path);
    sqlx::query("VACUUM INTO $1").bind(path.to_string_lossy().into_owned()).execute(&store.writer).await?;
    Ok(())
}

async fn copy_into_folder(store: &Store, reason: Reason) -> Result<Backup> {
    let folder = folder(store.path());
    std::fs::create_dir_all(&folder)?;
    forget_unfinished(&folder);
    // Into a hidden name first: a copy cut short by a crash is never offered for restoring. A name of its own, because another
    // program may be copying the same workspace.
    let unfinished = folder.join(format!("{UNFINISHED}{}-{}", reason.word(), std::process::id()));
    copy(store, &unfinished).await?;
    let bytes = std::fs::metadata(&unfinished)?.len();
    let mut at = Utc::now().trunc_subsecs(3);
    let path = loop {
        let path = folder.join(file_name(reason, at));
        match place::give_name(&unfinished, &path) {
            Ok(()) => break path,
            Err(StoreError::Exists(_)) => at += TimeDelta::milliseconds(1),
            Err(error) => return Err(error),
        }
    };
    rotate(store.path(), reason)?;
    Ok(Backup { bytes, path: path.to_string_lossy().into_owned(), taken_at: at, reason })
}

const UNFINISHED: &str = ".unfinished-";

/// Forgets copies that a crash cut short: those nobody has written to for an hour.
fn forget_unfinished(folder: &Path) {
    let hour = std::time::Duration::from_secs(3600);
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_old = || entry.metadata()?.modified()?.elapsed().map_err(std::io::Error::other);
        if entry.file_name().to_string_lossy().starts_with(UNFINISHED) && is_old().is_ok_and(|age| age > hour) {
            place::forget(&entry.path());
        }
    }
}

/// A backup a day, taken when the workspace is opened and no backup of today exists.
///
/// # Errors
/// As [`take`].
pub async fn take_daily(store: &Store) -> Result<Option<Backup>> {
    if store.is_read_only() {
        return Ok(None);
    }
    let today = Utc::now().date_naive();
    let done = list(store.path())?.iter().any(|b| b.reason == Reason::Daily && b.taken_at.date_naive() == today);
    if done { Ok(None) } else { take(store, Reason::Daily).await.map(Some) }
}

/// All backups of a workspace, newest first.
///
/// # Errors
/// The disk's; no folder is no backups.
pub fn list(workspace: &Path) -> Result<Vec<Backup>> {
    let entries = match std::fs::read_dir(folder(workspace)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(Vec::new()),
        Err(error) => return Err(error.into()),
    };
    let mut backups = Vec::new();
    for entry in entries {
        let entry = entry?;
        if let Some((taken_at, reason)) = entry.file_name().to_str().and_then(read_name) {
            let path = entry.path().to_string_lossy().into_owned();
            // Another program may have just made room for its own.
            let Ok(found) = entry.metadata() else { continue };
            backups.push(Backup { path, taken_at, bytes: found.len(), reason });
        }
    }
    backups.sort_by_key(|backup| std::cmp::Reverse(backup.taken_at));
    Ok(backups)
}

fn rotate(workspace: &Path, reason: Reason) -> Result<()> {
    for old in list(workspace)?.into_iter().filter(|b| b.reason == reason).skip(KEEP) {
        place::forget(Path::new(&old.path));
    }
    Ok(())
}

/// A copy of a backup beside the workspace, whole and ready to take its place.
pub struct Staged {
    copy: PathBuf,
    workspace: PathBuf,
}

/// Copies a backup, with the log it may have, and makes sure that it can be opened. The workspace may be open meanwhile.
///
/// # Errors
/// [`StoreError::Missing`] for a backup that is gone; [`StoreError::Damaged`]; the disk's. Nothing has changed then.
pub async fn stage(workspace: &Path, backup: &Path) -> Result<Staged> {
    if !backup.is_file() {
        return Err(StoreError::Missing(backup.to_owned()));
    }
    let staged = Staged { copy: place::unfinished(workspace), workspace: workspace.to_owned() };
    place::forget(&staged.copy);
    let copied = copy_with_log(backup, &staged.copy).await;
    if copied.is_err() {
        place::forget(&staged.copy);
    }
    copied.map(|()| staged)
}

async fn copy_with_log(from: &Path, to: &Path) -> Result<()> {
    std::fs::copy(from, to)?;
    // What was set aside after a crash has its last changes in its log.
    let log = place::beside(from, "-wal");
    if !std::fs::metadata(&log).is_ok_and(|found| found.len() > 0) {
        return look::whole(to).await;
    }
    std::fs::copy(log, place::beside(to, "-wal"))?;
    Store::connect(to, false).await?.settle().await
}

impl Staged {
    /// Puts the copy in the workspace's place. The present file, damaged or not, is moved into the backups first. Close the
    /// store before.
    ///
    /// # Errors
    /// The disk's.
    pub fn put_in_place(self) -> Result<()> {
        if self.workspace.symlink_metadata().is_ok() {
            set_aside(&self.workspace)?;
        }
        place::give_name(&self.copy, &self.workspace)?;
        rotate(&self.workspace, Reason::Restore)
    }
}

/// Moves a workspace file into its backups, with the log that may hold its last changes, so that another can take its name.
///
/// # Errors
/// The disk's.
pub fn set_aside(workspace: &Path) -> Result<()> {
    let (folder, name) = (folder(workspace), file_name(Reason::Restore, Utc::now()));
    std::fs::create_dir_all(&folder)?;
    std::fs::rename(workspace, folder.join(&name))?;
    place::set_sidecars_aside(workspace, &folder, &name)
}
