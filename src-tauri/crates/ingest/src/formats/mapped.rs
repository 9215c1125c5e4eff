//! What the formats have in common whose columns a person maps.

use domain::money::Currency;
use domain::usage::Known;

use crate::field::Field;
use crate::mapping::FieldMapping;

/// What a mapped file is able to say.
pub(super) fn known(mapping: &FieldMapping) -> Known {
    let knows = |field: Field| mapping.knows(field);
    let tokens = [Field::InputTokens, Field::UncachedInputTokens, Field::OutputTokens, Field::CacheReadTokens];
    let has_object = knows(Field::UsageObject);
    let counts_tokens = has_object || tokens.into_iter().any(knows);
    let sessions = knows(Field::Session);
    Known {
        requests: counts_tokens || knows(Field::Requests) || knows(Field::Success) || !knows(Field::Cost),
        successes: knows(Field::Success),
        sessions,
        successful_sessions: sessions && (knows(Field::SessionSuccess) || knows(Field::Success)),
        tokens: counts_tokens,
        reported_cost: knows(Field::Cost),
        cache: counts_tokens
            && [
                Field::CacheReadTokens,
                Field::CacheWrite5mTokens,
                Field::CacheWrite1hTokens,
                Field::UncachedInputTokens,
                Field::UsageObject,
            ]
            .into_iter()
            .any(knows),
        reasoning: has_object || knows(Field::ReasoningTokens),
        untold: false,
        audio: has_object || knows(Field::InputAudioTokens) || knows(Field::OutputAudioTokens),
        images: has_object || knows(Field::InputImageTokens) || knows(Field::OutputImageTokens),
        web_searches: has_object || knows(Field::WebSearches),
    }
}

pub(super) fn currency(mapping: &FieldMapping) -> Currency {
    mapping.cost_currency.unwrap_or(Currency::USD)
}

pub(super) fn notes(mapping: &FieldMapping) -> Vec<&'static str> {
    let mut notes = Vec::new();
    if mapping.column(Field::InputTokens).is_some() && mapping.column(Field::CacheReadTokens).is_some() {
        notes.push(if mapping.input_includes_cache { "input-includes-cache" } else { "input-excludes-cache" });
    }
    if mapping.knows(Field::Requests) && !mapping.knows(Field::ContextWindow) {
        notes.push("context-by-mean");
    }
    notes
}
