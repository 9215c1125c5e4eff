//! Which column is probably which field, by its name.

use domain::money::Currency;

use crate::field::{Field, squeeze};
use crate::mapping::{FieldMapping, MappedColumn};

/// Guesses a mapping from column names. Each column is used once; a field takes its most telling spelling. Where no
/// whole name fits, the end of a dotted path may: "attributes.gen_ai.usage.input_tokens".
pub fn guess(columns: &[String]) -> FieldMapping {
    let squeezed: Vec<String> = columns.iter().map(|name| squeeze(name)).collect();
    let mut column_of = [None; Field::ALL.len()];
    let mut taken = vec![false; columns.len()];
    for field in Field::ALL {
        let found = field
            .spellings()
            .iter()
            .find_map(|spelling| squeezed.iter().enumerate().position(|(i, name)| !taken[i] && name == spelling));
        if let Some(index) = found {
            taken[index] = true;
            column_of[field as usize] = Some(index);
        }
    }
    // The longest ending wins: "cache_read.input_tokens" is no plain "input_tokens".
    let mut endings: Vec<(usize, Field, usize)> = Vec::new();
    for (index, name) in columns.iter().enumerate() {
        for (dot, _) in name.match_indices('.') {
            let ending = squeeze(&name[dot + 1..]);
            let fields = Field::ALL.into_iter().filter(|field| field.spellings().contains(&ending.as_str()));
            endings.extend(fields.map(|field| (ending.len(), field, index)));
        }
    }
    endings.sort_by_key(|(length, field, index)| (std::cmp::Reverse(*length), *field, *index));
    for (_, field, index) in endings {
        if !taken[index] && column_of[field as usize].is_none() {
            taken[index] = true;
            column_of[field as usize] = Some(index);
        }
    }
    let mut mapped: Vec<MappedColumn> = Field::ALL
        .into_iter()
        .filter_map(|field| Some(MappedColumn { field, column: columns[column_of[field as usize]?].clone() }))
        .collect();
    // Input is either one number or its uncached part.
    if mapped.iter().any(|m| m.field == Field::UncachedInputTokens) {
        mapped.retain(|m| m.field != Field::InputTokens);
    }
    // A duration told in both units is one duration.
    for (ms, s) in [(Field::LatencyMs, Field::LatencyS), (Field::TtftMs, Field::TtftS)] {
        if mapped.iter().any(|m| m.field == ms) {
            mapped.retain(|m| m.field != s);
        }
    }
    let costs = mapped.iter().any(|m| m.field == Field::Cost);
    FieldMapping {
        input_includes_cache: !tells_cache_apart(&mapped),
        columns: mapped,
        cost_currency: costs.then_some(Currency::USD),
        ..FieldMapping::default()
    }
}

/// Whether columns are named by a source whose input leaves out what came from a cache: Anthropic's API and Bedrock's
/// (`input_tokens` beside `cache_read_input_tokens`), Langfuse's `usageDetails`. OpenTelemetry's and OpenAI's names include it.
fn tells_cache_apart(mapped: &[MappedColumn]) -> bool {
    let column_of = |field: Field| mapped.iter().find(|m| m.field == field).map(|m| m.column.as_str());
    let last = |name: &str| squeeze(name.rsplit('.').next().unwrap_or(name));
    let Some(input) = column_of(Field::InputTokens) else { return false };
    let cache = [Field::CacheReadTokens, Field::CacheWrite5mTokens, Field::CacheWrite1hTokens].map(column_of);
    let anthropic = ["cachereadinputtokens", "cachecreationinputtokens", "cachewriteinputtokens"];
    squeeze(input).contains("usagedetails")
        || last(input) == "inputtokens"
            && cache.into_iter().flatten().any(|name| anthropic.contains(&last(name).as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn input_leaves_the_cache_out_where_the_names_are_those_of_a_source_that_does() {
        for (names, includes) in [
            (["input_tokens", "cache_read_input_tokens"], false),
            (["usage.input_tokens", "usage.cache_creation_input_tokens"], false),
            (["inputTokens", "cacheReadInputTokens"], false),
            (["usageDetails.input", "usageDetails.input_cached_tokens"], false),
            (["prompt_tokens", "cache_read_input_tokens"], true),
            (["input_tokens", "cached_tokens"], true),
            (["gen_ai.usage.input_tokens", "gen_ai.usage.cache_read.input_tokens"], true),
        ] {
            let mapping = guess(&columns(&["timestamp", names[0], names[1]]));
            assert_eq!(mapping.input_includes_cache, includes, "{names:?}: {:?}", mapping.columns);
        }
    }

    fn columns(names: &[&str]) -> Vec<String> {
        names.iter().map(|n| (*n).to_owned()).collect()
    }

    #[test]
    fn the_azure_trace_is_guessed_whole() {
        let mapping = guess(&columns(&["TIMESTAMP", "ContextTokens", "GeneratedTokens"]));
        assert_eq!(mapping.column(Field::Timestamp), Some("TIMESTAMP"));
        assert_eq!(mapping.column(Field::InputTokens), Some("ContextTokens"));
        assert_eq!(mapping.column(Field::OutputTokens), Some("GeneratedTokens"));
        assert_eq!(mapping.columns.len(), 3);
    }

    #[test]
    fn a_column_is_never_used_twice() {
        let mapping =
            guess(&columns(&["date", "model", "model_id", "tokens_prompt", "user", "session_id", "id", "status"]));
        let mut used: Vec<_> = mapping.columns.iter().map(|c| &c.column).collect();
        used.sort();
        used.dedup();
        assert_eq!(used.len(), mapping.columns.len());
        assert_eq!(mapping.column(Field::Model), Some("model"));
    }

    #[test]
    fn the_end_of_a_dotted_path_is_enough() {
        let names =
            ["ts", "a.gen_ai.usage.cache_read.input_tokens", "a.gen_ai.usage.input_tokens", "a.usage.output_tokens"];
        let mapping = guess(&columns(&names));
        assert_eq!(mapping.column(Field::CacheReadTokens), Some(names[1]));
        assert_eq!(mapping.column(Field::InputTokens), Some(names[2]));
        assert_eq!(mapping.column(Field::OutputTokens), Some(names[3]));
    }

    #[test]
    fn durations_are_guessed_only_where_the_name_says_the_unit() {
        for (name, field) in [
            ("latency_ms", Field::LatencyMs),
            ("duration_ms", Field::LatencyMs),
            ("response_time_ms", Field::LatencyMs),
            ("latency_s", Field::LatencyS),
            ("latency_seconds", Field::LatencyS),
            ("duration_seconds", Field::LatencyS),
            ("time_to_first_token_ms", Field::TtftMs),
            ("ttft_ms", Field::TtftMs),
            ("ttft_s", Field::TtftS),
        ] {
            assert_eq!(guess(&columns(&["ts", name])).column(field), Some(name), "{name}");
        }
        for name in ["latency", "duration", "ttft", "response_time", "durations", "time_to_first_tokens"] {
            assert_eq!(guess(&columns(&["ts", name])).columns.len(), 1, "{name}");
        }
        let both = guess(&columns(&["ts", "latency_seconds", "latency_ms"]));
        assert_eq!((both.column(Field::LatencyMs), both.column(Field::LatencyS)), (Some("latency_ms"), None));
    }

    #[test]
    fn every_field_has_one_name() {
        for field in Field::ALL {
            assert_eq!(field.name().parse(), Ok(field));
            assert_eq!(serde_json::to_value(field).unwrap(), field.name());
        }
    }
}
