//! A table on its own: CSV for spreadsheets, Markdown for text.

use crate::table::{Align, Cell, TableSpec};

/// RFC 4180 with CRLF and a header row; the total is the last row. No cell can start a formula.
pub fn table_csv(table: &TableSpec) -> String {
    let mut out = String::new();
    let mut row = |cells: &mut dyn Iterator<Item = &str>| {
        for (index, cell) in cells.enumerate() {
            if index > 0 {
                out.push(',');
            }
            push_field(&mut out, cell);
        }
        out.push_str("\r\n");
    };
    row(&mut table.columns.iter().map(|c| c.title.as_str()));
    for cells in table.rows.iter().chain(&table.total) {
        row(&mut cells.iter().map(|c| c.text.as_str()));
    }
    out
}

/// One CSV field, quoted and guarded as in [`table_csv`]: for exports that stream.
pub fn csv_cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    push_field(&mut out, text);
    out
}

fn push_field(out: &mut String, text: &str) {
    let guarded = starts_formula(text);
    let quoted =
        guarded || text.contains(['"', ',', '\n', '\r', '\t', ';']) || text.starts_with(' ') || text.ends_with(' ');
    if !quoted {
        out.push_str(text);
        return;
    }
    out.push('"');
    if guarded {
        // An apostrophe is how spreadsheets themselves mark a cell as text.
        out.push('\'');
    }
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}

/// Whether a spreadsheet may take the text for a formula. A plain signed figure is none.
fn starts_formula(text: &str) -> bool {
    if text.starts_with(['\t', '\r', '\n']) {
        return true;
    }
    match text.trim_start().chars().next() {
        // The full-width forms count as operators in East Asian spreadsheets.
        Some('=' | '@' | '＝' | '＠') => true,
        Some('+' | '-' | '＋' | '－') => !is_signed_figure(text.trim()),
        _ => false,
    }
}

/// Sign, perhaps a currency, digits with separators, perhaps a unit: "-12.3 %", "+$544k", "-12".
fn is_signed_figure(text: &str) -> bool {
    const CURRENCIES: [&str; 9] = ["US$", "CN¥", "JP¥", "HK$", "$", "€", "£", "¥", "₹"];
    const UNITS: [&str; 12] = ["%", "k", "M", "B", "T", "万", "亿", "万亿", "s", "ms", "d", "h"];
    let Some(rest) = text.strip_prefix(['+', '-']) else { return false };
    let rest = CURRENCIES.iter().find_map(|c| rest.strip_prefix(c)).unwrap_or(rest);
    let end = rest.find(|c: char| !c.is_ascii_digit() && !matches!(c, ',' | '.')).unwrap_or(rest.len());
    let (digits, unit) = rest.split_at(end);
    let unit = unit.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    digits.starts_with(|c: char| c.is_ascii_digit()) && (unit.is_empty() || UNITS.contains(&unit))
}

/// A pipe table (GitHub Flavored Markdown); figures right aligned, the total in bold.
pub fn table_markdown(table: &TableSpec) -> String {
    let mut out = String::new();
    let mut row = |cells: Vec<String>| {
        out.push_str("| ");
        out.push_str(&cells.join(" | "));
        out.push_str(" |\n");
    };
    row(table.columns.iter().map(|c| markdown_cell(&c.title)).collect());
    row(table.columns.iter().map(|c| if c.align == Align::Right { "---:".into() } else { "---".into() }).collect());
    for cells in &table.rows {
        row(cells.iter().map(|c| markdown_cell(&c.text)).collect());
    }
    if let Some(total) = &table.total {
        let bold = |c: &Cell| if c.text.is_empty() { String::new() } else { format!("**{}**", markdown_cell(&c.text)) };
        row(total.iter().map(bold).collect());
    }
    out
}

fn markdown_cell(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' => out.push(' '),
            '|' | '\\' | '*' | '_' | '`' | '[' | ']' => {
                out.push('\\');
                out.push(c);
            }
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::table::TableColumn;

    fn one(text: &str) -> TableSpec {
        let columns = vec![TableColumn { title: "A".into(), align: Align::Left, weight: 1.0 }];
        TableSpec { columns, rows: vec![vec![Cell::plain(text)]], total: None }
    }

    fn field(text: &str) -> String {
        table_csv(&one(text)).trim_end_matches("\r\n").split_once("\r\n").unwrap().1.to_owned()
    }

    #[test]
    fn no_csv_cell_can_start_a_formula() {
        for text in [
            "=1+1",
            "+cmd|'/C calc'!A0",
            "-2+3",
            "@SUM(A1)",
            "\t=1",
            "\r=1",
            "-A1",
            " =1",
            "＝1",
            "-1-1",
            "+1,2;=3",
            "--1",
        ] {
            assert!(field(text).starts_with("\"'"), "{text:?} became {}", field(text));
        }
    }

    #[test]
    fn signed_figures_stay_readable() {
        for text in ["-12.3 %", "−12 %", "-12", "+8.1 %", "+$544k", "-1,204.50", "—", "▲ 128 %", "-US$1.2 万"] {
            assert!(!field(text).contains('\''), "{text:?} became {}", field(text));
        }
    }

    #[test]
    fn csv_quotes_separators_and_quotes() {
        assert_eq!(field("a,\"b\"\nc"), "\"a,\"\"b\"\"\nc\"");
        assert_eq!(field("1,204"), "\"1,204\"");
        assert_eq!(field("plain"), "plain");
    }

    #[test]
    fn markdown_cells_cannot_break_the_table() {
        let text = table_markdown(&one("a | b\n<i>"));
        assert_eq!(text, "| A |\n| --- |\n| a \\| b &lt;i&gt; |\n");
    }
}
