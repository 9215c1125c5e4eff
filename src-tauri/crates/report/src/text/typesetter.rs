//! The shaping itself, on kept contexts and with a memory of what was set.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::{Arc, Mutex};

use parley::{
    BaseDirection, FontFamily, FontFeatures, FontWeight, Layout, LineHeight, OverflowWrap, PositionedLayoutItem,
    StyleProperty,
};

use crate::fonts::blocks::{is_directing, is_invisible, is_mark, is_right_to_left};
use crate::fonts::{Face, REPLACEMENT};
use crate::palette::Colour;

use super::context::{Context, face_of, families};
use super::digits::{PROPORTIONAL, TABULAR, digits, starts_with_unit};
use super::placing::placed;
use super::scripts::{Direction, directed, stretches};
use super::{Line, Paragraph, Run, TextStyle, Weight};

/// Contexts are dear to make (fonts are indexed, Unicode tables loaded) and are therefore kept.
static IDLE: Mutex<Vec<Context>> = Mutex::new(Vec::new());

#[derive(PartialEq, Eq, Hash)]
struct Key {
    text: String,
    size: u32,
    weight: Weight,
    colour: Colour,
    leading: u32,
    tracking: u32,
    width: Option<u32>,
}

/// Sets text; remembers what it has set and which characters no face has.
pub struct Typesetter {
    context: Option<Context>,
    known: HashMap<Key, Arc<Paragraph>>,
    coverage: HashMap<char, Option<Face>>,
    missing: BTreeSet<char>,
}

impl Default for Typesetter {
    fn default() -> Self {
        Self::new()
    }
}

impl Drop for Typesetter {
    fn drop(&mut self) {
        if let (Some(context), Ok(mut idle)) = (self.context.take(), IDLE.lock()) {
            idle.push(context);
        }
    }
}

impl Typesetter {
    pub fn new() -> Self {
        let kept = IDLE.lock().ok().and_then(|mut idle| idle.pop());
        Self { context: kept, known: HashMap::new(), coverage: HashMap::new(), missing: BTreeSet::new() }
    }

    /// Characters that were replaced so far.
    pub fn missing(&self) -> &BTreeSet<char> {
        &self.missing
    }

    /// Sets `text`, broken at `width` points if there is one. A new line in the text stays one.
    pub fn set(&mut self, text: &str, style: &TextStyle, width: Option<f32>) -> Arc<Paragraph> {
        let text = self.drawable(text);
        let key = Key {
            text: text.into_owned(),
            size: style.size.to_bits(),
            weight: style.weight,
            colour: style.colour,
            leading: style.leading.to_bits(),
            tracking: style.tracking.to_bits(),
            width: width.map(f32::to_bits),
        };
        if let Some(known) = self.known.get(&key) {
            return known.clone();
        }
        let paragraph = Arc::new(self.shape(&key.text, style, width));
        self.known.insert(key, paragraph.clone());
        paragraph
    }

    /// Width of `text` on one line.
    pub fn width(&mut self, text: &str, style: &TextStyle) -> f32 {
        self.set(text, style, None).width
    }

    /// On one line, shortened with an ellipsis where it is wider than `width`.
    pub fn set_short(&mut self, text: &str, style: &TextStyle, width: f32) -> Arc<Paragraph> {
        let whole = self.set(text, style, None);
        if whole.width <= width {
            return whole;
        }
        let chars: Vec<char> = text.chars().collect();
        // A cut before a mark or after a joiner would make another letter of the last one.
        let cuts: Vec<usize> = (0..=chars.len())
            .filter(|at| *at == 0 || !chars.get(*at).is_some_and(|c| is_mark(*c)) && chars[at - 1] != '\u{200d}')
            .collect();
        let cut = |index: usize| chars[..cuts[index]].iter().collect::<String>().trim_end().to_owned() + "…";
        let (mut low, mut high) = (0, cuts.len() - 1);
        while low < high {
            let middle = (low + high).div_ceil(2);
            if self.width(&cut(middle), style) <= width { low = middle } else { high = middle - 1 }
        }
        self.set(&cut(low), style, None)
    }

    /// Like `set`, with lines of about the same length: for headings.
    pub fn set_balanced(&mut self, text: &str, style: &TextStyle, width: f32) -> Arc<Paragraph> {
        let plain = self.set(text, style, Some(width));
        let lines = plain.lines.len();
        if lines < 2 || text.contains('\n') {
            return plain;
        }
        let (mut low, mut high) = (plain.min_width.max(width / lines as f32 * 0.9).min(width), width);
        for _ in 0..8 {
            let middle = (low + high) / 2.0;
            if self.set(text, style, Some(middle)).lines.len() <= lines { high = middle } else { low = middle }
        }
        self.set(text, style, Some(high))
    }

    /// Control characters go, what no face has becomes the replacement sign and is remembered.
    fn drawable<'a>(&mut self, text: &'a str) -> Cow<'a, str> {
        if text.bytes().all(|b| (b'!'..0x7f).contains(&b)) {
            return Cow::Borrowed(text);
        }
        let reordered = text.chars().any(is_right_to_left);
        let mut out = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            let rest = &text[at + c.len_utf8()..];
            match c {
                ' ' if out.ends_with(|c: char| c.is_ascii_digit()) && starts_with_unit(rest) => out.push('\u{a0}'),
                ' '..='~' => out.push(c),
                '\n' => out.push(c),
                '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
                c if is_directing(c) => {
                    let wanted = match c {
                        '\u{200e}' | '\u{200f}' | '\u{061c}' => reordered,
                        '\u{fe0f}' => {
                            rest.starts_with('\u{20e3}')
                                || out.chars().last().is_some_and(|c| Face::Emoji.glyph(c).is_some())
                        }
                        _ => out.chars().last().is_some_and(|c| self.packed(c).is_some()),
                    };
                    if wanted {
                        out.push(c);
                    }
                }
                c if is_invisible(c) || c.is_control() => {}
                c if self.face(c).is_some() => out.push(c),
                // What follows a flag that no face has (a region's letters) is invisible by definition too.
                '\u{e0020}'..='\u{e007f}' => {}
                c => {
                    self.missing.insert(c);
                    out.push(REPLACEMENT);
                }
            }
        }
        Cow::Owned(out)
    }

    /// The first face that has the character.
    fn face(&mut self, c: char) -> Option<Face> {
        *self.coverage.entry(c).or_insert_with(|| Face::of(c))
    }

    /// The face, where it is not one of those at hand, or the mark before which a joiner stands.
    fn packed(&mut self, c: char) -> Option<Face> {
        if c == '\u{fe0f}' { Some(Face::Emoji) } else { self.face(c).filter(|face| !Face::BASE.contains(face)) }
    }

    fn shape(&mut self, text: &str, style: &TextStyle, width: Option<f32>) -> Paragraph {
        let line_height = style.size * style.leading;
        let (direction, text) = directed(text);
        let text = text.as_ref();
        let stretches = if text.is_ascii() { Vec::new() } else { stretches(text, |c| self.face(c)) };
        let context = self.context.get_or_insert_with(Context::new);
        for stretch in &stretches {
            context.know(stretch.face);
        }
        let usual = families(None);
        let preferred: Vec<_> = stretches.iter().map(|stretch| families(Some(stretch.face))).collect();
        let mut builder = context.layouts.ranged_builder(&mut context.fonts, text, 1.0, false);
        builder.set_base_direction(match direction {
            Direction::LeftToRight => BaseDirection::Ltr,
            Direction::RightToLeft => BaseDirection::Rtl,
        });
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Borrowed(&usual))));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::FontWeight(FontWeight::new(match style.weight {
            Weight::Regular => 400.0,
            Weight::Medium => 500.0,
            Weight::SemiBold => 600.0,
        })));
        builder.push_default(StyleProperty::FontFeatures(FontFeatures::from(PROPORTIONAL)));
        for range in digits(text, &stretches) {
            builder.push(StyleProperty::FontFeatures(FontFeatures::from(TABULAR)), range);
        }
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(line_height)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        if style.tracking != 0.0 {
            builder.push_default(StyleProperty::LetterSpacing(style.tracking * style.size));
        }
        for (stretch, families) in stretches.iter().zip(&preferred) {
            let family = FontFamily::List(Cow::Borrowed(families.as_slice()));
            builder.push(StyleProperty::FontFamily(family), stretch.range.clone());
            // What is switched off for Latin makes letters of other scripts.
            builder.push(StyleProperty::FontFeatures(FontFeatures::empty()), stretch.range.clone());
            if stretch.joins() {
                builder.push(StyleProperty::LetterSpacing(0.0), stretch.range.clone());
            }
        }
        let mut layout: Layout<()> = builder.build(text);
        let min_width = layout.calculate_content_widths().min;
        layout.break_all_lines(width);

        // The box around Inter's capitals is centred in the line; a line with Chinese in it keeps that baseline.
        let drop = line_height / 2.0 + style.size * 0.3638;
        let mut lines = Vec::with_capacity(layout.len());
        for (index, line) in layout.lines().enumerate() {
            let mut runs: Vec<(f32, Run)> = Vec::new();
            let mut reach = f32::NAN;
            let mut done = None;
            for item in line.items() {
                let PositionedLayoutItem::GlyphRun(shaped) = item else { continue };
                // A run of several styles comes once for each.
                if done.replace(shaped.run().index()) == Some(shaped.run().index()) {
                    continue;
                }
                let run = placed(text, style, face_of(shaped.run()), shaped.run());
                let left = shaped.offset();
                match runs.last_mut() {
                    // Digits are shaped apart; in the file a line should still be one piece.
                    Some((start, before))
                        if before.face == run.face && before.rtl == run.rtl && (reach - left).abs() < 0.01 =>
                    {
                        before.append(run, left - *start)
                    }
                    _ => runs.push((left, run)),
                }
                reach = left + shaped.run().advance();
            }
            // As it is read, whichever way: so does what follows the order of the file.
            runs.sort_by_key(|(_, run)| run.at);
            lines.push(finished(runs, index as f32 * line_height + drop, direction));
        }
        let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        let height = lines.len() as f32 * line_height;
        let rtl = direction == Direction::RightToLeft;
        Paragraph { lines, width: widest, height, min_width, rtl, colour: style.colour, line_height }
    }
}

/// Runs as a line. A space that ends a line read from right to left stands before its ink and takes no part.
fn finished(runs: Vec<(f32, Run)>, baseline: f32, direction: Direction) -> Line {
    let inked = || runs.iter().filter(|(_, run)| !run.text.trim().is_empty());
    let start = match direction {
        Direction::LeftToRight => 0.0,
        Direction::RightToLeft => inked().map(|(left, run)| left + run.lead).fold(f32::INFINITY, f32::min),
    };
    let start = if start.is_finite() { start } else { 0.0 };
    let end = inked().map(|(left, run)| left + run.width).fold(start, f32::max);
    let runs = runs.into_iter().map(|(left, run)| (left - start, Arc::new(run))).collect();
    Line { baseline, width: end - start, runs }
}

#[cfg(test)]
mod tests;
