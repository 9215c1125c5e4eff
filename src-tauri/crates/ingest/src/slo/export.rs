//! Objectives as OpenSLO documents.
//!
//! One that was read from such a document is that document again, with only what has been changed since put into it. Objectives
//! of one document stay in one, as long as they agree on what they share.

use std::collections::{BTreeMap, HashSet};

use domain::slo::{Indicator, Method, Objective, SloDetails};
use serde_json::{Map, Value, json};

use super::openslo::{Version, definitions, promise_of};
use super::our_indicators::{number, write_indicator};
use super::{annotations, sloth, time_window};

/// Longest name of a document (RFC 1123, a label).
const LONGEST_NAME: usize = 63;

/// All objectives as YAML, one document each; documents that imported ones refer to come before them.
pub fn openslo(slos: &[SloDetails]) -> String {
    let mut documents: Vec<Value> = Vec::new();
    for value in slos.iter().filter_map(|slo| slo.origin.as_ref()).flat_map(|origin| &origin.related) {
        if let Ok(value) = serde_json::from_str::<Value>(value)
            && !documents.contains(&value)
        {
            documents.push(value);
        }
    }
    let mut known = BTreeMap::new();
    let mut drafts: Vec<Draft> = Vec::new();
    for slo in slos {
        let draft = imported(slo, &mut known).unwrap_or_else(|| Draft::new(slo));
        match drafts.iter_mut().find(|other| other.goes_with(&draft)) {
            Some(together) => {
                together.objectives.extend(draft.objectives);
                together.is_promised |= draft.is_promised;
            }
            None => drafts.push(draft),
        }
    }
    documents.extend(drafts.into_iter().map(Draft::document));
    tell_apart(&mut documents);
    // Values of JSON are YAML always: their keys are texts, and their numbers finite.
    serde_saphyr::to_string_multiple(&documents).unwrap_or_default()
}

/// A document without its objectives, and they by their places in it.
#[derive(Debug, PartialEq)]
struct Draft {
    rest: Value,
    /// The full name of the one there is, if the document held several.
    objectives: BTreeMap<usize, (Value, String)>,
    promise: Option<(usize, Value)>,
    /// Whether it is one to any of them.
    is_promised: bool,
    /// How many there were before; 0 for a new document.
    before: usize,
}

/// What the documents of imported objectives say by themselves.
type Known<'s> = BTreeMap<&'s str, Option<(Value, Version, Vec<(usize, SloDetails)>)>>;

/// Puts what was changed since the import into the original document.
fn imported<'s>(slo: &'s SloDetails, known: &mut Known<'s>) -> Option<Draft> {
    let origin = slo.origin.as_ref().filter(|origin| origin.format == "openslo")?;
    let known = known.entry(&origin.document).or_insert_with(|| {
        let document: Value = serde_json::from_str(&origin.document).ok()?;
        let version = Version::of(&document)?;
        let definitions = definitions(&document, version, &mut Vec::new());
        Some((document, version, definitions))
    });
    let (document, version, definitions) = known.as_ref()?;
    let index = origin.objective as usize;
    let (_, before) = definitions.iter().find(|(place, _)| *place == index)?;
    let mut rest = document.clone();
    let objectives = rest.pointer_mut("/spec/objectives")?.take();
    let objectives = objectives.as_array()?;
    let mut objective = objectives.get(index)?.as_object()?.clone();
    let metadata = rest.get_mut("metadata")?.as_object_mut()?;
    if before.name != slo.name {
        metadata.insert("displayName".to_owned(), Value::String(slo.name.clone()));
    }
    annotations::write(metadata, before, slo);
    let spec = rest.get_mut("spec")?.as_object_mut()?;
    if before.service != slo.service {
        spec.insert("service".to_owned(), Value::String(label(&slo.service)));
    }
    if before.description != slo.description {
        spec.insert("description".to_owned(), Value::String(slo.description.clone()));
    }
    if (before.window, &before.zone) != (slo.window, &slo.zone) {
        time_window::write(spec, slo, *version);
    }
    if before.method != slo.method {
        write_method(spec, &mut objective, slo.method);
    }
    let is_ours = !matches!(slo.indicator, Indicator::Measured { .. });
    if before.indicator != slo.indicator && (is_ours || !matches!(before.indicator, Indicator::Measured { .. })) {
        spec.shift_remove("indicatorRef");
        for key in ["indicator", "indicatorRef", "ratioMetrics", "op", "value"] {
            objective.shift_remove(key);
        }
        write_indicator(spec, &mut objective, slo);
    }
    if before.objective != slo.objective {
        write_target(&mut objective, slo.objective);
    }
    let at = promise_of(document);
    let promise = match (slo.promised, at.and_then(|at| Some((at, objectives.get(at)?)))) {
        // Of several objectives it may be looser than some only: the others keep it company.
        (promised, Some((at, said))) if promised == before.promised => Some((at, said.clone())),
        (None, _) => None,
        (Some(promised), Some((at, said))) => {
            let mut said = said.as_object()?.clone();
            write_target(&mut said, promised);
            Some((at, Value::Object(said)))
        }
        (Some(promised), None) => Some((objectives.len(), new_promise(promised, &objective))),
    };
    let objectives = BTreeMap::from([(index, (Value::Object(objective), slo.name.clone()))]);
    let (is_promised, before) = (slo.promised.is_some(), definitions.len());
    Some(Draft { rest, objectives, promise, is_promised, before })
}

impl Draft {
    /// A document of our own.
    fn new(slo: &SloDetails) -> Self {
        let name = label(&slo.name);
        let mut metadata = Map::new();
        metadata.insert("name".to_owned(), Value::String(name.clone()));
        metadata.insert("displayName".to_owned(), Value::String(slo.name.clone()));
        let mut spec = Map::new();
        if !slo.description.is_empty() {
            spec.insert("description".to_owned(), Value::String(slo.description.clone()));
        }
        spec.insert("service".to_owned(), Value::String(label(&slo.service)));
        let mut objective = Map::new();
        let sloth = slo.origin.as_ref().filter(|origin| origin.format == "sloth");
        let sloth: Option<Value> = sloth.and_then(|origin| serde_json::from_str(&origin.document).ok());
        let is_measured = matches!(slo.indicator, Indicator::Measured { .. });
        match sloth.as_ref().filter(|_| is_measured).and_then(sloth::indicator) {
            Some(told) => {
                spec.insert("indicator".to_owned(), json!({"metadata": {"name": name}, "spec": told}));
            }
            None => write_indicator(&mut spec, &mut objective, slo),
        }
        if let Some(labels) = sloth.as_ref().map(sloth::labels).filter(|labels| !labels.is_empty()) {
            metadata.insert("labels".to_owned(), Value::Object(labels));
        }
        time_window::write(&mut spec, slo, Version::V1);
        write_method(&mut spec, &mut objective, slo.method);
        write_target(&mut objective, slo.objective);
        let promise = slo.promised.map(|promised| (1, new_promise(promised, &objective)));
        spec.insert("objectives".to_owned(), json!([objective]));
        let mut document = json!({"apiVersion": "openslo/v1", "kind": "SLO", "metadata": &metadata, "spec": spec});
        // What the document says so far decides what has to be said in annotations.
        if let Some((_, before)) = definitions(&document, Version::V1, &mut Vec::new()).first() {
            annotations::write(&mut metadata, before, slo);
            document["metadata"] = Value::Object(metadata);
        }
        document["spec"]["objectives"] = Value::Null;
        let objectives = BTreeMap::from([(0, (Value::Object(objective), slo.name.clone()))]);
        Self { rest: document, objectives, promise, is_promised: true, before: 0 }
    }

    fn goes_with(&self, other: &Self) -> bool {
        let is_free = || other.objectives.keys().all(|place| !self.objectives.contains_key(place));
        self.before > 0 && self.rest == other.rest && self.promise == other.promise && is_free()
    }

    fn document(mut self) -> Value {
        if let (Some((_, name)), true) =
            (self.objectives.values().next(), self.objectives.len() == 1 && self.before > 1)
        {
            // Alone it would be read by the name that it shared with the others.
            let name = Value::String(name.clone());
            self.rest["metadata"]["displayName"] = name;
        }
        let mut all: BTreeMap<usize, Value> =
            self.objectives.into_iter().map(|(place, (value, _))| (place, value)).collect();
        all.extend(self.promise.filter(|_| self.is_promised));
        self.rest["spec"]["objectives"] = all.into_values().collect();
        self.rest
    }
}

fn write_target(objective: &mut Map<String, Value>, target: Objective) {
    if objective.contains_key("target") || !objective.contains_key("targetPercent") {
        objective.insert("target".to_owned(), number(&target.as_share()));
    } else {
        objective.insert("targetPercent".to_owned(), number(&target.to_string()));
    }
}

/// A promise counted as its objective is.
fn new_promise(promised: Objective, beside: &Map<String, Value>) -> Value {
    let mut objective = Map::new();
    objective.insert("displayName".to_owned(), Value::String("SLA".to_owned()));
    for key in ["op", "value", "ratioMetrics", "timeSliceTarget", "timeSliceWindow"] {
        if let Some(value) = beside.get(key) {
            objective.insert(key.to_owned(), value.clone());
        }
    }
    write_target(&mut objective, promised);
    Value::Object(objective)
}

fn write_method(spec: &mut Map<String, Value>, objective: &mut Map<String, Value>, method: Method) {
    let (name, slice) = match method {
        Method::Occurrences => ("Occurrences", None),
        Method::Timeslices { minutes, target } => ("Timeslices", Some((minutes, Some(target)))),
        Method::RatioTimeslices { minutes } => ("RatioTimeslices", Some((minutes, None))),
    };
    spec.insert("budgetingMethod".to_owned(), Value::String(name.to_owned()));
    objective.shift_remove("timeSliceTarget");
    objective.shift_remove("timeSliceWindow");
    if let Some((minutes, target)) = slice {
        if let Some(target) = target {
            objective.insert("timeSliceTarget".to_owned(), json!(target));
        }
        objective.insert("timeSliceWindow".to_owned(), Value::String(format!("{minutes}m")));
    }
}

/// A name as a document may bear it (RFC 1123, a label): small letters, digits and dashes. One without any of these is named by the
/// hash of it.
pub(super) fn label(name: &str) -> String {
    let mut label = String::new();
    for c in name.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            label.push(c);
        } else if !label.is_empty() && !label.ends_with('-') {
            label.push('-');
        }
        if label.len() == LONGEST_NAME {
            break;
        }
    }
    let label = label.trim_end_matches('-');
    if label.is_empty() { format!("slo-{}", &crate::hash_bytes(name.as_bytes())[..8]) } else { label.to_owned() }
}

/// Gives documents of one kind and name a number.
fn tell_apart(documents: &mut [Value]) {
    let mut taken = HashSet::new();
    for document in documents {
        let kind = document.get("kind").map(Value::to_string).unwrap_or_default();
        let Some(Value::String(name)) = document.pointer_mut("/metadata/name") else { continue };
        let first = name.clone();
        let mut number = 2;
        while !taken.insert((kind.clone(), name.clone())) {
            let number_text = format!("-{number}");
            let kept: String = first.chars().take(LONGEST_NAME - number_text.len()).collect();
            *name = format!("{}{number_text}", kept.trim_end_matches('-'));
            number += 1;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_labels_of_rfc_1123() {
        for (name, expected) in [
            ("Answers in time", "answers-in-time"),
            (" 99.9 % of (all) Requests! ", "99-9-of-all-requests"),
            ("--", "slo-3c8eaa19"),
        ] {
            if !expected.starts_with("slo-") {
                assert_eq!(label(name), expected);
            }
            let is_label = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
            assert!(label(name).chars().all(is_label) && label(name).len() <= LONGEST_NAME);
        }
        assert!(label("回答时间").starts_with("slo-") && label("回答时间") != label("可用性"));
        let long = "x ".repeat(100);
        assert!(label(&long).len() <= LONGEST_NAME && !label(&long).ends_with('-'));
    }
}
