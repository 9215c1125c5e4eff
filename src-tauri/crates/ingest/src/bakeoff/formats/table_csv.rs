//! Any table of cases or results whose columns a person maps.

use super::table::{Cells, TableReader, number_columns, rows};
use super::{Format, Group, Part};
use crate::bakeoff::columns::{self, ColumnMapping};
use crate::bakeoff::gather::Gather;
use crate::bakeoff::input::InputFile;
use crate::bakeoff::outline::Shape;
use crate::header::Header;
use crate::number::{self, Evidence, Verdict};
use crate::{IngestError, Result};

pub(super) const FORMAT: Format = Format {
    name: "table-csv",
    is_mapped: true,
    part: |shape| matches!(shape, Shape::Table(header) if columns::is_enough(&header.names)).then_some(Part::Whole),
    read,
};

fn read(group: &Group<'_>, gather: &mut Gather<'_>) -> Result<()> {
    for (file, _, shape) in &group.files {
        let Shape::Table(header) = shape else { continue };
        let mapping = ColumnMapping::said_or_guessed(group.options.mapping.as_ref(), &header.names);
        let commas = decimal_commas(file, header, &mapping)?;
        let mut reader = TableReader::new(file, &mapping, header.names.clone(), commas, false)?;
        rows(file, header, gather, &mut |gather, number, cells| reader.row(gather, number, &Cells::Row(cells)))?;
    }
    Ok(())
}

/// Which columns write the decimal sign as a comma: all values of a column decide, then the other columns, then a person.
///
/// # Errors
/// `decimal-sign-undecided`, where nobody and nothing says.
fn decimal_commas(file: &InputFile, header: &Header, mapping: &ColumnMapping) -> Result<Vec<bool>> {
    let numeric = number_columns(mapping, &header.names);
    let mut commas = vec![false; header.names.len()];
    if numeric.is_empty() {
        return Ok(commas);
    }
    let evidence: Vec<Evidence> = header.names.iter().map(|_| Evidence::default()).collect();
    let mut ignore = |_: crate::bakeoff::told::Told| Ok(());
    let mut go_on = |_: crate::Progress| true;
    rows(file, header, &mut Gather::new(&mut ignore, &mut go_on, file.bytes), &mut |_, _, cells| {
        for place in &numeric {
            if let Some(cell) = cells.get(*place) {
                let _ = number::float(cell.trim_ascii(), false, &evidence[*place]);
            }
        }
        Ok(())
    })?;
    let decided: Vec<bool> = numeric
        .iter()
        .filter_map(|place| match evidence[*place].verdict() {
            Verdict::Decided(comma) => Some(comma),
            _ => None,
        })
        .collect();
    let elsewhere = decided.first().copied().filter(|first| decided.iter().all(|comma| comma == first));
    for place in numeric {
        commas[place] = match (evidence[place].verdict(), mapping.decimal_comma) {
            (Verdict::Decided(comma), _) => comma,
            (Verdict::Indifferent, said) => said.unwrap_or(false),
            (_, Some(said)) => said,
            (Verdict::Undecided, None) if elsewhere.is_some() => elsewhere == Some(true),
            _ => {
                return Err(IngestError::file(
                    "decimal-sign-undecided",
                    &[("file", &file.name), ("column", &header.names[place])],
                ));
            }
        };
    }
    Ok(commas)
}
