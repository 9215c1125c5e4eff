//! The workspace row: name, currency, reporting zone, fiscal year, revision.

use chrono::{SecondsFormat, Utc};
use domain::calendar::ReportingCalendar;
use domain::money::Currency;
use serde::{Deserialize, Serialize};
use sqlx::{Row, SqliteConnection};
use ts_rs::TS;

use crate::row::parsed;
use crate::{Result, StoreError, Tag, Write};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    pub name: String,
    pub currency: Currency,
    /// IANA.
    pub time_zone: String,
    #[serde(deserialize_with = "domain::typed::count")]
    pub fiscal_start_month: u32,
}

impl Settings {
    /// # Errors
    /// [`StoreError::Corrupt`] when the stored zone is not one this version knows.
    pub fn calendar(&self) -> Result<ReportingCalendar> {
        ReportingCalendar::new(&self.time_zone, self.fiscal_start_month)
            .map_err(|error| StoreError::Corrupt(error.to_string()))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewWorkspace {
    pub settings: Settings,
    pub sample: bool,
}

/// Settings with what only the file knows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Workspace {
    pub settings: Settings,
    pub sample: bool,
    pub revision: i64,
    /// The revision usage was last changed at.
    pub usage_revision: i64,
    /// The revision what the price book is made of was last changed at.
    pub prices_revision: i64,
}

pub(crate) async fn insert(write: &mut Write, new: &NewWorkspace) -> Result<()> {
    sqlx::query(
        "INSERT INTO workspace (id, name, currency, time_zone, fiscal_start_month, sample, created_at)
         VALUES (1, $1, $2, $3, $4, $5, $6)",
    )
    .bind(&new.settings.name)
    .bind(new.settings.currency.code())
    .bind(&new.settings.time_zone)
    .bind(new.settings.fiscal_start_month)
    .bind(new.sample)
    .bind(Utc::now().to_rfc3339_opts(SecondsFormat::Millis, true))
    .execute(write.connection())
    .await?;
    write.touch(Tag::WORKSPACE);
    write.touch(Tag::SETTINGS);
    Ok(())
}

/// The whole row.
pub async fn get(connection: &mut SqliteConnection) -> Result<Workspace> {
    let row = sqlx::query(
        "SELECT name, currency, time_zone, fiscal_start_month, sample, revision, usage_revision, prices_revision
         FROM workspace",
    )
    .fetch_optional(connection)
    .await?
    .ok_or(StoreError::NotFound)?;
    Ok(Workspace {
        settings: Settings {
            name: row.try_get("name")?,
            currency: parsed(row.try_get("currency")?)?,
            time_zone: row.try_get("time_zone")?,
            fiscal_start_month: row.try_get("fiscal_start_month")?,
        },
        sample: row.try_get("sample")?,
        revision: row.try_get("revision")?,
        usage_revision: row.try_get("usage_revision")?,
        prices_revision: row.try_get("prices_revision")?,
    })
}

pub async fn settings(connection: &mut SqliteConnection) -> Result<Settings> {
    Ok(get(connection).await?.settings)
}

pub async fn save(write: &mut Write, settings: &Settings) -> Result<()> {
    sqlx::query("UPDATE workspace SET name = $1, currency = $2, time_zone = $3, fiscal_start_month = $4")
        .bind(&settings.name)
        .bind(settings.currency.code())
        .bind(&settings.time_zone)
        .bind(settings.fiscal_start_month)
        .execute(write.connection())
        .await?;
    write.touch(Tag::SETTINGS);
    write.touch(Tag::WORKSPACE);
    Ok(())
}
