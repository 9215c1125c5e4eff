//! What the preview of an import promises is what the pages say after it.

use quarterdeck_tests::sources::{Source, sources};
use quarterdeck_tests::{Bench, fixture};
use serde_json::{Value, json};

const HEADER: &str = "time,vendor,model,session,ok,input_tokens\n";

/// Asks what a plan would do, commits it with the same answers, and compares every month with unit economics. Returns the effect.
async fn promise(bench: &Bench, plan: &Value, on_conflict: Value, basis: &str) -> Value {
    let feeds: Vec<Value> = plan["overlaps"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|overlap| json!({ "sourceId": overlap["sourceId"], "basis": basis }))
        .collect();
    let request = json!({ "planId": plan["id"], "onConflict": on_conflict, "feeds": feeds });
    let effect = bench.call("import_effect", request.clone()).await;
    let months = effect["months"].as_array().unwrap().clone();
    assert!(!months.is_empty());
    for month in &months {
        assert_eq!(month["before"], spend(bench, &month["key"]).await, "before: {month}");
    }
    bench.try_call("import_commit", request).await.unwrap();
    for month in &months {
        assert_eq!(month["after"], spend(bench, &month["key"]).await, "after: {month}");
    }
    effect
}

/// A month's spend as unit economics tells it.
async fn spend(bench: &Bench, month: &Value) -> Value {
    let view = bench.call("economics", json!({ "period": month, "by": ["vendor"] })).await;
    let tile = view["tiles"].as_array().unwrap().iter().find(|tile| tile["key"] == "spend").unwrap();
    tile["value"].get("money").cloned().unwrap_or(Value::Null)
}

async fn planned(bench: &Bench, source: &Source) -> Value {
    let request =
        json!({ "path": source.path, "format": source.format, "mapping": source.mapping(), "source": source.feed });
    bench.call("import_plan", request).await
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fixture_comes_to_what_its_preview_says_one_after_the_other() {
    // Feeds and bills meet here: each is asked about with what came before, and each answer is tried.
    for basis in ["both", "this", "other"] {
        let bench = Bench::with_workspace().await;
        bench.call("fx_rate_save", json!({ "from": "EUR", "to": "USD", "day": "2020-01-01", "rate": "1.1" })).await;
        let mut told = 0;
        for source in sources() {
            let plan = planned(&bench, &source).await;
            if plan["rows"]["good"] == json!(0) {
                continue;
            }
            let answer = if plan["conflict"].is_null() { Value::Null } else { json!("keep") };
            let effect = promise(&bench, &plan, answer, basis).await;
            assert_eq!(effect["undecided"], json!(false), "{}", source.feed);
            told += 1;
        }
        assert!(told >= 12, "{told}");
    }
}

fn row(at: &str, model: &str, session: &str, tokens: u32) -> String {
    format!("{at},openai,{model},{session},true,{tokens}\n")
}

/// Hours around the turn of a month; `tokens` at two of them is what a second file tells otherwise.
fn hours(first: i64, last: i64, tokens: u32) -> String {
    let begin = "2026-07-31T20:20:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    let rows: Vec<String> = (first..=last)
        .flat_map(|hour| {
            let at = |minutes| (begin + chrono::Duration::minutes(hour * 60 + minutes)).to_rfc3339();
            let other = if hour == 4 || hour == 5 { tokens } else { 900_000 };
            [row(&at(0), "gpt-4o", "long", other), row(&at(25), "gpt-4o-mini", &format!("s{hour}"), 7_000)]
        })
        .collect();
    format!("{HEADER}{}", rows.concat())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_file_that_overlaps_comes_to_what_its_preview_says_with_every_answer() {
    for zone in ["UTC", "Asia/Kolkata", "America/New_York"] {
        for answer in ["keep", "replace", "add"] {
            let bench = Bench::with_workspace().await;
            let mut settings = bench.call("workspace_status", Value::Null).await["settings"].clone();
            settings["timeZone"] = json!(zone);
            bench.call("settings_save", settings).await;
            let feed = |request: &mut Value| request["source"] = json!("gateway");
            let first = bench.write("a.csv", hours(0, 9, 900_000));
            let plan = bench.plan(&first, feed).await.unwrap();
            promise(&bench, &plan, Value::Null, "both").await;
            let second = bench.write("b.csv", hours(2, 14, 500_000));
            let plan = bench.plan(&second, feed).await.unwrap();
            assert_eq!(plan["conflict"]["hours"], 2, "{zone}");
            let open = json!({ "planId": plan["id"], "onConflict": null, "feeds": [] });
            let open = bench.call("import_effect", open).await;
            assert_eq!(open["undecided"], true);
            let effect = promise(&bench, &plan, json!(answer), "both").await;
            assert_ne!(effect["months"][0]["before"], Value::Null);
            // What is left open is what keeping what is there comes to.
            assert_eq!(open["months"] == effect["months"], answer == "keep", "{zone} {answer}");
            // The third is there already: nothing moves.
            let again = bench.plan(&second, feed).await.unwrap();
            let same = promise(&bench, &again, Value::Null, "both").await;
            assert!(same["months"].as_array().unwrap().iter().all(|month| month["before"] == month["after"]));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_read_otherwise_come_to_what_the_preview_says() {
    let bench = Bench::with_workspace().await;
    let text = "time,maker,model,other_model,input_tokens\n2026-07-01T10:00:00Z,openai,gpt-4o,gpt-4o-mini,1000000\n\
        2026-07-01T12:00:00Z,openai,gpt-4o,gpt-4o-mini,1000000\n2026-07-01T14:00:00Z,openai,gpt-4o,gpt-4o-mini,1000000\n";
    let path = bench.write("usage.csv", text);
    for (column, before, after) in [("model", Value::Null, "7.5"), ("other_model", json!("7.5"), "0.45")] {
        let plan = bench
            .plan(&path, |request| {
                request["mapping"]["columns"] = json!([{ "field": "timestamp", "column": "time" },
                    { "field": "vendor", "column": "maker" }, { "field": "model", "column": column },
                    { "field": "input-tokens", "column": "input_tokens" }]);
            })
            .await
            .unwrap();
        let effect = promise(&bench, &plan, Value::Null, "both").await;
        let month = &effect["months"][0];
        assert_eq!(month["after"]["amount"], after);
        assert_eq!(month["before"].get("amount").cloned().unwrap_or_default(), before);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn cost_by_model_adds_up_to_what_the_file_costs_and_says_what_has_no_price() {
    let bench = Bench::with_workspace().await;
    let rows = [
        row("2026-07-01T10:00:00Z", "gpt-4o", "", 1_000_000),
        row("2026-07-01T10:30:00Z", "gpt-4o-mini", "", 1_000_000),
        row("2026-07-01T11:00:00Z", "nobody-sells-this", "", 17),
    ];
    let plan = bench.plan(&bench.write("a.csv", format!("{HEADER}{}", rows.concat())), |_| {}).await.unwrap();
    let models: Vec<_> = plan["models"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (row["model"].as_str().unwrap(), row["cost"][0]["amount"].as_str(), row["requests"].as_str().unwrap())
        })
        .collect();
    assert_eq!(
        models,
        [("gpt-4o", Some("2.5"), "1"), ("gpt-4o-mini", Some("0.15"), "1"), ("nobody-sells-this", None, "1")]
    );
    assert_eq!(plan["totals"]["computed"][0]["amount"], "2.65");
    assert_eq!(plan["models"][0]["sources"][0]["layer"], "list");
    assert_eq!(plan["models"][2]["sources"], json!([{ "kind": "unpriced" }]));
    assert_eq!(plan["models"][2]["unpricedTokens"], "17");
}

#[tokio::test(flavor = "multi_thread")]
async fn volume_is_told_by_the_hour_or_the_day_and_what_is_not_told_is_a_gap() {
    let bench = Bench::with_workspace().await;
    let at = |days: &[&str]| days.iter().map(|at| row(at, "gpt-4o", "", 5)).collect::<String>();
    let values = async |name: &str, text: String| {
        let plan = bench.plan(&bench.write(name, format!("{HEADER}{text}")), |_| {}).await.unwrap();
        (plan["volume"]["marks"]["series"][0]["values"].clone(), plan["volume"]["title"].as_str().unwrap().to_owned())
    };
    let (hourly, title) =
        values("h.csv", at(&["2026-07-01T10:00:00Z", "2026-07-01T10:59:00Z", "2026-07-01T13:00:00Z"])).await;
    assert_eq!(hourly, json!([2.0, null, null, 1.0]));
    assert!(title.contains("2 of 4"), "{title}");
    let (daily, title) =
        values("d.csv", at(&["2026-07-01T10:00:00Z", "2026-07-02T10:00:00Z", "2026-07-05T13:00:00Z"])).await;
    assert_eq!(daily, json!([1.0, 1.0, null, null, 1.0]));
    assert!(title.contains("2 of 5"), "{title}");
    let bill = fixture("usage/anthropic_cost.csv").to_string_lossy().into_owned();
    let plan = bench.plan(&bill, |_| {}).await.unwrap();
    assert!(plan["volume"]["title"].as_str().unwrap().contains("Stated cost"), "{}", plan["volume"]["title"]);
}
