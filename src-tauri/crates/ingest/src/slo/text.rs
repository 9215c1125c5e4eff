//! A file's text for a JSON reader, within bounds: a string that never ends does not fill the memory.

use std::cell::Cell;
use std::io::Read;
use std::path::Path;
use std::rc::Rc;

use memchr::{memchr, memchr2, memrchr};

use crate::Result;
use crate::source::Source;

/// Longest string or number of a document, in bytes.
const LONGEST: usize = 1 << 20;

/// Keeps watch over how long strings and numbers are.
#[derive(Debug, Default)]
struct Watch {
    in_string: bool,
    escaped: bool,
    length: usize,
}

impl Watch {
    /// Whether all of it is within bounds.
    fn pass(&mut self, text: &[u8]) -> bool {
        let mut at = 0;
        while at < text.len() {
            if self.escaped {
                (self.escaped, at) = (false, at + 1);
                self.length += 1;
                continue;
            }
            let rest = &text[at..];
            let found = if self.in_string { memchr2(b'"', b'\\', rest) } else { memchr(b'"', rest) };
            let run = found.unwrap_or(rest.len());
            self.length = match memrchr(b',', &rest[..run]) {
                Some(comma) if !self.in_string => run - comma,
                _ => self.length + run,
            };
            if self.length > LONGEST {
                return false;
            }
            at += run + 1;
            match found.map(|found| rest[found]) {
                Some(b'"') => (self.in_string, self.length) = (!self.in_string, 0),
                Some(_) => (self.escaped, self.length) = (true, self.length + 1),
                None => {}
            }
        }
        true
    }
}

/// What a reader has come to, seen while somebody else reads from it.
#[derive(Debug, Default)]
pub(super) struct Reached {
    /// Bytes read from the disk.
    pub bytes: Cell<u64>,
    /// A string or a number is beyond all bounds.
    pub is_too_long: Cell<bool>,
}

pub(super) struct JsonText {
    source: Source,
    text: Vec<u8>,
    at: usize,
    watch: Watch,
    reached: Rc<Reached>,
}

impl JsonText {
    pub(super) fn open(path: &Path) -> Result<(Self, Rc<Reached>)> {
        let reached = Rc::new(Reached::default());
        let source = Source::open(path)?;
        let text = Self { source, text: Vec::new(), at: 0, watch: Watch::default(), reached: Rc::clone(&reached) };
        Ok((text, reached))
    }

    /// The file's hash, and why an archive broke off.
    pub(super) fn finish(self) -> Result<(String, Option<String>)> {
        let damage = self.source.damage().map(str::to_owned);
        Ok((self.source.finish()?, damage))
    }
}

impl Read for JsonText {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        while self.at == self.text.len() {
            if self.source.ended() || self.reached.is_too_long.get() {
                return Ok(0);
            }
            self.text.clear();
            self.at = 0;
            self.source.fill(&mut self.text).map_err(std::io::Error::other)?;
            self.reached.bytes.set(self.source.read());
            if !self.watch.pass(&self.text) {
                // The text ends before it.
                self.reached.is_too_long.set(true);
                self.text.clear();
            }
        }
        let n = buffer.len().min(self.text.len() - self.at);
        buffer[..n].copy_from_slice(&self.text[self.at..self.at + n]);
        self.at += n;
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passes(text: &str, cut: usize) -> bool {
        let mut watch = Watch::default();
        text.as_bytes().chunks(cut).all(|part| watch.pass(part))
    }

    #[test]
    fn a_string_or_a_number_without_end_is_seen_and_a_long_list_is_not_one() {
        let long = "x".repeat(LONGEST + 1);
        for cut in [1 << 12, 1 << 20] {
            assert!(!passes(&format!("[\"{long}\"]"), cut));
            assert!(!passes(&format!("[\"{}\"]", "\\\"".repeat(LONGEST)), cut));
            assert!(!passes(&format!("[{}]", "1".repeat(LONGEST + 2)), cut));
            assert!(passes(&"[1, 2],".repeat(LONGEST), cut));
            assert!(passes(&"[1, \"a,\\\\\"],".repeat(LONGEST), cut));
        }
    }
}
