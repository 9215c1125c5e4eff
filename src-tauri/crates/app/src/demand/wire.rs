//! What demand says on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::economics::PeriodView;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DemandQuery {
    /// "2026-Q3", "2026-07", "2026" or "2026-07-01..2026-07-31".
    pub period: String,
    /// Only these vendors and models; empty is all.
    #[serde(default)]
    pub vendors: Vec<String>,
    #[serde(default)]
    pub models: Vec<String>,
    /// Each day beside the whole.
    #[serde(default)]
    pub by_day: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DemandView {
    pub period: PeriodView,
    pub time_zone: String,
    /// Most requests first.
    pub rows: Vec<DemandRow>,
}

/// A vendor's model.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DemandRow {
    pub vendor: String,
    /// What it is called.
    pub vendor_name: String,
    pub model: String,
    /// Days whose minutes are known: over these the percentiles are taken.
    pub days: u32,
    /// Requests of the period by the roll-ups, those of no known minute included.
    pub requests_total: String,
    pub figures: DemandFigures,
    pub by_day: Vec<DemandDay>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DemandDay {
    #[ts(type = "string")]
    pub day: NaiveDate,
    pub figures: DemandFigures,
}

/// Figures of a day or a period; `None` where no file tells.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DemandFigures {
    /// Per minute.
    pub requests: Option<MinuteFigures>,
    pub input_tokens: Option<MinuteFigures>,
    pub output_tokens: Option<MinuteFigures>,
    /// From the request to the end of its answer, and to its first token.
    pub latency: Option<LatencyFigures>,
    pub first_token: Option<LatencyFigures>,
}

/// Totals of minutes, by nearest rank over all minutes of the days, those without traffic counted as 0.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MinuteFigures {
    pub p50: String,
    pub p95: String,
    pub p99: String,
    pub max: String,
    /// The highest minutes, the highest first.
    pub peaks: Vec<PeakMinute>,
    /// How much of the traffic falls into known minutes, 0–1, where that is not all of it.
    pub coverage: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeakMinute {
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// In the workspace's zone, "2026-07-01 14:03".
    pub local: String,
    pub total: String,
}

/// Percentiles by nearest rank, within 1 %.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LatencyFigures {
    pub p50: Duration,
    pub p95: Duration,
    pub p99: Duration,
    /// Requests whose duration is known.
    pub known: String,
    /// Those as a share of all requests, 0–1, where that is not all of them.
    pub coverage: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Duration {
    /// At most a day: JavaScript counts it exactly.
    #[ts(type = "number")]
    pub micros: u64,
    /// "840 ms", "2.31 s".
    pub text: String,
}
