//! The list of prices in force: searched, and narrowed to what our usage names.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;
use domain::price::PriceRow;
use domain::usage::Dimension;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::economics::{self, Loaded};
use crate::{Context, Result};

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PriceQuery {
    pub search: String,
    pub limit: u32,
    /// Only of models that our usage names; where it names none of the book, of all.
    #[serde(default)]
    pub used: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriceList {
    /// In force today, the best match first.
    pub rows: Vec<PriceRow>,
    /// Offers that match, of which `rows` shows the first.
    pub total: u32,
    /// Offers that match and are not in force today: ended, or yet to begin.
    pub not_in_force: u32,
    pub models: u32,
    /// Models that our usage names and the book prices.
    pub used: u32,
    /// What the vendors of `rows` are called, by the names the book has for them.
    pub vendor_names: BTreeMap<String, String>,
    #[ts(type = "string | null")]
    pub snapshot_date: Option<NaiveDate>,
}

/// How well an offer matches what was typed; smaller is better, `None` is no match.
fn rank(row: &PriceRow, words: &[String]) -> Option<usize> {
    let name = format!("{}/{} {}", row.provider, row.model, row.tier);
    if !words.iter().all(|word| name.contains(word.as_str())) {
        return None;
    }
    let exact = words.len() == 1 && row.model == words[0];
    let starts = words.first().is_some_and(|word| row.model.starts_with(word.as_str()));
    Some(usize::from(!exact) * 2 + usize::from(!starts))
}

pub async fn prices(context: &Context, query: PriceQuery) -> Result<PriceList> {
    // Before this query holds a connection: enough queries that each held one and waited for a second would wait for ever.
    let loaded = economics::load(context).await?;
    let used = used_offers(&loaded);
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let rows = store::price::list(&mut snapshot).await?;
    let snapshot_date = store::price::sources(&mut snapshot).await?.into_iter().filter_map(|s| s.date).max();
    let now = context.now();
    let wanted = |row: &PriceRow| used.is_empty() || used.contains(&(row.provider.clone(), row.model.clone()));
    let rows: Vec<PriceRow> = rows.into_iter().filter(|row| !query.used || wanted(row)).collect();
    let models = rows.iter().map(|row| (&row.provider, &row.model)).collect::<HashSet<_>>().len() as u32;
    let words: Vec<String> = query.search.to_lowercase().split_whitespace().map(str::to_owned).collect();
    let matches = rows.into_iter().filter_map(|row| Some((rank(&row, &words)?, row)));
    let (mut matches, others): (Vec<(usize, PriceRow)>, Vec<_>) = matches.partition(|(_, row)| row.covers(now));
    matches.sort_by(|(a, x), (b, y)| {
        (a, x.layer, x.tier != "standard", &x.provider, &x.model, &x.tier).cmp(&(
            b,
            y.layer,
            y.tier != "standard",
            &y.provider,
            &y.model,
            &y.tier,
        ))
    });
    let total = matches.len() as u32;
    let rows: Vec<PriceRow> =
        matches.into_iter().map(|(_, row)| row).take(query.limit.clamp(1, 5_000) as usize).collect();
    Ok(PriceList {
        vendor_names: rows.iter().map(|row| (row.provider.clone(), loaded.vendors.label(&row.provider))).collect(),
        rows,
        total,
        not_in_force: others.len() as u32,
        models,
        used: used.len() as u32,
        snapshot_date,
    })
}

/// Offers of the book that our usage was recognised as, by provider and model.
fn used_offers(loaded: &Loaded) -> HashSet<(String, String)> {
    let [vendor, model] = [Dimension::Vendor, Dimension::Model].map(Dimension::index);
    let names: HashSet<(u32, u32)> =
        loaded.cube.series().iter().map(|series| (series.values[vendor], series.values[model])).collect();
    let offers = names.into_iter().filter_map(|(vendor, model)| {
        let offer = loaded.prices.book.offer(loaded.names.name(vendor), loaded.names.name(model))?;
        Some((offer.provider.to_owned(), offer.model.to_owned()))
    });
    offers.collect()
}
