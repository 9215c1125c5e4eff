//! The comparison: every criterion of every candidate with its interval, differences from the incumbent, what a success costs, how
//! long answers take, what failed. Computed once for each revision of the file.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use chrono::{DateTime, Utc};
use domain::bakeoff::columns::{Cell, Spent, means};
use domain::bakeoff::verdict::Verdict;
use domain::bakeoff::{Bakeoff, CandidateId, Criterion, PriceSource};
use domain::fx;
use domain::id::BakeoffId;
use domain::money::{Femtos, Money};
use domain::price::PriceRow;
use domain::stats::Design;
use domain::stats::missing::Failed;
use domain::stats::quantile::quantile;
use domain::stats::scores::{Comparison, Difference, Estimate, Scores, compare};
use domain::stats::{Interval, Refused, Resampling};
use domain::suite::hash::content;
use report::chart::{Axis, ChartSpec, ColourToken, ForestRow, Margin, Marks, ScatterPoint, Tick};
use report::format;
use report::table::{Align, Cell as TableCell, TableColumn, TableSpec};
use serde::{Deserialize, Serialize};
use store::Snapshot;
use store::bakeoff::results::Measured;
use store::suite::StoredCase;
use tokio::sync::Mutex;
use ts_rs::TS;

use super::{BakeoffRef, Names};
use crate::frame::Kept;
use crate::suite::{asked, case_name, excerpt};
use crate::{Context, Result, economics};

/// The seed of every interval of a bake-off: the same figures for the same results, always.
const SEED: u64 = 0x5155_4152_5445_5244;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ComparisonView {
    pub criteria: Vec<CriterionView>,
    pub candidates: Vec<ComparedCandidate>,
    /// Differences from the incumbent by the first criterion.
    pub forest: Option<ChartSpec>,
    /// Quality against what a success costs.
    pub front: Option<ChartSpec>,
    pub tags: Vec<TagRow>,
    /// What is to be known before anything is read off: few clusters, prices missing, answers missing.
    pub notes: Vec<String>,
    /// By the errors measured; none without two candidates to compare.
    pub power: Option<super::PowerView>,
    /// Clusters of cases that are not independent; none where each stands alone.
    pub clusters: Option<u32>,
    pub cases: u32,
    /// Cases that every candidate has answered.
    pub shared_cases: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CriterionView {
    pub name: String,
    /// "0 to 1".
    pub scale: String,
    pub safety: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ComparedCandidate {
    pub id: CandidateId,
    pub name: String,
    pub incumbent: bool,
    /// By criterion, in their order.
    pub scores: Vec<ScoreView>,
    pub cost_per_success: Option<Money>,
    pub cost_text: String,
    /// What the files themselves state, per success.
    pub stated_text: String,
    /// Of how much of the answers the cost tells.
    pub cost_coverage: Option<String>,
    pub p50_text: String,
    pub p95_text: String,
    /// "2.85 s – 3.41 s".
    pub p95_interval_text: String,
    /// In seconds, for whoever sorts by it.
    pub p95: Option<f64>,
    pub answered: u32,
    pub missing: u32,
    pub empty: u32,
    pub failures: Vec<FailureCount>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScoreView {
    /// "84.1 %", or "—".
    pub text: String,
    /// "81.9 – 86.2 %".
    pub interval_text: String,
    pub value: Option<f64>,
    /// Missing answers counted as failures.
    pub as_failure_text: String,
    /// From the incumbent, in points of the scale; empty for the incumbent itself.
    pub difference_text: String,
    pub p_text: String,
    pub verdict: Verdict,
    pub cases: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct FailureCount {
    pub kind: String,
    pub name: String,
    pub count: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct TagRow {
    pub tag: String,
    pub cases: u32,
    /// By candidate, in their order: the score within the tag.
    pub scores: Vec<String>,
    /// By candidate: the difference from the incumbent that holds after correction for all tags and candidates; "" where none does.
    pub differences: Vec<String>,
}

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
    failed: Vec<Failed>,
    /// Scores of the first criterion by result.
    successes: HashMap<i64, bool>,
    /// None where every case weighs alike: exact tests hold then.
    weights: Option<Vec<f64>>,
    clusters: Option<Vec<u64>>,
    keys: Vec<u128>,
}

impl Loaded {
    pub(crate) fn design(&self) -> Design<'_> {
        Design { weights: self.weights.as_deref(), clusters: self.clusters.as_deref(), keys: Some(&self.keys) }
    }

    /// What of a candidate's answers to a case failed, as far as this criterion is about it: somebody has a score there. A safety check
    /// of some cases, or a pair not drawn in a blind round, is missing of nobody.
    fn failed(&self, candidate: usize, criterion: usize, case: usize) -> Failed {
        if (0..self.candidates.len()).any(|one| self.column(one, criterion)[case].is_some()) {
            let found = self.failed[candidate * self.cases.len() + case];
            // Without any row of it the answer is missing once.
            if found == Failed::default() && self.column(candidate, criterion)[case].is_none() {
                Failed { answered: 0, failed: 1 }
            } else {
                found
            }
        } else {
            Failed::default()
        }
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
    let work = tokio::task::spawn_blocking(move || fold(revision, bakeoff, cases, candidates, measured, scores));
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

fn fold(
    revision: i64,
    bakeoff: Bakeoff,
    cases: Vec<StoredCase>,
    candidates: Vec<CandidateId>,
    measured: Vec<Measured>,
    scores: Vec<store::bakeoff::results::Scored>,
) -> Loaded {
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
    let successes = first
        .into_iter()
        .filter_map(|(result, (sum, count))| Some((result, criteria.first()?.is_success(sum / f64::from(count)))))
        .collect();
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
    pub price: Option<PriceRow>,
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
        let mut costs = Costs { priced: Spent::default(), stated: Spent::default(), unpriced: 0, price };
        for one in loaded.measured.iter().filter(|one| one.candidate == *id) {
            let success = loaded.successes.get(&one.id).copied();
            let stated = one.cost.and_then(|cost| {
                let rate = fx::rate_on(&rates, cost.currency(), currency, day).ok()?;
                Some(Femtos::from_nanos(fx::convert(cost, currency, rate).nanos()))
            });
            let priced = match (&costs.price, &one.tokens) {
                (Some(row), Some(tokens)) => {
                    let cost = row.rates_of(row.band(tokens.input_total())).cost(tokens);
                    let rate = fx::rate_on(&rates, row.currency, currency, day).ok();
                    rate.filter(|_| cost.unrated_tokens == 0).map(|rate| fx::convert_femtos(cost.total(), rate))
                }
                _ if is_stated => stated,
                _ => None,
            };
            costs.unpriced += u64::from(priced.is_none() && one.tokens.is_some());
            costs.priced.add(priced, success);
            costs.stated.add(stated, success);
        }
        all.push(costs);
    }
    Ok(all)
}

pub(super) fn share_text(criterion: &Criterion, value: f64) -> String {
    if criterion.worst == 0.0 && criterion.best == 1.0 { format::share(value, 1) } else { format::ratio(value, 2) }
}

fn interval_text(criterion: &Criterion, interval: &std::result::Result<Interval, Refused>) -> String {
    match interval {
        Ok(interval) => format!("{} – {}", share_text(criterion, interval.low), share_text(criterion, interval.high)),
        Err(_) => "—".to_owned(),
    }
}

/// A difference on the criterion's own scale, as points of a hundred of it.
fn difference_text(criterion: &Criterion, difference: &Difference) -> String {
    let share = |value: f64| value / (criterion.best - criterion.worst);
    match difference.estimate.interval {
        Ok(interval) => {
            let (low, high) = sorted(share(interval.low), share(interval.high));
            format!(
                "{} [{}, {}]",
                super::points(share(difference.estimate.value)),
                super::points(low),
                super::points(high)
            )
        }
        Err(_) => super::points(share(difference.estimate.value)),
    }
}

fn sorted(a: f64, b: f64) -> (f64, f64) {
    if a <= b { (a, b) } else { (b, a) }
}

fn p_text(p: f64) -> String {
    if p < 0.001 { "p < 0.001".to_owned() } else { format!("p {}", format::ratio(p, 3)) }
}

fn score_view(
    loaded: &Loaded,
    candidate: usize,
    criterion: usize,
    against: &HashMap<usize, Difference>,
    incumbent: Option<usize>,
) -> ScoreView {
    let of = &loaded.criteria[criterion];
    let estimate: Option<Estimate> =
        loaded.comparison.as_ref().ok().and_then(|comparison| comparison.mean(candidate, criterion).ok());
    let failed = |case| loaded.failed(candidate, criterion, case);
    let both =
        domain::stats::missing::both_ways(loaded.column(candidate, criterion), failed, of.worst, &loaded.design());
    let difference = against.get(&candidate);
    ScoreView {
        text: estimate.map_or_else(|| "—".to_owned(), |estimate| share_text(of, estimate.value)),
        interval_text: estimate.map_or_else(|| "—".to_owned(), |estimate| interval_text(of, &estimate.interval)),
        value: estimate.map(|estimate| estimate.value),
        as_failure_text: match both.as_failure {
            Ok(mean) if both.missing > 0 => share_text(of, mean.value),
            _ => String::new(),
        },
        difference_text: difference.map_or_else(String::new, |difference| difference_text(of, difference)),
        p_text: difference
            .and_then(|difference| difference.holm.or(difference.p.ok()))
            .map_or_else(String::new, p_text),
        verdict: match (difference, incumbent) {
            (Some(difference), _) => {
                Verdict::of(of, difference.estimate.interval.ok(), loaded.bakeoff.details.minimum_effect)
            }
            (None, Some(incumbent)) if incumbent == candidate => Verdict::Reference,
            _ => Verdict::Unknown,
        },
        cases: estimate.map_or(0, |estimate| estimate.cases as u32),
    }
}

fn seconds(micros: f64) -> String {
    format::duration(micros.max(0.0).round() as u64)
}

/// The share of answers that came within a time, with what is known of it. What came from a cache says nothing of a vendor.
fn latency(loaded: &Loaded, id: CandidateId, share: f64) -> Option<domain::stats::quantile::Quantile> {
    let took: Vec<Option<f64>> = loaded
        .measured
        .iter()
        .filter(|one| one.candidate == id && !one.cached)
        .map(|one| one.latency.map(|micros| micros as f64))
        .collect();
    quantile(&took, share, 0.95).ok()
}

fn latency_text(found: Option<domain::stats::quantile::Quantile>) -> String {
    found.map_or_else(|| "—".to_owned(), |found| seconds(found.value))
}

fn latency_interval(found: Option<domain::stats::quantile::Quantile>) -> String {
    match found.and_then(|found| found.low.zip(found.high)) {
        Some((low, high)) => format!("{} – {}", seconds(low), seconds(high)),
        None => "—".to_owned(),
    }
}

pub async fn bakeoff_comparison(context: &Context, input: BakeoffRef) -> Result<ComparisonView> {
    let open = context.app.open().await?;
    let mut snapshot = open.store.read().await?;
    let names = Names::of(context, &mut snapshot, input.id).await?;
    // Figures tell candidates apart as well as names do.
    names.expect_open()?;
    let loaded = load(&open.kept, &mut snapshot, input.id).await?;
    let at = super::decide::priced_at(context, &mut snapshot, input.id).await?;
    let costs = costs(&open.kept, &mut snapshot, &loaded, &names, at).await?;
    let currency = store::workspace::settings(&mut snapshot).await?.currency;
    let incumbent = names.incumbent().and_then(|id| loaded.candidates.iter().position(|one| *one == id));
    let against: Vec<HashMap<usize, Difference>> = (0..loaded.criteria.len())
        .map(|criterion| match (&loaded.comparison, incumbent) {
            (Ok(comparison), Some(incumbent)) => {
                let found = comparison.against(incumbent, criterion).into_iter();
                found.filter_map(|(candidate, difference)| Some((candidate, difference.ok()?))).collect()
            }
            _ => HashMap::new(),
        })
        .collect();
    let unit = |amount: Option<Femtos>| {
        amount.map_or_else(
            || "—".to_owned(),
            |amount| format::money_unit(amount.to_nanos(), currency.code(), context.language),
        )
    };
    let cases = loaded.cases.len();
    let candidates: Vec<ComparedCandidate> = loaded
        .candidates
        .iter()
        .enumerate()
        .map(|(at, id)| {
            let mut failures: BTreeMap<&str, u32> = BTreeMap::new();
            let (mut answered, mut empty) = (std::collections::HashSet::new(), 0);
            for one in loaded.measured.iter().filter(|one| one.candidate == *id) {
                match &one.error {
                    Some(kind) => *failures.entry(kind).or_default() += 1,
                    None => {
                        answered.insert(one.case);
                        empty += u32::from(!one.has_answer);
                    }
                }
            }
            let cost = costs[at].priced.per_success();
            let p95 = latency(&loaded, *id, 0.95);
            ComparedCandidate {
                id: *id,
                name: names.name(*id),
                incumbent: incumbent == Some(at),
                scores: (0..loaded.criteria.len())
                    .map(|criterion| score_view(&loaded, at, criterion, &against[criterion], incumbent))
                    .collect(),
                cost_per_success: cost.map(|cost| Money::from_nanos(cost.to_nanos(), currency)),
                cost_text: unit(cost),
                stated_text: unit(costs[at].stated.per_success()),
                cost_coverage: costs[at]
                    .priced
                    .coverage()
                    .filter(|share| *share < 1.0 && cost.is_some())
                    .map(format::coverage),
                p50_text: latency_text(latency(&loaded, *id, 0.5)),
                p95_text: latency_text(p95),
                p95_interval_text: latency_interval(p95),
                p95: p95.map(|found| found.value / 1e6),
                answered: answered.len() as u32,
                missing: (0..cases)
                    .map(|case| loaded.failed[at * cases + case])
                    .map(|of| if of == Failed::default() { 1 } else { of.failed })
                    .sum(),
                empty,
                failures: failures
                    .into_iter()
                    .map(|(kind, count)| FailureCount {
                        name: context.text(&format!("failure-{kind}"), &[]),
                        kind: kind.to_owned(),
                        count,
                    })
                    .collect(),
            }
        })
        .collect();
    let shared = (0..cases)
        .filter(|case| {
            !loaded.criteria.is_empty()
                && (0..loaded.candidates.len()).all(|one| loaded.column(one, 0)[*case].is_some())
        })
        .count();
    Ok(ComparisonView {
        criteria: loaded
            .criteria
            .iter()
            .map(|criterion| CriterionView {
                name: criterion.name.clone(),
                scale: format!("{} – {}", format::ratio(criterion.worst, 0), format::ratio(criterion.best, 0)),
                safety: criterion.kind == domain::bakeoff::CriterionKind::Safety,
            })
            .collect(),
        forest: forest(context, &loaded, &candidates, against.first(), incumbent),
        front: front(context, &loaded, &candidates, &costs, currency),
        tags: tags(&loaded, incumbent),
        notes: notes(context, &loaded, &candidates, &costs),
        power: measured(context, &loaded, against.first()),
        clusters: loaded.clusters.as_ref().map(|clusters| distinct(clusters)),
        candidates,
        cases: cases as u32,
        shared_cases: shared as u32,
    })
}

/// What the results can find, by the widest error of the differences from the incumbent.
fn measured(
    context: &Context,
    loaded: &Loaded,
    against: Option<&HashMap<usize, Difference>>,
) -> Option<super::PowerView> {
    let criterion = loaded.criteria.first()?;
    let scale = (criterion.best - criterion.worst).abs();
    let widest = against?.values().filter_map(|one| one.estimate.se).max_by(f64::total_cmp)?;
    Some(super::measured_power(context, loaded.cases.len() as u32, &loaded.bakeoff.details, widest / scale))
}

/// Over how many cases both have an answer: "412", or "402 – 405" where it is not the same for every candidate.
fn pairs_text(against: &HashMap<usize, Difference>) -> String {
    let pairs = || against.values().map(|one| one.estimate.cases as i128);
    match (pairs().min(), pairs().max()) {
        (Some(least), Some(most)) if least == most => format::count(least),
        (Some(least), Some(most)) => format!("{} – {}", format::count(least), format::count(most)),
        _ => format::count(0),
    }
}

/// Differences from the incumbent by the first criterion, with the stretch that does not matter.
fn forest(
    context: &Context,
    loaded: &Loaded,
    candidates: &[ComparedCandidate],
    against: Option<&HashMap<usize, Difference>>,
    incumbent: Option<usize>,
) -> Option<ChartSpec> {
    let (criterion, against) = (loaded.criteria.first()?, against?);
    let incumbent_name = candidates.get(incumbent?)?.name.clone();
    let scale = criterion.best - criterion.worst;
    let minimum = loaded.bakeoff.details.minimum_effect;
    let points = |value: f64| value / scale * 100.0;
    let (mut low, mut high) = (-minimum * 150.0, minimum * 150.0);
    let rows: Vec<ForestRow> = candidates
        .iter()
        .enumerate()
        .map(|(at, candidate)| {
            let found = against.get(&at);
            let bounds =
                found.and_then(|one| one.estimate.interval.ok()).map(|i| sorted(points(i.low), points(i.high)));
            if let Some((from, to)) = bounds {
                (low, high) = (low.min(from), high.max(to));
            }
            let colour = match found.map(|one| Verdict::of(criterion, one.estimate.interval.ok(), minimum)) {
                Some(Verdict::Worse) => ColourToken::Bad,
                Some(Verdict::Better) => ColourToken::Good,
                _ => ColourToken::Ink,
            };
            ForestRow {
                name: candidate.name.clone(),
                estimate: found.map(|one| points(one.estimate.value)),
                low: bounds.map(|(from, _)| from),
                high: bounds.map(|(_, to)| to),
                label: if Some(at) == incumbent {
                    context.text("forest-reference", &[])
                } else {
                    found.map_or_else(|| "—".to_owned(), |one| difference_text(criterion, one))
                },
                colour,
            }
        })
        .collect();
    let axis = format::value_axis(low, high, 5, "", &context.text("forest-axis", &[]));
    let title = context.text("forest-title", &[("incumbent", incumbent_name.clone().into())]);
    let subtitle = context.text(
        "forest-subtitle",
        &[("criterion", criterion.name.clone().into()), ("cases", pairs_text(against).into())],
    );
    let table_rows =
        rows.iter().map(|row| vec![TableCell::plain(row.name.clone()), TableCell::plain(row.label.clone())]).collect();
    Some(ChartSpec {
        summary: format!("{title}. {subtitle}"),
        x: axis,
        y: Axis::default(),
        marks: Marks::Forest {
            rows,
            reference: 0.0,
            margin: Some(Margin {
                low: -minimum * 100.0,
                high: minimum * 100.0,
                label: context.text("forest-margin", &[]),
            }),
        },
        annotations: vec![],
        table: TableSpec {
            columns: vec![
                TableColumn { title: context.text("column-candidate", &[]), align: Align::Left, weight: 1.0 },
                TableColumn { title: context.text("forest-axis", &[]), align: Align::Right, weight: 1.0 },
            ],
            rows: table_rows,
            total: None,
        },
        title,
        subtitle,
    })
}

/// Quality against what a success costs, on a logarithmic axis, with those that no other beats.
fn front(
    context: &Context,
    loaded: &Loaded,
    candidates: &[ComparedCandidate],
    costs: &[Costs],
    currency: domain::money::Currency,
) -> Option<ChartSpec> {
    let criterion = loaded.criteria.first()?;
    let comparison = loaded.comparison.as_ref().ok()?;
    let mut points = Vec::new();
    for (at, candidate) in candidates.iter().enumerate() {
        let Some(cost) = costs[at].priced.per_success().filter(|cost| cost.0 > 0) else { continue };
        let Ok(estimate) = comparison.mean(at, 0) else { continue };
        let share = |value: f64| criterion.share(value).unwrap_or(0.0) * 100.0;
        let bounds = estimate.interval.ok().map(|i| sorted(share(i.low), share(i.high)));
        points.push((
            cost.0,
            ScatterPoint {
                name: candidate.name.clone(),
                x: (cost.0 as f64 / 1e15).log10(),
                y: share(estimate.value),
                low: bounds.map(|(low, _)| low),
                high: bounds.map(|(_, high)| high),
                label: format!("{} · {}", candidate.scores[0].text, candidate.cost_text),
                colour: ColourToken::SERIES[at % ColourToken::SERIES.len()],
            },
        ));
    }
    if points.len() < 2 {
        return None;
    }
    points.sort_by(|a, b| a.0.cmp(&b.0).then(b.1.y.total_cmp(&a.1.y)));
    let (mut front, mut best) = (Vec::new(), f64::NEG_INFINITY);
    for (at, (_, point)) in points.iter().enumerate() {
        if point.y > best {
            best = point.y;
            front.push(at as u32);
        }
    }
    let points: Vec<ScatterPoint> = points.into_iter().map(|(_, point)| point).collect();
    let (x_low, x_high) = points.iter().fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), p| (l.min(p.x), h.max(p.x)));
    let y_low = points.iter().map(|p| p.low.unwrap_or(p.y)).fold(f64::INFINITY, f64::min);
    let y_high = points.iter().map(|p| p.high.unwrap_or(p.y)).fold(f64::NEG_INFINITY, f64::max);
    let title = context.text("front-title", &[]);
    let subtitle = context.text("front-subtitle", &[("currency", currency.code().to_owned().into())]);
    let text = |nanos: i128| format::money_unit(nanos, currency.code(), context.language);
    let rows =
        points.iter().map(|p| vec![TableCell::plain(p.name.clone()), TableCell::plain(p.label.clone())]).collect();
    Some(ChartSpec {
        summary: format!("{title}. {subtitle}"),
        x: log_axis(x_low, x_high, text, context.text("front-cost", &[])),
        y: format::point_axis(y_low, y_high, 5, "", &criterion.name),
        marks: Marks::Scatter { points, front },
        annotations: vec![],
        table: TableSpec {
            columns: vec![
                TableColumn { title: context.text("column-candidate", &[]), align: Align::Left, weight: 1.0 },
                TableColumn { title: title.clone(), align: Align::Right, weight: 1.0 },
            ],
            rows,
            total: None,
        },
        title,
        subtitle,
    })
}

/// Ticks of 1, 2 and 5 times the powers of ten.
fn log_axis(low: f64, high: f64, text: impl Fn(i128) -> String, label: String) -> Axis {
    let margin = ((high - low) * 0.12).max(0.08);
    let (min, max) = (low - margin, high + margin);
    let ticks = (min.floor() as i32 - 1..=max.ceil() as i32)
        .flat_map(|power| [1.0, 2.0, 5.0].map(|step: f64| (step.log10() + f64::from(power), step * 10f64.powi(power))))
        .filter(|(at, _)| (min..=max).contains(at))
        .map(|(at, value)| Tick { at, label: text((value * 1e9).round() as i128) })
        .collect();
    Axis { label, min, max, ticks }
}

/// Scores by tag, and which differences hold once all tags and candidates are looked at together (Holm).
fn tags(loaded: &Loaded, incumbent: Option<usize>) -> Vec<TagRow> {
    const MOST_TAGS: usize = 40;
    let Some(criterion) = loaded.criteria.first() else { return Vec::new() };
    let mut by_tag: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (place, stored) in loaded.cases.iter().enumerate() {
        for tag in &stored.case.tags {
            by_tag.entry(tag).or_default().push(place);
        }
    }
    let mut tags: Vec<(&str, Vec<usize>)> = by_tag.into_iter().collect();
    tags.sort_by(|a, b| b.1.len().cmp(&a.1.len()).then(a.0.cmp(b.0)));
    tags.truncate(MOST_TAGS);
    let mut found: Vec<(usize, usize, Difference)> = Vec::new();
    let mut rows: Vec<TagRow> = Vec::new();
    for (at, (tag, places)) in tags.iter().enumerate() {
        let picked =
            |candidate: usize| places.iter().map(|place| loaded.column(candidate, 0)[*place]).collect::<Vec<_>>();
        let weights: Option<Vec<f64>> =
            loaded.weights.as_ref().map(|all| places.iter().map(|place| all[*place]).collect());
        let keys: Vec<u128> = places.iter().map(|place| loaded.keys[*place]).collect();
        let clusters: Option<Vec<u64>> =
            loaded.clusters.as_ref().map(|all| places.iter().map(|place| all[*place]).collect());
        let design = Design { weights: weights.as_deref(), clusters: clusters.as_deref(), keys: Some(&keys) };
        let scores = (0..loaded.candidates.len())
            .map(|one| match domain::stats::mean::mean(&picked(one), &design) {
                Ok(mean) => share_text(criterion, mean.value),
                Err(_) => "—".to_owned(),
            })
            .collect();
        if let Some(incumbent) = incumbent {
            let base = picked(incumbent);
            for one in (0..loaded.candidates.len()).filter(|one| *one != incumbent) {
                let resampling = Resampling { resamples: 1_000, ..Resampling::seeded(SEED) };
                if let Ok(difference) =
                    domain::stats::paired::paired_difference(&picked(one), &base, &design, &resampling)
                {
                    found.push((at, one, difference));
                }
            }
        }
        rows.push(TagRow {
            tag: (*tag).to_owned(),
            cases: places.len() as u32,
            scores,
            differences: vec![String::new(); loaded.candidates.len()],
        });
    }
    let tested: Vec<usize> = (0..found.len()).filter(|at| found[*at].2.p.is_ok()).collect();
    let p: Vec<f64> = tested.iter().filter_map(|at| found[*at].2.p.ok()).collect();
    if let Ok(adjusted) = domain::stats::multiplicity::holm(&p) {
        for (at, adjusted) in tested.into_iter().zip(adjusted) {
            let (tag, candidate, difference) = &found[at];
            if adjusted <= 0.05 {
                rows[*tag].differences[*candidate] =
                    super::points(difference.estimate.value / (criterion.best - criterion.worst));
            }
        }
    }
    rows
}

fn distinct(clusters: &[u64]) -> u32 {
    clusters.iter().collect::<HashSet<_>>().len() as u32
}

fn notes(context: &Context, loaded: &Loaded, candidates: &[ComparedCandidate], costs: &[Costs]) -> Vec<String> {
    let mut notes = Vec::new();
    let names = |of: Vec<&str>| of.join(", ");
    let unpriced: Vec<&str> = candidates
        .iter()
        .zip(costs)
        .filter(|(_, costs)| costs.unpriced > 0)
        .map(|(one, _)| one.name.as_str())
        .collect();
    if !unpriced.is_empty() {
        notes.push(context.text("note-unpriced-candidates", &[("names", names(unpriced).into())]));
    }
    let missing: Vec<&str> = candidates.iter().filter(|one| one.missing > 0).map(|one| one.name.as_str()).collect();
    if !missing.is_empty() {
        notes.push(context.text("note-missing-answers", &[("names", names(missing).into())]));
    }
    if loaded.candidates.len() > 1 && !candidates.iter().any(|one| one.incumbent) {
        notes.push(context.text("note-no-incumbent", &[]));
    }
    let answered =
        |case: usize| (0..loaded.candidates.len()).filter(|one| loaded.column(*one, 0)[case].is_some()).count();
    let is_disjoint = loaded.candidates.len() > 1
        && !loaded.criteria.is_empty()
        && loaded.values.iter().any(Option::is_some)
        && (0..loaded.cases.len()).all(|case| answered(case) < 2);
    if is_disjoint {
        notes.push(context.text("note-no-shared-cases", &[]));
    }
    if let Some(clusters) = &loaded.clusters {
        let count = distinct(clusters);
        if (count as usize) < domain::stats::FEW_CLUSTERS {
            notes.push(context.text("note-few-clusters", &[("clusters", count.into())]));
        }
    }
    if let Err(refused) = &loaded.comparison
        && !loaded.measured.is_empty()
    {
        notes.push(context.text("note-not-compared", &[("reason", refused.to_string().into())]));
    }
    notes
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BakeoffCasesQuery {
    pub id: BakeoffId,
    /// By the name of a criterion; the first where it is empty.
    #[serde(default)]
    pub criterion: String,
    #[serde(default)]
    pub text: String,
    #[serde(default)]
    pub tag: Option<String>,
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BakeoffCasesView {
    /// Where candidates disagree most, first.
    pub rows: Vec<BakeoffCaseRow>,
    pub total: u32,
    pub candidates: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BakeoffCaseRow {
    #[ts(type = "number")]
    pub number: i64,
    pub name: String,
    pub input: String,
    pub tags: Vec<String>,
    /// By candidate; "—" where nothing is scored.
    pub scores: Vec<String>,
    /// Between the best and the worst, as points.
    pub spread: String,
    pub spread_value: f64,
}

pub async fn bakeoff_cases(context: &Context, query: BakeoffCasesQuery) -> Result<BakeoffCasesView> {
    let open = context.app.open().await?;
    let mut snapshot = open.store.read().await?;
    let names = Names::of(context, &mut snapshot, query.id).await?;
    names.expect_open()?;
    let loaded = load(&open.kept, &mut snapshot, query.id).await?;
    let wanted = query.criterion.to_lowercase();
    let criterion = loaded.criteria.iter().position(|one| one.name.to_lowercase() == wanted).unwrap_or(0);
    let Some(of) = loaded.criteria.get(criterion) else {
        return Ok(BakeoffCasesView { rows: vec![], total: 0, candidates: vec![] });
    };
    let words: Vec<String> = query.text.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let mut rows: Vec<(f64, usize)> = Vec::new();
    for (place, stored) in loaded.cases.iter().enumerate() {
        let says = words.iter().all(|word| {
            let case = &stored.case;
            case.id.as_ref().is_some_and(|id| id.to_lowercase().contains(word))
                || asked(case).to_lowercase().contains(word)
        });
        if !says || query.tag.as_ref().is_some_and(|tag| !stored.case.tags.contains(tag)) {
            continue;
        }
        let scores: Vec<f64> =
            (0..loaded.candidates.len()).filter_map(|one| of.share(loaded.column(one, criterion)[place]?)).collect();
        let low = scores.iter().copied().fold(f64::INFINITY, f64::min);
        let high = scores.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        rows.push((if scores.len() > 1 { high - low } else { -1.0 }, place));
    }
    let total = rows.len() as u32;
    rows.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let rows = rows
        .into_iter()
        .take(query.limit as usize)
        .map(|(spread, place)| {
            let case = &loaded.cases[place].case;
            BakeoffCaseRow {
                number: loaded.cases[place].id,
                name: case_name(case, place),
                input: excerpt(asked(case)),
                tags: case.tags.iter().cloned().collect(),
                scores: (0..loaded.candidates.len())
                    .map(|one| {
                        loaded.column(one, criterion)[place]
                            .map_or_else(|| "—".to_owned(), |value| share_text(of, value))
                    })
                    .collect(),
                spread: if spread < 0.0 { "—".to_owned() } else { super::points(spread) },
                spread_value: spread,
            }
        })
        .collect();
    Ok(BakeoffCasesView { rows, total, candidates: loaded.candidates.iter().map(|id| names.name(*id)).collect() })
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct BakeoffCaseRef {
    pub id: BakeoffId,
    #[ts(type = "number")]
    pub number: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct BakeoffCaseView {
    pub case: domain::suite::Case,
    pub answers: Vec<AnswerView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AnswerView {
    pub candidate: CandidateId,
    pub name: String,
    pub repeat: u32,
    pub variant: String,
    pub answer: Option<String>,
    /// What failed, in words.
    pub failure: String,
    pub scores: Vec<AnswerScore>,
    pub latency_text: String,
    pub cost_text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AnswerScore {
    pub criterion: String,
    pub text: String,
    pub reason: String,
}

/// The answers to one case, side by side.
pub async fn bakeoff_case(context: &Context, input: BakeoffCaseRef) -> Result<BakeoffCaseView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let names = Names::of(context, &mut snapshot, input.id).await?;
    names.expect_open()?;
    let bakeoff = store::bakeoff::get(&mut snapshot, input.id).await?;
    let stored = store::suite::case(&mut snapshot, input.number).await?;
    let answers = store::bakeoff::results::answers(&mut snapshot, input.id, input.number).await?;
    let scores = store::bakeoff::results::scores_of_case(&mut snapshot, input.id, input.number).await?;
    let criterion =
        |name: &str| bakeoff.details.criteria.iter().find(|one| one.name.to_lowercase() == name.to_lowercase());
    let answers = answers
        .into_iter()
        .map(|answer| AnswerView {
            candidate: answer.candidate,
            name: names.name(answer.candidate),
            repeat: answer.repeat,
            failure: match (&answer.error_kind, &answer.error) {
                (Some(kind), text) => {
                    let kind = context.text(&format!("failure-{kind}"), &[]);
                    text.as_ref().map_or(kind.clone(), |text| format!("{kind}: {}", excerpt(text)))
                }
                _ => String::new(),
            },
            scores: scores
                .iter()
                .filter(|(result, ..)| *result == answer.id)
                .map(|(_, name, value, reason)| AnswerScore {
                    text: criterion(name).map_or_else(|| format::ratio(*value, 2), |one| share_text(one, *value)),
                    criterion: name.clone(),
                    reason: reason.clone(),
                })
                .collect(),
            latency_text: answer.latency.map_or_else(|| "—".to_owned(), |micros| seconds(micros as f64)),
            cost_text: answer.cost.map_or_else(
                || "—".to_owned(),
                |cost| format::money_unit(cost.nanos(), cost.currency().code(), context.language),
            ),
            variant: answer.variant,
            answer: answer.answer,
        })
        .collect();
    Ok(BakeoffCaseView { case: stored.case, answers })
}
