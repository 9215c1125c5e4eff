//! The cube: every series' daily measures in memory, folded by any dimensions in one pass.
//!
//! Work grows with the days and series shown, never with the events behind them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::fx::{FxRate, MissingRate, convert_femtos, rate_on};
use crate::money::{Currency, Femtos};
use crate::price::Rates;
use crate::usage::{Dimension, Known, Measures, TokenCounts};

/// What prices a series: fixed when it was imported, so history does not move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeriesPrice {
    /// Index of the price row in the book the caller keeps; only passed through.
    pub row: usize,
    pub band: usize,
    pub rates: Rates,
    pub currency: Currency,
}

/// One combination of dimension values, source and price.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Which feed it came from; indexes the caller's list of sources.
    pub source: u32,
    /// Value ids by [`Dimension::index`].
    pub values: [u32; 5],
    pub price: Option<SeriesPrice>,
    pub known: Known,
    /// Currency of the reported cost.
    pub reported_currency: Currency,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRow {
    pub day: NaiveDate,
    pub series: u32,
    pub measures: Measures,
}

/// Kinds of cost: the five billed kinds of token, then cost that a file only states as a sum.
pub const COST_KINDS: usize = 6;

/// Sums over some rows, with what is known about them.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    pub measures: Measures,
    /// In the workspace currency.
    pub cost_by_kind: [Femtos; COST_KINDS],
    /// Whether any row had a cost at all: without one, spend is unknown.
    pub costed: bool,
    /// Spend of the rows that count sessions, and of those that also know which succeeded.
    pub session_spend: Femtos,
    pub outcome_spend: Femtos,
    pub request_spend: Femtos,
    pub token_spend: Femtos,
    /// Tokens of the rows that count sessions.
    pub session_tokens: u64,
    /// Input tokens of the rows that say what came from a cache.
    pub cache_input: u64,
    /// Traffic no price was found for.
    pub unpriced: TokenCounts,
    pub unpriced_requests: u64,
    pub known: Known,
}

impl Totals {
    pub fn spend(&self) -> Femtos {
        self.cost_by_kind.iter().copied().sum()
    }

    pub fn add(&mut self, other: &Totals) {
        self.measures.add(&other.measures);
        for (mine, theirs) in self.cost_by_kind.iter_mut().zip(other.cost_by_kind) {
            *mine += theirs;
        }
        self.costed |= other.costed;
        self.session_spend += other.session_spend;
        self.outcome_spend += other.outcome_spend;
        self.request_spend += other.request_spend;
        self.token_spend += other.token_spend;
        self.session_tokens += other.session_tokens;
        self.cache_input += other.cache_input;
        self.unpriced.add(&other.unpriced);
        self.unpriced_requests += other.unpriced_requests;
        self.known = Known::from_bits(self.known.to_bits() | other.known.to_bits());
    }
}

/// Rows kept where the dimension's value is one of these.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    pub dimension: Dimension,
    pub values: HashSet<u32>,
}

/// One combination of the values folded by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Group {
    /// One value id per dimension folded by.
    pub key: Vec<u32>,
    pub totals: Totals,
    /// Spend per bucket.
    pub spend: Vec<Femtos>,
}

/// Everything a workspace knows about usage by day.
#[derive(Debug, Default)]
pub struct Cube {
    series: Vec<Series>,
    /// By day.
    rows: Vec<DayRow>,
    /// Vendor, model and day of which some feed counts requests or tokens: a bill for them reconciles, it does not add.
    metered: HashSet<(u32, u32, NaiveDate)>,
}

impl Cube {
    pub fn new(series: Vec<Series>, mut rows: Vec<DayRow>) -> Self {
        rows.sort_by_key(|row| (row.day, row.series));
        rows.retain(|row| (row.series as usize) < series.len());
        let has_bills = series.iter().any(is_bill);
        let metered = rows
            .iter()
            .filter(|_| has_bills)
            .filter_map(|row| {
                let series = &series[row.series as usize];
                let [vendor, model, ..] = series.values;
                (!is_bill(series)).then_some((vendor, model, row.day))
            })
            .collect();
        Self { series, rows, metered }
    }

    pub fn series(&self) -> &[Series] {
        &self.series
    }

    /// First and last day that hold any usage.
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.rows.first()?.day, self.rows.last()?.day))
    }

    /// Rows of the days from `from` to `to`, both included.
    pub fn rows(&self, from: NaiveDate, to: NaiveDate) -> &[DayRow] {
        let start = self.rows.partition_point(|row| row.day < from);
        let end = self.rows.partition_point(|row| row.day <= to);
        &self.rows[start..end.max(start)]
    }

    /// Whether a row only restates, as a bill, what another feed has metered.
    fn restates(&self, row: &DayRow) -> bool {
        let series = &self.series[row.series as usize];
        is_bill(series) && self.metered.contains(&(series.values[0], series.values[1], row.day))
    }

    /// Folds the days `from..=to` by up to two dimensions. `bucket_of` gives each day its place on the time axis of
    /// `buckets` places. Groups come in no particular order.
    ///
    /// # Errors
    /// [`MissingRate`] when a row in another currency has no rate for its day.
    #[allow(clippy::too_many_arguments)]
    pub fn fold(
        &self,
        (from, to): (NaiveDate, NaiveDate),
        by: &[Dimension],
        filters: &[Filter],
        (currency, rates): (Currency, &[FxRate]),
        buckets: usize,
        bucket_of: impl Fn(NaiveDate) -> usize,
    ) -> Result<Vec<Group>, MissingRate> {
        const SKIP: u32 = u32::MAX;
        let mut group_of_key: HashMap<Vec<u32>, u32> = HashMap::new();
        let mut keys: Vec<Vec<u32>> = Vec::new();
        let group_of_series: Vec<u32> = self
            .series
            .iter()
            .map(|series| {
                if !filters.iter().all(|f| f.values.contains(&series.values[f.dimension.index()])) {
                    return SKIP;
                }
                let key: Vec<u32> = by.iter().map(|d| series.values[d.index()]).collect();
                *group_of_key.entry(key.clone()).or_insert_with(|| {
                    keys.push(key);
                    (keys.len() - 1) as u32
                })
            })
            .collect();
        let mut totals: Vec<Option<Totals>> = vec![None; keys.len()];
        let mut spend: Vec<Vec<Femtos>> = vec![Vec::new(); keys.len()];
        let mut day_and_bucket = (NaiveDate::MIN, 0);
        for row in self.rows(from, to) {
            let group = group_of_series[row.series as usize];
            if group == SKIP || self.restates(row) {
                continue;
            }
            let series = &self.series[row.series as usize];
            if day_and_bucket.0 != row.day {
                day_and_bucket = (row.day, bucket_of(row.day));
            }
            let cost = cost_of(series, row, currency, rates)?;
            let group = group as usize;
            add_row(totals[group].get_or_insert_default(), series, &row.measures, cost);
            if let Some(cost) = cost {
                let line = &mut spend[group];
                if line.is_empty() {
                    line.resize(buckets, Femtos(0));
                }
                if let Some(bucket) = line.get_mut(day_and_bucket.1) {
                    *bucket += cost.iter().copied().sum();
                }
            }
        }
        Ok(keys
            .into_iter()
            .zip(totals)
            .zip(spend)
            .filter_map(|((key, totals), mut spend)| {
                spend.resize(buckets, Femtos(0));
                totals.map(|totals| Group { key, totals, spend })
            })
            .collect())
    }

    /// Totals by series of the rows kept, for an explanation: which price applied to how many tokens.
    ///
    /// # Errors
    /// As [`Cube::fold`].
    pub fn by_series(
        &self,
        (from, to): (NaiveDate, NaiveDate),
        keep: impl Fn(&Series) -> bool,
        (currency, rates): (Currency, &[FxRate]),
    ) -> Result<Vec<(u32, Totals)>, MissingRate> {
        let kept: Vec<bool> = self.series.iter().map(keep).collect();
        let mut totals: HashMap<u32, Totals> = HashMap::new();
        for row in self.rows(from, to) {
            if kept[row.series as usize] && !self.restates(row) {
                let series = &self.series[row.series as usize];
                let cost = cost_of(series, row, currency, rates)?;
                add_row(totals.entry(row.series).or_default(), series, &row.measures, cost);
            }
        }
        let mut list: Vec<_> = totals.into_iter().collect();
        list.sort_by_key(|(series, _)| *series);
        Ok(list)
    }
}

/// A feed that only states money, such as a console's cost export.
fn is_bill(series: &Series) -> bool {
    series.known.reported_cost && !series.known.tokens && !series.known.requests
}

/// The cost of a row by kind in the workspace currency: tokens × the price they were imported at; where there is none,
/// what the file reported; `None` when neither is known.
fn cost_of(
    series: &Series,
    row: &DayRow,
    currency: Currency,
    rates: &[FxRate],
) -> Result<Option<[Femtos; COST_KINDS]>, MissingRate> {
    let mut kinds = [Femtos(0); COST_KINDS];
    let computed =
        series.price.and_then(|price| Some((price.rates.cost_by_kind(&row.measures.tokens)?, price.currency)));
    let from = match computed {
        Some((costs, from)) => {
            kinds[..5].copy_from_slice(&costs);
            from
        }
        None if series.known.reported_cost => {
            kinds[5] = Femtos::from_nanos(i128::from(row.measures.reported_nanos));
            series.reported_currency
        }
        None => return Ok(None),
    };
    if from != currency {
        let rate = rate_on(rates, from, currency, row.day)?;
        for kind in &mut kinds {
            *kind = convert_femtos(*kind, rate);
        }
    }
    Ok(Some(kinds))
}

fn add_row(totals: &mut Totals, series: &Series, measures: &Measures, cost: Option<[Femtos; COST_KINDS]>) {
    totals.measures.add(measures);
    totals.known = Known::from_bits(totals.known.to_bits() | series.known.to_bits());
    if series.known.sessions {
        totals.session_tokens += measures.tokens.total();
    }
    if series.known.cache {
        totals.cache_input += measures.tokens.input_total();
    }
    let Some(cost) = cost else {
        totals.unpriced.add(&measures.tokens);
        totals.unpriced_requests += measures.requests;
        return;
    };
    totals.costed = true;
    let mut spend = Femtos(0);
    for (mine, theirs) in totals.cost_by_kind.iter_mut().zip(cost) {
        *mine += theirs;
        spend += theirs;
    }
    if series.known.sessions {
        totals.session_spend += spend;
    }
    if series.known.successful_sessions {
        totals.outcome_spend += spend;
    }
    if series.known.requests {
        totals.request_spend += spend;
    }
    if series.known.tokens {
        totals.token_spend += spend;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::price::Rate;
    use proptest::prelude::*;

    fn day(n: u64) -> NaiveDate {
        "2026-07-01".parse::<NaiveDate>().unwrap() + chrono::Days::new(n)
    }

    fn known() -> Known {
        Known {
            requests: true,
            successes: true,
            sessions: true,
            successful_sessions: true,
            tokens: true,
            cache: true,
            ..Known::default()
        }
    }

    fn series(values: [u32; 5], rate: i64) -> Series {
        let rates = Rates { input: Some(Rate(rate)), output: Some(Rate(rate * 4)), ..Rates::default() };
        let price = SeriesPrice { row: 0, band: 0, rates, currency: Currency::USD };
        Series { source: 0, values, price: Some(price), known: known(), reported_currency: Currency::USD }
    }

    fn row(n: u64, series: u32, input: u64) -> DayRow {
        let tokens = TokenCounts { input, output: input / 3, ..TokenCounts::default() };
        let measures =
            Measures { requests: 2, successes: 1, sessions: 1, successful_sessions: 1, tokens, reported_nanos: 0 };
        DayRow { day: day(n), series, measures }
    }

    prop_compose! {
        fn any_cube()(
            series in prop::collection::vec((prop::array::uniform5(0u32..4), 1i64..9_000_000_000), 1..12),
            rows in prop::collection::vec((0u64..60, 0u32..12, 0u64..100_000), 0..200),
        ) -> (Vec<Series>, Vec<DayRow>) {
            let series: Vec<_> = series.into_iter().map(|(values, rate)| self::series(values, rate)).collect();
            let n = series.len() as u32;
            let rows = rows.into_iter().map(|(d, s, tokens)| row(d, s % n, tokens)).collect();
            (series, rows)
        }
    }

    fn sum(groups: &[Group]) -> Totals {
        groups.iter().fold(Totals::default(), |mut all, group| {
            all.add(&group.totals);
            all
        })
    }

    proptest! {
        #[test]
        fn groups_of_any_two_dimensions_add_up_to_the_whole((series, rows) in any_cube(), a in 0usize..5, b in 0usize..5) {
            let cube = Cube::new(series, rows);
            let by = [Dimension::ALL[a], Dimension::ALL[b]];
            let range = (day(0), day(59));
            let whole = cube.fold(range, &[], &[], (Currency::USD, &[]), 1, |_| 0).unwrap();
            let parts = cube.fold(range, &by, &[], (Currency::USD, &[]), 60, |d| (d - day(0)).num_days() as usize).unwrap();
            prop_assert_eq!(sum(&whole), sum(&parts));
            for group in &parts {
                prop_assert_eq!(group.spend.iter().copied().sum::<Femtos>(), group.totals.spend());
            }
        }

        #[test]
        fn the_order_of_rows_does_not_matter((series, rows) in any_cube()) {
            let mut reversed = rows.clone();
            reversed.reverse();
            let fold = |rows| {
                let cube = Cube::new(series.clone(), rows);
                sum(&cube.fold((day(0), day(59)), &[Dimension::Model], &[], (Currency::USD, &[]), 1, |_| 0).unwrap())
            };
            prop_assert_eq!(fold(rows), fold(reversed));
        }

        #[test]
        fn two_halves_of_a_period_add_up_to_it((series, rows) in any_cube(), cut in 0u64..59) {
            let cube = Cube::new(series, rows);
            let fold = |from, to| sum(&cube.fold((day(from), day(to)), &[], &[], (Currency::USD, &[]), 1, |_| 0).unwrap());
            let mut halves = fold(0, cut);
            halves.add(&fold(cut + 1, 59));
            prop_assert_eq!(halves, fold(0, 59));
        }
    }

    #[test]
    fn a_bill_for_metered_usage_is_not_added_and_a_bill_alone_is() {
        let bill = Series {
            price: None,
            known: Known { reported_cost: true, ..Known::default() },
            ..series([1, 1, 0, 0, 0], 1)
        };
        let billed =
            |n| DayRow { day: day(n), series: 1, measures: Measures { reported_nanos: 500, ..Measures::default() } };
        let cube =
            Cube::new(vec![series([1, 1, 2, 2, 0], 1_000_000), bill], vec![row(0, 0, 300), billed(0), billed(1)]);
        let total = sum(&cube.fold((day(0), day(1)), &[], &[], (Currency::USD, &[]), 1, |_| 0).unwrap());
        assert_eq!(total.cost_by_kind[5], Femtos::from_nanos(500));
    }

    #[test]
    fn usage_without_a_price_is_unpriced_and_its_spend_unknown() {
        let unpriced = Series { price: None, ..series([1, 1, 1, 1, 1], 1) };
        let cube = Cube::new(vec![unpriced], vec![row(0, 0, 300)]);
        let total = sum(&cube.fold((day(0), day(0)), &[], &[], (Currency::USD, &[]), 1, |_| 0).unwrap());
        assert!(!total.costed);
        assert_eq!(total.unpriced.total(), 400);
    }

    #[test]
    fn another_currency_needs_a_rate_for_the_day() {
        let mut eur = series([1, 1, 1, 1, 1], 1_000_000);
        eur.price = eur.price.map(|p| SeriesPrice { currency: "EUR".parse().unwrap(), ..p });
        let cube = Cube::new(vec![eur], vec![row(0, 0, 300)]);
        let missing = cube.fold((day(0), day(0)), &[], &[], (Currency::USD, &[]), 1, |_| 0).unwrap_err();
        assert_eq!((missing.from.code(), missing.to.code(), missing.on), ("EUR", "USD", day(0)));
    }
}
