//! Types and every calculation of Quarterdeck. Invariants:
//!
//! - Pure: no IO, no async, no clock, no SQL, no randomness without a seed. "Today" is always an argument.
//! - Money is an integer count of nano-units with a currency; two currencies never meet without a dated rate.
//! - Time is UTC; days, weeks, months and quarters are cut in the workspace's zone by [`calendar`] alone.
//! - Unknown is `None`, never 0.
//! - Metered tokens, reported amounts and bills are evidence of the same money: [`economics::settle`] says which counts.
//! - Peaks and percentiles do not add up: [`demand`] keeps minutes, [`latency`] sketches, which do.
//! - Every statistic is a function of its data and a stored seed, and says why where it has no value: [`stats`].
//! - Cases pair by identity, and a candidate has no name while a round is open: [`suite`], [`bakeoff`].
//! - A severity is suggested, never set, and minutes that incidents share count once: [`incident`].
//! - An error budget is one arithmetic over counts, whatever they count: [`slo`].
//! - Imports of one feed come together by [`overlap`] alone, as a function of the imports and the answers given.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod bakeoff;
pub mod calendar;
pub mod clauses;
pub mod commitment;
pub mod contract;
pub mod coverage;
pub mod daily;
pub mod demand;
pub mod difference;
pub mod economics;
pub mod fx;
pub mod hourly;
pub mod id;
pub mod incident;
pub mod latency;
pub mod model_name;
pub mod money;
pub mod name;
pub mod overlap;
pub mod person;
pub mod postmortem;
pub mod price;
pub mod price_book;
pub mod scorecard;
pub mod slo;
pub mod stats;
pub mod suite;
pub mod typed;
pub mod urgency;
pub mod usage;
pub mod varint;
pub mod vendor;
pub mod wall;
