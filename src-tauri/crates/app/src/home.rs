//! What needs a person today, and the quarter at a glance.

use chrono::NaiveDate;
use domain::calendar::Period;
use domain::usage::Dimension;
use report::chart::ChartSpec;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::attention::{SnoozeChoice, Snoozed, choices, parted};
use crate::economics::{self, EconomicsQuery, period_label};
use crate::frame::attention::AttentionItem;
use crate::view::Tile;
use crate::{AppError, Context, Result};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HomeView {
    #[ts(type = "string")]
    pub today: NaiveDate,
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

pub async fn home(context: &Context, (): ()) -> Result<HomeView> {
    let loaded = economics::load(context).await?;
    let today = loaded.calendar.day_of(context.now());
    let mut attention = Vec::new();
    for area in context.app.areas() {
        attention.extend((area.attention)(context).await?);
    }
    let waiting = parted(context, attention, today).await?;
    let mut view = HomeView {
        today,
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
        view.empty = !waits && store::vendor::list(&mut *store.read().await?).await?.is_empty();
        return Ok(view);
    };
    let query = EconomicsQuery { period: quarter.to_string(), by: vec![Dimension::Feature], filters: vec![], limit: 0 };
    match economics::fold(&loaded, &query, today) {
        Ok(folded) => {
            view.quarter = Some(QuarterGlance {
                key: folded.period.to_string(),
                label: period_label(&loaded.calendar, folded.period, context.language),
                tiles: economics::tiles(context, &loaded, &folded),
            });
            let chart = || economics::charts::spend_over_time(context, &loaded, &query, &folded);
            view.spend_chart = folded.total.costed.then(chart);
        }
        // Said among what needs a person.
        Err(AppError::MissingRate(_)) => {}
        Err(error) => return Err(error),
    }
    Ok(view)
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
