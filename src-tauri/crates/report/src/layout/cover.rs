//! The title slide: title, what it is about, key figures, and the sections with their page numbers.

use std::sync::Arc;

use super::figures::{self, Ground};
use super::furniture::{footer_top, margin, sample_notice};
use super::{Desk, Paper, Sheet};
use crate::canvas::{Area, Canvas, Segment};
use crate::doc::{Block, Figure, Page};
use crate::palette::Colour;
use crate::text::{HAlign, Paragraph, TextStyle};

const DEEP: Colour = Colour(0x0a, 0x55, 0x63);

fn figures_of(page: &Page) -> Vec<Figure> {
    page.blocks
        .iter()
        .filter_map(|b| if let Block::Figures { figures } = b { Some(figures.clone()) } else { None })
        .flatten()
        .collect()
}

fn lines_of(page: &Page) -> Vec<&String> {
    page.blocks
        .iter()
        .filter_map(|b| if let Block::Cover { lines } = b { Some(lines) } else { None })
        .flatten()
        .collect()
}

/// Whether the page's figures have room on its cover; otherwise they get a slide of their own.
pub fn holds_figures(page: &Page) -> bool {
    figures_of(page).len() <= 6 && lines_of(page).len() <= 4
}

pub fn slide(desk: &mut Desk<'_>, page: &Page, sections: &[(String, usize)]) -> Sheet {
    let (width, height) = Paper::Deck.size();
    let mut canvas = Canvas::new(width, height);
    let left = margin(width);
    canvas.rect(Area::new(0.0, 0.0, width, height), Colour::ACCENT);
    let panel = if sections.is_empty() { 0.0 } else { 322.0 };
    if panel > 0.0 {
        canvas.rect(Area::new(width - panel, 0.0, panel, height), DEEP);
    }
    wake(&mut canvas, width - panel, height);

    let doc = desk.doc;
    let inner = width - panel - left - 40.0;
    let name = desk.set.set(&doc.workspace, &TextStyle::new(13.0, Colour::WHITE).semibold(), Some(inner));
    name.draw_left(&mut canvas, left, 44.0);
    let (_, notice) = sample_notice(desk, &mut canvas, width - left, 40.0, panel.max(300.0) - left);

    let shown: Vec<Figure> = if holds_figures(page) { figures_of(page) } else { Vec::new() };
    let lines = lines_of(page);

    let kicker = desk.set.set(&page.kicker, &TextStyle::new(13.0, Colour::ON_ACCENT_MUTED).medium(), Some(inner));
    let headline = if page.headline.is_empty() { &doc.title } else { &page.headline };
    let about = if page.subtitle.is_empty() { &doc.subtitle } else { &page.subtitle };
    let about = desk.set.set(about, &TextStyle::new(16.0, Colour::ON_ACCENT_MUTED).leading(1.4), Some(inner));
    let line_size = if lines.len() > 4 { 10.0 } else { 12.0 };
    let line_style = TextStyle::new(line_size, Colour::ON_ACCENT_MUTED).leading(1.5);
    let lines: Vec<_> = lines.into_iter().map(|l| desk.set.set(l, &line_style, Some(inner))).collect();
    let strip = if shown.is_empty() { 0.0 } else { figures::strip_height(desk, &shown, inner, 10.5, 3) + 28.0 };
    let (top, bottom) = (84.0, footer_top(height) - 20.0);
    let others = kicker.height + about.height + 34.0 + lines.iter().map(|l| l.height).sum::<f32>();
    let title = title(desk, headline, inner, bottom - strip - top - others);
    let text = others + title.height;
    let mut y = top + ((bottom - strip - top - text) * 0.5).max(0.0);
    kicker.draw_left(&mut canvas, left, y);
    y += kicker.height + 6.0;
    title.draw_left(&mut canvas, left, y);
    y += title.height + 12.0;
    about.draw_left(&mut canvas, left, y);
    y += about.height + 16.0;
    for line in &lines {
        line.draw_left(&mut canvas, left, y);
        y += line.height;
    }
    if !shown.is_empty() {
        let area = Area::new(left, bottom - strip + 28.0, inner, strip - 28.0);
        canvas.round_rect(area, 6.0, Colour::ACCENT);
        figures::strip(desk, &mut canvas, &shown, area, 10.5, 3, Ground::ACCENT);
    }
    if panel > 0.0 {
        let top = 44.0 + if notice > 0.0 { notice + 14.0 } else { 0.0 };
        contents(desk, &mut canvas, sections, Area::new(width - panel + 34.0, top, panel - 34.0 - left, bottom - top));
    }
    Sheet { canvas, id: page.id.clone(), title: doc.title.clone(), bookmarks: vec![doc.title.clone()], on_accent: true }
}

/// The title, on one line if a little less size allows it, else large on up to three, within `room`.
fn title(desk: &mut Desk<'_>, headline: &str, inner: f32, room: f32) -> Arc<Paragraph> {
    let look = |size: f32| TextStyle::new(size, Colour::WHITE).semibold().leading(1.12).tracking(-0.02);
    let single =
        [46.0, 44.0, 42.0, 40.0, 38.0].into_iter().find(|size| desk.set.width(headline, &look(*size)) <= inner);
    let sizes = single.map_or(vec![46.0, 42.0, 38.0, 34.0, 30.0, 27.0, 24.0, 21.0], |size| vec![size]);
    for size in sizes {
        let set = desk.set.set_balanced(headline, &look(size), inner);
        if set.lines.len() <= 3 && set.height <= room {
            return set;
        }
    }
    desk.set.set_balanced(headline, &look(18.0), inner)
}

fn contents(desk: &mut Desk<'_>, canvas: &mut Canvas, sections: &[(String, usize)], at: Area) {
    let heading = desk.texts.plain("report-contents");
    let heading = desk.set.set(&heading, &TextStyle::new(11.0, Colour::ON_ACCENT_MUTED).medium(), Some(at.width));
    heading.draw_left(canvas, at.x, at.y);
    let room = at.below(heading.height + 12.0);
    let row = (room.height / sections.len() as f32).min(38.0);
    let size = (row * 0.45).clamp(7.0, 13.0);
    for (index, (title, page)) in sections.iter().enumerate() {
        let y = room.y + index as f32 * row;
        canvas.line((at.x, y), (at.right(), y), Colour::WHITE.over(DEEP, 0.2), 0.7);
        let style = TextStyle::new(size, Colour::WHITE).leading(1.2);
        let text = desk.set.set_short(title, &style, at.width - 34.0);
        let number = desk.set.set(&page.to_string(), &style.colour(Colour::ON_ACCENT_MUTED), None);
        text.draw_left(canvas, at.x, y + (row - text.height) / 2.0);
        number.draw(canvas, at.x, y + (row - number.height) / 2.0, at.width, HAlign::Right);
    }
}

/// A quiet pattern of curves at the foot of the page, the only ornament in the document.
fn wake(canvas: &mut Canvas, width: f32, height: f32) {
    canvas.marks.push(crate::canvas::Mark::PushClip { x: 0.0, y: 0.0, width, height });
    for step in 0..7 {
        let lift = step as f32 * 26.0;
        let y = height + 60.0 - lift;
        let path = vec![
            Segment::Move(-10.0, y),
            Segment::Curve([
                width * 0.30,
                y - 120.0 - lift * 0.5,
                width * 0.55,
                y + 40.0,
                width + 10.0,
                y - 150.0 - lift * 0.6,
            ]),
        ];
        let colour = Colour::WHITE.over(Colour::ACCENT, 0.09);
        canvas.marks.push(crate::canvas::Mark::Stroke { path, colour, alpha: 1.0, width: 1.0, dash: None });
    }
    canvas.marks.push(crate::canvas::Mark::PopClip);
}
