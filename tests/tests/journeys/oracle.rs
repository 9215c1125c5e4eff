//! The figures a person reads against `tests/oracle`, which was written from the specification apart from the program: every
//! fixture alone, every two of them in either order, and every fixture cut by time into overlapping pieces.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use quarterdeck_tests::sources::{Source, sources};
use quarterdeck_tests::{Bench, cases};
use serde_json::{Value, json};

struct Oracle {
    child: Child,
    ask: ChildStdin,
    answers: BufReader<ChildStdout>,
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap().to_owned()
}

impl Oracle {
    fn start() -> Self {
        let mut child = Command::new("python3")
            .arg(root().join("tests/oracle/oracle.py"))
            .arg("--batch")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("python3 is installed by ./dev test");
        let (ask, answers) = (child.stdin.take().unwrap(), BufReader::new(child.stdout.take().unwrap()));
        Self { child, ask, answers }
    }

    fn answer(&mut self, scenario: &Value) -> Value {
        writeln!(self.ask, "{scenario}").unwrap();
        let mut line = String::new();
        self.answers.read_line(&mut line).unwrap();
        let answer: Value = serde_json::from_str(&line).unwrap_or_else(|_| panic!("{line}"));
        assert!(answer["error"].is_null(), "{answer} to {scenario}");
        answer
    }
}

impl Drop for Oracle {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

fn scenario(zone: &str, sources: &[&Source]) -> Value {
    let prices = root().join("src-tauri/crates/app/data/model-prices_0.0.5.json.gz");
    json!({ "currency": "USD", "timeZone": zone, "prices": [prices.to_string_lossy()], "aliases": [], "overrides": [],
        "steps": sources.iter().map(|source| source.step()).collect::<Vec<_>>(), "from": null, "to": null })
}

/// Imports the files into a new workspace and reads the totals of all time.
async fn figures(empty: &[u8], zone: &str, sources: &[&Source]) -> Value {
    let bench = Bench::new();
    let path = bench.write("acme.quarterdeck", empty);
    let status = bench.call("workspace_open", json!({ "path": path })).await;
    let mut settings = status["settings"].clone();
    settings["timeZone"] = json!(zone);
    bench.call("settings_save", settings).await;
    for source in sources {
        bench.bring(source).await;
    }
    let view = bench.call("economics", json!({ "period": ALL_TIME, "by": ["vendor"] })).await;
    let mut months = Vec::new();
    for option in bench.call("periods", json!(null)).await.as_array().unwrap() {
        if option["kind"] == "month" {
            let month = bench.call("economics", json!({ "period": option["key"], "by": ["vendor"] })).await;
            months.push(json!({ "key": option["key"], "total": month["total"] }));
        }
    }
    let explained = bench
        .call("explain", json!({ "query": { "period": ALL_TIME, "by": [] }, "figure": "spend", "row": null }))
        .await;
    bench.app.shut_down().await;
    json!({ "total": view["total"], "explained": explained["value"], "months": months })
}

const ALL_TIME: &str = "2015-01-01..2026-12-31";

/// Holds the program to the oracle over all time, and in every month it offers.
fn compare_all(oracle: &mut Oracle, name: &str, scenario: &Value, found: &Value) {
    compare(name, found, &oracle.answer(scenario));
    for month in found["months"].as_array().unwrap() {
        let key = month["key"].as_str().unwrap();
        let mut scenario = scenario.clone();
        (scenario["from"], scenario["to"]) = (json!(format!("{key}-01")), json!(format!("{key}-31")));
        compare(&format!("{name}, {key}"), month, &oracle.answer(&scenario));
    }
}

fn nanos(text: &str) -> i128 {
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    // Half to even, as the program rounds.
    let kept: i128 = format!("{whole}{:0<9}", &places[..places.len().min(9)]).parse().unwrap();
    let rest = places.get(9..).unwrap_or("").trim_end_matches('0');
    let up = match rest {
        "" => false,
        "5" => kept % 2 == 1,
        _ => rest.as_bytes()[0] >= b'5',
    };
    sign * (kept + i128::from(up))
}

fn amount(money: &Value) -> Option<i128> {
    money["amount"].as_str().map(nanos)
}

/// Holds the program's totals to the oracle's, figure by figure.
fn compare(name: &str, found: &Value, expected: &Value) {
    let total = &found["total"];
    let money = |text: &Value| text.as_str().map(nanos);
    let count = |value: &Value| value.as_str().map(|text| text.parse::<u64>().unwrap());
    if total.is_null() {
        assert!(expected["spend"].is_null() && expected["tokens"]["input"] == 0, "{name}: {expected}");
        return;
    }
    assert_eq!(amount(&total["spend"]), money(&expected["spend"]), "{name}: spend {total} {expected}");
    let zero = |value: Option<i128>| value.unwrap_or(0);
    for (mine, theirs) in [("computed", "computed"), ("reported", "reported"), ("charged", "charge")] {
        let (mine, theirs) = (zero(amount(&total["basis"][mine])), zero(money(&expected["byBasis"][theirs])));
        assert_eq!(mine, theirs, "{name}: {total} {expected}");
    }
    assert_eq!(zero(amount(&total["basis"]["restated"])), zero(money(&expected["reconciled"])), "{name}: restated");
    for field in ["requests", "sessions", "successfulSessions"] {
        assert_eq!(count(&total[field]), expected[field].as_u64(), "{name}: {field} {total} {expected}");
    }
    let tokens = |kind: &str| count(&total["tokens"][kind]).unwrap_or(0);
    for kind in ["input", "cacheRead", "cacheWrite5m", "cacheWrite1h", "output", "reasoning"] {
        assert_eq!(tokens(kind), expected["tokens"][kind].as_u64().unwrap(), "{name}: {kind}");
    }
    assert_eq!(count(&total["unpricedTokens"]), expected["unpricedTokens"].as_u64(), "{name}: unpriced");
    for (mine, theirs) in [
        ("costPerSession", "perSession"),
        ("costPerSuccessfulSession", "perSuccessfulSession"),
        ("costPerRequest", "perRequest"),
        ("costPer1kTokens", "per1kTokens"),
    ] {
        let ratio = &expected["ratios"][theirs];
        assert_eq!(amount(&total[mine]), money(&ratio["value"]), "{name}: {mine} {total} {expected}");
        let coverage = ratio["coverage"].as_str().map_or(1.0, |text| text.parse::<f64>().unwrap());
        let covered = total["coverage"][mine].as_f64().unwrap_or(1.0);
        assert!((coverage - covered).abs() < 1e-9, "{name}: coverage of {mine}: {covered} / {coverage}");
    }
}

async fn empty_workspace() -> Vec<u8> {
    let template = Bench::with_workspace().await;
    template.app.shut_down().await;
    std::fs::read(template.path("acme.quarterdeck")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fixture_alone_comes_to_what_the_oracle_says() {
    let (mut oracle, empty) = (Oracle::start(), empty_workspace().await);
    for source in sources() {
        for zone in ["UTC", "Asia/Kathmandu", "America/Los_Angeles", "Pacific/Auckland"] {
            let found = figures(&empty, zone, &[&source]).await;
            compare_all(&mut oracle, &format!("{} in {zone}", source.feed), &scenario(zone, &[&source]), &found);
        }
    }
}

const ZONES: [&str; 4] = ["Europe/Berlin", "America/Los_Angeles", "UTC", "Pacific/Auckland"];

/// When a line of a usage file happened, as far as lines of one file are ordered by it.
fn moment(line: &str) -> Option<String> {
    let bytes = line.as_bytes();
    let is_date = |at: usize| {
        let shape = b"0000-00-00";
        bytes.len() >= at + shape.len()
            && shape
                .iter()
                .zip(&bytes[at..])
                .all(|(mark, byte)| (mark == &b'0' && byte.is_ascii_digit()) || mark == byte)
    };
    if let Some(at) = line.find("\"start_time\":").map(|at| at + 13) {
        return Some(line[at..].trim_start().chars().take_while(char::is_ascii_digit).collect());
    }
    let at = (0..line.len()).find(|at| is_date(*at))?;
    Some(line[at..].chars().take_while(|c| !matches!(c, '"' | ',' | ';')).collect())
}

/// A file of lines, cut by time into pieces that overlap and repeat, in any order.
fn cut(rng: &mut fastrand::Rng, source: &Source, folder: &Path) -> Vec<Source> {
    let text = std::fs::read_to_string(&source.path).unwrap();
    let has_header = source.format.ends_with("csv");
    let (header, body) = if has_header { text.split_once('\n').unwrap() } else { ("", text.as_str()) };
    let mut lines: Vec<(String, &str)> =
        body.lines().filter(|line| !line.trim().is_empty()).filter_map(|line| Some((moment(line)?, line))).collect();
    lines.sort_by(|a, b| a.0.cmp(&b.0));
    // A part of a long file, so that a case is quick.
    let from = rng.usize(0..=lines.len().saturating_sub(400));
    let lines = &lines[from..(from + 400).min(lines.len())];
    let end_of = |instant: usize| lines.partition_point(|line| line.0 <= lines[instant].0);
    let start_of = |instant: usize| lines.partition_point(|line| line.0 < lines[instant].0);
    let mut cuts: Vec<usize> = (0..rng.usize(1..4)).map(|_| rng.usize(0..lines.len())).collect();
    cuts.extend([0, lines.len() - 1]);
    cuts.sort_unstable();
    let reach = rng.usize(0..=lines.len() / 3);
    let mut pieces: Vec<Vec<&str>> = cuts
        .windows(2)
        .map(|cut| {
            // Whole instants: what a time range asks for.
            let from = start_of(cut[0].saturating_sub(rng.usize(0..=reach)));
            let to = end_of((cut[1] + rng.usize(0..=reach)).min(lines.len() - 1));
            lines[from..to].iter().map(|(_, line)| *line).collect()
        })
        .collect();
    pieces.push(pieces[rng.usize(0..pieces.len())].clone());
    rng.shuffle(&mut pieces);
    let write = |n: usize, lines: &[&str]| {
        let ending = Path::new(&source.path).extension().unwrap_or_default().to_string_lossy().into_owned();
        let path = folder.join(format!("{n}.{ending}"));
        let header = if has_header { format!("{header}\n") } else { String::new() };
        std::fs::write(&path, format!("{header}{}\n", lines.join("\n"))).unwrap();
        Source { path: path.to_string_lossy().into_owned(), ..source.clone() }
    };
    let whole: Vec<&str> = lines.iter().map(|(_, line)| *line).collect();
    let mut files = vec![write(0, &whole)];
    files.extend(pieces.iter().enumerate().map(|(n, piece)| write(n + 1, piece)));
    files
}

#[tokio::test(flavor = "multi_thread")]
async fn fixtures_cut_by_time_come_to_what_the_oracle_says_of_the_whole() {
    let (mut oracle, empty) = (Oracle::start(), empty_workspace().await);
    // Files of lines whose instants sort as texts.
    let is_cuttable = |source: &Source| !source.path.ends_with(".json") && !source.feed.starts_with("semicolons");
    let sources: Vec<Source> = sources().into_iter().filter(is_cuttable).collect();
    let (first, count) = cases(12);
    for seed in first..first + count {
        let mut rng = fastrand::Rng::with_seed(seed);
        let source = &sources[seed as usize % sources.len()];
        let folder = tempfile::tempdir().unwrap();
        let files = cut(&mut rng, source, folder.path());
        let zone = ZONES[rng.usize(0..ZONES.len())];
        let name = format!("seed {seed}: {} in {zone}", source.feed);
        let pieces: Vec<&Source> = files[1..].iter().collect();
        let found = figures(&empty, zone, &pieces).await;
        compare_all(&mut oracle, &name, &scenario(zone, &[&files[0]]), &found);
        compare(&format!("{name}, told in pieces"), &found, &oracle.answer(&scenario(zone, &pieces)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_two_fixtures_in_either_order_come_to_what_the_oracle_says() {
    let (mut oracle, empty) = (Oracle::start(), empty_workspace().await);
    let sources = sources();
    let mut pairs: Vec<(usize, usize)> =
        (0..sources.len()).flat_map(|a| (0..sources.len()).map(move |b| (a, b))).filter(|(a, b)| a != b).collect();
    // Mixed, so that a few of them are of many files. All pairs in `./dev prove`; here an eighth, from the seed on.
    fastrand::Rng::with_seed(0).shuffle(&mut pairs);
    let (seed, count) = cases(pairs.len() as u64 / 8);
    for n in 0..(count as usize).min(pairs.len()) {
        let (a, b) = pairs[(seed as usize + n) % pairs.len()];
        let both = [&sources[a], &sources[b]];
        let zone = ZONES[n % ZONES.len()];
        let found = figures(&empty, zone, &both).await;
        let name = format!("{} then {} in {zone}", both[0].feed, both[1].feed);
        compare_all(&mut oracle, &name, &scenario(zone, &both), &found);
    }
}
