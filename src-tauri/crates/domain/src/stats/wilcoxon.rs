//! Are paired differences shifted to one side, by their ranks alone? For scores whose size means little (rubrics of 1 to 5).

use super::distribution::normal_below;
use super::{Refused, finite};

/// Up to this many differences the distribution is counted out; as SciPy does.
pub const MOST_FOR_EXACT: usize = 50;

/// Wilcoxon's signed-rank test (Biometrics Bulletin 1, 1945).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Wilcoxon {
    /// The sum of the ranks of positive differences; of tied ones each gets the middle rank.
    pub positive_ranks: f64,
    pub negative_ranks: f64,
    /// Two-sided.
    pub p: f64,
    /// Counted out; else the normal approximation, with its variance corrected for ties and without continuity correction.
    pub exact: bool,
    /// Differences other than 0: zeros are dropped, as Wilcoxon did.
    pub counted: usize,
}

/// Of pairs where either is missing nothing is counted.
///
/// # Errors
/// [`Refused::LengthsDiffer`], [`Refused::NotFinite`], [`Refused::Empty`] where there is no pair; [`Refused::NoSpread`] where all
/// differences are 0.
pub fn wilcoxon(a: &[Option<f64>], b: &[Option<f64>]) -> Result<Wilcoxon, Refused> {
    if a.len() != b.len() {
        return Err(Refused::LengthsDiffer { left: a.len(), right: b.len() });
    }
    let mut differences = Vec::with_capacity(a.len());
    for (row, (a, b)) in a.iter().zip(b).enumerate() {
        if let (Some(a), Some(b)) = (a, b) {
            let difference = a - b;
            differences.push(difference.is_finite().then_some(difference).ok_or(Refused::NotFinite { row })?);
        }
    }
    if differences.is_empty() {
        return Err(Refused::Empty);
    }
    let pairs = differences.len();
    differences.retain(|difference| *difference != 0.0);
    let count = differences.len();
    if count == 0 {
        return Err(Refused::NoSpread);
    }
    differences.sort_by(|a, b| a.abs().total_cmp(&b.abs()));
    let (mut positive, mut negative, mut tied) = (0.0, 0.0, 0.0);
    let mut at = 0;
    for run in differences.chunk_by(|a, b| a.abs() == b.abs()) {
        let rank = at as f64 + (run.len() as f64 + 1.0) / 2.0;
        let above = run.iter().filter(|difference| **difference > 0.0).count();
        positive += rank * above as f64;
        negative += rank * (run.len() - above) as f64;
        tied += (run.len() as f64).powi(3) - run.len() as f64;
        at += run.len();
    }
    let smaller: f64 = f64::min(positive, negative);
    let n = count as f64;
    let exact = tied == 0.0 && count == pairs && count <= MOST_FOR_EXACT;
    let p = if exact {
        exact_tail(smaller as usize, count)
    } else {
        let variance = n * (n + 1.0) * (2.0 * n + 1.0) / 24.0 - tied / 48.0;
        normal_below((smaller - n * (n + 1.0) / 4.0) / variance.sqrt())
    };
    let p = finite((2.0 * p).min(1.0), "values")?;
    Ok(Wilcoxon { positive_ranks: positive, negative_ranks: negative, p, exact, counted: count })
}

/// P(W ≤ w) where each of the ranks 1..=n is positive or not with ½.
fn exact_tail(w: usize, n: usize) -> f64 {
    let mut ways = vec![0.0; w + 1];
    ways[0] = 1.0;
    for rank in 1..=n.min(w) {
        for sum in (rank..=w).rev() {
            ways[sum] += ways[sum - rank];
        }
    }
    ways.iter().sum::<f64>() / 2f64.powi(n as i32)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn against_zero(values: &[f64]) -> Result<Wilcoxon, Refused> {
        let values: Vec<_> = values.iter().copied().map(Some).collect();
        wilcoxon(&values, &vec![Some(0.0); values.len()])
    }

    #[test]
    fn ties_only_one_case_nothing_and_no_difference() {
        assert_eq!(against_zero(&[]), Err(Refused::Empty));
        assert_eq!(wilcoxon(&[None, Some(1.0)], &[Some(1.0), None]), Err(Refused::Empty));
        assert_eq!(against_zero(&[0.0, 0.0]), Err(Refused::NoSpread));
        let one = against_zero(&[2.0]).unwrap();
        assert_eq!((one.p, one.exact), (1.0, true));
        let ties = against_zero(&[1.0, 1.0, -1.0, -1.0]).unwrap();
        assert_eq!((ties.p, ties.exact, ties.positive_ranks), (1.0, false, 5.0));
        assert_eq!(wilcoxon(&[Some(1.0)], &[]), Err(Refused::LengthsDiffer { left: 1, right: 0 }));
        assert_eq!(against_zero(&[f64::INFINITY]), Err(Refused::NotFinite { row: 0 }));
    }

    proptest! {
        #[test]
        fn order_and_side_change_nothing(values in prop::collection::vec(-20i32..20, 1..70)) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let negated: Vec<f64> = values.iter().rev().map(|value| -value).collect();
            match (against_zero(&values), against_zero(&negated)) {
                (Ok(found), Ok(turned)) => {
                    prop_assert_eq!(found.p, turned.p);
                    prop_assert_eq!(found.positive_ranks, turned.negative_ranks);
                    prop_assert!((0.0..=1.0).contains(&found.p));
                }
                (found, turned) => prop_assert_eq!(found, turned),
            }
        }
    }
}
