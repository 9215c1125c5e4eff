//! How values are spread: counts in bins of one width.

use super::Refused;

/// Counts of values from 0 on, in the unit of the values.
#[derive(Debug, Clone, PartialEq)]
pub struct Histogram {
    /// Of each bin; the first begins at 0.
    pub width: f64,
    /// Values v with from ≤ v < to; the last bin holds its end too.
    pub counts: Vec<u32>,
    /// Values above the last bin, which are in none.
    pub beyond: u32,
}

/// The values from 0 to `upper` in so many bins of one width. Negative values count into the first bin.
///
/// # Errors
/// [`Refused::NotFinite`], [`Refused::OutOfRange`] without a bin or where `upper` is not above 0.
pub fn histogram(values: &[f64], upper: f64, bins: u32) -> Result<Histogram, Refused> {
    if let Some(row) = values.iter().position(|value| !value.is_finite()) {
        return Err(Refused::NotFinite { row });
    }
    if !(upper.is_finite() && upper > 0.0) {
        return Err(Refused::OutOfRange { what: "upper" });
    }
    if bins == 0 {
        return Err(Refused::OutOfRange { what: "bins" });
    }
    let mut counts = vec![0_u32; bins as usize];
    let mut beyond = 0;
    for value in values {
        if *value > upper {
            beyond += 1;
            continue;
        }
        let bin = (value.max(0.0) / upper * f64::from(bins)) as usize;
        if let Some(count) = counts.get_mut(bin.min(bins as usize - 1)) {
            *count += 1;
        }
    }
    Ok(Histogram { width: upper / f64::from(bins), counts, beyond })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_value_on_an_edge_is_in_the_bin_that_begins_there_and_the_last_end_is_inside() {
        let found = histogram(&[0.0, 0.5, 1.0, 1.99, 2.0, 2.01], 2.0, 4).unwrap();
        assert_eq!(found, Histogram { width: 0.5, counts: vec![1, 1, 1, 2], beyond: 1 });
    }

    #[test]
    fn what_cannot_be_counted_is_refused() {
        assert_eq!(histogram(&[1.0, f64::NAN], 2.0, 4), Err(Refused::NotFinite { row: 1 }));
        assert!(histogram(&[1.0], 0.0, 4).is_err());
        assert!(histogram(&[1.0], 1.0, 0).is_err());
    }

    proptest! {
        #[test]
        fn every_value_is_counted_once(values in prop::collection::vec(0.0_f64..1e9, 0..200), upper in 0.001_f64..1e9, bins in 1_u32..60) {
            let found = histogram(&values, upper, bins).unwrap();
            prop_assert_eq!(found.counts.iter().sum::<u32>() + found.beyond, values.len() as u32);
        }
    }
}
