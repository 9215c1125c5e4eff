//! The rectangle inside the axes: grid, ticks, and plotters' mapping from values to points.

use std::cell::RefCell;
use std::convert::Infallible;
use std::ops::Range;
use std::rc::Rc;

use plotters::coord::Shift;
use plotters::coord::cartesian::Cartesian2d;
use plotters::coord::types::RangedCoordf64;
use plotters::element::{Drawable, PointCollection};
use plotters::prelude::*;

use super::Scene;
use super::backend::{CanvasBackend, SCALE, point};
use super::events::event_rows;
use crate::canvas::{Area, Canvas};
use crate::chart::{Annotation, Axis};
use crate::palette::Colour;
use crate::text::HAlign;

type Mapped = DrawingArea<CanvasBackend, Cartesian2d<RangedCoordf64, RangedCoordf64>>;

/// Space that is already spoken for around a field, in points.
#[derive(Debug, Clone, Copy, Default)]
pub struct Margins {
    pub left: f32,
    pub right: f32,
    pub top: f32,
    pub bottom: f32,
}

pub struct Field {
    pub area: Area,
    canvas: Rc<RefCell<Canvas>>,
    mapped: Mapped,
    ranges: (Range<f64>, Range<f64>),
}

/// A range plotters can divide by.
fn range(axis: &Axis) -> Range<f64> {
    let usable = axis.min.is_finite() && axis.max.is_finite() && axis.max > axis.min;
    if usable { axis.min..axis.max } else { 0.0..1.0 }
}

/// The value, or the end of the axis it lies beyond.
pub fn within(axis: &Axis, value: f64) -> f64 {
    let Range { start, end } = range(axis);
    if value.is_nan() { start } else { value.clamp(start, end) }
}

pub fn ink(colour: Colour, alpha: f64) -> RGBAColor {
    RGBAColor(colour.0, colour.1, colour.2, alpha)
}

/// A stroke of `width` points.
pub fn pen(colour: Colour, width: f32) -> ShapeStyle {
    ShapeStyle { color: ink(colour, 1.0), filled: false, stroke_width: (width * SCALE) as u32 }
}

pub fn brush(colour: Colour, alpha: f64) -> ShapeStyle {
    ShapeStyle { color: ink(colour, alpha), filled: true, stroke_width: 0 }
}

impl Field {
    pub fn new(scene: &Scene<'_>, area: Area, x: &Axis, y: &Axis) -> Self {
        let root: DrawingArea<CanvasBackend, Shift> = CanvasBackend::new(scene.canvas.clone()).into_drawing_area();
        let px = |v: f32| (v * SCALE).round() as i32;
        let spec = Cartesian2d::<RangedCoordf64, RangedCoordf64>::new(
            range(x),
            range(y),
            (px(area.x)..px(area.right()), px(area.bottom())..px(area.y)),
        );
        Self { area, canvas: scene.canvas.clone(), mapped: root.apply_coord_spec(spec), ranges: (range(x), range(y)) }
    }

    /// The nearest position inside the axes: nothing is drawn outside the field, whatever the data says.
    fn inside(&self, (x, y): (f64, f64)) -> (f64, f64) {
        let hold = |v: f64, r: &Range<f64>| if v.is_nan() { r.start } else { v.clamp(r.start, r.end) };
        (hold(x, &self.ranges.0), hold(y, &self.ranges.1))
    }

    /// Where a value lies, in points.
    pub fn at(&self, x: f64, y: f64) -> (f32, f32) {
        point(self.mapped.map_coordinate(&self.inside((x, y))))
    }

    pub fn x(&self, x: f64) -> f32 {
        self.at(x, 0.0).0
    }

    /// Whether a value lies on the y axis.
    pub fn holds_y(&self, y: f64) -> bool {
        (self.ranges.1.start..=self.ranges.1.end).contains(&y)
    }

    /// `None` for a position beyond the axis.
    pub fn x_inside(&self, x: f64) -> Option<f32> {
        (self.ranges.0.start..=self.ranges.0.end).contains(&x).then(|| self.x(x))
    }

    pub fn y(&self, y: f64) -> f32 {
        self.at(0.0, y).1
    }

    /// Draws one plotters element in the values' coordinates.
    pub fn draw<E>(&self, element: &E) -> Result<(), String>
    where
        for<'b> &'b E: PointCollection<'b, (f64, f64), plotters::element::BackendCoordOnly>,
        E: Drawable<CanvasBackend, plotters::element::BackendCoordOnly>,
    {
        self.mapped.draw(element).map_err(|e: DrawingAreaErrorKind<Infallible>| e.to_string())
    }

    pub fn path(&self, points: Vec<(f64, f64)>, style: ShapeStyle) -> Result<(), String> {
        let points: Vec<_> = points.into_iter().map(|p| self.inside(p)).collect();
        self.draw(&PathElement::new(points, style))
    }

    /// A dashed line through points of the canvas.
    pub fn dashed(&self, points: &[(f32, f32)], colour: Colour, width: f32) {
        self.canvas.borrow_mut().polyline(points, colour, width, Some([4.0, 3.0]));
    }

    pub fn polygon(&self, points: Vec<(f64, f64)>, style: ShapeStyle) -> Result<(), String> {
        let points: Vec<_> = points.into_iter().map(|p| self.inside(p)).collect();
        self.draw(&Polygon::new(points, style))
    }

    pub fn rect(&self, a: (f64, f64), b: (f64, f64), style: ShapeStyle) -> Result<(), String> {
        self.draw(&Rectangle::new([self.inside(a), self.inside(b)], style))
    }

    pub fn dot(&self, at: (f64, f64), radius: f32, style: ShapeStyle) -> Result<(), String> {
        self.draw(&Circle::new(self.inside(at), (radius * SCALE) as i32, style))
    }

    /// Horizontal grid lines with their labels to the left.
    pub fn value_axis_left(&self, scene: &mut Scene<'_>, axis: &Axis) {
        let style = scene.tick();
        for tick in visible(axis) {
            let y = self.y(tick.at);
            scene.draw(|c| c.line((self.area.x, y), (self.area.right(), y), Colour::GRID, 0.6));
            let text = scene.set.set(&tick.label, &style, None);
            scene.text_in(&text, self.area.x - 6.0 - text.width, y - text.height / 2.0, text.width, HAlign::Right);
        }
    }

    /// Ticks with labels under the field; a label that would touch the one before is left out. `grid` adds
    /// vertical lines.
    pub fn axis_below(&self, scene: &mut Scene<'_>, axis: &Axis, grid: bool) {
        let style = scene.tick();
        let mut free = f32::MIN;
        for tick in visible(axis) {
            let x = self.x(tick.at);
            if grid {
                scene.draw(|c| c.line((x, self.area.y), (x, self.area.bottom()), Colour::GRID, 0.6));
            } else {
                scene.draw(|c| c.line((x, self.area.bottom()), (x, self.area.bottom() + 3.0), Colour::RULE, 0.6));
            }
            let text = scene.set.set(&tick.label, &style, None);
            let most = scene.canvas.borrow().width - text.width;
            let left = (x - text.width / 2.0).clamp(0.0, most.max(0.0));
            if left < free {
                continue;
            }
            scene.text(&text, left, self.area.bottom() + 5.0);
            free = left + text.width + 6.0;
        }
    }

    /// The line the values stand on.
    pub fn baseline(&self, scene: &Scene<'_>, axis: &Axis) {
        let level = if axis.min <= 0.0 && axis.max >= 0.0 { self.y(0.0) } else { self.area.bottom() };
        scene.draw(|c| c.line((self.area.x, level), (self.area.right(), level), Colour::RULE, 0.8));
    }
}

fn visible(axis: &Axis) -> impl Iterator<Item = &crate::chart::Tick> {
    let span = (axis.max - axis.min).abs() * 1e-9;
    axis.ticks.iter().filter(move |t| t.at >= axis.min - span && t.at <= axis.max + span)
}

/// Width of the widest tick label, with its gap to the field.
pub fn tick_width(scene: &mut Scene<'_>, axis: &Axis) -> f32 {
    let style = scene.tick();
    let widest = axis.ticks.iter().map(|t| scene.set.width(&t.label, &style)).fold(0.0, f32::max);
    if widest > 0.0 { widest + 6.0 } else { 2.0 }
}

/// Draws the names of the axes; returns the height each takes: (above the field, below it).
pub fn axis_names(
    scene: &mut Scene<'_>,
    whole: Area,
    above: &str,
    below: &str,
    field_x: f32,
    draw: bool,
) -> (f32, f32) {
    let style = scene.tick();
    let mut heights = (0.0, 0.0);
    if !above.is_empty() {
        let text = scene.set.set_short(above, &style, whole.width);
        heights.0 = text.height + 3.0;
        if draw {
            scene.text(&text, whole.x, whole.y);
        }
    }
    if !below.is_empty() {
        let text = scene.set.set_short(below, &style, whole.right() - field_x);
        heights.1 = text.height + 2.0;
        if draw {
            scene.text_in(&text, field_x, whole.bottom() - text.height, whole.right() - field_x, HAlign::Right);
        }
    }
    heights
}

/// A field with axes on the left and below, as areas, lines and waterfalls have it.
pub fn standard(
    scene: &mut Scene<'_>,
    whole: Area,
    x: &Axis,
    y: &Axis,
    annotations: &[Annotation],
    extra: Margins,
) -> Field {
    let tick = scene.look.label * 1.3;
    let left = tick_width(scene, y).max(extra.left);
    let names = axis_names(scene, whole, &y.label, &x.label, whole.x + left, true);
    let rows = event_rows(scene, annotations, x, whole.x + left, whole.width - left - extra.right);
    let top = names.0 + rows.max(tick * 0.5) + extra.top;
    let bottom = names.1 + extra.bottom.max(tick + 6.0);
    let area = Area::new(
        whole.x + left,
        whole.y + top,
        (whole.width - left - extra.right).max(10.0),
        (whole.height - top - bottom).max(10.0),
    );
    Field::new(scene, area, x, y)
}
