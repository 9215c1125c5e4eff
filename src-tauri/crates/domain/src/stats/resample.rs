//! Sums of many columns under the same resamples of their units, as one matrix product: how often each unit was drawn × what it
//! holds. Pairs of candidates and criteria share the draws, so 10,000 resamples are drawn once, however many columns there are.
//!
//! Values lie on a grid of whole numbers ([`Grid`]), coarse enough that every sum is exact in an `f64`: sums then depend neither
//! on their order nor on the processor's vector instructions, and resamples that tie with the estimate are seen to.

use nalgebra::DMatrix;
use rayon::prelude::*;

use super::Resampling;
use super::random::Draws;

/// Entries of one block of counts: 4 MB.
const BLOCK: usize = 1 << 19;

/// A power of two that turns values into whole numbers whose sums stay below 2⁵²: of 5,000 values the step is 2⁻³⁸ of the
/// largest, far below any digit shown.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Grid {
    factor: f64,
}

impl Grid {
    /// For `draws` draws of units, none of which holds more than `largest` in absolute values. `None` where that overflows.
    pub(crate) fn new(largest: f64, draws: usize) -> Option<Self> {
        let whole = largest * draws as f64;
        if !whole.is_finite() {
            return None;
        }
        if whole == 0.0 {
            return Some(Self { factor: 1.0 });
        }
        Some(Self { factor: 2f64.powi((51 - whole.log2().ceil() as i32).clamp(-1_000, 1_000)) })
    }

    pub(crate) fn whole(self, value: f64) -> f64 {
        // No negative zero: it would stand before 0 in an order.
        (value * self.factor).round() + 0.0
    }

    pub(crate) fn value(self, whole: f64) -> f64 {
        whole / self.factor
    }
}

/// For each column, its sum in each resample: `units` draws with replacement, resample `r` by stream `r` of the seed. Every
/// column has `units` whole numbers.
pub(crate) fn sums(columns: &[Vec<f64>], units: usize, resampling: &Resampling) -> Vec<Vec<f64>> {
    let resamples = resampling.resamples as usize;
    if columns.is_empty() || units == 0 {
        return vec![vec![0.0; resamples]; columns.len()];
    }
    let held = DMatrix::from_fn(columns.len(), units, |column, unit| columns[column][unit]);
    let width = (BLOCK / units).clamp(1, 128);
    let blocks: Vec<DMatrix<f64>> = (0..resamples.div_ceil(width))
        .into_par_iter()
        .map_init(
            || (DMatrix::zeros(units, width), vec![0u32; units]),
            |(counts, drawn), block| {
                let first = block * width;
                let here = width.min(resamples - first);
                for (at, mut column) in counts.column_iter_mut().take(here).enumerate() {
                    count_draws(drawn, resampling.seed, (first + at) as u64);
                    column.iter_mut().zip(drawn.iter()).for_each(|(count, drawn)| *count = f64::from(*drawn));
                }
                let mut found = DMatrix::zeros(held.nrows(), here);
                found.gemm(1.0, &held, &counts.columns(0, here), 0.0);
                found
            },
        )
        .collect();
    (0..columns.len())
        .into_par_iter()
        .map(|column| blocks.iter().flat_map(|block| block.row(column).iter().copied().collect::<Vec<_>>()).collect())
        .collect()
}

/// How often each unit comes up in as many draws as there are units.
pub(crate) fn count_draws(drawn: &mut [u32], seed: u64, stream: u64) {
    drawn.fill(0);
    let Ok(units) = u32::try_from(drawn.len()) else { return };
    let mut draws = Draws::new(seed, stream);
    for _ in 0..units {
        drawn[draws.below(units) as usize] += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn the_number_of_threads_changes_no_bit() {
        let columns: Vec<Vec<f64>> =
            (0..5).map(|c| (0..301).map(|u| f64::from((u * 7 + c * 13) % 97)).collect()).collect();
        let with = |threads| {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            pool.install(|| sums(&columns, 301, &Resampling { resamples: 1_000, ..Resampling::seeded(4) }))
        };
        assert_eq!(with(1), with(3));
    }

    #[test]
    fn a_column_of_ones_sums_to_the_number_of_draws_in_every_resample() {
        let found = sums(&[vec![1.0; 50]], 50, &Resampling { resamples: 300, ..Resampling::seeded(1) });
        assert!(found[0].len() == 300 && found[0].iter().all(|sum| *sum == 50.0));
        assert_eq!(sums(&[], 50, &Resampling::seeded(1)), Vec::<Vec<f64>>::new());
    }

    proptest! {
        #[test]
        fn the_product_equals_drawing_one_by_one(values in prop::collection::vec(-1e6f64..1e6, 1..30), seed in any::<u64>()) {
            let grid = Grid::new(1e6, values.len()).unwrap();
            let column: Vec<f64> = values.iter().map(|value| grid.whole(*value)).collect();
            let resampling = Resampling { resamples: 20, ..Resampling::seeded(seed) };
            let found = sums(std::slice::from_ref(&column), values.len(), &resampling);
            for (at, sum) in found[0].iter().enumerate() {
                let mut draws = Draws::new(seed, at as u64);
                let by_hand: f64 = (0..values.len()).map(|_| column[draws.below(values.len() as u32) as usize]).sum();
                prop_assert_eq!(*sum, by_hand);
            }
            prop_assert!(values.iter().all(|value| (grid.value(grid.whole(*value)) - value).abs() < 1e-6));
        }
    }
}
