//! Revisions of a text: whole ones, and changes between them.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::edit::{BadChange, Change, apply};

/// After so many changes a whole text is kept: a text is read in little time, however often it was saved.
pub const WHOLE_EVERY: u32 = 64;

/// What a revision keeps.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Body {
    Whole { text: String },
    Changes { changes: Vec<Change> },
}

/// Why a text cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unsound {
    #[error("there is no whole text to begin with")]
    NoStart,
    #[error("a change does not fit the text before it")]
    Change,
    /// It is not what was written.
    #[error("the text does not fit its hash")]
    Hash,
}

impl From<BadChange> for Unsound {
    fn from(_: BadChange) -> Self {
        Unsound::Change
    }
}

/// The SHA-256 of a text, in hexadecimal.
pub fn hash(text: &str) -> String {
    Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The text that bodies make, the whole one first; `wanted` is its hash.
///
/// # Errors
/// [`Unsound`].
pub fn read(bodies: &[Body], wanted: &str) -> Result<String, Unsound> {
    let mut text: Option<String> = None;
    for body in bodies {
        text = Some(match (body, text) {
            (Body::Whole { text }, _) => text.clone(),
            (Body::Changes { changes }, Some(before)) => apply(&before, changes)?,
            (Body::Changes { .. }, None) => return Err(Unsound::NoStart),
        });
    }
    let text = text.ok_or(Unsound::NoStart)?;
    if hash(&text) == wanted { Ok(text) } else { Err(Unsound::Hash) }
}

/// A line of a text with the revision that wrote it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Blamed {
    pub line: String,
    /// Place of the revision in what was handed in.
    pub by: usize,
}

/// Who wrote which line: the earliest of the texts since which it stands there unchanged. Lines are matched as a diff matches them.
pub fn blame(texts: &[&str]) -> Vec<Blamed> {
    let mut lines: Vec<Blamed> = Vec::new();
    for (by, text) in texts.iter().enumerate() {
        let before: Vec<&str> = lines.iter().map(|one| one.line.as_str()).collect();
        let after: Vec<&str> = text.lines().collect();
        let matched = similar::capture_diff_slices(similar::Algorithm::Patience, &before, &after);
        let mut next: Vec<Blamed> = after.iter().map(|line| Blamed { line: (*line).to_owned(), by }).collect();
        for op in matched {
            if let similar::DiffOp::Equal { old_index, new_index, len } = op {
                for at in 0..len {
                    next[new_index + at].by = lines[old_index + at].by;
                }
            }
        }
        lines = next;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_read_from_its_changes_and_one_that_was_changed_on_disk_is_found() {
        let changes = vec![Change { from: 0, to: 1, insert: "B".into() }];
        let bodies = [Body::Whole { text: "abc".into() }, Body::Changes { changes }];
        assert_eq!(read(&bodies, &hash("Bbc")), Ok("Bbc".into()));
        assert_eq!(read(&bodies, &hash("Bbd")), Err(Unsound::Hash));
        assert_eq!(read(&bodies[1..], &hash("Bbc")), Err(Unsound::NoStart));
        let beyond = [Body::Whole { text: String::new() }, bodies[1].clone()];
        assert_eq!(read(&beyond, ""), Err(Unsound::Change));
    }

    #[test]
    fn a_line_is_whose_it_was_first() {
        let found = blame(&["a\nb", "a\nx\nb", "a\nx\nc"]);
        assert_eq!(found.iter().map(|one| one.by).collect::<Vec<_>>(), [0, 1, 2]);
    }
}
