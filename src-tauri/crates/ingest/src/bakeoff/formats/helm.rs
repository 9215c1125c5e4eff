//! HELM's run folder: `per_instance_stats.json`, `stats.json`, `scenario_state.json`, `run_spec.json`, each known by what it holds.
//!
//! A train trial is a repeat; a perturbation of the input is a variant. `variance` and `stddev` are the population's over trials, so
//! that a standard error of the mean of n trials is stddev ÷ √(n − 1), and of one trial there is none. Counts of tokens and times
//! stand among the statistics; they are no scores.
//!
//! Scores by instance are held while the answers stream by: numbers only.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use domain::suite::hash::identity;
use domain::suite::{Case, Message};
use domain::usage::TokenCounts;
use serde_json::Value;

use super::promptfoo::unscored;
use super::{Format, Group, Part};
use crate::bakeoff::document::Plan;
use crate::bakeoff::gather::{Gather, Repeats};
use crate::bakeoff::input::document;
use crate::bakeoff::told::{Candidate, ResultError, ResultRecord, Score, StatedFigure};
use crate::bakeoff::values::{count, finite, instant, name, positive, text};
use crate::{Result, RowIssue};

pub(super) const FORMAT: Format = Format {
    name: "helm",
    is_mapped: false,
    part: |shape| {
        let is_list = matches!(shape, crate::bakeoff::outline::Shape::Objects(_));
        if is_list && shape.has_objects_with(&["instance_id", "stats"]) {
            Some(Part::Scores)
        } else if is_list && shape.has_objects_with(&["name.name", "name.split", "count", "sum"]) {
            Some(Part::Aggregate)
        } else if shape.is_object_with(&["adapter_spec", "request_states"]) {
            Some(Part::Answers)
        } else if shape.is_object_with(&["adapter_spec.model", "scenario_spec"]) {
            Some(Part::Settings)
        } else if shape.is_object_with(&["definition_path", "tags", "name"]) {
            Some(Part::Other)
        } else {
            None
        }
    },
    read,
};

const LIST: Plan = Plan { lists: &[&[]], skipped: &[] };
const STATES: Plan = Plan { lists: &[&["request_states"]], skipped: &[] };
const WHOLE: Plan = Plan { lists: &[], skipped: &[] };

/// Statistics of how it ran, not of how good it was.
fn is_bookkeeping(metric: &str) -> bool {
    metric.starts_with("num_")
        || metric.starts_with("finish_reason")
        || metric.starts_with("training_")
        || metric.starts_with("inference_")
        || metric.ends_with("_denoised_runtime")
        || matches!(
            metric,
            "batch_size"
                | "prompt_truncated"
                | "logprob"
                | "max_prob"
                | "logprob_per_byte"
                | "perplexity"
                | "bits_per_byte"
        )
}

/// An instance under a trial and a perturbation.
type Key = (String, u32, Option<String>);

#[derive(Debug, Default)]
struct OfInstance {
    scores: Vec<(Arc<str>, f64)>,
    input: Option<u64>,
    output: Option<u64>,
    seconds: Option<f64>,
    row: u64,
}

/// A perturbation by its name, and what it is computed on.
fn perturbation(value: Option<&Value>) -> Option<String> {
    let value = value.filter(|value| value.is_object())?;
    let name = name(value.get("name"))?;
    Some(match text(value.get("computed_on")) {
        Some(on) => format!("{name} ({on})"),
        None => name,
    })
}

fn trial(value: &Value) -> u32 {
    count(value.get("train_trial_index")).and_then(|n| u32::try_from(n).ok()).unwrap_or(0)
}

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    let mut settings = Value::Null;
    for file in group.of(Part::Settings) {
        settings = document(file, WHOLE, gather, &mut |_, _| Ok(()))?;
    }
    let scope = name(settings.get("name")).map(|name| name.split(':').next().unwrap_or_default().to_owned());
    // "mmlu:subject=philosophy,model=openai_gpt2": instances are numbered within all of it but the model.
    let run = name(settings.get("name"))
        .map(|name| name.split(',').filter(|part| !part.contains("model=")).collect::<Vec<_>>().join(","));
    gather.scope(run.as_deref().filter(|run| !run.is_empty()).or(scope.as_deref()));
    let mut adapter = settings.get("adapter_spec").cloned().unwrap_or_default();
    let mut instances: HashMap<Key, OfInstance> = HashMap::new();
    let mut names: HashSet<Arc<str>> = HashSet::new();
    for file in group.of(Part::Scores) {
        document(file, LIST, gather, &mut |gather, element| {
            instance(gather, &element.value, element.number, &mut instances, &mut names)
        })?;
    }
    if adapter.is_null() {
        for file in group.of(Part::Answers) {
            const HEAD: Plan = Plan { lists: &[], skipped: &[&["request_states"]] };
            adapter = crate::bakeoff::input::head(file, HEAD, &["/adapter_spec"])?
                .get("adapter_spec")
                .cloned()
                .unwrap_or_default();
        }
    }
    let candidate = Arc::new(candidate(&adapter, group));
    for file in group.of(Part::Answers) {
        document(file, STATES, gather, &mut |gather, element| {
            answered(gather, &element.value, element.number, &candidate, &mut instances)
        })?;
    }
    // What has scores and no answer, in the order of the file.
    let mut left: Vec<(Key, OfInstance)> = instances.into_iter().collect();
    left.sort_by(|a, b| (a.1.row, &a.0).cmp(&(b.1.row, &b.0)));
    if let Some(file) = group.of(Part::Scores).next() {
        gather.open(&file.name);
    }
    for ((id, trial, variant), of) in left {
        let mut result = ResultRecord::new(Arc::clone(&candidate), gather.place(of.row));
        (result.case_id, result.repeat, result.variant) = (Some(id), trial, variant);
        fill(&mut result, of);
        gather.result(result, Repeats::Told)?;
    }
    for file in group.of(Part::Aggregate) {
        let mut instances_of: BTreeMap<String, u64> = BTreeMap::new();
        document(file, LIST, gather, &mut |_, element| {
            let metric = name(element.value.pointer("/name/name"));
            if let (Some("num_instances"), Some(n)) = (metric.as_deref(), count(element.value.get("mean"))) {
                instances_of.insert(filter(&element.value), n);
            }
            Ok(())
        })?;
        document(file, LIST, gather, &mut |gather, element| {
            stated(gather, &element.value, element.number, &candidate, &scope, &instances_of)
        })?;
    }
    Ok(())
}

fn candidate(adapter: &Value, group: &Group<'_>) -> Candidate {
    let model = name(adapter.get("model")).or_else(|| {
        // "scenario:arguments,model=openai_gpt2" as the folder is called.
        let path = &group.files.first()?.0.path;
        let folder = path.parent()?.file_name()?.to_string_lossy().into_owned();
        Some(folder.split("model=").nth(1)?.split(',').next()?.to_owned())
    });
    let mut candidate = Candidate::named(&model.unwrap_or_default());
    for key in ["temperature", "max_tokens", "method", "max_train_instances"] {
        if let Some(value) = name(adapter.get(key)) {
            candidate.settings.insert(key.to_owned(), value);
        }
    }
    candidate
}

fn instance(
    gather: &mut Gather<'_>,
    row: &Value,
    number: u64,
    instances: &mut HashMap<Key, OfInstance>,
    names: &mut HashSet<Arc<str>>,
) -> Result<()> {
    let Some(id) = name(row.get("instance_id")) else {
        return gather.issue(RowIssue::new("case-untold").at(number).column("instance_id"));
    };
    let key = (id, trial(row), perturbation(row.get("perturbation")));
    if instances.contains_key(&key) {
        gather.counts.conflicts += 1;
        return gather.issue(RowIssue::new("result-twice").at(number));
    }
    let mut of = OfInstance { row: number, ..OfInstance::default() };
    for stat in row.get("stats").and_then(Value::as_array).into_iter().flatten() {
        let Some(metric) = name(stat.pointer("/name/name")) else { continue };
        // A statistic of nothing has no mean.
        let Some(mean) = stat.get("mean") else { continue };
        let Some(value) = finite(Some(mean)) else {
            gather.issue(RowIssue::new(unscored(mean)).at(number).column(metric).value(mean.to_string().as_bytes()))?;
            continue;
        };
        match metric.as_str() {
            "num_prompt_tokens" => of.input = count(Some(mean)),
            "num_output_tokens" | "num_completion_tokens" if of.output.is_none() => of.output = count(Some(mean)),
            "inference_runtime" => of.seconds = positive(Some(mean)),
            metric if is_bookkeeping(metric) => {}
            metric => {
                let name = names.get(metric).cloned().unwrap_or_else(|| Arc::from(metric));
                names.insert(Arc::clone(&name));
                of.scores.push((name, value));
            }
        }
    }
    instances.insert(key, of);
    Ok(())
}

fn fill(result: &mut ResultRecord, of: OfInstance) {
    let score = |(scorer, value): (Arc<str>, f64)| Score {
        scorer: scorer.to_string(),
        value,
        scale: None,
        reason: None,
        rater: None,
    };
    result.scores = of.scores.into_iter().map(score).collect();
    let told = of.input.is_some() || of.output.is_some();
    result.tokens = told.then(|| TokenCounts {
        input: of.input.unwrap_or(0),
        output: of.output.unwrap_or(0),
        ..TokenCounts::default()
    });
    if let Some(seconds) = of.seconds {
        result.latency_ms = Some(seconds * 1_000.0);
    }
}

fn answered(
    gather: &mut Gather<'_>,
    state: &Value,
    number: u64,
    candidate: &Arc<Candidate>,
    instances: &mut HashMap<Key, OfInstance>,
) -> Result<()> {
    let Some(instance) = state.get("instance") else {
        return gather.issue(RowIssue::new("case-untold").at(number).column("instance"));
    };
    let Some(id) = name(instance.get("id")) else {
        return gather.issue(RowIssue::new("case-untold").at(number).column("instance.id"));
    };
    let variant = perturbation(instance.get("perturbation"));
    let reference = |reference: &Value| {
        let is_right =
            reference.get("tags").and_then(Value::as_array).is_some_and(|tags| tags.iter().any(|tag| tag == "correct"));
        is_right.then(|| text(reference.pointer("/output/text")))?
    };
    let asked = text(instance.pointer("/input/text"));
    let case = Case {
        id: Some(id.clone()),
        messages: asked.map(Message::user).into_iter().collect(),
        reference: instance
            .get("references")
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
            .filter_map(reference)
            .collect(),
        tags: name(instance.get("split")).into_iter().collect(),
        ..Case::default()
    };
    let case_identity = (!case.messages.is_empty()).then(|| identity(&case.messages));
    // A perturbed input is a variant of its case, which stands unperturbed beside it.
    if variant.is_none() || !gather.knows_case(&id) {
        gather.case_of_result(case, Some(number))?;
    }
    // Where each choice is asked for on its own, the first request stands for all.
    let is_first = count(state.get("reference_index")).is_none_or(|index| index == 0)
        && name(state.get("request_mode")).is_none_or(|mode| mode == "original");
    if !is_first {
        return Ok(());
    }
    let of = instances.remove(&(id.clone(), trial(state), variant.clone()));
    let mut result = ResultRecord::new(Arc::clone(candidate), gather.place(number));
    (result.case_id, result.case_identity) = (Some(id), case_identity);
    (result.repeat, result.variant) = (trial(state), variant);
    let outcome = state.get("result");
    let of_result = |key: &str| outcome.and_then(|outcome| outcome.get(key));
    result.latency_ms = positive(of_result("request_time")).map(|seconds| seconds * 1_000.0);
    if let Some(of) = of {
        fill(&mut result, of);
    }
    let completion = outcome.and_then(|outcome| outcome.pointer("/completions/0/text"));
    result.answer = text(completion);
    if of_result("success").and_then(Value::as_bool) == Some(false) {
        result.error = Some(ResultError::of(&name(of_result("error")).unwrap_or_else(|| "success: false".to_owned())));
    }
    result.cached = of_result("cached").and_then(Value::as_bool);
    result.at = instant(of_result("request_datetime"));
    gather.result(result, Repeats::Told)
}

/// Split, sub-split and perturbation.
fn filter(stat: &Value) -> String {
    let of = stat.get("name");
    let parts = [
        name(of.and_then(|of| of.get("split"))),
        name(of.and_then(|of| of.get("sub_split"))),
        perturbation(of.and_then(|of| of.get("perturbation"))),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

fn stated(
    gather: &mut Gather<'_>,
    stat: &Value,
    number: u64,
    candidate: &Arc<Candidate>,
    scope: &Option<String>,
    instances_of: &BTreeMap<String, u64>,
) -> Result<()> {
    let Some(metric) = name(stat.pointer("/name/name")).filter(|metric| !is_bookkeeping(metric)) else { return Ok(()) };
    let Some(value) = finite(stat.get("mean")) else { return Ok(()) };
    let trials = count(stat.get("count")).unwrap_or(0);
    let filter = filter(stat);
    let deviation = positive(stat.get("stddev"));
    gather.stated(StatedFigure {
        candidate: Arc::clone(candidate),
        scope: scope.clone(),
        scorer: None,
        metric,
        value,
        standard_error: deviation.filter(|_| trials > 1).map(|deviation| deviation / ((trials - 1) as f64).sqrt()),
        interval: None,
        n: instances_of.get(&filter).copied(),
        filter: (!filter.is_empty()).then_some(filter),
        place: gather.place(number),
    })
}
