//! Usage that came in before its model had a price gets one as soon as the book has it. What was priced, reported or charged
//! stays as it was: history does not move, but what was unknown may become known, and the log says by how much.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use domain::calendar::utc_day;
use domain::economics::BasisKind;
use domain::id::PriceId;
use domain::money::{Currency, Femtos, Money};
use domain::price::{self, Lengths, PriceRow};
use domain::usage::Measures;
use serde::{Deserialize, Serialize};
use store::Write;
use store::usage::{CellMove, SeriesKey};
use ts_rs::TS;

use crate::Result;

/// What a day's unpriced usage comes to.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct DayPriced {
    #[ts(type = "string")]
    pub day: NaiveDate,
    pub cost: Money,
    pub tokens: String,
}

/// What became known: by day, and the series it went to, so that it can be given back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Repricing {
    pub days: Vec<DayPriced>,
    pub series: Vec<u32>,
}

/// A record as the log keeps it, with what it priced and by how much.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Repriced<'a, T> {
    #[serde(flatten)]
    pub record: &'a T,
    #[serde(skip_serializing_if = "<[DayPriced]>::is_empty")]
    pub priced: &'a [DayPriced],
    #[serde(skip_serializing_if = "<[u32]>::is_empty")]
    pub priced_series: &'a [u32],
}

/// Prices every hour that has no price and lies wholly within the validity of one. How long the requests of an hour were is
/// no longer known by then: where a price has context tiers, their mean length decides.
///
/// Returns what each day's usage comes to that was unpriced until now.
pub(crate) async fn price_unpriced(write: &mut Write) -> Result<Repricing> {
    let unpriced: Vec<(u32, SeriesKey)> = store::usage::series(write.connection())
        .await?
        .into_iter()
        .filter(|(_, key)| key.basis == BasisKind::Unpriced && key.known.tokens)
        .collect();
    if unpriced.is_empty() {
        return Ok(Repricing::default());
    }
    let book = store::price::book(write.connection()).await?;
    let names = store::dimension::names(write.connection()).await?;
    let calendar = store::workspace::settings(write.connection()).await?.calendar()?;
    let mut found: Vec<(SeriesKey, CellMove)> = Vec::new();
    for (id, key) in &unpriced {
        let vendor = names.name(key.values[0]);
        let Some(offer) = book.offer(vendor, names.name(key.values[1])) else { continue };
        let candidates = book.candidates(vendor, offer, &key.tier);
        for window in price::windows(&candidates) {
            let Some(row) = window.row else { continue };
            let to = calendar.cell_of_seconds(window.to);
            let bands = if key.known.requests { row.context_tiers.len() } else { 0 };
            for band in 0..=bands {
                // What the price leaves out shows where it occurs.
                let basis = BasisKind::Computed { partly: false };
                let target = SeriesKey { price: Some(row.id), band: band as u32, basis, ..key.clone() };
                // Where requests are not counted, all are short.
                let lengths = if bands > 0 { row.lengths(band) } else { Lengths::default() };
                // The series it becomes is made below, once for all.
                found.push((target, CellMove { series: *id, target: 0, from: window.from, to, lengths }));
            }
        }
    }
    if found.is_empty() {
        return Ok(Repricing::default());
    }
    let keys: Vec<SeriesKey> = found.iter().map(|(key, _)| key.clone()).collect();
    let targets = store::usage::intern_series(write, &keys).await?;
    let rows: HashMap<PriceId, &PriceRow> = book.rows().iter().map(|row| (row.id, row)).collect();
    let priced_at: HashMap<u32, (&PriceRow, &SeriesKey)> =
        targets.iter().zip(&keys).filter_map(|(target, key)| Some((*target, (*rows.get(&key.price?)?, key)))).collect();
    let moves: Vec<CellMove> =
        found.into_iter().zip(&targets).map(|((_, cells), target)| CellMove { target: *target, ..cells }).collect();
    let moved = store::usage::move_cells(write, &calendar, &moves).await?;
    move_kept(write, &moves).await?;
    let mut days: BTreeMap<(NaiveDate, Currency), (Femtos, u64)> = BTreeMap::new();
    for (hour, target, measures) in moved {
        let Some((row, key)) = priced_at.get(&target) else { continue };
        let day = if key.day_zone.is_some() { utc_day(hour) } else { calendar.day_of_seconds(hour) };
        let sum = days.entry((day, row.currency)).or_default();
        sum.0 += row.rates_of(key.band as usize).cost(&measures.tokens).total();
        sum.1 += measures.tokens.total();
    }
    let days = days
        .into_iter()
        .map(|((day, currency), (cost, tokens))| DayPriced {
            day,
            cost: Money::from_nanos(cost.to_nanos(), currency),
            tokens: tokens.to_string(),
        })
        .collect();
    Ok(Repricing { days, series: priced_at.into_keys().collect() })
}

/// The rows and sessions that imports keep of their edges follow their cells.
async fn move_kept(write: &mut Write, moves: &[CellMove]) -> Result<()> {
    let mut by_series: HashMap<u32, Vec<&CellMove>> = HashMap::new();
    for one in moves {
        by_series.entry(one.series).or_default().push(one);
    }
    let fits = |one: &&&CellMove, at: i64, measures: &Measures| {
        at >= one.from && at < one.to && one.lengths.hold(measures.requests, measures.tokens.input_total())
    };
    Ok(store::import::move_edges(write, |series, at, measures| {
        by_series.get(&series)?.iter().find(|one| fits(one, at, measures)).map(|one| one.target)
    })
    .await?)
}

/// Takes a price away from the usage that got it by [`price_unpriced`], so that the row can be removed again.
pub(crate) async fn unprice(write: &mut Write, price: PriceId) -> Result<()> {
    unprice_where(write, |_, key| key.price == Some(price)).await
}

/// Takes their price away from series that got it by [`price_unpriced`].
pub(crate) async fn unprice_series(write: &mut Write, series: &[u32]) -> Result<()> {
    unprice_where(write, |id, key| key.price.is_some() && series.contains(&id)).await
}

async fn unprice_where(write: &mut Write, which: impl Fn(u32, &SeriesKey) -> bool) -> Result<()> {
    let priced: Vec<(u32, SeriesKey)> =
        store::usage::series(write.connection()).await?.into_iter().filter(|(id, key)| which(*id, key)).collect();
    let keys: Vec<SeriesKey> = priced
        .iter()
        .map(|(_, key)| SeriesKey { price: None, band: 0, basis: BasisKind::Unpriced, ..key.clone() })
        .collect();
    let targets = store::usage::intern_series(write, &keys).await?;
    let moves: Vec<CellMove> = priced
        .iter()
        .zip(&targets)
        .map(|((id, _), target)| CellMove {
            series: *id,
            target: *target,
            from: i64::MIN,
            to: i64::MAX,
            lengths: Lengths::default(),
        })
        .collect();
    let calendar = store::workspace::settings(write.connection()).await?.calendar()?;
    store::usage::move_cells(write, &calendar, &moves).await?;
    move_kept(write, &moves).await?;
    let emptied: Vec<u32> = priced.into_iter().map(|(id, _)| id).collect();
    Ok(store::usage::forget_series(write, &emptied).await?)
}
