//! A measure against its target: bar, tick and qualitative ranges, each row on a scale of its own.

use super::Scene;
use crate::canvas::Area;
use crate::chart::BulletRow;
use crate::palette::{Colour, paper};
use crate::text::HAlign;

pub fn draw(scene: &mut Scene<'_>, whole: Area, rows: &[BulletRow]) -> Result<(), String> {
    let label = scene.look.label;
    let strong = scene.label();
    let quiet = scene.note().colour(Colour::MUTED);
    let mut names = Vec::with_capacity(rows.len());
    for row in rows {
        let name = scene.set.set_short(&row.name, &strong, whole.width * 0.3);
        let value = scene.set.set_short(&row.label, &strong, whole.width * 0.2);
        let target = scene.set.set_short(&row.target_label, &quiet, whole.width * 0.25);
        names.push((name, value, target));
    }
    let widest = |of: &dyn Fn(usize) -> f32| (0..rows.len()).map(of).fold(0.0, f32::max);
    let left = widest(&|i| names[i].0.width) + label;
    let values = widest(&|i| names[i].1.width);
    let targets = widest(&|i| names[i].2.width);
    let right = label + values + if targets > 0.0 { label + targets } else { 0.0 };
    let wide = (whole.width - left - right).max(10.0);
    let step = whole.height / rows.len().max(1) as f32;
    let tall = (step * 0.42).clamp(3.0, label * 1.3);
    for (index, (row, (name, value, target))) in rows.iter().zip(&names).enumerate() {
        let middle = whole.y + (index as f32 + 0.5) * step;
        let track = Area::new(whole.x + left, middle - tall / 2.0, wide, tall);
        scene.text_in(name, whole.x, middle - name.height / 2.0, left - label, HAlign::Left);
        bar(scene, row, track);
        let at = track.right() + label;
        scene.text_in(value, at, middle - value.height / 2.0, values, HAlign::Right);
        scene.text_in(target, at + values + label, middle - target.height / 2.0, targets, HAlign::Left);
    }
    Ok(())
}

/// The drawing itself, in `track`.
fn bar(scene: &Scene<'_>, row: &BulletRow, track: Area) {
    let max = if row.max.is_finite() && row.max > 0.0 { row.max } else { 1.0 };
    let at = |value: f64| track.x + (value / max).clamp(0.0, 1.0) as f32 * track.width;
    let known = |value: Option<f64>| value.filter(|v| v.is_finite());
    scene.draw(|c| {
        c.rect(track, Colour::INK.over(Colour::WHITE, 0.05));
        // From the widest: each range lies over the one beyond it, and is darker.
        let mut ends: Vec<f64> = row.ranges.iter().copied().filter(|v| v.is_finite()).collect();
        ends.sort_by(|a, b| b.total_cmp(a));
        for (rank, end) in ends.iter().enumerate() {
            let shade = Colour::INK.over(Colour::WHITE, 0.09 + 0.05 * rank as f32);
            c.rect(Area::new(track.x, track.y, at(*end) - track.x, track.height), shade);
        }
        let thin = track.height * 0.42;
        let line = Area::new(track.x, track.y + (track.height - thin) / 2.0, 0.0, thin);
        if let Some(end) = known(row.projected) {
            c.rect(Area { width: at(end) - track.x, ..line }, Colour::ACCENT.over(Colour::WHITE, 0.45));
            c.rect(Area::new(at(end) - 0.9, line.y - 1.5, 1.8, thin + 3.0), Colour::ACCENT);
        }
        if let Some(end) = known(row.value) {
            c.rect(Area { width: at(end) - track.x, ..line }, paper(row.colour));
        }
        if let Some(target) = known(row.target) {
            c.rect(Area::new(at(target) - 1.0, track.y - 2.0, 2.0, track.height + 4.0), Colour::INK);
        }
    });
}
