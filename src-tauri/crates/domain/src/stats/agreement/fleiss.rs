//! Fleiss' κ of several raters who need not be the same for each unit.

use super::super::{Refused, Resampling, patterns};
use super::{Agreement, agreement};

/// κ = (P̄ − P̄ₑ)/(1 − P̄ₑ) with Pᵢ = (Σnᵢⱼ² − n)/(n(n − 1)) and P̄ₑ = Σpⱼ² (Fleiss, Psychological Bulletin 76, 1971). One row a
/// unit: how many raters chose each category.
///
/// # Errors
/// [`Refused::Empty`]; [`Refused::UnequalRaters`]: use [`super::krippendorff_alpha`]; [`Refused::TooFew`] of one rater;
/// [`Refused::LengthsDiffer`]; [`Refused::NoSpread`] where only one category was ever used.
pub fn fleiss_kappa(counts: &[Vec<u32>], resampling: &Resampling) -> Result<Agreement, Refused> {
    let first = counts.first().ok_or(Refused::Empty)?;
    let raters_of = |unit: &[u32]| unit.iter().map(|count| u64::from(*count)).sum::<u64>();
    let raters = raters_of(first);
    for (unit, row) in counts.iter().enumerate() {
        if row.len() != first.len() {
            return Err(Refused::LengthsDiffer { left: first.len(), right: row.len() });
        }
        if raters_of(row) != raters {
            return Err(Refused::UnequalRaters { unit });
        }
    }
    if raters < 2 {
        return Err(Refused::TooFew { have: raters as usize, need: 2 });
    }
    let categories = first.len();
    let (looks, times) = patterns::counted(counts.to_vec());
    let n = raters as f64;
    let agreeing: Vec<f64> = looks
        .iter()
        .map(|look| (look.iter().map(|count| f64::from(*count).powi(2)).sum::<f64>() - n) / (n * (n - 1.0)))
        .collect();
    agreement(&times, None, resampling, |drawn| {
        let units: f64 = drawn.iter().sum();
        let observed = agreeing.iter().zip(drawn).map(|(agreeing, times)| agreeing * times).sum::<f64>() / units;
        let mut used = vec![0.0; categories];
        for (look, times) in looks.iter().zip(drawn) {
            used.iter_mut().zip(look).for_each(|(used, count)| *used += times * f64::from(*count));
        }
        let expected = used.iter().map(|used| (used / (n * units)).powi(2)).sum::<f64>();
        (1.0 - expected > 1e-12).then(|| (observed - expected) / (1.0 - expected))
    })
}
