//! Files that come again: corrected, overlapping, taken back, answered otherwise. In sequences, because it is the second and
//! the third import that goes wrong.

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

const HEADER: &str = "time,vendor,model,session,ok,input_tokens\n";

fn feed(request: &mut Value) {
    request["source"] = json!("gateway");
}

async fn bring(bench: &Bench, name: &str, rows: &str) -> Value {
    let path = bench.write(name, format!("{HEADER}{rows}"));
    bench.import(&path, feed).await
}

/// (tokens, requests, sessions, successful sessions) of the quarter.
async fn figures(bench: &Bench) -> [String; 4] {
    let view = bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await;
    ["tokensTotal", "requests", "sessions", "successfulSessions"]
        .map(|field| view["total"][field].as_str().unwrap_or("—").to_owned())
}

fn row(at: &str, session: &str, ok: bool, tokens: u32) -> String {
    format!("2026-07-{at},openai,gpt-4o,{session},{ok},{tokens}\n")
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_with_another_mapping_replace_what_they_told_and_come_back_on_revert() {
    let bench = Bench::with_workspace().await;
    let text = "time,maker,model,other_model,input_tokens\n2026-07-01T10:00:00Z,openai,gpt-4o,gpt-4o-mini,1000000\n";
    let path = bench.write("usage.csv", text);
    let with = |column: &'static str| {
        move |request: &mut Value| {
            feed(request);
            request["mapping"]["columns"] = json!([{ "field": "timestamp", "column": "time" }, { "field": "vendor", "column": "maker" },
                { "field": "model", "column": column }, { "field": "input-tokens", "column": "input_tokens" }]);
        }
    };
    let spend = async || {
        bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await["total"]["spend"]["amount"]
            .clone()
    };
    bench.import(&path, with("model")).await;
    assert_eq!(spend().await, "2.5");
    let plan = bench.plan(&path, with("other_model")).await.unwrap();
    assert!(plan["alreadyImported"].is_null() && !plan["replaces"].is_null(), "{plan}");
    let corrected = bench.commit(&plan, Value::Null, "both").await.unwrap();
    assert_eq!(spend().await, "0.15");
    assert_eq!(bench.call("imports", Value::Null).await.as_array().unwrap().len(), 1);
    bench.call("import_revert", json!({ "id": corrected["importId"] })).await;
    assert_eq!(spend().await, "2.5");
    bench.call("undo", Value::Null).await;
    assert_eq!(spend().await, "0.15");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_keep_leaves_out_is_counted_listed_and_can_be_brought_in_later() {
    let bench = Bench::with_workspace().await;
    // Whole hours on both sides of 11 o'clock, which the second file tells otherwise.
    let rows =
        |tokens: u32| ["10:00", "11:00", "12:00"].map(|t| row(&format!("01T{t}:00Z"), "", true, tokens)).concat();
    let mut second = rows(5);
    second = second.replace("T11:00:00Z,openai,gpt-4o,,true,5", "T11:00:00Z,openai,gpt-4o,,true,7");
    bring(&bench, "a.csv", &rows(5)).await;
    let path = bench.write("b.csv", format!("{HEADER}{second}"));
    let plan = bench.plan(&path, feed).await.unwrap();
    assert_eq!(
        (plan["conflict"]["tokensBefore"].as_str(), plan["conflict"]["tokensAfter"].as_str()),
        (Some("5"), Some("7"))
    );
    let summary = bench.commit(&plan, json!("keep"), "both").await.unwrap();
    assert_eq!(summary["leftOut"]["hours"], 1);
    assert_eq!(summary["leftOut"]["tokens"], "7");
    assert_eq!(figures(&bench).await[0], "15");
    let answer = async |choice: &str| {
        bench.call("import_answer", json!({ "id": summary["importId"], "onConflict": choice })).await;
        figures(&bench).await[0].clone()
    };
    assert_eq!(answer("replace").await, "17");
    assert_eq!(answer("add").await, "22");
    let undone = bench.call("undo", Value::Null).await;
    assert_eq!(figures(&bench).await[0], "17", "{undone}");
    assert_eq!(answer("keep").await, "15");
    // And the whole of it can be taken back.
    assert_eq!(answer("replace").await, "17");
    bench.call("import_revert", json!({ "id": summary["importId"] })).await;
    assert_eq!(figures(&bench).await[0], "15");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revert_undone_after_a_corrected_import_does_not_count_both() {
    let bench = Bench::with_workspace().await;
    let rows =
        |tokens: u32| ["10:00", "11:00", "12:00"].map(|t| row(&format!("01T{t}:00Z"), "", true, tokens)).concat();
    let first = bring(&bench, "a.csv", &rows(5)).await;
    bench.call("import_revert", json!({ "id": first["importId"] })).await;
    bring(&bench, "b.csv", &rows(7)).await;
    assert_eq!(figures(&bench).await[0], "21");
    let activity = bench.call("activity", json!({ "limit": 10 })).await;
    let reverted = activity.as_array().unwrap().iter().find(|entry| entry["action"] == "reverted").unwrap();
    let error = bench.try_call("undo", json!({ "id": reverted["id"], "past": null })).await.unwrap_err();
    assert_eq!(error.code, "imports-contradict");
    assert_eq!(figures(&bench).await[0], "21");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_overlapping_file_is_recognised_after_the_workspaces_zone_has_changed() {
    let bench = Bench::with_workspace().await;
    let rows: Vec<String> =
        (0..30).map(|hour| row(&format!("{:02}T{:02}:50:00Z", 1 + hour / 24, hour % 24), "s", true, 3)).collect();
    bring(&bench, "a.csv", &rows[..20].concat()).await;
    for zone in ["Asia/Kathmandu", "Europe/Berlin", "Australia/Adelaide"] {
        let mut settings = bench.call("workspace_status", Value::Null).await["settings"].clone();
        settings["timeZone"] = json!(zone);
        bench.call("settings_save", settings).await;
        let path = bench.write("b.csv", format!("{HEADER}{}", rows[5..].concat()));
        let plan = bench.plan(&path, feed).await.unwrap();
        assert!(plan["conflict"].is_null(), "{zone}: {}", plan["conflict"]);
        bench.commit(&plan, Value::Null, "both").await.unwrap();
        assert_eq!(figures(&bench).await, ["90", "30", "1", "1"], "{zone}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_over_two_daily_files_counts_once_and_ends_as_its_last_request_did() {
    for order in [[0, 1], [1, 0]] {
        let bench = Bench::with_workspace().await;
        let days: [String; 2] = [
            [
                row("01T20:00:00Z", "long", true, 1),
                row("01T23:59:00Z", "long", false, 1),
                row("01T10:00:00Z", "short", true, 1),
            ]
            .concat(),
            [row("02T00:05:00Z", "long", true, 1), row("02T15:00:00Z", "other", false, 1)].concat(),
        ];
        for day in order {
            bring(&bench, &format!("day{day}.csv"), &days[day]).await;
        }
        assert_eq!(figures(&bench).await, ["5", "5", "3", "2"], "{order:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn fractions_of_a_second_decide_which_request_was_the_last() {
    let bench = Bench::with_workspace().await;
    let rows = [row("01T10:00:00.900Z", "s", true, 1), row("01T10:00:00.100Z", "s", false, 1)].concat();
    bring(&bench, "a.csv", &rows).await;
    assert_eq!(figures(&bench).await, ["2", "2", "1", "1"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn litellms_cache_counts_are_found_where_pass_through_calls_keep_them() {
    let bench = Bench::with_workspace().await;
    let text = r#"{"request_id":"r1","call_type":"pass_through_endpoint","spend":0.01,"prompt_tokens":1000,"completion_tokens":10,
        "startTime":"2026-07-01T10:00:00Z","model":"claude-sonnet-4-5","custom_llm_provider":"anthropic",
        "metadata":{"additional_usage_values":{"cache_read_input_tokens":600,"cache_creation_input_tokens":100}}}"#;
    let path = bench.write("logs.jsonl", text.replace('\n', " "));
    bench.import(&path, |_| {}).await;
    let view = bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await;
    let tokens = &view["total"]["tokens"];
    assert_eq!([&tokens["input"], &tokens["cacheRead"], &tokens["cacheWrite5m"]], ["300", "600", "100"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_columns_for_one_field_are_refused_not_chosen_between() {
    let bench = Bench::with_workspace().await;
    let path =
        bench.write("a.csv", "time,vendor,model,input_tokens,prompt_tokens\n2026-07-01T10:00:00Z,openai,gpt-4o,1,2\n");
    let error = bench
        .plan(&path, |request| {
            let columns = request["mapping"]["columns"].as_array_mut().unwrap();
            columns.push(json!({ "field": "input-tokens", "column": "prompt_tokens" }));
        })
        .await
        .unwrap_err();
    assert_eq!((error.code.as_str(), error.params["field"].as_str()), ("field-mapped-twice", "input-tokens"));
}

#[tokio::test(flavor = "multi_thread")]
async fn how_numbers_and_dates_are_written_is_decided_by_the_whole_file_or_asked() {
    let days = |dates: &[&str]| {
        dates.iter().fold("time,vendor,model,input_tokens\n".to_owned(), |text, date| {
            format!("{text}{date} 18:17:03.123,openai,gpt-4o,5\n")
        })
    };
    let ambiguous: Vec<String> = (1..=12).map(|n| format!("{n:02}/{:02}/2025", n % 12 + 1)).collect();
    let mut british: Vec<&str> = ambiguous.iter().cycle().take(40).map(String::as_str).collect();
    let unsaid = british.clone();
    british.push("25/07/2025");
    let cases: Vec<(&str, String, Result<&str, &str>)> = vec![
        ("a day beyond 12 after row 40 decides for all", days(&british), Ok("205")),
        ("no date decides", days(&unsaid), Err("day-order-undecided")),
        ("dates contradict each other", days(&["25/07/2025", "07/25/2025"]), Err("day-order-undecided")),
        (
            "a thousand or one",
            "time;vendor;model;input_tokens\n2026-07-01T10:00:00Z;openai;gpt-4o;1,000\n".into(),
            Err("decimal-sign-undecided"),
        ),
        (
            "a decimal comma in a tab file",
            "time\tvendor\tmodel\tinput_tokens\tcost\n2026-07-01T10:00:00Z\tacme\thouse\t7\t0,005\n".into(),
            Ok("7"),
        ),
        (
            "a comma after row 20",
            (0..30).fold("time;vendor;model;input_tokens;cost\n".to_owned(), |text, n| {
                format!("{text}2026-07-01T10:00:00Z;acme;house;1;{}\n", if n == 25 { "0,5" } else { "2" })
            }),
            Ok("30"),
        ),
    ];
    for (name, text, expected) in cases {
        let bench = Bench::with_workspace().await;
        let path = bench.write("a.csv", text);
        let utc = |request: &mut Value| request["mapping"]["timeZone"] = json!("UTC");
        match (bench.plan(&path, utc).await, expected) {
            (Ok(plan), Ok(tokens)) => {
                assert_eq!(plan["rows"]["bad"], 0, "{name}");
                bench.commit(&plan, Value::Null, "both").await.unwrap();
                let view =
                    bench.call("economics", json!({ "period": "2025-01-01..2026-10-31", "by": ["model"] })).await;
                assert_eq!(view["total"]["tokensTotal"], tokens, "{name}");
                if name.contains("tab file") {
                    assert_eq!(view["total"]["spend"]["amount"], "0.005");
                }
            }
            (Err(error), Err(code)) => assert_eq!(error.code, code, "{name}"),
            (found, expected) => panic!("{name}: {found:?}, expected {expected:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daily_export_of_the_last_week_adds_one_day_at_a_time() {
    let bench = Bench::with_workspace().await;
    let day = |n: u32, tokens: u32| format!("2026-07-{n:02},key,claude-sonnet-4-5,{tokens},1\n");
    let header = "usage_date_utc,api_key,model_version,usage_input_tokens_no_cache,usage_output_tokens\n";
    for last in 7..=14 {
        let rows: String = (last - 6..=last).map(|n| day(n, 100)).collect();
        let path = bench.write(&format!("to{last}.csv"), format!("{header}{rows}"));
        let plan = bench.plan(&path, |request| request["source"] = json!("console")).await.unwrap();
        assert!(plan["conflict"].is_null(), "{plan}");
        bench.commit(&plan, Value::Null, "both").await.unwrap();
        assert_eq!(figures(&bench).await[0], (u64::from(last) * 101).to_string());
    }
    // Today's row was half a day yesterday.
    let grown = bench.write("grown.csv", format!("{header}{}", day(14, 150)));
    let plan = bench.plan(&grown, |request| request["source"] = json!("console")).await.unwrap();
    assert_eq!(plan["conflict"]["hours"], 1);
    bench.commit(&plan, json!("replace"), "both").await.unwrap();
    assert_eq!(figures(&bench).await[0], (14 * 101 + 50).to_string());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_taken_for_the_feed_of_the_last_one_with_its_columns_not_of_the_last_one() {
    let bench = Bench::with_workspace().await;
    let usage = |day: u32| format!("time,vendor,model,input_tokens\n2026-07-0{day}T10:00:00Z,openai,gpt-4o,5\n");
    let first = bench.write("u1.csv", usage(1));
    bench.import(&first, |request| request["source"] = json!("prod gateway")).await;
    let bill = bench.write("b.csv", "time,vendor,model,cost\n2026-07-01T12:00:00Z,openai,gpt-4o,5\n");
    bench.import(&bill, |request| request["source"] = json!("bills")).await;
    let next = bench.write("u2.csv", usage(2));
    let look = bench.call("import_inspect", json!({ "path": next })).await;
    assert_eq!(look["source"], "prod gateway");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_late_price_reaches_the_quarter_hour_before_a_midnight_that_cuts_it() {
    let bench = Bench::with_workspace().await;
    let mut settings = bench.call("workspace_status", Value::Null).await["settings"].clone();
    settings["timeZone"] = json!("Asia/Kathmandu");
    bench.call("settings_save", settings).await;
    let (_, contract) = bench.contract("Acme", &["acme"]).await;
    // 23:50, five past midnight and 23:44 in Kathmandu: an hour of UTC that is cut at 18:15, and the one before.
    let rows: String =
        ["18:05", "18:20", "17:59"].map(|at| format!("2026-07-01T{at}:00Z,acme,house,1000000\n")).concat();
    let usage = bench.write("usage.csv", format!("time,vendor,model,input_tokens\n{rows}"));
    bench.import(&usage, |_| {}).await;
    let price = |from: &str, input: &str, contract: &Value| {
        let draft = json!({ "provider": "acme", "model": "house", "tier": "standard", "from": from, "currency": "USD",
            "rates": { "input": input }, "contractId": contract, "source": "" });
        bench.call("price_add", draft)
    };
    price("2026-07-01T18:15:00Z", "100", &contract["id"]).await;
    price("2026-01-01T00:00:00Z", "1", &Value::Null).await;
    let total = bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await["total"].clone();
    assert_eq!((&total["spend"]["amount"], &total["unpriced"]), (&json!("102"), &Value::Null));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_priced_by_the_prices_names_and_contracts_of_the_moment() {
    let bench = Bench::with_workspace().await;
    let (vendor, contract) = bench.contract("Acme", &["elsewhere"]).await;
    let usage = bench.write(
        "usage.csv",
        "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,widgets,house,1000000\n2026-07-01T10:00:00Z,widgets,hous,1000000\n",
    );
    let price = |input: &str, contract: &Value| {
        let draft = json!({ "provider": "widgets", "model": "house", "tier": "standard", "from": "2026-01-01T00:00:00Z",
            "currency": "USD", "rates": { "input": input }, "contractId": contract, "source": "" });
        bench.call("price_add", draft)
    };
    let computed = async || {
        let plan = bench.plan(&usage, feed).await.unwrap();
        plan["totals"]["computed"].as_array().unwrap().iter().map(|m| m["amount"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(computed().await, Vec::<Value>::new());
    price("7", &Value::Null).await;
    assert_eq!(computed().await, [json!("7")]);
    // Agreed with a vendor that this usage is not of, until it is said to be.
    price("3", &contract["id"]).await;
    assert_eq!(computed().await, [json!("7")]);
    let mut renamed = vendor.clone();
    renamed["providerKeys"] = json!(["widgets"]);
    bench.call("vendor_save", renamed).await;
    assert_eq!(computed().await, [json!("3")]);
    bench.call("contract_delete", json!({ "id": contract["id"] })).await;
    assert_eq!(computed().await, [json!("7")]);
    bench.call("undo", Value::Null).await;
    assert_eq!(computed().await, [json!("3")]);
    let alias = json!({ "vendor": "widgets", "alias": "hous", "provider": "widgets", "model": "house" });
    bench.call("alias_save", alias).await;
    assert_eq!(computed().await, [json!("6")]);
    bench.call("undo", Value::Null).await;
    assert_eq!(computed().await, [json!("3")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_request_told_otherwise_in_a_files_first_hour_is_asked_about_not_passed_over() {
    let text = |costs: [u32; 3]| {
        let rows: Vec<String> = costs
            .iter()
            .enumerate()
            .map(|(n, cost)| format!("2026-07-01T1{n}:10:00Z,acme,house,r{n},{cost}"))
            .collect();
        format!("time,vendor,model,request_id,cost\n{}\n", rows.join("\n"))
    };
    for (answer, expected, took_the_place) in [("keep", "3", 0), ("replace", "21", 3)] {
        let bench = Bench::with_workspace().await;
        bench.import(&bench.write("a.csv", text([1, 1, 1])), feed).await;
        let corrected = bench.write("b.csv", text([7, 7, 7]));
        let plan = bench.plan(&corrected, feed).await.unwrap();
        assert_eq!(plan["cells"]["conflict"], 3, "{}", plan["cells"]);
        let done = bench.commit(&plan, json!(answer), "both").await.unwrap();
        assert_eq!((&done["cells"], &done["replaced"]), (&json!(0), &json!(took_the_place)), "{answer}: {done}");
        let view = bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await;
        assert_eq!(view["total"]["spend"]["amount"], expected, "{answer}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_bytes_after_a_correction_are_asked_nothing_and_pointed_to_the_answer() {
    let bench = Bench::with_workspace().await;
    let rows = |tokens: u32| {
        [row("01T09:30:00Z", "a", true, 1), row("01T10:10:00Z", "b", true, tokens), row("01T11:30:00Z", "c", true, 1)]
            .concat()
    };
    bring(&bench, "first.csv", &rows(10)).await;
    let corrected = bench.write("corrected.csv", format!("{HEADER}{}", rows(30)));
    let plan = bench.plan(&corrected, feed).await.unwrap();
    bench.commit(&plan, json!("replace"), "both").await.unwrap();
    let first = bench.path("first.csv");
    let plan = bench.plan(&first, feed).await.unwrap();
    assert_eq!(
        (&plan["conflict"], &plan["cells"]["conflict"], &plan["overruled"]),
        (&Value::Null, &json!(0), &json!(1))
    );
    let done = bench.call_commit(&plan).await.unwrap();
    assert_eq!((&done["unchanged"], figures(&bench).await[0].as_str()), (&json!(true), "32"));
}

#[tokio::test(flavor = "multi_thread")]
async fn rows_added_to_hours_that_are_there_bring_their_sessions_with_them() {
    let bench = Bench::with_workspace().await;
    let days = ["08-30", "08-31", "09-01", "09-02", "09-03"];
    let mut there: Vec<String> =
        days.iter().map(|day| format!("2026-{day}T10:00:00Z,openai,gpt-4o,chat,a{day},1,1000,50\n")).collect();
    for hour in 11..16 {
        there.push(format!("2026-09-01T{hour}:00:00Z,openai,gpt-4o,chat,a{hour},1,1000,50\n"));
    }
    let added: String =
        (10..16).map(|hour| format!("2026-09-01T{hour}:30:00Z,openai,gpt-4o,chat,b{hour},1,1500,70\n")).collect();
    const HEADER: &str = "time,vendor,model,feature,session,success,input_tokens,output_tokens\n";
    bench.import(&bench.write("a.csv", format!("{HEADER}{}", there.concat())), feed).await;
    let plan = bench.plan(&bench.write("b.csv", format!("{HEADER}{added}")), feed).await.unwrap();
    assert!(!plan["conflict"].is_null(), "{plan}");
    bench.commit(&plan, json!("add"), "both").await.unwrap();
    let total = bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await["total"].clone();
    assert_eq!((&total["requests"], &total["sessions"]), (&json!("16"), &json!("16")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_adds_nothing_stands_when_the_one_that_told_of_it_first_is_taken_back() {
    let month: String = (1..5).map(|day| row(&format!("0{day}T09:30:00Z"), "a", true, 10)).collect();
    let week: String = (2..4).map(|day| row(&format!("0{day}T09:30:00Z"), "a", true, 10)).collect();
    for (first, second) in [(&month, &week), (&week, &month)] {
        let bench = Bench::with_workspace().await;
        let mut ids = Vec::new();
        for (name, rows) in [("first.csv", first), ("second.csv", second)] {
            ids.push(bring(&bench, name, rows).await["importId"].clone());
        }
        let of_month = if first == &month { &ids[0] } else { &ids[1] };
        bench.call("import_revert", json!({ "id": of_month })).await;
        assert_eq!(figures(&bench).await[0], "20");
        bench.call("undo", Value::Null).await;
        assert_eq!(figures(&bench).await[0], "40");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_bytes_with_another_zone_replace_what_they_told_and_come_back_on_revert() {
    let bench = Bench::with_workspace().await;
    // Local times at the end of September: in Los Angeles they are of October.
    let text = "time,vendor,model,input_tokens\n2026-09-30 20:00:00,openai,gpt-4o,1000000\n2026-09-30 10:00:00,openai,gpt-4o,1000000\n";
    let path = bench.write("usage.csv", text);
    let zone = |zone: &'static str| {
        move |request: &mut Value| {
            feed(request);
            request["mapping"]["timeZone"] = json!(zone);
        }
    };
    let tokens = async || figures(&bench).await[0].clone();
    bench.import(&path, zone("Europe/Berlin")).await;
    assert_eq!(tokens().await, "2000000");
    let plan = bench.plan(&path, zone("America/Los_Angeles")).await.unwrap();
    assert!(plan["alreadyImported"].is_null() && !plan["replaces"].is_null(), "{plan}");
    let corrected = bench.commit(&plan, Value::Null, "both").await.unwrap();
    assert_eq!(tokens().await, "1000000");
    assert_eq!(bench.call("imports", Value::Null).await.as_array().unwrap().len(), 1);
    bench.call("import_revert", json!({ "id": corrected["importId"] })).await;
    assert_eq!(tokens().await, "2000000");
    bench.call("undo", Value::Null).await;
    assert_eq!(tokens().await, "1000000");
}

/// The same traffic of three hours, told as one day and hour by hour.
fn in_both_grains() -> [(&'static str, String); 2] {
    let midnight = 1_782_864_000;
    let page = |buckets: Vec<(i64, i64, u32)>| {
        let data: Vec<Value> = buckets
            .into_iter()
            .map(|(from, length, n)| {
                let result = json!({ "object": "organization.usage.completions.result", "input_tokens": 1000 * n,
                    "output_tokens": 10 * n, "input_cached_tokens": 0, "num_model_requests": 2 * n, "model": "gpt-4o" });
                json!({ "object": "bucket", "start_time": from, "end_time": from + length, "results": [result] })
            })
            .collect();
        json!({ "object": "page", "data": data, "has_more": false }).to_string()
    };
    let hours = (8..11).map(|hour| (midnight + 3600 * hour, 3600, 1)).collect();
    [("daily.json", page(vec![(midnight, 86_400, 3)])), ("hourly.json", page(hours))]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_told_whole_and_by_the_hour_is_never_two_days_of_one_feed() {
    for first in [0, 1] {
        let bench = Bench::with_workspace().await;
        let files = in_both_grains();
        let path = |which: usize| bench.write(files[which].0, &files[which].1);
        bench.import(&path(first), feed).await;
        let before = figures(&bench).await;
        let refused = bench.plan(&path(1 - first), feed).await.unwrap_err();
        assert_eq!(
            (refused.code.as_str(), refused.params["days"].as_str()),
            ("days-cut-otherwise", "1"),
            "{refused:?}"
        );
        assert_eq!(figures(&bench).await, before);
        // As a feed of its own it is asked about, like any other feed of the same traffic.
        let plan = bench.plan(&path(1 - first), |request| request["source"] = json!("console")).await.unwrap();
        assert_eq!(plan["overlaps"][0]["source"], "gateway", "{plan}");
        // What is there already is not refused, and other days come in.
        let again = bench.plan(&path(first), feed).await.unwrap();
        assert!(!again["alreadyImported"].is_null());
        let later = bench.write("later.json", files[1 - first].1.replace("17828", "17838").replace("17829", "17839"));
        bench.import(&later, feed).await;
        assert_eq!(figures(&bench).await[1], "12", "requests of both days");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hourly_total_and_the_requests_it_counts_are_asked_about_at_either_end() {
    let log = "time,vendor,model,input_tokens\n2026-07-01T08:10:00Z,openai,gpt-4o,100\n2026-07-01T09:10:00Z,openai,gpt-4o,100\n2026-07-01T10:10:00Z,openai,gpt-4o,100\n";
    let hours = "time,vendor,model,requests,input_tokens\n2026-07-01T08:00:00Z,openai,gpt-4o,1,100\n2026-07-01T09:00:00Z,openai,gpt-4o,1,100\n2026-07-01T10:00:00Z,openai,gpt-4o,1,100\n";
    for (first, second) in [(log, hours), (hours, log)] {
        for (answer, expected) in [("keep", "3"), ("replace", "3"), ("add", "5")] {
            let bench = Bench::with_workspace().await;
            bench.import(&bench.write("a.csv", first), feed).await;
            let plan = bench.plan(&bench.write("b.csv", second), feed).await.unwrap();
            assert_eq!(plan["cells"]["conflict"], 2, "{}", plan["cells"]);
            bench.commit(&plan, json!(answer), "both").await.unwrap();
            assert_eq!(figures(&bench).await[1], expected, "{answer}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_between_preview_and_import_is_seen_before_anything_is_written() {
    let row = |model: &str, tokens: u32| {
        format!("time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,openai,{model},{tokens}\n")
    };
    let bench = Bench::with_workspace().await;
    let of = |name: &'static str| move |request: &mut Value| request["source"] = json!(name);
    // Two feeds of one traffic, both previewed before either is there.
    let (a, b) = (bench.write("a.csv", row("gpt-4o", 1000)), bench.write("b.csv", row("gpt-4o-2024-08-06", 1001)));
    let (first, second) = (bench.plan(&a, of("a")).await.unwrap(), bench.plan(&b, of("b")).await.unwrap());
    bench.call_commit(&first).await.unwrap();
    assert_eq!(bench.call_commit(&second).await.unwrap_err().code, "data-moved");
    assert_eq!(figures(&bench).await[0], "1000");
    assert_eq!(bench.plan(&b, of("b")).await.unwrap()["overlaps"][0]["source"], "a");
    // A price for what the preview found none for.
    let unpriced = bench.write("c.csv", row("house", 1_000_000));
    let plan = bench.plan(&unpriced, of("c")).await.unwrap();
    let draft = json!({ "provider": "openai", "model": "house", "tier": "standard", "from": "2026-01-01T00:00:00Z",
        "currency": "USD", "rates": { "input": "7" }, "contractId": null, "source": "" });
    bench.call("price_add", draft).await;
    assert_eq!(bench.commit(&plan, Value::Null, "both").await.unwrap_err().code, "data-moved");
    let plan = bench.plan(&unpriced, of("c")).await.unwrap();
    bench.commit(&plan, Value::Null, "both").await.unwrap();
    // One feed's day, whole and by the hour.
    let [(daily, whole), (hourly, hours)] = in_both_grains();
    let paths = [bench.write(daily, whole.replace("gpt-4o", "o3")), bench.write(hourly, hours.replace("gpt-4o", "o3"))];
    let plans = [bench.plan(&paths[0], feed).await.unwrap(), bench.plan(&paths[1], feed).await.unwrap()];
    bench.commit(&plans[0], Value::Null, "both").await.unwrap();
    assert_eq!(bench.commit(&plans[1], Value::Null, "both").await.unwrap_err().code, "data-moved");
    // A change that has nothing to do with it moves nothing.
    let text = row("gpt-4o", 5).replace("07-01", "08-01");
    let other = bench.plan(&bench.write("d.csv", text), of("d")).await.unwrap();
    let document = json!({ "kind": "quarter", "subject": "2026-Q3" });
    let passage = json!({ "document": document, "section": "summary", "headline": "", "text": "Quiet." });
    bench.call("passage_save", passage).await;
    bench.commit(&other, Value::Null, "both").await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_meets_the_hours_of_its_own_zone_whatever_models_they_tell_of() {
    // 2 July in Tokyo is 15:00 to 15:00 of UTC.
    let day = "date,vendor,model,requests,input_tokens\n2026-07-02,openai,gpt-4o,24,24000\n";
    for (hour, refused) in [("01T14", false), ("01T15", true), ("02T14", true), ("02T15", false)] {
        for model in ["gpt-4o", "gpt-4o-2024-08-06", "claude-haiku-4-5"] {
            let bench = Bench::with_workspace().await;
            let tokyo = |request: &mut Value| {
                feed(request);
                request["mapping"]["timeZone"] = json!("Asia/Tokyo");
            };
            bench.import(&bench.write("day.csv", day), tokyo).await;
            let text =
                format!("time,vendor,model,requests,input_tokens\n2026-07-{hour}:00:00Z,openai,{model},1,1000\n");
            let plan = bench.plan(&bench.write("hours.csv", text), feed).await;
            let code = plan.as_ref().err().map(|error| error.code.as_str());
            assert_eq!(code, refused.then_some("days-cut-otherwise"), "{hour} {model}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn sessions_a_later_file_names_do_not_make_the_cost_of_a_session_0() {
    let rows = |session: bool| {
        let rows: String = (10..16)
            .flat_map(|hour| [(hour, 5), (hour, 40)])
            .map(|(hour, minute)| {
                let named = if session { format!(",s{hour}") } else { String::new() };
                format!("2026-07-01T{hour}:{minute:02}:00Z,openai,gpt-4o,r{hour}{minute},1400{named}\n")
            })
            .collect();
        format!("time,vendor,model,request_id,input_tokens{}\n{rows}", if session { ",session" } else { "" })
    };
    let bench = Bench::with_workspace().await;
    bench.import(&bench.write("without.csv", rows(false)), feed).await;
    bench.import(&bench.write("with.csv", rows(true)), feed).await;
    let view = bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await;
    assert_eq!(view["total"]["costPerSession"], Value::Null, "{}", view["total"]);
}
