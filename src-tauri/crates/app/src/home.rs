//! What needs me today, and the quarter at a glance.

use chrono::NaiveDate;
use domain::calendar::Period;
use domain::contract::DeadlineKind;
use domain::money::Money;
use domain::usage::Dimension;
use report::chart::ChartSpec;
use report::format;
use report::table::Tone;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::contract::contract_rows;
use crate::economics::{self, EconomicsQuery, Loaded, period_label};
use crate::reconcile::{self, VendorMonthView};
use crate::view::{Link, LinkArea, Tile};
use crate::{AppError, Context, Result};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct HomeView {
    #[ts(type = "string")]
    pub today: NaiveDate,
    pub attention: Vec<AttentionItem>,
    pub quarter: Option<QuarterGlance>,
    pub spend_chart: Option<ChartSpec>,
    /// Neither usage nor vendors yet: the page says what to do first.
    pub empty: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct QuarterGlance {
    pub key: String,
    pub label: String,
    pub tiles: Vec<Tile>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct AttentionItem {
    pub kind: AttentionKind,
    pub tone: Tone,
    pub title: String,
    pub detail: String,
    #[ts(type = "string | null")]
    pub date: Option<NaiveDate>,
    #[ts(type = "number | null")]
    pub days_left: Option<i64>,
    pub link: Link,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum AttentionKind {
    NoticeDeadline,
    ContractEnd,
    UnpricedUsage,
    /// A vendor's month whose bill differs from the meter by more than 2 %.
    BillDiffers,
    MissingRate,
    NoUsage,
}

/// Vendors' months of a quarter and the one before it, for bills come late, whose bill differs too much from the meter.
fn bills_that_differ(context: &Context, loaded: &Loaded, quarter: Period) -> Result<Vec<AttentionItem>> {
    let before = loaded.calendar.previous(quarter);
    let days = (loaded.calendar.days(before).0, loaded.calendar.days(quarter).1);
    let item = |month: &VendorMonthView| {
        let money = |money: &Money| format::money(money.nanos(), money.currency().code(), context.language);
        let billed = month.billed.as_ref().map_or_else(String::new, money);
        AttentionItem {
            kind: AttentionKind::BillDiffers,
            tone: Tone::Warn,
            title: context.text(
                if month.lump_sum { "home-bill-lump-sum" } else { "home-bill-differs" },
                &[("vendor", month.vendor.clone().into()), ("month", month.month_label.clone().into())],
            ),
            detail: context.text(
                if month.lump_sum { "home-bill-lump-sum-detail" } else { "home-bill-differs-detail" },
                &[("billed", billed.into()), ("metered", money(&month.metered).into())],
            ),
            date: None,
            days_left: None,
            link: Link { area: LinkArea::Reconciliation, id: Some(month.month.clone()) },
        }
    };
    let months = reconcile::months(context, loaded, days)?;
    Ok(months.iter().filter(|month| month.flagged).map(item).collect())
}

/// Deadlines further away than this are not today's business.
const HORIZON_DAYS: i64 = 120;

pub async fn home(context: &Context, (): ()) -> Result<HomeView> {
    let loaded = economics::load(context).await?;
    let today = loaded.calendar.day_of(context.now());
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let contracts = contract_rows(&mut snapshot, today).await?;
    let vendors = store::vendor::list(&mut snapshot).await?.len();
    drop(snapshot);
    let mut attention: Vec<AttentionItem> = Vec::new();
    for row in &contracts {
        let Some(deadline) = row.deadline.filter(|d| d.days_left <= HORIZON_DAYS) else { continue };
        let date = format::date(deadline.date, context.language);
        let (kind, id) = match deadline.kind {
            DeadlineKind::Notice => (AttentionKind::NoticeDeadline, "home-notice"),
            DeadlineKind::End => (AttentionKind::ContractEnd, "home-contract-end"),
        };
        let renews = row.term.map_or(String::new(), |term| format::date(term.to, context.language));
        attention.push(AttentionItem {
            kind,
            tone: match deadline.days_left {
                ..=30 => Tone::Bad,
                31..=60 => Tone::Warn,
                _ => Tone::Plain,
            },
            title: format!("{} · {}", row.vendor_name, row.contract.details.title),
            detail: context.text(
                id,
                &[("date", date.into()), ("end", renews.into()), ("overdue", u8::from(deadline.overdue).into())],
            ),
            date: Some(deadline.date),
            days_left: Some(deadline.days_left),
            link: Link { area: LinkArea::Contract, id: Some(row.contract.id.to_string()) },
        });
    }
    let quarter = loaded.calendar.quarter_of(today);
    let mut query =
        EconomicsQuery { period: quarter.to_string(), by: vec![Dimension::Feature], filters: vec![], limit: 0 };
    let mut glance = None;
    let mut spend_chart = None;
    let plain = |kind, tone, title: String, detail: String, area| AttentionItem {
        kind,
        tone,
        title,
        detail,
        date: None,
        days_left: None,
        link: Link { area, id: None },
    };
    match loaded.cube.span() {
        None => attention.push(plain(
            AttentionKind::NoUsage,
            Tone::Plain,
            context.text("home-no-usage", &[]),
            context.text("home-no-usage-detail", &[]),
            LinkArea::Imports,
        )),
        Some((_, last)) => {
            // Right after a quarter's end the quarter with data is the one to look at.
            if loaded.calendar.days(quarter).0 > last {
                query.period = loaded.calendar.quarter_of(last).to_string();
            }
            match economics::fold(&loaded, &query, today) {
                Ok(folded) => {
                    glance = Some(QuarterGlance {
                        key: folded.period.to_string(),
                        label: period_label(&loaded.calendar, folded.period, context.language),
                        tiles: economics::tiles(context, &loaded, &folded),
                    });
                    spend_chart = folded
                        .total
                        .costed
                        .then(|| economics::charts::spend_over_time(context, &loaded, &query, &folded));
                    attention.extend(bills_that_differ(context, &loaded, folded.period)?);
                    if folded.total.unpriced.total() > 0 {
                        let tokens = format::count_compact(folded.total.unpriced.total().into(), context.language);
                        let models = economics::unpriced(&loaded, &query, today)?.len();
                        attention.push(plain(
                            AttentionKind::UnpricedUsage,
                            Tone::Warn,
                            context.text("home-unpriced", &[("models", models.into())]),
                            context.text("home-unpriced-detail", &[("tokens", tokens.into())]),
                            LinkArea::Prices,
                        ));
                    }
                }
                Err(AppError::MissingRate(missing)) => attention.push(plain(
                    AttentionKind::MissingRate,
                    Tone::Bad,
                    context.text(
                        "home-missing-rate",
                        &[("from", missing.from.to_string().into()), ("to", missing.to.to_string().into())],
                    ),
                    context.text(
                        "home-missing-rate-detail",
                        &[("date", format::date(missing.on, context.language).into())],
                    ),
                    LinkArea::Settings,
                )),
                Err(error) => return Err(error),
            }
        }
    }
    Ok(HomeView { today, attention, quarter: glance, spend_chart, empty: vendors == 0 && loaded.cube.span().is_none() })
}
