//! Bytes → normalised usage and prices, results and cases ([`bakeoff`]), together with what was wrong. Invariants:
//!
//! - Reading never fails on a bad row: it returns what it understood and a list of [`RowIssue`]s. Only a file that is no
//!   such file at all is an [`IngestError`].
//! - Memory is bounded, whatever the file: so many cells are open, closed ones and sessions spill to disk, minutes are packed by key,
//!   of the first and last hour so many rows are kept and no more. What grows is some forty bytes a cell.
//! - Tokens leave here in disjoint kinds, instants in UTC, money in nano-units.
//! - The result does not depend on how many threads read, where the blocks were cut, or in what order rows stand.
//! - How a file writes numbers and dates is decided by all its values, column by column, or asked.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod accumulate;
pub mod bakeoff;
mod blocks;
mod cells;
mod csv_usage;
mod edges;
mod error;
mod field;
mod formats;
mod guess;
mod hash;
mod header;
pub mod issue;
mod joining;
mod json;
mod json_usage;
mod latencies;
mod layout;
mod look;
pub mod mapping;
mod minutes;
pub mod model_prices;
mod number;
mod objects;
mod packed;
mod reader;
mod record;
mod rows;
mod sessions;
pub mod slo;
pub mod sniff;
mod source;
mod spool;
pub mod timestamp;
mod understand;
pub mod usage;
mod usage_object;
mod window;
mod writing;

pub use accumulate::{RawSeries, Shape};
pub use cells::{Cells, Hour, RawCell};
pub use error::{IngestError, Result};
pub use field::Field;
pub use formats::UsageFormat;
pub use hash::{hash_bytes, of_files as hash_files};
pub use issue::RowIssue;
pub use joining::Edge;
pub use mapping::FieldMapping;
pub use minutes::RawMinutes;
pub use reader::{Counts, Progress};
pub use usage::{Reading, UsageBatch, read_usage};
