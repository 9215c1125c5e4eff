//! Objectives and measurements out of files, and objectives into one.

use domain::id::{SloId, SloImportId};
use domain::slo::Point;
use ingest::RowIssue;
use ingest::slo::{Meaning, MeasureColumns, MeasureOptions, Measured, Minutes, read_definitions, read_measurements};
use serde::{Deserialize, Serialize};
use store::slo::{Slo, SloImport};
use ts_rs::TS;
use uuid::Uuid;

use super::{SloDraft, keep, scope_text, window_text};
use crate::job::Unit;
use crate::target::{Agreed, Target, refuse_to_read};
use crate::view::Exported;
use crate::{AppError, Context, Result, activity};

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SloFileRequest {
    pub path: String,
}

/// An objective a file holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SloFound {
    pub name: String,
    pub service: String,
    pub indicator_text: String,
    pub objective_text: String,
    pub window_text: String,
    /// What would become of it.
    pub becomes: SloBecomes,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum SloBecomes {
    New,
    /// One of this service and name is here and says something else.
    Changed,
    Same,
}

/// What a file of objectives would bring.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SloFilePlan {
    pub slos: Vec<SloFound>,
    pub issues: Vec<RowIssue>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SloFileMade {
    pub made: u32,
    pub changed: u32,
    pub same: u32,
    pub issues: u32,
}

async fn definitions(context: &Context, path: &str) -> Result<ingest::slo::Definitions> {
    let path = context.app.path(path);
    refuse_to_read(context, &path).await?;
    let work = tokio::task::spawn_blocking(move || read_definitions(&path));
    Ok(work.await.map_err(|error| AppError::Internal(error.to_string()))??)
}

/// The one of this service and name that is here.
fn known<'s>(all: &'s [Slo], details: &domain::slo::SloDetails) -> Option<&'s Slo> {
    all.iter().find(|slo| slo.details.service == details.service && slo.details.name == details.name)
}

/// What a person wrote here stays where a file says nothing of it.
fn merged(before: &Slo, mut details: domain::slo::SloDetails) -> domain::slo::SloDetails {
    if details.owner.is_empty() {
        details.owner.clone_from(&before.details.owner);
    }
    if details.notes.is_empty() {
        details.notes.clone_from(&before.details.notes);
    }
    details
}

pub async fn slo_file(context: &Context, request: SloFileRequest) -> Result<SloFilePlan> {
    let found = definitions(context, &request.path).await?;
    let store = context.store().await?;
    let all = store::slo::list(&mut *store.read().await?).await?;
    let slos = found
        .slos
        .iter()
        .map(|details| SloFound {
            name: details.name.clone(),
            service: details.service.clone(),
            indicator_text: scope_text(context, &details.indicator),
            objective_text: format!("{} %", details.objective),
            window_text: window_text(context, details.window),
            becomes: match known(&all, details) {
                None => SloBecomes::New,
                Some(before) if merged(before, details.clone()) == before.details => SloBecomes::Same,
                Some(_) => SloBecomes::Changed,
            },
        })
        .collect();
    Ok(SloFilePlan { slos, issues: found.issues })
}

/// Brings the objectives of a file in; those that are here by service and name become what the file says.
pub async fn slo_file_commit(context: &Context, request: SloFileRequest) -> Result<SloFileMade> {
    let found = definitions(context, &request.path).await?;
    if found.slos.is_empty() {
        return Err(AppError::refused("slo-file-empty"));
    }
    let store = context.store().await?;
    let mut write = store.write().await?;
    let all = store::slo::list(write.connection()).await?;
    let mut done = SloFileMade { made: 0, changed: 0, same: 0, issues: found.issues.len() as u32 };
    for details in found.slos {
        let draft = match known(&all, &details) {
            None => {
                done.made += 1;
                SloDraft { id: None, details }
            }
            Some(before) => {
                let details = merged(before, details);
                *(if details == before.details { &mut done.same } else { &mut done.changed }) += 1;
                SloDraft { id: Some(before.id), details }
            }
        };
        keep(context, &mut write, draft).await?;
    }
    write.commit().await?;
    Ok(done)
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SloExport {
    pub path: String,
    #[serde(default)]
    pub replace: bool,
    #[serde(default)]
    pub create_folder: bool,
}

/// Writes every objective as OpenSLO, a document each.
pub async fn slo_export(context: &Context, request: SloExport) -> Result<Exported> {
    let mut path = context.app.path(&request.path);
    if path.extension().is_none() && !path.as_os_str().is_empty() && !path.is_dir() {
        path.set_extension("yaml");
    }
    let agreed = Agreed { replace: request.replace, create_folder: request.create_folder };
    let target = Target::file(context, path, agreed).await?;
    let store = context.store().await?;
    let all = store::slo::list(&mut *store.read().await?).await?;
    let details: Vec<_> = all.into_iter().map(|slo| slo.details).collect();
    if details.is_empty() {
        return Err(AppError::refused("slo-none"));
    }
    target.write(ingest::slo::export_openslo(&details))?;
    Ok(Exported { path: target.path.to_string_lossy().into_owned(), rows: details.len() as u64 })
}

/// A file of measurements for an objective.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SloMeasureRequest {
    pub id: SloId,
    pub path: String,
    /// What the series of a Prometheus file are; of no account for a table.
    #[serde(default)]
    #[ts(optional)]
    pub meaning: Option<Meaning>,
    #[serde(default)]
    #[ts(optional)]
    pub columns: Option<MeasureColumns>,
    #[serde(default)]
    #[ts(optional)]
    pub decimal_comma: Option<bool>,
    #[serde(default)]
    #[ts(optional)]
    pub day_first: Option<bool>,
}

/// What came in.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SloMeasured {
    pub id: SloImportId,
    #[ts(type = "number")]
    pub points: u64,
    #[ts(type = "number")]
    pub read: u64,
    pub issues: Vec<RowIssue>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SloImportRef {
    pub id: SloImportId,
}

pub(crate) const SLO_IMPORT: &str = "slo-import";

/// Issues that are kept of a file: whoever has more reads the first of them.
const MOST_ISSUES: usize = 1_000;
const DAY: i64 = 24 * 60;

/// Brings measurements of a file in, minute by minute; where two files tell of one minute, the later one does.
pub async fn slo_measure(context: &Context, request: SloMeasureRequest) -> Result<SloMeasured> {
    let path = context.app.path(&request.path);
    refuse_to_read(context, &path).await?;
    let store = context.store().await?;
    let (slo, zone, imports) = {
        let mut snapshot = store.read().await?;
        let settings = store::workspace::settings(&mut snapshot).await?;
        let slo = store::slo::get(&mut snapshot, request.id).await?;
        let zone = slo.details.zone.parse().unwrap_or(settings.calendar()?.zone);
        (slo, zone, store::slo::imports(&mut snapshot, request.id).await?)
    };
    if !matches!(slo.details.indicator, domain::slo::definition::Indicator::Measured { .. }) {
        return Err(AppError::refused("slo-measured-by-usage"));
    }
    let options = MeasureOptions {
        columns: request.columns,
        decimal_comma: request.decimal_comma,
        day_first: request.day_first,
        ..MeasureOptions::new(request.meaning.unwrap_or(Meaning::Ratio), Some(zone))
    };
    let (reading, progress) = (path.clone(), context.progress.clone());
    let work = tokio::task::spawn_blocking(move || {
        let mut minutes = Minutes::default();
        let measured =
            read_measurements(&reading, &options, &mut |minute, told| minutes.add(minute, told), &mut |done| {
                progress.report("reading", done.bytes, Some(done.total), Unit::Bytes);
                !progress.is_cancelled()
            })?;
        let (points, issues) = minutes.finish();
        Ok::<(Measured, Vec<Point>, Vec<RowIssue>), ingest::IngestError>((measured, points, issues))
    });
    let (measured, points, more) = work.await.map_err(|error| AppError::Internal(error.to_string()))??;
    if imports.iter().any(|import| !import.reverted && import.sha256 == measured.sha256) {
        return Err(AppError::refused("slo-measured-already"));
    }
    if points.is_empty() {
        return Err(AppError::refused("slo-measured-nothing"));
    }
    let mut issues = measured.issues;
    issues.extend(more);
    let mut write = store.write().await?;
    let import = SloImport {
        id: SloImportId(Uuid::now_v7()),
        slo: slo.id,
        name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        sha256: measured.sha256,
        at: context.now(),
        points: points.len() as u64,
        step: measured.step.unwrap_or(1).max(1),
        issues: issues.len() as u64,
        reverted: false,
    };
    store::slo::import_add(&mut write, &import).await?;
    for day in points.chunk_by(|one, other| one.minute.div_euclid(DAY) == other.minute.div_euclid(DAY)) {
        store::slo::day_add(&mut write, import.id, day[0].minute.div_euclid(DAY), day).await?;
        context.progress.check()?;
    }
    let there = serde_json::json!({ "id": import.id, "points": import.points });
    let id = import.id.to_string();
    activity::created(&mut write, context, SLO_IMPORT, &id, &slo.details.name, &there).await?;
    write.commit().await?;
    issues.truncate(MOST_ISSUES);
    Ok(SloMeasured { id: import.id, points: import.points, read: measured.read, issues })
}

/// Takes what a file told back.
pub async fn slo_measure_revert(context: &Context, input: SloImportRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let import = store::slo::import_get(write.connection(), input.id).await?;
    if import.reverted {
        return Ok(());
    }
    let slo = store::slo::get(write.connection(), import.slo).await?;
    let there = serde_json::json!({ "id": import.id, "points": import.points });
    let id = import.id.to_string();
    activity::reverted(&mut write, context, SLO_IMPORT, &id, &slo.details.name, &there).await?;
    store::slo::import_set_reverted(&mut write, import.id, true).await?;
    write.commit().await?;
    Ok(())
}

/// Whether an import counts is what the log's last word on it says.
pub(super) async fn put_back_import(write: &mut store::Write, activity: &store::activity::Activity) -> Result<()> {
    let id = activity::id_of(activity)?;
    store::slo::import_set_reverted(write, id, activity.before.is_none()).await?;
    Ok(())
}
