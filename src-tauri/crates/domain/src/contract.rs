//! Contracts: the term running on a day, and the day by which notice must be given to leave it.

use chrono::{Duration, Months, NaiveDate};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::{ContractId, VendorId};
use crate::money::{Currency, Money, NANOS_PER_UNIT};
use crate::typed::is_possible;
use crate::urgency::Urgency;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ContractKind {
    Msa,
    OrderForm,
}

/// What a commitment is counted over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum CommitmentPeriod {
    Term,
    Year,
    Quarter,
    Month,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Contract {
    pub id: ContractId,
    #[serde(flatten)]
    pub details: ContractDetails,
}

/// Everything a person types about a contract.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContractDetails {
    pub vendor_id: VendorId,
    pub title: String,
    pub kind: ContractKind,
    pub owner: String,
    pub parties: String,
    #[serde(flatten)]
    pub terms: Terms,
    pub currency: Currency,
    #[serde(default, deserialize_with = "crate::typed::optional_money")]
    pub commitment: Option<Money>,
    pub commitment_period: Option<CommitmentPeriod>,
    pub notes: String,
}

/// The dates of a contract, as written in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Terms {
    #[ts(type = "string")]
    pub start: NaiveDate,
    /// `None`: rolling until somebody ends it.
    #[serde(default, deserialize_with = "crate::typed::optional_count")]
    pub initial_term_months: Option<u32>,
    /// A last day agreed in so many words; it ends the contract whatever the terms say.
    #[ts(type = "string | null")]
    pub end: Option<NaiveDate>,
    pub auto_renew: bool,
    /// Length of each renewal; `None` renews by the initial term.
    #[serde(default, deserialize_with = "crate::typed::optional_count")]
    pub renewal_term_months: Option<u32>,
    /// Notice must be given at least this many days before the running term's end …
    #[serde(default, deserialize_with = "crate::typed::optional_count")]
    pub notice_min_days: Option<u32>,
    /// … and at most this many days before it.
    #[serde(default, deserialize_with = "crate::typed::optional_count")]
    pub notice_max_days: Option<u32>,
    /// The day notice was given: no further renewal.
    #[ts(type = "string | null")]
    pub notice_given: Option<NaiveDate>,
}

/// One term: both days included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Term {
    #[ts(type = "string")]
    pub from: NaiveDate,
    /// The last day of the term.
    #[ts(type = "string")]
    pub to: NaiveDate,
    /// How many renewals led to this term; 0 for the initial one.
    pub renewals: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ContractState {
    Future,
    Active,
    Ended,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum DeadlineKind {
    /// Last day to give notice, else the contract renews.
    Notice,
    /// The contract ends by itself; something must follow it.
    End,
}

/// The next date somebody has to act by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Deadline {
    #[ts(type = "string")]
    pub date: NaiveDate,
    /// Whole days from today; negative once passed.
    #[ts(type = "number")]
    pub days_left: i64,
    /// First day on which notice counts, where the contract has a window.
    #[ts(type = "string | null")]
    pub earliest: Option<NaiveDate>,
    pub kind: DeadlineKind,
    pub urgency: Urgency,
}

/// Longest time we follow renewals, so that a mistyped year cannot loop for ever.
const MAX_RENEWALS: u32 = 12 * 200;

/// First day of the term that begins `months` after `start`.
///
/// Always counted from the contract's own start, never from the previous term, so that a start on the 31st or on
/// 29 February keeps its day in every term whose month has it: 31 January + 1 month begins on 28 February, + 2 months
/// on 31 March.
fn boundary(start: NaiveDate, months: u32) -> Option<NaiveDate> {
    start.checked_add_months(Months::new(months))
}

/// The term running on `today` after past renewals; before the start, the first term; after the end, the last one.
///
/// A term of *n* months from day *d* ends on the day before *d + n months*. Renewals repeat while `auto_renew` holds and
/// no notice given in time stops them. `None` for a rolling contract, which has no term.
pub fn running_term(terms: &Terms, today: NaiveDate) -> Option<Term> {
    let initial = terms.initial_term_months.filter(|months| *months > 0);
    let Some(initial) = initial else {
        return terms.end.map(|end| Term { from: terms.start, to: end.max(terms.start), renewals: 0 });
    };
    let renewal = terms.renewal_term_months.filter(|months| *months > 0).unwrap_or(initial);
    let mut from = terms.start;
    let mut months = initial;
    let mut renewals = 0;
    loop {
        let next = boundary(terms.start, months)?;
        let term = Term { from, to: next - Duration::days(1), renewals };
        if let Some(end) = terms.end.filter(|end| *end <= term.to) {
            return Some(Term { to: end.max(from), ..term });
        }
        let stopped = !terms.auto_renew
            || terms.notice_given.is_some_and(|given| given <= notice_by(terms, term.to))
            || renewals == MAX_RENEWALS;
        if today <= term.to || stopped {
            return Some(term);
        }
        from = next;
        months = months.checked_add(renewal)?;
        renewals += 1;
    }
}

/// How a day lies to a contract that does not cover it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OutsideTerm {
    /// The contract begins on this day.
    Before(NaiveDate),
    /// This was its last day.
    After(NaiveDate),
}

/// How a day lies outside of a contract; `None` where it is covered, by the first term or by one it renews for.
pub fn outside_term(terms: &Terms, day: NaiveDate) -> Option<OutsideTerm> {
    match state(terms, day) {
        ContractState::Future => Some(OutsideTerm::Before(terms.start)),
        ContractState::Active => None,
        ContractState::Ended => running_term(terms, day).map(|term| OutsideTerm::After(term.to)),
    }
}

/// Last day on which notice for a term ending on `term_end` is in time: `notice_min_days` before it.
fn notice_by(terms: &Terms, term_end: NaiveDate) -> NaiveDate {
    term_end - Duration::days(i64::from(terms.notice_min_days.unwrap_or(0)))
}

pub fn state(terms: &Terms, today: NaiveDate) -> ContractState {
    if today < terms.start {
        return ContractState::Future;
    }
    match running_term(terms, today) {
        Some(term) if today > term.to => ContractState::Ended,
        _ => ContractState::Active,
    }
}

/// The deadline of the term running today, `None` where there is nothing to do: a rolling contract, or one that ended.
///
/// With auto-renewal and no notice given it is the notice deadline, `notice_min_days` before the term's last day, with
/// the first day of the window `notice_max_days` before it; otherwise it is the end itself. A notice deadline that has
/// passed stays, overdue, until the term is over.
pub fn deadline(terms: &Terms, today: NaiveDate) -> Option<Deadline> {
    let term = running_term(terms, today)?;
    if today > term.to {
        return None;
    }
    let ends_for_good = terms.end.is_some_and(|end| end <= term.to);
    let noticed = terms.notice_given.is_some_and(|given| given <= notice_by(terms, term.to));
    let renews = terms.auto_renew && !ends_for_good && !noticed && terms.initial_term_months.is_some();
    let (date, earliest, kind) = if renews {
        let earliest = terms.notice_max_days.map(|days| term.to - Duration::days(i64::from(days)));
        (notice_by(terms, term.to), earliest, DeadlineKind::Notice)
    } else {
        (term.to, None, DeadlineKind::End)
    };
    let days_left = (date - today).num_days();
    Some(Deadline { date, days_left, earliest, kind, urgency: Urgency::of(days_left) })
}

/// What becomes of a contract.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Outcome {
    /// Its last day; `None` where it goes on until somebody ends it.
    pub ends: Option<NaiveDate>,
    /// Months of terms after the one that runs today, up to that day; of one more renewal where nothing ends it.
    pub more_months: u32,
    /// Notice was given, and came too late for the term that runs today.
    pub late: bool,
}

/// What happens if notice is given on a day, or never: the terms that follow and the last day.
///
/// Notice in time ends the contract with the running term. Notice that is too late for it counts for the next one.
/// `None` for a rolling contract, which has no term.
pub fn outcome(terms: &Terms, notice: Option<NaiveDate>, today: NaiveDate) -> Option<Outcome> {
    let supposed = Terms { notice_given: notice, ..*terms };
    let running = running_term(&supposed, today)?;
    let renewal = terms.renewal_term_months.or(terms.initial_term_months).unwrap_or(0);
    let late = notice.is_some_and(|given| terms.auto_renew && given > notice_by(terms, running.to));
    let stops = |term: Term| {
        !terms.auto_renew
            || terms.initial_term_months.is_none()
            || terms.end.is_some_and(|end| end <= term.to)
            || notice.is_some_and(|given| given <= notice_by(terms, term.to))
    };
    if notice.is_none() && !stops(running) {
        return Some(Outcome { ends: None, more_months: renewal, late });
    }
    let (mut term, mut more_months) = (running, 0);
    while !stops(term) {
        let next = running_term(&supposed, term.to + Duration::days(1))?;
        if next == term {
            break;
        }
        more_months += renewal;
        term = next;
    }
    Some(Outcome { ends: Some(term.to), more_months, late })
}

/// The longest term, in months.
const MAX_MONTHS: u32 = 600;

/// The earliest notice, in days before a term's end.
const MAX_NOTICE_DAYS: u32 = 3650;

/// The largest commitment, in nano-units: a trillion.
const MAX_COMMITMENT: i128 = 1_000_000_000_000 * NANOS_PER_UNIT;

/// What is wrong with an amount as typed.
pub fn check_commitment(amount: Money) -> Option<&'static str> {
    match amount.nanos() {
        nanos if nanos < 0 => Some("negative"),
        nanos if nanos > MAX_COMMITMENT => Some("amount-out-of-range"),
        _ => None,
    }
}

/// What is wrong with dates as typed, by field name; empty when they can be saved.
pub fn check(terms: &Terms) -> Vec<(&'static str, &'static str)> {
    let mut problems = Vec::new();
    for (field, day) in [("start", Some(terms.start)), ("end", terms.end), ("noticeGiven", terms.notice_given)] {
        if day.is_some_and(|day| !is_possible(day)) {
            problems.push((field, "date-out-of-range"));
        }
    }
    if terms.end.is_some_and(|end| end < terms.start) {
        problems.push(("end", "end-before-start"));
    }
    if terms.notice_given.is_some_and(|given| given < terms.start) {
        problems.push(("noticeGiven", "before-start"));
    }
    let too_long = |months: Option<u32>| months.is_some_and(|m| m == 0 || m > MAX_MONTHS);
    if too_long(terms.initial_term_months) {
        problems.push(("initialTermMonths", "months-out-of-range"));
    }
    if too_long(terms.renewal_term_months) {
        problems.push(("renewalTermMonths", "months-out-of-range"));
    }
    if terms.notice_min_days.is_some_and(|d| d > MAX_NOTICE_DAYS) {
        problems.push(("noticeMinDays", "days-out-of-range"));
    }
    if terms.notice_max_days.is_some_and(|d| d > MAX_NOTICE_DAYS) {
        problems.push(("noticeMaxDays", "days-out-of-range"));
    }
    if let (Some(min), Some(max)) = (terms.notice_min_days, terms.notice_max_days)
        && max < min
    {
        problems.push(("noticeMaxDays", "window-reversed"));
    }
    problems
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::Datelike;
    use proptest::prelude::*;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn terms(start: &str, initial: u32, renewal: u32, notice: u32) -> Terms {
        Terms {
            start: day(start),
            initial_term_months: Some(initial),
            end: None,
            auto_renew: true,
            renewal_term_months: Some(renewal),
            notice_min_days: Some(notice),
            notice_max_days: None,
            notice_given: None,
        }
    }

    #[track_caller]
    fn runs(terms: &Terms, today: &str, from: &str, to: &str, renewals: u32) {
        assert_eq!(running_term(terms, day(today)).unwrap(), Term { from: day(from), to: day(to), renewals });
    }

    #[test]
    fn a_year_from_a_leap_day_returns_to_it_in_the_next_leap_year() {
        let leap = terms("2024-02-29", 12, 12, 30);
        runs(&leap, "2024-02-29", "2024-02-29", "2025-02-27", 0);
        runs(&leap, "2025-02-28", "2025-02-28", "2026-02-27", 1);
        runs(&leap, "2028-02-28", "2027-02-28", "2028-02-28", 3);
        runs(&leap, "2028-02-29", "2028-02-29", "2029-02-27", 4);
    }

    #[test]
    fn monthly_renewals_of_a_contract_starting_on_the_31st_keep_the_31st() {
        let monthly = terms("2026-01-31", 1, 1, 5);
        runs(&monthly, "2026-02-27", "2026-01-31", "2026-02-27", 0);
        runs(&monthly, "2026-02-28", "2026-02-28", "2026-03-30", 1);
        runs(&monthly, "2026-03-31", "2026-03-31", "2026-04-29", 2);
    }

    #[test]
    fn a_term_ending_on_31_january_with_a_one_month_renewal_ends_on_the_last_day_of_february() {
        let contract = terms("2025-02-01", 12, 1, 10);
        runs(&contract, "2026-01-31", "2025-02-01", "2026-01-31", 0);
        runs(&contract, "2026-02-01", "2026-02-01", "2026-02-28", 1);
        assert_eq!(deadline(&contract, day("2026-02-01")).unwrap().date, day("2026-02-18"));
    }

    #[test]
    fn a_day_is_outside_of_a_contract_before_its_start_and_after_its_last_day() {
        let of = |terms: &Terms, text: &str| outside_term(terms, day(text));
        let renewing = terms("2026-01-01", 12, 12, 30);
        let before = Some(OutsideTerm::Before(day("2026-01-01")));
        assert_eq!((of(&renewing, "2025-12-31"), of(&renewing, "2026-01-01")), (before, None));
        assert_eq!(of(&renewing, "2031-06-01"), None, "it renews");
        let ending = Terms { auto_renew: false, ..renewing };
        let after = Some(OutsideTerm::After(day("2026-12-31")));
        assert_eq!((of(&ending, "2026-12-31"), of(&ending, "2027-01-01")), (None, after));
        let left = Terms { notice_given: Some(day("2026-11-01")), ..renewing };
        assert_eq!(of(&left, "2027-01-01"), after);
        let agreed = Terms { end: Some(day("2026-06-30")), ..renewing };
        assert_eq!(of(&agreed, "2026-07-01"), Some(OutsideTerm::After(day("2026-06-30"))));
        let rolling = Terms { initial_term_months: None, ..renewing };
        assert_eq!((of(&rolling, "2040-01-01"), of(&rolling, "2025-12-31")), (None, before));
    }

    #[test]
    fn notice_in_time_ends_the_term_and_late_notice_does_not() {
        let mut contract = terms("2025-01-01", 12, 12, 60);
        contract.notice_given = Some(day("2025-11-01"));
        runs(&contract, "2026-05-01", "2025-01-01", "2025-12-31", 0);
        assert_eq!(state(&contract, day("2026-05-01")), ContractState::Ended);
        assert_eq!(deadline(&contract, day("2025-12-01")).unwrap().kind, DeadlineKind::End);
        contract.notice_given = Some(day("2025-11-02"));
        runs(&contract, "2026-05-01", "2026-01-01", "2026-12-31", 1);
    }

    #[test]
    fn notice_in_time_ends_with_the_running_term_and_late_notice_with_the_next() {
        let contract = terms("2026-01-01", 12, 12, 60);
        let on = |notice: Option<&str>| outcome(&contract, notice.map(day), day("2026-06-01")).unwrap();
        assert_eq!(on(None), Outcome { ends: None, more_months: 12, late: false });
        assert_eq!(on(Some("2026-11-01")), Outcome { ends: Some(day("2026-12-31")), more_months: 0, late: false });
        assert_eq!(on(Some("2026-11-02")), Outcome { ends: Some(day("2027-12-31")), more_months: 12, late: true });
        // One that ends by itself ends, whatever anybody says.
        let fixed = Terms { auto_renew: false, ..contract };
        let ends = Outcome { ends: Some(day("2026-12-31")), more_months: 0, late: false };
        assert_eq!(outcome(&fixed, None, day("2026-06-01")), Some(ends));
        let rolling = Terms { initial_term_months: None, ..contract };
        assert_eq!(outcome(&rolling, None, day("2026-06-01")), None);
    }

    #[test]
    fn a_missed_notice_deadline_stays_overdue_until_the_term_ends() {
        let contract = terms("2025-01-01", 12, 12, 60);
        let missed = deadline(&contract, day("2025-12-15")).unwrap();
        assert!(missed.urgency == Urgency::Overdue);
        assert_eq!((missed.date, missed.days_left), (day("2025-11-01"), -44));
    }

    #[test]
    fn a_fixed_end_wins_over_the_terms_and_a_rolling_contract_has_no_deadline() {
        let mut contract = terms("2025-01-01", 12, 12, 60);
        contract.end = Some(day("2026-06-30"));
        runs(&contract, "2026-03-01", "2026-01-01", "2026-06-30", 1);
        contract.end = None;
        contract.initial_term_months = None;
        assert_eq!(deadline(&contract, day("2026-03-01")), None);
        assert_eq!(state(&contract, day("2026-03-01")), ContractState::Active);
    }

    prop_compose! {
        fn any_terms()(
            start in 0i64..20_000, initial in 1u32..61, renewal in 1u32..37, min in 0u32..120, extra in 0u32..90,
        ) -> Terms {
            let start = day("1999-01-01") + Duration::days(start);
            Terms { start, initial_term_months: Some(initial), end: None, auto_renew: true,
                renewal_term_months: Some(renewal), notice_min_days: Some(min), notice_max_days: Some(min + extra),
                notice_given: None }
        }
    }

    proptest! {
        #[test]
        fn the_running_term_holds_today_and_terms_tile_without_gap(terms in any_terms(), offset in 0i64..9_000) {
            let today = terms.start + Duration::days(offset);
            let term = running_term(&terms, today).unwrap();
            prop_assert!(term.from <= today && today <= term.to);
            let next = running_term(&terms, term.to + Duration::days(1)).unwrap();
            prop_assert_eq!(next.from, term.to + Duration::days(1));
            prop_assert_eq!(next.renewals, term.renewals + 1);
        }

        #[test]
        fn a_term_starts_on_the_start_day_or_the_last_day_of_a_shorter_month(terms in any_terms(), offset in 0i64..9_000) {
            let term = running_term(&terms, terms.start + Duration::days(offset)).unwrap();
            let month_end = (term.from + Duration::days(1)).day() == 1;
            prop_assert!(term.from.day() == terms.start.day() || (month_end && term.from.day() < terms.start.day()));
        }

        #[test]
        fn the_notice_window_ends_exactly_its_days_before_the_term(terms in any_terms(), offset in 0i64..9_000) {
            let today = terms.start + Duration::days(offset);
            let term = running_term(&terms, today).unwrap();
            let deadline = deadline(&terms, today).unwrap();
            prop_assert_eq!((term.to - deadline.date).num_days(), i64::from(terms.notice_min_days.unwrap()));
            prop_assert!(deadline.earliest.unwrap() <= deadline.date);
            prop_assert_eq!(deadline.urgency == Urgency::Overdue, today > deadline.date);
        }
    }
}
