//! The bridge: two commands in, two events out.

use std::path::PathBuf;
use std::sync::Arc;

use app::report::locale::Language;
use app::{App, JobEvent, WireError};
use serde_json::{Value, json};
use tauri::ipc::Channel;
use tauri::{AppHandle, Emitter, Manager, State};
use tokio::sync::watch;

/// Whether the workspace the window starts with is open yet, or will not open. Until then no command is answered: the first
/// picture must not be the start screen of a workspace that is on its way.
pub struct Opening(watch::Receiver<bool>);

impl Opening {
    async fn done(&self) {
        // A sender that is gone has nothing more to wait for.
        let _ = self.0.clone().wait_for(|done| *done).await;
    }
}

fn language(tag: Option<String>) -> Language {
    tag.and_then(|tag| tag.parse().ok()).unwrap_or_default()
}

/// A query or a mutation.
#[tauri::command]
pub async fn rpc(
    app: State<'_, Arc<App>>,
    opening: State<'_, Opening>,
    command: String,
    payload: Option<Value>,
    lang: Option<String>,
) -> Result<Value, WireError> {
    opening.done().await;
    app.inner().dispatch(&command, payload.unwrap_or_default(), language(lang), None).await
}

/// A job, whose progress goes through the channel.
#[tauri::command]
pub async fn job(
    app: State<'_, Arc<App>>,
    opening: State<'_, Opening>,
    command: String,
    payload: Option<Value>,
    lang: Option<String>,
    events: Channel<JobEvent>,
) -> Result<Value, WireError> {
    opening.done().await;
    let events = Arc::new(move |event: JobEvent| {
        // A window that was closed no longer listens; the job's outcome does not depend on it.
        let _ = events.send(event);
    });
    app.inner().dispatch(&command, payload.unwrap_or_default(), language(lang), Some(events)).await
}

/// Tells the UI which tags each commit touched, ours or another process's.
pub fn forward_changes(app: &Arc<App>, handle: &AppHandle) {
    let watched = app.clone();
    tauri::async_runtime::spawn(async move { watched.watch_outside_changes().await });
    let (changes, handle) = (app.changes(), handle.clone());
    tauri::async_runtime::spawn(app::news::carry(changes, move |tags| {
        let _ = handle.emit("changed", json!({ "tags": tags }));
    }));
}

/// Begins to open the workspace given, or the one that was open last; without either the start screen shows. The window is
/// made meanwhile, and what Home shows is read before anybody asks for it.
pub fn open_first(app: &Arc<App>, path: Option<PathBuf>) -> Opening {
    let (done, opening) = watch::channel(false);
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let path = match path {
            Some(path) => Some(path.to_string_lossy().into_owned()),
            None => last_opened(&app).await,
        };
        let mut open = false;
        if let Some(path) = path {
            match app.dispatch("workspace_open", json!({ "path": path }), Language::En, None).await {
                Ok(_) => open = true,
                Err(error) => log::warn!("{path} did not open: {}", error.code),
            }
        }
        let _ = done.send(true);
        if open {
            let _ = app.dispatch("home", Value::Null, Language::En, None).await;
        }
    });
    Opening(opening)
}

async fn last_opened(app: &Arc<App>) -> Option<String> {
    let recent = app.dispatch("workspace_recent", Value::Null, Language::En, None).await.ok()?;
    let last = recent.as_array()?.first()?;
    last["exists"].as_bool()?.then(|| last["path"].as_str().map(str::to_owned))?
}

/// Opens a workspace a second start was asked for.
pub fn open_path(handle: &AppHandle, path: PathBuf) {
    let app = handle.state::<Arc<App>>().inner().clone();
    tauri::async_runtime::spawn(async move {
        let payload = json!({ "path": path.to_string_lossy() });
        if let Err(error) = app.dispatch("workspace_open", payload, Language::En, None).await {
            log::warn!("{} did not open: {}", path.display(), error.code);
        }
    });
}
