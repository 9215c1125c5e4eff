//! What a table asks of the core: files for spreadsheets, sums, and acts on several rows that are one act.

use std::path::Path;

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

fn sheet() -> Value {
    json!({
        "title": "Vendors",
        "columns": [{ "title": "Name", "kind": "text" }, { "title": "Spend, USD", "kind": "number" }, { "title": "Ends", "kind": "day" }],
        "rows": [["=1+1", "801554.203456789", "2026-12-31"], ["Quill", null, null]],
    })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_table_is_written_as_csv_and_as_a_workbook_and_never_over_a_file_nobody_agreed_to_lose() {
    let bench = Bench::with_workspace().await;
    let export = async |path: &str, replace: bool| {
        bench.try_call("table_export", json!({ "sheet": sheet(), "path": path, "replace": replace })).await
    };
    let csv = bench.path("out.csv");
    assert_eq!(export(&csv, false).await.unwrap()["rows"], 2);
    let text = std::fs::read_to_string(&csv).unwrap();
    assert_eq!(text, "\u{feff}Name,\"Spend, USD\",Ends\r\n\"'=1+1\",801554.203456789,2026-12-31\r\nQuill,,\r\n");
    assert_eq!(export(&csv, false).await.unwrap_err().code, "target-exists");
    export(&csv, true).await.unwrap();

    let book = bench.path("out.xlsx");
    export(&book, false).await.unwrap();
    assert!(std::fs::read(&book).unwrap().starts_with(b"PK"));

    for (path, code) in [
        (bench.path("out.pdf"), "table-kind"),
        (bench.path("acme.quarterdeck"), "target-is-workspace"),
        (String::new(), "invalid"),
    ] {
        assert_eq!(export(&path, true).await.unwrap_err().code, code, "{path}");
        assert!(!Path::new(&bench.path("out.pdf")).exists());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn totals_are_exact_and_written_by_the_core() {
    let bench = Bench::new();
    let query = json!({ "columns": [
        { "values": ["0.1", "0.2", "38249.2"], "currency": "USD", "bare": false },
        { "values": ["38249.5", "-0.000000001"], "currency": "EUR", "bare": true },
        { "values": ["9007199254740993", "1"], "currency": null, "bare": false },
        { "values": ["1", "many"], "currency": null, "bare": false },
    ] });
    let totals = bench.call("table_totals", query).await;
    assert_eq!(totals[0], json!({ "exact": "38249.5", "text": "$38,249.50" }));
    assert_eq!(totals[1], json!({ "exact": "38249.499999999", "text": "38,249.50" }));
    assert_eq!(totals[2], json!({ "exact": "9007199254740994", "text": "9,007,199,254,740,994" }));
    assert_eq!(totals[3], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn several_records_get_one_owner_at_once_or_not_at_all_and_are_given_back_at_once() {
    let bench = Bench::with_workspace().await;
    let (harbor, ea) = bench.contract("Harbor", &["harbor"]).await;
    let (quill, _) = bench.contract("Quill", &["quill"]).await;
    let ids = json!([harbor["id"], quill["id"]]);
    let owners = async || {
        let rows = bench.call("vendors", Value::Null).await;
        let rows = rows.as_array().unwrap().iter();
        rows.map(|row| row["vendor"]["owner"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let missing = json!([harbor["id"], "0197a1c0-0000-7000-8000-00000000ffff"]);
    let refused = bench.try_call("vendors_owner", json!({ "ids": missing, "owner": "Maya" })).await.unwrap_err();
    assert_eq!((refused.code.as_str(), owners().await), ("not-found", vec![String::new(); 2]));

    let batch = bench.call("vendors_owner", json!({ "ids": ids, "owner": "Maya" })).await;
    assert_eq!((batch["ids"].as_array().unwrap().len(), owners().await), (2, vec!["Maya".to_owned(); 2]));
    let log = bench.call("activity", json!({ "limit": 2 })).await;
    assert_eq!(log[0]["changes"], json!([{ "label": "Owner", "before": null, "after": "Maya" }]));
    // Nobody's change is no change.
    let again = bench.call("vendors_owner", json!({ "ids": ids, "owner": "Maya" })).await;
    assert_eq!(again, json!({ "ids": [] }));

    bench.call("undo_together", batch.clone()).await;
    assert_eq!(owners().await, vec![String::new(); 2]);
    assert_eq!(bench.try_call("undo_together", batch).await.unwrap_err().code, "undo-not-possible");

    bench.call("contracts_owner", json!({ "ids": [ea["id"]], "owner": "Tomasz" })).await;
    let contract = bench.call("contract", json!({ "id": ea["id"] })).await;
    assert_eq!(contract["row"]["contract"]["owner"], "Tomasz");
}

#[tokio::test(flavor = "multi_thread")]
async fn several_imports_are_reverted_in_one_step_and_come_back_in_one() {
    let bench = Bench::with_workspace().await;
    let mut ids = Vec::new();
    for (name, day) in [("june.csv", "2026-06-10"), ("july.csv", "2026-07-10"), ("august.csv", "2026-08-10")] {
        let path =
            bench.write(name, format!("time,vendor,model,input_tokens\n{day}T10:00:00Z,openai,gpt-4o,1000000\n"));
        ids.push(bench.import(&path, |_| {}).await["importId"].clone());
    }
    let files = async || {
        let rows = bench.call("imports", Value::Null).await;
        let mut names: Vec<_> =
            rows.as_array().unwrap().iter().map(|row| row["name"].as_str().unwrap().to_owned()).collect();
        names.sort();
        names
    };
    let spend = async || {
        let view = bench.call("economics", json!({ "period": "2026-06-01..2026-08-31", "by": ["model"] })).await;
        view["total"]["spend"]["amount"].clone()
    };
    let before = (files().await, spend().await);
    assert_eq!(before.1, json!("7.5"));
    let batch = bench.call("imports_revert", json!({ "ids": [ids[0], ids[2]] })).await;
    assert_eq!((files().await, spend().await), (vec!["july.csv".to_owned()], json!("2.5")));
    bench.call("undo_together", batch).await;
    assert_eq!((files().await, spend().await), before);

    // The same from the keyboard, where nobody names what is meant: one step back, one step forth.
    bench.call("imports_revert", json!({ "ids": [ids[0], ids[2]] })).await;
    let undone = bench.call("undo", Value::Null).await;
    assert_eq!((undone["count"].clone(), files().await, spend().await), (json!(2), before.0.clone(), before.1.clone()));
    let redone = bench.call("redo", Value::Null).await;
    assert_eq!((redone["count"].clone(), spend().await), (json!(2), json!("2.5")));
    let undone = bench.call("undo", Value::Null).await;
    assert_eq!((undone["count"].clone(), spend().await), (json!(2), before.1));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_together_is_one_step_of_undo_and_each_can_be_taken_back_alone() {
    let bench = Bench::with_workspace().await;
    let mut ids = Vec::new();
    for name in ["Ash", "Birch", "Cedar"] {
        ids.push(bench.contract(name, &[]).await.0["id"].clone());
    }
    let owners = async || {
        let rows = bench.call("vendors", Value::Null).await;
        rows.as_array()
            .unwrap()
            .iter()
            .map(|row| row["vendor"]["owner"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    bench.call("vendors_owner", json!({ "ids": ids, "owner": "Maya" })).await;
    let log = bench.call("activity", json!({ "limit": 1 })).await;
    bench.call("undo", json!({ "id": log[0]["id"], "past": null })).await;
    assert_eq!(owners().await.iter().filter(|owner| *owner == "Maya").count(), 2, "one by name");
    let undone = bench.call("undo", Value::Null).await;
    assert_eq!((undone["count"].clone(), owners().await), (json!(2), vec![String::new(); 3]), "the others as one");
    let redone = bench.call("redo", Value::Null).await;
    assert_eq!((redone["count"].clone(), owners().await), (json!(3), vec!["Maya".to_owned(); 3]));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_cell_that_spreadsheets_have_no_place_for_is_written_as_text() {
    let bench = Bench::with_workspace().await;
    let sheet = json!({ "title": "Odd", "columns": [{ "title": "Day", "kind": "day" }, { "title": "Text", "kind": "text" }],
        "rows": [["1899-12-30", "x".repeat(40_000)], ["2026-01-31", "fine"]] });
    let path = bench.path("odd.xlsx");
    let written = bench.try_call("table_export", json!({ "sheet": sheet, "path": path, "replace": false })).await;
    assert!(written.is_ok(), "{written:?}");
}
