//! What a closed round says.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Judgement, Mode, Plan, Task, Verdict};
use crate::stats::agreement::{Agreement, Disagreement, Scale, cohen_kappa, fleiss_kappa, krippendorff_alpha};
use crate::stats::bradley_terry::{Game, Outcome};
use crate::stats::{Refused, Resampling};

/// What was decided of a task raters disagreed on. It counts instead of theirs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Adjudication {
    pub task: Task,
    pub verdict: Verdict,
    pub by: String,
    pub reason: String,
}

/// How often each of two won.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PairCount {
    pub first: u32,
    pub second: u32,
    pub first_wins: u32,
    pub second_wins: u32,
    pub ties: u32,
    pub both_bad: u32,
}

/// What raters preferred in one case: 1 where all took the first, 0 the second, a tie or both bad a half.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CasePreference {
    pub task: Task,
    pub preference: f64,
    pub judgements: u32,
}

/// The mean of a candidate's marks, each case once: a case's mark is the mean of its raters'.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RubricMean {
    pub candidate: u32,
    pub mean: f64,
    /// `None` for one case: how cases differ cannot be seen.
    pub se: Option<f64>,
    pub cases: u32,
}

/// A task raters disagree on, with what each said.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Disputed {
    pub task: Task,
    pub verdicts: Vec<(String, Verdict)>,
    pub adjudicated: Option<Verdict>,
}

/// A coefficient of agreement with its interval, where there is one.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Coefficient {
    pub value: f64,
    pub low: Option<f64>,
    pub high: Option<f64>,
    pub units: u32,
}

impl From<Agreement> for Coefficient {
    fn from(found: Agreement) -> Self {
        let interval = found.interval.ok();
        Self {
            value: found.value,
            low: interval.map(|interval| interval.low),
            high: interval.map(|interval| interval.high),
            units: found.units as u32,
        }
    }
}

/// Agreement over tasks that two raters or more judged; adjudications do not count.
#[derive(Debug, Clone, PartialEq)]
pub struct AgreementOfRaters {
    /// By exactly two raters; weighted by squares for marks.
    pub cohen: Result<Coefficient, Refused>,
    /// Over the tasks with the number of raters most tasks have.
    pub fleiss: Result<Coefficient, Refused>,
    /// Nominal for pairs, ordinal for marks.
    pub krippendorff: Result<Coefficient, Refused>,
}

/// How often a rater said the same of a task asked twice.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SelfAgreement {
    pub rater: String,
    pub same: u32,
    pub repeats: u32,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RoundResults {
    pub pairs: Vec<PairCount>,
    /// For [`crate::stats::bradley_terry::bradley_terry`]: each judgement a game, clustered by case.
    pub games: Vec<Game>,
    pub preferences: Vec<CasePreference>,
    pub rubric: Vec<RubricMean>,
    pub agreement: AgreementOfRaters,
    pub own: Vec<SelfAgreement>,
    pub disputed: Vec<Disputed>,
}

const CATEGORIES: usize = 5;

fn category(verdict: Verdict) -> Option<usize> {
    match verdict {
        Verdict::First => Some(0),
        Verdict::Second => Some(1),
        Verdict::Tie => Some(2),
        Verdict::BothBad => Some(3),
        Verdict::Score { score } => usize::from(score).checked_sub(1).filter(|at| *at < CATEGORIES),
        Verdict::Skipped => None,
    }
}

fn fits(plan: &Plan, task: &Task, verdict: Verdict) -> bool {
    let marked = matches!(verdict, Verdict::Score { score } if (1..=5).contains(&score));
    let paired = task.second.is_some_and(|second| second < plan.candidates && task.first < second);
    let of_mode = match plan.mode {
        Mode::Pairs => paired && !matches!(verdict, Verdict::Score { .. } | Verdict::Skipped),
        Mode::Rubric => task.second.is_none() && marked,
    };
    of_mode && task.first < plan.candidates && task.case < plan.cases
}

/// What a round's judgements say. Judgements of another mode, or of candidates and cases that do not exist, are passed over; of two
/// by one rater on one task the last counts, and a repeat only for agreement with oneself.
pub fn results(
    plan: &Plan,
    judgements: &[Judgement],
    adjudications: &[Adjudication],
    resampling: &Resampling,
) -> RoundResults {
    let mut said: BTreeMap<Task, BTreeMap<&str, Verdict>> = BTreeMap::new();
    let mut again: BTreeMap<&str, Vec<(Task, Verdict)>> = BTreeMap::new();
    for one in judgements.iter().filter(|one| fits(plan, &one.task, one.verdict)) {
        if one.repeat {
            again.entry(&one.rater).or_default().push((one.task, one.verdict));
        } else {
            said.entry(one.task).or_default().insert(&one.rater, one.verdict);
        }
    }
    let ruled: BTreeMap<Task, Verdict> = adjudications
        .iter()
        .filter(|one| fits(plan, &one.task, one.verdict))
        .map(|one| (one.task, one.verdict))
        .collect();
    let own = again.into_iter().map(|(rater, repeats)| {
        let before = |task: &Task| said.get(task).and_then(|raters| raters.get(rater)).copied();
        let known: Vec<bool> =
            repeats.iter().filter_map(|(task, verdict)| before(task).map(|first| first == *verdict)).collect();
        let same = known.iter().filter(|same| **same).count() as u32;
        SelfAgreement { rater: rater.to_owned(), same, repeats: known.len() as u32 }
    });
    let own = own.filter(|own| own.repeats > 0).collect();
    let disputed = said.iter().filter(|(_, raters)| raters.values().collect::<BTreeSet<_>>().len() > 1);
    let disputed = disputed.map(|(task, raters)| Disputed {
        task: *task,
        verdicts: raters.iter().map(|(rater, verdict)| ((*rater).to_owned(), *verdict)).collect(),
        adjudicated: ruled.get(task).copied(),
    });
    let disputed = disputed.collect();
    let agreement = agreement(plan.mode, &said, resampling);
    let counting: BTreeMap<Task, Vec<Verdict>> = said
        .iter()
        .map(|(task, raters)| {
            let verdicts = ruled.get(task).map_or_else(|| raters.values().copied().collect(), |verdict| vec![*verdict]);
            (*task, verdicts)
        })
        .collect();
    let (pairs, games, preferences) = paired(&counting);
    RoundResults { pairs, games, preferences, rubric: rubric(&counting), agreement, own, disputed }
}

fn paired(counting: &BTreeMap<Task, Vec<Verdict>>) -> (Vec<PairCount>, Vec<Game>, Vec<CasePreference>) {
    let mut pairs: BTreeMap<(u32, u32), PairCount> = BTreeMap::new();
    let (mut games, mut preferences) = (Vec::new(), Vec::new());
    for (task, verdicts) in counting {
        let Some(second) = task.second else { continue };
        let empty = PairCount { first: task.first, second, ..PairCount::default() };
        let count = pairs.entry((task.first, second)).or_insert(empty);
        let mut for_first = 0.0;
        for verdict in verdicts {
            let (outcome, share) = match verdict {
                Verdict::First => (Outcome::First, 1.0),
                Verdict::Second => (Outcome::Second, 0.0),
                _ => (Outcome::Tie, 0.5),
            };
            match verdict {
                Verdict::First => count.first_wins += 1,
                Verdict::Second => count.second_wins += 1,
                Verdict::BothBad => count.both_bad += 1,
                _ => count.ties += 1,
            }
            for_first += share;
            games.push(Game {
                first: task.first as usize,
                second: second as usize,
                outcome,
                weight: 1.0,
                cluster: Some(u64::from(task.case)),
            });
        }
        let judgements = verdicts.len() as u32;
        preferences.push(CasePreference {
            task: *task,
            preference: for_first / f64::from(judgements.max(1)),
            judgements,
        });
    }
    (pairs.into_values().collect(), games, preferences)
}

fn rubric(counting: &BTreeMap<Task, Vec<Verdict>>) -> Vec<RubricMean> {
    let mut marks: BTreeMap<u32, Vec<f64>> = BTreeMap::new();
    for (task, verdicts) in counting.iter().filter(|(task, _)| task.second.is_none()) {
        let scores: Vec<f64> = verdicts
            .iter()
            .filter_map(|verdict| match verdict {
                Verdict::Score { score } => Some(f64::from(*score)),
                _ => None,
            })
            .collect();
        if !scores.is_empty() {
            marks.entry(task.first).or_default().push(scores.iter().sum::<f64>() / scores.len() as f64);
        }
    }
    let means = marks.into_iter().map(|(candidate, marks)| {
        let n = marks.len() as f64;
        let mean = marks.iter().sum::<f64>() / n;
        let spread = marks.iter().map(|mark| (mark - mean).powi(2)).sum::<f64>();
        let se = (marks.len() > 1).then(|| (spread / (n - 1.0) / n).sqrt());
        RubricMean { candidate, mean, se, cases: marks.len() as u32 }
    });
    means.collect()
}

fn agreement(mode: Mode, said: &BTreeMap<Task, BTreeMap<&str, Verdict>>, resampling: &Resampling) -> AgreementOfRaters {
    let shared: Vec<&BTreeMap<&str, Verdict>> = said.values().filter(|raters| raters.len() > 1).collect();
    let raters: Vec<&str> =
        shared.iter().flat_map(|unit| unit.keys().copied()).collect::<BTreeSet<_>>().into_iter().collect();
    let marked = mode == Mode::Rubric;
    let cohen = if let [one, other] = raters[..] {
        let of = |unit: &BTreeMap<&str, Verdict>, rater: &str| unit.get(rater).copied().and_then(category);
        let both: Vec<(usize, usize)> =
            shared.iter().filter_map(|unit| Some((of(unit, one)?, of(unit, other)?))).collect();
        let weights = if marked { Disagreement::Squared } else { Disagreement::Any };
        cohen_kappa(&both, CATEGORIES, weights, resampling).map(Coefficient::from)
    } else if raters.is_empty() {
        Err(Refused::Empty)
    } else {
        Err(Refused::OutOfRange { what: "raters" })
    };
    let mut sizes: BTreeMap<usize, usize> = BTreeMap::new();
    shared.iter().for_each(|unit| *sizes.entry(unit.len()).or_default() += 1);
    let usual = sizes.into_iter().max_by_key(|(size, units)| (*units, *size)).map(|(size, _)| size);
    let counts: Vec<Vec<u32>> = shared
        .iter()
        .filter(|unit| Some(unit.len()) == usual)
        .map(|unit| {
            let mut row = vec![0; CATEGORIES];
            unit.values().filter_map(|verdict| category(*verdict)).for_each(|at| row[at] += 1);
            row
        })
        .collect();
    let fleiss = fleiss_kappa(&counts, resampling).map(Coefficient::from);
    let columns: Vec<Vec<Option<f64>>> = shared
        .iter()
        .map(|unit| {
            let rating = |rater: &&str| unit.get(rater).copied().and_then(category).map(|at| at as f64);
            raters.iter().map(rating).collect()
        })
        .collect();
    let scale = if marked { Scale::Ordinal } else { Scale::Nominal };
    let krippendorff = krippendorff_alpha(&columns, scale, resampling).map(Coefficient::from);
    AgreementOfRaters { cohen, fleiss, krippendorff }
}
