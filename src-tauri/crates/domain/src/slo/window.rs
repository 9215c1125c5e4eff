//! The span an objective is held over.

use chrono::{Datelike, Days, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::calendar::{ReportingCalendar, Tz};

/// What a window of the calendar is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CalendarUnit {
    Week,
    Month,
    Quarter,
    Year,
}

/// The span an objective is held over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Window {
    /// The last so many days, moving with the clock: 24 hours each.
    Rolling { days: u32 },
    /// A whole week, month, quarter or year in the zone of the objective.
    Calendar { unit: CalendarUnit },
}

const DAY: i64 = 24 * 60;

impl Window {
    /// `from..to` in minutes since 1970, around an instant. A rolling window ends at it; one of the calendar goes on to its end.
    pub fn around(self, minute: i64, zone: Tz) -> (i64, i64) {
        let unit = match self {
            Window::Rolling { days } => return (minute - i64::from(days.max(1)) * DAY, minute),
            Window::Calendar { unit } => unit,
        };
        // Quarters of the calendar: an objective is a promise, and customers know no fiscal year.
        let Ok(calendar) = ReportingCalendar::new(zone.name(), 1) else { return (minute, minute) };
        let day = calendar.day_of_seconds(minute * 60);
        let (first, after) = unit.around(day);
        (calendar.start_of(first).timestamp().div_euclid(60), calendar.start_of(after).timestamp().div_euclid(60))
    }

    /// Minutes of a window around an instant: 43,200 of 30 days.
    pub fn minutes(self, minute: i64, zone: Tz) -> i64 {
        let (from, to) = self.around(minute, zone);
        to - from
    }
}

impl CalendarUnit {
    /// The first day of the one a day lies in, and the first after it.
    fn around(self, day: NaiveDate) -> (NaiveDate, NaiveDate) {
        let first_of = |year, month| NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(day);
        let after = |first: NaiveDate, months| first.checked_add_months(Months::new(months)).unwrap_or(first);
        match self {
            CalendarUnit::Week => {
                let monday = day - Days::new(u64::from(day.weekday().num_days_from_monday()));
                (monday, monday + Days::new(7))
            }
            CalendarUnit::Month => {
                let first = first_of(day.year(), day.month());
                (first, after(first, 1))
            }
            CalendarUnit::Quarter => {
                let first = first_of(day.year(), (day.month() - 1) / 3 * 3 + 1);
                (first, after(first, 3))
            }
            CalendarUnit::Year => {
                let first = first_of(day.year(), 1);
                (first, after(first, 12))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::{DateTime, Utc};

    fn minute(text: &str) -> i64 {
        text.parse::<DateTime<Utc>>().unwrap().timestamp() / 60
    }

    #[test]
    fn a_month_begins_where_its_zone_says_and_a_day_that_changes_its_clock_is_as_long_as_it_is() {
        let month = Window::Calendar { unit: CalendarUnit::Month };
        let (from, to) = month.around(minute("2026-10-31T23:30:00Z"), Tz::Europe__Berlin);
        assert_eq!((from, to), (minute("2026-10-31T23:00:00Z"), minute("2026-11-30T23:00:00Z")));
        // October 2026 in Berlin has an hour more than 31 days.
        let october = month.minutes(minute("2026-10-15T12:00:00Z"), Tz::Europe__Berlin);
        assert_eq!(october, 31 * DAY + 60);
        let week = Window::Calendar { unit: CalendarUnit::Week };
        assert_eq!(week.around(minute("2026-11-22T12:00:00Z"), Tz::UTC).0, minute("2026-11-16T00:00:00Z"));
        assert_eq!(Window::Rolling { days: 30 }.minutes(0, Tz::UTC), 43_200);
    }
}
