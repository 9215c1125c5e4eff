//! `quarterdeck contracts`.

use app::contract::{ContractDraft, ContractsView};
use app::report::format::UNKNOWN;
use app::wire::{Contract, Deadline, Term};
use clap::Args;
use serde::Serialize;

use crate::subcommand::Subcommand;
use crate::{ALERTS, Failure, Session, drafts, output};

const EXAMPLE: &str = r#"{"vendorId":"ID","title":"Order form 1","kind":"order-form","owner":"Ada","parties":"","start":"2026-01-01","initialTermMonths":12,"end":null,"autoRenew":true,"renewalTermMonths":12,"noticeMinDays":60,"noticeMaxDays":null,"noticeGiven":null,"currency":"USD","commitment":{"amount":"120000","currency":"USD"},"commitmentPeriod":"year","notes":""}"#;

/// Contracts
#[derive(Debug, Args)]
pub struct Contracts {
    #[command(subcommand)]
    what: ContractsCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ContractsCommand {
    /// Contracts, with their ids
    List,
    /// Add a contract as it is written in a JSON file, or on standard input for "-"
    #[command(after_help = EXAMPLE)]
    Add { file: String },
    /// Save a contract as it is written in a JSON file, or on standard input for "-"
    #[command(after_help = EXAMPLE)]
    Edit { id: String, file: String },
    /// Notice deadlines and ends, the nearest first; exit code 3 when one is near
    Deadlines {
        /// Days that count as near
        #[arg(long, default_value_t = 30)]
        within: i64,
    },
}

#[derive(Serialize)]
struct Deadlines<'a> {
    deadlines: Vec<ContractDeadline<'a>>,
}

#[derive(Serialize)]
struct ContractDeadline<'a> {
    vendor: &'a str,
    contract: &'a str,
    term: Option<Term>,
    deadline: Deadline,
}

impl Subcommand for Contracts {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        let draft = match &self.what {
            ContractsCommand::List => return list(session).await,
            ContractsCommand::Deadlines { within } => return deadlines(session, *within).await,
            ContractsCommand::Add { file } => {
                let draft: ContractDraft = drafts::read(session, file, EXAMPLE)?;
                if draft.id.is_some() {
                    return Err(session.misuse("draft-has-id", &[]));
                }
                draft
            }
            ContractsCommand::Edit { id, file } => {
                let id = session.id(id)?;
                let draft: ContractDraft = drafts::read(session, file, EXAMPLE)?;
                if draft.id.is_some_and(|other| other != id) {
                    return Err(session.misuse("draft-of-another", &[]));
                }
                ContractDraft { id: Some(id), ..draft }
            }
        };
        let saved: Contract = session.call("contract_save", draft).await?;
        session.print(&saved, |contract| {
            let args = [("name", contract.details.title.as_str().into()), ("id", contract.id.to_string().into())];
            session.text("cli-saved", &args)
        });
        Ok(0)
    }
}

async fn list(session: &Session) -> Result<u8, Failure> {
    let view: ContractsView = session.call("contracts", ()).await?;
    if session.json {
        output::json(&view);
        return Ok(0);
    }
    let header = ["id", "vendor", "contract", "state", "term-ends", "act-by", "commitment"]
        .map(|id| session.text(&format!("cli-column-{id}"), &[]));
    let body = view.rows.iter().map(|row| {
        vec![
            row.contract.id.to_string(),
            row.vendor_name.clone(),
            row.contract.details.title.clone(),
            output::word(&row.state),
            row.term.map_or(UNKNOWN.to_owned(), |term| term.to.to_string()),
            row.deadline.map_or(UNKNOWN.to_owned(), |deadline| deadline.date.to_string()),
            row.contract.details.commitment.as_ref().map_or(UNKNOWN.to_owned(), |amount| session.money(amount)),
        ]
    });
    output::table(&header, &[false, false, false, false, false, false, true], body.collect());
    Ok(0)
}

/// Lists deadlines; alerts when one is overdue or within the days given.
async fn deadlines(session: &Session, within: i64) -> Result<u8, Failure> {
    let view: ContractsView = session.call("contracts", ()).await?;
    let rows: Vec<ContractDeadline<'_>> = view
        .rows
        .iter()
        .filter_map(|row| {
            let (vendor, contract) = (&row.vendor_name, &row.contract.details.title);
            Some(ContractDeadline { vendor, contract, term: row.term, deadline: row.deadline? })
        })
        .collect();
    let is_near = rows.iter().any(|row| row.deadline.days_left <= within);
    if session.json {
        output::json(&Deadlines { deadlines: rows });
    } else {
        let header = ["vendor", "contract", "term-ends", "act-by", "days"]
            .map(|id| session.text(&format!("cli-column-{id}"), &[]));
        let body = rows.iter().map(|row| {
            vec![
                row.vendor.to_owned(),
                row.contract.to_owned(),
                row.term.map_or(UNKNOWN.to_owned(), |term| term.to.to_string()),
                row.deadline.date.to_string(),
                row.deadline.days_left.to_string(),
            ]
        });
        output::table(&header, &[false, false, false, false, true], body.collect());
    }
    Ok(if is_near { ALERTS } else { 0 })
}
