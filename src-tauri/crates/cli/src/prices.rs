//! `quarterdeck prices`.

use app::price::PriceImportSummary;
use app::workspace::PathInput;
use clap::Subcommand;

use crate::{Failure, Session, output};

#[derive(Debug, Subcommand)]
pub enum PricesCommand {
    /// Update the list prices from a newer copy of the price list
    Import { path: String },
}

pub async fn run(session: &Session, command: &PricesCommand) -> Result<u8, Failure> {
    match command {
        PricesCommand::Import { path } => import(session, path).await,
    }
}

async fn import(session: &Session, path: &str) -> Result<u8, Failure> {
    let summary: PriceImportSummary = session.job("price_import", PathInput { path: path.to_owned() }).await?;
    session.print(&summary, |summary| {
        session.text(
            "cli-prices-imported",
            &[
                ("added", output::count(summary.added).into()),
                ("closed", output::count(summary.closed).into()),
                ("unchanged", output::count(summary.unchanged).into()),
                ("refused", output::count(summary.refused.len() as u64).into()),
            ],
        )
    });
    Ok(0)
}
