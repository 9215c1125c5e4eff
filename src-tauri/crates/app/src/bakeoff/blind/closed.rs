//! What a round comes to: it is closed, its judgements become scores, and what raters did not agree on is settled.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::bakeoff::CandidateId;
use domain::bakeoff::blind::{
    Adjudication, Choice, Coefficient, Judgement, Mode, Order, RoundResults, Shown, Task, Verdict, results,
};
use domain::id::RoundId;
use domain::stats::bradley_terry::{Anchor, NoRatings, Settings, Ties, bradley_terry};
use domain::stats::{Refused, Resampling};
use domain::suite::Case;
use report::format;
use serde::{Deserialize, Serialize};
use store::Write;
use store::bakeoff::results::NewScore;
use ts_rs::TS;

use super::{CloseRequest, Details, Opened, ROUND, RoundRef, ShownTask, rater_name, shown_task, written};
use crate::bakeoff::Names;
use crate::error::FieldError;
use crate::{AppError, Context, Result, activity, suite};

/// What the judgements of a round say, with intervals of the round's own seed.
pub(super) fn counted(opened: &Opened, judgements: &[Judgement]) -> RoundResults {
    let resampling = Resampling { resamples: 1_000, ..Resampling::seeded(opened.details.plan.seed) };
    results(&opened.details.plan, judgements, &opened.details.adjudications, &resampling)
}

/// Closes a round: names are shown from here on, and what was found becomes scores. It cannot be opened again.
pub async fn round_close(context: &Context, request: CloseRequest) -> Result<()> {
    let by = rater_name(&request.by).map_err(|_| AppError::Invalid(vec![FieldError::new("by", "required")]))?;
    let store = context.store().await?;
    store::backup::take(&store, store::backup::Reason::Import).await?;
    let mut write = store.write().await?;
    let name = close(context, &mut write, request.id, (context.now(), &by)).await?;
    activity::noted(&mut write, context, ROUND, activity::Action::Closed, &request.id.to_string(), &name).await?;
    write.commit().await?;
    Ok(())
}

/// Ends a round in which nothing was judged, as if it had never been opened: names are shown again, and no score comes of it.
///
/// # Errors
/// Something was judged: then it is closed, and counts.
pub async fn round_cancel(context: &Context, input: RoundRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let opened = Opened::read(write.snapshot(), input.id).await?;
    opened.expect_open()?;
    if opened.judgements().iter().any(|one| one.verdict != Verdict::Skipped) {
        return Err(AppError::refused("round-not-empty"));
    }
    // Closed as well: a packet that comes back finds it so.
    store::bakeoff::round::close(&mut write, input.id, context.now(), "").await?;
    store::bakeoff::round::set_deleted(&mut write, input.id, true).await?;
    let bakeoff = store::bakeoff::get(write.connection(), opened.round.bakeoff_id).await?;
    let name = bakeoff.details.name;
    activity::noted(&mut write, context, ROUND, activity::Action::Cancelled, &input.id.to_string(), &name).await?;
    write.commit().await?;
    Ok(())
}

/// Closes a round within a write and turns its judgements into scores; answers with the bake-off's name.
///
/// # Errors
/// It is closed already, or nothing was judged.
pub(crate) async fn close(
    context: &Context,
    write: &mut Write,
    id: RoundId,
    (at, by): (DateTime<Utc>, &str),
) -> Result<String> {
    let opened = Opened::read(write.snapshot(), id).await?;
    opened.expect_open()?;
    let judgements = opened.judgements();
    if judgements.iter().all(|one| one.verdict == Verdict::Skipped) {
        return Err(AppError::refused("round-empty"));
    }
    store::bakeoff::round::close(write, id, at, by).await?;
    let mut bakeoff = store::bakeoff::get(write.connection(), opened.round.bakeoff_id).await?;
    let criterion = criterion_name(context, &opened.details);
    let scores = scores_of(&opened, &judgements);
    let mut rows: Vec<(i64, NewScore)> = Vec::new();
    for ((case, candidate), value) in scores {
        let answers = store::bakeoff::results::answers(write.connection(), bakeoff.id, case).await?;
        let of = answers.iter().find(|answer| answer.candidate == candidate && answer.answer.is_some());
        rows.extend(of.map(|answer| {
            let score = NewScore {
                criterion: criterion.clone(),
                value,
                source: format!("round:{id}"),
                reason: String::new(),
                rater: String::new(),
            };
            (answer.id, score)
        }));
    }
    let borrowed: Vec<(i64, &NewScore)> = rows.iter().map(|(id, score)| (*id, score)).collect();
    store::bakeoff::results::insert_scores(write, &borrowed).await?;
    if !bakeoff.details.criteria.iter().any(|one| one.name.to_lowercase() == criterion.to_lowercase()) {
        let (worst, best, passes) = match opened.details.plan.mode {
            Mode::Pairs => (0.0, 1.0, 0.5),
            Mode::Rubric => (1.0, 5.0, 4.0),
        };
        bakeoff.details.criteria.push(domain::bakeoff::Criterion {
            worst,
            best,
            passes,
            ..domain::bakeoff::Criterion::unit(&criterion)
        });
        store::bakeoff::save(write, &bakeoff, at).await?;
    }
    Ok(bakeoff.details.name)
}

fn criterion_name(context: &Context, details: &Details) -> String {
    let id = match details.plan.mode {
        Mode::Pairs => "criterion-blind-pairs",
        Mode::Rubric => "criterion-blind-rubric",
    };
    // One language for all who read the file: it is a name that scores are found by.
    context.app.catalogue(report::locale::Language::En).text(id, &[])
}

/// By case and candidate: how often it was found better (a tie is half, both bad is none), or its mean mark.
fn scores_of(opened: &Opened, judgements: &[Judgement]) -> BTreeMap<(i64, CandidateId), f64> {
    let mut sums: BTreeMap<(u32, u32), Vec<f64>> = BTreeMap::new();
    for one in judgements.iter().filter(|one| !one.repeat) {
        let settled = opened.details.adjudications.iter().find(|settled| settled.task == one.task);
        let verdict = settled.map_or(one.verdict, |settled| settled.verdict);
        let Some((first, second)) = verdict.worth() else { continue };
        sums.entry((one.task.case, one.task.first)).or_default().push(first);
        if let Some(other) = one.task.second {
            sums.entry((one.task.case, other)).or_default().push(second);
        }
    }
    sums.into_iter()
        .filter_map(|((case, candidate), mut values)| {
            let case = *opened.details.cases.get(case as usize)?;
            let candidate = *opened.details.candidates.get(candidate as usize)?;
            values.sort_by(f64::total_cmp);
            Some(((case, candidate), values.iter().sum::<f64>() / values.len() as f64))
        })
        .collect()
}

/// What a closed round found.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoundResultsView {
    /// By strength, the best first.
    pub ratings: Vec<RatingView>,
    /// The mean mark of each, the best first, where single answers were marked.
    pub marks: Vec<MarkView>,
    /// Why there are none: "disconnected", "separable"; empty where there are.
    pub no_ratings: String,
    pub pairs: Vec<PairView>,
    pub agreement: Vec<AgreementView>,
    /// That they agree too little; empty where they do not.
    pub agreement_low: String,
    pub disputed: Vec<DisputedView>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RatingView {
    pub name: String,
    /// Chance to be found better than an average candidate, with its interval.
    pub text: String,
    pub log_strength_text: String,
    pub value: f64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[ts(rename = "RoundMark")]
pub struct MarkView {
    pub name: String,
    /// "4.2 of 60 answers".
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PairView {
    pub first: String,
    pub second: String,
    pub first_wins: u32,
    pub second_wins: u32,
    pub ties: u32,
    pub both_bad: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct AgreementView {
    pub name: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct DisputedView {
    #[ts(type = "number")]
    pub number: i64,
    pub name: String,
    pub verdicts: Vec<String>,
    /// How it was settled, by whom and why; empty where it was not.
    pub settled: String,
}

/// A task raters of an open round do not agree on, as it is put before whoever settles it: as blind as the round itself.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DisputeView {
    /// Stands for the task in [`AdjudicateRequest`]; tells nothing of whose the answers are.
    #[ts(type = "number")]
    pub token: i64,
    pub task: ShownTask,
    /// "Anneke de Vries: 1", by the sides as they stand here.
    pub verdicts: Vec<String>,
    pub settled: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct AdjudicateRequest {
    pub id: RoundId,
    #[ts(type = "number")]
    pub token: i64,
    pub choice: Choice,
    pub by: String,
    pub reason: String,
}

/// The sides of a task as they stand before whoever settles it, whoever that is.
fn put(opened: &Opened, task: Task) -> Shown {
    let order = Order::new(&opened.details.plan, "");
    Shown { task, swapped: order.swapped(&task, false), repeat: false }
}

/// How a task was settled, by whom and why; empty where it was not.
fn settled(context: &Context, opened: &Opened, task: Task, said: impl Fn(Verdict) -> String) -> String {
    let found = opened.details.adjudications.iter().find(|settled| settled.task == task);
    found.map_or_else(String::new, |settled| {
        let args = [
            ("verdict", said(settled.verdict).into()),
            ("by", settled.by.clone().into()),
            ("reason", settled.reason.clone().into()),
        ];
        context.text("dispute-settled", &args)
    })
}

/// A verdict by the side that stands here.
fn side_text(context: &Context, shown: &Shown, verdict: Verdict) -> String {
    let id = match (verdict, shown.swapped) {
        (Verdict::First, false) | (Verdict::Second, true) => "verdict-left",
        (Verdict::First, true) | (Verdict::Second, false) => "verdict-right",
        (Verdict::Tie, _) => "verdict-tie",
        (Verdict::BothBad, _) => "verdict-both-bad",
        (Verdict::Skipped, _) => "verdict-skipped",
        (Verdict::Score { score }, _) => return score.to_string(),
    };
    context.text(id, &[])
}

/// What raters of an open round do not agree on.
pub async fn round_disputes(context: &Context, input: RoundRef) -> Result<Vec<DisputeView>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let opened = Opened::read(&mut snapshot, input.id).await?;
    opened.expect_open()?;
    let mut views = Vec::new();
    for one in counted(&opened, &opened.judgements()).disputed {
        let shown = put(&opened, one.task);
        let Some(token) = token_of(&opened, one.task) else { continue };
        let Some(task) = shown_task(&mut snapshot, &opened, &shown).await? else { continue };
        let said = |verdict: Verdict| side_text(context, &shown, verdict);
        views.push(DisputeView {
            token,
            task,
            verdicts: one.verdicts.iter().map(|(rater, verdict)| format!("{rater}: {}", said(*verdict))).collect(),
            settled: settled(context, &opened, one.task, said),
        });
    }
    Ok(views)
}

/// The number of the first judgement of a task: another for each task, and of no candidate.
fn token_of(opened: &Opened, task: Task) -> Option<i64> {
    opened.kept.iter().filter(|kept| kept.judgement.task == task).map(|kept| kept.id).min()
}

/// Settles what raters do not agree on. Settled again, the last word stands.
pub async fn round_adjudicate(context: &Context, request: AdjudicateRequest) -> Result<()> {
    let by = rater_name(&request.by).map_err(|_| AppError::Invalid(vec![FieldError::new("by", "required")]))?;
    let reason = request.reason.trim();
    if reason.is_empty() {
        return Err(AppError::Invalid(vec![FieldError::new("reason", "required")]));
    }
    let store = context.store().await?;
    let mut write = store.write().await?;
    let mut opened = Opened::read(write.snapshot(), request.id).await?;
    opened.expect_open()?;
    let disputed = counted(&opened, &opened.judgements()).disputed;
    let task = disputed.into_iter().map(|one| one.task).find(|task| token_of(&opened, *task) == Some(request.token));
    let task = task.ok_or_else(|| AppError::refused("round-not-disputed"))?;
    let verdict = put(&opened, task).verdict(request.choice).filter(|verdict| *verdict != Verdict::Skipped);
    let verdict = verdict.ok_or_else(|| AppError::refused("round-no-such-answer"))?;
    opened.details.adjudications.retain(|settled| settled.task != task);
    opened.details.adjudications.push(Adjudication { task, verdict, by, reason: reason.to_owned() });
    store::bakeoff::round::set_details(&mut write, request.id, &written(&opened.details)?).await?;
    let bakeoff = store::bakeoff::get(write.connection(), opened.round.bakeoff_id).await?;
    let name = bakeoff.details.name;
    activity::noted(&mut write, context, ROUND, activity::Action::Decided, &request.id.to_string(), &name).await?;
    write.commit().await?;
    Ok(())
}

/// Krippendorff, Content Analysis (2004), p. 241: below it no conclusions, above 0.8 reliable ones.
const LEAST_ALPHA: f64 = 0.667;

pub async fn round_results(context: &Context, input: RoundRef) -> Result<RoundResultsView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let opened = Opened::read(&mut snapshot, input.id).await?;
    if opened.round.closed.is_none() {
        return Err(AppError::refused("sealed"));
    }
    let names = Names::of(context, &mut snapshot, opened.round.bakeoff_id).await?;
    names.expect_open()?;
    let name =
        |number: u32| opened.details.candidates.get(number as usize).map_or_else(String::new, |id| names.name(*id));
    let judgements = opened.judgements();
    let found = counted(&opened, &judgements);
    let settings = Settings {
        ties: Ties::HalfWins,
        anchor: Anchor::Mean,
        resampling: Resampling { resamples: 1_000, ..Resampling::seeded(opened.details.plan.seed) },
    };
    let is_pairs = opened.details.plan.mode == Mode::Pairs;
    let rated = bradley_terry(opened.details.candidates.len(), &found.games, &settings);
    let chance = |log_strength: f64| 1.0 / (1.0 + (-log_strength).exp());
    let (mut ratings, no_ratings) = match rated {
        Ok(rated) => {
            let of = |at: usize| {
                let (value, se) = (rated.log_strength[at], rated.se_sandwich[at]);
                let (low, high) = (value - 1.96 * se, value + 1.96 * se);
                RatingView {
                    name: name(at as u32),
                    // Ties alone say that nobody is better, and nothing of how sure that is.
                    text: if se > 0.0 {
                        let share = |value: f64| format::share(chance(value), 0);
                        format!("{} [{}, {}]", share(value), share(low), share(high))
                    } else {
                        format::share(chance(value), 0)
                    },
                    log_strength_text: format!("{} ± {}", format::ratio(value, 2), format::ratio(se, 2)),
                    value,
                }
            };
            ((0..rated.log_strength.len()).map(of).collect::<Vec<_>>(), String::new())
        }
        // Marks of single answers are no games: their means stand beside.
        Err(_) if !is_pairs => (Vec::new(), String::new()),
        Err(NoRatings::Disconnected { .. }) => (Vec::new(), context.text("ratings-disconnected", &[])),
        Err(NoRatings::Separable { .. }) => (Vec::new(), context.text("ratings-separable", &[])),
        Err(other) => (Vec::new(), other.to_string()),
    };
    ratings.sort_by(|a, b| b.value.total_cmp(&a.value).then(a.name.cmp(&b.name)));
    let mut rubric = found.rubric.clone();
    rubric.sort_by(|a, b| b.mean.total_cmp(&a.mean).then(a.candidate.cmp(&b.candidate)));
    let marks = rubric.iter().map(|one| {
        let mean = match one.se {
            Some(se) => format!("{} ± {}", format::ratio(one.mean, 2), format::ratio(se, 2)),
            None => format::ratio(one.mean, 2),
        };
        let args = [("mean", mean.into()), ("count", u64::from(one.cases).into())];
        MarkView { name: name(one.candidate), text: context.text("rubric-mean", &args) }
    });
    let marks = marks.collect();
    let coefficient = |id: &str, found: &std::result::Result<Coefficient, Refused>| {
        let text = match found {
            Ok(found) => match (found.low, found.high) {
                (Some(low), Some(high)) => {
                    format!("{} [{}, {}]", format::ratio(found.value, 2), format::ratio(low, 2), format::ratio(high, 2))
                }
                _ => format::ratio(found.value, 2),
            },
            Err(_) => "—".to_owned(),
        };
        AgreementView { name: context.text(id, &[]), text }
    };
    let mut disputed = Vec::new();
    for one in &found.disputed {
        let Some(number) = opened.details.cases.get(one.task.case as usize) else { continue };
        let case: Case = store::suite::case(&mut snapshot, *number).await?.case;
        let said = |verdict: &Verdict| match verdict {
            Verdict::First => name(one.task.first),
            Verdict::Second => one.task.second.map_or_else(String::new, &name),
            Verdict::Score { score } => score.to_string(),
            Verdict::Tie => context.text("verdict-tie", &[]),
            Verdict::BothBad => context.text("verdict-both-bad", &[]),
            Verdict::Skipped => context.text("verdict-skipped", &[]),
        };
        disputed.push(DisputedView {
            number: *number,
            name: suite::case_name(&case, one.task.case as usize),
            verdicts: one.verdicts.iter().map(|(rater, verdict)| format!("{rater}: {}", said(verdict))).collect(),
            settled: settled(context, &opened, one.task, |verdict| said(&verdict)),
        });
    }
    Ok(RoundResultsView {
        ratings,
        marks,
        no_ratings,
        pairs: found
            .pairs
            .iter()
            .map(|pair| PairView {
                first: name(pair.first),
                second: name(pair.second),
                first_wins: pair.first_wins,
                second_wins: pair.second_wins,
                ties: pair.ties,
                both_bad: pair.both_bad,
            })
            .collect(),
        agreement: [
            coefficient("agreement-krippendorff", &found.agreement.krippendorff),
            coefficient("agreement-fleiss", &found.agreement.fleiss),
            coefficient("agreement-cohen", &found.agreement.cohen),
        ]
        .into_iter()
        // Of two raters Fleiss says nothing, of more than two Cohen.
        .filter(|one| one.text != "—")
        .collect(),
        agreement_low: match &found.agreement.krippendorff {
            Ok(alpha) if alpha.value < LEAST_ALPHA => context.text("agreement-low", &[]),
            _ => String::new(),
        },
        disputed,
    })
}
