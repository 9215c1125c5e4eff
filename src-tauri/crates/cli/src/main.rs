//! `quarterdeck` does headless what a script or a scheduled job needs, on the same workspace file and through the same
//! commands as the window. Invariants:
//!
//! - Exit codes: 0 fine, 1 failed, 2 wrong use, 3 alerts.
//! - Results go to standard output, everything else to standard error; `--json` prints the command's own value, or one
//!   document that says what went wrong.
//! - What comes back is read as the types the window gets. No figure is computed here.

use std::process::ExitCode;
use std::sync::Arc;

use app::report::locale::{Catalogue, FluentValue, Language};
use app::view::PathInput;
use app::workspace::{WorkspaceState, WorkspaceStatus};
use app::{App, Config};
use clap::Parser;
use serde::Serialize;
use serde::de::DeserializeOwned;

mod aliases;
mod arguments;
mod check;
mod contracts;
mod demand;
mod drafts;
mod economics;
mod failure;
mod feeds;
mod fx;
mod import;
mod imports;
mod output;
mod prices;
mod report;
mod vendors;
mod workspace;

use arguments::{Arguments, Command};
use failure::{ErrorDocument, Failure};

const FAILED: u8 = 1;
const WRONG_USE: u8 = 2;
const ALERTS: u8 = 3;

/// What every subcommand works with.
struct Session {
    app: Arc<App>,
    catalogue: Arc<Catalogue>,
    language: Language,
    json: bool,
    quiet: bool,
}

impl Session {
    async fn call<T: DeserializeOwned>(&self, command: &str, input: impl Serialize) -> Result<T, Failure> {
        let payload = serde_json::to_value(input).map_err(|error| self.misfit(command, &error))?;
        let outcome = self.app.dispatch(command, payload, self.language, None).await;
        let value = outcome.map_err(|error| self.failure(error))?;
        serde_json::from_value(value).map_err(|error| self.misfit(command, &error))
    }

    /// A call that takes its time, with its progress on standard error.
    async fn job<T: DeserializeOwned>(&self, command: &str, input: impl Serialize) -> Result<T, Failure> {
        let payload = serde_json::to_value(input).map_err(|error| self.misfit(command, &error))?;
        let events = output::progress(self.catalogue.clone(), self.quiet);
        let outcome = self.app.dispatch(command, payload, self.language, Some(events)).await;
        output::end_progress(self.quiet);
        let value = outcome.map_err(|error| self.failure(error))?;
        serde_json::from_value(value).map_err(|error| self.misfit(command, &error))
    }

    /// A value that is not of its command's type: nobody's fault but ours.
    fn misfit(&self, command: &str, error: &serde_json::Error) -> Failure {
        eprintln!("{command}: {error}");
        Failure {
            code: "internal".to_owned(),
            sentence: self.text("error-internal", &[]),
            params: Default::default(),
            hint: None,
            exit: FAILED,
        }
    }

    fn text(&self, id: &str, args: &[(&str, FluentValue<'_>)]) -> String {
        self.catalogue.text(id, args)
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) if error.use_stderr() && std::env::args_os().any(|argument| argument == "--json") => {
            output::json(&ErrorDocument { error: &misread(&error) });
            return ExitCode::from(WRONG_USE);
        }
        Err(error) => {
            let _ = error.print();
            // clap prints help and version through the same door.
            return if error.use_stderr() { ExitCode::from(WRONG_USE) } else { ExitCode::SUCCESS };
        }
    };
    let language = arguments.language();
    let now = std::env::var("QUARTERDECK_NOW").ok().and_then(|text| text.parse().ok());
    let app = App::new(Config { data_dir: output::data_dir(), now });
    let session = Session {
        catalogue: app.catalogue(language),
        app,
        language,
        json: arguments.json,
        quiet: arguments.json || arguments.quiet,
    };
    let outcome = run(&session, arguments).await;
    session.app.shut_down().await;
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(failure) if session.json => {
            output::json(&ErrorDocument { error: &failure });
            ExitCode::from(failure.exit)
        }
        Err(failure) => {
            eprintln!("{}", failure.text());
            ExitCode::from(failure.exit)
        }
    }
}

/// Arguments that could not be read, in clap's words.
fn misread(error: &clap::Error) -> Failure {
    let text = error.render().to_string();
    let (sentence, rest) = text.split_once('\n').unwrap_or((&text, ""));
    Failure {
        code: "wrong-use".to_owned(),
        sentence: sentence.trim_start_matches("error: ").to_owned(),
        params: Default::default(),
        hint: Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty()),
        exit: WRONG_USE,
    }
}

async fn run(session: &Session, arguments: Arguments) -> Result<u8, Failure> {
    if let Command::New(new) = &arguments.command {
        return workspace::create(session, new).await;
    }
    let Some(path) = arguments.workspace else {
        return Err(session.misuse("workspace-needed", &[]));
    };
    let status: WorkspaceStatus = session.call("workspace_open", PathInput { path }).await?;
    if status.state != WorkspaceState::Open {
        let code = if status.state == WorkspaceState::Newer { "newer-schema" } else { "damaged" };
        return Err(session.unopened(code));
    }
    match &arguments.command {
        Command::New(_) => Ok(0),
        Command::Import { what } => import::run(session, what).await,
        Command::Imports { what } => imports::run(session, what).await,
        Command::Prices { what } => prices::run(session, what).await,
        Command::Fx { what } => fx::run(session, what).await,
        Command::Aliases { what } => aliases::run(session, what).await,
        Command::Feeds { what } => feeds::run(session, what).await,
        Command::Vendors { what } => vendors::run(session, what).await,
        Command::Economics(query) => economics::run(session, query).await,
        Command::Demand(query) => demand::run(session, query).await,
        Command::Contracts { what } => contracts::run(session, what).await,
        Command::Check { period } => check::run(session, period.as_deref()).await,
        Command::Report { what } => report::run(session, what).await,
        Command::Export { folder, force } => workspace::export(session, folder, *force).await,
        Command::Backup => workspace::backup(session).await,
        Command::Verify => workspace::verify(session).await,
    }
}

impl Session {
    fn unopened(&self, code: &str) -> Failure {
        Failure {
            code: code.to_owned(),
            sentence: self.text(&format!("error-{code}"), &[]),
            params: Default::default(),
            hint: None,
            exit: FAILED,
        }
    }
}
