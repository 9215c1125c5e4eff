//! Numbers as files write them.

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

/// More than any row counts, be it a day of a whole company: a mistake in the file. Nine million such rows still add up
/// within 64 bits.
const MAX_COUNT: u64 = 1_000_000_000_000;

/// A whole number. Accepts "1234", "1,234", "1 234", "12.0" and, with a decimal comma, "1.234" and "12,0".
pub(crate) fn count(bytes: &[u8], decimal_comma: bool) -> Result<u64, NumberError> {
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
    let text = plain_decimal(bytes, decimal_comma)?;
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

/// An amount of money in nano-units; a leading currency sign is dropped. May be negative (a credit).
pub(crate) fn nanos(bytes: &[u8], decimal_comma: bool) -> Result<i64, NumberError> {
    if let Some(value) = short_decimal(bytes) {
        return Ok(value);
    }
    let text = plain_decimal(bytes, decimal_comma)?;
    let nanos = domain::money::parse_nanos(&text).map_err(|_| NumberError::NotANumber)?;
    i64::try_from(nanos).map_err(|_| NumberError::TooLarge)
}

/// "12.345678901" read without allocating; anything else is left to the general way.
fn short_decimal(bytes: &[u8]) -> Option<i64> {
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
    value.checked_mul(10i64.pow(9 - places.unwrap_or(0)))
}

/// Removes group separators and a currency sign, and turns a decimal comma into a point.
fn plain_decimal(bytes: &[u8], decimal_comma: bool) -> Result<String, NumberError> {
    let text = std::str::from_utf8(bytes).map_err(|_| NumberError::NotANumber)?.trim();
    let text = text.trim_start_matches(['$', '€', '£', '¥', '\'']).trim_start();
    if text.is_empty() || text.len() > 60 {
        return Err(NumberError::NotANumber);
    }
    let (group, point) = if decimal_comma { ('.', ',') } else { (',', '.') };
    let whole = text.split(point).next().unwrap_or(text);
    let grouped = |separator: char| {
        let mut parts = whole.trim_start_matches(['-', '+']).split(separator);
        let first = parts.next().unwrap_or("");
        (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3)
    };
    let mut plain = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            c if c == group => {
                if !grouped(group) {
                    return Err(NumberError::NotANumber);
                }
            }
            ' ' | '\u{a0}' | '\u{202f}' | '_' => {
                if !grouped(c) {
                    return Err(NumberError::NotANumber);
                }
            }
            c if c == point => plain.push('.'),
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
    fn counts_are_read_as_people_write_them() {
        for (text, comma, expected) in [
            ("0", false, Ok(0)),
            ("1234", false, Ok(1234)),
            ("1,234,567", false, Ok(1_234_567)),
            ("1.234.567", true, Ok(1_234_567)),
            ("1 234", false, Ok(1234)),
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
            assert_eq!(count(text.as_bytes(), comma), expected, "{text}");
        }
    }

    #[test]
    fn amounts_keep_every_nano() {
        for (text, comma, expected) in [
            ("0.000000001", false, Ok(1)),
            ("12.5", false, Ok(12_500_000_000)),
            ("1,234.5", false, Ok(1_234_500_000_000)),
            ("1.234,5", true, Ok(1_234_500_000_000)),
            ("$0.30", false, Ok(300_000_000)),
            ("-1.5", false, Ok(-1_500_000_000)),
            ("1.5e-07", false, Ok(150)),
        ] {
            assert_eq!(nanos(text.as_bytes(), comma), expected, "{text}");
        }
    }
}
