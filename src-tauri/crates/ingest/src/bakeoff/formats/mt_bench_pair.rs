//! MT-Bench, two answers compared twice with the sides swapped. A judge that changes its mind with the sides says nothing: a tie.

use std::sync::Arc;

use serde_json::Value;

use super::mt_bench::judge;
use super::{Format, Group, Part};
use crate::bakeoff::gather::Gather;
use crate::bakeoff::input::objects;
use crate::bakeoff::told::{Candidate, VerdictRecord, Winner};
use crate::bakeoff::values::{count, instant, name};
use crate::{Result, RowIssue};

pub(super) const FORMAT: Format = Format {
    name: "mt-bench-pair",
    is_mapped: false,
    part: |shape| shape.has_objects_with(&["question_id", "model_1", "model_2", "g1_winner"]).then_some(Part::Whole),
    read,
};

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    group.of(Part::Whole).try_for_each(|file| objects(file, gather, &mut row))
}

fn winner(word: &str) -> Option<Winner> {
    match word {
        "model_1" => Some(Winner::A),
        "model_2" => Some(Winner::B),
        "tie" => Some(Winner::Tie),
        _ => None,
    }
}

fn row(gather: &mut Gather<'_>, line: u64, row: Value) -> Result<()> {
    let (Some(a), Some(b)) = (name(row.get("model_1")), name(row.get("model_2"))) else {
        return gather.issue(RowIssue::new("candidate-untold").at(line).column("model_1"));
    };
    let mut games = Vec::new();
    for column in ["g1_winner", "g2_winner"] {
        match name(row.get(column)).map(|word| (winner(&word), word)) {
            Some((Some(winner), _)) => games.push(winner),
            Some((None, word)) => {
                let code = if word == "error" { "score-untold" } else { "not-a-winner" };
                return gather.issue(RowIssue::new(code).at(line).column(column).value(word.as_bytes()));
            }
            None => {}
        }
    }
    let (winner, agreed) = match games.as_slice() {
        [one] => (*one, None),
        [one, other] => (if one == other { *one } else { Winner::Tie }, Some(one == other)),
        _ => return gather.issue(RowIssue::new("not-a-winner").at(line).column("g1_winner")),
    };
    let (rater, task) = judge(&row);
    let verdict = VerdictRecord {
        case_id: name(row.get("question_id")),
        a: Arc::new(Candidate::named(&a)),
        b: Arc::new(Candidate::named(&b)),
        winner,
        agreed,
        rater,
        turn: count(row.get("turn")).and_then(|turn| u32::try_from(turn).ok()),
        tags: task.into_iter().collect(),
        at: instant(row.get("tstamp")),
        place: gather.place(line),
    };
    gather.verdict(verdict)
}
