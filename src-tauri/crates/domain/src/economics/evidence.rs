//! What a stored amount rests on. There are three kinds of evidence of the same money: metered tokens at our prices, the amount a
//! gateway reported with a request, and a provider's bill. Which one a row rests on is fixed when it is imported.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::money::{Currency, Femtos};
use crate::price::Rates;

/// What a charge is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "kebab-case")]
pub enum ChargeKind {
    /// Tokens, or unsaid: restates metered tokens where there are any.
    Tokens,
    WebSearch,
    CodeExecution,
    FileSearch,
    Storage,
    Images,
    Video,
    Audio,
    FineTuning,
    Support,
    Tax,
    /// Money given back: a promotion, a refund, a discount.
    Credit,
    /// A request that a gateway metered without tokens, of a kind it does not name.
    Request,
    Other,
}

impl ChargeKind {
    pub const ALL: [ChargeKind; 14] = [
        ChargeKind::Tokens,
        ChargeKind::WebSearch,
        ChargeKind::CodeExecution,
        ChargeKind::FileSearch,
        ChargeKind::Storage,
        ChargeKind::Images,
        ChargeKind::Video,
        ChargeKind::Audio,
        ChargeKind::FineTuning,
        ChargeKind::Support,
        ChargeKind::Tax,
        ChargeKind::Credit,
        ChargeKind::Request,
        ChargeKind::Other,
    ];

    /// The kind a bill's own words name: a line item, a token type, a usage type. A bill that names nothing, or a kind of
    /// token, charges tokens. Whole words count: "private" is no VAT.
    pub fn named(words: &str) -> Self {
        let lower = words.to_lowercase();
        let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
        let says = |phrases: &[&str]| phrases.iter().any(|phrase| holds(&words, phrase));
        if says(&["credit", "refund", "discount", "promotion", "goodwill"]) {
            ChargeKind::Credit
        } else if says(&["token"]) && !says(&["storage"]) {
            ChargeKind::Tokens
        } else if says(&["web search", "grounding"]) {
            ChargeKind::WebSearch
        } else if says(&["code execution", "code interpreter", "session usage"]) {
            ChargeKind::CodeExecution
        } else if says(&["file search", "vector store"]) {
            ChargeKind::FileSearch
        } else if says(&["storage"]) {
            ChargeKind::Storage
        } else if says(&["fine tuning", "fine tune", "fine tuned", "training"]) {
            ChargeKind::FineTuning
        } else if says(&["support"]) {
            ChargeKind::Support
        } else if says(&["tax", "vat", "gst"]) {
            ChargeKind::Tax
        } else if says(&["input", "output", "cache", "cached"]) {
            ChargeKind::Tokens
        } else if says(&["video", "sora", "veo"]) {
            ChargeKind::Video
        } else if says(&["image", "dall"]) {
            ChargeKind::Images
        } else if says(&["audio", "speech", "tts", "whisper", "transcription"]) {
            ChargeKind::Audio
        } else {
            ChargeKind::Tokens
        }
    }

    /// What a name that no model has says it charges, standing where a model's should: "Promotional credit", "Sora video". Only
    /// words that nobody calls a deployment by are taken for it: a "support bot" answers with tokens.
    pub fn of_label(name: &str) -> Option<Self> {
        if !name.trim().contains(' ') && !is_charge_alone(name) {
            return None;
        }
        let kind = Self::named(name);
        let lower = name.to_lowercase();
        let is_sold_so = lower.split(|c: char| !c.is_alphanumeric()).any(|word| matches!(word, "sora" | "veo"));
        match kind {
            ChargeKind::Credit
            | ChargeKind::Tax
            | ChargeKind::WebSearch
            | ChargeKind::CodeExecution
            | ChargeKind::FileSearch
            | ChargeKind::Storage => Some(kind),
            ChargeKind::Video if is_sold_so => Some(kind),
            _ if is_charge_alone(name) => Some(kind),
            _ => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            ChargeKind::Tokens => "tokens",
            ChargeKind::WebSearch => "web-search",
            ChargeKind::CodeExecution => "code-execution",
            ChargeKind::FileSearch => "file-search",
            ChargeKind::Storage => "storage",
            ChargeKind::Images => "images",
            ChargeKind::Video => "video",
            ChargeKind::Audio => "audio",
            ChargeKind::FineTuning => "fine-tuning",
            ChargeKind::Support => "support",
            ChargeKind::Tax => "tax",
            ChargeKind::Credit => "credit",
            ChargeKind::Request => "request",
            ChargeKind::Other => "other",
        }
    }
}

/// What is a charge where a name says it and nothing more. Any other single word may be what somebody calls a deployment.
const ALONE: [&str; 20] = [
    "credit",
    "refund",
    "discount",
    "tax",
    "vat",
    "gst",
    "storage",
    "web search",
    "file search",
    "code execution",
    "code interpreter",
    "fine tuning",
    "image",
    "image model",
    "image generation",
    "support plan",
    "premium support",
    "priority support",
    "enterprise support",
    "business support",
];

/// Whether a name is that of a charge and nothing more: "web_search", not "storage-bot".
fn is_charge_alone(name: &str) -> bool {
    let lower = name.to_lowercase();
    let words: Vec<&str> = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    ALONE.iter().any(|phrase| words.len() <= phrase.split(' ').count() && holds(&words, phrase))
}

/// Whether words hold a phrase, each of its words in one number or the other, or all of them written as one.
fn holds(words: &[&str], phrase: &str) -> bool {
    let wanted: Vec<&str> = phrase.split(' ').collect();
    let is_form_of =
        |word: &str, of: &str| word == of || word.strip_suffix('s') == Some(of) || word.strip_suffix("es") == Some(of);
    words.windows(wanted.len()).any(|window| window.iter().zip(&wanted).all(|(word, of)| is_form_of(word, of)))
        || words.iter().any(|word| is_form_of(word, &wanted.concat()))
}

/// The basis as a stored series names it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BasisKind {
    /// Tokens at a price; `partly` where some kind that occurs has no rate.
    Computed {
        partly: bool,
    },
    Reported,
    Charge(ChargeKind),
    Unpriced,
}

impl BasisKind {
    pub fn name(self) -> &'static str {
        match self {
            BasisKind::Computed { partly: false } => "computed",
            BasisKind::Computed { partly: true } => "partly",
            BasisKind::Reported => "reported",
            BasisKind::Charge(kind) => kind.name(),
            BasisKind::Unpriced => "unpriced",
        }
    }
}

impl std::str::FromStr for BasisKind {
    type Err = String;
    fn from_str(text: &str) -> Result<Self, String> {
        Ok(match text {
            "computed" => BasisKind::Computed { partly: false },
            "partly" => BasisKind::Computed { partly: true },
            "reported" => BasisKind::Reported,
            "unpriced" => BasisKind::Unpriced,
            other => {
                let kind = ChargeKind::ALL.into_iter().find(|kind| kind.name() == other);
                BasisKind::Charge(kind.ok_or_else(|| other.to_owned())?)
            }
        })
    }
}

/// What prices a series: fixed when it was imported, so history does not move.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SeriesPrice {
    /// Index of the price row in the book the caller keeps; only passed through.
    pub row: usize,
    pub band: usize,
    pub rates: Rates,
    pub currency: Currency,
    /// Some kind of token that occurs has no rate: what it cost is unknown.
    pub partly: bool,
}

/// What a series' cost rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Basis {
    Computed(SeriesPrice),
    /// The amount its gateway reported.
    Reported,
    /// A bill, or a request billed otherwise than by tokens.
    Charge(ChargeKind),
    Unpriced,
}

/// Kinds of cost: the billed kinds of token, then what was reported, then what was charged.
pub const COST_KINDS: usize = crate::usage::TOKEN_KINDS + 2;
pub const REPORTED: usize = crate::usage::TOKEN_KINDS;
pub const CHARGED: usize = REPORTED + 1;

/// A row's cost in the workspace currency.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cost {
    pub by_kind: [Femtos; COST_KINDS],
    /// Every part of it is known.
    pub whole: bool,
}

impl Cost {
    pub fn stated(kind: usize, amount: Femtos) -> Self {
        let mut by_kind = [Femtos(0); COST_KINDS];
        by_kind[kind] = amount;
        Self { by_kind, whole: true }
    }

    pub fn total(&self) -> Femtos {
        self.by_kind.iter().copied().sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_bills_own_words_say_what_it_charges() {
        for (words, kind) in [
            ("", ChargeKind::Tokens),
            ("input_no_cache", ChargeKind::Tokens),
            ("gpt-4o-2024-08-06, cached input", ChargeKind::Tokens),
            ("gpt-image-2, input image tokens", ChargeKind::Tokens),
            ("web_search", ChargeKind::WebSearch),
            ("Web search tool calls", ChargeKind::WebSearch),
            ("code_execution", ChargeKind::CodeExecution),
            ("Code interpreter sessions", ChargeKind::CodeExecution),
            ("Image models", ChargeKind::Images),
            ("file search tool calls", ChargeKind::FileSearch),
            ("vector store storage", ChargeKind::FileSearch),
            ("fine-tuning training", ChargeKind::FineTuning),
            ("Sales tax", ChargeKind::Tax),
            ("TTS models", ChargeKind::Audio),
            ("Sora video", ChargeKind::Video),
            ("Promotional credit", ChargeKind::Credit),
            ("Prompt caching discount", ChargeKind::Credit),
            ("Private endpoint input tokens", ChargeKind::Tokens),
            ("Reservation tokens", ChargeKind::Tokens),
            ("Elevated throughput", ChargeKind::Tokens),
            ("Supported model tokens", ChargeKind::Tokens),
            ("Taxi bot", ChargeKind::Tokens),
            ("VAT 19 %", ChargeKind::Tax),
            ("Fine-tuning", ChargeKind::FineTuning),
            ("finetuning", ChargeKind::FineTuning),
            ("web searches", ChargeKind::WebSearch),
        ] {
            assert_eq!(ChargeKind::named(words), kind, "{words}");
        }
    }

    #[test]
    fn a_deployments_name_is_no_kind_of_charge() {
        for (name, kind) in [
            ("Promotional credit", Some(ChargeKind::Credit)),
            ("Sora video", Some(ChargeKind::Video)),
            ("Sales tax", Some(ChargeKind::Tax)),
            ("Support Bot", None),
            ("Private GPT", None),
            ("GPT Image 1", None),
            ("Video summaries", None),
            ("tax", Some(ChargeKind::Tax)),
            ("Credits", Some(ChargeKind::Credit)),
            ("web_search", Some(ChargeKind::WebSearch)),
            ("storage-bot", None),
            ("support", None),
            ("code_execution", Some(ChargeKind::CodeExecution)),
            ("code_interpreter", Some(ChargeKind::CodeExecution)),
            ("images", Some(ChargeKind::Images)),
            ("Image models", Some(ChargeKind::Images)),
            ("image-bot", None),
            ("Fine-tuning", Some(ChargeKind::FineTuning)),
            ("fine-tuning-eu", None),
            ("Premium support", Some(ChargeKind::Support)),
            ("gpt-4o", None),
        ] {
            assert_eq!(ChargeKind::of_label(name), kind, "{name}");
        }
    }

    #[test]
    fn every_basis_has_one_name() {
        let kinds = ChargeKind::ALL.map(BasisKind::Charge);
        let others = [
            BasisKind::Computed { partly: false },
            BasisKind::Computed { partly: true },
            BasisKind::Reported,
            BasisKind::Unpriced,
        ];
        for basis in kinds.into_iter().chain(others) {
            assert_eq!(basis.name().parse(), Ok(basis));
        }
        assert!("nonsense".parse::<BasisKind>().is_err());
    }
}
