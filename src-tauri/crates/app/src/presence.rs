//! Windows on one file know of each other: each holds a lock of its own in the application's folder, and looks at the others'.
//! Nothing is written beside the workspace, and a lock ends with its process, however that ends.

use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};

/// More windows on one file than anybody opens.
const PLACES: usize = 8;

pub(crate) struct Presence {
    folder: PathBuf,
    name: String,
    /// Which place is ours, with its lock.
    own: Option<(usize, File)>,
}

impl Presence {
    /// Takes a place among the windows on a workspace. Where no lock can be made there is nobody to know of.
    pub(crate) fn take(data_dir: &Path, workspace: &Path) -> Self {
        let whole = workspace.canonicalize().unwrap_or_else(|_| workspace.to_owned());
        let name = ingest::hash_bytes(whole.to_string_lossy().as_bytes())[..16].to_owned();
        let mut presence = Self { folder: data_dir.join("open"), name, own: None };
        let free = (0..PLACES).find_map(|place| {
            let file = presence.lock_file(place, true)?;
            file.try_lock().ok().map(|()| (place, file))
        });
        presence.own = free;
        presence
    }

    fn lock_file(&self, place: usize, make: bool) -> Option<File> {
        if make {
            std::fs::create_dir_all(&self.folder).ok()?;
        }
        let path = self.folder.join(format!("{}-{place}.lock", self.name));
        OpenOptions::new().write(true).create(make).truncate(false).open(path).ok()
    }

    /// Whether another window has the same file open now.
    pub(crate) fn is_shared(&self) -> bool {
        let Some((own, _)) = self.own else { return false };
        (0..PLACES).filter(|place| *place != own).any(|place| {
            // Looked at and let go again at once.
            self.lock_file(place, false).is_some_and(|file| file.try_lock().is_err())
        })
    }
}

impl Drop for Presence {
    fn drop(&mut self) {
        if let Some((place, file)) = self.own.take() {
            let path = self.folder.join(format!("{}-{place}.lock", self.name));
            drop(file);
            let _ = std::fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_on_one_file_know_of_each_other_while_both_are_open() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("acme.quarterdeck");
        std::fs::write(&file, "x").unwrap();
        let take = |name: &str| Presence::take(&folder.path().join("data"), &folder.path().join(name));
        let first = take("acme.quarterdeck");
        assert!(!first.is_shared());
        let other_file = take("other.quarterdeck");
        assert!(!first.is_shared() && !other_file.is_shared());
        let second = take("./acme.quarterdeck");
        assert!(first.is_shared() && second.is_shared());
        drop(first);
        assert!(!second.is_shared());
        let third = take("acme.quarterdeck");
        assert!(third.is_shared() && second.is_shared());
        drop(second);
        assert!(!third.is_shared());
    }
}
