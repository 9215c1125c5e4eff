//! Our own indicators in OpenSLO's terms: a metric source of our type, which names what of usage it is and of which part.

use domain::money::{Currency, Money};
use domain::slo::{Indicator, Scope, SloDetails};
use serde_json::{Map, Value, json};

use super::export::label;
use super::openslo::text;

/// The type of our metric sources.
const OURS: &str = "quarterdeck";

/// A number as OpenSLO writes it.
pub(super) fn number(text: &str) -> Value {
    text.parse::<f64>().ok().and_then(serde_json::Number::from_f64).map_or(Value::Null, Value::Number)
}

/// One of ours where its metric source says so; else what somebody measures elsewhere.
pub(super) fn indicator(spec: &Value, objective: &Value) -> Indicator {
    ours(spec, objective).unwrap_or(Indicator::Measured { unit: String::new() })
}

fn ours(spec: &Value, objective: &Value) -> Option<Indicator> {
    let metric = objective.get("indicator").or(spec.get("indicator"))?.get("spec")?;
    let source =
        metric.pointer("/thresholdMetric/metricSource").or(metric.pointer("/ratioMetric/total/metricSource"))?;
    if !source.get("type")?.as_str()?.eq_ignore_ascii_case(OURS) {
        return None;
    }
    let said = source.get("spec")?;
    let of = |key: &str| text(said.get(key)).filter(|text| !text.is_empty());
    let scope = Scope {
        vendor: of("vendor"),
        model: of("model"),
        feature: of("feature"),
        tenant: of("tenant"),
        environment: of("environment"),
    };
    let value = text(objective.get("value"));
    match of("measure")?.as_str() {
        "requests" => Some(Indicator::Availability { scope }),
        "latency-ms" => Some(Indicator::Latency { threshold_ms: value?.parse().ok()?, scope }),
        "cost-per-successful-session" => {
            let currency: Currency = of("currency")?.parse().ok()?;
            Some(Indicator::Cost { most: Money::parse(&value?, currency).ok()?, scope })
        }
        "events" => Some(Indicator::Measured { unit: of("unit").unwrap_or_default() }),
        _ => None,
    }
}

/// Puts the indicator of an objective into a document.
pub(super) fn write_indicator(spec: &mut Map<String, Value>, objective: &mut Map<String, Value>, slo: &SloDetails) {
    let source = |measure: &str, more: Vec<(&str, Option<&str>)>| {
        let mut said = Map::new();
        said.insert("measure".to_owned(), Value::String(measure.to_owned()));
        for (key, value) in more {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                said.insert(key.to_owned(), Value::String(value.to_owned()));
            }
        }
        json!({"metricSource": {"type": OURS, "spec": said}})
    };
    let scope = |scope: &Scope| {
        let of = [&scope.vendor, &scope.model, &scope.feature, &scope.tenant, &scope.environment];
        let of = of.map(|name| name.clone().unwrap_or_default());
        ["vendor", "model", "feature", "tenant", "environment"].into_iter().zip(of).collect::<Vec<_>>()
    };
    let with = |measure: &str, names: &[(&str, String)], more: Option<(&str, &str)>| {
        let names = names.iter().map(|(key, name)| (*key, Some(name.as_str())));
        source(measure, names.chain(more.map(|(key, value)| (key, Some(value)))).collect())
    };
    let told = match &slo.indicator {
        Indicator::Availability { scope: of } => {
            let of = scope(of);
            json!({"ratioMetric": {"good": with("successful-requests", &of, None), "total": with("requests", &of, None)}})
        }
        Indicator::Latency { threshold_ms, scope: of } => {
            objective.insert("op".to_owned(), json!("lte"));
            objective.insert("value".to_owned(), json!(threshold_ms));
            json!({"thresholdMetric": with("latency-ms", &scope(of), None)})
        }
        Indicator::Cost { most, scope: of } => {
            objective.insert("op".to_owned(), json!("lte"));
            objective.insert("value".to_owned(), number(&most.amount()));
            let currency = most.currency();
            let source = with("cost-per-successful-session", &scope(of), Some(("currency", currency.code())));
            json!({"thresholdMetric": source})
        }
        Indicator::Measured { unit } => {
            let (good, total) = (with("good-events", &[], None), with("events", &[], Some(("unit", unit))));
            json!({"ratioMetric": {"good": good, "total": total}})
        }
    };
    spec.insert("indicator".to_owned(), json!({"metadata": {"name": label(&slo.name)}, "spec": told}));
}
