//! Where every reader puts what it finds: counted, told apart from what was there before, handed on.

use std::collections::{HashMap, HashSet};
use std::hash::{BuildHasher, Hash};
use std::sync::Arc;

use domain::suite::Case;
use domain::suite::hash::{ContentHash, content, identity};
use foldhash::quality::FixedState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::told::{Candidate, CaseRecord, Place, ResultRecord, StatedFigure, Told, VerdictRecord};
use crate::reader::Progress;
use crate::{IngestError, Result, RowIssue};

/// What a file or folder holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BakeoffCounts {
    /// Different cases: those asked in full and those only named.
    #[ts(type = "number")]
    pub cases: u64,
    #[ts(type = "number")]
    pub candidates: u64,
    #[ts(type = "number")]
    pub results: u64,
    #[ts(type = "number")]
    pub scores: u64,
    #[ts(type = "number")]
    pub verdicts: u64,
    /// Results that are an error.
    #[ts(type = "number")]
    pub errors: u64,
    /// Answers that are nothing or blank, and no error.
    #[ts(type = "number")]
    pub empties: u64,
    /// Rows that repeat an earlier one in everything that counts; they are not handed on.
    #[ts(type = "number")]
    pub duplicates: u64,
    /// Cases under one id that ask different things, results of one case, candidate and repeat that differ; the first counts.
    #[ts(type = "number")]
    pub conflicts: u64,
    #[ts(type = "number")]
    pub stated: u64,
    /// What was wrong, row by row.
    #[ts(type = "number")]
    pub issues: u64,
}

/// How the repeats of a format are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Repeats {
    /// The file numbers them: the same number twice is a conflict.
    Told,
    /// Rows that differ are repeats, numbered as they come.
    AsTheyCome,
    /// As they come; and a row that tells no time, and says what an earlier one says, is a repeat too: three tries
    /// of which two agree are three.
    EachRow,
}

/// A case handed on.
struct KnownCase {
    content: ContentHash,
    /// A quick hash of everything it holds, so that most rows of a known case need no other.
    quick: u64,
    identity: Option<ContentHash>,
}

/// Collects what one reading finds. What grows with a file is some fifty bytes a result.
pub(super) struct Gather<'g> {
    each: &'g mut dyn FnMut(Told) -> Result<()>,
    progress: &'g mut dyn FnMut(Progress) -> bool,
    pub counts: BakeoffCounts,
    hash: FixedState,
    /// Cases handed on: by identity or id, with their content.
    cases: HashMap<u64, KnownCase, FixedState>,
    /// Cases met at all, by id where there is one.
    met: HashSet<u64, FixedState>,
    candidates: HashSet<u64, FixedState>,
    /// Results by what they are of, with how many there are.
    results: HashMap<u64, u32, FixedState>,
    /// What they are of and say.
    told: HashSet<u64, FixedState>,
    verdicts: HashMap<u64, u64, FixedState>,
    /// Beyond this many only the count of issues grows.
    kept_issues: usize,
    file: Arc<str>,
    entry: Option<Arc<str>>,
    scope: Option<Arc<str>>,
    pub done: u64,
    pub total: u64,
    rows: u64,
}

/// Issues handed on with their text.
const KEPT_ISSUES: usize = 10_000;

impl<'g> Gather<'g> {
    pub(super) fn new(
        each: &'g mut dyn FnMut(Told) -> Result<()>,
        progress: &'g mut dyn FnMut(Progress) -> bool,
        total: u64,
    ) -> Self {
        Self {
            each,
            progress,
            counts: BakeoffCounts::default(),
            hash: FixedState::with_seed(7),
            cases: HashMap::default(),
            met: HashSet::default(),
            candidates: HashSet::default(),
            results: HashMap::default(),
            told: HashSet::default(),
            verdicts: HashMap::default(),
            kept_issues: 0,
            file: Arc::from(""),
            entry: None,
            scope: None,
            done: 0,
            total,
            rows: 0,
        }
    }

    /// Which file is being read; places and issues name it.
    pub(super) fn open(&mut self, file: &str) {
        self.file = Arc::from(file);
        self.entry = None;
    }

    /// What the ids that follow are unique within.
    pub(super) fn scope(&mut self, scope: Option<&str>) {
        self.scope = scope.map(Arc::from);
    }

    pub(super) fn entry(&mut self, entry: Option<&str>) {
        self.entry = entry.map(Arc::from);
    }

    pub(super) fn place(&self, row: impl Into<Option<u64>>) -> Place {
        Place { file: Arc::clone(&self.file), entry: self.entry.clone(), row: row.into() }
    }

    /// Says how far the reading is.
    ///
    /// # Errors
    /// [`IngestError::Cancelled`].
    pub(super) fn advance(&mut self, bytes: u64) -> Result<()> {
        let progress = Progress { bytes: (self.done + bytes).min(self.total), total: self.total, rows: self.rows };
        if (self.progress)(progress) { Ok(()) } else { Err(IngestError::Cancelled) }
    }

    fn key(&self, parts: impl Hash) -> u64 {
        self.hash.hash_one(parts)
    }

    /// Notes what is wrong, with the file and entry it is wrong in.
    pub(super) fn issue(&mut self, issue: RowIssue) -> Result<()> {
        self.counts.issues += 1;
        if self.kept_issues >= KEPT_ISSUES {
            return Ok(());
        }
        self.kept_issues += 1;
        let mut issue = issue.param("file", &self.file);
        if let Some(entry) = &self.entry {
            issue = issue.param("entry", entry);
        }
        (self.each)(Told::Issue(issue))
    }

    /// An issue of a file that was read before.
    pub(super) fn issue_of(&mut self, file: &Arc<str>, issue: RowIssue) -> Result<()> {
        let (reading, entry) = (std::mem::replace(&mut self.file, file.clone()), self.entry.take());
        let said = self.issue(issue);
        (self.file, self.entry) = (reading, entry);
        said
    }

    /// Notes keys that occur twice.
    pub(super) fn doubled(&mut self, keys: &[String], row: Option<u64>) -> Result<()> {
        for key in keys {
            let mut issue = RowIssue::new("json-key-twice").column(key.as_str()).param("key", key);
            issue.row = row;
            self.issue(issue)?;
        }
        Ok(())
    }

    /// A case in full. One met before is passed over; one under a known id that asks something else is said.
    pub(super) fn case(&mut self, case: Case, row: Option<u64>) -> Result<()> {
        let place = self.place(row);
        self.case_at(case, place)
    }

    pub(super) fn case_at(&mut self, mut case: Case, place: Place) -> Result<()> {
        self.rows += 1;
        if !(case.weight.is_finite() && case.weight >= 0.0) {
            case.weight = 1.0;
        }
        let own = (!case.messages.is_empty()).then(|| identity(&case.messages));
        let key = match &case.id {
            Some(id) => self.key(("id", &self.scope, id.as_str())),
            None => self.key(("identity", own.map(|hash| hash.0).unwrap_or_default())),
        };
        let hash = content(&case);
        if let Some(known) = self.cases.get(&key) {
            if known.content == hash {
                self.counts.duplicates += 1;
                return Ok(());
            }
            self.counts.conflicts += 1;
            let mut issue = RowIssue::new("case-twice").param("case", case.id.as_deref().unwrap_or("—"));
            issue.row = place.row;
            return self.issue(issue);
        }
        let quick = self.quick(&case);
        self.cases.insert(key, KnownCase { content: hash, quick, identity: own });
        if self.met.insert(key) {
            self.counts.cases += 1;
        }
        (self.each)(Told::Case(CaseRecord { case, scope: self.scope.clone(), place }))
    }

    /// A case that comes with each of its results, and its identity, where it holds what was asked. The same case again is no repeat.
    pub(super) fn case_of_result(&mut self, case: Case, row: Option<u64>) -> Result<Option<ContentHash>> {
        if let Some(id) = &case.id
            && let Some(known) = self.cases.get(&self.key(("id", &self.scope, id.as_str())))
            && known.quick == self.quick(&case)
        {
            return Ok(known.identity);
        }
        let own = (!case.messages.is_empty()).then(|| identity(&case.messages));
        let key = match (&case.id, own) {
            (Some(id), _) => self.key(("id", &self.scope, id.as_str())),
            (None, Some(identity)) => self.key(("identity", identity.0)),
            (None, None) => return Ok(None),
        };
        if self.cases.get(&key).is_none_or(|known| known.content != content(&case)) {
            self.case(case, row)?;
        }
        Ok(own)
    }

    fn quick(&self, case: &Case) -> u64 {
        let Case { id, messages, reference, rubric, tags, weight, cluster, variables } = case;
        self.key((id, messages, reference, rubric, tags, weight.to_bits(), cluster, variables))
    }

    /// Whether a case of this id was handed on.
    pub(super) fn knows_case(&self, id: &str) -> bool {
        self.cases.contains_key(&self.key(("id", &self.scope, id)))
    }

    fn candidate(&mut self, candidate: &Candidate) {
        let key = self.key((&candidate.label, &candidate.settings));
        if self.candidates.insert(key) {
            self.counts.candidates += 1;
        }
    }

    pub(super) fn result(&mut self, mut result: ResultRecord, repeats: Repeats) -> Result<()> {
        self.rows += 1;
        result.scope.clone_from(&self.scope);
        let case_key = match (&result.case_id, &result.case_identity) {
            (Some(id), _) => Some(self.key(("id", &self.scope, id.as_str()))),
            (None, Some(identity)) => Some(self.key(("identity", identity.0))),
            (None, None) => None,
        };
        let Some(case_key) = case_key else {
            let mut issue = RowIssue::new("case-untold");
            issue.row = result.place.row;
            return self.issue(issue);
        };
        let repeat = (repeats == Repeats::Told).then_some(result.repeat);
        let rater = result.scores.first().map(|score| &score.rater);
        let candidate = (&result.candidate.label, &result.candidate.settings);
        let key = self.key((case_key, candidate, repeat, &result.variant, rater));
        let says: Vec<(&str, u64)> =
            result.scores.iter().map(|score| (score.scorer.as_str(), score.value.to_bits())).collect();
        // A repeat that says the same took another time; a copy did not.
        let measured = (result.latency_ms.map(f64::to_bits), result.at, result.cost);
        let told = self.key((key, &result.answer, says, result.error.as_ref().map(|error| &error.text), measured));
        let is_new = self.told.insert(told);
        // Equal answers have equal tokens and so cost the same: a time tells a copy, or a rater who says the same again.
        let is_rated = result.scores.iter().any(|score| score.rater.is_some());
        let is_another_try = repeats == Repeats::EachRow
            && (result.latency_ms, result.at) == (None, None)
            && (result.cost.is_none() || !is_rated);
        let is_copy = !is_new && !is_another_try;
        let known = self.results.get_mut(&key);
        if is_copy || known.is_some() && repeats == Repeats::Told {
            let code = if is_copy { "row-twice" } else { "result-twice" };
            *(if is_copy { &mut self.counts.duplicates } else { &mut self.counts.conflicts }) += 1;
            let mut issue = RowIssue::new(code);
            issue.row = result.place.row;
            return self.issue(issue);
        }
        match known {
            Some(count) => {
                result.repeat = *count;
                *count += 1;
            }
            None => {
                self.results.insert(key, 1);
            }
        }
        if self.met.insert(case_key) {
            self.counts.cases += 1;
        }
        self.candidate(&Arc::clone(&result.candidate));
        self.counts.results += 1;
        self.counts.scores += result.scores.len() as u64;
        self.counts.errors += u64::from(result.error.is_some());
        let is_empty = result.answer.as_ref().is_some_and(|answer| answer.trim().is_empty());
        self.counts.empties += u64::from(is_empty && result.error.is_none());
        (self.each)(Told::Result(result))
    }

    pub(super) fn verdict(&mut self, verdict: VerdictRecord) -> Result<()> {
        self.rows += 1;
        if verdict.a.label == verdict.b.label {
            let mut issue = RowIssue::new("verdict-of-one").value(verdict.a.label.as_bytes());
            issue.row = verdict.place.row;
            return self.issue(issue);
        }
        if let Some(id) = &verdict.case_id {
            let case = self.key(("id", &self.scope, id.as_str()));
            let of = (case, &verdict.a.label, &verdict.b.label, &verdict.rater, verdict.turn, verdict.at);
            let (key, told) = (self.key(of), self.key((verdict.winner, verdict.agreed)));
            if let Some(known) = self.verdicts.insert(key, told) {
                let code = if known == told { "row-twice" } else { "result-twice" };
                *(if known == told { &mut self.counts.duplicates } else { &mut self.counts.conflicts }) += 1;
                self.verdicts.insert(key, known);
                let mut issue = RowIssue::new(code);
                issue.row = verdict.place.row;
                return self.issue(issue);
            }
            if self.met.insert(case) {
                self.counts.cases += 1;
            }
        }
        self.candidate(&Arc::clone(&verdict.a));
        self.candidate(&Arc::clone(&verdict.b));
        self.counts.verdicts += 1;
        (self.each)(Told::Verdict(verdict))
    }

    pub(super) fn stated(&mut self, stated: StatedFigure) -> Result<()> {
        self.candidate(&Arc::clone(&stated.candidate));
        self.counts.stated += 1;
        (self.each)(Told::Stated(stated))
    }
}
