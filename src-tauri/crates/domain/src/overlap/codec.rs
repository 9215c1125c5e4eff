//! Edge rows and session traces as bytes: what an import keeps of its first and last hours is counted in millions of rows, so
//! each takes what it needs and no more (under 20 bytes a row of a plain trace).
//!
//! Numbers are LEB128 varints; a row is its fingerprint, its series, the time since the row before, a mask of the counts that
//! are not 0 and those counts. The order of [`Measures::COLUMNS`] is part of the format: new counts go to its end.

use super::{EdgeRow, SessionTrace};
use crate::usage::Measures;

/// Bytes that are no ledger: a file damaged where no check of SQLite's looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("the ledger of an import's edges cannot be read")]
pub struct BadLedger;

fn put(out: &mut Vec<u8>, mut value: u128) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

fn zigzag(value: i128) -> u128 {
    ((value << 1) ^ (value >> 127)) as u128
}

fn unzigzag(value: u128) -> i128 {
    (value >> 1) as i128 ^ -((value & 1) as i128)
}

struct Reader<'b>(&'b [u8]);

impl Reader<'_> {
    fn varint(&mut self) -> Result<u128, BadLedger> {
        let mut value = 0u128;
        for shift in (0..126).step_by(7) {
            let (first, rest) = self.0.split_first().ok_or(BadLedger)?;
            self.0 = rest;
            value |= u128::from(first & 0x7f) << shift;
            if first & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(BadLedger)
    }

    fn number<T: TryFrom<u128>>(&mut self) -> Result<T, BadLedger> {
        T::try_from(self.varint()?).map_err(|_| BadLedger)
    }

    fn word(&mut self) -> Result<u64, BadLedger> {
        let (word, rest) = self.0.split_first_chunk::<8>().ok_or(BadLedger)?;
        self.0 = rest;
        Ok(u64::from_le_bytes(*word))
    }
}

/// Header bits below the mask of the counts: an amount is stated; requests, successes are more than one.
const STATED: u32 = 1;
const MANY: [u32; 2] = [2, 4];
const MASK_FROM: u32 = 3;

/// Appends measures; sessions are left out, which rows alone do not make. One request and one success take no byte of their own.
pub fn put_measures(out: &mut Vec<u8>, measures: &Measures) {
    let counts = measures.without_sessions().counts();
    let mut header = if measures.reported_nanos != 0 { STATED } else { 0 };
    for (index, count) in counts.iter().enumerate() {
        header |= u32::from(*count > 0) << (MASK_FROM + index as u32);
        if *count > 1
            && let Some(many) = MANY.get(index)
        {
            header |= many;
        }
    }
    put(out, u128::from(header));
    for (index, count) in counts.into_iter().enumerate() {
        if count > u64::from(index < MANY.len()) {
            put(out, u128::from(count));
        }
    }
    if measures.reported_nanos != 0 {
        put(out, zigzag(measures.reported_nanos));
    }
}

fn measures(reader: &mut Reader<'_>) -> Result<Measures, BadLedger> {
    let header: u32 = reader.number()?;
    let mut counts = [0u64; Measures::COLUMNS.len()];
    for (index, count) in counts.iter_mut().enumerate() {
        if header >> (MASK_FROM + index as u32) & 1 == 1 {
            let is_one = MANY.get(index).is_some_and(|many| header & many == 0);
            *count = if is_one { 1 } else { reader.number()? };
        }
    }
    let reported = if header & STATED != 0 { unzigzag(reader.varint()?) } else { 0 };
    Ok(Measures::from_counts(counts, reported))
}

/// Reads measures written by [`put_measures`].
///
/// # Errors
/// [`BadLedger`].
pub fn read_measures(bytes: &[u8]) -> Result<Measures, BadLedger> {
    measures(&mut Reader(bytes))
}

/// A series, and where the cell begins if not with its hour.
fn put_place(out: &mut Vec<u8>, series: u32, cell: i32) {
    put(out, u128::from(series) << 1 | u128::from(cell != 0));
    if cell != 0 {
        put(out, zigzag(i128::from(cell)));
    }
}

fn place(reader: &mut Reader<'_>) -> Result<(u32, i32), BadLedger> {
    let packed = reader.varint()?;
    let series = u32::try_from(packed >> 1).map_err(|_| BadLedger)?;
    let cell = if packed & 1 == 1 { unzigzag(reader.varint()?) } else { 0 };
    Ok((series, i32::try_from(cell).map_err(|_| BadLedger)?))
}

/// Sources write seconds, milliseconds, microseconds or finer: times are counted in the coarsest unit that loses nothing.
const UNITS: [i64; 5] = [1_000_000_000, 1_000_000, 1_000, 100, 1];

fn unit_of(times: impl Iterator<Item = i64> + Clone) -> i64 {
    UNITS.into_iter().find(|unit| times.clone().all(|at| at % unit == 0)).unwrap_or(1)
}

/// Rows of one hour, by time.
pub fn put_rows(rows: &[EdgeRow]) -> Vec<u8> {
    let mut out = Vec::with_capacity(rows.len() * 20);
    let unit = unit_of(rows.iter().map(|row| row.at));
    put(&mut out, unit as u128);
    let mut before = 0i64;
    for row in rows {
        out.extend_from_slice(&row.fingerprint.to_le_bytes());
        put_place(&mut out, row.series, row.cell);
        put(&mut out, zigzag(i128::from((row.at - before) / unit)));
        before = row.at;
        put_measures(&mut out, &row.measures);
    }
    out
}

/// The unit a ledger's times are counted in; an empty ledger has none.
fn unit(reader: &mut Reader<'_>) -> Result<i64, BadLedger> {
    if reader.0.is_empty() {
        return Ok(1);
    }
    let unit = reader.number()?;
    if UNITS.contains(&unit) { Ok(unit) } else { Err(BadLedger) }
}

fn after(before: i64, step: u128, unit: i64) -> Result<i64, BadLedger> {
    let step = i64::try_from(unzigzag(step)).ok().and_then(|step| step.checked_mul(unit)).ok_or(BadLedger)?;
    before.checked_add(step).ok_or(BadLedger)
}

/// # Errors
/// [`BadLedger`].
pub fn read_rows(bytes: &[u8]) -> Result<Vec<EdgeRow>, BadLedger> {
    let mut reader = Reader(bytes);
    let unit = unit(&mut reader)?;
    let mut rows = Vec::new();
    let mut before = 0i64;
    while !reader.0.is_empty() {
        let fingerprint = reader.word()?;
        let (series, cell) = place(&mut reader)?;
        before = after(before, reader.varint()?, unit)?;
        rows.push(EdgeRow { fingerprint, at: before, series, cell, measures: measures(&mut reader)? });
    }
    Ok(rows)
}

pub fn put_sessions(sessions: &[SessionTrace]) -> Vec<u8> {
    let mut out = Vec::with_capacity(sessions.len() * 20);
    let unit = unit_of(sessions.iter().flat_map(|session| [session.first, session.last]));
    put(&mut out, unit as u128);
    let mut before = 0i64;
    for session in sessions {
        out.extend_from_slice(&session.session.to_le_bytes());
        put_place(&mut out, session.series, session.cell);
        put(&mut out, zigzag(i128::from((session.first - before) / unit)));
        before = session.first;
        let outcome = session.outcome.map_or(0, |ok| if ok { 2 } else { 1 });
        put(&mut out, zigzag(i128::from((session.last - session.first) / unit)) * 3 + outcome);
    }
    out
}

/// # Errors
/// [`BadLedger`].
pub fn read_sessions(bytes: &[u8]) -> Result<Vec<SessionTrace>, BadLedger> {
    let mut reader = Reader(bytes);
    let unit = unit(&mut reader)?;
    let mut sessions = Vec::new();
    let mut before = 0i64;
    while !reader.0.is_empty() {
        let session = reader.word()?;
        let (series, cell) = place(&mut reader)?;
        before = after(before, reader.varint()?, unit)?;
        let packed = reader.varint()?;
        let last = after(before, packed / 3, unit)?;
        let outcome = match packed % 3 {
            0 => None,
            known => Some(known == 2),
        };
        sessions.push(SessionTrace { session, first: before, last, series, cell, outcome });
    }
    Ok(sessions)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::usage::TokenCounts;
    use proptest::prelude::*;

    prop_compose! {
        fn any_row()(fingerprint: u64, at in 1_400_000_000_000_000_000i64..4_100_000_000_000_000_000, series: u32, cell in -3600i32..3600,
                     counts in prop::array::uniform16(prop_oneof![Just(0u64), 0u64..1_000_000_000_000]), reported in any::<i64>()) -> EdgeRow {
            let measures = Measures::from_counts(counts, i128::from(reported) * 1000).without_sessions();
            EdgeRow { fingerprint, at, series, cell, measures }
        }
    }

    proptest! {
        #[test]
        fn what_is_kept_of_an_edge_comes_back_as_it_was(rows in prop::collection::vec(any_row(), 0..20)) {
            prop_assert_eq!(read_rows(&put_rows(&rows)), Ok(rows.clone()));
            let sessions: Vec<SessionTrace> = rows.iter().map(|row| SessionTrace {
                session: row.fingerprint,
                first: row.at,
                last: row.at + i64::from(row.series),
                series: row.series,
                cell: row.cell,
                outcome: [None, Some(false), Some(true)][(row.series % 3) as usize],
            }).collect();
            prop_assert_eq!(read_sessions(&put_sessions(&sessions)), Ok(sessions));
        }

        #[test]
        fn damaged_bytes_are_refused_or_read_never_a_crash(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
            let _ = read_rows(&bytes);
            let _ = read_sessions(&bytes);
        }
    }

    #[test]
    fn a_row_of_a_plain_trace_takes_at_most_20_bytes() {
        let row = |n: i64| EdgeRow {
            fingerprint: u64::MAX - n as u64,
            at: 1_785_521_823_000_000_000 + n * 53_000_000,
            series: 1_200,
            cell: 0,
            measures: Measures {
                requests: 1,
                successes: 1,
                tokens: TokenCounts { input: 4_808, output: 310, ..TokenCounts::default() },
                ..Measures::default()
            },
        };
        let rows: Vec<EdgeRow> = (0..1_000).map(row).collect();
        let bytes = put_rows(&rows).len();
        assert!(bytes <= 20_000, "{bytes} bytes for 1,000 rows");
    }
}
