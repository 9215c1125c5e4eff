//! `quarterdeck postmortem`: what was written of an incident, as a file; `quarterdeck actions`: what is done so that it does not come
//! again.

use app::postmortem::{ActionView, PostmortemExport, PostmortemForm, PostmortemView, TextView};
use app::reports::PaperKind;
use app::wire::ActionStatus;
use app::{incident::IncidentRef, view::Exported};
use clap::{ArgGroup, Args};

use super::incidents::find;
use crate::subcommand::Subcommand;
use crate::{ALERTS, Failure, Session, output};

/// Post-mortems: what was written of an incident
#[derive(Debug, Args)]
pub struct Postmortem {
    #[command(subcommand)]
    what: PostmortemCommand,
}

#[derive(Debug, clap::Subcommand)]
enum PostmortemCommand {
    /// The text as it stands
    Show {
        /// Number (INC-27 or 27) or id of the incident
        incident: String,
    },
    /// Write it as a file
    #[command(group(ArgGroup::new("form").required(true).args(["pdf", "html", "md"])))]
    Export {
        /// Number (INC-27 or 27) or id of the incident
        incident: String,
        #[arg(long)]
        pdf: bool,
        #[arg(long)]
        html: bool,
        #[arg(long)]
        md: bool,
        /// For people outside: marked passages, names that stay inside, owners, evidence and pictures are taken out
        #[arg(long)]
        external: bool,
        #[arg(long, value_name = "FILE")]
        out: String,
        /// Letter rather than A4
        #[arg(long)]
        letter: bool,
        /// Replace the file that lies there
        #[arg(long)]
        force: bool,
    },
}

impl Subcommand for Postmortem {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        match &self.what {
            PostmortemCommand::Show { incident } => {
                let id = find(session, incident).await?.id;
                let text: TextView = session.call("postmortem_text", IncidentRef { id }).await?;
                let view: PostmortemView = session.call("postmortem", IncidentRef { id }).await?;
                session
                    .print(&text, |text| format!("{} {}: {}\n\n{}", view.code, view.title, view.state_text, text.text));
            }
            PostmortemCommand::Export { incident, pdf, html, external, out, letter, force, .. } => {
                let id = find(session, incident).await?.id;
                let form = match (pdf, html) {
                    (true, _) => PostmortemForm::Pdf,
                    (_, true) => PostmortemForm::Html,
                    _ => PostmortemForm::Markdown,
                };
                let request = PostmortemExport {
                    id,
                    form,
                    external: *external,
                    paper: if *letter { PaperKind::Letter } else { PaperKind::A4 },
                    path: out.clone(),
                    replace: *force,
                    create_folder: false,
                };
                let done: Exported = session.call("postmortem_export", request).await?;
                session.print(&done, |done| {
                    session.text("cli-postmortem-written", &[("path", done.path.as_str().into())])
                });
            }
        }
        Ok(0)
    }
}

/// Actions: what is done so that an incident does not come again
#[derive(Debug, Args)]
pub struct Actions {
    /// Only those that are past their day; exit code 3 where there are any
    #[arg(long)]
    overdue: bool,
    /// Only those that are neither verified nor dropped
    #[arg(long)]
    open: bool,
}

impl Subcommand for Actions {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        let mut rows: Vec<ActionView> = session.call("actions", ()).await?;
        let is_over = |row: &ActionView| matches!(row.details.status, ActionStatus::Verified | ActionStatus::Dropped);
        rows.retain(|row| (!self.overdue || row.overdue.is_some()) && (!self.open || !is_over(row)));
        if session.json {
            output::json(&rows);
        } else {
            let header = ["incident", "action", "status", "due", "owner"]
                .map(|id| session.text(&format!("cli-column-{id}"), &[]));
            let body = rows.iter().map(|row| {
                let due = if row.overdue_text.is_empty() {
                    row.due_text.clone()
                } else {
                    format!("{}, {}", row.due_text, row.overdue_text)
                };
                vec![
                    row.incident.clone(),
                    row.details.title.clone(),
                    row.status_text.clone(),
                    due,
                    row.details.owner.clone(),
                ]
            });
            output::table(&header, &[false; 5], body.collect());
        }
        Ok(if self.overdue && !rows.is_empty() { ALERTS } else { 0 })
    }
}
