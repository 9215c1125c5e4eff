//! plotters' drawing backend onto a canvas. plotters counts in whole pixels, so one point is a hundred of them.

use std::cell::RefCell;
use std::convert::Infallible;
use std::rc::Rc;

use plotters_backend::{BackendColor, BackendCoord, BackendStyle, BackendTextStyle, DrawingBackend, DrawingErrorKind};

use crate::canvas::{Area, Canvas, Mark, Segment, rect_path, round_path};
use crate::palette::Colour;

/// plotters pixels per point.
pub const SCALE: f32 = 100.0;

pub struct CanvasBackend {
    canvas: Rc<RefCell<Canvas>>,
}

impl CanvasBackend {
    pub fn new(canvas: Rc<RefCell<Canvas>>) -> Self {
        Self { canvas }
    }

    fn push(&self, mark: Mark) {
        self.canvas.borrow_mut().marks.push(mark);
    }

    fn stroke<S: BackendStyle>(&self, path: Vec<Segment>, style: &S) {
        let (colour, alpha) = colour(style.color());
        let width = style.stroke_width() as f32 / SCALE;
        self.push(Mark::Stroke { path, colour, alpha, width, dash: None });
    }

    fn fill<S: BackendStyle>(&self, path: Vec<Segment>, style: &S) {
        let (colour, alpha) = colour(style.color());
        self.push(Mark::Fill { path, colour, alpha });
    }
}

pub fn point(coord: BackendCoord) -> (f32, f32) {
    (coord.0 as f32 / SCALE, coord.1 as f32 / SCALE)
}

fn colour(of: BackendColor) -> (Colour, f32) {
    (Colour(of.rgb.0, of.rgb.1, of.rgb.2), of.alpha as f32)
}

fn polyline(path: impl IntoIterator<Item = BackendCoord>) -> Vec<Segment> {
    path.into_iter()
        .map(point)
        .enumerate()
        .map(|(index, (x, y))| if index == 0 { Segment::Move(x, y) } else { Segment::Line(x, y) })
        .collect()
}

type Drawn = Result<(), DrawingErrorKind<Infallible>>;

impl DrawingBackend for CanvasBackend {
    type ErrorType = Infallible;

    fn get_size(&self) -> (u32, u32) {
        let canvas = self.canvas.borrow();
        ((canvas.width * SCALE) as u32, (canvas.height * SCALE) as u32)
    }

    fn ensure_prepared(&mut self) -> Drawn {
        Ok(())
    }

    fn present(&mut self) -> Drawn {
        Ok(())
    }

    fn draw_pixel(&mut self, at: BackendCoord, with: BackendColor) -> Drawn {
        let ((x, y), (colour, alpha)) = (point(at), colour(with));
        self.push(Mark::Fill { path: rect_path(Area::new(x, y, 1.0 / SCALE, 1.0 / SCALE)), colour, alpha });
        Ok(())
    }

    fn draw_line<S: BackendStyle>(&mut self, from: BackendCoord, to: BackendCoord, style: &S) -> Drawn {
        self.stroke(polyline([from, to]), style);
        Ok(())
    }

    fn draw_rect<S: BackendStyle>(&mut self, a: BackendCoord, b: BackendCoord, style: &S, fill: bool) -> Drawn {
        let ((ax, ay), (bx, by)) = (point(a), point(b));
        let path = rect_path(Area::new(ax.min(bx), ay.min(by), (ax - bx).abs(), (ay - by).abs()));
        if fill {
            self.fill(path, style)
        } else {
            self.stroke(path, style)
        }
        Ok(())
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.stroke(polyline(path), style);
        Ok(())
    }

    fn draw_circle<S: BackendStyle>(&mut self, centre: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        let ((x, y), r) = (point(centre), radius as f32 / SCALE);
        let path = round_path(Area::new(x - r, y - r, 2.0 * r, 2.0 * r), r);
        if fill {
            self.fill(path, style)
        } else {
            self.stroke(path, style)
        }
        Ok(())
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        let mut path = polyline(path);
        path.push(Segment::Close);
        self.fill(path, style);
        Ok(())
    }

    /// Text never comes through here: the typesetter measures and places it, which plotters cannot for two
    /// scripts.
    fn draw_text<T: BackendTextStyle>(&mut self, _text: &str, _style: &T, _at: BackendCoord) -> Drawn {
        Ok(())
    }
}
