//! Text tables, JSON, and the progress line.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

use app::job::{Events, Unit};
use app::report::format;
use app::report::locale::Catalogue;
use serde_json::Value;

use crate::FAILED;

/// Writes a line to standard output. Whoever reads it may have seen enough, as `head` does: that is no failure.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    if let Err(error) = writeln!(out, "{line}") {
        let seen_enough = error.kind() == std::io::ErrorKind::BrokenPipe;
        std::process::exit(if seen_enough { 0 } else { FAILED.into() });
    }
}

pub fn json(value: &Value) {
    say(&serde_json::to_string_pretty(value).unwrap_or_else(|_| value.to_string()));
}

/// A JSON scalar as text; "—" for null.
pub fn text(value: &Value) -> String {
    match value {
        Value::Null => "—".to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A dimension's value; "—" where the file gave none.
pub fn name(value: &Value) -> String {
    value.as_str().filter(|text| !text.is_empty()).unwrap_or("—").to_owned()
}

/// Money as "USD 12.5": exact, for scripts and people alike.
pub fn money(value: &Value) -> String {
    match (value["currency"].as_str(), value["amount"].as_str()) {
        (Some(currency), Some(amount)) => format!("{currency} {amount}"),
        _ => "—".to_owned(),
    }
}

/// Cells a terminal gives a text: CJK characters take two.
fn width(text: &str) -> usize {
    text.chars().map(|c| if matches!(c as u32, 0x1100..=0x115f | 0x2e80..=0xffdc) { 2 } else { 1 }).sum()
}

/// Prints columns padded to their widest cell; `right` aligns numbers.
pub fn table(header: &[String], right: &[bool], rows: Vec<Vec<String>>) {
    let mut widths: Vec<usize> = header.iter().map(|h| width(h)).collect();
    for row in &rows {
        for (widest, cell) in widths.iter_mut().zip(row) {
            *widest = (*widest).max(width(cell));
        }
    }
    let line = |cells: &[String]| {
        let padded = cells.iter().zip(&widths).zip(right).map(|((cell, widest), right)| {
            let gap = " ".repeat(widest.saturating_sub(width(cell)));
            if *right { format!("{gap}{cell}") } else { format!("{cell}{gap}") }
        });
        padded.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    say(&line(header));
    for row in &rows {
        say(&line(row));
    }
}

/// Progress on standard error, where that is a terminal.
pub fn progress(catalogue: Arc<Catalogue>, quiet: bool) -> Events {
    let show = !quiet && std::io::stderr().is_terminal();
    Arc::new(move |event| {
        if !show {
            return;
        }
        let phase = catalogue.plain(&format!("phase-{}", event.phase));
        let done = match (event.unit, event.total) {
            (_, Some(total)) if total > 0 => format::share(event.done as f64 / total as f64, 0),
            (Unit::Rows, _) => format::count(event.done.into()),
            _ => String::new(),
        };
        let left = event.seconds_left.map_or(String::new(), |s| format!(" · {s:.0} s"));
        eprint!("\r\u{1b}[K{phase} {done}{left}");
        let _ = std::io::stderr().flush();
    })
}

pub fn end_progress(quiet: bool) {
    if !quiet && std::io::stderr().is_terminal() {
        eprint!("\r\u{1b}[K");
    }
}

/// The window's folder, so that both know the same recent files.
pub fn data_dir() -> PathBuf {
    if let Some(folder) = std::env::var_os("QUARTERDECK_DATA_DIR") {
        return PathBuf::from(folder);
    }
    let from = |name: &str| std::env::var_os(name).map(PathBuf::from);
    let base = if cfg!(target_os = "windows") {
        from("APPDATA")
    } else if cfg!(target_os = "macos") {
        from("HOME").map(|home| home.join("Library/Application Support"))
    } else {
        from("XDG_DATA_HOME").or_else(|| from("HOME").map(|home| home.join(".local/share")))
    };
    base.unwrap_or_else(std::env::temp_dir).join("app.quarterdeck.desktop")
}
