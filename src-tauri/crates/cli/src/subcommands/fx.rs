//! `quarterdeck fx`: exchange rates.

use app::workspace::FxRateView;
use clap::Args;

use crate::subcommand::Subcommand;
use crate::{Failure, Session, output};

/// Exchange rates
#[derive(Debug, Args)]
pub struct Fx {
    #[command(subcommand)]
    what: FxCommand,
}

#[derive(Debug, clap::Subcommand)]
enum FxCommand {
    /// Exchange rates, each from its day on
    List,
    /// Enter that 1 FROM is RATE TO from a day on, e.g. fx add EUR USD 2026-07-01 1.17
    Add { from: String, to: String, day: String, rate: String },
}

impl Subcommand for Fx {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        match &self.what {
            FxCommand::List => {
                let rates: Vec<FxRateView> = session.call("fx_rates", ()).await?;
                if session.json {
                    output::json(&rates);
                    return Ok(0);
                }
                if rates.is_empty() {
                    output::say(&session.text("cli-fx-none", &[]));
                }
                rates.iter().for_each(|rate| output::say(&sentence(session, rate)));
                Ok(0)
            }
            FxCommand::Add { from, to, day, rate } => {
                let (from, to, rate) = (from.clone(), to.clone(), rate.clone());
                let rate = FxRateView { from, to, day: session.day(day)?, rate };
                let saved: FxRateView = session.call("fx_rate_save", rate).await?;
                session.print(&saved, |rate| sentence(session, rate));
                Ok(0)
            }
        }
    }
}

fn sentence(session: &Session, rate: &FxRateView) -> String {
    session.text(
        "cli-fx",
        &[
            ("from", rate.from.as_str().into()),
            ("to", rate.to.as_str().into()),
            ("day", rate.day.to_string().into()),
            ("rate", rate.rate.as_str().into()),
        ],
    )
}
