//! What a comparison rests on: results as columns, and what they cost. Computed once for each revision of the file.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::bakeoff::columns::{Cell, Spent, means};
use domain::bakeoff::{Bakeoff, CandidateId, Criterion, PriceSource};
use domain::fx;
use domain::id::BakeoffId;
use domain::money::{Currency, Femtos};
use domain::price::PriceRow;
use domain::stats::missing::Failed;
use domain::stats::scores::{Comparison, Scores, compare};
use domain::stats::{Design, Refused, Resampling};
use domain::suite::hash::content;
use store::Snapshot;
use store::bakeoff::results::Measured;
use store::suite::StoredCase;
use tokio::sync::Mutex;

use crate::bakeoff::Names;
use crate::frame::Kept;
use crate::{Result, economics};

/// The seed of every interval of a bake-off: the same figures for the same results, always.
pub(super) const SEED: u64 = 0x5155_4152_5445_5244;

/// Everything the comparison rests on.
pub(crate) struct Loaded {
    revision: i64,
    pub bakeoff: Bakeoff,
    pub cases: Vec<StoredCase>,
    /// Candidates by place, as they were entered.
    pub candidates: Vec<CandidateId>,
    pub criteria: Vec<Criterion>,
    /// In the layout of [`Scores`].
    pub values: Vec<Option<f64>>,
    pub comparison: std::result::Result<Comparison, Refused>,
    pub measured: Vec<Measured>,
    /// By candidate and case: how many repeats were answered, and how many were not.
    pub(super) failed: Vec<Failed>,
    /// Scores of the first criterion by result; what failed is no success.
    successes: HashMap<i64, bool>,
    /// By criterion: whether most answered cases are scored by it. A check of some cases only says nothing of those that nobody
    /// answered.
    broad: Vec<bool>,
    /// By case: it came with verdicts, and who was not in a pair there was never asked.
    pairs_only: Vec<bool>,
    /// None where every case weighs alike: exact tests hold then.
    pub(super) weights: Option<Vec<f64>>,
    pub(super) clusters: Option<Vec<u64>>,
    pub(super) keys: Vec<u128>,
}

impl Loaded {
    pub(crate) fn design(&self) -> Design<'_> {
        Design { weights: self.weights.as_deref(), clusters: self.clusters.as_deref(), keys: Some(&self.keys) }
    }

    /// What of a candidate's answers to a case failed, as far as this criterion is about it: somebody has a score there, or nobody
    /// answered and the criterion is about most cases. A safety check of some cases, or a pair not drawn in a blind round, is missing
    /// of nobody.
    pub(super) fn failed(&self, candidate: usize, criterion: usize, case: usize) -> Failed {
        let of = |one: usize| self.failed[one * self.cases.len() + case];
        let candidates = 0..self.candidates.len();
        let is_scored = candidates.clone().any(|one| self.column(one, criterion)[case].is_some());
        let all_failed = || {
            self.broad[criterion]
                && candidates.clone().all(|one| of(one).answered == 0)
                && candidates.clone().any(|one| of(one).failed > 0)
        };
        if !is_scored && !all_failed() {
            return Failed::default();
        }
        // Without any row of it the answer is missing once.
        if !self.pairs_only[case]
            && of(candidate) == Failed::default()
            && self.column(candidate, criterion)[case].is_none()
        {
            Failed { answered: 0, failed: 1 }
        } else {
            of(candidate)
        }
    }

    /// Cases that a candidate has answered at least once, and answers of it that are missing: each try that failed, and once each case
    /// that it was not asked.
    pub(super) fn answered(&self, candidate: usize) -> (usize, u32) {
        let of = |case: usize| self.failed[candidate * self.cases.len() + case];
        let answered = (0..self.cases.len()).filter(|case| of(*case).answered > 0).count();
        let missing = |case: usize| match of(case) {
            found if found == Failed::default() => u32::from(!self.pairs_only[case]),
            found => found.failed,
        };
        (answered, (0..self.cases.len()).map(missing).sum())
    }

    pub(crate) fn column(&self, candidate: usize, criterion: usize) -> &[Option<f64>] {
        let start = (candidate * self.criteria.len() + criterion) * self.cases.len();
        &self.values[start..start + self.cases.len()]
    }
}

/// The results of a bake-off as columns, and what they say; read again only when something was written. `memory` is of the
/// workspace that is read.
pub(crate) async fn load(memory: &Kept, snapshot: &mut Snapshot, id: BakeoffId) -> Result<Arc<Loaded>> {
    let slot = memory.slot::<Mutex<HashMap<BakeoffId, Arc<Loaded>>>>();
    let mut kept = slot.lock().await;
    let revision = store::workspace::get(snapshot).await?.revision;
    if let Some(loaded) = kept.get(&id).filter(|loaded| loaded.revision == revision) {
        return Ok(loaded.clone());
    }
    let bakeoff = store::bakeoff::get(snapshot, id).await?;
    let version = store::suite::version_of(snapshot, bakeoff.details.suite_id, bakeoff.details.version).await?;
    let cases = store::suite::cases(snapshot, version.id).await?;
    let candidates: Vec<CandidateId> =
        store::bakeoff::candidates(snapshot, id).await?.into_iter().map(|candidate| candidate.id).collect();
    let measured = latest(store::bakeoff::results::measured(snapshot, id).await?);
    let scores = store::bakeoff::results::scores(snapshot, id).await?;
    let paired = crate::bakeoff::blind::cases_of_files(snapshot, id).await?;
    let came = Came { measured, scores, paired };
    let work = tokio::task::spawn_blocking(move || fold(revision, bakeoff, cases, candidates, came));
    let loaded = Arc::new(work.await.map_err(|error| crate::AppError::Internal(error.to_string()))?);
    if kept.len() > 4 {
        kept.clear();
    }
    kept.insert(id, loaded.clone());
    Ok(loaded)
}

/// Of results of one case, candidate, repeat and variant the one that came in last: that is what was chosen when it came in.
fn latest(measured: Vec<Measured>) -> Vec<Measured> {
    let mut kept: Vec<Measured> = Vec::with_capacity(measured.len());
    for one in measured {
        match kept.last_mut() {
            Some(last)
                if (last.candidate, last.case, last.repeat, &last.variant)
                    == (one.candidate, one.case, one.repeat, &one.variant) =>
            {
                *last = one;
            }
            _ => kept.push(one),
        }
    }
    kept
}

/// What came in.
struct Came {
    measured: Vec<Measured>,
    scores: Vec<store::bakeoff::results::Scored>,
    /// Cases of files of verdicts.
    paired: HashSet<i64>,
}

fn fold(
    revision: i64,
    bakeoff: Bakeoff,
    cases: Vec<StoredCase>,
    candidates: Vec<CandidateId>,
    Came { measured, mut scores, paired }: Came,
) -> Loaded {
    // Some files score a request that failed, with 0: what is not there is no worse or better answer, and stands beside the means.
    let erred: HashSet<i64> = measured.iter().filter(|one| one.error.is_some()).map(|one| one.id).collect();
    scores.retain(|score| !erred.contains(&score.result));
    let criteria = bakeoff.details.criteria.clone();
    let case_place: HashMap<i64, usize> = cases.iter().enumerate().map(|(at, case)| (case.id, at)).collect();
    let candidate_place: HashMap<CandidateId, usize> =
        candidates.iter().enumerate().map(|(at, id)| (*id, at)).collect();
    let criterion_place: HashMap<String, usize> =
        criteria.iter().enumerate().map(|(at, criterion)| (criterion.name.to_lowercase(), at)).collect();
    let place_of: HashMap<i64, (usize, usize)> = measured
        .iter()
        .filter_map(|one| Some((one.id, (*candidate_place.get(&one.candidate)?, *case_place.get(&one.case)?))))
        .collect();
    let scored: HashSet<i64> = scores.iter().map(|score| score.result).collect();
    let mut failed = vec![Failed::default(); candidates.len() * cases.len()];
    for one in &measured {
        if let Some((candidate, case)) = place_of.get(&one.id) {
            let of = &mut failed[candidate * cases.len() + case];
            // A table of scores alone brings no answers: what is scored was answered.
            let is_answered = one.error.is_none() && (one.has_answer || scored.contains(&one.id));
            if is_answered { of.answered += 1 } else { of.failed += 1 }
        }
    }
    let (mut cells, mut first) = (Vec::with_capacity(scores.len()), HashMap::<i64, (f64, u32)>::new());
    for score in &scores {
        let Some((candidate, case)) = place_of.get(&score.result) else { continue };
        let Some(criterion) = criterion_place.get(&score.criterion.to_lowercase()) else { continue };
        cells.push(Cell { candidate: *candidate, criterion: *criterion, case: *case, value: score.value });
        if *criterion == 0 {
            let sum = first.entry(score.result).or_insert((0.0, 0));
            *sum = (sum.0 + score.value, sum.1 + 1);
        }
    }
    let values = means(candidates.len(), criteria.len(), cases.len(), &cells);
    let succeeded = first
        .into_iter()
        .filter_map(|(result, (sum, count))| Some((result, criteria.first()?.is_success(sum / f64::from(count)))));
    let successes = succeeded.chain(erred.into_iter().map(|result| (result, false))).collect();
    let is_answered = |case: usize| (0..candidates.len()).any(|one| failed[one * cases.len() + case].answered > 0);
    let broad = (0..criteria.len())
        .map(|criterion| {
            let start = |one: usize| (one * criteria.len() + criterion) * cases.len();
            let is_scored = |case: usize| (0..candidates.len()).any(|one| values[start(one) + case].is_some());
            let (answered, scored) = (0..cases.len())
                .filter(|case| is_answered(*case))
                .fold((0, 0), |(all, scored), case| (all + 1, scored + usize::from(is_scored(case))));
            scored * 2 >= answered
        })
        .collect();
    let pairs_only = cases.iter().map(|stored| paired.contains(&stored.id)).collect();
    let weights: Vec<f64> = cases.iter().map(|stored| stored.case.weight).collect();
    let weights = weights.windows(2).any(|pair| pair[0] != pair[1]).then_some(weights);
    let mut names: HashMap<&str, u64> = HashMap::new();
    let is_clustered = cases.iter().any(|stored| stored.case.cluster.is_some());
    let clusters = is_clustered.then(|| {
        cases
            .iter()
            .enumerate()
            .map(|(at, stored)| match stored.case.cluster.as_deref() {
                Some(name) => {
                    let next = names.len() as u64;
                    *names.entry(name).or_insert(next)
                }
                // A case without a cluster stands for itself.
                None => u64::MAX - at as u64,
            })
            .collect::<Vec<u64>>()
    });
    let keys: Vec<u128> = cases
        .iter()
        .map(|stored| {
            let hash = content(&stored.case).0;
            u128::from_be_bytes(std::array::from_fn(|at| hash[at]))
        })
        .collect();
    let mut loaded = Loaded {
        revision,
        comparison: Err(Refused::Empty),
        bakeoff,
        cases,
        candidates,
        criteria,
        values,
        measured,
        failed,
        successes,
        broad,
        pairs_only,
        weights,
        clusters,
        keys,
    };
    loaded.comparison = compare(
        &Scores {
            candidates: loaded.candidates.len(),
            criteria: loaded.criteria.len(),
            cases: loaded.cases.len(),
            values: &loaded.values,
            design: loaded.design(),
        },
        &Resampling::seeded(SEED),
    );
    loaded
}

/// What a candidate's answers cost at its price, and at what its files state.
pub(crate) struct Costs {
    pub priced: Spent,
    pub stated: Spent,
    /// Answers with tokens that nothing prices.
    pub unpriced: u64,
    /// Answers that came, and those of them whose cost is known.
    pub came: u64,
    pub costed: u64,
    pub price: Option<PriceRow>,
    /// From which currency into which there is no rate, so that what is known of the cost does not count.
    pub unrated: BTreeSet<(Currency, Currency)>,
}

/// By the prices and rates in force at `at`.
pub(crate) async fn costs(
    memory: &Kept,
    snapshot: &mut Snapshot,
    loaded: &Loaded,
    names: &Names,
    at: DateTime<Utc>,
) -> Result<Vec<Costs>> {
    let workspace = store::workspace::get(snapshot).await?;
    let prices = economics::prices(memory, snapshot, &workspace).await?;
    let rates = store::fx::list(snapshot).await?;
    let currency = workspace.settings.currency;
    let day = workspace.settings.calendar()?.day_of(at);
    let vendors = store::vendor::list(snapshot).await?;
    let mut all = Vec::with_capacity(loaded.candidates.len());
    for id in &loaded.candidates {
        let candidate = names.candidates.iter().find(|one| one.id == *id);
        let details = candidate.map(|one| &one.details);
        let billed = details.and_then(|one| one.vendor_id).and_then(|id| vendors.iter().find(|vendor| vendor.id == id));
        let vendor = billed
            .map_or_else(|| details.map_or("", |one| one.provider.as_str()), |vendor| vendor.details.name.as_str());
        let price = details.and_then(|one| {
            let model = if one.model.is_empty() { one.name.as_str() } else { one.model.as_str() };
            match one.price {
                PriceSource::Stated => None,
                PriceSource::Book => prices.book.resolve(vendor, model, "standard", at).cloned(),
                PriceSource::Contract { contract_id } => {
                    let offer = prices.book.offer(vendor, model)?;
                    let rows = prices.book.candidates(vendor, offer, "standard");
                    rows.into_iter().find(|row| row.contract_id == Some(contract_id) && row.covers(at)).cloned()
                }
            }
        });
        let is_stated = details.is_some_and(|one| one.price == PriceSource::Stated);
        let mut costs = Costs {
            priced: Spent::default(),
            stated: Spent::default(),
            unpriced: 0,
            came: 0,
            costed: 0,
            price,
            unrated: BTreeSet::new(),
        };
        for one in loaded.measured.iter().filter(|one| one.candidate == *id) {
            let success = loaded.successes.get(&one.id).copied();
            let stated = one.cost.and_then(|cost| {
                let Ok(rate) = fx::rate_on(&rates, cost.currency(), currency, day) else {
                    if is_stated {
                        costs.unrated.insert((cost.currency(), currency));
                    }
                    return None;
                };
                Some(Femtos::from_nanos(fx::convert(cost, currency, rate).nanos()))
            });
            let priced = match (&costs.price, &one.tokens) {
                (Some(row), Some(tokens)) => {
                    let cost = row.rates_of(row.band(tokens.input_total())).cost(tokens);
                    let rate = fx::rate_on(&rates, row.currency, currency, day).ok();
                    if rate.is_none() {
                        costs.unrated.insert((row.currency, currency));
                    }
                    rate.filter(|_| cost.unrated_tokens == 0).map(|rate| fx::convert_femtos(cost.total(), rate))
                }
                _ if is_stated => stated,
                _ => None,
            };
            costs.unpriced += u64::from(priced.is_none() && one.tokens.is_some() && costs.unrated.is_empty());
            costs.came += u64::from(one.error.is_none());
            costs.costed += u64::from(one.error.is_none() && priced.is_some());
            costs.priced.add(priced, success);
            costs.stated.add(stated, success);
        }
        all.push(costs);
    }
    Ok(all)
}
