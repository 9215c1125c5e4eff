//! How long requests took, by roll-up cell, in bounded memory.
//!
//! A cell sees few requests and a sketch has room for thousands of bins: held as sketches, the cells of a large file would take
//! gigabytes. So a thread notes one number per request, sorts and packs what it has noted from time to time into some two bytes
//! a request, and the sketch of a cell is made of its bins when all of the file is read.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

/// Notes held before they are packed: 2 MB per reader thread.
const CAPACITY: usize = 1 << 18;

/// Packed runs held before some become one, so that what repeats is held once.
const MOST_RUNS: usize = 16;

/// Bits of a note below the number of its cell: a bin of [`domain::latency::Span::bin`].
const BIN_BITS: u32 = 13;

/// Numbers in rising order, each as the distance from the one before and, where that is not 1, how often it occurs: of one cell's
/// bins, what [`domain::latency::LatencySketch::to_bytes`] writes.
#[derive(Debug, Default)]
struct Run(Vec<u8>);

impl Run {
    fn put(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    fn push(&mut self, step: u64, count: u64) {
        self.put(step << 1 | u64::from(count != 1));
        if count != 1 {
            self.put(count);
        }
    }
}

/// Reads a run from its beginning.
struct Cursor<'r> {
    rest: &'r [u8],
    note: u64,
}

impl Cursor<'_> {
    fn number(&mut self) -> Option<u64> {
        let mut value = 0;
        for shift in (0..64).step_by(7) {
            let (first, rest) = self.rest.split_first()?;
            self.rest = rest;
            value |= u64::from(first & 0x7f) << shift;
            if first & 0x80 == 0 {
                break;
            }
        }
        Some(value)
    }

    /// The next note and how often it occurs.
    fn next(&mut self) -> Option<(u64, u64)> {
        let packed = self.number()?;
        self.note += packed >> 1;
        let count = if packed & 1 == 1 { self.number()? } else { 1 };
        Some((self.note, count))
    }
}

/// What one reader thread has noted.
#[derive(Debug, Default)]
pub(crate) struct LatencyLog {
    notes: Vec<u64>,
    runs: Vec<Run>,
}

impl LatencyLog {
    /// Notes a duration's bin in the thread's own number of its cell.
    #[inline]
    pub(crate) fn push(&mut self, cell: u32, bin: u16) {
        if self.notes.len() == CAPACITY {
            self.pack();
        }
        self.notes.push(u64::from(cell) << BIN_BITS | u64::from(bin));
    }

    /// Packs everything noted so far and lets go of the room for more.
    pub(crate) fn finish(&mut self) {
        self.pack();
        self.notes = Vec::new();
    }

    fn pack(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        self.notes.sort_unstable();
        let mut run = Run::default();
        let mut before = 0;
        for same in self.notes.chunk_by(|a, b| a == b) {
            run.push(same[0] - before, same.len() as u64);
            before = same[0];
        }
        run.0.shrink_to_fit();
        self.notes.clear();
        self.runs.push(run);
        if self.runs.len() == MOST_RUNS {
            self.join_runs();
        }
    }

    /// Makes one run of the newest. An older one much larger than all of them stays apart: were it written anew each time, a large
    /// file would take the square of its size.
    fn join_runs(&mut self) {
        let (mut from, mut size) = (self.runs.len(), 0);
        while let Some(before) = from.checked_sub(1)
            && (size == 0 || self.runs[before].0.len() <= 2 * size)
        {
            (from, size) = (before, size + self.runs[before].0.len());
        }
        let mut one = Run::default();
        let mut before = 0;
        each(self.runs[from..].iter().map(|run| run.0.as_slice()), |note, count| {
            one.push(note - before, count);
            before = note;
        });
        one.0.shrink_to_fit();
        self.runs.truncate(from);
        self.runs.push(one);
    }

    /// Everything noted, by cell.
    fn by_cell(mut self, cells: usize) -> ByCell {
        self.finish();
        let mut bins = Run::default();
        let mut ends = vec![0u32; cells];
        let (mut cell, mut bin) = (0usize, 0);
        each(self.runs.iter().map(|run| run.0.as_slice()), |note, count| {
            let (of, now) = ((note >> BIN_BITS) as usize, note & ((1 << BIN_BITS) - 1));
            if of != cell {
                ends[cell..of].fill(bins.0.len() as u32);
                (cell, bin) = (of, 0);
            }
            bins.push(now - bin, count);
            bin = now;
        });
        if let Some(rest) = ends.get_mut(cell..) {
            rest.fill(bins.0.len() as u32);
        }
        ByCell { bins: bins.0, ends }
    }
}

/// Visits the notes of several runs in rising order, each once with how often it occurs.
fn each<'r>(runs: impl Iterator<Item = &'r [u8]>, mut visit: impl FnMut(u64, u64)) {
    let mut cursors: Vec<Cursor<'_>> = runs.map(|rest| Cursor { rest, note: 0 }).collect();
    let mut heads = BinaryHeap::new();
    for (index, cursor) in cursors.iter_mut().enumerate() {
        heads.extend(cursor.next().map(|(note, count)| Reverse((note, index, count))));
    }
    let mut open: Option<(u64, u64)> = None;
    // Rows come in order of time: a run stays on top for long, and its head is exchanged in place.
    while let Some(mut head) = heads.peek_mut() {
        let Reverse((note, index, count)) = *head;
        match cursors[index].next() {
            Some((next, count)) => *head = Reverse((next, index, count)),
            None => drop(PeekMut::pop(head)),
        }
        match &mut open {
            Some((same, sum)) if *same == note => *sum += count,
            _ => {
                if let Some((note, count)) = open.replace((note, count)) {
                    visit(note, count);
                }
            }
        }
    }
    if let Some((note, count)) = open {
        visit(note, count);
    }
}

/// Packed bins, and where those of each cell end.
struct ByCell {
    bins: Vec<u8>,
    ends: Vec<u32>,
}

impl ByCell {
    fn of(&self, cell: u32) -> &[u8] {
        let cell = cell as usize;
        let from = cell.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.bins[from..self.ends[cell] as usize]
    }
}

/// Sketches of cells as [`domain::latency::LatencySketch::to_bytes`] writes them, end to end: as objects of their own they would take more than
/// the cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Latencies {
    /// Hour and series of a cell, and where its sketch ends.
    places: Vec<(i64, u32, u32)>,
    bytes: Vec<u8>,
}

impl Latencies {
    /// Hour, series and sketch of every cell that has one, by (hour, series).
    pub fn each(&self) -> impl Iterator<Item = (i64, u32, &[u8])> {
        let mut from = 0;
        self.places.iter().map(move |(hour, series, end)| {
            let bytes = &self.bytes[from..*end as usize];
            from = *end as usize;
            (*hour, *series, bytes)
        })
    }

    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }
}

/// Makes the sketches of all cells. `maps` say by thread which cell each of its own became, `cells` hour and series of each.
pub(crate) fn merge(logs: Vec<LatencyLog>, maps: &[Vec<u32>], cells: &[(i64, u32)]) -> Latencies {
    if logs.iter().all(|log| log.notes.is_empty() && log.runs.is_empty()) {
        return Latencies::default();
    }
    let parts: Vec<ByCell> = logs.into_iter().zip(maps).map(|(log, map)| log.by_cell(map.len())).collect();
    const NOWHERE: u32 = u32::MAX;
    let own: Vec<Vec<u32>> = maps
        .iter()
        .map(|map| {
            let mut own = vec![NOWHERE; cells.len()];
            map.iter().enumerate().for_each(|(of, cell)| own[*cell as usize] = of as u32);
            own
        })
        .collect();
    let mut order: Vec<u32> = (0..cells.len() as u32).collect();
    order.sort_unstable_by_key(|cell| cells[*cell as usize]);
    let (mut places, mut bytes) = (Vec::new(), Run::default());
    for cell in order {
        let of_cell = parts.iter().zip(&own).map(|(part, own)| match own[cell as usize] {
            NOWHERE => &[][..],
            own => part.of(own),
        });
        let (from, mut before) = (bytes.0.len(), 0);
        each(of_cell, |bin, count| {
            bytes.push(bin - before, count);
            before = bin;
        });
        if bytes.0.len() > from {
            let (hour, series) = cells[cell as usize];
            places.push((hour, series, bytes.0.len() as u32));
        }
    }
    Latencies { places, bytes: bytes.0 }
}

#[cfg(test)]
mod tests {
    use domain::latency::LatencySketch;

    use super::*;

    /// Bins by cell, as the roll-up holds them.
    fn held(latencies: &Latencies) -> Vec<(i64, u32, LatencySketch)> {
        latencies
            .each()
            .map(|(hour, series, bytes)| {
                let mut sketch = LatencySketch::default();
                sketch.merge_bytes(bytes).unwrap();
                assert_eq!(sketch.to_bytes(), bytes);
                (hour, series, sketch)
            })
            .collect()
    }

    #[test]
    fn sketches_do_not_depend_on_threads_or_on_when_notes_were_packed() {
        let mut random = 7u64;
        let mut next = |below: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % below
        };
        let rows: Vec<(u32, u16)> = (0..20_000).map(|_| (next(50) as u32, next(2_000) as u16)).collect();
        let mut wanted = vec![LatencySketch::default(); 50];
        rows.iter().for_each(|(cell, bin)| wanted[*cell as usize].add(*bin, 1));
        // Cells stand in the file's order; the roll-up sorts them by hour and series.
        let cells: Vec<(i64, u32)> = (0..50).map(|cell| (i64::from(49 - cell), cell as u32)).collect();
        for (threads, packed_after) in [(1, usize::MAX), (1, 100), (2, 997), (3, 5_000)] {
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
                if n % packed_after == packed_after - 1 {
                    log.pack();
                }
            }
            let found = held(&merge(logs, &maps, &cells));
            assert_eq!(found.len(), 50);
            for (hour, series, sketch) in found {
                assert_eq!(i64::from(series), 49 - hour);
                assert_eq!(sketch, wanted[series as usize], "{threads} threads, packed after {packed_after}");
            }
        }
    }

    #[test]
    fn a_file_that_tells_no_durations_has_no_sketches() {
        let maps = vec![vec![0, 1]];
        assert!(merge(vec![LatencyLog::default()], &maps, &[(0, 0), (0, 1)]).is_empty());
    }
}
