//! Reading a usage file: from a path, a format and a mapping to a roll-up with its issues.

use std::collections::HashMap;
use std::path::Path;

use chrono_tz::Tz;
use domain::calendar::ReportingCalendar;
use domain::economics::BasisKind;
use domain::money::Currency;
use domain::overlap::SessionTrace;
use domain::price_book::PriceBook;
use domain::usage::{Known, Measures};

use crate::accumulate::{Noticed, RawSeries, Setup};
use crate::cells::Cells;
use crate::edges::Inner;
use crate::field::Field;
use crate::formats::UsageFormat;
use crate::joining::{self, Edge, RollUp};
use crate::look::Look;
use crate::mapping::FieldMapping;
use crate::minutes::{Line, RawMinutes};
use crate::reader::{Counts, Progress};
use crate::{IngestError, Result, RowIssue};

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
    let declared = format.declared();
    if declared.is_mapped
        && let Some(field) = mapping.mapped_twice()
    {
        return Err(IngestError::file("field-mapped-twice", &[("field", field.name())]));
    }
    // The sentence for an empty file, or one that is something else, comes before anything about columns.
    let look = Look::at(path)?;
    if look.is_json() == declared.marks.are_of_csv() {
        return Err(IngestError::file("format-differs", &[("format", format.name())]));
    }
    if declared.is_mapped && !mapping.knows(Field::Timestamp) {
        return Err(IngestError::file("timestamp-not-mapped", &[]));
    }
    let setup = Setup {
        book,
        calendar,
        known: (declared.known)(mapping),
        reported_currency: (declared.currency)(&look, mapping)?,
        seams,
        inner: Inner::NOTHING,
    };
    let mut notes = (declared.notes)(&look, mapping)?;
    let found = (declared.read)(path, &look, mapping, setup, progress)?;
    // The providers' own exports are cut in UTC.
    let day_zone = if declared.is_mapped { mapping.zone()?.unwrap_or(Tz::UTC) } else { Tz::UTC };
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
