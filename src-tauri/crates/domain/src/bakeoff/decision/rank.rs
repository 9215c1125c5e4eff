//! How sure the first place is: weights and values are drawn together, and ranks counted.
//!
//! Weights are Dirichlet around those entered; values are normal by their standard error, drawn again where they fall off the
//! criterion's scale; an unknown value may be worth anything from 0 to 1. Values of two candidates are drawn independently, though
//! they rest on the same cases: where cases correlate, first places are surer than said here. Each candidate draws from streams of
//! its own and ranks are whole numbers, so that neither threads nor other candidates change a bit.

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Board, CandidateId, NoDecision};
use crate::stats::random::Draws;

/// Enough for 0.3 points of standard error in any share.
pub const DRAWS: u32 = 100_000;

/// Draws of one stream.
const CHUNK: u32 = 1_000;

/// How often a value off its scale is drawn again before it is put on the edge.
const TRIES: usize = 16;

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Chance {
    pub seed: u64,
    pub draws: u32,
    /// Points (of 1) by which a weight of mean size may be off either way, in 95 % of all draws. 0: weights are meant as entered.
    pub plus_minus: f64,
}

impl Chance {
    /// 100,000 draws, and weights ± 5 points.
    pub fn seeded(seed: u64) -> Self {
        Self { seed, draws: DRAWS, plus_minus: 0.05 }
    }

    /// κ of Dirichlet(κ·w): its weight of mean size m = 1/n has the variance m(1 − m)/(κ + 1), here (± / 1.96)². At least n: from
    /// there on weights around the mean are as good as anything. `None` for fixed weights.
    pub fn concentration(&self, criteria: usize) -> Option<f64> {
        let mean = 1.0 / criteria.max(1) as f64;
        let spread = self.plus_minus / 1.959_963_984_540_054;
        (spread > 0.0 && criteria > 1).then(|| (mean * (1.0 - mean) / (spread * spread) - 1.0).max(criteria as f64))
    }
}

/// How often a candidate came out where.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Ranks {
    pub candidate: CandidateId,
    pub first: f64,
    /// Share of draws by rank, the first rank first.
    pub shares: Vec<f64>,
    pub expected: f64,
    /// Some value is unknown, and was drawn from 0 to 1.
    pub incomplete: bool,
}

/// Shares of ranks, by candidate id.
///
/// # Errors
/// [`NoDecision::OutOfRange`] of draws (1 to 10,000,000) or of ± (0 to 1).
pub fn ranks(board: &Board, chance: &Chance) -> Result<Vec<Ranks>, NoDecision> {
    if !(1..=10_000_000).contains(&chance.draws) {
        return Err(NoDecision::OutOfRange { what: "draws" });
    }
    if !(0.0..=1.0).contains(&chance.plus_minus) {
        return Err(NoDecision::OutOfRange { what: "plus-minus" });
    }
    let candidates = board.contenders.len();
    let concentration = chance.concentration(board.weights.iter().filter(|weight| **weight > 0.0).count());
    let chunks = chance.draws.div_ceil(CHUNK);
    let counts = (0..chunks)
        .into_par_iter()
        .map(|chunk| {
            let draws = CHUNK.min(chance.draws - chunk * CHUNK) as usize;
            counted(board, chance.seed, chunk, draws, concentration)
        })
        .reduce(
            || vec![0u64; candidates * candidates],
            |mut sum, chunk| {
                sum.iter_mut().zip(chunk).for_each(|(sum, count)| *sum += count);
                sum
            },
        );
    let all = f64::from(chance.draws);
    let told = board.contenders.iter().zip(counts.chunks(candidates)).map(|(contender, counts)| {
        let shares: Vec<f64> = counts.iter().map(|count| *count as f64 / all).collect();
        let places: u64 = counts.iter().zip(1u64..).map(|(count, place)| count * place).sum();
        let incomplete = !board.score_of(contender, &board.weights).unknown.is_empty();
        Ranks { candidate: contender.id, first: shares[0], shares, expected: places as f64 / all, incomplete }
    });
    Ok(told.collect())
}

/// How often each candidate had each rank, over the draws of one chunk.
fn counted(board: &Board, seed: u64, chunk: u32, draws: usize, concentration: Option<f64>) -> Vec<u64> {
    let criteria = board.weights.len();
    let mut weights = vec![0.0; draws * criteria];
    let mut chance = Draws::new(seed, u64::from(chunk));
    for row in weights.chunks_mut(criteria) {
        match concentration {
            Some(concentration) => dirichlet(&board.weights, concentration, &mut chance, row),
            None => row.copy_from_slice(&board.weights),
        }
    }
    let candidates = board.contenders.len();
    let mut scores = vec![0.0; draws * candidates];
    for (at, contender) in board.contenders.iter().enumerate() {
        // An odd multiplier keeps ids apart; the top bit keeps these streams apart from those of the weights.
        let own = (contender.id.0 as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut normal = Normals { draws: Draws::new(seed ^ own, u64::from(chunk) | 1 << 63), kept: None };
        for (draw, row) in weights.chunks(criteria).enumerate() {
            let mut score = 0.0;
            for (criterion, measured) in contender.measured.iter().enumerate() {
                let worth = match (measured.value, measured.se) {
                    (None, _) => normal.draws.unit(),
                    (Some(value), Some(se)) if se > 0.0 => {
                        board.functions[criterion].worth(normal.within(value, se, board.scales[criterion]))
                    }
                    (Some(value), _) => board.functions[criterion].worth(value),
                };
                score += row[criterion] * worth;
            }
            scores[draw * candidates + at] = score;
        }
    }
    let mut counts = vec![0; candidates * candidates];
    for (draw, row) in scores.chunks(candidates).enumerate() {
        for (at, score) in row.iter().enumerate() {
            // Equal scores take turns among themselves, in the order of their ids: whatever place they have in the list, and
            // however many there are, each comes first as often.
            let id = |one: usize| board.contenders[one].id;
            let better = row.iter().filter(|theirs| **theirs > *score).count();
            let equals = row.iter().filter(|theirs| **theirs == *score).count();
            let earlier = (0..candidates).filter(|one| row[*one] == *score && id(*one) < id(at)).count();
            counts[at * candidates + better + (earlier + chunk as usize * CHUNK as usize + draw) % equals] += 1;
        }
    }
    counts
}

/// Standard normal numbers, two of each Box–Muller pair.
struct Normals {
    draws: Draws,
    kept: Option<f64>,
}

impl Normals {
    fn next(&mut self) -> f64 {
        if let Some(kept) = self.kept.take() {
            return kept;
        }
        let radius = (-2.0 * (1.0 - self.draws.unit()).ln()).sqrt();
        let (sin, cos) = (std::f64::consts::TAU * self.draws.unit()).sin_cos();
        self.kept = Some(radius * sin);
        radius * cos
    }

    fn within(&mut self, value: f64, se: f64, scale: Option<[f64; 2]>) -> f64 {
        let Some([low, high]) = scale else { return value + se * self.next() };
        let mut drawn = value + se * self.next();
        for _ in 1..TRIES {
            if (low..=high).contains(&drawn) {
                return drawn;
            }
            drawn = value + se * self.next();
        }
        drawn.clamp(low, high)
    }
}

/// Gamma numbers over their sum. A weight of 0 stays 0.
fn dirichlet(weights: &[f64], concentration: f64, chance: &mut Draws, drawn: &mut [f64]) {
    let mut sum = 0.0;
    for (weight, drawn) in weights.iter().zip(&mut *drawn) {
        *drawn = if *weight > 0.0 { gamma(concentration * weight, chance) } else { 0.0 };
        sum += *drawn;
    }
    if sum > 0.0 {
        drawn.iter_mut().for_each(|drawn| *drawn /= sum);
    } else {
        drawn.copy_from_slice(weights);
    }
}

/// A gamma number of this shape and scale 1 (Marsaglia, Tsang, "A simple method for generating gamma variables", ACM TOMS 26,
/// 2000; below shape 1 by Γ(a) = Γ(a + 1)·U^(1/a)).
fn gamma(shape: f64, chance: &mut Draws) -> f64 {
    if shape < 1.0 {
        let boost = (1.0 - chance.unit()).powf(1.0 / shape);
        return gamma(shape + 1.0, chance) * boost;
    }
    let d = shape - 1.0 / 3.0;
    let c = 1.0 / (9.0 * d).sqrt();
    loop {
        let x = chance.normal();
        let v = (1.0 + c * x).powi(3);
        if v > 0.0 {
            let u = 1.0 - chance.unit();
            if u < 1.0 - 0.0331 * x.powi(4) || u.ln() < 0.5 * x * x + d * (1.0 - v + v.ln()) {
                return d * v;
            }
        }
    }
}
