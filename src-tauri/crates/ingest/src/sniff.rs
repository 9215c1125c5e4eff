//! A first look at a file: what it is, its columns, a few rows, a guessed mapping.

mod csv;
mod json;

use std::path::Path;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::Result;
use crate::formats::UsageFormat;
use crate::look::Look;
use crate::mapping::FieldMapping;
use crate::timestamp::{TimestampError, TimestampReader};

/// Rows shown before a mapping is chosen.
const SAMPLE_ROWS: usize = 20;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SourceColumn {
    pub name: String,
    pub samples: Vec<String>,
    /// Its values are times that name no zone, all of them: of a few that name none each is refused for itself.
    pub local_times: bool,
}

impl SourceColumn {
    fn new(name: &str, samples: Vec<String>) -> Self {
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
    if look.is_json() { json::sniff(&look, sniffed) } else { csv::sniff(&look, sniffed) }
}
