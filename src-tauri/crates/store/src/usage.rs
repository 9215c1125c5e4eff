//! Roll-ups: series, the hours of their cells, and the days folded from those.

mod days;
mod hours;

use std::collections::HashMap;

use domain::calendar::Tz;
use domain::economics::BasisKind;
use domain::id::PriceId;
use domain::money::Currency;
use domain::price::Lengths;
use domain::usage::{Known, Measures};
use domain::varint::Damaged;
use sqlx::{Row, SqliteConnection};

pub use days::{Day, each_day, each_day_from, rebuild_all_days, rebuild_days};
pub(crate) use hours::pack_hours;
pub use hours::{
    cells_of_feed, each_hour, each_of_import, forget_series, hours_of_import, hours_within, insert, insert_hours,
    last_hour, move_cells, remove_shared, set_counted, shared_cells,
};

use crate::row::parsed;
use crate::{Result, StoreError, Write};

/// What makes a series one of its own.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct SeriesKey {
    pub source: u32,
    /// Dimension value ids by `Dimension::index`.
    pub values: [u32; 5],
    pub tier: String,
    pub price: Option<PriceId>,
    pub band: u32,
    pub known: Known,
    pub reported_currency: Currency,
    pub basis: BasisKind,
    /// The zone its whole days are cut in; `None` where its rows are instants.
    pub day_zone: Option<Tz>,
}

/// A roll-up cell: `hour` is the epoch second its hour starts at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    pub hour: i64,
    pub series: u32,
    pub measures: Measures,
}

/// Every series with its id, by id.
pub async fn series(connection: &mut SqliteConnection) -> Result<Vec<(u32, SeriesKey)>> {
    let rows = sqlx::query(
        "SELECT id, source_id, vendor, model, feature, tenant, environment, tier, price_id, band, known, reported_currency, basis,
                day_zone
         FROM usage_series ORDER BY id",
    )
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            let price: Option<&str> = row.try_get("price_id")?;
            let key = SeriesKey {
                source: row.try_get("source_id")?,
                values: [
                    row.try_get("vendor")?,
                    row.try_get("model")?,
                    row.try_get("feature")?,
                    row.try_get("tenant")?,
                    row.try_get("environment")?,
                ],
                tier: row.try_get("tier")?,
                price: price.map(parsed).transpose()?,
                band: row.try_get("band")?,
                known: Known::from_bits(row.try_get("known")?),
                reported_currency: parsed(row.try_get("reported_currency")?)?,
                basis: parsed(row.try_get("basis")?)?,
                day_zone: row.try_get::<Option<&str>, _>("day_zone")?.map(parsed).transpose()?,
            };
            Ok((row.try_get("id")?, key))
        })
        .collect()
}

/// The ids of series, made where new; in the order given.
pub async fn intern_series(write: &mut Write, keys: &[SeriesKey]) -> Result<Vec<u32>> {
    let mut known: HashMap<SeriesKey, u32> =
        series(write.connection()).await?.into_iter().map(|(id, key)| (key, id)).collect();
    let mut ids = Vec::with_capacity(keys.len());
    for key in keys {
        let id = match known.get(key) {
            Some(id) => *id,
            None => {
                let [vendor, model, feature, tenant, environment] = key.values;
                let row = sqlx::query(
                    "INSERT INTO usage_series (source_id, vendor, model, feature, tenant, environment, tier, price_id,
                       band, known, reported_currency, basis, day_zone)
                     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id",
                )
                .bind(key.source)
                .bind(vendor)
                .bind(model)
                .bind(feature)
                .bind(tenant)
                .bind(environment)
                .bind(&key.tier)
                .bind(key.price.map(|id| id.to_string()))
                .bind(key.band)
                .bind(key.known.to_bits())
                .bind(key.reported_currency.code())
                .bind(key.basis.name())
                .bind(key.day_zone.map(|zone| zone.name()))
                .fetch_one(write.connection())
                .await?;
                let id: u32 = row.try_get("id")?;
                known.insert(key.clone(), id);
                id
            }
        };
        ids.push(id);
    }
    Ok(ids)
}

/// What the imports of a feed tell together is stored under this number.
pub const SHARED: i64 = 0;

/// Cells of one series that belong to another: those that start in `from..to` and whose requests are of some lengths.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CellMove {
    pub series: u32,
    pub target: u32,
    /// Epoch seconds; `to` is exclusive.
    pub from: i64,
    pub to: i64,
    pub lengths: Lengths,
}

/// A cell that gets another series: the epoch second it starts at, the series it gets, and what it counts.
pub type Moved = (i64, u32, Measures);

/// A stored cell with the import it is of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct StoredCell {
    pub hour: i64,
    pub series: u32,
    pub import: i64,
    pub counted: bool,
    pub measures: Measures,
}

fn damaged(error: Damaged) -> StoreError {
    StoreError::Corrupt(error.to_string())
}
