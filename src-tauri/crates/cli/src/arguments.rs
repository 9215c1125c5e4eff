//! The grammar of the command line: what holds for all subcommands, and those.

use app::report::locale::Language;
use clap::Parser;

use crate::subcommands::Command;

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
    /// The language of messages: that which the subcommand is asked for, else the environment's.
    pub fn language(&self) -> Language {
        self.command.language().unwrap_or_else(|| {
            ["LC_ALL", "LC_MESSAGES", "LANG"]
                .iter()
                .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()))
                .and_then(|tag| tag.parse().ok())
                .unwrap_or_default()
        })
    }
}
