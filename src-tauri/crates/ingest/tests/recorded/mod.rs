//! Recorded responses of providers as logs a person would import, and what the reader makes of them; see
//! `tests/fixtures/recorded/cut.py` for where they are from.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::io::Read;
use std::path::{Path, PathBuf};

use domain::calendar::ReportingCalendar;
use domain::money::Femtos;
use domain::price_book::PriceBook;
use domain::usage::TokenCounts;
use ingest::{Field, Reading, UsageBatch, read_usage, sniff};
use serde::Deserialize;
use serde_json::{Value, json};

use crate::reading::file;

/// When every request of the logs was made: the day on whose prices the recorded ones were computed.
const AT: &str = "2026-08-15T12:00:00Z";

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../tests/fixtures/recorded").join(name)
}

/// The list the recorded prices were computed with, through the product's reader of price lists, and the aliases the
/// application ships.
pub fn book() -> PriceBook {
    let list = ingest::model_prices::read(&std::fs::read(fixture("prices.json")).unwrap()).unwrap();
    assert_eq!(list.issues, []);
    let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("../app/data/model-prices_0.0.5.json.gz");
    let shipped = ingest::model_prices::read(unpacked(&shipped).as_bytes()).unwrap();
    PriceBook::new(list.rows, shipped.aliases)
}

fn unpacked(path: &Path) -> String {
    let mut text = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path).unwrap()).read_to_string(&mut text).unwrap();
    text
}

/// The APIs whose usage objects differ.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Api {
    ChatCompletions,
    Embeddings,
    Responses,
    Messages,
    GenerateContent,
    Converse,
    /// Not read: what is billed stands beside the tokens, under another name.
    Cohere,
}

impl Api {
    pub const READ: [Api; 6] =
        [Api::ChatCompletions, Api::Embeddings, Api::Responses, Api::Messages, Api::GenerateContent, Api::Converse];

    /// The API that sent a body.
    fn of_body(body: &Value) -> Api {
        let usage = body.get("usageMetadata").or(body.get("usage")).unwrap_or(&Value::Null);
        let has = |key: &str| usage.get(key).is_some();
        if body.get("usageMetadata").is_some() {
            Api::GenerateContent
        } else if has("inputTokens") {
            Api::Converse
        } else if has("completion_tokens") {
            Api::ChatCompletions
        } else if has("prompt_tokens") {
            Api::Embeddings
        } else if has("cache_read_input_tokens") {
            Api::Messages
        } else if has("input_tokens") {
            Api::Responses
        } else {
            Api::Cohere
        }
    }

    /// The API genai-prices means by a provider's flavour.
    fn of_flavour(provider: &str, flavour: &str) -> Api {
        match (provider, flavour) {
            ("cohere", _) => Api::Cohere,
            (_, "responses") => Api::Responses,
            (_, "embeddings") => Api::Embeddings,
            (_, "anthropic") | ("anthropic" | "minimax", "default") => Api::Messages,
            ("google", "default") => Api::GenerateContent,
            ("amazon-bedrock", "default") => Api::Converse,
            _ => Api::ChatCompletions,
        }
    }
}

#[derive(Debug, Deserialize)]
struct Case {
    body: Value,
    expected: Vec<Extracted>,
}

#[derive(Debug, Deserialize)]
struct Extracted {
    usage: BTreeMap<String, u64>,
    /// Provider and flavour → price of input and of output, USD.
    by: BTreeMap<String, Option<(String, String)>>,
}

/// One body as genai-prices' extractor for one provider and flavour understands it.
#[derive(Debug)]
pub struct Expectation {
    pub body: Value,
    /// The number of the response.
    pub case: usize,
    /// As the product calls it.
    pub provider: String,
    pub sent_by: Api,
    pub read_as: Api,
    /// Tokens by genai-prices' names: `input_tokens` and `output_tokens` are the whole.
    pub usage: BTreeMap<String, u64>,
    /// Of input and output, where the list sells the model.
    pub price: Option<Femtos>,
}

impl Expectation {
    pub fn count(&self, name: &str) -> u64 {
        self.usage.get(name).copied().unwrap_or(0)
    }

    pub fn model(&self) -> &str {
        self.body.get("model").or(self.body.get("modelVersion")).and_then(Value::as_str).unwrap_or_default()
    }

    /// What the provider is called in a log. Claude is sold by Google on Vertex AI only.
    pub fn vendor(&self) -> &str {
        if self.provider == "google" && self.model().contains("claude") { "vertex" } else { &self.provider }
    }

    /// The tokens by disjoint kind: audio and images uncached, video and documents where we put them.
    pub fn tokens(&self) -> TokenCounts {
        let n = |name: &str| self.count(name);
        let input_audio = n("input_audio_tokens") - n("cache_audio_read_tokens");
        let input_image = n("input_image_tokens") - n("cache_image_read_tokens");
        let cached = n("cache_read_tokens") + n("cache_write_tokens");
        TokenCounts {
            input: n("input_tokens") - cached - input_audio - input_image,
            cache_read: n("cache_read_tokens"),
            cache_write_5m: n("cache_write_tokens") - n("cache_write_1h_tokens"),
            cache_write_1h: n("cache_write_1h_tokens"),
            output: n("output_tokens") - n("output_audio_tokens") - n("output_image_tokens"),
            input_audio,
            input_image,
            output_audio: n("output_audio_tokens"),
            output_image: n("output_image_tokens"),
            reasoning: n("output_reasoning_tokens"),
        }
    }
}

pub fn expectations() -> Vec<Expectation> {
    let text = unpacked(&fixture("cases.jsonl.gz"));
    let cases = text.lines().map(|line| serde_json::from_str::<Case>(line).unwrap());
    let mut all = Vec::new();
    for (case, Case { body, expected }) in cases.enumerate() {
        for Extracted { usage, by } in expected {
            for (name, price) in by {
                let (provider, flavour) = name.split_once('/').unwrap();
                all.push(Expectation {
                    case,
                    body: body.clone(),
                    provider: provider.to_owned(),
                    sent_by: Api::of_body(&body),
                    read_as: Api::of_flavour(provider, flavour),
                    usage: usage.clone(),
                    price: price.map(|(input, output)| Femtos(femtos(&input) + femtos(&output))),
                });
            }
        }
    }
    all
}

/// "0.0000225" in femto-units, exact.
fn femtos(decimal: &str) -> i128 {
    let (whole, places) = decimal.split_once('.').unwrap_or((decimal, ""));
    let (places, rest) = places.split_at(places.len().min(15));
    assert!(rest.chars().all(|digit| digit == '0'), "{decimal}");
    format!("{whole}{places:0<15}").parse().unwrap()
}

/// What the reader made of one request.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Understood {
    pub tokens: TokenCounts,
    pub web_searches: u64,
    /// Input and output by the price found; `None` where none was.
    pub price: Option<Femtos>,
    pub unrated_tokens: u64,
}

/// Reads a log of the expectations' bodies, a line each, the way the application does: look, take the guessed mapping, read.
pub fn understand(log: &[&Expectation], book: &PriceBook) -> Vec<Understood> {
    let mut text = String::new();
    for (number, expected) in log.iter().enumerate() {
        let line = json!({ "timestamp": AT, "vendor": expected.vendor(), "feature": number.to_string(), "response": expected.body });
        text.push_str(&line.to_string());
        text.push('\n');
    }
    let log_file = file(text.as_bytes());
    let sniffed = sniff::sniff(log_file.path()).unwrap();
    let usage = if log[0].sent_by == Api::GenerateContent { "response.usageMetadata" } else { "response.usage" };
    assert_eq!(sniffed.mapping.column(Field::UsageObject), Some(usage));
    let calendar = ReportingCalendar::new("UTC", 1).unwrap();
    let context = Reading { book, calendar: &calendar, seams: &[] };
    let batch = read_usage(log_file.path(), sniffed.formats[0], &sniffed.mapping, context, &mut |_| true).unwrap();
    assert_eq!((batch.counts.good as usize, &batch.issues), (log.len(), &vec![]));
    by_line(&batch, book)
}

fn by_line(batch: &UsageBatch, book: &PriceBook) -> Vec<Understood> {
    let mut lines = BTreeMap::new();
    for cell in &batch.cells.all().unwrap() {
        let series = &batch.series[cell.series as usize];
        let row = series.price.map(|id| book.rows().iter().find(|row| row.id == id).unwrap());
        let cost = row.map(|row| row.rates_of(series.band as usize).cost(&cell.measures.tokens));
        let understood = Understood {
            tokens: cell.measures.tokens,
            web_searches: cell.measures.web_searches,
            price: cost.map(|cost| cost.total()),
            unrated_tokens: cost.map_or(0, |cost| cost.unrated_tokens),
        };
        let twice = lines.insert(series.values[2].parse::<usize>().unwrap(), understood);
        assert_eq!(twice, None);
    }
    lines.into_values().collect()
}
