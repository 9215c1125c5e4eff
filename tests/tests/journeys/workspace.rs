//! The workspace file: what is refused, what is recovered, what is undone. Nothing is lost.

use std::process::{Command, Stdio};
use std::time::Duration;

use quarterdeck_tests::{Bench, NOW, program, quarterdeck};
use serde_json::{Value, json};
use store::sqlx::{Connection, SqliteConnection};

fn vendor(name: &str) -> Value {
    json!({ "id": null, "name": name, "status": "approved", "owner": "Priya", "riskTier": null, "website": "", "notes": "",
        "contacts": [], "providerKeys": ["openai"] })
}

fn contract(vendor: &Value) -> Value {
    json!({ "id": null, "vendorId": vendor["id"], "title": "Order form 1", "kind": "order-form", "owner": "", "parties": "",
        "start": "2026-02-01", "initialTermMonths": 12, "end": null, "autoRenew": true, "renewalTermMonths": 1,
        "noticeMinDays": 60, "noticeMaxDays": null, "noticeGiven": null, "currency": "USD",
        "commitment": { "amount": "1200000", "currency": "USD" }, "commitmentPeriod": "year", "notes": "" })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newer_schema_is_refused_and_left_as_it_is() {
    let bench = Bench::with_workspace().await;
    bench.app.shut_down().await;
    let path = bench.path("acme.quarterdeck");
    let mut connection = SqliteConnection::connect(&path).await.unwrap();
    store::sqlx::query("UPDATE _sqlx_migrations SET version = 99999999999999 WHERE version = (SELECT max(version) FROM _sqlx_migrations)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let before = std::fs::read(&path).unwrap();
    let status = bench.call("workspace_open", json!({ "path": path })).await;
    assert_eq!(status["state"], "newer");
    assert_eq!(std::fs::read(&path).unwrap(), before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_workspace_gets_a_sentence_and_is_not_touched() {
    let bench = Bench::new();
    for (name, bytes) in
        [("empty.quarterdeck", &b""[..]), ("text.quarterdeck", b"hello"), ("pdf.quarterdeck", b"%PDF-1.7")]
    {
        let path = bench.write(name, bytes);
        let error = bench.try_call("workspace_open", json!({ "path": path })).await.unwrap_err();
        assert_eq!(error.code, "not-a-workspace", "{name}");
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
    }
    let other = bench.path("other.sqlite");
    let options = store::sqlx::sqlite::SqliteConnectOptions::new().filename(&other).create_if_missing(true);
    let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
    store::sqlx::query("CREATE TABLE t (x)").execute(&mut connection).await.unwrap();
    connection.close().await.unwrap();
    let error = bench.try_call("workspace_open", json!({ "path": other })).await.unwrap_err();
    assert_eq!(error.code, "not-a-workspace");
    let error = bench.try_call("workspace_open", json!({ "path": bench.path("gone") })).await.unwrap_err();
    assert_eq!(error.code, "file-not-found");
}

#[tokio::test(flavor = "multi_thread")]
async fn creating_never_overwrites_a_file() {
    let bench = Bench::with_workspace().await;
    let draft = json!({ "path": bench.path("acme.quarterdeck"), "name": "B", "currency": "USD", "timeZone": "UTC", "fiscalStartMonth": 1 });
    assert_eq!(bench.try_call("workspace_create", draft).await.unwrap_err().code, "file-exists");
    assert_eq!(bench.call("workspace_status", Value::Null).await["name"], "Acme");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_cut_short_is_damaged_and_a_backup_restores_it() {
    let bench = Bench::with_workspace().await;
    bench.call("vendor_save", vendor("OpenAI")).await;
    bench.call("workspace_backup", Value::Null).await;
    bench.app.shut_down().await;
    let path = bench.path("acme.quarterdeck");
    let bytes = std::fs::read(&path).unwrap();
    std::fs::write(&path, &bytes[..bytes.len() / 3]).unwrap();
    let status = bench.call("workspace_open", json!({ "path": path })).await;
    // A cut file may still show its first pages; whatever opens must be readable, else it must be the recovery screen.
    if status["state"] == "open" {
        let verified = bench.call("workspace_verify", Value::Null).await;
        assert_eq!(verified["ok"], false);
    } else {
        assert_eq!(status["state"], "damaged");
    }
    let backups = store::backup::list(path.as_ref()).unwrap();
    let restored = bench.call("backup_restore", json!({ "path": backups[0].path })).await;
    assert_eq!(restored["state"], "open");
    assert_eq!(bench.call("vendors", Value::Null).await[0]["vendor"]["name"], "OpenAI");
}

#[tokio::test(flavor = "multi_thread")]
async fn only_a_workspaces_own_backups_can_be_restored_and_five_of_a_kind_are_kept() {
    let bench = Bench::with_workspace().await;
    let stranger = bench.write("stranger.quarterdeck", b"SQLite format 3\0");
    let error = bench.try_call("backup_restore", json!({ "path": stranger })).await.unwrap_err();
    assert_eq!(error.code, "not-found");
    for _ in 0..7 {
        bench.call("workspace_backup", Value::Null).await;
    }
    let backups = bench.call("backups", Value::Null).await;
    assert_eq!(backups.as_array().unwrap().iter().filter(|b| b["reason"] == "manual").count(), 5);
}

#[tokio::test(flavor = "multi_thread")]
async fn every_edit_is_undone_in_turn_and_a_deleted_vendor_comes_back_with_its_contract() {
    let bench = Bench::with_workspace().await;
    let saved = bench.call("vendor_save", vendor("OpenAI")).await;
    let signed = bench.call("contract_save", contract(&saved)).await;
    bench.call("vendor_delete", json!({ "id": saved["id"] })).await;
    assert_eq!(bench.call("contracts", Value::Null).await["rows"], json!([]));
    let undone = bench.call("undo", Value::Null).await;
    assert_eq!(undone["undone"]["what"], "Vendor");
    assert_eq!(bench.call("contracts", Value::Null).await["rows"][0]["contract"], signed);
    bench.call("undo", Value::Null).await;
    assert_eq!(bench.call("contracts", Value::Null).await["rows"], json!([]));
    bench.call("undo", Value::Null).await;
    assert_eq!(bench.call("vendors", Value::Null).await, json!([]));
    assert_eq!(bench.call("undo", Value::Null).await["undone"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_deadline_of_the_term_running_today_reaches_home() {
    let bench = Bench::with_workspace().await;
    let saved = bench.call("vendor_save", vendor("OpenAI")).await;
    let signed = bench.call("contract_save", contract(&saved)).await;
    let view = bench.call("contract", json!({ "id": signed["id"] })).await;
    // 1 February 2026 for twelve months: the term ends on 31 January 2027, 60 days before is 2 December.
    assert_eq!(view["row"]["term"], json!({ "from": "2026-02-01", "to": "2027-01-31", "renewals": 0 }));
    assert_eq!(view["row"]["deadline"]["date"], "2026-12-02");
    assert_eq!(view["row"]["deadline"]["daysLeft"], 8);
    let home = bench.call("home", Value::Null).await;
    assert_eq!(home["attention"][0]["due"], "2026-12-02");
    assert_eq!(home["attention"][0]["link"]["id"], signed["id"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn wrong_fields_are_named_and_nothing_is_saved() {
    let bench = Bench::with_workspace().await;
    let saved = bench.call("vendor_save", vendor("OpenAI")).await;
    let mut draft = contract(&saved);
    draft["title"] = json!("  ");
    draft["end"] = json!("2025-01-01");
    draft["noticeMaxDays"] = json!(10);
    let error = bench.try_call("contract_save", draft).await.unwrap_err();
    let fields: Vec<_> = error.fields.iter().map(|f| (f.field.as_str(), f.code.as_str())).collect();
    assert_eq!(fields, [("end", "end-before-start"), ("noticeMaxDays", "window-reversed"), ("title", "required")]);
    assert_eq!(bench.call("contracts", Value::Null).await["rows"], json!([]));
    let error = bench.try_call("vendor_save", vendor("openai ")).await.unwrap_err();
    assert_eq!(error.fields[0].code, "taken");
}

#[tokio::test(flavor = "multi_thread")]
async fn overlapping_prices_are_refused_and_a_new_price_closes_the_old_one() {
    let bench = Bench::with_workspace().await;
    let add = async |from: &str, input: &str| {
        let draft = json!({ "provider": "openai", "model": "gpt-4o", "tier": "standard", "from": format!("{from}T00:00:00Z"),
            "currency": "USD", "rates": { "input": input, "output": "8" }, "contractId": null, "source": "letter" });
        bench.try_call("price_add", draft).await
    };
    add("2026-03-01", "2").await.unwrap();
    add("2026-06-01", "1.8").await.unwrap();
    assert_eq!(add("2026-04-01", "1").await.unwrap_err().code, "price-overlap");
    assert_eq!(add("2026-06-01", "1").await.unwrap_err().code, "price-overlap");
    let offer = json!({ "provider": "openai", "model": "gpt-4o", "tier": "standard" });
    let own = async || {
        let history = bench.call("price_history", offer.clone()).await;
        let rows = history["rows"].as_array().unwrap().clone();
        rows.into_iter().filter(|row| row["layer"] == "override").map(|row| row["to"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(own().await, [Value::Null, json!("2026-06-01T00:00:00Z")]);
    bench.call("undo", Value::Null).await;
    assert_eq!(own().await, [Value::Null]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_document_is_kept_whole_and_what_calls_itself_a_pdf_is_one() {
    let bench = Bench::with_workspace().await;
    let saved = bench.call("vendor_save", vendor("OpenAI")).await;
    let signed = bench.call("contract_save", contract(&saved)).await;
    let text = bench.write("signed.pdf", "not a pdf");
    let attach = |path: &str| json!({ "about": { "area": "contract", "id": signed["id"] }, "path": path });
    assert_eq!(bench.try_call("record_attach", attach(&text)).await.unwrap_err().code, "not-a-pdf");
    let bytes = b"%PDF-1.7 signed".to_vec();
    let pdf = bench.write("real.pdf", &bytes);
    let attachment = bench.call("record_attach", attach(&pdf)).await;
    let out = bench.path("out.pdf");
    bench.call("attachment_save", json!({ "id": attachment["id"], "path": out })).await;
    assert_eq!(std::fs::read(out).unwrap(), bytes);
}

/// The file is as before or fully after, whenever the power goes.
#[test]
fn killed_in_the_middle_of_a_commit_the_workspace_is_as_before_or_fully_after() {
    let folder = tempfile::tempdir().unwrap();
    let run = |arguments: &[&str]| {
        let output = quarterdeck(folder.path(), arguments);
        (output.status.code(), String::from_utf8_lossy(&output.stdout).into_owned())
    };
    assert_eq!(run(&["new", "acme.quarterdeck"]).0, Some(0));
    let mut rows = String::from("time,vendor,model,tenant,input_tokens\n");
    for n in 0..60_000u32 {
        let (day, hour) = (n / 24 / 40 % 28 + 1, n / 40 % 24);
        rows.push_str(&format!("2026-{:02}-{day:02}T{hour:02}:00:00Z,openai,gpt-4o,tenant {n},1000\n", n % 3 + 7));
    }
    std::fs::write(folder.path().join("usage.csv"), rows).unwrap();
    let workspace = ["-w", "acme.quarterdeck"];
    let economics = || {
        let (code, text) = run(&[&workspace[..], &["economics", "--period", "2026-Q3", "--json"]].concat());
        assert_eq!(code, Some(0));
        let view: Value = serde_json::from_str(&text).unwrap();
        view["total"]["tokensTotal"].as_str().map(str::to_owned)
    };
    let mut outcomes = Vec::new();
    for delay in [100, 250, 400, 550, 700, 900, 1_200] {
        let mut import = Command::new(program("quarterdeck"))
            .args([&workspace[..], &["import", "usage", "usage.csv", "-q"]].concat())
            .current_dir(folder.path())
            .env("QUARTERDECK_DATA_DIR", folder.path().join("data"))
            .env("QUARTERDECK_NOW", NOW)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        import.kill().unwrap();
        import.wait().unwrap();
        assert_eq!(run(&[&workspace[..], &["verify"]].concat()).0, Some(0), "after {delay} ms");
        let tokens = economics();
        assert!(matches!(tokens.as_deref(), None | Some("60000000")), "after {delay} ms: {tokens:?}");
        outcomes.push(tokens);
    }
    assert_eq!(outcomes[0], None, "the first kill came before the commit");
    assert_eq!(run(&[&workspace[..], &["import", "usage", "usage.csv"]].concat()).0, Some(0));
    assert_eq!(economics().as_deref(), Some("60000000"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_exchange_rate_comes_back_and_nothing_else_is_undone_in_its_place() {
    let bench = Bench::with_workspace().await;
    bench.call("vendor_save", vendor("OpenAI")).await;
    let rate = |value: &str| json!({ "from": "EUR", "to": "USD", "day": "2026-07-01", "rate": value });
    bench.call("fx_rate_save", rate("1.1")).await;
    bench.call("fx_rate_save", rate("1.2")).await;
    bench.call("fx_rate_delete", rate("1.2")).await;
    for expected in [json!([rate("1.2")]), json!([rate("1.1")]), json!([])] {
        assert_eq!(bench.call("undo", Value::Null).await["undone"]["what"], "Exchange rate");
        assert_eq!(bench.call("fx_rates", Value::Null).await, expected);
    }
    assert_eq!(bench.call("vendors", Value::Null).await[0]["vendor"]["name"], "OpenAI");
}

/// What SQLite says when a file, its folder or its lock does not let us write is no damage.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_may_not_be_written_is_not_called_damaged() {
    let bench = Bench::with_workspace().await;
    bench.call("vendor_save", vendor("OpenAI")).await;
    bench.app.shut_down().await;
    let path = bench.path("acme.quarterdeck");
    // Permissions stop nobody who tests as root; a folder where the write-ahead log belongs stops everyone.
    std::fs::create_dir(format!("{path}-wal")).unwrap();
    let error = bench.try_call("workspace_open", json!({ "path": path })).await.unwrap_err();
    assert_eq!(error.code, "workspace-not-writable");
    std::fs::remove_dir(format!("{path}-wal")).unwrap();
    assert_eq!(bench.call("workspace_open", json!({ "path": path })).await["state"], "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_export_that_fails_leaves_no_half_folder() {
    let bench = Bench::with_workspace().await;
    let file = bench.write("taken", "a file");
    assert!(bench.try_call("workspace_export", json!({ "path": format!("{file}/out") })).await.is_err());
    let out = bench.path("out");
    bench.call("workspace_export", json!({ "path": format!("{out}/") })).await;
    assert!(std::path::Path::new(&out).join("vendors.json").is_file());
    let part = format!("{out}.part");
    assert!(!std::path::Path::new(&part).exists());
    let refused = bench.try_call("workspace_export", json!({ "path": out })).await.unwrap_err();
    assert_eq!(refused.code, "folder-not-empty");
}

/// A sample cut short must not be taken for the sample at the next start.
#[test]
fn a_workspace_killed_while_it_is_made_leaves_nothing_under_its_name() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sample.quarterdeck");
    for delay in [20, 80, 250] {
        let mut making = Command::new(program("quarterdeck"))
            .args(["new", "sample.quarterdeck", "--sample", "-q"])
            .current_dir(folder.path())
            .env("QUARTERDECK_DATA_DIR", folder.path().join("data"))
            .env("QUARTERDECK_NOW", NOW)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_millis(delay));
        assert!(making.try_wait().unwrap().is_none(), "made within {delay} ms: nothing was cut short");
        making.kill().unwrap();
        making.wait().unwrap();
        assert!(!file.exists(), "after {delay} ms");
    }
    assert!(quarterdeck(folder.path(), &["new", "sample.quarterdeck", "--sample"]).status.success());
    let whole = quarterdeck(folder.path(), &["-w", "sample.quarterdeck", "economics", "--period", "2026-Q3", "--json"]);
    let view: Value = serde_json::from_slice(&whole.stdout).unwrap();
    assert_eq!(view["rowsTotal"], 6);
    assert!(!folder.path().join("sample.quarterdeck.part").exists());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_command_line_imports_shows_in_a_window_that_is_open() {
    let bench = Bench::with_workspace().await;
    let mut changes = bench.app.changes();
    let watched = bench.app.clone();
    let watching = tokio::spawn(async move { watched.watch_outside_changes().await });
    // Our own commits are told once, by themselves.
    bench.call("vendor_save", vendor("OpenAI")).await;
    assert_eq!(changes.recv().await.unwrap(), [store::Tag::ACTIVITY, store::Tag::VENDORS]);
    assert!(tokio::time::timeout(Duration::from_secs(3), changes.recv()).await.is_err());
    bench.write("usage.csv", "time,vendor,model,input_tokens\n2026-07-01T00:00:00Z,openai,gpt-4o,1000000\n");
    let done = quarterdeck(bench.folder.path(), &["-w", "acme.quarterdeck", "import", "usage", "usage.csv"]);
    assert!(done.status.success());
    let told = tokio::time::timeout(Duration::from_secs(10), changes.recv()).await.unwrap().unwrap();
    assert!(told.contains(&store::Tag::WORKSPACE));
    let query = json!({ "period": "2026-Q3", "by": ["model"], "filters": [], "limit": 0 });
    assert_eq!(bench.call("economics", query).await["total"]["spend"]["amount"], "2.5");
    watching.abort();
}

#[tokio::test(flavor = "multi_thread")]
async fn damage_no_screen_has_met_is_found_by_the_backup_of_the_day() {
    let bench = Bench::with_workspace().await;
    bench.call("vendor_save", vendor("OpenAI")).await;
    bench.call("workspace_backup", Value::Null).await;
    bench.app.shut_down().await;
    let path = bench.path("acme.quarterdeck");
    let mut bytes = std::fs::read(&path).unwrap();
    // The tail of the file holds the price book, which nothing reads on opening.
    let from = bytes.len() / 4096 / 2 * 4096;
    bytes[from..].fill(0xa5);
    std::fs::write(&path, bytes).unwrap();
    let mut changes = bench.app.changes();
    let status = bench.call("workspace_open", json!({ "path": path })).await;
    if status["state"] == "open" {
        let closed = async {
            while bench.call("workspace_status", Value::Null).await["state"] != "damaged" {
                changes.recv().await.unwrap();
            }
        };
        tokio::time::timeout(Duration::from_secs(10), closed).await.unwrap();
    }
    let status = bench.call("workspace_status", Value::Null).await;
    assert_eq!((&status["state"], status["backups"].as_array().unwrap().len()), (&json!("damaged"), 1));
    let restored = bench.call("backup_restore", json!({ "path": status["backups"][0]["path"] })).await;
    assert_eq!(restored["state"], "open");
    assert_eq!(bench.call("vendors", Value::Null).await[0]["vendor"]["name"], "OpenAI");
}
