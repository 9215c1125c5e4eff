//! A comparison that may be looked at after every case: a confidence sequence instead of an interval, as GrowthBook's
//! sequential test has it. Whoever stops an ordinary test at the first look that shows a difference is wrong far more
//! often than α; this one holds at every look at once, and pays for it in width.

use super::{Interval, Refused, between, finite, positive};

/// The value GrowthBook takes where nobody says another, in cases.
pub const DEFAULT_TUNING: f64 = 5_000.0;

/// What is known of one side; sums are in the unit of the values and in its square.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Arm {
    /// Values of any size: Σx, Σx² and their count.
    Values { sum: f64, sum_of_squares: f64, n: u64 },
    /// Passes and failures: how many passed of how many.
    Share { passed: u64, n: u64 },
}

impl Arm {
    /// The sums of values, added in an order of their own so that the order of rows changes no bit.
    ///
    /// # Errors
    /// [`Refused::Empty`], [`Refused::NotFinite`], [`Refused::OutOfRange`] where a sum overflows.
    pub fn of(values: &[f64]) -> Result<Self, Refused> {
        if values.is_empty() {
            return Err(Refused::Empty);
        }
        if let Some(row) = values.iter().position(|value| !value.is_finite()) {
            return Err(Refused::NotFinite { row });
        }
        let mut values = values.to_vec();
        values.sort_by(f64::total_cmp);
        let sum = finite(values.iter().sum(), "values")?;
        let sum_of_squares = finite(values.iter().map(|value| value * value).sum(), "values")?;
        Ok(Self::Values { sum, sum_of_squares, n: values.len() as u64 })
    }

    fn moments(self) -> Result<Moments, Refused> {
        match self {
            Self::Values { n: 0, .. } | Self::Share { n: 0, .. } => Err(Refused::Empty),
            Self::Values { n: 1, .. } => Err(Refused::TooFew { have: 1, need: 2 }),
            Self::Values { sum, sum_of_squares, n } => {
                let (sum, squares) = (finite(sum, "sum")?, finite(sum_of_squares, "sum of squares")?);
                let cases = n as f64;
                let mean = sum / cases;
                let about = finite(mean * sum, "sum")?;
                // Less than the square of the mean allows is no sum of squares, but for what is rounded.
                if squares < about - 1e-9 * about.abs() {
                    return Err(Refused::OutOfRange { what: "sum of squares" });
                }
                Ok(Moments { mean, variance: (squares - about).max(0.0) / (cases - 1.0), n })
            }
            Self::Share { passed, n } if passed > n => Err(Refused::OutOfRange { what: "passed" }),
            Self::Share { passed, n } => {
                let share = passed as f64 / n as f64;
                Ok(Moments { mean: share, variance: share * (1.0 - share), n })
            }
        }
    }
}

struct Moments {
    mean: f64,
    variance: f64,
    n: u64,
}

/// How the two means are set against each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lift {
    /// Treatment less control, in the unit of the values.
    Absolute,
    /// That, by the mean of the control: 0.5 for half as much again.
    Relative,
}

/// What is fixed before the first look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Plan {
    /// How often the sequence may ever miss the true difference; above 0 and below 1.
    pub alpha: f64,
    /// N: at about how many cases of both sides together the sequence is to be narrowest. Not to be chosen by what was
    /// seen.
    pub tuning: f64,
    pub lift: Lift,
}

impl Default for Plan {
    /// 5 %, [`DEFAULT_TUNING`] and the relative difference, as GrowthBook has them.
    fn default() -> Self {
        Self { alpha: 0.05, tuning: DEFAULT_TUNING, lift: Lift::Relative }
    }
}

/// The difference at one look.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Sequential {
    pub difference: f64,
    pub se: f64,
    /// The confidence sequence at this look, of confidence 1 − α.
    pub interval: Interval,
    /// Valid at every look; below α just where the interval leaves out 0. 1 until there is some evidence.
    pub p: f64,
    pub rho: f64,
    /// Of both sides.
    pub cases: u64,
}

/// ρ = √((−2·ln α + ln(1 − 2·ln α))/N): the mixing parameter that makes the sequence narrowest at about N cases
/// (Waudby-Smith, Arbour, Sinha, Kennedy, Ramdas: "Time-uniform central limit theory and asymptotic confidence
/// sequences", Annals of Statistics 52, 2024, appendix on the choice of ρ; Howard, Ramdas, McAuliffe, Sekhon:
/// "Time-uniform, nonparametric, nonasymptotic confidence sequences", Annals of Statistics 49, 2021, for where it comes
/// from).
///
/// # Errors
/// [`Refused::OutOfRange`].
pub fn rho(alpha: f64, tuning: f64) -> Result<f64, Refused> {
    let evidence = -2.0 * between(alpha, "alpha")?.ln();
    positive(((evidence + evidence.ln_1p()) / positive(tuning, "tuning parameter")?).sqrt(), "tuning parameter")
}

/// Treatment against control at this look, with n the cases of both sides and SE the standard error of the difference:
///
/// difference ± SE·√(2(nρ² + 1)/(nρ²)·ln(√(nρ² + 1)/α)), p = min(1, √(nρ² + 1)·exp(−nρ²/(2(nρ² + 1))·difference²/SE²)).
///
/// SE² = s_A²/n_A + s_B²/n_B, s² with n − 1 of values and p(1 − p) of shares; of the relative difference the delta
/// method gives s_B²/(m_A²·n_B) + s_A²·m_B²/(m_A⁴·n_A), m the means (GrowthBook, `SequentialTwoSidedTTest`).
/// Asymptotic: it rests on the central limit theorem, so do not look before there are cases enough for one (of shares a
/// few hundred; see [`super::proportion::FEWEST_FOR_NORMAL`]). Sources as of [`rho`].
///
/// # Errors
/// [`Refused::Empty`]; [`Refused::TooFew`] of a single value; [`Refused::NoSpread`] where nothing varies on either
/// side; [`Refused::OutOfRange`], also where the control's mean is 0 and the relative difference is asked for.
pub fn sequential(control: Arm, treatment: Arm, plan: &Plan) -> Result<Sequential, Refused> {
    let rho = rho(plan.alpha, plan.tuning)?;
    let (a, b) = (control.moments()?, treatment.moments()?);
    let cases = a.n.checked_add(b.n).ok_or(Refused::OutOfRange { what: "cases" })?;
    let (of_a, of_b) = (a.variance / a.n as f64, b.variance / b.n as f64);
    let (difference, se) = match plan.lift {
        Lift::Absolute => (b.mean - a.mean, (of_a + of_b).sqrt()),
        Lift::Relative if a.mean == 0.0 => return Err(Refused::OutOfRange { what: "mean of the control" }),
        Lift::Relative => {
            let times = b.mean / a.mean;
            (times - 1.0, (of_b + of_a * times * times).sqrt() / a.mean.abs())
        }
    };
    let (difference, se) = (finite(difference, "values")?, finite(se, "values")?);
    if se == 0.0 {
        return Err(Refused::NoSpread);
    }
    let evidence = positive(cases as f64 * rho * rho, "tuning parameter")?;
    let log_mixture = 0.5 * evidence.ln_1p();
    let half = se * (2.0 * (1.0 + 1.0 / evidence) * (log_mixture - plan.alpha.ln())).sqrt();
    let z = difference / se;
    // By logarithms: e-values overflow, their p values only come to 0.
    let log_p = log_mixture - evidence / (2.0 * (evidence + 1.0)) * z * z;
    let (low, high) = (finite(difference - half, "values")?, finite(difference + half, "values")?);
    Ok(Sequential {
        difference,
        se,
        interval: Interval { low, high, confidence: 1.0 - plan.alpha },
        p: log_p.exp().min(1.0),
        rho,
        cases,
    })
}

#[cfg(test)]
mod tests {
    use super::super::distribution::normal_quantile;
    use super::super::random::Draws;
    use super::*;
    use proptest::prelude::*;

    const PLAIN: Plan = Plan { alpha: 0.05, tuning: 1_000.0, lift: Lift::Absolute };

    #[test]
    fn what_cannot_be_said_is_refused() {
        let fine = Arm::Share { passed: 3, n: 9 };
        let relative = Plan { lift: Lift::Relative, ..PLAIN };
        assert_eq!(sequential(Arm::Share { passed: 0, n: 0 }, fine, &PLAIN), Err(Refused::Empty));
        assert_eq!(
            sequential(fine, Arm::Share { passed: 3, n: 2 }, &PLAIN),
            Err(Refused::OutOfRange { what: "passed" })
        );
        assert_eq!(sequential(Arm::of(&[1.0]).unwrap(), fine, &PLAIN), Err(Refused::TooFew { have: 1, need: 2 }));
        let flat = Arm::of(&[2.0; 9]).unwrap();
        assert_eq!(sequential(flat, flat, &PLAIN), Err(Refused::NoSpread));
        let nought = Arm::Share { passed: 0, n: 9 };
        assert_eq!(sequential(nought, fine, &relative), Err(Refused::OutOfRange { what: "mean of the control" }));
        assert!(sequential(nought, fine, &PLAIN).is_ok());
        let less = Arm::Values { sum: 10.0, sum_of_squares: 1.0, n: 10 };
        assert_eq!(sequential(less, fine, &PLAIN), Err(Refused::OutOfRange { what: "sum of squares" }));
        let nan = Arm::Values { sum: f64::NAN, sum_of_squares: 1.0, n: 10 };
        assert_eq!(sequential(nan, fine, &PLAIN), Err(Refused::OutOfRange { what: "sum" }));
        for alpha in [0.0, 1.0, f64::NAN] {
            assert_eq!(rho(alpha, 1_000.0), Err(Refused::OutOfRange { what: "alpha" }));
        }
        for tuning in [0.0, -5.0, f64::INFINITY] {
            assert_eq!(rho(0.05, tuning), Err(Refused::OutOfRange { what: "tuning parameter" }));
        }
        assert_eq!(Arm::of(&[]), Err(Refused::Empty));
        assert_eq!(Arm::of(&[1.0, f64::NAN]), Err(Refused::NotFinite { row: 1 }));
        assert_eq!(Arm::of(&[f64::MAX]), Err(Refused::OutOfRange { what: "values" }));
    }

    #[test]
    fn the_sequence_is_narrowest_by_the_interval_s_measure_near_the_cases_it_is_tuned_to() {
        let times = |n: u64| {
            let arm = Arm::Share { passed: n / 4, n: n / 2 };
            let found = sequential(arm, arm, &Plan { tuning: 10_000.0, ..PLAIN }).unwrap();
            found.interval.high / found.se
        };
        assert!(times(10_000) < times(2_000) && times(10_000) < times(50_000));
    }

    /// 200 comparisons of two equal sides, looked at 90 times each: peeking at an ordinary interval finds a difference
    /// in a good part of them, the sequence in hardly any.
    #[test]
    fn looking_again_and_again_finds_nothing_where_there_is_nothing() {
        let z = normal_quantile(0.975).unwrap();
        let (mut by_sequence, mut by_interval) = (0, 0);
        for run in 0..200 {
            let mut draws = Draws::new(7, run);
            let mut sides = [(0.0, 0.0); 2];
            let mut found = (false, false);
            for n in 1..=2_000 {
                for (sum, squares) in &mut sides {
                    let value = draws.normal();
                    (*sum, *squares) = (*sum + value, *squares + value * value);
                }
                if n >= 200 && n % 20 == 0 {
                    let [a, b] = sides.map(|(sum, sum_of_squares)| Arm::Values { sum, sum_of_squares, n });
                    let look = sequential(a, b, &PLAIN).unwrap();
                    found.0 |= !look.interval.contains(0.0);
                    found.1 |= look.difference.abs() > z * look.se;
                }
            }
            by_sequence += u32::from(found.0);
            by_interval += u32::from(found.1);
        }
        assert!(by_sequence <= 10, "{by_sequence} of 200");
        assert!(by_interval >= 30, "{by_interval} of 200");
    }

    fn column() -> impl Strategy<Value = Vec<f64>> {
        prop::collection::vec(-100.0f64..100.0, 2..60)
    }

    fn near(a: f64, b: f64) -> bool {
        (a - b).abs() <= 1e-6 * (1.0 + a.abs())
    }

    proptest! {
        #[test]
        fn it_is_never_narrower_than_the_interval_of_one_look(
            a in column(),
            b in column(),
            alpha in 0.0001f64..0.9999,
            tuning in 1.0f64..1e7,
        ) {
            let (a, b) = (Arm::of(&a).unwrap(), Arm::of(&b).unwrap());
            for lift in [Lift::Absolute, Lift::Relative] {
                if let Ok(found) = sequential(a, b, &Plan { alpha, tuning, lift }) {
                    let fixed = normal_quantile(1.0 - alpha / 2.0).unwrap() * found.se;
                    prop_assert!(found.interval.high - found.interval.low >= 2.0 * fixed, "{:?} {}", found, fixed);
                    prop_assert!(found.interval.contains(found.difference) && (0.0..=1.0).contains(&found.p));
                }
            }
        }

        #[test]
        fn shares_are_never_narrower_either(
            a in 1u64..5_000,
            b in 1u64..5_000,
            of in 1u64..100_000,
            tuning in 1.0f64..1e7,
        ) {
            let arm = |passed: u64| Arm::Share { passed, n: passed + of };
            let found = sequential(arm(a), arm(b), &Plan { tuning, ..Plan::default() }).unwrap();
            let fixed = normal_quantile(0.975).unwrap() * found.se;
            prop_assert!(found.interval.high - found.interval.low >= 2.0 * fixed);
        }

        #[test]
        fn p_is_below_alpha_just_where_the_interval_leaves_out_nought(
            a in column(),
            b in column(),
            alpha in 0.001f64..0.5,
            tuning in 1.0f64..1e5,
        ) {
            if let Ok(found) = sequential(Arm::of(&a).unwrap(), Arm::of(&b).unwrap(), &Plan { alpha, tuning, ..PLAIN })
                && (found.p / alpha - 1.0).abs() > 1e-9
            {
                prop_assert_eq!(found.p < alpha, !found.interval.contains(0.0), "{:?}", found);
            }
        }

        #[test]
        fn swapping_the_sides_mirrors_difference_and_interval(a in column(), b in column()) {
            let (a, b) = (Arm::of(&a).unwrap(), Arm::of(&b).unwrap());
            if let (Ok(found), Ok(swapped)) = (sequential(a, b, &PLAIN), sequential(b, a, &PLAIN)) {
                prop_assert_eq!(found.interval, swapped.interval.negated());
                prop_assert_eq!((found.difference, found.p), (-swapped.difference, swapped.p));
            }
        }

        #[test]
        fn a_constant_added_to_both_changes_nothing(a in column(), b in column(), by in -100.0f64..100.0) {
            let raised = |values: &[f64]| Arm::of(&values.iter().map(|value| value + by).collect::<Vec<_>>()).unwrap();
            if let (Ok(found), Ok(raised)) = (
                sequential(Arm::of(&a).unwrap(), Arm::of(&b).unwrap(), &PLAIN),
                sequential(raised(&a), raised(&b), &PLAIN),
            ) {
                prop_assert!(near(found.difference, raised.difference));
                prop_assert!(near(found.interval.low, raised.interval.low), "{:?} {:?}", found, raised);
                prop_assert!(near(found.interval.high, raised.interval.high), "{:?} {:?}", found, raised);
            }
        }

        #[test]
        fn the_order_of_values_changes_no_bit(a in column(), turn in 0usize..60) {
            let mut turned = a.clone();
            turned.rotate_left(turn % a.len());
            turned.reverse();
            prop_assert_eq!(Arm::of(&a), Arm::of(&turned));
        }

        #[test]
        fn whatever_comes_in_no_nan_comes_out(
            a in any::<(f64, f64, u64)>(),
            b in any::<(f64, f64, u64)>(),
            alpha in any::<f64>(),
            tuning in any::<f64>(),
        ) {
            let arm = |(sum, sum_of_squares, n): (f64, f64, u64)| Arm::Values { sum, sum_of_squares, n };
            for lift in [Lift::Absolute, Lift::Relative] {
                for plan in [Plan { alpha, tuning, lift }, Plan { lift, ..PLAIN }] {
                    if let Ok(found) = sequential(arm(a), arm(b), &plan) {
                        let figures = [found.difference, found.se, found.interval.low, found.interval.high, found.rho];
                        prop_assert!(figures.iter().all(|figure| figure.is_finite()), "{:?}", found);
                        prop_assert!((0.0..=1.0).contains(&found.p), "{:?}", found);
                    }
                }
            }
        }
    }
}
