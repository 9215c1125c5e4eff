//! From shaped clusters to glyphs with their places and with the text each is read as.

use super::scripts::is_isolate;
use super::{Glyph, Run, TextStyle, Weight};
use crate::fonts::Face;
use crate::fonts::blocks::{is_invisible, is_right_to_left};

/// What is shaped as one: its text and its glyphs from left to right.
struct Atom {
    /// Where it begins in the paragraph's text.
    at: usize,
    text: String,
    glyphs: Vec<parley::Glyph>,
}

/// A run of the line, from left to right. Its text is in logical order, as it is read.
pub(super) fn placed(text: &str, style: &TextStyle, face: Face, run: &parley::layout::Run<'_, ()>) -> Run {
    let mut atoms: Vec<Atom> = Vec::new();
    for cluster in run.clusters() {
        let at = cluster.text_range().start;
        let piece = text.get(cluster.text_range()).unwrap_or_default();
        let piece = piece.chars().filter(|c| *c != '\n' && !is_isolate(*c));
        match atoms.last_mut() {
            // The rest of a ligature has no glyph of its own.
            Some(last) if cluster.is_ligature_continuation() => last.text.extend(piece),
            _ => atoms.push(Atom { at, text: piece.collect(), glyphs: cluster.glyphs().collect() }),
        }
    }
    let content = atoms.iter().map(|atom| atom.text.as_str()).collect();
    if run.is_rtl() {
        for atom in &mut atoms {
            if let Some(drawn) = drawn_bracket(text, atom.at, &atom.text) {
                atom.text = drawn.to_string();
            }
        }
        atoms.reverse();
    }
    let mut out = Run {
        face,
        size: style.size,
        weight: style.weight,
        embolden: embolden(face, style.weight),
        rtl: run.is_rtl(),
        lead: 0.0,
        width: 0.0,
        glyphs: Vec::new(),
        at: run.text_range().start,
        text: content,
    };
    let mut pen = 0.0;
    let mut inked = false;
    for atom in atoms {
        let blank = atom.text.chars().all(|c| c.is_whitespace() || is_invisible(c));
        if !blank && !std::mem::replace(&mut inked, true) {
            out.lead = pen;
        }
        pen = push(&mut out, atom, pen);
        if !blank {
            out.width = pen;
        }
    }
    out
}

/// The bracket that is seen in a run from right to left, where that is what a reader takes: around text from left to
/// right. Around text from right to left most readers turn the order and leave the bracket as it is.
fn drawn_bracket(text: &str, at: usize, bracket: &str) -> Option<char> {
    const PAIRS: [(char, char); 6] = [('(', ')'), ('[', ']'), ('{', '}'), ('<', '>'), ('«', '»'), ('‹', '›')];
    let mut chars = bracket.chars();
    let (c, None) = (chars.next()?, chars.next()) else { return None };
    let (inside, drawn) = PAIRS.iter().find_map(|(open, close)| {
        if c == *open {
            Some((text.get(at + c.len_utf8()..)?.chars().next(), *close))
        } else if c == *close {
            Some((text.get(..at)?.chars().next_back(), *open))
        } else {
            None
        }
    })?;
    inside.is_some_and(|c| c.is_alphanumeric() && !is_right_to_left(c)).then_some(drawn)
}

/// Noto has one weight; a thin outline makes the others. It would fill the insides of emoji.
fn embolden(face: Face, weight: Weight) -> f32 {
    match (face, weight) {
        (Face::Regular | Face::Medium | Face::SemiBold | Face::Emoji, _) | (_, Weight::Regular) => 0.0,
        (_, Weight::Medium) => 0.014,
        (_, Weight::SemiBold) => 0.03,
    }
}

/// Adds an atom at `pen`; returns where the next one begins.
fn push(run: &mut Run, atom: Atom, mut pen: f32) -> f32 {
    let shown = atom.text.chars().any(|c| !is_invisible(c));
    let mut glyphs: Vec<Glyph> = Vec::with_capacity(atom.glyphs.len());
    for glyph in &atom.glyphs {
        if shown && !is_joiner(run.face, glyph) {
            // Shaping counts downwards as the page does; a rise is upwards.
            let (x, rise) = (pen + glyph.x, -glyph.y);
            glyphs.push(Glyph { id: glyph.id as u16, x, rise, text: String::new(), own: None });
        }
        pen += glyph.advance;
    }
    if run.rtl {
        run.glyphs.extend(backwards(run.face, &atom.text, glyphs, pen));
    } else {
        name(run.face, atom.text, &mut glyphs);
        run.glyphs.extend(glyphs);
    }
    pen
}

/// Joiners and direction marks come as spaces without width; a reader would take them for spaces.
fn is_joiner(face: Face, glyph: &parley::Glyph) -> bool {
    glyph.advance == 0.0 && face.glyph(' ').is_some_and(|space| u32::from(space) == glyph.id)
}

const LAM: char = 'ل';
const ZERO_WIDTH_NON_JOINER: char = '\u{200c}';
const ZERO_WIDTH_JOINER: char = '\u{200d}';
/// Characters that no text is set with, and whose glyphs have no ink; they stand for those above.
const BLANK_LAM: char = '\u{34f}';
const BLANK_NON_JOINER: char = '\u{200b}';

/// Readers put text from right to left together from the last glyph to the first, and disagree about a glyph that
/// stands for several letters. So each gets one: where there are more letters than glyphs, glyphs without ink.
fn backwards(face: Face, text: &str, mut glyphs: Vec<Glyph>, end: f32) -> Vec<Glyph> {
    // The letter before its marks.
    glyphs.reverse();
    let [one] = glyphs.as_mut_slice() else {
        name(face, text.to_owned(), &mut glyphs);
        return glyphs;
    };
    let blank = |c: char, read: char, x: f32| {
        let glyph = |id| Glyph { id, x, rise: 0.0, text: read.to_string(), own: None };
        face.glyph(c).map(glyph)
    };
    let mut letters = text.trim_end_matches([ZERO_WIDTH_NON_JOINER, ZERO_WIDTH_JOINER]);
    let mut out = Vec::new();
    if text.ends_with(ZERO_WIDTH_NON_JOINER) {
        out.extend(blank(BLANK_NON_JOINER, ZERO_WIDTH_NON_JOINER, one.x));
    }
    let mut lams = Vec::new();
    while let Some(rest) = letters.strip_prefix(LAM).filter(|rest| !rest.is_empty()) {
        let Some(lam) = blank(BLANK_LAM, LAM, end) else { break };
        lams.push(lam);
        letters = rest;
    }
    letters.clone_into(&mut one.text);
    out.append(&mut glyphs);
    out.append(&mut lams);
    out
}

/// Gives the glyphs of an atom its text, and where there are several each its share: the character whose shape it is;
/// what is left over goes to those that are nobody's.
fn name(face: Face, text: String, glyphs: &mut [Glyph]) {
    if glyphs.len() > 1 {
        let mut rest: Vec<char> = Vec::new();
        for c in text.chars() {
            let own = face.glyph(c);
            match glyphs.iter_mut().find(|glyph| glyph.own.is_none() && Some(glyph.id) == own) {
                Some(glyph) => glyph.own = Some(c.to_string()),
                None => rest.push(c),
            }
        }
        let mut free: Vec<&mut Glyph> = glyphs.iter_mut().filter(|glyph| glyph.own.is_none()).collect();
        let each = if free.len() == rest.len() { 1 } else { rest.len() };
        let mut rest = rest.into_iter();
        for glyph in &mut free {
            glyph.own = Some(rest.by_ref().take(each).collect());
        }
    }
    if let Some(first) = glyphs.first_mut() {
        first.text = text;
    }
}
