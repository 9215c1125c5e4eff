//! `quarterdeck vendors`.

use app::report::format::UNKNOWN;
use app::vendor::{VendorDraft, VendorRow};
use app::wire::Vendor;
use clap::Args;

use crate::subcommand::Subcommand;
use crate::{Failure, Session, drafts, output};

const EXAMPLE: &str = r#"{"name":"OpenAI","status":"approved","owner":"Ada","riskTier":"medium","website":"https://openai.com","protocol":"openai-compatible","endpoint":"https://api.openai.com/v1","notes":"","contacts":[{"name":"","role":"","email":""}],"providerKeys":["openai"]}"#;

/// Vendors
#[derive(Debug, Args)]
pub struct Vendors {
    #[command(subcommand)]
    what: VendorsCommand,
}

#[derive(Debug, clap::Subcommand)]
enum VendorsCommand {
    /// Vendors, with their ids
    List,
    /// Add a vendor as it is written in a JSON file, or on standard input for "-"
    #[command(after_help = EXAMPLE)]
    Add { file: String },
    /// Save a vendor as it is written in a JSON file, or on standard input for "-"
    #[command(after_help = EXAMPLE)]
    Edit { id: String, file: String },
}

impl Subcommand for Vendors {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        let draft = match &self.what {
            VendorsCommand::List => return list(session).await,
            VendorsCommand::Add { file } => {
                let draft: VendorDraft = drafts::read(session, file, EXAMPLE)?;
                if draft.id.is_some() {
                    return Err(session.misuse("draft-has-id", &[]));
                }
                draft
            }
            VendorsCommand::Edit { id, file } => {
                let id = session.id(id)?;
                let draft: VendorDraft = drafts::read(session, file, EXAMPLE)?;
                if draft.id.is_some_and(|other| other != id) {
                    return Err(session.misuse("draft-of-another", &[]));
                }
                VendorDraft { id: Some(id), ..draft }
            }
        };
        let saved: Vendor = session.call("vendor_save", draft).await?;
        session.print(&saved, |vendor| {
            let args = [("name", vendor.details.name.as_str().into()), ("id", vendor.id.to_string().into())];
            session.text("cli-saved", &args)
        });
        Ok(0)
    }
}

async fn list(session: &Session) -> Result<u8, Failure> {
    let rows: Vec<VendorRow> = session.call("vendors", ()).await?;
    if session.json {
        output::json(&rows);
        return Ok(0);
    }
    let header = ["id", "vendor", "status", "contracts", "act-by", "spend", "models"]
        .map(|id| session.text(&format!("cli-column-{id}"), &[]));
    let body = rows.iter().map(|row| {
        vec![
            row.vendor.id.to_string(),
            row.vendor.details.name.clone(),
            output::word(&row.vendor.details.status),
            output::count(row.contracts),
            row.next_deadline.map_or(UNKNOWN.to_owned(), |deadline| deadline.date.to_string()),
            row.spend_this_quarter.as_ref().map_or(UNKNOWN.to_owned(), |spend| session.money(spend)),
            output::count(row.models),
        ]
    });
    output::table(&header, &[false, false, false, true, false, true, true], body.collect());
    Ok(0)
}
