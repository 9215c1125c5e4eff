//! Reading a file or some bytes the way the application does: look, take the guessed mapping, read.
#![allow(dead_code, clippy::unwrap_used)]

use std::io::Write;
use std::path::{Path, PathBuf};

use domain::calendar::ReportingCalendar;
use domain::price_book::PriceBook;
use domain::usage::{Measures, TokenCounts};
use ingest::{FieldMapping, IngestError, Reading, RowIssue, UsageBatch, UsageFormat, read_usage, sniff};

pub fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/usage").join(name)
}

pub fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
    let mut file = tempfile::Builder::new().prefix("usage-").suffix(".csv").tempfile().unwrap();
    file.write_all(bytes).unwrap();
    file
}

/// Reads with the guessed format and mapping, changed by `adjust`; times without a zone are in UTC.
pub fn read_path(path: &Path, adjust: impl FnOnce(&mut FieldMapping)) -> Result<UsageBatch, IngestError> {
    let sniffed = sniff::sniff(path)?;
    let mut mapping = sniffed.mapping;
    mapping.time_zone = Some("UTC".into());
    adjust(&mut mapping);
    read_as(path, sniffed.formats[0], &mapping)
}

pub fn read_as(path: &Path, format: UsageFormat, mapping: &FieldMapping) -> Result<UsageBatch, IngestError> {
    let calendar = ReportingCalendar::new("UTC", 1).unwrap();
    read_usage(
        path,
        format,
        mapping,
        Reading { book: &PriceBook::default(), calendar: &calendar, seams: &[] },
        &mut |_| true,
    )
}

pub fn read(bytes: &[u8]) -> Result<UsageBatch, IngestError> {
    read_path(file(bytes).path(), |_| ())
}

/// The code and parameters with which a file as a whole is refused.
pub fn refusal(outcome: Result<UsageBatch, IngestError>) -> (&'static str, Vec<String>) {
    match outcome {
        Err(IngestError::File { code, params }) => (code, params.into_values().collect()),
        other => panic!("not refused: {other:?}"),
    }
}

pub fn totals(batch: &UsageBatch) -> Measures {
    let mut sum = Measures::default();
    batch.by_series.iter().for_each(|measures| sum.add(measures));
    sum
}

pub fn tokens(
    input: u64,
    cache_read: u64,
    cache_write_5m: u64,
    cache_write_1h: u64,
    output: u64,
    reasoning: u64,
) -> TokenCounts {
    TokenCounts { input, cache_read, cache_write_5m, cache_write_1h, output, reasoning, ..TokenCounts::default() }
}

/// (values and tier of its series, start of the hour, measures), in order.
pub fn cells(batch: &UsageBatch) -> Vec<(String, i64, Measures)> {
    let name = |series: u32| {
        let series = &batch.series[series as usize];
        format!("{} {}", series.values.join("|"), series.tier)
    };
    batch.cells.all().unwrap().iter().map(|cell| (name(cell.series), cell.hour, cell.measures)).collect()
}

/// (row, code, column, value) of every issue.
pub fn issues(batch: &UsageBatch) -> Vec<(u64, &str, &str, &str)> {
    batch.issues.iter().map(brief).collect()
}

fn brief(issue: &RowIssue) -> (u64, &str, &str, &str) {
    (
        issue.row.unwrap_or(0),
        issue.code.as_str(),
        issue.column.as_deref().unwrap_or(""),
        issue.value.as_deref().unwrap_or(""),
    )
}
