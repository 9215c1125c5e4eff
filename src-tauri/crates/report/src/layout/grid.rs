//! Tables: column widths from content and weight, wrapped cells, rows that can be cut between pages.

use std::ops::Range;
use std::sync::Arc;

use crate::canvas::{Area, Canvas};
use crate::palette::{Colour, tone};
use crate::table::{Align, Cell, TableColumn, TableSpec, Tone};
use crate::text::{HAlign, Paragraph, TextStyle, Typesetter};

struct Row {
    cells: Vec<Arc<Paragraph>>,
    height: f32,
}

/// A table set at one size into one width.
pub struct Grid {
    widths: Vec<f32>,
    aligns: Vec<HAlign>,
    head: Row,
    rows: Vec<Row>,
    total: Option<Row>,
    pad: f32,
    /// Extra height per row, to fill a page that would be half empty.
    pub stretch: f32,
    /// False where some figure had to be broken: choose a smaller size.
    pub comfortable: bool,
}

fn cell_style(size: f32, cell: &Cell, total: bool) -> TextStyle {
    let style = TextStyle::new(size, tone(cell.tone)).leading(1.3);
    match cell.tone {
        _ if total => style.semibold(),
        Tone::Strong => style.semibold(),
        Tone::Good | Tone::Warn | Tone::Bad => style.medium(),
        Tone::Plain | Tone::Muted => style,
    }
}

/// Widest unbroken piece of text that makes its column wide, in ems; a longer one is broken at any character. Dates,
/// words, identifiers and usual names of files are shorter.
const LONGEST_PIECE: f32 = 18.0;

/// What a column may want beyond its narrowest width with the same right as the others, in ems: one very long name does
/// not break every date beside it.
const MODEST: f32 = 14.0;

/// Widths of a column without padding.
struct Bounds {
    /// The narrowest. A figure is never broken.
    least: f32,
    /// With everything on one line, but for long titles.
    best: f32,
}

fn bounds(set: &mut Typesetter, table: &TableSpec, size: f32) -> Vec<Bounds> {
    let head = TextStyle::new(size * 0.9, Colour::MUTED).medium().leading(1.25);
    table
        .columns
        .iter()
        .enumerate()
        .map(|(index, column)| {
            let title = set.set(&column.title, &head, None);
            let mut least = title.min_width.min(size * LONGEST_PIECE);
            let mut best = title.width.min(size * 9.0);
            let rows = table.rows.iter().map(|r| (r, false)).chain(table.total.iter().map(|r| (r, true)));
            for (row, total) in rows {
                let Some(cell) = row.get(index) else { continue };
                let text = set.set(&cell.text, &cell_style(size, cell, total), None);
                let unbroken = column.align == Align::Right;
                least = least.max(if unbroken { text.width } else { text.min_width.min(size * LONGEST_PIECE) });
                best = best.max(text.width);
            }
            Bounds { least: least + 0.5, best: best.max(least) + 0.5 }
        })
        .collect()
}

/// Width the table wants with every cell on one line, padding included.
pub fn natural_width(set: &mut Typesetter, table: &TableSpec, size: f32) -> f32 {
    bounds(set, table, size).iter().map(|column| column.best + size * 1.5).sum()
}

/// Divides `room` among columns with these bounds.
fn shared(table: &TableSpec, bounds: &[Bounds], room: f32, size: f32) -> Vec<f32> {
    let all = |width: fn(&Bounds) -> f32| -> Vec<f32> { bounds.iter().map(width).collect() };
    let (least, best) = (all(|b| b.least), all(|b| b.best));
    let total = |widths: &[f32]| widths.iter().sum::<f32>();
    if total(&best) <= room {
        let weight = |column: &TableColumn| column.weight.max(0.01) as f32;
        let weights: f32 = table.columns.iter().map(weight).sum();
        let more = room - total(&best);
        return best.iter().zip(&table.columns).map(|(width, c)| width + more * weight(c) / weights).collect();
    }
    if total(&least) <= room {
        return filled(&least, &best, room, size * MODEST);
    }
    // Too many columns for this size: texts give way before figures do, down to a few letters.
    let tight = |(width, column): (&f32, &TableColumn)| {
        if column.align == Align::Right { *width } else { width.min(size * 3.0) }
    };
    let tight: Vec<f32> = least.iter().zip(&table.columns).map(tight).collect();
    if total(&tight) <= room {
        return filled(&tight, &least, room, size * MODEST);
    }
    least.iter().map(|width| width * room / total(&least).max(0.01)).collect()
}

/// Widths from `low` to `high` that fill `room`. Each column gets the same share of what it wants beyond `low`; wishes
/// count up to `modest`, and beyond only when all modest ones are met.
fn filled(low: &[f32], high: &[f32], room: f32, modest: f32) -> Vec<f32> {
    let more = room - low.iter().sum::<f32>();
    let wishes: Vec<f32> = low.iter().zip(high).map(|(low, high)| high - low).collect();
    let wanted: f32 = wishes.iter().map(|wish| wish.min(modest)).sum();
    let beyond: f32 = wishes.iter().map(|wish| (wish - modest).max(0.0)).sum();
    let (first, second) = ((more / wanted.max(0.01)).min(1.0), (more - wanted).max(0.0) / beyond.max(0.01));
    let width = |(low, wish): (&f32, f32)| low + wish.min(modest) * first + (wish - modest).max(0.0) * second;
    low.iter().zip(wishes).map(width).collect()
}

impl Grid {
    pub fn new(set: &mut Typesetter, table: &TableSpec, width: f32, size: f32) -> Self {
        let pad = size * 0.75;
        let bounds = bounds(set, table, size);
        let room = width - bounds.len() as f32 * 2.0 * pad;
        let least: f32 = bounds.iter().map(|column| column.least).sum();
        let widths = shared(table, &bounds, room, size);
        let aligns =
            table.columns.iter().map(|c| if c.align == Align::Right { HAlign::Right } else { HAlign::Left }).collect();
        let head_style = TextStyle::new(size * 0.9, Colour::MUTED).medium().leading(1.25);
        let head: Vec<_> =
            table.columns.iter().zip(&widths).map(|(c, w)| set.set(&c.title, &head_style, Some(*w))).collect();
        let mut row = |cells: &[Cell], total: bool| {
            let cells: Vec<_> = cells
                .iter()
                .zip(&widths)
                .map(|(c, w)| set.set(&c.text, &cell_style(size, c, total), Some(*w)))
                .collect();
            let tallest = cells.iter().map(|c| c.height).fold(size * 1.3, f32::max);
            Row { cells, height: tallest + size * 0.8 }
        };
        let rows = table.rows.iter().map(|r| row(r, false)).collect();
        let total = table.total.as_ref().map(|r| row(r, true));
        let tallest = head.iter().map(|c| c.height).fold(size * 1.2, f32::max);
        let head = Row { cells: head, height: tallest + size * 0.7 };
        Self { widths, aligns, head, rows, total, pad, stretch: 0.0, comfortable: least <= room + 0.1 }
    }

    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Height of the head, these rows, and the total where the rows reach the end.
    pub fn height(&self, rows: Range<usize>) -> f32 {
        let last = rows.end >= self.rows.len();
        let body: f32 = self.rows[rows].iter().map(|r| r.height + self.stretch).sum();
        let total = self.total.as_ref().filter(|_| last).map_or(0.0, |r| r.height + self.stretch);
        self.head.height + body + total + 1.0
    }

    /// How many rows from `from` fit into `room`. A total stays with at least one row.
    pub fn fitting(&self, from: usize, room: f32) -> usize {
        let mut end = self.rows.len();
        while end > from && self.height(from..end) > room {
            end -= 1;
        }
        end - from
    }

    /// Draws head and rows, the total after the last row.
    pub fn draw(&self, canvas: &mut Canvas, x: f32, y: f32, rows: Range<usize>) {
        let width: f32 = self.widths.iter().map(|w| w + 2.0 * self.pad).sum();
        let last = rows.end >= self.rows.len();
        let mut top = y;
        self.draw_row(canvas, x, top, &self.head, self.head.height);
        top += self.head.height;
        canvas.line((x, top), (x + width, top), Colour::RULE, 0.9);
        for row in &self.rows[rows] {
            let height = row.height + self.stretch;
            self.draw_row(canvas, x, top, row, height);
            top += height;
            canvas.line((x, top), (x + width, top), Colour::HAIRLINE, 0.7);
        }
        if let Some(total) = self.total.as_ref().filter(|_| last) {
            let height = total.height + self.stretch;
            canvas.rect(Area::new(x, top, width, height), Colour::PANEL);
            canvas.line((x, top), (x + width, top), Colour::INK.over(Colour::WHITE, 0.7), 0.9);
            self.draw_row(canvas, x, top, total, height);
        }
    }

    fn draw_row(&self, canvas: &mut Canvas, x: f32, top: f32, row: &Row, height: f32) {
        let tallest = row.cells.iter().map(|c| c.height).fold(0.0, f32::max);
        let first = top + (height - tallest) / 2.0;
        let mut left = x + self.pad;
        for ((cell, width), align) in row.cells.iter().zip(&self.widths).zip(&self.aligns) {
            // Head cells stand on the rule; body cells share their first line.
            let y = if std::ptr::eq(row, &self.head) { top + height - cell.height - self.pad * 0.45 } else { first };
            cell.draw(canvas, left, y, *width, *align);
            left += width + 2.0 * self.pad;
        }
    }
}
