//! History and forecast, with nested intervals that are named at their ends.

use super::Scene;
use super::trend::{Trend, draw as trend};
use crate::canvas::Area;
use crate::chart::{ChartSpec, Interval, TrendLine};

pub fn draw(
    scene: &mut Scene<'_>,
    spec: &ChartSpec,
    whole: Area,
    x: &[f64],
    lines: &[TrendLine],
    bands: &[Interval],
) -> Result<(), String> {
    trend(scene, spec, whole, &Trend { x, lines: lines.iter().collect(), bands, tint: None, step: false })
}
