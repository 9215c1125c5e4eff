//! What a contract commits to spending, against what is spent: drawn so far, pace, and the day it is used up.

use chrono::{Days, Months, NaiveDate};

use crate::contract::{CommitmentPeriod, ContractDetails, Terms, running_term};
use crate::money::Money;

/// The stretch a commitment is counted over that runs on a day, both days included; `None` outside any term.
///
/// Years, quarters and months are cut from the term's first day; the last one ends with the term.
pub fn running_stretch(terms: &Terms, per: CommitmentPeriod, today: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let term = running_term(terms, today).filter(|term| (term.from..=term.to).contains(&today))?;
    let months = match per {
        CommitmentPeriod::Term => return Some((term.from, term.to)),
        CommitmentPeriod::Year => 12,
        CommitmentPeriod::Quarter => 3,
        CommitmentPeriod::Month => 1,
    };
    // Counted from the first day each time: a month that is too short does not move those after it.
    let start = |n: u32| term.from.checked_add_months(Months::new(n * months));
    let mut n = 0;
    while start(n + 1)? <= today {
        n += 1;
    }
    Some((start(n)?, (start(n + 1)? - Days::new(1)).min(term.to)))
}

/// What a contract commits to over months of further terms: `commitment × months / months it is counted over`. `None`
/// without a commitment, or where that has no length. A commitment per term is counted over a renewal term.
pub fn committed_over(details: &ContractDetails, months: u32) -> Option<Money> {
    let terms = &details.terms;
    let per = match details.commitment_period.unwrap_or(CommitmentPeriod::Term) {
        CommitmentPeriod::Year => 12,
        CommitmentPeriod::Quarter => 3,
        CommitmentPeriod::Month => 1,
        CommitmentPeriod::Term => terms.renewal_term_months.or(terms.initial_term_months)?,
    };
    let whole = details.commitment?.nanos().checked_mul(i128::from(months))?;
    Some(Money::from_nanos(whole.checked_div(i128::from(per))?, details.currency))
}

/// How a commitment stands. Amounts are in nano-units of one currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Drawdown {
    pub drawn: i128,
    pub committed: i128,
    /// Days of the stretch that the spend tells of, and all of them.
    pub elapsed: i64,
    pub days: i64,
    /// What is drawn at the end at the pace so far: `drawn × days / elapsed`.
    pub projected: i128,
    /// The day on which, at that pace, all is drawn; `None` if that is after the stretch.
    pub used_up: Option<NaiveDate>,
}

impl Drawdown {
    /// Of a stretch whose spend is known through a day. `None` before it has a day, or without an amount to draw.
    pub fn of((from, to): (NaiveDate, NaiveDate), committed: i128, drawn: i128, through: NaiveDate) -> Option<Self> {
        let days = (to - from).num_days() + 1;
        let elapsed = ((through.min(to) - from).num_days() + 1).min(days);
        if elapsed < 1 || committed <= 0 {
            return None;
        }
        let projected = drawn.checked_mul(i128::from(days))? / i128::from(elapsed);
        // The first whole day at whose end it is drawn: committed × elapsed / drawn, rounded up.
        let needed = committed.checked_mul(i128::from(elapsed))?;
        let used_up = (drawn > 0)
            .then(|| (needed + drawn - 1) / drawn)
            .filter(|day| *day <= i128::from(days))
            .and_then(|day| u64::try_from(day).ok())
            .map(|day| from + Days::new(day.max(1) - 1));
        Some(Self { drawn, committed, elapsed, days, projected, used_up })
    }

    /// What an even pace would have drawn by now: `committed × elapsed / days`.
    pub fn even(&self) -> i128 {
        self.committed * i128::from(self.elapsed) / i128::from(self.days)
    }

    /// Drawn more than an even pace (positive) or less.
    pub fn ahead(&self) -> i128 {
        self.drawn - self.even()
    }

    /// What the end will lack at the pace so far; 0 where it is used up before.
    pub fn shortfall(&self) -> i128 {
        (self.committed - self.projected).max(0)
    }

    /// Whether more than a twentieth of it would stay undrawn: money paid for nothing. One that is drawn early is not.
    pub fn will_lapse(&self) -> bool {
        self.used_up.is_none() && self.shortfall() > self.committed / 20
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::contract::ContractKind;
    use crate::id::VendorId;
    use crate::money::Currency;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn terms(start: &str, months: u32) -> Terms {
        Terms {
            start: day(start),
            initial_term_months: Some(months),
            end: None,
            auto_renew: true,
            renewal_term_months: Some(12),
            notice_min_days: Some(30),
            notice_max_days: None,
            notice_given: None,
        }
    }

    #[test]
    fn a_year_of_a_longer_term_is_counted_from_its_first_day() {
        let two_years = terms("2025-05-10", 24);
        let stretch = |per, on: &str| running_stretch(&two_years, per, day(on));
        assert_eq!(stretch(CommitmentPeriod::Term, "2026-11-24"), Some((day("2025-05-10"), day("2027-05-09"))));
        assert_eq!(stretch(CommitmentPeriod::Year, "2026-11-24"), Some((day("2026-05-10"), day("2027-05-09"))));
        assert_eq!(stretch(CommitmentPeriod::Year, "2026-05-09"), Some((day("2025-05-10"), day("2026-05-09"))));
        assert_eq!(stretch(CommitmentPeriod::Quarter, "2026-11-24"), Some((day("2026-11-10"), day("2027-02-09"))));
        assert_eq!(stretch(CommitmentPeriod::Year, "2025-01-01"), None);
        // From the last day of a month: short months end it early and do not move those after them.
        let monthly = terms("2026-01-31", 12);
        let month = |on: &str| running_stretch(&monthly, CommitmentPeriod::Month, day(on));
        assert_eq!(month("2026-03-15"), Some((day("2026-02-28"), day("2026-03-30"))));
        assert_eq!(month("2026-03-31"), Some((day("2026-03-31"), day("2026-04-29"))));
    }

    #[test]
    fn at_double_the_even_pace_it_is_used_up_half_way() {
        let stretch = (day("2026-01-01"), day("2026-12-31"));
        let half = Drawdown::of(stretch, 365, 20, day("2026-01-10")).unwrap();
        assert_eq!((half.even(), half.ahead(), half.projected), (10, 10, 730));
        // 365 at 2 a day is drawn on the 183rd day.
        assert_eq!((half.used_up, half.shortfall()), (Some(day("2026-07-02")), 0));
        let slow = Drawdown::of(stretch, 365, 5, day("2026-01-10")).unwrap();
        assert_eq!((slow.used_up, slow.projected, slow.shortfall()), (None, 182, 183));
        assert!(slow.will_lapse() && !half.will_lapse());
        // 10 days at 1 a day of 383: 18 of it stay, under a twentieth; of 385 it is 20.
        let nearly = |committed| Drawdown::of(stretch, committed, 10, day("2026-01-10")).unwrap();
        assert!(!nearly(383).will_lapse() && nearly(385).will_lapse());
        let none = Drawdown::of(stretch, 365, 0, day("2026-01-10")).unwrap();
        assert_eq!((none.used_up, none.shortfall()), (None, 365));
        assert_eq!(Drawdown::of(stretch, 0, 5, day("2026-01-10")), None);
        assert_eq!(Drawdown::of(stretch, 365, 0, day("2025-12-31")), None);
    }

    #[test]
    fn further_months_commit_to_their_part_of_what_a_period_commits_to() {
        let details = |per, commitment: Option<&str>| ContractDetails {
            vendor_id: VendorId(uuid::Uuid::nil()),
            title: String::new(),
            kind: ContractKind::OrderForm,
            owner: String::new(),
            parties: String::new(),
            terms: terms("2025-05-10", 24),
            currency: Currency::USD,
            commitment: commitment.map(|amount| Money::parse(amount, Currency::USD).unwrap()),
            commitment_period: per,
            notes: String::new(),
        };
        let over = |per, months| committed_over(&details(Some(per), Some("1200")), months).map(|money| money.nanos());
        let dollars = |amount: i128| Some(amount * crate::money::NANOS_PER_UNIT);
        use CommitmentPeriod::*;
        // The renewal term is 12 months, the initial one 24.
        assert_eq!([Term, Year, Quarter, Month].map(|per| over(per, 12)), [1200, 1200, 4800, 14400].map(dollars));
        assert_eq!((over(Year, 6), over(Year, 0)), (dollars(600), dollars(0)));
        assert_eq!(committed_over(&details(Some(Year), None), 12), None);
        assert_eq!(
            committed_over(&details(None, Some("1200")), 12),
            Some(Money::parse("1200", Currency::USD).unwrap())
        );
    }

    proptest! {
        #[test]
        fn used_up_and_short_are_never_both_and_the_day_is_when_the_pace_says(
            committed in 1i128..1_000_000, drawn in 0i128..1_000_000, elapsed in 1i64..365,
        ) {
            let from = day("2026-01-01");
            let stretch = (from, day("2026-12-31"));
            let at = Drawdown::of(stretch, committed, drawn, from + Days::new(elapsed as u64 - 1)).unwrap();
            prop_assert!(at.used_up.is_none() || at.shortfall() == 0);
            if let Some(used_up) = at.used_up {
                let days = i128::from((used_up - from).num_days() + 1);
                prop_assert!(drawn * days >= committed * i128::from(elapsed));
                prop_assert!(days == 1 || drawn * (days - 1) < committed * i128::from(elapsed));
            }
        }

        #[test]
        fn every_day_of_a_term_is_in_exactly_one_stretch(offset in 0i64..700, months in 1u32..3) {
            let terms = terms("2025-03-31", 12 * months);
            let today = terms.start + chrono::Duration::days(offset);
            for per in [CommitmentPeriod::Year, CommitmentPeriod::Quarter, CommitmentPeriod::Month] {
                let (from, to) = running_stretch(&terms, per, today).unwrap();
                prop_assert!((from..=to).contains(&today));
                let before = running_stretch(&terms, per, from - Days::new(1));
                prop_assert!(before.is_none_or(|(_, end)| end == from - Days::new(1)));
            }
        }
    }
}
