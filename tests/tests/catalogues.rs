//! Both languages say the same things, and every text the Rust side asks for exists.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

/// Message id → the variables it uses, over all files of a language.
fn messages(language: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut messages: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for entry in std::fs::read_dir(root().join("src-tauri/locales").join(language)).unwrap() {
        let path = entry.unwrap().path();
        let mut current = String::new();
        for line in std::fs::read_to_string(&path).unwrap().lines() {
            let is_id = line.starts_with(|c: char| c.is_ascii_lowercase());
            if let Some((id, _)) = line.split_once(" =").filter(|_| is_id) {
                current = id.to_owned();
                let twice = messages.insert(current.clone(), BTreeSet::new());
                assert!(twice.is_none(), "{id} is defined twice, again in {}", path.display());
            }
            for part in line.split('$').skip(1) {
                let end = part.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(part.len());
                messages.entry(current.clone()).or_default().insert(part[..end].to_owned());
            }
        }
    }
    messages
}

#[test]
fn both_catalogues_have_the_same_messages_with_the_same_variables() {
    let (english, chinese) = (messages("en"), messages("zh-CN"));
    let missing = |a: &BTreeMap<String, BTreeSet<String>>, b: &BTreeMap<String, BTreeSet<String>>| {
        a.keys().filter(|id| !b.contains_key(*id)).cloned().collect::<Vec<_>>()
    };
    assert_eq!(missing(&english, &chinese), Vec::<String>::new(), "missing in zh-CN");
    assert_eq!(missing(&chinese, &english), Vec::<String>::new(), "missing in en");
    for (id, variables) in &english {
        // A language may leave a plural's selector out, but not use what the other never gives.
        let extra: Vec<_> = chinese[id].difference(variables).collect();
        assert!(extra.is_empty(), "{id} uses {extra:?} in zh-CN only");
    }
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|e| e == "rs") {
            files.push(path);
        }
    }
}

/// Every `text("id"`, `plain("id"` and `refused("code")` in the Rust sources.
#[test]
fn every_text_and_code_the_core_uses_has_a_message() {
    let messages = messages("en");
    let mut files = Vec::new();
    for folder in
        ["src-tauri/src", "src-tauri/crates/app/src", "src-tauri/crates/cli/src", "src-tauri/crates/report/src"]
    {
        rust_files(&root().join(folder), &mut files);
    }
    let core = files.len();
    rust_files(&root().join("src-tauri/crates/ingest/src"), &mut files);
    let mut missing = BTreeSet::new();
    for (index, path) in files.into_iter().enumerate() {
        let source = std::fs::read_to_string(&path).unwrap();
        let source = source.split("#[cfg(test)]").next().unwrap_or_default();
        let calls = [
            ("text(\"", ""),
            ("plain(\"", ""),
            ("refused(\"", "error-"),
            ("misuse(\"", "cli-"),
            ("failed(\"", "cli-"),
            ("IngestError::file(\"", "error-"),
            ("RowIssue::new(\"", "issue-"),
        ];
        // What `ingest` calls text are cells of a file.
        let calls = if index < core { &calls[..] } else { &calls[4..] };
        for (call, prefix) in calls {
            for part in source.split(*call).skip(1) {
                let id = format!("{prefix}{}", part.split('"').next().unwrap_or_default());
                if !messages.contains_key(&id) {
                    missing.insert(format!("{id} ({})", path.file_name().unwrap().to_string_lossy()));
                }
            }
        }
    }
    assert!(missing.is_empty(), "no message for {missing:#?}");
}
