//! The window of an OpenSLO document: `timeWindow` of v1, `timeWindows` of v1alpha.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Weekday};
use domain::slo::{CalendarUnit, SloDetails, Window};
use serde_json::{Map, Value, json};

use super::duration::{Unit, shorthand};
use super::openslo::{Version, text};
use crate::RowIssue;

/// A day that begins a week, a month, a quarter and a year.
const START: &str = "2024-01-01 00:00:00";

/// Days of the window taken where a document names none: four weeks.
const UNSAID_DAYS: u32 = 28;

const DAY: u64 = 24 * 60;

/// Where a document's window stands.
pub(super) fn column(version: Version) -> &'static str {
    if version == Version::V1 { "spec.timeWindow" } else { "spec.timeWindows" }
}

/// Writes `1M` for a window of `1m`: in minutes of less than an hour nobody counts a budget, and the examples of the specification
/// themselves write a month so. What stood there is returned.
pub(super) fn correct(document: &mut Value) -> Option<String> {
    let duration = document.pointer_mut("/spec/timeWindow/0/duration")?;
    let said = duration.as_str()?.to_owned();
    let (count, _) = shorthand(&said).filter(|(count, unit)| *unit == Unit::Minute && *count < 60)?;
    *duration = Value::String(format!("{count}M"));
    Some(said)
}

/// The window and its zone. Doubts go to `doubts`.
///
/// # Errors
/// What is none that we can count by.
pub(super) fn read(
    spec: &Value,
    version: Version,
    doubts: &mut Vec<RowIssue>,
) -> Result<(Window, String), Box<RowIssue>> {
    let list = spec.get(if version == Version::V1 { "timeWindow" } else { "timeWindows" });
    let said = match list {
        Some(Value::Array(list)) => {
            if list.len() > 1 {
                doubts.push(RowIssue::new("slo-several-windows").param("count", list.len()));
            }
            list.first()
        }
        // Some write the one window without a list around it.
        Some(Value::Object(_)) => list,
        _ => None,
    };
    let Some(said) = said else {
        doubts.push(RowIssue::new("slo-window-missing").param("days", UNSAID_DAYS));
        return Ok((Window::Rolling { days: UNSAID_DAYS }, String::new()));
    };
    let shown = |value: Option<&Value>| value.map(|value| text(Some(value)).unwrap_or(value.to_string()));
    let (span, what) = match version {
        Version::V1 => {
            let duration = shown(said.get("duration")).unwrap_or_default();
            (shorthand(&duration), duration)
        }
        Version::V1Alpha => {
            let (count, unit) = (shown(said.get("count")).unwrap_or("1".into()), shown(said.get("unit")));
            let what = format!("{count} {}", unit.unwrap_or_default());
            (count_and_unit(&what), what)
        }
    };
    let calendar = said.get("calendar").filter(|calendar| calendar.is_object());
    let is_rolling = said.get("isRolling").and_then(Value::as_bool).unwrap_or(calendar.is_none());
    let window = span.and_then(|span| if is_rolling { rolling(span) } else { of_calendar(span) });
    let Some(window) = window else {
        let kind = if is_rolling { "rolling" } else { "calendar" };
        return Err(Box::new(RowIssue::new("slo-window-unsupported").param("kind", kind).value(what.as_bytes())));
    };
    let zone = calendar.and_then(|calendar| text(calendar.get("timeZone"))).unwrap_or_default();
    if let (Window::Calendar { unit }, Some(start)) = (window, calendar.and_then(|c| text(c.get("startTime"))))
        && begins_elsewhere(&start, unit)
    {
        doubts.push(RowIssue::new("slo-window-start").value(start.as_bytes()));
    }
    if zone.is_empty() || zone.parse::<chrono_tz::Tz>().is_ok() {
        return Ok((window, zone));
    }
    doubts.push(RowIssue::new("slo-zone-unknown").value(zone.as_bytes()));
    Ok((window, String::new()))
}

fn count_and_unit(text: &str) -> Option<(u32, Unit)> {
    let (count, unit) = text.split_once(' ')?;
    let unit = match unit {
        "Minute" => Unit::Minute,
        "Hour" => Unit::Hour,
        "Day" => Unit::Day,
        "Week" => Unit::Week,
        "Month" => Unit::Month,
        "Quarter" => Unit::Quarter,
        "Year" => Unit::Year,
        _ => return None,
    };
    count.parse().ok().filter(|count| *count > 0).map(|count| (count, unit))
}

fn rolling((count, unit): (u32, Unit)) -> Option<Window> {
    let minutes = u64::from(count) * unit.minutes();
    let days = u32::try_from(minutes / DAY).ok()?;
    let fits = minutes.is_multiple_of(DAY) && days <= domain::slo::definition::LONGEST_WINDOW;
    fits.then_some(Window::Rolling { days })
}

fn of_calendar(span: (u32, Unit)) -> Option<Window> {
    let unit = match span {
        (1, Unit::Week) => CalendarUnit::Week,
        (1, Unit::Month) => CalendarUnit::Month,
        (1, Unit::Quarter) | (3, Unit::Month) => CalendarUnit::Quarter,
        (1, Unit::Year) | (12, Unit::Month) => CalendarUnit::Year,
        _ => return None,
    };
    Some(Window::Calendar { unit })
}

/// Whether windows that repeat from this instant begin at another than ours do: the first midnight of a week (Monday's), a month,
/// a quarter or a year.
fn begins_elsewhere(start: &str, unit: CalendarUnit) -> bool {
    let start = start.trim().trim_end_matches('Z').replace('T', " ");
    let at = NaiveDateTime::parse_from_str(&start, "%Y-%m-%d %H:%M:%S")
        .or_else(|_| NaiveDate::parse_from_str(&start, "%Y-%m-%d").map(|day| day.and_time(NaiveTime::MIN)));
    let Ok(at) = at else { return false };
    let is_first = match unit {
        CalendarUnit::Week => at.weekday() == Weekday::Mon,
        CalendarUnit::Month => at.day() == 1,
        CalendarUnit::Quarter => at.day() == 1 && at.month0() % 3 == 0,
        CalendarUnit::Year => at.ordinal() == 1,
    };
    !is_first || at.time() != NaiveTime::MIN
}

/// Puts the window of an objective into a document.
pub(super) fn write(spec: &mut Map<String, Value>, slo: &SloDetails, version: Version) {
    let calendar = |unit| match unit {
        CalendarUnit::Week => ("w", "Week"),
        CalendarUnit::Month => ("M", "Month"),
        CalendarUnit::Quarter => ("Q", "Quarter"),
        CalendarUnit::Year => ("Y", "Year"),
    };
    let (count, (letter, word), is_rolling) = match slo.window {
        Window::Rolling { days } => (days, ("d", "Day"), true),
        Window::Calendar { unit } => (1, calendar(unit), false),
    };
    let mut said = match version {
        Version::V1 => json!({"duration": format!("{count}{letter}"), "isRolling": is_rolling}),
        Version::V1Alpha => json!({"unit": word, "count": count, "isRolling": is_rolling}),
    };
    if !is_rolling {
        said["calendar"] = json!({ "startTime": START });
        if !slo.zone.is_empty() {
            said["calendar"]["timeZone"] = Value::String(slo.zone.clone());
        }
    }
    let key = if version == Version::V1 { "timeWindow" } else { "timeWindows" };
    spec.insert(key.to_owned(), Value::Array(vec![said]));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn window(said: Value) -> (Option<Window>, String, Vec<String>) {
        let mut doubts = Vec::new();
        let read = read(&json!({ "timeWindow": [said] }), Version::V1, &mut doubts);
        let codes = doubts.into_iter().map(|issue| issue.code);
        match read {
            Ok((window, zone)) => (Some(window), zone, codes.collect()),
            Err(issue) => (None, String::new(), codes.chain([issue.code.clone()]).collect()),
        }
    }

    #[test]
    fn windows_are_days_that_roll_or_units_of_the_calendar() {
        let rolling = |days| Some(Window::Rolling { days });
        let of = |duration: &str| window(json!({"duration": duration, "isRolling": true})).0;
        assert_eq!(["28d", "2w", "1M", "1Q", "720h", "366d"].map(of), [28, 14, 30, 90, 30, 366].map(rolling));
        assert_eq!(["367d", "90m", "2Y", "25h", "soon", ""].map(of), [None; 6]);
        let of = |duration: &str| window(json!({"duration": duration, "isRolling": false, "calendar": {}})).0;
        let unit = |unit| Some(Window::Calendar { unit });
        use CalendarUnit::{Month, Quarter, Week, Year};
        assert_eq!(["1w", "1M", "1Q", "1Y", "3M"].map(of), [Week, Month, Quarter, Year, Quarter].map(unit));
        assert_eq!(["2w", "30d", "2M"].map(of), [None; 3]);
        assert_eq!(window(json!({"duration": "1M", "calendar": {}})).0, unit(Month));
    }

    #[test]
    fn a_calendar_that_begins_elsewhere_or_in_no_known_zone_is_told() {
        let of = |start: &str, zone: &str| {
            window(json!({"duration": "1w", "calendar": {"startTime": start, "timeZone": zone}}))
        };
        assert_eq!(of("2024-01-01 00:00:00", "Europe/Berlin").1, "Europe/Berlin");
        assert_eq!(of("2024-01-01 00:00:00", "Europe/Berlin").2, [""; 0]);
        // A Saturday, at noon.
        assert_eq!(of("2022-01-01 12:00:00", "").2, ["slo-window-start"]);
        assert_eq!(of("2024-01-01", "Moon/Base").2, ["slo-zone-unknown"]);
        assert_eq!(window(json!({"duration": "1m", "isRolling": true})).2, ["slo-window-unsupported"]);
    }
}
