//! Sums over some rows, with what is known about them.

use super::evidence::{CHARGED, COST_KINDS, Cost, REPORTED};
use crate::money::Femtos;
use crate::usage::{Known, Measures, TokenCounts};

/// A numerator and a denominator over the same rows: those whose cost and whose count are both known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Paired {
    pub spend: Femtos,
    pub count: u64,
}

impl Paired {
    fn add(&mut self, other: &Paired) {
        self.spend += other.spend;
        self.count += other.count;
    }
}

/// Sums over some rows. Each pair of a cost and a count covers rows of which both are known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    pub measures: Measures,
    /// In the workspace currency.
    pub cost_by_kind: [Femtos; COST_KINDS],
    /// Whether any row had a cost at all: without one, spend is unknown.
    pub costed: bool,
    /// Charges that restate what is metered: shown beside the spend, not part of it.
    pub restated: Femtos,
    pub sessions: Paired,
    /// Of rows that know how their sessions ended: their whole cost, and the sessions of known outcome.
    pub decided: Paired,
    /// Successful sessions among those.
    pub decided_successes: u64,
    pub requests: Paired,
    pub tokens: Paired,
    /// Tokens of rows that count both tokens and sessions, and their sessions.
    pub session_tokens: u64,
    pub token_sessions: u64,
    /// Input tokens of rows that say what came from a cache.
    pub cache_input: u64,
    /// Traffic no price was found for.
    pub unpriced: TokenCounts,
    pub unpriced_requests: u64,
    /// Tokens of rows of which only a part has a price.
    pub partly_priced_tokens: u64,
    pub known: Known,
}

impl Totals {
    pub fn spend(&self) -> Femtos {
        self.cost_by_kind.iter().copied().sum()
    }

    /// Whether it adds to any figure: charges that only say again what is metered do not.
    pub fn adds(&self) -> bool {
        *self != Totals { restated: self.restated, ..Totals::default() }
    }

    /// Spend by what it rests on: computed, reported, charged.
    pub fn spend_by_evidence(&self) -> [Femtos; 3] {
        let computed = self.cost_by_kind[..REPORTED].iter().copied().sum();
        [computed, self.cost_by_kind[REPORTED], self.cost_by_kind[CHARGED]]
    }

    pub fn add(&mut self, other: &Totals) {
        self.measures.add(&other.measures);
        for (mine, theirs) in self.cost_by_kind.iter_mut().zip(other.cost_by_kind) {
            *mine += theirs;
        }
        self.costed |= other.costed;
        self.restated += other.restated;
        self.sessions.add(&other.sessions);
        self.decided.add(&other.decided);
        self.decided_successes += other.decided_successes;
        self.requests.add(&other.requests);
        self.tokens.add(&other.tokens);
        self.session_tokens += other.session_tokens;
        self.token_sessions += other.token_sessions;
        self.cache_input += other.cache_input;
        self.unpriced.add(&other.unpriced);
        self.unpriced_requests += other.unpriced_requests;
        self.partly_priced_tokens += other.partly_priced_tokens;
        self.known = self.known.or(other.known);
    }

    /// Adds a row with its cost; `None` is a cost nobody knows. `has_whole_sessions`: what its sessions cost is in this feed, not
    /// partly in one that counts in its place.
    pub(super) fn add_row(&mut self, known: Known, measures: &Measures, cost: Option<&Cost>, has_whole_sessions: bool) {
        self.measures.add(measures);
        self.known = self.known.or(known);
        if known.sessions && known.tokens && has_whole_sessions {
            self.session_tokens += measures.tokens.total();
            self.token_sessions += measures.sessions;
        }
        if known.cache {
            self.cache_input += measures.tokens.input_total();
        }
        let Some(cost) = cost else {
            self.unpriced.add(&measures.tokens);
            self.unpriced_requests += measures.requests;
            return;
        };
        self.costed = true;
        for (mine, theirs) in self.cost_by_kind.iter_mut().zip(cost.by_kind) {
            *mine += theirs;
        }
        if !cost.whole {
            self.partly_priced_tokens += measures.tokens.total();
            return;
        }
        let spend = cost.total();
        // Sessions beside whose requests nothing is known were told by a file that came later: what they cost stands elsewhere.
        let has_usage = measures.requests > 0 || measures.tokens.total() > 0 || spend.0 != 0;
        let has_whole_sessions = has_whole_sessions && has_usage;
        let pair = |known: bool, count| if known { Paired { spend, count } } else { Paired::default() };
        self.sessions.add(&pair(known.sessions && has_whole_sessions, measures.sessions));
        let is_decided = known.successful_sessions && has_whole_sessions;
        self.decided.add(&pair(is_decided, measures.decided_sessions));
        if is_decided {
            self.decided_successes += measures.successful_sessions;
        }
        self.requests.add(&pair(known.requests, measures.requests));
        self.tokens.add(&pair(known.tokens && !known.untold, measures.tokens.total()));
    }
}
