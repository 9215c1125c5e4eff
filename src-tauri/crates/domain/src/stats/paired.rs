//! One candidate against another on the same cases: [`super::scores`] of two columns.

use super::scores::{Difference, Scores, compare};
use super::units::Design;
use super::{Refused, Resampling};

/// The mean of `a − b` over the cases both have a score for, as [`compare`] finds it: the cluster-robust standard error, the BCa
/// interval over whole clusters, and a p value.
///
/// # Errors
/// [`Refused::Empty`] where they share no case; [`Refused::LengthsDiffer`], [`Refused::NotFinite`], [`Refused::Weight`].
pub fn paired_difference(
    a: &[Option<f64>],
    b: &[Option<f64>],
    design: &Design,
    resampling: &Resampling,
) -> Result<Difference, Refused> {
    if a.len() != b.len() {
        return Err(Refused::LengthsDiffer { left: a.len(), right: b.len() });
    }
    let values = [a, b].concat();
    let scores = Scores { candidates: 2, criteria: 1, cases: a.len(), values: &values, design: *design };
    compare(&scores, resampling)?.difference(0, 1, 0)
}
