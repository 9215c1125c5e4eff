//! A document as slides: one page per slide, more where a page does not fit one.

use super::{Desk, Sheet, cover, slide};
use crate::doc::{Block, Page};
use crate::error::ReportError;

pub fn lay_out(desk: &mut Desk<'_>) -> Result<Vec<Sheet>, ReportError> {
    let doc = desk.doc;
    let mut parts: Vec<(Option<&Page>, Vec<Sheet>)> = Vec::new();
    for page in &doc.pages {
        if page.blocks.iter().any(|b| matches!(b, Block::Cover { .. })) {
            parts.push((Some(page), Vec::new()));
            let rest = Page { blocks: after_cover(page), ..page.clone() };
            if !rest.blocks.is_empty() || rest.commentary.is_some() {
                parts.push((None, slide::lay_out(desk, &rest)?));
            }
        } else {
            parts.push((None, slide::lay_out(desk, page)?));
        }
    }
    // The cover lists the sections with their numbers, so it is drawn when those are known.
    let mut sections = Vec::new();
    let mut number = 1;
    for (cover, sheets) in &parts {
        if cover.is_some() {
            number += 1;
        }
        for sheet in sheets {
            if !sheet.bookmarks.is_empty() {
                sections.push((sheet.title.clone(), number));
            }
            number += 1;
        }
    }
    let mut out = Vec::new();
    for (cover, sheets) in parts {
        if let Some(page) = cover {
            out.push(cover::slide(desk, page, &sections));
        }
        out.extend(sheets);
    }
    Ok(out)
}

/// Blocks that a cover has no place for.
fn after_cover(page: &Page) -> Vec<Block> {
    let stays = |block: &Block| match block {
        Block::Cover { .. } => true,
        Block::Figures { .. } => cover::holds_figures(page),
        _ => false,
    };
    page.blocks.iter().filter(|b| !stays(b)).cloned().collect()
}
