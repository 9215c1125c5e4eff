//! CSV usage, read by all cores: one thread cuts the file into blocks, the others parse them.

use std::io::{Read, Seek, SeekFrom};
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, SyncSender, channel, sync_channel};
use std::sync::{Arc, Mutex};

use memchr::memchr_iter;

use crate::accumulate::{Accumulator, Setup};
use crate::blocks::{Block, Blocks, Content, MAX_RECORD, Split};
use crate::edges::Inner;
use crate::field::Field;
use crate::issue::KEPT;
use crate::layout::Layout;
use crate::look::Look;
use crate::mapping::FieldMapping;
use crate::reader::{Counts, Found, Progress};
use crate::rows::Row;
use crate::understand::CellReader;
use crate::writing::{Said, Writing, read_settled};
use crate::{IngestError, Result, RowIssue};

/// What one thread found in one block.
struct BlockFindings {
    index: usize,
    lines: u64,
    issues: Vec<RowIssue>,
    counts: Counts,
}

/// Reads the whole file. `look` is the look at its beginning that found it to be text.
///
/// Numbers and dates are read as they are written most often; if the file's own values say otherwise, it is read once more.
///
/// # Errors
/// [`IngestError::Cancelled`], the disk's, a mapping that does not fit the header, or a file that leaves open how it writes
/// numbers or dates.
pub(crate) fn read<'a>(
    path: &Path,
    look: &Look,
    mapping: &FieldMapping,
    setup: Setup<'a>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Found<'a>> {
    let header = look.header()?;
    let layout = Layout::new(header.names, header.delimiter, mapping, Writing::assumed(mapping))?;
    let inner = between_the_ends(path, look, &layout);
    read_settled(
        mapping,
        |field| layout.name(field).to_owned(),
        |writing| {
            let (found, said) = read_as(path, look, mapping, writing, Setup { inner, ..setup }, progress)?;
            match (Setup { inner, ..setup }).holds(&found.parts) {
                true => Ok((found, said)),
                // The rows at its ends are not what they looked like: nothing is taken for granted.
                false => read_as(path, look, mapping, writing, setup, progress),
            }
        },
    )
}

/// Reads the whole file with its numbers and dates taken in one way, and tells what they say of it.
fn read_as<'a>(
    path: &Path,
    look: &Look,
    mapping: &FieldMapping,
    writing: Writing,
    setup: Setup<'a>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<(Found<'a>, Said)> {
    let total = std::fs::metadata(path)?.len();
    let header = look.header()?;
    let delimiter = header.delimiter;
    let layout = Layout::new(header.names, delimiter, mapping, writing)?;
    let mut blocks = Blocks::open(path, Split::Csv { delimiter })?;
    let first = blocks.next()?;
    if let (None, Some(cause)) = (&first, blocks.source().damage()) {
        return Err(IngestError::file("gzip-damaged", &[("cause", cause)]));
    }
    let Some(mut first) = first.filter(|block| block.bytes.len() >= header.bytes) else {
        return Err(IngestError::file("header-too-long", &[("file", &path.to_string_lossy())]));
    };
    let mut line = memchr_iter(b'\n', &first.bytes[..header.bytes]).count() as u64;
    first.bytes.drain(..header.bytes);
    first.offset += header.bytes as u64;

    // Which of two rows with one request id counts is decided by who comes first, so those are read by one thread.
    let threads = if mapping.column(Field::RequestId).is_some() { 1 } else { threads() };
    let (send, receive) = sync_channel::<Block>(threads * 2);
    let (give_back, returned) = channel::<Vec<u8>>();
    let receive = Arc::new(Mutex::new(receive));
    let mut cancelled = false;
    let mut rows_seen = 0u64;
    let parts = std::thread::scope(|scope| -> Result<Vec<_>> {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let (receive, give_back) = (receive.clone(), give_back.clone());
                let layout = &layout;
                scope.spawn(move || work(&receive, &give_back, layout, setup))
            })
            .collect();
        drop(receive);
        let outcome = feed(first, &mut blocks, (&send, &returned), total, &mut rows_seen, progress);
        drop(send);
        let parts: std::io::Result<Vec<_>> = workers
            .into_iter()
            .map(|worker| worker.join().unwrap_or_else(|_| Err(std::io::Error::other("a reader thread failed"))))
            .collect();
        cancelled = !outcome?;
        Ok(parts?)
    })?;
    if cancelled {
        return Err(IngestError::Cancelled);
    }
    let damage = blocks.source().damage().map(str::to_owned);
    let sha256 = blocks.finish()?;
    let said = Said::by(parts.iter().map(|(_, _, reader)| reader));
    let met_clock_change = parts.iter().any(|(_, _, reader)| reader.timestamps.met_clock_change);
    let (accumulators, findings): (Vec<_>, Vec<_>) =
        parts.into_iter().map(|(accumulator, findings, _)| (accumulator, findings)).unzip();
    let mut findings: Vec<BlockFindings> = findings.into_iter().flatten().collect();
    findings.sort_by_key(|found| found.index);
    let mut counts = Counts::default();
    let mut issues = Vec::new();
    for found in findings {
        counts.add(&found.counts);
        let room = KEPT.saturating_sub(issues.len());
        issues.extend(
            found.issues.into_iter().take(room).map(|issue| RowIssue { row: issue.row.map(|r| r + line), ..issue }),
        );
        line += found.lines;
    }
    if let Some(cause) = damage {
        counts.bad(1);
        issues.push(RowIssue::new("gzip-damaged").at(line + 1).param("cause", cause));
    }
    Ok((Found { parts: accumulators, counts, issues, sha256, met_clock_change }, said))
}

/// Bytes looked at on either side of a file.
const END: u64 = 1 << 16;

/// What the first and the last row say of the hours between them. Most files are in order of time: in those every row is of the
/// latest hour so far, and would be kept as a row of the last one.
fn between_the_ends(path: &Path, look: &Look, layout: &Layout) -> Inner {
    let of_ends = || -> Option<Inner> {
        let length = std::fs::metadata(path).ok()?.len();
        // Of a short file hardly anything is kept in vain.
        let last_at = length.checked_sub(END).filter(|at| *at > 3 * END)?;
        let (start, end) = (text_at(path, 0)?, text_at(path, last_at)?);
        let first = hours_of(&start, look.header().ok()?.bytes, layout).next()?;
        // It begins within a row.
        let last = hours_of(&end, memchr::memchr(b'\n', &end)? + 1, layout).last()?;
        Some(Inner { from: first.min(last), to: first.max(last) })
    };
    of_ends().unwrap_or(Inner::NOTHING)
}

/// Text of a file from some byte on; `None` where quotes may hide newlines, and for packed and wide text.
fn text_at(path: &Path, at: u64) -> Option<Vec<u8>> {
    let mut file = std::fs::File::open(path).ok()?;
    file.seek(SeekFrom::Start(at)).ok()?;
    let mut text = Vec::new();
    file.take(END).read_to_end(&mut text).ok()?;
    memchr::memchr2(b'"', 0, &text).is_none().then_some(text)
}

/// The UTC hours of the rows of a text that can be read, from some byte on.
fn hours_of<'t>(text: &'t [u8], mut at: usize, layout: &'t Layout) -> impl Iterator<Item = i64> + 't {
    let (mut row, mut reader) = (Row::default(), layout.reader());
    std::iter::from_fn(move || {
        while row.read(text, at, layout.delimiter) {
            at = row.to;
            if let Ok(second) = layout.with_record(text, &row, &mut reader, |record| record.second()) {
                return Some(second.div_euclid(3600) * 3600);
            }
        }
        None
    })
}

/// As many as the machine has; more than eight wait for the disk.
fn threads() -> usize {
    std::thread::available_parallelism().map_or(2, usize::from).clamp(1, 8)
}

/// Hands blocks to the workers; `false` when cancelled.
fn feed(
    first: Block,
    blocks: &mut Blocks,
    (send, returned): (&SyncSender<Block>, &Receiver<Vec<u8>>),
    total: u64,
    rows: &mut u64,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<bool> {
    let mut next = Some(first);
    while let Some(block) = next {
        *rows += memchr_iter(b'\n', &block.bytes).count() as u64;
        if send.send(block).is_err() {
            return Ok(true);
        }
        if !progress(Progress { bytes: blocks.source().read(), total, rows: *rows }) {
            return Ok(false);
        }
        returned.try_iter().for_each(|room| blocks.reuse(room));
        next = blocks.next()?;
    }
    Ok(true)
}

fn work<'a>(
    blocks: &Mutex<Receiver<Block>>,
    give_back: &Sender<Vec<u8>>,
    layout: &Layout,
    setup: Setup<'a>,
) -> std::io::Result<(Accumulator<'a>, Vec<BlockFindings>, CellReader)> {
    let mut accumulator = Accumulator::new(setup);
    let mut findings = Vec::new();
    let mut reader = layout.reader();
    let mut kept = 0;
    loop {
        let block = {
            let receiver = blocks.lock().map_err(|_| std::io::Error::other("a reader thread failed"))?;
            receiver.recv()
        };
        let Ok(block) = block else { break };
        let found = read_block(&block, layout, &mut reader, &mut accumulator, KEPT - kept)?;
        kept += found.issues.len();
        findings.push(found);
        // At the end nobody takes it any more.
        let _ = give_back.send(block.bytes);
    }
    accumulator.finish()?;
    Ok((accumulator, findings, reader))
}

fn read_block(
    block: &Block,
    layout: &Layout,
    reader: &mut CellReader,
    accumulator: &mut Accumulator<'_>,
    room: usize,
) -> std::io::Result<BlockFindings> {
    let mut found = BlockFindings { index: block.index, lines: 1, issues: Vec::new(), counts: Counts::default() };
    let text = block.bytes.as_slice();
    match block.content {
        Content::TooLong => {
            found.counts.bad(1);
            found.issues.push(RowIssue::new("record-too-long").at(1).param("limit", MAX_RECORD >> 20).value(text));
            return Ok(found);
        }
        Content::OpenQuote => {
            found.counts.bad(1);
            found.issues.push(RowIssue::new("open-quote").at(1).value(text));
            return Ok(found);
        }
        Content::Records => {}
    }
    let has_nuls = memchr::memchr(0, text).is_some();
    let mut lines = LineCounter { text, place: 0, newlines: 0 };
    let mut row = Row::default();
    let mut at = 0;
    while row.read(text, at, layout.delimiter) {
        at = row.to;
        let outcome = if row.len() == 1 && row.text(text).is_empty() {
            continue;
        } else if row.swallowed(text, layout.columns()) {
            // A stray quote: its line is lost, those behind it are not.
            let line = &text[row.from..];
            let end = memchr::memchr(b'\n', line).map_or(line.len(), |end| end + 1);
            at = row.from + end;
            Err(RowIssue::new("open-quote").value(line[..end].trim_ascii_end()))
        } else if has_nuls && memchr::memchr(0, row.text(text)).is_some() {
            let zeros = memchr_iter(0, row.text(text)).count();
            Err(RowIssue::new("nul-bytes").param("count", zeros))
        } else {
            match layout.with_record(text, &row, reader, |record| accumulator.push(&record)) {
                Ok(pushed) => Ok(pushed?),
                Err(issue) => Err(issue),
            }
        };
        match outcome {
            Ok(true) => found.counts.good(1),
            Ok(false) => found.counts.duplicate(1),
            Err(issue) => {
                found.counts.bad(1);
                if found.issues.len() < room {
                    found.issues.push(issue.at(lines.of(row.from)));
                }
            }
        }
    }
    found.lines = lines.of(text.len()) - 1;
    Ok(found)
}

/// Line numbers at rising places of a block, each stretch counted once.
struct LineCounter<'t> {
    text: &'t [u8],
    place: usize,
    newlines: u64,
}

impl LineCounter<'_> {
    /// The line, from 1, in which `place` lies.
    fn of(&mut self, place: usize) -> u64 {
        self.newlines += memchr_iter(b'\n', &self.text[self.place..place]).count() as u64;
        self.place = place;
        self.newlines + 1
    }
}
