//! The closed vocabulary of charts.
//!
//! Rust decides data, ticks, labels, order and colour token; a renderer only draws. The same value is drawn by
//! the window (ECharts) and on paper (plotters), so a figure cannot differ between the two.
//!
//! Positions are `f64` because they are geometry. What a person reads is always one of the label strings,
//! formatted once, from the exact value.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::table::TableSpec;

mod annotation;
mod compared;
mod spread;
mod trend;

pub use annotation::{Annotation, EventKind};
pub use compared::{BulletRow, ForestRow, HeatCell, HeatRow, Margin, SlopeRow};
pub use spread::{Bin, Quantile, ScatterPoint};
pub use trend::{Interval, Panel, TrendLine};

/// One chart with everything a renderer needs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChartSpec {
    /// The finding or the question, one line.
    pub title: String,
    /// Period, unit, sample size, freshness.
    pub subtitle: String,
    /// What a screen reader says instead of the picture: one or two sentences.
    pub summary: String,
    pub x: Axis,
    pub y: Axis,
    pub marks: Marks,
    /// Targets, events, "today": drawn over the marks.
    pub annotations: Vec<Annotation>,
    /// The same data as a table: *show as table*, *copy*, *export*.
    pub table: TableSpec,
}

/// An axis whose ticks are already chosen. A tick lies within `min..=max`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Axis {
    /// Name with unit, e.g. "USD per day". Empty when the subtitle says it.
    pub label: String,
    pub min: f64,
    pub max: f64,
    pub ticks: Vec<Tick>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Tick {
    pub at: f64,
    pub label: String,
}

/// A colour by meaning. Light, dark and paper palettes give each token its value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ColourToken {
    Series1,
    Series2,
    Series3,
    Series4,
    Series5,
    Series6,
    Series7,
    /// The remainder ("Other"), always drawn last, in grey.
    Rest,
    Accent,
    Ink,
    Muted,
    Good,
    Warn,
    Bad,
}

impl ColourToken {
    /// The categorical colours in their fixed order.
    pub const SERIES: [ColourToken; 7] = [
        ColourToken::Series1,
        ColourToken::Series2,
        ColourToken::Series3,
        ColourToken::Series4,
        ColourToken::Series5,
        ColourToken::Series6,
        ColourToken::Series7,
    ];
}

/// A named run of values over the shared positions of its marks.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Series {
    pub name: String,
    pub colour: ColourToken,
    /// One value per position; `None` is a gap, never 0.
    pub values: Vec<Option<f64>>,
    /// The exact value as a person reads it, one per position ("—" for a gap).
    pub labels: Vec<String>,
}

/// Lower and upper bound per position around one line, e.g. a prediction interval.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Band {
    pub name: String,
    pub colour: ColourToken,
    pub lower: Vec<Option<f64>>,
    pub upper: Vec<Option<f64>>,
}

/// What is drawn. Positions (`x`) are shared by all series of one chart.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Marks {
    /// Areas stacked in the order given, first at the bottom. `x_labels` name each position on hover. `step` draws every
    /// position as a block of its own: between a busy day and an idle one there is no slope.
    StackedArea { x: Vec<f64>, x_labels: Vec<String>, series: Vec<Series>, step: bool },
    /// Lines; `step` holds each value until the next position (prices).
    Line { x: Vec<f64>, x_labels: Vec<String>, series: Vec<Series>, bands: Vec<Band>, step: bool },
    /// Bars from zero, one per category; horizontal where names are long. Error bars are optional per bar.
    Bar { bars: Vec<Bar>, horizontal: bool },
    /// One stacked bar of shares per category: `segments` add up to the bar.
    StackedBar { categories: Vec<String>, series: Vec<Series>, horizontal: bool },
    /// Lanes of spans with dated marks. The x axis is time; the y axis is not drawn.
    Timeline { lanes: Vec<Lane> },
    /// A total, its changes, the new total.
    Waterfall { steps: Vec<WaterfallStep> },
    /// Lines with nested intervals, the widest first: history in ink, forecast in the accent. Each interval is named at
    /// its upper end.
    Fan { x: Vec<f64>, x_labels: Vec<String>, lines: Vec<TrendLine>, bands: Vec<Interval> },
    /// What is left (or done) against an even pace, and where it is going. Between two projections the ground is tinted.
    Burn { x: Vec<f64>, x_labels: Vec<String>, pace: TrendLine, actual: TrendLine, projected: Vec<TrendLine> },
    /// Values that hold until the next position, the last until the axis ends: prices, limits.
    Step { x: Vec<f64>, x_labels: Vec<String>, lines: Vec<TrendLine> },
    /// A grid of small charts on the same two axes, `columns` side by side.
    Multiples { x: Vec<f64>, x_labels: Vec<String>, columns: u32, panels: Vec<Panel> },
    /// Estimates with their intervals, one per row on the one x axis. `reference` is the line of no difference.
    Forest { rows: Vec<ForestRow>, reference: f64, margin: Option<Margin> },
    /// A value per row and column as a shade with its text on it. `low` and `high` name the ends of the scale.
    HeatMap { columns: Vec<String>, rows: Vec<HeatRow>, low: String, high: String },
    /// A measure against its target, one per row, each on a scale of its own.
    Bullet { rows: Vec<BulletRow> },
    /// A waterfall of the changes alone: it starts at no change, not at zero. `total` stands on that line.
    Bridge { steps: Vec<WaterfallStep>, horizontal: bool },
    /// Named points; `front` lists the indices of those no other point beats, in order along x.
    Scatter { points: Vec<ScatterPoint>, front: Vec<u32> },
    /// Counts per bin along x, with quantiles marked.
    Histogram { bins: Vec<Bin>, quantiles: Vec<Quantile>, colour: ColourToken },
    /// Two points per entity joined by a line; `from` and `to` name the two sides.
    Slope { from: String, to: String, rows: Vec<SlopeRow> },
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Bar {
    pub name: String,
    pub value: Option<f64>,
    pub label: String,
    pub colour: ColourToken,
    pub low: Option<f64>,
    pub high: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Lane {
    pub name: String,
    pub spans: Vec<Span>,
    pub marks: Vec<LaneMark>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Span {
    pub from: f64,
    pub to: f64,
    pub label: String,
    pub colour: ColourToken,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LaneMark {
    pub at: f64,
    pub label: String,
    pub colour: ColourToken,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WaterfallStep {
    pub name: String,
    /// A total stands on zero; a change hangs between the running totals.
    pub total: bool,
    pub from: f64,
    pub to: f64,
    pub label: String,
    pub colour: ColourToken,
}
