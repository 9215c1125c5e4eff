//! A file's text as a stream of blocks that end between two records: bounded memory, and work that can be dealt out.

use std::path::Path;

use memchr::{memchr, memrchr};

use crate::Result;
use crate::rows;
use crate::source::{CHUNK, Source};

/// Longest record we accept, in bytes; anything longer is a bad row.
pub(crate) const MAX_RECORD: usize = 4 << 20;

/// Where blocks may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Split {
    /// At any newline (JSON Lines).
    Lines,
    /// At a newline outside quotes.
    Csv { delimiter: u8 },
    /// Anywhere.
    Anywhere,
}

/// What a block holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Content {
    /// Whole records.
    Records,
    /// The beginning of a record too long to be one, without its end.
    TooLong,
    /// A line that opens a quote which does not close within reach.
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
    split: Split,
    buffer: Vec<u8>,
    /// Room of blocks that have been read: new room for every block would be half a gigabyte touched for the first time.
    spare: Vec<Vec<u8>>,
    index: usize,
    offset: u64,
}

impl Blocks {
    /// # Errors
    /// The disk's, or an archive without a readable beginning.
    pub(crate) fn open(path: &Path, split: Split) -> Result<Self> {
        Ok(Self { source: Source::open(path)?, split, buffer: Vec::new(), spare: Vec::new(), index: 0, offset: 0 })
    }

    pub(crate) fn source(&self) -> &Source {
        &self.source
    }

    /// The file's SHA-256 in hex, of the bytes on disk.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn finish(self) -> Result<String> {
        self.source.finish()
    }

    /// The next block; `None` at the end.
    ///
    /// # Errors
    /// The disk's.
    pub(crate) fn next(&mut self) -> Result<Option<Block>> {
        loop {
            if self.buffer.len() < CHUNK && !self.source.ended() {
                self.source.fill(&mut self.buffer)?;
            }
            if self.source.ended() && self.source.damage().is_some() && self.split != Split::Anywhere {
                // The last line of a broken archive is cut at an arbitrary byte: worse than none.
                let whole = memrchr(b'\n', &self.buffer).map_or(0, |at| at + 1);
                self.buffer.truncate(whole);
            }
            if self.buffer.is_empty() {
                if self.source.ended() {
                    return Ok(None);
                }
                continue;
            }
            let end = match self.split {
                _ if self.source.ended() => Some(self.buffer.len()),
                Split::Anywhere => Some(self.buffer.len()),
                Split::Lines => memrchr(b'\n', &self.buffer).map(|at| at + 1),
                Split::Csv { delimiter } => rows::last_end(&self.buffer, delimiter),
            };
            if let Some(end) = end {
                return Ok(Some(self.cut(end, Content::Records)));
            }
            if self.buffer.len() > MAX_RECORD {
                if let (Split::Csv { .. }, Some(line)) = (self.split, memchr(b'\n', &self.buffer)) {
                    return Ok(Some(self.cut(line + 1, Content::OpenQuote)));
                }
                return self.skip_record().map(Some);
            }
            self.source.fill(&mut self.buffer)?;
        }
    }

    /// Takes back the room of a block that has been read.
    pub(crate) fn reuse(&mut self, mut room: Vec<u8>) {
        room.clear();
        self.spare.push(room);
    }

    fn cut(&mut self, end: usize, content: Content) -> Block {
        let mut rest = self.spare.pop().unwrap_or_default();
        rest.extend_from_slice(&self.buffer[end..]);
        let mut bytes = std::mem::replace(&mut self.buffer, rest);
        bytes.truncate(end);
        let block = Block { index: self.index, offset: self.offset, content, bytes };
        self.index += 1;
        self.offset += end as u64;
        block
    }

    /// Drops a record that does not end within the limit, keeping its beginning to show.
    fn skip_record(&mut self) -> Result<Block> {
        let kept = self.buffer[..512.min(self.buffer.len())].to_vec();
        let mut skipped = 0u64;
        loop {
            if let Some(at) = memchr(b'\n', &self.buffer) {
                skipped += at as u64 + 1;
                self.buffer.drain(..=at);
                break;
            }
            skipped += self.buffer.len() as u64;
            self.buffer.clear();
            if self.source.ended() {
                break;
            }
            self.source.fill(&mut self.buffer)?;
        }
        let block = Block { index: self.index, offset: self.offset, content: Content::TooLong, bytes: kept };
        self.index += 1;
        self.offset += skipped;
        Ok(block)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    const CSV: Split = Split::Csv { delimiter: b',' };

    fn read(bytes: &[u8], split: Split) -> Vec<Block> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        let mut blocks = Blocks::open(file.path(), split).unwrap();
        std::iter::from_fn(|| blocks.next().unwrap()).collect()
    }

    #[test]
    fn blocks_join_to_the_file_and_end_between_records() {
        let mut text = Vec::new();
        for n in 0..200_000 {
            text.extend_from_slice(format!("{n},\"a\nb\",x\n").as_bytes());
        }
        let blocks = read(&text, CSV);
        assert!(blocks.len() > 2);
        for block in &blocks {
            assert!(block.bytes.ends_with(b",x\n"));
        }
        assert_eq!(blocks.iter().flat_map(|b| b.bytes.clone()).collect::<Vec<_>>(), text);
    }

    #[test]
    fn a_line_of_ten_megabytes_is_one_bad_record_and_the_rest_is_kept() {
        for split in [CSV, Split::Lines] {
            let mut text = b"a\n".to_vec();
            text.extend(std::iter::repeat_n(b'x', 10_000_000));
            text.extend_from_slice(b"\nlast\n");
            let blocks = read(&text, split);
            let contents: Vec<_> = blocks.iter().map(|b| b.content).collect();
            assert_eq!(contents, [Content::Records, Content::TooLong, Content::Records]);
            assert_eq!(blocks[2].bytes, b"last\n");
            assert_eq!(blocks[2].offset, 10_000_003);
        }
    }

    #[test]
    fn a_quote_that_never_closes_costs_one_line() {
        let mut text = b"a,b\n1,\"open\n".to_vec();
        for n in 0..1_000_000 {
            text.extend_from_slice(format!("{n},x\n").as_bytes());
        }
        let blocks = read(&text, CSV);
        assert_eq!(blocks[1].content, Content::OpenQuote);
        assert_eq!(blocks[1].bytes, b"1,\"open\n");
        assert!(blocks[2].bytes.starts_with(b"0,x\n"));
        assert_eq!(blocks.iter().flat_map(|b| b.bytes.clone()).collect::<Vec<_>>(), text);
    }
}
