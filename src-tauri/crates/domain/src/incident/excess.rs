//! What an incident took beyond what its hours usually take.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// Weeks before that make an interval worth saying.
pub const FEWEST_WEEKS: usize = 3;

/// What happened beyond the usual, in the unit of what was counted.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Excess {
    /// What happened in the hours of the incident.
    pub actual: f64,
    /// The mean of the same hours of the weeks before.
    pub usual: f64,
    /// `actual − usual`.
    pub excess: f64,
    /// A 95 % prediction interval of the excess; `None` from fewer than [`FEWEST_WEEKS`] weeks.
    pub interval: Option<(f64, f64)>,
    pub weeks: usize,
}

/// Against the same hours of the weeks before: `usual = mean(before)`, and `excess ± t(0.975, n − 1) · s · √(1 + 1/n)`, the interval
/// in which one more ordinary week would lie (Hahn, Meeker: "Statistical Intervals", 1991, section 4.6).
///
/// `before` holds one sum a week, weeks of which nothing is known left out. `None` without any.
pub fn excess(actual: f64, before: &[f64]) -> Option<Excess> {
    let n = before.len();
    if n == 0 || !actual.is_finite() || before.iter().any(|week| !week.is_finite()) {
        return None;
    }
    let mut sorted = before.to_vec();
    sorted.sort_by(f64::total_cmp);
    let usual = sorted.iter().sum::<f64>() / n as f64;
    let excess = actual - usual;
    let interval = (n >= FEWEST_WEEKS).then(|| {
        let spread = (sorted.iter().map(|week| (week - usual).powi(2)).sum::<f64>() / (n - 1) as f64).sqrt();
        let t = StudentsT::new(0.0, 1.0, (n - 1) as f64).map_or(f64::NAN, |t| t.inverse_cdf(0.975));
        let reach = t * spread * (1.0 + 1.0 / n as f64).sqrt();
        (excess - reach, excess + reach)
    });
    Some(Excess {
        actual,
        usual,
        excess,
        interval: interval.filter(|(low, high)| low.is_finite() && high.is_finite()),
        weeks: n,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// By R: `t <- qt(.975, 3); x <- c(100, 110, 90, 100); t * sd(x) * sqrt(1 + 1/4)` is 29.0516.
    #[test]
    fn the_excess_is_what_lies_above_the_same_hours_of_the_weeks_before() {
        let found = excess(250.0, &[100.0, 110.0, 90.0, 100.0]).unwrap();
        assert_eq!((found.usual, found.excess), (100.0, 150.0));
        let (low, high) = found.interval.unwrap();
        assert!((high - 150.0 - 29.0516).abs() < 1e-3 && (150.0 - low - 29.0516).abs() < 1e-3, "{low} {high}");
        let other = excess(250.0, &[90.0, 100.0, 110.0, 100.0]).unwrap();
        assert_eq!(found, other);
        assert_eq!(excess(250.0, &[100.0, 110.0]).unwrap().interval, None);
        assert_eq!(excess(250.0, &[]), None);
    }
}
