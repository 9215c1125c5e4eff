//! The changes alone, from no change to the whole change: small steps on a large base can be read.

use super::Scene;
use super::annotate::targets;
use super::bar::{Categories, value_axis, vertical_target};
use super::field::{brush, within};
use super::labels::on_ground;
use crate::canvas::Area;
use crate::chart::{ChartSpec, WaterfallStep};
use crate::palette::{Colour, paper};

pub fn draw(
    scene: &mut Scene<'_>,
    spec: &ChartSpec,
    whole: Area,
    steps: &[WaterfallStep],
    horizontal: bool,
) -> Result<(), String> {
    let names: Vec<&str> = steps.iter().map(|s| s.name.as_str()).collect();
    let style = scene.label();
    let room = steps.iter().map(|s| scene.set.width(&s.label, &style)).fold(0.0, f32::max) + 10.0;
    let frame = Categories::new(scene, spec, whole, &names, horizontal, room);
    let axis = value_axis(spec, horizontal);
    let inside = |v: f64| within(axis, v);
    let start = |step: &WaterfallStep| if step.total { inside(0.0) } else { inside(step.from) };
    for (index, step) in steps.iter().enumerate() {
        let (a, b) = frame.corners(index, start(step), inside(step.to));
        frame.field.rect(a, b, brush(paper(step.colour), 1.0))?;
        if index + 1 < steps.len() {
            // The running total, carried to the next step.
            let away = if horizontal { -frame.half() } else { frame.half() };
            let (side, next) = (frame.centre(index) + away, frame.centre(index + 1) - away);
            let at = |along: f64| if horizontal { (inside(step.to), along) } else { (along, inside(step.to)) };
            let (from, to) = (at(side), at(next));
            let (from, to) = (frame.field.at(from.0, from.1), frame.field.at(to.0, to.1));
            scene.draw(|c| c.dashed(from, to, Colour::MUTED, 0.7, Some([2.0, 2.0])));
        }
    }
    for (index, step) in steps.iter().enumerate() {
        let (from, to) = (start(step), inside(step.to));
        let text = scene.set.set(&step.label, &style, None);
        let (low, high) = (from.min(to), from.max(to));
        if horizontal {
            let (x, y) = frame.field.at(high, frame.centre(index));
            on_ground(scene, &text, x + 5.0, y - text.height / 2.0);
        } else {
            // A rise is labelled above, a fall below, as it moves.
            let rises = to >= from;
            let (x, y) = frame.field.at(frame.centre(index), if rises { high } else { low });
            let above = rises || y + text.height + 2.0 > frame.field.area.bottom();
            let top = if above { frame.field.y(high) - text.height - 2.0 } else { y + 2.0 };
            on_ground(scene, &text, x - text.width / 2.0, top);
        }
    }
    for level in targets(&spec.annotations) {
        if horizontal { vertical_target(scene, &frame.field, level) } else { frame.field.target(scene, level) }
    }
    Ok(())
}
