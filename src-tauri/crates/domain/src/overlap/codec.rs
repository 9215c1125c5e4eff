//! Edge rows and session traces as bytes: what an import keeps of its first and last hours is counted in millions of rows, so
//! each takes what it needs and no more (under 20 bytes a row of a plain trace).
//!
//! Numbers are LEB128 varints; a row is its fingerprint, its series, the time since the row before, a mask of the counts that
//! are not 0, those counts, and how long the answer took where that is told. The order of [`Measures::COLUMNS`] is part of the format: new counts go to its end.

use super::{EdgeRow, SessionTrace};
use crate::latency::{LONGEST, Timing};
use crate::usage::Measures;
use crate::varint::{Damaged, Reader, put, unzigzag, zigzag};

/// Header bits below the mask of the counts: an amount is stated; requests, successes are more than one; what is told of its time.
const STATED: u32 = 1;
const MANY: [u32; 2] = [2, 4];
const TO_THE_MINUTE: u32 = 8;
const LATENCY: u32 = 16;
const FIRST_TOKEN: u32 = 32;
const MASK_FROM: u32 = 6;

/// Appends measures and timing; sessions are left out, which rows alone do not make. One request and one success take no byte of
/// their own.
pub fn put_counted(out: &mut Vec<u8>, measures: &Measures, timing: &Timing) {
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
    let told = [
        (TO_THE_MINUTE, timing.to_the_minute),
        (LATENCY, timing.latency.is_some()),
        (FIRST_TOKEN, timing.first_token.is_some()),
    ];
    header |= told.into_iter().filter(|(_, is_told)| *is_told).map(|(bit, _)| bit).sum::<u32>();
    put(out, u128::from(header));
    for (index, count) in counts.into_iter().enumerate() {
        if count > u64::from(index < MANY.len()) {
            put(out, u128::from(count));
        }
    }
    if measures.reported_nanos != 0 {
        put(out, zigzag(measures.reported_nanos));
    }
    for micros in [timing.latency, timing.first_token].into_iter().flatten() {
        put_micros(out, micros);
    }
}

fn counted(reader: &mut Reader<'_>) -> Result<(Measures, Timing), Damaged> {
    let header: u32 = reader.number()?;
    let mut counts = [0u64; Measures::COLUMNS.len()];
    for (index, count) in counts.iter_mut().enumerate() {
        if header >> (MASK_FROM + index as u32) & 1 == 1 {
            let is_one = MANY.get(index).is_some_and(|many| header & many == 0);
            *count = if is_one { 1 } else { reader.number()? };
        }
    }
    let reported = if header & STATED != 0 { unzigzag(reader.varint()?) } else { 0 };
    let mut micros = |bit: u32| (header & bit != 0).then(|| read_micros(reader)).transpose();
    let (latency, first_token) = (micros(LATENCY)?, micros(FIRST_TOKEN)?);
    let timing = Timing { to_the_minute: header & TO_THE_MINUTE != 0, latency, first_token };
    Ok((Measures::from_counts(counts, reported), timing))
}

/// Reads what [`put_counted`] wrote.
///
/// # Errors
/// [`Damaged`].
pub fn read_counted(bytes: &[u8]) -> Result<(Measures, Timing), Damaged> {
    counted(&mut Reader::new(bytes))
}

/// Sources write milliseconds or finer: whole milliseconds take the fewer bytes.
fn put_micros(out: &mut Vec<u8>, micros: u64) {
    let packed = if micros.is_multiple_of(1_000) { (micros / 1_000) << 1 } else { micros << 1 | 1 };
    put(out, u128::from(packed));
}

fn read_micros(reader: &mut Reader<'_>) -> Result<u64, Damaged> {
    let packed: u64 = reader.number()?;
    let micros = if packed & 1 == 1 { Some(packed >> 1) } else { (packed >> 1).checked_mul(1_000) };
    micros.filter(|micros| *micros <= LONGEST).ok_or(Damaged)
}

/// A series, and where the cell begins if not with its hour.
fn put_place(out: &mut Vec<u8>, series: u32, cell: i32) {
    put(out, u128::from(series) << 1 | u128::from(cell != 0));
    if cell != 0 {
        put(out, zigzag(i128::from(cell)));
    }
}

fn place(reader: &mut Reader<'_>) -> Result<(u32, i32), Damaged> {
    let packed = reader.varint()?;
    let series = u32::try_from(packed >> 1).map_err(|_| Damaged)?;
    let cell = if packed & 1 == 1 { unzigzag(reader.varint()?) } else { 0 };
    Ok((series, i32::try_from(cell).map_err(|_| Damaged)?))
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
        put_counted(&mut out, &row.measures, &row.timing);
    }
    out
}

/// The unit a ledger's times are counted in; an empty ledger has none.
fn unit(reader: &mut Reader<'_>) -> Result<i64, Damaged> {
    if reader.is_empty() {
        return Ok(1);
    }
    let unit = reader.number()?;
    if UNITS.contains(&unit) { Ok(unit) } else { Err(Damaged) }
}

fn after(before: i64, step: u128, unit: i64) -> Result<i64, Damaged> {
    let step = i64::try_from(unzigzag(step)).ok().and_then(|step| step.checked_mul(unit)).ok_or(Damaged)?;
    before.checked_add(step).ok_or(Damaged)
}

/// # Errors
/// [`Damaged`].
pub fn read_rows(bytes: &[u8]) -> Result<Vec<EdgeRow>, Damaged> {
    let mut reader = Reader::new(bytes);
    let unit = unit(&mut reader)?;
    let mut rows = Vec::new();
    let mut before = 0i64;
    while !reader.is_empty() {
        let fingerprint = reader.word()?;
        let (series, cell) = place(&mut reader)?;
        before = after(before, reader.varint()?, unit)?;
        let (measures, timing) = counted(&mut reader)?;
        rows.push(EdgeRow { fingerprint, at: before, series, cell, measures, timing });
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
/// [`Damaged`].
pub fn read_sessions(bytes: &[u8]) -> Result<Vec<SessionTrace>, Damaged> {
    let mut reader = Reader::new(bytes);
    let unit = unit(&mut reader)?;
    let mut sessions = Vec::new();
    let mut before = 0i64;
    while !reader.is_empty() {
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
                     counts in prop::array::uniform16(prop_oneof![Just(0u64), 0u64..1_000_000_000_000]), reported in any::<i64>(),
                     to_the_minute: bool, latency in prop::option::of(0..=LONGEST), first_token in prop::option::of((0..=LONGEST / 1_000).prop_map(|ms| ms * 1_000))) -> EdgeRow {
            let measures = Measures::from_counts(counts, i128::from(reported) * 1000).without_sessions();
            EdgeRow { fingerprint, at, series, cell, measures, timing: Timing { to_the_minute, latency, first_token } }
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
            timing: Timing { to_the_minute: true, ..Timing::default() },
        };
        let rows: Vec<EdgeRow> = (0..1_000).map(row).collect();
        let bytes = put_rows(&rows).len();
        assert!(bytes <= 20_000, "{bytes} bytes for 1,000 rows");
    }
}
