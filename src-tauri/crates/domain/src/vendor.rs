//! Vendors: who sells us models.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::VendorId;

/// Where a vendor stands with us.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum VendorStatus {
    Candidate,
    Approved,
    Incumbent,
    Exiting,
}

/// How much harm a failure of this vendor could do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum RiskTier {
    Low,
    Medium,
    High,
}

/// What an endpoint speaks: how a key is shown to it and how its models are asked for.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Protocol {
    /// OpenAI's, which most gateways and servers speak too.
    #[default]
    OpenaiCompatible,
    Anthropic,
    Google,
    AzureOpenai,
    /// One that is only written down: it is asked for nothing.
    Other,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    pub name: String,
    pub role: String,
    pub email: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Vendor {
    pub id: VendorId,
    #[serde(flatten)]
    pub details: VendorDetails,
}

/// Everything a person types about a vendor.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VendorDetails {
    pub name: String,
    pub status: VendorStatus,
    pub owner: String,
    pub risk_tier: Option<RiskTier>,
    pub website: String,
    /// What its endpoint speaks.
    #[serde(default)]
    pub protocol: Protocol,
    /// Base address of its interface, e.g. "https://api.example.com/v1". The key is in the keychain.
    #[serde(default)]
    pub endpoint: String,
    pub notes: String,
    pub contacts: Vec<Contact>,
    /// Names under which usage files and price lists call this vendor, lower case ("openai", "azure").
    pub provider_keys: Vec<String>,
}

/// The canonical spelling of a provider or vendor name in files: trimmed, lower case.
pub fn provider_key(name: &str) -> String {
    name.trim().to_lowercase()
}
