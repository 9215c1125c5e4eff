//! What stays inside: passages marked {==like this==}, and names, taken out of a text before anything is made of it.
//!
//! A mark that is never closed reaches to the end: what is half marked stays inside. A short marked passage is taken out wherever it
//! stands, and so is each of its words: whoever marks "patient Ada Moss" once means Ada, and means Moss, everywhere. Of a long one the
//! words that name something are: those with a capital or a figure in them. Words that only bind others stay.

use regex::{Regex, RegexBuilder};

/// What stands for what was taken out: as long for a word as for a page.
pub const WITHHELD: &str = "█████";

const OPEN: &str = "{==";
const CLOSE: &str = "==}";

/// Longest marked passage, in words, that is looked for elsewhere too.
const SHORT: usize = 6;

/// The passages that are marked, without their marks.
pub fn marked(text: &str) -> Vec<&str> {
    let mut found = Vec::new();
    let mut rest = text;
    while let Some(start) = rest.find(OPEN) {
        let inner = &rest[start + OPEN.len()..];
        let end = inner.find(CLOSE);
        found.push(&inner[..end.unwrap_or(inner.len())]);
        rest = end.map_or("", |end| &inner[end + CLOSE.len()..]);
    }
    found
}

/// The text with its marks taken off and everything still there: what people inside read.
pub fn unmarked(text: &str) -> String {
    text.replace(OPEN, "").replace(CLOSE, "")
}

/// Takes marked passages and names out of texts.
pub struct Redaction {
    names: Vec<String>,
    found: Option<Regex>,
}

impl Redaction {
    /// What is marked in any of these texts, and names.
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>, names: &[String]) -> Self {
        let mut all: Vec<String> = names.iter().map(|name| name.trim().to_owned()).collect();
        for passage in texts.into_iter().flat_map(marked) {
            let passage = plain(passage.trim());
            let is_short = passage.split_whitespace().count() <= SHORT;
            all.extend(words(&passage).filter(|word| is_short || is_telling(word)).map(str::to_owned));
            if is_short && passage.chars().filter(|one| one.is_alphanumeric()).count() > 1 {
                all.push(passage);
            }
        }
        all.retain(|name| !name.is_empty());
        // Of two that begin alike the longer is taken out first.
        all.sort_by(|a, b| b.chars().count().cmp(&a.chars().count()).then_with(|| a.cmp(b)));
        all.dedup();
        let spelled: Vec<String> = all.iter().map(|name| spelled(name)).collect();
        let found = (!spelled.is_empty())
            .then(|| RegexBuilder::new(&spelled.join("|")).case_insensitive(true).size_limit(200 << 20).build().ok());
        Self { names: all, found: found.flatten() }
    }

    /// A text without what stays inside.
    pub fn take_out(&self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(start) = rest.find(OPEN) {
            out.push_str(&rest[..start]);
            out.push_str(WITHHELD);
            let inner = &rest[start + OPEN.len()..];
            rest = inner.find(CLOSE).map_or("", |end| &inner[end + CLOSE.len()..]);
        }
        out.push_str(rest);
        // A closing mark without its beginning says nothing.
        let out = out.replace(CLOSE, "");
        match &self.found {
            Some(found) => found.replace_all(&out, WITHHELD).into_owned(),
            None => out,
        }
    }

    /// What of it a text still holds: nothing, unless something is wrong.
    pub fn left_in(&self, text: &str) -> Option<&str> {
        if let Some(passage) = marked(text).first() {
            return Some(self.names.iter().find(|name| passage.contains(name.as_str())).map_or("{==", String::as_str));
        }
        let found = self.found.as_ref()?.find(text)?;
        let held = found.as_str().to_lowercase();
        self.names
            .iter()
            .find(|name| plain(&name.to_lowercase()) == plain(&held))
            .or(self.names.first())
            .map(String::as_str)
    }
}

impl Redaction {
    /// What of it a whole file still holds that could be nobody else's word: several words together, or one with a figure in it.
    pub fn telling_left_in(&self, text: &str) -> Option<&str> {
        let text = plain(&text.to_lowercase());
        let is_telling = |name: &&String| name.contains(' ') || name.chars().any(|one| one.is_ascii_digit());
        let telling = self.names.iter().filter(|name| name.chars().count() >= 5).filter(is_telling);
        telling.map(String::as_str).find(|name| text.contains(&name.to_lowercase()))
    }
}

/// Words that bind others and tell nothing: taken out everywhere, they would leave no sentence.
const BINDING: &[&str] = &[
    "about", "above", "after", "again", "all", "also", "and", "any", "are", "been", "before", "being", "below",
    "between", "both", "but", "can", "could", "did", "does", "down", "during", "each", "every", "few", "for", "from",
    "had", "has", "have", "her", "here", "his", "how", "into", "its", "just", "may", "might", "more", "most", "must",
    "near", "not", "now", "off", "only", "other", "our", "out", "over", "same", "she", "should", "some", "such",
    "than", "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "under",
    "until", "very", "was", "were", "what", "when", "where", "which", "while", "who", "whose", "why", "will", "with",
    "would", "you", "your",
];

/// The words of a passage of a script that parts words, but for those that bind others.
fn words(passage: &str) -> impl Iterator<Item = &str> {
    let words =
        passage.split(|one: char| !(one.is_alphanumeric() || matches!(one, '\'' | '’' | '-' | '_' | '.' | '@')));
    words.map(|word| word.trim_matches(['.', '-', '_', '\'', '’', '@'])).filter(|word| {
        word.chars().count() >= 3
            && word.chars().next().is_some_and(|one| one.is_alphanumeric())
            && !BINDING.contains(&word.to_lowercase().as_str())
    })
}

/// Does a word name something: has it a capital, or a figure?
fn is_telling(word: &str) -> bool {
    word.chars().any(|one| one.is_uppercase() || one.is_ascii_digit())
}

/// A passage as words alone: line breaks are spaces.
fn plain(passage: &str) -> String {
    passage.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A name as it may be written: any space between its words, no letter beside it where it begins or ends with a letter of a script
/// that parts words.
fn spelled(name: &str) -> String {
    let words: Vec<String> = name.split_whitespace().map(regex::escape).collect();
    let edge =
        |character: Option<char>| if character.is_some_and(|one| one.is_ascii_alphanumeric()) { r"\b" } else { "" };
    format!("{}{}{}", edge(name.chars().next()), words.join(r"[\s*_`~]+"), edge(name.chars().next_back()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marked_passages_and_names_leave_nothing() {
        let text = "We told {==Contoso==} at noon. contoso answered; Contosoft did not. {==half";
        let redaction = Redaction::of([text], &["Ada Lovelace".into()]);
        assert_eq!(redaction.take_out(text), "We told █████ at noon. █████ answered; Contosoft did not. █████");
        assert_eq!(redaction.take_out("ada\nLOVELACE and Ada"), "█████ and Ada");
        assert_eq!(redaction.take_out("**Ada** **Lovelace**"), "**█████**");
        let text = "Told {==patient Zebulon Quax==}; quax and the patient heard. {==A long passage that names Moss in the ward on 4711, and says no more==}";
        let redaction = Redaction::of([text], &[]);
        let out = "Told █████; █████ and the █████ heard. █████";
        assert_eq!(redaction.take_out(text), out);
        assert_eq!(redaction.take_out("moss, 4711, ward"), "█████, █████, ward");
        assert_eq!(Redaction::of([], &["某某银行".into()]).take_out("致某某银行的信"), "致█████的信");
    }

    #[test]
    fn a_text_that_still_holds_something_is_told() {
        let redaction = Redaction::of(["{==secret==}"], &[]);
        assert_eq!(redaction.left_in("A Secret here"), Some("secret"));
        assert_eq!(redaction.left_in("nothing"), None);
        assert_eq!(Redaction::of([], &[]).left_in("anything"), None);
    }

    proptest! {
        #[test]
        fn no_marked_word_is_left(parts in proptest::collection::vec(("[a-z ]{0,12}", "[A-Z]{4,9}( [A-Z]{4,9}){0,9}"), 0..8), end in "[a-z{=}]{0,6}") {
            let text: String = parts.iter().map(|(free, kept)| format!("{free}{{=={kept}==}}")).collect::<String>() + &end;
            let redaction = Redaction::of([text.as_str()], &[]);
            let out = redaction.take_out(&text);
            for word in parts.iter().flat_map(|(_, kept)| kept.split(' ')) {
                prop_assert!(!out.contains(word), "{} in {}", word, out);
            }
            prop_assert_eq!(redaction.left_in(&out), None);
        }
    }
}
