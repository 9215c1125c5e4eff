//! Areas stacked in the order given, named at their right end.

use super::Scene;
use super::annotate::{end_value, hatch, incomplete, targets};
use super::field::{Field, Margins, brush, pen, standard};
use super::labels::{EndLabels, EndText, legend};
use crate::canvas::Area;
use crate::chart::{ChartSpec, Series};
use crate::palette::{Colour, paper};

pub fn draw(
    scene: &mut Scene<'_>,
    spec: &ChartSpec,
    whole: Area,
    (x, step): (&[f64], bool),
    series: &[Series],
) -> Result<(), String> {
    let named: Vec<_> = series.iter().map(|s| (s.name.as_str(), s.colour)).collect();
    let ends: Vec<_> =
        series.iter().map(|s| EndText::new(end_value(&spec.annotations, &s.name), &s.name, s.colour)).collect();
    let labels = EndLabels::new(scene, &ends, whole.width * 0.24);
    // With more names than lines of text, a legend above replaces them.
    // Beside blocks there may be nothing at the end to name.
    let direct = !step && labels.fit(whole.height - scene.look.label * 5.0);
    let key = if direct { 0.0 } else { legend(scene, &named, whole.x, whole.y, whole.width, true) };
    let margins = Margins { right: if direct { labels.width } else { scene.look.label }, ..Margins::default() };
    let field = standard(scene, whole.below(key), &spec.x, &spec.y, &spec.annotations, margins);
    field.value_axis_left(scene, &spec.y);

    let value = |s: &Series, i: usize| s.values.get(i).copied().flatten();
    let known: Vec<bool> = (0..x.len()).map(|i| series.iter().any(|s| value(s, i).is_some())).collect();
    let half = x.windows(2).map(|pair| pair[1] - pair[0]).fold(1.0, f64::min) / 2.0;
    let mut lower = vec![0.0_f64; x.len()];
    let mut middles = Vec::with_capacity(series.len());
    let last = known.iter().rposition(|k| *k);
    for one in series {
        let upper: Vec<f64> =
            lower.iter().enumerate().map(|(i, low)| low + value(one, i).unwrap_or(0.0).max(0.0)).collect();
        let colour = paper(one.colour).over(Colour::WHITE, 0.92);
        for run in runs(&known) {
            let corners = |heights: &[f64]| -> Vec<(f64, f64)> {
                let ends = run.clone().flat_map(|i| [(x[i] - half, heights[i]), (x[i] + half, heights[i])]);
                if step { ends.collect() } else { run.clone().map(|i| (x[i], heights[i])).collect() }
            };
            let mut outline = corners(&upper);
            let edge = outline.clone();
            outline.extend(corners(&lower).into_iter().rev());
            field.polygon(outline, brush(colour, 1.0))?;
            if edge.len() > 1 {
                field.path(edge, pen(Colour::WHITE, 0.8))?;
            }
        }
        middles.push(last.map(|i| field.y((lower[i] + upper[i]) / 2.0)));
        lower = upper;
    }
    field.baseline(scene, &spec.y);
    field.axis_below(scene, &spec.x, false);
    let heights: Vec<(f64, f64)> = x.iter().copied().zip(lower).collect();
    unfinished(scene, &field, spec, &heights, step.then_some(half))?;
    field.paths(scene, &spec.annotations, false);
    for level in targets(&spec.annotations) {
        field.target(scene, level);
    }
    field.points(scene, &spec.annotations, &[]);
    field.events(scene, &spec.annotations);
    if direct {
        labels.draw(scene, field.area, &middles);
    }
    Ok(())
}

/// Hatches the stack where it is not complete yet. `half` is half the width of a block, where there are blocks.
fn unfinished(
    scene: &mut Scene<'_>,
    field: &Field,
    spec: &ChartSpec,
    heights: &[(f64, f64)],
    half: Option<f64>,
) -> Result<(), String> {
    for (from, to, label) in incomplete(&spec.annotations) {
        let outline: Vec<(f64, f64)> = match half {
            Some(half) => heights.iter().flat_map(|(x, y)| [(x - half, *y), (x + half, *y)]).collect(),
            None => heights.to_vec(),
        };
        let top: Vec<(f64, f64)> = outline.into_iter().filter(|(x, _)| *x >= from && *x <= to).collect();
        let (Some(first), Some(last)) = (top.first(), top.last()) else { continue };
        let ends = (field.x(first.0), field.x(last.0));
        let mut polygon: Vec<(f32, f32)> = top.iter().map(|(x, y)| field.at(*x, *y)).collect();
        polygon.extend([field.at(last.0, 0.0), field.at(first.0, 0.0)]);
        field.polygon(
            top.iter().copied().chain([(last.0, 0.0), (first.0, 0.0)]).collect(),
            brush(Colour::WHITE, 0.35),
        )?;
        scene.draw(|c| hatch(c, &polygon, Colour::WHITE, 1.4, 4.0));
        field.name_incomplete(scene, ends, label);
    }
    Ok(())
}

/// Stretches of positions that have a value: a gap interrupts the area.
fn runs(known: &[bool]) -> Vec<std::ops::Range<usize>> {
    let mut runs = Vec::new();
    let mut start = None;
    for (index, known) in known.iter().chain([&false]).enumerate() {
        match (known, start) {
            (true, None) => start = Some(index),
            (false, Some(from)) => {
                runs.push(from..index);
                start = None;
            }
            _ => {}
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_gap_interrupts_the_area() {
        assert_eq!(super::runs(&[true, true, false, true]), vec![0..2, 3..4]);
        assert!(super::runs(&[false]).is_empty());
    }
}
