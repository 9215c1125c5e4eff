//! Secrets, by the forms their issuers give them, and whatever is random behind a word that announces one.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::FindingKind;

/// Patterns whose form alone tells. `(?-u:\b)` is the boundary of ASCII words: in Chinese a key follows a word without a blank.
const FORMS: &[(FindingKind, &str)] = &[
    (FindingKind::JsonWebToken, r"(?-u:\b)eyJ[A-Za-z0-9_-]{8,2000}\.eyJ[A-Za-z0-9_-]{8,4000}\.[A-Za-z0-9_-]{0,1000}"),
    (FindingKind::AwsAccessKey, r"(?-u:\b)(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}(?-u:\b)"),
    (FindingKind::ModelApiKey, r"(?-u:\b)sk-[A-Za-z0-9_-]{20,250}"),
    (FindingKind::GoogleApiKey, r"(?-u:\b)AIza[A-Za-z0-9_-]{35}"),
    (FindingKind::GithubToken, r"(?-u:\b)(?:gh[pousr]_[A-Za-z0-9]{36,250}|github_pat_[A-Za-z0-9_]{22,250})"),
    (FindingKind::SlackToken, r"(?-u:\b)xox[abeoprs]-[A-Za-z0-9-]{10,250}"),
];

static COMPILED: LazyLock<Vec<(FindingKind, Regex)>> =
    LazyLock::new(|| FORMS.iter().filter_map(|(kind, pattern)| Some((*kind, Regex::new(pattern).ok()?))).collect());

static ANNOUNCED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?x) (?: (?i:secret|token|passw(?:or)?d|passphrase|pwd|key|credential)s? | 密码|密钥|口令|令牌|秘钥 )
           ["'`]? \s{0,3} (?: [:=：] | 是 | 为 ) >? \s{0,3} ["'`]? ([A-Za-z0-9!\#$%&*+/=?@^_~.-]{8,256})"#,
    )
    .ok()
});

static KEY_BEGINS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"-----BEGIN (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----").ok());

static KEY_ENDS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"-----END (?:[A-Z0-9]{1,20} ){0,3}PRIVATE KEY(?: BLOCK)?-----").ok());

pub(super) fn find(text: &str, found: &mut impl FnMut(FindingKind, Range<usize>)) {
    private_keys(text, found);
    for (kind, pattern) in COMPILED.iter() {
        pattern.find_iter(text).for_each(|one| found(*kind, one.range()));
    }
    let Some(announced) = ANNOUNCED.as_ref() else { return };
    for captures in announced.captures_iter(text) {
        if let Some(value) = captures.get(1)
            && is_random(value.as_str())
        {
            found(FindingKind::AssignedSecret, value.range());
        }
    }
}

/// Blocks from their first line to their last; one that never ends is told by its first line. Both ends are searched for once.
fn private_keys(text: &str, found: &mut impl FnMut(FindingKind, Range<usize>)) {
    let (Some(begins), Some(ends)) = (KEY_BEGINS.as_ref(), KEY_ENDS.as_ref()) else { return };
    let mut ends = ends.find_iter(text).peekable();
    let mut begins = begins.find_iter(text).peekable();
    while let Some(begin) = begins.next() {
        while ends.peek().is_some_and(|end| end.start() < begin.end()) {
            ends.next();
        }
        let next = begins.peek().map_or(text.len(), |next| next.start());
        let end = ends.peek().filter(|end| end.start() < next).map_or(begin.end(), |end| end.end());
        found(FindingKind::PrivateKey, begin.start()..end);
    }
}

/// Letters beside digits or signs, at least ten of them, and at least 3 bits per character (Shannon, over the characters of the
/// value itself): "required" has 2.5, a random hexadecimal string of 32 about 3.5.
fn is_random(value: &str) -> bool {
    let value = value.trim_end_matches(['.', ',', '!', '?']);
    let has_letters = value.bytes().any(|byte| byte.is_ascii_alphabetic());
    let has_digits = value.bytes().any(|byte| byte.is_ascii_digit());
    let is_path = value.contains('/') && !has_digits;
    value.len() >= 10 && has_letters && has_digits && !is_path && entropy(value.as_bytes()) >= 3.0
}

/// Bits per byte: −Σ p·log₂ p.
fn entropy(bytes: &[u8]) -> f64 {
    let mut counts = [0usize; 256];
    bytes.iter().for_each(|byte| counts[usize::from(*byte)] += 1);
    let all = bytes.len() as f64;
    let share = |count: &usize| *count as f64 / all;
    counts.iter().filter(|count| **count > 0).map(|count| -share(count) * share(count).log2()).sum()
}
