//! What the command line does with the streams it is given: a terminal, a pipe somebody stops reading, words that are no text.

#![cfg(target_os = "linux")]

use std::ffi::OsStr;
use std::io::Read;
use std::os::unix::ffi::OsStrExt;
use std::path::Path;
use std::process::{Command, Stdio};

use quarterdeck_tests::{NOW, program, quarterdeck};

fn command(folder: &Path) -> Command {
    let mut command = Command::new(program("quarterdeck"));
    command.current_dir(folder).env("QUARTERDECK_DATA_DIR", folder.join("data")).env("QUARTERDECK_NOW", NOW);
    command
}

/// Runs a line with a terminal for standard error, which `script` lends: what that showed.
fn on_terminal(folder: &Path, line: &str) -> String {
    let line = format!("{} {line}", program("quarterdeck").display());
    let mut script = Command::new("script");
    script.args(["--quiet", "--return", "--command", &line, "typescript"]).current_dir(folder).stdin(Stdio::null());
    script.env("QUARTERDECK_DATA_DIR", folder.join("data")).env("QUARTERDECK_NOW", NOW);
    let ran = script.env("LANG", "en_US.UTF-8").env_remove("LC_ALL").env("TERM", "xterm").output().unwrap();
    assert!(ran.status.success());
    String::from_utf8_lossy(&ran.stdout).into_owned()
}

#[test]
fn progress_is_shown_on_a_terminal_and_nowhere_else() {
    const ROWS: u32 = 1_500_000;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let row = |n: u32| format!("2026-07-{:02}T{:02}:00:00Z,openai,gpt-4o,{n}\n", n % 28 + 1, n / 28 % 24);
    let rows: String = (0..ROWS).map(row).collect();
    std::fs::write(folder.join("usage.csv"), format!("time,vendor,model,input_tokens\n{rows}")).unwrap();
    assert!(quarterdeck(folder, &["new", "acme.quarterdeck"]).status.success());
    let import = "-w acme.quarterdeck import usage usage.csv --dry-run";
    let shown = on_terminal(folder, &format!("{import} >out.txt"));
    for fact in ["reading rows", "MB of", "MB per second", "s left"] {
        assert!(shown.contains(fact), "{fact}: {shown}");
    }
    let printed = std::fs::read_to_string(folder.join("out.txt")).unwrap();
    assert!(
        printed.contains("1,500,000") && !printed.contains('\u{1b}') && !printed.contains("per second"),
        "{printed}"
    );
    for quiet in ["--quiet", "--json"] {
        assert_eq!(on_terminal(folder, &format!("{import} {quiet} >out.txt")).trim(), "", "{quiet}");
    }
    let plan: serde_json::Value = serde_json::from_slice(&std::fs::read(folder.join("out.txt")).unwrap()).unwrap();
    assert_eq!(plan["rows"]["good"], ROWS);
    // Into a file there is no progress.
    let piped = quarterdeck(folder, &import.split(' ').collect::<Vec<_>>());
    assert!(piped.status.success() && piped.stderr.is_empty(), "{}", String::from_utf8_lossy(&piped.stderr));
}

#[test]
fn a_reader_that_has_seen_enough_ends_it_quietly() {
    let folder = tempfile::tempdir().unwrap();
    assert!(quarterdeck(folder.path(), &["new", "acme.quarterdeck"]).status.success());
    for arguments in
        [&["prices", "list", "--all"][..], &["prices", "list", "--all", "--json"], &["help", "import", "usage"]]
    {
        let mut run = command(folder.path());
        let run = run.args(["-w", "acme.quarterdeck"]).args(arguments).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = run.spawn().unwrap();
        let mut first = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let ended = child.wait_with_output().unwrap();
        assert_eq!(
            (ended.status.code(), String::from_utf8_lossy(&ended.stderr).as_ref()),
            (Some(0), ""),
            "{arguments:?}"
        );
    }
    // Nobody reads what went wrong either: the exit code says it.
    let mut run = command(folder.path());
    let mut child = run.args(["-w", "missing.quarterdeck", "verify"]).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stderr.take());
    assert_eq!(child.wait().unwrap().code(), Some(1));
}

#[test]
fn words_that_are_no_text_are_refused_and_nothing_panics() {
    let folder = tempfile::tempdir().unwrap();
    assert!(quarterdeck(folder.path(), &["new", "acme.quarterdeck"]).status.success());
    let odd = OsStr::from_bytes(b"gr\xfc\xdfe.csv");
    let said = |run: &mut Command| {
        let ran = run.output().unwrap();
        let text = format!("{}{}", String::from_utf8_lossy(&ran.stdout), String::from_utf8_lossy(&ran.stderr));
        assert!(!text.contains("panicked"), "{text}");
        (ran.status.code(), text)
    };
    for before in [&["import", "usage"][..], &["new"], &["-w"], &["--json", "export"], &[]] {
        let (code, text) = said(command(folder.path()).args(["-w", "acme.quarterdeck"]).args(before).arg(odd));
        assert_eq!(code, Some(2), "{before:?}: {text}");
        assert!(!text.is_empty());
    }
    let (code, text) = said(command(folder.path()).arg("verify").env("QUARTERDECK_WORKSPACE", odd));
    assert_eq!(code, Some(2), "{text}");
    for name in ["LANG", "LC_ALL", "QUARTERDECK_NOW"] {
        let mut run = command(folder.path());
        let (code, text) = said(run.args(["-w", "acme.quarterdeck", "verify"]).env(name, odd));
        assert_eq!(code, Some(0), "{name}: {text}");
    }
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_asked_for_is_done_though_nobody_reads_what_came_of_it() {
    let folder = tempfile::tempdir().unwrap();
    assert!(quarterdeck_tests::quarterdeck(folder.path(), &["new", "acme.quarterdeck"]).status.success());
    for (name, to, code) in [("a", "| true", 0), ("b", "> /dev/full", 1)] {
        let rows = format!("time,vendor,model,input_tokens\n2026-07-0{}T10:00:00Z,openai,gpt-4o,1000\n", code + 1);
        std::fs::write(folder.path().join(format!("{name}.csv")), rows).unwrap();
        let line = format!(
            "set -o pipefail; {} -w acme.quarterdeck import usage {name}.csv --source {name} {to}",
            program("quarterdeck").display()
        );
        let output = std::process::Command::new("bash")
            .args(["-c", &line])
            .current_dir(folder.path())
            .env("QUARTERDECK_DATA_DIR", folder.path().join("data"))
            .env("LANG", "en_US.UTF-8")
            .output()
            .unwrap();
        assert_eq!(output.status.code(), Some(code), "{name}: {}", String::from_utf8_lossy(&output.stderr));
        if code == 1 {
            assert!(String::from_utf8_lossy(&output.stderr).contains("could not be written"), "{output:?}");
        }
    }
    let listed = quarterdeck_tests::quarterdeck(folder.path(), &["-w", "acme.quarterdeck", "imports", "list"]);
    let listed = String::from_utf8_lossy(&listed.stdout).into_owned();
    assert!(listed.contains("a.csv") && listed.contains("b.csv"), "{listed}");
}
