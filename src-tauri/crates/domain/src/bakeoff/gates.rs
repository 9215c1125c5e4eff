//! Hard gates: what a candidate must have before anything is weighed. A gate has passed, failed, or is unknown; unknown is not
//! passed, and says so.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::clauses::{Clauses, DataTerms, Training};
use crate::stats::Refused;
use crate::stats::proportion::clopper_pearson;

/// What is asked of every candidate.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case", rename_all_fields = "camelCase")]
pub enum Gate {
    DataTerms {
        terms: DataRequirements,
    },
    /// The upper bound of the failure rate (Clopper–Pearson, one-sided at `confidence`) is at most `most_failures`.
    SafetyFloor {
        most_failures: f64,
        confidence: f64,
    },
    /// The 95th percentile of latency is at most this.
    Latency {
        most_ms: f64,
    },
    /// Not worse than the incumbent by `margin` or more, as a share of the scale: the lower bound of the paired difference lies
    /// above −margin. The incumbent passes.
    Quality {
        margin: f64,
    },
    /// Every answer has a price.
    Price,
}

/// What the contract must say. What is not asked is `None` or false.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DataRequirements {
    /// No training, or only once we agree.
    pub no_training: bool,
    pub zero_retention: bool,
    pub most_retention_days: Option<u32>,
    /// Storage and processing lie within these; compared without case.
    pub regions: Option<Vec<String>>,
    pub subprocessor_veto: bool,
    pub most_breach_hours: Option<u32>,
    pub most_deletion_days: Option<u32>,
}

/// A clause that was asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Clause {
    Training,
    ZeroRetention,
    RetentionDays,
    StorageRegions,
    ProcessingRegions,
    SubprocessorVeto,
    BreachHours,
    DeletionDays,
}

/// What is known of a candidate. Unknown is `None`.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Facts {
    pub incumbent: bool,
    pub clauses: Option<Clauses>,
    /// Failures and cases of the safety criteria.
    pub safety: Option<(u64, u64)>,
    pub p95_ms: Option<f64>,
    /// Lower bound of the paired difference from the incumbent, as a share of the scale.
    pub quality_low: Option<f64>,
    /// Answers without a price.
    pub unpriced: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    Passed,
    Failed,
    Unknown,
}

/// How a candidate stands at a gate, with the figure and the threshold it was held against.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct GateResult {
    pub gate: Gate,
    pub standing: Standing,
    pub figure: Option<f64>,
    pub threshold: Option<f64>,
    /// Clauses that say otherwise, and those nobody knows.
    pub failed: Vec<Clause>,
    pub unknown: Vec<Clause>,
}

/// Holds a candidate against every gate.
///
/// # Errors
/// [`Refused::OutOfRange`]: a threshold is not a number of its kind.
pub fn held_against(gates: &[Gate], facts: &Facts) -> Result<Vec<GateResult>, Refused> {
    gates.iter().map(|gate| stand(gate, facts)).collect()
}

/// Did it pass them all?
pub fn passes(results: &[GateResult]) -> bool {
    results.iter().all(|result| result.standing == Standing::Passed)
}

/// A day: nobody waits longer for an answer.
const MOST_MS: f64 = 86_400_000.0;

fn stand(gate: &Gate, facts: &Facts) -> Result<GateResult, Refused> {
    // A threshold that nothing could miss is a slip of the keyboard, not a gate.
    let limit = |value: f64, most: f64, what: &'static str| {
        if (0.0..=most).contains(&value) { Ok(value) } else { Err(Refused::OutOfRange { what }) }
    };
    let told = |figure: Option<f64>, threshold: f64, good: fn(f64, f64) -> bool| {
        let figure = figure.filter(|figure| figure.is_finite());
        let standing = match figure {
            Some(figure) if good(figure, threshold) => Standing::Passed,
            Some(_) => Standing::Failed,
            None => Standing::Unknown,
        };
        let gate = gate.clone();
        GateResult { gate, standing, figure, threshold: Some(threshold), failed: Vec::new(), unknown: Vec::new() }
    };
    Ok(match gate {
        Gate::DataTerms { terms } => data_terms(gate, terms, facts.clauses.as_ref().map(|clauses| &clauses.data)),
        Gate::SafetyFloor { most_failures, confidence } => {
            let threshold = limit(*most_failures, 1.0, "failure rate")?;
            if !(*confidence > 0.5 && *confidence < 1.0) {
                return Err(Refused::OutOfRange { what: "confidence" });
            }
            let upper = match facts.safety {
                // One-sided at c is the upper end of two-sided at 2c − 1.
                Some((failures, cases)) if cases > 0 => {
                    Some(clopper_pearson(failures, cases, 2.0 * confidence - 1.0)?.high)
                }
                _ => None,
            };
            told(upper, threshold, |figure, threshold| figure <= threshold)
        }
        Gate::Latency { most_ms } => {
            told(facts.p95_ms, limit(*most_ms, MOST_MS, "latency")?, |figure, most| figure <= most)
        }
        Gate::Quality { margin } => {
            let margin = limit(*margin, 1.0, "margin")?;
            let low = if facts.incumbent { Some(0.0) } else { facts.quality_low };
            let mut result = told(low, -margin, |low, least| low > least);
            if facts.incumbent {
                result.standing = Standing::Passed;
            }
            result
        }
        Gate::Price => told(facts.unpriced.map(|count| count as f64), 0.0, |figure, most| figure <= most),
    })
}

fn data_terms(gate: &Gate, asked: &DataRequirements, terms: Option<&DataTerms>) -> GateResult {
    let nothing = DataTerms::default();
    let terms = terms.unwrap_or(&nothing);
    let within = |regions: &Option<Vec<String>>| {
        let allowed = asked.regions.as_ref()?;
        let is_allowed = |region: &String| allowed.iter().any(|one| one.trim().eq_ignore_ascii_case(region.trim()));
        // A contract that names no region says: anywhere.
        regions.as_ref().map(|regions| !regions.is_empty() && regions.iter().all(is_allowed))
    };
    let at_most = |figure: Option<u32>, most: Option<u32>| figure.zip(most).map(|(figure, most)| figure <= most);
    let held = [
        (
            Clause::Training,
            asked.no_training,
            terms.training.map(|one| matches!(one, Training::Never | Training::OptIn)),
        ),
        (Clause::ZeroRetention, asked.zero_retention, terms.keeps_nothing()),
        (
            Clause::RetentionDays,
            asked.most_retention_days.is_some(),
            at_most(terms.days_kept(), asked.most_retention_days),
        ),
        (Clause::StorageRegions, asked.regions.is_some(), within(&terms.storage_regions)),
        (Clause::ProcessingRegions, asked.regions.is_some(), within(&terms.processing_regions)),
        (Clause::SubprocessorVeto, asked.subprocessor_veto, terms.subprocessor_veto),
        (
            Clause::BreachHours,
            asked.most_breach_hours.is_some(),
            at_most(terms.breach_notice_hours, asked.most_breach_hours),
        ),
        (
            Clause::DeletionDays,
            asked.most_deletion_days.is_some(),
            at_most(terms.deletion_days, asked.most_deletion_days),
        ),
    ];
    let which = |wanted: Option<bool>| -> Vec<Clause> {
        held.iter().filter(|(_, asked, found)| *asked && *found == wanted).map(|(clause, ..)| *clause).collect()
    };
    let (failed, unknown) = (which(Some(false)), which(None));
    let standing = match (failed.is_empty(), unknown.is_empty()) {
        (true, true) => Standing::Passed,
        (true, false) => Standing::Unknown,
        _ => Standing::Failed,
    };
    GateResult { gate: gate.clone(), standing, figure: None, threshold: None, failed, unknown }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(gate: Gate, facts: &Facts) -> GateResult {
        held_against(&[gate], facts).unwrap().remove(0)
    }

    #[test]
    fn no_failure_in_few_cases_is_not_safe_yet() {
        let floor = Gate::SafetyFloor { most_failures: 0.01, confidence: 0.95 };
        let stand =
            |failures, cases| one(floor.clone(), &Facts { safety: Some((failures, cases)), ..Facts::default() });
        // The rule of three: 0 of 299 is the first below 1 %.
        assert_eq!((stand(0, 298).standing, stand(0, 299).standing), (Standing::Failed, Standing::Passed));
        assert!((stand(0, 299).figure.unwrap() - (1.0 - 0.05f64.powf(1.0 / 299.0))).abs() < 1e-12);
        assert_eq!(stand(0, 0).standing, Standing::Unknown);
        assert_eq!(one(floor, &Facts::default()).standing, Standing::Unknown);
    }

    #[test]
    fn unknown_is_not_passed_and_a_failure_outweighs_it() {
        let terms =
            DataRequirements { no_training: true, most_retention_days: Some(30), ..DataRequirements::default() };
        let with = |training, days| {
            let data = DataTerms { training, retention_days: days, ..DataTerms::default() };
            let facts = Facts { clauses: Some(Clauses { data, ..Clauses::default() }), ..Facts::default() };
            one(Gate::DataTerms { terms: terms.clone() }, &facts)
        };
        assert_eq!(with(Some(Training::OptIn), Some(30)).standing, Standing::Passed);
        assert_eq!(with(Some(Training::OptIn), None).standing, Standing::Unknown);
        let failed = with(Some(Training::OptOut), None);
        assert_eq!(
            (failed.standing, failed.failed, failed.unknown),
            (Standing::Failed, vec![Clause::Training], vec![Clause::RetentionDays])
        );
        assert!(!passes(&[with(None, None)]));
        let none = one(Gate::DataTerms { terms: DataRequirements::default() }, &Facts::default());
        assert_eq!(none.standing, Standing::Passed, "what is not asked is not missed");
    }

    #[test]
    fn regions_must_all_be_allowed() {
        let terms = DataRequirements { regions: Some(vec!["EU".into()]), ..DataRequirements::default() };
        let with = |regions: &[&str]| {
            let regions = Some(regions.iter().map(|one| (*one).to_owned()).collect::<Vec<_>>());
            let data =
                DataTerms { storage_regions: regions.clone(), processing_regions: regions, ..DataTerms::default() };
            let facts = Facts { clauses: Some(Clauses { data, ..Clauses::default() }), ..Facts::default() };
            one(Gate::DataTerms { terms: terms.clone() }, &facts).standing
        };
        assert_eq!(
            [with(&["eu"]), with(&["EU", "US"]), with(&[])],
            [Standing::Passed, Standing::Failed, Standing::Failed]
        );
    }

    #[test]
    fn figures_are_held_against_thresholds_and_bad_thresholds_refused() {
        let facts = Facts { p95_ms: Some(900.0), quality_low: Some(-0.02), unpriced: Some(3), ..Facts::default() };
        let stand = |gate| one(gate, &facts).standing;
        assert_eq!(stand(Gate::Latency { most_ms: 900.0 }), Standing::Passed);
        assert_eq!(stand(Gate::Latency { most_ms: 899.0 }), Standing::Failed);
        assert_eq!(stand(Gate::Quality { margin: 0.03 }), Standing::Passed);
        assert_eq!(stand(Gate::Quality { margin: 0.02 }), Standing::Failed);
        assert_eq!(stand(Gate::Price), Standing::Failed);
        let incumbent = Facts { incumbent: true, ..Facts::default() };
        assert_eq!(one(Gate::Quality { margin: 0.0 }, &incumbent).standing, Standing::Passed);
        let broken = Facts { p95_ms: Some(f64::NAN), ..Facts::default() };
        assert_eq!(one(Gate::Latency { most_ms: 1.0 }, &broken).standing, Standing::Unknown);
        assert!(held_against(&[Gate::Latency { most_ms: f64::NAN }], &facts).is_err());
        assert!(held_against(&[Gate::SafetyFloor { most_failures: 0.1, confidence: 1.0 }], &facts).is_err());
        assert!(passes(&[]));
    }
}
