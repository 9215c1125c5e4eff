//! A table whose cells are already formatted and whose meaning travels with them.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Columns, rows and an optional total. Every row has as many cells as there are columns.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TableSpec {
    pub columns: Vec<TableColumn>,
    pub rows: Vec<Vec<Cell>>,
    pub total: Option<Vec<Cell>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TableColumn {
    /// With its unit where it has one, e.g. "Spend, USD": one unit per column.
    pub title: String,
    pub align: Align,
    /// Share of the width on paper, relative to the other columns.
    pub weight: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Align {
    Left,
    Right,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Cell {
    pub text: String,
    pub tone: Tone,
}

/// State, always said by sign or word as well as by colour.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Tone {
    #[default]
    Plain,
    Muted,
    Strong,
    Good,
    Warn,
    Bad,
}

impl Cell {
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), tone: Tone::Plain }
    }

    pub fn toned(text: impl Into<String>, tone: Tone) -> Self {
        Self { text: text.into(), tone }
    }

    /// Unknown is a dash, never 0.
    pub fn unknown() -> Self {
        Self { text: "—".into(), tone: Tone::Muted }
    }
}
