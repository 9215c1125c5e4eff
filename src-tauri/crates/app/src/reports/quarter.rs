//! The quarterly review: its cover, what it comes down to, and how the figures were made, around the sections of every area.

use domain::calendar::Period;
use report::doc::{Block, Page};
use report::format;

use super::compose::failed;
use crate::economics::period_label;
use crate::economics::review::facts;
use crate::frame::Kept;
use crate::frame::review::{DocumentRef, Frame, Review, Section, page};
use crate::{AppError, Context, Result};

/// # Errors
/// `bad-period`; the store's.
pub(crate) async fn open(context: &Context, document: DocumentRef) -> Result<Review> {
    let period: Period =
        document.subject.parse().map_err(|_| AppError::refused("bad-period").with("period", &document.subject))?;
    let store = context.store().await?;
    let settings = store::workspace::settings(&mut *store.read().await?).await?;
    let calendar = settings.calendar()?;
    // However it was written, it is one document.
    let document = DocumentRef { subject: period.to_string(), ..document };
    let before = DocumentRef { kind: document.kind.clone(), subject: calendar.previous(period).to_string() };
    Ok(Review {
        document,
        before: Some(before),
        today: calendar.day_of(context.now()),
        settings,
        kept: Kept::default(),
        period,
        calendar,
    })
}

pub(crate) async fn frame(context: &Context, review: &Review, sections: &[&'static Section]) -> Result<Frame> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let workspace = store::workspace::get(&mut snapshot).await?;
    let price_date = store::price::sources(&mut snapshot).await?.into_iter().filter_map(|s| s.date).max();
    drop(snapshot);
    let label = period_label(&review.calendar, review.period, context.language);
    let (days, files, method) = match facts(context, review).await {
        Ok(facts) => (facts.days(), facts.files(), facts.method(price_date)),
        Err(error) => (review.calendar.days(review.period), 0, failed(context, "method", "quarter-method", &error)),
    };
    let price_day = price_date.map_or("—".to_owned(), |day| format::date(day, context.language));
    Ok(Frame {
        title: context.text("quarter-title", &[("period", label.clone().into())]),
        subtitle: context.text(
            "quarter-subtitle",
            &[
                ("span", format::period(days.0, days.1, context.language).into()),
                ("date", format::date(review.today, context.language).into()),
            ],
        ),
        provenance: context.text(
            "quarter-provenance",
            &[
                ("imports", files.into()),
                ("prices", price_day.into()),
                ("revision", workspace.revision.into()),
                ("version", env!("CARGO_PKG_VERSION").into()),
            ],
        ),
        opening: vec![cover(context, review, &label).await, summary(context, review, sections).await?],
        closing: vec![method],
        label,
    })
}

async fn cover(context: &Context, review: &Review, label: &str) -> Page {
    let figures = facts(context, review).await.map_or_else(|_| Vec::new(), |facts| facts.figures());
    page(
        "cover",
        context.text("quarter-cover-kicker", &[]),
        context.text("quarter-title", &[("period", label.into())]),
        review.settings.name.clone(),
        vec![Block::Cover { lines: vec![] }, Block::Figures { figures: figures.into_iter().take(4).collect() }],
    )
}

/// What the quarter comes down to, and what each area found.
async fn summary(context: &Context, review: &Review, sections: &[&Section]) -> Result<Page> {
    let facts = match facts(context, review).await {
        Ok(facts) => facts,
        Err(error) => return Ok(failed(context, "summary", "quarter-summary", &error)),
    };
    let mut items = Vec::new();
    for section in sections {
        context.progress.check()?;
        // One that fails says so on its own page.
        items.extend((section.findings)(context, review).await.unwrap_or_default());
    }
    if items.is_empty() {
        items.push(context.text("quarter-bullet-none", &[]));
    }
    let blocks = vec![Block::Figures { figures: facts.figures() }, Block::Bullets { items }];
    Ok(page("summary", context.text("quarter-summary", &[]), facts.verdict(), facts.compared(), blocks))
}
