//! Incidents: declared in a line, worked on by stages, said on Home and on the calendar; what cannot be true is refused by its field.

#![allow(clippy::unwrap_used)]

use quarterdeck_tests::{Bench, quarterdeck};
use serde_json::{Value, json};

async fn declared(bench: &Bench, title: &str, kind: &str) -> Value {
    let draft = json!({ "title": title, "kind": kind, "impact": null, "scope": null });
    bench.call("incident_declare", draft).await["id"].clone()
}

async fn view(bench: &Bench, id: &Value) -> Value {
    bench.call("incident", json!({ "id": id })).await
}

/// What is kept of an incident, as a draft of it.
async fn draft(bench: &Bench, id: &Value, change: Value) -> Value {
    let mut draft = view(bench, id).await["details"].clone();
    draft["id"] = id.clone();
    for (name, value) in change.as_object().unwrap() {
        draft[name] = value.clone();
    }
    draft
}

#[tokio::test(flavor = "multi_thread")]
async fn an_incident_is_declared_in_a_line_and_a_number_is_given_once() {
    let bench = Bench::with_workspace().await;
    let first = declared(&bench, "  Notes of one clinic shown to another ", "cross-tenant-leak").await;
    let seen = view(&bench, &first).await;
    assert_eq!(
        (&seen["row"]["code"], &seen["row"]["title"]),
        (&json!("INC-1"), &json!("Notes of one clinic shown to another"))
    );
    assert_eq!((&seen["row"]["severity"], &seen["row"]["status"]), (&json!("sev1"), &json!("open")));
    assert!(seen["suggestion"]["reason"].as_str().unwrap().contains("SEV1 is suggested"), "{seen}");
    bench.call("incident_delete", json!({ "id": first })).await;
    let second = declared(&bench, "Cost rose", "cost-spike").await;
    assert_eq!(view(&bench, &second).await["row"]["code"], "INC-2");
    let refused = bench.try_call("incident_declare", json!({ "title": " ", "kind": "other" })).await.unwrap_err();
    assert_eq!(refused.fields[0].field, "title");
    // Taken back, twice, and there again with its number.
    bench.call("undo", Value::Null).await;
    bench.call("undo", Value::Null).await;
    let rows = bench.call("incidents", Value::Null).await;
    assert_eq!((rows.as_array().unwrap().len(), &rows[0]["code"]), (1, &json!("INC-1")));
}

#[tokio::test(flavor = "multi_thread")]
async fn another_severity_than_suggested_asks_why_and_times_out_of_order_are_refused_by_name() {
    let bench = Bench::with_workspace().await;
    let id = declared(&bench, "Down", "vendor-outage").await;
    let save = async |change: Value| bench.try_call("incident_save", draft(&bench, &id, change).await).await;
    let refused = save(json!({ "severity": "sev1" })).await.unwrap_err();
    assert_eq!(
        (refused.fields[0].field.as_str(), refused.fields[0].code.as_str()),
        ("severityReason", "severity-reason")
    );
    save(json!({ "severity": "sev1", "severityReason": "All of the hospital" })).await.unwrap();
    assert_eq!(view(&bench, &id).await["row"]["severityText"], "SEV1");
    let times = json!({ "began": "2026-11-01T10:00:00Z", "detected": "2026-11-01T10:20:00Z", "resolved": "2026-11-01T09:00:00Z" });
    let refused = save(times).await.unwrap_err();
    assert_eq!((refused.fields[0].field.as_str(), refused.fields[0].code.as_str()), ("resolved", "before-detected"));
    let times = json!({ "began": "2026-11-01T10:00:00Z", "detected": "2026-11-01T10:20:00Z", "acknowledged": "2026-11-01T10:24:30Z", "mitigated": "2026-11-01T11:34:00Z", "resolved": "2026-11-02T14:20:00Z" });
    save(times).await.unwrap();
    let spans: Vec<String> = view(&bench, &id).await["spans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|one| one["text"].as_str().unwrap().to_owned())
        .collect();
    assert_eq!(spans, ["20 min", "4 min", "1 h 14 min", "1 d 4 h"]);
    assert_eq!(view(&bench, &id).await["next"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_severity_is_suggested_by_what_it_did_and_how_many_it_reached() {
    let bench = Bench::with_workspace().await;
    let suggested = async |impact: &str, scope: &str| {
        let query = json!({ "kind": "other", "impact": impact, "scope": scope });
        bench.call("incident_severity", query).await["severityText"].as_str().unwrap().to_owned()
    };
    assert_eq!(suggested("others-data", "single").await, "SEV1");
    assert_eq!(suggested("outage", "widespread").await, "SEV2");
    assert_eq!(suggested("harm", "several").await, "SEV2");
    assert_eq!(suggested("degraded", "several").await, "SEV3");
    assert_eq!(suggested("minor", "widespread").await, "SEV4");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_incident_and_a_running_clock_stand_on_home_and_on_the_calendar_until_they_are_done() {
    let bench = Bench::with_workspace().await;
    let id = declared(&bench, "Notes shown", "cross-tenant-leak").await;
    let clock = json!([{ "name": "GDPR Art. 33", "due": "Authority", "hours": 72, "done": null }]);
    bench.call("incident_save", draft(&bench, &id, json!({ "clocks": clock })).await).await;
    let home = async || {
        let home = bench.call("home", Value::Null).await;
        let text = home.to_string();
        (text.contains("INC-1 Notes shown"), text.contains("GDPR Art. 33"))
    };
    assert_eq!(home().await, (true, true));
    let alerts = bench.call("check", json!({ "period": null })).await.to_string();
    assert!(alerts.contains("INC-1"), "{alerts}");
    let now = view(&bench, &id).await["details"]["detected"].clone();
    let clock = json!([{ "name": "GDPR Art. 33", "due": "Authority", "hours": 72, "done": now }]);
    bench.call("incident_save", draft(&bench, &id, json!({ "clocks": clock })).await).await;
    for stage in ["acknowledged", "mitigated", "resolved"] {
        bench.call("incident_stage", json!({ "id": id, "stage": stage, "at": null })).await;
    }
    assert_eq!(home().await, (false, false));
    assert_eq!(view(&bench, &id).await["clocks"][0]["standing"], "told in time");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_typed_time_is_one_of_the_workspaces_zone_and_what_clocks_did_is_said() {
    let bench = Bench::with_workspace().await;
    let settings = bench.call("workspace_status", Value::Null).await["settings"].clone();
    let mut berlin = settings.clone();
    berlin["timeZone"] = json!("Europe/Berlin");
    bench.call("settings_save", berlin).await;
    let read = async |text: &str| bench.call("instant_read", json!({ "text": text })).await;
    assert_eq!(read("2026-09-14 14:05").await["at"], "2026-09-14T12:05:00Z");
    assert_eq!(read("2026-09-14 14:05Z").await["at"], "2026-09-14T14:05:00Z");
    let twice = read("2026-10-25 02:30").await;
    assert_eq!(twice["at"], "2026-10-25T00:30:00Z");
    assert!(twice["note"].as_str().unwrap().contains("twice"), "{twice}");
    for (text, word) in [("2026-03-29 02:30", "never was"), ("soon", "not a time"), ("2026-02-30 10:00", "not a time")]
    {
        let wrong = read(text).await;
        assert_eq!(wrong["at"], Value::Null);
        assert!(wrong["note"].as_str().unwrap().contains(word), "{wrong}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_sample_has_seven_incidents_of_five_kinds_over_three_quarters_and_one_is_open() {
    let bench = Bench::new();
    bench.call("workspace_sample", json!({ "path": bench.path("sample.quarterdeck") })).await;
    let rows = bench.call("incidents", Value::Null).await;
    let rows = rows.as_array().unwrap();
    let kinds: std::collections::BTreeSet<&str> = rows.iter().map(|row| row["kind"].as_str().unwrap()).collect();
    let open = rows.iter().filter(|row| row["status"] != "resolved").count();
    assert_eq!((rows.len(), kinds.len(), open), (7, 5, 1));
    assert_eq!(
        (&rows[0]["code"], &rows[3]["code"], &rows[3]["severity"]),
        (&json!("INC-34"), &json!("INC-27"), &json!("sev1"))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn from_the_command_line_an_incident_is_declared_worked_on_and_listed() {
    let bench = Bench::with_workspace().await;
    let workspace = bench.call("workspace_status", Value::Null).await["path"].as_str().unwrap().to_owned();
    let folder = bench.path("");
    let run = |arguments: &[&str]| {
        let output = quarterdeck(folder.as_ref(), &[&["-w", &workspace, "incidents"], arguments].concat());
        let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
        (output.status.success(), text(output.stdout), text(output.stderr))
    };
    let (done, said, _) = run(&["declare", "Chat is down", "--kind", "vendor-outage", "--scope", "widespread"]);
    assert!(done && said.contains("INC-1 Chat is down") && said.contains("SEV2 is suggested"), "{said}");
    let (done, _, said) = run(&["declare", "Chat is down", "--kind", "earthquake"]);
    assert!(!done && said.contains("earthquake"), "{said}");
    assert!(run(&["stage", "INC-1", "detected", "--at", "2026-09-01 10:00"]).0);
    let (done, _, said) = run(&["stage", "1", "resolved", "--at", "2026-09-01 09:00"]);
    assert!(!done && said.contains("before it was detected"), "{said}");
    let (done, said, _) = run(&["stage", "1", "resolved", "--at", "2026-09-01 11:30"]);
    assert!(done && said.contains("Time to resolve: 1 h 30 min"), "{said}");
    let (_, said, _) = run(&["list"]);
    assert!(said.contains("INC-1") && said.contains("1 h 30 min"), "{said}");
    assert!(!run(&["list", "--open"]).1.contains("INC-1"));
    let (done, _, said) = run(&["stage", "7", "resolved"]);
    assert!(!done && said.contains("no incident 7"), "{said}");
}

/// Five weeks of one hour: ten requests each, and on the day of the incident forty, of which twenty-five failed.
#[tokio::test(flavor = "multi_thread")]
async fn what_an_incident_took_is_beside_what_its_hours_usually_take() {
    let bench = Bench::with_workspace().await;
    let mut rows = "timestamp,vendor,model,feature,success,input_tokens,output_tokens\n".to_owned();
    let incident: chrono::DateTime<chrono::Utc> = "2026-06-10T14:00:00Z".parse().unwrap();
    for week in 1..=5 {
        let at = incident - chrono::Duration::weeks(week) + chrono::Duration::minutes(20);
        // Weeks differ a little: an interval has a width.
        for request in 0..10 + week % 2 {
            rows += &format!("{},acme,acme-1,Support,true,{},10\n", at.format("%Y-%m-%dT%H:%M:%SZ"), 100 + request);
        }
    }
    for request in 0..40 {
        let at = incident + chrono::Duration::minutes(request);
        let fine = request >= 25;
        rows += &format!("{},acme,acme-1,Support,{fine},100,10\n", at.format("%Y-%m-%dT%H:%M:%SZ"));
        // Another feature in the same hour is none of this incident's.
        rows += &format!("{},acme,acme-1,Search,false,100,10\n", at.format("%Y-%m-%dT%H:%M:%SZ"));
    }
    bench.import(&bench.write("usage.csv", rows), |request| request["source"] = json!("gateway")).await;
    let id = declared(&bench, "Support fails", "vendor-outage").await;
    let change = json!({ "began": "2026-06-10T14:00:00Z", "detected": "2026-06-10T14:10:00Z", "mitigated": "2026-06-10T14:40:00Z", "features": ["support"] });
    bench.call("incident_save", draft(&bench, &id, change).await).await;
    let taken = view(&bench, &id).await["taken"].clone();
    let of = |name: &str| taken.as_array().unwrap().iter().find(|one| one["id"] == name).cloned().unwrap_or_default();
    assert_eq!((&of("failed")["actual"], &of("requests")["actual"]), (&json!("25"), &json!("40")), "{taken}");
    // The weeks before had 11, 10, 11, 10, 11 requests: 10.6 on average.
    let text = of("requests")["text"].as_str().unwrap().to_owned();
    assert!(text.starts_with("+29 beyond the usual 11 [+28, +31], from 5 weeks"), "{text}");
    assert_eq!(of("requests")["within"], json!(false));
    assert_eq!(of("tokens")["actual"], "4,400");
    // As a figure of its text: an hour of forty requests, of which twenty-five failed.
    let figure = bench.call("postmortem_figure", json!({ "id": id, "name": "requests" })).await;
    let labels = |at: usize| figure["marks"]["series"][at]["labels"].as_array().unwrap().clone();
    assert!(labels(0).contains(&json!("40")) && labels(1).contains(&json!("25")), "{figure}");
    assert_eq!(bench.call("postmortem_figure", json!({ "id": id, "name": "nonsense" })).await, Value::Null);
    // The same in the post-mortem; and nothing is said of hours of which nothing is known.
    let facts = bench.call("postmortem", json!({ "id": id })).await["facts"].to_string();
    assert!(facts.contains("25 (+25 beyond the usual 0"), "{facts}");
    let change = json!({ "began": "2020-01-01T00:00:00Z", "detected": "2020-01-01T00:10:00Z", "mitigated": "2020-01-01T01:00:00Z" });
    bench.call("incident_save", draft(&bench, &id, change).await).await;
    assert_eq!(view(&bench, &id).await["taken"], json!([]));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_still_to_come_has_not_happened() {
    let bench = Bench::with_workspace().await;
    let id = declared(&bench, "Tomorrow", "other").await;
    let tomorrow = chrono::Utc::now() + chrono::Duration::days(2);
    let change = json!({ "resolved": tomorrow.to_rfc3339() });
    let refused = bench.try_call("incident_save", draft(&bench, &id, change).await).await.unwrap_err();
    assert_eq!((refused.fields[0].field.as_str(), refused.fields[0].code.as_str()), ("resolved", "in-future"));
}
