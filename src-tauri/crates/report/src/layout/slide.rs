//! The composition of one slide: charts fill what text and tables leave.

use super::figures::{self, Ground};
use super::furniture::{HeadLook, caption, footer_top, heading, margin, sample_notice};
use super::prose::{self, Item};
use super::{Desk, Paper, Sheet};
use crate::canvas::{Area, Canvas};
use crate::chart::ChartSpec;
use crate::doc::{Block, Figure, Page};
use crate::error::ReportError;
use crate::plot::{Look, draw_chart};

mod tables;

use tables::{with_both, with_tables};

/// Type sizes tried for text beside or under other content, largest first.
const TEXT_SIZES: [f32; 6] = [15.0, 14.0, 13.0, 12.0, 11.5, 11.0];
const GAP: f32 = 32.0;
/// No chart is drawn lower than this.
const LEAST_CHART: f32 = 178.0;
/// Tiles on one slide.
const TILES: usize = 12;

struct Slides<'a> {
    page: &'a Page,
    sheets: Vec<Sheet>,
}

impl<'a> Slides<'a> {
    /// Starts a slide with its heading; returns the area below it.
    fn open(&mut self, desk: &mut Desk<'_>) -> Area {
        let (width, height) = Paper::Deck.size();
        let mut canvas = Canvas::new(width, height);
        let left = margin(width);
        let first = self.sheets.is_empty();
        let kicker = if first {
            self.page.kicker.clone()
        } else {
            desk.texts.text("report-continued", &[("title", self.page.kicker.as_str().into())])
        };
        let (notice, _) = sample_notice(desk, &mut canvas, width - left, 27.0, 520.0);
        let at = Area::new(left, 30.0, width - 2.0 * left - if notice > 300.0 { 0.0 } else { notice * 0.3 }, 0.0);
        let texts = (kicker.as_str(), self.page.headline.as_str(), self.page.subtitle.as_str());
        let head = heading(desk, &HeadLook::DECK, texts, at, Some(&mut canvas));
        let top = 30.0 + head + 16.0;
        let bookmarks = if first { vec![self.page.kicker.clone()] } else { Vec::new() };
        self.sheets.push(Sheet { canvas, id: self.page.id.clone(), title: kicker, bookmarks, on_accent: false });
        Area::new(left, top, width - 2.0 * left, footer_top(height) - 12.0 - top)
    }

    fn canvas(&mut self) -> &mut Canvas {
        // `open` has run by then; a document without a sheet draws onto nothing.
        if self.sheets.is_empty() {
            let (width, height) = Paper::Deck.size();
            self.sheets.push(Sheet {
                canvas: Canvas::new(width, height),
                id: String::new(),
                title: String::new(),
                bookmarks: Vec::new(),
                on_accent: false,
            });
        }
        let last = self.sheets.len() - 1;
        &mut self.sheets[last].canvas
    }

    fn chart(&mut self, desk: &mut Desk<'_>, chart: &ChartSpec, at: Area) -> Result<(), ReportError> {
        let texts = (chart.title.as_str(), chart.subtitle.as_str());
        let known = (self.page.headline.as_str(), self.page.subtitle.as_str());
        let head = caption(desk, texts, known, 12.5, at, Some(self.canvas()));
        let room = at.below(head);
        let drawn = draw_chart(chart, room.width, room.height, Look::DECK, &mut desk.set)?;
        self.canvas().place(&drawn, room.x, room.y);
        Ok(())
    }

    /// Texts in columns on slides of their own.
    fn text_slides(&mut self, desk: &mut Desk<'_>, items: &[Item], mut area: Area) {
        let mut rest = items;
        while !rest.is_empty() {
            let narrow = area.width.min(680.0);
            let single = [18.0, 17.0, 16.0, 15.0].into_iter().find(|size| {
                prose::in_columns(desk, rest, Area { width: narrow, ..area }, 1, *size, None) <= area.height
            });
            if let Some(size) = single {
                prose::in_columns(desk, rest, Area { width: narrow, ..area }, 1, size, Some(self.canvas()));
                return;
            }
            let mut count = rest.len();
            let size = loop {
                let double = [15.0, 14.0, 13.0, 12.0]
                    .into_iter()
                    .find(|size| prose::in_columns(desk, &rest[..count], area, 2, *size, None) <= area.height);
                match double {
                    Some(size) => break size,
                    None if count > 1 => count -= 1,
                    None => break 11.0,
                }
            };
            prose::in_columns(desk, &rest[..count], area, 2, size, Some(self.canvas()));
            rest = &rest[count..];
            if !rest.is_empty() {
                area = self.open(desk);
            }
        }
    }

    /// Text in a column; what does not fit is returned.
    fn side(&mut self, desk: &mut Desk<'_>, items: &'a [Item], at: Area) -> &'a [Item] {
        let pieces = prose::fit(desk, items, at.width, at.height, &TEXT_SIZES);
        prose::draw(self.canvas(), &pieces, at.x, at.y);
        &items[pieces.len()..]
    }
}

pub fn lay_out(desk: &mut Desk<'_>, page: &Page) -> Result<Vec<Sheet>, ReportError> {
    let mut slides = Slides { page, sheets: Vec::new() };
    let mut area = slides.open(desk);
    let items = prose::items(page);
    let (mut charts, mut tables, mut shown) = (Vec::new(), Vec::new(), Vec::<Figure>::new());
    for block in &page.blocks {
        match block {
            Block::Chart { chart } => charts.push(chart.as_ref()),
            Block::Table { table } if !table.columns.is_empty() => tables.push(table),
            Block::Figures { figures } => shown.extend(figures.iter().cloned()),
            _ => {}
        }
    }
    if charts.is_empty() && tables.is_empty() {
        opening(desk, &mut slides, &shown, &items, area);
        return Ok(slides.sheets);
    }
    if !shown.is_empty() {
        let tall = figures::strip_height(desk, &shown, area.width, 10.5, 6);
        if area.height - tall < LEAST_CHART + 20.0 {
            tile_slides(desk, &mut slides, &shown, area);
            area = slides.open(desk);
        } else {
            figures::strip(desk, slides.canvas(), &shown, Area { height: tall, ..area }, 10.5, 6, Ground::PAPER);
            area = area.below(tall + 16.0);
        }
    }
    let rest = match (&charts[..], &tables[..]) {
        (charts, []) => with_charts(desk, &mut slides, charts, &items, area)?,
        ([], tables) => with_tables(desk, &mut slides, tables, &items, area),
        ([chart], [table]) => with_both(desk, &mut slides, chart, table, &items, area)?,
        (charts, tables) => {
            let rest = with_charts(desk, &mut slides, charts, &items, area)?;
            let area = slides.open(desk);
            with_tables(desk, &mut slides, tables, rest, area)
        }
    };
    if !rest.is_empty() {
        let area = slides.open(desk);
        slides.text_slides(desk, rest, area);
    }
    Ok(slides.sheets)
}

/// A page without chart or table: tiles beside text, or either alone.
fn opening(desk: &mut Desk<'_>, slides: &mut Slides<'_>, shown: &[Figure], items: &[Item], area: Area) {
    if shown.is_empty() {
        return slides.text_slides(desk, items, area);
    }
    if items.is_empty() || shown.len() > TILES {
        tile_slides(desk, slides, shown, area);
        if !items.is_empty() {
            let area = slides.open(desk);
            slides.text_slides(desk, items, area);
        }
        return;
    }
    let wide = area.width * 0.56;
    figures::tiles(desk, slides.canvas(), shown, Area { width: wide, ..area });
    let column = Area::new(area.x + wide + GAP, area.y, area.width - wide - GAP, area.height);
    let pieces = prose::fit(desk, items, column.width, column.height, &[17.0, 16.0, 15.0, 14.0, 13.0, 12.0, 11.0]);
    prose::draw(slides.canvas(), &pieces, column.x, column.y);
    let rest = &items[pieces.len()..];
    if !rest.is_empty() {
        let area = slides.open(desk);
        slides.text_slides(desk, rest, area);
    }
}

/// Tiles on as many slides as they need.
fn tile_slides(desk: &mut Desk<'_>, slides: &mut Slides<'_>, shown: &[Figure], area: Area) {
    let mut area = area;
    for (index, some) in shown.chunks(TILES).enumerate() {
        if index > 0 {
            area = slides.open(desk);
        }
        figures::tiles(desk, slides.canvas(), some, area);
    }
}

fn with_charts<'i>(
    desk: &mut Desk<'_>,
    slides: &mut Slides<'i>,
    charts: &[&ChartSpec],
    items: &'i [Item],
    area: Area,
) -> Result<&'i [Item], ReportError> {
    let mut rest = items;
    let mut area = area;
    for (index, pair) in charts.chunks(2).enumerate() {
        if index > 0 {
            area = slides.open(desk);
        }
        match pair {
            [one] if rest.is_empty() => slides.chart(desk, one, area)?,
            [one] => {
                let wide = area.width * 0.68;
                slides.chart(desk, one, Area { width: wide, ..area })?;
                rest = slides.side(
                    desk,
                    rest,
                    Area::new(area.x + wide + GAP, area.y, area.width - wide - GAP, area.height),
                );
            }
            two => {
                let below =
                    text_below(desk, rest, area, 0.3).filter(|(h, _)| area.height - h - 18.0 >= LEAST_CHART + 20.0);
                let tall = area.height - below.map_or(0.0, |(h, _)| h + 18.0);
                let wide = (area.width - GAP) / 2.0;
                for (column, chart) in two.iter().enumerate() {
                    slides.chart(desk, chart, Area::new(area.x + column as f32 * (wide + GAP), area.y, wide, tall))?;
                }
                if let Some((_, size)) = below {
                    prose::in_columns(desk, rest, area.below(tall + 18.0), 2, size, Some(slides.canvas()));
                    rest = &[];
                }
            }
        }
    }
    Ok(rest)
}

/// Height and size of text in two columns under other content, if it takes no more than `share` of the area.
fn text_below(desk: &mut Desk<'_>, items: &[Item], area: Area, share: f32) -> Option<(f32, f32)> {
    if items.is_empty() {
        return None;
    }
    [14.0, 13.0, 12.0, 11.0]
        .into_iter()
        .map(|size| (prose::in_columns(desk, items, area, 2, size, None), size))
        .find(|(height, _)| *height <= area.height * share)
}
