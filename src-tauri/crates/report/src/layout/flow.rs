//! A document as a report on A4 or Letter: sections follow one another, headings keep with what they head, tables
//! are cut between rows.

use super::figures::{self, Ground};
use super::furniture::{HeadLook, caption, footer_top, heading, margin, sample_notice};
use super::grid::Grid;
use super::prose::{self, Piece};
use super::{Desk, Paper, Sheet};
use crate::canvas::{Area, Canvas};
use crate::chart::ChartSpec;
use crate::doc::{Block, Figure, Page};
use crate::error::ReportError;
use crate::palette::Colour;
use crate::plot::{Look, draw_chart, wanted_rows};
use crate::text::TextStyle;

const TEXT: f32 = 9.5;
const TOP: f32 = 50.0;

/// What is set down one after another.
enum Part<'a> {
    Head {
        page: &'a Page,
        height: f32,
    },
    Figures {
        figures: &'a [Figure],
        height: f32,
    },
    Chart {
        page: &'a Page,
        chart: &'a ChartSpec,
        caption: f32,
        height: f32,
    },
    /// `whole`: short enough not to be cut.
    Table {
        grid: Box<Grid>,
        whole: bool,
    },
    Text {
        piece: Piece,
    },
    Gap(f32),
}

/// A part with its place on a page.
struct Placed {
    part: usize,
    rows: std::ops::Range<usize>,
    y: f32,
    height: f32,
}

struct Plan {
    pages: Vec<Vec<Placed>>,
    /// Share of the last page that is used.
    last: f32,
}

/// Height of the title block on the first page, below the top edge.
fn title_block(desk: &mut Desk<'_>, width: f32, canvas: Option<&mut Canvas>) -> f32 {
    let doc = desk.doc;
    let Some(page) = doc.pages.iter().find(|p| p.blocks.iter().any(|b| matches!(b, Block::Cover { .. }))) else {
        return TOP;
    };
    let left = margin(width);
    let inner = width - 2.0 * left;
    let headline = if page.headline.is_empty() { &doc.title } else { &page.headline };
    let about = if page.subtitle.is_empty() { &doc.subtitle } else { &page.subtitle };
    let mut parts = vec![
        (desk.set.set(&doc.workspace, &TextStyle::new(9.5, Colour::WHITE).semibold(), Some(inner * 0.5)), 20.0),
        (desk.set.set(&page.kicker, &TextStyle::new(9.0, Colour::ON_ACCENT_MUTED).medium(), Some(inner)), 3.0),
        (
            desk.set.set(
                headline,
                &TextStyle::new(27.0, Colour::WHITE).semibold().leading(1.14).tracking(-0.018),
                Some(inner),
            ),
            6.0,
        ),
        (desk.set.set(about, &TextStyle::new(11.0, Colour::ON_ACCENT_MUTED), Some(inner)), 8.0),
    ];
    for block in &page.blocks {
        if let Block::Cover { lines } = block {
            parts.extend(lines.iter().map(|l| {
                (desk.set.set(l, &TextStyle::new(8.5, Colour::ON_ACCENT_MUTED).leading(1.45), Some(inner)), 0.0)
            }));
        }
    }
    parts.retain(|(text, _)| text.width > 0.0);
    let height = 40.0 + parts.iter().map(|(text, gap)| text.height + gap).sum::<f32>() + 22.0;
    if let Some(canvas) = canvas {
        canvas.rect(Area::new(0.0, 0.0, width, height), Colour::ACCENT);
        let mut y = 40.0;
        for (text, gap) in parts {
            text.draw_left(canvas, left, y);
            y += text.height + gap;
        }
        sample_notice(desk, canvas, width - left, 36.0, inner * 0.5);
    }
    height + 24.0
}

/// What stands above a headline: its section, unless that is the headline itself.
fn above(page: &Page) -> &str {
    if page.kicker == page.headline { "" } else { &page.kicker }
}

fn parts<'a>(desk: &mut Desk<'a>, width: f32, scale: f32) -> Vec<Part<'a>> {
    let doc = desk.doc;
    let mut parts = Vec::new();
    for page in &doc.pages {
        let cover = page.blocks.iter().any(|b| matches!(b, Block::Cover { .. }));
        if !cover {
            let at = Area::new(0.0, 0.0, width, 0.0);
            let texts = (above(page), page.headline.as_str(), page.subtitle.as_str());
            let height = heading(desk, &HeadLook::PAGE, texts, at, None) + 10.0;
            parts.push(Part::Head { page, height });
        }
        for block in &page.blocks {
            block_parts(desk, page, block, width, scale, &mut parts);
        }
        for item in prose::commentary(page) {
            parts.push(Part::Text { piece: prose::set(desk, &item, TEXT, width) });
        }
        parts.push(Part::Gap(22.0));
    }
    parts
}

fn block_parts<'a>(
    desk: &mut Desk<'a>,
    page: &'a Page,
    block: &'a Block,
    width: f32,
    scale: f32,
    parts: &mut Vec<Part<'a>>,
) {
    match block {
        Block::Cover { .. } => {}
        Block::Figures { figures } => {
            let height = figures::strip_height(desk, figures, width, 8.0, 4);
            parts.push(Part::Figures { figures, height });
            parts.push(Part::Gap(14.0));
        }
        Block::Chart { chart } => {
            let texts = (chart.title.as_str(), chart.subtitle.as_str());
            let known = (page.headline.as_str(), page.subtitle.as_str());
            let caption = caption(desk, texts, known, 9.5, Area::new(0.0, 0.0, width, 0.0), None);
            let height = (wanted_rows(chart) * Look::PAGE.label * 1.55).clamp(150.0, 330.0) * scale;
            parts.push(Part::Chart { page, chart, caption, height });
            parts.push(Part::Gap(14.0));
        }
        Block::Table { table } if !table.columns.is_empty() => {
            let grid = [9.0, 8.5, 8.0, 7.5, 7.0]
                .into_iter()
                .map(|size| Grid::new(&mut desk.set, table, width, size))
                .find(|g| g.comfortable)
                .unwrap_or_else(|| Grid::new(&mut desk.set, table, width, 6.5));
            let whole = grid.len() <= 14 && grid.height(0..grid.len()) < 300.0;
            parts.push(Part::Table { grid: Box::new(grid), whole });
            parts.push(Part::Gap(14.0));
        }
        Block::Table { .. } => {}
        Block::Bullets { .. } | Block::Paragraph { .. } => {
            let only = Page { blocks: vec![block.clone()], commentary: None, ..page.clone() };
            for item in prose::items(&only) {
                parts.push(Part::Text { piece: prose::set(desk, &item, TEXT, width) });
            }
            parts.push(Part::Gap(4.0));
        }
    }
}

impl Part<'_> {
    /// Least height with which the part may begin on a page.
    fn least(&self) -> f32 {
        match self {
            Part::Head { height, .. } | Part::Figures { height, .. } => *height,
            Part::Chart { caption, height, .. } => caption + height,
            Part::Table { grid, whole } => grid.height(0..if *whole { grid.len() } else { grid.len().min(3) }),
            Part::Text { piece } => piece.height(),
            Part::Gap(height) => *height,
        }
    }
}

fn paginate(parts: &[Part<'_>], first_top: f32, bottom: f32) -> Plan {
    let mut pages: Vec<Vec<Placed>> = vec![Vec::new()];
    let mut y = first_top;
    let mut fresh = true;
    let turn = |pages: &mut Vec<Vec<Placed>>, y: &mut f32| {
        pages.push(Vec::new());
        *y = TOP;
    };
    for (index, part) in parts.iter().enumerate() {
        if let Part::Gap(height) = part {
            // A gap at the top of a page is none.
            y += if fresh { 0.0 } else { *height };
            continue;
        }
        let mut wanted = part.least();
        if let (Part::Head { .. }, Some(next)) = (part, parts[index + 1..].iter().find(|p| !matches!(p, Part::Gap(_))))
        {
            wanted += next.least();
        }
        if y + wanted > bottom && !fresh {
            turn(&mut pages, &mut y);
        }
        if let Part::Table { grid, .. } = part {
            let mut from = 0;
            loop {
                let mut count = grid.fitting(from, bottom - y).max(usize::from(grid.len() > 0));
                if (1..3).contains(&(grid.len() - from).saturating_sub(count)) && count > 4 {
                    // No page that begins with one or two last rows.
                    count -= 2;
                }
                let rows = from..(from + count).min(grid.len());
                let height = grid.height(rows.clone());
                from = rows.end;
                if let Some(page) = pages.last_mut() {
                    page.push(Placed { part: index, rows, y, height });
                }
                y += height;
                if from >= grid.len() {
                    break;
                }
                turn(&mut pages, &mut y);
            }
        } else {
            let height = part.least();
            if let Some(page) = pages.last_mut() {
                page.push(Placed { part: index, rows: 0..0, y, height });
            }
            y += height;
        }
        fresh = false;
    }
    let end = pages.last().and_then(|p| p.last()).map_or(TOP, |p| p.y + p.height);
    Plan { last: if pages.len() == 1 { 1.0 } else { (end - TOP) / (bottom - TOP) }, pages }
}

pub fn lay_out(desk: &mut Desk<'_>, paper: Paper) -> Result<Vec<Sheet>, ReportError> {
    let (width, height) = paper.size();
    let left = margin(width);
    let inner = width - 2.0 * left;
    let bottom = footer_top(height) - 14.0;
    let first_top = title_block(desk, width, None);
    // Charts give or take a little so that the last page is not nearly empty.
    let mut chosen: Option<(Vec<Part<'_>>, Plan)> = None;
    for scale in [1.0, 0.9, 1.1, 0.8, 1.2, 0.72] {
        let parts = parts(desk, inner, scale);
        let plan = paginate(&parts, first_top, bottom);
        let good = plan.last >= 0.4;
        if chosen.as_ref().is_none_or(|(_, best)| plan.last > best.last) {
            chosen = Some((parts, plan));
        }
        if good {
            break;
        }
    }
    let Some((parts, plan)) = chosen else { return Err(ReportError::Empty) };

    let mut sheets: Vec<Sheet> = Vec::new();
    let mut current: (String, String) = (String::new(), desk.doc.title.clone());
    for (number, placed) in plan.pages.iter().enumerate() {
        let mut canvas = Canvas::new(width, height);
        let mut bookmarks = Vec::new();
        let mut named: Option<(String, String)> = None;
        if number == 0 && first_top > TOP {
            title_block(desk, width, Some(&mut canvas));
            let cover = desk.doc.pages.iter().find(|p| p.blocks.iter().any(|b| matches!(b, Block::Cover { .. })));
            named = cover.map(|page| (page.id.clone(), desk.doc.title.clone()));
            bookmarks.push(desk.doc.title.clone());
        } else {
            sample_notice(desk, &mut canvas, width - left, 20.0, inner);
        }
        let mut shift = 0.0;
        let grow = growth(&parts, placed, bottom, number + 1 == plan.pages.len());
        for (nth, place) in placed.iter().enumerate() {
            let above = nth.checked_sub(1).map(|n| &parts[placed[n].part]);
            let follows = matches!(above, Some(Part::Text { piece }) if piece.said);
            let at = Area::new(left, place.y + shift, inner, place.height);
            if let Part::Head { page, .. } = &parts[place.part] {
                bookmarks.push(page.kicker.clone());
                current = (page.id.clone(), page.kicker.clone());
            }
            if named.is_none() {
                named = Some(current.clone());
            }
            shift += draw(desk, &mut canvas, &parts[place.part], place, at, (grow, follows))?;
        }
        let (id, title) = named.unwrap_or_else(|| current.clone());
        sheets.push(Sheet { canvas, id, title, bookmarks, on_accent: false });
    }
    Ok(sheets)
}

/// Factor by which the charts of a page grow to use what is left of it.
fn growth(parts: &[Part<'_>], placed: &[Placed], bottom: f32, last: bool) -> f32 {
    let end = placed.last().map_or(bottom, |p| p.y + p.height);
    let charts: f32 =
        placed.iter().map(|p| if let Part::Chart { height, .. } = &parts[p.part] { *height } else { 0.0 }).sum();
    let most = if last { 1.25 } else { 1.6 };
    if charts > 0.0 { (1.0 + (bottom - end).max(0.0) / charts).min(most) } else { 1.0 }
}

/// Draws a part; returns by how much it grew beyond its planned height.
fn draw(
    desk: &mut Desk<'_>,
    canvas: &mut Canvas,
    part: &Part<'_>,
    place: &Placed,
    at: Area,
    (grow, follows): (f32, bool),
) -> Result<f32, ReportError> {
    match part {
        Part::Head { page, .. } => {
            let texts = (above(page), page.headline.as_str(), page.subtitle.as_str());
            heading(desk, &HeadLook::PAGE, texts, at, Some(canvas));
        }
        Part::Figures { figures, .. } => figures::strip(desk, canvas, figures, at, 8.0, 4, Ground::PAPER),
        Part::Chart { page, chart, height, .. } => {
            let texts = (chart.title.as_str(), chart.subtitle.as_str());
            let known = (page.headline.as_str(), page.subtitle.as_str());
            let head = caption(desk, texts, known, 9.5, at, Some(canvas));
            let tall = height * grow;
            let drawn = draw_chart(chart, at.width, tall, Look::PAGE, &mut desk.set)?;
            canvas.place(&drawn, at.x, at.y + head);
            return Ok(tall - height);
        }
        Part::Table { grid, .. } => grid.draw(canvas, at.x, at.y, place.rows.clone()),
        Part::Text { piece } => piece.draw(canvas, at.x, at.y, follows),
        Part::Gap(_) => {}
    }
    Ok(0.0)
}
