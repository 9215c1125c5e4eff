//! The comparison: every criterion of every candidate with its interval, differences from the incumbent, what a success costs, how
//! long answers take, what failed.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;
use domain::bakeoff::columns::end_interval;
use domain::bakeoff::verdict::Verdict;
use domain::bakeoff::{CandidateId, Criterion};
use domain::money::{Femtos, Money};
use domain::stats::scores::{Difference, Estimate};
use domain::stats::{Design, Interval, Refused, Resampling};
use report::chart::ChartSpec;
use report::format;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{BakeoffRef, Names};
use crate::{Context, Result};

mod cases;
mod charts;
mod latency;
mod loaded;

pub use cases::*;
use charts::{forest, front};
use latency::Latency;
use loaded::SEED;
pub(crate) use loaded::{Costs, Loaded, costs, load};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ComparisonView {
    pub criteria: Vec<CriterionView>,
    pub candidates: Vec<ComparedCandidate>,
    /// Differences from the incumbent by the first criterion.
    pub forest: Option<ChartSpec>,
    /// Quality against what a success costs.
    pub front: Option<ChartSpec>,
    /// How long the answers of each candidate took, those that tell it.
    pub latencies: Vec<ChartSpec>,
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
    /// Cases with an answer.
    pub answered: u32,
    /// Answers that are missing: tries that failed, and cases never asked.
    pub missing: u32,
    pub empty: u32,
    /// Requests that failed, by what was wrong.
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
        interval_text: estimate.map_or_else(
            || "—".to_owned(),
            |estimate| {
                let column = loaded.column(candidate, criterion);
                let at_end = || end_interval(of, column, 0.95);
                interval_text(of, &estimate.interval.or_else(|refused| at_end().ok_or(refused)))
            },
        ),
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

pub async fn bakeoff_comparison(context: &Context, input: BakeoffRef) -> Result<ComparisonView> {
    let open = context.app.open().await?;
    let mut snapshot = open.store.read().await?;
    let names = Names::of(context, &mut snapshot, input.id).await?;
    // Figures tell candidates apart as well as names do.
    names.expect_open()?;
    let loaded = load(&open.kept, &mut snapshot, input.id).await?;
    let at = super::decide::priced_at(context, &mut snapshot, input.id).await?;
    let costs = costs(&open.kept, &mut snapshot, &loaded, &names, at).await?;
    let settings = store::workspace::settings(&mut snapshot).await?;
    let (currency, rated_on) = (settings.currency, settings.calendar()?.day_of(at));
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
    let latencies: Vec<(String, Latency)> =
        loaded.candidates.iter().map(|id| (names.name(*id), Latency::of(&loaded, *id))).collect();
    let candidates: Vec<ComparedCandidate> = loaded
        .candidates
        .iter()
        .enumerate()
        .map(|(at, id)| {
            let mut failures: BTreeMap<&str, u32> = BTreeMap::new();
            let mut empty = 0;
            for one in loaded.measured.iter().filter(|one| one.candidate == *id) {
                match &one.error {
                    Some(kind) => *failures.entry(kind).or_default() += 1,
                    None => empty += u32::from(one.is_blank),
                }
            }
            let (answered, missing) = loaded.answered(at);
            let cost = costs[at].priced.per_success();
            let Latency { p50, p95, .. } = latencies[at].1;
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
                p50_text: latency::text(p50),
                p95_text: latency::text(p95),
                p95_interval_text: latency::interval(p95),
                p95: p95.map(|found| found.value / 1e6),
                answered: answered as u32,
                missing,
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
        latencies: latency::spreads(context, &loaded, &latencies),
        tags: tags(&loaded, incumbent),
        notes: notes(context, &loaded, &candidates, &costs, rated_on),
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
    let spreads = against?.values().filter_map(|one| Some((one.estimate.spread()?, one.estimate.cases)));
    // Answers that differ in nothing tell nothing of how much they would.
    let (widest, cases) = spreads.filter(|(se, _)| *se > 0.0).max_by(|a, b| a.0.total_cmp(&b.0))?;
    Some(super::measured_power(context, cases as u32, &loaded.bakeoff.details, widest / scale))
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

fn notes(
    context: &Context,
    loaded: &Loaded,
    candidates: &[ComparedCandidate],
    costs: &[Costs],
    rated_on: NaiveDate,
) -> Vec<String> {
    let mut notes = Vec::new();
    let names = |of: Vec<&str>| format::listed(&of, context.language);
    let unpriced: Vec<&str> = candidates
        .iter()
        .zip(costs)
        .filter(|(_, costs)| costs.unpriced > 0)
        .map(|(one, _)| one.name.as_str())
        .collect();
    if !unpriced.is_empty() {
        notes.push(context.text("note-unpriced-candidates", &[("names", names(unpriced).into())]));
    }
    for (from, to) in costs.iter().flat_map(|costs| &costs.unrated).collect::<std::collections::BTreeSet<_>>() {
        let of: Vec<&str> = candidates
            .iter()
            .zip(costs)
            .filter(|(_, costs)| costs.unrated.contains(&(*from, *to)))
            .map(|(one, _)| one.name.as_str())
            .collect();
        let args = [
            ("from", from.code().to_owned().into()),
            ("to", to.code().to_owned().into()),
            ("date", format::date(rated_on, context.language).into()),
            ("names", names(of).into()),
        ];
        notes.push(context.text("note-no-rate", &args));
    }
    // What has neither tokens nor a cost is no lack of a price; the figure is of the rest all the same.
    let partly: Vec<&str> = candidates
        .iter()
        .zip(costs)
        .filter(|(_, costs)| {
            costs.costed > 0 && costs.costed < costs.came && costs.unpriced == 0 && costs.unrated.is_empty()
        })
        .map(|(one, _)| one.name.as_str())
        .collect();
    if !partly.is_empty() {
        notes.push(context.text("note-costs-partly", &[("names", names(partly).into())]));
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
