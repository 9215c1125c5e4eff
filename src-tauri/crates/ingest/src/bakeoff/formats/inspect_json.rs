//! Inspect's log as one document.

use super::inspect::{Header, sample, stated};
use super::{Format, Group, Part};
use crate::Result;
use crate::bakeoff::document::Plan;
use crate::bakeoff::gather::Gather;
use crate::bakeoff::input::{document, head};

pub(super) const FORMAT: Format = Format {
    name: "inspect-json",
    is_mapped: false,
    part: |shape| {
        let is_log = shape.is_object_with(&["eval.model", "eval.task"]) && shape.is_object_with(&["status"]);
        is_log.then_some(Part::Whole)
    },
    read,
};

const SAMPLES: Plan = Plan { lists: &[&["samples"]], skipped: &[&["logging"]] };
const HEAD: Plan = Plan { lists: &[], skipped: &[&["samples"], &["logging"], &["reductions"]] };

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    for file in group.of(Part::Whole) {
        let header = head(file, HEAD, &["/status", "/eval", "/plan", "/results"])?;
        let of = Header::of(&header);
        gather.scope(of.task.as_deref());
        document(file, SAMPLES, gather, &mut |gather, element| {
            let events = element.value.get("events").and_then(serde_json::Value::as_array);
            let question = events.and_then(|events| events.iter().find(|event| super::inspect::is_question(event)));
            sample(gather, &of, &element.value, question, Some(element.number))
        })?;
        of.check(gather)?;
        stated(&header, &of, gather)?;
    }
    Ok(())
}
