//! The bootstrap of figures that are no ratio of sums: units that look the same are kept once, with how many they are, so that a
//! figure is computed of counts, and the jackknife once for all of one look.

use rayon::prelude::*;

use super::random::Draws;
use super::{Interval, Refused, Resampling, bca};

/// Things that look the same, in their own order, with how many there are of each.
pub(crate) fn counted<T: Ord>(mut units: Vec<T>) -> (Vec<T>, Vec<u32>) {
    units.sort();
    let mut times: Vec<u32> = Vec::new();
    let mut kept: Vec<T> = Vec::new();
    for unit in units {
        match (kept.last(), times.last_mut()) {
            (Some(last), Some(count)) if *last == unit => *count += 1,
            _ => {
                kept.push(unit);
                times.push(1);
            }
        }
    }
    (kept, times)
}

/// What `found` makes of how often each look comes up in each resample, in the order of resamples.
pub(crate) fn resampled<R: Send>(times: &[u32], resampling: &Resampling, found: impl Fn(&[f64]) -> R + Sync) -> Vec<R> {
    let look_of: Vec<u32> =
        (0u32..).zip(times).flat_map(|(look, times)| std::iter::repeat_n(look, *times as usize)).collect();
    let units = u32::try_from(look_of.len()).unwrap_or(u32::MAX);
    (0..resampling.resamples)
        .into_par_iter()
        .with_min_len(16)
        .map_init(
            || vec![0.0; times.len()],
            |drawn, resample| {
                drawn.fill(0.0);
                let mut draws = Draws::new(resampling.seed, u64::from(resample));
                for _ in 0..units {
                    drawn[look_of[draws.below(units) as usize] as usize] += 1.0;
                }
                found(drawn)
            },
        )
        .collect()
}

/// The BCa interval of `statistic`, and how many resamples it rests on: it may be undefined of some.
pub(crate) fn interval(
    times: &[u32],
    estimate: f64,
    resampling: &Resampling,
    statistic: impl Fn(&[f64]) -> Option<f64> + Sync,
) -> Result<(Interval, u32), Refused> {
    resampling.check()?;
    let units: u32 = times.iter().sum();
    if units < 2 {
        return Err(Refused::TooFew { have: units as usize, need: 2 });
    }
    let mut whole: Vec<f64> = times.iter().map(|times| f64::from(*times)).collect();
    let mut left_out = Vec::with_capacity(times.len());
    for look in 0..times.len() {
        whole[look] -= 1.0;
        left_out.extend(statistic(&whole).map(|value| (value, f64::from(times[look]))));
        whole[look] += 1.0;
    }
    let acceleration = bca::acceleration(left_out.into_iter());
    let mut found: Vec<f64> = resampled(times, resampling, statistic).into_iter().flatten().collect();
    let used = found.len() as u32;
    Ok((bca::interval(&mut found, estimate, acceleration, resampling.confidence)?, used))
}
