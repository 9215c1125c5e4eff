//! A table of exact values for spreadsheets: CSV and XLSX with typed cells. No cell can become a formula.

use chrono::{DateTime, NaiveDate, Utc};
use rust_xlsxwriter::{ExcelDateTime, Format, FormatAlign, Workbook, Worksheet, XlsxError};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::ReportError;
use crate::export::csv_cell;

/// Columns and rows of exact values, unformatted. An absent value is an empty cell.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct Sheet {
    pub title: String,
    pub columns: Vec<SheetColumn>,
    pub rows: Vec<Vec<Option<String>>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SheetColumn {
    pub title: String,
    pub kind: SheetKind,
}

/// What the values of a column are. One that is none of its kind is written as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SheetKind {
    Text,
    /// A plain decimal, "-1234.5".
    Number,
    /// A part of 1, "0.873".
    Share,
    /// "2026-09-30".
    Day,
    /// RFC 3339. A spreadsheet knows no zones: it is written in UTC, and its header says so.
    Instant,
}

impl SheetColumn {
    fn header(&self) -> String {
        if self.kind == SheetKind::Instant { format!("{}, UTC", self.title) } else { self.title.clone() }
    }
}

/// A value as its column's kind.
enum Value {
    Number(f64),
    /// Written as it came.
    Day,
    Instant(DateTime<Utc>),
}

fn value(kind: SheetKind, text: &str) -> Option<Value> {
    match kind {
        SheetKind::Text => None,
        SheetKind::Number | SheetKind::Share => is_decimal(text).then(|| text.parse().ok().map(Value::Number))?,
        SheetKind::Day => text.parse::<NaiveDate>().ok().map(|_| Value::Day),
        SheetKind::Instant => text.parse().ok().map(Value::Instant),
    }
}

/// Sign, digits, perhaps a fraction: Rust would also read "inf" and "1e3".
fn is_decimal(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|c| c.is_ascii_digit());
    let text = text.strip_prefix('-').unwrap_or(text);
    text.split_once('.').map_or_else(|| digits(text), |(whole, fraction)| digits(whole) && digits(fraction))
}

/// RFC 4180 with CRLF and a header row, every digit as it is.
pub fn sheet_csv(sheet: &Sheet) -> String {
    let mut out = String::new();
    let mut row = |cells: &mut dyn Iterator<Item = String>| {
        for (index, cell) in cells.enumerate() {
            if index > 0 {
                out.push(',');
            }
            out.push_str(&cell);
        }
        out.push_str("\r\n");
    };
    row(&mut sheet.columns.iter().map(|column| csv_cell(&column.header())));
    for cells in &sheet.rows {
        row(&mut sheet.columns.iter().zip(cells).map(|(column, cell)| match cell {
            None => String::new(),
            Some(text) => match value(column.kind, text) {
                // What was read as a number or a day can start no formula, and is written as it came.
                Some(Value::Number(_) | Value::Day) => text.clone(),
                Some(Value::Instant(at)) => at.format("%Y-%m-%d %H:%M:%S").to_string(),
                None => csv_cell(text),
            },
        }));
    }
    out
}

const DAY_FORMAT: &str = "yyyy-mm-dd";
const INSTANT_FORMAT: &str = "yyyy-mm-dd hh:mm:ss";
/// Widths in characters. Wider than this, a column is cut on the screen and not in the file.
const NARROW: usize = 8;
const WIDE: usize = 60;

/// A workbook with one sheet: its header fixed and filterable, numbers as numbers, days as dates.
///
/// # Errors
/// [`ReportError::Sheet`] for more rows than a sheet can hold: 1,048,576.
pub fn sheet_xlsx(sheet: &Sheet) -> Result<Vec<u8>, ReportError> {
    written(sheet).map_err(|error| ReportError::Sheet(error.to_string()))
}

fn written(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let page = workbook.add_worksheet();
    page.set_name(sheet_name(&sheet.title))?;
    for (index, column) in sheet.columns.iter().enumerate() {
        let at = u16::try_from(index).map_err(|_| XlsxError::RowColumnLimitError)?;
        write_column(page, at, column, sheet.rows.iter().map(|row| row.get(index).and_then(Option::as_deref)))?;
    }
    page.set_freeze_panes(1, 0)?;
    if let (Some(last), Ok(rows)) = (sheet.columns.len().checked_sub(1), u32::try_from(sheet.rows.len())) {
        page.autofilter(0, 0, rows, u16::try_from(last).unwrap_or(u16::MAX))?;
    }
    workbook.save_to_buffer()
}

fn write_column<'a>(
    page: &mut Worksheet,
    at: u16,
    column: &SheetColumn,
    cells: impl Iterator<Item = Option<&'a str>> + Clone,
) -> Result<(), XlsxError> {
    let right = matches!(column.kind, SheetKind::Number | SheetKind::Share);
    let header = Format::new().set_bold().set_align(if right { FormatAlign::Right } else { FormatAlign::Left });
    let title = column.header();
    let format = Format::new().set_num_format(match column.kind {
        SheetKind::Text => "General".to_owned(),
        SheetKind::Number | SheetKind::Share => decimals(column.kind, cells.clone().flatten()),
        SheetKind::Day => DAY_FORMAT.to_owned(),
        SheetKind::Instant => INSTANT_FORMAT.to_owned(),
    });
    let longest = cells.clone().flatten().map(|text| text.chars().count()).max().unwrap_or(0);
    page.set_column_width(at, (longest.max(title.chars().count()) + 2).clamp(NARROW, WIDE) as f64)?;
    page.write_string_with_format(0, at, title, &header)?;
    for (row, text) in (1u32..).zip(cells) {
        let Some(text) = text else { continue };
        match value(column.kind, text) {
            Some(Value::Number(number)) => page.write_number_with_format(row, at, number, &format)?,
            Some(Value::Day | Value::Instant(_)) => {
                let written = match value(column.kind, text) {
                    Some(Value::Instant(at)) => at.format("%Y-%m-%dT%H:%M:%S").to_string(),
                    _ => text.to_owned(),
                };
                // A day that spreadsheets have no number for is written as text.
                match ExcelDateTime::parse_from_str(&written) {
                    Ok(date) => page.write_datetime_with_format(row, at, date, &format)?,
                    Err(_) => page.write_string(row, at, fitting(text))?,
                }
            }
            // A string cell is text whatever it begins with.
            None => page.write_string(row, at, fitting(text))?,
        };
    }
    Ok(())
}

/// As much of a text as a cell can hold, in the units that spreadsheets count; what is left out is said by its end.
fn fitting(text: &str) -> String {
    const MOST: usize = 32_767;
    if text.encode_utf16().count() <= MOST {
        return text.to_owned();
    }
    let mut room = MOST - 1;
    let kept = text.chars().take_while(|c| match room.checked_sub(c.len_utf16()) {
        Some(left) => {
            room = left;
            true
        }
        None => false,
    });
    format!("{}…", kept.collect::<String>())
}

/// As many places for all as the one that has most: the points stand under each other.
fn decimals<'a>(kind: SheetKind, cells: impl Iterator<Item = &'a str>) -> String {
    let places = cells.filter_map(|text| text.split_once('.')).map(|(_, places)| places.len()).max().unwrap_or(0);
    let (places, sign) = if kind == SheetKind::Share { (places.clamp(2, 6) - 2, "%") } else { (places.min(12), "") };
    let point = if places > 0 { "." } else { "" };
    format!("#,##0{point}{}{sign}", "0".repeat(places))
}

/// A name a sheet can have: at most 31 characters, none of those that stand for ranges.
fn sheet_name(title: &str) -> String {
    let name: String = title.chars().map(|c| if "[]:*?/\\'".contains(c) { ' ' } else { c }).take(31).collect();
    let name = name.trim();
    // "History" is taken by the program itself.
    if name.is_empty() || name.eq_ignore_ascii_case("history") { "Table".to_owned() } else { name.to_owned() }
}

#[cfg(test)]
mod tests;
