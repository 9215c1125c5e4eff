//! Is one sample shifted against another, by ranks alone? And what a canary's judge makes of it: the two-sample test as
//! R's `wilcox.test(experiment, control, conf.int = TRUE)` has it, and the classes of Kayenta's judge on top.

use super::distribution::{normal_below, normal_quantile};
use super::{Interval, Refused, confidence, finite, not_negative};

/// Below this many values in each sample, and without ties, the distribution is counted out; as R does.
pub const FEWEST_FOR_NORMAL: usize = 50;

/// Halvings of the range of shifts: after them it is as narrow as a number of 53 bits can tell.
const HALVINGS: usize = 64;

/// A share of orders is reached though it is missed by this much: sums of shares are rounded. R's.
const COUNT_FUZZ: f64 = 10.0 * f64::EPSILON;

/// Which distribution of ranks is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Method {
    /// Counted out for fewer than [`FEWEST_FOR_NORMAL`] values on either side without ties, else the normal one; R's
    /// default.
    #[default]
    AsR,
    /// The normal one whatever the samples; Kayenta's judge.
    Normal,
}

/// The test of Mann and Whitney (Annals of Mathematical Statistics 18, 1947) and the shift of Hodges and Lehmann (ibid.
/// 34, 1963).
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct MannWhitney {
    /// U: pairs whose experiment is above its control; of equal ones a half each. R's W.
    pub u: f64,
    /// U of all pairs: the chance that a value of the experiment is above one of the control. ½ where nothing differs.
    pub superiority: f64,
    /// Two-sided, of no shift.
    pub p: f64,
    /// Experiment less control, in the unit of the values.
    pub shift: f64,
    /// Of the shift.
    pub interval: Interval,
    /// Counted out; else the normal approximation.
    pub exact: bool,
    /// There are values enough for the confidence asked for. Where not, no order of them could have ruled out any
    /// shift: the interval is the range of all differences and covers less often than it says.
    pub enough: bool,
}

/// Experiment against control, in either order of rows. The normal approximation is
///
/// z(μ) = (U(μ) − nm/2 − ½·sign)/σ, σ² = nm/12·(n + m + 1 − Σ(t³ − t)/((n + m)(n + m − 1))),
///
/// with U(μ) the count of pairs whose difference is above μ and t the sizes of ties once the experiment is shifted by
/// −μ. The interval holds the shifts where |z(μ)| is below the normal quantile; the estimate is where z is 0. z is a
/// flight of steps and may be 0 over a stretch: the estimate is the first point of it that halving the range of
/// differences meets, which is what the values Kayenta's judge is held against are (R's own search meets another point
/// of the same stretch). Counted out, the interval goes by the ranks of the sorted differences and the estimate is
/// their median (Bauer, JASA 67, 1972).
///
/// Of samples with many ties an end of the interval may be a step that is itself ruled out. Where most values of both
/// are the same one, the shift is 0 and so is an end of the interval, however sure it is that something differs: that
/// is for p to say.
///
/// R ends its search within 10⁻⁴ in the unit of the values, which is more than a small error rate has: this one ends at
/// the last digits.
///
/// # Errors
/// [`Refused::Empty`] where either sample is; [`Refused::NotFinite`], with the rows of the control counted on after
/// those of the experiment; [`Refused::NoSpread`] where every value of both is the same; [`Refused::OutOfRange`].
pub fn mann_whitney(
    experiment: &[f64],
    control: &[f64],
    confidence_: f64,
    method: Method,
) -> Result<MannWhitney, Refused> {
    let beyond = normal_quantile(0.5 + confidence(confidence_)? / 2.0)?;
    let samples = Samples::new(experiment, control)?;
    let (n, m) = samples.sizes();
    let pairs = (n * m) as f64;
    let here = samples.shifted(0.0);
    let (low, high) = samples.range();
    if here.sigma == 0.0 {
        return Err(Refused::NoSpread);
    }
    let exact = method == Method::AsR && n.max(m) < FEWEST_FOR_NORMAL && !here.ties;
    let (p, shift, from, to, enough) = if exact {
        let shares = shares_of_counts(n, m);
        let below = (here.u.min(pairs - here.u)) as usize;
        let p = 2.0 * shares[..=below].iter().sum::<f64>();
        let differences = samples.differences();
        let rank = smallest_reaching(&shares, (1.0 - confidence_) / 2.0);
        let at = rank.max(1);
        (p, median(&differences), differences[at - 1], differences[differences.len() - at], rank > 0)
    } else {
        let p = 2.0 * normal_below(-here.z().abs());
        let finest = samples.finest();
        let root = |quantile: f64| match crossing(|shift| samples.shifted(shift).z() - quantile, low, high) {
            trace if trace.abs() <= finest => 0.0,
            shift => shift,
        };
        // Ties only make σ smaller: what reaches the quantile without them reaches it with them.
        let most = (pairs / 2.0 - 0.5) / (pairs * (n + m + 1) as f64 / 12.0).sqrt();
        (p, root(0.0), root(beyond), root(-beyond), most >= beyond)
    };
    Ok(MannWhitney {
        u: here.u,
        superiority: here.u / pairs,
        p: finite(p.min(1.0), "values")?,
        shift,
        interval: Interval { low: from, high: to, confidence: confidence_ },
        exact,
        enough,
    })
}

/// Both samples in order.
struct Samples {
    experiment: Vec<f64>,
    control: Vec<f64>,
}

/// The ranks after a shift.
struct Shifted {
    u: f64,
    /// nm/2.
    expected: f64,
    /// 0 where all values are tied.
    sigma: f64,
    ties: bool,
}

impl Shifted {
    /// With the correction for continuity: within half a pair of what is expected it is 0.
    fn z(&self) -> f64 {
        let apart = self.u - self.expected;
        if self.sigma == 0.0 || apart.abs() <= 0.5 { 0.0 } else { (apart - 0.5 * apart.signum()) / self.sigma }
    }
}

impl Samples {
    fn new(experiment: &[f64], control: &[f64]) -> Result<Self, Refused> {
        if experiment.is_empty() || control.is_empty() {
            return Err(Refused::Empty);
        }
        if let Some(row) = experiment.iter().chain(control).position(|value| !value.is_finite()) {
            return Err(Refused::NotFinite { row });
        }
        // Differences, and what is shifted by them, must not overflow.
        for value in experiment.iter().chain(control) {
            finite(4.0 * value, "values")?;
        }
        // −0 is 0, and the two must not be told apart by their order.
        let ordered = |values: &[f64]| {
            let mut values: Vec<f64> = values.iter().map(|value| value + 0.0).collect();
            values.sort_by(f64::total_cmp);
            values
        };
        Ok(Self { experiment: ordered(experiment), control: ordered(control) })
    }

    fn sizes(&self) -> (usize, usize) {
        (self.experiment.len(), self.control.len())
    }

    /// The least and the greatest difference.
    fn range(&self) -> (f64, f64) {
        let (n, m) = self.sizes();
        (self.experiment[0] - self.control[m - 1], self.experiment[n - 1] - self.control[0])
    }

    /// A shift as small as this moves the largest value by less than it is rounded: what is found below is 0.
    fn finest(&self) -> f64 {
        let ends = [&self.experiment, &self.control].map(|values| values[0].abs().max(values[values.len() - 1].abs()));
        f64::EPSILON * ends[0].max(ends[1])
    }

    fn differences(&self) -> Vec<f64> {
        let of = |value: &f64| self.control.iter().map(move |control| value - control).collect::<Vec<_>>();
        let mut all: Vec<f64> = self.experiment.iter().flat_map(of).collect();
        all.sort_by(f64::total_cmp);
        all
    }

    /// The ranks once `shift` is taken off the experiment.
    fn shifted(&self, shift: f64) -> Shifted {
        let (n, m) = self.sizes();
        let (mut i, mut j) = (0, 0);
        let (mut ranks, mut tied) = (0.0, 0.0);
        while i < n || j < m {
            let next = |values: &[f64], at: usize, off: f64| values.get(at).map_or(f64::INFINITY, |value| value - off);
            let value = next(&self.experiment, i, shift).min(next(&self.control, j, 0.0));
            let (before, of_experiment) = (i + j, i);
            while next(&self.experiment, i, shift) == value {
                i += 1;
            }
            while next(&self.control, j, 0.0) == value {
                j += 1;
            }
            let run = (i + j - before) as f64;
            ranks += (before as f64 + (run + 1.0) / 2.0) * (i - of_experiment) as f64;
            tied += run.powi(3) - run;
        }
        let (n, m) = (n as f64, m as f64);
        let all = n + m;
        let variance = n * m / 12.0 * (all + 1.0 - tied / (all * (all - 1.0)));
        Shifted {
            u: ranks - n * (n + 1.0) / 2.0,
            expected: n * m / 2.0,
            // One run of all values leaves nothing but what is rounded.
            sigma: if tied >= all.powi(3) - all { 0.0 } else { variance.max(0.0).sqrt() },
            ties: tied > 0.0,
        }
    }
}

/// Where a falling flight of steps goes through 0 within a range; the end of the range where it does not. The ends are
/// not looked at: whether the values that make them are tied there is a matter of rounding, and halving comes to them
/// all the same.
fn crossing(height: impl Fn(f64) -> f64, mut low: f64, mut high: f64) -> f64 {
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        let found = height(middle);
        if found == 0.0 {
            return middle;
        }
        *(if found > 0.0 { &mut low } else { &mut high }) = middle;
    }
    f64::midpoint(low, high)
}

/// P(U = u) for u of 0..=nm where every order of n and m values is as likely as any other. Of the last value either it
/// is of the one sample, and above all of the other, or it is not (Mann, Whitney, 1947).
fn shares_of_counts(n: usize, m: usize) -> Vec<f64> {
    let mut ways = vec![vec![0.0; n * m + 1]; n + 1];
    for row in &mut ways {
        row[0] = 1.0;
    }
    for others in 1..=m {
        for own in 1..=n {
            for u in others..=own * others {
                ways[own][u] += ways[own - 1][u - others];
            }
        }
    }
    let ways = ways.swap_remove(n);
    let all: f64 = ways.iter().sum();
    ways.into_iter().map(|ways| ways / all).collect()
}

/// The smallest count that the share is reached at.
fn smallest_reaching(shares: &[f64], share: f64) -> usize {
    let mut sum = 0.0;
    let reached = |each: &f64| {
        sum += each;
        sum >= share - COUNT_FUZZ
    };
    shares.iter().position(reached).unwrap_or(shares.len() - 1)
}

fn median(ordered: &[f64]) -> f64 {
    f64::midpoint(ordered[(ordered.len() - 1) / 2], ordered[ordered.len() / 2])
}

/// Which way a change is bad.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Increase,
    Decrease,
    Either,
}

/// What a canary's judge says of one metric.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    Pass,
    High,
    Low,
    /// Either sample is empty.
    Nodata,
}

/// The smallest ratio of means that counts: at most `low` to be low, at least `high` to be high. 1 asks for nothing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Ratios {
    pub low: f64,
    pub high: f64,
}

impl Default for Ratios {
    fn default() -> Self {
        Self { low: 1.0, high: 1.0 }
    }
}

impl Ratios {
    fn check(self) -> Result<Self, Refused> {
        not_negative(self.low, "ratio")?;
        not_negative(self.high, "ratio")?;
        Ok(self)
    }

    /// A ratio that cannot be said, of a mean of 0, holds nothing back.
    fn reached(self, class: Class, ratio: Option<f64>) -> bool {
        match class {
            Class::High => ratio.is_none_or(|ratio| ratio >= self.high),
            Class::Low => ratio.is_none_or(|ratio| ratio <= self.low),
            Class::Pass | Class::Nodata => true,
        }
    }
}

/// How a metric is judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Judge {
    /// A share of the estimated shift; Kayenta's own is 0.25.
    pub tolerance: f64,
    /// Above 0 and below 1; Kayenta's own is 0.95.
    pub confidence: f64,
    pub direction: Direction,
    pub effect: Ratios,
    /// From which ratios on a failure of this metric fails the canary as a whole; `None` of a metric that cannot.
    pub critical: Option<Ratios>,
}

impl Default for Judge {
    fn default() -> Self {
        Self {
            tolerance: 0.25,
            confidence: 0.95,
            direction: Direction::Either,
            effect: Ratios::default(),
            critical: None,
        }
    }
}

/// One metric, judged.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Verdict {
    pub class: Class,
    /// The failure is one of the canary as a whole. Missing data of a critical metric is.
    pub critical: bool,
    /// Mean of the experiment by mean of the control; 1 where all values are equal, `None` where either mean is 0 or is
    /// not known.
    pub ratio: Option<f64>,
    /// tolerance·|shift|, in the unit of the values: what the interval must lie beyond.
    pub bound: Option<f64>,
    /// `None` where there is no data or every value is equal.
    pub test: Option<MannWhitney>,
}

/// The classes of Kayenta's judge (Netflix and Google, `MannWhitneyClassifier`, 2018): high where the interval of the
/// shift lies above the bound, the direction looks for it and the ratio of means is at least `effect.high`; low in the
/// mirror of it; else pass. The test is [`Method::Normal`]. Two samples of one value each are told apart here without
/// the noise Kayenta adds.
///
/// Of samples whose most values are the same one (error counts that are nearly always 0) the shift and the bound are 0,
/// and so is the end of the interval: Kayenta's class then hangs on the traces its search leaves beside 0, which come
/// to what the test says of no shift. Here p says it.
///
/// The bound is a share of the shift that was found: it asks how sure the shift is, not how large. Only `effect` asks
/// for size, and a metric whose values are too few ([`MannWhitney::enough`]) may be high or low all the same: look at
/// both.
///
/// # Errors
/// [`Refused::NotFinite`], [`Refused::OutOfRange`].
pub fn judge(experiment: &[f64], control: &[f64], judge: &Judge) -> Result<Verdict, Refused> {
    let tolerance = not_negative(judge.tolerance, "tolerance")?;
    let (effect, critical) = (judge.effect.check()?, judge.critical.map(Ratios::check).transpose()?);
    let mut verdict = Verdict { class: Class::Pass, critical: false, ratio: None, bound: None, test: None };
    let test = match mann_whitney(experiment, control, judge.confidence, Method::Normal) {
        Ok(test) => test,
        Err(Refused::Empty) => {
            return Ok(Verdict { class: Class::Nodata, critical: critical.is_some(), ..verdict });
        }
        Err(Refused::NoSpread) => return Ok(Verdict { ratio: Some(1.0), ..verdict }),
        Err(refused) => return Err(refused),
    };
    let bound = finite(tolerance * test.shift.abs(), "tolerance")?;
    let ratio = ratio_of_means(experiment, control)?;
    // An interval that ends at 0 leaves 0 out where the test does.
    let differs = bound == 0.0 && test.p < 1.0 - judge.confidence;
    let above = test.interval.low > bound || differs && test.interval.low == 0.0 && test.superiority > 0.5;
    let below = test.interval.high < -bound || differs && test.interval.high == 0.0 && test.superiority < 0.5;
    let high = judge.direction != Direction::Decrease && above;
    let low = judge.direction != Direction::Increase && below;
    let class = if high && effect.reached(Class::High, ratio) {
        Class::High
    } else if low && effect.reached(Class::Low, ratio) {
        Class::Low
    } else {
        Class::Pass
    };
    verdict.class = class;
    verdict.critical = class != Class::Pass && critical.is_some_and(|critical| critical.reached(class, ratio));
    (verdict.ratio, verdict.bound, verdict.test) = (ratio, Some(bound), Some(test));
    Ok(verdict)
}

fn ratio_of_means(experiment: &[f64], control: &[f64]) -> Result<Option<f64>, Refused> {
    let mean = |values: &[f64]| {
        let mut values = values.to_vec();
        values.sort_by(f64::total_cmp);
        finite(values.iter().sum::<f64>() / values.len() as f64, "values")
    };
    let (experiment, control) = (mean(experiment)?, mean(control)?);
    if experiment == 0.0 || control == 0.0 { Ok(None) } else { finite(experiment / control, "values").map(Some) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn as_r(experiment: &[f64], control: &[f64]) -> Result<MannWhitney, Refused> {
        mann_whitney(experiment, control, 0.95, Method::AsR)
    }

    #[test]
    fn nothing_odd_values_and_no_spread_are_refused() {
        assert_eq!(as_r(&[], &[1.0]), Err(Refused::Empty));
        assert_eq!(as_r(&[1.0], &[]), Err(Refused::Empty));
        assert_eq!(as_r(&[1.0], &[2.0, f64::NAN]), Err(Refused::NotFinite { row: 2 }));
        assert_eq!(as_r(&[f64::INFINITY], &[2.0]), Err(Refused::NotFinite { row: 0 }));
        assert_eq!(as_r(&[2.0; 4], &[2.0; 3]), Err(Refused::NoSpread));
        assert_eq!(as_r(&[0.0], &[-0.0]), Err(Refused::NoSpread));
        assert_eq!(as_r(&[f64::MAX], &[f64::MIN]), Err(Refused::OutOfRange { what: "values" }));
        assert_eq!(mann_whitney(&[1.0], &[2.0], 1.0, Method::Normal), Err(Refused::OutOfRange { what: "confidence" }));
    }

    #[test]
    fn few_values_say_that_they_are_too_few() {
        for method in [Method::AsR, Method::Normal] {
            let one = mann_whitney(&[3.0], &[1.0], 0.95, method).unwrap();
            assert_eq!((one.p, one.shift, one.enough), (1.0, 2.0, false));
            assert_eq!((one.interval.low, one.interval.high), (2.0, 2.0));
            assert_eq!(mann_whitney(&[0.0], &[0.0, -1.0], 0.95, method).unwrap().shift, 0.5);
            let three = mann_whitney(&[7.0, 8.0, 9.0], &[1.0, 2.5, 3.1], 0.95, method).unwrap();
            assert!(!three.enough && (three.interval.low - 3.9).abs() < 1e-12, "{three:?}");
            assert!((three.interval.high - 8.0).abs() < 1e-12, "{three:?}");
            assert!(mann_whitney(&[7.0, 8.0, 9.0, 9.5], &[1.0, 2.5, 3.1, 4.2], 0.95, method).unwrap().enough);
        }
    }

    #[test]
    fn counts_of_small_samples_are_those_of_every_order() {
        // Of 3 and 2 values ten orders: U of 0..=6 in 1, 1, 2, 2, 2, 1, 1 of them.
        let found: Vec<f64> = shares_of_counts(3, 2).into_iter().map(|share| share * 10.0).collect();
        assert!(found.iter().zip([1.0, 1.0, 2.0, 2.0, 2.0, 1.0, 1.0]).all(|(ours, all)| (ours - all).abs() < 1e-12));
        assert!((shares_of_counts(49, 49).iter().sum::<f64>() - 1.0).abs() < 1e-12);
    }

    #[test]
    fn two_flat_samples_apart_are_told_apart_without_noise() {
        let found = judge(&[10.0; 5], &[1.0; 5], &Judge::default()).unwrap();
        let test = found.test.unwrap();
        assert_eq!((found.class, found.ratio, test.shift, test.enough), (Class::High, Some(10.0), 9.0, true));
        assert_eq!((test.interval.low, test.interval.high), (9.0, 9.0));
    }

    #[test]
    fn one_value_out_of_line_is_no_shift_and_not_a_trace_of_one() {
        let found = mann_whitney(&[1.0, 1.0, 1.0, 1.0, 10.0], &[1.0; 5], 0.95, Method::Normal).unwrap();
        assert_eq!((found.shift, found.interval.low, found.interval.high), (0.0, 0.0, 9.0));
    }

    #[test]
    fn errors_that_are_nearly_always_nought_are_high_by_the_test_though_their_shift_is_nought() {
        let errors = |some: usize| (0..200).map(|at| if at < some { 1.5 } else { 0.0 }).collect::<Vec<_>>();
        let of = |experiment, control| judge(&errors(experiment), &errors(control), &Judge::default()).unwrap();
        let found = of(60, 15);
        let test = found.test.unwrap();
        assert_eq!((found.class, found.bound, test.shift, test.interval.low), (Class::High, Some(0.0), 0.0, 0.0));
        assert!(test.p < 1e-6);
        assert_eq!((of(15, 60).class, of(16, 15).class), (Class::Low, Class::Pass));
    }

    #[test]
    fn a_judge_out_of_its_range_is_refused() {
        let plain = Judge::default();
        let with = |judge_: Judge| judge(&[1.0, 2.0], &[3.0, 4.0], &judge_);
        for tolerance in [-0.1, f64::NAN, f64::INFINITY] {
            assert_eq!(with(Judge { tolerance, ..plain }), Err(Refused::OutOfRange { what: "tolerance" }));
        }
        let effect = Ratios { low: f64::NAN, high: 1.0 };
        assert_eq!(with(Judge { effect, ..plain }), Err(Refused::OutOfRange { what: "ratio" }));
        assert_eq!(with(Judge { critical: Some(effect), ..plain }), Err(Refused::OutOfRange { what: "ratio" }));
        assert!(with(Judge { confidence: 0.0, ..plain }).is_err());
        assert_eq!(judge(&[f64::NAN], &[1.0], &plain), Err(Refused::NotFinite { row: 0 }));
    }

    fn near(a: f64, b: f64, scale: f64) -> bool {
        (a - b).abs() <= 1e-9 * scale
    }

    fn sample() -> impl Strategy<Value = Vec<f64>> {
        prop_oneof![
            prop::collection::vec((-6i32..6).prop_map(f64::from), 1..30),
            prop::collection::vec(-50.0f64..50.0, 1..30),
            prop::collection::vec(-50.0f64..50.0, 45..60),
        ]
    }

    fn either_method() -> impl Strategy<Value = Method> {
        prop_oneof![Just(Method::AsR), Just(Method::Normal)]
    }

    proptest! {
        #[test]
        fn swapping_the_samples_mirrors_estimate_and_interval(a in sample(), b in sample(), method in either_method()) {
            match (mann_whitney(&a, &b, 0.95, method), mann_whitney(&b, &a, 0.95, method)) {
                (Ok(found), Ok(swapped)) => {
                    prop_assert!((found.p - swapped.p).abs() < 1e-12 && found.enough == swapped.enough);
                    prop_assert!((found.superiority + swapped.superiority - 1.0).abs() < 1e-12);
                    let mirrored = swapped.interval.negated();
                    prop_assert!(near(found.shift, -swapped.shift, 100.0), "{:?} {:?}", found, swapped);
                    prop_assert!(near(found.interval.low, mirrored.low, 100.0), "{:?} {:?}", found, swapped);
                    prop_assert!(near(found.interval.high, mirrored.high, 100.0), "{:?} {:?}", found, swapped);
                }
                (found, swapped) => prop_assert_eq!(found, swapped),
            }
        }

        #[test]
        fn a_constant_added_to_both_changes_nothing(
            a in sample(),
            b in sample(),
            method in either_method(),
            by in -1000i32..1000,
        ) {
            let raised = |values: &[f64]| values.iter().map(|value| value + f64::from(by)).collect::<Vec<_>>();
            match (mann_whitney(&a, &b, 0.95, method), mann_whitney(&raised(&a), &raised(&b), 0.95, method)) {
                (Ok(found), Ok(raised)) => {
                    prop_assert_eq!((found.u, found.p, found.exact), (raised.u, raised.p, raised.exact));
                    prop_assert!(near(found.shift, raised.shift, 1000.0), "{:?} {:?}", found, raised);
                    prop_assert!(near(found.interval.low, raised.interval.low, 1000.0), "{:?} {:?}", found, raised);
                    prop_assert!(near(found.interval.high, raised.interval.high, 1000.0), "{:?} {:?}", found, raised);
                }
                (found, raised) => prop_assert_eq!(found, raised),
            }
        }

        #[test]
        fn a_constant_added_to_the_experiment_is_the_shift_it_adds(a in sample(), b in sample(), by in -50i32..50) {
            let moved: Vec<f64> = a.iter().map(|value| value + f64::from(by)).collect();
            if let (Ok(found), Ok(moved)) = (
                mann_whitney(&a, &b, 0.95, Method::Normal),
                mann_whitney(&moved, &b, 0.95, Method::Normal),
            ) {
                prop_assert!(near(found.shift + f64::from(by), moved.shift, 1000.0), "{:?} {:?}", found, moved);
                prop_assert!(near(found.interval.low + f64::from(by), moved.interval.low, 1000.0));
            }
        }

        #[test]
        fn the_order_of_rows_changes_no_bit(
            a in sample(),
            b in sample(),
            turn in 0usize..60,
            method in either_method(),
        ) {
            let turned = |values: &[f64]| {
                let mut values = values.to_vec();
                let by = turn % values.len();
                values.rotate_left(by);
                values.reverse();
                values
            };
            prop_assert_eq!(mann_whitney(&a, &b, 0.9, method), mann_whitney(&turned(&a), &turned(&b), 0.9, method));
            let judge_ = Judge::default();
            prop_assert_eq!(judge(&a, &b, &judge_), judge(&turned(&a), &turned(&b), &judge_));
        }

        #[test]
        fn the_shift_lies_within_its_interval_and_a_wider_confidence_is_no_narrower(
            a in sample(),
            b in sample(),
            method in either_method(),
        ) {
            if let (Ok(found), Ok(wider)) = (mann_whitney(&a, &b, 0.8, method), mann_whitney(&a, &b, 0.99, method)) {
                // Two ends of one search may differ by what is rounded.
                let slack = 1e-12 * 100.0;
                let (inner, outer) = (found.interval, wider.interval);
                prop_assert!(inner.low - slack <= found.shift && found.shift <= inner.high + slack, "{:?}", found);
                prop_assert!(outer.low <= inner.low + slack && inner.high <= outer.high + slack, "{:?}", wider);
            }
        }

        #[test]
        fn whatever_comes_in_no_nan_comes_out(
            a in prop::collection::vec(any::<f64>(), 0..9),
            b in prop::collection::vec(any::<f64>(), 0..9),
        ) {
            if let Ok(found) = judge(&a, &b, &Judge::default()) {
                prop_assert!(found.ratio.is_none_or(f64::is_finite) && found.bound.is_none_or(f64::is_finite));
                if let Some(test) = found.test {
                    let figures = [test.u, test.superiority, test.shift, test.interval.low, test.interval.high];
                    prop_assert!(figures.iter().all(|figure| figure.is_finite()), "{:?}", test);
                    prop_assert!((0.0..=1.0).contains(&test.p), "{:?}", test);
                    prop_assert!(test.interval.low <= test.interval.high, "{:?}", test);
                }
            }
        }
    }
}
