//! Files opened as what they are: documents, lines, tables; what is wrong with one as a whole is said once.

use std::path::PathBuf;

use memchr::memchr;
use serde_json::Value;

use super::document::{Element, Plan, SourceReader, beginning, parse, stream};
use super::gather::Gather;
use crate::source::Source;
use crate::{Result, RowIssue};

/// Longest line, in bytes.
const MAX_LINE: usize = 64 << 20;

/// Elements between two words on how far a reading is.
const STEP: u64 = 512;

/// A file of what is being read.
#[derive(Debug, Clone)]
pub(super) struct InputFile {
    pub path: PathBuf,
    /// Its path from the folder that was opened; its name, if it was opened itself.
    pub name: String,
    pub bytes: u64,
}

impl InputFile {
    /// The name without folders and its ending.
    pub(super) fn stem(&self) -> &str {
        let name = self.name.rsplit(['/', '\\']).next().unwrap_or(&self.name);
        let name = name.strip_suffix(".gz").unwrap_or(name);
        name.rsplit_once('.').map_or(name, |(stem, _)| stem)
    }
}

/// Streams a document; returns what stands beside its lists. What breaks off or is wrong is an issue.
///
/// # Errors
/// The disk's, and those of `each`.
pub(super) fn document(
    file: &InputFile,
    plan: Plan,
    gather: &mut Gather<'_>,
    each: &mut dyn FnMut(&mut Gather<'_>, Element) -> Result<()>,
) -> Result<Value> {
    gather.open(&file.name);
    let (reader, state) = SourceReader::open(&file.path)?;
    let mut hand_on = |element: Element| {
        if element.number.is_multiple_of(STEP) {
            gather.advance(state.read.get())?;
        }
        if element.is_cut_short {
            gather.issue(RowIssue::new("record-too-long").at(element.number).param("limit", 64))?;
        }
        each(gather, element)
    };
    let document = stream(reader, plan, &mut hand_on)?;
    let damage = state.damage.borrow().clone();
    if let Some(cause) = damage {
        gather.issue(RowIssue::new("gzip-damaged").param("cause", cause))?;
    } else if let Some(broken) = &document.broken {
        let code = if broken.is_cut { "json-cut" } else { "json-invalid" };
        gather.issue(RowIssue::new(code).at(broken.line as u64).param("position", broken.position))?;
    }
    if document.is_cut_short {
        gather.issue(RowIssue::new("record-too-long").param("limit", 128))?;
    }
    gather.doubled(&document.doubled, None)?;
    Ok(document.rest)
}

/// The part of a document beside its lists, read on its own: a header may stand behind them. Stops where `needed` (JSON pointers) is
/// all there. Says nothing of what is wrong: the reading of the lists does.
///
/// # Errors
/// The disk's.
pub(super) fn head(file: &InputFile, skipped: Plan, needed: &[&str]) -> Result<Value> {
    let (reader, _) = SourceReader::open(&file.path)?;
    beginning(reader, skipped, needed)
}

/// Streams the objects of a file: one per line, or the elements of one list. Each comes with its line or number.
///
/// # Errors
/// The disk's, and those of `each`.
pub(super) fn objects(
    file: &InputFile,
    gather: &mut Gather<'_>,
    each: &mut dyn FnMut(&mut Gather<'_>, u64, Value) -> Result<()>,
) -> Result<()> {
    gather.open(&file.name);
    let mut source = Source::open(&file.path)?;
    let mut text = Vec::new();
    while text.trim_ascii_start().is_empty() && !source.ended() {
        source.fill(&mut text)?;
    }
    if text.trim_ascii_start().starts_with(b"[") {
        drop(source);
        const WHOLE: Plan = Plan { lists: &[&[]], skipped: &[] };
        document(file, WHOLE, gather, &mut |gather, element| one(gather, element.number, element.value, each))?;
        return Ok(());
    }
    let (mut at, mut line, mut is_skipping) = (0, 0, false);
    loop {
        let Some(end) = memchr(b'\n', &text[at..]).map(|n| at + n) else {
            text.drain(..at);
            at = 0;
            if text.len() > MAX_LINE {
                if !is_skipping {
                    gather.issue(RowIssue::new("record-too-long").at(line + 1).param("limit", MAX_LINE >> 20))?;
                }
                is_skipping = true;
                text.clear();
            }
            if source.ended() {
                break;
            }
            source.fill(&mut text)?;
            gather.advance(source.read())?;
            continue;
        };
        line += 1;
        if !std::mem::take(&mut is_skipping) {
            self::line(gather, line, &text[at..end], false, each)?;
        }
        at = end + 1;
    }
    if let Some(cause) = source.damage() {
        let cause = cause.to_owned();
        gather.issue(RowIssue::new("gzip-damaged").at(line + 1).param("cause", cause))?;
    } else if !is_skipping {
        self::line(gather, line + 1, &text, true, each)?;
    }
    Ok(())
}

fn line(
    gather: &mut Gather<'_>,
    number: u64,
    text: &[u8],
    is_last: bool,
    each: &mut dyn FnMut(&mut Gather<'_>, u64, Value) -> Result<()>,
) -> Result<()> {
    let text = text.trim_ascii();
    // What a machine wrote where it lost power.
    let text = if text.iter().all(|byte| *byte == 0) { b"" } else { text };
    if text.is_empty() {
        return Ok(());
    }
    match parse(text) {
        Ok(parsed) => {
            gather.doubled(&parsed.doubled, Some(number))?;
            if parsed.is_cut_short {
                gather.issue(RowIssue::new("record-too-long").at(number).param("limit", MAX_LINE >> 20))?;
            }
            one(gather, number, parsed.value, each)
        }
        Err(broken) => {
            let code = if broken.is_cut && is_last { "json-cut" } else { "json-invalid" };
            gather.issue(RowIssue::new(code).at(number).param("position", broken.position).value(text))
        }
    }
}

fn one(
    gather: &mut Gather<'_>,
    number: u64,
    value: Value,
    each: &mut dyn FnMut(&mut Gather<'_>, u64, Value) -> Result<()>,
) -> Result<()> {
    if value.is_object() {
        return each(gather, number, value);
    }
    gather.issue(RowIssue::new("not-an-object").at(number).value(value.to_string().as_bytes()))
}
