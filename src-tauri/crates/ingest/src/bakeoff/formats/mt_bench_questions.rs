//! MT-Bench's questions as a suite: turns of a user, with a reference for some.

use domain::suite::{Case, Message};
use serde_json::Value;

use super::{Format, Group, Part};
use crate::bakeoff::gather::Gather;
use crate::bakeoff::input::objects;
use crate::bakeoff::values::{name, texts};
use crate::{Result, RowIssue};

pub(super) const FORMAT: Format = Format {
    name: "mt-bench-questions",
    is_mapped: false,
    part: |shape| shape.has_objects_with(&["question_id", "turns"]).then_some(Part::Whole),
    read,
};

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    group.of(Part::Whole).try_for_each(|file| objects(file, gather, &mut row))
}

fn row(gather: &mut Gather<'_>, line: u64, row: Value) -> Result<()> {
    let turn = |turn: &Value| name(turn.get("content")).or_else(|| name(Some(turn))).map(Message::user);
    let turns = row.get("turns").and_then(Value::as_array);
    let messages: Vec<Message> = turns.into_iter().flatten().filter_map(turn).collect();
    if messages.is_empty() {
        return gather.issue(RowIssue::new("case-untold").at(line).column("turns"));
    }
    let case = Case {
        id: name(row.get("question_id")),
        messages,
        reference: texts(row.get("reference")),
        tags: name(row.get("category")).into_iter().collect(),
        ..Case::default()
    };
    gather.case(case, Some(line))
}
