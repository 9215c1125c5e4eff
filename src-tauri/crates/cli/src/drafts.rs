//! Records as the window's forms send them, read from a file or from standard input.

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::{Failure, Session};

/// Reads a draft; what its type does not know is refused by name, for it would be lost without a word.
pub fn read<T: Serialize + DeserializeOwned>(session: &Session, file: &str, example: &str) -> Result<T, Failure> {
    let name = if file == "-" { session.text("cli-standard-input", &[]) } else { file.to_owned() };
    let text = if file == "-" { std::io::read_to_string(std::io::stdin()) } else { std::fs::read_to_string(file) };
    let text =
        text.map_err(|error| session.failed("draft-not-read", &[("file", &name), ("cause", &error.to_string())]))?;
    let unfit = |error: serde_json::Error| {
        let failure = session.misuse("draft-unfit", &[("file", &name), ("cause", &error.to_string())]);
        failure.with_hint(session.text("cli-hint-draft", &[("example", example.into())]))
    };
    let given: Value = serde_json::from_str(&text).map_err(unfit)?;
    // A list of values without names is taken for a record by their order: nobody means that.
    if !given.is_object() {
        return Err(unfit(serde::de::Error::custom("no object")));
    }
    let draft: T = T::deserialize(&given).map_err(unfit)?;
    let understood = serde_json::to_value(&draft).map_err(unfit)?;
    let mut unknown = Vec::new();
    collect_unknown(&given, &understood, "", &mut unknown);
    if unknown.is_empty() {
        return Ok(draft);
    }
    let fields = unknown.join(", ");
    let failure = session.misuse("draft-unknown-fields", &[("file", &name), ("fields", &fields)]);
    Err(failure.with_hint(session.text("cli-hint-draft", &[("example", example.into())])))
}

/// Fields of one value that another of the same shape lacks.
fn collect_unknown(given: &Value, understood: &Value, place: &str, unknown: &mut Vec<String>) {
    match (given, understood) {
        (Value::Object(given), Value::Object(understood)) => {
            for (name, value) in given {
                let path = if place.is_empty() { name.clone() } else { format!("{place}.{name}") };
                match understood.get(name) {
                    Some(known) => collect_unknown(value, known, &path, unknown),
                    None => unknown.push(path),
                }
            }
        }
        (Value::Array(given), Value::Array(understood)) => {
            for (index, (value, known)) in given.iter().zip(understood).enumerate() {
                collect_unknown(value, known, &format!("{place}[{index}]"), unknown);
            }
        }
        _ => {}
    }
}
