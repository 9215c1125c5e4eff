//! The open dated price list `model-prices` (schema 1): provider → model → service tier → dated rates in USD per million
//! tokens.

use chrono::{DateTime, NaiveDate, Utc};
use domain::id::PriceId;
use domain::money::Currency;
use domain::price::{ContextTier, Layer, PriceRow, Rate, Rates};
use domain::price_book::ModelAlias;
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::{IngestError, Result, RowIssue};

/// A price list read from a file.
#[derive(Debug, Default)]
pub struct PriceListFile {
    pub rows: Vec<PriceRow>,
    pub aliases: Vec<ModelAlias>,
    pub date: Option<NaiveDate>,
    pub issues: Vec<RowIssue>,
}

/// Namespace of row ids: the same row of the same list gets the same id on every machine.
const NAMESPACE: Uuid = Uuid::from_u128(0x51_75_61_72_74_65_72_64_65_63_6b_70_72_69_63_65);

/// Reads the list. Rows of one tier follow each other; each ends where the next begins.
///
/// # Errors
/// Text that is no such list. A model that cannot be read is an issue.
pub fn read(text: &[u8]) -> Result<PriceListFile> {
    let document: Value = serde_json::from_slice(text).map_err(|error| {
        let (line, position) = (error.line().to_string(), error.column().to_string());
        IngestError::file("json-unreadable", &[("line", &line), ("position", &position)])
    })?;
    let (Some(providers), Some(1)) =
        (document.get("prices").and_then(Value::as_object), document.get("schema").and_then(Value::as_u64))
    else {
        return Err(IngestError::file("not-a-price-list", &[]));
    };
    let mut list = PriceListFile {
        date: document.get("updated_at").and_then(Value::as_str).and_then(|at| at.get(..10)?.parse().ok()),
        ..PriceListFile::default()
    };
    for (provider, models) in providers {
        for (model, tiers) in models.as_object().into_iter().flatten() {
            for (tier, dated) in tiers.as_object().into_iter().flatten() {
                let rows = dated.as_array().map(Vec::as_slice).unwrap_or_default();
                read_tier(&mut list, provider, model, tier, rows);
            }
        }
    }
    let aliases = document.get("aliases").and_then(|a| a.get("models")).and_then(Value::as_object);
    for (alias, target) in aliases.into_iter().flatten() {
        if let Some((provider, model)) = target.as_str().and_then(|target| target.split_once('/')) {
            list.aliases.push(ModelAlias {
                vendor: String::new(),
                alias: alias.to_lowercase(),
                provider: provider.to_lowercase(),
                model: model.to_lowercase(),
            });
        }
    }
    Ok(list)
}

/// Adds what another list knows and this one does not: rates of audio and images, and of long contexts, to rows whose plain
/// rates the two agree on. Nothing the list says is changed; each row says where the addition is from.
///
/// # Errors
/// Text that is no such list.
pub fn supplement(list: &mut PriceListFile, text: &[u8]) -> Result<()> {
    let unreadable = || IngestError::file("not-a-price-list", &[]);
    let document: Value = serde_json::from_slice(text).map_err(|_| unreadable())?;
    let said = |name: &str| document.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
    let (source, basis) = (said("source"), said("basis"));
    for known in document.get("rows").and_then(Value::as_array).ok_or_else(unreadable)? {
        let known = known.as_object().ok_or_else(unreadable)?;
        let text = |name: &str| known.get(name).and_then(Value::as_str).unwrap_or_default();
        let plain = read_rates(known, known).ok_or_else(unreadable)?;
        let extra = match known.get("rates").and_then(Value::as_object) {
            Some(rates) => read_rates(rates, rates).ok_or_else(unreadable)?,
            None => Rates::default(),
        };
        let tiers = read_context_tiers(known).ok_or_else(unreadable)?;
        for row in list.rows.iter_mut().filter(|row| row.provider == text("provider") && row.model == text("model")) {
            if row.tier != "standard" || row.rates.input != plain.input || row.rates.output != plain.output {
                continue;
            }
            row.rates = row.rates.or(&extra);
            if row.context_tiers.is_empty() {
                row.context_tiers.clone_from(&tiers);
            }
            row.source = format!("{}; {source}", row.source);
            row.basis = format!("{}; {basis}", row.basis);
        }
    }
    Ok(())
}

fn read_tier(list: &mut PriceListFile, provider: &str, model: &str, tier: &str, dated: &[Value]) {
    let starts: Vec<Option<DateTime<Utc>>> =
        dated.iter().map(|row| row.get("start").and_then(Value::as_str).and_then(|at| at.parse().ok())).collect();
    for (index, row) in dated.iter().enumerate() {
        // No rates: not offered in that stretch.
        let Some(rates) = row.get("rates").and_then(Value::as_object) else { continue };
        let (from, to) = (starts[index], starts.get(index + 1).copied().flatten());
        if from.is_some() && from == to {
            continue;
        }
        let text = |name: &str| rates.get(name).and_then(Value::as_str).unwrap_or_default().to_owned();
        match (read_rates(rates, rates), read_context_tiers(rates)) {
            (Some(base), Some(context_tiers)) if !base.is_empty() => {
                let name = format!("{provider}/{model}/{tier}/{}", from.map_or(String::new(), |at| at.to_rfc3339()));
                list.rows.push(PriceRow {
                    id: PriceId(Uuid::new_v5(&NAMESPACE, name.as_bytes())),
                    provider: provider.to_lowercase(),
                    model: model.to_lowercase(),
                    channel: String::new(),
                    region: String::new(),
                    tier: tier.to_owned(),
                    from,
                    to,
                    currency: Currency::USD,
                    rates: base,
                    context_tiers,
                    layer: Layer::List,
                    contract_id: None,
                    source: text("source"),
                    basis: text("valid_from_basis"),
                });
            }
            _ => list.issues.push(RowIssue::new("price-unreadable").column(format!("{provider}/{model}/{tier}"))),
        }
    }
}

/// `None` if a number is negative or no number. Absent is absent; `whole` is the row a context tier belongs to.
fn read_rates(rates: &Map<String, Value>, whole: &Map<String, Value>) -> Option<Rates> {
    let rate = |name: &str| -> Option<Option<Rate>> {
        match rates.get(name) {
            None | Some(Value::Null) => Some(None),
            Some(Value::Number(number)) => Rate::per_million(&number.to_string()).ok().map(Some),
            Some(_) => None,
        }
    };
    let input = rate("input")?;
    // A one-hour write is given as a multiple of the input price.
    let multiple =
        rates.get("cache_write_1h_multiple").or_else(|| whole.get("cache_write_1h_multiple")).and_then(Value::as_f64);
    let cache_write_1h = match (input, multiple) {
        (Some(input), Some(multiple)) if (0.0..1000.0).contains(&multiple) => {
            let thousandths = (multiple * 1000.0).round() as i64;
            Some(Rate(input.0.checked_mul(thousandths)? / 1000))
        }
        _ => None,
    };
    Some(Rates {
        input,
        cache_read: rate("cache_read")?,
        cache_write_5m: rate("cache_write")?,
        cache_write_1h,
        output: rate("output")?,
        input_audio: rate("input_audio")?,
        input_image: rate("input_image")?,
        output_audio: rate("output_audio")?,
        output_image: rate("output_image")?,
    })
}

fn read_context_tiers(rates: &Map<String, Value>) -> Option<Vec<ContextTier>> {
    let mut tiers: Vec<ContextTier> = Vec::new();
    for tier in rates.get("tiers").and_then(Value::as_array).into_iter().flatten() {
        let tier = tier.as_object()?;
        tiers.push(ContextTier { above_tokens: tier.get("above")?.as_u64()?, rates: read_rates(tier, rates)? });
    }
    tiers.sort_by_key(|tier| tier.above_tokens);
    Some(tiers)
}
