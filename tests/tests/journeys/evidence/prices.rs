//! What a price makes of usage: of which kind, from when, for whose.

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

use super::{QUARTER, csv, price, spend, total};

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
async fn a_price_agreed_in_one_vendors_contract_prices_no_other_vendors_usage() {
    let bench = Bench::with_workspace().await;
    let (vendor, contract) = bench.contract("Azure", &["azure"]).await;
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
async fn a_row_without_a_vendor_that_gets_a_price_is_said() {
    let bench = Bench::with_workspace().await;
    let text = "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,,gpt-4o,1000000\n";
    let plan = bench.plan(&bench.write("usage.csv", text), |_| {}).await.unwrap();
    assert!(plan["notes"].as_array().unwrap().contains(&json!("vendor-untold")), "{plan}");
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
