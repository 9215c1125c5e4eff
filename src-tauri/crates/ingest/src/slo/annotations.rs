//! What OpenSLO has no field for, as annotations of a document: who owns it, its alerts, its policy.

use domain::slo::{Indicator, SloDetails, Window};
use serde::{Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::openslo::text;
use crate::RowIssue;

const OWNER: &str = "quarterdeck/owner";
const SERVICE: &str = "quarterdeck/service";
const ZONE: &str = "quarterdeck/zone";
const UNIT: &str = "quarterdeck/unit";
const FEWEST: &str = "quarterdeck/fewest-events";
const ALERTS: &str = "quarterdeck/alerts";
const POLICY: &str = "quarterdeck/policy";
const NOTES: &str = "quarterdeck/notes";

/// Takes what the annotations say; an owner may be told by a label too. What cannot be read goes to `doubts`.
pub(super) fn read(metadata: Option<&Value>, slo: &mut SloDetails, doubts: &mut Vec<RowIssue>) {
    let Some(metadata) = metadata else { return };
    let said = |key: &str| metadata.get("annotations").and_then(|all| text(all.get(key)));
    let label = metadata.pointer("/labels/owner");
    let label = label.and_then(|label| text(Some(label.get(0).unwrap_or(label))));
    slo.owner = said(OWNER).or(label).unwrap_or_default();
    let fields = [(SERVICE, &mut slo.service), (NOTES, &mut slo.notes)];
    for (key, field) in fields {
        if let Some(said) = said(key) {
            *field = said;
        }
    }
    if let Some(zone) = said(ZONE).filter(|_| matches!(slo.window, Window::Rolling { .. })) {
        slo.zone = zone;
    }
    if let (Indicator::Measured { unit }, Some(said)) = (&mut slo.indicator, said(UNIT)) {
        *unit = said;
    }
    let mut doubt = |key: &str, value: &str| {
        doubts.push(RowIssue::new("slo-annotation").param("annotation", key).value(value.as_bytes()));
    };
    if let Some(said) = said(FEWEST) {
        match said.parse() {
            Ok(fewest) => slo.fewest_events = fewest,
            Err(_) => doubt(FEWEST, &said),
        }
    }
    parsed(said(ALERTS), &mut slo.alerts).unwrap_or_else(|value| doubt(ALERTS, &value));
    parsed(said(POLICY), &mut slo.policy).unwrap_or_else(|value| doubt(POLICY, &value));
}

fn parsed<T: DeserializeOwned>(said: Option<String>, field: &mut T) -> Result<(), String> {
    if let Some(said) = said {
        *field = serde_json::from_str(&said).map_err(|_| said)?;
    }
    Ok(())
}

/// Puts into the annotations what differs from what the document says by itself.
pub(super) fn write(metadata: &mut Map<String, Value>, before: &SloDetails, slo: &SloDetails) {
    let unit = |slo: &SloDetails| match &slo.indicator {
        Indicator::Measured { unit } => unit.clone(),
        _ => String::new(),
    };
    let zone = |slo: &SloDetails| match slo.window {
        Window::Rolling { .. } => slo.zone.clone(),
        Window::Calendar { .. } => String::new(),
    };
    fn list<T: Serialize>(list: &[T]) -> String {
        if list.is_empty() { String::new() } else { serde_json::to_string(list).unwrap_or_default() }
    }
    let fewest =
        |slo: &SloDetails| if slo.fewest_events == 0.0 { String::new() } else { slo.fewest_events.to_string() };
    let fields = [
        (OWNER, before.owner.clone(), slo.owner.clone()),
        (SERVICE, before.service.clone(), slo.service.clone()),
        (ZONE, zone(before), zone(slo)),
        (UNIT, unit(before), unit(slo)),
        (FEWEST, fewest(before), fewest(slo)),
        (ALERTS, list(&before.alerts), list(&slo.alerts)),
        (POLICY, list(&before.policy), list(&slo.policy)),
        (NOTES, before.notes.clone(), slo.notes.clone()),
    ];
    for (key, before, now) in fields {
        if before == now {
            continue;
        }
        let now = match key {
            // Lists that are empty now, and a number that is 0, are said too: the document may have said others.
            ALERTS | POLICY if now.is_empty() => "[]".to_owned(),
            FEWEST if now.is_empty() => "0".to_owned(),
            _ => now,
        };
        let annotations = metadata.entry("annotations").or_insert_with(|| Value::Object(Map::new()));
        if !annotations.is_object() {
            *annotations = Value::Object(Map::new());
        }
        annotations[key] = Value::String(now);
    }
}
