//! What of usage and its prices needs a person.

use chrono::{DateTime, Utc};
use domain::calendar::Period;
use domain::urgency::Urgency;
use report::format;
use report::table::Tone;

use super::{EconomicsQuery, Loaded, fold, load, spend_over, unpriced};
use crate::frame::attention::AttentionItem;
use crate::frame::since::SinceLine;
use crate::view::Link;
use crate::{AppError, Context, Result};

/// The running quarter, or right after a quarter's end the one with data; `None` without any.
pub(crate) fn quarter_in_hand(context: &Context, loaded: &Loaded) -> Option<Period> {
    let (_, last) = loaded.cube.span()?;
    let running = loaded.calendar.quarter_of(loaded.calendar.day_of(context.now()));
    Some(if loaded.calendar.days(running).0 > last { loaded.calendar.quarter_of(last) } else { running })
}

fn item(context: &Context, kind: &str, title: String, detail: String, link: Link) -> AttentionItem {
    AttentionItem {
        key: format!("economics/{kind}"),
        area: "economics".to_owned(),
        kind: kind.to_owned(),
        urgency: Urgency::Later,
        title,
        detail,
        evidence: Vec::new(),
        owner: String::new(),
        due: None,
        days_left: None,
        money: None,
        action: context.text(&format!("attention-{kind}-action"), &[]),
        link,
    }
}

/// What the days since came to, as far as usage is known.
pub(crate) async fn since(context: &Context, from: DateTime<Utc>) -> Result<Vec<SinceLine>> {
    let loaded = load(context).await?;
    let Some((_, last)) = loaded.cube.span() else { return Ok(Vec::new()) };
    let first = loaded.calendar.day_of(from);
    if first > last {
        return Ok(Vec::new());
    }
    let Some(spend) = spend_over(&loaded, (first, last)) else { return Ok(Vec::new()) };
    let amount = format::money_compact(spend.nanos(), spend.currency().code(), context.language);
    let days = (last - first).num_days() + 1;
    let period = format::period(first, last, context.language);
    Ok(vec![SinceLine {
        label: context.text("since-spend", &[]),
        text: context
            .text("since-spend-text", &[("amount", amount.into()), ("days", days.into()), ("period", period.into())]),
        tone: Tone::Plain,
        link: Link::page("economics"),
    }])
}

/// What of [`items`] waits on Home: where there is nothing at all yet, that is no decision, for Home says what to begin with.
pub(crate) async fn on_home(context: &Context) -> Result<Vec<AttentionItem>> {
    let items = items(context).await?;
    let store = context.store().await?;
    let nothing = items.iter().all(|item| item.kind == NO_USAGE)
        && store::vendor::list(&mut *store.read().await?).await?.is_empty();
    Ok(if nothing { Vec::new() } else { items })
}

const NO_USAGE: &str = "no-usage";

pub(crate) async fn items(context: &Context) -> Result<Vec<AttentionItem>> {
    let loaded = load(context).await?;
    let Some(quarter) = quarter_in_hand(context, &loaded) else {
        let (title, detail) = (context.text("home-no-usage", &[]), context.text("home-no-usage-detail", &[]));
        return Ok(vec![item(context, NO_USAGE, title, detail, Link::page("import"))]);
    };
    let today = loaded.calendar.day_of(context.now());
    let query = EconomicsQuery { period: quarter.to_string(), by: vec![], filters: vec![], limit: 0, grain: None };
    match fold(&loaded, &query, today) {
        Ok(folded) if folded.total.unpriced.total() > 0 => {
            let tokens = format::count_compact(folded.total.unpriced.total().into(), context.language);
            let models = unpriced(&loaded, &query, today)?.len();
            let title = context.text("home-unpriced", &[("models", models.into())]);
            let detail = context.text("home-unpriced-detail", &[("tokens", tokens.into())]);
            Ok(vec![item(context, "unpriced-usage", title, detail, Link::page("price"))])
        }
        Ok(_) => Ok(Vec::new()),
        Err(AppError::MissingRate(missing)) => {
            let title = context.text(
                "home-missing-rate",
                &[("from", missing.from.to_string().into()), ("to", missing.to.to_string().into())],
            );
            let day = format::date(missing.on, context.language);
            let detail = context.text("home-missing-rate-detail", &[("date", day.into())]);
            // No figure of the quarter can be shown until it is there.
            let item = item(context, "missing-rate", title, detail, Link::to("settings", "rates"));
            Ok(vec![AttentionItem { urgency: Urgency::Week, ..item }])
        }
        Err(error) => Err(error),
    }
}
