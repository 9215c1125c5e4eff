//! Where labels go: beside their marks, never on each other.

use std::sync::Arc;

use crate::canvas::Area;
use crate::chart::ColourToken;
use crate::palette::{Colour, paper};
use crate::text::{HAlign, Paragraph};

use super::Scene;

/// Tops for boxes of the given wanted centres and heights, in any order, inside `low..high`, without overlap and
/// with the least squared displacement (pool adjacent violators). `None` when they do not fit.
pub fn spread(wanted: &[(f32, f32)], low: f32, high: f32) -> Option<Vec<f32>> {
    let total: f32 = wanted.iter().map(|(_, height)| height).sum();
    if total > high - low + 0.01 {
        return None;
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].0.total_cmp(&wanted[*b].0));
    // Pools of (sum, count): the boxes of a pool touch each other.
    let mut pools: Vec<(f32, usize)> = Vec::new();
    let mut above = 0.0;
    for index in &order {
        let (centre, height) = wanted[*index];
        pools.push((centre - height / 2.0 - above, 1));
        above += height;
        while let [.., (a, n), (b, m)] = pools[..] {
            if a / n as f32 <= b / m as f32 {
                break;
            }
            pools.pop();
            if let Some(last) = pools.last_mut() {
                *last = (a + b, n + m);
            }
        }
    }
    let mut tops = vec![0.0; wanted.len()];
    let mut above = 0.0;
    let mut rest = order.iter();
    for (sum, count) in pools {
        let base = (sum / count as f32).clamp(low, high - total);
        for index in rest.by_ref().take(count) {
            tops[*index] = base + above;
            above += wanted[*index].1;
        }
    }
    Some(tops)
}

/// What stands at the end of a line: its short value in its colour, then its name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct EndText<'a> {
    pub value: &'a str,
    pub name: &'a str,
    pub colour: Colour,
    /// For bands and levels: the name alone, in grey.
    pub quiet: bool,
}

impl<'a> EndText<'a> {
    pub fn new(value: &'a str, name: &'a str, token: ColourToken) -> Self {
        Self { value, name, colour: paper(token).as_text(), quiet: false }
    }

    pub fn quiet(name: &'a str, colour: Colour) -> Self {
        Self { value: "", name, colour: colour.as_text(), quiet: true }
    }
}

/// A set label: paragraphs with their places in its box.
struct EndLabel {
    parts: Vec<(Arc<Paragraph>, f32, f32)>,
    width: f32,
    height: f32,
    colour: Colour,
}

/// A column of names and values to the right of the field.
pub struct EndLabels {
    labels: Vec<EndLabel>,
    pub width: f32,
    gap: f32,
}

impl EndLabels {
    pub fn new(scene: &mut Scene<'_>, texts: &[EndText<'_>], widest: f32) -> Self {
        let labels: Vec<_> = texts.iter().map(|text| Self::set(scene, text, widest)).collect();
        let gap = scene.look.label * 0.75;
        let width = labels.iter().map(|label| label.width).fold(0.0, f32::max) + gap;
        Self { labels, width, gap }
    }

    fn set(scene: &mut Scene<'_>, text: &EndText<'_>, widest: f32) -> EndLabel {
        let strong = scene.label().colour(text.colour);
        let style = match (text.quiet, text.value.is_empty()) {
            (true, _) => scene.note().colour(text.colour),
            (false, true) => strong,
            (false, false) => scene.note().colour(Colour::MUTED),
        };
        let name = scene.set.set(text.name, &style, Some(widest));
        let alone = text.value.is_empty();
        if alone {
            let (width, height) = (name.width, name.height);
            return EndLabel { parts: vec![(name, 0.0, 0.0)], width, height, colour: text.colour };
        }
        let value = scene.set.set(text.value, &strong, Some(widest));
        let space = scene.look.label * 0.4;
        let beside = value.width + space + name.width;
        let (width, height, at) = if text.name.is_empty() || (beside <= widest && name.lines.len() == 1) {
            (if text.name.is_empty() { value.width } else { beside }, value.height, (value.width + space, 0.0))
        } else {
            (value.width.max(name.width), value.height + name.height, (0.0, value.height))
        };
        EndLabel { parts: vec![(value, 0.0, 0.0), (name, at.0, at.1)], width, height, colour: text.colour }
    }

    /// Whether the labels find room one under another in this height.
    pub fn fit(&self, height: f32) -> bool {
        self.labels.iter().map(|label| label.height).sum::<f32>() < height
    }

    /// Draws each label near its wanted height; a short leader joins a label that had to move. False when there is
    /// not room for all, and nothing was drawn.
    pub fn draw(&self, scene: &Scene<'_>, field: Area, at: &[Option<f32>]) -> bool {
        let shown: Vec<usize> = (0..self.labels.len()).filter(|i| at.get(*i).is_some_and(Option::is_some)).collect();
        let wanted: Vec<(f32, f32)> =
            shown.iter().map(|i| (at[*i].unwrap_or_default(), self.labels[*i].height)).collect();
        let Some(tops) = spread(&wanted, field.y - 4.0, field.bottom() + 4.0) else { return false };
        for ((index, top), (centre, height)) in shown.iter().zip(tops).zip(wanted) {
            let label = &self.labels[*index];
            let middle = top + height / 2.0;
            if (middle - centre).abs() > height * 0.35 {
                let (x0, x1) = (field.right() + 1.0, field.right() + self.gap - 1.5);
                scene.draw(|c| c.line((x0, centre), (x1, middle), label.colour, 0.6));
            }
            for (part, dx, dy) in &label.parts {
                scene.text(part, field.right() + self.gap + dx, top + dy);
            }
        }
        true
    }
}

/// Swatches with names in rows. Returns the height it takes (0 without entries); draws only when asked to.
pub fn legend(scene: &mut Scene<'_>, entries: &[(&str, ColourToken)], x: f32, y: f32, width: f32, draw: bool) -> f32 {
    if entries.is_empty() {
        return 0.0;
    }
    let style = scene.note();
    let swatch = scene.look.label * 0.8;
    let row = scene.look.label * 1.6;
    let (mut left, mut top) = (0.0, 0.0);
    for (name, token) in entries {
        let text = scene.set.set_short(name, &style, width - swatch * 2.0);
        let wide = swatch * 1.5 + text.width;
        if left > 0.0 && left + wide > width {
            left = 0.0;
            top += row;
        }
        if draw {
            let box_top = y + top + (row - swatch) / 2.0;
            scene.draw(|c| c.round_rect(Area::new(x + left, box_top, swatch, swatch), 1.5, paper(*token)));
            scene.text(&text, x + left + swatch * 1.5, y + top + (row - text.height) / 2.0);
        }
        left += wide + scene.look.label * 1.5;
    }
    top + row + scene.look.label * 0.5
}

/// Text with a soft white ground, so that it reads over areas and lines.
pub fn on_ground(scene: &Scene<'_>, text: &Paragraph, x: f32, y: f32) {
    let pad = 2.5;
    let ground = Area::new(x - pad, y - 0.5, text.width + 2.0 * pad, text.height + 1.0);
    scene.draw(|c| {
        let path = crate::canvas::round_path(ground, 2.0);
        c.marks.push(crate::canvas::Mark::Fill { path, colour: Colour::WHITE, alpha: 0.82 });
    });
    scene.text_in(text, x, y, text.width, HAlign::Left);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_never_overlap_and_stay_inside() {
        let wanted: Vec<(f32, f32)> = [10.0, 11.0, 11.5, 40.0, 41.0, 99.0, 5.0].iter().map(|c| (*c, 12.0)).collect();
        let tops = spread(&wanted, 0.0, 100.0).unwrap();
        let mut boxes: Vec<(f32, f32)> = tops.iter().zip(&wanted).map(|(t, w)| (*t, t + w.1)).collect();
        boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
        assert!(boxes[0].0 >= 0.0 && boxes[6].1 <= 100.01);
        assert!(boxes.windows(2).all(|w| w[1].0 >= w[0].1 - 0.01), "{boxes:?}");
    }

    #[test]
    fn a_label_with_room_stays_at_its_mark() {
        let tops = spread(&[(50.0, 10.0), (20.0, 10.0)], 0.0, 100.0).unwrap();
        assert_eq!(tops, vec![45.0, 15.0]);
        assert!(spread(&[(50.0, 60.0), (20.0, 60.0)], 0.0, 100.0).is_none());
    }
}
