//! promptfoo's output, version 2: `results` beside a table whose rows are tests and whose columns are prompts with their provider.

use std::sync::Arc;

use domain::suite::Case;
use serde_json::Value;

use super::promptfoo::{candidate, messages, of_variables, references, rubric, unscored, variables};
use super::{Format, Group, Part};
use crate::bakeoff::document::Plan;
use crate::bakeoff::gather::{Gather, Repeats};
use crate::bakeoff::input::{document, head};
use crate::bakeoff::told::{Candidate, ResultError, ResultRecord, Score};
use crate::bakeoff::values::{any_text, dollars, finite, name, positive};
use crate::{Result, RowIssue};

pub(super) const FORMAT: Format = Format {
    name: "promptfoo-v2",
    is_mapped: false,
    part: |shape| shape.is_object_with(&["results.table.head", "results.table.body"]).then_some(Part::Whole),
    read,
};

const ROWS: Plan = Plan { lists: &[&["results", "table", "body"]], skipped: &[&["results", "results"]] };
const HEAD: Plan = Plan { lists: &[], skipped: &[&["results", "table", "body"], &["results", "results"]] };

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    for file in group.of(Part::Whole) {
        let header = head(file, HEAD, &["/evalId", "/results/table/head"])?;
        gather.scope(Some(&name(header.get("evalId")).unwrap_or_else(|| file.name.clone())));
        let prompts =
            header.pointer("/results/table/head/prompts").and_then(Value::as_array).cloned().unwrap_or_default();
        let label = |prompt: &Value| name(prompt.get("label")).or_else(|| name(prompt.get("raw")));
        let several = prompts.iter().filter_map(label).collect::<std::collections::BTreeSet<_>>().len() > 1;
        let columns: Vec<Option<Arc<Candidate>>> = prompts
            .iter()
            .map(|prompt| candidate(prompt.get("provider"), label(prompt), several).map(Arc::new))
            .collect();
        let names: Vec<String> = header
            .pointer("/results/table/head/vars")
            .map(|vars| crate::bakeoff::values::texts(Some(vars)))
            .unwrap_or_default();
        document(file, ROWS, gather, &mut |gather, element| {
            let row = Row { value: &element.value, number: element.number, names: &names, several };
            row.read(gather, &columns)
        })?;
    }
    Ok(())
}

struct Row<'r> {
    value: &'r Value,
    number: u64,
    names: &'r [String],
    several: bool,
}

impl Row<'_> {
    fn read(&self, gather: &mut Gather<'_>, columns: &[Option<Arc<Candidate>>]) -> Result<()> {
        let row = self.value;
        let mut vars = variables(row.pointer("/test/vars"));
        if vars.is_empty() {
            let values = crate::bakeoff::values::texts(row.get("vars"));
            vars = self.names.iter().cloned().zip(values).collect();
        }
        let outputs = row.get("outputs").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let asked = outputs.first().map(|output| messages(output.get("prompt"))).unwrap_or_default();
        // Older tables do not number their tests: a row is one.
        let id = name(row.get("testIdx")).unwrap_or_else(|| (self.number - 1).to_string());
        let asserts = row.pointer("/test/assert");
        let case = Case {
            id: Some(id.clone()),
            messages: if self.several || asked.is_empty() { of_variables(&vars) } else { asked },
            reference: references(asserts),
            rubric: rubric(asserts),
            variables: vars,
            ..Case::default()
        };
        let case_identity = gather.case_of_result(case, Some(self.number))?;
        for (column, output) in outputs.iter().enumerate() {
            let Some(Some(candidate)) = columns.get(column) else {
                gather.issue(RowIssue::new("candidate-untold").at(self.number).column(format!("outputs.{column}")))?;
                continue;
            };
            let mut result = ResultRecord::new(Arc::clone(candidate), gather.place(self.number));
            (result.case_id, result.case_identity) = (Some(id.clone()), case_identity);
            result.answer = any_text(output.get("text"));
            let scored = |scorer: &str, value: f64| Score {
                scorer: scorer.to_owned(),
                value,
                scale: None,
                reason: None,
                rater: None,
            };
            if let Some(pass) = output.get("pass").and_then(Value::as_bool) {
                result.scores.push(scored("pass", f64::from(u8::from(pass))));
            }
            match (finite(output.get("score")), output.get("score")) {
                (Some(value), _) => result.scores.push(scored("score", value)),
                (None, Some(value)) if !value.is_null() => {
                    gather.issue(RowIssue::new(unscored(value)).at(self.number).column("score"))?;
                }
                _ => {}
            }
            let error = name(output.get("error")).filter(|_| output.get("gradingResult").is_none_or(Value::is_null));
            result.error = error.map(|text| ResultError::of(&text));
            result.latency_ms = positive(output.get("latencyMs"));
            result.cost = dollars(output.get("cost"));
            gather.result(result, Repeats::AsTheyCome)?;
        }
        Ok(())
    }
}
