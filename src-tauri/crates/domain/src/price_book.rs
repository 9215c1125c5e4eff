//! The price book: which row prices a request.
//!
//! Resolution order: contract schedule → workspace override → list price. What a file calls a vendor and a model is brought to
//! what the book calls them by a recorded alias, else by the rules of [`crate::model_name`].

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::id::ContractId;
use crate::model_name;
use crate::price::{Layer, PriceRow, in_force};

/// Service tiers that one provider sells under two names: what its API calls "priority" its price list calls "fast".
const TIER_SYNONYMS: [(&str, &str); 2] = [("priority", "fast"), ("fast", "priority")];

/// A model alias a person or a price list has recorded.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ModelAlias {
    /// The vendor whose spelling it is, as [`model_name::vendor`] writes it; "" for every vendor's.
    pub vendor: String,
    /// As files write it, lower case.
    pub alias: String,
    pub provider: String,
    pub model: String,
}

/// What a file means by a vendor and a model.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Offer<'a> {
    /// As the book spells them.
    pub provider: &'a str,
    pub model: &'a str,
}

/// A price book ready to resolve: rows by provider and model, the closest layer first.
#[derive(Debug, Default)]
pub struct PriceBook {
    rows: Vec<PriceRow>,
    by_offer: HashMap<(String, String), Vec<usize>>,
    providers_of: HashMap<String, Vec<String>>,
    /// (provider, squeezed name) → model, where one model alone is heard so.
    heard: HashMap<(String, String), Option<String>>,
    providers: HashSet<String>,
    /// (vendor or "", alias) → (provider, model).
    aliases: HashMap<(String, String), (String, String)>,
    /// Vendors, as [`model_name::vendor`] writes them, a contract's prices are for.
    contract_vendors: HashMap<ContractId, Vec<String>>,
}

impl PriceBook {
    pub fn new(mut rows: Vec<PriceRow>, aliases: Vec<ModelAlias>) -> Self {
        // Later rows first within a layer, so that the one in force is found early.
        rows.sort_by(|a, b| a.layer.cmp(&b.layer).then(b.from.cmp(&a.from)).then(a.id.cmp(&b.id)));
        let mut book = Self::default();
        for (index, row) in rows.iter().enumerate() {
            let (provider, model) = (row.provider.to_lowercase(), row.model.to_lowercase());
            let providers = book.providers_of.entry(model.clone()).or_default();
            if !providers.contains(&provider) {
                providers.push(provider.clone());
            }
            book.providers.insert(provider.clone());
            book.by_offer.entry((provider, model)).or_default().push(index);
        }
        for providers in book.providers_of.values_mut() {
            providers.sort();
        }
        // The undated id is what a name is heard as; a dated one only where there is no other.
        let mut models: Vec<&(String, String)> = book.by_offer.keys().collect();
        models.sort_by_key(|(provider, model)| (model_name::without_date(model).is_some(), provider, model));
        for (provider, model) in models {
            let is_dated = model_name::without_date(model).is_some();
            for name in [model_name::squeezed(model), model_name::family(model)] {
                let place = book.heard.entry((provider.clone(), name)).or_insert_with(|| Some(model.clone()));
                let other = place.as_ref().is_some_and(|first| first != model);
                let first_is_dated = place.as_deref().is_some_and(|first| model_name::without_date(first).is_some());
                // Two undated names that sound alike, or several dates of one name: nobody can say which is meant.
                if other && is_dated == first_is_dated {
                    *place = None;
                }
            }
        }
        book.aliases = aliases
            .into_iter()
            .map(|alias| ((alias.vendor, alias.alias), (alias.provider.to_lowercase(), alias.model.to_lowercase())))
            .collect();
        book.rows = rows;
        book
    }

    /// Says whose usage each contract's prices are for: a price agreed with one vendor is no other vendor's.
    pub fn with_contract_vendors(mut self, vendors: HashMap<ContractId, Vec<String>>) -> Self {
        self.contract_vendors = vendors;
        self
    }

    pub fn rows(&self) -> &[PriceRow] {
        &self.rows
    }

    /// The offer a file means by `vendor` and `model`.
    ///
    /// A recorded alias comes first; then the vendor's own models, then those of the company whose models it resells; each by
    /// the spellings of [`model_name::spellings`] and by ear. With no vendor, or one the book does not know, the model must
    /// belong to exactly one provider.
    pub fn offer(&self, vendor: &str, model: &str) -> Option<Offer<'_>> {
        let vendor = model_name::vendor(vendor);
        let model = model.trim().to_lowercase();
        if model.is_empty() {
            return None;
        }
        let spellings = model_name::spellings(&model);
        for name in &spellings {
            for whose in [vendor.as_str(), ""] {
                let alias = self.aliases.get(&(whose.to_owned(), (*name).to_owned()));
                if let Some(found) = alias.and_then(|target| self.by_offer.get_key_value(target)) {
                    return Some(Offer { provider: &found.0.0, model: &found.0.1 });
                }
            }
        }
        for provider in [Some(vendor.as_str()), model_name::maker(&vendor, &model)].into_iter().flatten() {
            if let Some(found) = self.offer_of(provider, &spellings) {
                return Some(found);
            }
        }
        if vendor.is_empty() || !self.providers.contains(&vendor) && model_name::maker(&vendor, &model).is_none() {
            for name in &spellings {
                if let Some([only]) = self.providers_of.get(*name).map(Vec::as_slice) {
                    let (key, _) = self.by_offer.get_key_value(&(only.clone(), (*name).to_owned()))?;
                    return Some(Offer { provider: &key.0, model: &key.1 });
                }
            }
            let heard: Vec<Offer<'_>> =
                self.providers.iter().filter_map(|provider| self.heard_as(provider, &spellings)).collect();
            if let [only] = heard.as_slice() {
                return Some(*only);
            }
        }
        None
    }

    fn offer_of(&self, provider: &str, spellings: &[&str]) -> Option<Offer<'_>> {
        let written = spellings.iter().find_map(|name| {
            let (key, _) = self.by_offer.get_key_value(&(provider.to_owned(), (*name).to_owned()))?;
            Some(Offer { provider: &key.0, model: &key.1 })
        });
        written.or_else(|| self.heard_as(provider, spellings))
    }

    fn heard_as(&self, provider: &str, spellings: &[&str]) -> Option<Offer<'_>> {
        spellings.iter().find_map(|name| {
            let model = self.heard.get(&(provider.to_owned(), model_name::squeezed(name)))?.as_ref()?;
            let (key, _) = self.by_offer.get_key_value(&(provider.to_owned(), model.clone()))?;
            Some(Offer { provider: &key.0, model: &key.1 })
        })
    }

    /// The model whose name is nearest to one that nothing resolves: a guess to be confirmed by a person, never used by itself.
    pub fn nearest(&self, vendor: &str, model: &str) -> Option<Offer<'_>> {
        let vendor = model_name::vendor(vendor);
        let lower = model.trim().to_lowercase();
        let wanted = model_name::family(&lower);
        if wanted.len() < 3 {
            return None;
        }
        let of_vendor = |provider: &str| {
            vendor.is_empty() || provider == vendor || model_name::maker(&vendor, &lower) == Some(provider)
        };
        let is_known = self.providers.iter().any(|provider| of_vendor(provider));
        self.by_offer
            .keys()
            .filter(|(provider, _)| !is_known || of_vendor(provider))
            .map(|(provider, model)| (strsim::jaro_winkler(&wanted, &model_name::family(model)), provider, model))
            .filter(|(likeness, ..)| *likeness >= 0.85)
            // The likeliest; of equals the shortest name, which is the undated one.
            .max_by(|(a, p, m), (b, q, n)| a.total_cmp(b).then(n.len().cmp(&m.len())).then((q, n).cmp(&(p, m))))
            .map(|(_, provider, model)| Offer { provider, model })
    }

    /// All rows that may price a vendor's use of an offer in a service tier, in the order of resolution.
    pub fn candidates(&self, vendor: &str, offer: Offer<'_>, tier: &str) -> Vec<&PriceRow> {
        let vendor = model_name::vendor(vendor);
        let rows = self.by_offer.get(&(offer.provider.to_owned(), offer.model.to_owned()));
        let of_tier = |tier: &str| -> Vec<&PriceRow> {
            rows.into_iter()
                .flatten()
                .map(|index| &self.rows[*index])
                .filter(|row| row.tier == tier && self.is_for(row, &vendor))
                .collect()
        };
        let found = of_tier(tier);
        match TIER_SYNONYMS.iter().find(|(name, _)| *name == tier) {
            Some((_, synonym)) if found.is_empty() => of_tier(synonym),
            _ => found,
        }
    }

    fn is_for(&self, row: &PriceRow, vendor: &str) -> bool {
        let Some(vendors) = row.contract_id.and_then(|id| self.contract_vendors.get(&id)) else { return true };
        vendors.iter().any(|name| name == vendor || vendor.is_empty() && *name == row.provider)
    }

    /// The list prices of an offer in a service tier, whenever they were in force.
    pub fn listed(&self, offer: Offer<'_>, tier: &str) -> Vec<&PriceRow> {
        let rows = self.candidates(offer.provider, offer, tier);
        rows.into_iter().filter(|row| row.layer == Layer::List).collect()
    }

    /// The row that prices a request at an instant.
    pub fn resolve(&self, vendor: &str, model: &str, tier: &str, at: DateTime<Utc>) -> Option<&PriceRow> {
        in_force(&self.candidates(vendor, self.offer(vendor, model)?, tier), at)
    }

    /// The standard price of a model at an instant, and the list price beside it.
    pub fn now(&self, vendor: &str, model: &str, at: DateTime<Utc>) -> Option<(&PriceRow, Option<&PriceRow>)> {
        let candidates = self.candidates(vendor, self.offer(vendor, model)?, "standard");
        let own = in_force(&candidates, at)?;
        Some((own, candidates.iter().copied().find(|row| row.layer == Layer::List && row.covers(at))))
    }
}

/// Whether a row is the list price of another company than the one that bills: a reseller's own bill may differ, so that an
/// amount the reseller reports comes before it.
pub fn is_makers_price(row: &PriceRow, vendor: &str) -> bool {
    let vendor = model_name::vendor(vendor);
    row.layer != Layer::Contract && !vendor.is_empty() && vendor != row.provider
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::id::PriceId;
    use crate::money::Currency;
    use crate::price::{Rate, Rates};
    use uuid::Uuid;

    fn row(
        n: u128,
        provider: &str,
        model: &str,
        layer: Layer,
        from: Option<&str>,
        to: Option<&str>,
        input: &str,
    ) -> PriceRow {
        let at = |text: Option<&str>| text.map(|t| format!("{t}T00:00:00Z").parse().unwrap());
        PriceRow {
            id: PriceId(Uuid::from_u128(n)),
            provider: provider.into(),
            model: model.into(),
            channel: String::new(),
            region: String::new(),
            tier: "standard".into(),
            from: at(from),
            to: at(to),
            currency: Currency::USD,
            rates: Rates { input: Some(Rate::per_million(input).unwrap()), ..Rates::default() },
            context_tiers: vec![],
            layer,
            contract_id: None,
            source: String::new(),
            basis: String::new(),
        }
    }

    fn list(n: u128, provider: &str, model: &str) -> PriceRow {
        row(n, provider, model, Layer::List, None, None, "1")
    }

    fn at(text: &str) -> DateTime<Utc> {
        format!("{text}T12:00:00Z").parse().unwrap()
    }

    #[test]
    fn a_contract_price_wins_over_an_override_over_the_list() {
        let book = PriceBook::new(
            vec![
                row(1, "openai", "gpt-4o", Layer::List, None, None, "2.5"),
                row(2, "openai", "gpt-4o", Layer::Override, Some("2026-02-01"), None, "2.2"),
                row(3, "openai", "gpt-4o", Layer::Contract, Some("2026-03-01"), Some("2026-04-01"), "2"),
            ],
            vec![],
        );
        let price =
            |day| book.resolve("azure", "gpt-4o-2024-08-06", "standard", at(day)).unwrap().rates.input.unwrap().0;
        assert_eq!(price("2026-01-15"), 2_500_000_000);
        assert_eq!(price("2026-02-15"), 2_200_000_000);
        assert_eq!(price("2026-03-15"), 2_000_000_000);
        assert_eq!(price("2026-04-01"), 2_200_000_000);
        assert!(book.resolve("azure", "gpt-4o", "batch", at("2026-01-15")).is_none());
    }

    #[test]
    fn a_model_sold_by_two_providers_is_not_guessed() {
        let rows = vec![
            row(1, "deepseek", "deepseek-v3", Layer::List, None, None, "1"),
            row(2, "volcengine", "deepseek-v3", Layer::List, None, None, "2"),
        ];
        let book = PriceBook::new(rows, vec![]);
        assert!(book.resolve("", "deepseek-v3", "standard", at("2026-01-01")).is_none());
        assert!(book.resolve("volcengine", "deepseek-v3", "standard", at("2026-01-01")).is_some());
    }

    #[test]
    fn every_spelling_of_a_model_finds_its_offer() {
        let book = PriceBook::new(
            vec![
                list(1, "anthropic", "claude-sonnet-4-5"),
                list(2, "anthropic", "claude-sonnet-4-5-20250929"),
                list(3, "anthropic", "claude-3-5-haiku-latest"),
                list(4, "openai", "gpt-4o-mini"),
                list(5, "google", "gemini-2.5-pro"),
                list(6, "amazon-bedrock", "amazon.nova-pro-v1:0"),
            ],
            vec![ModelAlias {
                vendor: "azure".into(),
                alias: "chat-prod".into(),
                provider: "openai".into(),
                model: "gpt-4o-mini".into(),
            }],
        );
        for (vendor, written, model) in [
            ("anthropic", "Claude Sonnet 4.5", Some("claude-sonnet-4-5")),
            ("Anthropic", "claude-sonnet-4-5-20250929", Some("claude-sonnet-4-5-20250929")),
            ("anthropic", "claude-sonnet-4-5@20250929", Some("claude-sonnet-4-5")),
            ("bedrock", "us.anthropic.claude-sonnet-4-5-20250929-v1:0", Some("claude-sonnet-4-5-20250929")),
            ("vertex_ai", "claude-sonnet-4-5", Some("claude-sonnet-4-5")),
            ("anthropic", "claude-3-5-haiku", Some("claude-3-5-haiku-latest")),
            ("anthropic", "claude-3-5-haiku-20241022", Some("claude-3-5-haiku-latest")),
            ("openai", "GPT-4o mini", Some("gpt-4o-mini")),
            ("azure", "azure/gpt-4o-mini-2024-07-18", Some("gpt-4o-mini")),
            ("azure", "chat-prod", Some("gpt-4o-mini")),
            ("openai", "chat-prod", None),
            ("gemini", "models/gemini-2.5-pro", Some("gemini-2.5-pro")),
            ("", "Gemini 2.5 Pro", Some("gemini-2.5-pro")),
            ("aws", "amazon.nova-pro-v1:0", Some("amazon.nova-pro-v1:0")),
            ("openai", "claude-sonnet-4-5", None),
            ("openai", "", None),
        ] {
            assert_eq!(book.offer(vendor, written).map(|offer| offer.model), model, "{vendor} {written}");
        }
    }

    #[test]
    fn a_price_agreed_with_one_vendor_is_no_other_vendors() {
        let contract = ContractId(Uuid::from_u128(9));
        let agreed =
            PriceRow { contract_id: Some(contract), ..row(2, "openai", "gpt-4o", Layer::Contract, None, None, "1.8") };
        let book = PriceBook::new(vec![row(1, "openai", "gpt-4o", Layer::List, None, None, "2.5"), agreed], vec![])
            .with_contract_vendors(HashMap::from([(contract, vec!["azure".to_owned()])]));
        let rate =
            |vendor| book.resolve(vendor, "gpt-4o", "standard", at("2026-01-15")).unwrap().rates.input.unwrap().0;
        assert_eq!((rate("azure"), rate("openai")), (1_800_000_000, 2_500_000_000));
    }

    #[test]
    fn what_an_api_calls_priority_and_a_list_calls_fast_is_one_tier() {
        let fast = PriceRow { tier: "fast".into(), ..row(1, "openai", "gpt-5", Layer::List, None, None, "5") };
        let book = PriceBook::new(vec![fast], vec![]);
        assert!(book.resolve("openai", "gpt-5", "priority", at("2026-01-15")).is_some());
        assert!(book.resolve("openai", "gpt-5", "standard", at("2026-01-15")).is_none());
    }
}
