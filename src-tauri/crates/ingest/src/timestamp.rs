//! Instants as files write them: RFC 3339 and its looser relatives, slashed dates, epoch numbers.

use chrono::{LocalResult, NaiveDate, NaiveDateTime, Offset, TimeZone};
use chrono_tz::Tz;

use crate::number::Verdict;

/// Why a cell is not an instant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum TimestampError {
    NotATimestamp,
    /// A local time, and nobody said of which zone.
    NoZone,
    OutOfRange,
    /// A small number: an offset from the start of a trace, not an instant.
    Relative,
}

impl TimestampError {
    pub fn code(self) -> &'static str {
        match self {
            TimestampError::NotATimestamp => "not-a-timestamp",
            TimestampError::NoZone => "timestamp-without-zone",
            TimestampError::OutOfRange => "timestamp-out-of-range",
            TimestampError::Relative => "timestamp-relative",
        }
    }
}

/// Usage before 2015 or after 2100 is a mistake in the file.
const RANGE: std::ops::Range<i64> = 1_420_070_400..4_102_444_800;

/// A date without a time is a whole day's row: it stands at noon of that day in UTC, whatever zone its days are cut in. What
/// counts of it is its date.
pub(crate) const NOON: i64 = 12 * 3600;

/// What the dates of a file say of whether the day or the month comes first.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct DayOrder {
    day_first: bool,
    month_first: bool,
    either: bool,
}

impl DayOrder {
    pub(crate) fn add(&mut self, other: DayOrder) {
        self.day_first |= other.day_first;
        self.month_first |= other.month_first;
        self.either |= other.either;
    }

    pub(crate) fn verdict(self) -> Verdict {
        match (self.day_first, self.month_first, self.either) {
            (false, false, false) => Verdict::Indifferent,
            (false, false, true) => Verdict::Undecided,
            (true, true, _) => Verdict::Contradictory,
            (day_first, ..) => Verdict::Decided(day_first),
        }
    }
}

/// Reads instants of one file, remembering the last day and the last local hour: rows come in order.
#[derive(Debug, Clone)]
pub struct TimestampReader {
    zone: Option<Tz>,
    day_first: bool,
    last_day: ([u8; 10], i64),
    last_hour: (i64, i64),
    /// Nano-seconds of the instant read last, beyond its whole seconds.
    fraction: i64,
    /// The text read last is a date without a time.
    pub(crate) is_whole_day: bool,
    /// Some local time read so far was one that a change of clocks repeats or skips.
    pub(crate) met_clock_change: bool,
    /// What the dates read so far say of their order.
    pub(crate) order: DayOrder,
}

/// Nano-seconds in a second.
pub(crate) const SECOND: i64 = 1_000_000_000;

impl TimestampReader {
    /// `zone` is what a timestamp without one means; `None` refuses it.
    pub fn new(zone: Option<Tz>, day_first: bool) -> Self {
        Self {
            zone,
            day_first,
            last_day: ([0; 10], 0),
            last_hour: (i64::MIN, 0),
            fraction: 0,
            is_whole_day: false,
            met_clock_change: false,
            order: DayOrder::default(),
        }
    }

    /// Epoch nano-seconds: fractions of a second decide which of two requests came last.
    ///
    /// # Errors
    /// [`TimestampError`].
    #[inline]
    pub fn nanos(&mut self, text: &[u8]) -> Result<i64, TimestampError> {
        Ok(self.seconds(text)? * SECOND + self.fraction)
    }

    /// Epoch seconds, fractions cut off.
    ///
    /// # Errors
    /// [`TimestampError`].
    pub fn seconds(&mut self, text: &[u8]) -> Result<i64, TimestampError> {
        let text = text.trim_ascii();
        (self.fraction, self.is_whole_day) = (0, false);
        let seconds = if text.len() >= 10 && text[4] == b'-' && text[7] == b'-' {
            self.iso(text)?
        } else if text.len() == 8 && text.starts_with(b"20") && text.iter().all(u8::is_ascii_digit) {
            let start = day_start(number(&text[..4])?, number(&text[4..6])?, number(&text[6..])?)?;
            self.whole_day(start)?
        } else if text.iter().take(10).filter(|b| **b == b'.').count() == 2 {
            self.slashed(text)?
        } else if !text.is_empty() && text.iter().all(|b| b.is_ascii_digit() || *b == b'.') {
            let (seconds, fraction) = epoch(text)?;
            self.fraction = fraction;
            seconds
        } else if text.contains(&b'/') || is_dashed(text) {
            self.slashed(text)?
        } else {
            self.worded(text)?
        };
        if RANGE.contains(&seconds) { Ok(seconds) } else { Err(TimestampError::OutOfRange) }
    }

    fn iso(&mut self, text: &[u8]) -> Result<i64, TimestampError> {
        let mut date = [0; 10];
        date.copy_from_slice(&text[..10]);
        let day = if self.last_day.0 == date {
            self.last_day.1
        } else {
            let (year, month, day) = (number(&date[..4])?, number(&date[5..7])?, number(&date[8..])?);
            let start = day_start(year, month, day)?;
            self.last_day = (date, start);
            start
        };
        match text.get(10) {
            None => self.whole_day(day),
            Some(b'T' | b't' | b' ' | b'_') => self.time(day, &text[11..]),
            Some(_) => Err(TimestampError::NotATimestamp),
        }
    }

    /// "18:17", "18:17:03", "18:17:03.97", each with an optional zone and AM/PM.
    fn time(&mut self, day: i64, text: &[u8]) -> Result<i64, TimestampError> {
        let text = text.trim_ascii();
        if text.len() < 5 || text[2] != b':' {
            return Err(TimestampError::NotATimestamp);
        }
        let (mut hour, minute) = (number(&text[..2])?, number(&text[3..5])?);
        let mut rest = &text[5..];
        let mut second = 0;
        if rest.first() == Some(&b':') {
            if rest.len() < 3 {
                return Err(TimestampError::NotATimestamp);
            }
            second = number(&rest[1..3])?;
            rest = &rest[3..];
            if let Some(b'.' | b',') = rest.first() {
                let digits = rest[1..].iter().take_while(|b| b.is_ascii_digit()).count();
                self.fraction = fraction(&rest[1..1 + digits]);
                rest = &rest[1 + digits..];
            }
        }
        rest = rest.trim_ascii_start();
        if let Some(meridiem) = rest.get(..2)
            && (meridiem.eq_ignore_ascii_case(b"am") || meridiem.eq_ignore_ascii_case(b"pm"))
        {
            if !(1..=12).contains(&hour) {
                return Err(TimestampError::NotATimestamp);
            }
            hour = hour % 12 + if meridiem.eq_ignore_ascii_case(b"pm") { 12 } else { 0 };
            rest = rest[2..].trim_ascii_start();
        }
        // 60 is a leap second, 24:00 the end of the day.
        let end_of_day = hour == 24 && minute == 0 && second == 0;
        if (hour > 23 && !end_of_day) || minute > 59 || second > 60 {
            return Err(TimestampError::NotATimestamp);
        }
        let of_day = hour * 3600 + minute * 60 + second;
        match rest {
            [] => self.local(day, of_day),
            b"Z" | b"z" | b"UTC" | b"GMT" => Ok(day + of_day),
            [sign @ (b'+' | b'-'), offset @ ..] => {
                let (h, m) = match offset.len() {
                    2 => (number(offset)?, 0),
                    4 => (number(&offset[..2])?, number(&offset[2..])?),
                    5 if offset[2] == b':' => (number(&offset[..2])?, number(&offset[3..])?),
                    _ => return Err(TimestampError::NotATimestamp),
                };
                if h > 18 || m > 59 {
                    return Err(TimestampError::NotATimestamp);
                }
                let offset = h * 3600 + m * 60;
                Ok(day + of_day - if *sign == b'+' { offset } else { -offset })
            }
            _ => Err(TimestampError::NotATimestamp),
        }
    }

    /// "7/31/2026 18:17", "31.07.2026", by `day_first`.
    fn slashed(&mut self, text: &[u8]) -> Result<i64, TimestampError> {
        let date_end = text.iter().position(|b| *b == b' ' || *b == b'T').unwrap_or(text.len());
        let mut parts = text[..date_end].split(|b| matches!(b, b'/' | b'.' | b'-'));
        let (Some(a), Some(b), Some(c), None) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            return Err(TimestampError::NotATimestamp);
        };
        let (a, b, c) = (number(a)?, number(b)?, number(c)?);
        // Points between the numbers are German and kin: the day comes first.
        let pointed = text[..date_end].contains(&b'.');
        if a <= 31 && !pointed && a != b {
            // A day that is none, such as 31 February, says nothing.
            let (day_first, month_first) = (day_start(c, b, a).is_ok(), day_start(c, a, b).is_ok());
            self.order.day_first |= day_first && !month_first;
            self.order.month_first |= month_first && !day_first;
            self.order.either |= day_first && month_first;
        }
        let (year, month, day) = if a > 31 {
            (a, b, c)
        } else if self.day_first || pointed {
            (c, b, a)
        } else {
            (c, a, b)
        };
        if year < 1000 {
            return Err(TimestampError::NotATimestamp);
        }
        let start = day_start(year, month, day)?;
        if date_end == text.len() {
            return self.whole_day(start);
        }
        let rest = text[date_end + 1..].trim_ascii();
        // Spreadsheets write 9:05 for 09:05.
        if rest.get(1) == Some(&b':') {
            let mut padded = vec![b'0'];
            padded.extend_from_slice(rest);
            return self.time(start, &padded);
        }
        self.time(start, rest)
    }

    /// "Jul 31, 2026 18:17", "31 July 2026", "Fri, 31 Jul 2026 18:17:03 +0200".
    fn worded(&mut self, text: &[u8]) -> Result<i64, TimestampError> {
        let text = std::str::from_utf8(text).map_err(|_| TimestampError::NotATimestamp)?;
        if let Ok(at) = chrono::DateTime::parse_from_rfc2822(text) {
            return Ok(at.timestamp());
        }
        let words: Vec<&str> = text.split([' ', ',']).filter(|word| !word.is_empty()).collect();
        let (words, is_utc) = match words.split_last() {
            Some((&("Z" | "UTC" | "GMT"), rest)) => (rest, true),
            _ => (words.as_slice(), false),
        };
        let plain = words.join(" ");
        for date in ["%B %d %Y", "%d %B %Y", "%d-%B-%Y"] {
            if let Ok(day) = NaiveDate::parse_from_str(&plain, date) {
                let start = day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp();
                return self.whole_day(start);
            }
            let at = ["%H:%M:%S%.f", "%H:%M", "%I:%M:%S %p", "%I:%M %p"]
                .iter()
                .find_map(|time| NaiveDateTime::parse_from_str(&plain, &format!("{date} {time}")).ok());
            if let Some(at) = at {
                let seconds = at.and_utc().timestamp();
                self.fraction = i64::from(at.and_utc().timestamp_subsec_nanos());
                return if is_utc { Ok(seconds) } else { self.local(seconds, 0) };
            }
        }
        Err(TimestampError::NotATimestamp)
    }

    /// A whole day of the zone given.
    fn whole_day(&mut self, start: i64) -> Result<i64, TimestampError> {
        self.zone.ok_or(TimestampError::NoZone)?;
        self.is_whole_day = true;
        Ok(start + NOON)
    }

    /// A local time in the zone given. The earlier of two when the clock went back; shifted on when it skipped.
    fn local(&mut self, day: i64, of_day: i64) -> Result<i64, TimestampError> {
        let zone = self.zone.ok_or(TimestampError::NoZone)?;
        let local = day + of_day;
        let hour = local.div_euclid(900);
        if self.last_hour.0 != hour {
            let naive = chrono::DateTime::from_timestamp(hour * 900, 0).ok_or(TimestampError::OutOfRange)?.naive_utc();
            let found = zone.offset_from_local_datetime(&naive);
            self.met_clock_change |= !matches!(found, LocalResult::Single(_));
            let offset = match found {
                LocalResult::Single(offset) | LocalResult::Ambiguous(offset, _) => offset.fix(),
                LocalResult::None => {
                    let before = naive - chrono::Duration::hours(3);
                    zone.offset_from_local_datetime(&before).earliest().ok_or(TimestampError::OutOfRange)?.fix()
                }
            };
            self.last_hour = (hour, i64::from(offset.local_minus_utc()));
        }
        Ok(local - self.last_hour.1)
    }
}

/// "2026-7-1", "31-07-2026": two dashes between numbers.
fn is_dashed(text: &[u8]) -> bool {
    let date = text.split(|b| matches!(b, b' ' | b'T')).next().unwrap_or_default();
    date.iter().filter(|b| **b == b'-').count() == 2 && date.iter().all(|b| b.is_ascii_digit() || *b == b'-')
}

fn number(digits: &[u8]) -> Result<i64, TimestampError> {
    if digits.is_empty() || digits.len() > 4 {
        return Err(TimestampError::NotATimestamp);
    }
    digits.iter().try_fold(0, |value, byte| {
        byte.is_ascii_digit().then(|| value * 10 + i64::from(byte - b'0')).ok_or(TimestampError::NotATimestamp)
    })
}

fn day_start(year: i64, month: i64, day: i64) -> Result<i64, TimestampError> {
    NaiveDate::from_ymd_opt(year as i32, month as u32, day as u32)
        .and_then(|date| date.and_hms_opt(0, 0, 0))
        .map(|at| at.and_utc().timestamp())
        .ok_or(TimestampError::NotATimestamp)
}

/// The first nine digits of a fraction as nano-seconds.
#[inline]
fn fraction(digits: &[u8]) -> i64 {
    let mut value = 0;
    let mut scale = SECOND;
    for digit in digits.iter().take(9) {
        scale /= 10;
        value += i64::from(digit - b'0') * scale;
    }
    value
}

/// Epoch seconds, milliseconds, microseconds or nanoseconds, told apart by size: whole seconds, and nano-seconds beyond.
fn epoch(text: &[u8]) -> Result<(i64, i64), TimestampError> {
    let mut parts = text.split(|b| *b == b'.');
    let (whole, places) = (parts.next().unwrap_or(text), parts.next().unwrap_or_default());
    if whole.is_empty() || whole.len() > 19 || parts.next().is_some() {
        return Err(TimestampError::NotATimestamp);
    }
    let value = whole.iter().fold(0i64, |v, b| v.saturating_mul(10).saturating_add(i64::from(b - b'0')));
    let per_second = match whole.len() {
        0..=8 => return Err(TimestampError::Relative),
        9..=11 => 1,
        12..=14 => 1_000,
        15..=17 => 1_000_000,
        _ => SECOND,
    };
    let beyond = value % per_second * (SECOND / per_second) + fraction(places) / per_second;
    Ok((value / per_second, beyond))
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::DateTime;

    fn utc(text: &str) -> i64 {
        DateTime::parse_from_rfc3339(text).unwrap().timestamp()
    }

    #[test]
    fn instants_are_read_in_every_spelling() {
        let mut reader = TimestampReader::new(Some(chrono_tz::UTC), false);
        for (text, expected) in [
            ("2023-11-16 18:17:03.9799600", "2023-11-16T18:17:03Z"),
            ("2026-07-31T18:17:03Z", "2026-07-31T18:17:03Z"),
            ("2026-07-31T18:17:03.123456+02:00", "2026-07-31T16:17:03Z"),
            ("2026-07-31T18:17-0530", "2026-07-31T23:47:00Z"),
            // A day is put at its noon.
            ("2026-07-31", "2026-07-31T12:00:00Z"),
            ("1785521823", "2026-07-31T18:17:03Z"),
            ("1785521823123", "2026-07-31T18:17:03Z"),
            ("1785521823.5", "2026-07-31T18:17:03Z"),
            ("7/31/2026 6:17 PM", "2026-07-31T18:17:00Z"),
            ("31.07.2026 18:17", "2026-07-31T18:17:00Z"),
            ("31.07.2026", "2026-07-31T12:00:00Z"),
            ("1.7.2026", "2026-07-01T12:00:00Z"),
            ("2026/07/31 18:17:03", "2026-07-31T18:17:03Z"),
            ("2026-07-31T24:00:00Z", "2026-08-01T00:00:00Z"),
            ("20260731", "2026-07-31T12:00:00Z"),
            ("2026-7-1 3:05", "2026-07-01T03:05:00Z"),
            ("07-31-2026 18:17:03", "2026-07-31T18:17:03Z"),
            ("Jul 31, 2026 18:17", "2026-07-31T18:17:00Z"),
            ("July 31, 2026 6:17 PM", "2026-07-31T18:17:00Z"),
            ("31 Jul 2026 18:17:03 UTC", "2026-07-31T18:17:03Z"),
            ("31-Jul-2026", "2026-07-31T12:00:00Z"),
            ("Fri, 31 Jul 2026 18:17:03 +0200", "2026-07-31T16:17:03Z"),
        ] {
            assert_eq!(reader.seconds(text.as_bytes()), Ok(utc(expected)), "{text}");
        }
        for text in
            ["", "yesterday", "2026-13-01", "2026-02-30", "20261301", "2026-07-31T25:00:00Z", "2026-07-31x", "1/2"]
        {
            assert_eq!(reader.seconds(text.as_bytes()), Err(TimestampError::NotATimestamp), "{text}");
        }
        for text in ["0", "40", "12345", "3599999"] {
            assert_eq!(reader.seconds(text.as_bytes()), Err(TimestampError::Relative), "{text}");
        }
        for text in ["1999-01-01", "999999999", "99999999999", "2101-01-01T00:00:00Z"] {
            assert_eq!(reader.seconds(text.as_bytes()), Err(TimestampError::OutOfRange), "{text}");
        }
    }

    #[test]
    fn fractions_of_a_second_are_kept() {
        let mut reader = TimestampReader::new(Some(chrono_tz::UTC), false);
        for (text, nanos) in [
            ("2026-07-31T18:17:03.123456789Z", 123_456_789),
            ("2026-07-31 18:17:03.9799600", 979_960_000),
            ("1785521823123", 123_000_000),
            ("1785521823.5", 500_000_000),
            ("1785521823123456789", 123_456_789),
            ("1785521823123.25", 123_250_000),
            ("07/31/2026 18:17:03.123", 123_000_000),
            ("2026-07-31T18:17:03Z", 0),
        ] {
            assert_eq!(reader.nanos(text.as_bytes()), Ok(utc("2026-07-31T18:17:03Z") * SECOND + nanos), "{text}");
        }
    }

    #[test]
    fn a_fraction_does_not_change_the_order_of_day_and_month() {
        for day_first in [false, true] {
            let mut reader = TimestampReader::new(Some(chrono_tz::UTC), day_first);
            let whole = reader.seconds(b"07/08/2026 18:17:03");
            assert_eq!(reader.seconds(b"07/08/2026 18:17:03.123"), whole);
        }
    }

    #[test]
    fn only_a_date_with_one_reading_decides_which_comes_first() {
        for (dates, verdict) in [
            (&["2026-07-31", "31.07.2026"][..], Verdict::Indifferent),
            (&["07/08/2026"], Verdict::Undecided),
            (&["07/07/2026"], Verdict::Indifferent),
            (&["07/08/2026", "13/08/2026"], Verdict::Decided(true)),
            (&["07/08/2026", "8/13/2026 10:00"], Verdict::Decided(false)),
            (&["13/08/2026", "08/13/2026"], Verdict::Contradictory),
        ] {
            let mut reader = TimestampReader::new(Some(chrono_tz::UTC), false);
            for date in dates {
                let _ = reader.seconds(date.as_bytes());
            }
            assert_eq!(reader.order.verdict(), verdict, "{dates:?}");
        }
    }

    #[test]
    fn a_time_without_a_zone_is_refused_until_somebody_names_one() {
        assert_eq!(TimestampReader::new(None, false).seconds(b"2026-07-31 10:00"), Err(TimestampError::NoZone));
        let mut berlin = TimestampReader::new(Some(chrono_tz::Europe::Berlin), false);
        assert_eq!(berlin.seconds(b"2026-07-31 10:00"), Ok(utc("2026-07-31T08:00:00Z")));
        // The clock goes back at 03:00 on 25 October: the first 02:30 is meant. It skips 02:00–03:00 on 29 March.
        assert_eq!(berlin.seconds(b"2026-10-25 02:30"), Ok(utc("2026-10-25T00:30:00Z")));
        assert_eq!(berlin.seconds(b"2026-03-29 02:30"), Ok(utc("2026-03-29T01:30:00Z")));
    }
}
