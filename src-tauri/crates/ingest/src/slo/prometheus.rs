//! Range queries of Prometheus, sample by sample: a file of any size takes the memory of its series' labels.
//!
//! <https://prometheus.io/docs/prometheus/latest/querying/api/#range-queries>:
//! `{"status", "data": {"resultType": "matrix", "result": [{"metric": {…}, "values": [[seconds, "value"], …]}, …]}}`. What stands
//! below `data`, and the list alone, are read too.
//!
//! Issues; those of a series carry its labels as the column, `count` and the `first` minute:
//!
//! | code | parameters | when |
//! |---|---|---|
//! | `sample-not-finite` | | NaN or an infinity |
//! | `sample-not-a-number`, `sample-negative`, `sample-outside-share` | | no number; a count below 0; a share outside of 0 and 1 |
//! | `sample-repeated`, `sample-out-of-order` | | its time is that of the sample before, or lies before it |
//! | `sample-out-of-range` | | before 2015 or after 2099, or no time at all |
//! | `series-chosen-twice` | | a series is both the part and the total |
//! | `series-not-chosen` | `count` | none of the file's series is what was asked for |
//! | `prometheus-not-a-matrix` | | another type of result: nothing is read of it |
//! | `prometheus-error` | | the query failed: its message |
//! | `prometheus-without-series` | | no series at all |
//! | `prometheus-histograms` | | native histograms are read over |
//! | `json-cut`, `json-invalid` | –, `position` | what came before is kept |
//! | `record-too-long`, `gzip-damaged` | `limit` (MB), `cause` | likewise |

use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use super::measurements::{Meaning, Measured, Sink};
use super::range_query::{RangeQuery, Wanted};
use super::samples::Samples;
use super::text::JsonText;
use crate::{IngestError, Progress, Result, RowIssue};

/// Labels of a series, by name.
pub type Labels = BTreeMap<String, String>;

/// Reads a file sample by sample.
///
/// # Errors
/// The disk's, and [`IngestError::Cancelled`].
pub(super) fn read(
    path: &Path,
    meaning: &Meaning,
    sink: Sink<'_>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Measured> {
    let total = std::fs::metadata(path)?.len();
    let (mut text, reached) = JsonText::open(path)?;
    let mut query =
        RangeQuery::new(Wanted::Samples(Box::new(Samples::new(meaning, sink))), progress, total, Rc::clone(&reached));
    let outcome = query.run(&mut text);
    let cancelled = query.cancelled;
    let (kind, failure, has_histograms, series) = (query.kind, query.failure, query.has_histograms, query.series);
    let Wanted::Samples(mut samples) = query.wanted else { return Err(IngestError::Cancelled) };
    if cancelled {
        return Err(IngestError::Cancelled);
    }
    let (sha256, damage) = text.finish()?;
    let other = kind.filter(|kind| kind != "matrix");
    let mut issues = Vec::new();
    issues.extend(failure.map(|message| RowIssue::new("prometheus-error").value(message.as_bytes())));
    issues.extend(other.map(|kind| RowIssue::new("prometheus-not-a-matrix").value(kind.as_bytes())));
    if has_histograms {
        issues.push(RowIssue::new("prometheus-histograms"));
    }
    match outcome {
        Err(error) if error.is_io() => return Err(IngestError::Io(error.into())),
        _ if reached.is_too_long.get() => issues.push(RowIssue::new("record-too-long").param("limit", 1)),
        _ if damage.is_some() => {
            issues.push(RowIssue::new("gzip-damaged").param("cause", damage.unwrap_or_default()));
        }
        Err(error) if error.is_eof() => issues.push(RowIssue::new("json-cut")),
        Err(error) => {
            issues.push(RowIssue::new("json-invalid").at(error.line() as u64).param("position", error.column()));
        }
        Ok(()) if series == 0 && issues.is_empty() => issues.push(RowIssue::new("prometheus-without-series")),
        Ok(()) => {}
    }
    issues.into_iter().for_each(|issue| samples.issue(issue));
    Ok(Measured { sha256, ..samples.finish(series) })
}

/// The labels of the first series of a file, for a person to choose from.
///
/// # Errors
/// The disk's.
pub fn series_of(path: &Path, most: usize) -> Result<Vec<Labels>> {
    let (mut text, reached) = JsonText::open(path)?;
    let mut go_on = |_: Progress| true;
    let mut query = RangeQuery::new(Wanted::Labels(Vec::new(), most), &mut go_on, 0, reached);
    match query.run(&mut text) {
        Err(error) if error.is_io() => Err(IngestError::Io(error.into())),
        // What came before an end that is none is worth choosing from.
        _ => match query.wanted {
            Wanted::Labels(all, _) => Ok(all),
            Wanted::Samples(_) => Ok(Vec::new()),
        },
    }
}
