//! Usage as JSON: one object per line, or one array of objects; and the streaming both dedicated JSON readers use.

use std::io::Read;
use std::path::Path;

use domain::usage::{TokenCounts, disjoint_input};
use serde::de::{DeserializeSeed, Deserializer, SeqAccess, Visitor};
use serde_json::Value;

use crate::accumulate::{Accumulator, Setup};
use crate::blocks::{Block, Blocks, Content};
use crate::issue::KEPT;
use crate::mapping::{Field, FieldMapping, UsageFormat, guess};
use crate::number;
use crate::record::{self, Record};
use crate::sniff::{Sniffed, SourceColumn};
use crate::timestamp::TimestampReader;
use crate::usage::{Counts, Found, Progress, zone_of};
use crate::{IngestError, Result, RowIssue};

/// What became of one object.
pub(crate) enum Verdict {
    Good,
    Duplicate,
    Skipped,
    Bad(RowIssue),
}

/// Collects verdicts while objects stream by.
pub(crate) struct Tally<'a> {
    pub accumulator: Accumulator<'a>,
    pub counts: Counts,
    pub issues: Vec<RowIssue>,
    /// 1-based number of the object, its line in a JSON Lines file.
    pub row: u64,
}

impl<'a> Tally<'a> {
    fn new(setup: Setup<'a>) -> Self {
        Self { accumulator: Accumulator::new(setup), counts: Counts::default(), issues: Vec::new(), row: 0 }
    }

    pub(crate) fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Good => self.counts.good(1),
            Verdict::Duplicate => self.counts.duplicate(1),
            Verdict::Skipped => self.counts.skipped(1),
            Verdict::Bad(issue) => {
                self.counts.bad(1);
                if self.issues.len() < KEPT {
                    let row = issue.row.unwrap_or(self.row);
                    self.issues.push(issue.at(row));
                }
            }
        }
    }
}

/// Streams every object of the file, whether lines or one array, through `each`. Bounded by the largest object.
///
/// # Errors
/// The disk's, cancelling, or an array that is no JSON from its beginning.
pub(crate) fn stream<'a>(
    path: &Path,
    setup: Setup<'a>,
    progress: &mut dyn FnMut(Progress) -> bool,
    mut each: impl FnMut(&mut Tally<'a>, Value) -> std::io::Result<()>,
) -> Result<Found<'a>> {
    let total = std::fs::metadata(path)?.len();
    let mut tally = Tally::new(setup);
    let mut blocks = Blocks::open(path, false)?;
    let first = blocks.next()?;
    let is_array = first.as_ref().is_some_and(|b| b.bytes.trim_ascii_start().starts_with(b"["));
    let is_document = !is_array
        && first.as_ref().is_some_and(|b| {
            let line_end = memchr::memchr(b'\n', &b.bytes).unwrap_or(b.bytes.len());
            serde_json::from_slice::<serde::de::IgnoredAny>(&b.bytes[..line_end]).is_err()
        });
    if is_array || is_document {
        let mut reader = Joined { current: first.map(|b| b.bytes).unwrap_or_default(), at: 0, blocks: &mut blocks, failed: None };
        let outcome = array_or_documents(&mut reader, &mut tally, total, progress, &mut each, is_array);
        if let Some(error) = reader.failed.take() {
            return Err(error);
        }
        outcome?;
    } else {
        let mut next = first;
        while let Some(block) = next {
            lines(&block, &mut tally, &mut each)?;
            if !progress(Progress { bytes: blocks.read(), total, rows: tally.counts.read }) {
                return Err(IngestError::Cancelled);
            }
            next = blocks.next()?;
        }
    }
    let sha256 = blocks.finish()?;
    Ok(Found { parts: vec![tally.accumulator], counts: tally.counts, issues: tally.issues, sha256 })
}

fn lines<'a>(
    block: &Block,
    tally: &mut Tally<'a>,
    each: &mut impl FnMut(&mut Tally<'a>, Value) -> std::io::Result<()>,
) -> Result<()> {
    if block.content == Content::TooLong {
        tally.row += 1;
        let limit = crate::blocks::MAX_RECORD >> 20;
        tally.count(Verdict::Bad(RowIssue::new("record-too-long").param("limit", limit).value(&block.bytes)));
        return Ok(());
    }
    for line in block.bytes.split_inclusive(|byte| *byte == b'\n') {
        tally.row += 1;
        let line = line.trim_ascii();
        if line.is_empty() {
            continue;
        }
        match serde_json::from_slice::<Value>(line) {
            Ok(value @ Value::Object(_)) => each(tally, value)?,
            Ok(_) => tally.count(Verdict::Bad(RowIssue::new("not-an-object").value(line))),
            Err(error) => {
                let code = if error.is_eof() { "json-cut" } else { "json-invalid" };
                tally.count(Verdict::Bad(RowIssue::new(code).param("position", error.column()).value(line)));
            }
        }
    }
    Ok(())
}

/// The blocks as one stream, for serde_json.
struct Joined<'b> {
    current: Vec<u8>,
    at: usize,
    blocks: &'b mut Blocks,
    failed: Option<IngestError>,
}

impl Read for Joined<'_> {
    fn read(&mut self, out: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.current.len() {
            match self.blocks.next() {
                Ok(Some(block)) if block.content == Content::Records => {
                    self.current = block.bytes;
                    self.at = 0;
                }
                Ok(Some(_)) => {
                    // A whole array on one line is ordinary JSON but cannot be streamed past the record limit by lines.
                    self.failed = Some(IngestError::file("json-line-too-long", &[]));
                    return Err(std::io::Error::other("too long"));
                }
                Ok(None) => return Ok(0),
                Err(error) => {
                    self.failed = Some(error);
                    return Err(std::io::Error::other("failed"));
                }
            }
        }
        let n = out.len().min(self.current.len() - self.at);
        out[..n].copy_from_slice(&self.current[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

fn array_or_documents<'a>(
    reader: &mut Joined<'_>,
    tally: &mut Tally<'a>,
    total: u64,
    progress: &mut dyn FnMut(Progress) -> bool,
    each: &mut impl FnMut(&mut Tally<'a>, Value) -> std::io::Result<()>,
    is_array: bool,
) -> Result<()> {
    struct Elements<'s, F>(&'s mut F);
    impl<'de, F: FnMut(Value) -> std::result::Result<(), String>> DeserializeSeed<'de> for Elements<'_, F> {
        type Value = ();
        fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
            deserializer.deserialize_seq(self)
        }
    }
    impl<'de, F: FnMut(Value) -> std::result::Result<(), String>> Visitor<'de> for Elements<'_, F> {
        type Value = ();
        fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("an array of objects")
        }
        fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> std::result::Result<(), A::Error> {
            while let Some(value) = seq.next_element::<Value>()? {
                (self.0)(value).map_err(serde::de::Error::custom)?;
            }
            Ok(())
        }
    }
    let mut stopped: Option<IngestError> = None;
    let mut visit = |value: Value| {
        tally.row += 1;
        let outcome = if value.is_object() {
            each(tally, value)
        } else {
            tally.count(Verdict::Bad(RowIssue::new("not-an-object").value(value.to_string().as_bytes())));
            Ok(())
        };
        if let Err(error) = outcome {
            stopped = Some(error.into());
            return Err("stopped".to_owned());
        }
        if tally.row.is_multiple_of(4096) && !progress(Progress { bytes: total / 2, total, rows: tally.row }) {
            stopped = Some(IngestError::Cancelled);
            return Err("cancelled".to_owned());
        }
        Ok(())
    };
    let reader = std::io::BufReader::with_capacity(1 << 16, reader);
    let outcome = if is_array {
        let mut json = serde_json::Deserializer::from_reader(reader);
        Elements(&mut visit).deserialize(&mut json)
    } else {
        let mut documents = serde_json::Deserializer::from_reader(reader).into_iter::<Value>();
        documents.try_for_each(|document| {
            visit(document?).map_err(<serde_json::Error as serde::de::Error>::custom)
        })
    };
    if let Some(error) = stopped {
        return Err(error);
    }
    if let Err(error) = outcome {
        // What was read before the file broke off is good; the break itself is one bad row.
        tally.row += 1;
        let code = if error.is_eof() { "json-cut" } else { "json-invalid" };
        tally.count(Verdict::Bad(RowIssue::new(code).at(error.line() as u64).param("position", error.column())));
        if tally.counts.good == 0 && tally.counts.skipped == 0 && tally.counts.duplicate == 0 {
            let (line, position) = (error.line().to_string(), error.column().to_string());
            return Err(IngestError::file("json-unreadable", &[("line", &line), ("position", &position)]));
        }
    }
    Ok(())
}

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

/// A whole number at a path; absent is 0.
pub(crate) fn count(value: &Value, path: &str) -> std::result::Result<u64, RowIssue> {
    let text = scalar(at_path(value, path));
    if text.is_empty() {
        return Ok(0);
    }
    number::count(text.as_bytes(), false).map_err(|e| RowIssue::new(e.code()).column(path).value(text.as_bytes()))
}

/// Reads a generic JSON file through a mapping.
pub(crate) fn read<'a>(
    path: &Path,
    mapping: &FieldMapping,
    setup: Setup<'a>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Found<'a>> {
    let mut timestamps = TimestampReader::new(zone_of(mapping)?, mapping.day_first);
    stream(path, setup, progress, |tally, value| {
        let verdict = match mapped(&value, mapping, &mut timestamps, tally)? {
            Ok(verdict) => verdict,
            Err(issue) => Verdict::Bad(issue),
        };
        tally.count(verdict);
        Ok(())
    })
}

fn mapped(
    value: &Value,
    mapping: &FieldMapping,
    timestamps: &mut TimestampReader,
    tally: &mut Tally<'_>,
) -> std::io::Result<std::result::Result<Verdict, RowIssue>> {
    let cell = |field: Field| match mapping.column(field) {
        Some(path) => scalar(at_path(value, path)),
        None => mapping.constant(field).unwrap_or_default().trim().to_owned(),
    };
    let name = |field: Field| mapping.column(field).unwrap_or(field.name()).to_owned();
    let number = |field: Field| -> std::result::Result<u64, RowIssue> {
        let text = cell(field);
        if text.is_empty() {
            return Ok(0);
        }
        number::count(text.as_bytes(), mapping.decimal_comma)
            .map_err(|e| RowIssue::new(e.code()).column(name(field)).value(text.as_bytes()))
    };
    let verdict = |field: Field| -> std::result::Result<Option<bool>, RowIssue> {
        let text = cell(field);
        if text.is_empty() {
            return Ok(None);
        }
        let unknown = || RowIssue::new("not-a-verdict").column(name(field)).value(text.as_bytes());
        record::success(text.as_bytes()).map(Some).ok_or_else(unknown)
    };
    let mut understand = || -> std::result::Result<(Record<'static>, [String; 8]), RowIssue> {
        let stamp = cell(Field::Timestamp);
        let at = timestamps.seconds(stamp.as_bytes()).map_err(|e| {
            let code = if stamp.is_empty() { "timestamp-missing" } else { e.code() };
            RowIssue::new(code).column(name(Field::Timestamp)).value(stamp.as_bytes())
        })?;
        let cache_read = number(Field::CacheReadTokens)?;
        let cache_write_5m = number(Field::CacheWrite5mTokens)?;
        let cache_write_1h = number(Field::CacheWrite1hTokens)?;
        let input = if mapping.column(Field::InputTokens).is_some() {
            let whole = number(Field::InputTokens)?;
            if mapping.input_includes_cache {
                disjoint_input(whole, cache_read, cache_write_5m + cache_write_1h).ok_or_else(|| {
                    RowIssue::new("cache-exceeds-input")
                        .column(name(Field::InputTokens))
                        .param("input", whole)
                        .param("cached", cache_read + cache_write_5m + cache_write_1h)
                })?
            } else {
                whole
            }
        } else {
            number(Field::UncachedInputTokens)?
        };
        let output = number(Field::OutputTokens)?;
        let reasoning = number(Field::ReasoningTokens)?;
        if reasoning > output {
            return Err(RowIssue::new("reasoning-exceeds-output")
                .column(name(Field::ReasoningTokens))
                .param("reasoning", reasoning)
                .param("output", output));
        }
        let cost = cell(Field::Cost);
        let reported_nanos = if cost.is_empty() {
            0
        } else {
            number::nanos(cost.as_bytes(), mapping.decimal_comma)
                .map_err(|e| RowIssue::new(e.code()).column(name(Field::Cost)).value(cost.as_bytes()))?
        };
        let requests = if cell(Field::Requests).is_empty() { 1 } else { number(Field::Requests)? };
        let texts = [
            cell(Field::Vendor),
            cell(Field::Model),
            cell(Field::Feature),
            cell(Field::Tenant),
            cell(Field::Environment),
            cell(Field::ServiceTier),
            cell(Field::Session),
            cell(Field::RequestId),
        ];
        let tokens = TokenCounts { input, cache_read, cache_write_5m, cache_write_1h, output, reasoning };
        let (success, session_success) = (verdict(Field::Success)?, verdict(Field::SessionSuccess)?);
        Ok((Record { at, success, session_success, requests, tokens, reported_nanos, ..Record::default() }, texts))
    };
    match understand() {
        Ok((record, texts)) => push(tally, record, &texts).map(Ok),
        Err(issue) => Ok(Err(issue)),
    }
}

/// Adds a record whose texts are: vendor, model, feature, tenant, environment, service tier, session, request id.
pub(crate) fn push(tally: &mut Tally<'_>, record: Record<'_>, texts: &[String; 8]) -> std::io::Result<Verdict> {
    let [vendor, model, feature, tenant, environment, tier, session, request] = texts.each_ref().map(|t| t.as_bytes());
    let record = Record {
        sequence: tally.row,
        dimensions: [vendor, model, feature, tenant, environment],
        tier,
        session,
        request_id: request,
        ..record
    };
    Ok(if tally.accumulator.push(&record)? { Verdict::Good } else { Verdict::Duplicate })
}

/// Looks at the first objects: their paths are the columns.
pub(crate) fn sniff(text: &[u8], mut sniffed: Sniffed) -> Result<Sniffed> {
    let unreadable = |error: &serde_json::Error| {
        let (line, position) = (error.line().to_string(), error.column().to_string());
        IngestError::file("json-unreadable", &[("line", &line), ("position", &position)])
    };
    let start = text.trim_ascii_start();
    let is_array = start.starts_with(b"[");
    let body = if is_array { &start[1..] } else { start };
    let mut objects = Vec::new();
    let mut at = 0;
    while objects.len() < 20 {
        let skipped = body[at..].iter().take_while(|b| b.is_ascii_whitespace() || **b == b',').count();
        at += skipped;
        let mut values = serde_json::Deserializer::from_slice(&body[at..]).into_iter::<Value>();
        match values.next() {
            Some(Ok(value @ Value::Object(_))) => objects.push(value),
            Some(Err(error)) if objects.is_empty() && !error.is_eof() => return Err(unreadable(&error)),
            _ => break,
        }
        at += values.byte_offset();
    }
    let Some(first) = objects.first() else {
        // The first object is longer than the look: only a document in the shape of a known API is.
        sniffed.formats = vec![UsageFormat::OpenaiUsage, UsageFormat::GenericJsonl];
        return Ok(sniffed);
    };
    let has = |name: &str| first.get(name).is_some();
    if crate::openai_usage::looks_like(first) {
        sniffed.formats.push(UsageFormat::OpenaiUsage);
    }
    if has("request_id") && has("call_type") && (has("startTime") || has("spend")) {
        sniffed.formats.push(UsageFormat::LitellmSpendLogs);
    }
    sniffed.formats.push(UsageFormat::GenericJsonl);
    let mut names = Vec::new();
    for object in &objects {
        paths(object, "", 0, &mut names);
    }
    sniffed.columns = names
        .iter()
        .map(|name| SourceColumn {
            name: name.clone(),
            samples: objects.iter().map(|o| scalar(at_path(o, name))).filter(|s| !s.is_empty()).take(3).collect(),
        })
        .collect();
    sniffed.sample = objects.iter().map(|o| names.iter().map(|n| scalar(at_path(o, n))).collect()).collect();
    sniffed.mapping = guess(&names);
    let average = (text.len() / objects.len().max(1)).max(1);
    sniffed.rows_estimate = (at < body.len()).then_some(sniffed.bytes / (at / objects.len()).max(1) as u64).or(Some(objects.len() as u64));
    let _ = average;
    Ok(sniffed)
}

/// Dotted paths of all scalars, first seen first.
fn paths(value: &Value, prefix: &str, depth: usize, names: &mut Vec<String>) {
    let Some(object) = value.as_object() else { return };
    for (key, inner) in object {
        let path = if prefix.is_empty() { key.clone() } else { format!("{prefix}.{key}") };
        match inner {
            Value::Object(_) if depth < 4 => paths(inner, &path, depth + 1, names),
            Value::Object(_) | Value::Array(_) => {}
            _ if names.len() < 500 && !names.contains(&path) => names.push(path),
            _ => {}
        }
    }
}
