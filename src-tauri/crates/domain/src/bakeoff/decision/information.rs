//! What more cases are worth before they are run: the expected value of sample information for two candidates with a normal
//! difference (Raiffa, Schlaifer, "Applied Statistical Decision Theory", 1961, chapter 5).
//!
//! With d the difference of the winner's and the runner-up's scores and s its standard error over n cases, m more cases will move
//! the estimate by a normal amount with standard deviation σ̃ = s·√(m/(n + m)). Choosing after them is better by
//! σ̃·L(d/σ̃) on average, L(u) = φ(u) − u·Φ(−u) the unit normal loss. The prior is flat: what was measured is all that is known.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::NoDecision;
use crate::money::{Currency, Money};
use crate::stats::distribution::{normal_below, normal_quantile};

/// Winner against runner-up as they stand.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Lead {
    /// Of scores, 0 to 1; not negative.
    pub difference: f64,
    pub se: f64,
    /// The cases it rests on.
    pub cases: u32,
}

/// One criterion's part in a lead: the scores of both by case, and what a unit of them is worth in the score, weight and anchors
/// included.
#[derive(Debug, Clone, Copy)]
pub struct LeadTerm<'a> {
    pub share: f64,
    pub first: &'a [Option<f64>],
    pub second: &'a [Option<f64>],
}

/// The standard error of a lead that several criteria make up, each over the cases it has: of the estimate Σ share·(x̄₁ − x̄₂) every case
/// has the influence Σ share·((x₁ − x̄₁)·w/Σw₁ − (x₂ − x̄₂)·w/Σw₂); influences are added up within clusters, and the error is
/// √(G/(G − 1)·Σ u²) over the G clusters with any (linearised, cluster-robust: Binder, International Statistical Review 51, 1983).
/// Criteria of one case may be correlated in any way. `None` of fewer than two clusters.
pub fn lead_error(terms: &[LeadTerm<'_>], weights: Option<&[f64]>, clusters: Option<&[u64]>) -> Option<f64> {
    let mut sums: BTreeMap<u64, f64> = BTreeMap::new();
    for term in terms {
        for (column, sign) in [(term.first, 1.0), (term.second, -1.0)] {
            let weight = |case: usize| weights.and_then(|weights| weights.get(case)).copied().unwrap_or(1.0);
            let known = || column.iter().enumerate().filter_map(|(case, value)| value.map(|value| (case, value)));
            let total: f64 = known().map(|(case, _)| weight(case)).sum();
            if total <= 0.0 {
                continue;
            }
            let mean = known().map(|(case, value)| value * weight(case)).sum::<f64>() / total;
            for (case, value) in known() {
                let cluster = clusters.and_then(|clusters| clusters.get(case)).copied().unwrap_or(case as u64);
                *sums.entry(cluster).or_default() += sign * term.share * (value - mean) * weight(case) / total;
            }
        }
    }
    let count = sums.len() as f64;
    let squares: f64 = sums.values().map(|sum| sum * sum).sum();
    (count >= 2.0).then(|| (count / (count - 1.0) * squares).sqrt())
}

/// What is at stake and what a case costs, in one currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Stake {
    /// What a whole score, 0 to 1, is worth over the contract's term.
    pub whole_score: Money,
    /// One case asked of both candidates and scored.
    pub case: Money,
}

/// What so many more cases would bring.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MoreCases {
    pub cases: u32,
    /// By how much the choice is better on average, as a score.
    pub gain: f64,
    /// The chance that the runner-up then leads.
    pub chance_of_change: f64,
    pub worth: Option<Money>,
    pub cost: Option<Money>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ValueOfCases {
    /// The chance that the runner-up is the better one, as things stand.
    pub wrong: f64,
    /// What knowing for certain would bring, as a score, and in money.
    pub perfect: f64,
    pub perfect_worth: Option<Money>,
    /// Cases in all with which this difference would lie outside its 95 % interval; `None` where there is no difference, or
    /// there would have to be more than 10,000,000.
    pub cases_to_settle: Option<u32>,
    /// By number of cases, ascending.
    pub more: Vec<MoreCases>,
    /// Which of them brings most beyond its cost; `None` where none brings more than it costs, or no money is told.
    pub best: Option<usize>,
}

const MOST_CASES: f64 = 10_000_000.0;

/// What more cases are worth: for 10, 20, 50, 100, … up to a hundred times the cases there are.
///
/// # Errors
/// [`NoDecision::OutOfRange`]; two currencies are [`NoDecision::OutOfRange`] too.
pub fn value_of_cases(lead: &Lead, stake: Option<&Stake>) -> Result<ValueOfCases, NoDecision> {
    let refuse = |what| Err(NoDecision::OutOfRange { what });
    if !(lead.difference.is_finite() && lead.difference >= 0.0) {
        return refuse("difference");
    }
    if !(lead.se.is_finite() && lead.se >= 0.0) {
        return refuse("standard error");
    }
    if lead.cases == 0 {
        return refuse("cases");
    }
    if stake.is_some_and(|stake| stake.whole_score.currency() != stake.case.currency()) {
        return refuse("currency");
    }
    if stake.is_some_and(|stake| stake.whole_score.is_negative() || stake.case.is_negative()) {
        return refuse("stake");
    }
    let worth = |gain: f64| stake.and_then(|stake| times(&stake.whole_score, gain));
    let n = f64::from(lead.cases);
    let more: Vec<MoreCases> = sizes(lead.cases)
        .into_iter()
        .map(|cases| {
            let m = f64::from(cases);
            let moved = lead.se * (m / (n + m)).sqrt();
            let gain = loss(lead.difference, moved);
            let cost = stake.and_then(|stake| times(&stake.case, m));
            MoreCases { cases, gain, chance_of_change: overtaken(lead.difference, moved), worth: worth(gain), cost }
        })
        .collect();
    let net = |one: &MoreCases| Some(one.worth.as_ref()?.nanos() - one.cost.as_ref()?.nanos());
    let best = (0..more.len()).filter_map(|at| Some((net(&more[at])?, at))).filter(|(net, _)| *net > 0);
    let best = best.max_by_key(|(net, at)| (*net, std::cmp::Reverse(*at))).map(|(_, at)| at);
    let perfect = loss(lead.difference, lead.se);
    let z = normal_quantile(0.975).map_err(|_| NoDecision::OutOfRange { what: "confidence" })?;
    let settled = n * (z * lead.se / lead.difference).powi(2);
    Ok(ValueOfCases {
        wrong: overtaken(lead.difference, lead.se),
        perfect,
        perfect_worth: worth(perfect),
        cases_to_settle: (settled.is_finite() && settled <= MOST_CASES).then(|| settled.ceil().max(1.0) as u32),
        more,
        best,
    })
}

/// 1, 2, 5, 10, … times 10.
fn sizes(cases: u32) -> Vec<u32> {
    let most = f64::from(cases) * 100.0;
    let steps = (1..8).flat_map(|power| [1.0, 2.0, 5.0].map(|step| step * 10f64.powi(power)));
    steps.filter(|size| *size <= most.clamp(10.0, MOST_CASES)).map(|size| size as u32).collect()
}

/// σ·L(d/σ).
fn loss(difference: f64, sd: f64) -> f64 {
    if sd <= 0.0 {
        return 0.0;
    }
    let u = difference / sd;
    let density = (-u * u / 2.0).exp() / std::f64::consts::TAU.sqrt();
    // Far out both terms are so small that their difference is rounding.
    (sd * (density - u * normal_below(-u))).max(0.0)
}

fn overtaken(difference: f64, sd: f64) -> f64 {
    if sd > 0.0 { normal_below(-difference / sd) } else { 0.0 }
}

/// Rounded to the nano-unit; `None` beyond what money can hold.
fn times(money: &Money, factor: f64) -> Option<Money> {
    let nanos = money.nanos() as f64 * factor;
    let currency: Currency = money.currency();
    (nanos.abs() < 1e36).then(|| Money::from_nanos(nanos.round() as i128, currency))
}
