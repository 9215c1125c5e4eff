//! A row's number is the line an editor shows, whatever lies before it.
#![allow(clippy::unwrap_used)]

mod reading;

use reading::*;

fn rows_of(text: &str) -> Vec<u64> {
    read(text.as_bytes()).unwrap().issues.iter().filter_map(|issue| issue.row).collect()
}

#[test]
fn rows_are_counted_past_blank_lines_quoted_ones_and_what_stands_above_the_header() {
    let good = "2026-07-01T10:00:00Z,m,1\n";
    let bad = "x,m,1\n";
    let many_lines = "2026-07-01T10:00:00Z,\"a\nb\n\nc\",1\n";
    let bad_many_lines = "x,\"a\nb\",1\n";
    let header = "timestamp,model,input_tokens\n";
    for (text, expected) in [
        (format!("{header}{good}{bad}"), vec![3]),
        (format!("{header}\n\n{good}\n{bad}\n{bad}"), vec![6, 8]),
        (format!("\n\n{header}{good}{bad}"), vec![5]),
        (format!("sep=,\n{header}{bad}"), vec![3]),
        (format!("\"time\nstamp\",model,input_tokens\n{bad}"), vec![3]),
        (format!("{header}{many_lines}{bad}{many_lines}{bad}"), vec![6, 11]),
        // A row of several lines is named by its first.
        (format!("{header}{bad_many_lines}{good}{bad_many_lines}{bad}"), vec![2, 5, 7]),
        (format!("{header}{good}x,\"open,1\n{good}{bad}{good}"), vec![3, 5]),
        (format!("{header}{good}x,\"open,1\n{good}{bad}\"m\",\"n\",1\n{good}"), vec![3, 5, 6]),
    ] {
        assert_eq!(rows_of(&text), expected, "{text}");
        assert_eq!(rows_of(&text.replace('\n', "\r\n")), expected, "{text} with CRLF");
        if !text.contains('"') {
            assert_eq!(rows_of(&text.replace('\n', "\r")), expected, "{text} with CR");
        }
    }
}

#[test]
fn rows_are_counted_across_blocks() {
    // Some 6 MB: the file is read in blocks of one, by several threads.
    let mut text = "timestamp,model,input_tokens\n".to_owned();
    let mut line = 1;
    let mut expected = Vec::new();
    for n in 0..120_000u64 {
        line += 1;
        match n % 1000 {
            17 => {
                expected.push((line, "not-a-number"));
                text.push_str("2026-07-01T10:00:00Z,\"a \"\"quoted\"\" name\",x\n");
            }
            18 => text.push('\n'),
            500 => {
                text.push_str("2026-07-01T10:00:00Z,\"several\nlines\n\",5\n");
                line += 2;
            }
            _ => text.push_str("2026-07-01T10:00:00.123456Z,some-model,12345\n"),
        }
    }
    // One line longer than any record may be.
    text.push_str(&"y".repeat(5 << 20));
    text.push_str("\nlast,m,1\n");
    expected.extend([(line + 1, "record-too-long"), (line + 2, "not-a-timestamp")]);
    let batch = read(text.as_bytes()).unwrap();
    let found: Vec<_> = issues(&batch).iter().map(|(row, code, ..)| (*row, *code)).collect();
    assert_eq!(found, expected);
    assert_eq!(batch.counts.good, 120_000 - 120 - 120);
    assert_eq!(totals(&batch).tokens.input, (120_000 - 3 * 120) * 12_345 + 120 * 5);
}

#[test]
fn objects_are_named_by_the_line_they_start_in() {
    let object = "{\n  \"timestamp\": \"2026-07-01T10:00:00Z\",\n  \"input_tokens\": TOKENS\n}";
    let text = format!(
        "[\n{},\n{},\n{}\n]\n",
        object.replace("TOKENS", "1"),
        object.replace("TOKENS", "-1"),
        object.replace("TOKENS", "oops")
    );
    let batch = read(text.as_bytes()).unwrap();
    let found: Vec<_> = issues(&batch).iter().map(|(row, code, ..)| (*row, *code)).collect();
    // What is wrong with the JSON itself is named by its own line.
    assert_eq!(found, [(6, "negative"), (12, "json-invalid")]);
}
