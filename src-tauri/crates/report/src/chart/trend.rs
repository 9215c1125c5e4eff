//! Lines over time and the intervals around them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ColourToken;

/// One line over the shared positions of its marks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TrendLine {
    pub name: String,
    pub colour: ColourToken,
    /// A pace or a plan is dashed; what happened and what is expected is solid.
    pub dashed: bool,
    /// One value per position; `None` is a gap, never 0.
    pub values: Vec<Option<f64>>,
    /// The exact value as a person reads it, one per position ("—" for a gap).
    pub labels: Vec<String>,
    /// The short value the line ends with, e.g. "$925k". Empty: its name alone stands there.
    pub end: String,
}

/// Lower and upper bound per position, e.g. a prediction interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Interval {
    /// Short, e.g. "80 %".
    pub name: String,
    pub colour: ColourToken,
    pub lower: Vec<Option<f64>>,
    pub upper: Vec<Option<f64>>,
    /// Both bounds as a person reads them, one text per position; may be empty.
    pub labels: Vec<String>,
}

/// One of the small charts that share their scales.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Panel {
    pub title: String,
    /// Short, beside the title: the latest value or the change.
    pub note: String,
    pub lines: Vec<TrendLine>,
}
