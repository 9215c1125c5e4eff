//! Names for what a transaction touches and a query reads. Each area has its own; nothing here needs to know them all.

use serde::Serialize;
use ts_rs::TS;

/// A part of the workspace, by name: "contracts".
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, TS)]
#[ts(type = "string")]
pub struct Tag(&'static str);

impl Tag {
    /// The workspace itself: whoever reads anything reads it anew.
    pub const WORKSPACE: Tag = Tag::new("workspace");
    pub const SETTINGS: Tag = Tag::new("settings");
    pub const VENDORS: Tag = Tag::new("vendors");
    pub const CONTRACTS: Tag = Tag::new("contracts");
    pub const PRICES: Tag = Tag::new("prices");
    pub const USAGE: Tag = Tag::new("usage");
    pub const REPORTS: Tag = Tag::new("reports");
    pub const ACTIVITY: Tag = Tag::new("activity");
    pub const ATTENTION: Tag = Tag::new("attention");
    pub const SUITES: Tag = Tag::new("suites");
    pub const BAKEOFFS: Tag = Tag::new("bakeoffs");
    pub const SCORECARDS: Tag = Tag::new("scorecards");
    pub const INCIDENTS: Tag = Tag::new("incidents");
    pub const POSTMORTEMS: Tag = Tag::new("postmortems");
    /// Their texts, which change with every pause of a hand: what shows no text is not read anew for it.
    pub const POSTMORTEM_TEXTS: Tag = Tag::new("postmortem-texts");

    pub const SLOS: Tag = Tag::new("slos");

    pub const PEOPLE: Tag = Tag::new("people");
    /// What any record may carry: documents, comments, links.
    pub const RECORDS: Tag = Tag::new("records");

    pub const fn new(name: &'static str) -> Self {
        Self(name)
    }

    pub fn name(self) -> &'static str {
        self.0
    }
}
