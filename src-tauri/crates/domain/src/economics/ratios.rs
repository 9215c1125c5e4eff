//! Ratios of totals. Each is `None` where its denominator is 0 or unknown.

use super::cube::Totals;

/// All figures in nano-units of the workspace currency, rounded once, half to even.
///
/// - cost per session = spend of traffic that counts sessions ÷ sessions
/// - cost per *successful* session = **all** cost of traffic whose outcome is known ÷ successful sessions: failures are
///   paid for by the successes
/// - cost per request = spend of traffic that counts requests ÷ requests
/// - cost per 1,000 tokens = spend of traffic that counts tokens × 1,000 ÷ priced tokens
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct UnitCosts {
    pub spend: Option<i128>,
    pub per_session: Option<i128>,
    pub per_successful_session: Option<i128>,
    pub per_request: Option<i128>,
    pub per_1k_tokens: Option<i128>,
}

pub fn unit_costs(totals: &Totals) -> UnitCosts {
    if !totals.costed {
        return UnitCosts::default();
    }
    let measures = &totals.measures;
    let priced_tokens = measures.tokens.total().saturating_sub(totals.unpriced.total());
    let thousand_fold = crate::money::Femtos(totals.token_spend.0 * 1_000);
    UnitCosts {
        spend: Some(totals.spend().to_nanos()),
        per_session: totals.session_spend.per(measures.sessions),
        per_successful_session: totals.outcome_spend.per(measures.successful_sessions),
        per_request: totals.request_spend.per(measures.requests.saturating_sub(totals.unpriced_requests)),
        per_1k_tokens: thousand_fold.per(priced_tokens),
    }
}

/// Share of input tokens read from the cache: cache reads ÷ all input tokens of traffic that tells them apart, 0–1.
pub fn cache_hit_share(totals: &Totals) -> Option<f64> {
    ratio(totals.measures.tokens.cache_read, totals.cache_input)
}

/// Output tokens ÷ all input tokens.
pub fn output_input_ratio(totals: &Totals) -> Option<f64> {
    ratio(totals.measures.tokens.output, totals.measures.tokens.input_total())
}

/// Successful sessions ÷ sessions, 0–1.
pub fn success_share(totals: &Totals) -> Option<f64> {
    if !totals.known.successful_sessions {
        return None;
    }
    ratio(totals.measures.successful_sessions, totals.measures.sessions)
}

/// Tokens of traffic that counts sessions ÷ sessions, rounded to whole tokens.
pub fn tokens_per_session(totals: &Totals) -> Option<u64> {
    let sessions = totals.measures.sessions;
    (sessions > 0).then(|| (totals.session_tokens + sessions / 2) / sessions)
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
    use crate::money::Femtos;
    use crate::usage::Measures;

    #[test]
    fn failed_sessions_are_paid_for_by_the_successful_ones() {
        let totals = Totals {
            measures: Measures { sessions: 10, successful_sessions: 8, requests: 20, ..Measures::default() },
            cost_by_kind: [Femtos::from_nanos(80), Femtos(0), Femtos(0), Femtos(0), Femtos(0), Femtos(0)],
            costed: true,
            session_spend: Femtos::from_nanos(80),
            outcome_spend: Femtos::from_nanos(80),
            request_spend: Femtos::from_nanos(80),
            ..Totals::default()
        };
        let costs = unit_costs(&totals);
        assert_eq!(costs.per_session, Some(8));
        assert_eq!(costs.per_successful_session, Some(10));
        assert_eq!(costs.per_request, Some(4));
        assert_eq!(costs.per_1k_tokens, None);
    }

    #[test]
    fn nothing_priced_is_unknown_not_zero() {
        assert_eq!(unit_costs(&Totals::default()), UnitCosts::default());
        assert_eq!(cache_hit_share(&Totals::default()), None);
        assert_eq!(relative_change(Some(5), Some(0)), None);
    }
}
