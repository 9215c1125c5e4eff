//! Verdicts of a file: which of two answers somebody found better, kept as a round that is closed and turned into scores as one is.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use domain::bakeoff::CandidateId;
use domain::bakeoff::blind::{Judgement, Mode, Plan, Task, Verdict};
use domain::id::RoundId;
use ingest::bakeoff::told::{Candidate, ResultRecord, Score, VerdictRecord, Winner};
use store::Write;
use store::bakeoff::results::ResultImport;
use store::bakeoff::round::Round;
use uuid::Uuid;

use super::CasesByKey;
use crate::bakeoff::blind::{Details, is_of_import, written};
use crate::{Context, Result};

/// A file's word as one of ours, of its first and its second.
fn said(winner: Winner) -> Verdict {
    match winner {
        Winner::A => Verdict::First,
        Winner::B => Verdict::Second,
        Winner::Tie => Verdict::Tie,
        Winner::BothBad => Verdict::BothBad,
    }
}

/// What verdicts make of each candidate in each case, as scores beside those the file has itself: how often it was found better (a
/// tie is half, both bad is none). An answer the file does not hold is one of which only that is known.
pub(super) fn preferred(results: &mut Vec<ResultRecord>, verdicts: &[VerdictRecord], criterion: &str) {
    if verdicts.is_empty() {
        return;
    }
    type Key = (String, Arc<Candidate>);
    let mut found: BTreeMap<Key, (Vec<f64>, &VerdictRecord)> = BTreeMap::new();
    for verdict in verdicts {
        let Some(case) = verdict.case_id.clone() else { continue };
        let Some((a, b)) = said(verdict.winner).worth() else { continue };
        for (candidate, value) in [(&verdict.a, a), (&verdict.b, b)] {
            found.entry((case.clone(), candidate.clone())).or_insert_with(|| (Vec::new(), verdict)).0.push(value);
        }
    }
    let places: HashMap<Key, usize> = results
        .iter()
        .enumerate()
        .filter(|(_, record)| record.repeat == 0 && record.variant.is_none())
        .filter_map(|(at, record)| Some(((record.case_id.clone()?, record.candidate.clone()), at)))
        .collect();
    for ((case, candidate), (values, first)) in found {
        let score = Score {
            scorer: criterion.to_owned(),
            // Halves add up exactly, in any order.
            value: values.iter().sum::<f64>() / values.len() as f64,
            scale: Some(ingest::bakeoff::told::Scale::UNIT),
            reason: None,
            rater: None,
        };
        match places.get(&(case.clone(), candidate.clone())).and_then(|at| results.get_mut(*at)) {
            Some(record) => record.scores.push(score),
            None => results.push(ResultRecord {
                case_id: Some(case),
                scores: vec![score],
                tags: first.tags.clone(),
                ..ResultRecord::new(candidate, first.place.clone())
            }),
        }
    }
}

/// Keeps the verdicts of a file as a round that was closed when it came in: its ratings and its agreement are those of any round.
/// What stands under no case or no candidate of the bake-off is left out. Nothing is kept where nothing is left.
pub(super) async fn keep(
    context: &Context,
    write: &mut Write,
    import: &ResultImport,
    verdicts: &[VerdictRecord],
    cases: &CasesByKey,
    ids: &HashMap<&str, CandidateId>,
) -> Result<()> {
    let (mut case_numbers, mut candidate_numbers) = (Numbers::default(), Numbers::default());
    let mut judgements = Vec::new();
    // Of one rater on one pair: how often it was met. A turn, or another judge without a name, is another judgement and no change of
    // mind: a case that is judged several times stands in the round as often.
    // Rater, case, pair, turn.
    type Met<'v> = (Option<&'v str>, i64, (u32, u32), Option<u32>);
    let mut met: HashMap<Met<'_>, u32> = HashMap::new();
    for verdict in verdicts {
        let found = verdict.case_id.as_deref().and_then(|id| cases.by_id(id));
        let of = |candidate: &Candidate| ids.get(candidate.label.as_str()).copied();
        let (Some(case), Some(a), Some(b)) = (found, of(&verdict.a), of(&verdict.b)) else { continue };
        if a == b {
            continue;
        }
        let (a, b) = (candidate_numbers.of(a.0, a.0), candidate_numbers.of(b.0, b.0));
        // The smaller number comes first.
        let won = said(verdict.winner);
        let won = if a > b { won.exchanged() } else { won };
        let rater = verdict.rater.as_deref().map(str::trim).filter(|rater| !rater.is_empty());
        let times = met.entry((rater, case, (a.min(b), a.max(b)), verdict.turn)).or_default();
        let instance = (case, verdict.turn, *times);
        *times += 1;
        judgements.push(Judgement {
            rater: rater.unwrap_or(UNTOLD).to_owned(),
            task: Task { case: case_numbers.of(instance, case), first: a.min(b), second: Some(a.max(b)) },
            verdict: won,
            repeat: false,
            seconds: None,
            note: String::new(),
        });
    }
    if judgements.is_empty() {
        return Ok(());
    }
    let plan = Plan {
        target: judgements.len() as u32,
        random_share: 0.0,
        overlap_share: 0.0,
        repeat_share: 0.0,
        ..Plan::new(0, Mode::Pairs, candidate_numbers.all.len() as u32, case_numbers.all.len() as u32)
    };
    let candidates = candidate_numbers.all.into_iter().map(CandidateId).collect();
    let details = Details::of_file(plan, candidates, case_numbers.all, import.id);
    let round = Round {
        id: RoundId(Uuid::now_v7()),
        bakeoff_id: import.bakeoff_id,
        details: written(&details)?,
        opened_at: import.at,
        opened_by: String::new(),
        closed: None,
    };
    store::bakeoff::round::add(write, &round).await?;
    for judgement in &judgements {
        store::bakeoff::round::judge(write, round.id, judgement, (import.at, "")).await?;
    }
    store::bakeoff::round::close(write, round.id, context.now(), "").await?;
    Ok(())
}

/// The verdicts of an import that is taken back, or brought back, count no more, or again.
pub(in crate::bakeoff) async fn set_reverted(write: &mut Write, import: &ResultImport, reverted: bool) -> Result<()> {
    for round in store::bakeoff::round::every(write.connection(), import.bakeoff_id).await? {
        if is_of_import(&round, import.id) {
            store::bakeoff::round::set_deleted(write, round.id, reverted).await?;
        }
    }
    Ok(())
}

/// Who judged where a file does not tell.
const UNTOLD: &str = "—";

/// Numbers of things in the order in which they are met, by what tells them apart.
struct Numbers<K> {
    all: Vec<i64>,
    known: HashMap<K, u32>,
}

impl<K> Default for Numbers<K> {
    fn default() -> Self {
        Self { all: Vec::new(), known: HashMap::new() }
    }
}

impl<K: Eq + std::hash::Hash> Numbers<K> {
    fn of(&mut self, key: K, id: i64) -> u32 {
        *self.known.entry(key).or_insert_with(|| {
            self.all.push(id);
            self.all.len() as u32 - 1
        })
    }
}
