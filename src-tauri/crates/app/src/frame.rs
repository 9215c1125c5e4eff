//! What areas are hung into: the application with its open file, the context of a command, and what an area declares.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use chrono::{DateTime, NaiveDate, Utc};
use report::locale::{Catalogue, FluentValue, Language};
use store::{Store, StoreError, Tag};
use tokio::sync::{Mutex, RwLock, broadcast};

use crate::error::{AppError, Result};
use crate::files;
use crate::job::{Jobs, Progress};
use crate::news;
use crate::presence::Presence;

pub mod area;
pub mod attention;
pub mod command;
mod kept;
pub mod review;
pub mod search;
pub mod since;

pub use area::{Again, Area, Sample, Work};
pub use command::Command;
pub use kept::Kept;

/// Where the application keeps what belongs to no workspace: the list of recent files.
#[derive(Debug, Clone)]
pub struct Config {
    pub data_dir: PathBuf,
    /// Where a path that is typed without its folder begins; `None` is the working folder, which the window has none of.
    pub folder: Option<PathBuf>,
    /// A fixed "now", for tests and reproducible screenshots.
    pub now: Option<DateTime<Utc>>,
}

/// How often the open file is looked at for changes from outside.
const OUTSIDE_CHANGES: std::time::Duration = std::time::Duration::from_secs(2);

/// An open workspace.
pub struct Open {
    pub store: Store,
    /// What areas keep of it between commands.
    pub kept: Kept,
    /// Our place among the windows that have it open; of a window alone.
    presence: Option<Presence>,
    /// What it holds was written elsewhere after its own file went away.
    pub(crate) rescued: AtomicBool,
    /// The backup of the day, taken while the workspace is in use already.
    daily_backup: Mutex<Option<tokio::task::JoinHandle<()>>>,
}

impl Open {
    /// Whether another window has the file open too.
    pub(crate) fn is_shared(&self) -> bool {
        self.presence.as_ref().is_some_and(Presence::is_shared)
    }
}

/// Why the last file did not open.
#[derive(Debug, Clone)]
pub struct Trouble {
    pub path: PathBuf,
    pub newer: bool,
    pub detail: String,
}

/// Everything behind the one window or one run of the command line.
pub struct App {
    config: Config,
    open: RwLock<Option<Arc<Open>>>,
    /// Why the last workspace could not be opened, for the recovery screen.
    pub(crate) trouble: RwLock<Option<Trouble>>,
    pub(crate) jobs: Jobs,
    /// In the order of the list: what each contributes is shown in it.
    areas: Vec<&'static Area>,
    changes: broadcast::Sender<Vec<Tag>>,
    /// Changes are made one at a time here: what each made of figures is kept beside its own entry.
    pub(crate) changing: Mutex<()>,
    /// Whether this is a window, that others on the same file want to know of.
    is_window: AtomicBool,
    catalogues: [Arc<Catalogue>; 2],
}

/// What a handler works with: the application, the language asked for, and the job's progress.
#[derive(Clone)]
pub struct Context {
    pub app: Arc<App>,
    pub language: Language,
    pub progress: Progress,
}

impl App {
    /// An application of these areas.
    pub fn with_areas(config: Config, areas: Vec<&'static Area>) -> Arc<Self> {
        let (changes, _) = broadcast::channel(64);
        Arc::new(Self {
            config,
            open: RwLock::new(None),
            trouble: RwLock::new(None),
            jobs: Jobs::default(),
            areas,
            changes,
            changing: Mutex::new(()),
            is_window: AtomicBool::new(false),
            catalogues: Language::ALL.map(|language| Arc::new(Catalogue::new(language))),
        })
    }

    pub fn areas(&self) -> &[&'static Area] {
        &self.areas
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.config.now.unwrap_or_else(Utc::now)
    }

    pub fn data_dir(&self) -> &Path {
        &self.config.data_dir
    }

    /// A path as a person types it.
    pub(crate) fn path(&self, text: &str) -> PathBuf {
        let path = files::expand(text);
        match &self.config.folder {
            Some(folder) if !path.as_os_str().is_empty() => folder.join(path),
            _ => path,
        }
    }

    /// Tags touched by every commit, of whichever workspace is open.
    pub fn changes(&self) -> broadcast::Receiver<Vec<Tag>> {
        self.changes.subscribe()
    }

    pub fn catalogue(&self, language: Language) -> Arc<Catalogue> {
        let index = Language::ALL.iter().position(|l| *l == language).unwrap_or(0);
        self.catalogues[index].clone()
    }

    /// The open workspace.
    ///
    /// # Errors
    /// `no-workspace`.
    pub async fn open(&self) -> Result<Arc<Open>> {
        self.open.read().await.clone().ok_or_else(|| AppError::refused("no-workspace"))
    }

    /// The file of the workspace that is open, or that would be if it could be read.
    pub(crate) async fn workspace_in_hand(&self) -> Option<PathBuf> {
        match self.open.read().await.as_ref() {
            Some(open) => Some(open.store.path().to_owned()),
            None => self.trouble.read().await.as_ref().map(|trouble| trouble.path.clone()),
        }
    }

    pub(crate) async fn replace_open(self: &Arc<Self>, store: Option<Store>) {
        let next = store.map(|store| {
            let (changes, forward) = (store.changes(), self.changes.clone());
            // Nobody listening is fine: the command line has no window.
            tokio::spawn(news::carry(changes, move |tags| drop(forward.send(tags))));
            let is_window = self.is_window.load(Ordering::Relaxed);
            let presence = is_window.then(|| Presence::take(&self.config.data_dir, store.path()));
            Arc::new(Open {
                store,
                presence,
                kept: Kept::default(),
                rescued: AtomicBool::new(false),
                daily_backup: Mutex::new(None),
            })
        });
        let previous = std::mem::replace(&mut *self.open.write().await, next);
        if let Some(previous) = previous {
            if let Some(backup) = previous.daily_backup.lock().await.take() {
                let _ = backup.await;
            }
            if !previous.rescued.load(Ordering::Relaxed) {
                keep_what_is_lost(&previous.store).await;
            }
            previous.store.close().await;
        }
        let _ = self.changes.send(vec![Tag::WORKSPACE]);
    }

    /// Says that this is a window: it and others on the same file know of each other.
    pub fn be_a_window(&self) {
        self.is_window.store(true, Ordering::Relaxed);
    }

    /// Tells listeners when another process has changed the open file: a scheduled import shows without a restart.
    pub async fn watch_outside_changes(self: &Arc<Self>) {
        let (mut was_lost, mut was_shared) = (false, false);
        loop {
            tokio::time::sleep(OUTSIDE_CHANGES).await;
            let Ok(open) = self.open().await else { continue };
            // Told when the file goes and when it is back, not all the while.
            let lost = is_lost(&open.store);
            if lost != std::mem::replace(&mut was_lost, lost) {
                let _ = self.changes.send(vec![Tag::WORKSPACE]);
            }
            let shared = open.is_shared();
            if shared != std::mem::replace(&mut was_shared, shared) {
                let _ = self.changes.send(vec![Tag::WORKSPACE]);
            }
            match open.store.changed_outside().await {
                Ok(true) => drop(self.changes.send(vec![Tag::WORKSPACE])),
                Ok(false) => {}
                // The file may be gone or busy just now; the next command says so to whoever asked for it.
                Err(error) => log::debug!("no look at the file's revision: {error}"),
            }
        }
    }

    /// Takes the backup of the day beside whatever the person does next; closing waits for it.
    pub(crate) async fn back_up_daily(self: &Arc<Self>) {
        let Ok(open) = self.open().await else { return };
        let (app, store) = (self.clone(), open.store.clone());
        *open.daily_backup.lock().await = Some(tokio::spawn(async move {
            match store::backup::take_daily(&store).await {
                Ok(_) => {}
                // Copying reads every page: a damage no screen has met yet comes to light here.
                Err(error) if error.is_damage() => {
                    log::error!("the daily backup found damage: {error}");
                    let trouble = Trouble { path: store.path().to_owned(), newer: false, detail: error.to_string() };
                    *app.trouble.write().await = Some(trouble);
                    // Closing waits for this very task.
                    tokio::spawn(async move { app.replace_open(None).await });
                }
                // A backup that fails, on a full disk say, must not keep anybody from their data.
                Err(error) => log::warn!("no daily backup: {error}"),
            }
        }));
    }

    /// Closes the workspace, so that its file can be copied as it is.
    pub async fn shut_down(self: &Arc<Self>) {
        self.replace_open(None).await;
    }
}

fn is_lost(store: &Store) -> bool {
    matches!(store.check_place(), Err(StoreError::Gone(_) | StoreError::Replaced(_)))
}

/// A workspace that is closed while its file is elsewhere leaves what it held among its backups.
async fn keep_what_is_lost(store: &Store) {
    if is_lost(store)
        && let Err(error) = store::backup::keep_lost(store).await
    {
        log::error!("what {} held could not be kept: {error}", store.path().display());
    }
}

impl Context {
    pub async fn store(&self) -> Result<Store> {
        Ok(self.app.open().await?.store.clone())
    }

    pub fn now(&self) -> DateTime<Utc> {
        self.app.now()
    }

    /// Today in the workspace's zone.
    pub fn today(&self, settings: &store::workspace::Settings) -> Result<NaiveDate> {
        Ok(settings.calendar()?.day_of(self.now()))
    }

    /// A text of the catalogue in the caller's language.
    pub fn text(&self, id: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.app.catalogue(self.language).text(id, args)
    }
}
