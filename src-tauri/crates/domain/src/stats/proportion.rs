//! A share of cases with intervals that hold for few cases and at 0 % and 100 %.

use super::distribution::{beta_quantile, normal_quantile};
use super::{Interval, Refused, confidence};

/// Below this many cases no interval of a proportion is `p ± z·SE` (Bowyer, Aitchison, Ivanova: "Position: don't use the CLT in
/// LLM evals with fewer than a few hundred datapoints", 2025): [`wilson`] inverts a test instead and never leaves 0..=1.
pub const FEWEST_FOR_NORMAL: usize = 100;

fn checked(successes: u64, cases: u64) -> Result<(), Refused> {
    match (cases, successes) {
        (0, _) => Err(Refused::Empty),
        _ if successes > cases => Err(Refused::OutOfRange { what: "successes" }),
        _ => Ok(()),
    }
}

/// The score interval (Wilson, JASA 22, 1927): (p + z²/2n ± z·√(p(1−p)/n + z²/4n²)) / (1 + z²/n). As shares.
///
/// # Errors
/// [`Refused::Empty`], [`Refused::OutOfRange`].
pub fn wilson(successes: u64, cases: u64, confidence_: f64) -> Result<Interval, Refused> {
    checked(successes, cases)?;
    let z = normal_quantile(0.5 + confidence(confidence_)? / 2.0)?;
    let (n, p) = (cases as f64, successes as f64 / cases as f64);
    let middle = p + z * z / (2.0 * n);
    let half = z * (p * (1.0 - p) / n + z * z / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z * z / n;
    let low = if successes == 0 { 0.0 } else { ((middle - half) / whole).max(0.0) };
    let high = if successes == cases { 1.0 } else { ((middle + half) / whole).min(1.0) };
    Ok(Interval { low, high, confidence: confidence_ })
}

/// The exact interval (Clopper, Pearson, Biometrika 26, 1934): beta quantiles B(α/2; k, n−k+1) and B(1−α/2; k+1, n−k). It covers
/// at least as often as it says, most often more.
///
/// # Errors
/// [`Refused::Empty`], [`Refused::OutOfRange`].
pub fn clopper_pearson(successes: u64, cases: u64, confidence_: f64) -> Result<Interval, Refused> {
    checked(successes, cases)?;
    let tail = (1.0 - confidence(confidence_)?) / 2.0;
    let (k, rest) = (successes as f64, (cases - successes) as f64);
    let low = if successes == 0 { 0.0 } else { beta_quantile(tail, k, rest + 1.0)? };
    let high = if successes == cases { 1.0 } else { beta_quantile(1.0 - tail, k + 1.0, rest)? };
    Ok(Interval { low, high, confidence: confidence_ })
}

/// The exact interval of a difference of paired shares, `(b − c) / n`, of b cases only the first passed and c only the second: the
/// Clopper–Pearson bounds of both shares, each at half the error (Bonferroni), so that it covers at least as often as it says
/// whatever the cases have in common. A bootstrap cannot draw a loss that was never seen; this one knows that it may come.
///
/// # Errors
/// [`Refused::Empty`], [`Refused::OutOfRange`].
pub fn paired_exact(first_only: u64, second_only: u64, cases: u64, confidence_: f64) -> Result<Interval, Refused> {
    if first_only.checked_add(second_only).is_none_or(|apart| apart > cases) {
        return Err(Refused::OutOfRange { what: "cases" });
    }
    let each = 1.0 - (1.0 - confidence(confidence_)?) / 2.0;
    let (won, lost) = (clopper_pearson(first_only, cases, each)?, clopper_pearson(second_only, cases, each)?);
    // Both shares together are no more than all.
    let most_lost = lost.high.min(1.0 - won.low);
    let most_won = won.high.min(1.0 - lost.low);
    Ok(Interval { low: won.low - most_lost, high: most_won - lost.low, confidence: confidence_ })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn nothing_counted_and_more_than_all_are_refused() {
        for find in [wilson, clopper_pearson] {
            assert_eq!(find(0, 0, 0.95), Err(Refused::Empty));
            assert_eq!(find(3, 2, 0.95), Err(Refused::OutOfRange { what: "successes" }));
            assert_eq!(find(1, 2, 0.0), Err(Refused::OutOfRange { what: "confidence" }));
            assert_eq!((find(0, 9, 0.95).unwrap().low, find(9, 9, 0.95).unwrap().high), (0.0, 1.0));
            assert!(find(1, 1, 0.95).unwrap().low > 0.0);
        }
    }

    #[test]
    fn a_loss_that_was_never_seen_is_not_ruled_out() {
        // 1 win in 5, no loss: nothing is known. 12 of 12 wins: better for certain.
        let few = paired_exact(1, 0, 5, 0.95).unwrap();
        assert!(few.low < -0.5 && few.high > 0.7, "{few:?}");
        let all = paired_exact(12, 0, 12, 0.95).unwrap();
        assert!(all.low > 0.3 && all.high == 1.0, "{all:?}");
        let none = paired_exact(0, 0, 12, 0.95).unwrap();
        assert!((none.low + none.high).abs() < 1e-12 && (none.high - (1.0 - 0.0125f64.powf(1.0 / 12.0))).abs() < 1e-9);
        assert!(paired_exact(3, 3, 5, 0.95).is_err());
    }

    /// A candidate truly worse by more than a margin passes it in no more than 2.5 % of all bake-offs.
    #[test]
    fn one_that_is_worse_than_the_margin_passes_it_no_more_often_than_the_interval_says() {
        let (won, lost, margin) = (0.05, 0.13, -0.079);
        for cases in [12u64, 30, 60] {
            let mut passes = 0.0;
            for wins in 0..=cases {
                for losses in 0..=cases - wins {
                    if paired_exact(wins, losses, cases, 0.95).unwrap().low > margin {
                        let at = crate::stats::distribution::binomial_at;
                        passes += at(wins, won, cases).unwrap() * at(losses, lost / (1.0 - won), cases - wins).unwrap();
                    }
                }
            }
            assert!(passes <= 0.025, "{cases}: {passes}");
        }
    }

    proptest! {
        #[test]
        fn the_share_lies_within_and_failures_mirror_successes(cases in 1u64..400, share in 0.0f64..=1.0) {
            let successes = (share * cases as f64) as u64;
            for find in [wilson, clopper_pearson] {
                let (found, mirrored) = (find(successes, cases, 0.9).unwrap(), find(cases - successes, cases, 0.9).unwrap());
                prop_assert!(found.contains(successes as f64 / cases as f64) && found.low >= 0.0 && found.high <= 1.0);
                prop_assert!((found.low - (1.0 - mirrored.high)).abs() < 1e-12 && (found.high - (1.0 - mirrored.low)).abs() < 1e-12);
            }
        }

        #[test]
        fn the_exact_interval_covers_at_least_as_often_as_it_says(cases in 1u64..40, p in 0.01f64..0.99) {
            let covered: f64 = (0..=cases)
                .filter(|k| clopper_pearson(*k, cases, 0.95).unwrap().contains(p))
                .map(|k| crate::stats::distribution::binomial_at(k, p, cases).unwrap())
                .sum();
            prop_assert!(covered >= 0.95 - 1e-9, "{}", covered);
        }
    }
}
