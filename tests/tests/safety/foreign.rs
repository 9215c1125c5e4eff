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
    assert_eq!(bench.call("workspace_open", json!({ "path": bench.path("short.sqlite") })).await["state"], "damaged");
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
