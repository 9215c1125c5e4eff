//! Sessions that two files of a feed share.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::Told;

/// What an import saw of a session near one of its edges. Sessions away from the edges are counted in the import's own cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SessionTrace {
    /// Hash of its name.
    pub session: u64,
    /// Epoch nano-seconds of the first and the last request seen.
    pub first: i64,
    pub last: i64,
    /// The series of the first request.
    pub series: u32,
    /// Where its cell begins, in seconds from its UTC hour.
    pub cell: i32,
    /// How the last request ended; `None` if it does not say.
    pub outcome: Option<bool>,
}

impl SessionTrace {
    /// The UTC hour of the first request, in epoch seconds.
    pub fn hour(&self) -> i64 {
        self.first.div_euclid(3_600_000_000_000) * 3600
    }
}

/// The traces of one import.
#[derive(Debug, Clone, Copy)]
pub struct Ledger<'a> {
    pub import: i64,
    pub traces: &'a [SessionTrace],
}

/// A session of the feed: it counts in the cell of its first request and ended as its last one did.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Merged {
    /// Epoch second its cell begins at.
    pub cell: i64,
    pub series: u32,
    pub outcome: Option<bool>,
}

/// Joins the traces of all imports of a feed. `told` says which imports tell of an hour; `None` for an
/// hour that is not looked at, where every trace stands.
///
/// A trace whose first hour another import tells wholly is that import's: joined with its trace, or, where it has none, counted
/// in its cells already, because for that import the session is far from any edge.
pub fn merge_sessions<'t>(ledgers: &[Ledger<'_>], told: impl Fn(i64) -> Option<&'t Told>) -> Vec<Merged> {
    let known: HashMap<i64, HashSet<u64>> =
        ledgers.iter().map(|ledger| (ledger.import, ledger.traces.iter().map(|t| t.session).collect())).collect();
    let mut joined: BTreeMap<u64, SessionTrace> = BTreeMap::new();
    for ledger in ledgers {
        for trace in ledger.traces {
            let counts = told(trace.hour()).is_none_or(|Told { whole, part, .. }| {
                let has_trace = |owner: &i64| known.get(owner).is_some_and(|known| known.contains(&trace.session));
                // Where a file was added to an hour that another tells, both tell of it.
                whole.contains(&ledger.import) || part.contains(&ledger.import) || whole.iter().any(has_trace)
            });
            if !counts {
                continue;
            }
            joined.entry(trace.session).and_modify(|open| *open = join(*open, *trace)).or_insert(*trace);
        }
    }
    joined
        .into_values()
        .map(|trace| Merged {
            cell: trace.hour() + i64::from(trace.cell),
            series: trace.series,
            outcome: trace.outcome,
        })
        .collect()
}

fn join(a: SessionTrace, b: SessionTrace) -> SessionTrace {
    let begin = if b.first < a.first { b } else { a };
    let (last, outcome) = match a.last.cmp(&b.last) {
        std::cmp::Ordering::Less => (b.last, b.outcome),
        std::cmp::Ordering::Greater => (a.last, a.outcome),
        // Of requests at one instant a successful one decides.
        std::cmp::Ordering::Equal => (a.last, a.outcome.max(b.outcome)),
    };
    SessionTrace { last, outcome, ..begin }
}
