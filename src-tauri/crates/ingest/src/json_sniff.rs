//! A first look at a JSON file: the paths of its first objects are the columns.

use serde_json::Value;

use crate::json_usage::{at_path, is_lines, scalar};
use crate::mapping::{UsageFormat, guess};
use crate::objects::{Objects, Piece};
use crate::sniff::{Look, SAMPLE_ROWS, Sniffed, SourceColumn};
use crate::{IngestError, Result};

/// Columns offered at most: objects keyed by data have endless ones.
const MAX_COLUMNS: usize = 500;

/// Nesting of the paths offered.
const MAX_DEPTH: usize = 4;

/// # Errors
/// A text that begins like JSON and is none.
pub(crate) fn sniff(look: &Look, mut sniffed: Sniffed) -> Result<Sniffed> {
    let (mut objects, mut pieces, mut bytes) = (Vec::new(), 0, 0);
    let mut broken: Option<(u64, serde_json::Error)> = None;
    let mut take = |text: &[u8], line: u64| {
        pieces += 1;
        bytes += text.len() + 1;
        if objects.len() < SAMPLE_ROWS {
            match serde_json::from_slice::<Value>(text) {
                Ok(value) => objects.push(value),
                Err(error) => drop(broken.get_or_insert((line, error))),
            }
        }
    };
    if is_lines(&look.text) {
        let lines = look.text.split(|byte| *byte == b'\n').map(<[u8]>::trim_ascii);
        (1..).zip(lines).filter(|(_, line)| line.starts_with(b"{")).for_each(|(n, line)| take(line, n));
    } else {
        let each = |piece: Piece<'_>, line| {
            if let Piece::Object(text) = piece {
                take(text, line);
            }
            Ok::<(), IngestError>(())
        };
        Objects::default().push(&look.text, each)?;
    }
    let Some(first) = objects.first() else {
        if let Some((line, error)) = broken {
            let (line, position) = ((line + error.line() as u64 - 1).to_string(), error.column().to_string());
            return Err(IngestError::file("json-unreadable", &[("line", &line), ("position", &position)]));
        }
        // The first object is longer than the look: only a document in the shape of a known API is.
        sniffed.formats = vec![UsageFormat::OpenaiUsage, UsageFormat::GenericJsonl];
        return Ok(sniffed);
    };
    let has = |name: &str| first.get(name).is_some();
    if crate::openai_usage::looks_like(first) {
        let states_costs = objects.iter().any(crate::openai_costs::looks_like);
        sniffed.formats.push(if states_costs { UsageFormat::OpenaiCosts } else { UsageFormat::OpenaiUsage });
    }
    if has("request_id") && has("call_type") && (has("startTime") || has("spend")) {
        sniffed.formats.push(UsageFormat::LitellmSpendLogs);
    }
    sniffed.formats.push(UsageFormat::GenericJsonl);
    let mut names = Vec::new();
    for object in &objects {
        paths(object, "", 0, &mut names);
    }
    let samples =
        |name: &String| objects.iter().map(|o| scalar(at_path(o, name))).filter(|s| !s.is_empty()).take(3).collect();
    sniffed.columns = names.iter().map(|name| SourceColumn::new(name, samples(name))).collect();
    sniffed.sample = objects.iter().map(|o| names.iter().map(|n| scalar(at_path(o, n))).collect()).collect();
    sniffed.mapping = guess(&names);
    sniffed.rows_estimate = look.estimate(pieces, bytes);
    Ok(sniffed)
}

/// Dotted paths of all scalars, first seen first.
fn paths(value: &Value, prefix: &str, depth: usize, names: &mut Vec<String>) {
    let Some(object) = value.as_object() else { return };
    for (key, inner) in object {
        let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match inner {
            Value::Object(_) if depth < MAX_DEPTH => paths(inner, &path, depth + 1, names),
            Value::Object(_) | Value::Array(_) => {}
            _ if names.len() < MAX_COLUMNS && !names.contains(&path) => names.push(path),
            _ => {}
        }
    }
}
