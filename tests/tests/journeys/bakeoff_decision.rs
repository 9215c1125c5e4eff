//! What a decision and a comparison say of how sure they are: chances, ends of a scale, what more cases are worth.

#![allow(clippy::unwrap_used)]

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

/// A bake-off of two on so many cases, the second in use; `right` says who answers which case well, `cost` what an answer costs.
async fn bakeoff(bench: &Bench, cases: usize, cost: &str, right: impl Fn(usize, usize) -> bool) -> Value {
    let rows: String = (0..cases)
        .flat_map(|case| {
            [0, 1].map(|at| format!("q{case},{},{},{cost}\n", ["new", "old"][at], u8::from(right(at, case))))
        })
        .collect();
    let path = bench.write("results.csv", format!("case,candidate,score,cost\n{rows}"));
    let suite = bench.call("suite_import", json!({ "path": path, "name": "Some" })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    let draft = json!({ "name": "Two", "suiteId": suite, "version": 1, "minimumEffect": 0.05 });
    let id = bench.call("bakeoff_save", draft).await["id"].clone();
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    let view = bench.call("bakeoff", json!({ "id": id })).await;
    for (at, one) in view["candidates"].as_array().unwrap().iter().enumerate() {
        let mut draft = one["details"].clone();
        draft["bakeoffId"] = id.clone();
        draft["id"] = one["id"].clone();
        draft["incumbent"] = json!(at == 1);
        draft["price"] = json!({ "kind": "stated" });
        bench.call("candidate_save", draft).await;
    }
    id
}

async fn serve(bench: &Bench, id: &Value, commitment: &str) {
    let (_, mut contract) = bench.contract("Acme AI", &["acme"]).await;
    contract["commitment"] = json!({ "amount": commitment, "currency": "USD" });
    contract["commitmentPeriod"] = json!("year");
    let contract = bench.call("contract_save", contract).await;
    let mut draft = bench.call("bakeoff", json!({ "id": id })).await["details"].clone();
    draft["id"] = id.clone();
    draft["contractId"] = contract["id"].clone();
    bench.call("bakeoff_save", draft).await;
}

async fn findings(bench: &Bench, id: &Value) -> String {
    let content = json!({ "weights": { "score": 1.0 } });
    let view = bench.call("decision", json!({ "bakeoffId": id, "content": content })).await;
    view["findings"].as_array().unwrap().iter().map(|one| one.as_str().unwrap().to_owned() + "\n").collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn more_cases_are_worth_what_they_bring_by_the_contract_they_are_for() {
    let bench = Bench::with_workspace().await;
    // 22 of 40 against 20 of 40: nobody knows yet.
    let id = bakeoff(&bench, 40, "0.01", |at, case| case % 2 == 0 || (at == 0 && case < 4)).await;
    assert!(!findings(&bench, &id).await.contains("whole score"), "no contract, nothing at stake");
    serve(&bench, &id, "480000").await;
    let said = findings(&bench, &id).await;
    assert!(said.contains("If a whole score is worth a year of EA ($480k), knowing for certain is worth $"), "{said}");
    assert!(said.contains(" more cases bring most: $"), "{said}");
    // The same stake with answers at a thousand dollars each.
    let dear = Bench::with_workspace().await;
    let id = bakeoff(&dear, 40, "1000", |at, case| case % 2 == 0 || (at == 0 && case < 4)).await;
    serve(&dear, &id, "480000").await;
    let said = findings(&dear, &id).await;
    assert!(said.contains("more cases would cost more than they bring."), "{said}");
    // What is settled asks for nothing.
    let clear = Bench::with_workspace().await;
    let id = bakeoff(&clear, 200, "0.01", |at, case| at == 0 && case % 4 != 0 || case % 5 == 0).await;
    serve(&clear, &id, "480000").await;
    let said = findings(&clear, &id).await;
    assert!(said.contains("these cases settle which of the two is first") && !said.contains("whole score"), "{said}");
    assert!(said.contains("not really ahead of the runner-up is < 1 %"), "a chance that is not none: {said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn all_right_and_all_wrong_have_an_interval_that_does_not_claim_to_be_certain() {
    let bench = Bench::with_workspace().await;
    let id = bakeoff(&bench, 100, "0.01", |at, _| at == 0).await;
    let compared = bench.call("bakeoff_comparison", json!({ "id": id })).await;
    let text = |at: usize| compared["candidates"][at]["scores"][0]["intervalText"].as_str().unwrap().to_owned();
    // Wilson: n / (n + z²).
    assert_eq!((text(0), text(1)), ("96.3 % – 100.0 %".to_owned(), "0.0 % – 3.7 %".to_owned()));
    // Clusters cannot be resampled where all are alike: Clopper and Pearson, 0.025^(1/100).
    let rows: String = (0..100).map(|case| format!("q{case},Question {case}?,topic {}\n", case % 10)).collect();
    let path = bench.write("cases.csv", format!("id,question,cluster\n{rows}"));
    let suite = bench.call("suite_import", json!({ "path": path, "name": "Clusters" })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    let id = bench.call("bakeoff_save", json!({ "name": "Tens", "suiteId": suite, "version": 1 })).await["id"].clone();
    let results = bench.path("results.csv");
    bench.call("results_commit", json!({ "bakeoffId": id, "path": results })).await;
    let compared = bench.call("bakeoff_comparison", json!({ "id": id })).await;
    let text = |at: usize| compared["candidates"][at]["scores"][0]["intervalText"].as_str().unwrap().to_owned();
    assert_eq!((text(0), text(1)), ("96.4 % – 100.0 %".to_owned(), "0.0 % – 3.6 %".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_costs_what_answers_cost_whatever_their_cases_weigh() {
    let bench = Bench::with_workspace().await;
    let path = bench.write("cases.csv", "id,question,weight\na,First?,1\nb,Second?,9\n");
    let suite = bench.call("suite_import", json!({ "path": path, "name": "Weighed" })).await["id"].clone();
    bench.call("suite_freeze", json!({ "id": suite, "by": "Ada" })).await;
    let id = bench.call("bakeoff_save", json!({ "name": "W", "suiteId": suite, "version": 1 })).await["id"].clone();
    let path = bench.write("results.csv", "case,candidate,score,cost\na,new,1,1\nb,new,0,3\n");
    bench.call("results_commit", json!({ "bakeoffId": id, "path": path })).await;
    let view = bench.call("bakeoff", json!({ "id": id })).await;
    let mut draft = view["candidates"][0]["details"].clone();
    draft["bakeoffId"] = id.clone();
    draft["id"] = view["candidates"][0]["id"].clone();
    draft["price"] = json!({ "kind": "stated" });
    bench.call("candidate_save", draft).await;
    let compared = bench.call("bakeoff_comparison", json!({ "id": id })).await;
    let one = &compared["candidates"][0];
    assert_eq!((&one["scores"][0]["text"], &one["costText"]), (&json!("10.0 %"), &json!("$4.00")), "{one}");
}
