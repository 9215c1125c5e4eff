//! Bullets, paragraphs and what a person wrote, as pieces that can be measured, fitted and carried over.

use std::sync::Arc;

use super::Desk;
use crate::canvas::{Area, Canvas};
use crate::doc::{Block, Page};
use crate::palette::Colour;
use crate::text::{Paragraph, TextStyle};

#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    pub text: String,
    pub bullet: bool,
    /// From the page's commentary: set apart by a bar.
    pub said: bool,
}

/// A set item.
pub struct Piece {
    pub text: Arc<Paragraph>,
    pub bullet: bool,
    pub said: bool,
    pub size: f32,
}

/// Texts of a page in reading order: its blocks, then the commentary.
pub fn items(page: &Page) -> Vec<Item> {
    let mut items = Vec::new();
    for block in &page.blocks {
        match block {
            Block::Bullets { items: list } => {
                items.extend(list.iter().flat_map(|text| digestible(text, true, false)));
            }
            Block::Paragraph { text } => items.extend(paragraphs(text, false)),
            _ => {}
        }
    }
    items.extend(commentary(page));
    items
}

pub fn commentary(page: &Page) -> Vec<Item> {
    page.commentary.as_deref().map(|text| paragraphs(text, true)).unwrap_or_default()
}

/// Plain paragraphs and "- " bullets; a line break inside a paragraph is a space.
pub fn paragraphs(text: &str, said: bool) -> Vec<Item> {
    let mut items: Vec<Item> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let line = line.trim();
        if line.is_empty() {
            open = false;
        } else if let Some(rest) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
            items.push(Item { text: rest.trim().to_owned(), bullet: true, said });
            open = true;
        } else if open && let Some(last) = items.last_mut() {
            last.text.push(' ');
            last.text.push_str(line);
        } else {
            items.push(Item { text: line.to_owned(), bullet: false, said });
            open = true;
        }
    }
    items.iter().flat_map(|item| digestible(&item.text, item.bullet, item.said)).collect()
}

/// Longest item, in characters: a third of a narrow column at the smallest size.
const LONGEST: usize = 520;

/// A text in pieces that fit any column: cut after a sentence where there is one, else after a word.
fn digestible(text: &str, bullet: bool, said: bool) -> Vec<Item> {
    let chars: Vec<char> = text.chars().collect();
    let mut items = Vec::new();
    let mut start = 0;
    while chars.len() - start > LONGEST {
        let reach = &chars[start..start + LONGEST];
        let after = |found: fn(&[char]) -> bool| (LONGEST / 3..LONGEST - 1).rev().find(|i| found(&reach[*i..*i + 2]));
        let cut = after(|w| matches!(w[0], '。' | '；') || (matches!(w[0], '.' | ';' | '?') && w[1] == ' '))
            .or_else(|| after(|w| w[0] == ' '))
            .map_or(LONGEST, |i| i + 1);
        items.push(Item {
            text: reach[..cut].iter().collect::<String>().trim().to_owned(),
            bullet: bullet && start == 0,
            said,
        });
        start += cut;
    }
    items.push(Item {
        text: chars[start..].iter().collect::<String>().trim().to_owned(),
        bullet: bullet && start == 0,
        said,
    });
    items
}

const INDENT: f32 = 1.05;

/// Room for the dash of a bullet and for the bar of commentary.
fn indent(bullet: bool, said: bool, size: f32) -> f32 {
    size * INDENT * f32::from(u8::from(bullet) + u8::from(said))
}

pub fn set(desk: &mut Desk<'_>, item: &Item, size: f32, width: f32) -> Piece {
    let indent = indent(item.bullet, item.said, size);
    let style = TextStyle::new(size, Colour::INK).leading(1.45);
    let text = desk.set.set(&item.text, &style, Some((width - indent).max(20.0)));
    Piece { text, bullet: item.bullet, said: item.said, size }
}

impl Piece {
    pub fn height(&self) -> f32 {
        self.text.height + self.size * 0.65
    }

    /// `follows`: the piece above is commentary too, and the bar beside both is one.
    pub fn draw(&self, canvas: &mut Canvas, x: f32, y: f32, follows: bool) {
        let indent = indent(self.bullet, self.said, self.size);
        if self.said {
            let above = self.size * if follows { 0.7 } else { 0.1 };
            canvas.rect(Area::new(x, y - above, 2.2, above + self.text.height + self.size * 0.1), Colour::ACCENT);
        }
        if self.bullet {
            let middle = y + self.text.line_height / 2.0;
            let x = x + indent - self.size * INDENT;
            canvas.rect(Area::new(x, middle - 0.8, self.size * 0.45, 1.6), Colour::ACCENT);
        }
        self.text.draw_left(canvas, x + indent, y);
    }
}

/// Sets as many items as fit at the largest size of `sizes` that holds all, or at the smallest.
/// Returns the pieces and how many items they are.
pub fn fit(desk: &mut Desk<'_>, items: &[Item], width: f32, height: f32, sizes: &[f32]) -> Vec<Piece> {
    for size in sizes {
        let pieces: Vec<Piece> = items.iter().map(|item| set(desk, item, *size, width)).collect();
        if total(&pieces) <= height {
            return pieces;
        }
    }
    let size = sizes.last().copied().unwrap_or(11.0);
    let mut pieces = Vec::new();
    let mut used = 0.0;
    for item in items {
        let piece = set(desk, item, size, width);
        used += piece.height();
        if used > height + size * 0.65 && !pieces.is_empty() {
            break;
        }
        pieces.push(piece);
    }
    pieces
}

pub fn total(pieces: &[Piece]) -> f32 {
    let sum: f32 = pieces.iter().map(Piece::height).sum();
    sum - pieces.last().map_or(0.0, |p| p.size * 0.65)
}

pub fn draw(canvas: &mut Canvas, pieces: &[Piece], x: f32, y: f32) {
    let mut top = y;
    let mut said = false;
    for piece in pieces {
        piece.draw(canvas, x, top, said);
        said = piece.said;
        top += piece.height();
    }
}

/// In `columns` columns of like height, in reading order. Returns the height; draws only onto a canvas.
pub fn in_columns(
    desk: &mut Desk<'_>,
    items: &[Item],
    at: Area,
    columns: usize,
    size: f32,
    canvas: Option<&mut Canvas>,
) -> f32 {
    let gap = 28.0;
    let columns = columns.clamp(1, items.len().max(1));
    let width = (at.width - gap * (columns - 1) as f32) / columns as f32;
    let pieces: Vec<Piece> = items.iter().map(|item| set(desk, item, size, width)).collect();
    let goal = total(&pieces) / columns as f32;
    let (mut column, mut y, mut tallest) = (0, 0.0_f32, 0.0_f32);
    let mut canvas = canvas;
    let mut said = false;
    for piece in &pieces {
        if y > 0.0 && column + 1 < columns && y + piece.height() / 2.0 > goal {
            column += 1;
            y = 0.0;
        }
        if let Some(canvas) = canvas.as_deref_mut() {
            piece.draw(canvas, at.x + column as f32 * (width + gap), at.y + y, y > 0.0 && said);
        }
        said = piece.said;
        y += piece.height();
        tallest = tallest.max(y - size * 0.65);
    }
    tallest
}
