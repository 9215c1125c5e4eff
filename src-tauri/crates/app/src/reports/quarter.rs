//! The quarterly review: its cover, what it comes down to, the sections of every area, and how the figures were made.

use domain::calendar::Period;
use report::doc::{Block, Page, ReportDoc};
use report::format;

use crate::economics::period_label;
use crate::economics::review::facts;
use crate::frame::Kept;
use crate::frame::review::{DocumentRef, QUARTER, Review, Section, page};
use crate::{AppError, Context, Result};

/// The whole document in the context's language. A section that cannot be computed says so on its page.
///
/// # Errors
/// The store's; `cancelled`.
pub async fn document(context: &Context, period: Period) -> Result<ReportDoc> {
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let workspace = store::workspace::get(&mut snapshot).await?;
    let key = period.to_string();
    let commentary = store::commentary::list(&mut snapshot, &key).await?;
    let price_date = store::price::sources(&mut snapshot).await?.into_iter().filter_map(|s| s.date).max();
    drop(snapshot);
    let calendar = workspace.settings.calendar()?;
    let review = Review {
        document: DocumentRef { kind: QUARTER.to_owned(), subject: key },
        today: calendar.day_of(context.now()),
        settings: workspace.settings,
        kept: Kept::default(),
        period,
        calendar,
    };
    let sections: Vec<&Section> = sections(context, QUARTER).collect();
    let label = period_label(&review.calendar, period, context.language);
    let mut pages = vec![cover(context, &review, &label).await, summary(context, &review, &sections).await?];
    for section in &sections {
        context.progress.check()?;
        match (section.page)(context, &review).await {
            Ok(page) => pages.extend(page),
            Err(error) => pages.push(failed(context, section.id, section.name, &error)),
        }
    }
    pages.push(match facts(context, &review).await {
        Ok(facts) => facts.method(price_date),
        Err(error) => failed(context, "method", "quarter-method", &error),
    });
    for page in &mut pages {
        page.commentary = commentary.iter().find(|c| c.page == page.id).map(|c| c.text.clone());
    }
    let (days, files) = match facts(context, &review).await {
        Ok(facts) => (facts.days(), facts.files()),
        Err(_) => (review.calendar.days(period), 0),
    };
    let price_day = price_date.map_or("—".to_owned(), |day| format::date(day, context.language));
    Ok(ReportDoc {
        title: context.text("quarter-title", &[("period", label.clone().into())]),
        subtitle: context.text(
            "quarter-subtitle",
            &[
                ("span", format::period(days.0, days.1, context.language).into()),
                ("date", format::date(review.today, context.language).into()),
            ],
        ),
        workspace: review.settings.name.clone(),
        period: label,
        sample_notice: workspace.sample.then(|| context.text("quarter-sample-notice", &[])),
        language: context.language.tag().to_owned(),
        provenance: context.text(
            "quarter-provenance",
            &[
                ("imports", files.into()),
                ("prices", price_day.into()),
                ("revision", workspace.revision.into()),
                ("version", env!("CARGO_PKG_VERSION").into()),
            ],
        ),
        pages,
    })
}

/// Sections of every area for documents of a kind, in the order of the areas.
fn sections<'a>(context: &'a Context, kind: &'a str) -> impl Iterator<Item = &'static Section> + 'a {
    let all = context.app.areas().iter().copied().flat_map(|area| area.sections);
    all.filter(move |section| section.document == kind)
}

/// The page of a section that could not be computed. The cause is said and logged; the rest of the document stands.
fn failed(context: &Context, id: &str, name: &str, error: &AppError) -> Page {
    let wire = error.wire(id);
    log::warn!("the section {id} could not be computed: {error}");
    let sentence = wire.sentence(&context.app.catalogue(context.language));
    let blocks = vec![Block::Paragraph { text: sentence }];
    page(id, context.text(name, &[]), context.text("section-failed", &[]), String::new(), blocks)
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
