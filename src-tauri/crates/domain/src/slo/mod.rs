//! Service-level objectives: how many bad events are allowed, how fast they are used, when somebody is called. Invariants:
//!
//! - An indicator is a count of good events in a count of all; what has no event is unknown, never good and never bad.
//! - All three budgeting methods of OpenSLO are one arithmetic over counts: [`history`] turns events into slices first.
//! - A burn rate never exceeds `1 / (1 − objective)`: an alert above that can never fire and says so.
//! - Sums do not depend on the order in which events came, nor on how they were cut into points.

pub mod alert;
pub mod budget;
pub mod definition;
pub mod history;
pub mod objective;
pub mod propose;
pub mod window;

#[cfg(test)]
mod brute;

pub use alert::{AlertRule, AlertSeverity, AlertState, StandingAlert};
pub use budget::{Budget, Exhaustion, Pace};
pub use definition::{Indicator, Origin, PolicyStep, Scope, SloDetails};
pub use history::{Counts, History, Method, Point};
pub use objective::{Objective, ObjectiveError};
pub use window::{CalendarUnit, Window};
