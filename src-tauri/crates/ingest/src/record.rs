//! One usage record as every reader hands it on.

use domain::economics::ChargeKind;
use domain::latency::Timing;
use domain::usage::TokenCounts;

use crate::timestamp::SECOND;

/// Borrowed from the reader's buffer. Empty bytes mean "not given".
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'a> {
    /// Epoch nano-seconds.
    pub at: i64,
    /// It is of a whole day, and stands at noon of its date in UTC.
    pub is_whole_day: bool,
    /// By `Dimension::index`.
    pub dimensions: [&'a [u8]; 5],
    pub tier: &'a [u8],
    /// Two records with one id are one request told twice.
    pub request_id: &'a [u8],
    pub session: &'a [u8],
    pub success: Option<bool>,
    pub session_success: Option<bool>,
    pub requests: u64,
    pub tokens: TokenCounts,
    /// It says how many tokens it took, be it none: "0", not "".
    pub tells_tokens: bool,
    /// Tokens every request of this row is longer than, where the file says so.
    pub longer_than: Option<u64>,
    pub web_searches: u64,
    /// Something that is billed beside the list price of its tokens: fast inference, a named region.
    pub beyond_list: bool,
    /// Money as the file states it; `None` where it states none.
    pub reported: Option<i128>,
    /// What the money is for.
    pub charge: ChargeKind,
    pub timing: Timing,
}

impl Record<'_> {
    /// Epoch seconds.
    pub(crate) fn second(&self) -> i64 {
        self.at.div_euclid(SECOND)
    }

    /// Input tokens of one request, by which a price's context tier is chosen: what the file says of its requests, else
    /// their mean. A row that sums up nobody knows how many requests says nothing of their length.
    pub(crate) fn request_length(&self, requests_known: bool) -> u64 {
        match (self.longer_than, self.requests) {
            // One more than the bound: a tier begins above it.
            (Some(0), _) => 0,
            (Some(bound), _) => bound + 1,
            (None, _) if !requests_known => 0,
            (None, 0) => 0,
            (None, 1) => self.tokens.input_total(),
            (None, requests) => self.tokens.input_total().div_ceil(requests),
        }
    }
}

impl Default for Record<'_> {
    fn default() -> Self {
        Self {
            at: 0,
            is_whole_day: false,
            dimensions: [b""; 5],
            tier: b"",
            request_id: b"",
            session: b"",
            success: None,
            session_success: None,
            requests: 1,
            tokens: TokenCounts::default(),
            tells_tokens: true,
            longer_than: None,
            web_searches: 0,
            beyond_list: false,
            reported: None,
            charge: ChargeKind::Tokens,
            timing: Timing::default(),
        }
    }
}

/// The lower bound of a context window in tokens: 0 for "0-200k" and "≤ 200k", 200,000 for "200k-1M" and "> 200k"; `None`
/// for a text that names none.
pub(crate) fn context_window(text: &[u8]) -> Option<u64> {
    let text = std::str::from_utf8(text).ok()?.trim().to_ascii_lowercase();
    if ["<", "≤", "up to", "under"].iter().any(|mark| text.starts_with(mark)) {
        return Some(0);
    }
    let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
    let end = digits.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(digits.len());
    let scale = match digits[end..].trim_start().chars().next() {
        Some('k') => 1_000.0,
        Some('m') => 1_000_000.0,
        _ => 1.0,
    };
    let bound = digits[..end].parse::<f64>().ok()? * scale;
    // One number alone is the size of a window: how long its requests were remains unsaid.
    let is_lower =
        text.starts_with(['>', '≥']) || text.contains(['-', '–', '+']) || text.contains("to") || bound == 0.0;
    (is_lower && bound < 1e12).then_some(bound as u64)
}

/// Whether a request had to be answered in a named region: "us", but not "global".
pub(crate) fn is_bound_to_a_region(geo: &[u8]) -> bool {
    let anywhere: [&[u8]; 5] = [b"", b"global", b"not_available", b"none", b"null"];
    !anywhere.iter().any(|word| geo.eq_ignore_ascii_case(word))
}

/// Whether a cell says that a request succeeded; `None` for a word we do not know.
pub(crate) fn success(text: &[u8]) -> Option<bool> {
    let mut lower = [0u8; 16];
    let text = text.trim_ascii();
    let lower = lower.get_mut(..text.len())?;
    lower.copy_from_slice(text);
    lower.make_ascii_lowercase();
    match &*lower {
        b"1" | b"true" | b"t" | b"yes" | b"y" | b"ok" | b"success" | b"succeeded" | b"successful" | b"completed"
        | b"complete" | b"resolved" | b"pass" | b"stop" => Some(true),
        b"0" | b"false" | b"f" | b"no" | b"n" | b"error" | b"fail" | b"failed" | b"failure" | b"timeout"
        | b"cancelled" | b"canceled" | b"aborted" | b"unresolved" => Some(false),
        // HTTP status codes.
        [class @ b'1'..=b'5', b'0'..=b'9', b'0'..=b'9'] => Some(matches!(class, b'2' | b'3')),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_context_window_says_how_long_requests_are_at_least() {
        for (text, bound) in [
            ("0-200k", Some(0)),
            ("≤ 200k", Some(0)),
            ("<=200K", Some(0)),
            ("200k-1M", Some(200_000)),
            ("> 200k", Some(200_000)),
            ("200000 - 1000000", Some(200_000)),
            (">1.5M", Some(1_500_000)),
            ("200k+", Some(200_000)),
            ("1M", None),
            ("", None),
            ("long", None),
        ] {
            assert_eq!(context_window(text.as_bytes()), bound, "{text}");
        }
    }

    #[test]
    fn a_row_of_many_requests_is_as_long_as_their_mean() {
        let tokens = TokenCounts { input: 6_000, cache_read: 4_000, ..TokenCounts::default() };
        let row = |requests| Record { requests, tokens, ..Record::default() };
        assert_eq!(row(1).request_length(true), 10_000);
        assert_eq!(row(3).request_length(true), 3_334);
        assert_eq!((row(0).request_length(true), row(1).request_length(false)), (0, 0));
        assert_eq!(Record { longer_than: Some(200_000), ..row(9) }.request_length(false), 200_001);
        assert_eq!(Record { longer_than: Some(0), ..row(1) }.request_length(true), 0);
    }
}
