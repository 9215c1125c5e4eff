//! What is done so that it does not come again.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::{ActionId, IncidentId};

/// What an action is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ActionKind {
    Prevent,
    Detect,
    Mitigate,
    Process,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ActionStatus {
    #[default]
    Open,
    /// Somebody is at it.
    Doing,
    /// Done, and nobody has looked yet whether it works.
    Done,
    /// Seen to work; the evidence says how.
    Verified,
    /// Will not be done; the note says why.
    Dropped,
}

impl ActionStatus {
    /// Nobody has to do anything any more. What is done and not verified still waits for a look.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Verified | Self::Dropped)
    }

    /// Its due day does not matter any more.
    pub fn is_done(self) -> bool {
        matches!(self, Self::Done | Self::Verified | Self::Dropped)
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActionDetails {
    pub title: String,
    pub kind: ActionKind,
    #[serde(default)]
    pub status: ActionStatus,
    #[serde(default)]
    pub owner: String,
    #[serde(default)]
    #[ts(type = "string | null")]
    pub due: Option<NaiveDate>,
    /// How anybody will know that it works.
    #[serde(default)]
    pub verify: String,
    /// What shows that it does; why it was dropped.
    #[serde(default)]
    pub evidence: String,
    /// The day it was done.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub done_on: Option<NaiveDate>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Action {
    pub id: ActionId,
    pub incident_id: IncidentId,
    pub details: ActionDetails,
}

impl ActionDetails {
    /// Days past its due day; `None` where it is not.
    pub fn overdue(&self, today: NaiveDate) -> Option<i64> {
        let late = (today - self.due?).num_days();
        (late > 0 && !self.status.is_done()).then_some(late)
    }

    /// Was it done by its day? `None` while it is not done, or has none.
    pub fn on_time(&self) -> Option<bool> {
        matches!(self.status, ActionStatus::Done | ActionStatus::Verified).then_some(())?;
        Some(self.done_on? <= self.due?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn action(status: ActionStatus, due: Option<&str>, done: Option<&str>) -> ActionDetails {
        let day = |text: &str| text.parse().unwrap();
        ActionDetails {
            title: "Filter by tenant".into(),
            kind: ActionKind::Prevent,
            status,
            owner: String::new(),
            due: due.map(day),
            verify: String::new(),
            evidence: String::new(),
            done_on: done.map(day),
        }
    }

    #[test]
    fn an_action_is_late_from_the_day_after_until_it_is_done() {
        let today = "2026-10-05".parse().unwrap();
        assert_eq!(action(ActionStatus::Open, Some("2026-10-05"), None).overdue(today), None);
        assert_eq!(action(ActionStatus::Doing, Some("2026-10-02"), None).overdue(today), Some(3));
        assert_eq!(action(ActionStatus::Done, Some("2026-10-02"), None).overdue(today), None);
        assert_eq!(action(ActionStatus::Open, None, None).overdue(today), None);
        assert_eq!(action(ActionStatus::Verified, Some("2026-10-02"), Some("2026-10-02")).on_time(), Some(true));
        assert_eq!(action(ActionStatus::Done, Some("2026-10-02"), Some("2026-10-03")).on_time(), Some(false));
        assert_eq!(action(ActionStatus::Dropped, Some("2026-10-02"), Some("2026-10-01")).on_time(), None);
    }
}
