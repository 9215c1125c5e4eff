//! Everything that has a day, of every area: a month, what comes next, and a file that other calendars read.

use chrono::{Datelike, Days, Months, NaiveDate};
use icalendar::{Calendar, Component, Event, EventLike};
use report::format;
use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

use crate::frame::attention::DatedThing;
use crate::target::{Agreed, Target};
use crate::view::Exported;
use crate::{AppError, Context, Result};

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CalendarQuery {
    /// "2026-11"; without one that of today.
    pub month: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarView {
    /// "2026-11", and the months beside it.
    pub month: String,
    pub previous: String,
    pub next: String,
    pub label: String,
    #[ts(type = "string")]
    pub today: NaiveDate,
    /// "Mon", from Monday on.
    pub weekdays: Vec<String>,
    pub weeks: Vec<Vec<CalendarDay>>,
    /// What comes from today on, within a year, by day.
    pub agenda: Vec<AgendaDay>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarDay {
    #[ts(type = "string")]
    pub day: NaiveDate,
    /// Of the month: "1".
    pub number: String,
    /// "12 Nov 2026", to be read aloud.
    pub label: String,
    /// Of the month that is shown, not of one beside it.
    pub within: bool,
    pub things: Vec<DatedThing>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AgendaDay {
    #[ts(type = "string")]
    pub day: NaiveDate,
    pub label: String,
    /// "in 3 days".
    pub from_now: String,
    pub things: Vec<DatedThing>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct CalendarExport {
    /// Ends in .ics.
    pub path: String,
    /// Whoever asks has agreed to lose a file of that name.
    #[serde(default)]
    pub replace: bool,
    /// Whoever asks has agreed to have its folder made.
    #[serde(default)]
    pub create_folder: bool,
}

/// How far the agenda and the exported file look ahead, and the file back.
const AHEAD: Months = Months::new(12);
const EXPORTED_AHEAD: Months = Months::new(36);
const EXPORTED_BACK: Months = Months::new(12);

/// Every area's dated things between two days, both included, by day.
pub(crate) async fn things(context: &Context, days: (NaiveDate, NaiveDate)) -> Result<Vec<DatedThing>> {
    let mut things = Vec::new();
    for area in context.app.areas() {
        things.extend((area.dates)(context, days).await?);
    }
    things.sort_by(|a, b| (a.day, &a.title, &a.key).cmp(&(b.day, &b.title, &b.key)));
    Ok(things)
}

async fn today(context: &Context) -> Result<NaiveDate> {
    let store = context.store().await?;
    context.today(&store::workspace::settings(&mut *store.read().await?).await?)
}

pub async fn calendar(context: &Context, query: CalendarQuery) -> Result<CalendarView> {
    let today = today(context).await?;
    let first = match query.month.as_deref() {
        Some(month) => {
            format!("{month}-01").parse().map_err(|_| AppError::refused("bad-period").with("period", month))?
        }
        None => today.with_day(1).unwrap_or(today),
    };
    let out_of_range = || AppError::refused("bad-period").with("period", first.to_string());
    let next = first.checked_add_months(Months::new(1)).ok_or_else(out_of_range)?;
    let previous = first.checked_sub_months(Months::new(1)).ok_or_else(out_of_range)?;
    // Whole weeks from Monday, always six: the page keeps its height from month to month.
    let start = first - Days::new(u64::from(first.weekday().num_days_from_monday()));
    let end = start + Days::new(41);
    let shown = things(context, (start, end)).await?;
    let of = |day: NaiveDate| shown.iter().filter(|thing| thing.day == day).cloned().collect();
    let cell = |day: NaiveDate| CalendarDay {
        day,
        number: day.day().to_string(),
        label: format::date(day, context.language),
        within: (day.year(), day.month()) == (first.year(), first.month()),
        things: of(day),
    };
    let weeks = (0..6).map(|week| (0..7).map(|day| cell(start + Days::new(week * 7 + day))).collect()).collect();
    let mut agenda: Vec<AgendaDay> = Vec::new();
    for thing in things(context, (today, today + AHEAD)).await? {
        match agenda.last_mut().filter(|day| day.day == thing.day) {
            Some(day) => day.things.push(thing),
            None => agenda.push(AgendaDay {
                day: thing.day,
                label: format::date(thing.day, context.language),
                from_now: context.text("in-days", &[("days", (thing.day - today).num_days().into())]),
                things: vec![thing],
            }),
        }
    }
    let month = |day: NaiveDate| day.format("%Y-%m").to_string();
    Ok(CalendarView {
        month: month(first),
        previous: month(previous),
        next: month(next),
        label: format::month(first, context.language),
        today,
        weekdays: (0..7).map(|day| format::weekday(start + Days::new(day), context.language)).collect(),
        weeks,
        agenda,
    })
}

/// Writes everything that has a day as one file of RFC 5545. A thing keeps its UID for ever: read again, it is changed in
/// the other calendar and not there twice.
pub async fn calendar_export(context: &Context, request: CalendarExport) -> Result<Exported> {
    let mut path = context.app.path(&request.path);
    if path.extension().is_none() && !path.as_os_str().is_empty() && !path.is_dir() {
        path.set_extension("ics");
    }
    let target =
        Target::file(context, path, Agreed { replace: request.replace, create_folder: request.create_folder }).await?;
    let today = today(context).await?;
    let things = things(context, (today - EXPORTED_BACK, today + EXPORTED_AHEAD)).await?;
    let mut calendar = Calendar::new();
    for thing in &things {
        let uid = Uuid::new_v5(&Uuid::NAMESPACE_OID, thing.key.as_bytes());
        let owner = if thing.owner.is_empty() { String::new() } else { format!("\n{}", thing.owner) };
        let event = Event::new()
            .uid(&format!("{uid}@quarterdeck"))
            .timestamp(context.now())
            .summary(&format!("{}: {}", thing.title, thing.detail))
            .description(&format!("{}{owner}", thing.detail))
            .all_day(thing.day)
            .done();
        calendar.push(event);
    }
    target.write(calendar.done().to_string())?;
    Ok(Exported { path: target.path.to_string_lossy().into_owned(), rows: things.len() as u64 })
}
