//! Do raters agree more than chance would have them? 1 is full agreement, 0 that of chance, below it they disagree.
//!
//! Intervals are BCa bootstraps over the units rated, not over raters: they speak of these raters.

mod cohen;
mod fleiss;
mod krippendorff;

pub use cohen::{Disagreement, cohen_kappa};
pub use fleiss::fleiss_kappa;
pub use krippendorff::{Scale, krippendorff_alpha};

use super::{Interval, Refused, Resampling, patterns};

/// A coefficient and how sure it is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Agreement {
    pub value: f64,
    /// The asymptotic standard error, where there is a formula for it.
    pub se: Option<f64>,
    pub interval: Result<Interval, Refused>,
    /// Units that count.
    pub units: usize,
    /// Resamples in which the coefficient is defined: those where all raters said the same throughout are not.
    pub resamples: u32,
}

/// `statistic` of how often each look comes up; it is `None` where chance alone would agree in full.
fn agreement(
    times: &[u32],
    se: Option<f64>,
    resampling: &Resampling,
    statistic: impl Fn(&[f64]) -> Option<f64> + Sync,
) -> Result<Agreement, Refused> {
    resampling.check()?;
    let units: u32 = times.iter().sum();
    if units == 0 {
        return Err(Refused::Empty);
    }
    let whole: Vec<f64> = times.iter().map(|times| f64::from(*times)).collect();
    let value = statistic(&whole).ok_or(Refused::NoSpread)?;
    let found = patterns::interval(times, value, resampling, statistic);
    Ok(Agreement {
        value,
        se,
        interval: found.map(|found| found.0),
        units: units as usize,
        resamples: found.map_or(0, |found| found.1),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn quick() -> Resampling {
        Resampling { resamples: 200, ..Resampling::seeded(1) }
    }

    fn columns(ratings: &[(usize, usize)]) -> Vec<Vec<Option<f64>>> {
        ratings.iter().map(|(a, b)| vec![Some(*a as f64), Some(*b as f64)]).collect()
    }

    #[test]
    fn nothing_rated_and_nothing_but_one_category_are_refused() {
        assert_eq!(cohen_kappa(&[], 3, Disagreement::Any, &quick()), Err(Refused::Empty));
        assert_eq!(cohen_kappa(&[(1, 1); 9], 3, Disagreement::Any, &quick()), Err(Refused::NoSpread));
        assert_eq!(
            cohen_kappa(&[(1, 3)], 3, Disagreement::Any, &quick()),
            Err(Refused::OutOfRange { what: "category" })
        );
        assert_eq!(fleiss_kappa(&[], &quick()), Err(Refused::Empty));
        assert_eq!(fleiss_kappa(&[vec![3, 0], vec![3, 0]], &quick()), Err(Refused::NoSpread));
        assert_eq!(fleiss_kappa(&[vec![1, 0]], &quick()), Err(Refused::TooFew { have: 1, need: 2 }));
        assert_eq!(fleiss_kappa(&[vec![2, 0], vec![2, 1]], &quick()), Err(Refused::UnequalRaters { unit: 1 }));
        assert_eq!(fleiss_kappa(&[vec![2, 0], vec![2]], &quick()), Err(Refused::LengthsDiffer { left: 2, right: 1 }));
        let alpha = |units: &[Vec<Option<f64>>]| krippendorff_alpha(units, Scale::Ordinal, &quick());
        assert_eq!(alpha(&[]), Err(Refused::Empty));
        assert_eq!(alpha(&[vec![None, Some(1.0)], vec![None, None]]), Err(Refused::Empty));
        assert_eq!(alpha(&[vec![Some(2.0), Some(2.0)]]), Err(Refused::NoSpread));
        assert_eq!(alpha(&[vec![Some(f64::NAN)]]), Err(Refused::NotFinite { row: 0 }));
    }

    #[test]
    fn one_unit_has_a_coefficient_and_no_interval() {
        let found = krippendorff_alpha(&[vec![Some(1.0), Some(2.0)]], Scale::Nominal, &quick()).unwrap();
        assert_eq!((found.value, found.interval), (0.0, Err(Refused::TooFew { have: 1, need: 2 })));
    }

    proptest! {
        #[test]
        fn coefficients_are_at_most_one_and_order_changes_no_bit(ratings in prop::collection::vec((0usize..4, 0usize..4), 2..40)) {
            let mut turned = ratings.clone();
            turned.reverse();
            for weights in [Disagreement::Any, Disagreement::Linear, Disagreement::Squared] {
                let found = cohen_kappa(&ratings, 4, weights, &quick());
                prop_assert!(found.is_err() || found.unwrap().value <= 1.0);
                prop_assert_eq!(found, cohen_kappa(&turned, 4, weights, &quick()));
            }
            for scale in [Scale::Nominal, Scale::Ordinal, Scale::Interval] {
                let found = krippendorff_alpha(&columns(&ratings), scale, &quick());
                prop_assert!(found.is_err() || found.unwrap().value <= 1.0);
                prop_assert_eq!(found, krippendorff_alpha(&columns(&turned), scale, &quick()));
                let swapped: Vec<_> = ratings.iter().map(|(a, b)| (*b, *a)).collect();
                prop_assert_eq!(found, krippendorff_alpha(&columns(&swapped), scale, &quick()));
            }
            let counts: Vec<Vec<u32>> = ratings.iter().map(|(a, b)| (0..4).map(|c| u32::from(c == *a) + u32::from(c == *b)).collect()).collect();
            let found = fleiss_kappa(&counts, &quick());
            prop_assert!(found.is_err() || found.unwrap().value <= 1.0);
        }

        #[test]
        fn names_of_nominal_categories_mean_nothing(ratings in prop::collection::vec((0usize..4, 0usize..4), 2..40)) {
            let renamed: Vec<_> = ratings.iter().map(|(a, b)| (3 - a, 3 - b)).collect();
            let kappa = |ratings: &[_]| cohen_kappa(ratings, 4, Disagreement::Any, &quick()).map(|found| found.value);
            let alpha = |ratings: &[_]| krippendorff_alpha(&columns(ratings), Scale::Nominal, &quick()).map(|found| found.value);
            match (kappa(&ratings), kappa(&renamed)) {
                (Ok(found), Ok(other)) => prop_assert!((found - other).abs() < 1e-12),
                (found, other) => prop_assert_eq!(found, other),
            }
            match (alpha(&ratings), alpha(&renamed)) {
                (Ok(found), Ok(other)) => prop_assert!((found - other).abs() < 1e-12),
                (found, other) => prop_assert_eq!(found, other),
            }
        }
    }
}
