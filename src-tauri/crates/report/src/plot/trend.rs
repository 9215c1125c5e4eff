//! What fans, burn-downs, steps and small multiples share: lines with intervals whose ends carry value and name.

use super::Scene;
use super::annotate::{Place, Sign, places, targets};
use super::avoid::along;
use super::field::{Field, Margins, brush, pen, standard};
use super::labels::{EndLabels, EndText, legend};
use super::line::stretches;
use crate::canvas::Area;
use crate::chart::{Annotation, ChartSpec, Interval, TrendLine};
use crate::palette::{Colour, paper};

/// Lines over shared positions.
pub struct Trend<'a> {
    pub x: &'a [f64],
    pub lines: Vec<&'a TrendLine>,
    pub bands: &'a [Interval],
    /// Two lines between which the ground is tinted.
    pub tint: Option<(&'a TrendLine, &'a TrendLine)>,
    /// Values hold until the next position, the last until the axis ends.
    pub step: bool,
}

impl Trend<'_> {
    fn value(&self, values: &[Option<f64>], index: usize) -> Option<f64> {
        values.get(index).copied().flatten().filter(|v| v.is_finite())
    }

    /// Where a line stands last, in the values' coordinates.
    fn end(&self, line: &TrendLine, field_end: f64) -> Option<(f64, f64)> {
        let last = (0..self.x.len()).rev().find_map(|i| self.value(&line.values, i).map(|y| (i, y)))?;
        let holds = self.step && last.0 + 1 == self.x.len();
        Some((if holds { field_end } else { self.x[last.0] }, last.1))
    }

    /// Bands, lines and dots; returns where the lines run, to be kept free of names.
    pub fn draw(&self, field: &Field, field_end: f64) -> Result<Vec<Area>, String> {
        for band in self.bands {
            self.area(field, &band.lower, &band.upper, brush(paper(band.colour), 0.15))?;
        }
        if let Some((a, b)) = self.tint {
            self.area(field, &a.values, &b.values, brush(paper(a.colour), 0.12))?;
        }
        let mut busy = Vec::new();
        // The first line is what is read first: it is drawn last.
        for line in self.lines.iter().rev() {
            let colour = paper(line.colour);
            let values: Vec<Option<f64>> = (0..self.x.len()).map(|i| self.value(&line.values, i)).collect();
            for run in stretches(&values) {
                let mut points: Vec<(f64, f64)> = Vec::with_capacity(run.len() * 2);
                for (i, y) in &run {
                    if self.step
                        && let Some((_, before)) = points.last().copied()
                    {
                        points.push((self.x[*i], before));
                    }
                    points.push((self.x[*i], *y));
                }
                let last = run.last().copied().filter(|(i, _)| self.step && i + 1 == self.x.len());
                points.extend(last.map(|(_, y)| (field_end, y)));
                let drawn: Vec<(f32, f32)> = points.iter().map(|(x, y)| field.at(*x, *y)).collect();
                busy.extend(along(&drawn));
                match (points.len(), line.dashed) {
                    (1, _) => field.dot(points[0], 2.2, brush(colour, 1.0))?,
                    (_, false) => field.path(points, pen(colour, 1.8))?,
                    (_, true) => field.dashed(&drawn, colour, 1.2),
                }
            }
        }
        Ok(busy)
    }

    fn area(
        &self,
        field: &Field,
        lower: &[Option<f64>],
        upper: &[Option<f64>],
        style: plotters::style::ShapeStyle,
    ) -> Result<(), String> {
        let bounds: Vec<Option<(f64, f64)>> =
            (0..self.x.len()).map(|i| self.value(lower, i).zip(self.value(upper, i))).collect();
        for run in stretches(&bounds) {
            let mut outline: Vec<(f64, f64)> = run.iter().map(|(i, (_, high))| (self.x[*i], *high)).collect();
            outline.extend(run.iter().rev().map(|(i, (low, _))| (self.x[*i], *low)));
            field.polygon(outline, style)?;
        }
        Ok(())
    }
}

/// The whole chart: axes, marks, annotations, and names at the ends.
pub fn draw(scene: &mut Scene<'_>, spec: &ChartSpec, whole: Area, trend: &Trend<'_>) -> Result<(), String> {
    let notes = &spec.annotations;
    let end = spec.x.max;
    let near = (spec.x.max - spec.x.min) * 0.02;
    let at_end = |x: f64| end - x <= near;
    let ends: Vec<Option<(f64, f64)>> = trend.lines.iter().map(|line| trend.end(line, end)).collect();

    // What is named in the column at the right, with the value its place follows from.
    let mut texts: Vec<EndText<'_>> = Vec::new();
    let mut heights: Vec<f64> = Vec::new();
    let mut early: Vec<Place<'_>> = Vec::new();
    for (line, last) in trend.lines.iter().zip(&ends) {
        match last {
            Some((x, y)) if at_end(*x) => {
                texts.push(EndText::new(&line.end, &line.name, line.colour));
                heights.push(*y);
            }
            // A line that ends before the field does is named where it ends: by its value, or else by its name.
            Some((x, y)) => early.push(Place {
                x: *x,
                y: *y,
                label: if line.end.is_empty() { &line.name } else { &line.end },
                colour: line.colour,
                mark: if line.dashed { Sign::None } else { Sign::Dot },
            }),
            None => {}
        }
    }
    for band in trend.bands {
        let last = (0..trend.x.len()).rev().find_map(|i| trend.value(&band.upper, i).map(|y| (trend.x[i], y)));
        if let Some((_, y)) = last.filter(|(x, _)| at_end(*x)) {
            texts.push(EndText::quiet(&band.name, Colour::MUTED));
            heights.push(y);
        }
    }
    for annotation in notes {
        match annotation {
            Annotation::Path { x, y, label, colour } if x.last().is_some_and(|x| at_end(*x)) => {
                texts.push(EndText::quiet(label, paper(*colour)));
                heights.push(y.last().copied().unwrap_or_default());
            }
            _ => {}
        }
    }
    let labels = EndLabels::new(scene, &texts, whole.width * 0.24);
    let direct = labels.fit(whole.height - scene.look.label * 5.0);
    let named: Vec<_> = trend.lines.iter().map(|l| (l.name.as_str(), l.colour)).collect();
    let key = if direct { 0.0 } else { legend(scene, &named, whole.x, whole.y, whole.width, true) };
    let right = if direct && !texts.is_empty() { labels.width } else { scene.look.label };
    let margins = Margins { right, ..Margins::default() };
    let field = standard(scene, whole.below(key), &spec.x, &spec.y, notes, margins);
    field.value_axis_left(scene, &spec.y);
    field.baseline(scene, &spec.y);
    field.incomplete_strips(scene, notes);
    let mut busy = trend.draw(&field, end)?;
    field.axis_below(scene, &spec.x, false);
    field.paths(scene, notes, direct);
    early.extend(places(notes));
    // Dots and hairlines are marks too.
    busy.extend(early.iter().map(|p| field.at(p.x, p.y)).map(|(x, y)| Area::new(x - 4.0, y - 4.0, 8.0, 8.0)));
    busy.extend(field.event_lines(notes).into_iter().map(|x| Area::new(x - 0.7, field.area.y, 1.4, field.area.height)));
    for level in targets(notes) {
        field.target_beside(scene, level, &mut busy);
    }
    field.events(scene, notes);
    field.places(scene, early, &busy);
    if direct {
        let at: Vec<Option<f32>> = heights.iter().map(|y| Some(field.y(*y))).collect();
        labels.draw(scene, field.area, &at);
    }
    Ok(())
}
