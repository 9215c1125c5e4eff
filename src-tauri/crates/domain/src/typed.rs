//! Numbers as a form sends them. What none of its fields can mean is no misfit of two programs but a slip of a person: it is
//! read as a value past every bound, and whoever checks the field refuses that by its name.

use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Deserializer};

use crate::money::{Currency, Money};

/// Years a date in a record may lie in: a slip of the keyboard lies outside of them, and no calculation leaves the calendar.
const YEARS: std::ops::RangeInclusive<i32> = 1990..=2150;

pub fn is_possible(day: NaiveDate) -> bool {
    YEARS.contains(&day.year())
}

/// A JSON number of any size.
#[derive(Deserialize)]
#[serde(untagged)]
enum Number {
    Whole(i64),
    /// A fraction, or beyond 64 bits.
    Other(f64),
}

impl Number {
    fn count(self) -> u32 {
        match self {
            Self::Whole(whole) => u32::try_from(whole).unwrap_or(u32::MAX),
            Self::Other(number) if number.fract() == 0.0 && (0.0..f64::from(u32::MAX)).contains(&number) => {
                number as u32
            }
            Self::Other(_) => u32::MAX,
        }
    }
}

/// # Errors
/// For what is no number.
pub fn count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u32, D::Error> {
    Number::deserialize(deserializer).map(Number::count)
}

/// # Errors
/// For what is neither a number nor null.
pub fn optional_count<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<u32>, D::Error> {
    Ok(Option::<Number>::deserialize(deserializer)?.map(Number::count))
}

#[derive(Deserialize)]
struct Amount {
    amount: String,
    currency: Currency,
}

/// # Errors
/// For what has no shape of an amount.
pub fn optional_money<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Money>, D::Error> {
    let typed = Option::<Amount>::deserialize(deserializer)?;
    Ok(typed.map(|typed| {
        Money::parse(&typed.amount, typed.currency).unwrap_or(Money::from_nanos(i128::MAX, typed.currency))
    }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Deserialize)]
    struct Form {
        #[serde(deserialize_with = "optional_count")]
        months: Option<u32>,
        #[serde(deserialize_with = "optional_money")]
        money: Option<Money>,
    }

    #[test]
    fn what_cannot_be_meant_is_read_as_more_than_any_bound() {
        let read = |months: &str, amount: &str| {
            let text = format!(r#"{{"months":{months},"money":{{"amount":"{amount}","currency":"USD"}}}}"#);
            let form: Form = serde_json::from_str(&text).unwrap();
            (form.months, form.money.unwrap().nanos())
        };
        assert_eq!(read("12", "1.5"), (Some(12), 1_500_000_000));
        assert_eq!(read("null", "0"), (None, 0));
        assert_eq!(read("12.0", "0").0, Some(12));
        for (months, amount) in [("-1", "1e30"), ("2.5", "a lot"), ("1e300", ""), ("18446744073709551615", "--1")] {
            assert_eq!(read(months, amount), (Some(u32::MAX), i128::MAX), "{months} {amount}");
        }
    }
}
