//! Decisions that wait: put off until a day, awake again on it or on their due day, and undone like anything else.

#![allow(clippy::unwrap_used)]

use app::{App, Config};
use quarterdeck_tests::Bench;
use serde_json::{Value, json};

/// A contract that ends on 31 December, so that it waits for a decision in November.
async fn ending() -> Bench {
    let bench = Bench::with_workspace().await;
    bench.contract("OpenAI", &["openai"]).await;
    bench
}

async fn waiting(bench: &Bench) -> Vec<Value> {
    let home = bench.call("home", Value::Null).await;
    home["attention"].as_array().unwrap().iter().filter(|item| item["area"] == "contract").cloned().collect()
}

/// The same file, opened on another day.
async fn on(day: &str, bench: Bench) -> Bench {
    bench.app.shut_down().await;
    let path = bench.path("acme.quarterdeck");
    let now = Some(format!("{day}T12:00:00Z").parse().unwrap());
    let app = App::new(Config { data_dir: bench.folder.path().join("data"), folder: None, now });
    let later = Bench { app, folder: bench.folder };
    later.call("workspace_open", json!({ "path": path })).await;
    later
}

#[tokio::test(flavor = "multi_thread")]
async fn a_decision_put_off_is_out_of_sight_until_its_day_everywhere_and_undo_brings_it_back() {
    let bench = ending().await;
    let item = waiting(&bench).await.remove(0);
    assert_eq!((&item["due"], &item["urgency"]), (&json!("2026-12-31"), &json!("quarter")));
    let request = json!({ "key": item["key"], "title": item["title"], "until": "2026-12-08" });
    bench.call("attention_snooze", request.clone()).await;
    assert_eq!(waiting(&bench).await, Vec::<Value>::new());
    let home = bench.call("home", Value::Null).await;
    assert_eq!(
        (&home["snoozed"][0]["until"], &home["snoozed"][0]["item"]["key"]),
        (&json!("2026-12-08"), &item["key"])
    );
    let alerts = bench.call("check", json!({ "period": null })).await["alerts"].clone();
    assert!(alerts.as_array().unwrap().iter().all(|alert| alert["area"] != "contract"), "{alerts}");
    let log = bench.call("activity", json!({ "limit": 1 })).await;
    assert_eq!(log[0]["changes"], json!([{ "label": "Snoozed until", "before": null, "after": "8 Dec 2026" }]));

    bench.call("undo", Value::Null).await;
    assert_eq!(waiting(&bench).await, std::slice::from_ref(&item));
    bench.call("attention_snooze", request).await;
    bench.call("attention_wake", json!({ "key": item["key"], "title": item["title"] })).await;
    assert_eq!(waiting(&bench).await, std::slice::from_ref(&item));

    let request = json!({ "key": item["key"], "title": item["title"], "until": "2026-12-08" });
    bench.call("attention_snooze", request).await;
    let bench = on("2026-12-07", bench).await;
    assert_eq!(waiting(&bench).await.len(), 0);
    let bench = on("2026-12-08", bench).await;
    assert_eq!(waiting(&bench).await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_put_off_past_its_due_day_is_back_on_that_day_and_the_past_is_refused() {
    let bench = ending().await;
    let item = waiting(&bench).await.remove(0);
    let put_off =
        |until: &str| json!({ "key": item["key"], "title": item["title"], "until": until, "due": item["due"] });
    let answer = bench.call("attention_snooze", put_off("2027-02-01")).await;
    assert_eq!(answer, json!({ "until": "2026-12-31" }));
    let home = bench.call("home", Value::Null).await;
    assert_eq!(home["snoozed"][0]["until"], "2026-12-31");
    for until in ["2026-11-24", "2020-01-01"] {
        let refused = bench.try_call("attention_snooze", put_off(until)).await.unwrap_err();
        assert_eq!((refused.fields[0].field.as_str(), refused.fields[0].code.as_str()), ("until", "not-in-the-future"));
    }
    assert_eq!(bench.try_call("attention_snooze", put_off("soon")).await.unwrap_err().code, "bad-payload");
    let bench = on("2026-12-31", bench).await;
    assert_eq!(waiting(&bench).await[0]["urgency"], "week");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_choice_of_a_day_is_after_today_and_no_day_is_offered_twice() {
    // A Sunday: tomorrow is Monday.
    let bench = on("2026-11-29", ending().await).await;
    let home = bench.call("home", Value::Null).await;
    let days: Vec<&str> = home["snoozes"].as_array().unwrap().iter().map(|c| c["until"].as_str().unwrap()).collect();
    assert_eq!(days, ["2026-11-30", "2026-12-13", "2026-12-29"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_workspace_counts_no_decision_that_its_home_does_not_show() {
    let bench = Bench::with_workspace().await;
    let home = bench.call("home", Value::Null).await;
    assert_eq!((&home["empty"], &home["attention"]), (&json!(true), &json!([])));
    bench.contract("OpenAI", &["openai"]).await;
    let home = bench.call("home", Value::Null).await;
    assert_eq!((&home["empty"], &home["attention"][0]["kind"]), (&json!(false), &json!("contract-end")));
}

#[tokio::test(flavor = "multi_thread")]
async fn home_says_what_has_happened_since_somebody_last_looked_and_what_is_coming() {
    let bench = Bench::with_workspace().await;
    let (vendor, mut contract) = bench.contract("OpenAI", &["openai"]).await;
    let rows = "time,vendor,model,input_tokens\n2026-11-20T10:00:00Z,openai,gpt-4o,1000000\n\
        2026-11-22T10:00:00Z,openai,gpt-4o,2000000\n";
    bench.import(&bench.write("gateway.csv", rows), |request| request["source"] = json!("gateway")).await;
    let old = "time,vendor,model,input_tokens\n2026-11-10T10:00:00Z,openai,gpt-4o,1000000\n";
    bench.import(&bench.write("old.csv", old), |request| request["source"] = json!("edge")).await;
    let about = json!({ "area": "vendor", "id": vendor["id"] });
    bench.call("comment_save", json!({ "id": null, "about": about, "author": "Lin", "text": "Seen" })).await;
    contract["noticeMinDays"] = json!(30);
    contract["autoRenew"] = json!(true);
    contract["renewalTermMonths"] = json!(12);
    bench.call("contract_save", contract).await;

    let said = async |from: &str| -> Vec<String> {
        let since = bench.call("since", json!({ "from": from })).await;
        let line = |line: &Value| format!("{}: {}", line["label"].as_str().unwrap(), line["text"].as_str().unwrap());
        since["lines"].as_array().unwrap().iter().map(line).collect()
    };
    // Three million tokens at $2.50 per million; of the last day, two.
    assert_eq!(
        said("2026-11-20T00:00:00Z").await,
        [
            "Imports: 2 files, 3 rows; last old.csv",
            "Imports: edge tells nothing after 10 Nov",
            "Spend: $7.50 in 3 days, 20 – 22 Nov 2026",
            "Comments: Lin on OpenAI",
            "Changes: 3; last Contract changed: EA",
        ]
    );
    assert_eq!(said("2026-11-22T12:00:00Z").await[2], "Spend: $5.00, 22 Nov 2026");
    // From now on nothing has happened but that a feed still tells nothing.
    assert_eq!(said("2026-11-24T09:30:00Z").await, ["Imports: edge tells nothing after 10 Nov"]);
    let home = bench.call("home", Value::Null).await;
    assert_eq!((&home["now"], &home["coming"][0]["day"]), (&json!("2026-11-24T09:30:00Z"), &json!("2026-12-01")));
    // Where nobody has looked yet, it is a week.
    assert_eq!(bench.call("since", json!({ "from": null })).await["from"], "2026-11-17T09:30:00Z");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_overdue_can_be_put_off_and_waking_what_is_awake_changes_nothing() {
    let bench = Bench::with_workspace().await;
    let overdue =
        json!({ "key": "contract/x/notice/2026-11-21", "title": "Notice", "until": "2026-12-08", "due": "2026-11-21" });
    assert_eq!(bench.call("attention_snooze", overdue).await["until"], "2026-12-08");
    let coming =
        json!({ "key": "contract/y/notice/2026-11-30", "title": "Notice", "until": "2026-12-08", "due": "2026-11-30" });
    assert_eq!(bench.call("attention_snooze", coming).await["until"], "2026-11-30");
    let logged = async || bench.call("activity", json!({ "limit": 50 })).await.as_array().unwrap().len();
    let before = logged().await;
    bench.call("attention_wake", json!({ "key": "contract/z", "title": "Notice" })).await;
    assert_eq!(logged().await, before);
}
