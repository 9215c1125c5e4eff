//! What every reader says on the way and brings home, whatever the format.

use crate::RowIssue;
use crate::accumulate::Accumulator;

/// How far a reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub bytes: u64,
    pub total: u64,
    pub rows: u64,
}

/// Rows by what became of them. `read = good + bad + duplicate + skipped`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub read: u64,
    pub good: u64,
    pub bad: u64,
    /// Repeats of a request already counted.
    pub duplicate: u64,
    /// Rows that carry no usage, such as a management call in a gateway's log.
    pub skipped: u64,
}

impl Counts {
    pub(crate) fn good(&mut self, n: u64) {
        self.read += n;
        self.good += n;
    }

    pub(crate) fn bad(&mut self, n: u64) {
        self.read += n;
        self.bad += n;
    }

    pub(crate) fn duplicate(&mut self, n: u64) {
        self.read += n;
        self.duplicate += n;
    }

    pub(crate) fn skipped(&mut self, n: u64) {
        self.read += n;
        self.skipped += n;
    }

    pub(crate) fn add(&mut self, other: &Counts) {
        self.read += other.read;
        self.good += other.good;
        self.bad += other.bad;
        self.duplicate += other.duplicate;
        self.skipped += other.skipped;
    }
}

/// What a reader brings home.
pub(crate) struct Found<'a> {
    pub parts: Vec<Accumulator<'a>>,
    pub counts: Counts,
    pub issues: Vec<RowIssue>,
    pub sha256: String,
    /// Some local time was one that a change of clocks repeats or skips.
    pub met_clock_change: bool,
}
