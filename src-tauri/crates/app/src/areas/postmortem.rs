//! Post-mortems: texts, time lines, actions.

use report::chart::ChartSpec;
use store::Tag;

use crate::activity::{Batch, Shown, changes};
use crate::frame::search::Searchable;
use crate::frame::{Again, Area, area};
use crate::incident::{IncidentRef, link};
use crate::postmortem::{
    ACTION, ActionDraft, ActionRef, ActionView, BlameLine, ChatRequest, ChatView, EVENT, EventDraft, EventRef,
    EventsRequest, FigureRequest, HeadView, HintView, HintsRequest, NamesRequest, POSTMORTEM, PostmortemExport,
    PostmortemView, StateRequest, TextView, VersionRef, VersionText, VersionView, WriteRequest, Written, action_delete,
    action_save, actions, chat_read, event_delete, event_save, events_add, postmortem, postmortem_begin,
    postmortem_blame, postmortem_export, postmortem_figure, postmortem_head, postmortem_hints, postmortem_history,
    postmortem_names, postmortem_restore, postmortem_state, postmortem_text, postmortem_version, postmortem_write,
    put_back,
};
use crate::view::Exported;
use crate::{commands, sample};

pub(super) const AREA: Area = Area {
    name: POSTMORTEM,
    records: &[POSTMORTEM, EVENT, ACTION],
    commands: commands! {
        query  postmortem(IncidentRef) -> PostmortemView, reads [Tag::POSTMORTEMS, Tag::INCIDENTS, Tag::USAGE, Tag::PRICES, Tag::SETTINGS];
        query  postmortem_figure(FigureRequest) -> Option<ChartSpec>, reads [Tag::SLOS, Tag::POSTMORTEMS, Tag::INCIDENTS, Tag::USAGE, Tag::PRICES, Tag::SETTINGS];
        query  postmortem_head(IncidentRef) -> HeadView, reads [Tag::POSTMORTEM_TEXTS];
        query  postmortem_text(IncidentRef) -> TextView;
        mutate postmortem_begin(IncidentRef) -> TextView;
        mutate postmortem_write(WriteRequest) -> Written;
        query  postmortem_history(IncidentRef) -> Vec<VersionView>, reads [Tag::POSTMORTEM_TEXTS];
        query  postmortem_version(VersionRef) -> VersionText, reads [Tag::POSTMORTEM_TEXTS];
        query  postmortem_blame(IncidentRef) -> Vec<BlameLine>, reads [Tag::POSTMORTEM_TEXTS];
        mutate postmortem_restore(VersionRef) -> Written;
        mutate postmortem_state(StateRequest) -> IncidentRef;
        mutate postmortem_names(NamesRequest) -> IncidentRef;
        query  postmortem_hints(HintsRequest) -> Vec<HintView>;
        mutate event_save(EventDraft) -> EventRef;
        mutate event_delete(EventRef) -> ();
        mutate events_add(EventsRequest) -> Batch;
        query  chat_read(ChatRequest) -> ChatView, reads [Tag::SETTINGS];
        query  actions(()) -> Vec<ActionView>, reads [Tag::POSTMORTEMS, Tag::INCIDENTS, Tag::SETTINGS];
        mutate action_save(ActionDraft) -> ActionRef;
        mutate action_delete(ActionRef) -> ();
        job    postmortem_export(PostmortemExport) -> Exported;
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| match field {
                "id" | "incidentId" | "approval" | "revision" | "hash" | "events" => Shown::Hidden,
                "state" => Shown::Word("postmortem-state-"),
                "kind" => Shown::Word("action-kind-"),
                "status" => Shown::Word("action-status-"),
                "due" | "doneOn" => Shown::Day,
                "at" => Shown::Instant,
                _ => Shown::Text,
            };
            changes(context, snapshot, activity, &Default::default(), shown).await
        })
    },
    put_back: |write, activity| Box::pin(put_back(write, activity)),
    again: Again::Reversed,
    search: |context, snapshot| {
        Box::pin(async move {
            let actions = store::postmortem::actions(snapshot).await?;
            Ok(actions
                .into_iter()
                .map(|one| Searchable {
                    link: link(one.incident_id),
                    title: one.details.title,
                    detail: context.text("action", &[]),
                    body: one.details.verify,
                    owner: one.details.owner,
                })
                .collect())
        })
    },
    answers: |_| area::none(),
    parts: |_, _| area::none(),
    attention: |context| Box::pin(crate::postmortem::actions::waiting(context)),
    dates: |context, days| Box::pin(crate::postmortem::actions::dated(context, days)),
    since: |_, _| area::none(),
    documents: &[],
    sections: &[],
    check: |context, _| {
        Box::pin(async move {
            let waiting = crate::postmortem::actions::waiting(context).await?;
            Ok(waiting.into_iter().filter(|item| item.days_left.is_some_and(|days| days <= 0)).collect())
        })
    },
    export: |context, snapshot, folder| Box::pin(crate::postmortem::exported(context, snapshot, folder)),
    sample: |context, write, sample| Box::pin(sample::postmortems(context, write, sample)),
};
