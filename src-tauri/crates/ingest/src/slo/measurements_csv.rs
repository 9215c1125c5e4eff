//! Tables of measurements: a time, and counts or shares.
//!
//! The file is read twice: once for how it writes numbers and dates, which all its values decide, and once for what it tells.
//!
//! Issues carry row and column; the row is left out: those of times (see [`crate::issue`]), `negative`, `not-a-number` (NaN and
//! infinities too), `too-large`, `measure-part-exceeds-total` (`part`, `total`), `measure-outside-share`, `row-cut`, `row-too-wide`,
//! `open-quote`, `record-too-long`, `gzip-damaged`. Rows of one time are added up: they may be of several models or regions.

use std::path::Path;

use super::columns::{MeasureColumns, Places, VALUES};
use super::gaps::Gaps;
use super::measurements::{MeasureOptions, Measured, Sink};
use super::minutes::Told;
use super::table::{Event, each_row};
use crate::header::Header;
use crate::issue::KEPT;
use crate::look::Look;
use crate::number::{Evidence, Verdict, count, float};
use crate::rows::Row;
use crate::timestamp::TimestampReader;
use crate::{IngestError, Progress, Result, RowIssue};
use domain::calendar::ReportingCalendar;
use domain::slo::Counts;

const TOTAL: usize = 2;

/// How the file writes: decimal signs by value, the order of day and month.
#[derive(Debug, Clone, Copy)]
struct Writing {
    decimal_comma: [bool; VALUES],
    day_first: bool,
}

/// Reads a table.
///
/// # Errors
/// Those of [`super::read_measurements`].
pub(super) fn read(
    path: &Path,
    look: &Look,
    options: &MeasureOptions,
    sink: Sink<'_>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Measured> {
    let header = look.header()?;
    let columns = options.columns.clone().unwrap_or_else(|| MeasureColumns::guess(&header.names));
    let places = columns.places(&header.names)?;
    let writing = settled(path, &header, places, options)?;
    let mut table = Table {
        names: &header.names,
        places,
        writing,
        times: TimestampReader::new(options.zone, writing.day_first),
        days: options.zone.and_then(|zone| ReportingCalendar::new(zone.name(), 1).ok()),
    };
    let mut measured = Measured::default();
    let (mut gaps, mut last) = (Gaps::default(), None);
    let total = std::fs::metadata(path)?.len();
    let found = each_row(path, &header, |event| {
        let (line, outcome) = match event {
            Event::Row(line, text, row) => (line, table.row(text, row)),
            Event::Bad(line, issue) => (line, Err(issue)),
            Event::Beat(bytes) => return progress(Progress { bytes, total, rows: measured.read }),
        };
        measured.read += 1;
        match outcome {
            Ok((seconds, counts)) => {
                measured.taken += 1;
                if let Some(last) = last.replace(seconds)
                    && seconds > last
                {
                    gaps.see(seconds - last);
                }
                let minute = seconds.div_euclid(60);
                let (from, to) = measured.span.unwrap_or((minute, minute));
                measured.span = Some((from.min(minute), to.max(minute)));
                sink(minute, Told::Counts(counts));
            }
            Err(issue) if measured.issues.len() < KEPT => measured.issues.push(issue.at(line)),
            Err(_) => {}
        }
        true
    })?;
    let (sha256, damage) = found.ok_or(IngestError::Cancelled)?;
    measured.issues.extend(damage.map(|cause| RowIssue::new("gzip-damaged").param("cause", cause)));
    Ok(Measured { step: gaps.step(), sha256, ..measured })
}

struct Table<'t> {
    names: &'t [String],
    places: Places,
    writing: Writing,
    times: TimestampReader,
    days: Option<ReportingCalendar>,
}

impl Table<'_> {
    /// Seconds since 1970, and the counts of a row.
    fn row(&mut self, text: &[u8], row: &Row) -> std::result::Result<(i64, Counts), RowIssue> {
        let (found, expected) = (row.len(), self.names.len());
        let surplus = || (expected..found).any(|index| !row.cell(text, index).is_empty());
        if found <= self.places.last() || found > expected && surplus() {
            let code = if found > expected { RowIssue::new("row-too-wide") } else { RowIssue::new("row-cut") };
            return Err(code.param("found", found).param("expected", expected).value(row.text(text)));
        }
        let at = row.unescaped(text, self.places.timestamp);
        let name = |place: usize| self.names[place].clone();
        if at.is_empty() {
            return Err(RowIssue::new("timestamp-missing").column(name(self.places.timestamp)));
        }
        let seconds = self
            .times
            .seconds(&at)
            .map_err(|error| RowIssue::new(error.code()).column(name(self.places.timestamp)).value(&at))?;
        let seconds = if self.times.is_whole_day { self.start_of_day(seconds) } else { seconds };
        let mut values = [None; VALUES];
        for (index, place) in self.places.values.iter().enumerate() {
            let Some(place) = *place else { continue };
            let cell = row.unescaped(text, place);
            let (digits, is_percent) = match cell.strip_suffix(b"%") {
                Some(digits) if index > TOTAL => (digits.trim_ascii_end(), true),
                _ => (&*cell, false),
            };
            let wrong = |code: &str| RowIssue::new(code).column(name(place)).value(&cell);
            let value = float(digits, self.writing.decimal_comma[index], &Evidence::default())
                .map_err(|error| wrong(error.code()))?;
            if value < 0.0 {
                return Err(wrong("negative"));
            }
            let value = if is_percent { value / 100.0 } else { value };
            if index > TOTAL && value > 1.0 + 1e-9 {
                return Err(wrong("measure-outside-share"));
            }
            values[index] = Some(value);
        }
        let [good, bad, total, ratio, bad_ratio] = values;
        let exceeds = |part: f64, total: f64| {
            let at = self.places.values.iter().flatten().next().copied().unwrap_or(0);
            let issue = RowIssue::new("measure-part-exceeds-total").column(name(at));
            issue.param("part", part).param("total", total).value(row.text(text))
        };
        let share = ratio.or(bad_ratio.map(|bad| 1.0 - bad)).map(|share| share.clamp(0.0, 1.0));
        let counts = match (good, bad, total, share) {
            (_, _, total, Some(share)) => {
                let total = total.unwrap_or(1.0);
                Counts { good: share * total, total }
            }
            (Some(good), _, Some(total), _) if good > total => return Err(exceeds(good, total)),
            (None, Some(bad), Some(total), _) if bad > total => return Err(exceeds(bad, total)),
            (Some(good), _, Some(total), _) => Counts { good, total },
            (None, Some(bad), Some(total), _) => Counts { good: total - bad, total },
            (Some(good), Some(bad), None, _) => Counts { good, total: good + bad },
            // A table is read only if its columns tell one of these.
            _ => return Err(RowIssue::new("row-cut").param("found", found).param("expected", expected)),
        };
        Ok((seconds, counts))
    }

    /// A day without a time begins at its midnight: the reader puts it at noon in UTC.
    fn start_of_day(&self, noon: i64) -> i64 {
        let day = domain::calendar::utc_day(noon);
        self.days.as_ref().map_or(noon, |calendar| calendar.start_of(day).timestamp())
    }
}

/// How the file writes its numbers and dates: what all values of a column say, then what a person says, then what the other columns
/// say; of counts that leave it open, that they are whole.
fn settled(path: &Path, header: &Header, places: Places, options: &MeasureOptions) -> Result<Writing> {
    let said: [Evidence; VALUES] = std::array::from_fn(|_| Evidence::default());
    let whole: [Evidence; VALUES] = std::array::from_fn(|_| Evidence::default());
    let mut times = TimestampReader::new(options.zone, false);
    each_row(path, header, |event| {
        let Event::Row(_, text, row) = event else { return true };
        let _ = times.seconds(&row.unescaped(text, places.timestamp));
        for (index, place) in places.values.iter().enumerate() {
            let Some(place) = *place else { continue };
            let cell = row.unescaped(text, place);
            let digits = cell.strip_suffix(b"%").unwrap_or(&cell).trim_ascii_end();
            let _ = float(digits, false, &said[index]);
            if index <= TOTAL {
                let _ = count(digits, false, &whole[index]);
            }
        }
        true
    })?;
    let decided = |evidence: &Evidence| match evidence.verdict() {
        Verdict::Decided(comma) => Some(comma),
        _ => None,
    };
    let name = |place: Option<usize>| place.map_or("", |place| header.names[place].as_str());
    let all: Vec<bool> = said.iter().filter_map(decided).collect();
    let elsewhere = all.first().copied().filter(|first| all.iter().all(|comma| comma == first));
    let mut writing = Writing { decimal_comma: [false; VALUES], day_first: false };
    for index in 0..VALUES {
        let of_counts = || if index <= TOTAL { decided(&whole[index]) } else { None };
        writing.decimal_comma[index] = match (said[index].verdict(), options.decimal_comma) {
            (Verdict::Decided(comma), _) => comma,
            (Verdict::Indifferent, said) => said.unwrap_or(false),
            (_, Some(said)) => said,
            (Verdict::Undecided, None) => match elsewhere.or_else(of_counts) {
                Some(comma) => comma,
                None => return Err(undecided("decimal-sign-undecided", name(places.values[index]), "0")),
            },
            (Verdict::Contradictory, None) => {
                return Err(undecided("decimal-sign-undecided", name(places.values[index]), "1"));
            }
        };
    }
    writing.day_first = match (times.order.verdict(), options.day_first) {
        (Verdict::Decided(first), _) => first,
        (Verdict::Indifferent, said) => said.unwrap_or(false),
        (_, Some(said)) => said,
        (verdict, None) => {
            let mixed = if verdict == Verdict::Contradictory { "1" } else { "0" };
            return Err(undecided("day-order-undecided", name(Some(places.timestamp)), mixed));
        }
    };
    Ok(writing)
}

fn undecided(code: &'static str, column: &str, mixed: &str) -> IngestError {
    IngestError::file(code, &[("column", column), ("mixed", mixed)])
}
