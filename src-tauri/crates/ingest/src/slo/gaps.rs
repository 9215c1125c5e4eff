//! How many minutes a point of measured data stands for, told by the gaps between points.

use std::collections::BTreeMap;

/// Most different gaps kept; files have a handful.
const MOST_GAPS: usize = 1_000;

/// A gap is usual from this share of all gaps on.
const USUAL: f64 = 0.1;

/// Gaps between points that follow each other in one series, in seconds.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Gaps {
    counts: BTreeMap<i64, u64>,
    all: u64,
    /// The gap seen last and how often in a row: most are alike.
    last: (i64, u64),
}

impl Gaps {
    #[inline]
    pub(super) fn see(&mut self, seconds: i64) {
        if seconds == self.last.0 {
            self.last.1 += 1;
            return;
        }
        self.settle();
        self.last = (seconds, 1);
    }

    fn settle(&mut self) {
        let (seconds, count) = std::mem::take(&mut self.last);
        if count > 0 && seconds > 0 {
            self.all += count;
            if self.counts.len() < MOST_GAPS || self.counts.contains_key(&seconds) {
                *self.counts.entry(seconds).or_default() += count;
            }
        }
    }

    /// The smallest usual gap in whole minutes, rounded up; `None` without two points in any series.
    pub(super) fn step(&mut self) -> Option<u32> {
        self.settle();
        let is_usual = |count: u64| count as f64 >= USUAL * self.all as f64;
        let smallest = self.counts.iter().find(|(_, count)| is_usual(**count));
        let most = || self.counts.iter().min_by_key(|(_, count)| std::cmp::Reverse(**count));
        let (seconds, _) = smallest.or_else(most)?;
        u32::try_from(seconds.div_euclid(60) + i64::from(seconds % 60 > 0)).ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_step_is_the_smallest_usual_gap() {
        let of = |gaps: &[i64]| {
            let mut all = Gaps::default();
            gaps.iter().for_each(|gap| all.see(*gap));
            all.step()
        };
        assert_eq!(of(&[]), None);
        assert_eq!(of(&[15, 15, 15]), Some(1));
        assert_eq!(of(&[90]), Some(2));
        // Holes do not count, nor does a single point in between.
        assert_eq!(of(&[300; 20].into_iter().chain([3_600, 60]).collect::<Vec<_>>()), Some(5));
        assert_eq!(of(&[300; 20].into_iter().chain([60; 20]).collect::<Vec<_>>()), Some(1));
        // Months.
        assert_eq!(of(&[31, 28, 31, 30].map(|days| days * 86_400)), Some(28 * 1_440));
        assert_eq!(of(&(1..2_000).collect::<Vec<_>>()), Some(1));
    }
}
