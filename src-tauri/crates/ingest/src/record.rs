//! One usage record as every reader hands it on.

use domain::usage::TokenCounts;

/// Borrowed from the reader's buffer. Empty bytes mean "not given".
#[derive(Debug, Clone, Copy)]
pub(crate) struct Record<'a> {
    /// Epoch seconds.
    pub at: i64,
    /// Place in the file: breaks ties between requests of the same second.
    pub sequence: u64,
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
    pub reported_nanos: i64,
}

impl Default for Record<'_> {
    fn default() -> Self {
        Self {
            at: 0,
            sequence: 0,
            dimensions: [b""; 5],
            tier: b"",
            request_id: b"",
            session: b"",
            success: None,
            session_success: None,
            requests: 1,
            tokens: TokenCounts::default(),
            reported_nanos: 0,
        }
    }
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
