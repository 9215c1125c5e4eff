//! One SQLite file through sqlx. Invariants:
//!
//! - Every write goes through the one writer connection, in a transaction that began with `BEGIN IMMEDIATE`, and commits
//!   together with the workspace's next revision.
//! - A pending migration is preceded by an integrity check and a backup; a newer schema is refused untouched.
//! - Rows in, rows out: what figures mean is the domain's. Cells of roll-ups, sketches and ledgers are stored as the domain
//!   writes them, an hour or a day in one value; nothing adds them up in SQL.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod activity;
pub mod attachment;
pub mod attention;
pub mod backup;
mod backup_name;
pub mod bakeoff;
pub mod comment;
pub mod contract;
mod creation;
pub mod demand;
pub mod dimension;
pub mod document;
mod error;
mod file;
pub mod fx;
pub mod import;
pub mod incident;
mod look;
mod open;
mod packed;
pub mod person;
pub mod place;
pub mod postmortem;
pub mod price;
pub mod record;
mod row;
mod schema;
pub mod scorecard;
mod seal;
pub mod slo;
pub mod suite;
pub mod tag;
mod transaction;
pub mod usage;
pub mod vendor;
pub mod workspace;

pub use creation::Creation;
pub use error::{Result, StoreError, sqlite};
pub use file::Store;
pub use place::FileId;
pub use sqlx;
pub use tag::Tag;
pub use transaction::{Snapshot, Write};
