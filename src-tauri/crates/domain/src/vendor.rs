//! Vendors: who sells us models.

use std::collections::{BTreeSet, HashMap, HashSet};

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::VendorId;
use crate::model_name;

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

impl VendorDetails {
    /// Whether usage or a price under a name is this vendor's: its own name, or one of those it lists.
    pub fn goes_by(&self, name: &str) -> bool {
        let key = provider_key(name);
        !key.is_empty() && (key == provider_key(&self.name) || self.provider_keys.contains(&key))
    }
}

/// What the names in usage files and price lists are called by the people who keep the vendors: "Azure" for "azure". Only
/// labels are made with it; a filter, a key and a file keep the name as it came.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct VendorNames {
    /// Spelling in files → name of the record.
    names: HashMap<String, String>,
    /// One spelling for all those that bill as one → name of the record.
    billers: HashMap<String, String>,
    /// Spellings that a record shares with others in use: its name alone would be there twice.
    shared: HashSet<String>,
}

impl VendorNames {
    /// Of these vendors; where two list one name, of the first of them. `used` are the names that usage has.
    pub fn new<'a>(vendors: &[Vendor], used: impl IntoIterator<Item = &'a str>) -> Self {
        let mut this = Self::default();
        let own = vendors.iter().map(|vendor| (provider_key(&vendor.details.name), vendor));
        let listed = vendors
            .iter()
            .flat_map(|vendor| vendor.details.provider_keys.iter().cloned().map(move |key| (key, vendor)));
        for (key, vendor) in own.chain(listed).filter(|(key, _)| !key.is_empty()) {
            let name = vendor.details.name.trim();
            this.billers.entry(model_name::vendor(&key)).or_insert_with(|| name.to_owned());
            this.names.entry(key).or_insert_with(|| name.to_owned());
        }
        let keys: BTreeSet<String> = used.into_iter().map(provider_key).collect();
        let mut by_name: HashMap<&str, Vec<String>> = HashMap::new();
        for key in keys {
            if let Some(name) = this.names.get(&key) {
                by_name.entry(name).or_default().push(key);
            }
        }
        let shared = by_name.into_values().filter(|keys| keys.len() > 1).flatten().collect();
        Self { shared, ..this }
    }

    /// The name of the vendor that lists `value`; without one, `value` as it is.
    pub fn label(&self, value: &str) -> String {
        let key = provider_key(value);
        match self.names.get(&key) {
            Some(name) if self.shared.contains(&key) && provider_key(name) != key => format!("{name} ({value})"),
            Some(name) => name.clone(),
            None => value.to_owned(),
        }
    }

    /// The same for who bills: one spelling stands for all that mean it.
    pub fn biller(&self, value: &str) -> String {
        self.billers.get(value).cloned().unwrap_or_else(|| self.label(value))
    }
}

/// The canonical spelling of a provider or vendor name in files: trimmed, lower case.
pub fn provider_key(name: &str) -> String {
    name.trim().to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vendor(name: &str, keys: &[&str]) -> Vendor {
        let details = VendorDetails {
            name: name.to_owned(),
            status: VendorStatus::Approved,
            owner: String::new(),
            risk_tier: None,
            website: String::new(),
            protocol: Protocol::default(),
            endpoint: String::new(),
            notes: String::new(),
            contacts: Vec::new(),
            provider_keys: keys.iter().map(|key| provider_key(key)).collect(),
        };
        Vendor { id: VendorId(uuid::Uuid::nil()), details }
    }

    #[test]
    fn a_name_in_files_is_labelled_by_the_vendor_that_lists_it() {
        let vendors = [
            vendor("Azure", &["azure", "azure_openai"]),
            vendor("Claude GmbH", &["Anthropic"]),
            vendor("Mistral", &[]),
        ];
        let names = VendorNames::new(&vendors, ["azure", "anthropic", "groq"]);
        for (value, label) in [
            ("azure", "Azure"),
            ("Azure", "Azure"),
            ("anthropic", "Claude GmbH"),
            ("MISTRAL", "Mistral"),
            ("groq", "groq"),
            ("", ""),
        ] {
            assert_eq!(names.label(value), label, "{value}");
        }
        // Bills come under the one spelling of whoever sends them.
        let listed = VendorNames::new(&[vendor("Microsoft Azure", &["azure_openai"])], []);
        assert_eq!((listed.biller("azure"), listed.label("azure")), ("Microsoft Azure".to_owned(), "azure".to_owned()));
        // Two names of one vendor in use stay apart.
        let both = VendorNames::new(&vendors, ["azure", "azure_openai"]);
        assert_eq!(
            (both.label("azure"), both.label("azure_openai")),
            ("Azure".to_owned(), "Azure (azure_openai)".to_owned())
        );
        // Of two that list one name, the first.
        let twice = VendorNames::new(&[vendor("A", &["x"]), vendor("B", &["x"])], ["x"]);
        assert_eq!(twice.label("x"), "A");
    }
}
