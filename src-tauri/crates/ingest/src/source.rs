//! The bytes of a file as UTF-8 text: hashed, unpacked, transcoded, line ends unified.

use std::fs::File;
use std::io::{ErrorKind, Read};
use std::path::Path;

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;
use memchr::memchr;
use sha2::{Digest, Sha256};

use crate::hash::hex;
use crate::{IngestError, Result};

/// Bytes asked from the disk at a time.
pub(crate) const CHUNK: usize = 1 << 20;

/// Bytes looked at to tell encoding and line ends.
const LOOK: usize = 1 << 16;

/// How a file's text is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    fn of(start: &[u8]) -> Self {
        match start {
            [0xff, 0xfe, ..] => return Encoding::Utf16Le,
            [0xfe, 0xff, ..] => return Encoding::Utf16Be,
            _ => {}
        }
        // Without a byte order mark: separators, digits and line ends are ASCII in every language, so that in UTF-16 one
        // half of their bytes is 0 and the same half of the others hardly ever is.
        let pairs = start[..start.len().min(1024)].chunks_exact(2);
        let (mut high, mut low, mut all) = (0, 0, 0);
        for pair in pairs {
            all += 1;
            high += usize::from(pair[0] == 0 && pair[1] != 0);
            low += usize::from(pair[1] == 0 && pair[0] != 0);
        }
        match (high, low) {
            (0, low) if low * 5 > all => Encoding::Utf16Le,
            (high, 0) if high * 5 > all => Encoding::Utf16Be,
            _ => Encoding::Utf8,
        }
    }

    pub(crate) fn name(self) -> &'static str {
        match self {
            Encoding::Utf8 => "UTF-8",
            Encoding::Utf16Le => "UTF-16 LE",
            Encoding::Utf16Be => "UTF-16 BE",
        }
    }
}

/// Counts and hashes the bytes that come from the disk.
struct Tap {
    file: File,
    hash: Sha256,
    read: u64,
}

impl Read for Tap {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.hash.update(&buffer[..n]);
        self.read += n as u64;
        Ok(n)
    }
}

enum Packing {
    Plain(Tap),
    Gzip(Box<MultiGzDecoder<Tap>>),
}

/// A file as text.
pub(crate) struct Source {
    packing: Packing,
    encoding: Encoding,
    decoder: Option<Decoder>,
    raw: Vec<u8>,
    /// Text looked at on opening and not handed out yet.
    pending: Vec<u8>,
    /// Lines end with a lone carriage return, as on the Macs of old.
    cr_only: bool,
    ended: bool,
    damage: Option<String>,
}

impl Source {
    /// # Errors
    /// The disk's, or an archive without a readable beginning.
    pub(crate) fn open(path: &Path) -> Result<Self> {
        let mut start = Vec::new();
        File::open(path)?.take(2).read_to_end(&mut start)?;
        let tap = Tap { file: File::open(path)?, hash: Sha256::new(), read: 0 };
        let packing = match start.as_slice() {
            [0x1f, 0x8b] => Packing::Gzip(Box::new(MultiGzDecoder::new(tap))),
            _ => Packing::Plain(tap),
        };
        let mut source = Self {
            packing,
            encoding: Encoding::Utf8,
            decoder: None,
            raw: Vec::new(),
            pending: Vec::new(),
            cr_only: false,
            ended: false,
            damage: None,
        };
        let mut look = Vec::new();
        source.read_into(&mut look, LOOK)?;
        if let (Some(cause), true) = (&source.damage, look.is_empty()) {
            return Err(IngestError::file("gzip-damaged", &[("cause", cause)]));
        }
        source.encoding = Encoding::of(&look);
        source.decoder = match source.encoding {
            Encoding::Utf8 => None,
            Encoding::Utf16Le => Some(UTF_16LE.new_decoder_with_bom_removal()),
            Encoding::Utf16Be => Some(UTF_16BE.new_decoder_with_bom_removal()),
        };
        if source.decoder.is_some() {
            source.raw = look;
            let mut text = Vec::new();
            source.decode(&mut text);
            source.pending = text;
        } else {
            let mark = if look.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
            source.pending = look.split_off(mark);
        }
        let text = &mut source.pending;
        // A return at the very end may be the first half of a line end.
        source.cr_only = memchr(b'\n', text).is_none() && memchr(b'\r', text).is_some_and(|at| at + 1 < text.len());
        if source.cr_only {
            unify(text);
        }
        Ok(source)
    }

    pub(crate) fn encoding(&self) -> Encoding {
        self.encoding
    }

    pub(crate) fn is_gzip(&self) -> bool {
        matches!(self.packing, Packing::Gzip(_))
    }

    /// Bytes read from the disk so far.
    pub(crate) fn read(&self) -> u64 {
        match &self.packing {
            Packing::Plain(tap) => tap.read,
            Packing::Gzip(decoder) => decoder.get_ref().read,
        }
    }

    /// Whether [`Self::fill`] has nothing more to give.
    pub(crate) fn ended(&self) -> bool {
        self.ended && self.pending.is_empty()
    }

    /// Why an archive broke off before its end; known once [`Self::ended`].
    pub(crate) fn damage(&self) -> Option<&str> {
        self.damage.as_deref()
    }

    /// Appends about a chunk of text.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn fill(&mut self, text: &mut Vec<u8>) -> Result<()> {
        if !self.pending.is_empty() {
            text.append(&mut self.pending);
        }
        let from = text.len();
        if self.decoder.is_some() {
            let mut raw = std::mem::take(&mut self.raw);
            self.read_into(&mut raw, CHUNK)?;
            self.raw = raw;
            self.decode(text);
        } else {
            // Straight into the reader's buffer: no second copy for the common encoding.
            self.read_into(text, CHUNK)?;
        }
        if self.cr_only {
            unify(&mut text[from..]);
        }
        Ok(())
    }

    /// The file's SHA-256 in hex, of the bytes on disk.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn finish(self) -> Result<String> {
        let mut tap = match self.packing {
            Packing::Plain(tap) => tap,
            Packing::Gzip(decoder) => decoder.into_inner(),
        };
        // Whatever a reader left unread belongs to the file's identity too.
        std::io::copy(&mut tap, &mut std::io::sink())?;
        Ok(hex(&tap.hash.finalize()))
    }

    fn read_into(&mut self, out: &mut Vec<u8>, wanted: usize) -> Result<()> {
        let mut filled = out.len();
        out.resize(filled + wanted, 0);
        while !self.ended && filled < out.len() {
            let outcome = match &mut self.packing {
                Packing::Plain(tap) => tap.read(&mut out[filled..]),
                Packing::Gzip(decoder) => decoder.read(&mut out[filled..]),
            };
            match outcome {
                Ok(0) => self.ended = true,
                Ok(n) => filled += n,
                Err(error) if error.kind() == ErrorKind::Interrupted => {}
                Err(error) if self.is_gzip() => {
                    // What was unpacked so far is good.
                    self.damage = Some(error.to_string());
                    self.ended = true;
                }
                Err(error) => return Err(error.into()),
            }
        }
        out.truncate(filled);
        Ok(())
    }

    fn decode(&mut self, out: &mut Vec<u8>) {
        let Some(decoder) = &mut self.decoder else { return };
        let room = decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(self.raw.len() * 3);
        let mut text = String::with_capacity(room);
        // Unpaired surrogates become the replacement character: visible, and the row is kept.
        let _ = decoder.decode_to_string(&self.raw, &mut text, self.ended);
        out.extend_from_slice(text.as_bytes());
        self.raw.clear();
        if self.ended {
            self.decoder = None;
        }
    }
}

fn unify(text: &mut [u8]) {
    for byte in text {
        if *byte == b'\r' {
            *byte = b'\n';
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn text_of(bytes: &[u8]) -> (String, Encoding) {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        let mut source = Source::open(file.path()).unwrap();
        let mut text = Vec::new();
        while !source.ended() {
            source.fill(&mut text).unwrap();
        }
        (String::from_utf8(text).unwrap(), source.encoding())
    }

    fn utf16(text: &str, mark: bool, bytes: fn(u16) -> [u8; 2]) -> Vec<u8> {
        let marked = if mark { format!("\u{feff}{text}") } else { text.to_owned() };
        marked.encode_utf16().flat_map(bytes).collect()
    }

    #[test]
    fn every_encoding_arrives_as_utf8() {
        let text = "time,模型,tokens\n2026-07-01T00:00:00Z,通义千问,12\n";
        for mark in [true, false] {
            assert_eq!(text_of(&utf16(text, mark, u16::to_le_bytes)), (text.to_owned(), Encoding::Utf16Le), "{mark}");
            assert_eq!(text_of(&utf16(text, mark, u16::to_be_bytes)), (text.to_owned(), Encoding::Utf16Be), "{mark}");
        }
        assert_eq!(text_of(text.as_bytes()), (text.to_owned(), Encoding::Utf8));
        assert_eq!(text_of(format!("\u{feff}{text}").as_bytes()).0, text);
    }

    #[test]
    fn lone_carriage_returns_end_lines_and_pairs_stay() {
        assert_eq!(text_of(b"a,b\r1,2\r").0, "a,b\n1,2\n");
        assert_eq!(text_of(b"a,b\r\n1,2\r\n").0, "a,b\r\n1,2\r\n");
        assert_eq!(text_of(b"a,b\r").0, "a,b\r");
    }

    #[test]
    fn a_broken_archive_gives_what_it_held_and_says_so() {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        for n in 0..100_000 {
            writeln!(gzip, "{n},{}", n * 7919 % 10_007).unwrap();
        }
        let mut bytes = gzip.finish().unwrap();
        bytes.truncate(bytes.len() / 2);
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(&bytes).unwrap();
        let mut source = Source::open(file.path()).unwrap();
        let mut text = Vec::new();
        while !source.ended() {
            source.fill(&mut text).unwrap();
        }
        assert!(text.starts_with(b"0,0\n1,7919\n") && text.len() > 100_000);
        assert!(source.damage().is_some());
    }

    #[test]
    fn the_hash_is_of_the_bytes_on_disk() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"abc").unwrap();
        let source = Source::open(file.path()).unwrap();
        assert_eq!(source.finish().unwrap(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
