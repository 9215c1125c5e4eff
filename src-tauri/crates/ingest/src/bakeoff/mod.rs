//! Results of bake-offs and suites of cases: files and folders as other tools write them → records. Invariants:
//!
//! - A format is told by what a file holds, never by its name alone: files get renamed.
//! - Memory is bounded, whatever the file: documents are streamed list by list, lines line by line, tables block by block; an
//!   archive unpacks to so much and no more. What grows is some fifty bytes a result.
//! - A bad row costs itself. What was whole before a file breaks off is kept.
//! - A row is found again by its case, its candidate, its repeat and its variant; where it stands in the file means nothing.
//! - Tokens in disjoint kinds, instants in UTC, money in nano-units, numbers finite: as everywhere in this crate. Text is data and
//!   stays as it is, whatever marks and signs it holds.
//!
//! Beyond the issues of [`crate::issue`], with the parameters `file` and, within an archive, `entry`:
//!
//! | code | parameters | when |
//! |---|---|---|
//! | `json-key-twice` | | a key occurs twice in one object; the last value counts |
//! | `case-twice` | `case` | an id stands for two different cases; the first counts |
//! | `case-untold` | | a result that does not say of what |
//! | `candidate-untold` | | a result that does not say of whom |
//! | `row-twice` | | a row that repeats an earlier one |
//! | `result-twice` | | two different results of one case, candidate and repeat; the first counts |
//! | `verdict-of-one` | | a candidate against itself |
//! | `not-a-score`, `not-finite` | | a score that is no number; NaN, Infinity |
//! | `score-untold` | | a judge gave none |
//! | `not-a-winner` | | a verdict in words we do not know |
//! | `not-followed` | | a reference to another file, a script or a page |
//! | `entry-outside`, `entry-unreadable`, `entry-too-large` | –, `cause`, `limit` (MB) | an archive's entry |
//! | `archive-cut` | `cause` | an archive without its directory |
//! | `log-unfinished` | | a log without a header or with the status "started" |
//! | `file-not-read` | | a file of a folder that is none of ours |
//!
//! A file as a whole is refused with those of [`crate::issue`], and `folder-empty` (`path`), `folder-without-results` (`path`),
//! `archive-unreadable` (`file`), `no-results` (`file`), `yaml-unreadable` (`line`, `position`, `cause`), `file-too-large` (`file`,
//! `limit` in MB), `decimal-sign-undecided` (`column`), `column-missing` (`column`), `case-not-mapped`, `result-not-mapped` (`file`),
//! `format-differs` (`format`).

mod archive;
pub mod columns;
mod document;
pub mod export;
mod formats;
mod gather;
mod input;
mod outline;
pub mod told;
mod values;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use columns::{ColumnField, ColumnMapping};
pub use formats::BakeoffFormat;
pub use gather::BakeoffCounts;
pub use told::Told;

use crate::reader::Progress;
use crate::{IngestError, Result, RowIssue};
use formats::{Files, Group, Part, recognise};
use gather::Gather;
use input::InputFile;
use outline::{Shape, outline};
use told::StatedFigure;

/// Files of a folder looked at, and folders within folders.
const MAX_FILES: usize = 20_000;
const MAX_DEPTH: usize = 6;

/// How to read what a person has opened.
#[derive(Debug, Clone, Default)]
pub struct ReadOptions {
    /// The format, where it is not the likeliest one.
    pub format: Option<BakeoffFormat>,
    /// Which column means what, for tables; guessed from the header where it is not told.
    pub mapping: Option<ColumnMapping>,
}

/// One file and what it may be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SniffedFile {
    pub name: String,
    #[ts(type = "number")]
    pub bytes: u64,
    /// The likeliest format first; none for what is not ours.
    pub formats: Vec<BakeoffFormat>,
    /// Of a table: its columns, and what they are taken for.
    pub columns: Vec<String>,
    pub mapping: Option<ColumnMapping>,
}

/// Everything a first full reading tells.
#[derive(Debug, Clone, PartialEq)]
pub struct Looked {
    pub files: Vec<SniffedFile>,
    pub counts: BakeoffCounts,
    pub stated: Vec<StatedFigure>,
    /// At most [`Looked::MOST_ISSUES`]; `counts.issues` tells how many there are.
    pub issues: Vec<RowIssue>,
}

impl Looked {
    pub const MOST_ISSUES: usize = 1_000;
    /// Stated figures kept.
    pub const MOST_STATED: usize = 20_000;
}

/// Which formats a file, or each file of a folder, may be of. Reads no further than it must.
///
/// # Errors
/// What is not there, holds nothing, or is none of ours: one sentence each.
pub fn sniff(path: &Path) -> Result<Vec<SniffedFile>> {
    let found = find(path)?;
    Ok(found.into_iter().map(|(file, shape)| sniffed(&file, shape.as_ref())).collect())
}

fn sniffed(file: &InputFile, shape: Option<&Shape>) -> SniffedFile {
    let columns = shape.map(columns::of_shape).unwrap_or_default();
    let formats: Vec<BakeoffFormat> =
        shape.map(recognise).unwrap_or_default().into_iter().map(|(format, _)| format).collect();
    let is_table = formats.first().is_some_and(|format| format.is_mapped());
    SniffedFile {
        name: file.name.clone(),
        bytes: file.bytes,
        mapping: is_table.then(|| columns::guess(&columns)),
        columns,
        formats,
    }
}

/// Reads everything once without keeping it: what it holds, what it states, what is wrong.
///
/// # Errors
/// As [`read`].
pub fn look(path: &Path, options: &ReadOptions, progress: &mut dyn FnMut(Progress) -> bool) -> Result<Looked> {
    let (mut stated, mut issues) = (Vec::new(), Vec::new());
    let counts = read(path, options, progress, &mut |told| {
        match told {
            Told::Stated(figure) if stated.len() < Looked::MOST_STATED => stated.push(figure),
            Told::Issue(issue) if issues.len() < Looked::MOST_ISSUES => issues.push(issue),
            _ => {}
        }
        true
    })?;
    Ok(Looked { files: sniff(path)?, counts, stated, issues })
}

/// Reads a file or a folder and hands on record by record; `each` ends the reading by returning `false`, as does `progress`.
///
/// # Errors
/// What is no file of results or cases at all: one sentence. The disk's. [`IngestError::Cancelled`].
pub fn read(
    path: &Path,
    options: &ReadOptions,
    progress: &mut dyn FnMut(Progress) -> bool,
    each: &mut dyn FnMut(Told) -> bool,
) -> Result<BakeoffCounts> {
    let found = find(path)?;
    let mut groups: BTreeMap<(PathBuf, BakeoffFormat), Files<'_>> = BTreeMap::new();
    let mut not_read = Vec::new();
    for (file, shape) in &found {
        let mut of = shape.as_ref().map(recognise).unwrap_or_default();
        if let Some(format) = options.format {
            of.retain(|(one, _)| *one == format);
        }
        if options.mapping.is_some() && of.is_empty() {
            // A person says what its columns mean.
            of.extend(match shape {
                Some(Shape::Table(_)) => Some((BakeoffFormat::TableCsv, Part::Whole)),
                Some(Shape::Object(_) | Shape::Objects(_)) => Some((BakeoffFormat::TableJsonl, Part::Whole)),
                _ => None,
            });
        }
        match (of.first(), shape) {
            (Some((format, part)), Some(shape)) => {
                let folder = file.path.parent().unwrap_or(Path::new("")).to_owned();
                groups.entry((folder, *format)).or_default().push((file, *part, shape));
            }
            _ => not_read.push(file),
        }
    }
    if groups.is_empty() {
        let shown = path.to_string_lossy();
        return Err(match options.format {
            Some(format) => IngestError::file("format-differs", &[("format", format.name())]),
            None if path.is_dir() => IngestError::file("folder-without-results", &[("path", &shown)]),
            None => IngestError::file("no-results", &[("file", &shown)]),
        });
    }
    let mut hand_on = |told: Told| if each(told) { Ok(()) } else { Err(IngestError::Cancelled) };
    let total = groups.values().flatten().map(|(file, ..)| file.bytes).sum();
    let mut gather = Gather::new(&mut hand_on, progress, total);
    for file in not_read {
        gather.open(&file.name);
        gather.issue(RowIssue::new("file-not-read"))?;
    }
    for ((_, format), files) in groups {
        let bytes: u64 = files.iter().map(|(file, ..)| file.bytes).sum();
        gather.scope(None);
        (format.declared().read)(&Group { files, options }, &mut gather)?;
        gather.done += bytes;
        gather.advance(0)?;
    }
    Ok(gather.counts)
}

/// The file at a path, or all files of a folder in order of their names. Of a folder, what cannot be read has no shape.
fn find(path: &Path) -> Result<Vec<(InputFile, Option<Shape>)>> {
    let shown = path.to_string_lossy();
    if !path.is_dir() {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let bytes = std::fs::metadata(path).map(|metadata| metadata.len()).unwrap_or(0);
        let file = InputFile { path: path.to_owned(), name, bytes };
        if bytes == 0 {
            // Says what is the matter: missing, empty, no file.
            crate::look::Look::at(path)?;
        }
        let shape = outline(&file)?;
        return Ok(vec![(file, Some(shape))]);
    }
    let mut files = Vec::new();
    walk(path, path, 0, &mut files)?;
    if files.is_empty() {
        return Err(IngestError::file("folder-empty", &[("path", &shown)]));
    }
    files.sort_by(|a, b| a.name.cmp(&b.name));
    files
        .into_iter()
        .map(|file| match outline(&file) {
            Ok(shape) => Ok((file, Some(shape))),
            Err(IngestError::File { .. }) => Ok((file, None)),
            Err(other) => Err(other),
        })
        .collect()
}

fn walk(root: &Path, folder: &Path, depth: usize, files: &mut Vec<InputFile>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let entry = entry?;
        if files.len() >= MAX_FILES {
            break;
        }
        // Links are not followed: one may lead back up, or out of what was opened.
        let kind = entry.file_type()?;
        let path = entry.path();
        let is_hidden = entry.file_name().to_string_lossy().starts_with('.');
        if kind.is_dir() && depth < MAX_DEPTH && !is_hidden {
            walk(root, &path, depth + 1, files)?;
        } else if kind.is_file() && !is_hidden {
            let name = path.strip_prefix(root).unwrap_or(&path).to_string_lossy().replace('\\', "/");
            files.push(InputFile { bytes: entry.metadata()?.len(), path, name });
        }
    }
    Ok(())
}
