//! Importing usage: a look, a plan, and the commit of exactly that plan.

use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::DateTime;
use domain::economics::BasisKind;
use domain::id::PlanId;
use domain::money::{Currency, Femtos, Money};
use domain::price_book::PriceBook;
use domain::usage::Measures;
use ingest::mapping::FieldMapping;
use ingest::sniff::{self, SourceColumn};
pub use ingest::{Field, UsageFormat};
use ingest::{Reading, RowIssue, UsageBatch, read_usage};
use store::import::Import;
use tokio::sync::Mutex;
use uuid::Uuid;

use crate::job::Unit;
use crate::view::{Exported, PathInput, TokenTotals, Unpriced};

use crate::{AppError, Context, Result};

mod commit;
mod coverage;
mod demand;
mod effect;
pub(crate) mod feeds;
pub(crate) mod merge;
mod preview;
mod revert;
mod wire;

pub use commit::import_commit;
pub use coverage::import_coverage;
pub use effect::import_effect;
use merge::{Candidate, Interior, PLANNED, Resolution};
pub use revert::*;
pub use wire::*;

/// A plan as kept until it is committed.
pub struct Planned {
    plan: ImportPlan,
    /// The file it was made of.
    path: PathBuf,
    batch: UsageBatch,
    interior: Interior,
    mapping: FieldMapping,
    header: String,
    /// The import of the same bytes, read otherwise, in whose place this one will stand.
    replaces: Option<i64>,
    /// Hours this feed has told about, in which the file says something else.
    conflict_hours: BTreeSet<i64>,
    /// Everything in the file is there already.
    adds_nothing: bool,
    /// The workspace's, by which its hours were cut.
    time_zone: String,
}

/// What is planned for the open workspace and not yet committed.
type Plans = Mutex<HashMap<PlanId, Arc<Planned>>>;

async fn plans(context: &Context) -> Result<Arc<Plans>> {
    Ok(context.app.open().await?.kept.slot())
}

/// Plans kept at once; each holds a roll-up in memory.
const MAX_PLANS: usize = 3;

pub async fn import_inspect(context: &Context, input: PathInput) -> Result<FileInspection> {
    let path = context.app.path(&input.path);
    crate::target::refuse_to_read(context, &path).await?;
    let sniffed = blocking({
        let path = path.clone();
        move || Ok(sniff::sniff(&path)?)
    })
    .await?;
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let header = header_key(&sniffed.columns);
    let known = store::import::mapping(&mut snapshot, &header).await?;
    let remembered: Option<FieldMapping> = known.clone().and_then(|mapping| serde_json::from_value(mapping).ok());
    let format = sniffed.formats.first().copied().unwrap_or(UsageFormat::GenericCsv);
    let imports = store::import::list(&mut snapshot).await?;
    let same_size = imports.iter().filter(|i| i.bytes as u64 == sniffed.bytes && i.name == sniffed.name);
    let already = same_size.map(|i| i.imported_at).max();
    // A dedicated format comes from one place; of mapped files only those read the same way do.
    let is_alike = |import: &Import| !format.is_mapped() || known.as_ref() == Some(&import.mapping);
    let source =
        imports.iter().find(|i| i.format == format.name() && !i.sample && is_alike(i)).map(|i| i.source.clone());
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
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
        known_providers: store::price::providers(&mut snapshot).await?,
        source: source.unwrap_or_else(|| feed_name(&stem).to_owned()),
    })
}

/// What a file's feed is probably called: "gateway-2026-09" is one of the feed "gateway".
fn feed_name(stem: &str) -> &str {
    let is_date = |text: &str| text.len() >= 4 && text.chars().all(|c| c.is_ascii_digit() || "-_. T".contains(c));
    let cuts = stem.match_indices(['-', '_', '.', ' ']).map(|(at, _)| at);
    let year = |at: &usize| stem[at + 1..].starts_with("20") && is_date(&stem[at + 1..]);
    cuts.into_iter().find(year).map_or(stem, |at| stem[..at].trim_end_matches(['-', '_', '.', ' '])).trim()
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
    let path = context.app.path(&request.path);
    let source =
        Some(request.source.trim()).filter(|s| !s.is_empty()).ok_or_else(|| AppError::field("source", "required"))?;
    let open = context.app.open().await?;
    let store = open.store.clone();
    let (format, mapping) =
        (request.format, if request.format.is_mapped() { request.mapping } else { Default::default() });
    let (prices, settings, revision, source_id, seams) = {
        let mut snapshot = store.read().await?;
        let workspace = store::workspace::get(&mut snapshot).await?;
        let source_id = store::import::source_id(&mut snapshot, source, format.name()).await?;
        let seams = merge::seams(&mut snapshot, source_id).await?;
        let prices = crate::economics::prices(&open.kept, &mut snapshot, &workspace).await?;
        (prices, workspace.settings, workspace.revision, source_id, seams)
    };
    let calendar = settings.calendar()?;
    let progress = context.progress.clone();
    let (batch, header, bytes) = blocking({
        let (path, mapping, prices) = (path.clone(), mapping.clone(), prices.clone());
        move || {
            let mut report = |p: ingest::Progress| {
                progress.report("reading", p.bytes, Some(p.total), Unit::Bytes);
                !progress.is_cancelled()
            };
            let sniffed = sniff::sniff(&path)?;
            let reading = Reading { book: &prices.book, calendar: &calendar, seams: &seams };
            let batch = read_usage(&path, format, &mapping, reading, &mut report)?;
            Ok((batch, header_key(&sniffed.columns), sniffed.bytes))
        }
    })
    .await?;
    if batch.counts.good == 0 {
        refuse_unreadable(&batch, &path)?;
    }
    context.progress.report("comparing", 0, None, Unit::Steps);
    let loaded = crate::economics::load(context).await?;
    let mut snapshot = store.read().await?;
    let earlier = store::import::by_hash(&mut snapshot, &batch.sha256).await?;
    let same_feed: Vec<&Import> = earlier.iter().filter(|i| Some(i.source_id) == source_id).collect();
    let meaning = serde_json::to_value(&mapping).map_err(|e| AppError::Internal(e.to_string()))?;
    let same_meaning = same_feed.iter().find(|i| !format.is_mapped() || i.mapping == meaning);
    // The same bytes, read otherwise: this reading takes the place of that one.
    let replaces = same_feed.first().filter(|_| same_meaning.is_none());
    if let Some(id) = source_id.filter(|_| same_meaning.is_none()) {
        let days = merge::days_cut_otherwise(&mut snapshot, id, &batch, replaces.map(|i| i.n)).await?;
        if !days.is_empty() {
            return Err(AppError::refused("days-cut-otherwise").with("feed", source).with("days", days.len()));
        }
    }
    let mut batch = batch;
    let interior = Interior::of(&mut batch);
    let candidate = Candidate { batch: &batch, interior: &interior, replaces: replaces.map(|i| i.n), answer: None };
    let resolution = merge::resolve(&mut snapshot, source_id, hours_of(&batch), Some(&candidate)).await?;
    let (same_hours, mut conflict_hours) = (resolution.same_of(PLANNED), resolution.conflicts_of(PLANNED));
    // A file that is there already is asked nothing: where it differs from another was answered when the later one came in.
    let overruled = if same_meaning.is_some() { std::mem::take(&mut conflict_hours).len() } else { 0 };
    let count_cells = |hours: &BTreeSet<i64>| -> u64 {
        let told = batch.cells.hours().iter().filter(|told| hours.contains(&merge::utc_hour(told.hour)));
        told.map(|told| u64::from(told.cells)).sum()
    };
    let (same, conflict) = (count_cells(&same_hours), count_cells(&conflict_hours));
    let pairs = store::import::feed_pairs(&mut snapshot).await?;
    let sources = store::import::sources(&mut snapshot).await?;
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
        period: batch.span.and_then(|(from, to)| instants(from.div_euclid(SECOND), to.div_euclid(SECOND))),
        cells: if same_meaning.is_some() || replaces.is_none() && resolution.adds_nothing(PLANNED) {
            CellCounts { new: 0, same: batch.cells.len() as u64, conflict: 0 }
        } else {
            CellCounts { new: batch.cells.len() as u64 - same - conflict, same, conflict }
        },
        conflict: conflict_view(&conflict_hours, &resolution, batch.reported_currency),
        overlaps: feeds::overlaps(&loaded, &batch, source_id, &pairs, &sources)?,
        totals: totals(&batch, &prices.book),
        models: preview::models(&batch, &prices.book, &loaded.vendors),
        volume: preview::volume(context, &batch, &calendar)?,
        issues: batch.issues.iter().take(500).cloned().collect(),
        issues_total: batch.counts.bad,
        unpriced: batch
            .unpriced()
            .into_iter()
            .map(|((vendor, model), (requests, tokens))| Unpriced {
                vendor_name: loaded.vendors.label(&vendor),
                vendor,
                model,
                requests: requests.to_string(),
                tokens: tokens.to_string(),
            })
            .collect(),
        notes: batch.notes.iter().map(|note| (*note).to_owned()).collect(),
        already_imported: same_meaning.map(|i| i.imported_at),
        overruled: overruled as u32,
        replaces: replaces.map(|i| i.imported_at),
        revision,
    };
    let replaces = replaces.map(|i| i.n);
    let adds_nothing = replaces.is_none() && resolution.adds_nothing(PLANNED);
    let planned = Planned {
        plan: plan.clone(),
        path,
        batch,
        interior,
        mapping,
        header,
        replaces,
        conflict_hours,
        adds_nothing,
        time_zone: settings.time_zone,
    };
    let kept = plans(context).await?;
    let mut plans = kept.lock().await;
    if plans.len() >= MAX_PLANS
        && let Some(oldest) = plans.keys().min_by_key(|id| id.0).copied()
    {
        plans.remove(&oldest);
    }
    plans.insert(plan.id, Arc::new(planned));
    Ok(plan)
}

const SECOND: i64 = 1_000_000_000;

/// Epoch seconds of a file's first and last UTC hour.
fn hours_of(batch: &UsageBatch) -> (i64, i64) {
    let (first, last) = batch.span.unwrap_or_default();
    (merge::utc_hour(first.div_euclid(SECOND)), merge::utc_hour(last.div_euclid(SECOND)))
}

fn conflict_view(hours: &BTreeSet<i64>, resolution: &Resolution, currency: Currency) -> Option<ConflictView> {
    let (first, last) = (hours.first()?, hours.last()?);
    let (mut before, mut after) = (Measures::default(), Measures::default());
    for hour in hours {
        let (there, here) = resolution.sides(*hour, PLANNED);
        before.add(&there);
        after.add(&here);
    }
    let is_stated = before.reported_nanos != 0 || after.reported_nanos != 0;
    let stated = |measures: &Measures| is_stated.then(|| Money::from_nanos(measures.reported_nanos, currency));
    Some(ConflictView {
        stated_before: stated(&before),
        stated_after: stated(&after),
        hours: hours.len() as u32,
        period: instants(*first, last + 3600)?,
        requests_before: before.requests.to_string(),
        requests_after: after.requests.to_string(),
        tokens_before: before.tokens.total().to_string(),
        tokens_after: after.tokens.total().to_string(),
        disjoint: hours.iter().all(|hour| resolution.is_disjoint(*hour, PLANNED)),
    })
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
    // What a series costs is what its cells cost together.
    for (series, measures) in batch.series.iter().zip(&batch.by_series) {
        sum.add(measures);
        if let Some(row) = series.price.and_then(|id| rows.get(&id)) {
            let cost = row.rates_of(series.band as usize).cost(&measures.tokens).total();
            *computed.entry(row.currency).or_default() += cost;
        }
    }
    let mut computed: Vec<Money> =
        computed.into_iter().map(|(currency, sum)| Money::from_nanos(sum.to_nanos(), currency)).collect();
    computed.sort_by_key(|money| money.currency());
    // Where no row states an amount, it is unknown.
    let states = |series: &ingest::RawSeries| matches!(series.basis, BasisKind::Reported | BasisKind::Charge(_));
    let is_stated = sum.reported_nanos != 0 || batch.series.iter().any(states);
    let reported = (batch.known.reported_cost && is_stated)
        .then(|| Money::from_nanos(sum.reported_nanos, batch.reported_currency))
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
    plans(context).await?.lock().await.get(&id).cloned().ok_or_else(|| AppError::refused("plan-gone"))
}

pub async fn import_plan_discard(context: &Context, input: PlanRef) -> Result<()> {
    plans(context).await?.lock().await.remove(&input.plan_id);
    Ok(())
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
    let path = context.app.path(&request.path);
    let target = crate::target::Target::file(
        context,
        path,
        crate::target::Agreed { replace: request.replace, create_folder: request.create_folder },
    )
    .await?
    .apart_from(&planned.path)?;
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
    let mut snapshot = store.read().await?;
    let calendar = store::workspace::settings(&mut snapshot).await?.calendar()?;
    let imports = store::import::list(&mut snapshot).await?;
    let day = |hour: i64| calendar.day_of_seconds(hour);
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
            days: i.hours.map(|(from, to)| (day(from), day(to))),
            sample: i.sample,
            answer: i.answer,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_feed_is_called_what_its_files_are_called_without_their_dates() {
        for (stem, feed) in [
            ("gateway-2026-09", "gateway"),
            ("gateway_20260901", "gateway"),
            ("gateway 2026-09-01_2026-09-07", "gateway"),
            ("prod.eu-2026", "prod.eu"),
            ("anthropic_usage", "anthropic_usage"),
            ("claude-2024x-notes", "claude-2024x-notes"),
            ("2026-09", "2026-09"),
            ("a-2026-09-final", "a-2026-09-final"),
        ] {
            assert_eq!(super::feed_name(stem), feed, "{stem}");
        }
    }
}
