//! A first look at a file: what it is, its columns, a few rows, a guessed mapping.

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::blocks::{Blocks, Encoding};
use crate::mapping::{FieldMapping, UsageFormat, guess, squeeze};
use crate::{IngestError, Result};

/// Rows shown before a mapping is chosen.
const SAMPLE_ROWS: usize = 20;

/// Longest header line we take for one.
const MAX_HEADER: usize = 1 << 20;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceColumn {
    pub name: String,
    pub samples: Vec<String>,
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

/// Field separators, in the order of preference.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// Looks at the beginning of a file.
///
/// # Errors
/// A file that is empty, binary, or has no header: one sentence each.
pub fn sniff(path: &Path) -> Result<Sniffed> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    let metadata = match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => metadata,
        Ok(_) => return Err(IngestError::file("not-a-file", &[("path", &path.to_string_lossy())])),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {
            return Err(IngestError::file("file-not-found", &[("path", &path.to_string_lossy())]));
        }
        Err(error) => return Err(error.into()),
    };
    let fail = |code, params: &[(&str, &str)]| {
        let mut all = vec![("file", name.as_str())];
        all.extend_from_slice(params);
        Err(IngestError::file(code, &all))
    };
    if metadata.len() == 0 {
        return fail("file-empty", &[]);
    }
    let raw = beginning(path)?;
    if let Some(kind) = foreign(&raw) {
        return fail("file-is-other", &[("kind", kind)]);
    }
    let encoding = Encoding::of(&raw).name().to_owned();
    let mut blocks = Blocks::open(path, false)?;
    let Some(first) = blocks.next()? else { return fail("file-empty", &[]) };
    let text = first.bytes;
    if text.trim_ascii().is_empty() {
        return fail("file-empty", &[]);
    }
    if memchr::memchr(0, &text[..text.len().min(65_536)]).is_some() {
        return fail("file-is-other", &[("kind", "binary")]);
    }
    let fresh = |formats| Sniffed {
        name: name.clone(),
        bytes: metadata.len(),
        formats,
        encoding: encoding.clone(),
        delimiter: None,
        columns: Vec::new(),
        sample: Vec::new(),
        mapping: FieldMapping::default(),
        rows_estimate: None,
    };
    if matches!(text.trim_ascii_start().first(), Some(b'{' | b'[')) {
        return crate::json_usage::sniff(&text, fresh(Vec::new()));
    }
    let header_end = memchr::memchr(b'\n', &text).unwrap_or(text.len());
    if header_end > MAX_HEADER {
        return fail("header-too-long", &[]);
    }
    sniff_csv(&text, header_end, fresh(Vec::new()))
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
        _ if raw.starts_with(b"SQLite format 3") => Some("sqlite"),
        _ if raw.trim_ascii_start().starts_with(b"<!") || raw.trim_ascii_start().starts_with(b"<html") => Some("html"),
        _ => None,
    }
}

/// The separator that occurs most in the header outside quotes.
pub(crate) fn delimiter(header: &[u8]) -> u8 {
    let mut counts = [0usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in header {
        if *byte == b'"' {
            quoted = !quoted;
        } else if !quoted && let Some(index) = DELIMITERS.iter().position(|d| d == byte) {
            counts[index] += 1;
        }
    }
    let best = (0..DELIMITERS.len()).rev().max_by_key(|i| counts[*i]).unwrap_or(0);
    DELIMITERS[best]
}

/// Names of a header, trimmed; a nameless column is called by its place.
pub(crate) fn header_names(header: &[u8], delimiter: u8) -> Vec<String> {
    rows(header, delimiter, 1)
        .into_iter()
        .next()
        .unwrap_or_default()
        .into_iter()
        .enumerate()
        .map(|(index, name)| if name.trim().is_empty() { format!("#{}", index + 1) } else { name.trim().to_owned() })
        .collect()
}

fn rows(text: &[u8], delimiter: u8, limit: usize) -> Vec<Vec<String>> {
    let mut reader = simd_csv::ZeroCopyReaderBuilder::new();
    let mut reader = reader.delimiter(delimiter).has_headers(false).flexible(true).from_reader(text);
    let mut rows = Vec::new();
    while rows.len() < limit {
        let Ok(Some(record)) = reader.read_byte_record() else { break };
        let fields = (0..record.len()).filter_map(|i| record.unescape(i));
        rows.push(fields.map(|field| String::from_utf8_lossy(field.trim_ascii()).into_owned()).collect());
    }
    rows
}

fn sniff_csv(text: &[u8], header_end: usize, mut sniffed: Sniffed) -> Result<Sniffed> {
    let separator = delimiter(&text[..header_end]);
    let mut table = rows(text, separator, SAMPLE_ROWS + 1).into_iter();
    table.next();
    let names = header_names(&text[..header_end.saturating_add(1).min(text.len())], separator);
    let looks_like_data = |name: &String| name.parse::<f64>().is_ok() || name.len() > 200;
    if names.len() < 2 || names.iter().all(looks_like_data) {
        let header = String::from_utf8_lossy(&text[..header_end.min(120)]).trim().to_owned();
        return Err(IngestError::file("no-header", &[("file", &sniffed.name), ("header", &header)]));
    }
    let sample: Vec<Vec<String>> = table.collect();
    sniffed.columns = names
        .iter()
        .enumerate()
        .map(|(index, name)| SourceColumn {
            name: name.clone(),
            samples: sample.iter().filter_map(|row| row.get(index)).take(3).cloned().collect(),
        })
        .collect();
    let decimal_comma = separator == b';' && sample.iter().flatten().any(|cell| is_comma_decimal(cell));
    sniffed.formats = csv_formats(&names);
    sniffed.delimiter = Some(char::from(separator).to_string());
    sniffed.mapping = FieldMapping {
        decimal_comma,
        day_first: sample.iter().flatten().any(|cell| is_day_first(cell)),
        ..guess(&names)
    };
    let body = text.len().saturating_sub(header_end);
    let lines = memchr::memchr_iter(b'\n', text).count().max(2) - 1;
    let average = (body / lines).max(1) as u64;
    sniffed.rows_estimate = Some(sniffed.bytes / average);
    sniffed.sample = sample;
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

fn is_comma_decimal(cell: &str) -> bool {
    cell.split_once(',').is_some_and(|(whole, part)| {
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        digits(whole.trim_start_matches('-')) && digits(part)
    })
}

/// 31/07/2026 can only be day first.
fn is_day_first(cell: &str) -> bool {
    let mut parts = cell.splitn(3, '/');
    let (Some(a), Some(b), Some(c)) = (parts.next(), parts.next(), parts.next()) else { return false };
    let number = |text: &str| text.parse::<u32>().ok();
    matches!((number(a), number(b)), (Some(13..=31), Some(1..=12))) && c.starts_with("20")
}
