//! Whatever numbers come in, down to the smallest and up to the largest there are, no NaN and no infinity comes out.

use proptest::prelude::*;

use super::agreement::{Scale, krippendorff_alpha};
use super::bradley_terry::{Anchor, Game, Outcome, Settings, Ties, bradley_terry};
use super::components::components;
use super::equivalence::Estimated;
use super::equivalence::{equivalence, non_inferior};
use super::mean::mean;
use super::paired::paired_difference;
use super::topsis::topsis;
use super::units::Design;
use super::wilcoxon::wilcoxon;
use super::{Interval, Resampling};

fn any_number() -> impl Strategy<Value = f64> {
    prop_oneof![
        3 => any::<f64>(),
        3 => -5.0f64..5.0,
        2 => (0i32..3).prop_map(f64::from),
        1 => Just(f64::MIN_POSITIVE),
        1 => Just(f64::MAX),
        1 => Just(1e-320),
        1 => Just(-0.0),
    ]
}

fn column() -> impl Strategy<Value = Vec<Option<f64>>> {
    prop::collection::vec(prop::option::weighted(0.9, any_number()), 12)
}

fn quick() -> Resampling {
    Resampling { resamples: 50, ..Resampling::seeded(1) }
}

fn is_said(interval: Interval) -> bool {
    interval.low.is_finite() && interval.high.is_finite() && interval.low <= interval.high
}

proptest! {
    #[test]
    fn means_and_differences_are_finite_or_refused(a in column(), b in column(), weights in prop::collection::vec(any_number(), 12), clusters in prop::collection::vec(0u64..4, 12)) {
        for design in [Design::default(), Design { weights: Some(&weights), clusters: Some(&clusters), keys: None }] {
            if let Ok(found) = mean(&a, &design) {
                prop_assert!(found.value.is_finite() && found.se.is_none_or(f64::is_finite));
                prop_assert!(found.interval(0.95).is_ok_and(is_said) || found.interval(0.95).is_err());
                if let Ok(judged) = Estimated::of_mean(&found).and_then(|estimated| equivalence(&estimated, 0.1, 0.05)) {
                    prop_assert!(is_said(judged.interval) && (0.0..=1.0).contains(&judged.p));
                }
            }
            if let Ok(found) = paired_difference(&a, &b, &design, &quick()) {
                let estimate = found.estimate;
                prop_assert!(estimate.value.is_finite() && estimate.se.is_none_or(f64::is_finite), "{:?}", estimate);
                prop_assert!(estimate.interval.is_err() || estimate.interval.is_ok_and(is_said), "{:?}", estimate);
                prop_assert!(found.p.is_err() || found.p.is_ok_and(|p| (0.0..=1.0).contains(&p)), "{:?}", found);
            }
            if let Ok(judged) = non_inferior(&a, &b, &design, 0.1, 0.05) {
                prop_assert!(is_said(judged.interval) && (0.0..=1.0).contains(&judged.p));
            }
        }
    }

    #[test]
    fn ranks_agreement_and_components_are_finite_or_refused(a in column(), b in column()) {
        if let Ok(found) = wilcoxon(&a, &b) {
            prop_assert!((0.0..=1.0).contains(&found.p));
        }
        let units: Vec<_> = a.iter().zip(&b).map(|(a, b)| vec![*a, *b]).collect();
        for scale in [Scale::Nominal, Scale::Ordinal, Scale::Interval] {
            if let Ok(found) = krippendorff_alpha(&units, scale, &quick()) {
                prop_assert!(found.value.is_finite() && found.value <= 1.0);
                prop_assert!(found.interval.is_err() || found.interval.is_ok_and(is_said));
            }
        }
        let repeats: Vec<Vec<f64>> = units.iter().map(|unit| unit.iter().flatten().copied().collect()).collect();
        if let Ok(found) = components(&repeats) {
            prop_assert!([found.mean, found.between_cases, found.within_case].iter().all(|figure| figure.is_finite()));
            prop_assert!(found.intraclass_correlation.is_none_or(|icc| (0.0..=1.0).contains(&icc)), "{:?}", found);
        }
        let rows: Vec<Vec<f64>> = repeats.into_iter().filter(|row| row.len() == 2).collect();
        if let Ok(found) = topsis(&rows, &[0.5, 2.0]) {
            prop_assert!(found.iter().all(|closeness| (0.0..=1.0).contains(closeness)));
        }
    }

    #[test]
    fn strengths_are_finite_or_refused(told in prop::collection::vec((0usize..3, 0usize..3, 0usize..3, any_number()), 1..20)) {
        let game = |(first, second, outcome, weight): (usize, usize, usize, f64)| Game {
            first,
            second: if first == second { (first + 1) % 3 } else { second },
            outcome: [Outcome::First, Outcome::Second, Outcome::Tie][outcome],
            weight: weight.abs(),
            cluster: None,
        };
        let games: Vec<Game> = told.into_iter().map(game).collect();
        for ties in [Ties::HalfWins, Ties::Davidson] {
            let settings = Settings { ties, anchor: Anchor::Mean, resampling: quick() };
            if let Ok(found) = bradley_terry(3, &games, &settings) {
                let figures = [&found.log_strength, &found.se_model, &found.se_sandwich];
                prop_assert!(figures.into_iter().flatten().all(|figure| figure.is_finite()));
                let intervals = found.interval.iter().chain(&found.bootstrap);
                prop_assert!(intervals.flatten().all(|interval| is_said(*interval)));
            }
        }
    }
}
