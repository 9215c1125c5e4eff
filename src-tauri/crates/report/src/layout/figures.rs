//! Key figures: a strip above other content, or tiles that fill a page.

use super::Desk;
use crate::canvas::{Area, Canvas};
use crate::doc::Figure;
use crate::palette::{Colour, tone};
use crate::table::Tone;
use crate::text::{HAlign, TextStyle};

/// Colours of a strip.
#[derive(Clone, Copy)]
pub struct Ground {
    frame: Colour,
    label: Colour,
    value: Colour,
    on_accent: bool,
}

impl Ground {
    pub const PAPER: Ground =
        Ground { frame: Colour::HAIRLINE, label: Colour::MUTED, value: Colour::INK, on_accent: false };
    pub const ACCENT: Ground = Ground {
        frame: Colour(0x4c, 0x90, 0x9d),
        label: Colour::ON_ACCENT_MUTED,
        value: Colour::WHITE,
        on_accent: true,
    };
}

/// Columns so that `count` figures stand in rows of the same length where possible.
fn columns(count: usize, most: usize) -> usize {
    let rows = count.div_ceil(most.max(1)).max(1);
    count.div_ceil(rows).max(1)
}

/// Height of a strip with this label size.
pub fn strip_height(desk: &mut Desk<'_>, figures: &[Figure], width: f32, size: f32, most: usize) -> f32 {
    let columns = columns(figures.len(), most);
    let rows = figures.len().div_ceil(columns);
    row_height(desk, figures, width / columns as f32 - size * 2.6, size) * rows as f32
}

fn row_height(desk: &mut Desk<'_>, figures: &[Figure], inner: f32, size: f32) -> f32 {
    let style = TextStyle::new(size, Colour::MUTED).leading(1.3);
    let mut tallest = 0.0_f32;
    for figure in figures {
        let label = desk.set.set(&figure.label, &style, Some(inner)).height;
        let note =
            if figure.note.is_empty() { 0.0 } else { desk.set.set(&figure.note, &style.medium(), Some(inner)).height };
        tallest = tallest.max(label + note);
    }
    tallest + size * 2.1 * 1.3 + size * 2.0
}

/// A framed strip, one or more rows, `height` in all.
pub fn strip(
    desk: &mut Desk<'_>,
    canvas: &mut Canvas,
    figures: &[Figure],
    at: Area,
    size: f32,
    most: usize,
    ground: Ground,
) {
    let columns = columns(figures.len(), most);
    let rows = figures.len().div_ceil(columns);
    let (wide, tall) = (at.width / columns as f32, at.height / rows as f32);
    canvas.round_frame(at, 6.0, ground.frame, 0.9);
    for (index, figure) in figures.iter().enumerate() {
        let (column, row) = (index % columns, index / columns);
        let cell = Area::new(at.x + column as f32 * wide, at.y + row as f32 * tall, wide, tall);
        if column > 0 {
            canvas.line((cell.x, cell.y + 8.0), (cell.x, cell.bottom() - 8.0), ground.frame, 0.8);
        }
        if row > 0 && column == 0 {
            canvas.line((at.x + 8.0, cell.y), (at.right() - 8.0, cell.y), ground.frame, 0.8);
        }
        let row = &figures[row * columns..figures.len().min((row + 1) * columns)];
        figure_in(desk, canvas, figure, cell, (size, row), ground);
    }
}

/// Label, value, note, centred in height; the value shrinks until it fits. The figures of a `row` share their
/// lines.
fn figure_in(
    desk: &mut Desk<'_>,
    canvas: &mut Canvas,
    figure: &Figure,
    cell: Area,
    (size, row): (f32, &[Figure]),
    ground: Ground,
) {
    let pad = size * 1.3;
    let inner = cell.width - 2.0 * pad;
    let label = desk.set.set(&figure.label, &TextStyle::new(size, ground.label).leading(1.3), Some(inner));
    let mut value_size = (size * 2.1).min(cell.height * 0.42).max(size);
    let value = loop {
        let style = TextStyle::new(value_size, ground.value).semibold().leading(1.3).tracking(-0.015);
        let set = desk.set.set(&figure.value, &style, None);
        if set.width <= inner || value_size <= size {
            break set;
        }
        value_size -= 1.0;
    };
    let colour = if ground.on_accent || figure.tone == Tone::Plain { ground.label } else { tone(figure.tone) };
    let note = desk.set.set(&figure.note, &TextStyle::new(size, colour).medium().leading(1.3), Some(inner));
    let note_height = if figure.note.is_empty() { 0.0 } else { note.height };
    let (mut labels, mut notes) = (label.height, note_height);
    for other in row {
        let style = TextStyle::new(size, ground.label).leading(1.3);
        labels = labels.max(desk.set.set(&other.label, &style, Some(inner)).height);
        if !other.note.is_empty() {
            notes = notes.max(desk.set.set(&other.note, &style.medium(), Some(inner)).height);
        }
    }
    let mut y = cell.y + (cell.height - labels - size * 2.73 - notes) / 2.0;
    label.draw(canvas, cell.x + pad, y + labels - label.height, inner, HAlign::Left);
    y += labels + (size * 2.73 - value.height) / 2.0;
    value.draw(canvas, cell.x + pad, y, inner, HAlign::Left);
    y += value.height + (size * 2.73 - value.height) / 2.0;
    if note_height > 0.0 {
        note.draw(canvas, cell.x + pad, y, inner, HAlign::Left);
    }
}

/// Tiles that fill an area, for a page of which the figures are the content.
pub fn tiles(desk: &mut Desk<'_>, canvas: &mut Canvas, figures: &[Figure], at: Area) {
    let count = figures.len().max(1);
    let columns = match count {
        1 => 1,
        2 | 4 => 2,
        _ if at.width > 480.0 => 3.min(count),
        _ => 2,
    };
    let rows = count.div_ceil(columns);
    let gap = 12.0;
    let wide = (at.width - gap * (columns - 1) as f32) / columns as f32;
    let tall = ((at.height - gap * (rows - 1) as f32) / rows as f32).min(170.0);
    let size = (tall / 9.0).clamp(9.0, 13.5).min(wide / 12.0);
    for (index, figure) in figures.iter().enumerate() {
        let cell = Area::new(
            at.x + (index % columns) as f32 * (wide + gap),
            at.y + (index / columns) as f32 * (tall + gap),
            wide,
            tall,
        );
        canvas.round_rect(cell, 6.0, Colour::PANEL);
        canvas.round_rect(Area::new(cell.x, cell.y + 14.0, 3.0, tall - 28.0), 1.5, bar(figure.tone));
        let row = index / columns;
        let row = &figures[row * columns..figures.len().min((row + 1) * columns)];
        figure_in(desk, canvas, figure, cell, (size, row), Ground::PAPER);
    }
}

fn bar(of: Tone) -> Colour {
    match of {
        Tone::Plain | Tone::Strong | Tone::Muted => Colour::ACCENT,
        other => tone(other),
    }
}
