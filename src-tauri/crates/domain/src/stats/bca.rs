//! The bias-corrected and accelerated bootstrap interval (Efron, "Better bootstrap confidence intervals", JASA 82, 1987):
//! with z₀ = Φ⁻¹(share of resamples below the estimate, ties half) and acceleration a of the jackknife, the limits are the
//! quantiles of the resamples at Φ(z₀ + (z₀ + z)/(1 − a(z₀ + z))).

use super::distribution::{normal_below, normal_quantile};
use super::{Interval, Refused};

/// a = Σ(θ̄ − θᵢ)³ / 6(Σ(θ̄ − θᵢ)²)^1.5 over the estimates with one unit left out; `times` says how many units leave the
/// same one. 0 where they are all equal.
pub(crate) fn acceleration(left_out: impl Iterator<Item = (f64, f64)> + Clone) -> f64 {
    let (sum, count) =
        left_out.clone().fold((0.0, 0.0), |(sum, count), (value, times)| (sum + times * value, count + times));
    let mean: f64 = sum / count;
    let (squares, cubes) = left_out.fold((0.0, 0.0), |(squares, cubes), (value, times)| {
        let off: f64 = mean - value;
        (squares + times * off * off, cubes + times * off * off * off)
    });
    let scale = 6.0 * squares * squares.sqrt();
    let found: f64 = cubes / scale;
    if scale > 0.0 && found.is_finite() { found } else { 0.0 }
}

/// The interval of `estimate` from its resamples, which are put in another order.
///
/// # Errors
/// [`Refused::NoSpread`] where all resamples are equal, [`Refused::Empty`] where there is none.
pub(crate) fn interval(
    resamples: &mut [f64],
    estimate: f64,
    acceleration: f64,
    confidence: f64,
) -> Result<Interval, Refused> {
    let first = *resamples.first().ok_or(Refused::Empty)?;
    let (least, most) =
        resamples.iter().fold((first, first), |(least, most), value| (value.min(least), value.max(most)));
    if least == most {
        return Err(Refused::NoSpread);
    }
    let count = resamples.len() as f64;
    // Scores of few values make many resamples equal to the estimate; rounding must not put them to one side.
    let near = 1e-9 * (most - least);
    let below = resamples.iter().filter(|value| **value < estimate - near).count() as f64;
    let equal = resamples.iter().filter(|value| (**value - estimate).abs() <= near).count() as f64;
    // Of no resample below, or of all, the share is taken as half a resample's: never an infinite z.
    let share = ((below + equal / 2.0) / count).clamp(0.5 / count, 1.0 - 0.5 / count);
    let z0 = normal_quantile(share)?;
    let mut at = |tail: f64| -> Result<f64, Refused> {
        let z = z0 + normal_quantile(tail)?;
        let stretch = 1.0 - acceleration * z;
        // Beyond its pole the correction turns back: the limit is the end of the resamples.
        let share = if stretch > 0.0 {
            normal_below(z0 + z / stretch)
        } else if z > 0.0 {
            1.0
        } else {
            0.0
        };
        Ok(quantile(resamples, share))
    };
    let tail = (1.0 - confidence) / 2.0;
    Ok(Interval { low: at(tail)?, high: at(1.0 - tail)?, confidence })
}

/// The quantile between order statistics (definition 7 of Hyndman and Fan, American Statistician 50, 1996). `values` are not
/// empty.
pub(crate) fn quantile(values: &mut [f64], share: f64) -> f64 {
    let last = values.len() - 1;
    let place = share.clamp(0.0, 1.0) * last as f64;
    let rank = (place.floor() as usize).min(last);
    let (_, low, above) = values.select_nth_unstable_by(rank, f64::total_cmp);
    let low = *low;
    let high = above.iter().copied().min_by(f64::total_cmp).unwrap_or(low);
    low + (place - rank as f64) * (high - low)
}
