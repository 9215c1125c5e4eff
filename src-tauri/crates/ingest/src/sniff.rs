//! A first look at a file: what it is, its columns, a few rows, a guessed mapping.

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::guess::guess;
use crate::header::Header;
use crate::mapping::{FieldMapping, UsageFormat, squeeze};
use crate::rows::Row;
use crate::source::Source;
use crate::timestamp::{TimestampError, TimestampReader};
use crate::{IngestError, Result};

/// Rows shown before a mapping is chosen.
pub(crate) const SAMPLE_ROWS: usize = 20;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceColumn {
    pub name: String,
    pub samples: Vec<String>,
    /// Its values are times that name no zone, all of them: of a few that name none each is refused for itself.
    pub local_times: bool,
}

impl SourceColumn {
    pub(crate) fn new(name: &str, samples: Vec<String>) -> Self {
        let names_no_zone =
            |text: &String| TimestampReader::new(None, true).seconds(text.as_bytes()) == Err(TimestampError::NoZone);
        let mut told = samples.iter().filter(|text| !text.trim().is_empty()).peekable();
        let local_times = told.peek().is_some() && told.all(names_no_zone);
        Self { name: name.to_owned(), local_times, samples }
    }
}

/// What a look at the beginning of a file tells.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Sniffed {
    pub name: String,
    #[ts(type = "number")]
    pub bytes: u64,
    /// The likeliest format first.
    pub formats: Vec<UsageFormat>,
    pub encoding: String,
    pub delimiter: Option<String>,
    pub columns: Vec<SourceColumn>,
    pub sample: Vec<Vec<String>>,
    pub mapping: FieldMapping,
    #[ts(type = "number | null")]
    pub rows_estimate: Option<u64>,
}

/// The beginning of a file as text, and whether that is all of it.
pub(crate) struct Look {
    pub text: Vec<u8>,
    pub is_all: bool,
    pub is_gzip: bool,
    encoding: &'static str,
    pub name: String,
    bytes: u64,
}

impl Look {
    /// # Errors
    /// A file that is not there, empty, or no text: one sentence each.
    pub(crate) fn at(path: &Path) -> Result<Look> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let shown = path.to_string_lossy();
        let metadata = match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => return Err(IngestError::file("not-a-file", &[("path", &shown)])),
            Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
                return Err(IngestError::file("file-not-found", &[("path", &shown)]));
            }
            Err(error) => return Err(error.into()),
        };
        let empty = || Err(IngestError::file("file-empty", &[("file", &name)]));
        let other = |kind| Err(IngestError::file("file-is-other", &[("file", &name), ("kind", kind)]));
        if metadata.len() == 0 {
            return empty();
        }
        if let Some(kind) = foreign(&beginning(path)?) {
            return other(kind);
        }
        let mut source = Source::open(path)?;
        let mut text = Vec::new();
        source.fill(&mut text)?;
        if text.trim_ascii().is_empty() {
            return empty();
        }
        // Bytes of a machine where it lost power are a bad row; a first line nobody can read is no text.
        let start = &text[..text.len().min(65_536)];
        let first_line = &start[..memchr::memchr2(b'\n', b'\r', start).unwrap_or(start.len())];
        if first_line.iter().any(|byte| is_machine(*byte)) || unreadable(first_line) > first_line.len() / 4 {
            return other(foreign(&text).unwrap_or("binary"));
        }
        Ok(Look {
            is_all: source.ended(),
            is_gzip: source.is_gzip(),
            encoding: source.encoding().name(),
            text,
            name,
            bytes: metadata.len(),
        })
    }

    pub(crate) fn is_json(&self) -> bool {
        matches!(self.text.trim_ascii_start().first(), Some(b'{' | b'['))
    }

    /// # Errors
    /// No line of column names.
    pub(crate) fn header(&self) -> Result<Header> {
        let file = ("file", self.name.as_str());
        let Some(header) = Header::of(&self.text) else { return Err(IngestError::file("header-too-long", &[file])) };
        if header.is_data() {
            return Err(IngestError::file("no-header", &[file, ("header", &header.line)]));
        }
        Ok(header)
    }

    /// Rows in the file, from how many fill how many bytes of the look; `None` where that cannot be told.
    pub(crate) fn estimate(&self, rows: usize, bytes: usize) -> Option<u64> {
        if self.is_all {
            return Some(rows as u64);
        }
        (!self.is_gzip && rows > 0).then(|| self.bytes * rows as u64 / bytes.max(1) as u64)
    }
}

/// Looks at the beginning of a file.
///
/// # Errors
/// A file that is empty, binary, or has no header: one sentence each.
pub fn sniff(path: &Path) -> Result<Sniffed> {
    let look = Look::at(path)?;
    let sniffed = Sniffed {
        name: look.name.clone(),
        bytes: look.bytes,
        formats: Vec::new(),
        encoding: look.encoding.to_owned(),
        delimiter: None,
        columns: Vec::new(),
        sample: Vec::new(),
        mapping: FieldMapping::default(),
        rows_estimate: None,
    };
    if look.is_json() { crate::json_sniff::sniff(&look, sniffed) } else { sniff_csv(&look, sniffed) }
}

/// A byte that only machines write: no line of column names, and no line of JSON, has it. The separators of ASCII are let be.
fn is_machine(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0e..=0x19 | 0x1b | 0x7f)
}

/// Bytes of characters that nobody can read: those of machines, and what stands for bytes that are no character.
fn unreadable(text: &[u8]) -> usize {
    const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();
    let machine = text.iter().filter(|byte| is_machine(**byte)).count();
    machine + memchr::memmem::find_iter(text, REPLACEMENT).count() * REPLACEMENT.len()
}

fn beginning(path: &Path) -> Result<Vec<u8>> {
    use std::io::Read;
    let mut bytes = Vec::with_capacity(512);
    std::fs::File::open(path)?.take(512).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Well-known files that are no text, whatever their name says.
fn foreign(raw: &[u8]) -> Option<&'static str> {
    match raw {
        [b'%', b'P', b'D', b'F', ..] => Some("pdf"),
        [b'P', b'K', 3 | 5, ..] => Some("zip"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some("xls"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => Some("image"),
        [b'P', b'A', b'R', b'1', ..] => Some("parquet"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some("zstd"),
        _ if raw.starts_with(b"SQLite format 3") => Some("sqlite"),
        _ => {
            let start = raw.trim_ascii_start();
            let begins = |tag: &[u8]| start.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag));
            (begins(b"<!") || begins(b"<html") || begins(b"<?xml")).then_some("html")
        }
    }
}

fn sniff_csv(look: &Look, mut sniffed: Sniffed) -> Result<Sniffed> {
    let header = look.header()?;
    let text = &look.text;
    let (mut row, mut at, mut rows) = (Row::default(), header.bytes, 0);
    while row.read(text, at, header.delimiter) {
        at = row.to;
        // The last row of a look may be cut.
        if row.text(text).is_empty() || (row.to == text.len() && !look.is_all) {
            continue;
        }
        rows += 1;
        if sniffed.sample.len() < SAMPLE_ROWS {
            let cell = |index| String::from_utf8_lossy(&row.unescaped(text, index)).chars().take(200).collect();
            sniffed.sample.push((0..row.len().min(header.names.len())).map(cell).collect());
        }
    }
    let sample = &sniffed.sample;
    let samples = |index| sample.iter().filter_map(|row| row.get(index)).take(3).cloned().collect();
    let column = |(index, name): (usize, &String)| SourceColumn::new(name, samples(index));
    sniffed.columns = header.names.iter().enumerate().map(column).collect();
    sniffed.formats = csv_formats(&header.names);
    sniffed.delimiter = Some(char::from(header.delimiter).to_string());
    // How numbers and dates are written is decided by the whole file when it is read, not by these few rows.
    sniffed.mapping = guess(&header.names);
    sniffed.rows_estimate = look.estimate(rows, text.len());
    Ok(sniffed)
}

/// The dedicated readers whose columns are all there, then the generic one.
fn csv_formats(names: &[String]) -> Vec<UsageFormat> {
    let has = |wanted: &[&str]| wanted.iter().all(|w| names.iter().any(|name| squeeze(name) == squeeze(w)));
    let mut formats = Vec::new();
    if has(crate::anthropic::USAGE_MARKS) {
        formats.push(UsageFormat::AnthropicUsageCsv);
    }
    if has(crate::anthropic::COST_MARKS) {
        formats.push(UsageFormat::AnthropicCostCsv);
    }
    formats.push(UsageFormat::GenericCsv);
    formats
}
