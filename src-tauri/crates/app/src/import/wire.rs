//! What importing says on the wire.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::{ImportId, PlanId};
use domain::money::Money;
use domain::price::Layer;
use ingest::mapping::FieldMapping;
use ingest::sniff::SourceColumn;
use ingest::{RowIssue, UsageFormat};
use report::chart::ChartSpec;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::view::{TokenTotals, Unpriced};

/// A first look at a file, with what the workspace remembers about its kind.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FileInspection {
    pub path: String,
    pub name: String,
    #[ts(type = "number")]
    pub bytes: u64,
    pub format: UsageFormat,
    pub format_guessed: Vec<UsageFormat>,
    pub encoding: String,
    pub delimiter: Option<String>,
    pub columns: Vec<SourceColumn>,
    pub sample: Vec<Vec<String>>,
    pub mapping: FieldMapping,
    /// The mapping is the one used last for this header.
    pub remembered: bool,
    #[ts(type = "number | null")]
    pub rows_estimate: Option<u64>,
    #[ts(type = "string | null")]
    pub already_imported: Option<DateTime<Utc>>,
    pub known_providers: Vec<String>,
    /// The name the last file of this kind came under.
    pub source: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportRequest {
    pub path: String,
    pub format: UsageFormat,
    pub mapping: FieldMapping,
    /// The feed the file belongs to, e.g. "prod gateway".
    pub source: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanRef {
    pub plan_id: PlanId,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ImportRef {
    pub id: ImportId,
}

/// What to do with hours this feed has already told about.
pub use domain::overlap::Answer as OnConflict;

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CommitRequest {
    pub plan_id: PlanId,
    pub on_conflict: Option<OnConflict>,
    /// Which feed counts, for each of [`ImportPlan::overlaps`].
    #[serde(default)]
    pub feeds: Vec<FeedAnswer>,
}

/// Which of two feeds that tell of the same traffic counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FeedBasis {
    /// The one that is imported; the other reconciles.
    This,
    Other,
    /// They tell of different traffic.
    Both,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedAnswer {
    pub source_id: u32,
    pub basis: FeedBasis,
}

/// Another feed that tells of vendors, models and days this file tells of too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedOverlap {
    pub source: String,
    pub source_id: u32,
    pub vendors: Vec<String>,
    pub days: u32,
    #[ts(type = "string")]
    pub first: NaiveDate,
    #[ts(type = "string")]
    pub last: NaiveDate,
    /// On those days, of those models.
    pub tokens_here: String,
    pub tokens_there: String,
}

/// Changes what is done with an import's hours that were told otherwise before.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AnswerChange {
    pub id: ImportId,
    pub on_conflict: OnConflict,
}

/// Hours an answer leaves out of the figures. They are kept and can be brought in.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct LeftOut {
    pub hours: u32,
    pub period: InstantSpan,
    pub requests: String,
    pub tokens: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IssuesExport {
    pub plan_id: PlanId,
    pub path: String,
    /// Whoever asks has agreed to lose a file of that name.
    #[serde(default)]
    pub replace: bool,
    /// Whoever asks has agreed to have its folder made.
    #[serde(default)]
    pub create_folder: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportPlan {
    pub id: PlanId,
    pub name: String,
    #[ts(type = "number")]
    pub bytes: u64,
    pub sha256: String,
    pub format: UsageFormat,
    pub source: String,
    pub rows: RowCounts,
    pub period: Option<InstantSpan>,
    pub cells: CellCounts,
    /// What differs, where something does.
    pub conflict: Option<ConflictView>,
    /// Other feeds that tell of the same traffic, about which nobody has said which counts.
    pub overlaps: Vec<FeedOverlap>,
    pub totals: PlanTotals,
    /// Cost by model: the most expensive first.
    pub models: Vec<ModelRow>,
    /// Requests, tokens or stated cost by hour or day; `None` where the file tells of no time.
    pub volume: Option<ChartSpec>,
    /// The first 500.
    pub issues: Vec<RowIssue>,
    #[ts(type = "number")]
    pub issues_total: u64,
    pub unpriced: Vec<Unpriced>,
    /// What was normalised: messages `note-<code>`.
    pub notes: Vec<String>,
    #[ts(type = "string | null")]
    pub already_imported: Option<DateTime<Utc>>,
    /// Hours of a file that is there already and that another import tells otherwise: which of them counts was answered there.
    pub overruled: u32,
    /// When the same file came in, read otherwise: this reading takes its place.
    #[ts(type = "string | null")]
    pub replaces: Option<DateTime<Utc>>,
    #[ts(type = "number")]
    pub revision: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RowCounts {
    #[ts(type = "number")]
    pub read: u64,
    #[ts(type = "number")]
    pub good: u64,
    #[ts(type = "number")]
    pub bad: u64,
    #[ts(type = "number")]
    pub skipped: u64,
    #[ts(type = "number")]
    pub duplicate: u64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct InstantSpan {
    #[ts(type = "string")]
    pub from: DateTime<Utc>,
    #[ts(type = "string")]
    pub to: DateTime<Utc>,
}

/// Roll-up cells against what this feed has told already.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CellCounts {
    #[ts(type = "number")]
    pub new: u64,
    #[ts(type = "number")]
    pub same: u64,
    #[ts(type = "number")]
    pub conflict: u64,
}

/// Hours in which the file says something else than this feed did before: what stands there, and what the file says.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ConflictView {
    pub hours: u32,
    pub period: InstantSpan,
    pub requests_before: String,
    pub requests_after: String,
    pub tokens_before: String,
    pub tokens_after: String,
    /// What the rows themselves say they cost, where either does.
    pub stated_before: Option<Money>,
    pub stated_after: Option<Money>,
    /// Nothing the file tells of in these hours is of a vendor, model, feature, tenant and environment that is there: it may come
    /// from another system.
    pub disjoint: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PlanTotals {
    pub requests: Option<String>,
    pub sessions: Option<String>,
    pub tokens: TokenTotals,
    /// By our price book, one amount per currency.
    pub computed: Vec<Money>,
    /// As the file states it.
    pub reported: Vec<Money>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportSummary {
    pub import_id: Option<ImportId>,
    /// Good rows read; what an answer leaves out is among them.
    #[ts(type = "number")]
    pub rows: u64,
    #[ts(type = "number")]
    pub bad: u64,
    /// Roll-ups that are new.
    #[ts(type = "number")]
    pub cells: u64,
    /// Roll-ups that took the place of others, as was answered.
    #[ts(type = "number")]
    pub replaced: u64,
    /// Roll-ups that were there already.
    #[ts(type = "number")]
    pub skipped: u64,
    pub left_out: Option<LeftOut>,
    /// Everything in the file was there already: no figure moves. Other bytes are kept all the same.
    pub unchanged: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportRow {
    pub id: ImportId,
    pub name: String,
    pub format: String,
    pub source: String,
    #[ts(type = "string")]
    pub imported_at: DateTime<Utc>,
    #[ts(type = "number")]
    pub bytes: i64,
    #[ts(type = "number")]
    pub rows: i64,
    #[ts(type = "number")]
    pub bad: i64,
    pub period: Option<InstantSpan>,
    /// Its first and last day in the workspace's zone.
    #[ts(type = "[string, string] | null")]
    pub days: Option<(NaiveDate, NaiveDate)>,
    pub sample: bool,
    /// What was answered about hours told otherwise before; `None` where there were none.
    pub answer: Option<OnConflict>,
}

/// What a file's rows of one model come to, each by its own evidence.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ModelRow {
    pub vendor: String,
    /// What it is called.
    pub vendor_name: String,
    pub model: String,
    pub requests: Option<String>,
    pub tokens: Option<String>,
    /// Tokens without a price, or of a kind the price has no rate for.
    pub unpriced_tokens: String,
    /// One amount per currency; none where nothing has a price.
    pub cost: Vec<Money>,
    pub sources: Vec<CostSource>,
}

/// What a cost rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum CostSource {
    /// A price of the book: whose it is, and where it was read.
    Price {
        layer: Layer,
        name: String,
    },
    Stated,
    Charged,
    Unpriced,
}

/// What an import will do to the spend, with the answers given.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportEffect {
    /// Each month the file touches, in order.
    pub months: Vec<MonthEffect>,
    /// Some question is open: until it is answered, hours that differ are left out and feeds that meet both count.
    pub undecided: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MonthEffect {
    /// "2026-07".
    pub key: String,
    pub label: String,
    /// As unit economics tells the month's spend.
    pub before: Option<Money>,
    pub after: Option<Money>,
    pub difference: Option<Money>,
    /// "+8.1 %"; `None` where there was nothing.
    pub change: Option<String>,
}

/// What an import covers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportCoverage {
    pub id: ImportId,
    pub name: String,
    pub source: String,
    pub format: String,
    pub sha256: String,
    #[ts(type = "number")]
    pub bytes: i64,
    #[ts(type = "string")]
    pub imported_at: DateTime<Utc>,
    #[ts(type = "number")]
    pub rows: i64,
    #[ts(type = "number")]
    pub bad: i64,
    pub sample: bool,
    pub answer: Option<OnConflict>,
    /// Its first and its last row.
    pub span: Option<InstantSpan>,
    /// They are rows; otherwise only the hours are known.
    pub exact: bool,
    /// Its rows are of whole days: `told`, `missing` and gaps are in days, otherwise in hours.
    pub daily: bool,
    /// Its first and its last day, where its rows are of whole days.
    #[ts(type = "[string, string] | null")]
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Hours or days with rows.
    pub told: u32,
    /// Hours or days within its span without rows.
    pub missing: u32,
    /// The longest first, at most twenty.
    pub gaps: Vec<CoverageGap>,
    pub gaps_total: u32,
    /// Hours in which what it tells counts within its feed.
    pub counts: u32,
    /// Hours in which another import of the feed is the one that tells.
    pub gives_way: u32,
    /// Other imports of the feed that tell of some of the same hours.
    pub shares: Vec<ImportShare>,
    /// Other feeds that tell of the same vendors, models and days.
    pub feeds: Vec<FeedShare>,
    pub volume: Option<ChartSpec>,
    /// How its columns were read; nothing stands in it for a format whose columns are known.
    pub mapping: Option<FieldMapping>,
}

/// A run without rows, as instants or as days.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CoverageGap {
    pub units: u32,
    pub period: Option<InstantSpan>,
    /// The first and the last day without rows.
    #[ts(type = "[string, string] | null")]
    pub days: Option<(NaiveDate, NaiveDate)>,
}

/// Another import of the same feed that tells of some of the same hours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ImportShare {
    pub id: ImportId,
    pub name: String,
    #[ts(type = "string")]
    pub imported_at: DateTime<Utc>,
    pub hours: u32,
    /// In how many of them this import counts; where rows are united, both do.
    pub counts: u32,
    pub period: InstantSpan,
}

/// Another feed that tells of vendors, models and days an import tells of too.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FeedShare {
    pub source: String,
    pub vendors: Vec<String>,
    pub days: u32,
    #[ts(type = "string")]
    pub first: NaiveDate,
    #[ts(type = "string")]
    pub last: NaiveDate,
    /// Which of the two was said to count; `None` where nobody was asked.
    pub basis: Option<FeedBasis>,
}
