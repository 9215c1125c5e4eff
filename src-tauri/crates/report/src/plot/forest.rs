//! Estimates with their intervals, one per row, on one scale with the line of no difference.

use super::Scene;
use super::field::{Field, axis_names, within};
use crate::canvas::Area;
use crate::chart::{Axis, ChartSpec, ForestRow, Margin};
use crate::palette::{Colour, paper};
use crate::text::HAlign;

pub fn draw(
    scene: &mut Scene<'_>,
    spec: &ChartSpec,
    whole: Area,
    rows: &[ForestRow],
    (reference, margin): (f64, Option<&Margin>),
) -> Result<(), String> {
    let gap = scene.look.label;
    let (strong, quiet) = (scene.note(), scene.note().colour(Colour::MUTED));
    let names: Vec<_> = rows.iter().map(|r| scene.set.set_short(&r.name, &strong, whole.width * 0.3)).collect();
    let labels: Vec<_> = rows
        .iter()
        .map(|r| scene.set.set_short(&r.label, if r.estimate.is_some() { &strong } else { &quiet }, whole.width * 0.28))
        .collect();
    let left = names.iter().map(|n| n.width).fold(0.0, f32::max) + gap;
    let right = labels.iter().map(|n| n.width).fold(0.0, f32::max) + gap;
    let axis_name = axis_names(scene, whole, "", &spec.x.label, whole.x + left, true).1;
    let above = if margin.is_some_and(|m| !m.label.is_empty()) { scene.look.label * 1.5 } else { 2.0 };
    let below = axis_name + if spec.x.ticks.is_empty() { 4.0 } else { scene.look.label * 1.3 + 6.0 };
    let area = Area::new(
        whole.x + left,
        whole.y + above,
        (whole.width - left - right).max(10.0),
        (whole.height - above - below).max(10.0),
    );
    let rank = Axis { label: String::new(), min: 0.0, max: rows.len().max(1) as f64, ticks: Vec::new() };
    let field = Field::new(scene, area, &spec.x, &rank);
    if let Some(margin) = margin.filter(|m| m.low < m.high) {
        let (from, to) = (field.x(within(&spec.x, margin.low)), field.x(within(&spec.x, margin.high)));
        scene.draw(|c| c.rect(Area::new(from, area.y, to - from, area.height), Colour::INK.over(Colour::WHITE, 0.06)));
        let text = scene.set.set_short(&margin.label, &scene.tick(), area.width);
        let at = ((from + to - text.width) / 2.0).clamp(area.x, (area.right() - text.width).max(area.x));
        scene.text(&text, at, area.y - text.height - 1.5);
    }
    field.axis_below(scene, &spec.x, false);
    if let Some(x) = field.x_inside(reference) {
        scene.draw(|c| c.line((x, area.y), (x, area.bottom()), Colour::MUTED, 0.9));
    }
    let step = area.height / rows.len().max(1) as f32;
    for (index, row) in rows.iter().enumerate() {
        let y = area.y + (index as f32 + 0.5) * step;
        let name = &names[index];
        if index > 0 {
            let top = area.y + index as f32 * step;
            scene.draw(|c| c.line((whole.x, top), (whole.right(), top), Colour::HAIRLINE, 0.6));
        }
        scene.text_in(name, whole.x, y - name.height / 2.0, left, HAlign::Left);
        let label = &labels[index];
        scene.text_in(label, area.right() + gap, y - label.height / 2.0, right - gap, HAlign::Right);
        interval(scene, &field, &spec.x, row, y);
    }
    scene.draw(|c| c.line((area.x, area.bottom()), (area.right(), area.bottom()), Colour::RULE, 0.8));
    Ok(())
}

fn interval(scene: &Scene<'_>, field: &Field, axis: &Axis, row: &ForestRow, y: f32) {
    let colour = paper(row.colour);
    let known = |v: Option<f64>| v.filter(|v| v.is_finite());
    if let (Some(low), Some(high)) = (known(row.low), known(row.high)) {
        let (from, to) = (field.x(within(axis, low)), field.x(within(axis, high)));
        scene.draw(|c| {
            c.line((from, y), (to, y), colour, 1.5);
            // Where the interval goes on beyond the scale, an arrow says so.
            for (beyond, x, turn) in [(low < axis.min, from, 1.0), (high > axis.max, to, -1.0)] {
                if beyond {
                    c.polyline(&[(x + 4.0 * turn, y - 3.0), (x, y), (x + 4.0 * turn, y + 3.0)], colour, 1.5, None);
                }
            }
        });
    }
    if let Some(x) = known(row.estimate).and_then(|v| field.x_inside(v)) {
        scene.draw(|c| c.rect(Area::new(x - 3.2, y - 3.2, 6.4, 6.4), colour));
    }
}
