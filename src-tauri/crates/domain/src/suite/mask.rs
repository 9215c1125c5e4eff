//! Vendors and models named inside an answer, replaced by a neutral word, so that who scores blind stays blind.
//!
//! Names are told by the caller. Case does not count; blanks, hyphens and underscores within a name stand for one another or for
//! nothing ("GPT 4o", "gpt-4o", "gpt4o"). A name in Latin letters is a whole word: "Meta" is not in "metaphor". One in Chinese is
//! found anywhere: there are no blanks to go by. Parts of a version behind a name go with it ("gpt-4o-2024-08-06").

use regex::Regex;

/// What a model is called while nobody may know.
pub const NEUTRAL: &str = "[…]";

/// Names to be hidden, made ready once for many answers.
#[derive(Debug, Clone)]
pub struct Mask {
    pattern: Option<Regex>,
}

impl Mask {
    /// Empty names are passed over. `None` where there are more or longer names than can be searched for at once.
    pub fn new<'n>(names: impl IntoIterator<Item = &'n str>) -> Option<Self> {
        let mut names: Vec<&str> = names.into_iter().map(str::trim).filter(|name| !name.is_empty()).collect();
        // The first alternative that fits is taken: the longest name first.
        names.sort_by_key(|name| (std::cmp::Reverse(name.chars().count()), *name));
        names.dedup();
        if names.is_empty() {
            return Some(Self { pattern: None });
        }
        let (latin, other): (Vec<&str>, Vec<&str>) =
            names.into_iter().partition(|name| is_word(name.chars().next_back()));
        let any_of = |names: Vec<&str>| names.into_iter().map(alternative).collect::<Vec<_>>().join("|");
        let (other, latin) = (any_of(other), any_of(latin));
        let mut parts = Vec::new();
        if !other.is_empty() {
            parts.push(other);
        }
        if !latin.is_empty() {
            parts.push(format!(r"(?:{latin})(?-u:\b){VERSION}"));
        }
        let mut pattern = regex::RegexBuilder::new(&parts.join("|"));
        Some(Self { pattern: Some(pattern.case_insensitive(true).size_limit(64 << 20).build().ok()?) })
    }

    /// The answer without the names, and how many were hidden.
    pub fn apply(&self, answer: &str) -> (String, usize) {
        let Some(pattern) = &self.pattern else { return (answer.to_owned(), 0) };
        let mut hidden = 0;
        let masked = pattern.replace_all(answer, |_: &regex::Captures<'_>| {
            hidden += 1;
            NEUTRAL
        });
        (masked.into_owned(), hidden)
    }
}

/// Parts behind a name that hold a digit: a date, a size.
const VERSION: &str = r"(?:[-:@](?:[A-Za-z]+\.)*[A-Za-z]*[0-9][0-9A-Za-z]*(?:\.[0-9A-Za-z]+)*)*";

fn is_word(c: Option<char>) -> bool {
    c.is_some_and(|c| c.is_ascii_alphanumeric())
}

/// A name as a pattern. The boundary is that of ASCII words: "我是ChatGPT" has one before the C.
fn alternative(name: &str) -> String {
    let parts: Vec<String> = name.split([' ', '-', '_']).filter(|part| !part.is_empty()).map(regex::escape).collect();
    let begins = if is_word(name.chars().next()) { r"(?-u:\b)" } else { "" };
    format!("{begins}{}", parts.join(r"[\s_-]?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_hidden_however_they_are_written() {
        let mask = Mask::new(["OpenAI", "GPT-4o", "gpt-4o-mini", "Claude", "Meta", "通义千问", "文心"]).unwrap();
        for (answer, masked, hidden) in [
            ("I am GPT-4o, made by OpenAI.", "I am […], made by […].", 2),
            ("As gpt 4o mini or gpt4o", "As […] or […]", 2),
            ("gpt-4o-2024-08-06 says", "[…] says", 1),
            ("我是通义千问，不是文心一言", "我是[…]，不是[…]一言", 2),
            ("我是Claude。", "我是[…]。", 1),
            ("a metaphor, metadata, claudette", "a metaphor, metadata, claudette", 0),
            ("CLAUDE's", "[…]'s", 1),
            ("Meta-analysis", "[…]-analysis", 1),
            ("", "", 0),
        ] {
            assert_eq!(mask.apply(answer), (masked.to_owned(), hidden), "{answer}");
        }
    }

    #[test]
    fn no_names_hide_nothing_and_signs_in_names_are_signs() {
        assert_eq!(Mask::new([" ", ""]).unwrap().apply("GPT"), ("GPT".to_owned(), 0));
        assert_eq!(Mask::new(["o1 (new)"]).unwrap().apply("o1 (new) and o1"), ("[…] and o1".to_owned(), 1));
        let many: Vec<String> = (0..2_000).map(|n| format!("model-{n}")).collect();
        let mask = Mask::new(many.iter().map(String::as_str)).unwrap();
        assert_eq!(mask.apply("model-1999 and model-7"), ("[…] and […]".to_owned(), 2));
    }
}
