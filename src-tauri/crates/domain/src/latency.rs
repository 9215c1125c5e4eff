//! How long requests took, end to end and to their first token, as a sketch that adds up across hours, series and imports.
//!
//! Durations are counted in DDSketch's logarithmic bins (Masson, Rim, Lee: "DDSketch: a fast and fully-mergeable quantile sketch
//! with relative-error guarantees", PVLDB 12, 2019): a percentile is within 1 % of the value that stands at its rank. What is kept
//! is the count of each bin, so the sketch of a whole is the sum of the sketches of its parts, in whatever order they come.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use sketches_ddsketch::{Config, DDSketch};

use crate::varint::{Damaged, Reader, put};

/// A percentile is at most this far from the value at its rank, as a share of it.
pub const RELATIVE_ACCURACY: f64 = 0.01;

/// The longest a request is believed to take, in microseconds: 24 hours. Longer is a mistake in the file.
pub const LONGEST: u64 = 24 * 3_600 * 1_000_000;

/// What a row tells of its time beyond the hour it belongs to.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Timing {
    /// Its instant is a request's own, or that of a sum over a minute at most: neither a date nor the beginning of an hour's sum.
    pub to_the_minute: bool,
    /// From the request to the end of its answer, in microseconds; `None` where the file does not tell.
    pub latency: Option<u64>,
    /// From the request to the first token of its answer, in microseconds.
    pub first_token: Option<u64>,
}

impl Timing {
    /// The bins the row counts in, as [`LatencySketch::add`] takes them.
    pub fn bins(&self) -> impl Iterator<Item = u16> {
        let latency = self.latency.map(|micros| Span::EndToEnd.bin(micros));
        latency.into_iter().chain(self.first_token.map(|micros| Span::FirstToken.bin(micros)))
    }
}

/// Which of a request's durations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Span {
    EndToEnd,
    FirstToken,
}

/// Bins of one span: the first is for less than a microsecond, the rest are DDSketch's keys. 24 hours lie in bin 1,260.
const BINS: u16 = 1 << 12;

/// Room for every key from a microsecond to 24 hours: bins never collapse, so their sums do not depend on their order.
const MOST_BINS: u32 = 2_048;

/// Microseconds; whatever is above half of one has a key.
static CONFIG: LazyLock<Config> = LazyLock::new(|| Config::new(RELATIVE_ACCURACY, MOST_BINS, 0.5));

/// Bins of whole milliseconds up to half a minute, from one on: sources write these, and a file has millions.
static BIN_OF_MILLIS: LazyLock<Vec<u16>> =
    LazyLock::new(|| (1..=30_000u64).map(|millis| bin_of(millis * 1_000)).collect());

/// From one microsecond on keys are not negative.
fn bin_of(micros: u64) -> u16 {
    if micros == 0 { 0 } else { CONFIG.key(micros.min(LONGEST) as f64) as u16 + 1 }
}

impl Span {
    /// The bin a duration in microseconds counts in. Longer ones than [`LONGEST`] count as that.
    pub fn bin(self, micros: u64) -> u16 {
        let in_millis = micros.checked_sub(1_000).filter(|_| micros.is_multiple_of(1_000));
        let listed = in_millis.and_then(|rest| BIN_OF_MILLIS.get((rest / 1_000) as usize));
        self.first() + listed.copied().unwrap_or_else(|| bin_of(micros))
    }

    fn first(self) -> u16 {
        match self {
            Span::EndToEnd => 0,
            Span::FirstToken => BINS,
        }
    }
}

/// Counts by bin, of both spans.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LatencySketch(BTreeMap<u16, u64>);

impl LatencySketch {
    /// Counts durations of a bin of [`Span::bin`].
    pub fn add(&mut self, bin: u16, count: u64) {
        *self.0.entry(bin).or_default() += count;
    }

    pub fn merge(&mut self, other: &LatencySketch) {
        for (bin, count) in &other.0 {
            self.add(*bin, *count);
        }
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn of(&self, span: Span) -> impl Iterator<Item = (u16, u64)> {
        let first = span.first();
        self.0.range(first..first + BINS).map(move |(bin, count)| (bin - first, *count))
    }

    /// Requests whose duration is known.
    pub fn known(&self, span: Span) -> u64 {
        self.of(span).map(|(_, count)| count).sum()
    }

    /// Requests that took no longer than so many microseconds, within [`RELATIVE_ACCURACY`]: those of the bin the duration lies in
    /// count as no longer.
    pub fn within(&self, span: Span, micros: u64) -> u64 {
        let last = span.bin(micros);
        self.0.range(span.first()..=last).map(|(_, count)| count).sum()
    }

    /// Percentiles in microseconds by nearest rank: of n durations in rising order the ⌈q·n⌉-th, within
    /// [`RELATIVE_ACCURACY`]. `None` where no duration is known. `shares` are from above 0 to 1.
    pub fn percentiles<const N: usize>(&self, span: Span, shares: [f64; N]) -> Option<[f64; N]> {
        let count = self.known(span);
        let mut sketch = DDSketch::new(*CONFIG);
        for (bin, count) in self.of(span) {
            // The middle of a bin lies within it: it is counted where its durations would be.
            let micros = if bin == 0 { 0.0 } else { CONFIG.value(i32::from(bin) - 1) };
            sketch.add_with_count(micros, count);
        }
        let mut found = [0.0; N];
        for (percentile, share) in found.iter_mut().zip(shares) {
            *percentile = sketch.quantile(at_rank(nearest_rank(share, count)?, count)).ok()??;
        }
        Some(found)
    }

    /// Bins by number, each as the distance from the one before, with its count where that is not 1.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(self.0.len() * 2);
        let mut before = 0;
        for (bin, count) in &self.0 {
            put(&mut out, u128::from(bin - before) << 1 | u128::from(*count != 1));
            if *count != 1 {
                put(&mut out, u128::from(*count));
            }
            before = *bin;
        }
        out
    }

    /// Adds what [`Self::to_bytes`] wrote.
    ///
    /// # Errors
    /// [`Damaged`].
    pub fn merge_bytes(&mut self, bytes: &[u8]) -> Result<(), Damaged> {
        let mut reader = Reader::new(bytes);
        let mut bin = 0u16;
        while !reader.is_empty() {
            let packed: u32 = reader.number()?;
            bin = u16::try_from(packed >> 1).ok().and_then(|step| bin.checked_add(step)).ok_or(Damaged)?;
            let count = if packed & 1 == 1 { reader.number()? } else { 1 };
            let sum = self.0.entry(bin).or_default();
            *sum = sum.checked_add(count).filter(|_| bin < 2 * BINS).ok_or(Damaged)?;
        }
        Ok(())
    }
}

/// The rank, from 1, at which a percentile stands among `count` values in rising order: ⌈share·count⌉, at least 1. `None` of
/// no values.
pub(crate) fn nearest_rank(share: f64, count: u64) -> Option<u64> {
    // A share such as 0.95 is a little more than it says: of 100 values that must not make 96.
    let rank = (share * count as f64 - 1e-9).ceil() as u64;
    (count > 0).then(|| rank.clamp(1, count))
}

/// The share for which DDSketch, which takes rank ⌊q·(n − 1)⌋ from 0, answers with the value at `rank` from 1.
fn at_rank(rank: u64, count: u64) -> f64 {
    if rank >= count { 1.0 } else { (rank as f64 - 0.5) / (count - 1) as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn sketch(micros: &[u64]) -> LatencySketch {
        let mut sketch = LatencySketch::default();
        for micros in micros {
            sketch.add(Span::EndToEnd.bin(*micros), 1);
        }
        sketch
    }

    #[test]
    fn percentiles_are_those_of_nearest_rank_within_a_hundredth() {
        // 1 ms to 100 ms: the p-th percentile of 100 values is the p-th.
        let values: Vec<u64> = (1..=100).map(|ms| ms * 1_000).collect();
        let [p1, p50, p95, p99] = sketch(&values).percentiles(Span::EndToEnd, [0.01, 0.5, 0.95, 0.99]).unwrap();
        for (found, wanted) in [(p1, 1_000.0), (p50, 50_000.0), (p95, 95_000.0), (p99, 99_000.0)] {
            assert!((found / wanted - 1.0f64).abs() <= RELATIVE_ACCURACY, "{found} instead of {wanted}");
        }
        // Of a few values the tail is the longest, not one below it.
        let [p99] = sketch(&[10_000, 2_000_000]).percentiles(Span::EndToEnd, [0.99]).unwrap();
        assert!((p99 / 2_000_000.0 - 1.0).abs() <= RELATIVE_ACCURACY, "{p99}");
    }

    #[test]
    fn what_no_file_tells_is_not_known() {
        let known = sketch(&[5_000]);
        assert_eq!(known.percentiles(Span::FirstToken, [0.5]), None);
        assert_eq!((known.known(Span::EndToEnd), known.known(Span::FirstToken)), (1, 0));
        assert_eq!(sketch(&[0, 0]).percentiles(Span::EndToEnd, [0.5]), Some([0.0]));
    }

    proptest! {
        #[test]
        fn every_duration_is_found_within_a_hundredth(micros in 1..=LONGEST) {
            let [found] = sketch(&[micros]).percentiles(Span::EndToEnd, [0.5]).unwrap();
            prop_assert!((found / micros as f64 - 1.0).abs() <= RELATIVE_ACCURACY + 1e-9, "{} for {}", found, micros);
        }

        #[test]
        fn a_percentile_is_the_value_at_its_rank(mut values in prop::collection::vec(1u64..100_000_000, 1..200), share in 0.01f64..1.0) {
            let [found] = sketch(&values).percentiles(Span::EndToEnd, [share]).unwrap();
            values.sort_unstable();
            let wanted = values[(share * values.len() as f64 - 1e-9).ceil() as usize - 1] as f64;
            prop_assert!((found / wanted - 1.0).abs() <= RELATIVE_ACCURACY + 1e-9, "{} instead of {}", found, wanted);
        }

        #[test]
        fn parts_in_any_order_make_the_sketch_of_the_whole(values in prop::collection::vec((0..=LONGEST, any::<bool>()), 0..200), cuts in prop::collection::vec(0usize..200, 0..5)) {
            let bin = |(micros, first): &(u64, bool)| if *first { Span::FirstToken.bin(*micros) } else { Span::EndToEnd.bin(*micros) };
            let mut whole = LatencySketch::default();
            values.iter().for_each(|value| whole.add(bin(value), 1));
            let mut parts = vec![LatencySketch::default(); cuts.len() + 1];
            for (at, value) in values.iter().enumerate() {
                parts[cuts.iter().filter(|cut| **cut <= at).count()].add(bin(value), 1);
            }
            let (mut forwards, mut backwards) = (LatencySketch::default(), LatencySketch::default());
            parts.iter().for_each(|part| forwards.merge(part));
            for part in parts.iter().rev() {
                backwards.merge_bytes(&part.to_bytes()).unwrap();
            }
            prop_assert_eq!(&forwards, &whole);
            prop_assert_eq!(&backwards, &whole);
            prop_assert_eq!(forwards.percentiles(Span::EndToEnd, [0.5, 0.99]), backwards.percentiles(Span::EndToEnd, [0.5, 0.99]));
        }

        #[test]
        fn damaged_bytes_are_refused_or_read_never_a_crash(bytes in prop::collection::vec(any::<u8>(), 0..100)) {
            let mut sketch = LatencySketch::default();
            if sketch.merge_bytes(&bytes).is_ok() {
                let _ = sketch.percentiles(Span::EndToEnd, [0.5]);
            }
        }
    }
}
