//! The kinds of the second version of the vocabulary: within the picture, without overlaps, whatever the data.
//! `KINDS_OUT=dir` writes each as SVG and all as one PDF, to be looked at. The window's gallery shows the same
//! specimens: `UPDATE_SPECIMENS=1 cargo test -p report --test kinds` after changing one.
#![allow(clippy::unwrap_used)]

mod specimens;

use report::canvas::{Canvas, Mark};
use report::chart::*;
use report::doc::{Block, Page, ReportDoc};
use report::plot::{Look, draw_chart};
use report::text::Typesetter;
use report::{Paper, chart_svg, render_pdf};

fn texts(canvas: &Canvas) -> Vec<(f32, f32, f32, f32, String)> {
    let text = |m: &Mark| match m {
        Mark::Text { x, y, run, .. } => {
            Some((*x, y - run.size * 0.7, x + run.width, y + run.size * 0.1, run.text.clone()))
        }
        _ => None,
    };
    canvas.marks.iter().filter_map(text).collect()
}

fn check(name: &str, canvas: &Canvas) {
    let all = texts(canvas);
    for (i, a) in all.iter().enumerate() {
        assert!(
            a.0 > -1.0 && a.1 > -6.0 && a.2 < canvas.width + 1.0 && a.3 < canvas.height + 4.0,
            "{name}: {a:?} leaves the picture"
        );
        for b in &all[i + 1..] {
            let apart = a.2 <= b.0 + 0.3 || b.2 <= a.0 + 0.3 || a.3 <= b.1 + 0.3 || b.3 <= a.1 + 0.3;
            assert!(apart, "{name}: {a:?} on {b:?}");
        }
    }
}

fn draw(chart: &ChartSpec, width: f32, height: f32) -> Canvas {
    draw_chart(chart, width, height, Look::DECK, &mut Typesetter::new()).unwrap()
}

#[test]
fn every_kind_draws_within_its_picture_and_without_overlaps() {
    for (name, chart) in specimens::all() {
        for (width, height) in [(860.0, 380.0), (560.0, 300.0), (480.0, 240.0)] {
            check(name, &draw(&chart, width, height));
        }
    }
}

#[test]
fn every_kind_is_written_in_words_too() {
    for (name, chart) in specimens::all() {
        assert!(!chart.summary.is_empty(), "{name}");
        let svg = chart_svg(&chart, 800.0, 420.0).unwrap();
        assert!(!svg.contains("NaN") && !svg.contains("inf"), "{name}");
    }
}

#[test]
fn the_ends_of_lines_carry_their_values() {
    let words = |chart: &ChartSpec| texts(&draw(chart, 860.0, 380.0)).into_iter().map(|t| t.4).collect::<Vec<_>>();
    let fan = words(&specimens::trends::capacity());
    for text in ["5.00 M", "4.30 M", "95 %", "80 %", "50 %", "today", "INC-27"] {
        assert!(fan.iter().any(|t| t.replace('\u{a0}', " ").trim() == text), "{text} in {fan:?}");
    }
    let stack = words(&specimens::trends::stack());
    assert!(stack.iter().any(|t| t.trim() == "$3.1k"), "{stack:?}");
}

#[test]
fn an_unfinished_bucket_is_hatched_and_no_other() {
    let whole = |mut chart: ChartSpec| {
        chart.annotations.retain(|a| !matches!(a, Annotation::Incomplete { .. }));
        chart
    };
    let strokes =
        |chart: &ChartSpec| draw(chart, 860.0, 380.0).marks.iter().filter(|m| matches!(m, Mark::Stroke { .. })).count();
    for chart in [specimens::trends::weeks(), specimens::trends::stack(), specimens::trends::commitment()] {
        assert!(strokes(&chart) > strokes(&whole(chart.clone())) + 3, "{}", chart.title);
    }
}

#[test]
fn odd_data_never_panics() {
    for (name, chart) in specimens::all() {
        for max in [0.0, f64::NAN, f64::INFINITY] {
            let mut odd = chart.clone();
            odd.x.max = max;
            odd.y.max = max;
            for (width, height) in [(400.0, 250.0), (30.0, 20.0)] {
                assert!(draw(&odd, width, height).width > 0.0, "{name}");
            }
        }
    }
}

#[test]
fn all_kinds_stand_in_a_document() {
    let pages = specimens::all().into_iter().map(|(name, chart)| Page {
        id: name.into(),
        kicker: name.into(),
        headline: chart.title.clone(),
        subtitle: chart.subtitle.clone(),
        blocks: vec![Block::Chart {
            chart: Box::new(ChartSpec { title: String::new(), subtitle: String::new(), ..chart }),
        }],
        commentary: None,
    });
    let doc = ReportDoc {
        title: "Charts".into(),
        subtitle: String::new(),
        workspace: "Meridian Health".into(),
        period: "Q4 2026".into(),
        sample_notice: None,
        language: "en".into(),
        provenance: String::new(),
        pages: pages.collect(),
    };
    let created = chrono::DateTime::from_timestamp(1_790_900_000, 0).unwrap();
    let pdf = render_pdf(&doc, Paper::Deck, created).unwrap();
    assert!(pdf.warnings.is_empty(), "{:?}", pdf.warnings);
    if let Ok(folder) = std::env::var("KINDS_OUT") {
        std::fs::write(format!("{folder}/kinds.pdf"), pdf.bytes).unwrap();
        for (name, chart) in specimens::all() {
            std::fs::write(format!("{folder}/{name}.svg"), chart_svg(&chart, 720.0, 380.0).unwrap()).unwrap();
        }
    }
}

/// Thousandths are enough for geometry, and do not differ from machine to machine.
fn rounded(value: serde_json::Value) -> serde_json::Value {
    use serde_json::Value;
    match value {
        Value::Number(n) if n.is_f64() => {
            let thousandths = (n.as_f64().unwrap() * 1000.0).round();
            let whole = thousandths % 1000.0 == 0.0;
            if whole { Value::from((thousandths / 1000.0) as i64) } else { Value::from(thousandths / 1000.0) }
        }
        Value::Array(all) => all.into_iter().map(rounded).collect(),
        Value::Object(all) => all.into_iter().map(|(key, value)| (key, rounded(value))).collect(),
        other => other,
    }
}

#[test]
fn the_gallery_shows_these_specimens() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../../ui/src/app/gallery/specimens.ts");
    let mut fresh = String::from(
        "/** Written from the specimens of the report crate's tests: the window and the paper draw the same values. */\n\
         import type { ChartSpec } from \"@/core/types\";\n\nexport const specimens: [string, ChartSpec][] = [\n",
    );
    for (name, chart) in specimens::all() {
        let spec = rounded(serde_json::to_value(&chart).unwrap());
        fresh += &format!("  [{name:?}, {spec}],\n");
    }
    fresh += "];\n";
    if std::env::var_os("UPDATE_SPECIMENS").is_some() {
        std::fs::write(path, &fresh).unwrap();
    }
    let committed = std::fs::read_to_string(path).unwrap_or_default().replace("\r\n", "\n");
    assert!(committed == fresh, "stale: UPDATE_SPECIMENS=1 cargo test -p report --test kinds");
}
