//! A post-mortem as one page of HTML that holds everything it shows and runs nothing.

use domain::postmortem::{Piece, pieces};
use report::chart::ChartSpec;
use report::table::TableSpec;
use report::{chart_svg, markdown};

use super::Paper;
use crate::{AppError, Context, Result};

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&#39;")
}

fn table_html(table: &TableSpec) -> String {
    let cells = |tag: &str, cells: Vec<String>| -> String {
        cells.into_iter().map(|cell| format!("<{tag}>{}</{tag}>", escaped(&cell).replace('\n', "<br>"))).collect()
    };
    let head = cells("th", table.columns.iter().map(|column| column.title.clone()).collect());
    let rows: String = table
        .rows
        .iter()
        .map(|row| format!("<tr>{}</tr>\n", cells("td", row.iter().map(|cell| cell.text.clone()).collect())))
        .collect();
    format!("<table><thead><tr>{head}</tr></thead><tbody>\n{rows}</tbody></table>\n")
}

const STYLE: &str = "body{font:16px/1.55 system-ui,sans-serif;max-width:760px;margin:40px auto;padding:0 20px;color:#1c2126}\
h1{font-size:28px;line-height:1.2}h2{margin-top:36px;border-top:1px solid #dde2e6;padding-top:18px}.line{color:#5a646d}\
dl{display:grid;grid-template-columns:max-content 1fr;gap:4px 18px}dt{color:#5a646d}dd{margin:0}table{border-collapse:collapse;width:100%;font-size:14px}\
th{text-align:left;color:#5a646d;font-weight:500}td,th{border-bottom:1px solid #e6eaed;padding:5px 10px 5px 0;vertical-align:top}\
code,pre{font-family:ui-monospace,monospace;font-size:14px}pre{background:#f4f6f8;padding:10px;overflow:auto}img,svg{max-width:100%;height:auto}\
blockquote{margin:0;padding-left:14px;border-left:3px solid #dde2e6;color:#5a646d}\
@media(prefers-color-scheme:dark){body{background:#14181b;color:#e7ebee}.line,dt,th,blockquote{color:#9aa5ad}h2,td,th,blockquote{border-color:#2c3338}pre{background:#1c2226}svg{background:#fff}}";

pub(super) fn written(context: &Context, paper: &Paper) -> Result<String> {
    let text = |id: &str| context.text(id, &[]);
    let title = format!("{} {}", paper.code, paper.title);
    let mut body = format!("<h1>{}</h1>\n<p class=\"line\">{}</p>\n", escaped(&title), escaped(&paper.line(context)));
    if !paper.approved.is_empty() {
        body.push_str(&format!("<p class=\"line\">{}</p>\n", escaped(&paper.approved)));
    }
    let facts: String = paper
        .facts
        .iter()
        .map(|fact| format!("<dt>{}</dt><dd>{}</dd>", escaped(&fact.label), escaped(&fact.text)))
        .collect();
    body.push_str(&format!("<dl>{facts}</dl>\n"));
    let picture = |address: &str| paper.pictures.get(address).cloned();
    for piece in pieces(&paper.text) {
        match piece {
            Piece::Markdown(text) => body.push_str(&markdown::html(text, &picture)),
            Piece::Timeline => {
                if let Some(chart) = paper.figure(context) {
                    body.push_str(&drawn(&chart, 180.0)?);
                }
                let table = paper.timeline(context).map(|table| table_html(&table));
                body.push_str(&table.unwrap_or_else(|| format!("<p>{}</p>\n", escaped(&text("timeline-empty")))));
            }
            Piece::Actions => {
                let table = paper.actions_table(context).map(|table| table_html(&table));
                body.push_str(&table.unwrap_or_else(|| format!("<p>{}</p>\n", escaped(&text("actions-none")))));
            }
            Piece::Figure(name) => {
                if let Some(chart) = paper.figures.get(name) {
                    body.push_str(&drawn(chart, 240.0)?);
                }
            }
        }
    }
    // Whatever a reader's browser makes of it: nothing runs, nothing is fetched.
    let policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
    Ok(format!(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        context.language.tag(),
        escaped(&title),
    ))
}

/// A page without its elements: what a reader sees of it.
pub(super) fn bare(page: &str) -> String {
    let mut out = String::with_capacity(page.len());
    let mut within = false;
    for character in page.chars() {
        match character {
            '<' => within = true,
            '>' => within = false,
            other if !within => out.push(other),
            _ => {}
        }
    }
    out
}

fn drawn(chart: &ChartSpec, height: f32) -> Result<String> {
    let svg = chart_svg(chart, 720.0, height).map_err(|error| AppError::Internal(error.to_string()))?;
    Ok(format!("<figure style=\"margin:0\">{svg}</figure>\n"))
}
