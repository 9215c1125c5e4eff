//! What hours that come and go do to the days folded from them, without folding those anew: how a figure will stand after an
//! import that is not written yet.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::cube::DayRow;
use crate::calendar::{ReportingCalendar, utc_day};
use crate::usage::Measures;

const COUNTS: usize = Measures::COLUMNS.len();

/// What is added and taken away, signed.
#[derive(Debug, Clone, Copy, Default)]
struct Delta {
    counts: [i128; COUNTS],
    reported_nanos: i128,
}

impl Delta {
    fn put(&mut self, measures: &Measures, sign: i128) {
        for (sum, count) in self.counts.iter_mut().zip(measures.counts()) {
            *sum += sign * i128::from(count);
        }
        self.reported_nanos += sign * measures.reported_nanos;
    }

    /// What measures are with the change; `None` where nothing is left of them. A count never falls below 0.
    fn on(mut self, measures: &Measures) -> Option<Measures> {
        self.put(measures, 1);
        let counts = self.counts.map(|count| u64::try_from(count.max(0)).unwrap_or(u64::MAX));
        Some(Measures::from_counts(counts, self.reported_nanos)).filter(|changed| !changed.is_empty())
    }
}

/// Hours that come and go, folded to days.
pub struct DayChange<'c> {
    calendar: &'c ReportingCalendar,
    hour: i64,
    /// Of the hour: its reporting day and its day of UTC.
    of_hour: (NaiveDate, NaiveDate),
    parts: HashMap<(NaiveDate, NaiveDate, u32), Delta>,
}

impl<'c> DayChange<'c> {
    pub fn new(calendar: &'c ReportingCalendar) -> Self {
        Self { calendar, hour: i64::MIN, of_hour: (NaiveDate::MIN, NaiveDate::MIN), parts: HashMap::new() }
    }

    /// A cell that comes to count. The day of a row that is a whole day is its date, wherever it is reported.
    pub fn comes(&mut self, hour: i64, (series, is_dated): (u32, bool), measures: &Measures) {
        self.put(hour, (series, is_dated), measures, 1);
    }

    /// A cell that counts no more.
    pub fn goes(&mut self, hour: i64, (series, is_dated): (u32, bool), measures: &Measures) {
        self.put(hour, (series, is_dated), measures, -1);
    }

    fn put(&mut self, hour: i64, (series, is_dated): (u32, bool), measures: &Measures, sign: i128) {
        if hour != self.hour {
            self.hour = hour;
            self.of_hour = (self.calendar.day_of_seconds(hour), utc_day(hour));
        }
        let (reported, in_utc) = self.of_hour;
        let day = if is_dated { in_utc } else { reported };
        self.parts.entry((day, in_utc, series)).or_default().put(measures, sign);
    }

    /// The days as they will be. `rows` are as [`DayRow::new`] makes them, one of each reporting day, day of UTC and series.
    pub fn on(mut self, rows: Vec<DayRow>) -> Vec<DayRow> {
        let mut changed: Vec<DayRow> = rows
            .into_iter()
            .filter_map(|row| match self.parts.remove(&(row.day, row.billed_on, row.series)) {
                None => Some(row),
                Some(delta) => Some(DayRow { measures: delta.on(&row.measures)?, ..row }),
            })
            .collect();
        let nothing = Measures::default();
        changed.extend(
            self.parts.into_iter().filter_map(|((day, in_utc, series), delta)| {
                Some(DayRow::new(day, in_utc, series, delta.on(&nothing)?))
            }),
        );
        changed.sort_unstable_by_key(|row| (row.day, row.series, row.billed_on));
        changed
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HOUR: i64 = 3_600;
    const INSTANTS: (u32, bool) = (0, false);

    fn some(requests: u64) -> Measures {
        Measures { requests, reported_nanos: i128::from(requests) * 7, ..Measures::default() }
    }

    #[test]
    fn an_hour_counts_on_its_day_in_the_zone_and_a_date_on_its_date() {
        let kolkata = ReportingCalendar::new("Asia/Kolkata", 1).unwrap();
        let evening = "2026-07-01T20:00:00Z".parse::<chrono::DateTime<chrono::Utc>>().unwrap().timestamp();
        let mut change = DayChange::new(&kolkata);
        change.comes(evening, INSTANTS, &some(1));
        change.comes(evening, (1, true), &some(2));
        let days: Vec<_> =
            change.on(vec![]).iter().map(|row| (row.day.to_string(), row.billed_on.to_string(), row.series)).collect();
        let text = |day: &str, utc: &str, series| (day.to_owned(), utc.to_owned(), series);
        assert_eq!(days, [text("2026-07-01", "2026-07-01", 1), text("2026-07-02", "2026-07-01", 0)]);
    }

    #[test]
    fn what_has_gone_wholly_leaves_no_row() {
        let utc = ReportingCalendar::new("UTC", 1).unwrap();
        let day = utc_day(0);
        let mut change = DayChange::new(&utc);
        change.goes(HOUR, INSTANTS, &some(3));
        assert_eq!(change.on(vec![DayRow::new(day, day, 0, some(3))]), vec![]);
    }

    proptest! {
        /// Days that are changed are the days that are folded anew.
        #[test]
        fn hours_that_come_and_go_leave_what_folding_anew_would(
            there in prop::collection::vec((0i64..96, 1u64..9, any::<bool>()), 0..20),
            new in prop::collection::vec((0i64..96, 1u64..9), 0..20),
        ) {
            let zone = ReportingCalendar::new("America/New_York", 1).unwrap();
            let folded = |hours: &[(i64, u64)]| {
                let mut change = DayChange::new(&zone);
                hours.iter().for_each(|(hour, n)| change.comes(hour * HOUR, INSTANTS, &some(*n)));
                change.on(vec![])
            };
            let before: Vec<_> = there.iter().map(|(hour, n, _)| (*hour, *n)).collect();
            let mut after: Vec<_> = there.iter().filter(|(.., goes)| !goes).map(|(hour, n, _)| (*hour, *n)).collect();
            after.extend(&new);
            let mut change = DayChange::new(&zone);
            for (hour, n, _) in there.iter().filter(|(.., goes)| *goes) {
                change.goes(hour * HOUR, INSTANTS, &some(*n));
            }
            new.iter().for_each(|(hour, n)| change.comes(hour * HOUR, INSTANTS, &some(*n)));
            prop_assert_eq!(change.on(folded(&before)), folded(&after));
        }
    }
}
