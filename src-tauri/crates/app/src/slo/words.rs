//! Objectives in words of the reader's language.

use chrono::{DateTime, Utc};
use domain::calendar::ReportingCalendar;
use domain::slo::definition::{Indicator, Scope};
use domain::slo::{Exhaustion, Window};
use report::format;
use report::locale::Language;

use super::Standing;
use crate::Context;
use crate::view::word;

/// "30 Nov 2026, 04:00", in the workspace's zone.
pub(super) fn instant_text(calendar: &ReportingCalendar, at: DateTime<Utc>, language: Language) -> String {
    let local = at.with_timezone(&calendar.zone);
    format!("{}, {}", format::date(local.date_naive(), language), local.format("%H:%M"))
}

/// "feature support, vendor OpenAI"; empty where all usage counts.
fn within(context: &Context, scope: &Scope) -> String {
    let parts = [
        ("vendor", &scope.vendor),
        ("model", &scope.model),
        ("feature", &scope.feature),
        ("tenant", &scope.tenant),
        ("environment", &scope.environment),
    ];
    let named = parts.into_iter().filter_map(|(dimension, name)| {
        let args = [("name", name.clone()?.into())];
        Some(context.text(&format!("slo-within-{dimension}"), &args))
    });
    named.collect::<Vec<_>>().join(", ")
}

pub(super) fn scope_text(context: &Context, indicator: &Indicator) -> String {
    let (text, scope) = match indicator {
        Indicator::Availability { scope } => (context.text("slo-of-availability", &[]), scope),
        Indicator::Latency { threshold_ms, scope } => {
            let args = [("threshold", format::duration(threshold_ms.saturating_mul(1_000)).into())];
            (context.text("slo-of-latency", &args), scope)
        }
        Indicator::Cost { most, scope } => {
            let most = format::money_unit(most.nanos(), most.currency().code(), context.language);
            (context.text("slo-of-cost", &[("most", most.into())]), scope)
        }
        Indicator::Measured { unit } if unit.trim().is_empty() => return context.text("slo-of-measured", &[]),
        Indicator::Measured { unit } => return context.text("slo-of-unit", &[("unit", unit.clone().into())]),
    };
    let within = within(context, scope);
    if within.is_empty() { text } else { format!("{text} · {within}") }
}

pub(super) fn window_text(context: &Context, window: Window) -> String {
    match window {
        Window::Rolling { days } => context.text("slo-window-rolling", &[("days", u64::from(days).into())]),
        Window::Calendar { unit } => context.text(&format!("slo-window-{}", word(&unit)), &[]),
    }
}

/// When it is used up: a day, "used up", "not at this pace".
pub(super) fn gone_text(
    context: &Context,
    calendar: &ReportingCalendar,
    found: Option<Exhaustion>,
    minute: i64,
) -> String {
    match found {
        None => format::UNKNOWN.to_owned(),
        Some(Exhaustion::Now) => context.text("slo-gone-now", &[]),
        Some(Exhaustion::Never) => context.text("slo-gone-never", &[]),
        Some(Exhaustion::In { days }) => {
            let day = calendar.day_of_seconds((minute + i64::from(days) * 24 * 60) * 60);
            format::date(day, context.language)
        }
    }
}

/// Where the figures come from, up to when, and how much of the window is known.
pub(super) fn source(context: &Context, calendar: &ReportingCalendar, standing: &Standing) -> String {
    if standing.counted.is_empty() {
        return context.text("slo-source-nothing", &[]);
    }
    let id = match &standing.slo.details.indicator {
        Indicator::Latency { .. } => "slo-source-latency",
        Indicator::Measured { .. } => "slo-source-files",
        _ => "slo-source-usage",
    };
    let to = DateTime::from_timestamp(standing.minute * 60, 0).unwrap_or(DateTime::UNIX_EPOCH);
    let args = [
        ("to", instant_text(calendar, to, context.language).into()),
        ("coverage", format::coverage(standing.budget.coverage).into()),
        ("zone", standing.zone.name().to_owned().into()),
    ];
    context.text(id, &args)
}
