//! Incidents: what happened, how grave it is, how long it took, what it cost. Invariants:
//!
//! - A severity is suggested with its reason and decided by a person; the reason given stays with it.
//! - Instants of an incident are in the order things happen in; what is out of order is said and never turned round.
//! - Minutes that several incidents cover are counted once.

pub mod clock;
pub mod excess;
pub mod record;
pub mod severity;
pub mod span;
pub mod times;

pub use clock::{Clock, ClockStanding};
pub use excess::{Excess, excess};
pub use record::{Factor, Incident, IncidentDetails, Roles};
pub use severity::{Impact, Scope, Severity, suggested};
pub use times::{Durations, OutOfOrder, Stage, Times};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What kind of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum IncidentKind {
    ToxicOutput,
    PiiLeak,
    CrossTenantLeak,
    RunawayLoop,
    VendorOutage,
    CostSpike,
    QualityRegression,
    PromptInjection,
    Other,
}

impl IncidentKind {
    pub const ALL: [Self; 9] = [
        Self::ToxicOutput,
        Self::PiiLeak,
        Self::CrossTenantLeak,
        Self::RunawayLoop,
        Self::VendorOutage,
        Self::CostSpike,
        Self::QualityRegression,
        Self::PromptInjection,
        Self::Other,
    ];

    /// What it usually does to people, for a first suggestion.
    pub fn usual_impact(self) -> Impact {
        match self {
            Self::CrossTenantLeak => Impact::OthersData,
            Self::ToxicOutput | Self::PiiLeak | Self::PromptInjection => Impact::Harm,
            Self::VendorOutage => Impact::Outage,
            Self::RunawayLoop | Self::CostSpike => Impact::Degraded,
            Self::QualityRegression | Self::Other => Impact::Minor,
        }
    }
}

/// Where an incident is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "IncidentStatus")]
pub enum Status {
    Open,
    Acknowledged,
    Mitigated,
    Resolved,
}
