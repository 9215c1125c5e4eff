//! Roll-up cells hour by hour, packed: as objects of their own they would be the largest thing an import holds.

use std::ops::Range;

use domain::hourly;
use domain::usage::Measures;
use domain::varint::Damaged;

use crate::spool::Spool;

/// A cell of a batch: `series` indexes [`crate::UsageBatch::series`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawCell {
    /// Epoch second the cell starts at.
    pub hour: i64,
    pub series: u32,
    pub measures: Measures,
}

/// Cells of many hours, and beside each the sketch of how long its requests took, where any tells.
#[derive(Debug, Default)]
pub struct Cells {
    hours: Vec<Hour>,
    count: usize,
    bytes: Spool,
}

/// The cells that start at one instant.
#[derive(Debug, Clone)]
pub struct Hour {
    /// Epoch second they start at.
    pub hour: i64,
    /// How many they are.
    pub cells: u32,
    measures: Range<u64>,
    sketches: Range<u64>,
}

impl Cells {
    /// Adds the cells of one hour, each in rising order of its series. Sketches are as
    /// [`domain::latency::LatencySketch::to_bytes`] writes them.
    ///
    /// # Errors
    /// Writing a temporary file.
    pub(crate) fn push<'c>(
        &mut self,
        hour: i64,
        cells: impl ExactSizeIterator<Item = (u32, &'c Measures)>,
        sketches: impl Iterator<Item = (u32, &'c [u8])>,
    ) -> std::io::Result<()> {
        let count = cells.len();
        let mut piece = hourly::to_bytes(cells);
        let middle = piece.len() as u64;
        piece.append(&mut hourly::sketches_to_bytes(sketches));
        let place = self.bytes.write(&piece)?;
        let middle = place.start + middle;
        let (measures, sketches) = (place.start..middle, middle..place.end);
        self.hours.push(Hour { hour, cells: count as u32, measures, sketches });
        self.count += count;
        Ok(())
    }

    pub(crate) fn finish(&mut self) {
        self.bytes.finish();
    }

    /// How many cells there are.
    pub fn len(&self) -> usize {
        self.count
    }

    pub fn is_empty(&self) -> bool {
        self.count == 0
    }

    /// The hours in the order they were added: in a batch they rise.
    pub fn hours(&self) -> &[Hour] {
        &self.hours
    }

    /// Visits an hour's cells by series. `buffer` is room used again.
    ///
    /// # Errors
    /// Reading a temporary file.
    pub fn each(&self, hour: &Hour, buffer: &mut Vec<u8>, mut visit: impl FnMut(u32, Measures)) -> std::io::Result<()> {
        self.bytes.read(hour.measures.clone(), buffer)?;
        hourly::each(buffer, &mut visit).map_err(damaged)
    }

    /// Visits an hour's sketches by series.
    ///
    /// # Errors
    /// Reading a temporary file.
    pub fn each_sketch<'b>(
        &self,
        hour: &Hour,
        buffer: &'b mut Vec<u8>,
        mut visit: impl FnMut(u32, &'b [u8]),
    ) -> std::io::Result<()> {
        self.bytes.read(hour.sketches.clone(), buffer)?;
        let mut each = |series, sketch| {
            visit(series, sketch);
            Ok(())
        };
        hourly::each_sketch(buffer, &mut each).map_err(damaged)
    }

    /// All cells at once: of files known to be small.
    ///
    /// # Errors
    /// Reading a temporary file.
    pub fn all(&self) -> std::io::Result<Vec<RawCell>> {
        let (mut cells, mut buffer) = (Vec::with_capacity(self.count), Vec::new());
        for hour in &self.hours {
            self.each(hour, &mut buffer, |series, measures| {
                cells.push(RawCell { hour: hour.hour, series, measures });
            })?;
        }
        Ok(cells)
    }

    pub fn has_sketches(&self) -> bool {
        self.hours.iter().any(|hour| !hour.sketches.is_empty())
    }
}

/// Written a moment ago by this very process: only a temporary file that somebody else wrote to is read otherwise.
fn damaged(error: Damaged) -> std::io::Error {
    std::io::Error::new(std::io::ErrorKind::InvalidData, error)
}
