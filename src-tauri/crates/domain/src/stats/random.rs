//! The only source of chance: PCG64 (O'Neill: "PCG: a family of simple fast space-efficient statistically good algorithms for
//! random number generation", Harvey Mudd HMC-CS-2014-0905; 128-bit LCG, XSL-RR output).
//!
//! Chosen because the stream is fixed by its paper, is the one NumPy calls `PCG64` (so it is checked against it here), and has
//! streams of its own by number: every resample draws from its own one, so no thread's progress matters. How an index is made
//! of a draw stands here and not in a library, whose versions may change it.

use rand_core::Rng;
use rand_pcg::Pcg64;

/// Draws of one purpose under one seed.
#[derive(Debug, Clone)]
pub struct Draws {
    generator: Pcg64,
    /// The half of the last 64 bits that is not used yet.
    kept: Option<u32>,
}

impl Draws {
    /// Stream `stream` of `seed`.
    pub fn new(seed: u64, stream: u64) -> Self {
        // SplitMix64's increment and mixer: neighbouring seeds begin far apart.
        let state = u128::from(mixed(seed)) << 64 | u128::from(mixed(seed ^ 0x9E37_79B9_7F4A_7C15));
        Self { generator: Pcg64::new(state, u128::from(stream)), kept: None }
    }

    fn bits(&mut self) -> u32 {
        if let Some(kept) = self.kept.take() {
            return kept;
        }
        let both = self.generator.next_u64();
        self.kept = Some((both >> 32) as u32);
        both as u32
    }

    /// A whole number from 0 to below `count`, each as likely as any other (Lemire: "Fast random integer generation in an
    /// interval", ACM TOMACS 29, 2019). `count` is at least 1.
    pub fn below(&mut self, count: u32) -> u32 {
        let mut product = u64::from(self.bits()) * u64::from(count);
        if (product as u32) < count && count > 0 {
            let unfair = count.wrapping_neg() % count;
            while (product as u32) < unfair {
                product = u64::from(self.bits()) * u64::from(count);
            }
        }
        (product >> 32) as u32
    }

    /// A number from 0 to below 1 in steps of 2⁻⁵³.
    pub fn unit(&mut self) -> f64 {
        (self.generator.next_u64() >> 11) as f64 / (1u64 << 53) as f64
    }

    /// A standard normal number (Box and Muller, 1958).
    pub fn normal(&mut self) -> f64 {
        let radius = (-2.0 * (1.0 - self.unit()).ln()).sqrt();
        radius * (std::f64::consts::TAU * self.unit()).cos()
    }
}

fn mixed(seed: u64) -> u64 {
    let mut z = seed.wrapping_add(0x9E37_79B9_7F4A_7C15);
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_generator_is_pcg64_as_its_author_publishes_it() {
        // The demonstration of the reference implementation (pcg-c, check-pcg64: seed 42, stream 54).
        let mut generator = Pcg64::new(42, 54);
        let first: Vec<u64> = (0..6).map(|_| generator.next_u64()).collect();
        let published = [
            0x86b1_da1d_7206_2b68,
            0x1304_aa46_c985_3d39,
            0xa367_0e9e_0dd5_0358,
            0xf909_0e52_9a7d_ae00,
            0xc85b_9fd8_3799_6f2c,
            0x6061_21f8_e391_9196u64,
        ];
        assert_eq!(first, published);
    }

    #[test]
    fn a_seed_repeats_and_streams_and_seeds_differ() {
        let take = |seed, stream| {
            let mut draws = Draws::new(seed, stream);
            (0..100).map(|_| draws.below(1_000)).collect::<Vec<_>>()
        };
        assert_eq!(take(7, 3), take(7, 3));
        assert_ne!(take(7, 3), take(7, 4));
        assert_ne!(take(7, 3), take(8, 3));
    }

    #[test]
    fn this_stream_never_changes() {
        // An interval that was frozen in a decision must come out again in ten years.
        let mut draws = Draws::new(1, 0);
        let first: Vec<u32> = (0..8).map(|_| draws.below(1_000)).collect();
        assert_eq!(first, FROZEN);
    }

    const FROZEN: [u32; 8] = [199, 32, 610, 927, 569, 237, 671, 209];

    #[test]
    fn every_index_is_as_likely_as_any_other() {
        let mut draws = Draws::new(5, 0);
        let mut seen = [0u32; 7];
        (0..70_000).for_each(|_| seen[draws.below(7) as usize] += 1);
        // Chi-squared with 6 degrees of freedom is below 22.5 in 99.9 % of all cases.
        let chi: f64 = seen.iter().map(|count| (f64::from(*count) - 10_000.0).powi(2) / 10_000.0).sum();
        assert!(chi < 22.5, "{chi} of {seen:?}");
        assert_eq!(draws.below(1), 0);
    }
}
