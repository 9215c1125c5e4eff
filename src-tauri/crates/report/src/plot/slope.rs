//! Two points per entity, joined; names and values at both ends, none on another.

use super::Scene;
use super::field::{Field, brush, pen};
use super::labels::spread;
use crate::canvas::Area;
use crate::chart::{Axis, ChartSpec, SlopeRow};
use crate::palette::{Colour, paper};
use crate::text::HAlign;

pub fn draw(
    scene: &mut Scene<'_>,
    spec: &ChartSpec,
    whole: Area,
    (from, to): (&str, &str),
    rows: &[SlopeRow],
) -> Result<(), String> {
    let tick = scene.tick();
    let strong = scene.label();
    let gap = scene.look.label * 1.1;
    let mut set = |text: String, row: &SlopeRow| {
        let style = strong.colour(paper(row.colour).as_text());
        scene.set.set_short(&text, &style, whole.width * 0.32)
    };
    let lefts: Vec<_> = rows.iter().map(|r| set(r.from_label.clone(), r)).collect();
    let rights: Vec<_> = rows.iter().map(|r| set(format!("{}  {}", r.to_label, r.name), r)).collect();
    let wide = |of: &[std::sync::Arc<crate::text::Paragraph>]| of.iter().map(|t| t.width).fold(0.0, f32::max);
    let head = scene.look.label * 1.9;
    let left = wide(&lefts) + gap;
    let right = wide(&rights) + gap;
    let area = Area::new(
        whole.x + left,
        whole.y + head,
        (whole.width - left - right).max(10.0),
        (whole.height - head - scene.look.label).max(10.0),
    );
    let sides = Axis { label: String::new(), min: 0.0, max: 1.0, ticks: Vec::new() };
    let field = Field::new(scene, area, &sides, &spec.y);
    for (x, name) in [(area.x, from), (area.right(), to)] {
        scene.draw(|c| c.line((x, area.y), (x, area.bottom()), Colour::RULE, 0.8));
        let text = scene.set.set_short(name, &tick, whole.width * 0.4);
        let most = (whole.right() - text.width).max(whole.x);
        scene.text(&text, (x - text.width / 2.0).clamp(whole.x, most), area.y - text.height - 5.0);
    }
    let known = |v: Option<f64>| v.filter(|v| v.is_finite());
    // The first entity is what is read first: it is drawn last.
    for row in rows.iter().rev() {
        let colour = paper(row.colour);
        if let (Some(a), Some(b)) = (known(row.from), known(row.to)) {
            field.path(vec![(0.0, a), (1.0, b)], pen(colour, 1.6))?;
        }
        for (x, y) in [(0.0, known(row.from)), (1.0, known(row.to))] {
            if let Some(y) = y {
                field.dot((x, y), 2.8, brush(colour, 1.0))?;
            }
        }
    }
    let ends = [
        (&lefts, -1.0_f32, rows.iter().map(|r| known(r.from)).collect::<Vec<_>>()),
        (&rights, 1.0, rows.iter().map(|r| known(r.to)).collect()),
    ];
    for (texts, side, values) in ends {
        let shown: Vec<usize> = (0..rows.len()).filter(|i| values[*i].is_some()).collect();
        let wanted: Vec<(f32, f32)> =
            shown.iter().map(|i| (field.y(values[*i].unwrap_or_default()), texts[*i].height)).collect();
        let Some(tops) = spread(&wanted, area.y - 4.0, whole.bottom()) else { continue };
        for ((index, top), (centre, height)) in shown.iter().zip(tops).zip(wanted) {
            let text = &texts[*index];
            let edge = if side < 0.0 { area.x } else { area.right() };
            let x = edge + side * gap;
            let middle = top + height / 2.0;
            if (middle - centre).abs() > height * 0.35 {
                let colour = paper(rows[*index].colour);
                scene.draw(|c| c.line((edge + side * 4.0, centre), (x - side * 1.5, middle), colour, 0.6));
            }
            let (at, align) = if side < 0.0 { (x - text.width, HAlign::Right) } else { (x, HAlign::Left) };
            scene.text_in(text, at, top, text.width, align);
        }
    }
    Ok(())
}
