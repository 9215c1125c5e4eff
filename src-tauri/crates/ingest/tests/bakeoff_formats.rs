//! Real files of every format: what is counted and what comes of the scores, against what each file itself states. The same figures
//! are computed apart from this crate by `tests/oracle/bakeoffs.py`.
#![allow(clippy::unwrap_used)]

mod bakeoffs;

use bakeoffs::{Found, fixture, read_path};
use ingest::bakeoff::told::{ErrorKind, Winner};
use ingest::bakeoff::{BakeoffFormat, sniff};

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-12
}

fn read(name: &str) -> Found {
    read_path(&fixture(name)).unwrap()
}

fn mean(found: &Found, scorer: &str) -> f64 {
    let means = found.means();
    let mut of = means.iter().filter(|((_, name), _)| name == scorer);
    let (_, mean) = of.next().unwrap();
    assert!(of.next().is_none());
    *mean
}

#[test]
fn every_fixture_is_told_by_what_it_holds_whatever_it_is_called() {
    use BakeoffFormat::*;
    let folder = tempfile::tempdir().unwrap();
    for (name, format) in [
        ("promptfoo/sample-export.json", Promptfoo),
        ("made/promptfoo_v2.json", PromptfooV2),
        ("made/promptfooconfig.yaml", PromptfooSuite),
        ("inspect/log_streaming.eval", InspectArchive),
        ("inspect/log_formats.json", InspectJson),
        ("lm-eval/results_2026-01-21T03-44-18.458309.json", LmEval),
        ("lm-eval/samples_math_perturbed_full_2026-01-21T03-44-18.458309.jsonl", LmEval),
        ("helm/narrative_qa-model=openai_gpt2/stats.json", Helm),
        ("helm/narrative_qa-model=openai_gpt2/per_instance_stats.json", Helm),
        ("every-eval-ever/f3a1c0de-4b2e-4c1a-9f6d-1b7e5a2c8d40.json", EveryEvalEver),
        ("every-eval-ever/f3a1c0de-4b2e-4c1a-9f6d-1b7e5a2c8d40_samples.jsonl", EveryEvalEver),
        ("mt-bench/gpt-4_single.jsonl.gz", MtBenchSingle),
        ("mt-bench/mt_bench_question.jsonl", MtBenchQuestions),
        ("made/pairs.jsonl", MtBenchPair),
        ("made/battles.jsonl", ArenaBattles),
        ("arena-hard/arena_hard_leaderboard_20240731.csv", ArenaHard),
        ("made/openai_evals.jsonl", OpenaiEvals),
        ("made/ratings_semicolons.csv", TableCsv),
        ("made/cases.jsonl", TableJsonl),
    ] {
        let renamed = folder.path().join("download.txt");
        std::fs::copy(fixture(name), &renamed).unwrap();
        assert_eq!(sniff(&renamed).unwrap()[0].formats.first(), Some(&format), "{name}");
    }
}

#[test]
fn promptfoo_rows_come_to_what_each_prompt_states() {
    let found = read("promptfoo/sample-export.json");
    let counts = found.counts;
    assert_eq!((counts.cases, counts.candidates, counts.results, counts.issues), (2, 2, 4, 0));
    // Assertions that failed are scores: the rows have an error text, and none is an error.
    assert_eq!((counts.errors, counts.empties, counts.duplicates), (0, 0, 0));
    let means = found.means();
    assert_eq!(found.stated.len(), 4);
    for stated in &found.stated {
        let computed = means[&(stated.candidate.label.clone(), stated.metric.clone())];
        assert!(near(computed, stated.value), "{stated:?}: {computed}");
    }
    let costs: i128 = found.results.iter().filter_map(|result| result.cost).map(|cost| cost.nanos()).sum();
    assert_eq!(costs, 3_157_500 + 823_500);
    let tokens = |of: fn(&domain::usage::TokenCounts) -> u64| {
        found.results.iter().filter_map(|r| r.tokens).map(|t| of(&t)).sum::<u64>()
    };
    assert_eq!((tokens(|t| t.input), tokens(|t| t.output), tokens(|t| t.reasoning)), (156, 708, 576));
    let latencies: f64 = found.results.iter().filter_map(|result| result.latency_ms).sum();
    assert!(near(latencies, 11_224.0 + 10_463.0));
    let model = &found.results[0].candidate;
    assert_eq!((model.provider.as_deref(), model.model.as_deref()), (Some("openai"), Some("gpt-5-mini")));
}

#[test]
fn promptfoo_tables_of_version_two_are_read_by_column() {
    let found = read("made/promptfoo_v2.json");
    assert_eq!((found.counts.cases, found.counts.candidates, found.counts.results), (2, 2, 4));
    let error = found.results.iter().find_map(|result| result.error.as_ref()).unwrap();
    assert_eq!((found.counts.errors, error.kind), (1, ErrorKind::RateLimit));
    assert_eq!(found.cases[0].case.messages[0].content, "Capital of France?");
    assert_eq!(found.cases[0].case.reference, ["paris"]);
    assert_eq!(found.results[1].candidate.model.as_deref(), Some("claude-3-opus"));
}

#[test]
fn a_promptfoo_configuration_is_a_suite_and_what_lies_elsewhere_is_said() {
    let found = read("made/promptfooconfig.yaml");
    assert_eq!(found.codes(), ["not-followed", "not-followed"]);
    let first = &found.cases[0].case;
    assert_eq!(first.messages[0].content, "Answer the customer. Question: Where is my parcel?");
    assert_eq!(first.variables["tone"], "friendly");
    assert_eq!(
        (first.reference.as_slice(), first.rubric.as_deref()),
        (&["tracking".to_owned()][..], Some("Is polite"))
    );
    assert!(first.tags.contains("中文"));
    // A variable that nobody fills stays as it is.
    let second = &found.cases[1].case;
    assert_eq!(
        (second.messages[0].content.as_str(), second.weight),
        ("Answer the customer. Question: Can I get a refund for {{item}}?", 2.0)
    );
}

/// The log sums what the model took over answering and over judging itself: each sample's own `output.usage` is the answer.
#[test]
fn what_a_judge_of_the_same_model_took_is_not_the_answers() {
    let path = fixture("inspect/2025-05-12T20-28-26-04-00_security-guide.json");
    let log: serde_json::Value = serde_json::from_slice(&std::fs::read(&path).unwrap()).unwrap();
    let found = read_path(&path).unwrap();
    let sample = &log["samples"][0];
    let answered = ["input_tokens", "output_tokens"].map(|key| sample["output"]["usage"][key].as_u64().unwrap());
    let summed = sample["model_usage"].as_object().unwrap().values().map(|one| one["input_tokens"].as_u64().unwrap());
    let tokens = found.results[0].tokens.unwrap();
    assert_eq!([tokens.input_total(), tokens.output_total()], answered);
    assert!(summed.sum::<u64>() > answered[0], "the log's sum holds the judge's too");
}

#[test]
fn inspect_samples_come_to_what_their_logs_state() {
    for (name, cases, results, scorer, accuracy) in [
        ("inspect/2024-11-05T13-32-37-05-00_input-task_hxs4q9azL3ySGkjJirypKZ.eval", 1, 1, "model_graded_fact", 1.0),
        ("inspect/log_formats.eval", 1, 1, "match", 0.0),
        ("inspect/log_formats.json", 1, 1, "match", 0.0),
        ("inspect/log_message_deduplication.eval", 1, 1, "closeness_log", 0.0),
        ("inspect/log_streaming.eval", 2, 4, "match", 0.75),
        ("inspect/mmlu-summary-choices.eval", 1, 1, "choice", 0.0),
        ("inspect/2025-05-12T20-28-13-04-00_popularity.json", 3, 3, "match", 2.0 / 3.0),
        ("inspect/2025-05-12T20-28-26-04-00_security-guide.json", 3, 3, "model_graded_fact", 1.0),
        ("every-eval-ever/data_arc_sonnet.json", 5, 5, "choice", 1.0),
        ("every-eval-ever/data_pubmedqa_gpt4o_mini.json", 2, 2, "choice", 1.0),
    ] {
        let found = read(name);
        assert_eq!((found.counts.cases, found.counts.results, found.counts.issues), (cases, results, 0), "{name}");
        assert_eq!(found.cases.len() as u64, cases, "{name}");
        assert!(near(mean(&found, scorer), accuracy), "{name}");
        let stated = &found.stated[0];
        assert_eq!(stated.metric, format!("{scorer}.accuracy"), "{name}");
        assert!(near(stated.value, accuracy) && stated.standard_error.is_some(), "{name}");
        assert!(found.cases.iter().all(|case| !case.case.messages.is_empty()), "{name}");
        assert!(found.results.iter().all(|r| r.answer.as_ref().is_some_and(|a| !a.is_empty())), "{name}");
    }
    let epochs: Vec<u32> = read("inspect/log_streaming.eval").results.iter().map(|result| result.repeat).collect();
    assert_eq!(epochs, [1, 0, 0, 1]);
    // Its header speaks of 100 samples in the data set and ran 10 of them without a scorer.
    let unscored = read("inspect/2025-02-11T15-17-00-05-00_popularity_dPiJifoWeEQBrfWsAopzWr.eval");
    assert_eq!((unscored.counts.results, unscored.counts.scores, unscored.counts.stated), (10, 0, 0));
}

#[test]
fn the_archive_and_the_document_of_one_log_say_the_same() {
    let (archive, document) = (read("inspect/log_formats.eval"), read("inspect/log_formats.json"));
    assert_eq!(archive.cases[0].case, document.cases[0].case);
    let of = |found: &Found| {
        (found.results[0].answer.clone(), found.results[0].case_identity, found.results[0].candidate.clone())
    };
    assert_eq!(of(&archive), of(&document));
}

#[test]
fn tokens_of_the_model_under_test_are_not_the_judges() {
    let found = read("inspect/mmlu-summary-choices.eval");
    let tokens = found.results[0].tokens.unwrap();
    assert_eq!((tokens.input, tokens.output, tokens.total()), (153, 3, 156));
    assert!(near(found.results[0].latency_ms.unwrap(), 1_443.186708027497));
    let case = &found.cases[0].case;
    assert_eq!((case.reference.as_slice(), case.variables["choice C"].as_str()), (&["A".to_owned()][..], "12.2 eV"));
}

#[test]
fn a_sample_that_failed_is_an_error_and_no_empty_answer() {
    let found = read("every-eval-ever/data_cvebench_empty_choices.json");
    assert_eq!((found.counts.results, found.counts.errors, found.counts.empties), (1, 1, 0));
    // The file was cut to one sample of eighty, and states the mean of all: what it states is not what its rows come to.
    assert_eq!((found.stated[0].n, found.counts.scores), (Some(78), 0));
    assert!(near(found.stated[0].value, 0.7051282051282052));
    let only_figures = read("every-eval-ever/data_with_llm_scoring.json");
    let stated = &only_figures.stated[0];
    assert_eq!((only_figures.counts.results, stated.n, stated.value), (0, Some(1000), 0.431));
    // √(p(1 − p) ÷ (n − 1)).
    assert!((stated.standard_error.unwrap() - (0.431f64 * 0.569 / 999.0).sqrt()).abs() < 1e-9);
}

#[test]
fn lm_eval_takes_its_model_from_the_figures_beside_the_samples() {
    let found = read("lm-eval");
    let counts = found.counts;
    assert_eq!((counts.cases, counts.candidates, counts.results, counts.stated, counts.issues), (10, 1, 10, 2, 0));
    let result = &found.results[0];
    assert_eq!(result.candidate.model.as_deref(), Some("mem_Qwen3-93M_minerva_math_rep_0_sbst_1.0000_epch_1_ot_1"));
    assert_eq!((result.case_id.as_deref(), result.variant.as_deref()), (Some("0"), Some("none")));
    let stated = found.stated.iter().find(|s| s.scope.as_deref() == Some("math_perturbed_full")).unwrap();
    // The samples were cut to ten of five thousand; here both come to nothing right.
    assert_eq!((stated.n, stated.value, stated.standard_error), (Some(5000), 0.0, Some(0.0)));
    assert!(near(mean(&found, "exact_match"), 0.0));
    let other = found.stated.iter().find(|s| s.scope.as_deref() == Some("math_rephrased_full")).unwrap();
    assert_eq!((other.value, other.filter.as_deref()), (0.0004, Some("none")));
    // √(p(1 − p) ÷ (n − 1)).
    assert!((other.standard_error.unwrap() - (0.0004f64 * 0.9996 / 4999.0).sqrt()).abs() < 1e-15);
}

#[test]
fn helm_instances_come_to_what_the_run_states_split_by_split() {
    for (name, cases, metrics) in [
        (
            "helm/commonsense-dataset=hellaswag,method=multiple_choice_joint,model=eleutherai_pythia-1b-v0",
            10,
            &["exact_match"][..],
        ),
        (
            "helm/mmlu-subject=philosophy,method=multiple_choice_joint,model=openai_gpt2",
            10,
            &["exact_match", "quasi_exact_match"],
        ),
        ("helm/narrative_qa-model=openai_gpt2", 5, &["f1_score", "rouge_l", "bleu_1", "exact_match"]),
    ] {
        let found = read(name);
        assert_eq!((found.counts.cases, found.counts.results, found.counts.issues), (cases, cases, 0), "{name}");
        let split_of = |id: &Option<String>| {
            found.cases.iter().find(|case| case.case.id == *id).unwrap().case.tags.first().cloned()
        };
        let mut held = 0;
        for stated in found.stated.iter().filter(|stated| metrics.contains(&stated.metric.as_str())) {
            let Some(split) = stated.filter.as_deref().filter(|filter| matches!(*filter, "test" | "valid")) else {
                continue;
            };
            let means = found.means_of(|result| split_of(&result.case_id).as_deref() == Some(split));
            let computed = means[&(stated.candidate.label.clone(), stated.metric.clone())];
            assert!(near(computed, stated.value), "{name} {stated:?} {computed}");
            // One trial has no spread.
            assert_eq!(stated.standard_error, None);
            held += 1;
        }
        assert!(held >= metrics.len(), "{name}");
        assert!(found.results.iter().all(|result| result.answer.is_some() && result.latency_ms.is_some()), "{name}");
        assert!(found.results.iter().all(|r| r.scores.iter().all(|s| !s.scorer.starts_with("num_"))), "{name}");
    }
}

#[test]
fn every_eval_ever_says_figures_and_instances() {
    let figure = &read("every-eval-ever/f3a1c0de-4b2e-4c1a-9f6d-1b7e5a2c8d40.json").stated[0];
    assert_eq!((figure.value, figure.n, figure.metric.as_str()), (0.75, Some(1), "accuracy"));
    let found = read("every-eval-ever/f3a1c0de-4b2e-4c1a-9f6d-1b7e5a2c8d40_samples.jsonl");
    // One instance that is right, beside a figure of 0.75 over as many rows: the example disagrees with itself.
    assert!(near(mean(&found, "score"), 1.0));
    let tokens = found.results[0].tokens.unwrap();
    assert_eq!((tokens.input, tokens.output), (12, 5));
    assert_eq!(found.cases[0].case.reference, ["4"]);
}

#[test]
fn mt_bench_grades_are_read_by_turn() {
    let found = read("mt-bench/gpt-4_single.jsonl.gz");
    assert_eq!((found.counts.cases, found.counts.results, found.counts.candidates), (80, 160, 1));
    // Its rows are all different: where duplicates occur they are counted (below), and here there are none.
    assert_eq!((found.counts.duplicates, found.counts.conflicts), (0, 0));
    assert!(near(mean(&found, "rating"), 2.7));
    for (turn, expected) in [("turn 1", 3.1375), ("turn 2", 2.2625)] {
        let means = found.means_of(|result| result.variant.as_deref() == Some(turn));
        assert!(near(*means.values().next().unwrap(), expected), "{turn}");
    }
    let with_answer = found.results.iter().filter(|result| result.answer.is_some()).count();
    assert_eq!(with_answer, 160);
    let questions = read("mt-bench/mt_bench_question.jsonl");
    assert_eq!((questions.counts.cases, questions.cases[0].case.messages.len()), (80, 2));
}

#[test]
fn verdicts_keep_who_won_and_repeats_are_counted_once() {
    let pairs = read("made/pairs.jsonl");
    let short: Vec<_> = pairs.verdicts.iter().map(|v| (v.case_id.as_deref(), v.winner, v.agreed)).collect();
    assert_eq!(
        short,
        [
            (Some("81"), Winner::B, Some(true)),
            // It changed its mind with the sides.
            (Some("82"), Winner::Tie, Some(false)),
            (Some("83"), Winner::Tie, Some(true)),
        ]
    );
    assert_eq!(pairs.codes(), ["score-untold", "row-twice"]);
    assert_eq!((pairs.counts.duplicates, pairs.counts.candidates), (1, 2));
    let battles = read("made/battles.jsonl");
    let winners: Vec<_> = battles.verdicts.iter().map(|verdict| verdict.winner).collect();
    assert_eq!(winners, [Winner::A, Winner::BothBad, Winner::Tie, Winner::B]);
    assert_eq!((battles.codes(), battles.issues[0].row), (vec!["not-a-winner"], Some(4)));
}

#[test]
fn battles_read_alike_as_lines_as_a_list_and_as_a_table() {
    let lines = std::fs::read_to_string(fixture("made/battles.jsonl")).unwrap();
    let list = format!("[{}]", lines.trim().replace('\n', ",\n"));
    let rows: Vec<serde_json::Value> = serde_json::from_str(&list).unwrap();
    let mut table = "question_id,model_a,model_b,winner,judge,turn,tstamp\n".to_owned();
    for row in &rows {
        let of = |key: &str| row[key].as_str().map_or_else(|| row[key].to_string(), str::to_owned);
        let cells = ["question_id", "model_a", "model_b", "winner", "judge", "turn", "tstamp"].map(of);
        table.push_str(&format!("{}\n", cells.join(",")));
    }
    let of = |found: &Found| -> Vec<_> {
        found
            .verdicts
            .iter()
            .map(|v| (v.case_id.clone(), v.a.label.clone(), v.winner, v.rater.clone(), v.turn, v.at))
            .collect()
    };
    let first = of(&read("made/battles.jsonl"));
    assert_eq!(of(&bakeoffs::read_bytes(list.as_bytes()).unwrap()), first);
    assert_eq!(of(&bakeoffs::read_bytes(table.as_bytes()).unwrap()), first);
}

#[test]
fn a_leaderboard_is_figures_with_intervals_and_no_cases() {
    let found = read("arena-hard/arena_hard_leaderboard_20240731.csv");
    assert_eq!((found.counts.stated, found.counts.candidates, found.counts.cases, found.counts.issues), (60, 60, 0, 0));
    let first = &found.stated[0];
    assert_eq!(
        (first.value, first.interval, first.candidate.label.as_str()),
        (82.63, Some((80.75, 84.6)), "gpt-4-turbo-2024-04-09")
    );
    let mean = found.stated.iter().map(|stated| stated.value).sum::<f64>() / 60.0;
    assert!((mean - 38.335_833_333_3).abs() < 1e-9);
}

#[test]
fn openai_evals_put_events_together_wherever_the_report_stands() {
    let found = read("made/openai_evals.jsonl");
    assert_eq!((found.counts.cases, found.counts.results, found.counts.issues), (3, 3, 0));
    let stated = &found.stated[0];
    assert!(near(mean(&found, "correct"), stated.value) && stated.standard_error == Some(0.2));
    assert_eq!(stated.candidate.label, "gpt-3.5-turbo");
    let second = found.results.iter().find(|r| r.case_id.as_deref() == Some("test-match.s1.1")).unwrap();
    assert_eq!(second.answer.as_deref(), Some("planet"));
    assert_eq!(found.cases[0].case.messages.len(), 2);
    assert_eq!(found.cases[0].case.reference, ["CCC"]);
}

#[test]
fn a_table_of_ratings_decides_its_decimal_sign_by_whole_columns() {
    let found = read("made/ratings_semicolons.csv");
    assert_eq!((found.counts.cases, found.counts.candidates, found.counts.results), (2, 2, 4));
    assert_eq!((found.counts.duplicates, found.counts.empties), (1, 1));
    let means = found.means();
    let of = |label: &str, scorer: &str| means[&(label.to_owned(), scorer.to_owned())];
    assert!(near(of("gpt-4o", "tone"), 4.75) && near(of("claude", "tone"), 1.5) && near(of("claude", "content"), 0.5));
    assert_eq!(found.results[0].cost.map(|cost| cost.nanos()), Some(1_200_000));
    assert_eq!(found.results[0].scores[0].rater.as_deref(), Some("anna"));
    assert_eq!(found.results[0].answer.as_deref(), Some("Unterwegs; bald da"));
    // The word "viel" is no score: the row stands in line 5, behind an answer of two lines.
    let issue = &found.issues[0];
    assert_eq!(
        (issue.code.as_str(), issue.row, issue.column.as_deref()),
        ("not-a-score", Some(6), Some("score:content"))
    );
}

#[test]
fn suites_are_read_from_tables_and_lines() {
    let found = read("made/cases.csv");
    assert_eq!((found.counts.cases, found.counts.duplicates, found.counts.conflicts), (3, 1, 1));
    assert_eq!(found.codes(), ["case-twice"]);
    let first = &found.cases[0].case;
    assert_eq!(
        (first.tags.len(), first.cluster.as_deref(), first.variables["city"].as_str()),
        (2, Some("europe"), "Paris")
    );
    let lines = read("made/cases.jsonl");
    assert_eq!((lines.cases[0].case.messages.len(), lines.cases[0].case.reference.len()), (2, 2));
    // Text is data: colours and marks of direction stay.
    assert_eq!(lines.cases[1].case.messages[0].content, "Say \u{1b}[31mred\u{1b}[0m \u{202e}abc");
}

#[test]
fn what_is_exported_reads_back() {
    use ingest::bakeoff::export::{Evaluation, Figure, aggregate, instance, instances_path};
    let found = read("inspect/log_streaming.eval");
    let figures = [Figure { figure: &found.stated[0], lower_is_better: false, scale: Some((0.0, 1.0)) }];
    let path = instances_path("quarterdeck/llama/1", "Quarterdeck", &found.results[0].candidate);
    assert!(path.starts_with("data/Quarterdeck/azureai/Meta-Llama-3-1-405B-Instruct-jqf/"), "{path}");
    let of = Evaluation {
        id: "quarterdeck/llama/1",
        written_at: 1_790_000_000,
        organisation: "Example",
        candidate: &found.results[0].candidate,
        suite: "popularity, version 1",
        library: ("Quarterdeck", "0.1.0"),
        figures: &figures,
        instances: Some((&path, "00", 4)),
    };
    let folder = match std::env::var_os("EXPORTED_TO") {
        // For `tests/oracle/bakeoffs.py FOLDER`, which holds it against the schemas.
        Some(folder) => std::path::PathBuf::from(folder),
        None => tempfile::tempdir().unwrap().keep(),
    };
    std::fs::write(folder.join("figures.json"), aggregate(&of).to_string()).unwrap();
    let case = |id: &Option<String>| &found.cases.iter().find(|case| case.case.id == *id).unwrap().case;
    let lines: Vec<String> = found
        .results
        .iter()
        .map(|result| instance(&of, case(&result.case_id), result, "match", (1.0, 0.0)).unwrap().to_string())
        .collect();
    std::fs::write(folder.join("samples.jsonl"), lines.join("\n")).unwrap();
    let again = read_path(&folder).unwrap();
    assert_eq!((again.counts.results, again.counts.cases, again.counts.stated, again.counts.issues), (4, 2, 1, 0));
    assert!(near(again.stated[0].value, 0.75) && again.stated[0].standard_error == found.stated[0].standard_error);
    assert!(near(mean(&again, "score"), 0.75));
    let identities = |found: &Found| {
        found.results.iter().map(|r| (r.case_identity, r.repeat, r.tokens)).collect::<std::collections::HashSet<_>>()
    };
    assert_eq!(identities(&again), identities(&found));
    if std::env::var_os("EXPORTED_TO").is_none() {
        std::fs::remove_dir_all(folder).unwrap();
    }
}

#[test]
fn helm_trials_are_repeats_perturbations_are_variants_and_the_spread_is_the_populations() {
    let folder = tempfile::tempdir().unwrap();
    let write =
        |name: &str, value: serde_json::Value| std::fs::write(folder.path().join(name), value.to_string()).unwrap();
    let stat = |value: f64| serde_json::json!([{"name": {"name": "exact_match", "split": "test"}, "count": 1, "sum": value, "mean": value}]);
    let typos = serde_json::json!({"name": "typos", "robustness": true});
    write(
        "a",
        serde_json::json!([
            {"instance_id": "id1", "train_trial_index": 0, "stats": stat(1.0)},
            {"instance_id": "id1", "train_trial_index": 1, "stats": stat(0.0)},
            {"instance_id": "id1", "train_trial_index": 0, "perturbation": typos, "stats": stat(0.5)},
            {"instance_id": "id1", "train_trial_index": 0, "stats": stat(0.0)},
        ]),
    );
    write(
        "b",
        serde_json::json!([
            {"name": {"name": "exact_match", "split": "test"}, "count": 2, "sum": 1.0, "mean": 0.5, "variance": 0.25, "stddev": 0.5},
            {"name": {"name": "exact_match", "split": "test", "perturbation": typos}, "count": 1, "sum": 0.5, "mean": 0.5},
            {"name": {"name": "num_instances", "split": "test"}, "count": 2, "sum": 2, "mean": 1.0},
        ]),
    );
    let found = read_path(folder.path()).unwrap();
    let short: Vec<_> = found.results.iter().map(|r| (r.repeat, r.variant.as_deref(), r.scores[0].value)).collect();
    assert_eq!(short, [(0, None, 1.0), (1, None, 0.0), (0, Some("typos"), 0.5)]);
    assert_eq!((found.codes(), found.counts.conflicts), (vec!["result-twice"], 1));
    // 0.5 ÷ √(2 − 1): over two trials the deviation of the population is that much.
    assert_eq!((found.stated[0].standard_error, found.stated[0].n), (Some(0.5), Some(1)));
    assert_eq!((found.stated[1].standard_error, found.stated[1].filter.as_deref()), (None, Some("test typos")));
}

#[test]
fn lm_eval_filters_are_variants_and_an_error_that_is_not_there_is_none() {
    let folder = tempfile::tempdir().unwrap();
    let results = serde_json::json!({
        "results": {"gsm8k": {"alias": "gsm8k", "exact_match,strict-match": 0.5, "exact_match_stderr,strict-match": "N/A",
            "exact_match,flexible-extract": 1.0, "exact_match_stderr,flexible-extract": 0.0}},
        "configs": {}, "versions": {}, "n-samples": {"gsm8k": {"original": 2, "effective": 2}},
        "config": {"model": "hf", "model_args": "pretrained=org/model,dtype=auto"},
    });
    std::fs::write(folder.path().join("r.json"), results.to_string()).unwrap();
    let row = |doc: u32, filter: &str, score: f64| {
        serde_json::json!({"doc_id": doc, "doc": {}, "target": "4", "arguments": [[format!("Q{doc}"), {"until": []}]],
            "resps": [["so 4"]], "filtered_resps": ["4"], "filter": filter, "metrics": ["exact_match"], "exact_match": score}).to_string()
    };
    let rows = [
        row(0, "strict-match", 0.0),
        row(0, "flexible-extract", 1.0),
        row(1, "strict-match", 1.0),
        row(1, "flexible-extract", 1.0),
    ];
    std::fs::write(folder.path().join("s.jsonl"), rows.join("\n")).unwrap();
    let found = read_path(folder.path()).unwrap();
    assert_eq!((found.counts.cases, found.counts.results, found.counts.issues), (2, 4, 0));
    assert_eq!(found.results[0].candidate.label, "org/model");
    for stated in &found.stated {
        let means = found.means_of(|result| result.variant == stated.filter);
        assert_eq!(means.into_values().next(), Some(stated.value));
    }
    assert_eq!(found.stated.iter().filter(|stated| stated.standard_error.is_some()).count(), 1);
}

#[test]
fn inspect_scores_of_every_kind_are_numbers_and_pooled_messages_are_put_back() {
    let log = serde_json::json!({
        "version": 2, "status": "success", "eval": {"task": "t", "model": "openai/gpt-4o"},
        "samples": [{
            "id": "s1", "epoch": 2, "target": ["4", "four"],
            "message_pool": [{"role": "system", "content": "Be brief."}, {"role": "user", "content": "attachment://abc"},
                {"role": "assistant", "content": "4"}],
            "attachments": {"abc": "What is 2 + 2?"},
            "events": [{"event": "info"}, {"event": "model", "input": [], "input_refs": [[0, 2]]}],
            "output": {"choices": [{"message": {"role": "assistant", "content": [{"type": "text", "text": "4"}]}}], "time": 0.5},
            "scores": {"letter": {"value": "P"}, "none": {"value": "N"}, "number": {"value": 0.25}, "truth": {"value": true},
                "list": {"value": ["C", 2]}, "parts": {"value": {"tone": "I", "facts": 0.75}}, "odd": {"value": "maybe"}},
        }],
    });
    let found = bakeoffs::read_bytes(log.to_string().as_bytes()).unwrap();
    let scores: Vec<_> = found.results[0].scores.iter().map(|score| (score.scorer.as_str(), score.value)).collect();
    assert_eq!(
        scores,
        [
            ("letter", 0.5),
            ("none", 0.0),
            ("number", 0.25),
            ("truth", 1.0),
            ("list.0", 1.0),
            ("list.1", 2.0),
            ("parts.tone", 0.0),
            ("parts.facts", 0.75)
        ]
    );
    assert_eq!((found.codes(), found.issues[0].column.as_deref()), (vec!["not-a-score"], Some("odd")));
    let asked: Vec<_> = found.cases[0].case.messages.iter().map(|m| (m.role.as_str(), m.content.as_str())).collect();
    assert_eq!(asked, [("system", "Be brief."), ("user", "What is 2 + 2?")]);
    assert_eq!(
        (found.results[0].repeat, found.results[0].answer.as_deref(), found.results[0].latency_ms),
        (1, Some("4"), Some(500.0))
    );
}

#[test]
fn tasks_of_one_folder_keep_their_numbers_apart() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["log_streaming.eval", "mmlu-summary-choices.eval"] {
        std::fs::copy(fixture(&format!("inspect/{name}")), folder.path().join(name)).unwrap();
    }
    let found = read_path(folder.path()).unwrap();
    assert_eq!((found.counts.cases, found.counts.results, found.counts.issues), (3, 5, 0));
}
