//! What an import covers: its hours, the gaps between them, and what else tells of the same.

use quarterdeck_tests::{Bench, fixture};
use serde_json::{Value, json};

const HEADER: &str = "time,vendor,model,session,ok,input_tokens\n";

/// A request in the middle of each of these hours of July 2026, counted from its first midnight.
fn rows(hours: impl IntoIterator<Item = i64>, tokens: u32) -> String {
    let begin = "2026-07-01T00:30:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap();
    hours.into_iter().fold(HEADER.to_owned(), |text, hour| {
        let at = (begin + chrono::Duration::hours(hour)).format("%Y-%m-%dT%H:%M:%SZ");
        format!("{text}{at},openai,gpt-4o,,true,{tokens}\n")
    })
}

async fn bring(bench: &Bench, name: &str, text: String, feed: &str, answer: Value) -> Value {
    let path = bench.write(name, text);
    let plan = bench.plan(&path, |request| request["source"] = json!(feed)).await.unwrap();
    let answer = if plan["conflict"].is_null() { Value::Null } else { answer };
    bench.commit(&plan, answer, "this").await.unwrap()["importId"].clone()
}

async fn coverage(bench: &Bench, id: &Value) -> Value {
    bench.call("import_coverage", json!({ "id": id })).await
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_says_its_first_and_last_row_its_hours_and_its_gaps_the_longest_first() {
    let bench = Bench::with_workspace().await;
    // Nothing from 5 to 9, at 12, and from 20 to 22.
    let hours = (0..=23).filter(|hour| !(5..=9).contains(hour) && *hour != 12 && !(20..=22).contains(hour));
    let text = rows(hours, 5) + "not a time,openai,gpt-4o,,true,5\n";
    let id = bring(&bench, "gateway.csv", text, "gateway", Value::Null).await;
    let found = coverage(&bench, &id).await;
    assert_eq!(found["span"], json!({ "from": "2026-07-01T00:30:00Z", "to": "2026-07-01T23:30:00Z" }));
    assert_eq!([&found["told"], &found["missing"], &found["rows"], &found["bad"]], [15, 9, 15, 1]);
    let gap = |units: u32, from: &str, to: &str| {
        json!({ "units": units, "days": null,
            "period": { "from": format!("2026-07-01T{from}:00:00Z"), "to": format!("2026-07-01T{to}:00:00Z") } })
    };
    assert_eq!(found["gaps"], json!([gap(5, "05", "10"), gap(3, "20", "23"), gap(1, "12", "13")]));
    assert_eq!([&found["counts"], &found["givesWay"], &found["gapsTotal"]], [15, 0, 3]);
    assert_eq!([&found["shares"], &found["feeds"]], [&json!([]), &json!([])]);
    let columns = found["mapping"]["columns"].as_array().unwrap();
    assert!(columns.contains(&json!({ "field": "timestamp", "column": "time" })), "{columns:?}");
    assert_eq!(found["sha256"].as_str().unwrap().len(), 64);
    assert_eq!(found["volume"]["marks"]["series"][0]["values"][5], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn hours_two_files_tell_of_are_counted_and_so_is_what_gives_way() {
    // At 18 the second file begins within an hour the first covers wholly, at 23 the first ends within one of the second's: each
    // gives way there. Between them the answer decides.
    for (answer, first, second) in
        [("keep", (23, 1), (25, 5)), ("replace", (19, 5), (29, 1)), ("add", (23, 1), (29, 1))]
    {
        let bench = Bench::with_workspace().await;
        let a = bring(&bench, "a.csv", rows(0..24, 5), "gateway", Value::Null).await;
        // 18 to 47, otherwise told at 19 to 22.
        let other = rows(18..=47, 5);
        let other: String = other
            .lines()
            .map(|line| {
                let differs =
                    ["T19:", "T20:", "T21:", "T22:"].iter().any(|hour| line.contains(&format!("07-01{hour}")));
                if differs { line.replace(",true,5", ",true,8") + "\n" } else { line.to_owned() + "\n" }
            })
            .collect();
        let b = bring(&bench, "b.csv", other, "gateway", json!(answer)).await;
        let (a, b) = (coverage(&bench, &a).await, coverage(&bench, &b).await);
        let standing = |found: &Value| (found["counts"].as_u64().unwrap(), found["givesWay"].as_u64().unwrap());
        assert_eq!((standing(&a), standing(&b)), (first, second), "{answer}");
        let share = &a["shares"][0];
        assert_eq!((&share["name"], &share["hours"]), (&json!("b.csv"), &json!(6)));
        assert_eq!(share["period"], json!({ "from": "2026-07-01T18:00:00Z", "to": "2026-07-02T00:00:00Z" }));
        assert_eq!(b["shares"][0]["name"], "a.csv");
        assert_eq!(b["answer"], answer);
        let sum = |found: &Value| found["counts"].as_u64().unwrap() + found["givesWay"].as_u64().unwrap();
        assert_eq!((sum(&a), sum(&b)), (24, 30));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn another_feed_that_tells_of_the_same_models_and_days_is_named_with_the_answer_given() {
    let bench = Bench::with_workspace().await;
    let a = bring(&bench, "a.csv", rows(0..48, 5), "gateway", Value::Null).await;
    let b = bring(&bench, "b.csv", rows(30..80, 7), "proxy", Value::Null).await;
    let (a, b) = (coverage(&bench, &a).await, coverage(&bench, &b).await);
    let feed = |source: &str, basis: &str| json!([{ "source": source, "vendors": ["openai"], "days": 1, "first": "2026-07-02", "last": "2026-07-02", "basis": basis }]);
    // The second said that it is the one that counts.
    assert_eq!(a["feeds"], feed("proxy", "other"));
    assert_eq!(b["feeds"], feed("gateway", "this"));
    assert_eq!(a["shares"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_days_is_told_in_days() {
    let bench = Bench::with_workspace().await;
    let header = "usage_date_utc,api_key,model_version,usage_input_tokens_no_cache,usage_output_tokens\n";
    let text = [1, 2, 6, 7, 9]
        .iter()
        .fold(header.to_owned(), |text, day| format!("{text}2026-07-{day:02},key,claude-sonnet-4-5,10,1\n"));
    let id = bring(&bench, "console.csv", text, "console", Value::Null).await;
    let found = coverage(&bench, &id).await;
    assert_eq!([&found["daily"], &found["told"], &found["missing"]], [&json!(true), &json!(5), &json!(4)]);
    assert_eq!(found["days"], json!(["2026-07-01", "2026-07-09"]));
    let days: Vec<_> = found["gaps"].as_array().unwrap().iter().map(|gap| gap["days"].clone()).collect();
    assert_eq!(days, [json!(["2026-07-03", "2026-07-05"]), json!(["2026-07-08", "2026-07-08"])]);
}

#[tokio::test(flavor = "multi_thread")]
async fn at_most_twenty_gaps_are_named_and_all_are_counted() {
    let bench = Bench::with_workspace().await;
    let id = bring(&bench, "a.csv", rows((0..30).map(|hour| hour * 2), 5), "gateway", Value::Null).await;
    let found = coverage(&bench, &id).await;
    assert_eq!(
        (found["gaps"].as_array().unwrap().len(), &found["gapsTotal"], &found["missing"]),
        (20, &json!(29), &json!(29))
    );
    // The trace's rows are of an hour or so: no hour of it is without any.
    let path = fixture("usage/AzureLLMInferenceTrace_code.csv").to_string_lossy().into_owned();
    let summary = bench.import(&path, quarterdeck_tests::azure).await;
    let found = coverage(&bench, &summary["importId"]).await;
    assert_eq!((&found["missing"], &found["gaps"]), (&json!(0), &json!([])));
}
