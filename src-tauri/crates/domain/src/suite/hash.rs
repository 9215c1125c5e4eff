//! Hashes of cases and of versions: SHA-256 over a written form that no two different values share.
//!
//! Written form: every part is a length (8 bytes, little endian) and its bytes; lists begin with their count. Text is normalised
//! first, so that what reads alike is alike, whoever saved the file:
//!
//! - Unicode to NFC; CRLF and lone CR to LF; white space at both ends of a text dropped. Inner white space, case and invisible
//!   marks (right-to-left, zero width) count: they change what a model is shown.
//! - Roles to lower case.
//!
//! *Identity* covers roles and contents of the messages and nothing else: a case whose reference was corrected still pairs with the
//! results it got. *Content* covers everything: id, messages, references in their order, rubric, tags, weight, cluster, variables.
//! The weight counts by its shortest decimal, −0 as 0.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use sha2::{Digest, Sha256};
use ts_rs::TS;
use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

use super::{Case, Message};

/// A SHA-256. On the wire its 64 hex digits.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ContentHash(pub [u8; 32]);

impl fmt::Display for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for ContentHash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A text that is no SHA-256 in hex.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not 64 hex digits")]
pub struct NotAHash(String);

impl std::str::FromStr for ContentHash {
    type Err = NotAHash;
    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let bad = || NotAHash(text.to_owned());
        let mut bytes = [0; 32];
        if text.len() != 64 || !text.is_ascii() {
            return Err(bad());
        }
        for (byte, pair) in bytes.iter_mut().zip(text.as_bytes().chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| bad())?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| bad())?;
        }
        // "+f" is a number to the standard library.
        if text.bytes().all(|b| b.is_ascii_hexdigit()) { Ok(Self(bytes)) } else { Err(bad()) }
    }
}

impl Serialize for ContentHash {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for ContentHash {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl TS for ContentHash {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "string".into()
    }
    fn inline(_: &ts_rs::Config) -> String {
        "string".into()
    }
}

/// Writes parts that cannot run into one another.
struct Writer(Sha256);

impl Writer {
    fn new(domain: &str) -> Self {
        let mut writer = Self(Sha256::new());
        writer.bytes(domain.as_bytes());
        writer
    }

    fn count(&mut self, count: usize) {
        self.0.update((count as u64).to_le_bytes());
    }

    fn bytes(&mut self, bytes: &[u8]) {
        self.count(bytes.len());
        self.0.update(bytes);
    }

    fn text(&mut self, text: &str) {
        let trimmed = text.trim();
        if trimmed.is_ascii() && !trimmed.contains('\r') {
            return self.bytes(trimmed.as_bytes());
        }
        self.bytes(normal(trimmed).as_bytes());
    }

    fn optional(&mut self, text: Option<&str>) {
        self.count(usize::from(text.is_some()));
        self.text(text.unwrap_or_default());
    }

    fn messages(&mut self, messages: &[Message]) {
        self.count(messages.len());
        for message in messages {
            self.text(&message.role.to_lowercase());
            self.text(&message.content);
        }
    }

    fn finish(self) -> ContentHash {
        ContentHash(self.0.finalize().into())
    }
}

/// A trimmed text in NFC with LF line ends.
fn normal(text: &str) -> String {
    let lines = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text.to_owned() };
    if is_nfc_quick(lines.chars()) == IsNormalized::Yes { lines } else { lines.nfc().collect() }
}

/// What pairs a case with its results: what a candidate is shown.
pub fn identity(messages: &[Message]) -> ContentHash {
    let mut writer = Writer::new("case-identity-1");
    writer.messages(messages);
    writer.finish()
}

/// Everything a person wrote of a case.
pub fn content(case: &Case) -> ContentHash {
    let mut writer = Writer::new("case-content-1");
    writer.optional(case.id.as_deref());
    writer.messages(&case.messages);
    writer.count(case.reference.len());
    case.reference.iter().for_each(|text| writer.text(text));
    writer.optional(case.rubric.as_deref());
    writer.count(case.tags.len());
    case.tags.iter().for_each(|tag| writer.text(tag));
    // Adding 0 turns −0 into 0.
    writer.text(&(case.weight + 0.0).to_string());
    writer.optional(case.cluster.as_deref());
    writer.count(case.variables.len());
    for (name, value) in &case.variables {
        writer.text(name);
        writer.text(value);
    }
    writer.finish()
}

/// The hash of a version: of the contents of its cases as a multiset, whatever their order.
pub fn version<'c>(cases: impl IntoIterator<Item = &'c Case>) -> ContentHash {
    let mut contents: Vec<ContentHash> = cases.into_iter().map(content).collect();
    contents.sort_unstable();
    let mut writer = Writer::new("suite-version-1");
    writer.count(contents.len());
    contents.iter().for_each(|hash| writer.bytes(&hash.0));
    writer.finish()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ask(text: &str) -> Case {
        Case { messages: vec![Message::user(text)], ..Case::default() }
    }

    #[test]
    fn what_reads_alike_is_one_case_and_what_a_model_sees_differently_is_not() {
        let base = identity(&ask("Café\nau lait").messages);
        for same in ["Cafe\u{301}\nau lait", "Café\r\nau lait", "Café\rau lait\r\n", "  Café\nau lait\n"] {
            assert_eq!(identity(&ask(same).messages), base, "{same:?}");
        }
        for other in ["café\nau lait", "Café\n\nau lait", "Café\n\u{200f}au lait", "Café au lait", ""] {
            assert_ne!(identity(&ask(other).messages), base, "{other:?}");
        }
    }

    #[test]
    fn parts_do_not_run_into_one_another() {
        let two = |a: &str, b: &str| identity(&[Message::user(a), Message::user(b)]);
        assert_ne!(two("ab", "c"), two("a", "bc"));
        assert_ne!(two("ab", ""), identity(&[Message::user("ab")]));
        let case = |id: Option<&str>, rubric: Option<&str>| {
            content(&Case { id: id.map(Into::into), rubric: rubric.map(Into::into), ..ask("x") })
        };
        assert_ne!(case(Some("a"), None), case(None, Some("a")));
        assert_ne!(case(Some(""), None), case(None, None));
    }

    #[test]
    fn the_reference_changes_the_version_and_not_the_pairing() {
        let (before, mut after) = (ask("2 + 2?"), ask("2 + 2?"));
        after.reference.push("4".into());
        assert_eq!(identity(&before.messages), identity(&after.messages));
        assert_ne!(version([&before]), version([&after]));
        assert_ne!(content(&ask("x")), content(&Case { weight: 2.0, ..ask("x") }));
        assert_eq!(content(&Case { weight: 0.0, ..ask("x") }), content(&Case { weight: -0.0, ..ask("x") }));
    }

    #[test]
    fn a_version_does_not_depend_on_order_but_on_how_often() {
        let (a, b) = (ask("a"), ask("b"));
        assert_eq!(version([&a, &b]), version([&b, &a]));
        assert_ne!(version([&a, &b]), version([&a, &b, &b]));
        assert_ne!(version([]), version([&a]));
    }

    #[test]
    fn a_hash_reads_back() {
        let hash = identity(&ask("x").messages);
        assert_eq!(hash.to_string().parse(), Ok(hash));
        assert_eq!(serde_json::from_value::<ContentHash>(serde_json::to_value(hash).unwrap()).unwrap(), hash);
        for bad in ["", "abc", &"+f".repeat(32), &"zz".repeat(32), &"é".repeat(32)] {
            assert!(bad.parse::<ContentHash>().is_err(), "{bad}");
        }
    }

    #[test]
    fn hashes_stay_what_they_are_for_ever() {
        // Frozen versions carry them: whoever changes the written form gives it another name.
        assert_eq!(
            identity(&ask("What is 2 + 2?").messages).to_string(),
            "14ddfc9546fdceb0190bcc11ac7d6d2b66c40f58f5ff8eef5c33c37459af0142"
        );
    }
}
