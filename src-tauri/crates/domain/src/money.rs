//! Money: an integer count of nano-units (1e-9 of the currency unit) with its ISO 4217 currency.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

/// Nano-units in one currency unit.
pub const NANOS_PER_UNIT: i128 = 1_000_000_000;

/// Femto-units in one nano-unit: the grain at which token costs are summed before the one rounding.
pub const FEMTOS_PER_NANO: i128 = 1_000_000;

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum MoneyError {
    #[error("“{0}” is not a currency: expected three letters such as USD")]
    Currency(String),
    #[error("“{0}” is not an amount")]
    Amount(String),
    #[error("{0} and {1} cannot be added without an exchange rate")]
    Mixed(Currency, Currency),
    #[error("the amount is too large")]
    Overflow,
}

/// An ISO 4217 code, three upper-case ASCII letters.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Currency([u8; 3]);

impl Currency {
    pub const USD: Currency = Currency(*b"USD");

    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("???")
    }
}

impl FromStr for Currency {
    type Err = MoneyError;
    fn from_str(text: &str) -> Result<Self, MoneyError> {
        let upper = text.trim().to_ascii_uppercase();
        match upper.as_bytes() {
            [a, b, c] if [a, b, c].iter().all(|x| x.is_ascii_uppercase()) => Ok(Self([*a, *b, *c])),
            _ => Err(MoneyError::Currency(text.to_owned())),
        }
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl Serialize for Currency {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.code())
    }
}

impl<'de> Deserialize<'de> for Currency {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        String::deserialize(deserializer)?.parse().map_err(serde::de::Error::custom)
    }
}

impl TS for Currency {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "string".into()
    }
    fn inline(_: &ts_rs::Config) -> String {
        "string".into()
    }
}

/// An amount of one currency. On the wire `{ "amount": "12.5", "currency": "USD" }`: a decimal string, because JSON
/// numbers are floats.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Money {
    nanos: i128,
    currency: Currency,
}

impl Money {
    pub fn from_nanos(nanos: i128, currency: Currency) -> Self {
        Self { nanos, currency }
    }

    pub fn zero(currency: Currency) -> Self {
        Self { nanos: 0, currency }
    }

    /// Reads a plain decimal ("1234.5", "-0.07"); more than nine decimal places round half to even.
    pub fn parse(amount: &str, currency: Currency) -> Result<Self, MoneyError> {
        Ok(Self { nanos: parse_nanos(amount)?, currency })
    }

    pub fn nanos(&self) -> i128 {
        self.nanos
    }

    pub fn currency(&self) -> Currency {
        self.currency
    }

    pub fn is_negative(&self) -> bool {
        self.nanos < 0
    }

    /// Adds amounts of one currency.
    ///
    /// # Errors
    /// [`MoneyError::Mixed`] for two currencies: convert with a dated rate ([`crate::fx`]) first.
    pub fn plus(self, other: Money) -> Result<Money, MoneyError> {
        if self.currency != other.currency {
            return Err(MoneyError::Mixed(self.currency, other.currency));
        }
        let nanos = self.nanos.checked_add(other.nanos).ok_or(MoneyError::Overflow)?;
        Ok(Money { nanos, currency: self.currency })
    }

    /// The amount as an exact decimal string without trailing zeros: "12.5", "-0.000000001", "3".
    pub fn amount(&self) -> String {
        decimal(self.nanos)
    }
}

/// A nano count as an exact decimal string without trailing zeros.
pub fn decimal(nanos: i128) -> String {
    let sign = if nanos < 0 { "-" } else { "" };
    let whole = nanos.unsigned_abs() / NANOS_PER_UNIT.unsigned_abs();
    let part = nanos.unsigned_abs() % NANOS_PER_UNIT.unsigned_abs();
    if part == 0 {
        return format!("{sign}{whole}");
    }
    let digits = format!("{part:09}");
    format!("{sign}{whole}.{}", digits.trim_end_matches('0'))
}

/// Reads a decimal number into nanos. Accepts an exponent ("1.5e-07", as exported by float-based tools); rounds half to
/// even beyond the ninth place.
///
/// # Errors
/// [`MoneyError::Amount`] for anything that is not a finite decimal number below 1e20.
pub fn parse_nanos(text: &str) -> Result<i128, MoneyError> {
    let bad = || MoneyError::Amount(text.to_owned());
    let trimmed = text.trim();
    let (mantissa, exponent) = match trimmed.find(['e', 'E']) {
        Some(at) => (&trimmed[..at], trimmed[at + 1..].parse::<i32>().map_err(|_| bad())?),
        None => (trimmed, 0),
    };
    let (negative, digits) = match mantissa.as_bytes().first() {
        Some(b'-') => (true, &mantissa[1..]),
        Some(b'+') => (false, &mantissa[1..]),
        _ => (false, mantissa),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if whole.is_empty() && fraction.is_empty()
        || !whole.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit())
        || whole.len() + fraction.len() > 60
        || exponent.abs() > 40
    {
        return Err(bad());
    }
    let mut value: i128 = 0;
    // Digits beyond 29 significant ones cannot change a nano of any amount we accept.
    let all: Vec<u8> = whole.bytes().chain(fraction.bytes()).collect();
    let significant = all.iter().position(|b| *b != b'0').unwrap_or(all.len());
    let kept = &all[significant..all.len().min(significant + 30)];
    for digit in kept {
        value = value * 10 + i128::from(digit - b'0');
    }
    let dropped = all.len() - significant - kept.len();
    // value × 10^power is the amount in nanos.
    let power =
        9 + exponent - i32::try_from(fraction.len()).map_err(|_| bad())? + i32::try_from(dropped).map_err(|_| bad())?;
    let nanos = if value == 0 {
        0
    } else if power >= 0 {
        let scale = 10i128.checked_pow(power.unsigned_abs()).ok_or_else(bad)?;
        value.checked_mul(scale).ok_or_else(bad)?
    } else {
        match 10i128.checked_pow(power.unsigned_abs()) {
            Some(scale) => divide_half_even(value, scale),
            None => 0,
        }
    };
    if nanos > 10i128.pow(29) {
        return Err(bad());
    }
    Ok(if negative { -nanos } else { nanos })
}

/// Integer division rounding half to even (banker's rounding), for any signs; `divisor` must not be 0.
pub fn divide_half_even(value: i128, divisor: i128) -> i128 {
    let (value, divisor) = if divisor < 0 { (-value, -divisor) } else { (value, divisor) };
    let floor = value.div_euclid(divisor);
    let twice = value.rem_euclid(divisor) * 2;
    if twice > divisor || (twice == divisor && floor % 2 != 0) { floor + 1 } else { floor }
}

#[derive(Serialize, Deserialize)]
struct MoneyWire {
    amount: String,
    currency: Currency,
}

impl Serialize for Money {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        MoneyWire { amount: self.amount(), currency: self.currency }.serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Money {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let wire = MoneyWire::deserialize(deserializer)?;
        Money::parse(&wire.amount, wire.currency).map_err(serde::de::Error::custom)
    }
}

impl TS for Money {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "Money".into()
    }
    fn inline(_: &ts_rs::Config) -> String {
        "{ amount: string; currency: string }".into()
    }
    fn decl(_: &ts_rs::Config) -> String {
        // Opaque: TypeScript may show an amount, by the texts the core adds on the wire, but has nothing it could add.
        "type Money = { readonly amount: string; readonly currency: string; readonly text: string; readonly number: string; readonly compact: string } & { readonly __money: unique symbol };"
            .into()
    }
    fn decl_concrete(config: &ts_rs::Config) -> String {
        Self::decl(config)
    }
    fn output_path() -> Option<std::path::PathBuf> {
        Some("Money.ts".into())
    }
}

/// A sum of token costs in femto-units (1e-15), exact until it is rounded once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, PartialOrd, Ord)]
pub struct Femtos(pub i128);

impl Femtos {
    pub fn from_nanos(nanos: i128) -> Self {
        Self(nanos * FEMTOS_PER_NANO)
    }

    /// Rounded half to even to nano-units.
    pub fn to_nanos(self) -> i128 {
        divide_half_even(self.0, FEMTOS_PER_NANO)
    }

    /// This sum shared over `count` things, in nano-units, rounded once; `None` for a count of 0.
    pub fn per(self, count: u64) -> Option<i128> {
        (count > 0).then(|| divide_half_even(self.0, FEMTOS_PER_NANO * i128::from(count)))
    }
}

impl std::ops::Add for Femtos {
    type Output = Femtos;
    fn add(self, other: Femtos) -> Femtos {
        Femtos(self.0 + other.0)
    }
}

impl std::ops::AddAssign for Femtos {
    fn add_assign(&mut self, other: Femtos) {
        self.0 += other.0;
    }
}

impl std::iter::Sum for Femtos {
    fn sum<I: Iterator<Item = Femtos>>(items: I) -> Femtos {
        items.fold(Femtos(0), |a, b| a + b)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_are_read_exactly_and_written_back() {
        for (text, nanos) in [
            ("0", 0),
            ("12.5", 12_500_000_000),
            ("-0.07", -70_000_000),
            (".5", 500_000_000),
            ("1e-9", 1),
            ("1.5e-07", 150),
            ("0.0000000005", 0),
            ("0.0000000015", 2),
            ("4.800000000000001", 4_800_000_000),
            ("12345678901234567890.123456789", 12_345_678_901_234_567_890_123_456_789),
        ] {
            assert_eq!(parse_nanos(text).unwrap(), nanos, "{text}");
        }
        for text in ["", "-", "1,5", "abc", "NaN", "inf", "1e999", "--1", "1.2.3", "٣"] {
            assert!(parse_nanos(text).is_err(), "{text}");
        }
    }

    #[test]
    fn half_goes_to_even() {
        assert_eq!(divide_half_even(5, 2), 2);
        assert_eq!(divide_half_even(7, 2), 4);
        assert_eq!(divide_half_even(-5, 2), -2);
        assert_eq!(divide_half_even(-7, 2), -4);
    }

    #[test]
    fn two_currencies_never_meet() {
        let usd = Money::parse("1", Currency::USD).unwrap();
        let eur = Money::parse("1", "EUR".parse().unwrap()).unwrap();
        assert!(matches!(usd.plus(eur), Err(MoneyError::Mixed(..))));
    }

    proptest! {
        #[test]
        fn any_amount_survives_the_wire(nanos in -10i128.pow(27)..10i128.pow(27)) {
            let money = Money::from_nanos(nanos, Currency::USD);
            let json = serde_json::to_string(&money).unwrap();
            prop_assert_eq!(serde_json::from_str::<Money>(&json).unwrap(), money);
        }

        #[test]
        fn dividing_never_strays_by_more_than_half(value in -10i128.pow(20)..10i128.pow(20), divisor in 1i128..10i128.pow(9)) {
            let quotient = divide_half_even(value, divisor);
            prop_assert!((quotient * divisor - value).abs() * 2 <= divisor);
        }
    }
}
