//! Named points with the front of those no other point beats.

use super::Scene;
use super::annotate::{Place, Sign, targets};
use super::avoid::along;
use super::field::{Margins, brush, pen, standard, within};
use crate::canvas::Area;
use crate::chart::{ChartSpec, ScatterPoint};
use crate::palette::{Colour, paper};

pub fn draw(
    scene: &mut Scene<'_>,
    spec: &ChartSpec,
    whole: Area,
    points: &[ScatterPoint],
    front: &[u32],
) -> Result<(), String> {
    let margins = Margins { right: scene.look.label, ..Margins::default() };
    let field = standard(scene, whole, &spec.x, &spec.y, &spec.annotations, margins);
    field.value_axis_left(scene, &spec.y);
    field.axis_below(scene, &spec.x, true);
    let bottom = field.area.bottom();
    scene.draw(|c| c.line((field.area.x, bottom), (field.area.right(), bottom), Colour::RULE, 0.8));

    let line: Vec<(f32, f32)> = front
        .iter()
        .filter_map(|index| points.get(*index as usize))
        .filter(|p| p.x.is_finite() && p.y.is_finite())
        .map(|p| field.at(p.x, p.y))
        .collect();
    field.dashed(&line, Colour::ACCENT, 1.2);
    let mut busy = along(&line);
    let mut names = Vec::with_capacity(points.len());
    for point in points.iter().filter(|p| p.x.is_finite() && p.y.is_finite()) {
        let colour = paper(point.colour);
        if let (Some(low), Some(high)) = (point.low, point.high) {
            let ends = [(point.x, within(&spec.y, low)), (point.x, within(&spec.y, high))];
            field.path(ends.to_vec(), pen(Colour::MUTED.over(Colour::WHITE, 0.7), 1.0))?;
            busy.extend(along(&ends.map(|(x, y)| field.at(x, y))));
        }
        field.dot((point.x, point.y), 3.9, brush(Colour::WHITE, 1.0))?;
        field.dot((point.x, point.y), 3.2, brush(colour, 1.0))?;
        let (x, y) = field.at(point.x, point.y);
        busy.push(Area::new(x - 4.0, y - 4.0, 8.0, 8.0));
        names.push(Place { x: point.x, y: point.y, label: &point.name, colour: point.colour, mark: Sign::Drawn });
    }
    for level in targets(&spec.annotations) {
        field.target_beside(scene, level, &mut busy);
    }
    field.places(scene, names, &busy);
    field.events(scene, &spec.annotations);
    Ok(())
}
