//! One specimen and more of every kind of chart, with invented figures of one company.
#![allow(dead_code)]

pub mod compared;
pub mod spread;
pub mod trends;

use report::chart::*;
use report::table::*;

/// Ticks at these positions.
pub fn ticks(of: &[(f64, &str)]) -> Vec<Tick> {
    of.iter().map(|(at, label)| Tick { at: *at, label: (*label).into() }).collect()
}

pub fn axis(label: &str, min: f64, max: f64, of: &[(f64, &str)]) -> Axis {
    Axis { label: label.into(), min, max, ticks: ticks(of) }
}

/// Whole numbers from `least` to `most`, written by `text`.
pub fn scale(label: &str, (least, most, step): (i32, i32, i32), text: impl Fn(i32) -> String) -> Axis {
    let at = (least..=most).step_by(step as usize);
    let ticks = at.map(|v| Tick { at: f64::from(v), label: text(v) }).collect();
    Axis { label: label.into(), min: f64::from(least), max: f64::from(most), ticks }
}

pub fn table(columns: &[&str], rows: Vec<Vec<String>>) -> TableSpec {
    let columns = columns.iter().enumerate().map(|(index, title)| TableColumn {
        title: (*title).into(),
        align: if index == 0 { Align::Left } else { Align::Right },
        weight: 1.0,
    });
    let rows = rows.into_iter().map(|row| row.into_iter().map(Cell::plain).collect()).collect();
    TableSpec { columns: columns.collect(), rows, total: None }
}

pub fn spec(title: &str, subtitle: &str, x: Axis, y: Axis, marks: Marks, notes: Vec<Annotation>) -> ChartSpec {
    ChartSpec {
        title: title.into(),
        subtitle: subtitle.into(),
        summary: format!("{title}. {subtitle}."),
        x,
        y,
        marks,
        annotations: notes,
        table: TableSpec::default(),
    }
}

pub fn line(name: &str, colour: ColourToken, values: Vec<Option<f64>>, end: &str) -> TrendLine {
    let labels = values.iter().map(|v| v.map_or("—".into(), |v| format!("{v:.2}"))).collect();
    TrendLine { name: name.into(), colour, dashed: false, values, labels, end: end.into() }
}

pub fn dashed(of: TrendLine) -> TrendLine {
    TrendLine { dashed: true, ..of }
}

pub fn mark(at: f64, label: &str, event: EventKind) -> Annotation {
    Annotation::Mark { at, label: label.into(), event }
}

/// Every kind that came with the second version of the vocabulary.
pub fn all() -> Vec<(&'static str, ChartSpec)> {
    vec![
        ("fan", trends::capacity()),
        ("spend", trends::spend()),
        ("burn-down", trends::commitment()),
        ("error-budget", trends::error_budget()),
        ("step", trends::prices()),
        ("multiples", trends::features()),
        ("columns", trends::weeks()),
        ("area", trends::stack()),
        ("bullet", compared::targets()),
        ("forest", compared::quality()),
        ("heat-map", compared::load()),
        ("bridge", compared::bridge(false)),
        ("bridge-across", compared::bridge(true)),
        ("scatter", spread::candidates()),
        ("plan", spread::plan()),
        ("histogram", spread::latency()),
        ("slope", compared::slope()),
    ]
}
