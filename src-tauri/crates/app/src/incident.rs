//! Incidents: declared in two fields, worked on by stages, told with what they took. A severity is suggested and never set.

use std::collections::BTreeMap;

use chrono::{DateTime, NaiveDate, Utc};
use domain::calendar::ReportingCalendar;
use domain::id::{IncidentId, VendorId};
use domain::incident::times::OutOfOrder;
use domain::incident::{
    Clock, ClockStanding, Impact, Incident, IncidentDetails, IncidentKind, Scope, Severity, Stage, Status, Times,
    suggested,
};
use domain::wall::{self, Wall, WallError};
use report::format;
use report::table::Tone;
use serde::{Deserialize, Serialize};
use store::Snapshot;
use store::activity::Activity;
use ts_rs::TS;
use uuid::Uuid;

use crate::error::FieldError;
use crate::slo::{BurntView, burnt_view};
use crate::view::{Link, word};
use crate::{AppError, Context, Result, activity};

pub(crate) mod figure;
mod taken;
pub(crate) mod waiting;

pub use taken::TakenView;
pub(crate) use taken::taken;

pub(crate) const INCIDENT: &str = "incident";

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct IncidentRef {
    pub id: IncidentId,
}

/// An incident as it is declared: what happened and of what kind. Everything else is guessed and put right later.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentDeclare {
    pub title: String,
    pub kind: IncidentKind,
    /// What the kind usually does, where nobody says.
    pub impact: Option<Impact>,
    pub scope: Option<Scope>,
}

/// An incident as typed.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentDraft {
    pub id: IncidentId,
    #[serde(flatten)]
    pub details: IncidentDetails,
}

/// A stage that is reached, now or at an instant.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct StageReached {
    pub id: IncidentId,
    pub stage: Stage,
    #[ts(type = "string | null")]
    pub at: Option<DateTime<Utc>>,
}

/// An instant as it is typed, in the workspace's zone where it names none.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct InstantText {
    pub text: String,
}

/// What was typed, read: an instant, or why it is none. A time that clocks showed twice is the first, and says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct InstantRead {
    #[ts(type = "string | null")]
    pub at: Option<DateTime<Utc>>,
    /// A sentence, where there is something to say.
    pub note: String,
}

/// How grave something would be.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SeverityQuery {
    pub kind: IncidentKind,
    pub impact: Option<Impact>,
    pub scope: Option<Scope>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SeverityView {
    pub impact: Impact,
    pub scope: Scope,
    pub severity: Severity,
    pub severity_text: String,
    /// Why, one sentence.
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentRow {
    pub id: IncidentId,
    pub number: u32,
    /// "INC-34".
    pub code: String,
    pub title: String,
    pub kind: IncidentKind,
    pub kind_text: String,
    pub severity: Severity,
    pub severity_text: String,
    pub status: Status,
    pub status_text: String,
    pub tone: Tone,
    /// The day it was seen, in the workspace's zone.
    #[ts(type = "string | null")]
    pub day: Option<NaiveDate>,
    pub day_text: String,
    /// Seconds from being seen to being over.
    #[ts(type = "number | null")]
    pub resolve: Option<i64>,
    pub resolve_text: String,
    pub vendors: String,
    pub commander: String,
}

/// A span of an incident in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SpanView {
    /// "ttd", "tta", "ttm", "ttr".
    pub id: String,
    pub label: String,
    pub text: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClockView {
    pub clock: Clock,
    /// When it is due; `None` before anybody is aware, or beyond the calendar.
    #[ts(type = "string | null")]
    pub deadline: Option<DateTime<Utc>>,
    /// "2 h 10 min left".
    pub standing: String,
    pub tone: Tone,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct IncidentView {
    pub row: IncidentRow,
    pub details: IncidentDetails,
    pub spans: Vec<SpanView>,
    pub suggestion: SeverityView,
    pub clocks: Vec<ClockView>,
    /// What its hours took beside what is usual for them; nothing where no usage of them is known.
    pub taken: Vec<TakenView>,
    /// What it took of error budgets, the most first.
    pub burnt: Vec<BurntView>,
    /// What comes next, where something does.
    pub next: Option<Stage>,
    /// Every vendor, for choosing from.
    pub vendors: Vec<NamedVendor>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct NamedVendor {
    pub id: VendorId,
    pub name: String,
}

/// "SEV1".
pub(crate) fn severity_text(severity: Severity) -> &'static str {
    match severity {
        Severity::Sev1 => "SEV1",
        Severity::Sev2 => "SEV2",
        Severity::Sev3 => "SEV3",
        Severity::Sev4 => "SEV4",
    }
}

fn suggestion(context: &Context, impact: Impact, scope: Scope) -> SeverityView {
    let severity = suggested(impact, scope);
    let args = [
        ("severity", severity_text(severity).into()),
        ("impact", context.text(&format!("incident-impact-{}", word(&impact)), &[]).into()),
        ("scope", context.text(&format!("incident-scope-{}", word(&scope)), &[]).into()),
    ];
    SeverityView {
        impact,
        scope,
        severity,
        severity_text: severity_text(severity).to_owned(),
        reason: context.text("incident-severity-reason", &args),
    }
}

pub async fn incident_severity(context: &Context, query: SeverityQuery) -> Result<SeverityView> {
    let impact = query.impact.unwrap_or(query.kind.usual_impact());
    Ok(suggestion(context, impact, query.scope.unwrap_or(Scope::Several)))
}

pub async fn instant_read(context: &Context, input: InstantText) -> Result<InstantRead> {
    let store = context.store().await?;
    let settings = store::workspace::settings(&mut *store.read().await?).await?;
    let today = context.today(&settings)?;
    let said = |id: &str| context.text(id, &[]);
    Ok(match wall::read(&input.text, settings.calendar()?.zone, today) {
        Ok(Wall::At(at)) => InstantRead { at: Some(at), note: String::new() },
        Ok(Wall::Twice { first, .. }) => InstantRead { at: Some(first), note: said("instant-twice") },
        Err(WallError::Skipped) => InstantRead { at: None, note: said("instant-skipped") },
        Err(WallError::NotATime) => InstantRead { at: None, note: said("instant-not-a-time") },
    })
}

/// What vendors are called.
async fn vendor_names(snapshot: &mut Snapshot) -> Result<BTreeMap<VendorId, String>> {
    let vendors = store::vendor::list(snapshot).await?;
    Ok(vendors.into_iter().map(|vendor| (vendor.id, vendor.details.name)).collect())
}

fn row(
    context: &Context,
    calendar: &ReportingCalendar,
    vendors: &BTreeMap<VendorId, String>,
    incident: &Incident,
) -> IncidentRow {
    let details = &incident.details;
    let status = details.times.status();
    let seen = details.times.detected.or(details.times.began);
    let day = seen.map(|at| calendar.day_of(at));
    let resolve = details.times.durations().resolve;
    let names: Vec<&str> = details.vendors.iter().filter_map(|id| vendors.get(id)).map(String::as_str).collect();
    IncidentRow {
        id: incident.id,
        number: incident.number,
        code: incident.code(),
        title: details.title.clone(),
        kind: details.kind,
        kind_text: context.text(&format!("incident-kind-{}", word(&details.kind)), &[]),
        severity: details.severity,
        severity_text: severity_text(details.severity).to_owned(),
        status,
        status_text: context.text(&format!("incident-status-{}", word(&status)), &[]),
        tone: match status {
            Status::Open => Tone::Bad,
            Status::Acknowledged | Status::Mitigated => Tone::Warn,
            Status::Resolved => Tone::Good,
        },
        day,
        day_text: day.map_or_else(|| format::UNKNOWN.to_owned(), |day| format::date(day, context.language)),
        resolve,
        resolve_text: span(context, resolve),
        vendors: format::listed(&names, context.language),
        commander: details.roles.commander.clone(),
    }
}

fn span(context: &Context, seconds: Option<i64>) -> String {
    seconds.map_or_else(|| format::UNKNOWN.to_owned(), |seconds| format::elapsed(seconds, context.language))
}

pub async fn incidents(context: &Context, (): ()) -> Result<Vec<IncidentRow>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let calendar = store::workspace::settings(&mut snapshot).await?.calendar()?;
    let vendors = vendor_names(&mut snapshot).await?;
    let incidents = store::incident::list(&mut snapshot).await?;
    Ok(incidents.iter().map(|incident| row(context, &calendar, &vendors, incident)).collect())
}

pub async fn incident(context: &Context, input: IncidentRef) -> Result<IncidentView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let incident = store::incident::get(&mut snapshot, input.id).await?;
    let calendar = store::workspace::settings(&mut snapshot).await?.calendar()?;
    let vendors = vendor_names(&mut snapshot).await?;
    let row = row(context, &calendar, &vendors, &incident);
    let details = incident.details;
    let taken = taken(context, &mut snapshot, &details).await?;
    let burnt = match taken::span(&details, context.now()) {
        Some(span) => crate::slo::burnt(context, &mut snapshot, span).await?,
        None => Vec::new(),
    };
    let burnt = burnt.iter().map(|one| burnt_view(context, one)).collect();
    let durations = details.times.durations();
    let spans = [
        ("ttd", durations.detect),
        ("tta", durations.acknowledge),
        ("ttm", durations.mitigate),
        ("ttr", durations.resolve),
    ];
    let spans = spans
        .into_iter()
        .map(|(id, seconds)| SpanView {
            id: id.to_owned(),
            label: context.text(&format!("incident-span-{id}"), &[]),
            text: span(context, seconds),
        })
        .collect();
    let clocks = details.clocks.iter().map(|clock| clock_view(context, &details.times, clock)).collect();
    let next = match row.status {
        Status::Open => Some(Stage::Acknowledged),
        Status::Acknowledged => Some(Stage::Mitigated),
        Status::Mitigated => Some(Stage::Resolved),
        Status::Resolved => None,
    };
    Ok(IncidentView {
        spans,
        suggestion: suggestion(context, details.impact, details.scope),
        clocks,
        taken,
        burnt,
        next,
        vendors: vendors.into_iter().map(|(id, name)| NamedVendor { id, name }).collect(),
        row,
        details,
    })
}

/// When somebody became aware: when it was seen, else when it began.
pub(crate) fn aware(times: &Times) -> Option<DateTime<Utc>> {
    times.detected.or(times.began)
}

pub(crate) fn clock_view(context: &Context, times: &Times, clock: &Clock) -> ClockView {
    let aware = aware(times);
    let standing = aware.and_then(|aware| clock.standing(aware, context.now()));
    let left =
        |id: &str, seconds: i64| context.text(id, &[("time", format::elapsed(seconds, context.language).into())]);
    let (text, tone) = match standing {
        Some(ClockStanding::Kept { late: false }) => (context.text("clock-kept", &[]), Tone::Good),
        Some(ClockStanding::Kept { late: true }) => (context.text("clock-late", &[]), Tone::Warn),
        Some(ClockStanding::Running { left: time }) => (left("clock-left", time.num_seconds()), Tone::Warn),
        Some(ClockStanding::Passed { since }) => (left("clock-passed", since.num_seconds()), Tone::Bad),
        None => (format::UNKNOWN.to_owned(), Tone::Plain),
    };
    ClockView { clock: clock.clone(), deadline: aware.and_then(|aware| clock.deadline(aware)), standing: text, tone }
}

pub async fn incident_declare(context: &Context, draft: IncidentDeclare) -> Result<IncidentRef> {
    let impact = draft.impact.unwrap_or(draft.kind.usual_impact());
    let scope = draft.scope.unwrap_or(Scope::Several);
    let details = IncidentDetails {
        title: draft.title,
        kind: draft.kind,
        severity: suggested(impact, scope),
        severity_reason: String::new(),
        impact,
        scope,
        summary: String::new(),
        times: Times { detected: Some(context.now()), ..Times::default() },
        roles: Default::default(),
        features: Default::default(),
        tenants: Default::default(),
        models: Default::default(),
        vendors: Default::default(),
        contracts: Default::default(),
        factors: Default::default(),
        clocks: Vec::new(),
        source: String::new(),
    };
    let details = checked(details, context.now())?;
    let store = context.store().await?;
    let mut write = store.write().await?;
    let number = store::incident::next_number(write.connection()).await?;
    let incident = Incident { id: IncidentId(Uuid::now_v7()), number, details };
    activity::created(&mut write, context, INCIDENT, &incident.id.to_string(), &called(&incident), &incident).await?;
    store::incident::save(&mut write, &incident, context.now()).await?;
    write.commit().await?;
    Ok(IncidentRef { id: incident.id })
}

/// "INC-34 Cross-tenant leak".
pub(crate) fn called(incident: &Incident) -> String {
    format!("{} {}", incident.code(), incident.details.title)
}

/// What is typed, cleaned; or what is wrong with it, field by field.
fn checked(mut details: IncidentDetails, now: DateTime<Utc>) -> Result<IncidentDetails> {
    details.title = details.title.trim().to_owned();
    details.severity_reason = details.severity_reason.trim().to_owned();
    let mut wrong = Vec::new();
    if details.title.is_empty() {
        wrong.push(FieldError::new("title", "required"));
    }
    if details.severity != suggested(details.impact, details.scope) && details.severity_reason.is_empty() {
        wrong.push(FieldError::new("severityReason", "severity-reason"));
    }
    for OutOfOrder { earlier, later } in details.times.out_of_order() {
        wrong.push(FieldError::new(&word(&later), &format!("before-{}", word(&earlier))));
    }
    // Clocks of two machines differ by minutes; what is still to come has not happened.
    let times = &details.times;
    for (stage, at) in [
        (Stage::Began, times.began),
        (Stage::Detected, times.detected),
        (Stage::Acknowledged, times.acknowledged),
        (Stage::Mitigated, times.mitigated),
        (Stage::Resolved, times.resolved),
    ] {
        if at.is_some_and(|at| at > now + chrono::Duration::minutes(10)) {
            wrong.push(FieldError::new(&word(&stage), "in-future"));
        }
    }
    for clock in &mut details.clocks {
        clock.name = clock.name.trim().to_owned();
        if clock.name.is_empty() || clock.hours == 0 {
            wrong.push(FieldError::new("clocks", "clock"));
        }
    }
    if wrong.is_empty() { Ok(details) } else { Err(AppError::Invalid(wrong)) }
}

async fn replace(context: &Context, id: IncidentId, change: impl FnOnce(&mut IncidentDetails)) -> Result<IncidentRef> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let before = store::incident::get(write.connection(), id).await?;
    let mut after = before.clone();
    change(&mut after.details);
    after.details = checked(after.details, context.now())?;
    if after != before {
        activity::edited(&mut write, context, INCIDENT, &id.to_string(), &called(&after), &before, &after).await?;
        store::incident::save(&mut write, &after, context.now()).await?;
        write.commit().await?;
    }
    Ok(IncidentRef { id })
}

pub async fn incident_save(context: &Context, draft: IncidentDraft) -> Result<IncidentRef> {
    replace(context, draft.id, |details| *details = draft.details).await
}

pub async fn incident_stage(context: &Context, reached: StageReached) -> Result<IncidentRef> {
    let at = Some(reached.at.unwrap_or(context.now()));
    let set = |details: &mut IncidentDetails| {
        let times = &mut details.times;
        match reached.stage {
            Stage::Began => times.began = at,
            Stage::Detected => times.detected = at,
            Stage::Acknowledged => times.acknowledged = at,
            Stage::Mitigated => times.mitigated = at,
            Stage::Resolved => times.resolved = at,
        }
    };
    replace(context, reached.id, set).await
}

pub async fn incident_delete(context: &Context, input: IncidentRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let incident = store::incident::get(write.connection(), input.id).await?;
    let id = incident.id.to_string();
    activity::deleted(&mut write, context, INCIDENT, &id, &called(&incident), &incident).await?;
    store::incident::delete(&mut write, incident.id).await?;
    write.commit().await?;
    Ok(())
}

pub(crate) async fn put_back(write: &mut store::Write, activity: &Activity) -> Result<()> {
    match activity.before.clone() {
        Some(before) => {
            let incident: Incident = activity::read(before)?;
            store::incident::save(write, &incident, DateTime::<Utc>::UNIX_EPOCH).await?;
        }
        None => store::incident::delete(write, activity::id_of(activity)?).await?,
    }
    Ok(())
}

pub(crate) fn link(id: IncidentId) -> Link {
    Link::to(INCIDENT, id)
}
