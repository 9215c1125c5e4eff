//! The workspace itself: its file, backups, settings and exchange rates.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use report::table::Tone;
use store::Tag;
use store::backup::Backup;
use store::workspace::Settings;

use crate::activity::{Shown, changes};
use crate::frame::since::SinceLine;
use crate::frame::{Again, Area, Context, area};
use crate::import::IMPORT;
use crate::paths::{TypedPath, path_look};
use crate::record::COMMENT;
use crate::view::{Link, PathInput};
use crate::workspace::{
    EXCHANGE_RATE, FxRateView, JobCancel, RecentWorkspace, SETTINGS, SampleRequest, Verification, WorkspaceDraft,
    WorkspaceStatus, backup_restore, backups, fx_rate_delete, fx_rate_save, fx_rates, job_cancel, put_back,
    settings_save, workspace_backup, workspace_close, workspace_create, workspace_open, workspace_recent,
    workspace_rescue, workspace_sample, workspace_status, workspace_verify,
};
use crate::{commands, export};

pub(super) const AREA: Area = Area {
    name: "workspace",
    records: &[SETTINGS, EXCHANGE_RATE],
    commands: commands! {
        query  workspace_status(()) -> WorkspaceStatus, reads [Tag::WORKSPACE, Tag::SETTINGS];
        mutate workspace_create(WorkspaceDraft) -> WorkspaceStatus;
        mutate workspace_open(PathInput) -> WorkspaceStatus;
        mutate workspace_close(()) -> WorkspaceStatus;
        mutate workspace_rescue(PathInput) -> WorkspaceStatus;
        job    workspace_sample(SampleRequest) -> WorkspaceStatus;
        query  workspace_recent(()) -> Vec<RecentWorkspace>, reads [Tag::WORKSPACE];
        query  path_look(PathInput) -> TypedPath;
        mutate workspace_backup(()) -> Backup;
        query  backups(()) -> Vec<Backup>, reads [Tag::WORKSPACE];
        mutate backup_restore(PathInput) -> WorkspaceStatus;
        query  workspace_verify(()) -> Verification;
        mutate settings_save(Settings) -> Settings;
        mutate job_cancel(JobCancel) -> ();
        query  fx_rates(()) -> Vec<FxRateView>, reads [Tag::SETTINGS];
        mutate fx_rate_save(FxRateView) -> FxRateView;
        mutate fx_rate_delete(FxRateView) -> ();
    },
    describe: |context, snapshot, activity| {
        Box::pin(async move {
            let shown = |field: &str| if field == "fiscalStartMonth" { Shown::MonthName } else { Shown::Text };
            changes(context, snapshot, activity, &HashMap::new(), shown).await
        })
    },
    put_back: |write, activity| Box::pin(put_back(write, activity)),
    again: Again::Reversed,
    search: |_, _| area::none(),
    answers: |_| area::none(),
    parts: |_, _| area::none(),
    attention: |_| area::none(),
    dates: |_, _| area::none(),
    since: |context, from| Box::pin(changed(context, from)),
    documents: &[],
    sections: &[],
    check: |_, _| area::none(),
    export: |_, snapshot, folder| {
        Box::pin(async move {
            export::json(folder, "workspace.json", &store::workspace::settings(snapshot).await?)?;
            export::json(folder, "exchange_rates.json", &store::fx::list(snapshot).await?)?;
            Ok(0)
        })
    },
    sample: |_, _, _| area::none(),
};

/// How much was changed since, and what last. Imports and comments speak for themselves.
async fn changed(context: &Context, from: DateTime<Utc>) -> crate::Result<Vec<SinceLine>> {
    const REACH: i64 = 1000;
    let store = context.store().await?;
    let changes: Vec<_> = store::activity::list(&mut *store.read().await?, REACH)
        .await?
        .into_iter()
        .filter(|change| change.at > from && !change.undone && ![IMPORT, COMMENT].contains(&change.area.as_str()))
        .collect();
    let Some(last) = changes.first() else { return Ok(Vec::new()) };
    let catalogue = context.app.catalogue(context.language);
    let named = |id: String, otherwise: &str| catalogue.find(&id).unwrap_or_else(|| otherwise.to_owned());
    let what = named(format!("area-{}", last.area), &last.area);
    let action = named(format!("action-{}", last.action), &last.action);
    let args = [
        ("count", changes.len().into()),
        ("what", what.into()),
        ("action", action.into()),
        ("subject", last.subject.as_str().into()),
    ];
    Ok(vec![SinceLine {
        label: context.text("since-changes", &[]),
        text: context.text("since-changes-text", &args),
        tone: Tone::Plain,
        link: Link::to("settings", "activity"),
    }])
}
