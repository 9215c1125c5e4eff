//! Lines, steps and the bands around them.

use super::Scene;
use super::annotate::{end_value, targets};
use super::field::{Margins, brush, pen, standard};
use super::labels::{EndLabels, EndText, legend, on_ground};
use crate::canvas::Area;
use crate::chart::{Band, ChartSpec, Series};
use crate::palette::paper;

pub fn draw(
    scene: &mut Scene<'_>,
    spec: &ChartSpec,
    whole: Area,
    x: &[f64],
    series: &[Series],
    bands: &[Band],
    step: bool,
) -> Result<(), String> {
    let named: Vec<_> = series.iter().map(|s| (s.name.as_str(), s.colour)).collect();
    let texts: Vec<_> =
        series.iter().map(|s| EndText::new(end_value(&spec.annotations, &s.name), &s.name, s.colour)).collect();
    let labels = EndLabels::new(scene, &texts, whole.width * 0.24);
    let direct = scene.look.label * 1.4 * (named.len() as f32 + 4.0) < whole.height;
    let mut keys: Vec<_> = if direct { Vec::new() } else { named.clone() };
    keys.extend(bands.iter().map(|b| (b.name.as_str(), b.colour)));
    let key = legend(scene, &keys, whole.x, whole.y, whole.width, true);
    let last = x.len().saturating_sub(1);
    let margins = Margins { right: if direct { labels.width } else { scene.look.label }, ..Margins::default() };
    let field = standard(scene, whole.below(key), &spec.x, &spec.y, &spec.annotations, margins);
    field.value_axis_left(scene, &spec.y);
    field.baseline(scene, &spec.y);
    field.incomplete_strips(scene, &spec.annotations);

    for band in bands {
        let bounds: Vec<Option<(f64, f64)>> = (0..x.len())
            .map(|i| band.lower.get(i).copied().flatten().zip(band.upper.get(i).copied().flatten()))
            .collect();
        for run in stretches(&bounds) {
            let mut outline: Vec<(f64, f64)> = run.iter().map(|(i, (_, high))| (x[*i], *high)).collect();
            outline.extend(run.iter().rev().map(|(i, (low, _))| (x[*i], *low)));
            field.polygon(outline, brush(paper(band.colour), 0.16))?;
        }
    }
    let mut ends = Vec::with_capacity(series.len());
    let mut early = Vec::new();
    for one in series {
        let colour = paper(one.colour);
        let values: Vec<Option<f64>> = (0..x.len()).map(|i| one.values.get(i).copied().flatten()).collect();
        for run in stretches(&values) {
            if let [(i, y)] = run[..] {
                field.dot((x[i], y), 2.2, brush(colour, 1.0))?;
                continue;
            }
            let mut points: Vec<(f64, f64)> = Vec::with_capacity(run.len() * 2);
            for (i, y) in run {
                if step && let Some((_, before)) = points.last().copied() {
                    points.push((x[i], before));
                }
                points.push((x[i], y));
            }
            field.path(points, pen(colour, 1.8))?;
        }
        // A line that ends before the field does is named where it ends.
        match values.iter().rposition(Option::is_some).and_then(|i| values[i].map(|y| (i, y))) {
            Some((i, y)) if i < last && field.area.right() - field.x(x[i]) > scene.look.label * 2.0 => {
                early.push((one, field.at(x[i], y)));
                ends.push(None);
            }
            found => ends.push(found.map(|(_, y)| field.y(y))),
        }
    }
    field.axis_below(scene, &spec.x, false);
    field.paths(scene, &spec.annotations, false);
    for level in targets(&spec.annotations) {
        field.target(scene, level);
    }
    field.points(scene, &spec.annotations, &[]);
    field.events(scene, &spec.annotations);
    if direct {
        labels.draw(scene, field.area, &ends);
        for (one, (x, y)) in early {
            let style = scene.label().colour(paper(one.colour).as_text());
            let text = scene.set.set_short(&one.name, &style, field.area.width * 0.3);
            let left = (x - text.width - 6.0).max(field.area.x + 2.0);
            on_ground(scene, &text, left, (y - text.height - 9.0).max(field.area.y));
        }
    }
    Ok(())
}

/// Runs of neighbours that have a value, with their positions.
pub fn stretches<T: Copy>(values: &[Option<T>]) -> Vec<Vec<(usize, T)>> {
    let mut runs: Vec<Vec<(usize, T)>> = Vec::new();
    let mut open = false;
    for (index, value) in values.iter().enumerate() {
        match value {
            Some(value) if open => {
                if let Some(run) = runs.last_mut() {
                    run.push((index, *value));
                }
            }
            Some(value) => {
                runs.push(vec![(index, *value)]);
                open = true;
            }
            None => open = false,
        }
    }
    runs
}
