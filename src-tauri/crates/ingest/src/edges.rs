//! The rows of a file's first and last hour, kept while it is read: which hours those are is known at the end only.

use domain::overlap::put_measures;
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
    /// Where its measures end in [`EdgeHour::measures`].
    pub end: u32,
}

/// The rows of one hour.
#[derive(Debug)]
pub(crate) struct EdgeHour {
    /// Epoch second the UTC hour begins at.
    pub hour: i64,
    pub rows: Vec<Kept>,
    pub measures: Vec<u8>,
    /// There were more rows than are kept.
    pub is_full: bool,
}

impl EdgeHour {
    fn nothing(hour: i64) -> Self {
        Self { hour, rows: Vec::new(), measures: Vec::new(), is_full: false }
    }

    fn begin(&mut self, hour: i64) {
        self.hour = hour;
        self.rows.clear();
        self.measures.clear();
        self.is_full = false;
    }

    fn push(&mut self, fingerprint: u64, at: i64, cell: u32, measures: &Measures) {
        if self.rows.len() == MOST_ROWS {
            self.is_full = true;
            return;
        }
        put_measures(&mut self.measures, measures);
        self.rows.push(Kept { fingerprint, at, cell, end: self.measures.len() as u32 });
    }

    /// Every row with its measures as [`put_measures`] wrote them.
    pub(crate) fn each(&self) -> impl Iterator<Item = (&Kept, &[u8])> {
        let mut from = 0;
        self.rows.iter().map(move |row| {
            let bytes = &self.measures[from..row.end as usize];
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
}

impl Default for Edges {
    fn default() -> Self {
        Self { low: EdgeHour::nothing(i64::MAX), high: EdgeHour::nothing(i64::MIN) }
    }
}

impl Edges {
    /// Whether a row of this hour is to be kept, as far as anyone knows yet.
    #[inline]
    pub(crate) fn wants(&self, hour: i64) -> bool {
        hour <= self.low.hour || hour >= self.high.hour
    }

    #[inline]
    pub(crate) fn push(&mut self, hour: i64, fingerprint: u64, at: i64, cell: u32, measures: &Measures) {
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
            self.low.push(fingerprint, at, cell, measures);
        } else {
            self.high.push(fingerprint, at, cell, measures);
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

    #[test]
    fn the_first_and_last_hour_are_kept_in_whatever_order_rows_come() {
        let hours = [3, 1, 1, 2, 5, 4, 5, 3];
        for shift in 0..hours.len() {
            let mut edges = Edges::default();
            for n in 0..hours.len() {
                let hour = hours[(n + shift) % hours.len()];
                if edges.wants(hour) {
                    edges.push(hour, hour as u64, 0, 0, &Measures::default());
                }
            }
            let kept = |hour| edges.of(hour).map_or(0, |edge| edge.rows.len());
            assert_eq!((kept(1), kept(5)), (2, 2), "from {shift}");
        }
    }

    #[test]
    fn a_file_of_one_hour_has_one_edge() {
        let mut edges = Edges::default();
        for n in 0..5 {
            edges.push(7, n, 0, 0, &Measures { requests: n, ..Measures::default() });
        }
        let edge = edges.of(7).unwrap();
        let requests: Vec<u64> =
            edge.each().map(|(_, bytes)| domain::overlap::read_measures(bytes).unwrap().requests).collect();
        assert_eq!(requests, [0, 1, 2, 3, 4]);
    }
}
