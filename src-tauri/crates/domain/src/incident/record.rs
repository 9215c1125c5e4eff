//! An incident as it is kept.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Clock, Impact, IncidentKind, Scope, Severity, Times};
use crate::id::{ContractId, IncidentId, VendorId};

/// What contributed to an incident.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "IncidentFactor")]
pub enum Factor {
    Model,
    Prompt,
    Data,
    Tools,
    Guardrail,
    Process,
    Vendor,
}

impl Factor {
    pub const ALL: [Self; 7] =
        [Self::Model, Self::Prompt, Self::Data, Self::Tools, Self::Guardrail, Self::Process, Self::Vendor];
}

/// Who does what while it goes on; names of people, empty where nobody does.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", default)]
#[ts(rename = "IncidentRoles")]
pub struct Roles {
    pub commander: String,
    pub scribe: String,
    pub comms: String,
}

/// What is said of an incident.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentDetails {
    pub title: String,
    pub kind: IncidentKind,
    pub severity: Severity,
    /// Why it is as grave as it is said to be; asked for where that is not what is suggested.
    #[serde(default)]
    pub severity_reason: String,
    pub impact: Impact,
    pub scope: Scope,
    #[serde(default)]
    pub summary: String,
    #[serde(flatten)]
    pub times: Times,
    #[serde(flatten)]
    pub roles: Roles,
    /// Names as usage has them.
    #[serde(default)]
    pub features: BTreeSet<String>,
    #[serde(default)]
    pub tenants: BTreeSet<String>,
    #[serde(default)]
    pub models: BTreeSet<String>,
    #[serde(default)]
    pub vendors: BTreeSet<VendorId>,
    #[serde(default)]
    pub contracts: BTreeSet<ContractId>,
    #[serde(default)]
    pub factors: BTreeSet<Factor>,
    #[serde(default)]
    pub clocks: Vec<Clock>,
    /// Where it came from, such as the number it has in another tool; empty where it was declared here.
    #[serde(default)]
    pub source: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Incident {
    pub id: IncidentId,
    /// By which people call it: INC-34.
    pub number: u32,
    #[serde(flatten)]
    pub details: IncidentDetails,
}

impl Incident {
    /// "INC-34".
    pub fn code(&self) -> String {
        format!("INC-{}", self.number)
    }
}
