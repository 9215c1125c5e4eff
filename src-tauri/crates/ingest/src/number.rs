//! Numbers as files write them, and what they tell of how the file writes numbers.
//!
//! "1,234" is one thousand to some and one and a bit to others. A value that admits only one reading decides for its column;
//! nothing is decided from a first few rows. See [`Evidence`].

use std::cell::Cell;

/// Why a cell is not a count or an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NumberError {
    Negative,
    Fraction,
    NotANumber,
    TooLarge,
}

impl NumberError {
    pub(crate) fn code(self) -> &'static str {
        match self {
            NumberError::Negative => "negative",
            NumberError::Fraction => "not-whole",
            NumberError::NotANumber => "not-a-number",
            NumberError::TooLarge => "too-large",
        }
    }
}

/// What the values of one column say of its decimal sign, as bits that add up in any order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Evidence(Cell<u8>);

impl Evidence {
    const POINT: u8 = 1;
    const COMMA: u8 = 2;
    /// "1.000" and "1,000": two readings.
    const EITHER_POINT: u8 = 4;
    const EITHER_COMMA: u8 = 8;
    const EITHER: u8 = Self::EITHER_POINT | Self::EITHER_COMMA;

    fn note(&self, bit: u8) {
        self.0.set(self.0.get() | bit);
    }

    pub(crate) fn add(&self, other: &Evidence) {
        self.note(other.0.get());
    }

    /// Whether every value of two readings is a thousand's under this decimal sign.
    pub(crate) fn groups_under(&self, decimal_comma: bool) -> bool {
        self.0.get() & if decimal_comma { Self::EITHER_COMMA } else { Self::EITHER_POINT } == 0
    }

    /// Whether the comma is the decimal sign.
    pub(crate) fn verdict(&self) -> Verdict {
        match self.0.get() & (Self::POINT | Self::COMMA) {
            0 if self.0.get() & Self::EITHER == 0 => Verdict::Indifferent,
            0 => Verdict::Undecided,
            Self::POINT => Verdict::Decided(false),
            Self::COMMA => Verdict::Decided(true),
            _ => Verdict::Contradictory,
        }
    }
}

/// What the values of a column decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// Every value reads the same either way.
    Indifferent,
    Decided(bool),
    /// Some value has two readings, and none has only one.
    Undecided,
    /// Some values have only the one, some only the other.
    Contradictory,
}

/// More than any row counts, be it a day of a whole company: a mistake in the file. Nine million such rows still add up
/// within 64 bits.
const MAX_COUNT: u64 = 1_000_000_000_000;

/// A whole number. Accepts "1234", "1,234", "1 234", "12.0" and, with a decimal comma, "1.234" and "12,0".
#[inline]
pub(crate) fn count(bytes: &[u8], decimal_comma: bool, evidence: &Evidence) -> Result<u64, NumberError> {
    if !bytes.is_empty() && bytes.len() <= 12 {
        let mut value = 0u64;
        let mut plain = true;
        for byte in bytes {
            let digit = byte.wrapping_sub(b'0');
            if digit > 9 {
                plain = false;
                break;
            }
            value = value * 10 + u64::from(digit);
        }
        if plain {
            return Ok(value);
        }
    }
    let text = plain_decimal(bytes, decimal_comma, |said| {
        // A count is whole: "1.234" can only be a thousand and some, "1.000" may be either.
        let is_even = bytes.trim_ascii_end().ends_with(b"000");
        evidence.note(match said {
            Evidence::EITHER_POINT if !is_even => Evidence::COMMA,
            Evidence::EITHER_COMMA if !is_even => Evidence::POINT,
            said => said,
        });
    })?;
    if text.starts_with('-') && text.bytes().any(|b| (b'1'..=b'9').contains(&b)) {
        return Err(NumberError::Negative);
    }
    let nanos = domain::money::parse_nanos(&text).map_err(|_| NumberError::NotANumber)?;
    if nanos % domain::money::NANOS_PER_UNIT != 0 {
        return Err(NumberError::Fraction);
    }
    match u64::try_from(nanos / domain::money::NANOS_PER_UNIT) {
        Ok(value) if value <= MAX_COUNT => Ok(value),
        _ => Err(NumberError::TooLarge),
    }
}

/// Largest amount a row may state, in units: more than any bill in any currency. Billions of such rows still add up in 128
/// bits.
const MAX_AMOUNT: i128 = 1_000_000_000_000_000_000;

/// An amount of money in nano-units; a currency sign is dropped. May be negative (a credit), also as "(1.50)".
#[inline]
pub(crate) fn nanos(bytes: &[u8], decimal_comma: bool, evidence: &Evidence) -> Result<i128, NumberError> {
    if !decimal_comma && let Some((value, reading)) = short_decimal(bytes) {
        if reading != 0 {
            evidence.note(reading);
        }
        return Ok(i128::from(value));
    }
    let text = plain_decimal(bytes, decimal_comma, |said| evidence.note(said))?;
    let nanos = domain::money::parse_nanos(&text).map_err(|_| unread(&text))?;
    if nanos.abs() > MAX_AMOUNT * domain::money::NANOS_PER_UNIT { Err(NumberError::TooLarge) } else { Ok(nanos) }
}

/// A score or a measurement: any finite number, also with an exponent.
pub(crate) fn float(bytes: &[u8], decimal_comma: bool, evidence: &Evidence) -> Result<f64, NumberError> {
    let text = plain_decimal(bytes, decimal_comma, |said| evidence.note(said))?;
    // "inf" and "nan" are numbers to the standard library.
    if !text.bytes().any(|byte| byte.is_ascii_digit()) {
        return Err(NumberError::NotANumber);
    }
    let value: f64 = text.parse().map_err(|_| NumberError::NotANumber)?;
    if value.is_finite() { Ok(value) } else { Err(NumberError::TooLarge) }
}

/// What is wrong with a text that is no amount: it may be a number, and larger than any amount.
fn unread(text: &str) -> NumberError {
    let digits = text.trim_start_matches(['-', '+']);
    let is_number =
        digits.starts_with(|c: char| c.is_ascii_digit()) && digits.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    if is_number && digits.bytes().filter(|b| *b == b'.').count() <= 1 {
        NumberError::TooLarge
    } else {
        NumberError::NotANumber
    }
}

/// "12.345678901" read without allocating, with what it tells of the decimal sign; anything else is left to the general way.
fn short_decimal(bytes: &[u8]) -> Option<(i64, u8)> {
    if bytes.is_empty() || bytes.len() > 17 {
        return None;
    }
    let mut value = 0i64;
    let mut places = None;
    for byte in bytes {
        match (byte, &mut places) {
            (b'0'..=b'9', Some(9)) => return None,
            (b'0'..=b'9', places) => {
                value = value.checked_mul(10)?.checked_add(i64::from(byte - b'0'))?;
                if let Some(n) = places {
                    *n += 1;
                }
            }
            (b'.', None) => places = Some(0u32),
            _ => return None,
        }
    }
    let reading = match places {
        None => 0,
        Some(3) if is_group(&bytes[..bytes.len() - 4]) => Evidence::EITHER_POINT,
        Some(_) => Evidence::POINT,
    };
    Some((value.checked_mul(10i64.pow(9 - places.unwrap_or(0)))?, reading))
}

/// Whether digits can stand before a thousands sign: one to three, without a leading zero.
fn is_group(digits: &[u8]) -> bool {
    (1..=3).contains(&digits.len()) && digits[0] != b'0' && digits.iter().all(u8::is_ascii_digit)
}

/// What points and commas in a number say of which of them is the decimal sign.
fn reading(text: &str) -> u8 {
    let digits = text.trim_start_matches(['-', '+', '(']).trim_end_matches(')');
    let mantissa = digits.split(['e', 'E']).next().unwrap_or(digits).as_bytes();
    let of = |sign: u8| mantissa.iter().filter(|byte| **byte == sign).count();
    let last = |sign: u8| mantissa.iter().rposition(|byte| *byte == sign);
    let decides = |sign: u8| if sign == b'.' { Evidence::POINT } else { Evidence::COMMA };
    let (sign, other) = match (last(b'.'), last(b',')) {
        (None, None) => return 0,
        // Both occur: the last one is the decimal sign.
        (Some(point), Some(comma)) => return decides(if point > comma { b'.' } else { b',' }),
        (Some(_), None) => (b'.', b','),
        (None, Some(_)) => (b',', b'.'),
    };
    // Twice: it groups, and the other one is the decimal sign.
    if of(sign) > 1 {
        return decides(other);
    }
    let at = last(sign).unwrap_or(0);
    let places = mantissa.len() - at - 1;
    if places != 3 || !is_group(&mantissa[..at]) || digits.len() != mantissa.len() {
        return decides(sign);
    }
    if sign == b'.' { Evidence::EITHER_POINT } else { Evidence::EITHER_COMMA }
}

/// Removes group separators and a currency sign, and turns a decimal comma into a point.
fn plain_decimal(bytes: &[u8], decimal_comma: bool, note: impl FnOnce(u8)) -> Result<String, NumberError> {
    let text = std::str::from_utf8(bytes).map_err(|_| NumberError::NotANumber)?.trim();
    let text = text.trim_matches(['$', '€', '£', '¥', '₫', '₹', '\'']).trim();
    let (text, bracketed) = match text.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => (inner.trim_start_matches(['$', '€', '£', '¥']).trim(), true),
        None => (text, false),
    };
    if text.is_empty() || text.len() > 60 {
        return Err(NumberError::NotANumber);
    }
    note(reading(text));
    let (group, point) = if decimal_comma { ('.', ',') } else { (',', '.') };
    let whole = text.split(point).next().unwrap_or(text);
    let grouped = |separator: char| {
        let mut parts = whole.trim_start_matches(['-', '+', '\u{2212}']).split(separator);
        let first = parts.next().unwrap_or("");
        (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3)
    };
    let mut plain = String::with_capacity(text.len() + 1);
    if bracketed {
        plain.push('-');
    }
    // Digits after the decimal sign stand in no groups: "1,234.5" is no 1.2345.
    let mut is_whole = true;
    for c in text.chars() {
        match c {
            c if c == group => {
                if !is_whole || !grouped(group) {
                    return Err(NumberError::NotANumber);
                }
            }
            ' ' | '\u{a0}' | '\u{202f}' | '_' | '\'' | '’' => {
                if !is_whole || !grouped(c) {
                    return Err(NumberError::NotANumber);
                }
            }
            c if c == point => {
                is_whole = false;
                plain.push('.');
            }
            '\u{2212}' => plain.push('-'),
            c => plain.push(c),
        }
    }
    Ok(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_after_the_decimal_sign_stand_in_no_groups() {
        for (text, comma) in
            [("1,234.5", true), ("1.234,5", false), ("1,2345.6", true), ("1.5_5", false), ("1,5 5", true)]
        {
            assert!(float(text.as_bytes(), comma, &Evidence::default()).is_err(), "{text}");
        }
        let read = |text: &str, comma| float(text.as_bytes(), comma, &Evidence::default());
        assert_eq!((read("1.234,5", true), read("1,234.5", false)), (Ok(1_234.5), Ok(1_234.5)));
    }

    #[test]
    fn counts_are_read_as_people_write_them() {
        for (text, comma, expected) in [
            ("0", false, Ok(0)),
            ("1234", false, Ok(1234)),
            ("1,234,567", false, Ok(1_234_567)),
            ("1.234.567", true, Ok(1_234_567)),
            ("1 234", false, Ok(1234)),
            ("1'234", false, Ok(1234)),
            ("12.0", false, Ok(12)),
            ("12,0", true, Ok(12)),
            ("1e3", false, Ok(1000)),
            ("-5", false, Err(NumberError::Negative)),
            ("-0", false, Ok(0)),
            ("1.5", false, Err(NumberError::Fraction)),
            ("12,34", false, Err(NumberError::NotANumber)),
            ("", false, Err(NumberError::NotANumber)),
            ("many", false, Err(NumberError::NotANumber)),
            ("99999999999999999999", false, Err(NumberError::TooLarge)),
        ] {
            assert_eq!(count(text.as_bytes(), comma, &Evidence::default()), expected, "{text}");
        }
    }

    #[test]
    fn amounts_keep_every_nano() {
        for (text, comma, expected) in [
            ("0.000000001", false, Ok(1)),
            ("12.5", false, Ok(12_500_000_000)),
            ("1,234.5", false, Ok(1_234_500_000_000)),
            ("1.234,5", true, Ok(1_234_500_000_000)),
            ("1.234", true, Ok(1_234_000_000_000)),
            ("1.234", false, Ok(1_234_000_000)),
            ("$0.30", false, Ok(300_000_000)),
            ("0.30 €", false, Ok(300_000_000)),
            ("-1.5", false, Ok(-1_500_000_000)),
            ("(1.50)", false, Ok(-1_500_000_000)),
            ("1.5e-07", false, Ok(150)),
            // Beyond 64 bits of nano-units: a month in dong.
            ("12000000000", false, Ok(12_000_000_000_000_000_000)),
            ("1e19", false, Err(NumberError::TooLarge)),
            ("99999999999999999999999999", false, Err(NumberError::TooLarge)),
            ("1.2.3.4", false, Err(NumberError::NotANumber)),
            ("12 apples", false, Err(NumberError::NotANumber)),
        ] {
            assert_eq!(nanos(text.as_bytes(), comma, &Evidence::default()), expected, "{text}");
        }
    }

    #[test]
    fn a_count_is_whole_and_so_decides_more() {
        use Verdict::{Decided, Undecided};
        for (value, verdict) in
            [("1.234", Decided(true)), ("1,234", Decided(false)), ("1,000", Undecided), ("1.000", Undecided)]
        {
            for comma in [false, true] {
                let evidence = Evidence::default();
                let _ = count(value.as_bytes(), comma, &evidence);
                assert_eq!(evidence.verdict(), verdict, "{value} {comma}");
            }
        }
        let evidence = Evidence::default();
        let _ = count(b"1,000", false, &evidence);
        assert!(evidence.groups_under(false) && !evidence.groups_under(true));
    }

    #[test]
    fn only_a_value_with_one_reading_decides() {
        use Verdict::{Contradictory, Decided, Indifferent, Undecided};
        for (values, verdict) in [
            (&["1", "1000", ""][..], Indifferent),
            (&["1,000"], Undecided),
            (&["1.234", "12.500"], Undecided),
            (&["1,000", "0,005"], Decided(true)),
            (&["0.005"], Decided(false)),
            (&["1.234", "1.5"], Decided(false)),
            (&["1,234,567"], Decided(false)),
            (&["1.234.567"], Decided(true)),
            (&["1.234,50"], Decided(true)),
            (&["1,234.50", "1,000"], Decided(false)),
            (&["1.5e-07"], Decided(false)),
            (&["0.5", "0,5"], Contradictory),
            (&["1234.567"], Decided(false)),
        ] {
            for comma in [false, true] {
                let evidence = Evidence::default();
                for value in values.iter().filter(|value| !value.is_empty()) {
                    let _ = nanos(value.as_bytes(), comma, &evidence);
                }
                assert_eq!(evidence.verdict(), verdict, "{values:?} {comma}");
            }
        }
    }
}
