//! What a path that is being typed leads to.

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::view::PathInput;
use crate::{Context, Result};

/// A path as typed, in full.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TypedPath {
    pub path: String,
    /// The folder it lies in.
    pub folder: String,
    pub folder_exists: bool,
}

pub async fn path_look(context: &Context, input: PathInput) -> Result<TypedPath> {
    let path = context.app.path(&input.path);
    let path = std::path::absolute(&path).unwrap_or(path);
    let folder = path.parent().unwrap_or(Path::new(""));
    Ok(TypedPath {
        folder: folder.to_string_lossy().into_owned(),
        folder_exists: folder.is_dir(),
        path: path.to_string_lossy().into_owned(),
    })
}
