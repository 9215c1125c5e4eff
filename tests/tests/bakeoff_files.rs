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
