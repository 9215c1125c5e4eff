//! Tables on slides: alone, with text, with the chart they belong to, and cut over several slides.

use super::{GAP, LEAST_CHART, Slides, text_below, with_charts};
use crate::canvas::Area;
use crate::chart::ChartSpec;
use crate::error::ReportError;
use crate::layout::furniture::footer_top;
use crate::layout::grid::{Grid, natural_width};
use crate::layout::prose::{self, Item};
use crate::layout::{Desk, Paper};
use crate::table::TableSpec;

/// Type sizes tried for tables, largest first.
const TABLE_SIZES: [f32; 7] = [13.5, 12.5, 12.0, 11.5, 11.0, 10.5, 10.0];

/// Tables one under another at the largest size at which all fits; else over as many slides as it takes.
pub fn with_tables<'i>(
    desk: &mut Desk<'_>,
    slides: &mut Slides<'i>,
    tables: &[&TableSpec],
    items: &'i [Item],
    area: Area,
) -> &'i [Item] {
    let slim = items.is_empty() || tables.iter().any(|t| natural_width(&mut desk.set, t, 12.0) > area.width * 0.64);
    if !slim {
        let wide = area.width * 0.66;
        let rest =
            slides.side(desk, items, Area::new(area.x + wide + GAP, area.y, area.width - wide - GAP, area.height));
        table_flow(desk, slides, tables, Area { width: wide, ..area });
        return rest;
    }
    let below = text_below(desk, items, area, 0.45);
    let reserved = below.map_or(0.0, |(height, _)| height + 22.0);
    let room = Area { height: area.height - reserved, ..area };
    let end = table_flow(desk, slides, tables, room);
    match below {
        Some((height, size)) if end.fits(height) => {
            let at = Area::new(area.x, end.y.max(area.y) + 22.0, area.width, height);
            prose::in_columns(desk, items, at, 2, size, Some(slides.canvas()));
            &[]
        }
        _ => items,
    }
}

/// Where a flow of tables ended.
struct End {
    y: f32,
    bottom: f32,
}

impl End {
    fn fits(&self, height: f32) -> bool {
        self.y + 22.0 + height <= self.bottom + 1.0
    }
}

fn table_flow(desk: &mut Desk<'_>, slides: &mut Slides<'_>, tables: &[&TableSpec], area: Area) -> End {
    const BETWEEN: f32 = 20.0;
    let (_, height) = Paper::Deck.size();
    let bottom = footer_top(height) - 12.0;
    let whole = |desk: &mut Desk<'_>, size: f32| {
        let grids: Vec<Grid> = tables.iter().map(|t| Grid::new(&mut desk.set, t, area.width, size)).collect();
        let tall: f32 = grids.iter().map(|g| g.height(0..g.len())).sum::<f32>() + BETWEEN * (grids.len() - 1) as f32;
        (grids.iter().all(|g| g.comfortable) && tall <= area.height).then_some((grids, tall))
    };
    // Rather smaller type than a date broken over two lines.
    let wide =
        |desk: &mut Desk<'_>, size: f32| tables.iter().all(|t| natural_width(&mut desk.set, t, size) <= area.width);
    let unbroken = TABLE_SIZES.into_iter().filter(|size| *size >= 11.0 && wide(desk, *size)).collect::<Vec<_>>();
    for size in unbroken.into_iter().chain(TABLE_SIZES) {
        if let Some((mut grids, tall)) = whole(desk, size) {
            let rows: usize = grids.iter().map(|g| g.len() + 1).sum();
            let stretch = ((area.height - tall) / rows as f32).clamp(0.0, 18.0);
            let mut y = area.y;
            for grid in &mut grids {
                grid.stretch = stretch;
                grid.draw(slides.canvas(), area.x, y, 0..grid.len());
                y += grid.height(0..grid.len()) + BETWEEN;
            }
            return End { y: y - BETWEEN, bottom };
        }
    }
    let mut room = area;
    for (index, table) in tables.iter().enumerate() {
        let grid = cut_grid(desk, table, room);
        let mut from = 0;
        if index > 0 && grid.fitting(0, room.height) < grid.len().min(3) {
            room = Area { width: area.width, ..slides.open(desk) };
        }
        loop {
            let mut count = grid.fitting(from, room.height);
            if count == 0 && (from < grid.len() || grid.len() == 0) {
                count = usize::from(grid.len() > 0);
            }
            let left = grid.len() - from;
            if count < left {
                // Even slides instead of a last one with a single row.
                let next = grid.fitting(from + count, area.height).max(1);
                let slides = 1 + (left - count).div_ceil(next);
                count = count.min(left.div_ceil(slides).max(1));
            }
            grid.draw(slides.canvas(), room.x, room.y, from..from + count);
            room = room.below(grid.height(from..from + count) + BETWEEN);
            from += count;
            if from >= grid.len() {
                break;
            }
            room = Area { width: area.width, ..slides.open(desk) };
        }
    }
    End { y: room.y - BETWEEN, bottom }
}

/// A table for several slides, in the largest type that needs no more slides than the smallest would.
fn cut_grid(desk: &mut Desk<'_>, table: &TableSpec, room: Area) -> Grid {
    let mut best: Option<(usize, Grid)> = None;
    for size in [11.5, 11.0, 10.5, 10.0, 9.5, 9.0, 8.5] {
        let grid = Grid::new(&mut desk.set, table, room.width, size);
        if !grid.comfortable {
            continue;
        }
        let slides = (grid.height(0..grid.len()) / room.height.max(1.0)).ceil() as usize;
        if best.as_ref().is_none_or(|(least, _)| slides < *least) {
            best = Some((slides, grid));
        }
    }
    match best {
        Some((_, grid)) => grid,
        None => Grid::new(&mut desk.set, table, room.width, 7.5),
    }
}

/// A chart and its table: side by side where the table is narrow, else one above the other, else on two slides.
pub fn with_both<'i>(
    desk: &mut Desk<'_>,
    slides: &mut Slides<'i>,
    chart: &ChartSpec,
    table: &TableSpec,
    items: &'i [Item],
    area: Area,
) -> Result<&'i [Item], ReportError> {
    let below = text_below(desk, items, area, 0.32);
    let under = below.map_or(0.0, |(height, _)| height + 20.0);
    if items.is_empty() || below.is_some() {
        let upper = area.height - under;
        for size in [12.0, 11.0, 10.0] {
            let wide = natural_width(&mut desk.set, table, size).max(area.width * 0.32);
            if wide > area.width * 0.54 {
                continue;
            }
            let mut grid = Grid::new(&mut desk.set, table, wide, size);
            let tall = grid.height(0..grid.len());
            if tall > upper || !grid.comfortable {
                continue;
            }
            grid.stretch = ((upper - tall) / (grid.len() + 2) as f32).clamp(0.0, 12.0);
            let chart_area = Area { width: area.width - wide - GAP, height: upper, ..area };
            slides.chart(desk, chart, chart_area)?;
            grid.draw(slides.canvas(), area.x + area.width - wide, area.y, 0..grid.len());
            if let Some((_, size)) = below {
                prose::in_columns(desk, items, area.below(upper + 20.0), 2, size, Some(slides.canvas()));
            }
            return Ok(&[]);
        }
    }
    let side = if items.is_empty() { 0.0 } else { area.width * 0.27 };
    let wide = area.width - side - if side > 0.0 { GAP } else { 0.0 };
    for size in [11.5, 10.5, 9.5] {
        let grid = Grid::new(&mut desk.set, table, wide, size);
        let tall = grid.height(0..grid.len());
        if !grid.comfortable || area.height - tall < LEAST_CHART {
            continue;
        }
        slides.chart(desk, chart, Area { width: wide, height: area.height - tall - 16.0, ..area })?;
        grid.draw(slides.canvas(), area.x, area.bottom() - tall, 0..grid.len());
        if side == 0.0 {
            return Ok(&[]);
        }
        return Ok(slides.side(desk, items, Area::new(area.right() - side, area.y, side, area.height)));
    }
    let rest = with_charts(desk, slides, &[chart], items, area)?;
    let area = slides.open(desk);
    Ok(with_tables(desk, slides, &[table], rest, area))
}
