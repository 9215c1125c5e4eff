//! Usage: imports, what they hold by the hour, and demand by the minute.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::id::ImportId;
use report::format;
use report::table::Tone;
use store::Tag;

use crate::activity::{self, Batch, Shown, changes};
use crate::demand::{DemandQuery, DemandView, demand};
use crate::frame::since::SinceLine;
use crate::frame::{Again, Area, Context, area};
use crate::import::{
    AnswerChange, Answered, CommitRequest, FileInspection, IMPORT, ImportCoverage, ImportEffect, ImportPlan, ImportRef,
    ImportRefs, ImportRequest, ImportRow, ImportSummary, IssuesExport, PlanRef, import_answer, import_commit,
    import_coverage, import_effect, import_inspect, import_issues_export, import_plan, import_plan_discard,
    import_plan_get, import_revert, imports, imports_revert, revert_again, set_answer, undo_revert,
};
use crate::view::{Exported, Link, PathInput};
use crate::{commands, export, sample};

pub(super) const AREA: Area = Area {
    name: "usage",
    records: &[IMPORT],
    commands: commands! {
        query  import_inspect(PathInput) -> FileInspection, reads [Tag::USAGE, Tag::PRICES];
        job    import_plan(ImportRequest) -> ImportPlan;
        query  import_plan_get(PlanRef) -> ImportPlan;
        mutate import_plan_discard(PlanRef) -> ();
        query  import_effect(CommitRequest) -> ImportEffect, reads [Tag::USAGE, Tag::PRICES, Tag::SETTINGS];
        job    import_commit(CommitRequest) -> ImportSummary;
        query  import_issues_export(IssuesExport) -> Exported;
        query  imports(()) -> Vec<ImportRow>, reads [Tag::USAGE];
        query  import_coverage(ImportRef) -> ImportCoverage, reads [Tag::USAGE, Tag::PRICES, Tag::VENDORS, Tag::SETTINGS];
        mutate import_revert(ImportRef) -> ();
        mutate imports_revert(ImportRefs) -> Batch;
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
    again: Again::By(|_, write, activity| {
        Box::pin(async move {
            let id = activity::id_of::<ImportId>(activity)?;
            match activity.after.clone() {
                Some(after) => set_answer(write, id, activity::read::<Answered>(after)?.on_conflict).await?,
                None => revert_again(write, id).await?,
            }
            Ok(None)
        })
    }),
    search: |_, _| area::none(),
    answers: |_| area::none(),
    parts: |_, _| area::none(),
    attention: |_| area::none(),
    dates: |_, _| area::none(),
    since: |context, from| Box::pin(since(context, from)),
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

/// A feed that has told nothing for so many days is missing.
const SILENT_DAYS: i64 = 7;

/// Files that came in since, and feeds that went on telling until lately and do not any more.
async fn since(context: &Context, from: DateTime<Utc>) -> crate::Result<Vec<SinceLine>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let calendar = store::workspace::settings(&mut snapshot).await?.calendar()?;
    let imports = store::import::list(&mut snapshot).await?;
    let label = context.text("since-imports", &[]);
    let line = |text: String, tone: Tone| SinceLine { label: label.clone(), text, tone, link: Link::page("import") };
    let mut lines = Vec::new();
    let came: Vec<_> = imports.iter().filter(|import| import.imported_at > from).collect();
    if let [newest, ..] = came.as_slice() {
        let rows = format::count(came.iter().map(|import| i128::from(import.rows)).sum());
        let count = came.len();
        let args = [("count", count.into()), ("file", newest.name.as_str().into()), ("rows", rows.into())];
        lines.push(line(context.text("since-imports-text", &args), Tone::Plain));
    }
    let mut ends: HashMap<&str, i64> = HashMap::new();
    for import in &imports {
        let (Some((_, last)), false) = (import.hours, import.reverted) else { continue };
        let end = ends.entry(&import.source).or_insert(last);
        *end = (*end).max(last);
    }
    let today = calendar.day_of(context.now());
    let mut silent: Vec<(chrono::NaiveDate, &str)> = ends
        .into_iter()
        .map(|(source, last)| (calendar.day_of_seconds(last), source))
        // What ended a quarter ago is not missing: it is over.
        .filter(|(last, _)| (SILENT_DAYS..90).contains(&(today - *last).num_days()))
        .collect();
    silent.sort_unstable();
    for (last, source) in silent {
        let date = format::day(last, context.language);
        let text = context.text("since-silent", &[("feed", source.into()), ("date", date.into())]);
        lines.push(line(text, Tone::Warn));
    }
    Ok(lines)
}
