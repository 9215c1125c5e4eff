//! OpenAI's organization costs API: day buckets of amounts by line item. Money only.
//!
//! `amount.value` is a number or a text; `line_item` names the model and what was charged: "gpt-4o-2024-08-06, cached input",
//! "Image models", "Web search tool calls".

use std::path::Path;

use domain::economics::ChargeKind;
use domain::money::Currency;
use domain::usage::Known;
use serde_json::Value;

use super::openai::{self, Place};
use super::{Format, Marks};
use crate::accumulate::Setup;
use crate::json::scalar;
use crate::json_usage::Taken;
use crate::look::Look;
use crate::mapping::FieldMapping;
use crate::number::{self, Evidence};
use crate::reader::{Found, Progress};
use crate::timestamp::TimestampReader;
use crate::{IngestError, Result, RowIssue};

pub(super) const FORMAT: Format = Format {
    name: "openai-costs",
    marks: Marks::Objects(|objects| {
        objects.first().is_some_and(openai::looks_like) && objects.iter().any(openai::states_amounts)
    }),
    is_mapped: false,
    known: |_| Known { reported_cost: true, ..Known::default() },
    currency: |look, _| currency(look),
    notes: |_, _| Ok(vec!["cost-only"]),
    read,
};

/// The currency of the first amount; a file is of one organization, which is billed in one.
///
/// # Errors
/// A currency that is none.
fn currency(look: &Look) -> Result<Currency> {
    let text = String::from_utf8_lossy(&look.text);
    let stated = text.find("\"currency\"").and_then(|at| text[at + 10..].split('"').nth(1)).unwrap_or("usd");
    stated.parse().map_err(|_| IngestError::file("unknown-currency", &[("currency", stated)]))
}

fn read<'a>(
    path: &Path,
    look: &Look,
    _: &FieldMapping,
    setup: Setup<'a>,
    progress: &mut dyn FnMut(Progress) -> bool,
) -> Result<Found<'a>> {
    let currency = setup.reported_currency;
    openai::read(path, look, setup, progress, |bucket, result, timestamps| row(bucket, result, currency, timestamps))
}

fn row(
    bucket: &Value,
    result: &Value,
    currency: Currency,
    timestamps: &mut TimestampReader,
) -> std::result::Result<Taken, RowIssue> {
    let Place { at, is_whole_day, .. } = Place::of(bucket, timestamps)?;
    let amount = result.get("amount");
    let value = scalar(amount.and_then(|amount| amount.get("value")));
    let stated = scalar(amount.and_then(|amount| amount.get("currency")));
    if !stated.is_empty() && !stated.eq_ignore_ascii_case(currency.code()) {
        return Err(RowIssue::new("other-currency")
            .column("amount.currency")
            .value(stated.as_bytes())
            .param("currency", currency));
    }
    let nanos = number::nanos(value.as_bytes(), false, &Evidence::default())
        .map_err(|e| RowIssue::new(e.code()).column("amount.value").value(value.as_bytes()))?;
    let item = scalar(result.get("line_item"));
    let charge = ChargeKind::named(&item);
    // "gpt-4o-2024-08-06, input": the model is before the comma; "Image models" names none.
    let model = match item.split_once(',') {
        Some((model, _)) if charge == ChargeKind::Tokens => model.trim().to_owned(),
        None if charge == ChargeKind::Tokens && !item.contains(' ') => item.clone(),
        _ => String::new(),
    };
    let text = |name: &str| scalar(result.get(name));
    Ok(Taken {
        at,
        is_whole_day,
        reported: Some(nanos),
        charge,
        vendor: "openai".to_owned(),
        model,
        feature: text("api_key_id"),
        tenant: [text("project_id"), text("organization_id")].into_iter().find(|t| !t.is_empty()).unwrap_or_default(),
        ..Taken::default()
    })
}
