//! The grammar of the command line.

use app::report::locale::Language;
use clap::{Parser, Subcommand};

use crate::aliases::AliasesCommand;
use crate::contracts::ContractsCommand;
use crate::demand::Demand;
use crate::economics::Economics;
use crate::feeds::FeedsCommand;
use crate::fx::FxCommand;
use crate::import::ImportCommand;
use crate::imports::ImportsCommand;
use crate::prices::PricesCommand;
use crate::report::ReportCommand;
use crate::vendors::VendorsCommand;
use crate::workspace::New;

/// Quarterdeck without a window: the same workspace, the same numbers.
///
/// Exit codes: 0 fine, 1 failed, 2 wrong use, 3 alerts.
#[derive(Debug, Parser)]
#[command(name = "quarterdeck", version, about, long_about = None, arg_required_else_help = true)]
pub struct Arguments {
    /// The workspace file
    #[arg(short, long, global = true, value_name = "FILE", env = "QUARTERDECK_WORKSPACE")]
    pub workspace: Option<String>,

    /// Print the result as JSON
    #[arg(long, global = true)]
    pub json: bool,

    /// Show no progress, and not which days a price makes known
    #[arg(short, long, global = true)]
    pub quiet: bool,

    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// The language of messages: the report's own when one is asked for, else the environment's.
    pub fn language(&self) -> Language {
        if let Command::Report { what: ReportCommand::Quarter { lang: Some(lang), .. } } = &self.command {
            return *lang;
        }
        ["LC_ALL", "LC_MESSAGES", "LANG"]
            .iter()
            .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
            .and_then(|tag| tag.parse().ok())
            .unwrap_or_default()
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Create a workspace
    New(New),
    /// Import a file
    Import {
        #[command(subcommand)]
        what: ImportCommand,
    },
    /// Imports: list, take back, answer otherwise
    Imports {
        #[command(subcommand)]
        what: ImportsCommand,
    },
    /// The price book
    Prices {
        #[command(subcommand)]
        what: PricesCommand,
    },
    /// Exchange rates
    Fx {
        #[command(subcommand)]
        what: FxCommand,
    },
    /// What vendors call the models of the price book
    Aliases {
        #[command(subcommand)]
        what: AliasesCommand,
    },
    /// Which of two feeds counts where both tell of the same traffic
    Feeds {
        #[command(subcommand)]
        what: FeedsCommand,
    },
    /// What a session, a request and 1,000 tokens cost
    Economics(Economics),
    /// Requests and tokens per minute, the busiest minutes, and how long requests took
    Demand(Demand),
    /// Vendors
    Vendors {
        #[command(subcommand)]
        what: VendorsCommand,
    },
    /// Contracts
    Contracts {
        #[command(subcommand)]
        what: ContractsCommand,
    },
    /// What needs a person: all of Home, and months whose bill differs from the meter; exit code 3 when there is any
    Check {
        /// Months to compare bills in, e.g. 2026-Q3; the last two quarters with usage if not given
        #[arg(long)]
        period: Option<String>,
    },
    /// Write a report as PDF
    Report {
        #[command(subcommand)]
        what: ReportCommand,
    },
    /// Write everything in the workspace to a folder, as JSON and CSV
    Export {
        folder: String,
        /// Replace the files of an earlier export in a folder that is not empty
        #[arg(long)]
        force: bool,
    },
    /// Copy the workspace into its backups
    Backup,
    /// Check the workspace file
    Verify,
}
