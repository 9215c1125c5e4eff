use super::*;
use quarterdeck_tests::quarterdeck;
use std::os::unix::fs::symlink;

const USAGE: &str = "time,vendor,model,input_tokens\n2026-07-01T00:00:00Z,openai,gpt-4o,1000\nnever,openai,gpt-4o,1\n";

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
    let request = |replace: bool| json!({ "document": { "kind": "quarter", "subject": "2026-Q3" }, "paper": "deck", "lang": "en", "path": path, "replace": replace });
    let error = bench.try_call("report_export", request(false)).await.unwrap_err();
    assert_eq!((error.code.as_str(), error.params["file"].as_str()), ("target-exists", "out.pdf"));
    assert_eq!(std::fs::read(&path).unwrap(), b"mine");
    bench.call("report_export", request(true)).await;
    assert!(std::fs::read(&path).unwrap().starts_with(b"%PDF"));
    // A half-written download of that name is somebody else's.
    let part = bench.write("out.pdf.part", "a download");
    bench.call("report_export", request(true)).await;
    assert_eq!(std::fs::read(part).unwrap(), b"a download");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chart_or_a_document_is_not_written_onto_a_workspace_by_whatever_name() {
    let bench = Bench::with_workspace().await;
    let usage = bench.write("usage.csv", USAGE);
    bench.import(&usage, |_| {}).await;
    let saved = bench.call("vendor_save", vendor("OpenAI")).await;
    let contract = json!({ "id": null, "vendorId": saved["id"], "title": "Order form 1", "kind": "order-form", "owner": "",
        "parties": "", "start": "2026-02-01", "initialTermMonths": 12, "end": null, "autoRenew": false,
        "renewalTermMonths": null, "noticeMinDays": null, "noticeMaxDays": null, "noticeGiven": null, "currency": "USD",
        "commitment": null, "commitmentPeriod": null, "notes": "" });
    let signed = bench.call("contract_save", contract).await;
    let pdf = bench.write("signed.pdf", b"%PDF-1.7 signed");
    let attachment =
        bench.call("record_attach", json!({ "about": { "area": "contract", "id": signed["id"] }, "path": pdf })).await;
    let chart = bench.call("economics", json!({ "period": "2026-Q3", "by": ["model"] })).await["chart"].clone();
    let workspace = bench.path("acme.quarterdeck");
    for name in ["soft.csv", "soft.svg"] {
        symlink(&workspace, bench.path(name)).unwrap();
    }
    std::fs::hard_link(&workspace, bench.path("hard.csv")).unwrap();
    let before = std::fs::read(&workspace).unwrap();
    for name in ["soft.csv", "soft.svg", "hard.csv", "acme.quarterdeck"] {
        let path = bench.path(name);
        for replace in [false, true] {
            if name != "acme.quarterdeck" {
                let request = json!({ "spec": chart, "path": path, "replace": replace });
                assert!(bench.try_call("chart_export", request).await.is_err(), "chart onto {name}, {replace}");
            }
            let request = json!({ "id": attachment["id"], "path": path, "replace": replace });
            assert!(bench.try_call("attachment_save", request).await.is_err(), "document onto {name}, {replace}");
        }
    }
    assert!(std::fs::read(&workspace).unwrap() == before);
    // Beside it they are written.
    let request = json!({ "spec": chart, "path": bench.path("chart.csv"), "replace": false });
    bench.call("chart_export", request).await;
}
