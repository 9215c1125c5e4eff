//! Decisions that wait: put off until a day, and awake again.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};
use domain::typed::is_possible;
use domain::urgency::{next_monday, wakes_on};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::frame::attention::AttentionItem;
use crate::{AppError, Context, Result, activity};

pub(crate) const SNOOZE: &str = "snooze";

/// A decision that was put off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Snoozed {
    pub item: AttentionItem,
    /// The day it is shown again.
    #[ts(type = "string")]
    pub until: NaiveDate,
}

/// A day to put a decision off until, in words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SnoozeChoice {
    pub label: String,
    #[ts(type = "string")]
    pub until: NaiveDate,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SnoozeRequest {
    pub key: String,
    /// What it is called, for the log.
    pub title: String,
    #[ts(type = "string")]
    pub until: NaiveDate,
    /// When it is due.
    #[serde(default)]
    #[ts(type = "string | null")]
    pub due: Option<NaiveDate>,
}

/// What came of putting a decision off.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PutOffUntil {
    /// The day it is shown again: what is due before the day asked for comes back on its own.
    #[ts(type = "string")]
    pub until: NaiveDate,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SnoozeRef {
    pub key: String,
    /// What it is called, for the log.
    pub title: String,
}

/// What the log keeps of a decision that was put off.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct PutOff {
    pub until: Option<NaiveDate>,
}

/// What waits for a person, of every area, the most urgent first; and what of it was put off.
pub(crate) struct Waiting {
    pub awake: Vec<AttentionItem>,
    pub snoozed: Vec<Snoozed>,
}

/// Parts what is put off from what is not.
pub(crate) async fn parted(context: &Context, items: Vec<AttentionItem>, today: NaiveDate) -> Result<Waiting> {
    let store = context.store().await?;
    let put_off: HashMap<String, NaiveDate> = store::attention::snoozed(&mut *store.read().await?).await?;
    let mut waiting = Waiting { awake: Vec::new(), snoozed: Vec::new() };
    for item in in_order(items) {
        match put_off.get(&item.key).copied().filter(|until| today < *until) {
            Some(until) => waiting.snoozed.push(Snoozed { item, until }),
            None => waiting.awake.push(item),
        }
    }
    Ok(waiting)
}

/// The most urgent first.
fn in_order(mut items: Vec<AttentionItem>) -> Vec<AttentionItem> {
    // Sorting is stable: what is due on no day stays in the order of the areas.
    items.sort_by_key(|item| (item.urgency, item.due.unwrap_or(NaiveDate::MAX)));
    items
}

/// Days to put something off until.
pub(crate) fn choices(context: &Context, today: NaiveDate) -> Vec<SnoozeChoice> {
    let day = |id: &str, until: NaiveDate| {
        let date = report::format::day(until, context.language);
        SnoozeChoice { label: context.text(id, &[("date", date.into())]), until }
    };
    let mut choices = vec![
        day("snooze-tomorrow", today + Days::new(1)),
        day("snooze-monday", next_monday(today)),
        day("snooze-two-weeks", today + Days::new(14)),
        day("snooze-month", today + Days::new(30)),
    ];
    // On a Sunday tomorrow is that Monday.
    choices.dedup_by_key(|choice| choice.until);
    choices
}

pub async fn attention_snooze(context: &Context, request: SnoozeRequest) -> Result<PutOffUntil> {
    let until = put_off(context, &request.key, &request.title, Some((request.until, request.due))).await?;
    Ok(PutOffUntil { until: until.unwrap_or(request.until) })
}

pub async fn attention_wake(context: &Context, which: SnoozeRef) -> Result<()> {
    put_off(context, &which.key, &which.title, None).await.map(|_| ())
}

/// Puts a decision off until a day, given its due day; or, with none, wakes it. Answers with the day it is in sight again.
async fn put_off(
    context: &Context,
    key: &str,
    title: &str,
    wanted: Option<(NaiveDate, Option<NaiveDate>)>,
) -> Result<Option<NaiveDate>> {
    if key.is_empty() {
        return Err(AppError::field("key", "required"));
    }
    let store = context.store().await?;
    let mut write = store.write().await?;
    let today = context.today(&store::workspace::settings(write.connection()).await?)?;
    if wanted.is_some_and(|(until, _)| until <= today) {
        return Err(AppError::field("until", "not-in-the-future"));
    }
    let until = wanted.map(|(until, due)| wakes_on(until, due, today));
    if until.is_some_and(|until| !is_possible(until)) {
        return Err(AppError::field("until", "date-out-of-range"));
    }
    let before = PutOff { until: store::attention::snoozed(write.connection()).await?.remove(key) };
    // Awake already, or put off until that day: there is nothing to log.
    if before.until != until {
        store::attention::snooze(&mut write, key, until).await?;
        activity::decided(&mut write, context, SNOOZE, key, title, &before, &PutOff { until }).await?;
        write.commit().await?;
    }
    Ok(until)
}

#[cfg(test)]
mod tests {
    use domain::urgency::Urgency;

    use super::*;
    use crate::view::Link;

    fn item(title: &str, urgency: Urgency, due: Option<&str>) -> AttentionItem {
        AttentionItem {
            key: title.to_owned(),
            area: String::new(),
            kind: String::new(),
            urgency,
            title: title.to_owned(),
            detail: String::new(),
            evidence: Vec::new(),
            owner: String::new(),
            due: due.map(|day| day.parse().unwrap()),
            days_left: None,
            money: None,
            action: String::new(),
            link: Link::page(""),
        }
    }

    #[test]
    fn the_most_urgent_stands_first_and_what_has_no_day_behind_what_has_one() {
        let items = vec![
            item("undated", Urgency::Week, None),
            item("later", Urgency::Later, None),
            item("soon", Urgency::Week, Some("2026-08-20")),
            item("late", Urgency::Overdue, Some("2026-08-01")),
        ];
        let titles: Vec<String> = in_order(items).into_iter().map(|item| item.title).collect();
        assert_eq!(titles, ["late", "soon", "undated", "later"]);
    }
}
