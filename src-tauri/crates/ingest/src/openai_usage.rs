//! OpenAI's organization usage API for completions: pages of buckets of results, as saved from the API.
//!
//! `input_tokens` includes `input_cached_tokens`; a bucket begins at `start_time` (Unix seconds). One file may hold one
//! page, an array of pages, or a page per line.

use std::path::Path;

use domain::usage::{Known, TokenCounts, disjoint_input};
use serde_json::Value;

use crate::accumulate::Setup;
use crate::json_usage::{Tally, Verdict, count, push, scalar, stream};
use crate::record::Record;
use crate::timestamp::TimestampReader;
use crate::usage::{Found, Progress};
use crate::{Result, RowIssue};

pub(crate) const KNOWN: Known = Known {
    requests: true,
    successes: false,
    sessions: false,
    successful_sessions: false,
    tokens: true,
    reported_cost: false,
};

/// Whether an object is a page or a bucket of that API.
pub(crate) fn looks_like(value: &Value) -> bool {
    let object = value.get("object").and_then(Value::as_str);
    match object {
        Some("page") => value.get("data").is_some_and(Value::is_array),
        Some("bucket") => value.get("results").is_some_and(Value::is_array),
        _ => false,
    }
}

pub(crate) fn read<'a>(path: &Path, setup: Setup<'a>, progress: &mut dyn FnMut(Progress) -> bool) -> Result<Found<'a>> {
    let mut timestamps = TimestampReader::new(Some(chrono_tz::UTC), false);
    stream(path, setup, progress, |tally, value| document(tally, &value, &mut timestamps))
}

fn document(tally: &mut Tally<'_>, value: &Value, timestamps: &mut TimestampReader) -> std::io::Result<()> {
    if let Some(buckets) = value.get("data").and_then(Value::as_array) {
        for inner in buckets {
            document(tally, inner, timestamps)?;
        }
        return Ok(());
    }
    let Some(results) = value.get("results").and_then(Value::as_array) else {
        tally.count(Verdict::Bad(RowIssue::new("not-a-bucket").value(value.to_string().as_bytes())));
        return Ok(());
    };
    for result in results {
        let verdict = match row(value, result, timestamps) {
            Ok((record, texts)) => push(tally, record, &texts)?,
            Err(issue) => Verdict::Bad(issue),
        };
        tally.count(verdict);
    }
    Ok(())
}

fn row(
    bucket: &Value,
    result: &Value,
    timestamps: &mut TimestampReader,
) -> std::result::Result<(Record<'static>, [String; 8]), RowIssue> {
    let start = scalar(bucket.get("start_time"));
    let at = timestamps
        .seconds(start.as_bytes())
        .map_err(|e| RowIssue::new(e.code()).column("start_time").value(start.as_bytes()))?;
    let (whole, cache_read) = (count(result, "input_tokens")?, count(result, "input_cached_tokens")?);
    let input = disjoint_input(whole, cache_read, 0).ok_or_else(|| {
        RowIssue::new("cache-exceeds-input").column("input_tokens").param("input", whole).param("cached", cache_read)
    })?;
    let tokens = TokenCounts { input, cache_read, output: count(result, "output_tokens")?, ..TokenCounts::default() };
    let requests = count(result, "num_model_requests")?;
    let text = |name: &str| scalar(result.get(name));
    let tier = if text("batch") == "true" { "batch".to_owned() } else { text("service_tier") };
    let texts = [
        "openai".to_owned(),
        text("model"),
        text("api_key_id"),
        [text("project_id"), text("user_id")].into_iter().find(|t| !t.is_empty()).unwrap_or_default(),
        String::new(),
        tier,
        String::new(),
        String::new(),
    ];
    Ok((Record { at, requests, tokens, ..Record::default() }, texts))
}
