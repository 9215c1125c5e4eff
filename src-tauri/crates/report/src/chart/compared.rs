//! Rows that are compared with each other or with a target.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ColourToken;

/// An estimate with its interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ForestRow {
    pub name: String,
    /// `None` for the row the others are compared with: its label stands alone.
    pub estimate: Option<f64>,
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// Estimate and interval as a person reads them, e.g. "+0.9 [−0.5, 2.3]".
    pub label: String,
    pub colour: ColourToken,
}

/// The stretch of an axis in which a difference does not matter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Margin {
    pub low: f64,
    pub high: f64,
    pub label: String,
}

/// One row of a heat map: a cell per column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeatRow {
    pub name: String,
    pub cells: Vec<HeatCell>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HeatCell {
    /// From 0 (the low end of the scale) to 1; `None` is unknown and has no shade.
    pub shade: Option<f64>,
    /// Short, on the cell.
    pub label: String,
    /// The exact value, on hover.
    pub exact: String,
}

/// A measure against its target, on a scale from 0 to `max`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BulletRow {
    pub name: String,
    pub value: Option<f64>,
    pub label: String,
    /// Muted, unless the row is past its target.
    pub colour: ColourToken,
    pub target: Option<f64>,
    /// The target in words, e.g. "budget $910k".
    pub target_label: String,
    /// Where the measure is heading, e.g. a forecast with its bounds.
    pub projected: Option<f64>,
    /// Upper ends of the qualitative ranges, ascending, e.g. watch and act.
    pub ranges: Vec<f64>,
    pub max: f64,
}

/// One entity at two moments.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SlopeRow {
    pub name: String,
    pub colour: ColourToken,
    pub from: Option<f64>,
    pub to: Option<f64>,
    pub from_label: String,
    pub to_label: String,
}
