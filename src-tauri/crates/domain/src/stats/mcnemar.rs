//! Did one of two candidates pass cases the other failed more often than chance?

use super::distribution::{binomial_at, binomial_up_to, normal_below};
use super::{Refused, finite};

/// McNemar's test (Psychometrika 12, 1947) of b and c, the cases only one of the two passed. All p values are two-sided.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct McNemar {
    /// 2·P(X ≤ min(b, c)), X binomial of b + c and ½; at most 1.
    pub exact_p: f64,
    /// The exact one less P(X = min(b, c)): less cautious, closest to the level it claims (Fagerland, Lydersen, Laake, BMC
    /// Medical Research Methodology 13, 2013).
    pub mid_p: f64,
    /// (b − c)²/(b + c) with one degree of freedom.
    pub chi2: f64,
    pub chi2_p: f64,
    /// (|b − c| − 1)²/(b + c), Edwards' correction.
    pub chi2_corrected: f64,
    pub chi2_corrected_p: f64,
}

/// `[[both, only the first], [only the second, neither]]` in cases. Where no case tells the two apart every p is 1.
///
/// # Errors
/// [`Refused::Empty`] of no case.
pub fn mcnemar(table: [[u64; 2]; 2]) -> Result<McNemar, Refused> {
    let [[both, b], [c, neither]] = table;
    if [both, b, c, neither].iter().all(|count| *count == 0) {
        return Err(Refused::Empty);
    }
    if b == 0 && c == 0 {
        let (chi2, p) = (0.0, 1.0);
        return Ok(McNemar { exact_p: p, mid_p: p, chi2, chi2_p: p, chi2_corrected: chi2, chi2_corrected_p: p });
    }
    let (fewer, told_apart) = (b.min(c), b.checked_add(c).ok_or(Refused::OutOfRange { what: "cases" })?);
    // Of equal halves the tail holds more than ½ whatever is rounded.
    let up_to = if b == c { 1.0 } else { (2.0 * binomial_up_to(fewer, 0.5, told_apart)?).min(1.0) };
    let apart = b.abs_diff(c) as f64;
    let chi2 = apart * apart / told_apart as f64;
    let chi2_corrected = (apart - 1.0).max(0.0).powi(2) / told_apart as f64;
    let tail = |chi2: f64| (2.0 * normal_below(-chi2.sqrt())).min(1.0);
    Ok(McNemar {
        exact_p: finite(up_to, "cases")?,
        mid_p: finite((up_to - binomial_at(fewer, 0.5, told_apart)?).clamp(0.0, 1.0), "cases")?,
        chi2,
        chi2_p: tail(chi2),
        chi2_corrected,
        chi2_corrected_p: tail(chi2_corrected),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn cases_that_tell_nothing_apart_and_no_cases() {
        assert_eq!(mcnemar([[0, 0], [0, 0]]), Err(Refused::Empty));
        let found = mcnemar([[5, 0], [0, 3]]).unwrap();
        assert_eq!((found.exact_p, found.mid_p, found.chi2), (1.0, 1.0, 0.0));
        // One case alone: nothing can be told.
        assert!((mcnemar([[0, 1], [0, 0]]).unwrap().exact_p - 1.0).abs() < 1e-14);
        assert!(mcnemar([[0, u64::MAX], [1, 0]]).is_err());
    }

    proptest! {
        #[test]
        fn naming_the_other_first_changes_nothing(b in 0u64..500, c in 0u64..500, both in 1u64..9) {
            let found = mcnemar([[both, b], [c, 0]]).unwrap();
            prop_assert_eq!(found, mcnemar([[both, c], [b, 0]]).unwrap());
            prop_assert!(found.mid_p <= found.exact_p && (0.0..=1.0).contains(&found.mid_p));
        }
    }
}
