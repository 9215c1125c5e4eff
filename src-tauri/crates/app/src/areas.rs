//! The areas of the product, each in a file of its own that says everything central code asks of it. Adding one is its
//! files and its line here.

use ts_rs::{Config, ExportError};

use crate::activity::Batch;
use crate::calendar::{CalendarExport, CalendarQuery, CalendarView, calendar, calendar_export};
use crate::commands;
use crate::export::{ExportRequest, workspace_export};
use crate::frame::command::{Command, export};
use crate::frame::{App, Area};
use crate::home::{CheckQuery, CheckView, HomeView, SinceQuery, SinceView, check, home, since};
use crate::search::{SearchHit, SearchQuery, search};
use crate::table::{ColumnTotal, TableExport, TotalsQuery, table_export, table_totals};
use crate::undo::{
    ActivityEntry, ActivityQuery, RedoResult, UndoRequest, UndoResult, activity, redo, undo, undo_together,
};
use crate::view::Exported;
use store::Tag;

// In the open, not in the macro: rustfmt follows them.
mod attention;
mod bakeoff;
mod contract;
mod economics;
mod incident;
mod people;
mod postmortem;
mod price;
mod record;
mod report;
mod scorecard;
mod slo;
mod suite;
mod usage;
mod vendor;
mod workspace;

macro_rules! areas {
    ($($name:ident),* $(,)?) => {
        /// Every area, in the order in which what they contribute is shown.
        pub const LIST: &[&Area] = &[$(&$name::AREA),*];
    };
}

areas! { vendor, contract, price, bakeoff, suite, scorecard, usage, economics, slo, incident, postmortem, report, people, record, attention, workspace }

/// Commands over all areas.
pub const COMMANDS: &[Command] = commands! {
    query  home(()) -> HomeView, reads [Tag::SLOS, Tag::VENDORS, Tag::CONTRACTS, Tag::PRICES, Tag::USAGE, Tag::SETTINGS, Tag::INCIDENTS, Tag::POSTMORTEMS, Tag::ATTENTION];
    query  since(SinceQuery) -> SinceView,
        reads [Tag::USAGE, Tag::PRICES, Tag::SETTINGS, Tag::RECORDS, Tag::INCIDENTS, Tag::ACTIVITY];
    query  check(CheckQuery) -> CheckView;
    query  calendar(CalendarQuery) -> CalendarView, reads [Tag::VENDORS, Tag::CONTRACTS, Tag::PRICES, Tag::INCIDENTS, Tag::POSTMORTEMS, Tag::SETTINGS];
    mutate calendar_export(CalendarExport) -> Exported;
    query  search(SearchQuery) -> Vec<SearchHit>, reads [Tag::SLOS, Tag::VENDORS, Tag::CONTRACTS, Tag::PRICES, Tag::INCIDENTS, Tag::POSTMORTEMS, Tag::PEOPLE];
    query  activity(ActivityQuery) -> Vec<ActivityEntry>, reads [Tag::ACTIVITY];
    mutate undo(Option<UndoRequest>) -> UndoResult;
    mutate redo(()) -> RedoResult;
    mutate undo_together(Batch) -> UndoResult;
    mutate table_export(TableExport) -> Exported;
    query  table_totals(TotalsQuery) -> Vec<Option<ColumnTotal>>;
    job    workspace_export(ExportRequest) -> Exported;
};

/// Every command there is: those over all areas, then each area's.
pub fn commands() -> impl Iterator<Item = &'static Command> {
    COMMANDS.iter().chain(LIST.iter().flat_map(|area| area.commands))
}

/// Writes the TypeScript declaration of every type on the wire.
///
/// # Errors
/// The disk's.
pub fn export_types(config: &Config) -> Result<(), ExportError> {
    for command in commands() {
        (command.export)(config)?;
    }
    export::<crate::WireError>(config)?;
    export::<crate::JobEvent>(config)?;
    export::<Tag>(config)
}

impl App {
    /// Every command this application answers.
    pub fn commands(&self) -> impl Iterator<Item = &'static Command> {
        COMMANDS.iter().chain(self.areas().iter().flat_map(|area| area.commands))
    }
}
