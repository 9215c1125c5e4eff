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

/// Keeps every line that would go to a log.
struct Lines;

static LOGGED: std::sync::Mutex<String> = std::sync::Mutex::new(String::new());

impl log::Log for Lines {
    fn enabled(&self, _: &log::Metadata) -> bool {
        true
    }
    fn log(&self, record: &log::Record) {
        LOGGED.lock().unwrap().push_str(&format!("{}\n", record.args()));
    }
    fn flush(&self) {}
}

/// A server that counts who comes, and listens to nobody.
fn listener() -> (String, std::sync::Arc<std::sync::atomic::AtomicUsize>) {
    let server = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let base = format!("http://{}/v1", server.local_addr().unwrap());
    let asked = std::sync::Arc::new(std::sync::atomic::AtomicUsize::new(0));
    let count = asked.clone();
    std::thread::spawn(move || {
        for _ in server.incoming() {
            count.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
        }
    });
    (base, asked)
}

mod inside {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    #[ignore = "run by the test above, with a keychain"]
    async fn a_key_is_bound() {
        log::set_logger(&Lines).unwrap();
        log::set_max_level(log::LevelFilter::Trace);
        let bench = Bench::with_workspace().await;
        let mut errors = Vec::new();
        // A key pasted as an address, or into one, is refused before anything is written.
        for endpoint in [
            CANARY.to_owned(),
            format!("https://{CANARY}@models.example/v1"),
            format!("https://user:{CANARY}@models.example/v1"),
            format!("https://models.example/v1?key={CANARY}"),
            format!("https://models.example/v1#{CANARY}"),
            format!("http://models.example/{CANARY}"),
        ] {
            let mut draft = vendor();
            draft["endpoint"] = json!(endpoint);
            let error = bench.try_call("vendor_save", draft).await.unwrap_err();
            assert_eq!(error.fields[0].field, "endpoint", "{error:?}");
            errors.push(error);
        }
        // A payload that does not fit is not repeated either.
        let typed = json!({ "id": CANARY, "key": { "text": CANARY } });
        errors.push(bench.try_call("vendor_key_save", typed).await.unwrap_err());
        errors.push(bench.try_call("vendor_key_save", json!(CANARY)).await.unwrap_err());
        let saved = bench.call("vendor_save", vendor()).await;
        let id = json!({ "id": saved["id"] });
        bench.call("vendor_key_save", json!({ "id": saved["id"], "key": CANARY })).await;
        // Whoever changes the file decides where the endpoint is, not where the key goes.
        let (elsewhere, asked) = listener();
        let mut moved = saved.clone();
        moved["endpoint"] = json!(elsewhere);
        bench.call("vendor_save", moved.clone()).await;
        assert_eq!(bench.call("vendor_key", id.clone()).await, "other-origin");
        let events = std::sync::Arc::new(std::sync::Mutex::new(String::new()));
        let heard = events.clone();
        let listen: app::job::Events =
            std::sync::Arc::new(move |event| heard.lock().unwrap().push_str(&format!("{event:?}")));
        let language = app::report::locale::Language::En;
        let error = bench.app.dispatch("vendor_models", id.clone(), language, Some(listen)).await.unwrap_err();
        assert_eq!(error.code, "endpoint-other-origin");
        assert_eq!(asked.load(std::sync::atomic::Ordering::SeqCst), 0, "the other server was asked");
        errors.push(error);
        // Another path at the same place is the same place.
        moved["endpoint"] = json!("http://127.0.0.1:9/other/v2");
        bench.call("vendor_save", moved.clone()).await;
        assert_eq!(bench.call("vendor_key", id.clone()).await, "stored");
        errors.push(bench.try_call("vendor_models", id.clone()).await.unwrap_err());
        // Without an address there is nothing to bind a key to.
        moved["endpoint"] = json!("");
        bench.call("vendor_save", moved).await;
        let error = bench.try_call("vendor_key_save", json!({ "id": saved["id"], "key": CANARY })).await.unwrap_err();
        assert_eq!(error.fields[0].field, "endpoint");
        errors.push(error);
        bench.call("workspace_backup", Value::Null).await;
        bench.call("workspace_export", json!({ "path": bench.path("export") })).await;
        let activity = bench.call("activity", json!({ "limit": 100 })).await;
        let mut bytes = Vec::new();
        everything_under(bench.folder.path(), &mut bytes);
        assert!(!bytes.windows(CANARY.len()).any(|w| w == CANARY.as_bytes()), "the key was written to a file");
        assert!(!format!("{errors:?}{activity:?}").contains(CANARY), "an error carries the key: {errors:?}");
        assert!(!events.lock().unwrap().contains(CANARY));
        let logged = LOGGED.lock().unwrap();
        assert!(logged.contains("endpoint-other-origin"), "nothing was logged");
        assert!(!logged.contains(CANARY), "the key was logged: {logged}");
    }

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
                "report_export",
                json!({ "document": { "kind": "quarter", "subject": "2026-Q3" }, "paper": "deck", "lang": "en", "path": bench.path("a.pdf") }),
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
fn a_key_goes_only_where_it_was_saved_for_and_appears_nowhere() {
    with_keychain("inside::a_key_is_bound");
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
