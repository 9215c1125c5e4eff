//! Secrets live in the keychain and nowhere else: with a real keychain on a session bus of its own, and without one.

use std::path::Path;
use std::process::Command;

use quarterdeck_tests::Bench;
use serde_json::{Value, json};

const CANARY: &str = "sk-canary-7f3a9b1c5d";

fn vendor() -> Value {
    json!({ "id": null, "name": "Gateway", "status": "approved", "owner": "", "riskTier": null, "website": "",
        "endpoint": "http://127.0.0.1:9/v1", "notes": "", "contacts": [], "providerKeys": [] })
}

/// Runs a test of this file again with a keychain, unlocked, on a bus of its own.
fn with_keychain(test: &str) {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join(".local/share/keyrings")).unwrap();
    let script = r#"
        printf test | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>&1 &
        for _ in $(seq 100); do
            dbus-send --session --print-reply --dest=org.freedesktop.DBus / org.freedesktop.DBus.NameHasOwner \
                string:org.freedesktop.secrets 2>/dev/null | grep -q 'boolean true' && break
            sleep 0.1
        done
        "$0" --exact "$1" --ignored --nocapture
        code=$?
        kill %1
        exit $code"#;
    let output = Command::new("dbus-run-session")
        .args(["--", "bash", "-c", script])
        .arg(std::env::current_exe().unwrap())
        .arg(test)
        .env("HOME", home.path())
        .env_remove("XDG_RUNTIME_DIR")
        .env_remove("XDG_DATA_HOME")
        .output()
        .expect("dbus-run-session is missing; ./dev test installs it");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}{}", String::from_utf8_lossy(&output.stderr));
}

fn everything_under(folder: &Path, found: &mut Vec<u8>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            everything_under(&path, found);
        } else {
            found.extend(std::fs::read(&path).unwrap());
        }
    }
}

#[test]
fn a_key_is_kept_in_the_keychain_and_found_nowhere_else() {
    with_keychain("inside::a_key_is_kept");
}

mod inside {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    #[ignore = "run by the test above, with a keychain"]
    async fn a_key_is_kept() {
        let bench = Bench::with_workspace().await;
        let saved = bench.call("vendor_save", vendor()).await;
        let id = json!({ "id": saved["id"] });
        assert_eq!(bench.call("vendor_key", id.clone()).await, "not-stored");
        let state = bench.call("vendor_key_save", json!({ "id": saved["id"], "key": CANARY })).await;
        assert_eq!(state, "stored");
        assert_eq!(bench.call("vendor_key", id.clone()).await, "stored");
        // Nobody listens on that port: the error must not carry the key.
        let error = bench.try_call("vendor_models", id.clone()).await.unwrap_err();
        assert_eq!(error.code, "endpoint-unreachable");
        assert!(!format!("{error:?}").contains(CANARY));
        bench.call("workspace_backup", Value::Null).await;
        bench.call("workspace_export", json!({ "path": bench.path("export") })).await;
        bench
            .call(
                "report_quarter_export",
                json!({ "period": "2026-Q3", "paper": "deck", "lang": "en", "path": bench.path("a.pdf") }),
            )
            .await;
        let answers = [
            bench.call("vendors", Value::Null).await,
            bench.call("vendor", id.clone()).await,
            bench.call("activity", json!({ "limit": 100 })).await,
        ];
        assert!(!format!("{answers:?}").contains(CANARY));
        let mut bytes = Vec::new();
        everything_under(bench.folder.path(), &mut bytes);
        assert!(bytes.len() > 100_000);
        assert!(!bytes.windows(CANARY.len()).any(|w| w == CANARY.as_bytes()), "the key was written to a file");
        assert_eq!(bench.call("vendor_key_forget", id.clone()).await, "not-stored");
        assert_eq!(bench.call("vendor_key", id).await, "not-stored");
    }
}

#[test]
fn without_a_keychain_the_key_is_refused_and_said_to_be_stored_nowhere() {
    let output = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", "without::a_key_is_refused", "--ignored", "--nocapture"])
        .env("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent")
        .env_remove("XDG_RUNTIME_DIR")
        .output()
        .unwrap();
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success() && text.contains("1 passed"), "{text}{}", String::from_utf8_lossy(&output.stderr));
}

mod without {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    #[ignore = "run by the test above, without a bus"]
    async fn a_key_is_refused() {
        let bench = Bench::with_workspace().await;
        let saved = bench.call("vendor_save", vendor()).await;
        assert_eq!(bench.call("vendor_key", json!({ "id": saved["id"] })).await, "no-keychain");
        let error = bench.try_call("vendor_key_save", json!({ "id": saved["id"], "key": CANARY })).await.unwrap_err();
        assert_eq!(error.code, "keychain-unavailable");
    }
}
