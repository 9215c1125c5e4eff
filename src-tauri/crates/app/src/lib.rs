//! Use cases: what the window, the command line and the tests ask for. Invariants:
//!
//! - [`App::dispatch`] is the one door; [`areas::commands`] is the one list of what it answers.
//! - An area declares itself in [`areas`], and central code (undo, search, Home, calendar, documents, export, the sample)
//!   walks that list. No module is used by what it uses.
//! - An amount leaves here with the texts to show, written by the formatter that the documents use.
//! - A query reads one snapshot; a mutation is one transaction, logged so that it can be undone.
//! - Rules live in `domain`, rows in `store`, layout in `report`; handlers only carry values between them.
//! - An error leaves here as `{ code, params, fields, retryable, logId }`, never with a secret or a path of ours.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod activity;
pub mod areas;
pub mod attention;
pub mod bakeoff;
pub mod calendar;
pub mod contract;
pub mod demand;
mod dispatch;
pub mod economics;
pub mod error;
pub mod explain;
pub mod export;
mod files;
pub mod folders;
pub mod frame;
pub mod home;
mod identity;
pub mod import;
pub mod incident;
pub mod job;
pub mod moved;
pub mod news;
pub mod paths;
pub mod people;
pub mod postmortem;
mod presence;
pub mod price;
pub mod reconcile;
pub mod record;
pub mod reports;
pub mod repricing;
mod result_files;
pub mod sample;
pub mod scorecard;
pub mod search;
mod seeded;
pub mod slo;
pub mod suite;
pub mod table;
mod target;
mod texts;
mod traffic;
pub mod undo;
pub mod vendor;
pub mod view;
pub mod wire;
pub mod workspace;

pub use error::{AppError, Result, WireError};
pub use frame::{App, Config, Context, Open};
pub use job::{JobEvent, Progress};
pub use report;
