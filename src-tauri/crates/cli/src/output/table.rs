//! Columns of text.

use comfy_table::{CellAlignment, ContentArrangement, Table, presets};

use super::say;

/// Prints columns padded to their widest cell; `right` aligns numbers.
pub fn table(header: &[String], right: &[bool], rows: Vec<Vec<String>>) {
    lines(header, right, rows).iter().for_each(|line| say(line));
}

fn lines(header: &[String], right: &[bool], rows: Vec<Vec<String>>) -> Vec<String> {
    let mut table = Table::new();
    // Whoever reads it may be another program: no cell is broken to fit a terminal.
    table.load_style(presets::NOTHING).set_content_arrangement(ContentArrangement::Disabled);
    table.set_header(header.iter().map(|title| one_line(title)));
    for row in &rows {
        table.add_row(row.iter().map(|cell| one_line(cell)));
    }
    for (column, right) in table.column_iter_mut().zip(right) {
        column.set_padding((0, 2));
        column.set_cell_alignment(if *right { CellAlignment::Right } else { CellAlignment::Left });
    }
    table.lines().map(|line| line.trim_end().to_owned()).collect()
}

/// A record is a line: a name out of a file with a line's end, a tab or a terminal's command in it must not break the others.
fn one_line(cell: &str) -> String {
    cell.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_wide_characters_and_emoji_align() {
        let row = |cells: [&str; 3]| cells.map(str::to_owned).to_vec();
        let rows = vec![
            row(["search", "1,234", "ok"]),
            row(["客服助手", "5", "是"]),
            row(["🚀 launch", "67", ""]),
            row(["café", "8", "ок"]),
            row(["two\nlines\u{1b}[31m", "9", "x"]),
        ];
        let printed = lines(&row(["feature", "requests", "note"]), &[false, true, false], rows);
        // Each Chinese character and the rocket take two cells of a terminal.
        assert_eq!(
            printed,
            [
                "feature         requests  note",
                "search             1,234  ok",
                "客服助手               5  是",
                "🚀 launch             67",
                "café                   8  ок",
                "two lines [31m         9  x",
            ]
        );
    }

    #[test]
    fn a_table_without_rows_is_its_header() {
        assert_eq!(lines(&["id".to_owned(), "name".to_owned()], &[false, false], Vec::new()), ["id  name"]);
    }
}
