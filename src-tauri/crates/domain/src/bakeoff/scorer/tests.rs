use super::*;
use proptest::prelude::*;

fn with<T>(answer: &str, reference: &[&str], run: impl FnOnce(&Row<'_>) -> T) -> T {
    let reference: Vec<String> = reference.iter().map(|one| (*one).to_owned()).collect();
    let variables = BTreeMap::from([("city".to_owned(), "Paris".to_owned())]);
    let scores = BTreeMap::from([("fluency".to_owned(), 0.75)]);
    run(&Row {
        answer,
        reference: &reference,
        variables: &variables,
        messages: &[Message::user("Where?")],
        latency_ms: Some(850.0),
        tokens: None,
        cost: Some(0.002),
        scores: &scores,
    })
}

fn score(rule: Rule, answer: &str, reference: &[&str]) -> Result<f64, RuleError> {
    let scorer = rule.stored().prepare()?;
    with(answer, reference, |row| scorer.score(row).map(|scored| scored.value))
}

fn expression(source: &str) -> Rule {
    Rule::Expression { source: source.to_owned() }
}

fn every_rule() -> Vec<Rule> {
    let normalise = Normalise::ALL;
    vec![
        Rule::Exact { normalise },
        Rule::Contains { texts: None, all: false, normalise },
        Rule::Contains { texts: Some(vec!["a".into(), "b".into()]), all: true, normalise },
        Rule::Pattern { pattern: "(a*)*b$".into(), ignore_case: true },
        Rule::ValidJson,
        Rule::JsonSchema { schema: r#"{"type":"object","patternProperties":{"^(a+)+$":{"type":"string"}}}"#.into() },
        Rule::Number { which: Which::Last, absolute: Some(0.1), relative: None },
        Rule::Length { unit: LengthUnit::Sentences, least: None, most: Some(3) },
        Rule::Refusal { wanted: false },
        expression("answer.contains('x') && length < 10 ? 1.0 : 0.5"),
    ]
}

#[test]
fn rules_score_as_their_names_say() {
    let normalise = Normalise::ALL;
    assert_eq!(score(Rule::Exact { normalise }, " paris. ", &["London", "Paris"]), Ok(1.0));
    assert_eq!(score(Rule::Exact { normalise: Normalise::default() }, "paris", &["Paris"]), Ok(0.0));
    assert_eq!(score(Rule::Exact { normalise }, "x", &[]), Err(RuleError::NoReference));
    let contains = |texts: Option<Vec<String>>, all| Rule::Contains { texts, all, normalise };
    assert_eq!(score(contains(None, false), "It is Paris!", &["Rome", "paris"]), Ok(1.0));
    assert_eq!(score(contains(None, true), "It is Paris!", &["Rome", "paris"]), Ok(0.0));
    assert_eq!(score(contains(Some(vec!["，".into()]), true), "x", &[]), Err(RuleError::NoTexts));
    let pattern = |pattern: &str| Rule::Pattern { pattern: pattern.into(), ignore_case: false };
    assert_eq!(score(pattern(r"^\p{Han}+$"), "巴黎", &[]), Ok(1.0));
    let schema = r#"{"type":"object","required":["city"],"properties":{"city":{"type":"string"}}}"#;
    let fits = Rule::JsonSchema { schema: schema.into() };
    assert_eq!(score(fits.clone(), "Sure:\n```json\n{\"city\":\"Paris\"}\n```", &[]), Ok(1.0));
    let unfit = with("{\"city\": 5}", &[], |row| fits.clone().stored().prepare().unwrap().score(row)).unwrap();
    assert_eq!(unfit.reason, Reason::Unfit { place: "/city".into(), keyword: "type".into() });
    let number = |absolute, relative| Rule::Number { which: Which::First, absolute, relative };
    assert_eq!(score(number(None, Some(0.01)), "about 100.9", &["100"]), Ok(1.0));
    assert_eq!(score(number(Some(0.5), None), "about 100.9", &["100"]), Ok(0.0));
    assert_eq!(score(number(None, None), "0.75", &["3/4"]), Ok(1.0));
    assert_eq!(score(number(None, None), "5", &["five"]), Err(RuleError::ReferenceNotANumber));
    assert_eq!(score(Rule::Refusal { wanted: true }, "I can't help with that.", &[]), Ok(1.0));
    assert_eq!(score(Rule::Refusal { wanted: false }, "I can't help with that.", &[]), Ok(0.0));
}

#[test]
fn expressions_reach_every_field_and_nothing_else() {
    for (source, value) in [
        ("answer == reference[0]", 1.0),
        ("answer.contains(variables.city) ? 1 : 0", 1.0),
        ("scores.fluency * 2.0", 1.5),
        ("latency_ms < 1000.0 && cost <= 0.01", 1.0),
        ("tokens == null", 1.0),
        ("length", 5.0),
        ("question.endsWith('?')", 1.0),
    ] {
        assert_eq!(score(expression(source), "Paris", &["Paris"]), Ok(value), "{source}");
    }
    assert!(matches!(score(expression("1.0 / 0.0"), "", &[]), Err(RuleError::NoValue { .. })));
    assert!(matches!(score(expression("tokens * 2.0"), "", &[]), Err(RuleError::NoValue { .. })));
    assert!(matches!(score(expression("answer"), "x", &[]), Err(RuleError::NoValue { .. })));
    assert!(matches!(score(expression("scores.other"), "x", &[]), Err(RuleError::NoValue { .. })));
}

#[test]
fn a_broken_rule_is_refused_when_it_is_made_and_says_where() {
    let broken = |rule: Rule| rule.stored().prepare().map(|_| ()).unwrap_err();
    let pattern = broken(Rule::Pattern { pattern: "a(b".into(), ignore_case: false });
    assert!(matches!(&pattern, RuleError::Pattern { message } if message.contains("a(b")), "{pattern}");
    let large = broken(Rule::Pattern { pattern: "(?:a{1000}){1000}".into(), ignore_case: false });
    assert!(matches!(large, RuleError::PatternTooLarge { .. }));
    assert!(matches!(broken(expression("length >")), RuleError::Expression { line: 1, .. }));
    assert_eq!(broken(expression("lenght > 1")), RuleError::UnknownName { name: "lenght".into() });
    assert_eq!(broken(expression("now() > 1")), RuleError::UnknownName { name: "now".into() });
    assert!(matches!(broken(expression("[1].map(x, x)")), RuleError::UnknownName { .. }), "no loops");
    assert!(matches!(broken(expression(&"1+".repeat(2_000))), RuleError::ExpressionTooLong { .. }));
    assert_eq!(
        broken(Rule::Number { which: Which::First, absolute: Some(f64::NAN), relative: None }),
        RuleError::Tolerance
    );
    let length = |least, most| Rule::Length { unit: LengthUnit::Words, least, most };
    assert_eq!(broken(length(Some(3), Some(2))), RuleError::Bounds);
    assert_eq!(broken(length(None, None)), RuleError::Bounds);
    let other = StoredRule { version: 99, rule: Rule::ValidJson };
    assert_eq!(other.prepare().map(|_| ()).unwrap_err(), RuleError::Version { found: 99, known: 1 });
}

#[test]
fn a_stored_rule_comes_back_as_it_was() {
    for rule in every_rule() {
        let stored = rule.stored();
        let text = serde_json::to_string(&stored).unwrap();
        assert!(text.contains("\"version\":1"), "{text}");
        assert_eq!(serde_json::from_str::<StoredRule>(&text).unwrap(), stored);
    }
}

#[test]
fn ten_megabytes_in_one_line_and_lines_made_to_be_slow_are_scored_in_linear_time() {
    let long = [
        "a".repeat(10 << 20),
        "[1,".repeat(1 << 18),
        "{\"a\":\"".repeat(1 << 17),
        "1,234.".repeat(1 << 17),
        "\u{0}\u{1b}[31m\u{202e}".repeat(1 << 17),
        "e\u{301}\u{302}\u{303}".repeat(1 << 17),
        "I can't \"".repeat(1 << 17),
        "1 1/".repeat(1 << 18),
    ];
    for rule in every_rule() {
        let scorer = rule.clone().stored().prepare().unwrap();
        for answer in &long {
            let started = std::time::Instant::now();
            with(answer, &["Paris 5"], |row| scorer.score(row)).unwrap();
            let start = answer.chars().take(8).collect::<String>();
            assert!(started.elapsed().as_secs() < 8, "{rule:?} on {start:?}: {:?}", started.elapsed());
        }
    }
}

proptest! {
    #[test]
    fn no_answer_breaks_a_rule_and_the_same_answer_gets_the_same(answer in any::<String>(), reference in "[0-9]{1,3}") {
        for rule in every_rule() {
            let scorer = rule.stored().prepare().unwrap();
            let first = with(&answer, &[&reference], |row| scorer.score(row));
            prop_assert!(first.as_ref().is_ok_and(|scored| scored.value.is_finite()));
            prop_assert_eq!(first, with(&answer, &[&reference], |row| scorer.score(row)));
        }
    }

    #[test]
    fn normalising_twice_changes_nothing(text in any::<String>()) {
        let normalise = Normalise { case: false, ..Normalise::ALL };
        let once = normalise.apply(&text);
        prop_assert_eq!(normalise.apply(&once), once);
    }
}
