//! Never lose, never lie: the file under an open window, files written for a person, what lies beside a workspace.

use quarterdeck_tests::Bench;
use serde_json::{Value, json};
use std::path::Path;

fn vendor(name: &str) -> Value {
    json!({ "id": null, "name": name, "status": "approved", "owner": "", "riskTier": null, "website": "", "notes": "",
        "contacts": [], "providerKeys": [] })
}

fn names(vendors: &Value) -> Vec<&str> {
    vendors.as_array().unwrap().iter().map(|row| row["vendor"]["name"].as_str().unwrap()).collect()
}

mod place {
    use super::*;

    #[tokio::test(flavor = "multi_thread")]
    async fn an_edit_of_a_removed_workspace_is_refused_and_what_was_saved_can_be_kept_elsewhere() {
        let bench = Bench::with_workspace().await;
        bench.call("vendor_save", vendor("Saved before")).await;
        let path = bench.path("acme.quarterdeck");
        std::fs::remove_file(&path).unwrap();
        let error = bench.try_call("vendor_save", vendor("Typed after")).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.retryable), ("workspace-gone", false));
        assert_eq!(error.params["file"], "acme.quarterdeck");
        // Reading shows no phantom either.
        for query in ["vendors", "backups", "home"] {
            assert_eq!(bench.try_call(query, Value::Null).await.unwrap_err().code, "workspace-gone", "{query}");
        }
        assert_eq!(bench.try_call("workspace_backup", Value::Null).await.unwrap_err().code, "workspace-gone");
        let status = bench.call("workspace_status", Value::Null).await;
        assert_eq!((&status["state"], &status["path"]), (&json!("gone"), &json!(path)));
        // Put back where it was: everything saved before is there, and edits are kept again.
        let kept = bench.call("workspace_rescue", json!({ "path": path })).await;
        assert_eq!((&kept["state"], &kept["name"]), (&json!("open"), &json!("Acme")));
        assert_eq!(names(&bench.call("vendors", Value::Null).await), ["Saved before"]);
        bench.call("vendor_save", vendor("Typed after")).await;
        bench.app.shut_down().await;
        bench.call("workspace_open", json!({ "path": path })).await;
        assert_eq!(names(&bench.call("vendors", Value::Null).await), ["Saved before", "Typed after"]);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_edit_of_a_replaced_workspace_reaches_neither_file() {
        let bench = Bench::with_workspace().await;
        bench.call("vendor_save", vendor("Saved before")).await;
        let other = Bench::with_workspace().await;
        other.call("vendor_save", vendor("In the other")).await;
        other.app.shut_down().await;
        let (path, stranger) = (bench.path("acme.quarterdeck"), other.path("acme.quarterdeck"));
        let bytes = std::fs::read(&stranger).unwrap();
        std::fs::copy(&stranger, bench.path("arriving")).unwrap();
        std::fs::rename(bench.path("arriving"), &path).unwrap();
        let error = bench.try_call("vendor_save", vendor("Typed after")).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.retryable), ("workspace-replaced", false));
        assert_eq!(bench.try_call("vendors", Value::Null).await.unwrap_err().code, "workspace-replaced");
        assert_eq!(bench.call("workspace_status", Value::Null).await["state"], "replaced");
        let onto = bench.try_call("workspace_rescue", json!({ "path": path })).await.unwrap_err();
        assert_eq!(onto.code, "file-exists");
        let copy = bench.path("copy.quarterdeck");
        bench.call("workspace_rescue", json!({ "path": copy })).await;
        assert_eq!(names(&bench.call("vendors", Value::Null).await), ["Saved before"]);
        // The stranger is as it came: neither our edit nor our write-ahead log got into it.
        assert_eq!(std::fs::read(&path).unwrap(), bytes);
        let opened = bench.call("workspace_open", json!({ "path": path })).await;
        assert_eq!(opened["state"], "open");
        assert_eq!(names(&bench.call("vendors", Value::Null).await), ["In the other"]);
    }

    /// The window hears of it without asking, once.
    #[tokio::test(flavor = "multi_thread")]
    async fn a_window_is_told_that_its_workspace_is_gone() {
        let bench = Bench::with_workspace().await;
        let watched = bench.app.clone();
        let watching = tokio::spawn(async move { watched.watch_outside_changes().await });
        let mut changes = bench.app.changes();
        std::fs::remove_file(bench.path("acme.quarterdeck")).unwrap();
        let wait = std::time::Duration::from_secs(5);
        let told = tokio::time::timeout(wait, changes.recv()).await.unwrap().unwrap();
        assert_eq!(told, store::Tag::ALL);
        assert!(tokio::time::timeout(wait, changes.recv()).await.is_err(), "told again and again");
        watching.abort();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn opening_what_is_open_already_changes_nothing() {
        let bench = Bench::with_workspace().await;
        bench.call("vendor_save", vendor("Mine")).await;
        let path = bench.path("acme.quarterdeck");
        let linked = bench.path("linked.quarterdeck");
        std::os::unix::fs::symlink(&path, &linked).unwrap();
        for name in [&path, &linked] {
            let status = bench.call("workspace_open", json!({ "path": name })).await;
            assert_eq!((&status["state"], &status["path"]), (&json!("open"), &json!(path)));
        }
        assert_eq!(names(&bench.call("vendors", Value::Null).await), ["Mine"]);
        bench.app.shut_down().await;
        // By its link, a file is still the one beside which its log and its backups lie.
        assert_eq!(bench.call("workspace_open", json!({ "path": linked })).await["path"], json!(path));
    }
}

mod targets {
    use super::*;
    use quarterdeck_tests::quarterdeck;
    use std::os::unix::fs::symlink;

    const USAGE: &str =
        "time,vendor,model,input_tokens\n2026-07-01T00:00:00Z,openai,gpt-4o,1000\nnever,openai,gpt-4o,1\n";

    /// A closed workspace, a usage file with a bad row, and a way to run the command line beside them.
    fn on_disk() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        assert!(quarterdeck(folder.path(), &["new", "acme.quarterdeck"]).status.success());
        assert!(quarterdeck(folder.path(), &["-w", "acme.quarterdeck", "backup"]).status.success());
        std::fs::write(folder.path().join("usage.csv"), USAGE).unwrap();
        folder
    }

    fn run(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
        let output = quarterdeck(folder, &[&["-w", "acme.quarterdeck"], arguments].concat());
        (output.status.code(), String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }

    const WRITERS: [&[&str]; 3] = [
        &["report", "quarter", "2026-Q3", "--out"],
        &["import", "usage", "usage.csv", "--dry-run", "--issues"],
        &["export"],
    ];

    /// Every name in a folder with its bytes.
    fn everything(folder: &Path) -> Vec<(std::path::PathBuf, Vec<u8>)> {
        let mut found = Vec::new();
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() && !path.is_symlink() {
                found.extend(everything(&path));
            } else if path.is_file() {
                let bytes = std::fs::read(&path).unwrap();
                found.push((path, bytes));
            }
        }
        found.sort();
        found
    }

    #[test]
    fn nothing_is_written_onto_a_workspace_its_log_or_a_backup_by_whatever_name() {
        let folder = on_disk();
        let at = |name: &str| folder.path().join(name);
        // The first import takes the backup of the day: what is compared later must not change by itself.
        assert_eq!(run(folder.path(), &["import", "usage", "usage.csv"]).0, Some(0));
        let backup = std::fs::read_dir(at("acme.quarterdeck-backups")).unwrap().next().unwrap().unwrap().path();
        symlink(at("acme.quarterdeck"), at("soft.pdf")).unwrap();
        std::fs::hard_link(at("acme.quarterdeck"), at("hard.pdf")).unwrap();
        std::fs::hard_link(&backup, at("kept.pdf")).unwrap();
        symlink(at("."), at("around")).unwrap();
        symlink(at("acme.quarterdeck-wal"), at("dangling.pdf")).unwrap();
        let other = tempfile::tempdir().unwrap();
        assert!(quarterdeck(other.path(), &["new", "other.quarterdeck"]).status.success());
        std::fs::rename(other.path().join("other.quarterdeck"), at("other.pdf")).unwrap();
        let before = everything(folder.path());
        for target in [
            "acme.quarterdeck",
            "./around/acme.quarterdeck",
            "soft.pdf",
            "hard.pdf",
            "kept.pdf",
            "dangling.pdf",
            "other.pdf",
            "acme.quarterdeck-wal",
            "around/acme.quarterdeck-shm",
            "acme.quarterdeck-backups/new.pdf",
        ] {
            for writer in WRITERS {
                let (code, said) = run(folder.path(), &[writer, &[target, "--force"]].concat());
                assert_eq!(code, Some(1), "{writer:?} {target}: {said}");
                assert!(said.contains("belongs to a workspace"), "{writer:?} {target}: {said}");
            }
        }
        assert!(everything(folder.path()) == before, "something was written");
        assert_eq!(run(folder.path(), &["verify"]).0, Some(0));
    }

    #[test]
    fn replacing_a_file_needs_force_and_a_folder_is_no_file() {
        let folder = on_disk();
        let at = |name: &str| folder.path().join(name);
        for writer in &WRITERS[..2] {
            let (code, said) = run(folder.path(), &[writer, &["out.pdf"][..]].concat());
            assert_eq!(code, Some(0), "{writer:?}: {said}");
            std::fs::write(at("out.pdf"), "mine").unwrap();
            let (code, said) = run(folder.path(), &[writer, &["out.pdf"][..]].concat());
            assert_eq!(code, Some(1));
            assert!(said.contains("--force"), "{writer:?}: {said}");
            assert_eq!(std::fs::read(at("out.pdf")).unwrap(), b"mine");
            assert_eq!(run(folder.path(), &[writer, &["out.pdf", "--force"][..]].concat()).0, Some(0));
            assert_ne!(std::fs::read(at("out.pdf")).unwrap(), b"mine");
            std::fs::remove_file(at("out.pdf")).unwrap();
            std::fs::create_dir_all(at("folder")).unwrap();
            for name in ["folder", "folder/", "new/"] {
                let (code, said) = run(folder.path(), &[writer, &[name, "--force"][..]].concat());
                assert_eq!(code, Some(1));
                assert!(said.contains("is a folder"), "{writer:?} {name}: {said}");
            }
        }
        assert!(!at("new").exists());
    }

    #[test]
    fn an_export_goes_into_a_folder_that_is_empty_or_with_force_replaces_only_its_own_files() {
        let folder = on_disk();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("out/documents")).unwrap();
        std::fs::write(at("out/vendors.json"), "old").unwrap();
        std::fs::write(at("out/documents/mine.txt"), "mine").unwrap();
        let (code, said) = run(folder.path(), &["export", "out"]);
        assert_eq!(code, Some(1));
        assert!(said.contains("--force"), "{said}");
        assert_eq!(std::fs::read(at("out/vendors.json")).unwrap(), b"old");
        assert_eq!(run(folder.path(), &["export", "out", "--force"]).0, Some(0));
        assert_ne!(std::fs::read(at("out/vendors.json")).unwrap(), b"old");
        assert_eq!(std::fs::read(at("out/documents/mine.txt")).unwrap(), b"mine");
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 5, "a stump was left");
        let (code, said) = run(folder.path(), &["export", "usage.csv", "--force"]);
        assert_eq!(code, Some(1));
        assert!(said.contains("is a file"), "{said}");
        assert_eq!(std::fs::read(at("usage.csv")).unwrap(), USAGE.as_bytes());
        // A workspace that has the name of a file of ours is no file of ours.
        std::fs::rename(at("acme.quarterdeck"), at("out/prices.json")).unwrap();
        let before = std::fs::read(at("out/prices.json")).unwrap();
        let output = quarterdeck(folder.path(), &["-w", "out/prices.json", "export", "out", "--force"]);
        assert_eq!(output.status.code(), Some(1));
        assert!(std::fs::read(at("out/prices.json")).unwrap() == before);
    }

    #[test]
    fn bad_rows_are_not_written_onto_the_file_they_were_read_from() {
        let folder = on_disk();
        std::fs::hard_link(folder.path().join("usage.csv"), folder.path().join("linked.csv")).unwrap();
        for name in ["usage.csv", "linked.csv"] {
            let (code, said) =
                run(folder.path(), &["import", "usage", "usage.csv", "--dry-run", "--force", "--issues", name]);
            assert_eq!(code, Some(1));
            assert!(said.contains("being read"), "{said}");
        }
        assert_eq!(std::fs::read(folder.path().join("usage.csv")).unwrap(), USAGE.as_bytes());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn the_window_replaces_a_file_only_where_its_dialog_asked() {
        let bench = Bench::with_workspace().await;
        let path = bench.write("out.pdf", "mine");
        let request = |replace: bool| json!({ "period": "2026-Q3", "paper": "deck", "lang": "en", "path": path, "replace": replace });
        let error = bench.try_call("report_quarter_export", request(false)).await.unwrap_err();
        assert_eq!((error.code.as_str(), error.params["file"].as_str()), ("target-exists", "out.pdf"));
        assert_eq!(std::fs::read(&path).unwrap(), b"mine");
        bench.call("report_quarter_export", request(true)).await;
        assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF"));
        // A half-written download of that name is somebody else's.
        let part = bench.write("out.pdf.part", "a download");
        bench.call("report_quarter_export", request(true)).await;
        assert_eq!(std::fs::read(part).unwrap(), b"a download");
    }
}

mod foreign {
    use super::*;
    use quarterdeck_tests::quarterdeck;
    use store::sqlx::sqlite::SqliteConnectOptions;
    use store::sqlx::{self, Connection, SqliteConnection};

    /// All names in a folder with their bytes: a file is left as it is only if nothing appears beside it either.
    fn state(folder: &Path) -> Vec<(std::ffi::OsString, Vec<u8>)> {
        let mut found: Vec<_> = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap())
            .filter(|entry| entry.path().is_file())
            .map(|entry| (entry.file_name(), std::fs::read(entry.path()).unwrap()))
            .collect();
        found.sort();
        found
    }

    async fn database(path: &str, statements: &[&str]) {
        let options = SqliteConnectOptions::new().filename(path).create_if_missing(true);
        let mut connection = SqliteConnection::connect_with(&options).await.unwrap();
        for statement in statements {
            sqlx::query(sqlx::AssertSqlSafe((*statement).to_owned())).execute(&mut connection).await.unwrap();
        }
        connection.close().await.unwrap();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn another_programs_database_is_left_as_it_is_byte_for_byte() {
        let bench = Bench::new();
        database(&bench.path("plain.sqlite"), &["CREATE TABLE t (x)"]).await;
        database(&bench.path("theirs.sqlite"), &["CREATE TABLE t (x)", "PRAGMA application_id = 42"]).await;
        database(&bench.path("wal.sqlite"), &["PRAGMA journal_mode = WAL", "CREATE TABLE t (x)"]).await;
        bench.write("short.sqlite", b"SQLite format 3\0");
        let before = state(bench.folder.path());
        for name in ["plain.sqlite", "theirs.sqlite", "wal.sqlite"] {
            let error = bench.try_call("workspace_open", json!({ "path": bench.path(name) })).await.unwrap_err();
            assert_eq!(error.code, "not-a-workspace", "{name}");
        }
        assert_eq!(
            bench.call("workspace_open", json!({ "path": bench.path("short.sqlite") })).await["state"],
            "damaged"
        );
        assert!(state(bench.folder.path()) == before, "a file was changed, or one appeared beside it");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_newer_and_a_damaged_workspace_are_left_as_they_are_byte_for_byte() {
        let bench = Bench::with_workspace().await;
        bench.app.shut_down().await;
        let newer = bench.path("acme.quarterdeck");
        let good = std::fs::read(&newer).unwrap();
        database(&newer, &["UPDATE _sqlx_migrations SET version = 99999999999999 WHERE version = (SELECT max(version) FROM _sqlx_migrations)"]).await;
        let mut bytes = good.clone();
        // The schema's own page.
        bytes[100..4096].fill(0xa5);
        let damaged = bench.write("damaged.quarterdeck", &bytes);
        let cut = bench.write("cut.quarterdeck", &good[..5000]);
        // Another version's work in a rollback journal's place: opened for writing it would be turned into a log's.
        let plain = bench.write("plain.quarterdeck", &good);
        database(&plain, &["PRAGMA journal_mode = DELETE", "UPDATE _sqlx_migrations SET version = 99999999999999 WHERE version = (SELECT max(version) FROM _sqlx_migrations)"])
            .await;
        let before = state(bench.folder.path());
        for (path, expected) in [(newer, "newer"), (plain, "newer"), (damaged, "damaged"), (cut, "damaged")] {
            let status = bench.call("workspace_open", json!({ "path": path })).await;
            assert_eq!(status["state"], expected, "{path}");
        }
        assert!(state(bench.folder.path()) == before, "a file was changed, or one appeared beside it");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_newer_version_that_was_killed_keeps_its_log() {
        let bench = Bench::with_workspace().await;
        bench.app.shut_down().await;
        let path = bench.path("acme.quarterdeck");
        let options = SqliteConnectOptions::new().filename(&path);
        let mut writer = SqliteConnection::connect_with(&options).await.unwrap();
        sqlx::query("UPDATE _sqlx_migrations SET version = 99999999999999 WHERE version = (SELECT max(version) FROM _sqlx_migrations)").execute(&mut writer).await.unwrap();
        // Killed: the upgrade stands in the log only.
        let killed = tempfile::tempdir().unwrap();
        let there = killed.path().join("acme.quarterdeck").to_string_lossy().into_owned();
        for suffix in ["", "-wal"] {
            std::fs::copy(format!("{path}{suffix}"), format!("{there}{suffix}")).unwrap();
        }
        writer.close().await.unwrap();
        let before = (std::fs::read(&there).unwrap(), std::fs::read(format!("{there}-wal")).unwrap());
        assert_eq!(bench.call("workspace_open", json!({ "path": there })).await["state"], "newer");
        assert!((std::fs::read(&there).unwrap(), std::fs::read(format!("{there}-wal")).unwrap()) == before);
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_a_killed_process_of_ours_left_in_its_log_is_recovered() {
        let bench = Bench::with_workspace().await;
        bench.call("vendor_save", vendor("Only in the log")).await;
        let from = bench.path("acme.quarterdeck");
        let killed = tempfile::tempdir().unwrap();
        let there = killed.path().join("acme.quarterdeck").to_string_lossy().into_owned();
        // Without its index, as after a restart of the machine.
        for suffix in ["", "-wal"] {
            std::fs::copy(format!("{from}{suffix}"), format!("{there}{suffix}")).unwrap();
        }
        bench.call("workspace_open", json!({ "path": there })).await;
        assert_eq!(names(&bench.call("vendors", Value::Null).await), ["Only in the log"]);
    }

    /// Looking at a file that is open already must not cost it its locks: the command line would take it for closed and
    /// throw its log away.
    #[tokio::test(flavor = "multi_thread")]
    async fn a_second_look_at_the_open_file_leaves_its_log_to_it() {
        let bench = Bench::with_workspace().await;
        let path = bench.path("acme.quarterdeck");
        bench.call("vendor_save", vendor("One")).await;
        bench.call("workspace_open", json!({ "path": path })).await;
        assert!(quarterdeck(bench.folder.path(), &["-w", "acme.quarterdeck", "verify"]).status.success());
        assert!(Path::new(&format!("{path}-wal")).exists(), "the command line closed the window's log");
        bench.call("vendor_save", vendor("Two")).await;
        assert_eq!(names(&bench.call("vendors", Value::Null).await), ["One", "Two"]);
    }
}

mod made {
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
        write.touch(store::Tag::Settings);
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
}

mod news {
    use super::*;
    use quarterdeck_tests::quarterdeck;
    use std::time::Duration;
    use store::Tag;

    const WAIT: Duration = Duration::from_secs(10);

    #[tokio::test(flavor = "multi_thread")]
    async fn a_change_by_the_command_line_just_before_ours_is_told_with_it() {
        let bench = Bench::with_workspace().await;
        let mut changes = bench.app.changes();
        std::fs::write(
            bench.path("usage.csv"),
            "time,vendor,model,input_tokens\n2026-07-01T00:00:00Z,openai,gpt-4o,1000000\n",
        )
        .unwrap();
        let done = quarterdeck(bench.folder.path(), &["-w", "acme.quarterdeck", "import", "usage", "usage.csv"]);
        assert!(done.status.success());
        bench.call("vendor_save", vendor("Just after")).await;
        let told = tokio::time::timeout(WAIT, changes.recv()).await.unwrap().unwrap();
        assert!(told.contains(&Tag::Usage), "{told:?}");
        // Our next one alone is told as what it is.
        bench.call("vendor_save", vendor("Later")).await;
        let told = tokio::time::timeout(WAIT, changes.recv()).await.unwrap().unwrap();
        assert_eq!(told, [Tag::Vendors, Tag::Activity]);
    }
}

#[cfg(unix)]
mod read_only {
    use super::*;
    use quarterdeck_tests::{NOW, program, quarterdeck};
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    use std::process::{Command, Output};

    /// Nobody in particular, whom permissions stop even where tests run as root.
    const NOBODY: u32 = 65_534;

    fn permit(path: &Path, mode: u32) {
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(mode)).unwrap();
    }

    /// A workspace in a folder of others', and our program where anybody may run it.
    fn of_others() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        assert!(quarterdeck(folder.path(), &["new", "acme.quarterdeck"]).status.success());
        std::fs::copy(program("quarterdeck"), folder.path().join("quarterdeck")).unwrap();
        std::fs::create_dir_all(folder.path().join("own")).unwrap();
        permit(&folder.path().join("own"), 0o777);
        permit(&folder.path().join("acme.quarterdeck"), 0o444);
        permit(folder.path(), 0o755);
        folder
    }

    fn as_nobody(folder: &Path, arguments: &[&str]) -> Output {
        let mut command = Command::new(folder.join("quarterdeck"));
        // Only root may become somebody else, and only root needs to.
        if std::fs::metadata("/proc/self").is_ok_and(|own| std::os::unix::fs::MetadataExt::uid(&own) == 0) {
            command.uid(NOBODY).gid(NOBODY);
        }
        command
            .args(["-w", "../acme.quarterdeck"])
            .args(arguments)
            .current_dir(folder.join("own"))
            .env("QUARTERDECK_DATA_DIR", folder.join("own/data"))
            .env("QUARTERDECK_NOW", NOW)
            .env("LANG", "en_US.UTF-8")
            .env_remove("LC_ALL")
            .output()
            .unwrap()
    }

    fn said(output: &Output) -> String {
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
    }

    #[test]
    fn a_workspace_that_may_only_be_read_is_read_and_edits_are_refused_with_a_sentence() {
        let folder = of_others();
        std::fs::write(
            folder.path().join("own/usage.csv"),
            "time,vendor,model,input_tokens\n2026-07-01T00:00:00Z,openai,gpt-4o,1000\n",
        )
        .unwrap();
        let before = std::fs::read(folder.path().join("acme.quarterdeck")).unwrap();
        // First where only the file is protected, then the folder too; the folder alone is the third.
        for (folder_mode, file_mode) in [(0o777, 0o444), (0o755, 0o444), (0o755, 0o666)] {
            permit(folder.path(), folder_mode);
            permit(&folder.path().join("acme.quarterdeck"), file_mode);
            for reading in [
                &["economics", "--period", "2026-Q3"][..],
                &["contracts", "deadlines", "--within", "0"],
                &["verify"],
                &["report", "quarter", "2026-Q3", "--out", "review.pdf", "--force"],
                &["export", "everything", "--force"],
            ] {
                let output = as_nobody(folder.path(), reading);
                assert_eq!(
                    output.status.code(),
                    Some(0),
                    "{folder_mode:o} {file_mode:o} {reading:?}: {}",
                    said(&output)
                );
            }
            let output = as_nobody(folder.path(), &["import", "usage", "usage.csv"]);
            assert_eq!(output.status.code(), Some(1), "{}", said(&output));
            assert!(said(&output).contains("can only be read"), "{}", said(&output));
            let beside: Vec<_> = std::fs::read_dir(folder.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
            assert!(beside.iter().all(|name| !name.to_string_lossy().contains("quarterdeck-")), "{beside:?}");
        }
        assert!(std::fs::read(folder.path().join("acme.quarterdeck")).unwrap() == before);
    }

    /// Its owner works in it meanwhile: what they saved is read, from their log.
    #[tokio::test(flavor = "multi_thread")]
    async fn a_workspace_its_owner_has_open_is_read_with_what_was_just_saved() {
        let bench = Bench::with_workspace().await;
        let contract = json!({ "id": null, "title": "Order form", "kind": "order-form", "owner": "", "parties": "",
            "start": "2026-02-01", "initialTermMonths": 12, "end": null, "autoRenew": true, "renewalTermMonths": 1,
            "noticeMinDays": 60, "noticeMaxDays": null, "noticeGiven": null, "currency": "USD", "commitment": null,
            "commitmentPeriod": "year", "notes": "" });
        let saved = bench.call("vendor_save", vendor("Just saved")).await;
        let mut contract = contract;
        contract["vendorId"] = saved["id"].clone();
        bench.call("contract_save", contract).await;
        std::fs::copy(program("quarterdeck"), bench.path("quarterdeck")).unwrap();
        std::fs::create_dir_all(bench.path("own")).unwrap();
        permit(bench.path("own").as_ref(), 0o777);
        permit(bench.folder.path(), 0o755);
        let output = as_nobody(bench.folder.path(), &["contracts", "deadlines", "--within", "0"]);
        assert!(said(&output).contains("Just saved"), "{}", said(&output));
    }
}

mod undo {
    use super::*;

    async fn entries(bench: &Bench) -> Vec<Value> {
        bench.call("activity", json!({ "limit": 100 })).await.as_array().unwrap().clone()
    }

    async fn entry(bench: &Bench, area: &str, action: &str, subject: &str) -> Value {
        let all = entries(bench).await;
        let found = all.iter().find(|e| e["area"] == area && e["action"] == action && e["subject"] == subject);
        found.unwrap_or_else(|| panic!("no {area} {action} {subject} in {all:?}")).clone()
    }

    /// Undoes by id what is said to be undoable, and is refused what is not; the file is as it was after a refusal.
    async fn try_each_that_is_refused(bench: &Bench) {
        for entry in entries(bench).await.iter().filter(|e| e["undoable"] == false) {
            let before = bench.call("workspace_status", Value::Null).await["revision"].clone();
            assert!(bench.try_call("undo", json!({ "id": entry["id"], "past": null })).await.is_err(), "{entry}");
            assert_eq!(bench.call("workspace_status", Value::Null).await["revision"], before);
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn an_entry_that_cannot_be_undone_says_so_and_can_be_stepped_over() {
        let bench = Bench::with_workspace().await;
        bench.call("vendor_save", vendor("Older")).await;
        let price = json!({ "provider": "openai", "model": "gpt-4o", "tier": "standard", "from": "2026-03-01T00:00:00Z",
            "currency": "USD", "rates": { "input": "2", "output": "8" }, "contractId": null, "source": "letter" });
        bench.call("price_add", price).await;
        let usage =
            bench.write("usage.csv", "time,vendor,model,input_tokens\n2026-07-01T00:00:00Z,openai,gpt-4o,1000000\n");
        bench.import(&usage, |_| {}).await;
        let blocked = bench.try_call("undo", Value::Null).await.unwrap_err();
        assert_eq!(blocked.code, "price-in-use");
        let price = entries(&bench).await.into_iter().find(|e| e["area"] == "price").unwrap();
        assert_eq!(
            (&json!(blocked.params["entry"]), &json!(blocked.params["subject"])),
            (&price["id"], &price["subject"])
        );
        // It blocks nothing: the older one is taken back past it, and nothing is left then but what is blocked.
        let past = json!({ "id": null, "past": price["id"] });
        assert_eq!(bench.call("undo", past.clone()).await["undone"]["subject"], "Older");
        assert_eq!(bench.call("vendors", Value::Null).await, json!([]));
        assert_eq!(bench.call("undo", past).await["undone"], Value::Null);
        assert_eq!(bench.try_call("undo", Value::Null).await.unwrap_err().code, "price-in-use");
        try_each_that_is_refused(&bench).await;
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_given_entry_is_undone_when_nothing_newer_touches_the_same_record() {
        let bench = Bench::with_workspace().await;
        let a = bench.call("vendor_save", vendor("A")).await;
        bench.call("vendor_save", vendor("B")).await;
        let mut renamed = a.clone();
        renamed["name"] = json!("A2");
        bench.call("vendor_save", renamed).await;
        // Its creation is older than its renaming: the renaming goes first.
        let created = entry(&bench, "vendor", "created", "A").await;
        assert_eq!(created["undoable"], false);
        let first = bench.try_call("undo", json!({ "id": created["id"], "past": null })).await.unwrap_err();
        assert_eq!((first.code.as_str(), first.params["newer"].as_str()), ("undo-newer-first", "A2"));
        try_each_that_is_refused(&bench).await;
        // Another record's is no obstacle.
        let b = entry(&bench, "vendor", "created", "B").await;
        bench.call("undo", json!({ "id": b["id"], "past": null })).await;
        assert_eq!(names(&bench.call("vendors", Value::Null).await), ["A2"]);
        let edited = entry(&bench, "vendor", "edited", "A2").await;
        bench.call("undo", json!({ "id": edited["id"], "past": null })).await;
        assert_eq!(names(&bench.call("vendors", Value::Null).await), ["A"]);
        let again = bench.try_call("undo", json!({ "id": edited["id"], "past": null })).await.unwrap_err();
        assert_eq!(again.code, "undo-not-possible");
        bench.call("undo", json!({ "id": created["id"], "past": null })).await;
        assert_eq!(bench.call("vendors", Value::Null).await, json!([]));
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_record_another_was_made_for_is_not_undone_before_it() {
        let bench = Bench::with_workspace().await;
        let a = bench.call("vendor_save", vendor("A")).await;
        let contract = json!({ "id": null, "vendorId": a["id"], "title": "Order form", "kind": "order-form", "owner": "",
            "parties": "", "start": "2026-02-01", "initialTermMonths": 12, "end": null, "autoRenew": false,
            "renewalTermMonths": null, "noticeMinDays": null, "noticeMaxDays": null, "noticeGiven": null,
            "currency": "USD", "commitment": null, "commitmentPeriod": null, "notes": "" });
        bench.call("contract_save", contract).await;
        let (made_for, made) =
            (entry(&bench, "vendor", "created", "A").await, entry(&bench, "contract", "created", "Order form").await);
        assert_eq!((&made_for["undoable"], &made["undoable"]), (&json!(false), &json!(true)));
        try_each_that_is_refused(&bench).await;
        for id in [&made["id"], &made_for["id"]] {
            bench.call("undo", json!({ "id": id, "past": null })).await;
        }
        assert_eq!(bench.call("vendors", Value::Null).await, json!([]));
    }
}
