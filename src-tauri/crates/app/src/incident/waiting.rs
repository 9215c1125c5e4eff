//! What incidents wait for: to be taken, to be over, to be told of.

use chrono::NaiveDate;
use domain::incident::{Clock, Incident, Severity, Stage, Status};
use domain::urgency::Urgency;
use report::format;

use super::{INCIDENT, aware, called, link, severity_text};
use crate::frame::attention::{AttentionItem, DatedThing};
use crate::view::word;
use crate::{Context, Result};

/// A grave incident waits this week; a lesser one this month.
fn urgency(severity: Severity) -> Urgency {
    if severity <= Severity::Sev2 { Urgency::Week } else { Urgency::Month }
}

fn item(context: &Context, incident: &Incident, kind: &str, detail: String, action: &str) -> AttentionItem {
    AttentionItem {
        key: format!("{INCIDENT}/{}/{kind}", incident.id),
        area: INCIDENT.to_owned(),
        kind: "incident-open".to_owned(),
        urgency: urgency(incident.details.severity),
        title: called(incident),
        detail,
        evidence: Vec::new(),
        owner: incident.details.roles.commander.clone(),
        due: None,
        days_left: None,
        money: None,
        action: context.text(action, &[]),
        link: link(incident.id),
    }
}

/// What a clock is known by, whichever others are added or taken away.
fn key(clock: &Clock) -> String {
    format!("clock-{}-{}", clock.hours, clock.name)
}

/// Incidents that are not over, and clocks that run.
pub(crate) async fn waiting(context: &Context) -> Result<Vec<AttentionItem>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let settings = store::workspace::settings(&mut snapshot).await?;
    let (calendar, today) = (settings.calendar()?, context.today(&settings)?);
    let mut items = Vec::new();
    for incident in store::incident::list(&mut snapshot).await? {
        let details = &incident.details;
        let status = details.times.status();
        if status != Status::Resolved {
            let since = aware(&details.times).map_or(0, |at| (context.now() - at).num_seconds());
            let args = [
                ("severity", severity_text(details.severity).into()),
                ("status", context.text(&format!("incident-status-{}", word(&status)), &[]).into()),
                ("time", format::elapsed(since, context.language).into()),
            ];
            let next = match status {
                Status::Open => Stage::Acknowledged,
                Status::Acknowledged => Stage::Mitigated,
                _ => Stage::Resolved,
            };
            let action = format!("attention-incident-{}", word(&next));
            items.push(item(context, &incident, "open", context.text("attention-incident-open", &args), &action));
        }
        for clock in details.clocks.iter().filter(|clock| clock.done.is_none()) {
            let Some(deadline) = aware(&details.times).and_then(|aware| clock.deadline(aware)) else { continue };
            let args = [("clock", clock.name.clone().into()), ("due", clock.due.clone().into())];
            let detail = context.text("attention-incident-clock", &args);
            let waits = item(context, &incident, &key(clock), detail, "attention-incident-tell");
            let waits = AttentionItem { kind: "incident-clock".to_owned(), ..waits };
            items.push(waits.due(calendar.day_of(deadline), today));
        }
    }
    Ok(items)
}

/// Days by which something has to be told.
pub(crate) async fn dated(context: &Context, (from, to): (NaiveDate, NaiveDate)) -> Result<Vec<DatedThing>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let settings = store::workspace::settings(&mut snapshot).await?;
    let (calendar, today) = (settings.calendar()?, context.today(&settings)?);
    let mut things = Vec::new();
    for incident in store::incident::list(&mut snapshot).await? {
        for clock in &incident.details.clocks {
            let Some(deadline) = aware(&incident.details.times).and_then(|aware| clock.deadline(aware)) else {
                continue;
            };
            let day = calendar.day_of(deadline);
            if !(from..=to).contains(&day) || clock.done.is_some() {
                continue;
            }
            things.push(DatedThing {
                key: format!("{INCIDENT}/{}/{}", incident.id, key(clock)),
                area: INCIDENT.to_owned(),
                kind: "incident-clock".to_owned(),
                day,
                title: called(&incident),
                detail: format!("{}: {}", clock.name, clock.due),
                owner: incident.details.roles.commander.clone(),
                urgency: Urgency::of((day - today).num_days()),
                link: link(incident.id),
            });
        }
    }
    Ok(things)
}
