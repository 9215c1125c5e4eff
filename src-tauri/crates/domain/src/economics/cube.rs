//! The cube: every series' daily measures in memory, folded by any dimensions in one pass.
//!
//! Work grows with the days and series shown, never with the events behind them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use super::evidence::{Basis, CHARGED, COST_KINDS, Cost, REPORTED};
use super::settle::{Identity, Precedence, Verdict, settle};
use super::totals::Totals;
use crate::fx::{FxRate, MissingRate, convert_femtos, rate_on};
use crate::money::{Currency, Femtos};
use crate::usage::{Dimension, Known, Measures, TOKEN_KINDS, TokenCounts};

/// What days the rows of a series are of.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Days {
    /// Rows are instants, and fall into the days of any zone.
    #[default]
    Instants,
    /// Each row is a whole day of UTC, as providers meter and bill.
    Utc,
    /// Each row is a whole day of the reporting zone.
    Reporting,
}

/// One combination of dimension values, source and basis.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// Which feed it came from; indexes the caller's list of sources.
    pub source: u32,
    /// Value ids by [`Dimension::index`].
    pub values: [u32; 5],
    pub basis: Basis,
    pub known: Known,
    /// Currency of the stated amounts.
    pub currency: Currency,
    pub identity: Identity,
    pub days: Days,
}

impl Series {
    /// Whether its rows are charges of a bill: money without the tokens it is for.
    pub fn is_bill(&self) -> bool {
        matches!(self.basis, Basis::Charge(_)) && !self.known.tokens
    }
}

/// What a series counts of one reporting day; of one day of UTC within it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayRow {
    pub day: NaiveDate,
    /// The day by which bills and feeds are matched: of UTC, or where none is, the reporting day.
    pub billed_on: NaiveDate,
    /// The first and the last day of UTC it reaches into.
    pub utc_days: (NaiveDate, NaiveDate),
    pub series: u32,
    pub measures: Measures,
}

impl DayRow {
    /// What a series counts of a reporting day within one day of UTC.
    pub fn new(day: NaiveDate, utc_day: NaiveDate, series: u32, measures: Measures) -> Self {
        Self { day, billed_on: utc_day, utc_days: (utc_day, utc_day), series, measures }
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
    currency: Option<Currency>,
    rates: Vec<FxRate>,
    /// Rows whose own cost is not simply added, by place.
    verdicts: HashMap<u32, Verdict>,
    /// Feeds, with the days on which some of what they tell gives way to another: their sessions of these days are told in parts.
    parted: HashSet<(u32, NaiveDate)>,
}

/// A row with what it comes to.
enum Counted {
    /// Adds its measures, and its cost where there is one.
    Row(Option<Cost>),
    /// Only restates: its amount is shown beside the spend.
    Restates(Femtos),
    /// Another feed tells of it.
    Nothing,
}

/// The groups of a fold while it runs.
struct Groups {
    totals: Vec<Option<Totals>>,
    spend: Vec<Vec<Femtos>>,
    buckets: usize,
}

impl Groups {
    fn add(&mut self, group: usize, bucket: usize, row: (Known, &Measures, Option<&Cost>, bool)) {
        let (known, measures, cost, has_whole_sessions) = row;
        self.totals[group].get_or_insert_default().add_row(known, measures, cost, has_whole_sessions);
        if let Some(cost) = cost {
            let line = &mut self.spend[group];
            if line.is_empty() {
                line.resize(self.buckets, Femtos(0));
            }
            if let Some(sum) = line.get_mut(bucket) {
                *sum += cost.total();
            }
        }
    }
}

/// All bits set for the kinds of token that a price has no rate for.
#[derive(Debug, Clone, Copy)]
struct Unrated([u64; TOKEN_KINDS]);

impl Unrated {
    fn none_of(&self, tokens: &TokenCounts) -> bool {
        tokens.billed().iter().zip(self.0).fold(0, |seen, (count, mask)| seen | count & mask) == 0
    }
}

impl Cube {
    /// Amounts are converted to `currency` at the dated `rates`; `precedence` says which feeds give way to which.
    pub fn new(
        series: Vec<Series>,
        mut rows: Vec<DayRow>,
        precedence: &[Precedence],
        (currency, rates): (Currency, &[FxRate]),
    ) -> Self {
        let ordered = rows.is_sorted_by_key(|row| (row.day, row.series, row.billed_on));
        if !ordered {
            rows.sort_by_key(|row| (row.day, row.series, row.billed_on));
        }
        if rows.iter().any(|row| row.series as usize >= series.len()) {
            rows.retain(|row| (row.series as usize) < series.len());
        }
        join_days(&series, &mut rows, precedence);
        let verdicts = settle(&series, &rows, precedence, (currency, rates));
        let parted = verdicts
            .iter()
            .filter(|(_, verdict)| **verdict == Verdict::GivesWay)
            .map(|(place, _)| &rows[*place as usize])
            .map(|row| (series[row.series as usize].source, row.billed_on))
            .collect();
        Self { series, rows, currency: Some(currency), rates: rates.to_vec(), verdicts, parted }
    }

    /// What measures of a series cost by its own price, on a day; `None` where nobody knows. Of a part of a day as of a whole one.
    ///
    /// # Errors
    /// [`MissingRate`] where its currency has no rate for the day.
    pub fn cost_of(&self, series: u32, day: NaiveDate, measures: Measures) -> Result<Option<Femtos>, MissingRate> {
        let Some(of) = self.series.get(series as usize) else { return Ok(None) };
        let row = DayRow::new(day, day, series, measures);
        Ok(own_cost(of, &row, self.currency.unwrap_or(Currency::USD), &self.rates)?.map(|cost| cost.total()))
    }

    fn has_whole_sessions(&self, row: &DayRow) -> bool {
        self.parted.is_empty() || !self.parted.contains(&(self.series[row.series as usize].source, row.billed_on))
    }

    pub fn series(&self) -> &[Series] {
        &self.series
    }

    /// First and last day that hold any usage.
    pub fn span(&self) -> Option<(NaiveDate, NaiveDate)> {
        Some((self.rows.first()?.day, self.rows.last()?.day))
    }

    /// What the days of a row's series are.
    pub fn days_of(&self, row: &DayRow) -> Days {
        self.series[row.series as usize].days
    }

    /// Places of the rows of the days from `from` to `to`, both included.
    pub(super) fn places(&self, from: NaiveDate, to: NaiveDate) -> std::ops::Range<usize> {
        let start = self.rows.partition_point(|row| row.day < from);
        let end = self.rows.partition_point(|row| row.day <= to);
        start..end.max(start)
    }

    /// Rows of the days from `from` to `to`, both included, whatever they come to.
    pub fn rows_between(&self, from: NaiveDate, to: NaiveDate) -> &[DayRow] {
        &self.rows[self.places(from, to)]
    }

    /// Rows of the days from `from` to `to`, both included, each with whether its traffic counts: not where another feed is the
    /// one that tells of it.
    pub fn rows_with_standing(&self, from: NaiveDate, to: NaiveDate) -> impl Iterator<Item = (&DayRow, bool)> {
        let gives_way = |place: usize| self.verdicts.get(&(place as u32)) == Some(&Verdict::GivesWay);
        self.places(from, to).map(move |place| (&self.rows[place], !gives_way(place)))
    }

    fn counted(&self, place: usize) -> Result<Counted, MissingRate> {
        let row = &self.rows[place];
        let series = &self.series[row.series as usize];
        let currency = self.currency.unwrap_or(Currency::USD);
        let own = || own_cost(series, row, currency, &self.rates);
        if self.verdicts.is_empty() {
            return Ok(Counted::Row(own()?));
        }
        Ok(match self.verdicts.get(&(place as u32)) {
            None => Counted::Row(own()?),
            Some(Verdict::GivesWay) => Counted::Nothing,
            Some(Verdict::Restates) => Counted::Restates(own()?.map_or(Femtos(0), |cost| cost.total())),
            Some(Verdict::Takes(amount)) => {
                let mut cost = own()?.unwrap_or(Cost { by_kind: [Femtos(0); COST_KINDS], whole: true });
                cost.by_kind[CHARGED] += *amount;
                Counted::Row(Some(Cost { whole: true, ..cost }))
            }
            Some(Verdict::Missing(missing)) => return Err(missing.clone()),
        })
    }

    /// Folds the days `from..=to` by up to two dimensions. `bucket_of` gives each day its place on the time axis of
    /// `buckets` places. Groups come in no particular order.
    ///
    /// # Errors
    /// [`MissingRate`] when a row in another currency has no rate for its day.
    pub fn fold(
        &self,
        (from, to): (NaiveDate, NaiveDate),
        by: &[Dimension],
        filters: &[Filter],
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
        let mut groups = Groups { totals: vec![None; keys.len()], spend: vec![Vec::new(); keys.len()], buckets };
        let unrated: Vec<Option<Unrated>> = self.series.iter().map(|series| self.unrated(series)).collect();
        // Rows of one price and bucket: what they cost together is what they cost one by one, and is reckoned once.
        let mut open: Vec<Measures> = vec![Measures::default(); self.series.len()];
        let mut opened: Vec<u32> = Vec::new();
        let mut day_and_bucket = (NaiveDate::MIN, 0);
        for place in self.places(from, to) {
            let row = &self.rows[place];
            let group = group_of_series[row.series as usize];
            if group == SKIP {
                continue;
            }
            if day_and_bucket.0 != row.day {
                let bucket = bucket_of(row.day);
                if bucket != day_and_bucket.1 {
                    self.close(&mut open, &mut opened, &group_of_series, day_and_bucket.1, &mut groups)?;
                }
                day_and_bucket = (row.day, bucket);
            }
            if unrated[row.series as usize].is_some_and(|unrated| unrated.none_of(&row.measures.tokens))
                && (self.verdicts.is_empty() || !self.verdicts.contains_key(&(place as u32)))
                && self.has_whole_sessions(row)
            {
                let sum = &mut open[row.series as usize];
                if sum.is_empty() {
                    opened.push(row.series);
                }
                sum.add(&row.measures);
                continue;
            }
            let group = group as usize;
            match self.counted(place)? {
                Counted::Row(cost) => {
                    let known = self.series[row.series as usize].known;
                    let whole = self.has_whole_sessions(row);
                    groups.add(group, day_and_bucket.1, (known, &row.measures, cost.as_ref(), whole));
                }
                Counted::Restates(amount) => groups.totals[group].get_or_insert_default().restated += amount,
                Counted::Nothing => {}
            }
        }
        self.close(&mut open, &mut opened, &group_of_series, day_and_bucket.1, &mut groups)?;
        let Groups { totals, spend, .. } = groups;
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

    /// Of a series whose rows may be added up before they are priced, at one price in the workspace's currency: which kinds of
    /// token that price has no rate for. A row with some of these is priced for itself.
    fn unrated(&self, series: &Series) -> Option<Unrated> {
        match &series.basis {
            Basis::Computed(price) if !price.partly && Some(price.currency) == self.currency => {
                Some(Unrated(price.rates.billed().map(|rate| if rate.is_none() { u64::MAX } else { 0 })))
            }
            _ => None,
        }
    }

    /// Prices what has been added up and hands it on.
    fn close(
        &self,
        open: &mut [Measures],
        opened: &mut Vec<u32>,
        group_of_series: &[u32],
        bucket: usize,
        groups: &mut Groups,
    ) -> Result<(), MissingRate> {
        for index in opened.drain(..) {
            let series = &self.series[index as usize];
            let measures = std::mem::take(&mut open[index as usize]);
            // Of no day in particular: nothing of it is converted.
            let sum = DayRow::new(NaiveDate::MIN, NaiveDate::MIN, index, measures);
            let cost = own_cost(series, &sum, self.currency.unwrap_or(Currency::USD), &self.rates)?;
            let row = (series.known, &sum.measures, cost.as_ref(), true);
            groups.add(group_of_series[index as usize] as usize, bucket, row);
        }
        Ok(())
    }

    /// Totals by series of the rows kept, for an explanation: which price applied to how many tokens.
    ///
    /// # Errors
    /// As [`Cube::fold`].
    pub fn by_series(
        &self,
        (from, to): (NaiveDate, NaiveDate),
        keep: impl Fn(&Series) -> bool,
    ) -> Result<Vec<(u32, Totals)>, MissingRate> {
        let kept: Vec<bool> = self.series.iter().map(keep).collect();
        let mut totals: HashMap<u32, Totals> = HashMap::new();
        for place in self.places(from, to) {
            let row = &self.rows[place];
            if !kept[row.series as usize] {
                continue;
            }
            match self.counted(place)? {
                Counted::Row(cost) => {
                    let known = self.series[row.series as usize].known;
                    let whole = self.has_whole_sessions(row);
                    totals.entry(row.series).or_default().add_row(known, &row.measures, cost.as_ref(), whole);
                }
                Counted::Restates(amount) => totals.entry(row.series).or_default().restated += amount,
                Counted::Nothing => {}
            }
        }
        let mut list: Vec<_> = totals.into_iter().collect();
        list.sort_by_key(|(series, _)| *series);
        Ok(list)
    }

    pub(super) fn rows(&self) -> &[DayRow] {
        &self.rows
    }

    pub(super) fn verdict(&self, place: usize) -> Option<&Verdict> {
        self.verdicts.get(&(place as u32))
    }

    /// The workspace currency, and the dated rates to it.
    pub(super) fn money(&self) -> (Currency, &[FxRate]) {
        (self.currency.unwrap_or(Currency::USD), &self.rates)
    }

    /// The amount a row states, whatever its cost rests on.
    pub(super) fn stated(&self, row: &DayRow, series: &Series) -> Result<Option<Femtos>, MissingRate> {
        let (currency, rates) = self.money();
        match row.measures.reported_nanos {
            0 => Ok(None),
            nanos => converted(Femtos::from_nanos(nanos), series.currency, currency, rates, row.day).map(Some),
        }
    }
}

/// Joins the parts of a reporting day that lie on different days of UTC, wherever no bill and no other feed is matched by those:
/// most rows are shown far more often than matched. Where a feed tells of a vendor's day in whole days of the reporting zone,
/// that day is matched by these.
fn join_days(series: &[Series], rows: &mut Vec<DayRow>, precedence: &[Precedence]) {
    let mut matched: HashSet<u32> = HashSet::new();
    for one in series {
        if one.is_bill() || !precedence.is_empty() && one.days == Days::Utc {
            matched.insert(one.identity.vendor);
        }
    }
    let is_matched: Vec<bool> = series.iter().map(|one| matched.contains(&one.identity.vendor)).collect();
    let of = |row: &DayRow| &series[row.series as usize];
    let reporting: HashSet<(u32, NaiveDate)> = rows
        .iter()
        .filter(|row| is_matched[row.series as usize] && of(row).days == Days::Reporting)
        .map(|row| (of(row).identity.vendor, row.day))
        .collect();
    let by_utc = |row: &DayRow| {
        is_matched[row.series as usize]
            && (reporting.is_empty() || !reporting.contains(&(of(row).identity.vendor, row.day)))
    };
    let settle_day = |row: &mut DayRow| {
        if !by_utc(row) {
            row.billed_on = row.day;
        }
    };
    if let Some(first) = rows.first_mut() {
        settle_day(first);
    }
    rows.dedup_by(|next, kept| {
        settle_day(next);
        let same = (next.day, next.series) == (kept.day, kept.series) && !by_utc(kept);
        if same {
            kept.measures.add(&next.measures);
            kept.utc_days.1 = next.utc_days.1;
        }
        same
    });
}

/// A row's cost by its own basis in the workspace currency; `None` when it is unpriced.
pub(super) fn own_cost(
    series: &Series,
    row: &DayRow,
    currency: Currency,
    rates: &[FxRate],
) -> Result<Option<Cost>, MissingRate> {
    let (mut cost, from) = match &series.basis {
        Basis::Computed(price) => {
            let tokens = price.rates.cost(&row.measures.tokens);
            let mut by_kind = [Femtos(0); COST_KINDS];
            by_kind[..TOKEN_KINDS].copy_from_slice(&tokens.by_kind);
            (Cost { by_kind, whole: !price.partly && tokens.unrated_tokens == 0 }, price.currency)
        }
        Basis::Reported => (Cost::stated(REPORTED, Femtos::from_nanos(row.measures.reported_nanos)), series.currency),
        Basis::Charge(_) => (Cost::stated(CHARGED, Femtos::from_nanos(row.measures.reported_nanos)), series.currency),
        Basis::Unpriced => return Ok(None),
    };
    if from != currency {
        let rate = rate_on(rates, from, currency, row.day)?;
        for kind in &mut cost.by_kind {
            *kind = convert_femtos(*kind, rate);
        }
    }
    Ok(Some(cost))
}

fn converted(
    amount: Femtos,
    from: Currency,
    to: Currency,
    rates: &[FxRate],
    day: NaiveDate,
) -> Result<Femtos, MissingRate> {
    if from == to { Ok(amount) } else { Ok(convert_femtos(amount, rate_on(rates, from, to, day)?)) }
}
