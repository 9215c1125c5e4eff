//! Values that only the domain can read, with a mark of what they held: SQLite checks pages, not what a program packed into them.
//! One that lost a byte would tell other figures.

use futures_util::TryStreamExt;
use sqlx::{Row, SqliteConnection};
use twox_hash::XxHash3_64;

use crate::{Result, StoreError};

const MARK: usize = size_of::<u64>();

/// Columns that hold sealed values.
const SEALED: [(&str, &str); 7] = [
    ("usage_hour", "cells"),
    ("usage_day", "parts"),
    ("usage_minute", "minutes"),
    ("usage_latency", "sketches"),
    ("usage_edge", "rows"),
    ("usage_trace", "sessions"),
    ("slo_day", "points"),
];

pub(crate) fn seal(mut bytes: Vec<u8>) -> Vec<u8> {
    let mark = XxHash3_64::oneshot(&bytes).to_le_bytes();
    bytes.extend_from_slice(&mark);
    bytes
}

/// What was sealed.
///
/// # Errors
/// [`StoreError::Corrupt`] if it is not what was sealed.
pub(crate) fn open(sealed: &[u8]) -> Result<&[u8]> {
    let damaged = || StoreError::Corrupt("figures stored beside the roll-ups are not what was written".into());
    let (bytes, mark) = sealed.split_last_chunk::<MARK>().ok_or_else(damaged)?;
    if XxHash3_64::oneshot(bytes).to_le_bytes() == *mark { Ok(bytes) } else { Err(damaged()) }
}

/// Opens every sealed value there is.
///
/// # Errors
/// [`StoreError::Corrupt`] at the first that is damaged.
pub(crate) async fn check_all(connection: &mut SqliteConnection) -> Result<()> {
    for (table, column) in SEALED {
        let sql = format!("SELECT {column} FROM {table}");
        let mut rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch(&mut *connection);
        while let Some(row) = rows.try_next().await? {
            open(row.try_get(0)?)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_that_lost_or_changed_a_bit_is_not_opened() {
        let sealed = seal(b"figures".to_vec());
        assert_eq!(open(&sealed).unwrap(), b"figures");
        assert_eq!(open(&seal(Vec::new())).unwrap(), b"");
        for at in 0..sealed.len() {
            for bit in 0..8 {
                let mut other = sealed.clone();
                other[at] ^= 1 << bit;
                assert!(open(&other).is_err());
            }
            assert!(open(&sealed[..at]).is_err());
        }
    }
}
