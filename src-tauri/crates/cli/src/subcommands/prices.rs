//! `quarterdeck prices`: the price book, and what a price makes known.

use std::collections::BTreeSet;

use app::price::{PriceClose, PriceDraft, PriceImportSummary, PriceList, PriceQuery, PriceTerm, RatesDraft};
use app::report::format::UNKNOWN;
use app::repricing::DayPriced;
use app::view::PathInput;
use app::wire::{PriceRow, Rate};
use clap::Args;
use serde::Serialize;

use super::import;
use crate::subcommand::Subcommand;
use crate::{Failure, Session, output};

/// The price book
#[derive(Debug, Args)]
pub struct Prices {
    #[command(subcommand)]
    what: PricesCommand,
}

#[derive(Debug, clap::Subcommand)]
enum PricesCommand {
    /// Prices in force today, with their ids; rates are per million tokens
    List {
        /// Models whose name holds this
        #[arg(long)]
        model: Option<String>,
        /// Of this provider, e.g. openai
        #[arg(long)]
        provider: Option<String>,
        /// All of them, not only the first 50
        #[arg(long)]
        all: bool,
    },
    /// Add a price from a day on; the one in force ends there. Usage without a price gets it, and the days are shown
    Add(Box<Add>),
    /// End a price; what was spent before does not move
    Close {
        id: String,
        /// When it ends: 2026-07-01 (its beginning in UTC) or 2026-07-01T12:00:00Z
        #[arg(long)]
        at: String,
    },
    /// Update the list prices from a newer copy of the price list
    Import { path: String },
}

#[derive(Debug, Args)]
pub struct Add {
    #[arg(long)]
    pub provider: String,
    #[arg(long)]
    pub model: String,
    /// standard, batch, priority, flex, …
    #[arg(long, default_value = "standard")]
    pub tier: String,
    /// When it begins: 2026-07-01 (its beginning in UTC) or 2026-07-01T12:00:00Z
    #[arg(long)]
    pub from: String,
    #[arg(long, default_value = "USD")]
    pub currency: String,
    /// Per million input tokens, e.g. 2.50
    #[arg(long, value_name = "RATE")]
    pub input: Option<String>,
    /// Per million output tokens
    #[arg(long, value_name = "RATE")]
    pub output: Option<String>,
    /// Per million tokens read from the cache
    #[arg(long, value_name = "RATE")]
    pub cache_read: Option<String>,
    /// Per million tokens written to the cache for 5 minutes
    #[arg(long = "cache-write-5m", value_name = "RATE")]
    pub cache_write_5m: Option<String>,
    /// Per million tokens written to the cache for an hour
    #[arg(long = "cache-write-1h", value_name = "RATE")]
    pub cache_write_1h: Option<String>,
    /// Per million audio input tokens
    #[arg(long, value_name = "RATE")]
    pub input_audio: Option<String>,
    /// Per million image input tokens
    #[arg(long, value_name = "RATE")]
    pub input_image: Option<String>,
    /// Per million audio output tokens
    #[arg(long, value_name = "RATE")]
    pub output_audio: Option<String>,
    /// Per million image output tokens
    #[arg(long, value_name = "RATE")]
    pub output_image: Option<String>,
    /// Id of the contract it is agreed in; else it is a price of your own that comes before the list's
    #[arg(long, value_name = "ID")]
    pub contract: Option<String>,
    /// Where it was read, e.g. "order form 3"
    #[arg(long, default_value = "")]
    pub source: String,
    /// Show which days it prices and write nothing
    #[arg(long)]
    pub dry_run: bool,
}

/// Prices shown where not all are asked for.
const SHOWN: usize = 50;

/// More than any price book of ours holds.
const ALL: u32 = 5_000;

impl Subcommand for Prices {
    async fn run(&self, session: &Session) -> Result<u8, Failure> {
        match &self.what {
            PricesCommand::List { model, provider, all } => {
                list(session, model.as_deref(), provider.as_deref(), *all).await
            }
            PricesCommand::Add(price) => add(session, price).await,
            PricesCommand::Close { id, at } => {
                let close = PriceClose { id: session.id(id)?, at: at.clone() };
                let closed: PriceRow = session.call("price_close", close).await?;
                session.print(&closed, |row| {
                    let until = row.to.as_ref().map_or(String::new(), output::time);
                    session.text("cli-price-closed", &[("price", title(row).into()), ("time", until.into())])
                });
                Ok(0)
            }
            PricesCommand::Import { path } => import_list(session, path).await,
        }
    }
}

fn title(row: &PriceRow) -> String {
    format!("{}/{} {}", row.provider, row.model, row.tier)
}

async fn list(session: &Session, model: Option<&str>, provider: Option<&str>, all: bool) -> Result<u8, Failure> {
    let search = [provider, model].into_iter().flatten().collect::<Vec<_>>().join(" ");
    let mut found: PriceList = session.call("prices", PriceQuery { search, limit: ALL, used: false }).await?;
    let part = model.map(str::to_lowercase);
    let named = provider.map(str::to_lowercase);
    found.rows.retain(|row| {
        part.as_ref().is_none_or(|part| row.model.contains(part.as_str()))
            && named.as_ref().is_none_or(|name| row.provider == *name)
    });
    found.total = found.rows.len() as u32;
    if found.rows.is_empty() && found.not_in_force == 0 {
        refuse_unknown(session, model, named.as_deref()).await?;
    }
    if !all {
        found.rows.truncate(SHOWN);
    }
    if session.json {
        output::json(&found);
        return Ok(0);
    }
    let header = ["id", "provider", "model", "tier", "layer", "since", "input", "cache-read", "cache-write", "output"]
        .map(|id| session.text(&format!("cli-column-{id}"), &[]));
    let body = found.rows.iter().map(|row| {
        // All digits: what a bill is checked against is not rounded.
        let rate = |rate: Option<Rate>| {
            rate.map_or(UNKNOWN.to_owned(), |rate| format!("{} {}", row.currency, output::word(&rate)))
        };
        vec![
            row.id.to_string(),
            found.vendor_names.get(&row.provider).unwrap_or(&row.provider).clone(),
            row.model.clone(),
            row.tier.clone(),
            session.text(&format!("layer-{}", output::word(&row.layer)), &[]),
            row.from.as_ref().map_or(UNKNOWN.to_owned(), output::time),
            rate(row.rates.input),
            rate(row.rates.cache_read),
            rate(row.rates.cache_write_5m),
            rate(row.rates.output),
        ]
    });
    let right = [false, false, false, false, false, false, true, true, true, true];
    output::table(&header, &right, body.collect());
    let hidden = found.total as usize - found.rows.len();
    if hidden > 0 {
        output::note(&session.text("cli-prices-more", &[("count", hidden.into())]));
    }
    Ok(0)
}

/// Refuses a provider, or a part of a model's name, that no price has: with some that do.
async fn refuse_unknown(session: &Session, model: Option<&str>, provider: Option<&str>) -> Result<(), Failure> {
    const EXAMPLES: usize = 5;
    let all: PriceList = session.call("prices", PriceQuery { search: String::new(), limit: ALL, used: false }).await?;
    let providers: BTreeSet<&str> = all.rows.iter().map(|row| row.provider.as_str()).collect();
    let (dimension, value, known) = match (provider, model) {
        (Some(provider), _) if !providers.contains(provider) => ("provider", provider, providers),
        (_, Some(model)) => {
            let of_provider = all.rows.iter().filter(|row| provider.is_none_or(|provider| row.provider == provider));
            ("model", model, of_provider.map(|row| row.model.as_str()).collect())
        }
        _ => return Ok(()),
    };
    let failure = session.misuse("unknown-price", &[("dimension", dimension), ("value", value)]);
    if known.is_empty() {
        return Err(failure);
    }
    // Those that begin alike come first.
    let alike = |name: &&&str| name.chars().zip(value.chars()).take_while(|(a, b)| a == b).count();
    let mut known: Vec<&&str> = known.iter().collect();
    known.sort_by_key(|name| std::cmp::Reverse(alike(name)));
    let values = known.into_iter().take(EXAMPLES).copied().collect::<Vec<_>>().join(", ");
    let flag = format!("--{dimension}");
    Err(failure.with_hint(session.text("cli-hint-name", &[("flag", flag.into()), ("values", values.into())])))
}

#[derive(Serialize)]
struct Added {
    /// Days whose unpriced usage has a price now, or would have.
    priced: Vec<DayPriced>,
    /// Unless it was only shown.
    price: Option<PriceRow>,
    /// That it does not begin within its contract.
    warning: Option<String>,
}

async fn add(session: &Session, price: &Add) -> Result<u8, Failure> {
    let contract_id = price.contract.as_deref().map(|id| session.id(id)).transpose()?;
    let draft = PriceDraft {
        provider: price.provider.clone(),
        model: price.model.clone(),
        tier: price.tier.clone(),
        from: price.from.clone(),
        currency: price.currency.clone(),
        rates: RatesDraft {
            input: price.input.clone(),
            cache_read: price.cache_read.clone(),
            cache_write_5m: price.cache_write_5m.clone(),
            cache_write_1h: price.cache_write_1h.clone(),
            output: price.output.clone(),
            input_audio: price.input_audio.clone(),
            input_image: price.input_image.clone(),
            output_audio: price.output_audio.clone(),
            output_image: price.output_image.clone(),
        },
        contract_id,
        source: price.source.clone(),
    };
    let days: Vec<DayPriced> = session.call("price_preview", &draft).await?;
    let warning: Option<String> = match contract_id {
        Some(contract_id) => session.call("price_term", PriceTerm { contract_id, from: price.from.clone() }).await?,
        None => None,
    };
    let row: Option<PriceRow> = if price.dry_run { None } else { Some(session.call("price_add", &draft).await?) };
    if session.json {
        output::json(&Added { priced: days, price: row, warning });
        return Ok(0);
    }
    if let Some(warning) = &warning {
        output::note(warning);
    }
    if let Some(row) = &row {
        let args = [("price", title(row).into()), ("id", row.id.to_string().into())];
        output::say(&session.text("cli-price-added", &args));
    }
    if !session.quiet {
        say_priced(session, &days);
    }
    Ok(0)
}

/// The days whose usage had no price until now.
pub fn say_priced(session: &Session, days: &[DayPriced]) {
    let id = if days.is_empty() { "cli-priced-none" } else { "cli-priced" };
    output::say(&session.text(id, &[]));
    for day in days {
        let (cost, tokens) = (session.money(&day.cost), output::figure(&day.tokens));
        let args = [("day", day.day.to_string().into()), ("cost", cost.into()), ("tokens", tokens.into())];
        output::say(&session.text("cli-priced-day", &args));
    }
}

async fn import_list(session: &Session, path: &str) -> Result<u8, Failure> {
    let summary: PriceImportSummary = session.job("price_import", PathInput { path: path.to_owned() }).await?;
    if session.json {
        output::json(&summary);
        return Ok(0);
    }
    output::say(&session.text(
        "cli-prices-imported",
        &[
            ("added", output::count(summary.added).into()),
            ("closed", output::count(summary.closed).into()),
            ("unchanged", output::count(summary.unchanged).into()),
            ("refused", output::count(summary.refused.len() as u64).into()),
        ],
    ));
    for refused in &summary.refused {
        output::say(&import::issue_sentence(session, refused));
    }
    if !session.quiet {
        say_priced(session, &summary.priced);
    }
    Ok(0)
}
