//! Credits a vendor owes for downtime: each minute once, by the contract's ladder, while the claim window runs.

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

async fn outage(bench: &Bench, vendor: &Value, kind: &str, began: &str, mitigated: &str) {
    let declared = json!({ "title": "Down", "kind": kind, "impact": null, "scope": null });
    let id = bench.call("incident_declare", declared).await["id"].clone();
    let mut kept = bench.call("incident", json!({ "id": id })).await["details"].clone();
    kept["id"] = id;
    kept["vendors"] = json!([vendor]);
    kept["began"] = json!(began);
    kept["detected"] = json!(began);
    kept["mitigated"] = json!(mitigated);
    bench.call("incident_save", kept).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn overlapping_outages_of_a_vendor_give_back_what_the_contract_says_and_a_letter_claims_it() {
    let bench = Bench::with_workspace().await;
    let (vendor, contract) = bench.contract("Acme AI", &["acme"]).await;
    let id = contract["id"].clone();
    let mut clauses = bench.call("contract_clauses", json!({ "id": id })).await;
    clauses["clauses"]["sla"] = json!({
        "uptime": 0.999, "p95Ms": null, "claimDays": 30,
        "credits": [{ "below": 0.999, "credit": 0.1 }, { "below": 0.99, "credit": 0.25 }],
    });
    bench.call("contract_clauses_save", clauses).await;
    let credits = async || bench.call("contract", json!({ "id": id })).await["credits"].clone();
    assert_eq!(credits().await, json!([]));
    let month = bench.app.now().format("%Y-%m").to_string();
    let at = |time: &str| format!("{month}-02T{time}:00Z");
    outage(&bench, &vendor["id"], "vendor-outage", &at("10:00"), &at("11:00")).await;
    outage(&bench, &vendor["id"], "vendor-outage", &at("10:30"), &at("12:00")).await;
    // A worse answer is no downtime.
    outage(&bench, &vendor["id"], "quality-regression", &at("13:00"), &at("20:00")).await;
    let found = credits().await;
    let one = &found[0];
    assert_eq!((&one["downtimeText"], &one["incidents"]), (&json!("2 h"), &json!("INC-1, INC-2")), "{found}");
    assert_eq!(one["shareText"], "10 % of the month’s fee");
    assert_eq!(found.as_array().unwrap().len(), 1);
    let letter = one["letter"].as_str().unwrap();
    assert!(letter.contains("Acme AI") && letter.contains("(2 h of downtime") && letter.contains("99.9"), "{letter}");
    let home = bench.call("home", Value::Null).await.to_string();
    assert!(home.contains("sla-credit"), "{home}");
}
