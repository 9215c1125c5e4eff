//! What the beginning of a file shows: enough to tell formats apart by content, whatever the file is called.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::io::Read;

use serde::de::{DeserializeSeed, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::archive;
use super::document::{Mended, SourceReader, mended};
use super::input::InputFile;
use crate::header::Header;
use crate::look::Look;
use crate::{IngestError, Result};

/// Depth of the keys looked at, and objects of a list or lines.
const DEPTH: usize = 3;
const OBJECTS: usize = 20;
const KEYS: usize = 5_000;

/// Names of an archive looked at.
const NAMES: usize = 2_000;

/// Dotted keys of an object, lists and scalars included.
pub(super) type Keys = BTreeSet<String>;

/// What a file is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Shape {
    Archive(Vec<String>),
    /// One JSON object.
    Object(Keys),
    /// A list of JSON objects, or one per line.
    Objects(Vec<Keys>),
    Table(Header),
    /// A configuration in YAML.
    Yaml,
}

impl Shape {
    /// Whether this is one object with all these keys.
    pub(super) fn is_object_with(&self, wanted: &[&str]) -> bool {
        matches!(self, Shape::Object(keys) if wanted.iter().all(|key| keys.contains(*key)))
    }

    /// Whether some of the first objects have all these keys: the first line of a log may be another one.
    pub(super) fn has_objects_with(&self, wanted: &[&str]) -> bool {
        let has = |keys: &Keys| wanted.iter().all(|key| keys.contains(*key));
        match self {
            Shape::Objects(all) => all.iter().any(has),
            // A log of one line.
            Shape::Object(keys) => has(keys),
            _ => false,
        }
    }

    /// Whether this is a table with all these columns.
    pub(super) fn is_table_with(&self, wanted: &[&str]) -> bool {
        let Shape::Table(header) = self else { return false };
        wanted.iter().all(|column| header.names.iter().any(|name| name.eq_ignore_ascii_case(column)))
    }
}

/// Looks at a file.
///
/// # Errors
/// One that is not there, empty, or nothing that could be read: one sentence each.
pub(super) fn outline(file: &InputFile) -> Result<Shape> {
    let mut magic = Vec::new();
    if let Ok(start) = std::fs::File::open(&file.path) {
        start.take(4).read_to_end(&mut magic)?;
    }
    if matches!(magic.as_slice(), [b'P', b'K', 3 | 5, ..]) {
        let unreadable = || IngestError::file("archive-unreadable", &[("file", &file.name)]);
        return archive::names(&file.path, NAMES).map(Shape::Archive).ok_or_else(unreadable);
    }
    let look = Look::at(&file.path)?;
    if !look.is_json() {
        let text = String::from_utf8_lossy(&look.text[..look.text.len().min(1 << 16)]).into_owned();
        if is_yaml(&text) {
            return Ok(Shape::Yaml);
        }
        return look.header().map(Shape::Table);
    }
    let start = look.text.trim_ascii_start();
    let is_list = start.starts_with(b"[");
    let lines: Vec<&[u8]> = start
        .split(|byte| *byte == b'\n')
        .map(<[u8]>::trim_ascii)
        .filter(|line| !line.is_empty())
        .take(OBJECTS)
        .collect();
    // One object per line: the first lines are whole objects, or one line is longer than the look.
    let whole = |line: &&[u8]| line.starts_with(b"{") && serde_json::from_slice::<IgnoredAny>(&mended(line)).is_ok();
    let is_lines = !is_list && (lines.len() > 1 && lines.iter().take(3).any(whole));
    if is_lines {
        return Ok(Shape::Objects(lines.into_iter().filter_map(|line| keys_of(line).into_iter().next()).collect()));
    }
    let mut objects = keys_of(start);
    let is_known = |keys: &Keys| keys.iter().any(|key| key.contains('.'));
    if !look.is_all && !is_list && !objects.first().is_some_and(is_known) {
        // The first key holds more than a look.
        let (reader, _) = SourceReader::open(&file.path)?;
        objects = keys_in(Mended::new(reader));
    }
    if is_list {
        return Ok(Shape::Objects(objects));
    }
    match objects.into_iter().next() {
        Some(keys) if !keys.is_empty() => Ok(Shape::Object(keys)),
        _ => {
            let broken = serde_json::from_slice::<IgnoredAny>(start).err();
            let of = |f: fn(&serde_json::Error) -> usize| broken.as_ref().map_or(1, f).to_string();
            let (line, position) = (of(serde_json::Error::line), of(serde_json::Error::column));
            Err(IngestError::file("json-unreadable", &[("line", &line), ("position", &position)]))
        }
    }
}

/// Lines that begin with words of a suite's configuration.
fn is_yaml(text: &str) -> bool {
    const WORDS: [&str; 9] = [
        "prompts:",
        "providers:",
        "targets:",
        "tests:",
        "defaultTest:",
        "scenarios:",
        "description:",
        "evaluateOptions:",
        "env:",
    ];
    let begins = |word: &str| text.lines().any(|line| line.trim_start_matches('\u{feff}').starts_with(word));
    let told = WORDS.iter().filter(|word| begins(word)).count();
    let is_list_of_tests = text.lines().any(|line| line.starts_with("- vars:") || line.starts_with("- description:"));
    told >= 2 || begins("tests:") || is_list_of_tests
}

fn keys_of(text: &[u8]) -> Vec<Keys> {
    keys_in(mended(text).as_slice())
}

/// The keys of an object or of the first objects of a list, as far as a text goes.
fn keys_in(reader: impl Read) -> Vec<Keys> {
    let found = Found(RefCell::new(Vec::new()));
    let mut deserializer = serde_json::Deserializer::from_reader(std::io::BufReader::new(reader));
    let _ = Walk { found: &found, path: String::new(), depth: 0, is_element: false }.deserialize(&mut deserializer);
    found.0.into_inner()
}

struct Found(RefCell<Vec<Keys>>);

struct Walk<'f> {
    found: &'f Found,
    path: String,
    depth: usize,
    is_element: bool,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();
    fn deserialize<D: serde::Deserializer<'de>>(self, deserializer: D) -> std::result::Result<(), D::Error> {
        if self.depth > DEPTH {
            deserializer.deserialize_ignored_any(IgnoredAny).map(|_| ())
        } else {
            deserializer.deserialize_any(self)
        }
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("JSON")
    }
    fn visit_bool<E>(self, _: bool) -> std::result::Result<(), E> {
        Ok(())
    }
    fn visit_i64<E>(self, _: i64) -> std::result::Result<(), E> {
        Ok(())
    }
    fn visit_u64<E>(self, _: u64) -> std::result::Result<(), E> {
        Ok(())
    }
    fn visit_f64<E>(self, _: f64) -> std::result::Result<(), E> {
        Ok(())
    }
    fn visit_str<E>(self, _: &str) -> std::result::Result<(), E> {
        Ok(())
    }
    fn visit_unit<E>(self) -> std::result::Result<(), E> {
        Ok(())
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> std::result::Result<(), A::Error> {
        if self.depth == 0 {
            self.found.0.borrow_mut().push(Keys::new());
        }
        while let Some(key) = map.next_key::<String>()? {
            let path = if self.path.is_empty() { key } else { format!("{}.{key}", self.path) };
            if let Some(keys) = self.found.0.borrow_mut().last_mut().filter(|keys| keys.len() < KEYS) {
                keys.insert(path.clone());
            }
            map.next_value_seed(Walk { found: self.found, path, depth: self.depth + 1, is_element: false })?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> std::result::Result<(), A::Error> {
        if self.depth > 0 || self.is_element {
            while list.next_element::<IgnoredAny>()?.is_some() {}
            return Ok(());
        }
        while self.found.0.borrow().len() < OBJECTS {
            let element = Walk { found: self.found, path: String::new(), depth: 0, is_element: true };
            if list.next_element_seed(element)?.is_none() {
                return Ok(());
            }
        }
        // Enough was seen: the rest need not be read.
        Err(serde::de::Error::custom("enough"))
    }
}
