//! A post-mortem as Markdown: its text as it was written, with tables where the text names the time line, actions and figures.

use domain::postmortem::{Piece, pieces};
use report::table_markdown;

use super::Paper;
use crate::Context;

pub(super) fn written(context: &Context, paper: &Paper) -> String {
    let text = |id: &str| context.text(id, &[]);
    let mut out = format!("# {} {}\n\n{}\n\n", paper.code, literal(&paper.title), paper.line(context));
    if !paper.approved.is_empty() {
        out.push_str(&format!("{}\n\n", paper.approved));
    }
    for fact in &paper.facts {
        out.push_str(&format!("- **{}**: {}\n", one_line(&fact.label), one_line(&fact.text)));
    }
    out.push('\n');
    for piece in pieces(&paper.text) {
        match piece {
            // Pictures of the workspace do not leave with a text.
            Piece::Markdown(text) => out.push_str(text),
            Piece::Timeline => {
                let table = paper.timeline(context).map(|table| table_markdown(&table));
                apart(&mut out, &table.unwrap_or_else(|| text("timeline-empty")));
            }
            Piece::Actions => {
                let table = paper.actions_table(context).map(|table| table_markdown(&table));
                apart(&mut out, &table.unwrap_or_else(|| text("actions-none")));
            }
            Piece::Figure(name) => {
                if let Some(chart) = paper.figures.get(name) {
                    apart(&mut out, &format!("**{}**", one_line(&chart.title)));
                    apart(&mut out, &table_markdown(&chart.table));
                }
            }
        }
    }
    out
}

/// A table is one of its own: a line that touches it would be its next row.
fn apart(out: &mut String, block: &str) {
    let end = out.trim_end_matches('\n').len();
    out.truncate(end);
    out.push_str("\n\n");
    out.push_str(block.trim_end());
    out.push_str("\n\n");
}

/// A title as it stands: no sign of it is one of Markdown.
fn literal(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in one_line(text).chars() {
        match character {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '[' | ']' | '*' | '_' | '`' | '\\' | '!' => {
                out.push('\\');
                out.push(character);
            }
            other => out.push(other),
        }
    }
    out
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
