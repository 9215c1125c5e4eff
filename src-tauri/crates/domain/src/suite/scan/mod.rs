//! Personal data and secrets in text, found by rule before it goes anywhere.
//!
//! What has a check digit is held against it (cards, IBAN, resident ids), so that ordinary numbers are let be. Nothing found is ever
//! repeated: an excerpt shows so much that a person recognises the place, and of a secret nothing that is not public by its form.
//! Every pattern is bounded in length, so that the time taken grows with the text and not with its square.

mod number;
mod secret;

use std::ops::Range;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum FindingKind {
    /// A block "BEGIN … PRIVATE KEY".
    PrivateKey,
    JsonWebToken,
    AwsAccessKey,
    /// "sk-…", as OpenAI, Anthropic and those compatible with them write it.
    ModelApiKey,
    GoogleApiKey,
    GithubToken,
    SlackToken,
    /// Something random behind "key", "secret", "token", "password" and the like.
    AssignedSecret,
    Email,
    Iban,
    CreditCard,
    ChineseResidentId,
    UsSocialSecurityNumber,
    ChineseMobile,
    Phone,
    IpAddress,
}

impl FindingKind {
    /// Whether it opens something, rather than telling of somebody.
    pub fn is_secret(self) -> bool {
        self <= FindingKind::AssignedSecret
    }
}

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    pub kind: FindingKind,
    /// Bytes of the text it takes.
    pub place: Range<usize>,
    /// Masked: never the thing itself.
    pub excerpt: String,
}

/// Looks for everything, in rising order of place; no two findings overlap. Of two that would, the more particular one stays.
pub fn scan(text: &str) -> Vec<Finding> {
    let mut found: Vec<(FindingKind, Range<usize>)> = Vec::new();
    secret::find(text, &mut |kind, place| found.push((kind, place)));
    number::find(text, &mut |kind, place| found.push((kind, place)));
    // Kinds are ordered from the most particular to what almost anything may be.
    found.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.start.cmp(&b.1.start)));
    let mut kept: std::collections::BTreeMap<usize, (usize, FindingKind)> = std::collections::BTreeMap::new();
    for (kind, place) in found {
        let before = kept.range(..place.end).next_back();
        if before.is_none_or(|(_, (end, _))| *end <= place.start) {
            kept.insert(place.start, (place.end, kind));
        }
    }
    kept.into_iter()
        .map(|(start, (end, kind))| Finding { kind, excerpt: masked(kind, &text[start..end]), place: start..end })
        .collect()
}

/// So much of a finding as may be shown. Of a secret: what its form alone tells. Of personal data: the first character, and the last
/// two of what is longer than eight.
fn masked(kind: FindingKind, found: &str) -> String {
    if kind.is_secret() {
        let public = match kind {
            FindingKind::PrivateKey => "-----BEGIN",
            FindingKind::JsonWebToken => "eyJ",
            FindingKind::ModelApiKey => "sk-",
            FindingKind::AssignedSecret => "",
            FindingKind::GithubToken
            | FindingKind::SlackToken
            | FindingKind::AwsAccessKey
            | FindingKind::GoogleApiKey => found.get(..4).unwrap_or_default(),
            _ => "",
        };
        return format!("{public}…");
    }
    let mut characters = found.chars();
    let first = characters.next().map(String::from).unwrap_or_default();
    let length = found.chars().count();
    if length <= 8 {
        return format!("{first}…");
    }
    let last: String = found.chars().skip(length - 2).collect();
    format!("{first}…{last}")
}

/// Whether a place stands alone: no ASCII letter or digit right before or behind it. Chinese has no blanks between words.
fn stands_alone(text: &str, place: &Range<usize>) -> bool {
    let bytes = text.as_bytes();
    let is_word = |byte: Option<&u8>| byte.is_some_and(|byte| byte.is_ascii_alphanumeric() || *byte == b'_');
    !is_word(place.start.checked_sub(1).and_then(|at| bytes.get(at))) && !is_word(bytes.get(place.end))
}

#[cfg(test)]
mod tests {
    use super::FindingKind::*;
    use super::*;
    use proptest::prelude::*;

    fn kinds(text: &str) -> Vec<FindingKind> {
        scan(text).into_iter().map(|finding| finding.kind).collect()
    }

    #[test]
    fn personal_data_is_found_wherever_it_stands() {
        for (text, kind) in [
            ("write to jane.doe+x@example.co.uk.", Email),
            ("邮箱是zhang@example.cn，谢谢", Email),
            ("IBAN: DE89 3704 0044 0532 0130 00 is mine", Iban),
            ("GB82WEST12345698765432", Iban),
            ("NO9386011117947", Iban),
            ("card 4111 1111 1111 1111", CreditCard),
            ("5500-0000-0000-0004", CreditCard),
            ("378282246310005", CreditCard),
            ("SSN 123-45-6789", UsSocialSecurityNumber),
            ("身份证号11010519491231002X。", ChineseResidentId),
            ("手机13800138000", ChineseMobile),
            ("+86 138-0013-8000", ChineseMobile),
            ("call +49 30 901820", Phone),
            ("(415) 555-0132", Phone),
            ("415-555-0132", Phone),
            ("030/12345678", Phone),
            ("from 192.168.10.44 at noon", IpAddress),
            ("2001:db8::ff00:42:8329", IpAddress),
        ] {
            assert_eq!(kinds(text), [kind], "{text}");
        }
    }

    #[test]
    fn ordinary_numbers_and_words_are_let_be() {
        for text in [
            "DE89 3704 0044 0532 0130 01",
            "4111 1111 1111 1112",
            "0000 0000 0000 0000",
            "000-12-3456 or 123-00-4567",
            "110105194912310021",
            "110105194913310029",
            "12345678901234567890123456",
            "1.2.3",
            "300.1.1.1 and 127.0.0.1",
            "at 12:30:45",
            "use std::add and crate::fee",
            "2026-07-01 10:00:00",
            "pi = 3.14159265358979",
            "@mention and a@b",
            "password: required, token: transformer, key = international",
            "sk-learn is a library",
            "the key to success: perseverance",
            "1,234,567 of 9,876,543",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }

    /// Made up by rule, and put together here so that no file of ours holds anything a scanner would take for real.
    fn secrets() -> Vec<(String, FindingKind)> {
        let body = "Zq3xT9vLk2Wm7RbYc5Nd8HsJ4fGp6Ua1";
        vec![
            (format!("AKIA{}", "ABCDEFGH234567IJ"), AwsAccessKey),
            (format!("sk-proj-{body}{body}"), ModelApiKey),
            (format!("sk-ant-api03-{body}-{body}"), ModelApiKey),
            (format!("AIza{}abc", body), GoogleApiKey),
            (format!("ghp_{body}abcd"), GithubToken),
            (format!("github_pat_{body}_x"), GithubToken),
            (format!("xoxb-123456789012-{body}"), SlackToken),
            (format!("-----BEGIN RSA PRIVATE KEY-----\n{body}\n-----END RSA PRIVATE KEY-----"), PrivateKey),
            (format!("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.{body}"), JsonWebToken),
        ]
    }

    #[test]
    fn secrets_are_found_and_never_shown() {
        for (secret, kind) in secrets() {
            for text in [format!("token={secret}"), format!("密钥是{secret}。"), format!("x \"{secret}\" y")] {
                let found = scan(&text);
                assert_eq!(found.iter().map(|f| f.kind).collect::<Vec<_>>(), [kind], "{text}");
                assert_eq!(&text[found[0].place.clone()], secret, "{text}");
                assert!(found[0].excerpt.chars().count() <= 11, "{}", found[0].excerpt);
            }
        }
        for text in [
            "password=hunter2!Xyz9",
            "DB_PASSWORD: \"t0p-S3cret-9x!\"",
            "client_secret = 'a8f5f167f44f4964e6c998dee827110c'",
            "密码：Zq3xT9vLk2Wm",
        ] {
            let found = scan(text);
            assert_eq!(found.len(), 1, "{text}");
            assert_eq!((found[0].kind, found[0].excerpt.as_str()), (AssignedSecret, "…"), "{text}");
        }
    }

    #[test]
    fn an_excerpt_does_not_give_the_person_away() {
        for (text, excerpt) in
            [("jane.doe@example.com", "j…om"), ("13800138000", "1…00"), ("4111 1111 1111 1111", "4…11")]
        {
            assert_eq!(scan(text)[0].excerpt, excerpt);
        }
    }

    #[test]
    fn ten_megabytes_in_one_line_take_no_longer_than_in_many() {
        let filler = |piece: &str, bytes: usize| piece.repeat(bytes / piece.len());
        let whole = ["a", "key=a1B2c3D4e5F6g7H8 "];
        for piece in [
            "a",
            "1",
            "1 ",
            "a@",
            "a.",
            "@",
            "sk-",
            "eyJ",
            "key=",
            "key=a1B2c3D4e5F6g7H8 ",
            "-----BEGIN PRIVATE KEY-----",
            "DE89",
            "1.1.",
            "a:1:",
            "::",
            "密码",
            "+1 (2",
            "jane@example.com ",
            "A1",
            "\u{202e}",
            "\u{1b}[31m",
        ] {
            // Some of them at full length: time grows with the text alone.
            let text = filler(piece, if whole.contains(&piece) { 10_000_000 } else { 1_000_000 });
            let started = std::time::Instant::now();
            let found = scan(&text).len();
            let took = started.elapsed();
            assert!(took.as_secs() < 20, "{piece:?}: {took:?}, {found} found");
        }
    }

    proptest! {
        #[test]
        fn places_are_of_the_text_and_do_not_overlap(text in "(\\PC|[0-9a-z@.:+ -]|密码=|sk-|\u{1b}){0,200}") {
            let mut last = 0;
            for finding in scan(&text) {
                prop_assert!(finding.place.start >= last && finding.place.start < finding.place.end);
                prop_assert!(text.get(finding.place.clone()).is_some());
                last = finding.place.end;
            }
        }
    }
}
