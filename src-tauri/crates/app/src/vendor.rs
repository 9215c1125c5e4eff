//! Vendors: list, page, edit.

use std::collections::HashMap;

use domain::contract::Deadline;
use domain::contract::{Contract, deadline};
use domain::id::{ContractId, VendorId};
use domain::money::Money;
use domain::name::{name_key, tidy};
use domain::price::{Layer, PriceRow};
use domain::vendor::{Vendor, VendorDetails, provider_key};
use report::chart::ChartSpec;
use report::format;
use serde::{Deserialize, Serialize};
use store::attachment::Attachment;
use store::record::RecordRef;
use ts_rs::TS;
use uuid::Uuid;

use crate::activity;
use crate::activity::Batch;
use crate::contract::standing::{self, DrawdownView};
use crate::contract::{CONTRACT, ContractRow, contract_rows};
use crate::economics::{self, Loaded};
use crate::error::FieldError;
use crate::view::StripFigure;
use crate::{AppError, Context, Result};

pub mod endpoint;

pub(crate) const VENDOR: &str = "vendor";

/// Vendors that are to have one owner.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct VendorOwner {
    pub ids: Vec<VendorId>,
    pub owner: String,
}

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
    pub strip: Vec<StripFigure>,
    /// This quarter's spend by model.
    pub chart: Option<ChartSpec>,
    pub contracts: Vec<VendorContract>,
    pub models: Vec<VendorModel>,
    pub documents: Vec<VendorDocument>,
}

/// A contract with this vendor, and how it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct VendorContract {
    #[serde(flatten)]
    pub row: ContractRow,
    pub drawdown: Option<DrawdownView>,
}

/// A model of this vendor that our traffic used this quarter.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VendorModel {
    pub name: String,
    pub requests: String,
    pub spend: Option<Money>,
    /// What it is priced at today.
    pub price: Option<PriceRow>,
    /// How that stands to the list price, in words.
    pub against_list: Option<String>,
}

/// A document of one of its contracts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct VendorDocument {
    pub contract_id: ContractId,
    pub contract: String,
    pub attachment: Attachment,
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
    let mut by_vendor: HashMap<VendorId, Vec<&Contract>> = HashMap::new();
    for contract in &contracts {
        by_vendor.entry(contract.details.vendor_id).or_default().push(contract);
    }
    Ok(vendors
        .into_iter()
        .map(|vendor| {
            let own = by_vendor.remove(&vendor.id).unwrap_or_default();
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
    let rows = contract_rows(&mut snapshot, today).await?;
    let rows: Vec<ContractRow> = rows.into_iter().filter(|row| row.contract.details.vendor_id == vendor.id).collect();
    let mut documents = Vec::new();
    for row in &rows {
        for attachment in store::attachment::of(&mut snapshot, &RecordRef::of(CONTRACT, row.contract.id)).await? {
            let contract = row.contract.details.title.clone();
            documents.push(VendorDocument { contract_id: row.contract.id, contract, attachment });
        }
    }
    drop(snapshot);
    let loaded = economics::load(context).await?;
    let mut contracts = Vec::with_capacity(rows.len());
    for row in rows {
        let drawdown = standing::drawdown(context, &loaded, &vendor.details, &row.contract, today)?;
        contracts.push(VendorContract { row, drawdown });
    }
    let used = economics::models_this_quarter(context).await?;
    let models: Vec<VendorModel> = used
        .iter()
        .filter(|model| model.is_of(&vendor.details))
        .map(|model| {
            let price = loaded.prices.book.now(&model.vendor, &model.model, context.now());
            VendorModel {
                name: model.model.clone(),
                requests: model.totals.measures.requests.to_string(),
                spend: economics::spend_of(&[model], settings.currency),
                against_list: price.map(|(own, list)| against_list(context, &loaded, own, list)),
                price: price.map(|(own, _)| own.clone()),
            }
        })
        .collect();
    let deadline = contracts.iter().filter_map(|contract| contract.row.deadline).min_by_key(|deadline| deadline.date);
    let (mut strip, chart) = match economics::spend_figures(context, &loaded, &vendor.details, today) {
        Err(AppError::MissingRate(_)) => (Vec::new(), None),
        figures => figures?,
    };
    if let Some(deadline) = deadline {
        strip.push(standing::deadline_figure(context, &deadline));
    }
    let count = format::count(models.len() as i128);
    strip.push(StripFigure::new(context.text("strip-models", &[]), count));
    Ok(VendorView { strip, chart, contracts, models, documents, vendor })
}

/// How a price stands to the list's: "12 % under list since 10 May 2025".
fn against_list(context: &Context, loaded: &Loaded, own: &PriceRow, list: Option<&PriceRow>) -> String {
    let Some(list) = list.filter(|list| list.id != own.id && list.currency == own.currency) else {
        return context.text(if own.layer == Layer::List { "price-at-list" } else { "price-not-listed" }, &[]);
    };
    let Some((least, most)) = own.rates.discount(&list.rates_of(0)) else {
        return context.text("price-not-listed", &[]);
    };
    let since = own.from.map_or(String::new(), |from| format::date(loaded.calendar.day_of(from), context.language));
    let share = |part: f64| format::share(part.abs(), 0);
    let by = if share(least) == share(most) { share(most) } else { format!("{} – {}", share(least), share(most)) };
    let id = match most {
        most if share(most) == share(0.0) && share(least) == share(0.0) => "price-at-list",
        most if most > 0.0 => "price-under-list",
        _ => "price-over-list",
    };
    context.text(id, &[("by", by.into()), ("date", since.into())])
}

pub async fn vendor_save(context: &Context, draft: VendorDraft) -> Result<Vendor> {
    let mut details = draft.details;
    details.name = tidy(&details.name);
    if details.name.is_empty() {
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
    let same = |other: &&Vendor| Some(other.id) != draft.id && name_key(&other.details.name) == name_key(&details.name);
    if others.iter().find(same).is_some() {
        return Err(AppError::field("name", "taken"));
    }
    let before = match draft.id {
        Some(id) => Some(store::vendor::get(write.connection(), id).await?),
        None => None,
    };
    // What is used under one name is one vendor's. What stood there before may stay, so that the rest can be saved.
    let listed_before = before.as_ref().map_or(&[][..], |before| before.details.provider_keys.as_slice());
    for key in details.provider_keys.iter().filter(|key| !listed_before.contains(key)) {
        let other = others.iter().find(|o| Some(o.id) != draft.id && o.details.provider_keys.contains(key));
        if let Some(other) = other {
            let params = [("name".to_owned(), key.clone()), ("vendor".to_owned(), other.details.name.clone())];
            return Err(AppError::Invalid(vec![FieldError {
                field: "providerKeys".to_owned(),
                code: "listed-elsewhere".to_owned(),
                params: params.into(),
            }]));
        }
    }
    // As they are typed, not as they stand: an old address that is wrong must not keep anybody from saving the rest.
    let stood = before.as_ref().map(|before| &before.details);
    let mut problems = Vec::new();
    if stood.is_none_or(|stood| stood.endpoint != details.endpoint)
        && let Some(code) = endpoint::refusal(&details.endpoint)
    {
        problems.push(FieldError::new("endpoint", code));
    }
    if stood.is_none_or(|stood| stood.website != details.website) {
        match endpoint::website(&details.website) {
            Ok(website) => details.website = website,
            Err(code) => problems.push(FieldError::new("website", code)),
        }
    }
    if !problems.is_empty() {
        return Err(AppError::Invalid(problems));
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

/// Gives vendors to an owner, all or none.
pub async fn vendors_owner(context: &Context, input: VendorOwner) -> Result<Batch> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let mut entries = Vec::with_capacity(input.ids.len());
    for id in input.ids {
        let before = store::vendor::get(write.connection(), id).await?;
        let mut after = before.clone();
        after.details.owner.clone_from(&input.owner);
        if after == before {
            continue;
        }
        let (record, subject) = (id.to_string(), before.details.name.clone());
        entries.push(activity::assigned(&mut write, context, VENDOR, &record, &subject, (&before, &after)).await?);
        store::vendor::save(&mut write, &after).await?;
    }
    let batch = activity::together(&mut write, entries).await?;
    write.commit().await?;
    Ok(batch)
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
