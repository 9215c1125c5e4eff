//! `quarterdeck scorecard`: marks of vendors.

use app::scorecard::{ScoreDraft, ScorecardView, ScorecardsView};
use app::vendor::{VendorRef, VendorRow};
use app::wire::ScoreDimension;
use clap::{Args, ValueEnum};

use crate::subcommand::Subcommand;
use crate::{Failure, Session, output};

/// Scorecards: vendors by quality, latency, safety, price, data terms and support
#[derive(Debug, Args)]
pub struct Scorecard {
    #[command(subcommand)]
    what: ScorecardCommand,
}

#[derive(Debug, clap::Subcommand)]
enum ScorecardCommand {
    /// One vendor's marks with what is proposed, or all vendors side by side
    Show {
        /// Id or name
        vendor: Option<String>,
    },
    /// Give a mark of 1 to 5
    Set {
        /// Id or name
        vendor: String,
        #[arg(value_enum)]
        dimension: Dimension,
        mark: u8,
        /// Who gives it
        #[arg(long)]
        by: String,
        /// Needed where the mark is another than proposed
        #[arg(long, default_value = "")]
        reason: String,
    },
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Dimension {
    Quality,
    Latency,
    Safety,
    Price,
    DataTerms,
    Support,
}

impl From<Dimension> for ScoreDimension {
    fn from(dimension: Dimension) -> Self {
        match dimension {
            Dimension::Quality => ScoreDimension::Quality,
            Dimension::Latency => ScoreDimension::Latency,
            Dimension::Safety => ScoreDimension::Safety,
            Dimension::Price => ScoreDimension::Price,
            Dimension::DataTerms => ScoreDimension::DataTerms,
            Dimension::Support => ScoreDimension::Support,
        }
    }
}

impl Subcommand for Scorecard {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        match &self.what {
            ScorecardCommand::Show { vendor: Some(vendor) } => {
                let id = find(session, vendor).await?;
                show(session, id).await?;
            }
            ScorecardCommand::Show { vendor: None } => {
                let view: ScorecardsView = session.call("scorecards", ()).await?;
                if session.json {
                    output::json(&view);
                    return Ok(0);
                }
                let heads: Vec<String> =
                    std::iter::once(session.text("vendor", &[])).chain(view.dimensions.iter().cloned()).collect();
                let right: Vec<bool> = (0..heads.len()).map(|at| at > 0).collect();
                let body = view.rows.iter().map(|row| {
                    let marks =
                        row.marks.iter().map(|mark| mark.map_or_else(|| "—".to_owned(), |mark| mark.to_string()));
                    std::iter::once(row.vendor.clone()).chain(marks).collect()
                });
                output::table(&heads, &right, body.collect());
            }
            ScorecardCommand::Set { vendor, dimension, mark, by, reason } => {
                let id = find(session, vendor).await?;
                let draft = ScoreDraft {
                    vendor_id: id.id,
                    dimension: (*dimension).into(),
                    mark: *mark,
                    reason: reason.clone(),
                    author: by.clone(),
                };
                let () = session.call("scorecard_set", draft).await?;
                show(session, id).await?;
            }
        }
        Ok(0)
    }
}

async fn show(session: &Session, vendor: VendorRef) -> Result<(), Failure> {
    let view: ScorecardView = session.call("scorecard", vendor).await?;
    if session.json {
        output::json(&view);
        return Ok(());
    }
    output::say(&format!("{} · {}", view.vendor, view.quarter_text));
    let heads = ["scorecard-dimension", "scorecard-mark", "scorecard-proposal", "scorecard-why"]
        .map(|id| session.text(id, &[]));
    let body = view.rows.iter().map(|row| {
        let mark =
            row.mark.as_ref().map_or_else(|| "—".to_owned(), |mark| format!("{} ({})", mark.mark, mark.quarter_text));
        let proposal = row.proposal.as_ref();
        let why = row.mark.as_ref().map(|mark| mark.reason.clone()).filter(|reason| !reason.is_empty());
        let basis = proposal.map_or_else(|| row.no_proposal.clone(), |proposal| proposal.basis.clone());
        vec![
            row.name.clone(),
            mark,
            proposal.map_or_else(|| "—".to_owned(), |proposal| proposal.mark.to_string()),
            why.unwrap_or(basis),
        ]
    });
    output::table(&heads, &[false, false, true, false], body.collect());
    Ok(())
}

async fn find(session: &Session, vendor: &str) -> Result<VendorRef, Failure> {
    let rows: Vec<VendorRow> = session.call("vendors", ()).await?;
    let wanted = vendor.to_lowercase();
    let found =
        rows.iter().find(|row| row.vendor.id.to_string() == wanted || row.vendor.details.name.to_lowercase() == wanted);
    found
        .map(|row| VendorRef { id: row.vendor.id })
        .ok_or_else(|| session.misuse("no-such-vendor", &[("vendor", vendor)]))
}
