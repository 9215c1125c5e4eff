//! Every kind of result file comes in by way of a suite made of its own cases, with the counts and means the file states itself.

#![allow(clippy::unwrap_used)]

use std::io::Read;
use std::path::{Path, PathBuf};

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/bakeoffs").join(name)
}

/// A bake-off on the cases of a file, with its results: what the plan says.
async fn brought(bench: &Bench, suite: &Path, results: &Path) -> (Value, Value) {
    let made = bench.call("suite_import", json!({ "path": suite, "name": format!("{}", results.display()) })).await;
    bench.call("suite_freeze", json!({ "id": made["id"], "by": "Ada" })).await;
    let draft = json!({ "name": format!("{}", results.display()), "suiteId": made["id"], "version": 1 });
    let bakeoff = bench.call("bakeoff_save", draft).await["id"].clone();
    let request = json!({ "bakeoffId": bakeoff, "path": results });
    let plan = bench.call("results_plan", request.clone()).await;
    bench.call("results_commit", request).await;
    (plan, bakeoff)
}

fn mean(plan: &Value, criterion: &str) -> f64 {
    let criteria = plan["criteria"].as_array().unwrap();
    let found = criteria.iter().find(|one| one["name"] == criterion);
    found.unwrap_or_else(|| panic!("{criterion} is not among {criteria:?}"))["mean"].as_f64().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_other_tools_come_in_with_the_counts_and_means_they_state() {
    let bench = Bench::with_workspace().await;
    // File, results that find their case, cases, and a criterion with the mean the file states or its rows come to.
    let files = [
        ("inspect/log_streaming.eval", 4, 2, 0.75),
        ("inspect/2025-05-12T20-28-13-04-00_popularity.json", 3, 3, 2.0 / 3.0),
        ("inspect/2025-05-12T20-28-26-04-00_security-guide.json", 3, 3, 1.0),
        ("inspect/2024-11-05T13-32-37-05-00_input-task_hxs4q9azL3ySGkjJirypKZ.eval", 1, 1, 1.0),
        ("every-eval-ever/data_arc_sonnet.json", 5, 5, 1.0),
        ("every-eval-ever/data_pubmedqa_gpt4o_mini.json", 2, 2, 1.0),
    ];
    for (file, results, cases, expected) in files {
        let path = fixture(file);
        let (plan, bakeoff) = brought(&bench, &path, &path).await;
        assert_eq!((plan["matched"].clone(), plan["casesAnswered"].clone()), (json!(results), json!(cases)), "{file}");
        assert_eq!(plan["unmatched"], json!(0), "{file}");
        let criterion = plan["criteria"][0]["name"].as_str().unwrap().to_owned();
        assert!((mean(&plan, &criterion) - expected).abs() < 1e-9, "{file}: {}", plan["criteria"]);
        let comparison = bench.call("bakeoff_comparison", json!({ "id": bakeoff })).await;
        let value = comparison["candidates"][0]["scores"][0]["value"].as_f64().unwrap();
        assert!((value - expected).abs() < 1e-9, "{file}: {value}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn promptfoo_helm_and_mt_bench_come_in_whole() {
    let bench = Bench::with_workspace().await;
    let path = fixture("promptfoo/sample-export.json");
    let (plan, _) = brought(&bench, &path, &path).await;
    assert_eq!((plan["matched"].clone(), plan["casesAnswered"].clone()), (json!(4), json!(2)));
    assert_eq!(plan["candidates"].as_array().unwrap().len(), 2);

    let run = fixture("helm/commonsense-dataset=hellaswag,method=multiple_choice_joint,model=eleutherai_pythia-1b-v0");
    let (plan, _) = brought(&bench, &run, &run).await;
    assert_eq!(plan["casesAnswered"], json!(10));
    assert!((mean(&plan, "exact_match") - 0.3).abs() < 1e-9, "{}", plan["criteria"]);

    let mut text = Vec::new();
    let packed = std::fs::File::open(fixture("mt-bench/gpt-4_single.jsonl.gz")).unwrap();
    flate2::read::GzDecoder::new(packed).read_to_end(&mut text).unwrap();
    let single = bench.write("single.jsonl", text);
    let (plan, bakeoff) = brought(&bench, &fixture("mt-bench/mt_bench_question.jsonl"), Path::new(&single)).await;
    assert_eq!((plan["casesAnswered"].clone(), plan["unmatched"].clone()), (json!(80), json!(0)));
    let comparison = bench.call("bakeoff_comparison", json!({ "id": bakeoff })).await;
    // Both turns of each question weigh alike.
    let value = comparison["candidates"][0]["scores"][0]["value"].as_f64().unwrap();
    assert!((value - 2.7).abs() < 1e-9, "{value}");
}

/// A run of lm-eval as it writes it: two tasks that both count their documents from 0, two filters over every answer, chat messages
/// within a list of one, and a tie of log-likelihoods.
fn lm_eval(folder: &Path) {
    let stated = json!({
        "results": {
            "questions": { "exact_match,whole": 0.5, "exact_match_stderr,whole": 0.5, "exact_match,last-word": 1.0 },
            "choices": { "acc,none": 0.0, "acc_norm,none": 0.5 },
        },
        "configs": {}, "versions": {}, "n-shot": {},
        "config": { "model": "local-chat-completions", "model_args": "model=able" }, "model_name": "able",
    });
    std::fs::write(folder.join("results_2026-11-30T15-51-46.675258.json"), stated.to_string()).unwrap();
    let asked = |text: &str| json!({ "gen_args_0": { "arg_0": [json!([{ "role": "user", "content": text }]).to_string()], "arg_1": {} } });
    let mut rows = Vec::new();
    for (filter, scores) in [("whole", [1.0, 0.0]), ("last-word", [1.0, 1.0])] {
        for (doc, (question, answer)) in
            [("Capital of France?", "Paris"), ("Capital of Peru?", "It is Lima")].into_iter().enumerate()
        {
            let kept = if filter == "whole" { answer } else { answer.rsplit(' ').next().unwrap() };
            rows.push(json!({ "doc_id": doc, "doc": {}, "target": answer, "arguments": asked(question), "resps": [[answer]], "filtered_resps": [kept], "filter": filter, "metrics": ["exact_match"], "exact_match": scores[doc] }).to_string());
        }
    }
    std::fs::write(folder.join("samples_questions_2026-11-30T15-51-46.675258.jsonl"), rows.join("\n")).unwrap();
    let choices = [("6 × 7 =", [" 43", " 42"], [-1.0, -1.0], 0.0), ("2 + 2 =", [" 4", " 5"], [-0.5, -2.0], 1.0)];
    let rows = choices.iter().enumerate().map(|(doc, (question, ways, likely, norm))| {
        let arguments: serde_json::Map<String, Value> = ways.iter().enumerate().map(|(at, way)| (format!("gen_args_{at}"), json!({ "arg_0": question, "arg_1": way }))).collect();
        json!({ "doc_id": doc, "doc": {}, "target": 1, "arguments": arguments, "resps": [[likely[0], false], [likely[1], false]], "filtered_resps": [[likely[0], false], [likely[1], false]], "filter": "none", "metrics": ["acc", "acc_norm"], "acc": 0.0, "acc_norm": norm }).to_string()
    });
    let rows: Vec<String> = rows.collect();
    std::fs::write(folder.join("samples_choices_2026-11-30T15-51-46.675258.jsonl"), rows.join("\n")).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn filters_are_criteria_of_one_answer_and_documents_of_two_tasks_are_two_cases() {
    let bench = Bench::with_workspace().await;
    let folder = bench.path("run");
    std::fs::create_dir(&folder).unwrap();
    lm_eval(Path::new(&folder));
    let (plan, bakeoff) = brought(&bench, Path::new(&folder), Path::new(&folder)).await;
    assert_eq!(
        (plan["cases"].clone(), plan["matched"].clone(), plan["unmatched"].clone()),
        (json!(4), json!(4), json!(0)),
        "{plan}"
    );
    for (criterion, expected) in
        [("exact_match, whole", 0.5), ("exact_match, last-word", 1.0), ("acc, none", 0.0), ("acc_norm, none", 0.5)]
    {
        assert!((mean(&plan, criterion) - expected).abs() < 1e-9, "{criterion}: {}", plan["criteria"]);
        // What the file states stands beside the criterion it is of, and nothing else does.
        let found = plan["criteria"].as_array().unwrap().iter().find(|one| one["name"] == criterion).unwrap();
        assert_eq!(found["stated"].as_array().unwrap().len(), 1, "{found}");
        assert!((found["stated"][0]["value"].as_f64().unwrap() - expected).abs() < 1e-9, "{found}");
    }
    let cases = bench
        .call(
            "bakeoff_cases",
            json!({ "id": bakeoff, "criterion": "exact_match, whole", "text": "", "offset": 0, "limit": 10 }),
        )
        .await;
    let asked = cases.to_string();
    assert!(asked.contains("Capital of Peru?") && !asked.contains("role"), "the question, not its JSON: {asked}");
    let number = |text: &str| {
        cases["rows"].as_array().unwrap().iter().find(|row| row.to_string().contains(text)).unwrap()["number"].clone()
    };
    let tie = bench.call("bakeoff_case", json!({ "id": bakeoff, "number": number("6 × 7") })).await;
    assert_eq!(
        tie["answers"][0]["answer"].as_str().unwrap().trim(),
        "43",
        "of equals the first, as the tool chooses: {tie}"
    );
    let lima = bench.call("bakeoff_case", json!({ "id": bakeoff, "number": number("Peru") })).await;
    assert_eq!(lima["answers"][0]["answer"], "It is Lima", "what was written, before a filter: {lima}");
    assert_eq!(lima["answers"].as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_prompts_of_one_model_are_two_candidates() {
    let bench = Bench::with_workspace().await;
    let row = |prompt: usize, test: usize, passes: bool| {
        json!({
            "promptIdx": prompt, "testIdx": test, "success": passes, "score": f64::from(u8::from(passes)),
            "provider": { "id": "openai:chat:able", "label": "" },
            "prompt": { "label": (["plain", "careful"][prompt]), "raw": format!("Question {test}") },
            "response": { "output": format!("Answer {test} of {prompt}") }, "vars": { "question": format!("Question {test}") },
            "testCase": { "vars": { "question": format!("Question {test}") }, "assert": [{ "type": "contains", "value": "Answer" }] },
        })
    };
    let rows: Vec<Value> = (0..2)
        .flat_map(|prompt| (0..3).map(move |test| (prompt, test)))
        .map(|(prompt, test)| row(prompt, test, prompt == 1 || test == 0))
        .collect();
    let prompts: Vec<Value> = ["plain", "careful"]
        .map(|label| json!({ "raw": label, "label": label, "provider": "openai:chat:able", "metrics": {} }))
        .to_vec();
    let file = json!({ "evalId": "eval-1", "results": { "version": 3, "timestamp": "2026-11-30T12:00:00.000Z", "prompts": prompts, "results": rows, "stats": {} }, "config": {}, "shareableUrl": null });
    let path = bench.write("promptfoo.json", file.to_string());
    let (plan, bakeoff) = brought(&bench, Path::new(&path), Path::new(&path)).await;
    let labels: Vec<&str> =
        plan["candidates"].as_array().unwrap().iter().map(|one| one["label"].as_str().unwrap()).collect();
    assert_eq!(labels.len(), 2, "{labels:?}");
    assert!(labels[0].contains("careful") && labels[1].contains("plain"), "{labels:?}");
    let compared = bench.call("bakeoff_comparison", json!({ "id": bakeoff })).await;
    for one in compared["candidates"].as_array().unwrap() {
        let expected = if one["name"].as_str().unwrap().contains("careful") { 1.0 } else { 1.0 / 3.0 };
        assert!((one["scores"][0]["value"].as_f64().unwrap() - expected).abs() < 1e-9, "{one}");
    }
}

/// What a plan says of figures that a file states and its scores do not come to.
fn contradictions(plan: &Value) -> Vec<(String, String, String)> {
    let text = |one: &Value, key: &str| one[key].as_str().unwrap().to_owned();
    let stated = plan["criteria"].as_array().unwrap().iter().flat_map(|one| {
        let name = text(one, "name");
        one["stated"].as_array().unwrap().iter().map(move |figure| (name.clone(), figure.clone()))
    });
    let off = stated.filter(|(_, figure)| figure["computedText"] != "");
    off.map(|(name, figure)| (name, text(&figure, "text"), text(&figure, "computedText"))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_figure_a_file_states_is_held_against_its_own_scores() {
    let bench = Bench::with_workspace().await;
    for file in [
        "inspect/log_streaming.eval",
        "inspect/2025-05-12T20-28-13-04-00_popularity.json",
        "inspect/2025-05-12T20-28-26-04-00_security-guide.json",
        "promptfoo/sample-export.json",
        "every-eval-ever/data_arc_sonnet.json",
        "every-eval-ever/data_pubmedqa_gpt4o_mini.json",
        "helm/commonsense-dataset=hellaswag,method=multiple_choice_joint,model=eleutherai_pythia-1b-v0",
        "helm/mmlu-subject=philosophy,method=multiple_choice_joint,model=openai_gpt2",
        "helm/narrative_qa-model=openai_gpt2",
    ] {
        let path = fixture(file);
        let (plan, _) = brought(&bench, &path, &path).await;
        assert_eq!(contradictions(&plan), [], "{file}");
    }
    let log = std::fs::read_to_string(fixture("inspect/2025-05-12T20-28-13-04-00_popularity.json")).unwrap();
    let mut log: Value = serde_json::from_str(&log).unwrap();
    let metrics = log["results"]["scores"][0]["metrics"].as_object_mut().unwrap();
    metrics["accuracy"]["value"] = json!(0.9);
    let path = bench.write("rosy.json", log.to_string());
    let (plan, _) = brought(&bench, Path::new(&path), Path::new(&path)).await;
    let found = contradictions(&plan);
    assert_eq!((found.len(), found[0].1.as_str(), found[0].2.as_str()), (1, "0.9000", "0.6667"), "{found:?}");
}
