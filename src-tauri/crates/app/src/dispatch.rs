//! The one door: every command, whoever asks, with what it made of the figures kept beside it.

use std::sync::Arc;

use domain::id::JobId;
use report::locale::Language;
use uuid::Uuid;

use crate::areas;
use crate::error::{AppError, Result, WireError};
use crate::frame::command::Kind;
use crate::frame::{App, Config, Context};
use crate::job::{self, Progress};
use crate::moved;
use crate::texts;

impl App {
    pub fn new(config: Config) -> Arc<Self> {
        Self::with_areas(config, areas::LIST.to_vec())
    }

    /// Runs one command: the door of the window, the command line and the tests. A panic in a handler is one failed
    /// command, logged, not a crash.
    ///
    /// # Errors
    /// As the command's.
    pub async fn dispatch(
        self: &Arc<Self>,
        command: &str,
        payload: serde_json::Value,
        language: Language,
        events: Option<job::Events>,
    ) -> std::result::Result<serde_json::Value, WireError> {
        let job = JobId(Uuid::now_v7());
        let cancelled = self.jobs.begin(job);
        let progress = Progress::new(job, cancelled, events);
        let context = Context { app: self.clone(), language, progress };
        let name = command.to_owned();
        let outcome = tokio::spawn(async move { run(&context, &name, payload).await }).await;
        self.jobs.end(job);
        match outcome {
            Ok(Ok(mut value)) => {
                texts::add(&mut value, language);
                Ok(value)
            }
            // Closed because it was found damaged: that is what a person has to know.
            Ok(Err(error)) if error.is_closed() && self.trouble.read().await.as_ref().is_some_and(|t| !t.newer) => {
                Err(AppError::refused("damaged").wire(command))
            }
            Ok(Err(error)) => Err(error.wire(command)),
            Err(panic) => Err(AppError::Internal(format!("{command}: {panic}")).wire(command)),
        }
    }
}

/// Runs a command, and keeps in the log what it made of figures that stood before.
async fn run(context: &Context, name: &str, payload: serde_json::Value) -> Result<serde_json::Value> {
    let command = context.app.commands().find(|command| command.name == name);
    let command = command.ok_or_else(|| AppError::refused("unknown-command").with("command", name))?;
    let _alone = match command.kind {
        Kind::Mutate => Some(context.app.changing.lock().await),
        // A job takes its time; it commits in one step, and asks for the file like anybody else.
        Kind::Query | Kind::Job => None,
    };
    let before = if command.kind == Kind::Query { None } else { moved::Figures::now(context).await };
    let value = (command.run)(context, payload).await?;
    if let Some(before) = before {
        let id_at = |place: &str| value.pointer(place)?.as_str()?.parse().ok();
        let (undone, redone) = (id_at("/undone/id"), id_at("/redone/id"));
        // The change itself is made and logged; that its amounts could not be kept is for the log of the application.
        if let Err(error) = moved::keep(context, before, undone, redone).await {
            log::error!("what {name} moved could not be kept: {error}");
        }
    }
    Ok(value)
}
