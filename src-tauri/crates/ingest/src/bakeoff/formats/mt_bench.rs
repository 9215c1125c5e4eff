//! What MT-Bench's files have in common: who judged, and what was asked.

use serde_json::Value;

use crate::bakeoff::values::name;

/// The judge's model, and what it was asked to do.
pub(super) fn judge(row: &Value) -> (Option<String>, Option<String>) {
    match row.get("judge") {
        Some(Value::Array(parts)) => (name(parts.first()), name(parts.get(1))),
        other => (name(other), None),
    }
}

/// The part of a judge's prompt between two marks; the last one, where a conversation has several.
pub(super) fn between(prompt: &str, open: &str, close: &str) -> Option<String> {
    let from = prompt.rfind(open)? + open.len();
    let to = from + prompt[from..].find(close)?;
    Some(prompt[from..to].trim().to_owned())
}
