//! Values within a JSON object, as the text a CSV cell would hold.

use serde_json::Value;

use crate::RowIssue;
use crate::number::{self, Evidence};

/// The value at a dotted path; a part may itself contain dots ("gen_ai.usage.input_tokens" as one key).
pub(crate) fn at_path<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    let object = value.as_object()?;
    if let Some(found) = object.get(path) {
        return Some(found);
    }
    path.match_indices('.').find_map(|(dot, _)| at_path(object.get(&path[..dot])?, &path[dot + 1..]))
}

/// A scalar as the text a CSV cell would hold; "" for null, objects and arrays.
pub(crate) fn scalar(value: Option<&Value>) -> String {
    match value {
        Some(Value::String(text)) => text.trim().to_owned(),
        Some(Value::Number(number)) => number.to_string(),
        Some(Value::Bool(value)) => value.to_string(),
        _ => String::new(),
    }
}

/// A value as the text a CSV cell would hold, objects as JSON.
pub(crate) fn text_of(value: Option<&Value>) -> String {
    match value {
        Some(object @ Value::Object(_)) => object.to_string(),
        other => scalar(other),
    }
}

/// A whole number at a path; absent is 0.
pub(crate) fn count(value: &Value, path: &str) -> std::result::Result<u64, RowIssue> {
    let text = scalar(at_path(value, path));
    if text.is_empty() {
        return Ok(0);
    }
    number::count(text.as_bytes(), false, &Evidence::default())
        .map_err(|e| RowIssue::new(e.code()).column(path).value(text.as_bytes()))
}
