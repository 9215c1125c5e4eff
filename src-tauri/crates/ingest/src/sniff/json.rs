//! A first look at a JSON file: the paths of its first objects are the columns.

use serde_json::Value;

use super::{SAMPLE_ROWS, Sniffed, SourceColumn};
use crate::formats::{Beginning, recognise};
use crate::guess::guess;
use crate::json::{at_path, text_of};
use crate::json_usage::is_lines;
use crate::look::Look;
use crate::objects::{Objects, Piece};
use crate::{IngestError, Result, usage_object};

/// Columns offered at most: objects keyed by data have endless ones.
const MAX_COLUMNS: usize = 500;

/// Nesting of the paths offered.
const MAX_DEPTH: usize = 4;

/// Longest sample of an object, in characters.
const MAX_SAMPLE: usize = 200;

/// # Errors
/// A text that begins like JSON and is none.
pub(super) fn sniff(look: &Look, mut sniffed: Sniffed) -> Result<Sniffed> {
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
    if let (true, Some((line, error))) = (objects.is_empty(), broken) {
        let (line, position) = ((line + error.line() as u64 - 1).to_string(), error.column().to_string());
        return Err(IngestError::file("json-unreadable", &[("line", &line), ("position", &position)]));
    }
    sniffed.formats = recognise(Beginning::Objects(&objects));
    if objects.is_empty() {
        return Ok(sniffed);
    }
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
