//! Quantiles of latency with intervals that assume nothing about their shape.

use crate::latency::nearest_rank;

use super::distribution::binomial_up_to;
use super::{Refused, between, confidence};

/// A quantile by nearest rank, with the exact interval of order statistics: x₍ₗ₎ to x₍ᵤ₎ covers with P(l ≤ X < u), X binomial
/// of n and q (David, Nagaraja, "Order Statistics", 2003, 7.1). In the unit of the values.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Quantile {
    pub value: f64,
    /// `None` where so few values cannot bound it from below.
    pub low: Option<f64>,
    /// `None` where so few values cannot bound it from above: the 99th percentile of 100 values has no upper limit.
    pub high: Option<f64>,
    pub confidence: f64,
    pub values: usize,
}

/// Each tail is at most (1 − confidence)/2. Missing values are left out.
///
/// # Errors
/// [`Refused::Empty`], [`Refused::NotFinite`], [`Refused::OutOfRange`] unless the share lies between 0 and 1.
pub fn quantile(values: &[Option<f64>], share: f64, confidence_: f64) -> Result<Quantile, Refused> {
    between(share, "share")?;
    let tail = (1.0 - confidence(confidence_)?) / 2.0;
    if let Some(row) = values.iter().position(|value| value.is_some_and(|value| !value.is_finite())) {
        return Err(Refused::NotFinite { row });
    }
    let mut sorted: Vec<f64> = values.iter().flatten().map(|value| value + 0.0).collect();
    sorted.sort_by(f64::total_cmp);
    let n = sorted.len() as u64;
    let rank = nearest_rank(share, n).ok_or(Refused::Empty)?;
    let at = |rank: u64| sorted.get(usize::try_from(rank.checked_sub(1)?).ok()?).copied();
    // The largest l with P(X < l) ≤ tail; 0 is none.
    let low = last_where(0, n, |l| Ok(l == 0 || binomial_up_to(l - 1, share, n)? <= tail))?;
    // The smallest u with P(X ≥ u) ≤ tail; n + 1 is none.
    let high = 1 + last_where(0, n, |u| Ok(u == 0 || 1.0 - binomial_up_to(u - 1, share, n)? > tail))?;
    Ok(Quantile {
        value: at(rank).ok_or(Refused::Empty)?,
        low: at(low),
        high: at(high),
        confidence: confidence_,
        values: sorted.len(),
    })
}

/// The last number of a range of which something holds that holds of all before it, and of the first.
fn last_where(mut low: u64, high: u64, holds: impl Fn(u64) -> Result<bool, Refused>) -> Result<u64, Refused> {
    let mut above = high + 1;
    while low + 1 < above {
        let middle = low + (above - low) / 2;
        if holds(middle)? {
            low = middle;
        } else {
            above = middle;
        }
    }
    Ok(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn up_to(count: u32) -> Vec<Option<f64>> {
        (1..=count).map(|value| Some(f64::from(value))).collect()
    }

    #[test]
    fn the_median_of_ten_lies_between_the_second_and_the_ninth() {
        // Conover, "Practical Nonparametric Statistics": n = 10, 97.9 % from x(2) to x(9).
        let found = quantile(&up_to(10), 0.5, 0.95).unwrap();
        assert_eq!((found.value, found.low, found.high), (5.0, Some(2.0), Some(9.0)));
    }

    #[test]
    fn a_tail_beyond_the_values_has_no_limit() {
        let found = quantile(&up_to(100), 0.99, 0.95).unwrap();
        assert_eq!((found.value, found.low, found.high), (99.0, Some(97.0), None));
        assert!(quantile(&up_to(1_000), 0.99, 0.95).unwrap().high.is_some());
        let one = quantile(&[Some(4.0), None], 0.5, 0.95).unwrap();
        assert_eq!((one.value, one.low, one.high, one.values), (4.0, None, None, 1));
        assert_eq!(quantile(&[None], 0.5, 0.95), Err(Refused::Empty));
        assert_eq!(quantile(&[Some(f64::NAN)], 0.5, 0.95), Err(Refused::NotFinite { row: 0 }));
        assert!(quantile(&up_to(3), 1.0, 0.95).is_err());
    }

    proptest! {
        #[test]
        fn limits_enclose_the_value_and_order_changes_nothing(values in prop::collection::vec(0.0f64..1e6, 1..200), share in 0.01f64..0.99) {
            let mut values: Vec<_> = values.into_iter().map(Some).collect();
            let found = quantile(&values, share, 0.9).unwrap();
            prop_assert!(found.low.is_none_or(|low| low <= found.value) && found.high.is_none_or(|high| found.value <= high));
            values.reverse();
            prop_assert_eq!(found, quantile(&values, share, 0.9).unwrap());
        }
    }
}
