//! Minute totals of each vendor's models while a file is read.

use std::collections::{BTreeMap, HashMap};

use domain::demand::{HourMinutes, MinuteTotals, minute_of};

use crate::packed::{self, Log};

/// A vendor's model: what limits per minute hold for.
pub type Line = [String; 2];

/// What one hour's minutes of one vendor's model saw; `line` indexes [`crate::UsageBatch::lines`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RawMinutes {
    /// Epoch second the UTC hour begins at.
    pub hour: i64,
    pub line: u32,
    /// As [`HourMinutes::to_bytes`] writes them: a quarter of their size.
    pub minutes: Box<[u8]>,
}

/// The minutes one reader thread has seen: requests, input and output tokens by epoch minute and line.
#[derive(Debug, Default)]
pub(crate) struct MinuteLog {
    lines: Vec<Line>,
    line_index: HashMap<Line, u32>,
    /// The minute each line was seen in last, with what it has come to: rows come in order of time, so that a line has one note
    /// a minute rather than one a row.
    open: Vec<(u64, [u64; 3])>,
    totals: Log<3>,
}

impl MinuteLog {
    /// The number of a vendor's model.
    pub(crate) fn line(&mut self, vendor: &str, model: &str) -> u32 {
        let line = [vendor.to_owned(), model.to_owned()];
        *self.line_index.entry(line.clone()).or_insert_with(|| {
            self.lines.push(line);
            self.open.push((0, [0; 3]));
            (self.lines.len() - 1) as u32
        })
    }

    /// Adds a row of an epoch second to its minute. No file tells of times before 1970.
    #[inline]
    pub(crate) fn push(&mut self, line: u32, second: i64, totals: &MinuteTotals) {
        let minute = second.unsigned_abs() / 60;
        let sums = [totals.requests, totals.input, totals.output];
        let open = &mut self.open[line as usize];
        if open.0 == minute {
            packed::add(&mut open.1, &sums);
        } else {
            let (before, told) = std::mem::replace(open, (minute, sums));
            self.note(line, before, told);
        }
    }

    fn note(&mut self, line: u32, minute: u64, sums: [u64; 3]) {
        if sums != [0; 3] {
            self.totals.push(minute << 32 | u64::from(line), sums);
        }
    }

    /// Nothing more will be noted.
    pub(crate) fn finish(&mut self) {
        for (line, (minute, sums)) in std::mem::take(&mut self.open).into_iter().enumerate() {
            self.note(line as u32, minute, sums);
        }
        self.totals.finish();
    }
}

/// Joins the minutes of all threads, by (hour, line); lines by name.
pub(crate) fn merge(mut logs: Vec<MinuteLog>) -> (Vec<Line>, Vec<RawMinutes>) {
    let mut lines: Vec<Line> = logs.iter().flat_map(|log| log.lines.iter().cloned()).collect();
    lines.sort_unstable();
    lines.dedup();
    let place = |line: &Line| lines.partition_point(|other| other < line) as u32;
    let places: Vec<Vec<u32>> = logs.iter().map(|log| log.lines.iter().map(place).collect()).collect();
    logs.iter_mut().for_each(MinuteLog::finish);
    let mut hours = Vec::new();
    let (mut hour, mut open): (i64, BTreeMap<u32, HourMinutes>) = (0, BTreeMap::new());
    let close = |hour: i64, open: &mut BTreeMap<u32, HourMinutes>, hours: &mut Vec<RawMinutes>| {
        let packed =
            |(line, minutes): (u32, HourMinutes)| RawMinutes { hour, line, minutes: minutes.to_bytes().into() };
        hours.extend(std::mem::take(open).into_iter().map(packed));
    };
    let runs = logs.iter().enumerate().flat_map(|(log, minutes)| minutes.totals.runs().map(move |run| (log, run)));
    // Minutes come in rising order, whichever thread saw them: an hour is over when the next begins.
    packed::each(runs, |log, key, [requests, input, output]| {
        let second = (key >> 32) as i64 * 60;
        if second.div_euclid(3600) * 3600 != hour {
            close(hour, &mut open, &mut hours);
            hour = second.div_euclid(3600) * 3600;
        }
        let totals = MinuteTotals { requests: *requests, input: *input, output: *output };
        open.entry(places[log][key as u32 as usize]).or_default().add(minute_of(second), &totals);
    });
    close(hour, &mut open, &mut hours);
    (lines, hours)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn minutes_do_not_depend_on_which_thread_read_which_row() {
        let rows = [("b", 0), ("a", 59), ("a", 60), ("a", 3_600), ("b", 0), ("a", 59)];
        let read = |threads: usize| {
            let mut logs: Vec<MinuteLog> = (0..threads).map(|_| MinuteLog::default()).collect();
            for (n, (model, second)) in rows.into_iter().enumerate() {
                let log = &mut logs[n % threads];
                let line = log.line("v", model);
                log.push(line, second, &MinuteTotals { requests: 1, input: 5, output: 0 });
            }
            merge(logs)
        };
        let (lines, hours) = read(1);
        assert_eq!(read(2), (lines.clone(), hours.clone()));
        assert_eq!(read(3), (lines.clone(), hours.clone()));
        let told = hours
            .iter()
            .map(|hour| {
                let minutes = HourMinutes::from_bytes(&hour.minutes).unwrap();
                let minutes: Vec<_> = minutes.each().map(|(minute, totals)| (minute, totals.requests)).collect();
                (lines[hour.line as usize][1].as_str(), hour.hour, minutes)
            })
            .collect::<Vec<_>>();
        assert_eq!(told, [("a", 0, vec![(0, 2), (1, 1)]), ("b", 0, vec![(0, 2)]), ("a", 3_600, vec![(0, 1)])]);
    }
}
