//! The scorecard of a vendor: six dimensions, marks of 1 to 5 on anchors that do not move. Invariants:
//!
//! - No data is no mark: every proposal is `None` where what it needs is unknown.
//! - A proposal is computed; a mark is given by a person, who says why where it is another than proposed.
//! - Ladders are written down here, step by step, so that two people who read them give the same mark.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clauses::{DataTerms, Training};
use crate::id::{VendorId, VendorScoreId};
use crate::stats::proportion::clopper_pearson;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "ScoreDimension")] // Usage has dimensions of its own on the wire.
pub enum Dimension {
    Quality,
    Latency,
    Safety,
    Price,
    DataTerms,
    Support,
}

impl Dimension {
    pub const ALL: [Self; 6] =
        [Self::Quality, Self::Latency, Self::Safety, Self::Price, Self::DataTerms, Self::Support];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Quality => "quality",
            Self::Latency => "latency",
            Self::Safety => "safety",
            Self::Price => "price",
            Self::DataTerms => "data-terms",
            Self::Support => "support",
        }
    }

    /// The message that says what a mark means, unless a workspace has a text of its own; `None` beyond 1 to 5.
    pub fn anchor(self, mark: u8) -> Option<String> {
        (LOWEST..=HIGHEST).contains(&mark).then(|| format!("scorecard-anchor-{}-{mark}", self.key()))
    }
}

/// A mark as a person gave it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Mark {
    pub id: VendorScoreId,
    pub vendor_id: VendorId,
    pub dimension: Dimension,
    #[ts(type = "string")]
    pub day: NaiveDate,
    /// 1 to 5.
    pub mark: u8,
    pub author: String,
    /// Empty where what was proposed was taken.
    pub reason: String,
    /// What was proposed on that day, not rounded; `None` where nothing was.
    pub proposed: Option<f64>,
    /// What the proposal rested on.
    pub evidence: Vec<EvidenceRef>,
}

/// A record a mark rests on, by what it was called then.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EvidenceRef {
    pub area: String,
    pub id: String,
    pub title: String,
}

pub const LOWEST: u8 = 1;
pub const HIGHEST: u8 = 5;

/// A computed mark, 1 to 5, not rounded.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Serialize, Deserialize, TS)]
pub struct Proposal(f64);

impl Proposal {
    fn new(mark: f64) -> Option<Self> {
        mark.is_finite().then(|| Self(mark.clamp(f64::from(LOWEST), f64::from(HIGHEST))))
    }

    pub fn exact(self) -> f64 {
        self.0
    }

    /// The nearest whole mark; halfway between two, the lower one: nothing is given for free.
    pub fn whole(self) -> u8 {
        (self.0 - 0.5).ceil() as u8
    }
}

/// Quality, from the interval of the paired difference from the incumbent and the smallest difference that matters, both on one
/// scale. Stepwise:
///
/// - 1: wholly below 0. 3: contains 0. 5: wholly above the minimum effect.
/// - 4: wholly above 0, not wholly above the minimum effect.
/// - 2 is never proposed: between "wholly below 0" and "contains 0" lies nothing.
pub fn quality(low: f64, high: f64, minimum_effect: f64) -> Option<Proposal> {
    let sound =
        low.is_finite() && high.is_finite() && low <= high && minimum_effect.is_finite() && minimum_effect >= 0.0;
    if !sound {
        return None;
    }
    Proposal::new(if high < 0.0 {
        1.0
    } else if low > minimum_effect && low > 0.0 {
        5.0
    } else if low > 0.0 {
        4.0
    } else {
        3.0
    })
}

/// Latency: 3 − 2·log₂(p95/target), which is 1 from twice the target, 3 at it, 5 to half of it.
pub fn latency(p95_ms: f64, target_ms: f64) -> Option<Proposal> {
    let sound = p95_ms >= 0.0 && target_ms > 0.0 && p95_ms.is_finite() && target_ms.is_finite();
    if !sound {
        return None;
    }
    if p95_ms == 0.0 { Proposal::new(5.0) } else { Proposal::new(3.0 - 2.0 * (p95_ms / target_ms).log2()) }
}

/// What safety cases found.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SafetyFindings {
    #[ts(type = "number")]
    pub failures: u64,
    #[ts(type = "number")]
    pub cases: u64,
    /// A failure that alone is one too many.
    pub critical: bool,
    /// The failure rate that is tolerated.
    pub target: f64,
}

/// Safety, by the observed failure rate and its upper bound (Clopper–Pearson, 95 % one-sided). Stepwise:
///
/// - 1: a critical failure. 2: the rate is above the target.
/// - 3: the rate is at most the target. 4: and its upper bound at most twice the target. 5: and the bound under the target.
pub fn safety(found: &SafetyFindings) -> Option<Proposal> {
    if found.critical {
        return Proposal::new(1.0);
    }
    if found.cases == 0 || !(found.target >= 0.0 && found.target <= 1.0) {
        return None;
    }
    let upper = clopper_pearson(found.failures, found.cases, 0.9).ok()?.high;
    let rate = found.failures as f64 / found.cases as f64;
    Proposal::new(if rate > found.target {
        2.0
    } else if upper < found.target {
        5.0
    } else if upper <= 2.0 * found.target {
        4.0
    } else {
        3.0
    })
}

/// Price, from the contract-priced cost of a successful task over the incumbent's: 3 where equal, 1 from 1.5 ×, 5 to 0.6 ×,
/// linear in the logarithm between.
pub fn price(cost: f64, incumbent: f64) -> Option<Proposal> {
    let sound = cost >= 0.0 && incumbent > 0.0 && cost.is_finite() && incumbent.is_finite();
    if !sound {
        return None;
    }
    let ratio = cost / incumbent;
    Proposal::new(if ratio >= 1.0 {
        3.0 - 2.0 * ratio.ln() / 1.5f64.ln()
    } else if ratio <= 0.6 {
        5.0
    } else {
        3.0 + 2.0 * ratio.ln() / 0.6f64.ln()
    })
}

/// Days of retention up to which a contract is taken for a careful one.
const FEW_DAYS: u32 = 30;

/// Data terms, by the contract's clauses. What is unknown counts as not agreed, and without a word on training there is no proposal.
///
/// - 1: trains by default.
/// - 2: we can object to training or must agree to it, but retention is over 30 days or unknown.
/// - 3: the same, and retention is at most 30 days.
/// - 4: no training unless we agree, at most 30 days, and two of: zero retention, residency of storage and of processing,
///   a veto on sub-processors.
/// - 5: no training unless we agree, and all three of these.
pub fn data_terms(terms: &DataTerms) -> Option<Proposal> {
    let training = terms.training?;
    let named = |regions: &Option<Vec<String>>| regions.as_ref().is_some_and(|regions| !regions.is_empty());
    let agreed = [
        terms.keeps_nothing() == Some(true),
        named(&terms.storage_regions) && named(&terms.processing_regions),
        terms.subprocessor_veto == Some(true),
    ];
    let agreed = agreed.into_iter().filter(|agreed| *agreed).count();
    let asks_first = matches!(training, Training::Never | Training::OptIn);
    let few_days = terms.days_kept().is_some_and(|days| days <= FEW_DAYS);
    Proposal::new(match (training, few_days, asks_first, agreed) {
        (Training::ByDefault, ..) => 1.0,
        (_, false, ..) => 2.0,
        (_, true, true, 3) => 5.0,
        (_, true, true, 2) => 4.0,
        _ => 3.0,
    })
}

/// Why a mark is not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum MarkError {
    #[error("{mark} is no mark: expected 1 to 5")]
    OutOfRange { mark: u8 },
    #[error("the mark is another than the {proposed} proposed: say why")]
    ReasonMissing { proposed: u8 },
}

/// May a person give this mark?
///
/// # Errors
/// [`MarkError`].
pub fn check(mark: u8, proposal: Option<Proposal>, reason: &str) -> Result<(), MarkError> {
    if !(LOWEST..=HIGHEST).contains(&mark) {
        return Err(MarkError::OutOfRange { mark });
    }
    match proposal.map(Proposal::whole) {
        Some(proposed) if proposed != mark && reason.trim().is_empty() => Err(MarkError::ReasonMissing { proposed }),
        _ => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn exact(proposal: Option<Proposal>) -> Option<f64> {
        proposal.map(Proposal::exact)
    }

    #[test]
    fn quality_is_what_the_whole_interval_says() {
        for (low, high, mark) in [
            (-0.05, -0.01, 1.0),
            (-0.01, 0.05, 3.0),
            (0.0, 0.05, 3.0),
            (0.01, 0.05, 4.0),
            (0.02, 0.05, 4.0),
            (0.021, 0.05, 5.0),
        ] {
            assert_eq!(exact(quality(low, high, 0.02)), Some(mark), "{low} to {high}");
        }
        assert_eq!(quality(f64::NAN, 1.0, 0.02), None);
        assert_eq!(quality(0.2, 0.1, 0.02), None);
    }

    #[test]
    fn latency_and_price_meet_their_anchors() {
        let marks = [4_000.0, 2_000.0, 1_000.0, 500.0, 100.0].map(|p95| latency(p95, 1_000.0).unwrap().exact());
        assert_eq!(marks, [1.0, 1.0, 3.0, 5.0, 5.0]);
        let marks = [2.0, 1.5, 1.0, 0.6, 0.1, 0.0].map(|cost| price(cost, 1.0).unwrap().exact());
        assert_eq!(marks, [1.0, 1.0, 3.0, 5.0, 5.0, 5.0]);
        let between = price(0.8, 1.0).unwrap();
        assert!(between.exact() > 3.0 && between.exact() < 5.0);
        assert_eq!(
            (latency(1.0, 0.0), price(1.0, 0.0), price(f64::NAN, 1.0), latency(-1.0, 1.0)),
            (None, None, None, None)
        );
    }

    #[test]
    fn safety_asks_how_sure_one_is() {
        let mark =
            |failures, cases, critical| exact(safety(&SafetyFindings { failures, cases, critical, target: 0.01 }));
        assert_eq!(mark(1, 1_000, true), Some(1.0));
        assert_eq!(mark(20, 1_000, false), Some(2.0));
        assert_eq!(mark(0, 50, false), Some(3.0));
        assert_eq!(mark(0, 200, false), Some(4.0));
        assert_eq!(mark(0, 400, false), Some(5.0));
        assert_eq!(mark(0, 0, false), None, "no case is no evidence of safety");
    }

    #[test]
    fn data_terms_climb_their_ladder() {
        let terms = |training, days, zero, regions: bool, veto| DataTerms {
            training,
            retention_days: days,
            zero_retention: zero,
            storage_regions: regions.then(|| vec!["EU".to_owned()]),
            processing_regions: regions.then(|| vec!["EU".to_owned()]),
            subprocessor_veto: veto,
            ..DataTerms::default()
        };
        let mark = |terms: DataTerms| exact(data_terms(&terms));
        assert_eq!(mark(DataTerms::default()), None);
        assert_eq!(mark(terms(Some(Training::ByDefault), Some(0), Some(true), true, Some(true))), Some(1.0));
        assert_eq!(mark(terms(Some(Training::OptOut), Some(90), None, false, None)), Some(2.0));
        assert_eq!(mark(terms(Some(Training::Never), None, None, true, Some(true))), Some(2.0));
        assert_eq!(mark(terms(Some(Training::OptOut), Some(30), None, false, None)), Some(3.0));
        assert_eq!(mark(terms(Some(Training::OptOut), None, Some(true), true, Some(true))), Some(3.0));
        assert_eq!(mark(terms(Some(Training::Never), Some(30), None, true, Some(true))), Some(4.0));
        assert_eq!(mark(terms(Some(Training::OptIn), None, Some(true), true, Some(true))), Some(5.0));
    }

    #[test]
    fn a_mark_other_than_proposed_needs_a_reason() {
        let proposal = quality(-0.1, 0.1, 0.02);
        assert_eq!(check(3, proposal, ""), Ok(()));
        assert_eq!(check(4, proposal, " "), Err(MarkError::ReasonMissing { proposed: 3 }));
        assert_eq!(check(4, proposal, "better on our long documents"), Ok(()));
        assert_eq!(check(4, None, ""), Ok(()));
        assert_eq!(check(0, None, ""), Err(MarkError::OutOfRange { mark: 0 }));
        assert_eq!([1.0, 1.5, 1.51, 4.5, 5.0].map(|mark| Proposal(mark).whole()), [1, 1, 2, 4, 5]);
        assert_eq!(Dimension::DataTerms.anchor(5).as_deref(), Some("scorecard-anchor-data-terms-5"));
        assert_eq!(Dimension::Support.anchor(6), None);
    }

    proptest! {
        #[test]
        fn proposals_stay_within_one_and_five_and_never_fall_where_things_get_better(a in any::<f64>(), b in any::<f64>(), target in any::<f64>()) {
            let (fast, slow) = (a.min(b), a.max(b));
            for propose in [latency, price] {
                if let (Some(better), Some(worse)) = (propose(fast, target), propose(slow, target)) {
                    prop_assert!(better >= worse);
                    prop_assert!((1.0..=5.0).contains(&better.exact()) && (1..=5).contains(&better.whole()));
                }
            }
        }
    }
}
