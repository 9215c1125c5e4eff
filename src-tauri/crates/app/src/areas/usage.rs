//! Usage: imports, what they hold by the hour, and demand by the minute.

use std::collections::HashMap;

use domain::id::ImportId;
use store::Tag;

use crate::activity::{self, Shown, changes};
use crate::demand::{DemandQuery, DemandView, demand};
use crate::frame::{Area, area};
use crate::import::{
    AnswerChange, Answered, CommitRequest, FileInspection, IMPORT, ImportPlan, ImportRef, ImportRequest, ImportRow,
    ImportSummary, IssuesExport, PlanRef, import_answer, import_commit, import_inspect, import_issues_export,
    import_plan, import_plan_discard, import_plan_get, import_revert, imports, set_answer, undo_revert,
};
use crate::view::{Exported, PathInput};
use crate::{commands, export, sample};

pub(super) const AREA: Area = Area {
    name: "usage",
    records: &[IMPORT],
    commands: commands! {
        query  import_inspect(PathInput) -> FileInspection, reads [Tag::USAGE, Tag::PRICES];
        job    import_plan(ImportRequest) -> ImportPlan;
        query  import_plan_get(PlanRef) -> ImportPlan;
        mutate import_plan_discard(PlanRef) -> ();
        job    import_commit(CommitRequest) -> ImportSummary;
        query  import_issues_export(IssuesExport) -> Exported;
        query  imports(()) -> Vec<ImportRow>, reads [Tag::USAGE];
        mutate import_revert(ImportRef) -> ();
        mutate import_answer(AnswerChange) -> ();
        query  demand(DemandQuery) -> DemandView, reads [Tag::VENDORS, Tag::USAGE, Tag::PRICES, Tag::SETTINGS];
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| if field == "id" { Shown::Hidden } else { Shown::Word("import-conflict-") };
            changes(context, snapshot, activity, &HashMap::new(), shown).await
        })
    },
    put_back: |write, activity| {
        Box::pin(async move {
            let id = activity::id_of::<ImportId>(activity)?;
            match activity.before.clone() {
                Some(before) if activity.action == activity::Action::Decided.word() => {
                    set_answer(write, id, activity::read::<Answered>(before)?.on_conflict).await
                }
                Some(_) => undo_revert(write, id).await,
                None => Ok(()),
            }
        })
    },
    search: |_, _| area::none(),
    attention: |_| area::none(),
    dates: |_, _| area::none(),
    documents: &[],
    sections: &[],
    check: |_, _| area::none(),
    export: |context, snapshot, folder| {
        Box::pin(async move {
            export::json(folder, "imports.json", &export::imports(snapshot).await?)?;
            export::usage(context, snapshot, &folder.join("usage_hourly.csv")).await
        })
    },
    sample: |context, write, sample| Box::pin(sample::usage(context, write, &sample.calendar, sample.today)),
};
