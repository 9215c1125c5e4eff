//! A missing answer counts as a failure, or does not count. Which is right is a question of policy, so both are shown.

use super::Refused;
use super::mean::{Mean, mean};
use super::units::Design;

/// One column both ways.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct BothWays {
    /// Only answered cases.
    pub excluded: Result<Mean, Refused>,
    /// A missing answer scored as given.
    pub as_failure: Result<Mean, Refused>,
    pub answered: usize,
    pub missing: usize,
}

/// What of a case failed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Failed {
    /// Repeats that were answered.
    pub answered: u32,
    /// Repeats that brought no answer. A case that was never asked has neither.
    pub failed: u32,
}

/// `failure` is the score a failed answer gets, in the unit of the column (0 for most). A case's value is the mean over its answered
/// repeats; as failures, over all of them: (v·a + failure·f)/(a + f). A case that was never asked counts neither way.
pub fn both_ways(column: &[Option<f64>], failed: impl Fn(usize) -> Failed, failure: f64, design: &Design) -> BothWays {
    let mut missing = 0;
    let mut filled = Vec::with_capacity(column.len());
    for (at, value) in column.iter().enumerate() {
        let Failed { answered, failed } = failed(at);
        missing += failed as usize;
        filled.push(match (value, failed) {
            (Some(value), 0) => Some(*value),
            (Some(value), _) => {
                let (answered, failed) = (f64::from(answered.max(1)), f64::from(failed));
                Some((value * answered + failure * failed) / (answered + failed))
            }
            (None, 0) => None,
            (None, _) => Some(failure),
        });
    }
    BothWays {
        excluded: mean(column, design),
        as_failure: mean(&filled, design),
        answered: column.iter().flatten().count(),
        missing,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALL_FAILED: Failed = Failed { answered: 0, failed: 1 };

    #[test]
    fn an_outage_lowers_the_one_and_not_the_other() {
        let every_other = |at| if at % 2 == 1 { ALL_FAILED } else { Failed { answered: 1, failed: 0 } };
        let found = both_ways(&[Some(1.0), None, Some(1.0), None], every_other, 0.0, &Design::default());
        assert_eq!((found.excluded.unwrap().value, found.as_failure.unwrap().value), (1.0, 0.5));
        assert_eq!((found.answered, found.missing), (2, 2));
        let silent = both_ways(&[None, None], |_| ALL_FAILED, 0.0, &Design::default());
        assert_eq!(silent.excluded, Err(Refused::Empty));
        assert_eq!(silent.as_failure.unwrap().value, 0.0);
        let partly = both_ways(
            &[Some(1.0), None, None],
            |at| if at == 1 { ALL_FAILED } else { Failed::default() },
            0.0,
            &Design::default(),
        );
        assert_eq!((partly.as_failure.unwrap().value, partly.missing), (0.5, 1), "the third was never asked");
        // One of three repeats failed: the two that answered are two thirds of the case.
        let repeats = |_| Failed { answered: 2, failed: 1 };
        let found = both_ways(&[Some(0.9), Some(0.3)], repeats, 0.0, &Design::default());
        assert!((found.as_failure.unwrap().value - 0.4).abs() < 1e-12 && found.missing == 2);
        let nothing = both_ways(&[], |_| ALL_FAILED, 0.0, &Design::default());
        assert_eq!((nothing.excluded, nothing.as_failure), (Err(Refused::Empty), Err(Refused::Empty)));
    }
}
