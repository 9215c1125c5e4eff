use super::*;
use crate::stats::Resampling;
use crate::stats::bradley_terry::{Anchor, Settings, Ties, bradley_terry};
use crate::stats::random::Draws;
use proptest::prelude::*;
use std::collections::{BTreeMap, HashMap, HashSet};

fn plan(candidates: u32, cases: u32) -> Plan {
    Plan::new(11, Mode::Pairs, candidates, cases)
}

fn judged(rater: &str, shown: Shown, verdict: Verdict) -> Judgement {
    let seconds = Some(12.0);
    Judgement { rater: rater.into(), task: shown.task, verdict, repeat: shown.repeat, seconds, note: String::new() }
}

/// Raters in turn, judging by true strengths.
fn played(plan: &Plan, raters: &[&str], each: usize, strengths: &[f64]) -> Vec<Judgement> {
    let (mut judgements, mut draws) = (Vec::new(), Draws::new(3, 0));
    for _ in 0..each {
        for rater in raters {
            let Some(shown) = next(plan, &judgements, rater) else { continue };
            let (i, j) = (shown.task.first as usize, shown.task.second.unwrap() as usize);
            let p = 1.0 / (1.0 + (strengths[j] - strengths[i]).exp());
            let verdict = if draws.unit() < p { Verdict::First } else { Verdict::Second };
            judgements.push(judged(rater, shown, verdict));
        }
    }
    judgements
}

#[test]
fn the_next_task_is_a_function_of_round_and_judgements_and_undo_brings_it_back() {
    let plan = plan(4, 30);
    let mut judgements = played(&plan, &["ada", "bo"], 20, &[0.0; 4]);
    let before = next(&plan, &judgements, "ada").unwrap();
    assert_eq!(next(&plan, &judgements, "ada"), Some(before), "after a crash the same");
    judgements.push(judged("ada", before, Verdict::Tie));
    judgements.push(judged("bo", next(&plan, &judgements, "bo").unwrap(), Verdict::Tie));
    assert_ne!(next(&plan, &judgements, "ada"), Some(before));
    let taken = undo(&mut judgements, "ada").unwrap();
    assert_eq!((taken.task, taken.rater.as_str()), (before.task, "ada"));
    assert!(undo(&mut judgements, "nobody").is_none());
    let mut mixed = judgements.clone();
    mixed.sort_by(|a, b| a.rater.cmp(&b.rater));
    assert_eq!(next(&plan, &mixed, "bo"), next(&plan, &judgements, "bo"), "how raters are mixed tells nothing");
}

#[test]
fn nobody_is_asked_twice_but_for_repeats_with_sides_exchanged() {
    let plan = Plan { repeat_share: 0.2, ..plan(3, 40) };
    let judgements = played(&plan, &["ada"], 90, &[0.0; 3]);
    let order = Order::new(&plan, "ada");
    let (mut fresh, mut repeats) = (HashSet::new(), HashSet::new());
    for one in &judgements {
        assert!(if one.repeat { repeats.insert(one.task) } else { fresh.insert(one.task) }, "{one:?}");
    }
    assert!(repeats.is_subset(&fresh) && (8..30).contains(&repeats.len()), "{}", repeats.len());
    assert!(repeats.iter().all(|task| order.swapped(task, true) != order.swapped(task, false)));
}

#[test]
fn sides_are_balanced_for_a_rater_and_for_every_candidate() {
    let plan = plan(4, 500);
    let judgements = played(&plan, &["ada"], 200, &[0.0; 4]);
    let order = Order::new(&plan, "ada");
    let (mut left, mut seen) = ([0i32; 4], [0i32; 4]);
    for one in &judgements {
        let (first, second) = (one.task.first as usize, one.task.second.unwrap() as usize);
        let on_left = if order.swapped(&one.task, one.repeat) { second } else { first };
        left[on_left] += 1;
        seen[first] += 1;
        seen[second] += 1;
    }
    for candidate in 0..4 {
        let off = f64::from(left[candidate]) - f64::from(seen[candidate]) / 2.0;
        assert!(off.abs() < 2.6 * f64::from(seen[candidate]).sqrt() / 2.0, "{left:?} of {seen:?}");
    }
}

#[test]
fn a_planned_share_of_tasks_is_common_to_raters_who_do_not_know_of_one_another() {
    let plan = Plan { repeat_share: 0.0, ..plan(4, 1_000) };
    let tasks =
        |rater: &str| -> HashSet<Task> { played(&plan, &[rater], 100, &[0.0; 4]).iter().map(|one| one.task).collect() };
    let common = tasks("ada").intersection(&tasks("bo")).count();
    assert!((10..=35).contains(&common), "{common}");
    let ahead: HashSet<Task> = ahead(&plan, &[], "ada", 50).into_iter().collect();
    assert_eq!(ahead.len(), 50);
    assert!(ahead.is_subset(&ahead_of_ties(&plan)), "a packet holds what the rater would be asked");
}

fn ahead_of_ties(plan: &Plan) -> HashSet<Task> {
    let mut judgements = Vec::new();
    for _ in 0..50 {
        let shown = next(plan, &judgements, "ada").unwrap();
        judgements.push(judged("ada", shown, Verdict::Tie));
    }
    judgements.into_iter().map(|one| one.task).collect()
}

#[test]
fn cases_are_spread_evenly_and_close_pairs_are_asked_more_often() {
    let plan = Plan { target: 500, ..plan(4, 50) };
    let judgements = played(&plan, &["ada", "bo"], 140, &[3.0, 0.1, 0.0, -3.0]);
    let (mut by_case, mut by_pair): (HashMap<u32, u32>, HashMap<(u32, u32), u32>) = Default::default();
    for one in &judgements {
        *by_case.entry(one.task.case).or_default() += 1;
        *by_pair.entry((one.task.first, one.task.second.unwrap())).or_default() += 1;
    }
    assert!(by_case.len() == 50 && by_case.values().all(|count| (2..=12).contains(count)), "{by_case:?}");
    assert!(by_pair[&(1, 2)] > by_pair[&(0, 3)], "{by_pair:?}");
    assert_eq!(by_pair.len(), 6, "every pair is asked");
}

#[test]
fn informative_pairs_shrink_the_intervals_faster_than_chance() {
    let width = |random_share: f64| {
        let plan = Plan { random_share, overlap_share: 0.0, repeat_share: 0.0, target: 600, ..plan(6, 200) };
        let judgements = played(&plan, &["ada"], 400, &[4.0, 2.0, 1.0, 0.0, -1.5, -3.0]);
        let resampling = Resampling { resamples: 1, ..Resampling::seeded(1) };
        let found = results(&plan, &judgements, &[], &resampling);
        let settings = Settings { ties: Ties::HalfWins, anchor: Anchor::Mean, resampling };
        let ratings = bradley_terry(6, &found.games, &settings).unwrap();
        ratings.se_model.iter().map(|se| se * se).sum::<f64>()
    };
    let (chosen, random) = (width(0.0), width(1.0));
    assert!(chosen < 0.9 * random, "{chosen} against {random}");
}

#[test]
fn what_was_skipped_comes_back_at_the_end() {
    let plan = Plan { target: 12, repeat_share: 0.0, ..plan(3, 10) };
    let mut judgements = Vec::new();
    let first = next(&plan, &judgements, "ada").unwrap();
    judgements.push(judged("ada", first, Verdict::Skipped));
    assert_eq!(progress(&plan, &judgements, "ada").skipped, 1);
    while judgements.len() < 12 {
        let shown = next(&plan, &judgements, "ada").unwrap();
        assert_ne!(shown.task, first.task);
        judgements.push(judged("ada", shown, Verdict::First));
    }
    assert_eq!(next(&plan, &judgements, "ada"), Some(first), "with the same sides");
    judgements.push(judged("ada", first, Verdict::Tie));
    assert_eq!(next(&plan, &judgements, "ada"), None);
    let done = progress(&plan, &judgements, "ada");
    assert_eq!((done.judged, done.skipped, done.pace_seconds, done.seconds_left), (12, 0, Some(12.0), Some(0.0)));
}

#[test]
fn everything_there_is_gets_asked_and_then_nothing() {
    for (mode, candidates, cases, all) in [(Mode::Pairs, 3, 4, 12), (Mode::Rubric, 3, 4, 12), (Mode::Pairs, 2, 1, 1)] {
        let plan = Plan { repeat_share: 0.0, ..Plan::new(5, mode, candidates, cases) };
        let mut judgements = Vec::new();
        while let Some(shown) = next(&plan, &judgements, "ada") {
            let choice = if mode == Mode::Pairs { Choice::Left } else { Choice::Score { score: 3 } };
            judgements.push(judged("ada", shown, shown.verdict(choice).unwrap()));
            assert!(judgements.len() <= all);
        }
        let tasks: HashSet<Task> = judgements.iter().map(|one| one.task).collect();
        assert_eq!((judgements.len(), tasks.len()), (all, all));
    }
    assert_eq!(next(&plan(1, 5), &[], "ada"), None);
    assert_eq!(next(&plan(3, 0), &[], "ada"), None);
    assert_eq!(Plan { random_share: f64::NAN, ..plan(2, 2) }.check(), Err(PlanError::Shares));
}

#[test]
fn the_next_of_twenty_thousand_cases_and_ten_thousand_judgements_is_there_at_once() {
    let plan = Plan { target: 100_000, ..plan(8, 20_000) };
    let mut draws = Draws::new(1, 0);
    let judgements: Vec<Judgement> = (0..10_000)
        .map(|at| {
            let first = draws.below(7);
            let second = Some(first + 1 + draws.below(7 - first));
            let shown =
                Shown { task: Task { case: draws.below(20_000), first, second }, swapped: false, repeat: false };
            judged(["ada", "bo", "cy"][at % 3], shown, [Verdict::First, Verdict::Second, Verdict::Tie][at % 3])
        })
        .collect();
    let started = std::time::Instant::now();
    for _ in 0..10 {
        next(&plan, &judgements, "ada").unwrap();
    }
    let each = started.elapsed() / 10;
    assert!(each.as_millis() < 50, "{each:?}");
}

fn said(rater: &str, case: u32, verdict: Verdict) -> Judgement {
    let task = Task { case, first: 0, second: Some(1) };
    judged(rater, Shown { task, swapped: false, repeat: false }, verdict)
}

#[test]
fn a_closed_round_counts_agrees_and_lists_what_is_disputed() {
    use Verdict::{BothBad, First, Second, Tie};
    let plan = plan(2, 4);
    let mut judgements: Vec<Judgement> =
        [First, Second, Tie, First].iter().zip(0..).map(|(v, at)| said("ada", at, *v)).collect();
    judgements.extend([First, Second, Tie, BothBad].iter().zip(0..).map(|(v, at)| said("bo", at, *v)));
    judgements.push(Judgement { repeat: true, ..said("ada", 0, Second) });
    judgements.push(said("eve", 99, First));
    let quick = Resampling { resamples: 100, ..Resampling::seeded(1) };
    let found = results(&plan, &judgements, &[], &quick);
    let count = PairCount { first: 0, second: 1, first_wins: 3, second_wins: 2, ties: 2, both_bad: 1 };
    assert_eq!(found.pairs, [count]);
    assert_eq!(found.games.len(), 8);
    assert_eq!(found.own, [SelfAgreement { rater: "ada".into(), same: 0, repeats: 1 }]);
    assert_eq!(found.disputed.len(), 1);
    assert_eq!(found.disputed[0].task.case, 3);
    let cohen = found.agreement.cohen.unwrap();
    // Pₒ = 3/4; Pₑ = (2·1 + 1·1 + 1·1 + 0)/16.
    assert!((cohen.value - (0.75 - 0.25) / 0.75).abs() < 1e-12 && cohen.units == 4);
    assert!(found.agreement.fleiss.is_ok() && found.agreement.krippendorff.is_ok());
    let task = Task { case: 3, first: 0, second: Some(1) };
    let ruling = Adjudication { task, verdict: Second, by: "cy".into(), reason: "wrong figure".into() };
    let ruled = results(&plan, &judgements, &[ruling], &quick);
    assert_eq!((ruled.pairs[0].second_wins, ruled.pairs[0].both_bad, ruled.games.len()), (3, 0, 7));
    assert_eq!(ruled.disputed[0].adjudicated, Some(Second));
    assert_eq!(ruled.agreement.cohen, found.agreement.cohen, "a ruling makes nobody agree");
    assert_eq!(ruled.preferences[0].preference, 1.0);
}

#[test]
fn ties_only_and_comparisons_that_do_not_hang_together_are_said_without_infinities() {
    let quick = Resampling { resamples: 50, ..Resampling::seeded(1) };
    let ties: Vec<Judgement> =
        (0..4).flat_map(|case| [said("ada", case, Verdict::Tie), said("bo", case, Verdict::Tie)]).collect();
    let found = results(&plan(2, 4), &ties, &[], &quick);
    assert!(found.agreement.cohen.is_err() && found.agreement.krippendorff.is_err());
    assert!(found.preferences.iter().all(|one| one.preference == 0.5));
    let settings = Settings { ties: Ties::HalfWins, anchor: Anchor::Mean, resampling: quick };
    assert_eq!(bradley_terry(2, &found.games, &settings).unwrap().log_strength, [0.0, 0.0]);
    assert!(bradley_terry(4, &found.games, &settings).is_err());
    assert!(next(&Plan { cases: 9, ..plan(4, 9) }, &ties, "ada").is_some(), "and the next pair is still found");
    let none = results(&plan(2, 4), &[], &[], &quick);
    assert!(none.pairs.is_empty() && none.agreement.cohen.is_err());
}

#[test]
fn marks_are_averaged_by_case() {
    let plan = Plan::new(1, Mode::Rubric, 2, 3);
    let mark = |rater: &str, case, first, score| {
        let task = Task { case, first, second: None };
        judged(rater, Shown { task, swapped: false, repeat: false }, Verdict::Score { score })
    };
    let marks =
        [mark("ada", 0, 0, 5), mark("bo", 0, 0, 3), mark("ada", 1, 0, 2), mark("ada", 0, 1, 1), mark("ada", 1, 1, 9)];
    let found = results(&plan, &marks, &[], &Resampling { resamples: 50, ..Resampling::seeded(1) });
    let means: Vec<(f64, Option<f64>, u32)> = found.rubric.iter().map(|one| (one.mean, one.se, one.cases)).collect();
    assert_eq!(means, [(3.0, Some(1.0), 2), (1.0, None, 1)], "a mark of 9 is none");
    assert_eq!(found.disputed.len(), 1);
}

#[test]
fn a_choice_means_the_same_whichever_side_it_stood_on() {
    let task = Task { case: 0, first: 0, second: Some(1) };
    let shown = |swapped| Shown { task, swapped, repeat: false };
    assert_eq!(shown(false).verdict(Choice::Left), Some(Verdict::First));
    assert_eq!(shown(true).verdict(Choice::Left), Some(Verdict::Second));
    assert_eq!(shown(true).verdict(Choice::Score { score: 3 }), None);
    let single = Shown { task: Task { second: None, ..task }, swapped: false, repeat: false };
    assert_eq!(single.verdict(Choice::Score { score: 6 }), None);
    assert_eq!(single.verdict(Choice::Left), None);
}

proptest! {
    #[test]
    fn any_history_has_a_next_task_that_exists(seed in any::<u64>(), candidates in 2u32..6, cases in 1u32..8, verdicts in prop::collection::vec(0u8..5, 0..40)) {
        let plan = Plan { target: 30, ..Plan::new(seed, Mode::Pairs, candidates, cases) };
        let mut judgements = Vec::new();
        for verdict in verdicts {
            let Some(shown) = next(&plan, &judgements, "ada") else { break };
            let second = shown.task.second.unwrap();
            prop_assert!(shown.task.first < second && second < candidates && shown.task.case < cases);
            let said = [Verdict::First, Verdict::Second, Verdict::Tie, Verdict::BothBad, Verdict::Skipped][usize::from(verdict)];
            judgements.push(judged("ada", shown, said));
        }
        let mut fresh: BTreeMap<Task, u32> = BTreeMap::new();
        for one in judgements.iter().filter(|one| !one.repeat && one.verdict != Verdict::Skipped) {
            *fresh.entry(one.task).or_default() += 1;
        }
        prop_assert!(fresh.values().all(|count| *count == 1));
    }
}
