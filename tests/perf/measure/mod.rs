//! What all measurements share: where they work, how a median is taken, how a line is printed.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use app::report::locale::Language;
use app::{App, Config};
use serde_json::{Value, json};

pub mod bakeoff;
pub mod import;
pub mod palette;
pub mod report;
pub mod results;
pub mod start;
pub mod table;
pub mod views;

pub const RUNS: usize = 3;

pub struct Setting {
    /// Generated files and throw-away workspaces.
    pub work: PathBuf,
    /// A Python that has the peers of `requirements.txt`.
    pub python: PathBuf,
}

impl Setting {
    pub fn introduce(&self) {
        let cores = std::thread::available_parallelism().map_or(0, usize::from);
        println!("Quarterdeck {}, {cores} cores, medians of {RUNS} runs", env!("CARGO_PKG_VERSION"));
    }

    /// A generated file, made on first use.
    pub fn generated(&self, name: &str, arguments: &[&str]) -> PathBuf {
        let path = self.work.join(name);
        if !path.exists() {
            println!("  generating {}", path.display());
            let partial = self.work.join(format!("{name}.part"));
            let program = std::env::current_exe().unwrap().with_file_name("generate");
            let status = Command::new(program).arg(arguments[0]).arg(&partial).args(&arguments[1..]).status().unwrap();
            assert!(status.success());
            std::fs::rename(&partial, &path).unwrap();
        }
        path
    }

    /// An empty folder.
    pub fn fresh(&self, name: &str) -> PathBuf {
        let folder = self.work.join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).unwrap();
        folder
    }
}

/// An application with an empty workspace in a folder.
pub async fn workspace(folder: &Path) -> Arc<App> {
    let app = App::new(Config {
        data_dir: folder.join("data"),
        folder: None,
        now: Some("2026-11-24T09:30:00Z".parse().unwrap()),
    });
    let path = folder.join("bench.quarterdeck");
    let payload = json!({ "path": path, "name": "Bench", "currency": "USD", "timeZone": "UTC", "fiscalStartMonth": 1 });
    call(&app, "workspace_create", payload).await;
    app
}

pub async fn call(app: &Arc<App>, command: &str, payload: Value) -> Value {
    match app.dispatch(command, payload, Language::En, None).await {
        Ok(value) => value,
        Err(error) => panic!("{command}: {error:?}"),
    }
}

/// Plans and commits a file; a conflict would be a mistake of the bench.
pub async fn import_file(app: &Arc<App>, path: &Path) -> Value {
    let look = call(app, "import_inspect", json!({ "path": path })).await;
    let request = json!({ "path": path, "format": look["format"], "mapping": look["mapping"], "source": "bench" });
    let plan = call(app, "import_plan", request).await;
    call(app, "import_commit", json!({ "planId": plan["id"], "onConflict": null })).await
}

pub fn median(mut seconds: Vec<f64>) -> f64 {
    seconds.sort_by(f64::total_cmp);
    seconds[seconds.len() / 2]
}

/// Prints a figure beside its limit; `ok` says whether it holds.
pub fn line(what: &str, figure: &str, limit: &str, ok: bool) {
    println!("{} {what:<58} {figure:<44} limit {limit}", if ok { "✓" } else { "✗" });
}

/// Largest resident memory of this process so far, in MB.
pub fn peak_mb() -> f64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let kilobytes =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next()?.parse::<f64>().ok());
    kilobytes.map_or(f64::NAN, |kb| kb / 1024.0)
}

pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_secs_f64() * 1000.0
}
