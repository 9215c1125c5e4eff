//! What law or a contract wants told by when.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A deadline that an incident sets running.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "RegulatoryClock")]
pub struct Clock {
    /// "GDPR Art. 33".
    pub name: String,
    /// To whom what is due.
    pub due: String,
    pub hours: u32,
    /// When it was told; a clock that was kept no longer runs.
    #[ts(type = "string | null")]
    pub done: Option<DateTime<Utc>>,
}

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockStanding {
    /// Told in time, or late.
    Kept {
        late: bool,
    },
    Running {
        left: Duration,
    },
    Passed {
        since: Duration,
    },
}

impl Clock {
    /// When it is due: so many hours after becoming aware, by the clock on the wall of no zone.
    pub fn deadline(&self, aware: DateTime<Utc>) -> Option<DateTime<Utc>> {
        aware.checked_add_signed(Duration::hours(i64::from(self.hours)))
    }

    /// `None` where the deadline lies beyond the calendar.
    pub fn standing(&self, aware: DateTime<Utc>, now: DateTime<Utc>) -> Option<ClockStanding> {
        let deadline = self.deadline(aware)?;
        Some(match self.done {
            Some(done) => ClockStanding::Kept { late: done > deadline },
            None if now <= deadline => ClockStanding::Running { left: deadline - now },
            None => ClockStanding::Passed { since: now - deadline },
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Regulation (EU) 2016/679, Article 33(1): not later than 72 hours after having become aware of it.
    #[test]
    fn seventy_two_hours_are_seventy_two_hours_even_when_clocks_change() {
        let aware: DateTime<Utc> = "2026-10-24T10:00:00Z".parse().unwrap();
        let mut clock =
            Clock { name: "GDPR Art. 33".into(), due: "Supervisory authority".into(), hours: 72, done: None };
        assert_eq!(clock.deadline(aware).unwrap().to_rfc3339(), "2026-10-27T10:00:00+00:00");
        let at = |text: &str| text.parse::<DateTime<Utc>>().unwrap();
        let left = Duration::hours(2);
        assert_eq!(clock.standing(aware, at("2026-10-27T08:00:00Z")), Some(ClockStanding::Running { left }));
        let since = Duration::hours(1);
        assert_eq!(clock.standing(aware, at("2026-10-27T11:00:00Z")), Some(ClockStanding::Passed { since }));
        clock.done = Some(at("2026-10-27T10:00:00Z"));
        assert_eq!(clock.standing(aware, at("2026-12-01T00:00:00Z")), Some(ClockStanding::Kept { late: false }));
    }
}
