//! Addresses and numbers that tell of a person. Check digits:
//!
//! - cards: Luhn, ISO/IEC 7812-1 annex B; - IBAN: ISO 7064 MOD 97-10, ISO 13616, with the length of its country;
//! - Chinese resident ids: ISO 7064 MOD 11-2, GB 11643-1999, with a date of birth that exists.

use std::net::{Ipv4Addr, Ipv6Addr};
use std::ops::Range;
use std::sync::LazyLock;

use chrono::NaiveDate;
use regex::Regex;

use super::{FindingKind, stands_alone};

/// Digits with single signs between them, as people group them.
static DIGITS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?:\+|\()?[0-9](?:(?:\) ?|[ ./-] ?\(?)?[0-9]){6,24}[Xx]?").ok());
static IBAN: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]){11,30}").ok());
static IP4: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[0-9]{1,3}(?:\.[0-9]{1,3}){3}").ok());
static IP6: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"[0-9A-Fa-f:]{6,39}").ok());

/// Longest local part and domain of an address, RFC 5321.
const LOCAL: usize = 64;
const DOMAIN: usize = 255;

pub(super) fn find(text: &str, found: &mut impl FnMut(FindingKind, Range<usize>)) {
    emails(text, found);
    for place in places(&IBAN, text) {
        if let Some(length) = iban(&text[place.clone()]) {
            let place = place.start..place.start + length;
            if stands_alone(text, &place) {
                found(FindingKind::Iban, place);
            }
        }
    }
    for place in places(&DIGITS, text) {
        if let Some(kind) = stands_alone(text, &place).then(|| number(&text[place.clone()])).flatten() {
            found(kind, place);
        }
    }
    for place in places(&IP4, text) {
        // A longer row of numbers and points is a version.
        let bytes = text.as_bytes();
        let goes_on = bytes.get(place.end) == Some(&b'.') && bytes.get(place.end + 1).is_some_and(u8::is_ascii_digit);
        let address = text[place.clone()].parse::<Ipv4Addr>();
        let is_somebody = address.is_ok_and(|ip| !ip.is_loopback() && !ip.is_unspecified() && ip.octets()[0] != 255);
        if is_somebody && !goes_on && stands_alone(text, &place) && (place.start == 0 || bytes[place.start - 1] != b'.')
        {
            found(FindingKind::IpAddress, place);
        }
    }
    for place in places(&IP6, text) {
        let address = text[place.clone()].trim_end_matches(':');
        let place = place.start..place.start + address.len();
        let is_somebody = address.parse::<Ipv6Addr>().is_ok_and(|ip| !ip.is_loopback() && !ip.is_unspecified());
        if is_somebody && address.bytes().any(|byte| byte.is_ascii_digit()) && stands_alone(text, &place) {
            found(FindingKind::IpAddress, place);
        }
    }
}

fn places<'t>(pattern: &'static LazyLock<Option<Regex>>, text: &'t str) -> impl Iterator<Item = Range<usize>> + 't {
    pattern.as_ref().into_iter().flat_map(move |pattern| pattern.find_iter(text).map(|one| one.range()))
}

/// Addresses around every "@": so much before it and so much behind it.
fn emails(text: &str, found: &mut impl FnMut(FindingKind, Range<usize>)) {
    let bytes = text.as_bytes();
    let mut free = 0;
    for (at, _) in text.match_indices('@') {
        let is_local = |byte: &u8| byte.is_ascii_alphanumeric() || b"._%+-'".contains(byte);
        let is_domain = |byte: &u8| byte.is_ascii_alphanumeric() || b".-".contains(byte);
        let before = bytes[free..at].iter().rev().take(LOCAL).take_while(|byte| is_local(byte)).count();
        let behind = bytes[at + 1..].iter().take(DOMAIN).take_while(|byte| is_domain(byte)).count();
        let local = text[at - before..at].trim_start_matches(['.', '\'', '-', '%', '+']);
        let domain = text[at + 1..at + 1 + behind].trim_end_matches(['.', '-']);
        let top = domain.rsplit_once('.').filter(|(rest, _)| !rest.is_empty()).map(|(_, top)| top);
        let is_top = top.is_some_and(|top| top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic()));
        if !local.is_empty() && is_top && !domain.contains("..") {
            found(FindingKind::Email, at - local.len()..at + 1 + domain.len());
            free = at + 1 + domain.len();
        }
    }
}

/// What a row of digits is, if it is anybody's.
fn number(raw: &str) -> Option<FindingKind> {
    let digits: Vec<u8> = raw.bytes().filter(u8::is_ascii_digit).map(|byte| byte - b'0').collect();
    let is_plain = raw.bytes().all(|byte| byte.is_ascii_digit());
    let ends_in_x = raw.ends_with(['X', 'x']);
    if raw.len() == 18 && digits.len() + usize::from(ends_in_x) == 18 {
        return resident_id(&digits, ends_in_x)
            .then_some(FindingKind::ChineseResidentId)
            .or_else(|| card(raw, &digits));
    }
    if ends_in_x {
        return None;
    }
    if is_social_security(raw, &digits) {
        return Some(FindingKind::UsSocialSecurityNumber);
    }
    card(raw, &digits)
        .or_else(|| mobile(raw, &digits))
        .or_else(|| (!is_plain && is_phone(raw, &digits)).then_some(FindingKind::Phone))
}

/// Which signs stand between the digits, and the lengths of the groups.
fn groups(raw: &str) -> Vec<usize> {
    raw.split(|c: char| !c.is_ascii_digit()).map(str::len).filter(|length| *length > 0).collect()
}

fn is_social_security(raw: &str, digits: &[u8]) -> bool {
    let is_written_so =
        raw.len() == 11 && groups(raw) == [3, 2, 4] && raw.bytes().filter(|byte| *byte == b'-').count() == 2;
    let number = |part: &[u8]| part.iter().fold(0u32, |all, digit| all * 10 + u32::from(*digit));
    is_written_so && {
        let (area, group, serial) = (number(&digits[..3]), number(&digits[3..5]), number(&digits[5..]));
        !matches!(area, 0 | 666 | 900..) && group != 0 && serial != 0
    }
}

/// 13 to 19 digits of a bank's or traveller's card, in groups of at least two.
fn card(raw: &str, digits: &[u8]) -> Option<FindingKind> {
    let is_issued = (13..=19).contains(&digits.len()) && (2..=6).contains(&digits[0]);
    let is_varied = digits.iter().any(|digit| *digit != digits[0]);
    let is_grouped = !raw.contains(['.', '/', '(', '+']) && groups(raw).iter().all(|length| *length >= 4);
    (is_issued && is_varied && is_grouped && luhn(digits)).then_some(FindingKind::CreditCard)
}

/// Every second digit from the right doubled, its digits added; the sum is a multiple of ten.
fn luhn(digits: &[u8]) -> bool {
    let value = |(place, digit): (usize, &u8)| match (place % 2, digit * 2) {
        (0, _) => u32::from(*digit),
        (_, double) => u32::from(if double > 9 { double - 9 } else { double }),
    };
    digits.iter().rev().enumerate().map(value).sum::<u32>() % 10 == 0
}

/// 17 digits weighted by 2^(17−i) mod 11; the check sign is the one that makes the sum 1 mod 11, X standing for ten.
fn resident_id(digits: &[u8], ends_in_x: bool) -> bool {
    const WEIGHTS: [u32; 17] = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
    if digits.len() < 17 {
        return false;
    }
    let part = |range: Range<usize>| digits[range].iter().fold(0u32, |all, digit| all * 10 + u32::from(*digit));
    let born = NaiveDate::from_ymd_opt(part(6..10) as i32, part(10..12), part(12..14));
    let check = if ends_in_x { 10 } else { digits.get(17).map_or(99, |digit| u32::from(*digit)) };
    let sum: u32 = digits.iter().zip(WEIGHTS).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    (1850..2100).contains(&part(6..10)) && born.is_some() && (sum + check) % 11 == 1
}

fn mobile(raw: &str, digits: &[u8]) -> Option<FindingKind> {
    let (prefix, number) = digits.split_at(digits.len().checked_sub(11)?);
    let is_number = number[0] == 1 && number[1] >= 3;
    let is_ours = prefix == [8, 6] || prefix == [0, 0, 8, 6] || prefix.is_empty() && !raw.starts_with('+');
    let groups = groups(raw);
    let tail: &[usize] = if groups.first() == Some(&prefix.len()) { &groups[1..] } else { &groups };
    let is_written_so = matches!(tail, [11 | 13 | 15] | [3, 4, 4] | [3, 8] | [7, 4]);
    (is_number && is_ours && is_written_so).then_some(FindingKind::ChineseMobile)
}

/// International with "+", North American in three groups, or a trunk prefix 0 with a sign behind the area.
fn is_phone(raw: &str, digits: &[u8]) -> bool {
    if raw.starts_with('+') {
        return (8..=15).contains(&digits.len()) && digits[0] != 0 && !raw.contains('/');
    }
    let groups = groups(raw);
    let is_north_american = groups == [3, 3, 4] && digits[0] >= 2 && digits[3] >= 2 && !raw.contains('/');
    let is_national = digits[0] == 0 && matches!(groups.as_slice(), [3..=5, 6..=8]) && !raw.contains('.');
    is_north_american || is_national
}

/// Lengths by country, from the IBAN registry.
const IBAN_LENGTHS: &str = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DK18 DO28 EE20 EG29 \
     ES24 FI18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 \
     LU20 LV21 LY25 MC27 MD24 ME22 MK19 MR27 MT31 MU30 NL18 NO15 PK24 PL28 PS29 PT25 QA29 RO24 RS22 SA24 SC31 SE24 SI19 SK24 \
     SM27 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20";

/// Bytes of the IBAN a text begins with.
fn iban(text: &str) -> Option<usize> {
    let country = text.get(..2)?;
    let length: usize = IBAN_LENGTHS.split(' ').find_map(|entry| entry.strip_prefix(country))?.parse().ok()?;
    let mut places = text.bytes().enumerate().filter(|(_, byte)| *byte != b' ');
    let signs: Vec<(usize, u8)> = places.by_ref().take(length).collect();
    let (last, _) = signs.last().filter(|_| signs.len() == length)?;
    // The first four go to the end; letters count from 10.
    let digits = signs[4..].iter().chain(&signs[..4]).map(|(_, byte)| match byte {
        b'0'..=b'9' => (u32::from(byte - b'0'), 10),
        byte => (u32::from(byte.saturating_sub(b'A')) + 10, 100),
    });
    let rest = digits.fold(0u32, |rest, (value, step)| (rest * step + value) % 97);
    (rest == 1).then_some(last + 1)
}
