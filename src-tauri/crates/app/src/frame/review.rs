//! Sections of a document: what an area contributes to it.

use chrono::NaiveDate;
use domain::calendar::{Period, ReportingCalendar};
use report::chart::ChartSpec;
use report::doc::{Block, Page};
use report::table::{Align, TableColumn};
use serde::{Deserialize, Serialize};
use store::workspace::Settings;
use ts_rs::TS;

use super::{Context, Kept, Work};

/// A document: the review of a quarter, the memo of a bake-off.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DocumentRef {
    /// "quarter".
    pub kind: String,
    /// What it is of: a period, a record's id.
    pub subject: String,
}

/// The quarterly review.
pub const QUARTER: &str = "quarter";

/// A document while it is composed.
pub struct Review {
    pub document: DocumentRef,
    pub period: Period,
    /// The document before this one, of the same kind: what was written there may be brought over.
    pub before: Option<DocumentRef>,
    pub today: NaiveDate,
    pub settings: Settings,
    pub calendar: ReportingCalendar,
    /// What sections of one area share, computed once.
    pub kept: Kept,
}

/// A kind of document: what an area knows how to compose.
pub struct DocumentKind {
    pub kind: &'static str,
    /// Opens a document: what its sections work with. Refuses a subject that is none.
    pub open: for<'a> fn(&'a Context, DocumentRef) -> Work<'a, Review>,
    /// Everything but the sections.
    pub frame: for<'a> fn(&'a Context, &'a Review, &'a [&'static Section]) -> Work<'a, Frame>,
}

/// What stands around the sections of a document.
pub struct Frame {
    pub title: String,
    pub subtitle: String,
    /// What it is of, for the foot of each page: "Q3 2026".
    pub label: String,
    pub provenance: String,
    /// Pages before the sections, and behind them.
    pub opening: Vec<Page>,
    pub closing: Vec<Page>,
}

/// A part of documents of one kind, a page of its own.
pub struct Section {
    /// Kind of the documents it belongs to.
    pub document: &'static str,
    /// Where it stands in a document nobody has arranged: lower comes first.
    pub place: u16,
    /// Id of its page, the same in every document of the kind: commentary is kept under it.
    pub id: &'static str,
    /// The message that names it.
    pub name: &'static str,
    /// Its page; `None` where there is nothing to say.
    pub page: for<'a> fn(&'a Context, &'a Review) -> Work<'a, Option<Page>>,
    /// Sentences for the summary.
    pub findings: for<'a> fn(&'a Context, &'a Review) -> Work<'a, Vec<String>>,
}

/// A page without commentary yet.
pub fn page(id: &str, kicker: String, headline: String, subtitle: String, blocks: Vec<Block>) -> Page {
    Page { id: id.to_owned(), kicker, headline, subtitle, blocks, commentary: None }
}

/// On a page the headline and subtitle stand for the chart's own.
pub fn chart(spec: ChartSpec) -> Block {
    Block::Chart { chart: Box::new(ChartSpec { title: String::new(), subtitle: String::new(), ..spec }) }
}

pub fn column(title: String, align: Align, weight: f64) -> TableColumn {
    TableColumn { title, align, weight }
}
