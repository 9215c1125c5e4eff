//! Demand per minute and latency: what a person is told, and that it follows the imports as the cells do.

use quarterdeck_tests::{Bench, azure, fixture, quarterdeck};
use serde_json::{Value, json};

async fn demand(bench: &Bench, period: &str) -> Value {
    bench.call("demand", json!({ "period": period, "byDay": true })).await
}

/// The figures of a model.
fn of<'v>(view: &'v Value, model: &str) -> &'v Value {
    view["rows"].as_array().unwrap().iter().find(|row| row["model"] == model).unwrap_or_else(|| panic!("{view}"))
}

/// p50, p95, p99, busiest and when that was.
fn rate(figures: &Value, name: &str) -> [String; 5] {
    let rate = &figures[name];
    let text = |value: &Value| value.as_str().unwrap_or("—").to_owned();
    [&rate["p50"], &rate["p95"], &rate["p99"], &rate["max"], &rate["peaks"][0]["local"]].map(text)
}

/// p50, p95 and p99 in milliseconds must be these within 1 %, of so many requests.
#[track_caller]
fn took(figures: &Value, name: &str, wanted: [f64; 3], known: &str) {
    for (percentile, wanted) in ["p50", "p95", "p99"].into_iter().zip(wanted) {
        let found = figures[name][percentile]["micros"].as_f64().unwrap() / 1_000.0;
        assert!((found / wanted - 1.0).abs() <= 0.0101, "{name} {percentile}: {found} instead of {wanted}");
    }
    assert_eq!(figures[name]["known"], known);
}

fn feed(request: &mut Value) {
    request["source"] = json!("gateway");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_ten_requests_comes_to_what_was_computed_by_hand() {
    let bench = Bench::with_workspace().await;
    let path = fixture("usage/minutes.csv").to_string_lossy().into_owned();
    let plan = bench.plan(&path, feed).await.unwrap();
    // A latency below 0 and one above 24 hours: bad cells, each with its sentence.
    assert_eq!((plan["rows"]["good"].as_u64(), plan["rows"]["bad"].as_u64()), (Some(8), Some(2)));
    for (issue, value) in plan["issues"].as_array().unwrap().iter().zip(["-5", "86400001"]) {
        assert_eq!((&issue["code"], &issue["column"]), (&json!("duration-out-of-range"), &json!("latency_ms")));
        assert_eq!(issue["value"], value);
    }
    bench.call_commit(&plan).await.unwrap();
    let view = demand(&bench, "2026-07").await;
    let (gpt, claude) = (of(&view, "gpt-4o"), of(&view, "claude-sonnet-4-5"));
    // Minutes of 1 July: 10:00 (2 requests, 3,000 in, 400 out), 10:01 (1, 500, 50), 11:30 (3, 7,100, 60); of 2 July 00:00 (1, 700,
    // 900). Of 2 × 1,440 minutes four saw any: the 99th percentile, the ⌈0.99 · 2,880⌉ = 2,852nd, is one of the quiet ones.
    assert_eq!(gpt["days"], 2);
    assert_eq!(rate(&gpt["figures"], "requests"), ["0", "0", "0", "3", "2026-07-01 11:30"]);
    assert_eq!(rate(&gpt["figures"], "inputTokens"), ["0", "0", "0", "7100", "2026-07-01 11:30"]);
    assert_eq!(rate(&gpt["figures"], "outputTokens"), ["0", "0", "0", "900", "2026-07-02 00:00"]);
    assert_eq!(gpt["figures"]["requests"]["peaks"][1]["at"], "2026-07-01T10:00:00Z");
    assert!(gpt["figures"]["requests"]["coverage"].is_null());
    let days = gpt["byDay"].as_array().unwrap();
    assert_eq!(days.iter().map(|day| day["day"].as_str().unwrap()).collect::<Vec<_>>(), ["2026-07-01", "2026-07-02"]);
    assert_eq!(rate(&days[0]["figures"], "outputTokens"), ["0", "0", "0", "400", "2026-07-01 10:00"]);
    // In rising order 90, 400, 800, 1,200, 2,500, 60,000 ms: the third (p50) and the sixth (p95, p99); of the first day's five,
    // the third and the fifth. To the first token 40, 100, 200, 600, 1,500 ms.
    took(&gpt["figures"], "latency", [800.0, 60_000.0, 60_000.0], "6");
    took(&gpt["figures"], "firstToken", [200.0, 1_500.0, 1_500.0], "5");
    took(&days[0]["figures"], "latency", [800.0, 2_500.0, 2_500.0], "5");
    let share = gpt["figures"]["latency"]["coverage"].as_f64().unwrap();
    assert!((share - 6.0 / 7.0).abs() < 1e-9, "six of seven requests: {share}");
    // Nobody tells how long Anthropic's request took.
    assert_eq!(rate(&claude["figures"], "requests")[3], "1");
    assert!(claude["figures"]["latency"].is_null() && claude["figures"]["firstToken"].is_null());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_minutes_of_a_real_trace_are_those_a_separate_calculation_finds() {
    let bench = Bench::with_workspace().await;
    bench.import(&fixture("usage/AzureLLMInferenceTrace_code.csv").to_string_lossy(), azure).await;
    let view = demand(&bench, "2023-11").await;
    let trace = of(&view, "gpt-4o");
    // In Python: rows counted by their first 16 characters, 1,395 zeros added, sorted, taken at ⌈q · 1,440⌉.
    assert_eq!(rate(&trace["figures"], "requests"), ["0", "0", "264", "585", "2023-11-16 18:31"]);
    assert_eq!(rate(&trace["figures"], "inputTokens"), ["0", "0", "548210", "1242714", "2023-11-16 18:31"]);
    assert_eq!(rate(&trace["figures"], "outputTokens"), ["0", "0", "7438", "15716", "2023-11-16 18:27"]);
}

/// Busiest minute of input tokens, how many durations are known, and their median in milliseconds.
async fn short(bench: &Bench) -> (String, String, String) {
    let view = demand(bench, "2026-07").await;
    let Some(row) = view["rows"].as_array().unwrap().first() else { return ("—".into(), "—".into(), "—".into()) };
    let figures = &row["figures"];
    let text = |value: &Value| value.as_str().unwrap_or("—").to_owned();
    let latency = &figures["latency"];
    (text(&figures["inputTokens"]["max"]), text(&latency["known"]), text(&latency["p50"]["text"]))
}

fn told(max: &str, known: &str, p50: &str) -> (String, String, String) {
    (max.to_owned(), known.to_owned(), p50.to_owned())
}

const HEADER: &str = "time,vendor,model,input_tokens,latency_ms\n";

/// Whole hours on both sides of 11 o'clock, in which there are two requests of one minute.
fn rows(tokens: u32, latency: u32) -> String {
    let row = |at: &str, tokens, latency| format!("2026-07-01T{at}Z,openai,gpt-4o,{tokens},{latency}\n");
    let middle = [row("11:20:01", tokens, latency), row("11:20:59", tokens, latency)].concat();
    format!("{HEADER}{}{middle}{}", row("10:00:00", 5, 100), row("12:00:00", 5, 100))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_about_an_hour_holds_for_its_minutes_and_latencies() {
    let bench = Bench::with_workspace().await;
    bench.import(&bench.write("a.csv", rows(10, 300)), feed).await;
    // Four durations, 100, 100, 300, 300: the second is the median, in a bin whose middle is 99.7.
    assert_eq!(short(&bench).await, told("20", "4", "99.7 ms"));
    let plan = bench.plan(&bench.write("b.csv", rows(70, 900)), feed).await.unwrap();
    assert_eq!(plan["conflict"]["hours"], 1, "{plan}");
    let summary = bench.commit(&plan, json!("keep"), "both").await.unwrap();
    assert_eq!(short(&bench).await, told("20", "4", "99.7 ms"));
    let answer = async |choice: &str| {
        bench.call("import_answer", json!({ "id": summary["importId"], "onConflict": choice })).await;
        short(&bench).await
    };
    assert_eq!(answer("replace").await.0, "140");
    // 100, 100, 300, 300, 900, 900: both count.
    let both = answer("add").await;
    assert_eq!((both.0.as_str(), both.1.as_str()), ("160", "6"));
    bench.call("undo", Value::Null).await;
    assert_eq!(short(&bench).await.0, "140");
    bench.call("import_revert", json!({ "id": summary["importId"] })).await;
    assert_eq!(short(&bench).await, told("20", "4", "99.7 ms"));
    bench.call("undo", Value::Null).await;
    assert_eq!(short(&bench).await.0, "140");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_taken_back_takes_its_minutes_and_latencies_along_and_brings_them_back() {
    let bench = Bench::with_workspace().await;
    let summary = bench.import(&bench.write("a.csv", rows(10, 300)), feed).await;
    let before = short(&bench).await;
    bench.call("import_revert", json!({ "id": summary["importId"] })).await;
    assert_eq!(short(&bench).await, told("—", "—", "—"));
    bench.call("undo", Value::Null).await;
    assert_eq!(short(&bench).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_file_with_its_latency_mapped_replaces_what_it_told_without() {
    let bench = Bench::with_workspace().await;
    let path = bench.write("a.csv", rows(10, 300));
    let without = |request: &mut Value| {
        feed(request);
        request["mapping"]["columns"].as_array_mut().unwrap().retain(|column| column["field"] != "latency-ms");
    };
    bench.import(&path, without).await;
    assert_eq!(short(&bench).await, told("20", "—", "—"));
    let with = |request: &mut Value| {
        feed(request);
        let columns = request["mapping"]["columns"].as_array_mut().unwrap();
        columns.push(json!({ "field": "latency-ms", "column": "latency_ms" }));
    };
    let summary = bench.import(&path, with).await;
    assert_eq!(short(&bench).await, told("20", "4", "99.7 ms"));
    bench.call("import_revert", json!({ "id": summary["importId"] })).await;
    assert_eq!(short(&bench).await, told("20", "—", "—"));
}

#[tokio::test(flavor = "multi_thread")]
async fn latencies_stay_with_usage_that_gets_its_price_later() {
    let bench = Bench::with_workspace().await;
    bench.import(&bench.write("a.csv", rows(10, 300).replace("gpt-4o", "house-model")), feed).await;
    let before = short(&bench).await;
    assert_eq!(before.1, "4");
    let price = json!({ "provider": "openai", "model": "house-model", "tier": "standard", "from": "2026-01-01T00:00:00Z",
        "currency": "USD", "rates": { "input": "2", "output": "8" }, "contractId": null, "source": "" });
    bench.call("price_add", price).await;
    let view = bench.call("economics", json!({ "period": "2026-07", "by": ["model"] })).await;
    assert_eq!(view["total"]["unpricedTokens"], "0", "{view}");
    assert_eq!(short(&bench).await, before);
    // Taken back, what the first import told is where it was, and can itself be taken back.
    bench.call("undo", Value::Null).await;
    assert_eq!(short(&bench).await, before);
    let imports = bench.call("imports", Value::Null).await;
    bench.call("import_revert", json!({ "id": imports[0]["id"] })).await;
    assert_eq!(short(&bench).await, told("—", "—", "—"));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_feeds_of_one_traffic_only_the_one_that_counts_makes_demand() {
    let bench = Bench::with_workspace().await;
    bench.import(&bench.write("a.csv", rows(10, 300)), feed).await;
    let other = |request: &mut Value| request["source"] = json!("second gateway");
    let plan = bench.plan(&bench.write("b.csv", rows(50, 700)), other).await.unwrap();
    assert_eq!(plan["overlaps"].as_array().unwrap().len(), 1, "{plan}");
    bench.commit(&plan, Value::Null, "this").await.unwrap();
    assert_eq!(short(&bench).await.0, "100");
    let feeds = json!({ "a": plan["overlaps"][0]["sourceId"], "b": null });
    assert!(feeds["a"].is_u64(), "{feeds}");
    let view = demand(&bench, "2026-07").await;
    assert_eq!(of(&view, "gpt-4o")["figures"]["latency"]["known"], "4");
    assert!(of(&view, "gpt-4o")["figures"]["requests"]["coverage"].is_null(), "{view}");
}

#[tokio::test(flavor = "multi_thread")]
async fn days_on_which_the_clock_changes_have_23_or_25_hours_of_minutes() {
    let bench = Bench::new();
    let path = bench.path("berlin.quarterdeck");
    let draft =
        json!({ "path": path, "name": "B", "currency": "USD", "timeZone": "Europe/Berlin", "fiscalStartMonth": 1 });
    bench.call("workspace_create", draft).await;
    // One request a minute from 00:00 to 11:59 UTC: on the long day from 02:00 on by the clock, and 02:30 comes twice.
    let begin = chrono::DateTime::parse_from_rfc3339("2026-10-25T00:00:00Z").unwrap();
    for (name, begin) in [("long.csv", begin), ("short.csv", begin - chrono::Duration::days(210))] {
        let mut text = HEADER.to_owned();
        for minute in 0..720 {
            let at = (begin + chrono::Duration::minutes(minute)).format("%Y-%m-%dT%H:%M:%SZ");
            let tokens = if minute == 30 || minute == 90 { 900 } else { 1 };
            text.push_str(&format!("{at},openai,gpt-4o,{tokens},50\n"));
        }
        bench.import(&bench.write(name, text), |request| request["source"] = json!(name)).await;
    }
    // Half of 1,380 minutes is 690, fewer than saw a request; half of 1,500 is 750, which lies within the 780 that saw none.
    let long = demand(&bench, "2026-10-25..2026-10-25").await;
    let short = demand(&bench, "2026-03-29..2026-03-29").await;
    let (long, short) = (&of(&long, "gpt-4o")["figures"], &of(&short, "gpt-4o")["figures"]);
    assert_eq!((rate(long, "requests")[0].as_str(), rate(short, "requests")[0].as_str()), ("0", "1"));
    // The two minutes called 02:30 are told apart by their instants.
    let peaks = &long["inputTokens"]["peaks"];
    assert_eq!((&peaks[0]["at"], &peaks[1]["at"]), (&json!("2026-10-25T00:30:00Z"), &json!("2026-10-25T01:30:00Z")));
    assert_eq!((&peaks[0]["local"], &peaks[1]["local"]), (&json!("2026-10-25 02:30"), &json!("2026-10-25 02:30")));
}

#[tokio::test(flavor = "multi_thread")]
async fn where_no_file_tells_of_minutes_or_durations_they_are_unknown_and_never_0() {
    let dates = "time,vendor,model,input_tokens\n2026-07-01,openai,gpt-4o,500\n";
    let sums = "time,vendor,model,requests,input_tokens\n2026-07-01T10:00:00Z,openai,gpt-4o,40,500\n";
    let buckets = |seconds: i64| {
        json!({ "object": "bucket", "start_time": 1_782_900_000, "end_time": 1_782_900_000 + seconds, "results": [{ "object":
            "organization.usage.completions.result", "input_tokens": 500, "output_tokens": 5, "num_model_requests": 40, "model": "gpt-4o" }] })
        .to_string()
    };
    for (name, text, is_known) in [
        ("dates.csv", dates.to_owned(), false),
        ("sums.csv", sums.to_owned(), false),
        ("hours.json", buckets(3_600), false),
        ("days.json", buckets(86_400), false),
        ("minutes.json", buckets(60), true),
    ] {
        let bench = Bench::with_workspace().await;
        bench.import(&bench.write(name, text), |request| request["mapping"]["timeZone"] = json!("UTC")).await;
        let view = demand(&bench, "2026-Q3").await;
        let figures = &of(&view, "gpt-4o")["figures"];
        assert_eq!(!figures["requests"].is_null(), is_known, "{name}: {view}");
        assert_eq!(!figures["inputTokens"].is_null(), is_known, "{name}: {view}");
        assert!(figures["latency"].is_null(), "{name}: {view}");
        assert_eq!(of(&view, "gpt-4o")["days"], u8::from(is_known), "{name}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_only_some_files_tell_by_the_minute_says_how_much_it_covers() {
    let bench = Bench::with_workspace().await;
    bench.import(&bench.write("a.csv", rows(10, 300)), feed).await;
    let hourly = "time,vendor,model,requests,input_tokens\n2026-07-03T10:00:00Z,openai,gpt-4o,12,60\n";
    bench.import(&bench.write("b.csv", hourly), |request| request["source"] = json!("hourly")).await;
    let view = demand(&bench, "2026-07").await;
    // 4 of 16 requests, 30 of 90 tokens; the day without minutes is there, and unknown.
    let row = of(&view, "gpt-4o");
    assert_eq!(row["figures"]["requests"]["coverage"], 0.25);
    assert!((row["figures"]["inputTokens"]["coverage"].as_f64().unwrap() - 1.0 / 3.0).abs() < 1e-9);
    assert_eq!((&row["days"], &row["requestsTotal"]), (&json!(1), &json!("16")));
    assert!(row["byDay"][1]["figures"]["requests"].is_null(), "{row}");
}

#[test]
fn the_command_line_shows_dashes_names_values_and_asks_with_examples() {
    let folder = tempfile::tempdir().unwrap();
    let run = |args: &[&str]| {
        let mut all = vec!["--workspace", "acme.quarterdeck"];
        all.extend(args);
        let ran = quarterdeck(folder.path(), &all);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (ran.status.code().unwrap(), text(&ran.stdout), text(&ran.stderr))
    };
    assert!(quarterdeck(folder.path(), &["new", "acme.quarterdeck", "--name", "Acme"]).status.success());
    let path = fixture("usage/minutes.csv").to_string_lossy().into_owned();
    assert_eq!(run(&["import", "usage", &path, "--quiet"]).0, 0);
    let (code, out, err) = run(&["demand", "--period", "2026-07"]);
    assert_eq!(code, 0, "{err}");
    for words in ["7,100  2026-07-01 11:30", "60.0 s", "6 (of 86 %)", "—"] {
        assert!(out.contains(words) || out.contains(&words.replace("60.0 s", "60.2 s")), "“{words}” is not in {out}");
    }
    let (_, out, _) = run(&["demand", "--period", "2026-07", "--vendor", "anthropic", "--days"]);
    assert!(out.contains("2026-07-01") && !out.contains("gpt-4o"), "{out}");
    let (_, out, _) = run(&["demand", "--period", "2026-07", "--model", "gpt-4o", "--json"]);
    let view: Value = serde_json::from_str(&out).unwrap();
    assert_eq!(view["rows"].as_array().unwrap().len(), 1);
    assert_eq!(view["rows"][0]["byDay"].as_array().unwrap().len(), 2);
    let (code, _, err) = run(&["demand", "--period", "2026-07", "--model", "gpt-4"]);
    assert!(code == 2 && err.contains("gpt-4") && err.contains("--model NAME with one of: gpt-4o"), "{code}: {err}");
    let (code, _, err) = run(&["demand", "--period", "July"]);
    assert!(code == 2 && err.contains("2026-Q3"), "{code}: {err}");
    let (code, out, _) = run(&["demand", "--period", "2025"]);
    assert!(code == 0 && out.contains("No usage"), "{out}");
}
