//! Types of the wire that other crates define, for whoever speaks to [`crate::App::dispatch`] in types.

pub use domain::contract::{Contract, Deadline, Term};
pub use domain::incident::{
    Impact, IncidentKind, Scope as IncidentScope, Stage as IncidentStage, Status as IncidentStatus,
};
pub use domain::money::Money;
pub use domain::postmortem::ActionStatus;
pub use domain::price::{PriceRow, Rate};
pub use domain::price_book::ModelAlias;
pub use domain::scorecard::Dimension as ScoreDimension;
pub use domain::suite::SuiteKind;
pub use domain::usage::Dimension;
pub use domain::vendor::Vendor;
pub use ingest::RowIssue;
pub use ingest::bakeoff::columns::{MeantColumn, ScoreColumn};
pub use ingest::bakeoff::{BakeoffFormat, ColumnField, ColumnMapping};
pub use ingest::mapping::{FieldMapping, MappedColumn, MappedConstant};
pub use ingest::slo::{Meaning as SloMeaning, SeriesChoice as SloSeries, SeriesPair as SloSeriesPair};
pub use store::backup::Backup;
