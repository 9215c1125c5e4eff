//! Bake-offs, their candidates and what came in of results.

use chrono::NaiveDate;
use domain::urgency::Urgency;
use store::Tag;

use crate::activity::{Shown, changes};
use crate::bakeoff::blind::{
    AdjudicateRequest, CloseRequest, DisputeView, JudgeRequest, MergeRequest, Merged, PacketJudge, PacketRef,
    PacketRequest, ROUND, RaterRef, RoundDraft, RoundRef, RoundResultsView, RoundRow, TaskView, packet_judge,
    packet_task, packet_undo, round_adjudicate, round_cancel, round_close, round_disputes, round_judge, round_merge,
    round_open, round_packet, round_results, round_task, round_undo, rounds,
};
use crate::bakeoff::compare::{
    AnswerDifference, AnswersRef, BakeoffCaseRef, BakeoffCaseView, BakeoffCasesQuery, BakeoffCasesView, ComparisonView,
    answer_difference, bakeoff_case, bakeoff_cases, bakeoff_comparison,
};
use crate::bakeoff::decide::{
    DECISION, DecisionDraft, DecisionTrial, DecisionView, SignRequest, VerifyView, decision, decision_discard,
    decision_save, decision_sign, decision_verify,
};
use crate::bakeoff::export::{ResultsExport, results_export};
use crate::bakeoff::memo::{self, MEMO};
use crate::bakeoff::results::{
    ResultImportRef, ResultsImported, ResultsPlan, ResultsRequest, results_commit, results_plan, results_revert,
};
use crate::bakeoff::scorers::{ScorerDraft, ScorerRef, ScorerRun, ScorerView, scorer_run, scorer_save, scorers};
use crate::bakeoff::waiting::waiting;
use crate::bakeoff::{
    BAKEOFF, BakeoffDraft, BakeoffRef, BakeoffRow, BakeoffView, CANDIDATE, CandidateDraft, CandidateRef, RESULT_IMPORT,
    Stage, bakeoff, bakeoff_delete, bakeoff_save, bakeoffs, candidate_delete, candidate_save, put_back,
};
use crate::frame::attention::DatedThing;
use crate::frame::review::{DocumentKind, QUARTER, Section};
use crate::frame::search::Searchable;
use crate::frame::{Again, Area, Context, Work, area};
use crate::view::{Exported, Link};
use crate::{commands, export};

pub(super) const AREA: Area = Area {
    name: BAKEOFF,
    records: &[BAKEOFF, CANDIDATE, RESULT_IMPORT, ROUND, DECISION],
    commands: commands! {
        query  bakeoffs(()) -> Vec<BakeoffRow>, reads [Tag::BAKEOFFS, Tag::SUITES, Tag::CONTRACTS, Tag::SETTINGS];
        query  bakeoff(BakeoffRef) -> BakeoffView, reads [Tag::BAKEOFFS, Tag::SUITES, Tag::CONTRACTS, Tag::VENDORS, Tag::SETTINGS];
        query  bakeoff_comparison(BakeoffRef) -> ComparisonView, reads [Tag::BAKEOFFS, Tag::SUITES, Tag::PRICES, Tag::VENDORS, Tag::CONTRACTS];
        query  bakeoff_cases(BakeoffCasesQuery) -> BakeoffCasesView, reads [Tag::BAKEOFFS, Tag::SUITES];
        query  bakeoff_case(BakeoffCaseRef) -> BakeoffCaseView, reads [Tag::BAKEOFFS, Tag::SUITES];
        query  answer_difference(AnswersRef) -> AnswerDifference, reads [Tag::BAKEOFFS, Tag::SUITES];
        mutate bakeoff_save(BakeoffDraft) -> BakeoffRef;
        mutate bakeoff_delete(BakeoffRef) -> ();
        mutate candidate_save(CandidateDraft) -> CandidateRef;
        mutate candidate_delete(CandidateRef) -> ();
        job    results_plan(ResultsRequest) -> ResultsPlan;
        job    results_commit(ResultsRequest) -> ResultsImported;
        mutate results_revert(ResultImportRef) -> ();
        job    results_export(ResultsExport) -> Exported;
        query  scorers(BakeoffRef) -> Vec<ScorerView>, reads [Tag::BAKEOFFS];
        job    scorer_save(ScorerDraft) -> ScorerRun;
        job    scorer_run(ScorerRef) -> ScorerRun;
        query  decision(DecisionTrial) -> DecisionView,
            reads [Tag::BAKEOFFS, Tag::SUITES, Tag::PRICES, Tag::VENDORS, Tag::CONTRACTS, Tag::SETTINGS];
        mutate decision_save(DecisionDraft) -> DecisionView;
        mutate decision_sign(SignRequest) -> DecisionView;
        mutate decision_discard(BakeoffRef) -> DecisionView;
        query  decision_verify(BakeoffRef) -> Vec<VerifyView>,
            reads [Tag::BAKEOFFS, Tag::SUITES, Tag::PRICES, Tag::VENDORS, Tag::CONTRACTS];
        query  round_disputes(RoundRef) -> Vec<DisputeView>, reads [Tag::BAKEOFFS, Tag::SUITES];
        mutate round_adjudicate(AdjudicateRequest) -> ();
        query  rounds(BakeoffRef) -> Vec<RoundRow>, reads [Tag::BAKEOFFS];
        query  round_task(RaterRef) -> TaskView, reads [Tag::BAKEOFFS];
        query  round_results(RoundRef) -> RoundResultsView, reads [Tag::BAKEOFFS];
        mutate round_open(RoundDraft) -> RoundRef;
        mutate round_judge(JudgeRequest) -> TaskView;
        mutate round_undo(RaterRef) -> TaskView;
        mutate round_close(CloseRequest) -> ();
        mutate round_cancel(RoundRef) -> ();
        mutate round_packet(PacketRequest) -> Exported;
        mutate round_merge(MergeRequest) -> Merged;
        query  packet_task(PacketRef) -> TaskView;
        mutate packet_judge(PacketJudge) -> TaskView;
        mutate packet_undo(PacketRef) -> TaskView;
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            // Who the candidates are is nobody's to read while a round is open.
            let open = store::bakeoff::round::open(snapshot).await?;
            let of = activity.before.as_ref().or(activity.after.as_ref()).and_then(|state| state["bakeoffId"].as_str());
            if activity.area == CANDIDATE && open.iter().any(|round| Some(round.bakeoff_id.to_string().as_str()) == of)
            {
                return Ok(Vec::new());
            }
            let shown = |field: &str| match field {
                "id" | "suiteId" | "bakeoffId" | "vendorId" | "contractId" | "labels" | "criteria" | "price" => {
                    Shown::Hidden
                }
                // Weights and gates in their own shape: who wants to know what they were reads the decision.
                "content" => Shown::Hidden,
                "incumbent" => Shown::YesNo,
                _ => Shown::Text,
            };
            changes(context, snapshot, activity, &Default::default(), shown).await
        })
    },
    put_back: |write, activity| Box::pin(put_back(write, activity)),
    again: Again::Reversed,
    search: |context, snapshot| {
        Box::pin(async move {
            let mut found = Vec::new();
            let open = store::bakeoff::round::open(snapshot).await?;
            for one in store::bakeoff::list(snapshot).await? {
                let is_sealed = open.iter().any(|round| round.bakeoff_id == one.id);
                let candidates =
                    if is_sealed { Vec::new() } else { store::bakeoff::candidates(snapshot, one.id).await? };
                let named: Vec<String> = candidates.into_iter().map(|candidate| candidate.details.name).collect();
                found.push(Searchable {
                    link: Link::to(BAKEOFF, one.id),
                    title: one.details.name,
                    detail: context.text("area-bakeoff", &[]),
                    body: format!("{} {}", one.details.question, named.join(" ")),
                    owner: one.details.owner,
                });
            }
            Ok(found)
        })
    },
    answers: |_| area::none(),
    parts: |snapshot, id| Box::pin(parts(snapshot, id)),
    attention: |context| Box::pin(waiting(context)),
    dates: dated,
    since: |_, _| area::none(),
    documents: &[DocumentKind {
        kind: MEMO,
        open: |context, document| Box::pin(memo::open(context, document)),
        frame: |context, review, sections| Box::pin(memo::frame(context, review, sections)),
    }],
    sections: &[
        Section {
            document: MEMO,
            place: 10,
            id: "recommendation",
            name: "memo-recommendation",
            page: |context, review| Box::pin(memo::recommendation(context, review)),
            findings: |_, _| area::none(),
        },
        Section {
            document: MEMO,
            place: 20,
            id: "comparison",
            name: "memo-comparison",
            page: |context, review| Box::pin(memo::comparison(context, review)),
            findings: |_, _| area::none(),
        },
        Section {
            document: MEMO,
            place: 30,
            id: "weighing",
            name: "memo-weighing",
            page: |context, review| Box::pin(memo::weighing(context, review)),
            findings: |_, _| area::none(),
        },
        Section {
            document: MEMO,
            place: 40,
            id: "method",
            name: "memo-method",
            page: |context, review| Box::pin(memo::method(context, review)),
            findings: |_, _| area::none(),
        },
        Section {
            document: QUARTER,
            place: 65,
            id: "bakeoffs",
            name: "quarter-bakeoffs",
            page: |context, review| Box::pin(memo::quarter(context, review)),
            findings: |_, _| area::none(),
        },
    ],
    check: |_, _| area::none(),
    export: |_, snapshot, folder| {
        Box::pin(async move {
            let open = store::bakeoff::round::open(snapshot).await?;
            let (mut written, mut results) = (Vec::new(), Vec::new());
            for one in store::bakeoff::list(snapshot).await? {
                let is_sealed = open.iter().any(|round| round.bakeoff_id == one.id);
                // What tells candidates apart stays in the file until the round is closed.
                let candidates =
                    if is_sealed { Vec::new() } else { store::bakeoff::candidates(snapshot, one.id).await? };
                let mut details =
                    serde_json::to_value(&one).map_err(|error| crate::AppError::Internal(error.to_string()))?;
                if is_sealed {
                    details["sealed"] = true.into();
                }
                let whole = if is_sealed {
                    serde_json::json!({ "bakeoff": details, "candidates": candidates })
                } else {
                    results.extend(crate::bakeoff::export::plain(snapshot, one.id, &candidates).await?);
                    let mut rounds = Vec::new();
                    for round in store::bakeoff::round::list(snapshot, one.id).await? {
                        let judgements = store::bakeoff::round::judgements(snapshot, round.id).await?;
                        let judgements: Vec<_> = judgements.into_iter().map(|kept| kept.judgement).collect();
                        rounds.push(serde_json::json!({
                            "id": round.id, "details": round.details, "openedAt": round.opened_at, "openedBy": round.opened_by,
                            "closed": round.closed, "judgements": judgements,
                        }));
                    }
                    let decisions = store::bakeoff::decision::list(snapshot, one.id).await?;
                    let decisions: Vec<_> = decisions
                        .into_iter()
                        .map(|decision| {
                            let signed = decision.signed.map(|signed| {
                                serde_json::json!({ "at": signed.at, "by": signed.by, "hash": signed.hash, "evidence": signed.evidence })
                            });
                            serde_json::json!({ "version": decision.version, "content": decision.content, "signed": signed })
                        })
                        .collect();
                    let rules = store::bakeoff::scorer::list(snapshot, one.id).await?;
                    let rules: Vec<_> = rules
                        .into_iter()
                        .map(|rule| serde_json::json!({ "criterion": rule.criterion, "version": rule.version, "rule": rule.rule }))
                        .collect();
                    serde_json::json!({
                        "bakeoff": details, "candidates": candidates, "rounds": rounds, "decisions": decisions, "rules": rules,
                    })
                };
                written.push(whole);
            }
            export::json(folder, "bakeoffs.json", &written)?;
            export::json(folder, "bakeoff-results.json", &results)?;
            Ok((written.len() + results.len()) as u64)
        })
    },
    sample: |context, write, sample| Box::pin(crate::sample::bakeoffs(context, write, sample)),
};

/// What a bake-off is made of: imports, rounds, decisions. What candidates are is told with them.
async fn parts(snapshot: &mut store::Snapshot, id: &str) -> crate::Result<Vec<String>> {
    let Ok(id) = id.parse() else { return Ok(Vec::new()) };
    let mut ids = Vec::new();
    ids.extend(store::bakeoff::results::imports(snapshot, id).await?.into_iter().map(|one| one.id.to_string()));
    ids.extend(store::bakeoff::round::every(snapshot, id).await?.into_iter().map(|one| one.id.to_string()));
    ids.extend(store::bakeoff::decision::list(snapshot, id).await?.into_iter().map(|one| one.id.to_string()));
    Ok(ids)
}

/// The day by which a bake-off has to begin for the contract it serves.
fn dated<'a>(context: &'a Context, (from, to): (NaiveDate, NaiveDate)) -> Work<'a, Vec<DatedThing>> {
    Box::pin(async move {
        let store = context.store().await?;
        let today = context.today(&store::workspace::settings(&mut *store.read().await?).await?)?;
        let rows = bakeoffs(context, ()).await?;
        let things = rows.into_iter().filter(|row| row.stage < Stage::Scored).filter_map(|row| {
            let day = row.begin?;
            Some(DatedThing {
                key: format!("{BAKEOFF}/{}/begin", row.id),
                area: BAKEOFF.to_owned(),
                kind: "bakeoff-begin".to_owned(),
                day,
                title: row.name,
                detail: context.text("bakeoff-begins", &[]),
                owner: row.owner,
                urgency: Urgency::of((day - today).num_days()),
                link: Link::to(BAKEOFF, row.id),
            })
        });
        Ok(things.filter(|thing| (from..=to).contains(&thing.day)).collect())
    })
}
