//! What a file of results tells, one record at a time. Unknown is `None`; no number here is NaN or infinite.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::money::Money;
use domain::suite::Case;
use domain::suite::hash::ContentHash;
use domain::usage::TokenCounts;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::RowIssue;

/// One thing a file tells. Handed on one at a time and kept in no list: a box for each of half a million results would cost more than
/// the room it saves.
#[allow(clippy::large_enum_variant)]
#[derive(Debug, Clone, PartialEq)]
pub enum Told {
    Case(CaseRecord),
    Result(ResultRecord),
    Verdict(VerdictRecord),
    Stated(StatedFigure),
    Issue(RowIssue),
}

/// Where something stood: the file (within a folder: its path from there), the entry of an archive, the row.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Place {
    pub file: Arc<str>,
    pub entry: Option<Arc<str>>,
    /// The line of a text, the row of a table, or the number of an element of a list, from 1.
    pub row: Option<u64>,
}

/// Who was asked. The label tells two settings of one model apart.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Candidate {
    pub provider: Option<String>,
    pub model: Option<String>,
    /// As the file calls it; never empty.
    pub label: String,
    pub settings: BTreeMap<String, String>,
}

impl Candidate {
    /// A name as files write it: "openai:gpt-5", "openai/gpt-4o-mini", "gpt-4o". What stands before the first sign is the provider;
    /// "openai:chat:gpt-4o" names the API in between.
    pub fn named(name: &str) -> Self {
        let name = name.trim();
        let label = if name.is_empty() { "?".to_owned() } else { name.to_owned() };
        let (provider, model) = match name.find([':', '/']) {
            Some(at) if at > 0 && at + 1 < name.len() && !name[..at].contains(' ') => {
                let rest = &name[at + 1..];
                let model = match rest.split_once(':') {
                    Some(("chat" | "responses" | "completion" | "messages" | "embedding" | "image", model)) => model,
                    _ => rest,
                };
                (Some(name[..at].to_owned()), Some(model.to_owned()))
            }
            _ => (None, (!name.is_empty()).then(|| name.to_owned())),
        };
        Self { provider, model, label, settings: BTreeMap::new() }
    }
}

#[derive(Debug, Clone, PartialEq)]
pub struct CaseRecord {
    pub case: Case,
    /// What its id is unique within: a task, a data set, a run. `None`: the file as a whole, or whatever it is compared with.
    pub scope: Option<Arc<str>>,
    pub place: Place,
}

/// The ends of a scale.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Scale {
    pub low: f64,
    pub high: f64,
}

impl Scale {
    pub const UNIT: Scale = Scale { low: 0.0, high: 1.0 };
}

/// What one scorer says of one answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Score {
    pub scorer: String,
    /// Finite.
    pub value: f64,
    pub scale: Option<Scale>,
    pub reason: Option<String>,
    /// Who scored: a person, or the model that judged.
    pub rater: Option<String>,
}

/// Why there is no answer to score. That an assertion failed is a score, not an error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ErrorKind {
    /// The request or what ran around it failed.
    Run,
    RateLimit,
    Timeout,
    /// The provider's filter held the answer back.
    Refused,
    /// The answer came and could not be scored.
    Scoring,
}

impl ErrorKind {
    /// By the words of the error: HTTP 429 and its names, time-outs, content filters; anything else is the run's.
    pub(crate) fn of(text: &str) -> Self {
        let start: String = text.chars().take(2_000).collect::<String>().to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| start.contains(word));
        if start.starts_with("scoring error") {
            ErrorKind::Scoring
        } else if has(&["429", "rate limit", "ratelimit", "too many requests", "quota"]) {
            ErrorKind::RateLimit
        } else if has(&["timeout", "timed out", "deadline exceeded"]) {
            ErrorKind::Timeout
        } else if has(&["content_filter", "content filter", "content policy", "safety system"]) {
            ErrorKind::Refused
        } else {
            ErrorKind::Run
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResultError {
    pub kind: ErrorKind,
    pub text: String,
}

impl ResultError {
    pub(crate) fn of(text: &str) -> Self {
        Self { kind: ErrorKind::of(text), text: text.to_owned() }
    }

    /// As a text that is read as an error of the same kind again.
    pub fn to_text(&self) -> String {
        let kind = match self.kind {
            ErrorKind::Run => "error",
            ErrorKind::RateLimit => "rate limit",
            ErrorKind::Timeout => "timeout",
            ErrorKind::Refused => "content filter",
            ErrorKind::Scoring => "scoring error",
        };
        match self.text.trim() {
            "" => kind.to_owned(),
            text if ErrorKind::of(text) == self.kind => text.to_owned(),
            text => format!("{kind}: {text}"),
        }
    }
}

/// One answer of one candidate to one case, with its scores.
#[derive(Debug, Clone, PartialEq)]
pub struct ResultRecord {
    pub case_id: Option<String>,
    /// As of [`CaseRecord::scope`].
    pub scope: Option<Arc<str>>,
    /// The identity of the case, where the file holds what was asked.
    pub case_identity: Option<ContentHash>,
    pub candidate: Arc<Candidate>,
    /// From 0; an epoch, a trial. Rows of one case and candidate that tell none are numbered as they come.
    pub repeat: u32,
    /// What is another row of the same case all the same: a filter over one answer, a turn, a perturbed input.
    pub variant: Option<String>,
    pub answer: Option<String>,
    pub scores: Vec<Score>,
    pub error: Option<ResultError>,
    /// Milliseconds, not negative.
    pub latency_ms: Option<f64>,
    pub ttft_ms: Option<f64>,
    pub tokens: Option<TokenCounts>,
    pub cost: Option<Money>,
    /// The answer came from a cache: its latency says nothing of the provider.
    pub cached: Option<bool>,
    /// Epoch milliseconds.
    pub at: Option<i64>,
    pub tags: Vec<String>,
    pub place: Place,
}

impl ResultRecord {
    /// Of which nothing is told but whose it is and where it stood.
    pub fn new(candidate: Arc<Candidate>, place: Place) -> Self {
        Self {
            case_id: None,
            scope: None,
            case_identity: None,
            candidate,
            repeat: 0,
            variant: None,
            answer: None,
            scores: Vec::new(),
            error: None,
            latency_ms: None,
            ttft_ms: None,
            tokens: None,
            cost: None,
            cached: None,
            at: None,
            tags: Vec::new(),
            place,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Winner {
    A,
    B,
    Tie,
    BothBad,
}

/// Which of two answers was found better.
#[derive(Debug, Clone, PartialEq)]
pub struct VerdictRecord {
    pub case_id: Option<String>,
    pub a: Arc<Candidate>,
    pub b: Arc<Candidate>,
    pub winner: Winner,
    /// A judge that was asked twice with the sides swapped: whether it said the same. Where it did not, the verdict is a tie.
    pub agreed: Option<bool>,
    pub rater: Option<String>,
    pub turn: Option<u32>,
    pub tags: Vec<String>,
    pub at: Option<i64>,
    pub place: Place,
}

/// A figure the file itself states over many results.
#[derive(Debug, Clone, PartialEq)]
pub struct StatedFigure {
    pub candidate: Arc<Candidate>,
    /// The task or data set it is over.
    pub scope: Option<String>,
    pub metric: String,
    /// The scorer it is the mean of, as [`Score::scorer`] names it, where the file tells.
    pub scorer: Option<String>,
    /// A filter, split or perturbation.
    pub filter: Option<String>,
    pub value: f64,
    pub standard_error: Option<f64>,
    /// A 95 % interval, where it is stated as one.
    pub interval: Option<(f64, f64)>,
    pub n: Option<u64>,
    pub place: Place,
}
