use super::*;
use crate::usage::TokenCounts;
use proptest::prelude::*;

const HOUR: i64 = 3_600;

fn calendar(zone: &str) -> ReportingCalendar {
    ReportingCalendar::new(zone, 1).unwrap()
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn start(text: &str, zone: &str) -> i64 {
    calendar(zone).start_of(day(text)).timestamp()
}

fn totals(requests: u64) -> MinuteTotals {
    MinuteTotals { requests, input: requests * 1_000, output: requests * 10 }
}

/// One request in each of the hour's minutes.
fn steady() -> HourMinutes {
    let mut hour = HourMinutes::default();
    (0..60).for_each(|minute| hour.add(minute, &totals(1)));
    hour
}

#[test]
fn input_is_all_input_and_output_all_output() {
    let tokens = TokenCounts {
        input: 1,
        cache_read: 2,
        cache_write_5m: 4,
        input_audio: 8,
        output: 16,
        output_image: 32,
        ..TokenCounts::default()
    };
    let minute = MinuteTotals::of(&Measures { requests: 3, tokens, ..Measures::default() });
    assert_eq!(minute, MinuteTotals { requests: 3, input: 15, output: 48 });
}

#[test]
fn percentiles_count_quiet_minutes_as_nothing() {
    // By hand: 1,440 minutes, of which 100 saw 1, 2, … 100 requests. In rising order there are 1,340 zeros before them, so the
    // 720th (p50) is 0, the ⌈0.95·1,440⌉ = 1,368th is 28, the ⌈0.99·1,440⌉ = 1,426th is 86.
    let mut of_day = DayMinutes::of(&calendar("UTC"), day("2026-07-01"));
    let begin = start("2026-07-01", "UTC");
    for n in 1..=100u64 {
        of_day.minutes.insert(begin + n as i64 * 60, totals(n));
    }
    let found = of_day.distribution(Rate::Requests, 3);
    assert_eq!((found.p50, found.p95, found.p99, found.max()), (0, 28, 86, 100));
    let at = |n: i64| begin + n * 60;
    let highest = [100, 99, 98].map(|n| Peak { at: at(n), total: n as u64 });
    assert_eq!(found.highest, highest);
    assert_eq!(of_day.distribution(Rate::InputTokens, 1).p99, 86_000);
}

#[test]
fn of_minutes_alike_the_earlier_stands_first() {
    let mut of_day = DayMinutes::of(&calendar("UTC"), day("2026-07-01"));
    let begin = start("2026-07-01", "UTC");
    of_day.minutes.extend([300, 60, 180].map(|at| (begin + at, totals(7))));
    let places: Vec<i64> = of_day.distribution(Rate::Requests, 2).highest.iter().map(|peak| peak.at - begin).collect();
    assert_eq!(places, [60, 180]);
}

#[test]
fn a_day_has_as_many_minutes_as_its_zone_gives_it() {
    let berlin = calendar("Europe/Berlin");
    for (date, length) in [("2026-03-29", 1_380), ("2026-07-01", 1_440), ("2026-10-25", 1_500)] {
        let begin = start(date, "Europe/Berlin");
        let hour = steady();
        // From one hour before the day to one after it: its neighbours are other days.
        let hours: Vec<i64> = (-1..=length / 60).map(|n| begin + n * HOUR).collect();
        let days = by_day(&berlin, hours.iter().map(|at| (*at, &hour)));
        let of_day = &days[&day(date)];
        assert_eq!((of_day.length, of_day.minutes.len()), (length as u64, length as usize), "{date}");
        assert_eq!(of_day.distribution(Rate::Requests, 1).p50, 1, "{date}");
        assert_eq!(days.len(), 3);
    }
}

#[test]
fn minutes_of_an_hour_that_two_days_share_go_to_their_days() {
    // In Kolkata a day begins at 18:30 UTC.
    let begin = start("2026-07-02", "Asia/Kolkata");
    let hour = steady();
    let days = by_day(&calendar("Asia/Kolkata"), [(begin.div_euclid(HOUR) * HOUR, &hour)]);
    let found: Vec<(NaiveDate, usize)> = days.iter().map(|(day, minutes)| (*day, minutes.minutes.len())).collect();
    assert_eq!(found, [(day("2026-07-01"), 30), (day("2026-07-02"), 30)]);
}

#[test]
fn a_day_nobody_told_of_is_not_there() {
    assert!(by_day(&calendar("UTC"), [(0, &HourMinutes::default())]).is_empty());
}

prop_compose! {
    fn any_rows()(rows in prop::collection::vec((0u8..60, 0u64..50, 0u64..1_000_000_000, 0u64..1_000_000), 0..120)) -> Vec<(u8, MinuteTotals)> {
        rows.into_iter().map(|(minute, requests, input, output)| (minute, MinuteTotals { requests, input, output })).collect()
    }
}

fn hour_of(rows: &[(u8, MinuteTotals)]) -> HourMinutes {
    let mut hour = HourMinutes::default();
    rows.iter().for_each(|(minute, totals)| hour.add(*minute, totals));
    hour
}

proptest! {
    #[test]
    fn the_order_of_rows_and_parts_does_not_matter(rows in any_rows(), cut in 0usize..120) {
        let whole = hour_of(&rows);
        let (a, b) = rows.split_at(cut.min(rows.len()));
        let mut backwards: Vec<_> = b.to_vec();
        backwards.reverse();
        let mut merged = hour_of(&backwards);
        merged.merge(&hour_of(a));
        prop_assert_eq!(merged, whole);
    }

    #[test]
    fn the_sum_of_the_minutes_is_the_sum_of_the_rows(rows in any_rows()) {
        let mut wanted = MinuteTotals::default();
        rows.iter().for_each(|(_, totals)| wanted.add(totals));
        let hour = hour_of(&rows);
        let mut found = MinuteTotals::default();
        by_day(&calendar("Asia/Kathmandu"), [(1_782_864_000, &hour)]).values().for_each(|day| found.add(&day.sum()));
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn minutes_come_back_as_they_were(rows in any_rows()) {
        let hour = hour_of(&rows);
        prop_assert_eq!(HourMinutes::from_bytes(&hour.to_bytes()), Ok(hour));
    }

    #[test]
    fn damaged_bytes_are_refused_or_read_never_a_crash(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
        let _ = HourMinutes::from_bytes(&bytes);
    }

    #[test]
    fn percentiles_are_those_of_the_minutes_written_out(rows in any_rows()) {
        let hour = hour_of(&rows);
        let days = by_day(&calendar("UTC"), [(1_782_864_000, &hour)]);
        for of_day in days.values() {
            let mut all: Vec<u64> = of_day.minutes.values().map(|totals| totals.input).collect();
            all.resize(1_440, 0);
            all.sort_unstable();
            let found = of_day.distribution(Rate::InputTokens, 1);
            prop_assert_eq!((found.p50, found.p95, found.p99, found.max()), (all[719], all[1_367], all[1_425], all[1_439]));
        }
    }
}
