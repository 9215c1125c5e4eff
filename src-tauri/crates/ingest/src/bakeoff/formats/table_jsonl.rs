//! Any list of JSON objects, or one per line, that are cases or results; columns are dotted keys.

use super::table::{Cells, TableReader};
use super::{Format, Group, Part};
use crate::Result;
use crate::bakeoff::columns::{self, ColumnMapping};
use crate::bakeoff::gather::Gather;
use crate::bakeoff::input::objects;
use crate::bakeoff::outline::Shape;

pub(super) const FORMAT: Format = Format {
    name: "table-jsonl",
    is_mapped: true,
    part: |shape| {
        let mut names = columns::of_shape(shape);
        match shape {
            Shape::Objects(_) => {}
            // One object may be a list of one; a document has what makes it one further down.
            Shape::Object(_) => names.retain(|name| !name.contains('.')),
            _ => return None,
        }
        columns::is_enough(&names).then_some(Part::Whole)
    },
    read,
};

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    for (file, _, shape) in &group.files {
        let names = columns::of_shape(shape);
        let mapping = ColumnMapping::said_or_guessed(group.options.mapping.as_ref(), &names);
        // JSON writes its numbers with a point.
        let commas = vec![false; names.len()];
        let mut reader = TableReader::new(file, &mapping, names, commas, true)?;
        objects(file, gather, &mut |gather, line, row| reader.row(gather, line, &Cells::Object(&row)))?;
    }
    Ok(())
}
