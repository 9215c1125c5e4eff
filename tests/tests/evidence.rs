//! What counts as spend, and what a ratio covers: what a person reads after one import, after two, in either order, and after a
//! price that came late. Each test is a figure that was once wrong.

use quarterdeck_tests::{Bench, fixture};
use serde_json::{Value, json};

const QUARTER: &str = "2026-Q3";

async fn total(bench: &Bench) -> Value {
    bench.call("economics", json!({ "period": QUARTER, "by": ["model"] })).await["total"].clone()
}

async fn spend(bench: &Bench) -> Option<String> {
    total(bench).await["spend"]["amount"].as_str().map(str::to_owned)
}

async fn csv(bench: &Bench, name: &str, text: &str) -> Value {
    let path = bench.write(name, text);
    bench.import(&path, |_| {}).await
}

fn known(name: &str) -> String {
    fixture(&format!("usage/{name}")).to_string_lossy().into_owned()
}

async fn price(bench: &Bench, provider: &str, model: &str, input: &str) {
    let draft = json!({ "provider": provider, "model": model, "tier": "standard", "from": "2026-01-01T00:00:00Z", "currency": "USD",
        "rates": { "input": input, "output": input }, "contractId": null, "source": "" });
    bench.call("price_add", draft).await;
}

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
async fn a_reported_cost_does_not_move_when_a_price_arrives_and_0_is_no_price() {
    let bench = Bench::with_workspace().await;
    let row = |id: u32, spend: &str| {
        format!(
            r#"{{"request_id":"r{id}","call_type":"acompletion","spend":{spend},"prompt_tokens":1000000,"completion_tokens":0,"startTime":"2026-07-0{id}T10:00:00Z","model":"house","custom_llm_provider":"acme","session_id":"s{id}"}}"#
        )
    };
    let text = [row(1, "0.5"), row(2, "0"), row(3, "null")].join("\n");
    let path = bench.write("logs.jsonl", text);
    bench.import(&path, |_| {}).await;
    let before = total(&bench).await;
    assert_eq!((before["spend"]["amount"].as_str(), before["unpricedTokens"].as_str()), (Some("0.5"), Some("2000000")));
    // One of three sessions has a known cost: that one is what a session costs.
    assert_eq!(before["costPerSession"]["amount"], "0.5");
    assert!((before["coverage"]["costPerSession"].as_f64().unwrap() - 1.0 / 3.0).abs() < 1e-12);
    price(&bench, "acme", "house", "3").await;
    let after = total(&bench).await;
    assert_eq!(
        (after["basis"]["reported"]["amount"].as_str(), after["basis"]["computed"]["amount"].as_str()),
        (Some("0.5"), Some("6"))
    );
    bench.call("undo", Value::Null).await;
    assert_eq!(total(&bench).await["spend"], before["spend"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_says_by_day_what_it_will_make_known_before_it_is_added() {
    let bench = Bench::with_workspace().await;
    csv(&bench, "usage.csv", "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,acme,house,1000000\n2026-07-03T10:00:00Z,acme,house,500000\n").await;
    let draft = json!({ "provider": "acme", "model": "house", "tier": "standard", "from": "2026-01-01T00:00:00Z", "currency": "USD",
        "rates": { "input": "2" }, "contractId": null, "source": "" });
    let preview = bench.call("price_preview", draft.clone()).await;
    let days: Vec<_> =
        preview.as_array().unwrap().iter().map(|d| (d["day"].as_str(), d["cost"]["amount"].as_str())).collect();
    assert_eq!(days, [(Some("2026-07-01"), Some("2")), (Some("2026-07-03"), Some("1"))]);
    assert_eq!(spend(&bench).await, None, "a preview changes nothing");
    bench.call("price_add", draft).await;
    assert_eq!(spend(&bench).await.as_deref(), Some("3"));
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
async fn a_resellers_own_amount_comes_before_the_makers_list_price_and_says_so() {
    let bench = Bench::with_workspace().await;
    let text = "time,vendor,model,input_tokens,cost\n2026-07-01T10:00:00Z,azure,gpt-4o,1000000,2.75\n2026-07-01T11:00:00Z,azure,gpt-4o,1000000,\n";
    let path = bench.write("azure.csv", text);
    let plan = bench.plan(&path, |_| {}).await.unwrap();
    let notes: Vec<_> = plan["notes"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert!(notes.contains(&"resellers-amount") && notes.contains(&"makers-price"), "{notes:?}");
    bench.commit(&plan, Value::Null, "both").await.unwrap();
    assert_eq!(spend(&bench).await.as_deref(), Some("5.25"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_api_calls_priority_is_priced_at_the_lists_fast_rate() {
    let bench = Bench::with_workspace().await;
    csv(
        &bench,
        "usage.csv",
        "time,vendor,model,service_tier,input_tokens\n2026-10-05T10:00:00Z,openai,gpt-4o-mini,priority,1000000\n",
    )
    .await;
    let view = bench.call("economics", json!({ "period": "2026-10", "by": ["model"] })).await;
    assert_eq!(view["total"]["spend"]["amount"], "0.25");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_that_does_not_say_its_tokens_is_counted_and_its_cost_unknown_whatever_prices_come() {
    let bench = Bench::with_workspace().await;
    let header = "time,vendor,model,input_tokens,output_tokens,cached_tokens";
    let rows = "2026-07-01T10:00:00Z,openai,gpt-4o,1000000,0,\n2026-07-01T10:05:00Z,openai,gpt-4o,,null,0\n2026-07-01T10:06:00Z,acme,house,,,\n2026-07-01T10:07:00Z,openai,gpt-4o,0,0,0\n";
    let plan = bench.plan(&bench.write("usage.csv", format!("{header}\n{rows}")), |_| {}).await.unwrap();
    let notes = plan["notes"].as_array().unwrap();
    assert!(notes.contains(&json!("tokens-untold")) && !notes.contains(&json!("vendor-untold")), "{plan}");
    bench.call_commit(&plan).await.unwrap();
    price(&bench, "acme", "house", "1").await;
    let total = total(&bench).await;
    assert_eq!((&total["spend"]["amount"], &total["requests"]), (&json!("2.5"), &json!("4")));
    // Two of four requests have a known cost: the one of a million tokens, and the one that says it took none.
    assert_eq!(total["costPerRequest"]["amount"], "1.25");
    assert_eq!(total["coverage"]["costPerRequest"], 0.5, "{total}");
}

#[tokio::test(flavor = "multi_thread")]
async fn audio_without_a_rate_is_partly_priced_never_free() {
    let bench = Bench::with_workspace().await;
    csv(
        &bench,
        "usage.csv",
        "time,vendor,model,session,input_tokens,input_audio_tokens\n2026-07-01T10:00:00Z,openai,gpt-4o,a,1000000,500\n",
    )
    .await;
    let total = total(&bench).await;
    assert_eq!(total["spend"]["amount"], "2.5");
    assert_eq!((&total["basis"]["partlyPricedTokens"], &total["costPerSession"]), (&json!("1000500"), &Value::Null));
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
async fn a_typed_rate_for_audio_and_images_prices_them() {
    let bench = Bench::with_workspace().await;
    let draft = json!({ "provider": "acme", "model": "voice", "tier": "standard", "from": "2026-01-01T00:00:00Z", "currency": "USD",
        "rates": { "input": "1", "output": "2", "inputAudio": "10", "outputAudio": "20", "inputImage": "100", "outputImage": "200" },
        "contractId": null, "source": "" });
    bench.call("price_add", draft).await;
    csv(
        &bench,
        "usage.csv",
        "time,vendor,model,session,input_tokens,output_tokens,input_audio_tokens,output_audio_tokens,input_image_tokens,output_image_tokens\n\
         2026-07-01T10:00:00Z,acme,voice,a,3000000,3000000,1000000,1000000,2000000,2000000\n",
    )
    .await;
    let total = total(&bench).await;
    assert!(total["costPerSession"].is_object(), "{total}");
    assert_eq!(total["spend"]["amount"], "639");
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
async fn an_alias_brings_a_deployments_name_to_its_model_and_undo_takes_it_back() {
    let bench = Bench::with_workspace().await;
    csv(&bench, "usage.csv", "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,azure,gpt4o-mini-chat,1000000\n")
        .await;
    let view = bench.call("reconciliation", json!({ "period": QUARTER })).await;
    let open = &view["unresolved"][0];
    assert_eq!(
        (open["model"].as_str(), open["guess"]["model"].as_str()),
        (Some("gpt4o-mini-chat"), Some("gpt-4o-mini"))
    );
    let alias = json!({ "vendor": "azure", "alias": "gpt4o-mini-chat", "provider": "openai", "model": "gpt-4o-mini" });
    let effect = bench.call("alias_save", alias).await;
    assert_eq!(effect["priced"][0]["cost"]["amount"], "0.15");
    assert_eq!(spend(&bench).await.as_deref(), Some("0.15"));
    assert_eq!(bench.call("reconciliation", json!({ "period": QUARTER })).await["unresolved"], json!([]));
    bench.call("undo", Value::Null).await;
    assert_eq!(spend(&bench).await, None);
    assert_eq!(bench.call("aliases", Value::Null).await, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_running_period_is_compared_with_as_many_whole_days_as_it_has() {
    let bench = Bench::with_workspace().await;
    // Today is 24 November: its ten tokens are no whole day, and neither are they compared with one.
    let day =
        |month: u32, day: u32, tokens: u32| format!("2026-{month:02}-{day:02}T05:00:00Z,openai,gpt-4o,{tokens}\n");
    let mut text = "time,vendor,model,input_tokens\n".to_owned();
    for n in 1..=30 {
        text += &day(10, n, 1_000_000);
    }
    for n in 1..=23 {
        text += &day(11, n, 1_000_000);
    }
    text += &day(11, 24, 10);
    csv(&bench, "usage.csv", &text).await;
    let view = bench.call("economics", json!({ "period": "2026-11", "by": ["model"] })).await;
    assert_eq!(view["tiles"][0]["change"]["ratio"], 0.0, "{}", view["tiles"][0]);
    assert_eq!(view["total"]["spend"]["amount"], "57.500025");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_file_does_not_say_is_empty_in_the_export_not_0() {
    let bench = Bench::with_workspace().await;
    csv(&bench, "usage.csv", "time,vendor,model,input_tokens,output_tokens\n2026-07-01T10:00:00Z,openai,gpt-4o,10,2\n")
        .await;
    let folder = bench.path("out");
    bench.call("workspace_export", json!({ "path": folder, "replace": false })).await;
    let text = std::fs::read_to_string(format!("{folder}/usage_hourly.csv")).unwrap();
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let row = reader.records().next().unwrap().unwrap();
    let cell = |name: &str| row[header.iter().position(|column| column == name).unwrap()].to_owned();
    assert_eq!((cell("cache_read"), cell("reasoning"), cell("output")), (String::new(), String::new(), "2".to_owned()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_agreed_in_one_vendors_contract_prices_no_other_vendors_usage() {
    let bench = Bench::with_workspace().await;
    let vendor = bench
        .call(
            "vendor_save",
            json!({ "id": null, "name": "Azure", "status": "incumbent", "owner": "", "riskTier": null, "website": "",
            "endpoint": "", "notes": "", "contacts": [], "providerKeys": ["azure"] }),
        )
        .await;
    let contract = bench
        .call(
            "contract_save",
            json!({ "id": null, "vendorId": vendor["id"], "title": "EA", "kind": "msa", "owner": "", "parties": "",
            "start": "2026-01-01", "initialTermMonths": 12, "end": null, "autoRenew": false, "renewalTermMonths": null,
            "noticeMinDays": null, "noticeMaxDays": null, "noticeGiven": null, "currency": "USD", "commitment": null,
            "commitmentPeriod": null, "notes": "" }),
        )
        .await;
    bench
        .call(
            "price_add",
            json!({ "provider": "openai", "model": "gpt-4o", "tier": "standard", "from": "2026-01-01T00:00:00Z",
            "currency": "USD", "rates": { "input": "2" }, "contractId": contract["id"], "source": "" }),
        )
        .await;
    csv(&bench, "usage.csv", "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,azure,gpt-4o,1000000\n2026-07-01T10:00:00Z,openai,gpt-4o,1000000\n").await;
    let view = bench.call("economics", json!({ "period": QUARTER, "by": ["vendor"] })).await;
    let of = |name: &str| {
        view["rows"].as_array().unwrap().iter().find(|r| r["keys"][0] == name).unwrap()["spend"]["amount"].clone()
    };
    assert_eq!((of("azure"), of("openai")), (json!("2"), json!("2.5")));
    // What it cost while the contract ran stays when the vendor goes.
    bench.call("vendor_delete", json!({ "id": vendor["id"] })).await;
    assert_eq!(spend(&bench).await.as_deref(), Some("4.5"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_history_is_drawn_on_the_days_of_the_reporting_zone_and_in_each_rows_currency() {
    let bench = Bench::with_workspace().await;
    let mut settings = bench.call("workspace_status", Value::Null).await["settings"].clone();
    settings["timeZone"] = json!("Asia/Kathmandu");
    bench.call("settings_save", settings).await;
    // The first of March and of April in Kathmandu.
    for (from, currency, input) in [("2026-02-28T18:15:00Z", "EUR", "2"), ("2026-03-31T18:15:00Z", "USD", "3")] {
        let draft = json!({ "provider": "acme", "model": "house", "tier": "standard", "from": from, "currency": currency,
            "rates": { "input": input }, "contractId": null, "source": "" });
        bench.call("price_add", draft).await;
    }
    let history =
        bench.call("price_history", json!({ "provider": "acme", "model": "house", "tier": "standard" })).await;
    let rows: Vec<String> = history["chart"]["table"]["rows"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| format!("{} {}", row[0]["text"].as_str().unwrap(), row[1]["text"].as_str().unwrap()))
        .collect();
    assert!(rows.iter().any(|row| row.starts_with("1 Mar 2026 €2")), "{rows:?}");
    assert!(rows.iter().any(|row| row.starts_with("1 Apr 2026 $3")), "{rows:?}");
}

#[test]
fn a_deck_of_unpriced_usage_or_of_bills_alone_does_not_say_there_is_none() {
    for (name, rows, says) in [
        (
            "usage",
            "time,vendor,model,session,input_tokens\n2026-07-01T10:00:00Z,acme,house,a,1020\n",
            "1,020 tokens have no price yet",
        ),
        ("bill", "time,vendor,model,cost\n2026-07-01T10:00:00Z,acme,house,12\n", "Billed, and not metered"),
    ] {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("a.csv"), rows).unwrap();
        for arguments in [
            &["new", "d.quarterdeck", "--name", "D", "--time-zone", "UTC"][..],
            &["-w", "d.quarterdeck", "import", "usage", "a.csv"],
            &["-w", "d.quarterdeck", "report", "quarter", "2026-Q3", "--out", "d.pdf"],
        ] {
            let done = quarterdeck_tests::quarterdeck(folder.path(), arguments);
            assert!(done.status.success(), "{name}: {}", String::from_utf8_lossy(&done.stderr));
        }
        let text = quarterdeck_tests::pdf_text(&folder.path().join("d.pdf"));
        assert!(text.contains(says) && !text.contains("No usage in this period"), "{name}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_that_leaves_out_a_kind_of_token_that_occurs_prices_only_a_part() {
    let bench = Bench::with_workspace().await;
    price(&bench, "acme", "house", "2").await;
    let text = "time,vendor,model,input_tokens,cached_tokens\n2026-07-01T10:00:00Z,acme,house,1000000,400000\n";
    csv(&bench, "usage.csv", text).await;
    let total = total(&bench).await;
    assert_eq!((&total["spend"]["amount"], &total["costPerRequest"]), (&json!("1.2"), &Value::Null));
    assert_eq!(total["basis"]["partlyPricedTokens"], "1000000", "{total}");
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
async fn a_bill_and_a_meter_are_compared_on_the_days_both_cover() {
    for (billed_days, metered_days, amount, flagged, share) in
        [(20, 10, 10, false, 0.0), (5, 10, 10, false, 0.0), (5, 10, 11, true, 0.1), (20, 10, 11, true, 0.1)]
    {
        let bench = Bench::with_workspace().await;
        let meter: String =
            (1..=metered_days).map(|day| format!("2026-07-{day:02}T12:00:00Z,openai,gpt-4o,4000000\n")).collect();
        csv(&bench, "meter.csv", &format!("time,vendor,model,input_tokens\n{meter}")).await;
        let bill: String =
            (1..=billed_days).map(|day| format!("2026-07-{day:02}T12:00:00Z,openai,gpt-4o,{amount}\n")).collect();
        // Searches and tax count as they are billed: about them nothing differs.
        let beside = "2026-07-02T12:00:00Z,openai,web search,40\n2026-07-02T12:00:00Z,openai,tax,20\n";
        csv(&bench, "bill.csv", &format!("date,vendor,model,cost\n{bill}{beside}")).await;
        let view = bench.call("reconciliation", json!({ "period": "2026-07" })).await;
        let month = &view["months"][0];
        assert_eq!(month["flagged"], flagged, "{billed_days} days at {amount}: {month}");
        assert!((month["share"].as_f64().unwrap() - share).abs() < 1e-9, "{month}");
        let home = bench.call("home", Value::Null).await;
        let named = |item: &Value| item["kind"] == "bill-differs";
        assert_eq!(home["attention"].as_array().unwrap().iter().any(named), flagged, "{home}");
    }
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
async fn a_row_without_a_vendor_that_gets_a_price_is_said() {
    let bench = Bench::with_workspace().await;
    let text = "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,,gpt-4o,1000000\n";
    let plan = bench.plan(&bench.write("usage.csv", text), |_| {}).await.unwrap();
    assert!(plan["notes"].as_array().unwrap().contains(&json!("vendor-untold")), "{plan}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_whose_data_end_within_it_is_compared_by_the_days_they_reach() {
    let bench = Bench::with_workspace().await;
    // A million tokens an hour in all of July, and to the end of 10 August.
    let hours = (0..31 * 24).chain(31 * 24..41 * 24);
    let text: String = hours
        .map(|hour| {
            let (month, day) = if hour < 31 * 24 { (7, hour / 24 + 1) } else { (8, hour / 24 - 30) };
            format!("2026-{month:02}-{day:02}T{:02}:00:00Z,openai,gpt-4o,1000000\n", hour % 24)
        })
        .collect();
    csv(&bench, "usage.csv", &format!("time,vendor,model,input_tokens\n{text}")).await;
    let view = bench.call("economics", json!({ "period": "2026-08", "by": ["model"] })).await;
    let spend = view["tiles"].as_array().unwrap().iter().find(|tile| tile["key"] == "spend").unwrap();
    assert_eq!((&spend["change"]["ratio"], &view["period"]["partial"]), (&json!(0.0), &json!(false)), "{spend}");
    assert!(spend["change"]["against"].as_str().unwrap().contains("10 days"), "{spend}");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_day_is_drawn_a_cost_that_stands_still_is_said_and_a_price_is_charged_with_its_tokens_alone() {
    let bench = Bench::with_workspace().await;
    // The price has no rate for what is read from a cache: a bill says what that cost.
    csv(
        &bench,
        "usage.csv",
        "time,vendor,model,input_tokens,cached_tokens\n2026-10-01T10:00:00Z,acme,house,3000000,1000000\n",
    )
    .await;
    csv(&bench, "bill.csv", "time,vendor,model,cost\n2026-10-01T12:00:00Z,acme,house,10\n").await;
    price(&bench, "acme", "house", "2").await;
    let query = json!({ "period": "2026-10", "by": ["model"] });
    let explained = bench.call("explain", json!({ "query": query, "figure": "spend", "row": null })).await;
    assert_eq!(explained["value"].as_str().map(|value| value.contains("10")), Some(true), "{explained}");
    let cost = explained["prices"][0]["cost"].as_str().unwrap();
    assert!(cost.contains('4') && !cost.contains("10"), "two million tokens at 2: {cost}");
    let day = bench.call("economics", json!({ "period": "2026-10-01..2026-10-01", "by": ["model"] })).await;
    let marks = &day["chart"]["marks"];
    assert_eq!(marks["x"].as_array().unwrap().len(), 2, "{marks}");
    assert_eq!(marks["series"][0]["values"], json!([10.0, 10.0]));
    assert_eq!(day["chart"]["table"]["rows"].as_array().unwrap().len(), 1);
    let still = Bench::with_workspace().await;
    let text: String = (28..=29)
        .chain(30..=30)
        .flat_map(|day| (0..24).map(move |hour| format!("2026-09-{day}T{hour:02}:00:00Z,openai,gpt-4o,1000000\n")))
        .collect();
    csv(&still, "usage.csv", &format!("time,vendor,model,input_tokens\n{text}")).await;
    let view = still.call("economics", json!({ "period": "2026-09-30..2026-09-30", "by": ["model"] })).await;
    assert_eq!(view["waterfall"]["title"], "Spend did not move", "{}", view["waterfall"]);
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

#[test]
fn the_cheapest_feature_is_the_cheapest_of_all_not_of_those_that_are_drawn() {
    let folder = tempfile::tempdir().unwrap();
    // Sixteen features; the one with the least spend, too small to be drawn, costs least and most is asked of the first.
    let rows: String = (1..=16)
        .map(|n| {
            let (requests, tokens) = if n == 16 { (1_000, 1_000) } else { (10, 1_000_000 * n) };
            format!("2026-07-01T10:00:00Z,openai,gpt-4o,feature-{n:02},{requests},{tokens}\n")
        })
        .collect();
    std::fs::write(folder.path().join("a.csv"), format!("time,vendor,model,feature,requests,input_tokens\n{rows}"))
        .unwrap();
    for arguments in [
        &["new", "d.quarterdeck", "--name", "D", "--time-zone", "UTC"][..],
        &["-w", "d.quarterdeck", "import", "usage", "a.csv"],
        &["-w", "d.quarterdeck", "report", "quarter", "2026-Q3", "--out", "d.pdf"],
    ] {
        let done = quarterdeck_tests::quarterdeck(folder.path(), arguments);
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    }
    let text = quarterdeck_tests::pdf_text(&folder.path().join("d.pdf"));
    let headline = text.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(headline.contains("feature-15") && headline.contains("feature-16"), "{headline}");
    // The table and the chart leave the smallest out: only the sentence names it.
    assert_eq!(
        headline.matches("feature-16").count(),
        headline.matches("feature-16 the cheapest").count(),
        "{headline}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn speed_region_and_searches_are_priced_or_said_never_dropped() {
    let header = "time,vendor,model,speed,inference_geo,web_searches,input_tokens\n";
    for (row, amount, note) in [
        // Claude Opus 4.6: 5 a million, fast mode 30.
        ("anthropic,claude-opus-4-6,,,0", "5", None),
        ("anthropic,claude-opus-4-6,fast,,0", "30", None),
        ("anthropic,claude-opus-4-6,,us,0", "5", Some("partly-priced")),
        ("anthropic,claude-opus-4-6,,,3", "5", Some("web-searches")),
    ] {
        let bench = Bench::with_workspace().await;
        let path = bench.write("a.csv", format!("{header}2026-07-01T10:00:00Z,{row},1000000\n"));
        let plan = bench.plan(&path, |_| {}).await.unwrap();
        let notes: Vec<&str> = plan["notes"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        for known in ["partly-priced", "web-searches"] {
            assert_eq!(notes.contains(&known), note == Some(known), "{row}: {notes:?}");
        }
        bench.commit(&plan, Value::Null, "both").await.unwrap();
        let total = total(&bench).await;
        assert_eq!(total["spend"]["amount"], amount, "{row}");
        let partly = total["basis"]["partlyPricedTokens"].as_str().unwrap();
        assert_eq!(partly != "0", note == Some("partly-priced"), "{row}: {partly}");
    }
}
