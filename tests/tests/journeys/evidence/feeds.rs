//! Two feeds of the same traffic: asked about once, counted once.

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

use super::{QUARTER, csv, spend};

#[tokio::test(flavor = "multi_thread")]
async fn two_feeds_of_the_same_traffic_are_asked_about_once_and_the_answer_holds() {
    for (answer, expected) in [("this", "5"), ("other", "2.5"), ("both", "7.5")] {
        let bench = Bench::with_workspace().await;
        csv(&bench, "gateway.csv", "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,openai,gpt-4o,1000000\n")
            .await;
        let text = |day: u32| {
            format!("time,vendor,model,input_tokens\n2026-07-0{day}T12:00:00Z,openai,gpt-4o-2024-08-06,2000000\n")
        };
        let console = bench.write("console.csv", text(1));
        let plan = bench.plan(&console, |r| r["source"] = json!("console")).await.unwrap();
        assert_eq!(
            (plan["overlaps"][0]["source"].as_str(), plan["overlaps"][0]["days"].as_u64()),
            (Some("gateway"), Some(1))
        );
        let undecided = bench.call_commit(&plan).await.unwrap_err();
        assert_eq!(undecided.code, "feeds-undecided");
        bench.commit(&plan, Value::Null, answer).await.unwrap();
        assert_eq!(spend(&bench).await.as_deref(), Some(expected), "{answer}");
        // What gives way is still there to be compared.
        let months = bench.call("reconciliation", json!({ "period": "2026-07" })).await;
        let aside = match answer {
            "this" => json!("2.5"),
            "other" => json!("5"),
            _ => Value::Null,
        };
        assert_eq!(months["months"][0]["setAside"]["amount"], aside, "{answer}: {months}");
        // Asked once: the next file of the feed comes in without a question.
        let next = bench.write("console2.csv", text(2));
        let plan = bench.plan(&next, |r| r["source"] = json!("console")).await.unwrap();
        assert_eq!(plan["overlaps"], json!([]));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn feeds_cannot_give_way_in_a_circle_that_would_leave_none() {
    let bench = Bench::with_workspace().await;
    let file = |feed: &str, tokens: u32| {
        let row = format!("2026-07-01T10:00:00Z,openai,gpt-4o,{tokens}000000");
        bench.write(&format!("{feed}.csv"), format!("time,vendor,model,input_tokens\n{row}\n"))
    };
    let plan = bench.plan(&file("gateway", 1), |r| r["source"] = json!("gateway")).await.unwrap();
    bench.commit(&plan, Value::Null, "both").await.unwrap();
    let plan = bench.plan(&file("console", 2), |r| r["source"] = json!("console")).await.unwrap();
    bench.commit(&plan, Value::Null, "this").await.unwrap();
    let plan = bench.plan(&file("export", 4), |r| r["source"] = json!("export")).await.unwrap();
    let answers = |gateway: &str, console: &str| -> Vec<Value> {
        let overlaps = plan["overlaps"].as_array().unwrap();
        let answer = |overlap: &Value| if overlap["source"] == "gateway" { gateway } else { console }.to_owned();
        overlaps.iter().map(|o| json!({ "sourceId": o["sourceId"], "basis": answer(o) })).collect()
    };
    // The gateway gives way to the console, that to the export, and that to the gateway.
    let commit =
        |feeds| bench.try_call("import_commit", json!({ "planId": plan["id"], "onConflict": null, "feeds": feeds }));
    assert_eq!(commit(answers("other", "this")).await.unwrap_err().code, "feeds-in-a-circle");
    assert_eq!(spend(&bench).await.as_deref(), Some("5"));
    // The same plan takes another answer.
    commit(answers("this", "this")).await.unwrap();
    assert_eq!(spend(&bench).await.as_deref(), Some("10"));
    let view = bench.call("reconciliation", json!({ "period": QUARTER })).await;
    let pairs = view["feeds"].as_array().unwrap();
    let pair = pairs
        .iter()
        .find(|p| [&p["a"], &p["b"]].contains(&&json!("gateway")) && [&p["a"], &p["b"]].contains(&&json!("export")));
    let pair = pair.unwrap();
    let draft = json!({ "aId": pair["aId"], "bId": pair["bId"], "basis": if pair["a"] == "gateway" { "this" } else { "other" } });
    assert_eq!(bench.try_call("feed_pair_save", draft).await.unwrap_err().code, "feeds-in-a-circle");
    assert_eq!(spend(&bench).await.as_deref(), Some("10"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_question_about_two_feeds_counts_the_days_of_the_workspaces_zone_whichever_came_first() {
    let gateway: String = (1..=3)
        .flat_map(|day| (0..8).map(move |three| format!("2026-07-0{day}T{:02}:00:00Z,openai,gpt-4o,100\n", three * 3)))
        .collect();
    let gateway = format!("time,vendor,model,input_tokens\n{gateway}");
    let console = "date,vendor,model,input_tokens\n2026-07-01,openai,gpt-4o,5000\n2026-07-02,openai,gpt-4o,6000\n2026-07-04,openai,gpt-4o,7000\n";
    for gateway_first in [true, false] {
        let bench = Bench::with_workspace().await;
        let mut settings = bench.call("workspace_status", Value::Null).await["settings"].clone();
        settings["timeZone"] = json!("Asia/Kolkata");
        bench.call("settings_save", settings).await;
        let (first, second) = if gateway_first { (gateway.as_str(), console) } else { (console, gateway.as_str()) };
        let of = |name: &'static str| {
            move |request: &mut Value| {
                request["source"] = json!(name);
                request["mapping"]["timeZone"] = json!("Asia/Kolkata");
            }
        };
        bench.import(&bench.write("first.csv", first), of("first")).await;
        let plan = bench.plan(&bench.write("second.csv", second), of("second")).await.unwrap();
        let overlap = &plan["overlaps"][0];
        // Local 1, 2 and 4 July: of the gateway's rows five, eight and three lie on these, by the clock of Kolkata.
        let (gateway, console) = (json!("1600"), json!("18000"));
        let expected = if gateway_first { (&console, &gateway) } else { (&gateway, &console) };
        assert_eq!((&overlap["tokensHere"], &overlap["tokensThere"]), expected, "{overlap}");
        assert_eq!(overlap["days"], 3);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_question_about_two_feeds_counts_every_model_of_a_day() {
    let bench = Bench::with_workspace().await;
    let rows = |at: &str, of: [u32; 3]| -> String {
        ["openai,gpt-4o", "openai,gpt-4o-mini", "anthropic,claude-sonnet-4-5"]
            .iter()
            .zip(of)
            .map(|(model, tokens)| format!("2026-07-01T{at}Z,{model},{tokens}\n"))
            .collect()
    };
    const HEADER: &str = "time,vendor,model,input_tokens\n";
    csv(&bench, "gateway.csv", &format!("{HEADER}{}", rows("10:00:00", [100, 20, 3]))).await;
    let console = bench.write("console.csv", format!("{HEADER}{}", rows("12:00:00", [700, 80, 9])));
    let plan = bench.plan(&console, |request| request["source"] = json!("console")).await.unwrap();
    let overlap = &plan["overlaps"][0];
    assert_eq!((&overlap["tokensHere"], &overlap["tokensThere"]), (&json!("789"), &json!("123")), "{overlap}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_another_system_under_a_feeds_name_is_said_to_share_nothing_with_it() {
    let hours = |model: &str| -> String {
        (8..12)
            .map(|hour| format!("2026-07-01T{hour:02}:00:00Z,{model},5\n2026-07-01T{hour:02}:59:59Z,{model},5\n"))
            .collect()
    };
    for (model, disjoint) in [("google,gemini-2.5-pro", true), ("openai,gpt-4o", false)] {
        let bench = Bench::with_workspace().await;
        let source = |request: &mut Value| request["source"] = json!("gateway");
        let there = bench.write("a.csv", format!("time,vendor,model,input_tokens\n{}", hours("openai,gpt-4o")));
        bench.import(&there, source).await;
        let other = hours(model).replace(",5\n", ",7\n");
        let plan = bench
            .plan(&bench.write("b.csv", format!("time,vendor,model,input_tokens\n{other}")), source)
            .await
            .unwrap();
        assert_eq!(plan["conflict"]["disjoint"], disjoint, "{model}: {}", plan["conflict"]);
    }
}
