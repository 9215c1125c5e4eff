//! Minute totals of each vendor's models while a file is read.

use std::collections::HashMap;

use domain::demand::{HourMinutes, MinuteTotals, minute_of};
use foldhash::fast::FixedState;

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

/// The same while rows come.
#[derive(Debug)]
struct OpenHour {
    hour: i64,
    line: u32,
    minutes: HourMinutes,
}

/// The minutes one reader thread has seen.
#[derive(Debug, Default)]
pub(crate) struct MinuteLog {
    lines: Vec<Line>,
    line_index: HashMap<Line, u32>,
    hours: Vec<OpenHour>,
    hour_index: HashMap<(i64, u32), u32, FixedState>,
    /// By line: the hour its last row went to. Rows come in order.
    last: Vec<(i64, u32)>,
}

impl MinuteLog {
    /// The number of a vendor's model.
    pub(crate) fn line(&mut self, vendor: &str, model: &str) -> u32 {
        let line = [vendor.to_owned(), model.to_owned()];
        *self.line_index.entry(line.clone()).or_insert_with(|| {
            self.lines.push(line);
            self.last.push((i64::MIN, 0));
            (self.lines.len() - 1) as u32
        })
    }

    /// Adds a row of an epoch second to its minute.
    #[inline]
    pub(crate) fn push(&mut self, line: u32, second: i64, totals: &MinuteTotals) {
        let hour = second.div_euclid(3600) * 3600;
        let last = &mut self.last[line as usize];
        if last.0 != hour {
            let hours = &mut self.hours;
            let index = *self.hour_index.entry((hour, line)).or_insert_with(|| {
                hours.push(OpenHour { hour, line, minutes: HourMinutes::default() });
                (hours.len() - 1) as u32
            });
            *last = (hour, index);
        }
        self.hours[last.1 as usize].minutes.add(minute_of(second), totals);
    }
}

/// Joins the minutes of all threads, by (hour, line); lines by name.
pub(crate) fn merge(logs: Vec<MinuteLog>) -> (Vec<Line>, Vec<RawMinutes>) {
    let mut lines: Vec<Line> = logs.iter().flat_map(|log| log.lines.iter().cloned()).collect();
    lines.sort_unstable();
    lines.dedup();
    let mut hours: Vec<OpenHour> = Vec::new();
    for log in logs {
        let place: Vec<u32> = log.lines.iter().map(|line| lines.partition_point(|other| other < line) as u32).collect();
        hours.extend(log.hours.into_iter().map(|hour| OpenHour { line: place[hour.line as usize], ..hour }));
    }
    hours.sort_by_key(|hour| (hour.hour, hour.line));
    hours.dedup_by(|next, kept| {
        let same = (next.hour, next.line) == (kept.hour, kept.line);
        if same {
            kept.minutes.merge(&next.minutes);
        }
        same
    });
    let packed = |open: OpenHour| RawMinutes {
        hour: open.hour,
        line: open.line,
        minutes: open.minutes.to_bytes().into_boxed_slice(),
    };
    (lines, hours.into_iter().map(packed).collect())
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
        let told: Vec<(&str, i64, Vec<(u8, u64)>)> = hours
            .iter()
            .map(|hour| {
                let minutes = HourMinutes::from_bytes(&hour.minutes).unwrap();
                let minutes = minutes.each().map(|(minute, totals)| (minute, totals.requests)).collect();
                (lines[hour.line as usize][1].as_str(), hour.hour, minutes)
            })
            .collect();
        assert_eq!(told, [("a", 0, vec![(0, 2), (1, 1)]), ("b", 0, vec![(0, 2)]), ("a", 3_600, vec![(0, 1)])]);
    }
}
