//! The subcommands, each in the file of its area, which says everything about it. Adding one is its file and its line here.

use app::report::locale::Language;

use crate::subcommand::Subcommand;
use crate::{Failure, Session};

// In the open, not in the macro: rustfmt follows them.
mod aliases;
mod bakeoff;
mod check;
mod contracts;
mod demand;
mod economics;
mod feeds;
mod fx;
mod import;
mod imports;
mod incidents;
mod postmortem;
mod prices;
mod report;
mod scorecard;
mod slo;
mod suite;
mod vendors;
mod workspace;

macro_rules! subcommands {
    ($($module:ident::$name:ident),* $(,)?) => {
        /// Every subcommand, in the order of the help; its name is that of its type.
        #[derive(Debug, clap::Subcommand)]
        pub enum Command {
            $($name($module::$name)),*
        }

        impl Command {
            pub fn needs_workspace(&self) -> bool {
                match self {
                    $(Self::$name(_) => <$module::$name as Subcommand>::NEEDS_WORKSPACE),*
                }
            }

            pub fn language(&self) -> Option<Language> {
                match self {
                    $(Self::$name(arguments) => arguments.language()),*
                }
            }

            pub async fn run(&self, session: &Session) -> Result<u8, Failure> {
                match self {
                    $(Self::$name(arguments) => arguments.run(session).await),*
                }
            }
        }
    };
}

subcommands! {
    workspace::New,
    import::Import,
    imports::Imports,
    prices::Prices,
    fx::Fx,
    aliases::Aliases,
    feeds::Feeds,
    economics::Economics,
    demand::Demand,
    vendors::Vendors,
    contracts::Contracts,
    scorecard::Scorecard,
    suite::Suite,
    bakeoff::Bakeoff,
    incidents::Incidents,
    slo::Slo,
    postmortem::Postmortem,
    postmortem::Actions,
    check::Check,
    report::Report,
    workspace::Export,
    workspace::Backup,
    workspace::Verify,
}
