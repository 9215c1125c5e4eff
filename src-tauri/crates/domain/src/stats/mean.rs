//! The mean of a column with its standard error.

use super::distribution::{normal_quantile, student_quantile};
use super::proportion::FEWEST_FOR_NORMAL;
use super::units::{Design, ratio};
use super::{FEW_CLUSTERS, Interval, Refused, confidence, finite};

/// A mean and how sure it is, in the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mean {
    pub value: f64,
    /// `None` of one case, or of one cluster.
    pub se: Option<f64>,
    /// Cases that count: present and of a weight above 0.
    pub cases: usize,
    /// Clusters of these, or the cases themselves.
    pub clusters: usize,
    /// There are clusters, and fewer than [`FEW_CLUSTERS`]: the standard error is likely too small.
    pub few_clusters: bool,
    /// Values are nothing but 0 and 1: of fewer than [`FEWEST_FOR_NORMAL`] there is no interval here, but
    /// [`super::proportion`].
    pub pass_or_fail: bool,
}

/// The weighted mean x̄ = Σwx / Σw with SE² = G/(G−1) · Σ_g(Σ_{i∈g} wᵢ(xᵢ − x̄))² / (Σw)², G the number of clusters
/// (Miller: "Adding error bars to evals", arXiv 2411.00640, 2.2; with the correction G/(G−1) as Inspect computes it). Without
/// clusters and weights that is s/√n. Missing values are left out.
///
/// # Errors
/// [`Refused::Empty`], [`Refused::NotFinite`], [`Refused::Weight`], [`Refused::LengthsDiffer`].
pub fn mean(values: &[Option<f64>], design: &Design) -> Result<Mean, Refused> {
    let mut weights = design.weights(values.len())?;
    if let Some(row) = values.iter().position(|value| value.is_some_and(|value| !value.is_finite())) {
        return Err(Refused::NotFinite { row });
    }
    for (weight, value) in weights.iter_mut().zip(values) {
        if value.is_none() {
            *weight = 0.0;
        }
    }
    let value_of = |row: usize| values[row].unwrap_or(0.0) + 0.0;
    let (rows, units, count) = design.arranged(&weights, |a, b| value_of(a).total_cmp(&value_of(b)));
    let (mut numerators, mut denominators) = (vec![0.0; count], vec![0.0; count]);
    for (row, unit) in rows.iter().zip(units) {
        numerators[unit] += weights[*row] * value_of(*row);
        denominators[unit] += weights[*row];
    }
    let found = ratio(&numerators, &denominators).ok_or(Refused::Empty)?;
    Ok(Mean {
        value: finite(found.value, "values")?,
        se: found.se.map(|se| finite(se, "values")).transpose()?,
        cases: rows.len(),
        clusters: count,
        few_clusters: design.clusters.is_some() && count < FEW_CLUSTERS,
        pass_or_fail: rows.iter().all(|row| [0.0, 1.0].contains(&value_of(*row))),
    })
}

impl Mean {
    /// x̄ ± t·SE with Student's t of G−1 degrees of freedom.
    ///
    /// # Errors
    /// [`Refused::TooFew`], [`Refused::OneCluster`] or [`Refused::NoSpread`] where the standard error is not known or 0;
    /// [`Refused::TooFew`] of fewer than 100 passes and failures.
    pub fn interval(&self, confidence_: f64) -> Result<Interval, Refused> {
        let share = 0.5 + confidence(confidence_)? / 2.0;
        self.around(student_quantile(share, self.clusters.saturating_sub(1).max(1) as f64)?, confidence_)
    }

    /// x̄ ± z·SE.
    ///
    /// # Errors
    /// As [`Self::interval`].
    pub fn normal_interval(&self, confidence_: f64) -> Result<Interval, Refused> {
        self.around(normal_quantile(0.5 + confidence(confidence_)? / 2.0)?, confidence_)
    }

    fn around(&self, times: f64, confidence: f64) -> Result<Interval, Refused> {
        let se = self.se.ok_or(if self.cases > 1 {
            Refused::OneCluster
        } else {
            Refused::TooFew { have: self.cases, need: 2 }
        })?;
        if se == 0.0 {
            return Err(Refused::NoSpread);
        }
        if self.pass_or_fail && self.cases < FEWEST_FOR_NORMAL {
            return Err(Refused::TooFew { have: self.cases, need: FEWEST_FOR_NORMAL });
        }
        let half = finite(times * se, "values")?;
        Ok(Interval {
            low: finite(self.value - half, "values")?,
            high: finite(self.value + half, "values")?,
            confidence,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn some(values: &[f64]) -> Vec<Option<f64>> {
        values.iter().copied().map(Some).collect()
    }

    #[test]
    fn without_weights_and_clusters_it_is_the_textbook_s_over_root_n() {
        let found = mean(&some(&[1.0, 2.0, 3.0, 4.0]), &Design::default()).unwrap();
        assert!((found.value - 2.5).abs() < 1e-15 && (found.se.unwrap() - (5.0f64 / 3.0 / 4.0).sqrt()).abs() < 1e-15);
        // R: t.test(1:4)$conf.int
        let interval = found.interval(0.95).unwrap();
        assert!((interval.low - 0.445739743239121).abs() < 1e-9 && (interval.high - 4.554260256760879).abs() < 1e-9);
    }

    #[test]
    fn what_cannot_be_said_is_refused() {
        let plain = Design::default();
        assert_eq!(mean(&[], &plain), Err(Refused::Empty));
        assert_eq!(mean(&[None, None], &plain), Err(Refused::Empty));
        assert_eq!(mean(&[Some(f64::NAN)], &plain), Err(Refused::NotFinite { row: 0 }));
        assert_eq!(mean(&some(&[f64::MAX, f64::MAX]), &plain), Err(Refused::OutOfRange { what: "values" }));
        let weighted = |weights| Design { weights: Some(weights), ..plain };
        assert_eq!(mean(&some(&[1.0, 2.0]), &weighted(&[0.0, 0.0])), Err(Refused::Empty));
        assert_eq!(mean(&some(&[1.0, 2.0]), &weighted(&[1.0, -1.0])), Err(Refused::Weight { row: 1 }));
        assert_eq!(mean(&some(&[1.0]), &weighted(&[1.0, 1.0])), Err(Refused::LengthsDiffer { left: 1, right: 2 }));
    }

    #[test]
    fn one_case_one_cluster_and_no_spread_have_a_mean_but_no_interval() {
        let one = mean(&some(&[3.0]), &Design::default()).unwrap();
        assert_eq!((one.value, one.se, one.interval(0.95)), (3.0, None, Err(Refused::TooFew { have: 1, need: 2 })));
        let cluster = Design { clusters: Some(&[7, 7, 7]), ..Design::default() };
        let found = mean(&some(&[1.0, 2.0, 3.0]), &cluster).unwrap();
        assert_eq!((found.se, found.few_clusters, found.interval(0.95)), (None, true, Err(Refused::OneCluster)));
        assert_eq!(mean(&some(&[2.0; 9]), &Design::default()).unwrap().interval(0.95), Err(Refused::NoSpread));
        assert!(mean(&some(&[1.0, 2.0]), &Design::default()).unwrap().interval(1.0).is_err());
    }

    #[test]
    fn few_passes_and_failures_get_no_normal_approximation() {
        let passes = |cases: u32| {
            mean(&(0..cases).map(|case| Some(f64::from(case % 2))).collect::<Vec<_>>(), &Design::default())
        };
        assert_eq!(passes(99).unwrap().interval(0.95), Err(Refused::TooFew { have: 99, need: 100 }));
        assert_eq!(passes(99).unwrap().normal_interval(0.95), Err(Refused::TooFew { have: 99, need: 100 }));
        assert!(passes(100).unwrap().interval(0.95).is_ok());
    }

    #[test]
    fn a_weight_of_two_moves_the_mean_as_two_cases_do() {
        let design = Design { weights: Some(&[2.0, 1.0, 0.0]), ..Design::default() };
        let found = mean(&some(&[1.0, 4.0, 100.0]), &design).unwrap();
        assert_eq!((found.value, found.cases), (2.0, 2));
    }

    proptest! {
        #[test]
        fn the_order_of_rows_changes_no_bit(rows in prop::collection::vec((prop::option::of(-1e3f64..1e3), 0u64..4, 0.0f64..2.0), 1..40), turn in 0usize..40) {
            let find = |rows: &[(Option<f64>, u64, f64)]| {
                let values: Vec<_> = rows.iter().map(|row| row.0).collect();
                let clusters: Vec<_> = rows.iter().map(|row| row.1).collect();
                let weights: Vec<_> = rows.iter().map(|row| row.2).collect();
                mean(&values, &Design { weights: Some(&weights), clusters: Some(&clusters), keys: None })
            };
            let mut turned = rows.clone();
            turned.rotate_left(turn % rows.len());
            turned.reverse();
            prop_assert_eq!(find(&rows), find(&turned));
        }
    }
}
