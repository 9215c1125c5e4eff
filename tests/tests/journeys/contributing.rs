//! What the guide for contributors names is there.

use std::collections::BTreeSet;
use std::path::Path;

/// What stands in backticks outside of code blocks and names a file or folder of the repository, from its root.
fn places(text: &str) -> BTreeSet<&str> {
    let prose = text.split("```").step_by(2);
    let spans = prose.flat_map(|part| part.lines().flat_map(|line| line.split('`').skip(1).step_by(2)));
    spans.filter(|span| is_place(span)).collect()
}

/// A path, or the name of a file at the top; commands have spaces, messages and types no slash and no such ending.
fn is_place(span: &str) -> bool {
    let of_path = |c: char| c.is_ascii_alphanumeric() || "/._-".contains(c);
    let ending = span.rsplit_once('.').map(|(_, ending)| ending);
    !span.is_empty()
        && span.chars().all(of_path)
        && (span.contains('/') || ending.is_some_and(|ending| ["md", "rs", "toml", "json"].contains(&ending)))
}

#[test]
fn every_file_and_folder_the_guide_names_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let text = std::fs::read_to_string(root.join(".github/CONTRIBUTING.md")).unwrap();
    let places = places(&text);
    assert!(places.len() > 50, "only {} were found: is the guide written otherwise now?", places.len());
    let missing: Vec<_> = places.into_iter().filter(|place| !root.join(place).exists()).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

#[test]
fn paths_are_told_from_commands_messages_and_names() {
    let text = "`src/a.rs`, `b.md` and `ui/src`; `./dev test`, `nav-…`, `areas!`, `Area`, `--format`, `area::none()`\n```\n`no/where`\n```\n";
    assert_eq!(places(text), BTreeSet::from(["src/a.rs", "b.md", "ui/src"]));
}
