//! What is drawn over or under the marks: targets, events, what is not complete yet.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::ColourToken;

/// Positions are those of the chart's axes. On charts of categories the positions along them are `0.0` to the number of
/// categories, and category `i` reaches from `i` to `i + 1`.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Annotation {
    /// A limit: a dashed line in the colour of what must not be passed.
    Target { at: f64, label: String },
    /// A dated mark with a vertical hairline, e.g. today.
    Event { at: f64, label: String },
    /// A dashed level that is no limit: a budget, a step of a policy. `colour` is ink, muted or a state.
    Level { at: f64, label: String, colour: ColourToken },
    /// A dashed line over positions of its own, e.g. a budget that grows by the day. `x` and `y` are of one length.
    Path { x: Vec<f64>, y: Vec<f64>, label: String, colour: ColourToken },
    /// Something that happened, by its kind; the label names it.
    Mark { at: f64, label: String, event: EventKind },
    /// A place on the drawing with its value: where history ends, where a line crosses a limit (a `ring`).
    Point { x: f64, y: f64, label: String, colour: ColourToken, ring: bool },
    /// A bucket that is still filling, drawn hatched.
    Incomplete { from: f64, to: f64, label: String },
    /// The short value the series of this name ends with, e.g. "$925k"; stands before its name at the line's end.
    End { series: String, value: String },
}

/// What kind of thing happened. Each has its own sign beside its colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum EventKind {
    Release,
    PriceChange,
    Incident,
    Other,
}
