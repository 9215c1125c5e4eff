//! What each file of the command line declares of itself.

use app::report::locale::Language;
use clap::Args;

use crate::{Failure, Session};

/// A subcommand: its arguments with their help, and what it does. [`crate::subcommands`] lists all there are.
pub trait Subcommand: Args {
    /// Whether it works on a workspace that is there: that is open before it runs.
    const NEEDS_WORKSPACE: bool = true;

    /// The language asked for in its own arguments; messages follow it.
    fn language(&self) -> Option<Language> {
        None
    }

    /// Answers with the exit code.
    async fn run(&self, session: &Session) -> Result<u8, Failure>;
}
