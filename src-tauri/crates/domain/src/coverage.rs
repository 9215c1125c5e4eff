//! What stretch of time rows tell of: their volume by hour or day, and the runs within it of which they tell nothing.
//!
//! Units are numbered: hours and days alike since 1970. Which unit a row lies in is the caller's to say.

use std::collections::{BTreeMap, BTreeSet};

/// How finely rows are counted over time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grain {
    Hour,
    Day,
}

/// As long as this, a file is looked at by the hour.
const BY_THE_HOUR: i64 = 3 * 86_400;

impl Grain {
    /// The grain for rows between two epoch seconds. Rows of whole days say nothing of hours.
    pub fn of(first: i64, last: i64, is_daily: bool) -> Self {
        if is_daily || last - first > BY_THE_HOUR { Grain::Day } else { Grain::Hour }
    }
}

/// A run of units of which nothing is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Gap {
    pub first: i64,
    /// Included.
    pub last: i64,
}

impl Gap {
    pub fn units(&self) -> u32 {
        u32::try_from(self.last - self.first + 1).unwrap_or(u32::MAX)
    }
}

/// The runs between the first and the last unit told of that hold nothing; the longest first, of equal ones the earliest.
pub fn gaps(told: &BTreeSet<i64>) -> Vec<Gap> {
    let mut gaps: Vec<Gap> = told
        .iter()
        .zip(told.iter().skip(1))
        .filter(|(before, next)| **next - **before > 1)
        .map(|(before, next)| Gap { first: before + 1, last: next - 1 })
        .collect();
    gaps.sort_by_key(|gap| (std::cmp::Reverse(gap.units()), gap.first));
    gaps
}

/// What each unit from the first to the last counts; `None` where nothing is told, which is not 0.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Volume {
    pub first: i64,
    pub counts: Vec<Option<i128>>,
}

impl Volume {
    /// `None` where there is nothing to count.
    pub fn of(rows: impl IntoIterator<Item = (i64, i128)>) -> Option<Self> {
        let mut sums: BTreeMap<i64, i128> = BTreeMap::new();
        for (unit, count) in rows {
            *sums.entry(unit).or_default() += count;
        }
        let (first, last) = (*sums.keys().next()?, *sums.keys().next_back()?);
        Some(Self { first, counts: (first..=last).map(|unit| sums.get(&unit).copied()).collect() })
    }

    /// Units of which nothing is told.
    pub fn silent(&self) -> usize {
        self.counts.iter().filter(|count| count.is_none()).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn three_days_are_told_by_the_hour_and_whole_days_never_are() {
        let day = 86_400;
        assert_eq!(Grain::of(0, 3 * day, false), Grain::Hour);
        assert_eq!(Grain::of(0, 3 * day + 1, false), Grain::Day);
        assert_eq!(Grain::of(0, day, true), Grain::Day);
    }

    #[test]
    fn gaps_come_longest_first_and_what_lies_outside_is_none() {
        let told = BTreeSet::from([5, 6, 8, 12, 13, 15]);
        let found: Vec<_> = gaps(&told).iter().map(|gap| (gap.first, gap.last, gap.units())).collect();
        assert_eq!(found, [(9, 11, 3), (7, 7, 1), (14, 14, 1)]);
        assert_eq!(gaps(&BTreeSet::from([5])), []);
        assert_eq!(gaps(&BTreeSet::new()), []);
    }

    #[test]
    fn a_unit_without_rows_is_unknown_and_one_of_nothing_but_zeros_is_zero() {
        let volume = Volume::of([(4, 2), (2, 1), (4, 3), (3, 0), (6, 1)]).unwrap();
        assert_eq!(volume, Volume { first: 2, counts: vec![Some(1), Some(0), Some(5), None, Some(1)] });
        assert_eq!(volume.silent(), 1);
        assert_eq!(Volume::of([]), None);
    }

    proptest! {
        #[test]
        fn gaps_and_what_is_told_make_up_the_span(told in prop::collection::btree_set(-50i64..50, 1..40)) {
            let missing: u32 = gaps(&told).iter().map(Gap::units).sum();
            let span = told.last().unwrap() - told.first().unwrap() + 1;
            prop_assert_eq!(i64::from(missing) + told.len() as i64, span);
            let volume = Volume::of(told.iter().map(|unit| (*unit, 1))).unwrap();
            prop_assert_eq!(volume.silent(), missing as usize);
        }
    }
}
