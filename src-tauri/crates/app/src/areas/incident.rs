//! Incidents.

use report::table::Tone;
use store::Tag;

use crate::activity::{Shown, changes};
use crate::frame::search::Searchable;
use crate::frame::since::SinceLine;
use crate::frame::{Again, Area, area};
use crate::incident::waiting::{dated, waiting};
use crate::incident::{
    INCIDENT, IncidentDeclare, IncidentDraft, IncidentRef, IncidentRow, IncidentView, InstantRead, InstantText,
    SeverityQuery, SeverityView, StageReached, called, incident, incident_declare, incident_delete, incident_save,
    incident_severity, incident_stage, incidents, instant_read, link, put_back,
};
use crate::view::Link;
use crate::{commands, export, sample};

pub(super) const AREA: Area = Area {
    name: INCIDENT,
    records: &[INCIDENT],
    commands: commands! {
        query  incidents(()) -> Vec<IncidentRow>, reads [Tag::INCIDENTS, Tag::VENDORS, Tag::SETTINGS];
        query  incident(IncidentRef) -> IncidentView, reads [Tag::SLOS, Tag::INCIDENTS, Tag::VENDORS, Tag::USAGE, Tag::PRICES, Tag::SETTINGS];
        query  incident_severity(SeverityQuery) -> SeverityView;
        query  instant_read(InstantText) -> InstantRead, reads [Tag::SETTINGS];
        mutate incident_declare(IncidentDeclare) -> IncidentRef;
        mutate incident_save(IncidentDraft) -> IncidentRef;
        mutate incident_stage(StageReached) -> IncidentRef;
        mutate incident_delete(IncidentRef) -> ();
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| match field {
                "id" | "number" | "vendors" | "contracts" => Shown::Hidden,
                "kind" => Shown::Word("incident-kind-"),
                "impact" => Shown::Word("incident-impact-"),
                "scope" => Shown::Word("incident-scope-"),
                "severity" => Shown::Word("severity-"),
                "factors" => Shown::Words("incident-factor-"),
                "began" | "detected" | "acknowledged" | "mitigated" | "resolved" => Shown::Instant,
                _ => Shown::Text,
            };
            changes(context, snapshot, activity, &Default::default(), shown).await
        })
    },
    put_back: |write, activity| Box::pin(put_back(write, activity)),
    again: Again::Reversed,
    search: |context, snapshot| {
        Box::pin(async move {
            let incidents = store::incident::list(snapshot).await?;
            Ok(incidents
                .into_iter()
                .map(|one| Searchable {
                    link: link(one.id),
                    title: called(&one),
                    detail: context.text("area-incident", &[]),
                    body: format!("{} {}", one.details.summary, one.details.source),
                    owner: one.details.roles.commander,
                })
                .collect())
        })
    },
    answers: |_| area::none(),
    parts: |_, _| area::none(),
    attention: |context| Box::pin(waiting(context)),
    dates: |context, days| Box::pin(dated(context, days)),
    since: |context, instant| {
        Box::pin(async move {
            let store = context.store().await?;
            let incidents = store::incident::list(&mut *store.read().await?).await?;
            let seen = incidents.iter().filter(|one| one.details.times.detected.is_some_and(|at| at > instant));
            let count = seen.count();
            if count == 0 {
                return Ok(Vec::new());
            }
            Ok(vec![SinceLine {
                label: context.text("nav-incidents", &[]),
                text: context.text("since-incidents", &[("count", (count as u64).into())]),
                tone: Tone::Warn,
                link: Link::page(INCIDENT),
            }])
        })
    },
    documents: &[],
    sections: &[],
    check: |context, _| {
        Box::pin(async move {
            let waiting = waiting(context).await?;
            Ok(waiting.into_iter().filter(|item| item.days_left.is_none_or(|days| days <= 0)).collect())
        })
    },
    export: |_, snapshot, folder| {
        Box::pin(async move {
            let incidents = store::incident::list(snapshot).await?;
            export::json(folder, "incidents.json", &incidents)?;
            Ok(incidents.len() as u64)
        })
    },
    sample: |_, write, sample| Box::pin(sample::incidents(write, sample)),
};
