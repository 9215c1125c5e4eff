//! What needs a person today, and the quarter at a glance.

use chrono::{DateTime, Days, NaiveDate, TimeDelta, Utc};
use domain::calendar::Period;
use domain::usage::Dimension;
use report::chart::ChartSpec;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::attention::{SnoozeChoice, Snoozed, choices, parted};
use crate::economics::{self, EconomicsQuery, period_label};
use crate::frame::attention::{AttentionItem, DatedThing};
use crate::frame::since::SinceLine;
use crate::view::Tile;
use crate::{AppError, Context, Result};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HomeView {
    #[ts(type = "string")]
    pub today: NaiveDate,
    /// When this was answered: whoever looks again asks what has happened since.
    #[ts(type = "string")]
    pub now: DateTime<Utc>,
    /// What has a day within thirty days, the nearest first.
    pub coming: Vec<DatedThing>,
    /// The most urgent first.
    pub attention: Vec<AttentionItem>,
    pub snoozed: Vec<Snoozed>,
    /// Days a decision can be put off until.
    pub snoozes: Vec<SnoozeChoice>,
    pub quarter: Option<QuarterGlance>,
    pub spend_chart: Option<ChartSpec>,
    /// Neither usage nor records yet: the page says what to do first.
    pub empty: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QuarterGlance {
    pub key: String,
    pub label: String,
    pub tiles: Vec<Tile>,
}

/// How far Home looks ahead.
const AHEAD: Days = Days::new(30);

pub async fn home(context: &Context, (): ()) -> Result<HomeView> {
    let loaded = economics::load(context).await?;
    let today = loaded.calendar.day_of(context.now());
    let mut attention = Vec::new();
    for area in context.app.areas() {
        attention.extend((area.attention)(context).await?);
    }
    let waiting = parted(context, attention, today).await?;
    let coming = crate::calendar::things(context, (today, today + AHEAD)).await?;
    let mut view = HomeView {
        today,
        now: context.now(),
        coming,
        attention: waiting.awake,
        snoozed: waiting.snoozed,
        snoozes: choices(context, today),
        quarter: None,
        spend_chart: None,
        empty: false,
    };
    let Some(quarter) = economics::quarter_in_hand(context, &loaded) else {
        let store = context.store().await?;
        let waits = !view.attention.is_empty() || !view.snoozed.is_empty();
        let mut snapshot = store.read().await?;
        // Whoever has come for a bake-off has begun.
        view.empty = !waits
            && store::vendor::list(&mut snapshot).await?.is_empty()
            && store::suite::list(&mut snapshot).await?.is_empty();
        return Ok(view);
    };
    let query = EconomicsQuery {
        period: quarter.to_string(),
        by: vec![Dimension::Feature],
        filters: vec![],
        limit: 0,
        grain: None,
    };
    match economics::fold(&loaded, &query, today) {
        Ok(folded) => {
            view.quarter = Some(QuarterGlance {
                key: folded.period.to_string(),
                label: period_label(&loaded.calendar, folded.period, context.language),
                tiles: economics::tiles(context, &loaded, &folded),
            });
            let chart = || economics::over_time::spend_over_time(context, &loaded, &query, &folded);
            view.spend_chart = folded.total.costed.then(chart);
        }
        // Said among what needs a person.
        Err(AppError::MissingRate(_)) => {}
        Err(error) => return Err(error),
    }
    Ok(view)
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct SinceQuery {
    /// When somebody looked last; a week ago where that is not known.
    #[ts(type = "string | null")]
    pub from: Option<DateTime<Utc>>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct SinceView {
    #[ts(type = "string")]
    pub from: DateTime<Utc>,
    pub lines: Vec<SinceLine>,
}

/// What has happened since somebody last looked, a line of each area that has something to say.
pub async fn since(context: &Context, query: SinceQuery) -> Result<SinceView> {
    let from = query.from.unwrap_or_else(|| context.now() - TimeDelta::days(7));
    let mut lines = Vec::new();
    for area in context.app.areas() {
        lines.extend((area.since)(context, from).await?);
    }
    Ok(SinceView { from, lines })
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CheckQuery {
    /// "2026-Q3"; without one what is asked about is today.
    pub period: Option<String>,
}

/// What `quarterdeck check` alerts to.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
pub struct CheckView {
    pub alerts: Vec<AttentionItem>,
}

pub async fn check(context: &Context, query: CheckQuery) -> Result<CheckView> {
    let period = match query.period.as_deref() {
        Some(text) => {
            let period: Result<Period> = text.parse().map_err(|_| AppError::refused("bad-period").with("period", text));
            Some(period?)
        }
        None => None,
    };
    let mut alerts = Vec::new();
    for area in context.app.areas() {
        alerts.extend((area.check)(context, period).await?);
    }
    let store = context.store().await?;
    let settings = store::workspace::settings(&mut *store.read().await?).await?;
    // What a person put off does not alert.
    let waiting = parted(context, alerts, context.today(&settings)?).await?;
    Ok(CheckView { alerts: waiting.awake })
}
