//! Why a run ended early: a sentence, what to do about it, an exit code.

use std::collections::BTreeMap;

use app::WireError;
use app::report::locale::FluentValue;
use serde::Serialize;

use crate::{FAILED, Session, WRONG_USE};

/// What an error says under `--json`: one document, and nothing beside it.
#[derive(Debug, Serialize)]
pub struct ErrorDocument<'a> {
    pub error: &'a Failure,
}

#[derive(Debug, Serialize)]
pub struct Failure {
    pub code: String,
    pub sentence: String,
    pub params: BTreeMap<String, String>,
    /// What to give on the command line instead.
    pub hint: Option<String>,
    #[serde(skip)]
    pub exit: u8,
}

/// Errors that are about the words of the command line, not about a file.
const MISUSED: [&str; 5] = ["bad-period", "too-many-dimensions", "unknown-zone", "unknown-currency", "invalid"];

/// Questions a window would ask: the command line has to be told.
const UNDECIDED: [&str; 6] = [
    "decimal-sign-undecided",
    "day-order-undecided",
    "conflict-undecided",
    "feeds-undecided",
    "needs-time-zone",
    "field-mapped-twice",
];

/// Errors that `--force` would have prevented; their sentences name it.
const FORCED: [&str; 2] = ["target-exists", "folder-not-empty"];

impl Failure {
    /// What goes to standard error.
    pub fn text(&self) -> String {
        match &self.hint {
            Some(hint) => format!("{}\n{hint}", self.sentence),
            None => self.sentence.clone(),
        }
    }

    pub fn with_hint(self, hint: String) -> Self {
        Self { hint: Some(hint), ..self }
    }
}

/// A parameter as the catalogue selects by it: whole numbers have plurals.
fn argument(text: &str) -> FluentValue<'_> {
    match text.parse::<i64>() {
        Ok(number) if number.to_string() == text => number.into(),
        _ => text.into(),
    }
}

pub fn arguments(params: &BTreeMap<String, String>) -> Vec<(&str, FluentValue<'_>)> {
    params.iter().map(|(name, text)| (name.as_str(), argument(text))).collect()
}

impl Session {
    /// An error of the core as a sentence, with one for each field that is wrong.
    pub fn failure(&self, error: WireError) -> Failure {
        // Where a window asks, the command line has to be told.
        let prefix = if FORCED.contains(&error.code.as_str()) { "cli" } else { "error" };
        let known = format!("{prefix}-{}", error.code);
        let (sentence, params) = if error.fields.is_empty() {
            (self.text(&known, &arguments(&error.params)), error.params)
        } else {
            let sentence = |field: &app::error::FieldError| {
                let reason = self.text(&format!("field-{}", field.code), &arguments(&field.params));
                format!("{}: {reason}", field.field)
            };
            let sentences: Vec<String> = error.fields.iter().map(sentence).collect();
            let params = error.fields.iter().map(|field| (field.field.clone(), field.code.clone())).collect();
            (sentences.join("\n"), params)
        };
        let code = error.code.as_str();
        let is_misuse = MISUSED.contains(&code) || UNDECIDED.contains(&code);
        let reason = error.fields.first().map_or(code, |field| field.code.as_str());
        Failure {
            hint: self.hint(reason, &params),
            exit: if is_misuse { WRONG_USE } else { FAILED },
            code: error.code,
            sentence,
            params,
        }
    }

    /// The flag that answers a question, or an example of what is meant.
    fn hint(&self, reason: &str, params: &BTreeMap<String, String>) -> Option<String> {
        let args = arguments(params);
        let text = |id: &str| Some(self.text(id, &args));
        match reason {
            "decimal-sign-undecided" => text("cli-hint-decimal-comma"),
            "day-order-undecided" => text("cli-hint-day-first"),
            "conflict-undecided" => text("cli-hint-on-conflict"),
            "feeds-undecided" => text("cli-hint-same-traffic"),
            "needs-time-zone" => text("cli-hint-time-zone"),
            "field-mapped-twice" => text("cli-hint-mapped-twice"),
            "timestamp-not-mapped" => text("cli-hint-timestamp"),
            "folder-not-found" => text("cli-hint-create-folder"),
            "bad-period" => text("cli-hint-period"),
            "too-many-dimensions" => text("cli-hint-by"),
            "unknown-zone" | "not-a-zone" => text("cli-hint-zone"),
            "unknown-currency" | "not-a-currency" => text("cli-hint-currency"),
            "missing-rate" => text("cli-hint-fx"),
            "days-cut-otherwise" => text("cli-hint-source"),
            "imports-contradict" => text("cli-hint-imports"),
            "no-such-model" => text("cli-hint-prices"),
            _ => None,
        }
    }

    /// Words of the command line that cannot be meant: `cli-<code>` says why.
    pub fn misuse(&self, code: &str, params: &[(&str, &str)]) -> Failure {
        self.ended(code, params, WRONG_USE)
    }

    /// What failed for a reason the command line itself knows: `cli-<code>` says which.
    pub fn failed(&self, code: &str, params: &[(&str, &str)]) -> Failure {
        self.ended(code, params, FAILED)
    }

    fn ended(&self, code: &str, params: &[(&str, &str)], exit: u8) -> Failure {
        let params: BTreeMap<String, String> =
            params.iter().map(|(name, text)| ((*name).to_owned(), (*text).to_owned())).collect();
        let sentence = self.text(&format!("cli-{code}"), &arguments(&params));
        Failure { code: code.to_owned(), sentence, params, hint: None, exit }
    }

    /// An id as typed.
    pub fn id<T: std::str::FromStr>(&self, text: &str) -> Result<T, Failure> {
        text.trim().parse().map_err(|_| self.misuse("bad-id", &[("text", text)]))
    }

    /// A day as typed, "2026-07-01".
    pub fn day<T: std::str::FromStr>(&self, text: &str) -> Result<T, Failure> {
        text.trim().parse().map_err(|_| self.misuse("bad-day", &[("text", text)]))
    }
}
