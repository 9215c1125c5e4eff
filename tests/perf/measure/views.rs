//! Views over two million hourly roll-ups, and over the same roll-ups with ten times the requests behind them.

use std::sync::Arc;
use std::time::Instant;

use app::App;
use serde_json::json;

use super::{Setting, call, import_file, line, median, milliseconds, workspace};

const LIMIT_MS: f64 = 16.0;
const FIRST_MS: f64 = 100.0;
const RATIO: f64 = 2.0;

/// How often each view is asked for; the first answer may fill caches and is shown apart.
const ASKED: usize = 15;

const VIEWS: [(&str, [&str; 2]); 5] = [
    ("2026-Q3", ["feature", "model"]),
    ("2026-Q3", ["tenant", "vendor"]),
    ("2026-07", ["tenant", "feature"]),
    ("2025", ["feature", "model"]),
    ("2024-10-01..2026-09-30", ["tenant", "model"]),
];

/// The median of the slowest view in milliseconds, its name, and the slowest first answer.
async fn slowest(app: &Arc<App>) -> (f64, String, f64) {
    let (mut worst, mut first) = ((0.0, String::new()), 0.0f64);
    for (period, by) in VIEWS {
        let mut times = Vec::new();
        for asked in 0..ASKED {
            let payload = json!({ "period": period, "by": by, "filters": [], "limit": 50 });
            let start = Instant::now();
            let view = call(app, "economics", payload).await;
            let text = view.to_string();
            let took = milliseconds(start.elapsed());
            assert!(text.len() > 1000);
            if asked == 0 { first = first.max(took) } else { times.push(took) }
        }
        let median = median(times);
        println!("    {period} by {}, {}: {median:.1} ms", by[0], by[1]);
        if median > worst.0 {
            worst = (median, format!("{period} by {}, {}", by[0], by[1]));
        }
    }
    (worst.0, worst.1, first)
}

pub async fn compare(setting: &Setting) {
    let mut results = Vec::new();
    for (name, factor) in [("hours.csv", "1"), ("hours-tenfold.csv", "10")] {
        let usage = setting.generated(name, &["hours", "2000000", factor]);
        let folder = setting.fresh(&format!("views-{factor}"));
        let app = workspace(&folder).await;
        let summary = import_file(&app, &usage).await;
        println!("  {} roll-up rows of {name}", summary["cells"]);
        // As after a start: nothing is in memory yet.
        let path = call(&app, "workspace_status", json!(null)).await["path"].clone();
        app.shut_down().await;
        call(&app, "workspace_open", json!({ "path": path })).await;
        results.push(slowest(&app).await);
    }
    let [(one, view, first), (tenfold, ..)] = results.as_slice() else { return };
    line(
        "slowest view over two years of roll-ups",
        &format!("{one:.1} ms ({view})"),
        &format!("{LIMIT_MS} ms"),
        *one < LIMIT_MS,
    );
    line("the first answer after opening", &format!("{first:.1} ms"), &format!("{FIRST_MS} ms"), *first < FIRST_MS);
    let ratio = tenfold / one;
    line(
        "the same with ten times the requests behind them",
        &format!("{tenfold:.1} ms = {ratio:.2}"),
        "2",
        ratio <= RATIO,
    );
}
