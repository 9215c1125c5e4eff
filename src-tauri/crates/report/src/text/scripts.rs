//! Which parts of a text need a face that is not always at hand, and which way a text is read.

use std::borrow::Cow;
use std::ops::Range;

use crate::fonts::Face;
use crate::fonts::blocks::{is_directing, is_ideographic, is_kana, is_mark, is_right_to_left};

/// A part of a text that is set with one packed face, the spaces and the punctuation within it included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub range: Range<usize>,
    pub face: Face,
}

impl Stretch {
    /// Whether space between its letters would tear them apart.
    pub fn joins(&self) -> bool {
        matches!(self.face, Face::Arabic | Face::Devanagari | Face::Emoji)
    }
}

/// All stretches of `text`, in order. `face_of` names the first face that has a character.
pub(super) fn stretches(text: &str, mut face_of: impl FnMut(char) -> Option<Face>) -> Vec<Stretch> {
    let mut found: Vec<Stretch> = Vec::new();
    let mut ideographs: Option<(Range<usize>, bool)> = None;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if c.is_ascii() && !text[end..].starts_with(['\u{fe0f}', '\u{20e3}']) {
            close(&mut found, ideographs.take());
            continue;
        }
        let face = if text[end..].starts_with('\u{fe0f}') { Some(Face::Emoji) } else { face_of(c) };
        if is_ideographic(c) && face != Some(Face::Emoji) {
            let japanese = is_kana(c) || face == Some(Face::Japanese);
            let (range, some) = ideographs.get_or_insert((at..at, false));
            range.end = end;
            *some |= japanese;
            continue;
        }
        close(&mut found, ideographs.take());
        let last = found.last().filter(|last| last.range.end == at).map(|last| last.face);
        let face = if is_directing(c) || is_mark(c) { last.or(face) } else { face };
        if let Some(face) = face.filter(|face| !Face::BASE.contains(face)) {
            push(&mut found, text, Stretch { range: at..end, face });
        }
    }
    close(&mut found, ideographs);
    found
}

/// Ideographs are left to the Chinese face unless something among them is Japanese.
fn close(found: &mut Vec<Stretch>, ideographs: Option<(Range<usize>, bool)>) {
    if let Some((range, true)) = ideographs {
        found.push(Stretch { range, face: Face::Japanese });
    }
}

/// Adds a stretch, or lengthens the one before it over the spaces and the punctuation between them: words of one
/// script stay one run of glyphs, which a reader of the file puts together more surely than several.
fn push(found: &mut Vec<Stretch>, text: &str, next: Stretch) {
    if let Some(last) = found.last_mut()
        && last.face == next.face
        && let Some(between) = text.get(last.range.end..next.range.start)
        && (between.is_empty() || next.face != Face::Emoji && between.chars().all(|c| within(c, next.face)))
    {
        last.range.end = next.range.end;
        return;
    }
    found.push(next);
}

fn within(c: char, face: Face) -> bool {
    (c == ' ' || c.is_ascii_punctuation() || matches!(c, '\u{a0}' | '‘'..='”' | '–')) && face.glyph(c).is_some()
}

/// Which way a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    LeftToRight,
    RightToLeft,
}

/// What isolates a part that is read from right to left, and what ends it (UAX #9, 2.4).
const ISOLATE: char = '\u{2067}';
const END: char = '\u{2069}';

/// Whether the character was put in by [`directed`].
pub(super) fn is_isolate(c: char) -> bool {
    matches!(c, ISOLATE | END)
}

/// The direction of a text and the text with its marks. Documents are written from left to right; only a name by itself
/// is read from right to left. Within other texts such a name is isolated, or a figure after it ("<name>: 12 %") would
/// land before it.
pub(super) fn directed(text: &str) -> (Direction, Cow<'_, str>) {
    if !text.chars().any(is_right_to_left) {
        return (Direction::LeftToRight, Cow::Borrowed(text));
    }
    let of_a_sentence = |c: char| c.is_alphabetic() && !is_right_to_left(c) && !is_mark(c) || is_label_sign(c);
    if !text.chars().any(of_a_sentence) {
        return (Direction::RightToLeft, Cow::Borrowed(text));
    }
    let mut out = String::with_capacity(text.len() + 16);
    let mut done = 0;
    for range in names(text) {
        out.push_str(&text[done..range.start]);
        out.push(ISOLATE);
        out.push_str(&text[range.clone()]);
        out.push(END);
        done = range.end;
    }
    out.push_str(&text[done..]);
    (Direction::LeftToRight, Cow::Owned(out))
}

/// Signs that a label puts between a name and its figure, or at the figure.
fn is_label_sign(c: char) -> bool {
    matches!(c, '%' | '‰' | '$' | '£' | '¥' | '€' | '₽' | ':' | '·' | '—' | '=' | '≈' | '▲' | '▼' | '：')
}

/// Parts from one right-to-left letter to the last before a letter of another script, or before a sign that separates
/// the items of a list.
fn names(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if is_right_to_left(c) {
            match found.last_mut() {
                Some(last) if open => last.end = end,
                _ => found.push(at..end),
            }
            open = true;
        } else if is_mark(c) || (c == ')' && opened(text, &found, at)) {
            if let Some(last) = found.last_mut().filter(|last| open && last.end == at) {
                last.end = end;
            }
        } else if c.is_alphabetic()
            || matches!(c, ',' | ';' | ':' | '·' | '|' | '—' | '–' | '，' | '、' | '；' | '：' | '\n')
        {
            open = false;
        }
    }
    found
}

/// Whether the last part holds a bracket that is still open.
fn opened(text: &str, found: &[Range<usize>], at: usize) -> bool {
    found.last().is_some_and(|last| {
        let part = &text[last.start..at];
        last.end == at && part.matches('(').count() > part.matches(')').count()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<(&str, Face)> {
        stretches(text, Face::of).into_iter().map(|s| (&text[s.range], s.face)).collect()
    }

    #[test]
    fn words_of_one_script_are_one_stretch() {
        assert_eq!(parts("Tenant شركة النور، 2024"), [("شركة النور،", Face::Arabic)]);
        assert_eq!(parts("כהן ושות' בע\"מ and more"), [("כהן ושות' בע\"מ", Face::Hebrew)]);
        assert_eq!(parts("บริษัท 한국"), [("บริษัท", Face::Thai), ("한국", Face::Korean)]);
        assert_eq!(parts("👩\u{200d}💻 🚀"), [("👩\u{200d}💻", Face::Emoji), ("🚀", Face::Emoji)]);
        assert_eq!(parts("1\u{fe0f}\u{20e3}"), [("1\u{fe0f}\u{20e3}", Face::Emoji)]);
    }

    #[test]
    fn ideographs_are_japanese_where_something_among_them_is() {
        assert_eq!(parts("数据来源：第三季度"), []);
        assert_eq!(parts("株式会社 東京データ"), [("東京データ", Face::Japanese)]);
        assert_eq!(parts("日本の会社"), [("日本の会社", Face::Japanese)]);
    }

    #[test]
    fn a_name_is_read_its_way_and_isolated_in_a_sentence() {
        assert_eq!(directed("Plain 12 %"), (Direction::LeftToRight, "Plain 12 %".into()));
        assert_eq!(directed("شركة النور (2024)"), (Direction::RightToLeft, "شركة النور (2024)".into()));
        assert_eq!(directed("כהן, לוי ושות' בע\"מ").0, Direction::RightToLeft);
        assert_eq!(directed("שלום · 12 %"), (Direction::LeftToRight, "\u{2067}שלום\u{2069} · 12 %".into()));
        let (direction, text) = directed("שלום (בע״מ): 12 % more than before");
        assert_eq!(direction, Direction::LeftToRight);
        assert_eq!(text, "\u{2067}שלום (בע״מ)\u{2069}: 12 % more than before");
        assert_eq!(directed("Both כהן, לוי").1, "Both \u{2067}כהן\u{2069}, \u{2067}לוי\u{2069}");
    }
}
