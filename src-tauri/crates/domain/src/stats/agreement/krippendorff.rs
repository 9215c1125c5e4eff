//! Krippendorff's α: any number of raters, missing ratings, and scales from names to numbers.

use super::super::{Refused, Resampling, patterns};
use super::{Agreement, agreement};

/// How far two ratings are apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scale {
    /// 1 if they differ.
    Nominal,
    /// By how many ratings lie between: δ = Σ_{g=c}^{k} n_g − (n_c + n_k)/2, squared.
    Ordinal,
    /// By their difference, squared.
    Interval,
}

/// α = 1 − Dₒ/Dₑ, Dₒ the mean disagreement δ² of two ratings of one unit (each unit of mᵤ ratings counts with its mᵤ), Dₑ that of
/// any two ratings (Krippendorff, "Content Analysis", 4th ed., 2018, 12.3). One row a unit, one entry a rater; units with fewer
/// than two ratings are left out.
///
/// # Errors
/// [`Refused::Empty`]; [`Refused::NotFinite`] by unit; [`Refused::NoSpread`] where all ratings are the same.
pub fn krippendorff_alpha(
    units: &[Vec<Option<f64>>],
    scale: Scale,
    resampling: &Resampling,
) -> Result<Agreement, Refused> {
    if let Some(row) = units.iter().position(|unit| unit.iter().flatten().any(|rating| !rating.is_finite())) {
        return Err(Refused::NotFinite { row });
    }
    let rated = units.iter().filter(|unit| unit.iter().flatten().count() > 1);
    let mut levels: Vec<f64> = rated.clone().flatten().flatten().map(|rating| rating + 0.0).collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup();
    let level_of = |rating: &f64| levels.partition_point(|level| level < rating);
    let looks = rated.map(|unit| {
        let mut look: Vec<usize> = unit.iter().flatten().map(level_of).collect();
        look.sort_unstable();
        look
    });
    let (looks, times) = patterns::counted(looks.collect());
    // Ratings are brought within 0..=1 first: squares of large numbers would swallow small ones. α does not mind.
    let (least, most) = (levels.first().copied().unwrap_or(0.0), levels.last().copied().unwrap_or(0.0));
    let step = (most / 2.0 - least / 2.0).max(f64::MIN_POSITIVE);
    let placed: Vec<f64> = levels.iter().map(|level| (level / 2.0 - least / 2.0) / step).collect();
    agreement(&times, None, resampling, |drawn| {
        let mut used = vec![0.0; levels.len()];
        for (look, times) in looks.iter().zip(drawn).filter(|(_, times)| **times > 0.0) {
            look.iter().for_each(|level| used[*level] += times);
        }
        let whole: f64 = used.iter().sum();
        if used.iter().filter(|used| **used > 0.0).count() < 2 {
            return None;
        }
        let (within, among) = match scale {
            Scale::Nominal => nominal(&looks, drawn, &used, whole),
            Scale::Interval => squared(&looks, drawn, &used, whole, &placed),
            Scale::Ordinal => squared(&looks, drawn, &used, whole, &middle_ranks(&used, whole)),
        };
        (among > 0.0).then(|| 1.0 - (whole - 1.0) * within / among)
    })
}

/// The place of each level among all ratings as a share: δ of the ordinal scale is the difference of two of these.
fn middle_ranks(used: &[f64], whole: f64) -> Vec<f64> {
    let mut before = 0.0;
    let place = |used: &f64| {
        before += used;
        (before - used / 2.0) / whole
    };
    used.iter().map(place).collect()
}

/// ΣδΣ within units, each pair by 1/(m − 1), and over all pairs.
fn nominal(looks: &[Vec<usize>], drawn: &[f64], used: &[f64], whole: f64) -> (f64, f64) {
    let within = looks.iter().zip(drawn).filter(|(_, times)| **times > 0.0).map(|(look, times)| {
        let m = look.len() as f64;
        let same: f64 = look.chunk_by(|a, b| a == b).map(|run| (run.len() as f64).powi(2)).sum();
        times * (m * m - same) / (m - 1.0)
    });
    (within.sum(), whole * whole - used.iter().map(|used| used * used).sum::<f64>())
}

/// The same of squared differences: Σ(xᵢ − xⱼ)² over ordered pairs is 2mΣ(x − x̄)².
fn squared(looks: &[Vec<usize>], drawn: &[f64], used: &[f64], whole: f64, placed: &[f64]) -> (f64, f64) {
    let within = looks.iter().zip(drawn).filter(|(_, times)| **times > 0.0).map(|(look, times)| {
        let m = look.len() as f64;
        let mean = look.iter().map(|level| placed[*level]).sum::<f64>() / m;
        let off: f64 = look.iter().map(|level| (placed[*level] - mean).powi(2)).sum();
        times * 2.0 * m * off / (m - 1.0)
    });
    let mean = used.iter().zip(placed).map(|(used, place)| used * place).sum::<f64>() / whole;
    let off: f64 = used.iter().zip(placed).map(|(used, place)| used * (place - mean).powi(2)).sum();
    (within.sum(), 2.0 * whole * off)
}
