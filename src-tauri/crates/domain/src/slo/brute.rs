//! Budgets and burn rates against a count of every single event.

use proptest::prelude::*;

use super::budget::burn_rate;
use super::*;
use crate::calendar::Tz;

/// Single events: when, and whether it was good.
fn events() -> impl Strategy<Value = Vec<(i64, bool)>> {
    prop::collection::vec((29_000_000i64..29_120_000, any::<bool>()), 0..400)
}

fn window() -> impl Strategy<Value = Window> {
    use CalendarUnit::{Month, Quarter, Week, Year};
    prop_oneof![
        (1u32..90).prop_map(|days| Window::Rolling { days }),
        prop::sample::select(vec![Week, Month, Quarter, Year]).prop_map(|unit| Window::Calendar { unit }),
    ]
}

fn zone() -> impl Strategy<Value = Tz> {
    prop::sample::select(vec![
        Tz::UTC,
        Tz::America__New_York,
        Tz::Europe__Berlin,
        Tz::Asia__Shanghai,
        Tz::Asia__Kathmandu,
        Tz::Pacific__Auckland,
    ])
}

fn points(events: &[(i64, bool)]) -> Vec<Point> {
    let one = |(minute, good): &(i64, bool)| Point {
        minute: *minute,
        counts: Counts { good: f64::from(u8::from(*good)), total: 1.0 },
    };
    events.iter().map(one).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(if std::env::var_os("QUARTERDECK_CAMPAIGN").is_some() { 10_000 } else { 300 }))]

    #[test]
    fn budgets_and_burn_rates_are_those_of_a_count_of_every_event(
        events in events(),
        window in window(),
        zone in zone(),
        now in 29_000_000i64..29_130_000,
        allowed in 1u32..9_999,
        minutes in 1i64..10_000,
    ) {
        let objective = Objective::percent(&format!("{}.{:02}", (10_000 - allowed) / 100, (10_000 - allowed) % 100)).unwrap();
        let history = History::new(points(&events), 1);
        let budget = Budget::at(&history, objective, Method::Occurrences, window, zone, now);
        let (from, to) = window.around(now, zone);
        prop_assert!(from <= now && now <= to);
        let within: Vec<_> = events.iter().filter(|(at, _)| (from..to.min(now)).contains(at)).collect();
        let bad = within.iter().filter(|(_, good)| !good).count();
        prop_assert_eq!((budget.counts.total, budget.counts.bad()), (within.len() as f64, bad as f64));
        let consumed = (!within.is_empty()).then(|| bad as f64 / (f64::from(allowed) / 10_000.0 * within.len() as f64));
        match (budget.consumed(), consumed) {
            (Some(ours), Some(theirs)) => prop_assert!((ours - theirs).abs() <= 1e-9 * theirs.max(1.0)),
            (ours, theirs) => prop_assert_eq!(ours, theirs),
        }
        let recent: Vec<_> = events.iter().filter(|(at, _)| (now - minutes..now).contains(at)).collect();
        let bad = recent.iter().filter(|(_, good)| !good).count() as f64;
        let rate = burn_rate(history.sum(now - minutes, now), objective);
        prop_assert_eq!(rate.is_some(), !recent.is_empty());
        if let Some(rate) = rate {
            prop_assert!((rate - bad / recent.len() as f64 * 10_000.0 / f64::from(allowed)).abs() <= 1e-9 * rate.max(1.0));
            prop_assert!(rate <= objective.highest_burn() * (1.0 + 1e-12));
        }
    }

    #[test]
    fn slices_are_those_of_a_count_of_every_event(events in events(), minutes in 1u32..1_500, target in 0.0f64..1.0) {
        let history = History::new(points(&events), 1);
        let slices = history.by(Method::Timeslices { minutes, target });
        let ratios = history.by(Method::RatioTimeslices { minutes });
        let mut expected = std::collections::BTreeMap::new();
        for (at, good) in &events {
            let (all, fine) = expected.entry(at.div_euclid(i64::from(minutes))).or_insert((0u32, 0u32));
            (*all, *fine) = (*all + 1, *fine + u32::from(*good));
        }
        let all = slices.sum(i64::MIN / 2, i64::MAX / 2);
        let good = expected.values().filter(|(all, fine)| f64::from(*fine) / f64::from(*all) >= target).count();
        prop_assert_eq!((all.total, all.good), (expected.len() as f64, good as f64));
        let mean: f64 = expected.values().map(|(all, fine)| f64::from(*fine) / f64::from(*all)).sum();
        prop_assert!((ratios.sum(i64::MIN / 2, i64::MAX / 2).good - mean).abs() < 1e-9);
    }

    #[test]
    fn neither_the_order_of_events_nor_how_they_are_cut_changes_a_sum(mut events in events(), from in 29_000_000i64..29_120_000, span in 0i64..60_000) {
        let before = History::new(points(&events), 1).sum(from, from + span);
        events.reverse();
        let together = {
            let mut by_minute = std::collections::BTreeMap::new();
            for (at, good) in &events {
                let counts: &mut Counts = by_minute.entry(*at).or_default();
                *counts = *counts + Counts { good: f64::from(u8::from(*good)), total: 1.0 };
            }
            by_minute.into_iter().map(|(minute, counts)| Point { minute, counts }).collect()
        };
        prop_assert_eq!(History::new(together, 1).sum(from, from + span), before);
    }
}
