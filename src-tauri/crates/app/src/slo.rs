//! Service-level objectives: what they allow, what is left of it, how fast it goes, and who is called.
//!
//! What is measured ends where usage or files end: an objective is judged at that instant, and the instant is said.

use chrono::{DateTime, Duration, NaiveDate, Utc};
use domain::calendar::{ReportingCalendar, Tz};
use domain::id::{SloId, SloImportId};
use domain::slo::definition::{self, Indicator, SloDetails};
use domain::slo::{AlertState, Budget, Exhaustion, History, Pace, StandingAlert, Window, budget};
use report::chart::ChartSpec;
use report::format;
use report::table::Tone;
use serde::{Deserialize, Serialize};
use store::Snapshot;
use store::activity::Activity;
use store::slo::Slo;
use ts_rs::TS;
use uuid::Uuid;

use crate::error::FieldError;
use crate::view::{Link, word};
use crate::{AppError, Context, Result, activity};

mod chart;
mod events;
pub(crate) mod files;
mod proposal;
pub(crate) mod review;
pub(crate) mod waiting;
mod words;

pub use files::{
    SloExport, SloFileMade, SloFilePlan, SloFileRequest, SloFound, SloImportRef, SloMeasureRequest, SloMeasured,
    slo_export, slo_file, slo_file_commit, slo_measure, slo_measure_revert,
};
pub use proposal::{ProposalView, slo_proposals};
use words::{gone_text, scope_text, window_text};

pub(crate) const SLO: &str = "slo";

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SloRef {
    pub id: SloId,
}

/// An objective as typed; without an id a new one.
#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SloDraft {
    pub id: Option<SloId>,
    #[serde(flatten)]
    pub details: SloDetails,
}

/// How an objective stands, in a line.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SloRow {
    pub id: SloId,
    pub name: String,
    pub service: String,
    pub owner: String,
    /// "availability", "latency", "cost", "measured".
    pub kind: String,
    pub kind_text: String,
    /// What is measured: "Requests answered within 4.0 s, feature support".
    pub indicator_text: String,
    /// "99.5 %".
    pub objective_text: String,
    /// "28 days, rolling".
    pub window_text: String,
    /// "99.61 %"; "—" where nothing is known.
    pub sli_text: String,
    /// Share of the budget that is left, below 0 once it is overspent; `None` where nothing is known, or too little.
    pub left: Option<f64>,
    pub left_text: String,
    /// Burn rate of the last three days: "1.3×".
    pub burn_text: String,
    /// When it runs out at that pace: "8 Dec 2026", "never", "used up".
    pub gone_text: String,
    #[ts(type = "string | null")]
    pub gone: Option<NaiveDate>,
    pub tone: Tone,
    pub state_text: String,
    /// Alerts that fire.
    pub firing: u32,
    /// What is to be known before it is relied on: an alert that can never fire. Empty where there is nothing.
    pub warning: String,
    /// Share of the budget used at which the next step of the policy stands, in percent; `None` where there is none.
    pub next_step: Option<u32>,
    /// Up to when it is measured: "30 Nov 2026, 04:00".
    pub measured_to: String,
}

/// An alert and how it stands.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "SloAlert")]
pub struct AlertView {
    /// By the burn rate of 30 days: "14.4×".
    pub name: String,
    pub severity_text: String,
    /// Of this window: "13.4×".
    pub factor_text: String,
    /// "1 h / 5 min".
    pub windows_text: String,
    pub long_text: String,
    pub short_text: String,
    pub events_text: String,
    pub state: AlertState,
    pub state_text: String,
    pub tone: Tone,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "SloPolicyView")]
pub struct PolicyView {
    /// "75 %".
    pub percent_text: String,
    pub action: String,
    pub reached: bool,
}

/// What customers are promised, beside what is aimed at.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "SloPromise")]
pub struct PromiseView {
    pub objective_text: String,
    pub left_text: String,
    pub kept: bool,
    pub sentence: String,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "SloImportRow")]
pub struct ImportView {
    pub id: SloImportId,
    pub name: String,
    pub at_text: String,
    pub points_text: String,
    pub issues: u32,
    pub reverted: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SloView {
    pub row: SloRow,
    pub details: SloDetails,
    /// "99 of 321 bad events that are allowed".
    pub used_text: String,
    pub chart: Option<ChartSpec>,
    /// What the alerts come to, one sentence.
    pub alerts_title: String,
    pub alerts: Vec<AlertView>,
    pub policy: Vec<PolicyView>,
    pub promise: Option<PromiseView>,
    pub imports: Vec<ImportView>,
    /// Where the figures come from, and how much of the window is known.
    pub source: String,
}

/// An objective with the figures it comes to.
pub(crate) struct Standing {
    pub slo: Slo,
    pub zone: Tz,
    /// As its method counts events.
    pub counted: History,
    /// The instant it is judged at, in minutes since 1970: the last that is known.
    pub minute: i64,
    pub budget: Budget,
    /// Burn rate of the last three days.
    pub burn: Option<f64>,
    pub alerts: Vec<StandingAlert>,
    pub ahead: Option<Vec<f64>>,
}

const DAY: i64 = 24 * 60;
/// Days of the short pace.
const SHORT: u32 = 3;

impl Standing {
    /// Less than that is known of the window, or fewer events than asked for: nothing is said.
    fn is_enough(&self) -> bool {
        self.budget.counts.total > 0.0
            && (self.slo.details.method.slice().is_some() || self.budget.counts.total >= self.slo.details.fewest_events)
    }

    pub fn left(&self) -> Option<f64> {
        self.budget.left().filter(|_| self.is_enough())
    }

    pub fn is_firing(&self) -> bool {
        self.alerts.iter().any(|alert| alert.state == AlertState::Firing)
    }

    fn exhaustion(&self) -> Option<Exhaustion> {
        self.left()?;
        self.ahead.as_deref().map(budget::exhaustion)
    }

    /// The day it is used up at the pace of the last days, where that is known and lies ahead.
    pub fn gone(&self, calendar: &ReportingCalendar) -> Option<NaiveDate> {
        match self.exhaustion()? {
            Exhaustion::In { days } => Some(calendar.day_of_seconds((self.minute + i64::from(days) * DAY) * 60)),
            _ => None,
        }
    }
}

fn instant(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(minute * 60, 0).unwrap_or(DateTime::UNIX_EPOCH)
}

/// Days of a window at most.
fn days_of(window: Window) -> i64 {
    match window {
        Window::Rolling { days } => i64::from(days),
        Window::Calendar { unit } => match unit {
            domain::slo::CalendarUnit::Week => 7,
            domain::slo::CalendarUnit::Month => 31,
            domain::slo::CalendarUnit::Quarter => 92,
            domain::slo::CalendarUnit::Year => 366,
        },
    }
}

/// How one stands: over its window and as much before it, so that what left the window is known too.
pub(crate) async fn standing(
    context: &Context,
    snapshot: &mut Snapshot,
    calendar: &ReportingCalendar,
    slo: Slo,
) -> Result<Standing> {
    standing_at(context, snapshot, calendar, slo, context.now()).await
}

/// How one stood at an instant.
async fn standing_at(
    context: &Context,
    snapshot: &mut Snapshot,
    calendar: &ReportingCalendar,
    slo: Slo,
    now: DateTime<Utc>,
) -> Result<Standing> {
    let zone = slo.details.zone.parse().unwrap_or(calendar.zone);
    let back = Duration::days(days_of(slo.details.window) * 2 + 4);
    let history = events::events(context, snapshot, &slo, (now - back, now)).await?;
    let last = now.timestamp().div_euclid(60);
    let minute = history.known().map_or(last, |(_, to)| to.min(last));
    let details = &slo.details;
    let counted = history.by(details.method);
    let budget = Budget::of(&counted, details.objective, details.method, details.window, zone, minute);
    let recent = counted.sum(minute - i64::from(SHORT) * DAY, minute);
    let minutes = details.window.minutes(minute, zone);
    let alerts = details
        .alert_rules()
        .iter()
        .map(|rule| StandingAlert::of(rule, &history, details.objective, minutes, details.fewest_events, minute))
        .collect();
    let ahead = Pace::over(&counted, SHORT, minute)
        .map(|pace| budget::ahead(&counted, details.objective, details.method, details.window, zone, minute, pace));
    let burn = budget::burn_rate(recent, details.objective);
    Ok(Standing { zone, counted, minute, budget, burn, alerts, ahead, slo })
}

/// How all of them stand, those that need somebody first.
pub(crate) async fn standings(context: &Context, snapshot: &mut Snapshot) -> Result<Vec<Standing>> {
    let calendar = store::workspace::settings(snapshot).await?.calendar()?;
    let mut all = Vec::new();
    for slo in store::slo::list(snapshot).await? {
        all.push(standing(context, snapshot, &calendar, slo).await?);
    }
    Ok(all)
}

fn tone(standing: &Standing) -> Tone {
    match (standing.left(), standing.is_firing()) {
        (None, _) => Tone::Plain,
        (Some(left), _) if left <= 0.0 => Tone::Bad,
        (_, true) => Tone::Bad,
        (Some(left), _) if left <= 0.25 => Tone::Warn,
        _ => Tone::Good,
    }
}

fn state_text(context: &Context, standing: &Standing) -> String {
    let id = match (standing.left(), standing.is_firing()) {
        (None, _) if standing.budget.counts.total > 0.0 => "slo-state-few",
        (None, _) => "slo-state-unknown",
        (Some(left), _) if left < 0.0 => "slo-state-missed",
        (_, true) => "slo-state-burning",
        (Some(left), _) if left <= 0.25 => "slo-state-low",
        _ => "slo-state-met",
    };
    context.text(id, &[])
}

fn times(rate: Option<f64>) -> String {
    rate.map_or_else(|| format::UNKNOWN.to_owned(), |rate| format!("{}×", format::ratio(rate, 1)))
}

fn share(share: Option<f64>) -> String {
    share.map_or_else(|| format::UNKNOWN.to_owned(), |share| format::share(share, 0))
}

/// With as many digits as tell it from its objective.
fn sli_text(standing: &Standing) -> String {
    let Some(sli) = standing.budget.sli() else { return format::UNKNOWN.to_owned() };
    let digits = standing.slo.details.objective.to_string().split_once('.').map_or(0, |(_, part)| part.len() as u32);
    format::share(sli, (digits + 1).min(6))
}

fn row(context: &Context, calendar: &ReportingCalendar, standing: &Standing) -> SloRow {
    let details = &standing.slo.details;
    let unreachable = definition::unreachable_alerts(details);
    let consumed = standing.budget.consumed().unwrap_or(0.0);
    let kind = match &details.indicator {
        Indicator::Availability { .. } => "availability",
        Indicator::Latency { .. } => "latency",
        Indicator::Cost { .. } => "cost",
        Indicator::Measured { .. } => "measured",
    };
    let warning = unreachable.first().map(|at| {
        let rule = &details.alert_rules()[*at];
        let args = [
            ("alert", times(Some(rule.known_as())).into()),
            ("objective", format!("{} %", details.objective).into()),
            ("highest", times(Some(details.objective.highest_burn())).into()),
        ];
        context.text("slo-never-fires", &args)
    });
    let left = standing.left();
    SloRow {
        id: standing.slo.id,
        name: details.name.clone(),
        service: details.service.clone(),
        owner: details.owner.clone(),
        kind: kind.to_owned(),
        kind_text: context.text(&format!("slo-kind-{kind}"), &[]),
        indicator_text: scope_text(context, &details.indicator),
        objective_text: format!("{} %", details.objective),
        window_text: window_text(context, details.window),
        sli_text: sli_text(standing),
        left,
        left_text: share(left),
        burn_text: times(standing.burn),
        gone_text: gone_text(context, calendar, standing.exhaustion(), standing.minute),
        gone: standing.gone(calendar),
        tone: tone(standing),
        state_text: state_text(context, standing),
        firing: standing.alerts.iter().filter(|alert| alert.state == AlertState::Firing).count() as u32,
        warning: warning.unwrap_or_default(),
        next_step: details.policy.iter().map(|step| step.percent).find(|step| consumed * 100.0 < f64::from(*step)),
        measured_to: if standing.counted.is_empty() {
            format::UNKNOWN.to_owned()
        } else {
            words::instant_text(calendar, instant(standing.minute), context.language)
        },
    }
}

pub async fn slos(context: &Context, (): ()) -> Result<Vec<SloRow>> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let calendar = store::workspace::settings(&mut snapshot).await?.calendar()?;
    let all = standings(context, &mut snapshot).await?;
    Ok(all.iter().map(|standing| row(context, &calendar, standing)).collect())
}

fn alert_view(context: &Context, rule: &domain::slo::AlertRule, alert: &StandingAlert) -> AlertView {
    let minutes = |minutes: u32| format::elapsed(i64::from(minutes) * 60, context.language);
    AlertView {
        name: times(Some(rule.known_as())),
        severity_text: context.text(&format!("slo-alert-{}", word(&rule.severity)), &[]),
        factor_text: times(Some(alert.factor)),
        windows_text: format!("{} / {}", minutes(rule.long_minutes), minutes(rule.short_minutes)),
        long_text: times(alert.long),
        short_text: times(alert.short),
        events_text: format::count(alert.events.round() as i128),
        state: alert.state,
        state_text: context.text(&format!("slo-alert-state-{}", word(&alert.state)), &[]),
        tone: match alert.state {
            AlertState::Firing => Tone::Bad,
            AlertState::NeverFires => Tone::Warn,
            AlertState::Quiet => Tone::Good,
            AlertState::ShortUnder | AlertState::InsufficientData | AlertState::TooCoarse => Tone::Plain,
        },
    }
}

/// "3 days burn past the limit", "No alert fires".
fn alerts_title(context: &Context, standing: &Standing) -> String {
    let firing = standing.slo.details.alert_rules().iter().zip(&standing.alerts);
    let firing: Vec<String> = firing
        .filter(|(_, alert)| alert.state == AlertState::Firing)
        .map(|(rule, _)| times(Some(rule.known_as())))
        .collect();
    if firing.is_empty() {
        context.text("slo-alerts-quiet", &[])
    } else {
        context.text("slo-alerts-firing", &[("alerts", format::listed(&firing, context.language).into())])
    }
}

fn used_text(context: &Context, standing: &Standing) -> String {
    let budget = &standing.budget;
    if budget.counts.total <= 0.0 {
        return format::UNKNOWN.to_owned();
    }
    let count = |value: f64| format::count(value.round() as i128);
    let id = if standing.slo.details.method.slice().is_some() { "slo-used-slices" } else { "slo-used-events" };
    context.text(id, &[("bad", count(budget.counts.bad()).into()), ("allowed", count(budget.allowed).into())])
}

fn promise(context: &Context, standing: &Standing) -> Option<PromiseView> {
    let details = &standing.slo.details;
    let promised = details.promised?;
    let budget =
        Budget::of(&standing.counted, promised, details.method, details.window, standing.zone, standing.minute);
    let left = budget.left().filter(|_| standing.is_enough());
    let args = [("promised", format!("{promised} %").into()), ("objective", format!("{} %", details.objective).into())];
    Some(PromiseView {
        objective_text: format!("{promised} %"),
        left_text: share(left),
        kept: left.is_none_or(|left| left >= 0.0),
        sentence: context.text("slo-promise-looser", &args),
    })
}

pub async fn slo(context: &Context, input: SloRef) -> Result<SloView> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let calendar = store::workspace::settings(&mut snapshot).await?.calendar()?;
    let slo = store::slo::get(&mut snapshot, input.id).await?;
    let standing = standing(context, &mut snapshot, &calendar, slo).await?;
    let incidents = store::incident::list(&mut snapshot).await?;
    let imports = store::slo::imports(&mut snapshot, input.id).await?;
    let details = &standing.slo.details;
    let consumed = standing.budget.consumed().unwrap_or(0.0);
    Ok(SloView {
        used_text: used_text(context, &standing),
        chart: chart::burn_down(context, &calendar, &standing, &incidents),
        alerts_title: alerts_title(context, &standing),
        alerts: details
            .alert_rules()
            .iter()
            .zip(&standing.alerts)
            .map(|(rule, alert)| alert_view(context, rule, alert))
            .collect(),
        policy: details
            .policy
            .iter()
            .map(|step| PolicyView {
                percent_text: format!("{} %", step.percent),
                action: step.action.clone(),
                reached: standing.left().is_some() && consumed * 100.0 >= f64::from(step.percent),
            })
            .collect(),
        promise: promise(context, &standing),
        imports: imports
            .iter()
            .map(|import| ImportView {
                id: import.id,
                name: import.name.clone(),
                at_text: words::instant_text(&calendar, import.at, context.language),
                points_text: format::count(import.points.into()),
                issues: import.issues as u32,
                reverted: import.reverted,
            })
            .collect(),
        source: words::source(context, &calendar, &standing),
        row: row(context, &calendar, &standing),
        details: standing.slo.details,
    })
}

/// What a span of time took of an objective's budget.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
#[ts(rename = "SloBurnt")]
pub struct BurntView {
    pub id: SloId,
    pub name: String,
    /// "6.1 % of the budget".
    pub text: String,
}

/// Less of a budget than that is told of no incident, as a share: an ordinary hour takes some, too.
const LEAST_BURNT: f64 = 0.01;

/// What an incident took of error budgets, the most first: of each objective the bad events between two instants, in what the
/// window that ends with it allows.
pub(crate) async fn burnt(
    context: &Context,
    snapshot: &mut Snapshot,
    (from, to): (DateTime<Utc>, DateTime<Utc>),
) -> Result<Vec<(Standing, f64)>> {
    let calendar = store::workspace::settings(snapshot).await?.calendar()?;
    let minute = |at: DateTime<Utc>| at.timestamp().div_euclid(60);
    let mut found = Vec::new();
    for slo in store::slo::list(snapshot).await? {
        // Points begin on the hour: that in which it ended counts whole.
        let end = to + Duration::hours(1);
        let standing = standing_at(context, snapshot, &calendar, slo, end.min(context.now())).await?;
        let step = i64::from(standing.counted.step());
        let span = (minute(from).div_euclid(step) * step, minute(to));
        let share = budget::burnt(standing.counted.sum(span.0, span.1.max(span.0 + 1)), &standing.budget);
        found.extend(share.filter(|share| *share >= LEAST_BURNT).map(|share| (standing, share)));
    }
    found.sort_by(|a, b| b.1.total_cmp(&a.1));
    Ok(found)
}

pub(crate) fn burnt_view(context: &Context, (standing, share): &(Standing, f64)) -> BurntView {
    BurntView {
        id: standing.slo.id,
        name: standing.slo.details.name.clone(),
        text: context.text("slo-burnt", &[("share", format::share(*share, 1).into())]),
    }
}

/// The budget of an objective as it went down until an instant.
pub(crate) async fn figure(
    context: &Context,
    snapshot: &mut Snapshot,
    standing: &Standing,
) -> Result<Option<ChartSpec>> {
    let calendar = store::workspace::settings(snapshot).await?.calendar()?;
    let incidents = store::incident::list(snapshot).await?;
    Ok(chart::burn_down(context, &calendar, standing, &incidents)
        .map(|chart| ChartSpec { title: format!("{}: {}", standing.slo.details.name, chart.title), ..chart }))
}

/// What is typed, cleaned; or what is wrong with it, field by field.
fn checked(mut details: SloDetails, currency: domain::money::Currency) -> Result<SloDetails> {
    for text in [&mut details.name, &mut details.service, &mut details.owner, &mut details.zone] {
        *text = text.trim().to_owned();
    }
    if let Indicator::Availability { scope } | Indicator::Latency { scope, .. } | Indicator::Cost { scope, .. } =
        &mut details.indicator
    {
        for name in [&mut scope.vendor, &mut scope.model, &mut scope.feature, &mut scope.tenant, &mut scope.environment]
        {
            *name = name.take().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        }
    }
    let mut wrong: Vec<FieldError> =
        definition::check(&details).into_iter().map(|(field, code)| FieldError::new(field, code)).collect();
    if matches!(&details.indicator, Indicator::Cost { most, .. } if most.currency() != currency) {
        wrong.push(FieldError::new("indicator", "currency-of-workspace"));
    }
    if wrong.is_empty() { Ok(details) } else { Err(AppError::Invalid(wrong)) }
}

/// Keeps an objective within a write.
pub(crate) async fn keep(context: &Context, write: &mut store::Write, draft: SloDraft) -> Result<SloId> {
    let currency = store::workspace::settings(write.snapshot()).await?.currency;
    let details = checked(draft.details, currency)?;
    match draft.id {
        None => {
            let slo = Slo { id: SloId(Uuid::now_v7()), details };
            activity::created(write, context, SLO, &slo.id.to_string(), &slo.details.name, &slo).await?;
            store::slo::save(write, &slo, context.now()).await?;
            Ok(slo.id)
        }
        Some(id) => {
            let before = store::slo::get(write.connection(), id).await?;
            let after = Slo { id, details };
            if after != before {
                activity::edited(write, context, SLO, &id.to_string(), &after.details.name, &before, &after).await?;
                store::slo::save(write, &after, context.now()).await?;
            }
            Ok(id)
        }
    }
}

pub async fn slo_save(context: &Context, draft: SloDraft) -> Result<SloRef> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let id = keep(context, &mut write, draft).await?;
    write.commit().await?;
    Ok(SloRef { id })
}

pub async fn slo_delete(context: &Context, input: SloRef) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let slo = store::slo::get(write.connection(), input.id).await?;
    activity::deleted(&mut write, context, SLO, &slo.id.to_string(), &slo.details.name, &slo).await?;
    store::slo::delete(&mut write, slo.id).await?;
    write.commit().await?;
    Ok(())
}

pub(crate) async fn put_back(write: &mut store::Write, activity: &Activity) -> Result<()> {
    if activity.area == files::SLO_IMPORT {
        return files::put_back_import(write, activity).await;
    }
    match activity.before.clone() {
        Some(before) => {
            let slo: Slo = activity::read(before)?;
            store::slo::save(write, &slo, DateTime::<Utc>::UNIX_EPOCH).await?;
        }
        None => store::slo::delete(write, activity::id_of(activity)?).await?,
    }
    Ok(())
}

pub(crate) fn link(id: SloId) -> Link {
    Link::to(SLO, id)
}
