//! Documents: sections chosen and arranged, findings and commentary, kept for each document and undone like anything else.

#![allow(clippy::unwrap_used)]

use quarterdeck_tests::{Bench, fixture, pdf_text};
use serde_json::{Value, json};

fn quarter(subject: &str) -> Value {
    json!({ "kind": "quarter", "subject": subject })
}

async fn with_usage() -> Bench {
    let bench = Bench::with_workspace().await;
    bench.write("usage.csv", "time,vendor,model,feature,tenant,session_id,success,input_tokens\n2026-07-01T00:00:00Z,openai,gpt-4o,chat,acme,s1,true,1000000\n");
    bench.import(&bench.path("usage.csv"), |_| ()).await;
    bench
}

/// Section ids of the pages of a preview, in order, each once.
async fn pages(bench: &Bench, subject: &str) -> Vec<String> {
    let request = json!({ "document": quarter(subject), "paper": "deck", "lang": "en" });
    let preview = bench.call("report_preview", request).await;
    let mut ids: Vec<String> =
        preview["pages"].as_array().unwrap().iter().map(|page| page["id"].as_str().unwrap().to_owned()).collect();
    ids.dedup();
    ids
}

async fn arrange(bench: &Bench, subject: &str, sections: Value) {
    bench.call("document_arrange", json!({ "document": quarter(subject), "sections": sections })).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_quarter_has_the_sections_chosen_for_it_in_their_order_and_no_other_quarter_does() {
    let bench = with_usage().await;
    let every = ["cover", "summary", "spend", "features", "models", "tenants", "contracts", "method"];
    assert_eq!(pages(&bench, "2026-Q3").await, every);
    arrange(&bench, "2026-Q3", json!(["contracts", "spend"])).await;
    assert_eq!(pages(&bench, "2026-Q3").await, ["cover", "summary", "contracts", "spend", "method"]);
    assert_eq!(pages(&bench, "2026-Q2").await.len(), pages(&bench, "2026-Q1").await.len());
    let view = bench.call("document", quarter("2026-Q3")).await;
    let chosen: Vec<(&str, bool)> = view["sections"]
        .as_array()
        .unwrap()
        .iter()
        .map(|section| (section["id"].as_str().unwrap(), section["chosen"].as_bool().unwrap()))
        .collect();
    assert_eq!(chosen[..3], [("contracts", true), ("spend", true), ("change", false)]);
    assert_eq!(view["sections"][0]["name"], "Contracts and deadlines");

    // None at all is a document too: what stands around them.
    arrange(&bench, "2026-Q3", json!([])).await;
    assert_eq!(pages(&bench, "2026-Q3").await, ["cover", "summary", "method"]);
    bench.call("undo", Value::Null).await;
    assert_eq!(pages(&bench, "2026-Q3").await, ["cover", "summary", "contracts", "spend", "method"]);
    arrange(&bench, "2026-Q3", Value::Null).await;
    assert_eq!(pages(&bench, "2026-Q3").await, every);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_section_no_document_or_said_twice_is_refused_and_nothing_is_kept() {
    let bench = with_usage().await;
    for (document, sections, code) in [
        (quarter("2026-Q3"), json!(["spend", "nothing"]), "not-found"),
        (quarter("2026-Q3"), json!(["spend", "spend"]), "invalid"),
        (quarter("soon"), json!(["spend"]), "bad-period"),
        (json!({ "kind": "novel", "subject": "2026-Q3" }), json!(["spend"]), "not-found"),
    ] {
        let refused = bench.try_call("document_arrange", json!({ "document": document, "sections": sections })).await;
        assert_eq!(refused.unwrap_err().code, code, "{document} {sections}");
    }
    let long = json!({ "document": quarter("2026-Q3"), "section": "spend", "headline": "x".repeat(201), "text": "" });
    let refused = bench.try_call("passage_save", long).await.unwrap_err();
    assert_eq!((refused.fields[0].field.as_str(), refused.fields[0].code.as_str()), ("headline", "too-long"));
    assert_eq!(bench.call("document", quarter("2026-Q3")).await["passages"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_finding_stands_as_the_headline_and_both_it_and_commentary_are_undone() {
    let bench = with_usage().await;
    let write = |headline: &str, text: &str| json!({ "document": quarter("2026-Q3"), "section": "spend", "headline": headline, "text": text });
    bench.call("passage_save", write("Chat is all of it", "- one session\n- one model")).await;
    let path = bench.path("review.pdf");
    let request = json!({ "document": quarter("2026-Q3"), "paper": "a4", "lang": "en", "path": path });
    bench.call("report_export", request).await;
    let text = pdf_text(path.as_ref());
    for words in ["Chat is all of it", "one session"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    let log = bench.call("activity", json!({ "limit": 1 })).await;
    assert_eq!((&log[0]["what"], &log[0]["changes"][0]["label"]), (&json!("Commentary"), &json!("Finding")));
    bench.call("undo", Value::Null).await;
    assert_eq!(bench.call("document", quarter("2026-Q3")).await["passages"], json!([]));
    // However the quarter is written, it is the same document.
    bench.call("passage_save", write("", "Kept.")).await;
    assert_eq!(bench.call("document", quarter(" 2026-Q3 ")).await["passages"].as_array().map(Vec::len), Some(1));
}

#[tokio::test(flavor = "multi_thread")]
async fn commentary_of_the_first_schema_is_in_its_quarter() {
    use std::io::Read;
    let packed = std::fs::read(fixture("workspaces/first_light.quarterdeck.gz")).unwrap();
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).unwrap();
    let bench = Bench::new();
    let path = bench.write("old.quarterdeck", bytes);
    bench.call("workspace_open", json!({ "path": path })).await;
    let folder = bench.path("out");
    bench.call("workspace_export", json!({ "path": folder })).await;
    let kept = std::fs::read_to_string(bench.path("out/commentary.json")).unwrap();
    let kept: Vec<Value> = serde_json::from_str(&kept).unwrap();
    assert!(kept.iter().all(|passage| passage["document"] == "quarter"), "{kept:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_for_the_quarter_before_is_at_hand() {
    let bench = with_usage().await;
    let passage = |subject: &str, text: &str| json!({ "document": quarter(subject), "section": "spend", "headline": "", "text": text });
    bench.call("passage_save", passage("2026-Q2", "Growth came from chat.")).await;
    let view = bench.call("document", quarter("2026-Q3")).await;
    assert_eq!(
        (&view["earlierName"], &view["earlier"][0]["text"]),
        (&json!("Q2 2026"), &json!("Growth came from chat."))
    );
    assert_eq!(view["passages"], json!([]));
    // Of the quarter before alone.
    assert_eq!(bench.call("document", quarter("2026-Q4")).await["earlier"], json!([]));
}
