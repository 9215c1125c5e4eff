//! The import of five million requests against DuckDB doing the same work on the same file.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use serde_json::{Value, json};

use super::{RUNS, Setting, call, import_file, line, median, peak_mb, workspace};

/// Our time may be this much of DuckDB's.
const RATIO: f64 = 0.75;
const PEAK_MB: f64 = 250.0;
/// Six times the rows may take this much of the memory: it does not grow with the file.
const FLAT: f64 = 1.1;

/// Imports a file into a new workspace and prints what that took, as JSON.
pub async fn once(usage: &Path, folder: &Path) {
    let app = workspace(folder).await;
    let start = Instant::now();
    let summary = import_file(&app, usage).await;
    let seconds = start.elapsed().as_secs_f64();
    // The import's own: a view is loaded below.
    let peak = peak_mb();
    let query = json!({ "period": "2026-Q3", "by": ["vendor"], "filters": [], "limit": 0 });
    let view = call(&app, "economics", query).await;
    let result = json!({ "seconds": seconds, "peak_mb": peak, "cells": summary["cells"], "rows": view["rows"] });
    println!("{result}");
}

fn run(command: &mut Command) -> Value {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Nano-dollars of an amount such as "12.5".
fn nanos(amount: &str) -> i128 {
    let (whole, part) = amount.split_once('.').unwrap_or((amount, ""));
    whole.parse::<i128>().unwrap() * 1_000_000_000 + format!("{part:0<9}").parse::<i128>().unwrap()
}

pub fn compare(setting: &Setting) {
    let usage = setting.generated("usage.csv", &["requests"]);
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let prices = root.join("../src-tauri/crates/app/data/model-prices_0.0.5.json.gz");
    let (mut ours, mut peers, mut last) = (Vec::new(), Vec::new(), (Value::Null, Value::Null));
    // In turns, so that both meet the same disk cache and the same neighbours.
    for _ in 0..RUNS {
        let folder = setting.fresh("import");
        last.0 = run(Command::new(std::env::current_exe().unwrap()).arg("import-once").args([&usage, &folder]));
        ours.push(last.0["seconds"].as_f64().unwrap());
        let script = root.join("perf/peer_duckdb.py");
        last.1 =
            run(Command::new(&setting.python).arg(script).args([&usage, &prices, &setting.work.join("peer.duckdb")]));
        peers.push(last.1["seconds"].as_f64().unwrap());
    }
    let (mine, peer) = last;
    // A comparison is only one if both come to the same roll-up and the same money.
    assert_eq!(mine["cells"], peer["cells"], "both roll up to the same cells");
    let spend: i128 =
        mine["rows"].as_array().unwrap().iter().map(|r| nanos(r["spend"]["amount"].as_str().unwrap())).sum();
    let theirs = (peer["femtos"].as_str().unwrap().parse::<i128>().unwrap() + 500_000) / 1_000_000;
    assert!((spend - theirs).abs() <= 3, "{spend} against {theirs} nano-dollars");
    let (ours, peers) = (median(ours), median(peers));
    let size = std::fs::metadata(&usage).unwrap().len() / 1_000_000;
    let versions = format!("import of 5,000,000 rows ({size} MB) / DuckDB {}", peer["version"].as_str().unwrap_or("?"));
    let figure = format!("{ours:.2} s / {peers:.2} s = {:.2}", ours / peers);
    line(&versions, &figure, &format!("{RATIO}"), ours / peers <= RATIO);
    let peak = mine["peak_mb"].as_f64().unwrap();
    let figure = format!("{peak:.0} MB (DuckDB {} MB)", peer["peak_mb"]);
    line("peak memory of that import", &figure, &format!("{PEAK_MB} MB"), peak < PEAK_MB);
    // Once: it takes six times as long, and memory hardly differs from run to run.
    let six = setting.generated("usage-sixfold.csv", &["requests", "30000000"]);
    let folder = setting.fresh("import");
    let long = run(Command::new(std::env::current_exe().unwrap()).arg("import-once").args([&six, &folder]));
    let long = long["peak_mb"].as_f64().unwrap();
    let figure = format!("{long:.0} MB / {peak:.0} MB = {:.2}", long / peak);
    line("the same at 30,000,000 rows / at 5,000,000", &figure, &format!("{FLAT}"), long / peak <= FLAT);
}
