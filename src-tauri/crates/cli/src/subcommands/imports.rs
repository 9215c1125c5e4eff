//! `quarterdeck imports`: the files that came in, taken back and answered about.

use app::import::{AnswerChange, ImportRef, ImportRow};
use app::report::format::UNKNOWN;
use clap::Args;

use super::import::Choice;
use crate::subcommand::Subcommand;
use crate::{Failure, Session, output};

/// Imports: list, take back, answer otherwise
#[derive(Debug, Args)]
pub struct Imports {
    #[command(subcommand)]
    what: ImportsCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ImportsCommand {
    /// Files that came in and count, with their ids
    List,
    /// Take an import back whole; a backup is made first
    Undo { id: String },
    /// Say otherwise what happens to hours an import tells otherwise than those before it
    Answer {
        id: String,
        #[arg(value_enum)]
        answer: Choice,
    },
}

impl Subcommand for Imports {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        match &self.what {
            ImportsCommand::List => list(session).await,
            ImportsCommand::Undo { id } => {
                let which = ImportRef { id: session.id(id)? };
                let name = name(session, &which).await?;
                let (): () = session.call("import_revert", &which).await?;
                session.print(&which, |_| session.text("cli-import-undone", &[("file", name.as_str().into())]));
                Ok(0)
            }
            ImportsCommand::Answer { id, answer } => {
                let change = AnswerChange { id: session.id(id)?, on_conflict: (*answer).into() };
                let name = name(session, &ImportRef { id: change.id }).await?;
                let (): () = session.call("import_answer", &change).await?;
                session.print(&change, |change| {
                    let args = [("file", name.as_str().into()), ("answer", output::word(&change.on_conflict).into())];
                    session.text("cli-import-answered", &args)
                });
                Ok(0)
            }
        }
    }
}

/// The file's name, where the import still counts.
async fn name(session: &Session, which: &ImportRef) -> Result<String, Failure> {
    let rows: Vec<ImportRow> = session.call("imports", ()).await?;
    Ok(rows.into_iter().find(|row| row.id == which.id).map_or_else(|| which.id.to_string(), |row| row.name))
}

async fn list(session: &Session) -> Result<u8, Failure> {
    let rows: Vec<ImportRow> = session.call("imports", ()).await?;
    if session.json {
        output::json(&rows);
        return Ok(0);
    }
    let header = ["id", "file", "feed", "format", "imported", "rows", "bad", "from", "to", "answer"]
        .map(|id| session.text(&format!("cli-column-{id}"), &[]));
    let body = rows.iter().map(|row| {
        vec![
            row.id.to_string(),
            row.name.clone(),
            row.source.clone(),
            row.format.clone(),
            output::time(&row.imported_at),
            output::count(row.rows),
            output::count(row.bad),
            row.period.as_ref().map_or(UNKNOWN.to_owned(), |period| output::time(&period.from)),
            row.period.as_ref().map_or(UNKNOWN.to_owned(), |period| output::time(&period.to)),
            row.answer.as_ref().map_or(UNKNOWN.to_owned(), output::word),
        ]
    });
    let right = [false, false, false, false, false, true, true, false, false, false];
    output::table(&header, &right, body.collect());
    Ok(0)
}
