//! Files of cases and results before they are read: which columns they have, and what is still to be said of them.

use std::collections::HashMap;
use std::path::Path;

use foldhash::quality::RandomState;
use ingest::RowIssue;
use ingest::bakeoff::columns::guess;
use ingest::bakeoff::{BakeoffCounts, ReadOptions, SniffedFile, Told, read, sniff};

use crate::job::{Progress, Unit};
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

/// Issues that are kept of a file: whoever has more reads the first of them.
const MOST_ISSUES: usize = 1_000;

/// Reads a file aloud: what it tells goes to `take`, what is wrong with it comes back.
///
/// # Errors
/// The file cannot be read as any format, or nobody waits for it any more.
pub(crate) fn told(
    path: &Path,
    options: &ReadOptions,
    progress: &Progress,
    mut take: impl FnMut(Told),
) -> std::result::Result<(BakeoffCounts, Vec<RowIssue>), ingest::IngestError> {
    let mut issues = Vec::new();
    let counts = read(
        path,
        options,
        &mut |done| {
            progress.report("reading", done.bytes, Some(done.total), Unit::Bytes);
            !progress.is_cancelled()
        },
        &mut |told| {
            match told {
                Told::Issue(issue) if issues.len() < MOST_ISSUES => issues.push(issue),
                Told::Issue(_) => {}
                other => take(other),
            }
            true
        },
    )?;
    Ok((counts, issues))
}

/// Whether an id stands for several cases of a file: tasks in one folder each number theirs from 0.
pub(crate) fn collide<'a>(ids: impl Iterator<Item = (&'a str, Option<&'a str>)>) -> bool {
    let mut scopes: HashMap<&str, Option<&str>, RandomState> = HashMap::default();
    ids.into_iter().any(|(id, scope)| *scopes.entry(id).or_insert(scope) != scope)
}

/// An id within its task: "gsm8k/12".
pub(crate) fn scoped(scope: Option<&str>, id: &str) -> String {
    scope.map_or_else(|| id.to_owned(), |scope| format!("{scope}/{id}"))
}
