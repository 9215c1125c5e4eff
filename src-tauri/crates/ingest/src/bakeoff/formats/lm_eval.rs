//! lm-evaluation-harness: figures by task (`results_*.json`), answers by document (`samples_*.jsonl`), alone or in one folder.
//!
//! A document has a row for each filter over its answer: the filter is the variant. Documents are numbered within a task; the
//! task is told by the name of the file alone, and that name stands in where it says none. The identity is what the model was
//! shown.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::suite::{Case, Message};
use serde::Deserialize;
use serde_json::Value;

use super::promptfoo::unscored;
use super::{Format, Group, Part};
use crate::bakeoff::document::Plan;
use crate::bakeoff::gather::{Gather, Repeats};
use crate::bakeoff::input::{InputFile, document, objects};
use crate::bakeoff::outline::Shape;
use crate::bakeoff::told::{Candidate, ResultRecord, Score, StatedFigure};
use crate::bakeoff::values::{any_text, count, finite, name, text};
use crate::{Result, RowIssue};

pub(super) const FORMAT: Format = Format {
    name: "lm-eval",
    is_mapped: false,
    part: |shape| {
        let is_samples = shape.has_objects_with(&["doc_id", "target"])
            && (shape.has_objects_with(&["resps"]) || shape.has_objects_with(&["filtered_resps"]));
        if is_samples {
            return Some(Part::Answers);
        }
        let Shape::Object(keys) = shape else { return None };
        let is_metric = |key: &String| key.starts_with("results.") && key.contains(',');
        let is_results = keys.contains("results") && keys.contains("configs") && keys.contains("versions");
        (is_results || keys.contains("results") && keys.iter().any(is_metric)).then_some(Part::Aggregate)
    },
    read,
};

const WHOLE: Plan = Plan { lists: &[], skipped: &[] };

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    let mut candidates = Vec::new();
    for file in group.of(Part::Aggregate) {
        let results = document(file, WHOLE, gather, &mut |_, _| Ok(()))?;
        let candidate = Arc::new(candidate(&results));
        stated(&results, &candidate, gather)?;
        candidates.push(candidate);
    }
    candidates.dedup();
    for file in group.of(Part::Answers) {
        // Runs of several models in one folder do not say whose samples are whose.
        let candidate = match candidates.as_slice() {
            [one] => Arc::clone(one),
            _ => Arc::new(Candidate { label: file.stem().to_owned(), ..Candidate::default() }),
        };
        if candidates.len() != 1 {
            gather.open(&file.name);
            gather.issue(RowIssue::new("candidate-untold"))?;
        }
        let task = task(file);
        gather.scope(Some(&task));
        objects(file, gather, &mut |gather, line, row| sample(gather, &row, line, &candidate, &task))?;
    }
    Ok(())
}

fn candidate(results: &Value) -> Candidate {
    let args = results.pointer("/config/model_args");
    let of_args = |key: &str| match args {
        Some(Value::String(args)) => {
            args.split(',').find_map(|pair| pair.trim().strip_prefix(key)?.strip_prefix('=').map(str::to_owned))
        }
        args => name(args.and_then(|args| args.get(key))),
    };
    let model = name(results.get("model_name")).or_else(|| of_args("pretrained")).or_else(|| of_args("model"));
    let mut candidate = Candidate::named(&model.or_else(|| name(results.pointer("/config/model"))).unwrap_or_default());
    let settings = [("num_fewshot", results.get("n-shot")), ("chat_template", results.get("chat_template_sha"))];
    for (key, value) in settings {
        if let Some(value) = name(value) {
            candidate.settings.insert(key.to_owned(), value);
        }
    }
    candidate
}

fn stated(results: &Value, candidate: &Arc<Candidate>, gather: &mut Gather<'_>) -> Result<()> {
    let mut seen = std::collections::BTreeSet::new();
    for list in ["results", "groups"] {
        for (task, metrics) in results.get(list).and_then(Value::as_object).into_iter().flatten() {
            let samples = results.get("n-samples").and_then(|all| all.get(task));
            let n = samples.and_then(|samples| count(samples.get("effective")).or_else(|| count(Some(samples))));
            let metrics: BTreeMap<&String, &Value> = metrics.as_object().into_iter().flatten().collect();
            for (key, value) in &metrics {
                let (metric, filter) = key.split_once(',').unwrap_or((key, ""));
                if metric.ends_with("_stderr") || matches!(metric, "alias" | "name" | "sample_len" | "sample_count") {
                    continue;
                }
                // A group stands among the results too.
                if !seen.insert((task.clone(), (*key).clone())) {
                    continue;
                }
                let Some(value) = finite(Some(value)) else {
                    if !value.is_string() || unscored(value) == "not-finite" {
                        gather.issue(
                            RowIssue::new(unscored(value))
                                .column(format!("{task}.{key}"))
                                .value(value.to_string().as_bytes()),
                        )?;
                    }
                    continue;
                };
                let error =
                    if filter.is_empty() { format!("{metric}_stderr") } else { format!("{metric}_stderr,{filter}") };
                gather.stated(StatedFigure {
                    candidate: Arc::clone(candidate),
                    scope: Some(task.clone()),
                    metric: metric.to_owned(),
                    scorer: Some(metric.to_owned()),
                    filter: (!filter.is_empty()).then(|| filter.to_owned()),
                    value,
                    // "N/A" where there is none.
                    standard_error: metrics
                        .get(&error)
                        .and_then(|error| finite(Some(error)))
                        .filter(|error| *error >= 0.0),
                    interval: None,
                    n,
                    place: gather.place(None),
                })?;
            }
        }
    }
    Ok(())
}

/// `samples_{task}_{time}.jsonl` → the task; else the name itself.
fn task(file: &InputFile) -> String {
    let stem = file.stem();
    // The time holds a point: "2026-01-21T03-44-18.458309".
    let stem = stem
        .rsplit_once('.')
        .filter(|(_, end)| end.bytes().all(|byte| byte.is_ascii_digit()))
        .map_or(stem, |(stem, _)| stem);
    let Some(rest) = stem.strip_prefix("samples_") else { return stem.to_owned() };
    match rest.rsplit_once('_') {
        Some((task, time)) if time.starts_with("20") && time.contains('T') => task.to_owned(),
        _ => rest.to_owned(),
    }
}

/// Keys of a row that are no metrics.
const KNOWN: [&str; 11] = [
    "doc_id",
    "doc",
    "target",
    "arguments",
    "resps",
    "filtered_resps",
    "filter",
    "metrics",
    "doc_hash",
    "prompt_hash",
    "target_hash",
];

fn sample(gather: &mut Gather<'_>, row: &Value, line: u64, candidate: &Arc<Candidate>, task: &str) -> Result<()> {
    // A metric may also stand in the document's own words.
    let Some(doc) = name(row.get("doc_id")).or_else(|| name(row.get("doc_hash"))) else {
        return gather.issue(RowIssue::new("case-untold").at(line).column("doc_id"));
    };
    let arguments = arguments(row.get("arguments"));
    let messages = arguments.first().map(|(prompt, _)| asked(prompt)).unwrap_or_default();
    let target = any_text(row.get("target"));
    let id = doc;
    let case = Case {
        id: Some(id.clone()),
        reference: target.into_iter().filter(|text| !text.is_empty()).collect(),
        tags: [task.to_owned()].into(),
        messages,
        ..Case::default()
    };
    let case_identity = gather.case_of_result(case, Some(line))?;
    let mut result = ResultRecord::new(Arc::clone(candidate), gather.place(line));
    (result.case_id, result.case_identity) = (Some(id), case_identity);
    result.variant = name(row.get("filter"));
    result.answer = answer(row, &arguments);
    result.tags = vec![task.to_owned()];
    for (metric, value) in metrics(row) {
        match finite(Some(value)) {
            Some(value) => {
                result.scores.push(Score { scorer: metric.to_owned(), value, scale: None, reason: None, rater: None })
            }
            None => {
                let issue = RowIssue::new(unscored(value)).at(line).column(metric).value(value.to_string().as_bytes());
                gather.issue(issue)?;
            }
        }
    }
    gather.result(result, Repeats::Told)
}

/// What the model was shown. For chat models it stands as a JSON text of messages, in newer files within a list of one.
fn asked(prompt: &str) -> Vec<Message> {
    #[derive(Deserialize)]
    struct Said {
        role: String,
        content: String,
    }
    let inner = serde_json::from_str::<[String; 1]>(prompt).map_or_else(|_| prompt.to_owned(), |[inner]| inner);
    match serde_json::from_str::<Vec<Said>>(&inner) {
        Ok(said) if !said.is_empty() => {
            said.into_iter().map(|Said { role, content }| Message { role, content }).collect()
        }
        _ => vec![Message::user(prompt)],
    }
}

/// The metrics a row names; in older files, what it holds beside what is known.
fn metrics(row: &Value) -> Vec<(&str, &Value)> {
    match row.get("metrics").and_then(Value::as_array) {
        Some(named) => {
            named.iter().filter_map(Value::as_str).filter_map(|metric| Some((metric, row.get(metric)?))).collect()
        }
        None => {
            let own = row.as_object().into_iter().flatten();
            own.filter(|(key, value)| !KNOWN.contains(&key.as_str()) && (value.is_number() || value.is_boolean()))
                .map(|(key, value)| (key.as_str(), value))
                .collect()
        }
    }
}

/// What the model was given and what was to follow: objects of named arguments, or lists in older files.
fn arguments(value: Option<&Value>) -> Vec<(String, Option<String>)> {
    let pair = |first: Option<&Value>, second: Option<&Value>| Some((any_text(first)?, text(second)));
    match value {
        Some(Value::Object(named)) => {
            let all = named.values().filter_map(|of| pair(of.get("arg_0"), of.get("arg_1")));
            all.collect()
        }
        Some(Value::Array(list)) => list.iter().filter_map(|of| pair(of.get(0), of.get(1))).collect(),
        _ => Vec::new(),
    }
}

/// What the model wrote, before filters; of log-likelihoods, the continuation that is likeliest, the first of equals.
fn answer(row: &Value, arguments: &[(String, Option<String>)]) -> Option<String> {
    let filtered = row.get("filtered_resps").and_then(Value::as_array)?;
    let likelihood = |resp: &Value| {
        let first = resp.get(0)?;
        let number = finite(Some(first))?;
        (resp.as_array()?.len() == 2).then_some(number)
    };
    let likelihoods: Vec<f64> = filtered.iter().filter_map(likelihood).collect();
    if !likelihoods.is_empty() && likelihoods.len() == filtered.len() {
        let best = (0..likelihoods.len()).rev().max_by(|a, b| likelihoods[*a].total_cmp(&likelihoods[*b]))?;
        return arguments
            .get(best)
            .and_then(|(_, continuation)| continuation.clone())
            .or_else(|| Some(best.to_string()));
    }
    // A filter may leave "[invalid]" of an answer that says more.
    let written = row.get("resps").and_then(Value::as_array).and_then(|resps| resps.first());
    if let Some(text) = written.and_then(|first| text(first.get(0).or(Some(first)))) {
        return Some(text);
    }
    match filtered.first()? {
        Value::Array(inner) => any_text(inner.first()),
        one => any_text(Some(one)),
    }
}
