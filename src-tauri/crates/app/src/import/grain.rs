//! Files of one feed that cut the same days differently: one tells of whole days, another of instants. Hour by hour they cannot be
//! told apart, and together they would count the day twice.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::{DateTime, NaiveDate};
use domain::calendar::{Tz, utc_day};
use domain::economics::BasisKind;

/// What some files tell of: dates of whole days by the zone these are cut in, and hours of instants; of bills, and of all else.
#[derive(Default)]
pub(super) struct Grains {
    whole: HashMap<(bool, Tz), HashSet<NaiveDate>>,
    instants: HashSet<(bool, i64)>,
}

impl Grains {
    /// Notes a cell that begins at an epoch second. `day_zone` is of whole days.
    pub(super) fn note(&mut self, basis: BasisKind, day_zone: Option<Tz>, hour: i64) {
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
    pub(super) fn cut_otherwise(&self, other: &Grains) -> BTreeSet<NaiveDate> {
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
