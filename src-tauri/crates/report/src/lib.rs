//! From results to paper. Invariants:
//!
//! - Nothing here computes a business figure: it formats, orders and lays out what `domain` computed.
//! - A `ReportDoc` and a `ChartSpec` are complete: rendering needs no store, clock, network or system font.
//! - The same value gives the same bytes, apart from the creation date passed in.
//! - Only the bundled fonts are used; a character they lack becomes □ and a warning, never a gap.
//! - Nothing overlaps or leaves the page; what does not fit goes on to a next one.
//! - Money is formatted from integers; no float touches an amount that is read.
//!
//! `doc` → `layout` → `canvas` (vector marks) → `pdf` or `svg`; `plot` draws a `chart` onto a canvas.

#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used))]

pub mod canvas;
pub mod chart;
pub mod colours;
pub mod doc;
pub mod error;
pub mod export;
pub mod fonts;
pub mod format;
mod glyphs;
pub mod layout;
pub mod locale;
pub mod markdown;
pub mod palette;
pub mod pdf;
pub mod plot;
pub mod sheet;
pub mod svg;
pub mod table;
pub mod text;

pub use error::ReportError;
pub use export::{table_csv, table_markdown};
pub use layout::{DrawnPages, Paper, RenderedPage, RenderedPdf, render_pages, render_pdf};
pub use locale::{Catalogue, Language};
pub use sheet::{Sheet, sheet_csv, sheet_xlsx};
pub use svg::chart_svg;
