//! Every number a form sends, at its bounds and beyond: refused by its own field, or kept so that every page still opens.

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

/// Whole numbers as no form should send them.
fn wholes() -> Vec<Value> {
    let written = ["-9223372036854775808", "18446744073709551615", "1e300", "-1e300", "0.5", "-0.5"];
    let mut all: Vec<Value> = written.iter().map(|text| serde_json::from_str(text).unwrap()).collect();
    all.extend(
        [i64::from(i32::MIN), -1, 0, 1, 12, i64::from(i32::MAX), i64::from(u32::MAX), i64::MAX].map(|n| json!(n)),
    );
    all
}

/// Amounts and rates as text.
const AMOUNTS: [&str; 15] = [
    "-170141183460469231731687303715884105728",
    "-2147483648",
    "-1",
    "-0.000000001",
    "0",
    "0.000000001",
    "1",
    "10000000",
    "2147483647",
    "9223372036.854775807",
    "9223372036854775807",
    "1000000000001",
    "170141183460469231731687303715884105727",
    "1e300",
    "many",
];

const DAYS: [&str; 6] = ["-262143-01-01", "0000-01-01", "1970-01-01", "2026-02-28", "9999-12-31", "+262142-12-31"];

/// Sends a draft with one field changed. It is kept, or refused with a sentence for this very field; afterwards everything opens.
async fn send(bench: &Bench, command: &str, draft: &Value, field: &str, value: &Value) -> Result<Value, String> {
    let mut draft = draft.clone();
    *draft.pointer_mut(field).unwrap_or_else(|| panic!("{command} has no {field}")) = value.clone();
    let said = format!("{command} {field} = {value}");
    let outcome = bench.try_call(command, draft).await;
    match outcome {
        Ok(saved) => {
            pages(bench, &said).await;
            Ok(saved)
        }
        Err(error) => {
            assert_eq!(error.code, "invalid", "{said}: {error:?}");
            let name = field.split('/').nth(1).unwrap();
            let last = field.rsplit('/').next().unwrap();
            let meant = |named: &str| named == name || named == last || named == format!("{name}.{last}");
            assert!(error.fields.iter().all(|field| meant(&field.field)), "{said}: {error:?}");
            Err(error.fields[0].code.clone())
        }
    }
}

/// What a strange record would break.
async fn pages(bench: &Bench, after: &str) {
    let contract = bench.call("contracts", Value::Null).await["rows"][0]["contract"]["id"].clone();
    let document = json!({ "kind": "quarter", "subject": "2026-Q3" });
    for (command, query) in [
        ("home", Value::Null),
        ("check", json!({ "period": null })),
        ("contracts", Value::Null),
        ("contract", json!({ "id": contract })),
        ("contract_notice", json!({ "id": contract, "notice": "2026-11-24" })),
        ("vendors", Value::Null),
        ("calendar", json!({ "month": "2026-11" })),
        ("prices", json!({ "search": "", "limit": u32::MAX, "used": false })),
        ("economics", json!({ "period": "2026-Q3", "by": ["vendor"], "limit": u32::MAX })),
        ("activity", json!({ "limit": u32::MAX, "area": null, "id": null })),
        ("search", json!({ "text": "a", "limit": u32::MAX })),
        ("document", document),
    ] {
        if let Err(error) = bench.try_call(command, query).await {
            // A rate that is missing is asked for; that is another matter.
            assert_eq!(error.code, "missing-rate", "{command} after {after}: {error:?}");
        }
    }
}

async fn bench() -> Bench {
    let bench = Bench::with_workspace().await;
    let usage = "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,openai,gpt-4o,1000000000000\n";
    bench.import(&bench.write("usage.csv", usage), |_| {}).await;
    bench
}

#[tokio::test(flavor = "multi_thread")]
async fn each_number_of_a_contract_is_kept_or_refused_by_its_field() {
    let bench = bench().await;
    let (_, contract) = bench.contract("OpenAI", &["openai"]).await;
    let mut draft = contract.clone();
    draft["autoRenew"] = json!(true);
    draft["commitment"] = json!({ "amount": "1", "currency": "USD" });
    let mut refused = 0;
    for (field, kept) in [
        ("/initialTermMonths", 1..=600),
        ("/renewalTermMonths", 1..=600),
        ("/noticeMinDays", 0..=3650),
        ("/noticeMaxDays", 0..=3650),
    ] {
        for value in wholes().into_iter().chain([600, 601, 3650, 3651].map(|n| json!(n))) {
            let outcome = send(&bench, "contract_save", &draft, field, &value).await;
            let fits = value.as_i64().is_some_and(|n| kept.contains(&n));
            assert_eq!(outcome.is_ok(), fits, "{field} {value}: {outcome:?}");
            refused += usize::from(!fits);
        }
    }
    assert!(refused > 40);
    for period in ["term", "month"] {
        draft["commitmentPeriod"] = json!(period);
        for amount in AMOUNTS {
            let outcome = send(&bench, "contract_save", &draft, "/commitment/amount", &json!(amount)).await;
            let fits = amount.parse::<f64>().is_ok_and(|n| (0.0..=1e12).contains(&n));
            assert_eq!(outcome.is_ok(), fits, "{amount}: {outcome:?}");
        }
    }
    for field in ["/start", "/end", "/noticeGiven"] {
        for day in DAYS {
            let _ = send(&bench, "contract_save", &draft, field, &json!(day)).await;
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_number_of_prices_rates_settings_and_feeds_is_kept_or_refused_by_its_field() {
    let bench = bench().await;
    bench.contract("OpenAI", &["openai"]).await;
    let rates = [
        "input",
        "cacheRead",
        "cacheWrite5m",
        "cacheWrite1h",
        "output",
        "inputAudio",
        "inputImage",
        "outputAudio",
        "outputImage",
    ];
    for (number, rate) in rates.iter().enumerate() {
        for (tries, amount) in AMOUNTS.iter().enumerate() {
            let draft = json!({ "provider": "acme", "model": format!("m{number}-{tries}"), "tier": "", "from": "2026-07-01", "currency": "USD",
                "rates": { (*rate): null }, "contractId": null, "source": "" });
            let outcome = send(&bench, "price_add", &draft, &format!("/rates/{rate}"), &json!(amount)).await;
            let fits = amount.parse::<f64>().is_ok_and(|n| (0.0..=1e9).contains(&n));
            assert_eq!(outcome.is_ok(), fits, "{rate} {amount}: {outcome:?}");
        }
    }
    // What is not priced yet, at the dearest rate there is: a trillion for a billion tokens.
    let usage = "time,vendor,model,input_tokens\n2026-08-01T10:00:00Z,dear,dear-1,1000000000\n";
    bench.import(&bench.write("dear.csv", usage), |_| {}).await;
    let price = json!({ "provider": "dear", "model": "dear-1", "tier": "", "from": "2026-07-01", "currency": "EUR",
        "rates": { "input": "1" }, "contractId": null, "source": "" });
    send(&bench, "price_add", &price, "/rates/input", &json!("1000000000")).await.unwrap();
    for (tries, day) in DAYS.iter().enumerate() {
        let mut price = price.clone();
        price["model"] = json!(format!("dear-2-{tries}"));
        let _ = send(&bench, "price_add", &price, "/from", &json!(day)).await;
    }
    let rate = json!({ "from": "EUR", "to": "USD", "day": "2026-07-01", "rate": "1" });
    for amount in AMOUNTS {
        let outcome = send(&bench, "fx_rate_save", &rate, "/rate", &json!(amount)).await;
        assert_eq!(outcome.is_ok(), amount.parse::<f64>().is_ok_and(|n| (1e-9..=1e7).contains(&n)), "{amount}");
    }
    for day in DAYS {
        let _ = send(&bench, "fx_rate_save", &rate, "/day", &json!(day)).await;
    }
    let settings = json!({ "name": "Acme", "currency": "USD", "timeZone": "UTC", "fiscalStartMonth": 1 });
    for month in wholes() {
        let fits = month.as_i64().is_some_and(|n| (1..=12).contains(&n));
        let saved = send(&bench, "settings_save", &settings, "/fiscalStartMonth", &month).await;
        assert_eq!(saved.is_ok(), fits, "{month}");
        if !fits {
            let mut new = settings.clone();
            new["path"] = json!(bench.path("new.quarterdeck"));
            assert_eq!(
                send(&bench, "workspace_create", &new, "/fiscalStartMonth", &month).await.unwrap_err(),
                "month-out-of-range"
            );
        }
    }
    for day in DAYS {
        let request = json!({ "key": "k", "title": "T", "until": day, "due": null });
        let _ = send(&bench, "attention_snooze", &request, "/until", &json!(day)).await;
    }
    for id in [0, i64::from(i32::MAX), i64::from(u32::MAX)] {
        let draft = json!({ "aId": id, "bId": 1, "basis": "both" });
        assert_eq!(bench.try_call("feed_pair_save", draft).await.unwrap_err().code, "not-found", "{id}");
    }
}
