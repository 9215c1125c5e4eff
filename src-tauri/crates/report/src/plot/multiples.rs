//! A grid of small charts on the same two axes.

use super::Scene;
use super::annotate::targets;
use super::field::{Field, tick_width};
use super::trend::Trend;
use crate::canvas::Area;
use crate::chart::{ChartSpec, Panel};
use crate::palette::{Colour, paper};
use crate::text::HAlign;

pub fn draw(
    scene: &mut Scene<'_>,
    spec: &ChartSpec,
    whole: Area,
    x: &[f64],
    columns: u32,
    panels: &[Panel],
) -> Result<(), String> {
    let columns = (columns.max(1) as usize).min(panels.len().max(1));
    let rows = panels.len().div_ceil(columns).max(1);
    let left = tick_width(scene, &spec.y);
    let head = scene.look.label * 1.7;
    let foot = scene.look.label * 1.3 + 6.0;
    let (across, down) = (scene.look.label * 1.8, scene.look.label * 0.9);
    let wide = ((whole.width - left - across * (columns - 1) as f32 - 4.0) / columns as f32).max(10.0);
    let tall = ((whole.height - foot - down * (rows - 1) as f32) / rows as f32 - head).max(8.0);
    for (index, panel) in panels.iter().enumerate() {
        let (row, column) = (index / columns, index % columns);
        let area = Area::new(
            whole.x + left + column as f32 * (wide + across),
            whole.y + row as f32 * (tall + head + down) + head,
            wide,
            tall,
        );
        let field = Field::new(scene, area, &spec.x, &spec.y);
        if column == 0 {
            field.value_axis_left(scene, &spec.y);
        } else {
            for tick in spec.y.ticks.iter().filter(|t| field.holds_y(t.at)) {
                let y = field.y(tick.at);
                scene.draw(|c| c.line((area.x, y), (area.right(), y), Colour::GRID, 0.6));
            }
        }
        field.baseline(scene, &spec.y);
        name(scene, panel, area, head);
        let trend = Trend { x, lines: panel.lines.iter().collect(), bands: &[], tint: None, step: false };
        trend.draw(&field, spec.x.max)?;
        for level in targets(&spec.annotations) {
            // Named once, in the panel whose line stays away from it.
            if index == quiet_panel(panels, level.0) {
                field.target(scene, level)
            } else {
                field.level(scene, level.0, level.2)
            }
        }
        if let Some((at, y, colour)) = end(x, panel) {
            field.dot((at, y), 2.2, super::field::brush(paper(colour), 1.0))?;
        }
        // The last panel of a column carries the ticks.
        if index + columns >= panels.len() {
            ticks_within(scene, &field, spec);
        }
    }
    Ok(())
}

/// The panel whose lines begin farthest from a level: there its name has room.
fn quiet_panel(panels: &[Panel], level: f64) -> usize {
    let away = |panel: &Panel| {
        let starts = panel.lines.iter().flat_map(|line| line.values.iter().take(line.values.len().div_ceil(2)));
        starts.flatten().map(|v| (v - level).abs()).fold(f64::INFINITY, f64::min)
    };
    // The first of those that are as good.
    let mut best = (0, 0.0);
    for (index, panel) in panels.iter().enumerate() {
        if away(panel) > best.1 * 1.2 {
            best = (index, away(panel));
        }
    }
    best.0
}

/// Title and latest value over the panel.
fn name(scene: &mut Scene<'_>, panel: &Panel, area: Area, head: f32) {
    let style = scene.label();
    let quiet = scene.note().colour(Colour::MUTED);
    let note = scene.set.set_short(&panel.note, &quiet, area.width * 0.5);
    let room = (area.width - note.width - scene.look.label * 0.6).max(8.0);
    let title = scene.set.set_short(&panel.title, &style, room);
    let top = area.y - head;
    scene.text_in(&title, area.x, top, room, HAlign::Left);
    scene.text_in(&note, area.right() - note.width, top + title.height - note.height, note.width, HAlign::Left);
}

/// Ticks whose labels stay under their own panel.
fn ticks_within(scene: &mut Scene<'_>, field: &Field, spec: &ChartSpec) {
    let style = scene.tick();
    let area = field.area;
    let mut free = f32::MIN;
    for tick in &spec.x.ticks {
        let Some(x) = field.x_inside(tick.at) else { continue };
        scene.draw(|c| c.line((x, area.bottom()), (x, area.bottom() + 3.0), Colour::RULE, 0.6));
        let text = scene.set.set(&tick.label, &style, None);
        let most = (area.right() - text.width).max(area.x);
        let left = (x - text.width / 2.0).clamp(area.x, most);
        if left >= free && text.width <= area.width {
            scene.text(&text, left, area.bottom() + 5.0);
            free = left + text.width + 6.0;
        }
    }
}

/// Where the panel's first line ends.
fn end(x: &[f64], panel: &Panel) -> Option<(f64, f64, crate::chart::ColourToken)> {
    let line = panel.lines.first()?;
    let index = (0..x.len()).rev().find(|i| line.values.get(*i).copied().flatten().is_some_and(f64::is_finite))?;
    Some((x[index], line.values[index]?, line.colour))
}
