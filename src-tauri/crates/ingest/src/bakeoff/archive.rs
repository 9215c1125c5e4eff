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
pub(super) const MAX_ENTRY: u64 = 1 << 30;
const MAX_ALL: u64 = 16 << 30;

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

/// Reads the entries a caller wants, each as a stream. What an archive cannot give is said.
///
/// # Errors
/// The disk's, cancelling, and those of `each`.
pub(super) fn entries(
    path: &Path,
    gather: &mut Gather<'_>,
    wanted: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(&mut Gather<'_>, &str, &mut dyn Read) -> Result<()>,
) -> Result<()> {
    let mut all_left = MAX_ALL;
    match ZipArchive::new(BufReader::new(File::open(path)?)) {
        Ok(mut archive) => directory(&mut archive, gather, &mut all_left, wanted, each),
        Err(error) => {
            gather.issue(RowIssue::new("archive-cut").param("cause", error))?;
            broken(path, gather, &mut all_left, wanted, each)
        }
    }
}

fn directory<R: Read + Seek>(
    archive: &mut ZipArchive<R>,
    gather: &mut Gather<'_>,
    all_left: &mut u64,
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
        one(&name, &mut entry, gather, all_left, wanted, each)?;
        gather.advance(packed)?;
        if *all_left == 0 {
            break;
        }
    }
    Ok(())
}

fn broken(
    path: &Path,
    gather: &mut Gather<'_>,
    all_left: &mut u64,
    wanted: &dyn Fn(&str) -> bool,
    each: &mut dyn FnMut(&mut Gather<'_>, &str, &mut dyn Read) -> Result<()>,
) -> Result<()> {
    let mut reader = BufReader::new(File::open(path)?);
    for _ in 0..MAX_ENTRIES {
        let Ok(Some(mut entry)) = zip::read::read_zipfile_from_stream(&mut reader) else { break };
        let name = entry.name().map(std::borrow::Cow::into_owned).unwrap_or_default();
        one(&name, &mut entry, gather, all_left, wanted, each)?;
        gather.advance(0)?;
        if *all_left == 0 {
            break;
        }
    }
    Ok(())
}

fn one(
    name: &str,
    entry: &mut dyn Read,
    gather: &mut Gather<'_>,
    all_left: &mut u64,
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
    let (mut left, mut is_over) = (MAX_ENTRY, false);
    let mut bounded = Bounded { inner: entry, left: &mut left, all_left, is_over: &mut is_over };
    let outcome = each(gather, name, &mut bounded);
    match outcome {
        // An entry that cannot be unpacked costs itself only.
        Err(IngestError::Io(error)) => {
            gather.issue(RowIssue::new("entry-unreadable").param("cause", error))?;
        }
        other => other?,
    }
    if is_over {
        let limit = if *all_left == 0 { MAX_ALL } else { MAX_ENTRY };
        gather.issue(RowIssue::new("entry-too-large").param("limit", limit >> 20))?;
    }
    Ok(())
}
