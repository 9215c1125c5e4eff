//! The cells of one request → a record, or what is wrong with them. CSV rows and JSON objects mean the same here.

use domain::economics::ChargeKind;
use domain::latency::{LONGEST, Timing};
use domain::usage::{TokenCounts, disjoint_input};

use crate::RowIssue;
use crate::field::Field;
use crate::issue::cache_exceeds_input;
use crate::mapping::FieldMapping;
use crate::number::{self, Evidence, NumberError};
use crate::record::{self, Record};
use crate::timestamp::TimestampReader;
use crate::usage_object::{self, UsageObject};

/// Longest value of a dimension, in bytes: longer is a text in the wrong column.
const MAX_NAME: usize = 512;

/// Fields that say how many tokens a row took, rather than which of them.
const WHOLE_COUNTS: [Field; 3] = [Field::InputTokens, Field::UncachedInputTokens, Field::OutputTokens];

/// What a mapping says about every row.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Rules {
    /// Input is one number rather than its uncached part.
    whole_input: bool,
    /// Tokens are told by a provider's usage object.
    usage_object: bool,
    input_includes_cache: bool,
    /// A row is the sum of requests over nobody knows how long.
    sums_requests: bool,
    /// By field: whether its column writes 12,5.
    decimal_comma: [bool; Field::ALL.len()],
}

/// Reads the cells of one reader thread and gathers what they say of how the file writes numbers and dates.
#[derive(Debug, Clone)]
pub(crate) struct CellReader {
    pub timestamps: TimestampReader,
    pub numbers: [Evidence; Field::ALL.len()],
}

impl CellReader {
    pub(crate) fn new(timestamps: TimestampReader) -> Self {
        Self { timestamps, numbers: std::array::from_fn(|_| Evidence::default()) }
    }
}

impl Rules {
    pub(crate) fn of(mapping: &FieldMapping, decimal_comma: [bool; Field::ALL.len()]) -> Self {
        Self {
            whole_input: mapping.knows(Field::InputTokens),
            usage_object: mapping.knows(Field::UsageObject),
            input_includes_cache: mapping.input_includes_cache,
            sums_requests: mapping.knows(Field::Requests),
            decimal_comma,
        }
    }

    /// As [`Self::record`], for JSON: a field whose value is a number there is written with a point and says nothing of texts.
    pub(crate) fn record_of<'r>(
        &self,
        is_number: &[bool; Field::ALL.len()],
        cell: impl Fn(Field) -> &'r [u8],
        name: impl Fn(Field) -> String,
        reader: &mut CellReader,
    ) -> Result<Record<'r>, RowIssue> {
        if !is_number.contains(&true) {
            return self.record(cell, name, reader);
        }
        let mut rules = *self;
        let before = reader.numbers.clone();
        for (comma, is_number) in rules.decimal_comma.iter_mut().zip(is_number) {
            *comma &= !is_number;
        }
        let record = rules.record(cell, name, reader);
        for ((now, before), is_number) in reader.numbers.iter_mut().zip(before).zip(is_number) {
            if *is_number {
                *now = before;
            }
        }
        record
    }

    /// Reads a record. `cell` gives a field's text, "" where there is none; `name` what its column is called.
    ///
    /// # Errors
    /// The first thing that is wrong, with its column and value, without its row.
    #[inline]
    pub(crate) fn record<'r>(
        &self,
        cell: impl Fn(Field) -> &'r [u8],
        name: impl Fn(Field) -> String,
        reader: &mut CellReader,
    ) -> Result<Record<'r>, RowIssue> {
        let issue = |code: &str, field: Field| RowIssue::new(code).column(name(field)).value(cell(field));
        let at = match cell(Field::Timestamp) {
            [] => return Err(issue("timestamp-missing", Field::Timestamp)),
            text => reader.timestamps.nanos(text).map_err(|error| issue(error.code(), Field::Timestamp))?,
        };
        let to_the_minute = !reader.timestamps.is_whole_day && !self.sums_requests;
        let numbers = &reader.numbers;
        let number_issue = |error: NumberError, field| issue(error.code(), field);
        let count = |field: Field| match cell(field) {
            text if is_nothing(text) => Ok(0),
            text => number::count(text, self.decimal_comma[field as usize], &numbers[field as usize])
                .map_err(|error| number_issue(error, field)),
        };
        let UsageObject { tokens, web_searches, is_told } = if !self.usage_object {
            let tokens = self.tokens(count, &name)?;
            // A subset that is not there is none; without input and output nobody knows.
            let is_told = tokens.total() > 0 || WHOLE_COUNTS.iter().any(|field| !is_nothing(cell(*field)));
            UsageObject { tokens, web_searches: count(Field::WebSearches)?, is_told }
        } else if is_nothing(cell(Field::UsageObject)) {
            UsageObject::default()
        } else {
            usage_object::read(cell(Field::UsageObject), || name(Field::UsageObject))?
        };
        let verdict = |field: Field| match cell(field) {
            text if is_nothing(text) => Ok(None),
            text => record::success(text).map(Some).ok_or_else(|| issue("not-a-verdict", field)),
        };
        let requests = if is_nothing(cell(Field::Requests)) { 1 } else { count(Field::Requests)? };
        let reported = match cell(Field::Cost) {
            text if is_nothing(text) => None,
            text => {
                let field = Field::Cost as usize;
                let read = number::nanos(text, self.decimal_comma[field], &numbers[field]);
                Some(read.map_err(|error| number_issue(error, Field::Cost))?)
            }
        };
        let duration = |(in_ms, in_s): (Field, Field)| {
            let told = [(in_ms, NANOS_PER_MICRO * 1_000), (in_s, NANOS_PER_MICRO)];
            match told.into_iter().find(|(field, _)| !is_nothing(cell(*field))) {
                None => Ok(None),
                Some((field, per_micro)) => {
                    let (text, place) = (cell(field), field as usize);
                    let read = number::nanos(text, self.decimal_comma[place], &numbers[place]);
                    let units = read.map_err(|error| number_issue(error, field))?;
                    micros(units, per_micro).map(Some).ok_or_else(|| issue("duration-out-of-range", field))
                }
            }
        };
        let timing = Timing {
            to_the_minute,
            latency: duration((Field::LatencyMs, Field::LatencyS))?,
            first_token: duration((Field::TtftMs, Field::TtftS))?,
        };
        const NAMED: [Field; 5] = [Field::Vendor, Field::Model, Field::Feature, Field::Tenant, Field::Environment];
        let dimensions = NAMED.map(&cell);
        for (value, field) in dimensions.iter().zip(NAMED) {
            if !value.is_ascii() && std::str::from_utf8(value).is_err() {
                return Err(issue("not-utf8", field));
            }
            if value.len() > MAX_NAME {
                return Err(issue("name-too-long", field).param("limit", MAX_NAME));
            }
        }
        let is_fast = cell(Field::Speed).eq_ignore_ascii_case(b"fast");
        let charge = match cell(Field::ChargeType) {
            [] => ChargeKind::Tokens,
            words => ChargeKind::named(&String::from_utf8_lossy(words)),
        };
        Ok(Record {
            at,
            is_whole_day: reader.timestamps.is_whole_day,
            dimensions,
            tier: if is_fast { b"fast" } else { cell(Field::ServiceTier) },
            request_id: cell(Field::RequestId),
            session: cell(Field::Session),
            success: verdict(Field::Success)?,
            session_success: verdict(Field::SessionSuccess)?,
            requests,
            tokens,
            tells_tokens: is_told,
            longer_than: match cell(Field::ContextWindow) {
                [] => None,
                text => record::context_window(text),
            },
            web_searches,
            beyond_list: record::is_bound_to_a_region(cell(Field::InferenceGeo)),
            reported,
            charge,
            timing,
        })
    }

    #[inline]
    fn tokens(
        &self,
        count: impl Fn(Field) -> Result<u64, RowIssue>,
        name: impl Fn(Field) -> String,
    ) -> Result<TokenCounts, RowIssue> {
        let cache_read = count(Field::CacheReadTokens)?;
        let cache_write_5m = count(Field::CacheWrite5mTokens)?;
        let cache_write_1h = count(Field::CacheWrite1hTokens)?;
        let input = match (self.whole_input, self.input_includes_cache) {
            (false, _) => count(Field::UncachedInputTokens)?,
            (true, false) => count(Field::InputTokens)?,
            (true, true) => {
                let whole = count(Field::InputTokens)?;
                disjoint_input(whole, cache_read, cache_write_5m + cache_write_1h).ok_or_else(|| {
                    let cached = cache_read + cache_write_5m + cache_write_1h;
                    cache_exceeds_input(name(Field::InputTokens), whole, cached)
                })?
            }
        };
        let output = count(Field::OutputTokens)?;
        let reasoning = count(Field::ReasoningTokens)?;
        if reasoning > output {
            return Err(RowIssue::new("reasoning-exceeds-output")
                .column(name(Field::ReasoningTokens))
                .value(reasoning.to_string().as_bytes())
                .param("reasoning", reasoning)
                .param("output", output));
        }
        Ok(TokenCounts {
            input,
            cache_read,
            cache_write_5m,
            cache_write_1h,
            output,
            reasoning,
            input_audio: count(Field::InputAudioTokens)?,
            input_image: count(Field::InputImageTokens)?,
            output_audio: count(Field::OutputAudioTokens)?,
            output_image: count(Field::OutputImageTokens)?,
        })
    }
}

/// Nano-units of a second in a microsecond.
const NANOS_PER_MICRO: u64 = 1_000;

/// Nano-units of a duration's unit as microseconds, rounded to the nearest; `None` below 0 and beyond what any request takes.
fn micros(nano_units: i128, per_micro: u64) -> Option<u64> {
    // A day is 8.64 × 10^16 of the smaller units: what 64 bits do not hold is too long in either.
    let micros = u64::try_from(nano_units).ok()?.checked_add(per_micro / 2)? / per_micro;
    Some(micros).filter(|micros| *micros <= LONGEST)
}

/// How databases and scripts write that there is no value.
#[inline]
fn is_nothing(text: &[u8]) -> bool {
    text.is_empty()
        || (!text[0].is_ascii_digit()
            && matches!(
                text,
                b"NULL" | b"null" | b"Null" | b"None" | b"none" | b"NaN" | b"nan" | b"N/A" | b"n/a" | b"-" | b"\\N"
            ))
}
