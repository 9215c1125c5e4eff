//! Bars from zero, one per category, with optional error bars; and the two frames that categories stand in.

use super::Scene;
use super::annotate::{Level, corners as outline, hatch, incomplete, targets};
use super::field::{Field, Margins, axis_names, brush, pen, standard, tick_width, within};
use crate::canvas::Area;
use crate::chart::{Annotation, Axis, Bar, ChartSpec};
use crate::palette::{Colour, paper};
use crate::text::HAlign;

/// Categories as rows (horizontal bars) or columns, positions `0.5, 1.5, …` on their axis.
pub struct Categories {
    pub field: Field,
    pub horizontal: bool,
    count: usize,
}

/// The value axis of a bar chart: y, or x where a horizontal chart brings ticks there. The window decides alike.
pub fn value_axis(spec: &ChartSpec, horizontal: bool) -> &Axis {
    if horizontal && !spec.x.ticks.is_empty() { &spec.x } else { &spec.y }
}

impl Categories {
    /// Frame, names and grid. `value_room` is the width the values' labels need beyond the longest bar.
    pub fn new(
        scene: &mut Scene<'_>,
        spec: &ChartSpec,
        whole: Area,
        names: &[&str],
        horizontal: bool,
        value_room: f32,
    ) -> Self {
        let axis = value_axis(spec, horizontal);
        let count = names.len().max(1);
        let band = Axis { label: String::new(), min: 0.0, max: count as f64, ticks: Vec::new() };
        if horizontal {
            let targeted = targets(&spec.annotations).next().is_some();
            return Self {
                field: Self::rows(scene, whole, names, axis, &band, value_room, targeted),
                horizontal,
                count,
            };
        }
        let left = tick_width(scene, axis);
        let column = (whole.width - left) / count as f32 - 6.0;
        let style = scene.note();
        let names: Vec<_> = names.iter().map(|name| scene.set.set(name, &style, Some(column.max(12.0)))).collect();
        let tall = names.iter().map(|n| n.height).fold(0.0, f32::max).min(whole.height * 0.35);
        let extra = Margins { bottom: tall + 9.0, top: scene.look.label * 1.4, ..Margins::default() };
        let field = standard(scene, whole, &band, axis, &[], extra);
        field.value_axis_left(scene, axis);
        field.baseline(scene, axis);
        for (index, name) in names.iter().enumerate() {
            let centre = field.x(index as f64 + 0.5);
            let width = column.max(12.0);
            scene.text_in(name, centre - width / 2.0, field.area.bottom() + 6.0, width, HAlign::Centre);
        }
        Self { field, horizontal, count }
    }

    fn rows(
        scene: &mut Scene<'_>,
        whole: Area,
        names: &[&str],
        axis: &Axis,
        band: &Axis,
        value_room: f32,
        targeted: bool,
    ) -> Field {
        let style = scene.note();
        let widest = whole.width * 0.34;
        let names: Vec<_> = names.iter().map(|name| scene.set.set(name, &style, Some(widest))).collect();
        let left = names.iter().map(|n| n.width).fold(0.0, f32::max) + 9.0;
        let labels = axis_names(scene, whole, "", &axis.label, whole.x + left, true);
        let below = labels.1 + if axis.ticks.is_empty() { 4.0 } else { scene.look.label * 1.3 + 6.0 };
        let above = if targeted { scene.look.label * 1.5 } else { 2.0 };
        let area = Area::new(
            whole.x + left,
            whole.y + above,
            (whole.width - left - value_room.max(scene.look.label)).max(10.0),
            (whole.height - below - above).max(10.0),
        );
        let field = Field::new(scene, area, axis, band);
        field.axis_below(scene, axis, true);
        let zero = field.x(axis.min.max(0.0).min(axis.max));
        scene.draw(|c| c.line((zero, area.y), (zero, area.bottom()), Colour::RULE, 0.8));
        let count = names.len();
        for (index, name) in names.iter().enumerate() {
            // The first category is the top row.
            let centre = field.y((count - index) as f64 - 0.5);
            scene.text_in(name, whole.x, centre - name.height / 2.0, left - 9.0, HAlign::Right);
        }
        field
    }

    /// Half the thickness of a bar, in bands. Bars stay slim on a wide page.
    pub fn half(&self) -> f64 {
        let length = if self.horizontal { self.field.area.height } else { self.field.area.width };
        let band = f64::from(length) / self.count as f64;
        (0.64 * band).min(62.0) / band / 2.0
    }

    pub fn centre(&self, index: usize) -> f64 {
        if self.horizontal { (self.count - index) as f64 - 0.5 } else { index as f64 + 0.5 }
    }

    /// Opposite corners of a bar from `from` to `to`, in the field's coordinates.
    pub fn corners(&self, index: usize, from: f64, to: f64) -> ((f64, f64), (f64, f64)) {
        let (centre, half) = (self.centre(index), self.half());
        if self.horizontal {
            ((from, centre - half), (to, centre + half))
        } else {
            ((centre - half, from), (centre + half, to))
        }
    }

    /// Hatches a bar whose category is still filling.
    pub fn hatch_incomplete(
        &self,
        scene: &Scene<'_>,
        annotations: &[Annotation],
        index: usize,
        (a, b): ((f64, f64), (f64, f64)),
    ) {
        if unfinished(annotations, index).is_some() {
            let ((x0, y0), (x1, y1)) = (self.field.at(a.0, a.1), self.field.at(b.0, b.1));
            let area = Area::new(x0.min(x1), y0.min(y1), (x1 - x0).abs(), (y1 - y0).abs());
            scene.draw(|c| hatch(c, &outline(area), Colour::WHITE, 1.4, 4.0));
        }
    }
}

pub fn draw(
    scene: &mut Scene<'_>,
    spec: &ChartSpec,
    whole: Area,
    bars: &[Bar],
    horizontal: bool,
) -> Result<(), String> {
    let names: Vec<&str> = bars.iter().map(|b| b.name.as_str()).collect();
    let style = scene.label();
    let room = bars.iter().map(|b| scene.set.width(&b.label, &style)).fold(0.0, f32::max) + 10.0;
    let frame = Categories::new(scene, spec, whole, &names, horizontal, room);
    let axis = value_axis(spec, horizontal);
    let zero = within(axis, 0.0);
    if horizontal {
        for level in targets(&spec.annotations) {
            vertical_target(scene, &frame.field, level);
        }
    }
    let mut busy = Vec::new();
    for (index, bar) in bars.iter().enumerate() {
        let value = bar.value.map(|v| within(axis, v));
        if let Some(value) = value {
            let (a, b) = frame.corners(index, zero, value);
            frame.field.rect(a, b, brush(paper(bar.colour), 1.0))?;
            frame.hatch_incomplete(scene, &spec.annotations, index, (a, b));
            let ((x0, y0), (x1, y1)) = (frame.field.at(a.0, a.1), frame.field.at(b.0, b.1));
            busy.push(Area::new(x0.min(x1), y0.min(y1), (x1 - x0).abs(), (y1 - y0).abs()));
        }
        let mut reach = (value.unwrap_or(zero), value.unwrap_or(zero));
        if let (Some(low), Some(high)) = (bar.low, bar.high) {
            let (low, high) = (within(axis, low), within(axis, high));
            whisker(&frame, index, low, high)?;
            reach = (reach.0.min(low), reach.1.max(high));
        }
        busy.push(value_label(scene, &frame, index, bar, reach, zero));
        if !horizontal && let Some(note) = unfinished(&spec.annotations, index) {
            let style = scene.tick();
            let room = frame.field.area.width / bars.len() as f32;
            let text = scene.set.set_short(note, &style, room);
            let (x, y) = frame.field.at(frame.centre(index), reach.1.max(zero));
            scene.text(&text, x - text.width / 2.0, y - scene.look.label * 1.4 - text.height);
        }
    }
    if !horizontal {
        for level in targets(&spec.annotations) {
            frame.field.target_beside(scene, level, &mut busy);
        }
    }
    Ok(())
}

/// What is said of a category that is still filling.
fn unfinished(annotations: &[Annotation], index: usize) -> Option<&str> {
    let middle = index as f64 + 0.5;
    incomplete(annotations).find(|(from, to, _)| (*from..*to).contains(&middle)).map(|(_, _, label)| label)
}

fn whisker(frame: &Categories, index: usize, low: f64, high: f64) -> Result<(), String> {
    let (centre, cap) = (frame.centre(index), frame.half() * 0.35);
    let at = |along: f64, across: f64| if frame.horizontal { (along, across) } else { (across, along) };
    let style = || pen(Colour::INK, 1.0);
    frame.field.path(vec![at(low, centre), at(high, centre)], style())?;
    frame.field.path(vec![at(low, centre - cap), at(low, centre + cap)], style())?;
    frame.field.path(vec![at(high, centre - cap), at(high, centre + cap)], style())
}

/// Draws what the bar is worth and returns where it stands.
fn value_label(
    scene: &mut Scene<'_>,
    frame: &Categories,
    index: usize,
    bar: &Bar,
    reach: (f64, f64),
    zero: f64,
) -> Area {
    let style = if bar.value.is_some() { scene.label() } else { scene.label().colour(Colour::MUTED) };
    let text = scene.set.set(&bar.label, &style, None);
    let negative = bar.value.is_some_and(|v| v < zero);
    let end = if negative { reach.0 } else { reach.1 };
    if frame.horizontal {
        let (x, y) = frame.field.at(end, frame.centre(index));
        let left = if negative { x - 5.0 - text.width } else { x + 5.0 };
        super::labels::on_ground(scene, &text, left.max(0.0), y - text.height / 2.0);
        Area::new(left.max(0.0), y - text.height / 2.0, text.width, text.height)
    } else {
        let (x, y) = frame.field.at(frame.centre(index), end);
        let top = if negative { y + 2.0 } else { y - text.height - 2.0 };
        scene.text(&text, x - text.width / 2.0, top);
        Area::new(x - text.width / 2.0, top, text.width, text.height)
    }
}

/// A dashed vertical line with its name above the field.
pub fn vertical_target(scene: &mut Scene<'_>, field: &Field, (at, label, colour): Level<'_>) {
    let Some(x) = field.x_inside(at) else { return };
    let (top, bottom) = (field.area.y, field.area.bottom());
    scene.draw(|c| c.dashed((x, top), (x, bottom), colour, 1.1, Some([5.0, 3.5])));
    let style = scene.note().colour(colour.as_text());
    let text = scene.set.set(label, &style, None);
    let room = scene.canvas.borrow().width;
    let left = (x - text.width / 2.0).clamp(0.0, (room - text.width).max(0.0));
    scene.text(&text, left, top - text.height - 1.0);
}
