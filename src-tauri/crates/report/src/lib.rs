//! From results to paper. Invariants:
//!
//! - Nothing here computes a business figure: it formats, orders and lays out what `domain` computed.
//! - A `ReportDoc` and a `ChartSpec` are complete: rendering needs no store, clock, network or system font.
//! - The same value gives the same bytes, apart from the creation date passed in.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod canvas;
pub mod chart;
pub mod doc;
pub mod error;
pub mod export;
pub mod fonts;
pub mod format;
pub mod layout;
pub mod locale;
pub mod palette;
pub mod pdf;
pub mod plot;
pub mod svg;
pub mod table;
pub mod text;

pub use error::ReportError;
pub use layout::{DrawnPages, Paper, RenderedPage, RenderedPdf, render_pages, render_pdf};
pub use export::{table_csv, table_markdown};
pub use svg::chart_svg;
