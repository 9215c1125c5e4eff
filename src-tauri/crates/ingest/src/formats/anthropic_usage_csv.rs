//! The Anthropic console's usage export: one row per day, model, key, workspace, usage type and context window; input counts
//! exclude cached tokens.

use domain::money::Currency;
use domain::usage::Known;

use super::anthropic::mapping;
use super::{Format, Marks};
use crate::csv_usage;
use crate::field::Field;

pub(super) const FORMAT: Format = Format {
    name: "anthropic-usage-csv",
    marks: Marks::Columns(MARKS),
    is_mapped: false,
    known: |_| Known { tokens: true, cache: true, ..Known::default() },
    currency: |_, _| Ok(Currency::USD),
    notes: |look, _| {
        let mut notes = vec!["input-excludes-cache", "daily-buckets"];
        let tells_context = look.header()?.names.iter().any(|name| name == CONTEXT_WINDOW);
        notes.extend((!tells_context).then_some("context-unknown"));
        Ok(notes)
    },
    read: |path, look, _, setup, progress| {
        csv_usage::read(path, look, &mapping(look, MARKS, &COLUMNS, None)?, setup, progress)
    },
};

const MARKS: &[&str] = &["usage_date_utc", "model_version", "usage_input_tokens_no_cache", "usage_output_tokens"];

const CONTEXT_WINDOW: &str = "context_window";

const COLUMNS: [(Field, &str); 14] = [
    (Field::Timestamp, "usage_date_utc"),
    (Field::Model, "model_version"),
    (Field::Feature, "api_key"),
    (Field::Tenant, "workspace"),
    (Field::ServiceTier, "usage_type"),
    (Field::ContextWindow, CONTEXT_WINDOW),
    (Field::UncachedInputTokens, "usage_input_tokens_no_cache"),
    (Field::CacheWrite5mTokens, "usage_input_tokens_cache_write_5m"),
    (Field::CacheWrite1hTokens, "usage_input_tokens_cache_write_1h"),
    (Field::CacheReadTokens, "usage_input_tokens_cache_read"),
    (Field::OutputTokens, "usage_output_tokens"),
    (Field::WebSearches, "web_search_count"),
    (Field::Speed, "speed"),
    (Field::InferenceGeo, "inference_geo"),
];
