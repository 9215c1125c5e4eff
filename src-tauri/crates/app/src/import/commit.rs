//! Writing what was planned: in one transaction, after a backup, if what was said in the preview still holds.

use std::collections::BTreeSet;

use domain::id::ImportId;
use domain::overlap::{EdgeRow, SessionTrace};
use domain::usage::{Dimension, Measures};
use ingest::{Hour, UsageBatch};
use store::backup::{self, Reason};
use store::import::Import;
use store::usage::Cell;
use store::workspace::Workspace;
use uuid::Uuid;

use super::merge::{self, Candidate, Interior, PLANNED, Resolution};
use super::{
    CommitRequest, FeedOverlap, ImportSummary, LeftOut, OnConflict, Planned, demand, feeds, hours_of, instants,
    planned, revert,
};
use super::{IMPORT, plans};
use crate::activity::{self, Action};
use crate::job::Unit;
use crate::{AppError, Context, Result};

pub async fn import_commit(context: &Context, request: CommitRequest) -> Result<ImportSummary> {
    let planned = planned(context, request.plan_id).await?;
    let (plan, batch) = (&planned.plan, &planned.batch);
    if plan.rows.good == 0 {
        return Err(AppError::refused("no-good-rows").with("file", &plan.name).with("bad", plan.rows.bad));
    }
    // Other bytes that add nothing are kept: they stand when the file that told of it first is taken back.
    if plan.already_imported.is_some() {
        plans(context).await?.lock().await.remove(&request.plan_id);
        return Ok(ImportSummary {
            import_id: None,
            rows: 0,
            bad: plan.rows.bad,
            cells: 0,
            replaced: 0,
            skipped: batch.cells.len() as u64,
            left_out: None,
            unchanged: true,
        });
    }
    let answer = match (planned.conflict_hours.is_empty(), request.on_conflict) {
        (true, _) => None,
        (false, Some(answer)) => Some(answer),
        (false, None) => {
            return Err(AppError::refused("conflict-undecided").with("hours", planned.conflict_hours.len()));
        }
    };
    for overlap in &plan.overlaps {
        if !request.feeds.iter().any(|feed| feed.source_id == overlap.source_id) {
            return Err(AppError::refused("feeds-undecided").with("feed", &overlap.source).with("days", overlap.days));
        }
    }
    let store = context.store().await?;
    context.progress.report("backing-up", 0, None, Unit::Steps);
    let has_usage = store::usage::last_hour(&mut *store.read().await?).await?.is_some();
    if has_usage {
        backup::take(&store, Reason::Import).await?;
    }
    context.progress.check()?;
    let mut write = store.write().await?;
    let workspace = store::workspace::get(write.connection()).await?;
    let source_id = store::import::source_id(write.connection(), &plan.source, plan.format.name()).await?;
    let candidate = Candidate { batch, interior: &planned.interior, replaces: planned.replaces, answer };
    let resolution = merge::resolve(write.connection(), source_id, hours_of(batch), Some(&candidate)).await?;
    if workspace.revision != plan.revision
        && !(still_holds(&mut write, &planned, &workspace, source_id, &resolution).await?
            && no_other_feed_came(context, &mut write, &planned, source_id).await?)
    {
        return Err(AppError::refused("data-moved"));
    }
    let calendar = workspace.settings.calendar()?;
    let total = batch.cells.len() as u64;
    context.progress.report("writing", 0, Some(total), Unit::Rows);
    let source_id = store::import::intern_source(&mut write, &plan.source, plan.format.name()).await?;
    let ids = intern_series(&mut write, batch, source_id).await?;
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
        hours: batch.cells.hours().first().map(|h| h.hour).zip(batch.cells.hours().last().map(|h| h.hour)),
        span: batch.span,
        sample: false,
        mapping: serde_json::to_value(&planned.mapping).map_err(|e| AppError::Internal(e.to_string()))?,
        replaces: planned.replaces,
        answer,
        reverted: false,
    };
    let n = store::import::insert(&mut write, &import).await?;
    let kept = Kept::of(&planned.interior, &ids);
    store::import::keep_edges(&mut write, n, &kept.edges, &kept.traces).await?;
    let is_alone = resolution.is_alone(PLANNED) && planned.replaces.is_none();
    let mut written = 0;
    let mut hours = planned.interior.hours(batch).peekable();
    while hours.peek().is_some() {
        // Cancelled before the commit, the file is as it was.
        context.progress.check()?;
        let chunk = next_cells(&planned, &mut hours, &ids)?;
        if is_alone {
            store::usage::insert(&mut write, &calendar, (n, source_id), &chunk).await?;
        } else {
            store::usage::insert_hours(&mut write, (n, source_id), false, &chunk).await?;
        }
        written += chunk.len() as u64;
        context.progress.report("writing", written, Some(total), Unit::Rows);
    }
    let place = (n, source_id, is_alone);
    demand::write_interior(&mut write, context, place, (batch, &planned.interior, &ids)).await?;
    if is_alone {
        let shared = merge::alone(&kept.edges, &kept.traces);
        store::usage::insert(&mut write, &calendar, (store::usage::SHARED, source_id), &shared).await?;
        let rows: Vec<(i64, EdgeRow)> =
            kept.edges.iter().flat_map(|(hour, rows)| rows.iter().map(|row| (*hour, *row))).collect();
        demand::write_shared(&mut write, source_id, &rows).await?;
    } else {
        let mut hours = hours_of(batch);
        if let Some(replaced) = planned.replaces {
            hours = revert::set_in_force(&mut write, replaced, false)
                .await?
                .map_or(hours, |(first, last)| (hours.0.min(first), hours.1.max(last)));
        }
        merge::settle(&mut write, &calendar, source_id, hours).await?;
    }
    for feed in &request.feeds {
        feeds::answer(&mut write, source_id, feed.source_id, feed.basis).await?;
    }
    if plan.format.is_mapped() {
        store::import::remember_mapping(&mut write, &planned.header, &import.mapping).await?;
    }
    activity::noted(&mut write, context, IMPORT, Action::Imported, &import.id.to_string(), &plan.name).await?;
    write.commit().await?;
    plans(context).await?.lock().await.remove(&request.plan_id);
    let left_out = (answer == Some(OnConflict::Keep)).then(|| left_out(&planned.conflict_hours, &resolution)).flatten();
    let left = left_out.as_ref().map_or(0, |_| plan.cells.conflict);
    let replaced = if answer == Some(OnConflict::Replace) { plan.cells.conflict } else { 0 };
    Ok(ImportSummary {
        import_id: Some(import.id),
        rows: plan.rows.good,
        bad: plan.rows.bad,
        cells: total - plan.cells.same - left - replaced,
        replaced,
        skipped: plan.cells.same,
        left_out,
        unchanged: planned.adds_nothing,
    })
}

/// What an answer leaves out of the figures; it is kept, and can be brought in later.
fn left_out(hours: &BTreeSet<i64>, resolution: &Resolution) -> Option<LeftOut> {
    let mut sum = Measures::default();
    for hour in hours {
        sum.add(&resolution.sides(*hour, PLANNED).1);
    }
    Some(LeftOut {
        hours: hours.len() as u32,
        period: instants(*hours.first()?, *hours.last()? + 3600)?,
        requests: sum.requests.to_string(),
        tokens: sum.tokens.total().to_string(),
    })
}

/// The ids of a file's series, made where new.
async fn intern_series(write: &mut store::Write, batch: &UsageBatch, source: u32) -> Result<Vec<u32>> {
    let mut names = store::dimension::names(write.connection()).await?;
    let mut keys = Vec::with_capacity(batch.series.len());
    for series in &batch.series {
        let mut values = [0; 5];
        for (dimension, (slot, value)) in Dimension::ALL.into_iter().zip(values.iter_mut().zip(&series.values)) {
            *slot = store::dimension::intern(write, &mut names, dimension, value).await?;
        }
        keys.push(merge::key(series, source, values, batch));
    }
    Ok(store::usage::intern_series(write, &keys).await?)
}

/// Cells written at a time.
const CHUNK: usize = 10_000;

/// The cells of the next whole hours by the series of the store, in the order of the store's key.
fn next_cells<'h>(planned: &Planned, hours: &mut impl Iterator<Item = &'h Hour>, ids: &[u32]) -> Result<Vec<Cell>> {
    let (mut chunk, mut buffer): (Vec<Cell>, _) = (Vec::with_capacity(CHUNK), Vec::new());
    while chunk.len() < CHUNK
        && let Some(hour) = hours.next()
    {
        let first = chunk.len();
        planned.interior.each(&planned.batch, hour, &mut buffer, |series, measures| {
            chunk.push(Cell { hour: hour.hour, series: ids[series as usize], measures });
        })?;
        chunk[first..].sort_unstable_by_key(|cell| cell.series);
    }
    Ok(chunk)
}

/// A file's edges and traces by the series of the store.
struct Kept {
    edges: Vec<(i64, Vec<EdgeRow>)>,
    traces: Vec<SessionTrace>,
}

impl Kept {
    fn of(interior: &Interior, ids: &[u32]) -> Self {
        let id = |series: u32| ids[series as usize];
        let row = |row: &EdgeRow| EdgeRow { series: id(row.series), ..*row };
        let edges = interior.edges.iter().map(|(hour, rows)| (*hour, rows.iter().map(row).collect())).collect();
        let trace = |trace: &SessionTrace| SessionTrace { series: id(trace.series), ..*trace };
        Self { edges, traces: interior.traces.iter().map(trace).collect() }
    }
}

/// Whether a plan made at an earlier revision still says the truth about what is stored.
async fn still_holds(
    write: &mut store::Write,
    planned: &Planned,
    workspace: &Workspace,
    source: Option<u32>,
    resolution: &Resolution,
) -> Result<bool> {
    // Its rows were priced by the prices of then, and cut into the days of the zone of then.
    if workspace.prices_revision > planned.plan.revision || workspace.settings.time_zone != planned.time_zone {
        return Ok(false);
    }
    if let Some(source) = source.filter(|_| planned.plan.already_imported.is_none())
        && !merge::days_cut_otherwise(write.connection(), source, &planned.batch, planned.replaces).await?.is_empty()
    {
        return Ok(false);
    }
    let earlier = store::import::by_hash(write.connection(), &planned.plan.sha256).await?;
    let mut same_feed = earlier.iter().filter(|i| Some(i.source_id) == source);
    let unchanged = match planned.replaces {
        Some(n) => same_feed.any(|i| i.n == n),
        None => same_feed.next().is_none(),
    };
    Ok(unchanged
        && (planned.plan.already_imported.is_some() || resolution.conflicts_of(PLANNED) == planned.conflict_hours)
        && resolution.adds_nothing(PLANNED) == planned.adds_nothing)
}

/// Whether no feed has come in since a plan was made that tells of the same traffic, and that nobody was asked about. The writer
/// is held meanwhile: what is loaded is what will be written to.
async fn no_other_feed_came(
    context: &Context,
    write: &mut store::Write,
    planned: &Planned,
    source: Option<u32>,
) -> Result<bool> {
    if planned.plan.already_imported.is_some() {
        return Ok(true);
    }
    let loaded = crate::economics::load(context).await?;
    let pairs = store::import::feed_pairs(write.connection()).await?;
    let sources = store::import::sources(write.connection()).await?;
    let now = feeds::overlaps(&loaded, &planned.batch, source, &pairs, &sources)?;
    let asked = |found: &FeedOverlap| planned.plan.overlaps.iter().any(|one| one.source_id == found.source_id);
    Ok(now.iter().all(asked))
}
