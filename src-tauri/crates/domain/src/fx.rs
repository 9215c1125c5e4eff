//! Exchange rates a person has entered: dated, directed, never guessed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::money::{Currency, Femtos, Money, divide_half_even};

/// `1 from = rate to`, valid from `on` until the next rate of the pair. `rate` is in billionths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FxRate {
    pub from: Currency,
    pub to: Currency,
    #[ts(type = "string")]
    pub on: NaiveDate,
    #[ts(type = "string")]
    pub rate_nanos: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("there is no exchange rate from {from} to {to} on {on}")]
pub struct MissingRate {
    pub from: Currency,
    pub to: Currency,
    pub on: NaiveDate,
}

/// The rate of a pair on a day: the latest one dated that day or before.
///
/// # Errors
/// [`MissingRate`] names the pair and the date. An inverse rate is not derived: banks do not quote it so.
pub fn rate_on(rates: &[FxRate], from: Currency, to: Currency, on: NaiveDate) -> Result<i64, MissingRate> {
    if from == to {
        return Ok(1_000_000_000);
    }
    rates
        .iter()
        .filter(|r| r.from == from && r.to == to && r.on <= on)
        .max_by_key(|r| r.on)
        .map(|r| r.rate_nanos)
        .ok_or(MissingRate { from, to, on })
}

/// Converts an amount with a rate in billionths, rounding half to even to a nano-unit.
pub fn convert(amount: Money, to: Currency, rate_nanos: i64) -> Money {
    Money::from_nanos(divide_half_even(amount.nanos() * i128::from(rate_nanos), 1_000_000_000), to)
}

/// Converts a femto sum with a rate in billionths, rounding half to even to a femto-unit.
pub fn convert_femtos(amount: Femtos, rate_nanos: i64) -> Femtos {
    Femtos(divide_half_even(amount.0 * i128::from(rate_nanos), 1_000_000_000))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_rate_on_or_before_the_day_is_used_and_a_missing_one_is_named() {
        let eur: Currency = "EUR".parse().unwrap();
        let day = |d| NaiveDate::from_ymd_opt(2026, 7, d).unwrap();
        let rates = [
            FxRate { from: eur, to: Currency::USD, on: day(1), rate_nanos: 1_100_000_000 },
            FxRate { from: eur, to: Currency::USD, on: day(10), rate_nanos: 1_200_000_000 },
        ];
        assert_eq!(rate_on(&rates, eur, Currency::USD, day(9)).unwrap(), 1_100_000_000);
        assert_eq!(rate_on(&rates, eur, Currency::USD, day(10)).unwrap(), 1_200_000_000);
        let missing = rate_on(&rates, Currency::USD, eur, day(10)).unwrap_err();
        assert_eq!(missing.to_string(), "there is no exchange rate from USD to EUR on 2026-07-10");
        let ten = Money::parse("10", eur).unwrap();
        assert_eq!(convert(ten, Currency::USD, 1_100_000_000).amount(), "11");
    }
}
