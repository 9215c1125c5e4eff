//! What a file's own rows cost by model, each by its own evidence: before any other feed or bill is asked what counts.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::hash::Hash;

use super::evidence::BasisKind;
use crate::money::{Currency, Femtos};
use crate::price::{Layer, PriceRow};
use crate::usage::Measures;

/// What a model's cost rests on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Source {
    /// A price of the book, by whose it is and where it was read.
    Price(Layer, String),
    /// The file states what requests cost.
    Stated,
    /// The file is of charges.
    Charged,
    /// Tokens for which there is no price.
    Unpriced,
}

/// Rows of one model at one price.
#[derive(Debug, Clone, Copy)]
pub struct Part<'a> {
    pub measures: &'a Measures,
    pub basis: BasisKind,
    /// The price they pay, and the band of its rates.
    pub price: Option<(&'a PriceRow, usize)>,
    /// Currency of the stated amounts.
    pub stated_in: Currency,
    /// They say how many tokens they took.
    pub tells_tokens: bool,
}

/// What the rows of one model come to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ModelCost {
    pub requests: u64,
    pub tokens: u64,
    /// By currency: they do not add up without a rate.
    pub costs: BTreeMap<Currency, Femtos>,
    /// Tokens without a price, or of a kind the price has no rate for.
    pub unpriced_tokens: u64,
    pub sources: BTreeSet<Source>,
}

impl ModelCost {
    fn add(&mut self, part: &Part<'_>) {
        self.requests += part.measures.requests;
        self.tokens += part.measures.tokens.total();
        let stated = || Femtos::from_nanos(part.measures.reported_nanos);
        let cost = match (part.basis, part.price) {
            (BasisKind::Computed { .. }, Some((row, band))) => {
                let cost = row.rates_of(band).cost(&part.measures.tokens);
                self.unpriced_tokens += cost.unrated_tokens;
                Some((row.currency, cost.total(), Source::Price(row.layer, row.source.clone())))
            }
            (BasisKind::Reported, _) => Some((part.stated_in, stated(), Source::Stated)),
            (BasisKind::Charge(_), _) => Some((part.stated_in, stated(), Source::Charged)),
            (BasisKind::Unpriced | BasisKind::Computed { .. }, _) => None,
        };
        match cost {
            Some((currency, cost, source)) => {
                *self.costs.entry(currency).or_default() += cost;
                self.sources.insert(source);
            }
            // Rows that do not say what they took are no tokens without a price.
            None if !part.tells_tokens => {}
            None => {
                self.unpriced_tokens += part.measures.tokens.total();
                self.sources.insert(Source::Unpriced);
            }
        }
    }
}

/// Sums parts by model: the most expensive first, then by tokens, then by name.
pub fn by_model<'a, K: Clone + Eq + Ord + Hash>(parts: impl IntoIterator<Item = (K, Part<'a>)>) -> Vec<(K, ModelCost)> {
    let mut models: HashMap<K, ModelCost> = HashMap::new();
    for (model, part) in parts {
        models.entry(model).or_default().add(&part);
    }
    let mut list: Vec<_> = models.into_iter().collect();
    let dearest = |cost: &ModelCost| cost.costs.values().max().copied().unwrap_or_default();
    list.sort_by(|(a, one), (b, other)| {
        (dearest(other), other.tokens).cmp(&(dearest(one), one.tokens)).then_with(|| a.cmp(b))
    });
    list
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::economics::ChargeKind;
    use crate::id::PriceId;
    use crate::price::{Rate, Rates};
    use crate::usage::TokenCounts;

    fn price(layer: Layer, input: i64) -> PriceRow {
        PriceRow {
            id: PriceId(uuid::Uuid::nil()),
            provider: "openai".into(),
            model: "m".into(),
            channel: String::new(),
            region: String::new(),
            tier: "standard".into(),
            from: None,
            to: None,
            currency: Currency::USD,
            rates: Rates { input: Some(Rate(input)), ..Rates::default() },
            context_tiers: vec![],
            layer,
            contract_id: None,
            source: "list of July".into(),
            basis: String::new(),
        }
    }

    fn measures(input: u64, output: u64, nanos: i128) -> Measures {
        let tokens = TokenCounts { input, output, ..TokenCounts::default() };
        Measures { requests: 1, tokens, reported_nanos: nanos, ..Measures::default() }
    }

    #[test]
    fn each_part_costs_by_its_own_evidence_and_what_has_no_price_is_said() {
        let (list, own) = (price(Layer::List, 2_000_000_000), price(Layer::Override, 1_000_000_000));
        let rows = [measures(1_000_000, 5, 9), measures(1_000_000, 0, 0), measures(30, 0, 0), measures(0, 0, 4)];
        let euro: Currency = "EUR".parse().unwrap();
        let part =
            |at: usize, basis, price| Part { measures: &rows[at], basis, price, stated_in: euro, tells_tokens: true };
        let computed = BasisKind::Computed { partly: false };
        let models = by_model([
            ("priced", part(0, computed, Some((&list, 0)))),
            ("priced", part(1, computed, Some((&own, 0)))),
            ("strange", part(2, BasisKind::Unpriced, None)),
            ("billed", part(3, BasisKind::Charge(ChargeKind::Tokens), None)),
            ("silent", Part { tells_tokens: false, ..part(3, BasisKind::Unpriced, None) }),
        ]);
        let order: Vec<_> = models.iter().map(|(name, _)| *name).collect();
        assert_eq!(order, ["priced", "billed", "strange", "silent"]);
        let priced = &models[0].1;
        // A million tokens at 2 USD and one at 1; five of output have no rate.
        assert_eq!(priced.costs[&Currency::USD].to_nanos(), 3_000_000_000);
        assert_eq!((priced.requests, priced.tokens, priced.unpriced_tokens), (2, 2_000_005, 5));
        let sources = [Layer::Override, Layer::List].map(|layer| Source::Price(layer, "list of July".into()));
        assert_eq!(priced.sources, BTreeSet::from(sources));
        assert_eq!(models[1].1.costs[&euro].to_nanos(), 4);
        assert_eq!((models[2].1.costs.len(), models[2].1.unpriced_tokens), (0, 30));
        assert_eq!((models[3].1.sources.len(), models[3].1.unpriced_tokens), (0, 0));
    }
}
