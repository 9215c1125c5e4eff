//! From a usage file to economics and a PDF: the window's commands, the command line and the paper agree.

use std::path::Path;

use app::report::locale::Language;
use quarterdeck_tests::{Bench, azure, fixture, pdf_text, quarterdeck};
use serde_json::{Value, json};

/// What the Azure trace costs at gpt-4o's list price, computed apart from everything of ours: whole numbers of
/// nano-dollars, 2.50 and 10.00 USD per million tokens being 2,500 and 10,000 nano-dollars a token.
fn separate_calculation() -> (u64, u64, u64, u128) {
    let mut reader = csv::Reader::from_path(fixture("usage/AzureLLMInferenceTrace_code.csv")).unwrap();
    let (mut rows, mut input, mut output) = (0, 0, 0);
    for record in reader.records() {
        let record = record.unwrap();
        rows += 1;
        input += record[1].parse::<u64>().unwrap();
        output += record[2].parse::<u64>().unwrap();
    }
    (rows, input, output, u128::from(input) * 2_500 + u128::from(output) * 10_000)
}

fn dollars(nanos: u128) -> String {
    let text = format!("{}.{:09}", nanos / 1_000_000_000, nanos % 1_000_000_000);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

const QUARTER: &str = "2023-Q4";

fn economics_payload() -> Value {
    json!({ "period": QUARTER, "by": ["vendor", "model"], "filters": [], "limit": 0 })
}

#[tokio::test(flavor = "multi_thread")]
async fn the_azure_trace_costs_what_a_separate_calculation_says_to_the_nano_dollar() {
    let bench = Bench::with_workspace().await;
    let path = fixture("usage/AzureLLMInferenceTrace_code.csv");
    let summary = bench.import(&path.to_string_lossy(), azure).await;
    let (rows, input, output, nanos) = separate_calculation();
    assert_eq!(summary["rows"], rows);
    let view = bench.call("economics", economics_payload()).await;
    let row = &view["rows"][0];
    assert_eq!(row["spend"], json!({ "amount": dollars(nanos), "currency": "USD" }));
    assert_eq!(row["requests"], rows.to_string());
    assert_eq!(row["tokens"]["input"], input.to_string());
    assert_eq!(row["tokens"]["output"], output.to_string());
    // The trace counts no sessions: unknown, not 0.
    assert_eq!(row["sessions"], Value::Null);
    assert_eq!(row["costPerSession"], Value::Null);
    assert_eq!(view["tiles"][0]["value"]["money"]["amount"], dollars(nanos));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_twice_changes_nothing() {
    let bench = Bench::with_workspace().await;
    let path = fixture("usage/AzureLLMInferenceTrace_code.csv");
    bench.import(&path.to_string_lossy(), azure).await;
    let before = bench.call("economics", economics_payload()).await;
    let revision = bench.call("workspace_status", Value::Null).await["revision"].clone();
    let again = bench.import(&path.to_string_lossy(), azure).await;
    assert_eq!(again["unchanged"], true);
    assert_eq!(bench.call("economics", economics_payload()).await, before);
    assert_eq!(bench.call("workspace_status", Value::Null).await["revision"], revision);
    // Under another name, with a byte more, the hours are the same all the same.
    let mut bytes = std::fs::read(&path).unwrap();
    bytes.push(b'\n');
    let copy = bench.write("copy.csv", bytes);
    let again = bench
        .import(&copy, |request| {
            azure(request);
            request["source"] = json!("AzureLLMInferenceTrace_code");
        })
        .await;
    assert_eq!(again["unchanged"], true, "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn hours_told_differently_need_a_decision_and_each_decision_does_what_it_says() {
    for (choice, expected) in [("keep", 100), ("replace", 900), ("add", 1000)] {
        let bench = Bench::with_workspace().await;
        let row =
            |tokens: u32| format!("time,model,vendor,input_tokens\n2026-07-01T10:00:00Z,gpt-4o,openai,{tokens}\n");
        let first = bench.write("a.csv", row(100));
        let second = bench.write("b.csv", row(900));
        let feed = |request: &mut Value| request["source"] = json!("gateway");
        bench.import(&first, feed).await;
        let plan = bench.plan(&second, feed).await.unwrap();
        assert_eq!(plan["cells"]["conflict"], 1);
        let commit = |choice: Value| json!({ "planId": plan["id"], "onConflict": choice });
        let undecided = bench.try_call("import_commit", commit(Value::Null)).await.unwrap_err();
        assert_eq!(undecided.code, "conflict-undecided");
        bench.call("import_commit", commit(json!(choice))).await;
        let view = bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await;
        assert_eq!(view["rows"][0]["tokensTotal"], expected.to_string(), "{choice}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_can_be_taken_back_whole() {
    let bench = Bench::with_workspace().await;
    let rows = "time,model,vendor,input_tokens\n2026-07-01T10:00:00Z,gpt-4o,openai,5\n";
    let kept = bench.write("kept.csv", rows);
    bench.import(&kept, |_| {}).await;
    let before = bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await;
    let gone = bench.write("gone.csv", "time,model,vendor,input_tokens\n2026-07-01T11:00:00Z,gpt-4o,openai,7\n");
    let summary = bench.import(&gone, |request| request["source"] = json!("other")).await;
    bench.call("import_revert", json!({ "id": summary["importId"] })).await;
    let after = bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await;
    assert_eq!(after["rows"], before["rows"]);
    assert_eq!(bench.call("imports", Value::Null).await.as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_price_added_later_does_not_move_history_and_unpriced_is_never_free() {
    let bench = Bench::with_workspace().await;
    let rows = "time,model,vendor,input_tokens\n2026-07-01T10:00:00Z,house-model,acme,1000000\n2026-07-01T10:00:00Z,gpt-4o,openai,1000000\n";
    let path = bench.write("a.csv", rows);
    bench.import(&path, |_| {}).await;
    let query = json!({ "period": "2026-Q3", "by": ["model"] });
    let view = bench.call("economics", query.clone()).await;
    assert_eq!(view["unpriced"][0]["model"], "house-model");
    assert_eq!(view["tiles"][0]["value"]["money"]["amount"], "2.5");
    bench
        .call(
            "price_add",
            json!({ "provider": "openai", "model": "gpt-4o", "tier": "standard", "from": "2026-01-01T00:00:00Z",
            "currency": "USD", "rates": { "input": "99", "output": "99" }, "contractId": null, "source": "" }),
        )
        .await;
    let after = bench.call("economics", query).await;
    assert_eq!(after["tiles"][0]["value"]["money"]["amount"], "2.5");
}

#[tokio::test(flavor = "multi_thread")]
async fn days_are_cut_in_the_workspaces_zone_and_cut_anew_when_it_changes() {
    let bench = Bench::with_workspace().await;
    // 23:30 UTC on 30 June is 1 July in Kolkata.
    let path = bench.write("a.csv", "time,model,vendor,input_tokens\n2026-06-30T23:30:00Z,gpt-4o,openai,5\n");
    bench.import(&path, |_| {}).await;
    let tokens = async |period: &str| {
        let view = bench.call("economics", json!({ "period": period, "by": ["model"] })).await;
        view["rows"][0]["tokensTotal"].clone()
    };
    assert_eq!(tokens("2026-Q2").await, "5");
    assert_eq!(tokens("2026-Q3").await, Value::Null);
    let settings = json!({ "name": "Acme", "currency": "USD", "timeZone": "Asia/Kolkata", "fiscalStartMonth": 1 });
    bench.call("settings_save", settings).await;
    assert_eq!(tokens("2026-Q2").await, Value::Null);
    assert_eq!(tokens("2026-Q3").await, "5");
    bench.call("undo", Value::Null).await;
    assert_eq!(tokens("2026-Q2").await, "5");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_figure_opens_to_its_formula_prices_and_files() {
    let bench = Bench::with_workspace().await;
    let path = fixture("usage/AzureLLMInferenceTrace_code.csv");
    bench.import(&path.to_string_lossy(), azure).await;
    let (.., nanos) = separate_calculation();
    let explained =
        bench.call("explain", json!({ "query": economics_payload(), "figure": "spend", "row": null })).await;
    assert_eq!(explained["value"], format!("USD {}", dollars(nanos)));
    assert_eq!(explained["prices"][0]["model"], "gpt-4o");
    assert_eq!(explained["prices"][0]["cost"], format!("USD {}", dollars(nanos)));
    assert_eq!(explained["files"][0]["name"], "AzureLLMInferenceTrace_code.csv");
    assert!(explained["formula"].as_str().unwrap().contains("tokens"));
}

/// Done headless, the numbers of the command line, of the commands behind the window, and in the PDF are the same.
#[tokio::test(flavor = "multi_thread")]
async fn the_command_line_the_window_and_the_pdf_agree() {
    let bench = Bench::new();
    let folder = bench.folder.path();
    let run = |arguments: &[&str]| {
        let output = quarterdeck(folder, arguments);
        let text = String::from_utf8(output.stdout).unwrap();
        assert!(output.status.success(), "{arguments:?}: {}{text}", String::from_utf8_lossy(&output.stderr));
        text
    };
    run(&["new", "cli.quarterdeck", "--name", "Acme"]);
    let path = fixture("usage/AzureLLMInferenceTrace_code.csv");
    let path = path.to_string_lossy();
    let workspace = ["-w", "cli.quarterdeck"];
    let import = [
        "import",
        "usage",
        &path,
        "--map",
        "TIMESTAMP=timestamp,ContextTokens=input-tokens,GeneratedTokens=output-tokens",
        "--set",
        "vendor=azure",
        "--set",
        "model=gpt-4o",
        "--time-zone",
        "UTC",
    ];
    let plan: Value =
        serde_json::from_str(&run(&[&workspace[..], &import[..], &["--dry-run", "--json"]].concat())).unwrap();
    let (rows, .., nanos) = separate_calculation();
    assert_eq!(plan["totals"]["computed"], json!([{ "amount": dollars(nanos), "currency": "USD" }]));
    run(&[&workspace[..], &import[..]].concat());
    let said = run(&[&workspace[..], &["economics", "--period", QUARTER, "--by", "vendor,model", "--json"]].concat());
    let said: Value = serde_json::from_str(&said).unwrap();
    assert_eq!(said["rows"][0]["spend"]["amount"], dollars(nanos));
    for (paper, name) in [("deck", "deck.pdf"), ("a4", "report.pdf")] {
        run(&[&workspace[..], &["report", "quarter", QUARTER, "--out", name, "--paper", paper]].concat());
    }
    // The same commands as the window's, on the same file.
    bench.call("workspace_open", json!({ "path": bench.path("cli.quarterdeck") })).await;
    let window = bench.call("economics", economics_payload()).await;
    assert_eq!(window["rows"], said["rows"]);
    assert_eq!(window["tiles"], said["tiles"]);
    let cents = format!("{:.2}", (nanos as f64) / 1e9);
    for name in ["deck.pdf", "report.pdf"] {
        let text = pdf_text(Path::new(&bench.path(name)));
        assert!(text.contains(&format!("${cents}")), "${cents} is not in {name}:\n{text}");
        assert!(text.contains("AzureLLMInferenceTrace_code.csv"), "{name} does not name its source:\n{text}");
        let grouped = format!("{},{:03}", rows / 1000, rows % 1000);
        assert!(text.contains(&grouped), "{grouped} is not in {name}");
    }
}

#[test]
fn exit_codes_tell_failure_from_wrong_use_from_alerts() {
    let folder = tempfile::tempdir().unwrap();
    let code = |arguments: &[&str]| quarterdeck(folder.path(), arguments).status.code().unwrap();
    assert_eq!(code(&["--version"]), 0);
    assert_eq!(code(&["nonsense"]), 2);
    assert_eq!(code(&["verify"]), 2);
    assert_eq!(code(&["-w", "missing.quarterdeck", "verify"]), 1);
    assert_eq!(code(&["new", "s.quarterdeck", "--sample"]), 0);
    assert_eq!(code(&["new", "s.quarterdeck", "--sample"]), 1);
    assert_eq!(code(&["-w", "s.quarterdeck", "verify"]), 0);
    // The sample's nearest deadline is 21 days away.
    assert_eq!(code(&["-w", "s.quarterdeck", "contracts", "deadlines"]), 3);
    assert_eq!(code(&["-w", "s.quarterdeck", "contracts", "deadlines", "--within", "20"]), 0);
    // What is typed on the command line and cannot be meant is wrong use, wherever it is noticed.
    assert_eq!(code(&["new", "other.quarterdeck", "--time-zone", "Mars/Olympus"]), 2);
    let economics = ["-w", "s.quarterdeck", "economics", "--period"];
    for (rest, expected) in [
        (&["2026-Q3"][..], 0),
        (&["2026-Q9"], 2),
        (&["2026-Q3", "--by", "colour"], 2),
        (&["2026-Q3", "--by", "vendor,model,tenant"], 2),
    ] {
        assert_eq!(code(&[&economics[..], rest].concat()), expected, "{rest:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn usage_without_a_price_gets_the_first_one_that_covers_it_and_gives_it_back_on_undo() {
    let bench = Bench::with_workspace().await;
    let rows = "time,vendor,model,tenant,requests,input_tokens\n\
        2026-07-01T00:00:00Z,acme-ai,house-1,a,1,1000000\n\
        2026-07-02T00:00:00Z,acme-ai,house-1,a,1,1000000\n\
        2026-07-03T00:00:00Z,openai,gpt-4o,a,1,1000000\n";
    let path = bench.write("usage.csv", rows);
    bench.import(&path, |_| ()).await;
    let view = async || {
        bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"], "filters": [], "limit": 0 })).await
    };
    let before = view().await;
    assert_eq!(before["total"]["spend"]["amount"], "2.5");
    assert_eq!(before["unpriced"][0]["tokens"], "2000000");
    let price = |from: &str, input: &str| {
        json!({ "provider": "acme-ai", "model": "house-1", "tier": "standard", "from": format!("2026-07-{from}T00:00:00Z"),
            "currency": "USD", "rates": { "input": input }, "contractId": null, "source": "letter" })
    };
    bench.call("price_add", price("02", "3")).await;
    let after = view().await;
    assert_eq!(after["total"]["spend"]["amount"], "5.5", "the day the price covers");
    assert_eq!(after["unpriced"][0]["tokens"], "1000000", "the day before it stays unpriced, not free");
    // A later price changes nothing about days that have one: history does not move.
    bench.call("price_add", price("03", "9")).await;
    assert_eq!(view().await["total"]["spend"]["amount"], "5.5");
    bench.call("undo", Value::Null).await;
    bench.call("undo", Value::Null).await;
    let undone = view().await;
    assert_eq!((&undone["total"], &undone["unpriced"]), (&before["total"], &before["unpriced"]));
    // Usage imported at a price makes it history.
    bench.call("price_add", price("02", "3")).await;
    let more = bench.write(
        "more.csv",
        "time,vendor,model,tenant,requests,input_tokens\n2026-07-09T00:00:00Z,acme-ai,house-1,a,1,1000000\n",
    );
    bench.import(&more, |_| ()).await;
    assert_eq!(view().await["total"]["spend"]["amount"], "8.5");
    assert_eq!(bench.try_call("undo", Value::Null).await.unwrap_err().code, "price-in-use");
    assert_eq!(view().await["total"]["spend"]["amount"], "8.5");
}

#[tokio::test(flavor = "multi_thread")]
async fn usage_priced_after_its_import_pays_the_context_tier_it_would_have_paid_at_its_import() {
    let list = r#"{"schema":1,"updated_at":"2026-07-01T00:00:00Z","prices":{"acme-ai":{"house-1":{"standard":[
        {"start":null,"rates":{"input":3,"cache_read":1,"output":15,"tiers":[
            {"above":200000,"input":6,"cache_read":2},{"above":400000,"input":12}]}}]}}}}"#;
    // A row an hour, so that each is a cell of its own: on, just above and far above each bound, by mean length,
    // with cached input (which the column includes), with a mean that is no whole number, and with no requests to
    // take a mean of. Last, what the input costs, worked out by hand, in millionths of a dollar.
    let rows = [
        (1, 200_000, 0, 600_000),
        (1, 200_001, 0, 1_200_006),
        (50, 5_000_000, 0, 15_000_000),
        (2, 400_000, 0, 1_200_000),
        (2, 400_001, 0, 2_400_006),
        (3, 600_002, 0, 3_600_012),
        (1, 200_001, 50_001, 1_000_002),
        (1, 200_000, 50_000, 500_000),
        (1, 400_000, 0, 2_400_000),
        (1, 400_001, 0, 4_800_012),
        (0, 900_000, 0, 2_700_000),
    ];
    let mut csv = "time,vendor,model,requests,input_tokens,cache_read_tokens,output_tokens\n".to_owned();
    for (hour, (requests, input, cached, _)) in rows.iter().enumerate() {
        csv += &format!("2026-07-02T{hour:02}:00:00Z,acme-ai,house-1,{requests},{input},{cached},1000\n");
    }
    let mut seen = Vec::new();
    for price_first in [true, false] {
        let bench = Bench::with_workspace().await;
        let list = bench.write("prices.json", list);
        let usage = bench.write("usage.csv", &csv);
        if price_first {
            bench.call("price_import", json!({ "path": list })).await;
        }
        bench.import(&usage, |_| ()).await;
        if !price_first {
            bench.call("price_import", json!({ "path": list })).await;
        }
        let view =
            bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"], "filters": [], "limit": 0 })).await;
        assert_eq!(view["unpriced"], json!([]), "price first: {price_first}");
        seen.push(view["total"].clone());
    }
    assert_eq!(seen[0], seen[1]);
    // The output: a thousand tokens a row at 15 dollars a million.
    let by_hand: u128 = rows.iter().map(|(.., cost)| cost + 15_000).sum();
    assert_eq!(seen[0]["spend"]["amount"], dollars(by_hand * 1_000));
}

#[test]
fn a_reader_that_has_seen_enough_is_no_failure() {
    let folder = tempfile::tempdir().unwrap();
    assert!(quarterdeck(folder.path(), &["new", "a.quarterdeck"]).status.success());
    // A pipe whose other end is closed before anything is written.
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let cut = std::process::Command::new(quarterdeck_tests::program("quarterdeck"))
        .args(["-w", "a.quarterdeck", "economics", "--period", "2026-Q3", "--json"])
        .current_dir(folder.path())
        .env("QUARTERDECK_DATA_DIR", folder.path().join("data"))
        .stdout(writer)
        .output()
        .unwrap();
    assert_eq!((cut.status.code(), String::from_utf8_lossy(&cut.stderr).as_ref()), (Some(0), ""));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reverted_import_comes_back_on_undo_unless_its_file_came_in_again() {
    let bench = Bench::with_workspace().await;
    let path = bench.write(
        "usage.csv",
        "time,vendor,model,input_tokens\n2026-07-01T00:00:00Z,openai,gpt-4o,1000000\n2026-08-01T00:00:00Z,openai,gpt-4o,1000000\n",
    );
    bench
        .call(
            "vendor_save",
            json!({ "id": null, "name": "OpenAI", "status": "approved", "owner": "", "riskTier": null,
        "website": "", "notes": "", "contacts": [], "providerKeys": [] }),
        )
        .await;
    let imported = bench.import(&path, |_| ()).await;
    let view = async || {
        bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"], "filters": [], "limit": 0 })).await
    };
    let before = view().await;
    let revert = json!({ "id": imported["importId"] });
    bench.call("import_revert", revert.clone()).await;
    assert_eq!(view().await["total"], Value::Null);
    assert_eq!(bench.call("imports", Value::Null).await, json!([]));
    assert_eq!(bench.call("undo", Value::Null).await["undone"]["action"], "reverted");
    assert_eq!(view().await["total"], before["total"]);
    bench.call("import_revert", revert).await;
    assert_eq!(bench.import(&path, |_| ()).await["unchanged"], false);
    assert_eq!(bench.try_call("undo", Value::Null).await.unwrap_err().code, "imported-again");
    assert_eq!(view().await["total"], before["total"]);
    assert_eq!(bench.call("vendors", Value::Null).await[0]["vendor"]["name"], "OpenAI");
}

#[tokio::test(flavor = "multi_thread")]
async fn spans_under_an_attributes_old_and_new_name_are_read_from_one_file() {
    let bench = Bench::with_workspace().await;
    let span = |vendor: &str, input: &str, output: &str| {
        format!(
            "{{\"timestamp\":\"2026-07-01T08:00:00Z\",\"attributes\":{{\"gen_ai.{vendor}\":\"openai\",\"gen_ai.request.model\":\"gpt-4o\",\"gen_ai.usage.{input}\":1000,\"gen_ai.usage.{output}\":10}}}}\n"
        )
    };
    let now = span("provider.name", "input_tokens", "output_tokens");
    let before = span("system", "prompt_tokens", "completion_tokens");
    // A collector that fills the new names with nothing.
    let nothing = before.replace("\"gen_ai.request", "\"gen_ai.provider.name\":\"\",\"gen_ai.usage.input_tokens\":null,\"gen_ai.usage.output_tokens\":null,\"gen_ai.request");
    for (name, text) in [
        ("a.jsonl", format!("{now}{before}{now}")),
        ("b.jsonl", format!("{before}{now}{before}")),
        ("c.jsonl", format!("{now}{nothing}{before}")),
    ] {
        let path = bench.write(name, text);
        let plan = bench.plan(&path, |request| request["source"] = json!(name)).await.unwrap();
        let said =
            (&plan["rows"]["good"], &plan["totals"]["tokens"]["input"], &plan["totals"]["computed"][0]["amount"]);
        // Three times a thousand at $2.5 and ten at $10 a million.
        assert_eq!(said, (&json!(3), &json!("3000"), &json!("0.0078")), "{plan}");
        assert!(!plan["notes"].as_array().unwrap().iter().any(|note| note == "vendor-untold"), "{}", plan["notes"]);
    }
}

/// Two hours of one model, in a file whose hash anybody can compute.
#[tokio::test(flavor = "multi_thread")]
async fn a_figure_is_cited_word_for_word_in_both_languages() {
    let bench = Bench::with_workspace().await;
    let file = "time,vendor,model,input_tokens,output_tokens,requests\n\
                2026-07-01T10:00:00Z,openai,gpt-4o,1000000,100000,20\n\
                2026-07-02T10:00:00Z,openai,gpt-4o,1000000,100000,20\n";
    let path = bench.write("gateway.csv", file);
    bench.import(&path, |_| {}).await;
    let ask = async |figure: &str, language: Language| {
        let query = json!({ "query": { "period": "2026-07", "by": ["model"] }, "figure": figure, "row": ["gpt-4o"] });
        let answer = bench.app.dispatch("explain", query, language, None).await.unwrap();
        let hash = answer["files"][0]["sha256"].as_str().unwrap().to_owned();
        (answer["citation"].as_str().unwrap().to_owned(), hash[..12].to_owned())
    };
    let (text, hash) = ask("cost-per-request", Language::En).await;
    assert_eq!(
        text,
        format!(
            "Cost per request, gpt-4o, Jul 2026 (1 Jul 2026 to 31 Jul 2026, UTC): USD 0.175. \
             Formula: spend ÷ requests. With numbers: USD 7 ÷ 40 = USD 0.175. \
             Inputs: Spend of usage that counts requests USD 7; Requests with a price 40. \
             Files: gateway.csv (SHA-256 {hash}…). \
             Source: workspace “Acme”, Quarterdeck {}, 24 Nov 2026.",
            env!("CARGO_PKG_VERSION")
        )
    );
    let (text, hash) = ask("spend", Language::ZhCn).await;
    assert_eq!(
        text,
        format!(
            "支出，gpt-4o，2026年7月（2026年7月1日至2026年7月31日，UTC）：USD 7。\
             公式：Σ 各类 Token × 使用当时生效的价格；文件只给出成本时，采用该成本。代入数值：USD 5 + USD 2 = USD 7。\
             输入：未缓存输入 2,000,000 → USD 5；输出 200,000 → USD 2。\
             文件：gateway.csv（SHA-256 {hash}…）。\
             来源：工作区“Acme”，Quarterdeck {}，2026年11月24日。",
            env!("CARGO_PKG_VERSION")
        )
    );
}
