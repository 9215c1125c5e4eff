//! Usage that came in before its model had a price gets one as soon as the book has it. What was priced stays as it was:
//! history does not move, but what was unknown may become known.

use domain::id::PriceId;
use domain::price::{self, PriceRow};
use store::Write;
use store::usage::{CellMove, SeriesKey};

use crate::Result;

/// Prices every hour that has no price and lies wholly within the validity of one. How long the requests of an hour were is
/// no longer known by then: where a price has context tiers, their mean length decides.
///
/// Returns how many hourly totals were priced.
pub(crate) async fn price_unpriced(write: &mut Write) -> Result<u64> {
    let unpriced: Vec<(u32, SeriesKey)> = store::usage::series(write.connection())
        .await?
        .into_iter()
        .filter(|(_, key)| key.price.is_none() && key.known.tokens)
        .collect();
    if unpriced.is_empty() {
        return Ok(0);
    }
    let book = store::price::book(write.connection()).await?;
    let names = store::dimension::names(write.connection()).await?;
    let mut found: Vec<(SeriesKey, CellMove)> = Vec::new();
    for (id, key) in &unpriced {
        let Some((provider, model)) = book.offer(names.name(key.values[0]), names.name(key.values[1])) else {
            continue;
        };
        let candidates = book.candidates(provider, model, &key.tier);
        for window in price::windows(&candidates) {
            let Some(row) = window.row else { continue };
            let bands = if key.known.requests { row.context_tiers.len() } else { 0 };
            for band in 0..=bands {
                let target = SeriesKey { price: Some(row.id), band: band as u32, ..key.clone() };
                let (above, up_to) = (bound(row, band), if band < bands { bound(row, band + 1) } else { None });
                // The series it becomes is made below, once for all.
                found.push((
                    target,
                    CellMove { series: *id, target: 0, from: window.from, to: window.to, above, up_to },
                ));
            }
        }
    }
    if found.is_empty() {
        return Ok(0);
    }
    let keys: Vec<SeriesKey> = found.iter().map(|(key, _)| key.clone()).collect();
    let targets = store::usage::intern_series(write, &keys).await?;
    let moves: Vec<CellMove> =
        found.into_iter().zip(targets).map(|((_, cells), target)| CellMove { target, ..cells }).collect();
    let calendar = store::workspace::settings(write.connection()).await?.calendar()?;
    Ok(store::usage::move_cells(write, &calendar, &moves).await?)
}

/// Where a band begins: its requests are longer than this many tokens.
fn bound(row: &PriceRow, band: usize) -> Option<i64> {
    let tier = row.context_tiers.get(band.checked_sub(1)?)?;
    Some(i64::try_from(tier.above_tokens).unwrap_or(i64::MAX))
}

/// Takes a price away from the usage that got it by [`price_unpriced`], so that the row can be removed again.
pub(crate) async fn unprice(write: &mut Write, price: PriceId) -> Result<()> {
    let priced: Vec<(u32, SeriesKey)> = store::usage::series(write.connection())
        .await?
        .into_iter()
        .filter(|(_, key)| key.price == Some(price))
        .collect();
    let keys: Vec<SeriesKey> =
        priced.iter().map(|(_, key)| SeriesKey { price: None, band: 0, ..key.clone() }).collect();
    let targets = store::usage::intern_series(write, &keys).await?;
    let moves: Vec<CellMove> = priced
        .iter()
        .zip(&targets)
        .map(|((id, _), target)| CellMove {
            series: *id,
            target: *target,
            from: i64::MIN,
            to: i64::MAX,
            above: None,
            up_to: None,
        })
        .collect();
    let calendar = store::workspace::settings(write.connection()).await?.calendar()?;
    store::usage::move_cells(write, &calendar, &moves).await?;
    let emptied: Vec<(u32, u32)> = priced.into_iter().map(|(id, _)| id).zip(targets).collect();
    Ok(store::usage::forget_series(write, &emptied).await?)
}
