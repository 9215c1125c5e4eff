//! What is said about characters that no bundled face has: to the person who made the document, and to its readers.

use super::Desk;
use crate::doc::{Block, ReportDoc};

/// Id of the page that says how a document came about.
pub const METHOD: &str = "method";

/// Code points the sentence names; of more, it says how many.
const NAMED: usize = 8;

/// A sentence for each character, for the person who made the document.
pub fn warnings(desk: &Desk<'_>) -> Vec<String> {
    let sentence = |c: &char| {
        let args = [("character", c.to_string().into()), ("code", code(*c).into())];
        desk.texts.text("report-warning-character", &args)
    };
    desk.set.missing().iter().map(sentence).collect()
}

/// The document with a sentence about its replaced characters on its page about the method, where it has both.
pub fn admitted(desk: &Desk<'_>) -> Option<ReportDoc> {
    let missing = desk.set.missing();
    let page = desk.doc.pages.iter().position(|page| page.id == METHOD)?;
    if missing.is_empty() {
        return None;
    }
    let codes: Vec<String> = missing.iter().take(NAMED).map(|c| code(*c)).collect();
    let args = [
        ("count", missing.len().into()),
        ("codes", codes.join(", ").into()),
        ("more", missing.len().saturating_sub(NAMED).into()),
    ];
    let sentence = desk.texts.text("report-method-characters", &args);
    let mut doc = desk.doc.clone();
    let blocks = &mut doc.pages[page].blocks;
    match blocks.iter_mut().rev().find_map(|b| if let Block::Bullets { items } = b { Some(items) } else { None }) {
        Some(items) => items.push(sentence),
        None => blocks.push(Block::Paragraph { text: sentence }),
    }
    Some(doc)
}

fn code(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}
