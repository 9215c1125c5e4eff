//! The shaping itself, on kept contexts and with a memory of what was set.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::sync::{Arc, Mutex, OnceLock};

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride, SourceCache};
use parley::{
    FontContext, FontFamily, FontFamilyName, FontFeatures, FontWeight, Layout, LayoutContext, LineHeight, OverflowWrap,
    PositionedLayoutItem, StyleProperty,
};

use crate::fonts::{Face, REPLACEMENT, covered};
use crate::palette::Colour;

use super::{Glyph, Line, Paragraph, Run, TextStyle, Weight};

type Context = (FontContext, LayoutContext<()>);

/// Contexts are dear to make (fonts are indexed, Unicode tables loaded) and are therefore kept.
static IDLE: Mutex<Vec<Context>> = Mutex::new(Vec::new());

fn blobs() -> &'static [(Face, Blob<u8>)] {
    static BLOBS: OnceLock<Vec<(Face, Blob<u8>)>> = OnceLock::new();
    BLOBS.get_or_init(|| Face::ALL.map(|face| (face, Blob::new(Arc::new(face.bytes())))).to_vec())
}

fn new_context() -> Context {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    for (face, blob) in blobs() {
        let info = FontInfoOverride {
            family_name: Some(face.family()),
            weight: Some(FontWeight::new(f32::from(face.weight()))),
            ..Default::default()
        };
        collection.register_fonts(blob.clone(), Some(info));
    }
    (FontContext { collection, source_cache: SourceCache::default() }, LayoutContext::new())
}

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
    coverage: HashMap<char, bool>,
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
        let (mut low, mut high) = (0, chars.len());
        while low < high {
            let middle = (low + high).div_ceil(2);
            let candidate: String = chars[..middle].iter().collect::<String>().trim_end().to_owned() + "…";
            if self.width(&candidate, style) <= width { low = middle } else { high = middle - 1 }
        }
        let short = chars[..low].iter().collect::<String>().trim_end().to_owned() + "…";
        self.set(&short, style, None)
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
        let mut out = String::with_capacity(text.len());
        for (at, c) in text.char_indices() {
            match c {
                ' ' if out.ends_with(|c: char| c.is_ascii_digit()) && starts_with_unit(&text[at + 1..]) => {
                    out.push('\u{a0}')
                }
                ' '..='~' => out.push(c),
                '\n' => out.push(c),
                '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
                // Invisible by definition: joiners, variation selectors, direction marks, soft hyphen.
                '\u{ad}'
                | '\u{200b}'..='\u{200f}'
                | '\u{202a}'..='\u{202e}'
                | '\u{2060}'..='\u{206f}'
                | '\u{fe00}'..='\u{fe0f}'
                | '\u{feff}' => {}
                c if c.is_control() => {}
                c if *self.coverage.entry(c).or_insert_with(|| covered(c)) => out.push(c),
                c => {
                    self.missing.insert(c);
                    out.push(REPLACEMENT);
                }
            }
        }
        Cow::Owned(out)
    }

    fn shape(&mut self, text: &str, style: &TextStyle, width: Option<f32>) -> Paragraph {
        let line_height = style.size * style.leading;
        let (fonts, layouts) = self.context.get_or_insert_with(new_context);
        let families = [FontFamilyName::named(Face::Regular.family()), FontFamilyName::named(Face::Cjk.family())];
        let mut builder = layouts.ranged_builder(fonts, text, 1.0, false);
        builder.push_default(StyleProperty::FontFamily(FontFamily::List(Cow::Borrowed(&families))));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::FontWeight(FontWeight::new(match style.weight {
            Weight::Regular => 400.0,
            Weight::Medium => 500.0,
            Weight::SemiBold => 600.0,
        })));
        builder.push_default(StyleProperty::FontFeatures(FontFeatures::from(PROPORTIONAL)));
        for range in digits(text) {
            builder.push(StyleProperty::FontFeatures(FontFeatures::from(TABULAR)), range);
        }
        builder.push_default(StyleProperty::LineHeight(LineHeight::Absolute(line_height)));
        builder.push_default(StyleProperty::OverflowWrap(OverflowWrap::BreakWord));
        if style.tracking != 0.0 {
            builder.push_default(StyleProperty::LetterSpacing(style.tracking * style.size));
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
            for item in line.items() {
                let PositionedLayoutItem::GlyphRun(shaped) = item else { continue };
                let run = placed(text, style, &shaped);
                let left = shaped.offset();
                match runs.last_mut() {
                    // Digits are shaped apart; in the file a line should still be one piece.
                    Some((start, before)) if before.face == run.face && (reach - left).abs() < 0.01 => {
                        before.append(run, left - *start)
                    }
                    _ => runs.push((left, run)),
                }
                reach = left + shaped.advance();
            }
            let end = runs
                .iter()
                .filter(|(_, r)| !r.text.trim().is_empty())
                .map(|(left, r)| left + r.width)
                .fold(0.0, f32::max);
            let runs = runs.into_iter().map(|(left, run)| (left, Arc::new(run))).collect();
            lines.push(Line { baseline: index as f32 * line_height + drop, width: end, runs });
        }
        let widest = lines.iter().map(|line| line.width).fold(0.0, f32::max);
        let height = lines.len() as f32 * line_height;
        Paragraph { lines, width: widest, height, min_width, colour: style.colour, line_height }
    }
}

const PROPORTIONAL: &str = "\"calt\" 0, \"liga\" 0, \"clig\" 0";
const TABULAR: &str = "\"tnum\" 1, \"calt\" 0, \"liga\" 0, \"clig\" 0";

/// Runs of ASCII digits.
fn digits(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = Vec::new();
    for (at, byte) in text.bytes().enumerate() {
        if !byte.is_ascii_digit() {
            continue;
        }
        match found.last_mut() {
            Some(last) if last.end == at => last.end = at + 1,
            _ => found.push(at..at + 1),
        }
    }
    found
}

/// Whether a unit that belongs to the number before it follows: no line may begin with it.
fn starts_with_unit(rest: &str) -> bool {
    let mut chars = rest.chars();
    match chars.next() {
        Some('%' | '‰' | '万' | '亿') => true,
        Some('M' | 'k' | 'B' | 'T') => !chars.next().is_some_and(char::is_alphanumeric),
        _ => false,
    }
}

fn placed(text: &str, style: &TextStyle, shaped: &parley::GlyphRun<'_, ()>) -> Run {
    let run = shaped.run();
    let face =
        blobs().iter().find(|(_, blob)| blob.id() == run.font().data.id()).map_or(Face::Regular, |(face, _)| *face);
    let mut glyphs: Vec<Glyph> = Vec::new();
    let mut pen = 0.0;
    let mut solid = 0.0;
    let mut content = String::new();
    for cluster in run.visual_clusters() {
        let piece = text.get(cluster.text_range()).unwrap_or_default();
        let piece = piece.trim_end_matches('\n');
        content.push_str(piece);
        let mut first = true;
        for glyph in cluster.glyphs() {
            let label = if std::mem::take(&mut first) { piece.to_owned() } else { String::new() };
            if !piece.is_empty() || !label.is_empty() {
                glyphs.push(Glyph { id: glyph.id as u16, x: pen + glyph.x, rise: glyph.y, text: label });
            }
            pen += glyph.advance;
        }
        if first && let Some(last) = glyphs.last_mut() {
            // The rest of a ligature has no glyph of its own.
            last.text.push_str(piece);
        }
        if !piece.trim().is_empty() {
            solid = pen;
        }
    }
    Run {
        face,
        size: style.size,
        weight: style.weight,
        embolden: match style.weight {
            Weight::Medium if face == Face::Cjk => 0.014,
            Weight::SemiBold if face == Face::Cjk => 0.03,
            _ => 0.0,
        },
        width: solid,
        glyphs,
        text: content,
    }
}
