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
        table: table_of(&marks),
        x,
        y,
        marks,
        annotations: notes,
    }
}

/// The data of the marks as a table, as a caller makes it from the same results.
fn table_of(marks: &Marks) -> TableSpec {
    let trend = |x_labels: &[String], lines: Vec<&TrendLine>| {
        let heads: Vec<&str> = std::iter::once("When").chain(lines.iter().map(|l| l.name.as_str())).collect();
        let at = |i: usize| lines.iter().map(move |l| l.labels.get(i).cloned().unwrap_or("—".into()));
        let rows = x_labels.iter().enumerate().map(|(i, x)| std::iter::once(x.clone()).chain(at(i)).collect());
        table(&heads, rows.collect())
    };
    let pairs = |heads: [&str; 2], rows: Vec<(String, String)>| {
        table(&heads, rows.into_iter().map(|(name, value)| vec![name, value]).collect())
    };
    match marks {
        Marks::Fan { x_labels, lines, .. } | Marks::Step { x_labels, lines, .. } => {
            trend(x_labels, lines.iter().collect())
        }
        Marks::Burn { x_labels, pace, actual, projected, .. } => {
            trend(x_labels, std::iter::once(actual).chain(projected).chain([pace]).collect())
        }
        Marks::Multiples { x_labels, panels, .. } => trend(x_labels, panels.iter().flat_map(|p| &p.lines).collect()),
        Marks::StackedArea { x_labels, series, .. } => {
            let heads: Vec<&str> = std::iter::once("When").chain(series.iter().map(|s| s.name.as_str())).collect();
            let row = |(i, x): (usize, &String)| {
                std::iter::once(x.clone()).chain(series.iter().map(|s| s.labels[i].clone())).collect()
            };
            table(&heads, x_labels.iter().enumerate().map(row).collect())
        }
        Marks::Bar { bars, .. } => {
            pairs(["Week", "Spend"], bars.iter().map(|b| (b.name.clone(), b.label.clone())).collect())
        }
        Marks::Forest { rows, .. } => {
            pairs(["Candidate", "Difference"], rows.iter().map(|r| (r.name.clone(), r.label.clone())).collect())
        }
        Marks::HeatMap { columns, rows, .. } => {
            let heads: Vec<&str> = std::iter::once("Day").chain(columns.iter().map(String::as_str)).collect();
            let row = |r: &HeatRow| -> Vec<String> {
                std::iter::once(&r.name).chain(r.cells.iter().map(|c| &c.exact)).cloned().collect()
            };
            table(&heads, rows.iter().map(row).collect())
        }
        Marks::Bullet { rows } => {
            let cells = |r: &BulletRow| vec![r.name.clone(), r.label.clone(), r.target_label.clone()];
            table(&["Figure", "Now", "Target"], rows.iter().map(cells).collect())
        }
        Marks::Bridge { steps, .. } | Marks::Waterfall { steps } => {
            pairs(["Driver", "Change"], steps.iter().map(|s| (s.name.clone(), s.label.clone())).collect())
        }
        Marks::Scatter { points, .. } => {
            pairs(["Candidate", "Quality and cost"], points.iter().map(|p| (p.name.clone(), p.label.clone())).collect())
        }
        Marks::Histogram { quantiles, .. } => {
            table(&["Quantile"], quantiles.iter().map(|q| vec![q.label.clone()]).collect())
        }
        Marks::Slope { from, to, rows } => {
            let cells = |r: &SlopeRow| vec![r.name.clone(), r.from_label.clone(), r.to_label.clone()];
            table(&["Feature", from, to], rows.iter().map(cells).collect())
        }
        Marks::Timeline { lanes } => {
            let said = |l: &Lane| l.spans.iter().map(|s| s.label.clone()).collect::<Vec<_>>().join(", ");
            pairs(["Feature", "Phases"], lanes.iter().map(|l| (l.name.clone(), said(l))).collect())
        }
        Marks::Line { .. } | Marks::StackedBar { .. } => TableSpec::default(),
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
