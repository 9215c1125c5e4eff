//! What is wrong with a row, as data.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// One bad row: where, which column, what is wrong (a message `issue-<code>`), and the value found.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RowIssue {
    /// 1-based as an editor or spreadsheet counts: the header of a CSV file is row 1.
    #[ts(type = "number | null")]
    pub row: Option<u64>,
    pub column: Option<String>,
    pub code: String,
    pub params: BTreeMap<String, String>,
    pub value: Option<String>,
}

/// Issues kept with their text; beyond this many only the count grows.
pub const KEPT: usize = 200_000;

/// Longest part of a bad value that is kept.
const VALUE_CHARS: usize = 80;

impl RowIssue {
    pub fn new(code: &str) -> Self {
        Self { row: None, column: None, code: code.to_owned(), params: BTreeMap::new(), value: None }
    }

    pub fn at(mut self, row: u64) -> Self {
        self.row = Some(row);
        self
    }

    pub fn column(mut self, column: impl Into<String>) -> Self {
        self.column = Some(column.into());
        self
    }

    pub fn param(mut self, name: &str, value: impl ToString) -> Self {
        self.params.insert(name.to_owned(), value.to_string());
        self
    }

    pub fn value(mut self, value: &[u8]) -> Self {
        let text = String::from_utf8_lossy(&value[..value.len().min(VALUE_CHARS * 4)]);
        let mut short: String = text.chars().take(VALUE_CHARS).collect();
        if short.len() < text.len() || value.len() > VALUE_CHARS * 4 {
            short.push('…');
        }
        self.value = Some(short);
        self
    }
}
