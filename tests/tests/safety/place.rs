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
    assert_eq!(told, [store::Tag::WORKSPACE]);
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
