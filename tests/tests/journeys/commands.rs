//! Commands that no journey happens to take, each held by what it leaves behind; and that every command is called by some test.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use app::job::JobEvent;
use app::report::locale::Language;
use quarterdeck_tests::{Bench, pdf_text};
use serde_json::{Value, json};

async fn contract(bench: &Bench) -> Value {
    let draft = json!({ "id": null, "name": "OpenAI", "status": "approved", "owner": "", "riskTier": null, "website": "", "notes": "",
        "contacts": [], "providerKeys": ["openai"] });
    let vendor = bench.call("vendor_save", draft).await;
    let draft = json!({ "id": null, "vendorId": vendor["id"], "title": "Order form 1", "kind": "order-form", "owner": "", "parties": "",
        "start": "2026-02-01", "initialTermMonths": 12, "end": null, "autoRenew": true, "renewalTermMonths": 12,
        "noticeMinDays": 60, "noticeMaxDays": null, "noticeGiven": null, "currency": "USD", "commitment": null,
        "commitmentPeriod": null, "notes": "" });
    bench.call("contract_save", draft).await
}

async fn usage(bench: &Bench, text: &str) -> Value {
    let path = bench.write("usage.csv", text);
    bench.import(&path, |_| {}).await
}

const ROWS: &str = "time,vendor,model,tenant,input_tokens\n2026-07-01T10:00:00Z,openai,gpt-4o,acme,1000000\n\
                    2026-07-02T10:00:00Z,openai,gpt-4o,zenith,1000000\n";

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_workspace_is_among_the_recent_ones_and_takes_no_command() {
    let bench = Bench::with_workspace().await;
    let closed = bench.call("workspace_close", Value::Null).await;
    assert_eq!(closed["state"], "none");
    assert_eq!(bench.try_call("vendors", Value::Null).await.unwrap_err().code, "no-workspace");
    let recent = bench.call("workspace_recent", Value::Null).await;
    assert_eq!(recent[0]["path"], bench.path("acme.quarterdeck"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cancelled_import_leaves_the_workspace_as_it_was() {
    let bench = Bench::with_workspace().await;
    let mut text = String::from("time,vendor,model,input_tokens\n");
    for n in 0..400_000u32 {
        text.push_str(&format!("2026-07-{:02}T{:02}:00:00Z,openai,gpt-4o,{n}\n", n % 28 + 1, n / 28 % 24));
    }
    let path = bench.write("usage.csv", text);
    let look = bench.call("import_inspect", json!({ "path": path })).await;
    let request =
        json!({ "path": path, "format": look["format"], "mapping": look["mapping"], "source": look["source"] });
    let (app, asked) = (bench.app.clone(), Arc::new(AtomicBool::new(false)));
    let (seen, runtime) = (asked.clone(), tokio::runtime::Handle::current());
    let events = Arc::new(move |event: JobEvent| {
        if !seen.swap(true, Ordering::Relaxed) {
            let app = app.clone();
            runtime.spawn(async move {
                app.dispatch("job_cancel", json!({ "job": event.job }), Language::En, None).await.unwrap();
            });
        }
    });
    let outcome = bench.app.dispatch("import_plan", request, Language::En, Some(events)).await;
    assert!(asked.load(Ordering::Relaxed));
    assert_eq!(outcome.unwrap_err().code, "cancelled");
    assert_eq!(bench.call("imports", Value::Null).await, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_contract_and_its_document_are_gone_and_come_back() {
    let bench = Bench::with_workspace().await;
    let signed = contract(&bench).await;
    let pdf = bench.write("signed.pdf", b"%PDF-1.7 signed");
    let attached =
        bench.call("record_attach", json!({ "about": { "area": "contract", "id": signed["id"] }, "path": pdf })).await;
    let documents =
        async || bench.call("record", json!({ "area": "contract", "id": signed["id"] })).await["attachments"].clone();
    bench.call("attachment_delete", json!({ "id": attached["id"] })).await;
    assert_eq!(documents().await, json!([]));
    bench.call("undo", Value::Null).await;
    assert_eq!(documents().await[0]["name"], "signed.pdf");
    bench.call("contract_delete", json!({ "id": signed["id"] })).await;
    assert_eq!(bench.call("contracts", Value::Null).await["rows"], json!([]));
    bench.call("undo", Value::Null).await;
    assert_eq!(documents().await[0]["id"], attached["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_closed_price_stops_on_its_day_and_is_open_again_on_undo() {
    let bench = Bench::with_workspace().await;
    let draft = json!({ "provider": "acme", "model": "house", "tier": "standard", "from": "2026-01-01T00:00:00Z", "currency": "USD",
        "rates": { "input": "2", "output": "8" }, "contractId": null, "source": "letter" });
    let price = bench.call("price_add", draft).await;
    let closed = bench.call("price_close", json!({ "id": price["id"], "at": "2026-07-02T00:00:00Z" })).await;
    assert_eq!(closed["to"], "2026-07-02T00:00:00Z");
    usage(&bench, &ROWS.replace("openai,gpt-4o", "acme,house")).await;
    let spend =
        async || bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await["total"].clone();
    let total = spend().await;
    assert_eq!((&total["spend"]["amount"], &total["unpricedTokens"]), (&json!("2"), &json!("1000000")));
    let sources = bench.call("price_sources", Value::Null).await;
    assert!(sources.as_array().unwrap().iter().any(|source| source["rows"].as_i64().unwrap_or(0) > 100), "{sources}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_plan_is_there_until_it_is_discarded_and_its_bad_rows_can_be_saved() {
    let bench = Bench::with_workspace().await;
    let path = bench.write("usage.csv", format!("{ROWS}2026-07-03T10:00:00Z,openai,gpt-4o,acme,=cmd\n"));
    let plan = bench.plan(&path, |_| {}).await.unwrap();
    let which = json!({ "planId": plan["id"] });
    assert_eq!(bench.call("import_plan_get", which.clone()).await, plan);
    let out = bench.path("bad.csv");
    let saved = bench.call("import_issues_export", json!({ "planId": plan["id"], "path": out })).await;
    assert_eq!(saved["rows"], 1);
    let text = std::fs::read_to_string(&out).unwrap();
    // Row and column, and no cell a spreadsheet would run.
    assert!(text.starts_with("row,column,reason,value\n4,input_tokens,") && text.contains("'=cmd"), "{text}");
    bench.call("import_plan_discard", which.clone()).await;
    assert_eq!(bench.try_call("import_plan_get", which).await.unwrap_err().code, "plan-gone");
    assert_eq!(bench.call("imports", Value::Null).await, json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn values_of_a_dimension_are_found_by_a_part_of_them() {
    let bench = Bench::with_workspace().await;
    usage(&bench, ROWS).await;
    let find = |text: &str, limit: u32| json!({ "dimension": "tenant", "text": text, "limit": limit });
    assert_eq!(
        bench.call("dimension_values", find("", 1)).await,
        json!({ "values": ["acme"], "labels": ["acme"], "total": 2 })
    );
    assert_eq!(
        bench.call("dimension_values", find("ZEN", 9)).await,
        json!({ "values": ["zenith"], "labels": ["zenith"], "total": 1 })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn an_alias_that_is_forgotten_leaves_priced_what_it_priced() {
    let bench = Bench::with_workspace().await;
    usage(&bench, &ROWS.replace("gpt-4o", "our gateway")).await;
    let alias = json!({ "vendor": "openai", "alias": "our gateway", "provider": "openai", "model": "gpt-4o" });
    bench.call("alias_save", alias).await;
    let spend = async || {
        bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await["total"]["spend"]["amount"]
            .clone()
    };
    assert_eq!(spend().await, "5");
    bench.call("alias_forget", json!({ "vendor": "openai", "alias": "our gateway" })).await;
    assert_eq!((spend().await, bench.call("aliases", Value::Null).await), (json!("5"), json!([])));
}

#[tokio::test(flavor = "multi_thread")]
async fn commentary_is_kept_per_quarter_and_printed() {
    let bench = Bench::with_workspace().await;
    usage(&bench, ROWS).await;
    let document = |subject: &str| json!({ "kind": "quarter", "subject": subject });
    let text = "A quarter of two requests.";
    let draft = json!({ "document": document("2026-Q3"), "section": "summary", "headline": "", "text": text });
    bench.call("passage_save", draft).await;
    let kept = bench.call("document", document("2026-Q3")).await;
    assert_eq!(kept["passages"], json!([{ "section": "summary", "headline": "", "text": text, "figures": [] }]));
    assert_eq!(bench.call("document", document("2026-Q2")).await["passages"], json!([]));
    for lang in ["en", "zh-CN"] {
        let preview = bench
            .call(
                "report_preview",
                json!({ "document": { "kind": "quarter", "subject": "2026-Q3" }, "paper": "deck", "lang": lang }),
            )
            .await;
        assert!(preview["pages"].as_array().is_some_and(|pages| pages.len() > 2), "{lang}: {preview}");
        let path = bench.path(&format!("{lang}.pdf"));
        let request = json!({ "document": { "kind": "quarter", "subject": "2026-Q3" }, "paper": "deck", "lang": lang, "path": path });
        bench.call("report_export", request).await;
        let text = pdf_text(Path::new(&path));
        assert!(text.contains("A quarter of two requests."), "{lang}: {text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chart_is_saved_as_a_picture_and_as_the_table_behind_it() {
    let bench = Bench::with_workspace().await;
    usage(&bench, ROWS).await;
    let view = bench.call("economics", json!({ "period": "2026-Q3", "by": ["tenant"] })).await;
    let save = async |name: &str| {
        let path = bench.path(name);
        bench.call("chart_export", json!({ "spec": view["chart"], "path": path })).await;
        std::fs::read_to_string(path).unwrap()
    };
    assert!(save("spend.svg").await.starts_with("<svg"));
    let table = save("spend.csv").await;
    assert!(table.contains("acme") && table.contains("2.5"), "{table}");
}

#[test]
fn every_command_is_called_by_some_test() {
    fn sources(folder: &Path) -> String {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries
            .filter(|path| path.is_dir() || path.extension().is_some_and(|ending| ending == "rs"))
            .map(|path| if path.is_dir() { sources(&path) } else { std::fs::read_to_string(path).unwrap() })
            .collect()
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tests = ["tests", "src"].map(|name| sources(&folder.join(name))).concat();
    let uncalled: Vec<&str> = app::areas::commands()
        .map(|command| command.name)
        .filter(|name| !tests.contains(&format!("\"{name}\"")))
        .collect();
    assert!(uncalled.is_empty(), "{uncalled:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_palette_answers_with_figures_and_periods_before_records() {
    let bench = Bench::with_workspace().await;
    bench.contract("Spendwell", &["openai"]).await;
    let rows = "time,vendor,model,input_tokens\n2026-11-20T10:00:00Z,openai,gpt-4o,1000000\n2026-07-20T10:00:00Z,openai,gpt-4o,1000000\n";
    bench.import(&bench.write("usage.csv", rows), |_| ()).await;
    let hits = bench.call("search", json!({ "text": "spend", "limit": 12 })).await;
    assert_eq!((&hits[0]["title"], &hits[0]["answer"]), (&json!("Spend: $2.50"), &json!(true)));
    assert_eq!(hits[0]["link"], json!({ "area": "economics", "id": "2026-Q4" }));
    assert!(hits.as_array().unwrap().iter().any(|hit| hit["title"] == "Spendwell" && hit["answer"] == false), "{hits}");
    let periods = bench.call("search", json!({ "text": "2026-q3", "limit": 12 })).await;
    assert_eq!((&periods[0]["title"], &periods[0]["link"]["id"]), (&json!("Q3 2026"), &json!("2026-Q3")));
    // Both follow the file.
    let more = "time,vendor,model,input_tokens\n2026-11-21T10:00:00Z,openai,gpt-4o,1000000\n";
    bench.import(&bench.write("more.csv", more), |_| ()).await;
    assert_eq!(bench.call("search", json!({ "text": "spend", "limit": 12 })).await[0]["title"], "Spend: $5.00");
}
