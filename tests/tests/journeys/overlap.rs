//! However a file is cut by time into overlapping, repeated pieces, in whatever order they come in and their rows stand: the
//! imports together are the import of the whole. With and without request ids, sessions, minutes and latencies included, in six
//! formats.
//!
//! `QUARTERDECK_CASES` says how many cuts are tried (`./dev prove` tries 10,000), `QUARTERDECK_SEED` where to begin: a failure
//! names its seed.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use domain::latency::LatencySketch;
use domain::usage::Measures;
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
    /// Milliseconds, where they are told: to the end and to the first token.
    took: Option<i64>,
    first: Option<i64>,
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
                took: rng.bool().then(|| rng.i64(1..90_000)),
                first: None,
            });
            at += rng.i64(0..5 * HOUR);
        }
    }
    for request in &mut list {
        request.first = request.took.filter(|_| rng.bool()).map(|took| rng.i64(0..took));
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
    let text_of = |ms: Option<i64>| ms.map_or(String::new(), |ms| ms.to_string());
    match format {
        "csv without ids" | "csv with ids" => {
            let ids = format == "csv with ids";
            text.push_str(
                "time,vendor,model,feature,session,ok,input_tokens,cached_tokens,output_tokens,latency_ms,ttft_ms,cost",
            );
            text.push_str(if ids { ",request_id\n" } else { "\n" });
            for r in requests {
                let cost = if r.model == 2 { "0.0125" } else { "" };
                write!(text, "{},openai,{},f{},s{},{},", stamp(r.at), model(r), r.feature, r.session, r.ok).unwrap();
                write!(text, "{},{},{},", r.input, r.cached, r.output).unwrap();
                write!(text, "{},{},{cost}", text_of(r.took), text_of(r.first)).unwrap();
                text.push_str(&if ids { format!(",r{}\n", r.id) } else { "\n".to_owned() });
            }
            (text, "csv")
        }
        "jsonl" => {
            for r in requests {
                let line = json!({ "time": stamp(r.at), "vendor": "openai", "model": model(r), "feature": format!("f{}", r.feature),
                    "session": format!("s{}", r.session), "ok": r.ok, "input_tokens": r.input, "cached_tokens": r.cached,
                    "output_tokens": r.output, "duration_seconds": r.took.map(|ms| ms as f64 / 1e3), "ttft_ms": r.first });
                writeln!(text, "{line}").unwrap();
            }
            (text, "jsonl")
        }
        "litellm-spend-logs" => {
            for r in requests {
                let line = json!({ "request_id": format!("r{}", r.id), "call_type": "acompletion", "spend": 0.001,
                    "prompt_tokens": r.input, "completion_tokens": r.output, "startTime": stamp(r.at),
                    "endTime": r.took.map(|ms| stamp(r.at + ms)), "completionStartTime": r.first.map(|ms| stamp(r.at + ms)), "model": model(r),
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

/// The minutes that count: epoch second and model → requests, input, output.
async fn minutes(connection: &mut SqliteConnection) -> BTreeMap<String, Vec<i64>> {
    let rows = store::sqlx::query("SELECT id, value FROM dimension_value").fetch_all(&mut *connection).await.unwrap();
    let names: BTreeMap<u32, String> = rows.into_iter().map(|row| (row.get(0), row.get(1))).collect();
    let mut found: BTreeMap<String, Vec<i64>> = BTreeMap::new();
    store::demand::each_minutes(connection, (i64::MIN, i64::MAX), |hour, _, (_, model), minutes| {
        for (minute, totals) in minutes.each() {
            let key = format!("{} {}", hour + i64::from(minute) * 60, names[&model]);
            let sums = found.entry(key).or_insert(vec![0; 3]);
            for (sum, total) in sums.iter_mut().zip([totals.requests, totals.input, totals.output]) {
                *sum += total as i64;
            }
        }
    })
    .await
    .unwrap();
    found
}

/// The latency sketches that count, of each kind of usage and hour, as their bytes.
async fn latencies(connection: &mut SqliteConnection) -> BTreeMap<String, Vec<i64>> {
    let sql = "SELECT s.id, m.value || ' ' || f.value || ' ' || s.tier || ' ' || s.basis FROM usage_series s
               JOIN dimension_value m ON m.id = s.model JOIN dimension_value f ON f.id = s.feature";
    let rows = store::sqlx::query(sql).fetch_all(&mut *connection).await.unwrap();
    let names: BTreeMap<u32, String> = rows.into_iter().map(|row| (row.get(0), row.get(1))).collect();
    let mut sketches: BTreeMap<String, LatencySketch> = BTreeMap::new();
    store::demand::each_latency(connection, (i64::MIN, i64::MAX), |hour, series, sketch| {
        sketches.entry(format!("{hour} {}", names[&series])).or_default().merge_bytes(sketch)
    })
    .await
    .unwrap();
    sketches.into_iter().map(|(key, sketch)| (key, sketch.to_bytes().into_iter().map(i64::from).collect())).collect()
}

/// What the workspace counts by hour, by day, by minute, and how long it says requests took, of each kind of usage.
async fn counted(path: &Path) -> [BTreeMap<String, Vec<i64>>; 4] {
    let mut connection = SqliteConnection::connect(&path.to_string_lossy()).await.unwrap();
    let mut found =
        [BTreeMap::new(), BTreeMap::new(), minutes(&mut connection).await, latencies(&mut connection).await];
    let names = "SELECT s.id, m.value || ' ' || f.value || ' ' || s.tier || ' ' || s.basis FROM usage_series s
         JOIN dimension_value m ON m.id = s.model JOIN dimension_value f ON f.id = s.feature";
    let names: BTreeMap<u32, String> = store::sqlx::query(names)
        .fetch_all(&mut connection)
        .await
        .unwrap()
        .into_iter()
        .map(|row| (row.get(0), row.get(1)))
        .collect();
    let add = |found: &mut BTreeMap<String, Vec<i64>>, key: String, values: Vec<i64>| {
        let sums = found.entry(key).or_insert_with(|| vec![0; values.len()]);
        sums.iter_mut().zip(values).for_each(|(sum, value)| *sum += value);
    };
    let values = |measures: Measures| {
        let stated = [1_000_000_000, 1].map(|unit| (measures.reported_nanos / unit) as i64);
        measures.counts().map(|count| count as i64).into_iter().chain(stated).collect()
    };
    store::usage::each_hour(&mut connection, |hour, series, _, measures| {
        add(&mut found[0], format!("{hour} {}", names[&series]), values(measures));
        Ok(())
    })
    .await
    .unwrap();
    store::usage::each_day(&mut connection, |day| {
        add(&mut found[1], format!("{} {}", day.day, names[&day.series]), values(day.measures));
    })
    .await
    .unwrap();
    found.iter_mut().for_each(|sums| sums.retain(|_, values| values.iter().any(|value| *value != 0)));
    connection.close().await.unwrap();
    found
}

#[tokio::test(flavor = "multi_thread")]
async fn pieces_of_a_file_together_are_the_file() {
    let template = Bench::with_workspace().await;
    template.app.shut_down().await;
    // The prices of these models are all that is looked at: reading the whole list took longer than all the rest.
    let mut list = SqliteConnection::connect(&template.path("acme.quarterdeck")).await.unwrap();
    store::sqlx::query("DELETE FROM price WHERE model NOT LIKE 'gpt-4o%'").execute(&mut list).await.unwrap();
    store::sqlx::query("VACUUM").execute(&mut list).await.unwrap();
    list.close().await.unwrap();
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
        let mut files = String::new();
        for (attempt, pieces) in [all, pieces(&mut rng, &requests)].into_iter().enumerate() {
            let bench = Bench::new();
            let path = bench.write("acme.quarterdeck", &empty);
            bench.call("workspace_open", json!({ "path": path })).await;
            for (n, piece) in pieces.iter().enumerate() {
                let (text, ending) = file(format, piece);
                writeln!(files, "\n— {attempt}.{n}\n{text}").unwrap();
                let plan =
                    bench.plan(&bench.write(&format!("p{n}.{ending}"), &text), |r| r["source"] = json!("feed")).await;
                let plan = plan.unwrap_or_else(|error| panic!("seed {seed}, {format}: {error:?}{files}"));
                assert!(plan["conflict"].is_null(), "seed {seed}, {format}, piece {n}: {}{files}", plan["conflict"]);
                let done = bench.commit(&plan, Value::Null, "both").await;
                done.unwrap_or_else(|error| panic!("seed {seed}, {format}, piece {n}: {error:?}{files}"));
            }
            bench.app.shut_down().await;
            results.push(counted(Path::new(&path)).await);
        }
        // Against the file itself: a mistake in both ways of importing would hide it.
        let of_requests = bucket == 1;
        let mut told: Vec<i64> = vec![0; 3];
        results[1][2].values().for_each(|minute| told.iter_mut().zip(minute).for_each(|(sum, total)| *sum += total));
        let sum = |of: fn(&Request) -> u64| requests.iter().map(of).sum::<u64>() as i64 * i64::from(of_requests);
        assert_eq!(told, [sum(|_| 1), sum(|r| r.input), sum(|r| r.output)], "seed {seed}, {format}{files}");
        let any_told = of_requests && requests.iter().any(|request| request.took.is_some());
        assert_eq!(!results[1][3].is_empty(), any_told, "seed {seed}, {format}{files}");
        for (place, what) in ["hours", "days", "minutes", "latencies"].iter().enumerate() {
            let differing: Vec<_> = results[0][place]
                .keys()
                .chain(results[1][place].keys())
                .filter(|key| results[0][place].get(*key) != results[1][place].get(*key))
                .map(|key| format!("{key}: {:?} / {:?}", results[0][place].get(key), results[1][place].get(key)))
                .collect();
            assert!(differing.is_empty(), "seed {seed}, {format}, {what}: {differing:#?}{files}");
        }
    }
}
