//! Periods, comparisons, charts and decks: the sentences and figures a person reads first.

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

use super::{csv, price};

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
