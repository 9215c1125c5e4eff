//! promptfoo's output, version 3: rows of one prompt, one provider and one test, in no order.
//!
//! `failureReason` 1 is a failed assertion: a score, although the row has an `error` text; 2 is an error. Tokens: `prompt` includes
//! what a provider had cached, `completion` what was spent on reasoning; `cached` counts what promptfoo took from its own cache.

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::money::Money;
use domain::suite::{Case, Message};
use domain::usage::{TokenCounts, disjoint_input};
use serde_json::Value;

use super::{Format, Group, Part};
use crate::bakeoff::document::Plan;
use crate::bakeoff::gather::{Gather, Repeats};
use crate::bakeoff::input::{document, head};
use crate::bakeoff::told::{Candidate, ResultError, ResultRecord, Score, StatedFigure};
use crate::bakeoff::values::{any_text, count, dollars, finite, name, positive};
use crate::{Result, RowIssue};

pub(super) const FORMAT: Format = Format {
    name: "promptfoo",
    is_mapped: false,
    part: |shape| {
        let is_v3 = shape.is_object_with(&["results.results"]) && !shape.is_object_with(&["results.table.body"]);
        (is_v3 && (shape.is_object_with(&["results.prompts"]) || shape.is_object_with(&["evalId"])))
            .then_some(Part::Whole)
    },
    read,
};

const ROWS: Plan = Plan { lists: &[&["results", "results"]], skipped: &[&["results", "table"]] };
const HEAD: Plan = Plan { lists: &[], skipped: &[&["results", "results"], &["results", "table"]] };

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    for file in group.of(Part::Whole) {
        let header = head(file, HEAD, &["/evalId", "/results/prompts"])?;
        let several_prompts = several_prompts(&header);
        // Tests are numbered within one evaluation.
        gather.scope(name(header.get("evalId")).as_deref());
        document(file, ROWS, gather, &mut |gather, element| {
            row(gather, &element.value, element.number, several_prompts)
        })?;
        stated(&header, several_prompts, gather)?;
    }
    Ok(())
}

/// Whether one provider is asked in several ways: the prompt is then part of the candidate.
pub(super) fn several_prompts(header: &Value) -> bool {
    let prompts = header.pointer("/results/prompts").and_then(Value::as_array);
    let labels = |prompts: &Vec<Value>| {
        prompts.iter().filter_map(|prompt| name(prompt.get("label"))).collect::<std::collections::BTreeSet<_>>()
    };
    prompts.map(labels).is_some_and(|labels| labels.len() > 1)
}

/// A provider, told apart by its label and, where there are several, its prompt.
pub(super) fn candidate(provider: Option<&Value>, prompt: Option<String>, several_prompts: bool) -> Option<Candidate> {
    let id = match provider? {
        object @ Value::Object(_) => name(object.get("id")),
        other => name(Some(other)),
    };
    let label = name(provider?.get("label"));
    let mut candidate = Candidate::named(&id.or_else(|| label.clone())?);
    if let Some(label) = label {
        candidate.label = label;
    }
    if let (Some(prompt), true) = (prompt, several_prompts) {
        candidate.settings.insert("prompt".to_owned(), prompt);
    }
    Some(candidate)
}

fn row(gather: &mut Gather<'_>, row: &Value, number: u64, several_prompts: bool) -> Result<()> {
    let prompt_label = name(row.pointer("/prompt/label"));
    let Some(candidate) = candidate(row.get("provider"), prompt_label, several_prompts) else {
        return gather.issue(RowIssue::new("candidate-untold").at(number).column("provider"));
    };
    let vars = variables(row.get("vars").or_else(|| row.pointer("/testCase/vars")));
    let asked = messages(row.pointer("/prompt/raw"));
    let test = name(row.get("testIdx"));
    let asserts = row.pointer("/testCase/assert");
    let id = test.clone().or_else(|| name(row.get("description")));
    // With several prompts the same case is asked in different words: what it is then is its variables.
    let case = Case {
        id: id.clone(),
        messages: if several_prompts { of_variables(&vars) } else { asked },
        reference: references(asserts),
        rubric: rubric(asserts),
        variables: vars,
        ..Case::default()
    };
    let case_identity = gather.case_of_result(case, Some(number))?;
    let mut result = ResultRecord::new(Arc::new(candidate), gather.place(number));
    (result.case_id, result.case_identity) = (id, case_identity);
    let response = row.get("response");
    result.answer = any_text(response.and_then(|response| response.get("output")));
    result.scores = scores(gather, row, number)?;
    let reason = row.get("failureReason").and_then(Value::as_u64);
    let text = name(row.get("error")).or_else(|| name(response.and_then(|response| response.get("error"))));
    let is_error = reason == Some(2) || reason.is_none() && row.get("gradingResult").is_none_or(Value::is_null);
    result.error = text.filter(|_| is_error).map(|text| ResultError::of(&text));
    result.latency_ms = positive(row.get("latencyMs"));
    result.cached = response.and_then(|response| response.get("cached")).and_then(Value::as_bool);
    let is_anthropic =
        result.candidate.provider.as_deref().is_some_and(|p| p.contains("anthropic") || p.contains("bedrock"));
    result.tokens = response.and_then(|response| tokens(response.get("tokenUsage")?, is_anthropic));
    result.cost = cost(row, response);
    gather.result(result, Repeats::AsTheyCome)
}

/// Scores of a row: its own, and those it names.
fn scores(gather: &mut Gather<'_>, row: &Value, number: u64) -> Result<Vec<Score>> {
    let mut scores = Vec::new();
    let reason = name(row.pointer("/gradingResult/reason"));
    let score = |scorer: &str, value: f64, reason: Option<String>| Score {
        scorer: scorer.to_owned(),
        value,
        scale: None,
        reason,
        rater: None,
    };
    if let Some(pass) = row.get("success").and_then(Value::as_bool) {
        scores.push(score("pass", f64::from(u8::from(pass)), None));
    }
    match row.get("score") {
        None | Some(Value::Null) => {}
        Some(value) => match finite(Some(value)) {
            Some(value) => scores.push(score("score", value, reason)),
            None => gather
                .issue(RowIssue::new(unscored(value)).at(number).column("score").value(value.to_string().as_bytes()))?,
        },
    }
    let named = row.get("namedScores").and_then(Value::as_object).into_iter().flatten();
    for (scorer, value) in named {
        match finite(Some(value)) {
            Some(value) => scores.push(score(scorer, value, None)),
            None => gather.issue(
                RowIssue::new(unscored(value)).at(number).column(scorer.as_str()).value(value.to_string().as_bytes()),
            )?,
        }
    }
    Ok(scores)
}

/// Which of the two a value that is no score is.
pub(super) fn unscored(value: &Value) -> &'static str {
    match value.as_str().map(|text| text.trim_start_matches(['-', '+'])) {
        Some("NaN" | "nan" | "Infinity" | "inf" | "Inf") => "not-finite",
        _ => "not-a-score",
    }
}

fn cost(row: &Value, response: Option<&Value>) -> Option<Money> {
    dollars(row.get("cost")).or_else(|| dollars(response.and_then(|response| response.get("cost"))))
}

fn tokens(usage: &Value, is_anthropic: bool) -> Option<TokenCounts> {
    let (input, output) = (count(usage.get("prompt"))?, count(usage.get("completion"))?);
    let detail = |key: &str| count(usage.pointer(&format!("/completionDetails/{key}"))).unwrap_or(0);
    let (read, write) = (detail("cacheReadInputTokens"), detail("cacheCreationInputTokens"));
    let input = if is_anthropic { input } else { disjoint_input(input, read, write).unwrap_or(input) };
    Some(TokenCounts {
        input,
        output,
        cache_read: read,
        cache_write_5m: write,
        reasoning: detail("reasoning").min(output),
        ..TokenCounts::default()
    })
}

/// A prompt is a text, or a conversation as JSON within a text.
pub(super) fn messages(raw: Option<&Value>) -> Vec<Message> {
    let Some(text) = any_text(raw) else { return Vec::new() };
    if text.trim_start().starts_with('[')
        && let Ok(list @ Value::Array(_)) = serde_json::from_str(&text)
    {
        let messages = crate::bakeoff::values::messages(Some(&list));
        if !messages.is_empty() && list.as_array().is_some_and(|all| all.iter().all(|one| one.get("role").is_some())) {
            return messages;
        }
    }
    vec![Message::user(text)]
}

pub(super) fn variables(vars: Option<&Value>) -> BTreeMap<String, String> {
    let each = |(key, value): (&String, &Value)| Some((key.clone(), any_text(Some(value))?));
    vars.and_then(Value::as_object).into_iter().flatten().filter_map(each).collect()
}

/// Variables as one message, for what is asked in several wordings.
pub(super) fn of_variables(vars: &BTreeMap<String, String>) -> Vec<Message> {
    if vars.is_empty() {
        return Vec::new();
    }
    vec![Message::user(vars.iter().map(|(key, value)| format!("{key}: {value}")).collect::<Vec<_>>().join("\n"))]
}

/// What assertions compare the answer to.
pub(super) fn references(asserts: Option<&Value>) -> Vec<String> {
    const COMPARE: [&str; 9] = [
        "equals",
        "contains",
        "icontains",
        "starts-with",
        "similar",
        "factuality",
        "levenshtein",
        "rouge-n",
        "answer-relevance",
    ];
    let each = |assert: &Value| {
        let kind = name(assert.get("type"))?;
        COMPARE.contains(&kind.as_str()).then(|| any_text(assert.get("value")))?
    };
    asserts.and_then(Value::as_array).into_iter().flatten().filter_map(each).collect()
}

/// What a judge is told.
pub(super) fn rubric(asserts: Option<&Value>) -> Option<String> {
    let each = |assert: &Value| {
        let kind = name(assert.get("type"))?;
        matches!(kind.as_str(), "llm-rubric" | "model-graded-closedqa" | "g-eval")
            .then(|| any_text(assert.get("value")))?
    };
    let all: Vec<String> = asserts.and_then(Value::as_array).into_iter().flatten().filter_map(each).collect();
    (!all.is_empty()).then(|| all.join("\n"))
}

/// What the file states of each prompt and provider: mean score and pass rate over its tests.
fn stated(header: &Value, several_prompts: bool, gather: &mut Gather<'_>) -> Result<()> {
    for prompt in header.pointer("/results/prompts").and_then(Value::as_array).into_iter().flatten() {
        let Some(candidate) = candidate(prompt.get("provider"), name(prompt.get("label")), several_prompts) else {
            continue;
        };
        let of = |key: &str| finite(prompt.pointer(&format!("/metrics/{key}")));
        let (passed, failed) = (of("testPassCount"), of("testFailCount"));
        let errors = of("testErrorCount").unwrap_or(0.0);
        let (Some(passed), Some(failed)) = (passed, failed) else { continue };
        let tests = passed + failed + errors;
        if tests < 1.0 {
            continue;
        }
        let candidate = Arc::new(candidate);
        let mut figures = vec![("pass", passed / tests)];
        figures.extend(of("score").map(|sum| ("score", sum / tests)));
        for (metric, value) in figures {
            gather.stated(StatedFigure {
                candidate: Arc::clone(&candidate),
                scope: None,
                scorer: None,
                metric: metric.to_owned(),
                filter: None,
                value,
                standard_error: None,
                interval: None,
                n: Some(tests as u64),
                place: gather.place(None),
            })?;
        }
    }
    Ok(())
}
