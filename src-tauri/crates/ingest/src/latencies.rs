//! How long requests took, by roll-up cell.
//!
//! A cell sees few requests and a sketch has room for thousands of bins: held as sketches, the cells of a large file would take
//! gigabytes. So a thread notes the bin of each request in some two bytes, and the sketch of a cell is made of its bins when all of
//! the file is read.

use crate::RawCell;
use crate::packed::{self, CountLog, Run};

/// Bits of a note below the number of its cell: a bin of [`domain::latency::Span::bin`].
const BIN_BITS: u32 = 13;

/// What one reader thread has noted: how often each bin of each of its cells occurred.
#[derive(Debug, Default)]
pub(crate) struct LatencyLog(CountLog);

impl LatencyLog {
    /// Notes a duration's bin in the thread's own number of its cell.
    #[inline]
    pub(crate) fn push(&mut self, cell: u32, bin: u16) {
        self.0.push(u64::from(cell) << BIN_BITS | u64::from(bin));
    }

    /// Nothing more will be noted.
    pub(crate) fn finish(&mut self) {
        self.0.finish();
    }

    fn is_empty(&self) -> bool {
        self.0.runs().next().is_none()
    }

    fn by_cell(self, cells: usize) -> ByCell {
        let mut bins = Run::<1>::default();
        let mut ends = vec![0u32; cells];
        let (mut cell, mut before) = (0usize, 0);
        packed::each(self.0.runs().map(|run| (0, run)), |_, note, count| {
            let (of, bin) = ((note >> BIN_BITS) as usize, note & ((1 << BIN_BITS) - 1));
            if of != cell {
                ends[cell..of].fill(bins.0.len() as u32);
                (cell, before) = (of, 0);
            }
            bins.push(bin - before, count);
            before = bin;
        });
        if let Some(rest) = ends.get_mut(cell..) {
            rest.fill(bins.0.len() as u32);
        }
        ByCell { bins: bins.0, ends }
    }
}

/// Packed bins, cell after cell, and where those of each end.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct ByCell {
    bins: Vec<u8>,
    ends: Vec<u32>,
}

impl ByCell {
    fn of(&self, cell: usize) -> &[u8] {
        let from = cell.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.bins[from..self.ends[cell] as usize]
    }
}

/// Sketches of all cells of a batch, in their order, as [`domain::latency::LatencySketch::to_bytes`] writes them: as objects of
/// their own they would take more than the cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Latencies(ByCell);

impl Latencies {
    /// Hour, series and sketch of every cell that has one. `cells` are those of the batch.
    pub fn each<'a>(&'a self, cells: &'a [RawCell]) -> impl Iterator<Item = (i64, u32, &'a [u8])> + 'a {
        let told = cells.iter().enumerate().take(self.0.ends.len());
        told.map(|(place, cell)| (cell.hour, cell.series, self.0.of(place))).filter(|(.., sketch)| !sketch.is_empty())
    }

    pub fn is_empty(&self) -> bool {
        self.0.bins.is_empty()
    }
}

/// Makes the sketches of all `cells`. `maps` say by thread which of them each of its own became.
pub(crate) fn merge(logs: Vec<LatencyLog>, maps: &[Vec<u32>], cells: usize) -> Latencies {
    if logs.iter().all(LatencyLog::is_empty) {
        return Latencies::default();
    }
    let parts: Vec<ByCell> = logs.into_iter().zip(maps).map(|(log, map)| log.by_cell(map.len())).collect();
    // A thread's cells in order of what they became: several may have become one.
    let orders: Vec<Vec<u32>> = maps
        .iter()
        .map(|map| {
            let mut order: Vec<u32> = (0..map.len() as u32).collect();
            order.sort_unstable_by_key(|own| map[*own as usize]);
            order
        })
        .collect();
    let mut next = vec![0usize; parts.len()];
    let mut ends = Vec::with_capacity(cells);
    let mut bins = Run::<1>::default();
    let mut of_cell: Vec<(usize, &[u8])> = Vec::new();
    for cell in 0..cells as u32 {
        of_cell.clear();
        for (((part, map), order), next) in parts.iter().zip(maps).zip(&orders).zip(&mut next) {
            while let Some(own) = order.get(*next).filter(|own| map[**own as usize] == cell) {
                of_cell.push((0, part.of(*own as usize)));
                *next += 1;
            }
        }
        let mut before = 0;
        packed::each(of_cell.iter().copied(), |_, bin, count| {
            bins.push(bin - before, count);
            before = bin;
        });
        ends.push(bins.0.len() as u32);
    }
    bins.0.shrink_to_fit();
    Latencies(ByCell { bins: bins.0, ends })
}

#[cfg(test)]
mod tests {
    use domain::latency::LatencySketch;
    use domain::usage::Measures;

    use super::*;

    #[test]
    fn sketches_do_not_depend_on_threads() {
        let mut random = 7u64;
        let mut next = |below: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % below
        };
        let rows: Vec<(u32, u16)> = (0..20_000).map(|_| (next(50) as u32, next(2_000) as u16)).collect();
        let mut wanted = vec![LatencySketch::default(); 50];
        rows.iter().for_each(|(cell, bin)| wanted[*cell as usize].add(*bin, 1));
        // Cells stand in the file's order; the roll-up sorts them by hour and series.
        let order: Vec<u32> = (0..50).rev().collect();
        let sorted: Vec<RawCell> = order
            .iter()
            .map(|cell| RawCell { hour: i64::from(49 - cell), series: *cell, measures: Measures::default() })
            .collect();
        for threads in [1, 2, 3] {
            let mut logs: Vec<LatencyLog> = (0..threads).map(|_| LatencyLog::default()).collect();
            // Each thread numbers the cells as it meets them.
            let mut maps: Vec<Vec<u32>> = vec![Vec::new(); threads];
            for (n, (cell, bin)) in rows.iter().enumerate() {
                let (log, map) = (&mut logs[n % threads], &mut maps[n % threads]);
                let own = map.iter().position(|known| known == cell).unwrap_or_else(|| {
                    map.push(*cell);
                    map.len() - 1
                });
                log.push(own as u32, *bin);
            }
            logs.iter_mut().for_each(LatencyLog::finish);
            let places: Vec<Vec<u32>> = maps.iter().map(|map| map.iter().map(|cell| 49 - cell).collect()).collect();
            let latencies = merge(logs, &places, order.len());
            let found: Vec<_> = latencies.each(&sorted).collect();
            assert_eq!(found.len(), 50);
            for (hour, series, bytes) in found {
                assert_eq!(i64::from(series), 49 - hour);
                assert_eq!(bytes, wanted[series as usize].to_bytes(), "{threads} threads");
            }
        }
    }

    #[test]
    fn a_file_that_tells_no_durations_has_no_sketches() {
        let latencies = merge(vec![LatencyLog::default()], &[vec![0, 1]], 2);
        assert!(latencies.is_empty());
        let cell = RawCell { hour: 0, series: 0, measures: Measures::default() };
        assert_eq!(latencies.each(&[cell, cell]).count(), 0);
    }
}
