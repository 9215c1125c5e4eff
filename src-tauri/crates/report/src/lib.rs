//! From results to paper. Invariants:
//!
//! - Nothing here computes a business figure: it formats, orders and lays out what `domain` computed.
//! - A `ReportDoc` and a `ChartSpec` are complete: rendering needs no store, clock, network or system font.
//! - The same value gives the same bytes, apart from the creation date passed in.

pub mod chart;
pub mod doc;
pub mod table;
