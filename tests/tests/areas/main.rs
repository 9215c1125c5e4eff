//! Adding an area is its files and its line: one made up here is found everywhere an area is asked.

#![allow(clippy::unwrap_used)]

mod telescope;

use app::report::locale::Language;
use app::{App, Config, areas};
use quarterdeck_tests::{Bench, NOW, pdf_text};
use serde_json::{Value, json};

/// A workspace of every area there is and one more.
async fn bench() -> Bench {
    let plain = Bench::new();
    let list = [areas::LIST, &[&telescope::AREA]].concat();
    let config = Config { data_dir: plain.folder.path().join("data"), folder: None, now: Some(NOW.parse().unwrap()) };
    let bench = Bench { app: App::with_areas(config, list), folder: plain.folder };
    let path = bench.path("acme.quarterdeck");
    let draft = json!({ "path": path, "name": "Acme", "currency": "USD", "timeZone": "UTC", "fiscalStartMonth": 1 });
    bench.call("workspace_create", draft).await;
    bench
}

fn telescope(mirror: &str, cleaned: &str) -> Value {
    json!({ "name": "Herschel", "mirror": mirror, "cleaned": cleaned })
}

// One test: the made-up area keeps its records in memory, for all who run at once.
#[tokio::test(flavor = "multi_thread")]
async fn a_made_up_area_is_found_in_search_on_home_in_undo_export_the_review_and_the_sample() {
    let bench = bench().await;
    let mut changes = bench.app.changes();
    bench.call("telescope_save", telescope("3.5 m", "2026-11-20")).await;
    assert!(changes.recv().await.unwrap().contains(&telescope::TAG));
    bench.call("telescope_save", telescope("4 m", "2026-11-27")).await;

    let hits = bench.call("search", json!({ "text": "hersch", "limit": 5 })).await;
    assert_eq!(hits[0]["link"], json!({ "area": "telescope", "id": "Herschel" }));

    let home = bench.call("home", Value::Null).await;
    let waits = home["attention"].as_array().unwrap().iter().find(|item| item["area"] == "telescope").unwrap();
    assert_eq!(
        (&waits["urgency"], &waits["due"], &waits["daysLeft"]),
        (&json!("week"), &json!("2026-11-27"), &json!(3))
    );
    let alerts = bench.call("check", json!({ "period": null })).await["alerts"].clone();
    assert!(alerts.as_array().unwrap().iter().any(|alert| alert["title"] == "Clean Herschel"), "{alerts}");

    let month = bench.call("calendar", json!({ "month": "2026-11" })).await;
    assert!(month.to_string().contains("\"title\":\"Herschel\""), "{month}");

    let log = bench.call("activity", json!({ "limit": 5 })).await;
    assert_eq!((&log[0]["subject"], &log[0]["action"]), (&json!("Herschel"), &json!("changed")));
    let cleaned = json!({ "label": "cleaned", "before": "20 Nov 2026", "after": "27 Nov 2026" });
    assert!(log[0]["changes"].as_array().unwrap().contains(&cleaned), "{log}");

    let path = bench.path("review.pdf");
    let request =
        json!({ "document": { "kind": "quarter", "subject": "2026-Q3" }, "paper": "a4", "lang": "en", "path": path });
    bench.call("report_export", request).await;
    let text = pdf_text(path.as_ref());
    for words in ["What we look through", "Herschel", "The sky is still there."] {
        assert!(text.contains(words), "{words}: {text}");
    }
    // A section that cannot be computed says so on its page, and the rest prints.
    for words in ["This section could not be computed", "clouds.csv"] {
        assert!(text.contains(words), "{words}: {text}");
    }

    bench.call("workspace_export", json!({ "path": bench.path("out") })).await;
    let kept = std::fs::read_to_string(bench.folder.path().join("out/telescopes.json")).unwrap();
    assert!(kept.contains("4 m"), "{kept}");

    bench.call("undo", Value::Null).await;
    assert_eq!(bench.call("telescopes", Value::Null).await[0]["mirror"], "3.5 m");
    bench.call("undo", Value::Null).await;
    assert_eq!(bench.call("telescopes", Value::Null).await, json!([]));

    // A version without the area still shows what its log holds, and says what it cannot take back.
    bench.call("telescope_save", telescope("5 m", "2026-12-24")).await;
    let file = bench.path("acme.quarterdeck");
    bench.app.shut_down().await;
    let config = Config { data_dir: bench.folder.path().join("data"), folder: None, now: Some(NOW.parse().unwrap()) };
    let without = Bench { app: App::new(config), folder: tempfile::tempdir().unwrap() };
    without.call("workspace_open", json!({ "path": file })).await;
    assert_eq!(without.call("activity", json!({ "limit": 1 })).await[0]["subject"], "Herschel");
    assert_eq!(without.try_call("undo", Value::Null).await.unwrap_err().code, "undo-not-possible");
    without.app.shut_down().await;

    bench.call("workspace_sample", json!({ "path": bench.path("sample.quarterdeck") })).await;
    let hits =
        bench.app.dispatch("search", json!({ "text": "sample", "limit": 5 }), Language::ZhCn, None).await.unwrap();
    assert!(hits.as_array().unwrap().iter().any(|hit| hit["link"]["area"] == "telescope"), "{hits}");
}

#[test]
fn no_two_areas_share_a_name_a_kind_of_record_or_a_command() {
    let unique = |mut all: Vec<&str>| {
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(count, all.len(), "{all:?}");
    };
    unique(areas::LIST.iter().map(|area| area.name).collect());
    unique(areas::LIST.iter().flat_map(|area| area.records).copied().collect());
    unique(areas::commands().map(|command| command.name).collect());
}
