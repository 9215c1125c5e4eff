//! Files of one feed that cut the same days differently: one tells of whole days, another of instants. Hour by hour they cannot be
//! told apart, and together they would count the day twice.

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::calendar::{Tz, utc_day};
use crate::economics::BasisKind;
use chrono::{DateTime, NaiveDate};

/// What some files tell of: dates of whole days by the zone these are cut in, and hours of instants; of bills, and of all else.
#[derive(Debug, Default)]
pub struct Grains {
    whole: HashMap<(bool, Tz), HashSet<NaiveDate>>,
    instants: HashSet<(bool, i64)>,
}

impl Grains {
    /// Notes a cell that begins at an epoch second. `day_zone` is of whole days.
    pub fn note(&mut self, basis: BasisKind, day_zone: Option<Tz>, hour: i64) {
        let is_bill = matches!(basis, BasisKind::Charge(_));
        match day_zone {
            // A whole day stands at noon of its date.
            Some(zone) => self.whole.entry((is_bill, zone)).or_default().insert(utc_day(hour)),
            None => self.instants.insert((is_bill, hour)),
        };
    }

    /// Whether it tells of whole days and of instants alike: then others that do are no stranger to it.
    fn is_mixed(&self) -> bool {
        !self.whole.is_empty() && !self.instants.is_empty()
    }

    /// The days one of the two tells of whole and the other by instants.
    pub fn cut_otherwise(&self, other: &Grains) -> BTreeSet<NaiveDate> {
        if self.is_mixed() && other.is_mixed() {
            return BTreeSet::new();
        }
        let mut days = self.days_of(other);
        days.append(&mut other.days_of(self));
        days
    }

    /// Its whole days on which the other has instants.
    fn days_of(&self, other: &Grains) -> BTreeSet<NaiveDate> {
        let mut found = BTreeSet::new();
        for ((is_bill, zone), days) in &self.whole {
            for (_, hour) in other.instants.iter().filter(|(bill, _)| bill == is_bill) {
                let at = DateTime::from_timestamp(*hour, 0).map(|at| at.with_timezone(zone).date_naive());
                found.extend(at.filter(|day| days.contains(day)));
            }
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::economics::ChargeKind;

    const TOKENS: BasisKind = BasisKind::Charge(ChargeKind::Tokens);
    /// 1 July 2026, midnight UTC.
    const DAY: i64 = 1_782_864_000;

    fn told(cells: &[(BasisKind, Option<Tz>, i64)]) -> Grains {
        let mut grains = Grains::default();
        cells.iter().for_each(|(basis, zone, hour)| grains.note(*basis, *zone, DAY + hour * 3600));
        grains
    }

    #[test]
    fn a_whole_day_is_cut_otherwise_than_the_hours_of_its_own_zone_whichever_came_first() {
        for (zone, hours) in [(Tz::UTC, 0..24), (Tz::Asia__Tokyo, -9..15), (Tz::America__Los_Angeles, 7..31)] {
            let day = told(&[(BasisKind::Unpriced, Some(zone), 12)]);
            for hour in -30..60 {
                let instants = told(&[(BasisKind::Reported, None, hour)]);
                let found = instants.cut_otherwise(&day);
                assert_eq!(!found.is_empty(), hours.contains(&hour), "{zone} {hour}");
                assert_eq!(found, day.cut_otherwise(&instants));
            }
        }
    }

    #[test]
    fn bills_are_no_usage_and_files_of_both_sorts_are_no_strangers() {
        let bill = told(&[(TOKENS, Some(Tz::UTC), 12)]);
        let usage = told(&[(BasisKind::Unpriced, None, 10)]);
        assert!(bill.cut_otherwise(&usage).is_empty());
        assert!(!bill.cut_otherwise(&told(&[(TOKENS, None, 10)])).is_empty());
        let both = || told(&[(BasisKind::Unpriced, Some(Tz::UTC), 12), (BasisKind::Unpriced, None, 10)]);
        assert!(both().cut_otherwise(&both()).is_empty());
        assert!(!both().cut_otherwise(&usage).is_empty());
    }
}
