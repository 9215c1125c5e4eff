//! Where files go: no folder is made in passing, and a path without a folder begins where the person expects it.

use std::path::Path;
use std::process::Command;

use app::report::locale::Language;
use app::{App, Config, folders};
use quarterdeck_tests::{Bench, NOW, bare, program, quarterdeck};
use serde_json::{Value, json};

/// Every command that writes a file or folder where it is told, with its request for a path.
fn writers(spec: &Value, path: &str) -> Vec<(&'static str, Value)> {
    let file = |ending: &str| format!("{path}.{ending}");
    let document = json!({ "kind": "quarter", "subject": "2026-Q3" });
    vec![
        (
            "workspace_create",
            json!({ "path": file("quarterdeck"), "name": "B", "currency": "USD", "timeZone": "UTC", "fiscalStartMonth": 1 }),
        ),
        ("workspace_sample", json!({ "path": file("sample") })),
        ("workspace_export", json!({ "path": path })),
        ("report_export", json!({ "document": document, "paper": "deck", "lang": "en", "path": file("pdf") })),
        ("calendar_export", json!({ "path": file("ics") })),
        ("chart_export", json!({ "spec": spec, "path": file("svg") })),
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_that_is_not_there_is_named_and_made_only_when_asked_for() {
    let bench = Bench::with_workspace().await;
    let usage = "time,vendor,model,input_tokens\n2026-07-01T10:00:00Z,openai,gpt-4o,1000000\n";
    bench.import(&bench.write("usage.csv", usage), |_| {}).await;
    let view = bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await;
    // Whole again: what is exported carries its texts.
    let asked = json!({ "period": "2026-Q3", "by": ["model"] });
    let spec = bench.app.dispatch("economics", asked, Language::En, None).await.unwrap()["chart"].clone();
    assert!(view["chart"].is_object());
    let folder = bench.folder.path().join("not/there");
    for (command, mut request) in writers(&spec, &folder.join("out").to_string_lossy()) {
        let error = bench.try_call(command, request.clone()).await.unwrap_err();
        assert_eq!((command, error.code.as_str()), (command, "folder-not-found"));
        assert_eq!(error.params["folder"], folder.to_string_lossy(), "{command}");
        assert!(!bench.folder.path().join("not").exists(), "{command} made it all the same");
        request["createFolder"] = json!(true);
        bench.call(command, request).await;
        assert!(std::fs::read_dir(&folder).unwrap().next().is_some(), "{command} wrote nothing");
        // On to the next in a workspace of the same content.
        bench.call("workspace_open", json!({ "path": bench.path("acme.quarterdeck") })).await;
        std::fs::remove_dir_all(bench.folder.path().join("not")).unwrap();
    }
    // What its own place is gone of is kept in a folder that is there, or nowhere.
    let error = bench.try_call("workspace_rescue", json!({ "path": bench.path("not/there/b") })).await.unwrap_err();
    assert_eq!(error.code, "folder-not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_path_typed_in_the_window_begins_in_the_persons_documents() {
    let bench = Bench::new();
    let documents = bench.folder.path().join("Documents");
    std::fs::create_dir(&documents).unwrap();
    let config = Config {
        data_dir: bench.folder.path().join("data"),
        folder: Some(documents.clone()),
        now: Some(NOW.parse().unwrap()),
    };
    let app = App::new(config);
    let call = async |command: &str, payload: Value| {
        app.dispatch(command, payload, Language::En, None).await.map(|answer| bare(&answer))
    };
    let place = async |text: &str| call("path_look", json!({ "path": text })).await.unwrap();
    let (inside, elsewhere) = (documents.join("acme"), bench.folder.path().join("x/y.pdf"));
    assert_eq!(
        place("acme").await,
        json!({ "path": inside.to_string_lossy(), "folder": documents.to_string_lossy(), "folderExists": true })
    );
    let other = place(&elsewhere.to_string_lossy()).await;
    assert_eq!((&other["path"], &other["folderExists"]), (&json!(elsewhere.to_string_lossy()), &json!(false)));
    let home = folders::home_dir().unwrap();
    assert_eq!(place("~/a").await["path"], json!(home.join("a").to_string_lossy()));
    assert_eq!(place("~").await["path"], json!(home.to_string_lossy()));
    let draft = json!({ "path": "acme", "name": "Acme", "currency": "USD", "timeZone": "UTC", "fiscalStartMonth": 1 });
    let status = call("workspace_create", draft).await.unwrap();
    assert_eq!(status["path"], json!(documents.join("acme.quarterdeck").to_string_lossy()));
    assert!(documents.join("acme.quarterdeck").is_file());
    let document = json!({ "kind": "quarter", "subject": "2026-Q3" });
    let request = json!({ "document": document, "paper": "deck", "lang": "en", "path": "review" });
    let written = call("report_export", request).await.unwrap();
    assert_eq!(written["path"], json!(documents.join("review.pdf").to_string_lossy()));
    app.shut_down().await;
}

#[test]
fn the_command_line_begins_where_it_is_started_and_makes_a_folder_when_told() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let ran = quarterdeck(folder.path(), arguments);
        (ran.status.code(), String::from_utf8(ran.stderr).unwrap())
    };
    let (code, said) = run(&["new", "sub/acme.quarterdeck"]);
    assert_eq!(code, Some(1));
    assert!(said.contains(&*folder.path().join("sub").to_string_lossy()) && said.contains("--create-folder"), "{said}");
    assert!(!folder.path().join("sub").exists());
    assert_eq!(run(&["new", "sub/acme.quarterdeck", "--create-folder"]), (Some(0), String::new()));
    assert!(folder.path().join("sub/acme.quarterdeck").is_file());
    for more in [&["export", "out/all"][..], &["report", "quarter", "2026-Q3", "--out", "out/q3.pdf"]] {
        let on = [&["-w", "sub/acme.quarterdeck"], more].concat();
        let (code, said) = run(&on);
        assert!(code == Some(1) && said.contains("--create-folder") && !folder.path().join("out").exists(), "{said}");
        assert_eq!(run(&[&on[..], &["--create-folder"]].concat()).0, Some(0));
        std::fs::remove_dir_all(folder.path().join("out")).unwrap();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn window_and_command_line_keep_their_own_files_where_they_always_did() {
    let folder = tempfile::tempdir().unwrap();
    let recent = |variables: &[(&str, &Path)], place: &Path| {
        let mut run = Command::new(program("quarterdeck"));
        run.current_dir(folder.path()).env_remove("QUARTERDECK_DATA_DIR").env_remove("XDG_DATA_HOME");
        run.envs(variables.iter().copied());
        assert!(run.args(["new", &format!("{}.quarterdeck", variables.len())]).output().unwrap().status.success());
        assert!(place.join("app.quarterdeck.desktop/recent.json").is_file(), "{}", place.display());
    };
    let (home, xdg) = (folder.path().join("home"), folder.path().join("xdg"));
    std::fs::create_dir(&home).unwrap();
    recent(&[("HOME", &home)], &home.join(".local/share"));
    recent(&[("HOME", &home), ("XDG_DATA_HOME", &xdg)], &xdg);
    // Tauri puts its own files, such as the window's place, under this name.
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let config = std::fs::read(root.join("src-tauri/tauri.conf.json")).unwrap();
    let config: Value = serde_json::from_slice(&config).unwrap();
    assert_eq!(config["identifier"], folders::IDENTIFIER);
}
