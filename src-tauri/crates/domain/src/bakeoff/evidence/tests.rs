use super::*;
use crate::bakeoff::blind::Task;
use crate::bakeoff::gates::{Facts, Gate, held_against};
use proptest::prelude::*;

#[derive(Clone)]
struct Whole {
    suite: ContentHash,
    outcomes: Vec<Outcome>,
    prices: Vec<UsedPrice>,
    weights: BTreeMap<String, f64>,
    gates: BTreeMap<CandidateId, Vec<GateResult>>,
    judgements: Vec<Judgement>,
    text: BTreeMap<String, String>,
    figures: BTreeMap<String, f64>,
}

const USD: crate::money::Currency = crate::money::Currency::USD;

fn by(criterion: &str) -> ScoreKey {
    ScoreKey { criterion: criterion.to_owned(), source: "file".to_owned(), rater: String::new() }
}

fn outcome(candidate: i64, case: u8, repeat: u32, score: f64) -> Outcome {
    Outcome {
        candidate: CandidateId(candidate),
        case: ContentHash([case; 32]),
        repeat,
        variant: String::new(),
        scores: BTreeMap::from([(by("quality"), Some(score)), (by("safety"), None)]),
        reasons: BTreeMap::from([(by("quality"), "to the point".to_owned())]),
        tokens: Some(TokenCounts { input: 100, ..TokenCounts::default() }),
        cost: Some(Money::from_nanos(1_234, USD)),
        latency: Some(321_500),
        first_token: None,
        at: None,
        cached: false,
        error: None,
        answer: Some("yes".to_owned()),
    }
}

fn judgement(rater: &str, case: u32, verdict: Verdict) -> Judgement {
    let task = Task { case, first: 0, second: Some(1) };
    Judgement { rater: rater.into(), task, verdict, repeat: false, seconds: None, note: String::new() }
}

fn whole() -> Whole {
    let facts = Facts { p95_ms: Some(800.0), ..Facts::default() };
    let price = |candidate, kind: &str| UsedPrice {
        candidate: CandidateId(candidate),
        kind: kind.into(),
        nanos_per_million: "3000000000".into(),
        currency: "USD".into(),
        source: "contract".into(),
    };
    Whole {
        suite: ContentHash([7; 32]),
        outcomes: (0..3)
            .flat_map(|c| (0..4).flat_map(move |case| (0..2).map(move |r| outcome(c, case, r, 0.8))))
            .collect(),
        prices: vec![price(0, "input"), price(0, "output"), price(1, "input")],
        weights: BTreeMap::from([("quality".into(), 0.7), ("cost".into(), 0.3)]),
        gates: BTreeMap::from([(CandidateId(0), held_against(&[Gate::Latency { most_ms: 900.0 }], &facts).unwrap())]),
        judgements: vec![judgement("ada", 0, Verdict::First), judgement("bo", 1, Verdict::Tie)],
        text: BTreeMap::from([("rationale".into(), "Because.".into())]),
        figures: BTreeMap::from([("score/1".into(), 0.1 + 0.2)]),
    }
}

fn recorded(whole: &Whole, keep: bool) -> Recorded {
    record(&evidence(whole), keep).unwrap()
}

fn evidence(whole: &Whole) -> Evidence<'_> {
    Evidence {
        suite_version: whole.suite,
        outcomes: &whole.outcomes,
        prices: &whole.prices,
        weights: &whole.weights,
        gates: &whole.gates,
        judgements: &whole.judgements,
        text: &whole.text,
        figures: &whole.figures,
    }
}

#[test]
fn one_changed_score_is_named_with_its_old_and_new_value() {
    let before = whole();
    let mut after = before.clone();
    let at =
        after.outcomes.iter().position(|one| one.candidate.0 == 2 && one.case.0[0] == 3 && one.repeat == 0).unwrap();
    after.outcomes[at].scores.insert(by("quality"), Some(0.9));
    let changes = verify(&recorded(&before, true), &recorded(&after, true));
    assert_eq!(
        changes,
        [Change {
            part: Part::Results,
            candidate: Some(CandidateId(2)),
            case: Some(ContentHash([3; 32])),
            key: String::new(),
            score: Some(by("quality")),
            before: Some("0.8".into()),
            after: Some("0.9".into()),
            kind: ChangeKind::Changed,
        }]
    );
    let without = verify(&recorded(&before, false), &recorded(&after, false));
    assert_eq!((without.len(), without[0].case, &without[0].before), (1, Some(ContentHash([3; 32])), &None));
}

#[test]
fn every_part_is_found_when_it_changes() {
    let before = whole();
    let stored = recorded(&before, false);
    let found = |change: &dyn Fn(&mut Whole)| {
        let mut after = before.clone();
        change(&mut after);
        let after = recorded(&after, false);
        assert_ne!(after.hash, stored.hash);
        let changes = verify(&stored, &after);
        assert_eq!(changes.len(), 1, "{changes:?}");
        (changes[0].part, changes[0].key.clone(), changes[0].kind)
    };
    use ChangeKind::{Added, Changed, Removed};
    assert_eq!(found(&|w| w.suite = ContentHash([8; 32])), (Part::SuiteVersion, String::new(), Changed));
    let of_a_result: [&dyn Fn(&mut Outcome); 12] = [
        &|one| one.cost = None,
        &|one| one.cost = Some(Money::from_nanos(1_234, "EUR".parse().unwrap())),
        // The same sum, of another kind.
        &|one| one.tokens = Some(TokenCounts { cache_read: 100, ..TokenCounts::default() }),
        &|one| one.tokens = Some(TokenCounts { input: 100, reasoning: 1, ..TokenCounts::default() }),
        &|one| one.latency = Some(321_501),
        &|one| one.first_token = Some(1),
        &|one| one.at = Some(1),
        &|one| one.cached = true,
        &|one| one.error = Some(("timeout".into(), String::new())),
        &|one| one.answer = Some("yes.".into()),
        &|one| drop(one.reasons.insert(by("quality"), "at length".into())),
        &|one| one.variant = "b".into(),
    ];
    for change in of_a_result {
        assert_eq!(found(&|w| change(&mut w.outcomes[0])), (Part::Results, String::new(), Changed));
    }
    let kept = |seconds, note: &str| {
        (Part::Judgements, "bo/1/0-1".to_owned(), Changed)
            == found(&|w| (w.judgements[1].seconds, w.judgements[1].note) = (seconds, note.into()))
    };
    assert!(kept(Some(3.0), "") && kept(None, "Close."));
    assert_eq!(found(&|w| w.outcomes.truncate(22)), (Part::Results, String::new(), Removed));
    assert_eq!(found(&|w| w.outcomes.push(outcome(9, 9, 0, 1.0))), (Part::Results, String::new(), Added));
    assert_eq!(found(&|w| w.prices[1].nanos_per_million = "1".into()), (Part::Prices, "0/output".into(), Changed));
    assert_eq!(found(&|w| *w.weights.get_mut("cost").unwrap() = 0.31), (Part::Weights, "cost".into(), Changed));
    assert_eq!(found(&|w| w.gates.clear()), (Part::Gates, "0/1".into(), Removed));
    assert_eq!(found(&|w| w.judgements[1].verdict = Verdict::Second), (Part::Judgements, "bo/1/0-1".into(), Changed));
    assert_eq!(found(&|w| w.text.get_mut("rationale").unwrap().push(' ')), (Part::Text, "rationale".into(), Changed));
    assert_eq!(found(&|w| *w.figures.get_mut("score/1").unwrap() = 0.3), (Part::Figures, "score/1".into(), Changed));
}

#[test]
fn a_record_changed_where_it_is_kept_is_said() {
    let stored = recorded(&whole(), true);
    let mut changed = stored.clone();
    changed.values.get_mut(&Part::Weights).unwrap().insert("cost".into(), "0.9".into());
    assert_eq!(verify(&changed, &stored)[0].kind, ChangeKind::Tampered);
    let mut changed = stored.clone();
    changed.scores.as_mut().unwrap()[0].value = Some("0.1".into());
    assert_eq!(verify(&changed, &stored)[0].kind, ChangeKind::Tampered);
    let mut changed = stored.clone();
    changed.results.pop();
    assert!(verify(&changed, &stored).iter().any(|one| one.kind == ChangeKind::Tampered));
    let text = serde_json::to_string(&stored).unwrap();
    let back: Recorded = serde_json::from_str(&text).unwrap();
    assert_eq!(verify(&back, &stored), []);
}

#[test]
fn what_is_no_number_and_what_is_there_twice_is_refused() {
    let mut twice = whole();
    twice.outcomes.push(outcome(0, 0, 0, 0.5));
    assert!(matches!(record(&evidence(&twice), false), Err(NoEvidence::Twice { part: Part::Results, .. })));
    let mut broken = whole();
    broken.outcomes[0].scores.insert(by("quality"), Some(f64::NAN));
    assert!(matches!(record(&evidence(&broken), false), Err(NoEvidence::NotFinite { .. })));
    let mut broken = whole();
    broken.weights.insert("x".into(), f64::INFINITY);
    assert!(matches!(record(&evidence(&broken), false), Err(NoEvidence::NotFinite { part: Part::Weights, .. })));
    let mut zero = whole();
    zero.figures.insert("zero".into(), -0.0);
    let mut other = zero.clone();
    other.figures.insert("zero".into(), 0.0);
    assert_eq!(recorded(&zero, false), recorded(&other, false));
}

proptest! {
    #[test]
    fn the_order_of_rows_changes_nothing(seed in any::<u64>()) {
        let mut mixed = whole();
        let mut draws = crate::stats::random::Draws::new(seed, 0);
        for at in (1..mixed.outcomes.len()).rev() {
            mixed.outcomes.swap(at, draws.below(at as u32 + 1) as usize);
        }
        mixed.prices.reverse();
        mixed.judgements.reverse();
        prop_assert_eq!(recorded(&mixed, true), recorded(&whole(), true));
    }
}
