//! Several programs on one workspace.

use quarterdeck_tests::{Bench, program};
use serde_json::{Value, json};
use std::process::{Command, Stdio};

#[tokio::test(flavor = "multi_thread")]
async fn programs_that_import_at_once_all_find_room_and_lose_nothing() {
    let bench = Bench::with_workspace().await;
    bench.app.shut_down().await;
    let folder = bench.folder.path();
    let imports: Vec<_> = (1..=5)
        .map(|day| {
            let rows: String =
                (0..60).map(|minute| format!("2026-07-0{day}T10:{minute:02}:00Z,openai,gpt-4o,1000\n")).collect();
            let path = bench.write(&format!("{day}.csv"), format!("time,vendor,model,input_tokens\n{rows}"));
            Command::new(program("quarterdeck"))
                .args(["-w", "acme.quarterdeck", "import", "usage", &path, "--source", "gateway"])
                .current_dir(folder)
                .env("QUARTERDECK_DATA_DIR", folder.join("data"))
                .stdout(Stdio::null())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for import in imports {
        let output = import.wait_with_output().unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    }
    bench.call("workspace_open", json!({ "path": bench.path("acme.quarterdeck") })).await;
    let view = bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await;
    assert_eq!((&view["total"]["requests"], &view["total"]["tokensTotal"]), (&json!("300"), &json!("300000")));
    assert_eq!(bench.call("workspace_verify", Value::Null).await["ok"], true);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_windows_on_one_file_say_so_and_one_alone_does_not() {
    let bench = Bench::with_workspace().await;
    bench.app.shut_down().await;
    let path = json!({ "path": bench.path("acme.quarterdeck") });
    let window = || {
        let config = app::Config { data_dir: bench.folder.path().join("data"), folder: None, now: None };
        let app = app::App::new(config);
        app.be_a_window();
        Bench { app, folder: tempfile::tempdir().unwrap() }
    };
    let shared = async |bench: &Bench| bench.call("workspace_status", Value::Null).await["shared"].clone();
    let (one, two) = (window(), window());
    one.call("workspace_open", path.clone()).await;
    assert_eq!(shared(&one).await, false);
    // A script that works on it is no window.
    bench.call("workspace_open", path.clone()).await;
    assert_eq!((shared(&one).await, shared(&bench).await), (json!(false), json!(false)));
    two.call("workspace_open", path).await;
    assert_eq!((shared(&one).await, shared(&two).await), (json!(true), json!(true)));
    one.app.shut_down().await;
    assert_eq!(shared(&two).await, false);
    two.app.shut_down().await;
    bench.app.shut_down().await;
}
