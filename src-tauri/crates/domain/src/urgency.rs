//! How soon something is due: one scale for every page, so that a day is never near on one and far on another.

use chrono::{Datelike, Days, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Days to a due day, in the steps a person acts in. The order is that of acting.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Urgency {
    /// The day has passed.
    Overdue,
    /// Today or within 7 days.
    Week,
    /// Within 30 days.
    Month,
    /// Within 90 days.
    Quarter,
    /// Later, or at no day.
    Later,
}

impl Urgency {
    /// The furthest day, counted from today, that is of a step.
    pub const WEEK_DAYS: i64 = 7;
    pub const MONTH_DAYS: i64 = 30;
    pub const QUARTER_DAYS: i64 = 90;

    /// Of the days left to a due day: 0 is today, negative has passed.
    pub fn of(days_left: i64) -> Self {
        match days_left {
            ..0 => Self::Overdue,
            0..=Self::WEEK_DAYS => Self::Week,
            8..=Self::MONTH_DAYS => Self::Month,
            31..=Self::QUARTER_DAYS => Self::Quarter,
            _ => Self::Later,
        }
    }
}

/// The day on which something put off today `until` a day is in sight again: that day, or its due day if that is still to come
/// and sooner.
pub fn wakes_on(until: NaiveDate, due: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    due.filter(|due| *due > today).map_or(until, |due| due.min(until))
}

/// The first Monday after a day.
pub fn next_monday(day: NaiveDate) -> NaiveDate {
    day + Days::new(u64::from(7 - day.weekday().num_days_from_monday()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_day_of_a_step_is_within_it() {
        let steps = [-1, 0, 7, 8, 30, 31, 90, 91].map(Urgency::of);
        use Urgency::*;
        assert_eq!(steps, [Overdue, Week, Week, Month, Month, Quarter, Quarter, Later]);
    }

    #[test]
    fn what_is_due_sooner_is_never_less_urgent() {
        for days in -400..400 {
            assert!(Urgency::of(days) <= Urgency::of(days + 1), "{days}");
        }
    }

    #[test]
    fn what_is_put_off_past_its_due_day_wakes_on_that_day() {
        let day = |text: &str| text.parse::<NaiveDate>().unwrap();
        let (until, due) = (day("2026-12-01"), Some(day("2026-11-20")));
        let today = day("2026-11-10");
        assert_eq!(wakes_on(until, due, today), day("2026-11-20"));
        assert_eq!(wakes_on(until, Some(day("2026-12-02")), today), until);
        assert_eq!(wakes_on(until, None, today), until);
        // What is overdue already can only be put off from now.
        assert_eq!(wakes_on(until, due, day("2026-11-21")), until);
    }

    #[test]
    fn the_next_monday_is_never_today() {
        for (today, monday) in
            [("2026-11-29", "2026-11-30"), ("2026-11-30", "2026-12-07"), ("2026-12-01", "2026-12-07")]
        {
            assert_eq!(next_monday(today.parse().unwrap()).to_string(), monday);
        }
    }
}
