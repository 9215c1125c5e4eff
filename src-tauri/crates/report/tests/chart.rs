//! Charts on their own: every kind of marks, ordinary and odd.
#![allow(clippy::unwrap_used)]

mod demo;

use report::canvas::{Canvas, Mark};
use report::chart::*;
use report::chart_svg;
use report::doc::Block;
use report::locale::Language;
use report::plot::{Look, draw_chart};
use report::table::TableSpec;
use report::text::Typesetter;

/// All charts of the demonstration: one of each kind at least.
fn charts(language: Language) -> Vec<ChartSpec> {
    let blocks = demo::demo(language).pages.into_iter().flat_map(|p| p.blocks);
    blocks.filter_map(|b| if let Block::Chart { chart } = b { Some(*chart) } else { None }).collect()
}

fn spec(marks: Marks, max: f64) -> ChartSpec {
    ChartSpec {
        title: "T".into(),
        subtitle: "S".into(),
        summary: "In words".into(),
        x: Axis { max: 3.0, ..Axis::default() },
        y: demo::axis("USD", max, &[(0.0, "0".into()), (max, "top".into())]),
        marks,
        annotations: vec![
            Annotation::Target { at: 1e300, label: "far".into() },
            Annotation::Event { at: f64::NAN, label: "never".into() },
            Annotation::Event {
                at: 1.0,
                label: "an event with quite a long name that has to be shortened somewhere".into(),
            },
        ],
        table: TableSpec::default(),
    }
}

fn series(name: &str, values: Vec<Option<f64>>) -> Series {
    let labels = values.iter().map(|v| format!("{v:?}")).collect();
    Series { name: name.into(), colour: ColourToken::Series1, values, labels }
}

fn texts(canvas: &Canvas) -> Vec<(f32, f32, f32, f32, String)> {
    canvas
        .marks
        .iter()
        .filter_map(|m| match m {
            Mark::Text { x, y, run, .. } => {
                Some((*x, y - run.size * 0.7, x + run.width, y + run.size * 0.1, run.text.clone()))
            }
            _ => None,
        })
        .collect()
}

fn check(canvas: &Canvas) {
    let all = texts(canvas);
    for (i, a) in all.iter().enumerate() {
        assert!(
            a.0 > -1.0 && a.1 > -6.0 && a.2 < canvas.width + 1.0 && a.3 < canvas.height + 4.0,
            "{a:?} leaves the picture"
        );
        for b in &all[i + 1..] {
            let apart = a.2 <= b.0 + 0.3 || b.2 <= a.0 + 0.3 || a.3 <= b.1 + 0.3 || b.3 <= a.1 + 0.3;
            assert!(apart, "{a:?} on {b:?}");
        }
    }
}

#[test]
fn every_kind_of_chart_draws_within_its_picture_and_without_overlaps() {
    for language in Language::ALL {
        for chart in charts(language) {
            for (width, height) in [(860.0, 380.0), (560.0, 300.0), (480.0, 220.0)] {
                check(&draw_chart(&chart, width, height, Look::DECK, &mut Typesetter::new()).unwrap());
            }
        }
    }
}

#[test]
fn odd_data_is_drawn_as_far_as_it_goes_and_never_panics() {
    let wild = vec![Some(f64::INFINITY), Some(-1e300), None, Some(f64::NAN), Some(2.0)];
    let x = vec![0.0, 1.0, 2.0, 3.0];
    let odd = [
        Marks::StackedArea {
            x: x.clone(),
            x_labels: vec![],
            series: vec![series("a", wild.clone()), series("b", vec![])],
            step: true,
        },
        Marks::StackedArea { x: vec![], x_labels: vec![], series: vec![], step: false },
        Marks::Line {
            x: x.clone(),
            x_labels: vec![],
            series: vec![series("a", wild.clone())],
            bands: vec![Band {
                name: "b".into(),
                colour: ColourToken::Accent,
                lower: wild.clone(),
                upper: wild.clone(),
            }],
            step: true,
        },
        Marks::Line { x: vec![], x_labels: vec![], series: vec![series("a", vec![])], bands: vec![], step: false },
        Marks::Bar { bars: vec![], horizontal: true },
        Marks::Bar {
            bars: vec![Bar {
                name: "n".into(),
                value: Some(f64::NAN),
                label: "—".into(),
                colour: ColourToken::Bad,
                low: Some(9.0),
                high: Some(-9.0),
            }],
            horizontal: false,
        },
        Marks::StackedBar {
            categories: vec!["a".into(), "b".into()],
            series: vec![series("s", vec![Some(1e300)])],
            horizontal: false,
        },
        Marks::StackedBar { categories: vec![], series: vec![], horizontal: true },
        Marks::Timeline { lanes: vec![] },
        Marks::Timeline {
            lanes: vec![Lane {
                name: "l".into(),
                spans: vec![Span { from: 9.0, to: -9.0, label: "s".into(), colour: ColourToken::Ink }],
                marks: vec![LaneMark { at: f64::NAN, label: "m".into(), colour: ColourToken::Ink }],
            }],
        },
        Marks::Waterfall { steps: vec![] },
    ];
    for marks in odd {
        for max in [5.0, 0.0, f64::NAN] {
            for (width, height) in [(400.0, 250.0), (30.0, 20.0)] {
                draw_chart(&spec(marks.clone(), max), width, height, Look::PAGE, &mut Typesetter::new()).unwrap();
            }
        }
    }
}

#[test]
fn too_many_series_for_labels_get_a_legend_instead() {
    let many: Vec<Series> = (0..30).map(|i| series(&format!("series {i}"), vec![Some(0.1), Some(0.1)])).collect();
    let marks = Marks::StackedArea { x: vec![0.0, 3.0], x_labels: vec![], series: many, step: false };
    let mut chart = spec(marks, 5.0);
    chart.annotations.clear();
    let canvas = draw_chart(&chart, 600.0, 240.0, Look::DECK, &mut Typesetter::new()).unwrap();
    check(&canvas);
    assert_eq!(texts(&canvas).iter().filter(|t| t.4.starts_with("series")).count(), 30);
}

#[test]
fn a_gap_is_no_zero() {
    let marks = Marks::Line {
        x: vec![0.0, 1.0, 2.0, 3.0],
        x_labels: vec![],
        series: vec![series("a", vec![Some(4.0), Some(4.0), None, Some(4.0)])],
        bands: vec![],
        step: false,
    };
    let canvas = draw_chart(&spec(marks, 5.0), 400.0, 250.0, Look::DECK, &mut Typesetter::new()).unwrap();
    let blue = report::palette::paper(ColourToken::Series1);
    let lines = canvas.marks.iter().filter(|m| matches!(m, Mark::Stroke { colour, .. } if *colour == blue)).count();
    let dots = canvas.marks.iter().filter(|m| matches!(m, Mark::Fill { colour, .. } if *colour == blue)).count();
    assert_eq!((lines, dots), (1, 1));
}

#[test]
fn a_chart_as_svg_carries_title_summary_and_labels_as_text() {
    for chart in charts(Language::ZhCn) {
        let svg = chart_svg(&chart, 800.0, 450.0).unwrap();
        assert!(svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" height=\"450\""));
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
        assert!(!svg.contains("NaN") && !svg.contains("inf"));
    }
    let mut chart = spec(Marks::Waterfall { steps: vec![] }, 5.0);
    chart.title = "R&D <spend>".into();
    let svg = chart_svg(&chart, 300.0, 200.0).unwrap();
    assert!(svg.contains("<title>R&amp;D &lt;spend&gt;</title>") && svg.contains("<desc>In words</desc>"));
}
