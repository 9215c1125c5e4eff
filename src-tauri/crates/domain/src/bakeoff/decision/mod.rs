//! The decision: an additive score on fixed anchors, how sure its first place is, and what would change it. Invariants:
//!
//! - A candidate's score is a function of its own values, the anchors and the weights: nobody who joins or leaves changes it, nor
//!   therefore the order of the others.
//! - A value nobody knows is not 0: the score has a lower and an upper end, and is said to be incomplete.
//! - Only candidates that passed every gate are ranked; handing over the others is a mistake of the caller.

pub mod information;
pub mod rank;
pub mod sensitivity;
mod value;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use value::{Anchor, ValueFunction};

use super::CandidateId;
use super::weights::{WeightError, normalised};

/// What is weighed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Weighed {
    pub name: String,
    pub anchors: Vec<Anchor>,
    /// As entered; only proportions count.
    pub weight: f64,
    /// Ends of the criterion's own scale, beyond which no value lies whatever its standard error; `None` where there are none.
    pub scale: Option<[f64; 2]>,
}

/// What a candidate has in a criterion.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Measured {
    /// `None`: unknown.
    pub value: Option<f64>,
    /// Standard error; `None` where the value is exact, as a price is.
    pub se: Option<f64>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Contender {
    pub id: CandidateId,
    /// By criterion.
    pub measured: Vec<Measured>,
}

/// Why nothing can be decided.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum NoDecision {
    #[error(transparent)]
    Weights(#[from] WeightError),
    #[error("no candidate is left: none passed every gate")]
    NoCandidates,
    #[error("candidate {candidate:?} has {have} values for {need} criteria")]
    LengthsDiffer { candidate: CandidateId, have: usize, need: usize },
    #[error("candidate {candidate:?} is there twice")]
    Twice { candidate: CandidateId },
    #[error(
        "the value of candidate {candidate:?} in criterion {criterion}, or its standard error, is not a finite number"
    )]
    NotFinite { candidate: CandidateId, criterion: usize },
    #[error(
        "the anchors of criterion {criterion} are not two or more finite values in ascending order, whose worth runs from 0 to 1 or from 1 to 0 without turning back"
    )]
    Anchors { criterion: usize },
    #[error("the scale of criterion {criterion} has no extent")]
    Scale { criterion: usize },
    #[error("{what} is out of its range")]
    OutOfRange { what: &'static str },
    #[error("the value of every candidate is unknown somewhere: nobody's score is complete")]
    NoneComplete,
}

/// What a success costs is worth nothing at 1.5 times what the incumbent's costs, and everything at 0.6 times: the ends of the
/// scorecard's scale for price ([`crate::scorecard::price`]).
pub const COST_ANCHORS: [f64; 2] = [1.5, 0.6];
/// A p95 of twice the incumbent's is worth nothing, half of it everything.
pub const LATENCY_ANCHORS: [f64; 2] = [2.0, 0.5];

/// Anchors, the worst first, as multiples of what the incumbent has.
pub fn relative(base: f64, [worst, best]: [f64; 2]) -> [f64; 2] {
    [base * worst, base * best]
}

/// Everything that decides, checked.
#[derive(Debug, Clone, PartialEq)]
pub struct Board {
    pub(crate) functions: Vec<ValueFunction>,
    pub(crate) scales: Vec<Option<[f64; 2]>>,
    /// Adding up to 1.
    pub(crate) weights: Vec<f64>,
    /// By id, in ascending order: the order they are given in tells nothing.
    pub(crate) contenders: Vec<Contender>,
}

/// A candidate's score, 0 to 1.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Score {
    pub candidate: CandidateId,
    /// With every unknown value at its worst, and at its best.
    pub low: f64,
    pub high: f64,
    /// Criteria whose value is unknown, by number.
    pub unknown: Vec<usize>,
    /// Worth of each criterion's value, 0 to 1.
    pub worth: Vec<Option<f64>>,
}

impl Score {
    /// The score, unless something is unknown.
    pub fn complete(&self) -> Option<f64> {
        self.unknown.is_empty().then_some(self.low)
    }
}

impl Board {
    /// # Errors
    /// [`NoDecision`].
    pub fn new(criteria: &[Weighed], contenders: &[Contender]) -> Result<Self, NoDecision> {
        let weights = normalised(&criteria.iter().map(|one| one.weight).collect::<Vec<_>>())?;
        let mut functions = Vec::with_capacity(criteria.len());
        for (criterion, one) in criteria.iter().enumerate() {
            functions.push(ValueFunction::new(&one.anchors).ok_or(NoDecision::Anchors { criterion })?);
            if one.scale.is_some_and(|[low, high]| !(low.is_finite() && high.is_finite() && low < high)) {
                return Err(NoDecision::Scale { criterion });
            }
        }
        if contenders.is_empty() {
            return Err(NoDecision::NoCandidates);
        }
        for one in contenders {
            let (have, need) = (one.measured.len(), criteria.len());
            if have != need {
                return Err(NoDecision::LengthsDiffer { candidate: one.id, have, need });
            }
            let bad = |measured: &Measured| {
                let se = measured.se.is_some_and(|se| !(se.is_finite() && se >= 0.0));
                measured.value.is_some_and(|value| !value.is_finite()) || se
            };
            if let Some(criterion) = one.measured.iter().position(bad) {
                return Err(NoDecision::NotFinite { candidate: one.id, criterion });
            }
        }
        let mut contenders = contenders.to_vec();
        contenders.sort_by_key(|one| one.id);
        if let Some(twice) = contenders.windows(2).find(|two| two[0].id == two[1].id) {
            return Err(NoDecision::Twice { candidate: twice[0].id });
        }
        Ok(Self { functions, scales: criteria.iter().map(|one| one.scale).collect(), weights, contenders })
    }

    /// Weights as they count, adding up to 1.
    pub fn weights(&self) -> &[f64] {
        &self.weights
    }

    pub(crate) fn score_of(&self, contender: &Contender, weights: &[f64]) -> Score {
        let worth: Vec<Option<f64>> = contender
            .measured
            .iter()
            .zip(&self.functions)
            .map(|(measured, function)| measured.value.map(|value| function.worth(value)))
            .collect();
        let sum = |unknown: f64| {
            worth
                .iter()
                .zip(weights)
                .map(|(worth, weight)| weight * worth.unwrap_or(unknown))
                .sum::<f64>()
                .clamp(0.0, 1.0)
        };
        let unknown = (0..worth.len()).filter(|at| worth[*at].is_none() && weights[*at] > 0.0).collect();
        Score { candidate: contender.id, low: sum(0.0), high: sum(1.0), unknown, worth }
    }

    /// Scores, the best first: by the lower end, then the upper one, then by id.
    pub fn scores(&self) -> Vec<Score> {
        self.ranked(&self.weights)
    }

    pub(crate) fn ranked(&self, weights: &[f64]) -> Vec<Score> {
        let mut scores: Vec<Score> = self.contenders.iter().map(|one| self.score_of(one, weights)).collect();
        scores.sort_by(|a, b| {
            b.low.total_cmp(&a.low).then(b.high.total_cmp(&a.high)).then(a.candidate.cmp(&b.candidate))
        });
        scores
    }
}

#[cfg(test)]
mod tests;
