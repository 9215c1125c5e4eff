//! Objectives: what a person reads of a budget, of files in and out, of alerts; and what hostile files come to.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};
use quarterdeck_tests::{Bench, fixture};
use serde_json::{Value, json};

/// The hour that has begun: what is measured ends with it.
fn hour(bench: &Bench) -> DateTime<Utc> {
    bench.app.now().duration_trunc(TimeDelta::hours(1)).unwrap()
}

fn draft(name: &str, objective: &str) -> Value {
    json!({
        "id": null, "name": name, "objective": objective, "indicator": { "kind": "measured", "unit": "" },
        "method": { "method": "occurrences" }, "window": { "kind": "rolling", "days": 28 }, "fewestEvents": 0,
        "policy": [{ "percent": 50, "action": "Look" }, { "percent": 100, "action": "Only fixes ship" }],
    })
}

async fn made(bench: &Bench, draft: Value) -> Value {
    bench.call("slo_save", draft).await["id"].clone()
}

/// A table of hours before an hour, the newest last: its time in UTC, good and all events.
fn hours(end: DateTime<Utc>, counts: impl IntoIterator<Item = (u32, u32)>) -> String {
    let all: Vec<(u32, u32)> = counts.into_iter().collect();
    let mut text = "time,good,total\n".to_owned();
    for (at, (good, total)) in all.iter().enumerate() {
        let hour = end - TimeDelta::hours((all.len() - at) as i64);
        text += &format!("{},{good},{total}\n", hour.format("%Y-%m-%dT%H:00:00Z"));
    }
    text
}

async fn measured(bench: &Bench, id: &Value, name: &str, text: String) -> Value {
    let path = bench.write(name, text);
    bench.call("slo_measure", json!({ "id": id, "path": path })).await
}

/// 28 days of 1,000 events an hour, five of them bad: of 99 %, half the budget.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_left_is_what_the_objective_allows_less_what_was_bad() {
    let bench = Bench::with_workspace().await;
    let id = made(&bench, draft("Answers", "99")).await;
    let end = hour(&bench);
    let done = measured(&bench, &id, "a.csv", hours(end, (0..28 * 24).map(|_| (995, 1_000)))).await;
    assert_eq!((&done["points"], &done["read"]), (&json!(672), &json!(672)), "{done}");
    let view = bench.call("slo", json!({ "id": id })).await;
    let row = &view["row"];
    assert_eq!(
        (&row["leftText"], &row["sliText"], &row["burnText"]),
        (&json!("50 %"), &json!("99.5 %"), &json!("0.5×"))
    );
    assert_eq!(view["usedText"], "3,360 of 6,720 bad events that are allowed");
    assert_eq!(row["goneText"], "not at this pace");
    assert_eq!(view["policy"][0]["reached"], true, "half is spent: {view}");
    assert_eq!(view["policy"][1]["reached"], false);
    // The same in the list, by the command line's call, and in the chart's table.
    assert_eq!(bench.call("slos", Value::Null).await[0], *row);
    let table = &view["chart"]["table"]["rows"];
    assert!(table.to_string().contains("50 %"), "{table}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_later_file_is_right_where_two_tell_of_one_hour_and_what_is_taken_back_counts_no_more() {
    let bench = Bench::with_workspace().await;
    let id = made(&bench, draft("Answers", "99")).await;
    let end = hour(&bench);
    measured(&bench, &id, "a.csv", hours(end, (0..48).map(|_| (1_000, 1_000)))).await;
    let second = measured(&bench, &id, "b.csv", hours(end, (0..24).map(|_| (980, 1_000)))).await;
    let left = async || bench.call("slo", json!({ "id": id })).await["usedText"].as_str().unwrap().to_owned();
    assert_eq!(left().await, "480 of 480 bad events that are allowed");
    let path = bench.path("b.csv");
    let again = bench.try_call("slo_measure", json!({ "id": id, "path": path })).await.unwrap_err();
    assert_eq!(again.code, "slo-measured-already");
    bench.call("slo_measure_revert", json!({ "id": second["id"] })).await;
    assert_eq!(left().await, "0 of 480 bad events that are allowed");
    bench.call("undo", Value::Null).await;
    assert_eq!(left().await, "480 of 480 bad events that are allowed");
}

/// An alert wants both windows; it reaches Home and the check while it fires, and a budget that is gone does too.
#[tokio::test(flavor = "multi_thread")]
async fn what_burns_reaches_home_and_the_check_and_what_is_over_does_not() {
    let bench = Bench::with_workspace().await;
    let id = made(&bench, draft("Answers", "99")).await;
    let end = hour(&bench);
    let quiet = (0..25 * 24).map(|_| (1_000, 1_000));
    // Three days at twice what is allowed: 1× fires, nothing faster does.
    measured(&bench, &id, "a.csv", hours(end, quiet.clone().chain((0..72).map(|_| (980, 1_000))))).await;
    let view = bench.call("slo", json!({ "id": id })).await;
    let states: Vec<&str> =
        view["alerts"].as_array().unwrap().iter().map(|one| one["state"].as_str().unwrap()).collect();
    assert_eq!(states, ["too-coarse", "too-coarse", "quiet", "firing"], "{view}");
    let checked = bench.call("check", json!({ "period": null })).await;
    assert!(checked["alerts"].to_string().contains("Answers"), "{checked}");
    let home = bench.call("home", Value::Null).await;
    assert!(home.to_string().contains("slo-burning"), "{home}");

    let other = made(&bench, draft("Others", "99")).await;
    let calm = (0..10).map(|_| (1_000, 1_000));
    let text = hours(end, quiet.chain((0..62).map(|_| (980, 1_000))).chain(calm));
    measured(&bench, &other, "b.csv", text).await;
    let view = bench.call("slo", json!({ "id": other })).await;
    assert_eq!(view["alerts"][3]["state"], "short-under", "the last six hours are well: {view}");
    assert_eq!(view["row"]["firing"], 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn usage_measures_availability_of_the_feature_named_and_of_nothing_else() {
    let bench = Bench::with_workspace().await;
    let end = hour(&bench);
    let mut text = "timestamp,vendor,model,feature,status,input_tokens,output_tokens,request_id\n".to_owned();
    for request in 0..200 {
        let at = end - TimeDelta::hours(48) + TimeDelta::minutes(request * 10);
        let (feature, status) = if request % 2 == 0 {
            ("Search", if request % 20 == 0 { "error" } else { "ok" })
        } else {
            ("Chat", "error")
        };
        text += &format!("{},acme,one,{feature},{status},10,10,r{request}\n", at.format("%Y-%m-%dT%H:%M:%SZ"));
    }
    let path = bench.write("usage.csv", text);
    bench.import(&path, |_| {}).await;
    let mut search = draft("Search answers", "95");
    search["indicator"] = json!({ "kind": "availability", "scope": { "feature": "search" } });
    let id = made(&bench, search).await;
    let view = bench.call("slo", json!({ "id": id })).await;
    // 100 requests of Search, 10 of them failed.
    assert_eq!(view["row"]["sliText"], "90.0 %", "{view}");
    assert_eq!(view["usedText"], "10 of 5 bad events that are allowed");
    assert_eq!((&view["row"]["leftText"], &view["row"]["goneText"]), (&json!("−100 %"), &json!("used up")));
}

/// What came out of OpenSLO goes back as it was, but for the month that was written as a minute.
#[tokio::test(flavor = "multi_thread")]
async fn every_published_openslo_file_comes_in_and_leaves_equivalent() {
    let bench = Bench::with_workspace().await;
    let mut count = 0;
    for entry in std::fs::read_dir(fixture("slo/openslo")).unwrap() {
        let path = entry.unwrap().path();
        let request = json!({ "path": path });
        let plan = bench.call("slo_file", request.clone()).await;
        assert!(!plan["slos"].as_array().unwrap().is_empty(), "{}: {plan}", path.display());
        let is_minute = std::fs::read_to_string(&path).unwrap().contains("- duration: 1m");
        assert_eq!(plan["issues"].to_string().contains("slo-minute-for-month"), is_minute, "{plan}");
        bench.call("slo_file_commit", request.clone()).await;
        count += plan["slos"].as_array().unwrap().len();
        // Once more: nothing changes.
        let again = bench.call("slo_file_commit", request.clone()).await;
        assert_eq!((&again["made"], &again["changed"]), (&json!(0), &json!(0)), "{again}");
    }
    let before = bench.call("slos", Value::Null).await;
    assert_eq!(before.as_array().unwrap().len(), count);
    let out = bench.path("out.yaml");
    bench.call("slo_export", json!({ "path": out })).await;
    let other = Bench::with_workspace().await;
    other.call("slo_file_commit", json!({ "path": out })).await;
    let back = other.path("back.yaml");
    other.call("slo_export", json!({ "path": back })).await;
    let read = |path: &str| std::fs::read_to_string(path).unwrap();
    assert_eq!(read(&back), read(&out), "import and export once more change nothing");
    assert!(!read(&out).contains("duration: 1m") && read(&out).contains("1M"), "{}", read(&out));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_wrong_with_an_objective_or_a_file_is_one_sentence_and_loses_nothing() {
    let bench = Bench::with_workspace().await;
    for (objective, code) in [("100", "whole"), ("abc", "not-a-number")] {
        let refused = bench.try_call("slo_save", draft("Wrong", objective)).await.unwrap_err();
        assert!(!refused.code.is_empty(), "{code}: {refused:?}");
    }
    let mut promised = draft("Promised", "99");
    promised["promised"] = json!("99.9");
    let refused = bench.try_call("slo_save", promised).await.unwrap_err();
    assert_eq!(refused.fields[0].code, "promise-not-looser");
    let id = made(&bench, draft("Answers", "99")).await;
    for (name, text) in [
        ("empty.csv", "time,good,total\n"),
        ("nonsense.csv", "time,good,total\nyesterday,1,2\n2026-01-01T00:00:00Z,NaN,2\n2026-01-01T01:00:00Z,3,2\n"),
        (
            "cut.json",
            "{\"status\":\"success\",\"data\":{\"resultType\":\"matrix\",\"result\":[{\"metric\":{},\"values\":[[17",
        ),
    ] {
        let path = bench.write(name, text);
        let refused = bench.try_call("slo_measure", json!({ "id": id, "path": path })).await.unwrap_err();
        assert!(
            ["slo-measured-nothing", "file-empty", "no-rows"].contains(&refused.code.as_str()),
            "{name}: {refused:?}"
        );
    }
    let mut bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for (before, name) in ('a'..'i').zip('b'..='i') {
        bomb += &format!("{name}: &{name} [{}]\n", vec![format!("*{before}"); 9].join(","));
    }
    let path = bench.write("bomb.yaml", bomb);
    let plan = bench.call("slo_file", json!({ "path": path })).await;
    assert_eq!(plan["slos"], json!([]), "{plan}");
    assert_eq!(bench.call("slos", Value::Null).await.as_array().unwrap().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_objective_that_is_removed_comes_back_with_what_was_measured() {
    let bench = Bench::with_workspace().await;
    let id = made(&bench, draft("Answers", "99")).await;
    let end = hour(&bench);
    measured(&bench, &id, "a.csv", hours(end, (0..48).map(|_| (990, 1_000)))).await;
    let before = bench.call("slo", json!({ "id": id })).await;
    bench.call("slo_delete", json!({ "id": id })).await;
    assert_eq!(bench.call("slos", Value::Null).await, json!([]));
    bench.call("undo", Value::Null).await;
    assert_eq!(bench.call("slo", json!({ "id": id })).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_objective_that_is_proposed_is_the_strictest_the_quarter_would_have_held() {
    let bench = Bench::with_workspace().await;
    let mut wanted = draft("Answers", "90");
    wanted["window"] = json!({ "kind": "rolling", "days": 7 });
    let id = made(&bench, wanted.clone()).await;
    let end = hour(&bench);
    measured(&bench, &id, "a.csv", hours(end, (0..100 * 24).map(|_| (997, 1_000)))).await;
    wanted["id"] = id;
    let found = bench.call("slo_proposals", wanted).await;
    let best = found.as_array().unwrap().iter().find(|one| one["best"] == true).unwrap();
    assert_eq!((&best["objective"], &best["text"]), (&json!("99.7"), &json!("missed on 0 of 91 days")), "{found}");
}

/// Two hours at thirty of a hundred bad: what they took stands on the incident, and as a figure of its post-mortem.
#[tokio::test(flavor = "multi_thread")]
async fn an_incident_says_what_it_took_of_error_budgets() {
    let bench = Bench::with_workspace().await;
    let id = made(&bench, draft("Answers", "99")).await;
    let end = hour(&bench);
    let outage = |at: i32| if (600..602).contains(&at) { (700, 1_000) } else { (1_000, 1_000) };
    measured(&bench, &id, "a.csv", hours(end, (0..28 * 24).map(outage))).await;
    let declared = json!({ "title": "Down", "kind": "vendor-outage", "impact": null, "scope": null });
    let incident = bench.call("incident_declare", declared).await["id"].clone();
    let mut kept = bench.call("incident", json!({ "id": incident })).await["details"].clone();
    let began = end - TimeDelta::hours(28 * 24 - 600);
    kept["id"] = incident.clone();
    kept["began"] = json!(began + TimeDelta::minutes(5));
    kept["detected"] = json!(began + TimeDelta::minutes(9));
    kept["mitigated"] = json!(began + TimeDelta::minutes(100));
    bench.call("incident_save", kept).await;
    let view = bench.call("incident", json!({ "id": incident })).await;
    // 600 of the 10 × 603 events' worth that a window ending with it allows.
    let burnt = &view["burnt"][0];
    assert_eq!(burnt["name"], "Answers", "{view}");
    let share: f64 = burnt["text"].as_str().unwrap().split(' ').next().unwrap().parse().unwrap();
    assert!((share - 600.0 / 6_020.0 * 100.0).abs() < 0.3, "{burnt}");
    let figure = bench.call("postmortem_figure", json!({ "id": incident, "name": "budget" })).await;
    assert!(figure["title"].as_str().unwrap().starts_with("Answers: "), "{figure}");
}
