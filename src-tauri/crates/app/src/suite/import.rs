//! Cases out of a file: what it holds, what that would change, and the change itself.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::Arc;

use domain::id::SuiteId;
use domain::suite::{Case, SuiteKind};
use ingest::RowIssue;
use ingest::bakeoff::told::CaseRecord;
use ingest::bakeoff::{BakeoffCounts, BakeoffFormat, ColumnMapping, ReadOptions, SniffedFile, Told};
use serde::{Deserialize, Serialize};
use store::suite::{StoredCase, Suite};
use ts_rs::TS;
use uuid::Uuid;

use super::{CaseRow, DiffView, Held, SUITE, case_row, difference, log_cases};
use crate::error::FieldError;
use crate::result_files::{collide, scoped, sniffed, told, unmapped};
use crate::{AppError, Context, Result, activity};

/// What becomes of the cases a draft holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CasesMode {
    /// Those of the file come beside them; one of the same id takes the place of the one that was there.
    #[default]
    Add,
    /// Only those of the file stay.
    Replace,
}

/// A file of cases, for a suite that is there or one that is made for it.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SuiteImport {
    pub path: String,
    pub id: Option<SuiteId>,
    /// Of a new suite; that of the file where nothing is typed.
    #[serde(default)]
    pub name: String,
    #[serde(default = "golden")]
    pub kind: SuiteKind,
    #[serde(default)]
    #[ts(optional)]
    pub format: Option<BakeoffFormat>,
    #[serde(default)]
    #[ts(optional)]
    pub mapping: Option<ColumnMapping>,
    #[serde(default)]
    pub mode: CasesMode,
}

fn golden() -> SuiteKind {
    SuiteKind::Golden
}

/// What an import of cases would do: nothing is written yet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SuitePreview {
    pub files: Vec<SniffedFile>,
    pub counts: BakeoffCounts,
    /// The first of them.
    pub rows: Vec<CaseRow>,
    pub cases: u32,
    pub diff: DiffCounts,
    pub issues: Vec<RowIssue>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DiffCounts {
    pub added: u32,
    pub removed: u32,
    pub changed: u32,
    pub unchanged: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SuiteImported {
    pub id: SuiteId,
    pub name: String,
    /// The draft the cases are in.
    pub version: u32,
    pub cases: u32,
    pub diff: DiffCounts,
    pub issues: Vec<RowIssue>,
}

const SHOWN: usize = 200;
/// Everything a file tells of cases.
struct Read {
    cases: Vec<Case>,
    counts: BakeoffCounts,
    issues: Vec<RowIssue>,
}

async fn read_cases(context: &Context, path: &Path, options: ReadOptions) -> Result<Read> {
    crate::target::refuse_to_read(context, path).await?;
    let (path, progress) = (path.to_owned(), context.progress.clone());
    let work = tokio::task::spawn_blocking(move || {
        let mut records: Vec<CaseRecord> = Vec::new();
        // Cases that results only name: by an id, and by what the rows of it are tagged with.
        let mut named: Vec<CaseRecord> = Vec::new();
        let mut places: HashMap<(Option<Arc<str>>, String), usize> = HashMap::new();
        let (counts, issues) = told(&path, &options, &progress, |told| {
            let (id, scope, tags, place) = match told {
                Told::Case(record) => return records.push(record),
                Told::Result(record) => (record.case_id, record.scope, record.tags, record.place),
                Told::Verdict(record) => (record.case_id, None, record.tags, record.place),
                _ => return,
            };
            let Some(id) = id else { return };
            let at = *places.entry((scope.clone(), id.clone())).or_insert_with(|| {
                named.push(CaseRecord { case: Case { id: Some(id), ..Case::default() }, scope, place });
                named.len() - 1
            });
            named[at].case.tags.extend(tags);
        })?;
        let in_full: HashSet<(Option<Arc<str>>, String)> =
            records.iter().filter_map(|one| Some((one.scope.clone(), one.case.id.clone()?))).collect();
        named.retain(|one| one.case.id.as_ref().is_some_and(|id| !in_full.contains(&(one.scope.clone(), id.clone()))));
        records.append(&mut named);
        let is_ambiguous =
            collide(records.iter().filter_map(|one| Some((one.case.id.as_deref()?, one.scope.as_deref()))));
        let cases = records
            .into_iter()
            .map(|CaseRecord { case, scope, .. }| match case.id {
                Some(id) if is_ambiguous => Case { id: Some(scoped(scope.as_deref(), &id)), ..case },
                _ => case,
            })
            .collect();
        Ok::<_, ingest::IngestError>(Read { cases, counts, issues })
    });
    Ok(work.await.map_err(|error| AppError::Internal(error.to_string()))??)
}

/// How a file of cases is read: as a person says, else as its header tells of cases.
fn options(files: &[SniffedFile], format: Option<BakeoffFormat>, said: Option<ColumnMapping>) -> ReadOptions {
    let is_said = said.as_ref().is_some_and(|said| !said.columns.is_empty() || !said.scores.is_empty());
    let mapping = match files {
        // Of one table that is told by its header; each of several has its own.
        [one] if !is_said && one.mapping.is_some() && one.formats.first().is_none_or(|format| format.is_mapped()) => {
            Some(ColumnMapping::said_or_guessed(said.as_ref(), &one.columns).for_cases())
        }
        _ => said,
    };
    ReadOptions { format, mapping }
}

/// The cases a draft would hold.
fn together(held: &[StoredCase], read: &[Case], mode: CasesMode) -> Vec<StoredCase> {
    let mut cases: Vec<StoredCase> = match mode {
        CasesMode::Add => held.to_vec(),
        CasesMode::Replace => Vec::new(),
    };
    let mut places: std::collections::HashMap<String, usize> =
        cases.iter().enumerate().filter_map(|(at, stored)| Some((stored.case.id.clone()?, at))).collect();
    for case in read {
        match case.id.as_ref().and_then(|id| places.get(id)) {
            Some(place) => cases[*place] = StoredCase { id: 0, case: case.clone() },
            None => {
                if let Some(id) = &case.id {
                    places.insert(id.clone(), cases.len());
                }
                cases.push(StoredCase { id: 0, case: case.clone() });
            }
        }
    }
    cases
}

fn counted(diff: &DiffView, before: usize, after: usize) -> DiffCounts {
    DiffCounts {
        added: (after as u32).saturating_sub(diff.unchanged).saturating_sub(diff.changed.len() as u32),
        removed: (before as u32).saturating_sub(diff.unchanged).saturating_sub(diff.changed.len() as u32),
        changed: diff.changed.len() as u32,
        unchanged: diff.unchanged,
    }
}

pub async fn suite_preview(context: &Context, input: SuiteImport) -> Result<SuitePreview> {
    let path = context.app.path(&input.path);
    let mut files = sniffed(&path)?;
    for file in &mut files {
        file.mapping = file.mapping.take().map(ColumnMapping::for_cases);
    }
    let options = options(&files, input.format, input.mapping);
    let read = match read_cases(context, &path, options).await {
        Ok(read) => read,
        Err(error) => {
            Read { issues: vec![unmapped(error, &files)?], cases: Vec::new(), counts: BakeoffCounts::default() }
        }
    };
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let held = match input.id {
        Some(id) => {
            let versions = store::suite::versions(&mut snapshot).await?;
            match versions.iter().find(|version| version.suite_id == id) {
                Some(newest) => store::suite::cases(&mut snapshot, newest.id).await?,
                None => Vec::new(),
            }
        }
        None => Vec::new(),
    };
    let after = together(&held, &read.cases, input.mode);
    let diff = difference(&held, &after);
    Ok(SuitePreview {
        files,
        counts: read.counts,
        rows: after.iter().take(SHOWN).enumerate().map(|(place, stored)| case_row(stored, place, 0)).collect(),
        cases: read.cases.len() as u32,
        diff: counted(&diff, held.len(), after.len()),
        issues: read.issues,
    })
}

pub async fn suite_import(context: &Context, input: SuiteImport) -> Result<SuiteImported> {
    let path = context.app.path(&input.path);
    let options = options(&sniffed(&path)?, input.format, input.mapping.clone());
    let read = read_cases(context, &path, options).await?;
    if read.cases.is_empty() {
        return Err(AppError::refused("no-cases").with("file", path.to_string_lossy()));
    }
    let store = context.store().await?;
    store::backup::take(&store, store::backup::Reason::Import).await?;
    let mut write = store.write().await?;
    let suite = match input.id {
        Some(id) => store::suite::get(write.connection(), id).await?,
        None => {
            let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            let typed = input.name.trim();
            let name = if typed.is_empty() { stem } else { typed.to_owned() };
            let taken = store::suite::list(write.connection()).await?;
            if taken.iter().any(|other| other.name.to_lowercase() == name.to_lowercase()) {
                return Err(AppError::Invalid(vec![FieldError::new("name", "taken")]));
            }
            let suite = Suite {
                id: SuiteId(Uuid::now_v7()),
                name,
                kind: input.kind,
                owner: String::new(),
                purpose: String::new(),
            };
            store::suite::save(&mut write, &suite).await?;
            activity::created(&mut write, context, SUITE, &suite.id.to_string(), &suite.name, &suite).await?;
            suite
        }
    };
    let draft = store::suite::draft(&mut write, suite.id).await?;
    let held = store::suite::cases(write.connection(), draft.id).await?;
    let before = Held { suite: suite.id, cases: held.iter().map(|stored| stored.id).collect() };
    let after = together(&held, &read.cases, input.mode);
    let diff = difference(&held, &after);
    let diff = counted(&diff, held.len(), after.len());
    let bare: Vec<Case> = after.into_iter().map(|stored| stored.case).collect();
    store::suite::set_cases(&mut write, draft.id, &bare).await?;
    log_cases(&mut write, context, &suite, before, draft.id).await?;
    let cases = store::suite::case_numbers(write.connection(), draft.id).await?.len() as u32;
    context.progress.check()?;
    write.commit().await?;
    Ok(SuiteImported { id: suite.id, name: suite.name, version: draft.number, cases, diff, issues: read.issues })
}
