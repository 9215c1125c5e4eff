//! OpenAI's organization usage API for completions: pages of buckets of results, as saved from the API.
//!
//! `input_tokens` includes `input_cached_tokens`; a bucket begins at `start_time` (Unix seconds) and sums up
//! `num_model_requests` requests. One file may hold one page, an array of pages, or a page per line.

use std::path::Path;

use domain::latency::Timing;
use domain::usage::{Known, TokenCounts, disjoint_input};
use serde_json::Value;

use crate::accumulate::Setup;
use crate::json_usage::{Taken, Tally, Verdict, count, push, scalar, stream};
use crate::sniff::Look;
use crate::timestamp::{SECOND, TimestampReader};
use crate::understand::cache_exceeds_input;
use crate::usage::{Found, Progress};
use crate::{Result, RowIssue};

pub(crate) const KNOWN: Known = Known {
    requests: true,
    successes: false,
    sessions: false,
    successful_sessions: false,
    tokens: true,
    reported_cost: false,
    cache: true,
    reasoning: false,
    untold: false,
    audio: true,
    images: false,
    web_searches: false,
};

/// Whether an object is a page or a bucket of one of the organization's APIs.
pub(crate) fn looks_like(value: &Value) -> bool {
    let object = value.get("object").and_then(Value::as_str);
    match object {
        Some("page") => value.get("data").is_some_and(Value::is_array),
        Some("bucket") => value.get("results").is_some_and(Value::is_array),
        _ => false,
    }
}

/// The results of a page or a bucket.
pub(crate) fn results(value: &Value) -> impl Iterator<Item = &Value> {
    let buckets = match value.get("data").and_then(Value::as_array) {
        Some(buckets) => buckets.iter().collect(),
        None => vec![value],
    };
    buckets.into_iter().filter_map(|bucket| bucket.get("results")?.as_array()).flatten()
}

/// Whether a bucket (epoch nano-seconds) is a day of UTC.
pub(crate) fn is_day(start: i64, end: i64) -> bool {
    end - start == 86_400 * SECOND && start.rem_euclid(86_400 * SECOND) == 0
}

/// Tokens of a kind no page of completions tells of: another of the usage APIs was saved.
fn is_of_completions(result: &Value) -> bool {
    match result.get("object").and_then(Value::as_str) {
        Some(object) => {
            object.starts_with("organization.usage.completions") || object.starts_with("organization.usage.embeddings")
        }
        None => result.get("input_tokens").is_some(),
    }
}

pub(crate) fn read<'a>(
    path: &Path,
    look: &Look,
    setup: Setup<'a>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Found<'a>> {
    let mut timestamps = TimestampReader::new(Some(chrono_tz::UTC), false);
    stream(path, look, setup, progress, |tally, value| document(tally, &value, &mut timestamps))
}

/// Takes a bucket, or every bucket of a page.
fn document(tally: &mut Tally<'_>, value: &Value, timestamps: &mut TimestampReader) -> std::io::Result<()> {
    if let Some(buckets) = value.get("data").and_then(Value::as_array) {
        return buckets.iter().try_for_each(|bucket| take_bucket(tally, bucket, timestamps));
    }
    take_bucket(tally, value, timestamps)
}

fn take_bucket(tally: &mut Tally<'_>, bucket: &Value, timestamps: &mut TimestampReader) -> std::io::Result<()> {
    let Some(results) = bucket.get("results").and_then(Value::as_array) else {
        tally.count(Verdict::Bad(RowIssue::new("not-a-bucket").value(bucket.to_string().as_bytes())));
        return Ok(());
    };
    for result in results {
        if !is_of_completions(result) {
            // Images, costs, storage: read as usage they would be worth nothing.
            let what = scalar(result.get("object"));
            tally.count(Verdict::Bad(RowIssue::new("not-token-usage").column("object").value(what.as_bytes())));
            continue;
        }
        let verdict = match row(bucket, result, timestamps) {
            Ok(taken) => push(tally, taken.record())?,
            Err(issue) => Verdict::Bad(issue),
        };
        tally.count(verdict);
    }
    Ok(())
}

fn row(bucket: &Value, result: &Value, timestamps: &mut TimestampReader) -> std::result::Result<Taken, RowIssue> {
    let start = scalar(bucket.get("start_time"));
    let at = timestamps.nanos(start.as_bytes()).map_err(|e| {
        let code = if start.is_empty() { "timestamp-missing" } else { e.code() };
        RowIssue::new(code).column("start_time").value(start.as_bytes())
    })?;
    let told_end = timestamps.nanos(scalar(bucket.get("end_time")).as_bytes());
    // Buckets are a minute, an hour or a day wide.
    let to_the_minute = told_end.is_ok_and(|end| (1..=60 * SECOND).contains(&(end - at)));
    let end = told_end.unwrap_or(at);
    let is_whole_day = is_day(at, end);
    // A longer bucket is put at its middle, as rows of a day are.
    let at = if end - at > 3600 * SECOND { at + (end - at) / 2 } else { at };
    let (whole, cache_read) = (count(result, "input_tokens")?, count(result, "input_cached_tokens")?);
    let input =
        disjoint_input(whole, cache_read, 0).ok_or_else(|| cache_exceeds_input("input_tokens", whole, cache_read))?;
    let text = |name: &str| scalar(result.get(name));
    Ok(Taken {
        at,
        is_whole_day,
        requests: count(result, "num_model_requests")?,
        // Audio is counted beside the text.
        tokens: TokenCounts {
            input,
            cache_read,
            output: count(result, "output_tokens")?,
            input_audio: count(result, "input_audio_tokens")?,
            output_audio: count(result, "output_audio_tokens")?,
            ..TokenCounts::default()
        },
        timing: Timing { to_the_minute, ..Timing::default() },
        vendor: "openai".to_owned(),
        model: text("model"),
        feature: text("api_key_id"),
        tenant: [text("project_id"), text("user_id")].into_iter().find(|t| !t.is_empty()).unwrap_or_default(),
        tier: if text("batch") == "true" { "batch".to_owned() } else { text("service_tier") },
        ..Taken::default()
    })
}
