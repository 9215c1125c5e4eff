use super::*;

use store::sqlx::{self, Connection, SqliteConnection};

/// A write-ahead log full of somebody else's edits, as a crash leaves it, beside `path`.
async fn leave_a_log_beside(path: &str) {
    let other = Bench::with_workspace().await;
    other.call("vendor_save", vendor("A stranger")).await;
    let from = other.path("acme.quarterdeck");
    for suffix in ["-wal", "-shm"] {
        std::fs::copy(format!("{from}{suffix}"), format!("{path}{suffix}")).unwrap();
    }
    assert!(std::fs::metadata(format!("{path}-wal")).unwrap().len() > 0);
}

async fn holds_only(bench: &Bench, expected: &[&str]) {
    assert_eq!(names(&bench.call("vendors", Value::Null).await), expected);
    assert_eq!(bench.call("workspace_verify", Value::Null).await["ok"], true);
}

fn kept_logs(bench: &Bench) -> usize {
    let kept = std::fs::read_dir(bench.path("acme.quarterdeck-backups")).unwrap();
    kept.filter(|entry| entry.as_ref().unwrap().file_name().to_string_lossy().ends_with("-wal")).count()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_left_behind_is_not_merged_into_a_new_workspace() {
    let bench = Bench::new();
    let path = bench.path("acme.quarterdeck");
    leave_a_log_beside(&path).await;
    let draft = json!({ "path": path, "name": "New", "currency": "USD", "timeZone": "UTC", "fiscalStartMonth": 1 });
    bench.call("workspace_create", draft).await;
    holds_only(&bench, &[]).await;
    assert_eq!(kept_logs(&bench), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_log_left_behind_is_not_merged_into_a_restored_backup() {
    let bench = Bench::with_workspace().await;
    let path = bench.path("acme.quarterdeck");
    bench.call("vendor_save", vendor("In the backup")).await;
    let backup = bench.call("workspace_backup", Value::Null).await;
    bench.app.shut_down().await;
    // The file is gone, a log of its kind is not; the recovery screen comes from a damaged file, so damage one first.
    std::fs::write(&path, b"SQLite format 3\0").unwrap();
    assert_eq!(bench.call("workspace_open", json!({ "path": path })).await["state"], "damaged");
    std::fs::remove_file(&path).unwrap();
    leave_a_log_beside(&path).await;
    bench.call("backup_restore", json!({ "path": backup["path"] })).await;
    holds_only(&bench, &["In the backup"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_sample_set_aside_takes_its_log_with_it() {
    let bench = Bench::new();
    std::fs::create_dir_all(bench.path("data")).unwrap();
    let path = bench.path("data/sample.quarterdeck");
    std::fs::write(&path, b"not a workspace").unwrap();
    leave_a_log_beside(&path).await;
    bench.call("workspace_sample", json!({ "path": null })).await;
    assert!(!names(&bench.call("vendors", Value::Null).await).contains(&"A stranger"));
    assert_eq!(bench.call("workspace_verify", Value::Null).await["ok"], true);
}

/// What was set aside by a restore may have its last edits in its log only.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_restore_set_aside_is_brought_back_with_the_log_it_had() {
    let bench = Bench::with_workspace().await;
    let path = bench.path("acme.quarterdeck");
    bench.call("vendor_save", vendor("Old")).await;
    let backup = bench.call("workspace_backup", Value::Null).await;
    bench.call("vendor_save", vendor("Only in the log")).await;
    // As a crash leaves it: the file with its log.
    let crashed = bench.path("crashed");
    for suffix in ["", "-wal"] {
        std::fs::copy(format!("{path}{suffix}"), format!("{crashed}{suffix}")).unwrap();
    }
    bench.app.shut_down().await;
    for suffix in ["", "-wal"] {
        std::fs::copy(format!("{crashed}{suffix}"), format!("{path}{suffix}")).unwrap();
    }
    let staged = store::backup::stage(path.as_ref(), backup["path"].as_str().unwrap().as_ref()).await.unwrap();
    staged.put_in_place().unwrap();
    bench.call("workspace_open", json!({ "path": path })).await;
    holds_only(&bench, &["Old"]).await;
    let backups = bench.call("backups", Value::Null).await;
    let kept = backups.as_array().unwrap().iter().find(|backup| backup["reason"] == "restore").unwrap();
    bench.call("backup_restore", json!({ "path": kept["path"] })).await;
    holds_only(&bench, &["Old", "Only in the log"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_backup_does_not_take_the_workspaces_place() {
    let bench = Bench::with_workspace().await;
    bench.call("vendor_save", vendor("Mine")).await;
    let backup = bench.call("workspace_backup", Value::Null).await;
    let kept = backup["path"].as_str().unwrap();
    let bytes = std::fs::read(kept).unwrap();
    std::fs::write(kept, &bytes[..bytes.len() / 2]).unwrap();
    let error = bench.try_call("backup_restore", json!({ "path": kept })).await.unwrap_err();
    assert_eq!(error.code, "backup-damaged");
    holds_only(&bench, &["Mine"]).await;
}

/// A full disk shows itself when the log is brought into the file, after every statement went well.
#[tokio::test(flavor = "multi_thread")]
async fn a_workspace_whose_log_could_not_be_brought_into_it_gets_no_name() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acme.quarterdeck");
    let settings = store::workspace::Settings {
        name: "Acme".to_owned(),
        currency: domain::money::Currency::USD,
        time_zone: "UTC".to_owned(),
        fiscal_start_month: 1,
    };
    let new = store::workspace::NewWorkspace { settings, sample: false };
    let made = store::Store::create(&path, &new).await.unwrap();
    // A reader of an early state keeps the log from being brought in, as a disk without room would.
    let mut reader = SqliteConnection::connect(&made.store().path().to_string_lossy()).await.unwrap();
    let mut reading = reader.begin().await.unwrap();
    sqlx::query("SELECT count(*) FROM workspace").execute(&mut *reading).await.unwrap();
    let mut write = made.store().write().await.unwrap();
    write.touch(store::Tag::SETTINGS);
    write.commit().await.unwrap();
    assert!(made.finish().await.is_err());
    assert!(!path.exists(), "a workspace without its log got its name");
    let left: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert!(left.is_empty(), "{left:?}");
}

/// With a real disk that is really full, where this machine lets us make one.
#[test]
fn a_full_disk_while_a_workspace_is_made_leaves_nothing_under_its_name() {
    let folder = tempfile::tempdir().unwrap();
    for kilobytes in [64, 400, 900, 1_800, 3_000] {
        let disk = folder.path().join(format!("disk-{kilobytes}"));
        std::fs::create_dir(&disk).unwrap();
        let script = format!(
            "mount -t tmpfs -o size={kilobytes}k tmpfs {0} || exit 99
             \"$0\" new {0}/acme.quarterdeck --sample -q; made=$?
             [ $made = 0 ] && {{ \"$0\" -w {0}/acme.quarterdeck verify -q; exit $?; }}
             [ -e {0}/acme.quarterdeck ] && exit 98
             exit 97",
            disk.display()
        );
        let output = std::process::Command::new("unshare")
            .args(["--mount", "--map-root-user", "sh", "-c", &script])
            .arg(quarterdeck_tests::program("quarterdeck"))
            .env("QUARTERDECK_DATA_DIR", folder.path().join("data"))
            .output();
        let Ok(output) = output else { return };
        match output.status.code() {
            Some(0 | 97) => {}
            // No right to mount: the test above has to do.
            Some(1 | 99) if String::from_utf8_lossy(&output.stderr).contains("ermi") => return,
            code => panic!("{kilobytes} KB: {code:?} {}", String::from_utf8_lossy(&output.stderr)),
        }
    }
}
