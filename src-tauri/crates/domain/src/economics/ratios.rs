//! Ratios of totals. Numerator and denominator cover the same rows, those whose cost and whose count are known; how much that
//! leaves out is each ratio's coverage. A ratio is `None` where its denominator is 0 or unknown.

use super::totals::{Paired, Totals};
use crate::money::Femtos;

/// A figure over part of what was counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Covered<T> {
    pub value: T,
    /// Of what is counted below the line (sessions, requests, tokens): how many the figure covers, out of how many.
    pub covered: u64,
    pub of: u64,
}

impl<T> Covered<T> {
    /// 0–1; `None` where the figure covers everything.
    pub fn coverage(&self) -> Option<f64> {
        (self.covered < self.of).then(|| self.covered as f64 / self.of as f64)
    }
}

/// All figures in nano-units of the workspace currency, rounded once, half to even.
///
/// - cost per session = spend of rows that name a session ÷ their sessions
/// - cost per *successful* session = **all** cost of rows that name a session, in files that tell outcomes, ÷ their successful
///   sessions: failures are paid for by the successes
/// - cost per request = spend of rows that count requests ÷ their requests
/// - cost per 1,000 tokens = spend of rows that count tokens × 1,000 ÷ their tokens
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnitCosts {
    pub spend: Option<i128>,
    pub per_session: Option<Covered<i128>>,
    pub per_successful_session: Option<Covered<i128>>,
    pub per_request: Option<Covered<i128>>,
    pub per_1k_tokens: Option<Covered<i128>>,
}

pub fn unit_costs(totals: &Totals) -> UnitCosts {
    if !totals.costed {
        return UnitCosts::default();
    }
    let measures = &totals.measures;
    let per = |pair: Paired, of: u64| Some(Covered { value: pair.spend.per(pair.count)?, covered: pair.count, of });
    let thousands = Paired { spend: Femtos(totals.tokens.spend.0.saturating_mul(1_000)), ..totals.tokens };
    UnitCosts {
        spend: Some(totals.spend().to_nanos()),
        per_session: per(totals.sessions, measures.sessions),
        per_successful_session: totals.decided.spend.per(totals.decided_successes).map(|value| Covered {
            value,
            covered: totals.decided.count,
            of: measures.sessions,
        }),
        per_request: per(totals.requests, measures.requests),
        per_1k_tokens: per(thousands, measures.tokens.total()),
    }
}

impl UnitCosts {
    /// The value of one figure, without its coverage.
    pub fn value(figure: Option<Covered<i128>>) -> Option<i128> {
        figure.map(|figure| figure.value)
    }
}

/// Share of input tokens read from the cache: cache reads ÷ all input tokens of traffic that tells them apart, 0–1.
pub fn cache_hit_share(totals: &Totals) -> Option<Covered<f64>> {
    covered(totals.measures.tokens.cache_read, totals.cache_input, totals.measures.tokens.input_total())
}

/// Output tokens ÷ all input tokens.
pub fn output_input_ratio(totals: &Totals) -> Option<f64> {
    ratio(totals.measures.tokens.output_total(), totals.measures.tokens.input_total())
}

/// Successful sessions ÷ sessions of known outcome, 0–1.
pub fn success_share(totals: &Totals) -> Option<Covered<f64>> {
    let measures = &totals.measures;
    covered(measures.successful_sessions, measures.decided_sessions, measures.sessions)
}

/// Tokens of rows that name a session ÷ their sessions, rounded to whole tokens.
pub fn tokens_per_session(totals: &Totals) -> Option<Covered<u64>> {
    let sessions = totals.token_sessions;
    (sessions > 0).then(|| Covered {
        value: (totals.session_tokens + sessions / 2) / sessions,
        covered: sessions,
        of: totals.measures.sessions,
    })
}

fn covered(part: u64, whole: u64, of: u64) -> Option<Covered<f64>> {
    Some(Covered { value: ratio(part, whole)?, covered: whole, of })
}

fn ratio(part: u64, whole: u64) -> Option<f64> {
    (whole > 0).then(|| part as f64 / whole as f64)
}

/// Relative change `(now − before) ÷ |before|`; `None` from 0 or from unknown.
pub fn relative_change(now: Option<i128>, before: Option<i128>) -> Option<f64> {
    match (now, before) {
        (Some(now), Some(before)) if before != 0 => Some((now - before) as f64 / before.unsigned_abs() as f64),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::economics::evidence::Cost;
    use crate::usage::{Known, Measures, TokenCounts};

    const KNOWN: Known = Known {
        requests: true,
        successes: true,
        sessions: true,
        successful_sessions: true,
        tokens: true,
        reported_cost: false,
        cache: false,
        reasoning: false,
        untold: false,
        audio: false,
        images: false,
        web_searches: false,
    };

    fn rows(rows: &[(u64, u64, u64, Option<i128>)]) -> Totals {
        let mut totals = Totals::default();
        for (sessions, decided, successful, nanos) in rows {
            let measures = Measures {
                requests: 2 * sessions,
                sessions: *sessions,
                decided_sessions: *decided,
                successful_sessions: *successful,
                tokens: TokenCounts { input: 10 * sessions, ..TokenCounts::default() },
                ..Measures::default()
            };
            let cost = nanos.map(|nanos| Cost::stated(0, Femtos::from_nanos(nanos)));
            totals.add_row(KNOWN, &measures, cost.as_ref(), true);
        }
        totals
    }

    #[test]
    fn failed_sessions_are_paid_for_by_the_successful_ones() {
        let costs = unit_costs(&rows(&[(10, 10, 8, Some(80))]));
        assert_eq!(costs.per_session.map(|c| c.value), Some(8));
        assert_eq!(costs.per_successful_session.map(|c| c.value), Some(10));
        assert_eq!(costs.per_request.map(|c| c.value), Some(4));
        assert_eq!(costs.per_1k_tokens.map(|c| c.value), Some(800));
        assert_eq!(costs.per_session.unwrap().coverage(), None);
    }

    #[test]
    fn sessions_without_a_price_do_not_make_a_session_cheaper() {
        let costs = unit_costs(&rows(&[(100, 100, 100, Some(100)), (100, 100, 100, None)]));
        let per_session = costs.per_session.unwrap();
        assert_eq!((per_session.value, per_session.coverage()), (1, Some(0.5)));
        let per_request = costs.per_request.unwrap();
        assert_eq!((per_request.covered, per_request.of), (200, 400));
    }

    #[test]
    fn sessions_of_unknown_outcome_are_neither_successes_nor_failures() {
        let share = success_share(&rows(&[(10, 4, 3, Some(1))])).unwrap();
        assert_eq!((share.value, share.coverage()), (0.75, Some(0.4)));
        assert_eq!(success_share(&rows(&[(10, 0, 0, Some(1))])), None);
    }

    #[test]
    fn nothing_priced_is_unknown_not_zero() {
        assert_eq!(unit_costs(&Totals::default()), UnitCosts::default());
        assert_eq!(cache_hit_share(&Totals::default()), None);
        assert_eq!(relative_change(Some(5), Some(0)), None);
    }
}
