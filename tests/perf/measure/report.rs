//! The quarterly deck of the sample.

use std::time::Instant;

use app::{App, Config};
use serde_json::json;

use super::{RUNS, Setting, call, line, median};

const LIMIT_S: f64 = 1.0;
const SAMPLE_LIMIT_S: f64 = 5.0;

pub async fn measure(setting: &Setting) {
    let folder = setting.fresh("report");
    let app = App::new(Config {
        data_dir: folder.join("data"),
        folder: None,
        now: Some("2026-11-24T09:30:00Z".parse().unwrap()),
    });
    let start = Instant::now();
    call(&app, "workspace_sample", json!({ "path": folder.join("sample.quarterdeck") })).await;
    let sample = start.elapsed().as_secs_f64();
    line("sample workspace", &format!("{sample:.2} s"), "5 s", sample < SAMPLE_LIMIT_S);
    let mut times = Vec::new();
    let mut pages = 0;
    for run in 0..RUNS {
        let path = folder.join(format!("deck-{run}.pdf"));
        let start = Instant::now();
        let payload = json!({ "document": { "kind": "quarter", "subject": "2026-Q3" }, "paper": "deck", "lang": "en", "path": path });
        let made = call(&app, "report_export", payload).await;
        times.push(start.elapsed().as_secs_f64());
        pages = made["pages"].as_u64().unwrap_or(0);
    }
    let took = median(times);
    line(&format!("quarterly deck of the sample ({pages} pages)"), &format!("{took:.2} s"), "1 s", took < LIMIT_S);
}
