//! What is printed: lines, JSON, and the words in them.

use std::io::Write;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicBool, Ordering};

use app::report::format::{self, UNKNOWN};
use app::view::Unpriced;
use app::wire::Money;
use serde::Serialize;

use crate::{FAILED, Session};

pub mod progress;
mod table;

pub use table::table;

/// Why standard output took no more, where that was a failure.
static UNSAID: OnceLock<String> = OnceLock::new();
/// Whether anybody still reads.
static HEARD: AtomicBool = AtomicBool::new(true);

/// Writes a line to standard output. Whoever reads it may have seen enough, as `head` does: that is no failure. What there is
/// to do is done in any case; see [`unsaid`].
pub fn say(line: &str) {
    if !HEARD.load(Ordering::Relaxed) {
        return;
    }
    let line = tame(line);
    let mut out = std::io::stdout().lock();
    if let Err(error) = writeln!(out, "{line}").and_then(|()| out.flush()) {
        HEARD.store(false, Ordering::Relaxed);
        if error.kind() != std::io::ErrorKind::BrokenPipe {
            let _ = UNSAID.set(error.to_string());
        }
    }
}

/// Why some of the results could not be written, if any could not.
pub fn unsaid() -> Option<&'static str> {
    UNSAID.get().map(String::as_str)
}

/// What files hold is printed too: escapes that would move a terminal's cursor or title, and marks that turn the direction of what
/// follows, are left out.
fn tame(text: &str) -> std::borrow::Cow<'_, str> {
    let is_wild = |c: char| {
        c.is_control() && !matches!(c, '\n' | '\t') || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
    };
    if text.contains(is_wild) { text.chars().filter(|c| !is_wild(*c)).collect::<String>().into() } else { text.into() }
}

/// Writes a line to standard error. Where nobody reads that, the exit code says enough.
pub fn note(line: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", tame(line));
}

pub fn json(value: &impl Serialize) {
    match serde_json::to_string_pretty(value) {
        Ok(text) => say(&text),
        Err(error) => {
            note(&error.to_string());
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
            ("vendor", name(&unpriced.vendor_name).into()),
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
