//! A file's identity and name, and the files SQLite keeps beside a database.

use std::fs::Metadata;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use chrono::Utc;

use crate::backup_name::{self, Reason};
use crate::schema::APPLICATION_ID;
use crate::{Result, StoreError};

/// What SQLite may leave beside a database: write-ahead log, its index, rollback journal.
pub(crate) const SIDECARS: [&str; 3] = ["-wal", "-shm", "-journal"];

/// Which file a path leads to, whatever the path is called: links of both kinds lead to the same one.
///
/// Asked of the path, never by opening it: closing a file gives up every lock this process holds on it, SQLite's too.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FileId(#[cfg(unix)] (u64, u64), #[cfg(not(unix))] PathBuf);

impl FileId {
    /// # Errors
    /// The disk's; [`ErrorKind::NotFound`] where nothing is.
    pub fn of(path: &Path) -> std::io::Result<Self> {
        Self::with(path, &std::fs::metadata(path)?)
    }

    #[cfg(unix)]
    fn with(_: &Path, found: &Metadata) -> std::io::Result<Self> {
        use std::os::unix::fs::MetadataExt;
        Ok(Self((found.dev(), found.ino())))
    }

    /// Elsewhere an open database can be neither removed nor replaced, so that its full name is enough.
    #[cfg(not(unix))]
    fn with(path: &Path, _: &Metadata) -> std::io::Result<Self> {
        path.canonicalize().map(Self)
    }
}

pub(crate) fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}

/// Where a database is made before it gets its name.
pub(crate) fn unfinished(path: &Path) -> PathBuf {
    beside(path, ".part")
}

/// Removes a database and what SQLite keeps beside it.
pub(crate) fn forget(path: &Path) {
    let _ = std::fs::remove_file(path);
    for suffix in SIDECARS {
        let _ = std::fs::remove_file(beside(path, suffix));
    }
}

/// Whether the file opened as `id` still lies at `path`.
///
/// # Errors
/// [`StoreError::Gone`], [`StoreError::Replaced`]; the disk's.
pub(crate) fn still_there(path: &Path, id: &FileId) -> Result<()> {
    match FileId::of(path) {
        Ok(found) if found == *id => Ok(()),
        Ok(_) => Err(StoreError::Replaced(path.to_owned())),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            Err(StoreError::Gone(path.to_owned()))
        }
        Err(error) => Err(error.into()),
    }
}

/// Makes what happened to the names in a file's folder outlast a power cut.
pub(crate) fn sync_folder_of(path: &Path) -> std::io::Result<()> {
    // Only Unix has folders that can be opened and synced.
    if cfg!(unix) {
        std::fs::File::open(folder_of(path))?.sync_all()?;
    }
    Ok(())
}

/// Gives a finished database its name, for good, and only if the name is free. What SQLite left beside that name belongs to
/// a file that is no longer there, and is moved aside first.
///
/// # Errors
/// [`StoreError::Exists`]; the disk's. The unfinished file is left then.
pub(crate) fn give_name(unfinished: &Path, path: &Path) -> Result<()> {
    if path.symlink_metadata().is_ok() {
        return Err(StoreError::Exists(path.to_owned()));
    }
    std::fs::OpenOptions::new().write(true).open(unfinished)?.sync_all()?;
    set_leftovers_aside(path)?;
    std::fs::rename(unfinished, path)?;
    Ok(sync_folder_of(path)?)
}

/// Moves what SQLite left beside a path out of the way, into `folder`: whatever lies at the path next must not be given
/// another file's log. Nothing is deleted but the log's index, which is made of the log.
///
/// # Errors
/// The disk's.
pub(crate) fn set_sidecars_aside(path: &Path, folder: &Path, name: &str) -> Result<()> {
    for suffix in SIDECARS {
        let lying = beside(path, suffix);
        if lying.symlink_metadata().is_err() {
            continue;
        }
        if suffix == "-shm" {
            std::fs::remove_file(&lying)?;
        } else {
            std::fs::create_dir_all(folder)?;
            std::fs::rename(&lying, beside(&folder.join(name), suffix))?;
        }
    }
    Ok(())
}

/// Moves what SQLite left at a workspace's path into its backups; nothing is deleted.
///
/// # Errors
/// The disk's.
pub(crate) fn set_leftovers_aside(workspace: &Path) -> Result<()> {
    set_sidecars_aside(workspace, &backup_name::folder(workspace), &backup_name::file_name(Reason::Restore, Utc::now()))
}

/// Whether a path, whatever it is called, leads to a workspace file, to what SQLite keeps beside it or into its backups, or
/// would once something is written there.
pub fn belongs_to(workspace: &Path, path: &Path) -> bool {
    let named = |own: &Path| same_file(own, path) || same_name(own, path);
    if named(workspace) || SIDECARS.iter().any(|suffix| named(&beside(workspace, suffix))) {
        return true;
    }
    let backups = backup_name::folder(workspace);
    let kept = || std::fs::read_dir(&backups).into_iter().flatten().flatten();
    same_file(&backups, path)
        || same_file(&backups, &folder_of(path))
        || kept().any(|backup| same_file(&backup.path(), path))
}

fn same_file(a: &Path, b: &Path) -> bool {
    matches!((FileId::of(a), FileId::of(b)), (Ok(a), Ok(b)) if a == b)
}

/// The same name in the same folder, though nothing need be there yet; a link that leads nowhere counts as what it names.
fn same_name(own: &Path, path: &Path) -> bool {
    let path = match std::fs::read_link(path) {
        Ok(target) => folder_of(path).join(target),
        Err(_) => path.to_owned(),
    };
    own.file_name() == path.file_name() && same_file(&folder_of(own), &folder_of(&path))
}

fn folder_of(path: &Path) -> PathBuf {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    folder.unwrap_or(Path::new(".")).to_owned()
}

/// Whether a file says in its first bytes that it is a workspace. Not to be asked of one that this process has open.
pub fn is_workspace(path: &Path) -> bool {
    use std::io::Read;
    // A pipe would keep whoever looks into it waiting.
    if !path.is_file() {
        return false;
    }
    let mut start = Vec::with_capacity(HEADER);
    let read = std::fs::File::open(path).and_then(|file| file.take(HEADER as u64).read_to_end(&mut start));
    read.is_ok() && application_id(&start) == Some(APPLICATION_ID)
}

/// Bytes of a SQLite file that stand before its first page's content.
pub(crate) const HEADER: usize = 100;

/// How every SQLite file begins.
pub(crate) const MAGIC: &[u8] = b"SQLite format 3\0";

/// Whose database it is, from its first bytes; `None` for what is no SQLite database.
pub(crate) fn application_id(header: &[u8]) -> Option<i64> {
    let id = header.strip_prefix(MAGIC)?.get(52..56)?;
    Some(i32::from_be_bytes(id.try_into().ok()?).into())
}
