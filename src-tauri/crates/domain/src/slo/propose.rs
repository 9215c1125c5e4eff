//! Objectives that the past would have held.

use super::budget::Budget;
use super::history::{History, Method};
use super::objective::Objective;
use super::window::Window;
use crate::calendar::Tz;

const DAY: i64 = 24 * 60;

/// The steps people choose from, in percent, the loosest first.
pub const LADDER: [&str; 12] =
    ["90", "95", "97", "98", "99", "99.5", "99.7", "99.8", "99.9", "99.95", "99.99", "99.999"];

/// An objective and how the past would have stood to it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Proposal {
    pub objective: Objective,
    /// Days at whose end its budget would have been overspent, in all days looked at.
    pub missed: u32,
    pub days: u32,
}

/// How often each objective of the ladder would have been missed: at the end of each of the last so many days, over the window
/// that ended there. Days whose window is not known from its beginning are not looked at.
pub fn proposals(history: &History, method: Method, window: Window, zone: Tz, minute: i64, days: u32) -> Vec<Proposal> {
    let counted = history.by(method);
    let Some((first, _)) = counted.known() else { return Vec::new() };
    let ends: Vec<i64> = (0..i64::from(days))
        .map(|day| minute - day * DAY)
        .filter(|end| window.around(*end, zone).0 >= first && counted.points(end - DAY, *end) > 0)
        .collect();
    let of = |text: &&str| Objective::percent(text).ok();
    LADDER
        .iter()
        .filter_map(of)
        .map(|objective| {
            let is_missed = |end: &&i64| {
                let budget = Budget::of(&counted, objective, method, window, zone, **end);
                budget.left().is_some_and(|left| left < -1e-12)
            };
            Proposal { objective, missed: ends.iter().filter(is_missed).count() as u32, days: ends.len() as u32 }
        })
        .collect()
}

/// The strictest that would have been missed on at most `tolerated` of the days; `None` where none or nothing is known.
pub fn best(proposals: &[Proposal], tolerated: f64) -> Option<Proposal> {
    let holds = |one: &&Proposal| one.days > 0 && f64::from(one.missed) <= tolerated * f64::from(one.days);
    proposals.iter().rfind(holds).copied()
}

#[cfg(test)]
mod tests {
    use super::super::history::{Counts, Point};
    use super::*;

    #[test]
    fn the_strictest_objective_that_the_quarter_would_have_held_is_proposed() {
        // Three bad in a thousand: 99.5 % would have held each day, 99.8 % on none.
        let point = |hour: i64| Point { minute: hour * 60, counts: Counts { good: 997.0, total: 1_000.0 } };
        let history = History::new((0..120 * 24).map(point).collect(), 60);
        let found = proposals(&history, Method::Occurrences, Window::Rolling { days: 28 }, Tz::UTC, 120 * DAY, 90);
        let of = |text: &str| *found.iter().find(|one| one.objective.to_string() == text).unwrap();
        assert_eq!((of("99.5").missed, of("99.7").missed, of("99.8").missed), (0, 0, 90));
        assert_eq!(best(&found, 0.0).unwrap().objective.to_string(), "99.7");
        assert_eq!(best(&[], 0.0), None);
    }
}
