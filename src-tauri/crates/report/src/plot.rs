//! Charts as vector pictures. plotters maps the coordinates and draws the series through a backend of our own, so
//! the PDF, the SVG and a test look at the same marks.

use std::cell::RefCell;
use std::rc::Rc;

use crate::canvas::{Area, Canvas};
use crate::chart::{ChartSpec, Marks};
use crate::error::ReportError;
use crate::palette::Colour;
use crate::text::{HAlign, Paragraph, TextStyle, Typesetter};

mod annotate;
mod area;
mod avoid;
mod backend;
mod bar;
mod bridge;
mod bullet;
mod burn;
mod events;
mod fan;
mod field;
mod forest;
mod heat_map;
mod histogram;
mod labels;
mod line;
mod multiples;
mod scatter;
mod slope;
mod stacked_bar;
mod step;
mod timeline;
mod trend;
mod waterfall;

/// Sizes of a chart's own text, in points.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Look {
    /// Ticks, direct labels, annotations.
    pub label: f32,
}

impl Look {
    pub const DECK: Look = Look { label: 10.5 };
    pub const PAGE: Look = Look { label: 8.0 };
}

/// A canvas under construction, shared with the plotters backend.
pub(crate) struct Scene<'a> {
    pub set: &'a mut Typesetter,
    pub look: Look,
    pub canvas: Rc<RefCell<Canvas>>,
}

impl Scene<'_> {
    pub fn tick(&self) -> TextStyle {
        TextStyle::new(self.look.label * 0.95, Colour::MUTED).leading(1.25)
    }

    pub fn label(&self) -> TextStyle {
        TextStyle::new(self.look.label, Colour::INK).medium().leading(1.2)
    }

    pub fn note(&self) -> TextStyle {
        TextStyle::new(self.look.label * 0.95, Colour::INK).leading(1.2)
    }

    pub fn text(&self, paragraph: &Paragraph, x: f32, y: f32) {
        paragraph.draw_left(&mut self.canvas.borrow_mut(), x, y);
    }

    pub fn text_in(&self, paragraph: &Paragraph, x: f32, y: f32, width: f32, align: HAlign) {
        paragraph.draw(&mut self.canvas.borrow_mut(), x, y, width, align);
    }

    pub fn draw(&self, draw: impl FnOnce(&mut Canvas)) {
        draw(&mut self.canvas.borrow_mut());
    }
}

/// Draws the chart without title into `width` × `height` points.
pub fn draw_chart(
    spec: &ChartSpec,
    width: f32,
    height: f32,
    look: Look,
    set: &mut Typesetter,
) -> Result<Canvas, ReportError> {
    let canvas = Rc::new(RefCell::new(Canvas::new(width, height)));
    let mut scene = Scene { set, look, canvas: canvas.clone() };
    let whole = Area::new(0.0, 0.0, width, height);
    let drawn = match &spec.marks {
        Marks::StackedArea { x, series, step, .. } => area::draw(&mut scene, spec, whole, (x, *step), series),
        Marks::Line { x, series, bands, step, .. } => line::draw(&mut scene, spec, whole, x, series, bands, *step),
        Marks::Bar { bars, horizontal } => bar::draw(&mut scene, spec, whole, bars, *horizontal),
        Marks::StackedBar { categories, series, horizontal } => {
            stacked_bar::draw(&mut scene, spec, whole, categories, series, *horizontal)
        }
        Marks::Timeline { lanes } => timeline::draw(&mut scene, spec, whole, lanes),
        Marks::Waterfall { steps } => waterfall::draw(&mut scene, spec, whole, steps),
        Marks::Fan { x, lines, bands, .. } => fan::draw(&mut scene, spec, whole, x, lines, bands),
        Marks::Burn { x, pace, actual, projected, .. } => {
            burn::draw(&mut scene, spec, whole, x, (actual, pace), projected)
        }
        Marks::Step { x, lines, .. } => step::draw(&mut scene, spec, whole, x, lines),
        Marks::Multiples { x, columns, panels, .. } => multiples::draw(&mut scene, spec, whole, x, *columns, panels),
        Marks::Forest { rows, reference, margin } => {
            forest::draw(&mut scene, spec, whole, rows, (*reference, margin.as_ref()))
        }
        Marks::HeatMap { columns, rows, low, high } => heat_map::draw(&mut scene, whole, columns, rows, (low, high)),
        Marks::Bullet { rows } => bullet::draw(&mut scene, whole, rows),
        Marks::Bridge { steps, horizontal } => bridge::draw(&mut scene, spec, whole, steps, *horizontal),
        Marks::Scatter { points, front } => scatter::draw(&mut scene, spec, whole, points, front),
        Marks::Histogram { bins, quantiles, colour } => {
            histogram::draw(&mut scene, spec, whole, bins, (quantiles, *colour))
        }
        Marks::Slope { from, to, rows } => slope::draw(&mut scene, spec, whole, (from, to), rows),
    };
    drawn.map_err(|cause| ReportError::Chart { title: spec.title.clone(), cause })?;
    drop(scene);
    Ok(Rc::try_unwrap(canvas).map_or_else(|shared| shared.borrow().clone(), RefCell::into_inner))
}

/// How much height a chart wants at least, in multiples of its label size: rows of bars and lanes need room.
pub fn wanted_rows(spec: &ChartSpec) -> f32 {
    match &spec.marks {
        Marks::Bar { bars, horizontal: true } => bars.len() as f32 * 2.2 + 3.0,
        Marks::StackedBar { categories, horizontal: true, .. } => categories.len() as f32 * 2.6 + 5.0,
        Marks::Timeline { lanes } => lanes.len() as f32 * 3.6 + 4.0,
        Marks::Forest { rows, .. } => rows.len() as f32 * 2.2 + 4.5,
        Marks::HeatMap { rows, .. } => rows.len() as f32 * 2.2 + 4.0,
        Marks::Bullet { rows } => rows.len() as f32 * 3.0 + 1.0,
        Marks::Bridge { steps, horizontal: true } => steps.len() as f32 * 2.2 + 3.0,
        Marks::Slope { rows, .. } => (rows.len() as f32 * 1.6 + 4.0).max(15.0),
        Marks::Multiples { columns, panels, .. } => {
            panels.len().div_ceil((*columns).max(1) as usize) as f32 * 7.5 + 2.0
        }
        _ => 15.0,
    }
}

/// The chart with its title and subtitle, as a picture of its own.
pub fn titled_chart(spec: &ChartSpec, width: f32, height: f32, set: &mut Typesetter) -> Result<Canvas, ReportError> {
    let mut canvas = Canvas::new(width, height);
    let margin = 16.0;
    let inner = (width - 2.0 * margin).max(40.0);
    canvas.rect(Area::new(0.0, 0.0, width, height), Colour::WHITE);
    let mut y = margin;
    for (text, style) in [
        (&spec.title, TextStyle::new(14.0, Colour::INK).semibold().leading(1.3)),
        (&spec.subtitle, TextStyle::new(10.5, Colour::MUTED).leading(1.35)),
    ] {
        if !text.is_empty() {
            let set = set.set(text, &style, Some(inner));
            set.draw_left(&mut canvas, margin, y);
            y += set.height;
        }
    }
    y += 10.0;
    let chart = draw_chart(spec, inner, (height - y - margin).max(40.0), Look { label: 10.0 }, set)?;
    canvas.place(&chart, margin, y);
    Ok(canvas)
}
