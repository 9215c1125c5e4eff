//! Files of cases and results before they are read: which columns they have, and what is still to be said of them.

use std::path::Path;

use ingest::RowIssue;
use ingest::bakeoff::columns::guess;
use ingest::bakeoff::{SniffedFile, sniff};

use crate::{AppError, Result};

/// What a table is missing before anything can be read from it.
const UNMAPPED: [&str; 4] = ["case-not-mapped", "result-not-mapped", "no-results", "column-missing"];

/// Files with what their columns are taken for, also where that is not enough to read them.
pub(crate) fn sniffed(path: &Path) -> Result<Vec<SniffedFile>> {
    let mut files = sniff(path)?;
    for file in
        files.iter_mut().filter(|file| !file.columns.is_empty() && file.mapping.is_none() && file.formats.is_empty())
    {
        file.mapping = Some(guess(&file.columns));
    }
    Ok(files)
}

/// An error that a person answers by saying what columns mean, as an issue of the plan; any other stays an error.
pub(crate) fn unmapped(error: AppError, files: &[SniffedFile]) -> Result<RowIssue> {
    match error {
        AppError::Ingest(ingest::IngestError::File { code, .. })
            if UNMAPPED.contains(&code) && files.iter().any(|file| file.mapping.is_some()) =>
        {
            Ok(RowIssue::new("columns-not-enough"))
        }
        other => Err(other),
    }
}
