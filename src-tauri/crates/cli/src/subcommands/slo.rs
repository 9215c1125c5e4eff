//! `quarterdeck slo`: objectives, what is left of their budgets, files in and out.

use app::slo::{SloExport, SloFileMade, SloFilePlan, SloFileRequest, SloMeasureRequest, SloMeasured, SloRow};
use app::view::Exported;
use app::wire::{SloMeaning, SloSeries, SloSeriesPair};
use clap::Args;

use super::bakeoff::issues;
use crate::subcommand::Subcommand;
use crate::{ALERTS, Failure, Session, output};

/// Service-level objectives: what is left of each error budget, and files of them in and out
#[derive(Debug, Args)]
pub struct Slo {
    #[command(subcommand)]
    what: SloCommand,
}

#[derive(Debug, clap::Subcommand)]
enum SloCommand {
    /// Objectives and what is left of their budgets
    List,
    /// The same; exit code 3 where an alert fires or a budget is used up
    Check,
    /// Bring objectives of an OpenSLO or Sloth file in
    Import {
        file: String,
        /// Only show what would come in
        #[arg(long)]
        dry_run: bool,
    },
    /// Write every objective as OpenSLO
    Export {
        #[arg(long)]
        out: String,
        /// Replace the file if it is there
        #[arg(long)]
        force: bool,
    },
    /// Bring measurements in: a table with a time and good, bad or all events, or a range query of Prometheus
    Measure {
        /// Name or id of the objective
        slo: String,
        file: String,
        /// What the series of a Prometheus file are: ratio, bad-ratio, counts (of each step) or counter
        #[arg(long, default_value = "ratio")]
        series: String,
        /// Series of some of the events, as label=value; for counts and counters
        #[arg(long)]
        part: Option<String>,
        /// Series of all events, as label=value; for counts and counters
        #[arg(long)]
        total: Option<String>,
        /// The part is of bad events
        #[arg(long)]
        bad: bool,
        /// The file writes 12,5 rather than 12.5
        #[arg(long)]
        decimal_comma: Option<bool>,
        /// The file writes 31/7/2026 rather than 7/31/2026
        #[arg(long)]
        day_first: Option<bool>,
    },
}

impl Subcommand for Slo {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        match &self.what {
            SloCommand::List => {
                let rows: Vec<SloRow> = session.call("slos", ()).await?;
                list(session, &rows);
            }
            SloCommand::Check => {
                let rows: Vec<SloRow> = session.call("slos", ()).await?;
                list(session, &rows);
                let alerts = rows.iter().any(|row| row.firing > 0 || row.left.is_some_and(|left| left < 0.0));
                return Ok(if alerts { ALERTS } else { 0 });
            }
            SloCommand::Import { file, dry_run } => import(session, file, *dry_run).await?,
            SloCommand::Export { out, force } => {
                let request = SloExport { path: out.clone(), replace: *force, create_folder: false };
                let done: Exported = session.call("slo_export", request).await?;
                let args = [("path", done.path.clone().into()), ("rows", done.rows.into())];
                session.print(&done, |_| session.text("cli-slo-exported", &args));
            }
            SloCommand::Measure { slo, file, series, part, total, bad, decimal_comma, day_first } => {
                let request = SloMeasureRequest {
                    id: find(session, slo).await?.id,
                    path: file.clone(),
                    meaning: Some(meaning(session, series, (part.as_deref(), total.as_deref(), *bad))?),
                    columns: None,
                    decimal_comma: *decimal_comma,
                    day_first: *day_first,
                };
                let done: SloMeasured = session.call("slo_measure", request).await?;
                issues(session, file, &done.issues);
                let args = [("points", done.points.into()), ("read", done.read.into())];
                session.print(&done, |_| session.text("cli-slo-measured", &args));
            }
        }
        Ok(0)
    }
}

async fn import(session: &Session, file: &str, dry_run: bool) -> Result<(), Failure> {
    let request = SloFileRequest { path: file.to_owned() };
    let plan: SloFilePlan = session.call("slo_file", &request).await?;
    issues(session, file, &plan.issues);
    if dry_run {
        session.print(&plan, |plan| {
            let line = |one: &app::slo::SloFound| {
                format!("{} · {}: {}, {}", one.service, one.name, one.objective_text, one.window_text)
            };
            plan.slos.iter().map(line).collect::<Vec<_>>().join("\n")
        });
        return Ok(());
    }
    let done: SloFileMade = session.call("slo_file_commit", &request).await?;
    let args = [
        ("made", u64::from(done.made).into()),
        ("changed", u64::from(done.changed).into()),
        ("same", u64::from(done.same).into()),
    ];
    session.print(&done, |_| session.text("cli-slo-imported", &args));
    Ok(())
}

/// What the series of a file are, as the options say.
fn meaning(
    session: &Session,
    series: &str,
    (part, total, bad): (Option<&str>, Option<&str>, bool),
) -> Result<SloMeaning, Failure> {
    let chosen = |text: Option<&str>| match text {
        None => Ok(SloSeries::All),
        Some(text) => match text.split_once('=') {
            Some((label, value)) => Ok(SloSeries::Labelled { label: label.to_owned(), value: value.to_owned() }),
            None => Err(session.misuse("not-a-label", &[("text", text)])),
        },
    };
    let pair = || Ok::<_, Failure>(SloSeriesPair { part: chosen(part)?, is_bad: bad, total: chosen(total)? });
    match series {
        "ratio" => Ok(SloMeaning::Ratio),
        "bad-ratio" => Ok(SloMeaning::BadRatio),
        "counts" => Ok(SloMeaning::GoodTotal(pair()?)),
        "counter" => Ok(SloMeaning::Counter(pair()?)),
        other => Err(session.misuse("unknown-word", &[("word", other)])),
    }
}

/// By its name, whatever its case, or its id.
async fn find(session: &Session, text: &str) -> Result<SloRow, Failure> {
    let rows: Vec<SloRow> = session.call("slos", ()).await?;
    let wanted = text.trim().to_lowercase();
    let found = rows.into_iter().find(|row| row.name.to_lowercase() == wanted || row.id.to_string() == wanted);
    found.ok_or_else(|| session.misuse("no-slo", &[("slo", text)]))
}

fn list(session: &Session, rows: &[SloRow]) {
    if session.json {
        output::json(&rows);
        return;
    }
    let header = ["slo", "slo-objective", "slo-sli", "slo-left", "slo-burn", "slo-gone", "slo-state"]
        .map(|id| session.text(&format!("cli-column-{id}"), &[]));
    let body = rows.iter().map(|row| {
        [&row.name, &row.objective_text, &row.sli_text, &row.left_text, &row.burn_text, &row.gone_text, &row.state_text]
            .map(Clone::clone)
            .to_vec()
    });
    output::table(&header, &[false, true, true, true, true, false, false], body.collect());
}
