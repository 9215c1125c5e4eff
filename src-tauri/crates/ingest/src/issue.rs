//! What is wrong with a row, as data.
//!
//! Issues are messages `issue-<code>`; `value` and these parameters fill them:
//!
//! | code | parameters | when |
//! |---|---|---|
//! | `timestamp-missing` | | no time |
//! | `not-a-timestamp` | | a text that is no time, an impossible date |
//! | `timestamp-relative` | | a small number: an offset from the start of a trace |
//! | `timestamp-without-zone` | | a local time, and the mapping names no zone |
//! | `timestamp-out-of-range` | | before 2015 or after 2099 |
//! | `negative`, `not-whole`, `not-a-number`, `too-large` | | a count or an amount |
//! | `cache-exceeds-input` | `input`, `cached` | the cached part is larger than the whole |
//! | `reasoning-exceeds-output` | `reasoning`, `output` | likewise |
//! | `duration-out-of-range` | | a latency below 0 or above 24 hours |
//! | `not-a-usage-object` | | JSON in which no known API counts tokens |
//! | `not-a-verdict` | | success in words we do not know |
//! | `not-utf8`, `name-too-long` | –, `limit` (bytes) | a dimension's value |
//! | `row-cut`, `row-too-wide` | `found`, `expected` | too few cells, too many |
//! | `open-quote` | | a quote that swallows the lines behind it |
//! | `nul-bytes` | `count` | zeros within text |
//! | `record-too-long` | `limit` (MB) | a line or object beyond all measure |
//! | `gzip-damaged` | `cause` | the archive breaks off here |
//! | `json-invalid`, `json-cut` | `position`, – | within an object; the end of the file within one |
//! | `not-an-object`, `not-a-bucket` | | JSON of another shape |
//! | `price-unreadable` | | a row of a price list |
//!
//! A file as a whole is refused with `error-<code>`: `file-not-found` (`path`), `not-a-file` (`path`), `file-empty` (`file`),
//! `file-is-other` (`file`, `kind`), `file-without-rows` (`file`), `no-header` (`file`, `header`), `header-too-long` (`file`),
//! `column-missing` (`column`), `timestamp-not-mapped`, `unknown-zone` (`zone`), `format-differs` (`format`),
//! `gzip-damaged` (`cause`), `json-unreadable` (`line`, `position`), `not-a-price-list`.
//!
//! Notes, `note-<code>`: `input-includes-cache`, `input-excludes-cache`, `daily-buckets`, `cost-only`, `first-tag`,
//! `gateway-cache-free`, `duplicate-columns`, `context-by-mean`, `context-unknown`, `tokens-untold`,
//! `vendor-untold`.

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

pub(crate) fn cache_exceeds_input(column: impl Into<String>, input: u64, cached: u64) -> RowIssue {
    RowIssue::new("cache-exceeds-input")
        .column(column)
        .value(input.to_string().as_bytes())
        .param("input", input)
        .param("cached", cached)
}
