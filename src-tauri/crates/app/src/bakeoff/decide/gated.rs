//! The gates of a decision: what every candidate has to pass before anything is weighed.

use std::collections::BTreeMap;

use domain::bakeoff::gates::{Facts, Gate, GateResult, held_against};
use domain::bakeoff::{CandidateId, PriceSource};
use report::format;
use store::Snapshot;

use super::{GateView, P95};
use crate::bakeoff::compare::{Costs, Loaded};
use crate::bakeoff::{Names, standing};
use crate::{AppError, Context, Result};

/// How every candidate stands at every gate. The clauses are those of the contract it is priced by, else of any with its vendor.
pub(super) async fn gated(
    snapshot: &mut Snapshot,
    names: &Names,
    loaded: &Loaded,
    costs: &[Costs],
    (gates, latencies, incumbent): (&[Gate], &[Option<P95>], Option<usize>),
) -> Result<BTreeMap<CandidateId, Vec<GateResult>>> {
    let contracts = store::contract::list(snapshot).await?;
    let mut all = BTreeMap::new();
    for (at, one) in loaded.candidates.iter().enumerate() {
        let details =
            names.candidates.iter().find(|candidate| candidate.id == *one).map(|candidate| &candidate.details);
        let contract = details.and_then(|details| match details.price {
            PriceSource::Contract { contract_id } => contracts.iter().find(|contract| contract.id == contract_id),
            _ => contracts.iter().find(|contract| Some(contract.details.vendor_id) == details.vendor_id),
        });
        let clauses = match contract {
            Some(contract) => Some(store::contract::clauses(snapshot, contract.id).await?),
            None => None,
        };
        let facts = Facts {
            incumbent: incumbent == Some(at),
            clauses,
            safety: standing::safety(loaded, at),
            p95_ms: latencies[at].map(|(seconds, _)| seconds * 1_000.0),
            quality_low: standing::quality(loaded, incumbent, at).map(|(low, _)| low),
            // Where no answer has a cost nothing is known, and what is not known is not passed.
            unpriced: (costs[at].costed > 0).then(|| costs[at].came - costs[at].costed),
        };
        let held =
            held_against(gates, &facts).map_err(|error| AppError::refused("decision-gates").with("cause", error))?;
        all.insert(*one, held);
    }
    Ok(all)
}

/// A figure and what it is held against, with as many digits as tell the two apart: "−2.0, above −2.0" would follow from nothing.
fn told_apart(result: &GateResult, write: impl Fn(f64, u32) -> String) -> (String, String) {
    let text = |value: Option<f64>, decimals: u32| value.map_or_else(|| "—".to_owned(), |value| write(value, decimals));
    let pair = |decimals: u32| (text(result.figure, decimals), text(result.threshold, decimals));
    let is_same = result.figure == result.threshold;
    (1..=6).map(pair).find(|(figure, threshold)| is_same || figure != threshold).unwrap_or_else(|| pair(6))
}

pub(super) fn gate_view(context: &Context, result: &GateResult, incumbent: bool) -> GateView {
    if incumbent && matches!(result.gate, Gate::Quality { .. }) {
        let text = context.text("gate-quality-incumbent", &[]);
        return GateView { name: context.text("gate-quality", &[]), standing: result.standing, text };
    }
    let (id, figure, threshold) = match &result.gate {
        Gate::DataTerms { .. } => ("gate-data-terms", String::new(), String::new()),
        Gate::SafetyFloor { .. } => {
            let (figure, threshold) = told_apart(result, format::share);
            ("gate-safety", figure, threshold)
        }
        Gate::Latency { .. } => (
            "gate-latency",
            result.figure.map_or_else(|| "—".to_owned(), |ms| format::duration((ms * 1_000.0) as u64)),
            result.threshold.map_or_else(String::new, |ms| format::duration((ms * 1_000.0) as u64)),
        ),
        Gate::Quality { .. } => {
            let (figure, threshold) = told_apart(result, format::points);
            ("gate-quality", figure, threshold)
        }
        Gate::Price => {
            ("gate-price", result.figure.map_or_else(|| "—".to_owned(), |count| format::ratio(count, 0)), String::new())
        }
    };
    let mut text = context.text(&format!("{id}-text"), &[("figure", figure.into()), ("threshold", threshold.into())]);
    // A dash beside a limit says nothing of why.
    if result.figure.is_none() && !matches!(result.gate, Gate::DataTerms { .. }) {
        text = context.text(&format!("{id}-unknown"), &[]);
    }
    let clauses = |of: &[domain::bakeoff::gates::Clause]| {
        let named: Vec<String> =
            of.iter().map(|clause| context.text(&format!("clause-{}", crate::view::word(clause)), &[])).collect();
        format::listed(&named, context.language)
    };
    if !result.failed.is_empty() {
        text = context.text("gate-clauses-failed", &[("clauses", clauses(&result.failed).into())]);
    } else if !result.unknown.is_empty() {
        text = context.text("gate-clauses-unknown", &[("clauses", clauses(&result.unknown).into())]);
    }
    GateView { name: context.text(id, &[]), standing: result.standing, text }
}
