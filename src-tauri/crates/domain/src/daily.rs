//! A reporting day's roll-up as bytes. A workspace opens by reading every day of years: one value a day is read in a tenth of the
//! time that a row for each series takes. Days are derived from the hours, so their form may change with the program.

use crate::hourly::{measures, put_measures};
use crate::usage::Measures;
use crate::varint::{Damaged, Reader, put, unzigzag, zigzag};

/// What a series counts of a reporting day, as far as it lies on one day of UTC.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayPart {
    pub series: u32,
    /// The day of UTC, counted from the reporting day: −1, 0 or 1.
    pub utc_step: i32,
    pub measures: Measures,
}

/// Parts in rising order of (series, day of UTC): the distance to the series before, the day of UTC, the measures.
pub fn to_bytes<'p>(parts: impl IntoIterator<Item = &'p DayPart>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut before = 0;
    for part in parts {
        put(&mut out, u128::from(part.series - before));
        put(&mut out, zigzag(part.utc_step.into()));
        put_measures(&mut out, &part.measures);
        before = part.series;
    }
    out
}

/// Visits the parts that [`to_bytes`] wrote, in their order.
///
/// # Errors
/// [`Damaged`].
pub fn each(bytes: &[u8], mut visit: impl FnMut(DayPart)) -> Result<(), Damaged> {
    let mut reader = Reader::new(bytes);
    let mut series = 0u32;
    while !reader.is_empty() {
        series = series.checked_add(reader.number()?).ok_or(Damaged)?;
        let utc_step = i32::try_from(unzigzag(reader.varint()?)).map_err(|_| Damaged)?;
        visit(DayPart { series, utc_step, measures: measures(&mut reader)? });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_day_is_read_as_it_was_written(
            parts in prop::collection::btree_map(
                (any::<u32>(), -1i32..=1),
                (prop::array::uniform16(prop_oneof![Just(0), any::<u64>()]), prop_oneof![Just(0), any::<i64>()]),
                0..40,
            ),
        ) {
            let parts: Vec<DayPart> = parts
                .into_iter()
                .map(|((series, utc_step), (counts, stated))| {
                    let counts = std::array::from_fn(|index| counts.get(index).copied().unwrap_or(0));
                    DayPart { series, utc_step, measures: Measures::from_counts(counts, i128::from(stated) * 1_000_003) }
                })
                .collect();
            let mut found = Vec::new();
            each(&to_bytes(&parts), |part| found.push(part)).unwrap();
            prop_assert_eq!(found, parts);
        }

        #[test]
        fn damaged_days_are_refused_or_read_never_a_crash(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = each(&bytes, |_| {});
        }
    }
}
