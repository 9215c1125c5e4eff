//! Measurements of an indicator: what a person says of a file, and what is read of it.

use std::path::Path;

use chrono_tz::Tz;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::columns::MeasureColumns;
use super::minutes::Told;
use super::{measurements_csv, prometheus};
use crate::look::Look;
use crate::{Progress, Result, RowIssue};

/// Which series of a file.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "which", rename_all = "kebab-case")]
#[ts(rename = "SloSeriesChoice")]
pub enum SeriesChoice {
    /// None: they are in another file.
    #[default]
    None,
    All,
    /// Those whose label has this value.
    Labelled {
        label: String,
        value: String,
    },
}

/// Events told in two parts: some of them, and all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(rename = "SloSeriesPair")]
pub struct SeriesPair {
    /// Series of some of the events.
    pub part: SeriesChoice,
    /// Whether these are the bad ones.
    pub is_bad: bool,
    /// Series of all events.
    pub total: SeriesChoice,
}

/// What the series of a Prometheus file are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
#[ts(rename = "SloSeriesMeaning")]
pub enum Meaning {
    /// The share of good events, from 0 to 1. Each sample counts as one event.
    Ratio,
    /// The share of bad events.
    BadRatio,
    /// Events of each step.
    GoodTotal(SeriesPair),
    /// Counters that rise, and fall to 0 when what counts starts anew.
    Counter(SeriesPair),
}

/// How a file of measurements is to be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureOptions {
    /// What the series of a Prometheus file are; of no account for a table.
    pub meaning: Meaning,
    /// What a time without a zone means, and where days begin. `None` refuses such times.
    pub zone: Option<Tz>,
    /// Columns of a table; `None` guesses them.
    pub columns: Option<MeasureColumns>,
    /// 12,5 rather than 12.5. `None`: the values of each column decide, or the reading asks.
    pub decimal_comma: Option<bool>,
    /// 31/7/2026 rather than 7/31/2026. `None`: the dates decide, or the reading asks.
    pub day_first: Option<bool>,
}

impl MeasureOptions {
    /// As a person finds it who has said nothing yet.
    pub fn new(meaning: Meaning, zone: Option<Tz>) -> Self {
        Self { meaning, zone, columns: None, decimal_comma: None, day_first: None }
    }
}

/// What was read of a file of measurements.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Measured {
    /// Rows of a table, samples of Prometheus.
    pub read: u64,
    /// Those handed on; the others are told in the issues.
    pub taken: u64,
    /// Minutes that a point stands for: the smallest usual gap between points. `None` with less than two.
    pub step: Option<u32>,
    /// The first and the last minute handed on.
    pub span: Option<(i64, i64)>,
    pub issues: Vec<RowIssue>,
    pub sha256: String,
}

/// What is told, minute by minute (since 1970): to be added up, for instance by [`super::Minutes`]; a minute may come several times.
pub type Sink<'s> = &'s mut dyn FnMut(i64, Told);

/// Reads a file of measurements: a range query of Prometheus, or a table. `progress` returns `false` to cancel.
///
/// # Errors
/// A file that is not there, empty or no text, columns that cannot be guessed (`measure-columns-unknown`, `column-missing`), a table
/// that leaves open how it writes numbers or dates (`decimal-sign-undecided`, `day-order-undecided`), a cancelled reading. What is
/// wrong within is an issue.
pub fn read_measurements(
    path: &Path,
    options: &MeasureOptions,
    sink: Sink<'_>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Measured> {
    let look = Look::at(path)?;
    if look.is_json() {
        prometheus::read(path, &options.meaning, sink, progress)
    } else {
        measurements_csv::read(path, &look, options, sink, progress)
    }
}
