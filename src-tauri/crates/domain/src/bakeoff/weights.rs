//! Weights: entered as they are, as swings, or by pairwise comparison (AHP).

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Why there are no weights.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum WeightError {
    #[error("there is nothing to weigh")]
    Empty,
    #[error("weight {at} is negative or not a finite number")]
    Weight { at: usize },
    #[error("all weights are 0")]
    AllZero,
    #[error("{have} criteria are more than the {most} pairwise comparison is made for")]
    TooMany { have: usize, most: usize },
    #[error("criteria {first} and {second} are not compared")]
    Missing { first: usize, second: usize },
    #[error("a comparison names criteria {first} and {second}: one does not exist, or they are the same")]
    Criterion { first: usize, second: usize },
    #[error("criteria {first} and {second} are compared by {ratio}: expected from 1/9 to 9")]
    Ratio { first: usize, second: usize, ratio: f64 },
}

/// Weights that add up to 1, in the proportions entered.
///
/// # Errors
/// [`WeightError`].
pub fn normalised(entered: &[f64]) -> Result<Vec<f64>, WeightError> {
    if entered.is_empty() {
        return Err(WeightError::Empty);
    }
    if let Some(at) = entered.iter().position(|weight| !(weight.is_finite() && *weight >= 0.0)) {
        return Err(WeightError::Weight { at });
    }
    // By the largest first: a sum of large numbers may be infinite.
    let largest = entered.iter().copied().fold(0.0, f64::max);
    if largest == 0.0 {
        return Err(WeightError::AllZero);
    }
    let sum: f64 = entered.iter().map(|weight| weight / largest).sum();
    Ok(entered.iter().map(|weight| weight / largest / sum).collect())
}

/// Swing weights: what a swing from the worst to the best anchor is worth, the most valued one 100 (von Winterfeldt, Edwards,
/// "Decision Analysis and Behavioral Research", 1986). The arithmetic is that of [`normalised`]; points above 100 are refused,
/// since the most valued swing is the measure.
///
/// # Errors
/// [`WeightError`].
pub fn swing(points: &[f64]) -> Result<Vec<f64>, WeightError> {
    match points.iter().position(|points| *points > 100.0) {
        Some(at) => Err(WeightError::Weight { at }),
        None => normalised(points),
    }
}

/// `first` matters `ratio` times as much as `second`, from 1/9 to 9.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Comparison {
    pub first: usize,
    pub second: usize,
    pub ratio: f64,
}

/// Three comparisons that do not fit together.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Triad {
    pub criteria: [usize; 3],
    /// How often the first matters more than the last: as said, and as the two others imply.
    pub said: f64,
    pub implied: f64,
    /// The first is said to matter more than the second, that more than the third, and that more than the first.
    pub circular: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Ahp {
    pub weights: Vec<f64>,
    /// The principal eigenvalue; n where everything fits together.
    pub eigenvalue: f64,
    /// (λ − n)/(n − 1) over that of random matrices; 0 for one or two criteria. Up to 0.1 is held to be fine.
    pub consistency_ratio: f64,
    /// Triads that do not fit together, the worst first.
    pub triads: Vec<Triad>,
}

/// Mean consistency index of random reciprocal matrices of 1 to 10 criteria (Saaty, "The Analytic Hierarchy Process", 1980).
const RANDOM_INDEX: [f64; 10] = [0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49];

/// Weights as the principal eigenvector of pairwise comparisons (Saaty, Journal of Mathematical Psychology 15, 1977), by power
/// iteration, which converges for positive matrices (Perron). Of a pair compared twice the last counts.
///
/// # Errors
/// [`WeightError`].
pub fn ahp(criteria: usize, comparisons: &[Comparison]) -> Result<Ahp, WeightError> {
    if criteria == 0 {
        return Err(WeightError::Empty);
    }
    let most = RANDOM_INDEX.len();
    let random = *RANDOM_INDEX.get(criteria - 1).ok_or(WeightError::TooMany { have: criteria, most })?;
    let matrix = matrix(criteria, comparisons)?;
    let n = criteria as f64;
    let mut weights = vec![1.0 / n; criteria];
    let mut eigenvalue = n;
    for _ in 0..10_000 {
        let product: Vec<f64> =
            matrix.iter().map(|row| row.iter().zip(&weights).map(|(ratio, weight)| ratio * weight).sum()).collect();
        eigenvalue = product.iter().sum();
        let next: Vec<f64> = product.iter().map(|value| value / eigenvalue).collect();
        let moved = next.iter().zip(&weights).map(|(next, weight)| (next - weight).abs()).fold(0.0, f64::max);
        weights = next;
        if moved < 1e-15 {
            break;
        }
    }
    // Rounding must not make a consistent matrix look better than consistent.
    let index = if criteria > 2 { ((eigenvalue - n) / (n - 1.0)).max(0.0) } else { 0.0 };
    let consistency_ratio = if random > 0.0 { index / random } else { 0.0 };
    Ok(Ahp { weights, eigenvalue, consistency_ratio, triads: triads(&matrix) })
}

fn matrix(criteria: usize, comparisons: &[Comparison]) -> Result<Vec<Vec<f64>>, WeightError> {
    let mut matrix = vec![vec![0.0; criteria]; criteria];
    for Comparison { first, second, ratio } in comparisons.iter().copied() {
        if first >= criteria || second >= criteria || first == second {
            return Err(WeightError::Criterion { first, second });
        }
        if !(1.0 / 9.0 - 1e-9..=9.0 + 1e-9).contains(&ratio) {
            return Err(WeightError::Ratio { first, second, ratio });
        }
        matrix[first][second] = ratio;
        matrix[second][first] = 1.0 / ratio;
    }
    for (first, row) in matrix.iter_mut().enumerate() {
        row[first] = 1.0;
        if let Some(second) = row.iter().position(|ratio| *ratio == 0.0) {
            return Err(WeightError::Missing { first: first.min(second), second: first.max(second) });
        }
    }
    Ok(matrix)
}

fn triads(matrix: &[Vec<f64>]) -> Vec<Triad> {
    let n = matrix.len();
    let mut found: Vec<(f64, Triad)> = Vec::new();
    for i in 0..n {
        for j in i + 1..n {
            for k in j + 1..n {
                let (said, implied) = (matrix[i][k], matrix[i][j] * matrix[j][k]);
                let off = (said / implied).ln().abs();
                if off > 1e-9 {
                    let steps = [matrix[i][j], matrix[j][k], matrix[k][i]];
                    let circular = steps.iter().all(|step| *step > 1.0) || steps.iter().all(|step| *step < 1.0);
                    found.push((off, Triad { criteria: [i, j, k], said, implied, circular }));
                }
            }
        }
    }
    found.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.criteria.cmp(&b.1.criteria)));
    found.into_iter().map(|one| one.1).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn upper(rows: &[&[f64]]) -> Vec<Comparison> {
        let row = |(first, row): (usize, &&[f64])| -> Vec<Comparison> {
            row.iter()
                .enumerate()
                .map(|(at, ratio)| Comparison { first, second: first + 1 + at, ratio: *ratio })
                .collect()
        };
        rows.iter().enumerate().flat_map(row).collect()
    }

    #[test]
    fn saaty_buys_a_house() {
        // Saaty, "How to make a decision: the analytic hierarchy process", European Journal of Operational Research 48, 1990,
        // table 2: size, transport, neighbourhood, age, yard, modern facilities, condition, financing.
        let comparisons = upper(&[
            &[5.0, 3.0, 7.0, 6.0, 6.0, 1.0 / 3.0, 1.0 / 4.0],
            &[1.0 / 3.0, 5.0, 3.0, 3.0, 1.0 / 5.0, 1.0 / 7.0],
            &[6.0, 3.0, 4.0, 6.0, 1.0 / 5.0],
            &[1.0 / 3.0, 1.0 / 4.0, 1.0 / 7.0, 1.0 / 8.0],
            &[1.0 / 2.0, 1.0 / 5.0, 1.0 / 6.0],
            &[1.0 / 5.0, 1.0 / 6.0],
            &[1.0 / 2.0],
        ]);
        let found = ahp(8, &comparisons).unwrap();
        for (weight, published) in found.weights.iter().zip([0.173, 0.054, 0.188, 0.018, 0.031, 0.036, 0.167, 0.333]) {
            assert!((weight - published).abs() < 1.1e-3, "{:?}", found.weights);
        }
        assert!((found.eigenvalue - 9.669).abs() < 5e-4, "{}", found.eigenvalue);
        assert!((found.consistency_ratio - 0.169).abs() < 5e-4, "{}", found.consistency_ratio);
        assert_eq!(
            found.triads[0].criteria,
            [0, 2, 6],
            "size 3 × neighbourhood, that 6 × condition, yet condition 3 × size"
        );
        assert!(found.triads[0].circular);
    }

    #[test]
    fn bad_weights_and_comparisons_are_refused_by_name() {
        assert_eq!(normalised(&[]), Err(WeightError::Empty));
        assert_eq!(normalised(&[0.0, 0.0]), Err(WeightError::AllZero));
        assert_eq!(normalised(&[1.0, f64::NAN]), Err(WeightError::Weight { at: 1 }));
        assert_eq!(normalised(&[1.0, -1.0]), Err(WeightError::Weight { at: 1 }));
        assert_eq!(normalised(&[f64::MAX, f64::MAX]), Ok(vec![0.5, 0.5]));
        assert_eq!(swing(&[100.0, 50.0, 0.0, 50.0]), Ok(vec![0.5, 0.25, 0.0, 0.25]));
        assert_eq!(swing(&[100.0, 150.0]), Err(WeightError::Weight { at: 1 }));
        assert_eq!(ahp(0, &[]), Err(WeightError::Empty));
        assert_eq!(ahp(11, &[]), Err(WeightError::TooMany { have: 11, most: 10 }));
        assert_eq!(ahp(2, &[]), Err(WeightError::Missing { first: 0, second: 1 }));
        let compare = |ratio| ahp(2, &[Comparison { first: 0, second: 1, ratio }]);
        assert!(matches!(compare(f64::NAN), Err(WeightError::Ratio { .. })));
        assert!(matches!(compare(10.0), Err(WeightError::Ratio { .. })));
        assert_eq!(compare(3.0).unwrap().weights, [0.75, 0.25]);
        assert_eq!(ahp(1, &[]).unwrap().weights, [1.0]);
        assert!(matches!(
            ahp(2, &[Comparison { first: 1, second: 1, ratio: 1.0 }]),
            Err(WeightError::Criterion { .. })
        ));
    }

    #[test]
    fn a_full_contradiction_is_circular_and_still_has_weights() {
        let found = ahp(3, &upper(&[&[9.0, 1.0 / 9.0], &[9.0]])).unwrap();
        assert!(found.triads[0].circular && found.consistency_ratio > 1.0);
        assert!(found.weights.iter().all(|weight| (weight - 1.0 / 3.0).abs() < 1e-9));
    }

    proptest! {
        #[test]
        fn weights_that_fit_together_come_back(entered in prop::collection::vec(1.0f64..3.0, 2..9)) {
            let weights = normalised(&entered).unwrap();
            let rows: Vec<Vec<f64>> = (0..weights.len()).map(|i| weights[i + 1..].iter().map(|w| weights[i] / w).collect()).collect();
            let rows: Vec<&[f64]> = rows.iter().map(Vec::as_slice).collect();
            let found = ahp(weights.len(), &upper(&rows)).unwrap();
            prop_assert!(found.consistency_ratio < 1e-9);
            for (found, weight) in found.weights.iter().zip(&weights) {
                prop_assert!((found - weight).abs() < 1e-9);
            }
        }
    }
}
