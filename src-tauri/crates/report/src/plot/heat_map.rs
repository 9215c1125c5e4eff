//! A value per row and column as a shade, with its text on it.

use super::Scene;
use crate::canvas::Area;
use crate::chart::{HeatCell, HeatRow};
use crate::palette::Colour;
use crate::text::HAlign;

const BLACK: Colour = Colour(0, 0, 0);
/// The two ends of the sequential scale on paper.
const LOW: Colour = Colour(0xec, 0xf4, 0xf5);
const HIGH: Colour = Colour(0x0a, 0x4c, 0x59);

pub fn draw(
    scene: &mut Scene<'_>,
    whole: Area,
    columns: &[String],
    rows: &[HeatRow],
    (low, high): (&str, &str),
) -> Result<(), String> {
    let (note, tick) = (scene.note(), scene.tick());
    let names: Vec<_> = rows.iter().map(|r| scene.set.set_short(&r.name, &note, whole.width * 0.3)).collect();
    let left = names.iter().map(|n| n.width).fold(0.0, f32::max) + scene.look.label * 0.8;
    let count = columns.len().max(1);
    let wide = ((whole.width - left) / count as f32).max(1.0);
    let heads: Vec<_> = columns.iter().map(|c| scene.set.set_short(c, &tick, (wide - 4.0).max(1.0))).collect();
    let head = heads.iter().map(|h| h.height).fold(0.0, f32::max) + 4.0;
    let foot = scene.look.label * 2.0;
    let tall = ((whole.height - head - foot) / rows.len().max(1) as f32).clamp(1.0, scene.look.label * 3.4);
    for (index, text) in heads.iter().enumerate() {
        scene.text_in(text, whole.x + left + index as f32 * wide, whole.y, wide, HAlign::Centre);
    }
    for (index, (row, name)) in rows.iter().zip(&names).enumerate() {
        let top = whole.y + head + index as f32 * tall;
        scene.text_in(name, whole.x, top + (tall - name.height) / 2.0, left, HAlign::Left);
        for (column, cell) in row.cells.iter().take(count).enumerate() {
            let area = Area::new(whole.x + left + column as f32 * wide, top, wide, tall);
            draw_cell(scene, cell, area);
        }
    }
    let bottom = whole.y + head + rows.len() as f32 * tall + scene.look.label * 0.7;
    scale(scene, whole.x + left, bottom, (low, high), whole.width - left);
    Ok(())
}

fn draw_cell(scene: &mut Scene<'_>, cell: &HeatCell, area: Area) {
    // A hairline of paper keeps neighbours of one shade apart.
    let inner = Area::new(area.x + 0.7, area.y + 0.7, (area.width - 1.4).max(0.5), (area.height - 1.4).max(0.5));
    let shade = cell.shade.filter(|s| s.is_finite()).map(|s| HIGH.over(LOW, s.clamp(0.0, 1.0) as f32));
    match shade {
        Some(fill) => scene.draw(|c| c.rect(inner, fill)),
        None => scene.draw(|c| c.round_frame(inner, 0.0, Colour::HAIRLINE, 0.6)),
    }
    let colour = shade.map_or(Colour::MUTED, legible);
    let style = scene.note().colour(colour);
    let text = scene.set.set(&cell.label, &style, None);
    if text.width <= area.width - 3.0 && text.height <= area.height {
        scene.text(&text, area.x + (area.width - text.width) / 2.0, area.y + (area.height - text.height) / 2.0);
    }
}

/// White or black, whichever has more contrast. Ink would not reach 4.5:1 in the middle of the scale.
fn legible(fill: Colour) -> Colour {
    if fill.contrast(Colour::WHITE) >= fill.contrast(BLACK) { Colour::WHITE } else { BLACK }
}

/// The ramp with the names of its ends.
fn scale(scene: &mut Scene<'_>, x: f32, y: f32, (low, high): (&str, &str), width: f32) {
    const PARTS: usize = 24;
    let style = scene.tick();
    let (from, to) = (scene.set.set_short(low, &style, width * 0.35), scene.set.set_short(high, &style, width * 0.35));
    let long = (scene.look.label * 9.0).min((width - from.width - to.width - 12.0).max(0.0));
    let tall = scene.look.label * 0.7;
    scene.text(&from, x, y);
    let left = x + from.width + 6.0;
    scene.draw(|c| {
        for part in 0..PARTS {
            let share = part as f32 / (PARTS - 1) as f32;
            let step = long / PARTS as f32;
            let area = Area::new(left + part as f32 * step, y + (from.height - tall) / 2.0, step + 0.2, tall);
            c.rect(area, HIGH.over(LOW, share));
        }
    });
    scene.text(&to, left + long + 6.0, y);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_reads_on_every_shade() {
        for step in 0..=100 {
            let fill = HIGH.over(LOW, step as f32 / 100.0);
            assert!(fill.contrast(legible(fill)) >= 4.5, "{}: {}", step, fill.contrast(legible(fill)));
        }
    }
}
