//! `quarterdeck` does headless what a script or a scheduled job needs, on the same workspace file and through the same
//! commands as the window. Invariants:
//!
//! - Exit codes: 0 fine, 1 failed, 2 wrong use, 3 alerts.
//! - Results go to standard output, everything else to standard error; `--json` prints the command's own value, or one
//!   document that says what went wrong.
//! - What comes back is read as the types the window gets. No figure is computed here.

#![cfg_attr(test, allow(clippy::unwrap_used))]
// Both panic once nobody reads any more; `output` does not.
#![deny(clippy::print_stdout, clippy::print_stderr)]

use std::process::ExitCode;
use std::sync::Arc;

use app::report::locale::{Catalogue, FluentValue, Language};
use app::view::PathInput;
use app::workspace::{WorkspaceState, WorkspaceStatus};
use app::{App, Config};
use clap::Parser;
use serde::Serialize;
use serde::de::DeserializeOwned;

mod arguments;
mod drafts;
mod failure;
mod output;
mod subcommand;
mod subcommands;

use arguments::Arguments;
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
        let line = output::progress::Line::new(self.catalogue.clone(), self.quiet);
        let outcome = self.app.dispatch(command, payload, self.language, Some(line.events())).await;
        line.end();
        let value = outcome.map_err(|error| self.failure(error))?;
        serde_json::from_value(value).map_err(|error| self.misfit(command, &error))
    }

    /// A value that is not of its command's type: nobody's fault but ours.
    fn misfit(&self, command: &str, error: &serde_json::Error) -> Failure {
        output::note(&format!("{command}: {error}"));
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
    let app = App::new(Config { data_dir: app::folders::data_dir(), folder: None, now });
    let session = Session {
        catalogue: app.catalogue(language),
        app,
        language,
        json: arguments.json,
        quiet: arguments.json || arguments.quiet,
    };
    let outcome = run(&session, arguments).await;
    session.app.shut_down().await;
    if let (Ok(_), Some(cause)) = (&outcome, output::unsaid()) {
        output::note(&session.text("cli-unsaid", &[("cause", cause.into())]));
        return ExitCode::from(FAILED);
    }
    match outcome {
        Ok(code) => ExitCode::from(code),
        Err(failure) if session.json => {
            output::json(&ErrorDocument { error: &failure });
            ExitCode::from(failure.exit)
        }
        Err(failure) => {
            output::note(&failure.text());
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
    if arguments.command.needs_workspace() {
        session.open(arguments.workspace).await?;
    }
    arguments.command.run(session).await
}

impl Session {
    async fn open(&self, path: Option<String>) -> Result<(), Failure> {
        let path = path.ok_or_else(|| self.misuse("workspace-needed", &[]))?;
        let status: WorkspaceStatus = self.call("workspace_open", PathInput { path }).await?;
        match status.state {
            WorkspaceState::Open => Ok(()),
            WorkspaceState::Newer => Err(self.unopened("newer-schema")),
            _ => Err(self.unopened("damaged")),
        }
    }

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
