//! A document on pages: slides (`deck`) or a flowing report (`flow`). Nothing overlaps, nothing is cut; what does
//! not fit goes on to a next page.

use chrono::{DateTime, Utc};

use crate::canvas::Canvas;
use crate::doc::ReportDoc;
use crate::error::ReportError;
use crate::locale::{Catalogue, Language};
use crate::pdf::{self, Bookmark, Metadata};
use crate::text::Typesetter;

mod cover;
mod deck;
mod figures;
mod flow;
mod furniture;
mod grid;
mod prose;
mod replaced;
mod slide;

/// A paper format, in points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Paper {
    /// 13.333 × 7.5 inches: a 16:9 slide.
    Deck,
    A4,
    Letter,
}

impl Paper {
    /// Width and height in points.
    pub fn size(self) -> (f32, f32) {
        match self {
            Paper::Deck => (960.0, 540.0),
            Paper::A4 => (595.28, 841.89),
            Paper::Letter => (612.0, 792.0),
        }
    }
}

/// A page as it came out, for a list beside the preview.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RenderedPage {
    /// Id of the document's page that stands on it (the first one, where several do).
    pub id: String,
    pub title: String,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RenderedPdf {
    pub bytes: Vec<u8>,
    pub pages: Vec<RenderedPage>,
    /// Sentences about what could not be printed as given, e.g. characters no bundled font has.
    pub warnings: Vec<String>,
}

/// One page before it is written.
pub(crate) struct Sheet {
    pub canvas: Canvas,
    pub id: String,
    pub title: String,
    /// Outline entries that point here.
    pub bookmarks: Vec<String>,
    /// Footer in the colours for an accent ground.
    pub on_accent: bool,
}

/// What every layout needs at hand.
pub(crate) struct Desk<'a> {
    pub set: Typesetter,
    pub texts: Catalogue,
    pub doc: &'a ReportDoc,
}

/// Pages as vector marks.
#[derive(Debug, Clone, PartialEq)]
pub struct DrawnPages {
    pub canvases: Vec<Canvas>,
    pub pages: Vec<RenderedPage>,
    pub warnings: Vec<String>,
}

/// What `render_pdf` writes, before it is written: for other outputs and for tests of the layout.
pub fn render_pages(doc: &ReportDoc, paper: Paper) -> Result<DrawnPages, ReportError> {
    let (sheets, warnings) = sheets(doc, paper)?;
    let pages = sheets.iter().map(|s| RenderedPage { id: s.id.clone(), title: s.title.clone() }).collect();
    Ok(DrawnPages { canvases: sheets.into_iter().map(|s| s.canvas).collect(), pages, warnings })
}

/// The document as a PDF. `created` is the only input beside the document: the same two give the same bytes.
pub fn render_pdf(doc: &ReportDoc, paper: Paper, created: DateTime<Utc>) -> Result<RenderedPdf, ReportError> {
    let (sheets, warnings) = sheets(doc, paper)?;
    let mut bookmarks = Vec::new();
    let mut pages = Vec::with_capacity(sheets.len());
    let mut canvases = Vec::with_capacity(sheets.len());
    for (page, sheet) in sheets.into_iter().enumerate() {
        bookmarks.extend(sheet.bookmarks.into_iter().map(|title| Bookmark { title, page }));
        pages.push(RenderedPage { id: sheet.id, title: sheet.title });
        canvases.push(sheet.canvas);
    }
    let about = Metadata {
        title: &doc.title,
        author: &doc.workspace,
        subject: &joined(&[&doc.subtitle, &doc.period], " · "),
        language: &doc.language,
        created,
    };
    let bytes = pdf::write(&canvases, &bookmarks, &about)?;
    Ok(RenderedPdf { bytes, pages, warnings })
}

fn sheets(doc: &ReportDoc, paper: Paper) -> Result<(Vec<Sheet>, Vec<String>), ReportError> {
    if doc.pages.is_empty() {
        return Err(ReportError::Empty);
    }
    let texts = Catalogue::new(doc.language.parse::<Language>().unwrap_or_default());
    let mut desk = Desk { set: Typesetter::new(), texts, doc };
    let sheets = laid_out(&mut desk, paper)?;
    // Which characters are missing is known when all is set; the sentence about them uses none of them.
    let warnings = replaced::warnings(&desk);
    match replaced::admitted(&desk) {
        Some(doc) => Ok((laid_out(&mut Desk { doc: &doc, ..desk }, paper)?, warnings)),
        None => Ok((sheets, warnings)),
    }
}

fn laid_out(desk: &mut Desk<'_>, paper: Paper) -> Result<Vec<Sheet>, ReportError> {
    let mut sheets = match paper {
        Paper::Deck => deck::lay_out(desk)?,
        Paper::A4 | Paper::Letter => flow::lay_out(desk, paper)?,
    };
    let count = sheets.len();
    for (index, sheet) in sheets.iter_mut().enumerate() {
        furniture::footer(desk, sheet, index + 1, count);
    }
    Ok(sheets)
}

/// The parts that are not empty, with `between` between them.
pub(crate) fn joined(parts: &[&str], between: &str) -> String {
    parts.iter().copied().filter(|p| !p.is_empty()).collect::<Vec<_>>().join(between)
}
