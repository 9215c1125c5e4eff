//! The palette over a hundred thousand records, one key after the other as a person types them, beside what a program without
//! an index of its own would do: ask SQLite for the names that contain what was typed.

use std::process::Command;
use std::time::Instant;

use domain::person::{Person, PersonDetails};
use serde_json::{Value, json};

use super::{Setting, call, line, median, milliseconds, workspace};

const RECORDS: usize = 100_000;
const LIMIT_MS: f64 = 30.0;
/// What is typed: common and rare beginnings, several words, nothing that is there.
const TYPED: [&str; 5] = ["mar", "maria 77", "reviewer 1234", "玛丽 9", "zzzz"];

fn person(n: usize) -> Person {
    const NAMES: [&str; 8] = ["Maria", "Tomás", "Priya", "Anneke", "Kofi", "玛丽", "Martin", "Ingrid"];
    let name = format!("{} {n}", NAMES[n % NAMES.len()]);
    let role = format!("Reviewer {}", n / 3);
    let details = PersonDetails { name, role, names: vec![], email: String::new(), deputy_id: None };
    Person { id: format!("0197a1c0-0000-7000-8000-{n:012x}").parse().unwrap(), details }
}

pub async fn compare(setting: &Setting) {
    let folder = setting.fresh("palette");
    let app = workspace(&folder).await;
    let path = folder.join("bench.quarterdeck");
    app.shut_down().await;
    let file = store::Store::open(&path).await.unwrap();
    let mut write = file.write().await.unwrap();
    for n in 0..RECORDS {
        store::person::save(&mut write, &person(n)).await.unwrap();
    }
    write.commit().await.unwrap();
    file.close().await;
    let keys: Vec<String> =
        TYPED.iter().flat_map(|text| text.char_indices().map(|(at, c)| text[..at + c.len_utf8()].to_owned())).collect();
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/perf/peer_like.py");
    let peer = Command::new(&setting.python).arg(script).arg(&path).args(&keys).output().unwrap();
    assert!(peer.status.success(), "{}", String::from_utf8_lossy(&peer.stderr));
    let peer: Vec<f64> = String::from_utf8_lossy(&peer.stdout).lines().map(|line| line.parse().unwrap()).collect();

    call(&app, "workspace_open", json!({ "path": path })).await;
    let start = Instant::now();
    call(&app, "search", json!({ "text": "a", "limit": 20 })).await;
    let first = milliseconds(start.elapsed());
    let mut times = Vec::new();
    for text in &keys {
        let start = Instant::now();
        let hits: Value = call(&app, "search", json!({ "text": text, "limit": 20 })).await;
        times.push(milliseconds(start.elapsed()));
        assert!(hits.as_array().is_some_and(|hits| hits.len() <= 20));
    }
    let worst = times.iter().copied().fold(0.0, f64::max);
    line(
        "a key in the palette over 100,000 records, the slowest",
        &format!("{worst:.1} ms"),
        "30 ms",
        worst < LIMIT_MS,
    );
    println!("  the first key after a change reads them all: {first:.0} ms");
    let (ours, theirs) = (median(times), median(peer));
    let ratio = theirs / ours;
    line("the same beside SQLite's own LIKE", &format!("{ours:.1} ms, {theirs:.1} ms = {ratio:.1}"), "1", ratio > 1.0);
}
