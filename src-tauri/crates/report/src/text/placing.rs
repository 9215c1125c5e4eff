//! From shaped clusters to glyphs with their places and with the text each is read as.

use super::scripts::is_isolate;
use super::{Glyph, Run, TextStyle, Weight};
use crate::fonts::Face;
use crate::fonts::blocks::is_invisible;

/// What is shaped as one: its text and its glyphs from left to right.
struct Atom {
    text: String,
    glyphs: Vec<parley::Glyph>,
}

/// A run of the line, from left to right. Its text is in logical order, as it is read.
pub(super) fn placed(text: &str, style: &TextStyle, face: Face, run: &parley::layout::Run<'_, ()>) -> Run {
    let mut atoms: Vec<Atom> = Vec::new();
    for cluster in run.clusters() {
        let piece = text.get(cluster.text_range()).unwrap_or_default();
        let piece = piece.chars().filter(|c| *c != '\n' && !is_isolate(*c));
        match atoms.last_mut() {
            // The rest of a ligature has no glyph of its own.
            Some(last) if cluster.is_ligature_continuation() => last.text.extend(piece),
            _ => atoms.push(Atom { text: piece.collect(), glyphs: cluster.glyphs().collect() }),
        }
    }
    let content = atoms.iter().map(|atom| atom.text.as_str()).collect();
    if run.is_rtl() {
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
    let first = run.glyphs.len();
    for glyph in &atom.glyphs {
        // Joiners and direction marks come as spaces without width; a reader would take them for spaces.
        let joiner = glyph.advance == 0.0 && run.face.glyph(' ').is_some_and(|space| u32::from(space) == glyph.id);
        if shown && !joiner {
            // Shaping counts downwards as the page does; a rise is upwards.
            let (x, rise) = (pen + glyph.x, -glyph.y);
            run.glyphs.push(Glyph { id: glyph.id as u16, x, rise, text: String::new(), own: None });
        }
        pen += glyph.advance;
    }
    let Some(count) = run.glyphs.len().checked_sub(first).filter(|count| *count > 0) else { return pen };
    if count > 1 {
        let ids: Vec<u16> = run.glyphs[first..].iter().map(|glyph| glyph.id).collect();
        for (glyph, own) in run.glyphs[first..].iter_mut().zip(shares(run.face, &atom.text, &ids)) {
            glyph.own = Some(own);
        }
    }
    run.glyphs[first].text = atom.text;
    pen
}

/// What each glyph of an atom is read as by itself: the character whose shape it is, and what is left over goes to a
/// glyph that is nobody's.
fn shares(face: Face, text: &str, glyphs: &[u16]) -> Vec<String> {
    let mut shares = vec![String::new(); glyphs.len()];
    let mut rest = String::new();
    for c in text.chars() {
        let own = face.glyph(c);
        match (0..glyphs.len()).find(|i| shares[*i].is_empty() && Some(glyphs[*i]) == own) {
            Some(i) => shares[i].push(c),
            None => rest.push(c),
        }
    }
    let free = shares.iter().position(String::is_empty).unwrap_or(0);
    if let Some(share) = shares.get_mut(free) {
        share.push_str(&rest);
    }
    shares
}
