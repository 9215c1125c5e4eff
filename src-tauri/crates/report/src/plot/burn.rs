//! What is left against an even pace, and where it is going.

use super::Scene;
use super::trend::{Trend, draw as trend};
use crate::canvas::Area;
use crate::chart::{ChartSpec, TrendLine};

pub fn draw(
    scene: &mut Scene<'_>,
    spec: &ChartSpec,
    whole: Area,
    x: &[f64],
    (actual, pace): (&TrendLine, &TrendLine),
    projected: &[TrendLine],
) -> Result<(), String> {
    let lines = std::iter::once(actual).chain(projected).chain([pace]).collect();
    let tint = match projected {
        [a, b, ..] => Some((a, b)),
        _ => None,
    };
    trend(scene, spec, whole, &Trend { x, lines, bands: &[], tint, step: false })
}
