//! Any CSV whose columns a person maps: one row per request, or per hour or day of them.

use super::{Format, Marks, mapped};
use crate::csv_usage;

pub(super) const FORMAT: Format = Format {
    name: "generic-csv",
    marks: Marks::Columns(&[]),
    is_mapped: true,
    known: mapped::known,
    currency: |_, mapping| Ok(mapped::currency(mapping)),
    notes: |look, mapping| {
        let mut notes = mapped::notes(mapping);
        notes.extend(look.header()?.has_duplicates.then_some("duplicate-columns"));
        Ok(notes)
    },
    read: csv_usage::read,
};
