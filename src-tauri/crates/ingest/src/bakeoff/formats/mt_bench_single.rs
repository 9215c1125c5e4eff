//! MT-Bench, one answer graded from 1 to 10 at a time. A turn of the conversation is a variant; −1 is a judgment without a grade.

use std::sync::Arc;

use serde_json::Value;

use super::mt_bench::{between, judge};
use super::promptfoo::unscored;
use super::{Format, Group, Part};
use crate::bakeoff::gather::{Gather, Repeats};
use crate::bakeoff::input::objects;
use crate::bakeoff::told::{Candidate, ErrorKind, ResultError, ResultRecord, Scale, Score};
use crate::bakeoff::values::{count, finite, instant, name, text};
use crate::{Result, RowIssue};

pub(super) const FORMAT: Format = Format {
    name: "mt-bench-single",
    is_mapped: false,
    part: |shape| shape.has_objects_with(&["question_id", "model", "judge", "score", "turn"]).then_some(Part::Whole),
    read,
};

const GRADES: Scale = Scale { low: 1.0, high: 10.0 };

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    group.of(Part::Whole).try_for_each(|file| objects(file, gather, &mut row))
}

fn row(gather: &mut Gather<'_>, line: u64, row: Value) -> Result<()> {
    let Some(model) = name(row.get("model")) else {
        return gather.issue(RowIssue::new("candidate-untold").at(line).column("model"));
    };
    let mut result = ResultRecord::new(Arc::new(Candidate::named(&model)), gather.place(line));
    // Names here are of open models, with owners before a stroke or without: nothing of a provider.
    result.case_id = name(row.get("question_id"));
    result.variant = count(row.get("turn")).map(|turn| format!("turn {turn}"));
    let (rater, task) = judge(&row);
    result.tags = task.into_iter().collect();
    let prompt = text(row.get("user_prompt")).unwrap_or_default();
    result.answer = between(&prompt, "### Assistant A:\n", "\n\n###")
        .or_else(|| between(&prompt, "[The Start of Assistant's Answer]", "[The End of Assistant's Answer]"))
        .or_else(|| between(&prompt, "### Assistant A:", "<|The End of Assistant A's Conversation with User|>"));
    let reason = name(row.get("judgment"));
    match (finite(row.get("score")), row.get("score")) {
        (Some(value), _) if value < 0.0 => {
            result.error = Some(ResultError { kind: ErrorKind::Scoring, text: reason.unwrap_or_default() });
            gather.issue(RowIssue::new("score-untold").at(line).column("score"))?;
        }
        (Some(value), _) => {
            result.scores.push(Score { scorer: "rating".to_owned(), value, scale: Some(GRADES), reason, rater });
        }
        (None, value) => {
            let issue = RowIssue::new(value.map_or("score-untold", unscored)).at(line).column("score");
            gather.issue(issue)?;
        }
    }
    result.at = instant(row.get("tstamp"));
    gather.result(result, Repeats::Told)
}
