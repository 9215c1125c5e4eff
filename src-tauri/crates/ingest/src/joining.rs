//! The roll-ups of all reader threads → the roll-up of the file.

use std::ops::Range;

use domain::overlap::{EdgeRow, SESSION_REACH, SessionTrace, read_counted};
use domain::usage::Measures;

use crate::accumulate::{Accumulator, Noticed, RawSeries, SeriesPlace, utc_hour};
use crate::cells::{Cells, Hour};
use crate::edges::Edges;
use crate::latencies;
use crate::minutes::{self, Line, RawMinutes};
use crate::sessions::{self, SessionLog};

/// The roll-up of a whole file.
#[derive(Debug, Default)]
pub(crate) struct RollUp {
    pub series: Vec<RawSeries>,
    /// What the cells of each series come to.
    pub by_series: Vec<Measures>,
    pub cells: Cells,
    /// Epoch nano-seconds of the first and last record.
    pub span: Option<(i64, i64)>,
    pub edges: Vec<Edge>,
    /// Sessions near an edge or a seam, by session.
    pub sessions: Vec<SessionTrace>,
    pub lines: Vec<Line>,
    pub minutes: Vec<RawMinutes>,
    pub noticed: Noticed,
}

/// A file's first or last hour: its rows in order of time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edge {
    /// Epoch second the UTC hour begins at.
    pub hour: i64,
    /// `series` indexes [`crate::UsageBatch::series`]. `None` if there were too many to keep.
    pub rows: Option<Vec<EdgeRow>>,
}

/// Joins the roll-ups of all threads; the outcome does not depend on how records were dealt out to them.
///
/// # Errors
/// Writing or reading a temporary file.
pub(crate) fn merge(mut parts: Vec<Accumulator<'_>>) -> std::io::Result<RollUp> {
    let minute_logs = parts.iter_mut().map(|part| std::mem::take(&mut part.minutes)).collect();
    let (series, series_maps) = join_series(&parts);
    let mut span: Option<(i64, i64)> = None;
    let mut noticed = Noticed::default();
    let mut seams: Vec<i64> = Vec::new();
    let (mut logs, mut kept, mut closed, mut places) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for part in parts {
        seams = part.setup.seams.to_vec();
        logs.push(part.sessions);
        kept.push(part.edges);
        closed.push(part.cells.closed);
        places.push(part.cells.places);
        noticed.add(part.noticed);
        span = match (span, part.span) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (a, b) => a.or(b),
        };
    }
    let minutes = || minutes::merge(minute_logs);
    let ((lines, minutes), rest) = std::thread::scope(|scope| -> std::io::Result<_> {
        let minutes = scope.spawn(minutes);
        let (places, maps) = join_places(places, &series_maps);
        let (sessions, traces) = count_sessions(logs, seams, span, &places, &maps)?;
        let cells = join_cells(&closed, &series_maps, &sessions, series.len())?;
        Ok((minutes.join().map_err(|_| lost())?, (places, maps, traces, cells)))
    })?;
    let (places, maps, traces, (cells, by_series)) = rest;
    let mut hours: Vec<i64> = span.iter().flat_map(|(from, to)| [utc_hour(*from), utc_hour(*to)]).collect();
    hours.dedup();
    let edges = hours.into_iter().map(|hour| edge(hour, &kept, &maps, &places)).collect();
    Ok(RollUp { series, by_series, cells, span, edges, sessions: traces, lines, minutes, noticed })
}

/// Sessions that began in a cell: all, those whose outcome is known, those that went well.
type SessionCounts = [u32; 3];

/// The sessions of all threads by cell, and those that may go on in another file.
fn count_sessions(
    logs: Vec<SessionLog>,
    mut seams: Vec<i64>,
    span: Option<(i64, i64)>,
    places: &[Place],
    maps: &[Vec<u32>],
) -> std::io::Result<(Vec<SessionCounts>, Vec<SessionTrace>)> {
    seams.extend(span.iter().flat_map(|(from, to)| [*from, *to]));
    seams.sort_unstable();
    seams.dedup();
    let is_near = |first: i64, last: i64| {
        let next = seams.partition_point(|seam| *seam <= first.saturating_sub(SESSION_REACH));
        seams.get(next).is_some_and(|seam| *seam < last.saturating_add(SESSION_REACH))
    };
    let (mut counts, mut traces) = (Vec::new(), Vec::new());
    sessions::resolve(logs, |session| {
        if counts.is_empty() {
            counts.resize(places.len(), SessionCounts::default());
        }
        let cell = maps[session.log][session.cell as usize] as usize;
        let told = [true, session.outcome.is_some(), session.outcome == Some(true)];
        counts[cell].iter_mut().zip(told).for_each(|(count, told)| *count += u32::from(told));
        if is_near(session.first, session.last) {
            let (hour, series) = places[cell];
            traces.push(SessionTrace {
                session: session.hash,
                first: session.first,
                last: session.last,
                series,
                cell: (i64::from(hour) - utc_hour(session.first)) as i32,
                outcome: session.outcome,
            });
        }
    })?;
    Ok((counts, traces))
}

fn lost() -> std::io::Error {
    std::io::Error::other("a thread of the import failed")
}

/// The series of all threads in order, and which of them each of a thread's own is.
fn join_series(parts: &[Accumulator<'_>]) -> (Vec<RawSeries>, Vec<Vec<u32>>) {
    let named: Vec<Vec<RawSeries>> = parts
        .iter()
        .map(|part| {
            let raw = |(group, price, band, basis, shape): &SeriesPlace| {
                let group = &part.groups[*group as usize];
                RawSeries {
                    values: group.values.clone(),
                    tier: group.tier.clone(),
                    price: *price,
                    band: *band,
                    basis: *basis,
                    shape: *shape,
                }
            };
            part.series.iter().map(raw).collect()
        })
        .collect();
    let mut all: Vec<RawSeries> = named.iter().flatten().cloned().collect();
    all.sort_unstable();
    all.dedup();
    let place = |series: &RawSeries| all.partition_point(|other| other < series) as u32;
    let places = named.iter().map(|own| own.iter().map(place).collect()).collect();
    (all, places)
}

/// A cell's hour, as an epoch second, and its series.
type Place = (u32, u32);

/// The places of the cells of all threads in rising order, and by thread which of them each of its own cells is at.
fn join_places(of_threads: Vec<Vec<Place>>, series: &[Vec<u32>]) -> (Vec<Place>, Vec<Vec<u32>>) {
    let mut maps: Vec<Vec<u32>> = of_threads.iter().map(|places| vec![0; places.len()]).collect();
    let mut order: Vec<(Place, u32, u32)> = Vec::with_capacity(maps.iter().map(Vec::len).sum());
    for (thread, (places, series)) in of_threads.into_iter().zip(series).enumerate() {
        let joined =
            |(own, (hour, of_thread)): (usize, Place)| ((hour, series[of_thread as usize]), thread as u32, own as u32);
        order.extend(places.into_iter().enumerate().map(joined));
    }
    order.sort_unstable();
    let mut places: Vec<Place> = Vec::new();
    for (place, thread, own) in order {
        if places.last() != Some(&place) {
            places.push(place);
        }
        maps[thread as usize][own as usize] = (places.len() - 1) as u32;
    }
    (places, maps)
}

/// One cell of one hour, as a thread closed it.
struct Told {
    /// Of the file.
    series: u32,
    measures: Measures,
    /// Its sketch within the hour's.
    sketch: Range<usize>,
}

/// The cells of all threads, each hour's added up, with the sessions that began in them by place; and what each series comes to.
fn join_cells(
    closed: &[Cells],
    series: &[Vec<u32>],
    sessions: &[SessionCounts],
    count: usize,
) -> std::io::Result<(Cells, Vec<Measures>)> {
    let mut hours: Vec<(&Hour, usize)> = closed
        .iter()
        .enumerate()
        .flat_map(|(thread, cells)| cells.hours().iter().map(move |hour| (hour, thread)))
        .collect();
    hours.sort_unstable_by_key(|(hour, thread)| (hour.hour, *thread));
    let (mut all, mut by_series) = (Cells::default(), vec![Measures::default(); count]);
    let mut sessions = sessions.iter();
    let (mut buffer, mut told, mut order, mut bytes) = (Vec::new(), Vec::<Told>::new(), Vec::new(), Vec::new());
    let mut sums: Vec<(u32, Measures)> = Vec::new();
    let (mut sketches, mut places) = (Vec::new(), Vec::<(u32, Range<usize>)>::new());
    for of_hour in hours.chunk_by(|a, b| a.0.hour == b.0.hour) {
        told.clear();
        bytes.clear();
        for (hour, thread) in of_hour {
            let first = told.len();
            let series = &series[*thread];
            closed[*thread].each(hour, &mut buffer, |of_thread, measures| {
                told.push(Told { series: series[of_thread as usize], measures, sketch: 0..0 });
            })?;
            // Cells and sketches stand in one order, that of the thread's series.
            let mut cells = told[first..].iter_mut();
            closed[*thread].each_sketch(hour, &mut buffer, |of_thread, sketch| {
                if let Some(cell) = cells.find(|cell| cell.series == series[of_thread as usize]) {
                    let from = bytes.len();
                    bytes.extend_from_slice(sketch);
                    cell.sketch = from..bytes.len();
                }
            })?;
        }
        order.clear();
        order.extend(told.iter().enumerate().map(|(index, cell)| (cell.series, index)));
        order.sort_unstable();
        sums.clear();
        sketches.clear();
        places.clear();
        for same in order.chunk_by(|a, b| a.0 == b.0) {
            let mut sum = told[same[0].1].measures;
            same[1..].iter().for_each(|(_, index)| sum.add(&told[*index].measures));
            if let Some([all, decided, successful]) = sessions.next() {
                sum.sessions = u64::from(*all);
                sum.decided_sessions = u64::from(*decided);
                sum.successful_sessions = u64::from(*successful);
            }
            by_series[same[0].0 as usize].add(&sum);
            sums.push((same[0].0, sum));
            let from = sketches.len();
            latencies::join(same.iter().map(|(_, index)| &bytes[told[*index].sketch.clone()]), &mut sketches);
            if sketches.len() > from {
                places.push((same[0].0, from..sketches.len()));
            }
        }
        all.push(
            of_hour[0].0.hour,
            sums.iter().map(|(series, sum)| (*series, sum)),
            places.iter().map(|(series, place)| (*series, &sketches[place.clone()])),
        )?;
    }
    all.finish();
    Ok((all, by_series))
}

/// One edge hour from what all threads kept of it.
fn edge(hour: i64, kept: &[Edges], cell_maps: &[Vec<u32>], places: &[Place]) -> Edge {
    let mut rows = Vec::new();
    for (edges, cell_map) in kept.iter().zip(cell_maps) {
        let Some(part) = edges.of(hour) else { continue };
        if part.is_full {
            return Edge { hour, rows: None };
        }
        for (row, bytes) in part.each() {
            let (of_cell, series) = places[cell_map[row.cell as usize] as usize];
            // Written a moment ago by this very process.
            let Ok((measures, timing)) = read_counted(bytes) else { return Edge { hour, rows: None } };
            rows.push(EdgeRow {
                fingerprint: row.fingerprint,
                at: row.at,
                series,
                cell: (i64::from(of_cell) - hour) as i32,
                measures,
                timing,
            });
        }
    }
    rows.sort_unstable_by_key(|row| (row.at, row.fingerprint));
    Edge { hour, rows: Some(rows) }
}
