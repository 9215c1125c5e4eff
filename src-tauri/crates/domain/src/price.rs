//! Prices: effective-dated rates per provider, model and service tier, and the cost of tokens. Rows are closed, never edited.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use ts_rs::TS;

use crate::id::{ContractId, PriceId};
use crate::money::{Currency, Femtos, MoneyError, decimal, parse_nanos};
use crate::usage::{TOKEN_KINDS, TokenCounts};

/// Nano-units of the row's currency per 1,000,000 tokens. On the wire a decimal string of units per million ("2.5").
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Rate(pub i64);

impl Rate {
    /// Whether it costs nothing.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

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
    #[serde(default)]
    pub input_audio: Option<Rate>,
    #[serde(default)]
    pub input_image: Option<Rate>,
    #[serde(default)]
    pub output_audio: Option<Rate>,
    #[serde(default)]
    pub output_image: Option<Rate>,
}

/// What tokens cost by a price.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct TokenCost {
    /// Per kind, in the order of [`TokenCounts::billed`]; 0 for a kind without a rate.
    pub by_kind: [Femtos; TOKEN_KINDS],
    /// Tokens of kinds that occur and have no rate: their cost is unknown, not 0.
    pub unrated_tokens: u64,
}

impl TokenCost {
    pub fn total(&self) -> Femtos {
        self.by_kind.iter().copied().sum()
    }
}

impl Rates {
    /// The rate of each of [`TokenCounts::billed`]'s kinds; `None` for a kind that is not quoted.
    pub fn billed(&self) -> [Option<Rate>; TOKEN_KINDS] {
        [
            self.input,
            self.cache_read,
            self.cache_write_5m,
            self.cache_write_1h,
            self.output,
            self.input_audio,
            self.input_image,
            self.output_audio,
            self.output_image,
        ]
    }

    /// These rates as an open price list means them. What it does not quote of cached text and of images that are read is billed
    /// as plain input, and a one-hour cache write as a five-minute one (genai-prices, `calc_price`). Audio and drawn images
    /// never are. A price that a person or a contract states means nothing beyond what it says.
    pub fn as_listed(&self) -> Rates {
        let write = self.cache_write_5m.or(self.input);
        Rates {
            cache_read: self.cache_read.or(self.input),
            cache_write_5m: write,
            cache_write_1h: self.cache_write_1h.or(write),
            input_image: self.input_image.or(self.input),
            ..*self
        }
    }

    /// Whether every kind of text has a rate: plain, cached, written to a cache, put out.
    pub fn quotes_text(&self) -> bool {
        [self.input, self.cache_read, self.cache_write_5m, self.cache_write_1h, self.output].iter().all(Option::is_some)
    }

    /// By how much these rates are under others, least and most over the kinds both have: `1 − own / other`, negative where
    /// they are over them. `None` where they share none.
    pub fn discount(&self, other: &Rates) -> Option<(f64, f64)> {
        let parts = self.billed().into_iter().zip(other.billed()).filter_map(|(own, other)| {
            let (own, other) = (own?, other.filter(|rate| rate.0 > 0)?);
            Some(1.0 - own.0 as f64 / other.0 as f64)
        });
        parts.fold(None, |range, part| match range {
            None => Some((part, part)),
            Some((least, most)) => Some((part.min(least), part.max(most))),
        })
    }

    /// Cost per kind: tokens × rate, exact.
    ///
    /// Units: tokens × (nano-units ÷ 10⁶ tokens) = 10⁻⁶ nano-units = femto-units.
    pub fn cost(&self, tokens: &TokenCounts) -> TokenCost {
        let mut cost = TokenCost::default();
        for ((sum, count), rate) in cost.by_kind.iter_mut().zip(tokens.billed()).zip(self.billed()) {
            match rate {
                _ if count == 0 => {}
                Some(rate) => *sum = Femtos(i128::from(count) * i128::from(rate.0)),
                None => cost.unrated_tokens += count,
            }
        }
        cost
    }

    /// These rates, with what they leave out taken from others.
    pub fn or(&self, base: &Rates) -> Rates {
        Rates {
            input: self.input.or(base.input),
            cache_read: self.cache_read.or(base.cache_read),
            cache_write_5m: self.cache_write_5m.or(base.cache_write_5m),
            cache_write_1h: self.cache_write_1h.or(base.cache_write_1h),
            output: self.output.or(base.output),
            input_audio: self.input_audio.or(base.input_audio),
            input_image: self.input_image.or(base.input_image),
            output_audio: self.output_audio.or(base.output_audio),
            output_image: self.output_image.or(base.output_image),
        }
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

/// The mean length of the requests that a band of a price is for, in tokens of input.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Lengths {
    /// Longer than this; `None` takes the shortest.
    pub above: Option<u64>,
    /// And not longer than this; `None` takes the longest.
    pub up_to: Option<u64>,
}

impl Lengths {
    /// Whether `requests` with `input` tokens in all are on average of these lengths. Requests nobody counted are short.
    pub fn hold(&self, requests: u64, input: u64) -> bool {
        let longer = |than: u64| u128::from(input) > u128::from(than) * u128::from(requests);
        self.above.is_none_or(|above| requests > 0 && longer(above))
            && self.up_to.is_none_or(|up_to| requests == 0 || !longer(up_to))
    }
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

    /// How long requests of a band are; as [`PriceRow::band`], from the other side.
    pub fn lengths(&self, band: usize) -> Lengths {
        let bound = |band: usize| Some(self.context_tiers.get(band.checked_sub(1)?)?.above_tokens);
        Lengths { above: bound(band), up_to: bound(band + 1) }
    }

    /// The rates of a band; a tier that names only some kinds leaves the others at the base rate.
    pub fn rates_of(&self, band: usize) -> Rates {
        let said = match band.checked_sub(1).and_then(|index| self.context_tiers.get(index)) {
            None => self.rates,
            Some(tier) => tier.rates.or(&self.rates),
        };
        if self.layer == Layer::List { said.as_listed() } else { said }
    }

    /// What tokens cost less at this price than they would at another: `other − own`, of one band, negative where it is more.
    /// `None` in another currency, or where either price leaves some of the tokens without a rate.
    pub fn saving(&self, other: &PriceRow, band: usize, tokens: &TokenCounts) -> Option<Femtos> {
        let (own, other_cost) = (self.rates_of(band).cost(tokens), other.rates_of(band).cost(tokens));
        let comparable = self.currency == other.currency && own.unrated_tokens == 0 && other_cost.unrated_tokens == 0;
        comparable.then(|| Femtos(other_cost.total().0 - own.total().0))
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
    fn a_kind_of_token_without_a_rate_is_unknown_not_free() {
        let rates = Rates { input: Some(Rate(1)), ..Rates::default() };
        let cost = rates.cost(&TokenCounts { input: 2, output: 7, ..TokenCounts::default() });
        assert_eq!((cost.total(), cost.unrated_tokens), (Femtos(2), 7));
        let cached = rates.cost(&TokenCounts { cache_read: 3, ..TokenCounts::default() });
        assert_eq!((cached.total(), cached.unrated_tokens), (Femtos(0), 3));
    }

    #[test]
    fn an_open_list_bills_what_it_does_not_quote_of_text_as_plain_input_and_a_stated_price_bills_nothing_else() {
        let tokens =
            TokenCounts { cache_read: 3, cache_write_1h: 2, input_image: 1, input_audio: 5, ..TokenCounts::default() };
        let listed = row(1, "p", "m", Layer::List, None, None, "0.000000001");
        let cost = listed.rates_of(0).cost(&tokens);
        assert_eq!((cost.total(), cost.unrated_tokens), (Femtos(6), 5));
        for layer in [Layer::Override, Layer::Contract] {
            let cost = PriceRow { layer, ..listed.clone() }.rates_of(0).cost(&tokens);
            assert_eq!((cost.total(), cost.unrated_tokens), (Femtos(0), 11), "{layer:?}");
        }
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
        fn requests_are_of_one_band_whichever_way_it_is_asked(requests in 0u64..9, input in 0u64..2_000_000) {
            let tier = |above_tokens| ContextTier { above_tokens, rates: Rates::default() };
            let tiers = vec![tier(128_000), tier(200_000)];
            let row = PriceRow { context_tiers: tiers, ..row(1, "p", "m", Layer::List, None, None, "1") };
            let holding: Vec<usize> = (0..3).filter(|band| row.lengths(*band).hold(requests, input)).collect();
            let mean = if requests == 0 { 0 } else { input.div_ceil(requests) };
            prop_assert_eq!(holding, vec![row.band(mean)]);
        }

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
            let apart = rates.cost(&tokens(a)).total() + rates.cost(&tokens(b)).total();
            prop_assert_eq!(apart, rates.cost(&tokens(a + b)).total());
        }
    }
}
