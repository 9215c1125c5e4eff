//! Everything that has a day, as a month and as a file that other calendars read.

#![allow(clippy::unwrap_used)]

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

/// A contract from January of a year that renews by itself: its notice deadline is 1 November, it renews on 1 January.
async fn renewing(bench: &Bench) -> Value {
    let (_, contract) = bench.contract("OpenAI", &["openai"]).await;
    let mut draft = contract.clone();
    for (field, value) in [("autoRenew", json!(true)), ("noticeMinDays", json!(30)), ("renewalTermMonths", json!(12))] {
        draft[field] = value;
    }
    draft["start"] = json!("2026-02-01");
    bench.call("contract_save", draft).await
}

fn events(ics: &str) -> Vec<(String, String)> {
    // Long lines are folded: a line that begins with a space goes on with the one before.
    let text = ics.replace("\r\n ", "");
    let field = |event: &str, name: &str| {
        let line = event.lines().find(|line| line.starts_with(name)).unwrap_or_else(|| panic!("no {name} in {event}"));
        line.rsplit(':').next().unwrap().trim().to_owned()
    };
    text.split("BEGIN:VEVENT").skip(1).map(|event| (field(event, "UID"), field(event, "DTSTART"))).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_month_shows_whole_weeks_with_what_falls_into_them_and_the_agenda_what_comes() {
    let bench = Bench::with_workspace().await;
    renewing(&bench).await;
    let month = bench.call("calendar", json!({ "month": "2027-01" })).await;
    assert_eq!(
        (&month["previous"], &month["next"], &month["label"]),
        (&json!("2026-12"), &json!("2027-02"), &json!("Jan 2027"))
    );
    let weeks = month["weeks"].as_array().unwrap();
    assert_eq!(
        (weeks.len(), &weeks[0][0]["day"], &weeks[5][6]["day"]),
        (6, &json!("2026-12-28"), &json!("2027-02-07"))
    );
    let dated: Vec<(&str, &str)> = weeks
        .iter()
        .flat_map(|week| week.as_array().unwrap())
        .flat_map(|day| day["things"].as_array().unwrap())
        .map(|thing| (thing["kind"].as_str().unwrap(), thing["day"].as_str().unwrap()))
        .collect();
    // 31 January 2027 is the last day of the term; 30 days before it is the 1st.
    assert_eq!(dated, [("notice", "2027-01-01"), ("renewal", "2027-02-01")]);
    let agenda = bench.call("calendar", json!({ "month": null })).await["agenda"].clone();
    assert_eq!((&agenda[0]["day"], &agenda[0]["fromNow"]), (&json!("2027-01-01"), &json!("in 38 days")));
    for month in ["soon", "2026-13", "", "-1", "999999-01"] {
        let refused = bench.try_call("calendar", json!({ "month": month })).await.unwrap_err();
        assert_eq!(refused.code, "bad-period", "{month}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_exported_file_keeps_each_things_uid_when_its_day_moves_and_replaces_nothing_unasked() {
    let bench = Bench::with_workspace().await;
    let contract = renewing(&bench).await;
    let path = bench.path("dates");
    bench.call("calendar_export", json!({ "path": path })).await;
    let first = std::fs::read_to_string(bench.path("dates.ics")).unwrap();
    assert!(first.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && first.contains("PRODID:"), "{first}");
    assert!(first.lines().all(|line| line.len() <= 75), "{first}");
    let before = events(&first);
    assert_eq!(before.iter().map(|(_, day)| day.as_str()).collect::<Vec<_>>(), ["20270101", "20270201"]);

    let refused = bench.try_call("calendar_export", json!({ "path": path })).await.unwrap_err();
    assert_eq!(refused.code, "target-exists");
    let refused =
        bench.try_call("calendar_export", json!({ "path": bench.path("acme.quarterdeck"), "replace": true })).await;
    assert_eq!(refused.unwrap_err().code, "target-is-workspace");

    let mut draft = contract;
    draft["noticeMinDays"] = json!(45);
    bench.call("contract_save", draft).await;
    bench.call("calendar_export", json!({ "path": path, "replace": true })).await;
    let after = events(&std::fs::read_to_string(bench.path("dates.ics")).unwrap());
    assert_eq!(after[0], (before[0].0.clone(), "20261217".to_owned()));
    assert_eq!(after[1], before[1]);
}
