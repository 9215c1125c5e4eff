//! Rows that belong together (clusters) as units with a numerator and a denominator each: a weighted mean is their ratio.

use std::collections::HashMap;

use super::Refused;

/// What is known of rows besides their values. Every list has one entry a row.
#[derive(Debug, Clone, Copy, Default)]
pub struct Design<'a> {
    /// How much each case counts; all the same without. A case of weight 0 is left out.
    pub weights: Option<&'a [f64]>,
    /// Cases of the same number were not drawn independently of each other.
    pub clusters: Option<&'a [u64]>,
    /// The names of the cases as numbers (a content hash, an id). They settle which case a random draw means, so that a
    /// resample does not depend on the order of rows, nor on which candidates are compared. Without, the scores themselves do.
    pub keys: Option<&'a [u128]>,
}

impl Design<'_> {
    /// The weight of each row, checked.
    pub(crate) fn weights(&self, rows: usize) -> Result<Vec<f64>, Refused> {
        for right in [self.weights.map(<[_]>::len), self.clusters.map(<[_]>::len), self.keys.map(<[_]>::len)] {
            if let Some(right) = right.filter(|right| *right != rows) {
                return Err(Refused::LengthsDiffer { left: rows, right });
            }
        }
        let weights = self.weights.map_or_else(|| vec![1.0; rows], <[_]>::to_vec);
        match weights.iter().position(|weight| !weight.is_finite() || *weight < 0.0) {
            Some(row) => Err(Refused::Weight { row }),
            None => Ok(weights),
        }
    }

    /// Rows with a weight in an order that does not depend on how they stood, and the number of the unit of each: the cluster,
    /// or the row itself. `by_content` compares two rows by their values.
    pub(crate) fn arranged(
        &self,
        weights: &[f64],
        by_content: impl Fn(usize, usize) -> std::cmp::Ordering,
    ) -> (Vec<usize>, Vec<usize>, usize) {
        let compare = |a: usize, b: usize| {
            let by_key = self.keys.map_or(std::cmp::Ordering::Equal, |keys| keys[a].cmp(&keys[b]));
            by_key.then_with(|| by_content(a, b)).then_with(|| weights[a].total_cmp(&weights[b]))
        };
        let mut rows: Vec<usize> = (0..weights.len()).filter(|row| weights[*row] > 0.0).collect();
        rows.sort_by(|a, b| compare(*a, *b));
        let Some(clusters) = self.clusters else {
            let count = rows.len();
            return (rows, (0..count).collect(), count);
        };
        // Clusters stand in the order of their lists of rows, where rows that cannot be told apart share a rank.
        let mut members: HashMap<u64, Vec<usize>> = HashMap::new();
        let mut rank = 0;
        for (at, row) in rows.iter().enumerate() {
            if at > 0 && compare(rows[at - 1], *row).is_ne() {
                rank = at;
            }
            members.entry(clusters[*row]).or_default().push(rank);
        }
        let mut order: Vec<(Vec<usize>, u64)> = members.into_iter().map(|(cluster, ranks)| (ranks, cluster)).collect();
        order.sort();
        let number: HashMap<u64, usize> = order.iter().enumerate().map(|(at, (_, cluster))| (*cluster, at)).collect();
        let units = rows.iter().map(|row| number[&clusters[*row]]).collect();
        (rows, units, order.len())
    }
}

/// Ratio Σnᵢ/Σdᵢ of units, with the cluster-robust standard error of a weighted mean:
/// SE² = G/(G−1) · Σ(nᵢ − θdᵢ)² / (Σdᵢ)², which is s²/n where every unit is one case of weight 1.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Ratio {
    pub value: f64,
    /// `None` of fewer than two units.
    pub se: Option<f64>,
    /// Units that count.
    pub units: usize,
}

pub(crate) fn ratio(numerators: &[f64], denominators: &[f64]) -> Option<Ratio> {
    let whole: f64 = denominators.iter().sum();
    if whole <= 0.0 {
        return None;
    }
    let value = numerators.iter().sum::<f64>() / whole;
    let units = denominators.iter().filter(|denominator| **denominator > 0.0).count();
    let squares: f64 = numerators.iter().zip(denominators).map(|(n, d)| (n - value * d).powi(2)).sum();
    let se = (units > 1).then(|| (units as f64 / (units - 1) as f64 * squares).sqrt() / whole);
    Some(Ratio { value, se, units })
}
