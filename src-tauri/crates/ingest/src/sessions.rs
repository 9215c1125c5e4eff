//! Sessions across the whole file in bounded memory.
//!
//! A session counts once, in the cell of its first request, and is successful if its last request was. Entries are
//! sorted by the session's hash; what does not fit is written to temporary files as sorted runs and merged at the end.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};

/// Entries held in memory per reader thread: 10 MB.
const CAPACITY: usize = 1 << 18;

/// Sessions met lately, by the low bits of their hash: most requests go to one of these, and only what a session has come to by
/// then is noted.
const LATELY: usize = 1 << 13;

/// What is known of one session so far. Instants are epoch nano-seconds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Entry {
    hash: u64,
    first: i64,
    last: i64,
    cell: u32,
    /// Of requests at one instant the one with the least mark is the first: order in the file decides nothing.
    mark: u32,
    outcome: u8,
}

const UNKNOWN: u8 = 0;
const FAILED: u8 = 1;
const SUCCEEDED: u8 = 2;

impl Entry {
    const BYTES: usize = 33;

    fn absorb(&mut self, other: &Entry) {
        if (other.first, other.mark) < (self.first, self.mark) {
            (self.first, self.mark, self.cell) = (other.first, other.mark, other.cell);
        }
        match other.last.cmp(&self.last) {
            Ordering::Greater => (self.last, self.outcome) = (other.last, other.outcome),
            // Of requests at one instant a successful one decides.
            Ordering::Equal => self.outcome = self.outcome.max(other.outcome),
            Ordering::Less => {}
        }
    }

    fn encode(&self) -> [u8; Self::BYTES] {
        let mut bytes = [0; Self::BYTES];
        bytes[..8].copy_from_slice(&self.hash.to_le_bytes());
        bytes[8..16].copy_from_slice(&self.first.to_le_bytes());
        bytes[16..24].copy_from_slice(&self.last.to_le_bytes());
        bytes[24..28].copy_from_slice(&self.cell.to_le_bytes());
        bytes[28..32].copy_from_slice(&self.mark.to_le_bytes());
        bytes[32] = self.outcome;
        bytes
    }

    fn decode(bytes: &[u8; Self::BYTES]) -> Self {
        let word = |at: usize| {
            let mut word = [0; 8];
            word.copy_from_slice(&bytes[at..at + 8]);
            word
        };
        let half = |at: usize| {
            let mut half = [0; 4];
            half.copy_from_slice(&bytes[at..at + 4]);
            u32::from_le_bytes(half)
        };
        Self {
            hash: u64::from_le_bytes(word(0)),
            first: i64::from_le_bytes(word(8)),
            last: i64::from_le_bytes(word(16)),
            cell: half(24),
            mark: half(28),
            outcome: bytes[32],
        }
    }
}

/// The sessions one reader thread has seen.
#[derive(Debug, Default)]
pub(crate) struct SessionLog {
    /// Empty until the first session.
    lately: Vec<Option<Entry>>,
    entries: Vec<Entry>,
    runs: Vec<File>,
}

/// One session, resolved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Session {
    pub hash: u64,
    /// Index of the log whose cell numbers `cell` is in.
    pub log: usize,
    pub cell: u32,
    pub first: i64,
    pub last: i64,
    /// How its last request ended; `None` if it does not say.
    pub outcome: Option<bool>,
}

impl Session {
    fn of(log: usize, entry: &Entry) -> Self {
        let outcome = match entry.outcome {
            UNKNOWN => None,
            outcome => Some(outcome == SUCCEEDED),
        };
        let Entry { hash, first, last, cell, .. } = *entry;
        Self { hash, log, cell, first, last, outcome }
    }
}

impl SessionLog {
    /// Notes a request of a session at an epoch nano-second. `mark` orders requests of one instant.
    ///
    /// # Errors
    /// Writing a temporary file.
    pub(crate) fn push(
        &mut self,
        hash: u64,
        at: i64,
        mark: u32,
        cell: u32,
        success: Option<bool>,
    ) -> std::io::Result<()> {
        let outcome = success.map_or(UNKNOWN, |ok| if ok { SUCCEEDED } else { FAILED });
        let entry = Entry { hash, first: at, last: at, cell, mark, outcome };
        if self.lately.is_empty() {
            self.lately.resize(LATELY, None);
        }
        match &mut self.lately[hash as usize % LATELY] {
            Some(open) if open.hash == hash => open.absorb(&entry),
            place => {
                if let Some(before) = place.replace(entry) {
                    self.note(before)?;
                }
            }
        }
        Ok(())
    }

    fn note(&mut self, entry: Entry) -> std::io::Result<()> {
        if self.entries.len() == CAPACITY {
            self.compact();
            if self.entries.len() > CAPACITY / 4 * 3 {
                self.spill()?;
            }
        }
        self.entries.push(entry);
        Ok(())
    }

    /// Notes what is open and sorts what is held.
    pub(crate) fn finish(&mut self) {
        self.entries.extend(std::mem::take(&mut self.lately).into_iter().flatten());
        self.compact();
    }

    fn compact(&mut self) {
        self.entries.sort_unstable_by_key(|entry| (entry.hash, entry.first, entry.mark));
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
        entries.finish();
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
                if (entry.first, entry.mark) < (open.first, open.mark) {
                    *owner = log;
                }
                open.absorb(&entry);
            }
            _ => {
                if let Some((log, done)) = current.replace((log, entry)) {
                    visit(Session::of(log, &done));
                }
            }
        }
    }
    if let Some((log, done)) = current {
        visit(Session::of(log, &done));
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
    fn a_session_belongs_to_its_first_request_and_ends_with_its_last() {
        let mut log = SessionLog::default();
        log.push(7, 300, 0, 30, Some(true)).unwrap();
        log.push(7, 100, 0, 10, Some(false)).unwrap();
        log.push(7, 200, 0, 20, Some(false)).unwrap();
        log.push(8, 100, 0, 11, Some(true)).unwrap();
        log.push(8, 101, 0, 12, None).unwrap();
        let sessions = resolved(vec![log]);
        let short = |s: &Session| (s.cell, s.first, s.last, s.outcome);
        assert_eq!(sessions.iter().map(short).collect::<Vec<_>>(), [(10, 100, 300, Some(true)), (11, 100, 101, None)]);
    }

    #[test]
    fn order_in_the_file_decides_nothing_between_requests_of_one_instant() {
        let requests = [(100, 5, 50, Some(false)), (100, 4, 40, Some(true)), (100, 6, 60, None)];
        for order in [[0, 1, 2], [2, 1, 0], [1, 0, 2], [2, 0, 1]] {
            let mut log = SessionLog::default();
            for index in order {
                let (at, mark, cell, success): (i64, u32, u32, Option<bool>) = requests[index];
                log.push(7, at, mark, cell, success).unwrap();
            }
            let sessions = resolved(vec![log]);
            assert_eq!((sessions[0].cell, sessions[0].outcome), (40, Some(true)), "{order:?}");
        }
    }

    #[test]
    fn sessions_split_over_threads_and_spilled_runs_count_once() {
        let mut logs = vec![SessionLog::default(), SessionLog::default()];
        for hash in 0..5_000u64 {
            logs[0].push(hash, 2_000, 0, 1, Some(true)).unwrap();
            if hash == 2_500 {
                logs[0].finish();
                logs[0].spill().unwrap();
            }
            logs[1].push(hash, 1_000, 0, 2, Some(false)).unwrap();
        }
        logs[1].finish();
        logs[1].spill().unwrap();
        let sessions = resolved(logs);
        assert_eq!(sessions.len(), 5_000);
        assert!(sessions.iter().all(|s| (s.log, s.cell, s.outcome) == (1, 2, Some(true))));
    }
}
