//! Results of a file: matched to the cases of the version and to candidates, shown as a plan, and brought in.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::{DateTime, Utc};
use domain::bakeoff::{CandidateDetails, CandidateId};
use domain::id::{BakeoffId, ResultImportId};
use foldhash::quality::RandomState;
use ingest::RowIssue;
use ingest::bakeoff::told::ResultRecord;
use ingest::bakeoff::{BakeoffCounts, BakeoffFormat, ColumnMapping, ReadOptions, SniffedFile};
use serde::{Deserialize, Serialize};
use store::bakeoff::results::{Insertion, NewResult, NewScore, Of, ResultImport, fingerprint};
use store::{Snapshot, Write};
use ts_rs::TS;
use uuid::Uuid;

use super::{BAKEOFF, Names, RESULT_IMPORT, expect_unsealed};
use crate::job::Unit;
use crate::result_files::{sniffed, unmapped};
use crate::view::word;
use crate::{AppError, Context, Result, activity};

/// A file of results for a bake-off.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResultsRequest {
    pub bakeoff_id: BakeoffId,
    pub path: String,
    #[serde(default)]
    #[ts(optional)]
    pub format: Option<BakeoffFormat>,
    #[serde(default)]
    #[ts(optional)]
    pub mapping: Option<ColumnMapping>,
    /// Who each name of the file is; those not named here are as the plan guesses them.
    #[serde(default)]
    pub candidates: Vec<Assignment>,
    /// What becomes of results that are here already and say something else.
    #[serde(default)]
    pub on_conflict: OnConflict,
    /// The plan that was seen: the file's hash and the revision it was made on. Without, whatever the file says now.
    #[serde(default)]
    #[ts(optional)]
    pub planned: Option<Planned>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Planned {
    pub sha256: String,
    #[ts(type = "number")]
    pub revision: i64,
}

/// Who a name of a file is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Assignment {
    pub label: String,
    pub to: AssignedTo,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum AssignedTo {
    /// One that is entered.
    Candidate { id: CandidateId },
    /// One that is made for it.
    New,
    /// Nobody: its results are left out.
    Nobody,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum OnConflict {
    #[default]
    Keep,
    Replace,
}

/// What an import of results would do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResultsPlan {
    pub planned: Planned,
    pub files: Vec<SniffedFile>,
    pub counts: BakeoffCounts,
    /// Results that find their case, and their candidate.
    pub matched: u32,
    /// Of the version's cases, those that have a result in the file.
    pub cases_answered: u32,
    pub cases: u32,
    /// Results whose case the version does not hold, with the first of their names.
    pub unmatched: u32,
    pub unmatched_cases: Vec<String>,
    /// Results that are here already, and say the same.
    pub known: u32,
    /// Results that are here already, and say something else.
    pub differing: u32,
    pub candidates: Vec<FoundCandidate>,
    pub criteria: Vec<FoundCriterion>,
    /// When this very file came in.
    #[ts(type = "string | null")]
    pub already: Option<DateTime<Utc>>,
    pub issues: Vec<RowIssue>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FoundCandidate {
    pub label: String,
    pub provider: String,
    pub model: String,
    pub results: u32,
    pub errors: u32,
    pub empty: u32,
    pub to: AssignedTo,
    /// The candidate it is taken for, by its name.
    pub name: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FoundCriterion {
    pub name: String,
    pub scores: u32,
    pub mean: f64,
    pub mean_text: String,
    pub lowest: f64,
    pub highest: f64,
    /// The bake-off has it already.
    pub known: bool,
    /// What the file itself states of it, by candidate.
    pub stated: Vec<StatedView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct StatedView {
    pub candidate: String,
    pub value: f64,
    pub text: String,
    /// The mean of the scores in the file, where that is another; empty where they agree, or where the figure is over others.
    pub computed_text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResultsImported {
    pub id: ResultImportId,
    pub results: u32,
    pub candidates_made: u32,
    pub unmatched: u32,
    pub known: u32,
    pub differing: u32,
    pub issues: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ResultImportView {
    pub id: ResultImportId,
    pub name: String,
    pub format: String,
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    pub results: u32,
    pub unmatched: u32,
    pub reverted: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ResultImportRef {
    pub id: ResultImportId,
}

mod found;
mod heard;
mod verdicts;

use found::{Found, found_candidates, found_criteria, scale};
use heard::{CasesByKey, Heard, hear};
pub(super) use verdicts::set_reverted as set_verdicts_reverted;

const NAMED_CASES: usize = 20;

/// All pairs of more than that nobody could look at; a column taken for the candidate by mistake has thousands.
const MOST_CANDIDATES: usize = 100;

/// What is here already, to tell a result that comes again.
async fn here(snapshot: &mut Snapshot, id: BakeoffId) -> Result<HashMap<Of, u64>> {
    Ok(store::bakeoff::results::told(snapshot, id).await?.into_iter().collect())
}

/// What a record tells, as it is kept. Its texts are taken out of it: half a million answers are not copied.
fn new_result(record: &mut ResultRecord, candidate: CandidateId, case: i64) -> NewResult {
    let micros = |millis: Option<f64>| millis.map(|millis| (millis * 1_000.0).round() as i64);
    NewResult {
        candidate,
        case,
        repeat: record.repeat,
        variant: record.variant.take().unwrap_or_default(),
        answer: record.answer.take(),
        error: record.error.take().map(|error| (word(&error.kind), error.text)),
        latency: micros(record.latency_ms),
        first_token: micros(record.ttft_ms),
        tokens: record.tokens,
        cost: record.cost,
        cached: record.cached,
        at: record.at,
        scores: std::mem::take(&mut record.scores)
            .into_iter()
            .map(|score| NewScore {
                criterion: score.scorer,
                value: score.value,
                source: "file".to_owned(),
                reason: score.reason.unwrap_or_default(),
                rater: score.rater.unwrap_or_default(),
            })
            .collect(),
    }
}

pub async fn results_plan(context: &Context, request: ResultsRequest) -> Result<ResultsPlan> {
    let path = context.app.path(&request.path);
    let files = sniffed(&path)?;
    let options = ReadOptions { format: request.format, mapping: request.mapping.clone() };
    let heard = match hear(context, &path, options).await {
        Ok(heard) => heard,
        Err(error) => Heard {
            issues: vec![unmapped(error, &files)?],
            results: Vec::new(),
            stated: Vec::new(),
            verdicts: Vec::new(),
            counts: BakeoffCounts::default(),
            sha256: String::new(),
            is_ambiguous: false,
            format: String::new(),
        },
    };
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let bakeoff = store::bakeoff::get(&mut snapshot, request.bakeoff_id).await?;
    let names = Names::of(context, &mut snapshot, bakeoff.id).await?;
    names.expect_open()?;
    let version = store::suite::version_of(&mut snapshot, bakeoff.details.suite_id, bakeoff.details.version).await?;
    let cases = CasesByKey::of(&mut snapshot, version.id).await?;
    let found = found_candidates(&names, &heard, &request.candidates);
    let here = here(&mut snapshot, bakeoff.id).await?;
    let revision = store::workspace::get(&mut snapshot).await?.revision;
    let imports = store::bakeoff::results::imports(&mut snapshot, bakeoff.id).await?;
    let already =
        imports.iter().find(|import| !import.reverted && import.sha256 == heard.sha256).map(|import| import.at);
    let sorted = sort(&heard, &cases, &found, &here)?;
    Ok(ResultsPlan {
        planned: Planned { sha256: heard.sha256.clone(), revision },
        files,
        counts: heard.counts,
        matched: sorted.matched,
        cases_answered: sorted.answered.len() as u32,
        cases: cases.count,
        unmatched: sorted.unmatched,
        unmatched_cases: sorted.unmatched_cases,
        known: sorted.known,
        differing: sorted.differing,
        criteria: found_criteria(&heard, &bakeoff.details.criteria),
        candidates: found.into_values().map(|found| found.view).collect(),
        already,
        issues: heard.issues.into_iter().chain(sorted.issues).collect(),
    })
}

/// Whose a result is, before candidates that are made have a number.
#[derive(PartialEq, Eq, Hash)]
enum Who<'f> {
    Known(CandidateId),
    New(&'f str),
}

#[derive(Default)]
struct Sorted {
    matched: u32,
    unmatched: u32,
    unmatched_cases: Vec<String>,
    known: u32,
    differing: u32,
    /// Those of which the file holds another before them, with the first of their rows.
    twice: u32,
    issues: Vec<RowIssue>,
    answered: HashSet<i64, RandomState>,
    /// Places of the records that are brought in, with the label of their candidate and their case.
    fresh: Vec<(usize, i64)>,
    /// Those that are here and say something else.
    other: Vec<(usize, i64)>,
}

fn sort(heard: &Heard, cases: &CasesByKey, found: &BTreeMap<String, Found>, here: &HashMap<Of, u64>) -> Result<Sorted> {
    let mut sorted = Sorted::default();
    let mut assigned: HashMap<&str, AssignedTo, RandomState> = HashMap::default();
    let mut seen: HashSet<_, RandomState> = HashSet::default();
    sorted.fresh.reserve(heard.results.len());
    for (place, record) in heard.results.iter().enumerate() {
        let label = record.candidate.label.as_str();
        let to =
            *assigned.entry(label).or_insert_with(|| found.get(label).map_or(AssignedTo::Nobody, |one| one.view.to));
        if to == AssignedTo::Nobody {
            continue;
        }
        let Some(case) = cases.find(record, heard.is_ambiguous) else {
            sorted.unmatched += 1;
            let name = record.case_id.clone().unwrap_or_else(|| format!("{}", record.place.row.unwrap_or(0)));
            if sorted.unmatched_cases.len() < NAMED_CASES && !sorted.unmatched_cases.contains(&name) {
                sorted.unmatched_cases.push(name);
            }
            continue;
        };
        // Two names that are one candidate here, or two ids of one question: of an answer there is one.
        let who = match to {
            AssignedTo::Candidate { id } => Who::Known(id),
            _ => Who::New(&record.candidate.label),
        };
        if !seen.insert((who, case, record.repeat, record.variant.as_deref())) {
            sorted.twice += 1;
            if sorted.issues.len() < NAMED_CASES {
                let mut issue = RowIssue::new("result-twice");
                issue.row = record.place.row;
                sorted.issues.push(issue);
            }
            continue;
        }
        sorted.matched += 1;
        sorted.answered.insert(case);
        if let AssignedTo::Candidate { id } = to {
            // Nothing to compare with is the first file: no key is made for each of its rows.
            let key = || (id, case, record.repeat, record.variant.clone().unwrap_or_default());
            if let Some(told) = (!here.is_empty()).then(key).and_then(|key| here.get(&key)) {
                if *told == fingerprint(&new_result(&mut record.clone(), id, case))? {
                    sorted.known += 1;
                } else {
                    sorted.differing += 1;
                    sorted.other.push((place, case));
                }
                continue;
            }
        }
        sorted.fresh.push((place, case));
    }
    Ok(sorted)
}

pub async fn results_commit(context: &Context, request: ResultsRequest) -> Result<ResultsImported> {
    let path = context.app.path(&request.path);
    let mut heard =
        hear(context, &path, ReadOptions { format: request.format, mapping: request.mapping.clone() }).await?;
    if request.planned.as_ref().is_some_and(|planned| planned.sha256 != heard.sha256) {
        return Err(AppError::refused("plan-file-changed"));
    }
    let store = context.store().await?;
    store::backup::take(&store, store::backup::Reason::Import).await?;
    let mut write = store.write().await?;
    let revision = store::workspace::get(write.connection()).await?.revision;
    if request.planned.as_ref().is_some_and(|planned| planned.revision != revision) {
        return Err(AppError::refused("plan-outdated"));
    }
    expect_unsealed(&mut write, request.bakeoff_id).await?;
    let mut bakeoff = store::bakeoff::get(write.connection(), request.bakeoff_id).await?;
    let imports = store::bakeoff::results::imports(write.connection(), bakeoff.id).await?;
    // What was kept of a file that came in before may be replaced by it all the same.
    let keeps = request.on_conflict == OnConflict::Keep;
    if keeps && imports.iter().any(|import| !import.reverted && import.sha256 == heard.sha256) {
        return Err(AppError::refused("results-already").with("file", path.to_string_lossy()));
    }
    let (names, cases, here) = {
        let mut snapshot = store.read().await?;
        let version =
            store::suite::version_of(&mut snapshot, bakeoff.details.suite_id, bakeoff.details.version).await?;
        (
            Names::of(context, &mut snapshot, bakeoff.id).await?,
            CasesByKey::of(&mut snapshot, version.id).await?,
            here(&mut snapshot, bakeoff.id).await?,
        )
    };
    let found = found_candidates(&names, &heard, &request.candidates);
    let new = found.values().filter(|one| one.view.to == AssignedTo::New).count();
    if names.candidates.len() + new > MOST_CANDIDATES {
        return Err(AppError::refused("results-too-many-candidates")
            .with("candidates", names.candidates.len() + new)
            .with("most", MOST_CANDIDATES));
    }
    let sorted = sort(&heard, &cases, &found, &here)?;
    let mut places = sorted.fresh;
    if request.on_conflict == OnConflict::Replace {
        places.extend(sorted.other);
    }
    if places.is_empty() {
        return Err(match (sorted.matched, sorted.differing) {
            (0, _) => AppError::refused("results-match-nothing"),
            (_, 0) => AppError::refused("results-nothing-new"),
            (_, differing) => AppError::refused("results-only-differing").with("results", differing),
        });
    }
    // Who is not entered yet is made; who is known learns the name the file has for them.
    let (mut ids, mut made) = (HashMap::new(), 0);
    for (label, one) in &found {
        match one.view.to {
            AssignedTo::Candidate { id } => {
                if let Some(known) = names.candidates.iter().find(|known| known.id == id)
                    && !known.details.labels.contains(label)
                    && known.details.name != *label
                {
                    let mut learned = known.clone();
                    learned.details.labels.push(label.clone());
                    store::bakeoff::candidate_save(&mut write, &learned).await?;
                }
                ids.insert(label.as_str(), id);
            }
            AssignedTo::New => {
                let details = CandidateDetails { name: free_name(&names, label), ..one.details.clone() };
                ids.insert(label.as_str(), store::bakeoff::candidate_add(&mut write, bakeoff.id, &details).await?);
                made += 1;
            }
            AssignedTo::Nobody => {}
        }
    }
    let import = ResultImport {
        id: ResultImportId(Uuid::now_v7()),
        bakeoff_id: bakeoff.id,
        name: path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default(),
        format: heard.format.clone(),
        sha256: heard.sha256.clone(),
        at: context.now(),
        summary: serde_json::json!({
            "results": places.len(), "unmatched": sorted.unmatched, "known": sorted.known, "differing": sorted.differing,
            "issues": heard.counts.issues + u64::from(sorted.twice), "duplicates": heard.counts.duplicates,
        }),
        reverted: false,
    };
    store::bakeoff::results::import_add(&mut write, &import).await?;
    let again = imports.iter().any(|other| !other.reverted && other.sha256 == import.sha256);
    if !again {
        verdicts::keep(context, &mut write, &import, &heard.verdicts, &cases, &ids).await?;
    }
    let results = places.len();
    let found_criteria = found_criteria(&heard, &bakeoff.details.criteria);
    let records = std::mem::take(&mut heard.results);
    write_results(context, &mut write, import.id, places, (records, &ids)).await?;
    let mut criteria = bakeoff.details.criteria.clone();
    for criterion in found_criteria.iter().filter(|criterion| !criterion.known) {
        criteria.push(scale(criterion));
    }
    if criteria != bakeoff.details.criteria {
        let before = bakeoff.clone();
        bakeoff.details.criteria = criteria;
        let (id, name) = (bakeoff.id.to_string(), bakeoff.details.name.clone());
        activity::edited(&mut write, context, BAKEOFF, &id, &name, &before, &bakeoff).await?;
        store::bakeoff::save(&mut write, &bakeoff, context.now()).await?;
    }
    // The file's name may tell who was asked: the log has the bake-off's.
    let (id, name) = (import.id.to_string(), bakeoff.details.name.clone());
    let there = serde_json::json!({ "id": id, "results": results });
    activity::created(&mut write, context, RESULT_IMPORT, &id, &name, &there).await?;
    context.progress.check()?;
    write.commit().await?;
    Ok(ResultsImported {
        id: import.id,
        results: results as u32,
        candidates_made: made,
        unmatched: sorted.unmatched,
        known: sorted.known,
        differing: sorted.differing,
        issues: heard.counts.issues as u32 + sorted.twice,
    })
}

/// Results made ready at a time.
const BATCH: usize = 4_096;

/// Writes the records at some places, each with its case, in the order of the index: made ready on one thread, written on another.
async fn write_results(
    context: &Context,
    write: &mut Write,
    import: ResultImportId,
    places: Vec<(usize, i64)>,
    (mut records, ids): (Vec<ResultRecord>, &HashMap<&str, CandidateId>),
) -> Result<()> {
    let mut places: Vec<(CandidateId, i64, usize)> = places
        .into_iter()
        .filter_map(|(place, case)| Some((*ids.get(records[place].candidate.label.as_str())?, case, place)))
        .collect();
    places.sort_unstable_by_key(|(candidate, case, place)| (*candidate, *case, records[*place].repeat, *place));
    let (total, mut done) = (places.len() as u64, 0);
    let mut insertion = Insertion::begin(write, import).await?;
    let (ready, mut taken) = tokio::sync::mpsc::channel(4);
    let making = tokio::task::spawn_blocking(move || {
        for chunk in places.chunks(BATCH) {
            let results =
                chunk.iter().map(|(candidate, case, place)| new_result(&mut records[*place], *candidate, *case));
            let prepared = insertion.prepare(results.collect())?;
            if ready.blocking_send(prepared).is_err() {
                break;
            }
        }
        Ok::<_, store::StoreError>(())
    });
    while let Some(prepared) = taken.recv().await {
        done += prepared.rows() as u64;
        store::bakeoff::results::write(write, prepared).await?;
        context.progress.report("writing", done, Some(total), Unit::Rows);
        context.progress.check()?;
    }
    Ok(making.await.map_err(|error| AppError::Internal(error.to_string()))??)
}

/// A name nobody has yet: that of the file, numbered where it is taken.
fn free_name(names: &Names, label: &str) -> String {
    let taken = |name: &str| names.candidates.iter().any(|one| one.details.name.to_lowercase() == name.to_lowercase());
    if !taken(label) {
        return label.to_owned();
    }
    (2..).map(|n| format!("{label} {n}")).find(|name| !taken(name)).unwrap_or_else(|| label.to_owned())
}

/// Takes a whole import of results back.
pub async fn results_revert(context: &Context, input: ResultImportRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let import = store::bakeoff::results::import_get(write.connection(), input.id).await?;
    if import.reverted {
        return Ok(());
    }
    expect_unsealed(&mut write, import.bakeoff_id).await?;
    let bakeoff = store::bakeoff::get(write.connection(), import.bakeoff_id).await?;
    let there = serde_json::json!({ "id": import.id });
    let (id, name) = (import.id.to_string(), bakeoff.details.name.clone());
    activity::reverted(&mut write, context, RESULT_IMPORT, &id, &name, &there).await?;
    store::bakeoff::results::import_set_reverted(&mut write, import.id, true).await?;
    verdicts::set_reverted(&mut write, &import, true).await?;
    write.commit().await?;
    Ok(())
}

/// Imports of a bake-off as they are listed.
pub(super) async fn views(_: &Context, snapshot: &mut Snapshot, id: BakeoffId) -> Result<Vec<ResultImportView>> {
    let imports = store::bakeoff::results::imports(snapshot, id).await?;
    let count = |import: &ResultImport, what: &str| import.summary[what].as_u64().unwrap_or(0) as u32;
    Ok(imports
        .into_iter()
        .map(|import| ResultImportView {
            id: import.id,
            results: count(&import, "results"),
            unmatched: count(&import, "unmatched"),
            name: import.name,
            format: import.format,
            at: import.at,
            reverted: import.reverted,
        })
        .collect())
}
