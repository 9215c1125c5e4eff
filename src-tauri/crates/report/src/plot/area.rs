//! Areas stacked in the order given, named at their right end.

use super::Scene;
use super::field::{Margins, brush, pen, standard, targets};
use super::labels::{EndLabels, legend};
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
    let labels = EndLabels::new(scene, &named, whole.width * 0.24);
    // With more names than lines of text, a legend above replaces them.
    // Beside blocks there may be nothing at the end to name.
    let direct = !step && labels_fit(scene, &named, whole);
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
    for (at, label) in targets(&spec.annotations) {
        field.target(scene, at, label);
    }
    field.events(scene, &spec.annotations);
    if direct {
        labels.draw(scene, field.area, &middles);
    }
    Ok(())
}

/// Whether the names find room one under another in the field that is left.
fn labels_fit(scene: &mut Scene<'_>, named: &[(&str, crate::chart::ColourToken)], whole: Area) -> bool {
    let style = scene.label();
    let tall: f32 = named.iter().map(|(name, _)| scene.set.set(name, &style, Some(whole.width * 0.24)).height).sum();
    tall < whole.height - scene.look.label * 5.0
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
