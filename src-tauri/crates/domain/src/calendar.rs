//! The one place for time zones: days, weeks, months, quarters and years of the reporting calendar.

use std::fmt;
use std::str::FromStr;

use chrono::{DateTime, Datelike, Days, Duration, LocalResult, Months, NaiveDate, NaiveTime, Offset, TimeZone, Utc};
pub use chrono_tz::Tz;

/// How a workspace cuts time: its IANA zone and the month (1–12) its fiscal year starts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReportingCalendar {
    pub zone: Tz,
    pub fiscal_start_month: u32,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CalendarError {
    #[error("“{0}” is not a period: expected 2026, 2026-Q3, 2026-07 or 2026-07-01..2026-07-31")]
    Period(String),
    #[error("“{0}” is not an IANA time zone such as Europe/Berlin")]
    Zone(String),
    #[error("the fiscal year must start in a month from 1 to 12")]
    FiscalMonth,
}

/// Whether data that begin on a day can stand for a span from its first to its last day: at most one day in twenty is missing.
/// A quarter of which only the last two weeks are known is no measure of the next one.
pub fn stands_for(data_first: NaiveDate, (first, last): (NaiveDate, NaiveDate)) -> bool {
    let missing = (data_first - first).num_days();
    missing <= 0 || missing * 20 <= (last - first).num_days() + 1
}

/// A period a person names. Quarters and years are fiscal and named after the calendar year their fiscal year *ends*
/// in (the common usage; with a January start the two agree).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Period {
    Year(i32),
    Quarter(i32, u32),
    Month(i32, u32),
    /// First and last day, both included.
    Span(NaiveDate, NaiveDate),
}

impl FromStr for Period {
    type Err = CalendarError;

    fn from_str(text: &str) -> Result<Self, CalendarError> {
        let bad = || CalendarError::Period(text.to_owned());
        let text_trimmed = text.trim();
        if let Some((from, to)) = text_trimmed.split_once("..") {
            let from: NaiveDate = from.parse().map_err(|_| bad())?;
            let to: NaiveDate = to.parse().map_err(|_| bad())?;
            let years = 1970..=2199;
            return if from <= to && years.contains(&from.year()) && years.contains(&to.year()) {
                Ok(Period::Span(from, to))
            } else {
                Err(bad())
            };
        }
        let (year, rest) = match text_trimmed.split_once('-') {
            Some((year, rest)) => (year, Some(rest)),
            None => (text_trimmed, None),
        };
        if year.len() != 4 || !year.bytes().all(|b| b.is_ascii_digit()) {
            return Err(bad());
        }
        let year: i32 = year.parse().map_err(|_| bad())?;
        if !(1971..=2199).contains(&year) {
            return Err(bad());
        }
        match rest {
            None => Ok(Period::Year(year)),
            Some(rest) => match rest.strip_prefix(['Q', 'q']) {
                Some(quarter) => match quarter {
                    "1" | "2" | "3" | "4" => Ok(Period::Quarter(year, quarter.parse().map_err(|_| bad())?)),
                    _ => Err(bad()),
                },
                None => match rest.parse::<u32>() {
                    Ok(month @ 1..=12) if rest.len() == 2 => Ok(Period::Month(year, month)),
                    _ => Err(bad()),
                },
            },
        }
    }
}

impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Period::Year(year) => write!(f, "{year}"),
            Period::Quarter(year, quarter) => write!(f, "{year}-Q{quarter}"),
            Period::Month(year, month) => write!(f, "{year}-{month:02}"),
            Period::Span(from, to) => write!(f, "{from}..{to}"),
        }
    }
}

/// The day of UTC an instant lies in, given in epoch seconds: the day providers bill it on.
pub fn utc_day(seconds: i64) -> NaiveDate {
    DateTime::from_timestamp(seconds, 0).map_or(NaiveDate::MIN, |at| at.date_naive())
}

/// The first day of a month; years are bounded by [`Period`]'s parser, so the fallback is never seen.
fn first_of(year: i32, month: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, 1).unwrap_or(NaiveDate::MIN)
}

fn add_months(day: NaiveDate, months: u32) -> NaiveDate {
    day.checked_add_months(Months::new(months)).unwrap_or(NaiveDate::MAX)
}

impl ReportingCalendar {
    /// # Errors
    /// [`CalendarError`] for an unknown zone or a month outside 1–12.
    pub fn new(zone: &str, fiscal_start_month: u32) -> Result<Self, CalendarError> {
        let zone = zone.trim().parse::<Tz>().map_err(|_| CalendarError::Zone(zone.to_owned()))?;
        if !(1..=12).contains(&fiscal_start_month) {
            return Err(CalendarError::FiscalMonth);
        }
        Ok(Self { zone, fiscal_start_month })
    }

    fn fiscal_year_start(&self, year: i32) -> NaiveDate {
        let calendar_year = if self.fiscal_start_month == 1 { year } else { year - 1 };
        first_of(calendar_year, self.fiscal_start_month)
    }

    /// First and last day of a period, both included.
    pub fn days(&self, period: Period) -> (NaiveDate, NaiveDate) {
        let (first, months) = match period {
            Period::Span(from, to) => return (from, to),
            Period::Year(year) => (self.fiscal_year_start(year), 12),
            Period::Quarter(year, quarter) => (add_months(self.fiscal_year_start(year), (quarter - 1) * 3), 3),
            Period::Month(year, month) => (first_of(year, month), 1),
        };
        (first, add_months(first, months) - Duration::days(1))
    }

    /// The period just before, of the same kind; a span is preceded by the span of equal length.
    pub fn previous(&self, period: Period) -> Period {
        match period {
            Period::Year(year) => Period::Year(year - 1),
            Period::Quarter(year, 1) => Period::Quarter(year - 1, 4),
            Period::Quarter(year, quarter) => Period::Quarter(year, quarter - 1),
            Period::Month(year, 1) => Period::Month(year - 1, 12),
            Period::Month(year, month) => Period::Month(year, month - 1),
            Period::Span(from, to) => {
                let length = to - from + Duration::days(1);
                Period::Span(from - length, to - length)
            }
        }
    }

    /// The fiscal quarter a day lies in.
    pub fn quarter_of(&self, day: NaiveDate) -> Period {
        let months_in = (day.month() + 12 - self.fiscal_start_month) % 12;
        let starts_this_year = day.month() >= self.fiscal_start_month;
        let year = match (self.fiscal_start_month, starts_this_year) {
            (1, _) | (_, false) => day.year(),
            (_, true) => day.year() + 1,
        };
        Period::Quarter(year, months_in / 3 + 1)
    }

    /// The instant a local day begins: its first valid moment, which is not midnight where a clock change skips it.
    pub fn start_of(&self, day: NaiveDate) -> DateTime<Utc> {
        let mut local = day.and_time(NaiveTime::MIN);
        // A gap is at most a day long (Samoa skipped 30 December 2011); zones change on quarter hours.
        for _ in 0..=(24 * 4) {
            match self.zone.from_local_datetime(&local) {
                LocalResult::Single(at) => return at.with_timezone(&Utc),
                LocalResult::Ambiguous(first, _) => return first.with_timezone(&Utc),
                LocalResult::None => local += Duration::minutes(15),
            }
        }
        day.and_time(NaiveTime::MIN).and_utc()
    }

    /// Half-open bounds of a period in UTC.
    pub fn bounds(&self, period: Period) -> (DateTime<Utc>, DateTime<Utc>) {
        let (first, last) = self.days(period);
        (self.start_of(first), self.start_of(last.checked_add_days(Days::new(1)).unwrap_or(last)))
    }

    /// The local day an instant lies in.
    pub fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The local day of an instant given in epoch seconds.
    pub fn day_of_seconds(&self, seconds: i64) -> NaiveDate {
        DateTime::from_timestamp(seconds, 0).map_or(NaiveDate::MIN, |at| self.day_of(at))
    }

    /// Offset of the zone from UTC at an instant, in seconds east.
    pub fn offset_seconds(&self, at: DateTime<Utc>) -> i32 {
        self.zone.offset_from_utc_datetime(&at.naive_utc()).fix().local_minus_utc()
    }

    /// Start of the roll-up cell an instant lies in, in epoch seconds: its UTC hour, cut where the local day begins within
    /// it. So a day of a zone at +05:45 is a whole number of cells, and whatever zone a workspace takes later, an hour is
    /// found where it was.
    pub fn cell_start(&self, seconds: i64, offset_seconds: i32) -> i64 {
        let offset = i64::from(offset_seconds);
        let midnight = (seconds + offset).div_euclid(86_400) * 86_400 - offset;
        (seconds.div_euclid(3600) * 3600).max(midnight)
    }

    /// Start of the cell an instant lies in. Cells that start before it lie wholly before the instant, for no cell crosses an
    /// hour of UTC or the beginning of a day. An instant no date can tell is returned as it is.
    pub fn cell_of_seconds(&self, seconds: i64) -> i64 {
        DateTime::from_timestamp(seconds, 0).map_or(seconds, |at| self.cell_start(seconds, self.offset_seconds(at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn data_that_begin_within_a_span_stand_for_it_only_where_little_is_missing() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let quarter = (day("2026-04-01"), day("2026-06-30"));
        for (begin, stands) in [
            ("2025-12-31", true),
            ("2026-04-01", true),
            ("2026-04-05", true),
            ("2026-04-06", false),
            ("2026-07-01", false),
        ] {
            assert_eq!(stands_for(day(begin), quarter), stands, "{begin}");
        }
        assert!(!stands_for(day("2026-04-02"), (day("2026-04-01"), day("2026-04-07"))), "a day of a week");
    }

    #[test]
    fn periods_are_read_and_written_back() {
        for text in ["2026", "2026-Q3", "2026-07", "2026-07-01..2026-07-31"] {
            assert_eq!(text.parse::<Period>().unwrap().to_string(), text);
        }
        for text in
            ["", "26", "2026-Q5", "2026-13", "2026-7", "2026-07-31..2026-07-01", "2026-Q", "+026-01", "2026-Q03"]
        {
            assert!(text.parse::<Period>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_fiscal_year_starting_in_february_is_named_after_the_year_it_ends_in() {
        let calendar = ReportingCalendar::new("UTC", 2).unwrap();
        assert_eq!(calendar.days(Period::Quarter(2027, 1)), (day("2026-02-01"), day("2026-04-30")));
        assert_eq!(calendar.quarter_of(day("2026-02-01")), Period::Quarter(2027, 1));
        assert_eq!(calendar.quarter_of(day("2026-01-31")), Period::Quarter(2026, 4));
    }

    #[test]
    fn days_have_23_or_25_hours_when_the_clock_changes() {
        let calendar = ReportingCalendar::new("America/New_York", 1).unwrap();
        let hours = |text| {
            let (from, to) = calendar.bounds(Period::Span(day(text), day(text)));
            (to - from).num_hours()
        };
        assert_eq!(hours("2026-03-08"), 23);
        assert_eq!(hours("2026-11-01"), 25);
        assert_eq!(hours("2026-07-01"), 24);
    }

    #[test]
    fn a_day_without_a_midnight_starts_at_its_first_moment() {
        let calendar = ReportingCalendar::new("America/Sao_Paulo", 1).unwrap();
        // Clocks went from 00:00 to 01:00 on 4 November 2018.
        assert_eq!(calendar.start_of(day("2018-11-04")).to_rfc3339(), "2018-11-04T03:00:00+00:00");
    }

    proptest! {
        #[test]
        fn every_day_lies_in_its_quarter_and_quarters_tile_the_year(n in 0i64..20_000, month in 1u32..=12) {
            let calendar = ReportingCalendar::new("Asia/Kolkata", month).unwrap();
            let date = day("1990-01-01") + Duration::days(n);
            let quarter = calendar.quarter_of(date);
            let (first, last) = calendar.days(quarter);
            prop_assert!(first <= date && date <= last);
            let (_, before) = calendar.days(calendar.previous(quarter));
            prop_assert_eq!(before + Duration::days(1), first);
        }

        #[test]
        fn an_instant_lies_in_the_bounds_of_its_day(seconds in 0i64..4_000_000_000, zone in prop::sample::select(vec!["UTC", "America/New_York", "Asia/Kathmandu", "Pacific/Apia", "America/Havana"])) {
            let calendar = ReportingCalendar::new(zone, 1).unwrap();
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            let local = calendar.day_of(at);
            let (from, to) = calendar.bounds(Period::Span(local, local));
            prop_assert!(from <= at && at < to);
        }

        #[test]
        fn a_roll_up_hour_holds_its_instant_and_never_crosses_a_local_day(seconds in 900_000_000i64..4_000_000_000, zone in prop::sample::select(vec!["UTC", "Asia/Kolkata", "Asia/Kathmandu", "Australia/Adelaide"])) {
            let calendar = ReportingCalendar::new(zone, 1).unwrap();
            let at = DateTime::from_timestamp(seconds, 0).unwrap();
            let hour = calendar.cell_start(seconds, calendar.offset_seconds(at));
            prop_assert!(hour <= seconds && seconds < hour + 3600);
            prop_assert_eq!(calendar.day_of_seconds(hour), calendar.day_of(at));
        }
    }
}
