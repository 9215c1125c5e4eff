//! What needs a person, and what has a day: the shapes every area fills.

use chrono::NaiveDate;
use domain::urgency::Urgency;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::view::Link;

/// A decision that waits for somebody.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AttentionItem {
    /// The same every day that it waits: what it is put off under.
    pub key: String,
    /// The area it is of.
    pub area: String,
    /// What it is within its area: "notice-deadline".
    pub kind: String,
    pub urgency: Urgency,
    pub title: String,
    /// Why it waits, one sentence.
    pub detail: String,
    /// What it rests on, a sentence each, where there is more to say.
    pub evidence: Vec<String>,
    /// Who is to decide; empty where nobody is named.
    pub owner: String,
    #[ts(type = "string | null")]
    pub due: Option<NaiveDate>,
    #[ts(type = "number | null")]
    pub days_left: Option<i64>,
    /// What is at stake, as `detail` writes it.
    pub money: Option<String>,
    /// What to do about it, as the words of a button.
    pub action: String,
    /// Where that is done.
    pub link: Link,
}

impl AttentionItem {
    /// Of a due day, with the urgency that gives it.
    #[must_use]
    pub fn due(self, day: NaiveDate, today: NaiveDate) -> Self {
        let days_left = (day - today).num_days();
        Self { due: Some(day), days_left: Some(days_left), urgency: Urgency::of(days_left), ..self }
    }
}

/// Something with a day: a deadline, a renewal, a meeting.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DatedThing {
    /// The same for ever, of this thing and no other: calendars know it by this.
    pub key: String,
    pub area: String,
    /// What it is within its area: "renewal".
    pub kind: String,
    #[ts(type = "string")]
    pub day: NaiveDate,
    pub title: String,
    pub detail: String,
    pub owner: String,
    pub urgency: Urgency,
    pub link: Link,
}
