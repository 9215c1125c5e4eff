//! Text tables, JSON, and the progress line.

use std::io::{IsTerminal, Write};
use std::path::PathBuf;
use std::sync::Arc;

use app::job::{Events, TimeUnit, Unit};
use app::report::format::{self, UNKNOWN};
use app::report::locale::Catalogue;
use app::view::Unpriced;
use app::wire::Money;
use serde::Serialize;

use crate::{FAILED, Session};

/// Writes a line to standard output. Whoever reads it may have seen enough, as `head` does: that is no failure.
pub fn say(line: &str) {
    let mut out = std::io::stdout().lock();
    if let Err(error) = writeln!(out, "{line}") {
        let seen_enough = error.kind() == std::io::ErrorKind::BrokenPipe;
        std::process::exit(if seen_enough { 0 } else { FAILED.into() });
    }
}

pub fn json(value: &impl Serialize) {
    match serde_json::to_string_pretty(value) {
        Ok(text) => say(&text),
        Err(error) => {
            eprintln!("{error}");
            std::process::exit(FAILED.into());
        }
    }
}

/// A whole number with thousands separators.
pub fn count(value: impl Into<i128>) -> String {
    format::count(value.into())
}

/// A whole number the wire carries as text, with thousands separators.
pub fn figure(text: &str) -> String {
    text.parse().map_or_else(|_| text.to_owned(), format::count)
}

/// The same, or "—" where it is not known.
pub fn known(text: Option<&str>) -> String {
    text.map_or_else(|| UNKNOWN.to_owned(), figure)
}

/// A dimension's value; "—" where the file gave none.
pub fn name(text: &str) -> &str {
    if text.is_empty() { UNKNOWN } else { text }
}

/// An instant to the second.
pub fn time(at: &impl ToString) -> String {
    let text = at.to_string();
    // Fractions of a second tell nobody anything here.
    match text.split_once('.') {
        Some((whole, _)) => format!("{whole} UTC"),
        None => text,
    }
}

/// A word of the wire, as it is typed and as `--json` has it.
pub fn word(value: &impl Serialize) -> String {
    match serde_json::to_value(value) {
        Ok(serde_json::Value::String(word)) => word,
        _ => UNKNOWN.to_owned(),
    }
}

pub fn unpriced(session: &Session, unpriced: &Unpriced) -> String {
    session.text(
        "cli-plan-unpriced",
        &[
            ("vendor", name(&unpriced.vendor).into()),
            ("model", name(&unpriced.model).into()),
            ("tokens", figure(&unpriced.tokens).into()),
        ],
    )
}

impl Session {
    /// An amount to the cent, and below one unit with three digits that count.
    pub fn money(&self, amount: &Money) -> String {
        format::money_unit(amount.nanos(), amount.currency().code(), self.language)
    }

    /// The value as JSON, or what is said about it.
    pub fn print<T: Serialize>(&self, value: &T, sentence: impl Fn(&T) -> String) {
        if self.json { json(value) } else { say(&sentence(value)) }
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
        let left = event.left.map_or(String::new(), |left| match left.unit {
            TimeUnit::Second => format!(" · {} s", left.count),
            TimeUnit::Minute => format!(" · {} min", left.count),
        });
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
