//! What the Anthropic console's two CSV exports have in common: both are read through the generic reader with a fixed mapping.
//! Optional columns vary; a byte order mark is possible.

use domain::money::Currency;

use crate::field::Field;
use crate::look::Look;
use crate::mapping::{FieldMapping, MappedColumn, MappedConstant};
use crate::{IngestError, Result};

/// The mapping of an export, as far as its columns are there.
///
/// # Errors
/// One of `marks` is not.
pub(super) fn mapping(
    look: &Look,
    marks: &[&str],
    columns: &[(Field, &str)],
    currency: Option<Currency>,
) -> Result<FieldMapping> {
    let names = look.header()?.names;
    let has = |name: &str| names.iter().any(|column| column == name);
    if let Some(missing) = marks.iter().find(|mark| !has(mark)) {
        return Err(IngestError::file("column-missing", &[("column", missing)]));
    }
    Ok(FieldMapping {
        columns: columns
            .iter()
            .filter(|(_, column)| has(column))
            .map(|(field, column)| MappedColumn { field: *field, column: (*column).to_owned() })
            .collect(),
        constants: vec![MappedConstant { field: Field::Vendor, value: "anthropic".to_owned() }],
        time_zone: Some("UTC".to_owned()),
        input_includes_cache: false,
        cost_currency: currency,
        day_first: Some(false),
        decimal_comma: Some(false),
    })
}
