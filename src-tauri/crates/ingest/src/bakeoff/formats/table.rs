//! Rows of a mapped table, be they CSV or JSON, as cases and results.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::hash::BuildHasher;
use std::sync::Arc;

use domain::latency::LONGEST;
use domain::money::{Currency, Money};
use domain::suite::hash::ContentHash;
use domain::suite::{Case, Message};
use domain::usage::{TokenCounts, disjoint_input};
use foldhash::quality::FixedState;
use serde_json::Value;

use super::promptfoo::unscored;
use crate::bakeoff::columns::{ColumnField, ColumnMapping};
use crate::bakeoff::gather::{Gather, Repeats};
use crate::bakeoff::input::InputFile;
use crate::bakeoff::told::{Candidate, ResultError, ResultRecord, Score};
use crate::blocks::{Blocks, Content, MAX_RECORD, Split};
use crate::field::squeeze;
use crate::header::Header;
use crate::json::at_path;
use crate::number::{self, Evidence};
use crate::rows::Row;
use crate::timestamp::TimestampReader;
use crate::{IngestError, Result, RowIssue};

/// Who is told of a row: its number and its cells.
type EachRow<'e> = dyn FnMut(&mut Gather<'_>, u64, &[Cow<'_, [u8]>]) -> Result<()> + 'e;

/// Streams the rows below a header. A row's number is that of its first line.
///
/// # Errors
/// The disk's, and those of `each`.
pub(super) fn rows(file: &InputFile, header: &Header, gather: &mut Gather<'_>, each: &mut EachRow<'_>) -> Result<()> {
    gather.open(&file.name);
    let mut blocks = Blocks::open(&file.path, Split::Csv { delimiter: header.delimiter })?;
    let lines = |text: &[u8]| memchr::memchr_iter(b'\n', text).count() as u64;
    let (mut line, mut at) = (1, header.bytes);
    let mut row = Row::default();
    while let Some(block) = blocks.next()? {
        let text = block.bytes.as_slice();
        if block.content != Content::Records {
            let code = if block.content == Content::TooLong { "record-too-long" } else { "open-quote" };
            gather.issue(RowIssue::new(code).at(line).param("limit", MAX_RECORD >> 20))?;
            line += lines(text).max(1);
            at = 0;
            blocks.reuse(block.bytes);
            continue;
        }
        let start = std::mem::take(&mut at).min(text.len());
        line += lines(&text[..start]);
        let mut from = start;
        while row.read(text, from, header.delimiter) {
            // A stray quote costs its own line, not those it swallowed.
            let is_swallowing = row.swallowed(text, header.names.len());
            let to = match memchr::memchr(b'\n', &text[from..]) {
                Some(end) if is_swallowing => from + end + 1,
                _ => row.to,
            };
            let raw = text[from..to].trim_ascii();
            if is_swallowing {
                gather.issue(RowIssue::new("open-quote").at(line).value(raw))?;
            } else if !raw.is_empty() {
                one(gather, &row, text, header, line, each)?;
            }
            line += lines(&text[from..to]);
            from = to;
        }
        gather.advance(blocks.source().read())?;
        blocks.reuse(block.bytes);
    }
    if let Some(cause) = blocks.source().damage() {
        let cause = cause.to_owned();
        gather.issue(RowIssue::new("gzip-damaged").at(line).param("cause", cause))?;
    }
    Ok(())
}

fn one(
    gather: &mut Gather<'_>,
    row: &Row,
    text: &[u8],
    header: &Header,
    line: u64,
    each: &mut EachRow<'_>,
) -> Result<()> {
    let (found, expected) = (row.len(), header.names.len());
    let raw = row.text(text);
    if raw.contains(&0) {
        let count = raw.iter().filter(|byte| **byte == 0).count();
        return gather.issue(RowIssue::new("nul-bytes").at(line).param("count", count));
    }
    let is_padded = found > expected && (expected..found).all(|index| row.cell(text, index).is_empty());
    if found != expected && !is_padded {
        let code = if found > expected { "row-too-wide" } else { "row-cut" };
        return gather.issue(RowIssue::new(code).at(line).param("found", found).param("expected", expected).value(raw));
    }
    let cells: Vec<Cow<'_, [u8]>> = (0..expected).map(|index| row.unescaped(text, index)).collect();
    each(gather, line, &cells)
}

/// Columns that hold numbers.
pub(super) fn number_columns(mapping: &ColumnMapping, names: &[String]) -> Vec<usize> {
    use ColumnField::{
        CacheReadTokens, Cost, InputTokens, LatencyMs, LatencyS, OutputTokens, ReasoningTokens, TtftMs, TtftS, Weight,
    };
    let fields =
        [Weight, LatencyMs, LatencyS, TtftMs, TtftS, Cost, InputTokens, OutputTokens, CacheReadTokens, ReasoningTokens];
    let of_fields = fields.into_iter().filter_map(|field| mapping.column(field));
    let of_scores = mapping.scores.iter().map(|score| score.column.as_str());
    let places: BTreeSet<usize> = of_fields.chain(of_scores).filter_map(|column| place(names, column)).collect();
    places.into_iter().collect()
}

fn place(names: &[String], column: &str) -> Option<usize> {
    let exact = names.iter().position(|name| name == column);
    exact.or_else(|| names.iter().position(|name| squeeze(name) == squeeze(column)))
}

/// A row as cells or as an object.
pub(super) enum Cells<'c> {
    Row(&'c [Cow<'c, [u8]>]),
    Object(&'c Value),
}

/// Reads the rows of one table.
pub(super) struct TableReader {
    mapping: ColumnMapping,
    names: Vec<String>,
    /// By field: its column.
    fields: Vec<Option<usize>>,
    scores: Vec<(String, usize)>,
    variables: Vec<usize>,
    commas: Vec<bool>,
    stem: String,
    candidates: HashMap<u64, Arc<Candidate>, FixedState>,
    hash: FixedState,
    timestamps: TimestampReader,
}

impl TableReader {
    /// # Errors
    /// A mapped column that is not there, unless rows may have others than the first ones (`is_open`); a mapping that tells no case, or nothing of it.
    pub(super) fn new(
        file: &InputFile,
        mapping: &ColumnMapping,
        names: Vec<String>,
        commas: Vec<bool>,
        is_open: bool,
    ) -> Result<Self> {
        let (mut names, mut commas) = (names, commas);
        let mut find = |column: &str| match place(&names, column) {
            Some(place) => Ok(place),
            // Keys of objects need not stand in the first of them.
            None if is_open => {
                names.push(column.to_owned());
                commas.push(false);
                Ok(names.len() - 1)
            }
            None => Err(IngestError::file("column-missing", &[("column", column)])),
        };
        let mut fields = vec![None; ColumnField::ALL.len()];
        for meant in &mapping.columns {
            fields[meant.field as usize] = Some(find(&meant.column)?);
        }
        let mut scores = Vec::new();
        for score in &mapping.scores {
            scores.push((score.criterion.clone(), find(&score.column)?));
        }
        let mut variables = Vec::new();
        for column in &mapping.variables {
            variables.push(find(column)?);
        }
        if !mapping.tells_case() {
            return Err(IngestError::file("case-not-mapped", &[("file", &file.name)]));
        }
        if !mapping.tells_results() && !mapping.knows(ColumnField::Input) {
            return Err(IngestError::file("result-not-mapped", &[("file", &file.name)]));
        }
        Ok(Self {
            mapping: mapping.clone(),
            names,
            fields,
            scores,
            variables,
            commas,
            stem: file.stem().to_owned(),
            candidates: HashMap::default(),
            hash: FixedState::with_seed(11),
            timestamps: TimestampReader::new(Some(chrono_tz::UTC), false),
        })
    }

    fn place(&self, field: ColumnField) -> Option<usize> {
        self.fields[field as usize]
    }

    /// A cell as text; `None` for what is not there or blank.
    fn at<'c>(&self, cells: &Cells<'c>, place: usize) -> Option<Cow<'c, str>> {
        let text = match cells {
            Cells::Row(row) => match row.get(place)? {
                Cow::Borrowed(bytes) => String::from_utf8_lossy(bytes),
                Cow::Owned(bytes) => Cow::Owned(String::from_utf8_lossy(bytes).into_owned()),
            },
            Cells::Object(object) => match at_path(object, &self.names[place])? {
                Value::String(text) => Cow::Borrowed(text.as_str()),
                Value::Null => return None,
                other => Cow::Owned(other.to_string()),
            },
        };
        (!text.trim().is_empty()).then_some(text)
    }

    fn text<'c>(&self, cells: &Cells<'c>, field: ColumnField) -> Option<Cow<'c, str>> {
        self.at(cells, self.place(field)?)
    }

    /// The texts of a list, or of a cell as they are separated in it.
    fn list(&self, cells: &Cells<'_>, field: ColumnField, separators: &[char]) -> Vec<String> {
        let Some(place) = self.place(field) else { return Vec::new() };
        if let Cells::Object(object) = cells
            && let Some(list @ Value::Array(_)) = at_path(object, &self.names[place])
        {
            return crate::bakeoff::values::texts(Some(list));
        }
        let text = self.at(cells, place).unwrap_or_default();
        text.split(separators).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
    }

    /// A number of a field; what is none is said.
    fn number(&self, gather: &mut Gather<'_>, cells: &Cells<'_>, row: u64, field: ColumnField) -> Result<Option<f64>> {
        let Some(place) = self.place(field) else { return Ok(None) };
        let Some(text) = self.at(cells, place) else { return Ok(None) };
        let issue = match number::float(text.trim().as_bytes(), self.commas[place], &Evidence::default()) {
            Ok(value) if value >= 0.0 => return Ok(Some(value)),
            Ok(_) => "negative",
            Err(error) => error.code(),
        };
        gather.issue(RowIssue::new(issue).at(row).column(self.names[place].as_str()).value(text.as_bytes()))?;
        Ok(None)
    }

    fn count(&self, gather: &mut Gather<'_>, cells: &Cells<'_>, row: u64, field: ColumnField) -> Result<Option<u64>> {
        let Some(number) = self.number(gather, cells, row, field)? else { return Ok(None) };
        if number.fract() == 0.0 && number <= 1e15 {
            return Ok(Some(number as u64));
        }
        let column = self.place(field).map_or(field.name(), |place| &self.names[place]);
        gather.issue(RowIssue::new("not-whole").at(row).column(column).value(number.to_string().as_bytes()))?;
        Ok(None)
    }

    /// # Errors
    /// Those of who is told.
    pub(super) fn row(&mut self, gather: &mut Gather<'_>, row: u64, cells: &Cells<'_>) -> Result<()> {
        let id = self.text(cells, ColumnField::CaseId).map(|id| id.trim().to_owned());
        let case_identity = self.case(gather, row, cells, id.clone())?;
        if !self.mapping.tells_results() {
            return Ok(());
        }
        let who = [ColumnField::Candidate, ColumnField::Provider, ColumnField::Model];
        // A file without such a column is of one candidate; a cell that is empty is of nobody.
        if let Some(column) = who.into_iter().find_map(|field| self.place(field))
            && who.into_iter().all(|field| self.text(cells, field).is_none())
        {
            return gather.issue(RowIssue::new("candidate-untold").at(row).column(self.names[column].as_str()));
        }
        let mut result = ResultRecord::new(self.candidate(cells), gather.place(row));
        (result.case_id, result.case_identity) = (id, case_identity);
        result.answer = self.answer(cells);
        self.scores(gather, row, cells, &mut result)?;
        result.error = self.text(cells, ColumnField::Error).map(|text| ResultError::of(&text));
        result.tags = self.list(cells, ColumnField::Tag, &[';', '|']);
        self.measurements(gather, row, cells, &mut result)?;
        let mut repeats = Repeats::EachRow;
        if let Some(text) = self.text(cells, ColumnField::Repeat) {
            let text = text.trim();
            let digits = text.trim_start_matches(|c: char| !c.is_ascii_digit());
            match digits.parse::<u32>() {
                Ok(repeat) => (result.repeat, repeats) = (repeat, Repeats::Told),
                Err(_) => gather.issue(RowIssue::new("not-whole").at(row).column("repeat").value(text.as_bytes()))?,
            }
        }
        gather.result(result, repeats)
    }

    /// An answer that is an empty cell is an answer that is empty.
    fn answer(&self, cells: &Cells<'_>) -> Option<String> {
        let place = self.place(ColumnField::Answer)?;
        match cells {
            Cells::Row(row) => row.get(place).map(|cell| String::from_utf8_lossy(cell).into_owned()),
            Cells::Object(object) => match at_path(object, &self.names[place])? {
                Value::String(text) => Some(text.clone()),
                other => crate::bakeoff::values::any_text(Some(other)),
            },
        }
    }

    fn case(
        &self,
        gather: &mut Gather<'_>,
        row: u64,
        cells: &Cells<'_>,
        id: Option<String>,
    ) -> Result<Option<ContentHash>> {
        let mut messages = Vec::new();
        if let Some(place) = self.place(ColumnField::Input) {
            messages = match cells {
                Cells::Object(object) => crate::bakeoff::values::messages(at_path(object, &self.names[place])),
                Cells::Row(_) => self.at(cells, place).map(Message::user).into_iter().collect(),
            };
        }
        if messages.is_empty() {
            return Ok(None);
        }
        if let Some(system) = self.text(cells, ColumnField::System) {
            messages.insert(0, Message { role: "system".to_owned(), content: system.into_owned() });
        }
        let weight = self.number(gather, cells, row, ColumnField::Weight)?;
        let variable = |place: usize| {
            let name = self.names[place].trim_start_matches("var:").trim_start_matches("vars.").to_owned();
            Some((name, self.at(cells, place)?.into_owned()))
        };
        let reference = match cells {
            // A cell is one reference, whatever signs it holds.
            Cells::Row(_) => self.text(cells, ColumnField::Reference).map(Cow::into_owned).into_iter().collect(),
            Cells::Object(_) => self.list(cells, ColumnField::Reference, &[]),
        };
        let case = Case {
            id,
            reference,
            rubric: self.text(cells, ColumnField::Rubric).map(Cow::into_owned),
            tags: self.list(cells, ColumnField::Tag, &[';', '|']).into_iter().collect(),
            weight: weight.unwrap_or(1.0),
            cluster: self.text(cells, ColumnField::Cluster).map(|text| text.trim().to_owned()),
            variables: self.variables.iter().copied().filter_map(variable).collect(),
            messages,
        };
        if self.mapping.tells_results() {
            return gather.case_of_result(case, Some(row));
        }
        gather.case(case, Some(row))?;
        Ok(None)
    }

    fn candidate(&mut self, cells: &Cells<'_>) -> Arc<Candidate> {
        let fields = [ColumnField::Candidate, ColumnField::Provider, ColumnField::Model];
        let quick = self.hash.hash_one(fields.map(|field| self.text(cells, field)));
        if let Some(known) = self.candidates.get(&quick) {
            return Arc::clone(known);
        }
        let of = |field| self.text(cells, field).map(|text| text.trim().to_owned()).unwrap_or_default();
        let key = fields.map(of);
        let [label, provider, model] = &key;
        // A file of one candidate may be called after it.
        let named = [label, model, &self.stem].into_iter().find(|name| !name.is_empty()).map_or("?", String::as_str);
        let mut candidate = Candidate::named(if model.is_empty() { named } else { model });
        candidate.label = if label.is_empty() && !provider.is_empty() && !model.is_empty() {
            format!("{provider}/{model}")
        } else {
            named.to_owned()
        };
        if !provider.is_empty() {
            candidate.provider = Some(provider.clone());
        }
        if !label.is_empty() && model.is_empty() || named == self.stem {
            (candidate.provider, candidate.model) = ((!provider.is_empty()).then(|| provider.clone()), None);
        }
        let candidate = Arc::new(candidate);
        self.candidates.insert(quick, Arc::clone(&candidate));
        candidate
    }

    fn scores(&self, gather: &mut Gather<'_>, row: u64, cells: &Cells<'_>, result: &mut ResultRecord) -> Result<()> {
        let rater = self.text(cells, ColumnField::Rater).map(|text| text.trim().to_owned());
        let reason = self.text(cells, ColumnField::Reason).map(Cow::into_owned);
        for (criterion, place) in self.scores.iter().map(|(criterion, place)| (criterion, *place)) {
            let Some(text) = self.at(cells, place) else { continue };
            let text = text.trim();
            let value = match text.to_ascii_lowercase().as_str() {
                "true" | "yes" | "pass" | "passed" | "correct" | "是" | "对" | "通过" => Some(1.0),
                "false" | "no" | "fail" | "failed" | "incorrect" | "wrong" | "否" | "错" | "不通过" => Some(0.0),
                _ => number::float(text.as_bytes(), self.commas[place], &Evidence::default()).ok(),
            };
            match value {
                Some(value) => result.scores.push(Score {
                    scorer: criterion.clone(),
                    value,
                    scale: None,
                    reason: reason.clone(),
                    rater: rater.clone(),
                }),
                None => {
                    let code = unscored(&Value::String(text.to_owned()));
                    gather
                        .issue(RowIssue::new(code).at(row).column(self.names[place].as_str()).value(text.as_bytes()))?;
                }
            }
        }
        Ok(())
    }

    fn measurements(
        &mut self,
        gather: &mut Gather<'_>,
        row: u64,
        cells: &Cells<'_>,
        result: &mut ResultRecord,
    ) -> Result<()> {
        use ColumnField::{
            CacheReadTokens, Cached, InputTokens, LatencyMs, LatencyS, OutputTokens, ReasoningTokens, Timestamp,
            TtftMs, TtftS,
        };
        let ms =
            |one: Option<f64>, seconds: Option<f64>| one.or(seconds.map(|s| s * 1_000.0)).filter(|ms| ms.is_finite());
        let latency = ms(self.number(gather, cells, row, LatencyMs)?, self.number(gather, cells, row, LatencyS)?);
        let first = ms(self.number(gather, cells, row, TtftMs)?, self.number(gather, cells, row, TtftS)?);
        // Longer than anything takes: the unit is another, or the number is none.
        let is_possible = |ms: &f64| *ms * 1_000.0 <= LONGEST as f64;
        for (of, fields) in [(latency, [LatencyMs, LatencyS]), (first, [TtftMs, TtftS])] {
            if let Some(wrong) = of.filter(|ms| !is_possible(ms)) {
                let column = fields.into_iter().find_map(|field| self.place(field));
                let column = column.map_or("latency_ms", |place| self.names[place].as_str());
                let issue = RowIssue::new("too-large").at(row).column(column);
                gather.issue(issue.value(wrong.to_string().as_bytes()))?;
            }
        }
        (result.latency_ms, result.ttft_ms) = (latency.filter(is_possible), first.filter(is_possible));
        self.cost(gather, row, cells, result)?;
        if let Some(text) = self.text(cells, Cached) {
            result.cached = match text.trim().to_lowercase().as_str() {
                "true" | "yes" | "1" | "是" => Some(true),
                "false" | "no" | "0" | "否" => Some(false),
                _ => {
                    let place = self.place(Cached).map_or("cached", |place| self.names[place].as_str());
                    let issue = RowIssue::new("not-yes-or-no").at(row).column(place).value(text.as_bytes());
                    gather.issue(issue)?;
                    None
                }
            };
        }
        let input = self.count(gather, cells, row, InputTokens)?;
        let output = self.count(gather, cells, row, OutputTokens)?;
        let read = self.count(gather, cells, row, CacheReadTokens)?.unwrap_or(0);
        let reasoning = self.count(gather, cells, row, ReasoningTokens)?.unwrap_or(0);
        if input.is_some() || output.is_some() {
            let (input, output) = (input.unwrap_or(0), output.unwrap_or(0));
            let apart = if self.mapping.input_includes_cache { disjoint_input(input, read, 0) } else { Some(input) };
            match apart {
                Some(input) => {
                    let reasoning = reasoning.min(output);
                    let counts = TokenCounts { input, cache_read: read, output, reasoning, ..TokenCounts::default() };
                    result.tokens = Some(counts);
                }
                None => gather.issue(crate::issue::cache_exceeds_input("input", input, read).at(row))?,
            }
        }
        if let Some(place) = self.place(Timestamp)
            && let Some(text) = self.at(cells, place)
        {
            match self.timestamps.nanos(text.trim().as_bytes()) {
                Ok(nanos) => result.at = Some(nanos / 1_000_000),
                Err(error) => {
                    let issue = RowIssue::new(error.code()).at(row).column(self.names[place].as_str());
                    gather.issue(issue.value(text.as_bytes()))?;
                }
            }
        }
        Ok(())
    }

    fn cost(&self, gather: &mut Gather<'_>, row: u64, cells: &Cells<'_>, result: &mut ResultRecord) -> Result<()> {
        if let Some(place) = self.place(ColumnField::Cost)
            && let Some(text) = self.at(cells, place)
        {
            // A sign in the cell says which currency it is; that of yen and yuan says too little.
            let signed = [('€', "EUR"), ('£', "GBP"), ('₹', "INR"), ('₫', "VND")];
            let signed =
                signed.into_iter().find(|(sign, _)| text.contains(*sign)).and_then(|(_, code)| code.parse().ok());
            // So does a column beside it. What that says and nobody knows is no reason to take dollars for it.
            let beside = match self.text(cells, ColumnField::Currency) {
                Some(text) => match text.trim().to_uppercase().parse::<Currency>() {
                    Ok(currency) => Some(currency),
                    Err(_) => {
                        let issue = RowIssue::new("not-a-currency").at(row).value(text.as_bytes());
                        let place = self.place(ColumnField::Currency);
                        return gather
                            .issue(issue.column(place.map_or("currency", |place| self.names[place].as_str())));
                    }
                },
                None => None,
            };
            let currency = signed.or(beside).or(self.mapping.currency).unwrap_or(Currency::USD);
            match number::nanos(text.trim().as_bytes(), self.commas[place], &Evidence::default()) {
                Ok(nanos) if nanos >= 0 => result.cost = Some(Money::from_nanos(nanos, currency)),
                Ok(_) => gather.issue(RowIssue::new("negative").at(row).column("cost").value(text.as_bytes()))?,
                Err(error) => {
                    gather.issue(RowIssue::new(error.code()).at(row).column("cost").value(text.as_bytes()))?
                }
            }
        }
        Ok(())
    }
}
