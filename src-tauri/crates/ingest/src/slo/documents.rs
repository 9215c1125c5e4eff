//! YAML and JSON files of several documents, read within bounds: one that cannot be read is said, and the others are read all
//! the same.
//!
//! A line that begins with `---` or `...` ends a document wherever it stands, within quotes and blocks too (YAML 1.2.2, rule
//! 206, `c-forbidden`): documents are cut there before anything is parsed.

use serde_json::Value;

use crate::RowIssue;

/// Largest file read, in bytes.
pub(super) const LARGEST: usize = 10 << 20;

/// Most documents read of one file.
const MOST_DOCUMENTS: usize = 1_000;

/// Most documents that cannot be read before the rest is given up: each may have been made to take long.
const MOST_UNREADABLE: usize = 100;

/// What one document may come to, aliases written out: values, and bytes of text.
const MOST_NODES: usize = 200_000;
const MOST_BYTES: usize = 16 << 20;

/// What all documents may come to, in bytes.
const MOST_IN_ALL: usize = 64 << 20;

/// What aliases of one document may come to, in values.
const MOST_REPEATED: usize = 20_000;

/// A document and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Document {
    /// From 1.
    pub number: usize,
    /// Its first line in the file, from 1.
    pub line: u64,
    pub value: Value,
}

impl Document {
    /// An issue at this document, which also says what it is called.
    pub(super) fn issue(&self, issue: RowIssue, column: &str) -> RowIssue {
        let name = self.value.pointer("/metadata/name").or_else(|| self.value.get("service"));
        let issue = issue.at(self.line).param("document", self.number).column(column);
        issue.param("name", name.and_then(Value::as_str).unwrap_or_default())
    }
}

/// Reads all documents. A list of objects, and a Kubernetes `List`, is as many documents.
pub(super) fn read(text: &str, issues: &mut Vec<RowIssue>) -> Vec<Document> {
    let mut all = Vec::new();
    let (mut left, mut unreadable) = (MOST_IN_ALL, 0);
    for (index, (line, part)) in parts(text).into_iter().enumerate() {
        let number = index + 1;
        let place = |issue: RowIssue, line: u64| issue.at(line).param("document", number);
        if index == MOST_DOCUMENTS || unreadable == MOST_UNREADABLE || left == 0 {
            issues.push(place(RowIssue::new("slo-too-many-documents").param("read", index), line));
            break;
        }
        match parse(part, left.min(MOST_BYTES)) {
            Ok(value) => {
                left = left.saturating_sub(size(&value));
                flatten(value, &mut |value| all.push(Document { number, line, value }));
            }
            Err((at, cause)) => {
                unreadable += 1;
                issues.push(place(RowIssue::new("yaml-unreadable").param("cause", cause), line + at));
            }
        }
    }
    all
}

/// Parts between the marks of documents, each with its first line; those of nothing but comments are none.
fn parts(text: &str) -> Vec<(u64, &str)> {
    let (mut found, mut start, mut first, mut at) = (Vec::new(), 0, 1, 0);
    let is_something = |part: &str| {
        part.lines()
            .any(|line| !line.trim().is_empty() && !line.trim_start().starts_with('#') && !line.starts_with('%'))
    };
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let (here, number) = (at, index as u64 + 1);
        at += line.len();
        let bare = line.trim_end();
        let mark = ["---", "..."].into_iter().find(|mark| bare.starts_with(mark));
        let Some(mark) = mark.filter(|mark| bare.len() == 3 || bare[mark.len()..].starts_with([' ', '\t'])) else {
            continue;
        };
        if is_something(&text[start..here]) {
            found.push((first, &text[start..here]));
        }
        // What stands behind the mark belongs to the document: `--- {kind: SLO}`.
        let behind = if mark == "---" { here + mark.len() } else { at };
        (start, first) = (behind, if mark == "---" { number } else { number + 1 });
    }
    if is_something(&text[start..]) {
        found.push((first, &text[start..]));
    }
    found
}

/// One document; else the line, from 0, and why it cannot be read.
fn parse(text: &str, most_bytes: usize) -> Result<Value, (u64, String)> {
    let options = serde_saphyr::options! {
        budget: serde_saphyr::budget! {
            max_depth: 100,
            max_nodes: MOST_NODES,
            max_documents: 1,
            max_total_scalar_bytes: most_bytes,
            max_aliases: 5_000,
            max_anchors: 5_000,
            max_recorded_anchor_events: MOST_NODES,
            max_recorded_anchor_bytes: most_bytes,
        },
        alias_limits: serde_saphyr::alias_limits! {
            max_total_replayed_events: MOST_REPEATED,
            max_replay_stack_depth: 32,
        },
        duplicate_keys: serde_saphyr::DuplicateKeyPolicy::LastWins,
        // "yes" and "on" are texts, as in YAML 1.2.
        strict_booleans: true,
        non_finite_float_policy: serde_saphyr::NonFiniteFloatPolicy::AsString,
        with_snippet: false,
    };
    let value: Value = serde_saphyr::from_str_with_options(text, options).map_err(|error| {
        let line = error.location().map_or(0, |location| location.line().saturating_sub(1));
        (line, error.to_string().lines().next().unwrap_or_default().chars().take(200).collect())
    })?;
    // Aliases of one long text are few values and many bytes.
    if size(&value) > most_bytes {
        return Err((0, "too large once its aliases are written out".to_owned()));
    }
    Ok(value)
}

/// About how many bytes a value is.
fn size(value: &Value) -> usize {
    match value {
        Value::Null | Value::Bool(_) | Value::Number(_) => 8,
        Value::String(text) => text.len() + 8,
        Value::Array(list) => list.iter().map(size).sum::<usize>() + 8,
        Value::Object(object) => object.iter().map(|(key, value)| key.len() + 8 + size(value)).sum::<usize>() + 8,
    }
}

fn flatten(value: Value, each: &mut impl FnMut(Value)) {
    match value {
        Value::Array(list) => list.into_iter().for_each(&mut *each),
        Value::Object(mut object) if object.get("kind").and_then(Value::as_str) == Some("List") => {
            if let Some(Value::Array(items)) = object.remove("items") {
                items.into_iter().for_each(&mut *each);
            }
        }
        value => each(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn values(text: &str) -> (Vec<Value>, Vec<RowIssue>) {
        let mut issues = Vec::new();
        let all = read(text, &mut issues);
        (all.into_iter().map(|document| document.value).collect(), issues)
    }

    #[test]
    fn a_document_that_cannot_be_read_costs_itself_only() {
        let (all, issues) =
            values("a: 1\n---\nb: [1\nc: 2\n---\n# nothing\n---\nd: |\n  ---\n  text\n...\n--- {e: 3}\n");
        assert_eq!(all, [json!({"a": 1}), json!({"d": "---\ntext\n"}), json!({"e": 3})]);
        assert_eq!(issues.len(), 1);
        assert_eq!((issues[0].code.as_str(), issues[0].params["document"].as_str()), ("yaml-unreadable", "2"));
        assert!((2..=4).contains(&issues[0].row.unwrap()), "{issues:?}");
    }

    #[test]
    fn json_and_lists_are_read_too() {
        let (all, issues) = values("[{\"a\": \"---\"}, {\"b\": 2}]");
        assert_eq!((all, issues), (vec![json!({"a": "---"}), json!({"b": 2})], vec![]));
        let (all, _) = values("kind: List\nitems:\n- a: yes\n- a: .nan\n- 200: 2022-01-01 12:00:00");
        assert_eq!(all, [json!({"a": "yes"}), json!({"a": ".nan"}), json!({"200": "2022-01-01 12:00:00"})]);
    }

    #[test]
    fn a_small_file_that_would_fill_the_memory_is_refused_at_once() {
        let begun = std::time::Instant::now();
        // Nine times nine times nine …
        let mut laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
        for n in 1..12 {
            let of = vec![format!("*a{}", n - 1); 9].join(", ");
            laughs.push_str(&format!("a{n}: &a{n} [{of}]\n"));
        }
        // A long text many times over.
        let long = format!("a: &a {}\nb: [{}]\n", "x".repeat(1 << 20), vec!["*a"; 4_000].join(", "));
        let deep = format!("a: {}", "[".repeat(100_000));
        let merged = format!("a: &a {{x: {}}}\nb:\n{}", "y".repeat(1 << 20), "- {<<: *a}\n".repeat(4_000));
        for text in [&laughs, &long, &deep, &merged] {
            let (all, issues) = values(text);
            assert_eq!((all.len(), issues.len()), (0, 1), "{}", &text[..20]);
            assert_eq!(issues[0].code, "yaml-unreadable");
        }
        let many = laughs.clone() + &format!("\n---\n{laughs}").repeat(1_100);
        let (_, issues) = values(&many);
        assert_eq!(issues.last().unwrap().code, "slo-too-many-documents");
        assert!(begun.elapsed() < std::time::Duration::from_secs(20), "{:?}", begun.elapsed());
    }
}
