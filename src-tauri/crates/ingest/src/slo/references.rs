//! Documents of one file that refer to each other by name.

use std::collections::{BTreeSet, HashMap};

use serde_json::Value;

use super::documents::Document;

/// Kinds an objective can refer to, and the keys it does so by.
const REFERENCES: [(&str, &str); 6] = [
    ("SLI", "indicatorRef"),
    ("AlertPolicy", "alertPolicyRef"),
    ("AlertCondition", "conditionRef"),
    ("AlertNotificationTarget", "targetRef"),
    ("DataSource", "metricSourceRef"),
    ("Service", "service"),
];

/// Whether documents of this kind are ones an objective can refer to.
pub(super) fn is_known(kind: &str) -> bool {
    REFERENCES.iter().any(|(known, _)| *known == kind)
}

fn kind_and_name(document: &Value) -> Option<(&str, &str)> {
    Some((document.get("kind")?.as_str()?, document.pointer("/metadata/name")?.as_str()?))
}

/// Where the documents of a file stand, by kind and name.
pub(super) type Places<'d> = HashMap<(&'d str, &'d str), usize>;

/// The first document of each kind and name.
pub(super) fn places(documents: &[Document]) -> Places<'_> {
    let mut places = Places::new();
    for (index, document) in documents.iter().enumerate() {
        if let Some(named) = kind_and_name(&document.value) {
            places.entry(named).or_insert(index);
        }
    }
    places
}

/// Documents that one refers to, and those they refer to, by their place in the file.
pub(super) fn related(document: &Value, documents: &[Document], places: &Places<'_>) -> BTreeSet<usize> {
    let mut found = BTreeSet::new();
    let mut open = references(document);
    while let Some((kind, name)) = open.pop() {
        if let Some(place) = places.get(&(kind, name))
            && found.insert(*place)
        {
            open.extend(references(&documents[*place].value));
        }
    }
    found
}

fn references(value: &Value) -> Vec<(&'static str, &str)> {
    let mut found = Vec::new();
    let mut open = vec![value];
    while let Some(value) = open.pop() {
        match value {
            Value::Array(list) => open.extend(list),
            Value::Object(object) => {
                for (key, value) in object {
                    let kind = REFERENCES.iter().find(|(_, by)| by == key).map(|(kind, _)| *kind);
                    match (kind, value) {
                        (Some(kind), Value::String(name)) => found.push((kind, name.as_str())),
                        // v1alpha, and v1 in short: a list of names.
                        (None, Value::Array(list)) if key == "alertPolicies" => {
                            let names = list.iter().filter_map(Value::as_str);
                            found.extend(names.map(|name| ("AlertPolicy", name)));
                        }
                        _ => {}
                    }
                    open.push(value);
                }
            }
            _ => {}
        }
    }
    found
}

/// The indicator a document refers to and the file does not hold; "" where it names none at all.
pub(super) fn missing_indicator(document: &Value, documents: &Places<'_>) -> Option<String> {
    let spec = document.get("spec")?;
    let of_objectives = spec.get("objectives").and_then(Value::as_array).into_iter().flatten();
    let places = || std::iter::once(spec).chain(of_objectives.clone());
    let named = |place: &Value| place.get("indicatorRef").and_then(Value::as_str).map(str::to_owned);
    let mut names = places().filter_map(named).peekable();
    let has_own = places().any(|place| place.get("indicator").is_some() || place.get("ratioMetrics").is_some());
    if names.peek().is_none() && !has_own {
        return Some(String::new());
    }
    names.find(|name| !documents.contains_key(&("SLI", name.as_str())))
}
