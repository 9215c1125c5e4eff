//! The beginning of a file as text: whether it is any, and which.

use std::path::Path;

use crate::header::Header;
use crate::source::Source;
use crate::{IngestError, Result};

/// The beginning of a file as text, and whether that is all of it.
pub(crate) struct Look {
    pub text: Vec<u8>,
    pub is_all: bool,
    pub is_gzip: bool,
    /// Why the archive breaks off within what was looked at, if it does.
    damage: Option<String>,
    pub encoding: &'static str,
    pub name: String,
    /// Of the file, as it lies on the disk.
    pub bytes: u64,
}

impl Look {
    /// # Errors
    /// A file that is not there, empty, or no text: one sentence each.
    pub(crate) fn at(path: &Path) -> Result<Look> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let shown = path.to_string_lossy();
        let metadata = match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => return Err(IngestError::file("not-a-file", &[("path", &shown)])),
            Err(error) if matches!(error.kind(), std::io::ErrorKind::NotFound | std::io::ErrorKind::NotADirectory) => {
                return Err(IngestError::file("file-not-found", &[("path", &shown)]));
            }
            Err(error) => return Err(error.into()),
        };
        let empty = || Err(IngestError::file("file-empty", &[("file", &name)]));
        let other = |kind| Err(IngestError::file("file-is-other", &[("file", &name), ("kind", kind)]));
        if metadata.len() == 0 {
            return empty();
        }
        if let Some(kind) = foreign(&beginning(path)?) {
            return other(kind);
        }
        let mut source = Source::open(path)?;
        let mut text = Vec::new();
        source.fill(&mut text)?;
        if text.trim_ascii().is_empty() {
            return empty();
        }
        // Bytes of a machine where it lost power are a bad row; a first line nobody can read is no text.
        let start = &text[..text.len().min(65_536)];
        let first_line = &start[..memchr::memchr2(b'\n', b'\r', start).unwrap_or(start.len())];
        if first_line.iter().any(|byte| is_machine(*byte)) || unreadable(first_line) > first_line.len() / 4 {
            return other(foreign(&text).unwrap_or("binary"));
        }
        Ok(Look {
            is_all: source.ended(),
            is_gzip: source.is_gzip(),
            damage: source.damage().map(str::to_owned),
            encoding: source.encoding().name(),
            text,
            name,
            bytes: metadata.len(),
        })
    }

    pub(crate) fn is_json(&self) -> bool {
        matches!(self.text.trim_ascii_start().first(), Some(b'{' | b'['))
    }

    /// # Errors
    /// No line of column names.
    pub(crate) fn header(&self) -> Result<Header> {
        let file = ("file", self.name.as_str());
        // How much of a torn archive can be read is up to whoever unpacks it: half a line of column names is none.
        if let (Some(cause), None) = (&self.damage, memchr::memchr2(b'\n', b'\r', &self.text)) {
            return Err(IngestError::file("gzip-damaged", &[("cause", cause)]));
        }
        let Some(header) = Header::of(&self.text) else { return Err(IngestError::file("header-too-long", &[file])) };
        if header.is_data() {
            return Err(IngestError::file("no-header", &[file, ("header", &header.line)]));
        }
        Ok(header)
    }

    /// Rows in the file, from how many fill how many bytes of the look; `None` where that cannot be told.
    pub(crate) fn estimate(&self, rows: usize, bytes: usize) -> Option<u64> {
        if self.is_all {
            return Some(rows as u64);
        }
        (!self.is_gzip && rows > 0).then(|| self.bytes * rows as u64 / bytes.max(1) as u64)
    }
}

/// A byte that only machines write: no line of column names, and no line of JSON, has it. The separators of ASCII are let be.
fn is_machine(byte: u8) -> bool {
    matches!(byte, 0x00..=0x08 | 0x0e..=0x19 | 0x1b | 0x7f)
}

/// Bytes of characters that nobody can read: those of machines, and what stands for bytes that are no character.
fn unreadable(text: &[u8]) -> usize {
    const REPLACEMENT: &[u8] = "\u{fffd}".as_bytes();
    let machine = text.iter().filter(|byte| is_machine(**byte)).count();
    machine + memchr::memmem::find_iter(text, REPLACEMENT).count() * REPLACEMENT.len()
}

fn beginning(path: &Path) -> Result<Vec<u8>> {
    use std::io::Read;
    let mut bytes = Vec::with_capacity(512);
    std::fs::File::open(path)?.take(512).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Well-known files that are no text, whatever their name says.
fn foreign(raw: &[u8]) -> Option<&'static str> {
    match raw {
        [b'%', b'P', b'D', b'F', ..] => Some("pdf"),
        [b'P', b'K', 3 | 5, ..] => Some("zip"),
        [0xd0, 0xcf, 0x11, 0xe0, ..] => Some("xls"),
        [0x89, b'P', b'N', b'G', ..] | [0xff, 0xd8, 0xff, ..] | [b'G', b'I', b'F', b'8', ..] => Some("image"),
        [b'P', b'A', b'R', b'1', ..] => Some("parquet"),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some("zstd"),
        _ if raw.starts_with(b"SQLite format 3") => Some("sqlite"),
        _ => {
            let start = raw.trim_ascii_start();
            let begins = |tag: &[u8]| start.get(..tag.len()).is_some_and(|s| s.eq_ignore_ascii_case(tag));
            (begins(b"<!") || begins(b"<html") || begins(b"<?xml")).then_some("html")
        }
    }
}
