//! What Inspect's logs have in common, be they an archive or one document: a header and samples.
//!
//! Values of scores, as Inspect's own metrics count them: C is 1, P is 0.5, I and N are 0; numbers and truth values are themselves; a
//! list or an object is a score of each of its parts, named `scorer.part`.

use std::sync::Arc;

use domain::suite::{Case, Message};
use serde_json::{Map, Value};

use super::promptfoo::unscored;
use crate::bakeoff::document::Plan;
use crate::bakeoff::gather::{Gather, Repeats};
use crate::bakeoff::told::{Candidate, ErrorKind, ResultError, ResultRecord, Scale, Score, StatedFigure};
use crate::bakeoff::values::{content, count, finite, instant, name, positive, text, texts, totalled_tokens};
use crate::{Result, RowIssue};

/// A sample as a document of its own: events are looked through for the first question to the model.
pub(super) const SAMPLE: Plan =
    Plan { lists: &[&["events"]], skipped: &[&["store"], &["error_retries"], &["messages"]] };

/// What a log says of itself.
pub(super) struct Header {
    pub candidate: Arc<Candidate>,
    pub task: Option<String>,
    status: Option<String>,
}

impl Header {
    pub(super) fn of(header: &Value) -> Self {
        let model = name(header.pointer("/eval/model")).unwrap_or_default();
        let mut candidate = Candidate::named(&model);
        let settings = [header.pointer("/eval/model_generate_config"), header.pointer("/plan/config")];
        for (key, value) in settings.into_iter().flatten().filter_map(Value::as_object).flatten() {
            if let Some(value) = text(Some(value)) {
                candidate.settings.insert(key.clone(), value);
            }
        }
        Self {
            candidate: Arc::new(candidate),
            task: name(header.pointer("/eval/task")),
            status: name(header.get("status")),
        }
    }

    /// Says of a log that it is not finished.
    pub(super) fn check(&self, gather: &mut Gather<'_>) -> Result<()> {
        if self.status.as_deref() == Some("started") {
            gather.issue(RowIssue::new("log-unfinished"))?;
        }
        Ok(())
    }
}

/// The figures a log states: each metric of each scorer, the standard error beside the one it is of.
pub(super) fn stated(header: &Value, of: &Header, gather: &mut Gather<'_>) -> Result<()> {
    for scorer in header.pointer("/results/scores").and_then(Value::as_array).into_iter().flatten() {
        let Some(metrics) = scorer.get("metrics").and_then(Value::as_object) else { continue };
        let error = |metrics: &Map<String, Value>| finite(metrics.get("stderr").and_then(|metric| metric.get("value")));
        let n = count(scorer.get("scored_samples")).or_else(|| count(header.pointer("/results/completed_samples")));
        for (metric, value) in metrics.iter().filter(|(metric, _)| *metric != "stderr") {
            let Some(value) = finite(value.get("value")) else {
                gather.issue(RowIssue::new("not-a-score").column(metric.as_str()))?;
                continue;
            };
            gather.stated(StatedFigure {
                candidate: Arc::clone(&of.candidate),
                scope: of.task.clone(),
                metric: format!("{}.{metric}", name(scorer.get("name")).unwrap_or_default()),
                scorer: scored_by(scorer).filter(|_| matches!(metric.as_str(), "accuracy" | "mean")),
                filter: name(scorer.get("reducer")),
                value,
                standard_error: error(metrics).filter(|_| matches!(metric.as_str(), "accuracy" | "mean")),
                interval: None,
                n,
                place: gather.place(None),
            })?;
        }
    }
    Ok(())
}

/// The scorer as samples name it: a part of one ("brief" of "style") stands under both names.
fn scored_by(scorer: &Value) -> Option<String> {
    let part = name(scorer.get("name"))?;
    Some(match name(scorer.get("scorer")) {
        Some(whole) if whole != part => format!("{whole}.{part}"),
        _ => part,
    })
}

/// Whether an event is a question to the model; only the first is looked for.
pub(super) fn is_question(event: &Value) -> bool {
    event.get("event").and_then(Value::as_str) == Some("model")
}

/// Hands on a sample's case and result. `question` is its first event to the model, where it was looked for.
pub(super) fn sample(
    gather: &mut Gather<'_>,
    header: &Header,
    sample: &Value,
    question: Option<&Value>,
    row: Option<u64>,
) -> Result<()> {
    let at = |mut issue: RowIssue| {
        issue.row = row;
        issue
    };
    let id = name(sample.get("id"));
    let case = case(sample, question, id.clone(), header);
    let case_identity = gather.case_of_result(case, row)?;
    let mut result = ResultRecord::new(Arc::clone(&header.candidate), gather.place(row));
    (result.case_id, result.case_identity) = (id, case_identity);
    result.repeat =
        count(sample.get("epoch")).and_then(|epoch| u32::try_from(epoch).ok()).unwrap_or(1).saturating_sub(1);
    result.answer = answer(sample);
    for (scorer, score) in sample.get("scores").and_then(Value::as_object).into_iter().flatten() {
        // Very old logs hold the bare value.
        let value = score.get("value").unwrap_or(score);
        let reason = name(score.get("explanation"));
        parts(scorer, value, &mut |name, value| match number(value) {
            Some(number) => {
                let scale = value.is_string().then_some(Scale::UNIT);
                result.scores.push(Score { scorer: name, value: number, scale, reason: reason.clone(), rater: None });
                Ok(())
            }
            None => gather.issue(at(RowIssue::new(unscored(value)).column(name).value(value.to_string().as_bytes()))),
        })?;
    }
    let error = sample.get("error").and_then(|error| name(error.get("message")).or_else(|| name(Some(error))));
    result.error = error.map(|text| ResultError::of(&text));
    let limit = name(sample.pointer("/limit/type"));
    if let (None, Some(limit)) = (&result.error, limit) {
        result.error =
            (limit == "time").then(|| ResultError { kind: ErrorKind::Timeout, text: format!("limit: {limit}") });
    }
    let seconds = positive(sample.pointer("/output/time")).or_else(|| positive(sample.get("total_time")));
    result.latency_ms = seconds.map(|seconds| seconds * 1_000.0);
    let own = sample.pointer("/output/usage").filter(|usage| usage.is_object());
    result.tokens = match own.and_then(totalled_tokens) {
        // What the judge took is in the sum: the answer alone is known where it is one, else nothing is.
        answer if is_judged_by_itself(sample, header) => answer.filter(|_| turns(sample) < 2),
        answer => usage(sample, header).or(answer),
    };
    result.cached = name(sample.pointer("/output/metadata/cache")).map(|cache| cache == "read");
    result.at = instant(sample.get("started_at")).or_else(|| instant(sample.get("completed_at")));
    gather.result(result, Repeats::Told)
}

/// Tokens of the model under test over the whole sample; those of a judge are another's.
fn usage(sample: &Value, header: &Header) -> Option<domain::usage::TokenCounts> {
    let all = sample.get("model_usage")?.as_object()?;
    totalled_tokens(all.get(&header.candidate.label)?)
}

/// Whether the model under test scored its own answers too, so that its usage is both.
fn is_judged_by_itself(sample: &Value, header: &Header) -> bool {
    let has_role = sample.get("role_usage").and_then(Value::as_object).is_some_and(|roles| !roles.is_empty());
    let scores = sample.get("scores").and_then(Value::as_object);
    let has_grading = scores.is_some_and(|all| all.values().any(|score| score.pointer("/metadata/grading").is_some()));
    let models = sample.get("model_usage").and_then(Value::as_object);
    let is_alone = models.is_some_and(|all| all.len() == 1 && all.contains_key(&header.candidate.label));
    (has_role || has_grading) && is_alone
}

/// How often the model spoke.
fn turns(sample: &Value) -> usize {
    let is_own = |message: &&Value| message.get("role").and_then(Value::as_str) == Some("assistant");
    sample.get("messages").and_then(Value::as_array).map_or(1, |all| all.iter().filter(is_own).count())
}

fn case(sample: &Value, question: Option<&Value>, id: Option<String>, header: &Header) -> Case {
    let mut messages = asked(sample, sample.get("input"));
    if messages.is_empty()
        && let Some(question) = question
    {
        messages = match pooled(sample, question) {
            pooled if !pooled.is_empty() => pooled,
            _ => asked(sample, question.get("input")),
        };
    }
    let choices = texts(sample.get("choices"));
    let metadata = sample.get("metadata").and_then(Value::as_object);
    let tag = |key: &str| metadata.and_then(|metadata| name(metadata.get(key)));
    Case {
        id,
        messages,
        reference: texts(sample.get("target")).into_iter().filter(|text| !text.trim().is_empty()).collect(),
        tags: header.task.iter().cloned().chain(tag("subject")).chain(tag("category")).collect(),
        cluster: tag("cluster"),
        variables: choices
            .into_iter()
            .zip('A'..='Z')
            .map(|(choice, letter)| (format!("choice {letter}"), choice))
            .collect(),
        ..Case::default()
    }
}

/// Messages with their attachments put back.
fn asked(sample: &Value, input: Option<&Value>) -> Vec<Message> {
    let mut messages = crate::bakeoff::values::messages(input);
    for message in &mut messages {
        if let Some(text) = attachment(sample, &message.content) {
            message.content = text;
        }
    }
    messages
}

fn attachment(sample: &Value, content: &str) -> Option<String> {
    text(sample.get("attachments")?.get(content.strip_prefix("attachment://")?))
}

/// Messages named by ranges `[from, to)` of the sample's pool.
fn pooled(sample: &Value, question: &Value) -> Vec<Message> {
    let Some(pool) = sample.get("message_pool").and_then(Value::as_array) else { return Vec::new() };
    let mut named = Vec::new();
    for range in question.get("input_refs").and_then(Value::as_array).into_iter().flatten() {
        let place = |value: Option<&Value>| count(value).and_then(|n| usize::try_from(n).ok());
        let (from, to) = match range {
            Value::Array(ends) => (place(ends.first()), place(ends.get(1))),
            one => (place(Some(one)), place(Some(one)).map(|n| n + 1)),
        };
        let (Some(from), Some(to)) = (from, to) else { continue };
        named.extend(pool.get(from..to.min(pool.len())).unwrap_or_default().iter().cloned());
    }
    asked(sample, Some(&Value::Array(named)))
}

fn answer(sample: &Value) -> Option<String> {
    let output = sample.get("output")?;
    let told = text(output.get("completion")).filter(|completion| !completion.is_empty());
    let chosen = told.or_else(|| content(output.pointer("/choices/0/message/content")));
    match chosen {
        Some(answer) => Some(attachment(sample, &answer).unwrap_or(answer)),
        None => text(output.get("completion")),
    }
}

/// Each part of a value that is a list or an object, else the value itself.
fn parts(scorer: &str, value: &Value, each: &mut dyn FnMut(String, &Value) -> Result<()>) -> Result<()> {
    match value {
        Value::Null => Ok(()),
        Value::Array(list) => {
            list.iter().enumerate().try_for_each(|(place, value)| parts(&format!("{scorer}.{place}"), value, each))
        }
        Value::Object(object) => {
            object.iter().try_for_each(|(key, value)| parts(&format!("{scorer}.{key}"), value, each))
        }
        value => each(scorer.to_owned(), value),
    }
}

fn number(value: &Value) -> Option<f64> {
    match value.as_str().map(str::trim) {
        Some("C") => Some(1.0),
        Some("P") => Some(0.5),
        Some("I" | "N") => Some(0.0),
        Some(word) if word.eq_ignore_ascii_case("yes") || word.eq_ignore_ascii_case("true") => Some(1.0),
        Some(word) if word.eq_ignore_ascii_case("no") || word.eq_ignore_ascii_case("false") => Some(0.0),
        _ => finite(Some(value)),
    }
}
