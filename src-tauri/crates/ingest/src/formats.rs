//! The files usage can come from, each in a file of its own that says everything reading asks of it. Adding one is its file
//! and its lines here.

mod anthropic;
mod anthropic_cost_csv;
mod anthropic_usage_csv;
mod generic_csv;
mod generic_jsonl;
mod litellm_spend_logs;
mod mapped;
mod openai;
mod openai_costs;
mod openai_usage;

use std::path::Path;

use domain::money::Currency;
use domain::usage::Known;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use ts_rs::TS;

use crate::Result;
use crate::accumulate::Setup;
use crate::field::squeeze;
use crate::look::Look;
use crate::mapping::FieldMapping;
use crate::reader::{Found, Progress};

/// What a format says of itself. Functions are given a person's mapping, which only those of mapped formats look at.
pub(crate) struct Format {
    /// On the wire, on the command line and in the record of an import.
    pub name: &'static str,
    pub marks: Marks,
    /// Whether a person says which column means what; the dedicated readers know.
    pub is_mapped: bool,
    /// What such a file is able to say.
    pub known: fn(&FieldMapping) -> Known,
    /// What the amounts it states are in.
    pub currency: fn(&Look, &FieldMapping) -> Result<Currency>,
    /// What is normalised on the way, before any row is read: messages `note-<code>`.
    pub notes: fn(&Look, &FieldMapping) -> Result<Vec<&'static str>>,
    pub read: Read,
}

/// Reads the whole file at a path, whose beginning was looked at. The last argument is called after each block and cancels by
/// returning `false`. One call reads a file: no row pays for the pointer.
pub(crate) type Read =
    for<'a> fn(&Path, &Look, &FieldMapping, Setup<'a>, &mut dyn FnMut(Progress) -> bool) -> Result<Found<'a>>;

/// How a file of a format is recognised by its beginning.
pub(crate) enum Marks {
    /// CSV in which these columns are all there, however they are written.
    Columns(&'static [&'static str]),
    /// JSON whose first objects are such. There are none where the first is longer than a look.
    Objects(fn(&[Value]) -> bool),
}

impl Marks {
    pub(crate) fn are_of_csv(&self) -> bool {
        matches!(self, Marks::Columns(_))
    }

    fn are_on(&self, beginning: Beginning<'_>) -> bool {
        match (self, beginning) {
            (Marks::Columns(wanted), Beginning::Columns(names)) => {
                let has = |wanted: &&str| names.iter().any(|name| squeeze(name) == squeeze(wanted));
                wanted.iter().all(has)
            }
            (Marks::Objects(are_such), Beginning::Objects(objects)) => are_such(objects),
            _ => false,
        }
    }
}

/// What the beginning of a file shows.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Beginning<'l> {
    Columns(&'l [String]),
    Objects(&'l [Value]),
}

/// The formats whose marks a file bears, the likeliest first.
pub(crate) fn recognise(beginning: Beginning<'_>) -> Vec<UsageFormat> {
    UsageFormat::ALL.into_iter().rev().filter(|format| format.declared().marks.are_on(beginning)).collect()
}

macro_rules! formats {
    ($($variant:ident: $module:ident),* $(,)?) => {
        /// The files usage can come from.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize, TS)]
        #[serde(rename_all = "kebab-case")]
        pub enum UsageFormat {
            $($variant),*
        }

        impl UsageFormat {
            pub const ALL: [UsageFormat; LIST.len()] = [$(UsageFormat::$variant),*];
        }

        /// What each says of itself, in the order of [`UsageFormat`].
        const LIST: &[Format] = &[$($module::FORMAT),*];
    };
}

// From what any file may be to what few are: of several whose marks a file bears, the last is the likeliest.
formats! {
    GenericCsv: generic_csv,
    GenericJsonl: generic_jsonl,
    LitellmSpendLogs: litellm_spend_logs,
    OpenaiUsage: openai_usage,
    OpenaiCosts: openai_costs,
    AnthropicCostCsv: anthropic_cost_csv,
    AnthropicUsageCsv: anthropic_usage_csv,
}

impl UsageFormat {
    pub(crate) fn declared(self) -> &'static Format {
        &LIST[self as usize]
    }

    pub fn name(self) -> &'static str {
        self.declared().name
    }

    /// Whether a person says which column means what; the dedicated readers know.
    pub fn is_mapped(self) -> bool {
        self.declared().is_mapped
    }
}

impl std::str::FromStr for UsageFormat {
    type Err = String;
    fn from_str(text: &str) -> std::result::Result<Self, String> {
        Self::ALL.into_iter().find(|format| format.name() == text.trim()).ok_or_else(|| text.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_has_one_name() {
        for format in UsageFormat::ALL {
            assert_eq!(format.name().parse(), Ok(format));
            assert_eq!(serde_json::to_value(format).unwrap(), format.name());
        }
    }

    #[test]
    fn of_several_formats_the_most_particular_is_the_likeliest() {
        let names = |all: &[&str]| all.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let usage = ["usage_date_utc", "model_version", "usage_input_tokens_no_cache", "usage_output_tokens"];
        let cost = ["Usage Date UTC", "model", "cost_usd", "token_type"];
        let both = names(&[usage, cost].concat());
        for (columns, formats) in [
            (names(&["time", "tokens"]), &["generic-csv"][..]),
            (names(&cost), &["anthropic-cost-csv", "generic-csv"]),
            (both, &["anthropic-usage-csv", "anthropic-cost-csv", "generic-csv"]),
        ] {
            let found: Vec<_> = recognise(Beginning::Columns(&columns)).into_iter().map(UsageFormat::name).collect();
            assert_eq!(found, formats, "{columns:?}");
        }
        for (objects, formats) in [
            (vec![serde_json::json!({ "ts": 1 })], &["generic-jsonl"][..]),
            (
                vec![serde_json::json!({ "request_id": "a", "call_type": "b", "spend": 0 })],
                &["litellm-spend-logs", "generic-jsonl"],
            ),
            (vec![serde_json::json!({ "object": "page", "data": [] })], &["openai-usage", "generic-jsonl"]),
            (
                vec![serde_json::json!({ "object": "bucket", "results": [{ "amount": {} }] })],
                &["openai-costs", "generic-jsonl"],
            ),
            // The first object is longer than a look.
            (vec![], &["openai-usage", "generic-jsonl"]),
        ] {
            let found: Vec<_> = recognise(Beginning::Objects(&objects)).into_iter().map(UsageFormat::name).collect();
            assert_eq!(found, formats, "{objects:?}");
        }
    }
}
