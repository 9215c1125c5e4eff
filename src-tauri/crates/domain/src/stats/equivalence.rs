//! Is a difference small enough not to matter, or no worse than a margin? What release gates ask. That a difference is not
//! significant answers neither: with few cases nothing is.

use super::distribution::{normal_below, normal_quantile, student_below, student_quantile};
use super::mean::{Mean, mean};
use super::proportion::FEWEST_FOR_NORMAL;
use super::scores::Estimate;
use super::units::Design;
use super::{Interval, Refused, between, finite, not_negative, positive};

/// An estimated difference, candidate minus incumbent, higher being better; in the unit of the scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Estimated {
    pub value: f64,
    pub se: f64,
    /// Degrees of freedom: clusters − 1. `None` for the normal distribution.
    pub freedom: Option<f64>,
}

impl Estimated {
    /// # Errors
    /// [`Refused::TooFew`], [`Refused::OneCluster`] where the standard error is not known; [`Refused::TooFew`] of fewer than 100
    /// passes and failures, whose difference gets no normal approximation: [`non_inferior_pass_rate`].
    pub fn of(estimate: &Estimate) -> Result<Self, Refused> {
        if estimate.pass_or_fail && estimate.cases < FEWEST_FOR_NORMAL {
            return Err(Refused::TooFew { have: estimate.cases, need: FEWEST_FOR_NORMAL });
        }
        Self::known(estimate.value, estimate.se, estimate.cases, estimate.clusters)
    }

    /// # Errors
    /// [`Refused::TooFew`], [`Refused::OneCluster`] where the standard error is not known.
    pub fn of_mean(difference: &Mean) -> Result<Self, Refused> {
        Self::known(difference.value, difference.se, difference.cases, difference.clusters)
    }

    fn known(value: f64, se: Option<f64>, cases: usize, clusters: usize) -> Result<Self, Refused> {
        let unknown = if cases > 1 { Refused::OneCluster } else { Refused::TooFew { have: cases, need: 2 } };
        Ok(Self { value, se: se.ok_or(unknown)?, freedom: Some(clusters.saturating_sub(1).max(1) as f64) })
    }

    fn check(&self) -> Result<(), Refused> {
        finite(self.value, "difference")?;
        if not_negative(self.se, "standard error")? == 0.0 { Err(Refused::NoSpread) } else { Ok(()) }
    }

    /// P(T ≥ (value − at)/SE): small where the difference lies above `at`.
    fn above(&self, at: f64) -> Result<f64, Refused> {
        let t = finite((self.value - at) / self.se, "standard error")?;
        match self.freedom {
            Some(freedom) => student_below(-t, freedom),
            None => Ok(normal_below(-t)),
        }
    }

    /// value ± q·SE with one tail of `alpha` on each side.
    fn interval(&self, alpha: f64) -> Result<Interval, Refused> {
        let times = match self.freedom {
            Some(freedom) => student_quantile(1.0 - alpha, freedom)?,
            None => normal_quantile(1.0 - alpha)?,
        };
        let half = finite(times * self.se, "standard error")?;
        let (low, high) = (finite(self.value - half, "difference")?, finite(self.value + half, "difference")?);
        Ok(Interval { low, high, confidence: 1.0 - 2.0 * alpha })
    }
}

/// What a test against a margin says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Shown: within the margins, or no worse than the margin.
    Shown,
    /// The opposite is shown: the whole interval lies beyond a margin.
    Refuted,
    /// Neither: more cases are needed. Never a pass.
    Inconclusive,
}

/// The answer with what it rests on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judged {
    pub verdict: Verdict,
    pub estimate: f64,
    /// Of confidence 1 − 2α: the verdict can be read off it.
    pub interval: Interval,
    /// One-sided; of equivalence the larger of both sides.
    pub p: f64,
    /// By how much: of equivalence on both sides.
    pub margin: f64,
}

/// Two one-sided tests (Schuirmann, Journal of Pharmacokinetics and Biopharmaceutics 15, 1987): is −margin < δ < margin? Shown
/// where both p ≤ α, which is where the interval of 1 − 2α lies within the margins.
///
/// # Errors
/// [`Refused::NoSpread`] where the standard error is 0; [`Refused::OutOfRange`] (α is below ½).
pub fn equivalence(difference: &Estimated, margin: f64, alpha: f64) -> Result<Judged, Refused> {
    let interval = prepared(difference, margin, alpha)?;
    let p = difference.above(-margin)?.max(1.0 - difference.above(margin)?);
    let verdict = if p <= alpha {
        Verdict::Shown
    } else if interval.high < -margin || interval.low > margin {
        Verdict::Refuted
    } else {
        Verdict::Inconclusive
    };
    Ok(Judged { verdict, estimate: difference.value, interval, p, margin })
}

/// Is δ > −margin, the candidate no worse than the incumbent by more than the margin? A margin of 0 asks whether it is better.
///
/// # Errors
/// As [`equivalence`].
pub fn non_inferiority(difference: &Estimated, margin: f64, alpha: f64) -> Result<Judged, Refused> {
    let interval = prepared(difference, margin.max(f64::MIN_POSITIVE), alpha)?;
    let p = difference.above(-margin)?;
    let verdict = if p <= alpha {
        Verdict::Shown
    } else if interval.high < -margin {
        Verdict::Refuted
    } else {
        Verdict::Inconclusive
    };
    Ok(Judged { verdict, estimate: difference.value, interval, p, margin: not_negative(margin, "margin")? })
}

/// Non-inferiority of the scores of `candidate` to those of `incumbent` on the same cases, as a release gate asks: cases either has
/// no score for are left out (whoever wants a missing answer to fail fills it in first, [`super::missing`]). Passes and failures of
/// equal weight without clusters are judged by [`non_inferior_pass_rate`], all else by the cluster-robust standard error.
///
/// # Errors
/// As [`mean`] and [`non_inferiority`]; [`Refused::TooFew`] of fewer than 100 passes and failures that weigh or cluster. A gate that
/// gets an error has not been passed.
pub fn non_inferior(
    candidate: &[Option<f64>],
    incumbent: &[Option<f64>],
    design: &Design,
    margin: f64,
    alpha: f64,
) -> Result<Judged, Refused> {
    if candidate.len() != incumbent.len() {
        return Err(Refused::LengthsDiffer { left: candidate.len(), right: incumbent.len() });
    }
    let pairs: Vec<_> = candidate.iter().zip(incumbent).map(|(a, b)| a.zip(*b)).collect();
    let is_binary = |score: f64| score == 0.0 || score == 1.0;
    let pass_or_fail = pairs.iter().flatten().all(|(a, b)| is_binary(*a) && is_binary(*b));
    if pass_or_fail && design.weights.is_none() && design.clusters.is_none() {
        let only = |better: fn(f64, f64) -> bool| pairs.iter().flatten().filter(|(a, b)| better(*a, *b)).count() as u64;
        return non_inferior_pass_rate(only(|a, b| a > b), only(|a, b| a < b), only(|_, _| true), margin, alpha);
    }
    let differences: Vec<Option<f64>> = pairs.iter().map(|pair| pair.map(|(a, b)| a - b)).collect();
    let found = mean(&differences, design)?;
    if pass_or_fail && found.cases < FEWEST_FOR_NORMAL {
        return Err(Refused::TooFew { have: found.cases, need: FEWEST_FOR_NORMAL });
    }
    non_inferiority(&Estimated::of_mean(&found)?, margin, alpha)
}

fn prepared(difference: &Estimated, margin: f64, alpha: f64) -> Result<Interval, Refused> {
    positive(margin, "margin")?;
    if between(alpha, "alpha")? >= 0.5 {
        return Err(Refused::OutOfRange { what: "alpha" });
    }
    difference.check()?;
    difference.interval(alpha)
}

/// Non-inferiority of pass rates on the same cases, without a normal approximation of the difference itself: the score test of
/// Tango (Statistics in Medicine 17, 1998), which also speaks where no case tells the two apart. δ is the candidate's pass rate
/// minus the incumbent's, b the cases only the candidate passed, c those only the incumbent passed, n all:
/// T(δ) = (b − c − nδ) / √(n(2q + δ(1 − δ))) with q the restricted estimate of the chance of c.
///
/// # Errors
/// [`Refused::Empty`]; [`Refused::OutOfRange`]: the margin lies below 1 and b + c within n.
pub fn non_inferior_pass_rate(b: u64, c: u64, cases: u64, margin: f64, alpha: f64) -> Result<Judged, Refused> {
    if cases == 0 {
        return Err(Refused::Empty);
    }
    if b.checked_add(c).is_none_or(|told_apart| told_apart > cases) {
        return Err(Refused::OutOfRange { what: "cases" });
    }
    if not_negative(margin, "margin")? >= 1.0 || between(alpha, "alpha")? >= 0.5 {
        return Err(Refused::OutOfRange { what: "margin or alpha" });
    }
    let (b, c, n) = (b as f64, c as f64, cases as f64);
    let z = normal_quantile(1.0 - alpha)?;
    // T falls as δ rises: the limits are where it passes z and −z.
    let crossing = |level: f64, mut low: f64, mut high: f64| {
        for _ in 0..200 {
            let middle = (low + high) / 2.0;
            if tango(b, c, n, middle) > level {
                low = middle;
            } else {
                high = middle;
            }
        }
        (low + high) / 2.0
    };
    let estimate = (b - c) / n;
    let interval =
        Interval { low: crossing(z, -1.0, estimate), high: crossing(-z, estimate, 1.0), confidence: 1.0 - 2.0 * alpha };
    let t = tango(b, c, n, -margin);
    let p = if t == 0.0 { 0.5 } else { normal_below(-t) };
    let verdict = if p <= alpha {
        Verdict::Shown
    } else if interval.high < -margin {
        Verdict::Refuted
    } else {
        Verdict::Inconclusive
    };
    Ok(Judged { verdict, estimate, interval, p, margin })
}

/// Tango's statistic; 0 where both sides of the fraction are.
fn tango(b: f64, c: f64, n: f64, delta: f64) -> f64 {
    let above = b - c - n * delta;
    let linear = -b - c + (2.0 * n - b + c) * delta;
    let constant = -c * delta * (1.0 - delta);
    let q = ((linear * linear - 8.0 * n * constant).max(0.0).sqrt() - linear) / (4.0 * n);
    let variance = n * (2.0 * q + delta * (1.0 - delta));
    if above == 0.0 {
        0.0
    } else if variance <= 0.0 {
        // At the end of the range: as sure as can be, and finite.
        above.signum() * 1e3
    } else {
        above / variance.sqrt()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn estimated(value: f64, se: f64) -> Estimated {
        Estimated { value, se, freedom: None }
    }

    #[test]
    fn a_verdict_is_shown_refuted_or_open() {
        let verdict = |value, se| non_inferiority(&estimated(value, se), 0.02, 0.025).unwrap().verdict;
        assert_eq!(verdict(0.0, 0.005), Verdict::Shown);
        assert_eq!(verdict(-0.05, 0.005), Verdict::Refuted);
        assert_eq!(verdict(0.0, 0.02), Verdict::Inconclusive);
        let verdict = |value, se| equivalence(&estimated(value, se), 0.02, 0.05).unwrap().verdict;
        assert_eq!(verdict(0.0, 0.005), Verdict::Shown);
        assert_eq!(verdict(0.05, 0.005), Verdict::Refuted);
        assert_eq!(verdict(0.01, 0.02), Verdict::Inconclusive);
    }

    #[test]
    fn what_has_no_spread_no_margin_or_no_case_is_refused() {
        assert_eq!(equivalence(&estimated(0.0, 0.0), 0.02, 0.05), Err(Refused::NoSpread));
        assert_eq!(equivalence(&estimated(0.0, 0.1), 0.0, 0.05), Err(Refused::OutOfRange { what: "margin" }));
        assert!(non_inferiority(&estimated(f64::NAN, 0.1), 0.02, 0.05).is_err());
        assert!(non_inferiority(&estimated(0.0, 0.1), -0.1, 0.05).is_err());
        assert!(non_inferiority(&estimated(0.1, 0.01), 0.0, 0.05).is_ok());
        assert!(equivalence(&estimated(0.0, 0.1), 0.02, 0.5).is_err());
        assert_eq!(non_inferior_pass_rate(0, 0, 0, 0.02, 0.05), Err(Refused::Empty));
        assert!(non_inferior_pass_rate(3, 3, 5, 0.02, 0.05).is_err());
    }

    #[test]
    fn two_candidates_that_pass_the_same_cases_are_alike_only_if_the_cases_are_many() {
        let judge = |cases| non_inferior_pass_rate(0, 0, cases, 0.02, 0.025).unwrap();
        assert_eq!(judge(20).verdict, Verdict::Inconclusive);
        assert_eq!(judge(500).verdict, Verdict::Shown);
        // The limits are then those of Wilson's interval of 0 in n: ∓z²/(n + z²).
        let z2 = 1.959_963_984_540_054f64.powi(2);
        assert!((judge(500).interval.high - z2 / (500.0 + z2)).abs() < 1e-9);
    }

    #[test]
    fn a_gate_takes_the_method_that_fits_its_scores() {
        let column =
            |every: usize, cases: usize| (0..cases).map(|case| Some(f64::from(case % every > 0))).collect::<Vec<_>>();
        let plain = Design::default();
        let found = non_inferior(&column(5, 500), &column(5, 500), &plain, 0.02, 0.025).unwrap();
        assert_eq!(found, non_inferior_pass_rate(0, 0, 500, 0.02, 0.025).unwrap());
        let clusters: Vec<u64> = (0..500).collect();
        let clustered = |cases: usize| Design { clusters: Some(&clusters[..cases]), ..plain };
        let judge = |cases| non_inferior(&column(5, cases), &column(7, cases), &clustered(cases), 0.1, 0.025);
        assert_eq!(judge(99), Err(Refused::TooFew { have: 99, need: 100 }));
        assert!(judge(500).is_ok());
        assert_eq!(non_inferior(&[None], &[Some(1.0)], &plain, 0.1, 0.025), Err(Refused::Empty));
        assert_eq!(
            non_inferior(&[Some(2.5)], &[Some(1.0)], &plain, 0.1, 0.025),
            Err(Refused::TooFew { have: 1, need: 2 })
        );
        let rubric = [Some(4.0), Some(5.0), Some(3.0), Some(4.0)];
        assert_eq!(non_inferior(&rubric, &rubric, &plain, 0.1, 0.025), Err(Refused::NoSpread));
    }

    proptest! {
        #[test]
        fn the_verdict_can_be_read_off_the_interval(value in -0.2f64..0.2, se in 0.001f64..0.1, freedom in 1u32..200, margin in 0.001f64..0.1) {
            let difference = Estimated { value, se, freedom: Some(f64::from(freedom)) };
            let found = equivalence(&difference, margin, 0.05).unwrap();
            let within = found.interval.low > -margin && found.interval.high < margin;
            let edge = (found.interval.low + margin).abs().min((found.interval.high - margin).abs());
            prop_assert!(edge < 1e-9 || (found.verdict == Verdict::Shown) == within, "{:?}", found);
            let one = non_inferiority(&difference, margin, 0.05).unwrap();
            prop_assert!(edge < 1e-9 || (one.verdict == Verdict::Shown) == (one.interval.low > -margin));
            prop_assert!(one.p <= found.p + 1e-12);
        }

        #[test]
        fn pass_rates_mirror_when_the_two_are_swapped(b in 0u64..30, c in 0u64..30, rest in 0u64..100) {
            prop_assume!(b + c + rest > 0);
            let (one, other) = (non_inferior_pass_rate(b, c, b + c + rest, 0.1, 0.05).unwrap(), non_inferior_pass_rate(c, b, b + c + rest, 0.1, 0.05).unwrap());
            prop_assert!((one.interval.low + other.interval.high).abs() < 1e-9, "{:?} {:?}", one, other);
            prop_assert!(one.interval.contains(one.estimate) && one.p.is_finite());
        }
    }
}
