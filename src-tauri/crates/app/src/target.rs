//! Where a file for a person may go: never onto a workspace, never over a file nobody agreed to lose.

use std::path::{Path, PathBuf};

use store::place;

use crate::files::{FolderInProgress, folder_of, holds_something};
use crate::{AppError, Context, Result};

/// What whoever asks for a file has agreed to.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Agreed {
    /// To lose the file that lies there.
    pub replace: bool,
    /// To have its folder made.
    pub create_folder: bool,
}

/// A place for a file, checked.
pub(crate) struct Target {
    pub path: PathBuf,
    agreed: Agreed,
    /// The workspace in hand, open or not.
    workspace: Option<PathBuf>,
}

impl Target {
    /// # Errors
    /// `folder-not-found`, `target-is-folder`, `target-is-workspace`, `target-exists`; nothing was written.
    pub(crate) async fn file(context: &Context, path: PathBuf, agreed: Agreed) -> Result<Self> {
        let target = Self { path, agreed, workspace: context.app.workspace_in_hand().await };
        target.check()?;
        Ok(target)
    }

    fn check(&self) -> Result<()> {
        let path = &self.path;
        if path.as_os_str().is_empty() {
            return Err(AppError::field("path", "required"));
        }
        let named_as_folder = path.as_os_str().to_string_lossy().ends_with(std::path::is_separator);
        if named_as_folder || path.is_dir() {
            return Err(refused("target-is-folder", path));
        }
        refuse_workspace(self.workspace.as_deref(), path)?;
        // A link that leads nowhere is lost as well; a device or pipe is not.
        let lies_there = path.metadata().map_or(path.is_symlink(), |found| found.is_file());
        if lies_there && !self.agreed.replace {
            return Err(refused("target-exists", path));
        }
        if self.agreed.create_folder { Ok(()) } else { expect_folder_of(path) }
    }

    /// # Errors
    /// `target-is-source`, where the target is the very file being read.
    pub(crate) fn apart_from(self, source: &Path) -> Result<Self> {
        let same =
            |a: &Path, b: &Path| matches!((store::FileId::of(a), store::FileId::of(b)), (Ok(a), Ok(b)) if a == b);
        if same(source, &self.path) { Err(refused("target-is-source", &self.path)) } else { Ok(self) }
    }

    /// Writes the file, whole or not at all. What lies there is looked at again: drawing a report takes its time.
    ///
    /// # Errors
    /// As [`Target::file`]; the disk's.
    pub(crate) fn write(&self, bytes: impl AsRef<[u8]>) -> Result<()> {
        self.check()?;
        if self.agreed.create_folder {
            std::fs::create_dir_all(folder_of(&self.path))?;
        }
        Ok(crate::files::write_whole(&self.path, bytes)?)
    }
}

/// A folder for a person, made beside its place and given its name when all of it is written.
pub(crate) struct FolderTarget {
    made: FolderInProgress,
    workspace: Option<PathBuf>,
}

impl FolderTarget {
    /// # Errors
    /// `required`, `folder-not-found`, `target-not-a-folder`, `folder-not-empty`, `target-is-workspace`; the disk's.
    pub(crate) async fn begin(context: &Context, path: PathBuf, agreed: Agreed) -> Result<Self> {
        if path.as_os_str().is_empty() {
            return Err(AppError::field("path", "required"));
        }
        let workspace = context.app.workspace_in_hand().await;
        refuse_workspace(workspace.as_deref(), &path)?;
        if path.exists() && !path.is_dir() {
            return Err(refused("target-not-a-folder", &path));
        }
        if holds_something(&path) && !agreed.replace {
            return Err(refused("folder-not-empty", &path));
        }
        if agreed.create_folder {
            std::fs::create_dir_all(folder_of(&path))?;
        }
        expect_folder_of(&path)?;
        Ok(Self { made: FolderInProgress::begin(&path)?, workspace })
    }

    /// Where to write.
    pub(crate) fn place(&self) -> &Path {
        self.made.place()
    }

    /// # Errors
    /// `target-is-workspace`; the disk's.
    pub(crate) fn finish(self) -> Result<PathBuf> {
        // Only now is every name known. A workspace may have one of them.
        for file in self.made.files()? {
            refuse_workspace(self.workspace.as_deref(), &file)?;
        }
        Ok(self.made.finish()?)
    }
}

/// A folder is not made in passing: a slip in a path would leave one somewhere, and the file where nobody looks for it.
///
/// # Errors
/// `folder-not-found`
pub(crate) fn expect_folder_of(path: &Path) -> Result<()> {
    let folder = folder_of(path);
    if folder.is_dir() {
        return Ok(());
    }
    let folder = std::path::absolute(folder).unwrap_or_else(|_| folder.to_owned());
    Err(AppError::refused("folder-not-found").with("folder", folder.display()))
}

pub(crate) fn refused(code: &'static str, path: &Path) -> AppError {
    // "out/" has a name, "." has none.
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    AppError::refused(code).with("file", name)
}

/// # Errors
/// `target-is-workspace`
/// The file of the open workspace, and those beside it, are not read as anything else: closing them again would give up the
/// locks that keep what is being saved.
///
/// # Errors
/// `source-is-workspace`.
pub(crate) async fn refuse_to_read(context: &Context, path: &Path) -> Result<()> {
    match context.app.workspace_in_hand().await {
        Some(workspace) if place::belongs_to(&workspace, path) => Err(refused("source-is-workspace", path)),
        _ => Ok(()),
    }
}

pub(crate) fn refuse_workspace(in_hand: Option<&Path>, path: &Path) -> Result<()> {
    // The one in hand first: to look into it is what must not happen.
    if in_hand.is_some_and(|workspace| place::belongs_to(workspace, path)) || place::is_workspace(path) {
        return Err(refused("target-is-workspace", path));
    }
    Ok(())
}
