//! The log of changes: what was before and what after. It stands below the areas and knows none of them; what a change
//! means is told by the area it is of.

use std::collections::HashMap;

use domain::id::ActivityId;
use report::format;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::activity::Activity;
use store::{Snapshot, Write};
use ts_rs::TS;
use uuid::Uuid;

use crate::view::FieldChange;
use crate::{AppError, Context, Result};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Created,
    Edited,
    Deleted,
    Imported,
    Reverted,
    /// Given to somebody, perhaps with others: each is a change of its own.
    Assigned,
    /// A choice, not something typed: each is a change of its own, however fast they follow each other.
    Decided,
    /// Made final: it does not change any more.
    Frozen,
    Signed,
    Opened,
    Closed,
    /// Ended without a result.
    Cancelled,
    /// The draft that followed is gone; this stands.
    Discarded,
}

impl Action {
    /// As the log keeps it; `action-<word>` names it for people.
    pub fn word(self) -> &'static str {
        match self {
            Action::Created => "created",
            Action::Edited => "edited",
            Action::Deleted => "deleted",
            Action::Imported => "imported",
            Action::Reverted => "reverted",
            Action::Assigned => "assigned",
            Action::Decided => "decided",
            Action::Frozen => "frozen",
            Action::Signed => "signed",
            Action::Opened => "opened",
            Action::Cancelled => "cancelled",
            Action::Discarded => "discarded",
            Action::Closed => "closed",
        }
    }
}

fn json<T: Serialize>(value: &T) -> Result<Value> {
    serde_json::to_value(value).map_err(|error| AppError::Internal(error.to_string()))
}

/// Reads what the log keeps of a record.
///
/// # Errors
/// A record of another shape.
pub fn read<T: DeserializeOwned>(value: Value) -> Result<T> {
    serde_json::from_value(value).map_err(|error| AppError::Internal(error.to_string()))
}

/// The id of the record a change is of.
///
/// # Errors
/// A record that has none.
pub fn id_of<T: std::str::FromStr>(activity: &Activity) -> Result<T> {
    activity.record.parse().map_err(|_| AppError::Internal("a record's id".into()))
}

async fn record(
    write: &mut Write,
    context: &Context,
    (kind, action): (&str, Action),
    record: &str,
    subject: &str,
    before: Option<Value>,
    after: Option<Value>,
) -> Result<ActivityId> {
    let activity = Activity {
        id: ActivityId(Uuid::now_v7()),
        at: context.now(),
        area: kind.to_owned(),
        action: action.word().to_owned(),
        record: record.to_owned(),
        subject: subject.to_owned(),
        before,
        after,
        undone: false,
        together: None,
    };
    store::activity::record(write, &activity).await?;
    Ok(activity.id)
}

pub async fn created<T: Serialize>(
    write: &mut Write,
    context: &Context,
    kind: &str,
    id: &str,
    subject: &str,
    after: &T,
) -> Result<()> {
    made(write, context, kind, id, subject, after).await.map(drop)
}

/// Logs something new that came with others; the id joins them to one change.
pub async fn made<T: Serialize>(
    write: &mut Write,
    context: &Context,
    kind: &str,
    id: &str,
    subject: &str,
    after: &T,
) -> Result<ActivityId> {
    record(write, context, (kind, Action::Created), id, subject, None, Some(json(after)?)).await
}

pub async fn edited<T: Serialize>(
    write: &mut Write,
    context: &Context,
    kind: &str,
    id: &str,
    subject: &str,
    before: &T,
    after: &T,
) -> Result<()> {
    record(write, context, (kind, Action::Edited), id, subject, Some(json(before)?), Some(json(after)?)).await.map(drop)
}

/// Logs that something has another owner. Returns the entry, so that what was assigned together is taken back together.
pub async fn assigned<T: Serialize>(
    write: &mut Write,
    context: &Context,
    kind: &str,
    id: &str,
    subject: &str,
    (before, after): (&T, &T),
) -> Result<ActivityId> {
    record(write, context, (kind, Action::Assigned), id, subject, Some(json(before)?), Some(json(after)?)).await
}

/// Logs a choice between given answers.
pub async fn decided<T: Serialize>(
    write: &mut Write,
    context: &Context,
    kind: &str,
    id: &str,
    subject: &str,
    before: &T,
    after: &T,
) -> Result<()> {
    record(write, context, (kind, Action::Decided), id, subject, Some(json(before)?), Some(json(after)?))
        .await
        .map(drop)
}

pub async fn deleted<T: Serialize>(
    write: &mut Write,
    context: &Context,
    kind: &str,
    id: &str,
    subject: &str,
    before: &T,
) -> Result<()> {
    record(write, context, (kind, Action::Deleted), id, subject, Some(json(before)?), None).await.map(drop)
}

/// Logs that something was taken back as a whole; undo brings it back.
pub async fn reverted<T: Serialize>(
    write: &mut Write,
    context: &Context,
    kind: &str,
    id: &str,
    subject: &str,
    before: &T,
) -> Result<ActivityId> {
    record(write, context, (kind, Action::Reverted), id, subject, Some(json(before)?), None).await
}

/// Logs a change that undo does not take back by itself (an import is taken back on its page).
pub async fn noted(
    write: &mut Write,
    context: &Context,
    kind: &str,
    action: Action,
    id: &str,
    subject: &str,
) -> Result<()> {
    record(write, context, (kind, action), id, subject, None, None).await.map(drop)
}

/// Logs that changes were made together, oldest first, so that they are taken back as one.
pub async fn together(write: &mut Write, ids: Vec<ActivityId>) -> Result<Batch> {
    store::activity::together(write, &ids).await?;
    Ok(Batch { ids })
}

/// Changes that were made together, oldest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Batch {
    pub ids: Vec<ActivityId>,
}

/// How a field of a record is put into words.
pub enum Shown {
    /// As it is kept.
    Text,
    /// Bookkeeping that nobody would know: ids, lists of ids.
    Hidden,
    Day,
    /// The day of it in the workspace's zone.
    Instant,
    YesNo,
    /// 1 to 12.
    MonthName,
    /// One of the messages that begin so.
    Word(&'static str),
    /// Some of the messages that begin so.
    Words(&'static str),
    /// The name of the record that has this id.
    Name,
}

/// What a change did to each field, in words. For a creation or deletion there is nothing to compare.
///
/// # Errors
/// The store's.
pub async fn changes(
    context: &Context,
    snapshot: &mut Snapshot,
    activity: &Activity,
    names: &HashMap<String, String>,
    shown: impl Fn(&str) -> Shown,
) -> Result<Vec<FieldChange>> {
    let (Some(Value::Object(before)), Some(Value::Object(after))) = (&activity.before, &activity.after) else {
        return Ok(Vec::new());
    };
    let calendar = store::workspace::settings(snapshot).await?.calendar()?;
    let catalogue = context.app.catalogue(context.language);
    let named = |id: String, otherwise: &str| catalogue.find(&id).unwrap_or_else(|| otherwise.to_owned());
    let text = |field: &str, value: Option<&Value>| {
        let text = readable(value?)?;
        Some(match shown(field) {
            Shown::Text | Shown::Hidden => text,
            Shown::Day => text.parse().map_or(text, |day| format::date(day, context.language)),
            Shown::Instant => match text.parse() {
                Ok(at) => format::date(calendar.day_of(at), context.language),
                Err(_) => text,
            },
            Shown::YesNo => named(format!("answer-{text}"), &text),
            Shown::MonthName => text.parse().map_or(text, |month| format::month_of_year(month, context.language)),
            Shown::Word(prefix) => named(format!("{prefix}{text}"), &text),
            Shown::Words(prefix) => {
                let words: Vec<String> = text.split("; ").map(|word| named(format!("{prefix}{word}"), word)).collect();
                format::listed(&words, context.language)
            }
            Shown::Name => names.get(&text).cloned().unwrap_or(text),
        })
    };
    let fields = after.keys().chain(before.keys().filter(|key| !after.contains_key(*key)));
    Ok(fields
        .filter(|field| before.get(*field) != after.get(*field) && !matches!(shown(field), Shown::Hidden))
        .map(|field| FieldChange {
            label: named(format!("change-{field}"), field),
            before: text(field, before.get(field)),
            after: text(field, after.get(field)),
        })
        .collect())
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
