//! The price book's rows.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, SecondsFormat, Utc};
use domain::id::{ContractId, PriceId};
use domain::model_name;
use domain::price::{Layer, PriceRow};
use domain::price_book::{ModelAlias, PriceBook};
use serde::{Deserialize, Serialize};
use sqlx::sqlite::SqliteRow;
use sqlx::{QueryBuilder, Row, SqliteConnection};
use ts_rs::TS;

use crate::row::{from_json, from_word, parsed, to_json, word};
use crate::{Result, StoreError, Tag, Write};

/// A list the book was seeded or updated from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PriceSource {
    pub name: String,
    #[ts(type = "number")]
    pub rows: i64,
    #[ts(type = "string | null")]
    pub date: Option<NaiveDate>,
    pub licence: String,
    pub notice: String,
}

fn instant(row: &SqliteRow, column: &str) -> Result<Option<DateTime<Utc>>> {
    row.try_get::<Option<&str>, _>(column)?.map(parsed).transpose()
}

fn text(at: Option<DateTime<Utc>>) -> Option<String> {
    at.map(|at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

fn from_row(row: &SqliteRow) -> Result<PriceRow> {
    let contract: Option<&str> = row.try_get("contract_id")?;
    Ok(PriceRow {
        id: parsed(row.try_get("id")?)?,
        provider: row.try_get("provider")?,
        model: row.try_get("model")?,
        channel: row.try_get("channel")?,
        region: row.try_get("region")?,
        tier: row.try_get("tier")?,
        from: instant(row, "valid_from")?,
        to: instant(row, "valid_to")?,
        currency: parsed(row.try_get("currency")?)?,
        rates: from_json(row.try_get("rates")?)?,
        context_tiers: from_json(row.try_get("context_tiers")?)?,
        layer: from_word(row.try_get("layer")?)?,
        contract_id: contract.map(parsed).transpose()?,
        source: row.try_get("source")?,
        basis: row.try_get("basis")?,
    })
}

/// Rows in the order of the book. A contract's schedule counts only while its contract exists.
const LIVE: &str =
    "(layer <> 'contract' OR contract_id IN (SELECT c.id FROM contract c JOIN vendor v ON v.id = c.vendor_id
                     WHERE c.deleted = 0 AND v.deleted = 0))";

pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<PriceRow>> {
    let sql = format!("SELECT * FROM price WHERE {LIVE} ORDER BY provider, model, tier, valid_from, id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(connection).await?;
    rows.iter().map(from_row).collect()
}

/// Every row ever used, also of contracts that were removed: what history was priced with.
pub async fn all(connection: &mut SqliteConnection) -> Result<Vec<PriceRow>> {
    let rows = sqlx::query("SELECT * FROM price ORDER BY id").fetch_all(connection).await?;
    rows.iter().map(from_row).collect()
}

pub async fn offer(connection: &mut SqliteConnection, provider: &str, model: &str) -> Result<Vec<PriceRow>> {
    let sql = format!("SELECT * FROM price WHERE provider = $1 AND model = $2 AND {LIVE} ORDER BY valid_from, id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).bind(provider).bind(model).fetch_all(connection).await?;
    rows.iter().map(from_row).collect()
}

pub async fn of_contract(connection: &mut SqliteConnection, contract: ContractId) -> Result<Vec<PriceRow>> {
    let rows = sqlx::query("SELECT * FROM price WHERE contract_id = $1 ORDER BY provider, model, tier, valid_from")
        .bind(contract.to_string())
        .fetch_all(connection)
        .await?;
    rows.iter().map(from_row).collect()
}

/// Prices that somebody agreed on or entered, not those of a list.
pub async fn agreed(connection: &mut SqliteConnection) -> Result<Vec<PriceRow>> {
    let rows = sqlx::query("SELECT * FROM price WHERE layer <> $1 ORDER BY valid_from, provider, model")
        .bind(word(&Layer::List)?)
        .fetch_all(connection)
        .await?;
    rows.iter().map(from_row).collect()
}

pub async fn get(connection: &mut SqliteConnection, id: PriceId) -> Result<PriceRow> {
    let row = sqlx::query("SELECT * FROM price WHERE id = $1").bind(id.to_string()).fetch_optional(connection).await?;
    from_row(&row.ok_or(StoreError::NotFound)?)
}

/// The book, ready to resolve.
pub async fn book(connection: &mut SqliteConnection) -> Result<PriceBook> {
    let rows = list(connection).await?;
    book_of(connection, rows).await
}

async fn book_of(connection: &mut SqliteConnection, rows: Vec<PriceRow>) -> Result<PriceBook> {
    let aliases = aliases(connection).await?.into_iter().map(|(alias, _)| alias).collect();
    Ok(PriceBook::new(rows, aliases).with_contract_vendors(contract_vendors(connection).await?))
}

/// [`all`] and [`book`], with every row read once: reading one takes longer than anything that is done with it.
pub async fn all_and_book(connection: &mut SqliteConnection) -> Result<(Vec<PriceRow>, PriceBook)> {
    let sql = format!("SELECT *, {LIVE} AS live FROM price ORDER BY id");
    let rows = sqlx::query(sqlx::AssertSqlSafe(sql)).fetch_all(&mut *connection).await?;
    let mut all = Vec::with_capacity(rows.len());
    let mut live = Vec::with_capacity(rows.len());
    for row in &rows {
        let price = from_row(row)?;
        if row.try_get("live")? {
            live.push(price.clone());
        }
        all.push(price);
    }
    live.sort_by(|a, b| {
        let place = |row: &'_ PriceRow| (row.from, row.id);
        (&a.provider, &a.model, &a.tier, place(a)).cmp(&(&b.provider, &b.model, &b.tier, place(b)))
    });
    let book = book_of(connection, live).await?;
    Ok((all, book))
}

/// Whose prices the book has, by name.
pub async fn providers(connection: &mut SqliteConnection) -> Result<Vec<String>> {
    let sql = format!("SELECT DISTINCT provider FROM price WHERE {LIVE} ORDER BY provider");
    Ok(sqlx::query_scalar(sqlx::AssertSqlSafe(sql)).fetch_all(connection).await?)
}

/// Aliases of models, and whether a person recorded them.
pub async fn aliases(connection: &mut SqliteConnection) -> Result<Vec<(ModelAlias, bool)>> {
    let rows = sqlx::query("SELECT vendor, alias, provider, model, recorded FROM price_alias ORDER BY vendor, alias")
        .fetch_all(connection)
        .await?;
    rows.iter()
        .map(|row| {
            let alias = ModelAlias {
                vendor: row.try_get("vendor")?,
                alias: row.try_get("alias")?,
                provider: row.try_get("provider")?,
                model: row.try_get("model")?,
            };
            Ok((alias, row.try_get("recorded")?))
        })
        .collect()
}

/// Whose usage each contract's prices are for: its vendor's name, and the names files use for the vendor. A vendor that names
/// none is the provider its prices are of.
async fn contract_vendors(connection: &mut SqliteConnection) -> Result<HashMap<ContractId, Vec<String>>> {
    let rows = sqlx::query(
        "SELECT c.id, v.name, v.provider_keys,
           (SELECT json_group_array(DISTINCT p.provider) FROM price p WHERE p.contract_id = c.id) AS providers
         FROM contract c JOIN vendor v ON v.id = c.vendor_id
         WHERE EXISTS (SELECT 1 FROM price p WHERE p.contract_id = c.id)",
    )
    .fetch_all(connection)
    .await?;
    let mut vendors = HashMap::new();
    for row in &rows {
        let mut keys: Vec<String> = from_json(row.try_get("provider_keys")?)?;
        if keys.is_empty() {
            keys = from_json(row.try_get("providers")?)?;
        }
        keys.push(row.try_get("name")?);
        let names = keys.iter().map(|key| model_name::vendor(key)).collect();
        vendors.insert(ContractId(parsed(row.try_get("id")?)?), names);
    }
    Ok(vendors)
}

/// Inserts rows; `list` names the price list they belong to.
pub async fn insert(write: &mut Write, rows: &[PriceRow], list: Option<&str>) -> Result<()> {
    for batch in rows.chunks(500) {
        let mut encoded = Vec::with_capacity(batch.len());
        for row in batch {
            encoded.push((row, to_json(&row.rates)?, to_json(&row.context_tiers)?, word(&row.layer)?));
        }
        let mut insert = QueryBuilder::new(
            "INSERT INTO price (id, provider, model, channel, region, tier, valid_from, valid_to, currency, rates,
             context_tiers, layer, contract_id, source, basis, list_name) ",
        );
        insert.push_values(encoded, |mut values, (row, rates, tiers, layer)| {
            values
                .push_bind(row.id.to_string())
                .push_bind(&row.provider)
                .push_bind(&row.model)
                .push_bind(&row.channel)
                .push_bind(&row.region)
                .push_bind(&row.tier)
                .push_bind(text(row.from))
                .push_bind(text(row.to))
                .push_bind(row.currency.code().to_owned())
                .push_bind(rates)
                .push_bind(tiers)
                .push_bind(layer)
                .push_bind(row.contract_id.map(|id| id.to_string()))
                .push_bind(&row.source)
                .push_bind(&row.basis)
                .push_bind(list);
        });
        insert.build().execute(write.connection()).await?;
    }
    write.touch(Tag::PRICES);
    Ok(())
}

/// Ends a row: the only change a row ever sees. `None` reopens it, for undo.
pub async fn close(write: &mut Write, id: PriceId, at: Option<DateTime<Utc>>) -> Result<()> {
    sqlx::query("UPDATE price SET valid_to = $1 WHERE id = $2")
        .bind(text(at))
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::PRICES);
    Ok(())
}

/// Whether usage was priced with a row; such a row cannot be taken back.
pub async fn is_used(connection: &mut SqliteConnection, id: PriceId) -> Result<bool> {
    let row = sqlx::query("SELECT EXISTS (SELECT 1 FROM usage_series WHERE price_id = $1)")
        .bind(id.to_string())
        .fetch_one(connection)
        .await?;
    Ok(row.try_get(0)?)
}

/// Removes a row no usage was priced with, for undo.
pub async fn remove(write: &mut Write, id: PriceId) -> Result<()> {
    sqlx::query("DELETE FROM price WHERE id = $1").bind(id.to_string()).execute(write.connection()).await?;
    write.touch(Tag::PRICES);
    Ok(())
}

pub async fn save_source(
    write: &mut Write,
    name: &str,
    day: Option<NaiveDate>,
    licence: &str,
    notice: &str,
) -> Result<()> {
    sqlx::query(
        "INSERT INTO price_source (name, day, licence, notice) VALUES ($1, $2, $3, $4)
         ON CONFLICT (name) DO UPDATE SET day = excluded.day, licence = excluded.licence, notice = excluded.notice",
    )
    .bind(name)
    .bind(day.map(|d| d.to_string()))
    .bind(licence)
    .bind(notice)
    .execute(write.connection())
    .await?;
    write.touch(Tag::PRICES);
    Ok(())
}

/// Saves aliases of a list; what a person recorded stays.
pub async fn save_aliases(write: &mut Write, aliases: &[ModelAlias]) -> Result<()> {
    for alias in aliases {
        sqlx::query(
            "INSERT INTO price_alias (vendor, alias, provider, model) VALUES ($1, $2, $3, $4)
             ON CONFLICT (vendor, alias) DO UPDATE SET provider = excluded.provider, model = excluded.model
               WHERE recorded = 0",
        )
        .bind(&alias.vendor)
        .bind(&alias.alias)
        .bind(&alias.provider)
        .bind(&alias.model)
        .execute(write.connection())
        .await?;
    }
    write.touch(Tag::PRICES);
    Ok(())
}

/// Records a person's alias.
pub async fn record_alias(write: &mut Write, alias: &ModelAlias) -> Result<()> {
    sqlx::query(
        "INSERT INTO price_alias (vendor, alias, provider, model, recorded) VALUES ($1, $2, $3, $4, 1)
         ON CONFLICT (vendor, alias) DO UPDATE SET provider = excluded.provider, model = excluded.model, recorded = 1",
    )
    .bind(&alias.vendor)
    .bind(&alias.alias)
    .bind(&alias.provider)
    .bind(&alias.model)
    .execute(write.connection())
    .await?;
    write.touch(Tag::PRICES);
    write.touch(Tag::USAGE);
    Ok(())
}

pub async fn forget_alias(write: &mut Write, vendor: &str, alias: &str) -> Result<()> {
    sqlx::query("DELETE FROM price_alias WHERE vendor = $1 AND alias = $2")
        .bind(vendor)
        .bind(alias)
        .execute(write.connection())
        .await?;
    write.touch(Tag::PRICES);
    write.touch(Tag::USAGE);
    Ok(())
}

pub async fn sources(connection: &mut SqliteConnection) -> Result<Vec<PriceSource>> {
    let rows = sqlx::query(
        "SELECT name, day, licence, notice, (SELECT count(*) FROM price WHERE list_name = name) AS rows
         FROM price_source ORDER BY name",
    )
    .fetch_all(connection)
    .await?;
    rows.iter()
        .map(|row| {
            Ok(PriceSource {
                name: row.try_get("name")?,
                rows: row.try_get("rows")?,
                date: row.try_get::<Option<&str>, _>("day")?.map(parsed).transpose()?,
                licence: row.try_get("licence")?,
                notice: row.try_get("notice")?,
            })
        })
        .collect()
}
