//! What may still fail, how fast it is used, and when it runs out.

use super::history::{Counts, History, Method};
use super::objective::Objective;
use super::window::Window;
use crate::calendar::Tz;

const DAY: i64 = 24 * 60;

/// An error budget over one window. Counts are events, or slices of time where these are counted.
///
/// - `sli = good / total`
/// - `allowed = (1 − objective) × total`; where slices are counted, of all slices of the window, known or not
/// - `consumed = bad / allowed`, `left = 1 − consumed` (below 0 once it is overspent)
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Budget {
    pub counts: Counts,
    pub allowed: f64,
    /// The window, in minutes since 1970: `from..to`.
    pub window: (i64, i64),
    /// Known points in those there could be until now, at most 1.
    pub coverage: f64,
}

impl Budget {
    /// Of events as they came ([`History::by`] is applied here), at an instant.
    pub fn at(history: &History, objective: Objective, method: Method, window: Window, zone: Tz, minute: i64) -> Self {
        Self::of(&history.by(method), objective, method, window, zone, minute)
    }

    /// Of what [`History::by`] made for this method.
    pub fn of(history: &History, objective: Objective, method: Method, window: Window, zone: Tz, minute: i64) -> Self {
        let (from, to) = window.around(minute, zone);
        let until = to.min(minute);
        let counts = history.sum(from, until);
        let step = i64::from(history.step());
        let possible = ((until - from).max(0) as f64 / step as f64).max(1.0);
        let coverage = (history.points(from, until) as f64 / possible).min(1.0);
        let of = if method.slice().is_some() { (to - from) as f64 / step as f64 } else { counts.total };
        Self { counts, allowed: objective.allowed() * of, window: (from, to), coverage }
    }

    pub fn sli(&self) -> Option<f64> {
        self.counts.share()
    }

    /// Used in what is allowed; 1.0 is all of it. `None` where nothing is known.
    pub fn consumed(&self) -> Option<f64> {
        (self.counts.total > 0.0 && self.allowed > 0.0).then(|| self.counts.bad() / self.allowed)
    }

    pub fn left(&self) -> Option<f64> {
        self.consumed().map(|consumed| 1.0 - consumed)
    }

    /// The last of the policy's steps (shares of the budget, rising) that is reached.
    pub fn step(&self, steps: &[f64]) -> Option<usize> {
        let consumed = self.consumed()?;
        steps.iter().rposition(|step| consumed >= *step)
    }
}

/// How fast the budget is used: `(bad / total) / (1 − objective)`. 1 uses exactly all of it over a window. `None` without events.
pub fn burn_rate(counts: Counts, objective: Objective) -> Option<f64> {
    Some(counts.bad() / counts.total / objective.allowed()).filter(|_| counts.total > 0.0)
}

/// The share of a window's budget that the events of a span used: bad events of the span in what the window allows.
pub fn burnt(span: Counts, budget: &Budget) -> Option<f64> {
    (budget.allowed > 0.0).then(|| span.bad() / budget.allowed)
}

/// What a day is taken to bring from now on: the mean of the last so many days.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Pace {
    pub a_day: Counts,
    pub days: u32,
}

impl Pace {
    /// Over the days before an instant; `None` where nothing is known of them.
    pub fn over(history: &History, days: u32, minute: i64) -> Option<Self> {
        let counts = history.sum(minute - i64::from(days) * DAY, minute);
        let n = f64::from(days);
        (counts.total > 0.0).then(|| Self { a_day: Counts { good: counts.good / n, total: counts.total / n }, days })
    }
}

/// When the budget is used up at a pace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exhaustion {
    /// It is used up already.
    Now,
    /// In so many days from now, counted whole.
    In { days: u32 },
    /// Not within this window; of a rolling one, not as long as the pace holds.
    Never,
}

/// The budget left at the end of each coming day at a pace, today's first: known events leave a rolling window as new ones come.
///
/// Of a window of the calendar it ends with the window; of a rolling one after as many days as the window has, from when on it is
/// made of the pace alone.
pub fn ahead(
    history: &History,
    objective: Objective,
    method: Method,
    window: Window,
    zone: Tz,
    minute: i64,
    pace: Pace,
) -> Vec<f64> {
    let now = Budget::of(history, objective, method, window, zone, minute);
    let (from, to) = now.window;
    let days = match window {
        Window::Rolling { days } => i64::from(days.max(1)),
        Window::Calendar { .. } => (to - minute).max(0) / DAY,
    };
    let left = |day: i64| {
        let to_come = day as f64;
        let kept = match window {
            Window::Rolling { .. } => history.sum(from + day * DAY, minute),
            Window::Calendar { .. } => now.counts,
        };
        let bad = kept.bad() + pace.a_day.bad() * to_come;
        let total = kept.total + pace.a_day.total * to_come;
        let allowed = if method.slice().is_some() { now.allowed } else { objective.allowed() * total };
        if allowed > 0.0 { 1.0 - bad / allowed } else { 1.0 }
    };
    (0..=days).map(left).collect()
}

/// When it runs out by what [`ahead`] found.
pub fn exhaustion(ahead: &[f64]) -> Exhaustion {
    // A hair below nothing left is the rounding of sums, not an overspent budget.
    match ahead.iter().position(|left| *left <= 1e-12) {
        Some(0) => Exhaustion::Now,
        Some(days) => Exhaustion::In { days: days as u32 },
        None => Exhaustion::Never,
    }
}

#[cfg(test)]
mod tests {
    use super::super::history::Point;
    use super::*;

    /// slo-generator 2.x, `tests/unit/fixtures/slo_report_v2.json`: goal 90 %, 3,556 good and as many bad events in 12 hours. Its
    /// own fixture says `error_budget_consumed_ratio` 20; its code computes 500 %, and so do we: five times what is allowed.
    #[test]
    fn slo_generators_report_is_reproduced_and_its_fixture_of_20_is_not() {
        let objective = Objective::percent("90").unwrap();
        let history = History::new(vec![Point { minute: 0, counts: Counts { good: 3_556.0, total: 7_112.0 } }], 1);
        let counts = history.sum(0, 720);
        assert_eq!(counts.share(), Some(0.5));
        assert!((counts.share().unwrap() - objective.good() + 0.4).abs() < 1e-12);
        assert!((burn_rate(counts, objective).unwrap() - 5.0).abs() < 1e-12);
        let budget = Budget { counts, allowed: objective.allowed() * counts.total, window: (0, 720), coverage: 1.0 };
        assert!((budget.consumed().unwrap() * 100.0 - 500.0).abs() < 1e-9);
        let minutes = objective.minutes(720);
        assert!((minutes - 72.0).abs() < 1e-9);
        let bad_minutes = 720.0 * (1.0 - counts.share().unwrap());
        assert!((bad_minutes - 360.0).abs() < 1e-9 && (minutes - bad_minutes + 288.0).abs() < 1e-9);
    }

    fn steady(days: i64, bad: impl Fn(i64) -> f64) -> History {
        let point =
            |hour: i64| Point { minute: hour * 60, counts: Counts { good: 1_000.0 - bad(hour / 24), total: 1_000.0 } };
        History::new((0..days * 24).map(point).collect(), 60)
    }

    #[test]
    fn a_rolling_window_gives_back_what_an_incident_took_on_the_day_it_leaves() {
        let objective = Objective::percent("99.9").unwrap();
        let window = Window::Rolling { days: 28 };
        // Day 2 fails by a tenth, every other day by half of what is allowed.
        let history = steady(28, |day| if day == 2 { 20.0 } else { 0.5 });
        let now = 28 * DAY;
        let budget = Budget::at(&history, objective, Method::Occurrences, window, Tz::UTC, now);
        assert!(budget.left().unwrap() < 0.0);
        let pace = Pace::over(&history, 3, now).unwrap();
        let ahead = ahead(&history, objective, Method::Occurrences, window, Tz::UTC, now, pace);
        assert_eq!(ahead.len(), 29);
        assert_eq!(exhaustion(&ahead), Exhaustion::Now);
        assert!(ahead[2] < 0.0 && (ahead[3] - 0.5).abs() < 1e-9, "{:?}", &ahead[..5]);
    }

    #[test]
    fn a_pace_above_what_is_allowed_runs_out_on_a_day_and_one_below_never() {
        let objective = Objective::percent("99.9").unwrap();
        let window = Window::Rolling { days: 28 };
        let now = 28 * DAY;
        // Two bad in a thousand for the last 3 days, a quarter of one before.
        let history = steady(28, |day| if day >= 25 { 2.0 } else { 0.25 });
        let ahead = |days| {
            let pace = Pace::over(&history, days, now).unwrap();
            ahead(&history, objective, Method::Occurrences, window, Tz::UTC, now, pace)
        };
        // (25 − d) × 0.25 + (3 + d) × 2 reaches 28 at d = 9.0 + …: 12.25 + 1.75 d = 28.
        assert_eq!(exhaustion(&ahead(3)), Exhaustion::In { days: 9 });
        assert_eq!(exhaustion(&ahead(28)), Exhaustion::Never);
    }

    #[test]
    fn slices_are_allowed_of_the_whole_window_and_one_without_events_is_neither_good_nor_bad() {
        let objective = Objective::percent("99").unwrap();
        let method = Method::Timeslices { minutes: 60, target: 0.95 };
        let point = |hour: i64, good: f64| Point { minute: hour * 60, counts: Counts { good, total: 10.0 } };
        let history = History::new(vec![point(0, 10.0), point(1, 9.0), point(5, 9.5)], 60);
        let window = Window::Calendar { unit: super::super::CalendarUnit::Week };
        // 1970-01-01 was a Thursday: the week began on Monday, 29 December.
        let budget = Budget::at(&history, objective, method, window, Tz::UTC, 6 * 60);
        assert_eq!((budget.counts.total, budget.counts.bad()), (3.0, 1.0));
        assert!((budget.allowed - 1.68).abs() < 1e-12);
        assert!((budget.coverage - 3.0 / 78.0).abs() < 1e-12);
        assert_eq!(budget.step(&[0.5, 0.75, 1.0]), Some(0));
    }
}
