//! A whole bake-off at once: candidates × criteria × cases of scores → every mean and every difference, with intervals.
//!
//! Cases are drawn once for all of it (`stats/resample.rs`): two candidates that answer alike keep that in every resample, and
//! adding or dropping a candidate changes nothing of what is said of the others, provided that cases have keys (beyond the twelfth
//! digit: the grid follows the largest score of the criterion).
//!
//! A difference counts only cases that both have answered. Repeats are averaged before they come here.

mod estimate;
mod figures;

use rayon::prelude::*;

use super::multiplicity::{benjamini_hochberg, holm};
use super::resample::sums;
use super::units::Design;
use super::{Interval, Refused, Resampling};
use estimate::{finish, test};
use figures::{Columns, Figure, arrange, figures_of};

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
    /// [`super::proportion::wilson`]: scores of nothing but 0 and 1, of equal weight, without clusters, of
    /// [`super::proportion::FEWEST_FOR_NORMAL`] cases or more.
    Wilson,
    /// [`super::proportion::clopper_pearson`] of fewer, and [`super::proportion::paired_exact`] of differences that rest on too few
    /// cases for a bootstrap.
    Exact,
    /// The BCa bootstrap over cases, or over clusters where there are.
    Bca,
}

/// How a p value was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Test {
    /// [`super::mcnemar::mcnemar`]: scores of nothing but 0 and 1, of equal weight, without clusters.
    McNemarExact,
    /// Student's t of the (cluster-robust) standard error, clusters − 1 degrees of freedom; refused of fewer than 100 passes and
    /// failures.
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
    /// Scores of the criterion are nothing but 0 and 1: fewer than [`super::proportion::FEWEST_FOR_NORMAL`] cases get no
    /// normal approximation.
    pub pass_or_fail: bool,
    pub cases: usize,
    /// Clusters of these cases, or the cases themselves.
    pub clusters: usize,
    /// There are clusters, and fewer than [`super::FEW_CLUSTERS`].
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
    /// The standard error by which a value is drawn: where scores of pass or fail lie at an end, or hardly differ, the sample has
    /// none, and half the interval tells how little is known all the same. In the unit of the criterion.
    pub fn spread(&self) -> Option<f64> {
        let half =
            self.interval.ok().map(|interval| (interval.high - interval.low).abs() / 2.0 / 1.959_963_984_540_054);
        match (self.se, half.filter(|_| self.method != Method::Bca)) {
            (Some(se), Some(half)) => Some(se.max(half)),
            (se, half) => se.or(half),
        }
    }

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

#[cfg(test)]
mod tests;
