//! Unit economics: what a session, a successful session, a request and 1,000 tokens cost.
//!
//! [`cube`] folds daily roll-ups into totals by any dimensions; [`ratios`] divides them; [`drivers`] explains a change.

pub mod cube;
pub mod drivers;
pub mod ratios;

pub use cube::{Cube, DayRow, Filter, Group, Series, SeriesPrice, Totals};
pub use drivers::{Drivers, drivers};
