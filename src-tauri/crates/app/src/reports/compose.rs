//! Composing a document of any kind: the sections chosen for it, in their order, with what a person wrote into them.

use std::collections::BTreeSet;

use report::doc::{Block, Page, ReportDoc};
use store::document::Passage;

use crate::frame::review::{DocumentKind, DocumentRef, Review, Section, page};
use crate::{AppError, Context, Result};

/// The kind of a document.
///
/// # Errors
/// `not-found`, where no area composes such documents.
pub(crate) fn kind_of(context: &Context, document: &DocumentRef) -> Result<&'static DocumentKind> {
    let kinds = context.app.areas().iter().copied().flat_map(|area| area.documents);
    kinds.into_iter().find(|kind| kind.kind == document.kind).ok_or_else(|| AppError::refused("not-found"))
}

/// Every section that documents of a kind can have, with the area it is of, as they stand where nobody has arranged them.
pub(crate) fn sections_of(context: &Context, kind: &str) -> Vec<(&'static str, &'static Section)> {
    let all = context.app.areas().iter().flat_map(|area| area.sections.iter().map(|section| (area.name, section)));
    let mut sections: Vec<_> = all.filter(|(_, section)| section.document == kind).collect();
    sections.sort_by_key(|(_, section)| section.place);
    sections
}

/// The sections a document has, in its order.
pub(crate) async fn chosen(context: &Context, review: &Review) -> Result<Vec<&'static Section>> {
    let DocumentRef { kind, subject } = &review.document;
    let all = sections_of(context, kind);
    let store = context.store().await?;
    let chosen = store::document::sections(&mut *store.read().await?, kind, subject).await?;
    Ok(match chosen {
        // One that this version does not have is passed over; it comes back with the version that has it.
        Some(ids) => ids
            .iter()
            .filter_map(|id| all.iter().map(|(_, section)| *section).find(|section| section.id == id))
            .collect(),
        None => all.into_iter().map(|(_, section)| section).collect(),
    })
}

/// The whole document in the context's language. A section that cannot be computed says so on its page, and the rest stands.
///
/// # Errors
/// `not-found`, a subject that is none; the store's; `cancelled`.
pub(crate) async fn compose(context: &Context, document: DocumentRef) -> Result<ReportDoc> {
    let kind = kind_of(context, &document)?;
    let review = (kind.open)(context, document).await?;
    let sections = chosen(context, &review).await?;
    let frame = (kind.frame)(context, &review, &sections).await?;
    let mut pages = frame.opening;
    for section in &sections {
        context.progress.check()?;
        match (section.page)(context, &review).await {
            Ok(page) => pages.extend(page),
            Err(error) => pages.push(failed(context, section.id, section.name, &error)),
        }
    }
    pages.extend(frame.closing);
    let store = context.store().await?;
    let mut snapshot = store.read().await?;
    let workspace = store::workspace::get(&mut snapshot).await?;
    let written = store::document::passages(&mut snapshot, &review.document.kind, &review.document.subject).await?;
    for page in &mut pages {
        if let Some(Passage { headline, text, .. }) = written.iter().find(|passage| passage.section == page.id) {
            page.commentary = Some(text.clone()).filter(|text| !text.trim().is_empty());
            if !headline.trim().is_empty() {
                page.headline = headline.trim().to_owned();
            }
        }
    }
    Ok(ReportDoc {
        title: frame.title,
        subtitle: frame.subtitle,
        workspace: review.settings.name.clone(),
        period: frame.label,
        sample_notice: workspace.sample.then(|| context.text("document-sample-notice", &[])),
        language: context.language.tag().to_owned(),
        provenance: frame.provenance,
        pages,
    })
}

/// Checks an arrangement: sections of the kind, each once.
///
/// # Errors
/// `not-found` for one there is not; a field error for one that is there twice.
pub(crate) fn check(context: &Context, kind: &str, sections: &[String]) -> Result<()> {
    let all = sections_of(context, kind);
    let mut seen = BTreeSet::new();
    for id in sections {
        if !all.iter().any(|(_, section)| section.id == id) {
            return Err(AppError::refused("not-found"));
        }
        if !seen.insert(id) {
            return Err(AppError::field("sections", "taken"));
        }
    }
    Ok(())
}

/// The page of a section that could not be computed. The cause is said and logged; the rest of the document stands.
pub(crate) fn failed(context: &Context, id: &str, name: &str, error: &AppError) -> Page {
    let wire = error.wire(id);
    let sentence = wire.sentence(&context.app.catalogue(context.language));
    let blocks = vec![Block::Paragraph { text: sentence }];
    page(id, context.text(name, &[]), context.text("section-failed", &[]), String::new(), blocks)
}
