//! Counts per bin, with quantiles as lines whose names stand in rows above.

use super::Scene;
use super::field::{Margins, brush, standard};
use crate::canvas::Area;
use crate::chart::{Annotation, Bin, ChartSpec, ColourToken, EventKind, Quantile};
use crate::palette::{Colour, paper};

pub fn draw(
    scene: &mut Scene<'_>,
    spec: &ChartSpec,
    whole: Area,
    bins: &[Bin],
    (quantiles, colour): (&[Quantile], ColourToken),
) -> Result<(), String> {
    // A quantile is named as an event is: above the field, none on another.
    let mut notes: Vec<Annotation> = spec.annotations.clone();
    notes.extend(quantiles.iter().map(|q| Annotation::Mark {
        at: q.at,
        label: q.label.clone(),
        event: EventKind::Other,
    }));
    let margins = Margins { right: scene.look.label, ..Margins::default() };
    let field = standard(scene, whole, &spec.x, &spec.y, &notes, margins);
    field.value_axis_left(scene, &spec.y);
    for bin in bins.iter().filter(|b| b.from < b.to && b.value.is_finite()) {
        field.rect((bin.from, 0.0), (bin.to, bin.value), brush(paper(colour), 1.0))?;
        // A hairline of paper between neighbours.
        let (x, y) = field.at(bin.to, bin.value);
        let bottom = field.y(0.0);
        scene.draw(|c| c.line((x, y), (x, bottom), Colour::WHITE, 0.8));
    }
    field.baseline(scene, &spec.y);
    field.axis_below(scene, &spec.x, false);
    for level in super::annotate::targets(&spec.annotations) {
        field.target(scene, level);
    }
    field.events(scene, &notes);
    Ok(())
}
