//! Rows that are compared with each other, with a target, or with zero.

use report::chart::*;

use super::{axis, scale, spec};

pub fn quality() -> ChartSpec {
    let rows = [
        ("Lumen Pro", Some(0.9), -0.5, 2.3, "+0.9 [−0.5, 2.3]", ColourToken::Ink),
        ("Harbor L-2", None, 0.0, 0.0, "reference", ColourToken::Muted),
        ("Northwind 4", Some(-0.2), -1.5, 1.1, "−0.2 [−1.5, 1.1]", ColourToken::Ink),
        ("Open 70B", Some(-3.2), -4.7, -1.6, "−3.2 [−4.7, −1.6]", ColourToken::Bad),
        ("Lumen Flash", Some(-6.6), -9.8, -3.2, "−6.6 [−9.8, −3.2]", ColourToken::Bad),
    ];
    let forest = rows.iter().map(|(name, estimate, low, high, label, colour)| ForestRow {
        name: (*name).into(),
        estimate: *estimate,
        low: estimate.map(|_| *low),
        high: estimate.map(|_| *high),
        label: (*label).into(),
        colour: *colour,
    });
    spec(
        "Two candidates are as good as Harbor L-2 within a point",
        "Difference in pass rate, percentage points, 95 % paired; 412 cases",
        scale("points", (-8, 4, 2), |v| format!("{v:+}").replace('-', "−").replace("+0", "0")),
        Axis::default(),
        Marks::Forest {
            rows: forest.collect(),
            reference: 0.0,
            margin: Some(Margin { low: -1.0, high: 1.0, label: "no worse".into() }),
        },
        vec![],
    )
}

pub fn load() -> ChartSpec {
    let days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let hours = ["00", "03", "06", "09", "12", "15", "18", "21"];
    let at = |d: usize, h: usize| {
        let day = if d > 4 { 0.3 } else { 1.0 };
        day * [0.1, 0.05, 0.3, 0.95, 0.8, 0.9, 0.45, 0.2][h] + ((d * 3 + h * 5) % 7) as f64 * 0.008
    };
    let rows = days.iter().enumerate().map(|(d, day)| HeatRow {
        name: (*day).into(),
        cells: (0..hours.len())
            .map(|h| {
                let unknown = d == 6 && h == 7;
                let value = at(d, h) * 4.7;
                HeatCell {
                    shade: (!unknown).then(|| at(d, h)),
                    label: if unknown { "—".into() } else { format!("{value:.1}") },
                    exact: if unknown { "—".into() } else { format!("{value:.2} M tokens a minute") },
                }
            })
            .collect(),
    });
    spec(
        "Weekday mornings carry the load",
        "Million tokens a minute, p99 by weekday and hour, 28 days to 22 Nov",
        Axis::default(),
        Axis::default(),
        Marks::HeatMap {
            columns: hours.map(String::from).to_vec(),
            rows: rows.collect(),
            low: "0".into(),
            high: "4.7 M".into(),
        },
        vec![],
    )
}

pub fn targets() -> ChartSpec {
    let row = |name: &str, value: f64, label: &str, target: f64, said: &str, max: f64| BulletRow {
        name: name.into(),
        value: Some(value),
        label: label.into(),
        colour: ColourToken::Ink,
        target: Some(target),
        target_label: said.into(),
        projected: None,
        ranges: vec![target * 0.8, target],
        max,
    };
    let rows = vec![
        BulletRow { projected: Some(925.0), ..row("Spend, Q4", 550.2, "$550.23k", 910.0, "budget $910k", 1000.0) },
        row("Cost per session", 0.0346, "$0.0346", 0.035, "target $0.0350", 0.05),
        BulletRow { colour: ColourToken::Warn, ..row("Input TPM, gpt-5.1", 86.0, "86 %", 80.0, "floor 80 %", 100.0) },
        BulletRow { ranges: vec![], ..row("Error budget left", 31.0, "31 %", 25.0, "policy 25 %", 100.0) },
        BulletRow { value: None, ..row("Agent operations", 0.0, "—", 70.0, "too few events", 100.0) },
    ];
    spec(
        "One limit is past its floor",
        "Five figures against their targets, 24 Nov 2026",
        Axis::default(),
        Axis::default(),
        Marks::Bullet { rows },
        vec![],
    )
}

fn steps() -> Vec<WaterfallStep> {
    let parts = [
        ("Traffic", false, 0.0, 14.2, "+$14.2k", ColourToken::Series1),
        ("Model mix", false, 14.2, 9.1, "−$5.1k", ColourToken::Series2),
        ("Caching", false, 9.1, 0.8, "−$8.3k", ColourToken::Series2),
        ("Longer prompts in Code review", false, 0.8, 4.9, "+$4.1k", ColourToken::Series1),
        ("Prices", false, 4.9, -2.2, "−$7.1k", ColourToken::Series2),
        ("Change", true, 0.0, -2.2, "−$2.2k", ColourToken::Accent),
    ];
    let step = |(name, total, from, to, label, colour): &(&str, bool, f64, f64, &str, ColourToken)| WaterfallStep {
        name: (*name).into(),
        total: *total,
        from: *from,
        to: *to,
        label: (*label).into(),
        colour: *colour,
    };
    parts.iter().map(step).collect()
}

pub fn bridge(horizontal: bool) -> ChartSpec {
    let values = axis("", -5.0, 20.0, &[(-5.0, "−$5k"), (0.0, "$0"), (5.0, "+$5k"), (10.0, "+$10k"), (15.0, "+$15k")]);
    let (x, y) = if horizontal { (values, Axis::default()) } else { (Axis::default(), values) };
    spec(
        "Prices and caching more than paid for the growth in traffic",
        "Change of weekly spend on $141.7k, 16 to 22 Nov against 9 to 15 Nov",
        x,
        y,
        Marks::Bridge { steps: steps(), horizontal },
        vec![],
    )
}

pub fn slope() -> ChartSpec {
    let rows = [
        ("Document search", ColourToken::Series1, 24.1, 32.5),
        ("Support chat", ColourToken::Series2, 25.0, 22.9),
        ("Code review", ColourToken::Series3, 21.6, 19.1),
        ("Visit summaries", ColourToken::Series4, 12.0, 13.8),
        ("Agent operations", ColourToken::Series5, 8.8, 9.1),
        ("Intake triage", ColourToken::Series6, 8.5, 2.6),
    ];
    let rows = rows.iter().map(|(name, colour, from, to)| SlopeRow {
        name: (*name).into(),
        colour: *colour,
        from: Some(*from),
        to: Some(*to),
        from_label: format!("{from:.1} %"),
        to_label: format!("{to:.1} %"),
    });
    spec(
        "Document search took over from Support chat",
        "Share of tokens by feature, per cent",
        Axis::default(),
        axis("", 0.0, 35.0, &[]),
        Marks::Slope { from: "Q3 2026".into(), to: "Q4 2026 to date".into(), rows: rows.collect() },
        vec![],
    )
}
