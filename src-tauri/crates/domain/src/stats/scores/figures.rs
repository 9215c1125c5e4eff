//! What is to be summed under each resample: a numerator and a denominator for every mean and every difference.

use std::collections::HashMap;

use super::super::Refused;
use super::super::resample::Grid;
use super::Scores;

/// A numerator and a denominator by their places among the columns.
pub(super) struct Figure {
    /// The numerator is the first column, less the second where there is one.
    pub first: usize,
    pub second: Option<usize>,
    pub below: usize,
    pub grid: Grid,
    /// The largest score in absolute value: spread is judged against it.
    pub largest: f64,
    /// Cases that count.
    pub cases: usize,
    /// Scores of the criterion are nothing but 0 and 1.
    pub pass_or_fail: bool,
    /// What the exact methods of 0 and 1 need; they need cases that weigh the same and are independent.
    pub binary: Option<Binary>,
}

/// Counts of cases scored 0 or 1.
#[derive(Clone, Copy)]
pub(super) enum Binary {
    Share { successes: u64 },
    Pair { both: u64, first_only: u64, second_only: u64, neither: u64 },
}

/// The columns to be summed under each resample.
#[derive(Default)]
pub(super) struct Columns {
    pub held: Vec<Vec<f64>>,
    /// Denominators by which rows have a score.
    of_mask: HashMap<Vec<u64>, usize>,
}

/// Rows in their order, with what every column is built from.
pub(super) struct Rows<'a> {
    pub scores: &'a Scores<'a>,
    weights: Vec<f64>,
    order: Vec<usize>,
    unit_of: Vec<usize>,
    pub units: usize,
    pub weight_grid: Grid,
}

impl Rows<'_> {
    fn score(&self, candidate: usize, criterion: usize, row: usize) -> Option<f64> {
        self.scores.values[(candidate * self.scores.criteria + criterion) * self.scores.cases + row]
    }

    fn mask(&self, present: impl Fn(usize) -> bool) -> Vec<u64> {
        let mut mask = vec![0u64; self.order.len().div_ceil(64)];
        for (at, row) in self.order.iter().enumerate() {
            mask[at / 64] |= u64::from(present(*row)) << (at % 64);
        }
        mask
    }

    /// The sum by unit of what rows hold.
    fn by_unit(&self, held: impl Fn(usize, usize) -> f64) -> Vec<f64> {
        let mut sums = vec![0.0; self.units];
        for (at, row) in self.order.iter().enumerate() {
            sums[self.unit_of[at]] += held(at, *row);
        }
        sums
    }

    fn denominator(&self, columns: &mut Columns, mask: Vec<u64>) -> usize {
        if let Some(place) = columns.of_mask.get(&mask) {
            return *place;
        }
        let held = self.by_unit(|at, row| {
            if mask[at / 64] >> (at % 64) & 1 == 1 { self.weight_grid.whole(self.weights[row]) } else { 0.0 }
        });
        columns.held.push(held);
        columns.of_mask.insert(mask, columns.held.len() - 1);
        columns.held.len() - 1
    }
}

fn count(mask: &[u64]) -> usize {
    mask.iter().map(|bits| bits.count_ones() as usize).sum()
}

pub(super) fn arrange<'a>(scores: &'a Scores<'a>) -> Result<Rows<'a>, Refused> {
    let weights = scores.design.weights(scores.cases)?;
    let (order, unit_of, units) = scores.design.arranged(&weights, |a, b| {
        let column = |row: usize| scores.values.iter().skip(row).step_by(scores.cases.max(1));
        let key = |value: Option<f64>| value.map(|value| value + 0.0);
        column(a)
            .zip(column(b))
            .map(|(a, b)| match (key(*a), key(*b)) {
                (Some(a), Some(b)) => a.total_cmp(&b),
                (a, b) => a.is_some().cmp(&b.is_some()),
            })
            .find(|order| order.is_ne())
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    let mut heaviest = vec![0.0; units];
    for (row, unit) in order.iter().zip(&unit_of) {
        heaviest[*unit] += weights[*row];
    }
    let heaviest = heaviest.into_iter().fold(0.0, f64::max);
    let weight_grid = Grid::new(heaviest, units).ok_or(Refused::OutOfRange { what: "weights" })?;
    Ok(Rows { scores, weights, order, unit_of, units, weight_grid })
}

/// The figures of one criterion: a mean a candidate, a difference a pair.
pub(super) fn figures_of(
    rows: &Rows,
    criterion: usize,
    columns: &mut Columns,
    means: &mut Vec<Figure>,
    pairs: &mut Vec<Figure>,
) -> Result<(), Refused> {
    let candidates = rows.scores.candidates;
    let (mut largest, mut heaviest): (f64, f64) = (0.0, 0.0);
    let mut pass_or_fail = true;
    for candidate in 0..candidates {
        let mut by_unit = vec![0.0; rows.units];
        for (at, row) in rows.order.iter().enumerate() {
            let Some(score) = rows.score(candidate, criterion, *row) else { continue };
            largest = largest.max(score.abs());
            by_unit[rows.unit_of[at]] += (rows.weights[*row] * score).abs();
            pass_or_fail &= score == 0.0 || score == 1.0;
        }
        heaviest = by_unit.into_iter().fold(heaviest, f64::max);
    }
    let binary = pass_or_fail && rows.scores.design.clusters.is_none() && rows.scores.design.weights.is_none();
    // A difference may be twice as large.
    let grid = Grid::new(heaviest * 2.0, rows.units).ok_or(Refused::OutOfRange { what: "values" })?;
    let whole = |score: f64, row: usize| grid.whole(rows.weights[row] * score);
    let masks: Vec<Vec<u64>> =
        (0..candidates).map(|candidate| rows.mask(|row| rows.score(candidate, criterion, row).is_some())).collect();
    let first_of_candidates = columns.held.len();
    for candidate in 0..candidates {
        columns
            .held
            .push(rows.by_unit(|_, row| rows.score(candidate, criterion, row).map_or(0.0, |score| whole(score, row))));
    }
    for (candidate, mask) in masks.iter().enumerate() {
        let successes = || rows.order.iter().filter(|row| rows.score(candidate, criterion, **row) == Some(1.0)).count();
        means.push(Figure {
            first: first_of_candidates + candidate,
            second: None,
            below: rows.denominator(columns, mask.clone()),
            grid,
            largest,
            cases: count(mask),
            pass_or_fail,
            binary: binary.then(|| Binary::Share { successes: successes() as u64 }),
        });
    }
    for first in 0..candidates {
        for second in first + 1..candidates {
            let scores = |row: usize| rows.score(first, criterion, row).zip(rows.score(second, criterion, row));
            let paired = binary.then(|| {
                let mut cells = [0u64; 4];
                for (a, b) in rows.order.iter().filter_map(|row| scores(*row)) {
                    cells[usize::from(a == 0.0) * 2 + usize::from(b == 0.0)] += 1;
                }
                Binary::Pair { both: cells[0], first_only: cells[1], second_only: cells[2], neither: cells[3] }
            });
            let shared: Vec<u64> = masks[first].iter().zip(&masks[second]).map(|(a, b)| a & b).collect();
            let cases = count(&shared);
            let (above, less) = if masks[first] == masks[second] {
                (first_of_candidates + first, Some(first_of_candidates + second))
            } else {
                let held = rows.by_unit(|_, row| scores(row).map_or(0.0, |(a, b)| whole(a, row) - whole(b, row)));
                columns.held.push(held);
                (columns.held.len() - 1, None)
            };
            pairs.push(Figure {
                first: above,
                second: less,
                below: rows.denominator(columns, shared),
                grid,
                largest,
                cases,
                pass_or_fail,
                binary: paired,
            });
        }
    }
    Ok(())
}
