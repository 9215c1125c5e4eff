//! What is drawn over the marks: levels, paths, places, and the hatching of what is not complete.

use super::Scene;
use super::avoid::{Wanted, overlap, place};
use super::field::Field;
use super::labels::on_ground;
use crate::canvas::{Area, Canvas};
use crate::chart::{Annotation, ColourToken};
use crate::palette::{Colour, paper};

/// A dashed level: where, its name, its colour.
pub type Level<'a> = (f64, &'a str, Colour);

const DASH: [f32; 2] = [5.0, 3.5];

/// Limits and levels.
pub fn targets(annotations: &[Annotation]) -> impl Iterator<Item = Level<'_>> {
    annotations.iter().filter_map(|a| match a {
        Annotation::Target { at, label } => Some((*at, label.as_str(), Colour::BAD)),
        Annotation::Level { at, label, colour } => Some((*at, label.as_str(), paper(*colour))),
        _ => None,
    })
}

/// The stretches that are still filling: from, to, name.
pub fn incomplete(annotations: &[Annotation]) -> impl Iterator<Item = (f64, f64, &str)> {
    annotations.iter().filter_map(|a| match a {
        Annotation::Incomplete { from, to, label } if from < to => Some((*from, *to, label.as_str())),
        _ => None,
    })
}

/// The short value a series ends with.
pub fn end_value<'a>(annotations: &'a [Annotation], name: &str) -> &'a str {
    let found = annotations.iter().find_map(|a| match a {
        Annotation::End { series, value } if series == name => Some(value.as_str()),
        _ => None,
    });
    found.unwrap_or_default()
}

impl Field {
    /// A dashed line with its name above it, at the left end.
    pub fn target(&self, scene: &mut Scene<'_>, (at, label, colour): Level<'_>) {
        self.level(scene, at, colour);
        if self.holds_y(at) {
            let style = scene.note().colour(colour.as_text());
            let text = scene.set.set(label, &style, None);
            on_ground(scene, &text, self.area.x + 5.0, self.y(at) - text.height - 2.5);
        }
    }

    /// A dashed line with its name where it covers least of the marks in `busy`: from the left end on, above or below.
    pub fn target_beside(&self, scene: &mut Scene<'_>, (at, label, colour): Level<'_>, busy: &mut Vec<Area>) {
        self.level(scene, at, colour);
        if !self.holds_y(at) {
            return;
        }
        let style = scene.note().colour(colour.as_text());
        let text = scene.set.set_short(label, &style, self.area.width * 0.6);
        let room = (self.area.width - text.width - 10.0).max(0.0);
        let y = self.y(at);
        let spots = (0..=8).flat_map(|step| [(step, y - text.height - 2.5), (step, y + 2.5)]).map(|(step, top)| {
            // The two ends first, then inwards.
            let share = if step % 2 == 0 { step as f32 / 16.0 } else { 1.0 - (step - 1) as f32 / 16.0 };
            Area::new(self.area.x + 5.0 + room * share, top, text.width, text.height)
        });
        let inside = |a: &Area| a.y >= self.area.y - text.height && a.bottom() <= self.area.bottom() + 1.0;
        let cost = |a: &Area| busy.iter().map(|mark| overlap(a, mark)).sum::<f32>();
        let best = spots
            .filter(inside)
            .enumerate()
            .min_by(|(i, a), (j, b)| (cost(a) + *i as f32 * 0.2).total_cmp(&(cost(b) + *j as f32 * 0.2)));
        if let Some((_, area)) = best {
            on_ground(scene, &text, area.x, area.y);
            busy.push(area);
        }
        busy.push(Area::new(self.area.x, y - 0.7, self.area.width, 1.4));
    }

    /// The dashed line alone, for a level that is named at its end.
    pub fn level(&self, scene: &Scene<'_>, at: f64, colour: Colour) {
        if self.holds_y(at) {
            let y = self.y(at);
            scene.draw(|c| c.dashed((self.area.x, y), (self.area.right(), y), colour, 1.1, Some(DASH)));
        }
    }

    /// Dashed lines over positions of their own. Without `named`, their names stand at their last point.
    pub fn paths(&self, scene: &mut Scene<'_>, annotations: &[Annotation], named: bool) {
        for annotation in annotations {
            let Annotation::Path { x, y, label, colour } = annotation else { continue };
            let points: Vec<(f32, f32)> = x
                .iter()
                .zip(y)
                .filter(|(x, y)| self.x_inside(**x).is_some() && y.is_finite())
                .map(|(x, y)| self.at(*x, *y))
                .collect();
            let Some(last) = points.last().copied() else { continue };
            scene.draw(|c| c.polyline(&points, paper(*colour), 1.1, Some(DASH)));
            if !named {
                let style = scene.note().colour(paper(*colour).as_text());
                let text = scene.set.set_short(label, &style, self.area.width * 0.4);
                let left = (last.0 - text.width - 3.0).max(self.area.x + 3.0);
                on_ground(scene, &text, left, (last.1 - text.height - 3.0).max(self.area.y));
            }
        }
    }

    /// A faint hatched strip over the whole height, with its name at its foot; for lines, which have no area to hatch.
    pub fn incomplete_strips(&self, scene: &mut Scene<'_>, annotations: &[Annotation]) {
        for (from, to, label) in incomplete(annotations) {
            let (left, right) = (self.x(from), self.x(to));
            let area = Area::new(left, self.area.y, (right - left).max(0.0), self.area.height);
            scene.draw(|c| hatch(c, &corners(area), Colour::RULE, 0.6, 4.0));
            self.name_incomplete(scene, (left, right), label);
        }
    }

    /// The name of a hatched stretch, just inside the field's top.
    pub fn name_incomplete(&self, scene: &mut Scene<'_>, (left, right): (f32, f32), label: &str) {
        let style = scene.tick();
        let text = scene.set.set_short(label, &style, self.area.width * 0.4);
        let most = (self.area.right() - text.width - 2.0).max(self.area.x);
        let at = ((left + right - text.width) / 2.0).clamp(self.area.x.min(most), most);
        on_ground(scene, &text, at, self.area.y + 2.0);
    }

    /// Places with their values, each name where it covers neither another nor the marks in `busy`.
    pub fn points(&self, scene: &mut Scene<'_>, annotations: &[Annotation], busy: &[Area]) {
        self.places(scene, places(annotations), busy);
    }

    pub fn places(&self, scene: &mut Scene<'_>, all: Vec<Place<'_>>, busy: &[Area]) {
        let inside: Vec<_> = all.into_iter().filter(|p| self.x_inside(p.x).is_some() && self.holds_y(p.y)).collect();
        let style = scene.label();
        let mut busy = busy.to_vec();
        let mut texts = Vec::new();
        for one in &inside {
            let (x, y) = self.at(one.x, one.y);
            let reach = if one.mark == Sign::None { 0.0 } else { 3.5 };
            busy.push(Area::new(x - reach, y - reach, reach * 2.0, reach * 2.0));
            let style = style.colour(paper(one.colour).as_text());
            texts.push((scene.set.set_short(one.label, &style, self.area.width * 0.45), (x, y), reach));
        }
        let wanted: Vec<Wanted> = texts
            .iter()
            .map(|(text, (x, y), reach)| Wanted {
                x: *x,
                y: *y,
                gap: reach + 4.0,
                width: text.width,
                height: text.height,
            })
            .collect();
        let found = place(&wanted, &busy, self.area);
        for ((one, (text, centre, reach)), found) in inside.iter().zip(&texts).zip(found) {
            let colour = paper(one.colour);
            scene.draw(|c| match one.mark {
                Sign::None | Sign::Drawn => {}
                Sign::Dot => c.circle(*centre, 2.8, colour),
                Sign::Ring => {
                    c.circle(*centre, *reach, colour);
                    c.circle(*centre, reach - 1.4, Colour::WHITE);
                }
            });
            if let Some(spot) = found
                && !one.label.is_empty()
            {
                if let Some(from) = spot.leader {
                    scene.draw(|c| c.line(*centre, from, colour, 0.6));
                }
                on_ground(scene, text, spot.x, spot.y);
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    None,
    Dot,
    Ring,
    /// The marks have drawn it already.
    Drawn,
}

/// A named place in the values' coordinates.
pub struct Place<'a> {
    pub x: f64,
    pub y: f64,
    pub label: &'a str,
    pub colour: ColourToken,
    pub mark: Sign,
}

pub fn places(annotations: &[Annotation]) -> Vec<Place<'_>> {
    annotations
        .iter()
        .filter_map(|a| match a {
            Annotation::Point { x, y, label, colour, ring } => {
                Some(Place { x: *x, y: *y, label, colour: *colour, mark: if *ring { Sign::Ring } else { Sign::Dot } })
            }
            _ => None,
        })
        .collect()
}

pub fn corners(area: Area) -> Vec<(f32, f32)> {
    vec![(area.x, area.y), (area.right(), area.y), (area.right(), area.bottom()), (area.x, area.bottom())]
}

/// Rising parallel lines inside a polygon, `gap` points apart.
pub fn hatch(canvas: &mut Canvas, polygon: &[(f32, f32)], colour: Colour, width: f32, gap: f32) {
    let sums = || polygon.iter().map(|(x, y)| x + y);
    let (low, high) = (sums().fold(f32::MAX, f32::min), sums().fold(f32::MIN, f32::max));
    if polygon.len() < 3 || !(high - low).is_finite() {
        return;
    }
    // Lines of x + y = sum, on a lattice of their own so that neighbours continue each other.
    let step = gap * std::f32::consts::SQRT_2;
    let mut sum = (low / step).ceil() * step;
    while sum < high {
        let mut cuts: Vec<f32> = (0..polygon.len())
            .filter_map(|i| {
                let ((x0, y0), (x1, y1)) = (polygon[i], polygon[(i + 1) % polygon.len()]);
                let (a, b) = (x0 + y0 - sum, x1 + y1 - sum);
                ((a < 0.0) != (b < 0.0)).then(|| x0 + (x1 - x0) * a / (a - b))
            })
            .collect();
        cuts.sort_by(f32::total_cmp);
        for pair in cuts.chunks_exact(2) {
            canvas.line((pair[0], sum - pair[0]), (pair[1], sum - pair[1]), colour, width);
        }
        sum += step;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::canvas::{Mark, Segment};

    #[test]
    fn hatching_stays_inside_its_polygon() {
        let mut canvas = Canvas::new(100.0, 100.0);
        hatch(&mut canvas, &[(10.0, 50.0), (40.0, 20.0), (60.0, 50.0)], Colour::INK, 1.0, 4.0);
        assert!(canvas.marks.len() > 4);
        for mark in &canvas.marks {
            let Mark::Stroke { path, .. } = mark else { panic!("{mark:?}") };
            for segment in path {
                let (Segment::Move(x, y) | Segment::Line(x, y)) = segment else { panic!("{segment:?}") };
                assert!((9.9..60.1).contains(x) && (19.9..50.1).contains(y), "{x} {y}");
            }
        }
    }
}
