//! What the pages of a vendor and a contract say, against figures worked out by hand.

#![allow(clippy::unwrap_used)]

use app::report::locale::Language;
use quarterdeck_tests::Bench;
use serde_json::{Value, json};

/// 328 days of a year's commitment have passed on 24 November; 3.28 million tokens a day at $2.50 are $8.20 a day.
async fn drawing() -> (Bench, Value, Value) {
    let bench = Bench::with_workspace().await;
    let (vendor, mut contract) = bench.contract("OpenAI", &["openai"]).await;
    for (field, value) in [
        ("autoRenew", json!(true)),
        ("noticeMinDays", json!(30)),
        ("renewalTermMonths", json!(12)),
        ("commitment", json!({ "amount": "3650", "currency": "USD" })),
        ("commitmentPeriod", json!("year")),
    ] {
        contract[field] = value;
    }
    let contract = bench.call("contract_save", contract).await;
    let mut rows = String::from("time,vendor,model,input_tokens\n");
    let first = chrono::NaiveDate::from_ymd_opt(2026, 1, 1).unwrap();
    for day in first.iter_days().take(328) {
        rows.push_str(&format!("{day}T12:00:00Z,openai,gpt-4o,3280000\n"));
    }
    // Somebody else's traffic draws nothing.
    rows.push_str("2026-03-01T12:00:00Z,anthropic,claude-sonnet-4-5,1000000\n");
    bench.write("usage.csv", rows);
    bench.import(&bench.path("usage.csv"), |_| ()).await;
    (bench, vendor, contract)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_commitment_is_drawn_by_its_vendors_spend_alone_against_an_even_pace() {
    let (bench, vendor, contract) = drawing().await;
    let view = bench.call("contract", json!({ "id": contract["id"] })).await;
    let drawn = &view["drawdown"];
    // 328 × 8.20 = 2,689.60 of 3,650; an even pace would have drawn 3,280.
    assert_eq!(drawn["drawn"]["amount"], "2689.6");
    assert_eq!((&drawn["shareText"], &drawn["usedUp"]), (&json!("73.7 %"), &Value::Null));
    assert_eq!(drawn["pace"], "$590.40 behind an even pace");
    // 365 × 8.20 = 2,993: 657 stays undrawn.
    assert_eq!(drawn["projection"], "At this pace $657.00 of it stays undrawn.");
    assert_eq!(drawn["tone"], "warn");
    let page = bench.call("vendor", json!({ "id": vendor["id"] })).await;
    assert_eq!(page["contracts"][0]["drawdown"], *drawn);
    let strip: Vec<&str> = page["strip"].as_array().unwrap().iter().map(|f| f["text"].as_str().unwrap()).collect();
    // 55 days of the fourth quarter at 8.20, all of its spend.
    assert_eq!(strip, ["$451.00", "100.0 %", "1 Dec 2026", "1"]);
    assert_eq!(page["models"][0]["againstList"], "At list");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_agreed_price_says_how_far_it_is_under_list_and_what_it_saved() {
    let (bench, vendor, contract) = drawing().await;
    let price = json!({ "provider": "openai", "model": "gpt-4o", "tier": "standard", "from": "2026-11-25", "currency": "USD",
        "rates": { "input": "2", "cacheRead": null, "cacheWrite5m": null, "cacheWrite1h": null, "output": "8",
            "inputAudio": null, "inputImage": null, "outputAudio": null, "outputImage": null },
        "contractId": contract["id"], "source": "schedule" });
    let mut earlier = price.clone();
    earlier["from"] = json!("2026-11-24");
    bench.call("price_add", earlier).await;
    let page = bench.call("vendor", json!({ "id": vendor["id"] })).await;
    assert_eq!(page["models"][0]["againstList"], "20 % under list since 24 Nov 2026");
    // What was priced before stays as it was: nothing is saved yet. New usage is.
    bench.write("more.csv", "time,vendor,model,input_tokens\n2026-11-24T13:00:00Z,openai,gpt-4o,10000000\n");
    bench.import(&bench.path("more.csv"), |request| request["source"] = json!("more")).await;
    let view = bench.call("contract", json!({ "id": contract["id"] })).await;
    let saved = view["strip"].as_array().unwrap().iter().find(|f| f["label"] == "Saved against list").unwrap();
    // Ten million tokens at 2.50 instead of 2.00.
    assert_eq!(saved["text"], "$5.00");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_notice_does_is_said_with_the_day_and_the_money_and_nothing_is_kept() {
    let (bench, _, contract) = drawing().await;
    let ask = async |notice: Value| {
        let question = json!({ "id": contract["id"], "notice": notice });
        bench.call("contract_notice", question).await["sentence"].as_str().unwrap().to_owned()
    };
    assert_eq!(ask(json!("2026-12-01")).await, "It ends on 31 Dec 2026. Nothing more is committed.");
    let late = "Too late for the running term: it renews once more and ends on 31 Dec 2027, 12 months later. That commits $3,650.00.";
    assert_eq!(ask(json!("2026-12-02")).await, late);
    let never = "Without notice it renews after 31 Dec 2026 for 12 months, which commits $3,650.00.";
    assert_eq!(ask(Value::Null).await, never);
    let before = json!({ "id": contract["id"], "notice": "2020-01-01" });
    assert_eq!(bench.try_call("contract_notice", before).await.unwrap_err().fields[0].code, "before-start");
    assert_eq!(bench.call("contract", json!({ "id": contract["id"] })).await["row"]["contract"], contract);
    let question = json!({ "id": contract["id"], "notice": "2026-12-01" });
    let said = bench.app.dispatch("contract_notice", question, Language::ZhCn, None).await.unwrap();
    assert!(said["sentence"].as_str().unwrap().contains("2026年12月31日"), "{said}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_records_activity_is_its_own_and_that_of_what_names_it() {
    let (bench, vendor, contract) = drawing().await;
    let subjects = async |about: &Value| {
        let log = bench.call("activity", json!({ "limit": 20, "about": about })).await;
        log.as_array().unwrap().iter().map(|e| e["subject"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(subjects(&vendor["id"]).await, ["EA", "EA", "OpenAI"]);
    assert_eq!(subjects(&contract["id"]).await, ["EA", "EA"]);
    assert_eq!(bench.call("activity", json!({ "limit": 1 })).await[0]["subject"], "usage.csv");
}

/// A workspace that reports in euros: the contract and the list are in dollars, and so is what it saved.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_contract_in_another_currency_saved_is_said_in_its_own() {
    let bench = Bench::new();
    let workspace = json!({ "path": bench.path("acme.quarterdeck"), "name": "Acme", "currency": "EUR", "timeZone": "UTC",
        "fiscalStartMonth": 1 });
    bench.call("workspace_create", workspace).await;
    bench.call("fx_rate_save", json!({ "day": "2026-01-01", "from": "USD", "to": "EUR", "rate": "0.8" })).await;
    let (_, contract) = bench.contract("OpenAI", &["openai"]).await;
    let price = json!({ "provider": "openai", "model": "gpt-4o", "tier": "standard", "from": "2026-07-01", "currency": "USD",
        "rates": { "input": "2", "cacheRead": null, "cacheWrite5m": null, "cacheWrite1h": null, "output": null,
            "inputAudio": null, "inputImage": null, "outputAudio": null, "outputImage": null },
        "contractId": contract["id"], "source": "schedule" });
    bench.call("price_add", price).await;
    let rows = "time,vendor,model,input_tokens,output_tokens\n2026-07-02T13:00:00Z,openai,gpt-4o,10000000,0\n\
        2026-07-03T13:00:00Z,openai,gpt-4o,10000000,5000\n";
    bench.import(&bench.write("usage.csv", rows), |_| ()).await;
    let view = bench.call("contract", json!({ "id": contract["id"] })).await;
    let saved = view["strip"].as_array().unwrap().iter().find(|f| f["label"] == "Saved against list").unwrap();
    // Ten million tokens at 2.50 instead of 2.00. The second day's output has no agreed rate: it is not compared.
    assert_eq!(saved["text"], "$5.00");
}

/// A query that held one connection of the file while it waited for a second would stand still once there are enough of them.
#[tokio::test(flavor = "multi_thread")]
async fn more_questions_at_once_than_the_file_has_connections_are_all_answered() {
    let (bench, vendor, contract) = drawing().await;
    let mut asked = tokio::task::JoinSet::new();
    for _ in 0..8 {
        for (command, payload) in [
            ("prices", json!({ "search": "gpt", "limit": 100 })),
            ("prices", json!({ "search": "", "limit": 100, "used": true })),
            ("vendors", Value::Null),
            ("vendor", json!({ "id": vendor["id"] })),
            ("contracts", Value::Null),
            ("contract", json!({ "id": contract["id"] })),
            ("home", Value::Null),
        ] {
            let app = bench.app.clone();
            asked.spawn(async move { app.dispatch(command, payload, Language::En, None).await.unwrap() });
        }
    }
    let all = asked.join_all();
    let answers = tokio::time::timeout(std::time::Duration::from_secs(60), all).await.expect("all are answered");
    assert_eq!(answers.len(), 56);
}

#[tokio::test(flavor = "multi_thread")]
async fn prices_used_by_us_are_those_our_usage_names_and_no_others() {
    let (bench, ..) = drawing().await;
    let ours = bench.call("prices", json!({ "search": "", "limit": 5000, "used": true })).await;
    let mut models: Vec<&str> =
        ours["rows"].as_array().unwrap().iter().map(|row| row["model"].as_str().unwrap()).collect();
    models.sort_unstable();
    models.dedup();
    assert_eq!(models, ["claude-sonnet-4-5", "gpt-4o"]);
    assert_eq!((&ours["models"], &ours["used"]), (&json!(2), &json!(2)));
    // Without usage there is nothing to narrow it to: the whole book is shown.
    let fresh = Bench::with_workspace().await;
    let whole = fresh.call("prices", json!({ "search": "", "limit": 5000, "used": true })).await;
    assert_eq!((&whole["used"], whole["total"].as_u64() > ours["total"].as_u64()), (&json!(0), true));
    let all = bench.call("prices", json!({ "search": "", "limit": 5000 })).await;
    assert!(all["total"].as_u64() > ours["total"].as_u64());
}
