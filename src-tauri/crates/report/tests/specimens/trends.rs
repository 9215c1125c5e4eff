//! Lines over time.

use report::chart::*;

use super::{axis, dashed, line, mark, scale, spec};

fn wave(index: usize) -> f64 {
    ((index * 37) % 11) as f64 / 11.0 - 0.5
}

/// Weekly peaks with a forecast in three bands, a limit, and where it is crossed.
pub fn capacity() -> ChartSpec {
    let known = 25;
    let x: Vec<f64> = (0..36).map(f64::from).collect();
    let past = |i: usize| 3.3 + i as f64 * 0.04 + wave(i) * 0.14;
    let dips = [4.30, 3.9, 4.4, 4.45, 4.5, 4.48, 3.95, 4.3, 4.7, 4.8, 4.9, 5.0];
    let future = |i: usize| dips[i + 1 - known];
    let history = (0..36).map(|i| (i < known).then(|| if i + 1 == known { 4.30 } else { past(i) })).collect();
    let forecast = (0..36).map(|i| (i + 1 >= known).then(|| future(i))).collect();
    let band = |name: &str, reach: f64| {
        let at = |i: usize, sign: f64| (i + 1 >= known).then(|| future(i) + sign * reach * (i + 1 - known) as f64);
        Interval {
            name: name.into(),
            colour: ColourToken::Accent,
            lower: (0..36).map(|i| at(i, -1.0)).collect(),
            upper: (0..36).map(|i| at(i, 1.0)).collect(),
            labels: vec![],
        }
    };
    let point =
        |x: f64, y: f64, label: &str, colour, ring| Annotation::Point { x, y, label: label.into(), colour, ring };
    let months = [(0.0, "Jun"), (4.0, "Jul"), (8.5, "Aug"), (13.0, "Sep"), (17.0, "Oct"), (21.5, "Nov"), (26.0, "Dec")];
    let months: Vec<_> = months.into_iter().chain([(30.0, "Jan 2027"), (34.5, "Feb")]).collect();
    spec(
        "gpt-5.1 passes its input TPM limit in the week of 15 Feb 2027",
        "p99 minute of each week, million tokens; bands 50, 80, 95 %; to 22 Nov",
        axis("", 0.0, 35.0, &months),
        scale("M TPM", (3, 6, 1), |v| format!("{v}.0")),
        Marks::Fan {
            x_labels: x.iter().map(|i| format!("Week {i:.0}")).collect(),
            x,
            lines: vec![
                line("forecast", ColourToken::Accent, forecast, "5.00 M"),
                line("measured", ColourToken::Ink, history, "4.30 M"),
            ],
            bands: vec![band("95 %", 0.06), band("80 %", 0.04), band("50 %", 0.02)],
        },
        vec![
            Annotation::Target { at: 5.0, label: "input TPM limit, OpenAI gpt-5.1".into() },
            Annotation::Event { at: 24.0, label: "today".into() },
            mark(14.0, "Visit summaries launch, 7 Sep", EventKind::Release),
            mark(15.5, "INC-27", EventKind::Incident),
            mark(30.5, "Price change, 1 Jan", EventKind::PriceChange),
            point(32.0, 5.0, "11 Jan, upper", ColourToken::Bad, true),
            point(35.0, 5.0, "", ColourToken::Bad, true),
        ],
    )
}

/// Cumulative spend, its forecast and the budget it is held against.
pub fn spend() -> ChartSpec {
    let x: Vec<f64> = (0..92).map(f64::from).collect();
    let at = |i: usize| 10.1 * i as f64 + wave(i) * 6.0;
    let actual = (0..92).map(|i| (i <= 53).then(|| if i == 53 { 550.2 } else { at(i) + 12.0 })).collect();
    let forecast = (0..92).map(|i| (i >= 53).then(|| 550.2 + (i - 53) as f64 * 9.9)).collect();
    let bound = |sign: f64| (0..92).map(|i| (i >= 53).then(|| 550.2 + (i - 53) as f64 * (9.9 + sign))).collect();
    let interval = Interval {
        name: "80 %".into(),
        colour: ColourToken::Accent,
        lower: bound(-0.7),
        upper: bound(0.7),
        labels: vec![],
    };
    spec(
        "Spend passes the quarter's budget on 30 Dec",
        "Cumulative, Q4 2026; band 80 %; metered to 24 Nov 04:00",
        axis("", 0.0, 91.0, &[(0.0, "1 Oct"), (31.0, "1 Nov"), (61.0, "1 Dec"), (91.0, "31 Dec")]),
        scale("", (0, 1000, 250), |v| if v == 1000 { "$1.0M".into() } else { format!("${v}k") }),
        Marks::Fan {
            x_labels: x.iter().map(|i| format!("day {i:.0}")).collect(),
            x,
            lines: vec![
                line("forecast", ColourToken::Accent, forecast, "$925k"),
                line("spend", ColourToken::Ink, actual, "$550.23k on 23 Nov"),
            ],
            bands: vec![interval],
        },
        vec![
            Annotation::Path {
                x: vec![0.0, 91.0],
                y: vec![0.0, 910.0],
                label: "$910k budget".into(),
                colour: ColourToken::Ink,
            },
            mark(11.0, "Route short chats to gpt-5-mini", EventKind::PriceChange),
            mark(39.0, "Release 92, Code review", EventKind::Release),
        ],
    )
}

/// A commitment that is used up at its end, at an even pace.
pub fn commitment() -> ChartSpec {
    let x: Vec<f64> = (0..=12).map(f64::from).collect();
    let left = [900.0, 850.0, 760.0, 720.0, 640.0, 520.0, 455.0, 380.0, 300.0, 187.0];
    let actual = (0..13).map(|i| left.get(i).copied()).collect();
    let ahead = (0..13).map(|i| (i >= 9).then(|| 187.0 - (i - 9) as f64 * 57.0)).collect();
    spec(
        "OpenAI commitment ends $16k short",
        "$713k of $900k drawn; 43 % chance of a shortfall",
        axis("", 0.0, 12.0, &[(0.0, "14 Feb"), (5.0, "Jul"), (8.0, "Oct"), (12.0, "13 Feb")]),
        scale("", (0, 900, 300), |v| if v == 0 { "$0".into() } else { format!("${v}k") }),
        Marks::Burn {
            x_labels: x.iter().map(|i| format!("month {i:.0}")).collect(),
            pace: dashed(line(
                "even pace",
                ColourToken::Muted,
                (0..13).map(|i| Some(900.0 - 75.0 * f64::from(i))).collect(),
                "",
            )),
            x,
            actual: line("left", ColourToken::Ink, actual, "$187k left"),
            projected: vec![line("short", ColourToken::Accent, ahead, "$16k")],
        },
        vec![Annotation::Incomplete { from: 8.5, to: 9.0, label: "Nov so far".into() }],
    )
}

/// What is left of an error budget, at two paces.
pub fn error_budget() -> ChartSpec {
    let x: Vec<f64> = (0..50).map(f64::from).collect();
    let past = |i: usize| {
        if i < 2 { 69.0 } else { 54.0 - (i - 2) as f64 * 0.7 - if i > 22 { (i - 22) as f64 * 2.0 } else { 0.0 } }
    };
    let actual = (0..50).map(|i| (i <= 27).then(|| if i == 27 { 31.0 } else { past(i).max(33.0) })).collect();
    let pace = |slope: f64, floor: f64| {
        let from = |i: usize| if i < 30 { 31.0 - (i - 27) as f64 * 2.0 } else { 43.0 - (i - 30) as f64 * slope };
        (0..50).map(|i| (i >= 27).then(|| from(i).max(floor))).collect()
    };
    spec(
        "31 % of the budget is left; at the last 3 days' pace it is gone on 8 Dec",
        "Slow requests left, % of budget, rolling 28 days; metered to 24 Nov 04:00",
        axis("", 0.0, 49.0, &[(0.0, "27 Oct"), (13.0, "9 Nov"), (27.0, "23 Nov"), (41.0, "7 Dec")]),
        scale("", (0, 80, 20), |v| format!("{v} %")),
        Marks::Burn {
            x_labels: x.iter().map(|i| format!("day {i:.0}")).collect(),
            x,
            pace: dashed(line("", ColourToken::Muted, vec![], "")),
            actual: line("left", ColourToken::Ink, actual, "31 %"),
            projected: vec![
                line("3-day pace", ColourToken::Accent, pace(3.6, 0.0), "1.3 ×"),
                dashed(line("28-day pace", ColourToken::Accent, pace(0.9, 0.0), "0.69 ×")),
            ],
        },
        vec![
            Annotation::Level { at: 50.0, label: "50 % spent".into(), colour: ColourToken::Ink },
            Annotation::Level { at: 25.0, label: "75 % spent".into(), colour: ColourToken::Ink },
            mark(2.0, "INC-33, OpenAI outage", EventKind::Incident),
            mark(9.0, "Release 91", EventKind::Release),
            mark(21.0, "Release 93", EventKind::Release),
            mark(25.0, "INC-34", EventKind::Incident),
            Annotation::Event { at: 27.0, label: "now".into() },
            Annotation::Point { x: 42.0, y: 0.0, label: "8 Dec".into(), colour: ColourToken::Bad, ring: true },
        ],
    )
}

pub fn prices() -> ChartSpec {
    let x = vec![0.0, 120.0, 245.0, 330.0];
    let known = |v: [f64; 4]| v.into_iter().map(Some).collect();
    spec(
        "Harbor L-2: input fell 20 % on 1 Feb 2026",
        "USD per million tokens, standard tier, as of 24 Nov 2026",
        axis("", 0.0, 540.0, &[(0.0, "Jun 2025"), (122.0, "Oct"), (245.0, "Feb 2026"), (365.0, "Jun"), (487.0, "Oct")]),
        scale("", (0, 15, 5), |v| format!("${v}")),
        Marks::Step {
            x_labels: ["1 Jun 2025", "29 Sep 2025", "1 Feb 2026", "27 Apr 2026"].map(String::from).to_vec(),
            x,
            lines: vec![
                line("Output", ColourToken::Series3, known([12.0, 12.0, 9.6, 9.6]), "$9.60"),
                line("Input", ColourToken::Series1, known([3.0, 3.0, 2.4, 2.4]), "$2.40"),
                line("Cache read", ColourToken::Series2, known([0.3, 0.6, 0.24, 0.24]), "$0.24"),
            ],
        },
        vec![mark(245.0, "List price cut", EventKind::PriceChange)],
    )
}

/// Eight features on one scale.
pub fn features() -> ChartSpec {
    let names =
        ["Document search", "Support chat", "Code review", "Visit summaries", "Agent operations", "Intake triage"];
    let x: Vec<f64> = (0..26).map(f64::from).collect();
    let panels = names.iter().enumerate().map(|(k, name)| {
        let base = 32.0 / (k as f64 + 1.2);
        let values = (0..26).map(|i| Some(base + i as f64 * 0.2 + wave(i * (k + 2)) * 4.0)).collect();
        Panel {
            title: (*name).into(),
            note: format!("${:.1}k", base + 5.0),
            lines: vec![line(name, ColourToken::SERIES[k], values, "")],
        }
    });
    spec(
        "Document search alone passes $25k a week",
        "Spend per week and feature, thousand USD, Jun to Nov 2026",
        axis("", 0.0, 25.0, &[(0.0, "Jun"), (13.0, "Sep"), (25.0, "Nov")]),
        scale("", (0, 40, 20), |v| format!("${v}k")),
        Marks::Multiples {
            x_labels: x.iter().map(|i| format!("week {i:.0}")).collect(),
            x,
            columns: 3,
            panels: panels.collect(),
        },
        vec![Annotation::Level { at: 25.0, label: "$25k".into(), colour: ColourToken::Muted }],
    )
}

/// Weekly columns of which the last is still filling.
pub fn weeks() -> ChartSpec {
    let names = ["5 Oct", "12 Oct", "19 Oct", "26 Oct", "2 Nov", "9 Nov", "16 Nov", "23 Nov"];
    let values = [61.0, 63.5, 66.0, 64.2, 70.1, 71.8, 74.0, 22.6];
    let bars = names.iter().zip(values).map(|(name, value)| Bar {
        name: (*name).into(),
        value: Some(value),
        label: format!("${value:.1}k"),
        colour: ColourToken::Series1,
        low: None,
        high: None,
    });
    spec(
        "Spend grows by 2.8 % a week",
        "USD per week from Monday; the week of 23 Nov to Tuesday",
        Axis::default(),
        scale("", (0, 80, 20), |v| if v == 0 { "$0".into() } else { format!("${v}k") }),
        Marks::Bar { bars: bars.collect(), horizontal: false },
        vec![
            Annotation::Incomplete { from: 7.0, to: 8.0, label: "to 24 Nov".into() },
            Annotation::Level { at: 70.0, label: "budget $70k a week".into(), colour: ColourToken::Ink },
        ],
    )
}

/// Stacked days with a budget that steps, events and an unfinished day.
pub fn stack() -> ChartSpec {
    let x: Vec<f64> = (0..40).map(f64::from).collect();
    let series = ["Document search", "Support chat", "Code review"].iter().enumerate().map(|(k, name)| {
        let value = |i: usize| if i == 39 { 1.0 } else { 3.0 - k as f64 * 0.6 + wave(i + k) * 0.8 + i as f64 * 0.01 };
        Series {
            name: (*name).into(),
            colour: ColourToken::SERIES[k],
            values: (0..40).map(|i| Some(value(i))).collect(),
            labels: (0..40).map(|i| format!("${:.2}k", value(i))).collect(),
        }
    });
    spec(
        "Document search is 40 % of spend",
        "USD per day by feature, 15 Oct to 23 Nov 2026",
        axis("", 0.0, 39.0, &[(0.0, "15 Oct"), (17.0, "1 Nov"), (32.0, "16 Nov")]),
        scale("", (0, 12, 4), |v| format!("${v}k")),
        Marks::StackedArea {
            x_labels: x.iter().map(|i| format!("day {i:.0}")).collect(),
            x,
            series: series.collect(),
            step: false,
        },
        vec![
            Annotation::Path {
                x: vec![0.0, 17.0, 17.0, 39.0],
                y: vec![8.0, 8.0, 9.0, 9.0],
                label: "budget".into(),
                colour: ColourToken::Ink,
            },
            Annotation::Incomplete { from: 38.0, to: 39.0, label: "23 Nov so far".into() },
            Annotation::End { series: "Document search".into(), value: "$3.1k".into() },
            Annotation::End { series: "Support chat".into(), value: "$2.6k".into() },
            Annotation::End { series: "Code review".into(), value: "$2.0k".into() },
            mark(14.0, "INC-33", EventKind::Incident),
            mark(16.0, "Release 91", EventKind::Release),
            mark(24.0, "Release 92", EventKind::Release),
            mark(27.0, "Harbor L-2 list price", EventKind::PriceChange),
        ],
    )
}
