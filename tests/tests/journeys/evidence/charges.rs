//! What a bill and a gateway say beside metered tokens.

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

use super::{QUARTER, csv, known, price, spend, total};

#[tokio::test(flavor = "multi_thread")]
async fn a_bill_imported_alone_is_the_spend() {
    let bench = Bench::with_workspace().await;
    bench.import(&known("anthropic_cost.csv"), |_| {}).await;
    assert_eq!(spend(&bench).await.as_deref(), Some("2.185000001"));
    let generic = Bench::with_workspace().await;
    csv(&generic, "bill.csv", "time,vendor,model,cost\n2026-07-01T12:00:00Z,openai,gpt-4o,12.5\n").await;
    assert_eq!(spend(&generic).await.as_deref(), Some("12.5"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bill_beside_its_usage_does_not_double_it_however_it_names_the_model() {
    for model in [
        "Claude Sonnet 4.5",
        "claude-sonnet-4-5",
        "claude-sonnet-4-5-20250929",
        "us.anthropic.claude-sonnet-4-5-20250929-v1:0",
        "",
    ] {
        for usage_first in [true, false] {
            let bench = Bench::with_workspace().await;
            let bill = format!("time,vendor,model,cost\n2026-07-01T12:00:00Z,anthropic,{model},1.1\n");
            if usage_first {
                bench.import(&known("anthropic_usage_short.csv"), |_| {}).await;
                csv(&bench, "bill.csv", &bill).await;
            } else {
                csv(&bench, "bill.csv", &bill).await;
                bench.import(&known("anthropic_usage_short.csv"), |_| {}).await;
            }
            let total = total(&bench).await;
            assert_eq!(total["spend"]["amount"], "1.035", "{model}");
            assert_eq!(total["basis"]["restated"]["amount"], "1.1", "{model}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bill_meets_ids_that_some_makers_date_with_four_digits() {
    // (vendor, metered as, billed as, what a million input tokens cost by the list).
    for (vendor, metered, billed, price) in [
        ("openai", "gpt-4-0613", "gpt-4", "30"),
        ("openai", "gpt-3.5-turbo-0125", "gpt-3.5-turbo", "0.5"),
        ("mistral", "mistral-large-2411", "mistral-large", "2"),
        ("xai", "grok-2-1212", "grok-2", "2"),
        ("acme", "house-4-0613", "house-4", "7"),
    ] {
        let bench = Bench::with_workspace().await;
        if vendor == "acme" {
            self::price(&bench, vendor, billed, "7").await;
        }
        csv(
            &bench,
            "usage.csv",
            &format!("time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,{vendor},{metered},1000000\n"),
        )
        .await;
        csv(&bench, "bill.csv", &format!("time,vendor,model,cost\n2026-07-01T12:00:00Z,{vendor},{billed},1.1\n")).await;
        assert_eq!(spend(&bench).await.as_deref(), Some(price), "{metered}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_unpriced_token_does_not_erase_the_bill() {
    let bench = Bench::with_workspace().await;
    csv(&bench, "usage.csv", "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,acme,house,1\n").await;
    csv(&bench, "bill.csv", "time,vendor,model,cost\n2026-07-01T12:00:00Z,acme,house,100\n").await;
    assert_eq!(spend(&bench).await.as_deref(), Some("100"));
}

#[tokio::test(flavor = "multi_thread")]
async fn openai_costs_and_pages_of_images_are_not_usage_worth_0() {
    let bench = Bench::with_workspace().await;
    let summary = bench.import(&known("openai_costs.json"), |_| {}).await;
    assert_eq!((summary["rows"].as_u64(), summary["bad"].as_u64()), (Some(6), Some(1)));
    assert_eq!(spend(&bench).await.as_deref(), Some("1.3111"));
    let images = bench.write("images.json", r#"{"object":"page","data":[{"object":"bucket","start_time":1782864000,"end_time":1782950400,
        "results":[{"object":"organization.usage.images.result","images":12,"num_model_requests":12,"model":"gpt-image-2"}]}]}"#);
    let plan = bench.plan(&images, |_| {}).await.unwrap();
    assert_eq!(plan["issues"][0]["code"], "not-token-usage");
    let error = bench.commit(&plan, Value::Null, "both").await.unwrap_err();
    assert_eq!(error.code, "no-good-rows");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_unrecognised_charge_of_the_day_takes_nothing_from_the_first() {
    for usage_first in [true, false] {
        let bench = Bench::with_workspace().await;
        let usage = ("usage.csv", "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,openai,unkn-1,1000000\n");
        let day = "2026-07-01T12:00:00Z,openai";
        let lines = format!("time,vendor,model,cost\n{day},unkn-1,3\n{day},unkn-2,7\n{day},Credit,-1\n");
        let bill = ("bill.csv", lines.as_str());
        for (name, text) in if usage_first { [usage, bill] } else { [bill, usage] } {
            csv(&bench, name, text).await;
        }
        assert_eq!(spend(&bench).await.as_deref(), Some("9"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn amounts_in_dong_are_kept_to_the_last_unit() {
    let bench = Bench::with_workspace().await;
    let mut settings = bench.call("workspace_status", Value::Null).await["settings"].clone();
    settings["currency"] = json!("VND");
    bench.call("settings_save", settings).await;
    let path = bench.write("bill.csv", "time,vendor,model,cost\n2026-07-01T12:00:00Z,acme,house,40000000001\n2026-07-01T12:00:00Z,acme,house,40000000002\n");
    bench.import(&path, |request| request["mapping"]["costCurrency"] = json!("VND")).await;
    assert_eq!(spend(&bench).await.as_deref(), Some("80000000003"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_logged_request_without_token_counts_is_of_unknown_cost_and_its_amount_is_of_no_tokens() {
    let row = |id: u32, spend: &str, tokens: [&str; 2]| {
        format!(
            r#"{{"request_id":"{id}","call_type":"acompletion","spend":{spend},"total_tokens":null,"prompt_tokens":{},"completion_tokens":{},"startTime":"2026-07-01T08:15:30Z","endTime":"2026-07-01T08:15:34Z","model":"gpt-4o","custom_llm_provider":"openai","metadata":{{}},"cache_hit":"False","session_id":"s{id}","status":"success"}}"#,
            tokens[0], tokens[1]
        )
    };
    for (spend, per_session, covered) in
        [("null", "0.0035", Some(0.5)), ("0", "0.0035", Some(0.5)), ("0.5", "0.25175", None)]
    {
        let bench = Bench::with_workspace().await;
        let text = format!("{}\n{}\n", row(1, "0.0035", ["1000", "100"]), row(2, spend, ["null", "null"]));
        bench.import(&bench.write("log.jsonl", text), |r| r["format"] = json!("litellm-spend-logs")).await;
        let total = total(&bench).await;
        assert_eq!(total["costPerSession"]["amount"], per_session, "{spend}: {total}");
        assert_eq!(total["coverage"]["costPerSession"].as_f64(), covered, "{spend}");
        assert_eq!(total["costPer1kTokens"]["amount"], "0.003181818", "{spend}: {total}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_of_a_bill_that_is_named_by_one_word_is_a_charge_of_that_kind() {
    let days = |line: &dyn Fn(u32) -> String| (1..=10).map(line).collect::<String>();
    for (name, amount, expected) in [
        ("credit", -30, "70"),
        ("refund", -30, "70"),
        ("tax", 30, "130"),
        ("storage", 30, "130"),
        ("web_search", 30, "130"),
        ("code_execution", 30, "130"),
        ("code_interpreter", 30, "130"),
        ("images", 30, "130"),
        ("Image models", 30, "130"),
        ("Fine-tuning", 30, "130"),
        ("Premium support", 30, "130"),
        // What anybody may call a deployment restates the tokens.
        ("assistant", 30, "100"),
        ("Support Bot", 30, "100"),
    ] {
        let bench = Bench::with_workspace().await;
        let meter = days(&|day| format!("2026-07-{day:02}T12:00:00Z,openai,gpt-4o,4000000\n"));
        csv(&bench, "meter.csv", &format!("time,vendor,model,input_tokens\n{meter}")).await;
        let bill = days(&|day| format!("2026-07-{day:02}T12:00:00Z,openai,gpt-4o,10\n"));
        csv(
            &bench,
            "bill.csv",
            &format!("date,vendor,model,cost\n{bill}2026-07-03T12:00:00Z,openai,{name},{amount}\n"),
        )
        .await;
        assert_eq!(spend(&bench).await.as_deref(), Some(expected), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_names_no_session_is_no_part_of_what_a_session_costs() {
    let bench = Bench::with_workspace().await;
    // Two sessions of one dollar each, one of them successful; three dollars and a credit that name none.
    let rows = "2026-07-01T10:00:00Z,openai,gpt-4o,chat,s1,true,400000,\n2026-07-01T10:05:00Z,openai,gpt-4o,chat,s2,false,400000,\n\
        2026-07-01T10:10:00Z,openai,gpt-4o,batch,,,1200000,\n2026-07-01T10:10:00Z,openai,,,,,,-1\n";
    csv(&bench, "u.csv", &format!("time,vendor,model,feature,session,success,input_tokens,cost\n{rows}")).await;
    let total = total(&bench).await;
    let figure = |name: &str| total[name]["amount"].as_str().unwrap_or("—").to_owned();
    assert_eq!([figure("spend"), figure("costPerSession"), figure("costPerSuccessfulSession")], ["4", "1", "2"]);
    assert_eq!((&total["sessions"], &total["tokensPerSession"]), (&json!("2"), &json!("400000")), "{total}");
    // A feature none of whose rows names one has no known count.
    let view = bench.call("economics", json!({ "period": QUARTER, "by": ["feature"] })).await;
    let batch = view["rows"].as_array().unwrap().iter().find(|row| row["keys"][0] == "batch").unwrap();
    assert_eq!((&batch["sessions"], &batch["costPerSession"]), (&Value::Null, &Value::Null), "{batch}");
}
