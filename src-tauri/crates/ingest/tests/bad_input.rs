//! Whatever a file holds: its sentence, its row, its column, its value. Never a panic, never a good row lost.
#![allow(clippy::unwrap_used)]

mod reading;

use std::io::Write;

use ingest::{Field, IngestError, sniff};
use reading::*;

const HEADER: &str = "timestamp,model,session,success,input_tokens,cached_tokens,output_tokens,reasoning_tokens,cost\n";
const GOOD: &str = "2026-07-01T10:00:00Z,gpt-4o,s1,1,100,40,7,2,0.5\n";

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

fn zipped_sheet() -> Vec<u8> {
    let mut bytes = b"PK\x03\x04\x14\x00\x06\x00".to_vec();
    bytes.extend_from_slice(b"[Content_Types].xml");
    bytes
}

#[test]
fn a_file_that_is_no_usage_is_refused_with_its_own_sentence() {
    let huge_header = format!("{}\n1,2\n", "timestamp,".repeat(1_000_000));
    let huge_quoted_header = format!("\"{}\n", "timestamp,\n".repeat(1_000_000));
    let mut truncated = gzip(HEADER.as_bytes());
    truncated.truncate(12);
    let cases: Vec<(&str, Vec<u8>, &str, &[&str])> = vec![
        ("empty", vec![], "file-empty", &[]),
        ("white space", b" \r\n\t\n  ".to_vec(), "file-empty", &[]),
        ("only a mark", b"\xef\xbb\xbf".to_vec(), "file-empty", &[]),
        ("empty archive", gzip(b""), "file-empty", &[]),
        ("header only", HEADER.into(), "file-without-rows", &[]),
        ("header and blank lines", format!("{HEADER}\n\r\n").into(), "file-without-rows", &[]),
        ("PDF", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj".to_vec(), "file-is-other", &["pdf"]),
        ("spreadsheet", zipped_sheet(), "file-is-other", &["zip"]),
        ("compressed bytes", (1..=255_u8).cycle().step_by(7).take(4_000).collect(), "file-is-other", &["binary"]),
        ("old spreadsheet", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec(), "file-is-other", &["xls"]),
        ("PNG", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR".to_vec(), "file-is-other", &["image"]),
        ("Parquet", b"PAR1\x15\x04\x15".to_vec(), "file-is-other", &["parquet"]),
        ("database", b"SQLite format 3\0\x10\0".to_vec(), "file-is-other", &["sqlite"]),
        ("web page", b"\n<!DOCTYPE html><html>login".to_vec(), "file-is-other", &["html"]),
        ("bytes", (0..=255u8).cycle().take(4096).collect(), "file-is-other", &["binary"]),
        ("packed PDF", gzip(b"%PDF-1.7\0\0\n"), "file-is-other", &["pdf"]),
        ("no header", b"2026-07-01 10:00:00,4808,10\n2026-07-01 10:00:01,12,10\n".to_vec(), "no-header", &[]),
        ("prose", b"Dear all,\nplease find attached\n".to_vec(), "timestamp-not-mapped", &[]),
        ("one column", b"tokens\n12\n".to_vec(), "no-header", &[]),
        ("10 MB header", huge_header.into(), "header-too-long", &[]),
        ("10 MB quoted header", huge_quoted_header.into(), "header-too-long", &[]),
        ("no time", b"model,input_tokens\ngpt-4o,5\n".to_vec(), "timestamp-not-mapped", &[]),
        ("broken archive", truncated, "gzip-damaged", &[]),
        ("not an archive", b"\x1f\x8b\x08nonsense".to_vec(), "gzip-damaged", &[]),
        ("JSON cut at once", b"{\"timestamp\": \"2026-07".to_vec(), "json-unreadable", &["1"]),
        ("not JSON", b"{timestamp: 1}\n{timestamp: 2}\n".to_vec(), "json-unreadable", &["1", "2"]),
        ("empty array", b"[]".to_vec(), "file-without-rows", &[]),
    ];
    for (name, bytes, code, params) in cases {
        let (found, values) = refusal(read(&bytes));
        assert_eq!(found, code, "{name}");
        for param in params {
            assert!(values.iter().any(|value| value == param), "{name}: {param} in {values:?}");
        }
    }
}

#[test]
fn a_path_that_is_no_file_is_told_from_one_that_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    for (path, code) in [
        (folder.path().to_owned(), "not-a-file"),
        (folder.path().join("gone.csv"), "file-not-found"),
        (file(b"x").path().join("inside"), "file-not-found"),
    ] {
        let (found, params) = refusal(read_path(&path, |_| ()));
        assert_eq!((found, params), (code, vec![path.to_string_lossy().into_owned()]));
    }
}

#[test]
fn a_mapping_that_does_not_fit_is_refused_before_anything_is_read() {
    let file = file(format!("{HEADER}{GOOD}").as_bytes());
    let outcome = read_path(file.path(), |mapping| mapping.columns[0].column = "Zeit".into());
    assert_eq!(refusal(outcome), ("column-missing", vec!["Zeit".to_owned()]));
}

/// One bad row between two good ones: (its text, code, column, value, parameters).
const ROWS: &[(&str, &str, &str, &str, &str)] = &[
    (",m,s,1,1,0,1,0,0", "timestamp-missing", "timestamp", "", ""),
    ("yesterday,m,s,1,1,0,1,0,0", "not-a-timestamp", "timestamp", "yesterday", ""),
    ("2026-02-30T00:00:00Z,m,s,1,1,0,1,0,0", "not-a-timestamp", "timestamp", "2026-02-30T00:00:00Z", ""),
    ("2026-07-01T10:00:00+99:00,m,s,1,1,0,1,0,0", "not-a-timestamp", "timestamp", "2026-07-01T10:00:00+99:00", ""),
    ("1999-12-31T23:59:59Z,m,s,1,1,0,1,0,0", "timestamp-out-of-range", "timestamp", "1999-12-31T23:59:59Z", ""),
    ("9999-12-31T23:59:59Z,m,s,1,1,0,1,0,0", "timestamp-out-of-range", "timestamp", "9999-12-31T23:59:59Z", ""),
    ("40,m,s,1,1,0,1,0,0", "timestamp-relative", "timestamp", "40", ""),
    ("2026-07-01T10:00:00Z,m,s,1,-5,0,1,0,0", "negative", "input_tokens", "-5", ""),
    ("2026-07-01T10:00:00Z,m,s,1,\u{2212}5,0,1,0,0", "negative", "input_tokens", "\u{2212}5", ""),
    ("2026-07-01T10:00:00Z,m,s,1,1.5,0,1,0,0", "not-whole", "input_tokens", "1.5", ""),
    ("2026-07-01T10:00:00Z,m,s,1,many,0,1,0,0", "not-a-number", "input_tokens", "many", ""),
    ("2026-07-01T10:00:00Z,m,s,1,1,0,99999999999999,0,0", "too-large", "output_tokens", "99999999999999", ""),
    ("2026-07-01T10:00:00Z,m,s,1,1e15,0,1,0,0", "too-large", "input_tokens", "1e15", ""),
    ("2026-07-01T10:00:00Z,m,s,maybe,1,0,1,0,0", "not-a-verdict", "success", "maybe", ""),
    (
        "2026-07-01T10:00:00Z,m,s,an unheard-of outcome,1,0,1,0,0",
        "not-a-verdict",
        "success",
        "an unheard-of outcome",
        "",
    ),
    ("2026-07-01T10:00:00Z,m,s,1,10,11,1,0,0", "cache-exceeds-input", "input_tokens", "10", "cached=11 input=10"),
    (
        "2026-07-01T10:00:00Z,m,s,1,10,0,5,6,0",
        "reasoning-exceeds-output",
        "reasoning_tokens",
        "6",
        "output=5 reasoning=6",
    ),
    ("2026-07-01T10:00:00Z,m,s,1,10,0,5,0,free", "not-a-number", "cost", "free", ""),
    ("2026-07-01T10:00:00Z,m,s,1,10,0,5,0,1e19", "too-large", "cost", "1e19", ""),
    ("2026-07-01T10:00:00Z,m,s,1,10", "row-cut", "", "2026-07-01T10:00:00Z,m,s,1,10", "expected=9 found=5"),
    (
        "2026-07-01T10:00:00Z,m,s,1,1,0,1,0,0,5",
        "row-too-wide",
        "",
        "2026-07-01T10:00:00Z,m,s,1,1,0,1,0,0,5",
        "expected=9 found=10",
    ),
    ("---", "row-cut", "", "---", "expected=9 found=1"),
    ("2026-07-01T10:00:00Z,\"m,s,1,1,0,1,0,0", "open-quote", "", "2026-07-01T10:00:00Z,\"m,s,1,1,0,1,0,0", ""),
    ("\0\0\0\0\0\0", "nul-bytes", "", "", "count=6"),
];

#[test]
fn a_bad_row_says_what_is_wrong_and_costs_no_other() {
    for (row, code, column, value, params) in ROWS {
        for end in ["\n", "\r\n"] {
            let text = format!("{HEADER}{GOOD}{row}\n{GOOD}").replace('\n', end);
            let batch = read(text.as_bytes()).unwrap();
            assert_eq!((batch.counts.good, batch.counts.bad), (2, 1), "{row}");
            assert_eq!(issues(&batch), [(3, *code, *column, *value)], "{row}");
            let found: Vec<_> = batch.issues[0].params.iter().map(|(name, value)| format!("{name}={value}")).collect();
            assert!(
                params.split(' ').filter(|p| !p.is_empty()).all(|p| found.iter().any(|f| f == p)),
                "{row}: {found:?}"
            );
            assert_eq!(totals(&batch).tokens, tokens(120, 80, 0, 0, 14, 4), "{row}");
        }
    }
}

#[test]
fn a_row_of_a_spreadsheet_may_be_padded_or_end_early() {
    for row in [
        "2026-07-01T10:00:00Z,m,s,1,1,0,1,0,0,,,",
        "2026-07-01T10:00:00Z,m,s,1,1,,1,,",
        "2026-07-01T10:00:00Z,m,s,1,1,null,1,-,N/A",
    ] {
        let batch = read(format!("{HEADER}{GOOD}{row}\n{GOOD}").as_bytes()).unwrap();
        assert_eq!((batch.counts.good, batch.counts.bad), (3, 0), "{row}: {:?}", batch.issues);
    }
    // Trailing columns nobody uses may be missing.
    let batch =
        read(b"timestamp,input_tokens,note,remark\n2026-07-01T10:00:00Z,5\n2026-07-01T10:00:00Z,5,x\n").unwrap();
    assert_eq!((batch.counts.good, batch.counts.bad), (2, 0));
}

#[test]
fn names_that_are_not_utf8_or_endless_are_refused() {
    let mut text = HEADER.as_bytes().to_vec();
    text.extend_from_slice(b"2026-07-01T10:00:00Z,caf\xe9,s,1,1,0,1,0,0\n");
    text.extend_from_slice(format!("2026-07-01T10:00:00Z,{},s,1,1,0,1,0,0\n", "x".repeat(600)).as_bytes());
    text.extend_from_slice(GOOD.as_bytes());
    let batch = read(&text).unwrap();
    assert_eq!(batch.counts.good, 1);
    assert_eq!(issues(&batch)[0], (2, "not-utf8", "model", "caf\u{fffd}"));
    assert_eq!(
        (batch.issues[1].code.as_str(), batch.issues[1].value.as_ref().unwrap().chars().count()),
        ("name-too-long", 81)
    );
}

#[test]
fn a_file_cut_anywhere_keeps_its_whole_rows() {
    let text = format!("{HEADER}{GOOD}{}{GOOD}", GOOD.replace("gpt-4o", "\"gpt\n4o\""));
    let whole = HEADER.len();
    for end in whole + 1..text.len() {
        let Ok(batch) = read(&text.as_bytes()[..end]) else { panic!("cut at {end}") };
        let rows = 1 + usize::from(end > whole + GOOD.len()) + usize::from(end > whole + 2 * GOOD.len() + 2);
        let read = batch.counts.read as usize;
        // A cut inside quotes leaves two lines, each bad.
        assert!(read >= rows && read <= rows + 1, "cut at {end}: {:?}", batch.counts);
        assert!(batch.counts.good as usize >= rows - 1, "cut at {end}: {:?}", batch.issues);
    }
}

#[test]
fn a_cut_or_broken_json_file_keeps_its_whole_objects() {
    let object = |n| format!("{{\"timestamp\": \"2026-07-01T10:00:00Z\", \"input_tokens\": {n}}}");
    for (name, text, good, expected) in [
        ("line cut", format!("{}\n{}\n{}", object(1), object(2), &object(4)[..20]), 3, vec![(3, "json-cut")]),
        ("array cut", format!("[{},\n{},\n{}", object(1), object(2), &object(4)[..20]), 3, vec![(3, "json-cut")]),
        ("array cut between", format!("[{},\n{},\n", object(1), object(2)), 3, vec![(3, "json-cut")]),
        ("line broken", format!("{}\n{{\"a\" 1}}\n{}", object(1), object(2)), 3, vec![(2, "json-invalid")]),
        ("object broken", format!("[{},\n{{\n\"a\" 1}},\n{}]", object(1), object(2)), 3, vec![(3, "json-invalid")]),
        ("first line broken", format!("okens\": 3}}\n{}\n{}", object(1), object(2)), 0, vec![]),
        ("first object broken", format!("{{\"x\": oops}}\n{}\n{}", object(1), object(2)), 3, vec![(1, "json-invalid")]),
        (
            "no object",
            format!("{}\n17\n[1]\n{}", object(1), object(2)),
            3,
            vec![(2, "not-an-object"), (3, "not-an-object")],
        ),
        ("zeros", format!("{}\n\0\0\0\n{}", object(1), object(2)), 3, vec![(2, "nul-bytes")]),
        ("blank lines", format!("{}\n\n\n{}\nx", object(1), object(2)), 3, vec![(5, "not-an-object")]),
    ] {
        let outcome = read(text.as_bytes());
        if good == 0 {
            assert!(matches!(outcome, Err(IngestError::File { code: "no-header", .. })), "{name}: {outcome:?}");
            continue;
        }
        let batch = outcome.unwrap();
        assert_eq!(totals(&batch).tokens.input, good, "{name}");
        let found: Vec<_> = issues(&batch).iter().map(|(row, code, ..)| (*row, *code)).collect();
        assert_eq!(found, expected, "{name}");
    }
}

#[test]
fn an_archive_cut_in_the_middle_keeps_what_came_before() {
    let mut text = HEADER.to_owned();
    for n in 0..200_000 {
        text.push_str(&GOOD.replace("s1", &format!("s{}", n * 7919 % 65_537)));
    }
    let mut packed = gzip(text.as_bytes());
    packed.truncate(packed.len() / 2);
    let batch = read(&packed).unwrap();
    assert!(batch.counts.good > 50_000 && batch.counts.good < 150_000);
    assert_eq!(batch.counts.bad, 1);
    let issue = &batch.issues[0];
    assert_eq!((issue.code.as_str(), issue.row), ("gzip-damaged", Some(batch.counts.good + 2)));
    assert!(!issue.params["cause"].is_empty());
}

#[test]
fn ten_megabytes_on_one_line_are_one_bad_row() {
    let long = "x".repeat(10_000_000);
    let batch = read(format!("{HEADER}{GOOD}{long}\n{GOOD}").as_bytes()).unwrap();
    assert_eq!((batch.counts.good, batch.counts.bad), (2, 1));
    assert_eq!((batch.issues[0].row, batch.issues[0].code.as_str()), (Some(3), "record-too-long"));
    assert_eq!(batch.issues[0].params["limit"], "4");
    // With a quote in front it may be a cell of many lines, until it cannot be one any more.
    let batch = read(format!("{HEADER}{GOOD}\"{long}\n{GOOD}").as_bytes()).unwrap();
    assert_eq!((batch.counts.good, batch.counts.bad), (2, 1));
    assert_eq!((batch.issues[0].row, batch.issues[0].code.as_str()), (Some(3), "record-too-long"));
    let line = format!("{{\"timestamp\": \"2026-07-01T10:00:00Z\", \"input_tokens\": 1, \"x\": \"{long}\"}}");
    let batch =
        read(format!("{{\"timestamp\": \"2026-07-01T10:00:00Z\", \"input_tokens\": 1}}\n{line}\n").as_bytes()).unwrap();
    assert_eq!((batch.counts.good, batch.counts.bad, batch.issues[0].row), (1, 1, Some(2)));
    // But an array may lie on one line: its objects are short.
    let object = "{\"timestamp\": \"2026-07-01T10:00:00Z\", \"input_tokens\": 1},";
    let array = format!("[{}]", object.repeat(200_000).trim_end_matches(','));
    assert_eq!(read(array.as_bytes()).unwrap().counts.good, 200_000);
}

#[test]
fn repeated_column_names_can_be_told_apart() {
    let text = "timestamp,tokens,input_tokens,input_tokens,tokens\n2026-07-01T10:00:00Z,1,2,3,4\n";
    let file = file(text.as_bytes());
    let sniffed = sniff::sniff(file.path()).unwrap();
    let names: Vec<_> = sniffed.columns.iter().map(|column| column.name.as_str()).collect();
    assert_eq!(names, ["timestamp", "tokens", "input_tokens", "input_tokens (2)", "tokens (2)"]);
    let batch = read_path(file.path(), |mapping| {
        let input = mapping.columns.iter_mut().find(|c| c.field == Field::InputTokens).unwrap();
        input.column = "input_tokens (2)".into();
    });
    let batch = batch.unwrap();
    assert_eq!(totals(&batch).tokens.input, 3);
    assert_eq!(batch.notes, ["duplicate-columns"]);
}

#[test]
fn five_thousand_columns_are_read_like_five() {
    let names: Vec<String> = (0..5_000).map(|n| format!("c{n}")).collect();
    let mut text = format!("timestamp,{},input_tokens\n", names.join(","));
    for _ in 0..300 {
        text.push_str(&format!("2026-07-01T10:00:00Z{}7\n", ",".repeat(5_001)));
    }
    let batch = read(text.as_bytes()).unwrap();
    assert_eq!((batch.counts.good, totals(&batch).tokens.input), (300, 2_100));
    let cut = read(format!("{text}{}", "2026-07-01T10:00:00Z,,,\n").as_bytes()).unwrap();
    assert_eq!(cut.issues[0].params["expected"], "5002");
}

#[test]
fn good_rows_before_a_block_of_zeros_are_kept() {
    let rows: String = (0..20).map(|minute| format!("2026-07-01T10:{minute:02}:00Z,gpt-4o,1\n")).collect();
    let text = [format!("timestamp,model,input_tokens\n{rows}").into_bytes(), vec![0; 4_096]].concat();
    let batch = read(&text).unwrap();
    assert_eq!((batch.counts.good, batch.counts.bad), (20, 1), "{:?}", batch.issues);
}
