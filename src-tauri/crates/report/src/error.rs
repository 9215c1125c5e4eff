//! What can go wrong between a document and its bytes.

use thiserror::Error;

#[derive(Debug, Error)]
pub enum ReportError {
    /// A build without usable fonts; nothing a person can mend.
    #[error("bundled font {0} cannot be read")]
    Font(&'static str),
    #[error("a document needs at least one page")]
    Empty,
    #[error("the chart \"{title}\" cannot be drawn: {cause}")]
    Chart { title: String, cause: String },
    #[error("the PDF cannot be written: {0}")]
    Write(String),
    #[error("the workbook cannot be written: {0}")]
    Sheet(String),
}
