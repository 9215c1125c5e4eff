//! Strengths from pairwise comparisons (Bradley, Terry, Biometrika 39, 1952): P(i beats j) = 1/(1 + e^(βⱼ − βᵢ)).
//!
//! Ties count as half a win for each by default ([`Ties::HalfWins`]): the strengths then need no further parameter, exist wherever
//! the comparisons hang together, keep their meaning where a judge never ties, and are what public arenas publish. It is a
//! quasi-likelihood, so its model standard errors are too large where ties are frequent; the sandwich ones are right.
//! [`Ties::Davidson`] models ties (Davidson, JASA 65, 1970). Without ties both are the same.
//!
//! A strength is finite where every candidate can be reached from every other by wins (Ford, American Mathematical Monthly 64,
//! 1957). Where that fails the answer names the groups, never an infinity.

mod connected;
mod fit;

use nalgebra::{DMatrix, DVector};
use rayon::prelude::*;

use super::distribution::normal_quantile;
use super::resample::sums;
use super::scores::Scores;
use super::{FEW_CLUSTERS, Interval, Refused, Resampling, bca, confidence, patterns};
use fit::{Cell, Fit};

/// Who was better.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    First,
    Second,
    Tie,
}

/// One comparison of two candidates, by number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Game {
    pub first: usize,
    pub second: usize,
    pub outcome: Outcome,
    /// How much it counts; 1 for most. Games of weight 0 are left out.
    pub weight: f64,
    /// Games of the same number (one case, one judge) are not independent; `None` stands for itself alone.
    pub cluster: Option<u64>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ties {
    HalfWins,
    /// P(tie) : P(i) : P(j) = ν : e^((βᵢ−βⱼ)/2) : e^((βⱼ−βᵢ)/2). Of no tie ν is 0.
    Davidson,
}

/// Strengths are only known up to a constant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Anchor {
    /// This candidate's is 0.
    Candidate(usize),
    /// Their mean is 0.
    Mean,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Settings {
    pub ties: Ties,
    pub anchor: Anchor,
    /// Each resample is a fit of its own: 1,000 are usual.
    pub resampling: Resampling,
}

/// Strengths in log-odds, by candidate.
#[derive(Debug, Clone, PartialEq)]
pub struct Ratings {
    pub log_strength: Vec<f64>,
    /// From the information matrix: right if the model is and games are independent.
    pub se_model: Vec<f64>,
    /// Huber's and White's sandwich H⁻¹(Σ ss′)H⁻¹ over games, or over clusters with G/(G − 1) where there are.
    pub se_sandwich: Vec<f64>,
    /// ± z of the sandwich; [`Refused::NoSpread`] for the anchor.
    pub interval: Vec<Result<Interval, Refused>>,
    /// Percentiles of refits to resampled games or clusters.
    pub bootstrap: Vec<Result<Interval, Refused>>,
    /// Resamples without a finite fit, which the percentiles leave out. Many of them: the comparisons barely hang together.
    pub without_fit: u32,
    /// ln ν of [`Ties::Davidson`].
    pub log_tie: Option<f64>,
    pub games: usize,
    pub clusters: usize,
    /// There are clusters, and fewer than [`FEW_CLUSTERS`].
    pub few_clusters: bool,
}

impl Ratings {
    /// e^β with a geometric mean of 1.
    pub fn strengths(&self) -> Vec<f64> {
        let mean = self.log_strength.iter().sum::<f64>() / self.log_strength.len().max(1) as f64;
        self.log_strength.iter().map(|strength| (strength - mean).exp()).collect()
    }

    /// The chance that one beats another, a tie half; `None` where there is no such candidate.
    pub fn chance(&self, first: usize, second: usize) -> Option<f64> {
        Some(1.0 / (1.0 + (self.log_strength.get(second)? - self.log_strength.get(first)?).exp()))
    }
}

/// Why there are no strengths.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NoRatings {
    #[error(transparent)]
    Refused(#[from] Refused),
    #[error("game {game} names a candidate that does not exist, or one against itself")]
    Candidate { game: usize },
    /// Groups never compared with each other, by candidate number, the largest first.
    #[error("the candidates fall into groups that were never compared with each other: {groups:?}")]
    Disconnected { groups: Vec<Vec<usize>> },
    /// No one of a later group ever beat or tied with one of an earlier group they met: how much better is unknown.
    #[error("the candidates fall into groups that never lost to a later one: {groups:?}")]
    Separable { groups: Vec<Vec<usize>> },
    /// [`Ties::Davidson`] only: every game is a tie, or no win contradicts that ties are as likely as can be.
    #[error("how likely a tie is has no finite estimate: there are too few wins beside the ties")]
    UnboundedTies,
}

/// Two candidates, the smaller number first.
type Pair = (usize, usize);

/// A comparison as it counts for its pair, so that games can be put in an order: cell, outcome, weight.
type Told = (usize, Outcome, u64);

/// Strengths of `candidates` from `games`.
///
/// # Errors
/// [`NoRatings`].
pub fn bradley_terry(candidates: usize, games: &[Game], settings: &Settings) -> Result<Ratings, NoRatings> {
    settings.resampling.check()?;
    if let Anchor::Candidate(anchor) = settings.anchor
        && anchor >= candidates
    {
        return Err(Refused::OutOfRange { what: "anchor" }.into());
    }
    let (pairs, units) = units_of(candidates, games)?;
    let clustered = games.iter().any(|game| game.cluster.is_some());
    let (looks, times) = patterns::counted(units);
    let whole: Vec<f64> = times.iter().map(|times| f64::from(*times)).collect();
    let cells = cells_of(&pairs, &looks, &whole);
    connected::check(candidates, &cells, settings.ties)?;
    let fit = Fit::new(candidates, &cells, settings.ties, None).ok_or(Refused::NotConverged)?;
    let clusters: usize = times.iter().map(|times| *times as usize).sum();
    let bread = fit.covariance(&cells).ok_or(Refused::NotConverged)?;
    let mut meat = DMatrix::zeros(bread.nrows(), bread.nrows());
    for (look, times) in looks.iter().zip(&whole) {
        let score = score_of(&fit, &pairs, look);
        meat.ger(*times, &score, &score, 1.0);
    }
    if clustered && clusters > 1 {
        meat *= clusters as f64 / (clusters - 1) as f64;
    }
    let sandwich = &bread * meat * &bread;
    let anchored = |matrix: &DMatrix<f64>| standard_errors(matrix, candidates, settings.anchor);
    let (se_model, se_sandwich) = (anchored(&bread), anchored(&sandwich));
    let log_strength = placed(&fit.strengths, settings.anchor);
    if ![&se_model, &se_sandwich, &log_strength].into_iter().flatten().all(|figure| figure.is_finite()) {
        return Err(Refused::OutOfRange { what: "weights" }.into());
    }
    let level = confidence(settings.resampling.confidence)?;
    let z = normal_quantile(0.5 + level / 2.0)?;
    let interval = log_strength.iter().zip(&se_sandwich).map(|(value, se)| {
        if *se > 1e-12 && !(clustered && clusters < 2) {
            Ok(Interval { low: value - z * se, high: value + z * se, confidence: level })
        } else if clusters < 2 {
            Err(Refused::OneCluster)
        } else {
            Err(Refused::NoSpread)
        }
    });
    let interval = interval.collect();
    let (bootstrap, without_fit) = bootstrapped(candidates, &pairs, &looks, &times, &fit, settings);
    Ok(Ratings {
        log_strength,
        se_model,
        se_sandwich,
        interval,
        bootstrap,
        without_fit,
        log_tie: fit.log_tie,
        games: games.iter().filter(|game| game.weight > 0.0).count(),
        clusters,
        few_clusters: clustered && clusters < FEW_CLUSTERS,
    })
}

/// The pairs compared, smaller number first, and what each unit (a cluster, or a game of its own) tells, in an order of its own.
fn units_of(candidates: usize, games: &[Game]) -> Result<(Vec<Pair>, Vec<Vec<Told>>), NoRatings> {
    let mut pairs = Vec::new();
    for (game, told) in games.iter().enumerate() {
        if told.first == told.second || told.first.max(told.second) >= candidates {
            return Err(NoRatings::Candidate { game });
        }
        if !told.weight.is_finite() || told.weight < 0.0 {
            return Err(Refused::Weight { row: game }.into());
        }
        if told.weight > 0.0 {
            pairs.push((told.first.min(told.second), told.first.max(told.second)));
        }
    }
    pairs.sort_unstable();
    pairs.dedup();
    if pairs.is_empty() {
        return Err(Refused::Empty.into());
    }
    let mut told: Vec<(Option<u64>, Told)> = games
        .iter()
        .filter(|game| game.weight > 0.0)
        .map(|game| {
            let (cell, outcome) = match game.outcome {
                outcome if game.first < game.second => ((game.first, game.second), outcome),
                Outcome::First => ((game.second, game.first), Outcome::Second),
                Outcome::Second => ((game.second, game.first), Outcome::First),
                Outcome::Tie => ((game.second, game.first), Outcome::Tie),
            };
            (game.cluster, (pairs.partition_point(|pair| *pair < cell), outcome, game.weight.to_bits()))
        })
        .collect();
    told.sort_unstable();
    let runs = told.chunk_by(|a, b| a.0.is_some() && a.0 == b.0);
    Ok((pairs, runs.map(|run| run.iter().map(|(_, told)| *told).collect()).collect()))
}

/// Weighted wins and ties of each pair where each look comes up `times`.
fn cells_of(pairs: &[Pair], looks: &[Vec<Told>], times: &[f64]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = pairs.iter().map(|pair| Cell { pair: *pair, wins: [0.0; 2], ties: 0.0 }).collect();
    for (look, times) in looks.iter().zip(times).filter(|(_, times)| **times > 0.0) {
        for (cell, outcome, weight) in look {
            let counted = f64::from_bits(*weight) * times;
            match outcome {
                Outcome::First => cells[*cell].wins[0] += counted,
                Outcome::Second => cells[*cell].wins[1] += counted,
                Outcome::Tie => cells[*cell].ties += counted,
            }
        }
    }
    cells
}

/// The same by unit: of each pair the wins of either and the ties, one column each.
fn columns_of(pairs: usize, looks: &[Vec<Told>], times: &[u32]) -> Vec<Vec<f64>> {
    let units = times.iter().map(|times| *times as usize).sum();
    let mut columns = vec![vec![0.0; units]; 3 * pairs];
    let every = looks.iter().zip(times).flat_map(|(look, times)| std::iter::repeat_n(look, *times as usize));
    for (unit, look) in every.enumerate() {
        for (cell, outcome, weight) in look {
            columns[3 * cell + *outcome as usize][unit] += f64::from_bits(*weight);
        }
    }
    columns
}

fn score_of(fit: &Fit, pairs: &[Pair], look: &[Told]) -> DVector<f64> {
    let mut score = DVector::zeros(fit.parameters());
    for (cell, outcome, weight) in look {
        let weight = f64::from_bits(*weight);
        let mut told = Cell { pair: pairs[*cell], wins: [0.0; 2], ties: 0.0 };
        match outcome {
            Outcome::First => told.wins[0] = weight,
            Outcome::Second => told.wins[1] = weight,
            Outcome::Tie => told.ties = weight,
        }
        fit.add_score(&told, &mut score);
    }
    score
}

/// Strengths whose first is 0, moved to the anchor.
fn placed(strengths: &[f64], anchor: Anchor) -> Vec<f64> {
    let zero = match anchor {
        Anchor::Candidate(anchor) => strengths[anchor],
        Anchor::Mean => strengths.iter().sum::<f64>() / strengths.len() as f64,
    };
    strengths.iter().map(|strength| strength - zero).collect()
}

/// From the covariance of all strengths but the first, which is 0.
fn standard_errors(covariance: &DMatrix<f64>, candidates: usize, anchor: Anchor) -> Vec<f64> {
    let all = DMatrix::from_fn(
        candidates,
        candidates,
        |i, j| {
            if i == 0 || j == 0 { 0.0 } else { covariance[(i - 1, j - 1)] }
        },
    );
    let n = candidates as f64;
    let variance = |i: usize| match anchor {
        Anchor::Candidate(anchor) if anchor == i => 0.0,
        Anchor::Candidate(anchor) => all[(i, i)] + all[(anchor, anchor)] - 2.0 * all[(i, anchor)],
        Anchor::Mean => all[(i, i)] - 2.0 * all.row(i).sum() / n + all.sum() / (n * n),
    };
    (0..candidates).map(|i| variance(i).max(0.0).sqrt()).collect()
}

fn bootstrapped(
    candidates: usize,
    pairs: &[Pair],
    looks: &[Vec<Told>],
    times: &[u32],
    fit: &Fit,
    settings: &Settings,
) -> (Vec<Result<Interval, Refused>>, u32) {
    let units: usize = times.iter().map(|times| *times as usize).sum();
    let told: usize = looks.iter().map(Vec::len).sum();
    // Where most units are clusters that compare most pairs, a matrix product counts them faster than walking through each.
    let by_product = 3 * pairs.len() * units <= 4 * told;
    let refits = resampled_cells(pairs, looks, times, &settings.resampling, by_product, |cells| {
        connected::check(candidates, &cells, settings.ties).ok()?;
        let refit = Fit::new(candidates, &cells, settings.ties, Some(fit))?;
        Some(placed(&refit.strengths, settings.anchor))
    });
    let found: Vec<Vec<f64>> = refits.into_iter().flatten().collect();
    let level = settings.resampling.confidence;
    let interval = |candidate: usize| {
        let mut values: Vec<f64> = found.iter().map(|strengths| strengths[candidate]).collect();
        let first = *values.first().ok_or(Refused::NotConverged)?;
        if values.iter().all(|value| (value - first).abs() < 1e-12) {
            return Err(if times.iter().sum::<u32>() < 2 { Refused::OneCluster } else { Refused::NoSpread });
        }
        let mut at = |share: f64| bca::quantile(&mut values, share);
        Ok(Interval { low: at((1.0 - level) / 2.0), high: at((1.0 + level) / 2.0), confidence: level })
    };
    let without_fit = settings.resampling.resamples - found.len() as u32;
    ((0..candidates).map(interval).collect(), without_fit)
}

/// What `found` makes of the cells of each resample.
fn resampled_cells<R: Send>(
    pairs: &[Pair],
    looks: &[Vec<Told>],
    times: &[u32],
    resampling: &Resampling,
    by_product: bool,
    found: impl Fn(Vec<Cell>) -> R + Sync,
) -> Vec<R> {
    if !by_product {
        return patterns::resampled(times, resampling, |drawn| found(cells_of(pairs, looks, drawn)));
    }
    let units = times.iter().map(|times| *times as usize).sum();
    let sums = sums(&columns_of(pairs.len(), looks, times), units, resampling);
    let cell = |at: usize, resample: usize| Cell {
        pair: pairs[at],
        wins: [sums[3 * at][resample], sums[3 * at + 1][resample]],
        ties: sums[3 * at + 2][resample],
    };
    let cells = |resample: u32| (0..pairs.len()).map(|at| cell(at, resample as usize)).collect();
    (0..resampling.resamples).into_par_iter().map(|resample| found(cells(resample))).collect()
}

/// The games that scores of one criterion make: of each case, every two candidates that both have a score, a tie where the scores
/// are no further apart than `tie_within`. Games of one case, or of one cluster of cases, are one cluster.
///
/// # Errors
/// [`Refused::LengthsDiffer`], [`Refused::NotFinite`], [`Refused::Weight`], [`Refused::OutOfRange`].
pub fn games_of(scores: &Scores, criterion: usize, tie_within: f64) -> Result<Vec<Game>, Refused> {
    let weights = scores.design.weights(scores.cases)?;
    if scores.values.len() != scores.candidates * scores.criteria * scores.cases {
        return Err(Refused::LengthsDiffer {
            left: scores.candidates * scores.criteria * scores.cases,
            right: scores.values.len(),
        });
    }
    if criterion >= scores.criteria {
        return Err(Refused::OutOfRange { what: "criterion" });
    }
    super::not_negative(tie_within, "tie")?;
    let mut games = Vec::new();
    for case in 0..scores.cases {
        let score = |candidate: usize| scores.values[(candidate * scores.criteria + criterion) * scores.cases + case];
        for first in 0..scores.candidates {
            let Some(a) = score(first) else { continue };
            for second in first + 1..scores.candidates {
                let Some(b) = score(second) else { continue };
                let outcome = match super::finite(a - b, "values").map_err(|_| Refused::NotFinite { row: case })? {
                    apart if apart.abs() <= tie_within => Outcome::Tie,
                    apart if apart > 0.0 => Outcome::First,
                    _ => Outcome::Second,
                };
                let cluster = scores.design.clusters.map_or(case as u64, |clusters| clusters[case]);
                games.push(Game { first, second, outcome, weight: weights[case], cluster: Some(cluster) });
            }
        }
    }
    Ok(games)
}

#[cfg(test)]
mod tests;
