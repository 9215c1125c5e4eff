//! Measurements added up by minute, whichever file or series told them.

use std::collections::BTreeMap;

use chrono::DateTime;
use domain::slo::{Counts, Point};

use crate::RowIssue;

/// What is told of a minute.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Told {
    /// Good events and all of them.
    Counts(Counts),
    /// One side only: the other one comes from another series or file.
    Good(f64),
    Bad(f64),
    Total(f64),
}

/// Rates that were rounded may add up to a little more than all.
const SLACK: f64 = 1e-6;

#[derive(Debug, Clone, Copy, Default, PartialEq)]
struct Minute {
    counts: Counts,
    good: Option<f64>,
    bad: Option<f64>,
    total: Option<f64>,
}

/// Adds up what is told minute by minute. Takes some 140 bytes a minute: 75 MB for a year of them, however many samples they had.
///
/// Issues of [`Minutes::finish`], one of each kind with `count` and the `first` minute: `measure-total-missing` and
/// `measure-part-missing` (one side of a minute is told and the other is not: nobody knows its share),
/// `measure-part-exceeds-total`. These minutes are left out.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Minutes {
    all: BTreeMap<i64, Minute>,
}

impl Minutes {
    /// `minute` counts from 1970-01-01T00:00Z.
    pub fn add(&mut self, minute: i64, told: Told) {
        let kept = self.all.entry(minute).or_default();
        let (place, value) = match told {
            Told::Counts(counts) => {
                kept.counts = kept.counts + counts;
                return;
            }
            Told::Good(value) => (&mut kept.good, value),
            Told::Bad(value) => (&mut kept.bad, value),
            Told::Total(value) => (&mut kept.total, value),
        };
        *place = Some(place.unwrap_or(0.0) + value);
    }

    /// Minutes with events, in their order.
    pub fn finish(self) -> (Vec<Point>, Vec<RowIssue>) {
        let mut points = Vec::with_capacity(self.all.len());
        let [mut no_total, mut no_part, mut exceeds] = [(0u64, 0i64); 3];
        let note = |kind: &mut (u64, i64), minute: i64| {
            *kind = (kind.0 + 1, if kind.0 == 0 { minute } else { kind.1 });
        };
        for (minute, kept) in self.all {
            let paired = match (kept.good, kept.bad, kept.total) {
                (None, None, None) => Some(Counts::default()),
                (Some(good), _, Some(total)) => Some(Counts { good, total }),
                (None, Some(bad), Some(total)) => Some(Counts { good: total - bad, total }),
                (Some(good), Some(bad), None) => Some(Counts { good, total: good + bad }),
                (None, None, Some(total)) => {
                    // Nothing happened: there is nothing to be told of its parts.
                    if total > 0.0 {
                        note(&mut no_part, minute);
                    }
                    None
                }
                (_, _, None) => {
                    note(&mut no_total, minute);
                    None
                }
            };
            let Some(paired) = paired else { continue };
            let slack = paired.total.abs() * SLACK;
            if paired.good > paired.total + slack || paired.good < -slack {
                note(&mut exceeds, minute);
                continue;
            }
            let paired = Counts { good: paired.good.clamp(0.0, paired.total.max(0.0)), total: paired.total };
            let counts = kept.counts + paired;
            if counts.total > 0.0 {
                points.push(Point { minute, counts });
            }
        }
        let kinds = [
            (RowIssue::new("measure-total-missing"), no_total),
            (RowIssue::new("measure-part-missing"), no_part),
            (RowIssue::new("measure-part-exceeds-total"), exceeds),
        ];
        let told = kinds.into_iter().filter(|(_, (count, _))| *count > 0);
        (points, told.map(|(issue, (count, first))| issue.param("count", count).param("first", shown(first))).collect())
    }
}

/// "2026-07-01T10:05Z".
pub(super) fn shown(minute: i64) -> String {
    let at = minute.checked_mul(60).and_then(|seconds| DateTime::from_timestamp(seconds, 0));
    at.map_or_else(|| minute.to_string(), |at| at.format("%Y-%m-%dT%H:%MZ").to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_sides_of_a_minute_make_its_counts_and_one_alone_makes_none() {
        let mut minutes = Minutes::default();
        let told = [
            (3, Told::Good(5.0)),
            (3, Told::Total(10.0)),
            (1, Told::Bad(1.0)),
            (1, Told::Total(4.0)),
            (1, Told::Total(4.0)),
            (2, Told::Good(3.0)),
            (2, Told::Bad(1.0)),
            // One side alone.
            (4, Told::Good(1.0)),
            (5, Told::Bad(1.0)),
            (6, Told::Total(1.0)),
            // Nothing happened.
            (7, Told::Total(0.0)),
            (8, Told::Good(0.0)),
            (8, Told::Total(0.0)),
            // More than all.
            (9, Told::Good(2.0)),
            (9, Told::Total(1.0)),
            (10, Told::Bad(2.0)),
            (10, Told::Total(1.0)),
            // By rounding only.
            (11, Told::Good(1.000_000_1)),
            (11, Told::Total(1.0)),
            (12, Told::Counts(Counts { good: 1.0, total: 2.0 })),
            (12, Told::Counts(Counts { good: 1.0, total: 1.0 })),
        ];
        told.into_iter().for_each(|(minute, told)| minutes.add(minute, told));
        let (points, issues) = minutes.finish();
        let points: Vec<_> = points.iter().map(|point| (point.minute, point.counts.good, point.counts.total)).collect();
        assert_eq!(points, [(1, 7.0, 8.0), (2, 3.0, 4.0), (3, 5.0, 10.0), (11, 1.0, 1.0), (12, 2.0, 3.0)]);
        let issues: Vec<_> =
            issues.iter().map(|i| (i.code.as_str(), &*i.params["count"], &*i.params["first"])).collect();
        let expected = [
            ("measure-total-missing", "2", "1970-01-01T00:04Z"),
            ("measure-part-missing", "1", "1970-01-01T00:06Z"),
            ("measure-part-exceeds-total", "2", "1970-01-01T00:09Z"),
        ];
        assert_eq!(issues, expected);
    }
}
