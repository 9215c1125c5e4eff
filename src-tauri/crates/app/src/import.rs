//! Importing usage: a look, a plan, and the commit of exactly that plan.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::id::{ImportId, PlanId};
use domain::money::{Currency, Femtos, Money};
use domain::price::PriceBook;
use domain::usage::{Dimension, Measures};
use ingest::mapping::FieldMapping;
use ingest::sniff::{self, SourceColumn};
pub use ingest::{Field, UsageFormat};
use ingest::{RowIssue, UsageBatch, read_usage};
use serde::{Deserialize, Serialize};
use store::backup::{self, Reason};
use store::import::Import;
use store::usage::{Cell, SeriesKey};
use ts_rs::TS;
use uuid::Uuid;

use crate::activity::{self, Action, Area};
use crate::job::Unit;
use crate::view::{Exported, TokenTotals, Unpriced};
use crate::workspace::PathInput;
use crate::{AppError, Context, Result};

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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OnConflict {
    /// Keep what is there; import only the other hours.
    Keep,
    /// Put the file's hours in their place.
    Replace,
    /// Count both.
    Add,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CommitRequest {
    pub plan_id: PlanId,
    pub on_conflict: Option<OnConflict>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IssuesExport {
    pub plan_id: PlanId,
    pub path: String,
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
    pub totals: PlanTotals,
    /// The first 500.
    pub issues: Vec<RowIssue>,
    #[ts(type = "number")]
    pub issues_total: u64,
    pub unpriced: Vec<Unpriced>,
    /// What was normalised: messages `note-<code>`.
    pub notes: Vec<String>,
    #[ts(type = "string | null")]
    pub already_imported: Option<DateTime<Utc>>,
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
    #[ts(type = "number")]
    pub rows: u64,
    #[ts(type = "number")]
    pub bad: u64,
    #[ts(type = "number")]
    pub cells: u64,
    #[ts(type = "number")]
    pub skipped: u64,
    /// Everything in the file was there already: nothing was written.
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
    pub sample: bool,
}

/// A plan as kept until it is committed.
pub struct Planned {
    plan: ImportPlan,
    batch: UsageBatch,
    mapping: FieldMapping,
    header: String,
    /// Hours this feed has told about, in which the file says something else.
    conflict_hours: HashSet<i64>,
    /// Hours in which the file says what is there already.
    same_hours: HashSet<i64>,
}

/// Plans kept at once; each holds a roll-up in memory.
const MAX_PLANS: usize = 3;

pub async fn import_inspect(context: &Context, input: PathInput) -> Result<FileInspection> {
    let path = crate::workspace::expand(&input.path);
    let sniffed = blocking({
        let path = path.clone();
        move || Ok(sniff::sniff(&path)?)
    })
    .await?;
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let header = header_key(&sniffed.columns);
    let remembered = store::import::mapping(&mut snapshot, &header).await?;
    let remembered: Option<FieldMapping> = remembered.and_then(|mapping| serde_json::from_value(mapping).ok());
    let format = sniffed.formats.first().copied().unwrap_or(UsageFormat::GenericCsv);
    let imports = store::import::list(&mut snapshot).await?;
    let same_size = imports.iter().filter(|i| i.bytes as u64 == sniffed.bytes && i.name == sniffed.name);
    let already = same_size.map(|i| i.imported_at).max();
    // A dedicated format comes from one place; of mapped files only those with the same header do.
    let is_alike = !format.is_mapped() || remembered.is_some();
    let source = imports.iter().find(|i| is_alike && i.format == format.name() && !i.sample).map(|i| i.source.clone());
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let mut providers: Vec<String> =
        store::price::list(&mut snapshot).await?.into_iter().map(|row| row.provider).collect();
    providers.sort();
    providers.dedup();
    Ok(FileInspection {
        path: path.to_string_lossy().into_owned(),
        name: sniffed.name,
        bytes: sniffed.bytes,
        format,
        format_guessed: sniffed.formats,
        encoding: sniffed.encoding,
        delimiter: sniffed.delimiter,
        columns: sniffed.columns,
        sample: sniffed.sample,
        remembered: remembered.is_some(),
        mapping: remembered.unwrap_or(sniffed.mapping),
        rows_estimate: sniffed.rows_estimate,
        already_imported: already,
        known_providers: providers,
        source: source.unwrap_or(stem),
    })
}

/// Column names, order and all: files with the same header take the same mapping.
fn header_key(columns: &[SourceColumn]) -> String {
    columns.iter().map(|c| c.name.as_str()).collect::<Vec<_>>().join("\u{1f}")
}

/// Runs blocking work off the async threads.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> Result<T> + Send + 'static) -> Result<T> {
    tokio::task::spawn_blocking(work).await.map_err(|error| AppError::Internal(error.to_string()))?
}

pub async fn import_plan(context: &Context, request: ImportRequest) -> Result<ImportPlan> {
    let path = crate::workspace::expand(&request.path);
    let source =
        Some(request.source.trim()).filter(|s| !s.is_empty()).ok_or_else(|| AppError::field("source", "required"))?;
    let store = context.store().await?;
    let (book, settings, revision) = {
        let mut snapshot = store.read().await?;
        let workspace = store::workspace::get(&mut snapshot).await?;
        (store::price::book(&mut snapshot).await?, workspace.settings, workspace.revision)
    };
    let calendar = settings.calendar()?;
    let progress = context.progress.clone();
    let (format, mapping) = (request.format, request.mapping.clone());
    let (batch, book, header, bytes) = blocking({
        let path = path.clone();
        move || {
            let mut report = |p: ingest::Progress| {
                progress.report("reading", p.bytes, Some(p.total), Unit::Bytes);
                !progress.is_cancelled()
            };
            let sniffed = sniff::sniff(&path)?;
            let batch = read_usage(&path, format, &mapping, &book, &calendar, &mut report)?;
            Ok((batch, book, header_key(&sniffed.columns), sniffed.bytes))
        }
    })
    .await?;
    if batch.counts.good == 0 {
        refuse_unreadable(&batch, &path)?;
    }
    context.progress.report("comparing", 0, None, Unit::Steps);
    let mut snapshot = store.read().await?;
    let earlier = store::import::by_hash(&mut snapshot, &batch.sha256).await?;
    let same_feed = |i: &&Import| i.source == source && i.format == format.name();
    let already_imported = earlier.iter().find(same_feed).map(|i| i.imported_at);
    let Comparison { same: same_hours, conflict: conflict_hours, before, after } =
        compare(&mut snapshot, source, format, &batch).await?;
    let count_cells =
        |hours: &HashSet<i64>| batch.cells.iter().filter(|cell| hours.contains(&cell.hour)).count() as u64;
    let (same, conflict) = (count_cells(&same_hours), count_cells(&conflict_hours));
    let plan = ImportPlan {
        id: PlanId(Uuid::now_v7()),
        name: path.file_name().unwrap_or_default().to_string_lossy().into_owned(),
        bytes,
        sha256: batch.sha256.clone(),
        format,
        source: source.to_owned(),
        rows: RowCounts {
            read: batch.counts.read,
            good: batch.counts.good,
            bad: batch.counts.bad,
            skipped: batch.counts.skipped,
            duplicate: batch.counts.duplicate,
        },
        period: batch.span.and_then(|(from, to)| instants(from, to)),
        cells: CellCounts { new: batch.cells.len() as u64 - same - conflict, same, conflict },
        conflict: conflict_view(&conflict_hours, &before, &after),
        totals: totals(&batch, &book),
        issues: batch.issues.iter().take(500).cloned().collect(),
        issues_total: batch.counts.bad,
        unpriced: batch
            .unpriced()
            .into_iter()
            .map(|((vendor, model), (requests, tokens))| Unpriced {
                vendor,
                model,
                requests: requests.to_string(),
                tokens: tokens.to_string(),
            })
            .collect(),
        notes: batch.notes.iter().map(|note| (*note).to_owned()).collect(),
        already_imported,
        revision,
    };
    let planned = Planned { plan: plan.clone(), batch, mapping: request.mapping, header, conflict_hours, same_hours };
    let mut plans = context.app.plans.lock().await;
    if plans.len() >= MAX_PLANS
        && let Some(oldest) = plans.keys().min_by_key(|id| id.0).copied()
    {
        plans.remove(&oldest);
    }
    plans.insert(plan.id, Arc::new(planned));
    Ok(plan)
}

/// A file without one good row: say what is wrong with all of them rather than offer an empty plan.
fn refuse_unreadable(batch: &UsageBatch, path: &Path) -> Result<()> {
    let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
    if batch.counts.read == 0 {
        return Err(AppError::refused("file-without-rows").with("file", name));
    }
    if let Some(first) = batch.issues.first()
        && first.code == "timestamp-without-zone"
    {
        let error = AppError::refused("needs-time-zone").with("file", name);
        return Err(error
            .with("column", first.column.as_deref().unwrap_or(""))
            .with("value", first.value.as_deref().unwrap_or("")));
    }
    Ok(())
}

fn instants(from: i64, to: i64) -> Option<InstantSpan> {
    Some(InstantSpan { from: DateTime::from_timestamp(from, 0)?, to: DateTime::from_timestamp(to, 0)? })
}

/// What the batch costs by the book, per currency; and what the file itself says.
fn totals(batch: &UsageBatch, book: &PriceBook) -> PlanTotals {
    let rows: HashMap<_, _> = book.rows().iter().map(|row| (row.id, row)).collect();
    let mut sum = Measures::default();
    let mut computed: HashMap<Currency, Femtos> = HashMap::new();
    for cell in &batch.cells {
        sum.add(&cell.measures);
        let series = &batch.series[cell.series as usize];
        if let Some(row) = series.price.and_then(|id| rows.get(&id))
            && let Some(cost) = row.rates_of(series.band as usize).cost(&cell.measures.tokens)
        {
            *computed.entry(row.currency).or_default() += cost;
        }
    }
    let mut computed: Vec<Money> =
        computed.into_iter().map(|(currency, sum)| Money::from_nanos(sum.to_nanos(), currency)).collect();
    computed.sort_by_key(|money| money.currency());
    let reported = batch
        .known
        .reported_cost
        .then(|| Money::from_nanos(i128::from(sum.reported_nanos), batch.reported_currency))
        .into_iter()
        .collect();
    PlanTotals {
        requests: batch.known.requests.then(|| sum.requests.to_string()),
        sessions: batch.known.sessions.then(|| sum.sessions.to_string()),
        tokens: TokenTotals::of(&sum.tokens, batch.known),
        computed,
        reported,
    }
}

fn conflict_view(hours: &HashSet<i64>, before: &Measures, after: &Measures) -> Option<ConflictView> {
    let (first, last) = (hours.iter().min()?, hours.iter().max()?);
    Some(ConflictView {
        hours: hours.len() as u32,
        period: instants(*first, last + 3600)?,
        requests_before: before.requests.to_string(),
        requests_after: after.requests.to_string(),
        tokens_before: before.tokens.total().to_string(),
        tokens_after: after.tokens.total().to_string(),
    })
}

/// Hours this feed has told about: those in which the file says the same, those in which it does not, and what either says
/// in the latter.
#[derive(Debug, Default)]
struct Comparison {
    same: HashSet<i64>,
    conflict: HashSet<i64>,
    before: Measures,
    after: Measures,
}

async fn compare(
    connection: &mut store::sqlx::SqliteConnection,
    source: &str,
    format: UsageFormat,
    batch: &UsageBatch,
) -> Result<Comparison> {
    let mut comparison = Comparison::default();
    let Some(source_id) = store::import::source_id(connection, source, format.name()).await? else {
        return Ok(comparison);
    };
    let (Some(first), Some(last)) = (batch.cells.first(), batch.cells.last()) else { return Ok(comparison) };
    let stored = store::usage::cells_of_source(connection, source_id, first.hour, last.hour).await?;
    if stored.is_empty() {
        return Ok(comparison);
    }
    let names = store::dimension::names(connection).await?;
    let series: HashMap<u32, SeriesKey> = store::usage::series(connection).await?.into_iter().collect();
    type Values<'a> = [&'a str; 5];
    // Prices may have been added since: an hour is the same if what was *used* is the same.
    let mut hours: HashMap<i64, HashMap<(Values<'_>, &str), Measures>> = HashMap::new();
    for ((hour, id), measures) in &stored {
        let Some(key) = series.get(id) else { continue };
        let values = key.values.map(|value| names.name(value));
        hours.entry(*hour).or_default().entry((values, &key.tier)).or_default().add(measures);
    }
    let mut planned: HashMap<i64, HashMap<(Values<'_>, &str), Measures>> = HashMap::new();
    for cell in batch.cells.iter().filter(|cell| hours.contains_key(&cell.hour)) {
        let series = &batch.series[cell.series as usize];
        let values = series.values.each_ref().map(String::as_str);
        planned.entry(cell.hour).or_default().entry((values, &series.tier)).or_default().add(&cell.measures);
    }
    for (hour, cells) in planned {
        let stored = hours.get(&hour);
        if stored == Some(&cells) {
            comparison.same.insert(hour);
            continue;
        }
        comparison.conflict.insert(hour);
        stored.into_iter().flat_map(HashMap::values).for_each(|measures| comparison.before.add(measures));
        cells.values().for_each(|measures| comparison.after.add(measures));
    }
    Ok(comparison)
}

pub async fn import_plan_get(context: &Context, input: PlanRef) -> Result<ImportPlan> {
    Ok(planned(context, input.plan_id).await?.plan.clone())
}

async fn planned(context: &Context, id: PlanId) -> Result<Arc<Planned>> {
    context.app.plans.lock().await.get(&id).cloned().ok_or_else(|| AppError::refused("plan-gone"))
}

pub async fn import_plan_discard(context: &Context, input: PlanRef) -> Result<()> {
    context.app.plans.lock().await.remove(&input.plan_id);
    Ok(())
}

pub async fn import_commit(context: &Context, request: CommitRequest) -> Result<ImportSummary> {
    let planned = planned(context, request.plan_id).await?;
    let (plan, batch) = (&planned.plan, &planned.batch);
    let nothing =
        |skipped| ImportSummary { import_id: None, rows: 0, bad: plan.rows.bad, cells: 0, skipped, unchanged: true };
    let all_cells = batch.cells.len() as u64;
    if plan.rows.good == 0 {
        return Err(AppError::refused("no-good-rows").with("file", &plan.name).with("bad", plan.rows.bad));
    }
    if plan.already_imported.is_some() || plan.cells.new + plan.cells.conflict == 0 {
        context.app.plans.lock().await.remove(&request.plan_id);
        return Ok(nothing(all_cells));
    }
    let choice = match (planned.conflict_hours.is_empty(), request.on_conflict) {
        (true, _) => OnConflict::Keep,
        (false, Some(choice)) => choice,
        (false, None) => {
            return Err(AppError::refused("conflict-undecided").with("hours", planned.conflict_hours.len()));
        }
    };
    let store = context.store().await?;
    context.progress.report("backing-up", 0, None, Unit::Steps);
    let has_usage = store::usage::last_hour(&mut *store.read().await?).await?.is_some();
    if has_usage {
        backup::take(&store, Reason::Import).await?;
    }
    context.progress.check()?;
    let mut write = store.write().await?;
    let workspace = store::workspace::get(write.connection()).await?;
    if workspace.revision != plan.revision && !still_holds(&mut write, &planned).await? {
        return Err(AppError::refused("data-moved"));
    }
    let calendar = workspace.settings.calendar()?;
    let total = all_cells;
    context.progress.report("writing", 0, Some(total), Unit::Rows);
    let mut names = store::dimension::names(write.connection()).await?;
    let source_id = store::import::intern_source(&mut write, &plan.source, plan.format.name()).await?;
    let mut keys = Vec::with_capacity(batch.series.len());
    for series in &batch.series {
        let mut values = [0; 5];
        for (dimension, (slot, value)) in Dimension::ALL.into_iter().zip(values.iter_mut().zip(&series.values)) {
            *slot = store::dimension::intern(&mut write, &mut names, dimension, value).await?;
        }
        keys.push(SeriesKey {
            source: source_id,
            values,
            tier: series.tier.clone(),
            price: series.price,
            band: series.band,
            known: batch.known,
            reported_currency: batch.reported_currency,
        });
    }
    let ids = store::usage::intern_series(&mut write, &keys).await?;
    let dropped = |hour: &i64| {
        planned.same_hours.contains(hour) || (choice == OnConflict::Keep && planned.conflict_hours.contains(hour))
    };
    let mut cells: Vec<Cell> = batch
        .cells
        .iter()
        .filter(|cell| !dropped(&cell.hour))
        .map(|cell| Cell { hour: cell.hour, series: ids[cell.series as usize], measures: cell.measures })
        .collect();
    cells.sort_unstable_by_key(|cell| (cell.hour, cell.series));
    if cells.is_empty() {
        context.app.plans.lock().await.remove(&request.plan_id);
        return Ok(nothing(total));
    }
    if choice == OnConflict::Replace {
        let hours: Vec<i64> = planned.conflict_hours.iter().copied().collect();
        store::usage::remove_hours(&mut write, &calendar, source_id, &hours).await?;
    }
    let import = Import {
        n: 0,
        id: ImportId(Uuid::now_v7()),
        source_id,
        source: plan.source.clone(),
        format: plan.format.name().to_owned(),
        name: plan.name.clone(),
        sha256: plan.sha256.clone(),
        bytes: plan.bytes as i64,
        imported_at: context.now(),
        rows: plan.rows.good as i64,
        bad: plan.rows.bad as i64,
        hours: cells.first().map(|c| c.hour).zip(cells.last().map(|c| c.hour)),
        sample: false,
        mapping: serde_json::to_value(&planned.mapping).map_err(|e| AppError::Internal(e.to_string()))?,
    };
    let n = store::import::insert(&mut write, &import).await?;
    for (index, chunk) in cells.chunks(50_000).enumerate() {
        // Cancelled before the commit, the file is as it was.
        context.progress.check()?;
        store::usage::insert(&mut write, &calendar, n, chunk).await?;
        context.progress.report("writing", ((index + 1) * 50_000).min(cells.len()) as u64, Some(total), Unit::Rows);
    }
    if plan.format.is_mapped() {
        store::import::remember_mapping(&mut write, &planned.header, &import.mapping).await?;
    }
    activity::noted(&mut write, context, Area::Import, Action::Imported, &import.id.to_string(), &plan.name).await?;
    write.commit().await?;
    context.app.plans.lock().await.remove(&request.plan_id);
    Ok(ImportSummary {
        import_id: Some(import.id),
        rows: plan.rows.good,
        bad: plan.rows.bad,
        cells: cells.len() as u64,
        skipped: total - cells.len() as u64,
        unchanged: false,
    })
}

/// Whether a plan made at an earlier revision still says the truth about what is stored.
async fn still_holds(write: &mut store::Write, planned: &Planned) -> Result<bool> {
    let plan = &planned.plan;
    let Comparison { same, conflict, .. } =
        compare(write.connection(), &plan.source, plan.format, &planned.batch).await?;
    let earlier = store::import::by_hash(write.connection(), &plan.sha256).await?;
    let repeated = earlier.iter().any(|i| i.source == plan.source && i.format == plan.format.name());
    Ok(same == planned.same_hours && conflict == planned.conflict_hours && repeated == plan.already_imported.is_some())
}

/// What is wrong with a row, as a sentence that shows the value found.
fn issue_sentence(context: &Context, issue: &RowIssue) -> String {
    let value = issue.value.as_deref().unwrap_or_default();
    let mut args: Vec<_> = issue.params.iter().map(|(name, text)| (name.as_str(), text.as_str().into())).collect();
    args.push(("value", value.into()));
    context.text(&format!("issue-{}", issue.code), &args)
}

pub async fn import_issues_export(context: &Context, request: IssuesExport) -> Result<Exported> {
    let planned = planned(context, request.plan_id).await?;
    let path = crate::workspace::expand(&request.path);
    let mut csv = String::from("row,column,reason,value\n");
    for issue in &planned.batch.issues {
        let reason = issue_sentence(context, issue);
        let row = issue.row.map_or(String::new(), |row| row.to_string());
        let cells =
            [row.as_str(), issue.column.as_deref().unwrap_or(""), &reason, issue.value.as_deref().unwrap_or("")];
        csv.push_str(&cells.map(report::export::csv_cell).join(","));
        csv.push('\n');
    }
    crate::files::write_whole(&path, csv)?;
    Ok(Exported { path: path.to_string_lossy().into_owned(), rows: planned.batch.issues.len() as u64 })
}

pub async fn imports(context: &Context, (): ()) -> Result<Vec<ImportRow>> {
    let store = context.store().await?;
    let imports = store::import::list(&mut *store.read().await?).await?;
    Ok(imports
        .into_iter()
        .map(|i| ImportRow {
            id: i.id,
            name: i.name,
            format: i.format,
            source: i.source,
            imported_at: i.imported_at,
            bytes: i.bytes,
            rows: i.rows,
            bad: i.bad,
            period: i.hours.and_then(|(from, to)| instants(from, to + 3600)),
            sample: i.sample,
        })
        .collect())
}

/// What an import's place in the activity log says: that it was there.
#[derive(Serialize)]
struct WasThere {
    id: ImportId,
}

/// Takes a whole import back. A backup is made first; undo brings the import back as it was.
pub async fn import_revert(context: &Context, input: ImportRef) -> Result<()> {
    let store = context.store().await?;
    let import = store::import::get(&mut *store.read().await?, input.id).await?;
    backup::take(&store, Reason::Import).await?;
    let mut write = store.write().await?;
    let calendar = store::workspace::settings(write.connection()).await?.calendar()?;
    if let Some((from, to)) = import.hours {
        store::usage::set_aside(&mut write, &calendar, import.n, (from, to)).await?;
    }
    store::import::set_reverted(&mut write, import.n, true).await?;
    let before = WasThere { id: import.id };
    activity::reverted(&mut write, context, Area::Import, &import.id.to_string(), &import.name, &before).await?;
    write.commit().await?;
    Ok(())
}

/// Brings a reverted import back.
///
/// # Errors
/// `imported-again` when the same file has come in anew since: both would count.
pub(crate) async fn undo_revert(write: &mut store::Write, id: ImportId) -> Result<()> {
    let import = store::import::get(write.connection(), id).await?;
    let same = store::import::by_hash(write.connection(), &import.sha256).await?;
    if same.iter().any(|other| other.source_id == import.source_id) {
        return Err(AppError::refused("imported-again").with("file", import.name));
    }
    let calendar = store::workspace::settings(write.connection()).await?.calendar()?;
    if let Some(hours) = import.hours {
        store::usage::put_back(write, &calendar, import.n, hours).await?;
    }
    Ok(store::import::set_reverted(write, import.n, false).await?)
}
