//! The decision: gates first, then weights on fixed anchors, how sure the first place is, what would change it. Signed, it is frozen
//! with a hash over everything it rests on, and can be checked against the file at any time.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use domain::bakeoff::decision::rank::{Chance, ranks};
use domain::bakeoff::decision::sensitivity::weight_ranges;
use domain::bakeoff::decision::{Anchor, Board, Contender, Measured, Weighed};
use domain::bakeoff::gates::{Facts, Gate, GateResult, Standing, held_against, passes};
use domain::bakeoff::{BakeoffDetails, CandidateId};
use domain::commitment::committed_over;
use domain::id::{BakeoffId, DecisionId};
use domain::money::{Currency, Money};
use report::format;
use serde::{Deserialize, Serialize};
use store::Snapshot;
use store::bakeoff::decision::Decision;
use ts_rs::TS;
use uuid::Uuid;

use super::Names;
use super::compare::{costs, load};
use crate::error::FieldError;
use crate::frame::Kept;
use crate::{AppError, Context, Result, activity};

mod changes;
mod findings;
mod gated;
mod signing;
mod weighing;

use findings::{Stakes, anchor_text, say};
use gated::{gate_view, gated};
pub use signing::*;
use weighing::{COST, P95, Weighing, entered, unplaced, weighed};
pub(super) use weighing::{cost_of, p95};

pub(crate) const DECISION: &str = "decision";

const SEED: u64 = 0x4445_4349_4445;

/// What a person decides on and why; kept as it is typed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
pub struct DecisionContent {
    /// By the name of a criterion, and "cost", "latency".
    pub weights: BTreeMap<String, f64>,
    /// Where weights come from pairs: how many times the first matters as much as the second.
    pub pairwise: Vec<NamedPair>,
    /// Where worth is 0 and 1, by the same names; those of the criterion's scale where there are none.
    pub anchors: BTreeMap<String, [f64; 2]>,
    pub gates: Vec<Gate>,
    /// By how much the weights may be off either way, as a share.
    pub plus_minus: Option<f64>,
    pub choice: Option<CandidateId>,
    pub rationale: String,
    pub dissent: String,
    pub approvers: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct NamedPair {
    pub first: String,
    pub second: String,
    pub ratio: f64,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecisionDraft {
    pub bakeoff_id: BakeoffId,
    pub content: DecisionContent,
}

/// Weights that are tried out: nothing is written.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecisionTrial {
    pub bakeoff_id: BakeoffId,
    /// In place of what is kept.
    #[serde(default)]
    #[ts(optional)]
    pub content: Option<DecisionContent>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignRequest {
    pub bakeoff_id: BakeoffId,
    pub by: String,
    /// What whoever signs has seen: another content by then is not signed. Without, whatever is there.
    #[serde(default)]
    #[ts(optional)]
    pub content: Option<DecisionContent>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecisionView {
    pub version: u32,
    pub content: DecisionContent,
    /// What is weighed, in the order of the table.
    pub criteria: Vec<WeighedView>,
    pub candidates: Vec<DecidedCandidate>,
    /// The consistency ratio of pairwise weights, and the triad that fits worst.
    pub consistency: String,
    /// Why there is no score yet; empty where there is.
    pub undecided: String,
    /// "Northwind 4 stays first while quality weighs 22–47 %."
    pub findings: Vec<String>,
    /// Somebody else is chosen than whom the score puts first: a sentence, or empty.
    pub against: String,
    /// What has to be there before anybody can sign.
    pub missing: Vec<Missing>,
    pub signed: Option<SignedView>,
    /// Earlier versions that were signed.
    pub versions: Vec<SignedView>,
}

/// What keeps a decision from being signed, in the order in which it is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Missing {
    Choice,
    Why,
    /// There is no score.
    Undecided,
    /// The one that is chosen does not pass every gate.
    Gate,
}

fn missing(content: &DecisionContent, undecided: &str, gates: &BTreeMap<CandidateId, Vec<GateResult>>) -> Vec<Missing> {
    let is_kept_out = |choice: CandidateId| !gates.get(&choice).is_some_and(|held| passes(held));
    let all = [
        (Missing::Choice, content.choice.is_none()),
        (Missing::Why, content.rationale.trim().is_empty()),
        (Missing::Undecided, !undecided.is_empty()),
        (Missing::Gate, content.choice.is_some_and(is_kept_out)),
    ];
    all.into_iter().filter(|(_, is_missing)| *is_missing).map(|(what, _)| what).collect()
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WeighedView {
    /// As weights name it.
    pub key: String,
    pub name: String,
    pub weight: f64,
    pub weight_text: String,
    /// Where worth is 0 and where it is 1, in words.
    pub anchors_text: String,
    pub anchors: [f64; 2],
    /// Within which weights the winner stays first.
    pub range_text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DecidedCandidate {
    pub id: CandidateId,
    pub name: String,
    pub incumbent: bool,
    pub gates: Vec<GateView>,
    /// It passed every gate.
    pub passed: bool,
    /// "0.71", or "0.52 to 0.80" where something is unknown.
    pub score_text: String,
    pub score: Option<f64>,
    /// By criterion, 0 to 1.
    pub worth: Vec<Option<f64>>,
    pub first_text: String,
    pub first: Option<f64>,
    /// By rank, the first one first.
    pub ranks: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct GateView {
    pub name: String,
    pub standing: Standing,
    /// "p95 3.9 s, at most 4 s".
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SignedView {
    pub version: u32,
    pub at_text: String,
    pub by: String,
    pub hash: String,
    pub choice: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VerifyView {
    /// `None` of a decision that was signed and is no longer there.
    pub version: Option<u32>,
    pub hash: String,
    pub holds: bool,
    /// What is no longer as it was signed.
    pub changes: Vec<ChangeView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeView {
    pub part: String,
    pub what: String,
    pub before: String,
    pub after: String,
}

/// Everything computed of a decision.
struct Computed {
    weighings: Vec<Weighing>,
    weights: Vec<f64>,
    gates: BTreeMap<CandidateId, Vec<GateResult>>,
    view: DecisionView,
    figures: BTreeMap<String, f64>,
}

/// Which moment's prices a bake-off is read by: now, or of its signing where nothing was decided since. A price that comes into force
/// later changes no signed decision.
pub(crate) async fn priced_at(context: &Context, snapshot: &mut Snapshot, id: BakeoffId) -> Result<DateTime<Utc>> {
    Ok(moment(context, newest(snapshot, id).await?.as_ref()))
}

fn moment(context: &Context, decision: Option<&Decision>) -> DateTime<Utc> {
    decision.and_then(|decision| decision.signed.as_ref()).map_or_else(|| context.now(), |signed| signed.at)
}

pub(super) async fn newest(snapshot: &mut Snapshot, id: BakeoffId) -> Result<Option<Decision>> {
    Ok(store::bakeoff::decision::list(snapshot, id).await?.into_iter().next())
}

pub(super) fn content_of(decision: Option<&Decision>) -> Result<DecisionContent> {
    decision.map_or_else(|| Ok(DecisionContent::default()), |decision| activity::read(decision.content.clone()))
}

/// The contract a bake-off serves and what a year of it commits to; none in another currency than the workspace's.
async fn at_stake(
    snapshot: &mut Snapshot,
    details: &BakeoffDetails,
    currency: Currency,
) -> Result<Option<(String, Money)>> {
    let Some(id) = details.contract_id else { return Ok(None) };
    let Some(contract) = store::contract::find(snapshot, id).await? else { return Ok(None) };
    let year = committed_over(&contract.details, 12).filter(|year| year.currency() == currency && !year.is_negative());
    Ok(year.map(|year| (contract.details.title, year)))
}

async fn compute(
    context: &Context,
    memory: &Kept,
    snapshot: &mut Snapshot,
    id: BakeoffId,
    decision: Option<&Decision>,
    content: DecisionContent,
    at: DateTime<Utc>,
) -> Result<Computed> {
    let names = Names::of(context, snapshot, id).await?;
    names.expect_open()?;
    let loaded = load(memory, snapshot, id).await?;
    let costs = costs(memory, snapshot, &loaded, &names, at).await?;
    let incumbent = names.incumbent().and_then(|one| loaded.candidates.iter().position(|id| *id == one));
    let comparison = loaded.comparison.as_ref().ok();
    let latencies: Vec<Option<P95>> = loaded.candidates.iter().map(|one| p95(&loaded, *one)).collect();
    let spent: Vec<Option<f64>> = costs.iter().map(cost_of).collect();

    let currency = store::workspace::settings(snapshot).await?.currency;
    let base = (incumbent.and_then(|at| spent[at]), incumbent.and_then(|at| latencies[at]).map(|(value, _)| value));
    let weighings = weighed(context, &loaded, &content, base);
    let unplaced = unplaced(context, &weighings, &content);
    let (entered, consistency) = entered(context, &weighings, &content);

    let gates = gated(snapshot, &names, &loaded, &costs, (&content.gates, &latencies, incumbent)).await?;

    // The board.
    let weighed: Vec<Weighed> = weighings
        .iter()
        .zip(&entered)
        .map(|(one, weight)| {
            let [worst, best] = one.anchors;
            let (low, high) = if worst <= best { ((worst, 0.0), (best, 1.0)) } else { ((best, 1.0), (worst, 0.0)) };
            Weighed {
                name: one.name.clone(),
                anchors: vec![Anchor { value: low.0, worth: low.1 }, Anchor { value: high.0, worth: high.1 }],
                weight: *weight,
                scale: one.scale.filter(|[low, high]| high > low),
            }
        })
        .collect();
    let measured = |at: usize, one: &Weighing| match (one.criterion, one.key.as_str()) {
        (Some(criterion), _) => {
            let found = comparison.and_then(|comparison| comparison.mean(at, criterion).ok());
            Measured { value: found.map(|estimate| estimate.value), se: found.and_then(|estimate| estimate.spread()) }
        }
        (None, COST) => Measured { value: spent[at], se: None },
        _ => Measured { value: latencies[at].map(|(value, _)| value), se: latencies[at].and_then(|(_, se)| se) },
    };
    let passed: Vec<usize> =
        (0..loaded.candidates.len()).filter(|at| passes(&gates[&loaded.candidates[*at]])).collect();
    let contenders: Vec<Contender> = passed
        .iter()
        .map(|at| Contender {
            id: loaded.candidates[*at],
            measured: weighings.iter().map(|one| measured(*at, one)).collect(),
        })
        .collect();
    let stakes = Stakes {
        contract: at_stake(snapshot, &loaded.bakeoff.details, currency).await?,
        costs: &costs,
        currency,
        repeats: loaded.bakeoff.details.repeats,
    };
    let board = Board::new(&weighed, &contenders);
    let mut figures: BTreeMap<String, f64> = BTreeMap::new();
    let (mut scores, mut chances, mut ranges) = (HashMap::new(), HashMap::new(), vec![None; weighings.len()]);
    let (mut undecided, mut findings, mut weights) = (String::new(), Vec::new(), vec![0.0; weighings.len()]);
    match &board {
        Err(error) => undecided = findings::undecided(context, &weighings, error),
        Ok(board) => {
            weights = board.weights().to_vec();
            let ranked = board.scores();
            for score in &ranked {
                figures.insert(format!("score/{}", score.candidate.0), score.low);
                scores.insert(score.candidate, score.clone());
            }
            let chance = Chance { plus_minus: content.plus_minus.unwrap_or(0.05), ..Chance::seeded(SEED) };
            // One case has no spread: how sure anything is, nobody knows.
            let is_known = contenders.iter().all(|one| {
                let criteria = one.measured.iter().zip(&weighings).zip(&weights);
                criteria
                    .filter(|((_, of), weight)| of.criterion.is_some() && **weight > 0.0)
                    .all(|((measured, _), _)| measured.value.is_none() || measured.se.is_some())
            });
            match ranks(board, &chance) {
                Ok(_) if !is_known => {}
                Ok(found) => {
                    for one in found {
                        figures.insert(format!("first/{}", one.candidate.0), one.first);
                        chances.insert(one.candidate, one);
                    }
                }
                Err(error) => undecided = findings::undecided(context, &weighings, &error),
            }
            if let Ok(found) = weight_ranges(board) {
                ranges = found;
            }
            findings = say(context, &names, board, &ranked, (&weighings, &ranges), (&loaded, &latencies), &stakes);
        }
    }
    if !unplaced.is_empty() {
        let names = format::listed(&unplaced, context.language);
        undecided = context.text("undecided-unplaced", &[("names", names.into())]);
    }
    // Where nobody is left to be weighed, weights stand as they were entered.
    if weights.iter().all(|weight| *weight == 0.0) {
        let sum: f64 = entered.iter().sum();
        if sum > 0.0 {
            weights = entered.iter().map(|weight| weight / sum).collect();
        }
    }
    let percent = |share: f64| format::share(share, 0);
    let criteria = weighings
        .iter()
        .enumerate()
        .map(|(at, one)| WeighedView {
            key: one.key.clone(),
            name: one.name.clone(),
            weight: weights[at],
            weight_text: percent(weights[at]),
            anchors_text: context.text(
                "weighing-anchors",
                &[
                    ("worst", anchor_text(one.anchors[0], one, &loaded, (context, currency.code())).into()),
                    ("best", anchor_text(one.anchors[1], one, &loaded, (context, currency.code())).into()),
                ],
            ),
            anchors: one.anchors,
            range_text: ranges.get(at).and_then(Option::as_ref).map_or_else(String::new, |range| {
                if range.low <= 0.0 && range.high >= 1.0 {
                    context.text("any-weight", &[])
                } else {
                    format!("{} – {}", percent(range.low), percent(range.high))
                }
            }),
        })
        .collect();
    let candidates: Vec<DecidedCandidate> = loaded
        .candidates
        .iter()
        .enumerate()
        .map(|(at, one)| {
            let score = scores.get(one);
            let chance = chances.get(one);
            let held = &gates[one];
            DecidedCandidate {
                id: *one,
                name: names.name(*one),
                incumbent: incumbent == Some(at),
                gates: held.iter().map(|result| gate_view(context, result, incumbent == Some(at))).collect(),
                passed: passes(held),
                score_text: score.map_or_else(
                    || "—".to_owned(),
                    |score| match score.complete() {
                        Some(whole) => format::ratio(whole, 2),
                        None => format!("{} – {}", format::ratio(score.low, 2), format::ratio(score.high, 2)),
                    },
                ),
                score: score.and_then(domain::bakeoff::decision::Score::complete),
                worth: score.map_or_else(|| vec![None; weighings.len()], |score| score.worth.clone()),
                first_text: chance.map_or_else(|| "—".to_owned(), |chance| format::chance(chance.first)),
                first: chance.map(|chance| chance.first),
                ranks: chance
                    .map_or_else(Vec::new, |chance| chance.shares.iter().map(|share| format::chance(*share)).collect()),
            }
        })
        .collect();
    let against = against(context, &content, &candidates);
    let calendar = store::workspace::settings(snapshot).await?.calendar()?;
    let all = store::bakeoff::decision::list(snapshot, id).await?;
    let signed_view = |one: &Decision| -> Option<SignedView> {
        let signed = one.signed.as_ref()?;
        let content: DecisionContent = activity::read(one.content.clone()).ok()?;
        Some(SignedView {
            version: one.version,
            at_text: format::date(calendar.day_of(signed.at), context.language),
            by: signed.by.clone(),
            hash: signed.hash.clone(),
            choice: content.choice.map_or_else(String::new, |choice| names.name(choice)),
        })
    };
    let view = DecisionView {
        version: decision.map_or(1, |decision| decision.version),
        missing: missing(&content, &undecided, &gates),
        content,
        criteria,
        candidates,
        consistency,
        undecided,
        findings,
        against,
        signed: decision.and_then(signed_view),
        versions: all
            .iter()
            .filter(|one| Some(one.id) != decision.map(|decision| decision.id))
            .filter_map(signed_view)
            .collect(),
    };
    Ok(Computed { weighings, weights, gates, view, figures })
}

pub async fn decision(context: &Context, input: DecisionTrial) -> Result<DecisionView> {
    let open = context.app.open().await?;
    let store = open.store.clone();
    let mut snapshot = store.read().await?;
    let kept = newest(&mut snapshot, input.bakeoff_id).await?;
    let content = match input.content {
        Some(content) => content,
        None => content_of(kept.as_ref())?,
    };
    let at = moment(context, kept.as_ref());
    Ok(compute(context, &open.kept, &mut snapshot, input.bakeoff_id, kept.as_ref(), content, at).await?.view)
}

fn checked(content: &DecisionContent) -> Result<()> {
    let mut problems = Vec::new();
    if content.weights.values().any(|weight| !(weight.is_finite() && *weight >= 0.0)) {
        problems.push(FieldError::new("weights", "number-not-negative"));
    }
    if content.pairwise.iter().any(|pair| !(1.0 / 9.0 - 1e-9..=9.0 + 1e-9).contains(&pair.ratio)) {
        problems.push(FieldError::new("pairwise", "ratio-of-nine"));
    }
    if content.anchors.values().any(|[worst, best]| !worst.is_finite() || !best.is_finite() || worst == best) {
        problems.push(FieldError::new("anchors", "criterion-scale"));
    }
    if content.plus_minus.is_some_and(|share| !(0.0..=0.5).contains(&share)) {
        problems.push(FieldError::new("plusMinus", "share-to-half"));
    }
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
    }
    // A limit that nothing can be held against is not kept: nothing could be decided until it is gone.
    let held = held_against(&content.gates, &Facts::default());
    held.map(drop).map_err(|error| AppError::refused("decision-gates").with("cause", error))
}

/// Keeps what is typed. A signed decision is not changed: the next version begins where it ends.
pub async fn decision_save(context: &Context, draft: DecisionDraft) -> Result<DecisionView> {
    checked(&draft.content)?;
    let open = context.app.open().await?;
    let store = open.store.clone();
    let mut write = store.write().await?;
    super::expect_unsealed(&mut write, draft.bakeoff_id).await?;
    let bakeoff = store::bakeoff::get(write.connection(), draft.bakeoff_id).await?;
    let candidates = store::bakeoff::candidates(write.connection(), draft.bakeoff_id).await?;
    if draft.content.choice.is_some_and(|choice| !candidates.iter().any(|one| one.id == choice)) {
        return Err(AppError::field("choice", "no-such-candidate"));
    }
    let all = store::bakeoff::decision::list(write.connection(), bakeoff.id).await?;
    let content = serde_json::to_value(&draft.content).map_err(|error| AppError::Internal(error.to_string()))?;
    let before = all.first().cloned();
    let decision = match &before {
        Some(open) if open.signed.is_none() => Decision { content, ..open.clone() },
        other => Decision {
            id: DecisionId(Uuid::now_v7()),
            bakeoff_id: bakeoff.id,
            version: other.as_ref().map_or(1, |signed| signed.version + 1),
            content,
            signed: None,
        },
    };
    let log = |one: &Decision| serde_json::json!({ "id": one.id, "bakeoffId": one.bakeoff_id, "version": one.version, "content": one.content });
    let (id, name) = (decision.id.to_string(), bakeoff.details.name.clone());
    match before.as_ref().filter(|open| open.id == decision.id) {
        Some(open) if open.content == decision.content => {}
        Some(open) => activity::edited(&mut write, context, DECISION, &id, &name, &log(open), &log(&decision)).await?,
        None => activity::noted(&mut write, context, DECISION, activity::Action::Created, &id, &name).await?,
    }
    store::bakeoff::decision::save(&mut write, &decision).await?;
    write.commit().await?;
    let mut snapshot = store.read().await?;
    Ok(compute(context, &open.kept, &mut snapshot, draft.bakeoff_id, Some(&decision), draft.content, context.now())
        .await?
        .view)
}

/// Throws the draft that follows a signed decision away: the signed one stands as it was.
///
/// # Errors
/// There is no draft, or nothing signed before it.
pub async fn decision_discard(context: &Context, input: super::BakeoffRef) -> Result<DecisionView> {
    let open = context.app.open().await?;
    let mut write = open.store.write().await?;
    super::expect_unsealed(&mut write, input.id).await?;
    let all = store::bakeoff::decision::list(write.connection(), input.id).await?;
    let (draft, signed) = match all.as_slice() {
        [draft, signed, ..] if draft.signed.is_none() && signed.signed.is_some() => (draft.clone(), signed.clone()),
        _ => return Err(AppError::refused("decision-nothing-to-discard")),
    };
    let bakeoff = store::bakeoff::get(write.connection(), input.id).await?;
    store::bakeoff::decision::discard(&mut write, draft.id).await?;
    let name = bakeoff.details.name;
    activity::noted(&mut write, context, DECISION, activity::Action::Discarded, &signed.id.to_string(), &name).await?;
    write.commit().await?;
    let mut snapshot = open.store.read().await?;
    let content = content_of(Some(&signed))?;
    let at = moment(context, Some(&signed));
    Ok(compute(context, &open.kept, &mut snapshot, input.id, Some(&signed), content, at).await?.view)
}

/// Makes an unsigned decision what it was before a change.
pub(crate) async fn put_back(write: &mut store::Write, activity: &store::activity::Activity) -> Result<()> {
    let before = activity.before.clone().ok_or_else(|| AppError::refused("undo-not-possible"))?;
    let kept = store::bakeoff::decision::get(write.connection(), activity::id_of(activity)?).await?;
    if kept.signed.is_some() {
        return Err(AppError::refused("undo-not-possible"));
    }
    let content = before["content"].clone();
    Ok(store::bakeoff::decision::save(write, &Decision { content, ..kept }).await?)
}

/// A choice that is not the one the score puts first is a person's right, and is said.
fn against(context: &Context, content: &DecisionContent, candidates: &[DecidedCandidate]) -> String {
    let chosen = content.choice.and_then(|choice| candidates.iter().find(|one| one.id == choice));
    let scored = candidates.iter().filter(|one| one.passed && one.score.is_some());
    let leader = scored.reduce(|best, one| if one.score > best.score { one } else { best });
    let (Some(chosen), Some(leader)) = (chosen, leader) else { return String::new() };
    if chosen.id == leader.id || chosen.score >= leader.score {
        return String::new();
    }
    let args = [
        ("chosen", chosen.name.clone().into()),
        ("leader", leader.name.clone().into()),
        ("high", leader.score_text.clone().into()),
        ("low", chosen.score_text.clone().into()),
    ];
    context.text("decision-against", &args)
}
