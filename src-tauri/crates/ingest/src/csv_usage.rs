//! CSV usage, read by all cores: one thread cuts the file into blocks, the others parse them.

use std::path::Path;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::sync::{Arc, Mutex};

use domain::usage::{TokenCounts, disjoint_input};
use memchr::memchr_iter;
use simd_csv::ZeroCopyReaderBuilder;

use crate::accumulate::{Accumulator, Setup};
use crate::blocks::{Block, Blocks, Content};
use crate::issue::KEPT;
use crate::mapping::{Field, FieldMapping, squeeze};
use crate::number;
use crate::record::{self, Record};
use crate::sniff;
use crate::timestamp::TimestampReader;
use crate::usage::{Counts, Found, Progress, zone_of};
use crate::{IngestError, Result, RowIssue};

/// Where each field comes from.
#[derive(Debug, Clone)]
pub(crate) struct Layout {
    /// By field: its column, else its constant value.
    columns: [Option<usize>; Field::ALL.len()],
    constants: [Vec<u8>; Field::ALL.len()],
    names: Vec<String>,
    delimiter: u8,
    input_includes_cache: bool,
    decimal_comma: bool,
    mapping_zone: Option<chrono_tz::Tz>,
    day_first: bool,
}

impl Layout {
    /// # Errors
    /// A mapped column the header does not have, an unknown zone.
    pub(crate) fn new(names: Vec<String>, delimiter: u8, mapping: &FieldMapping) -> Result<Self> {
        let mut columns = [None; Field::ALL.len()];
        for mapped in &mapping.columns {
            let place = names.iter().position(|name| *name == mapped.column);
            let place = place.or_else(|| names.iter().position(|name| squeeze(name) == squeeze(&mapped.column)));
            let Some(place) = place else {
                return Err(IngestError::file("column-missing", &[("column", &mapped.column)]));
            };
            columns[mapped.field as usize] = Some(place);
        }
        let mut constants: [Vec<u8>; Field::ALL.len()] = Default::default();
        for constant in &mapping.constants {
            constants[constant.field as usize] = constant.value.trim().as_bytes().to_vec();
        }
        Ok(Self {
            columns,
            constants,
            names,
            delimiter,
            input_includes_cache: mapping.input_includes_cache,
            decimal_comma: mapping.decimal_comma,
            mapping_zone: zone_of(mapping)?,
            day_first: mapping.day_first,
        })
    }

    fn name(&self, field: Field) -> String {
        let column = self.columns[field as usize].and_then(|index| self.names.get(index));
        column.cloned().unwrap_or_else(|| field.name().to_owned())
    }
}

/// What one thread found in one block.
struct BlockFindings {
    index: usize,
    lines: u64,
    issues: Vec<RowIssue>,
    counts: Counts,
}

/// Reads the whole file.
///
/// # Errors
/// [`IngestError::Cancelled`], the disk's, or a mapping that does not fit the header.
pub(crate) fn read<'a>(
    path: &Path,
    mapping: &FieldMapping,
    setup: Setup<'a>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Found<'a>> {
    let total = std::fs::metadata(path)?.len();
    let mut blocks = Blocks::open(path, true)?;
    let Some(mut first) = blocks.next()? else {
        return Err(IngestError::file("file-empty", &[("file", &path.to_string_lossy())]));
    };
    if first.content == Content::TooLong {
        return Err(IngestError::file("header-too-long", &[("file", &path.to_string_lossy())]));
    }
    let header_end = memchr::memchr(b'\n', &first.bytes).map_or(first.bytes.len(), |at| at + 1);
    let delimiter = sniff::delimiter(&first.bytes[..header_end]);
    let layout = Layout::new(sniff::header_names(&first.bytes[..header_end], delimiter), delimiter, mapping)?;
    let header: Vec<u8> = first.bytes.drain(..header_end).collect();
    first.offset += header.len() as u64;

    // A session's outcome is decided by order in the file, which every record carries; but which of two rows with one
    // request id counts is decided by who comes first, so those are read by one thread.
    let parallel = std::thread::available_parallelism().map_or(2, usize::from).clamp(1, 8);
    let threads = if mapping.column(Field::RequestId).is_some() { 1 } else { parallel };
    let (send, receive) = sync_channel::<Block>(threads * 2);
    let receive = Arc::new(Mutex::new(receive));
    let mut cancelled = false;
    let mut rows_seen = 0u64;
    let parts = std::thread::scope(|scope| -> Result<Vec<_>> {
        let workers: Vec<_> = (0..threads)
            .map(|_| {
                let receive = receive.clone();
                let layout = &layout;
                scope.spawn(move || work(&receive, layout, setup))
            })
            .collect();
        drop(receive);
        let outcome = feed(first, &mut blocks, &send, total, &mut rows_seen, progress);
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
    let sha256 = blocks.finish()?;
    let (accumulators, findings): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    let mut findings: Vec<BlockFindings> = findings.into_iter().flatten().collect();
    findings.sort_by_key(|found| found.index);
    let mut counts = Counts::default();
    let mut issues = Vec::new();
    let mut line = memchr_iter(b'\n', &header).count() as u64;
    for found in findings {
        counts.add(&found.counts);
        for issue in found.issues {
            if issues.len() < KEPT {
                let row = issue.row.map(|row| row + line);
                issues.push(RowIssue { row, ..issue });
            }
        }
        line += found.lines;
    }
    Ok(Found { parts: accumulators, counts, issues, sha256 })
}

/// Hands blocks to the workers; `false` when cancelled.
fn feed(
    first: Block,
    blocks: &mut Blocks,
    send: &SyncSender<Block>,
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
        if !progress(Progress { bytes: blocks.read(), total, rows: *rows }) {
            return Ok(false);
        }
        next = blocks.next()?;
    }
    Ok(true)
}

fn work<'a>(
    blocks: &Mutex<Receiver<Block>>,
    layout: &Layout,
    setup: Setup<'a>,
) -> std::io::Result<(Accumulator<'a>, Vec<BlockFindings>)> {
    let mut accumulator = Accumulator::new(setup);
    let mut findings = Vec::new();
    let mut timestamps = TimestampReader::new(layout.mapping_zone, layout.day_first);
    let mut kept = 0;
    loop {
        let block = {
            let receiver = blocks.lock().map_err(|_| std::io::Error::other("a reader thread failed"))?;
            receiver.recv()
        };
        let Ok(block) = block else { break };
        let found = read_block(&block, layout, &mut timestamps, &mut accumulator, KEPT - kept)?;
        kept += found.issues.len();
        findings.push(found);
    }
    Ok((accumulator, findings))
}

fn read_block(
    block: &Block,
    layout: &Layout,
    timestamps: &mut TimestampReader,
    accumulator: &mut Accumulator<'_>,
    room: usize,
) -> std::io::Result<BlockFindings> {
    let mut found = BlockFindings { index: block.index, lines: 1, issues: Vec::new(), counts: Counts::default() };
    match block.content {
        Content::TooLong => {
            found.counts.bad(1);
            let limit = crate::blocks::MAX_RECORD >> 20;
            found.issues.push(RowIssue::new("record-too-long").at(1).param("limit", limit).value(&block.bytes));
            return Ok(found);
        }
        Content::OpenQuote => {
            found.counts.bad(1);
            found.issues.push(RowIssue::new("open-quote").at(1).value(&block.bytes));
            return Ok(found);
        }
        Content::Records => {}
    }
    let mut builder = ZeroCopyReaderBuilder::new();
    let mut reader =
        builder.delimiter(layout.delimiter).has_headers(false).flexible(true).from_reader(block.bytes.as_slice());
    let mut line = LineCounter::new(&block.bytes);
    loop {
        let place = block.offset + reader.position();
        let outcome = match reader.read_byte_record() {
            Ok(Some(fields)) => {
                let slice = fields.as_slice();
                if slice.trim_ascii().is_empty() {
                    Ok(None)
                } else {
                    read_record(&fields, place >> 3, layout, timestamps, accumulator)?.map(Some).map_err(|issue| {
                        let inner = memchr_iter(b'\n', slice).count() as u64;
                        (issue, inner)
                    })
                }
            }
            Ok(None) => break,
            // The slice is in memory and rows may have any length: nothing else can fail.
            Err(error) => return Err(std::io::Error::other(error.to_string())),
        };
        match outcome {
            Ok(Some(true)) => found.counts.good(1),
            Ok(Some(false)) => found.counts.duplicate(1),
            Ok(None) => {}
            Err((issue, inner)) => {
                found.counts.bad(1);
                if found.issues.len() < room {
                    let row = line.at(reader.position() as usize).saturating_sub(inner);
                    found.issues.push(issue.at(row));
                }
            }
        }
    }
    found.lines = memchr_iter(b'\n', &block.bytes).count() as u64;
    Ok(found)
}

/// Line numbers at rising places of a block, each stretch counted once.
struct LineCounter<'a> {
    bytes: &'a [u8],
    place: usize,
    newlines: u64,
}

impl<'a> LineCounter<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, place: 0, newlines: 0 }
    }

    /// The line that ends just before `end`.
    fn at(&mut self, end: usize) -> u64 {
        let end = end.min(self.bytes.len());
        self.newlines += memchr_iter(b'\n', &self.bytes[self.place..end]).count() as u64;
        self.place = end;
        let ended = self.bytes[..end].ends_with(b"\n");
        if ended { self.newlines } else { self.newlines + 1 }
    }
}

fn read_record(
    fields: &simd_csv::ZeroCopyByteRecord<'_>,
    sequence: u64,
    layout: &Layout,
    timestamps: &mut TimestampReader,
    accumulator: &mut Accumulator<'_>,
) -> std::io::Result<std::result::Result<bool, RowIssue>> {
    match understand(fields, sequence, layout, timestamps, |record| accumulator.push(record)) {
        Ok(pushed) => pushed.map(Ok),
        Err(issue) => Ok(Err(issue)),
    }
}

/// Reads the mapped fields of a row and hands on the record, or says what is wrong with it.
fn understand(
    fields: &simd_csv::ZeroCopyByteRecord<'_>,
    sequence: u64,
    layout: &Layout,
    timestamps: &mut TimestampReader,
    push: impl FnOnce(&Record<'_>) -> std::io::Result<bool>,
) -> std::result::Result<std::io::Result<bool>, RowIssue> {
    if fields.len() != layout.names.len() {
        // Spreadsheets pad rows with empty cells and leave out trailing ones they do not need.
        let needed = layout.columns.iter().flatten().max().copied().unwrap_or(0);
        if fields.len() <= needed {
            let code = if fields.len() == 1 { "row-unreadable" } else { "row-cut" };
            return Err(RowIssue::new(code)
                .param("found", fields.len())
                .param("expected", layout.names.len())
                .value(fields.as_slice()));
        }
    }
    let mut owned: [Option<Vec<u8>>; Field::ALL.len()] = Default::default();
    // Quoted cells that hold doubled quotes are the only ones that need a buffer of their own.
    let quoted = memchr::memchr(b'"', fields.as_slice()).is_some();
    for (slot, column) in owned.iter_mut().zip(layout.columns).filter(|_| quoted) {
        if let Some(std::borrow::Cow::Owned(text)) = column.and_then(|c| fields.unescape(c))
        {
            *slot = Some(text);
        }
    }
    let (columns, constants) = (layout.columns, &layout.constants);
    let cell = |field: Field| -> &[u8] {
        match columns[field as usize] {
            Some(column) => match &owned[field as usize] {
                Some(text) => text.trim_ascii(),
                None => fields.unquote(column).unwrap_or_default().trim_ascii(),
            },
            None => &constants[field as usize],
        }
    };
    let at = timestamps
        .seconds(cell(Field::Timestamp))
        .map_err(|error| issue(error.code(), Field::Timestamp, layout.name(Field::Timestamp), cell(Field::Timestamp)))?;
    let count = |field: Field| -> std::result::Result<u64, RowIssue> {
        let text = cell(field);
        if text.is_empty() || text == b"NULL" || text == b"null" {
            return Ok(0);
        }
        number::count(text, layout.decimal_comma).map_err(|e| issue(e.code(), field, layout.name(field), text))
    };
    let cache_read = count(Field::CacheReadTokens)?;
    let cache_write_5m = count(Field::CacheWrite5mTokens)?;
    let cache_write_1h = count(Field::CacheWrite1hTokens)?;
    let input = if layout.columns[Field::InputTokens as usize].is_some() {
        let whole = count(Field::InputTokens)?;
        if layout.input_includes_cache {
            disjoint_input(whole, cache_read, cache_write_5m + cache_write_1h).ok_or_else(|| {
                RowIssue::new("cache-exceeds-input")
                    .column(layout.name(Field::InputTokens))
                    .param("input", whole)
                    .param("cached", cache_read + cache_write_5m + cache_write_1h)
            })?
        } else {
            whole
        }
    } else {
        count(Field::UncachedInputTokens)?
    };
    let output = count(Field::OutputTokens)?;
    let reasoning = count(Field::ReasoningTokens)?;
    if reasoning > output {
        return Err(RowIssue::new("reasoning-exceeds-output")
            .column(layout.name(Field::ReasoningTokens))
            .param("reasoning", reasoning)
            .param("output", output));
    }
    let verdict = |field: Field| -> std::result::Result<Option<bool>, RowIssue> {
        let text = cell(field);
        if text.is_empty() {
            return Ok(None);
        }
        record::success(text).map(Some).ok_or_else(|| issue("not-a-verdict", field, layout.name(field), text))
    };
    let requests = if cell(Field::Requests).is_empty() { 1 } else { count(Field::Requests)? };
    let cost = cell(Field::Cost);
    let reported_nanos = if cost.is_empty() || cost == b"NULL" {
        0
    } else {
        number::nanos(cost, layout.decimal_comma).map_err(|e| issue(e.code(), Field::Cost, layout.name(Field::Cost), cost))?
    };
    let dimensions =
        [cell(Field::Vendor), cell(Field::Model), cell(Field::Feature), cell(Field::Tenant), cell(Field::Environment)];
    const NAMED: [Field; 5] = [Field::Vendor, Field::Model, Field::Feature, Field::Tenant, Field::Environment];
    for (value, field) in dimensions.iter().zip(NAMED) {
        if !value.is_ascii() && std::str::from_utf8(value).is_err() {
            return Err(issue("not-utf8", field, layout.name(field), value));
        }
        if value.len() > 512 {
            return Err(issue("name-too-long", field, layout.name(field), value));
        }
    }
    Ok(push(&Record {
        at,
        sequence,
        dimensions,
        tier: cell(Field::ServiceTier),
        request_id: cell(Field::RequestId),
        session: cell(Field::Session),
        success: verdict(Field::Success)?,
        session_success: verdict(Field::SessionSuccess)?,
        requests,
        tokens: TokenCounts { input, cache_read, cache_write_5m, cache_write_1h, output, reasoning },
        reported_nanos,
    }))
}

fn issue(code: &str, field: Field, column: String, value: &[u8]) -> RowIssue {
    let code = if value.is_empty() && field == Field::Timestamp { "timestamp-missing" } else { code };
    RowIssue::new(code).column(column).value(value)
}
