//! Bills beside usage: which of the two counts, in zones far from UTC, however a bill names what it charges, and how the difference
//! is explained. Each test is a figure that was once wrong.

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

async fn total(bench: &Bench, period: &str) -> Value {
    bench.call("economics", json!({ "period": period, "by": ["model"] })).await["total"].clone()
}

async fn spend(bench: &Bench) -> Option<String> {
    total(bench, "2026").await["spend"]["amount"].as_str().map(str::to_owned)
}

/// Imports a file under the feed of its name, its dates in a zone; feeds of one traffic are answered as told.
async fn bring(bench: &Bench, name: &str, zone: &str, text: &str) -> Value {
    let path = bench.write(name, text);
    let plan = bench
        .plan(&path, |request| {
            request["source"] = json!(name);
            request["mapping"]["timeZone"] = json!(zone);
            request["mapping"]["costCurrency"] = json!("USD");
        })
        .await
        .unwrap();
    bench.commit(&plan, json!("add"), "both").await.unwrap();
    plan
}

async fn csv(bench: &Bench, name: &str, text: &str) -> Value {
    bring(bench, name, "UTC", text).await
}

fn nanos(money: &Value) -> i128 {
    let text = money["amount"].as_str().unwrap_or("0");
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    sign * format!("{whole}{places:0<9}").parse::<i128>().unwrap()
}

/// The months of a reconciliation; causes and remainder add up to every difference, to the nano-dollar.
async fn months(bench: &Bench, period: &str) -> Vec<Value> {
    let view = bench.call("reconciliation", json!({ "period": period })).await;
    let months = view["months"].as_array().unwrap().clone();
    for month in months.iter().filter(|month| !month["difference"].is_null()) {
        let causes: i128 = month["causes"].as_array().unwrap().iter().map(|cause| nanos(&cause["amount"])).sum();
        assert_eq!(nanos(&month["difference"]), causes + nanos(&month["remainder"]), "{month}");
    }
    months
}

const USAGE: &str = "time,vendor,model,input_tokens\n2026-07-02T03:10:00Z,openai,gpt-4o,4000000\n";

/// A workspace in a zone of its own.
async fn workspace_in(zone: &str) -> Bench {
    let bench = Bench::new();
    let path = bench.path("acme.quarterdeck");
    let made = json!({ "path": path, "name": "Acme", "currency": "USD", "timeZone": zone, "fiscalStartMonth": 1 });
    bench.call("workspace_create", made).await;
    bench
}

#[tokio::test(flavor = "multi_thread")]
async fn a_daily_charge_meets_the_usage_of_its_day_of_utc_in_every_zone() {
    // The first and the last hour of 1 July in UTC; each lies on another day somewhere.
    let usage = "time,vendor,model,input_tokens\n2026-07-01T00:10:00Z,openai,gpt-4o,1000000\n\
                 2026-07-01T23:50:00Z,openai,gpt-4o,1000000\n";
    let costs = r#"{"object":"page","data":[{"object":"bucket","start_time":1782864000,"end_time":1782950400,"results":[{"object":"organization.costs.result","amount":{"value":5.0,"currency":"usd"},"line_item":"gpt-4o, input"}]}]}"#;
    for zone in
        ["UTC", "Europe/Berlin", "America/Los_Angeles", "Pacific/Auckland", "Asia/Kathmandu", "Pacific/Kiritimati"]
    {
        for usage_first in [true, false] {
            let bench = workspace_in(zone).await;
            let (usage, costs) = (bench.write("usage.csv", usage), bench.write("costs.json", costs));
            for path in if usage_first { [&usage, &costs] } else { [&costs, &usage] } {
                bench.import(path, |_| {}).await;
            }
            let whole = total(&bench, "2026").await;
            assert_eq!(
                (&whole["spend"]["amount"], &whole["basis"]["restated"]["amount"]),
                (&json!("5"), &json!("5")),
                "{zone}"
            );
            let months = bench.call("reconciliation", json!({ "period": "2026" })).await;
            let flagged = months["months"].as_array().unwrap().iter().any(|month| month["flagged"] == json!(true));
            assert!(!flagged, "{zone}: {months}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_of_a_date_is_of_that_date_wherever_it_is_reported() {
    for zone in ["Pacific/Auckland", "Pacific/Kiritimati", "America/Los_Angeles", "Pacific/Pago_Pago"] {
        let bench = workspace_in(zone).await;
        let bill = bench.write("bill.csv", "date,vendor,model,cost\n2026-07-31,openai,gpt-4o,12.5\n");
        bench.import(&bill, |request| request["mapping"]["timeZone"] = json!("UTC")).await;
        let july = bench.call("economics", json!({ "period": "2026-07", "by": ["model"] })).await;
        assert_eq!(july["total"]["spend"]["amount"], "12.5", "{zone}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn dates_of_the_workspaces_own_zone_are_matched_by_them() {
    let bench = workspace_in("Europe/Berlin").await;
    // Half past midnight in Berlin is still the day before in UTC.
    csv(&bench, "usage.csv", "time,vendor,model,input_tokens\n2026-06-30T22:30:00Z,openai,gpt-4o,1000000\n").await;
    let bill = bench.write("bill.csv", "date,vendor,model,cost\n2026-07-01,openai,gpt-4o,2.5\n");
    bench.import(&bill, |request| request["mapping"]["timeZone"] = json!("Europe/Berlin")).await;
    assert_eq!(spend(&bench).await.as_deref(), Some("2.5"));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_given_back_and_what_is_no_token_stand_beside_the_metered_spend() {
    for (label, amount, expected) in
        [("Promotional credit", "-2", "0.5"), ("Sora video", "11", "13.5"), ("Sales tax", "0.4", "2.9")]
    {
        let bench = Bench::with_workspace().await;
        csv(&bench, "usage.csv", "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,openai,gpt-4o,1000000\n").await;
        let bill = format!(
            "time,vendor,model,cost\n2026-07-01T12:00:00Z,openai,gpt-4o,2.5\n2026-07-01T12:00:00Z,openai,{label},{amount}\n"
        );
        csv(&bench, "bill.csv", &bill).await;
        let total = total(&bench, "2026").await;
        let found = (&total["spend"]["amount"], &total["basis"]["restated"]["amount"]);
        assert_eq!(found, (&json!(expected), &json!("2.5")), "{label}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_line_item_charges_what_its_whole_words_say() {
    for (item, expected) in [
        ("tokens", "10"),
        ("Private endpoint input tokens", "10"),
        ("Reservation tokens", "10"),
        ("Supported model tokens", "10"),
        ("Taxi bot", "10"),
        ("Sales tax", "20"),
        ("Web searches", "20"),
    ] {
        let bench = Bench::with_workspace().await;
        csv(&bench, "usage.csv", USAGE).await;
        csv(&bench, "bill.csv", &format!("date,vendor,model,charge_type,cost\n2026-07-02,openai,gpt-4o,{item},10\n"))
            .await;
        assert_eq!(spend(&bench).await.as_deref(), Some(expected), "{item}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bill_meets_what_goes_by_another_spelling_of_model_or_vendor() {
    for (vendor, model, billed_by, billed_as) in [
        ("openai", "gpt-image-1", "openai", "GPT Image 1"),
        ("openai", "gpt-4o-mini-tts", "openai", "GPT-4o Mini TTS"),
        ("acme", "Support Bot", "acme", "Support Bot"),
        ("acme", "private chat", "Acme, Inc.", "private chat"),
        ("acme", "house", "acme", "Customer support deployment"),
        ("azure", "house", "Azure OpenAI Service", "house"),
        ("azure", "house", "Microsoft", "house"),
    ] {
        let bench = Bench::with_workspace().await;
        let usage = format!("time,vendor,model,input_tokens,cost\n2026-07-02T03:10:00Z,{vendor},{model},4000000,10\n");
        csv(&bench, "usage.csv", &usage).await;
        csv(&bench, "bill.csv", &format!("date,vendor,model,cost\n2026-07-02,\"{billed_by}\",{billed_as},10\n")).await;
        assert_eq!(spend(&bench).await.as_deref(), Some("10"), "{billed_by} {billed_as}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn two_feeds_of_one_traffic_are_asked_about_whatever_they_call_day_and_model() {
    let date = "date,vendor,model,input_tokens\n2026-07-02,openai,gpt-4o,4000000\n";
    let own_name = "time,vendor,model,input_tokens,cost\n2026-07-02T03:10:00Z,openai,prod-chat,4000000,10\n";
    let bill = "date,vendor,model,cost\n2026-07-02,openai,gpt-4o,10\n";
    let stamped = "time,vendor,model,cost\n2026-07-02T00:00:00Z,openai,gpt-4o,10\n";
    let whole = "date,vendor,cost\n2026-07-02,openai,10\n";
    for (zone, first, second) in [
        ("America/Los_Angeles", USAGE, date),
        ("Pacific/Auckland", USAGE, date),
        ("UTC", own_name, date),
        ("America/Los_Angeles", bill, stamped),
        ("UTC", bill, whole),
    ] {
        for (first, second) in [(first, second), (second, first)] {
            let bench = workspace_in(zone).await;
            csv(&bench, "first.csv", first).await;
            let plan = csv(&bench, "second.csv", second).await;
            assert_eq!(plan["overlaps"][0]["source"], "first.csv", "{zone}: {first}{second}");
        }
    }
    // A bill is no second feed of what it charges, and another day is other traffic.
    let bench = workspace_in("America/Los_Angeles").await;
    csv(&bench, "usage.csv", USAGE).await;
    assert_eq!(csv(&bench, "bill.csv", bill).await["overlaps"], json!([]));
    assert_eq!(csv(&bench, "later.csv", &date.replace("07-02", "07-03")).await["overlaps"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_day_told_in_local_dates_leaves_the_bills_of_other_days_as_they_were() {
    let zone = "America/Los_Angeles";
    let bench = workspace_in(zone).await;
    csv(&bench, "usage.csv", USAGE).await;
    csv(&bench, "bill.csv", "date,vendor,model,cost\n2026-07-02,openai,gpt-4o,10\n").await;
    assert_eq!(spend(&bench).await.as_deref(), Some("10"));
    bring(&bench, "days.csv", zone, "date,vendor,model,input_tokens\n2026-07-20,openai,gpt-4o,800000\n").await;
    assert_eq!(spend(&bench).await.as_deref(), Some("12"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_charge_with_a_time_is_explained_by_its_own_month_whatever_period_is_asked_for() {
    let bench = workspace_in("America/Los_Angeles").await;
    let usage = format!("{USAGE}2026-08-01T03:10:00Z,openai,gpt-4o,4000000\n");
    csv(&bench, "usage.csv", &usage).await;
    let bill = "time,vendor,model,cost\n2026-07-02T03:00:00Z,openai,gpt-4o,10\n2026-08-01T03:00:00Z,openai,gpt-4o,10\n";
    csv(&bench, "bill.csv", bill).await;
    let july = &months(&bench, "2026-07").await[0];
    assert_eq!(
        (&july["causes"], nanos(&july["difference"]), &july["flagged"]),
        (&json!([]), 0, &json!(false)),
        "{july}"
    );
    let bench = workspace_in("Pacific/Auckland").await;
    let usage = "time,vendor,model,input_tokens\n2026-09-30T13:10:00Z,openai,gpt-4o,4000000\n\
                 2026-09-30T05:10:00Z,openai,gpt-4o,4000000\n2026-09-20T05:10:00Z,openai,gpt-4o,4000000\n";
    csv(&bench, "usage.csv", usage).await;
    let bill = "time,vendor,model,cost\n2026-09-30T13:00:00Z,openai,gpt-4o,20\n2026-09-20T05:10:00Z,openai,gpt-4o,10\n";
    csv(&bench, "bill.csv", bill).await;
    let september = async |period: &str| {
        months(&bench, period).await.into_iter().find(|month| month["month"] == "2026-09").unwrap()
    };
    assert_eq!(september("2026-09").await, september("2026").await);
    assert_eq!(september("2026-Q3").await, september("2026").await);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_bill_that_counts_requests_is_a_bill() {
    let bench = Bench::with_workspace().await;
    csv(&bench, "usage.csv", &USAGE.replace("4000000", "8000000")).await;
    csv(&bench, "bill.csv", "date,vendor,model,requests,cost\n2026-07-02,openai,All models,2,21\n").await;
    assert_eq!(spend(&bench).await.as_deref(), Some("20"));
    let month = &months(&bench, "2026-07").await[0];
    let amount = |field: &str| month[field]["amount"].as_str();
    let found = [amount("billed"), amount("metered"), amount("spend"), amount("difference")];
    assert_eq!(found, [Some("21"), Some("20"), Some("20"), Some("1")]);
}

#[tokio::test(flavor = "multi_thread")]
async fn money_back_for_no_model_lowers_the_spend() {
    let bench = Bench::with_workspace().await;
    csv(&bench, "usage.csv", USAGE).await;
    csv(&bench, "bill.csv", "date,vendor,model,cost\n2026-07-02,openai,gpt-4o,10\n2026-07-02,openai,,-3\n").await;
    assert_eq!(spend(&bench).await.as_deref(), Some("7"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_correction_of_a_day_reaches_its_first_and_its_last_day_too() {
    let bench = Bench::with_workspace().await;
    let bill = |days: std::ops::RangeInclusive<u32>, cost: &str| {
        let rows: String = days.map(|day| format!("2026-07-0{day},openai,gpt-4o,{cost}\n")).collect();
        format!("date,vendor,model,cost\n{rows}")
    };
    csv(&bench, "bill.csv", &bill(1..=5, "5.5")).await;
    let path = bench.write("corrected.csv", bill(2..=4, "4"));
    let plan = bench
        .plan(&path, |request| {
            request["source"] = json!("bill.csv");
            request["mapping"]["timeZone"] = json!("UTC");
            request["mapping"]["costCurrency"] = json!("USD");
        })
        .await
        .unwrap();
    let conflict = &plan["conflict"];
    assert_eq!(
        (&conflict["statedBefore"]["amount"], &conflict["statedAfter"]["amount"]),
        (&json!("16.5"), &json!("12"))
    );
    bench.commit(&plan, json!("replace"), "both").await.unwrap();
    assert_eq!(spend(&bench).await.as_deref(), Some("23"));
}

#[tokio::test(flavor = "multi_thread")]
async fn late_rows_are_asked_about_and_never_said_to_be_there() {
    let rows = |rows: &[(&str, u32, &str)]| {
        let text: String =
            rows.iter().map(|(at, tokens, id)| format!("2026-07-02T{at}Z,openai,gpt-4o,{tokens},{id}\n")).collect();
        format!("time,vendor,model,input_tokens,request_id\n{text}")
    };
    let log = rows(&[("09:00:00", 1, "x"), ("10:05:00", 9000, "a1"), ("11:20:00", 2000, "a2")]);
    let late = rows(&[("10:07:00", 500, "late")]);
    for (first, second) in [(&log, &late), (&late, &log)] {
        let bench = Bench::with_workspace().await;
        let feed = |request: &mut Value| request["source"] = json!("gateway");
        bench.import(&bench.write("first.csv", first), feed).await;
        let plan = bench.plan(&bench.write("second.csv", second), feed).await.unwrap();
        assert_eq!(bench.call_commit(&plan).await.unwrap_err().code, "conflict-undecided");
        bench.commit(&plan, json!("add"), "both").await.unwrap();
        assert_eq!(total(&bench, "2026").await["tokensTotal"], "11501");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_months_bill_on_one_day_without_usage_is_said_to_count_twice() {
    let usage: String = (1..=29).map(|day| format!("2026-09-{day:02}T10:00:00Z,openai,gpt-4o,1000000\n")).collect();
    // (days billed, whether that may be the month's bill on one day)
    for (days, lump) in [(vec![30], true), (vec![29], false), (vec![29, 30], false), ((1..=30).collect(), false)] {
        let each = if lump { "70" } else { "2.5" };
        let bench = Bench::with_workspace().await;
        csv(&bench, "usage.csv", &format!("time,vendor,model,input_tokens\n{usage}")).await;
        let rows: String = days.iter().map(|day| format!("2026-09-{day:02},openai,gpt-4o,{each}\n")).collect();
        csv(&bench, "invoice.csv", &format!("date,vendor,model,cost\n{rows}")).await;
        let month = &months(&bench, "2026-09").await[0];
        assert_eq!(month["lumpSum"], lump, "{days:?}: {month}");
        assert!(!lump || month["flagged"] == true, "{month}");
        // A bill that leaves out metered days is not whole, however well it agrees on the others.
        assert_eq!(month["incomplete"], days.len() < 29, "{days:?}: {month}");
        let home = bench.call("home", Value::Null).await;
        let said = home["attention"].as_array().unwrap().iter().any(|item| {
            item["kind"] == "bill-differs" && item["title"].as_str().unwrap().contains("count the same usage twice")
        });
        assert_eq!(said, lump, "{days:?}: {home}");
        if lump {
            let check = ["-w", "acme.quarterdeck", "check", "--period", "2026-09"];
            let check = quarterdeck_tests::quarterdeck(bench.folder.path(), &check);
            let said = String::from_utf8_lossy(&check.stdout);
            assert_eq!(check.status.code(), Some(3), "{said}");
            assert!(said.contains("openai, Sep 2026: $70.00 billed, $72.50 metered, on no day both."), "{said}");
            assert!(said.contains("its usage counts twice"), "{said}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_without_a_price_or_a_bill_has_no_known_spend() {
    let bench = Bench::with_workspace().await;
    csv(&bench, "usage.csv", "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,acme,house,31000000\n").await;
    let month = &months(&bench, "2026-07").await[0];
    assert_eq!((&month["spend"], &month["unpricedTokens"]), (&Value::Null, &json!("31000000")), "{month}");
    csv(&bench, "bill.csv", "date,vendor,model,cost\n2026-07-01,acme,house,5\n").await;
    assert_eq!(months(&bench, "2026-07").await[0]["spend"]["amount"], "5");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_invoice_dated_after_its_month_is_said_to_count_twice_and_a_small_charge_is_not() {
    let usage: String = (1..=31).map(|day| format!("2026-07-{day:02}T10:00:00Z,openai,gpt-4o,1000000\n")).collect();
    for (row, flagged) in [("2026-08-01,openai,gpt-4o,77.5", true), ("2026-08-01,openai,gpt-4o,0.5", false)] {
        let bench = Bench::with_workspace().await;
        csv(&bench, "usage.csv", &format!("time,vendor,model,input_tokens\n{usage}")).await;
        csv(&bench, "invoice.csv", &format!("date,vendor,model,cost\n{row}\n")).await;
        let august = months(&bench, "2026-Q3").await.into_iter().find(|month| month["month"] == "2026-08").unwrap();
        assert_eq!((&august["lumpSum"], &august["flagged"]), (&json!(flagged), &json!(flagged)), "{august}");
    }
}
