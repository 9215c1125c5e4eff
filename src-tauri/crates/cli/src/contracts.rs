//! `quarterdeck contracts`.

use app::contract::ContractsView;
use app::report::format::UNKNOWN;
use app::wire::{Deadline, Term};
use clap::Subcommand;
use serde::Serialize;

use crate::{ALERTS, Failure, Session, output};

#[derive(Debug, Subcommand)]
pub enum ContractsCommand {
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

pub async fn run(session: &Session, command: &ContractsCommand) -> Result<u8, Failure> {
    match command {
        ContractsCommand::Deadlines { within } => deadlines(session, *within).await,
    }
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
