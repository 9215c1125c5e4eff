//! Values that hold until they change; the last one holds until the axis ends.

use super::Scene;
use super::trend::{Trend, draw as trend};
use crate::canvas::Area;
use crate::chart::{ChartSpec, TrendLine};

pub fn draw(
    scene: &mut Scene<'_>,
    spec: &ChartSpec,
    whole: Area,
    x: &[f64],
    lines: &[TrendLine],
) -> Result<(), String> {
    trend(scene, spec, whole, &Trend { x, lines: lines.iter().collect(), bands: &[], tint: None, step: true })
}
