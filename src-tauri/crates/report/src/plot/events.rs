//! Events on the time axis: a sign on a hairline, names in rows above the field, none on another.

use std::sync::Arc;

use super::Scene;
use super::field::Field;
use crate::canvas::{Canvas, Segment};
use crate::chart::{Annotation, Axis, EventKind};
use crate::palette::Colour;
use crate::text::Paragraph;

/// More rows of names than this would leave no room for the chart: further events keep their sign only.
const MOST_ROWS: usize = 5;

struct Placed {
    x: f32,
    /// Left edge and row of the name, row 0 nearest to the field.
    name: Option<(f32, usize)>,
    text: Arc<Paragraph>,
    kind: EventKind,
}

impl Field {
    /// A vertical hairline with its sign on top; the names stand in rows above the field.
    pub fn events(&self, scene: &mut Scene<'_>, annotations: &[Annotation]) {
        let row = scene.look.label * 1.5;
        for event in placed(scene, annotations, self.area.width, |at| self.x_inside(at)) {
            let middle = event.name.map_or(self.area.y, |(_, rank)| self.area.y - 5.0 - row * (rank as f32 + 0.5));
            scene.draw(|c| {
                let line = Colour::INK.over(Colour::WHITE, 0.4);
                c.line((event.x, middle), (event.x, self.area.bottom()), line, 0.6);
                sign(c, (event.x, middle), event.kind);
            });
            if let Some((left, _)) = event.name {
                scene.text(&event.text, left, middle - event.text.height / 2.0);
            }
        }
    }

    /// Where the hairlines stand.
    pub fn event_lines(&self, annotations: &[Annotation]) -> Vec<f32> {
        events(annotations).into_iter().filter_map(|(at, ..)| self.x_inside(at)).collect()
    }
}

/// The kinds differ by shape, not by colour alone.
fn sign(canvas: &mut Canvas, (x, y): (f32, f32), kind: EventKind) {
    match kind {
        EventKind::Release | EventKind::Other => canvas.circle((x, y), 2.6, Colour::INK),
        EventKind::PriceChange => {
            canvas.circle((x, y), 3.0, Colour::INK);
            canvas.circle((x, y), 1.7, Colour::WHITE);
        }
        EventKind::Incident => {
            let r = 3.7;
            let corners = [Segment::Move(x, y - r), Segment::Line(x + r, y), Segment::Line(x, y + r)];
            let path = corners.into_iter().chain([Segment::Line(x - r, y), Segment::Close]).collect();
            canvas.fill(path, Colour::BAD);
        }
    }
}

/// From the right, so that a name never crosses the line of a later event.
fn placed(
    scene: &mut Scene<'_>,
    annotations: &[Annotation],
    width: f32,
    x: impl Fn(f64) -> Option<f32>,
) -> Vec<Placed> {
    let style = scene.note();
    let edge = scene.canvas.borrow().width;
    let mut starts: Vec<f32> = Vec::new();
    let mut out = Vec::new();
    for (at, label, kind) in events(annotations).into_iter().rev() {
        let Some(x) = x(at) else { continue };
        let text = scene.set.set_short(label, &style, width * 0.5);
        let left = if x + 7.0 + text.width > edge { x - 7.0 - text.width } else { x + 7.0 };
        let end = (left + text.width).max(x) + 4.0;
        // A row is free when the name ends before everything in it, and before the lines that rise to rows above.
        let rank =
            (0..starts.len()).find(|rank| starts[*rank..].iter().all(|start| end < *start)).unwrap_or(starts.len());
        if rank >= MOST_ROWS {
            out.push(Placed { x, name: None, text, kind });
            continue;
        }
        let start = left.min(x) - 4.0;
        if rank == starts.len() {
            starts.push(start)
        } else {
            starts[rank] = start
        }
        out.push(Placed { x, name: Some((left, rank)), text, kind });
    }
    out
}

fn events(annotations: &[Annotation]) -> Vec<(f64, &str, EventKind)> {
    let mut events: Vec<(f64, &str, EventKind)> = annotations
        .iter()
        .filter_map(|a| match a {
            Annotation::Event { at, label } => Some((*at, label.as_str(), EventKind::Other)),
            Annotation::Mark { at, label, event } => Some((*at, label.as_str(), *event)),
            _ => None,
        })
        .collect();
    events.sort_by(|a, b| a.0.total_cmp(&b.0));
    events
}

/// Height of the rows `Field::events` needs above a field of this place and width.
pub fn event_rows(scene: &mut Scene<'_>, annotations: &[Annotation], x: &Axis, left: f32, width: f32) -> f32 {
    let span = (x.max - x.min).max(f64::MIN_POSITIVE);
    let inside = |at: f64| (at >= x.min && at <= x.max).then(|| left + ((at - x.min) / span) as f32 * width);
    let rows = placed(scene, annotations, width, inside).iter().filter_map(|e| e.name).map(|(_, rank)| rank + 1).max();
    rows.map_or(0.0, |rows| rows as f32 * scene.look.label * 1.5 + 6.0)
}
