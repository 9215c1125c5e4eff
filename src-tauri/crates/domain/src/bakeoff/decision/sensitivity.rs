//! What would change the decision: a weight, a criterion left out, a candidate left out, a difference that is larger.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::information::Lead;
use super::{Board, CandidateId, Measured, NoDecision, Score};

/// The weights of one criterion with which the winner keeps winning, the others keeping their proportions.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WeightRange {
    pub criterion: usize,
    pub weight: f64,
    pub low: f64,
    pub high: f64,
    /// Who takes over below and above; `None` where the range reaches the end.
    pub below: Option<CandidateId>,
    pub above: Option<CandidateId>,
}

/// The order when one criterion does not count.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WithoutCriterion {
    pub criterion: usize,
    pub winner: CandidateId,
    pub changes: bool,
}

/// The order when one candidate leaves. With fixed anchors it cannot change; shown because others' methods do.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WithoutCandidate {
    pub candidate: CandidateId,
    pub winner: Option<CandidateId>,
    /// The others stand in another order than with it.
    pub reorders: bool,
}

/// What the runner-up would need in one criterion to draw level.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Needed {
    pub criterion: usize,
    /// Runner-up minus winner, on the criterion's own scale: as it is, and as it would have to be.
    pub difference: f64,
    /// `None`: not even the best anchor would do.
    pub needed: Option<f64>,
    /// The runner-up's own value that it takes.
    pub value: Option<f64>,
}

/// Candidates whose score is complete, the best first.
fn complete(board: &Board, weights: &[f64]) -> Vec<Score> {
    board.ranked(weights).into_iter().filter(|score| score.unknown.is_empty()).collect()
}

fn winner(board: &Board) -> Result<Vec<Score>, NoDecision> {
    let scores = complete(board, &board.weights);
    if scores.is_empty() { Err(NoDecision::NoneComplete) } else { Ok(scores) }
}

/// By criterion. With weight t on the criterion a score is t·v + (1 − t)·r, r that of the others: the winner leads a rival where
/// a linear function of t is not negative, which is solved exactly. `None` for a criterion that has all the weight: the others
/// have no proportions to keep. Candidates with unknown values are left out.
///
/// # Errors
/// [`NoDecision::NoneComplete`].
pub fn weight_ranges(board: &Board) -> Result<Vec<Option<WeightRange>>, NoDecision> {
    let scores = winner(board)?;
    let best = &scores[0];
    let ranges = (0..board.weights.len()).map(|criterion| {
        let weight = board.weights[criterion];
        let rest: f64 = board.weights.iter().enumerate().filter(|(at, _)| *at != criterion).map(|(_, w)| w).sum();
        if rest <= 0.0 {
            return None;
        }
        let worth = |score: &Score, at: usize| score.worth.get(at).copied().flatten().unwrap_or(0.0);
        let others = |score: &Score| {
            let parts = (0..board.weights.len()).filter(|at| *at != criterion);
            parts.map(|at| board.weights[at] * worth(score, at)).sum::<f64>() / rest
        };
        let mut range = WeightRange { criterion, weight, low: 0.0, high: 1.0, below: None, above: None };
        for rival in &scores[1..] {
            // Lead at t = 0 and at t = 1.
            let none = others(best) - others(rival);
            let all = worth(best, criterion) - worth(rival, criterion);
            let slope = all - none;
            if slope == 0.0 {
                continue;
            }
            let even = -none / slope;
            if slope > 0.0 && even > range.low {
                range.low = even.min(weight);
                range.below = Some(rival.candidate);
            } else if slope < 0.0 && even < range.high {
                range.high = even.max(weight);
                range.above = Some(rival.candidate);
            }
        }
        Some(range)
    });
    Ok(ranges.collect())
}

/// Who wins where a criterion does not count. Criteria without weight, and one that has it all, are left out.
///
/// # Errors
/// [`NoDecision::NoneComplete`].
pub fn without_criteria(board: &Board) -> Result<Vec<WithoutCriterion>, NoDecision> {
    let before = winner(board)?[0].candidate;
    let counting = (0..board.weights.len()).filter(|at| board.weights[*at] > 0.0);
    let told = counting.filter_map(|criterion| {
        let mut weights = board.weights.clone();
        weights[criterion] = 0.0;
        let weights = super::normalised(&weights).ok()?;
        let winner = complete(board, &weights).first()?.candidate;
        Some(WithoutCriterion { criterion, winner, changes: winner != before })
    });
    Ok(told.collect())
}

/// Who wins where a candidate leaves, by candidate.
pub fn without_candidates(board: &Board) -> Vec<WithoutCandidate> {
    let order: Vec<CandidateId> = board.scores().into_iter().map(|score| score.candidate).collect();
    let told = order.iter().map(|candidate| {
        let contenders = board.contenders.iter().filter(|one| one.id != *candidate).cloned().collect();
        let left = Board { contenders, ..board.clone() };
        let after: Vec<CandidateId> = left.scores().into_iter().map(|score| score.candidate).collect();
        let kept = order.iter().filter(|one| *one != candidate);
        WithoutCandidate { candidate: *candidate, winner: after.first().copied(), reorders: !kept.eq(after.iter()) }
    });
    told.collect()
}

/// What the runner-up would need, by criterion that has weight. `None` where there is no runner-up.
///
/// # Errors
/// [`NoDecision::NoneComplete`].
pub fn needed(board: &Board) -> Result<Option<(CandidateId, Vec<Needed>)>, NoDecision> {
    let scores = winner(board)?;
    let [best, second, ..] = &scores[..] else { return Ok(None) };
    let gap = best.low - second.low;
    let value = |score: &Score, criterion: usize| {
        let contender = board.contenders.iter().find(|one| one.id == score.candidate)?;
        contender.measured.get(criterion)?.value
    };
    let counting = (0..board.weights.len()).filter(|at| board.weights[*at] > 0.0);
    let told = counting.filter_map(|criterion| {
        let (theirs, own) = (value(best, criterion)?, value(second, criterion)?);
        let worth = second.worth.get(criterion).copied().flatten()? + gap / board.weights[criterion];
        // Level is level: rounding must not ask for a hair beyond the best anchor.
        let worth = if (worth - 1.0).abs() < 1e-12 { 1.0 } else { worth };
        let value = if gap == 0.0 { Some(own) } else { board.functions[criterion].value(worth) };
        Some(Needed { criterion, difference: own - theirs, needed: value.map(|value| value - theirs), value })
    });
    Ok(Some((second.candidate, told.collect())))
}

/// The winner's lead over the runner-up and its standard error, for [`super::information::value_of_cases`]; `None` where there is
/// no runner-up.
///
/// `paired` are the standard errors of the paired differences of these two, by criterion, where they are known: both answered the
/// same cases. Otherwise the two are taken for independent, which makes the lead look less sure than it is. A standard error
/// becomes one of worth by half the worth between value − se and value + se.
///
/// # Errors
/// [`NoDecision::NoneComplete`]; [`NoDecision::OutOfRange`] where a standard error is no such thing.
pub fn lead(
    board: &Board,
    paired: &[Option<f64>],
    cases: u32,
) -> Result<Option<(CandidateId, CandidateId, Lead)>, NoDecision> {
    if paired.iter().flatten().any(|se| !(se.is_finite() && *se >= 0.0)) {
        return Err(NoDecision::OutOfRange { what: "standard error" });
    }
    let scores = winner(board)?;
    let [best, second, ..] = &scores[..] else { return Ok(None) };
    let measured =
        |score: &Score| board.contenders.iter().find(|one| one.id == score.candidate).map(|one| &one.measured);
    let (Some(own), Some(theirs)) = (measured(best), measured(second)) else { return Ok(None) };
    let mut variance = 0.0;
    for (criterion, weight) in board.weights.iter().enumerate() {
        let spread = |one: &Measured| {
            let (value, se) = (one.value?, one.se?);
            let function = &board.functions[criterion];
            Some(((function.worth(value + se) - function.worth(value - se)) / 2.0, se))
        };
        let spreads = [spread(&own[criterion]), spread(&theirs[criterion])];
        let sum = |part: fn((f64, f64)) -> f64| spreads.iter().flatten().map(|one| part(*one).powi(2)).sum::<f64>();
        let (worth, independent) = (sum(|one| one.0), sum(|one| one.1));
        let share = match paired.get(criterion).copied().flatten() {
            Some(se) if independent > 0.0 => se * se / independent,
            _ => 1.0,
        };
        variance += weight * weight * worth * share;
    }
    let lead = Lead { difference: best.low - second.low, se: variance.sqrt(), cases };
    Ok(Some((best.candidate, second.candidate, lead)))
}
