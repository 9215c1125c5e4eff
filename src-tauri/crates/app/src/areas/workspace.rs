//! The workspace itself: its file, backups, settings and exchange rates.

use std::collections::HashMap;

use store::Tag;
use store::backup::Backup;
use store::workspace::Settings;

use crate::activity::{Shown, changes};
use crate::frame::{Area, area};
use crate::paths::{TypedPath, path_look};
use crate::view::PathInput;
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
    search: |_, _| area::none(),
    attention: |_| area::none(),
    dates: |_, _| area::none(),
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
