//! A first look at a JSON file: the paths of its first objects are the columns.

use serde_json::Value;

use crate::guess::guess;
use crate::json_usage::{at_path, is_lines, text_of};
use crate::mapping::UsageFormat;
use crate::objects::{Objects, Piece};
use crate::sniff::{Look, SAMPLE_ROWS, Sniffed, SourceColumn};
use crate::{IngestError, Result, usage_object};

/// Columns offered at most: objects keyed by data have endless ones.
const MAX_COLUMNS: usize = 500;

/// Nesting of the paths offered.
const MAX_DEPTH: usize = 4;

/// Longest sample of an object, in characters.
const MAX_SAMPLE: usize = 200;

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
    let mut found = Paths::default();
    for object in &objects {
        found.add(object, "", 0);
    }
    let Paths { names, usage_object } = found;
    let cell = |object: &Value, name: &String| -> String {
        let text = text_of(at_path(object, name));
        if text.starts_with('{') { text.chars().take(MAX_SAMPLE).collect() } else { text }
    };
    let samples = |name: &String| objects.iter().map(|o| cell(o, name)).filter(|s| !s.is_empty()).take(3).collect();
    sniffed.columns = names.iter().map(|name| SourceColumn::new(name, samples(name))).collect();
    sniffed.sample = objects.iter().map(|o| names.iter().map(|n| cell(o, n)).collect()).collect();
    sniffed.mapping = guess(&names);
    if let Some(column) = usage_object {
        sniffed.mapping = sniffed.mapping.with_usage_object(&column);
    }
    sniffed.rows_estimate = look.estimate(pieces, bytes);
    Ok(sniffed)
}

/// Dotted paths of all scalars and usage objects, first seen first.
#[derive(Debug, Default)]
struct Paths {
    names: Vec<String>,
    /// Where the first usage object stands.
    usage_object: Option<String>,
}

impl Paths {
    fn add(&mut self, value: &Value, prefix: &str, depth: usize) {
        let Some(object) = value.as_object() else { return };
        for (key, inner) in object {
            let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
            match inner {
                Value::Object(_) if depth < MAX_DEPTH => {
                    if usage_object::looks_like(key, inner) {
                        self.usage_object.get_or_insert_with(|| path.clone());
                        self.name(&path);
                    }
                    self.add(inner, &path, depth + 1);
                }
                Value::Object(_) | Value::Array(_) => {}
                _ => self.name(&path),
            }
        }
    }

    fn name(&mut self, path: &str) {
        if self.names.len() < MAX_COLUMNS && !self.names.iter().any(|name| name == path) {
            self.names.push(path.to_owned());
        }
    }
}
