//! The budget as it went down, with what happened, and where it goes at two paces.

use chrono::DateTime;
use domain::calendar::ReportingCalendar;
use domain::incident::Incident;
use domain::slo::{Budget, Pace, Window, budget};
use report::chart::{Annotation, Axis, ChartSpec, ColourToken, EventKind, Marks, Tick, TrendLine};
use report::format;
use report::table::{Align, Cell, TableColumn, TableSpec};

use super::{DAY, SHORT, Standing, days_of};
use crate::Context;
use crate::view::position;

/// Incidents that are named on the line; more would be read by nobody.
const NAMED: usize = 5;

/// What is left at the end of each day of the last window, and of each day to come.
pub(super) fn burn_down(
    context: &Context,
    calendar: &ReportingCalendar,
    standing: &Standing,
    incidents: &[Incident],
) -> Option<ChartSpec> {
    let details = &standing.slo.details;
    standing.left()?;
    let days = days_of(details.window).min(92);
    let day_at = |minute: i64| calendar.day_of_seconds(minute * 60);
    let begin = match details.window {
        Window::Rolling { .. } => standing.minute - days * DAY,
        Window::Calendar { .. } => standing.budget.window.0,
    };
    let past = (standing.minute - begin).div_euclid(DAY);
    let left_at = |minute: i64| {
        Budget::of(&standing.counted, details.objective, details.method, details.window, standing.zone, minute).left()
    };
    let known: Vec<Option<f64>> = (0..=past).map(|day| left_at(standing.minute - (past - day) * DAY)).collect();
    let ahead = |pace_days: u32| {
        Pace::over(&standing.counted, pace_days, standing.minute).map(|pace| {
            let (history, objective, method) = (&standing.counted, details.objective, details.method);
            budget::ahead(history, objective, method, details.window, standing.zone, standing.minute, pace)
        })
    };
    let long = u32::try_from(days).unwrap_or(28);
    let projected = [(SHORT, ahead(SHORT), ColourToken::Accent, false), (long, ahead(long), ColourToken::Accent, true)];
    let to_come = projected.iter().filter_map(|(_, line, ..)| Some(line.as_ref()?.len())).max().unwrap_or(1) - 1;
    // A look ahead as long as the look back is enough.
    let to_come = to_come.min(past.max(7) as usize);
    let positions: Vec<i64> = (0..=past + to_come as i64).map(|day| standing.minute + (day - past) * DAY).collect();
    let x: Vec<f64> = positions.iter().map(|minute| position(day_at(*minute))).collect();
    let x_labels: Vec<String> =
        positions.iter().map(|minute| format::date(day_at(*minute), context.language)).collect();
    let percent = |value: Option<f64>| value.map(|value| value * 100.0);
    let line = |name: String, colour, dashed, values: Vec<Option<f64>>, end: String| TrendLine {
        name,
        colour,
        dashed,
        labels: values.iter().map(|value| value.map_or("—".to_owned(), |value| format::share(value, 0))).collect(),
        values: values.into_iter().map(percent).collect(),
        end,
    };
    let now = past as usize;
    let mut actual = known.clone();
    actual.resize(x.len(), None);
    let mut lines = vec![line(context.text("slo-chart-left", &[]), ColourToken::Ink, false, actual, String::new())];
    for (of, values, colour, dashed) in projected {
        let Some(values) = values else { continue };
        let mut all = vec![None; now];
        // Where it is gone the line ends: nobody plans below nothing.
        let end = values.iter().position(|left| *left <= 0.0).map_or(values.len(), |gone| gone + 1);
        all.extend(values.iter().take(end.min(to_come + 1)).map(|value| Some(value.max(0.0))));
        all.resize(x.len(), None);
        let name = context.text("slo-chart-pace", &[("days", u64::from(of).into())]);
        // The day it is gone stands at its end.
        let gone = standing.gone(calendar).filter(|_| of == SHORT);
        let end = gone.map_or_else(String::new, |day| format::day(day, context.language));
        lines.push(line(name, colour, dashed, all, end));
    }
    let shown = lines.iter().flat_map(|line| line.values.iter().flatten().copied());
    let lowest = shown.fold(0.0_f64, f64::min).max(-200.0);
    let mut annotations: Vec<Annotation> = vec![Annotation::Target { at: 0.0, label: String::new() }];
    annotations.extend(details.policy.iter().filter(|step| step.percent < 100).map(|step| Annotation::Level {
        at: 100.0 - f64::from(step.percent),
        label: context.text("slo-chart-step", &[("percent", u64::from(step.percent).into())]),
        colour: ColourToken::Muted,
    }));
    let span = x[0]..=x[now];
    let happened = incidents.iter().filter_map(|incident| {
        let at = incident.details.times.began.or(incident.details.times.detected)?;
        let at = position(calendar.day_of(at));
        span.contains(&at).then(|| (incident.details.severity, at, incident.code()))
    });
    // The gravest first, where there are too many.
    let mut happened: Vec<_> = happened.collect();
    happened.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.total_cmp(&a.1)));
    annotations.extend(happened.into_iter().take(NAMED).map(|(_, at, label)| Annotation::Mark {
        at,
        label,
        event: EventKind::Incident,
    }));
    if let Some(left) = known.last().copied().flatten() {
        let label = format::share(left, 0);
        annotations.push(Annotation::Point {
            x: x[now],
            y: left * 100.0,
            label,
            colour: ColourToken::Ink,
            ring: false,
        });
    }
    if let Some(gone) = standing.gone(calendar) {
        let at = position(gone);
        if at <= x[x.len() - 1] {
            let label = String::new();
            annotations.push(Annotation::Point { x: at, y: 0.0, label, colour: ColourToken::Bad, ring: true });
        }
    }
    let rows = (0..x.len())
        .map(|at| {
            let cells = lines.iter().map(|line| Cell::plain(line.labels[at].clone()));
            std::iter::once(Cell::plain(x_labels[at].clone())).chain(cells).collect()
        })
        .collect();
    let mut columns = vec![TableColumn { title: context.text("slo-chart-day", &[]), align: Align::Left, weight: 1.0 }];
    columns.extend(lines.iter().map(|line| TableColumn { title: line.name.clone(), align: Align::Right, weight: 1.0 }));
    let title = title(context, calendar, standing);
    let to = DateTime::from_timestamp(standing.minute * 60, 0).unwrap_or(DateTime::UNIX_EPOCH);
    let subtitle = context.text(
        "slo-chart-subtitle",
        &[
            ("window", super::window_text(context, details.window).into()),
            ("to", super::words::instant_text(calendar, to, context.language).into()),
        ],
    );
    let (first, last) = (day_at(positions[0]), day_at(positions[positions.len() - 1]));
    let ticks = format::time_ticks(first, last, 9, context.language);
    Some(ChartSpec {
        summary: format!("{title}. {subtitle}"),
        title,
        subtitle,
        x: Axis {
            label: String::new(),
            min: x[0],
            max: x[x.len() - 1],
            ticks: ticks.into_iter().map(|tick| Tick { at: position(tick.date), label: tick.label }).collect(),
        },
        y: format::value_axis(lowest, 100.0, 5, " %", ""),
        annotations,
        table: TableSpec { columns, rows, total: None },
        marks: Marks::Fan { x, x_labels, lines, bands: Vec::new() },
    })
}

/// What is left, and the day it runs out.
fn title(context: &Context, calendar: &ReportingCalendar, standing: &Standing) -> String {
    let left = standing.left().map_or(String::new(), |left| format::share(left, 0));
    let args = |day: String| [("left", left.clone().into()), ("day", day.into())];
    match (standing.left(), standing.gone(calendar)) {
        (Some(left), _) if left <= 0.0 => context.text("slo-title-over", &args(String::new())),
        (_, Some(day)) => context.text("slo-title-gone", &args(format::date(day, context.language))),
        _ => context.text("slo-title-stays", &args(String::new())),
    }
}
