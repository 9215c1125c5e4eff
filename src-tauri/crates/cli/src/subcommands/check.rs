//! `quarterdeck check`: what needs a person, for a scheduled job.

use app::home::{CheckQuery, CheckView};
use clap::Args;

use crate::subcommand::Subcommand;
use crate::{ALERTS, Failure, Session, output};

/// What needs a person: all of Home, and months whose bill differs from the meter; exit code 3 when there is any
#[derive(Debug, Args)]
pub struct Check {
    /// Months to compare bills in, e.g. 2026-Q3; the last two quarters with usage if not given
    #[arg(long)]
    period: Option<String>,
}

impl Subcommand for Check {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        let checked: CheckView = session.call("check", CheckQuery { period: self.period.clone() }).await?;
        if session.json {
            output::json(&checked);
        } else if checked.alerts.is_empty() {
            output::say(&session.text("cli-check-nothing", &[]));
        } else {
            for alert in &checked.alerts {
                // What it rests on says more than the one sentence.
                if alert.evidence.is_empty() {
                    output::say(&format!("{}: {}", alert.title, alert.detail));
                } else {
                    output::say(&alert.evidence.join("\n  "));
                }
            }
        }
        Ok(if checked.alerts.is_empty() { 0 } else { ALERTS })
    }
}
