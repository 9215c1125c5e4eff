//! JSON as programs write it, which is not always JSON: one document, streamed, in bounded memory.
//!
//! Mended on the way: bare `NaN`, `Infinity` and `-Infinity` (Python writes them) become texts, which no score takes for a number;
//! raw control characters within strings are escaped; bytes that are no UTF-8 become the replacement character; a string longer
//! than [`MAX_STRING`] is cut. Of a key that occurs twice in one object the last value counts, and the key is told.

use std::cell::{Cell, RefCell};
use std::io::Read;
use std::path::Path;
use std::rc::Rc;

use encoding_rs::{Decoder, UTF_8};
use serde::de::{DeserializeSeed, Error as _, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use crate::source::Source;
use crate::{IngestError, Result};

/// Longest string kept, in bytes.
pub(super) const MAX_STRING: usize = 32 << 20;

/// Memory one element of a list may take, and all that stands beside the lists.
const MAX_VALUE: usize = 64 << 20;
const MAX_REST: usize = 128 << 20;

/// Keys told of those that occur twice.
const TOLD_KEYS: usize = 20;

/// A file's decoded text as bytes to be read.
pub(super) struct SourceReader {
    source: Source,
    text: Vec<u8>,
    at: usize,
    state: Rc<ReaderState>,
}

/// What a reader has come to, seen while somebody else reads from it.
#[derive(Debug, Default)]
pub(super) struct ReaderState {
    /// Bytes read from the disk.
    pub read: Cell<u64>,
    /// Why an archive broke off.
    pub damage: RefCell<Option<String>>,
}

impl SourceReader {
    pub(super) fn open(path: &Path) -> Result<(Self, Rc<ReaderState>)> {
        let state = Rc::new(ReaderState::default());
        let reader = Self { source: Source::open(path)?, text: Vec::new(), at: 0, state: Rc::clone(&state) };
        Ok((reader, state))
    }
}

impl Read for SourceReader {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.text.len() {
            if self.source.ended() {
                return Ok(0);
            }
            self.text.clear();
            self.at = 0;
            self.source.fill(&mut self.text).map_err(std::io::Error::other)?;
            self.state.read.set(self.source.read());
            if let Some(damage) = self.source.damage() {
                *self.state.damage.borrow_mut() = Some(damage.to_owned());
            }
        }
        let n = buffer.len().min(self.text.len() - self.at);
        buffer[..n].copy_from_slice(&self.text[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

/// Mends text as it passes.
#[derive(Debug, Default)]
struct Mender {
    in_string: bool,
    escaped: bool,
    /// Hexadecimal digits that still belong to an escape.
    digits: u8,
    length: usize,
    /// What stands outside strings and may become a word.
    word: Vec<u8>,
}

impl Mender {
    fn push(&mut self, text: &[u8], out: &mut Vec<u8>) {
        let mut rest = text;
        while !rest.is_empty() {
            // Most bytes need no mending: they pass in runs.
            let run = if self.in_string { self.run_inside(rest) } else { self.run_outside(rest) };
            out.extend_from_slice(&rest[..run]);
            rest = &rest[run..];
            if let Some((byte, behind)) = rest.split_first() {
                if self.in_string {
                    self.inside(*byte, out)
                } else {
                    self.outside(*byte, out)
                }
                rest = behind;
            }
        }
    }

    /// Bytes of a string that pass as they are.
    fn run_inside(&mut self, text: &[u8]) -> usize {
        if self.escaped || self.digits > 0 || self.length + text.len() > MAX_STRING {
            return 0;
        }
        let run = text.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(text.len());
        self.length += run;
        run
    }

    /// Bytes between strings that pass as they are.
    fn run_outside(&self, text: &[u8]) -> usize {
        if !self.word.is_empty() {
            return 0;
        }
        text.iter().position(|byte| matches!(byte, b'"' | b'-' | b'a'..=b'z' | b'A'..=b'Z')).unwrap_or(text.len())
    }

    fn inside(&mut self, byte: u8, out: &mut Vec<u8>) {
        let is_escaped = std::mem::take(&mut self.escaped);
        if byte == b'"' && !is_escaped {
            self.in_string = false;
            return out.push(byte);
        }
        self.escaped = byte == b'\\' && !is_escaped;
        // Cut before a whole character, and before no escape is half written.
        let is_within = is_escaped || self.digits > 0 || byte & 0xc0 == 0x80;
        self.digits = if is_escaped && byte == b'u' { 4 } else { self.digits.saturating_sub(1) };
        if self.length > MAX_STRING && !is_within || self.length > MAX_STRING + 8 {
            self.length = MAX_STRING + 16;
            return;
        }
        self.length += 1;
        if byte < 0x20 {
            let escape = format!("\\u{byte:04x}");
            // A control character behind a backslash is no escape: the backslash stays one.
            out.extend_from_slice(if is_escaped { b"\\" } else { b"" });
            out.extend_from_slice(escape.as_bytes());
        } else {
            out.push(byte);
        }
    }

    fn outside(&mut self, byte: u8, out: &mut Vec<u8>) {
        let begins_or_goes_on = byte.is_ascii_alphabetic() || byte == b'-' && self.word.is_empty();
        if begins_or_goes_on && self.word.len() < 16 {
            self.word.push(byte);
            return;
        }
        self.flush(out);
        if byte == b'"' {
            (self.in_string, self.escaped, self.length) = (true, false, 0);
        }
        out.push(byte);
    }

    fn flush(&mut self, out: &mut Vec<u8>) {
        if self.word.is_empty() {
            return;
        }
        match self.word.as_slice() {
            b"NaN" | b"Infinity" | b"-Infinity" | b"-NaN" => {
                out.push(b'"');
                out.extend_from_slice(&self.word);
                out.push(b'"');
            }
            word => out.extend_from_slice(word),
        }
        self.word.clear();
    }
}

/// A reader of mended text.
pub(super) struct Mended<R> {
    reader: R,
    decoder: Decoder,
    mender: Mender,
    raw: Vec<u8>,
    out: Vec<u8>,
    at: usize,
    ended: bool,
}

impl<R: Read> Mended<R> {
    pub(super) fn new(reader: R) -> Self {
        Self {
            reader,
            decoder: UTF_8.new_decoder_with_bom_removal(),
            mender: Mender::default(),
            raw: vec![0; 1 << 16],
            out: Vec::new(),
            at: 0,
            ended: false,
        }
    }
}

impl<R: Read> Read for Mended<R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.out.len() {
            if self.ended {
                return Ok(0);
            }
            self.out.clear();
            self.at = 0;
            let n = self.reader.read(&mut self.raw)?;
            self.ended = n == 0;
            let room = self.decoder.max_utf8_buffer_length(n).unwrap_or(n * 3 + 16);
            let mut text = String::with_capacity(room);
            let _ = self.decoder.decode_to_string(&self.raw[..n], &mut text, self.ended);
            self.mender.push(text.as_bytes(), &mut self.out);
            if self.ended {
                self.mender.flush(&mut self.out);
            }
        }
        let n = buffer.len().min(self.out.len() - self.at);
        buffer[..n].copy_from_slice(&self.out[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

/// A whole text mended at once.
pub(super) fn mended(text: &[u8]) -> Vec<u8> {
    let (mut mender, mut out) = (Mender::default(), Vec::with_capacity(text.len() + 16));
    mender.push(String::from_utf8_lossy(text).as_bytes(), &mut out);
    mender.flush(&mut out);
    out
}

/// What building values has met.
#[derive(Debug, Default)]
struct Met {
    left: Cell<usize>,
    too_large: Cell<bool>,
    doubled: RefCell<Vec<String>>,
}

impl Met {
    fn take(&self, bytes: usize) -> bool {
        let left = self.left.get().checked_sub(bytes + 32);
        self.left.set(left.unwrap_or(0));
        self.too_large.set(self.too_large.get() || left.is_none());
        left.is_some()
    }

    fn doubled(&self, key: &str) {
        let mut doubled = self.doubled.borrow_mut();
        if doubled.len() < TOLD_KEYS && !doubled.iter().any(|told| told == key) {
            doubled.push(key.to_owned());
        }
    }
}

/// Builds a value within what memory is left; beyond it, parts are read over.
#[derive(Clone, Copy)]
struct Build<'m>(&'m Met);

impl<'de> DeserializeSeed<'de> for Build<'_> {
    type Value = Value;
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Build<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, value: bool) -> std::result::Result<Value, E> {
        Ok(Value::Bool(value))
    }
    fn visit_i64<E>(self, value: i64) -> std::result::Result<Value, E> {
        Ok(Value::Number(value.into()))
    }
    fn visit_u64<E>(self, value: u64) -> std::result::Result<Value, E> {
        Ok(Value::Number(value.into()))
    }
    fn visit_f64<E>(self, value: f64) -> std::result::Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }
    fn visit_str<E>(self, value: &str) -> std::result::Result<Value, E> {
        Ok(if self.0.take(value.len()) { Value::String(value.to_owned()) } else { Value::Null })
    }
    fn visit_string<E>(self, value: String) -> std::result::Result<Value, E> {
        Ok(if self.0.take(value.len()) { Value::String(value) } else { Value::Null })
    }
    fn visit_unit<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_none<E>(self) -> std::result::Result<Value, E> {
        Ok(Value::Null)
    }
    fn visit_some<D: serde::Deserializer<'de>>(self, deserializer: D) -> std::result::Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<Value, A::Error> {
        let mut all = Vec::new();
        while self.0.take(0) {
            match list.next_element_seed(self)? {
                Some(value) => all.push(value),
                None => return Ok(Value::Array(all)),
            }
        }
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Array(all))
    }
    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(key) = map.next_key::<String>()? {
            if !self.0.take(key.len()) {
                map.next_value::<IgnoredAny>()?;
                continue;
            }
            let value = map.next_value_seed(self)?;
            if all.contains_key(&key) {
                self.0.doubled(&key);
            }
            all.insert(key, value);
        }
        Ok(Value::Object(all))
    }
}

/// Why a text is no JSON, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Broken {
    pub line: usize,
    pub position: usize,
    /// It breaks off, rather than being wrong.
    pub is_cut: bool,
}

impl Broken {
    fn of(error: &serde_json::Error) -> Self {
        Self { line: error.line(), position: error.column(), is_cut: error.is_eof() }
    }
}

/// A value from a text held in memory.
#[derive(Debug)]
pub(super) struct Parsed {
    pub value: Value,
    pub doubled: Vec<String>,
    pub is_cut_short: bool,
}

/// Parses one value; what is no JSON at first is mended and parsed again.
pub(super) fn parse(text: &[u8]) -> std::result::Result<Parsed, Broken> {
    parse_once(text).or_else(|broken| parse_once(&mended(text)).map_err(|_| broken))
}

fn parse_once(text: &[u8]) -> std::result::Result<Parsed, Broken> {
    let met = Met { left: Cell::new(MAX_VALUE), ..Met::default() };
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = Build(&met).deserialize(&mut deserializer).map_err(|error| Broken::of(&error))?;
    deserializer.end().map_err(|error| Broken::of(&error))?;
    Ok(Parsed { value, is_cut_short: met.too_large.get(), doubled: met.doubled.into_inner() })
}

/// Where something stands: keys from the root.
pub(super) type KeyPath = &'static [&'static str];

/// Which parts of a document are read how; everything else is kept as it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Plan {
    /// Lists handed on element by element.
    pub lists: &'static [KeyPath],
    /// Parts read over.
    pub skipped: &'static [KeyPath],
}

/// One element of a list of the plan.
pub(super) struct Element {
    /// From 1.
    pub number: u64,
    pub value: Value,
    /// It was too large: parts are missing.
    pub is_cut_short: bool,
}

/// What came of a document beside its lists.
#[derive(Debug)]
pub(super) struct Document {
    /// Everything that was whole and stands in no list.
    pub rest: Value,
    pub doubled: Vec<String>,
    pub broken: Option<Broken>,
    /// The rest was too large: parts are missing.
    pub is_cut_short: bool,
}

/// Reads a document. One that breaks off gives what was whole before.
///
/// # Errors
/// Those of `each`, and the reader's.
pub(super) fn stream(reader: impl Read, plan: Plan, each: &mut dyn FnMut(Element) -> Result<()>) -> Result<Document> {
    run(reader, plan, &[], each)
}

/// The rest of a document without its lists, read no further than it must: as soon as a part is to be skipped and all of `needed`
/// (JSON pointers) is there.
///
/// # Errors
/// The reader's.
pub(super) fn beginning(reader: impl Read, plan: Plan, needed: &[&str]) -> Result<Value> {
    Ok(run(reader, plan, needed, &mut |_| Ok(()))?.rest)
}

fn run(
    reader: impl Read,
    plan: Plan,
    needed: &[&str],
    each: &mut dyn FnMut(Element) -> Result<()>,
) -> Result<Document> {
    let rest = Met { left: Cell::new(MAX_REST), ..Met::default() };
    let state = State {
        plan,
        needed,
        each: RefCell::new(each),
        rest,
        kept: RefCell::new(Value::Null),
        failure: RefCell::new(None),
    };
    let reader = std::io::BufReader::with_capacity(1 << 16, Mended::new(reader));
    let mut deserializer = serde_json::Deserializer::from_reader(reader);
    let outcome =
        Part { state: &state, path: Vec::new() }.deserialize(&mut deserializer).and_then(|()| deserializer.end());
    if let Some(failure) = state.failure.into_inner() {
        return Err(failure);
    }
    let broken = match outcome {
        Ok(()) => None,
        Err(error) if error.is_io() => return Err(IngestError::Io(error.into())),
        Err(error) => Some(Broken::of(&error)),
    };
    let is_cut_short = state.rest.too_large.get();
    Ok(Document { rest: state.kept.into_inner(), doubled: state.rest.doubled.into_inner(), broken, is_cut_short })
}

struct State<'s> {
    plan: Plan,
    needed: &'s [&'s str],
    each: RefCell<&'s mut dyn FnMut(Element) -> Result<()>>,
    rest: Met,
    kept: RefCell<Value>,
    failure: RefCell<Option<IngestError>>,
}

impl State<'_> {
    fn keep(&self, path: &[String], value: Value) {
        let mut kept = self.kept.borrow_mut();
        let mut place = &mut *kept;
        for key in path {
            if !place.is_object() {
                *place = Value::Object(Map::new());
            }
            let Value::Object(object) = place else { return };
            place = object.entry(key.clone()).or_insert(Value::Null);
        }
        *place = value;
    }
}

/// A part on the way to a list.
struct Part<'p, 's> {
    state: &'p State<'s>,
    path: Vec<String>,
}

impl<'de> DeserializeSeed<'de> for Part<'_, '_> {
    type Value = ();
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        let plan = self.state.plan;
        if plan.skipped.iter().any(|path| is(path, &self.path)) {
            let (needed, kept) = (self.state.needed, self.state.kept.borrow());
            if !needed.is_empty() && needed.iter().all(|pointer| kept.pointer(pointer).is_some()) {
                return Err(D::Error::custom("enough"));
            }
            drop(kept);
            return IgnoredAny::deserialize_over(deserializer);
        }
        let leads = |path: &KeyPath| path.len() >= self.path.len() && is(&path[..self.path.len()], &self.path);
        if plan.lists.iter().chain(plan.skipped).any(leads) {
            return deserializer.deserialize_any(self);
        }
        let value = Build(&self.state.rest).deserialize(deserializer)?;
        self.state.keep(&self.path, value);
        Ok(())
    }
}

/// Reading over a value.
trait Over {
    fn deserialize_over<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<(), D::Error>;
}

impl Over for IgnoredAny {
    fn deserialize_over<'de, D: serde::Deserializer<'de>>(deserializer: D) -> std::result::Result<(), D::Error> {
        deserializer.deserialize_ignored_any(IgnoredAny).map(|_| ())
    }
}

fn is(path: &[&str], keys: &[String]) -> bool {
    path.len() == keys.len() && path.iter().zip(keys).all(|(a, b)| a == b)
}

macro_rules! kept {
    ($($visit:ident: $kind:ty),*) => {$(
        fn $visit<E: serde::de::Error>(self, value: $kind) -> std::result::Result<(), E> {
            let value = Build(&self.state.rest).$visit(value)?;
            self.state.keep(&self.path, value);
            Ok(())
        }
    )*};
}

impl<'de> Visitor<'de> for Part<'_, '_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }

    kept!(visit_bool: bool, visit_i64: i64, visit_u64: u64, visit_f64: f64, visit_str: &str);

    fn visit_unit<E>(self) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        if self.state.kept.borrow().is_null() || !self.path.is_empty() {
            self.state.keep(&self.path, Value::Object(Map::new()));
        }
        let mut seen: Vec<String> = Vec::new();
        while let Some(key) = map.next_key::<String>()? {
            if seen.contains(&key) {
                self.state.rest.doubled(&key);
            } else if seen.len() < 1_000 {
                seen.push(key.clone());
            }
            let mut path = self.path.clone();
            path.push(key);
            map.next_value_seed(Part { state: self.state, path })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<(), A::Error> {
        if !self.state.plan.lists.iter().any(|path| is(path, &self.path)) {
            let value = Build(&self.state.rest).visit_seq(list)?;
            self.state.keep(&self.path, value);
            return Ok(());
        }
        for place in 1.. {
            let met = Met { left: Cell::new(MAX_VALUE), ..Met::default() };
            let Some(value) = list.next_element_seed(Build(&met))? else { break };
            met.doubled.borrow().iter().for_each(|key| self.state.rest.doubled(key));
            let element = Element { number: place, value, is_cut_short: met.too_large.get() };
            if let Err(failure) = (self.state.each.borrow_mut())(element) {
                *self.state.failure.borrow_mut() = Some(failure);
                return Err(A::Error::custom("stopped"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    const PLAN: Plan = Plan { lists: &[&["results", "rows"], &["more"]], skipped: &[&["logs"]] };

    fn read(text: &[u8]) -> (Vec<(u64, Value)>, Document) {
        let mut all = Vec::new();
        let document = stream(text, PLAN, &mut |element| {
            all.push((element.number, element.value));
            Ok(())
        });
        (all, document.unwrap())
    }

    #[test]
    fn lists_are_handed_on_and_the_rest_is_kept_in_any_order() {
        let text = br#"{"a":1,"results":{"rows":[{"x":1},{"x":NaN}],"n":2},"logs":[1,2],"more":null,"b":[3]}"#;
        let (all, document) = read(text);
        assert_eq!(all, [(1, json!({"x": 1})), (2, json!({"x": "NaN"}))]);
        assert_eq!(document.rest, json!({"a": 1, "results": {"n": 2}, "b": [3]}));
        assert_eq!(document.broken, None);
    }

    #[test]
    fn what_was_whole_before_a_break_is_kept() {
        let text = br#"{"a":1,"results":{"n":2,"rows":[{"x":1},{"x":2},{"x":"#;
        let (all, document) = read(text);
        assert_eq!(all.len(), 2);
        assert_eq!(document.rest, json!({"a": 1, "results": {"n": 2}}));
        assert!(document.broken.is_some_and(|broken| broken.is_cut));
        let (all, document) = read(br#"{"more":[1, oops, 3]}"#);
        assert_eq!((all.len(), document.broken.map(|b| b.is_cut)), (1, Some(false)));
    }

    #[test]
    fn keys_that_occur_twice_are_told_and_the_last_counts() {
        let (all, document) = read(br#"{"more":[{"a":1,"a":2}],"c":1,"c":2}"#);
        assert_eq!(all[0].1, json!({"a": 2}));
        assert_eq!(document.doubled, ["a", "c"]);
        assert_eq!(parse(br#"{"a":1,"a":2}"#).unwrap().doubled, ["a"]);
    }

    #[test]
    fn what_python_and_machines_write_is_mended() {
        for (text, value) in [
            (
                &b"{\"a\":NaN,\"b\":-Infinity,\"c\":[Infinity]}"[..],
                json!({"a": "NaN", "b": "-Infinity", "c": ["Infinity"]}),
            ),
            (b"{\"a\":\"NaN, \\\"Infinity\"}", json!({"a": "NaN, \"Infinity"})),
            (b"{\"a\":\"\x00\x1b[31m\"}", json!({"a": "\0\u{1b}[31m"})),
            (b"{\"a\":\"\xff\"}", json!({"a": "\u{fffd}"})),
            (b"{\"a\":-1.5e-3,\"b\":true,\"c\":null}", json!({"a": -0.0015, "b": true, "c": null})),
        ] {
            assert_eq!(parse(text).unwrap().value, value);
            assert_eq!(stream(text, PLAN, &mut |_| Ok(())).unwrap().rest, value);
        }
        assert!(parse(b"{\"a\":nope}").is_err() && parse(b"").is_err() && parse(&b"[".repeat(100_000)).is_err());
    }

    #[test]
    fn nothing_grows_beyond_its_bounds() {
        let long = format!("{{\"a\":\"{}\",\"b\":1}}", "é\\\"".repeat(MAX_STRING / 2));
        let document = stream(long.as_bytes(), PLAN, &mut |_| Ok(())).unwrap();
        assert_eq!(document.broken, None);
        assert_eq!(document.rest["b"], 1);
        assert!(document.rest["a"].as_str().is_some_and(|text| text.len() <= MAX_STRING));
    }

    proptest! {
        #[test]
        fn arbitrary_text_never_panics(bytes in prop::collection::vec(prop::sample::select(
            b"{}[]\",:\\ntruefalse0123-NaI\x00\xff\xe4\xbd".to_vec()), 0..200)) {
            let _ = parse(&bytes);
            let _ = stream(bytes.as_slice(), PLAN, &mut |_| Ok(()));
        }
    }
}
