//! What unit economics says on the wire.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::economics::Totals;
use domain::money::{Currency, Femtos, Money};
use domain::usage::Dimension;
use report::chart::ChartSpec;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Grain;
use crate::view::{Change, Tile, TokenTotals, Unpriced};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EconomicsQuery {
    /// "2026-Q3", "2026-07", "2026" or "2026-07-01..2026-07-31".
    pub period: String,
    /// One or two dimensions.
    pub by: Vec<Dimension>,
    #[serde(default)]
    pub filters: Vec<DimensionFilter>,
    /// Rows shown; the rest is summed as "other". 0 shows all.
    #[serde(default)]
    pub limit: u32,
    /// What spend over time is drawn by, where a period leaves the choice; by itself a quarter is drawn by the week.
    #[serde(default)]
    #[ts(optional)]
    pub grain: Option<Grain>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DimensionFilter {
    pub dimension: Dimension,
    pub values: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeriodView {
    pub key: String,
    pub label: String,
    #[ts(type = "string")]
    pub from: DateTime<Utc>,
    /// Its first day.
    #[ts(type = "string")]
    pub first: NaiveDate,
    #[ts(type = "string")]
    pub to: DateTime<Utc>,
    pub days: u32,
    /// Not over yet: compared with the same number of days of the period before.
    pub partial: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PreviousPeriod {
    pub key: String,
    pub label: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EconomicsView {
    pub period: PeriodView,
    pub previous: Option<PreviousPeriod>,
    /// Why nothing is compared with the period before, where it could be expected.
    pub uncompared: Option<String>,
    pub time_zone: String,
    #[ts(type = "string | null")]
    pub data_to: Option<DateTime<Utc>>,
    pub imports: u32,
    pub tiles: Vec<Tile>,
    pub chart: Option<ChartSpec>,
    /// What the chart is drawn by, and what it can be drawn by.
    pub grain: Grain,
    pub grains: Vec<Grain>,
    pub waterfall: Option<ChartSpec>,
    pub dimensions: Vec<Dimension>,
    pub rows: Vec<EconomicsRow>,
    pub other: Option<EconomicsRow>,
    pub rows_total: u32,
    pub total: Option<EconomicsRow>,
    pub unpriced: Vec<Unpriced>,
    pub tokens_chart: Option<ChartSpec>,
    pub currency: Currency,
}

/// Asks for a dimension's values, to filter by.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct DimensionValuesQuery {
    pub dimension: Dimension,
    /// Part of the value; empty finds all.
    pub text: String,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DimensionValues {
    /// The first that match, by name.
    pub values: Vec<String>,
    /// What each is called.
    pub labels: Vec<String>,
    /// How many match.
    pub total: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EconomicsRow {
    /// One value per dimension; "" is "not given".
    pub keys: Vec<String>,
    /// What each is called.
    pub labels: Vec<String>,
    pub requests: Option<String>,
    pub sessions: Option<String>,
    pub successful_sessions: Option<String>,
    pub tokens: TokenTotals,
    pub tokens_total: String,
    pub spend: Option<Money>,
    pub cost_per_session: Option<Money>,
    pub cost_per_successful_session: Option<Money>,
    pub cost_per_request: Option<Money>,
    pub cost_per_1k_tokens: Option<Money>,
    pub tokens_per_session: Option<String>,
    pub cache_hit_share: Option<f64>,
    pub output_input_ratio: Option<f64>,
    /// Of spend, on the period before.
    pub change: Option<Change>,
    /// Of the period's spend, 0–1.
    pub share: Option<f64>,
    /// Spend per week, for a sparkline.
    pub trend: Vec<f64>,
    pub unpriced_tokens: String,
    pub coverage: Coverage,
    /// Figures as their columns show them, by measure: "cost-per-session", and "cost-per-session-coverage" where it tells of
    /// a part only.
    pub texts: BTreeMap<String, String>,
    pub basis: SpendBasis,
}

/// How much of what is counted a ratio covers, 0–1, where that is not all of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Coverage {
    pub cost_per_session: Option<f64>,
    pub cost_per_successful_session: Option<f64>,
    pub cost_per_request: Option<f64>,
    pub cost_per_1k_tokens: Option<f64>,
    pub tokens_per_session: Option<f64>,
    pub cache_hit_share: Option<f64>,
}

/// What spend rests on; `restated` is what charges say again of metered tokens, and no part of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SpendBasis {
    pub computed: Option<Money>,
    pub reported: Option<Money>,
    pub charged: Option<Money>,
    pub restated: Option<Money>,
    pub partly_priced_tokens: String,
}

impl SpendBasis {
    pub fn of(totals: &Totals, currency: Currency) -> Self {
        let amount = |sum: Femtos| (sum.0 != 0).then(|| Money::from_nanos(sum.to_nanos(), currency));
        let [computed, reported, charged] = totals.spend_by_evidence().map(amount);
        Self {
            computed,
            reported,
            charged,
            restated: amount(totals.restated),
            partly_priced_tokens: totals.partly_priced_tokens.to_string(),
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PeriodOption {
    pub key: String,
    pub label: String,
    pub kind: PeriodKind,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PeriodKind {
    Quarter,
    Month,
    Year,
}
