//! Vendors, one row each.

use std::collections::HashMap;

use domain::id::VendorId;
use domain::vendor::{Vendor, VendorDetails};
use sqlx::sqlite::SqliteRow;
use sqlx::{Row, SqliteConnection};

use crate::row::{from_json, from_word, parsed, to_json, word};
use crate::{Result, StoreError, Tag, Write};

fn from_row(row: &SqliteRow) -> Result<Vendor> {
    let risk_tier: Option<&str> = row.try_get("risk_tier")?;
    Ok(Vendor {
        id: parsed::<VendorId>(row.try_get("id")?)?,
        details: VendorDetails {
            name: row.try_get("name")?,
            status: from_word(row.try_get("status")?)?,
            owner: row.try_get("owner")?,
            risk_tier: risk_tier.map(from_word).transpose()?,
            website: row.try_get("website")?,
            protocol: from_word(row.try_get("protocol")?)?,
            endpoint: row.try_get("endpoint")?,
            notes: row.try_get("notes")?,
            contacts: from_json(row.try_get("contacts")?)?,
            provider_keys: from_json(row.try_get("provider_keys")?)?,
        },
    })
}

/// All vendors by name.
pub async fn list(connection: &mut SqliteConnection) -> Result<Vec<Vendor>> {
    let rows = sqlx::query("SELECT * FROM vendor WHERE deleted = 0 ORDER BY name COLLATE NOCASE, id")
        .fetch_all(connection)
        .await?;
    rows.iter().map(from_row).collect()
}

/// Names by id, of vendors that were deleted too: history speaks of them.
pub async fn names(connection: &mut SqliteConnection) -> Result<HashMap<String, String>> {
    Ok(sqlx::query_as("SELECT id, name FROM vendor").fetch_all(connection).await?.into_iter().collect())
}

pub async fn find(connection: &mut SqliteConnection, id: VendorId) -> Result<Option<Vendor>> {
    let row = sqlx::query("SELECT * FROM vendor WHERE id = $1 AND deleted = 0")
        .bind(id.to_string())
        .fetch_optional(connection)
        .await?;
    row.as_ref().map(from_row).transpose()
}

pub async fn get(connection: &mut SqliteConnection, id: VendorId) -> Result<Vendor> {
    find(connection, id).await?.ok_or(StoreError::NotFound)
}

/// Inserts or replaces.
pub async fn save(write: &mut Write, vendor: &Vendor) -> Result<()> {
    let details = &vendor.details;
    sqlx::query(
        "INSERT INTO vendor (id, name, status, owner, risk_tier, website, notes, contacts, provider_keys, endpoint,
           protocol)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, status = excluded.status, owner = excluded.owner,
           risk_tier = excluded.risk_tier, website = excluded.website, notes = excluded.notes,
           contacts = excluded.contacts, provider_keys = excluded.provider_keys,
           endpoint = excluded.endpoint, protocol = excluded.protocol, deleted = 0",
    )
    .bind(vendor.id.to_string())
    .bind(&details.name)
    .bind(word(&details.status)?)
    .bind(&details.owner)
    .bind(details.risk_tier.as_ref().map(word).transpose()?)
    .bind(&details.website)
    .bind(&details.notes)
    .bind(to_json(&details.contacts)?)
    .bind(to_json(&details.provider_keys)?)
    .bind(&details.endpoint)
    .bind(word(&details.protocol)?)
    .execute(write.connection())
    .await?;
    write.touch(Tag::VENDORS);
    Ok(())
}

/// Hides the vendor, and with it its contracts.
pub async fn delete(write: &mut Write, id: VendorId) -> Result<()> {
    sqlx::query("UPDATE vendor SET deleted = 1 WHERE id = $1").bind(id.to_string()).execute(write.connection()).await?;
    write.touch(Tag::VENDORS);
    write.touch(Tag::CONTRACTS);
    Ok(())
}
