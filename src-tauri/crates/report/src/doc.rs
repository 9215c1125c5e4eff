//! A document as pages of blocks: the same value is previewed, exported and tested.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::chart::ChartSpec;
use crate::table::{TableSpec, Tone};

/// A whole document before layout. Text is in the document's language already.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportDoc {
    pub title: String,
    pub subtitle: String,
    /// Company or workspace, shown in every footer.
    pub workspace: String,
    pub period: String,
    /// Said on every page when the data is the sample's.
    pub sample_notice: Option<String>,
    /// BCP 47.
    pub language: String,
    /// One line per page: imports, price book, revision, application version.
    pub provenance: String,
    pub pages: Vec<Page>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Page {
    /// Stable name, used for bookmarks' order and for commentary: "summary", "spend", …
    pub id: String,
    /// Section name above the headline; also the bookmark.
    pub kicker: String,
    /// The finding, as a sentence.
    pub headline: String,
    pub subtitle: String,
    pub blocks: Vec<Block>,
    /// What the person wrote for this page: plain paragraphs and "- " bullets.
    pub commentary: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Block {
    /// The cover of a deck; a title block in a report.
    Cover {
        lines: Vec<String>,
    },
    Figures {
        figures: Vec<Figure>,
    },
    Chart {
        chart: Box<ChartSpec>,
    },
    Table {
        table: TableSpec,
    },
    Bullets {
        items: Vec<String>,
    },
    Paragraph {
        text: String,
    },
}

/// A key figure: label, value, change.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Figure {
    pub label: String,
    pub value: String,
    pub note: String,
    pub tone: Tone,
}
