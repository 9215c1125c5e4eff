//! One bar per category, made of the series' shares; each segment carries its value where it fits.

use super::Scene;
use super::annotate::targets;
use super::bar::{Categories, value_axis, vertical_target};
use super::field::{brush, within};
use super::labels::legend;
use crate::canvas::Area;
use crate::chart::{ChartSpec, Series};
use crate::palette::paper;

pub fn draw(
    scene: &mut Scene<'_>,
    spec: &ChartSpec,
    whole: Area,
    categories: &[String],
    series: &[Series],
    horizontal: bool,
) -> Result<(), String> {
    let named: Vec<_> = series.iter().map(|s| (s.name.as_str(), s.colour)).collect();
    let key = legend(scene, &named, whole.x, whole.y, whole.width, true);
    let names: Vec<&str> = categories.iter().map(String::as_str).collect();
    let room = scene.look.label * 1.6;
    let frame = Categories::new(scene, spec, whole.below(key), &names, horizontal, room);
    let axis = value_axis(spec, horizontal);
    let start = within(axis, 0.0);
    for index in 0..categories.len() {
        let mut from = start;
        for one in series {
            let Some(value) = one.values.get(index).copied().flatten() else { continue };
            let to = within(axis, from + value);
            let (a, b) = frame.corners(index, from, to);
            frame.field.rect(a, b, brush(paper(one.colour), 1.0))?;
            frame.hatch_incomplete(scene, &spec.annotations, index, (a, b));
            segment_label(scene, &frame, one, index, a, b);
            from = to;
        }
    }
    for level in targets(&spec.annotations) {
        if horizontal {
            vertical_target(scene, &frame.field, level);
        } else {
            frame.field.target(scene, level);
        }
    }
    Ok(())
}

fn segment_label(
    scene: &mut Scene<'_>,
    frame: &Categories,
    series: &Series,
    index: usize,
    a: (f64, f64),
    b: (f64, f64),
) {
    let Some(label) = series.labels.get(index) else { return };
    let ((x0, y0), (x1, y1)) = (frame.field.at(a.0, a.1), frame.field.at(b.0, b.1));
    let (width, height) = ((x1 - x0).abs(), (y1 - y0).abs());
    let fill = paper(series.colour);
    // A hairline of paper between neighbours keeps them apart in print.
    scene.draw(|c| {
        let (right, top) = (x0.max(x1), y0.min(y1));
        if frame.horizontal {
            c.line((right, top), (right, top + height), crate::palette::Colour::WHITE, 0.8);
        } else {
            c.line((x0.min(x1), top), (right, top), crate::palette::Colour::WHITE, 0.8);
        }
    });
    let style = scene.label().colour(fill.text_on());
    let text = scene.set.set(label, &style, None);
    if text.width + 6.0 <= width && text.height <= height {
        scene.text(&text, (x0 + x1 - text.width) / 2.0, (y0 + y1 - text.height) / 2.0);
    }
}
