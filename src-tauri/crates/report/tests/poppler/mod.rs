//! PDFs read back with poppler's tools.
#![allow(dead_code, clippy::unwrap_used)]

use std::io::Write as _;
use std::process::{Command, Stdio};

/// Runs one of poppler's tools over the bytes.
pub fn poppler(tool: &str, args: &[&str], pdf: &[u8]) -> String {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(pdf).unwrap();
    let out = Command::new(tool)
        .args(args)
        .arg(file.path())
        .args(if tool == "pdftotext" { vec!["-"] } else { vec![] })
        .stderr(Stdio::piped())
        .output()
        .unwrap_or_else(|e| panic!("{tool} (poppler-utils) has to be installed: {e}"));
    assert!(out.stderr.is_empty(), "{tool}: {}", String::from_utf8_lossy(&out.stderr));
    String::from_utf8(out.stdout).unwrap()
}

/// Resource names of the embedded faces, each checked to be a subset with Unicode.
pub fn embedded(pdf: &[u8]) -> Vec<String> {
    let fonts = poppler("pdffonts", &[], pdf);
    let row = |row: &str| {
        let flags: Vec<&str> = row.split_whitespace().rev().skip(2).take(3).collect();
        assert_eq!(flags, ["yes", "yes", "yes"], "{row}");
        let (tag, _) = row.split_once('+').unwrap_or_else(|| panic!("no subset: {row}"));
        assert_eq!(tag.len(), 6, "{row}");
        tag.to_owned()
    };
    fonts.lines().skip(2).map(row).collect()
}

/// Without any white space, and without the marks pdftotext puts around text from right to left: a wrapped cell is
/// still the same text.
pub fn squeezed(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace() && !matches!(c, '\u{202a}'..='\u{202e}')).collect()
}
