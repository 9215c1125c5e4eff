//! `quarterdeck incidents`: what happened, declared in a line and worked on by stages.

use app::incident::{IncidentDeclare, IncidentRef, IncidentRow, IncidentView, InstantRead, InstantText, StageReached};
use app::wire::{Impact, IncidentKind, IncidentScope, IncidentStage, IncidentStatus};
use clap::Args;
use serde::de::DeserializeOwned;

use crate::subcommand::Subcommand;
use crate::{Failure, Session, output};

/// Incidents: what happened, how grave it is, how long it took
#[derive(Debug, Args)]
pub struct Incidents {
    #[command(subcommand)]
    what: IncidentsCommand,
}

#[derive(Debug, clap::Subcommand)]
enum IncidentsCommand {
    /// Incidents, the newest first
    List {
        /// Only those that are not resolved
        #[arg(long)]
        open: bool,
    },
    /// Declare one, in a line
    Declare {
        title: String,
        /// vendor-outage, cross-tenant-leak, pii-leak, toxic-output, prompt-injection, runaway-loop, cost-spike, quality-regression, other
        #[arg(long, default_value = "other")]
        kind: String,
        /// others-data, harm, outage, degraded, minor; else what its kind usually does
        #[arg(long)]
        impact: Option<String>,
        /// widespread, several, single
        #[arg(long)]
        scope: Option<String>,
    },
    /// Say that a stage is reached: acknowledged, mitigated, resolved, or when it began or was detected
    Stage {
        /// Number (INC-34 or 34) or id
        incident: String,
        stage: String,
        /// By the workspace's clock: "2026-09-14 14:05", or "14:05" today; now where it is left out
        #[arg(long)]
        at: Option<String>,
    },
}

impl Subcommand for Incidents {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        match &self.what {
            IncidentsCommand::List { open } => {
                let mut rows: Vec<IncidentRow> = session.call("incidents", ()).await?;
                rows.retain(|row| !open || row.status != IncidentStatus::Resolved);
                list(session, &rows);
            }
            IncidentsCommand::Declare { title, kind, impact, scope } => {
                let draft = IncidentDeclare {
                    title: title.clone(),
                    kind: word::<IncidentKind>(session, kind)?,
                    impact: impact.as_deref().map(|impact| word::<Impact>(session, impact)).transpose()?,
                    scope: scope.as_deref().map(|scope| word::<IncidentScope>(session, scope)).transpose()?,
                };
                let made: IncidentRef = session.call("incident_declare", draft).await?;
                let view: IncidentView = session.call("incident", &made).await?;
                session
                    .print(&view, |view| format!("{} {}\n{}", view.row.code, view.row.title, view.suggestion.reason));
            }
            IncidentsCommand::Stage { incident, stage, at } => {
                let id = find(session, incident).await?.id;
                let at = match at {
                    Some(text) => {
                        let read: InstantRead =
                            session.call("instant_read", InstantText { text: text.clone() }).await?;
                        if !read.note.is_empty() {
                            output::note(&read.note);
                        }
                        Some(read.at.ok_or_else(|| session.misuse("not-a-time", &[("text", text)]))?)
                    }
                    None => None,
                };
                let reached = StageReached { id, stage: word::<IncidentStage>(session, stage)?, at };
                let made: IncidentRef = session.call("incident_stage", reached).await?;
                let view: IncidentView = session.call("incident", &made).await?;
                session.print(&view, |view| {
                    let spans = view.spans.iter().map(|span| format!("  {}: {}", span.label, span.text));
                    let spans = spans.collect::<Vec<_>>().join("\n");
                    format!("{} {}: {}\n{spans}", view.row.code, view.row.title, view.row.status_text)
                });
            }
        }
        Ok(0)
    }
}

/// A word as the wire knows it.
fn word<T: DeserializeOwned>(session: &Session, text: &str) -> Result<T, Failure> {
    serde_json::from_value(text.trim().to_lowercase().into())
        .map_err(|_| session.misuse("unknown-word", &[("word", text)]))
}

/// An incident by its number, with or without what stands before it, or by its id.
pub(super) async fn find(session: &Session, text: &str) -> Result<IncidentRow, Failure> {
    let rows: Vec<IncidentRow> = session.call("incidents", ()).await?;
    let wanted = text.trim().to_lowercase();
    let number = wanted.trim_start_matches("inc-").parse::<u32>().ok();
    let found = rows.into_iter().find(|row| Some(row.number) == number || row.id.to_string() == wanted);
    found.ok_or_else(|| session.misuse("no-incident", &[("incident", text)]))
}

fn list(session: &Session, rows: &[IncidentRow]) {
    if session.json {
        output::json(&rows);
        return;
    }
    let header = ["number", "incident", "severity", "status", "kind", "day", "duration"]
        .map(|id| session.text(&format!("cli-column-{id}"), &[]));
    let body = rows.iter().map(|row| {
        [&row.code, &row.title, &row.severity_text, &row.status_text, &row.kind_text, &row.day_text, &row.resolve_text]
            .map(Clone::clone)
            .to_vec()
    });
    output::table(&header, &[false, false, false, false, false, false, true], body.collect());
}
