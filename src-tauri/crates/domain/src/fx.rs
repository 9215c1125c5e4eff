//! Exchange rates a person has entered: dated, directed, never guessed.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::money::{Currency, Femtos, Money};

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
    Money::from_nanos(times_billionths(amount.nanos(), rate_nanos), to)
}

/// Converts a femto sum with a rate in billionths, rounding half to even to a femto-unit.
pub fn convert_femtos(amount: Femtos, rate_nanos: i64) -> Femtos {
    Femtos(times_billionths(amount.0, rate_nanos))
}

/// `amount × billionths / 1e9`, rounded half to even. The product itself may be larger than any integer.
fn times_billionths(amount: i128, billionths: i64) -> i128 {
    const BILLION: i128 = 1_000_000_000;
    let rate = i128::from(billionths);
    let whole = (amount.div_euclid(BILLION)).saturating_mul(rate);
    // What is left is below a billion: its product fits. A tie goes to where the sum is even, not the part.
    let part = amount.rem_euclid(BILLION) * rate;
    let (down, left) = (whole.saturating_add(part.div_euclid(BILLION)), part.rem_euclid(BILLION));
    let up = left * 2 > BILLION || left * 2 == BILLION && down % 2 != 0;
    down.saturating_add(i128::from(up))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::divide_half_even;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_conversion_is_the_rounded_product(amount in -1_000_000_000_000_000_000i128..1_000_000_000_000_000_000, rate in 1i64..5_000_000_000_000, half in any::<bool>()) {
            // Every other one ends on a tie.
            let (amount, rate) = if half { (amount / 1_000_000_000 * 1_000_000_000 + 500_000_000, rate | 1) } else { (amount, rate) };
            prop_assert_eq!(times_billionths(amount, rate), divide_half_even(amount * i128::from(rate), 1_000_000_000));
        }
    }

    #[test]
    fn the_largest_amount_at_the_largest_rate_is_a_number() {
        let trillion = 1_000_000_000_000 * 1_000_000_000_000_000i128;
        assert_eq!(times_billionths(trillion, i64::MAX) / trillion, 9_223_372_036);
        assert_eq!(times_billionths(i128::MAX, i64::MAX), i128::MAX);
    }

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
