//! Counters that only rise, until a restart sets them back to nothing.

/// Turns the values of one counter into what was counted between them.
///
/// As Prometheus's `increase()` without its extrapolation: a value below the one before is a reset, and all of it was counted
/// since. The first value counts nothing: nobody knows since when it counts.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Increments {
    last: Option<f64>,
}

impl Increments {
    /// What was counted since the value before; `None` for the first.
    #[inline]
    pub fn next(&mut self, value: f64) -> Option<f64> {
        let last = self.last.replace(value)?;
        Some(if value < last { value } else { value - last })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sum(values: &[f64], counter: &mut Increments) -> f64 {
        values.iter().filter_map(|value| counter.next(*value)).sum()
    }

    #[test]
    fn a_fall_is_a_reset_and_the_new_value_the_increment() {
        let mut counter = Increments::default();
        let found: Vec<_> = [5.0, 8.0, 8.0, 2.0, 3.0, 0.0, 4.0].iter().map(|value| counter.next(*value)).collect();
        assert_eq!(found, [None, Some(3.0), Some(0.0), Some(2.0), Some(1.0), Some(0.0), Some(4.0)]);
    }

    proptest! {
        #[test]
        fn cutting_a_counter_anywhere_changes_no_sum(values in prop::collection::vec(0u32..1_000, 1..60), at in 0usize..60) {
            let values: Vec<f64> = values.into_iter().map(f64::from).collect();
            let at = at.min(values.len() - 1);
            let whole = sum(&values, &mut Increments::default());
            // Two files that share the value they are cut at.
            let apart = sum(&values[..=at], &mut Increments::default()) + sum(&values[at..], &mut Increments::default());
            prop_assert_eq!(whole, apart);
            // One counter read in two turns.
            let mut counter = Increments::default();
            prop_assert_eq!(whole, sum(&values[..at], &mut counter) + sum(&values[at..], &mut counter));
        }
    }
}
