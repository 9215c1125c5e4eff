//! The rows of a file's first and last hour, kept while it is read: which hours those are is known at the end only.

use domain::latency::Timing;
use domain::overlap::put_counted;
use domain::usage::Measures;

/// Rows kept of one hour and thread at most. An hour with more is held for wholly covered, and is asked about when another file
/// tells of a part of it.
const MOST_ROWS: usize = 400_000;

/// One row of an edge hour.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Kept {
    pub fingerprint: u64,
    /// Epoch nano-seconds.
    pub at: i64,
    /// The thread's own number of its cell.
    pub cell: u32,
    /// Where what it counts ends in [`EdgeHour::counted`].
    pub end: u32,
}

/// The rows of one hour.
#[derive(Debug)]
pub(crate) struct EdgeHour {
    /// Epoch second the UTC hour begins at.
    pub hour: i64,
    pub rows: Vec<Kept>,
    pub counted: Vec<u8>,
    /// There were more rows than are kept.
    pub is_full: bool,
}

impl EdgeHour {
    fn nothing(hour: i64) -> Self {
        Self { hour, rows: Vec::new(), counted: Vec::new(), is_full: false }
    }

    fn begin(&mut self, hour: i64) {
        self.hour = hour;
        self.rows.clear();
        self.counted.clear();
        self.is_full = false;
    }

    fn push(&mut self, row: Kept, measures: &Measures, timing: &Timing) {
        if self.rows.len() == MOST_ROWS {
            self.is_full = true;
            return;
        }
        put_counted(&mut self.counted, measures, timing);
        self.rows.push(Kept { end: self.counted.len() as u32, ..row });
    }

    /// Every row with its measures and timing as [`put_counted`] wrote them.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&Kept, &[u8])> {
        let mut from = 0;
        self.rows.iter().map(move |row| {
            let bytes = &self.counted[from..row.end as usize];
            from = row.end as usize;
            (row, bytes)
        })
    }
}

/// The earliest and the latest hour one thread has seen.
#[derive(Debug)]
pub(crate) struct Edges {
    pub low: EdgeHour,
    pub high: EdgeHour,
    inner: Inner,
}

/// Hours of two rows of the file: whatever lies between them is in neither the first hour of the file nor in its last.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Inner {
    pub from: i64,
    pub to: i64,
}

impl Inner {
    /// Nothing is known to lie between.
    pub(crate) const NOTHING: Self = Self { from: i64::MAX, to: i64::MIN };
}

impl Edges {
    pub(crate) fn new(inner: Inner) -> Self {
        Self { low: EdgeHour::nothing(i64::MAX), high: EdgeHour::nothing(i64::MIN), inner }
    }

    /// Whether a row of this hour is to be kept, as far as anyone knows yet.
    #[inline]
    pub(crate) fn wants(&self, hour: i64) -> bool {
        (hour <= self.low.hour && hour <= self.inner.from) || (hour >= self.high.hour && hour >= self.inner.to)
    }

    #[inline]
    pub(crate) fn push(&mut self, hour: i64, row: Kept, measures: &Measures, timing: &Timing) {
        if hour < self.low.hour {
            // What was the earliest hour may be the latest.
            if self.low.hour != i64::MAX && self.low.hour > self.high.hour {
                std::mem::swap(&mut self.low, &mut self.high);
            }
            self.low.begin(hour);
        } else if hour > self.low.hour && hour > self.high.hour {
            self.high.begin(hour);
        }
        if hour == self.low.hour {
            self.low.push(row, measures, timing);
        } else {
            self.high.push(row, measures, timing);
        }
    }

    /// What is kept of an hour.
    pub(crate) fn of(&self, hour: i64) -> Option<&EdgeHour> {
        [&self.low, &self.high].into_iter().find(|edge| edge.hour == hour)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kept(fingerprint: u64) -> Kept {
        Kept { fingerprint, at: 0, cell: 0, end: 0 }
    }

    #[test]
    fn the_first_and_last_hour_are_kept_in_whatever_order_rows_come() {
        let hours = [3, 1, 1, 2, 5, 4, 5, 3];
        for shift in 0..hours.len() {
            // With what the first and the last row tell, and without.
            let told = [hours[shift], hours[(shift + hours.len() - 1) % hours.len()]];
            let inner = Inner { from: told[0].min(told[1]), to: told[0].max(told[1]) };
            for inner in [Inner::NOTHING, inner] {
                let mut edges = Edges::new(inner);
                for n in 0..hours.len() {
                    let hour = hours[(n + shift) % hours.len()];
                    if edges.wants(hour) {
                        edges.push(hour, kept(hour as u64), &Measures::default(), &Timing::default());
                    }
                }
                let count = |hour| edges.of(hour).map_or(0, |edge| edge.rows.len());
                assert_eq!((count(1), count(5)), (2, 2), "from {shift}");
            }
        }
    }

    #[test]
    fn a_file_of_one_hour_has_one_edge() {
        let mut edges = Edges::new(Inner::NOTHING);
        for n in 0..5 {
            let timing = Timing { latency: Some(n * 1_000), ..Timing::default() };
            edges.push(7, kept(n), &Measures { requests: n, ..Measures::default() }, &timing);
        }
        let edge = edges.of(7).unwrap();
        for (n, (row, bytes)) in edge.each().enumerate() {
            let (measures, timing) = domain::overlap::read_counted(bytes).unwrap();
            assert_eq!((row.fingerprint, measures.requests), (n as u64, n as u64));
            assert_eq!(timing.latency, Some(n as u64 * 1_000));
        }
    }
}
