//! OpenAI evals: a log of events, one per line. The answer of a sample (`sampling`) and its score (`match`, `metrics`) are events of
//! their own, in any order, and the report may stand before them all.

use std::collections::{BTreeMap, HashMap, VecDeque};
use std::sync::Arc;

use domain::suite::Case;
use domain::suite::hash::identity;
use serde_json::Value;

use super::promptfoo::unscored;
use super::{Format, Group, Part};
use crate::bakeoff::gather::{Gather, Repeats};
use crate::bakeoff::input::objects;
use crate::bakeoff::told::{Candidate, ResultError, ResultRecord, Score, StatedFigure};
use crate::bakeoff::values::{any_text, content, finite, instant, messages, name, texts};
use crate::{Result, RowIssue};

pub(super) const FORMAT: Format = Format {
    name: "openai-evals",
    is_mapped: false,
    part: |shape| {
        let is_log = shape.has_objects_with(&["run_id", "event_id", "sample_id", "type", "data"])
            || shape.has_objects_with(&["spec.completion_fns"])
            || shape.has_objects_with(&["spec.eval_name", "spec.run_id"]);
        is_log.then_some(Part::Whole)
    },
    read,
};

/// Samples open at once; the oldest is handed on as it is when there are more.
const OPEN: usize = 50_000;

#[derive(Default)]
struct Sample {
    answer: Option<String>,
    prompt: Option<Value>,
    expected: Vec<String>,
    scores: Vec<Score>,
    error: Option<ResultError>,
    at: Option<i64>,
    row: u64,
}

#[derive(Default)]
struct Log {
    candidate: Option<Arc<Candidate>>,
    scope: Option<String>,
    open: HashMap<String, Sample>,
    order: VecDeque<String>,
    /// Figures met before it was known whose they are.
    reports: Vec<(u64, Value)>,
}

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    for file in group.of(Part::Whole) {
        let mut log = Log::default();
        objects(file, gather, &mut |gather, line, event| log.event(gather, line, event))?;
        gather.scope(log.scope.as_deref());
        while let Some(id) = log.order.pop_front() {
            log.close(gather, &id)?;
        }
        let candidate = log.whose();
        for (line, report) in std::mem::take(&mut log.reports) {
            stated(gather, line, &report, &candidate, &log.scope)?;
        }
    }
    Ok(())
}

impl Log {
    fn whose(&self) -> Arc<Candidate> {
        self.candidate.clone().unwrap_or_else(|| Arc::new(Candidate::named("")))
    }

    fn event(&mut self, gather: &mut Gather<'_>, line: u64, event: Value) -> Result<()> {
        if let Some(spec) = event.get("spec") {
            let named = texts(spec.get("completion_fns")).join("+");
            let model = if named.is_empty() { name(spec.pointer("/run_config/completion_fns/0")) } else { Some(named) };
            self.candidate = Some(Arc::new(Candidate::named(&model.unwrap_or_default())));
            self.scope = name(spec.get("eval_name")).or_else(|| name(spec.get("base_eval")));
            return Ok(());
        }
        if let Some(report) = event.get("final_report") {
            self.reports.push((line, report.clone()));
            return Ok(());
        }
        let (Some(id), Some(kind)) = (name(event.get("sample_id")), name(event.get("type"))) else {
            return gather.issue(RowIssue::new("case-untold").at(line).column("sample_id"));
        };
        let data = event.get("data").unwrap_or(&Value::Null);
        if !self.open.contains_key(&id) {
            if self.open.len() >= OPEN
                && let Some(oldest) = self.order.pop_front()
            {
                gather.scope(self.scope.as_deref());
                self.close(gather, &oldest)?;
            }
            self.order.push_back(id.clone());
        }
        let sample = self.open.entry(id).or_insert_with(|| Sample { row: line, ..Sample::default() });
        sample.at = sample.at.or_else(|| instant(event.get("created_at")));
        sample.take(gather, line, &kind, data)
    }

    fn close(&mut self, gather: &mut Gather<'_>, id: &str) -> Result<()> {
        let Some(sample) = self.open.remove(id) else { return Ok(()) };
        let case = Case {
            id: Some(id.to_owned()),
            messages: messages(sample.prompt.as_ref()),
            reference: sample.expected,
            tags: self.scope.iter().cloned().collect(),
            ..Case::default()
        };
        let case_identity = (!case.messages.is_empty()).then(|| identity(&case.messages));
        if case_identity.is_some() {
            gather.case_of_result(case, Some(sample.row))?;
        }
        let mut result = ResultRecord::new(self.whose(), gather.place(sample.row));
        (result.case_id, result.case_identity) = (Some(id.to_owned()), case_identity);
        (result.answer, result.scores, result.error, result.at) =
            (sample.answer, sample.scores, sample.error, sample.at);
        gather.result(result, Repeats::Told)
    }
}

impl Sample {
    fn score(&mut self, gather: &mut Gather<'_>, line: u64, scorer: &str, value: &Value) -> Result<()> {
        match finite(Some(value)) {
            Some(value) => {
                self.scores.push(Score { scorer: scorer.to_owned(), value, scale: None, reason: None, rater: None });
                Ok(())
            }
            None => {
                gather.issue(RowIssue::new(unscored(value)).at(line).column(scorer).value(value.to_string().as_bytes()))
            }
        }
    }

    fn take(&mut self, gather: &mut Gather<'_>, line: u64, kind: &str, data: &Value) -> Result<()> {
        match kind {
            "sampling" | "raw_sample" => {
                // A judge's sampling follows the answer's: the first one counts.
                let sampled = data.get("sampled").or_else(|| data.get("completion"));
                let sampled = match sampled {
                    Some(Value::Array(all)) => all.first(),
                    other => other,
                };
                if self.answer.is_none() {
                    self.answer = content(sampled);
                }
                if self.prompt.is_none() {
                    self.prompt = data.get("prompt").cloned();
                }
                Ok(())
            }
            "match" => {
                if self.expected.is_empty() {
                    self.expected = texts(data.get("expected"));
                }
                if self.answer.is_none() {
                    self.answer = ["sampled", "picked"].iter().find_map(|key| any_text(data.get(*key)));
                }
                self.score(gather, line, "correct", data.get("correct").unwrap_or(&Value::Null))
            }
            "metrics" => {
                let metrics =
                    data.as_object().into_iter().flatten().filter(|(_, value)| value.is_number() || value.is_boolean());
                metrics
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect::<Vec<_>>()
                    .into_iter()
                    .try_for_each(|(key, value)| self.score(gather, line, &key, &value))
            }
            "error" => {
                let text = name(data.get("message")).or_else(|| any_text(Some(data))).unwrap_or_default();
                self.error = Some(ResultError::of(&text));
                Ok(())
            }
            _ => Ok(()),
        }
    }
}

fn stated(
    gather: &mut Gather<'_>,
    line: u64,
    report: &Value,
    candidate: &Arc<Candidate>,
    scope: &Option<String>,
) -> Result<()> {
    let figures: BTreeMap<&String, &Value> = report.as_object().into_iter().flatten().collect();
    for (metric, value) in figures {
        // What a bootstrap of the whole says of its spread stands beside it under a name of its own.
        let Some(value) = finite(Some(value)).filter(|_| metric != "boostrap_std" && metric != "bootstrap_std") else {
            continue;
        };
        let spread = ["boostrap_std", "bootstrap_std"].iter().find_map(|key| finite(report.get(*key)));
        gather.stated(StatedFigure {
            candidate: Arc::clone(candidate),
            scope: scope.clone(),
            scorer: None,
            metric: metric.clone(),
            filter: None,
            value,
            standard_error: spread.filter(|spread| *spread >= 0.0 && metric == "accuracy"),
            interval: None,
            n: None,
            place: gather.place(line),
        })?;
    }
    Ok(())
}
