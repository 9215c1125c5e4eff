//! Lanes of spans with dated marks.

use std::sync::Arc;

use super::Scene;
use super::events::event_rows;
use super::field::Field;
use crate::canvas::{Area, Canvas, Segment};
use crate::chart::{Axis, ChartSpec, Lane, LaneMark};
use crate::palette::{Colour, paper};
use crate::text::{HAlign, Paragraph};

pub fn draw(scene: &mut Scene<'_>, spec: &ChartSpec, whole: Area, lanes: &[Lane]) -> Result<(), String> {
    let names: Vec<_> = {
        let style = scene.label();
        lanes.iter().map(|lane| scene.set.set(&lane.name, &style, Some(whole.width * 0.22))).collect()
    };
    let left = names.iter().map(|n| n.width).fold(0.0, f32::max) + 12.0;
    let rows = event_rows(scene, &spec.annotations, &spec.x, whole.x + left, whole.width - left - 8.0);
    let below = scene.look.label * 1.3 + 8.0;
    let area = Area::new(
        whole.x + left,
        whole.y + rows + 2.0,
        (whole.width - left - 8.0).max(10.0),
        (whole.height - rows - below - 2.0).max(10.0),
    );
    let count = lanes.len().max(1);
    let rank = Axis { label: String::new(), min: 0.0, max: count as f64, ticks: Vec::new() };
    let field = Field::new(scene, area, &spec.x, &rank);
    field.axis_below(scene, &spec.x, true);
    // Before the lanes: their labels stand over the lines.
    field.events(scene, &spec.annotations);
    let tall = (area.height / count as f32).min(scene.look.label * 9.0);
    for (index, (lane, name)) in lanes.iter().zip(&names).enumerate() {
        let top = area.y + index as f32 * area.height / count as f32;
        let lane_area = Area::new(area.x, top, area.width, area.height / count as f32);
        scene.draw(|c| c.line((whole.x, top), (area.right(), top), Colour::HAIRLINE, 0.6));
        let bar = bar_of(scene, lane_area, tall, !lane.marks.is_empty());
        scene.text_in(name, whole.x, bar.y + (bar.height - name.height) / 2.0, left - 12.0, HAlign::Left);
        draw_lane(scene, &field, &spec.x, lane, bar);
    }
    scene.draw(|c| c.line((whole.x, area.bottom()), (area.right(), area.bottom()), Colour::RULE, 0.8));
    Ok(())
}

/// The bar's place in its lane: centred together with the line of mark labels under it.
fn bar_of(scene: &Scene<'_>, lane: Area, tall: f32, marks: bool) -> Area {
    let text = if marks { scene.look.label * 1.5 } else { 0.0 };
    let height = ((tall - text) / 2.0).clamp(4.0, scene.look.label * 2.4).min((lane.height - text - 3.0).max(3.0));
    Area::new(lane.x, lane.y + (lane.height - height - text) / 2.0, lane.width, height)
}

fn draw_lane(scene: &mut Scene<'_>, field: &Field, axis: &Axis, lane: &Lane, bar: Area) {
    for span in &lane.spans {
        let (from, to) = (field.x(span.from), field.x(span.to));
        if to <= from {
            continue;
        }
        let fill = paper(span.colour);
        scene.draw(|c| c.round_rect(Area::new(from, bar.y, to - from, bar.height), 3.0, fill));
        let style = scene.label().colour(fill.text_on());
        let text = scene.set.set_short(&span.label, &style, (to - from - 10.0).max(0.0));
        // A label of which only a letter or two would be left says nothing.
        if text.width > scene.look.label * 2.5 && text.height <= bar.height + 2.0 {
            scene.text(&text, from + 6.0, bar.y + (bar.height - text.height) / 2.0);
        }
    }
    let seen = |at: f64| at >= axis.min && at <= axis.max;
    let mut marks: Vec<_> = lane.marks.iter().filter(|m| seen(m.at)).map(|m| (field.x(m.at), m)).collect();
    marks.sort_by(|a, b| a.0.total_cmp(&b.0));
    let style = scene.note();
    let (low, high) = (field.area.x, field.area.right() + 8.0);
    let mut set = |widest: f32| -> Vec<(f32, Arc<Paragraph>, Colour)> {
        let one = |(x, mark): &(f32, &LaneMark)| {
            let colour = paper(mark.colour);
            (*x, scene.set.set_short(&mark.label, &style.colour(colour.as_text()), widest), colour)
        };
        marks.iter().map(one).collect()
    };
    // With too many marks for one line of names, each name gets an equal share of it.
    let mut labels = set(field.area.width * 0.4);
    if labels.iter().map(|(_, text, _)| text.width + 10.0).sum::<f32>() > high - low + 10.0 {
        labels = set(((high - low) / marks.len().max(1) as f32 - 10.0).max(1.0));
    }
    let places = side_by_side(&labels.iter().map(|(x, t, _)| (*x, t.width)).collect::<Vec<_>>(), low, high);
    for ((x, text, colour), place) in labels.iter().zip(places) {
        let middle = bar.y + bar.height / 2.0;
        let size = (bar.height * 0.36).clamp(3.0, 6.0);
        scene.draw(|c| {
            diamond(c, (*x, middle), size + 1.4, Colour::WHITE);
            diamond(c, (*x, middle), size, *colour);
        });
        super::labels::on_ground(scene, text, place, bar.bottom() + 2.0);
    }
}

fn diamond(canvas: &mut Canvas, (x, y): (f32, f32), r: f32, colour: Colour) {
    canvas.fill(
        vec![
            Segment::Move(x, y - r),
            Segment::Line(x + r, y),
            Segment::Line(x, y + r),
            Segment::Line(x - r, y),
            Segment::Close,
        ],
        colour,
    );
}

/// Left edges for labels centred on their marks, moved apart.
fn side_by_side(wanted: &[(f32, f32)], low: f32, high: f32) -> Vec<f32> {
    let padded: Vec<(f32, f32)> = wanted.iter().map(|(x, w)| (*x, w + 10.0)).collect();
    match super::labels::spread(&padded, low - 5.0, high + 5.0) {
        Some(lefts) => lefts.into_iter().map(|left| left + 5.0).collect(),
        None => wanted.iter().map(|(x, width)| (x - width / 2.0).clamp(low, (high - width).max(low))).collect(),
    }
}
