//! Inspect's log as an archive: `header.json`, `samples/{id}_epoch_{n}.json`, and a journal it begins with. Without its header it is
//! a log still being written: what the journal says stands in.

use std::fs::File;

use serde_json::Value;

use super::inspect::{Header, SAMPLE, is_question, sample, stated};
use super::{Format, Group, Part};
use crate::bakeoff::archive::{Bounds, entries};
use crate::bakeoff::document::{Plan, stream};
use crate::bakeoff::gather::Gather;
use crate::bakeoff::outline::Shape;
use crate::{Result, RowIssue};

pub(super) const FORMAT: Format = Format {
    name: "inspect-archive",
    is_mapped: false,
    part: |shape| {
        let Shape::Archive(names) = shape else { return None };
        let is_ours = |name: &String| name == "header.json" || name.starts_with("_journal/") || is_sample(name);
        names.iter().any(is_ours).then_some(Part::Whole)
    },
    read,
};

const HEAD: Plan = Plan { lists: &[], skipped: &[&["reductions"]] };

fn is_sample(name: &str) -> bool {
    name.starts_with("samples/") && name.ends_with(".json")
}

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    for file in group.of(Part::Whole) {
        gather.open(&file.name);
        let header = header(&file.path);
        let is_unfinished = header.as_ref().is_none_or(|(_, is_journal)| *is_journal);
        let header = header.map(|(header, _)| header).unwrap_or_default();
        let of = Header::of(&header);
        gather.scope(of.task.as_deref());
        entries(&file.path, Bounds::of(file.bytes), gather, &is_sample, &mut |gather, _, reader| {
            let mut question = None;
            let document = stream(reader, SAMPLE, &mut |event| {
                if question.is_none() && is_question(&event.value) {
                    question = Some(event.value);
                }
                Ok(())
            })?;
            if let Some(broken) = &document.broken {
                let code = if broken.is_cut { "json-cut" } else { "json-invalid" };
                gather.issue(RowIssue::new(code).at(broken.line as u64).param("position", broken.position))?;
                return Ok(());
            }
            gather.doubled(&document.doubled, None)?;
            sample(gather, &of, &document.rest, question.as_ref(), None)
        })?;
        gather.entry(None);
        if is_unfinished {
            gather.issue(RowIssue::new("log-unfinished"))?;
        }
        of.check(gather)?;
        stated(&header, &of, gather)?;
    }
    Ok(())
}

/// The header, else what the journal begins with; and whether it is the journal's. What cannot be read is told by the reading of the
/// samples.
fn header(path: &std::path::Path) -> Option<(Value, bool)> {
    let mut found: [Option<Value>; 2] = [None, None];
    let mut ignore = |_: crate::bakeoff::told::Told| Ok(());
    let mut go_on = |_: crate::Progress| true;
    let bytes = File::open(path).ok()?.metadata().ok()?.len();
    let mut gather = Gather::new(&mut ignore, &mut go_on, bytes);
    let wanted = |name: &str| matches!(name, "header.json" | "_journal/start.json");
    entries(path, Bounds::of(bytes), &mut gather, &wanted, &mut |_, name, reader| {
        let document = stream(reader, HEAD, &mut |_| Ok(()))?;
        if document.rest.is_object() {
            found[usize::from(name != "header.json")] = Some(document.rest);
        }
        Ok(())
    })
    .ok()?;
    let [header, journal] = found;
    header.map(|header| (header, false)).or_else(|| journal.map(|journal| (journal, true)))
}
