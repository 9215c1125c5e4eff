//! How grave an incident is.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// 1 is the gravest.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "lowercase")]
#[ts(rename = "IncidentSeverity")]
pub enum Severity {
    Sev1,
    Sev2,
    Sev3,
    Sev4,
}

/// What it did to people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "IncidentImpact")]
pub enum Impact {
    /// Data of one customer reached another.
    OthersData,
    /// Harmful output, or personal data where it must not be.
    Harm,
    /// A feature could not be used.
    Outage,
    /// More errors, slower or dearer than it may be.
    Degraded,
    /// Answers somewhat worse.
    Minor,
}

/// How many it reached.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
#[ts(rename = "IncidentScope")]
pub enum Scope {
    /// Most users, or a whole feature.
    Widespread,
    /// Several customers.
    Several,
    /// One customer or session.
    Single,
}

impl Impact {
    pub const ALL: [Self; 5] = [Self::OthersData, Self::Harm, Self::Outage, Self::Degraded, Self::Minor];
}

impl Scope {
    pub const ALL: [Self; 3] = [Self::Widespread, Self::Several, Self::Single];
}

/// By impact and scope: data of others is SEV1 whoever saw it; a widespread outage or systemic harm SEV2; elevated errors or cost
/// SEV3; a minor regression SEV4.
pub fn suggested(impact: Impact, scope: Scope) -> Severity {
    use Severity::{Sev1, Sev2, Sev3, Sev4};
    match (impact, scope) {
        (Impact::OthersData, _) => Sev1,
        (Impact::Harm, Scope::Widespread | Scope::Several) | (Impact::Outage, Scope::Widespread) => Sev2,
        (Impact::Harm, Scope::Single)
        | (Impact::Outage, Scope::Several | Scope::Single)
        | (Impact::Degraded, Scope::Widespread | Scope::Several) => Sev3,
        (Impact::Degraded, Scope::Single) | (Impact::Minor, _) => Sev4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wider_or_worse_is_never_less_grave() {
        for (at, impact) in Impact::ALL.into_iter().enumerate() {
            for (wide, scope) in Scope::ALL.into_iter().enumerate() {
                let severity = suggested(impact, scope);
                assert!(wide == 0 || suggested(impact, Scope::ALL[wide - 1]) <= severity);
                assert!(at == 0 || suggested(Impact::ALL[at - 1], scope) <= severity);
            }
        }
        assert_eq!(suggested(Impact::OthersData, Scope::Single), Severity::Sev1);
        assert_eq!(suggested(Impact::Outage, Scope::Widespread), Severity::Sev2);
        assert_eq!(suggested(Impact::Degraded, Scope::Several), Severity::Sev3);
        assert_eq!(suggested(Impact::Minor, Scope::Widespread), Severity::Sev4);
    }
}
