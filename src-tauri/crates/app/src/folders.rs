//! Folders of the operating system: the application's own, and those of whoever uses it.

use std::path::PathBuf;

use directories::{BaseDirs, UserDirs};

/// Name of the application among others, as `tauri.conf.json` has it.
pub const IDENTIFIER: &str = "app.quarterdeck.desktop";

/// Another folder for the application's own files: tests and demonstrations give one.
pub const DATA_DIR: &str = "QUARTERDECK_DATA_DIR";

/// Where the window and the command line keep what belongs to no workspace, so that both know the same recent files.
pub fn data_dir() -> PathBuf {
    if let Some(folder) = std::env::var_os(DATA_DIR) {
        return PathBuf::from(folder);
    }
    let own = BaseDirs::new().map(|folders| folders.data_dir().to_owned());
    own.unwrap_or_else(std::env::temp_dir).join(IDENTIFIER)
}

/// Where a person expects a file they name without a folder, who sees no working folder: their documents, else their home.
pub fn documents_dir() -> Option<PathBuf> {
    let documents = UserDirs::new().and_then(|folders| folders.document_dir().map(PathBuf::from));
    documents.filter(|folder| folder.is_dir()).or_else(home_dir)
}

pub fn home_dir() -> Option<PathBuf> {
    BaseDirs::new().map(|folders| folders.home_dir().to_owned())
}
