//! A vendor is called by its record wherever figures are by vendor; what is filtered by and kept is the name of the files.

use quarterdeck_tests::{Bench, pdf_text, quarterdeck};
use serde_json::{Value, json};

const PERIOD: &str = "2026-Q3";

fn vendor(name: &str, keys: &[&str]) -> Value {
    json!({ "id": null, "name": name, "status": "approved", "owner": "", "riskTier": null, "website": "", "endpoint": "", "notes": "",
        "contacts": [], "providerKeys": keys })
}

/// Usage of three vendors, one of which nobody keeps, and a bill of one that is a tenth too high.
async fn bench() -> Bench {
    let bench = Bench::with_workspace().await;
    let usage = "time,vendor,model,requests,input_tokens\n\
        2026-07-01T10:00:00Z,azure,gpt-4o,1,400000000\n2026-07-01T10:00:00Z,anthropic,claude-sonnet-4-5,1,1000000\n\
        2026-07-01T10:00:00Z,groq,house-1,1,1000\n2026-07-01T10:00:00Z,azure,house-2,1,1000\n";
    bench.import(&bench.write("usage.csv", usage), |request| request["source"] = json!("gateway")).await;
    let bill = "time,vendor,model,cost\n2026-07-01T10:00:00Z,azure,gpt-4o,1100\n";
    bench.import(&bench.write("bill.csv", bill), |request| request["source"] = json!("bill")).await;
    bench
}

/// Labels by the key they stand for.
fn labels(view: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| value[0].as_str().unwrap().to_owned();
    let mut all: Vec<_> =
        view["rows"].as_array().unwrap().iter().map(|row| (text(&row["keys"]), text(&row["labels"]))).collect();
    all.sort();
    all
}

fn pairs(of: &[(&str, &str)]) -> Vec<(String, String)> {
    of.iter().map(|(key, label)| ((*key).to_owned(), (*label).to_owned())).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_label_is_the_records_name_and_every_key_the_files() {
    let bench = bench().await;
    let economics = async |filters: Value| {
        bench.call("economics", json!({ "period": PERIOD, "by": ["vendor"], "filters": filters })).await
    };
    assert_eq!(
        labels(&economics(json!([])).await),
        pairs(&[("anthropic", "anthropic"), ("azure", "azure"), ("groq", "groq")]),
        "no vendor lists them"
    );
    let azure = bench.call("vendor_save", vendor("Microsoft Azure", &["Azure"])).await;
    bench.call("vendor_save", vendor("Anthropic", &[])).await;
    let view = economics(json!([])).await;
    let named = pairs(&[("anthropic", "Anthropic"), ("azure", "Microsoft Azure"), ("groq", "groq")]);
    assert_eq!(labels(&view), named);
    // The chart, its table and what is unpriced.
    let chart = view["chart"].to_string();
    assert!(chart.contains("\"Microsoft Azure\"") && chart.contains("\"Anthropic\"") && !chart.contains("\"azure\""));
    let unpriced: Vec<_> =
        view["unpriced"].as_array().unwrap().iter().map(|row| (&row["vendor"], &row["vendorName"])).collect();
    assert!(unpriced.contains(&(&json!("azure"), &json!("Microsoft Azure"))), "{unpriced:?}");
    // Filters and their values are those of the files, found by either name.
    let filter = |value: &str| json!([{ "dimension": "vendor", "values": [value] }]);
    assert_eq!(labels(&economics(filter("azure")).await), pairs(&[("azure", "Microsoft Azure")]));
    assert_eq!(economics(filter("Microsoft Azure")).await["rows"], json!([]));
    let find = async |text: &str| {
        bench.call("dimension_values", json!({ "dimension": "vendor", "text": text, "limit": 9 })).await
    };
    let found = json!({ "values": ["azure"], "labels": ["Microsoft Azure"], "total": 1 });
    assert_eq!((find("microsoft").await, find("azu").await), (found.clone(), found));
    // A figure explained, months reconciled, Home.
    let query = json!({ "period": PERIOD, "by": ["vendor"], "filters": [], "limit": 0 });
    let explained = bench.call("explain", json!({ "query": query, "figure": "spend", "row": ["azure"] })).await;
    assert!(explained["title"].as_str().unwrap().contains("Microsoft Azure"), "{explained}");
    let months = bench.call("reconciliation", json!({ "period": PERIOD })).await;
    let month = months["months"].as_array().unwrap().iter().find(|month| month["vendor"] == "azure").unwrap();
    assert_eq!(month["vendorName"], "Microsoft Azure");
    assert!(month["finding"][0].as_str().unwrap().contains("Microsoft Azure"), "{month}");
    let home = bench.call("home", Value::Null).await;
    let bill = home["attention"].as_array().unwrap().iter().find(|item| item["kind"] == "bill-differs").unwrap();
    assert!(bill["title"].as_str().unwrap().contains("Microsoft Azure"), "{bill}");
    assert!(bill["key"].as_str().unwrap().contains("/azure/"), "what was put off stays put off: {bill}");
    // The price book's vendor column.
    let search = json!({ "search": "anthropic/claude-sonnet-4", "limit": 50, "used": false });
    let prices = bench.call("prices", search).await;
    let first = &prices["rows"][0];
    assert_eq!(first["provider"], "anthropic");
    assert_eq!(prices["vendorNames"]["anthropic"], "Anthropic");
    let history = json!({ "provider": "anthropic", "model": first["model"], "tier": "standard" });
    assert_eq!(bench.call("price_history", history).await["vendorName"], "Anthropic");
    // Renamed, the next answer says so; without the vendor, it is the files' name again.
    let mut renamed = azure.clone();
    renamed["name"] = json!("Azure EU");
    bench.call("vendor_save", renamed).await;
    assert_eq!(labels(&economics(filter("azure")).await), pairs(&[("azure", "Azure EU")]));
    bench.call("vendor_delete", json!({ "id": azure["id"] })).await;
    assert_eq!(labels(&economics(filter("azure")).await), pairs(&[("azure", "azure")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn two_names_of_one_vendor_are_told_apart() {
    let bench = Bench::with_workspace().await;
    let usage =
        "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,azure,gpt-4o,1\n2026-07-01T10:00:00Z,azure-eu,gpt-4o,1\n";
    bench.import(&bench.write("usage.csv", usage), |_| {}).await;
    bench.call("vendor_save", vendor("Azure", &["azure", "azure-eu"])).await;
    let view = bench.call("economics", json!({ "period": PERIOD, "by": ["vendor"] })).await;
    assert_eq!(labels(&view), pairs(&[("azure", "Azure"), ("azure-eu", "Azure (azure-eu)")]));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_and_documents_print_the_records_name() {
    let bench = bench().await;
    bench.call("vendor_save", vendor("Microsoft Azure", &["azure"])).await;
    bench.call("vendor_save", vendor("Claude & Co", &["anthropic"])).await;
    bench.app.shut_down().await;
    let run = |arguments: &[&str]| {
        let ran = quarterdeck(bench.folder.path(), &[&["-w", "acme.quarterdeck"], arguments].concat());
        (String::from_utf8(ran.stdout).unwrap(), String::from_utf8(ran.stderr).unwrap())
    };
    let by_vendor = ["economics", "--period", PERIOD, "--by", "vendor"];
    let (table, unpriced) = run(&[&by_vendor[..], &["--reconcile"]].concat());
    assert!(table.contains("Microsoft Azure") && !table.contains("\nazure"), "{table}");
    assert!(unpriced.contains("Microsoft Azure"), "{unpriced}");
    assert!(run(&[&by_vendor[..], &["--filter", "vendor=azure"]].concat()).0.contains("Microsoft Azure"));
    // The name shown is not the one filtered by: which that is, is said.
    let refused = run(&[&by_vendor[..], &["--filter", "vendor=Microsoft Azure"]].concat()).1;
    assert!(refused.contains(": azure"), "{refused}");
    assert!(run(&["demand", "--period", PERIOD]).0.contains("Microsoft Azure"));
    let prices = run(&["prices", "list", "--provider", "anthropic"]).0;
    assert!(prices.lines().skip(1).all(|line| line.contains("Claude & Co")), "{prices}");
    assert!(run(&["check"]).0.contains("Microsoft Azure"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_samples_vendors_are_called_by_their_records() {
    let bench = Bench::new();
    bench.call("workspace_sample", json!({ "path": bench.path("sample.quarterdeck") })).await;
    let listed: Vec<(String, String)> = bench
        .call("vendors", Value::Null)
        .await
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            let vendor = &row["vendor"];
            (vendor["providerKeys"][0].as_str().unwrap().to_owned(), vendor["name"].as_str().unwrap().to_owned())
        })
        .collect();
    assert!(listed.iter().any(|(key, name)| key != name), "{listed:?}");
    let view = bench.call("economics", json!({ "period": "2026-Q4", "by": ["vendor"] })).await;
    let mut seen = 0;
    for (key, label) in labels(&view) {
        let record = listed.iter().find(|(listed, _)| *listed == key);
        assert_eq!(label, record.map_or(key.clone(), |(_, name)| name.clone()));
        seen += usize::from(record.is_some());
    }
    assert!(seen > 2, "{view}");
    let home = bench.call("home", Value::Null).await;
    for item in home["attention"].as_array().unwrap() {
        let title = item["title"].as_str().unwrap();
        for (key, name) in listed.iter().filter(|(key, name)| key != name) {
            assert!(!title.split_whitespace().any(|word| word == key), "{title} has {key}, not {name}");
        }
    }
    let document = json!({ "kind": "quarter", "subject": "2026-Q4" });
    let path = bench.path("q4.pdf");
    bench.call("report_export", json!({ "document": document, "paper": "deck", "lang": "en", "path": path })).await;
    let text = pdf_text(std::path::Path::new(&path));
    for (key, name) in listed.iter().filter(|(key, name)| key != name) {
        assert!(!text.split_whitespace().any(|word| word == key), "the review prints {key}, not {name}");
    }
}
