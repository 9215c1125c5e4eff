//! Automatic scorers of a bake-off: rules that score every answer, and can be run again without a vendor.

use std::collections::{BTreeMap, HashMap};

use chrono::{DateTime, Utc};
use domain::bakeoff::Criterion;
use domain::bakeoff::scorer::{Reason, Row, Rule, RuleError, StoredRule};
use domain::id::BakeoffId;
use serde::{Deserialize, Serialize};
use store::bakeoff::results::NewScore;
use store::suite::StoredCase;
use ts_rs::TS;

use super::{BAKEOFF, expect_unsealed};
use crate::error::FieldError;
use crate::job::Unit;
use crate::{AppError, Context, Result, activity};

/// A rule as typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScorerDraft {
    pub bakeoff_id: BakeoffId,
    /// The criterion it scores by; made where there is none.
    pub criterion: String,
    pub rule: Rule,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScorerRef {
    pub bakeoff_id: BakeoffId,
    pub criterion: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScorerView {
    pub criterion: String,
    pub version: u32,
    pub rule: Rule,
    #[ts(type = "string | null")]
    pub run_at: Option<DateTime<Utc>>,
    /// Answers that have its score.
    pub scored: u32,
    /// The rule is of a version that this program knows.
    pub runs: bool,
}

/// What a run of a rule came to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ScorerRun {
    pub criterion: String,
    pub scored: u32,
    /// Answers it could not score, and why the first of them.
    pub unscored: u32,
    pub first_reason: String,
}

/// Where scores of a rule come from, as they are kept.
fn source(version: u32) -> String {
    format!("rule:{version}")
}

pub async fn scorers(context: &Context, input: super::BakeoffRef) -> Result<Vec<ScorerView>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let kept = store::bakeoff::scorer::list(&mut snapshot, input.id).await?;
    let counts = store::bakeoff::results::scored_by(&mut snapshot, input.id).await?;
    Ok(kept
        .into_iter()
        .map(|one| ScorerView {
            scored: counts
                .iter()
                .filter(|(criterion, from, _)| *criterion == one.criterion && *from == source(one.version))
                .map(|(_, _, count)| count)
                .sum(),
            runs: one.rule.prepare().is_ok(),
            criterion: one.criterion,
            version: one.version,
            rule: one.rule.rule,
            run_at: one.run_at,
        })
        .collect())
}

fn broken(error: &RuleError) -> AppError {
    let mut problem = FieldError::new("rule", "rule-broken");
    problem.params.insert("cause".to_owned(), error.to_string());
    AppError::Invalid(vec![problem])
}

/// Keeps a rule and scores every answer by it.
pub async fn scorer_save(context: &Context, draft: ScorerDraft) -> Result<ScorerRun> {
    let criterion = draft.criterion.trim().to_owned();
    if criterion.is_empty() {
        return Err(AppError::Invalid(vec![FieldError::new("criterion", "required")]));
    }
    let rule = draft.rule.stored();
    rule.prepare().map_err(|error| broken(&error))?;
    let store = context.store().await?;
    let mut write = store.write().await?;
    expect_unsealed(&mut write, draft.bakeoff_id).await?;
    let mut bakeoff = store::bakeoff::get(write.connection(), draft.bakeoff_id).await?;
    let scored_elsewhere = store::bakeoff::results::sources(write.connection(), bakeoff.id, &criterion)
        .await?
        .iter()
        .any(|from| !from.starts_with("rule:"));
    if scored_elsewhere || ["cost", "latency"].contains(&criterion.to_lowercase().as_str()) {
        // Two ways of scoring under one name would be averaged.
        return Err(AppError::Invalid(vec![FieldError::new("criterion", "criterion-scored")]));
    }
    if !bakeoff.details.criteria.iter().any(|one| one.name.to_lowercase() == criterion.to_lowercase()) {
        let before = bakeoff.clone();
        bakeoff.details.criteria.push(Criterion::unit(&criterion));
        let (id, name) = (bakeoff.id.to_string(), bakeoff.details.name.clone());
        activity::edited(&mut write, context, BAKEOFF, &id, &name, &before, &bakeoff).await?;
        store::bakeoff::save(&mut write, &bakeoff, context.now()).await?;
    }
    let version = store::bakeoff::scorer::add(&mut write, bakeoff.id, &criterion, &rule).await?;
    write.commit().await?;
    run(context, bakeoff.id, &criterion, version, &rule).await
}

/// Scores every answer again by the newest version of a rule.
pub async fn scorer_run(context: &Context, input: ScorerRef) -> Result<ScorerRun> {
    let store = context.store().await?;
    let kept = store::bakeoff::scorer::list(&mut *store.read().await?, input.bakeoff_id).await?;
    let newest = kept.into_iter().find(|one| one.criterion.to_lowercase() == input.criterion.to_lowercase());
    let newest = newest.ok_or(store::StoreError::NotFound)?;
    run(context, input.bakeoff_id, &newest.criterion, newest.version, &newest.rule).await
}

async fn run(context: &Context, id: BakeoffId, criterion: &str, version: u32, rule: &StoredRule) -> Result<ScorerRun> {
    let store = context.store().await?;
    let (answers, cases, others) = {
        let mut snapshot = store.read().await?;
        let bakeoff = store::bakeoff::get(&mut snapshot, id).await?;
        let suite = store::suite::version_of(&mut snapshot, bakeoff.details.suite_id, bakeoff.details.version).await?;
        (
            store::bakeoff::results::all_answers(&mut snapshot, id).await?,
            store::suite::cases(&mut snapshot, suite.id).await?,
            store::bakeoff::results::scores(&mut snapshot, id).await?,
        )
    };
    let (rule, progress, name) = (rule.clone(), context.progress.clone(), criterion.to_owned());
    let source = source(version);
    let (said, from) = (criterion.to_owned(), source.clone());
    let work = tokio::task::spawn_blocking(move || {
        let scorer = rule.prepare().map_err(|error| broken(&error))?;
        let cases: HashMap<i64, StoredCase> = cases.into_iter().map(|stored| (stored.id, stored)).collect();
        let mut scores: HashMap<i64, BTreeMap<String, f64>> = HashMap::new();
        for one in others.into_iter().filter(|one| one.criterion.to_lowercase() != name.to_lowercase()) {
            scores.entry(one.result).or_default().insert(one.criterion, one.value);
        }
        let none = BTreeMap::new();
        let (mut found, mut unscored, mut first) = (Vec::new(), 0, String::new());
        let total = answers.len() as u64;
        for (done, answer) in answers.iter().enumerate() {
            progress.report("scoring", done as u64, Some(total), Unit::Rows);
            progress.check()?;
            let (Some(text), Some(stored)) = (&answer.answer, cases.get(&answer.case)) else { continue };
            let row = Row {
                answer: text,
                reference: &stored.case.reference,
                variables: &stored.case.variables,
                messages: &stored.case.messages,
                latency_ms: answer.latency.map(|micros| micros as f64 / 1_000.0),
                tokens: answer.tokens.as_ref().map(|tokens| tokens.total() as f64),
                cost: answer.cost.map(|cost| cost.nanos() as f64 / 1e9),
                scores: scores.get(&answer.id).unwrap_or(&none),
            };
            match scorer.score(&row) {
                Ok(scored) => found.push((
                    answer.id,
                    NewScore {
                        criterion: said.clone(),
                        value: scored.value,
                        source: from.clone(),
                        reason: reason(&scored.reason),
                        rater: String::new(),
                    },
                )),
                Err(error) => {
                    if unscored == 0 {
                        first = error.to_string();
                    }
                    unscored += 1;
                }
            }
        }
        Ok::<_, AppError>((found, unscored, first))
    });
    let (found, unscored, first_reason) = work.await.map_err(|error| AppError::Internal(error.to_string()))??;
    let mut write = store.write().await?;
    expect_unsealed(&mut write, id).await?;
    let sources = store::bakeoff::results::sources(write.connection(), id, criterion).await?;
    if sources.iter().any(|from| !from.starts_with("rule:")) {
        // Scores of a file or of people came in under this name since: they are not a rule's to replace.
        return Err(AppError::field("criterion", "criterion-scored"));
    }
    for old in sources {
        store::bakeoff::results::forget_scores(&mut write, id, criterion, &old).await?;
    }
    let borrowed: Vec<(i64, &NewScore)> = found.iter().map(|(id, score)| (*id, score)).collect();
    store::bakeoff::results::insert_scores(&mut write, &borrowed).await?;
    store::bakeoff::scorer::ran(&mut write, id, criterion, version, context.now()).await?;
    write.commit().await?;
    Ok(ScorerRun { criterion: criterion.to_owned(), scored: found.len() as u32, unscored, first_reason })
}

/// Why an answer got its value, as short as a row of a table takes.
fn reason(reason: &Reason) -> String {
    match reason {
        Reason::Equals { reference } => format!("= reference {}", reference + 1),
        Reason::EqualsNone => "equals no reference".to_owned(),
        Reason::Contains { text } => format!("contains “{text}”"),
        Reason::Lacks { text } => format!("lacks “{text}”"),
        Reason::Found { from, .. } => format!("found at {from}"),
        Reason::NotFound => "not found".to_owned(),
        Reason::FitsSchema => "fits the schema".to_owned(),
        Reason::NoJson => "no JSON".to_owned(),
        Reason::IsJson => "is JSON".to_owned(),
        Reason::Unfit { place, keyword } => format!("{place}: {keyword}"),
        Reason::Number { found, nearest } => format!("{found}, reference {nearest}"),
        Reason::NoNumber => "no number".to_owned(),
        Reason::Length { found } => found.to_string(),
        Reason::Refused { phrase, .. } => format!("“{phrase}”"),
        Reason::Answered => "answered".to_owned(),
        Reason::Computed => String::new(),
    }
}
