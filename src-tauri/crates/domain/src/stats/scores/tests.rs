use proptest::prelude::*;

use super::super::paired::paired_difference;
use super::super::proportion;
use super::*;

fn quick(seed: u64) -> Resampling {
    Resampling { resamples: 500, ..Resampling::seeded(seed) }
}

fn some(values: &[f64]) -> Vec<Option<f64>> {
    values.iter().copied().map(Some).collect()
}

fn pair(a: &[Option<f64>], b: &[Option<f64>], design: &Design) -> Result<Difference, Refused> {
    paired_difference(a, b, design, &quick(1))
}

#[test]
fn columns_that_do_not_fit_and_bad_scores_are_refused() {
    let plain = Design::default();
    assert_eq!(pair(&some(&[1.0]), &[], &plain), Err(Refused::LengthsDiffer { left: 1, right: 0 }));
    assert_eq!(pair(&[], &[], &plain), Err(Refused::Empty));
    assert_eq!(pair(&[None, Some(1.0)], &[Some(1.0), None], &plain), Err(Refused::Empty));
    assert_eq!(pair(&[None; 3], &[None; 3], &plain), Err(Refused::Empty));
    assert_eq!(pair(&some(&[f64::INFINITY]), &some(&[1.0]), &plain), Err(Refused::NotFinite { row: 0 }));
    assert_eq!(
        pair(&some(&[f64::MAX; 9]), &some(&[-f64::MAX; 9]), &plain),
        Err(Refused::OutOfRange { what: "values" })
    );
    let weighted = |weights| Design { weights: Some(weights), ..Design::default() };
    assert_eq!(pair(&some(&[1.0, 2.0]), &some(&[2.0, 3.0]), &weighted(&[0.0, 0.0])), Err(Refused::Empty));
    assert_eq!(pair(&some(&[1.0]), &some(&[2.0]), &weighted(&[f64::NAN])), Err(Refused::Weight { row: 0 }));
    let many = Resampling { resamples: 0, ..quick(1) };
    assert_eq!(paired_difference(&[], &[], &plain, &many), Err(Refused::OutOfRange { what: "resamples" }));
    let none = Scores { candidates: 0, criteria: 0, cases: 0, values: &[], design: plain };
    assert!(compare(&none, &quick(1)).unwrap().mean(0, 0).is_err());
}

#[test]
fn one_case_one_cluster_and_equal_differences_have_a_value_but_no_interval() {
    let one = pair(&some(&[3.0]), &some(&[1.0]), &Design::default()).unwrap();
    assert_eq!((one.estimate.value, one.estimate.se), (2.0, None));
    assert_eq!(
        (one.estimate.interval, one.p),
        (Err(Refused::TooFew { have: 1, need: 2 }), Err(Refused::TooFew { have: 1, need: 2 }))
    );
    let design = Design { clusters: Some(&[4, 4, 4]), ..Design::default() };
    let cluster = pair(&some(&[3.0, 5.0, 2.0]), &some(&[1.0, 1.0, 1.0]), &design).unwrap();
    assert_eq!((cluster.estimate.interval, cluster.estimate.few_clusters), (Err(Refused::OneCluster), true));
    let flat = pair(&some(&[3.0, 4.0, 5.0]), &some(&[1.0, 2.0, 3.0]), &Design::default()).unwrap();
    assert_eq!(
        (flat.estimate.value, flat.estimate.interval, flat.p),
        (2.0, Err(Refused::NoSpread), Err(Refused::NoSpread))
    );
    let same = pair(&some(&[3.0, 4.0]), &some(&[3.0, 4.0]), &Design::default()).unwrap();
    assert_eq!((same.estimate.value, same.estimate.interval, same.p), (0.0, Err(Refused::NoSpread), Ok(1.0)));
    // Weights whose sums are not exact in binary leave no spread either.
    let weights = [0.1, 0.3, 0.7];
    let weighted =
        pair(&some(&[0.7; 3]), &some(&[0.2; 3]), &Design { weights: Some(&weights), ..Design::default() }).unwrap();
    assert_eq!(weighted.estimate.interval, Err(Refused::NoSpread));
    assert!((weighted.estimate.value - 0.5).abs() < 1e-9);
}

#[test]
fn passes_and_failures_get_the_exact_methods_unless_cases_weigh_or_cluster() {
    let (a, b) = (some(&[1.0, 1.0, 1.0, 0.0, 1.0]), some(&[0.0, 1.0, 0.0, 0.0, 0.0]));
    let values = [a, b].concat();
    let scores = Scores { candidates: 2, criteria: 1, cases: 5, values: &values, design: Design::default() };
    let found = compare(&scores, &quick(1)).unwrap();
    let mean = found.mean(0, 0).unwrap();
    // Fewer than 100 cases: exact. From there on Wilson.
    assert_eq!((mean.value, mean.method, mean.interval), (0.8, Method::Exact, proportion::clopper_pearson(4, 5, 0.95)));
    let many: Vec<Option<f64>> = (0..200).map(|at| Some(f64::from(u8::from(at % 5 > 0)))).collect();
    let scores_of_many = Scores { candidates: 2, criteria: 1, cases: 100, values: &many, design: Design::default() };
    let mean = compare(&scores_of_many, &quick(1)).unwrap().mean(0, 0).unwrap();
    assert_eq!((mean.method, mean.interval), (Method::Wilson, proportion::wilson(80, 100, 0.95)));
    let difference = found.difference(0, 1, 0).unwrap();
    let exact = proportion::paired_exact(3, 0, 5, 0.95);
    assert_eq!((difference.estimate.method, difference.estimate.interval), (Method::Exact, exact));
    // Three cases for, none against: 2 · ½³.
    assert_eq!((difference.test, difference.p.map(|p| (p * 1e9).round() / 1e9)), (Test::McNemarExact, Ok(0.25)));
    let clustered = Scores { design: Design { clusters: Some(&[1, 1, 2, 3, 3]), ..Design::default() }, ..scores };
    let found = compare(&clustered, &quick(1)).unwrap();
    assert_eq!(
        (found.mean(0, 0).unwrap().method, found.difference(0, 1, 0).unwrap().test),
        (Method::Bca, Test::RobustT)
    );
}

#[test]
fn a_difference_counts_only_cases_both_have_answered() {
    let (a, b) = ([Some(5.0), Some(1.0), None, Some(4.0)], [None, Some(2.0), Some(9.0), Some(2.0)]);
    let found = pair(&a, &b, &Design::default()).unwrap();
    assert_eq!((found.estimate.value, found.estimate.cases), (0.5, 2));
    // The same as if the others were not there at all.
    let alone = pair(&[Some(1.0), Some(4.0)], &[Some(2.0), Some(2.0)], &Design::default()).unwrap();
    assert_eq!(found.estimate.se, alone.estimate.se);
    assert!(found.estimate.resamples < 500 && alone.estimate.resamples == 500);
}

#[test]
fn p_is_adjusted_over_all_pairs_and_against_the_incumbent_over_fewer() {
    let column = |shift: f64| (0..40).map(move |case| Some(f64::from((case * 7) % 11) + shift * f64::from(case % 3)));
    let values: Vec<_> = [0.0, 0.1, 0.5].into_iter().flat_map(column).collect();
    let scores = Scores { candidates: 3, criteria: 1, cases: 40, values: &values, design: Design::default() };
    let found = compare(&scores, &quick(1)).unwrap();
    let pairs =
        [found.difference(0, 1, 0).unwrap(), found.difference(0, 2, 0).unwrap(), found.difference(1, 2, 0).unwrap()];
    let p: Vec<f64> = pairs.iter().map(|pair| pair.p.unwrap()).collect();
    let adjusted: Vec<f64> = pairs.iter().map(|pair| pair.holm.unwrap()).collect();
    assert_eq!(holm(&p).unwrap(), adjusted);
    let against = found.against(0, 0);
    let of = |at: usize| against[at].1.unwrap();
    assert_eq!((against[0].0, of(0).estimate.value), (1, -pairs[0].estimate.value));
    assert_eq!(of(0).holm, Some(holm(&p[..2]).unwrap()[0]));
}

#[test]
fn few_passes_and_failures_in_clusters_get_no_normal_approximation() {
    let clusters: Vec<u64> = (0..120).map(|case| case / 2).collect();
    let column =
        |every: usize, cases: usize| (0..cases).map(|case| Some(f64::from(case % every > 0))).collect::<Vec<_>>();
    let p = |cases: usize| {
        let design = Design { clusters: Some(&clusters[..cases]), ..Design::default() };
        let found = pair(&column(5, cases), &column(3, cases), &design).unwrap();
        assert!(found.estimate.pass_or_fail && found.estimate.interval.is_ok());
        found.p
    };
    assert_eq!(p(98), Err(Refused::TooFew { have: 98, need: 100 }));
    assert!(p(120).is_ok());
}

#[test]
fn the_number_of_threads_changes_no_bit() {
    let column =
        |step: usize| (0..90).map(move |case| (case % 13 > 0).then(|| f64::from((case * step % 17) as u32) * 0.1));
    let values: Vec<_> = [3, 5, 7, 11].into_iter().flat_map(column).collect();
    let scores = Scores { candidates: 2, criteria: 2, cases: 90, values: &values, design: Design::default() };
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| compare(&scores, &Resampling::seeded(6)).unwrap())
    };
    assert_eq!(with(1), with(4));
    assert_ne!(with(1), compare(&scores, &Resampling::seeded(7)).unwrap());
}

/// Candidates × cases with gaps, a cluster, a weight and a key of each case.
type Table = Vec<(Vec<Option<f64>>, u64, f64)>;

fn table() -> impl Strategy<Value = Table> {
    let score = prop_oneof![4 => (0i32..6).prop_map(|score| Some(f64::from(score))), 1 => Just(None)];
    prop::collection::vec(
        (prop::collection::vec(score, 3), 0u64..6, prop_oneof![Just(1.0), Just(0.0), 0.1f64..3.0]),
        1..30,
    )
}

fn compared(table: &Table, order: [usize; 3], keyed: bool) -> Comparison {
    let values: Vec<_> = order.iter().flat_map(|candidate| table.iter().map(|row| row.0[*candidate])).collect();
    let clusters: Vec<u64> = table.iter().map(|row| row.1).collect();
    let weights: Vec<f64> = table.iter().map(|row| row.2).collect();
    let keys: Vec<u128> = (0..table.len() as u128).map(|case| case * 7919 % 1009).collect();
    let design = Design { clusters: Some(&clusters), weights: Some(&weights), keys: keyed.then_some(&keys) };
    compare(&Scores { candidates: 3, criteria: 1, cases: table.len(), values: &values, design }, &quick(3)).unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn reordering_cases_and_renaming_clusters_changes_no_bit(table in table(), turn in 0usize..30) {
        let mut turned: Table = table.iter().map(|row| (row.0.clone(), 100 - row.1, row.2)).collect();
        turned.rotate_left(turn % table.len());
        prop_assert_eq!(compared(&table, [0, 1, 2], false), compared(&turned, [0, 1, 2], false));
    }

    #[test]
    fn relabelling_candidates_relabels_and_changes_no_bit(table in table()) {
        let (found, other) = (compared(&table, [0, 1, 2], true), compared(&table, [2, 0, 1], true));
        for (at, here) in [(0, 1), (1, 2), (2, 0)] {
            prop_assert_eq!(found.mean(at, 0), other.mean(here, 0));
        }
        for ((a, b), (c, d)) in [((0, 1), (1, 2)), ((0, 2), (1, 0)), ((1, 2), (2, 0))] {
            match (found.difference(a, b, 0), other.difference(c, d, 0)) {
                (Ok(found), Ok(other)) if found.estimate.value != 0.0 => prop_assert_eq!(found, other),
                // Of a difference of exactly 0 neither side comes first: the limits agree to rounding.
                (Ok(found), Ok(other)) => {
                    prop_assert_eq!(found.p, other.p);
                    match (found.estimate.interval, other.estimate.interval) {
                        (Ok(found), Ok(other)) => {
                            prop_assert!((found.low - other.low).abs() < 1e-9 && (found.high - other.high).abs() < 1e-9);
                        }
                        (found, other) => prop_assert_eq!(found, other),
                    }
                }
                (found, other) => prop_assert_eq!(found.err(), other.err()),
            }
        }
    }

    #[test]
    fn adding_a_candidate_changes_nothing_of_what_is_said_of_the_others(table in table()) {
        let (whole, without) = (compared(&table, [0, 1, 2], true), compared(&table, [0, 1, 1], true));
        match (whole.difference(0, 1, 0), without.difference(0, 1, 0)) {
            (Ok(found), Ok(other)) => {
                let near = |a: f64, b: f64| (a - b).abs() < 1e-9;
                prop_assert!(near(found.estimate.value, other.estimate.value));
                match (found.estimate.interval, other.estimate.interval) {
                    (Ok(a), Ok(b)) => prop_assert!(near(a.low, b.low) && near(a.high, b.high), "{:?} {:?}", a, b),
                    (a, b) => prop_assert_eq!(a, b),
                }
            }
            (found, other) => prop_assert_eq!(found.err(), other.err()),
        }
    }

    #[test]
    fn no_figure_is_infinite_or_nan(table in table()) {
        let found = compared(&table, [0, 1, 2], false);
        for (a, b) in [(0, 1), (0, 2), (1, 2)] {
            if let Ok(found) = found.difference(a, b, 0) {
                let estimate = found.estimate;
                prop_assert!(estimate.value.is_finite() && estimate.se.is_none_or(f64::is_finite));
                prop_assert!(estimate.interval.is_err() || estimate.interval.unwrap().low <= estimate.interval.unwrap().high);
                prop_assert!(found.p.is_err() || (0.0..=1.0).contains(&found.p.unwrap()));
            }
        }
    }
}
