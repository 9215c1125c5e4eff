//! Files written for a person: whole or not at all.

use std::ffi::OsString;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use crate::folders::home_dir;

/// Where a file or folder is made before it gets its name: a name of its own, so that it can be nobody else's.
fn unfinished(path: &Path) -> PathBuf {
    let mut name = OsString::from(path.as_os_str());
    name.push(format!(".{}.part", &uuid::Uuid::now_v7().simple().to_string()[20..]));
    PathBuf::from(name)
}

/// Writes a file beside its place and moves it there: a full disk leaves neither half a file under its name nor a stump
/// beside it, and the last good one stays.
///
/// # Errors
/// The disk's.
pub(crate) fn write_whole(path: &Path, bytes: impl AsRef<[u8]>) -> std::io::Result<()> {
    // A device or pipe is written to, not replaced; a link keeps pointing where it points.
    if path.metadata().is_ok_and(|found| !found.is_file() && !found.is_dir()) {
        return std::fs::write(path, bytes);
    }
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let part = unfinished(path);
    let written = File::create_new(&part)
        .and_then(|file| {
            let mut out = BufWriter::new(file);
            out.write_all(bytes.as_ref())?;
            out.into_inner().map_err(std::io::IntoInnerError::into_error)?.sync_all()
        })
        .and_then(|()| std::fs::rename(&part, path));
    if written.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    written
}

/// A folder being filled. It gets its name with [`FolderInProgress::finish`]; dropped before, it is gone.
pub(crate) struct FolderInProgress {
    part: PathBuf,
    path: PathBuf,
    finished: bool,
}

impl FolderInProgress {
    /// The folder it is made in is there.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn begin(path: &Path) -> std::io::Result<Self> {
        // "out/" would make the unfinished one inside of it.
        let path: PathBuf = path.components().collect();
        let part = unfinished(&path);
        std::fs::create_dir(&part)?;
        Ok(Self { part, path, finished: false })
    }

    pub(crate) fn place(&self) -> &Path {
        &self.part
    }

    /// Where each file made so far will lie.
    pub(crate) fn files(&self) -> std::io::Result<Vec<PathBuf>> {
        Ok(files_under(&self.part)?.into_iter().map(|file| self.path.join(file)).collect())
    }

    /// Gives the folder its name. In a folder that holds something already, files of the same names are replaced and no
    /// others.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn finish(mut self) -> std::io::Result<PathBuf> {
        if holds_something(&self.path) {
            for file in files_under(&self.part)? {
                let place = self.path.join(&file);
                place.parent().map_or(Ok(()), std::fs::create_dir_all)?;
                std::fs::rename(self.part.join(&file), place)?;
            }
            return Ok(self.path.clone());
        }
        if self.path.is_dir() {
            std::fs::remove_dir(&self.path)?;
        }
        std::fs::rename(&self.part, &self.path)?;
        self.finished = true;
        Ok(std::mem::take(&mut self.path))
    }
}

pub(crate) fn holds_something(folder: &Path) -> bool {
    std::fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some())
}

/// The files in a folder and the folders in it, by their names within it.
fn files_under(folder: &Path) -> std::io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        let name = PathBuf::from(entry.file_name());
        if entry.file_type()?.is_dir() {
            files.extend(files_under(&entry.path())?.into_iter().map(|file| name.join(file)));
        } else {
            files.push(name);
        }
    }
    Ok(files)
}

impl Drop for FolderInProgress {
    fn drop(&mut self) {
        if !self.finished {
            let _ = std::fs::remove_dir_all(&self.part);
        }
    }
}

/// "~" is the home folder.
pub(crate) fn expand(text: &str) -> PathBuf {
    let text = text.trim();
    match (text.strip_prefix("~/"), home_dir()) {
        (Some(rest), Some(home)) => home.join(rest),
        (None, Some(home)) if text == "~" => home,
        _ => PathBuf::from(text),
    }
}

/// The folder something is to be made in.
pub(crate) fn folder_of(path: &Path) -> &Path {
    path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_finished_leaves_the_old_one_and_no_stump() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("deck.pdf");
        write_whole(&path, b"old").unwrap();
        write_whole(&path, b"new").unwrap();
        assert_eq!(std::fs::read(&path).unwrap(), b"new");
        let taken = folder.path().join("taken");
        std::fs::create_dir_all(taken.join("inside")).unwrap();
        assert!(write_whole(&taken, b"a folder has that name").is_err());
        let mut left: Vec<_> =
            std::fs::read_dir(folder.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        left.sort();
        assert_eq!(left, ["deck.pdf", "taken"]);
    }

    #[test]
    fn a_folder_appears_when_it_is_complete() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out/");
        let dropped = FolderInProgress::begin(&path).unwrap();
        std::fs::write(dropped.place().join("half.csv"), "1").unwrap();
        drop(dropped);
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        std::fs::create_dir(&path).unwrap();
        let made = FolderInProgress::begin(&path).unwrap();
        std::fs::write(made.place().join("whole.csv"), "1").unwrap();
        assert!(made.finish().unwrap().join("whole.csv").is_file());
    }
}
