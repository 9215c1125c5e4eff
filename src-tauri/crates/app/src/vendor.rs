//! Vendors: list, page, edit.

use domain::contract::Deadline;
use domain::contract::deadline;
use domain::id::VendorId;
use domain::money::Money;
use domain::vendor::{Vendor, VendorDetails, provider_key};
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::activity;
use crate::contract::{ContractRow, contract_rows};
use crate::economics;
use crate::{AppError, Context, Result};

pub mod endpoint;

pub(crate) const VENDOR: &str = "vendor";

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VendorRef {
    pub id: VendorId,
}

/// A vendor as typed; without an id it is new.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VendorDraft {
    pub id: Option<VendorId>,
    #[serde(flatten)]
    pub details: VendorDetails,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VendorRow {
    pub vendor: Vendor,
    pub contracts: u32,
    pub next_deadline: Option<Deadline>,
    pub spend_this_quarter: Option<Money>,
    pub models: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VendorView {
    pub vendor: Vendor,
    pub contracts: Vec<ContractRow>,
    pub spend_this_quarter: Option<Money>,
    pub models: Vec<VendorModel>,
}

/// A model of this vendor that our traffic used this quarter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VendorModel {
    pub name: String,
    pub requests: String,
    pub spend: Option<Money>,
}

pub async fn vendors(context: &Context, (): ()) -> Result<Vec<VendorRow>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let settings = store::workspace::settings(&mut snapshot).await?;
    let today = context.today(&settings)?;
    let vendors = store::vendor::list(&mut snapshot).await?;
    let contracts = store::contract::list(&mut snapshot).await?;
    drop(snapshot);
    let models = economics::models_this_quarter(context).await?;
    Ok(vendors
        .into_iter()
        .map(|vendor| {
            let own: Vec<_> = contracts.iter().filter(|c| c.details.vendor_id == vendor.id).collect();
            let next_deadline = own.iter().filter_map(|c| deadline(&c.details.terms, today)).min_by_key(|d| d.date);
            let used: Vec<_> = models.iter().filter(|m| m.is_of(&vendor.details)).collect();
            VendorRow {
                contracts: own.len() as u32,
                next_deadline,
                spend_this_quarter: economics::spend_of(&used, settings.currency),
                models: used.len() as u32,
                vendor,
            }
        })
        .collect())
}

pub async fn vendor(context: &Context, input: VendorRef) -> Result<VendorView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let settings = store::workspace::settings(&mut snapshot).await?;
    let vendor = store::vendor::get(&mut snapshot, input.id).await?;
    let today = context.today(&settings)?;
    let contracts = contract_rows(&mut snapshot, today).await?;
    drop(snapshot);
    let models = economics::models_this_quarter(context).await?;
    let used: Vec<_> = models.iter().filter(|m| m.is_of(&vendor.details)).collect();
    Ok(VendorView {
        contracts: contracts.into_iter().filter(|row| row.contract.details.vendor_id == vendor.id).collect(),
        spend_this_quarter: economics::spend_of(&used, settings.currency),
        models: used
            .iter()
            .map(|m| VendorModel {
                name: m.model.clone(),
                requests: m.requests.to_string(),
                spend: crate::view::money(m.spend, settings.currency),
            })
            .collect(),
        vendor,
    })
}

pub async fn vendor_save(context: &Context, draft: VendorDraft) -> Result<Vendor> {
    let mut details = draft.details;
    if details.name.trim().is_empty() {
        return Err(AppError::field("name", "required"));
    }
    if details.name.chars().count() > 200 {
        return Err(AppError::field("name", "too-long"));
    }
    details.provider_keys =
        details.provider_keys.iter().map(|key| provider_key(key)).filter(|k| !k.is_empty()).collect();
    let store = context.store().await?;
    let mut write = store.write().await?;
    let others = store::vendor::list(write.connection()).await?;
    let same = |other: &&Vendor| {
        Some(other.id) != draft.id && other.details.name.trim().eq_ignore_ascii_case(details.name.trim())
    };
    if others.iter().find(same).is_some() {
        return Err(AppError::field("name", "taken"));
    }
    let before = match draft.id {
        Some(id) => Some(store::vendor::get(write.connection(), id).await?),
        None => None,
    };
    // As it is typed, not as it stands: an old address that is wrong must not keep anybody from saving the rest.
    if before.as_ref().is_none_or(|before| before.details.endpoint != details.endpoint) {
        crate::vendor::endpoint::check_address(&details.endpoint)?;
    }
    let vendor = Vendor { id: draft.id.unwrap_or_else(|| VendorId(Uuid::now_v7())), details };
    let id = vendor.id.to_string();
    match &before {
        Some(before) if *before == vendor => return Ok(vendor),
        Some(before) => {
            activity::edited(&mut write, context, VENDOR, &id, &vendor.details.name, before, &vendor).await?;
        }
        None => activity::created(&mut write, context, VENDOR, &id, &vendor.details.name, &vendor).await?,
    }
    store::vendor::save(&mut write, &vendor).await?;
    write.commit().await?;
    Ok(vendor)
}

pub async fn vendor_delete(context: &Context, input: VendorRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let vendor = store::vendor::get(write.connection(), input.id).await?;
    activity::deleted(&mut write, context, VENDOR, &vendor.id.to_string(), &vendor.details.name, &vendor).await?;
    store::vendor::delete(&mut write, vendor.id).await?;
    write.commit().await?;
    Ok(())
}
