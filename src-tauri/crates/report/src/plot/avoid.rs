//! Names beside points, each where it covers no other name and as little as possible of the marks.

use crate::canvas::Area;

/// A name that wants to stand near `x`, `y`, at least `gap` away.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wanted {
    pub x: f32,
    pub y: f32,
    pub gap: f32,
    pub width: f32,
    pub height: f32,
}

/// Top left corner of a name; a name that had to go far has a leader from its point to `leader`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    pub x: f32,
    pub y: f32,
    pub leader: Option<(f32, f32)>,
}

/// Directions in order of preference.
const AROUND: [(f32, f32); 8] =
    [(1.0, 0.0), (-1.0, 0.0), (0.7, -0.7), (-0.7, -0.7), (0.7, 0.7), (-0.7, 0.7), (0.0, -1.0), (0.0, 1.0)];
/// Distances in multiples of the name's height; from the second on there is a leader.
const RINGS: [f32; 4] = [0.0, 1.0, 2.0, 3.2];

/// A spot per name, in the order given; `None` where every spot would cover another name.
pub fn place(wanted: &[Wanted], busy: &[Area], bounds: Area) -> Vec<Option<Spot>> {
    let mut taken: Vec<Area> = Vec::new();
    wanted
        .iter()
        .enumerate()
        .map(|(index, one)| {
            let best = candidates(one, bounds)
                .enumerate()
                .filter(|(_, (area, _))| taken.iter().all(|other| overlap(area, other) <= 0.0))
                .map(|(rank, (area, leader))| {
                    let covered: f32 = busy.iter().map(|mark| overlap(&area, mark)).sum();
                    // A name nearer to another point than to its own would be read as that one's.
                    let own = distance(&area, one);
                    let mistaken = wanted
                        .iter()
                        .enumerate()
                        .filter(|(other, point)| *other != index && distance(&area, point) < own + 2.0)
                        .count();
                    (covered * 4.0 + rank as f32 * 0.9 + mistaken as f32 * 60.0, area, leader)
                })
                .min_by(|a, b| a.0.total_cmp(&b.0));
            let (_, area, leader) = best?;
            taken.push(area);
            Some(Spot { x: area.x, y: area.y, leader })
        })
        .collect()
}

fn candidates(one: &Wanted, bounds: Area) -> impl Iterator<Item = (Area, Option<(f32, f32)>)> {
    let one = *one;
    RINGS.into_iter().flat_map(move |ring| {
        AROUND.into_iter().filter_map(move |(dx, dy)| {
            let away = one.gap + ring * one.height;
            let (cx, cy) = (one.x + dx * away, one.y + dy * away);
            let left = cx - one.width * (1.0 - dx.signum() * f32::from(dx != 0.0)) / 2.0;
            let top = cy - one.height * (1.0 - dy.signum() * f32::from(dy != 0.0)) / 2.0;
            let area = Area::new(left, top, one.width, one.height);
            let inside = area.x >= bounds.x - 0.5
                && area.right() <= bounds.right() + 0.5
                && area.y >= bounds.y - 0.5
                && area.bottom() <= bounds.bottom() + 0.5;
            inside.then_some((area, (ring > 0.0).then_some((cx, cy))))
        })
    })
}

/// From a box to the point of a name.
fn distance(area: &Area, point: &Wanted) -> f32 {
    let dx = (area.x - point.x).max(point.x - area.right()).max(0.0);
    let dy = (area.y - point.y).max(point.y - area.bottom()).max(0.0);
    dx.hypot(dy)
}

/// The area two rectangles share.
pub fn overlap(a: &Area, b: &Area) -> f32 {
    let wide = a.right().min(b.right()) - a.x.max(b.x);
    let tall = a.bottom().min(b.bottom()) - a.y.max(b.y);
    if wide > 0.0 && tall > 0.0 { wide * tall } else { 0.0 }
}

/// Small boxes along a line, to be kept free of names.
pub fn along(points: &[(f32, f32)]) -> Vec<Area> {
    const STEP: f32 = 5.0;
    let mut out = Vec::new();
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        let length = (x1 - x0).hypot(y1 - y0);
        let count = (length / STEP).ceil().clamp(1.0, 500.0) as usize;
        for step in 0..count {
            let share = step as f32 / count as f32;
            out.push(Area::new(x0 + (x1 - x0) * share - 1.5, y0 + (y1 - y0) * share - 1.5, 3.0, 3.0));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_crowded_points_cover_neither_each_other_nor_the_edge() {
        let bounds = Area::new(0.0, 0.0, 300.0, 200.0);
        let wanted: Vec<Wanted> = (0..12)
            .map(|i| Wanted {
                x: 150.0 + (i % 4) as f32 * 9.0,
                y: 100.0 + (i / 4) as f32 * 7.0,
                gap: 6.0,
                width: 50.0,
                height: 11.0,
            })
            .collect();
        let spots = place(&wanted, &[], bounds);
        let areas: Vec<Area> =
            spots.iter().zip(&wanted).filter_map(|(s, w)| s.map(|s| Area::new(s.x, s.y, w.width, w.height))).collect();
        assert!(areas.len() >= 10, "{} of 12 are named", areas.len());
        for (i, a) in areas.iter().enumerate() {
            assert!(a.x >= -0.5 && a.right() <= 300.5);
            assert!(areas[i + 1..].iter().all(|b| overlap(a, b) == 0.0));
        }
    }

    #[test]
    fn a_name_leaves_the_side_where_a_line_runs() {
        let line = along(&[(100.0, 50.0), (180.0, 50.0)]);
        let one = Wanted { x: 100.0, y: 50.0, gap: 5.0, width: 40.0, height: 10.0 };
        let spot = place(&[one], &line, Area::new(0.0, 0.0, 200.0, 100.0))[0].unwrap();
        assert!(spot.x + 40.0 <= 100.0 && spot.leader.is_none(), "{spot:?}");
    }
}
