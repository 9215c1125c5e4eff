//! Service-level objectives.

use store::Tag;

use crate::activity::{Shown, changes};
use crate::frame::search::Searchable;
use crate::frame::{Again, Area, area};
use crate::slo::files::SLO_IMPORT;
use crate::slo::waiting::waiting;
use crate::slo::{
    ProposalView, SLO, SloDraft, SloExport, SloFileMade, SloFilePlan, SloFileRequest, SloImportRef, SloMeasureRequest,
    SloMeasured, SloRef, SloRow, SloView, link, put_back, review, slo, slo_delete, slo_export, slo_file,
    slo_file_commit, slo_measure, slo_measure_revert, slo_proposals, slo_save, slos,
};
use crate::view::Exported;
use crate::{commands, export, sample};

pub(super) const AREA: Area = Area {
    name: SLO,
    records: &[SLO, SLO_IMPORT],
    commands: commands! {
        query  slos(()) -> Vec<SloRow>, reads [Tag::SLOS, Tag::USAGE, Tag::PRICES, Tag::SETTINGS];
        query  slo(SloRef) -> SloView, reads [Tag::SLOS, Tag::USAGE, Tag::PRICES, Tag::INCIDENTS, Tag::SETTINGS];
        query  slo_proposals(SloDraft) -> Vec<ProposalView>, reads [Tag::SLOS, Tag::USAGE, Tag::PRICES, Tag::SETTINGS];
        query  slo_file(SloFileRequest) -> SloFilePlan, reads [Tag::SLOS];
        mutate slo_save(SloDraft) -> SloRef;
        mutate slo_delete(SloRef) -> ();
        mutate slo_file_commit(SloFileRequest) -> SloFileMade;
        mutate slo_export(SloExport) -> Exported;
        job    slo_measure(SloMeasureRequest) -> SloMeasured;
        mutate slo_measure_revert(SloImportRef) -> ();
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| match field {
                "id" | "origin" | "indicator" | "method" | "window" | "alerts" | "policy" => Shown::Hidden,
                _ => Shown::Text,
            };
            changes(context, snapshot, activity, &Default::default(), shown).await
        })
    },
    put_back: |write, activity| Box::pin(put_back(write, activity)),
    again: Again::Reversed,
    search: |context, snapshot| {
        Box::pin(async move {
            let all = store::slo::list(snapshot).await?;
            Ok(all
                .into_iter()
                .map(|one| Searchable {
                    link: link(one.id),
                    title: one.details.name,
                    detail: context.text("area-slo", &[]),
                    body: format!("{} {} {}", one.details.service, one.details.description, one.details.notes),
                    owner: one.details.owner,
                })
                .collect())
        })
    },
    answers: |_| area::none(),
    parts: |_, _| area::none(),
    attention: |context| Box::pin(waiting(context)),
    dates: |_, _| area::none(),
    since: |_, _| area::none(),
    documents: &[],
    sections: &[review::SECTION],
    check: |context, _| {
        Box::pin(async move {
            let waiting = waiting(context).await?;
            Ok(waiting.into_iter().filter(|item| item.kind != "slo-step").collect())
        })
    },
    export: |_, snapshot, folder| {
        Box::pin(async move {
            let all = store::slo::list(snapshot).await?;
            export::json(folder, "slos.json", &all)?;
            Ok(all.len() as u64)
        })
    },
    sample: |_, write, sample| Box::pin(sample::slos(write, sample)),
};
