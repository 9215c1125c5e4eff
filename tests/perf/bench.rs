//! `./dev bench`: what the product promises about speed, as ratios to a peer measured in the same run.
//!
//! Every figure is the median of three runs. Programs whose memory counts run as processes of their own.

#![allow(clippy::unwrap_used, clippy::expect_used)]

mod measure;

use std::path::PathBuf;

use measure::{Setting, bakeoff, import, palette, report, results, start, table, views};

#[tokio::main]
async fn main() {
    let mut arguments = std::env::args().skip(1);
    let mut work = PathBuf::from("target/perf");
    let mut python = PathBuf::from("python3");
    let mut chosen = Vec::new();
    while let Some(argument) = arguments.next() {
        match argument.as_str() {
            "--work" => work = arguments.next().expect("--work FOLDER").into(),
            "--peer-python" => python = arguments.next().expect("--peer-python PATH").into(),
            // A process of its own, so that its peak memory is its own.
            "import-once" => {
                let paths: Vec<PathBuf> = arguments.by_ref().map(PathBuf::from).collect();
                return import::once(&paths[0], &paths[1]).await;
            }
            name => chosen.push(name.to_owned()),
        }
    }
    let setting = Setting { work, python };
    let wanted = |name: &str| chosen.is_empty() || chosen.iter().any(|c| c == name);
    setting.introduce();
    if wanted("import") {
        import::compare(&setting);
    }
    if wanted("views") {
        views::compare(&setting).await;
    }
    if wanted("bakeoff") {
        bakeoff::compare(&setting);
    }
    if wanted("results") {
        results::compare(&setting).await;
    }
    if wanted("report") {
        report::measure(&setting).await;
    }
    if wanted("palette") {
        palette::compare(&setting).await;
    }
    if wanted("table") {
        table::compare(&setting).await;
    }
    if wanted("start") {
        start::compare(&setting).await;
    }
}
