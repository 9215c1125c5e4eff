//! Any JSON whose paths a person maps: one object per line, one array, or documents one after another.

use std::path::Path;

use serde_json::Value;

use super::{Format, Marks, mapped};
use crate::Result;
use crate::accumulate::Setup;
use crate::field::Field;
use crate::json::{at_path, scalar, text_of};
use crate::json_usage::{Verdict, push, stream};
use crate::look::Look;
use crate::mapping::FieldMapping;
use crate::reader::{Found, Progress};
use crate::timestamp::TimestampReader;
use crate::understand::{CellReader, Rules};
use crate::writing::{Said, Writing, read_settled};

pub(super) const FORMAT: Format = Format {
    name: "generic-jsonl",
    marks: Marks::Objects(|_| true),
    is_mapped: true,
    known: mapped::known,
    currency: |_, mapping| Ok(mapped::currency(mapping)),
    notes: |_, mapping| Ok(mapped::notes(mapping)),
    read,
};

/// Attributes OpenTelemetry has renamed (semantic conventions for generative AI): what one span calls by the old name, another of
/// the same file calls by the new one.
const RENAMED: [(&str, &str); 3] = [
    ("gen_ai.provider.name", "gen_ai.system"),
    ("gen_ai.usage.input_tokens", "gen_ai.usage.prompt_tokens"),
    ("gen_ai.usage.output_tokens", "gen_ai.usage.completion_tokens"),
];

/// The path an attribute has under its other name.
fn other_name(path: &str) -> Option<String> {
    let renamed = |from: &str, to: &str| path.strip_suffix(from).map(|before| format!("{before}{to}"));
    RENAMED.iter().find_map(|(new, old)| renamed(new, old).or_else(|| renamed(old, new)))
}

fn tells_something(value: &Value) -> bool {
    !value.is_null() && value.as_str().is_none_or(|text| !text.trim().is_empty())
}

/// As with CSV, the file is read once more if its own values say that it writes numbers or dates otherwise.
///
/// # Errors
/// As [`stream`]; a file that leaves open how it writes numbers or dates.
fn read<'a>(
    path: &Path,
    look: &Look,
    mapping: &FieldMapping,
    setup: Setup<'a>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Found<'a>> {
    read_settled(
        mapping,
        |field| mapping.column(field).unwrap_or(field.name()).to_owned(),
        |writing| read_as(path, look, mapping, writing, setup, progress),
    )
}

fn read_as<'a>(
    path: &Path,
    look: &Look,
    mapping: &FieldMapping,
    writing: Writing,
    setup: Setup<'a>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<(Found<'a>, Said)> {
    let mut reader = CellReader::new(TimestampReader::new(mapping.zone()?, writing.day_first));
    let rules = Rules::of(mapping, writing.decimal_comma);
    let name = |field: Field| mapping.column(field).unwrap_or(field.name()).to_owned();
    let others = Field::ALL.map(|field| mapping.column(field).and_then(other_name));
    let found = stream(path, look, setup, progress, |tally, value| {
        let found = Field::ALL.map(|field| {
            let other = || at_path(&value, others[field as usize].as_deref()?);
            at_path(&value, mapping.column(field)?).filter(|found| tells_something(found)).or_else(other)
        });
        let cells = Field::ALL.map(|field| match mapping.column(field) {
            Some(_) if field == Field::UsageObject => text_of(found[field as usize]),
            Some(_) => scalar(found[field as usize]),
            None => mapping.constant(field).unwrap_or_default().trim().to_owned(),
        });
        // A number of JSON's own is written in one way only; a number in a text may be in two.
        let is_number = found.map(|value| matches!(value, Some(Value::Number(_))));
        let verdict = match rules.record_of(&is_number, |field| cells[field as usize].as_bytes(), name, &mut reader) {
            Ok(record) => push(tally, record)?,
            Err(issue) => Verdict::Bad(issue),
        };
        tally.count(verdict);
        Ok(())
    })?;
    let met_clock_change = reader.timestamps.met_clock_change;
    Ok((Found { met_clock_change, ..found }, Said::by([&reader])))
}
