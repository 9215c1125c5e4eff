//! However a file is cut by time into overlapping, repeated pieces, in whatever order they come in and their rows stand: the
//! imports together are the import of the whole. With and without request ids, sessions included, in six formats.
//!
//! `QUARTERDECK_CASES` says how many cuts are tried (`./dev prove` tries 10,000), `QUARTERDECK_SEED` where to begin: a failure
//! names its seed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use quarterdeck_tests::{Bench, cases};
use serde_json::{Value, json};
use store::sqlx::{Connection, Row, SqliteConnection};

const FORMATS: [&str; 6] =
    ["csv without ids", "csv with ids", "jsonl", "litellm-spend-logs", "openai-usage", "anthropic-usage-csv"];

/// 1 July 2026, midnight UTC, in milliseconds.
const START: i64 = 1_782_864_000_000;
const HOUR: i64 = 3_600_000;

#[derive(Debug, Clone)]
struct Request {
    /// Milliseconds from [`START`].
    at: i64,
    id: usize,
    model: usize,
    feature: usize,
    session: usize,
    ok: bool,
    input: u64,
    cached: u64,
    output: u64,
}

const MODELS: [&str; 3] = ["gpt-4o", "gpt-4o-mini", "house-model"];

fn requests(rng: &mut fastrand::Rng, bucket: i64) -> Vec<Request> {
    let span = [2, 30, 80, 120][rng.usize(0..4)] * HOUR;
    let mut list: Vec<Request> = Vec::new();
    let sessions = rng.usize(1..40);
    for session in 0..sessions {
        let mut at = rng.i64(0..span);
        for _ in 0..rng.usize(1..5) {
            // Coarse enough that requests of one instant occur.
            let fine = if rng.bool() { 1 } else { 1_000 * 60 * 10 };
            let place = (at / fine * fine) / bucket * bucket;
            list.push(Request {
                at: place,
                id: 0,
                model: rng.usize(0..MODELS.len()),
                feature: rng.usize(0..2),
                session,
                ok: rng.bool(),
                input: rng.u64(100..3_000),
                cached: rng.u64(0..100),
                output: rng.u64(1..500),
            });
            at += rng.i64(0..5 * HOUR);
        }
    }
    // Two requests alike in everything are two requests, where nothing tells them apart.
    if rng.bool() {
        let twin = list[rng.usize(0..list.len())].clone();
        list.push(twin);
    }
    list.sort_by_key(|request| request.at);
    list.iter_mut().enumerate().for_each(|(n, request)| request.id = n);
    list
}

fn stamp(at: i64) -> String {
    let at = chrono::DateTime::from_timestamp_millis(START + at).unwrap();
    at.to_rfc3339_opts(chrono::SecondsFormat::Millis, true)
}

/// A file of some requests, and its ending.
fn file(format: &str, requests: &[&Request]) -> (String, &'static str) {
    let mut text = String::new();
    let model = |request: &Request| MODELS[request.model];
    match format {
        "csv without ids" | "csv with ids" => {
            let ids = format == "csv with ids";
            text.push_str("time,vendor,model,feature,session,ok,input_tokens,cached_tokens,output_tokens,cost");
            text.push_str(if ids { ",request_id\n" } else { "\n" });
            for r in requests {
                let cost = if r.model == 2 { "0.0125" } else { "" };
                write!(text, "{},openai,{},f{},s{},{},", stamp(r.at), model(r), r.feature, r.session, r.ok).unwrap();
                write!(text, "{},{},{},{cost}", r.input, r.cached, r.output).unwrap();
                text.push_str(&if ids { format!(",r{}\n", r.id) } else { "\n".to_owned() });
            }
            (text, "csv")
        }
        "jsonl" => {
            for r in requests {
                let line = json!({ "time": stamp(r.at), "vendor": "openai", "model": model(r), "feature": format!("f{}", r.feature),
                    "session": format!("s{}", r.session), "ok": r.ok, "input_tokens": r.input, "cached_tokens": r.cached,
                    "output_tokens": r.output });
                writeln!(text, "{line}").unwrap();
            }
            (text, "jsonl")
        }
        "litellm-spend-logs" => {
            for r in requests {
                let line = json!({ "request_id": format!("r{}", r.id), "call_type": "acompletion", "spend": 0.001,
                    "prompt_tokens": r.input, "completion_tokens": r.output, "startTime": stamp(r.at), "model": model(r),
                    "custom_llm_provider": "openai", "session_id": format!("s{}", r.session),
                    "status": if r.ok { "success" } else { "failure" }, "request_tags": [format!("f{}", r.feature)],
                    "metadata": { "usage_object": { "prompt_tokens_details": { "cached_tokens": r.cached } } } });
                writeln!(text, "{line}").unwrap();
            }
            (text, "jsonl")
        }
        "openai-usage" => {
            for r in requests {
                let start = (START + r.at) / 1000;
                let result = json!({ "object": "organization.usage.completions.result", "input_tokens": r.input,
                    "output_tokens": r.output, "input_cached_tokens": r.cached, "num_model_requests": 3, "model": model(r),
                    "api_key_id": format!("f{}", r.feature) });
                let page = json!({ "object": "page", "data": [{ "object": "bucket", "start_time": start, "end_time": start + 3600,
                    "results": [result] }] });
                writeln!(text, "{page}").unwrap();
            }
            (text, "jsonl")
        }
        _ => {
            text.push_str("usage_date_utc,model_version,api_key,usage_input_tokens_no_cache,usage_output_tokens\n");
            for r in requests {
                writeln!(text, "{},{},f{},{},{}", &stamp(r.at)[..10], model(r), r.feature, r.input, r.output).unwrap();
            }
            (text, "csv")
        }
    }
}

/// Pieces by time that together hold everything, some of them twice, in any order.
fn pieces<'r>(rng: &mut fastrand::Rng, requests: &'r [Request]) -> Vec<Vec<&'r Request>> {
    let last = requests.last().map_or(0, |r| r.at);
    let mut cuts: Vec<i64> = (0..rng.usize(1..4)).map(|_| rng.i64(0..=last)).collect();
    cuts.extend([0, last + 1]);
    cuts.sort_unstable();
    let reach = [0, HOUR / 3, 3 * HOUR, 26 * HOUR][rng.usize(0..4)];
    let mut pieces: Vec<Vec<&Request>> = cuts
        .windows(2)
        .map(|cut| {
            let (from, to) = (cut[0] - rng.i64(0..=reach), cut[1] + rng.i64(0..=reach));
            requests.iter().filter(|r| from <= r.at && r.at < to).collect()
        })
        .collect();
    if rng.bool() {
        let again = pieces[rng.usize(0..pieces.len())].clone();
        pieces.push(again);
    }
    pieces.retain(|piece| !piece.is_empty());
    for piece in &mut pieces {
        rng.shuffle(piece);
    }
    rng.shuffle(&mut pieces);
    pieces
}

/// What the workspace counts by hour, and by day, of each kind of usage.
async fn counted(path: &Path) -> [BTreeMap<String, Vec<i64>>; 2] {
    let mut connection = SqliteConnection::connect(&path.to_string_lossy()).await.unwrap();
    let columns: Vec<&str> =
        domain::usage::Measures::COLUMNS.iter().copied().chain(["reported_units", "reported_nanos"]).collect();
    let sums = columns.iter().map(|column| format!("sum(u.{column})")).collect::<Vec<_>>().join(", ");
    let mut found = [BTreeMap::new(), BTreeMap::new()];
    for (place, (table, time, filter)) in
        [("usage_hour", "hour", "WHERE u.counted = 1"), ("usage_day", "day", "")].into_iter().enumerate()
    {
        let sql = format!(
            "SELECT u.{time} || ' ' || m.value || ' ' || f.value || ' ' || s.tier || ' ' || s.basis, {sums} FROM {table} u
             JOIN usage_series s ON s.id = u.series JOIN dimension_value m ON m.id = s.model
             JOIN dimension_value f ON f.id = s.feature {filter} GROUP BY 1"
        );
        for row in store::sqlx::query(store::sqlx::AssertSqlSafe(sql)).fetch_all(&mut connection).await.unwrap() {
            let values: Vec<i64> = (1..=columns.len()).map(|at| row.get(at)).collect();
            if values.iter().any(|value| *value != 0) {
                found[place].insert(row.get(0), values);
            }
        }
    }
    connection.close().await.unwrap();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn pieces_of_a_file_together_are_the_file() {
    let template = Bench::with_workspace().await;
    template.app.shut_down().await;
    let empty = std::fs::read(template.path("acme.quarterdeck")).unwrap();
    let (first, count) = cases(48);
    for seed in first..first + count {
        let mut rng = fastrand::Rng::with_seed(seed);
        let format = FORMATS[(seed % FORMATS.len() as u64) as usize];
        let bucket = match format {
            "openai-usage" => HOUR,
            "anthropic-usage-csv" => 24 * HOUR,
            _ => 1,
        };
        let requests = requests(&mut rng, bucket);
        let mut results = Vec::new();
        let all: Vec<Vec<&Request>> = vec![requests.iter().collect()];
        let mut told = String::new();
        for (attempt, pieces) in [all, pieces(&mut rng, &requests)].into_iter().enumerate() {
            let bench = Bench::new();
            let path = bench.write("acme.quarterdeck", &empty);
            bench.call("workspace_open", json!({ "path": path })).await;
            for (n, piece) in pieces.iter().enumerate() {
                let (text, ending) = file(format, piece);
                writeln!(told, "\n— {attempt}.{n}\n{text}").unwrap();
                let plan =
                    bench.plan(&bench.write(&format!("p{n}.{ending}"), &text), |r| r["source"] = json!("feed")).await;
                let plan = plan.unwrap_or_else(|error| panic!("seed {seed}, {format}: {error:?}{told}"));
                assert!(plan["conflict"].is_null(), "seed {seed}, {format}, piece {n}: {}{told}", plan["conflict"]);
                let done = bench.commit(&plan, Value::Null, "both").await;
                done.unwrap_or_else(|error| panic!("seed {seed}, {format}, piece {n}: {error:?}{told}"));
            }
            bench.app.shut_down().await;
            results.push(counted(Path::new(&path)).await);
        }
        for (place, what) in ["hours", "days"].iter().enumerate() {
            let differing: Vec<_> = results[0][place]
                .keys()
                .chain(results[1][place].keys())
                .filter(|key| results[0][place].get(*key) != results[1][place].get(*key))
                .map(|key| format!("{key}: {:?} / {:?}", results[0][place].get(key), results[1][place].get(key)))
                .collect();
            assert!(differing.is_empty(), "seed {seed}, {format}, {what}: {differing:#?}{told}");
        }
    }
}
