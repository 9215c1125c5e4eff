//! `quarterdeck suite`: cases of bake-offs.

use app::suite::{CasesMode, FreezeRequest, SuiteImport, SuiteImported, SuiteRow, VersionView};
use app::wire::SuiteKind;
use clap::{Args, ValueEnum};

use super::bakeoff::{issues, mapping};
use crate::subcommand::Subcommand;
use crate::{Failure, Session, output};

/// Suites: the cases that bake-offs ask
#[derive(Debug, Args)]
pub struct Suite {
    #[command(subcommand)]
    what: SuiteCommand,
}

#[derive(Debug, clap::Subcommand)]
enum SuiteCommand {
    /// Suites, with their ids
    List,
    /// Bring in the cases of a file: CSV, JSON Lines, promptfoo YAML, or the cases inside a file of results
    Import {
        file: String,
        /// Into this suite, by id or name; else a new one is made
        #[arg(long)]
        suite: Option<String>,
        /// What a new suite is called
        #[arg(long, default_value = "")]
        name: String,
        #[arg(long, value_enum, default_value = "golden")]
        kind: Kind,
        /// Only the cases of the file stay in the draft
        #[arg(long)]
        replace: bool,
        /// Which column means what: case=ID,input=QUESTION,reference=ANSWER,tag=TOPIC
        #[arg(long, value_delimiter = ',')]
        map: Vec<String>,
        /// 12,5 is twelve and a half (true), or 12.5 is (false), where the file itself does not tell
        #[arg(long, value_name = "BOOL")]
        decimal_comma: Option<bool>,
        /// Freeze the version at once, in this person's name
        #[arg(long)]
        freeze_by: Option<String>,
    },
    /// Freeze a suite's draft: from here on the version does not change
    Freeze {
        /// Id or name
        suite: String,
        #[arg(long)]
        by: String,
        #[arg(long, default_value = "")]
        note: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Golden,
    Safety,
}

impl From<Kind> for SuiteKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Golden => SuiteKind::Golden,
            Kind::Safety => SuiteKind::Safety,
        }
    }
}

impl Subcommand for Suite {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        match &self.what {
            SuiteCommand::List => list(session).await?,
            SuiteCommand::Import { file, suite, name, kind, replace, map, decimal_comma, freeze_by } => {
                let id = match suite {
                    Some(suite) => Some(find(session, suite).await?.id),
                    None => None,
                };
                let request = SuiteImport {
                    path: file.clone(),
                    id,
                    name: name.clone(),
                    kind: (*kind).into(),
                    format: None,
                    mapping: mapping(session, map, *decimal_comma)?,
                    mode: if *replace { CasesMode::Replace } else { CasesMode::Add },
                };
                let done: SuiteImported = session.call("suite_import", request).await?;
                issues(session, file, &done.issues);
                session.print(&done, |done| {
                    let args = [
                        ("name", done.name.as_str().into()),
                        ("cases", output::count(done.cases).into()),
                        ("version", done.version.into()),
                        ("id", done.id.to_string().into()),
                    ];
                    session.text("cli-suite-imported", &args)
                });
                if let Some(by) = freeze_by {
                    freeze(session, FreezeRequest { id: done.id, by: by.clone(), note: String::new() }).await?;
                }
            }
            SuiteCommand::Freeze { suite, by, note } => {
                let id = find(session, suite).await?.id;
                freeze(session, FreezeRequest { id, by: by.clone(), note: note.clone() }).await?;
            }
        }
        Ok(0)
    }
}

async fn freeze(session: &Session, request: FreezeRequest) -> Result<(), Failure> {
    let version: VersionView = session.call("suite_freeze", request).await?;
    session.print(&version, |version| {
        let hash = version.hash.as_deref().unwrap_or_default();
        let args =
            [("version", version.number.into()), ("cases", output::count(version.cases).into()), ("hash", hash.into())];
        session.text("cli-suite-frozen", &args)
    });
    Ok(())
}

async fn list(session: &Session) -> Result<(), Failure> {
    let rows: Vec<SuiteRow> = session.call("suites", ()).await?;
    if session.json {
        output::json(&rows);
        return Ok(());
    }
    let header = ["id", "suite", "kind", "cases", "frozen"].map(|id| session.text(&format!("cli-column-{id}"), &[]));
    let body = rows.iter().map(|row| {
        let frozen = row.frozen.map_or_else(|| "—".to_owned(), |version| format!("v{version}"));
        vec![row.id.to_string(), row.name.clone(), output::word(&row.kind), output::count(row.cases), frozen]
    });
    output::table(&header, &[false, false, false, true, false], body.collect());
    Ok(())
}

/// A suite by its id, else by its name.
pub async fn find(session: &Session, wanted: &str) -> Result<SuiteRow, Failure> {
    let rows: Vec<SuiteRow> = session.call("suites", ()).await?;
    let found =
        rows.into_iter().find(|row| row.id.to_string() == wanted || row.name.to_lowercase() == wanted.to_lowercase());
    found.ok_or_else(|| session.misuse("no-such-suite", &[("suite", wanted)]))
}
