//! Bake-offs: the cases of one frozen suite version, asked of several candidates, and what the answers are worth.
//!
//! - A criterion has a scale of its own, fixed before anything is compared: adding or dropping a candidate moves nobody else.
//! - A result belongs to a case, a candidate, a repeat and a variant, never to a place in a file.
//! - While a round of blind scoring is open no candidate has a name: [`Seal`] is what everything shows instead.

pub mod blind;
pub mod columns;
pub mod decision;
pub mod evidence;
pub mod gates;
pub mod packet;
pub mod pareto;
pub mod scorer;
pub mod verdict;
pub mod weights;

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::{BakeoffId, ContractId, SuiteId, VendorId};

/// What a criterion measures, which decides where its values come from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CriterionKind {
    /// How good answers are: scores of files, rules or people.
    Quality,
    /// Failures that must not be: 1 is safe, 0 a failure.
    Safety,
}

/// One thing answers are scored by.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Criterion {
    /// As files and people call it; unique within a bake-off.
    pub name: String,
    pub kind: CriterionKind,
    /// Ends of its scale: the worst and the best there is.
    pub worst: f64,
    pub best: f64,
    /// From here on an answer is a success, on the criterion's own scale.
    pub passes: f64,
}

impl Criterion {
    /// A criterion of shares: 0 wrong, 1 right.
    pub fn unit(name: &str) -> Self {
        Self { name: name.to_owned(), kind: CriterionKind::Quality, worst: 0.0, best: 1.0, passes: 0.5 }
    }

    /// Where a value lies between the worst (0) and the best (1), whichever is the greater number. `None` for a scale of one
    /// point.
    pub fn share(&self, value: f64) -> Option<f64> {
        let share = (value - self.worst) / (self.best - self.worst);
        share.is_finite().then_some(share)
    }

    pub fn is_success(&self, value: f64) -> bool {
        if self.best >= self.worst { value >= self.passes } else { value <= self.passes }
    }
}

/// Which price a candidate's tokens are counted at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
#[ts(rename = "CandidatePrice")] // The price book's sources have the other name on the wire.
pub enum PriceSource {
    /// The price book as it resolves: an agreed price before the workspace's own before the list's.
    Book,
    /// One contract's schedule, whatever else there is.
    Contract { contract_id: ContractId },
    /// What the file states.
    Stated,
}

/// Everything a person says of a candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CandidateDetails {
    /// What it is called here; unique within a bake-off.
    pub name: String,
    pub vendor_id: Option<VendorId>,
    pub provider: String,
    pub model: String,
    pub settings: BTreeMap<String, String>,
    pub price: PriceSource,
    /// The one in use today, which the others are compared with.
    pub incumbent: bool,
    /// What files call it.
    pub labels: Vec<String>,
}

/// A candidate's number within the workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[ts(type = "number")]
pub struct CandidateId(pub i64);

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Candidate {
    pub id: CandidateId,
    #[serde(flatten)]
    pub details: CandidateDetails,
}

/// Everything a person says of a bake-off.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct BakeoffDetails {
    pub name: String,
    pub owner: String,
    /// What is to be decided.
    pub question: String,
    pub suite_id: SuiteId,
    /// Number of the frozen version.
    pub version: u32,
    /// The contract whose notice deadline it serves.
    pub contract_id: Option<ContractId>,
    pub criteria: Vec<Criterion>,
    /// The smallest difference that matters, as a share of a criterion's scale.
    pub minimum_effect: f64,
    /// How often each case is asked of each candidate.
    pub repeats: u32,
    /// Days before the notice deadline at which it has to begin.
    pub lead_days: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Bakeoff {
    pub id: BakeoffId,
    #[serde(flatten)]
    pub details: BakeoffDetails,
}

/// Days before a notice deadline at which a bake-off begins, unless said otherwise.
pub const LEAD_DAYS: u32 = 60;

/// Stands for candidates while a round is open: numbers in an order that tells nothing of how they were entered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Places by candidate.
    places: BTreeMap<CandidateId, u32>,
}

impl Seal {
    /// Shuffles candidates by the round's seed: the order in which they were entered (the incumbent first) would tell them.
    pub fn new(candidates: &[CandidateId], seed: u64) -> Self {
        let mut sorted = candidates.to_vec();
        sorted.sort_unstable();
        sorted.dedup();
        let mut draws = crate::stats::random::Draws::new(seed, 1);
        for at in (1..sorted.len()).rev() {
            sorted.swap(at, draws.below(at as u32 + 1) as usize);
        }
        Self { places: sorted.into_iter().zip(1..).collect() }
    }

    /// The number a candidate goes by, from 1.
    pub fn number(&self, candidate: CandidateId) -> u32 {
        self.places.get(&candidate).copied().unwrap_or(0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scale_may_run_either_way() {
        let defects = Criterion { worst: 10.0, best: 0.0, passes: 2.0, ..Criterion::unit("defects") };
        assert_eq!((defects.share(10.0), defects.share(0.0), defects.share(5.0)), (Some(0.0), Some(1.0), Some(0.5)));
        assert!(defects.is_success(2.0) && !defects.is_success(3.0));
        assert_eq!(Criterion { best: 0.0, ..Criterion::unit("one point") }.share(0.0), None);
    }

    #[test]
    fn a_seal_gives_each_candidate_a_number_of_its_own_and_the_same_for_the_same_seed() {
        let ids: Vec<CandidateId> = (10..18).map(CandidateId).collect();
        let numbers = |seed| ids.iter().map(|id| Seal::new(&ids, seed).number(*id)).collect::<Vec<_>>();
        let mut sorted = numbers(7);
        sorted.sort_unstable();
        assert_eq!(sorted, (1..=8).collect::<Vec<_>>());
        assert_eq!(numbers(7), numbers(7));
        assert!((0..20).any(|seed| numbers(seed) != numbers(7)));
        let reversed: Vec<CandidateId> = ids.iter().rev().copied().collect();
        assert_eq!(Seal::new(&reversed, 7), Seal::new(&ids, 7), "the order they are given in tells nothing");
    }
}
