//! What a decision weighs, between which anchors, and how much each counts.

use std::collections::BTreeSet;

use domain::bakeoff::CandidateId;
use domain::bakeoff::decision::{COST_ANCHORS, LATENCY_ANCHORS, relative};
use domain::bakeoff::weights::{Comparison as Pairwise, ahp};
use domain::stats::quantile::quantile;
use report::format;

use super::{DecisionContent, findings};
use crate::Context;
use crate::bakeoff::compare::{Costs, Loaded};

/// One thing that is weighed: a criterion, the cost of a success, the latency.
pub(super) struct Weighing {
    pub key: String,
    pub name: String,
    /// The criterion's number, where it is one.
    pub criterion: Option<usize>,
    pub anchors: [f64; 2],
    pub scale: Option<[f64; 2]>,
}

impl Weighing {
    /// Between the anchors; beyond them it is worth the same whatever it is.
    pub fn is_between(&self, value: f64) -> bool {
        let [one, other] = self.anchors;
        (one.min(other)..=one.max(other)).contains(&value)
    }
}

pub(super) const COST: &str = "cost";
pub(super) const LATENCY: &str = "latency";

/// A p95 in seconds, with its standard error where there is one.
pub(super) type P95 = (f64, Option<f64>);

/// p95 in seconds, with half its interval as a standard error.
pub(in crate::bakeoff) fn p95(loaded: &Loaded, id: CandidateId) -> Option<P95> {
    let took: Vec<Option<f64>> = loaded
        .measured
        .iter()
        .filter(|one| one.candidate == id && !one.cached)
        .map(|one| one.latency.map(|micros| micros as f64 / 1e6))
        .collect();
    let found = quantile(&took, 0.95, 0.95).ok()?;
    let se = found.low.zip(found.high).map(|(low, high)| (high - low) / 2.0 / 1.959_963_984_540_054);
    Some((found.value, se))
}

/// Cost of a success in units of the workspace's currency.
pub(in crate::bakeoff) fn cost_of(costs: &Costs) -> Option<f64> {
    costs.priced.per_success().map(|cost| cost.0 as f64 / 1e15)
}

/// What is weighed. Anchors are fixed before anybody is compared: by the scale, by what the incumbent costs and takes (`base`, in
/// units of the currency and seconds), or as typed.
pub(super) fn weighed(
    context: &Context,
    loaded: &Loaded,
    content: &DecisionContent,
    (base_cost, base_latency): (Option<f64>, Option<f64>),
) -> Vec<Weighing> {
    let criteria = loaded.criteria.iter().enumerate().map(|(at, criterion)| Weighing {
        key: criterion.name.clone(),
        name: criterion.name.clone(),
        criterion: Some(at),
        anchors: content.anchors.get(&criterion.name).copied().unwrap_or([criterion.worst, criterion.best]),
        scale: Some([criterion.worst.min(criterion.best), criterion.worst.max(criterion.best)]),
    });
    let others = [(COST, base_cost, COST_ANCHORS), (LATENCY, base_latency, LATENCY_ANCHORS)];
    let others = others.into_iter().filter_map(|(key, base, times)| {
        let anchors = content.anchors.get(key).copied().or(base.map(|base| relative(base, times)));
        let anchors = anchors.filter(|[worst, best]| worst > best)?;
        let name = name_of(context, key);
        Some(Weighing { key: key.to_owned(), name, criterion: None, anchors, scale: Some([0.0, f64::MAX]) })
    });
    criteria.chain(others).collect()
}

pub(super) fn name_of(context: &Context, key: &str) -> String {
    match key {
        COST => context.text("front-cost", &[]),
        LATENCY => context.text("weighing-latency", &[]),
        other => other.to_owned(),
    }
}

fn place(weighings: &[Weighing], key: &str) -> Option<usize> {
    weighings.iter().position(|one| one.key == key)
}

/// What has a weight and nothing to be held against, by name: it would be left out unsaid.
pub(super) fn unplaced(context: &Context, weighings: &[Weighing], content: &DecisionContent) -> Vec<String> {
    let named: Vec<&String> = if content.pairwise.is_empty() {
        content.weights.iter().filter(|(_, weight)| **weight > 0.0).map(|(name, _)| name).collect()
    } else {
        content.pairwise.iter().flat_map(|pair| [&pair.first, &pair.second]).collect()
    };
    let unplaced = named.into_iter().filter(|key| place(weighings, key).is_none());
    unplaced.map(|key| name_of(context, key)).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Weights as entered, or by pairs; and for those how consistent they are, in words.
pub(super) fn entered(context: &Context, weighings: &[Weighing], content: &DecisionContent) -> (Vec<f64>, String) {
    if content.pairwise.is_empty() {
        let unsaid = if content.weights.is_empty() { 1.0 } else { 0.0 };
        let of = |one: &Weighing| content.weights.get(&one.key).copied().unwrap_or(unsaid);
        return (weighings.iter().map(of).collect(), String::new());
    }
    let nothing = || vec![0.0; weighings.len()];
    let pairs: Vec<Pairwise> = content
        .pairwise
        .iter()
        .filter_map(|pair| {
            let (first, second) = (place(weighings, &pair.first)?, place(weighings, &pair.second)?);
            Some(Pairwise { first, second, ratio: pair.ratio })
        })
        .collect();
    let reversed = |pair: &Pairwise| pairs.iter().any(|other| (other.first, other.second) == (pair.second, pair.first));
    match ahp(weighings.len(), &pairs) {
        Ok(_) if pairs.iter().any(reversed) => (nothing(), context.text("ahp-twice", &[])),
        Ok(found) => {
            let args = [("ratio", format::ratio(found.consistency_ratio, 2).into())];
            let id = if found.consistency_ratio > 0.1 { "ahp-contradictory" } else { "ahp-consistent" };
            (found.weights, context.text(id, &args))
        }
        Err(error) => (nothing(), findings::unweighed(context, weighings, &error)),
    }
}
