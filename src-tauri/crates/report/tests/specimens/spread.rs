//! How values spread, and lanes over time.

use report::chart::*;

use super::{axis, mark, scale, spec};

pub fn candidates() -> ChartSpec {
    let points = [
        ("Lumen Flash", 0.16_f64, 72.9, ColourToken::Series4),
        ("Harbor S-2", 0.21, 74.6, ColourToken::Rest),
        ("Open 70B", 0.38, 77.8, ColourToken::Series5),
        ("Northwind 4", 0.71, 83.2, ColourToken::Series2),
        ("Northwind 4 mini", 0.69, 82.6, ColourToken::Series7),
        ("Harbor L-2", 0.92, 84.1, ColourToken::Series1),
        ("Harbor L-1", 0.97, 83.7, ColourToken::Series6),
        ("Lumen Pro", 1.34, 85.0, ColourToken::Series3),
    ];
    let all = points.iter().map(|(name, cost, quality, colour)| ScatterPoint {
        name: (*name).into(),
        x: cost.log10(),
        y: *quality,
        low: Some(quality - 1.4),
        high: Some(quality + 1.4),
        label: format!("{quality:.1} %, ${cost:.2} per success"),
        colour: *colour,
    });
    let ticks = [0.2_f64, 0.5, 1.0, 1.5].map(|v| (v.log10(), format!("${v:.2}")));
    let ticks: Vec<(f64, &str)> = ticks.iter().map(|(at, label)| (*at, label.as_str())).collect();
    spec(
        "Northwind 4 gives nearly the best quality at half the price",
        "Quality against cost per successful task; contract prices, log scale; line is the efficient front",
        axis("USD per success", -0.95, 0.25, &ticks),
        scale("quality, %", (70, 90, 5), |v| v.to_string()),
        Marks::Scatter { points: all.collect(), front: vec![0, 1, 2, 3, 5, 7] },
        vec![Annotation::Level { at: 80.0, label: "gate 80 %".into(), colour: ColourToken::Muted }],
    )
}

pub fn latency() -> ChartSpec {
    let counts = [2.0, 14.0, 41.0, 66.0, 72.0, 58.0, 43.0, 31.0, 22.0, 15.0, 10.0, 7.0, 5.0, 3.0, 2.0, 2.0];
    let bins = counts.iter().enumerate().map(|(i, count)| Bin {
        from: i as f64 * 0.5,
        to: (i + 1) as f64 * 0.5,
        value: *count,
        label: format!("{:.1}–{:.1} s: {count:.0}k requests", i as f64 * 0.5, (i + 1) as f64 * 0.5),
    });
    let quantile = |at: f64, label: &str| Quantile { at, label: label.into() };
    spec(
        "One request in twenty takes longer than 5.1 s",
        "Support chat, end to end, 393k requests, 28 days to 22 Nov",
        scale("seconds", (0, 8, 2), |v| v.to_string()),
        scale("thousand requests", (0, 80, 20), |v| v.to_string()),
        Marks::Histogram {
            bins: bins.collect(),
            quantiles: vec![quantile(2.4, "p50 2.4 s"), quantile(5.1, "p95 5.1 s"), quantile(6.9, "p99 6.9 s")],
            colour: ColourToken::Series1,
        },
        vec![],
    )
}

/// Phases of a release train: spans that overlap, marks with names, events over all lanes.
pub fn plan() -> ChartSpec {
    let span = |from: f64, to: f64, label: &str, colour| Span { from, to, label: label.into(), colour };
    let dot = |at: f64, label: &str, colour| LaneMark { at, label: label.into(), colour };
    let lanes = vec![
        Lane {
            name: "Document search".into(),
            spans: vec![
                span(2.0, 16.0, "Evaluate", ColourToken::Series1),
                span(12.0, 26.0, "Canary", ColourToken::Series2),
                span(26.0, 70.0, "Production", ColourToken::Series5),
            ],
            marks: vec![dot(16.0, "gate passed", ColourToken::Good), dot(26.0, "release 94", ColourToken::Ink)],
        },
        Lane {
            name: "Support chat".into(),
            spans: vec![
                span(8.0, 34.0, "Bake-off", ColourToken::Series1),
                span(34.0, 48.0, "Migration", ColourToken::Series2),
            ],
            marks: vec![dot(34.0, "decision", ColourToken::Ink), dot(36.5, "notice to vendor", ColourToken::Bad)],
        },
        Lane {
            name: "Code review".into(),
            spans: vec![span(20.0, 44.0, "Prompt v32", ColourToken::Series1)],
            marks: vec![],
        },
    ];
    spec(
        "Support chat moves before notice is due",
        "Plan, 1 Oct to 30 Nov 2026",
        axis("", 0.0, 60.0, &[(0.0, "1 Oct"), (14.0, "15 Oct"), (31.0, "1 Nov"), (45.0, "15 Nov"), (60.0, "30 Nov")]),
        Axis::default(),
        Marks::Timeline { lanes },
        vec![
            mark(28.0, "INC-33", EventKind::Incident),
            mark(31.0, "List prices change", EventKind::PriceChange),
            Annotation::Event { at: 54.0, label: "today".into() },
        ],
    )
}
