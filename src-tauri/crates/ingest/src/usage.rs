//! Reading a usage file: from a path, a format and a mapping to a roll-up with its issues.

use std::collections::HashMap;
use std::path::Path;

use chrono_tz::Tz;
use domain::money::Currency;
use domain::usage::{Known, Measures};

use crate::accumulate::{Accumulator, Noticed, RawSeries, Setup};
use crate::cells::Cells;
use crate::edges::Inner;
use crate::joining::{self, Edge, RollUp};
use crate::mapping::{Field, FieldMapping, UsageFormat};
use crate::minutes::{Line, RawMinutes};
use crate::sniff::Look;
use crate::{IngestError, Result, RowIssue, anthropic, csv_usage, json_usage, litellm, openai_costs, openai_usage};

use domain::calendar::ReportingCalendar;
use domain::economics::BasisKind;
use domain::overlap::SessionTrace;
use domain::price_book::PriceBook;

/// How far a reading has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Progress {
    pub bytes: u64,
    pub total: u64,
    pub rows: u64,
}

/// Rows by what became of them. `read = good + bad + duplicate + skipped`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    pub read: u64,
    pub good: u64,
    pub bad: u64,
    /// Repeats of a request already counted.
    pub duplicate: u64,
    /// Rows that carry no usage, such as a management call in a gateway's log.
    pub skipped: u64,
}

impl Counts {
    pub(crate) fn good(&mut self, n: u64) {
        self.read += n;
        self.good += n;
    }

    pub(crate) fn bad(&mut self, n: u64) {
        self.read += n;
        self.bad += n;
    }

    pub(crate) fn duplicate(&mut self, n: u64) {
        self.read += n;
        self.duplicate += n;
    }

    pub(crate) fn skipped(&mut self, n: u64) {
        self.read += n;
        self.skipped += n;
    }

    pub(crate) fn add(&mut self, other: &Counts) {
        self.read += other.read;
        self.good += other.good;
        self.bad += other.bad;
        self.duplicate += other.duplicate;
        self.skipped += other.skipped;
    }
}

/// What a reader brings home.
pub(crate) struct Found<'a> {
    pub parts: Vec<Accumulator<'a>>,
    pub counts: Counts,
    pub issues: Vec<RowIssue>,
    pub sha256: String,
    /// Some local time was one that a change of clocks repeats or skips.
    pub met_clock_change: bool,
}

/// A file, normalised and rolled up.
#[derive(Debug)]
pub struct UsageBatch {
    pub series: Vec<RawSeries>,
    /// What the cells of each series come to.
    pub by_series: Vec<Measures>,
    /// By (hour, series), with how long their requests took; edges included.
    pub cells: Cells,
    pub known: Known,
    pub reported_currency: Currency,
    /// The zone in which whole days are cut, where rows are of such.
    pub day_zone: Tz,
    pub counts: Counts,
    /// The first [`crate::issue::KEPT`] issues, by row.
    pub issues: Vec<RowIssue>,
    /// Epoch nano-seconds of the first and last record.
    pub span: Option<(i64, i64)>,
    /// The rows of the first and the last hour; `cells` counts them too.
    pub edges: Vec<Edge>,
    /// Sessions that may go on in another file; `cells` counts them too.
    pub sessions: Vec<SessionTrace>,
    /// Vendors' models, by name.
    pub lines: Vec<Line>,
    /// What their minutes saw, by (hour, line); edges included.
    pub minutes: Vec<RawMinutes>,
    pub sha256: String,
    /// What was normalised on the way: messages `note-<code>`.
    pub notes: Vec<&'static str>,
}

impl UsageBatch {
    /// Traffic by vendor and model for which no price was found: (vendor, model) → (requests, tokens).
    pub fn unpriced(&self) -> Vec<((String, String), (u64, u64))> {
        let mut unpriced: HashMap<(String, String), (u64, u64)> = HashMap::new();
        for (series, measures) in self.series.iter().zip(&self.by_series) {
            if series.basis == BasisKind::Unpriced && self.known.tokens && series.shape.tells_tokens {
                let [vendor, model, ..] = &series.values;
                let sums = unpriced.entry((vendor.clone(), model.clone())).or_default();
                sums.0 += measures.requests;
                sums.1 += measures.tokens.total();
            }
        }
        let mut list: Vec<_> = unpriced.into_iter().collect();
        list.sort_by(|a, b| b.1.1.cmp(&a.1.1).then_with(|| a.0.cmp(&b.0)));
        list
    }
}

/// The zone timestamps without one are in.
///
/// # Errors
/// A name that is no IANA zone.
pub(crate) fn zone_of(mapping: &FieldMapping) -> Result<Option<Tz>> {
    mapping
        .time_zone
        .as_deref()
        .filter(|zone| !zone.trim().is_empty())
        .map(|zone| zone.trim().parse::<Tz>().map_err(|_| IngestError::file("unknown-zone", &[("zone", zone)])))
        .transpose()
}

/// What a mapped file is able to say.
fn known_of(mapping: &FieldMapping) -> Known {
    let knows = |field: Field| mapping.knows(field);
    let tokens = [Field::InputTokens, Field::UncachedInputTokens, Field::OutputTokens, Field::CacheReadTokens];
    let has_object = knows(Field::UsageObject);
    let counts_tokens = has_object || tokens.into_iter().any(knows);
    let sessions = knows(Field::Session);
    Known {
        requests: counts_tokens || knows(Field::Requests) || knows(Field::Success) || !knows(Field::Cost),
        successes: knows(Field::Success),
        sessions,
        successful_sessions: sessions && (knows(Field::SessionSuccess) || knows(Field::Success)),
        tokens: counts_tokens,
        reported_cost: knows(Field::Cost),
        cache: counts_tokens
            && [
                Field::CacheReadTokens,
                Field::CacheWrite5mTokens,
                Field::CacheWrite1hTokens,
                Field::UncachedInputTokens,
                Field::UsageObject,
            ]
            .into_iter()
            .any(knows),
        reasoning: has_object || knows(Field::ReasoningTokens),
        untold: false,
        audio: has_object || knows(Field::InputAudioTokens) || knows(Field::OutputAudioTokens),
        images: has_object || knows(Field::InputImageTokens) || knows(Field::OutputImageTokens),
        web_searches: has_object || knows(Field::WebSearches),
    }
}

/// What a file is read against.
#[derive(Debug, Clone, Copy)]
pub struct Reading<'a> {
    pub book: &'a PriceBook,
    pub calendar: &'a ReportingCalendar,
    /// Where earlier imports of the feed begin and end, in epoch nano-seconds.
    pub seams: &'a [i64],
}

/// Reads a usage file. `progress` is called after each block and cancels by returning `false`.
///
/// # Errors
/// A file that is not what `format` says, a mapping that does not fit, the disk's. Bad rows are no error.
pub fn read_usage(
    path: &Path,
    format: UsageFormat,
    mapping: &FieldMapping,
    context: Reading<'_>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<UsageBatch> {
    let Reading { book, calendar, seams } = context;
    if format.is_mapped()
        && let Some(field) = mapping.mapped_twice()
    {
        return Err(IngestError::file("field-mapped-twice", &[("field", field.name())]));
    }
    // The sentence for an empty file, or one that is something else, comes before anything about columns.
    let look = Look::at(path)?;
    if look.is_json() == format.is_csv() {
        return Err(IngestError::file("format-differs", &[("format", format.name())]));
    }
    let setup = |known, currency: Option<Currency>| Setup {
        book,
        calendar,
        known,
        reported_currency: currency.unwrap_or(Currency::USD),
        seams,
        inner: Inner::NOTHING,
    };
    let mut notes = Vec::new();
    let (found, setup) = match format {
        UsageFormat::GenericCsv | UsageFormat::GenericJsonl => {
            if !mapping.knows(Field::Timestamp) {
                return Err(IngestError::file("timestamp-not-mapped", &[]));
            }
            let setup = setup(known_of(mapping), mapping.cost_currency);
            if mapping.column(Field::InputTokens).is_some() && mapping.column(Field::CacheReadTokens).is_some() {
                notes.push(if mapping.input_includes_cache { "input-includes-cache" } else { "input-excludes-cache" });
            }
            if mapping.knows(Field::Requests) && !mapping.knows(Field::ContextWindow) {
                notes.push("context-by-mean");
            }
            if format.is_csv() && look.header()?.has_duplicates {
                notes.push("duplicate-columns");
            }
            let found = if format.is_csv() {
                csv_usage::read(path, &look, mapping, setup, progress)?
            } else {
                json_usage::read(path, &look, mapping, setup, progress)?
            };
            (found, setup)
        }
        UsageFormat::AnthropicUsageCsv => {
            notes.extend(["input-excludes-cache", "daily-buckets"]);
            let mapping = anthropic::usage_mapping(&look)?;
            if !mapping.knows(Field::ContextWindow) {
                notes.push("context-unknown");
            }
            let setup = setup(Known { tokens: true, cache: true, ..Known::default() }, None);
            (csv_usage::read(path, &look, &mapping, setup, progress)?, setup)
        }
        UsageFormat::AnthropicCostCsv => {
            notes.extend(["cost-only", "daily-buckets"]);
            let mapping = anthropic::cost_mapping(&look)?;
            let setup = setup(Known { reported_cost: true, ..Known::default() }, Some(Currency::USD));
            (csv_usage::read(path, &look, &mapping, setup, progress)?, setup)
        }
        UsageFormat::LitellmSpendLogs => {
            notes.extend(["input-includes-cache", "first-tag", "gateway-cache-free"]);
            let setup = setup(litellm::KNOWN, Some(Currency::USD));
            (litellm::read(path, &look, setup, progress)?, setup)
        }
        UsageFormat::OpenaiCosts => {
            notes.push("cost-only");
            let currency = openai_costs::currency(&look)?;
            let setup = setup(Known { reported_cost: true, ..Known::default() }, Some(currency));
            (openai_costs::read(path, &look, setup, progress)?, setup)
        }
        UsageFormat::OpenaiUsage => {
            notes.extend(["input-includes-cache", "context-by-mean"]);
            let setup = setup(openai_usage::KNOWN, None);
            (openai_usage::read(path, &look, setup, progress)?, setup)
        }
    };
    // The providers' own exports are cut in UTC.
    let day_zone = if format.is_mapped() { zone_of(mapping)?.unwrap_or(Tz::UTC) } else { Tz::UTC };
    if found.counts.read == 0 {
        return Err(IngestError::file("file-without-rows", &[("file", &look.name)]));
    }
    let met_clock_change = found.met_clock_change;
    let RollUp { series, by_series, cells, span, edges, sessions, lines, minutes, noticed } =
        joining::merge(found.parts)?;
    let Noticed { makers_price, resellers_amount, partly, web_searches, untold, vendorless } = noticed;
    let is_elsewhere = day_zone != Tz::UTC && day_zone != calendar.zone;
    notes.extend((is_elsewhere && series.iter().any(|series| series.shape.is_daily)).then_some("days-elsewhere"));
    notes.extend(met_clock_change.then_some("clock-change"));
    notes.extend(makers_price.then_some("makers-price"));
    notes.extend(resellers_amount.then_some("resellers-amount"));
    notes.extend(partly.then_some("partly-priced"));
    notes.extend(web_searches.then_some("web-searches"));
    notes.extend(untold.then_some("tokens-untold"));
    notes.extend(vendorless.then_some("vendor-untold"));
    Ok(UsageBatch {
        series,
        by_series,
        cells,
        known: setup.known,
        reported_currency: setup.reported_currency,
        day_zone,
        counts: found.counts,
        issues: found.issues,
        span,
        edges,
        sessions,
        lines,
        minutes,
        sha256: found.sha256,
        notes,
    })
}
