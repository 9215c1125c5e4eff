//! Figures of an incident: what its hours, and those around them, looked like in the usage.

use chrono::{DateTime, Utc};
use domain::incident::IncidentDetails;
use domain::money::Femtos;
use report::chart::{Annotation, ChartSpec, ColourToken, Marks, Series, Tick};
use report::format;
use report::table::{Align, Cell, TableColumn, TableSpec};
use store::Snapshot;

use super::taken::{FAILED, REQUESTS, SPEND, Usage, hours};
use crate::traffic::HOUR;
use crate::{Context, Result};

/// The figures there are, by name.
pub(crate) const FIGURES: [&str; 3] = ["requests", "spend", "budget"];

/// Hours before and after that are shown with it.
const AROUND: i64 = 6;
/// More hours than that are no figure of an incident.
const MOST: i64 = 24 * 14;

/// A figure by its name; none where the name is none, or nothing is known of the hours.
pub(crate) async fn figure(
    context: &Context,
    snapshot: &mut Snapshot,
    details: &IncidentDetails,
    name: &str,
) -> Result<Option<ChartSpec>> {
    if name == "budget" {
        let Some(span) = super::taken::span(details, context.now()) else { return Ok(None) };
        let burnt = crate::slo::burnt(context, snapshot, span).await?;
        let Some((standing, _)) = burnt.first() else { return Ok(None) };
        return crate::slo::figure(context, snapshot, standing).await;
    }
    let Some((from, to)) = hours(details, context.now()).filter(|_| FIGURES.contains(&name)) else { return Ok(None) };
    let (from, to) = (from - AROUND * HOUR, (to + AROUND * HOUR).min(from + MOST * HOUR));
    let usage = Usage::of(context, snapshot, details).await?;
    let counts = usage.hourly(snapshot, (from, to)).await?;
    let currency = usage.loaded().settings.currency;
    let wanted: &[(usize, &str, ColourToken)] = match name {
        "spend" => &[(SPEND, "taken-spend", ColourToken::Series1)],
        _ => &[(REQUESTS, "taken-requests", ColourToken::Series1), (FAILED, "taken-failed", ColourToken::Bad)],
    };
    let at: Vec<i64> = (0..(to - from) / HOUR).map(|hour| from + hour * HOUR).collect();
    let value = |hour: i64, kind: usize| counts.get(&hour).and_then(|counts| counts[kind]);
    if wanted.iter().all(|(kind, ..)| at.iter().all(|hour| value(*hour, *kind).is_none())) {
        return Ok(None);
    }
    let written = |value: Option<i128>| match (value, name) {
        (None, _) => "—".to_owned(),
        (Some(femtos), "spend") => format::money(Femtos(femtos).to_nanos(), currency.code(), context.language),
        (Some(count), _) => format::count(count),
    };
    // On the axis spend is in units of the currency.
    let drawn = |value: i128| if name == "spend" { value as f64 / 1e15 } else { value as f64 };
    let series: Vec<Series> = wanted
        .iter()
        .filter(|(kind, ..)| at.iter().any(|hour| value(*hour, *kind).is_some()))
        .map(|(kind, label, colour)| Series {
            name: context.text(label, &[]),
            colour: *colour,
            values: at.iter().map(|hour| value(*hour, *kind).map(drawn)).collect(),
            labels: at.iter().map(|hour| written(value(*hour, *kind))).collect(),
        })
        .collect();
    let all = wanted.iter().flat_map(|(kind, ..)| at.iter().filter_map(|hour| value(*hour, *kind)));
    let greatest = all.max().unwrap_or(0);
    let instant = |hour: i64| DateTime::<Utc>::from_timestamp(hour, 0).unwrap_or_default();
    let x_labels: Vec<String> = at.iter().map(|hour| instant(*hour).format("%m-%d %H:%M").to_string()).collect();
    let x: Vec<f64> = at.iter().map(|hour| *hour as f64 / 60.0).collect();
    let (min, max) = (from as f64 / 60.0, (to - HOUR).max(from + HOUR) as f64 / 60.0);
    let mark = |at: Option<DateTime<Utc>>, id: &str| {
        Some(Annotation::Event { at: at?.timestamp() as f64 / 60.0, label: context.text(id, &[]) })
    };
    let times = &details.times;
    let mut columns = vec![TableColumn { title: "UTC".to_owned(), align: Align::Left, weight: 1.0 }];
    columns.extend(series.iter().map(|one| TableColumn { title: one.name.clone(), align: Align::Right, weight: 1.0 }));
    let rows = (0..at.len()).map(|place| {
        let cells = series.iter().map(|one| Cell::plain(one.labels[place].clone()));
        std::iter::once(Cell::plain(x_labels[place].clone())).chain(cells).collect()
    });
    let title = context.text(&format!("figure-{name}"), &[]);
    Ok(Some(ChartSpec {
        summary: title.clone(),
        title,
        subtitle: "UTC".to_owned(),
        x: report::chart::Axis { label: String::new(), min, max, ticks: ticks(min, max) },
        y: if name == "spend" {
            format::money_axis(0, Femtos(greatest).to_nanos(), 5, currency.code(), "", context.language)
        } else {
            format::count_axis(0, greatest, 5, "", context.language)
        },
        annotations: [mark(times.detected, "change-detected"), mark(times.mitigated, "change-mitigated")]
            .into_iter()
            .flatten()
            .collect(),
        table: TableSpec { columns, rows: rows.collect(), total: None },
        marks: Marks::Line { x, x_labels, series, bands: Vec::new(), step: true },
    }))
}

/// Some six times of the clock within a span of minutes.
pub(crate) fn ticks(min: f64, max: f64) -> Vec<Tick> {
    const STEPS: [f64; 15] =
        [1.0, 2.0, 5.0, 10.0, 15.0, 30.0, 60.0, 120.0, 240.0, 360.0, 720.0, 1_440.0, 2_880.0, 10_080.0, 43_200.0];
    let step = STEPS.into_iter().find(|step| (max - min) / step <= 8.0).unwrap_or((max - min) / 6.0);
    let form = if step >= 1_440.0 { "%m-%d" } else { "%H:%M" };
    let mut at = (min / step).ceil() * step;
    let mut ticks = Vec::new();
    while at <= max {
        let label =
            DateTime::from_timestamp((at * 60.0) as i64, 0).map_or_else(String::new, |at| at.format(form).to_string());
        ticks.push(Tick { at, label });
        at += step;
    }
    ticks
}
