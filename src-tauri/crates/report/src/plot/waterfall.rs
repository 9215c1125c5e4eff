//! A total, its changes, the new total.

use super::Scene;
use super::annotate::targets;
use super::bar::Categories;
use super::field::{brush, within};
use crate::canvas::Area;
use crate::chart::{ChartSpec, WaterfallStep};
use crate::palette::{Colour, paper};

pub fn draw(scene: &mut Scene<'_>, spec: &ChartSpec, whole: Area, steps: &[WaterfallStep]) -> Result<(), String> {
    let names: Vec<&str> = steps.iter().map(|s| s.name.as_str()).collect();
    let frame = Categories::new(scene, spec, whole, &names, false, 0.0);
    let axis = &spec.y;
    let inside = |v: f64| within(axis, v);
    for (index, step) in steps.iter().enumerate() {
        let from = if step.total { inside(0.0) } else { inside(step.from) };
        let (a, b) = frame.corners(index, from, inside(step.to));
        frame.field.rect(a, b, brush(paper(step.colour), 1.0))?;
        if index + 1 < steps.len() {
            let (x0, y) = frame.field.at(frame.centre(index) + frame.half(), inside(step.to));
            let x1 = frame.field.x(frame.centre(index + 1) - frame.half());
            scene.draw(|c| c.dashed((x0, y), (x1, y), Colour::MUTED, 0.7, Some([2.0, 2.0])));
        }
    }
    let style = scene.label();
    for (index, step) in steps.iter().enumerate() {
        let column = frame.field.area.width / steps.len() as f32;
        let text = scene.set.set(&step.label, &style, Some(column));
        let high = if step.total { inside(step.to) } else { inside(step.from.max(step.to)) };
        let (x, y) = frame.field.at(frame.centre(index), high);
        scene.text_in(&text, x - column / 2.0, y - text.height - 2.0, column, crate::text::HAlign::Centre);
    }
    for level in targets(&spec.annotations) {
        frame.field.target(scene, level);
    }
    Ok(())
}
