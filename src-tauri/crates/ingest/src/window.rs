//! The cells one reader thread has open. Rows come more or less in order of time: a window of cells is filled, closed and packed,
//! and the next one begins. A cell met again later is another one under the same hour and series; all are added up at the end.

use std::collections::HashMap;

use domain::usage::Measures;
use foldhash::fast::FixedState;

use crate::cells::Cells;
use crate::latencies::{self, LatencyLog};

/// Cells open at once, where rows come in order of time: some 5 MB.
const OPEN: usize = 1 << 15;

#[derive(Debug)]
pub(crate) struct Window {
    /// Hour and series of every cell by its number, closed ones included.
    pub(crate) places: Vec<(u32, u32)>,
    /// The number of the first open cell.
    first: u32,
    open: Vec<Measures>,
    /// Open cells by [`cell_key`].
    index: HashMap<u64, u32, FixedState>,
    latencies: LatencyLog,
    /// Cells open at most.
    room: usize,
    /// Cells opened since room was last looked at, in hours of windows that are closed.
    met_again: usize,
    looked_at: usize,
    /// The first and the last hour of windows that are closed.
    closed_hours: (u32, u32),
    /// What the closed windows hold, one after another.
    pub(crate) closed: Cells,
}

impl Default for Window {
    fn default() -> Self {
        Self {
            places: Vec::new(),
            first: 0,
            open: Vec::new(),
            index: HashMap::default(),
            latencies: LatencyLog::default(),
            room: OPEN,
            met_again: 0,
            looked_at: 0,
            closed_hours: (u32::MAX, 0),
            closed: Cells::default(),
        }
    }
}

/// A cell's hour and series in one number: hundreds of thousands are looked up by it.
fn cell_key((hour, series): (u32, u32)) -> u64 {
    u64::from(hour) << 32 | u64::from(series)
}

impl Window {
    /// Whether a cell can still be added to.
    #[inline]
    pub(crate) fn is_open(&self, cell: u32) -> bool {
        cell >= self.first
    }

    /// The number of the cell of an hour and a series. No file tells of hours before 1970 or beyond 2100.
    ///
    /// # Errors
    /// Writing a temporary file.
    pub(crate) fn cell(&mut self, hour: i64, series: u32) -> std::io::Result<u32> {
        let place = (hour.unsigned_abs() as u32, series);
        if let Some(cell) = self.index.get(&cell_key(place)) {
            return Ok(*cell);
        }
        if self.open.len() == self.room {
            self.make_room()?;
        }
        let number = self.places.len() as u32;
        self.places.push(place);
        self.open.push(Measures::default());
        self.index.insert(cell_key(place), number);
        self.met_again += usize::from((self.closed_hours.0..=self.closed_hours.1).contains(&place.0));
        Ok(number)
    }

    /// Closes the window; or widens it, where most of what it holds was closed before: rows then come in no order of time, and each
    /// window would hold the same cells again.
    fn make_room(&mut self) -> std::io::Result<()> {
        let opened = self.open.len() - self.looked_at;
        let is_unordered = self.met_again > opened / 2;
        self.met_again = 0;
        if is_unordered && self.room < latencies::MOST_CELLS {
            self.looked_at = self.open.len();
            self.room *= 2;
            return Ok(());
        }
        self.close()
    }

    /// Adds a row to an open cell, with the bins of how long it took.
    #[inline]
    pub(crate) fn add(&mut self, cell: u32, measures: &Measures, bins: impl Iterator<Item = u16>) {
        let place = cell - self.first;
        self.open[place as usize].add(measures);
        for bin in bins {
            self.latencies.push(place, bin);
        }
    }

    /// Packs what is open.
    ///
    /// # Errors
    /// Writing a temporary file.
    pub(crate) fn close(&mut self) -> std::io::Result<()> {
        let places = &self.places[self.first as usize..];
        let mut order: Vec<(u64, u32)> =
            places.iter().enumerate().map(|(cell, place)| (cell_key(*place), cell as u32)).collect();
        order.sort_unstable();
        let gathered = self.latencies.take();
        let (mut sketches, mut ends) = (Vec::new(), Vec::new());
        for of_hour in order.chunk_by(|a, b| a.0 >> 32 == b.0 >> 32) {
            let hour = (of_hour[0].0 >> 32) as u32;
            sketches.clear();
            ends.clear();
            ends.push(0);
            for (_, cell) in of_hour {
                gathered.sketch(*cell as usize, &mut sketches);
                ends.push(sketches.len());
            }
            let told = of_hour.iter().zip(ends.windows(2)).filter(|(_, place)| place[0] < place[1]);
            self.closed.push(
                i64::from(hour),
                of_hour.iter().map(|(key, cell)| (*key as u32, &self.open[*cell as usize])),
                told.map(|((key, _), place)| (*key as u32, &sketches[place[0]..place[1]])),
            )?;
            self.closed_hours = (self.closed_hours.0.min(hour), self.closed_hours.1.max(hour));
        }
        self.first = self.places.len() as u32;
        self.open.clear();
        self.index.clear();
        self.looked_at = 0;
        self.met_again = 0;
        Ok(())
    }

    /// Packs what is open and lets go of the room for more.
    ///
    /// # Errors
    /// Writing a temporary file.
    pub(crate) fn finish(&mut self) -> std::io::Result<()> {
        self.close()?;
        (self.open, self.index) = (Vec::new(), HashMap::default());
        self.closed.finish();
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROOM: usize = 64;

    fn fill(hours: impl Iterator<Item = u32>) -> Window {
        let mut window = Window { room: ROOM, ..Window::default() };
        for hour in hours {
            let cell = window.cell(i64::from(hour), hour % 7).unwrap();
            assert!(window.is_open(cell));
            window.add(cell, &Measures { requests: 1, ..Measures::default() }, [3u16].into_iter());
        }
        window.finish().unwrap();
        window
    }

    #[test]
    fn rows_in_order_of_time_keep_few_cells_open_and_rows_in_none_are_not_packed_again_and_again() {
        let cells = 50 * ROOM as u32;
        let rising = fill((0..cells).flat_map(|hour| [hour, hour]));
        assert_eq!((rising.room, rising.places.len()), (ROOM, cells as usize));
        let falling = fill((0..cells).rev());
        assert_eq!((falling.room, falling.places.len()), (ROOM, cells as usize));
        // Twelve times through all hours, in steps that share no divisor with them.
        let mixed = fill((0..12 * cells).map(|row| (row * 7_919) % cells));
        assert!(mixed.room > cells as usize && mixed.places.len() < 3 * cells as usize, "{}", mixed.places.len());
    }

    #[test]
    fn a_cell_met_again_is_another_one_of_the_same_place() {
        let mut window = Window::default();
        let requests = |requests| Measures { requests, ..Measures::default() };
        for (hour, series) in [(7_200, 1), (3_600, 2), (3_600, 1)] {
            let cell = window.cell(hour, series).unwrap();
            window.add(cell, &requests(u64::from(series)), [5, 4, 5].into_iter());
        }
        window.close().unwrap();
        assert!(!window.is_open(2));
        let again = window.cell(3_600, 1).unwrap();
        window.add(again, &requests(10), std::iter::empty());
        window.finish().unwrap();
        let cells = window.closed.all().unwrap();
        let short: Vec<_> = cells.iter().map(|cell| (cell.hour, cell.series, cell.measures.requests)).collect();
        assert_eq!(short, [(3_600, 1, 1), (3_600, 2, 2), (7_200, 1, 1), (3_600, 1, 10)]);
        assert_eq!(window.places, [(7_200, 1), (3_600, 2), (3_600, 1), (3_600, 1)]);
        let mut told = Vec::new();
        for hour in window.closed.hours() {
            let mut buffer = Vec::new();
            window
                .closed
                .each_sketch(hour, &mut buffer, |series, sketch| told.push((hour.hour, series, sketch.len())))
                .unwrap();
        }
        assert_eq!(told.len(), 3, "{told:?}");
    }
}
