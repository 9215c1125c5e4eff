//! The sample's bake-offs: one that was decided and signed, one whose round is open; and what the pages say of them is what the
//! file holds.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;

use quarterdeck_tests::Bench;
use quarterdeck_tests::sample;
use serde_json::{Value, json};

async fn opened() -> (tempfile::TempDir, Bench) {
    let folder = tempfile::tempdir().unwrap();
    let path = sample(folder.path());
    let bench = Bench::new();
    bench.call("workspace_open", json!({ "path": path })).await;
    (folder, bench)
}

fn staged(rows: &Value, stage: &str) -> Value {
    let found = rows.as_array().unwrap().iter().find(|row| row["stage"] == stage);
    found.unwrap_or_else(|| panic!("no bake-off is {stage}: {rows}")).clone()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_signed_one_has_four_vendors_412_cases_and_three_raters_and_holds() {
    let (_folder, bench) = opened().await;
    let row = staged(&bench.call("bakeoffs", Value::Null).await, "signed");
    assert_eq!((row["cases"].clone(), row["candidates"].clone()), (json!(412), json!(4)));
    let id = json!({ "id": row["id"] });
    let view = bench.call("bakeoff", id.clone()).await;
    let vendors: std::collections::BTreeSet<&str> =
        view["candidates"].as_array().unwrap().iter().map(|one| one["vendor"].as_str().unwrap()).collect();
    assert_eq!(vendors.len(), 4);
    assert!(
        view["deadline"]["daysLeft"].as_i64().unwrap() > 0,
        "it serves a contract's deadline: {}",
        view["deadline"]
    );
    let rounds = bench.call("rounds", id.clone()).await;
    assert_eq!((rounds[0]["raters"].as_array().unwrap().len(), rounds[0]["open"].clone()), (3, json!(false)));
    let decision = bench.call("decision", json!({ "bakeoffId": row["id"] })).await;
    assert_eq!(decision["signed"]["by"], "Priya Raman");
    // What the rationale says of the winner is so.
    let compared = bench.call("bakeoff_comparison", id.clone()).await;
    let chosen =
        compared["candidates"].as_array().unwrap().iter().find(|one| one["id"] == decision["content"]["choice"]);
    let chosen = chosen.unwrap();
    assert_eq!(chosen["scores"][0]["verdict"], "better", "more than the margin that was agreed: {chosen}");
    assert_eq!(chosen["scores"][3]["verdict"], "better", "raters preferred it: {chosen}");
    let incumbent = compared["candidates"].as_array().unwrap().iter().find(|one| one["incumbent"] == true).unwrap();
    let cost = |one: &Value| one["costPerSuccess"]["amount"].as_str().unwrap().parse::<f64>().unwrap();
    assert!(cost(chosen) > cost(incumbent), "it costs more per solved question");
    let verified = bench.call("decision_verify", id).await;
    assert_eq!(verified[0]["holds"], json!(true), "{verified}");
}

#[tokio::test(flavor = "multi_thread")]
async fn its_figures_are_those_of_its_answers() {
    let (_folder, bench) = opened().await;
    let row = staged(&bench.call("bakeoffs", Value::Null).await, "signed");
    let path = bench.path("results.csv");
    bench.call("results_export", json!({ "bakeoffId": row["id"], "form": "csv", "path": path })).await;
    let mut reader = csv::Reader::from_path(&path).unwrap();
    let headers = reader.headers().unwrap().clone();
    let place = |name: &str| {
        headers.iter().position(|one| one.eq_ignore_ascii_case(name)).unwrap_or_else(|| panic!("{name} of {headers:?}"))
    };
    let (candidate, resolved) =
        (place("candidate"), headers.iter().position(|one| one.to_lowercase().contains("resolved")).unwrap());
    let mut sums: BTreeMap<String, (f64, u32)> = BTreeMap::new();
    for record in reader.records() {
        let record = record.unwrap();
        let Ok(value) = record[resolved].parse::<f64>() else { continue };
        let sum = sums.entry(record[candidate].to_owned()).or_default();
        *sum = (sum.0 + value, sum.1 + 1);
    }
    let compared = bench.call("bakeoff_comparison", json!({ "id": row["id"] })).await;
    for one in compared["candidates"].as_array().unwrap() {
        let (sum, count) = sums[one["name"].as_str().unwrap()];
        assert_eq!(one["scores"][0]["text"], format!("{:.1} %", sum / f64::from(count) * 100.0), "{}", one["name"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_open_one_is_scored_at_once_and_names_nobody() {
    let (_folder, bench) = opened().await;
    let row = staged(&bench.call("bakeoffs", Value::Null).await, "scoring");
    let view = bench.call("bakeoff", json!({ "id": row["id"] })).await;
    assert!(view["sealed"].is_string() && view["candidates"][0]["details"].is_null());
    let rater = json!({ "id": view["sealed"], "rater": "Ines" });
    let task = bench.call("round_task", rater).await;
    for name in ["GPT", "Claude", "Gemini", "Haiku", "OpenAI", "Anthropic"] {
        assert!(!task.to_string().contains(name), "{name} is told: {task}");
        assert!(!view.to_string().contains(name), "{name} is told: {view}");
    }
    let judged = bench
        .call("round_judge", json!({ "id": view["sealed"], "rater": "Ines", "step": 0, "choice": { "kind": "left" } }))
        .await;
    assert_eq!(judged["progress"]["judged"], json!(1));
}

/// The finding is about the weight that is nearest to giving the first place to another; that nothing changes down to 0 % or up to
/// 100 % is no nearness.
#[tokio::test(flavor = "multi_thread")]
async fn the_finding_names_the_weight_that_is_nearest_to_changing_the_first_place() {
    let (_folder, bench) = opened().await;
    let row = staged(&bench.call("bakeoffs", Value::Null).await, "signed");
    let view = bench.call("decision", json!({ "bakeoffId": row["id"], "content": null })).await;
    let percents = |text: &Value| -> Vec<f64> {
        let digits = |c: char| !(c.is_ascii_digit() || c == '.');
        text.as_str().unwrap().split(digits).filter_map(|part| part.parse().ok()).collect()
    };
    let nearness = |one: &&Value| {
        let (weight, range) = (percents(&one["weightText"])[0], percents(&one["rangeText"]));
        let below = if range[0] <= 0.0 { f64::INFINITY } else { weight - range[0] };
        let above = if range[1] >= 100.0 { f64::INFINITY } else { range[1] - weight };
        below.min(above)
    };
    let criteria: Vec<&Value> = view["criteria"].as_array().unwrap().iter().collect();
    let ranged: Vec<&Value> = criteria.into_iter().filter(|one| percents(&one["rangeText"]).len() == 2).collect();
    assert!(ranged.len() > 1, "{view}");
    let nearest = ranged.iter().min_by(|a, b| nearness(a).total_cmp(&nearness(b))).unwrap();
    let said = view["findings"][0].as_str().unwrap();
    assert!(said.contains(nearest["name"].as_str().unwrap()), "{said}: {nearest}");
}
