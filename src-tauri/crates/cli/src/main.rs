//! `quarterdeck` does headless what a script or a scheduled job needs, on the same workspace file and through the same
//! commands as the window. Invariants:
//!
//! - Exit codes: 0 fine, 1 failed, 2 wrong use, 3 alerts.
//! - Results go to standard output, everything else to standard error; `--json` prints the command's own value.
//! - No figure is computed here.

use std::process::ExitCode;
use std::sync::Arc;

use app::report::locale::{Catalogue, Language};
use app::{App, Config, WireError};
use clap::Parser;
use serde_json::{Value, json};

mod arguments;
mod economics;
mod import;
mod output;

use arguments::{Arguments, Command, ContractsCommand, PricesCommand, ReportCommand, UsageCommand};

const FAILED: u8 = 1;
const WRONG_USE: u8 = 2;
const ALERTS: u8 = 3;

/// Errors that are about the words of the command line, not about a file.
const MISUSED: [&str; 4] = ["bad-period", "too-many-dimensions", "unknown-zone", "invalid"];

/// Errors that `--force` would have prevented; their sentences name it.
const FORCED: [&str; 2] = ["target-exists", "folder-not-empty"];

/// Why a run ended early: a sentence and an exit code.
struct Failure {
    sentence: String,
    code: u8,
}

/// What every subcommand works with.
struct Session {
    app: Arc<App>,
    catalogue: Arc<Catalogue>,
    language: Language,
    json: bool,
    quiet: bool,
}

impl Session {
    async fn call(&self, command: &str, payload: Value) -> Result<Value, Failure> {
        self.app.dispatch(command, payload, self.language, None).await.map_err(|error| self.failure(&error))
    }

    async fn job(&self, command: &str, payload: Value) -> Result<Value, Failure> {
        let events = output::progress(self.catalogue.clone(), self.quiet);
        let outcome = self.app.dispatch(command, payload, self.language, Some(events)).await;
        output::end_progress(self.quiet);
        outcome.map_err(|error| self.failure(&error))
    }

    fn text(&self, id: &str, args: &[(&str, app::report::locale::FluentValue<'_>)]) -> String {
        self.catalogue.text(id, args)
    }

    /// The sentence of an error, with one for each field that is wrong.
    fn failure(&self, error: &WireError) -> Failure {
        let sentence = |prefix: &str, code: &str, params: &std::collections::BTreeMap<String, String>| {
            let args: Vec<_> = params.iter().map(|(k, v)| (k.as_str(), v.as_str().into())).collect();
            self.text(&format!("{prefix}-{code}"), &args)
        };
        // Where a window asks, the command line has to be told.
        let prefix = if FORCED.contains(&error.code.as_str()) { "cli" } else { "error" };
        let sentence = if error.fields.is_empty() {
            sentence(prefix, &error.code, &error.params)
        } else {
            let fields = error.fields.iter().map(|f| format!("{}: {}", f.field, sentence("field", &f.code, &f.params)));
            fields.collect::<Vec<_>>().join("\n")
        };
        let code = if MISUSED.contains(&error.code.as_str()) { WRONG_USE } else { FAILED };
        Failure { sentence, code }
    }
}

#[tokio::main]
async fn main() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
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
        Err(failure) => {
            eprintln!("{}", failure.sentence);
            ExitCode::from(failure.code)
        }
    }
}

async fn run(session: &Session, arguments: Arguments) -> Result<u8, Failure> {
    if let Command::New(new) = &arguments.command {
        return create(session, new).await;
    }
    let Some(workspace) = &arguments.workspace else {
        return Err(Failure { sentence: session.text("cli-workspace-needed", &[]), code: WRONG_USE });
    };
    let status = session.call("workspace_open", json!({ "path": workspace })).await?;
    if status["state"] != "open" {
        let code = if status["state"] == "newer" { "error-newer-schema" } else { "error-damaged" };
        return Err(Failure { sentence: session.text(code, &[]), code: FAILED });
    }
    match &arguments.command {
        Command::New(_) => Ok(0),
        Command::Import { what: UsageCommand::Usage(usage) } => import::usage(session, usage).await,
        Command::Prices { what: PricesCommand::Import { path } } => prices_import(session, path).await,
        Command::Economics(query) => economics::show(session, query).await,
        Command::Contracts { what: ContractsCommand::Deadlines { within } } => deadlines(session, *within).await,
        Command::Report { what: ReportCommand::Quarter { period, out, force, paper, lang } } => {
            let lang = lang.as_deref().unwrap_or(session.language.tag());
            let payload =
                json!({ "period": period, "paper": paper.name(), "lang": lang, "path": out, "replace": force });
            let exported = session.job("report_quarter_export", payload).await?;
            session.print(&exported, |value| {
                let pages = value["pages"].as_u64().unwrap_or(0);
                let path = output::text(&value["path"]);
                session.text("cli-report-written", &[("path", path.into()), ("pages", pages.into())])
            });
            Ok(0)
        }
        Command::Export { folder, force } => {
            let exported = session.job("workspace_export", json!({ "path": folder, "replace": force })).await?;
            session.print(&exported, |value| {
                let path = output::text(&value["path"]);
                session.text(
                    "cli-exported",
                    &[("path", path.into()), ("rows", value["rows"].as_u64().unwrap_or(0).into())],
                )
            });
            Ok(0)
        }
        Command::Backup => {
            let backup = session.call("workspace_backup", Value::Null).await?;
            session.print(&backup, |value| {
                session.text("cli-backup-taken", &[("path", output::text(&value["path"]).into())])
            });
            Ok(0)
        }
        Command::Verify => {
            let verified = session.call("workspace_verify", Value::Null).await?;
            let ok = verified["ok"] == true;
            session.print(&verified, |value| {
                let id = if ok { "cli-verified" } else { "cli-verify-failed" };
                session.text(id, &[("detail", output::text(&value["detail"]).into())])
            });
            Ok(if ok { 0 } else { FAILED })
        }
    }
}

async fn create(session: &Session, new: &arguments::New) -> Result<u8, Failure> {
    let status = if new.sample {
        session.job("workspace_sample", json!({ "path": new.file })).await?
    } else {
        let name = new.name.clone().unwrap_or_else(|| {
            let stem = std::path::Path::new(&new.file).file_stem().unwrap_or_default();
            stem.to_string_lossy().into_owned()
        });
        let payload = json!({ "path": new.file, "name": name, "currency": new.currency, "timeZone": new.time_zone,
            "fiscalStartMonth": new.fiscal_start });
        session.call("workspace_create", payload).await?
    };
    session.print(&status, |value| session.text("cli-created", &[("path", output::text(&value["path"]).into())]));
    Ok(0)
}

async fn prices_import(session: &Session, path: &str) -> Result<u8, Failure> {
    let summary = session.job("price_import", json!({ "path": path })).await?;
    session.print(&summary, |value| {
        let count = |name: &str| value[name].as_u64().unwrap_or(0);
        let refused = value["refused"].as_array().map_or(0, Vec::len);
        session.text(
            "cli-prices-imported",
            &[
                ("added", count("added").into()),
                ("closed", count("closed").into()),
                ("unchanged", count("unchanged").into()),
                ("refused", refused.into()),
            ],
        )
    });
    Ok(0)
}

/// Lists deadlines; alerts when one is overdue or within the days given.
async fn deadlines(session: &Session, within: i64) -> Result<u8, Failure> {
    let view = session.call("contracts", Value::Null).await?;
    let rows: Vec<&Value> =
        view["rows"].as_array().into_iter().flatten().filter(|r| !r["deadline"].is_null()).collect();
    let days = |row: &Value| row["deadline"]["daysLeft"].as_i64().unwrap_or(i64::MAX);
    if session.json {
        let list: Vec<Value> = rows
            .iter()
            .map(|row| {
                json!({ "vendor": row["vendorName"], "contract": row["contract"]["title"], "term": row["term"],
                    "deadline": row["deadline"] })
            })
            .collect();
        output::json(&json!({ "deadlines": list }));
    } else {
        let header = ["vendor", "contract", "term-ends", "act-by", "days"]
            .map(|id| session.text(&format!("cli-column-{id}"), &[]));
        let body = rows.iter().map(|row| {
            vec![
                output::text(&row["vendorName"]),
                output::text(&row["contract"]["title"]),
                output::text(&row["term"]["to"]),
                output::text(&row["deadline"]["date"]),
                days(row).to_string(),
            ]
        });
        output::table(&header, &[false, false, false, false, true], body.collect());
    }
    Ok(if rows.iter().any(|row| days(row) <= within) { ALERTS } else { 0 })
}

impl Session {
    /// The value as JSON, or one sentence about it.
    fn print(&self, value: &Value, sentence: impl Fn(&Value) -> String) {
        if self.json { output::json(value) } else { output::say(&sentence(value)) }
    }
}
