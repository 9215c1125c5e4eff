//! The maximum of the likelihood by Newton's method.
//!
//! Both ways of ties are one exponential family of a game's outcome t (½, −½, tie 0) and tie s (0, 0, 1) with
//! ln P = t·(βᵢ − βⱼ) + s·ln ν − ln(e^(d/2) + e^(−d/2) + ν). With half wins ν = 0 and a tie adds only −ln(e^(d/2) + e^(−d/2)).

use nalgebra::{DMatrix, DVector};

use super::Ties;

/// Weighted results of one pair.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Cell {
    pub pair: (usize, usize),
    pub wins: [f64; 2],
    pub ties: f64,
}

impl Cell {
    fn games(&self) -> f64 {
        self.wins[0] + self.wins[1] + self.ties
    }
}

/// Mean and covariance of (t, s) under the model.
struct Moments {
    t: f64,
    s: f64,
    tt: f64,
    ts: f64,
    ss: f64,
    /// ln of the normalising sum.
    log_sum: f64,
}

pub(super) struct Fit {
    /// By candidate; the first is 0.
    pub strengths: Vec<f64>,
    pub log_tie: Option<f64>,
}

const MOST_STEPS: usize = 100;

impl Fit {
    /// From `start` where given. `None` where it does not come to rest.
    pub(super) fn new(candidates: usize, cells: &[Cell], ties: Ties, start: Option<&Fit>) -> Option<Self> {
        let models_ties = ties == Ties::Davidson && cells.iter().any(|cell| cell.ties > 0.0);
        let mut fit = Self {
            strengths: start.map_or_else(|| vec![0.0; candidates], |start| start.strengths.clone()),
            log_tie: models_ties.then(|| start.and_then(|start| start.log_tie).unwrap_or(0.0)),
        };
        let mut likelihood = fit.likelihood(cells);
        for _ in 0..MOST_STEPS {
            let mut score = DVector::zeros(fit.parameters());
            cells.iter().for_each(|cell| fit.add_score(cell, &mut score));
            let step = fit.information(cells).cholesky()?.solve(&score);
            if !step.iter().all(|step| step.is_finite()) {
                return None;
            }
            let longest = step.amax();
            let mut share = 1.0;
            loop {
                let next = fit.moved(&step, share);
                let found = next.likelihood(cells);
                // Near the top the likelihood is flat to the last digit: what is left of the step is taken as it is.
                if found >= likelihood || longest < 1e-6 {
                    (fit, likelihood) = (next, found);
                    break;
                }
                share /= 2.0;
                if share < 1e-9 {
                    return None;
                }
            }
            if longest < 1e-11 {
                return Some(fit);
            }
        }
        None
    }

    pub(super) fn parameters(&self) -> usize {
        self.strengths.len() - 1 + usize::from(self.log_tie.is_some())
    }

    fn moved(&self, step: &DVector<f64>, share: f64) -> Self {
        let strengths = self.strengths.iter().enumerate();
        Self {
            strengths: strengths.map(|(i, value)| if i == 0 { 0.0 } else { value + share * step[i - 1] }).collect(),
            log_tie: self.log_tie.map(|log_tie| log_tie + share * step[step.len() - 1]),
        }
    }

    fn moments(&self, (i, j): (usize, usize)) -> Moments {
        let d = (self.strengths[i] - self.strengths[j]) / 2.0;
        let top = d.abs().max(self.log_tie.unwrap_or(0.0));
        let (first, second) = ((d - top).exp(), (-d - top).exp());
        let tie = self.log_tie.map_or(0.0, |log_tie| (log_tie - top).exp());
        let sum = first + second + tie;
        let (t, s) = ((first - second) / (2.0 * sum), tie / sum);
        Moments {
            t,
            s,
            tt: (first + second) / (4.0 * sum) - t * t,
            ts: -t * s,
            ss: s * (1.0 - s),
            log_sum: sum.ln() + top,
        }
    }

    fn likelihood(&self, cells: &[Cell]) -> f64 {
        let of = |cell: &Cell| {
            let d = (self.strengths[cell.pair.0] - self.strengths[cell.pair.1]) / 2.0;
            (cell.wins[0] - cell.wins[1]) * d + cell.ties * self.log_tie.unwrap_or(0.0)
                - cell.games() * self.moments(cell.pair).log_sum
        };
        cells.iter().map(of).sum()
    }

    /// Adds the gradient of what a cell says.
    pub(super) fn add_score(&self, cell: &Cell, score: &mut DVector<f64>) {
        let moments = self.moments(cell.pair);
        let off = (cell.wins[0] - cell.wins[1]) / 2.0 - cell.games() * moments.t;
        let (i, j) = cell.pair;
        if i > 0 {
            score[i - 1] += off;
        }
        if j > 0 {
            score[j - 1] -= off;
        }
        if self.log_tie.is_some() {
            let last = score.len() - 1;
            score[last] += cell.ties - cell.games() * moments.s;
        }
    }

    fn information(&self, cells: &[Cell]) -> DMatrix<f64> {
        let size = self.parameters();
        let mut information = DMatrix::zeros(size, size);
        for cell in cells {
            let (moments, games) = (self.moments(cell.pair), cell.games());
            let ends = [(cell.pair.0, 1.0), (cell.pair.1, -1.0)];
            for (a, sign_a) in ends.into_iter().filter(|(end, _)| *end > 0) {
                for (b, sign_b) in ends.into_iter().filter(|(end, _)| *end > 0) {
                    information[(a - 1, b - 1)] += games * moments.tt * sign_a * sign_b;
                }
                if self.log_tie.is_some() {
                    let add = games * moments.ts * sign_a;
                    information[(a - 1, size - 1)] += add;
                    information[(size - 1, a - 1)] += add;
                }
            }
            if self.log_tie.is_some() {
                information[(size - 1, size - 1)] += games * moments.ss;
            }
        }
        information
    }

    /// The inverse of the information.
    pub(super) fn covariance(&self, cells: &[Cell]) -> Option<DMatrix<f64>> {
        Some(self.information(cells).cholesky()?.inverse())
    }
}
