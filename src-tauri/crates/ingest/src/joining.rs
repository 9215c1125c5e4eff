//! The roll-ups of all reader threads → the roll-up of the file.

use std::collections::HashMap;

use domain::overlap::{EdgeRow, SESSION_REACH, SessionTrace, read_counted};

use crate::accumulate::{Accumulator, Noticed, RawCell, RawSeries, SeriesPlace, utc_hour};
use crate::edges::Edges;
use crate::latencies::{self, Latencies};
use crate::minutes::{self, Line, RawMinutes};
use crate::sessions;

/// The roll-up of a whole file.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct RollUp {
    pub series: Vec<RawSeries>,
    /// By (hour, series).
    pub cells: Vec<RawCell>,
    /// Epoch nano-seconds of the first and last record.
    pub span: Option<(i64, i64)>,
    pub edges: Vec<Edge>,
    /// Sessions near an edge or a seam, by session.
    pub sessions: Vec<SessionTrace>,
    pub lines: Vec<Line>,
    pub minutes: Vec<RawMinutes>,
    pub latencies: Latencies,
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
/// Reading a temporary file.
pub(crate) fn merge(mut parts: Vec<Accumulator<'_>>) -> std::io::Result<RollUp> {
    let minute_logs = parts.iter_mut().map(|part| std::mem::take(&mut part.minutes)).collect();
    for part in &mut parts {
        part.latencies.finish();
        part.cell_index = HashMap::default();
    }
    let (series, places) = join_series(&parts);
    let mut span: Option<(i64, i64)> = None;
    let mut noticed = Noticed::default();
    let mut seams: Vec<i64> = Vec::new();
    let mut of_threads = Vec::new();
    let (mut logs, mut kept, mut latency_logs) = (Vec::new(), Vec::new(), Vec::new());
    for (part, places) in parts.into_iter().zip(&places) {
        let mut cells = part.cells;
        cells.iter_mut().for_each(|cell| cell.series = places[cell.series as usize]);
        of_threads.push(cells);
        seams = part.setup.seams.to_vec();
        logs.push(part.sessions);
        kept.push(part.edges);
        latency_logs.push(part.latencies);
        noticed.add(part.noticed);
        span = match (span, part.span) {
            (Some((a, b)), Some((c, d))) => Some((a.min(c), b.max(d))),
            (a, b) => a.or(b),
        };
    }
    let (lines_and_minutes, (mut cells, maps)) = std::thread::scope(|scope| -> std::io::Result<_> {
        let minutes = scope.spawn(|| minutes::merge(minute_logs));
        let cells = join_cells(of_threads);
        Ok((minutes.join().map_err(|_| lost())?, cells))
    })?;
    let (lines, minutes) = lines_and_minutes;
    seams.extend(span.iter().flat_map(|(from, to)| [*from, *to]));
    seams.sort_unstable();
    seams.dedup();
    let is_near = |first: i64, last: i64| {
        let next = seams.partition_point(|seam| *seam <= first.saturating_sub(SESSION_REACH));
        seams.get(next).is_some_and(|seam| *seam < last.saturating_add(SESSION_REACH))
    };
    let count = cells.len();
    let (latencies, traces) = std::thread::scope(|scope| -> std::io::Result<_> {
        let latencies = scope.spawn(|| latencies::merge(latency_logs, &maps, count));
        let mut traces = Vec::new();
        sessions::resolve(logs, |session| {
            let cell = &mut cells[maps[session.log][session.cell as usize] as usize];
            cell.measures.sessions += 1;
            cell.measures.decided_sessions += u64::from(session.outcome.is_some());
            cell.measures.successful_sessions += u64::from(session.outcome == Some(true));
            if is_near(session.first, session.last) {
                traces.push(SessionTrace {
                    session: session.hash,
                    first: session.first,
                    last: session.last,
                    series: cell.series,
                    cell: (cell.hour - utc_hour(session.first)) as i32,
                    outcome: session.outcome,
                });
            }
        })?;
        Ok((latencies.join().map_err(|_| lost())?, traces))
    })?;
    let mut hours: Vec<i64> = span.iter().flat_map(|(from, to)| [utc_hour(*from), utc_hour(*to)]).collect();
    hours.dedup();
    let edges = hours.into_iter().map(|hour| edge(hour, &kept, &maps, &cells)).collect();
    Ok(RollUp { series, cells, span, edges, sessions: traces, lines, minutes, latencies, noticed })
}

fn lost() -> std::io::Error {
    std::io::Error::other("a thread of the import failed")
}

/// The series of all threads in order, and which of them each of a thread's own is.
fn join_series(parts: &[Accumulator<'_>]) -> (Vec<RawSeries>, Vec<Vec<u32>>) {
    let named: Vec<Vec<RawSeries>> = parts
        .iter()
        .map(|part| {
            let raw = |(group, price, band, basis, tells_tokens, is_daily): &SeriesPlace| {
                let group = &part.groups[*group as usize];
                RawSeries {
                    values: group.values.clone(),
                    tier: group.tier.clone(),
                    price: *price,
                    band: *band,
                    basis: *basis,
                    tells_tokens: *tells_tokens,
                    is_daily: *is_daily,
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

/// The cells of all threads by (hour, series), and by thread which of them each of its own became. The list is sorted where it
/// stands: a second one beside it would be the largest thing an import holds.
fn join_cells(of_threads: Vec<Vec<RawCell>>) -> (Vec<RawCell>, Vec<Vec<u32>>) {
    let lengths: Vec<usize> = of_threads.iter().map(Vec::len).collect();
    let mut lists = of_threads.into_iter();
    let mut cells = lists.next().unwrap_or_default();
    cells.reserve_exact(lengths.iter().skip(1).sum());
    lists.for_each(|list| cells.extend(list));
    let mut order: Vec<(i64, u32, u32)> =
        cells.iter().enumerate().map(|(index, cell)| (cell.hour, cell.series, index as u32)).collect();
    order.sort_unstable();
    let joined = order.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).count();
    // Where each cell goes; those that another took in go behind the others.
    let mut goes_to = vec![0u32; cells.len()];
    let mut became = vec![0u32; cells.len()];
    let mut behind = joined as u32;
    for (place, same) in order.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)).enumerate() {
        let first = same[0].2 as usize;
        (goes_to[first], became[first]) = (place as u32, place as u32);
        for (.., other) in &same[1..] {
            let measures = cells[*other as usize].measures;
            cells[first].measures.add(&measures);
            (goes_to[*other as usize], became[*other as usize]) = (behind, place as u32);
            behind += 1;
        }
    }
    drop(order);
    for start in 0..cells.len() {
        while goes_to[start] as usize != start {
            let place = goes_to[start] as usize;
            cells.swap(start, place);
            goes_to.swap(start, place);
        }
    }
    cells.truncate(joined);
    cells.shrink_to_fit();
    let mut rest = became.as_slice();
    let maps = lengths
        .into_iter()
        .map(|length| {
            let (own, others) = rest.split_at(length);
            rest = others;
            own.to_vec()
        })
        .collect();
    (cells, maps)
}

/// One edge hour from what all threads kept of it.
fn edge(hour: i64, kept: &[Edges], cell_maps: &[Vec<u32>], cells: &[RawCell]) -> Edge {
    let mut rows = Vec::new();
    for (edges, cell_map) in kept.iter().zip(cell_maps) {
        let Some(part) = edges.of(hour) else { continue };
        if part.is_full {
            return Edge { hour, rows: None };
        }
        for (row, bytes) in part.each() {
            let cell = &cells[cell_map[row.cell as usize] as usize];
            // Written a moment ago by this very process.
            let Ok((measures, timing)) = read_counted(bytes) else { return Edge { hour, rows: None } };
            rows.push(EdgeRow {
                fingerprint: row.fingerprint,
                at: row.at,
                series: cell.series,
                cell: (cell.hour - hour) as i32,
                measures,
                timing,
            });
        }
    }
    rows.sort_unstable_by_key(|row| (row.at, row.fingerprint));
    Edge { hour, rows: Some(rows) }
}
