//! Runs of glyphs as operators, and what a reader of the file takes them for.

use std::collections::BTreeMap;
use std::ops::Range;

use printpdf::{Codepoint, DictItem, FontId, Op, PdfFontHandle, Pt, TextItem, TextMatrix, TextRenderingMode};

use super::rgb;
use crate::canvas::{Canvas, Mark};
use crate::fonts::Face;
use crate::palette::Colour;
use crate::text::Run;

/// For each face and glyph the one text it is read out as. Several characters may share a glyph (space and
/// no-break space); the smallest text wins so that the choice does not depend on the order of drawing.
pub(super) fn meanings(pages: &[Canvas]) -> BTreeMap<Face, BTreeMap<u16, String>> {
    let mut meanings: BTreeMap<Face, BTreeMap<u16, String>> = BTreeMap::new();
    for mark in pages.iter().flat_map(|page| &page.marks) {
        let Mark::Text { run, .. } = mark else { continue };
        let face = meanings.entry(run.face).or_default();
        for glyph in &run.glyphs {
            let read = as_read(glyph.share());
            let known = face.entry(glyph.id).or_insert_with(|| read.to_owned());
            if known.is_empty() || (!read.is_empty() && read < known.as_str()) {
                read.clone_into(known);
            }
        }
    }
    meanings
}

/// A reader expects a plain space, whichever kind held the line together.
fn as_read(text: &str) -> &str {
    if matches!(text, "\u{a0}" | "\u{202f}") { " " } else { text }
}

/// Draws a run with its baseline starting at `x`, `y`, counted upwards from the bottom of the page.
pub(super) fn text(ops: &mut Vec<Op>, x: f32, y: f32, run: &Run, colour: Colour, meaning: &BTreeMap<u16, String>) {
    if run.glyphs.is_empty() || run.text.trim().is_empty() {
        return;
    }
    let font = PdfFontHandle::External(FontId(run.face.resource().to_owned()));
    ops.push(Op::StartTextSection);
    ops.push(Op::SetFillColor { col: rgb(colour) });
    if run.embolden > 0.0 {
        ops.push(Op::SetOutlineColor { col: rgb(colour) });
        ops.push(Op::SetOutlineThickness { pt: Pt(run.size * run.embolden) });
        ops.push(Op::SetTextRenderingMode { mode: TextRenderingMode::FillStroke });
    }
    ops.push(Op::SetFont { font, size: Pt(run.size) });
    for (range, read) in passages(run, meaning) {
        if let Some(read) = &read {
            ops.push(actual_text(read));
        }
        let mut start = range.start;
        while start < range.end {
            let rise = run.glyphs[start].rise;
            let end = run.glyphs[start..range.end]
                .iter()
                .position(|g| (g.rise - rise).abs() > 0.01)
                .map_or(range.end, |n| start + n);
            let origin = run.glyphs[start].x;
            ops.push(Op::SetTextMatrix { matrix: TextMatrix::Translate(Pt(x + origin), Pt(y + rise)) });
            ops.push(Op::ShowText { items: vec![TextItem::GlyphIds(codepoints(run, start, end, meaning))] });
            start = end;
        }
        if read.is_some() {
            ops.push(Op::EndMarkedContent);
        }
    }
    if run.embolden > 0.0 {
        ops.push(Op::SetTextRenderingMode { mode: TextRenderingMode::Fill });
    }
    ops.push(Op::EndTextSection);
}

/// Ranges of glyphs, with the text where the glyphs by themselves would be read as another one: a shape that two
/// letters share, a letter with its marks, a vowel that is drawn before its consonant.
fn passages(run: &Run, meaning: &BTreeMap<u16, String>) -> Vec<(Range<usize>, Option<String>)> {
    let mut found: Vec<(Range<usize>, Option<String>)> = Vec::new();
    let mut start = 0;
    while start < run.glyphs.len() {
        let end =
            run.glyphs[start + 1..].iter().position(|g| !g.text.is_empty()).map_or(run.glyphs.len(), |n| start + 1 + n);
        let text = as_read(&run.glyphs[start].text);
        // Of several glyphs, readers would guess the order from their places, and the space between them from their sizes.
        let plain = end == start + 1 && meaning.get(&run.glyphs[start].id).is_some_and(|meaning| meaning == text);
        match found.last_mut() {
            Some((range, None)) if plain => range.end = end,
            _ => found.push((start..end, (!plain).then(|| text.to_owned()))),
        }
        start = end;
    }
    found
}

/// The start of a span that is read as `text` whatever its glyphs say (ISO 32000-1, 14.9.4).
fn actual_text(text: &str) -> Op {
    let utf16 = [0xfe, 0xff].into_iter().chain(text.encode_utf16().flat_map(u16::to_be_bytes));
    let entry = DictItem::String { data: utf16.collect(), literal: false };
    let map = BTreeMap::from([("ActualText".to_owned(), entry)]);
    Op::BeginMarkedContentWithProperties { tag: "Span".to_owned(), properties: DictItem::Dict { map } }
}

/// Glyphs with the correction that brings the next one to its shaped position, in thousandths of an em.
fn codepoints(run: &Run, start: usize, end: usize, meaning: &BTreeMap<u16, String>) -> Vec<Codepoint> {
    let origin = run.glyphs[start].x;
    // Where a reader's pen is after the glyph: widths in a PDF are whole thousandths.
    let mut pen = 0.0_f32;
    (start..end)
        .map(|index| {
            let glyph = &run.glyphs[index];
            pen += run.face.advance(glyph.id).round();
            let mut correction = 0.0;
            if index + 1 < end {
                let wanted = (run.glyphs[index + 1].x - origin) / run.size * 1000.0;
                if (pen - wanted).abs() >= 1.0 {
                    correction = (pen - wanted).round();
                    pen -= correction;
                }
            }
            Codepoint { gid: glyph.id, offset: correction, cid: meaning.get(&glyph.id).cloned() }
        })
        .collect()
}
