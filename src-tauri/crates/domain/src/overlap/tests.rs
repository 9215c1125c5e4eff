use super::*;
use crate::usage::TokenCounts;

const HOUR: i64 = 3600;
const NANO: i64 = 1_000_000_000;

fn row(fingerprint: u64, minute: i64, series: u32, input: u64) -> EdgeRow {
    let tokens = TokenCounts { input, ..TokenCounts::default() };
    EdgeRow {
        fingerprint,
        at: minute * 60 * NANO,
        series,
        cell: 0,
        measures: Measures { requests: 1, tokens, ..Measures::default() },
        timing: Timing { to_the_minute: true, ..Timing::default() },
    }
}

fn cells(rows: &[EdgeRow]) -> WholeHour {
    let mut minutes = HourMinutes::default();
    for row in rows.iter().filter(|row| row.timing.to_the_minute) {
        minutes.add(minute_of(row.at / NANO), &MinuteTotals::of(&row.measures));
    }
    WholeHour { cells: by_kind(rows, |series| series), minutes }
}

fn part(rows: &[EdgeRow], from: i64, to: i64) -> Claim<'_> {
    Claim::Part { rows, from: from * 60 * NANO, to: to * 60 * NANO }
}

fn told(claims: &[(i64, Claim<'_>)], answer: Option<Answer>) -> Told {
    decide(0, claims, |_| answer, |series| series)
}

#[test]
fn two_parts_of_an_hour_unite_and_repeated_rows_count_once() {
    let all = [row(1, 0, 0, 10), row(2, 10, 0, 20), row(3, 20, 0, 30), row(4, 30, 0, 40)];
    let (a, b) = (&all[..3], &all[1..]);
    let claims = [(1, part(a, 0, 20)), (2, part(b, 10, 59))];
    assert_eq!(told(&claims, None), Told { part: vec![1, 2], ..Told::default() });
    assert_eq!(unite([a, b]), all);
    assert_eq!(unite([b, a]), all);
}

#[test]
fn rows_alike_stand_as_often_as_in_the_file_that_has_them_most() {
    let twice = [row(1, 0, 0, 10), row(1, 0, 0, 10)];
    let once = [row(1, 0, 0, 10), row(2, 5, 0, 10)];
    assert_eq!(unite([&twice[..], &once[..]]).len(), 3);
}

#[test]
fn parts_that_contradict_each_other_are_asked_about() {
    let a = [row(1, 0, 0, 10), row(2, 10, 0, 20), row(3, 20, 0, 30)];
    let b = [row(2, 10, 0, 20), row(9, 15, 0, 7), row(3, 20, 0, 30)];
    let claims = [(1, part(&a, 0, 59)), (2, part(&b, 10, 59))];
    assert_eq!(told(&claims, None).conflicts, [(2, None)]);
    assert_eq!(told(&claims, Some(Answer::Add)).part, [1, 2]);
    assert_eq!(told(&claims, Some(Answer::Keep)).part, [1]);
    assert_eq!(told(&claims, Some(Answer::Replace)).part, [2]);
}

#[test]
fn a_days_row_that_has_grown_is_asked_about_and_a_second_that_went_on_is_not() {
    let (then, now) = ([row(1, 20, 0, 100)], [row(2, 20, 0, 150)]);
    assert_eq!(told(&[(1, part(&then, 0, 20)), (2, part(&now, 20, 59))], None).conflicts, [(2, None)]);
    let more = [row(1, 20, 0, 100), row(3, 20, 0, 7)];
    let claims = [(1, part(&then, 0, 20)), (2, part(&more, 20, 59))];
    assert_eq!(told(&claims, None).part, [1, 2]);
    assert_eq!(unite([&then[..], &more[..]]), more);
}

#[test]
fn a_whole_hour_contains_its_parts_whichever_came_first() {
    let all = [row(1, 0, 0, 10), row(2, 10, 1, 20), row(3, 20, 0, 30)];
    let whole = cells(&all);
    let before = [(1, part(&all[..2], 0, 10)), (2, Claim::Whole(&whole))];
    assert_eq!(told(&before, None), Told { whole: vec![2], ..Told::default() });
    let after = [(1, Claim::Whole(&whole)), (2, part(&all[1..], 10, 59))];
    assert_eq!(told(&after, None), Told { whole: vec![1], ..Told::default() });
}

#[test]
fn a_part_that_says_more_than_the_whole_is_a_conflict() {
    let whole = cells(&[row(1, 0, 0, 10)]);
    let more = [row(1, 0, 0, 10), row(2, 10, 1, 20)];
    for claims in
        [[(1, Claim::Whole(&whole)), (2, part(&more, 0, 59))], [(1, part(&more, 0, 59)), (2, Claim::Whole(&whole))]]
    {
        assert_eq!(told(&claims, None).conflicts, [(2, None)]);
    }
}

#[test]
fn a_row_the_whole_hour_lacks_is_a_conflict_however_small_it_is() {
    let whole = cells(&[row(1, 5, 0, 9_000), row(2, 20, 0, 2_000)]);
    let late = [row(9, 7, 0, 500)];
    // Two minutes that agree in their sum and not each.
    let moved = [row(1, 5, 0, 2_000), row(2, 20, 0, 9_000)];
    for rows in [&late[..], &moved[..]] {
        let (from, to) = (rows[0].at / 60 / NANO, rows[rows.len() - 1].at / 60 / NANO);
        for claims in [
            [(1, Claim::Whole(&whole)), (2, part(rows, from, to))],
            [(1, part(rows, from, to)), (2, Claim::Whole(&whole))],
        ] {
            assert_eq!(told(&claims, None).conflicts, [(2, None)]);
        }
    }
    // What lies before the file begins is none of its business.
    let tail = [row(2, 20, 0, 2_000)];
    assert!(told(&[(1, Claim::Whole(&whole)), (2, part(&tail, 20, 59))], None).conflicts.is_empty());
}

#[test]
fn rows_of_a_day_come_to_the_same_or_are_asked_about() {
    let daily = |fingerprint, nanos| EdgeRow {
        measures: Measures { reported_nanos: nanos, ..Measures::default() },
        timing: Timing::default(),
        ..row(fingerprint, 0, 0, 0)
    };
    let whole = cells(&[daily(1, 5), daily(2, 3)]);
    for (rows, agrees) in [
        (vec![daily(1, 5), daily(2, 3)], true),
        (vec![daily(1, 5)], false),
        (vec![daily(3, -2)], false),
        (vec![daily(1, 9)], false),
    ] {
        let told = told(&[(1, Claim::Whole(&whole)), (2, part(&rows, 0, 0))], None);
        assert_eq!(told.conflicts.is_empty(), agrees, "{rows:?}");
    }
}

#[test]
fn whole_hours_that_differ_are_a_conflict_with_three_answers() {
    let (a, b) = (cells(&[row(1, 0, 0, 10)]), cells(&[row(1, 0, 1, 10)]));
    let claims = [(1, Claim::Whole(&a)), (2, Claim::Whole(&b))];
    assert_eq!(told(&claims, None), Told { whole: vec![1], conflicts: vec![(2, None)], ..Told::default() });
    assert_eq!(told(&claims, Some(Answer::Replace)).whole, [2]);
    assert_eq!(told(&claims, Some(Answer::Add)).whole, [1, 2]);
    let same = [(1, Claim::Whole(&a)), (2, Claim::Whole(&a))];
    assert_eq!(told(&same, None), Told { whole: vec![1], ..Told::default() });
    let empty = WholeHour::default();
    assert_eq!(told(&[(1, Claim::Whole(&a)), (2, Claim::Whole(&empty))], None).conflicts, [(2, None)]);
}

fn trace(session: u64, first: i64, last: i64, outcome: Option<bool>) -> SessionTrace {
    SessionTrace { session, first: first * 60 * NANO, last: last * 60 * NANO, series: first as u32, cell: 0, outcome }
}

fn wholly(imports: &[i64]) -> Told {
    Told { whole: imports.to_vec(), ..Told::default() }
}

#[test]
fn sessions_of_a_file_added_to_an_hour_count_beside_those_of_the_file_that_tells_it_wholly() {
    let added = [trace(7, 30, 30, Some(true))];
    let ledgers = [Ledger { import: 1, traces: &[] }, Ledger { import: 2, traces: &added }];
    let told = Told { part: vec![2], ..wholly(&[1]) };
    assert_eq!(merge_sessions(&ledgers, |_| Some(&told)), [Merged { cell: 0, series: 30, outcome: Some(true) }]);
}

#[test]
fn a_session_that_two_files_share_is_one_and_ends_with_its_last_request() {
    let yesterday = [trace(7, 0, 50, Some(false))];
    let today = [trace(7, 70, 80, Some(true))];
    let ledgers = [Ledger { import: 1, traces: &yesterday }, Ledger { import: 2, traces: &today }];
    let (first, second) = (wholly(&[1]), wholly(&[2]));
    let merged = merge_sessions(&ledgers, |hour| Some(if hour < HOUR { &first } else { &second }));
    // The second hour is told by the second import alone: it is its own there, and one with what the first saw.
    assert_eq!(merged, [Merged { cell: 0, series: 0, outcome: Some(true) }]);
}

#[test]
fn a_trace_in_an_hour_another_import_tells_is_not_counted_twice() {
    // For the import that tells the hour, the session lies far from any edge: it is in its cells.
    let seen_again = [trace(7, 0, 5, Some(true))];
    let owner = [trace(8, 3, 4, None)];
    let ledgers = [Ledger { import: 1, traces: &owner }, Ledger { import: 2, traces: &seen_again }];
    let told = wholly(&[1]);
    let merged = merge_sessions(&ledgers, |_| Some(&told));
    assert_eq!(merged.len(), 1);
    assert_eq!(merged[0].outcome, None);
}

#[test]
fn of_requests_at_one_instant_a_successful_one_decides() {
    let (a, b) = ([trace(7, 0, 5, Some(true))], [trace(7, 0, 5, Some(false))]);
    for ledgers in [[(1, &a), (2, &b)], [(1, &b), (2, &a)]] {
        let ledgers = ledgers.map(|(import, traces)| Ledger { import, traces });
        let told = Told { part: vec![1, 2], ..Told::default() };
        assert_eq!(merge_sessions(&ledgers, |_| Some(&told))[0].outcome, Some(true));
    }
}
