//! What one text says that another does not, word by word.

use serde::{Deserialize, Serialize};
use similar::{Algorithm, ChangeTag, DiffableStr, TextDiff};
use ts_rs::TS;

/// What became of a part of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DiffKind {
    Same,
    /// Only before.
    Removed,
    /// Only after.
    Added,
}

/// A run of words that share what became of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiffPart {
    pub kind: DiffKind,
    pub text: String,
}

/// Above so many bytes in either text words are not looked at one by one, only lines: the work of the comparison grows with the
/// square of what differs.
pub const MOST_BYTES_BY_WORD: usize = 60_000;
/// Above so many lines nothing is told apart: the one text stands before the other, whole.
pub const MOST_LINES: usize = 20_000;

/// Both texts in parts: those not added, joined, are `before`, and those not removed `after`. Words by the rules of Unicode (UAX
/// #29), so that texts without spaces between words are told apart too; the shortest way from one to the other (Myers, "An O(ND)
/// difference algorithm and its variations", Algorithmica 1, 1986).
pub fn difference(before: &str, after: &str) -> Vec<DiffPart> {
    if before == after {
        return if before.is_empty() { Vec::new() } else { vec![part(DiffKind::Same, before)] };
    }
    if before.lines().count().max(after.lines().count()) > MOST_LINES {
        let parts = [part(DiffKind::Removed, before), part(DiffKind::Added, after)];
        return parts.into_iter().filter(|one| !one.text.is_empty()).collect();
    }
    let mut settings = TextDiff::configure();
    settings.algorithm(Algorithm::Myers);
    let is_long = before.len().max(after.len()) > MOST_BYTES_BY_WORD;
    let found = if is_long { settings.diff_lines(before, after) } else { settings.diff_unicode_words(before, after) };
    let mut parts: Vec<DiffPart> = Vec::new();
    for change in found.iter_all_changes() {
        let kind = match change.tag() {
            ChangeTag::Equal => DiffKind::Same,
            ChangeTag::Delete => DiffKind::Removed,
            ChangeTag::Insert => DiffKind::Added,
        };
        match parts.last_mut().filter(|last| last.kind == kind) {
            Some(last) => last.text.push_str(change.value()),
            None => parts.push(part(kind, change.value())),
        }
    }
    parts
}

/// The words of a text by the same rules; what stands between them is none.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.tokenize_unicode_words().into_iter().filter(|word| word.chars().any(char::is_alphanumeric))
}

fn part(kind: DiffKind, text: &str) -> DiffPart {
    DiffPart { kind, text: text.to_owned() }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn said(parts: &[DiffPart]) -> String {
        let sign = |kind| match kind {
            DiffKind::Same => "",
            DiffKind::Removed => "-",
            DiffKind::Added => "+",
        };
        parts.iter().map(|one| format!("{}[{}]", sign(one.kind), one.text)).collect()
    }

    #[test]
    fn words_that_differ_are_told_apart_and_the_others_stand_as_they_are() {
        assert_eq!(said(&difference("take 2 g a day", "take 3 g a day")), "[take ]-[2]+[3][ g a day]");
        assert_eq!(said(&difference("", "new")), "+[new]");
        assert_eq!(said(&difference("same", "same")), "[same]");
        assert!(difference("", "").is_empty());
    }

    #[test]
    fn a_language_without_spaces_is_told_apart_too() {
        assert_eq!(said(&difference("每天服用两片", "每天服用三片")), "[每天服用]-[两]+[三][片]");
    }

    #[test]
    fn long_texts_are_told_apart_by_lines_and_endless_ones_as_a_whole() {
        let long = "word ".repeat(20_000);
        let parts = difference(&format!("{long}\nend"), &format!("{long}\nfin"));
        assert_eq!(
            parts.iter().map(|one| one.kind).collect::<Vec<_>>(),
            [DiffKind::Same, DiffKind::Removed, DiffKind::Added]
        );
        let lines = "x\n".repeat(MOST_LINES + 1);
        assert_eq!(difference(&lines, "y").len(), 2);
    }

    proptest! {
        #[test]
        fn both_texts_come_back_from_the_parts(before in "(\\PC|\\n| ){0,60}", after in "(\\PC|\\n| ){0,60}") {
            let parts = difference(&before, &after);
            let without = |kind: DiffKind| parts.iter().filter(|one| one.kind != kind).map(|one| one.text.as_str()).collect::<String>();
            prop_assert_eq!(without(DiffKind::Added), before);
            prop_assert_eq!(without(DiffKind::Removed), after);
        }
    }
}
