//! Blind scoring: a round is opened, scored pair by pair, by several raters, and closed. Until then nothing that leaves here tells
//! one candidate from another: no name, no number that stays the same from pair to pair, no latency, cost or length.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use domain::bakeoff::CandidateId;
use domain::bakeoff::blind::{Choice, Judgement, Mode, Order, Plan, Shown, Task, Verdict, next, progress};
use domain::id::{BakeoffId, ResultImportId, RoundId};
use domain::suite::Message;
use domain::suite::mask::{self, Mask};
use report::format;
use serde::{Deserialize, Serialize};
use store::Snapshot;
use store::bakeoff::round::{Kept, Round};
use ts_rs::TS;
use uuid::Uuid;

use crate::error::FieldError;
use crate::frame::Kept as Memory;
use crate::{AppError, Context, Result, activity, suite};

pub mod closed;
pub mod packet;

pub use closed::*;
pub use packet::*;

pub(crate) const ROUND: &str = "round";

/// What a round keeps: the plan, who and what its numbers stand for, and what went out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Details {
    question: String,
    rubric: String,
    /// The plan's seed again, for whoever shuffles names by it.
    #[serde(default)]
    seed: String,
    pub(crate) plan: Plan,
    /// By number within the round.
    pub(crate) candidates: Vec<CandidateId>,
    pub(crate) cases: Vec<i64>,
    /// Names within answers are replaced.
    masked: bool,
    #[serde(default)]
    packets: Vec<Issued>,
    #[serde(default)]
    adjudications: Vec<domain::bakeoff::blind::Adjudication>,
    /// The import whose verdicts these are: nobody scored them here.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    import: Option<ResultImportId>,
}

impl Details {
    /// Of verdicts that came in with a file.
    pub(super) fn of_file(plan: Plan, candidates: Vec<CandidateId>, cases: Vec<i64>, import: ResultImportId) -> Self {
        Self {
            question: String::new(),
            rubric: String::new(),
            seed: plan.seed.to_string(),
            plan,
            candidates,
            cases,
            masked: false,
            packets: Vec::new(),
            adjudications: Vec::new(),
            import: Some(import),
        }
    }
}

/// Whether a round holds the verdicts of an import.
pub(super) fn is_of_import(round: &Round, import: ResultImportId) -> bool {
    details(round).is_ok_and(|details| details.import == Some(import))
}

/// The cases of a bake-off that came with verdicts of files.
pub(super) async fn cases_of_files(snapshot: &mut Snapshot, id: BakeoffId) -> Result<HashSet<i64>> {
    let mut cases = HashSet::new();
    for round in store::bakeoff::round::list(snapshot, id).await? {
        let details = details(&round)?;
        if details.import.is_some() {
            cases.extend(details.cases);
        }
    }
    Ok(cases)
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

pub(crate) fn written(details: &Details) -> Result<serde_json::Value> {
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
    /// It holds the verdicts of a file.
    pub from_file: bool,
    pub opened_text: String,
    pub opened_by: String,
    pub closed_text: String,
    pub closed_by: String,
    /// Tasks asked of each rater.
    pub target: u32,
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
    // A name of nothing that can be seen is none.
    if !name.chars().any(char::is_alphanumeric) {
        Err(AppError::Invalid(vec![FieldError::new("rater", "required")]))
    } else {
        Ok(name)
    }
}

/// What replaces names within answers.
async fn mask_of(snapshot: &mut Snapshot, opened: &Opened) -> Result<Arc<Mask>> {
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
    names.extend(names.clone().iter().flat_map(|name| mask::called(name)));
    names.retain(|name| mask::is_telling(name));
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
    let mask = mask_of(snapshot, opened).await?;
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
    let order = Order::new(plan, rater);
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
    memory: &Memory,
    snapshot: &mut Snapshot,
    id: BakeoffId,
) -> Result<(Vec<CandidateId>, Vec<i64>, u32)> {
    let loaded = super::compare::load(memory, snapshot, id).await?;
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

/// What a round begins with. Candidates get numbers in an order that tells nothing of how they were entered.
pub(crate) fn planned(draft: &RoundDraft, candidates: Vec<CandidateId>, cases: Vec<i64>, seed: u64) -> Result<Details> {
    let seal = domain::bakeoff::Seal::new(&candidates, seed);
    let mut numbered = candidates;
    numbered.sort_by_key(|id| seal.number(*id));
    let plan = Plan {
        target: draft.target,
        random_share: draft.random_share,
        overlap_share: draft.overlap_share,
        repeat_share: draft.repeat_share,
        ..Plan::new(seed, draft.mode, numbered.len() as u32, cases.len() as u32)
    };
    plan.check().map_err(|error| AppError::refused("round-plan").with("cause", error))?;
    Ok(Details {
        question: draft.question.trim().to_owned(),
        rubric: draft.rubric.trim().to_owned(),
        seed: seed.to_string(),
        plan,
        candidates: numbered,
        cases,
        masked: draft.masked,
        packets: Vec::new(),
        adjudications: Vec::new(),
        import: None,
    })
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
    let open = context.app.open().await?;
    let store = open.store.clone();
    let (candidates, cases, flagged) = scorable(&open.kept, &mut store.read().await?, draft.bakeoff_id).await?;
    if flagged > 0 && !draft.despite_findings {
        return Err(AppError::refused("round-findings").with("cases", flagged));
    }
    let random = Uuid::new_v4().as_u128();
    let details = planned(&draft, candidates, cases, (random >> 64) as u64 ^ random as u64)?;
    let mut write = store.write().await?;
    super::expect_unsealed(&mut write, draft.bakeoff_id).await?;
    let bakeoff = store::bakeoff::get(write.connection(), draft.bakeoff_id).await?;
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

pub async fn rounds(context: &Context, input: super::BakeoffRef) -> Result<Vec<RoundRow>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let calendar = store::workspace::settings(&mut snapshot).await?.calendar()?;
    let date = |at| format::date(calendar.day_of(at), context.language);
    let is_sealed = super::Names::of(context, &mut snapshot, input.id).await?.sealed().is_some();
    let mut rows = Vec::new();
    for round in store::bakeoff::round::list(&mut snapshot, input.id).await? {
        let opened = Opened::read(&mut snapshot, round.id).await?;
        let judgements = opened.judgements();
        let from_file = opened.details.import.is_some();
        // Who judged in a file may be one of those who are compared.
        let named = judgements.iter().filter(|_| !(from_file && is_sealed));
        let raters: BTreeSet<&str> = named.map(|one| one.rater.as_str()).collect();
        let counted = counted(&opened, &judgements);
        let agreement = counted.agreement.krippendorff.as_ref().ok();
        rows.push(RoundRow {
            id: round.id,
            question: if from_file { context.text("round-of-file", &[]) } else { opened.details.question.clone() },
            mode: opened.details.plan.mode,
            open: round.closed.is_none(),
            from_file,
            opened_text: date(round.opened_at),
            opened_by: round.opened_by.clone(),
            closed_text: round.closed.as_ref().map_or_else(String::new, |(at, _)| date(*at)),
            closed_by: round.closed.as_ref().map_or_else(String::new, |(_, by)| by.clone()),
            target: opened.details.plan.target,
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

/// How many judgements of a round are in, those skipped not counted.
pub(super) struct Judged {
    pub in_all: u32,
    pub raters: u32,
    /// Asked of each rater.
    pub asked: u32,
}

pub(super) async fn judged(snapshot: &mut Snapshot, id: RoundId) -> Result<Judged> {
    let opened = Opened::read(snapshot, id).await?;
    let judgements = opened.judgements();
    let raters: BTreeSet<&str> = judgements.iter().map(|one| one.rater.as_str()).collect();
    Ok(Judged {
        in_all: judgements.iter().filter(|one| one.verdict != Verdict::Skipped).count() as u32,
        raters: raters.len() as u32,
        asked: progress(&opened.details.plan, &judgements, "").target,
    })
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
    let mut opened = Opened::read(write.snapshot(), request.id).await?;
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
    let mut opened = Opened::read(write.snapshot(), input.id).await?;
    opened.expect_open()?;
    if let Some(at) = opened.kept.iter().rposition(|kept| kept.judgement.rater == rater && kept.packet.is_empty()) {
        store::bakeoff::round::withdraw(&mut write, opened.kept.remove(at).id).await?;
        write.commit().await?;
    }
    let mut snapshot = store.read().await?;
    view(context, &mut snapshot, &opened, &rater).await
}
