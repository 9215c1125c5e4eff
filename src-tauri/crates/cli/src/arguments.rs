//! The grammar of the command line.

use app::report::locale::Language;
use clap::{Args, Parser, Subcommand, ValueEnum};

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

    /// Show no progress
    #[arg(short, long, global = true)]
    pub quiet: bool,

    #[command(subcommand)]
    pub command: Command,
}

impl Arguments {
    /// The language of messages: the report's own when one is asked for, else the environment's.
    pub fn language(&self) -> Language {
        if let Command::Report { what: ReportCommand::Quarter { lang: Some(lang), .. } } = &self.command
            && let Ok(language) = lang.parse()
        {
            return language;
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
        what: UsageCommand,
    },
    /// The price book
    Prices {
        #[command(subcommand)]
        what: PricesCommand,
    },
    /// What a session, a request and 1,000 tokens cost
    Economics(Economics),
    /// Contracts
    Contracts {
        #[command(subcommand)]
        what: ContractsCommand,
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

#[derive(Debug, Args)]
pub struct New {
    pub file: String,
    /// Fill it with the sample company
    #[arg(long)]
    pub sample: bool,
    /// Name of the company; the file's name if not given
    #[arg(long, conflicts_with = "sample")]
    pub name: Option<String>,
    /// Reporting currency
    #[arg(long, default_value = "USD", conflicts_with = "sample")]
    pub currency: String,
    /// Reporting time zone (IANA)
    #[arg(long, default_value = "UTC", conflicts_with = "sample")]
    pub time_zone: String,
    /// Month the fiscal year starts in
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..=12), conflicts_with = "sample")]
    pub fiscal_start: u32,
}

#[derive(Debug, Subcommand)]
pub enum UsageCommand {
    /// Usage: requests and tokens, from a gateway, a provider or your own log
    Usage(Usage),
}

#[derive(Debug, Args)]
pub struct Usage {
    pub path: String,
    /// generic-csv, generic-jsonl, litellm-spend-logs, openai-usage, anthropic-cost-csv or anthropic-usage-csv; guessed
    /// if not given
    #[arg(long)]
    pub format: Option<String>,
    /// Which column is which field, as column=field, e.g. --map ContextTokens=input-tokens,GeneratedTokens=output-tokens
    #[arg(long, value_delimiter = ',', value_name = "COLUMN=FIELD")]
    pub map: Vec<String>,
    /// A field with the same value in every row, as field=value, e.g. --set vendor=openai --set model=gpt-4o
    #[arg(long, value_name = "FIELD=VALUE")]
    pub set: Vec<String>,
    /// Zone of timestamps that name none (IANA)
    #[arg(long)]
    pub time_zone: Option<String>,
    /// Input tokens do not include cached ones
    #[arg(long)]
    pub input_excludes_cache: bool,
    /// Currency of the cost column
    #[arg(long)]
    pub cost_currency: Option<String>,
    /// Dates are day first: 31/07/2026
    #[arg(long)]
    pub day_first: bool,
    /// Name of the feed the file belongs to
    #[arg(long)]
    pub source: Option<String>,
    /// What to do with hours this feed has told about already
    #[arg(long, value_enum)]
    pub on_conflict: Option<OnConflict>,
    /// Show the plan and write nothing
    #[arg(long)]
    pub dry_run: bool,
    /// Write the bad rows to a CSV file
    #[arg(long, value_name = "PATH")]
    pub issues: Option<String>,
    /// Replace the file --issues names, if it is there
    #[arg(long, requires = "issues")]
    pub force: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum OnConflict {
    Keep,
    Replace,
    Add,
}

impl OnConflict {
    pub fn name(self) -> &'static str {
        match self {
            OnConflict::Keep => "keep",
            OnConflict::Replace => "replace",
            OnConflict::Add => "add",
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum PricesCommand {
    /// Update the list prices from a newer copy of the price list
    Import { path: String },
}

#[derive(Debug, Args)]
pub struct Economics {
    /// 2026-Q3, 2026-07, 2026 or 2026-07-01..2026-07-31
    #[arg(long)]
    pub period: String,
    /// One or two of vendor, model, feature, tenant, environment
    #[arg(long, value_delimiter = ',', default_value = "feature")]
    pub by: Vec<String>,
    /// Keep rows with this value, as dimension=value
    #[arg(long, value_name = "DIMENSION=VALUE")]
    pub filter: Vec<String>,
    /// Rows shown; the rest is summed
    #[arg(long, default_value_t = 0)]
    pub limit: u32,
}

#[derive(Debug, Subcommand)]
pub enum ContractsCommand {
    /// Notice deadlines and ends, the nearest first; exit code 3 when one is near
    Deadlines {
        /// Days that count as near
        #[arg(long, default_value_t = 30)]
        within: i64,
    },
}

#[derive(Debug, Subcommand)]
pub enum ReportCommand {
    /// The quarterly review
    Quarter {
        /// e.g. 2026-Q3
        period: String,
        #[arg(long)]
        out: String,
        /// Replace the file if it is there
        #[arg(long)]
        force: bool,
        #[arg(long, value_enum, default_value = "deck")]
        paper: PaperName,
        /// en or zh-CN
        #[arg(long, value_parser = language)]
        lang: Option<String>,
    },
}

fn language(text: &str) -> Result<String, String> {
    text.parse::<Language>().map(|language| language.tag().to_owned()).map_err(|error| error.to_string())
}

#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum PaperName {
    /// 16:9 slides
    Deck,
    A4,
    Letter,
}

impl PaperName {
    pub fn name(self) -> &'static str {
        match self {
            PaperName::Deck => "deck",
            PaperName::A4 => "a4",
            PaperName::Letter => "letter",
        }
    }
}
