//! The activity log as shown, and undo: one mechanism for every area.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::contract::Contract;
use domain::id::{ActivityId, AttachmentId, PriceId};
use domain::price::PriceRow;
use domain::price_book::ModelAlias;
use domain::vendor::Vendor;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;
use store::activity::Activity;
use store::workspace::Settings;
use store::{StoreError, Write, sqlite};
use ts_rs::TS;
use uuid::Uuid;

use crate::import::feeds;
use crate::moved::MonthMoved;
use crate::reconcile::FeedPairDraft;
use crate::reports::CommentaryDraft;
use crate::workspace::FxRateView;
use crate::{AppError, Context, Result};

/// What a change was made to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Area {
    Vendor,
    Contract,
    Attachment,
    Price,
    PriceList,
    Import,
    Settings,
    Commentary,
    ExchangeRate,
    Alias,
    Feed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum Action {
    Created,
    Edited,
    Deleted,
    Imported,
    Reverted,
    /// A choice, not something typed: each is a change of its own, however fast they follow each other.
    Decided,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActivityQuery {
    pub limit: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActivityEntry {
    pub id: ActivityId,
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    pub area: Area,
    pub action: Action,
    pub subject: String,
    pub undone: bool,
    /// Nothing newer stands on it: it can be taken back on its own.
    pub undoable: bool,
    pub changes: Vec<FieldChange>,
    /// What it made of each month's spend; what its undoing made of them, once it is undone.
    pub moved: Vec<MonthMoved>,
}

#[derive(Debug, Clone, Default, Serialize, Deserialize, TS)]
pub struct UndoRequest {
    /// The change to take back; the newest where none is named.
    pub id: Option<ActivityId>,
    /// A change that cannot be taken back: the newest older one is meant.
    pub past: Option<ActivityId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct FieldChange {
    pub field: String,
    pub before: Option<String>,
    pub after: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoResult {
    pub undone: Option<ActivityEntry>,
}

fn kebab<T: Serialize>(value: T) -> String {
    match serde_json::to_value(value) {
        Ok(Value::String(word)) => word,
        _ => String::new(),
    }
}

fn json<T: Serialize>(value: &T) -> Result<Value> {
    serde_json::to_value(value).map_err(|error| AppError::Internal(error.to_string()))
}

fn read<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|error| AppError::Internal(error.to_string()))
}

async fn record(
    write: &mut Write,
    context: &Context,
    (area, action): (Area, Action),
    record: &str,
    subject: &str,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<()> {
    let activity = Activity {
        id: ActivityId(Uuid::now_v7()),
        at: context.now(),
        area: kebab(area),
        action: kebab(action),
        record: record.to_owned(),
        subject: subject.to_owned(),
        before,
        after,
        undone: false,
    };
    Ok(store::activity::record(write, &activity).await?)
}

pub(crate) async fn created<T: Serialize>(
    write: &mut Write,
    context: &Context,
    area: Area,
    id: &str,
    subject: &str,
    after: &T,
) -> Result<()> {
    record(write, context, (area, Action::Created), id, subject, None, Some(json(after)?)).await
}

pub(crate) async fn edited<T: Serialize>(
    write: &mut Write,
    context: &Context,
    area: Area,
    id: &str,
    subject: &str,
    before: &T,
    after: &T,
) -> Result<()> {
    record(write, context, (area, Action::Edited), id, subject, Some(json(before)?), Some(json(after)?)).await
}

/// Logs a choice between given answers.
pub(crate) async fn decided<T: Serialize>(
    write: &mut Write,
    context: &Context,
    area: Area,
    id: &str,
    subject: &str,
    before: &T,
    after: &T,
) -> Result<()> {
    record(write, context, (area, Action::Decided), id, subject, Some(json(before)?), Some(json(after)?)).await
}

pub(crate) async fn deleted<T: Serialize>(
    write: &mut Write,
    context: &Context,
    area: Area,
    id: &str,
    subject: &str,
    before: &T,
) -> Result<()> {
    record(write, context, (area, Action::Deleted), id, subject, Some(json(before)?), None).await
}

/// Logs that something was taken back as a whole; undo brings it back.
pub(crate) async fn reverted<T: Serialize>(
    write: &mut Write,
    context: &Context,
    area: Area,
    id: &str,
    subject: &str,
    before: &T,
) -> Result<()> {
    record(write, context, (area, Action::Reverted), id, subject, Some(json(before)?), None).await
}

/// Logs a change that undo does not take back by itself (an import is taken back on its page).
pub(crate) async fn noted(
    write: &mut Write,
    context: &Context,
    area: Area,
    action: Action,
    id: &str,
    subject: &str,
) -> Result<()> {
    record(write, context, (area, action), id, subject, None, None).await
}

/// Saves or removes a record so that it is as `state` says; `None` is "was not there".
async fn put_back(write: &mut Write, area: Area, activity: &Activity, state: Option<Value>) -> Result<()> {
    let id = || activity.record.parse().map_err(|_| AppError::Internal("a record's id".into()));
    match (area, state) {
        (Area::Vendor, Some(state)) => store::vendor::save(write, &read::<Vendor>(state)?).await?,
        (Area::Vendor, None) => store::vendor::delete(write, domain::id::VendorId(id()?)).await?,
        (Area::Contract, Some(state)) => store::contract::save(write, &read::<Contract>(state)?).await?,
        (Area::Contract, None) => store::contract::delete(write, domain::id::ContractId(id()?)).await?,
        (Area::Attachment, Some(_)) => store::contract::reattach(write, AttachmentId(id()?)).await?,
        (Area::Attachment, None) => store::contract::detach(write, AttachmentId(id()?)).await?,
        (Area::Settings, Some(state)) => {
            let now = store::workspace::settings(write.connection()).await?;
            crate::workspace::save_settings(write, &now, &read::<Settings>(state)?).await?;
        }
        (Area::Commentary, Some(state)) => {
            let draft: CommentaryDraft = read(state)?;
            store::commentary::save(write, &draft.period, &draft.page, &draft.text).await?;
        }
        (Area::ExchangeRate, Some(state)) => {
            store::fx::save(write, &crate::workspace::rate_of(&read::<FxRateView>(state)?)?).await?;
        }
        (Area::ExchangeRate, None) => {
            let added: FxRateView = read(activity.after.clone().unwrap_or_default())?;
            store::fx::delete(write, &crate::workspace::rate_of(&added)?).await?;
        }
        (Area::Price, Some(state)) => {
            let row: PriceRow = read(state)?;
            store::price::close(write, row.id, row.to).await?;
        }
        (Area::Price, None) => {
            let id = PriceId(id()?);
            if store::price::is_used(write.connection(), id).await? {
                // What it priced on being added is given back; usage imported at it since is history. Ids are in order of
                // time.
                let imports = store::import::list(write.connection()).await?;
                if imports.iter().any(|import| import.id.0 > activity.id.0) {
                    return Err(AppError::refused("price-in-use"));
                }
                crate::repricing::unprice(write, id).await?;
            }
            store::price::remove(write, id).await?;
        }
        (Area::Import, Some(state)) if activity.action == kebab(Action::Decided) => {
            let before: crate::import::Answered = read(state)?;
            crate::import::set_answer(write, domain::id::ImportId(id()?), before.on_conflict).await?;
        }
        (Area::Import, Some(_)) => crate::import::undo_revert(write, domain::id::ImportId(id()?)).await?,
        (Area::PriceList, _) => {
            let after = activity.after.clone().unwrap_or_default();
            let series = after.get("pricedSeries").cloned().map_or(Ok(Vec::new()), read)?;
            crate::price::undo_list(write, &read(after)?, &series).await?;
        }
        (Area::Alias, state) => {
            // What it priced is given back, whether it goes or takes its old meaning again.
            if let Some(series) = activity.after.as_ref().and_then(|after| after.get("pricedSeries")) {
                crate::repricing::unprice_series(write, &read::<Vec<u32>>(series.clone())?).await?;
            }
            match state {
                Some(state) => store::price::record_alias(write, &read::<ModelAlias>(state)?).await?,
                None => {
                    let added: ModelAlias = read(activity.after.clone().unwrap_or_default())?;
                    store::price::forget_alias(write, &added.vendor, &added.alias).await?;
                }
            }
        }
        (Area::Feed, Some(state)) => {
            let draft: FeedPairDraft = read(state)?;
            feeds::answer(write, draft.a_id, draft.b_id, draft.basis).await?;
        }
        (Area::Feed, None) => {
            let added: FeedPairDraft = read(activity.after.clone().unwrap_or_default())?;
            store::import::save_feed_pair(write, added.a_id, added.b_id, None).await?;
        }
        (Area::Settings | Area::Commentary | Area::Import, _) => {}
    }
    Ok(())
}

/// How far back undo looks.
const REACH: i64 = 1000;

/// Whether a change can be taken back at all. Imports are passed over: they are reverted whole, on purpose.
fn holds(activity: &Activity) -> bool {
    !activity.undone && (activity.before.is_some() || activity.after.is_some())
}

/// Takes one change back: the one asked for, or the newest, or the newest past one that cannot be.
pub async fn undo(context: &Context, request: Option<UndoRequest>) -> Result<UndoResult> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let newest_first = store::activity::list(write.connection(), REACH).await?;
    let request = request.unwrap_or_default();
    let at = match request.id {
        Some(id) => {
            let at = newest_first.iter().position(|activity| activity.id == id && holds(activity));
            Some(at.ok_or_else(|| AppError::refused("undo-not-possible"))?)
        }
        None => {
            let from = request.past.and_then(|past| newest_first.iter().position(|activity| activity.id == past));
            let from = from.map_or(0, |position| position + 1);
            newest_first[from..].iter().position(holds).map(|position| from + position)
        }
    };
    let Some(at) = at else { return Ok(UndoResult { undone: None }) };
    let activity = &newest_first[at];
    if let Some(newer) = newest_first[..at].iter().find(|newer| stands_on(newer, activity)) {
        return Err(named(AppError::refused("undo-newer-first").with("newer", &newer.subject), activity));
    }
    let vendors = store::vendor::names(write.connection()).await?;
    let entry = entry(activity, &vendors)?;
    put_back_whole(&mut write, entry.area, activity).await.map_err(|error| named(error, activity))?;
    store::activity::mark_undone(&mut write, activity.id).await?;
    write.commit().await?;
    Ok(UndoResult { undone: Some(ActivityEntry { undone: true, undoable: false, ..entry }) })
}

async fn put_back_whole(write: &mut Write, area: Area, activity: &Activity) -> Result<()> {
    put_back(write, area, activity, activity.before.clone()).await?;
    if area == Area::Price
        && let Some(closed) = activity.after.as_ref().and_then(|after| after.get("closedBefore"))
        && let Some(id) = closed.as_str().and_then(|id| id.parse().ok())
    {
        store::price::close(write, PriceId(id), None).await?;
    }
    Ok(())
}

/// Says which change could not be taken back, so that the older ones can be.
fn named(error: AppError, activity: &Activity) -> AppError {
    let error = match error {
        AppError::Store(StoreError::NotFound) => AppError::refused("not-found"),
        AppError::Store(error) if error.sqlite_code() == Some(sqlite::CONSTRAINT) => AppError::refused("undo-conflict"),
        other => other,
    };
    error.with("entry", activity.id).with("subject", &activity.subject)
}

/// Whether a newer change still in force is of the same record, or of one that names it: a contract stands on its vendor.
fn stands_on(newer: &Activity, older: &Activity) -> bool {
    let same = newer.area == older.area && newer.record == older.record;
    let names = || [&newer.before, &newer.after].into_iter().flatten().any(|state| mentions(state, &older.record));
    holds(newer) && (same || (!older.record.is_empty() && names()))
}

fn mentions(value: &Value, id: &str) -> bool {
    match value {
        Value::String(text) => text == id,
        Value::Array(items) => items.iter().any(|item| mentions(item, id)),
        Value::Object(fields) => fields.values().any(|field| mentions(field, id)),
        _ => false,
    }
}

pub async fn activity(context: &Context, query: ActivityQuery) -> Result<Vec<ActivityEntry>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let vendors = store::vendor::names(&mut snapshot).await?;
    let limit = i64::from(query.limit).min(REACH);
    let activities = store::activity::list(&mut snapshot, limit).await?;
    // The last that was kept of a change holds: its undoing, if it was undone.
    let mut moved: HashMap<ActivityId, Vec<MonthMoved>> = HashMap::new();
    for (id, _, months) in store::activity::all_moved(&mut snapshot, limit).await? {
        let mut months: Vec<MonthMoved> = read(months)?;
        for month in &mut months {
            let day = format!("{}-01", month.month).parse().unwrap_or_default();
            month.label = report::format::month(day, context.language);
        }
        moved.insert(id, months);
    }
    let entries = activities.iter().enumerate().map(|(at, activity)| {
        let undoable = holds(activity) && !activities[..at].iter().any(|newer| stands_on(newer, activity));
        let moved = moved.remove(&activity.id).unwrap_or_default();
        Ok(ActivityEntry { undoable, moved, ..entry(activity, &vendors)? })
    });
    entries.collect()
}

fn entry(activity: &Activity, vendors: &HashMap<String, String>) -> Result<ActivityEntry> {
    Ok(ActivityEntry {
        id: activity.id,
        at: activity.at,
        area: read(Value::String(activity.area.clone()))?,
        action: read(Value::String(activity.action.clone()))?,
        subject: activity.subject.clone(),
        undone: activity.undone,
        undoable: false,
        changes: differences(activity.before.as_ref(), activity.after.as_ref(), vendors),
        moved: Vec::new(),
    })
}

/// Fields that only undo reads: numbers and lists nobody would know.
const BOOKKEEPING: [&str; 6] = ["id", "aId", "bId", "closedBefore", "priced", "pricedSeries"];

/// Fields whose text differs; for a creation or deletion there is nothing to compare. Nobody reads an id: a vendor is its name.
fn differences(before: Option<&Value>, after: Option<&Value>, vendors: &HashMap<String, String>) -> Vec<FieldChange> {
    let (Some(Value::Object(before)), Some(Value::Object(after))) = (before, after) else { return Vec::new() };
    let text = |field: &str, value: Option<&Value>| match value {
        Some(Value::String(id)) if field == "vendorId" => Some(vendors.get(id).unwrap_or(id).clone()),
        value => value.and_then(readable),
    };
    let mut fields: Vec<&String> = after.keys().chain(before.keys().filter(|k| !after.contains_key(*k))).collect();
    fields.retain(|field| !BOOKKEEPING.contains(&field.as_str()) && before.get(*field) != after.get(*field));
    fields
        .into_iter()
        .map(|field| FieldChange {
            field: field.clone(),
            before: text(field, before.get(field)),
            after: text(field, after.get(field)),
        })
        .collect()
}

/// A stored value as text: an amount with its currency, a list as its items, a contact as name, role and address.
fn readable(value: &Value) -> Option<String> {
    let text = match value {
        Value::Null => return None,
        Value::String(text) => text.clone(),
        Value::Array(items) => items.iter().filter_map(readable).collect::<Vec<_>>().join("; "),
        Value::Object(fields) => {
            let separator = if fields.contains_key("amount") { " " } else { ", " };
            fields.values().filter_map(readable).collect::<Vec<_>>().join(separator)
        }
        other => other.to_string(),
    };
    Some(text).filter(|text| !text.is_empty())
}
