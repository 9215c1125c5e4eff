//! A new workspace file, with the price book in it.

use std::path::Path;

use store::workspace::{NewWorkspace, Settings};
use store::{Creation, Store};

use crate::Result;

/// A file being made, that has no name yet.
pub(crate) async fn begin_seeded(path: &Path, settings: Settings, sample: bool) -> Result<Creation> {
    let made = Store::create(path, &NewWorkspace { settings, sample }).await?;
    match crate::price::seed(made.store()).await {
        Ok(()) => Ok(made),
        Err(error) => {
            made.abandon().await;
            Err(error)
        }
    }
}
