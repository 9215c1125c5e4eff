//! Contracts.

use chrono::NaiveDate;
use domain::clauses::Clauses;
use domain::contract::{Contract, ContractDetails, Terms};
use domain::id::ContractId;
use domain::money::{Currency, Money};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::row::{from_json, from_word, parsed, to_json, word};
use crate::{Result, StoreError, Tag, Write};

fn day(row: &SqliteRow, column: &str) -> Result<Option<NaiveDate>> {
    row.try_get::<Option<&str>, _>(column)?.map(parsed).transpose()
}

fn from_row(row: &SqliteRow) -> Result<Contract> {
    let currency: Currency = parsed(row.try_get("currency")?)?;
    let commitment: Option<&str> = row.try_get("commitment_nanos")?;
    let period: Option<&str> = row.try_get("commitment_period")?;
    Ok(Contract {
        id: parsed(row.try_get("id")?)?,
        details: ContractDetails {
            vendor_id: parsed(row.try_get("vendor_id")?)?,
            title: row.try_get("title")?,
            kind: from_word(row.try_get("kind")?)?,
            owner: row.try_get("owner")?,
            parties: row.try_get("parties")?,
            terms: Terms {
                start: parsed(row.try_get("start")?)?,
                initial_term_months: row.try_get("initial_term_months")?,
                end: day(row, "end")?,
                auto_renew: row.try_get("auto_renew")?,
                renewal_term_months: row.try_get("renewal_term_months")?,
                notice_min_days: row.try_get("notice_min_days")?,
                notice_max_days: row.try_get("notice_max_days")?,
                notice_given: day(row, "notice_given")?,
            },
            currency,
            commitment: commitment
                .map(|nanos| Ok::<_, StoreError>(Money::from_nanos(parsed(nanos)?, currency)))
                .transpose()?,
            commitment_period: period.map(from_word).transpose()?,
            notes: row.try_get("notes")?,
        },
    })
}

pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<Contract>> {
    let rows = sqlx::query(
        "SELECT * FROM contract
         WHERE deleted = 0 AND vendor_id IN (SELECT id FROM vendor WHERE deleted = 0)
         ORDER BY start, id",
    )
    .fetch_all(connection)
    .await?;
    rows.iter().map(from_row).collect()
}

pub async fn find(connection: &mut SqliteConnection, id: ContractId) -> Result<Option<Contract>> {
    let row = sqlx::query("SELECT * FROM contract WHERE id = $1 AND deleted = 0")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(from_row).transpose()
}

pub async fn get(connection: &mut SqliteConnection, id: ContractId) -> Result<Contract> {
    find(connection, id).await?.ok_or(StoreError::NotFound)
}

/// Inserts or replaces.
pub async fn save(write: &mut Write, contract: &Contract) -> Result<()> {
    let details = &contract.details;
    let terms = &details.terms;
    sqlx::query(
        r#"INSERT INTO contract (id, vendor_id, title, kind, owner, parties, start, initial_term_months, "end",
             auto_renew, renewal_term_months, notice_min_days, notice_max_days, notice_given, currency,
             commitment_nanos, commitment_period, notes)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18)
           ON CONFLICT (id) DO UPDATE SET vendor_id = excluded.vendor_id, title = excluded.title, kind = excluded.kind,
             owner = excluded.owner, parties = excluded.parties, start = excluded.start,
             initial_term_months = excluded.initial_term_months, "end" = excluded."end",
             auto_renew = excluded.auto_renew, renewal_term_months = excluded.renewal_term_months,
             notice_min_days = excluded.notice_min_days, notice_max_days = excluded.notice_max_days,
             notice_given = excluded.notice_given, currency = excluded.currency,
             commitment_nanos = excluded.commitment_nanos, commitment_period = excluded.commitment_period,
             notes = excluded.notes, deleted = 0"#,
    )
    .bind(contract.id.to_string())
    .bind(details.vendor_id.to_string())
    .bind(&details.title)
    .bind(word(&details.kind)?)
    .bind(&details.owner)
    .bind(&details.parties)
    .bind(terms.start.to_string())
    .bind(terms.initial_term_months)
    .bind(terms.end.map(|d| d.to_string()))
    .bind(terms.auto_renew)
    .bind(terms.renewal_term_months)
    .bind(terms.notice_min_days)
    .bind(terms.notice_max_days)
    .bind(terms.notice_given.map(|d| d.to_string()))
    .bind(details.currency.code())
    .bind(details.commitment.map(|m| m.nanos().to_string()))
    .bind(details.commitment_period.as_ref().map(word).transpose()?)
    .bind(&details.notes)
    .execute(write.connection())
    .await?;
    write.touch(Tag::CONTRACTS);
    Ok(())
}

pub async fn delete(write: &mut Write, id: ContractId) -> Result<()> {
    sqlx::query("UPDATE contract SET deleted = 1 WHERE id = $1")
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::CONTRACTS);
    Ok(())
}

/// What gates and scores read of a contract: data terms, rate limits, service levels; nothing is known where nobody has said.
pub async fn clauses(connection: &mut SqliteConnection, id: ContractId) -> Result<Clauses> {
    let text: Option<String> = sqlx::query_scalar("SELECT clauses FROM contract WHERE id = $1")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    from_json(&text.ok_or(StoreError::NotFound)?)
}

pub async fn set_clauses(write: &mut Write, id: ContractId, clauses: &Clauses) -> Result<()> {
    sqlx::query("UPDATE contract SET clauses = $1 WHERE id = $2")
        .bind(to_json(clauses)?)
        .bind(id.to_string())
        .execute(write.connection())
        .await?;
    write.touch(Tag::CONTRACTS);
    Ok(())
}
