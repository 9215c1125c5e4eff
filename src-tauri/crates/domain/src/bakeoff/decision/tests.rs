use super::information::{Lead, Stake, value_of_cases};
use super::rank::{Chance, ranks};
use super::sensitivity::{lead, needed, weight_ranges, without_candidates, without_criteria};
use super::*;
use crate::money::{Currency, Money};
use proptest::prelude::*;

fn criterion(name: &str, weight: f64) -> Weighed {
    let anchors = vec![Anchor { value: 0.0, worth: 0.0 }, Anchor { value: 1.0, worth: 1.0 }];
    Weighed { name: name.into(), anchors, weight, scale: Some([0.0, 1.0]) }
}

fn criteria(weights: &[f64]) -> Vec<Weighed> {
    weights.iter().map(|weight| criterion("c", *weight)).collect()
}

fn contender(id: i64, values: &[f64], se: f64) -> Contender {
    let measured = values.iter().map(|value| Measured { value: Some(*value), se: Some(se) }).collect();
    Contender { id: CandidateId(id), measured }
}

fn order(scores: &[Score]) -> Vec<i64> {
    scores.iter().map(|score| score.candidate.0).collect()
}

fn quick(seed: u64) -> Chance {
    Chance { draws: 4_000, ..Chance::seeded(seed) }
}

#[test]
fn a_score_is_the_weighed_worth_and_unknown_is_an_interval() {
    let mut unknown = contender(2, &[0.9, 0.4], 0.0);
    unknown.measured[1].value = None;
    let board = Board::new(&criteria(&[3.0, 1.0]), &[contender(1, &[0.8, 0.4], 0.0), unknown]).unwrap();
    let scores = board.scores();
    assert_eq!(order(&scores), [1, 2], "0.7 against 0.675 to 0.925");
    assert!((scores[0].complete().unwrap() - 0.7).abs() < 1e-12);
    assert!((scores[1].low - 0.675).abs() < 1e-12 && (scores[1].high - 0.925).abs() < 1e-12);
    assert_eq!((scores[1].complete(), &scores[1].unknown), (None, &vec![1]));
    let found = ranks(&board, &quick(1)).unwrap();
    assert!(found[1].incomplete && found[1].first > 0.5 && found[1].first < 1.0);
}

#[test]
fn what_cannot_decide_is_refused() {
    let one = contender(1, &[0.5], 0.1);
    let new = |weights: &[f64], contenders: &[Contender]| Board::new(&criteria(weights), contenders).unwrap_err();
    assert_eq!(new(&[0.0], std::slice::from_ref(&one)), NoDecision::Weights(WeightError::AllZero));
    assert_eq!(new(&[1.0], &[]), NoDecision::NoCandidates, "all gates failed");
    assert!(matches!(new(&[1.0, 1.0], std::slice::from_ref(&one)), NoDecision::LengthsDiffer { .. }));
    assert!(matches!(new(&[1.0], &[one.clone(), one.clone()]), NoDecision::Twice { .. }));
    assert!(matches!(new(&[1.0], &[contender(1, &[f64::NAN], 0.1)]), NoDecision::NotFinite { criterion: 0, .. }));
    assert!(matches!(new(&[1.0], &[contender(1, &[0.1], f64::INFINITY)]), NoDecision::NotFinite { .. }));
    let board = Board::new(&criteria(&[1.0]), &[one]).unwrap();
    assert!(ranks(&board, &Chance { draws: 0, ..quick(1) }).is_err());
    assert!(ranks(&board, &Chance { plus_minus: f64::NAN, ..quick(1) }).is_err());
    let alone = ranks(&board, &quick(1)).unwrap();
    assert_eq!((alone[0].first, alone[0].expected), (1.0, 1.0));
    assert_eq!(needed(&board).unwrap(), None);
    let range = weight_ranges(&board).unwrap();
    assert_eq!(range, [None], "one criterion has no others");
    let nobody = Contender { id: CandidateId(1), measured: vec![Measured::default()] };
    let board = Board::new(&criteria(&[1.0]), &[nobody]).unwrap();
    assert_eq!(weight_ranges(&board), Err(NoDecision::NoneComplete));
}

#[test]
fn chances_of_the_first_place_are_those_of_the_normal_difference() {
    // One criterion, two candidates: P = Φ(0.05/(0.05·√2)), far from the ends of the scale.
    let contenders = [contender(1, &[0.55], 0.05), contender(2, &[0.5], 0.05)];
    let board = Board::new(&criteria(&[1.0]), &contenders).unwrap();
    let found = ranks(&board, &Chance { draws: 100_000, ..Chance::seeded(3) }).unwrap();
    let expected = crate::stats::distribution::normal_below(0.5f64.sqrt());
    assert!((found[0].first - expected).abs() < 5e-3, "{} against {expected}", found[0].first);
    assert!((found[0].first + found[1].first - 1.0).abs() < 1e-12);
    assert!((found[0].expected - (2.0 - found[0].first)).abs() < 1e-9);
}

#[test]
fn weights_are_as_doubtful_as_said() {
    // Exact values: only the weight decides. The first wins where its weight is above a half: entered 0.55 ± 0.05.
    let board = Board::new(&criteria(&[0.55, 0.45]), &[contender(1, &[1.0, 0.0], 0.0), contender(2, &[0.0, 1.0], 0.0)])
        .unwrap();
    let first = |plus_minus| ranks(&board, &Chance { draws: 50_000, plus_minus, seed: 1 }).unwrap()[0].first;
    assert_eq!(first(0.0), 1.0);
    assert!((first(0.05) - 0.975).abs() < 5e-3, "{}", first(0.05));
    assert!((first(0.5) - 0.55).abs() < 0.1, "{}", first(0.5));
}

#[test]
fn a_seed_repeats_on_any_number_of_threads_and_order_tells_nothing() {
    let mut contenders: Vec<Contender> = (0..5).map(|at| contender(at, &[0.5 + at as f64 / 50.0, 0.5], 0.05)).collect();
    let board = Board::new(&criteria(&[1.0, 2.0]), &contenders).unwrap();
    let here = ranks(&board, &quick(9)).unwrap();
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
    assert_eq!(pool.install(|| ranks(&board, &quick(9)).unwrap()), here);
    assert_ne!(ranks(&board, &quick(10)).unwrap(), here);
    contenders.reverse();
    let turned = Board::new(&criteria(&[1.0, 2.0]), &contenders).unwrap();
    assert_eq!((turned.scores(), ranks(&turned, &quick(9)).unwrap()), (board.scores(), here));
}

#[test]
fn equals_share_the_first_place() {
    let equals: Vec<Contender> = (0..4).map(|at| contender(at, &[0.5], 0.0)).collect();
    let found = ranks(&Board::new(&criteria(&[1.0]), &equals).unwrap(), &quick(1)).unwrap();
    assert!(found.iter().all(|one| one.first == 0.25), "{found:?}");
}

#[test]
fn the_weight_range_ends_where_the_rival_draws_level() {
    let contenders = [contender(1, &[0.9, 0.3], 0.0), contender(2, &[0.5, 0.8], 0.0)];
    let board = Board::new(&criteria(&[0.7, 0.3]), &contenders).unwrap();
    let ranges = weight_ranges(&board).unwrap();
    // 0.9t + 0.3(1−t) = 0.5t + 0.8(1−t) at t = 5/9.
    let first = ranges[0].unwrap();
    assert!((first.low - 5.0 / 9.0).abs() < 1e-12 && first.high == 1.0);
    assert_eq!((first.below, first.above), (Some(CandidateId(2)), None));
    let second = ranges[1].unwrap();
    assert!((second.high - 4.0 / 9.0).abs() < 1e-12 && second.low == 0.0 && second.above == Some(CandidateId(2)));
    let without = without_criteria(&board).unwrap();
    assert_eq!(without.iter().map(|one| (one.winner.0, one.changes)).collect::<Vec<_>>(), [(2, true), (1, false)]);
}

#[test]
fn the_runner_up_needs_what_closes_the_gap() {
    let contenders = [contender(1, &[0.9, 0.3], 0.0), contender(2, &[0.5, 0.8], 0.0)];
    let board = Board::new(&criteria(&[0.7, 0.3]), &contenders).unwrap();
    let (second, told) = needed(&board).unwrap().unwrap();
    assert_eq!(second, CandidateId(2));
    // Scores 0.72 and 0.59: 0.13/0.7 more in the first criterion; in the second 0.13/0.3 is more than there is.
    assert!((told[0].value.unwrap() - (0.5 + 0.13 / 0.7)).abs() < 1e-12);
    assert!((told[0].needed.unwrap() - told[0].difference - 0.13 / 0.7).abs() < 1e-12);
    assert_eq!(told[1].needed, None);
}

#[test]
fn a_lead_over_the_same_cases_is_surer() {
    let contenders = [contender(1, &[0.6, 0.5], 0.03), contender(2, &[0.5, 0.5], 0.04)];
    let board = Board::new(&criteria(&[1.0, 1.0]), &contenders).unwrap();
    let (best, second, free) = lead(&board, &[], 100).unwrap().unwrap();
    assert_eq!((best.0, second.0, free.cases), (1, 2, 100));
    assert!((free.difference - 0.05).abs() < 1e-12 && (free.se - 0.5 * (2.0f64 * 0.0025).sqrt()).abs() < 1e-12);
    let (.., paired) = lead(&board, &[Some(0.02), None], 100).unwrap().unwrap();
    assert!((paired.se - 0.5 * (0.0004f64 + 0.0025).sqrt()).abs() < 1e-12);
    assert!(lead(&board, &[Some(f64::NAN)], 100).is_err());
    let alone = Board::new(&criteria(&[1.0]), &[contender(1, &[0.5], 0.1)]).unwrap();
    assert_eq!(lead(&alone, &[], 100).unwrap(), None);
}

#[test]
fn more_cases_are_worth_what_they_may_change() {
    let usd = |units: i128| Money::from_nanos(units * 1_000_000_000, "USD".parse::<Currency>().unwrap());
    let stake = Stake { whole_score: usd(1_000_000), case: usd(1) };
    let even = value_of_cases(&Lead { difference: 0.0, se: 0.02, cases: 400 }, Some(&stake)).unwrap();
    // L(0) = 1/√(2π).
    assert!((even.perfect - 0.02 / std::f64::consts::TAU.sqrt()).abs() < 1e-15);
    assert_eq!((even.wrong, even.cases_to_settle), (0.5, None));
    assert!(even.more.windows(2).all(|two| two[0].gain < two[1].gain && two[1].gain < even.perfect));
    let best = &even.more[even.best.unwrap()];
    assert!((100..20_000).contains(&best.cases), "{best:?}");
    let sure = value_of_cases(&Lead { difference: 0.5, se: 0.01, cases: 400 }, Some(&stake)).unwrap();
    assert_eq!((sure.best, sure.perfect), (None, 0.0));
    assert_eq!(sure.cases_to_settle, Some(1));
    let close = value_of_cases(&Lead { difference: 0.01, se: 0.01, cases: 100 }, None).unwrap();
    // Raiffa and Schlaifer's table: L(1) = 0.08332.
    assert!((close.perfect / 0.01 - 0.083_32).abs() < 5e-6);
    assert_eq!((close.cases_to_settle, close.best, close.perfect_worth), (Some(385), None, None));
    let certain = value_of_cases(&Lead { difference: 0.1, se: 0.0, cases: 1 }, None).unwrap();
    assert_eq!((certain.wrong, certain.perfect), (0.0, 0.0));
    for bad in [f64::NAN, -1.0, f64::INFINITY] {
        assert!(value_of_cases(&Lead { difference: bad, se: 0.1, cases: 1 }, None).is_err());
        assert!(value_of_cases(&Lead { difference: 0.1, se: bad, cases: 1 }, None).is_err());
    }
    assert!(value_of_cases(&Lead { difference: 0.1, se: 0.1, cases: 0 }, None).is_err());
}

/// `cargo test --release -p domain decision::tests::a_hundred -- --ignored --nocapture`: 300 ms on two cores.
#[test]
#[ignore = "a measurement"]
fn a_hundred_thousand_draws_of_eight_candidates_in_six_criteria() {
    let contenders: Vec<Contender> = (0..8).map(|at| contender(at, &[0.5 + at as f64 / 100.0; 6], 0.03)).collect();
    let board = Board::new(&criteria(&[1.0; 6]), &contenders).unwrap();
    for _ in 0..3 {
        let started = std::time::Instant::now();
        ranks(&board, &Chance::seeded(1)).unwrap();
        println!("{:?}", started.elapsed());
    }
}

fn boards() -> impl Strategy<Value = (Vec<f64>, Vec<Vec<f64>>)> {
    (1usize..5).prop_flat_map(|n| {
        (prop::collection::vec(0.01f64..1.0, n), prop::collection::vec(prop::collection::vec(-0.2f64..1.2, n), 2..7))
    })
}

proptest! {
    #[test]
    fn nobody_who_joins_or_leaves_reorders_the_others((weights, values) in boards()) {
        let contenders: Vec<Contender> = values.iter().zip(0..).map(|(values, id)| contender(id, values, 0.02)).collect();
        let board = Board::new(&criteria(&weights), &contenders).unwrap();
        prop_assert!(without_candidates(&board).iter().all(|one| !one.reorders));
        let fewer = Board::new(&criteria(&weights), &contenders[1..]).unwrap();
        let kept: Vec<i64> = order(&board.scores()).into_iter().filter(|id| *id != 0).collect();
        prop_assert_eq!(order(&fewer.scores()), kept);
    }

    #[test]
    fn a_hopeless_candidate_changes_no_chance_of_the_others((weights, values) in boards()) {
        let mut contenders: Vec<Contender> = values.iter().zip(1..).map(|(values, id)| contender(id, values, 0.02)).collect();
        let chance = Chance { draws: 200, ..Chance::seeded(4) };
        let before = ranks(&Board::new(&criteria(&weights), &contenders).unwrap(), &chance).unwrap();
        // Worth less than 0 nothing is: with weights on all criteria and values above 0 it is last for certain.
        for one in &mut contenders { one.measured.iter_mut().for_each(|m| m.value = m.value.map(|v| v.clamp(0.2, 0.8))); }
        let before_clamped = ranks(&Board::new(&criteria(&weights), &contenders).unwrap(), &chance).unwrap();
        let n = weights.len();
        contenders.push(contender(99, &vec![0.0; n], 0.0));
        let after = ranks(&Board::new(&criteria(&weights), &contenders).unwrap(), &chance).unwrap();
        for (before, after) in before_clamped.iter().zip(&after) {
            prop_assert!((before.first - after.first).abs() < 1e-12);
        }
        let sum: f64 = before.iter().map(|one| one.first).sum();
        prop_assert!((sum - 1.0).abs() < 1e-9);
        prop_assert_eq!(after.last().unwrap().shares.last().copied(), Some(1.0));
    }

    #[test]
    fn within_its_range_the_winner_wins_and_beyond_it_does_not((weights, values) in boards()) {
        let contenders: Vec<Contender> = values.iter().zip(0..).map(|(values, id)| contender(id, values, 0.0)).collect();
        let board = Board::new(&criteria(&weights), &contenders).unwrap();
        let winner = board.scores()[0].candidate;
        for range in weight_ranges(&board).unwrap().into_iter().flatten() {
            prop_assert!(range.low <= range.weight && range.weight <= range.high);
            let lead = |t: f64| {
                let rest = 1.0 - range.weight;
                let moved: Vec<f64> = board.weights().iter().enumerate().map(|(at, w)| if at == range.criterion { t } else { w / rest * (1.0 - t) }).collect();
                let scores = board.ranked(&moved);
                let own = scores.iter().find(|score| score.candidate == winner).unwrap().low;
                own - scores[0].low
            };
            for t in [range.low, (range.low + range.high) / 2.0, range.high] {
                prop_assert!(lead(t) > -1e-9);
            }
            if range.low > 1e-6 { prop_assert!(lead(range.low - 1e-6) < 1e-12); }
            if range.high < 1.0 - 1e-6 { prop_assert!(lead(range.high + 1e-6) < 1e-12); }
        }
    }
}

#[test]
fn the_error_of_a_lead_is_the_paired_one_of_a_single_criterion_and_knows_of_clusters_and_correlation() {
    use super::information::{LeadTerm, lead_error};
    let first = [1.0, 0.0, 1.0, 1.0, 0.0, 1.0].map(Some);
    let second = [0.0, 0.0, 1.0, 0.0, 1.0, 0.0].map(Some);
    let term = LeadTerm { share: 0.5, first: &first, second: &second };
    let differences = [1.0, 0.0, 0.0, 1.0, -1.0, 1.0];
    let mean = differences.iter().sum::<f64>() / 6.0;
    let variance = differences.iter().map(|d| (d - mean).powi(2)).sum::<f64>() / 5.0;
    let alone = lead_error(&[term], None, None).unwrap();
    assert!((alone - 0.5 * (variance / 6.0).sqrt()).abs() < 1e-12);
    // The same criterion twice is twice the error, not √2 times: what one case says of both goes together.
    assert!((lead_error(&[term, term], None, None).unwrap() - 2.0 * alone).abs() < 1e-12);
    // Cases that repeat each other are one: the error of three clusters of two is that of three cases.
    let doubled = |column: &[Option<f64>; 3]| column.iter().flat_map(|value| [*value; 2]).collect::<Vec<_>>();
    let (three, other) = ([Some(1.0), Some(0.0), Some(1.0)], [Some(0.0), Some(0.0), Some(1.0)]);
    let (six, rest) = (doubled(&three), doubled(&other));
    let whole = lead_error(&[LeadTerm { share: 1.0, first: &three, second: &other }], None, None).unwrap();
    let term = LeadTerm { share: 1.0, first: &six, second: &rest };
    assert!((lead_error(&[term], None, Some(&[0, 0, 1, 1, 2, 2])).unwrap() - whole).abs() < 1e-12);
    assert_eq!(lead_error(&[term], None, Some(&[7; 6])), None);
    assert_eq!(lead_error(&[], None, None), None);
}
