//! Exchange rates, as entered.

use domain::fx::FxRate;
use sqlx::{Row, SqliteConnection};

use crate::row::parsed;
use crate::{Result, Tag, Write};

pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<FxRate>> {
    let rows =
        sqlx::query("SELECT * FROM fx_rate ORDER BY day, from_currency, to_currency").fetch_all(connection).await?;
    rows.iter()
        .map(|row| {
            Ok(FxRate {
                from: parsed(row.try_get("from_currency")?)?,
                to: parsed(row.try_get("to_currency")?)?,
                on: parsed(row.try_get("day")?)?,
                rate_nanos: row.try_get("rate_nanos")?,
            })
        })
        .collect()
}

pub async fn save(write: &mut Write, rate: &FxRate) -> Result<()> {
    sqlx::query(
        "INSERT INTO fx_rate (from_currency, to_currency, day, rate_nanos) VALUES ($1, $2, $3, $4)
         ON CONFLICT (from_currency, to_currency, day) DO UPDATE SET rate_nanos = excluded.rate_nanos",
    )
    .bind(rate.from.code())
    .bind(rate.to.code())
    .bind(rate.on.to_string())
    .bind(rate.rate_nanos)
    .execute(write.connection())
    .await?;
    write.touch(Tag::SETTINGS);
    write.touch(Tag::USAGE);
    Ok(())
}

pub async fn delete(write: &mut Write, rate: &FxRate) -> Result<()> {
    sqlx::query("DELETE FROM fx_rate WHERE from_currency = $1 AND to_currency = $2 AND day = $3")
        .bind(rate.from.code())
        .bind(rate.to.code())
        .bind(rate.on.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::SETTINGS);
    write.touch(Tag::USAGE);
    Ok(())
}
