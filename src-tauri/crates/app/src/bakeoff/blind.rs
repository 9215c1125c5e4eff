//! Blind scoring: a round is opened, scored pair by pair, by several raters, and closed. Until then nothing that leaves here tells
//! one candidate from another: no name, no number that stays the same from pair to pair, no latency, cost or length.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::Path;
use std::sync::Arc;

use domain::bakeoff::CandidateId;
use domain::bakeoff::blind::{
    Choice, Judgement, Mode, Plan, RoundResults, Shown, Task, Verdict, ahead, next, progress, results,
};
use domain::bakeoff::packet::{Contents, Here, Packet, PacketCase, PacketVerdict, Returned, merge};
use domain::id::{BakeoffId, RoundId};
use domain::stats::bradley_terry::{Anchor, NoRatings, Settings, Ties, bradley_terry};
use domain::stats::{Refused, Resampling};
use domain::suite::hash::ContentHash;
use domain::suite::mask::Mask;
use domain::suite::{Case, Message};
use report::format;
use serde::{Deserialize, Serialize};
use store::Snapshot;
use store::bakeoff::results::NewScore;
use store::bakeoff::round::{Kept, Round};
use ts_rs::TS;
use uuid::Uuid;

use super::Names;
use crate::error::FieldError;
use crate::target::{Agreed, Target};
use crate::view::Exported;
use crate::{AppError, Context, Result, activity, files, suite, target};

pub(crate) const ROUND: &str = "round";

/// What a round keeps: the plan, who and what its numbers stand for, and what went out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Details {
    question: String,
    rubric: String,
    /// The plan's seed again, for whoever shuffles names by it.
    #[serde(default)]
    seed: String,
    plan: Plan,
    /// By number within the round.
    candidates: Vec<CandidateId>,
    cases: Vec<i64>,
    /// Names within answers are replaced.
    masked: bool,
    #[serde(default)]
    packets: Vec<Issued>,
    #[serde(default)]
    adjudications: Vec<domain::bakeoff::blind::Adjudication>,
}

/// A packet that went out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Issued {
    id: String,
    rater: String,
    tasks: Vec<Task>,
}

fn details(round: &Round) -> Result<Details> {
    activity::read(round.details.clone())
}

fn written(details: &Details) -> Result<serde_json::Value> {
    serde_json::to_value(details).map_err(|error| AppError::Internal(error.to_string()))
}

/// A round as it is opened.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoundDraft {
    pub bakeoff_id: BakeoffId,
    pub mode: Mode,
    /// What is asked of the raters.
    pub question: String,
    #[serde(default)]
    pub rubric: String,
    /// Tasks asked of each rater.
    pub target: u32,
    #[serde(default = "a_fifth")]
    pub random_share: f64,
    #[serde(default = "a_fifth")]
    pub overlap_share: f64,
    #[serde(default)]
    pub repeat_share: f64,
    /// Vendor and model names within answers are replaced.
    #[serde(default = "yes")]
    pub masked: bool,
    /// Who opens it.
    pub by: String,
    /// Cases with personal data or secrets are shown all the same.
    #[serde(default)]
    pub despite_findings: bool,
}

fn a_fifth() -> f64 {
    0.2
}

fn yes() -> bool {
    true
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RoundRef {
    pub id: RoundId,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct RaterRef {
    pub id: RoundId,
    pub rater: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RoundRow {
    pub id: RoundId,
    pub question: String,
    pub mode: Mode,
    pub open: bool,
    pub opened_text: String,
    pub opened_by: String,
    pub closed_text: String,
    pub closed_by: String,
    pub raters: Vec<RaterProgress>,
    pub judged: u32,
    /// Krippendorff's α of what was judged by two or more, with how much that is.
    pub agreement_text: String,
    pub disputed: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RaterProgress {
    pub rater: String,
    pub judged: u32,
    pub target: u32,
    pub skipped: u32,
    pub pace_text: String,
    pub left_text: String,
}

/// What a rater is shown. Nothing of it stays the same for one candidate from task to task.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct TaskView {
    pub question: String,
    pub rubric: String,
    pub mode: Mode,
    /// How many the rater has judged: sent back with the verdict, so that it is of this task.
    pub step: u32,
    /// `None` once they are through.
    pub task: Option<ShownTask>,
    pub progress: RaterProgress,
    /// The rater's own last ten keys, the newest last.
    pub last: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ShownTask {
    /// "Case 138".
    pub name: String,
    pub input: Vec<Message>,
    /// Of the case itself.
    pub rubric: String,
    pub reference: Vec<String>,
    pub tags: Vec<String>,
    pub left: String,
    /// `None` where one answer is scored alone.
    pub right: Option<String>,
    pub repeat: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct JudgeRequest {
    pub id: RoundId,
    pub rater: String,
    pub step: u32,
    pub choice: Choice,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    #[ts(optional)]
    pub seconds: Option<f64>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CloseRequest {
    pub id: RoundId,
    pub by: String,
}

/// Everything of an open round that tells who is who, read where it is needed and nowhere else.
struct Opened {
    round: Round,
    details: Details,
    kept: Vec<Kept>,
}

impl Opened {
    async fn read(snapshot: &mut Snapshot, id: RoundId) -> Result<Self> {
        let round = store::bakeoff::round::get(snapshot, id).await?;
        let details = details(&round)?;
        let kept = store::bakeoff::round::judgements(snapshot, id).await?;
        Ok(Self { round, details, kept })
    }

    fn judgements(&self) -> Vec<Judgement> {
        self.kept.iter().map(|kept| kept.judgement.clone()).collect()
    }

    fn expect_open(&self) -> Result<()> {
        if self.round.closed.is_some() { Err(AppError::refused("round-closed")) } else { Ok(()) }
    }
}

/// A rater's name as it is compared: one person under one name.
fn rater_name(name: &str) -> Result<String> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    if name.is_empty() { Err(AppError::Invalid(vec![FieldError::new("rater", "required")])) } else { Ok(name) }
}

/// What replaces names within answers.
async fn mask(snapshot: &mut Snapshot, opened: &Opened) -> Result<Arc<Mask>> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    if opened.details.masked {
        let candidates = store::bakeoff::candidates(snapshot, opened.round.bakeoff_id).await?;
        let vendors = store::vendor::names(snapshot).await?;
        for one in &candidates {
            let of = &one.details;
            names.extend([of.name.clone(), of.provider.clone(), of.model.clone()]);
            names.extend(of.labels.iter().cloned());
            names.extend(of.vendor_id.and_then(|id| vendors.get(&id.to_string()).cloned()));
        }
        names.extend(MAKERS.iter().map(|name| (*name).to_owned()));
    }
    // A letter or two is no name.
    names.retain(|name| name.trim().chars().count() > 2);
    Mask::new(names.iter().map(String::as_str)).map(Arc::new).ok_or_else(|| AppError::refused("too-many-names"))
}

/// Who makes models, and what they call them: answers like to say so.
const MAKERS: &[&str] = &[
    "OpenAI",
    "ChatGPT",
    "GPT-4",
    "GPT-4o",
    "GPT-5",
    "Anthropic",
    "Claude",
    "Google",
    "Gemini",
    "Bard",
    "Meta AI",
    "Llama",
    "Mistral",
    "Mixtral",
    "Cohere",
    "DeepSeek",
    "Qwen",
    "通义千问",
    "文心一言",
    "豆包",
    "Kimi",
    "xAI",
    "Grok",
    "Microsoft Copilot",
];

/// Answers by case and candidate: the first one there is of each.
async fn answer(snapshot: &mut Snapshot, opened: &Opened, case: u32, candidate: u32) -> Result<Option<String>> {
    let (Some(case), Some(candidate)) =
        (opened.details.cases.get(case as usize), opened.details.candidates.get(candidate as usize))
    else {
        return Ok(None);
    };
    let answers = store::bakeoff::results::answers(snapshot, opened.round.bakeoff_id, *case).await?;
    let mut of = answers.into_iter().filter(|answer| answer.candidate == *candidate);
    Ok(of.find_map(|answer| answer.answer))
}

async fn shown_task(snapshot: &mut Snapshot, opened: &Opened, shown: &Shown) -> Result<Option<ShownTask>> {
    let task = shown.task;
    let Some(number) = opened.details.cases.get(task.case as usize) else { return Ok(None) };
    let case = store::suite::case(snapshot, *number).await?.case;
    let mask = mask(snapshot, opened).await?;
    let first = answer(snapshot, opened, task.case, task.first).await?.unwrap_or_default();
    let second = match task.second {
        Some(second) => Some(answer(snapshot, opened, task.case, second).await?.unwrap_or_default()),
        None => None,
    };
    let (left, right) = match second {
        Some(second) if shown.swapped => (second, Some(first)),
        second => (first, second),
    };
    let hide = |text: &str| mask.apply(text).0;
    Ok(Some(ShownTask {
        name: format::count((task.case + 1).into()),
        input: case
            .messages
            .iter()
            .map(|message| Message { role: message.role.clone(), content: hide(&message.content) })
            .collect(),
        rubric: case.rubric.as_deref().map(hide).unwrap_or_default(),
        reference: case.reference.iter().map(|text| hide(text)).collect(),
        tags: case.tags.iter().cloned().collect(),
        left: hide(&left),
        right: right.as_deref().map(hide),
        repeat: shown.repeat,
    }))
}

fn rater_progress(context: &Context, plan: &Plan, judgements: &[Judgement], rater: &str) -> RaterProgress {
    let progress = progress(plan, judgements, rater);
    let time = |seconds: Option<f64>| seconds.map_or_else(|| "—".to_owned(), |seconds| time_text(context, seconds));
    RaterProgress {
        rater: rater.to_owned(),
        judged: progress.judged,
        target: progress.target,
        skipped: progress.skipped,
        pace_text: time(progress.pace_seconds),
        left_text: time(progress.seconds_left),
    }
}

/// "41 s", "3 h 08 min".
fn time_text(context: &Context, seconds: f64) -> String {
    let whole = seconds.max(0.0).round() as u64;
    let (hours, minutes) = (whole / 3600, whole / 60 % 60);
    match (hours, whole / 60) {
        (0, 0) => context.text("time-seconds", &[("seconds", whole.into())]),
        (0, minutes) => context.text("time-minutes", &[("minutes", minutes.into())]),
        _ => context.text("time-hours", &[("hours", hours.into()), ("minutes", format!("{minutes:02}").into())]),
    }
}

/// The key somebody pressed for a choice.
fn key_of(shown: &Shown, verdict: Verdict) -> &'static str {
    match (verdict, shown.swapped) {
        (Verdict::First, false) | (Verdict::Second, true) => "1",
        (Verdict::Second, false) | (Verdict::First, true) => "2",
        (Verdict::Tie, _) => "3",
        (Verdict::BothBad, _) => "4",
        (Verdict::Score { score }, _) => ["1", "2", "3", "4", "5"][usize::from(score.clamp(1, 5)) - 1],
        (Verdict::Skipped, _) => "s",
    }
}

async fn view(context: &Context, snapshot: &mut Snapshot, opened: &Opened, rater: &str) -> Result<TaskView> {
    let plan = &opened.details.plan;
    let judgements = opened.judgements();
    let own: Vec<&Judgement> = judgements.iter().filter(|one| one.rater == rater).collect();
    let order = domain::bakeoff::blind::Order::new(plan, rater);
    let last = own.iter().rev().take(10).rev().map(|one| {
        let shown = Shown { task: one.task, swapped: order.swapped(&one.task, one.repeat), repeat: one.repeat };
        key_of(&shown, one.verdict).to_owned()
    });
    let last = last.collect();
    let step = own.len() as u32;
    let shown = if opened.round.closed.is_some() { None } else { next(plan, &judgements, rater) };
    let task = match shown {
        Some(shown) => shown_task(snapshot, opened, &shown).await?,
        None => None,
    };
    Ok(TaskView {
        question: opened.details.question.clone(),
        rubric: opened.details.rubric.clone(),
        mode: plan.mode,
        step,
        task,
        progress: rater_progress(context, plan, &judgements, rater),
        last,
    })
}

/// Cases of a bake-off that every candidate has answered, and how many of them hold what must not be shown.
async fn scorable(
    context: &Context,
    snapshot: &mut Snapshot,
    id: BakeoffId,
) -> Result<(Vec<CandidateId>, Vec<i64>, u32)> {
    let loaded = super::compare::load(context, snapshot, id).await?;
    let mut answered: HashMap<i64, BTreeSet<CandidateId>> = HashMap::new();
    for one in loaded.measured.iter().filter(|one| one.has_answer) {
        answered.entry(one.case).or_default().insert(one.candidate);
    }
    let with_answers: Vec<CandidateId> = loaded
        .candidates
        .iter()
        .copied()
        .filter(|candidate| answered.values().any(|of| of.contains(candidate)))
        .collect();
    let complete = |case: &i64| answered.get(case).is_some_and(|of| with_answers.iter().all(|one| of.contains(one)));
    let cases: Vec<&store::suite::StoredCase> = loaded.cases.iter().filter(|stored| complete(&stored.id)).collect();
    let flagged = cases.iter().filter(|stored| suite::is_flagged(&stored.case)).count() as u32;
    Ok((with_answers, cases.iter().map(|stored| stored.id).collect(), flagged))
}

/// Opens a round: from here on the candidates have no names.
pub async fn round_open(context: &Context, draft: RoundDraft) -> Result<RoundRef> {
    let by = rater_name(&draft.by).map_err(|_| AppError::Invalid(vec![FieldError::new("by", "required")]))?;
    if draft.question.trim().is_empty() {
        return Err(AppError::Invalid(vec![FieldError::new("question", "required")]));
    }
    if !(1..=100_000).contains(&draft.target) {
        return Err(AppError::Invalid(vec![FieldError::new("target", "count-of-tasks")]));
    }
    let store = context.store().await?;
    let (candidates, cases, flagged) = scorable(context, &mut store.read().await?, draft.bakeoff_id).await?;
    if flagged > 0 && !draft.despite_findings {
        return Err(AppError::refused("round-findings").with("cases", flagged));
    }
    let random = Uuid::new_v4().as_u128();
    let seed = (random >> 64) as u64 ^ random as u64;
    let mut numbered = candidates;
    // Numbers in an order that tells nothing of how they were entered.
    let seal = domain::bakeoff::Seal::new(&numbered, seed);
    numbered.sort_by_key(|id| seal.number(*id));
    let plan = Plan {
        target: draft.target,
        random_share: draft.random_share,
        overlap_share: draft.overlap_share,
        repeat_share: draft.repeat_share,
        ..Plan::new(seed, draft.mode, numbered.len() as u32, cases.len() as u32)
    };
    plan.check().map_err(|error| AppError::refused("round-plan").with("cause", error))?;
    let mut write = store.write().await?;
    super::expect_unsealed(&mut write, draft.bakeoff_id).await?;
    let bakeoff = store::bakeoff::get(write.connection(), draft.bakeoff_id).await?;
    let details = Details {
        question: draft.question.trim().to_owned(),
        rubric: draft.rubric.trim().to_owned(),
        seed: seed.to_string(),
        plan,
        candidates: numbered,
        cases,
        masked: draft.masked,
        packets: Vec::new(),
        adjudications: Vec::new(),
    };
    let round = Round {
        id: RoundId(Uuid::now_v7()),
        bakeoff_id: bakeoff.id,
        details: written(&details)?,
        opened_at: context.now(),
        opened_by: by,
        closed: None,
    };
    store::bakeoff::round::add(&mut write, &round).await?;
    let name = bakeoff.details.name.clone();
    activity::noted(&mut write, context, ROUND, activity::Action::Opened, &round.id.to_string(), &name).await?;
    write.commit().await?;
    Ok(RoundRef { id: round.id })
}

/// What the judgements of a round say, with intervals of the round's own seed.
fn counted(opened: &Opened, judgements: &[Judgement]) -> RoundResults {
    let resampling = Resampling { resamples: 1_000, ..Resampling::seeded(opened.details.plan.seed) };
    results(&opened.details.plan, judgements, &opened.details.adjudications, &resampling)
}

pub async fn rounds(context: &Context, input: super::BakeoffRef) -> Result<Vec<RoundRow>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let calendar = store::workspace::settings(&mut snapshot).await?.calendar()?;
    let date = |at| format::date(calendar.day_of(at), context.language);
    let mut rows = Vec::new();
    for round in store::bakeoff::round::list(&mut snapshot, input.id).await? {
        let opened = Opened::read(&mut snapshot, round.id).await?;
        let judgements = opened.judgements();
        let raters: BTreeSet<&str> = judgements.iter().map(|one| one.rater.as_str()).collect();
        let counted = counted(&opened, &judgements);
        let agreement = counted.agreement.krippendorff.as_ref().ok();
        rows.push(RoundRow {
            id: round.id,
            question: opened.details.question.clone(),
            mode: opened.details.plan.mode,
            open: round.closed.is_none(),
            opened_text: date(round.opened_at),
            opened_by: round.opened_by.clone(),
            closed_text: round.closed.as_ref().map_or_else(String::new, |(at, _)| date(*at)),
            closed_by: round.closed.as_ref().map_or_else(String::new, |(_, by)| by.clone()),
            raters: raters
                .iter()
                .map(|rater| rater_progress(context, &opened.details.plan, &judgements, rater))
                .collect(),
            judged: judgements.iter().filter(|one| one.verdict != Verdict::Skipped).count() as u32,
            agreement_text: agreement.map_or_else(
                || "—".to_owned(),
                |found| {
                    let units = format::count(found.units.into());
                    let value = format::ratio(found.value, 2);
                    context.text("agreement-alpha", &[("value", value.into()), ("units", units.into())])
                },
            ),
            disputed: counted.disputed.len() as u32,
        });
    }
    Ok(rows)
}

/// What a rater is shown next: the same two answers on the same sides, however often it is asked.
pub async fn round_task(context: &Context, input: RaterRef) -> Result<TaskView> {
    let rater = rater_name(&input.rater)?;
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let opened = Opened::read(&mut snapshot, input.id).await?;
    view(context, &mut snapshot, &opened, &rater).await
}

/// Keeps a verdict and answers with what comes next.
pub async fn round_judge(context: &Context, request: JudgeRequest) -> Result<TaskView> {
    let rater = rater_name(&request.rater)?;
    let store = context.store().await?;
    let mut write = store.write().await?;
    let mut opened = {
        let mut snapshot = store.read().await?;
        Opened::read(&mut snapshot, request.id).await?
    };
    opened.expect_open()?;
    let judgements = opened.judgements();
    let own = judgements.iter().filter(|one| one.rater == rater).count() as u32;
    if own != request.step {
        // Pressed twice, or in another window: it was of another task.
        return Err(AppError::refused("round-moved-on"));
    }
    let shown = next(&opened.details.plan, &judgements, &rater).ok_or_else(|| AppError::refused("round-through"))?;
    let verdict = shown.verdict(request.choice).ok_or_else(|| AppError::refused("round-no-such-answer"))?;
    let judgement = Judgement {
        rater: rater.clone(),
        task: shown.task,
        verdict,
        repeat: shown.repeat,
        seconds: request.seconds.filter(|seconds| seconds.is_finite() && (0.0..86_400.0).contains(seconds)),
        note: request.note.trim().to_owned(),
    };
    let id = store::bakeoff::round::judge(&mut write, request.id, &judgement, (context.now(), "")).await?;
    write.commit().await?;
    opened.kept.push(Kept { id, judgement, packet: String::new() });
    let mut snapshot = store.read().await?;
    view(context, &mut snapshot, &opened, &rater).await
}

/// Takes a rater's last verdict back: the same task is next again.
pub async fn round_undo(context: &Context, input: RaterRef) -> Result<TaskView> {
    let rater = rater_name(&input.rater)?;
    let store = context.store().await?;
    let mut write = store.write().await?;
    let mut opened = {
        let mut snapshot = store.read().await?;
        Opened::read(&mut snapshot, input.id).await?
    };
    opened.expect_open()?;
    if let Some(at) = opened.kept.iter().rposition(|kept| kept.judgement.rater == rater && kept.packet.is_empty()) {
        store::bakeoff::round::withdraw(&mut write, opened.kept.remove(at).id).await?;
        write.commit().await?;
    }
    let mut snapshot = store.read().await?;
    view(context, &mut snapshot, &opened, &rater).await
}

/// Closes a round: names are shown from here on, and what was found becomes scores. It cannot be opened again.
pub async fn round_close(context: &Context, request: CloseRequest) -> Result<()> {
    let by = rater_name(&request.by).map_err(|_| AppError::Invalid(vec![FieldError::new("by", "required")]))?;
    let store = context.store().await?;
    store::backup::take(&store, store::backup::Reason::Import).await?;
    let mut write = store.write().await?;
    let opened = {
        let mut snapshot = store.read().await?;
        Opened::read(&mut snapshot, request.id).await?
    };
    opened.expect_open()?;
    let judgements = opened.judgements();
    if judgements.iter().all(|one| one.verdict == Verdict::Skipped) {
        return Err(AppError::refused("round-empty"));
    }
    store::bakeoff::round::close(&mut write, request.id, context.now(), &by).await?;
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
                source: format!("round:{}", request.id),
                reason: String::new(),
                rater: String::new(),
            };
            (answer.id, score)
        }));
    }
    let borrowed: Vec<(i64, &NewScore)> = rows.iter().map(|(id, score)| (*id, score)).collect();
    store::bakeoff::results::insert_scores(&mut write, &borrowed).await?;
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
        store::bakeoff::save(&mut write, &bakeoff, context.now()).await?;
    }
    let name = bakeoff.details.name.clone();
    activity::noted(&mut write, context, ROUND, activity::Action::Closed, &request.id.to_string(), &name).await?;
    write.commit().await?;
    Ok(())
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
        let (first, second) = match verdict {
            Verdict::First => (1.0, 0.0),
            Verdict::Second => (0.0, 1.0),
            Verdict::Tie => (0.5, 0.5),
            Verdict::BothBad => (0.0, 0.0),
            Verdict::Score { score } => (f64::from(score), 0.0),
            Verdict::Skipped => continue,
        };
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
    /// Why there are none: "disconnected", "separable"; empty where there are.
    pub no_ratings: String,
    pub pairs: Vec<PairView>,
    pub agreement: Vec<AgreementView>,
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
    pub settled: bool,
}

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
    let rated = bradley_terry(opened.details.candidates.len(), &found.games, &settings);
    let chance = |log_strength: f64| 1.0 / (1.0 + (-log_strength).exp());
    let (mut ratings, no_ratings) = match rated {
        Ok(rated) => {
            let of = |at: usize| {
                let (value, se) = (rated.log_strength[at], rated.se_sandwich[at]);
                let (low, high) = (value - 1.96 * se, value + 1.96 * se);
                RatingView {
                    name: name(at as u32),
                    text: format!(
                        "{} [{}, {}]",
                        format::share(chance(value), 0),
                        format::share(chance(low), 0),
                        format::share(chance(high), 0)
                    ),
                    log_strength_text: format!("{} ± {}", format::ratio(value, 2), format::ratio(se, 2)),
                    value,
                }
            };
            ((0..rated.log_strength.len()).map(of).collect::<Vec<_>>(), String::new())
        }
        Err(NoRatings::Disconnected { .. }) => (Vec::new(), context.text("ratings-disconnected", &[])),
        Err(NoRatings::Separable { .. }) => (Vec::new(), context.text("ratings-separable", &[])),
        Err(other) => (Vec::new(), other.to_string()),
    };
    ratings.sort_by(|a, b| b.value.total_cmp(&a.value).then(a.name.cmp(&b.name)));
    let coefficient = |id: &str, found: &std::result::Result<domain::bakeoff::blind::Coefficient, Refused>| {
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
            settled: one.adjudicated.is_some(),
        });
    }
    Ok(RoundResultsView {
        ratings,
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
        agreement: vec![
            coefficient("agreement-krippendorff", &found.agreement.krippendorff),
            coefficient("agreement-fleiss", &found.agreement.fleiss),
            coefficient("agreement-cohen", &found.agreement.cohen),
        ],
        disputed,
    })
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PacketRequest {
    pub id: RoundId,
    pub rater: String,
    /// How many tasks it holds.
    pub tasks: u32,
    pub path: String,
    #[serde(default)]
    pub replace: bool,
}

/// Writes a packet for a rater elsewhere: the answers without whose they are.
pub async fn round_packet(context: &Context, request: PacketRequest) -> Result<Exported> {
    let rater = rater_name(&request.rater)?;
    let agreed = Agreed { replace: request.replace, create_folder: false };
    let place = Target::file(context, context.app.path(&request.path), agreed).await?;
    let store = context.store().await?;
    let mut opened = {
        let mut snapshot = store.read().await?;
        Opened::read(&mut snapshot, request.id).await?
    };
    opened.expect_open()?;
    let mut snapshot = store.read().await?;
    let bakeoff = store::bakeoff::get(&mut snapshot, opened.round.bakeoff_id).await?;
    let version = store::suite::version_of(&mut snapshot, bakeoff.details.suite_id, bakeoff.details.version).await?;
    let suite_version = version.hash.ok_or_else(|| AppError::refused("nothing-to-freeze"))?;
    let tasks = ahead(&opened.details.plan, &opened.judgements(), &rater, request.tasks.min(10_000) as usize);
    let mask = mask(&mut snapshot, &opened).await?;
    let mut cases: HashMap<u32, Case> = HashMap::new();
    let mut answers: HashMap<(u32, u32), String> = HashMap::new();
    for task in &tasks {
        if let Some(number) = opened.details.cases.get(task.case as usize) {
            cases.insert(task.case, store::suite::case(&mut snapshot, *number).await?.case);
        }
        for candidate in std::iter::once(task.first).chain(task.second) {
            if let Some(text) = answer(&mut snapshot, &opened, task.case, candidate).await? {
                answers.insert((task.case, candidate), text);
            }
        }
    }
    let contents = Contents {
        round_id: request.id,
        suite_version,
        question: &opened.details.question,
        plan: &opened.details.plan,
        rater: &rater,
        issue: opened.details.packets.iter().filter(|issued| issued.rater == rater).count() as u32,
        mask: &mask,
    };
    let (packet, _) = Packet::new(
        &contents,
        &tasks,
        |case| {
            let case = cases.get(&case)?;
            Some(PacketCase { messages: &case.messages, rubric: case.rubric.as_deref() })
        },
        |case, candidate| answers.get(&(case, candidate)).map(String::as_str),
    );
    let text = serde_json::to_vec_pretty(&packet).map_err(|error| AppError::Internal(error.to_string()))?;
    drop(snapshot);
    let id = word_of(&packet.packet_id)?;
    opened.details.packets.push(Issued { id, rater, tasks });
    let mut write = store.write().await?;
    store::bakeoff::round::set_details(&mut write, request.id, &written(&opened.details)?).await?;
    place.write(text)?;
    write.commit().await?;
    Ok(Exported { path: place.path.to_string_lossy().into_owned(), rows: packet.tasks.len() as u64 })
}

fn word_of<T: Serialize>(value: &T) -> Result<String> {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(text)) => Ok(text),
        other => Err(AppError::Internal(format!("{other:?}"))),
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct MergeRequest {
    pub id: RoundId,
    pub path: String,
    /// The rater's other packet is theirs as well: not two people under one name.
    #[serde(default)]
    pub same_person: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct Merged {
    pub rater: String,
    pub added: u32,
    /// Here already.
    pub already: u32,
    /// Judged otherwise here: what is here stays.
    pub conflicts: u32,
    pub unknown: u32,
}

fn read_json<T: serde::de::DeserializeOwned>(path: &Path) -> Result<T> {
    const MOST: u64 = 256 * 1024 * 1024;
    let shown = path.to_string_lossy().into_owned();
    if std::fs::metadata(path)?.len() > MOST {
        return Err(AppError::refused("file-too-large").with("file", shown).with("limit", MOST / 1_000_000));
    }
    serde_json::from_slice(&std::fs::read(path)?)
        .map_err(|error| AppError::refused("packet-unreadable").with("file", shown).with("cause", error))
}

/// Brings a scored packet back in. The same packet twice changes nothing.
pub async fn round_merge(context: &Context, request: MergeRequest) -> Result<Merged> {
    let path = context.app.path(&request.path);
    target::refuse_to_read(context, &path).await?;
    let returned: Returned = read_json(&path)?;
    let store = context.store().await?;
    let mut write = store.write().await?;
    let opened = {
        let mut snapshot = store.read().await?;
        Opened::read(&mut snapshot, request.id).await?
    };
    opened.expect_open()?;
    let bakeoff = store::bakeoff::get(write.connection(), opened.round.bakeoff_id).await?;
    let version =
        store::suite::version_of(write.connection(), bakeoff.details.suite_id, bakeoff.details.version).await?;
    let suite_version: ContentHash = version.hash.ok_or_else(|| AppError::refused("nothing-to-freeze"))?;
    let packet_id = word_of(&returned.packet_id)?;
    let issued = opened.details.packets.iter().find(|issued| issued.id == packet_id);
    let issued = issued.ok_or_else(|| AppError::refused("packet-not-ours").with("file", path.to_string_lossy()))?;
    let merged: Vec<_> = opened
        .kept
        .iter()
        .filter(|kept| !kept.packet.is_empty())
        .filter_map(|kept| {
            Some((kept.judgement.rater.clone(), serde_json::from_value(kept.packet.clone().into()).ok()?))
        })
        .collect();
    let judgements = opened.judgements();
    let here = Here {
        round_id: request.id,
        suite_version,
        plan: &opened.details.plan,
        tasks: &issued.tasks,
        judgements: &judgements,
        merged: &merged,
    };
    let found = merge(&here, &returned, &issued.rater).map_err(|error| {
        AppError::refused("packet-refused").with("file", path.to_string_lossy()).with("cause", error)
    })?;
    if found.same_name && !request.same_person {
        return Err(AppError::refused("packet-same-name").with("rater", &returned.rater));
    }
    for judgement in &found.new {
        store::bakeoff::round::judge(&mut write, request.id, judgement, (context.now(), &packet_id)).await?;
    }
    let name = bakeoff.details.name.clone();
    if !found.new.is_empty() {
        activity::noted(&mut write, context, ROUND, activity::Action::Imported, &request.id.to_string(), &name).await?;
        write.commit().await?;
    }
    Ok(Merged {
        rater: returned.rater.clone(),
        added: found.new.len() as u32,
        already: found.already,
        conflicts: found.conflicts.len() as u32,
        unknown: found.unknown,
    })
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PacketRef {
    pub path: String,
    pub rater: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PacketJudge {
    pub path: String,
    pub rater: String,
    pub step: u32,
    pub choice: Choice,
    #[serde(default)]
    pub note: String,
    #[serde(default)]
    #[ts(optional)]
    pub seconds: Option<f64>,
}

/// Where what was scored of a packet lies: beside it.
fn returned_path(packet: &Path) -> std::path::PathBuf {
    let mut name = packet.file_stem().unwrap_or_default().to_os_string();
    name.push(".scored.json");
    packet.with_file_name(name)
}

fn packet_at(context: &Context, path: &str) -> Result<(std::path::PathBuf, Packet)> {
    let path = context.app.path(path);
    let packet: Packet = read_json(&path)?;
    packet.check().map_err(|error| {
        AppError::refused("packet-refused").with("file", path.to_string_lossy()).with("cause", error)
    })?;
    Ok((path, packet))
}

fn scored_so_far(path: &Path, packet: &Packet) -> Result<Vec<PacketVerdict>> {
    let place = returned_path(path);
    if !place.exists() {
        return Ok(Vec::new());
    }
    let returned: Returned = read_json(&place)?;
    let ours = returned.check().is_ok() && returned.packet_id == packet.packet_id;
    if ours {
        Ok(returned.verdicts)
    } else {
        Err(AppError::refused("packet-not-ours").with("file", place.to_string_lossy()))
    }
}

/// The next task of a packet: those not scored yet, then those that were put off.
fn packet_view(context: &Context, packet: &Packet, verdicts: &[PacketVerdict], rater: &str) -> TaskView {
    let scored: BTreeMap<String, Choice> =
        verdicts.iter().filter_map(|one| Some((word_of(&one.task).ok()?, one.choice))).collect();
    let of = |task: &domain::bakeoff::packet::PacketTask| {
        word_of(&task.token).ok().and_then(|token| scored.get(&token).copied())
    };
    let open = packet.tasks.iter().position(|task| of(task).is_none());
    let put_off = || packet.tasks.iter().position(|task| of(task) == Some(Choice::Skip));
    let at = open.or_else(put_off);
    let judged =
        packet.tasks.iter().filter(|task| of(task).is_some_and(|choice| choice != Choice::Skip)).count() as u32;
    let skipped = packet.tasks.iter().filter(|task| of(task) == Some(Choice::Skip)).count() as u32;
    let mut pace: Vec<f64> = verdicts.iter().rev().filter_map(|one| one.seconds).take(20).collect();
    pace.sort_by(f64::total_cmp);
    let pace = pace.get(pace.len() / 2).copied();
    let left = packet.tasks.len() as u32 - judged;
    let key = |choice: Choice| match choice {
        Choice::Left => "1".to_owned(),
        Choice::Right => "2".to_owned(),
        Choice::Tie => "3".to_owned(),
        Choice::BothBad => "4".to_owned(),
        Choice::Score { score } => score.to_string(),
        Choice::Skip => "s".to_owned(),
    };
    TaskView {
        question: packet.question.clone(),
        rubric: String::new(),
        mode: packet.mode,
        step: verdicts.len() as u32,
        task: at.map(|at| {
            let task = &packet.tasks[at];
            ShownTask {
                name: format::count((at + 1) as i128),
                input: task.input.clone(),
                rubric: task.rubric.clone().unwrap_or_default(),
                reference: Vec::new(),
                tags: Vec::new(),
                left: task.left.text.clone(),
                right: task.right.as_ref().map(|answer| answer.text.clone()),
                repeat: false,
            }
        }),
        progress: RaterProgress {
            rater: rater.to_owned(),
            judged,
            target: packet.tasks.len() as u32,
            skipped,
            pace_text: pace.map_or_else(|| "—".to_owned(), |pace| time_text(context, pace)),
            left_text: pace.map_or_else(|| "—".to_owned(), |pace| time_text(context, pace * f64::from(left))),
        },
        last: verdicts.iter().rev().take(10).rev().map(|one| key(one.choice)).collect(),
    }
}

pub async fn packet_task(context: &Context, input: PacketRef) -> Result<TaskView> {
    let (path, packet) = packet_at(context, &input.path)?;
    let verdicts = scored_so_far(&path, &packet)?;
    Ok(packet_view(context, &packet, &verdicts, &input.rater))
}

/// Scores a task of a packet. Every verdict is in the file beside the packet before the next task is shown.
pub async fn packet_judge(context: &Context, request: PacketJudge) -> Result<TaskView> {
    let rater = rater_name(&request.rater)?;
    let (path, packet) = packet_at(context, &request.path)?;
    let mut verdicts = scored_so_far(&path, &packet)?;
    if verdicts.len() as u32 != request.step {
        return Err(AppError::refused("round-moved-on"));
    }
    let before = packet_view(context, &packet, &verdicts, &rater);
    if before.task.is_none() {
        return Err(AppError::refused("round-through"));
    }
    let scored: Vec<_> = verdicts.iter().filter(|one| one.choice != Choice::Skip).map(|one| one.task).collect();
    let skipped: Vec<_> = verdicts.iter().map(|one| one.task).collect();
    let open = packet.tasks.iter().find(|task| !skipped.contains(&task.token));
    let task = open.or_else(|| packet.tasks.iter().find(|task| !scored.contains(&task.token)));
    let Some(task) = task else { return Err(AppError::refused("round-through")) };
    let fits = match request.choice {
        Choice::Score { score } => task.right.is_none() && (1..=5).contains(&score),
        Choice::Skip => true,
        _ => task.right.is_some(),
    };
    if !fits {
        return Err(AppError::refused("round-no-such-answer"));
    }
    verdicts.push(PacketVerdict {
        task: task.token,
        choice: request.choice,
        seconds: request.seconds.filter(|seconds| seconds.is_finite() && *seconds >= 0.0),
        note: request.note.trim().to_owned(),
    });
    write_returned(&path, &packet, &rater, &verdicts)?;
    Ok(packet_view(context, &packet, &verdicts, &rater))
}

pub async fn packet_undo(context: &Context, input: PacketRef) -> Result<TaskView> {
    let rater = rater_name(&input.rater)?;
    let (path, packet) = packet_at(context, &input.path)?;
    let mut verdicts = scored_so_far(&path, &packet)?;
    if verdicts.pop().is_some() {
        write_returned(&path, &packet, &rater, &verdicts)?;
    }
    Ok(packet_view(context, &packet, &verdicts, &rater))
}

fn write_returned(path: &Path, packet: &Packet, rater: &str, verdicts: &[PacketVerdict]) -> Result<()> {
    let returned = Returned::new(packet, rater, verdicts.to_vec());
    let text = serde_json::to_vec_pretty(&returned).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(files::write_whole(&returned_path(path), text)?)
}
