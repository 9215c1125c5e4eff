//! Spans of time as definitions write them.

/// A unit of OpenSLO's duration-shorthand: case tells minutes from months.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}

impl Unit {
    /// Minutes; a month is 30 days, a quarter 90, a year 365.
    pub(super) fn minutes(self) -> u64 {
        const DAY: u64 = 24 * 60;
        match self {
            Unit::Minute => 1,
            Unit::Hour => 60,
            Unit::Day => DAY,
            Unit::Week => 7 * DAY,
            Unit::Month => 30 * DAY,
            Unit::Quarter => 90 * DAY,
            Unit::Year => 365 * DAY,
        }
    }
}

/// "1M", "28d", "2w" (OpenSLO v1, `duration-shorthand`); `None` for anything else.
pub(super) fn shorthand(text: &str) -> Option<(u32, Unit)> {
    let text = text.trim();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let unit = match text.get(digits..)?.trim_start() {
        "m" => Unit::Minute,
        "h" => Unit::Hour,
        "d" => Unit::Day,
        "w" => Unit::Week,
        "M" => Unit::Month,
        "Q" => Unit::Quarter,
        "Y" => Unit::Year,
        _ => return None,
    };
    let count = text[..digits].parse().ok().filter(|count| *count > 0)?;
    Some((count, unit))
}

/// Whole minutes of OpenSLO's shorthand.
pub(super) fn shorthand_minutes(text: &str) -> Option<u32> {
    let (count, unit) = shorthand(text)?;
    u32::try_from(u64::from(count) * unit.minutes()).ok()
}

/// Whole minutes of a duration of Prometheus and Sloth: "5m", "1h30m", "30d", "4w", "1y"; `None` for part of a minute too.
pub(super) fn prometheus_minutes(text: &str) -> Option<u32> {
    let mut rest = text.trim();
    let mut seconds = 0u64;
    while !rest.is_empty() {
        let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
        let count: u64 = rest[..digits].parse().ok().filter(|count| *count < 1_000_000_000)?;
        rest = &rest[digits..];
        let letters = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
        let unit = match &rest[..letters] {
            "s" => 1,
            "m" => 60,
            "h" => 3_600,
            "d" => 86_400,
            "w" => 7 * 86_400,
            "y" => 365 * 86_400,
            _ => return None,
        };
        seconds = seconds.saturating_add(count * unit);
        rest = &rest[letters..];
    }
    (seconds > 0 && seconds.is_multiple_of(60)).then(|| u32::try_from(seconds / 60).ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_tells_minutes_from_months() {
        let of = ["1m", "1M", "2w", "90d", "1Q", "1Y", "24h"].map(shorthand_minutes);
        assert_eq!(of, [1, 43_200, 20_160, 129_600, 129_600, 525_600, 1_440].map(Some));
        for text in ["", "m", "0d", "1", "-1d", "1.5d", "1 month", "1W", "99999999999d", "4294967295Y", "1µ"] {
            assert_eq!(shorthand_minutes(text), None, "{text}");
        }
    }

    #[test]
    fn durations_of_prometheus_add_up() {
        let of = ["5m", "1h30m", "30d", "4w", "120s", "1d12h"].map(prometheus_minutes);
        assert_eq!(of, [5, 90, 43_200, 40_320, 2, 2_160].map(Some));
        for text in ["", "30s", "1M", "h", "5", "1h 30m", "99999999999999999999d"] {
            assert_eq!(prometheus_minutes(text), None, "{text}");
        }
    }
}
