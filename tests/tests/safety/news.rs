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
    assert!(told.contains(&Tag::WORKSPACE), "{told:?}");
    // Our next one alone is told as what it is.
    bench.call("vendor_save", vendor("Later")).await;
    let told = tokio::time::timeout(WAIT, changes.recv()).await.unwrap().unwrap();
    assert_eq!(told, [Tag::ACTIVITY, Tag::VENDORS]);
}
