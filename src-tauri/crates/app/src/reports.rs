//! Reports as commands: preview, export, commentary.

use base64::Engine;
use domain::calendar::Period;
use report::chart::ChartSpec;
use report::locale::Language;
use report::{Paper, RenderedPdf, render_pdf};
use serde::{Deserialize, Serialize};
use store::commentary::Commentary;
use ts_rs::TS;

use crate::activity;
use crate::job::Unit;
use crate::target::Target;
use crate::view::Exported;
use crate::{AppError, Context, Result};

mod quarter;

pub(crate) const COMMENTARY: &str = "commentary";

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum PaperKind {
    Deck,
    A4,
    Letter,
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
    pub period: String,
    pub paper: PaperKind,
    pub lang: Language,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ReportExport {
    pub period: String,
    pub paper: PaperKind,
    pub lang: Language,
    pub path: String,
    /// Whoever asks has agreed to lose a file of that name.
    #[serde(default)]
    pub replace: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ReportPreview {
    pub pdf_base64: String,
    pub pages: Vec<ReportPageTitle>,
    pub warnings: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportPageTitle {
    pub id: String,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ReportExported {
    pub path: String,
    pub pages: u32,
    #[ts(type = "number")]
    pub bytes: u64,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct PeriodRef {
    pub period: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct CommentaryDraft {
    pub period: String,
    pub page: String,
    pub text: String,
}

#[derive(Debug, Clone, Serialize, Deserialize, TS)]
pub struct ChartExport {
    pub spec: ChartSpec,
    /// Ends in .svg for the picture or .csv for its table.
    pub path: String,
    /// Whoever asks has agreed to lose a file of that name.
    #[serde(default)]
    pub replace: bool,
}

/// Width and height of an exported picture: a slide's chart.
const CHART_SIZE: (f32, f32) = (960.0, 480.0);

/// Writes one chart as a picture, or the table behind it.
pub async fn chart_export(context: &Context, request: ChartExport) -> Result<Exported> {
    let path = crate::files::expand(&request.path);
    let kind = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
    let text = match kind.as_str() {
        "svg" => report::chart_svg(&request.spec, CHART_SIZE.0, CHART_SIZE.1)?,
        // A byte order mark is what tells spreadsheets that a CSV file is UTF-8.
        "csv" => format!("\u{feff}{}", report::table_csv(&request.spec.table)),
        _ => return Err(AppError::refused("export-kind")),
    };
    let target = Target::file(context, path, request.replace).await?;
    target.write(text)?;
    Ok(Exported { path: target.path.to_string_lossy().into_owned(), rows: request.spec.table.rows.len() as u64 })
}

async fn render(context: &Context, period: &str, paper: PaperKind, language: Language) -> Result<RenderedPdf> {
    let context = Context { language, ..context.clone() };
    let period: Period = period.parse().map_err(|_| AppError::refused("bad-period").with("period", period))?;
    context.progress.report("computing", 0, None, Unit::Steps);
    let doc = quarter::document(&context, period).await?;
    context.progress.check()?;
    context.progress.report("drawing", 0, Some(doc.pages.len() as u64), Unit::Steps);
    let created = context.now();
    tokio::task::spawn_blocking(move || Ok(render_pdf(&doc, paper.into(), created)?))
        .await
        .map_err(|error| AppError::Internal(error.to_string()))?
}

/// The quarterly review as the PDF it will be.
pub async fn report_quarter(context: &Context, request: ReportRequest) -> Result<ReportPreview> {
    let pdf = render(context, &request.period, request.paper, request.lang).await?;
    Ok(ReportPreview {
        pdf_base64: base64::engine::general_purpose::STANDARD.encode(&pdf.bytes),
        pages: pdf.pages.into_iter().map(|page| ReportPageTitle { id: page.id, title: page.title }).collect(),
        warnings: pdf.warnings,
    })
}

pub async fn report_quarter_export(context: &Context, request: ReportExport) -> Result<ReportExported> {
    let mut path = crate::files::expand(&request.path);
    if path.as_os_str().is_empty() {
        return Err(AppError::field("path", "required"));
    }
    let is_folder = path.is_dir() || request.path.ends_with(std::path::is_separator);
    if path.extension().is_none() && !is_folder && !path.exists() {
        path.set_extension("pdf");
    }
    let target = Target::file(context, path, request.replace).await?;
    let pdf = render(context, &request.period, request.paper, request.lang).await?;
    target.write(&pdf.bytes)?;
    Ok(ReportExported {
        path: target.path.to_string_lossy().into_owned(),
        pages: pdf.pages.len() as u32,
        bytes: pdf.bytes.len() as u64,
    })
}

pub async fn report_commentary(context: &Context, input: PeriodRef) -> Result<Vec<Commentary>> {
    let store = context.store().await?;
    Ok(store::commentary::list(&mut *store.read().await?, &input.period).await?)
}

pub async fn report_commentary_save(context: &Context, draft: CommentaryDraft) -> Result<()> {
    let store = context.store().await?;
    let mut write = store.write().await?;
    let existing = store::commentary::list(write.connection(), &draft.period).await?;
    let old = existing.into_iter().find(|c| c.page == draft.page).map_or(String::new(), |c| c.text);
    if old == draft.text {
        return Ok(());
    }
    let before = CommentaryDraft { text: old, ..draft.clone() };
    let record = format!("{}/{}", draft.period, draft.page);
    activity::edited(&mut write, context, COMMENTARY, &record, &draft.period, &before, &draft).await?;
    store::commentary::save(&mut write, &draft.period, &draft.page, &draft.text).await?;
    write.commit().await?;
    Ok(())
}
