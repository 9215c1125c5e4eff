//! How a file writes its numbers and dates: assumed, read through, and held against what every value of each column said.

use crate::field::Field;
use crate::mapping::FieldMapping;
use crate::number::{Evidence, Verdict};
use crate::timestamp::DayOrder;
use crate::understand::CellReader;
use crate::{IngestError, Result};

/// Decimal signs by field, and the order of day and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Writing {
    pub decimal_comma: [bool; Field::ALL.len()],
    pub day_first: bool,
}

impl Writing {
    /// What is assumed until the file has been read: what a person said, else points and the month first.
    pub(crate) fn assumed(mapping: &FieldMapping) -> Self {
        Self {
            decimal_comma: [mapping.decimal_comma.unwrap_or(false); Field::ALL.len()],
            day_first: mapping.day_first.unwrap_or(false),
        }
    }
}

/// What all values of a file say together.
#[derive(Debug)]
pub(crate) struct Said {
    numbers: [Evidence; Field::ALL.len()],
    order: DayOrder,
}

impl Said {
    pub(crate) fn by<'r>(readers: impl IntoIterator<Item = &'r CellReader>) -> Self {
        let mut said = Self { numbers: std::array::from_fn(|_| Evidence::default()), order: DayOrder::default() };
        for reader in readers {
            for (all, one) in said.numbers.iter().zip(&reader.numbers) {
                all.add(one);
            }
            said.order.add(reader.timestamps.order);
        }
        said
    }

    /// How the file is to be read; the same as assumed if it was read right. A column's own values come before what a person
    /// said for the whole file; where they leave it open, what the person said decides, and for counts the other columns.
    ///
    /// # Errors
    /// `decimal-sign-undecided` or `day-order-undecided`, where nobody has said and the values of a column leave it open, or
    /// contradict each other.
    pub(crate) fn settle(&self, mapping: &FieldMapping, name: impl Fn(Field) -> String) -> Result<Writing> {
        let mut writing = Writing::assumed(mapping);
        // What the columns that decide say together.
        let decided: Vec<bool> = self
            .numbers
            .iter()
            .filter_map(|numbers| match numbers.verdict() {
                Verdict::Decided(comma) => Some(comma),
                _ => None,
            })
            .collect();
        let elsewhere = decided.first().copied().filter(|first| decided.iter().all(|comma| comma == first));
        for field in Field::ALL {
            let numbers = &self.numbers[field as usize];
            writing.decimal_comma[field as usize] = match (numbers.verdict(), mapping.decimal_comma) {
                (Verdict::Decided(comma), _) => comma,
                (Verdict::Indifferent, said) => said.unwrap_or(false),
                (_, Some(said)) => said,
                // Tokens of "1,000" beside a cost of 0.015 are a thousand; beside one of 0,015 nobody knows.
                (Verdict::Undecided, None)
                    if field != Field::Cost && elsewhere.is_some_and(|comma| numbers.groups_under(comma)) =>
                {
                    elsewhere == Some(true)
                }
                (verdict, None) => return Err(undecided("decimal-sign-undecided", &name(field), verdict)),
            };
        }
        writing.day_first = match (self.order.verdict(), mapping.day_first) {
            (Verdict::Decided(first), _) => first,
            (Verdict::Indifferent, said) => said.unwrap_or(false),
            (_, Some(said)) => said,
            (verdict, None) => return Err(undecided("day-order-undecided", &name(Field::Timestamp), verdict)),
        };
        Ok(writing)
    }
}

/// Reads a file as a person said or as assumed, and again as its own values say until they agree. `name` gives a field's column.
///
/// # Errors
/// Those of `read` and of [`Said::settle`].
pub(crate) fn read_settled<T>(
    mapping: &FieldMapping,
    name: impl Fn(Field) -> String,
    mut read: impl FnMut(Writing) -> Result<(T, Said)>,
) -> Result<T> {
    let mut writing = Writing::assumed(mapping);
    // A row that was bad under one reading may have more to say under another: it settles after a few turns at most.
    for _ in 0..4 {
        let (found, said) = read(writing)?;
        let settled = said.settle(mapping, &name)?;
        if settled == writing {
            return Ok(found);
        }
        writing = settled;
    }
    // Read either way, it says that it is to be read the other.
    let before = writing;
    let (_, said) = read(before)?;
    let settled = said.settle(mapping, &name)?;
    let field =
        Field::ALL.into_iter().find(|f| settled.decimal_comma[*f as usize] != before.decimal_comma[*f as usize]);
    Err(match field {
        Some(field) => undecided("decimal-sign-undecided", &name(field), Verdict::Contradictory),
        None => undecided("day-order-undecided", &name(Field::Timestamp), Verdict::Contradictory),
    })
}

fn undecided(code: &'static str, column: &str, verdict: Verdict) -> IngestError {
    let mixed = if verdict == Verdict::Contradictory { "1" } else { "0" };
    IngestError::file(code, &[("column", column), ("mixed", mixed)])
}
