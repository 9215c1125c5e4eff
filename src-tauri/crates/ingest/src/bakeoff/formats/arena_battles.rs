//! Arena battles: two models, one winner, as JSON, JSON Lines or a table.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::table::rows;
use super::{Format, Group, Part};
use crate::bakeoff::gather::Gather;
use crate::bakeoff::input::objects;
use crate::bakeoff::outline::Shape;
use crate::bakeoff::told::{Candidate, VerdictRecord, Winner};
use crate::bakeoff::values::{count, instant, name};
use crate::{Result, RowIssue};

const MARKS: [&str; 3] = ["model_a", "model_b", "winner"];

pub(super) const FORMAT: Format = Format {
    name: "arena-battles",
    is_mapped: false,
    part: |shape| (shape.has_objects_with(&MARKS) || shape.is_table_with(&MARKS)).then_some(Part::Whole),
    read,
};

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
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

fn row(gather: &mut Gather<'_>, number: u64, row: Value) -> Result<()> {
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
    gather.verdict(VerdictRecord {
        case_id,
        a: Arc::new(Candidate::named(&a)),
        b: Arc::new(Candidate::named(&b)),
        winner,
        agreed: None,
        rater: name(row.get("judge")).or_else(|| name(row.get("evaluator"))),
        turn: count(row.get("turn")).and_then(|turn| u32::try_from(turn).ok()),
        tags,
        at: instant(row.get("tstamp")),
        place: gather.place(number),
    })
}
