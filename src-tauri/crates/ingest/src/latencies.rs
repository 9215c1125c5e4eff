//! How long requests took, by roll-up cell, while the cells are open.
//!
//! A cell sees few requests and a sketch has room for thousands of bins: held as sketches, the open cells would take gigabytes. So
//! the bin of each request is noted in four bytes, and the sketch of a cell is made of its bins when the cells close.

use crate::packed::{self, Run};

/// Bits of a note below the number of its cell: a bin of [`domain::latency::Span::bin`].
const BIN_BITS: u32 = 13;

/// Cells whose numbers a note has room for.
pub(crate) const MOST_CELLS: usize = 1 << (u32::BITS - BIN_BITS);

/// Notes held before they are gathered: 4 MB.
const NOTES: usize = 1 << 20;

/// Gathered notes held before they become one, so that what repeats is held once.
const MOST_PARTS: usize = 16;

/// How often each bin of each open cell occurred.
#[derive(Debug, Default)]
pub(crate) struct LatencyLog {
    notes: Vec<u32>,
    parts: Vec<ByCell>,
}

impl LatencyLog {
    /// Notes a duration's bin of an open cell.
    #[inline]
    pub(crate) fn push(&mut self, cell: u32, bin: u16) {
        if self.notes.len() == NOTES {
            self.gather();
        }
        self.notes.push(cell << BIN_BITS | u32::from(bin));
    }

    fn gather(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        self.parts.push(ByCell::of(&self.notes));
        self.notes.clear();
        if self.parts.len() == MOST_PARTS {
            let cells = self.parts.iter().map(|part| part.ends.len()).max().unwrap_or(0);
            let mut one = ByCell::default();
            for cell in 0..cells {
                join(self.parts.iter().map(|part| part.of_cell(cell)), &mut one.bins);
                one.ends.push(one.bins.len() as u32);
            }
            self.parts = vec![one];
        }
    }

    /// Everything noted, by cell; nothing is noted any more.
    pub(crate) fn take(&mut self) -> Gathered {
        self.gather();
        Gathered(std::mem::take(&mut self.parts))
    }
}

/// The notes of all cells that were open.
pub(crate) struct Gathered(Vec<ByCell>);

impl Gathered {
    /// Appends the sketch of a cell, as [`domain::latency::LatencySketch::to_bytes`] writes it.
    pub(crate) fn sketch(&self, cell: usize, out: &mut Vec<u8>) {
        join(self.0.iter().map(|part| part.of_cell(cell)), out);
    }
}

/// Packed bins, cell after cell, and where those of each end. Cells behind the last have none.
#[derive(Debug, Default)]
struct ByCell {
    bins: Vec<u8>,
    ends: Vec<u32>,
}

impl ByCell {
    /// Gathers notes: counted, then dealt out, so that only the few of one cell are sorted.
    fn of(notes: &[u32]) -> Self {
        let cell_of = |note: u32| (note >> BIN_BITS) as usize;
        let cells = notes.iter().map(|note| cell_of(*note) + 1).max().unwrap_or(0);
        // Where the next bin of each cell goes; in the end, where its bins end.
        let mut places = vec![0u32; cells + 1];
        notes.iter().for_each(|note| places[cell_of(*note) + 1] += 1);
        for cell in 1..places.len() {
            places[cell] += places[cell - 1];
        }
        let mut dealt = vec![0u16; notes.len()];
        for note in notes {
            let place = &mut places[cell_of(*note)];
            dealt[*place as usize] = (note & ((1 << BIN_BITS) - 1)) as u16;
            *place += 1;
        }
        let (mut bins, mut ends) = (Run::<1>::default(), Vec::with_capacity(cells));
        let mut from = 0;
        for end in &places[..cells] {
            let of_cell = &mut dealt[from..*end as usize];
            from = *end as usize;
            of_cell.sort_unstable();
            let mut before = 0;
            for same in of_cell.chunk_by(|a, b| a == b) {
                bins.push(u64::from(same[0] - before), &[same.len() as u64]);
                before = same[0];
            }
            ends.push(bins.0.len() as u32);
        }
        Self { bins: bins.0, ends }
    }

    fn of_cell(&self, cell: usize) -> &[u8] {
        let Some(to) = self.ends.get(cell) else { return &[] };
        let from = cell.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.bins[from..*to as usize]
    }
}

/// Appends the sketch that several sketches of a cell come to together.
pub(crate) fn join<'s>(sketches: impl Iterator<Item = &'s [u8]> + Clone, out: &mut Vec<u8>) {
    let mut told = sketches.clone().filter(|sketch| !sketch.is_empty());
    match (told.next(), told.next()) {
        (None, _) => {}
        (Some(one), None) => out.extend_from_slice(one),
        _ => {
            let (mut run, mut before) = (Run::<1>(std::mem::take(out)), 0);
            packed::each(sketches.map(|sketch| (0, sketch)), |_, bin, count| {
                run.push(bin - before, count);
                before = bin;
            });
            *out = run.0;
        }
    }
}

#[cfg(test)]
mod tests {
    use domain::latency::LatencySketch;

    use super::*;

    #[test]
    fn the_sketch_of_a_cell_does_not_depend_on_when_notes_were_gathered() {
        let mut random = 7u64;
        let mut next = |below: u64| {
            random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (random >> 33) % below
        };
        let rows: Vec<(u32, u16)> = (0..20_000).map(|_| (next(50) as u32, next(2_000) as u16)).collect();
        let mut wanted = vec![LatencySketch::default(); 50];
        rows.iter().for_each(|(cell, bin)| wanted[*cell as usize].add(*bin, 1));
        for gathered_after in [usize::MAX, 7_000, 900] {
            let mut log = LatencyLog::default();
            for (n, (cell, bin)) in rows.iter().enumerate() {
                log.push(*cell, *bin);
                if n % gathered_after == gathered_after - 1 {
                    log.gather();
                }
            }
            assert!(log.parts.len() < MOST_PARTS);
            let gathered = log.take();
            for (cell, wanted) in wanted.iter().enumerate() {
                let mut found = Vec::new();
                gathered.sketch(cell, &mut found);
                assert_eq!(found, wanted.to_bytes(), "gathered after {gathered_after}");
            }
            let mut beyond = Vec::new();
            gathered.sketch(50, &mut beyond);
            assert!(beyond.is_empty());
        }
    }
}
