//! A whole bake-off at once: candidates × criteria × cases of scores → every mean and every difference, with intervals.
//!
//! Cases are drawn once for all of it ([`super::resample`]): two candidates that answer alike keep that in every resample, and
//! adding or dropping a candidate changes nothing of what is said of the others, provided that cases have keys (beyond the twelfth
//! digit: the grid follows the largest score of the criterion).
//!
//! A difference counts only cases that both have answered. Repeats are averaged before they come here.

use std::collections::HashMap;

use rayon::prelude::*;

use super::mcnemar::mcnemar;
use super::multiplicity::{benjamini_hochberg, holm};
use super::resample::{Grid, sums};
use super::units::{Design, ratio};
use super::{FEW_CLUSTERS, Interval, Refused, Resampling, bca, distribution, proportion};

/// Scores by candidate, then criterion, then case.
#[derive(Debug, Clone, Copy)]
pub struct Scores<'a> {
    pub candidates: usize,
    pub criteria: usize,
    pub cases: usize,
    /// `values[(candidate · criteria + criterion) · cases + case]`, in the unit of the criterion; `None` is missing.
    pub values: &'a [Option<f64>],
    pub design: Design<'a>,
}

/// How an interval was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// [`proportion::wilson`]: scores of nothing but 0 and 1, of equal weight, without clusters.
    Wilson,
    /// The BCa bootstrap over cases, or over clusters where there are.
    Bca,
}

/// How a p value was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// [`mcnemar`]: scores of nothing but 0 and 1, of equal weight, without clusters.
    McNemarExact,
    /// Student's t of the (cluster-robust) standard error, clusters − 1 degrees of freedom.
    RobustT,
}

/// A figure and how sure it is, in the unit of the criterion.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimate {
    pub value: f64,
    /// Cluster-robust where there are clusters; `None` of one case or one cluster.
    pub se: Option<f64>,
    pub interval: Result<Interval, Refused>,
    pub method: Method,
    pub cases: usize,
    /// Clusters of these cases, or the cases themselves.
    pub clusters: usize,
    /// There are clusters, and fewer than [`FEW_CLUSTERS`].
    pub few_clusters: bool,
    /// Resamples that held any case of the figure; 0 where none was needed.
    pub resamples: u32,
}

/// First minus second.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Difference {
    pub estimate: Estimate,
    /// Two-sided, against no difference.
    pub p: Result<f64, Refused>,
    pub test: Test,
    /// p adjusted over all pairs of the criterion that have one.
    pub holm: Option<f64>,
    pub benjamini_hochberg: Option<f64>,
}

impl Estimate {
    fn turned_if(self, turn: bool) -> Self {
        if !turn {
            return self;
        }
        Self { value: 0.0 - self.value, interval: self.interval.map(Interval::negated), ..self }
    }
}

impl Difference {
    fn turned(self) -> Self {
        Self { estimate: self.estimate.turned_if(true), ..self }
    }
}

/// Everything [`compare`] finds.
#[derive(Debug, Clone, PartialEq)]
pub struct Comparison {
    candidates: usize,
    criteria: usize,
    means: Vec<Result<Estimate, Refused>>,
    differences: Vec<Result<Difference, Refused>>,
}

impl Comparison {
    /// The mean score of a candidate; [`Refused::OutOfRange`] where there is no such candidate or criterion.
    pub fn mean(&self, candidate: usize, criterion: usize) -> Result<Estimate, Refused> {
        if candidate >= self.candidates || criterion >= self.criteria {
            return Err(Refused::OutOfRange { what: "candidate or criterion" });
        }
        self.means[candidate * self.criteria + criterion]
    }

    /// `first` minus `second`.
    ///
    /// # Errors
    /// Why there is none: [`Refused::Empty`] where the two share no case.
    pub fn difference(&self, first: usize, second: usize, criterion: usize) -> Result<Difference, Refused> {
        if first == second || first.max(second) >= self.candidates || criterion >= self.criteria {
            return Err(Refused::OutOfRange { what: "candidate or criterion" });
        }
        let found = self.differences
            [pair_number(first.min(second), first.max(second), self.candidates) * self.criteria + criterion];
        if first < second { found } else { found.map(Difference::turned) }
    }

    /// Every other candidate minus the incumbent, in the order of candidates, with p adjusted over these comparisons alone.
    pub fn against(&self, incumbent: usize, criterion: usize) -> Vec<(usize, Result<Difference, Refused>)> {
        let others = (0..self.candidates).filter(|candidate| *candidate != incumbent);
        let mut found: Vec<_> = others.map(|other| (other, self.difference(other, incumbent, criterion))).collect();
        adjust(found.iter_mut().filter_map(|(_, found)| found.as_mut().ok()).collect());
        found
    }
}

/// The place of a pair among all pairs (0,1), (0,2) … (1,2) …; `first` < `second`.
fn pair_number(first: usize, second: usize, candidates: usize) -> usize {
    first * (2 * candidates - first - 1) / 2 + second - first - 1
}

/// Adjusts the p values of one family of comparisons.
fn adjust(mut family: Vec<&mut Difference>) {
    family.retain(|difference| difference.p.is_ok());
    let p: Vec<f64> = family.iter().filter_map(|difference| difference.p.ok()).collect();
    let (holm, bh) = (holm(&p), benjamini_hochberg(&p));
    for (at, difference) in family.into_iter().enumerate() {
        difference.holm = holm.as_ref().ok().map(|adjusted| adjusted[at]);
        difference.benjamini_hochberg = bh.as_ref().ok().map(|adjusted| adjusted[at]);
    }
}

/// A numerator and a denominator by their places among the columns.
struct Figure {
    /// The numerator is the first column, less the second where there is one.
    first: usize,
    second: Option<usize>,
    below: usize,
    grid: Grid,
    /// The largest score in absolute value: spread is judged against it.
    largest: f64,
    /// Cases that count.
    cases: usize,
    /// What the exact methods of 0 and 1 need.
    binary: Option<Binary>,
}

/// Counts of cases scored 0 or 1.
#[derive(Clone, Copy)]
enum Binary {
    Share { successes: u64 },
    Pair { both: u64, first_only: u64, second_only: u64, neither: u64 },
}

/// The columns to be summed under each resample.
#[derive(Default)]
struct Columns {
    held: Vec<Vec<f64>>,
    /// Denominators by which rows have a score.
    of_mask: HashMap<Vec<u64>, usize>,
}

/// Rows in their order, with what every column is built from.
struct Rows<'a> {
    scores: &'a Scores<'a>,
    weights: Vec<f64>,
    order: Vec<usize>,
    unit_of: Vec<usize>,
    units: usize,
    weight_grid: Grid,
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

/// Every mean and every difference of two candidates, by criterion.
///
/// A mean is Σwx/Σw over the cases the candidate has a score for, a difference Σw(a − b)/Σw over those both have. Standard errors
/// are cluster-robust ([`super::mean::mean`]), intervals as [`Method`] says, p values as [`Test`] says.
///
/// # Errors
/// [`Refused::LengthsDiffer`], [`Refused::NotFinite`] (the row counts through `values`), [`Refused::Weight`],
/// [`Refused::OutOfRange`]. That a single figure cannot be said is no error of the whole.
pub fn compare(scores: &Scores, resampling: &Resampling) -> Result<Comparison, Refused> {
    resampling.check()?;
    let wanted = scores.candidates.checked_mul(scores.criteria).and_then(|count| count.checked_mul(scores.cases));
    if wanted != Some(scores.values.len()) {
        return Err(Refused::LengthsDiffer { left: wanted.unwrap_or(usize::MAX), right: scores.values.len() });
    }
    if let Some(row) = scores.values.iter().position(|value| value.is_some_and(|value| !value.is_finite())) {
        return Err(Refused::NotFinite { row });
    }
    let rows = arrange(scores)?;
    let mut columns = Columns::default();
    let mut means = Vec::new();
    let mut pairs = Vec::new();
    for criterion in 0..scores.criteria {
        figures_of(&rows, criterion, &mut columns, &mut means, &mut pairs)?;
    }
    let drawn = sums(&columns.held, rows.units, resampling);
    let finish = |figure: &Figure| finish(figure, &rows, &columns.held, &drawn, resampling);
    let means: Vec<_> = means.par_iter().map(finish).collect();
    let mut pairs: Vec<_> = pairs
        .par_iter()
        .map(|figure| {
            let estimate = finish(figure)?;
            let (test, p) = test(figure, &estimate);
            Ok(Difference { estimate, p, test, holm: None, benjamini_hochberg: None })
        })
        .collect();
    let pair_count = scores.candidates * scores.candidates.saturating_sub(1) / 2;
    if pair_count > 0 {
        pairs
            .chunks_mut(pair_count)
            .for_each(|family| adjust(family.iter_mut().filter_map(|d| d.as_mut().ok()).collect()));
    }
    // Found by criterion, kept by candidate and by pair.
    let by_criterion = |per: usize, at: usize| (at % scores.criteria) * per + at / scores.criteria;
    Ok(Comparison {
        candidates: scores.candidates,
        criteria: scores.criteria,
        means: (0..means.len()).map(|at| means[by_criterion(scores.candidates, at)]).collect(),
        differences: (0..pairs.len()).map(|at| pairs[by_criterion(pair_count, at)]).collect(),
    })
}

fn arrange<'a>(scores: &'a Scores<'a>) -> Result<Rows<'a>, Refused> {
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
fn figures_of(
    rows: &Rows,
    criterion: usize,
    columns: &mut Columns,
    means: &mut Vec<Figure>,
    pairs: &mut Vec<Figure>,
) -> Result<(), Refused> {
    let candidates = rows.scores.candidates;
    let (mut largest, mut heaviest): (f64, f64) = (0.0, 0.0);
    let mut binary = rows.scores.design.clusters.is_none() && rows.scores.design.weights.is_none();
    for candidate in 0..candidates {
        let mut by_unit = vec![0.0; rows.units];
        for (at, row) in rows.order.iter().enumerate() {
            let Some(score) = rows.score(candidate, criterion, *row) else { continue };
            largest = largest.max(score.abs());
            by_unit[rows.unit_of[at]] += (rows.weights[*row] * score).abs();
            binary &= score == 0.0 || score == 1.0;
        }
        heaviest = by_unit.into_iter().fold(heaviest, f64::max);
    }
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
                binary: paired,
            });
        }
    }
    Ok(())
}

/// The estimate of a figure. One below 0 is found as that of the negated figure, and turned: what is said of two candidates
/// then does not depend on which of them is named first.
fn finish(
    figure: &Figure,
    rows: &Rows,
    held: &[Vec<f64>],
    drawn: &[Vec<f64>],
    resampling: &Resampling,
) -> Result<Estimate, Refused> {
    if figure.cases == 0 {
        return Err(Refused::Empty);
    }
    let above = |columns: &[Vec<f64>], at: usize, sign: f64| {
        sign * (columns[figure.first][at] - figure.second.map_or(0.0, |second| columns[second][at]))
    };
    let denominators = &held[figure.below];
    let signed: Vec<f64> = (0..rows.units).map(|unit| above(held, unit, 1.0)).collect();
    let flipped = signed.iter().sum::<f64>() < 0.0;
    let sign = if flipped { -1.0 } else { 1.0 };
    let numerators: Vec<f64> = signed.into_iter().map(|value| sign * value).collect();
    let found = ratio(&numerators, denominators).ok_or(Refused::Empty)?;
    let in_unit = |ratio: f64| figure.grid.value(ratio) / rows.weight_grid.value(1.0);
    let few_clusters = rows.scores.design.clusters.is_some() && found.units < FEW_CLUSTERS;
    let mut estimate = Estimate {
        value: in_unit(found.value),
        se: found.se.map(in_unit),
        interval: Err(Refused::Empty),
        method: Method::Bca,
        cases: figure.cases,
        clusters: found.units,
        few_clusters,
        resamples: 0,
    };
    if let Some(Binary::Share { successes }) = figure.binary {
        estimate.method = Method::Wilson;
        estimate.interval = proportion::wilson(successes, figure.cases as u64, resampling.confidence);
        return Ok(estimate);
    }
    let Some(se) = estimate.se else {
        estimate.interval =
            Err(if figure.cases > 1 { Refused::OneCluster } else { Refused::TooFew { have: figure.cases, need: 2 } });
        return Ok(estimate.turned_if(flipped));
    };
    // Weighted sums lie on a grid: less than a thousand of its steps is no spread.
    if se * (found.units as f64).sqrt() <= 1e-9 * figure.largest {
        estimate.interval = Err(Refused::NoSpread);
        estimate.se = Some(0.0);
        return Ok(estimate.turned_if(flipped));
    }
    let (whole_above, whole_below) = (numerators.iter().sum::<f64>(), denominators.iter().sum::<f64>());
    let left_out = numerators
        .iter()
        .zip(denominators)
        .filter(|(_, below)| **below > 0.0)
        .map(|(above, below)| ((whole_above - above) / (whole_below - below), 1.0));
    let acceleration = bca::acceleration(left_out);
    let below = &drawn[figure.below];
    let mut resamples: Vec<f64> =
        (0..below.len()).filter(|at| below[*at] > 0.0).map(|at| above(drawn, at, sign) / below[at]).collect();
    estimate.resamples = resamples.len() as u32;
    estimate.interval = bca::interval(&mut resamples, found.value, acceleration, resampling.confidence)
        .map(|found| Interval { low: in_unit(found.low), high: in_unit(found.high), confidence: found.confidence });
    Ok(estimate.turned_if(flipped))
}

fn test(figure: &Figure, estimate: &Estimate) -> (Test, Result<f64, Refused>) {
    if let Some(Binary::Pair { both, first_only, second_only, neither }) = figure.binary {
        return (Test::McNemarExact, mcnemar([[both, first_only], [second_only, neither]]).map(|found| found.exact_p));
    }
    let p = match estimate.se {
        None => Err(estimate.interval.err().unwrap_or(Refused::OneCluster)),
        Some(0.0) if estimate.value == 0.0 => Ok(1.0),
        Some(0.0) => Err(Refused::NoSpread),
        Some(se) => distribution::student_below(-(estimate.value / se).abs(), (estimate.clusters - 1) as f64)
            .map(|tail| (2.0 * tail).min(1.0)),
    };
    (Test::RobustT, p)
}

#[cfg(test)]
mod tests;
