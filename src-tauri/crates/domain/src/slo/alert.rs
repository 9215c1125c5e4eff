//! Alerts over two windows: the long one says that it matters, the short one that it still goes on.
//!
//! Google, "The Site Reliability Workbook", chapter 5, "Multiwindow, multi-burn-rate alerts".

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::budget::burn_rate;
use super::history::History;
use super::objective::Objective;

/// Whom an alert is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum AlertSeverity {
    /// Somebody is called.
    Page,
    /// Somebody looks at it in working hours.
    Ticket,
}

/// Fires when so much of the budget went within the long window, and goes on going within the short one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AlertRule {
    /// Percent of the budget of the whole window.
    pub percent: f64,
    pub long_minutes: u32,
    pub short_minutes: u32,
    pub severity: AlertSeverity,
}

/// The workbook's four, for 30 days: burn rates 14.4, 6, 3 and 1.
pub const USUAL: [AlertRule; 4] = [
    AlertRule { percent: 2.0, long_minutes: 60, short_minutes: 5, severity: AlertSeverity::Page },
    AlertRule { percent: 5.0, long_minutes: 360, short_minutes: 30, severity: AlertSeverity::Page },
    AlertRule { percent: 10.0, long_minutes: 1_440, short_minutes: 120, severity: AlertSeverity::Ticket },
    AlertRule { percent: 10.0, long_minutes: 4_320, short_minutes: 360, severity: AlertSeverity::Ticket },
];

/// Minutes of 30 days, by whose burn rates alerts are known.
const THIRTY_DAYS: i64 = 30 * 24 * 60;

impl AlertRule {
    /// The burn rate at which so much of the budget goes within the long window: `percent / 100 × window / long`.
    pub fn factor(&self, window_minutes: i64) -> f64 {
        self.percent / 100.0 * window_minutes as f64 / f64::from(self.long_minutes.max(1))
    }

    /// The burn rate by which people know it: that of 30 days.
    pub fn known_as(&self) -> f64 {
        self.factor(THIRTY_DAYS)
    }
}

/// Why an alert fires or does not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum AlertState {
    Firing,
    /// The long window is above, the short one is not: it was, and is over.
    ShortUnder,
    Quiet,
    /// Fewer events than it takes.
    InsufficientData,
    /// What is measured stands for more minutes than the short window has.
    TooCoarse,
    /// Not even if everything failed: the factor is above `1 / (1 − objective)`.
    NeverFires,
}

/// How an alert stands at an instant.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct StandingAlert {
    pub factor: f64,
    /// Burn rates; `None` where nothing is known.
    pub long: Option<f64>,
    pub short: Option<f64>,
    /// Events of the long window.
    pub events: f64,
    pub state: AlertState,
}

impl StandingAlert {
    /// At an instant, over a window of so many minutes. Both windows must reach the factor, and the long one hold at least
    /// `fewest` events.
    pub fn of(
        rule: &AlertRule,
        history: &History,
        objective: Objective,
        window_minutes: i64,
        fewest: f64,
        minute: i64,
    ) -> Self {
        let counts = |minutes: u32| history.sum(minute - i64::from(minutes), minute);
        let factor = rule.factor(window_minutes);
        let (long, short) = (counts(rule.long_minutes), counts(rule.short_minutes));
        let (events, known) = (long.total, short.total > 0.0);
        let (long, short) = (burn_rate(long, objective), burn_rate(short, objective));
        // Rates are quotients: one that is the factor is not below it by the last bit.
        let reaches = |rate: Option<f64>| rate.is_some_and(|rate| rate >= factor * (1.0 - 1e-12));
        let state = if factor > objective.highest_burn() * (1.0 + 1e-12) {
            AlertState::NeverFires
        } else if history.step() > rule.short_minutes {
            AlertState::TooCoarse
        } else if events < fewest || long.is_none() {
            AlertState::InsufficientData
        } else if !reaches(long) {
            AlertState::Quiet
        } else if !known {
            AlertState::InsufficientData
        } else if reaches(short) {
            AlertState::Firing
        } else {
            AlertState::ShortUnder
        };
        Self { factor, long, short, events, state }
    }
}

#[cfg(test)]
mod tests {
    use super::super::history::{Counts, Point};
    use super::*;

    fn factors(rows: &[(f64, u32, f64)], days: i64) {
        for (percent, hours, expected) in rows {
            let rule = AlertRule {
                percent: *percent,
                long_minutes: hours * 60,
                short_minutes: 5,
                severity: AlertSeverity::Page,
            };
            assert!((rule.factor(days * 24 * 60) - expected).abs() < 1e-9, "{percent} % in {hours} h of {days} days");
        }
    }

    /// The workbook's table for 30 days, the same for 28, and Sloth's own of a week (`windows/7d.yaml`).
    #[test]
    fn burn_rates_of_published_alerts_are_reproduced() {
        factors(&[(2.0, 1, 14.4), (5.0, 6, 6.0), (10.0, 24, 3.0), (10.0, 72, 1.0)], 30);
        factors(&[(2.0, 1, 13.44), (5.0, 6, 5.6), (10.0, 24, 2.8), (10.0, 72, 0.933_333_333_3)], 28);
        factors(&[(8.0, 1, 13.44), (12.5, 6, 3.5), (20.0, 24, 1.4), (42.0, 72, 0.98)], 7);
        assert_eq!(USUAL.map(|rule| (rule.known_as() * 10.0).round() / 10.0), [14.4, 6.0, 3.0, 1.0]);
    }

    fn standing(objective: &str, bad: impl Fn(i64) -> f64, per_minute: f64) -> AlertState {
        let point =
            |minute| Point { minute, counts: Counts { good: per_minute * (1.0 - bad(minute)), total: per_minute } };
        let history = History::new((0..120).map(point).collect(), 1);
        let objective = Objective::percent(objective).unwrap();
        StandingAlert::of(&USUAL[0], &history, objective, THIRTY_DAYS, 100.0, 120).state
    }

    #[test]
    fn an_alert_fires_only_where_both_windows_burn_and_there_are_enough_events() {
        assert_eq!(standing("99.9", |_| 0.02, 10.0), AlertState::Firing);
        assert_eq!(standing("99.9", |minute| if minute < 112 { 0.02 } else { 0.0 }, 10.0), AlertState::ShortUnder);
        assert_eq!(standing("99.9", |_| 0.01, 10.0), AlertState::Quiet);
        assert_eq!(standing("99.9", |_| 0.02, 1.0), AlertState::InsufficientData);
        assert_eq!(standing("90", |_| 1.0, 10.0), AlertState::NeverFires);
        // Exactly the factor: 14.4 × 0.001.
        assert_eq!(standing("99.9", |_| 0.0144, 1_000.0), AlertState::Firing);
    }
}
