//! How much of the spread of scores lies between cases and how much between repeats of one case, and what that says about how to
//! spend the next bake-off's money.

use super::{Refused, finite, not_negative};

/// One-way random effects by the method of moments (Searle, Casella, McCulloch, "Variance Components", 1992, 3.6); unequal numbers
/// of repeats are allowed. Variances are in the square of the unit of the scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Components {
    pub mean: f64,
    /// σ²_case = (MS_between − MS_within)/n₀ with n₀ = (N − Σnᵢ²/N)/(k − 1); 0 where that falls below.
    pub between_cases: f64,
    /// MS_within.
    pub within_case: f64,
    /// The estimate fell below 0 and was set to it: repeats differ more than cases.
    pub cut_at_zero: bool,
    /// σ²_case/(σ²_case + σ²_repeat): how alike two repeats of one case are. `None` where nothing varies.
    pub intraclass_correlation: Option<f64>,
    pub cases: usize,
    pub scores: usize,
}

/// One list of repeats a case. Empty ones are left out.
///
/// # Errors
/// [`Refused::TooFew`] of fewer than two cases; [`Refused::NoRepeats`] where no case has two; [`Refused::NotFinite`] by case.
pub fn components(repeats: &[Vec<f64>]) -> Result<Components, Refused> {
    if let Some(row) = repeats.iter().position(|case| case.iter().any(|score| !score.is_finite())) {
        return Err(Refused::NotFinite { row });
    }
    let mut cases: Vec<Vec<f64>> = repeats.iter().filter(|case| !case.is_empty()).cloned().collect();
    let (k, scores) = (cases.len(), cases.iter().map(Vec::len).sum::<usize>());
    if k < 2 {
        return Err(Refused::TooFew { have: k, need: 2 });
    }
    if scores == k {
        return Err(Refused::NoRepeats);
    }
    // Sums of floating point numbers depend on their order; rows must not.
    cases.iter_mut().for_each(|case| case.sort_by(f64::total_cmp));
    cases.sort_by(|a, b| {
        a.iter().zip(b).map(|(a, b)| a.total_cmp(b)).find(|o| o.is_ne()).unwrap_or(a.len().cmp(&b.len()))
    });
    let n = scores as f64;
    let mean = cases.iter().flatten().sum::<f64>() / n;
    let (mut between, mut within, mut squares) = (0.0, 0.0, 0.0);
    for case in &cases {
        let size = case.len() as f64;
        let own = case.iter().sum::<f64>() / size;
        between += size * (own - mean).powi(2);
        within += case.iter().map(|score| (score - own).powi(2)).sum::<f64>();
        squares += size * size;
    }
    let within_case = finite(within / (n - k as f64), "scores")?;
    let n0 = (n - squares / n) / (k as f64 - 1.0);
    let raw = finite((between / (k as f64 - 1.0) - within_case) / n0, "scores")?;
    let between_cases = raw.max(0.0);
    let whole = between_cases + within_case;
    Ok(Components {
        mean,
        between_cases,
        within_case,
        cut_at_zero: raw < 0.0,
        intraclass_correlation: (whole > 0.0).then(|| between_cases / whole),
        cases: k,
        scores,
    })
}

/// How a budget is best split.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Split {
    pub cases: u64,
    /// Repeats of each case.
    pub repeats: u32,
    /// √((σ²_case + σ²_repeat/K)/n): the standard error of a mean.
    pub se: f64,
    /// In the unit of the budget.
    pub spent: u128,
}

/// More repeats of one case than this are not looked at.
pub const MOST_REPEATS: u32 = 1_000;

/// The n cases and K repeats of each that make the standard error of the mean smallest within `budget`, where a case costs
/// `per_case` once (writing, rubric, human scoring) and `per_repeat` each time it is answered: n·(c_case + K·c_repeat) ≤ budget.
/// Without the bound on whole numbers K = √(σ²_repeat·c_case / (σ²_case·c_repeat)) (Cochran, "Sampling Techniques", 1977, 10.6).
/// Of equally good splits the cheapest. Amounts are whole, in one unit (nano-units of a currency). `most_cases` bounds n where no more exist.
///
/// # Errors
/// [`Refused::OutOfRange`] where variances are negative or a repeat costs nothing; [`Refused::TooFew`] where the budget does not
/// pay for one case.
pub fn best_split(
    between_cases: f64,
    within_case: f64,
    per_case: u64,
    per_repeat: u64,
    budget: u64,
    most_cases: Option<u64>,
) -> Result<Split, Refused> {
    not_negative(between_cases, "variance")?;
    not_negative(within_case, "variance")?;
    if per_repeat == 0 {
        return Err(Refused::OutOfRange { what: "cost of a repeat" });
    }
    let mut best: Option<(f64, Split)> = None;
    for repeats in 1..=MOST_REPEATS {
        let each = u128::from(per_case) + u128::from(repeats) * u128::from(per_repeat);
        let affordable = u64::try_from(u128::from(budget) / each).unwrap_or(u64::MAX);
        let cases = affordable.min(most_cases.unwrap_or(u64::MAX));
        if cases == 0 {
            break;
        }
        let variance = finite((between_cases + within_case / f64::from(repeats)) / cases as f64, "variance")?;
        let found = Split { cases, repeats, se: variance.sqrt(), spent: u128::from(cases) * each };
        if best
            .as_ref()
            .is_none_or(|(lowest, kept)| variance < *lowest || variance == *lowest && found.spent < kept.spent)
        {
            best = Some((variance, found));
        }
    }
    best.map(|(_, split)| split).ok_or(Refused::TooFew { have: 0, need: 1 })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_balanced_table_gives_the_textbook_components() {
        // Means 2, 5, 8, two repeats each, one off the mean to each side: MSW = 2, MSB = 2·(9 + 0 + 9)/2 = 18, σ² = (18 − 2)/2.
        let found = components(&[vec![1.0, 3.0], vec![4.0, 6.0], vec![7.0, 9.0]]).unwrap();
        assert_eq!((found.mean, found.within_case, found.between_cases), (5.0, 2.0, 8.0));
        assert_eq!(found.intraclass_correlation, Some(0.8));
    }

    #[test]
    fn what_cannot_be_told_apart_is_refused_and_below_zero_is_zero() {
        assert_eq!(components(&[]), Err(Refused::TooFew { have: 0, need: 2 }));
        assert_eq!(components(&[vec![1.0, 2.0], vec![]]), Err(Refused::TooFew { have: 1, need: 2 }));
        assert_eq!(components(&[vec![1.0], vec![2.0]]), Err(Refused::NoRepeats));
        assert_eq!(components(&[vec![1.0], vec![f64::NAN, 1.0]]), Err(Refused::NotFinite { row: 1 }));
        let flat = components(&[vec![1.0, 1.0], vec![1.0, 1.0]]).unwrap();
        assert_eq!((flat.between_cases, flat.within_case, flat.intraclass_correlation), (0.0, 0.0, None));
        let noisy = components(&[vec![0.0, 2.0], vec![0.0, 2.0]]).unwrap();
        assert!(noisy.cut_at_zero && noisy.between_cases == 0.0 && noisy.intraclass_correlation == Some(0.0));
    }

    #[test]
    fn money_goes_to_cases_unless_a_case_is_dear_or_repeats_differ_much() {
        let split = |between, within, case| best_split(between, within, case, 10, 10_000, None).unwrap();
        assert_eq!((split(0.1, 0.1, 0).repeats, split(0.1, 0.1, 0).cases), (1, 1_000));
        // √(0.4·90/(0.1·10)) = 6
        assert_eq!(split(0.1, 0.4, 90).repeats, 6);
        assert_eq!(best_split(0.1, 0.1, 0, 10, 5, None), Err(Refused::TooFew { have: 0, need: 1 }));
        assert!(best_split(0.1, 0.1, 0, 0, 5, None).is_err() && best_split(-0.1, 0.1, 0, 1, 5, None).is_err());
        assert_eq!(best_split(0.1, 0.1, 0, 10, 10_000, Some(100)).unwrap().repeats, 10);
    }

    proptest! {
        #[test]
        fn the_order_of_cases_and_repeats_changes_no_bit(cases in prop::collection::vec(prop::collection::vec(-9.0f64..9.0, 0..5), 0..12)) {
            let mut turned: Vec<Vec<f64>> = cases.iter().map(|case| case.iter().rev().copied().collect()).collect();
            turned.reverse();
            match (components(&cases), components(&turned)) {
                (Ok(found), Ok(other)) => prop_assert_eq!(found, other),
                (found, other) => prop_assert_eq!(found, other),
            }
        }

        #[test]
        fn no_other_split_is_better(between in 0.001f64..1.0, within in 0.0f64..1.0, per_case in 0u64..100, per_repeat in 1u64..50, other in 1u64..40) {
            let best = best_split(between, within, per_case, per_repeat, 5_000, None).unwrap();
            let cases = 5_000 / (per_case + other * per_repeat);
            prop_assume!(cases > 0);
            prop_assert!(best.se <= ((between + within / other as f64) / cases as f64).sqrt() && best.spent <= 5_000);
        }
    }
}
