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

/// The glossary's lines: the one Chinese term, and what is not written for it.
fn glossary() -> Vec<(String, Vec<String>)> {
    let text = std::fs::read_to_string(root().join("src-tauri/locales").join("glossary.tsv")).unwrap();
    text.lines()
        .filter(|line| !line.starts_with('#') && !line.trim().is_empty())
        .map(|line| {
            let mut cells = line.split('\t');
            let (_, term) = (cells.next().unwrap(), cells.next().unwrap());
            let not = cells.next().unwrap_or_default().split_whitespace().map(str::to_owned).collect();
            (term.to_owned(), not)
        })
        .collect()
}

#[test]
fn chinese_texts_use_the_one_term_of_the_glossary() {
    let glossary = glossary();
    assert!(glossary.len() >= 20);
    let guide = root().join("ui/src/features/guide/zh-CN");
    let files = [root().join("src-tauri/locales").join("zh-CN"), guide]
        .into_iter()
        .flat_map(|folder| std::fs::read_dir(folder).unwrap());
    let mut wrong = Vec::new();
    for file in files.map(|entry| entry.unwrap().path()) {
        let text = std::fs::read_to_string(&file).unwrap();
        let name = file.file_name().unwrap().to_string_lossy().into_owned();
        for (number, line) in text.lines().enumerate() {
            for (term, not) in &glossary {
                wrong.extend(
                    not.iter()
                        .filter(|word| line.contains(word.as_str()))
                        .map(|word| format!("{name}:{}: {word} instead of {term}", number + 1)),
                );
            }
            // Unit economics is the term; its first half alone is none.
            if line.replace("单位经济效益", "").contains("单位经济") {
                wrong.push(format!("{name}:{}: 单位经济 instead of 单位经济效益", number + 1));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
