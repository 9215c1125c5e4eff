//! One figure everywhere: what the window is given, the deck in both languages, the CSV exports and the command line say the same
//! of every fixture, of all of them together and of the sample, digit for digit where they show the same digits.

use std::path::Path;

use app::report::format;
use app::report::locale::Language;
use quarterdeck_tests::sources::{Source, sources};
use quarterdeck_tests::window::Window;
use quarterdeck_tests::{Bench, bare, pdf_text, quarterdeck};
use serde_json::{Value, json};

fn nanos(money: &Value) -> i128 {
    let text = money["amount"].as_str().unwrap();
    let (sign, digits) = text.strip_prefix('-').map_or((1, text), |digits| (-1, digits));
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    sign * format!("{whole}{places:0<9}").parse::<i128>().unwrap()
}

fn run(folder: &Path, arguments: &[&str]) -> String {
    let output = quarterdeck(folder, arguments);
    assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

/// The newest quarter that holds data.
async fn quarter(bench: &Bench) -> String {
    let periods = bench.call("periods", Value::Null).await;
    let quarters = periods.as_array().unwrap().iter().filter(|option| option["kind"] == "quarter");
    for option in quarters {
        let period = option["key"].as_str().unwrap();
        let view = bench.call("economics", json!({ "period": period, "by": ["model"] })).await;
        if !view["total"].is_null() {
            return period.to_owned();
        }
    }
    panic!("no quarter holds data");
}

/// Sums a column of the hourly export over the days of a period.
fn exported(csv: &str, column: &str, (from, to): (&str, &str)) -> u64 {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let at = reader.headers().unwrap().iter().position(|name| name == column).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    // A row of a date counts on its date, whatever the zone.
    let within = |row: &&csv::StringRecord| match row[0].len() {
        10 => from[..10] <= row[0] && row[0] < to[..10],
        _ => from <= &row[0] && &row[0] < to,
    };
    rows.iter().filter(within).map(|row| row[at].parse::<u64>().unwrap_or(0)).sum()
}

/// Compares every surface but the window itself; returns the quarter and what the window is given.
async fn agree(name: &str, bench: &Bench, workspace: &str) -> (String, Value) {
    let period = quarter(bench).await;
    let query = json!({ "period": period, "by": ["model"], "filters": [], "limit": 0 });
    let view = bench.call("economics", query).await;
    let folder = bench.folder.path();
    let said: Value = serde_json::from_str(&run(
        folder,
        &["-w", workspace, "economics", "--period", &period, "--by", "model", "--json"],
    ))
    .unwrap();
    for part in ["tiles", "rows", "total", "unpriced"] {
        assert_eq!(said[part], view[part], "{name}: {part}");
    }
    let spend = &view["total"]["spend"];
    let line = run(folder, &["-w", workspace, "economics", "--period", &period, "--by", "model"]);
    let home = run(folder, &["-w", workspace, "export", "exported", "--force"]);
    assert!(!home.is_empty());
    let csv = std::fs::read_to_string(folder.join("exported/usage_hourly.csv")).unwrap();
    let days = (view["period"]["from"].as_str().unwrap(), view["period"]["to"].as_str().unwrap());
    let tokens = [
        "input",
        "cache_read",
        "cache_write_5m",
        "cache_write_1h",
        "output",
        "input_audio",
        "input_image",
        "output_audio",
        "output_image",
    ];
    let counted: u64 = tokens.iter().map(|column| exported(&csv, column, days)).sum();
    assert_eq!(view["total"]["tokensTotal"], counted.to_string(), "{name}: tokens exported");
    for (language, code) in [(Language::En, "en"), (Language::ZhCn, "zh-CN")] {
        let deck = format!("{code}.pdf");
        let report = ["-w", workspace, "report", "quarter", &period, "--out", &deck, "--lang", code, "--force"];
        run(folder, &report);
        let text = pdf_text(&folder.join(&deck)).replace([' ', '\u{a0}', '\u{202f}'], "");
        if !spend.is_null() {
            let shown =
                [format::money(nanos(spend), "USD", language), format::money_compact(nanos(spend), "USD", language)];
            let shown = shown.map(|figure| figure.replace([' ', '\u{a0}', '\u{202f}'], ""));
            assert!(shown.iter().any(|figure| text.contains(figure)), "{name}, {code}: none of {shown:?} in {text}");
        }
    }
    if !spend.is_null() {
        let shown = format::money_unit(nanos(spend), "USD", Language::En);
        assert!(line.contains(&shown), "{name}: {shown} is not in {line}");
    }
    (period, view)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_fixture_reads_the_same_on_every_surface() {
    for source in sources() {
        let bench = Bench::with_workspace().await;
        bench.bring(&source).await.unwrap_or_else(|| panic!("{}: nothing is good", source.feed));
        agree(&source.feed, &bench, "acme.quarterdeck").await;
    }
}

/// What the window shows on its tiles is what its core was asked for.
async fn window_agrees(name: &str, folder: &Path, workspace: &str, period: &str, view: &Value) {
    let window = Window::open(folder, Some(&folder.join(workspace))).await;
    let payload = json!({ "period": period, "by": ["model"], "filters": [], "limit": 0 });
    assert_eq!(bare(&window.call("economics", payload).await["tiles"]), view["tiles"], "{name}");
    let shown_in =
        async |testid: &str| window.find(testid).await.text().await.unwrap().replace(['\u{a0}', '\u{202f}'], " ");
    // Home looks at the newest quarter too: its figures are these.
    let home = window.call("home", Value::Null).await["quarter"].clone();
    assert_eq!((&home["key"], &bare(&home["tiles"])), (&json!(period), &view["tiles"]), "{name}: Home");
    let on_home = shown_in("home-tile-spend").await;
    window.click("nav-economics").await;
    let shown = shown_in("economics-tile-spend").await;
    assert_eq!(on_home, shown, "{name}: Home's tile");
    let spend = nanos(&view["total"]["spend"]);
    // The table's total is written to the cent.
    let cents = format::money(spend, "USD", Language::En);
    let table = shown_in("economics-table").await;
    assert!(table.contains(cents.trim_start_matches('$')), "{name}: {cents} is not in {table}");
    // Large amounts are shortened to thousands with two decimals.
    let thousands = format!("${:.2}k", spend as f64 / 1e12);
    let full = format::money_compact(spend, "USD", Language::En);
    assert!(shown.contains(&full) || shown.contains(&thousands), "{name}: {full} or {thousands} is not in {shown}");
    window.close().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn all_fixtures_together_and_the_sample_read_the_same_in_the_window_too() {
    let bench = Bench::with_workspace().await;
    let all: Vec<Source> = sources();
    for source in &all {
        bench.bring(source).await;
    }
    let (period, view) = agree("all", &bench, "acme.quarterdeck").await;
    bench.app.shut_down().await;
    window_agrees("all", bench.folder.path(), "acme.quarterdeck", &period, &view).await;

    let bench = Bench::new();
    run(bench.folder.path(), &["new", "sample.quarterdeck", "--sample"]);
    bench.call("workspace_open", json!({ "path": bench.path("sample.quarterdeck") })).await;
    let (period, view) = agree("sample", &bench, "sample.quarterdeck").await;
    // The sample's bills charge no model, feature and tenant: nothing is drawn or counted under no name.
    let deck = pdf_text(&bench.folder.path().join("en.pdf"));
    assert!(!deck.contains("No model given") && !deck.contains("No feature given"), "{deck}");
    assert!(deck.contains("of 40 tenants"), "{deck}");
    bench.app.shut_down().await;
    window_agrees("sample", bench.folder.path(), "sample.quarterdeck", &period, &view).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_amount_halfway_between_two_cents_reads_the_same_on_every_surface() {
    let bench = Bench::new();
    let folder = bench.folder.path();
    std::fs::write(folder.join("bill.csv"), "date,vendor,model,cost\n2026-08-03,openai,gpt-4o,16.125\n").unwrap();
    run(folder, &["new", "tie.quarterdeck"]);
    let read = ["--time-zone", "UTC", "--decimal-comma", "false"];
    run(folder, &[&["-w", "tie.quarterdeck", "import", "usage", "bill.csv"], &read[..]].concat());
    bench.call("workspace_open", json!({ "path": bench.path("tie.quarterdeck") })).await;
    let (period, view) = agree("tie", &bench, "tie.quarterdeck").await;
    let table = run(folder, &["-w", "tie.quarterdeck", "economics", "--period", &period, "--by", "model"]);
    assert!(table.contains("16.12") && !table.contains("16.13"), "{table}");
    bench.app.shut_down().await;
    window_agrees("tie", folder, "tie.quarterdeck", &period, &view).await;
}
