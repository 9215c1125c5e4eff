//! Importing usage: a look, a plan, and the commit of exactly that plan.

use std::collections::{HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::DateTime;
use domain::id::{ImportId, PlanId};
use domain::money::{Currency, Femtos, Money};
use domain::price::PriceBook;
use domain::usage::{Dimension, Measures};
use ingest::mapping::FieldMapping;
use ingest::sniff::{self, SourceColumn};
pub use ingest::{Field, UsageFormat};
use ingest::{RowIssue, UsageBatch, read_usage};
use store::backup::{self, Reason};
use store::import::Import;
use store::usage::{Cell, SeriesKey};
use uuid::Uuid;

use crate::activity::{self, Action, Area};
use crate::job::Unit;
use crate::view::{Exported, TokenTotals, Unpriced};
use crate::workspace::PathInput;
use crate::{AppError, Context, Result};

mod compare;
mod revert;
mod wire;

use compare::{Comparison, compare, conflict_view};
pub use revert::*;
pub use wire::*;

/// A plan as kept until it is committed.
pub struct Planned {
    plan: ImportPlan,
    /// The file it was made of.
    path: PathBuf,
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
    let planned =
        Planned { plan: plan.clone(), path, batch, mapping: request.mapping, header, conflict_hours, same_hours };
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
    let target = crate::target::Target::file(context, path, request.replace).await?.apart_from(&planned.path)?;
    let mut csv = String::from("row,column,reason,value\n");
    for issue in &planned.batch.issues {
        let reason = issue_sentence(context, issue);
        let row = issue.row.map_or(String::new(), |row| row.to_string());
        let cells =
            [row.as_str(), issue.column.as_deref().unwrap_or(""), &reason, issue.value.as_deref().unwrap_or("")];
        csv.push_str(&cells.map(report::export::csv_cell).join(","));
        csv.push('\n');
    }
    target.write(csv)?;
    Ok(Exported { path: target.path.to_string_lossy().into_owned(), rows: planned.batch.issues.len() as u64 })
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
