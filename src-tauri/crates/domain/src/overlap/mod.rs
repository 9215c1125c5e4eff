//! Imports of one feed that overlap: which of them tells of which hour, so that together they say what the whole would.
//!
//! An import covers its first and its last hour in part and every hour between them wholly. Of the partly covered hours it keeps
//! its rows ([`EdgeRow`]), and of every session that may still be open near an edge a trace ([`SessionTrace`]); so an hour that
//! two imports cover in part is the union of their rows, and a session that two files share is one.
//!
//! | an hour that is covered | is told by |
//! |---|---|
//! | in part, by several | the union of their rows: identical rows as often as the file that has them most often |
//! | wholly by one, in part by others | the one, if the others say what it does, minute by minute; otherwise a conflict |
//! | wholly by several that say the same | the first |
//! | wholly by several that differ | a conflict: a person keeps what was there, replaces it, or adds both |
//!
//! All of it is a function of the imports in their order and of the answers, so that taking an import or an answer back leads to
//! where one would be without it.

mod codec;
mod grain;
mod sessions;

use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

pub use codec::{put_counted, put_rows, put_sessions, read_counted, read_rows, read_sessions};
pub use grain::Grains;
pub use sessions::{Ledger, Merged, SessionTrace, merge_sessions};

use crate::demand::{HourMinutes, MinuteTotals, minute_of};
use crate::latency::Timing;
use crate::usage::Measures;

/// How long a session may pause and still be one: traces are kept of sessions seen this close to an edge. Nano-seconds.
pub const SESSION_REACH: i64 = 24 * 3600 * 1_000_000_000;

const SECOND: i64 = 1_000_000_000;

/// A row of a partly covered hour.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct EdgeRow {
    /// Of its request id, else of everything it says.
    pub fingerprint: u64,
    /// Epoch nano-seconds.
    pub at: i64,
    pub series: u32,
    /// Where its cell begins, in seconds from its UTC hour.
    pub cell: i32,
    /// Without sessions.
    pub measures: Measures,
    pub timing: Timing,
}

impl EdgeRow {
    /// Whether it counts for the whole hour that begins at an epoch second, as rows of days and of hourly buckets do.
    pub fn is_bucket(&self, hour: i64) -> bool {
        self.at == hour * SECOND && !self.timing.to_the_minute
    }
}

/// What to do with an hour two imports tell differently.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Answer {
    /// What was there stands; the later import's hour is left out.
    Keep,
    /// The later import's hour takes its place.
    Replace,
    /// Both count.
    Add,
}

/// What an import that covers an hour wholly counts of it: its rows themselves are not kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WholeHour {
    /// By kind of usage (whatever that is priced at), without sessions.
    pub cells: HashMap<u32, Measures>,
    /// Of its requests that are told to the minute.
    pub minutes: HourMinutes,
}

/// What one import says of one hour.
#[derive(Debug, Clone, Copy)]
pub enum Claim<'a> {
    /// It covers the hour wholly.
    Whole(&'a WholeHour),
    /// It covers the hour from `from` to `to` (epoch nano-seconds, both included); rows in order of time.
    Part { rows: &'a [EdgeRow], from: i64, to: i64 },
}

/// Which imports tell of an hour.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Told {
    /// Imports whose whole hour counts: one, or several that were added.
    pub whole: Vec<i64>,
    /// Imports whose rows are united.
    pub part: Vec<i64>,
    /// Imports that say something else than those before them, with the answer given; `None` is a question.
    pub conflicts: Vec<(i64, Option<Answer>)>,
}

/// Decides the UTC hour that begins at an epoch second. `claims` are in the order of the imports; `kind` tells which rows' series
/// are one kind of usage.
pub fn decide(
    hour: i64,
    claims: &[(i64, Claim<'_>)],
    answer_of: impl Fn(i64) -> Option<Answer>,
    kind: impl Fn(u32) -> u32,
) -> Told {
    let mut told = Told::default();
    let claim_of: HashMap<i64, Claim<'_>> = claims.iter().copied().collect();
    for (import, claim) in claims {
        let agrees = match claim {
            Claim::Whole(whole) if told.whole.is_empty() => {
                let known: HashMap<u32, Measures> = by_kind(&united(&told.part, &claim_of), &kind);
                known.iter().all(|(kind, before)| whole.cells.get(kind).is_some_and(|now| before.is_within(now)))
                    && told.part.iter().all(|part| match claim_of.get(part) {
                        Some(Claim::Part { rows, from, to }) => whole.tells(hour, rows, (*from, *to), &kind),
                        _ => true,
                    })
            }
            Claim::Whole(whole) => sum_of(&told.whole, &claim_of).cells == nonempty(&whole.cells),
            Claim::Part { rows, from, to } if !told.whole.is_empty() => {
                sum_of(&told.whole, &claim_of).tells(hour, rows, (*from, *to), &kind)
            }
            Claim::Part { rows, from, to } => told.part.iter().all(|other| match claim_of.get(other) {
                Some(Claim::Part { rows: others, from: other_from, to: other_to }) => {
                    // Buckets count what other rows count one by one, wherever in the hour those stand.
                    let unlike = is_bucketed(hour, rows).zip(is_bucketed(hour, others)).is_some_and(|(a, b)| a != b);
                    !unlike && same_between(rows, others, (*from.max(other_from), *to.min(other_to)), &kind)
                }
                _ => true,
            }),
        };
        let effect = if agrees {
            Some(Answer::Keep)
        } else {
            let answer = answer_of(*import);
            told.conflicts.push((*import, answer));
            answer
        };
        match (claim, agrees, effect) {
            // A whole hour takes the place of the parts it contains.
            (Claim::Whole(_), true, _) if told.whole.is_empty() => {
                told.part.clear();
                told.whole.push(*import);
            }
            (Claim::Part { .. }, true, _) if told.whole.is_empty() => told.part.push(*import),
            (Claim::Whole(_), false, Some(Answer::Replace)) => {
                told = Told { whole: vec![*import], part: Vec::new(), conflicts: told.conflicts };
            }
            (Claim::Part { .. }, false, Some(Answer::Replace)) => {
                told = Told { whole: Vec::new(), part: vec![*import], conflicts: told.conflicts };
            }
            (Claim::Whole(_), false, Some(Answer::Add)) => told.whole.push(*import),
            (Claim::Part { .. }, false, Some(Answer::Add)) => told.part.push(*import),
            // What stands says it already, or is kept, or the question is open.
            _ => {}
        }
    }
    told
}

fn nonempty(cells: &HashMap<u32, Measures>) -> HashMap<u32, Measures> {
    cells.iter().filter(|(_, measures)| !measures.is_empty()).map(|(kind, measures)| (*kind, *measures)).collect()
}

fn sum_of(imports: &[i64], claims: &HashMap<i64, Claim<'_>>) -> WholeHour {
    let mut sum = WholeHour::default();
    for import in imports {
        if let Some(Claim::Whole(whole)) = claims.get(import) {
            for (kind, measures) in whole.cells.iter().filter(|(_, measures)| !measures.is_empty()) {
                sum.cells.entry(*kind).or_default().add(measures);
            }
            sum.minutes.merge(&whole.minutes);
        }
    }
    sum
}

impl WholeHour {
    /// Whether the rows another file has between two instants (epoch nano-seconds, both included) are those this hour has there,
    /// as far as can be told. In no kind may they come to more; minutes that lie wholly between the instants must say the same,
    /// those at the ends no more. Rows of days and of hourly buckets stand at the hour's beginning, all or none of them: they must
    /// come to the same.
    fn tells(&self, hour: i64, rows: &[EdgeRow], (from, to): (i64, i64), kind: impl Fn(u32) -> u32) -> bool {
        let mine = by_kind(rows, kind);
        let begins = hour * SECOND;
        if self.minutes.is_empty() && rows.iter().all(|row| row.is_bucket(hour)) {
            return nonempty(&mine) == nonempty(&self.cells);
        }
        let mut minutes = HourMinutes::default();
        for row in rows.iter().filter(|row| row.timing.to_the_minute) {
            minutes.add(minute_of(row.at.div_euclid(SECOND)), &MinuteTotals::of(&row.measures));
        }
        let (told, here) = (self.minutes.by_minute(), minutes.by_minute());
        let agrees = |minute: usize| {
            let first = begins + minute as i64 * 60 * SECOND;
            let last = first + 60 * SECOND - 1;
            let (told, here) = (&told[minute], &here[minute]);
            match from <= first && last <= to {
                true => here == told,
                false => here.is_within(told),
            }
        };
        mine.iter().all(|(kind, now)| self.cells.get(kind).is_some_and(|told| now.is_within(told)))
            && (0..told.len()).all(agrees)
    }
}

/// Whether rows count for their whole hour; `None` where there are none, or some of either sort.
fn is_bucketed(hour: i64, rows: &[EdgeRow]) -> Option<bool> {
    let first = rows.first()?.is_bucket(hour);
    rows.iter().all(|row| row.is_bucket(hour) == first).then_some(first)
}

fn by_kind(rows: &[EdgeRow], kind: impl Fn(u32) -> u32) -> HashMap<u32, Measures> {
    let mut sum: HashMap<u32, Measures> = HashMap::new();
    for row in rows {
        sum.entry(kind(row.series)).or_default().add(&row.measures);
    }
    sum
}

fn united(imports: &[i64], claims: &HashMap<i64, Claim<'_>>) -> Vec<EdgeRow> {
    let parts = imports.iter().filter_map(|import| match claims.get(import) {
        Some(Claim::Part { rows, .. }) => Some(*rows),
        _ => None,
    });
    unite(parts)
}

/// The union of several imports' rows: a row stands as often as in the import that has it most often. Of rows that share a
/// request id the earliest import's stands.
pub fn unite<'a>(parts: impl IntoIterator<Item = &'a [EdgeRow]>) -> Vec<EdgeRow> {
    let mut all: BTreeMap<u64, Vec<EdgeRow>> = BTreeMap::new();
    for rows in parts {
        let mut seen: HashMap<u64, usize> = HashMap::new();
        for row in rows {
            let nth = seen.entry(row.fingerprint).or_default();
            let known = all.entry(row.fingerprint).or_default();
            if known.len() <= *nth {
                known.push(*row);
            }
            *nth += 1;
        }
    }
    let mut rows: Vec<EdgeRow> = all.into_values().flatten().collect();
    rows.sort_by_key(|row| (row.at, row.fingerprint));
    rows
}

/// What a row says: which it is, of what kind of usage, and all it counts. A request id alone would hide that a file corrects it.
type Said = (u64, u32, [u64; Measures::COLUMNS.len()], i128);

/// Whether two imports agree between two instants: strictly between them they have the same rows; at the instants themselves,
/// where one of them ends, one may have fewer. A day's row that has grown since is no part of the other.
fn same_between(a: &[EdgeRow], b: &[EdgeRow], (from, to): (i64, i64), kind: impl Fn(u32) -> u32) -> bool {
    let said = |rows: &[EdgeRow], wanted: &dyn Fn(i64) -> bool| {
        let rows = rows.iter().filter(|row| wanted(row.at));
        let mut said: Vec<Said> = rows
            .map(|row| (row.fingerprint, kind(row.series), row.measures.counts(), row.measures.reported_nanos))
            .collect();
        said.sort_unstable();
        said
    };
    let inside = |at: i64| from < at && at < to;
    let meets = |instant: i64| {
        let (mine, theirs) = (said(a, &|at| at == instant), said(b, &|at| at == instant));
        contains(&mine, &theirs) || contains(&theirs, &mine)
    };
    if from > to {
        return true;
    }
    said(a, &inside) == said(b, &inside) && meets(from) && meets(to)
}

/// Whether a sorted list holds another, with every repetition.
fn contains(whole: &[Said], part: &[Said]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|wanted| rest.any(|said| said == wanted))
}

#[cfg(test)]
mod tests;
