//! Do intervals cover the truth as often as they say? Simulated. The quick run is part of `cargo test`; 1,000 runs with all
//! resamples are those of `QUARTERDECK_CAMPAIGN=1`.

use super::agreement::{Disagreement, cohen_kappa};
use super::bradley_terry::{Anchor, Game, Outcome, Settings, Ties, bradley_terry};
use super::paired::paired_difference;
use super::proportion::wilson;
use super::quantile::quantile;
use super::random::Draws;
use super::units::Design;
use super::{Interval, Refused, Resampling};

fn campaign() -> bool {
    std::env::var_os("QUARTERDECK_CAMPAIGN").is_some()
}

/// Runs, and resamples of each.
fn size() -> (u64, u32) {
    if campaign() { (1_000, Resampling::DEFAULT_RESAMPLES) } else { (300, 400) }
}

/// The share of runs whose interval holds the truth lies within `low`..=`high`, give or take three of its standard errors.
fn covers(what: &str, low: f64, high: f64, run: impl Fn(u64) -> Option<bool>) {
    let (runs, _) = size();
    let outcomes: Vec<bool> = (0..runs).filter_map(run).collect();
    let share = outcomes.iter().filter(|covered| **covered).count() as f64 / outcomes.len() as f64;
    let slack = 3.0 * (0.05 * 0.95 / outcomes.len() as f64).sqrt();
    println!("{what}: {share:.3} of {} runs, wanted {low} to {high} ± {slack:.3}", outcomes.len());
    assert!(outcomes.len() as u64 >= runs * 9 / 10, "{what}: only {} of {runs} had an interval", outcomes.len());
    assert!(share >= low - slack && share <= high + slack, "{what}: {share}");
}

fn resampling(seed: u64) -> Resampling {
    Resampling { resamples: size().1, ..Resampling::seeded(seed) }
}

fn contains(interval: Result<Interval, Refused>, truth: f64) -> Option<bool> {
    interval.ok().map(|interval| interval.contains(truth))
}

#[test]
fn bca_covers_the_difference_of_normal_scores() {
    covers("BCa, 80 normal differences", 0.93, 0.96, |seed| {
        let mut draws = Draws::new(seed, 1 << 40);
        let (a, b): (Vec<_>, Vec<_>) = (0..80)
            .map(|_| {
                let case = draws.normal();
                (Some(case + 0.2 + draws.normal()), Some(case + draws.normal()))
            })
            .unzip();
        contains(paired_difference(&a, &b, &Design::default(), &resampling(seed)).ok()?.estimate.interval, 0.2)
    });
}

#[test]
fn bca_covers_the_difference_of_skewed_scores_with_gaps_and_weights() {
    covers("BCa, 150 skewed, weighted, a tenth missing", 0.92, 0.96, |seed| {
        let mut draws = Draws::new(seed, 2 << 40);
        let mut column = |mean: f64| -> Vec<Option<f64>> {
            (0..150).map(|_| (draws.unit() > 0.1).then(|| -mean * (1.0 - draws.unit()).ln())).collect()
        };
        let (a, b) = (column(1.5), column(1.0));
        let weights: Vec<f64> = (0..150).map(|case| f64::from(1 + case % 3)).collect();
        let design = Design { weights: Some(&weights), ..Design::default() };
        contains(paired_difference(&a, &b, &design, &resampling(seed)).ok()?.estimate.interval, 0.5)
    });
}

#[test]
fn bca_covers_the_difference_of_clustered_scores() {
    covers("BCa, 50 clusters of 4", 0.92, 0.96, |seed| {
        let mut draws = Draws::new(seed, 3 << 40);
        let clusters: Vec<u64> = (0..200).map(|case| case / 4).collect();
        let shared: Vec<f64> = (0..50).map(|_| draws.normal()).collect();
        let a: Vec<_> = (0..200).map(|case| Some(shared[case / 4] + 0.5 * draws.normal())).collect();
        let design = Design { clusters: Some(&clusters), ..Design::default() };
        contains(paired_difference(&a, &[Some(0.0); 200], &design, &resampling(seed)).ok()?.estimate.interval, 0.0)
    });
    // Whoever forgets the clusters covers far too seldom: the reason they exist.
    let ignoring = |seed: u64| {
        let mut draws = Draws::new(seed, 3 << 40);
        let shared: Vec<f64> = (0..50).map(|_| draws.normal()).collect();
        let a: Vec<_> = (0..200).map(|case| Some(shared[case / 4] + 0.5 * draws.normal())).collect();
        contains(
            paired_difference(&a, &[Some(0.0); 200], &Design::default(), &resampling(seed)).ok()?.estimate.interval,
            0.0,
        )
    };
    let covered = (0..100).filter(|seed| ignoring(*seed) == Some(true)).count();
    assert!(covered < 85, "{covered} of 100");
}

#[test]
fn wilson_and_order_statistics_cover() {
    covers("Wilson, 0.85 of 40", 0.93, 0.98, |seed| {
        let mut draws = Draws::new(seed, 4 << 40);
        let successes = (0..40).filter(|_| draws.unit() < 0.85).count() as u64;
        contains(wilson(successes, 40, 0.95), 0.85)
    });
    covers("order statistics, 90th percentile of 200", 0.95, 0.98, |seed| {
        let mut draws = Draws::new(seed, 5 << 40);
        let values: Vec<_> = (0..200).map(|_| Some(draws.unit())).collect();
        let found = quantile(&values, 0.9, 0.95).ok()?;
        Some(found.low? <= 0.9 && 0.9 <= found.high?)
    });
}

#[test]
fn sandwich_and_bootstrap_cover_strengths() {
    let truth = [0.5, 0.0, -0.5];
    let ratings = |seed: u64| {
        let mut draws = Draws::new(seed, 6 << 40);
        let games: Vec<Game> = (0..240)
            .map(|at| {
                let (first, second) = [(0, 1), (0, 2), (1, 2)][at % 3];
                let wins = draws.unit() < 1.0 / (1.0 + f64::exp(truth[second] - truth[first]));
                let outcome = if wins { Outcome::First } else { Outcome::Second };
                Game { first, second, outcome, weight: 1.0, cluster: None }
            })
            .collect();
        let resampling = Resampling { resamples: if campaign() { 1_000 } else { 200 }, ..Resampling::seeded(seed) };
        bradley_terry(3, &games, &Settings { ties: Ties::HalfWins, anchor: Anchor::Mean, resampling }).ok()
    };
    covers("Bradley–Terry sandwich, 240 games", 0.93, 0.96, |seed| contains(ratings(seed)?.interval[0], truth[0]));
    covers("Bradley–Terry bootstrap, 240 games", 0.92, 0.96, |seed| contains(ratings(seed)?.bootstrap[0], truth[0]));
}

#[test]
fn the_interval_of_kappa_covers() {
    // Both take the true one of two categories with 0.85: p₀ = 0.745, pₑ = 0.5, κ = 0.49.
    covers("κ, 120 units", 0.92, 0.97, |seed| {
        let mut draws = Draws::new(seed, 7 << 40);
        let ratings: Vec<_> = (0..120)
            .map(|_| {
                let truth = usize::from(draws.unit() < 0.5);
                let mut rate = || if draws.unit() < 0.85 { truth } else { 1 - truth };
                (rate(), rate())
            })
            .collect();
        contains(cohen_kappa(&ratings, 2, Disagreement::Any, &resampling(seed)).ok()?.interval, 0.49)
    });
}
