//! How many cases a bake-off needs, and what it can see with those it has (Miller: "Adding error bars to evals", arXiv
//! 2411.00640, section 5).

use super::distribution::{normal_below, normal_quantile};
use super::{Refused, between, finite, not_negative, positive};

/// Two candidates on the same cases. Variances are in the square of the unit of the scores.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct PairedDesign {
    /// ω²: the variance over cases of the difference of the two expected scores.
    pub between_cases: f64,
    /// σ²: the variance of one case's score over repeats, mean over cases, of each candidate.
    pub within_case: [f64; 2],
    /// K: repeats a case, of each candidate.
    pub repeats: [u32; 2],
    /// By how much clusters raise the variance ([`design_effect`]); 1 without.
    pub design_effect: f64,
}

impl PairedDesign {
    /// The variance of one case's difference: D·(ω² + σ²_A/K_A + σ²_B/K_B).
    fn variance(&self) -> Result<f64, Refused> {
        if self.repeats.contains(&0) {
            return Err(Refused::OutOfRange { what: "repeats" });
        }
        let mut sum = not_negative(self.between_cases, "variance")?;
        for (within, repeats) in self.within_case.iter().zip(self.repeats) {
            sum += not_negative(*within, "variance")? / f64::from(repeats);
        }
        finite(positive(self.design_effect, "design effect")? * sum, "variance")
    }

    /// n = (z_{α/2} + z_β)²·D·(ω² + σ²_A/K_A + σ²_B/K_B)/δ², not rounded: the cases needed to see a difference of `delta` in
    /// `power` of all bake-offs with a two-sided test at `alpha`.
    ///
    /// # Errors
    /// [`Refused::OutOfRange`].
    pub fn cases_needed(&self, delta: f64, alpha: f64, power: f64) -> Result<f64, Refused> {
        let delta = positive(delta.abs(), "difference")?;
        finite(multiple(alpha, power)?.powi(2) * self.variance()? / (delta * delta), "difference")
    }

    /// δ = (z_{α/2} + z_β)·√(D·(ω² + σ²_A/K_A + σ²_B/K_B)/n): the smallest difference that `cases` cases show in `power` of all
    /// bake-offs.
    ///
    /// # Errors
    /// [`Refused::OutOfRange`]; [`Refused::Empty`] without cases.
    pub fn minimum_detectable_effect(&self, cases: u64, alpha: f64, power: f64) -> Result<f64, Refused> {
        if cases == 0 {
            return Err(Refused::Empty);
        }
        Ok(multiple(alpha, power)? * (self.variance()? / cases as f64).sqrt())
    }

    /// The chance that `cases` cases show a difference of `delta`: Φ(|δ|/SE − z_{α/2}), the wrong side neglected as above.
    ///
    /// # Errors
    /// [`Refused::OutOfRange`]; [`Refused::NoSpread`] of no variance; [`Refused::Empty`] without cases.
    pub fn power(&self, delta: f64, cases: u64, alpha: f64) -> Result<f64, Refused> {
        if cases == 0 {
            return Err(Refused::Empty);
        }
        let se = (self.variance()? / cases as f64).sqrt();
        if se == 0.0 {
            return Err(Refused::NoSpread);
        }
        let critical = normal_quantile(1.0 - between(alpha, "alpha")? / 2.0)?;
        Ok(normal_below(finite(delta.abs(), "difference")? / se - critical))
    }
}

/// z_{α/2} + z_β. Below a power of α/2 nothing is asked for: refused.
fn multiple(alpha: f64, power: f64) -> Result<f64, Refused> {
    let sum = normal_quantile(1.0 - between(alpha, "alpha")? / 2.0)? + normal_quantile(between(power, "power")?)?;
    positive(sum, "power")
}

/// δ = (z_{α/2} + z_β)·SE: the smallest difference that is shown in `power` of all bake-offs with an error of the difference such as
/// was measured (Miller, section 5, with the standard error in place of its parts).
///
/// # Errors
/// [`Refused::OutOfRange`].
pub fn detectable_at(se: f64, alpha: f64, power: f64) -> Result<f64, Refused> {
    finite(multiple(alpha, power)? * not_negative(se, "standard error")?, "standard error")
}

/// n·(δ/wanted)²: the cases needed to show `wanted`, where `cases` of the same kind show `detectable`. The error falls with the root
/// of the cases. `None` beyond what can be counted.
pub fn cases_to_detect(cases: u64, detectable: f64, wanted: f64) -> Option<u64> {
    let needed = (cases as f64 * (detectable / wanted).powi(2)).ceil();
    (needed.is_finite() && needed < u64::MAX as f64).then_some(needed as u64)
}

/// D = 1 + (m̄(1 + cv²) − 1)·ρ: by how much clusters of these sizes raise the variance of a mean, with ρ the correlation of two
/// cases of one cluster (Kish, "Survey Sampling", 1965; for unequal sizes Eldridge, Ashby, Kerry, International Journal of
/// Epidemiology 35, 2006). m̄(1 + cv²) = Σm²/Σm.
///
/// # Errors
/// [`Refused::Empty`]; [`Refused::OutOfRange`] unless 0 ≤ ρ ≤ 1 and every cluster holds a case.
pub fn design_effect(cluster_sizes: &[u64], correlation: f64) -> Result<f64, Refused> {
    if cluster_sizes.is_empty() {
        return Err(Refused::Empty);
    }
    if cluster_sizes.contains(&0) {
        return Err(Refused::OutOfRange { what: "cluster size" });
    }
    if !(0.0..=1.0).contains(&correlation) {
        return Err(Refused::OutOfRange { what: "correlation" });
    }
    let cases: f64 = cluster_sizes.iter().map(|size| *size as f64).sum();
    let squares: f64 = cluster_sizes.iter().map(|size| (*size as f64).powi(2)).sum();
    Ok(1.0 + (squares / cases - 1.0) * correlation)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_measured_error_can_show_is_what_its_parts_can() {
        let design =
            PairedDesign { between_cases: 1.0 / 9.0, within_case: [1.0 / 6.0; 2], repeats: [1; 2], design_effect: 1.3 };
        let se = (design.variance().unwrap() / 412.0).sqrt();
        let apart = design.minimum_detectable_effect(412, 0.05, 0.8).unwrap() - detectable_at(se, 0.05, 0.8).unwrap();
        assert!(apart.abs() < 1e-12);
        assert_eq!(cases_to_detect(400, 0.06, 0.02), Some(3_600));
        assert_eq!(cases_to_detect(400, 0.06, 0.0), None);
        // The same as planning says for the same variance.
        let needed = design.cases_needed(0.02, 0.05, 0.8).unwrap().ceil() as u64;
        let found = cases_to_detect(412, detectable_at(se, 0.05, 0.8).unwrap(), 0.02).unwrap();
        assert!(found.abs_diff(needed) <= 1, "{found} {needed}");
        assert!(detectable_at(-0.1, 0.05, 0.8).is_err() && detectable_at(0.1, 0.0, 0.8).is_err());
    }
    use proptest::prelude::*;

    const PLAIN: PairedDesign =
        PairedDesign { between_cases: 1.0 / 9.0, within_case: [0.0; 2], repeats: [1; 2], design_effect: 1.0 };

    #[test]
    fn what_cannot_be_planned_is_refused() {
        assert!(PLAIN.cases_needed(0.0, 0.05, 0.8).is_err());
        assert!(PLAIN.cases_needed(f64::NAN, 0.05, 0.8).is_err());
        assert!(PLAIN.cases_needed(0.03, 0.05, 0.01).is_err());
        assert_eq!(PLAIN.minimum_detectable_effect(0, 0.05, 0.8), Err(Refused::Empty));
        assert!(PairedDesign { repeats: [0, 1], ..PLAIN }.minimum_detectable_effect(5, 0.05, 0.8).is_err());
        assert_eq!(PairedDesign { between_cases: 0.0, ..PLAIN }.power(0.1, 5, 0.05), Err(Refused::NoSpread));
        assert_eq!(design_effect(&[], 0.5), Err(Refused::Empty));
        assert!(design_effect(&[3, 0], 0.5).is_err() && design_effect(&[3], 1.5).is_err());
    }

    #[test]
    fn clusters_of_one_and_independent_ones_change_nothing_and_whole_ones_count_once() {
        assert_eq!(design_effect(&[1, 1, 1], 0.7), Ok(1.0));
        assert_eq!(design_effect(&[5, 9], 0.0), Ok(1.0));
        assert_eq!(design_effect(&[10, 10], 1.0), Ok(10.0));
    }

    proptest! {
        #[test]
        fn cases_effect_and_power_are_inverses(cases in 10u64..100_000, power in 0.3f64..0.99, within in 0.0f64..1.0, repeats in 1u32..9) {
            let design = PairedDesign { within_case: [within, 0.1], repeats: [repeats, 2], design_effect: 1.7, ..PLAIN };
            let effect = design.minimum_detectable_effect(cases, 0.05, power).unwrap();
            prop_assert!((design.cases_needed(effect, 0.05, power).unwrap() / cases as f64 - 1.0).abs() < 1e-9);
            prop_assert!((design.power(effect, cases, 0.05).unwrap() - power).abs() < 1e-9);
        }
    }
}
