//! Records → roll-up cells: each record is priced at its own instant and added to its hour.

use std::collections::{HashMap, HashSet};

use chrono::DateTime;
use domain::calendar::ReportingCalendar;
use domain::id::PriceId;
use domain::money::Currency;
use domain::price::{self, PriceBook, PriceRow, PriceWindow};
use domain::usage::{Known, Measures};
use foldhash::fast::FixedState;
use std::hash::BuildHasher;

use crate::record::Record;
use crate::sessions::{self, SessionLog};

/// What a series is called before the store gives it an id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RawSeries {
    /// By `Dimension::index`; "" is "not given".
    pub values: [String; 5],
    pub tier: String,
    pub price: Option<PriceId>,
    pub band: u32,
}

/// A cell of a batch: `series` indexes [`crate::UsageBatch::series`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RawCell {
    /// Epoch second the hour starts at.
    pub hour: i64,
    pub series: u32,
    pub measures: Measures,
}

/// Request ids remembered to tell repeated rows: 64 MB of hashes. Repeats lie close together in real files.
const REMEMBERED: usize = 4_000_000;

/// What all reader threads share.
#[derive(Debug, Clone, Copy)]
pub struct Setup<'a> {
    pub book: &'a PriceBook,
    pub calendar: &'a ReportingCalendar,
    pub known: Known,
    pub reported_currency: Currency,
}

/// One combination of dimension values and service tier.
struct Group<'a> {
    values: [String; 5],
    tier: String,
    /// All of time, cut where the price changes.
    windows: Vec<PriceWindow<'a>>,
    window: PriceWindow<'a>,
    /// The cell the last record of this group went to: (hour, price window start, band).
    last: Option<(i64, i64, usize, u32)>,
}

impl<'a> Group<'a> {
    fn price_at(&mut self, at: i64) -> PriceWindow<'a> {
        if at < self.window.from || at >= self.window.to {
            let next = self.windows.partition_point(|window| window.to <= at);
            self.window = self.windows[next.min(self.windows.len() - 1)];
        }
        self.window
    }
}

/// The roll-up of one reader thread.
pub(crate) struct Accumulator<'a> {
    setup: Setup<'a>,
    groups: Vec<Group<'a>>,
    group_of_key: HashMap<Box<[u8]>, u32, FixedState>,
    key: Vec<u8>,
    series: Vec<(u32, Option<PriceId>, u32)>,
    series_index: HashMap<(u32, Option<PriceId>, u32), u32, FixedState>,
    cells: Vec<RawCell>,
    cell_index: HashMap<(i64, u32), u32, FixedState>,
    sessions: SessionLog,
    /// Hashes of the request ids seen, up to [`REMEMBERED`].
    seen: HashSet<u64, FixedState>,
    hasher: FixedState,
    /// Offset of the reporting zone, for the quarter of a day it was looked up in.
    offset: (i64, i32),
    span: Option<(i64, i64)>,
}

impl<'a> Accumulator<'a> {
    pub(crate) fn new(setup: Setup<'a>) -> Self {
        Self {
            setup,
            groups: Vec::new(),
            group_of_key: HashMap::default(),
            key: Vec::with_capacity(256),
            series: Vec::new(),
            series_index: HashMap::default(),
            cells: Vec::new(),
            cell_index: HashMap::default(),
            sessions: SessionLog::default(),
            seen: HashSet::default(),
            hasher: FixedState::default(),
            offset: (i64::MIN, 0),
            span: None,
        }
    }

    fn group(&mut self, record: &Record<'_>) -> u32 {
        self.key.clear();
        for value in record.dimensions {
            self.key.extend_from_slice(value);
            self.key.push(0x1f);
        }
        self.key.extend_from_slice(record.tier);
        if let Some(group) = self.group_of_key.get(self.key.as_slice()) {
            return *group;
        }
        let values = record.dimensions.map(|value| String::from_utf8_lossy(value).trim().to_owned());
        let tier = service_tier(record.tier);
        let book = self.setup.book;
        let candidates: Vec<&PriceRow> = match book.offer(&values[0], &values[1]) {
            Some((provider, model)) => book.candidates(provider, model, &tier),
            None => Vec::new(),
        };
        let windows = price::windows(&candidates);
        let index = self.groups.len() as u32;
        let window = PriceWindow { from: i64::MAX, to: i64::MIN, row: None };
        self.groups.push(Group { values, tier, windows, window, last: None });
        self.group_of_key.insert(self.key.as_slice().into(), index);
        index
    }

    /// Adds one record; `false` if its request was counted already.
    ///
    /// # Errors
    /// Writing a temporary file.
    pub(crate) fn push(&mut self, record: &Record<'_>) -> std::io::Result<bool> {
        if !record.request_id.is_empty() {
            if self.seen.len() >= REMEMBERED {
                self.seen.clear();
            }
            if !self.seen.insert(self.hasher.hash_one(record.request_id)) {
                return Ok(false);
            }
        }
        const QUARTER_DAY: i64 = 21_600;
        let stretch = record.at.div_euclid(900).div_euclid(QUARTER_DAY / 900);
        if self.offset.0 != stretch {
            let at = DateTime::from_timestamp(record.at, 0).unwrap_or_default();
            self.offset = (stretch, self.setup.calendar.offset_seconds(at));
        }
        let hour = self.setup.calendar.hour_of(record.at, self.offset.1);
        let index = self.group(record);
        let group = &mut self.groups[index as usize];
        let window = group.price_at(record.at);
        let band = window.row.map_or(0, |row| row.band(record.request_length(self.setup.known.requests)));
        let cell = match group.last {
            Some((last_hour, from, last_band, cell))
                if last_hour == hour && from == window.from && last_band == band =>
            {
                cell
            }
            _ => {
                // A kind of token without a rate leaves the record unpriced.
                let cell = self.cell(index, window.row.map(|row| row.id), band as u32, hour);
                self.groups[index as usize].last = Some((hour, window.from, band, cell));
                cell
            }
        };
        let measures = &mut self.cells[cell as usize].measures;
        measures.requests += record.requests;
        if record.success == Some(true) {
            measures.successes += record.requests;
        }
        measures.tokens.add(&record.tokens);
        measures.reported_nanos = measures.reported_nanos.saturating_add(record.reported_nanos);
        self.span = Some(match self.span {
            Some((from, to)) => (from.min(record.at), to.max(record.at)),
            None => (record.at, record.at),
        });
        if !record.session.is_empty() {
            let hash = self.hasher.hash_one(record.session);
            let outcome = record.session_success.or(record.success);
            self.sessions.push(hash, record.at, record.sequence, cell, outcome)?;
        }
        Ok(true)
    }

    fn cell(&mut self, group: u32, price: Option<PriceId>, band: u32, hour: i64) -> u32 {
        let series = *self.series_index.entry((group, price, band)).or_insert_with(|| {
            self.series.push((group, price, band));
            (self.series.len() - 1) as u32
        });
        *self.cell_index.entry((hour, series)).or_insert_with(|| {
            self.cells.push(RawCell { hour, series, measures: Measures::default() });
            (self.cells.len() - 1) as u32
        })
    }
}

/// "standard" when a file says nothing; providers' own words for it and for batches mean the same.
fn service_tier(text: &[u8]) -> String {
    let tier = String::from_utf8_lossy(text).trim().to_lowercase();
    match tier.as_str() {
        "" | "default" | "auto" | "standard" | "on_demand" | "message" | "messages" => "standard".to_owned(),
        "true" | "batches" | "batch_api" | "message_batch" | "message_batches" => "batch".to_owned(),
        _ => tier,
    }
}

/// The roll-up of a whole file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct RollUp {
    pub series: Vec<RawSeries>,
    /// By (hour, series).
    pub cells: Vec<RawCell>,
    /// Epoch seconds of the first and last record.
    pub span: Option<(i64, i64)>,
}

/// Joins the roll-ups of all threads; the outcome does not depend on how records were dealt out to them.
///
/// # Errors
/// Reading a temporary file.
pub(crate) fn merge(parts: Vec<Accumulator<'_>>) -> std::io::Result<RollUp> {
    let mut keys: Vec<RawSeries> = Vec::new();
    let mut key_index: HashMap<RawSeries, u32> = HashMap::new();
    let mut cells: Vec<RawCell> = Vec::new();
    let mut cell_index: HashMap<(i64, u32), u32, FixedState> = HashMap::default();
    let mut span: Option<(i64, i64)> = None;
    let mut cell_maps: Vec<Vec<u32>> = Vec::new();
    let mut logs = Vec::new();
    for part in parts {
        let series_map: Vec<u32> = part
            .series
            .iter()
            .map(|(group, price, band)| {
                let group = &part.groups[*group as usize];
                let key =
                    RawSeries { values: group.values.clone(), tier: group.tier.clone(), price: *price, band: *band };
                *key_index.entry(key.clone()).or_insert_with(|| {
                    keys.push(key);
                    (keys.len() - 1) as u32
                })
            })
            .collect();
        let mut cell_map = Vec::with_capacity(part.cells.len());
        for cell in &part.cells {
            let series = series_map[cell.series as usize];
            let index = *cell_index.entry((cell.hour, series)).or_insert_with(|| {
                cells.push(RawCell { hour: cell.hour, series, measures: Measures::default() });
                (cells.len() - 1) as u32
            });
            cells[index as usize].measures.add(&cell.measures);
            cell_map.push(index);
        }
        cell_maps.push(cell_map);
        logs.push(part.sessions);
        span = match (span, part.span) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (a, b) => a.or(b),
        };
    }
    drop(cell_index);
    sessions::resolve(logs, |session| {
        let cell = cell_maps[session.log][session.cell as usize];
        let measures = &mut cells[cell as usize].measures;
        measures.sessions += 1;
        measures.successful_sessions += u64::from(session.succeeded);
    })?;
    let mut order: Vec<u32> = (0..keys.len() as u32).collect();
    order.sort_by(|a, b| keys[*a as usize].cmp(&keys[*b as usize]));
    let mut place = vec![0u32; keys.len()];
    for (new, old) in order.iter().enumerate() {
        place[*old as usize] = new as u32;
    }
    for cell in &mut cells {
        cell.series = place[cell.series as usize];
    }
    cells.sort_unstable_by_key(|cell| (cell.hour, cell.series));
    keys.sort();
    Ok(RollUp { series: keys, cells, span })
}
