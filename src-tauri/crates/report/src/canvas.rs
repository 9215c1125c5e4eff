//! A page or a picture as a list of vector marks, before it becomes PDF or SVG.
//!
//! Units are points (1/72 inch) with the origin at the top left and y downwards.

use std::sync::Arc;

use crate::glyphs::Run;
use crate::palette::Colour;

#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Segment {
    Move(f32, f32),
    Line(f32, f32),
    Curve([f32; 6]),
    Close,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    Fill {
        path: Vec<Segment>,
        colour: Colour,
        alpha: f32,
    },
    Stroke {
        path: Vec<Segment>,
        colour: Colour,
        alpha: f32,
        width: f32,
        dash: Option<[f32; 2]>,
    },
    /// `x` is the left edge of the run, `y` its baseline.
    Text {
        x: f32,
        y: f32,
        run: Arc<Run>,
        colour: Colour,
    },
    PushClip {
        x: f32,
        y: f32,
        width: f32,
        height: f32,
    },
    PopClip,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct Canvas {
    pub width: f32,
    pub height: f32,
    pub marks: Vec<Mark>,
}

/// A rectangle in points.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Area {
    pub fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    pub fn right(&self) -> f32 {
        self.x + self.width
    }

    pub fn bottom(&self) -> f32 {
        self.y + self.height
    }

    /// What is left below `height`.
    pub fn below(&self, height: f32) -> Area {
        Area { y: self.y + height, height: (self.height - height).max(0.0), ..*self }
    }

    pub fn inset(&self, by: f32) -> Area {
        Area::new(self.x + by, self.y + by, (self.width - 2.0 * by).max(0.0), (self.height - 2.0 * by).max(0.0))
    }
}

/// Distance of a control point that makes a cubic a quarter circle, per radius.
const QUARTER: f32 = 0.552_284_8;

impl Canvas {
    pub fn new(width: f32, height: f32) -> Self {
        Self { width, height, marks: Vec::new() }
    }

    pub fn fill(&mut self, path: Vec<Segment>, colour: Colour) {
        self.marks.push(Mark::Fill { path, colour, alpha: 1.0 });
    }

    pub fn rect(&mut self, area: Area, colour: Colour) {
        self.fill(rect_path(area), colour);
    }

    pub fn round_rect(&mut self, area: Area, radius: f32, colour: Colour) {
        self.fill(round_path(area, radius), colour);
    }

    pub fn round_frame(&mut self, area: Area, radius: f32, colour: Colour, width: f32) {
        self.marks.push(Mark::Stroke { path: round_path(area, radius), colour, alpha: 1.0, width, dash: None });
    }

    pub fn line(&mut self, from: (f32, f32), to: (f32, f32), colour: Colour, width: f32) {
        self.dashed(from, to, colour, width, None);
    }

    pub fn dashed(&mut self, from: (f32, f32), to: (f32, f32), colour: Colour, width: f32, dash: Option<[f32; 2]>) {
        let path = vec![Segment::Move(from.0, from.1), Segment::Line(to.0, to.1)];
        self.marks.push(Mark::Stroke { path, colour, alpha: 1.0, width, dash });
    }

    pub fn polyline(&mut self, points: &[(f32, f32)], colour: Colour, width: f32, dash: Option<[f32; 2]>) {
        let segment = |(index, (x, y)): (usize, &(f32, f32))| {
            if index == 0 { Segment::Move(*x, *y) } else { Segment::Line(*x, *y) }
        };
        let path: Vec<Segment> = points.iter().enumerate().map(segment).collect();
        if path.len() > 1 {
            self.marks.push(Mark::Stroke { path, colour, alpha: 1.0, width, dash });
        }
    }

    pub fn circle(&mut self, centre: (f32, f32), radius: f32, colour: Colour) {
        let area = Area::new(centre.0 - radius, centre.1 - radius, 2.0 * radius, 2.0 * radius);
        self.fill(round_path(area, radius), colour);
    }

    /// Everything of `other`, moved by `dx`, `dy`.
    pub fn place(&mut self, other: &Canvas, dx: f32, dy: f32) {
        self.marks.extend(other.marks.iter().map(|mark| moved(mark, dx, dy)));
    }
}

pub fn rect_path(a: Area) -> Vec<Segment> {
    vec![
        Segment::Move(a.x, a.y),
        Segment::Line(a.right(), a.y),
        Segment::Line(a.right(), a.bottom()),
        Segment::Line(a.x, a.bottom()),
        Segment::Close,
    ]
}

pub fn round_path(a: Area, radius: f32) -> Vec<Segment> {
    let r = radius.min(a.width / 2.0).min(a.height / 2.0).max(0.0);
    if r < 0.05 {
        return rect_path(a);
    }
    let k = r * (1.0 - QUARTER);
    let (l, t, rt, b) = (a.x, a.y, a.right(), a.bottom());
    vec![
        Segment::Move(l + r, t),
        Segment::Line(rt - r, t),
        Segment::Curve([rt - k, t, rt, t + k, rt, t + r]),
        Segment::Line(rt, b - r),
        Segment::Curve([rt, b - k, rt - k, b, rt - r, b]),
        Segment::Line(l + r, b),
        Segment::Curve([l + k, b, l, b - k, l, b - r]),
        Segment::Line(l, t + r),
        Segment::Curve([l, t + k, l + k, t, l + r, t]),
        Segment::Close,
    ]
}

fn moved(mark: &Mark, dx: f32, dy: f32) -> Mark {
    let shift = |path: &[Segment]| path.iter().map(|s| shifted(*s, dx, dy)).collect();
    match mark {
        Mark::Fill { path, colour, alpha } => Mark::Fill { path: shift(path), colour: *colour, alpha: *alpha },
        Mark::Stroke { path, colour, alpha, width, dash } => {
            Mark::Stroke { path: shift(path), colour: *colour, alpha: *alpha, width: *width, dash: *dash }
        }
        Mark::Text { x, y, run, colour } => Mark::Text { x: x + dx, y: y + dy, run: run.clone(), colour: *colour },
        Mark::PushClip { x, y, width, height } => {
            Mark::PushClip { x: x + dx, y: y + dy, width: *width, height: *height }
        }
        Mark::PopClip => Mark::PopClip,
    }
}

fn shifted(segment: Segment, dx: f32, dy: f32) -> Segment {
    match segment {
        Segment::Move(x, y) => Segment::Move(x + dx, y + dy),
        Segment::Line(x, y) => Segment::Line(x + dx, y + dy),
        Segment::Curve([a, b, c, d, e, f]) => Segment::Curve([a + dx, b + dy, c + dx, d + dy, e + dx, f + dy]),
        Segment::Close => Segment::Close,
    }
}
