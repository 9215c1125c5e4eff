//! How values spread: points on two axes, counts along one.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ColourToken;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScatterPoint {
    pub name: String,
    /// In the positions of the axes; on a logarithmic axis the core has taken the logarithm.
    pub x: f64,
    pub y: f64,
    /// Bounds of `y`, where it is an estimate.
    pub low: Option<f64>,
    pub high: Option<f64>,
    /// The exact values of both axes, on hover.
    pub label: String,
    pub colour: ColourToken,
}

/// One bar of a histogram.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Bin {
    pub from: f64,
    pub to: f64,
    pub value: f64,
    /// Bounds and count as a person reads them, on hover.
    pub label: String,
}

/// A line through a histogram, e.g. "p95 3.8 s".
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Quantile {
    pub at: f64,
    pub label: String,
}
