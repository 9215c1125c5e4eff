//! How a candidate stands to the incumbent, by the interval of their difference and the smallest difference that matters.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Criterion;
use crate::stats::Interval;

/// How a candidate stands to the incumbent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// It is the incumbent, or there is none.
    Reference,
    /// The interval lies above what matters.
    Better,
    /// Below it.
    Worse,
    /// Within what does not matter.
    Same,
    /// The interval reaches into what matters.
    Open,
    Unknown,
}

impl Verdict {
    /// Of the interval of the paired difference candidate − incumbent, in units of the criterion; `minimum` is a share of its scale, from 0 to 1.
    /// With [low, high] the interval over (best − worst), so that above 0 is better whichever end is best: better where low >
    /// minimum, worse where high < −minimum, the same where both lie within ±minimum, else open. Unknown without an interval or
    /// on a scale of one point.
    pub fn of(criterion: &Criterion, difference: Option<Interval>, minimum: f64) -> Self {
        let Some(interval) = difference else { return Verdict::Unknown };
        let scale = criterion.best - criterion.worst;
        let (a, b) = (interval.low / scale, interval.high / scale);
        if !(a.is_finite() && b.is_finite()) {
            return Verdict::Unknown;
        }
        let (low, high) = (a.min(b), a.max(b));
        if low > minimum {
            Verdict::Better
        } else if high < -minimum {
            Verdict::Worse
        } else if low >= -minimum && high <= minimum {
            Verdict::Same
        } else {
            Verdict::Open
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(worst: f64, best: f64, low: f64, high: f64) -> Verdict {
        let criterion = Criterion { worst, best, ..Criterion::unit("score") };
        Verdict::of(&criterion, Some(Interval { low, high, confidence: 0.95 }), 0.02)
    }

    #[test]
    fn a_difference_counts_only_where_its_whole_interval_does() {
        assert_eq!(verdict(0.0, 1.0, 0.021, 0.05), Verdict::Better);
        assert_eq!(verdict(0.0, 1.0, -0.05, -0.021), Verdict::Worse);
        assert_eq!(verdict(0.0, 1.0, -0.02, 0.02), Verdict::Same);
        assert_eq!(verdict(0.0, 1.0, 0.0, 0.021), Verdict::Open);
        assert_eq!(verdict(0.0, 1.0, 0.02, 0.05), Verdict::Open);
    }

    #[test]
    fn a_scale_that_runs_downwards_turns_it_round_and_one_of_a_point_says_nothing() {
        assert_eq!(verdict(5.0, 1.0, 0.1, 0.3), Verdict::Worse);
        assert_eq!(verdict(5.0, 1.0, -0.3, -0.1), Verdict::Better);
        assert_eq!(verdict(1.0, 1.0, 0.1, 0.3), Verdict::Unknown);
        assert_eq!(Verdict::of(&Criterion::unit("score"), None, 0.02), Verdict::Unknown);
    }
}
