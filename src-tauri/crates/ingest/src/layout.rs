//! Which column of a CSV file holds which field.

use crate::field::{Field, squeeze};
use crate::mapping::FieldMapping;
use crate::record::Record;
use crate::rows::Row;
use crate::timestamp::TimestampReader;
use crate::understand::{CellReader, Rules};
use crate::writing::Writing;
use crate::{IngestError, Result, RowIssue};

/// Where each field comes from.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// By field: its column, else its constant value.
    places: [Option<usize>; Field::ALL.len()],
    constants: [Vec<u8>; Field::ALL.len()],
    names: Vec<String>,
    /// The last column that is used.
    last: usize,
    rules: Rules,
    pub delimiter: u8,
    zone: Option<chrono_tz::Tz>,
    day_first: bool,
}

impl Layout {
    /// # Errors
    /// A mapped column the header does not have, an unknown zone.
    pub(crate) fn new(names: Vec<String>, delimiter: u8, mapping: &FieldMapping, writing: Writing) -> Result<Self> {
        let mut places = [None; Field::ALL.len()];
        for mapped in &mapping.columns {
            let place = names.iter().position(|name| *name == mapped.column);
            let place = place.or_else(|| names.iter().position(|name| squeeze(name) == squeeze(&mapped.column)));
            let Some(place) = place else {
                return Err(IngestError::file("column-missing", &[("column", &mapped.column)]));
            };
            places[mapped.field as usize] = Some(place);
        }
        let mut constants: [Vec<u8>; Field::ALL.len()] = std::array::from_fn(|_| Vec::new());
        for constant in &mapping.constants {
            constants[constant.field as usize] = constant.value.trim().as_bytes().to_vec();
        }
        Ok(Self {
            last: places.iter().flatten().max().copied().unwrap_or(0),
            places,
            constants,
            names,
            rules: Rules::of(mapping, writing.decimal_comma),
            delimiter,
            zone: mapping.zone()?,
            day_first: writing.day_first,
        })
    }

    /// Columns a row should have.
    pub(crate) fn columns(&self) -> usize {
        self.names.len()
    }

    pub(crate) fn reader(&self) -> CellReader {
        CellReader::new(TimestampReader::new(self.zone, self.day_first))
    }

    /// What the column of a field is called.
    pub(crate) fn name(&self, field: Field) -> &str {
        self.places[field as usize].map_or(field.name(), |place| &self.names[place])
    }

    /// Reads a row and hands its record on.
    ///
    /// # Errors
    /// What is wrong with the row.
    #[inline]
    pub(crate) fn with_record<T>(
        &self,
        text: &[u8],
        row: &Row,
        reader: &mut CellReader,
        then: impl FnOnce(Record<'_>) -> T,
    ) -> std::result::Result<T, RowIssue> {
        self.check_width(text, row)?;
        let name = |field: Field| self.name(field).to_owned();
        if row.has_doubled() {
            let owned = Field::ALL.map(|field| self.places[field as usize].map(|place| row.unescaped(text, place)));
            let cell = |field: Field| match &owned[field as usize] {
                Some(text) => text.trim_ascii(),
                None => &self.constants[field as usize],
            };
            return self.rules.record(cell, name, reader).map(then);
        }
        let cell = |field: Field| match self.places[field as usize] {
            Some(place) => row.cell(text, place),
            None => &self.constants[field as usize],
        };
        self.rules.record(cell, name, reader).map(then)
    }

    /// Spreadsheets pad rows with empty cells and leave out trailing ones; anything else has shifted columns.
    fn check_width(&self, text: &[u8], row: &Row) -> std::result::Result<(), RowIssue> {
        let (found, expected) = (row.len(), self.names.len());
        if found == expected {
            return Ok(());
        }
        let unended = row.to == text.len() && !text.ends_with(b"\n");
        let code = if found > expected {
            if (expected..found).all(|index| row.cell(text, index).is_empty()) {
                return Ok(());
            }
            "row-too-wide"
        } else if found <= self.last || unended {
            "row-cut"
        } else {
            return Ok(());
        };
        Err(RowIssue::new(code).param("found", found).param("expected", expected).value(row.text(text)))
    }
}
