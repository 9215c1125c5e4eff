//! Usage: hourly roll-ups of requests, sessions and tokens by dimension.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Tokens by *disjoint* kind. `reasoning` is the one exception: the part of `output` spent on reasoning.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct TokenCounts {
    /// Uncached input.
    pub input: u64,
    pub cache_read: u64,
    pub cache_write_5m: u64,
    pub cache_write_1h: u64,
    pub output: u64,
    pub reasoning: u64,
}

impl TokenCounts {
    /// The kinds that are billed, each token once: uncached input, cache read, cache write 5 min, 1 h, output.
    pub fn billed(&self) -> [u64; 5] {
        [self.input, self.cache_read, self.cache_write_5m, self.cache_write_1h, self.output]
    }

    /// All input, cached or not: what a context-length tier looks at.
    pub fn input_total(&self) -> u64 {
        self.input + self.cache_read + self.cache_write_5m + self.cache_write_1h
    }

    pub fn total(&self) -> u64 {
        self.input_total() + self.output
    }

    pub fn add(&mut self, other: &TokenCounts) {
        self.input += other.input;
        self.cache_read += other.cache_read;
        self.cache_write_5m += other.cache_write_5m;
        self.cache_write_1h += other.cache_write_1h;
        self.output += other.output;
        self.reasoning += other.reasoning;
    }
}

/// Splits an input count that *includes* cache reads and writes into disjoint kinds (OpenAI, LiteLLM, OpenTelemetry).
/// `None` when the cached part is larger than the whole: the row contradicts itself.
pub fn disjoint_input(input: u64, cache_read: u64, cache_write: u64) -> Option<u64> {
    input.checked_sub(cache_read)?.checked_sub(cache_write)
}

/// What is counted in one roll-up cell; everything adds up across hours and dimensions.
///
/// A session counts once, in the cell of its first request; it is successful if its last request was.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Measures {
    pub requests: u64,
    pub successes: u64,
    pub sessions: u64,
    pub successful_sessions: u64,
    pub tokens: TokenCounts,
    /// Cost as the file states it, nano-units of the series' currency.
    pub reported_nanos: i64,
}

impl Measures {
    pub fn add(&mut self, other: &Measures) {
        self.requests += other.requests;
        self.successes += other.successes;
        self.sessions += other.sessions;
        self.successful_sessions += other.successful_sessions;
        self.tokens.add(&other.tokens);
        self.reported_nanos = self.reported_nanos.saturating_add(other.reported_nanos);
    }
}

/// What a file is able to say. A measure it cannot say is unknown, never 0.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Known {
    pub requests: bool,
    pub successes: bool,
    pub sessions: bool,
    pub successful_sessions: bool,
    pub tokens: bool,
    pub reported_cost: bool,
    /// Which input came from a cache or went into one.
    pub cache: bool,
    pub reasoning: bool,
}

impl Known {
    pub fn to_bits(self) -> i64 {
        [
            self.requests,
            self.successes,
            self.sessions,
            self.successful_sessions,
            self.tokens,
            self.reported_cost,
            self.cache,
            self.reasoning,
        ]
        .into_iter()
        .enumerate()
        .map(|(bit, known)| i64::from(known) << bit)
        .sum()
    }

    pub fn from_bits(bits: i64) -> Self {
        let known = |bit: i64| bits >> bit & 1 == 1;
        Self {
            requests: known(0),
            successes: known(1),
            sessions: known(2),
            successful_sessions: known(3),
            tokens: known(4),
            reported_cost: known(5),
            cache: known(6),
            reasoning: known(7),
        }
    }
}

/// The dimensions usage is rolled up by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Dimension {
    Vendor,
    Model,
    Feature,
    Tenant,
    Environment,
}

impl Dimension {
    pub const ALL: [Dimension; 5] =
        [Dimension::Vendor, Dimension::Model, Dimension::Feature, Dimension::Tenant, Dimension::Environment];

    pub fn index(self) -> usize {
        self as usize
    }

    pub fn name(self) -> &'static str {
        ["vendor", "model", "feature", "tenant", "environment"][self.index()]
    }
}

impl std::str::FromStr for Dimension {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Self::ALL.into_iter().find(|d| d.name() == text.trim()).ok_or_else(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cached_tokens_are_counted_once() {
        assert_eq!(disjoint_input(1_000, 600, 100), Some(300));
        assert_eq!(disjoint_input(500, 600, 0), None);
    }

    #[test]
    fn what_a_file_knows_survives_storage() {
        for bits in 0..256 {
            assert_eq!(Known::from_bits(bits).to_bits(), bits);
        }
    }
}
