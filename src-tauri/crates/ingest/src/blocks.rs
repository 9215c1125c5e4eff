//! A file as a stream of blocks that end between two records.
//!
//! Hashing, unpacking and transcoding to UTF-8 happen here, so that readers see clean bytes and bounded memory.

use std::fs::File;
use std::io::Read;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use encoding_rs::{Decoder, UTF_16BE, UTF_16LE};
use flate2::read::MultiGzDecoder;
use memchr::{memchr, memchr_iter, memchr2_iter, memrchr};
use sha2::{Digest, Sha256};

use crate::{IngestError, Result};

/// Bytes handed to a reader at a time.
const BLOCK: usize = 1 << 20;

/// Longest record we accept; anything longer is a bad row.
pub(crate) const MAX_RECORD: usize = 4 << 20;

/// How a file's text is stored.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Encoding {
    Utf8,
    Utf16Le,
    Utf16Be,
}

impl Encoding {
    pub(crate) fn of(start: &[u8]) -> Self {
        match start {
            [0xff, 0xfe, ..] => Encoding::Utf16Le,
            [0xfe, 0xff, ..] => Encoding::Utf16Be,
            // Without a byte order mark, text in UTF-16 shows as every other byte being 0.
            [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Encoding::Utf16Le,
            [0, a, 0, b, ..] if *a != 0 && *b != 0 => Encoding::Utf16Be,
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
    read: Arc<AtomicU64>,
}

impl Read for Tap {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let n = self.file.read(buffer)?;
        self.hash.update(&buffer[..n]);
        self.read.fetch_add(n as u64, Ordering::Relaxed);
        Ok(n)
    }
}

enum Source {
    Plain(Tap),
    Gzip(Box<MultiGzDecoder<Tap>>),
}

impl Source {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        match self {
            Source::Plain(tap) => tap.read(buffer),
            Source::Gzip(decoder) => decoder.read(buffer),
        }
    }

    fn into_hash(self) -> std::io::Result<Sha256> {
        let mut tap = match self {
            Source::Plain(tap) => tap,
            Source::Gzip(decoder) => decoder.into_inner(),
        };
        // Whatever a reader left unread belongs to the file's identity too.
        std::io::copy(&mut tap, &mut std::io::sink())?;
        Ok(tap.hash)
    }
}

/// What a block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Whole records.
    Records,
    /// The beginning of a record too long to be one, without its end.
    TooLong,
    /// A record whose quote never closes: its first line.
    OpenQuote,
}

#[derive(Debug)]
pub(crate) struct Block {
    pub index: usize,
    /// Place of the first byte in the decoded text.
    pub offset: u64,
    pub content: Content,
    pub bytes: Vec<u8>,
}

/// Reads a file block by block.
pub(crate) struct Blocks {
    source: Source,
    decoder: Option<Decoder>,
    /// Raw bytes of an undecoded file.
    raw: Vec<u8>,
    buffer: Vec<u8>,
    ended: bool,
    quotes: bool,
    index: usize,
    offset: u64,
    read: Arc<AtomicU64>,
}

impl Blocks {
    /// `quotes`: whether a newline between double quotes belongs to the record (CSV) or not (JSON Lines).
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn open(path: &Path, quotes: bool) -> Result<Self> {
        let mut start = Vec::new();
        File::open(path)?.take(4).read_to_end(&mut start)?;
        let read = Arc::new(AtomicU64::new(0));
        let tap = Tap { file: File::open(path)?, hash: Sha256::new(), read: read.clone() };
        let source = match start.as_slice() {
            [0x1f, 0x8b, ..] => Source::Gzip(Box::new(MultiGzDecoder::new(tap))),
            _ => Source::Plain(tap),
        };
        let mut blocks = Self {
            source,
            decoder: None,
            raw: Vec::new(),
            buffer: Vec::new(),
            ended: false,
            quotes,
            index: 0,
            offset: 0,
            read,
        };
        blocks.fill_raw(4096)?;
        match Encoding::of(&blocks.raw) {
            Encoding::Utf8 => {
                let bom = if blocks.raw.starts_with(b"\xef\xbb\xbf") { 3 } else { 0 };
                blocks.buffer = blocks.raw.split_off(bom);
                blocks.raw.clear();
            }
            Encoding::Utf16Le => blocks.decoder = Some(UTF_16LE.new_decoder_with_bom_removal()),
            Encoding::Utf16Be => blocks.decoder = Some(UTF_16BE.new_decoder_with_bom_removal()),
        }
        if blocks.decoder.is_some() {
            blocks.decode(false);
        }
        Ok(blocks)
    }

    /// Bytes read from the disk so far; shared with whoever shows progress.
    pub(crate) fn read(&self) -> u64 {
        self.read.load(Ordering::Relaxed)
    }

    /// The file's SHA-256 in hex, of the bytes on disk.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn finish(self) -> Result<String> {
        let hash = self.source.into_hash()?.finalize();
        Ok(hash.iter().map(|byte| format!("{byte:02x}")).collect())
    }

    fn fill_raw(&mut self, wanted: usize) -> Result<()> {
        let mut filled = self.raw.len();
        self.raw.resize(filled + wanted, 0);
        while filled < self.raw.len() {
            match self.source.read(&mut self.raw[filled..]) {
                Ok(0) => {
                    self.ended = true;
                    break;
                }
                Ok(n) => filled += n,
                Err(error) if error.kind() == std::io::ErrorKind::Interrupted => {}
                Err(error) if matches!(self.source, Source::Gzip(_)) => {
                    return Err(IngestError::file("gzip-damaged", &[("cause", &error.to_string())]));
                }
                Err(error) => return Err(error.into()),
            }
        }
        self.raw.truncate(filled);
        Ok(())
    }

    fn decode(&mut self, last: bool) {
        let Some(decoder) = &mut self.decoder else { return };
        let mut text = String::with_capacity(decoder.max_utf8_buffer_length(self.raw.len()).unwrap_or(self.raw.len() * 3));
        // Unpaired surrogates become the replacement character: visible, and the row is kept.
        let _ = decoder.decode_to_string(&self.raw, &mut text, last);
        self.buffer.extend_from_slice(text.as_bytes());
        self.raw.clear();
    }

    /// Adds about a block of decoded bytes to the buffer.
    fn fill(&mut self) -> Result<()> {
        if self.decoder.is_some() {
            self.fill_raw(BLOCK)?;
            self.decode(self.ended);
        } else {
            // Straight into the buffer: no second copy for the common encoding.
            std::mem::swap(&mut self.raw, &mut self.buffer);
            let filled = self.fill_raw(BLOCK);
            std::mem::swap(&mut self.raw, &mut self.buffer);
            filled?;
        }
        Ok(())
    }

    /// The next block; `None` at the end.
    ///
    /// # Errors
    /// The disk's, or a damaged archive.
    pub(crate) fn next(&mut self) -> Result<Option<Block>> {
        loop {
            if self.buffer.len() < BLOCK && !self.ended {
                self.fill()?;
            }
            if self.buffer.is_empty() {
                return Ok(None);
            }
            if self.ended {
                let end = self.buffer.len();
                if self.quotes
                    && let Some(open) = open_quote(&self.buffer)
                {
                    // A quote that never closes would swallow the rest of the file: keep what came before it.
                    if open > 0 {
                        return Ok(Some(self.cut(open, Content::Records)));
                    }
                    let line = memchr(b'\n', &self.buffer).map_or(end, |at| at + 1);
                    return Ok(Some(self.cut(line, Content::OpenQuote)));
                }
                return Ok(Some(self.cut(end, Content::Records)));
            }
            if let Some(end) = self.boundary() {
                return Ok(Some(self.cut(end, Content::Records)));
            }
            if self.buffer.len() > MAX_RECORD {
                if self.quotes
                    && let Some(line) = memchr(b'\n', &self.buffer)
                {
                    return Ok(Some(self.cut(line + 1, Content::OpenQuote)));
                }
                return self.skip_record().map(Some);
            }
            self.fill()?;
        }
    }

    fn cut(&mut self, end: usize, content: Content) -> Block {
        let rest = self.buffer[end..].to_vec();
        let mut bytes = std::mem::replace(&mut self.buffer, rest);
        bytes.truncate(end);
        let block = Block { index: self.index, offset: self.offset, content, bytes };
        self.index += 1;
        self.offset += end as u64;
        block
    }

    /// End of the last whole record in the buffer.
    fn boundary(&self) -> Option<usize> {
        if !self.quotes || memchr(b'"', &self.buffer).is_none() {
            return memrchr(b'\n', &self.buffer).map(|at| at + 1);
        }
        let mut quoted = false;
        let mut last = None;
        for at in memchr2_iter(b'"', b'\n', &self.buffer) {
            if self.buffer[at] == b'"' {
                quoted = !quoted;
            } else if !quoted {
                last = Some(at + 1);
            }
        }
        last
    }

    /// Drops a record that does not end within the limit, keeping its beginning to show.
    fn skip_record(&mut self) -> Result<Block> {
        let kept = self.buffer[..256.min(self.buffer.len())].to_vec();
        let mut skipped = 0u64;
        loop {
            if let Some(at) = memchr(b'\n', &self.buffer) {
                skipped += at as u64 + 1;
                self.buffer.drain(..=at);
                break;
            }
            skipped += self.buffer.len() as u64;
            self.buffer.clear();
            if self.ended {
                break;
            }
            self.fill()?;
        }
        let block = Block { index: self.index, offset: self.offset, content: Content::TooLong, bytes: kept };
        self.index += 1;
        self.offset += skipped;
        Ok(block)
    }
}

/// Start of the record in which a quote opens and never closes.
fn open_quote(bytes: &[u8]) -> Option<usize> {
    if memchr_iter(b'"', bytes).count() % 2 == 0 {
        return None;
    }
    let mut quoted = false;
    let mut record = 0;
    for at in memchr2_iter(b'"', b'\n', bytes) {
        if bytes[at] == b'"' {
            quoted = !quoted;
        } else if !quoted {
            record = at + 1;
        }
    }
    Some(record)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn file(bytes: &[u8]) -> tempfile::NamedTempFile {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        file
    }

    fn read(bytes: &[u8], quotes: bool) -> Vec<Block> {
        let file = file(bytes);
        let mut blocks = Blocks::open(file.path(), quotes).unwrap();
        std::iter::from_fn(|| blocks.next().unwrap()).collect()
    }

    #[test]
    fn blocks_join_to_the_file_and_end_between_records() {
        let mut text = Vec::new();
        for n in 0..200_000 {
            text.extend_from_slice(format!("{n},\"a\nb\",x\n").as_bytes());
        }
        let blocks = read(&text, true);
        assert!(blocks.len() > 2);
        for block in &blocks {
            assert!(block.bytes.ends_with(b",x\n"));
        }
        assert_eq!(blocks.iter().flat_map(|b| b.bytes.clone()).collect::<Vec<_>>(), text);
    }

    #[test]
    fn a_line_of_ten_megabytes_is_one_bad_record_and_the_rest_is_kept() {
        let mut text = b"a\n".to_vec();
        text.extend(std::iter::repeat_n(b'x', 10_000_000));
        text.extend_from_slice(b"\nlast\n");
        let blocks = read(&text, true);
        let contents: Vec<_> = blocks.iter().map(|b| b.content).collect();
        assert_eq!(contents, [Content::Records, Content::TooLong, Content::Records]);
        assert_eq!(blocks[2].bytes, b"last\n");
    }

    #[test]
    fn utf16_and_gzip_arrive_as_utf8() {
        let utf16: Vec<u8> = "\u{feff}a,ü\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(read(&utf16, true)[0].bytes, "a,ü\n".as_bytes());
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(b"a,b\n").unwrap();
        assert_eq!(read(&gzip.finish().unwrap(), true)[0].bytes, b"a,b\n");
        assert_eq!(read(b"\xef\xbb\xbfa,b\n", true)[0].bytes, b"a,b\n");
    }

    #[test]
    fn a_quote_that_never_closes_costs_one_row() {
        let blocks = read(b"a,b\n1,\"open\n2,x\n3,y\n", true);
        let parts: Vec<_> = blocks.iter().map(|b| (b.content, String::from_utf8_lossy(&b.bytes).into_owned())).collect();
        assert_eq!(
            parts,
            [
                (Content::Records, "a,b\n".into()),
                (Content::OpenQuote, "1,\"open\n".into()),
                (Content::Records, "2,x\n3,y\n".into())
            ]
        );
    }

    #[test]
    fn the_hash_is_of_the_bytes_on_disk() {
        let file = file(b"abc");
        let mut blocks = Blocks::open(file.path(), true).unwrap();
        while blocks.next().unwrap().is_some() {}
        assert_eq!(blocks.finish().unwrap(), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }
}
