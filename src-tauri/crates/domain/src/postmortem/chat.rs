//! What was said in a chat, as events of a time line.
//!
//! Two ways in: an export of Slack (an array of messages, `ts` in Unix seconds as text, names by `users.json`), and plain text as it is
//! copied out of a window, in ten usual shapes of a time:
//!
//! 1. `2026-09-14T14:05:10Z Ada: text` (RFC 3339, with any offset)
//! 2. `2026-09-14 14:05:10 Ada: text`, with `/` or `.` between the parts too
//! 3. `[2026-09-14 14:05] <Ada> text`
//! 4. `[14:05:10] Ada: text` and `14:05 Ada: text`
//! 5. `[14/09/2026, 14:05:10] Ada: text` and `9/14/26, 2:05 PM - Ada: text`
//! 6. `Sep 14 14:05:10 host: text` and `14 Sep 2026 14:05 - Ada: text`
//! 7. `Ada  2:05 PM`, the text on the lines below
//! 8. `Ada — 09/14/2026 2:05 PM`, the text below
//! 9. `Ada 2026/9/14 14:05:10`, the text below
//! 10. `1789394710 text` (Unix seconds)
//!
//! Times without an offset are of the zone that is asked for once; those without a day are of the day before them, the next one where
//! the clock goes back by more than twelve hours. A line without a time goes on with the message above it.

mod plain;
mod slack;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use plain::{DayOrder, plain};
pub use slack::{Names, names, slack};

use super::Event;

/// What was read of a chat.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Chat {
    /// In the order of time; of one instant, as they came.
    pub events: Vec<Event>,
    /// Lines before any time: nobody knows when.
    pub untimed: u32,
    /// Times that clocks showed twice, or never; the first is taken, or the hour after.
    pub doubtful: u32,
    /// Messages that say nothing.
    pub empty: u32,
    /// `1/2/2026` is January or February, and nothing in the text says which.
    pub order_unknown: bool,
}

/// Why a chat cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS, thiserror::Error)]
#[serde(rename_all = "kebab-case")]
pub enum NoChat {
    #[error("no line begins or ends with a time")]
    NoTimes,
    #[error("not an export of Slack: an array of messages with ts and text")]
    NotSlack,
}

impl Chat {
    fn sorted(mut self) -> Self {
        self.events.sort_by_key(|event| event.at);
        self
    }
}

/// An instant of Unix seconds, whole or with a fraction, written as text.
fn seconds(text: &str) -> Option<DateTime<Utc>> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction: String = fraction.chars().chain("000000".chars()).take(6).collect();
    // No chat is older than the clock it is told by, or of the next century: calendars end somewhere.
    let whole = whole.parse::<i64>().ok().filter(|whole| (0..7_258_118_400).contains(whole))?;
    DateTime::from_timestamp(whole, fraction.parse::<u32>().ok()?.checked_mul(1_000)?)
}

#[cfg(test)]
mod tests;
