//! What a file tells of results, made ready to be matched: filters over one answer become criteria of it, settings of one model
//! become candidates apart, ids are told from those of other tasks.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::suite::hash::{ContentHash, identity};
use foldhash::quality::RandomState;
use ingest::RowIssue;
use ingest::bakeoff::told::{Candidate, ResultRecord, StatedFigure, VerdictRecord};
use ingest::bakeoff::{BakeoffCounts, BakeoffFormat, ReadOptions, Told, sniff};
use report::locale::Language;
use store::Snapshot;

use super::verdicts::preferred;
use crate::result_files::{collide, scoped, told};
use crate::view::word;
use crate::{AppError, Context, Result};

/// Everything a file tells of results.
pub(super) struct Heard {
    pub results: Vec<ResultRecord>,
    pub stated: Vec<StatedFigure>,
    /// Which of two answers was found better; scores of them are among the results.
    pub verdicts: Vec<VerdictRecord>,
    pub counts: BakeoffCounts,
    pub issues: Vec<RowIssue>,
    pub sha256: String,
    pub format: String,
    /// An id stands for several cases: it is looked for within its task only.
    pub is_ambiguous: bool,
}

/// The bytes of a file, or of all files of a folder by name, as one hash.
fn hashed(path: &Path) -> std::io::Result<String> {
    let mut files: Vec<PathBuf> = Vec::new();
    if path.is_dir() {
        let mut folders = vec![path.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(&folder)? {
                let entry = entry?;
                // A link leads anywhere, a pipe to no end: neither is read.
                let kind = entry.file_type()?;
                if kind.is_dir() {
                    folders.push(entry.path());
                } else if kind.is_file() {
                    files.push(entry.path());
                }
            }
        }
        files.sort();
    } else {
        files.push(path.to_owned());
    }
    ingest::hash_files(&files)
}

pub(super) async fn hear(context: &Context, path: &Path, options: ReadOptions) -> Result<Heard> {
    crate::target::refuse_to_read(context, path).await?;
    let (path, progress) = (path.to_owned(), context.progress.clone());
    // One language for all who read the file: it is a name that scores are found by.
    let criterion = context.app.catalogue(Language::En).text("criterion-file-pairs", &[]);
    let work = tokio::task::spawn_blocking(move || {
        let (mut results, mut stated, mut verdicts) = (Vec::new(), Vec::new(), Vec::new());
        let files = sniff(&path)?;
        // Beside the reading: its hash is of the same bytes, and takes another core.
        let hashing = std::thread::spawn({
            let path = path.clone();
            move || hashed(&path)
        });
        let format = files.iter().find_map(|file| file.formats.first()).map(word).unwrap_or_default();
        let (counts, issues) = told(&path, &options, &progress, |told| match told {
            Told::Result(record) => results.push(record),
            Told::Stated(figure) => stated.push(figure),
            Told::Verdict(verdict) => verdicts.push(verdict),
            _ => {}
        })?;
        if format == word(&BakeoffFormat::LmEval) {
            results = filters_merged(results);
        } else if format == word(&BakeoffFormat::EveryEvalEver) {
            results = metrics_merged(results);
        }
        criteria_apart(&mut results);
        results = raters_together(results);
        let is_ambiguous =
            collide(results.iter().filter_map(|one| Some((one.case_id.as_deref()?, one.scope.as_deref()))));
        tell_settings_apart(&mut results, &mut stated);
        preferred(&mut results, &verdicts, &criterion);
        let sha256 = hashing.join().map_err(|_| std::io::Error::other("the thread that hashes the file"))??;
        Ok::<_, ingest::IngestError>(Heard { results, stated, verdicts, counts, issues, sha256, format, is_ambiguous })
    });
    Ok(work.await.map_err(|error| AppError::Internal(error.to_string()))??)
}

/// Gives criteria names of their own: what a file calls "Accuracy" and "accuracy" would be one here, and what it calls "cost" is no
/// cost of an answer.
fn criteria_apart(results: &mut [ResultRecord]) {
    let mut names: BTreeMap<String, String> = BTreeMap::new();
    for score in results.iter().flat_map(|record| &record.scores) {
        if !names.contains_key(&score.scorer) {
            names.insert(score.scorer.clone(), score.scorer.clone());
        }
    }
    let mut taken: BTreeSet<String> = ["cost", "latency"].map(str::to_owned).into();
    for (name, called) in &mut names {
        let mut number = 2;
        while !taken.insert(called.to_lowercase()) {
            *called = format!("{name} ({number})");
            number += 1;
        }
    }
    if names.iter().all(|(name, called)| name == called) {
        return;
    }
    for score in results.iter_mut().flat_map(|record| &mut record.scores) {
        if let Some(called) = names.get(&score.scorer) {
            score.scorer.clone_from(called);
        }
    }
}

/// What an answer is to: who was asked what, and at which try.
type Asked = (Arc<Candidate>, Option<Arc<str>>, Option<String>, Option<ContentHash>, u32);

fn asked(record: &ResultRecord) -> Asked {
    (record.candidate.clone(), record.scope.clone(), record.case_id.clone(), record.case_identity, record.repeat)
}

/// Rows of one answer through several filters as one result: each score is by a criterion of its own, "exact_match, strict".
fn filters_merged(results: Vec<ResultRecord>) -> Vec<ResultRecord> {
    let mut places: HashMap<Asked, usize> = HashMap::new();
    let mut merged: Vec<ResultRecord> = Vec::with_capacity(results.len());
    for mut record in results {
        if let Some(filter) = record.variant.take() {
            for score in &mut record.scores {
                score.scorer = filtered(&score.scorer, Some(&filter));
            }
        }
        let asked = asked(&record);
        match places.get(&asked).and_then(|place| merged.get_mut(*place)) {
            Some(first) => first.scores.append(&mut record.scores),
            None => {
                places.insert(asked, merged.len());
                merged.push(record);
            }
        }
    }
    merged
}

/// Rows of one answer by several raters as one result with the scores of each.
fn raters_together(results: Vec<ResultRecord>) -> Vec<ResultRecord> {
    if results.iter().all(|record| record.scores.iter().all(|score| score.rater.is_none())) {
        return results;
    }
    let mut places: HashMap<(Asked, Option<String>), usize> = HashMap::new();
    let mut together: Vec<ResultRecord> = Vec::with_capacity(results.len());
    for mut record in results {
        let asked = (asked(&record), record.variant.clone());
        let first = places.get(&asked).and_then(|place| together.get_mut(*place));
        match first {
            // Another answer under the same rater's eyes is told apart where rows are matched.
            Some(first) if first.answer == record.answer && is_by_others(first, &record) => {
                first.scores.append(&mut record.scores);
            }
            Some(_) => together.push(record),
            None => {
                places.insert(asked, together.len());
                together.push(record);
            }
        }
    }
    together
}

fn is_by_others(first: &ResultRecord, record: &ResultRecord) -> bool {
    let is_there = |one: &ingest::bakeoff::told::Score| {
        first.scores.iter().any(|other| (&other.scorer, &other.rater) == (&one.scorer, &one.rater))
    };
    record.scores.iter().all(|one| one.rater.is_some() && !is_there(one))
}

/// Rows of one answer under several metrics as one result with a score by each. Where a metric comes twice, or the answers differ,
/// they are different results.
fn metrics_merged(results: Vec<ResultRecord>) -> Vec<ResultRecord> {
    // Where each stands, and whether all of it is one result.
    let mut places: HashMap<Asked, (usize, bool)> = HashMap::new();
    let mut merged: Vec<ResultRecord> = Vec::with_capacity(results.len());
    for mut record in results {
        let asked = asked(&record);
        let Some((place, is_one)) = places.get_mut(&asked) else {
            places.insert(asked, (merged.len(), true));
            merged.push(record);
            continue;
        };
        let first = &mut merged[*place];
        let is_same = first.answer == record.answer && first.error == record.error;
        let is_known = |name: &str| first.scores.iter().any(|other| other.scorer == name);
        if is_same && !record.scores.iter().any(|score| is_known(&score.scorer)) {
            first.scores.append(&mut record.scores);
        } else {
            *is_one = false;
            merged.push(record);
        }
    }
    for (place, _) in places.into_values().filter(|(_, is_one)| *is_one) {
        // What it was called by one metric.
        merged[place].variant = None;
    }
    merged
}

/// What a metric through a filter is called.
fn filtered(metric: &str, filter: Option<&str>) -> String {
    filter.map_or_else(|| metric.to_owned(), |filter| format!("{metric}, {filter}"))
}

/// Is a figure over one filter of this very criterion?
pub(super) fn is_filtered(figure: &StatedFigure, criterion: &str) -> bool {
    figure.scorer.as_deref().is_some_and(|scorer| filtered(scorer, figure.filter.as_deref()) == criterion)
}

/// Is a figure that the file states of this criterion?
pub(super) fn is_of(figure: &StatedFigure, criterion: &str) -> bool {
    match &figure.scorer {
        Some(scorer) => *scorer == criterion || is_filtered(figure, criterion),
        None => criterion.starts_with(&figure.metric) || figure.metric.ends_with(criterion),
    }
}

/// Letters of a setting that are said in a name.
const SAID: usize = 40;

/// Gives candidates that files call alike and that differ in a setting (two prompts of one model) names of their own.
fn tell_settings_apart(results: &mut [ResultRecord], stated: &mut [StatedFigure]) {
    let mut alike: BTreeMap<String, BTreeSet<Arc<Candidate>>> = BTreeMap::new();
    // Rows share who was asked: each is looked at once.
    let mut seen: HashSet<*const Candidate, RandomState> = HashSet::default();
    for record in results.iter().filter(|record| seen.insert(Arc::as_ptr(&record.candidate))) {
        if !alike.get(&record.candidate.label).is_some_and(|of| of.contains(&record.candidate)) {
            alike.entry(record.candidate.label.clone()).or_default().insert(record.candidate.clone());
        }
    }
    let mut named: HashMap<Arc<Candidate>, Arc<Candidate>> = HashMap::new();
    for (label, of) in alike.into_iter().filter(|(_, of)| of.len() > 1) {
        let keys: BTreeSet<&String> = of.iter().flat_map(|one| one.settings.keys()).collect();
        let differs = |key: &&&String| of.iter().map(|one| one.settings.get(**key)).collect::<BTreeSet<_>>().len() > 1;
        let keys: Vec<&String> = keys.iter().filter(differs).copied().collect();
        let mut taken = BTreeSet::new();
        for one in &of {
            let said = keys.iter().filter_map(|key| one.settings.get(*key)).map(|value| short(value));
            let said = std::iter::once(label.clone()).chain(said).collect::<Vec<_>>().join(" · ");
            // Long settings may begin alike.
            let mut name = said.clone();
            let mut number = 2;
            while !taken.insert(name.clone()) {
                name = format!("{said} ({number})");
                number += 1;
            }
            named.insert(one.clone(), Arc::new(Candidate { label: name, ..(**one).clone() }));
        }
    }
    if named.is_empty() {
        return;
    }
    let candidates =
        results.iter_mut().map(|one| &mut one.candidate).chain(stated.iter_mut().map(|one| &mut one.candidate));
    for candidate in candidates {
        if let Some(other) = named.get(candidate) {
            *candidate = other.clone();
        }
    }
}

fn short(value: &str) -> String {
    let line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(SAID) {
        Some((at, _)) => format!("{}…", &line[..at]),
        None => line,
    }
}

/// Which case of a version a result is of.
pub(super) struct CasesByKey {
    by_id: HashMap<String, i64, RandomState>,
    by_identity: HashMap<ContentHash, i64, RandomState>,
    identities: HashMap<i64, ContentHash, RandomState>,
    pub count: u32,
}

impl CasesByKey {
    pub async fn of(snapshot: &mut Snapshot, version: i64) -> Result<Self> {
        let cases = store::suite::cases(snapshot, version).await?;
        let by_id = cases.iter().filter_map(|stored| Some((stored.case.id.clone()?, stored.id))).collect();
        let by_identity = cases.iter().map(|stored| (identity(&stored.case.messages), stored.id)).collect();
        let identities = cases
            .iter()
            .filter(|stored| !stored.case.messages.is_empty())
            .map(|stored| (stored.id, identity(&stored.case.messages)))
            .collect();
        Ok(Self { by_id, by_identity, identities, count: cases.len() as u32 })
    }

    /// By id within its task, by id, by what was asked: never by where it stands. An id that stands for several cases of the file is
    /// none without its task, and a mere number is a place in somebody's list: where what was asked is another question, it is another
    /// case.
    pub fn find(&self, record: &ResultRecord, is_ambiguous: bool) -> Option<i64> {
        let within = || {
            let id = record.case_id.as_deref()?;
            // Without a task it is the id itself.
            record.scope.as_deref().map_or_else(|| self.by_id.get(id), |scope| self.by_id.get(&scoped(Some(scope), id)))
        };
        let bare = || self.by_id.get(record.case_id.as_ref().filter(|_| !is_ambiguous)?);
        let asked = || self.by_identity.get(record.case_identity.as_ref()?).copied();
        let is_number = record.case_id.as_deref().is_some_and(|id| id.bytes().all(|byte| byte.is_ascii_digit()));
        let named = within().or_else(bare).copied().filter(|case| !(is_number && self.asks_otherwise(*case, record)));
        named.or_else(asked)
    }

    /// The case an id stands for, where nothing else is told of it.
    pub fn by_id(&self, id: &str) -> Option<i64> {
        self.by_id.get(id).copied()
    }

    /// The file shows what was asked, and the case asks something else.
    pub fn asks_otherwise(&self, case: i64, record: &ResultRecord) -> bool {
        let (known, told) = (self.identities.get(&case), record.case_identity.as_ref());
        known.zip(told).is_some_and(|(known, told)| known != told)
    }
}
