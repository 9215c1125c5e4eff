//! From a figure's sums to its estimate.

use super::super::mcnemar::mcnemar;
use super::super::proportion::{FEWEST_FOR_NORMAL, clopper_pearson, paired_exact, wilson};
use super::super::units::ratio;
use super::super::{FEW_CLUSTERS, Interval, Refused, Resampling, bca, distribution};
use super::figures::{Binary, Figure, Rows};
use super::{Estimate, Method, Test};

/// The estimate of a figure. One below 0 is found as that of the negated figure, and turned: what is said of two candidates
/// then does not depend on which of them is named first.
pub(super) fn finish(
    figure: &Figure,
    rows: &Rows,
    held: &[Vec<f64>],
    drawn: &[Vec<f64>],
    resampling: &Resampling,
) -> Result<Estimate, Refused> {
    if figure.cases == 0 {
        return Err(Refused::Empty);
    }
    let above = |columns: &[Vec<f64>], at: usize, sign: f64| {
        sign * (columns[figure.first][at] - figure.second.map_or(0.0, |second| columns[second][at]))
    };
    let denominators = &held[figure.below];
    let signed: Vec<f64> = (0..rows.units).map(|unit| above(held, unit, 1.0)).collect();
    let flipped = signed.iter().sum::<f64>() < 0.0;
    let sign = if flipped { -1.0 } else { 1.0 };
    let numerators: Vec<f64> = signed.into_iter().map(|value| sign * value).collect();
    let found = ratio(&numerators, denominators).ok_or(Refused::Empty)?;
    let in_unit = |ratio: f64| figure.grid.value(ratio) / rows.weight_grid.value(1.0);
    let few_clusters = rows.scores.design.clusters.is_some() && found.units < FEW_CLUSTERS;
    let mut estimate = Estimate {
        value: in_unit(found.value),
        se: found.se.map(in_unit),
        interval: Err(Refused::Empty),
        method: Method::Bca,
        pass_or_fail: figure.pass_or_fail,
        cases: figure.cases,
        clusters: found.units,
        few_clusters,
        resamples: 0,
    };
    if let Some(Binary::Share { successes }) = figure.binary {
        let (method, find): (_, fn(u64, u64, f64) -> _) =
            if figure.cases < FEWEST_FOR_NORMAL { (Method::Exact, clopper_pearson) } else { (Method::Wilson, wilson) };
        estimate.method = method;
        estimate.interval = find(successes, figure.cases as u64, resampling.confidence);
        return Ok(estimate);
    }
    if let Some(Binary::Pair { first_only, second_only, .. }) = figure.binary
        && is_rare(first_only, second_only, figure.cases)
    {
        estimate.method = Method::Exact;
        let (more, fewer) = (first_only.max(second_only), first_only.min(second_only));
        estimate.interval = paired_exact(more, fewer, figure.cases as u64, resampling.confidence);
        return Ok(estimate.turned_if(flipped));
    }
    let Some(se) = estimate.se else {
        estimate.interval =
            Err(if figure.cases > 1 { Refused::OneCluster } else { Refused::TooFew { have: figure.cases, need: 2 } });
        return Ok(estimate.turned_if(flipped));
    };
    // Weighted sums lie on a grid: less than a thousand of its steps is no spread.
    if se * (found.units as f64).sqrt() <= 1e-9 * figure.largest {
        estimate.interval = Err(Refused::NoSpread);
        estimate.se = Some(0.0);
        return Ok(estimate.turned_if(flipped));
    }
    let (whole_above, whole_below) = (numerators.iter().sum::<f64>(), denominators.iter().sum::<f64>());
    let left_out = numerators
        .iter()
        .zip(denominators)
        .filter(|(_, below)| **below > 0.0)
        .map(|(above, below)| ((whole_above - above) / (whole_below - below), 1.0));
    let acceleration = bca::acceleration(left_out);
    let below = &drawn[figure.below];
    let mut resamples: Vec<f64> =
        (0..below.len()).filter(|at| below[*at] > 0.0).map(|at| above(drawn, at, sign) / below[at]).collect();
    estimate.resamples = resamples.len() as u32;
    estimate.interval = bca::interval(&mut resamples, found.value, acceleration, resampling.confidence)
        .map(|found| Interval { low: in_unit(found.low), high: in_unit(found.high), confidence: found.confidence });
    Ok(estimate.turned_if(flipped))
}

/// Cases of either kind from which on a bootstrap over them has something to draw from.
const FEWEST_OF_A_KIND: u64 = 5;

/// Too few cases tell the two apart for a bootstrap: of one kind hardly any was seen, and of all not many.
fn is_rare(first_only: u64, second_only: u64, cases: usize) -> bool {
    first_only.min(second_only) < FEWEST_OF_A_KIND
        && (cases < FEWEST_FOR_NORMAL || first_only + second_only < 2 * FEWEST_OF_A_KIND)
}

/// Two-sided, against no difference.
pub(super) fn test(figure: &Figure, estimate: &Estimate) -> (Test, Result<f64, Refused>) {
    if let Some(Binary::Pair { both, first_only, second_only, neither }) = figure.binary {
        return (Test::McNemarExact, mcnemar([[both, first_only], [second_only, neither]]).map(|found| found.exact_p));
    }
    let p = match estimate.se {
        None => Err(estimate.interval.err().unwrap_or(Refused::OneCluster)),
        Some(0.0) if estimate.value == 0.0 => Ok(1.0),
        Some(0.0) => Err(Refused::NoSpread),
        Some(_) if estimate.pass_or_fail && estimate.cases < FEWEST_FOR_NORMAL => {
            Err(Refused::TooFew { have: estimate.cases, need: FEWEST_FOR_NORMAL })
        }
        Some(se) => distribution::student_below(-(estimate.value / se).abs(), (estimate.clusters - 1) as f64)
            .map(|tail| (2.0 * tail).min(1.0)),
    };
    (Test::RobustT, p)
}
