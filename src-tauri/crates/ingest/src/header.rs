//! The first line of a CSV file: where it is, what separates its columns, what they are called.

use memchr::memchr;

use crate::rows::Row;

/// Longest header line we take for one, in bytes.
pub(crate) const MAX_HEADER: usize = 1 << 20;

/// Field separators, in the order of preference.
const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Header {
    pub names: Vec<String>,
    pub delimiter: u8,
    /// Bytes of text up to the first row of data.
    pub bytes: usize,
    /// The line as it stands in the file.
    pub line: String,
    /// Some names occur more than once.
    pub has_duplicates: bool,
}

impl Header {
    /// Finds the header at the beginning of a text; `None` if its line does not end within [`MAX_HEADER`].
    pub(crate) fn of(text: &[u8]) -> Option<Header> {
        let mut from = text.iter().take_while(|byte| byte.is_ascii_whitespace() && **byte != b'\t').count();
        // A hint of spreadsheets for spreadsheets: "sep=;" on a line of its own.
        let mut hint = None;
        if let Some([separator, b'\r' | b'\n', ..]) = text.get(from..).and_then(|rest| rest.strip_prefix(b"sep=")) {
            hint = Some(*separator);
            from += memchr(b'\n', &text[from..]).map_or(text.len() - from, |at| at + 1);
        }
        let delimiter = hint.unwrap_or_else(|| delimiter(&text[from..]));
        let mut row = Row::default();
        if !row.read(text, from, delimiter) || row.to - from > MAX_HEADER {
            return None;
        }
        let mut names: Vec<String> = (0..row.len())
            .map(|index| match String::from_utf8_lossy(&row.unescaped(text, index)).trim() {
                "" => format!("#{}", index + 1),
                name => name.split_whitespace().collect::<Vec<_>>().join(" "),
            })
            .collect();
        let has_duplicates = tell_apart(&mut names);
        let line = String::from_utf8_lossy(&text[row.from..row.to.min(row.from + 480)]);
        Some(Header { names, delimiter, bytes: row.to, line: line.trim().chars().take(120).collect(), has_duplicates })
    }

    /// Whether this is rather the first row of data: a name that is a number or a date.
    pub(crate) fn is_data(&self) -> bool {
        self.names.len() < 2 || self.names.iter().any(|name| is_value(name))
    }
}

fn is_value(name: &str) -> bool {
    let digits = name.bytes().filter(u8::is_ascii_digit).count();
    let number = digits > 0 && name.bytes().all(|b| b.is_ascii_digit() || matches!(b, b'.' | b',' | b'-' | b'+'));
    let date = name.len() >= 10
        && name.as_bytes()[..10].iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => matches!(byte, b'-' | b'/'),
            _ => byte.is_ascii_digit(),
        });
    number || date || name.len() > 200
}

/// The separator that occurs most in the first line, outside quotes.
fn delimiter(text: &[u8]) -> u8 {
    let mut counts = [0usize; DELIMITERS.len()];
    let mut quoted = false;
    for byte in text.iter().take(MAX_HEADER) {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            _ if quoted => {}
            byte => {
                if let Some(index) = DELIMITERS.iter().position(|d| d == byte) {
                    counts[index] += 1;
                }
            }
        }
    }
    let best = (0..DELIMITERS.len()).rev().max_by_key(|i| counts[*i]).unwrap_or(0);
    DELIMITERS[best]
}

/// Gives repeated names a number, so that each can be chosen: "tokens", "tokens (2)".
fn tell_apart(names: &mut [String]) -> bool {
    let mut taken: std::collections::HashSet<String> = std::collections::HashSet::new();
    let mut found = false;
    for name in names.iter_mut() {
        let first = name.clone();
        let mut number = 2;
        while !taken.insert(name.clone()) {
            found = true;
            *name = format!("{first} ({number})");
            number += 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_found_whatever_surrounds_them() {
        for (text, delimiter, names, bytes) in [
            ("a,b\n1,2\n", b',', vec!["a", "b"], 4),
            ("\r\n\na;b\r\n", b';', vec!["a", "b"], 8),
            ("sep=;\r\na,x;b\n", b';', vec!["a,x", "b"], 13),
            ("a\tb, c\td\n", b'\t', vec!["a", "b, c", "d"], 9),
            ("\"x;y;z\",b\n", b',', vec!["x;y;z", "b"], 10),
            ("\"time\n(UTC)\",b,\n", b',', vec!["time (UTC)", "b", "#3"], 16),
            ("a|b", b'|', vec!["a", "b"], 3),
            ("t,t,t,t (2)\n", b',', vec!["t", "t (2)", "t (3)", "t (2) (2)"], 12),
        ] {
            let header = Header::of(text.as_bytes()).unwrap();
            assert_eq!(
                (header.delimiter, header.names, header.bytes),
                (delimiter, names.iter().map(|n| (*n).to_owned()).collect(), bytes),
                "{text:?}"
            );
        }
    }

    #[test]
    fn data_is_not_taken_for_a_header() {
        for (line, data) in [
            ("timestamp,model,tokens", false),
            ("time,usage_2024,p95", false),
            ("2023-11-16 18:17:03.97,4808,10", true),
            ("gpt-4o,12,3", true),
            ("one column", true),
        ] {
            assert_eq!(Header::of(line.as_bytes()).unwrap().is_data(), data, "{line}");
        }
    }
}
