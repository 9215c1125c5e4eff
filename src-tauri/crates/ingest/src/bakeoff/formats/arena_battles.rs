//! Arena battles: two models, one winner, as JSON, JSON Lines or a table. Every battle is a case; where the file holds what was
//! said, it is the question and the two answers.

use std::collections::HashSet;
use std::sync::Arc;

use domain::suite::{Case, Message};
use serde_json::{Map, Value};

use super::table::rows;
use super::{Format, Group, Part};
use crate::bakeoff::gather::{Gather, Repeats};
use crate::bakeoff::input::objects;
use crate::bakeoff::outline::Shape;
use crate::bakeoff::told::{Candidate, ResultRecord, VerdictRecord, Winner};
use crate::bakeoff::values::{count, instant, name, text};
use crate::{Result, RowIssue};

const MARKS: [&str; 3] = ["model_a", "model_b", "winner"];

pub(super) const FORMAT: Format = Format {
    name: "arena-battles",
    is_mapped: false,
    part: |shape| (shape.has_objects_with(&MARKS) || shape.is_table_with(&MARKS)).then_some(Part::Whole),
    read,
};

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    let mut met = Met::default();
    let mut row = |gather: &mut Gather<'_>, number: u64, object: Value| row(gather, number, &object, &mut met);
    for (file, _, shape) in &group.files {
        if let Shape::Table(header) = shape {
            rows(file, header, gather, &mut |gather, number, cells| {
                let pairs = header.names.iter().zip(cells);
                let object: Map<String, Value> = pairs
                    .map(|(name, cell)| {
                        (name.to_lowercase(), Value::String(String::from_utf8_lossy(cell).into_owned()))
                    })
                    .collect();
                row(gather, number, Value::Object(object))
            })?;
        } else {
            objects(file, gather, &mut row)?;
        }
    }
    Ok(())
}

/// What earlier rows told: a battle judged by several is one case, a question put to several pairs has an answer of each.
#[derive(Default)]
struct Met {
    cases: HashSet<String>,
    answers: HashSet<(String, Arc<Candidate>)>,
}

fn row(gather: &mut Gather<'_>, number: u64, row: &Value, met: &mut Met) -> Result<()> {
    let (Some(a), Some(b)) = (name(row.get("model_a")), name(row.get("model_b"))) else {
        return gather.issue(RowIssue::new("candidate-untold").at(number).column("model_a"));
    };
    let word = name(row.get("winner")).unwrap_or_default();
    let winner = match word.as_str() {
        "model_a" | "A" | "a" => Winner::A,
        "model_b" | "B" | "b" => Winner::B,
        "tie" => Winner::Tie,
        "tie (bothbad)" | "bothbad" | "both_bad" => Winner::BothBad,
        _ => return gather.issue(RowIssue::new("not-a-winner").at(number).column("winner").value(word.as_bytes())),
    };
    let case_id = ["question_id", "id", "conversation_id"].iter().find_map(|key| name(row.get(*key)));
    let is_yes = |key: &str| {
        row.get(key)
            .is_some_and(|value| value == true || value.as_str().is_some_and(|text| text.eq_ignore_ascii_case("true")))
    };
    let mut tags: Vec<String> = name(row.get("language")).into_iter().collect();
    tags.extend(is_yes("anony").then(|| "anonymous".to_owned()));
    let (a, b) = (Arc::new(Candidate::named(&a)), Arc::new(Candidate::named(&b)));
    if let Some(id) = &case_id {
        let spoken = ["conversation_a", "conversation_b"].map(|key| conversation(row.get(key)));
        if met.cases.insert(id.clone()) {
            let case = Case { id: Some(id.clone()), messages: spoken[0].asked.clone(), ..Case::default() };
            gather.case(case, Some(number))?;
        }
        for (candidate, spoken) in [&a, &b].into_iter().zip(&spoken) {
            let Some(answer) = &spoken.answered else { continue };
            if !met.answers.insert((id.clone(), candidate.clone())) {
                continue;
            }
            let mut result = ResultRecord::new(candidate.clone(), gather.place(number));
            result.case_id = Some(id.clone());
            result.answer = Some(answer.clone());
            gather.result(result, Repeats::Told)?;
        }
    }
    gather.verdict(VerdictRecord {
        case_id,
        a,
        b,
        winner,
        agreed: None,
        rater: name(row.get("judge")).or_else(|| name(row.get("evaluator"))),
        turn: count(row.get("turn")).and_then(|turn| u32::try_from(turn).ok()),
        tags,
        at: instant(row.get("tstamp")),
        place: gather.place(number),
    })
}

/// What was asked first, and everything that was answered.
#[derive(Default)]
struct Spoken {
    asked: Vec<Message>,
    answered: Option<String>,
}

fn conversation(turns: Option<&Value>) -> Spoken {
    let mut spoken = Spoken::default();
    for turn in turns.and_then(Value::as_array).into_iter().flatten() {
        let (Some(role), Some(content)) = (name(turn.get("role")), text(turn.get("content"))) else { continue };
        match (role.as_str(), &mut spoken.answered) {
            ("assistant", Some(answer)) => {
                answer.push_str("\n\n");
                answer.push_str(&content);
            }
            ("assistant", none) => *none = Some(content),
            (_, None) => spoken.asked.push(Message { role, content }),
            // What was asked after the first answer is part of the conversation the verdict is on, not of the case.
            (_, Some(_)) => {}
        }
    }
    spoken
}
