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
            assert_eq!(output.status.code(), Some(0), "{folder_mode:o} {file_mode:o} {reading:?}: {}", said(&output));
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
