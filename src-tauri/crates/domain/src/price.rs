//! The price book: effective-dated rates per provider, model and service tier; resolution and the cost of tokens.
//!
//! Rows are closed, never edited. Resolution order: contract schedule → workspace override → list price.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use crate::id::{ContractId, PriceId};
use crate::money::{Currency, Femtos, MoneyError, decimal, parse_nanos};
use crate::usage::TokenCounts;

/// Nano-units of the row's currency per 1,000,000 tokens. On the wire a decimal string of units per million ("2.5").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rate(pub i64);

impl Rate {
    /// Reads currency units per million tokens ("2.50").
    ///
    /// # Errors
    /// [`MoneyError`] for anything that is not a decimal number from 0 to 1,000,000,000.
    pub fn per_million(text: &str) -> Result<Self, MoneyError> {
        let nanos = parse_nanos(text)?;
        match i64::try_from(nanos) {
            Ok(nanos) if (0..=1_000_000_000_000_000_000).contains(&nanos) => Ok(Self(nanos)),
            _ => Err(MoneyError::Amount(text.to_owned())),
        }
    }
}

impl Serialize for Rate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&decimal(i128::from(self.0)))
    }
}

impl<'de> Deserialize<'de> for Rate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Rate::per_million(&String::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl TS for Rate {
    type WithoutGenerics = Self;
    type OptionInnerType = Self;
    fn name(_: &ts_rs::Config) -> String {
        "string".into()
    }
    fn inline(_: &ts_rs::Config) -> String {
        "string".into()
    }
}

/// One rate per kind of token; `None` where the price list has none.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Rates {
    pub input: Option<Rate>,
    pub cache_read: Option<Rate>,
    #[serde(rename = "cacheWrite5m")]
    pub cache_write_5m: Option<Rate>,
    #[serde(rename = "cacheWrite1h")]
    pub cache_write_1h: Option<Rate>,
    pub output: Option<Rate>,
}

impl Rates {
    /// The rate that applies to each of [`TokenCounts::billed`]'s kinds. Providers without a price for cached input
    /// bill it as plain input; a one-hour cache write without its own price costs what a five-minute one does.
    pub fn effective(&self) -> [Option<Rate>; 5] {
        let write = self.cache_write_5m.or(self.input);
        [self.input, self.cache_read.or(self.input), write, self.cache_write_1h.or(write), self.output]
    }

    /// Cost per kind: tokens × rate, exact. `None` if any kind that occurs has no rate: unpriced is not free.
    ///
    /// Units: tokens × (nano-units ÷ 10⁶ tokens) = 10⁻⁶ nano-units = femto-units.
    pub fn cost_by_kind(&self, tokens: &TokenCounts) -> Option<[Femtos; 5]> {
        let mut costs = [Femtos(0); 5];
        for ((cost, count), rate) in costs.iter_mut().zip(tokens.billed()).zip(self.effective()) {
            if count > 0 {
                *cost = Femtos(i128::from(count) * i128::from(rate?.0));
            }
        }
        Some(costs)
    }

    pub fn cost(&self, tokens: &TokenCounts) -> Option<Femtos> {
        Some(self.cost_by_kind(tokens)?.into_iter().sum())
    }

    pub fn is_empty(&self) -> bool {
        *self == Rates::default()
    }
}

/// Rates for requests whose whole input (cached or not) is longer than `above_tokens`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ContextTier {
    #[ts(type = "number")]
    pub above_tokens: u64,
    pub rates: Rates,
}

/// Who set a price; the order of resolution.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Layer {
    Contract,
    Override,
    List,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriceRow {
    pub id: PriceId,
    pub provider: String,
    pub model: String,
    pub channel: String,
    pub region: String,
    /// Service tier: "standard", "batch", "flex", "priority", …
    pub tier: String,
    /// `None`: since always.
    #[ts(type = "string | null")]
    pub from: Option<DateTime<Utc>>,
    /// Exclusive; `None`: still in force.
    #[ts(type = "string | null")]
    pub to: Option<DateTime<Utc>>,
    pub currency: Currency,
    pub rates: Rates,
    /// In ascending order of `above_tokens`.
    pub context_tiers: Vec<ContextTier>,
    pub layer: Layer,
    pub contract_id: Option<ContractId>,
    pub source: String,
    pub basis: String,
}

impl PriceRow {
    pub fn covers(&self, at: DateTime<Utc>) -> bool {
        self.from.is_none_or(|from| from <= at) && self.to.is_none_or(|to| at < to)
    }

    /// Which rates a request with `input_tokens` of input in all pays: 0 for the base, then the context tiers.
    pub fn band(&self, input_tokens: u64) -> usize {
        self.context_tiers.iter().filter(|tier| input_tokens > tier.above_tokens).count()
    }

    /// The rates of a band; a tier that names only some kinds leaves the others at the base rate.
    pub fn rates_of(&self, band: usize) -> Rates {
        match band.checked_sub(1).and_then(|index| self.context_tiers.get(index)) {
            None => self.rates,
            Some(tier) => Rates {
                input: tier.rates.input.or(self.rates.input),
                cache_read: tier.rates.cache_read.or(self.rates.cache_read),
                cache_write_5m: tier.rates.cache_write_5m.or(self.rates.cache_write_5m),
                cache_write_1h: tier.rates.cache_write_1h.or(self.rates.cache_write_1h),
                output: tier.rates.output.or(self.rates.output),
            },
        }
    }

    fn overlaps(&self, other: &PriceRow) -> bool {
        let starts_before_end = |a: &PriceRow, b: &PriceRow| match (a.from, b.to) {
            (Some(from), Some(to)) => from < to,
            _ => true,
        };
        starts_before_end(self, other) && starts_before_end(other, self)
    }

    fn same_offer(&self, other: &PriceRow) -> bool {
        self.provider == other.provider
            && self.model == other.model
            && self.channel == other.channel
            && self.region == other.region
            && self.tier == other.tier
            && self.layer == other.layer
            && self.contract_id == other.contract_id
    }
}

/// The first existing row whose dates overlap `new` for the same offer. Overlaps are refused.
pub fn overlapping<'a>(existing: &'a [PriceRow], new: &PriceRow) -> Option<&'a PriceRow> {
    existing.iter().find(|row| row.id != new.id && row.same_offer(new) && row.overlaps(new))
}

/// Names a file may use for a provider in the price book.
fn provider_synonym(provider: &str) -> &str {
    match provider {
        "azure" | "azure_ai" | "azure_openai" | "azure openai" | "text-completion-openai" | "open ai" => "openai",
        "vertex_ai" | "vertexai" | "vertex" | "gemini" | "google_genai" | "google ai studio" | "gcp" => "google",
        "bedrock" | "bedrock_converse" | "aws" | "aws bedrock" => "amazon-bedrock",
        "x.ai" | "x-ai" | "grok" => "xai",
        "claude" => "anthropic",
        other if other.starts_with("vertex_ai-") => "google",
        other => other,
    }
}

/// A model name without a trailing date: "gpt-4o-2024-08-06" and "claude-sonnet-4-20250514" both lose theirs.
fn without_date(model: &str) -> Option<&str> {
    let bytes = model.as_bytes();
    let digits = |range: std::ops::Range<usize>| bytes[range].iter().all(u8::is_ascii_digit);
    let n = bytes.len();
    if n > 9 && bytes[n - 9] == b'-' && digits(n - 8..n) {
        return Some(&model[..n - 9]);
    }
    if n > 11
        && bytes[n - 11] == b'-'
        && digits(n - 10..n - 6)
        && bytes[n - 6] == b'-'
        && digits(n - 5..n - 3)
        && bytes[n - 3] == b'-'
        && digits(n - 2..n)
    {
        return Some(&model[..n - 11]);
    }
    None
}

/// A price book ready to resolve: rows by provider and model, the closest layer first.
#[derive(Debug, Default)]
pub struct PriceBook {
    rows: Vec<PriceRow>,
    by_offer: HashMap<(String, String), Vec<usize>>,
    providers_of: HashMap<String, Vec<String>>,
    /// Model aliases, lower case: alias → (provider, model).
    aliases: HashMap<String, (String, String)>,
}

impl PriceBook {
    pub fn new(mut rows: Vec<PriceRow>, aliases: HashMap<String, (String, String)>) -> Self {
        // Later rows first within a layer, so that the one in force is found early.
        rows.sort_by(|a, b| a.layer.cmp(&b.layer).then(b.from.cmp(&a.from)).then(a.id.cmp(&b.id)));
        let mut by_offer: HashMap<(String, String), Vec<usize>> = HashMap::new();
        let mut providers_of: HashMap<String, Vec<String>> = HashMap::new();
        for (index, row) in rows.iter().enumerate() {
            let (provider, model) = (row.provider.to_lowercase(), row.model.to_lowercase());
            let providers = providers_of.entry(model.clone()).or_default();
            if !providers.contains(&provider) {
                providers.push(provider.clone());
            }
            by_offer.entry((provider, model)).or_default().push(index);
        }
        for providers in providers_of.values_mut() {
            providers.sort();
        }
        Self { rows, by_offer, providers_of, aliases }
    }

    pub fn rows(&self) -> &[PriceRow] {
        &self.rows
    }

    /// The offer a file means by `vendor` and `model`, as the book spells it.
    ///
    /// Tried in turn: the name as given, without a provider prefix ("azure/gpt-4o"), an alias, without a trailing date.
    /// With no vendor, or one the book does not know, the model must belong to exactly one provider.
    pub fn offer(&self, vendor: &str, model: &str) -> Option<(&str, &str)> {
        let vendor = vendor.trim().to_lowercase();
        let model = model.trim().to_lowercase();
        let bare = model.rsplit_once('/').map(|(_, bare)| bare);
        let names = [Some(model.as_str()), bare, without_date(&model), bare.and_then(without_date)];
        for name in names.into_iter().flatten() {
            let synonym = provider_synonym(&vendor);
            for provider in [vendor.as_str(), synonym] {
                if let Some((key, _)) = self.by_offer.get_key_value(&(provider.to_owned(), name.to_owned())) {
                    return Some((&key.0, &key.1));
                }
            }
            if let Some(found) = self.aliases.get(name).and_then(|alias| self.by_offer.get_key_value(alias)) {
                return Some((&found.0.0, &found.0.1));
            }
            let vendor_is_known = self.by_offer.keys().any(|(provider, _)| provider == synonym);
            if let Some([only]) = self.providers_of.get(name).map(Vec::as_slice)
                && (vendor.is_empty() || !vendor_is_known)
            {
                let (key, _) = self.by_offer.get_key_value(&(only.clone(), name.to_owned()))?;
                return Some((&key.0, &key.1));
            }
        }
        None
    }

    /// All rows of an offer and service tier, the order of resolution.
    pub fn candidates(&self, provider: &str, model: &str, tier: &str) -> Vec<&PriceRow> {
        let rows = self.by_offer.get(&(provider.to_owned(), model.to_owned()));
        rows.into_iter().flatten().map(|index| &self.rows[*index]).filter(|row| row.tier == tier).collect()
    }

    /// The row that prices a request at an instant.
    pub fn resolve(&self, vendor: &str, model: &str, tier: &str, at: DateTime<Utc>) -> Option<&PriceRow> {
        let (provider, model) = self.offer(vendor, model)?;
        in_force(&self.candidates(provider, model, tier), at)
    }
}

/// A stretch of time through which one row, or none, is in force. Epoch seconds; `to` is exclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PriceWindow<'a> {
    pub from: i64,
    pub to: i64,
    pub row: Option<&'a PriceRow>,
}

/// Cuts all of time at the instants some candidate begins or ends. Candidates come in the order of resolution.
pub fn windows<'a>(candidates: &[&'a PriceRow]) -> Vec<PriceWindow<'a>> {
    let mut cuts: Vec<i64> =
        candidates.iter().flat_map(|row| [row.from, row.to]).flatten().map(|at| at.timestamp()).collect();
    cuts.sort_unstable();
    cuts.dedup();
    let begins = std::iter::once(i64::MIN).chain(cuts.iter().copied());
    let ends = cuts.iter().copied().chain(std::iter::once(i64::MAX));
    begins
        .zip(ends)
        .map(|(from, to)| {
            let inside = DateTime::from_timestamp(from, 0).unwrap_or(DateTime::<Utc>::MIN_UTC);
            PriceWindow { from, to, row: in_force(candidates, inside) }
        })
        .collect()
}

/// The first candidate in force at an instant; candidates come in the order of resolution.
pub fn in_force<'a>(candidates: &[&'a PriceRow], at: DateTime<Utc>) -> Option<&'a PriceRow> {
    candidates.iter().find(|row| row.covers(at)).copied()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
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
            rates: Rates {
                input: Some(Rate::per_million(input).unwrap()),
                output: Some(Rate::per_million("10").unwrap()),
                ..Rates::default()
            },
            context_tiers: vec![],
            layer,
            contract_id: None,
            source: String::new(),
            basis: String::new(),
        }
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
            HashMap::new(),
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
        let book = PriceBook::new(rows, HashMap::new());
        assert!(book.resolve("", "deepseek-v3", "standard", at("2026-01-01")).is_none());
        assert!(book.resolve("volcengine", "deepseek-v3", "standard", at("2026-01-01")).is_some());
    }

    #[test]
    fn overlapping_rows_of_one_offer_are_found_and_adjacent_ones_are_not() {
        let existing = [row(1, "p", "m", Layer::Override, Some("2026-01-01"), Some("2026-02-01"), "1")];
        assert!(overlapping(&existing, &row(2, "p", "m", Layer::Override, Some("2026-02-01"), None, "1")).is_none());
        assert!(overlapping(&existing, &row(2, "p", "m", Layer::Override, Some("2026-01-31"), None, "1")).is_some());
        assert!(overlapping(&existing, &row(2, "p", "m", Layer::List, None, None, "1")).is_none());
    }

    #[test]
    fn a_long_context_pays_its_tier_for_all_tokens() {
        let mut long = row(1, "p", "m", Layer::List, None, None, "1.25");
        let tier = Rates { input: Some(Rate::per_million("2.5").unwrap()), ..Rates::default() };
        long.context_tiers = vec![ContextTier { above_tokens: 200_000, rates: tier }];
        assert_eq!(long.band(200_000), 0);
        assert_eq!(long.band(200_001), 1);
        assert_eq!(long.rates_of(1).input, tier.input);
        assert_eq!(long.rates_of(1).output, long.rates.output);
    }

    #[test]
    fn a_kind_of_token_without_a_rate_makes_the_request_unpriced_not_free() {
        let rates = Rates { input: Some(Rate(1)), ..Rates::default() };
        assert_eq!(rates.cost(&TokenCounts { output: 1, ..TokenCounts::default() }), None);
        assert_eq!(rates.cost(&TokenCounts { cache_read: 3, ..TokenCounts::default() }), Some(Femtos(3)));
    }

    #[test]
    fn time_is_cut_where_the_price_in_force_changes() {
        let list = row(1, "p", "m", Layer::List, Some("2026-01-01"), Some("2026-07-01"), "2");
        let own = row(2, "p", "m", Layer::Override, Some("2026-03-01"), None, "1");
        let cut = windows(&[&own, &list]);
        let rows: Vec<_> = cut.iter().map(|w| w.row.map(|row| row.id.0.as_u128())).collect();
        assert_eq!(rows, [None, Some(1), Some(2), Some(2)]);
        assert_eq!((cut[0].from, cut[3].to), (i64::MIN, i64::MAX));
        assert!(cut.windows(2).all(|pair| pair[0].to == pair[1].from));
        assert_eq!(windows(&[]), [PriceWindow { from: i64::MIN, to: i64::MAX, row: None }]);
    }

    proptest! {
        #[test]
        fn a_window_says_what_is_in_force_throughout(second in 1_700_000_000i64..1_900_000_000) {
            let rows = [
                row(2, "p", "m", Layer::Override, Some("2026-03-01"), Some("2026-03-09"), "1"),
                row(1, "p", "m", Layer::List, Some("2026-01-01"), Some("2026-07-01"), "2"),
                row(3, "p", "m", Layer::List, Some("2026-07-01"), None, "3"),
            ];
            let candidates: Vec<&PriceRow> = rows.iter().collect();
            let window = windows(&candidates).into_iter().find(|w| w.from <= second && second < w.to).unwrap();
            prop_assert_eq!(window.row, in_force(&candidates, DateTime::from_timestamp(second, 0).unwrap()));
        }

        #[test]
        fn cost_is_additive_in_tokens(a in 0u64..1_000_000_000, b in 0u64..1_000_000_000, rate in 0i64..100_000_000_000) {
            let rates = Rates { input: Some(Rate(rate)), output: Some(Rate(rate / 2)), ..Rates::default() };
            let tokens = |n| TokenCounts { input: n, output: n, ..TokenCounts::default() };
            let apart = rates.cost(&tokens(a)).unwrap() + rates.cost(&tokens(b)).unwrap();
            prop_assert_eq!(apart, rates.cost(&tokens(a + b)).unwrap());
        }
    }
}
