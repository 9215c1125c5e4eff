//! Undo, and the log as people read it: on top of the areas, each of which says what its changes mean and takes them back.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use domain::id::ActivityId;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::activity::Activity;
use store::{Snapshot, StoreError, sqlite};
use ts_rs::TS;

use crate::activity::{Batch, read};
use crate::frame::{Again, Area};
use crate::moved::MonthMoved;
use crate::record::{ATTACHMENT, COMMENT, LINK};
use crate::view::FieldChange;
use crate::{AppError, Context, Result};

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActivityQuery {
    pub limit: u32,
    /// Id of a record: only changes of it, and of records that name it.
    #[serde(default)]
    pub about: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActivityEntry {
    pub id: ActivityId,
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    /// Of what: "Contract".
    pub what: String,
    /// What was done to it: "changed".
    pub action: String,
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

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct UndoResult {
    /// The newest of the changes that were taken back.
    pub undone: Option<ActivityEntry>,
    /// How many there were: what was made together is taken back together.
    pub count: u32,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct RedoResult {
    /// The newest of the changes that were made again.
    pub redone: Option<ActivityEntry>,
    pub count: u32,
}

/// How far back undo looks.
const REACH: i64 = 1000;

/// Whether a change can be taken back at all. Imports are passed over: they are reverted whole, on purpose.
fn holds(activity: &Activity) -> bool {
    !activity.undone && (activity.before.is_some() || activity.after.is_some())
}

/// Takes a change back: the one asked for, or the newest, or the newest past one that cannot be. Where none is named, whatever
/// was made together goes together.
pub async fn undo(context: &Context, request: Option<UndoRequest>) -> Result<UndoResult> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let newest_first = store::activity::undoable(write.connection(), REACH).await?;
    let request = request.unwrap_or_default();
    let at = match request.id {
        Some(id) => {
            let at = newest_first.iter().position(|activity| activity.id == id);
            Some(at.ok_or_else(|| AppError::refused("undo-not-possible"))?)
        }
        None => match request.past.and_then(|past| newest_first.iter().position(|activity| activity.id == past)) {
            Some(past) => (past + 1..newest_first.len()).find(|at| !as_one(&newest_first[*at], &newest_first[past])),
            None => Some(0).filter(|_| !newest_first.is_empty()),
        },
    };
    let Some(at) = at else { return Ok(UndoResult { undone: None, count: 0 }) };
    let ids = match request.id {
        Some(id) => vec![id],
        None => {
            let same = newest_first[at..].iter().filter(|other| as_one(other, &newest_first[at]));
            same.map(|activity| activity.id).collect()
        }
    };
    let undone = take_back_all(&mut write, context, newest_first, &ids).await?;
    write.commit().await?;
    Ok(undone)
}

/// Whether two changes are one for a person: the same, or made together.
fn as_one(a: &Activity, b: &Activity) -> bool {
    a.id == b.id || (a.together.is_some() && a.together == b.together)
}

/// Takes changes back that were made together: all of them, or none.
pub async fn undo_together(context: &Context, batch: Batch) -> Result<UndoResult> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let reach = REACH + batch.ids.len() as i64;
    let newest_first = store::activity::undoable(write.connection(), reach).await?;
    let ids: Vec<ActivityId> = batch.ids.iter().rev().copied().collect();
    let undone = take_back_all(&mut write, context, newest_first, &ids).await?;
    write.commit().await?;
    Ok(undone)
}

/// Takes changes back, the newest first.
async fn take_back_all(
    write: &mut store::Write,
    context: &Context,
    mut newest_first: Vec<Activity>,
    ids: &[ActivityId],
) -> Result<UndoResult> {
    let mut result = UndoResult { undone: None, count: 0 };
    for id in ids {
        let at = newest_first.iter().position(|activity| activity.id == *id);
        let at = at.ok_or_else(|| AppError::refused("undo-not-possible"))?;
        let undone = take_back(write, context, &newest_first, at).await?;
        newest_first.remove(at);
        result.undone.get_or_insert(undone);
        result.count += 1;
    }
    Ok(result)
}

async fn take_back(
    write: &mut store::Write,
    context: &Context,
    newest_first: &[Activity],
    at: usize,
) -> Result<ActivityEntry> {
    let activity = &newest_first[at];
    if let Some(newer) = newest_first[..at].iter().find(|newer| stands_on(newer, activity)) {
        return Err(named(AppError::refused("undo-newer-first").with("newer", &newer.subject), activity));
    }
    let area = area_of(context, activity).ok_or_else(|| AppError::refused("undo-not-possible"))?;
    (area.put_back)(write, activity).await.map_err(|error| named(error, activity))?;
    store::activity::mark_undone(write, activity.id).await?;
    Ok(ActivityEntry { undone: true, ..entry(context, activity) })
}

/// Makes the change again that was taken back last, with what it was made together with. Once something else has been
/// changed, there is none.
pub async fn redo(context: &Context, (): ()) -> Result<RedoResult> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let mut result = RedoResult { redone: None, count: 0 };
    let mut first: Option<Activity> = None;
    while let Some(activity) = store::activity::last_undone(write.connection()).await? {
        if first.as_ref().is_some_and(|first| !as_one(first, &activity)) {
            break;
        }
        result.redone = Some(make_again(&mut write, context, &activity).await?);
        result.count += 1;
        first.get_or_insert(activity);
    }
    write.commit().await?;
    Ok(result)
}

async fn make_again(write: &mut store::Write, context: &Context, activity: &Activity) -> Result<ActivityEntry> {
    let area = area_of(context, activity).ok_or_else(|| AppError::refused("redo-not-possible"))?;
    let after = match area.again {
        Again::Reversed => (area.put_back)(write, &activity.reversed()).await.map(|()| None),
        Again::By(again) => again(context, write, activity).await,
    };
    let after = after.map_err(|error| named(error, activity))?;
    store::activity::mark_redone(write, activity.id, after.as_ref()).await?;
    Ok(ActivityEntry { undone: false, ..entry(context, activity) })
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
    // And a record that is gone since cannot be named again: a contract comes back after its vendor.
    let gone = newer.after.is_none() && !newer.record.is_empty();
    let needs = || [&older.before, &older.after].into_iter().flatten().any(|state| mentions(state, &newer.record));
    // What is remarked on a record or links it stands on nothing.
    let stands = ![COMMENT, LINK, ATTACHMENT].contains(&newer.area.as_str());
    holds(newer) && (same || (stands && ((!older.record.is_empty() && names()) || (gone && needs()))))
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
    let limit = i64::from(query.limit).min(REACH);
    let mut parts = Vec::new();
    if let Some(id) = query.about.as_deref() {
        for area in context.app.areas() {
            parts.extend((area.parts)(&mut snapshot, id).await?);
        }
    }
    let activities = match query.about.as_deref() {
        Some(id) => store::activity::about(&mut snapshot, id, &parts, limit).await?,
        None => store::activity::list(&mut snapshot, limit).await?,
    };
    // What a change stands on is looked for among all that can be taken back, shown or not.
    let in_force = store::activity::undoable(&mut snapshot, REACH).await?;
    let is_about = |activity: &Activity| {
        query.about.as_deref().is_none_or(|id| {
            // A record's comments are read on its page.
            let mut states =
                [&activity.before, &activity.after].into_iter().flatten().filter(|_| activity.area != COMMENT);
            activity.record == id || parts.contains(&activity.record) || states.any(|state| mentions(state, id))
        })
    };
    let mut moved: HashMap<ActivityId, (bool, Vec<MonthMoved>)> = HashMap::new();
    for (id, undoing, months) in store::activity::all_moved(&mut snapshot, REACH).await? {
        let mut months: Vec<MonthMoved> = read(months)?;
        for month in &mut months {
            let day = format!("{}-01", month.month).parse().unwrap_or_default();
            month.label = report::format::month(day, context.language);
        }
        // What goes on with a change adds to what it moved; its undoing, or its being made again, stands in its place.
        let together = match moved.remove(&id) {
            Some((was, before)) if was == undoing && !undoing => then(before, months),
            _ => months,
        };
        moved.insert(id, (undoing, together));
    }
    let mut entries = Vec::with_capacity(activities.len());
    for activity in activities.iter().filter(|activity| is_about(activity)).take(query.limit as usize) {
        let newer = in_force.iter().take_while(|newer| newer.id != activity.id);
        entries.push(ActivityEntry {
            undoable: holds(activity) && !newer.into_iter().any(|newer| stands_on(newer, activity)),
            moved: moved.remove(&activity.id).map(|(_, months)| months).unwrap_or_default(),
            changes: describe(context, &mut snapshot, activity).await?,
            ..entry(context, activity)
        });
    }
    Ok(entries)
}

/// What two moves one after the other made of each month.
fn then(first: Vec<MonthMoved>, second: Vec<MonthMoved>) -> Vec<MonthMoved> {
    let mut together = first;
    for next in second {
        match together.iter_mut().find(|month| month.month == next.month) {
            Some(month) => month.after = next.after,
            None => together.push(next),
        }
    }
    together.retain(|month| month.before != month.after);
    together.sort_by(|a, b| a.month.cmp(&b.month));
    together
}

/// The area whose records a change is of. A file may hold changes of an area this version does not have.
fn area_of(context: &Context, activity: &Activity) -> Option<&'static Area> {
    context.app.areas().iter().copied().find(|area| area.records.contains(&activity.area.as_str()))
}

async fn describe(context: &Context, snapshot: &mut Snapshot, activity: &Activity) -> Result<Vec<FieldChange>> {
    match area_of(context, activity) {
        Some(area) => (area.describe)(context, snapshot, activity).await,
        None => Ok(Vec::new()),
    }
}

fn entry(context: &Context, activity: &Activity) -> ActivityEntry {
    let catalogue = context.app.catalogue(context.language);
    let named = |id: String, otherwise: &str| catalogue.find(&id).unwrap_or_else(|| otherwise.to_owned());
    ActivityEntry {
        id: activity.id,
        at: activity.at,
        what: named(format!("area-{}", activity.area), &activity.area),
        action: named(format!("action-{}", activity.action), &activity.action),
        subject: activity.subject.clone(),
        undone: activity.undone,
        undoable: false,
        changes: Vec::new(),
        moved: Vec::new(),
    }
}
