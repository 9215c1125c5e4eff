//! Instants as people type them: by the clock on the wall, of a zone.

use chrono::{DateTime, LocalResult, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Utc};

use crate::calendar::Tz;

/// What a time on the wall is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wall {
    At(DateTime<Utc>),
    /// Clocks went back: it was shown twice. The first is taken, unless somebody writes the offset.
    Twice {
        first: DateTime<Utc>,
        second: DateTime<Utc>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WallError {
    #[error("not a time: 2026-09-14 14:05")]
    NotATime,
    /// Clocks went forward over it.
    #[error("clocks went forward over this time: it never was")]
    Skipped,
}

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// Reads "2026-09-14 14:05", with seconds, a T, a Z or an offset (+02:00) or without; "14 Sep 2026 14:05"; "2026年9月14日 14:05"; and
/// "14:05" of a day.
///
/// # Errors
/// [`WallError`].
pub fn read(text: &str, zone: Tz, day: NaiveDate) -> Result<Wall, WallError> {
    let text = text.trim();
    if let Ok(at) = DateTime::parse_from_rfc3339(&text.replacen(' ', "T", 1)) {
        return Ok(Wall::At(at.with_timezone(&Utc)));
    }
    let (text, is_utc) = match text.strip_suffix(['Z', 'z']).or_else(|| text.strip_suffix("UTC")) {
        Some(rest) => (rest.trim_end(), true),
        None => (text, false),
    };
    // The time is the last word; what stands before it is a day.
    let split = text.rfind([' ', 'T', '日', '\u{a0}', '\u{202f}']);
    let (date, time) = match split {
        Some(at) => {
            let sign = text[at..].chars().next().map_or(1, char::len_utf8);
            (text[..at + if text[at..].starts_with('日') { sign } else { 0 }].trim(), &text[at + sign..])
        }
        None => ("", text),
    };
    let day = if date.is_empty() { day } else { self::day(date).ok_or(WallError::NotATime)? };
    let time = clock(time.trim()).ok_or(WallError::NotATime)?;
    let local = NaiveDateTime::new(day, time);
    if is_utc {
        return Ok(Wall::At(local.and_utc()));
    }
    on_the_clock(local, zone)
}

/// What clocks of a zone showed then.
///
/// # Errors
/// [`WallError::Skipped`].
pub fn on_the_clock(local: NaiveDateTime, zone: Tz) -> Result<Wall, WallError> {
    match zone.from_local_datetime(&local) {
        LocalResult::Single(at) => Ok(Wall::At(at.with_timezone(&Utc))),
        LocalResult::Ambiguous(first, second) => {
            Ok(Wall::Twice { first: first.with_timezone(&Utc), second: second.with_timezone(&Utc) })
        }
        LocalResult::None => Err(WallError::Skipped),
    }
}

fn clock(text: &str) -> Option<NaiveTime> {
    let parts: Vec<&str> = text.split([':', '：']).collect();
    let number = |part: &&str| {
        let is_plain = (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        part.parse::<u32>().ok().filter(|_| is_plain)
    };
    let numbers: Vec<u32> = parts.iter().map(number).collect::<Option<_>>()?;
    match numbers[..] {
        [hour, minute] => NaiveTime::from_hms_opt(hour, minute, 0),
        [hour, minute, second] => NaiveTime::from_hms_opt(hour, minute, second),
        _ => None,
    }
}

/// A day as it is written: 2026-09-14, 14 Sep 2026, 2026年9月14日.
pub(crate) fn day(text: &str) -> Option<NaiveDate> {
    let numbers: Vec<&str> = text.trim_end_matches('日').split(['-', '/', '.', '年', '月']).collect();
    if let [year, month, day] = numbers[..]
        && year.len() == 4
        && let (Ok(year), Ok(month), Ok(day)) = (year.parse(), month.trim().parse(), day.trim().parse())
    {
        return NaiveDate::from_ymd_opt(year, month, day);
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    let [day, month, year] = words[..] else { return None };
    let month = month.get(..3)?.to_lowercase();
    let month = MONTHS.iter().position(|name| *name == month)? as u32 + 1;
    if year.len() != 4 {
        return None;
    }
    NaiveDate::from_ymd_opt(year.parse().ok()?, month, day.trim_end_matches('.').parse().ok()?)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Result<Wall, WallError> {
        read(text, Tz::Europe__Berlin, NaiveDate::from_ymd_opt(2026, 11, 24).unwrap())
    }

    fn utc(text: &str) -> Wall {
        Wall::At(text.parse().unwrap())
    }

    #[test]
    fn a_time_is_read_as_people_and_the_product_itself_write_it() {
        let expected = Ok(utc("2026-09-14T12:05:00Z"));
        for text in [
            "2026-09-14 14:05",
            "2026-09-14T14:05",
            "2026-09-14 14:05:00",
            " 14 Sep 2026 14:05",
            "14 September 2026 14:05",
            "2026年9月14日 14:05",
            "2026年9月14日14:05",
            "2026-09-14 12:05Z",
            "2026-09-14 12:05 UTC",
            "2026-09-14T14:05:00+02:00",
        ] {
            assert_eq!(at(text), expected, "{text}");
        }
        assert_eq!(at("9:30"), Ok(utc("2026-11-24T08:30:00Z")));
    }

    #[test]
    fn a_time_that_was_twice_or_never_is_said() {
        let Ok(Wall::Twice { first, second }) = at("2026-10-25 02:30") else { panic!("twice") };
        assert_eq!((first, second), ("2026-10-25T00:30:00Z".parse().unwrap(), "2026-10-25T01:30:00Z".parse().unwrap()));
        assert_eq!(at("2026-03-29 02:30"), Err(WallError::Skipped));
        for text in ["", "soon", "25:00", "2026-02-30 10:00", "14 Foo 2026 10:00", "2026-09-14", "1:2:3:4", "14.05"] {
            assert_eq!(at(text), Err(WallError::NotATime), "{text}");
        }
    }
}
