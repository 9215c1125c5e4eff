//! The comparison's charts: differences with the stretch that does not matter, and quality against what a success costs.

use std::collections::HashMap;

use domain::bakeoff::verdict::Verdict;
use domain::stats::scores::Difference;
use report::chart::{Axis, ChartSpec, ColourToken, ForestRow, Margin, Marks, ScatterPoint, Tick};
use report::format;
use report::table::{Align, Cell as TableCell, TableColumn, TableSpec};

use super::{ComparedCandidate, Costs, Loaded, difference_text, sorted};
use crate::Context;

/// Over how many cases both have an answer: "412", or "402 – 405" where it is not the same for every candidate.
fn pairs_text(against: &HashMap<usize, Difference>) -> String {
    let pairs = || against.values().map(|one| one.estimate.cases as i128);
    match (pairs().min(), pairs().max()) {
        (Some(least), Some(most)) if least == most => format::count(least),
        (Some(least), Some(most)) => format!("{} – {}", format::count(least), format::count(most)),
        _ => format::count(0),
    }
}

/// Differences from the incumbent by the first criterion, with the stretch that does not matter.
pub(super) fn forest(
    context: &Context,
    loaded: &Loaded,
    candidates: &[ComparedCandidate],
    against: Option<&HashMap<usize, Difference>>,
    incumbent: Option<usize>,
) -> Option<ChartSpec> {
    let (criterion, against) = (loaded.criteria.first()?, against?);
    let incumbent_name = candidates.get(incumbent?)?.name.clone();
    let scale = criterion.best - criterion.worst;
    let minimum = loaded.bakeoff.details.minimum_effect;
    let points = |value: f64| value / scale * 100.0;
    let (mut low, mut high) = (-minimum * 150.0, minimum * 150.0);
    let rows: Vec<ForestRow> = candidates
        .iter()
        .enumerate()
        .map(|(at, candidate)| {
            let found = against.get(&at);
            let bounds =
                found.and_then(|one| one.estimate.interval.ok()).map(|i| sorted(points(i.low), points(i.high)));
            if let Some((from, to)) = bounds {
                (low, high) = (low.min(from), high.max(to));
            }
            let colour = match found.map(|one| Verdict::of(criterion, one.estimate.interval.ok(), minimum)) {
                Some(Verdict::Worse) => ColourToken::Bad,
                Some(Verdict::Better) => ColourToken::Good,
                _ => ColourToken::Ink,
            };
            ForestRow {
                name: candidate.name.clone(),
                estimate: found.map(|one| points(one.estimate.value)),
                low: bounds.map(|(from, _)| from),
                high: bounds.map(|(_, to)| to),
                label: if Some(at) == incumbent {
                    context.text("forest-reference", &[])
                } else {
                    found.map_or_else(|| "—".to_owned(), |one| difference_text(criterion, one))
                },
                colour,
            }
        })
        .collect();
    // Of shares a point is a percentage point; of other scales it is said whose hundredth it is.
    let unit = match (criterion.worst.min(criterion.best), criterion.worst.max(criterion.best)) {
        (0.0, 1.0) => context.text("forest-axis-share", &[]),
        (from, to) => {
            let end = |value: f64| format::ratio(value, if value.fract() == 0.0 { 0 } else { 2 });
            context.text("forest-axis", &[("from", end(from).into()), ("to", end(to).into())])
        }
    };
    let axis = format::value_axis(low, high, 5, "", &unit);
    let title = context.text("forest-title", &[("incumbent", incumbent_name.clone().into())]);
    let subtitle = context.text(
        "forest-subtitle",
        &[("criterion", criterion.name.clone().into()), ("cases", pairs_text(against).into())],
    );
    let table_rows =
        rows.iter().map(|row| vec![TableCell::plain(row.name.clone()), TableCell::plain(row.label.clone())]).collect();
    Some(ChartSpec {
        summary: format!("{title}. {subtitle}"),
        x: axis,
        y: Axis::default(),
        marks: Marks::Forest {
            rows,
            reference: 0.0,
            margin: Some(Margin {
                low: -minimum * 100.0,
                high: minimum * 100.0,
                label: context.text("forest-margin", &[]),
            }),
        },
        annotations: vec![],
        table: TableSpec {
            columns: vec![
                TableColumn { title: context.text("column-candidate", &[]), align: Align::Left, weight: 1.0 },
                TableColumn { title: unit, align: Align::Right, weight: 1.0 },
            ],
            rows: table_rows,
            total: None,
        },
        title,
        subtitle,
    })
}

/// Quality against what a success costs, on a logarithmic axis, with those that no other beats.
pub(super) fn front(
    context: &Context,
    loaded: &Loaded,
    candidates: &[ComparedCandidate],
    costs: &[Costs],
    currency: domain::money::Currency,
) -> Option<ChartSpec> {
    let criterion = loaded.criteria.first()?;
    let comparison = loaded.comparison.as_ref().ok()?;
    let mut points = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let Some(cost) = costs[at].priced.per_success().filter(|cost| cost.0 > 0) else { continue };
        let Ok(estimate) = comparison.mean(at, 0) else { continue };
        let share = |value: f64| criterion.share(value).unwrap_or(0.0) * 100.0;
        let bounds = estimate.interval.ok().map(|i| sorted(share(i.low), share(i.high)));
        points.push((
            cost.0,
            ScatterPoint {
                name: candidate.name.clone(),
                x: (cost.0 as f64 / 1e15).log10(),
                y: share(estimate.value),
                low: bounds.map(|(low, _)| low),
                high: bounds.map(|(_, high)| high),
                label: format!("{} · {}", candidate.scores[0].text, candidate.cost_text),
                colour: ColourToken::SERIES[at % ColourToken::SERIES.len()],
            },
        ));
    }
    if points.len() < 2 {
        return None;
    }
    points.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.y.total_cmp(&a.1.y)));
    let (mut front, mut best) = (Vec::new(), f64::NEG_INFINITY);
    for (at, (_, point)) in points.iter().enumerate() {
        if point.y > best {
            best = point.y;
            front.push(at as u32);
        }
    }
    let points: Vec<ScatterPoint> = points.into_iter().map(|(_, point)| point).collect();
    let (x_low, x_high) = points.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), p| (l.min(p.x), h.max(p.x)));
    let y_low = points.iter().map(|p| p.low.unwrap_or(p.y)).fold(f64::INFINITY, f64::min);
    let y_high = points.iter().map(|p| p.high.unwrap_or(p.y)).fold(f64::NEG_INFINITY, f64::max);
    let title = context.text("front-title", &[]);
    let subtitle = context.text("front-subtitle", &[("currency", currency.code().to_owned().into())]);
    let text = |nanos: i128| format::money_unit(nanos, currency.code(), context.language);
    let rows =
        points.iter().map(|p| vec![TableCell::plain(p.name.clone()), TableCell::plain(p.label.clone())]).collect();
    Some(ChartSpec {
        summary: format!("{title}. {subtitle}"),
        x: log_axis(x_low, x_high, text, context.text("front-cost", &[])),
        y: format::point_axis(y_low, y_high, 5, "", &criterion.name),
        marks: Marks::Scatter { points, front },
        annotations: vec![],
        table: TableSpec {
            columns: vec![
                TableColumn { title: context.text("column-candidate", &[]), align: Align::Left, weight: 1.0 },
                TableColumn { title: title.clone(), align: Align::Right, weight: 1.0 },
            ],
            rows,
            total: None,
        },
        title,
        subtitle,
    })
}

/// Ticks of 1, 2 and 5 times the powers of ten.
fn log_axis(low: f64, high: f64, text: impl Fn(i128) -> String, label: String) -> Axis {
    let margin = ((high - low) * 0.12).max(0.08);
    let (min, max) = (low - margin, high + margin);
    let ticks = (min.floor() as i32 - 1..=max.ceil() as i32)
        .flat_map(|power| [1.0, 2.0, 5.0].map(|step: f64| (step.log10() + f64::from(power), step * 10f64.powi(power))))
        .filter(|(at, _)| (min..=max).contains(at))
        .map(|(at, value)| Tick { at, label: text((value * 1e9).round() as i128) })
        .collect();
    Axis { label, min, max, ticks }
}
