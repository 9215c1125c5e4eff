//! Rows of a table in the order of the file, with their lines.

use std::path::Path;

use memchr::memchr_iter;

use crate::blocks::{Block, Blocks, Content, MAX_RECORD, Split};
use crate::header::Header;
use crate::rows::Row;
use crate::{Result, RowIssue};

/// What is met while a file is read.
pub(super) enum Event<'e> {
    /// Its line, from 1, the text it stands in, and its cells.
    Row(u64, &'e [u8], &'e Row),
    /// A line that is no row.
    Bad(u64, RowIssue),
    /// Bytes read from the disk so far.
    Beat(u64),
}

/// Hands on each row behind the header. The file's hash and why its archive breaks off; `None` where `each` says to stop.
pub(super) fn each_row(
    path: &Path,
    header: &Header,
    mut each: impl FnMut(Event<'_>) -> bool,
) -> Result<Option<(String, Option<String>)>> {
    let mut blocks = Blocks::open(path, Split::Csv { delimiter: header.delimiter })?;
    let mut line = 1;
    let mut skip = header.bytes;
    let mut row = Row::default();
    while let Some(block) = blocks.next()? {
        let text = block.bytes.as_slice();
        let from = std::mem::take(&mut skip).min(text.len());
        line += memchr_iter(b'\n', &text[..from]).count() as u64;
        line = rows_of(&block, from, line, header, &mut row, &mut each);
        if !each(Event::Beat(blocks.source().read())) {
            return Ok(None);
        }
        blocks.reuse(block.bytes);
    }
    let damage = blocks.source().damage().map(str::to_owned);
    Ok(Some((blocks.finish()?, damage)))
}

/// Hands on the rows of a block from some byte on; the line behind it.
fn rows_of(
    block: &Block,
    from: usize,
    mut line: u64,
    header: &Header,
    row: &mut Row,
    each: &mut impl FnMut(Event<'_>) -> bool,
) -> u64 {
    let text = block.bytes.as_slice();
    match block.content {
        Content::TooLong => {
            each(Event::Bad(line, RowIssue::new("record-too-long").param("limit", MAX_RECORD >> 20).value(text)));
            return line + 1;
        }
        Content::OpenQuote => {
            each(Event::Bad(line, RowIssue::new("open-quote").value(text)));
            return line + 1;
        }
        Content::Records => {}
    }
    let mut at = from;
    while row.read(text, at, header.delimiter) {
        let (start, first) = (at, line);
        at = row.to;
        if row.swallowed(text, header.names.len()) {
            // A stray quote: its line is lost, those behind it are not.
            let end = memchr::memchr(b'\n', &text[start..]).map_or(text.len(), |end| start + end + 1);
            at = end;
            each(Event::Bad(first, RowIssue::new("open-quote").value(text[start..end].trim_ascii_end())));
        } else if row.len() > 1 || !row.text(text).is_empty() {
            each(Event::Row(first, text, row));
        }
        line += memchr_iter(b'\n', &text[start..at]).count() as u64;
    }
    line
}
