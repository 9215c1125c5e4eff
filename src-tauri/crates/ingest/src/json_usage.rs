//! Usage as JSON: one object per line, one array, or documents one after another, streamed object by object to whoever knows
//! what they mean.

use std::path::Path;

use domain::economics::ChargeKind;
use domain::latency::Timing;
use domain::usage::TokenCounts;
use serde_json::Value;

use crate::accumulate::{Accumulator, Setup};
use crate::blocks::{Block, Blocks, Content, MAX_RECORD, Split};
use crate::issue::KEPT;
use crate::look::Look;
use crate::objects::{MAX_OBJECT, Objects, Piece};
use crate::reader::{Counts, Found, Progress};
use crate::record::Record;
use crate::{IngestError, Result, RowIssue};

/// What became of one object.
pub(crate) enum Verdict {
    Good,
    Duplicate,
    Skipped,
    Bad(RowIssue),
}

/// Collects verdicts while objects stream by.
pub(crate) struct Tally<'a> {
    pub accumulator: Accumulator<'a>,
    pub counts: Counts,
    pub issues: Vec<RowIssue>,
    /// The line, from 1, the object starts in.
    row: u64,
    /// Objects that were JSON.
    understood: u64,
}

impl<'a> Tally<'a> {
    pub(crate) fn count(&mut self, verdict: Verdict) {
        match verdict {
            Verdict::Good => self.counts.good(1),
            Verdict::Duplicate => self.counts.duplicate(1),
            Verdict::Skipped => self.counts.skipped(1),
            Verdict::Bad(issue) => {
                self.counts.bad(1);
                if self.issues.len() < KEPT {
                    let row = issue.row.unwrap_or(self.row);
                    self.issues.push(issue.at(row));
                }
            }
        }
    }
}

/// Whether a text is one object per line. A document over several lines is not, nor is an array.
pub(crate) fn is_lines(text: &[u8]) -> bool {
    let text = text.trim_ascii_start();
    let is_object =
        |line: &[u8]| line.first() == Some(&b'{') && serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    // Two lines are looked at: the first of a log may be broken.
    text.starts_with(b"{") && text.split(|byte| *byte == b'\n').take(2).any(is_object)
}

/// Streams every object of the file through `each`. Bounded by the largest object.
///
/// # Errors
/// The disk's, cancelling, or a text in which nothing is JSON.
pub(crate) fn stream<'a>(
    path: &Path,
    look: &Look,
    setup: Setup<'a>,
    progress: &mut dyn FnMut(Progress) -> bool,
    mut each: impl FnMut(&mut Tally<'a>, Value) -> std::io::Result<()>,
) -> Result<Found<'a>> {
    let total = std::fs::metadata(path)?.len();
    let mut tally = Tally {
        accumulator: Accumulator::new(setup),
        counts: Counts::default(),
        issues: Vec::new(),
        row: 0,
        understood: 0,
    };
    let lines_only = is_lines(&look.text);
    let mut blocks = Blocks::open(path, if lines_only { Split::Lines } else { Split::Anywhere })?;
    let mut objects = Objects::default();
    while let Some(block) = blocks.next()? {
        if lines_only {
            lines(&block, &mut tally, &mut each)?;
        } else {
            objects.push(&block.bytes, |piece, line| {
                tally.row = line;
                take(&mut tally, piece, &mut each)
            })?;
        }
        if !progress(Progress { bytes: blocks.source().read(), total, rows: tally.counts.read }) {
            return Err(IngestError::Cancelled);
        }
    }
    let damage = blocks.source().damage().map(str::to_owned);
    if let Some(cause) = damage {
        tally.row += 1;
        tally.count(Verdict::Bad(RowIssue::new("gzip-damaged").param("cause", cause)));
    } else if let Some((rest, line)) = objects.rest() {
        tally.count(Verdict::Bad(RowIssue::new("json-cut").at(line).value(rest)));
    }
    if tally.understood == 0
        && let Some(issue) = tally.issues.first()
    {
        let line = issue.row.unwrap_or(1).to_string();
        let position = issue.params.get("position").map_or("1", String::as_str);
        return Err(IngestError::file("json-unreadable", &[("line", &line), ("position", position)]));
    }
    let sha256 = blocks.finish()?;
    let (counts, issues) = (tally.counts, tally.issues);
    tally.accumulator.finish()?;
    Ok(Found { parts: vec![tally.accumulator], counts, issues, sha256, met_clock_change: false })
}

fn lines<'a>(
    block: &Block,
    tally: &mut Tally<'a>,
    each: &mut impl FnMut(&mut Tally<'a>, Value) -> std::io::Result<()>,
) -> Result<()> {
    if block.content == Content::TooLong {
        tally.row += 1;
        let issue = RowIssue::new("record-too-long").param("limit", MAX_RECORD >> 20).value(&block.bytes);
        tally.count(Verdict::Bad(issue));
        return Ok(());
    }
    for line in block.bytes.split_inclusive(|byte| *byte == b'\n') {
        tally.row += 1;
        match line.trim_ascii() {
            b"" => {}
            line if line.first() == Some(&b'{') => take(tally, Piece::Object(line), each)?,
            line => take(tally, Piece::Other(line), each)?,
        }
    }
    Ok(())
}

fn take<'a>(
    tally: &mut Tally<'a>,
    piece: Piece<'_>,
    each: &mut impl FnMut(&mut Tally<'a>, Value) -> std::io::Result<()>,
) -> Result<()> {
    let issue = match piece {
        Piece::Object(text) => match serde_json::from_slice::<Value>(text) {
            Ok(value) => {
                tally.understood += 1;
                return Ok(each(tally, value)?);
            }
            Err(error) => RowIssue::new(if error.is_eof() { "json-cut" } else { "json-invalid" })
                .at(tally.row + (error.line() as u64).saturating_sub(1))
                .param("position", error.column())
                .value(text),
        },
        Piece::Other(text) if memchr::memchr(0, text).is_some() => {
            RowIssue::new("nul-bytes").param("count", memchr::memchr_iter(0, text).count())
        }
        Piece::Other(text) => RowIssue::new("not-an-object").value(text),
        Piece::TooLong(text) => RowIssue::new("record-too-long").param("limit", MAX_OBJECT >> 20).value(text),
    };
    tally.count(Verdict::Bad(issue));
    Ok(())
}

/// Adds a record.
///
/// # Errors
/// Writing a temporary file.
pub(crate) fn push(tally: &mut Tally<'_>, record: Record<'_>) -> std::io::Result<Verdict> {
    Ok(if tally.accumulator.push(&record)? { Verdict::Good } else { Verdict::Duplicate })
}

/// What a dedicated reader takes from an object, before it is borrowed as a [`Record`].
#[derive(Debug)]
pub(crate) struct Taken {
    /// Epoch nano-seconds.
    pub at: i64,
    pub is_whole_day: bool,
    pub success: Option<bool>,
    pub requests: u64,
    pub tokens: TokenCounts,
    pub tells_tokens: bool,
    pub web_searches: u64,
    pub reported: Option<i128>,
    pub charge: ChargeKind,
    pub timing: Timing,
    pub vendor: String,
    pub model: String,
    pub feature: String,
    pub tenant: String,
    pub tier: String,
    pub session: String,
    pub request_id: String,
}

impl Default for Taken {
    fn default() -> Self {
        Self {
            at: 0,
            is_whole_day: false,
            success: None,
            requests: 0,
            tokens: TokenCounts::default(),
            tells_tokens: true,
            web_searches: 0,
            reported: None,
            charge: ChargeKind::Tokens,
            timing: Timing::default(),
            vendor: String::new(),
            model: String::new(),
            feature: String::new(),
            tenant: String::new(),
            tier: String::new(),
            session: String::new(),
            request_id: String::new(),
        }
    }
}

impl Taken {
    pub(crate) fn record(&self) -> Record<'_> {
        Record {
            at: self.at,
            is_whole_day: self.is_whole_day,
            success: self.success,
            requests: self.requests,
            tokens: self.tokens,
            tells_tokens: self.tells_tokens,
            web_searches: self.web_searches,
            reported: self.reported,
            charge: self.charge,
            timing: self.timing,
            dimensions: [
                self.vendor.as_bytes(),
                self.model.as_bytes(),
                self.feature.as_bytes(),
                self.tenant.as_bytes(),
                b"",
            ],
            tier: self.tier.as_bytes(),
            session: self.session.as_bytes(),
            request_id: self.request_id.as_bytes(),
            ..Record::default()
        }
    }
}
