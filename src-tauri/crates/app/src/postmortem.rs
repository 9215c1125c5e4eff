//! Post-mortems: written as one types, by several windows at once if need be, reviewed, approved and frozen with a hash. What the
//! product holds of an incident stands beside the text, and within it where the text says so.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::id::{ActionId, EventId, IncidentId};
use domain::incident::{Incident, Status};
use domain::postmortem::{Event, Piece, State, history, pieces};
use report::chart::ChartSpec;
use report::format;
use report::table::Tone;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::activity::Activity;
use store::{Snapshot, Write};
use ts_rs::TS;

use crate::error::FieldError;
use crate::incident::figure::figure;
use crate::incident::{IncidentRef, called, severity_text};
use crate::view::word;
use crate::{AppError, Context, Result, activity};

pub(crate) mod actions;
mod chat;
mod paper;
mod text;
mod timeline;

pub use actions::*;
pub use chat::*;
pub use paper::*;
pub use text::*;
pub use timeline::*;

pub(crate) const POSTMORTEM: &str = "postmortem";
pub(crate) const EVENT: &str = "incident-event";
pub(crate) const ACTION: &str = "incident-action";

/// What is kept of a post-mortem beside its revisions.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct Kept {
    pub state: State,
    /// Names that stay inside, of people and customers.
    pub names: Vec<String>,
    pub approval: Option<Approval>,
}

/// What was approved, by whom.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Approval {
    pub by: String,
    pub at: DateTime<Utc>,
    pub revision: u32,
    /// Over title, text and time line.
    pub hash: String,
    /// The time line as it was approved.
    pub events: Vec<Event>,
    /// Figures of the text as they were then, by name.
    #[serde(default)]
    pub figures: BTreeMap<String, ChartSpec>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct PostmortemView {
    pub id: IncidentId,
    pub code: String,
    pub title: String,
    /// Somebody has begun one.
    pub begun: bool,
    pub state: State,
    pub state_text: String,
    pub tone: Tone,
    /// What may follow.
    pub next: Vec<State>,
    pub approval: Option<ApprovalView>,
    pub events: Vec<EventView>,
    pub actions: Vec<ActionView>,
    pub names: Vec<String>,
    /// The workspace's zone, as it is called.
    pub zone: String,
    pub facts: Vec<FactView>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ApprovalView {
    pub by: String,
    pub at_text: String,
    pub hash: String,
    /// What was approved is what is there.
    pub holds: bool,
}

/// Something known of the incident, beside the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct FactView {
    pub label: String,
    pub text: String,
    pub tone: Tone,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StateRequest {
    pub id: IncidentId,
    pub state: State,
    /// Who approves; of other steps it may be empty.
    #[serde(default)]
    pub by: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct NamesRequest {
    pub id: IncidentId,
    pub names: Vec<String>,
}

pub(crate) fn read_kept(value: Option<Value>) -> Result<Option<Kept>> {
    value.map(activity::read).transpose()
}

pub(crate) fn written(kept: &Kept) -> Result<Value> {
    serde_json::to_value(kept).map_err(|error| AppError::Internal(error.to_string()))
}

/// One that was begun.
///
/// # Errors
/// `postmortem-none`.
pub(crate) async fn kept(snapshot: &mut Snapshot, id: IncidentId) -> Result<Kept> {
    let kept = read_kept(store::postmortem::get(snapshot, id).await?)?;
    kept.ok_or_else(|| AppError::refused("postmortem-none"))
}

/// What an approval is of, as one hash: who approved what, and when.
pub(crate) fn sealed(title: &str, text: &str, events: &[Event], (by, at): (&str, DateTime<Utc>)) -> String {
    let at = at.timestamp_millis();
    let whole = serde_json::json!(["quarterdeck postmortem 2", title, text, events, by, at]);
    history::hash(&whole.to_string())
}

/// Whether what was approved is what is there; `None` of one that is not approved. Nothing came after it, its text and time line are
/// what they were, and somebody did approve it.
pub(crate) async fn approval(snapshot: &mut Snapshot, incident: &Incident, kept: &Kept) -> Result<Option<bool>> {
    let Some(approval) = &kept.approval else {
        return Ok(kept.state.is_frozen().then_some(false));
    };
    let head = store::postmortem::head(snapshot, incident.id).await?.map_or(0, |head| head.number);
    let text = text::at(snapshot, incident.id, approval.revision).await?;
    let seal = |text: String| {
        sealed(&incident.details.title, &text, &approval.events, (&approval.by, approval.at)) == approval.hash
    };
    let events = store::postmortem::events(snapshot, incident.id).await?;
    let is_same = events.into_iter().map(|one| one.event).eq(approval.events.iter().cloned());
    Ok(Some(kept.state.is_frozen() && head == approval.revision && is_same && text.is_ok_and(seal)))
}

pub(crate) fn tone(state: State) -> Tone {
    match state {
        State::Draft => Tone::Warn,
        State::Review => Tone::Strong,
        State::Approved | State::Closed => Tone::Good,
    }
}

fn facts(context: &Context, incident: &Incident) -> Vec<FactView> {
    let details = &incident.details;
    let durations = details.times.durations();
    let text = |id: &str| context.text(id, &[]);
    let span = |seconds: Option<i64>| {
        seconds.map_or_else(|| format::UNKNOWN.to_owned(), |seconds| format::elapsed(seconds, context.language))
    };
    let fact = |label: String, text: String, tone: Tone| FactView { label, text, tone };
    let status = details.times.status();
    let mut facts = vec![
        fact(text("change-severity"), severity_text(details.severity).to_owned(), Tone::Strong),
        fact(text("change-kind"), text(&format!("incident-kind-{}", word(&details.kind))), Tone::Plain),
        fact(
            text("change-status"),
            text(&format!("incident-status-{}", word(&status))),
            if status == Status::Resolved { Tone::Good } else { Tone::Warn },
        ),
    ];
    let listed = |names: &std::collections::BTreeSet<String>| {
        format::listed(&names.iter().cloned().collect::<Vec<_>>(), context.language)
    };
    for (label, names) in [("change-features", &details.features), ("change-models", &details.models)] {
        if !names.is_empty() {
            facts.push(fact(text(label), listed(names), Tone::Plain));
        }
    }
    for (label, seconds) in [
        ("incident-span-ttd", durations.detect),
        ("incident-span-tta", durations.acknowledge),
        ("incident-span-ttm", durations.mitigate),
        ("incident-span-ttr", durations.resolve),
    ] {
        facts.push(fact(text(label), span(seconds), Tone::Plain));
    }
    for clock in &details.clocks {
        let view = crate::incident::clock_view(context, &details.times, clock);
        facts.push(fact(clock.name.clone(), view.standing, view.tone));
    }
    facts
}

pub async fn postmortem(context: &Context, input: IncidentRef) -> Result<PostmortemView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let incident = store::incident::get(&mut snapshot, input.id).await?;
    let settings = store::workspace::settings(&mut snapshot).await?;
    let calendar = settings.calendar()?;
    let today = context.today(&settings)?;
    let kept = read_kept(store::postmortem::get(&mut snapshot, input.id).await?)?;
    let begun = kept.is_some();
    let kept = kept.unwrap_or_default();
    let events = store::postmortem::events(&mut snapshot, input.id).await?;
    let holds = self::approval(&mut snapshot, &incident, &kept).await?;
    let approval = holds.map(|holds| match &kept.approval {
        Some(approval) => ApprovalView {
            by: approval.by.clone(),
            at_text: format::date(calendar.day_of(approval.at), context.language),
            hash: approval.hash.clone(),
            holds,
        },
        None => ApprovalView {
            by: format::UNKNOWN.to_owned(),
            at_text: format::UNKNOWN.to_owned(),
            hash: String::new(),
            holds,
        },
    });
    let actions = store::postmortem::actions(&mut snapshot).await?;
    let actions = actions
        .iter()
        .filter(|one| one.incident_id == input.id)
        .map(|one| actions::view(context, &incident, one, today))
        .collect();
    let mut facts = facts(context, &incident);
    for one in crate::incident::taken(context, &mut snapshot, &incident.details).await? {
        let tone = if one.within { Tone::Plain } else { Tone::Strong };
        facts.push(FactView { label: one.label, text: format!("{} ({})", one.actual, one.text), tone });
    }
    let next = [State::Draft, State::Review, State::Approved, State::Closed];
    Ok(PostmortemView {
        id: input.id,
        code: incident.code(),
        title: incident.details.title.clone(),
        begun,
        state: kept.state,
        state_text: context.text(&format!("postmortem-state-{}", word(&kept.state)), &[]),
        tone: tone(kept.state),
        next: next.into_iter().filter(|next| begun && kept.state.may_become(*next)).collect(),
        approval,
        events: timeline::views(context, &calendar, &events),
        actions,
        names: kept.names,
        zone: settings.time_zone.clone(),
        facts,
    })
}

/// Sends it on its way: to review, approved and frozen, closed, or back to its desk.
///
/// # Errors
/// `postmortem-step`, where that does not follow; `postmortem-actions-open`, while actions are; the approver's name.
pub async fn postmortem_state(context: &Context, request: StateRequest) -> Result<IncidentRef> {
    let by = request.by.split_whitespace().collect::<Vec<_>>().join(" ");
    let store = context.store().await?;
    let mut write = store.write().await?;
    let incident = store::incident::get(write.connection(), request.id).await?;
    let mut kept = self::kept(write.snapshot(), request.id).await?;
    if !kept.state.may_become(request.state) {
        return Err(AppError::refused("postmortem-step"));
    }
    let before = kept.clone();
    match request.state {
        State::Approved if kept.state == State::Review => {
            if by.is_empty() {
                return Err(AppError::Invalid(vec![FieldError::new("by", "required")]));
            }
            let (revision, whole) = text::newest(write.snapshot(), request.id).await?;
            let events = store::postmortem::events(write.connection(), request.id).await?;
            let events: Vec<Event> = events.into_iter().map(|one| one.event).collect();
            let at = context.now();
            kept.approval = Some(Approval {
                hash: sealed(&incident.details.title, &whole, &events, (&by, at)),
                by,
                at,
                revision,
                figures: figures(context, write.snapshot(), &incident, &whole).await?,
                events,
            });
        }
        State::Closed => {
            let actions = store::postmortem::actions(write.connection()).await?;
            let open =
                actions.iter().filter(|one| one.incident_id == request.id && !one.details.status.is_over()).count();
            if open > 0 {
                return Err(AppError::refused("postmortem-actions-open").with("count", open));
            }
        }
        State::Draft => kept.approval = None,
        State::Review | State::Approved => {}
    }
    kept.state = request.state;
    let (id, name) = (request.id.to_string(), called(&incident));
    activity::decided(&mut write, context, POSTMORTEM, &id, &name, &before, &kept).await?;
    store::postmortem::save(&mut write, request.id, &written(&kept)?, context.now()).await?;
    write.commit().await?;
    Ok(IncidentRef { id: request.id })
}

/// A figure of an incident, as it is asked for by its text.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct FigureRequest {
    pub id: IncidentId,
    pub name: String,
}

/// The figures a text has lines for.
async fn figures(
    context: &Context,
    snapshot: &mut Snapshot,
    incident: &Incident,
    text: &str,
) -> Result<BTreeMap<String, ChartSpec>> {
    let mut found = BTreeMap::new();
    for piece in pieces(text) {
        let Piece::Figure(name) = piece else { continue };
        if !found.contains_key(name)
            && let Some(chart) = figure(context, snapshot, &incident.details, name).await?
        {
            found.insert(name.to_owned(), chart);
        }
    }
    Ok(found)
}

/// A figure as it stands now; of what is approved as it stood then. `None` where nothing is known of its hours.
pub async fn postmortem_figure(context: &Context, request: FigureRequest) -> Result<Option<ChartSpec>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let incident = store::incident::get(&mut snapshot, request.id).await?;
    let kept = read_kept(store::postmortem::get(&mut snapshot, request.id).await?)?.unwrap_or_default();
    if let Some(approval) = kept.approval {
        return Ok(approval.figures.get(&request.name).cloned());
    }
    figure(context, &mut snapshot, &incident.details, &request.name).await
}

/// Names that stay inside when a text leaves.
pub async fn postmortem_names(context: &Context, request: NamesRequest) -> Result<IncidentRef> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let incident = store::incident::get(write.connection(), request.id).await?;
    let before = self::kept(write.snapshot(), request.id).await?;
    let names = request.names.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
    let kept = Kept { names: names.collect(), ..before.clone() };
    if kept != before {
        let (id, name) = (request.id.to_string(), called(&incident));
        activity::edited(&mut write, context, POSTMORTEM, &id, &name, &before, &kept).await?;
        store::postmortem::save(&mut write, request.id, &written(&kept)?, context.now()).await?;
        write.commit().await?;
    }
    Ok(IncidentRef { id: request.id })
}

pub(crate) async fn put_back(write: &mut Write, activity: &Activity) -> Result<()> {
    match activity.area.as_str() {
        EVENT => {
            let id: EventId = activity::id_of(activity)?;
            let before = activity.before.clone().map(timeline::kept).transpose()?;
            let of = match &before {
                Some(before) => Some(before.incident_id),
                None => store::postmortem::event_get(write.connection(), id).await?.map(|kept| kept.incident_id),
            };
            // What is approved is no more changed by taking something back than by hand.
            if let Some(of) = of {
                timeline::expect_open(write, of).await?;
            }
            match before {
                Some(before) => store::postmortem::event_save(write, &before).await?,
                None => store::postmortem::event_delete(write, id).await?,
            }
        }
        ACTION => match activity.before.clone() {
            Some(before) => store::postmortem::action_save(write, &activity::read(before)?).await?,
            None => store::postmortem::action_delete(write, activity::id_of::<ActionId>(activity)?).await?,
        },
        _ => {
            let id: IncidentId = activity::id_of(activity)?;
            // What was begun stays begun: its text is never taken away.
            let before = activity.before.clone().map(activity::read::<Kept>).transpose()?.unwrap_or_default();
            store::postmortem::save(write, id, &written(&before)?, DateTime::UNIX_EPOCH).await?;
        }
    }
    Ok(())
}

/// Every post-mortem as a text, every time line and action, for the export of the whole workspace.
pub(crate) async fn exported(_: &Context, snapshot: &mut Snapshot, folder: &std::path::Path) -> Result<u64> {
    let mut all = Vec::new();
    for incident in store::incident::list(snapshot).await? {
        let events = store::postmortem::events(snapshot, incident.id).await?;
        let kept = store::postmortem::get(snapshot, incident.id).await?;
        let text = if kept.is_some() { Some(text::newest(snapshot, incident.id).await?.1) } else { None };
        if kept.is_none() && events.is_empty() {
            continue;
        }
        let events: Vec<Event> = events.into_iter().map(|one| one.event).collect();
        all.push(serde_json::json!({
            "incident": incident.id, "number": incident.number, "details": kept, "text": text, "events": events,
        }));
    }
    let actions = store::postmortem::actions(snapshot).await?;
    crate::export::json(folder, "postmortems.json", &all)?;
    crate::export::json(folder, "actions.json", &actions)?;
    Ok((all.len() + actions.len()) as u64)
}
