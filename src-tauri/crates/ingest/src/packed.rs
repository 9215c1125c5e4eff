//! Sums by key over more rows than fit in memory as they are: noted one by one, sorted and packed from time to time into a few
//! bytes a key, read back in order. What it takes grows with the keys, not with the rows.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;

/// Bytes of notes held before they are packed, per log.
const NOTES: usize = 1 << 20;

/// Packed runs held before some become one, so that what repeats is held once.
const MOST_RUNS: usize = 16;

/// Keys in rising order, each as the distance from the one before, with its sums where they are not 1, 0, 0…
#[derive(Debug, Default)]
pub(crate) struct Run<const N: usize>(pub Vec<u8>);

impl<const N: usize> Run<N> {
    /// The sums that are not written: what most keys of a count come to.
    fn usual() -> [u64; N] {
        std::array::from_fn(|place| u64::from(place == 0))
    }

    fn put(&mut self, mut value: u64) {
        while value >= 0x80 {
            self.0.push(value as u8 | 0x80);
            value >>= 7;
        }
        self.0.push(value as u8);
    }

    pub(crate) fn push(&mut self, step: u64, sums: &[u64; N]) {
        let is_usual = *sums == Self::usual();
        self.put(step << 1 | u64::from(!is_usual));
        if !is_usual {
            sums.iter().for_each(|sum| self.put(*sum));
        }
    }
}

/// Reads a run from its beginning.
struct Cursor<'r, const N: usize> {
    rest: &'r [u8],
    key: u64,
    /// Which log it is of.
    log: usize,
}

impl<const N: usize> Cursor<'_, N> {
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

    fn next(&mut self) -> Option<(u64, [u64; N])> {
        let packed = self.number()?;
        self.key += packed >> 1;
        let mut sums = Run::<N>::usual();
        if packed & 1 == 1 {
            for sum in &mut sums {
                *sum = self.number()?;
            }
        }
        Some((self.key, sums))
    }
}

/// Visits the keys of several runs in rising order, those of one log once with their sums. Runs come with the number of their log,
/// which is handed on.
pub(crate) fn each<'r, const N: usize>(
    runs: impl Iterator<Item = (usize, &'r [u8])>,
    mut visit: impl FnMut(usize, u64, &[u64; N]),
) {
    let mut cursors: Vec<Cursor<'_, N>> = runs.map(|(log, rest)| Cursor { rest, key: 0, log }).collect();
    let mut heads = BinaryHeap::with_capacity(cursors.len());
    for (index, cursor) in cursors.iter_mut().enumerate() {
        heads.extend(cursor.next().map(|(key, sums)| Reverse((key, cursor.log, index, sums))));
    }
    let mut open: Option<(u64, usize, [u64; N])> = None;
    // Rows come in order of time: a run stays on top for long, and its head is exchanged in place.
    while let Some(mut head) = heads.peek_mut() {
        let Reverse((key, log, index, sums)) = *head;
        match cursors[index].next() {
            Some((next, sums)) => *head = Reverse((next, log, index, sums)),
            None => drop(PeekMut::pop(head)),
        }
        match &mut open {
            Some((same, of, all)) if (*same, *of) == (key, log) => add(all, &sums),
            _ => {
                if let Some((key, log, sums)) = open.replace((key, log, sums)) {
                    visit(log, key, &sums);
                }
            }
        }
    }
    if let Some((key, log, sums)) = open {
        visit(log, key, &sums);
    }
}

pub(crate) fn add<const N: usize>(all: &mut [u64; N], sums: &[u64; N]) {
    all.iter_mut().zip(sums).for_each(|(all, sum)| *all = all.saturating_add(*sum));
}

/// What one reader thread has noted.
#[derive(Debug, Default)]
pub(crate) struct Log<const N: usize> {
    notes: Vec<(u64, [u64; N])>,
    runs: Vec<Run<N>>,
}

impl<const N: usize> Log<N> {
    #[inline]
    pub(crate) fn push(&mut self, key: u64, sums: [u64; N]) {
        if self.notes.len() == NOTES / size_of::<(u64, [u64; N])>() {
            self.pack();
        }
        self.notes.push((key, sums));
    }

    /// Packs everything noted so far and lets go of the room for more.
    pub(crate) fn finish(&mut self) {
        self.pack();
        self.notes = Vec::new();
    }

    /// The packed runs; what is noted since the last packing is not among them.
    pub(crate) fn runs(&self) -> impl Iterator<Item = &[u8]> {
        self.runs.iter().map(|run| run.0.as_slice())
    }

    pub(crate) fn pack(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        let mut notes = std::mem::take(&mut self.notes);
        notes.sort_unstable_by_key(|(key, _)| *key);
        let mut run = Run::default();
        let mut before = 0;
        for same in notes.chunk_by(|a, b| a.0 == b.0) {
            let mut all = [0; N];
            same.iter().for_each(|(_, sums)| add(&mut all, sums));
            run.push(same[0].0 - before, &all);
            before = same[0].0;
        }
        run.0.shrink_to_fit();
        self.runs.push(run);
        if self.runs.len() == MOST_RUNS {
            self.join_runs();
        }
        notes.clear();
        self.notes = notes;
    }

    /// Makes one run of the newest half at least. An older one much larger than all of them stays apart: were it written anew each time, a large
    /// file would take the square of its size.
    fn join_runs(&mut self) {
        let (mut from, mut size) = (self.runs.len(), 0);
        while let Some(before) = from.checked_sub(1)
            && (self.runs.len() - before <= MOST_RUNS / 2 || self.runs[before].0.len() <= 2 * size)
        {
            (from, size) = (before, size + self.runs[before].0.len());
        }
        let mut one = Run::default();
        let mut before = 0;
        each(self.runs[from..].iter().map(|run| (0, run.0.as_slice())), |_, key, sums| {
            one.push(key - before, sums);
            before = key;
        });
        one.0.shrink_to_fit();
        self.runs.truncate(from);
        self.runs.push(one);
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use super::*;

    #[test]
    fn sums_do_not_depend_on_when_notes_were_packed_or_joined() {
        let mut rng = numbers(7);
        let rows: Vec<(u64, [u64; 2])> = (0..30_000).map(|_| (rng(5_000) << 20, [rng(3), rng(1 << 40)])).collect();
        let mut wanted: BTreeMap<u64, [u64; 2]> = BTreeMap::new();
        rows.iter().for_each(|(key, sums)| add(wanted.entry(*key).or_default(), sums));
        for packed_after in [usize::MAX, 10_000, 997, 61] {
            let mut log = Log::<2>::default();
            for (n, (key, sums)) in rows.iter().enumerate() {
                log.push(*key, *sums);
                if n % packed_after == packed_after - 1 {
                    log.pack();
                }
            }
            log.finish();
            assert!(log.runs.len() < MOST_RUNS);
            let mut found = Vec::new();
            each(log.runs().map(|run| (0, run)), |_, key, sums| found.push((key, *sums)));
            assert_eq!(found, wanted.clone().into_iter().collect::<Vec<_>>(), "packed after {packed_after}");
        }
    }

    /// Numbers below a limit, the same each time.
    fn numbers(mut state: u64) -> impl FnMut(u64) -> u64 {
        move |below| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 20) % below
        }
    }
}
