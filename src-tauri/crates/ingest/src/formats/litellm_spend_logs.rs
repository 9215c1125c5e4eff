//! LiteLLM spend logs (`LiteLLM_SpendLogs` as a JSON array or JSON Lines).
//!
//! `prompt_tokens` includes cache reads and writes. A request may carry several tags; it is counted once, under its first.

use std::path::Path;

use domain::economics::ChargeKind;
use domain::latency::{LONGEST, Timing};
use domain::money::Currency;
use domain::usage::{Known, TokenCounts, disjoint_input};
use serde_json::Value;

use super::{Format, Marks};
use crate::accumulate::Setup;
use crate::issue::cache_exceeds_input;
use crate::json::{at_path, count, scalar};
use crate::json_usage::{Taken, Verdict, push, stream};
use crate::look::Look;
use crate::mapping::FieldMapping;
use crate::number::{self, Evidence};
use crate::reader::{Found, Progress};
use crate::record;
use crate::timestamp::{SECOND, TimestampReader};
use crate::{Result, RowIssue};

pub(super) const FORMAT: Format = Format {
    name: "litellm-spend-logs",
    marks: Marks::Objects(|objects| {
        let has = |name: &str| objects.first().is_some_and(|first| first.get(name).is_some());
        has("request_id") && has("call_type") && (has("startTime") || has("spend"))
    }),
    is_mapped: false,
    known: |_| Known {
        requests: true,
        successes: true,
        sessions: true,
        successful_sessions: true,
        tokens: true,
        reported_cost: true,
        cache: true,
        reasoning: true,
        untold: false,
        audio: true,
        images: true,
        web_searches: true,
    },
    currency: |_, _| Ok(Currency::USD),
    notes: |_, _| Ok(vec!["input-includes-cache", "first-tag", "gateway-cache-free"]),
    read,
};

fn read<'a>(
    path: &Path,
    look: &Look,
    _: &FieldMapping,
    setup: Setup<'a>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Found<'a>> {
    // The proxy stores UTC and some exports leave the zone out.
    let mut timestamps = TimestampReader::new(Some(chrono_tz::UTC), false);
    stream(path, look, setup, progress, |tally, value| {
        let verdict = match row(&value, &mut timestamps) {
            Ok(Some(taken)) => push(tally, taken.record())?,
            Ok(None) => Verdict::Skipped,
            Err(issue) => Verdict::Bad(issue),
        };
        tally.count(verdict);
        Ok(())
    })
}

/// `None` for a row without usage: neither tokens nor spend nor a model.
fn row(value: &Value, timestamps: &mut TimestampReader) -> std::result::Result<Option<Taken>, RowIssue> {
    let text = |name: &str| scalar(value.get(name));
    let first_text = |names: &[&str]| names.iter().map(|name| text(name)).find(|t| !t.is_empty()).unwrap_or_default();
    // Some exports hold JSON columns as text.
    let unpacked = |name: &str| -> Value {
        match value.get(name) {
            Some(Value::String(json)) => serde_json::from_str(json).unwrap_or(Value::Null),
            Some(other) => other.clone(),
            None => Value::Null,
        }
    };
    let metadata = unpacked("metadata");
    // Calls through the Anthropic and pass-through routes keep their details elsewhere.
    let usage = ["usage_object", "additional_usage_values"]
        .into_iter()
        .find_map(|name| at_path(&metadata, name).filter(|usage| usage.as_object().is_some_and(|o| !o.is_empty())))
        .cloned()
        .unwrap_or(Value::Null);
    let start = text("startTime");
    let at = timestamps.nanos(start.as_bytes()).map_err(|e| {
        let code = if start.is_empty() { "timestamp-missing" } else { e.code() };
        RowIssue::new(code).column("startTime").value(start.as_bytes())
    })?;
    let mut timing = timing(value, at, timestamps)?;
    let spend = text("spend");
    let mut reported = match spend.as_str() {
        "" => None,
        spend => {
            let read = number::nanos(spend.as_bytes(), false, &Evidence::default());
            Some(read.map_err(|e| RowIssue::new(e.code()).column("spend").value(spend.as_bytes()))?)
        }
    };
    let mut tokens = tokens(value, &usage)?;
    let is_told = |name: &&str| value.get(name).is_some_and(|count| !count.is_null());
    let mut tells_tokens =
        tokens.total() > 0 || ["prompt_tokens", "completion_tokens", "total_tokens"].iter().any(is_told);
    let model = first_text(&["model", "model_group"]);
    if model.is_empty() && tokens.total() == 0 && reported.unwrap_or(0) == 0 {
        return Ok(None);
    }
    // Answered from the gateway's own cache: no provider saw the tokens, and none bills them.
    if record::success(text("cache_hit").as_bytes()) == Some(true) {
        (tokens, tells_tokens) = (TokenCounts::default(), true);
        reported = Some(0);
        // Nor was any asked for them, in this minute or for this long.
        timing = Timing::default();
    }
    let status = [text("status"), scalar(at_path(&metadata, "status"))].into_iter().find(|s| !s.is_empty());
    let tags = unpacked("request_tags");
    // The proxy itself adds the client's user agent as a tag.
    let is_feature = |tag: &String| !tag.is_empty() && !tag.starts_with("User-Agent");
    let mut names = tags.as_array().into_iter().flatten().map(|tag| scalar(Some(tag)));
    Ok(Some(Taken {
        is_whole_day: false,
        at,
        // A log row is written for a finished request; only failures are always marked.
        success: Some(status.as_deref().and_then(|s| record::success(s.as_bytes())).unwrap_or(true)),
        requests: 1,
        tokens,
        tells_tokens,
        web_searches: count(&usage, "server_tool_use.web_search_requests")?
            .max(count(&usage, "prompt_tokens_details.web_search_requests")?),
        reported,
        charge: charge(&text("call_type")),
        timing,
        vendor: text("custom_llm_provider"),
        model,
        feature: names.find(is_feature).unwrap_or_default(),
        tenant: first_text(&["end_user", "team_id", "organization_id"]),
        tier: scalar(at_path(&usage, "service_tier")),
        session: text("session_id"),
        request_id: text("request_id"),
    }))
}

/// When a request began, and how long it took to the end and to the first token of its answer.
fn timing(value: &Value, start: i64, timestamps: &mut TimestampReader) -> std::result::Result<Timing, RowIssue> {
    let to_the_minute = !timestamps.is_whole_day;
    let mut instant = |name: &str| {
        let text = scalar(value.get(name));
        timestamps.nanos(text.as_bytes()).ok().map(|at| (at, text))
    };
    let (end, first) = (instant("endTime"), instant("completionStartTime"));
    let latency = match &end {
        None => None,
        Some((end, text)) => {
            let micros = u64::try_from((end - start).div_euclid(SECOND / 1_000_000)).ok().filter(|us| *us <= LONGEST);
            let issue = || RowIssue::new("duration-out-of-range").column("endTime").value(text.as_bytes());
            Some(micros.ok_or_else(issue)?)
        }
    };
    // An answer that was not streamed has the end of the answer there, and an answer nobody timed its beginning or less.
    let first_token = first
        .filter(|(first, _)| *first > start && end.as_ref().is_some_and(|(end, _)| first < end))
        .map(|(first, _)| ((first - start) / (SECOND / 1_000_000)).unsigned_abs());
    Ok(Timing { to_the_minute, latency, first_token })
}

/// What a call without tokens is billed for.
fn charge(call_type: &str) -> ChargeKind {
    let has = |marks: &[&str]| marks.iter().any(|mark| call_type.contains(mark));
    if has(&["image"]) {
        ChargeKind::Images
    } else if has(&["speech", "transcription", "audio"]) {
        ChargeKind::Audio
    } else if has(&["fine_tuning"]) {
        ChargeKind::FineTuning
    } else {
        ChargeKind::Request
    }
}

fn tokens(value: &Value, usage: &Value) -> std::result::Result<TokenCounts, RowIssue> {
    let prompt = count(value, "prompt_tokens")?;
    let output = count(value, "completion_tokens")?;
    let first_of = |paths: &[&str]| -> std::result::Result<u64, RowIssue> {
        for path in paths {
            let found = count(usage, path)?;
            if found > 0 {
                return Ok(found);
            }
        }
        Ok(0)
    };
    let cache_read = first_of(&["cache_read_input_tokens", "prompt_tokens_details.cached_tokens"])?;
    let cache_write = first_of(&["cache_creation_input_tokens", "prompt_tokens_details.cache_creation_tokens"])?;
    let cache_write_1h = first_of(&[
        "prompt_tokens_details.cache_creation_token_details.ephemeral_1h_input_tokens",
        "cache_creation.ephemeral_1h_input_tokens",
    ])?
    .min(cache_write);
    let reasoning = first_of(&["completion_tokens_details.reasoning_tokens"])?.min(output);
    let whole = disjoint_input(prompt, cache_read, cache_write)
        .ok_or_else(|| cache_exceeds_input("prompt_tokens", prompt, cache_read + cache_write))?;
    // Audio and images are part of the prompt and of the completion.
    let input_audio = first_of(&["prompt_tokens_details.audio_tokens"])?.min(whole);
    let input_image = first_of(&["prompt_tokens_details.image_tokens"])?.min(whole - input_audio);
    let output_audio = first_of(&["completion_tokens_details.audio_tokens"])?.min(output);
    let output_image = first_of(&["completion_tokens_details.image_tokens"])?.min(output - output_audio);
    let text_output = output - output_audio - output_image;
    Ok(TokenCounts {
        input: whole - input_audio - input_image,
        cache_read,
        cache_write_5m: cache_write - cache_write_1h,
        cache_write_1h,
        output: text_output,
        input_audio,
        input_image,
        output_audio,
        output_image,
        reasoning: reasoning.min(text_output),
    })
}
