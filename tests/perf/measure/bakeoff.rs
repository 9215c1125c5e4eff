//! A whole bake-off: every mean and every pair of eight candidates by six criteria over five thousand cases, 10,000 resamples
//! each, and the strengths of each criterion, beside SciPy on the same scores.

use std::io::Write;
use std::process::Command;
use std::time::Instant;

use domain::stats::bradley_terry::{Anchor, Ratings, Settings, Ties, bradley_terry, games_of};
use domain::stats::random::Draws;
use domain::stats::scores::{Comparison, Scores, compare as compare_all};
use domain::stats::{Design, Resampling};
use serde_json::Value;

use super::{RUNS, Setting, line, median};

const CANDIDATES: usize = 8;
const CRITERIA: usize = 6;
const CASES: usize = 5_000;
const REFITS: u32 = 1_000;

const LIMIT_SECONDS: f64 = 2.0;
const TIMES_FASTER: f64 = 20.0;

/// Two criteria of passes, two of rubrics from 1 to 5, two of any number. A share of `missing` answers.
fn generated(missing: f64) -> Vec<Option<f64>> {
    let mut draws = Draws::new(7, 0);
    let mut values = vec![None; CANDIDATES * CRITERIA * CASES];
    for criterion in 0..CRITERIA {
        for case in 0..CASES {
            let hard = draws.normal();
            for candidate in 0..CANDIDATES {
                let quality = 0.05 * candidate as f64 - hard + draws.normal();
                let score = match criterion {
                    0 | 1 => f64::from(quality > 0.0),
                    2 | 3 => (3.0 + quality).round().clamp(1.0, 5.0),
                    _ => quality,
                };
                if draws.unit() >= missing {
                    values[(candidate * CRITERIA + criterion) * CASES + case] = Some(score);
                }
            }
        }
    }
    values
}

fn analyse(values: &[Option<f64>]) -> (Comparison, Vec<Ratings>) {
    let keys: Vec<u128> = (0..CASES as u128).collect();
    let design = Design { keys: Some(&keys), ..Design::default() };
    let scores = Scores { candidates: CANDIDATES, criteria: CRITERIA, cases: CASES, values, design };
    let resampling = Resampling { resamples: REFITS, ..Resampling::seeded(1) };
    let settings = Settings { ties: Ties::HalfWins, anchor: Anchor::Candidate(0), resampling };
    let strengths = (0..CRITERIA)
        .map(|criterion| bradley_terry(CANDIDATES, &games_of(&scores, criterion, 0.0).unwrap(), &settings).unwrap());
    (compare_all(&scores, &Resampling::seeded(1)).unwrap(), strengths.collect())
}

fn seconds(values: &[Option<f64>]) -> f64 {
    let run = |_| {
        let start = Instant::now();
        std::hint::black_box(analyse(values));
        start.elapsed().as_secs_f64()
    };
    median((0..RUNS).map(run).collect())
}

pub fn compare(setting: &Setting) {
    let values = generated(0.0);
    std::fs::create_dir_all(&setting.work).unwrap();
    let path = setting.work.join("scores.f64");
    let mut file = std::io::BufWriter::new(std::fs::File::create(&path).unwrap());
    values.iter().for_each(|value| file.write_all(&value.unwrap().to_le_bytes()).unwrap());
    file.flush().unwrap();
    drop(file);

    let ours = seconds(&values);
    let numbers = [CANDIDATES, CRITERIA, CASES, Resampling::DEFAULT_RESAMPLES as usize, REFITS as usize];
    let peer = Command::new(&setting.python)
        .arg("tests/perf/peer_bakeoff.py")
        .arg(&path)
        .args(numbers.map(|number| number.to_string()))
        .output()
        .unwrap();
    assert!(peer.status.success(), "{}", String::from_utf8_lossy(&peer.stderr));
    let peer: Value = serde_json::from_slice(&peer.stdout).unwrap();
    same(&values, &peer);

    let theirs = peer["seconds"].as_f64().unwrap();
    println!(
        "  SciPy {}: {theirs:.0} s (intervals {:.0} s, strengths {:.0} s), scaled up from {} of the work",
        peer["version"],
        peer["intervals"].as_f64().unwrap(),
        peer["strengths"].as_f64().unwrap(),
        peer["measured_of"]
    );
    line(
        "8 candidates × 6 criteria × 5,000 cases, all intervals",
        &format!("{ours:.2} s"),
        "2 s",
        ours < LIMIT_SECONDS,
    );
    let times = theirs / ours;
    line("the same in SciPy", &format!("{theirs:.0} s = {times:.0} times"), "20 times", times >= TIMES_FASTER);
    let gaps = seconds(&generated(0.02));
    line("with one answer in fifty missing", &format!("{gaps:.2} s"), "2 s", gaps < LIMIT_SECONDS);
}

/// The peer did the same analysis: its limits differ by no more than a tenth of the interval, its strengths not at all.
fn same(values: &[Option<f64>], peer: &Value) {
    let (comparison, ratings) = analyse(values);
    for limit in peer["limits"].as_array().unwrap() {
        let at = |k: usize| limit[k].as_u64().unwrap() as usize;
        let found = comparison.difference(at(0), at(1), at(2)).unwrap().estimate.interval.unwrap();
        let off = (found.low - limit[3].as_f64().unwrap()).abs().max((found.high - limit[4].as_f64().unwrap()).abs());
        assert!(off < 0.1 * (found.high - found.low), "{limit}: {found:?}");
    }
    let theirs = peer["log_strength"].as_array().unwrap();
    for (ours, theirs) in ratings[CRITERIA - 1].log_strength.iter().zip(theirs) {
        assert!((ours - theirs.as_f64().unwrap()).abs() < 1e-3, "{ours} {theirs}");
    }
}
