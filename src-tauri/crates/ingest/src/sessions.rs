//! Sessions across the whole file in bounded memory.
//!
//! A session counts once, in the cell of its first request, and is successful if its last request was. Entries are
//! sorted by the session's hash; what does not fit is written to temporary files as sorted runs and merged at the end.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};

/// Entries held in memory per reader thread: 32 MB.
const CAPACITY: usize = 1 << 20;

/// What is known of one session so far. `order` is (second, place in the file).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    hash: u64,
    first: u64,
    last: u64,
    cell: u32,
    outcome: u8,
}

const UNKNOWN: u8 = 0;
const FAILED: u8 = 1;
const SUCCEEDED: u8 = 2;

impl Entry {
    const BYTES: usize = 29;

    fn absorb(&mut self, other: &Entry) {
        if other.first < self.first {
            (self.first, self.cell) = (other.first, other.cell);
        }
        if other.last >= self.last {
            self.last = other.last;
            self.outcome = other.outcome;
        }
    }

    fn encode(&self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        bytes[..8].copy_from_slice(&self.hash.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.first.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.last.to_le_bytes());
        bytes[24..28].copy_from_slice(&self.cell.to_le_bytes());
        bytes[28] = self.outcome;
        bytes
    }

    fn decode(bytes: &[u8; Self::BYTES]) -> Self {
        let word = |at: usize| {
            let mut word = [0; 8];
            word.copy_from_slice(&bytes[at..at + 8]);
            u64::from_le_bytes(word)
        };
        let mut cell = [0; 4];
        cell.copy_from_slice(&bytes[24..28]);
        Self { hash: word(0), first: word(8), last: word(16), cell: u32::from_le_bytes(cell), outcome: bytes[28] }
    }
}

/// The sessions one reader thread has seen.
#[derive(Debug, Default)]
pub(crate) struct SessionLog {
    entries: Vec<Entry>,
    runs: Vec<File>,
}

/// One session, resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Session {
    /// Index of the log whose cell numbers `cell` is in.
    pub log: usize,
    pub cell: u32,
    pub succeeded: bool,
}

impl SessionLog {
    /// Notes a request of a session.
    ///
    /// # Errors
    /// Writing a temporary file.
    pub(crate) fn push(
        &mut self,
        hash: u64,
        at: i64,
        sequence: u64,
        cell: u32,
        success: Option<bool>,
    ) -> std::io::Result<()> {
        if self.entries.len() == CAPACITY {
            self.compact();
            if self.entries.len() > CAPACITY / 4 * 3 {
                self.spill()?;
            }
        }
        // Seconds fit 32 bits until 2106, places in the file are counted in steps of 8 bytes.
        let order = (at as u64 & 0xffff_ffff) << 32 | (sequence & 0xffff_ffff);
        let outcome = success.map_or(UNKNOWN, |ok| if ok { SUCCEEDED } else { FAILED });
        self.entries.push(Entry { hash, first: order, last: order, cell, outcome });
        Ok(())
    }

    fn compact(&mut self) {
        self.entries.sort_unstable_by_key(|entry| (entry.hash, entry.first));
        self.entries.dedup_by(|next, kept| {
            let same = next.hash == kept.hash;
            if same {
                kept.absorb(next);
            }
            same
        });
    }

    fn spill(&mut self) -> std::io::Result<()> {
        let mut file = tempfile::tempfile()?;
        let mut out = BufWriter::with_capacity(1 << 18, &mut file);
        for entry in &self.entries {
            out.write_all(&entry.encode())?;
        }
        out.flush()?;
        drop(out);
        file.seek(SeekFrom::Start(0))?;
        self.runs.push(file);
        self.entries.clear();
        Ok(())
    }
}

enum Run {
    Memory(std::vec::IntoIter<Entry>),
    Disk(BufReader<File>),
}

impl Run {
    fn next(&mut self) -> std::io::Result<Option<Entry>> {
        match self {
            Run::Memory(entries) => Ok(entries.next()),
            Run::Disk(file) => {
                let mut bytes = [0; Entry::BYTES];
                match file.read_exact(&mut bytes) {
                    Ok(()) => Ok(Some(Entry::decode(&bytes))),
                    Err(error) if error.kind() == std::io::ErrorKind::UnexpectedEof => Ok(None),
                    Err(error) => Err(error),
                }
            }
        }
    }
}

/// Merges the logs of all threads and hands on every session once.
///
/// # Errors
/// Reading a temporary file.
pub(crate) fn resolve(logs: Vec<SessionLog>, mut visit: impl FnMut(Session)) -> std::io::Result<()> {
    let mut runs = Vec::new();
    for (log, mut entries) in logs.into_iter().enumerate() {
        entries.compact();
        runs.push((log, Run::Memory(entries.entries.into_iter())));
        for file in entries.runs {
            runs.push((log, Run::Disk(BufReader::with_capacity(1 << 18, file))));
        }
    }
    let mut heap = BinaryHeap::new();
    let mut heads: Vec<Option<Entry>> = Vec::with_capacity(runs.len());
    for (index, (_, run)) in runs.iter_mut().enumerate() {
        let head = run.next()?;
        if let Some(entry) = head {
            heap.push(Reverse((entry.hash, index)));
        }
        heads.push(head);
    }
    let mut current: Option<(usize, Entry)> = None;
    while let Some(Reverse((_, index))) = heap.pop() {
        let Some(entry) = heads[index].take() else { continue };
        heads[index] = runs[index].1.next()?;
        if let Some(next) = heads[index] {
            heap.push(Reverse((next.hash, index)));
        }
        let log = runs[index].0;
        match &mut current {
            Some((owner, open)) if open.hash == entry.hash => {
                if entry.first < open.first {
                    *owner = log;
                }
                open.absorb(&entry);
            }
            _ => {
                if let Some((log, done)) = current.replace((log, entry)) {
                    visit(Session { log, cell: done.cell, succeeded: done.outcome == SUCCEEDED });
                }
            }
        }
    }
    if let Some((log, done)) = current {
        visit(Session { log, cell: done.cell, succeeded: done.outcome == SUCCEEDED });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn resolved(logs: Vec<SessionLog>) -> Vec<Session> {
        let mut sessions = Vec::new();
        resolve(logs, |session| sessions.push(session)).unwrap();
        sessions
    }

    #[test]
    fn a_session_belongs_to_its_first_request_and_succeeds_with_its_last() {
        let mut log = SessionLog::default();
        log.push(7, 300, 3, 30, Some(true)).unwrap();
        log.push(7, 100, 1, 10, Some(false)).unwrap();
        log.push(7, 200, 2, 20, Some(false)).unwrap();
        assert_eq!(resolved(vec![log]), [Session { log: 0, cell: 10, succeeded: true }]);
    }

    #[test]
    fn sessions_split_over_threads_and_spilled_runs_count_once() {
        let mut logs = vec![SessionLog::default(), SessionLog::default()];
        for hash in 0..5_000u64 {
            logs[0].push(hash, 2_000, hash, 1, Some(true)).unwrap();
            if hash == 2_500 {
                logs[0].compact();
                logs[0].spill().unwrap();
            }
            logs[1].push(hash, 1_000, hash, 2, Some(false)).unwrap();
        }
        logs[1].compact();
        logs[1].spill().unwrap();
        let sessions = resolved(logs);
        assert_eq!(sessions.len(), 5_000);
        assert!(sessions.iter().all(|s| *s == Session { log: 1, cell: 2, succeeded: true }));
    }
}
