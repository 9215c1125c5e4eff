//! The cases of a comparison, one by one: where candidates disagree, and the answers side by side.

use std::collections::HashMap;

use domain::bakeoff::CandidateId;
use domain::difference::{DiffKind, DiffPart, difference, words};
use domain::id::BakeoffId;
use domain::money::Money;
use domain::usage::TokenCounts;
use report::format;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::latency::seconds;
use super::{costs, load, share_text};
use crate::bakeoff::Names;
use crate::suite::{asked, case_name, excerpt};
use crate::{AppError, Context, Result};

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
                input: excerpt(&asked(case)),
                tags: case.tags.iter().cloned().collect(),
                scores: (0..loaded.candidates.len())
                    .map(|one| {
                        loaded.column(one, criterion)[place]
                            .map_or_else(|| "—".to_owned(), |value| share_text(of, value))
                    })
                    .collect(),
                spread: if spread < 0.0 { "—".to_owned() } else { crate::bakeoff::points(spread) },
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
    pub incumbent: bool,
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
    let open = context.app.open().await?;
    let mut snapshot = open.store.read().await?;
    let names = Names::of(context, &mut snapshot, input.id).await?;
    names.expect_open()?;
    let bakeoff = store::bakeoff::get(&mut snapshot, input.id).await?;
    let loaded = load(&open.kept, &mut snapshot, input.id).await?;
    let at = crate::bakeoff::decide::priced_at(context, &mut snapshot, input.id).await?;
    let costs = costs(&open.kept, &mut snapshot, &loaded, &names, at).await?;
    let tokens: HashMap<i64, &TokenCounts> = loaded
        .measured
        .iter()
        .filter(|one| one.case == input.number)
        .filter_map(|one| Some((one.id, one.tokens.as_ref()?)))
        .collect();
    // At the candidate's price, in the currency of that; else what the file states.
    let cost_text = |answer: &store::bakeoff::results::Answer| {
        let place = loaded.candidates.iter().position(|id| *id == answer.candidate);
        let price = place.and_then(|place| costs[place].price.as_ref());
        let priced = price.zip(tokens.get(&answer.id)).and_then(|(price, tokens)| {
            let cost = price.rates_of(price.band(tokens.input_total())).cost(tokens);
            (cost.unrated_tokens == 0).then(|| Money::from_nanos(cost.total().to_nanos(), price.currency))
        });
        priced.or(answer.cost).map_or_else(
            || "—".to_owned(),
            |cost| format::money_unit(cost.nanos(), cost.currency().code(), context.language),
        )
    };
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
            incumbent: names.incumbent() == Some(answer.candidate),
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
            cost_text: cost_text(&answer),
            variant: answer.variant,
            answer: answer.answer,
        })
        .collect();
    Ok(BakeoffCaseView { case: stored.case, answers })
}

/// Which of the answers to a case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AnswerPlace {
    pub candidate: CandidateId,
    pub repeat: u32,
    pub variant: String,
}

/// Two answers to a case.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AnswersRef {
    pub id: BakeoffId,
    #[ts(type = "number")]
    pub number: i64,
    pub before: AnswerPlace,
    pub after: AnswerPlace,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AnswerDifference {
    pub parts: Vec<DiffPart>,
    /// How much that is, and against whom.
    pub sentence: String,
}

/// What an answer says that another does not, word by word.
pub async fn answer_difference(context: &Context, input: AnswersRef) -> Result<AnswerDifference> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let names = Names::of(context, &mut snapshot, input.id).await?;
    names.expect_open()?;
    let answers = store::bakeoff::results::answers(&mut snapshot, input.id, input.number).await?;
    let text = |place: &AnswerPlace| {
        let of = answers
            .iter()
            .find(|one| (one.candidate, one.repeat, &one.variant) == (place.candidate, place.repeat, &place.variant));
        of.and_then(|one| one.answer.clone()).ok_or_else(|| AppError::refused("no-such-answer"))
    };
    let (before, after) = (text(&input.before)?, text(&input.after)?);
    // Long answers take their time: nobody else waits for it.
    let work = tokio::task::spawn_blocking(move || difference(&before, &after));
    let parts = work.await.map_err(|error| AppError::Internal(error.to_string()))?;
    let words = |kind: DiffKind| {
        let of = parts.iter().filter(|part| part.kind == kind);
        of.flat_map(|part| words(&part.text)).count() as u64
    };
    let (more, less) = (words(DiffKind::Added), words(DiffKind::Removed));
    let args = [
        ("name", names.name(input.before.candidate).into()),
        ("more", more.into()),
        ("added", format::count(more.into()).into()),
        ("less", less.into()),
        ("removed", format::count(less.into()).into()),
    ];
    let sentence = context.text("answer-difference", &args);
    Ok(AnswerDifference { parts, sentence })
}
