use super::*;

use std::process::Command;

/// The command line where no file may grow beyond so many blocks: a disk that takes no more.
fn limited(bench: &Bench, blocks: u32, arguments: &[&str]) -> (bool, String) {
    let program = quarterdeck_tests::program("quarterdeck");
    let outcome = Command::new("sh")
        .args(["-c", &format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"")])
        .arg(program)
        .args(arguments)
        .current_dir(bench.folder.path())
        .env("QUARTERDECK_DATA_DIR", bench.path("data"))
        .output()
        .unwrap();
    let said = [outcome.stdout, outcome.stderr].concat();
    (outcome.status.success(), String::from_utf8_lossy(&said).into_owned())
}

#[tokio::test(flavor = "multi_thread")]
async fn where_the_disk_takes_no_more_a_sentence_says_so_and_nothing_is_left_or_lost() {
    let bench = Bench::with_workspace().await;
    let rows: String =
        (0..20_000).map(|n| format!("2026-07-{:02}T10:00:00Z,openai,gpt-4o,f{n},1\n", n % 28 + 1)).collect();
    bench.write("usage.csv", format!("time,vendor,model,feature,input_tokens\n{rows}"));
    bench.app.shut_down().await;
    let before = std::fs::read(bench.path("acme.quarterdeck")).unwrap();
    let import = ["-w", "acme.quarterdeck", "import", "usage", "usage.csv", "--source", "gateway"];
    for blocks in [100, 400] {
        let (ended_well, said) = limited(&bench, blocks, &import);
        assert!(!ended_well && said.contains("Nothing was changed") && !said.contains("code:"), "{blocks}: {said}");
        assert!(std::fs::read(bench.path("acme.quarterdeck")).unwrap() == before, "{blocks}");
    }
    for blocks in [1, 8, 100] {
        let (ended_well, said) = limited(&bench, blocks, &["new", "other.quarterdeck"]);
        assert!(!ended_well && !said.contains("code:"), "{blocks}: {said}");
        let left: Vec<_> = std::fs::read_dir(bench.folder.path())
            .unwrap()
            .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
            .filter(|name| name.starts_with("other"))
            .collect();
        assert!(left.is_empty(), "{blocks}: {left:?}");
    }
}
