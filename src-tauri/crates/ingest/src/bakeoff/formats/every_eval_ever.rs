//! Every Eval Ever, schema 0.2 and 0.3: figures of one run as JSON, its instances as JSON Lines.

use std::collections::HashMap;
use std::sync::Arc;

use domain::suite::{Case, Message};
use serde_json::Value;

use super::promptfoo::unscored;
use super::{Format, Group, Part};
use crate::bakeoff::document::Plan;
use crate::bakeoff::gather::{Gather, Repeats};
use crate::bakeoff::input::{document, objects};
use crate::bakeoff::told::{Candidate, ResultError, ResultRecord, Scale, Score, StatedFigure};
use crate::bakeoff::values::{content, count, finite, instant, name, positive, text, texts, totalled_tokens};
use crate::{Result, RowIssue};

pub(super) const FORMAT: Format = Format {
    name: "every-eval-ever",
    is_mapped: false,
    part: |shape| {
        if shape.is_object_with(&["schema_version", "evaluation_id", "evaluation_results"]) {
            Some(Part::Aggregate)
        } else if shape.has_objects_with(&["evaluation_id", "sample_id", "evaluation.score"]) {
            Some(Part::Answers)
        } else {
            None
        }
    },
    read,
};

const FIGURES: Plan = Plan { lists: &[&["evaluation_results"]], skipped: &[] };
const HEAD: Plan = Plan { lists: &[], skipped: &[&["evaluation_results"]] };

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    // What each of the figures measures: instances name the figure they belong to.
    let mut metrics: HashMap<String, String> = HashMap::new();
    // How many answers the figures of each file are over, by their own word.
    let mut announced: Vec<(Arc<str>, String, u64)> = Vec::new();
    for file in group.of(Part::Aggregate) {
        let header = crate::bakeoff::input::head(file, HEAD, &["/model_info", "/detailed_evaluation_results"])?;
        let mut candidate = Candidate::named(&name(header.pointer("/model_info/id")).unwrap_or_default());
        if let Some(developer) = name(header.pointer("/model_info/inference_platform")) {
            candidate.settings.insert("platform".to_owned(), developer);
        }
        let candidate = Arc::new(candidate);
        let rows = count(header.pointer("/detailed_evaluation_results/total_rows"));
        document(file, FIGURES, gather, &mut |gather, element| {
            if let (Some(id), Some(metric)) = (name(element.value.get("evaluation_result_id")), metric(&element.value))
            {
                metrics.insert(id, metric);
            }
            stated(gather, &element.value, element.number, &candidate, rows)
        })?;
        if let Some((id, rows)) = name(header.get("evaluation_id")).zip(rows) {
            announced.push((gather.place(1).file, id, rows));
        }
    }
    let mut told: HashMap<String, u64> = HashMap::new();
    for file in group.of(Part::Answers) {
        objects(file, gather, &mut |gather, line, row| {
            if let Some(id) = name(row.get("evaluation_id")) {
                *told.entry(id).or_default() += 1;
            }
            instance(gather, line, &row, &metrics)
        })?;
    }
    // A file of answers that was cut at the end of a line, or left behind, looks whole by itself.
    for (file, id, rows) in announced {
        let found = told.get(&id).copied().unwrap_or(0);
        if found < rows {
            let issue = RowIssue::new("answers-missing").param("rows", rows).param("found", found);
            gather.issue_of(&file, issue)?;
        }
    }
    Ok(())
}

fn stated(
    gather: &mut Gather<'_>,
    result: &Value,
    number: u64,
    candidate: &Arc<Candidate>,
    rows: Option<u64>,
) -> Result<()> {
    let score = result.pointer("/score_details/score");
    let Some(value) = finite(score) else {
        let issue = RowIssue::new(score.map_or("not-a-score", unscored)).at(number).column("score_details.score");
        return gather.issue(issue);
    };
    let of = |path: &str| result.pointer(&format!("/score_details/uncertainty/{path}"));
    let interval = finite(of("confidence_interval/lower")).zip(finite(of("confidence_interval/upper")));
    gather.stated(StatedFigure {
        candidate: Arc::clone(candidate),
        scope: name(result.get("evaluation_name")),
        scorer: None,
        metric: metric(result).unwrap_or_else(|| "score".to_owned()),
        filter: None,
        value,
        standard_error: positive(of("standard_error/value")),
        interval: interval.filter(|(low, high)| low <= high),
        n: count(of("num_samples")).or(rows),
        place: gather.place(number),
    })
}

fn metric(figure: &Value) -> Option<String> {
    let keys = ["metric_name", "metric_id", "evaluation_description"];
    keys.iter().find_map(|key| name(figure.pointer(&format!("/metric_config/{key}"))))
}

fn instance(gather: &mut Gather<'_>, line: u64, row: &Value, metrics: &HashMap<String, String>) -> Result<()> {
    let Some(id) = name(row.get("sample_id")) else {
        return gather.issue(RowIssue::new("case-untold").at(line).column("sample_id"));
    };
    let Some(model) = name(row.get("model_id")) else {
        return gather.issue(RowIssue::new("candidate-untold").at(line).column("model_id"));
    };
    let scope = name(row.get("evaluation_name"));
    gather.scope(scope.as_deref());
    let asked = text(row.pointer("/input/raw")).filter(|text| !text.is_empty());
    let case = Case {
        id: Some(id.clone()),
        messages: asked.map(Message::user).into_iter().collect(),
        reference: texts(row.pointer("/input/reference")).into_iter().filter(|text| !text.is_empty()).collect(),
        tags: scope.iter().cloned().collect(),
        ..Case::default()
    };
    let case_identity = gather.case_of_result(case, Some(line))?;
    let mut result = ResultRecord::new(Arc::new(Candidate::named(&model)), gather.place(line));
    (result.case_id, result.case_identity) = (Some(id), case_identity);
    // One sample may stand under several evaluations.
    let figure = name(row.get("evaluation_result_id"));
    let scorer = figure.as_ref().and_then(|figure| metrics.get(figure)).map_or("score", String::as_str);
    result.variant = figure.clone().or(scope);
    let said = |message: &Value| message.get("role").and_then(Value::as_str) == Some("assistant");
    let last = row.get("messages").and_then(Value::as_array).and_then(|all| all.iter().rfind(|one| said(one)).cloned());
    result.answer = text(row.pointer("/output/raw/0"))
        .or_else(|| text(row.pointer("/output/raw")))
        .or_else(|| content(last.as_ref().and_then(|last| last.get("content"))));
    let score = row.pointer("/evaluation/score");
    match finite(score) {
        Some(value) => {
            let reason = name(row.pointer("/evaluation/explanation"));
            result.scores.push(Score { scorer: scorer.to_owned(), value, scale: None, reason, rater: None });
        }
        None => {
            let issue = RowIssue::new(score.map_or("score-untold", unscored)).at(line).column("evaluation.score");
            gather.issue(issue)?;
        }
    }
    // Beside a score it says whether that is enough, which is ours to say.
    if let Some(value) = row.pointer("/evaluation/is_correct").and_then(Value::as_bool)
        && result.scores.is_empty()
    {
        let value = f64::from(u8::from(value));
        let scale = Some(Scale::UNIT);
        result.scores.push(Score { scorer: "is_correct".to_owned(), value, scale, reason: None, rater: None });
    }
    result.error = name(row.get("error")).map(|text| ResultError::of(&text));
    result.tokens = row.get("token_usage").filter(|usage| usage.is_object()).and_then(totalled_tokens);
    result.latency_ms = positive(row.pointer("/performance/latency_ms"));
    result.ttft_ms = positive(row.pointer("/performance/time_to_first_token_ms"));
    result.at = instant(row.get("evaluation_timestamp"));
    let repeat = count(row.pointer("/metadata/epoch")).or_else(|| count(row.pointer("/metadata/repeat")));
    gather.result(
        ResultRecord { repeat: repeat.and_then(|n| u32::try_from(n).ok()).unwrap_or(0), ..result },
        if repeat.is_some() { Repeats::Told } else { Repeats::AsTheyCome },
    )
}
