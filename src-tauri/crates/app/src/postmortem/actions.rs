//! Actions: what is done so that it does not come again, by whom and when, and how anybody will know.

use chrono::NaiveDate;
use domain::id::{ActionId, IncidentId};
use domain::incident::Incident;
use domain::postmortem::{Action, ActionDetails, ActionStatus, State};
use domain::urgency::Urgency;
use report::format;
use report::table::Tone;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use super::ACTION;
use crate::error::FieldError;
use crate::frame::attention::{AttentionItem, DatedThing};
use crate::incident::link;
use crate::view::word;
use crate::{AppError, Context, Result, activity};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActionView {
    pub id: ActionId,
    pub incident_id: IncidentId,
    /// "INC-27".
    pub incident: String,
    pub incident_title: String,
    pub details: ActionDetails,
    pub kind_text: String,
    pub status_text: String,
    pub due_text: String,
    /// "overdue 3 d"; empty where it is not.
    pub overdue_text: String,
    #[ts(type = "number | null")]
    pub overdue: Option<i64>,
    pub tone: Tone,
}

/// An action as typed; without an id it is a new one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ActionDraft {
    #[serde(default)]
    #[ts(optional)]
    pub id: Option<ActionId>,
    pub incident_id: IncidentId,
    #[serde(flatten)]
    pub details: ActionDetails,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ActionRef {
    pub id: ActionId,
}

pub(super) fn view(context: &Context, incident: &Incident, action: &Action, today: NaiveDate) -> ActionView {
    let details = &action.details;
    let overdue = details.overdue(today);
    ActionView {
        id: action.id,
        incident_id: action.incident_id,
        incident: incident.code(),
        incident_title: incident.details.title.clone(),
        kind_text: context.text(&format!("action-kind-{}", word(&details.kind)), &[]),
        status_text: context.text(&format!("action-status-{}", word(&details.status)), &[]),
        due_text: details.due.map_or_else(|| format::UNKNOWN.to_owned(), |due| format::date(due, context.language)),
        overdue_text: overdue.map_or_else(String::new, |days| context.text("action-overdue", &[("days", days.into())])),
        overdue,
        tone: match details.status {
            _ if overdue.is_some() => Tone::Bad,
            ActionStatus::Verified => Tone::Good,
            ActionStatus::Done => Tone::Strong,
            ActionStatus::Dropped => Tone::Muted,
            ActionStatus::Open | ActionStatus::Doing => Tone::Plain,
        },
        details: details.clone(),
    }
}

/// Every action, those that are late first, then by due day; what has none comes last.
pub async fn actions(context: &Context, (): ()) -> Result<Vec<ActionView>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let settings = store::workspace::settings(&mut snapshot).await?;
    let today = context.today(&settings)?;
    let incidents = store::incident::list(&mut snapshot).await?;
    let mut views: Vec<ActionView> = store::postmortem::actions(&mut snapshot)
        .await?
        .iter()
        .filter_map(|one| {
            let incident = incidents.iter().find(|incident| incident.id == one.incident_id)?;
            Some(view(context, incident, one, today))
        })
        .collect();
    views.sort_by_key(|one| {
        (one.details.status.is_done(), one.overdue.is_none(), one.details.due.unwrap_or(NaiveDate::MAX), one.id.0)
    });
    Ok(views)
}

fn checked(mut details: ActionDetails, today: NaiveDate) -> Result<ActionDetails> {
    for text in [&mut details.title, &mut details.owner, &mut details.verify, &mut details.evidence] {
        *text = text.trim().to_owned();
    }
    let mut wrong = Vec::new();
    if details.title.is_empty() {
        wrong.push(FieldError::new("title", "required"));
    }
    // That it works is shown, not said; that it is dropped has a reason.
    if details.status.is_over() && details.evidence.is_empty() {
        let code = if details.status == ActionStatus::Verified { "action-evidence" } else { "action-reason" };
        wrong.push(FieldError::new("evidence", code));
    }
    let is_done = matches!(details.status, ActionStatus::Done | ActionStatus::Verified);
    details.done_on = is_done.then(|| details.done_on.unwrap_or(today));
    if wrong.is_empty() { Ok(details) } else { Err(AppError::Invalid(wrong)) }
}

pub async fn action_save(context: &Context, draft: ActionDraft) -> Result<ActionRef> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let settings = store::workspace::settings(write.connection()).await?;
    let details = checked(draft.details, context.today(&settings)?)?;
    store::incident::get(write.connection(), draft.incident_id).await?;
    let before = match draft.id {
        Some(id) => {
            let kept = store::postmortem::action_get(write.connection(), id).await?;
            Some(kept.ok_or_else(|| AppError::refused("not-found"))?)
        }
        None => None,
    };
    let id = draft.id.unwrap_or_else(|| ActionId(Uuid::now_v7()));
    let incident_id = before.as_ref().map_or(draft.incident_id, |before| before.incident_id);
    let after = Action { id, incident_id, details };
    if before.as_ref() != Some(&after) {
        let (key, name) = (id.to_string(), after.details.title.clone());
        match &before {
            Some(before) => activity::edited(&mut write, context, ACTION, &key, &name, before, &after).await?,
            None => activity::created(&mut write, context, ACTION, &key, &name, &after).await?,
        }
        store::postmortem::action_save(&mut write, &after).await?;
        // What was closed because everything was over is not closed any more.
        let kept = super::read_kept(store::postmortem::get(write.connection(), incident_id).await?)?;
        if let Some(kept) = kept.filter(|kept| kept.state == State::Closed && !after.details.status.is_over()) {
            let reopened = super::Kept { state: State::Approved, ..kept };
            store::postmortem::save(&mut write, incident_id, &super::written(&reopened)?, context.now()).await?;
        }
        write.commit().await?;
    }
    Ok(ActionRef { id })
}

pub async fn action_delete(context: &Context, input: ActionRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let kept = store::postmortem::action_get(write.connection(), input.id).await?;
    let kept = kept.ok_or_else(|| AppError::refused("not-found"))?;
    activity::deleted(&mut write, context, ACTION, &input.id.to_string(), &kept.details.title, &kept).await?;
    store::postmortem::action_delete(&mut write, input.id).await?;
    write.commit().await?;
    Ok(())
}

/// Actions that are due or late, and those that are done and that nobody has looked at.
pub(crate) async fn waiting(context: &Context) -> Result<Vec<AttentionItem>> {
    let store = context.store().await?;
    let settings = store::workspace::settings(&mut *store.read().await?).await?;
    let today = context.today(&settings)?;
    let mut items = Vec::new();
    for one in actions(context, ()).await? {
        let details = &one.details;
        let is_unseen = details.status == ActionStatus::Done;
        let days = details.due.map(|due| (due - today).num_days());
        let is_due = !details.status.is_done() && days.is_some_and(|days| days <= 7);
        if !is_due && !is_unseen {
            continue;
        }
        let args = [("incident", one.incident.clone().into()), ("kind", one.kind_text.clone().into())];
        let id = if is_unseen { "attention-action-verify" } else { "attention-action-due" };
        let item = AttentionItem {
            key: format!("{ACTION}/{}/{}", one.id, word(&details.status)),
            area: super::POSTMORTEM.to_owned(),
            kind: if is_unseen { "action-verify" } else { "action-due" }.to_owned(),
            urgency: Urgency::Month,
            title: details.title.clone(),
            detail: context.text(id, &args),
            evidence: Vec::new(),
            owner: details.owner.clone(),
            due: None,
            days_left: None,
            money: None,
            action: context.text(&format!("{id}-do"), &[]),
            link: link(one.incident_id),
        };
        items.push(match details.due {
            Some(due) if is_due => item.due(due, today),
            _ => item,
        });
    }
    Ok(items)
}

/// Days by which something is to be done.
pub(crate) async fn dated(context: &Context, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<DatedThing>> {
    let store = context.store().await?;
    let today = context.today(&store::workspace::settings(&mut *store.read().await?).await?)?;
    let all = actions(context, ()).await?;
    let within =
        |one: &ActionView| one.details.due.filter(|due| (from..=to).contains(due) && !one.details.status.is_done());
    Ok(all
        .into_iter()
        .filter_map(|one| {
            let day = within(&one)?;
            Some(dated_thing(context, &one, (day, today)))
        })
        .collect())
}

fn dated_thing(context: &Context, one: &ActionView, (day, today): (NaiveDate, NaiveDate)) -> DatedThing {
    DatedThing {
        key: format!("{ACTION}/{}", one.id),
        area: super::POSTMORTEM.to_owned(),
        kind: "action".to_owned(),
        day,
        title: one.details.title.clone(),
        detail: context.text("calendar-action", &[("incident", one.incident.clone().into())]),
        owner: one.details.owner.clone(),
        urgency: Urgency::of((day - today).num_days()),
        link: link(one.incident_id),
    }
}
