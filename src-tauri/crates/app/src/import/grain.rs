//! Files of one feed that cut the same days differently: one tells of whole days, another of instants. Hour by hour they cannot be
//! compared, and together they would count the day twice.

use std::collections::{BTreeSet, HashMap, HashSet};

use chrono::NaiveDate;
use domain::calendar::Tz;
use domain::calendar::{ReportingCalendar, utc_day};
use domain::economics::{BasisKind, Days};
use ingest::UsageBatch;
use store::usage::SeriesKey;

/// What is told apart: vendor and model as the file writes them, and whether they are a bill's.
type Subject = (String, String, bool);

/// A day of a subject: of the reporting zone, or else of UTC.
type SubjectDay = (u32, bool, NaiveDate);

/// Which days the files of a feed tell of whole, and which by instants.
pub(super) struct Grains<'c> {
    calendar: &'c ReportingCalendar,
    subjects: HashMap<Subject, u32>,
    whole: HashSet<SubjectDay>,
    instants: HashSet<SubjectDay>,
}

/// What a series is of, and how its rows are cut.
#[derive(Clone, Copy)]
pub(super) struct Cut {
    subject: u32,
    days: Days,
}

impl<'c> Grains<'c> {
    pub(super) fn new(calendar: &'c ReportingCalendar) -> Self {
        Self { calendar, subjects: HashMap::new(), whole: HashSet::new(), instants: HashSet::new() }
    }

    fn cut(&mut self, vendor: &str, model: &str, basis: BasisKind, day_zone: Option<Tz>) -> Cut {
        let next = self.subjects.len() as u32;
        let subject = (vendor.to_lowercase(), model.to_lowercase(), matches!(basis, BasisKind::Charge(_)));
        let days = match day_zone {
            None => Days::Instants,
            Some(zone) if zone == self.calendar.zone => Days::Reporting,
            Some(_) => Days::Utc,
        };
        Cut { subject: *self.subjects.entry(subject).or_insert(next), days }
    }

    pub(super) fn of_stored(&mut self, key: &SeriesKey, vendor: &str, model: &str) -> Cut {
        self.cut(vendor, model, key.basis, key.day_zone)
    }

    /// The days a cell may be met on: a date is that date; an instant lies on a day of UTC and on one of the reporting zone.
    fn days(&self, cut: Cut, hour: i64) -> [SubjectDay; 2] {
        let of = |reporting, day| (cut.subject, reporting, day);
        match cut.days {
            Days::Instants => [of(false, utc_day(hour)), of(true, self.calendar.day_of_seconds(hour))],
            days => [of(days == Days::Reporting, utc_day(hour)); 2],
        }
    }

    /// Notes a stored cell.
    pub(super) fn note(&mut self, cut: Cut, hour: i64) {
        let days = self.days(cut, hour);
        if cut.days == Days::Instants { self.instants.extend(days) } else { self.whole.extend(days) }
    }

    /// The days that a file cuts otherwise than what is stored.
    ///
    /// # Errors
    /// Reading a temporary file.
    pub(super) fn mixed(mut self, batch: &UsageBatch) -> std::io::Result<BTreeSet<NaiveDate>> {
        let cuts: Vec<Cut> = batch
            .series
            .iter()
            .map(|series| {
                let [vendor, model, ..] = &series.values;
                self.cut(vendor, model, series.basis, series.shape.is_daily.then_some(batch.day_zone))
            })
            .collect();
        let (mut mixed, mut buffer) = (BTreeSet::new(), Vec::new());
        for hour in batch.cells.hours() {
            batch.cells.each(hour, &mut buffer, |series, _| {
                let cut = cuts[series as usize];
                let others = if cut.days == Days::Instants { &self.whole } else { &self.instants };
                mixed.extend(self.days(cut, hour.hour).iter().filter(|day| others.contains(*day)).map(|day| day.2));
            })?;
        }
        Ok(mixed)
    }
}
