//! What stays inside: passages marked {==like this==}, and names, taken out of a text before anything is made of it.
//!
//! A mark that is never closed reaches to the end: what is half marked stays inside; marks within marks are one. A short marked
//! passage is taken out wherever it stands, and so is each of its words: whoever marks "patient Ada Moss" once means Ada, and means
//! Moss, everywhere. Of a long one the words that name something are: those with a capital or a figure in them. Words that only bind
//! others stay.
//!
//! Names are found however they are written: in any case, accented or not, in full width, with signs of emphasis, links or nothing
//! visible between their letters, joined by a dot, a hyphen or a space, with an s behind. A letter of the same kind of script beside
//! one makes it another word; a figure, a sign or a letter of another script does not.

use std::collections::BTreeSet;

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// What stands for what was taken out: as long for a word as for a page.
pub const WITHHELD: &str = "■■■■■";

const OPEN: &str = "{==";
const CLOSE: &str = "==}";

/// Longest marked passage, in words, that is looked for elsewhere too.
const SHORT: usize = 6;

/// More words to look for than can be looked for: nothing may leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("there is more to take out than can be looked for")]
pub struct TooMuch;

/// Places of marked passages, marks included, each with what it holds.
fn marks(text: &str) -> Vec<(std::ops::Range<usize>, &str)> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = opening(text, at) {
        let (mut depth, mut end) = (1, start + OPEN.len());
        while depth > 0 {
            let (open, close) = (opening(text, end), text[end..].find(CLOSE).map(|place| end + place));
            match (open, close) {
                (Some(open), Some(close)) if open < close => (depth, end) = (depth + 1, open + OPEN.len()),
                (_, Some(close)) => (depth, end) = (depth - 1, close + CLOSE.len()),
                // Never closed: to the end.
                (_, None) => {
                    found.push((start..text.len(), &text[start + OPEN.len()..]));
                    return found;
                }
            }
        }
        found.push((start..end, &text[start + OPEN.len()..end - CLOSE.len()]));
        at = end;
    }
    found
}

/// The next mark that opens a passage; "{==}" is a sign somebody writes about.
fn opening(text: &str, from: usize) -> Option<usize> {
    let mut at = from;
    while let Some(place) = text[at..].find(OPEN).map(|place| at + place) {
        if !text[place + OPEN.len()..].starts_with('}') {
            return Some(place);
        }
        at = place + OPEN.len() + 1;
    }
    None
}

/// The passages that are marked, without their marks.
pub fn marked(text: &str) -> Vec<&str> {
    marks(text).into_iter().map(|(_, passage)| passage).collect()
}

/// The text with its marks taken off and everything still there: what people inside read.
pub fn unmarked(text: &str) -> String {
    const SIGN: &str = "{==}";
    let parts: Vec<String> = text.split(SIGN).map(|part| part.replace(OPEN, "").replace(CLOSE, "")).collect();
    parts.join(SIGN)
}

/// A letter or figure of a text as it is compared, with where it stands.
#[derive(Debug, Clone, Copy)]
struct Letter {
    folded: char,
    from: usize,
    to: usize,
}

/// The letters of a text as they are compared: compatible forms as one (NFKD), without accents, in lower case; entities of HTML as the
/// letter they stand for. What is no letter or figure is between them.
fn letters(text: &str) -> Vec<Letter> {
    let mut found = Vec::with_capacity(text.len());
    let mut rest = text.char_indices().peekable();
    while let Some((from, character)) = rest.next() {
        let mut to = from + character.len_utf8();
        let mut own = character;
        if character == '&' || character == '%' {
            match escaped(&text[from..]) {
                Some((letter, length)) => {
                    to = from + length;
                    while rest.peek().is_some_and(|(at, _)| *at < to) {
                        rest.next();
                    }
                    own = letter;
                }
                None => continue,
            }
        }
        for folded in own.nfkd().filter(|one| !is_combining_mark(*one)).flat_map(char::to_lowercase) {
            match folded {
                'ß' => found.extend([Letter { folded: 's', from, to }; 2]),
                'ı' => found.push(Letter { folded: 'i', from, to }),
                one if one.is_alphanumeric() => found.push(Letter { folded: one, from, to }),
                _ => {}
            }
        }
    }
    found
}

/// "&#111;" and "%20" as what they stand for, with their length; a named entity or any other is a space.
fn escaped(text: &str) -> Option<(char, usize)> {
    if let Some(rest) = text.strip_prefix('%') {
        let code = rest.get(..2).and_then(|code| u8::from_str_radix(code, 16).ok())?;
        return Some((if code.is_ascii() { char::from(code) } else { ' ' }, 3));
    }
    let end = text.find(';').filter(|end| *end <= 10)?;
    let name = &text[1..end];
    let code = match name.strip_prefix('#') {
        Some(number) => match number.strip_prefix(['x', 'X']) {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => number.parse().ok(),
        },
        None => name.bytes().all(|byte| byte.is_ascii_alphanumeric()).then_some(0x20),
    };
    Some((char::from_u32(code?).unwrap_or(' '), end + 1))
}

/// Is a letter of a script that parts words by spaces?
fn is_parted(letter: char) -> bool {
    letter.is_alphabetic()
        && !matches!(letter, '\u{0e00}'..='\u{0eff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}')
}

/// Signs that may stand within a word and are not seen as parting it: of emphasis, of escapes, of links, of nothing at all.
fn is_within(between: &str) -> bool {
    between.chars().all(|one| {
        matches!(one, '*' | '_' | '`' | '~' | '\\' | '[' | ']' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}' | '\u{202a}'..='\u{202e}')
            || is_combining_mark(one)
    })
}

/// How far the words of a name may stand from each other, in characters.
const APART: usize = 8;

/// A name as it is looked for: its letters, and after how many of them a word ends.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Name {
    letters: String,
    ends: Vec<usize>,
    /// As it was given, for whoever asks what was left.
    said: String,
    /// Given as a name, not marked in a text.
    is_given: bool,
}

impl Name {
    fn of(said: &str, is_given: bool) -> Option<Self> {
        let found = letters(said);
        let all: String = found.iter().map(|letter| letter.folded).collect();
        let is_end = |(at, pair): (usize, &[Letter])| {
            let between = said.get(pair[0].to..pair[1].from).unwrap_or_default();
            (!between.is_empty() && !is_within(between)).then_some(at + 1)
        };
        let mut ends: Vec<usize> = found.windows(2).enumerate().filter_map(is_end).collect();
        ends.push(found.len());
        (!found.is_empty()).then(|| Self { letters: all, ends, said: said.to_owned(), is_given })
    }
}

/// Takes marked passages and names out of texts.
#[derive(Debug)]
pub struct Redaction {
    names: Vec<Name>,
    found: Option<AhoCorasick>,
}

impl Redaction {
    /// What is marked in any of these texts, and names.
    ///
    /// # Errors
    /// [`TooMuch`].
    pub fn of<'t>(texts: impl IntoIterator<Item = &'t str>, names: &[String]) -> Result<Self, TooMuch> {
        let mut all: BTreeSet<Name> = names.iter().filter_map(|name| Name::of(name.trim(), true)).collect();
        for passage in texts.into_iter().flat_map(marked) {
            let passage = passage.replace(OPEN, " ").replace(CLOSE, " ");
            let is_short = passage.split_whitespace().count() <= SHORT;
            let telling = words(&passage).filter(|word| is_short || is_telling(word));
            all.extend(telling.filter_map(|word| Name::of(&word, false)));
            if is_short && passage.chars().filter(|one| one.is_alphanumeric()).count() > 1 {
                all.extend(Name::of(&passage.split_whitespace().collect::<Vec<_>>().join(" "), false));
            }
        }
        let names: Vec<Name> = all.into_iter().collect();
        let patterns = names.iter().map(|name| name.letters.as_str());
        let found = if names.is_empty() { None } else { Some(AhoCorasick::new(patterns).map_err(|_| TooMuch)?) };
        Ok(Self { names, found })
    }

    /// Where names stand in a text, in its order, overlapping ones as one.
    fn places(&self, text: &str, wanted: impl Fn(&Name) -> bool) -> Vec<(std::ops::Range<usize>, &Name)> {
        let Some(found) = &self.found else { return Vec::new() };
        let letters = letters(text);
        let folded: String = letters.iter().map(|letter| letter.folded).collect();
        // From a byte of the folded text to the letter it is of.
        let mut place_of = vec![0_usize; folded.len() + 1];
        for (place, (byte, _)) in folded.char_indices().enumerate() {
            place_of[byte] = place;
        }
        place_of[folded.len()] = letters.len();
        let mut places: Vec<(std::ops::Range<usize>, &Name)> = Vec::new();
        for one in found.find_overlapping_iter(&folded) {
            let name = &self.names[one.pattern().as_usize()];
            let (first, last) = (place_of[one.start()], place_of[one.end()]);
            if wanted(name)
                && let Some(range) = stands(text, &letters, (first, last), name)
            {
                places.push((range, name));
            }
        }
        places.sort_by_key(|(range, _)| (range.start, std::cmp::Reverse(range.end)));
        places
    }

    /// A text without what stays inside.
    pub fn take_out(&self, text: &str) -> String {
        let mut plain = String::with_capacity(text.len());
        let mut at = 0;
        for (range, _) in marks(text) {
            plain.push_str(&text[at..range.start]);
            plain.push_str(WITHHELD);
            at = range.end;
        }
        plain.push_str(&text[at..]);
        // A closing mark without its beginning says nothing.
        let plain = unmarked(&plain);
        let mut out = String::with_capacity(plain.len());
        let mut at = 0;
        for (range, _) in self.places(&plain, |_| true) {
            if range.end <= at {
                continue;
            }
            if range.start >= at {
                out.push_str(&plain[at..range.start]);
                out.push_str(WITHHELD);
            }
            at = range.end;
        }
        out.push_str(&plain[at..]);
        out
    }

    /// What of it a text still holds: nothing, unless something is wrong.
    pub fn left_in(&self, text: &str) -> Option<&str> {
        if !marks(text).is_empty() {
            return Some(OPEN);
        }
        self.places(text, |_| true).first().map(|(_, name)| name.said.as_str())
    }

    /// Which of the names it was given a whole page still holds, those of several words alone: a single one may be a word of ours.
    pub fn named_in(&self, text: &str) -> Option<&str> {
        self.places(text, |name| name.is_given && name.ends.len() > 1).first().map(|(_, name)| name.said.as_str())
    }
}

/// Where a name stands, if what was found is the name: its letters together, its words near each other, no letter of its kind beside it.
fn stands(
    text: &str,
    letters: &[Letter],
    (first, last): (usize, usize),
    name: &Name,
) -> Option<std::ops::Range<usize>> {
    let found = &letters[first..last];
    for (at, pair) in found.windows(2).enumerate() {
        let between = text.get(pair[0].to..pair[1].from).unwrap_or_default();
        let is_end = name.ends.contains(&(at + 1));
        let is_near = is_within(between) || is_end && between.chars().count() <= APART;
        // What was taken out joins nothing.
        if !is_near || between.contains('■') {
            return None;
        }
    }
    let (start, mut end) = (found.first()?, *found.last()?);
    let touches = |one: &Letter, other: &Letter| {
        one.to <= other.from
            && is_within(text.get(one.to..other.from).unwrap_or_default())
            && is_parted(one.folded)
            && is_parted(other.folded)
            // Signs of emphasis part what is joined by nothing else.
            && text.get(one.to..other.from).unwrap_or_default().chars().all(|sign| !matches!(sign, '_' | '*' | '`' | '~'))
    };
    if first > 0 && touches(&letters[first - 1], start) {
        return None;
    }
    if let Some(next) = letters.get(last).filter(|next| touches(&end, next)) {
        // "Kestrels" is of Kestrel.
        let is_plural = next.folded == 's' && name.letters.chars().count() >= 4;
        let goes_on = letters.get(last + 1).is_some_and(|after| touches(next, after));
        if !is_plural || goes_on {
            return None;
        }
        end = *next;
    }
    Some(start.from..end.to)
}

/// Words that bind others and tell nothing: taken out everywhere, they would leave no sentence.
const BINDING: &[&str] = &[
    "about", "above", "after", "again", "all", "also", "am", "an", "and", "any", "are", "as", "at", "be", "been",
    "before", "being", "below", "between", "both", "but", "by", "can", "could", "did", "do", "does", "down", "during",
    "each", "every", "few", "for", "from", "had", "has", "have", "he", "her", "here", "his", "how", "if", "in", "into",
    "is", "it", "its", "just", "may", "me", "might", "more", "most", "must", "my", "near", "no", "not", "now", "of",
    "off", "on", "only", "or", "other", "our", "out", "over", "same", "she", "should", "so", "some", "such", "than",
    "that", "the", "their", "them", "then", "there", "these", "they", "this", "those", "through", "to", "under",
    "until", "up", "us", "very", "was", "we", "were", "what", "when", "where", "which", "while", "who", "whose", "why",
    "will", "with", "would", "you", "your",
];

/// The words of a passage, those of scripts that part words apart from those that do not, but for those that bind others.
fn words(passage: &str) -> impl Iterator<Item = String> {
    let mut words: Vec<String> = Vec::new();
    let mut word = String::new();
    let mut before = None;
    for one in passage.chars() {
        let is_joint = matches!(one, '\'' | '’' | '-' | '_' | '.' | '@');
        let kind = if one.is_alphabetic() { Some(is_parted(one)) } else { before };
        if !(one.is_alphanumeric() || is_combining_mark(one) || is_joint) || (kind != before && before.is_some()) {
            words.push(std::mem::take(&mut word));
        }
        if one.is_alphanumeric() || is_combining_mark(one) || is_joint {
            word.push(one);
            before = kind;
        } else {
            before = None;
        }
    }
    words.push(word);
    words.into_iter().map(|word| word.trim_matches(['.', '-', '_', '\'', '’', '@']).to_owned()).filter(|word| {
        let is_of_words = word.chars().all(|one| !one.is_alphabetic() || is_parted(one));
        is_of_words && word.chars().count() >= 2 && !BINDING.contains(&word.to_lowercase().as_str())
    })
}

/// Does a word name something: has it a capital, or a figure?
fn is_telling(word: &str) -> bool {
    word.chars().any(|one| one.is_uppercase() || one.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn names(names: &[&str]) -> Redaction {
        Redaction::of([], &names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>()).unwrap()
    }

    fn of(text: &str) -> Redaction {
        Redaction::of([text], &[]).unwrap()
    }

    #[test]
    fn marked_passages_and_names_leave_nothing() {
        let text = "We told {==Contoso==} at noon. contoso answered; Contosoft did not. {==half";
        assert_eq!(of(text).take_out(text), "We told ■■■■■ at noon. ■■■■■ answered; Contosoft did not. ■■■■■");
        let text = "Told {==patient Zebulon Quax==}; quax and the patient heard. {==A long passage that names Moss in the ward on 4711, and says no more==}";
        assert_eq!(of(text).take_out(text), "Told ■■■■■; ■■■■■ and the ■■■■■ heard. ■■■■■");
        assert_eq!(of(text).take_out("moss, 4711, ward"), "■■■■■, ■■■■■, ward");
        let nested = "{==Patient {==Zeb==} Quax in ward Seven==} end, the {==} operator, and Li with {==Dr Li Wu==}";
        assert_eq!(of(nested).take_out(nested), "■■■■■ end, the {==} operator, and ■■■■■ with ■■■■■");
        assert_eq!(of("{==患者Zeb==}").take_out("后来Zeb说，联系Zeb先生"), "后来■■■■■说，联系■■■■■先生");
        assert_eq!(names(&["某某银行"]).take_out("致某某银行的信"), "致■■■■■的信");
    }

    #[test]
    fn names_are_found_however_they_are_written() {
        let redaction = names(&[
            "Moss",
            "Priya Raman",
            "O'Brien",
            "Anna-Lena",
            "José",
            "Strauß",
            "İpek",
            "Işık",
            "Kestrel",
            "AT&T Labs",
        ]);
        for text in [
            "ada Moss",
            "由Moss处理",
            "_Moss_",
            "__Priya Raman__",
            "moss_admin",
            "x_moss",
            "Moss2",
            "Kestrels",
            "O’Brien",
            "Anna\u{2010}Lena",
            "Jose\u{301}",
            "M\u{200b}oss",
            "Mo\u{ad}ss",
            "Ｍｏｓｓ",
            "STRAUSS",
            "ipek",
            "IŞIK",
            "priya.raman@x",
            "priya-raman",
            "PriyaRaman",
            "Priya%20Raman",
            "M**o**ss",
            "M&#111;ss",
            "M&#x6f;ss",
            "Priya\\-Raman",
            "Priya&nbsp;Raman",
            "Priya\\\nRaman",
            "Priya\n> Raman",
            "AT&amp;T Labs",
            "PRIYA\u{a0}RAMAN",
            "[Moss](https://x.example)",
        ] {
            let out = redaction.take_out(text);
            assert!(out.contains(WITHHELD), "{text}: {out}");
            assert_eq!(redaction.left_in(&out), None, "{text}: {out}");
            assert!(redaction.left_in(text).is_some(), "{text}");
        }
        for text in ["mossy", "Ramanujan", "kestrelling", "Priya and then Raman", "a moon, so small"] {
            assert_eq!(redaction.take_out(text), text);
        }
        assert_eq!(redaction.named_in("moss and Priya Raman"), Some("Priya Raman"));
        assert_eq!(redaction.named_in("moss"), None);
    }

    #[test]
    fn however_much_is_marked_it_is_looked_for_or_refused() {
        let text: String = (0..60_000).map(|n| format!("{{==word{n}a other{n}b==}} ")).collect();
        let redaction = of(&text);
        let out = redaction.take_out("END word59999a Other5b moss");
        assert_eq!(out, "END ■■■■■ ■■■■■ moss");
    }

    proptest! {
        #[test]
        fn no_marked_word_is_left(parts in proptest::collection::vec(("[a-z ]{0,12}", "[A-Z]{4,9}( [A-Z]{4,9}){0,9}"), 0..8), end in "[a-z{=}]{0,6}") {
            let text: String = parts.iter().map(|(free, kept)| format!("{free}{{=={kept}==}}")).collect::<String>() + &end;
            let redaction = of(&text);
            let out = redaction.take_out(&text);
            for word in parts.iter().flat_map(|(_, kept)| kept.split(' ')) {
                prop_assert!(!out.contains(word), "{} in {}", word, out);
            }
            prop_assert_eq!(redaction.left_in(&out), None);
        }

        #[test]
        fn any_text_is_taken_without_a_fault(text in "(\\PC|[{=}&;#%*_ ]){0,80}", name in "\\PC{1,12}") {
            let redaction = Redaction::of([text.as_str()], &[name]).unwrap();
            let out = redaction.take_out(&text);
            prop_assert!(marks(&out).is_empty());
        }
    }
}
