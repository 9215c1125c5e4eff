//! Unit economics: what a session, a successful session, a request and 1,000 tokens cost.
//!
//! [`cube`] folds daily roll-ups into totals by any dimensions, [`settle`] says which evidence of a cost counts; [`ratios`]
//! divides totals; [`drivers`] explains a change. [`day_change`] and [`by_model`] say what an import would come to.

pub mod by_model;
pub mod cube;
pub mod day_change;
pub mod drivers;
pub mod evidence;
pub mod ratios;
pub mod reconcile;
pub mod settle;
pub mod totals;
pub mod traffic;

#[cfg(test)]
mod tests;

pub use by_model::by_model;
pub use cube::{Cube, DayRow, Days, Filter, Group, Series};
pub use day_change::DayChange;
pub use drivers::{Drivers, drivers};
pub use evidence::{Basis, BasisKind, ChargeKind, SeriesPrice};
pub use reconcile::{VendorMonth, reconcile};
pub use settle::{Identity, Precedence, goes_in_a_circle};
pub use totals::Totals;
