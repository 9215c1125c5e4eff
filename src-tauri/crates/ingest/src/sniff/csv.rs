//! A first look at CSV: its header, and the rows below it.

use super::{SAMPLE_ROWS, Sniffed, SourceColumn};
use crate::Result;
use crate::formats::{Beginning, recognise};
use crate::guess::guess;
use crate::look::Look;
use crate::rows::Row;

/// # Errors
/// No line of column names.
pub(super) fn sniff(look: &Look, mut sniffed: Sniffed) -> Result<Sniffed> {
    let header = look.header()?;
    let text = &look.text;
    let (mut row, mut at, mut rows) = (Row::default(), header.bytes, 0);
    while row.read(text, at, header.delimiter) {
        at = row.to;
        // The last row of a look may be cut.
        if row.text(text).is_empty() || (row.to == text.len() && !look.is_all) {
            continue;
        }
        rows += 1;
        if sniffed.sample.len() < SAMPLE_ROWS {
            let cell = |index| String::from_utf8_lossy(&row.unescaped(text, index)).chars().take(200).collect();
            sniffed.sample.push((0..row.len().min(header.names.len())).map(cell).collect());
        }
    }
    let sample = &sniffed.sample;
    let samples = |index| sample.iter().filter_map(|row| row.get(index)).take(3).cloned().collect();
    let column = |(index, name): (usize, &String)| SourceColumn::new(name, samples(index));
    sniffed.columns = header.names.iter().enumerate().map(column).collect();
    sniffed.formats = recognise(Beginning::Columns(&header.names));
    sniffed.delimiter = Some(char::from(header.delimiter).to_string());
    // How numbers and dates are written is decided by the whole file when it is read, not by these few rows.
    sniffed.mapping = guess(&header.names);
    sniffed.rows_estimate = look.estimate(rows, text.len());
    Ok(sniffed)
}
