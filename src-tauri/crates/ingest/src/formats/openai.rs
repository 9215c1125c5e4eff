//! What the files of OpenAI's organization APIs have in common: pages of buckets of results, as saved from the API. A bucket
//! begins at `start_time` (Unix seconds). One file may hold one page, an array of pages, a page per line, or bare buckets.

use std::path::Path;

use serde_json::Value;

use crate::accumulate::Setup;
use crate::json::scalar;
use crate::json_usage::{Taken, Verdict, push, stream};
use crate::look::Look;
use crate::reader::{Found, Progress};
use crate::timestamp::{SECOND, TimestampReader};
use crate::{Result, RowIssue};

/// Whether an object is a page or a bucket of one of the organization's APIs.
pub(super) fn looks_like(value: &Value) -> bool {
    let object = value.get("object").and_then(Value::as_str);
    match object {
        Some("page") => value.get("data").is_some_and(Value::is_array),
        Some("bucket") => value.get("results").is_some_and(Value::is_array),
        _ => false,
    }
}

/// Whether a page or bucket states amounts.
pub(super) fn states_amounts(value: &Value) -> bool {
    let mut results = buckets(value).iter().filter_map(|bucket| bucket.get("results")?.as_array()).flatten();
    results.any(|result| result.get("amount").is_some_and(Value::is_object))
}

/// The buckets of a page; a bucket alone is its own.
fn buckets(value: &Value) -> &[Value] {
    value.get("data").and_then(Value::as_array).map_or(std::slice::from_ref(value), Vec::as_slice)
}

/// When the requests of a bucket were.
pub(super) struct Place {
    /// Epoch nano-seconds: its beginning, or its middle where it is longer than an hour, as rows of a day are put.
    pub at: i64,
    pub is_whole_day: bool,
    /// It is no wider than a minute.
    pub to_the_minute: bool,
}

impl Place {
    /// # Errors
    /// A beginning that is no time.
    pub(super) fn of(bucket: &Value, timestamps: &mut TimestampReader) -> std::result::Result<Self, RowIssue> {
        const DAY: i64 = 86_400 * SECOND;
        let start = scalar(bucket.get("start_time"));
        let at = timestamps.nanos(start.as_bytes()).map_err(|e| {
            let code = if start.is_empty() { "timestamp-missing" } else { e.code() };
            RowIssue::new(code).column("start_time").value(start.as_bytes())
        })?;
        let end = timestamps.nanos(scalar(bucket.get("end_time")).as_bytes());
        let width = end.map_or(0, |end| end - at);
        Ok(Self {
            at: if width > 3600 * SECOND { at + width / 2 } else { at },
            is_whole_day: width == DAY && at.rem_euclid(DAY) == 0,
            to_the_minute: (1..=60 * SECOND).contains(&width),
        })
    }
}

/// Reads the results of all buckets: `row` is given a bucket and one of its results.
///
/// # Errors
/// As [`stream`].
pub(super) fn read<'a>(
    path: &Path,
    look: &Look,
    setup: Setup<'a>,
    progress: &mut dyn FnMut(Progress) -> bool,
    row: impl Fn(&Value, &Value, &mut TimestampReader) -> std::result::Result<Taken, RowIssue>,
) -> Result<Found<'a>> {
    let mut timestamps = TimestampReader::new(Some(chrono_tz::UTC), false);
    stream(path, look, setup, progress, |tally, value| {
        for bucket in buckets(&value) {
            let Some(results) = bucket.get("results").and_then(Value::as_array) else {
                tally.count(Verdict::Bad(RowIssue::new("not-a-bucket").value(bucket.to_string().as_bytes())));
                continue;
            };
            for result in results {
                let verdict = match row(bucket, result, &mut timestamps) {
                    Ok(taken) => push(tally, taken.record())?,
                    Err(issue) => Verdict::Bad(issue),
                };
                tally.count(verdict);
            }
        }
        Ok(())
    })
}
