//! Bytes → normalised usage and prices, together with what was wrong. Invariants:
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
pub mod anthropic;
mod blocks;
mod cells;
mod csv_usage;
mod edges;
mod guess;
mod header;
pub mod issue;
mod joining;
mod json_sniff;
mod json_usage;
mod latencies;
mod layout;
mod litellm;
pub mod mapping;
mod minutes;
pub mod model_prices;
mod number;
mod objects;
mod openai_costs;
mod openai_usage;
mod packed;
mod record;
mod rows;
mod sessions;
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
pub use issue::RowIssue;
pub use joining::Edge;
pub use mapping::{Field, FieldMapping, UsageFormat};
pub use minutes::RawMinutes;
pub use usage::{Progress, Reading, UsageBatch, read_usage};

use std::collections::BTreeMap;

/// Why a file as a whole cannot be read. `code` names the sentence, `params` fill it.
#[derive(Debug, thiserror::Error)]
pub enum IngestError {
    #[error("{code}: {params:?}")]
    File { code: &'static str, params: BTreeMap<String, String> },
    #[error("cancelled")]
    Cancelled,
    #[error(transparent)]
    Io(#[from] std::io::Error),
}

impl IngestError {
    pub(crate) fn file(code: &'static str, params: &[(&str, &str)]) -> Self {
        Self::File { code, params: params.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect() }
    }
}

pub type Result<T> = std::result::Result<T, IngestError>;

/// SHA-256 in hex: how files and documents are told apart.
pub fn hash_bytes(bytes: &[u8]) -> String {
    use sha2::{Digest, Sha256};
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
