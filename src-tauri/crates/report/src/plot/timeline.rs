//! Lanes of spans with dated marks.

use std::sync::Arc;

use super::Scene;
use super::events::event_rows;
use super::field::Field;
use crate::canvas::{Area, Canvas, Segment};
use crate::chart::{Axis, ChartSpec, Lane, LaneMark, Span};
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
        let bar = bar_of(scene, lane_area, tall, !lane.marks.is_empty(), tracks(&lane.spans).1);
        scene.text_in(name, whole.x, bar.y + (bar.height - name.height) / 2.0, left - 12.0, HAlign::Left);
        draw_lane(scene, &field, &spec.x, lane, bar);
    }
    scene.draw(|c| c.line((whole.x, area.bottom()), (area.right(), area.bottom()), Colour::RULE, 0.8));
    Ok(())
}

/// The bar's place in its lane: centred together with the line of mark labels under it.
fn bar_of(scene: &Scene<'_>, lane: Area, tall: f32, marks: bool, count: usize) -> Area {
    let text = if marks { scene.look.label * 1.5 } else { 0.0 };
    // Spans that overlap need a row each.
    let wanted = if count > 1 { scene.look.label * 1.7 * count as f32 } else { (tall - text) / 2.0 };
    let most = scene.look.label * 2.4 * count as f32;
    let height = wanted.clamp(4.0, most).min((lane.height - text - 3.0).max(3.0));
    Area::new(lane.x, lane.y + (lane.height - height - text) / 2.0, lane.width, height)
}

fn draw_lane(scene: &mut Scene<'_>, field: &Field, axis: &Axis, lane: &Lane, bar: Area) {
    let (tracks, count) = tracks(&lane.spans);
    let dates: Vec<f32> = lane.marks.iter().filter_map(|m| field.x_inside(m.at)).collect();
    let tall = bar.height / count as f32;
    for (span, track) in lane.spans.iter().zip(tracks) {
        let (from, to) = (field.x(span.from), field.x(span.to));
        if to <= from {
            continue;
        }
        let fill = paper(span.colour);
        let part = Area::new(from, bar.y + track as f32 * tall, to - from, tall - if count > 1 { 1.0 } else { 0.0 });
        scene.draw(|c| c.round_rect(part, 3.0, fill));
        let style = scene.label().colour(fill.text_on());
        // From the left edge, or from the first mark after which no other crosses the name.
        let whole = scene.set.width(&span.label, &style);
        let free = |at: &f32| {
            *at >= from && at + whole + 10.0 <= to && !dates.iter().any(|d| *d > at - 6.0 && *d < at + whole + 12.0)
        };
        let start = std::iter::once(from).chain(dates.iter().map(|d| d + 7.0)).find(free).unwrap_or(from);
        let next = dates.iter().copied().filter(|d| *d > start + 1.0).fold(to, f32::min);
        let text = scene.set.set_short(&span.label, &style, (next - start - 12.0).max(0.0));
        // A label of which only a letter or two would be left says nothing.
        if text.width > scene.look.label * 2.5 && text.height <= part.height + 2.0 {
            scene.text(&text, start + 6.0, part.y + (part.height - text.height) / 2.0);
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

/// A row per span, so that spans of one lane that overlap stand under one another; and how many rows there are.
fn tracks(spans: &[Span]) -> (Vec<usize>, usize) {
    let mut ends: Vec<f64> = Vec::new();
    let mut order: Vec<usize> = (0..spans.len()).collect();
    order.sort_by(|a, b| spans[*a].from.total_cmp(&spans[*b].from));
    let mut out = vec![0; spans.len()];
    for index in order {
        let span = &spans[index];
        let track = ends.iter().position(|end| *end <= span.from).unwrap_or(ends.len());
        if track == ends.len() {
            ends.push(span.to);
        } else {
            ends[track] = span.to;
        }
        out[index] = track;
    }
    (out, ends.len().max(1))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::chart::ColourToken;

    #[test]
    fn spans_that_overlap_stand_under_one_another() {
        let span = |from: f64, to: f64| Span { from, to, label: String::new(), colour: ColourToken::Ink };
        let (rows, count) = tracks(&[span(0.0, 5.0), span(3.0, 8.0), span(5.0, 9.0), span(8.0, 9.0)]);
        assert_eq!((rows, count), (vec![0, 1, 0, 1], 2));
        assert_eq!(tracks(&[]).1, 1);
    }
}
