//! The roll-up cells of one hour as bytes, and the latency sketches beside them.
//!
//! An import has hundreds of cells an hour and is written, read and weighed against others by the hour: a row of SQL for each cell
//! took half of an import's time.

use crate::usage::Measures;
use crate::varint::{Damaged, Reader, put, unzigzag, zigzag};

/// A mask of the counts that are not 0, those counts, and the stated amount where there is one.
pub(crate) fn put_measures(out: &mut Vec<u8>, measures: &Measures) {
    let counts = measures.counts();
    let stated = measures.reported_nanos;
    let mask = counts
        .iter()
        .enumerate()
        .fold(u64::from(stated != 0), |mask, (index, count)| mask | u64::from(*count != 0) << (index + 1));
    put(out, u128::from(mask));
    counts.iter().filter(|count| **count != 0).for_each(|count| put(out, u128::from(*count)));
    if stated != 0 {
        put(out, zigzag(stated));
    }
}

/// Reads what [`put_measures`] wrote.
///
/// # Errors
/// [`Damaged`].
pub(crate) fn measures(reader: &mut Reader<'_>) -> Result<Measures, Damaged> {
    let mask: u64 = reader.number()?;
    let mut counts = [0u64; Measures::COLUMNS.len()];
    for (index, count) in counts.iter_mut().enumerate() {
        if mask >> (index + 1) & 1 == 1 {
            *count = reader.number()?;
        }
    }
    let stated = if mask & 1 == 1 { unzigzag(reader.varint()?) } else { 0 };
    Ok(Measures::from_counts(counts, stated))
}

/// Cells in rising order of their series: the distance to the one before, and the measures.
pub fn to_bytes<'c>(cells: impl IntoIterator<Item = (u32, &'c Measures)>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut before = 0;
    for (series, measures) in cells {
        put(&mut out, u128::from(series - before));
        put_measures(&mut out, measures);
        before = series;
    }
    out
}

/// Visits the cells that [`to_bytes`] wrote, by series.
///
/// # Errors
/// [`Damaged`].
pub fn each(bytes: &[u8], mut visit: impl FnMut(u32, Measures)) -> Result<(), Damaged> {
    let mut reader = Reader::new(bytes);
    let mut series = 0u32;
    while !reader.is_empty() {
        series = series.checked_add(reader.number()?).ok_or(Damaged)?;
        visit(series, measures(&mut reader)?);
    }
    Ok(())
}

/// Sketches, as [`crate::latency::LatencySketch::to_bytes`] writes them, in rising order of their series: the distance to the
/// one before, how many bytes, the bytes.
pub fn sketches_to_bytes<'s>(sketches: impl IntoIterator<Item = (u32, &'s [u8])>) -> Vec<u8> {
    let mut out = Vec::new();
    let mut before = 0;
    for (series, sketch) in sketches {
        put(&mut out, u128::from(series - before));
        put(&mut out, sketch.len() as u128);
        out.extend_from_slice(sketch);
        before = series;
    }
    out
}

/// Visits the sketches that [`sketches_to_bytes`] wrote, by series.
///
/// # Errors
/// [`Damaged`], or what the visitor makes of a sketch.
pub fn each_sketch<'b>(
    bytes: &'b [u8],
    mut visit: impl FnMut(u32, &'b [u8]) -> Result<(), Damaged>,
) -> Result<(), Damaged> {
    let mut reader = Reader::new(bytes);
    let mut series = 0u32;
    while !reader.is_empty() {
        series = series.checked_add(reader.number()?).ok_or(Damaged)?;
        let length = reader.number()?;
        visit(series, reader.bytes(length)?)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn an_hour_is_read_as_it_was_written(
            cells in prop::collection::btree_map(
                any::<u32>(),
                (prop::array::uniform16(prop_oneof![Just(0), any::<u64>()]), prop_oneof![Just(0), any::<i64>()]),
                0..40,
            ),
        ) {
            let cells: Vec<(u32, Measures)> = cells
                .into_iter()
                .map(|(series, (counts, stated))| {
                    let counts = std::array::from_fn(|index| counts.get(index).copied().unwrap_or(0));
                    (series, Measures::from_counts(counts, i128::from(stated) * 1_000_003))
                })
                .collect();
            let mut found = Vec::new();
            let bytes = to_bytes(cells.iter().map(|(series, measures)| (*series, measures)));
            each(&bytes, |series, measures| found.push((series, measures))).unwrap();
            prop_assert_eq!(found, cells);
        }

        #[test]
        fn sketches_are_read_as_they_were_written(
            sketches in prop::collection::btree_map(any::<u32>(), prop::collection::vec(any::<u8>(), 0..300), 0..20),
        ) {
            let bytes = sketches_to_bytes(sketches.iter().map(|(series, sketch)| (*series, sketch.as_slice())));
            let mut found = std::collections::BTreeMap::new();
            each_sketch(&bytes, |series, sketch| {
                found.insert(series, sketch.to_vec());
                Ok(())
            })
            .unwrap();
            prop_assert_eq!(found, sketches);
        }

        #[test]
        fn damaged_hours_are_refused_or_read_never_a_crash(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let _ = each(&bytes, |_, _| {});
            let _ = each_sketch(&bytes, |_, _| Ok(()));
        }
    }
}
