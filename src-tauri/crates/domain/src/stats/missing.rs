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

/// `failure` is the score a failed answer gets, in the unit of the column (0 for most). A case without a score is missing where
/// `is_missing` says so of its place; elsewhere it was never asked, and counts neither way.
pub fn both_ways(
    column: &[Option<f64>],
    is_missing: impl Fn(usize) -> bool,
    failure: f64,
    design: &Design,
) -> BothWays {
    let fill = |(at, value): (usize, &Option<f64>)| value.or_else(|| is_missing(at).then_some(failure));
    let filled: Vec<Option<f64>> = column.iter().enumerate().map(fill).collect();
    let answered = column.iter().flatten().count();
    BothWays {
        excluded: mean(column, design),
        as_failure: mean(&filled, design),
        answered,
        missing: filled.iter().flatten().count() - answered,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_lowers_the_one_and_not_the_other() {
        let found = both_ways(&[Some(1.0), None, Some(1.0), None], |_| true, 0.0, &Design::default());
        assert_eq!((found.excluded.unwrap().value, found.as_failure.unwrap().value), (1.0, 0.5));
        assert_eq!((found.answered, found.missing), (2, 2));
        let silent = both_ways(&[None, None], |_| true, 0.0, &Design::default());
        assert_eq!(silent.excluded, Err(Refused::Empty));
        assert_eq!(silent.as_failure.unwrap().value, 0.0);
        let partly = both_ways(&[Some(1.0), None, None], |at| at == 1, 0.0, &Design::default());
        assert_eq!((partly.as_failure.unwrap().value, partly.missing), (0.5, 1), "the third was never asked");
        let nothing = both_ways(&[], |_| true, 0.0, &Design::default());
        assert_eq!((nothing.excluded, nothing.as_failure), (Err(Refused::Empty), Err(Refused::Empty)));
    }
}
