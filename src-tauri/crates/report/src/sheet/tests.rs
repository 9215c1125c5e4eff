use calamine::{Data, DataType, Reader, Xlsx, open_workbook_from_rs};

use super::*;

fn sheet(kind: SheetKind, cells: &[&str]) -> Sheet {
    let columns = vec![SheetColumn { title: "A".into(), kind }];
    Sheet { title: "Prices".into(), columns, rows: cells.iter().map(|text| vec![Some((*text).to_owned())]).collect() }
}

/// The cells of the first sheet, and its formulas, as another library reads them.
fn read(sheet: &Sheet) -> (Vec<Vec<Data>>, usize) {
    let bytes = sheet_xlsx(sheet).unwrap();
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
    let cells = book.worksheet_range_at(0).unwrap().unwrap();
    let name = book.sheet_names()[0].clone();
    let formulas = book.worksheet_formula(&name).unwrap();
    (cells.rows().map(<[Data]>::to_vec).collect(), formulas.cells().filter(|(_, _, text)| !text.is_empty()).count())
}

#[test]
fn numbers_are_numbers_days_are_dates_and_unknown_is_empty() {
    let column = |title: &str, kind| SheetColumn { title: title.into(), kind };
    let sheet = Sheet {
        title: "Vendors: all/of [them]".into(),
        columns: vec![
            column("Name", SheetKind::Text),
            column("Spend, USD", SheetKind::Number),
            column("Share", SheetKind::Share),
            column("Ends", SheetKind::Day),
            column("Read", SheetKind::Instant),
        ],
        rows: vec![
            ["Harbor", "-801554.203456789", "0.453", "2026-12-31", "2026-09-23T12:02:00+02:00"]
                .map(|text| Some(text.to_owned()))
                .to_vec(),
            vec![Some("Quill".into()), None, None, None, None],
        ],
    };
    let (cells, formulas) = read(&sheet);
    assert_eq!(formulas, 0);
    assert_eq!(cells[0][4], Data::String("Read, UTC".into()));
    assert_eq!(cells[1][..3], [Data::String("Harbor".into()), Data::Float(-801_554.203_456_789), Data::Float(0.453)]);
    let at = |cell: &Data| cell.as_datetime().unwrap().to_string();
    assert_eq!((at(&cells[1][3]), at(&cells[1][4])), ("2026-12-31 00:00:00".into(), "2026-09-23 10:02:00".into()));
    assert_eq!(cells[2][1..], vec![Data::Empty; 4]);
    let text = sheet_csv(&sheet);
    let expected = "Name,\"Spend, USD\",Share,Ends,\"Read, UTC\"\r\n\
                    Harbor,-801554.203456789,0.453,2026-12-31,2026-09-23 10:02:00\r\nQuill,,,,\r\n";
    assert_eq!(text, expected);
}

const RISKY: [&str; 8] = ["=1+1", "+cmd|'/C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", " =1", "＝1", "=HYPERLINK(\"x\")"];

#[test]
fn no_cell_becomes_a_formula_whatever_its_column_says() {
    for kind in [SheetKind::Text, SheetKind::Number, SheetKind::Share, SheetKind::Day, SheetKind::Instant] {
        let sheet = sheet(kind, &RISKY);
        let (cells, formulas) = read(&sheet);
        assert_eq!(formulas, 0);
        for (row, text) in cells[1..].iter().zip(RISKY) {
            assert_eq!(row[0], Data::String(text.into()));
        }
        for line in sheet_csv(&sheet).split("\r\n").skip(1).filter(|line| !line.is_empty()) {
            assert!(line.starts_with("\"'"), "{line}");
        }
    }
}

#[test]
fn what_is_no_number_stays_the_text_it_is() {
    let (cells, _) = read(&sheet(SheetKind::Number, &["1e3", "inf", "NaN", "1,204", "12.", "7"]));
    let cells: Vec<Data> = cells.into_iter().skip(1).map(|mut row| row.remove(0)).collect();
    let string = |text: &str| Data::String(text.into());
    assert_eq!(cells, [string("1e3"), string("inf"), string("NaN"), string("1,204"), string("12."), Data::Float(7.0)]);
}

#[test]
fn points_of_a_column_stand_under_each_other_and_a_sheet_has_a_name_that_is_allowed() {
    assert_eq!(decimals(SheetKind::Number, ["1.5", "2", "0.125"].into_iter()), "#,##0.000");
    assert_eq!(decimals(SheetKind::Number, ["1", "2"].into_iter()), "#,##0");
    assert_eq!(decimals(SheetKind::Share, ["0.4531"].into_iter()), "#,##0.00%");
    assert_eq!(
        (sheet_name("a/b [c]"), sheet_name("??"), sheet_name("History")),
        ("a b  c".into(), "Table".into(), "Table".into())
    );
    assert_eq!(sheet_name(&"长".repeat(40)).chars().count(), 31);
}
