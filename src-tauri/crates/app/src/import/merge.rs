//! The imports of one feed, brought together: which of them tells of which hour is decided by [`domain::overlap`]; here it is
//! read, carried out, and carried out again whenever an import comes, goes or is answered otherwise.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use chrono::NaiveDate;
use domain::calendar::ReportingCalendar;
use domain::demand::HourMinutes;
use domain::economics::BasisKind;
use domain::overlap::{
    Answer, Claim, EdgeRow, Grains, Ledger, SESSION_REACH, SessionTrace, Told, WholeHour, decide, merge_sessions, unite,
};
use domain::usage::Measures;
use ingest::{Hour, UsageBatch};
use store::Write;
use store::import::Import;
use store::sqlx::SqliteConnection;
use store::usage::{Cell, SHARED, SeriesKey};

use super::demand;
use crate::{AppError, Result};

/// The number a plan's import goes by until it has one: the last.
pub(super) const PLANNED: i64 = i64::MAX;

const HOUR: i64 = 3600;
pub(super) const SECOND: i64 = 1_000_000_000;

/// A day in seconds: how far a session reaches from an hour.
const REACH: i64 = SESSION_REACH / SECOND;

pub(super) fn utc_hour(seconds: i64) -> i64 {
    seconds.div_euclid(HOUR) * HOUR
}

/// What of a file is kept beside its cells: the rows of its edge hours, and traces of the sessions near an edge. A file has
/// millions of cells, so they are not copied: [`Interior::each`] hands them on as they are stored.
pub(super) struct Interior {
    pub edges: Vec<(i64, Vec<EdgeRow>)>,
    pub traces: Vec<SessionTrace>,
    /// Sessions that are traced, by the hour and series of their cell: they are not the cell's own.
    traced: HashMap<i64, HashMap<u32, Measures>>,
}

impl Interior {
    pub(super) fn of(batch: &mut UsageBatch) -> Self {
        let edges: Vec<(i64, Vec<EdgeRow>)> =
            std::mem::take(&mut batch.edges).into_iter().filter_map(|edge| Some((edge.hour, edge.rows?))).collect();
        let traces = std::mem::take(&mut batch.sessions);
        let mut traced: HashMap<i64, HashMap<u32, Measures>> = HashMap::new();
        for trace in &traces {
            count_session(
                traced.entry(trace.hour() + i64::from(trace.cell)).or_default().entry(trace.series).or_default(),
                trace.outcome,
            );
        }
        Self { edges, traces, traced }
    }

    /// Whether an hour is told by its rows.
    pub(super) fn is_edge(&self, hour: i64) -> bool {
        self.edges.iter().any(|(edge, _)| *edge == utc_hour(hour))
    }

    /// The hours between the edges, in order.
    pub(super) fn hours<'a>(&'a self, batch: &'a UsageBatch) -> impl Iterator<Item = &'a Hour> + 'a {
        batch.cells.hours().iter().filter(|hour| !self.is_edge(hour.hour))
    }

    /// Visits the cells of an hour between the edges, without the sessions that are traced. `buffer` is room used again.
    pub(super) fn each(
        &self,
        batch: &UsageBatch,
        hour: &Hour,
        buffer: &mut Vec<u8>,
        mut visit: impl FnMut(u32, Measures),
    ) -> Result<()> {
        let traced = self.traced.get(&hour.hour);
        Ok(batch.cells.each(hour, buffer, |series, mut measures| {
            if let Some(traced) = traced.and_then(|traced| traced.get(&series)) {
                measures.sessions -= traced.sessions;
                measures.decided_sessions -= traced.decided_sessions;
                measures.successful_sessions -= traced.successful_sessions;
            }
            visit(series, measures);
        })?)
    }
}

fn count_session(measures: &mut Measures, outcome: Option<bool>) {
    measures.sessions += 1;
    measures.decided_sessions += u64::from(outcome.is_some());
    measures.successful_sessions += u64::from(outcome == Some(true));
}

/// One import with what is needed to place it.
struct Member {
    n: i64,
    /// UTC hours, both included.
    hours: (i64, i64),
    /// Epoch nano-seconds, where its edges are known.
    span: Option<(i64, i64)>,
    answer: Option<Answer>,
    edges: Vec<(i64, Vec<EdgeRow>)>,
    traces: Vec<SessionTrace>,
}

impl Member {
    async fn read(connection: &mut SqliteConnection, import: &Import) -> Result<Option<Self>> {
        let Some((first, last)) = import.hours else { return Ok(None) };
        let hours = match import.span {
            Some((first, last)) => (utc_hour(first.div_euclid(SECOND)), utc_hour(last.div_euclid(SECOND))),
            None => (utc_hour(first), utc_hour(last)),
        };
        Ok(Some(Self {
            n: import.n,
            hours,
            span: import.span,
            answer: import.answer,
            edges: store::import::edges(connection, import.n).await?,
            traces: store::import::traces(connection, import.n).await?,
        }))
    }

    fn rows_of(&self, hour: i64) -> Option<&[EdgeRow]> {
        self.edges.iter().find(|(edge, _)| *edge == hour).map(|(_, rows)| rows.as_slice())
    }

    fn claim<'a>(&'a self, hour: i64, whole: &'a WholeHour) -> Option<Claim<'a>> {
        if hour < self.hours.0 || hour > self.hours.1 {
            return None;
        }
        match (self.rows_of(hour), self.span) {
            (Some(rows), Some((first, last))) => Some(Claim::Part {
                rows,
                from: if hour == self.hours.0 { first } else { i64::MIN },
                to: if hour == self.hours.1 { last } else { i64::MAX },
            }),
            _ => Some(Claim::Whole(whole)),
        }
    }
}

/// A file that is planned, beside the imports that are stored.
pub(super) struct Candidate<'a> {
    pub batch: &'a UsageBatch,
    pub interior: &'a Interior,
    /// The import in whose place it will stand.
    pub replaces: Option<i64>,
    pub answer: Option<Answer>,
}

/// The kinds of usage a feed tells apart, whatever they are priced at.
#[derive(Default)]
struct Kinds {
    of: HashMap<([String; 5], String), u32>,
    of_series: HashMap<u32, u32>,
    of_raw: Vec<u32>,
}

impl Kinds {
    fn number(&mut self, values: [String; 5], tier: &str) -> u32 {
        let next = self.of.len() as u32;
        *self.of.entry((values, tier.to_owned())).or_insert(next)
    }

    /// The kind of a stored series, or of one of a planned file.
    fn of_row(&self, series: u32) -> u32 {
        let kind = match series & RAW {
            0 => self.of_series.get(&series),
            _ => self.of_raw.get((series & !RAW) as usize),
        };
        kind.copied().unwrap_or(u32::MAX)
    }
}

/// Which imports tell of which hours, by UTC hour, and what the imports are.
#[derive(Default)]
pub(super) struct Resolution {
    members: Vec<Member>,
    pub told: BTreeMap<i64, Told>,
    /// What each import's cells of an hour are, whether they count now, by (hour, import).
    counted: HashMap<(i64, i64), bool>,
    cells: HashMap<(i64, i64), WholeHour>,
    kinds: Kinds,
}

impl Resolution {
    /// Whether some other import tells of an hour, or of a session, that the one of number `n` may.
    pub(super) fn is_alone(&self, n: i64) -> bool {
        self.members.iter().all(|member| member.n == n)
    }

    /// Whether what an import tells of an hour counts, alone or with others.
    pub(super) fn counts(&self, hour: i64, n: i64) -> bool {
        self.told.get(&hour).is_some_and(|told| told.whole.contains(&n) || told.part.contains(&n))
    }

    /// Hours in which an import says something else than those before it.
    pub(super) fn conflicts_of(&self, n: i64) -> BTreeSet<i64> {
        let of = |told: &Told| told.conflicts.iter().any(|(import, _)| *import == n);
        self.told.iter().filter(|(_, told)| of(told)).map(|(hour, _)| *hour).collect()
    }

    /// Whether an import says nothing that the others do not say already.
    pub(super) fn adds_nothing(&self, n: i64) -> bool {
        !self.is_alone(n)
            && self.told.iter().all(|(hour, told)| {
                if told.whole.contains(&n) || told.conflicts.iter().any(|(import, _)| *import == n) {
                    return false;
                }
                !told.part.contains(&n) || !self.brings_rows(*hour, told, n)
            })
    }

    /// Whether an hour told in parts has rows that only an import tells of.
    fn brings_rows(&self, hour: i64, told: &Told, n: i64) -> bool {
        let rows = |with: bool| {
            let parts = self
                .members
                .iter()
                .filter(|member| told.part.contains(&member.n) && (with || member.n != n))
                .filter_map(|member| member.rows_of(hour));
            unite(parts).len()
        };
        rows(true) != rows(false)
    }

    /// The first import that contradicts those before it without anybody having said what holds, and in how many hours.
    fn undecided(&self) -> Option<(i64, usize)> {
        let open = self.told.values().flat_map(|told| &told.conflicts).filter(|(_, answer)| answer.is_none());
        let first = open.map(|(n, _)| *n).min()?;
        Some((first, self.conflicts_of(first).len()))
    }

    /// Hours an import tells of, and that another tells in its place without contradiction.
    pub(super) fn same_of(&self, n: i64) -> BTreeSet<i64> {
        let conflicts = self.conflicts_of(n);
        let member = self.members.iter().find(|member| member.n == n);
        self.told
            .iter()
            .filter(|(hour, told)| {
                let has_any = self.cells.get(&(**hour, n)).is_some_and(|whole| !whole.cells.is_empty())
                    || member.is_some_and(|member| member.rows_of(**hour).is_some());
                let is_told_by_others = match told.part.contains(&n) {
                    true => !self.brings_rows(**hour, told, n),
                    false => !told.whole.contains(&n),
                };
                has_any && is_told_by_others && !conflicts.contains(*hour)
            })
            .map(|(hour, _)| *hour)
            .collect()
    }

    /// Whether an import tells of no kind of usage in an hour that the others tell of in it.
    pub(super) fn is_disjoint(&self, hour: i64, n: i64) -> bool {
        let kinds = |import: i64| -> BTreeSet<u32> {
            let whole = self.cells.get(&(hour, import)).into_iter().flat_map(|whole| whole.cells.keys().copied());
            let member = self.members.iter().find(|member| member.n == import);
            let rows = member.and_then(|member| member.rows_of(hour)).unwrap_or_default();
            whole.chain(rows.iter().map(|row| self.kinds.of_row(row.series))).collect()
        };
        let told = self.told.get(&hour);
        let others =
            told.into_iter().flat_map(|told| told.whole.iter().chain(&told.part)).filter(|import| **import != n);
        let there: BTreeSet<u32> = others.flat_map(|other| kinds(*other)).collect();
        !there.is_empty() && kinds(n).is_disjoint(&there)
    }

    /// What an import says of an hour, without sessions; what the others before it say.
    pub(super) fn sides(&self, hour: i64, n: i64) -> (Measures, Measures) {
        let sum = |import: i64| {
            let mut sum = Measures::default();
            for measures in self.cells.get(&(hour, import)).into_iter().flat_map(|whole| whole.cells.values()) {
                sum.add(measures);
            }
            let member = self.members.iter().find(|member| member.n == import);
            for row in member.and_then(|member| member.rows_of(hour)).into_iter().flatten() {
                sum.add(&row.measures);
            }
            sum
        };
        let told = self.told.get(&hour).cloned().unwrap_or_default();
        let mut before = Measures::default();
        for import in told.whole.iter().chain(&told.part).filter(|import| **import != n) {
            before.add(&sum(*import));
        }
        (before, sum(n))
    }
}

/// The days that a planned file cuts otherwise than the imports of its feed: by whole days where they tell of instants, or the
/// other way round. The import it takes the place of does not count.
pub(super) async fn days_cut_otherwise(
    connection: &mut SqliteConnection,
    source: u32,
    batch: &UsageBatch,
    replaces: Option<i64>,
) -> Result<BTreeSet<NaiveDate>> {
    let stored: HashMap<u32, SeriesKey> =
        store::usage::series(connection).await?.into_iter().filter(|(_, key)| key.source == source).collect();
    let tells = |daily: bool| {
        stored.values().any(|key| key.day_zone.is_some() == daily)
            && batch.series.iter().any(|series| series.shape.is_daily != daily)
    };
    let Some((first, last)) = batch.span.filter(|_| tells(true) || tells(false)) else { return Ok(BTreeSet::new()) };
    let mut there = Grains::default();
    let mut note = |series: u32, hour: i64| {
        if let Some(key) = stored.get(&series) {
            there.note(key.basis, key.day_zone, hour);
        }
    };
    // Days reach beyond the file's instants.
    let span = (first.div_euclid(SECOND) - REACH, last.div_euclid(SECOND) + REACH);
    for cell in store::usage::cells_of_feed(connection, source, span).await? {
        if Some(cell.import) != replaces {
            note(cell.series, cell.hour);
        }
    }
    for import in store::import::of_feed(connection, source).await?.iter().filter(|import| Some(import.n) != replaces) {
        for (hour, rows) in store::import::edges(connection, import.n).await? {
            rows.iter().for_each(|row| note(row.series, hour));
        }
    }
    let (mut here, mut buffer) = (Grains::default(), Vec::new());
    for hour in batch.cells.hours() {
        batch.cells.each(hour, &mut buffer, |series, _| {
            let series = &batch.series[series as usize];
            here.note(series.basis, series.shape.is_daily.then_some(batch.day_zone), hour.hour);
        })?;
    }
    Ok(here.cut_otherwise(&there))
}

/// Reads a feed's imports around hours `from..=to` and decides every hour that more than one may tell of.
pub(super) async fn resolve(
    connection: &mut SqliteConnection,
    source: Option<u32>,
    (from, to): (i64, i64),
    candidate: Option<&Candidate<'_>>,
) -> Result<Resolution> {
    // A session reaches a day from the hours that change, and so does what it is joined with.
    let (from, to) = (from - 2 * REACH, to + 2 * REACH + HOUR - 1);
    let mut members = Vec::new();
    let imports = match source {
        Some(source) => store::import::of_feed(connection, source).await?,
        None => Vec::new(),
    };
    let replaced = candidate.and_then(|candidate| candidate.replaces);
    for import in imports.iter().filter(|import| Some(import.n) != replaced) {
        let near = |hours: (i64, i64)| hours.0 - REACH <= to && hours.1 + REACH >= from;
        if import.hours.is_some_and(near)
            && let Some(member) = Member::read(connection, import).await?
        {
            members.push(member);
        }
    }
    let mut resolution = Resolution { members, ..Resolution::default() };
    if let Some(source) = source
        && !resolution.members.is_empty()
    {
        let names = store::dimension::names(connection).await?;
        for (id, key) in store::usage::series(connection).await?.into_iter().filter(|(_, key)| key.source == source) {
            let number = resolution.kinds.number(key.values.map(|value| names.name(value).to_owned()), &key.tier);
            resolution.kinds.of_series.insert(id, number);
        }
        let live: BTreeSet<i64> = resolution.members.iter().map(|member| member.n).collect();
        for cell in store::usage::cells_of_feed(connection, source, (from, to)).await? {
            if !live.contains(&cell.import) {
                continue;
            }
            let place = (utc_hour(cell.hour), cell.import);
            resolution.counted.insert(place, cell.counted);
            let kind = resolution.kinds.of_row(cell.series);
            let whole = resolution.cells.entry(place).or_default();
            whole.cells.entry(kind).or_default().add(&cell.measures.without_sessions());
        }
        for (hour, import, minutes) in store::demand::minutes_of_feed(connection, source, (from, to)).await? {
            if let Some(whole) = resolution.cells.get_mut(&(hour, import)) {
                whole.minutes.merge(&minutes);
            }
        }
    }
    if let Some(candidate) = candidate {
        add_candidate(&mut resolution, candidate)?;
    }
    decide_hours(&mut resolution, (from, to));
    Ok(resolution)
}

/// Puts a planned file among the stored imports, as the last of them. Its series go by numbers that no stored series has.
fn add_candidate(resolution: &mut Resolution, candidate: &Candidate<'_>) -> Result<()> {
    let batch = candidate.batch;
    let kinds = &mut resolution.kinds;
    kinds.of_raw = batch.series.iter().map(|series| kinds.number(series.values.clone(), &series.tier)).collect();
    // Where no other import tells of an hour, there is nothing to compare it with.
    let others = !resolution.members.is_empty();
    if others {
        let mut buffer = Vec::new();
        for hour in candidate.interior.hours(batch) {
            let whole = resolution.cells.entry((utc_hour(hour.hour), PLANNED)).or_default();
            candidate.interior.each(batch, hour, &mut buffer, |series, measures| {
                let kind = resolution.kinds.of_raw[series as usize];
                whole.cells.entry(kind).or_default().add(&measures.without_sessions());
            })?;
        }
        for of_hour in &batch.minutes {
            // Written a moment ago by this very process.
            if let Some(whole) = resolution.cells.get_mut(&(of_hour.hour, PLANNED))
                && let Ok(minutes) = HourMinutes::from_bytes(&of_hour.minutes)
            {
                whole.minutes.merge(&minutes);
            }
        }
    }
    let Some((first, last)) = batch.span else { return Ok(()) };
    let raw = |row: &EdgeRow| EdgeRow { series: RAW | row.series, ..*row };
    let trace = |trace: &SessionTrace| SessionTrace { series: RAW | trace.series, ..*trace };
    resolution.members.push(Member {
        n: PLANNED,
        hours: (utc_hour(first.div_euclid(SECOND)), utc_hour(last.div_euclid(SECOND))),
        span: batch.span,
        answer: candidate.answer,
        edges: candidate.interior.edges.iter().map(|(hour, rows)| (*hour, rows.iter().map(raw).collect())).collect(),
        traces: candidate.interior.traces.iter().map(trace).collect(),
    });
    Ok(())
}

/// Marks the number of a series of a planned file.
const RAW: u32 = 1 << 31;

/// Decides the hours within the stretch whose cells were read: of others only a part is known.
fn decide_hours(resolution: &mut Resolution, (from, to): (i64, i64)) {
    let hours: BTreeSet<i64> = resolution
        .cells
        .keys()
        .map(|(hour, _)| *hour)
        .chain(resolution.members.iter().flat_map(|member| member.edges.iter().map(|(hour, _)| *hour)))
        .filter(|hour| (from..=to).contains(hour))
        .collect();
    let nothing = WholeHour::default();
    for hour in hours {
        let claims: Vec<(i64, Claim<'_>)> = resolution
            .members
            .iter()
            .filter_map(|member| {
                let whole = resolution.cells.get(&(hour, member.n)).unwrap_or(&nothing);
                Some((member.n, member.claim(hour, whole)?))
            })
            .collect();
        let answer_of = |n: i64| resolution.members.iter().find(|member| member.n == n)?.answer;
        let told = decide(hour, &claims, answer_of, |series| resolution.kinds.of_row(series));
        resolution.told.insert(hour, told);
    }
}

/// A series that is stored, or one of a planned file by its place there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    Stored(u32),
    Planned(u32),
}

impl Which {
    fn of(series: u32) -> Self {
        if series & RAW == 0 { Which::Stored(series) } else { Which::Planned(series & !RAW) }
    }
}

/// What [`settle`] would do to a feed's cells once a planned file is written, without writing it: hands on every cell that comes to
/// count (`true`) or counts no more. `resolution` is of the same hours, with the file as its candidate.
pub(super) async fn changes(
    connection: &mut SqliteConnection,
    (source, hours): (Option<u32>, (i64, i64)),
    resolution: &Resolution,
    candidate: &Candidate<'_>,
    mut change: impl FnMut(i64, Which, &Measures, bool),
) -> Result<()> {
    let (from, to) = hours;
    let window = (utc_hour(from) - REACH, utc_hour(to) + REACH + HOUR - 1);
    let tells =
        |hour: i64, import: i64| resolution.told.get(&utc_hour(hour)).is_some_and(|told| told.whole.contains(&import));
    if let Some(source) = source {
        let around = (from - 2 * REACH, to + 2 * REACH + HOUR - 1);
        for cell in store::usage::cells_of_feed(connection, source, around).await? {
            let is_member = resolution.members.iter().any(|member| member.n == cell.import);
            let will_count = match Some(cell.import) == candidate.replaces {
                true => false,
                false if is_member => tells(cell.hour, cell.import),
                false => cell.counted,
            };
            if will_count != cell.counted {
                change(cell.hour, Which::Stored(cell.series), &cell.measures, will_count);
            }
        }
        for cell in store::usage::shared_cells(connection, source, window).await? {
            change(cell.hour, Which::Stored(cell.series), &cell.measures, false);
        }
    }
    for cell in shared(resolution, &united(resolution, window), window) {
        change(cell.hour, Which::of(cell.series), &cell.measures, true);
    }
    let (is_alone, mut buffer) = (resolution.is_alone(PLANNED), Vec::new());
    for hour in candidate.interior.hours(candidate.batch).filter(|hour| is_alone || tells(hour.hour, PLANNED)) {
        candidate.interior.each(candidate.batch, hour, &mut buffer, |series, measures| {
            change(hour.hour, Which::Planned(series), &measures, true);
        })?;
    }
    Ok(())
}

/// Makes a feed's hours `from..=to` and the days around them say what its imports in force say together.
pub(crate) async fn settle(
    write: &mut Write,
    calendar: &ReportingCalendar,
    source: u32,
    (from, to): (i64, i64),
) -> Result<()> {
    let resolution = resolve(write.connection(), Some(source), (from, to), None).await?;
    if let Some((n, hours)) = resolution.undecided() {
        let import = store::import::by_number(write.connection(), n).await?;
        return Err(AppError::refused("imports-contradict").with("file", import.name).with("hours", hours));
    }
    for ((hour, import), counted) in &resolution.counted {
        let counts = resolution.told.get(hour).is_some_and(|told| told.whole.contains(import));
        if counts != *counted {
            store::usage::set_counted(write, *import, (*hour, *hour + HOUR - 1), counts).await?;
        }
    }
    let window = (utc_hour(from) - REACH, utc_hour(to) + REACH + HOUR - 1);
    store::usage::remove_shared(write, source, window).await?;
    let rows = united(&resolution, window);
    let cells = shared(&resolution, &rows, window);
    store::usage::insert_hours(write, (SHARED, source), true, &cells).await?;
    demand::write_shared(write, source, &rows).await?;
    Ok(store::usage::rebuild_days(write, calendar, window.0, window.1).await?)
}

/// The union of the imports' edge rows within a window, each with its UTC hour.
fn united(resolution: &Resolution, (from, to): (i64, i64)) -> Vec<(i64, EdgeRow)> {
    let mut rows = Vec::new();
    let within = |hour: i64| (from..=to).contains(&hour);
    for (hour, told) in resolution.told.iter().filter(|(hour, _)| within(**hour)) {
        let parts = resolution
            .members
            .iter()
            .filter(|member| told.part.contains(&member.n))
            .filter_map(|member| member.rows_of(*hour));
        rows.extend(unite(parts).into_iter().map(|row| (*hour, row)));
    }
    rows
}

/// What the imports tell together within a window: their united edge rows, and the sessions near their edges.
fn shared(resolution: &Resolution, rows: &[(i64, EdgeRow)], (from, to): (i64, i64)) -> Vec<Cell> {
    let mut cells: BTreeMap<(i64, u32), Measures> = BTreeMap::new();
    let within = |hour: i64| (from..=to).contains(&hour);
    for (hour, row) in rows {
        cells.entry((hour + i64::from(row.cell), row.series)).or_default().add(&row.measures);
    }
    let ledgers: Vec<Ledger<'_>> =
        resolution.members.iter().map(|member| Ledger { import: member.n, traces: &member.traces }).collect();
    for session in
        merge_sessions(&ledgers, |hour| resolution.told.get(&hour)).into_iter().filter(|session| within(session.cell))
    {
        count_session(cells.entry((session.cell, session.series)).or_default(), session.outcome);
    }
    cells.into_iter().map(|((hour, series), measures)| Cell { hour, series, measures }).collect()
}

/// The cells of a file that meets no other: its edges and traces as they are.
pub(super) fn alone(edges: &[(i64, Vec<EdgeRow>)], traces: &[SessionTrace]) -> Vec<Cell> {
    let mut cells: BTreeMap<(i64, u32), Measures> = BTreeMap::new();
    for (hour, rows) in edges {
        for row in rows {
            cells.entry((hour + i64::from(row.cell), row.series)).or_default().add(&row.measures);
        }
    }
    for trace in traces {
        let place = (trace.hour() + i64::from(trace.cell), trace.series);
        count_session(cells.entry(place).or_default(), trace.outcome);
    }
    cells.into_iter().map(|((hour, series), measures)| Cell { hour, series, measures }).collect()
}

/// Where a feed's imports begin and end, in epoch nano-seconds: sessions near these may be shared with a new file.
pub(super) async fn seams(connection: &mut SqliteConnection, source: Option<u32>) -> Result<Vec<i64>> {
    let Some(source) = source else { return Ok(Vec::new()) };
    let imports = store::import::of_feed(connection, source).await?;
    Ok(imports.iter().filter_map(|import| import.span).flat_map(|(first, last)| [first, last]).collect())
}

/// A planned file's series as the store knows them.
pub(super) fn key(series: &ingest::RawSeries, source: u32, values: [u32; 5], batch: &UsageBatch) -> SeriesKey {
    SeriesKey {
        source,
        values,
        tier: series.tier.clone(),
        price: series.price,
        band: series.band,
        known: {
            let told = match series.shape.tells_tokens {
                true => batch.known,
                false => batch.known.of_untold(matches!(series.basis, BasisKind::Charge(_))),
            };
            if series.shape.tells_session { told } else { told.of_no_session() }
        },
        reported_currency: batch.reported_currency,
        basis: series.basis,
        day_zone: series.shape.is_daily.then_some(batch.day_zone),
    }
}
