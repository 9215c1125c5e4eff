//! Half a million results: how fast they come in, beside a team's own script with csv and SQLite, and how long a person waits for a
//! list, a search, a judgement and the next pair.

use std::fmt::Write;
use std::process::Command;
use std::sync::Arc;
use std::time::Instant;

use app::App;
use domain::stats::random::Draws;
use serde_json::{Value, json};

use super::{RUNS, Setting, call, line, median, milliseconds, workspace};

const CANDIDATES: usize = 10;
const CASES: usize = 10_000;
const REPEATS: usize = 5;
const ROWS: usize = CANDIDATES * CASES * REPEATS;

const ROWS_A_SECOND: f64 = 200_000.0;
const LOOK_MS: f64 = 300.0;
const NEXT_MS: f64 = 50.0;

fn cases() -> String {
    let mut text = String::from("id,question,topic\n");
    for case in 0..CASES {
        let _ = writeln!(
            text,
            "case-{case:05},How does a patient of clinic {case} change an appointment?,topic {}",
            case % 12
        );
    }
    text
}

/// Answers of some hundred characters, as support assistants give them.
fn results() -> String {
    let mut draws = Draws::new(11, 0);
    let mut text = String::from("case,candidate,repeat,answer,score,latency_ms\n");
    for case in 0..CASES {
        for candidate in 0..CANDIDATES {
            for repeat in 0..REPEATS {
                let score = u8::from(draws.unit() < 0.5 + 0.03 * candidate as f64);
                let latency = 400 + (draws.unit() * 4_000.0) as u64;
                let _ = writeln!(
                    text,
                    "case-{case:05},model-{candidate},{repeat},\"Open the portal, choose visit {case}, then pick another day; \
                     the clinic confirms within a day. Ask the desk if none suits ({candidate}{repeat}).\",{score},{latency}"
                );
            }
        }
    }
    text
}

/// The slowest of some asks, in milliseconds.
async fn slowest(app: &Arc<App>, command: &str, asks: &[Value]) -> f64 {
    let mut worst = 0.0_f64;
    for ask in asks {
        let start = Instant::now();
        call(app, command, ask.clone()).await;
        worst = worst.max(milliseconds(start.elapsed()));
    }
    worst
}

fn under(what: &str, found: f64, limit: f64) {
    line(what, &format!("{found:.0} ms"), &format!("{limit:.0} ms"), found < limit);
}

pub async fn compare(setting: &Setting) {
    let files = setting.fresh("results");
    let (suite, table) = (files.join("cases.csv"), files.join("results.csv"));
    std::fs::write(&suite, cases()).unwrap();
    std::fs::write(&table, results()).unwrap();

    let mut seconds = Vec::new();
    let mut kept = None;
    for run in 0..RUNS {
        let folder = setting.fresh(&format!("results-{run}"));
        let app = workspace(&folder).await;
        let made = call(&app, "suite_import", json!({ "path": suite, "name": "Golden" })).await["id"].clone();
        call(&app, "suite_freeze", json!({ "id": made, "by": "Ada" })).await;
        let draft = json!({ "name": "Half a million", "suiteId": made, "version": 1 });
        let id = call(&app, "bakeoff_save", draft).await["id"].clone();
        let start = Instant::now();
        let done = call(&app, "results_commit", json!({ "bakeoffId": id, "path": table })).await;
        seconds.push(start.elapsed().as_secs_f64());
        assert_eq!(done["results"], json!(ROWS));
        kept = Some((app, id));
    }
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/perf/peer_results.py");
    let peer = (0..RUNS).map(|_| {
        let peer = Command::new(&setting.python).arg(script).arg(&table).arg(&files).output().unwrap();
        assert!(peer.status.success(), "{}", String::from_utf8_lossy(&peer.stderr));
        String::from_utf8_lossy(&peer.stdout).trim().parse().unwrap()
    });
    let (ours, theirs) = (median(seconds), median(peer.collect()));
    let rate = ROWS as f64 / ours;
    line(
        "import of 500,000 results",
        &format!("{ours:.2} s = {:.0} thousand rows a second", rate / 1e3),
        "200 thousand",
        rate >= ROWS_A_SECOND,
    );
    line(
        "the same by csv and SQLite in Python",
        &format!("{theirs:.2} s = {:.2} times ours", theirs / ours),
        "1",
        theirs > ours,
    );

    let (app, id) = kept.unwrap();
    let first = slowest(&app, "bakeoff_comparison", &[json!({ "id": id })]).await;
    println!("  the first comparison of 500,000 results: {first:.0} ms");
    let of = |text: &str, tag: Value| json!({ "id": id, "text": text, "tag": tag, "limit": 200 });
    call(&app, "bakeoff_cases", of("", Value::Null)).await;
    under(
        "list of its cases, the most different first",
        slowest(&app, "bakeoff_cases", &[of("", Value::Null)]).await,
        LOOK_MS,
    );
    under("those of a tag", slowest(&app, "bakeoff_cases", &[of("", json!("topic 3"))]).await, LOOK_MS);
    let typed: Vec<Value> = ["c", "clinic 12", "appointment 9999", "zzzz"].map(|text| of(text, Value::Null)).to_vec();
    under("those that hold what is typed, the slowest", slowest(&app, "bakeoff_cases", &typed).await, LOOK_MS);
    under(
        "one comparison more, of what is known",
        slowest(&app, "bakeoff_comparison", &[json!({ "id": id })]).await,
        LOOK_MS,
    );

    let draft = json!({ "bakeoffId": id, "mode": "pairs", "question": "Which is better?", "target": 500, "by": "Ada" });
    let round = call(&app, "round_open", draft).await["id"].clone();
    let ask = json!({ "id": round, "rater": "Ada" });
    let (mut next, mut judge) = (Vec::new(), Vec::new());
    for step in 0..120 {
        let start = Instant::now();
        call(&app, "round_task", ask.clone()).await;
        next.push(milliseconds(start.elapsed()));
        let verdict = if step % 3 == 0 { "left" } else { "right" };
        let said = json!({ "id": round, "rater": "Ada", "step": step, "choice": { "kind": verdict }, "note": "" });
        let start = Instant::now();
        call(&app, "round_judge", said).await;
        judge.push(milliseconds(start.elapsed()));
    }
    let worst = |times: &[f64]| times.iter().copied().fold(0.0, f64::max);
    under("the next pair of a blind round, the slowest of 120", worst(&next), NEXT_MS);
    under("a judgement kept, with the pair that follows, the slowest", worst(&judge), LOOK_MS);
    app.shut_down().await;
}
