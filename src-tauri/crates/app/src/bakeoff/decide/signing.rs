//! Signing: a decision is frozen with a hash over everything it rests on, and can be checked against the file at any time.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, SecondsFormat, Utc};
use domain::bakeoff::evidence::{Evidence, Outcome, Recorded, ScoreKey, UsedPrice, record, verify};
use domain::suite::hash::{ContentHash, content};
use report::format;
use store::Snapshot;
use store::bakeoff::decision::{Decision, Signed};
use store::bakeoff::results::WholeScore;

use super::changes::Changes;
use super::{
    ChangeView, DECISION, DecisionContent, DecisionView, Missing, SignRequest, VerifyView, compute, content_of, newest,
};
use crate::bakeoff::Names;
use crate::bakeoff::compare::{costs, load};
use crate::error::FieldError;
use crate::frame::Kept;
use crate::{AppError, Context, Result, activity};

/// Everything a decision rests on, as it stands in the file.
async fn evidence(
    context: &Context,
    memory: &Kept,
    snapshot: &mut Snapshot,
    decision: &Decision,
    (at, by): (DateTime<Utc>, &str),
) -> Result<Recorded> {
    let content_kept: DecisionContent = content_of(Some(decision))?;
    let computed =
        compute(context, memory, snapshot, decision.bakeoff_id, Some(decision), content_kept.clone(), at).await?;
    let loaded = load(memory, snapshot, decision.bakeoff_id).await?;
    let names = Names::of(context, snapshot, decision.bakeoff_id).await?;
    let costs = costs(memory, snapshot, &loaded, &names, at).await?;
    let scores = store::bakeoff::results::whole_scores(snapshot, decision.bakeoff_id).await?;
    let version =
        store::suite::version_of(snapshot, loaded.bakeoff.details.suite_id, loaded.bakeoff.details.version).await?;
    let suite_version = version.hash.ok_or_else(|| AppError::refused("nothing-to-freeze"))?;
    let hashes: HashMap<i64, ContentHash> =
        loaded.cases.iter().map(|stored| (stored.id, content(&stored.case))).collect();
    // Values and reasons.
    type Given = (BTreeMap<ScoreKey, Option<f64>>, BTreeMap<ScoreKey, String>);
    let mut by_result: HashMap<i64, Given> = HashMap::new();
    for WholeScore { result, score } in scores {
        let key = ScoreKey { criterion: score.criterion, source: score.source, rater: score.rater };
        let (values, reasons) = by_result.entry(result).or_default();
        if !score.reason.is_empty() {
            reasons.insert(key.clone(), score.reason);
        }
        values.insert(key, Some(score.value));
    }
    let mut said = store::bakeoff::results::said(snapshot, decision.bakeoff_id).await?;
    let outcomes: Vec<Outcome> = loaded
        .measured
        .iter()
        .filter_map(|one| {
            let (scores, reasons) = by_result.remove(&one.id).unwrap_or_default();
            let said = said.remove(&one.id).unwrap_or_default();
            Some(Outcome {
                candidate: one.candidate,
                case: *hashes.get(&one.case)?,
                repeat: one.repeat,
                variant: one.variant.clone(),
                scores,
                reasons,
                tokens: one.tokens,
                cost: one.cost,
                latency: one.latency,
                first_token: one.first_token,
                at: said.at,
                cached: one.cached,
                error: one.error.clone().map(|kind| (kind, said.error.unwrap_or_default())),
                answer: said.answer,
            })
        })
        .collect();
    let mut prices = Vec::new();
    for (candidate, costs) in loaded.candidates.iter().zip(&costs) {
        let Some(price) = &costs.price else { continue };
        for (kind, rate) in domain::usage::TOKEN_KIND_NAMES.iter().zip(price.rates.billed()) {
            prices.extend(rate.map(|rate| UsedPrice {
                candidate: *candidate,
                kind: (*kind).to_owned(),
                nanos_per_million: rate.0.to_string(),
                currency: price.currency.code().to_owned(),
                source: price.id.to_string(),
            }));
        }
    }
    let mut judgements = Vec::new();
    // What was asked of whom, by whom it was closed: an answer to another question is another answer.
    let mut rounds = Vec::new();
    let oldest_first = store::bakeoff::round::list(snapshot, decision.bakeoff_id).await?.into_iter().rev();
    for (number, round) in (1..).zip(oldest_first) {
        let kept = store::bakeoff::round::judgements(snapshot, round.id).await?;
        judgements.extend(kept.into_iter().map(|kept| kept.judgement));
        let asked = |field: &str| round.details[field].as_str().unwrap_or_default().to_owned();
        let by = round.closed.as_ref().map_or("", |(_, by)| by.as_str());
        let said = [
            ("question", asked("question")),
            ("rubric", asked("rubric")),
            ("opened-by", round.opened_by.clone()),
            ("closed-by", by.to_owned()),
            ("details", ingest::hash_bytes(round.details.to_string().as_bytes())),
        ];
        rounds.extend(said.map(|(what, text)| (format!("round-{what}/{number}"), text)));
    }
    let weights: BTreeMap<String, f64> =
        computed.weighings.iter().zip(&computed.weights).map(|(one, weight)| (one.key.clone(), *weight)).collect();
    let choice = content_kept.choice.map_or_else(String::new, |choice| choice.0.to_string());
    let details = &loaded.bakeoff.details;
    let mut text = BTreeMap::from([
        ("signer".to_owned(), by.to_owned()),
        ("signed-at".to_owned(), at.to_rfc3339_opts(SecondsFormat::Millis, true)),
        ("name".to_owned(), details.name.clone()),
        ("question".to_owned(), details.question.clone()),
        ("minimum-effect".to_owned(), details.minimum_effect.to_string()),
        ("repeats".to_owned(), details.repeats.to_string()),
        ("choice".to_owned(), choice),
        ("rationale".to_owned(), content_kept.rationale.clone()),
        ("dissent".to_owned(), content_kept.dissent.clone()),
        // As a list: two names are not one name in two lines.
        ("approvers".to_owned(), serde_json::json!(content_kept.approvers).to_string()),
        ("version".to_owned(), decision.version.to_string()),
    ]);
    text.extend(rounds);
    // Who they are: a hash over numbers alone would hold whatever they are called later.
    for one in &names.candidates {
        let of = &one.details;
        let settings: Vec<String> = of.settings.iter().map(|(name, value)| format!("{name}={value}")).collect();
        let who = [of.name.as_str(), &of.provider, &of.model, &settings.join(", ")];
        let who = who.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
        text.insert(format!("candidate/{}", one.id.0), who);
    }
    text.insert("incumbent".to_owned(), names.incumbent().map_or_else(String::new, |id| id.0.to_string()));
    let evidence = Evidence {
        suite_version,
        outcomes: &outcomes,
        prices: &prices,
        weights: &weights,
        gates: &computed.gates,
        judgements: &judgements,
        text: &text,
        figures: &computed.figures,
    };
    record(&evidence, outcomes.len() <= 20_000).map_err(|error| AppError::Internal(error.to_string()))
}

/// What a decision is signed with: everything it rests on, and the hash of that.
///
/// # Errors
/// It chooses nobody, gives no reason, or chooses whom a gate keeps out.
pub(crate) async fn signature(
    context: &Context,
    memory: &Kept,
    snapshot: &mut Snapshot,
    decision: &Decision,
    (at, by): (DateTime<Utc>, String),
) -> Result<Signed> {
    let content = content_of(Some(decision))?;
    let computed = compute(context, memory, snapshot, decision.bakeoff_id, Some(decision), content, at).await?;
    if let Some(missing) = computed.view.missing.first() {
        return Err(match missing {
            Missing::Choice => AppError::refused("decision-no-choice"),
            Missing::Why => AppError::refused("decision-no-rationale"),
            Missing::Undecided => AppError::refused("decision-undecided").with("cause", computed.view.undecided),
            Missing::Gate => AppError::refused("decision-gate-failed"),
        });
    }
    let recorded = evidence(context, memory, snapshot, decision, (at, &by)).await?;
    let evidence = serde_json::to_value(&recorded).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(Signed { at, by, hash: recorded.hash.to_string(), evidence })
}

/// Signs the decision as it stands.
pub async fn decision_sign(context: &Context, request: SignRequest) -> Result<DecisionView> {
    let by = request.by.split_whitespace().collect::<Vec<_>>().join(" ");
    if by.is_empty() {
        return Err(AppError::Invalid(vec![FieldError::new("by", "required")]));
    }
    let open = context.app.open().await?;
    let at = context.now();
    // Within one write: nothing comes in between what is read and what is signed.
    let mut write = open.store.write().await?;
    let decision = newest(write.snapshot(), request.bakeoff_id).await?;
    let decision = decision.ok_or_else(|| AppError::refused("decision-no-choice"))?;
    if decision.signed.is_some() {
        return Err(AppError::refused("decision-nothing-to-sign"));
    }
    let kept = content_of(Some(&decision))?;
    if request.content.as_ref().is_some_and(|seen| *seen != kept) {
        return Err(AppError::refused("decision-changed-meanwhile"));
    }
    let signed = signature(context, &open.kept, write.snapshot(), &decision, (at, by)).await?;
    let bakeoff = store::bakeoff::get(write.connection(), request.bakeoff_id).await?;
    store::bakeoff::decision::sign(&mut write, decision.id, &signed).await?;
    let name = bakeoff.details.name.clone();
    activity::noted(&mut write, context, DECISION, activity::Action::Signed, &decision.id.to_string(), &name).await?;
    write.commit().await?;
    let mut snapshot = open.store.read().await?;
    let decision = store::bakeoff::decision::get(&mut snapshot, decision.id).await?;
    let content = content_of(Some(&decision))?;
    Ok(compute(context, &open.kept, &mut snapshot, request.bakeoff_id, Some(&decision), content, at).await?.view)
}

/// Recomputes a signed decision from what is in the file, and says what is no longer the same.
pub async fn decision_verify(context: &Context, input: crate::bakeoff::BakeoffRef) -> Result<Vec<VerifyView>> {
    let open = context.app.open().await?;
    let store = open.store.clone();
    let mut snapshot = store.read().await?;
    let names = Names::of(context, &mut snapshot, input.id).await?;
    names.expect_open()?;
    let loaded = load(&open.kept, &mut snapshot, input.id).await?;
    let case_names: HashMap<ContentHash, String> = loaded
        .cases
        .iter()
        .enumerate()
        .map(|(at, stored)| (content(&stored.case), crate::suite::case_name(&stored.case, at)))
        .collect();
    let mut views = Vec::new();
    for decision in store::bakeoff::decision::list(&mut snapshot, input.id).await? {
        let Some(signed) = &decision.signed else { continue };
        // What cannot be read any more, or computed from, is not what was signed.
        let stored: Option<Recorded> = activity::read(signed.evidence.clone()).ok();
        let now = evidence(context, &open.kept, &mut snapshot, &decision, (signed.at, &signed.by)).await.ok();
        let hash = stored.as_ref().map_or_else(|| "—".to_owned(), |stored| stored.hash.to_string());
        let is_read = stored.is_some() && now.is_some();
        let mut changes = match (&stored, &now) {
            (Some(stored), Some(now)) => {
                Changes { context, names: &names, cases: &case_names }.read(verify(stored, now))
            }
            _ => Vec::new(),
        };
        if !is_read || hash != signed.hash {
            changes.push(ChangeView {
                part: context.text("evidence-hash", &[]),
                what: String::new(),
                before: signed.hash.clone(),
                after: if is_read { hash } else { "—".to_owned() },
            });
        }
        views.push(VerifyView {
            version: Some(decision.version),
            hash: signed.hash.clone(),
            holds: changes.is_empty(),
            changes,
        });
    }
    let calendar = store::workspace::settings(&mut snapshot).await?.calendar()?;
    let there = store::bakeoff::decision::ids(&mut snapshot).await?;
    let name = &loaded.bakeoff.details.name;
    for (at, id) in store::bakeoff::decision::signatures(&mut snapshot, DECISION, name).await? {
        if !there.contains(&id) {
            let day = format::date(calendar.day_of(at), context.language);
            let before = context.text("evidence-signed-on", &[("date", day.into())]);
            let gone = ChangeView {
                part: context.text("evidence-decision", &[]),
                what: String::new(),
                before,
                after: context.text("evidence-gone", &[]),
            };
            views.push(VerifyView { version: None, hash: String::new(), holds: false, changes: vec![gone] });
        }
    }
    Ok(views)
}
