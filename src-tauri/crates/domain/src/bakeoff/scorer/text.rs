//! Answers as texts: what of them does not matter, and how long they are.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use unicode_normalization::UnicodeNormalization;

/// What does not count when two texts are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct Normalise {
    /// Capitals are small letters.
    pub case: bool,
    /// White space at the ends, and how much of it lies between; marks nobody sees (zero width, direction, NUL).
    pub space: bool,
    /// Punctuation, but for a sign before a number and what stands between digits. Symbols ($, +, %, <) count.
    pub punctuation: bool,
    /// Forms of one sign that look or mean the same, by NFKC: "ﬁ" and "fi", "１" and "1".
    pub compatibility: bool,
}

impl Normalise {
    pub const ALL: Self = Self { case: true, space: true, punctuation: true, compatibility: true };

    pub fn apply(self, text: &str) -> String {
        let mut text: String = if self.compatibility { text.nfkc().collect() } else { text.to_owned() };
        if self.case {
            text = text.to_lowercase();
        }
        if self.space {
            text.retain(|sign| !is_invisible(sign));
        }
        if self.punctuation {
            text = without_punctuation(&text);
        }
        if self.space {
            text = without_space(&text);
        }
        if self.compatibility && !text.is_ascii() {
            // Marks that punctuation kept apart may now stand in another order.
            text = text.nfkc().collect();
        }
        text
    }
}

fn without_punctuation(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let before = kept.chars().next_back().unwrap_or(' ');
        let digit_follows = signs.peek().is_some_and(char::is_ascii_digit);
        let of_a_number = digit_follows
            && match sign {
                '-' | '−' => !before.is_alphanumeric(),
                '.' | ',' | ':' | '/' => before.is_ascii_digit(),
                _ => false,
            };
        if of_a_number || !is_punctuation(sign) {
            kept.push(sign);
        }
    }
    kept
}

fn is_punctuation(sign: char) -> bool {
    matches!(sign,
        '!' | '"' | '#' | '&'..='*' | ',' | '-'..='/' | ':' | ';' | '?' | '@' | '['..=']' | '_' | '`' | '{' | '}'
        | '¡' | '§' | '«' | '¶' | '·' | '»' | '¿' | '\u{2010}'..='\u{2027}' | '\u{2030}'..='\u{205e}'
        | '\u{3001}'..='\u{3003}' | '\u{3008}'..='\u{3011}' | '\u{3014}'..='\u{301f}' | '\u{30fb}'
        | '！'..='＃' | '＆'..='＊' | '，'..='／' | '：' | '；' | '？' | '＠' | '［'..='］' | '＿' | '｛' | '｝'
        | '\u{ff5f}'..='\u{ff65}')
}

fn without_space(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut gap = false;
    for sign in text.chars() {
        if sign.is_whitespace() {
            gap = !kept.is_empty();
        } else {
            if gap {
                kept.push(' ');
                gap = false;
            }
            kept.push(sign);
        }
    }
    kept
}

pub(super) fn is_invisible(sign: char) -> bool {
    sign.is_control() && !sign.is_whitespace()
        || matches!(sign, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum LengthUnit {
    /// Unicode characters one can see or that part what one sees: no control and no direction marks.
    Characters,
    /// Runs of letters and digits; of Chinese and Japanese each character, which no blank parts.
    Words,
    /// What ends in . ! ? … before white space, or in 。！？ anywhere; and what is left over.
    Sentences,
}

fn is_ideograph(sign: char) -> bool {
    matches!(sign, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}' | '\u{f900}'..='\u{faff}'
        | '\u{20000}'..='\u{3ffff}')
}

/// How long a text is.
pub fn length(text: &str, unit: LengthUnit) -> u32 {
    let count = match unit {
        LengthUnit::Characters => text.trim().chars().filter(|sign| !is_invisible(*sign)).count(),
        LengthUnit::Words => words(text),
        LengthUnit::Sentences => sentences(text),
    };
    u32::try_from(count).unwrap_or(u32::MAX)
}

fn words(text: &str) -> usize {
    let (mut words, mut within) = (0, false);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        if is_ideograph(sign) {
            words += 1;
            within = false;
        } else if sign.is_alphanumeric() {
            words += usize::from(!within);
            within = true;
        } else {
            // "don't", "e-mail" and "3.14" are one word.
            let joins = matches!(sign, '\'' | '’' | '-' | '.' | ',' | '_');
            within &= is_invisible(sign) || joins && signs.peek().is_some_and(|next| next.is_alphanumeric());
        }
    }
    words
}

fn sentences(text: &str) -> usize {
    let (mut sentences, mut open) = (0, false);
    let mut signs = text.chars().peekable();
    while let Some(sign) = signs.next() {
        let ends = match sign {
            '。' | '！' | '？' => true,
            '.' | '!' | '?' | '…' => signs.peek().is_none_or(|next| next.is_whitespace() || "\"'”’)".contains(*next)),
            _ => false,
        };
        if ends {
            sentences += usize::from(open);
            open = false;
        } else {
            open |= sign.is_alphanumeric();
        }
    }
    sentences + usize::from(open)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_count_is_taken_away_and_what_changes_the_meaning_stays() {
        for (text, kept) in [
            ("  The  Answer,\tis: “Paris”. ", "the answer is paris"),
            ("-5", "-5"),
            ("1,234.5!", "1,234.5"),
            ("50%", "50%"),
            ("Ｆｕｌｌ　ｗｉｄｔｈ！", "full width"),
            ("巴黎。", "巴黎"),
            ("a\u{200f}\0b\u{feff}", "ab"),
            ("ﬁne", "fine"),
        ] {
            assert_eq!(Normalise::ALL.apply(text), kept, "{text}");
        }
        assert_eq!(Normalise::default().apply(" A. "), " A. ");
    }

    #[test]
    fn lengths_count_chinese_by_its_characters() {
        use LengthUnit::{Characters, Sentences, Words};
        for (text, characters, words, sentences) in [
            ("", 0, 0, 0),
            ("It's an e-mail, 3.14 long.", 26, 5, 1),
            ("我们用 GPT 写。好！", 12, 6, 2),
            ("One. Two? Three", 15, 3, 3),
            ("Really?! Yes...", 15, 2, 2),
            ("\0\u{202e}", 0, 0, 0),
        ] {
            let found = [Characters, Words, Sentences].map(|unit| length(text, unit));
            assert_eq!(found, [characters, words, sentences], "{text}");
        }
    }
}
