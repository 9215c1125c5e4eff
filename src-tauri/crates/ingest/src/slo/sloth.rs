//! Sloth: `prometheus/v1`, its Kubernetes form, and `AlertWindows`.
//!
//! <https://sloth.dev/specs/default/v1/>: several objectives of one service; the objective is a percentage, the window 30 days
//! unless alert windows of the same file say another.

use domain::slo::alert::USUAL;
use domain::slo::{AlertRule, AlertSeverity, Indicator, Method, Objective, Origin, SloDetails, Window};
use serde_json::{Value, json};

use super::documents::Document;
use super::duration::prometheus_minutes;
use super::openslo::{MOST_KEPT, not_an_objective, text};
use crate::RowIssue;

/// The window where nothing else is said.
const USUAL_DAYS: u32 = 30;

const DAY: u32 = 24 * 60;

/// Alerts for objectives of a window of so many days.
#[derive(Debug, Clone, PartialEq)]
pub struct AlertWindows {
    pub days: u32,
    pub rules: Vec<AlertRule>,
}

/// Whether a document is one of Sloth's, and what it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Service,
    /// The same as a resource of Kubernetes: below `spec`, and its keys in camelCase.
    Resource,
    AlertWindows,
}

impl Kind {
    pub(super) fn of(document: &Value) -> Option<Self> {
        let of = |key: &str| document.get(key).and_then(Value::as_str);
        match (of("version"), of("apiVersion"), of("kind")) {
            (Some("prometheus/v1"), ..) => Some(Kind::Service),
            (_, Some("sloth.slok.dev/v1"), Some("PrometheusServiceLevel")) => Some(Kind::Resource),
            (_, Some("sloth.slok.dev/v1"), Some("AlertWindows")) => Some(Kind::AlertWindows),
            _ => None,
        }
    }
}

/// Reads alert windows; `None` with an issue where a window or a share is missing.
pub(super) fn alert_windows(document: &Document, issues: &mut Vec<RowIssue>) -> Option<AlertWindows> {
    let spec = document.value.get("spec").unwrap_or(&Value::Null);
    let mut refuse = |column: &str, value: Option<&Value>| {
        let value = text(value).unwrap_or_default();
        issues.push(document.issue(RowIssue::new("slo-alert-windows-unreadable").value(value.as_bytes()), column));
    };
    let period = text(spec.get("sloPeriod")).and_then(|text| prometheus_minutes(&text));
    let days = period.filter(|minutes| minutes.is_multiple_of(DAY)).map(|minutes| minutes / DAY);
    let Some(days) = days.filter(|days| *days <= domain::slo::definition::LONGEST_WINDOW) else {
        refuse("spec.sloPeriod", spec.get("sloPeriod"));
        return None;
    };
    let mut rules = Vec::new();
    for (severity, name) in [(AlertSeverity::Page, "page"), (AlertSeverity::Ticket, "ticket")] {
        for speed in ["quick", "slow"] {
            let said = spec.get(name).and_then(|said| said.get(speed));
            let minutes =
                |key: &str| said.and_then(|said| text(said.get(key))).and_then(|text| prometheus_minutes(&text));
            let percent = said.and_then(|said| text(said.get("errorBudgetPercent"))).and_then(|text| text.parse().ok());
            let percent = percent.filter(|percent: &f64| *percent > 0.0 && *percent <= 100.0);
            match (percent, minutes("longWindow"), minutes("shortWindow")) {
                (Some(percent), Some(long_minutes), Some(short_minutes)) if short_minutes < long_minutes => {
                    rules.push(AlertRule { percent, long_minutes, short_minutes, severity });
                }
                _ => {
                    refuse(&format!("spec.{name}.{speed}"), said);
                    return None;
                }
            }
        }
    }
    Some(AlertWindows { days, rules })
}

/// Reads the objectives of a service.
pub(super) fn read(
    document: &Document,
    kind: Kind,
    alerts: Option<&AlertWindows>,
    issues: &mut Vec<RowIssue>,
) -> Vec<SloDetails> {
    let value = &document.value;
    let (body, at) = match kind {
        Kind::Resource => (value.get("spec").unwrap_or(&Value::Null), "spec.slos"),
        _ => (value, "slos"),
    };
    let Some(Value::Array(slos)) = body.get("slos").filter(|slos| slos.get(0).is_some()) else {
        issues.push(document.issue(RowIssue::new("slo-without-objectives"), at));
        return Vec::new();
    };
    let service = text(body.get("service")).unwrap_or_default();
    let (mut found, mut kept) = (Vec::new(), 0);
    for (index, said) in slos.iter().enumerate() {
        let place = |key: &str| format!("{at}[{index}].{key}");
        let percent = text(said.get("objective")).unwrap_or_default();
        let objective = match Objective::percent(percent.trim_end_matches('%')) {
            Ok(objective) => objective,
            Err(error) => {
                let issue = not_an_objective(error).value(percent.as_bytes());
                issues.push(document.issue(issue, &place("objective")));
                continue;
            }
        };
        let sli = said.get("sli").and_then(Value::as_object);
        if !sli.is_some_and(|sli| ["events", "raw", "plugin"].iter().any(|key| sli.contains_key(*key))) {
            issues.push(document.issue(RowIssue::new("slo-indicator-missing").value(b""), &place("sli")));
        }
        let label = |labels: Option<&Value>| labels.and_then(|labels| text(labels.get("owner")));
        let origin = (kept <= MOST_KEPT).then(|| Origin {
            format: "sloth".to_owned(),
            document: alone(value, kind, said).to_string(),
            ..Origin::default()
        });
        kept += origin.as_ref().map_or(0, |origin| origin.document.len());
        if origin.is_none() {
            let issue = RowIssue::new("slo-origin-too-large").param("limit", MOST_KEPT >> 20);
            issues.push(document.issue(issue, &place("name")));
        }
        let slo = SloDetails {
            name: text(said.get("name")).unwrap_or_default(),
            description: text(said.get("description")).unwrap_or_default(),
            service: service.clone(),
            owner: label(said.get("labels")).or_else(|| label(body.get("labels"))).unwrap_or_default(),
            indicator: Indicator::Measured { unit: String::new() },
            objective,
            method: Method::Occurrences,
            window: Window::Rolling { days: alerts.map_or(USUAL_DAYS, |alerts| alerts.days) },
            zone: String::new(),
            alerts: rules(said, alerts).unwrap_or_else(|| {
                issues.push(document.issue(RowIssue::new("slo-alerts-not-taken"), &place("alerting")));
                Vec::new()
            }),
            fewest_events: 0.0,
            policy: Vec::new(),
            promised: None,
            notes: String::new(),
            origin,
        };
        match domain::slo::definition::check(&slo).first() {
            None => found.push(slo),
            Some((field, problem)) => {
                let issue = RowIssue::new("slo-not-valid").param("field", field).param("problem", problem);
                issues.push(document.issue(issue, &place("name")));
            }
        }
    }
    found
}

/// Rules of the severities that are not switched off; empty for the usual ones. `None` where all are off: we have no objective
/// without alerts.
fn rules(slo: &Value, windows: Option<&AlertWindows>) -> Option<Vec<AlertRule>> {
    let is_off = |snake: &str, camel: &str| {
        let alert = slo.get("alerting").and_then(|alerting| alerting.get(snake).or(alerting.get(camel)));
        alert.and_then(|alert| alert.get("disable")).and_then(Value::as_bool).unwrap_or(false)
    };
    let (no_pages, no_tickets) = (is_off("page_alert", "pageAlert"), is_off("ticket_alert", "ticketAlert"));
    let all = windows.map_or(USUAL.as_slice(), |windows| &windows.rules);
    match (no_pages, no_tickets) {
        (true, true) => None,
        (false, false) => Some(windows.map(|windows| windows.rules.clone()).unwrap_or_default()),
        _ => {
            let kept = if no_pages { AlertSeverity::Ticket } else { AlertSeverity::Page };
            Some(all.iter().copied().filter(|rule| rule.severity == kept).collect())
        }
    }
}

/// The document with one of its objectives only.
fn alone(document: &Value, kind: Kind, slo: &Value) -> Value {
    let without = |body: &Value| {
        let object = body.as_object().into_iter().flatten();
        let mut kept: serde_json::Map<String, Value> =
            object.filter(|(key, _)| *key != "slos").map(|(key, value)| (key.clone(), value.clone())).collect();
        kept.insert("slos".to_owned(), json!([slo]));
        Value::Object(kept)
    };
    if kind != Kind::Resource {
        return without(document);
    }
    let object = document.as_object().into_iter().flatten();
    let mut whole: serde_json::Map<String, Value> =
        object.filter(|(key, _)| *key != "spec").map(|(key, value)| (key.clone(), value.clone())).collect();
    whole.insert("spec".to_owned(), without(document.get("spec").unwrap_or(&Value::Null)));
    Value::Object(whole)
}

/// The indicator of an imported objective in OpenSLO's terms; `None` where the document tells none.
pub(super) fn indicator(document: &Value) -> Option<Value> {
    let slo = document.pointer("/slos/0").or(document.pointer("/spec/slos/0"))?;
    let query = |place: &str, snake: &str, camel: &str| {
        let place = slo.pointer(place)?;
        text(place.get(snake).or(place.get(camel)))
    };
    let source = |query: String| json!({"metricSource": {"type": "Prometheus", "spec": {"query": query}}});
    let bad = query("/sli/events", "error_query", "errorQuery");
    let total = query("/sli/events", "total_query", "totalQuery");
    if let (Some(bad), Some(total)) = (bad, total) {
        return Some(json!({"ratioMetric": {"bad": source(bad), "total": source(total)}}));
    }
    if let Some(raw) = query("/sli/raw", "error_ratio_query", "errorRatioQuery") {
        return Some(json!({"ratioMetric": {"rawType": "failure", "raw": source(raw)}}));
    }
    let plugin = slo.pointer("/sli/plugin")?;
    Some(
        json!({"ratioMetric": {"rawType": "failure", "raw": {"metricSource": {"type": "SlothPlugin", "spec": plugin}}}}),
    )
}

/// Labels of the service and the objective.
pub(super) fn labels(document: &Value) -> serde_json::Map<String, Value> {
    let body = document.get("spec").unwrap_or(document);
    let all = [body.get("labels"), body.pointer("/slos/0/labels")];
    all.into_iter().flatten().filter_map(Value::as_object).flatten().map(|(k, v)| (k.clone(), v.clone())).collect()
}
