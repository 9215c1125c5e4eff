//! Documents as commands: arranging, writing, preview, export.

use base64::Engine;
use report::chart::ChartSpec;
use report::locale::Language;
use report::{Paper, RenderedPdf, render_pdf};
use serde::{Deserialize, Serialize};
use store::Write;
use store::activity::Activity;
use store::document::{CitedFigure, Passage};
use ts_rs::TS;

use crate::activity;
use crate::economics::period_label;
use crate::frame::review::{DocumentRef, Review};
use crate::job::Unit;
use crate::target::{Agreed, Target};
use crate::view::Exported;
use crate::{AppError, Context, Result};

mod compose;
mod figures;
pub(crate) mod quarter;

pub(crate) const DOCUMENT: &str = "document";
pub(crate) const PASSAGE: &str = "passage";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PaperKind {
    Deck,
    A4,
    Letter,
}

impl PaperKind {
    pub(crate) fn a4() -> Self {
        Self::A4
    }
}

impl From<PaperKind> for Paper {
    fn from(kind: PaperKind) -> Self {
        match kind {
            PaperKind::Deck => Paper::Deck,
            PaperKind::A4 => Paper::A4,
            PaperKind::Letter => Paper::Letter,
        }
    }
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportRequest {
    pub document: DocumentRef,
    pub paper: PaperKind,
    pub lang: Language,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportExport {
    pub document: DocumentRef,
    pub paper: PaperKind,
    pub lang: Language,
    pub path: String,
    /// Whoever asks has agreed to lose a file of that name.
    #[serde(default)]
    pub replace: bool,
    /// Whoever asks has agreed to have its folder made.
    #[serde(default)]
    pub create_folder: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportPreview {
    pub pdf_base64: String,
    pub pages: Vec<ReportPageTitle>,
    /// What each section shows now.
    pub figures: Vec<SectionFigures>,
    pub warnings: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportPageTitle {
    pub id: String,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SectionFigures {
    pub section: String,
    pub figures: Vec<CitedFigure>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportExported {
    pub path: String,
    pub pages: u32,
    #[ts(type = "number")]
    pub bytes: u64,
}

/// A document as its composer shows it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct DocumentView {
    pub document: DocumentRef,
    /// Those it has first, in its order; then those it could have.
    pub sections: Vec<SectionView>,
    /// What was written, also into pages that are no section of it now.
    pub passages: Vec<Passage>,
    /// What was written into the document before this one, and what that is called.
    pub earlier: Vec<Passage>,
    pub earlier_name: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct SectionView {
    pub id: String,
    pub name: String,
    /// The area it is of, by name.
    pub area: String,
    pub chosen: bool,
}

/// Which sections a document is to have, in order; `None` is those nobody has arranged.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Arrangement {
    pub document: DocumentRef,
    pub sections: Option<Vec<String>>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PassageDraft {
    pub document: DocumentRef,
    /// Id of the section, or of a page around them.
    pub section: String,
    /// Empty: the one that is computed.
    pub headline: String,
    pub text: String,
    /// What the page showed when it was written: those it cites are remembered.
    #[serde(default, skip_serializing)]
    pub figures: Vec<CitedFigure>,
    /// Labels whose old reading is meant to stay.
    #[serde(default, skip_serializing)]
    pub settled: Vec<String>,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ChartExport {
    pub spec: ChartSpec,
    /// Ends in .svg for the picture or .csv for its table.
    pub path: String,
    /// Whoever asks has agreed to lose a file of that name.
    #[serde(default)]
    pub replace: bool,
    /// Whoever asks has agreed to have its folder made.
    #[serde(default)]
    pub create_folder: bool,
}

/// Width and height of an exported picture: a slide's chart.
const CHART_SIZE: (f32, f32) = (960.0, 480.0);

/// Writes one chart as a picture, or the table behind it.
pub async fn chart_export(context: &Context, request: ChartExport) -> Result<Exported> {
    let path = context.app.path(&request.path);
    let kind = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let text = match kind.as_str() {
        "svg" => report::chart_svg(&request.spec, CHART_SIZE.0, CHART_SIZE.1)?,
        // A byte order mark is what tells spreadsheets that a CSV file is UTF-8.
        "csv" => format!("\u{feff}{}", report::table_csv(&request.spec.table)),
        _ => return Err(AppError::refused("export-kind")),
    };
    let target =
        Target::file(context, path, Agreed { replace: request.replace, create_folder: request.create_folder }).await?;
    target.write(text)?;
    Ok(Exported { path: target.path.to_string_lossy().into_owned(), rows: request.spec.table.rows.len() as u64 })
}

async fn render(
    context: &Context,
    document: DocumentRef,
    paper: PaperKind,
    language: Language,
) -> Result<(RenderedPdf, Vec<SectionFigures>)> {
    let context = Context { language, ..context.clone() };
    context.progress.report("computing", 0, None, Unit::Steps);
    let doc = compose::compose(&context, document).await?;
    context.progress.check()?;
    context.progress.report("drawing", 0, Some(doc.pages.len() as u64), Unit::Steps);
    let created = context.now();
    let shown =
        figures::by_section(&doc.pages).into_iter().map(|(section, figures)| SectionFigures { section, figures });
    let shown = shown.collect();
    let pdf = tokio::task::spawn_blocking(move || render_pdf(&doc, paper.into(), created))
        .await
        .map_err(|error| AppError::Internal(error.to_string()))??;
    Ok((pdf, shown))
}

/// A document as the PDF it will be.
pub async fn report_preview(context: &Context, request: ReportRequest) -> Result<ReportPreview> {
    let (pdf, figures) = render(context, request.document, request.paper, request.lang).await?;
    Ok(ReportPreview {
        figures,
        pdf_base64: base64::engine::general_purpose::STANDARD.encode(&pdf.bytes),
        pages: pdf.pages.into_iter().map(|page| ReportPageTitle { id: page.id, title: page.title }).collect(),
        warnings: pdf.warnings,
    })
}

pub async fn report_export(context: &Context, request: ReportExport) -> Result<ReportExported> {
    let mut path = context.app.path(&request.path);
    if path.as_os_str().is_empty() {
        return Err(AppError::field("path", "required"));
    }
    let is_folder = path.is_dir() || request.path.ends_with(std::path::is_separator);
    if path.extension().is_none() && !is_folder && !path.exists() {
        path.set_extension("pdf");
    }
    let target =
        Target::file(context, path, Agreed { replace: request.replace, create_folder: request.create_folder }).await?;
    let (pdf, _) = render(context, request.document, request.paper, request.lang).await?;
    target.write(&pdf.bytes)?;
    Ok(ReportExported {
        path: target.path.to_string_lossy().into_owned(),
        pages: pdf.pages.len() as u32,
        bytes: pdf.bytes.len() as u64,
    })
}

/// Opens a document so that it has one name, however it was asked for.
async fn opened(context: &Context, document: DocumentRef) -> Result<Review> {
    (compose::kind_of(context, &document)?.open)(context, document).await
}

pub async fn document(context: &Context, document: DocumentRef) -> Result<DocumentView> {
    let review = opened(context, document).await?;
    let chosen: Vec<&str> = compose::chosen(context, &review).await?.iter().map(|section| section.id).collect();
    let mut sections = compose::sections_of(context, &review.document.kind);
    sections.sort_by_key(|(_, section)| chosen.iter().position(|id| *id == section.id).unwrap_or(usize::MAX));
    let catalogue = context.app.catalogue(context.language);
    let named = |id: &str| catalogue.find(id).unwrap_or_else(|| id.to_owned());
    let store = context.store().await?;
    let DocumentRef { kind, subject } = &review.document;
    let mut snapshot = store.read().await?;
    let earlier = match &review.before {
        Some(before) => store::document::passages(&mut snapshot, &before.kind, &before.subject).await?,
        None => Vec::new(),
    };
    let earlier_name = review.before.as_ref().and_then(|before| before.subject.parse().ok());
    Ok(DocumentView {
        earlier,
        earlier_name: earlier_name
            .map_or_else(String::new, |period| period_label(&review.calendar, period, context.language)),
        sections: sections
            .into_iter()
            .map(|(area, section)| SectionView {
                id: section.id.to_owned(),
                name: named(section.name),
                area: area.to_owned(),
                chosen: chosen.contains(&section.id),
            })
            .collect(),
        passages: store::document::passages(&mut snapshot, kind, subject).await?,
        document: review.document,
    })
}

pub async fn document_arrange(context: &Context, wanted: Arrangement) -> Result<()> {
    let review = opened(context, wanted.document).await?;
    let called = called(context, &review);
    let document = review.document;
    if let Some(sections) = &wanted.sections {
        compose::check(context, &document.kind, sections)?;
    }
    let store = context.store().await?;
    let mut write = store.write().await?;
    let before = store::document::sections(write.connection(), &document.kind, &document.subject).await?;
    if before == wanted.sections {
        return Ok(());
    }
    store::document::save_sections(&mut write, &document.kind, &document.subject, wanted.sections.as_deref()).await?;
    let (before, after) = (
        Arrangement { document: document.clone(), sections: before },
        Arrangement { document: document.clone(), sections: wanted.sections },
    );
    let record = format!("{}/{}", document.kind, document.subject);
    activity::decided(&mut write, context, DOCUMENT, &record, &called, &before, &after).await?;
    write.commit().await?;
    Ok(())
}

/// Longest finding that stands as a headline, in characters.
const HEADLINE: usize = 200;

pub async fn passage_save(context: &Context, draft: PassageDraft) -> Result<()> {
    if draft.headline.chars().count() > HEADLINE {
        return Err(AppError::field("headline", "too-long"));
    }
    if draft.section.trim().is_empty() {
        return Err(AppError::field("section", "required"));
    }
    let review = opened(context, draft.document.clone()).await?;
    let called = called(context, &review);
    let document = review.document;
    let DocumentRef { kind, subject } = &document;
    let store = context.store().await?;
    let mut write = store.write().await?;
    let there = store::document::passages(write.connection(), kind, subject).await?;
    let old = there.into_iter().find(|passage| passage.section == draft.section);
    let before = PassageDraft {
        document: document.clone(),
        section: draft.section.clone(),
        headline: old.as_ref().map_or(String::new(), |passage| passage.headline.clone()),
        text: old.as_ref().map_or(String::new(), |passage| passage.text.clone()),
        figures: Vec::new(),
        settled: Vec::new(),
    };
    let cited_before = old.map_or_else(Vec::new, |passage| passage.figures);
    let whole = format!("{}\n{}", draft.headline, draft.text);
    let figures = figures::cited(&whole, &draft.figures, &cited_before, &draft.settled);
    let draft = PassageDraft { document: document.clone(), figures: Vec::new(), settled: Vec::new(), ..draft };
    if before == draft {
        // What it cites is no change of it: nothing to undo.
        if figures != cited_before {
            store::document::save_passage(&mut write, kind, subject, &Passage { figures, ..passage(&draft) }).await?;
            write.commit().await?;
        }
        return Ok(());
    }
    let record = format!("{kind}/{subject}/{}", draft.section);
    activity::edited(&mut write, context, PASSAGE, &record, &called, &before, &draft).await?;
    store::document::save_passage(&mut write, kind, subject, &Passage { figures, ..passage(&draft) }).await?;
    write.commit().await?;
    Ok(())
}

/// What a document is called by what it is of: "Q3 2026".
fn called(context: &Context, review: &Review) -> String {
    period_label(&review.calendar, review.period, context.language)
}

fn passage(draft: &PassageDraft) -> Passage {
    Passage {
        section: draft.section.clone(),
        headline: draft.headline.clone(),
        text: draft.text.clone(),
        figures: Vec::new(),
    }
}

/// Makes a passage or an arrangement what it was before a change.
pub(crate) async fn put_back(write: &mut Write, activity: &Activity) -> Result<()> {
    let before = activity.before.clone().unwrap_or_default();
    if activity.area == DOCUMENT {
        let Arrangement { document, sections } = activity::read(before)?;
        return Ok(store::document::save_sections(write, &document.kind, &document.subject, sections.as_deref()).await?);
    }
    let draft: PassageDraft = activity::read(before)?;
    let DocumentRef { kind, subject } = &draft.document;
    Ok(store::document::save_passage(write, kind, subject, &passage(&draft)).await?)
}
