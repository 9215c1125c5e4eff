//! Rows and cells of CSV text in memory.
//!
//! A quote opens a cell only as its first byte; anywhere else it is an ordinary character (5" pipe). Inside, two quotes
//! are one. A row ends at a newline outside quotes.

use std::borrow::Cow;

use memchr::{memchr, memchr2, memrchr};

/// Without the blanks around it.
#[derive(Debug, Clone, Copy)]
struct Cell {
    from: u32,
    to: u32,
    /// Holds doubled quotes that stand for one.
    doubled: bool,
}

impl Cell {
    #[inline]
    fn trimmed(mut self, text: &[u8]) -> Self {
        while self.from < self.to && text[self.from as usize].is_ascii_whitespace() {
            self.from += 1;
        }
        while self.from < self.to && text[self.to as usize - 1].is_ascii_whitespace() {
            self.to -= 1;
        }
        self
    }
}

/// The next delimiter or newline, or the end of the text. Most cells are a few bytes long: they are looked at eight at a time where
/// they stand, before the search for long ones is set up.
#[inline]
fn end_of_cell(text: &[u8], mut at: usize, delimiter: u8) -> usize {
    const LOW: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x8080_8080_8080_8080;
    const SHORT: usize = 4;
    let (delimiters, newlines) = (LOW * u64::from(delimiter), LOW * u64::from(b'\n'));
    for _ in 0..SHORT {
        let Some(Ok(eight)) = text.get(at..at + 8).map(<[u8; 8]>::try_from) else { break };
        let word = u64::from_le_bytes(eight);
        // The lowest high bit that is set stands over the first byte that is equal.
        let zeros = |word: u64| word.wrapping_sub(LOW) & !word & HIGH;
        let found = zeros(word ^ delimiters) | zeros(word ^ newlines);
        if found != 0 {
            return at + (found.trailing_zeros() / 8) as usize;
        }
        at += 8;
    }
    text.get(at..).and_then(|rest| memchr2(delimiter, b'\n', rest)).map_or(text.len(), |n| at + n)
}

/// One row; reused from row to row.
#[derive(Debug, Default)]
pub(crate) struct Row {
    cells: Vec<Cell>,
    /// Where it starts in the text.
    pub from: usize,
    /// Behind its newline.
    pub to: usize,
    /// A quoted cell goes on behind its closing quote: the quote was a stray one.
    dirty: bool,
    /// A quote never closes.
    open: bool,
    has_doubled: bool,
}

impl Row {
    pub(crate) fn len(&self) -> usize {
        self.cells.len()
    }

    /// The raw text, without the newline.
    pub(crate) fn text<'t>(&self, text: &'t [u8]) -> &'t [u8] {
        text[self.from..self.to].trim_ascii_end()
    }

    /// A cell without the blanks around it; "" when the row is shorter.
    #[inline]
    pub(crate) fn cell<'t>(&self, text: &'t [u8], index: usize) -> &'t [u8] {
        self.cells.get(index).map_or(&[], |cell| &text[cell.from as usize..cell.to as usize])
    }

    /// Whether some cell holds doubled quotes, and so has to be copied to be read.
    pub(crate) fn has_doubled(&self) -> bool {
        self.has_doubled
    }

    /// A cell with its doubled quotes made single.
    pub(crate) fn unescaped<'t>(&self, text: &'t [u8], index: usize) -> Cow<'t, [u8]> {
        let raw = self.cell(text, index);
        if !self.cells.get(index).is_some_and(|cell| cell.doubled) {
            return Cow::Borrowed(raw);
        }
        let mut out = Vec::with_capacity(raw.len());
        let mut rest = raw;
        while let Some(at) = memchr(b'"', rest) {
            out.extend_from_slice(&rest[..=at]);
            rest = &rest[(at + 1 + usize::from(rest.get(at + 1) == Some(&b'"'))).min(rest.len())..];
        }
        out.extend_from_slice(rest);
        Cow::Owned(out)
    }

    /// Whether a stray quote swallowed the lines that follow: the row spans lines and does not fit.
    pub(crate) fn swallowed(&self, text: &[u8], columns: usize) -> bool {
        let spans = memchr(b'\n', self.text(text)).is_some();
        self.open || (spans && (self.dirty || self.cells.len() != columns))
    }

    /// Reads the row that starts at `from`; `false` at the end of the text.
    #[inline]
    pub(crate) fn read(&mut self, text: &[u8], from: usize, delimiter: u8) -> bool {
        if from >= text.len() {
            return false;
        }
        self.cells.clear();
        (self.from, self.dirty, self.open, self.has_doubled) = (from, false, false, false);
        let mut at = from;
        loop {
            let start = at;
            let mut cell = Cell { from: start as u32, to: 0, doubled: false };
            let mut closed = None;
            if text.get(at) == Some(&b'"') {
                cell.from += 1;
                match closing_quote(text, at) {
                    Some((quote, doubled)) => {
                        cell.doubled = doubled;
                        self.has_doubled |= doubled;
                        closed = Some(quote);
                        at = quote + 1;
                    }
                    None => {
                        self.open = true;
                        at = text.len();
                    }
                }
            }
            let end = end_of_cell(text, at, delimiter);
            cell.to = end as u32;
            if let Some(quote) = closed {
                if text[at..end].trim_ascii().is_empty() {
                    cell.to = quote as u32;
                } else {
                    self.dirty = true;
                }
            }
            self.cells.push(cell.trimmed(text));
            at = end + 1;
            if end == text.len() || text[end] == b'\n' {
                self.to = at.min(text.len());
                return true;
            }
        }
    }
}

/// The quote that closes the one at `open`, and whether doubled ones lie between.
fn closing_quote(text: &[u8], open: usize) -> Option<(usize, bool)> {
    let mut at = open + 1;
    let mut doubled = false;
    loop {
        let quote = at + memchr(b'"', text.get(at..)?)?;
        if text.get(quote + 1) != Some(&b'"') {
            return Some((quote, doubled));
        }
        doubled = true;
        at = quote + 2;
    }
}

/// Where the last whole row of a text ends that starts with a row.
pub(crate) fn last_end(text: &[u8], delimiter: u8) -> Option<usize> {
    if memchr(b'"', text).is_none() {
        return memrchr(b'\n', text).map(|at| at + 1);
    }
    let mut last = None;
    let mut at = 0;
    while let Some(found) = memchr2(b'"', b'\n', &text[at..]) {
        at += found;
        if text[at] == b'\n' {
            at += 1;
            last = Some(at);
            continue;
        }
        let opens = at == 0 || text[at - 1] == delimiter || text[at - 1] == b'\n';
        at = if opens {
            match closing_quote(text, at) {
                // The next byte may still turn a quote at the very end into half of a doubled one.
                Some((quote, _)) if quote + 1 < text.len() => quote + 1,
                _ => break,
            }
        } else {
            at + 1
        };
    }
    last
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        let text = text.as_bytes();
        let (mut row, mut at, mut all) = (Row::default(), 0, Vec::new());
        while row.read(text, at, b',') {
            let cell = |i| String::from_utf8_lossy(&row.unescaped(text, i)).into_owned();
            all.push((0..row.len()).map(cell).collect());
            at = row.to;
        }
        all
    }

    #[test]
    fn cells_are_read_as_spreadsheets_write_them() {
        for (text, expected) in [
            ("a,b\n1,2\n", vec![vec!["a", "b"], vec!["1", "2"]]),
            ("a,b", vec![vec!["a", "b"]]),
            ("a,\r\n,b\r\n", vec![vec!["a", ""], vec!["", "b"]]),
            ("\"a,b\",\"c\nd\"\r\ne,f\n", vec![vec!["a,b", "c\nd"], vec!["e", "f"]]),
            ("\"say \"\"hi\"\"\",\"\"\n", vec![vec!["say \"hi\"", ""]]),
            ("\"\"\"\",\"\"\"x\"\n", vec![vec!["\"", "\"x"]]),
            ("5\" pipe,6\n7,8\n", vec![vec!["5\" pipe", "6"], vec!["7", "8"]]),
        ] {
            assert_eq!(rows(text), expected, "{text:?}");
        }
    }

    #[test]
    fn cells_of_every_length_end_at_the_first_delimiter_or_newline() {
        for length in 0..80 {
            for end in [",", "\n", "\u{8d},"] {
                let text = format!("{}{end}x,y\n", "ä".repeat(length));
                let expected = text.bytes().position(|byte| byte == b',' || byte == b'\n').unwrap();
                assert_eq!(end_of_cell(text.as_bytes(), 0, b','), expected, "{text:?}");
            }
        }
        assert_eq!(end_of_cell(b"abc", 0, b','), 3);
        assert_eq!(end_of_cell(b"abc", 3, b','), 3);
    }

    #[test]
    fn a_text_is_cut_where_a_row_ends_and_not_inside_quotes() {
        for (text, end) in [
            ("a,b\nc", Some(4)),
            ("a,\"b\nc\"\nd", Some(8)),
            ("a,\"b\nc", None),
            ("a\"b\nc", Some(4)),
            ("\"a\"\"\nb\"\n", Some(8)),
            ("a\nb,\"c\"", Some(2)),
            ("", None),
        ] {
            assert_eq!(last_end(text.as_bytes(), b','), end, "{text:?}");
        }
    }

    #[test]
    fn a_stray_quote_is_told_from_a_cell_of_several_lines() {
        for (text, columns, swallowed) in [
            ("1,\"a\nb\",2\n", 3, false),
            ("1,\"a,2\n3,\"b\",4\n", 3, true),
            ("1,\"a,2\n3,4,5\n", 3, true),
            ("1,\"a\nb\"\n", 3, true),
            ("1,2\n", 3, false),
        ] {
            let mut row = Row::default();
            assert!(row.read(text.as_bytes(), 0, b','));
            assert_eq!(row.swallowed(text.as_bytes(), columns), swallowed, "{text:?}");
        }
    }
}
