//! Small shapes that several views share.

use chrono::{Datelike, NaiveDate};
use domain::economics::ratios::relative_change;
use domain::money::{Currency, Money};
use domain::urgency::Urgency;
use domain::usage::{Known, TokenCounts};
use report::format;
use report::locale::Language;
use report::table::Tone;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A record's place in the application: its area, and which of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    pub area: String,
    pub id: Option<String>,
}

impl Link {
    /// An area's own page.
    pub fn page(area: &str) -> Self {
        Self { area: area.to_owned(), id: None }
    }

    pub fn to(area: &str, id: impl ToString) -> Self {
        Self { area: area.to_owned(), id: Some(id.to_string()) }
    }
}

/// What a change did to one field, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    pub label: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

/// A path as a person types it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PathInput {
    pub path: String,
}

/// Days as positions on a time axis.
pub fn position(day: NaiveDate) -> f64 {
    f64::from(day.num_days_from_ce())
}

/// One figure, exact; the UI writes it in its locale.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum FigureValue {
    Money {
        money: Money,
    },
    /// A whole number as text: it may pass what JavaScript counts exactly.
    Count {
        count: String,
    },
    /// 0–1.
    Share {
        share: f64,
    },
    /// A message `unknown-<reason>`.
    Unknown {
        reason: String,
    },
}

/// A change on the period before.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Change {
    /// Relative, e.g. −0.112; for amounts and counts.
    pub ratio: Option<f64>,
    /// In points of 1, e.g. +0.188; for shares.
    pub points: Option<f64>,
    pub direction: Direction,
    pub tone: Tone,
    /// "+8.1 %", "−12.3 pt".
    pub text: String,
    /// Label of the period compared with.
    pub against: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Direction {
    Up,
    Down,
    Flat,
}

/// Whether more of a figure is good, bad or neither.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sense {
    MoreIsGood,
    MoreIsBad,
    Neutral,
}

fn direction_and_tone(difference: f64, sense: Sense) -> (Direction, Tone) {
    let direction = if difference.abs() < 5e-4 {
        Direction::Flat
    } else if difference > 0.0 {
        Direction::Up
    } else {
        Direction::Down
    };
    let tone = match (direction, sense) {
        (Direction::Flat, _) | (_, Sense::Neutral) => Tone::Plain,
        (Direction::Up, Sense::MoreIsGood) | (Direction::Down, Sense::MoreIsBad) => Tone::Good,
        (Direction::Down, Sense::MoreIsGood) | (Direction::Up, Sense::MoreIsBad) => Tone::Bad,
    };
    (direction, tone)
}

/// The relative change of a whole figure; `None` where either is unknown or the first is 0.
pub fn change(now: Option<i128>, before: Option<i128>, sense: Sense, against: &str) -> Option<Change> {
    let ratio = relative_change(now, before)?;
    let (direction, tone) = direction_and_tone(ratio, sense);
    let text = format::change(ratio, 1);
    Some(Change { ratio: Some(ratio), points: None, direction, tone, text, against: against.to_owned() })
}

/// The change of a share, in points; `say` puts their unit to them.
pub fn change_points(
    now: Option<f64>,
    before: Option<f64>,
    sense: Sense,
    against: &str,
    say: impl Fn(String) -> String,
) -> Option<Change> {
    let points = now? - before?;
    let (direction, tone) = direction_and_tone(points, sense);
    let text = say(format::points(points, 1));
    Some(Change { ratio: None, points: Some(points), direction, tone, text, against: against.to_owned() })
}

/// Which figure an explanation is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ExplainKey {
    pub figure: String,
    /// Values of the row's dimensions; `None` for the whole.
    pub row: Option<Vec<String>>,
}

/// A key figure.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Tile {
    /// A message `tile-<key>`.
    pub key: String,
    pub value: FigureValue,
    /// The value as a tile shows it, and with every digit.
    pub text: String,
    pub exact: String,
    /// How much of what is counted the figure covers, 0–1, where that is not all of it.
    pub coverage: Option<f64>,
    /// The same as a text.
    pub covered: Option<String>,
    pub change: Option<Change>,
    pub explain: ExplainKey,
}

/// A figure as a tile shows it, on every face.
pub fn figure_text(value: &FigureValue, language: Language) -> String {
    match value {
        FigureValue::Money { money } => format::money_compact(money.nanos(), money.currency().code(), language),
        FigureValue::Count { count } => format::count_compact(count.parse().unwrap_or(0), language),
        FigureValue::Share { share } => format::share(*share, 1),
        FigureValue::Unknown { .. } => format::UNKNOWN.to_owned(),
    }
}

/// A figure with every digit there is.
pub fn figure_exact(value: &FigureValue) -> String {
    match value {
        FigureValue::Money { money } => format!("{} {}", money.currency(), format::amount_exact(money.nanos(), 2)),
        FigureValue::Count { count } => format::count(count.parse().unwrap_or(0)),
        FigureValue::Share { share } => format::share(*share, 4),
        FigureValue::Unknown { .. } => format::UNKNOWN.to_owned(),
    }
}

/// Tokens by disjoint kind, as exact text; a kind the files do not tell apart is unknown.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TokenTotals {
    pub input: Option<String>,
    pub cache_read: Option<String>,
    #[serde(rename = "cacheWrite5m")]
    pub cache_write_5m: Option<String>,
    #[serde(rename = "cacheWrite1h")]
    pub cache_write_1h: Option<String>,
    pub output: Option<String>,
    pub reasoning: Option<String>,
    /// Audio and images of input and output together, where they are told apart and occur.
    pub audio: Option<String>,
    pub image: Option<String>,
}

impl TokenTotals {
    pub fn of(tokens: &TokenCounts, known: Known) -> Self {
        let cached = |count: u64| known.cache.then(|| count.to_string());
        let occurs = |count: u64| (count > 0).then(|| count.to_string());
        Self {
            input: known.tokens.then(|| tokens.input.to_string()),
            cache_read: cached(tokens.cache_read),
            cache_write_5m: cached(tokens.cache_write_5m),
            cache_write_1h: cached(tokens.cache_write_1h),
            output: known.tokens.then(|| tokens.output.to_string()),
            reasoning: known.reasoning.then(|| tokens.reasoning.to_string()),
            audio: occurs(tokens.input_audio + tokens.output_audio),
            image: occurs(tokens.input_image + tokens.output_image),
        }
    }
}

/// A count of tokens as text.
pub fn tokens_text(tokens: u64) -> String {
    tokens.to_string()
}

/// Traffic without a price.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Unpriced {
    pub vendor: String,
    /// What it is called.
    pub vendor_name: String,
    pub model: String,
    pub requests: String,
    pub tokens: String,
}

/// Something written to a path.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Exported {
    pub path: String,
    #[ts(type = "number")]
    pub rows: u64,
}

pub fn money(nanos: Option<i128>, currency: Currency) -> Option<Money> {
    nanos.map(|nanos| Money::from_nanos(nanos, currency))
}

/// One key figure of a record's strip, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct StripFigure {
    pub label: String,
    pub text: String,
    /// What stands beside it: a change, days left.
    pub note: String,
    pub tone: Tone,
}

impl StripFigure {
    pub fn new(label: String, text: String) -> Self {
        Self { label, text, note: String::new(), tone: Tone::Plain }
    }

    #[must_use]
    pub fn noting(self, note: String) -> Self {
        Self { note, ..self }
    }

    #[must_use]
    pub fn toned(self, tone: Tone) -> Self {
        Self { tone, ..self }
    }
}

/// The one colour of each step of urgency, wherever it is shown.
pub fn tone_of(urgency: Urgency) -> Tone {
    match urgency {
        Urgency::Overdue => Tone::Bad,
        Urgency::Week => Tone::Warn,
        Urgency::Month | Urgency::Quarter | Urgency::Later => Tone::Plain,
    }
}

/// The word a plain value has on the wire: messages are named by it.
pub fn word<T: Serialize>(value: &T) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => String::new(),
    }
}
