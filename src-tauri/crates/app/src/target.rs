//! Where a file for a person may go: never onto a workspace, never over a file nobody agreed to lose.

use std::path::{Path, PathBuf};

use store::place;

use crate::{AppError, Context, Result};

/// A place for a file, checked.
pub(crate) struct Target {
    pub path: PathBuf,
    /// Whoever asked agreed to lose the file that lies there.
    replace: bool,
    /// The workspace in hand, open or not.
    workspace: Option<PathBuf>,
}

impl Target {
    /// # Errors
    /// `target-is-folder`, `target-is-workspace`, `target-exists`; nothing was written.
    pub(crate) async fn file(context: &Context, path: PathBuf, replace: bool) -> Result<Self> {
        let target = Self { path, replace, workspace: context.app.workspace_in_hand().await };
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
        if lies_there && !self.replace {
            return Err(refused("target-exists", path));
        }
        Ok(())
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
        Ok(crate::files::write_whole(&self.path, bytes)?)
    }
}

pub(crate) fn refused(code: &'static str, path: &Path) -> AppError {
    // "out/" has a name, "." has none.
    let name = path.file_name().map_or_else(|| path.to_string_lossy(), |name| name.to_string_lossy());
    AppError::refused(code).with("file", name)
}

/// # Errors
/// `target-is-workspace`
pub(crate) fn refuse_workspace(in_hand: Option<&Path>, path: &Path) -> Result<()> {
    // The one in hand first: to look into it is what must not happen.
    if in_hand.is_some_and(|workspace| place::belongs_to(workspace, path)) || place::is_workspace(path) {
        return Err(refused("target-is-workspace", path));
    }
    Ok(())
}
