//! A workspace of every earlier schema opens, is backed up first, and says what it said.

use std::io::Read;

use quarterdeck_tests::{Bench, fixture};
use serde_json::{Value, json};

fn unpacked(name: &str) -> Vec<u8> {
    let packed = std::fs::read(fixture(&format!("workspaces/{name}.quarterdeck.gz"))).unwrap();
    let mut bytes = Vec::new();
    flate2::read::GzDecoder::new(packed.as_slice()).read_to_end(&mut bytes).unwrap();
    bytes
}

#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_of_the_first_schema_keeps_every_figure() {
    let expected: Value =
        serde_json::from_slice(&std::fs::read(fixture("workspaces/first_light.json")).unwrap()).unwrap();
    let bench = Bench::new();
    let path = bench.write("old.quarterdeck", unpacked("first_light"));
    // Twice: what the first opening brings up to date, the second finds so.
    for opening in 0..2 {
        let status = bench.call("workspace_open", json!({ "path": path })).await;
        assert_eq!(status["state"], "open", "{status}");
        for (period, figures) in expected.as_object().unwrap() {
            let view = bench.call("economics", json!({ "period": period, "by": ["vendor", "model"] })).await;
            for (field, value) in figures["total"].as_object().unwrap() {
                assert_eq!(view["total"][field], *value, "{period} {field}, opening {opening}");
            }
            for (row, was) in view["rows"].as_array().unwrap().iter().zip(figures["rows"].as_array().unwrap()) {
                for (field, value) in was.as_object().unwrap() {
                    assert_eq!(row[field], *value, "{period} {field}, opening {opening}");
                }
            }
        }
        let vendors = bench.call("vendors", Value::Null).await;
        let speaks = |row: &Value| row["vendor"]["protocol"] == "openai-compatible";
        assert!(vendors.as_array().unwrap().iter().all(speaks), "{vendors}");
        if opening == 0 {
            let backups = bench.call("backups", Value::Null).await;
            let was_backed_up = backups.as_array().unwrap().iter().any(|backup| backup["reason"] == "migration");
            assert!(was_backed_up, "{backups}");
        }
        bench.app.shut_down().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_import_of_the_first_schema_is_known_again_and_can_be_taken_back() {
    let bench = Bench::new();
    let path = bench.write("old.quarterdeck", unpacked("first_light"));
    bench.call("workspace_open", json!({ "path": path })).await;
    let again = fixture("usage/anthropic_usage.csv").to_string_lossy().into_owned();
    let plan = bench.plan(&again, |request| request["source"] = json!("anthropic_usage")).await.unwrap();
    assert!(!plan["alreadyImported"].is_null(), "{plan}");
    let imports = bench.call("imports", Value::Null).await;
    let trace = imports.as_array().unwrap().iter().find(|i| i["name"] == "AzureLLMInferenceTrace_code.csv").unwrap();
    bench.call("import_revert", json!({ "id": trace["id"] })).await;
    let view = bench.call("economics", json!({ "period": "2023-11", "by": ["model"] })).await;
    assert_eq!(view["rows"], json!([]));
    bench.call("undo", Value::Null).await;
    let view = bench.call("economics", json!({ "period": "2023-11", "by": ["model"] })).await;
    assert_eq!(view["rows"][0]["spend"]["amount"], "47.608895");
}

/// A file that two programs open at once for the first time is brought up to date by one of them, and damaged by none.
#[test]
fn two_programs_that_open_an_older_file_at_once_both_find_it_sound() {
    for round in 0..6 {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("old.quarterdeck"), unpacked("first_light")).unwrap();
        let start = |arguments: &[&str]| {
            std::process::Command::new(quarterdeck_tests::program("quarterdeck"))
                .args(["-w", "old.quarterdeck"])
                .args(arguments)
                .current_dir(folder.path())
                .env("QUARTERDECK_DATA_DIR", folder.path().join("data"))
                .env("LANG", "en_US.UTF-8")
                .stdout(std::process::Stdio::null())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        };
        for program in [start(&["vendors", "list"]), start(&["imports", "list"])] {
            let output = program.wait_with_output().unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "round {round}: {said}");
        }
    }
}
