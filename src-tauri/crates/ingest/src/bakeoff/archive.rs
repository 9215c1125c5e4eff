//! Archives of entries that are JSON: bounded in what they unpack to, whatever their directory says.
//!
//! Names with `..`, a root or a drive are passed over and said: nothing here writes files, but such an archive was made to harm.
//! An archive without its directory (a log still being written, a copy that broke off) is read entry by entry from its beginning.

use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

use zip::ZipArchive;

use super::gather::Gather;
use crate::{IngestError, Result, RowIssue};

/// Bytes one entry may unpack to, and all of them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Bounds {
    entry: u64,
    all: u64,
}

impl Bounds {
    /// Of an archive of so many bytes. Logs repeat their prompts and pack to a fiftieth at best; what unpacks to more than a hundred
    /// times its size was made to fill the memory of whoever opens it.
    pub(super) fn of(packed: u64) -> Self {
        let all = packed.saturating_mul(100).clamp(512 << 20, 16 << 30);
        Self { entry: 256 << 20, all }
    }
}

/// Entries looked at.
const MAX_ENTRIES: usize = 1_000_000;

/// The first names of an archive, at most `most`; `None` if nothing in it can be read.
pub(super) fn names(path: &Path, most: usize) -> Option<Vec<String>> {
    if let Ok(archive) = ZipArchive::new(BufReader::new(File::open(path).ok()?)) {
        let names = archive.file_names().take(most).filter_map(std::result::Result::ok);
        return Some(names.map(std::borrow::Cow::into_owned).collect());
    }
    let mut reader = BufReader::new(File::open(path).ok()?);
    let mut names = Vec::new();
    while names.len() < most
        && let Ok(Some(entry)) = zip::read::read_zipfile_from_stream(&mut reader)
    {
        names.push(entry.name().map(std::borrow::Cow::into_owned).unwrap_or_default());
    }
    (!names.is_empty()).then_some(names)
}

/// Whether a name stays within the archive.
fn is_enclosed(name: &str) -> bool {
    let has_drive = name.as_bytes().get(1) == Some(&b':');
    !name.starts_with(['/', '\\'])
        && !has_drive
        && !name.contains('\0')
        && name.split(['/', '\\']).all(|part| part != "..")
}

/// Reads no more than a bound, and remembers that there was more.
struct Bounded<'b, R> {
    inner: R,
    left: &'b mut u64,
    all_left: &'b mut u64,
    is_over: &'b mut bool,
}

impl<R: Read> Read for Bounded<'_, R> {
    fn read(&mut self, buffer: &mut [u8]) -> std::io::Result<usize> {
        let most = (*self.left).min(*self.all_left).min(buffer.len() as u64) as usize;
        if most == 0 && !buffer.is_empty() {
            // At the very end of an entry of exactly so many bytes nothing is over.
            *self.is_over = self.inner.read(&mut [0; 1])? > 0;
            return Ok(0);
        }
        let n = self.inner.read(&mut buffer[..most])?;
        *self.left -= n as u64;
        *self.all_left -= n as u64;
        Ok(n)
    }
}

/// What may still be unpacked.
struct Left {
    bounds: Bounds,
    all: u64,
}

/// Reads the entries a caller wants, each as a stream. What an archive cannot give is said.
///
/// # Errors
/// The disk's, cancelling, and those of `each`.
pub(super) fn entries(
    path: &Path,
    bounds: Bounds,
    gather: &mut Gather<'_>,
    wanted: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(&mut Gather<'_>, &str, &mut dyn Read) -> Result<()>,
) -> Result<()> {
    let mut left = Left { bounds, all: bounds.all };
    match ZipArchive::new(BufReader::new(File::open(path)?)) {
        Ok(mut archive) => directory(&mut archive, gather, &mut left, wanted, each),
        Err(error) => {
            gather.issue(RowIssue::new("archive-cut").param("cause", error))?;
            broken(path, gather, &mut left, wanted, each)
        }
    }
}

fn directory<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    gather: &mut Gather<'_>,
    left: &mut Left,
    wanted: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(&mut Gather<'_>, &str, &mut dyn Read) -> Result<()>,
) -> Result<()> {
    let mut packed = 0;
    for index in 0..archive.len().min(MAX_ENTRIES) {
        let mut entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(error) => {
                gather.entry(None);
                gather.issue(RowIssue::new("entry-unreadable").at(index as u64 + 1).param("cause", error))?;
                continue;
            }
        };
        packed += entry.compressed_size();
        let name = entry.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
        if entry.size() > left.bounds.entry && wanted(&name) {
            // By its own word; one that lies is stopped on the way.
            gather.entry(Some(&name));
            gather.issue(RowIssue::new("entry-too-large").param("limit", left.bounds.entry >> 20))?;
            continue;
        }
        one(&name, &mut entry, gather, left, wanted, each)?;
        gather.advance(packed)?;
        if left.all == 0 {
            break;
        }
    }
    Ok(())
}

fn broken(
    path: &Path,
    gather: &mut Gather<'_>,
    left: &mut Left,
    wanted: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(&mut Gather<'_>, &str, &mut dyn Read) -> Result<()>,
) -> Result<()> {
    let mut reader = BufReader::new(File::open(path)?);
    for _ in 0..MAX_ENTRIES {
        let Ok(Some(mut entry)) = zip::read::read_zipfile_from_stream(&mut reader) else { break };
        let name = entry.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
        one(&name, &mut entry, gather, left, wanted, each)?;
        gather.advance(0)?;
        if left.all == 0 {
            break;
        }
    }
    Ok(())
}

fn one(
    name: &str,
    entry: &mut dyn Read,
    gather: &mut Gather<'_>,
    left: &mut Left,
    wanted: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(&mut Gather<'_>, &str, &mut dyn Read) -> Result<()>,
) -> Result<()> {
    if !is_enclosed(name) {
        gather.entry(Some(name));
        return gather.issue(RowIssue::new("entry-outside"));
    }
    if !wanted(name) {
        return Ok(());
    }
    gather.entry(Some(name));
    let (mut of_entry, mut is_over) = (left.bounds.entry, false);
    let mut bounded = Bounded { inner: entry, left: &mut of_entry, all_left: &mut left.all, is_over: &mut is_over };
    let outcome = each(gather, name, &mut bounded);
    match outcome {
        // An entry that cannot be unpacked costs itself only.
        Err(IngestError::Io(error)) => {
            gather.issue(RowIssue::new("entry-unreadable").param("cause", error))?;
        }
        other => other?,
    }
    if is_over {
        let limit = if left.all == 0 { left.bounds.all } else { left.bounds.entry };
        gather.issue(RowIssue::new("entry-too-large").param("limit", limit >> 20))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::io::{Cursor, Write};

    use zip::ZipWriter;
    use zip::write::SimpleFileOptions;

    use super::*;
    use crate::bakeoff::told::Told;

    /// An archive of entries of so many bytes.
    fn archive(sizes: &[usize]) -> Vec<u8> {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        for (n, size) in sizes.iter().enumerate() {
            zip.start_file(format!("{n}"), SimpleFileOptions::default()).unwrap();
            zip.write_all(&vec![b' '; *size]).unwrap();
        }
        zip.finish().unwrap().into_inner()
    }

    /// What is unpacked of each entry, and what is said.
    fn unpacked(bytes: &[u8], bounds: Bounds) -> (Vec<usize>, Vec<String>) {
        let file = tempfile::NamedTempFile::new().unwrap();
        std::fs::write(file.path(), bytes).unwrap();
        let (mut sizes, mut codes) = (Vec::new(), Vec::new());
        let mut hear = |told: Told| {
            if let Told::Issue(issue) = told {
                codes.push(issue.code);
            }
            Ok(())
        };
        let mut go_on = |_: crate::Progress| true;
        let mut gather = Gather::new(&mut hear, &mut go_on, 0);
        entries(file.path(), bounds, &mut gather, &|_| true, &mut |_, _, reader| {
            let mut all = Vec::new();
            reader.read_to_end(&mut all)?;
            sizes.push(all.len());
            Ok(())
        })
        .unwrap();
        (sizes, codes)
    }

    #[test]
    fn nothing_unpacks_beyond_its_bounds_whatever_the_directory_says() {
        let bounds = Bounds { entry: 1_000, all: 2_500 };
        assert_eq!(unpacked(&archive(&[1_000, 1_000]), bounds), (vec![1_000, 1_000], vec![]));
        let (sizes, codes) = unpacked(&archive(&[1_001, 10]), bounds);
        assert_eq!((sizes, codes), (vec![10], vec!["entry-too-large".to_owned()]));
        let (sizes, codes) = unpacked(&archive(&[900, 900, 900, 900]), bounds);
        assert_eq!((sizes, codes), (vec![900, 900, 700], vec!["entry-too-large".to_owned()]));
        // A directory that states ten bytes of fifty thousand: the last two fields of that number are in it.
        let mut lies = archive(&[50_000]);
        let stated = 50_000u32.to_le_bytes();
        let places: Vec<usize> = (0..lies.len() - 4).filter(|place| lies[*place..*place + 4] == stated).collect();
        assert!(!places.is_empty());
        for place in places {
            lies[place..place + 4].copy_from_slice(&10u32.to_le_bytes());
        }
        let (sizes, codes) = unpacked(&lies, bounds);
        assert!(sizes.iter().all(|size| *size <= 1_000) && codes.len() <= 1, "{sizes:?} {codes:?}");
    }

    #[test]
    fn a_small_archive_may_not_unpack_to_gigabytes() {
        let of = |packed| (Bounds::of(packed).entry >> 20, Bounds::of(packed).all >> 20);
        assert_eq!(of(1_000_000), (256, 512));
        assert_eq!(of(100 << 20), (256, 10_000));
        assert_eq!(of(u64::MAX), (256, 16 << 10));
    }

    #[test]
    fn names_that_lead_outside_are_told() {
        for name in ["../a", "a/../b", "/a", "\\a", "C:a", "a\\..\\b", "a\0b"] {
            assert!(!is_enclosed(name), "{name}");
        }
        for name in ["a", "samples/1_epoch_1.json", "samples/..1.json", "a..b/c"] {
            assert!(is_enclosed(name), "{name}");
        }
    }
}
