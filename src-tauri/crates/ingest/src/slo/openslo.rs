//! OpenSLO `v1` and `v1alpha`: objectives, and the documents they refer to.
//!
//! <https://github.com/OpenSLO/OpenSLO>: of the specification we model the objective, its window and how it is counted. All of a
//! document is kept beside it ([`Origin`]) and given back by [`super::export`].

use std::collections::BTreeSet;

use domain::slo::{Method, Objective, ObjectiveError, Origin, SloDetails};
use serde_json::Value;

use super::documents::Document;
use super::duration::shorthand_minutes;
use super::our_indicators::indicator;
use super::{annotations, references, time_window};
use crate::RowIssue;

/// Most bytes of documents kept beside objectives: each keeps its own, and what it refers to.
pub(super) const MOST_KEPT: usize = 32 << 20;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Version {
    V1,
    V1Alpha,
}

impl Version {
    pub(super) fn of(document: &Value) -> Option<Self> {
        match document.get("apiVersion").and_then(Value::as_str)? {
            "openslo/v1" => Some(Self::V1),
            "openslo/v1alpha" => Some(Self::V1Alpha),
            _ => None,
        }
    }
}

/// A text, or a number as it is written.
pub(super) fn text(value: Option<&Value>) -> Option<String> {
    match value? {
        Value::String(text) => Some(text.trim().to_owned()),
        // The shortest digits that are this number, never with an exponent.
        Value::Number(number) => number.as_u64().map(|n| n.to_string()).or(number.as_f64().map(|n| n.to_string())),
        _ => None,
    }
}

/// Reads the documents of one file together.
pub(super) fn read(documents: &[Document], issues: &mut Vec<RowIssue>) -> Vec<SloDetails> {
    let places = references::places(documents);
    let (mut found, mut used, mut kept) = (Vec::new(), BTreeSet::new(), 0);
    for document in documents {
        match document.value.get("kind").and_then(Value::as_str) {
            Some("SLO") => {}
            Some(kind) if references::is_known(kind) => continue,
            kind => {
                let issue = RowIssue::new("slo-kind-unknown").value(kind.unwrap_or_default().as_bytes());
                issues.push(document.issue(issue, "kind"));
                continue;
            }
        }
        let mut value = document.value.clone();
        let Some(version) = Version::of(&value) else { continue };
        if let Some(said) = time_window::correct(&mut value) {
            let taken = value.pointer("/spec/timeWindow/0/duration").and_then(Value::as_str).unwrap_or_default();
            let issue = RowIssue::new("slo-minute-for-month").param("taken", taken).value(said.as_bytes());
            issues.push(document.issue(issue, "spec.timeWindow"));
        }
        let mut doubts = Vec::new();
        let definitions = definitions(&value, version, &mut doubts);
        issues.extend(doubts.into_iter().map(|issue| {
            let column = issue.column.clone().unwrap_or_default();
            document.issue(issue, &column)
        }));
        let of_this = references::related(&value, documents, &places);
        if let Some(missing) = references::missing_indicator(&value, &places) {
            issues.push(
                document.issue(RowIssue::new("slo-indicator-missing").value(missing.as_bytes()), "spec.indicator"),
            );
        }
        let related: Vec<String> = of_this.iter().map(|place| documents[*place].value.to_string()).collect();
        used.extend(of_this);
        let original = value.to_string();
        let bytes = original.len() + related.iter().map(String::len).sum::<usize>();
        for (index, mut slo) in definitions {
            kept += bytes;
            if kept <= MOST_KEPT {
                slo.origin = Some(Origin {
                    format: "openslo".to_owned(),
                    document: original.clone(),
                    objective: index as u32,
                    related: related.clone(),
                });
            } else {
                issues.push(
                    document.issue(RowIssue::new("slo-origin-too-large").param("limit", MOST_KEPT >> 20), "spec"),
                );
            }
            found.push(slo);
        }
    }
    for (index, document) in documents.iter().enumerate() {
        let kind = document.value.get("kind").and_then(Value::as_str).unwrap_or_default();
        if references::is_known(kind) && !used.contains(&index) {
            issues.push(document.issue(RowIssue::new("slo-document-unused").param("kind", kind), "kind"));
        }
    }
    found
}

/// The objectives of a document with their places in it. What is wrong goes to `doubts`, with its column.
pub(super) fn definitions(document: &Value, version: Version, doubts: &mut Vec<RowIssue>) -> Vec<(usize, SloDetails)> {
    let spec = document.get("spec").unwrap_or(&Value::Null);
    let objectives = match spec.get("objectives") {
        Some(Value::Array(list)) if !list.is_empty() => list.as_slice(),
        _ => {
            doubts.push(RowIssue::new("slo-without-objectives").column("spec.objectives"));
            return Vec::new();
        }
    };
    let of_window = time_window::column(version);
    let mut of_this = Vec::new();
    let window = time_window::read(spec, version, &mut of_this);
    doubts.extend(of_this.into_iter().map(|issue| issue.column(of_window)));
    let (window, zone) = match window {
        Ok(window) => window,
        Err(issue) => {
            doubts.push(issue.column(of_window));
            return Vec::new();
        }
    };
    let metadata = document.get("metadata");
    let of_metadata = |key: &str| metadata.and_then(|metadata| text(metadata.get(key))).filter(|text| !text.is_empty());
    let name = of_metadata("displayName").or_else(|| of_metadata("name")).unwrap_or_default();
    let targets: Vec<Option<Objective>> =
        objectives.iter().enumerate().map(|(index, said)| target(said, index, doubts)).collect();
    let promise = promise(objectives, &targets, doubts);
    let several = objectives.len() - usize::from(promise.is_some()) > 1;
    let promised = promise.and_then(|index| targets[index]);
    let mut found = Vec::new();
    for (index, (said, target)) in objectives.iter().zip(&targets).enumerate() {
        let Some(objective) = target.filter(|_| promise != Some(index)) else { continue };
        let at = format!("spec.objectives[{index}]");
        let method = match method(spec, said) {
            Ok(method) => method,
            Err(issue) => {
                doubts.push(RowIssue {
                    column: Some(format!("{at}.{}", issue.column.as_deref().unwrap_or(""))),
                    ..*issue
                });
                continue;
            }
        };
        let mut slo = SloDetails {
            name: if several { format!("{name} – {}", called(said, objective)) } else { name.clone() },
            description: text(spec.get("description")).unwrap_or_default(),
            service: text(spec.get("service")).unwrap_or_default(),
            owner: String::new(),
            indicator: indicator(spec, said),
            objective,
            method,
            window,
            zone: zone.clone(),
            alerts: Vec::new(),
            fewest_events: 0.0,
            policy: Vec::new(),
            promised: promised.filter(|promised| objective.is_stricter_than(*promised)),
            notes: String::new(),
            origin: None,
        };
        annotations::read(metadata, &mut slo, doubts);
        if slo.alerts.is_empty()
            && spec.get("alertPolicies").and_then(Value::as_array).is_some_and(|all| !all.is_empty())
        {
            doubts.push(RowIssue::new("slo-alerts-not-taken").column("spec.alertPolicies"));
        }
        match domain::slo::definition::check(&slo).first() {
            None => found.push((index, slo)),
            Some((field, problem)) => {
                doubts.push(RowIssue::new("slo-not-valid").column(at).param("field", field).param("problem", problem));
            }
        }
    }
    found
}

fn called(objective: &Value, target: Objective) -> String {
    text(objective.get("displayName")).filter(|name| !name.is_empty()).unwrap_or_else(|| format!("{target} %"))
}

fn target(objective: &Value, index: usize, doubts: &mut Vec<RowIssue>) -> Option<Objective> {
    let (key, said) = match (text(objective.get("target")), text(objective.get("targetPercent"))) {
        (Some(share), _) => ("target", share),
        (None, Some(percent)) => ("targetPercent", percent),
        (None, None) => ("target", String::new()),
    };
    let read = match key {
        "target" => Objective::share(&said),
        _ => Objective::percent(said.trim_end_matches('%')),
    };
    read.map_err(|error| {
        doubts.push(not_an_objective(error).column(format!("spec.objectives[{index}].{key}")).value(said.as_bytes()));
    })
    .ok()
}

pub(super) fn not_an_objective(error: ObjectiveError) -> RowIssue {
    match error {
        ObjectiveError::NotANumber => RowIssue::new("slo-objective-not-a-number"),
        ObjectiveError::Whole => RowIssue::new("slo-objective-whole"),
        ObjectiveError::Outside => RowIssue::new("slo-objective-outside"),
        ObjectiveError::TooFine => RowIssue::new("slo-objective-too-fine"),
    }
}

/// Which objective is the promise to customers: one called "SLA" beside others, looser than one of them at least.
fn promise(objectives: &[Value], targets: &[Option<Objective>], doubts: &mut Vec<RowIssue>) -> Option<usize> {
    let is_sla = |said: &Value| text(said.get("displayName")).is_some_and(|name| name.eq_ignore_ascii_case("sla"));
    let index = objectives.iter().position(is_sla).filter(|_| objectives.len() > 1)?;
    let promised = targets[index]?;
    let mut others = targets.iter().enumerate().filter(|(other, _)| *other != index).filter_map(|(_, target)| *target);
    if others.any(|other| other.is_stricter_than(promised)) {
        return Some(index);
    }
    doubts.push(RowIssue::new("slo-promise-not-looser").column(format!("spec.objectives[{index}]")));
    None
}

/// Which objective of a document [`definitions`] takes for the promise.
pub(super) fn promise_of(document: &Value) -> Option<usize> {
    let objectives = document.pointer("/spec/objectives")?.as_array()?;
    let mut unused = Vec::new();
    let targets: Vec<_> = objectives.iter().map(|said| target(said, 0, &mut unused)).collect();
    promise(objectives, &targets, &mut unused)
}

fn method(spec: &Value, objective: &Value) -> Result<Method, Box<RowIssue>> {
    let said = text(spec.get("budgetingMethod")).unwrap_or("Occurrences".into());
    if said == "Occurrences" {
        return Ok(Method::Occurrences);
    }
    if said != "Timeslices" && said != "RatioTimeslices" {
        let issue = RowIssue::new("slo-method-unknown").column("budgetingMethod").value(said.as_bytes());
        return Err(Box::new(issue));
    }
    let missing = |key: &str, value: Option<&Value>| {
        let value = value.map(Value::to_string).unwrap_or_default();
        Box::new(RowIssue::new("slo-slice-unreadable").column(key).value(value.as_bytes()))
    };
    // Minutes as a number, or a duration.
    let window = objective.get("timeSliceWindow");
    let minutes = text(window).and_then(|text| text.parse().ok().or_else(|| shorthand_minutes(&text)));
    let minutes: u32 = minutes.filter(|minutes| *minutes > 0).ok_or_else(|| missing("timeSliceWindow", window))?;
    if said == "RatioTimeslices" {
        return Ok(Method::RatioTimeslices { minutes });
    }
    let share = objective.get("timeSliceTarget");
    let target = text(share).and_then(|text| text.parse().ok()).filter(|target| (0.0..=1.0).contains(target));
    Ok(Method::Timeslices { minutes, target: target.ok_or_else(|| missing("timeSliceTarget", share))? })
}
