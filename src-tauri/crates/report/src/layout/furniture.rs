//! What stands on every page: heading, footer, the notice that the data is a sample's.

use super::{Desk, Sheet, joined};
use crate::canvas::{Area, Canvas};
use crate::palette::Colour;
use crate::text::{HAlign, TextStyle};

/// Side margin of a page of this width, in points.
pub fn margin(width: f32) -> f32 {
    if width > 700.0 { 44.0 } else { 54.0 }
}

/// Top of the footer's rule.
pub fn footer_top(height: f32) -> f32 {
    if height < 600.0 { height - 34.0 } else { height - 48.0 }
}

/// Workspace and period, provenance, page of pages. Provenance may take two lines; nothing is shortened.
pub fn footer(desk: &mut Desk<'_>, sheet: &mut Sheet, page: usize, pages: usize) {
    let (width, height) = (sheet.canvas.width, sheet.canvas.height);
    let (left, top) = (margin(width), footer_top(height));
    let inner = width - 2.0 * left;
    let (rule, colour) = if sheet.on_accent {
        (Colour::WHITE.over(Colour::ACCENT, 0.28), Colour::ON_ACCENT_MUTED)
    } else {
        (Colour::HAIRLINE, Colour::FAINT)
    };
    let canvas = &mut sheet.canvas;
    canvas.line((left, top), (left + inner, top), rule, 0.8);
    let style = TextStyle::new(if width > 700.0 { 8.5 } else { 7.5 }, colour).leading(1.25);
    let number = desk.texts.text("report-page", &[("page", page.into()), ("pages", pages.into())]);
    let number = desk.set.set(&number, &style, None);
    number.draw(canvas, left, top + 7.0, inner, HAlign::Right);
    let name = joined(&[&desk.doc.workspace, &desk.doc.period], " · ");
    if width < 700.0 {
        let name = desk.set.set(&name, &style, Some(inner - number.width - 12.0));
        name.draw_left(canvas, left, top + 7.0);
        let sources = desk.set.set(&desk.doc.provenance, &style, Some(inner));
        sources.draw_left(canvas, left, top + 7.0 + name.height + 1.0);
        return;
    }
    let name = desk.set.set(&name, &style, Some(inner * 0.34));
    name.draw_left(canvas, left, top + 7.0);
    let room = inner - name.width - number.width - 36.0;
    let sources = desk.set.set(&desk.doc.provenance, &style, Some(room));
    sources.draw(canvas, left + name.width + 18.0, top + 7.0, room, HAlign::Centre);
}

/// The notice in a pill whose right end is at `right`; returns its size.
pub fn sample_notice(desk: &mut Desk<'_>, canvas: &mut Canvas, right: f32, top: f32, widest: f32) -> (f32, f32) {
    let Some(notice) = desk.doc.sample_notice.as_deref().filter(|n| !n.is_empty()) else { return (0.0, 0.0) };
    let size = if canvas.width > 700.0 { 9.5 } else { 8.0 };
    let style = TextStyle::new(size, Colour::WARN).semibold().leading(1.3);
    let text = desk.set.set(notice, &style, Some(widest - 20.0));
    let area = Area::new(right - text.width - 18.0, top, text.width + 18.0, text.height + 6.0);
    canvas.round_rect(area, 9.0, Colour::WARN_SOFT);
    text.draw_left(canvas, area.x + 9.0, area.y + 3.0);
    (area.width, area.height)
}

/// Sizes of a heading.
pub struct HeadLook {
    pub kicker: f32,
    pub headline: f32,
    pub subtitle: f32,
}

impl HeadLook {
    pub const DECK: HeadLook = HeadLook { kicker: 11.0, headline: 24.0, subtitle: 11.5 };
    pub const PAGE: HeadLook = HeadLook { kicker: 8.5, headline: 15.0, subtitle: 8.5 };
}

/// Section, finding, subtitle. Returns the height; draws only onto a canvas.
pub fn heading(
    desk: &mut Desk<'_>,
    look: &HeadLook,
    texts: (&str, &str, &str),
    at: Area,
    canvas: Option<&mut Canvas>,
) -> f32 {
    let (kicker, headline, subtitle) = texts;
    let mut size = look.headline;
    let finding = loop {
        let style = TextStyle::new(size, Colour::INK).semibold().leading(1.18).tracking(-0.012);
        let set = desk.set.set_balanced(headline, &style, at.width);
        if set.lines.len() <= 2 || size < look.headline * 0.75 {
            break set;
        }
        size -= 1.0;
    };
    let kicker = desk.set.set(kicker, &TextStyle::new(look.kicker, Colour::ACCENT).semibold(), Some(at.width * 0.6));
    let subtitle = desk.set.set(subtitle, &TextStyle::new(look.subtitle, Colour::MUTED), Some(at.width));
    let gap = look.kicker * 0.35;
    let mut y = at.y;
    let mut parts = Vec::new();
    for part in [kicker, finding, subtitle] {
        if part.width > 0.0 {
            parts.push((part.clone(), y));
            y += part.height + gap;
        }
    }
    if let Some(canvas) = canvas {
        for (part, y) in parts {
            part.draw_left(canvas, at.x, y);
        }
    }
    (y - at.y - gap).max(0.0)
}

/// Title and subtitle of a chart, unless the page says the same already. Returns the height.
pub fn caption(
    desk: &mut Desk<'_>,
    texts: (&str, &str),
    known: (&str, &str),
    size: f32,
    at: Area,
    canvas: Option<&mut Canvas>,
) -> f32 {
    let mut y = at.y;
    let mut parts = Vec::new();
    if !texts.0.is_empty() && texts.0 != known.0 {
        parts.push(desk.set.set(texts.0, &TextStyle::new(size, Colour::INK).semibold(), Some(at.width)));
    }
    if !texts.1.is_empty() && texts.1 != known.1 {
        parts.push(desk.set.set(texts.1, &TextStyle::new(size * 0.88, Colour::MUTED), Some(at.width)));
    }
    let mut canvas = canvas;
    for part in &parts {
        if let Some(canvas) = canvas.as_deref_mut() {
            part.draw_left(canvas, at.x, y);
        }
        y += part.height;
    }
    if parts.is_empty() { 0.0 } else { y - at.y + size * 0.6 }
}
