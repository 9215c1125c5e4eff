//! OpenAI's organization usage API for completions.
//!
//! `input_tokens` includes `input_cached_tokens`; a bucket sums up `num_model_requests` requests.

use domain::latency::Timing;
use domain::money::Currency;
use domain::usage::{Known, TokenCounts, disjoint_input};
use serde_json::Value;

use super::openai::{self, Place};
use super::{Format, Marks};
use crate::RowIssue;
use crate::issue::cache_exceeds_input;
use crate::json::{count, scalar};
use crate::json_usage::Taken;
use crate::timestamp::TimestampReader;

pub(super) const FORMAT: Format = Format {
    name: "openai-usage",
    marks: Marks::Objects(|objects| match objects.first() {
        Some(first) => openai::looks_like(first) && !objects.iter().any(openai::states_amounts),
        // Only a document in the shape of a known API is longer than a look.
        None => true,
    }),
    is_mapped: false,
    known: |_| Known {
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
    },
    currency: |_, _| Ok(Currency::USD),
    notes: |_, _| Ok(vec!["input-includes-cache", "context-by-mean"]),
    read: |path, look, _, setup, progress| openai::read(path, look, setup, progress, row),
};

/// Tokens of a kind no page of completions tells of: another of the usage APIs was saved.
fn is_of_completions(result: &Value) -> bool {
    match result.get("object").and_then(Value::as_str) {
        Some(object) => {
            object.starts_with("organization.usage.completions") || object.starts_with("organization.usage.embeddings")
        }
        None => result.get("input_tokens").is_some(),
    }
}

fn row(bucket: &Value, result: &Value, timestamps: &mut TimestampReader) -> Result<Taken, RowIssue> {
    if !is_of_completions(result) {
        // Images, costs, storage: read as usage they would be worth nothing.
        let what = scalar(result.get("object"));
        return Err(RowIssue::new("not-token-usage").column("object").value(what.as_bytes()));
    }
    let Place { at, is_whole_day, to_the_minute } = Place::of(bucket, timestamps)?;
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
