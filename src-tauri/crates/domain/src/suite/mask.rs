//! Vendors and models named inside an answer, replaced by a neutral word, so that who scores blind stays blind.
//!
//! Names are told by the caller. Case does not count; blanks, hyphens and underscores within a name stand for one another or for
//! nothing ("GPT 4o", "gpt-4o", "gpt4o"). A name in Latin letters is a whole word: "Meta" is not in "metaphor". One in Chinese is
//! found anywhere: there are no blanks to go by. Parts of a version behind a name go with it ("gpt-4o-2024-08-06"). Letters count by
//! what they stand for, in full width ("ＧＰＴ－４ｏ") or as mathematical signs, and marks that nobody sees do not part them.

use regex::Regex;
use unicode_normalization::UnicodeNormalization;

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
        let folded = Folded::of(answer);
        let (mut masked, mut from, mut hidden) = (String::with_capacity(answer.len()), 0, 0);
        for found in pattern.find_iter(folded.text()) {
            let (start, end) = (folded.place(found.start()), folded.place(found.end()));
            masked.push_str(answer.get(from..start).unwrap_or_default());
            masked.push_str(NEUTRAL);
            (from, hidden) = (end, hidden + 1);
        }
        masked.push_str(answer.get(from..).unwrap_or_default());
        (masked, hidden)
    }
}

/// A text by what its letters stand for, and where each of them stood.
enum Folded<'a> {
    /// As it is.
    Same(&'a str),
    Other {
        text: String,
        /// By byte of the text: the byte of the answer its letter begins at; the answer's length at the end.
        places: Vec<usize>,
    },
}

impl<'a> Folded<'a> {
    fn of(answer: &'a str) -> Self {
        if answer.chars().all(|c| c.is_ascii() || folded(c) == Some(c)) {
            return Self::Same(answer);
        }
        let (mut text, mut places) = (String::with_capacity(answer.len()), Vec::with_capacity(answer.len() + 1));
        for (place, c) in answer.char_indices() {
            if let Some(c) = folded(c) {
                text.push(c);
                places.resize(text.len(), place);
            }
        }
        places.push(answer.len());
        Self::Other { text, places }
    }

    fn text(&self) -> &str {
        match self {
            Self::Same(text) => text,
            Self::Other { text, .. } => text,
        }
    }

    fn place(&self, at: usize) -> usize {
        match self {
            Self::Same(_) => at,
            Self::Other { places, .. } => places.get(at).copied().unwrap_or_default(),
        }
    }
}

/// What a letter stands for, where that is one letter (NFKC); `None` for marks that are not seen.
fn folded(c: char) -> Option<char> {
    if matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
    {
        return None;
    }
    let mut parts = std::iter::once(c).nfkc();
    match (parts.next(), parts.next()) {
        (Some(one), None) => Some(one),
        _ => Some(c),
    }
}

/// What of a name answers call themselves by: "anthropic/claude-sonnet-4" is "claude-sonnet-4", and "sonnet-4" without its maker.
pub fn called(name: &str) -> Vec<String> {
    let model = name.rsplit(['/', ':']).next().unwrap_or(name).trim();
    let words: Vec<&str> = model.split([' ', '-', '_']).filter(|word| !word.is_empty()).collect();
    let mut called = vec![model.to_owned()];
    // What is left has to say more than a number.
    if words.len() > 2 && words[1].chars().any(char::is_alphabetic) {
        called.push(words[1..].join("-"));
    }
    called
}

/// Whether a name is one: a letter or two hide half of every text, but "o3" tells.
pub fn is_telling(name: &str) -> bool {
    let letters = name.trim().chars().count();
    letters > 2 || letters == 2 && name.chars().any(|c| c.is_ascii_digit())
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
            ("我是ＧＰＴ－４ｏ，Ｃｌａｕｄｅ的朋友", "我是[…]，[…]的朋友", 2),
            ("𝐂𝐥𝐚𝐮𝐝𝐞 and Cl\u{200b}au\u{ad}de", "[…] and […]", 2),
            ("ﬁne ½ Ａ", "ﬁne ½ Ａ", 0),
            ("", "", 0),
        ] {
            assert_eq!(mask.apply(answer), (masked.to_owned(), hidden), "{answer}");
        }
    }

    #[test]
    fn a_model_is_called_by_what_its_name_ends_in() {
        assert_eq!(called("anthropic/claude-sonnet-4"), ["claude-sonnet-4", "sonnet-4"]);
        assert_eq!(called("openai:o3"), ["o3"]);
        assert_eq!(called("gpt-4-turbo"), ["gpt-4-turbo"], "4-turbo is half a number");
        assert!(is_telling("o3") && is_telling("Lyx") && !is_telling("AI") && !is_telling("7"));
        let names: Vec<String> =
            ["anthropic/claude-sonnet-4", "openai/o3"].iter().flat_map(|name| called(name)).collect();
        let mask = Mask::new(names.iter().map(String::as_str)).unwrap();
        let (masked, hidden) = mask.apply("I am Sonnet 4, not o3; claude_sonnet_4 in full. Photo3 is a picture.");
        assert_eq!((masked.as_str(), hidden), ("I am […], not […]; […] in full. Photo3 is a picture.", 3));
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
