//! Bytes written once and read back in pieces: so many are held, the rest go to a temporary file.

use std::fs::File;
use std::io::{Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::sync::{Mutex, PoisonError};

/// Bytes held at most, but for the piece being written.
const HELD: usize = 16 << 20;

#[derive(Debug, Default)]
pub(crate) struct Spool {
    held: Vec<u8>,
    /// What was written before, from byte 0 to byte `filed`.
    file: Option<Mutex<File>>,
    filed: u64,
}

impl Spool {
    /// Writes a piece and says where it stands.
    ///
    /// # Errors
    /// Writing a temporary file.
    pub(crate) fn write(&mut self, piece: &[u8]) -> std::io::Result<Range<u64>> {
        if self.held.len() + piece.len() > HELD && !self.held.is_empty() {
            self.file_held()?;
        }
        let from = self.filed + self.held.len() as u64;
        self.held.extend_from_slice(piece);
        Ok(from..from + piece.len() as u64)
    }

    fn file_held(&mut self) -> std::io::Result<()> {
        let file = match &mut self.file {
            Some(file) => file,
            none => none.insert(Mutex::new(tempfile::tempfile()?)),
        };
        let file = file.get_mut().unwrap_or_else(PoisonError::into_inner);
        file.seek(SeekFrom::Start(self.filed))?;
        file.write_all(&self.held)?;
        self.filed += self.held.len() as u64;
        self.held.clear();
        Ok(())
    }

    /// Reads a piece, or a part of one, into an emptied buffer.
    ///
    /// # Errors
    /// Reading a temporary file.
    pub(crate) fn read(&self, place: Range<u64>, into: &mut Vec<u8>) -> std::io::Result<()> {
        into.clear();
        let length = (place.end - place.start) as usize;
        if let Some(from) = place.start.checked_sub(self.filed) {
            into.extend_from_slice(&self.held[from as usize..from as usize + length]);
        } else if let Some(file) = &self.file {
            into.resize(length, 0);
            let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
            file.seek(SeekFrom::Start(place.start))?;
            file.read_exact(into)?;
        }
        Ok(())
    }

    /// Lets go of room for more.
    pub(crate) fn finish(&mut self) {
        self.held.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pieces_are_read_as_they_were_written_whether_held_or_filed() {
        let mut spool = Spool::default();
        let piece = |n: usize| vec![n as u8; 3 << 20 | n];
        let places: Vec<Range<u64>> = (0..13).map(|n| spool.write(&piece(n)).unwrap()).collect();
        assert!(spool.filed > 2 * HELD as u64 - (8 << 20) && spool.held.len() <= HELD);
        let mut found = Vec::new();
        for (n, place) in places.iter().enumerate().rev() {
            spool.read(place.clone(), &mut found).unwrap();
            assert_eq!(found, piece(n));
            spool.read(place.start + 5..place.start + 9, &mut found).unwrap();
            assert_eq!(found, vec![n as u8; 4]);
        }
        let large = spool.write(&vec![7; HELD + 1]).unwrap();
        spool.read(large, &mut found).unwrap();
        assert_eq!(found.len(), HELD + 1);
    }
}
