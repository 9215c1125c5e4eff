//! Records → roll-up cells: each record is priced at its own instant and added to its hour.

use std::collections::{HashMap, HashSet};

use chrono::DateTime;
use domain::calendar::ReportingCalendar;
use domain::demand::MinuteTotals;
use domain::economics::traffic::is_of_a_request;
use domain::economics::{BasisKind, ChargeKind};
use domain::id::PriceId;
use domain::latency::Timing;
use domain::money::Currency;
use domain::price::{self, PriceRow, PriceWindow};
use domain::price_book::{PriceBook, is_makers_price};
use domain::usage::{Known, Measures};
use foldhash::fast::FixedState;
use twox_hash::XxHash3_64;

use crate::edges::{Edges, Inner, Kept};
use crate::minutes::MinuteLog;
use crate::record::Record;
use crate::sessions::SessionLog;
use crate::timestamp::SECOND;
use crate::window::Window;

/// What a series is called before the store gives it an id.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RawSeries {
    /// By `Dimension::index`; "" is "not given".
    pub values: [String; 5],
    pub tier: String,
    pub price: Option<PriceId>,
    pub band: u32,
    /// What its cost rests on.
    pub basis: BasisKind,
    pub shape: Shape,
}

/// What the rows of a series tell, and how they are cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Shape {
    /// They say how many tokens they took.
    pub tells_tokens: bool,
    /// They say which session they are of, where the file has sessions.
    pub tells_session: bool,
    /// They are of whole days, cut in [`crate::UsageBatch::day_zone`].
    pub is_daily: bool,
}

/// Request ids remembered to tell repeated rows: 64 MB of hashes. Repeats lie close together in real files.
const REMEMBERED: usize = 4_000_000;

/// What all reader threads share.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Setup<'a> {
    pub book: &'a PriceBook,
    pub calendar: &'a ReportingCalendar,
    pub known: Known,
    pub reported_currency: Currency,
    /// Where earlier imports of the feed begin and end (epoch nano-seconds): sessions near these are traced too.
    pub seams: &'a [i64],
    /// Hours that are no edges, so far as a look at the file's ends tells.
    pub inner: Inner,
}

impl Setup<'_> {
    /// Whether the rows were what the look at the file's ends made of it.
    pub(crate) fn holds(&self, parts: &[Accumulator<'_>]) -> bool {
        let spans = || parts.iter().filter_map(|part| part.span);
        let (first, last) = (spans().map(|(first, _)| first).min(), spans().map(|(_, last)| last).max());
        self.inner == Inner::NOTHING
            || first.is_some_and(|first| utc_hour(first) <= self.inner.from)
                && last.is_some_and(|last| utc_hour(last) >= self.inner.to)
    }
}

/// One combination of dimension values and service tier.
pub(crate) struct Group<'a> {
    pub(crate) values: [String; 5],
    pub(crate) tier: String,
    /// Of everything the group is told apart by; the same on every machine.
    mark: u64,
    /// Its vendor's model, as the minutes know it.
    line: u32,
    /// All of time, cut where the price changes.
    windows: Vec<PriceWindow<'a>>,
    window: PriceWindow<'a>,
    /// The price in force is that of the maker, not of the reseller who bills.
    is_makers: bool,
    /// It has a rate for every kind of text.
    is_plain: bool,
    /// What a row without tokens charges, by the model's name: "dall-e-3", "whisper-1".
    named: ChargeKind,
    /// The cell the last record of this group went to.
    last: Option<(CellPlace, u32)>,
}

/// What tells the cells of a group apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct CellPlace {
    hour: i64,
    window_from: i64,
    band: u32,
    basis: BasisKind,
    shape: Shape,
}

impl<'a> Group<'a> {
    fn price_at(&mut self, at: i64) -> PriceWindow<'a> {
        if at < self.window.from || at >= self.window.to {
            let next = self.windows.partition_point(|window| window.to <= at);
            self.window = self.windows[next.min(self.windows.len() - 1)];
            self.is_makers = self.window.row.is_some_and(|row| is_makers_price(row, &self.values[0]));
            self.is_plain = self.window.row.is_some_and(|row| row.rates_of(0).quotes_text());
        }
        self.window
    }

    /// What a record's cost rests on, fixed here for good.
    fn basis(&self, record: &Record<'_>, row: Option<&PriceRow>, band: usize, known: Known) -> BasisKind {
        let states_money = record.reported.is_some_and(|amount| amount != 0);
        // An amount of 0 says nothing where nobody says what it would be for.
        if record.tokens.total() == 0
            && record.reported.is_some()
            && (states_money || record.tells_tokens || !known.tokens)
        {
            return BasisKind::Charge(match record.charge {
                // Money back for no model in particular is not what some tokens cost.
                ChargeKind::Tokens if record.reported < Some(0) && self.values[1].is_empty() => ChargeKind::Credit,
                ChargeKind::Tokens if known.tokens && self.named == ChargeKind::Tokens => ChargeKind::Request,
                ChargeKind::Tokens if known.tokens => self.named,
                kind => kind,
            });
        }
        match row {
            // A reseller's own amount comes before the list price of the maker.
            Some(_) if self.is_makers && states_money => BasisKind::Reported,
            Some(row) if known.tokens && record.tells_tokens => {
                let tokens = &record.tokens;
                let is_text = tokens.input_audio + tokens.input_image + tokens.output_audio + tokens.output_image == 0;
                let is_rated = self.is_plain && is_text || row.rates_of(band).cost(tokens).unrated_tokens == 0;
                BasisKind::Computed { partly: !is_rated || record.beyond_list }
            }
            _ if states_money => BasisKind::Reported,
            _ => BasisKind::Unpriced,
        }
    }
}

/// A series of one thread: its group, price, band and basis; whether its rows tell their tokens, and whether they are whole days.
pub(crate) type SeriesPlace = (u32, Option<PriceId>, u32, BasisKind, Shape);

/// The roll-up of one reader thread.
pub(crate) struct Accumulator<'a> {
    pub(crate) setup: Setup<'a>,
    pub(crate) groups: Vec<Group<'a>>,
    group_of_key: HashMap<Box<[u8]>, u32, FixedState>,
    key: Vec<u8>,
    pub(crate) series: Vec<SeriesPlace>,
    series_index: HashMap<SeriesPlace, u32, FixedState>,
    pub(crate) cells: Window,
    pub(crate) sessions: SessionLog,
    pub(crate) edges: Edges,
    pub(crate) minutes: MinuteLog,
    /// Hashes of the request ids seen, up to [`REMEMBERED`].
    seen: HashSet<u64, FixedState>,
    /// Offset of the reporting zone, for the quarter of a day it was looked up in.
    offset: (i64, i32),
    /// Epoch nano-seconds of the first and the last record.
    pub(crate) span: Option<(i64, i64)>,
    pub(crate) noticed: Noticed,
}

/// What a person should be told of how the rows were priced.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Noticed {
    /// A reseller's traffic was priced at the maker's list price.
    pub makers_price: bool,
    /// A reseller's own amount was taken rather than the maker's list price.
    pub resellers_amount: bool,
    /// Something was billed that no price covers: audio, a region.
    pub partly: bool,
    /// Searches are counted; they are billed beside the tokens.
    pub web_searches: bool,
    /// Some rows say nothing of their tokens, where others do.
    pub untold: bool,
    /// Some rows name no vendor, and a model that only one maker has.
    pub vendorless: bool,
}

impl Noticed {
    pub(crate) fn add(&mut self, other: Noticed) {
        self.makers_price |= other.makers_price;
        self.resellers_amount |= other.resellers_amount;
        self.partly |= other.partly;
        self.web_searches |= other.web_searches;
        self.untold |= other.untold;
        self.vendorless |= other.vendorless;
    }
}

impl<'a> Accumulator<'a> {
    pub(crate) fn new(setup: Setup<'a>) -> Self {
        Self {
            setup,
            groups: Vec::new(),
            group_of_key: HashMap::default(),
            key: Vec::new(),
            series: Vec::new(),
            series_index: HashMap::default(),
            cells: Window::default(),
            sessions: SessionLog::default(),
            edges: Edges::new(setup.inner),
            minutes: MinuteLog::default(),
            seen: HashSet::default(),
            offset: (i64::MIN, 0),
            span: None,
            noticed: Noticed::default(),
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
        let mark = XxHash3_64::oneshot(&self.key);
        let values = record.dimensions.map(|value| String::from_utf8_lossy(value).trim().to_owned());
        let tier = service_tier(record.tier);
        let book = self.setup.book;
        let offer = book.offer(&values[0], &values[1]);
        let candidates: Vec<&PriceRow> = offer.map_or(Vec::new(), |offer| book.candidates(&values[0], offer, &tier));
        let windows = price::windows(&candidates);
        let index = self.groups.len() as u32;
        let window = PriceWindow { from: i64::MAX, to: i64::MIN, row: None };
        let line = self.minutes.line(&values[0], &values[1]);
        self.groups.push(Group {
            named: ChargeKind::named(&values[1]),
            values,
            tier,
            mark,
            line,
            windows,
            window,
            is_makers: false,
            is_plain: false,
            last: None,
        });
        self.group_of_key.insert(self.key.as_slice().into(), index);
        index
    }

    /// Adds one record; `false` if its request was counted already.
    ///
    /// # Errors
    /// Writing a temporary file.
    pub(crate) fn push(&mut self, record: &Record<'_>) -> std::io::Result<bool> {
        let request = if record.request_id.is_empty() { 0 } else { XxHash3_64::oneshot(record.request_id) };
        if !record.request_id.is_empty() {
            if self.seen.len() >= REMEMBERED {
                self.seen.clear();
            }
            if !self.seen.insert(request) {
                return Ok(false);
            }
        }
        const QUARTER_DAY: i64 = 21_600;
        let second = record.second();
        let stretch = second.div_euclid(900).div_euclid(QUARTER_DAY / 900);
        if self.offset.0 != stretch {
            let at = DateTime::from_timestamp(second, 0).unwrap_or_default();
            self.offset = (stretch, self.setup.calendar.offset_seconds(at));
        }
        let hour = match record.is_whole_day {
            true => second,
            false => self.setup.calendar.cell_start(second, self.offset.1),
        };
        let known = self.setup.known;
        let index = self.group(record);
        let group = &mut self.groups[index as usize];
        let window = group.price_at(second);
        let band = window.row.map_or(0, |row| row.band(record.request_length(known.requests)));
        let basis = group.basis(record, window.row, band, known);
        let priced = window.row.filter(|_| matches!(basis, BasisKind::Computed { .. }));
        let band = if priced.is_some() { band as u32 } else { 0 };
        self.noticed.web_searches |= record.web_searches > 0;
        self.noticed.partly |= basis == BasisKind::Computed { partly: true };
        self.noticed.makers_price |= group.is_makers && priced.is_some();
        self.noticed.vendorless |= priced.is_some() && group.values[0].is_empty();
        self.noticed.resellers_amount |= group.is_makers && basis == BasisKind::Reported;
        let (mark, line) = (group.mark, group.line);
        let shape = Shape {
            tells_tokens: !known.tokens || record.tells_tokens,
            tells_session: !known.sessions || !record.session.is_empty(),
            is_daily: record.is_whole_day,
        };
        self.noticed.untold |= !shape.tells_tokens && !matches!(basis, BasisKind::Charge(_));
        let place = CellPlace { hour, window_from: window.from, band, basis, shape };
        let cell = match group.last {
            Some((last, cell)) if last == place && self.cells.is_open(cell) => cell,
            _ => {
                let cell = self.cell((index, priced.map(|row| row.id), band, basis, shape), hour)?;
                self.groups[index as usize].last = Some((place, cell));
                cell
            }
        };
        let requests = if known.requests { record.requests } else { 0 };
        let measures = Measures {
            requests,
            successes: if record.success == Some(true) { requests } else { 0 },
            tokens: record.tokens,
            web_searches: record.web_searches,
            reported_nanos: record.reported.unwrap_or(0),
            ..Measures::default()
        };
        let timing = demand_of(record, known, basis);
        self.cells.add(cell, &measures, timing.bins());
        if timing.to_the_minute {
            self.minutes.push(line, second, &MinuteTotals::of(&measures));
        }
        self.span = Some(match self.span {
            Some((from, to)) => (from.min(record.at), to.max(record.at)),
            None => (record.at, record.at),
        });
        let session = if record.session.is_empty() { 0 } else { XxHash3_64::oneshot(record.session) };
        let utc_hour = second.div_euclid(3600) * 3600;
        if self.edges.wants(utc_hour) {
            let fingerprint = if record.request_id.is_empty() { print(record, mark, session) } else { request };
            let row = Kept { fingerprint, at: record.at, cell, end: 0 };
            self.edges.push(utc_hour, row, &measures, &timing);
        }
        if !record.session.is_empty() {
            let outcome = record.session_success.or(record.success);
            self.sessions.push(session, record.at, mark as u32, cell, outcome)?;
        }
        Ok(true)
    }

    /// Nothing more will be pushed: packs and sorts what is held.
    ///
    /// # Errors
    /// Writing a temporary file.
    pub(crate) fn finish(&mut self) -> std::io::Result<()> {
        self.sessions.finish();
        self.minutes.finish();
        self.cells.finish()
    }

    fn cell(&mut self, place: SeriesPlace, hour: i64) -> std::io::Result<u32> {
        let series = *self.series_index.entry(place).or_insert_with(|| {
            self.series.push(place);
            (self.series.len() - 1) as u32
        });
        self.cells.cell(hour, series)
    }
}

/// What a row tells of demand. Storage is no request made to a model; where requests are not counted, a row sums up nobody knows how
/// many of them; and the duration of several requests together is no request's.
fn demand_of(record: &Record<'_>, known: Known, basis: BasisKind) -> Timing {
    let is_request = known.requests && !matches!(basis, BasisKind::Charge(kind) if !is_of_a_request(kind));
    let Timing { to_the_minute, latency, first_token } = record.timing;
    let of_one = is_request && record.requests == 1;
    Timing {
        to_the_minute: to_the_minute && is_request && (record.requests > 0 || record.tokens.total() > 0),
        latency: latency.filter(|_| of_one),
        first_token: first_token.filter(|_| of_one),
    }
}

/// A hash of everything a record says, so that two files that tell of one request are found to.
fn print(record: &Record<'_>, mark: u64, session: u64) -> u64 {
    let tokens = &record.tokens;
    let verdict = |verdict: Option<bool>| verdict.map_or(0u64, |ok| if ok { 1 } else { 2 });
    let reported = record.reported.unwrap_or(i128::MIN);
    let words = [
        mark,
        record.at as u64,
        session,
        record.requests,
        tokens.input,
        tokens.cache_read,
        tokens.cache_write_5m,
        tokens.cache_write_1h,
        tokens.output,
        tokens.reasoning,
        tokens.input_audio ^ tokens.input_image.rotate_left(16),
        tokens.output_audio ^ tokens.output_image.rotate_left(16),
        record.web_searches,
        verdict(record.success) << 8 | verdict(record.session_success) << 4 | record.charge as u64,
        reported as u64,
        (reported >> 64) as u64,
        record.longer_than.map_or(0, |bound| bound + 1),
        record.timing.latency.map_or(0, |micros| micros + 1),
        record.timing.first_token.map_or(0, |micros| micros + 1),
    ];
    let mut bytes = [0u8; 19 * 8];
    for (slot, word) in bytes.chunks_exact_mut(8).zip(words) {
        slot.copy_from_slice(&word.to_le_bytes());
    }
    XxHash3_64::oneshot(&bytes)
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

/// The UTC hour an epoch nano-second lies in, as the epoch second it begins at.
pub(crate) fn utc_hour(nanos: i64) -> i64 {
    nanos.div_euclid(3600 * SECOND) * 3600
}
