//! The time line: rows of time, event and evidence, each in UTC with the time on the wall beside it.

use chrono::{DateTime, Utc};
use domain::calendar::ReportingCalendar;
use domain::id::{EventId, IncidentId};
use domain::postmortem::Event;
use report::format;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::Write;
use store::postmortem::KeptEvent;
use ts_rs::TS;
use uuid::Uuid;

use super::{EVENT, read_kept};
use crate::activity::Batch;
use crate::error::FieldError;
use crate::{AppError, Context, Result, activity};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct EventView {
    pub id: EventId,
    pub event: Event,
    /// "13:02", of UTC.
    pub utc: String,
    /// "09:02", of the workspace's zone.
    pub local: String,
    /// The day in UTC, where it is another than the row's above.
    pub day: String,
}

/// A row as typed; without an id it is a new one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventDraft {
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<EventId>,
    pub incident_id: IncidentId,
    #[ts(type = "string")]
    pub at: DateTime<Utc>,
    pub text: String,
    #[serde(default)]
    pub evidence: String,
    #[serde(default)]
    pub who: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct EventRef {
    pub id: EventId,
}

/// Rows that come in together: what was chosen of a chat.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct EventsRequest {
    pub incident_id: IncidentId,
    pub events: Vec<Event>,
}

/// As the log keeps a row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Logged {
    id: EventId,
    incident_id: IncidentId,
    #[serde(flatten)]
    event: Event,
}

fn logged(kept: &KeptEvent) -> Logged {
    Logged { id: kept.id, incident_id: kept.incident_id, event: kept.event.clone() }
}

/// A row as the log kept it.
pub(super) fn kept(value: Value) -> Result<KeptEvent> {
    let Logged { id, incident_id, event } = activity::read(value)?;
    Ok(KeptEvent { id, incident_id, event })
}

pub(super) fn views(context: &Context, calendar: &ReportingCalendar, events: &[KeptEvent]) -> Vec<EventView> {
    let mut before = None;
    events
        .iter()
        .map(|kept| {
            let at = kept.event.at;
            let day = at.date_naive();
            let is_new = before.replace(day) != Some(day);
            EventView {
                id: kept.id,
                event: kept.event.clone(),
                utc: at.format("%H:%M").to_string(),
                local: at.with_timezone(&calendar.zone).format("%H:%M").to_string(),
                day: if is_new { format::date(day, context.language) } else { String::new() },
            }
        })
        .collect()
}

/// The longest event, in characters.
const LONGEST: usize = 10_000;

fn checked(mut event: Event) -> Result<Event> {
    event.text = event.text.trim().to_owned();
    event.evidence = event.evidence.trim().to_owned();
    event.who = event.who.trim().to_owned();
    for (text, most) in [(&mut event.evidence, 2_000), (&mut event.who, 200)] {
        if text.chars().count() > most {
            *text = text.chars().take(most).chain(['…']).collect();
        }
    }
    if event.text.is_empty() {
        return Err(AppError::Invalid(vec![FieldError::new("text", "required")]));
    }
    if event.text.chars().count() > LONGEST {
        event.text = event.text.chars().take(LONGEST).chain(['…']).collect();
    }
    Ok(event)
}

/// What is approved has its time line too.
pub(super) async fn expect_open(write: &mut Write, id: IncidentId) -> Result<()> {
    match read_kept(store::postmortem::get(write.connection(), id).await?)? {
        Some(kept) if kept.state.is_frozen() => Err(AppError::refused("postmortem-frozen")),
        _ => Ok(()),
    }
}

/// A sentence of it for the log.
fn subject(event: &Event) -> String {
    let line = event.text.lines().next().unwrap_or_default();
    let short: String = line.chars().take(60).collect();
    if short.len() < line.len() { format!("{short}…") } else { short }
}

pub async fn event_save(context: &Context, draft: EventDraft) -> Result<EventRef> {
    let event = checked(Event { at: draft.at, text: draft.text, evidence: draft.evidence, who: draft.who })?;
    let store = context.store().await?;
    let mut write = store.write().await?;
    store::incident::get(write.connection(), draft.incident_id).await?;
    expect_open(&mut write, draft.incident_id).await?;
    let before = match draft.id {
        Some(id) => {
            let all = store::postmortem::events(write.connection(), draft.incident_id).await?;
            Some(all.into_iter().find(|one| one.id == id).ok_or_else(|| AppError::refused("not-found"))?)
        }
        None => None,
    };
    let id = draft.id.unwrap_or_else(|| EventId(Uuid::now_v7()));
    let kept = KeptEvent { id, incident_id: draft.incident_id, event };
    if before.as_ref() != Some(&kept) {
        let (key, name) = (id.to_string(), subject(&kept.event));
        match &before {
            Some(before) => {
                let (before, after) = (logged(before), logged(&kept));
                activity::edited(&mut write, context, EVENT, &key, &name, &before, &after).await?;
            }
            None => activity::created(&mut write, context, EVENT, &key, &name, &logged(&kept)).await?,
        }
        store::postmortem::event_save(&mut write, &kept).await?;
        write.commit().await?;
    }
    Ok(EventRef { id })
}

pub async fn event_delete(context: &Context, input: EventRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let kept = store::postmortem::event_get(write.connection(), input.id).await?;
    let kept = kept.ok_or_else(|| AppError::refused("not-found"))?;
    expect_open(&mut write, kept.incident_id).await?;
    let (key, name) = (input.id.to_string(), subject(&kept.event));
    activity::deleted(&mut write, context, EVENT, &key, &name, &logged(&kept)).await?;
    store::postmortem::event_delete(&mut write, input.id).await?;
    write.commit().await?;
    Ok(())
}

/// Adds rows of a chat, as one change. A row that is there already, word for word and of the same instant, is not added twice.
pub async fn events_add(context: &Context, request: EventsRequest) -> Result<Batch> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    store::incident::get(write.connection(), request.incident_id).await?;
    expect_open(&mut write, request.incident_id).await?;
    let known = store::postmortem::events(write.connection(), request.incident_id).await?;
    let mut known: std::collections::BTreeSet<(DateTime<Utc>, String)> =
        known.into_iter().map(|one| (one.event.at, one.event.text)).collect();
    let mut ids = Vec::new();
    for event in request.events {
        let event = checked(event)?;
        if !known.insert((event.at, event.text.clone())) {
            continue;
        }
        let kept = KeptEvent { id: EventId(Uuid::now_v7()), incident_id: request.incident_id, event };
        let (key, name) = (kept.id.to_string(), subject(&kept.event));
        ids.push(activity::made(&mut write, context, EVENT, &key, &name, &logged(&kept)).await?);
        store::postmortem::event_save(&mut write, &kept).await?;
    }
    let batch = activity::together(&mut write, ids).await?;
    write.commit().await?;
    Ok(batch)
}
