//! Every value of the canary judge and of the sequential test in `tests/fixtures/reliability`, reproduced. The tests
//! print their tables: `cargo test -p domain stats::canary -- --nocapture`.

use serde_json::Value;

use super::mann_whitney::{Class, Direction, Judge, Method, Ratios, Verdict, judge, mann_whitney};
use super::sequential::{Arm, Lift, Plan, sequential};

/// The values the estimate and its interval are known to: ties make them steps, and the search of R ends within this.
const STEP: f64 = 1e-4;

macro_rules! fixture {
    ($path:literal) => {
        serde_json::from_str::<Value>(include_str!(concat!(
            env!("CARGO_MANIFEST_DIR"),
            "/../../../tests/fixtures/reliability/",
            $path
        )))
        .unwrap()
    };
}

/// Rows of source, published, ours.
#[derive(Default)]
struct Table(Vec<[String; 4]>);

impl Table {
    fn number(&mut self, source: String, published: f64, ours: f64, to: f64) {
        let difference = format!("{:.1e}", ours - published);
        self.0.push([source.clone(), format!("{published:.9}"), format!("{ours:.9}"), difference]);
        assert!((published - ours).abs() <= to, "{source}: published {published}, ours {ours}, allowed {to}");
    }

    fn word(&mut self, source: String, published: &str, ours: &str) {
        self.0.push([source.clone(), published.to_owned(), ours.to_owned(), "same".to_owned()]);
        assert_eq!(published, ours, "{source}");
    }

    fn print(&self) {
        println!("{:<104}{:>16}{:>16}{:>11}", "source", "published", "ours", "difference");
        for [source, published, ours, difference] in &self.0 {
            println!("{source:<104}{published:>16}{ours:>16}{difference:>11}");
        }
    }
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|value| value.as_f64().unwrap()).collect()
}

fn ratios(value: &Value) -> Option<Ratios> {
    value.as_array().map(|_| numbers(value)).map(|found| Ratios { low: found[0], high: found[1] })
}

/// One published case: its samples and how it is judged.
struct Case {
    name: String,
    experiment: Vec<f64>,
    control: Vec<f64>,
    judge: Judge,
    expected: String,
    critical: bool,
}

impl Case {
    fn judged(&self) -> Verdict {
        judge(&self.experiment, &self.control, &self.judge).unwrap()
    }
}

fn cases() -> Vec<Case> {
    let file = fixture!("kayenta/samples.json");
    let sample = |value: &Value| numbers(value.as_str().map_or(value, |name| &file["series"][name]));
    let of = |case: &Value| Case {
        name: case["name"].as_str().unwrap().to_owned(),
        experiment: sample(&case["experiment"]),
        control: sample(&case["control"]),
        judge: Judge {
            tolerance: 0.1,
            confidence: 0.95,
            direction: match case["direction"].as_str().unwrap() {
                "increase" => Direction::Increase,
                "decrease" => Direction::Decrease,
                "either" => Direction::Either,
                other => panic!("{other}"),
            },
            effect: ratios(&case["effect"]).unwrap_or_default(),
            critical: ratios(&case["critical_thresholds"]),
        },
        expected: case["expected"].as_str().unwrap().to_owned(),
        critical: case["critical"].as_bool().unwrap_or(false),
    };
    file["cases"].as_array().unwrap().iter().map(of).collect()
}

#[test]
fn every_value_of_the_canary_judge_is_reproduced() {
    let cases = cases();
    let mut table = Table::default();
    let mut entries = 0;
    for entry in fixture!("kayenta/recomputed.json").as_array().unwrap() {
        let name = entry["name"].as_str().unwrap();
        let case = cases.iter().find(|case| case.name == name).unwrap_or_else(|| panic!("{name} has no samples"));
        let found = case.judged();
        let of = |what: &str| format!("{name}, {what}");
        entries += 1;
        table.word(of("class"), entry["expected"].as_str().unwrap(), &format!("{:?}", found.class));
        if entry["skipped"].as_bool() == Some(true) {
            // Only its class is published.
            assert_eq!(entry["n"], serde_json::json!([case.experiment.len(), case.control.len()]), "{name}");
            continue;
        }
        table.word(of("class here"), entry["classification"].as_str().unwrap(), &format!("{:?}", found.class));
        let test = found.test.unwrap();
        let number = |value: &Value| value.as_f64().unwrap_or_else(|| panic!("{name}: no number"));
        table.number(of("low"), number(&entry["ci"][0]), test.interval.low, STEP);
        table.number(of("high"), number(&entry["ci"][1]), test.interval.high, STEP);
        table.number(of("shift"), number(&entry["estimate"]), test.shift, STEP);
        table.number(of("bound"), number(&entry["bound"]), found.bound.unwrap(), STEP);
        match (entry["mean_ratio"].as_f64(), found.ratio) {
            (Some(published), Some(ours)) => table.number(of("ratio of means"), published, ours, 1e-12),
            (published, ours) => table.word(of("ratio of means"), &format!("{published:?}"), &format!("{ours:?}")),
        }
    }
    table.print();
    // No entry of the file is left out.
    assert_eq!((entries, table.0.len()), (22, 124), "entries, and rows of the table");
}

#[test]
fn every_published_class_of_the_canary_judge_is_reproduced() {
    let mut table = Table::default();
    for case in cases() {
        let found = case.judged();
        table.word(case.name.clone(), &case.expected, &format!("{:?}", found.class));
        assert_eq!(found.critical, case.critical, "{}", case.name);
        // The mirror of a case is its mirrored class, but where a ratio is asked for.
        if case.judge.effect == Ratios::default() && case.judge.direction == Direction::Either {
            let mirrored = judge(&case.control, &case.experiment, &case.judge).unwrap().class;
            let expected = match found.class {
                Class::High => Class::Low,
                Class::Low => Class::High,
                class => class,
            };
            assert_eq!(mirrored, expected, "{}", case.name);
        }
    }
    table.print();
}

/// Hollander and Wolfe, "Nonparametric Statistical Methods", 1973, p. 69: permeability of 10 and 5 placentas; R's
/// example of `wilcox.test` gives the one-sided p, 0.1272. And the ozone of May and August in New York, R's
/// `airquality`, with ties.
#[test]
fn the_examples_of_r_are_reproduced() {
    let term = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    let weeks = [1.15, 0.88, 0.90, 0.74, 1.21];
    let mut table = Table::default();
    let found = mann_whitney(&term, &weeks, 0.95, Method::AsR).unwrap();
    assert!(found.exact && found.enough);
    table.number("placentas, W".to_owned(), 35.0, found.u, 0.0);
    table.number("placentas, p of one side".to_owned(), 0.1272, found.p / 2.0, 5e-5);
    let may: [u32; 26] =
        [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37];
    let august: [u32; 26] =
        [39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85];
    let found = mann_whitney(&may.map(f64::from), &august.map(f64::from), 0.95, Method::AsR).unwrap();
    assert!(!found.exact);
    table.number("ozone, W".to_owned(), 127.5, found.u, 0.0);
    table.number("ozone, p".to_owned(), 0.000_120_8, found.p, 5e-8);
    table.print();
}

#[test]
fn every_value_of_the_sequential_test_is_reproduced() {
    let file = fixture!("numeric_fixtures.json");
    let mut table = Table::default();
    for (at, entry) in file["growthbook_sequential"].as_array().unwrap().iter().enumerate() {
        let arm = |of: &Value| {
            let n = of["n"].as_u64().unwrap();
            match of["ss"].as_f64() {
                Some(sum_of_squares) => Arm::Values { sum: of["sum"].as_f64().unwrap(), sum_of_squares, n },
                None => Arm::Share { passed: of["sum"].as_u64().unwrap(), n },
            }
        };
        let tuning = entry["N"].as_f64().unwrap();
        let plan = Plan { alpha: entry["alpha"].as_f64().unwrap_or(0.05), tuning, lift: Lift::Relative };
        let found = sequential(arm(&entry["a"]), arm(&entry["b"]), &plan).unwrap();
        let mut row = |what: &str, published: &Value, ours: f64, to: f64| {
            let kind = if entry["prop"] == true { "shares" } else { "means" };
            table.number(format!("sequential {at}, {kind}, {what}"), published.as_f64().unwrap(), ours, to);
        };
        row("ρ", &entry["rho"], found.rho, 5e-11);
        row("difference", &entry["expected"], found.difference, 5e-6);
        row("SE", &entry["sd"], found.se, 5e-6);
        row("low", &entry["ci"][0], found.interval.low, 5e-6);
        row("high", &entry["ci"][1], found.interval.high, 5e-6);
        row("p", &entry["p"], found.p, 5e-6);
    }
    table.print();
    assert_eq!(table.0.len(), 12, "rows of the table");
}
