//! Opening, creating, closing, backing up and restoring a workspace; its settings.

use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::ReportingCalendar;
use domain::fx::FxRate;
use domain::id::JobId;
use domain::money::{Currency, parse_nanos};
use domain::typed::is_possible;
use serde::{Deserialize, Serialize};
use store::activity::Activity;
use store::backup::{self, Backup, Reason};
use store::workspace::Settings;
use store::{Store, StoreError};
use ts_rs::TS;

use crate::activity;
use crate::files::folder_of;
use crate::frame::Trouble;
use crate::seeded::begin_seeded;
use crate::target::expect_folder_of;
use crate::view::PathInput;
use crate::{AppError, Context, Result};

pub(crate) const SETTINGS: &str = "settings";
pub(crate) const EXCHANGE_RATE: &str = "exchange-rate";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum WorkspaceState {
    None,
    Open,
    /// The file is there but cannot be read: the recovery screen.
    Damaged,
    /// Written by a newer version.
    Newer,
    /// Open, but its file was removed or moved away: what it held can still be kept.
    Gone,
    /// Open, but another file lies at its place: what it held can still be kept.
    Replaced,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceStatus {
    pub state: WorkspaceState,
    pub path: Option<String>,
    pub name: String,
    pub sample: bool,
    /// Its file or folder may not be written: it is shown, edits are refused.
    pub read_only: bool,
    /// Another window has it open too.
    pub shared: bool,
    #[ts(type = "number")]
    pub revision: i64,
    pub settings: Option<Settings>,
    /// Today where it reports.
    #[ts(type = "string | null")]
    pub today: Option<NaiveDate>,
    pub app_version: String,
    /// What the check of a damaged file found.
    pub detail: Option<String>,
    /// Offered for restoring when the file is damaged.
    pub backups: Vec<Backup>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct WorkspaceDraft {
    pub path: String,
    pub name: String,
    pub currency: String,
    pub time_zone: String,
    #[serde(deserialize_with = "domain::typed::count")]
    pub fiscal_start_month: u32,
    /// Whoever asks has agreed to have its folder made.
    #[serde(default)]
    pub create_folder: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SampleRequest {
    /// `None`: in the application's own folder.
    pub path: Option<String>,
    /// Whoever asks has agreed to have its folder made.
    #[serde(default)]
    pub create_folder: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RecentWorkspace {
    pub path: String,
    pub name: String,
    #[ts(type = "string")]
    pub opened_at: DateTime<Utc>,
    #[serde(default)]
    pub exists: bool,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct JobCancel {
    pub job: JobId,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Verification {
    pub ok: bool,
    pub detail: Option<String>,
}

/// `1 from = rate to` from a day on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FxRateView {
    pub from: String,
    pub to: String,
    #[ts(type = "string")]
    pub day: NaiveDate,
    /// A decimal number.
    pub rate: String,
}

/// Extension of workspace files.
pub const EXTENSION: &str = "quarterdeck";

pub async fn workspace_status(context: &Context, (): ()) -> Result<WorkspaceStatus> {
    let mut status = WorkspaceStatus {
        state: WorkspaceState::None,
        path: None,
        name: String::new(),
        sample: false,
        read_only: false,
        shared: false,
        revision: 0,
        settings: None,
        today: None,
        app_version: env!("CARGO_PKG_VERSION").to_owned(),
        detail: None,
        backups: Vec::new(),
    };
    if let Ok(open) = context.app.open().await {
        let path = open.store.path();
        let lost = match open.store.check_place() {
            Err(StoreError::Gone(_)) => Some(WorkspaceState::Gone),
            Err(StoreError::Replaced(_)) => Some(WorkspaceState::Replaced),
            _ => None,
        };
        if let Some(state) = lost {
            status.state = state;
            status.name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            status.backups = backup::list(path).unwrap_or_default();
            status.path = Some(path.to_string_lossy().into_owned());
            return Ok(status);
        }
        let workspace = store::workspace::get(&mut *open.store.read().await?).await?;
        status.state = WorkspaceState::Open;
        status.path = Some(open.store.path().to_string_lossy().into_owned());
        status.name = workspace.settings.name.clone();
        status.sample = workspace.sample;
        status.read_only = open.store.is_read_only();
        status.shared = open.is_shared();
        status.revision = workspace.revision;
        status.today = Some(context.today(&workspace.settings)?);
        status.settings = Some(workspace.settings);
    } else if let Some(trouble) = context.app.trouble.read().await.clone() {
        status.state = if trouble.newer { WorkspaceState::Newer } else { WorkspaceState::Damaged };
        status.name = trouble.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        status.detail = Some(trouble.detail);
        status.backups = backup::list(&trouble.path)?;
        status.path = Some(trouble.path.to_string_lossy().into_owned());
    }
    Ok(status)
}

/// Settings as typed, checked.
///
/// # Errors
/// One field error per field that is wrong.
pub(crate) fn checked(name: &str, currency: &str, zone: &str, month: u32) -> Result<Settings> {
    if name.trim().is_empty() {
        return Err(AppError::field("name", "required"));
    }
    let currency: Currency = currency.parse().map_err(|_| AppError::field("currency", "not-a-currency"))?;
    if !(1..=12).contains(&month) {
        return Err(AppError::field("fiscalStartMonth", "month-out-of-range"));
    }
    ReportingCalendar::new(zone, month).map_err(|_| AppError::field("timeZone", "not-a-zone"))?;
    Ok(Settings {
        name: name.trim().to_owned(),
        currency,
        time_zone: zone.trim().to_owned(),
        fiscal_start_month: month,
    })
}

/// A path as typed; the extension is added where there is none.
fn workspace_path(context: &Context, text: &str) -> Result<PathBuf> {
    let text = text.trim();
    if text.is_empty() {
        return Err(AppError::field("path", "required"));
    }
    let mut path = context.app.path(text);
    if path.extension().is_none() {
        path.set_extension(EXTENSION);
    }
    Ok(path)
}

fn make_folder_of(path: &Path, agreed: bool) -> Result<()> {
    if agreed {
        std::fs::create_dir_all(folder_of(path))?;
    }
    expect_folder_of(path)
}

pub async fn workspace_create(context: &Context, draft: WorkspaceDraft) -> Result<WorkspaceStatus> {
    let settings = checked(&draft.name, &draft.currency, &draft.time_zone, draft.fiscal_start_month)?;
    let path = workspace_path(context, &draft.path)?;
    make_folder_of(&path, draft.create_folder)?;
    let made = begin_seeded(&path, settings, false).await?;
    opened(context, made.finish().await?).await
}

pub async fn workspace_open(context: &Context, input: PathInput) -> Result<WorkspaceStatus> {
    let mut path = context.app.path(&input.path);
    // What SQLite keeps beside a database lies beside the file itself, not beside a link to it.
    if path.is_symlink() {
        path = path.canonicalize()?;
    }
    if is_open_already(context, &path).await {
        return workspace_status(context, ()).await;
    }
    match Store::open(&path).await {
        Ok(store) => {
            let status = opened(context, store).await?;
            context.app.back_up_daily().await;
            Ok(status)
        }
        Err(error) => {
            let newer = matches!(error, StoreError::Newer { .. });
            if newer || error.is_damage() {
                context.app.replace_open(None).await;
                let detail = error.to_string();
                *context.app.trouble.write().await = Some(Trouble { path, newer, detail });
                return workspace_status(context, ()).await;
            }
            Err(error.into())
        }
    }
}

/// Whether a path leads to the file that is open. Opened twice by one process, it would lose the locks of the first when the
/// second closes what it looked at.
async fn is_open_already(context: &Context, path: &Path) -> bool {
    let open = context.app.open().await;
    open.is_ok_and(|open| open.store.is_at(path) && open.store.check_place().is_ok())
}

pub(crate) async fn opened(context: &Context, store: Store) -> Result<WorkspaceStatus> {
    let settings = store::workspace::settings(&mut *store.read().await?).await?;
    remember(context, store.path(), &settings.name);
    *context.app.trouble.write().await = None;
    context.app.replace_open(Some(store)).await;
    workspace_status(context, ()).await
}

pub async fn workspace_close(context: &Context, (): ()) -> Result<WorkspaceStatus> {
    *context.app.trouble.write().await = None;
    context.app.replace_open(None).await;
    workspace_status(context, ()).await
}

pub async fn workspace_sample(context: &Context, request: SampleRequest) -> Result<WorkspaceStatus> {
    let path = match request.path.as_deref().map(str::trim).filter(|path| !path.is_empty()) {
        Some(path) => {
            let path = workspace_path(context, path)?;
            make_folder_of(&path, request.create_folder)?;
            path
        }
        None => {
            let path = context.app.data_dir().join(format!("sample.{EXTENSION}"));
            if is_open_already(context, &path).await {
                return workspace_status(context, ()).await;
            }
            if path.exists() {
                // The sample a person has already explored, with what they changed in it.
                match Store::open(&path).await {
                    Ok(store) => return opened(context, store).await,
                    Err(_) => backup::set_aside(&path)?,
                }
            }
            std::fs::create_dir_all(context.app.data_dir())?;
            path
        }
    };
    let store = crate::sample::create(context, &path).await?;
    opened(context, store).await
}

fn recent_file(context: &Context) -> PathBuf {
    context.app.data_dir().join("recent.json")
}

fn read_recent(context: &Context) -> Vec<RecentWorkspace> {
    std::fs::read(recent_file(context)).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default()
}

/// Puts a workspace first on the list. Losing the list loses nothing, so a failure is only logged.
fn remember(context: &Context, path: &Path, name: &str) {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned()).to_string_lossy().into_owned();
    let mut recent = read_recent(context);
    recent.retain(|entry| entry.path != path);
    recent.insert(0, RecentWorkspace { path, name: name.to_owned(), opened_at: context.now(), exists: true });
    recent.truncate(8);
    let written = std::fs::create_dir_all(context.app.data_dir())
        .and_then(|()| serde_json::to_vec_pretty(&recent).map_err(std::io::Error::other))
        .and_then(|bytes| std::fs::write(recent_file(context), bytes));
    if let Err(error) = written {
        log::warn!("the list of recent workspaces was not saved: {error}");
    }
}

pub async fn workspace_recent(context: &Context, (): ()) -> Result<Vec<RecentWorkspace>> {
    let mut recent = read_recent(context);
    for entry in &mut recent {
        entry.exists = Path::new(&entry.path).is_file();
    }
    Ok(recent)
}

pub async fn workspace_backup(context: &Context, (): ()) -> Result<Backup> {
    Ok(backup::take(&context.store().await?, Reason::Manual).await?)
}

pub async fn backups(context: &Context, (): ()) -> Result<Vec<Backup>> {
    let store = context.store().await?;
    store.check_place()?;
    Ok(backup::list(store.path())?)
}

/// Writes what the open workspace holds to a new file and goes on in that one, where its own is no longer at its place.
pub async fn workspace_rescue(context: &Context, input: PathInput) -> Result<WorkspaceStatus> {
    let path = workspace_path(context, &input.path)?;
    expect_folder_of(&path)?;
    let open = context.app.open().await?;
    backup::copy_to(&open.store, &path).await?;
    open.rescued.store(true, Ordering::Relaxed);
    opened(context, Store::open(&path).await?).await
}

pub async fn backup_restore(context: &Context, input: PathInput) -> Result<WorkspaceStatus> {
    let workspace = context.app.workspace_in_hand().await.ok_or_else(|| AppError::refused("no-workspace"))?;
    let wanted = PathBuf::from(&input.path);
    // Only this workspace's own backups: a path from outside must not replace the file.
    if !backup::list(&workspace)?.iter().any(|b| Path::new(&b.path) == wanted) {
        return Err(AppError::refused("not-found"));
    }
    let staged = backup::stage(&workspace, &wanted).await.map_err(|error| match error {
        error if error.is_damage() => AppError::refused("backup-damaged"),
        error => error.into(),
    })?;
    context.app.replace_open(None).await;
    staged.put_in_place()?;
    workspace_open(context, PathInput { path: workspace.to_string_lossy().into_owned() }).await
}

pub async fn workspace_verify(context: &Context, (): ()) -> Result<Verification> {
    let store = context.store().await?;
    let checked = match store.integrity_check().await {
        Ok(()) => store.check_figures().await,
        found => found,
    };
    match checked {
        Ok(()) => Ok(Verification { ok: true, detail: None }),
        Err(StoreError::Damaged(detail) | StoreError::Corrupt(detail)) => {
            Ok(Verification { ok: false, detail: Some(detail) })
        }
        Err(error) => Err(error.into()),
    }
}

pub async fn settings_save(context: &Context, settings: Settings) -> Result<Settings> {
    let settings = checked(&settings.name, settings.currency.code(), &settings.time_zone, settings.fiscal_start_month)?;
    let store = context.store().await?;
    let mut write = store.write().await?;
    let before = store::workspace::settings(write.connection()).await?;
    if before == settings {
        return Ok(settings);
    }
    save_settings(&mut write, &before, &settings).await?;
    activity::edited(&mut write, context, SETTINGS, "", &settings.name, &before, &settings).await?;
    write.commit().await?;
    Ok(settings)
}

/// Saves settings and, where the zone changed, cuts the days anew.
async fn save_settings(write: &mut store::Write, before: &Settings, after: &Settings) -> Result<()> {
    store::workspace::save(write, after).await?;
    if before.time_zone != after.time_zone {
        store::usage::rebuild_all_days(write, &after.calendar()?).await?;
    }
    Ok(())
}

pub async fn job_cancel(context: &Context, input: JobCancel) -> Result<()> {
    context.app.jobs.cancel(input.job);
    Ok(())
}

fn rate_view(rate: &FxRate) -> FxRateView {
    FxRateView {
        from: rate.from.to_string(),
        to: rate.to.to_string(),
        day: rate.on,
        rate: domain::money::decimal(i128::from(rate.rate_nanos)),
    }
}

fn rate_of(view: &FxRateView) -> Result<FxRate> {
    let currency = |text: &str, field| text.parse::<Currency>().map_err(|_| AppError::field(field, "not-a-currency"));
    let (from, to) = (currency(&view.from, "from")?, currency(&view.to, "to")?);
    if from == to {
        return Err(AppError::field("to", "same-currency"));
    }
    let rate_nanos = parse_nanos(&view.rate).ok().and_then(|nanos| i64::try_from(nanos).ok()).filter(|rate| *rate > 0);
    Ok(FxRate { from, to, on: view.day, rate_nanos: rate_nanos.ok_or_else(|| AppError::field("rate", "not-a-rate"))? })
}

pub async fn fx_rates(context: &Context, (): ()) -> Result<Vec<FxRateView>> {
    let store = context.store().await?;
    let rates = store::fx::list(&mut *store.read().await?).await?;
    Ok(rates.iter().map(rate_view).collect())
}

/// Ten million: no currency is worth more of another, and no sum converted at it leaves what is counted with.
const MAX_RATE_NANOS: i64 = 10_000_000_000_000_000;

pub async fn fx_rate_save(context: &Context, view: FxRateView) -> Result<FxRateView> {
    if !is_possible(view.day) {
        return Err(AppError::field("day", "date-out-of-range"));
    }
    let rate = rate_of(&view)?;
    if rate.rate_nanos > MAX_RATE_NANOS {
        return Err(AppError::field("rate", "not-a-rate"));
    }
    let store = context.store().await?;
    let mut write = store.write().await?;
    let view = rate_view(&rate);
    let (id, subject) = rate_names(&view);
    let same_day = |old: &&FxRate| (old.from, old.to, old.on) == (rate.from, rate.to, rate.on);
    match store::fx::list(write.connection()).await?.iter().find(same_day) {
        Some(old) if *old == rate => return Ok(view),
        Some(old) => {
            activity::edited(&mut write, context, EXCHANGE_RATE, &id, &subject, &rate_view(old), &view).await?;
        }
        None => activity::created(&mut write, context, EXCHANGE_RATE, &id, &subject, &view).await?,
    }
    store::fx::save(&mut write, &rate).await?;
    write.commit().await?;
    Ok(view)
}

pub async fn fx_rate_delete(context: &Context, view: FxRateView) -> Result<()> {
    let rate = rate_of(&view)?;
    let store = context.store().await?;
    let mut write = store.write().await?;
    let view = rate_view(&rate);
    let (id, subject) = rate_names(&view);
    activity::deleted(&mut write, context, EXCHANGE_RATE, &id, &subject, &view).await?;
    store::fx::delete(&mut write, &rate).await?;
    write.commit().await?;
    Ok(())
}

/// The key of a rate in the activity log, and what it is called there.
fn rate_names(rate: &FxRateView) -> (String, String) {
    (format!("{}/{}/{}", rate.from, rate.to, rate.day), format!("{} → {} · {}", rate.from, rate.to, rate.day))
}

/// Makes the settings or an exchange rate what they were before a change.
pub(crate) async fn put_back(write: &mut store::Write, activity: &Activity) -> Result<()> {
    match (activity.area.as_str(), activity.before.clone()) {
        (SETTINGS, Some(before)) => {
            let now = store::workspace::settings(write.connection()).await?;
            save_settings(write, &now, &activity::read::<Settings>(before)?).await?;
        }
        (EXCHANGE_RATE, Some(before)) => {
            store::fx::save(write, &rate_of(&activity::read::<FxRateView>(before)?)?).await?;
        }
        (EXCHANGE_RATE, None) => {
            let added: FxRateView = activity::read(activity.after.clone().unwrap_or_default())?;
            store::fx::delete(write, &rate_of(&added)?).await?;
        }
        _ => {}
    }
    Ok(())
}
