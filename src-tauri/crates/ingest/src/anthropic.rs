//! The Anthropic console's two CSV exports, read through the generic reader with a fixed mapping.
//!
//! Usage: one row per day, model, key, workspace, usage type and context window; input counts exclude cached tokens.
//! Cost: one row per day and token type, money only. Optional columns vary; a byte order mark is possible.

use domain::money::Currency;

use crate::mapping::{Field, FieldMapping, MappedColumn, MappedConstant};
use crate::sniff::Look;
use crate::{IngestError, Result};

/// Columns that tell a usage export.
pub(crate) const USAGE_MARKS: &[&str] =
    &["usage_date_utc", "model_version", "usage_input_tokens_no_cache", "usage_output_tokens"];

/// Columns that tell a cost export.
pub(crate) const COST_MARKS: &[&str] = &["usage_date_utc", "model", "cost_usd", "token_type"];

fn mapping(look: &Look, marks: &[&str], columns: &[(Field, &str)], currency: Option<Currency>) -> Result<FieldMapping> {
    let names = look.header()?.names;
    let has = |name: &str| names.iter().any(|column| column == name);
    if let Some(missing) = marks.iter().find(|mark| !has(mark)) {
        return Err(IngestError::file("column-missing", &[("column", missing)]));
    }
    Ok(FieldMapping {
        columns: columns
            .iter()
            .filter(|(_, column)| has(column))
            .map(|(field, column)| MappedColumn { field: *field, column: (*column).to_owned() })
            .collect(),
        constants: vec![MappedConstant { field: Field::Vendor, value: "anthropic".to_owned() }],
        time_zone: Some("UTC".to_owned()),
        input_includes_cache: false,
        cost_currency: currency,
        day_first: Some(false),
        decimal_comma: Some(false),
    })
}

pub(crate) fn usage_mapping(look: &Look) -> Result<FieldMapping> {
    let columns = [
        (Field::Timestamp, "usage_date_utc"),
        (Field::Model, "model_version"),
        (Field::Feature, "api_key"),
        (Field::Tenant, "workspace"),
        (Field::ServiceTier, "usage_type"),
        (Field::ContextWindow, "context_window"),
        (Field::UncachedInputTokens, "usage_input_tokens_no_cache"),
        (Field::CacheWrite5mTokens, "usage_input_tokens_cache_write_5m"),
        (Field::CacheWrite1hTokens, "usage_input_tokens_cache_write_1h"),
        (Field::CacheReadTokens, "usage_input_tokens_cache_read"),
        (Field::OutputTokens, "usage_output_tokens"),
        (Field::WebSearches, "web_search_count"),
        (Field::Speed, "speed"),
        (Field::InferenceGeo, "inference_geo"),
    ];
    mapping(look, USAGE_MARKS, &columns, None)
}

pub(crate) fn cost_mapping(look: &Look) -> Result<FieldMapping> {
    // Older exports name the kind of charge among the kinds of token.
    let has_cost_type = look.header()?.names.iter().any(|name| name == "cost_type");
    let columns = [
        (Field::ChargeType, if has_cost_type { "cost_type" } else { "token_type" }),
        (Field::Timestamp, "usage_date_utc"),
        (Field::Model, "model"),
        (Field::Feature, "api_key"),
        (Field::Tenant, "workspace"),
        (Field::Cost, "cost_usd"),
    ];
    mapping(look, COST_MARKS, &columns, Some(Currency::USD))
}
