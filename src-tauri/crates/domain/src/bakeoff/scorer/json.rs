//! The JSON an answer holds, and whether it fits a schema.

use jsonschema::{PatternOptions, Validator};
use serde_json::Value;

use super::RuleError;

/// Places within prose from which JSON is looked for: more brackets than that without JSON is prose. A bound on the time.
const PLACES: usize = 64;

/// A schema made ready. Nothing is fetched: a reference to elsewhere is an error. Patterns are automata, so that no answer can make
/// them slow.
pub(super) fn schema(text: &str) -> Result<Validator, RuleError> {
    let schema: Value = serde_json::from_str(text).map_err(|error| RuleError::SchemaText {
        line: error.line(),
        column: error.column(),
        message: error.to_string(),
    })?;
    let options = jsonschema::options().offline().with_pattern_options(PatternOptions::regex());
    options
        .build(&schema)
        .map_err(|error| RuleError::Schema { place: error.instance_path().to_string(), message: error.to_string() })
}

/// The answer as JSON; else its first fenced block that is JSON; else the first object or list within its prose.
pub(super) fn block(answer: &str) -> Option<Value> {
    let whole = answer.trim().trim_start_matches('\u{feff}');
    if let Ok(value) = serde_json::from_str(whole) {
        return Some(value);
    }
    let fenced = whole.split("```").skip(1).step_by(2).take(PLACES).find_map(|fenced| {
        let body = fenced.split_once('\n').map_or(fenced, |(language, body)| {
            if language.trim().chars().all(|c| c.is_ascii_alphanumeric()) { body } else { fenced }
        });
        serde_json::from_str(body.trim()).ok()
    });
    fenced.or_else(|| {
        whole
            .match_indices(['{', '['])
            .take(PLACES)
            .find_map(|(at, _)| serde_json::Deserializer::from_str(whole.get(at..)?).into_iter::<Value>().next()?.ok())
    })
}

/// The first place that does not fit, and by which keyword.
pub(super) fn unfit(schema: &Validator, value: &Value) -> Option<(String, String)> {
    let error = schema.iter_errors(value).next()?;
    Some((error.instance_path().to_string(), error.kind().keyword().to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_block_of_json_is_found_in_prose_and_fences() {
        for (answer, value) in [
            (r#"{"a":1}"#, Some(r#"{"a":1}"#)),
            ("Here:\n```json\n{\"a\": [1, 2]}\n```\nDone {\"b\":2}", Some(r#"{"a":[1,2]}"#)),
            ("```\n[1]\n```", Some("[1]")),
            ("The set {1, 2} and {\"a\":1} too", Some(r#"{"a":1}"#)),
            ("true", Some("true")),
            ("none at all", None),
            ("{\"a\": NaN}", None),
        ] {
            assert_eq!(block(answer).map(|value| value.to_string()).as_deref(), value, "{answer}");
        }
    }

    #[test]
    fn a_schema_reaches_for_nothing_outside() {
        let found = schema(r#"{"$ref": "https://example.com/schema.json"}"#);
        assert!(matches!(found, Err(RuleError::Schema { .. })), "{found:?}");
        assert!(matches!(schema("{"), Err(RuleError::SchemaText { line: 1, .. })));
        let found = schema(r#"{"properties": {"a": {"type": "nothing"}}}"#);
        assert!(matches!(&found, Err(RuleError::Schema { place, .. }) if place == "/properties/a/type"), "{found:?}");
    }
}
