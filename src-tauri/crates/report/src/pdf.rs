//! Canvases to a PDF file: glyph runs, paths, clips, subset fonts, bookmarks, metadata.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use lopdf::{Dictionary, Object, StringFormat};
use printpdf::{
    Color, CustomPdfConformance, ExtendedGraphicsState, ExtendedGraphicsStateId, FontId, Line, LineCapStyle,
    LineDashPattern, LineJoinStyle, LinePoint, OffsetDateTime, Op, PaintMode, PdfConformance, PdfDocument, PdfFont,
    PdfPage, PdfSaveOptions, Point, Polygon, PolygonRing, Pt, Rect, Rgb, WindingOrder,
};
use sha2::{Digest, Sha256};

use crate::canvas::{Canvas, Mark, Segment, rect_path};
use crate::error::ReportError;
use crate::fonts::Face;
use crate::palette::Colour;

mod glyphs;

/// What the file says about itself.
pub struct Metadata<'a> {
    pub title: &'a str,
    pub author: &'a str,
    pub subject: &'a str,
    /// BCP 47.
    pub language: &'a str,
    pub created: DateTime<Utc>,
}

/// A line of the outline.
pub struct Bookmark {
    pub title: String,
    /// From 0.
    pub page: usize,
}

/// The bytes of a PDF. The same input gives the same bytes.
pub fn write(pages: &[Canvas], bookmarks: &[Bookmark], about: &Metadata<'_>) -> Result<Vec<u8>, ReportError> {
    let mut document = PdfDocument::new(about.title);
    let meaning = glyphs::meanings(pages);
    for face in meaning.keys() {
        let font = PdfFont::new(face.parsed()?.clone());
        document.resources.fonts.map.insert(FontId(face.resource().to_owned()), font);
    }
    for alpha in alphas(pages) {
        let share = f32::from(alpha) / 100.0;
        let state = ExtendedGraphicsState::default().with_current_fill_alpha(share).with_current_stroke_alpha(share);
        document.resources.extgstates.map.insert(state_id(alpha), state);
    }
    document.pages = pages.iter().map(|canvas| page(canvas, &meaning)).collect();

    let date = OffsetDateTime::from_unix_timestamp(about.created.timestamp())
        .map_err(|e| ReportError::Write(e.to_string()))?;
    let info = &mut document.metadata.info;
    info.author = about.author.to_owned();
    info.subject = about.subject.to_owned();
    info.creator = "Quarterdeck".to_owned();
    info.producer = concat!("Quarterdeck ", env!("CARGO_PKG_VERSION")).to_owned();
    info.creation_date = date;
    info.modification_date = date;
    info.metadata_date = date;
    // Plain PDF: no claim to PDF/X or PDF/A, which would need an output intent and XMP.
    info.conformance = PdfConformance::Custom(CustomPdfConformance {
        requires_xmp_metadata: false,
        requires_icc_profile: false,
        ..Default::default()
    });

    let mut warnings = Vec::new();
    let options = PdfSaveOptions { subset_fonts: true, ..Default::default() };
    let mut file = document.to_lopdf_document(&options, &mut warnings);
    if let Some(problem) = warnings.iter().find(|w| w.msg.contains("subset") || w.msg.contains("font")) {
        return Err(ReportError::Write(problem.msg.clone()));
    }
    outline(&mut file, bookmarks)?;
    finish(&mut file, about)?;
    // Transparency came with 1.4; Unicode strings and outlines read alike since.
    file.version = "1.7".to_owned();
    file.prune_objects();
    file.compress();
    let mut bytes = Vec::new();
    file.save_to(&mut bytes).map_err(|e| ReportError::Write(e.to_string()))?;
    Ok(bytes)
}

fn state_id(alpha: u8) -> ExtendedGraphicsStateId {
    ExtendedGraphicsStateId(format!("A{alpha:03}"))
}

fn percent(alpha: f32) -> u8 {
    (alpha.clamp(0.0, 1.0) * 100.0).round() as u8
}

fn alphas(pages: &[Canvas]) -> BTreeSet<u8> {
    let of = |mark: &Mark| match mark {
        Mark::Fill { alpha, .. } | Mark::Stroke { alpha, .. } => percent(*alpha),
        _ => 100,
    };
    pages.iter().flat_map(|page| &page.marks).map(of).filter(|alpha| *alpha < 100).collect()
}

fn page(canvas: &Canvas, meaning: &BTreeMap<Face, BTreeMap<u16, String>>) -> PdfPage {
    let mut ops = Vec::with_capacity(canvas.marks.len() * 4);
    let height = canvas.height;
    for mark in &canvas.marks {
        match mark {
            Mark::Fill { path, colour, alpha } => {
                with_alpha(&mut ops, *alpha, |ops| {
                    ops.push(Op::SetFillColor { col: rgb(*colour) });
                    ops.push(Op::DrawPolygon { polygon: polygon(path, height, PaintMode::Fill) });
                });
            }
            Mark::Stroke { path, colour, alpha, width, dash } => {
                with_alpha(&mut ops, *alpha, |ops| stroke(ops, path, height, *colour, *width, *dash));
            }
            Mark::Text { x, y, run, colour } => {
                if let Some(meaning) = meaning.get(&run.face) {
                    glyphs::text(&mut ops, *x, height - y, run, *colour, meaning);
                }
            }
            Mark::PushClip { x, y, width, height: tall } => {
                ops.push(Op::SaveGraphicsState);
                let path = rect_path(crate::canvas::Area::new(*x, *y, *width, *tall));
                ops.push(Op::DrawPolygon { polygon: polygon(&path, height, PaintMode::Clip) });
            }
            Mark::PopClip => ops.push(Op::RestoreGraphicsState),
        }
    }
    let bounds = Rect::from_wh(Pt(canvas.width), Pt(canvas.height));
    PdfPage { media_box: bounds.clone(), trim_box: bounds.clone(), crop_box: bounds, ops }
}

fn with_alpha(ops: &mut Vec<Op>, alpha: f32, draw: impl FnOnce(&mut Vec<Op>)) {
    let alpha = percent(alpha);
    if alpha >= 100 {
        return draw(ops);
    }
    ops.push(Op::SaveGraphicsState);
    ops.push(Op::LoadGraphicsState { gs: state_id(alpha) });
    draw(ops);
    ops.push(Op::RestoreGraphicsState);
}

fn rgb(colour: Colour) -> Color {
    let part = |c: u8| f32::from(c) / 255.0;
    Color::Rgb(Rgb { r: part(colour.0), g: part(colour.1), b: part(colour.2), icc_profile: None })
}

/// Hundredths of a point are finer than any printer and keep the file small.
fn at(x: f32, y: f32, height: f32) -> Point {
    let round = |v: f32| (v * 100.0).round() / 100.0;
    Point { x: Pt(round(x)), y: Pt(round(height - y)) }
}

fn rings(path: &[Segment], height: f32) -> Vec<(Vec<LinePoint>, bool)> {
    let mut rings: Vec<(Vec<LinePoint>, bool)> = Vec::new();
    for segment in path {
        match *segment {
            Segment::Move(x, y) => rings.push((vec![LinePoint { p: at(x, y, height), bezier: false }], false)),
            Segment::Line(x, y) => {
                if let Some((points, _)) = rings.last_mut() {
                    points.push(LinePoint { p: at(x, y, height), bezier: false });
                }
            }
            Segment::Curve([a, b, c, d, e, f]) => {
                if let Some((points, _)) = rings.last_mut() {
                    points.push(LinePoint { p: at(a, b, height), bezier: true });
                    points.push(LinePoint { p: at(c, d, height), bezier: true });
                    points.push(LinePoint { p: at(e, f, height), bezier: false });
                }
            }
            Segment::Close => {
                if let Some((_, closed)) = rings.last_mut() {
                    *closed = true;
                }
            }
        }
    }
    rings
}

fn polygon(path: &[Segment], height: f32, mode: PaintMode) -> Polygon {
    let rings = rings(path, height).into_iter().map(|(points, _)| PolygonRing { points }).collect();
    Polygon { rings, mode, winding_order: WindingOrder::NonZero }
}

fn stroke(ops: &mut Vec<Op>, path: &[Segment], height: f32, colour: Colour, width: f32, dash: Option<[f32; 2]>) {
    ops.push(Op::SetOutlineColor { col: rgb(colour) });
    ops.push(Op::SetOutlineThickness { pt: Pt(width) });
    ops.push(Op::SetLineJoinStyle { join: LineJoinStyle::Round });
    ops.push(Op::SetLineCapStyle { cap: LineCapStyle::Butt });
    if let Some(dash) = dash {
        ops.push(Op::SetLineDashPattern { dash: LineDashPattern::new(0.0, &dash) });
    }
    for (points, is_closed) in rings(path, height) {
        ops.push(Op::DrawLine { line: Line { points, is_closed } });
    }
    if dash.is_some() {
        ops.push(Op::SetLineDashPattern { dash: LineDashPattern::solid() });
    }
}

/// The outline, one line per bookmark, in the order given.
fn outline(file: &mut lopdf::Document, bookmarks: &[Bookmark]) -> Result<(), ReportError> {
    if bookmarks.is_empty() {
        return Ok(());
    }
    let pages = file.get_pages();
    let root = file.new_object_id();
    let ids: Vec<_> = bookmarks.iter().map(|_| file.new_object_id()).collect();
    for (index, bookmark) in bookmarks.iter().enumerate() {
        let page =
            pages.get(&(bookmark.page as u32 + 1)).ok_or_else(|| ReportError::Write("bookmark without page".into()))?;
        let target = vec![Object::Reference(*page), "XYZ".into(), Object::Null, Object::Null, Object::Null];
        let mut entry = Dictionary::new();
        entry.set("Title", lopdf::text_string(&bookmark.title));
        entry.set("Parent", Object::Reference(root));
        entry.set("Dest", Object::Array(target));
        if index > 0 {
            entry.set("Prev", Object::Reference(ids[index - 1]));
        }
        if let Some(next) = ids.get(index + 1) {
            entry.set("Next", Object::Reference(*next));
        }
        file.objects.insert(ids[index], Object::Dictionary(entry));
    }
    let mut list = Dictionary::new();
    list.set("Type", "Outlines");
    list.set("Count", bookmarks.len() as i64);
    list.set("First", Object::Reference(ids[0]));
    list.set("Last", Object::Reference(ids[ids.len() - 1]));
    file.objects.insert(root, Object::Dictionary(list));
    let catalog = file.catalog_mut().map_err(|e| ReportError::Write(e.to_string()))?;
    catalog.set("Outlines", Object::Reference(root));
    catalog.set("PageMode", "UseOutlines");
    Ok(())
}

/// Language, title in the window's bar, no claim to PDF/X, an identity that follows from the content.
fn finish(file: &mut lopdf::Document, about: &Metadata<'_>) -> Result<(), ReportError> {
    let failed = |e: lopdf::Error| ReportError::Write(e.to_string());
    let mut preferences = Dictionary::new();
    preferences.set("DisplayDocTitle", true);
    let catalog = file.catalog_mut().map_err(failed)?;
    catalog.set("Lang", Object::string_literal(about.language));
    catalog.set("ViewerPreferences", Object::Dictionary(preferences));
    catalog.set("PageLayout", "SinglePage");
    let info = file.trailer.get(b"Info").and_then(Object::as_reference).map_err(failed)?;
    if let Ok(Object::Dictionary(info)) = file.get_object_mut(info) {
        for claim in ["GTS_PDFXVersion", "Identifier", "Keywords", "Trapped"] {
            info.remove(claim.as_bytes());
        }
    }
    let mut digest = Sha256::new();
    digest.update(about.created.timestamp().to_be_bytes());
    for object in file.objects.values() {
        if let Object::Stream(stream) = object {
            digest.update(&stream.content);
        }
    }
    let id = Object::String(digest.finalize()[..16].to_vec(), StringFormat::Hexadecimal);
    file.trailer.set("ID", Object::Array(vec![id.clone(), id]));
    Ok(())
}
